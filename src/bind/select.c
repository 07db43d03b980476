/* SPDX-License-Identifier: Apache-2.0 */
/* select.c - queries by kind: SELECT, VALUES, and the parts that all queries end with. */
#include "bind/bind_internal.h"

Level *bind__level_new(Bind *bind, Level *parent)
{
    Level *level = ARENA_NEW(bind->arena, Level);
    level->parent = parent;
    level->bind = bind;
    level->query = Q_NEW(bind->arena, Query);
    level->tables.arena = level->names.arena = level->ctes.arena = bind->arena;
    level->windows.arena = level->window_defs.arena = bind->arena;
    return level;
}

/* Puts what was gathered at the level into its query. */
static void take_facts(Level *level)
{
    QQuery *query = level->query;
    query->tables = BIND_LIST(level->bind, QTableList, level->tables);
    query->has_aggregates = level->has_aggregates;
    query->has_windows = level->has_windows;
    query->has_set_functions = level->has_sets;
    query->has_sublinks = level->has_sublinks;
}

void bind__finish(Level *level)
{
    const Bind *bind = level->bind;
    QQuery *query = level->query;
    enum { TARGETS_MAX = 1664 };
    if (query->targets.count > TARGETS_MAX)
        bind__raise(bind, TOO_MANY_COLUMNS, NODE_NO_LOCATION,
                    "target lists can have at most %d entries", TARGETS_MAX);
    take_facts(level);
    if (!query->from) query->from = Q_NEW(bind->arena, From);
    if (level->has_aggregates) bind__check_recursive_term(level);
    bind__collate_query(bind, query);
    if (level->has_aggregates || query->group_by.count || query->grouping_sets.count ||
        query->having)
        bind__check_grouping(level);
}

static void bind_limits(Level *level, const AstExpr *limit, const AstExpr *offset, bool with_ties)
{
    level->query->offset = bind__limit(level, (const AstNode *)offset, PLACE_OFFSET, "OFFSET",
                                       false);
    level->query->limit = bind__limit(level, (const AstNode *)limit, PLACE_LIMIT, "LIMIT",
                                      with_ties);
    level->query->with_ties = with_ties;
}

static void gather_windows(Level *level, const AstSelect *node)
{
    for (uint32_t i = 0; i < node->windows.count; i++)
        array_push(&level->window_defs, node->windows.items[i]);
}

QQuery *bind__select(Level *level, const AstSelect *node)
{
    QQuery *query = level->query;
    const Bind *bind = level->bind;
    query->command = Q_COMMAND_SELECT;
    level->locks = &node->locks;
    if (node->with) bind__with(level, node->with);
    if (node->into)
        bind__raise(bind, SYNTAX_ERROR, node->into->relation->location,
                    "SELECT ... INTO is not allowed here");
    gather_windows(level, node);
    bind__from(level, &node->from);
    query->targets = bind__targets(level, &node->targets, PLACE_TARGET);
    bind__mark_origins(level, query->targets);
    query->from->where = bind__where(level, node->where, PLACE_WHERE, "WHERE");
    query->having = bind__where(level, node->having, PLACE_HAVING, "HAVING");
    query->order_by = bind__order_by(level, &node->order_by, &query->targets, PLACE_ORDER_BY,
                                     false);
    bind__group_by(level, node, &query->targets);
    if (node->distinct_on.count) {
        query->distinct = bind__distinct_on(level, &node->distinct_on, &query->targets,
                                            query->order_by);
        query->distinct_on = true;
    } else if (node->distinct) {
        query->distinct = bind__distinct(level, &query->targets, query->order_by, false);
    }
    bind_limits(level, node->limit, node->offset, node->with_ties);
    bind__windows(level, &query->targets);
    if (level->resolve_unknowns) bind__resolve_unknown_targets(level, query->targets);
    take_facts(level);
    bind__locks(level, &node->locks);
    bind__finish(level);
    return query;
}

/* ---- VALUES */

static void value_columns(Level *level, const AstValues *node, QTable *table)
{
    const Bind *bind = level->bind;
    ARRAY_OF(QValuesRow *) rows = {.arena = bind->arena};
    uint32_t width = 0;
    for (uint32_t i = 0; i < node->rows.count; i++) {
        const AstValuesRow *row = node->rows.items[i];
        QValuesRow *made = Q_NEW(bind->arena, ValuesRow);
        made->items = bind__expr_list(level, (AstNode *const *)row->items.items, row->items.count,
                                      PLACE_VALUES, false);
        if (i && made->items.count != width)
            bind__raise(bind, SYNTAX_ERROR,
                        bind__location(made->items.count ? made->items.items[0] : NULL),
                        "VALUES lists must all be the same length");
        width = made->items.count;
        array_push(&rows, made);
    }
    table->names = (NodeStrs){ARENA_ARRAY(bind->arena, Str, width + 1), width};
    table->types = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, width + 1), width};
    table->typmods = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, width + 1), width};
    table->collations = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, width + 1), width};
    QExpr **column = ARENA_ARRAY(bind->arena, QExpr *, rows.count + 1);
    for (uint32_t j = 0; j < width; j++) {
        for (uint32_t i = 0; i < rows.count; i++) column[i] = rows.items[i]->items.items[j];
        Oid type = bind__common_type(bind, column, rows.count, "VALUES", NULL);
        for (uint32_t i = 0; i < rows.count; i++)
            rows.items[i]->items.items[j] = column[i] = bind__coerce_common(bind, column[i], type,
                                                                            "VALUES");
        table->names.items[j] = str_format(bind->arena, "column%u", j + 1);
        table->types.items[j] = (int32_t)type;
        table->typmods.items[j] = bind__common_typmod(column, rows.count, type);
        table->collations.items[j] = (int32_t)bind__type_collation(bind, type);
    }
    table->rows = BIND_LIST(bind, QValuesRowList, rows);
}

QQuery *bind__values(Level *level, const AstValues *node)
{
    const Bind *bind = level->bind;
    QQuery *query = level->query;
    query->command = Q_COMMAND_SELECT;
    if (node->with) bind__with(level, node->with);
    QTable *table = Q_NEW(bind->arena, Table);
    table->table = Q_RTE_VALUES;
    table->in_from = true;
    value_columns(level, node, table);
    NsItem *item = bind__add_table(level, table, STR("*VALUES*"));
    bind__push_name(level, item, true, true);
    QTableRef *ref = Q_NEW(bind->arena, TableRef);
    ref->table = item->index;
    query->from = Q_NEW(bind->arena, From);
    query->from->items = (QJoinItemList){arena_copy(bind->arena, &ref, sizeof(ref)), 1};
    AstStar star = {.kind = AST_STAR, .location = NODE_NO_LOCATION};
    AstTarget all = {.kind = AST_TARGET, .location = NODE_NO_LOCATION, .expr = (AstExpr *)&star};
    AstTarget *targets[1] = {&all};
    query->targets = bind__targets(level, &(AstTargetList){targets, 1}, PLACE_TARGET);
    query->order_by = bind__order_by(level, &node->order_by, &query->targets, PLACE_ORDER_BY,
                                     false);
    bind_limits(level, node->limit, node->offset, node->with_ties);
    if (node->locks.count)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, NODE_NO_LOCATION, "%s cannot be applied to VALUES",
                    bind_lock_text((QLockStrength)(node->locks.items[0]->strength + 1)));
    bind__finish(level);
    return query;
}

/* ---- by kind */

static QQuery *utility(Level *level, const AstNode *tree)
{
    level->query->command = Q_COMMAND_UTILITY;
    level->query->utility = (AstStmt *)tree;
    return level->query;
}

QQuery *bind__query(Level *parent, const AstNode *tree, Bind *bind, CteName *cte, bool locked,
                    bool resolve_unknowns)
{
    task_check();
    Level *level = bind__level_new(bind, parent);
    level->parent_cte = cte;
    level->resolve_unknowns = resolve_unknowns;
    level->locked = locked;
    switch (tree->kind) {
    case AST_SELECT: return bind__select(level, AST_AS(Select, tree));
    case AST_VALUES: return bind__values(level, AST_AS(Values, tree));
    case AST_SET_OPERATION: return bind__set_operation(level, AST_AS(SetOperation, tree));
    case AST_INSERT: return bind__insert(level, AST_AS(Insert, tree));
    case AST_UPDATE: return bind__update(level, AST_AS(Update, tree));
    case AST_DELETE: return bind__delete(level, AST_AS(Delete, tree));
    case AST_MERGE: return bind__merge(level, AST_AS(Merge, tree));
    default: return utility(level, tree);
    }
}
