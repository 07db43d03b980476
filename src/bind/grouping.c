/* SPDX-License-Identifier: Apache-2.0 */
/* grouping.c - GROUP BY with its sets, and the rule that what is not grouped stands inside an aggregate. */
#include "bind/bind_internal.h"

/* ---- GROUP BY */

static bool is_set(const AstNode *node)
{
    return node->kind == AST_GROUPING_SET;
}

typedef struct Grouper {
    Level *level;
    QTargetList *targets;
    QSortKeyList keys;
} Grouper;

typedef ARRAY_OF(int32_t) References;

/* ---- what an output that GROUP BY names or numbers may not hold */

typedef struct Refusal {
    const Bind *bind;
    uint32_t depth; /* of sub-queries */
    bool windows;   /* window calls are looked for, else aggregates of this level */
} Refusal;

static bool refuse_call(void *arg, void *child)
{
    Refusal *refusal = arg;
    QNode *node = child;
    task_check_stack();
    if (node->kind == Q_QUERY) {
        refusal->depth++;
        (void)query_walk(node, refuse_call, refusal);
        refusal->depth--;
        return false;
    }
    const QAggregate *aggregate = Q_IF(Aggregate, node);
    const QGrouping *grouping = Q_IF(Grouping, node);
    if (!refusal->windows && ((aggregate != NULL && aggregate->up == refusal->depth) ||
                              (grouping != NULL && grouping->up == refusal->depth)))
        bind__raise(refusal->bind, GROUPING_ERROR, node->location,
                    "aggregate functions are not allowed in GROUP BY");
    if (refusal->windows && refusal->depth == 0 && node->kind == Q_WINDOW_CALL)
        bind__raise(refusal->bind, WINDOWING_ERROR, node->location,
                    "window functions are not allowed in GROUP BY");
    return query_walk(node, refuse_call, refusal);
}

static void group_one(Grouper *g, const AstNode *node, References *references)
{
    const AstRowExpr *row = AST_IF(RowExpr, node);
    if (row && !row->explicit) { /* (a, b) groups by a and by b */
        for (uint32_t i = 0; i < row->items.count; i++)
            group_one(g, row->items.items[i], references);
        return;
    }
    QTarget *target = bind__find_target(g->level, node, g->targets, PLACE_GROUP_BY);
    Refusal refusal = {.bind = g->level->bind};
    (void)refuse_call(&refusal, target->expr);
    refusal.windows = true;
    (void)refuse_call(&refusal, target->expr);
    bind__add_group_key(g->level, target, &g->keys, g->targets, &g->level->query->order_by,
                        bind__location(target->expr));
    for (uint32_t i = 0; i < references->count; i++)
        if (references->items[i] == (int32_t)target->reference) return;
    array_push(references, (int32_t)target->reference);
}

static QGroupingSet *make_set(Grouper *g, const AstNode *node)
{
    const Bind *bind = g->level->bind;
    QGroupingSet *made = Q_NEW(bind->arena, GroupingSet);
    made->location = node->location;
    task_check();
    if (!is_set(node)) {
        References references = {.arena = bind->arena};
        group_one(g, node, &references);
        made->grouping = Q_GROUPING_SIMPLE;
        made->references = BIND_LIST(bind, NodeI32s, references);
        return made;
    }
    const AstGroupingSet *set = AST_AS(GroupingSet, node);
    static const QGroupingKind kinds[] = {[AST_GROUPING_EMPTY] = Q_GROUPING_EMPTY,
                                          [AST_GROUPING_ROLLUP] = Q_GROUPING_ROLLUP,
                                          [AST_GROUPING_CUBE] = Q_GROUPING_CUBE,
                                          [AST_GROUPING_SETS] = Q_GROUPING_SETS};
    enum { CUBE_MAX = 12 };
    made->grouping = kinds[set->grouping];
    if (set->grouping == AST_GROUPING_CUBE && set->items.count > CUBE_MAX)
        bind__raise(bind, TOO_MANY_COLUMNS, node->location, "CUBE is limited to %d elements",
                    CUBE_MAX);
    ARRAY_OF(QGroupingSet *) sets = {.arena = bind->arena};
    for (uint32_t i = 0; i < set->items.count; i++)
        array_push(&sets, make_set(g, set->items.items[i]));
    made->sets = BIND_LIST(bind, QGroupingSetList, sets);
    return made;
}

void bind__group_by(Level *level, const AstSelect *node, QTargetList *targets)
{
    const Bind *bind = level->bind;
    Grouper g = {.level = level, .targets = targets};
    bool any_set = false;
    for (uint32_t i = 0; i < node->group_by.count; i++) any_set |= is_set(node->group_by.items[i]);
    References references = {.arena = bind->arena};
    ARRAY_OF(QGroupingSet *) sets = {.arena = bind->arena};
    for (uint32_t i = 0; i < node->group_by.count; i++) {
        const AstNode *item = node->group_by.items[i];
        if (any_set)
            array_push(&sets, make_set(&g, item));
        else
            group_one(&g, item, &references);
    }
    level->query->group_by = g.keys;
    level->query->grouping_sets = BIND_LIST(bind, QGroupingSetList, sets);
    level->query->group_distinct = node->group_distinct;
}

/* ---- what is not grouped */

typedef struct Check {
    Level *level;
    const QTargetList *targets;
    ARRAY_OF(QTarget *) groups;
    ARRAY_OF(QTarget *) all_groups;
    uint32_t depth;
    bool in_direct;
} Check;

static bool check_ungrouped(void *arg, void *child);

/* The query stands and falls with the key. */
static void note_key(const Level *level, Oid key)
{
    NodeI32s *keys = &level->query->grouping_keys;
    for (uint32_t i = 0; i < keys->count; i++)
        if ((Oid)keys->items[i] == key) return;
    int32_t *items = ARENA_ARRAY(level->bind->arena, int32_t, keys->count + 1);
    if (keys->count) memcpy(items, keys->items, keys->count * sizeof *items);
    items[keys->count] = (int32_t)key;
    *keys = (NodeI32s){items, keys->count + 1};
}

/* Grouped by the whole primary key of a table, its other columns have one value a group. */
static bool determined_by_key(const Check *check, const QTable *table, const QVar *var)
{
    const CatRelation *relation = table->table == Q_RTE_RELATION
                                      ? cat_relation(check->level->bind->view, table->relation)
                                      : NULL;
    for (uint32_t i = 0; relation && i < relation->constraint_count; i++) {
        const CatConstraint *key = &relation->constraints[i];
        if (key->type != 'p' || key->deferrable) continue;
        uint32_t found = 0;
        for (uint32_t j = 0; j < key->column_count; j++)
            for (uint32_t k = 0; k < check->groups.count; k++) {
                const QVar *group = Q_IF(Var, check->groups.items[k]->expr);
                if (group && group->up == 0 && group->table == var->table &&
                    group->column == key->columns[j]) {
                    found++;
                    break;
                }
            }
        if (found < key->column_count) continue;
        note_key(check->level, key->oid);
        return true;
    }
    return false;
}

static void refuse(const Check *check, const QVar *var, int32_t location)
{
    const Bind *bind = check->level->bind;
    const QTable *table = check->level->tables.items[var->table - 1];
    Str column = STR("?"), whole = str_format(bind->arena, "%.*s.*", STR_ARG(table->name));
    static const char *const system[] = {"ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"};
    if (var->column > 0)
        column = table->names.items[var->column - 1];
    else if (var->column < 0)
        column = str_from(system[-var->column - 1]);
    Str name = var->column == 0
                   ? whole
                   : str_format(bind->arena, "%.*s.%.*s", STR_ARG(table->name), STR_ARG(column));
    Error *error = bind__error(bind, GROUPING_ERROR, location);
    if (check->depth)
        error_message(error, "subquery uses ungrouped column \"%.*s\" from outer query",
                      STR_ARG(name));
    else
        error_message(
            error,
            "column \"%.*s\" must appear in the GROUP BY clause or be used in an aggregate function",
            STR_ARG(name));
    if (check->in_direct)
        error_detail(error,
                     "Direct arguments of an ordered-set aggregate must use only grouped columns.");
    error_raise(error);
}

static bool check_aggregate(Check *check, QAggregate *aggregate)
{
    if (aggregate->up > check->depth) return false; /* of a query further out */
    if (aggregate->up < check->depth) return query_walk(aggregate, check_ungrouped, check);
    bool before = check->in_direct;
    check->in_direct = true;
    for (uint32_t i = 0; i < aggregate->direct.count; i++)
        check_ungrouped(check, aggregate->direct.items[i]);
    check->in_direct = before;
    return false;
}

static bool check_query(Check *check, QQuery *query)
{
    check->depth++;
    bool stop = query_walk(query, check_ungrouped, check);
    check->depth--;
    return stop;
}

/* What a column of a join stands for: a column of a table below, or of one that FULL JOIN merged, the expression. */
static const QExpr *flattened(const Check *check, const QVar *var)
{
    for (;;) {
        const QTable *table = check->level->tables.items[var->table - 1];
        if (var->column <= 0 || (uint32_t)var->column > table->join_vars.count) return &var->base;
        const QExpr *expr = table->join_vars.items[var->column - 1];
        var = Q_IF(Var, expr);
        if (!var) return expr;
    }
}

static bool is_same_column(const Check *check, const QVar *group, const QVar *var)
{
    const QVar *below = Q_IF(Var, flattened(check, group)), *it = Q_IF(Var, flattened(check, var));
    return below && it && below->table == it->table && below->column == it->column;
}

/* Is the node this group? Seen from a sub-query, where they are further out, groups are columns alone: not even those
 * that FULL JOIN merged, as in PostgreSQL. */
static bool is_this_group(const Check *check, const QTarget *target, const void *node)
{
    const QVar *var = Q_IF(Var, node), *group = Q_IF(Var, target->expr);
    if (!check->depth && bind__is_same(check->level->bind, target->expr, node)) return true;
    return var && group && var->up == check->depth && group->up == 0 &&
           is_same_column(check, group, var);
}

static bool is_group(const Check *check, const void *node)
{
    for (uint32_t i = 0; i < check->groups.count; i++)
        if (is_this_group(check, check->groups.items[i], node)) return true;
    return false;
}

static bool check_merged(void *arg, void *child);

/* Neither the column nor what it stands for is a group. */
static void check_column(Check *check, const QVar *var, int32_t location)
{
    const QExpr *expr = flattened(check, var);
    const QVar *below = Q_IF(Var, expr);
    if (!below) {
        query_walk(expr, check_merged, check);
        return;
    }
    const QTable *table = check->level->tables.items[below->table - 1];
    if (determined_by_key(check, table, below)) return;
    refuse(check, below, below == var ? location : NODE_NO_LOCATION);
}

/* What a merged column is made of stands where the query was written: it has no place of its own. */
static bool check_merged(void *arg, void *child)
{
    Check *check = arg;
    const QVar *var = Q_IF(Var, child);
    if (!var) return query_walk(child, check_merged, check);
    for (uint32_t i = 0; i < check->groups.count; i++) {
        const QVar *group = Q_IF(Var, check->groups.items[i]->expr);
        if (group && group->up == 0 && is_same_column(check, group, var)) return false;
    }
    check_column(check, var, NODE_NO_LOCATION);
    return false;
}

static void settle_grouping(Check *check, QGrouping *grouping)
{
    const Bind *bind = check->level->bind;
    if (grouping->up != check->depth) return;
    ARRAY_OF(int32_t) refs = {.arena = bind->arena};
    for (uint32_t i = 0; i < grouping->args.count; i++) {
        const QExpr *arg = grouping->args.items[i];
        int32_t reference = 0;
        for (uint32_t j = 0; j < check->all_groups.count && !reference; j++)
            if (is_this_group(check, check->all_groups.items[j], arg))
                reference = (int32_t)check->all_groups.items[j]->reference;
        if (!reference)
            bind__raise(
                bind, GROUPING_ERROR, bind__location(arg),
                "arguments to GROUPING must be grouping expressions of the associated query level");
        array_push(&refs, reference);
    }
    grouping->refs = BIND_LIST(bind, NodeI32s, refs);
}

static bool check_ungrouped(void *arg, void *child)
{
    Check *check = arg;
    QNode *node = child;
    task_check();
    if (node->kind == Q_CONST || node->kind == Q_PARAM) return false;
    if (node->kind == Q_QUERY) return check_query(check, Q_AS(Query, node));
    if (is_group(check, node)) return false;
    switch (node->kind) {
    case Q_AGGREGATE: return check_aggregate(check, Q_AS(Aggregate, node));
    case Q_GROUPING: settle_grouping(check, Q_AS(Grouping, node)); return false;
    case Q_VAR:
        if (Q_AS(Var, node)->up == check->depth)
            check_column(check, Q_AS(Var, node), node->location);
        return false;
    default: return query_walk(node, check_ungrouped, check);
    }
}

static bool in_any_set(const QGroupingSet *set, uint32_t reference)
{
    for (uint32_t i = 0; i < set->references.count; i++)
        if ((uint32_t)set->references.items[i] == reference) return true;
    for (uint32_t i = 0; i < set->sets.count; i++)
        if (in_any_set(set->sets.items[i], reference)) return true;
    return false;
}

void bind__check_grouping(Level *level)
{
    QQuery *query = level->query;
    const Bind *bind = level->bind;
    Check check = {.level = level,
                   .targets = &query->targets,
                   .groups = {.arena = bind->arena},
                   .all_groups = {.arena = bind->arena}};
    for (uint32_t i = 0; i < query->group_by.count; i++) {
        QTarget *target = bind__target_by_reference(&query->targets,
                                                    query->group_by.items[i]->reference);
        array_push(&check.all_groups, target);
        /* A column that only some sets group by is NULL in the others: still a column of the result. */
        bool grouped = query->grouping_sets.count == 0;
        for (uint32_t j = 0; j < query->grouping_sets.count; j++)
            grouped |= in_any_set(query->grouping_sets.items[j], target->reference);
        if (grouped) array_push(&check.groups, target);
    }
    for (uint32_t i = 0; i < query->targets.count; i++) {
        QTarget *target = query->targets.items[i];
        check_ungrouped(&check, target->expr);
    }
    if (query->having) check_ungrouped(&check, query->having);
}
