/* SPDX-License-Identifier: Apache-2.0 */
/* from.c - the FROM list: range-table entries, and which names they show.
 *
 * Every item gives its NsItem: the columns that it has as a table, each with the entry that it really is of; so a
 * column of a join is known as its base table's column from the start, except where USING merged two into an
 * expression. While an item is bound, those before it are there for LATERAL alone. */
#include "bind/bind_internal.h"

/* ---- entries */

NsItem *bind__add_table(Level *level, QTable *table, Str name)
{
    Arena *arena = level->bind->arena;
    array_push(&level->tables, table);
    table->name = name;
    NsItem *item = ARENA_NEW(arena, NsItem);
    item->table = table;
    item->index = level->tables.count;
    item->name = name;
    item->lateral_ok = item->table_visible = item->columns_visible = true;
    NsColumn *columns = ARENA_ARRAY(arena, NsColumn, table->names.count + 1);
    for (uint32_t i = 0; i < table->names.count; i++)
        columns[i] = (NsColumn){.name = table->names.items[i],
                                .table = item->index,
                                .column = (int32_t)i + 1,
                                .type = (Oid)table->types.items[i],
                                .typmod = table->typmods.items[i],
                                .collation = (Oid)table->collations.items[i]};
    item->columns = columns;
    item->column_count = table->names.count;
    return item;
}

void bind__push_name(Level *level, NsItem *item, bool table_visible, bool columns_visible)
{
    item->table_visible = table_visible;
    item->columns_visible = columns_visible;
    array_push(&level->names, item);
}

static void set_columns(const Bind *bind, QTable *table, const FnAttribute *columns, uint32_t count)
{
    Str *names = ARENA_ARRAY(bind->arena, Str, count + 1);
    int32_t *types = ARENA_ARRAY(bind->arena, int32_t, count + 1);
    int32_t *typmods = ARENA_ARRAY(bind->arena, int32_t, count + 1);
    int32_t *collations = ARENA_ARRAY(bind->arena, int32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        names[i] = columns[i].dropped ? STR("") : columns[i].name;
        types[i] = (int32_t)columns[i].type;
        typmods[i] = columns[i].typmod;
        collations[i] = (int32_t)columns[i].collation;
    }
    table->names = (NodeStrs){names, count};
    table->types = (NodeI32s){types, count};
    table->typmods = (NodeI32s){typmods, count};
    table->collations = (NodeI32s){collations, count};
}

/* AS name (columns): the first columns get the names of the list. */
static void apply_alias(const Bind *bind, QTable *table, const AstAlias *alias, Str name)
{
    if (!alias) return;
    table->alias = alias->name;
    table->alias_columns = alias->columns;
    uint32_t at = 0;
    for (uint32_t i = 0; i < table->names.count && at < alias->columns.count; i++)
        if (table->names.items[i].bytes) table->names.items[i] = alias->columns.items[at++];
    if (at < alias->columns.count)
        bind__raise(bind, INVALID_COLUMN_REFERENCE, NODE_NO_LOCATION,
                    "table \"%.*s\" has %u columns available but %u columns specified",
                    STR_ARG(name), at, alias->columns.count);
}

static Str alias_name(const AstAlias *alias, Str otherwise)
{
    return alias && alias->name.data ? alias->name : otherwise;
}

/* ---- relations */

static void refuse_kind(const Bind *bind, const CatRelation *relation)
{
    const char *what = relation->kind == 'i' || relation->kind == 'I' ? "indexes"
                       : relation->kind == 'c'                        ? "composite types"
                                                                      : NULL;
    if (!what) return;
    Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
    error_message(error, "cannot open relation \"%.*s\"", STR_ARG(relation->name));
    error_detail(error, "This operation is not supported for %s.", what);
    (void)bind;
    error_raise(error);
}

_Noreturn static void no_relation(Level *level, const AstRangeVar *node)
{
    const Bind *bind = level->bind;
    Error *error = bind__error(bind, UNDEFINED_TABLE, node->location);
    if (node->schema.data) {
        error_message(error, "relation \"%.*s.%.*s\" does not exist", STR_ARG(node->schema),
                      STR_ARG(node->name));
        error_raise(error);
    }
    error_message(error, "relation \"%.*s\" does not exist", STR_ARG(node->name));
    for (const Level *at = level; at; at = at->parent)
        for (uint32_t i = 0; i < at->ctes.count; i++)
            if (at->ctes.items[i]->not_yet && str_equal(at->ctes.items[i]->cte->name, node->name)) {
                error_detail(error,
                             "There is a WITH item named \"%.*s\", but it cannot be referenced "
                             "from this part of the query.",
                             STR_ARG(node->name));
                error_hint(
                    error,
                    "Use WITH RECURSIVE, or re-order the WITH items to remove forward references.");
                error_raise(error);
            }
    error_raise(error);
}

const CatRelation *bind__open(Level *level, const AstRangeVar *node, LockMode mode)
{
    const Bind *bind = level->bind;
    CatName name = {.database = node->catalog,
                    .schema = node->schema,
                    .name = node->name,
                    .location = bind__position(bind, node->location)};
    const CatRelation *relation;
    if (cat_view_txn(bind->view)) {
        relation = cat_relation_open(bind->view, name, mode, CAT_MISSING_OK);
    } else { /* only what is built in can be seen: nothing to lock */
        Oid oid = cat_relation_search(bind->view, name);
        relation = oid ? cat_relation(bind->view, oid) : NULL;
    }
    if (!relation) no_relation(level, node);
    refuse_kind(bind, relation);
    return relation;
}

NsItem *bind__add_relation(Level *level, const CatRelation *relation, const AstRangeVar *node,
                           bool in_from)
{
    const Bind *bind = level->bind;
    QTable *table = Q_NEW(bind->arena, Table);
    table->location = node->location;
    table->table = Q_RTE_RELATION;
    table->relation = relation->oid;
    table->relation_kind = relation->kind;
    table->only = node->only;
    table->in_from = in_from;
    uint32_t count = (uint32_t)relation->column_count;
    FnAttribute *columns = ARENA_ARRAY(bind->arena, FnAttribute, count + 1);
    for (uint32_t i = 0; i < count; i++)
        columns[i] = (FnAttribute){.name = relation->columns[i].name,
                                   .type = relation->columns[i].dropped ? 0
                                                                        : relation->columns[i].type,
                                   .typmod = relation->columns[i].typmod,
                                   .collation = relation->columns[i].collation,
                                   .dropped = relation->columns[i].dropped};
    set_columns(bind, table, columns, count);
    Str name = alias_name(node->alias, relation->name);
    apply_alias(bind, table, node->alias, name);
    return bind__add_table(level, table, name);
}

static bool is_locked(const Level *level, const AstRangeVar *node)
{
    Str name = alias_name(node->alias, node->name);
    if (level->locked) return true;
    for (uint32_t i = 0; level->locks && i < level->locks->count; i++) {
        const AstLockClause *clause = level->locks->items[i];
        if (clause->tables.count == 0) return true;
        for (uint32_t j = 0; j < clause->tables.count; j++)
            if (str_equal(clause->tables.items[j]->name, name)) return true;
    }
    return false;
}

/* ---- common table expressions */

static NsItem *add_cte(Level *level, CteName *found, uint32_t up, const AstRangeVar *node)
{
    const Bind *bind = level->bind;
    QCte *cte = found->cte;
    ASSERT(!found->level || found->usable || found->recursive_now); /* recursion.c has looked */
    if (!found->recursive_now) cte->references++;
    QTable *table = Q_NEW(bind->arena, Table);
    table->location = node->location;
    table->table = Q_RTE_CTE;
    table->cte = cte->name;
    table->cte_up = up;
    table->cte_self = found->recursive_now;
    table->in_from = true;
    const QQuery *query = cte->query;
    bool returns = !query || query->command == Q_COMMAND_SELECT || query->returning.count;
    if (!returns)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, node->location,
                    "WITH query \"%.*s\" does not have a RETURNING clause", STR_ARG(cte->name));
    table->names = bind__strs(bind, cte->names.items, cte->names.count);
    table->types = bind__i32s(bind, cte->types.items, cte->types.count);
    table->typmods = bind__i32s(bind, cte->typmods.items, cte->typmods.count);
    table->collations = bind__i32s(bind, cte->collations.items, cte->collations.count);
    Str name = alias_name(node->alias, cte->name);
    apply_alias(bind, table, node->alias, name);
    return bind__add_table(level, table, name);
}

static NsItem *range_var(Level *level, const AstRangeVar *node)
{
    uint32_t up;
    if (!node->schema.data) {
        CteName *cte = bind__find_cte(level, node->name, &up);
        if (cte) return add_cte(level, cte, up, node);
    }
    LockMode mode = is_locked(level, node) ? LOCK_ROW_SHARE : LOCK_ACCESS_SHARE;
    const CatRelation *relation = bind__open(level, node, mode);
    NsItem *item = bind__add_relation(level, relation, node, true);
    item->table->lock = mode;
    item->table->permissions = PRIV_SELECT;
    return item;
}

/* ---- sub-queries */

void bind__columns_of_query(const Bind *bind, const QQuery *query, NodeStrs *names, NodeI32s *types,
                            NodeI32s *typmods, NodeI32s *collations)
{
    QTargetList targets = query->returning.count ? query->returning : query->targets;
    uint32_t count = 0;
    *names = (NodeStrs){ARENA_ARRAY(bind->arena, Str, targets.count + 1), 0};
    *types = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, targets.count + 1), 0};
    *typmods = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, targets.count + 1), 0};
    *collations = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, targets.count + 1), 0};
    for (uint32_t i = 0; i < targets.count; i++) {
        const QTarget *target = targets.items[i];
        if (target->junk) continue;
        names->items[count] = target->name.data ? target->name : STR("?column?");
        types->items[count] = (int32_t)target->expr->type;
        typmods->items[count] = target->expr->typmod;
        collations->items[count++] = (int32_t)target->expr->collation;
    }
    names->count = types->count = typmods->count = collations->count = count;
}

NsItem *bind__add_subquery(Level *level, QQuery *query, const AstAlias *alias, bool lateral)
{
    const Bind *bind = level->bind;
    QTable *table = Q_NEW(bind->arena, Table);
    table->table = Q_RTE_SUBQUERY;
    table->query = query;
    table->lateral = lateral;
    table->in_from = true;
    bind__columns_of_query(bind, query, &table->names, &table->types, &table->typmods,
                           &table->collations);
    Str name = alias_name(alias, STR("unnamed_subquery"));
    apply_alias(bind, table, alias, name);
    return bind__add_table(level, table, name);
}

static NsItem *subselect(Level *level, const AstRangeSubselect *node)
{
    bool lateral = level->lateral_active;
    Place place = level->place;
    level->lateral_active = node->lateral;
    level->place = PLACE_FROM_SUBSELECT;
    bool locked = level->locked;
    Str name = alias_name(node->alias, (Str){0});
    for (uint32_t i = 0; level->locks && i < level->locks->count; i++) {
        const AstLockClause *clause = level->locks->items[i];
        locked |= clause->tables.count == 0;
        for (uint32_t j = 0; j < clause->tables.count; j++)
            locked |= name.data && str_equal(clause->tables.items[j]->name, name);
    }
    QQuery *query = bind__query(level, node->select, level->bind, NULL, locked, true);
    level->lateral_active = lateral;
    level->place = place;
    NsItem *item = bind__add_subquery(level, query, node->alias, node->lateral);
    if (!node->alias || !node->alias->name.data) item->name = (Str){0};
    return item;
}

/* ---- functions */

static Str scalar_name(const Bind *bind, const QExpr *call, const AstNode *node,
                       const AstAlias *alias, bool alone)
{
    const QFuncCall *function = Q_IF(FuncCall, call);
    const CatFunction *found = function ? cat_function(bind->view, function->function) : NULL;
    Str out = {0};
    uint32_t outs = 0;
    for (uint32_t i = 0; found && found->modes && i < found->all_arg_count; i++)
        if (found->modes[i] == 'o' || found->modes[i] == 'b' || found->modes[i] == 't') {
            outs++;
            if (found->arg_names) out = found->arg_names[i];
        }
    if (outs == 1 && out.bytes) return out;
    if (alone && alias && alias->name.data) return alias->name;
    return bind__column_name(node);
}

bool bind__has_outs(const CatFunction *function)
{
    for (uint32_t i = 0; function && function->modes && i < function->all_arg_count; i++)
        if (function->modes[i] != 'i' && function->modes[i] != 'v') return true;
    return false;
}

static const FnAttribute *defined_columns(Level *level, const AstColumnDefList *defs,
                                          uint32_t *count)
{
    const Bind *bind = level->bind;
    FnAttribute *columns = ARENA_ARRAY(bind->arena, FnAttribute, defs->count + 1);
    *count = defs->count;
    for (uint32_t i = 0; i < defs->count; i++) {
        const AstColumnDef *def = defs->items[i];
        int32_t typmod;
        Oid type = bind__type_name(bind, def->type, &typmod);
        if (def->type->setof)
            bind__raise(bind, INVALID_TABLE_DEFINITION, def->location,
                        "column \"%.*s\" cannot be declared SETOF", STR_ARG(def->name));
        columns[i] = (FnAttribute){.name = def->name,
                                   .type = type,
                                   .typmod = typmod,
                                   .collation = def->collation.count
                                                    ? bind__collation(bind, def->collation,
                                                                      def->location)
                                                    : bind__type_collation(bind, type)};
    }
    return columns;
}

static void check_definitions(Level *level, const AstColumnDefList *defs, const QExpr *call,
                              const CatFunction *function, int32_t location)
{
    const Bind *bind = level->bind;
    if (defs->count && call->type != OID_RECORD) {
        bool composite = bind__is_complex(bind, call->type);
        bind__raise(
            bind, SYNTAX_ERROR, defs->items[0]->location,
            composite
                ? "a column definition list is redundant for a function returning a named composite type"
                : "a column definition list is only allowed for functions returning \"record\"");
    }
    if (defs->count && bind__has_outs(function))
        bind__raise(bind, SYNTAX_ERROR, defs->items[0]->location,
                    "a column definition list is redundant for a function with OUT parameters");
    if (!defs->count && call->type == OID_RECORD && !bind__has_outs(function))
        bind__raise(bind, SYNTAX_ERROR, location,
                    "a column definition list is required for functions returning \"record\"");
}

static QTableFunction *table_function(Level *level, QExpr *call, const AstNode *node,
                                      const AstColumnDefList *defs, const AstAlias *alias,
                                      bool alone)
{
    const Bind *bind = level->bind;
    const QFuncCall *function_call = Q_IF(FuncCall, call);
    const CatFunction *function = function_call ? cat_function(bind->view, function_call->function)
                                                : NULL;
    QTableFunction *made = Q_NEW(bind->arena, TableFunction);
    made->call = call;
    const FnAttribute *columns;
    uint32_t count;
    check_definitions(level, defs, call, function, bind__location(call));
    if (defs->count) {
        columns = defined_columns(level, defs, &count);
    } else if (call->type == OID_RECORD) {
        columns = bind__attributes_of(level, call, &count);
    } else if (bind__is_complex(bind, call->type)) {
        columns = bind__attributes(bind, call->type, -1, &count);
    } else {
        FnAttribute *one = ARENA_NEW(bind->arena, FnAttribute);
        *one = (FnAttribute){.name = scalar_name(bind, call, node, alias, alone),
                             .type = call->type,
                             .typmod = call->typmod,
                             .collation = bind__type_collation(bind, call->type)};
        columns = one;
        count = 1;
    }
    QTable scratch = {0};
    set_columns(bind, &scratch, columns, count);
    made->column_count = (int32_t)count;
    made->names = scratch.names;
    made->types = scratch.types;
    made->typmods = scratch.typmods;
    made->collations = scratch.collations;
    return made;
}

typedef ARRAY_OF(QTableFunction *) TableFunctions;

static void add_function(Level *level, const AstRangeFunction *node,
                         const AstRangeFunctionItem *item, const AstNode *call_node, bool alone,
                         TableFunctions *functions)
{
    QExpr *set_before = level->last_set;
    QExpr *call = bind__expr(level, call_node, PLACE_FROM_FUNCTION);
    if (level->last_set != set_before && level->last_set != call)
        bind__raise(level->bind, FEATURE_NOT_SUPPORTED, bind__location(level->last_set),
                    "set-returning functions must appear at top level of FROM");
    const AstColumnDefList *defs = item->columns.count ? &item->columns : &node->columns;
    bind__collate(level->bind, call);
    array_push(functions, table_function(level, call, call_node, defs, node->alias, alone));
}

/* unnest(a, b, ...) is ROWS FROM (unnest(a), unnest(b), ...). */
static bool is_multiple_unnest(const AstNode *node)
{
    const AstFuncCall *call = AST_IF(FuncCall, node);
    return call && call->names.count == 1 && str_equal(call->names.items[0], STR("unnest")) &&
           call->args.count > 1 && !call->order_by.count && !call->filter && !call->over &&
           !call->star && !call->distinct && !call->variadic;
}

static void combine_columns(const Bind *bind, QTable *table, const TableFunctions *functions)
{
    ARRAY_OF(FnAttribute) columns = {.arena = bind->arena};
    for (uint32_t i = 0; i < functions->count; i++) {
        const QTableFunction *function = functions->items[i];
        for (uint32_t j = 0; j < function->names.count; j++) {
            FnAttribute *column = array_add(&columns);
            column->name = function->names.items[j];
            column->type = (Oid)function->types.items[j];
            column->typmod = function->typmods.items[j];
            column->collation = (Oid)function->collations.items[j];
            column->dropped = column->name.bytes == 0;
        }
    }
    if (table->ordinality) {
        FnAttribute *column = array_add(&columns);
        *column = (FnAttribute){.name = STR("ordinality"), .type = OID_INT8, .typmod = -1};
    }
    set_columns(bind, table, columns.items, columns.count);
}

/* Does it read tables beside it? */
typedef struct SiblingWalk {
    uint32_t depth;
} SiblingWalk;

static bool reads_siblings(void *arg, void *child)
{
    SiblingWalk *walk = arg;
    const QNode *node = child;
    const QVar *var = Q_IF(Var, node);
    task_check_stack();
    if (var) return var->up == walk->depth;
    const bool deeper = node->kind == Q_QUERY;
    walk->depth += deeper;
    const bool found = query_walk(child, reads_siblings, arg);
    walk->depth -= deeper;
    return found;
}

static NsItem *range_function(Level *level, const AstRangeFunction *node)
{
    const Bind *bind = level->bind;
    bool lateral = level->lateral_active;
    TableFunctions functions = {.arena = bind->arena};
    level->lateral_active = true;
    for (uint32_t i = 0; i < node->functions.count; i++) {
        const AstRangeFunctionItem *item = node->functions.items[i];
        if (!is_multiple_unnest(item->call) || item->columns.count) {
            const bool alone = node->functions.count == 1 && !node->rows_from;
            add_function(level, node, item, item->call, alone, &functions);
            continue;
        }
        const AstFuncCall *call = AST_AS(FuncCall, item->call);
        for (uint32_t j = 0; j < call->args.count; j++) {
            AstFuncCall one = *call;
            one.args = (AstExprList){call->args.items + j, 1};
            add_function(level, node, item, (const AstNode *)&one, false, &functions);
        }
    }
    level->lateral_active = lateral;
    if (node->columns.count && node->ordinality)
        bind__raise(bind, SYNTAX_ERROR, node->columns.items[0]->location,
                    "WITH ORDINALITY cannot be used with a column definition list");
    QTable *table = Q_NEW(bind->arena, Table);
    table->table = Q_RTE_FUNCTION;
    table->functions = BIND_LIST(bind, QTableFunctionList, functions);
    table->ordinality = node->ordinality;
    table->in_from = true;
    table->lateral = node->lateral || query_walk(table, reads_siblings, &(SiblingWalk){0});
    combine_columns(bind, table, &functions);
    Str name = alias_name(node->alias, bind__column_name(node->functions.items[0]->call));
    if (node->alias && node->alias->name.data) apply_alias(bind, table, node->alias, name);
    return bind__add_table(level, table, name);
}

static NsItem *json_table(Level *level, const AstJsonTable *node)
{
    const Place place = level->place;
    const bool lateral = level->lateral_active;
    level->lateral_active = true;
    level->place = PLACE_FROM_FUNCTION;
    QTable *table = bind__json_table(level, node);
    level->place = place;
    level->lateral_active = lateral;
    table->lateral |= query_walk(table, reads_siblings, &(SiblingWalk){0});
    const Str name = alias_name(node->alias, STR("json_table"));
    apply_alias(level->bind, table, node->alias, name);
    return bind__add_table(level, table, name);
}

/* ---- TABLESAMPLE */

static NsItem *table_sample(Level *level, const AstTableSample *node, NsItem *item)
{
    const Bind *bind = level->bind;
    QTable *table = item->table;
    Str method = node->method.items[node->method.count - 1];
    if (table->table != Q_RTE_RELATION || !strchr("rmp", table->relation_kind))
        bind__raise(bind, FEATURE_NOT_SUPPORTED, node->relation->location,
                    "TABLESAMPLE clause can only be applied to tables and materialized views");
    uint32_t count;
    const CatFunction **functions = cat_functions_named(bind->view, method, &count);
    const CatFunction *handler = NULL;
    for (uint32_t i = 0; i < count; i++)
        if (functions[i]->result == OID_TSM_HANDLER) handler = functions[i];
    if (!handler)
        bind__raise(bind, UNDEFINED_OBJECT, node->location,
                    "tablesample method %.*s does not exist",
                    STR_ARG(bind__name_text(bind, node->method)));
    QSample *sample = Q_NEW(bind->arena, Sample);
    sample->method = handler->oid;
    if (node->args.count != 1)
        bind__raise(bind, INVALID_TABLESAMPLE_ARGUMENT, node->location,
                    "tablesample method %.*s requires %d argument, not %u", STR_ARG(method), 1,
                    node->args.count);
    QExpr *arg = bind__expr(level, node->args.items[0], PLACE_FROM_FUNCTION);
    arg = bind__coerce_named(bind, arg, OID_FLOAT4, "TABLESAMPLE");
    sample->args = bind__exprs(bind, &arg, 1);
    if (node->repeatable)
        sample->repeatable = bind__coerce_named(bind,
                                                bind__expr(level, node->repeatable,
                                                           PLACE_FROM_FUNCTION),
                                                OID_FLOAT8, "REPEATABLE");
    table->sample = sample;
    return item;
}

/* ---- the list */

static QJoinItem *table_ref(Level *level, const NsItem *item)
{
    QTableRef *ref = Q_NEW(level->bind->arena, TableRef);
    ref->table = item->index;
    return (QJoinItem *)ref;
}

void bind__check_conflicts(Level *level, NsItem *const *a, uint32_t a_count, NsItem *const *b,
                           uint32_t b_count)
{
    for (uint32_t i = 0; i < b_count; i++) {
        if (!b[i]->table_visible || !b[i]->name.data) continue;
        for (uint32_t j = 0; j < a_count; j++) {
            if (!a[j]->table_visible || !a[j]->name.data || !str_equal(a[j]->name, b[i]->name))
                continue;
            const QTable *x = a[j]->table, *y = b[i]->table;
            if (x->table == Q_RTE_RELATION && y->table == Q_RTE_RELATION && !x->alias.data &&
                !y->alias.data && x->relation != y->relation)
                continue; /* s1.t and s2.t can be told apart */
            bind__raise(level->bind, DUPLICATE_ALIAS, NODE_NO_LOCATION,
                        "table name \"%.*s\" specified more than once", STR_ARG(b[i]->name));
        }
    }
}

QJoinItem *bind__from_item(Level *level, const AstNode *node, NsItems *names, NsItem **self)
{
    task_check();
    switch (node->kind) {
    case AST_RANGE_VAR: *self = range_var(level, AST_AS(RangeVar, node)); break;
    case AST_RANGE_SUBSELECT: *self = subselect(level, AST_AS(RangeSubselect, node)); break;
    case AST_RANGE_FUNCTION: *self = range_function(level, AST_AS(RangeFunction, node)); break;
    case AST_TABLE_SAMPLE: {
        const AstTableSample *sample = AST_AS(TableSample, node);
        QJoinItem *made = bind__from_item(level, sample->relation, names, self);
        table_sample(level, sample, *self);
        return made;
    }
    case AST_JOIN: return bind__join(level, AST_AS(Join, node), names, self);
    case AST_XML_TABLE: bind__not_yet(level->bind, node->location, "XMLTABLE");
    case AST_JSON_TABLE: *self = json_table(level, AST_AS(JsonTable, node)); break;
    default: bind__not_yet(level->bind, node->location, ast_kind_name(node->kind));
    }
    (*self)->table_visible = (*self)->name.data != NULL;
    (*self)->columns_visible = true;
    array_push(names, *self);
    return table_ref(level, *self);
}

void bind__from(Level *level, const AstFromItemList *from)
{
    const Bind *bind = level->bind;
    ARRAY_OF(QJoinItem *) items = {.arena = bind->arena};
    uint32_t first = level->names.count;
    for (uint32_t i = 0; i < from->count; i++) {
        NsItems names = {.arena = bind->arena};
        NsItem *self;
        array_push(&items, bind__from_item(level, from->items[i], &names, &self));
        bind__check_conflicts(level, level->names.items, level->names.count, names.items,
                              names.count);
        for (uint32_t j = 0; j < names.count; j++) {
            names.items[j]->lateral_only = names.items[j]->lateral_ok = true;
            array_push(&level->names, names.items[j]);
        }
    }
    for (uint32_t i = first; i < level->names.count; i++) {
        level->names.items[i]->lateral_only = false;
        level->names.items[i]->lateral_ok = true;
    }
    if (!level->query->from) level->query->from = Q_NEW(bind->arena, From);
    QFrom *made = level->query->from;
    ARRAY_OF(QJoinItem *) all = {.arena = bind->arena};
    for (uint32_t i = 0; i < made->items.count; i++) array_push(&all, made->items.items[i]);
    for (uint32_t i = 0; i < items.count; i++) array_push(&all, items.items[i]);
    made->items = BIND_LIST(bind, QJoinItemList, all);
}
