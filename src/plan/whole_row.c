/* SPDX-License-Identifier: Apache-2.0 */
/* whole_row.c - whole rows of tables (SELECT t FROM t) written out as ROW of their columns, before anything else is
 * done to the level, so that no other pass knows of them.
 *
 * A row of the nullable side of an outer join is NULL where the join found none, which its columns cannot tell: a
 * stored table's ctid is asked; anything else is wrapped in a sub-query with a column that is always true. */
#include "plan/plan_internal.h"

#include "base/oids.h"

enum { COLUMN_CTID = -1 };

typedef struct RowWalk {
    PlanState *state;
    QQuery *query;
    uint32_t depth;
    TableSet nullable;
    uint32_t *marker; /* by table: its column that is always true; 0: none yet */
} RowWalk;

static QVar *var_of(Arena *arena, const QVar *like, int32_t column, Oid type, int32_t typmod,
                    Oid collation)
{
    QVar *var = Q_NEW(arena, Var);
    var->location = like->location;
    var->table = like->table;
    var->up = like->up;
    var->returning = like->returning;
    var->column = column;
    var->type = type;
    var->typmod = typmod;
    var->collation = collation;
    return var;
}

QExpr *plan__null(Arena *arena, Oid type, Phys phys)
{
    QConst *made = Q_NEW(arena, Const);
    made->type = type;
    made->typmod = -1;
    made->value = (QueryValue){.datum.null = true, .phys = (uint8_t)phys};
    return &made->base;
}

static QExpr *null_test(Arena *arena, QExpr *arg, bool negated)
{
    QNullTest *test = Q_NEW(arena, NullTest);
    test->type = OID_BOOL;
    test->typmod = -1;
    test->arg = arg;
    test->negated = negated;
    return &test->base;
}

static void i32s_add(Arena *arena, NodeI32s *list, int32_t value)
{
    int32_t *items = ARENA_ARRAY(arena, int32_t, list->count + 1);
    if (list->count) memcpy(items, list->items, list->count * sizeof *items);
    items[list->count++] = value;
    list->items = items;
}

static QTarget *target_of(Arena *arena, QExpr *expr, uint32_t number)
{
    QTarget *target = Q_NEW(arena, Target);
    target->expr = expr;
    target->number = (int32_t)number;
    target->name = STR("?column?");
    return target;
}

/* SELECT t.*, true FROM t in place of a table t that is not stored; gives the number of the new column. */
static uint32_t wrap_table(RowWalk *walk, uint32_t number)
{
    Arena *arena = walk->state->arena;
    QTable *outer = walk->query->tables.items[number - 1];
    QTable *inner = arena_copy(arena, outer, sizeof *inner);
    QQuery *query = Q_NEW(arena, Query);
    const uint32_t count = outer->types.count;
    query->command = Q_COMMAND_SELECT;
    query->tables.items = ARENA_ARRAY(arena, QTable *, 1);
    query->tables.items[0] = inner;
    query->tables.count = 1;
    query->targets.items = ARENA_ARRAY(arena, QTarget *, count + 1);
    QTableRef *ref = Q_NEW(arena, TableRef);
    ref->table = 1;
    query->from = Q_NEW(arena, From);
    query->from->items.items = ARENA_ARRAY(arena, QJoinItem *, 1);
    query->from->items.items[query->from->items.count++] = &ref->base;
    const QVar like = {.table = 1};
    for (uint32_t i = 0; i < count; i++)
        query->targets.items[query->targets.count++] =
            target_of(arena,
                      &var_of(arena, &like, (int32_t)i + 1, (Oid)outer->types.items[i],
                              outer->typmods.items[i], (Oid)outer->collations.items[i])
                           ->base,
                      i + 1);
    QConst *yes = Q_NEW(arena, Const);
    yes->type = OID_BOOL;
    yes->typmod = -1;
    yes->value = (QueryValue){.datum.value.b = true, .phys = PHYS_BOOL};
    query->targets.items[query->targets.count++] = target_of(arena, &yes->base, count + 1);
    plan__raise_levels_from(query, 1, 0);
    for (uint32_t i = 0; i < count; i++) Q_AS(Var, query->targets.items[i]->expr)->up = 0;
    outer->table = Q_RTE_SUBQUERY;
    outer->query = query;
    outer->relation = 0;
    outer->functions = (QTableFunctionList){0};
    outer->rows = (QValuesRowList){0};
    i32s_add(arena, &outer->types, OID_BOOL);
    i32s_add(arena, &outer->typmods, -1);
    i32s_add(arena, &outer->collations, 0);
    return count + 1;
}

/* Is there a row at all? NULL: there always is. */
static QExpr *presence(RowWalk *walk, const QVar *row)
{
    Arena *arena = walk->state->arena;
    if (row->returning != Q_VAR_DEFAULT || !set_has(&walk->nullable, row->table)) return NULL;
    const QTable *table = walk->query->tables.items[row->table - 1];
    if (table->table == Q_RTE_JOIN) return NULL;
    if (table->table == Q_RTE_RELATION && table->query == NULL)
        return &var_of(arena, row, COLUMN_CTID, OID_TID, -1, 0)->base;
    uint32_t *marker = &walk->marker[row->table - 1];
    if (*marker == 0) *marker = wrap_table(walk, row->table);
    return &var_of(arena, row, (int32_t)*marker, OID_BOOL, -1, 0)->base;
}

/* OLD and NEW are no rows at all where the command has none. */
static bool never_there(const QQuery *query, const QVar *row)
{
    const bool updates = query->on_conflict != NULL &&
                         query->on_conflict->action == Q_CONFLICT_UPDATE;
    return (row->returning == Q_VAR_OLD && query->command == Q_COMMAND_INSERT && !updates) ||
           (row->returning == Q_VAR_NEW && query->command == Q_COMMAND_DELETE);
}

static QExpr *choose(Arena *arena, QExpr *condition, QExpr *value)
{
    QCase *choice = Q_NEW(arena, Case);
    choice->type = value->type;
    choice->typmod = value->typmod;
    QWhen *when = Q_NEW(arena, When);
    when->condition = condition;
    when->result = value;
    choice->whens.items = ARENA_ARRAY(arena, QWhen *, 1);
    choice->whens.items[choice->whens.count++] = when;
    return &choice->base;
}

static QExpr *written_out(RowWalk *walk, const QVar *var)
{
    Arena *arena = walk->state->arena;
    const QTable *table = walk->query->tables.items[var->table - 1];
    if (never_there(walk->query, var)) return plan__null(arena, var->type, PHYS_STR);
    const uint32_t count = walk->marker[var->table - 1] ? walk->marker[var->table - 1] - 1
                                                        : table->types.count;
    QRow *row = Q_NEW(arena, Row);
    row->location = var->location;
    row->type = var->type;
    row->typmod = var->typmod;
    row->names = table->names;
    row->items.items = ARENA_ARRAY(arena, QExpr *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const Oid type = (Oid)table->types.items[i];
        row->items.items[row->items.count++] = type == 0 ? plan__null(arena, OID_INT4, PHYS_I32)
                                                         : &var_of(arena, var, (int32_t)i + 1, type,
                                                                   table->typmods.items[i],
                                                                   (Oid)table->collations.items[i])
                                                                ->base;
    }
    QExpr *there = presence(walk, var);
    if (there != NULL) return choose(arena, null_test(arena, there, true), &row->base);
    if (var->returning == Q_VAR_DEFAULT) return &row->base;
    /* OLD of INSERT ... ON CONFLICT: absent for rows that were new. */
    QNullTest *all = Q_AS(NullTest, null_test(arena, &row->base, false));
    all->row = true;
    QExpr *none = plan__null(arena, var->type, PHYS_STR);
    QCase *choice = Q_AS(Case, choose(arena, &all->base, none));
    choice->otherwise = query_copy(arena, row);
    return &choice->base;
}

static void *replace_rows(void *arg, void *child)
{
    RowWalk *walk = arg;
    task_check();
    QNode *node = child;
    const QVar *var = Q_IF(Var, node);
    if (var != NULL)
        return var->up == walk->depth && var->column == 0 && var->table != 0
                   ? (QNode *)written_out(walk, var)
                   : node;
    const bool deeper = node->kind == Q_QUERY;
    walk->depth += deeper;
    node_replace(&query_family, node, replace_rows, arg);
    walk->depth -= deeper;
    return node;
}

static bool names_rows(void *arg, void *child)
{
    uint32_t *depth = arg;
    task_check_stack();
    const QVar *var = Q_IF(Var, (QNode *)child);
    if (var != NULL) return var->up == *depth && var->column == 0;
    const bool deeper = ((QNode *)child)->kind == Q_QUERY;
    *depth += deeper;
    const bool found = query_walk(child, names_rows, arg);
    *depth -= deeper;
    return found;
}

static void mark_nullable(TableSet *tables, const QJoinItem *item, bool nullable)
{
    task_check_stack();
    if (item->kind == Q_TABLE_REF && nullable) {
        set_add(tables, Q_AS(TableRef, item)->table);
    } else if (item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++)
            mark_nullable(tables, from->items.items[i], nullable);
    } else if (item->kind == Q_JOIN) {
        const QJoin *join = Q_AS(Join, item);
        const bool left = join->join == Q_JOIN_RIGHT || join->join == Q_JOIN_FULL;
        const bool right = join->join == Q_JOIN_LEFT || join->join == Q_JOIN_FULL;
        mark_nullable(tables, join->left, nullable || left);
        mark_nullable(tables, join->right, nullable || right);
    }
}

TableSet plan__nullable_tables(const QQuery *query)
{
    TableSet tables = {0};
    if (query->from != NULL) mark_nullable(&tables, &query->from->base, false);
    return tables;
}

void plan__write_out_rows(PlanState *state, QQuery *query)
{
    uint32_t depth = 0;
    if (!query_walk(query, names_rows, &depth)) return;
    RowWalk walk = {.state = state,
                    .query = query,
                    .marker = ARENA_ARRAY(state->temporary, uint32_t, query->tables.count + 1)};
    walk.nullable = plan__nullable_tables(query);
    node_replace(&query_family, query, replace_rows, &walk);
}
