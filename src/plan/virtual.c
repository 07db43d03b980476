/* SPDX-License-Identifier: Apache-2.0 */
/* virtual.c - columns that are generated when they are read, put in place of what names them: what follows knows of
 * stored columns alone.
 *
 * In the nullable side of an outer join, and in OLD and NEW, there may be no row: then the column is NULL, which an
 * expression over NULLs need not be. */
#include "plan/plan_internal.h"

#include "base/oids.h"

enum { COLUMN_CTID = -1 };

typedef struct VirtualWalk {
    PlanState *state;
    QQuery *query;
    const CatRelation **relations; /* by table; NULL: it has no virtual columns */
    TableSet nullable;
    uint32_t depth;
} VirtualWalk;

/* The stored expression, of table 1, as one of the table that `arg` names. */
static void *as_of(void *arg, void *child)
{
    const QVar *like = arg;
    task_check_stack();
    QVar *var = Q_IF(Var, (QNode *)child);
    if (var == NULL) {
        node_replace(&query_family, child, as_of, arg);
        return child;
    }
    var->table = like->table;
    var->up = like->up;
    var->returning = like->returning;
    return var;
}

static QExpr *if_there(Arena *arena, const QVar *like, QExpr *value)
{
    QVar *row_id = Q_NEW(arena, Var);
    row_id->table = like->table;
    row_id->up = like->up;
    row_id->returning = like->returning;
    row_id->column = COLUMN_CTID;
    row_id->type = OID_TID;
    row_id->typmod = -1;
    QNullTest *test = Q_NEW(arena, NullTest);
    test->type = OID_BOOL;
    test->typmod = -1;
    test->arg = &row_id->base;
    test->negated = true;
    QWhen *when = Q_NEW(arena, When);
    when->condition = &test->base;
    when->result = value;
    QCase *choice = Q_NEW(arena, Case);
    choice->type = value->type;
    choice->typmod = value->typmod;
    choice->collation = value->collation;
    choice->whens.items = ARENA_ARRAY(arena, QWhen *, 1);
    choice->whens.items[choice->whens.count++] = when;
    return &choice->base;
}

QExpr *plan__collated(Arena *arena, QExpr *value, Oid collation)
{
    if (value->collation == collation || collation == 0) return value;
    QCollate *collate = Q_NEW(arena, Collate);
    collate->type = value->type;
    collate->typmod = value->typmod;
    collate->collation = collation;
    collate->arg = value;
    return &collate->base;
}

static QExpr *generated(VirtualWalk *walk, const QVar *var, const CatColumn *column)
{
    Arena *arena = walk->state->arena;
    const bool may_lack = var->returning != Q_VAR_DEFAULT || set_has(&walk->nullable, var->table);
    QExpr *value = query_copy(arena, bind_stored(column->default_));
    /* `false` is what a strict condition may be as well. */
    const bool null_without = value->type != OID_BOOL &&
                              expr_is_strict_on(value, 1, walk->state->options->env);
    value = plan__collated(arena, as_of((void *)var, value), column->collation);
    return may_lack && !null_without ? if_there(arena, var, value) : value;
}

static const CatColumn *virtual_column(const VirtualWalk *walk, const QVar *var)
{
    if (var->up != walk->depth || var->column <= 0 || var->table == 0) return NULL;
    const CatRelation *relation = walk->relations[var->table - 1];
    if (relation == NULL) return NULL;
    const CatColumn *column = &relation->columns[var->column - 1];
    return column->generated == 'v' ? column : NULL;
}

static void *replace(void *arg, void *child)
{
    VirtualWalk *walk = arg;
    task_check();
    QNode *node = child;
    const QVar *var = Q_IF(Var, node);
    if (var != NULL) {
        const CatColumn *column = virtual_column(walk, var);
        return column != NULL ? (QNode *)generated(walk, var, column) : node;
    }
    const bool deeper = node->kind == Q_QUERY;
    walk->depth += deeper;
    node_replace(&query_family, node, replace, arg);
    walk->depth -= deeper;
    return node;
}

static void put_virtual(PlanState *state, QQuery *query)
{
    const uint32_t count = query->tables.count;
    VirtualWalk walk = {.state = state, .query = query};
    bool any = false;
    walk.relations = ARENA_ARRAY(state->temporary, const CatRelation *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const QTable *table = query->tables.items[i];
        if (table->table != Q_RTE_RELATION) continue;
        const CatRelation *relation = cat_relation(state->options->view, table->relation);
        if (relation == NULL || !relation->has_virtual) continue;
        walk.relations[i] = relation;
        any = true;
    }
    if (!any) return;
    walk.nullable = plan__nullable_tables(query);
    node_replace(&query_family, query, replace, &walk);
}

void plan__write_out(PlanState *state, QQuery *query)
{
    plan__write_out_rows(state, query);
    put_virtual(state, query);
}
