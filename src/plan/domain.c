/* SPDX-License-Identifier: Apache-2.0 */
/* domain.c - sub-queries that read the row otherwise than by equalities: r.k = t.k AND r.y < t.y, or an aggregate of
 * r.y < t.y. The distinct values that they read of all rows, their domain, are joined to the sub-query's own tables,
 * and then the sub-query hangs on the row by equalities with the domain's columns alone ("Unnesting Arbitrary Queries",
 * Neumann and Kemper, BTW 2015: the dependent join is pushed down until it meets what it depends on no more):
 *
 *   (SELECT agg(e) FROM r WHERE p(r, t.a, t.b))
 *     =>  (SELECT agg(e), d.* FROM (SELECT DISTINCT a, b FROM t) d, r WHERE p(r, d.a, d.b) GROUP BY d.*)
 *
 * The domain may have values that no row asks for: it leaves out conditions that may raise, and joins where one table
 * has all that is read. What is computed for them, nobody looks at.
 *
 * A value of the domain stands for all that equal it, so the sub-query may not tell them apart: either they are the
 * same bytes, or it only compares them. NULLs are left out, which is right where there are none, or the sub-query has
 * no rows for them.
 *
 * A row that has changed meanwhile may ask for a value that was not there: statements that look at rows again have no
 * domains. */
#include "plan/decorrelate_internal.h"

#include "base/oids.h"

bool plan__is_group_key(Planner *planner, Oid type, Oid collation)
{
    CatalogView *view = planner->state->options->view;
    const CatOperator *op = cat_operator(view, cat_type_equality(view, type));
    return op != NULL && op->hash && op->function != 0 && type != OID_RECORD &&
           type != OID_RECORD_ARRAY && plan__is_deterministic(planner, collation);
}

int plan__strategy_beside(CatalogView *view, Oid op, Oid other)
{
    enum { BTREE = 403 };
    uint32_t count, other_count;
    const CatOperatorFamily *of = cat_operator_families(view, op, &count);
    const CatOperatorFamily *beside = cat_operator_families(view, other, &other_count);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < other_count; j++)
            if (of[i].method == BTREE && of[i].family == beside[j].family) return of[i].strategy;
    return 0;
}

/* ---- what is read of the row ---- */

typedef struct Reads {
    Planner *planner;
    QExprList vars;
    uint32_t depth;
    bool fit;
} Reads;

static bool gather_read(void *arg, void *child)
{
    Reads *reads = arg;
    const QNode *node = child;
    task_check_stack();
    const QAggregate *aggregate = Q_IF(Aggregate, node);
    if ((aggregate != NULL && aggregate->up > reads->depth) || node->kind == Q_GROUPING)
        reads->fit = false;
    const QVar *var = Q_IF(Var, node);
    if (var != NULL && var->up > reads->depth) {
        QVar *read = query_copy(reads->planner->state->arena, var);
        reads->fit &= var->up == reads->depth + 1 && var->column > 0 &&
                      var->returning == Q_VAR_DEFAULT;
        read->up = 0;
        for (uint32_t i = 0; i < reads->vars.count; i++)
            if (query_equal(reads->vars.items[i], read)) return !reads->fit;
        plan__list_add(reads->planner->state->arena, &reads->vars, &read->base);
        return !reads->fit;
    }
    reads->depth += node->kind == Q_QUERY;
    (void)query_walk(node, gather_read, arg);
    reads->depth -= node->kind == Q_QUERY;
    return !reads->fit;
}

/* Those of the conditions and of aggregates: what else the value reads stays outside. */
static bool gather_of_aggregates(void *arg, void *child)
{
    task_check_stack();
    if (((QNode *)child)->kind == Q_AGGREGATE) return gather_read(arg, child);
    return query_walk(child, gather_of_aggregates, arg);
}

/* ---- may a value stand for all that equal it? ---- */

static bool equal_is_same(Oid type)
{
    switch (type) {
    case OID_BOOL:
    case OID_CHAR:
    case OID_NAME:
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
    case OID_OID:
    case OID_TEXT:
    case OID_VARCHAR:
    case OID_BYTEA:
    case OID_UUID:
    case OID_DATE:
    case OID_TIME:
    case OID_TIMESTAMP:
    case OID_TIMESTAMPTZ: return true;
    default: return false;
    }
}

/* Comparing as the type's own equality does, by an operator of the same family? */
static bool is_comparison(CatalogView *view, Oid op, Oid type)
{
    return plan__strategy_beside(view, op, cat_type_equality(view, type)) != 0;
}

typedef struct Use {
    Planner *planner;
    const QVar *read;
} Use;

static const QExpr *bare(const QExpr *expr)
{
    while (expr->kind == Q_RELABEL) expr = Q_AS(Relabel, expr)->arg;
    return expr;
}

static bool is_read(const QVar *read, const QExpr *expr)
{
    const QVar *var = Q_IF(Var, expr);
    return var != NULL && var->up == 1 && var->table == read->table && var->column == read->column;
}

/* Is it used otherwise than to be compared? */
static bool tells_apart(void *arg, void *child)
{
    const Use *use = arg;
    task_check_stack();
    if (((QNode *)child)->kind == Q_QUERY) return true;
    const QOpCall *call = Q_IF(OpCall, (QNode *)child);
    if (is_read(use->read, child)) return true;
    if (call == NULL ||
        !is_comparison(use->planner->state->options->view, call->op, use->read->type))
        return query_walk(child, tells_apart, arg);
    for (uint32_t i = 0; i < call->args.count; i++) {
        const QExpr *compared = bare(call->args.items[i]);
        if (!is_read(use->read, compared) && tells_apart(arg, (void *)compared)) return true;
    }
    return false;
}

/* ---- NULLs ---- */

/* A copy in which the column is one of a table of its own. */
typedef struct Single {
    const QVar *column;
    uint32_t table;
} Single;

static bool single_out(void *arg, void *child)
{
    const Single *single = arg;
    task_check_stack();
    QVar *var = Q_IF(Var, (QNode *)child);
    if (var == NULL) return query_walk(child, single_out, arg);
    const bool same = var->up == single->column->up && var->table == single->column->table &&
                      var->column == single->column->column;
    var->table = same ? single->table : 0;
    if (same) var->up = 0;
    return false;
}

bool plan__refuses_null(Planner *planner, const QExpr *condition, const QVar *column)
{
    Single single = {.column = column, .table = 1};
    QExpr *copy = query_copy(planner->state->temporary, condition);
    (void)single_out(&single, copy);
    return expr_is_strict_on(copy, single.table, planner->state->options->env);
}

/* The tables of which each row has its values, and none has NULLs in their place. */
static void gather_kept(const QJoinItem *item, TableSet *kept)
{
    task_check_stack();
    if (item->kind == Q_TABLE_REF) {
        set_add(kept, Q_AS(TableRef, item)->table);
    } else if (item->kind == Q_FROM) {
        const QFrom *from = Q_AS(From, item);
        for (uint32_t i = 0; i < from->items.count; i++) gather_kept(from->items.items[i], kept);
    } else if (item->kind == Q_JOIN) {
        const QJoin *join = Q_AS(Join, item);
        if (join->join == Q_JOIN_INNER || join->join == Q_JOIN_LEFT) gather_kept(join->left, kept);
        if (join->join == Q_JOIN_INNER || join->join == Q_JOIN_RIGHT)
            gather_kept(join->right, kept);
    }
}

bool plan__is_never_null(Planner *planner, const QQuery *query, const QFrom *from,
                         const QExpr *expr)
{
    TableSet kept = {0};
    while (expr->kind == Q_RELABEL) expr = Q_AS(Relabel, expr)->arg;
    const QVar *var = Q_IF(Var, expr);
    const QConst *constant = Q_IF(Const, expr);
    if (constant != NULL) return !constant->value.datum.null;
    if (from != NULL) gather_kept(&from->base, &kept);
    if (var == NULL || var->up > 0 || var->column <= 0 || !set_has(&kept, var->table)) return false;
    const QTable *table = query->tables.items[var->table - 1];
    const CatRelation *relation = table->table == Q_RTE_RELATION && table->query == NULL
                                      ? cat_relation(planner->state->options->view, table->relation)
                                      : NULL;
    return relation != NULL && plan__is_never_null_column(relation, var->column);
}

static bool has_no_rows_for_null(Planner *planner, const QExprList *conditions, const QVar *read)
{
    QVar outside = *read;
    outside.up = 1;
    for (uint32_t i = 0; i < conditions->count; i++)
        if (plan__refuses_null(planner, conditions->items[i], &outside)) return true;
    return false;
}

/* ---- where the values are found ---- */

static bool varies(void *arg, void *child)
{
    task_check_stack();
    const QTable *table = Q_IF(Table, (QNode *)child);
    if (table != NULL && (table->table == Q_RTE_CTE || table->sample != NULL)) return true;
    return query_walk(child, varies, arg);
}

/* May all that gives the rows be computed a second time, and beside them? */
static bool may_copy(const Work *work)
{
    const QQuery *query = work->planner->query;
    const FnEnv *env = work->planner->state->options->env;
    QFrom joins = *work->base;
    joins.where = NULL;
    if (!expr_is_total((QExpr *)&joins, env) || expr_is_volatile((QExpr *)&joins, env) ||
        !plan__tables_are_total(work->planner, query))
        return false;
    for (uint32_t i = 0; i < query->tables.count; i++) {
        const QTable *table = query->tables.items[i];
        if (varies(NULL, (void *)table) || expr_is_volatile((QExpr *)table, env)) return false;
    }
    return true;
}

static bool find_source(const Work *work, Link *taken)
{
    const QQuery *query = work->planner->query;
    const uint32_t first = Q_AS(Var, taken->reads.items[0])->table;
    const QTable *table = query->tables.items[first - 1];
    taken->source = table->table == Q_RTE_RELATION && table->query == NULL && table->sample == NULL
                        ? first
                        : 0;
    for (uint32_t i = 0; i < taken->reads.count; i++)
        if (Q_AS(Var, taken->reads.items[i])->table != first) taken->source = 0;
    return taken->source != 0 || may_copy(work);
}

bool plan__find_domain(const Work *work, Link *taken)
{
    Planner *planner = work->planner;
    Reads reads = {.planner = planner, .fit = true};
    QExprList conditions = {0};
    if (planner->state->rechecks) return false;
    for (uint32_t i = 0; i < taken->rest.count; i++)
        plan__list_add(planner->state->temporary, &conditions, taken->rest.items[i]);
    for (uint32_t i = 0; i < taken->equalities.count; i++)
        plan__list_add(planner->state->temporary, &conditions, &taken->equalities.items[i]->base);
    for (uint32_t i = 0; i < conditions.count; i++) (void)gather_read(&reads, conditions.items[i]);
    for (uint32_t i = 0; i < taken->values.count; i++)
        (void)gather_of_aggregates(&reads, taken->values.items[i]);
    if (!reads.fit || reads.vars.count == 0) return false;
    for (uint32_t i = 0; i < reads.vars.count; i++) {
        const QVar *read = Q_AS(Var, reads.vars.items[i]);
        Use use = {planner, read};
        if (!plan__is_group_key(planner, read->type, read->collation) ||
            (!has_no_rows_for_null(planner, &conditions, read) &&
             !plan__is_never_null(planner, planner->query, work->base, &read->base)))
            return false;
        if (equal_is_same(read->type)) continue;
        for (uint32_t c = 0; c < conditions.count; c++)
            if (tells_apart(&use, conditions.items[c])) return false;
        for (uint32_t v = 0; v < taken->values.count; v++)
            if (tells_apart(&use, taken->values.items[v])) return false;
    }
    taken->reads = reads.vars;
    return find_source(work, taken);
}

/* ---- the domain ---- */

static QExpr *not_null(Arena *arena, const QExpr *expr)
{
    QNullTest *test = Q_NEW(arena, NullTest);
    test->type = OID_BOOL;
    test->typmod = -1;
    test->negated = true;
    test->arg = query_copy(arena, expr);
    return &test->base;
}

/* What every row that asks meets, and may be asked of any. */
static void add_conditions(const Work *work, const Link *taken, QExprList *out)
{
    const FnEnv *env = work->planner->state->options->env;
    Arena *arena = work->planner->state->arena;
    QExprList conjuncts = {0};
    TableSet source = {0};
    set_add(&source, taken->source);
    if (work->base->where != NULL)
        plan__split_conjunction(work->planner->state->temporary, work->base->where, &conjuncts);
    for (uint32_t i = 0; i < conjuncts.count; i++) {
        const QExpr *expr = conjuncts.items[i];
        const TableSet tables = plan__tables_of(expr);
        if (plan__expr_has((QNode *)expr, Q_SUB_LINK) || !expr_is_total(expr, env) ||
            expr_is_volatile(expr, env) ||
            (taken->source != 0 && (set_is_empty(tables) || !set_within(tables, source))))
            continue;
        plan__list_add(arena, out, query_copy(arena, expr));
    }
    for (uint32_t i = 0; i < taken->reads.count; i++) {
        const QExpr *read = taken->reads.items[i];
        if (!plan__is_never_null(work->planner, work->planner->query, work->base, read))
            plan__list_add(arena, out, not_null(arena, read));
    }
}

static QFrom *from_of(Arena *arena, uint32_t table)
{
    QFrom *from = Q_NEW(arena, From);
    QTableRef *ref = Q_NEW(arena, TableRef);
    ref->table = table;
    from->items.items = ARENA_ARRAY(arena, QJoinItem *, 1);
    from->items.items[from->items.count++] = &ref->base;
    return from;
}

static QQuery *domain_of(const Work *work, const Link *taken)
{
    Planner *planner = work->planner;
    Arena *arena = planner->state->arena;
    const QTableList *tables = &planner->query->tables;
    QQuery *query = Q_NEW(arena, Query);
    QExprList where = {0};
    query->command = Q_COMMAND_SELECT;
    add_conditions(work, taken, &where);
    for (uint32_t i = 0; i < tables->count; i++)
        if (taken->source == 0 || taken->source == i + 1)
            plan__append_table(planner, query, query_copy(arena, tables->items[i]));
    query->from = taken->source == 0 ? query_copy(arena, work->base) : from_of(arena, 1);
    query->from->where = plan__combine(arena, Q_BOOL_AND, &where);
    query->distinct.items = ARENA_ARRAY(arena, QSortKey *, taken->reads.count);
    for (uint32_t i = 0; i < taken->reads.count; i++) {
        QExpr *read = query_copy(arena, taken->reads.items[i]);
        plan__add_target(planner, query, read, i + 1);
        query->distinct.items[query->distinct.count++] = plan__key_by(planner, read, i + 1);
    }
    if (taken->source == 0) return query;
    for (uint32_t i = 0; i < query->targets.count; i++)
        query->targets.items[i]->expr = plan__renumbered(arena, query->targets.items[i]->expr,
                                                         taken->source, 1);
    if (query->from->where != NULL)
        query->from->where = plan__renumbered(arena, query->from->where, taken->source, 1);
    return query;
}

/* ---- the sub-query over it ---- */

typedef struct Replace {
    const Work *work;
    const QExprList *reads;
    uint32_t domain, depth;
} Replace;

static void *read_domain(void *arg, void *child)
{
    Replace *replace = arg;
    task_check();
    const QVar *var = Q_IF(Var, (QNode *)child);
    if (var == NULL) {
        const bool deeper = ((QNode *)child)->kind == Q_QUERY;
        replace->depth += deeper;
        node_replace(&query_family, child, read_domain, arg);
        replace->depth -= deeper;
        return child;
    }
    for (uint32_t i = 0; var->up == replace->depth + 1 && i < replace->reads->count; i++) {
        const QVar *read = Q_AS(Var, replace->reads->items[i]);
        if (read->table != var->table || read->column != var->column) continue;
        QVar *column = plan__column_of(replace->work->planner, replace->domain, i + 1, &read->base);
        column->up = replace->depth;
        return column;
    }
    return child;
}

static void *read_domain_in_aggregates(void *arg, void *child)
{
    task_check();
    if (((QNode *)child)->kind == Q_AGGREGATE) return read_domain(arg, child);
    node_replace(&query_family, child, read_domain_in_aggregates, arg);
    return child;
}

/* The value as one of the type that the operator takes, whose bytes are the same. */
static QExpr *as_operand(Arena *arena, Oid type, QExpr *value)
{
    if (type == value->type || type != OID_TEXT) return value;
    QRelabel *relabel = Q_NEW(arena, Relabel);
    relabel->arg = value;
    relabel->type = type;
    relabel->typmod = -1;
    relabel->collation = value->collation;
    relabel->form = Q_CALL_IMPLICIT_CAST;
    return &relabel->base;
}

/* column of the domain = what the row has. */
static QOpCall *equate(Planner *planner, uint32_t domain, uint32_t column, const QExpr *read)
{
    CatalogView *view = planner->state->options->view;
    Arena *arena = planner->state->arena;
    const CatOperator *op = cat_operator(view, cat_type_equality(view, read->type));
    QVar *outside = query_copy(arena, read);
    outside->up = 1;
    QExpr *sides[2] = {&plan__column_of(planner, domain, column, read)->base, &outside->base};
    for (uint32_t i = 0; i < 2; i++) sides[i] = as_operand(arena, op->left, sides[i]);
    QOpCall *call = Q_NEW(arena, OpCall);
    call->type = OID_BOOL;
    call->typmod = -1;
    call->op = op->oid;
    call->function = op->function;
    call->input_collation = read->collation;
    for (uint32_t i = 0; i < 2; i++) plan__list_add(arena, &call->args, sides[i]);
    return call;
}

void plan__to_domain(const Work *work, Link *taken)
{
    Planner *planner = work->planner;
    Arena *arena = planner->state->arena;
    QQuery *sub = taken->sub;
    const uint32_t domain = sub->tables.count + 1;
    Replace replace = {.work = work, .reads = &taken->reads, .domain = domain};
    plan__append_table(planner, sub,
                       plan__subquery_table(planner, domain_of(work, taken), STR("domain")));
    QFrom *from = from_of(arena, domain);
    QJoinItem **items = ARENA_ARRAY(arena, QJoinItem *, sub->from->items.count + 1);
    items[0] = from->items.items[0];
    if (sub->from->items.count > 0)
        memcpy(items + 1, sub->from->items.items, sub->from->items.count * sizeof *items);
    from->items.items = items;
    from->items.count = sub->from->items.count + 1;
    sub->from = from;
    for (uint32_t i = 0; i < taken->equalities.count; i++)
        plan__list_add(arena, &taken->rest, &taken->equalities.items[i]->base);
    for (uint32_t i = 0; i < taken->rest.count; i++)
        taken->rest.items[i] = read_domain(&replace, taken->rest.items[i]);
    for (uint32_t i = 0; taken->form == LINK_GROUP && i < taken->values.count; i++)
        taken->values.items[i] = read_domain_in_aggregates(&replace, taken->values.items[i]);
    taken->equalities.count = taken->inner_side.count = 0;
    for (uint32_t i = 0; i < taken->reads.count; i++) {
        array_push(&taken->equalities, equate(planner, domain, i + 1, taken->reads.items[i]));
        array_push(&taken->inner_side, 0);
    }
}
