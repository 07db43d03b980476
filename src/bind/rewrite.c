/* SPDX-License-Identifier: Apache-2.0 */
/* rewrite.c - a bound query made ready for planning: views become the sub-queries that they are, and what INSERT and
 * UPDATE leave to defaults is written into them.
 *
 * Generated columns are left to the executor, which computes them from the finished row; here they are only refused as
 * targets. */
#include "bind/bind_internal.h"

#include "catalog/datums.h"

typedef struct Rewrite {
    Bind *bind;
    uint32_t depth; /* of views inside views */
} Rewrite;

enum { VIEW_DEPTH_MAX = 1000, FUNCTION_NEXTVAL = 1574, CLASS_RELATIONS = 1259 };

static void rewrite(Rewrite *r, QQuery *query);

/* ---- views */

static const CatRelation *reopen(const Rewrite *r, Oid oid, LockMode mode)
{
    CatalogView *view = r->bind->view;
    const CatRelation *relation = cat_view_txn(view) ? cat_relation_open_oid(view, oid, mode)
                                                     : cat_relation(view, oid);
    if (!relation)
        raise_error(SQLSTATE_UNDEFINED_TABLE, "could not open relation with OID %u", oid);
    return relation;
}

/* The tables that a view names are used with its owner's rights. */
static void use_rights_of(QQuery *query, Oid owner);

static bool visit_rights(void *arg, void *child)
{
    QNode *node = child;
    task_check();
    if (node->kind == Q_QUERY) {
        use_rights_of((QQuery *)node, *(Oid *)arg);
        return false;
    }
    return query_walk(node, visit_rights, arg);
}

static void use_rights_of(QQuery *query, Oid owner)
{
    for (uint32_t i = 0; i < query->tables.count; i++)
        if (query->tables.items[i]->table == Q_RTE_RELATION)
            query->tables.items[i]->check_as = owner;
    query_walk(query, visit_rights, &owner);
}

static void lock_tables(const Rewrite *r, const QQuery *query)
{
    for (uint32_t i = 0; i < query->tables.count; i++) {
        const QTable *table = query->tables.items[i];
        if (table->table == Q_RTE_RELATION)
            (void)reopen(r, table->relation,
                         table->lock ? (LockMode)table->lock : LOCK_ACCESS_SHARE);
    }
}

static const QRowLock *lock_of(const QQuery *query, uint32_t table)
{
    for (uint32_t i = 0; i < query->locks.count; i++)
        if (query->locks.items[i]->table == table) return query->locks.items[i];
    return NULL;
}

static void expand_view(Rewrite *r, QTable *table, const CatRelation *view, const QRowLock *lock)
{
    const Bind *bind = r->bind;
    if (!view->view_query)
        raise_error(SQLSTATE_INTERNAL_ERROR, "view \"%.*s\" has no rule", STR_ARG(view->name));
    if (r->depth >= VIEW_DEPTH_MAX)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "infinite recursion detected in rules for relation \"%.*s\"",
                    STR_ARG(view->name));
    QQuery *query = query_copy(bind->arena, bind_stored(view->view_query));
    if (lock) bind__lock_view(bind, query, lock);
    lock_tables(r, query);
    if (!cat_relation_option_is(view, "security_invoker", true)) use_rights_of(query, view->owner);
    r->depth++;
    rewrite(r, query);
    r->depth--;
    table->table = Q_RTE_SUBQUERY;
    table->query = query;
    table->barrier = cat_relation_option_is(view, "security_barrier", true);
}

/* A sequence read as a table has one row: what its cell holds. No values are ever logged in advance. */
static void expand_sequence(const Rewrite *r, QTable *table, const CatRelation *sequence)
{
    Arena *arena = r->bind->arena;
    Str sql = str_format(arena,
                         "SELECT last_value, 0::pg_catalog.int8 AS log_cnt, is_called "
                         "FROM pg_catalog.pg_get_sequence_data(%u::pg_catalog.oid)",
                         sequence->oid);
    ParseResult *parsed = parse_sql(arena, sql, NULL);
    table->query = bind_statement(arena, parsed->statements[0].tree, r->bind->options);
    table->table = Q_RTE_SUBQUERY;
}

static _Noreturn void raise_not_populated(const CatRelation *view)
{
    Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
    error_message(error, "materialized view \"%.*s\" has not been populated", STR_ARG(view->name));
    error_hint(error, "Use the REFRESH MATERIALIZED VIEW command.");
    error_raise(error);
}

static void check_relation(const Rewrite *r, const CatRelation *relation, bool is_target)
{
    if (relation->row_security)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "row-level security is not supported yet");
    if (relation->kind == 'f')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "foreign tables are not supported yet");
    if (!is_target) {
        if (relation->kind == 'm' && !relation->populated) raise_not_populated(relation);
        return;
    }
    if (relation->kind == 'm' && !r->bind->options->maintains_views)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "cannot change materialized view \"%.*s\"",
                    STR_ARG(relation->name));
    if (relation->kind == 'S')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "cannot change sequence \"%.*s\"",
                    STR_ARG(relation->name));
    if (relation->kind == 't')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "cannot change TOAST relation \"%.*s\"",
                    STR_ARG(relation->name));
    if (relation->has_rules && relation->kind != 'm')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "rules on tables are not supported yet");
}

/* ---- defaults */

static QExpr *next_identity(const Rewrite *r, const CatRelation *relation, const CatColumn *column)
{
    const Bind *bind = r->bind;
    Oid sequence = cat_identity_sequence(bind->view, relation->oid, column->number);
    if (!sequence) raise_error(SQLSTATE_INTERNAL_ERROR, "no owned sequence found");
    Datum datum = datum_oid(sequence);
    QExpr *arg = &bind__const(bind, OID_REGCLASS, -1, datum, NODE_NO_LOCATION)->base;
    QFuncCall *call = Q_NEW(bind->arena, FuncCall);
    call->type = OID_INT8;
    call->typmod = -1;
    call->function = FUNCTION_NEXTVAL;
    call->form = Q_CALL_IDENTITY;
    call->args = bind__exprs(bind, &arg, 1);
    return bind__coerce(bind, &call->base, column->type, column->typmod, 'a', Q_CALL_IMPLICIT_CAST,
                        NODE_NO_LOCATION);
}

QExpr *bind__own_default(const Bind *bind, const CatColumn *column)
{
    if (column->default_) return query_copy(bind->arena, bind_stored(column->default_));
    const CatType *type = bind__type(bind, column->type);
    if (type->kind == 'd' && type->default_)
        return query_copy(bind->arena, bind_stored(type->default_));
    return NULL;
}

static QExpr *null_of(const Bind *bind, const CatColumn *column)
{
    return bind__null(bind, column->type, column->typmod, column->collation);
}

QExpr *bind__asked_null(const Bind *bind, const CatColumn *column)
{
    int32_t typmod = column->typmod;
    if (bind__type(bind, column->type)->kind != 'd') return null_of(bind, column);
    Oid base = bind__base_type(bind, column->type, &typmod);
    return bind__coerce(bind, bind__null(bind, base, typmod, bind__type_collation(bind, base)),
                        column->type, -1, 'i', Q_CALL_IMPLICIT_CAST, NODE_NO_LOCATION);
}

/* What a column gets when nothing is said; NULL: the null value. */
static QExpr *default_of(const Rewrite *r, const CatRelation *relation, const CatColumn *column)
{
    if (column->identity) return next_identity(r, relation, column);
    if (column->generated) return NULL;
    QExpr *own = bind__own_default(r->bind, column);
    if (own) return own;
    const bool asks = bind__type(r->bind, column->type)->kind == 'd';
    return asks ? bind__asked_null(r->bind, column) : NULL;
}

_Noreturn static void refuse_value(const CatColumn *column, bool update)
{
    Error *error = error_begin(SQLSTATE_GENERATED_ALWAYS);
    if (update)
        error_message(error, "column \"%.*s\" can only be updated to DEFAULT",
                      STR_ARG(column->name));
    else
        error_message(error, "cannot insert a non-DEFAULT value into column \"%.*s\"",
                      STR_ARG(column->name));
    if (column->generated) {
        error_detail(error, "Column \"%.*s\" is a generated column.", STR_ARG(column->name));
    } else {
        error_detail(error, "Column \"%.*s\" is an identity column defined as GENERATED ALWAYS.",
                     STR_ARG(column->name));
        if (!update) error_hint(error, "Use OVERRIDING SYSTEM VALUE to override.");
    }
    error_raise(error);
}

/* A column whose value comes from the table's definition whatever is written. */
static bool is_defined(const CatColumn *column, const QQuery *query)
{
    if (column->generated) return true;
    return column->identity == 'a' && query->overriding != Q_OVERRIDING_SYSTEM;
}

/* DEFAULT in rows of VALUES: column `at` of them feeds `column`. True: all of them say DEFAULT. */
static bool fill_values(const Rewrite *r, const CatRelation *relation, const CatColumn *column,
                        QTable *values, uint32_t at, bool defined)
{
    uint32_t defaults = 0;
    for (uint32_t i = 0; i < values->rows.count; i++)
        defaults += values->rows.items[i]->items.items[at]->kind == Q_SET_TO_DEFAULT;
    if (defined && defaults < values->rows.count) return false;
    for (uint32_t i = 0; defaults && i < values->rows.count; i++) {
        QExpr **item = &values->rows.items[i]->items.items[at];
        if ((*item)->kind != Q_SET_TO_DEFAULT) continue;
        QExpr *standard = default_of(r, relation, column);
        *item = standard ? standard : null_of(r->bind, column);
    }
    return defaults == values->rows.count;
}

typedef ARRAY_OF(QTarget *) Targets;

QTable *bind__values_of(const QQuery *query, const QTarget *target)
{
    const QVar *var = Q_IF(Var, target->expr);
    if (!var || var->up || !var->table || var->table > query->tables.count || var->column < 1)
        return NULL;
    QTable *table = query->tables.items[var->table - 1];
    return table->table == Q_RTE_VALUES ? table : NULL;
}

static void insert_target(const Rewrite *r, QQuery *query, const CatRelation *relation,
                          QTarget *target, Targets *out)
{
    const CatColumn *column = &relation->columns[target->number - 1];
    QTable *values = bind__values_of(query, target);
    bool defined = is_defined(column, query);
    bool by_default = target->expr->kind == Q_SET_TO_DEFAULT;
    if (column->identity && query->overriding == Q_OVERRIDING_USER) by_default = true;
    if (values) {
        uint32_t at = (uint32_t)Q_AS(Var, target->expr)->column - 1;
        bool all = fill_values(r, relation, column, values, at, defined && !by_default);
        if (defined && !all && !by_default) refuse_value(column, false);
        if (column->generated) return;
        if (!by_default) {
            array_push(out, target);
            return;
        }
    }
    if (defined && !by_default) refuse_value(column, false);
    if (by_default) {
        target->expr = default_of(r, relation, column);
        if (!target->expr) return;
    }
    array_push(out, target);
}

static void insert_defaults(const Rewrite *r, QQuery *query, const CatRelation *relation)
{
    const Bind *bind = r->bind;
    Targets targets = {.arena = bind->arena};
    bind__merge_assignments(bind, &query->targets);
    bool *given = arena_alloc_zero(bind->arena, (size_t)relation->column_count + 1);
    for (uint32_t i = 0; i < query->targets.count; i++) {
        QTarget *target = query->targets.items[i];
        given[target->number] = true;
        insert_target(r, query, relation, target, &targets);
    }
    for (int16_t i = 0; i < relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        if (column->dropped || given[column->number]) continue;
        QExpr *standard = default_of(r, relation, column);
        if (!standard) continue;
        QTarget *target = Q_NEW(bind->arena, Target);
        target->expr = standard;
        target->name = column->name;
        target->number = column->number;
        array_push(&targets, target);
    }
    query->targets = BIND_LIST(bind, QTargetList, targets);
}

static void update_defaults(const Rewrite *r, const CatRelation *relation, QTargetList *list)
{
    const Bind *bind = r->bind;
    Targets targets = {.arena = bind->arena};
    bind__merge_assignments(bind, list);
    for (uint32_t i = 0; i < list->count; i++) {
        QTarget *target = list->items[i];
        if (target->junk) {
            array_push(&targets, target);
            continue;
        }
        const CatColumn *column = &relation->columns[target->number - 1];
        bool by_default = target->expr->kind == Q_SET_TO_DEFAULT;
        if (!by_default && (column->generated || column->identity == 'a'))
            refuse_value(column, true);
        if (by_default && column->generated) continue; /* computed anyway */
        if (by_default) {
            target->expr = default_of(r, relation, column);
            if (!target->expr) target->expr = null_of(r->bind, column);
        }
        array_push(&targets, target);
    }
    *list = BIND_LIST(bind, QTargetList, targets);
}

static void merge_defaults(const Rewrite *r, const QQuery *query, const CatRelation *relation,
                           QMergeWhen *when)
{
    if (when->command == Q_COMMAND_UPDATE) update_defaults(r, relation, &when->targets);
    if (when->command != Q_COMMAND_INSERT) return;
    QQuery insert = *query; /* as if it were an INSERT of its own */
    insert.targets = when->targets;
    insert.overriding = (QOverriding)when->override_;
    insert_defaults(r, &insert, relation);
    when->targets = insert.targets;
}

static bool visit(void *arg, void *child);

/* The relation that is changed; views in the way are seen through. */
static const CatRelation *open_target(Rewrite *r, QQuery *query)
{
    const Bind *bind = r->bind;
    QTable *const *table = &query->tables.items[query->result_table - 1];
    const CatRelation *relation = cat_relation(bind->view, (*table)->relation);
    bool barrier = false;
    for (uint32_t depth = 0; relation && relation->kind == 'v'; depth++) {
        if (depth >= VIEW_DEPTH_MAX || !relation->view_query)
            raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "infinite recursion detected in rules for relation \"%.*s\"",
                        STR_ARG(relation->name));
        task_check();
        QQuery *view = query_copy(bind->arena, bind_stored(relation->view_query));
        const Oid below = bind__updatable_base(query, relation, view);
        const CatRelation *base = reopen(r, below, LOCK_ROW_EXCLUSIVE);
        if (!cat_relation_option_is(relation, "security_invoker", true))
            use_rights_of(view, relation->owner);
        query_walk(view, visit, r);
        barrier |= cat_relation_option_is(relation, "security_barrier", true);
        bind__change_base(bind, query, relation, view, base, barrier);
        table = &query->tables.items[query->result_table - 1];
        relation = base;
    }
    if (!relation)
        raise_error(SQLSTATE_UNDEFINED_TABLE, "could not open relation with OID %u",
                    (*table)->relation);
    return relation;
}

static void rewrite_target(Rewrite *r, QQuery *query)
{
    const CatRelation *relation = open_target(r, query);
    check_relation(r, relation, true);
    if (query->command == Q_COMMAND_INSERT) insert_defaults(r, query, relation);
    if (query->command == Q_COMMAND_UPDATE) update_defaults(r, relation, &query->targets);
    if (query->on_conflict) update_defaults(r, relation, &query->on_conflict->set);
    for (uint32_t i = 0; i < query->merge_whens.count; i++)
        merge_defaults(r, query, relation, query->merge_whens.items[i]);
}

/* ---- the walk */

static bool visit(void *arg, void *child)
{
    QNode *node = child;
    task_check();
    if (node->kind == Q_QUERY) {
        rewrite(arg, (QQuery *)node);
        return false;
    }
    return query_walk(node, visit, arg);
}

static void rewrite(Rewrite *r, QQuery *query)
{
    for (uint32_t i = 0; i < query->ctes.count; i++)
        bind__expand_search(r->bind, query->ctes.items[i]);
    /* What is inside comes first, so that a view's query, put in below, is not walked again. */
    query_walk(query, visit, r);
    if (query->result_table) rewrite_target(r, query);
    for (uint32_t i = 0; i < query->tables.count; i++) {
        QTable *table = query->tables.items[i];
        if (table->table != Q_RTE_RELATION || i + 1 == query->result_table) continue;
        const CatRelation *relation = cat_relation(r->bind->view, table->relation);
        if (!relation)
            raise_error(SQLSTATE_UNDEFINED_TABLE, "could not open relation with OID %u",
                        table->relation);
        check_relation(r, relation, false);
        if (relation->kind == 'v') expand_view(r, table, relation, lock_of(query, i + 1));
        if (relation->kind == 'S') expand_sequence(r, table, relation);
    }
}

QQuery *rewrite_query(Arena *arena, QQuery *query, const BindOptions *options)
{
    Bind bind = {.arena = arena, .options = options, .view = options->view};
    Rewrite r = {.bind = &bind};
    if (query->command != Q_COMMAND_UTILITY) rewrite(&r, query);
    return query;
}

QExpr *bind_column_default(Arena *arena, const CatRelation *relation, const CatColumn *column,
                           const BindOptions *options)
{
    Bind bind = {.arena = arena, .options = options, .view = options->view};
    const Rewrite rewrite = {.bind = &bind};
    return column->dropped ? NULL : default_of(&rewrite, relation, column);
}
