/* SPDX-License-Identifier: Apache-2.0 */
/* updatable.c - a change of a view becomes a change of the table that the view shows.
 *
 * The table's entry takes the place of the view's in the range table, so that it keeps its number; whatever the query
 * says of the view's columns is said of what the view shows in them; the view's condition is one more of the
 * statement's; and with CHECK OPTION it is asked of each row written. A view over a view is taken apart step by step.
 * The entry of the view itself is kept aside for the rights that the statement needs on it; its table is used with the
 * rights of the view's owner. */
#include "bind/bind_internal.h"

/* ---- which views, and which of their columns */

static bool target_returns_set(const QQuery *view)
{
    for (uint32_t i = 0; view->has_set_functions && i < view->targets.count; i++)
        if (bind__returns_set(view->targets.items[i]->expr)) return true;
    return false;
}

/* Why not? NULL: its rows are those of one table. */
static const char *why_not_updatable(const QQuery *view)
{
    if (view->distinct.count) return "Views containing DISTINCT are not automatically updatable.";
    if (view->group_by.count || view->grouping_sets.count)
        return "Views containing GROUP BY are not automatically updatable.";
    if (view->having) return "Views containing HAVING are not automatically updatable.";
    if (view->set_operation)
        return "Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable.";
    if (view->ctes.count) return "Views containing WITH are not automatically updatable.";
    if (view->limit || view->offset)
        return "Views containing LIMIT or OFFSET are not automatically updatable.";
    if (view->has_aggregates)
        return "Views that return aggregate functions are not automatically updatable.";
    if (view->has_windows)
        return "Views that return window functions are not automatically updatable.";
    if (target_returns_set(view))
        return "Views that return set-returning functions are not automatically updatable.";
    const QTableRef *ref = view->from && view->from->items.count == 1
                               ? Q_IF(TableRef, view->from->items.items[0])
                               : NULL;
    const QTable *table = ref ? view->tables.items[ref->table - 1] : NULL;
    if (!table || table->table != Q_RTE_RELATION || !strchr("rvfp", table->relation_kind))
        return "Views that do not select from a single table or view are not automatically "
               "updatable.";
    if (table->sample) return "Views containing TABLESAMPLE are not automatically updatable.";
    return NULL;
}

static uint32_t base_of(const QQuery *view)
{
    return Q_AS(TableRef, view->from->items.items[0])->table;
}

/* Why not? NULL: the column is one of the table's own. */
static const char *why_not_column(const QQuery *view, const QExpr *shown)
{
    const QVar *var = Q_IF(Var, shown);
    if (!var || var->up || var->table != base_of(view))
        return "View columns that are not columns of their base relation are not updatable.";
    if (var->column < 0) return "View columns that refer to system columns are not updatable.";
    if (!var->column) return "View columns that return whole-row references are not updatable.";
    return NULL;
}

typedef struct ChangeWords {
    const char *to, *doing, *event;
} ChangeWords;

static ChangeWords words_of(QCommand command)
{
    switch (command) {
    case Q_COMMAND_INSERT: return (ChangeWords){"insert into", "inserting into", "INSERT"};
    case Q_COMMAND_UPDATE: return (ChangeWords){"update", "updating", "UPDATE"};
    case Q_COMMAND_DELETE: return (ChangeWords){"delete from", "deleting from", "DELETE"};
    case Q_COMMAND_SELECT:
    case Q_COMMAND_MERGE:
    case Q_COMMAND_UTILITY: break;
    }
    UNREACHABLE();
}

static _Noreturn void refuse_view(const CatRelation *relation, QCommand command, bool merges,
                                  const char *why)
{
    const ChangeWords words = words_of(command);
    Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
    error_message(error, "cannot %s view \"%.*s\"", words.to, STR_ARG(relation->name));
    error_detail(error, "%s", why);
    if (merges)
        error_hint(error, "To enable %s the view using MERGE, provide an INSTEAD OF %s trigger.",
                   words.doing, words.event);
    else
        error_hint(error,
                   "To enable %s the view, provide an INSTEAD OF %s trigger or an unconditional ON "
                   "%s DO INSTEAD rule.",
                   words.doing, words.event, words.event);
    error_raise(error);
}

static _Noreturn void refuse_column(const CatRelation *relation, const char *to, Str column,
                                    const char *why)
{
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "cannot %s column \"%.*s\" of view \"%.*s\"", to, STR_ARG(column),
                  STR_ARG(relation->name));
    error_detail(error, "%s", why);
    error_raise(error);
}

/* ---- columns of the view as what it shows */

typedef struct Through {
    Arena *arena;
    const QQuery *view, *query;
    uint32_t base;   /* the table's number in the view */
    uint32_t depth;  /* of the walk, in queries */
    uint32_t origin; /* of a pasted expression: where it goes, and how its columns were meant */
    const QVar *as;
} Through;

/* An expression of the view at its new place: columns of the table get its number there. */
static bool settle(void *arg, void *child)
{
    Through *t = arg;
    QNode *node = child;
    task_check_stack();
    QVar *var = Q_IF(Var, node);
    if (var) {
        if (var->up == t->depth && var->table == t->base) {
            var->table = t->as->table;
            var->returning = t->as->returning;
        }
        if (var->up >= t->depth) var->up += t->origin;
        return false;
    }
    const bool deeper = node->kind == Q_QUERY;
    t->depth += deeper;
    const bool stop = query_walk(node, settle, t);
    t->depth -= deeper;
    return stop;
}

static QExpr *shown_as(const Through *t, const QExpr *shown, const QVar *as)
{
    QExpr *copy = query_copy(t->arena, shown);
    Through inside = *t;
    inside.depth = 0;
    inside.origin = as->up;
    inside.as = as;
    (void)settle(&inside, copy);
    return copy;
}

static const QTarget *shown_target(const QQuery *view, int32_t column)
{
    int32_t at = 0;
    for (uint32_t i = 0; i < view->targets.count; i++) {
        if (view->targets.items[i]->junk) continue;
        if (++at == column) return view->targets.items[i];
    }
    UNREACHABLE();
}

/* OLD and NEW are no rows at all where the command has none: what is not a plain column is NULL then. */
static QExpr *if_there(const Through *t, QExpr *value, const QVar *as)
{
    if (as->returning == Q_VAR_DEFAULT || value->kind == Q_VAR) return value;
    QVar *row = Q_NEW(t->arena, Var);
    QNullTest *there = Q_NEW(t->arena, NullTest);
    QWhen *when = Q_NEW(t->arena, When), **whens = ARENA_ARRAY(t->arena, QWhen *, 1);
    QCase *made = Q_NEW(t->arena, Case);
    row->table = as->table;
    row->up = as->up;
    row->returning = as->returning;
    row->column = -1; /* ctid */
    row->type = OID_TID;
    row->typmod = -1;
    there->arg = &row->base;
    there->negated = true;
    there->type = OID_BOOL;
    there->typmod = -1;
    when->condition = &there->base;
    when->result = value;
    whens[0] = when;
    made->type = value->type;
    made->typmod = value->typmod;
    made->collation = value->collation;
    made->whens.items = whens;
    made->whens.count = 1;
    return &made->base;
}

static QExpr *whole_row(const Through *t, const QVar *var)
{
    QRow *row = Q_NEW(t->arena, Row);
    QExpr **items = ARENA_ARRAY(t->arena, QExpr *, t->view->targets.count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < t->view->targets.count; i++) {
        const QTarget *target = t->view->targets.items[i];
        if (!target->junk) items[count++] = shown_as(t, target->expr, var);
    }
    row->type = var->type;
    row->typmod = -1;
    row->items = (QExprList){items, count};
    return if_there(t, &row->base, var);
}

static void *put_through(void *arg, void *child)
{
    Through *t = arg;
    QNode *node = child;
    task_check();
    const QVar *var = Q_IF(Var, node);
    if (var) {
        const QOnConflict *conflict = t->query->on_conflict;
        const bool view = var->table == t->query->result_table ||
                          (conflict && conflict->excluded && var->table == conflict->excluded);
        if (var->up != t->depth || !view || var->column < 0) return node;
        if (!var->column) return whole_row(t, var);
        return if_there(t, shown_as(t, shown_target(t->view, var->column)->expr, var), var);
    }
    if (node->kind == Q_CURRENT_OF)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "WHERE CURRENT OF on a view is not implemented");
    const bool deeper = node->kind == Q_QUERY;
    t->depth += deeper;
    node_replace(&query_family, node, put_through, t);
    t->depth -= deeper;
    return node;
}

/* ---- what the statement assigns to */

static void map_targets(const Bind *bind, const CatRelation *relation, const QQuery *view,
                        QTargetList *targets, const char *to, const CatRelation *base)
{
    bind__merge_assignments(bind, targets);
    for (uint32_t i = 0; i < targets->count; i++) {
        QTarget *target = targets->items[i];
        if (target->junk) continue;
        const QTarget *shown = shown_target(view, target->number);
        const char *why = why_not_column(view, shown->expr);
        if (why) refuse_column(relation, to, shown->name, why);
        target->number = Q_AS(Var, shown->expr)->column;
        for (uint32_t j = 0; j < i; j++)
            if (!targets->items[j]->junk && targets->items[j]->number == target->number)
                raise_error(SQLSTATE_SYNTAX_ERROR, "multiple assignments to same column \"%.*s\"",
                            STR_ARG(base->columns[target->number - 1].name));
    }
}

/* Columns whose rights are asked, as the table's. */
static NodeI32s map_columns(const Bind *bind, const QQuery *view, const NodeI32s *columns)
{
    ARRAY_OF(int32_t) mapped = {.arena = bind->arena};
    for (uint32_t i = 0; i < columns->count; i++) {
        const int32_t column = columns->items[i];
        const QExpr *shown = column > 0 ? shown_target(view, column)->expr : NULL;
        if (shown && !why_not_column(view, shown)) array_push(&mapped, Q_AS(Var, shown)->column);
    }
    return BIND_LIST(bind, NodeI32s, mapped);
}

/* DEFAULT in rows of VALUES, where the view has a default of its own. */
static void fill_values(const Bind *bind, const QTable *values, uint32_t at,
                        const CatColumn *column)
{
    for (uint32_t i = 0; i < values->rows.count; i++) {
        QExpr **item = &values->rows.items[i]->items.items[at];
        QExpr *own = (*item)->kind == Q_SET_TO_DEFAULT ? bind__own_default(bind, column) : NULL;
        if (own) *item = own;
    }
}

/* INSERT: the view's own defaults come before the table's. */
static void insert_defaults(const Bind *bind, const CatRelation *relation, const QQuery *query,
                            QTargetList *targets)
{
    ARRAY_OF(QTarget *) all = {.arena = bind->arena};
    for (uint32_t i = 0; i < targets->count; i++) array_push(&all, targets->items[i]);
    for (int16_t c = 0; c < relation->column_count; c++) {
        const CatColumn *column = &relation->columns[c];
        if (column->dropped) continue;
        QTarget *given = NULL;
        for (uint32_t i = 0; i < targets->count; i++)
            if (targets->items[i]->number == column->number) given = targets->items[i];
        const QTable *values = given ? bind__values_of(query, given) : NULL;
        if (values) fill_values(bind, values, (uint32_t)Q_AS(Var, given->expr)->column - 1, column);
        if (given && given->expr->kind != Q_SET_TO_DEFAULT) continue;
        QExpr *own = bind__own_default(bind, column);
        if (!own) continue;
        if (!given) {
            given = Q_NEW(bind->arena, Target);
            given->name = column->name;
            given->number = column->number;
            array_push(&all, given);
        }
        given->expr = own;
    }
    *targets = BIND_LIST(bind, QTargetList, all);
}

/* UPDATE: DEFAULT is the view's own, or else NULL; the table's does not count. */
static void update_defaults(const Bind *bind, const CatRelation *relation,
                            const QTargetList *targets)
{
    for (uint32_t i = 0; i < targets->count; i++) {
        QTarget *target = targets->items[i];
        if (target->junk || target->expr->kind != Q_SET_TO_DEFAULT) continue;
        const CatColumn *column = &relation->columns[target->number - 1];
        QExpr *own = bind__own_default(bind, column);
        target->expr = own ? own : bind__asked_null(bind, column);
    }
}

/* ---- the steps */

static QExpr *both(const Bind *bind, QExpr *a, QExpr *b)
{
    QExpr *args[2] = {a, b};
    QBool *made = Q_NEW(bind->arena, Bool);
    made->op = Q_BOOL_AND;
    made->type = OID_BOOL;
    made->typmod = -1;
    made->args = bind__exprs(bind, args, 2);
    return &made->base;
}

/* Is it the target, perhaps already under the condition of a view around this one? */
static bool is_target(const QQuery *query, const QJoinItem *item)
{
    while (item->kind == Q_FROM) item = Q_AS(From, item)->items.items[0];
    const QTableRef *ref = Q_IF(TableRef, item);
    return ref && ref->table == query->result_table;
}

/* What is asked of rows only where `shown` lets them be seen: nothing else keeps an order of evaluation. */
static QExpr *behind(const Bind *bind, const QExpr *shown, QExpr *asked)
{
    if (!asked) return NULL;
    QWhen *when = Q_NEW(bind->arena, When);
    when->condition = query_copy(bind->arena, shown);
    when->result = asked;
    QWhen **whens = ARENA_ARRAY(bind->arena, QWhen *, 1);
    whens[0] = when;
    QCase *guard = Q_NEW(bind->arena, Case);
    guard->type = OID_BOOL;
    guard->typmod = -1;
    guard->whens.items = whens;
    guard->whens.count = 1;
    guard->otherwise = bind__const_bool(bind, false, NODE_NO_LOCATION);
    return &guard->base;
}

/* The view's condition: of an UPDATE or DELETE one more; of MERGE it decides which rows of the target there are.
 * `barrier`: functions that the statement calls must not be given rows that the view hides. */
static void add_condition(const Bind *bind, QQuery *query, QExpr *condition, bool barrier)
{
    if (query->command == Q_COMMAND_MERGE) {
        QJoin *join = Q_AS(Join, query->from->items.items[0]);
        QJoinItem **side = is_target(query, join->left) ? &join->left : &join->right;
        /* What a full join asks stays above the rows of both sides, and must stay what it is joined by. */
        if (barrier && join->join != Q_JOIN_FULL) join->on = behind(bind, condition, join->on);
        QFrom *from = Q_NEW(bind->arena, From);
        QJoinItem **items = ARENA_ARRAY(bind->arena, QJoinItem *, 1);
        items[0] = *side;
        from->items.items = items;
        from->items.count = 1;
        from->where = condition;
        *side = &from->base;
        return;
    }
    if (query->command == Q_COMMAND_INSERT) return;
    QExpr *asked = query->from->where;
    if (!asked)
        query->from->where = condition;
    else if (barrier)
        query->from->where = both(bind, condition, behind(bind, condition, asked));
    else
        query->from->where = both(bind, asked, condition);
}

/* Checks of inner views stand before those of outer ones. */
static void add_check(const Bind *bind, QQuery *query, const CatRelation *relation,
                      QExpr *condition)
{
    QTarget **items = ARENA_ARRAY(bind->arena, QTarget *, query->checks.count + 1);
    QTarget *check = Q_NEW(bind->arena, Target);
    check->name = relation->name;
    check->expr = condition;
    items[0] = check;
    if (query->checks.count)
        memcpy(items + 1, query->checks.items, query->checks.count * sizeof *items);
    query->checks = (QTargetList){items, query->checks.count + 1};
}

static void map_statement(const Bind *bind, QQuery *query, const CatRelation *relation,
                          const QQuery *view, const CatRelation *base)
{
    if (query->command == Q_COMMAND_INSERT) {
        insert_defaults(bind, relation, query, &query->targets);
        map_targets(bind, relation, view, &query->targets, "insert into", base);
    } else if (query->command == Q_COMMAND_UPDATE) {
        update_defaults(bind, relation, &query->targets);
        map_targets(bind, relation, view, &query->targets, "update", base);
    }
    if (query->on_conflict) {
        update_defaults(bind, relation, &query->on_conflict->set);
        map_targets(bind, relation, view, &query->on_conflict->set, "update", base);
    }
    for (uint32_t i = 0; i < query->merge_whens.count; i++) {
        QMergeWhen *when = query->merge_whens.items[i];
        if (when->command == Q_COMMAND_INSERT)
            insert_defaults(bind, relation, query, &when->targets);
        if (when->command == Q_COMMAND_UPDATE) update_defaults(bind, relation, &when->targets);
        map_targets(bind, relation, view, &when->targets, "merge into", base);
    }
}

/* The entry of the view's table, in the place of the view's. */
static void put_base(const Bind *bind, QQuery *query, const QQuery *view, uint32_t number,
                     uint32_t permissions)
{
    const QTable *shown = query->tables.items[number - 1];
    QTable *base = query_copy(bind->arena, view->tables.items[base_of(view) - 1]);
    base->lock = shown->lock;
    base->in_from = shown->in_from;
    base->permissions = permissions ? base->permissions | shown->permissions : 0;
    base->inserted = map_columns(bind, view, &shown->inserted);
    base->updated = map_columns(bind, view, &shown->updated);
    if (!permissions) { /* EXCLUDED: rows proposed */
        base->relation_kind = shown->relation_kind;
        base->alias = shown->alias;
        base->name = shown->name;
    }
    query->tables.items[number - 1] = base;
}

/* The view's entry, kept for the rights on it. */
static void keep_rights(const Bind *bind, QQuery *query)
{
    QTable *kept = query_copy(bind->arena, query->tables.items[query->result_table - 1]);
    QTable **tables = ARENA_ARRAY(bind->arena, QTable *, query->tables.count + 1);
    memcpy(tables, query->tables.items, query->tables.count * sizeof *tables);
    kept->table = Q_RTE_RESULT;
    tables[query->tables.count] = kept;
    query->tables.items = tables;
    query->tables.count++;
}

const char *bind__why_not_plain(const QQuery *view)
{
    return why_not_updatable(view);
}

Oid bind__base_relation(const QQuery *view)
{
    return view->tables.items[base_of(view) - 1]->relation;
}

NodeI32s bind__columns_of_base(Arena *arena, const QQuery *view, const NodeI32s *columns)
{
    NodeI32s found = {ARENA_ARRAY(arena, int32_t, view->targets.count + 1), 0};
    int32_t number = 0;
    for (uint32_t i = 0; i < view->targets.count; i++) {
        const QTarget *target = view->targets.items[i];
        if (target->junk) continue;
        number++;
        bool asked = !columns;
        for (uint32_t k = 0; columns && k < columns->count; k++)
            asked |= columns->items[k] == number;
        if (asked && !why_not_column(view, target->expr))
            found.items[found.count++] = Q_AS(Var, target->expr)->column;
    }
    return found;
}

const char *bind_why_not_updatable(const QQuery *view)
{
    const char *why = why_not_updatable(view);
    for (uint32_t i = 0; !why && i < view->targets.count; i++)
        if (!view->targets.items[i]->junk && !why_not_column(view, view->targets.items[i]->expr))
            return NULL;
    return why ? why : "Views that have no updatable columns are not automatically updatable.";
}

Oid bind__updatable_base(const QQuery *query, const CatRelation *relation, const QQuery *view)
{
    const bool merges = query->command == Q_COMMAND_MERGE,
               removes = query->command == Q_COMMAND_DELETE;
    const char *why = merges || removes ? why_not_updatable(view) : bind_why_not_updatable(view);
    if (!why) return bind__base_relation(view);
    if (!merges) refuse_view(relation, query->command, false, why);
    for (uint32_t i = 0; i < query->merge_whens.count; i++) {
        const QCommand command = query->merge_whens.items[i]->command;
        if (command != Q_COMMAND_SELECT && command != Q_COMMAND_UTILITY)
            refuse_view(relation, command, true, why);
    }
    refuse_view(relation, Q_COMMAND_UPDATE, true, why);
}

void bind__change_base(const Bind *bind, QQuery *query, const CatRelation *relation, QQuery *view,
                       const CatRelation *base, bool barrier)
{
    const Through plain = {.arena = bind->arena,
                           .view = view,
                           .query = query,
                           .base = base_of(view)};
    map_statement(bind, query, relation, view, base);
    Through t = plain;
    node_replace(&query_family, query, put_through, &t);
    keep_rights(bind, query);
    put_base(bind, query, view, query->result_table, 1);
    if (query->on_conflict && query->on_conflict->excluded)
        put_base(bind, query, view, query->on_conflict->excluded, 0);
    query->has_sublinks |= view->has_sublinks;

    const Str option = cat_relation_option(relation, "check_option");
    const bool cascades = query->check_cascades;
    const QExpr *condition = view->from->where;
    const QVar row = {.base = {.base = {.kind = Q_VAR}}, .table = query->result_table};
    if (condition) add_condition(bind, query, shown_as(&plain, condition, &row), barrier);
    if (condition && (option.bytes || cascades))
        add_check(bind, query, relation, shown_as(&plain, condition, &row));
    query->check_cascades = cascades || str_equal(option, STR("cascaded"));
}
