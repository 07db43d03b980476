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
void bind__finish(Level *level)
{
    const Bind *bind = level->bind;
    QQuery *query = level->query;
    query->tables = BIND_LIST(bind, QTableList, level->tables);
    if (!query->from) query->from = Q_NEW(bind->arena, From);
    query->has_aggregates = level->has_aggregates;
    query->has_windows = level->has_windows;
    query->has_set_functions = level->has_sets;
    query->has_sublinks = level->has_sublinks;
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
    bind__locks(level, &node->locks, false);
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
                    "SELECT FOR UPDATE/SHARE");
    bind__finish(level);
    return query;
}

/* ---- FOR UPDATE and kin */

static const char *lock_text(AstLockStrength strength)
{
    static const char *const texts[] = {[AST_LOCK_KEY_SHARE] = "FOR KEY SHARE",
                                        [AST_LOCK_SHARE] = "FOR SHARE",
                                        [AST_LOCK_NO_KEY_UPDATE] = "FOR NO KEY UPDATE",
                                        [AST_LOCK_UPDATE] = "FOR UPDATE"};
    return texts[strength];
}

static void check_lockable(Level *level, const char *text)
{
    const Bind *bind = level->bind;
    const QQuery *query = level->query;
    const char *with = query->set_operation    ? "UNION/INTERSECT/EXCEPT"
                       : query->distinct.count ? "DISTINCT clause"
                       : query->group_by.count || query->grouping_sets.count ? "GROUP BY clause"
                       : query->having                                       ? "HAVING clause"
                       : level->has_aggregates                               ? "aggregate functions"
                       : level->has_windows                                  ? "window functions"
                       : level->has_sets ? "set-returning functions in the target list"
                                         : NULL;
    if (with)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, NODE_NO_LOCATION, "%s is not allowed with %s",
                    text, with);
}

/* What FOR UPDATE cannot lock, when named; NULL: it can. */
static const char *unlockable(const QTable *table)
{
    switch (table->table) {
    case Q_RTE_RELATION:
    case Q_RTE_SUBQUERY: return NULL;
    case Q_RTE_JOIN: return "a join";
    case Q_RTE_FUNCTION: return "a function";
    case Q_RTE_TABLE_FUNCTION: return "a table function";
    case Q_RTE_VALUES: return "VALUES";
    case Q_RTE_CTE: return "a WITH query";
    case Q_RTE_NAMED_TUPLES: return "a named tuplestore";
    case Q_RTE_RESULT:
    case Q_RTE_GROUP: return "this";
    }
    UNREACHABLE();
}

static void lock_table(Level *level, const AstLockClause *clause, uint32_t index, bool pushed_down)
{
    const Bind *bind = level->bind;
    QQuery *query = level->query;
    QTable *table = level->tables.items[index - 1];
    QLockStrength strength = (QLockStrength)(clause->strength + 1);
    query->has_for_update = true;
    if (table->table == Q_RTE_RELATION) table->permissions |= PRIV_SELECT | PRIV_UPDATE;
    for (uint32_t i = 0; i < query->locks.count; i++)
        if (query->locks.items[i]->table ==
            index) { /* the stronger of two, and NOWAIT before SKIP LOCKED */
            QRowLock *lock = query->locks.items[i];
            lock->strength = MAX(lock->strength, strength);
            lock->wait = MAX(lock->wait, (QLockWait)clause->wait);
            lock->pushed_down &= pushed_down;
            return;
        }
    QRowLock *lock = Q_NEW(bind->arena, RowLock);
    lock->table = index;
    lock->strength = strength;
    lock->wait = (QLockWait)clause->wait;
    lock->pushed_down = pushed_down;
    QRowLock **items = ARENA_ARRAY(bind->arena, QRowLock *, query->locks.count + 1);
    if (query->locks.count) memcpy(items, query->locks.items, query->locks.count * sizeof(*items));
    items[query->locks.count] = lock;
    query->locks = (QRowLockList){items, query->locks.count + 1};
}

static void lock_named(Level *level, const AstLockClause *clause, const AstRangeVar *name)
{
    const Bind *bind = level->bind;
    const char *text = lock_text(clause->strength);
    if (name->schema.data || name->catalog.data)
        bind__raise(bind, SYNTAX_ERROR, name->location,
                    "%s must specify unqualified relation names", text);
    for (uint32_t i = 0; i < level->tables.count; i++) {
        const QTable *table = level->tables.items[i];
        if (!table->in_from || !str_equal(table->name, name->name)) continue;
        const char *what = unlockable(table);
        if (what)
            bind__raise(bind, WRONG_OBJECT_TYPE, name->location, "%s cannot be applied to %s", text,
                        what);
        lock_table(level, clause, i + 1, false);
        return;
    }
    bind__raise(bind, UNDEFINED_TABLE, name->location,
                "relation \"%.*s\" in %s clause not found in FROM clause", STR_ARG(name->name),
                text);
}

void bind__locks(Level *level, const AstLockClauseList *locks, bool pushed_down)
{
    for (uint32_t i = 0; i < locks->count; i++) {
        const AstLockClause *clause = locks->items[i];
        check_lockable(level, lock_text(clause->strength));
        for (uint32_t j = 0; j < clause->tables.count; j++)
            lock_named(level, clause, clause->tables.items[j]);
        for (uint32_t j = 0; clause->tables.count == 0 && j < level->tables.count; j++)
            if (level->tables.items[j]->in_from && !unlockable(level->tables.items[j]))
                lock_table(level, clause, j + 1, pushed_down);
    }
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
    (void)locked;
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
