/* SPDX-License-Identifier: Apache-2.0 */
/* prepare.c - the expressions of a level made ready: constants folded, Vars of outer levels turned into exec params,
 * sub-links into calls of sub-plans, CTEs planned or put in place. */
#include "plan/plan_internal.h"

void plan__list_add(Arena *arena, QExprList *list, QExpr *expr)
{
    /* Grown to the next power of two. */
    if ((list->count & (list->count - 1)) == 0) {
        uint32_t capacity = list->count == 0 ? 4 : list->count * 2;
        if (list->count == 0 || list->count >= 4)
            list->items = arena_grow(arena, list->items, list->count * sizeof(QExpr *),
                                     capacity * sizeof(QExpr *));
    }
    list->items[list->count++] = expr;
}

void plan__split_conjunction(Arena *arena, QExpr *expr, QExprList *out)
{
    task_check_stack();
    const QBool *both = Q_IF(Bool, expr);
    const QConst *constant = Q_IF(Const, expr);
    if (both != NULL && both->op == Q_BOOL_AND) {
        for (uint32_t i = 0; i < both->args.count; i++)
            plan__split_conjunction(arena, both->args.items[i], out);
    } else if (constant == NULL || constant->value.datum.null || !constant->value.datum.value.b) {
        plan__list_add(arena, out, expr);
    }
}

/* ---- what an expression contains ---- */

typedef struct Search {
    QKind kind;
} Search;

static bool search(void *arg, void *child)
{
    const Search *wanted = arg;
    task_check_stack();
    if (((const QNode *)child)->kind == wanted->kind) return true;
    return query_walk(child, search, arg);
}

bool plan__expr_has(const QNode *node, QKind kind)
{
    Search wanted = {kind};
    if (node == NULL) return false;
    return node->kind == kind || query_walk(node, search, &wanted);
}

static bool returns_set(void *arg, void *child)
{
    task_check_stack();
    const QFuncCall *call = Q_IF(FuncCall, (QNode *)child);
    const QOpCall *op = Q_IF(OpCall, (QNode *)child);
    if ((call != NULL && call->returns_set) || (op != NULL && op->returns_set)) return true;
    return ((QNode *)child)->kind != Q_QUERY && query_walk(child, returns_set, arg);
}

bool plan__has_set_targets(const QQuery *query)
{
    for (uint32_t i = 0; query->has_set_functions && i < query->targets.count; i++) {
        if (returns_set(NULL, query->targets.items[i]->expr)) return true;
    }
    return false;
}

typedef struct TableWalk {
    TableSet tables;
    uint32_t depth;
} TableWalk;

static bool add_tables(void *arg, void *child)
{
    TableWalk *walk = arg;
    task_check_stack();
    const QVar *var = Q_IF(Var, child);
    if (var != NULL && var->up == walk->depth) set_add(&walk->tables, var->table);
    const QCurrentOf *current = Q_IF(CurrentOf, child);
    if (current != NULL && walk->depth == 0) set_add(&walk->tables, current->table);
    const bool deeper = ((QNode *)child)->kind == Q_QUERY;
    walk->depth += deeper;
    (void)query_walk(child, add_tables, arg);
    walk->depth -= deeper;
    return false;
}

TableSet plan__tables_of(const QExpr *expr)
{
    TableWalk walk = {.depth = 0};
    if (expr != NULL) (void)add_tables(&walk, (void *)expr);
    return walk.tables;
}

static bool gather_var(void *arg, void *child)
{
    Planner *planner = arg;
    task_check_stack();
    QVar *var = Q_IF(Var, child);
    if (var == NULL) return query_walk(child, gather_var, arg);
    ASSERT(var->up == 0);
    for (uint32_t i = 0; i < planner->wanted.count; i++) {
        if (query_equal(planner->wanted.items[i], var)) return false;
    }
    array_push(&planner->wanted, var);
    return false;
}

void plan__gather_vars(Planner *planner, const QNode *node)
{
    if (node != NULL) (void)gather_var(planner, (void *)node);
}

static void gather_tree(Planner *planner, const JoinNode *node)
{
    task_check_stack();
    if (node == NULL) return;
    /* The conditions of a table are decided at its scan: what they read of it need not leave that, but a dissolved
     * LATERAL sub-query's may read tables beside it. */
    for (uint32_t i = 0; i < node->conditions.count; i++) {
        const Condition *condition = node->conditions.items[i];
        if (node->kind != JOIN_NODE_TABLE || !set_within(condition->tables, node->tables))
            plan__gather_vars(planner, (QNode *)condition->expr);
    }
    for (uint32_t i = 0; i < node->item_count; i++) gather_tree(planner, node->items[i]);
    gather_tree(planner, node->left);
    gather_tree(planner, node->right);
}

void plan__gather_wanted(Planner *planner, const JoinNode *tree)
{
    QQuery *query = planner->query;
    if (query->command == Q_COMMAND_SELECT) {
        for (uint32_t i = 0; i < query->targets.count; i++)
            plan__gather_vars(planner, (QNode *)query->targets.items[i]->expr);
    }
    plan__gather_vars(planner, (QNode *)query->having);
    for (uint32_t i = 0; i < query->locks.count; i++) {
        if (planner->relations[query->locks.items[i]->table - 1] == NULL) continue;
        QVar *row_id = Q_NEW(planner->state->arena, Var);
        row_id->table = query->locks.items[i]->table;
        row_id->column = -1;
        row_id->type = 27;
        row_id->typmod = -1;
        plan__gather_vars(planner, (QNode *)row_id);
    }
    if (query->locks.count > 0) plan__gather_sources(planner);
    gather_tree(planner, tree);
}

/* ---- outer references ---- */

uint32_t plan__outer_param(Planner *planner, QExpr *expr, uint32_t up)
{
    for (uint32_t i = 0; i < planner->outer_refs.count; i++) {
        const OuterRef *ref = &planner->outer_refs.items[i];
        if (ref->up == up && query_equal(ref->expr, expr)) return ref->param;
    }
    OuterRef ref = {.expr = expr, .up = up, .param = ++planner->state->params};
    array_push(&planner->outer_refs, ref);
    return ref.param;
}

static QExpr *exec_param(Planner *planner, uint32_t number, const QExpr *like)
{
    QExecParam *param = Q_NEW(planner->state->arena, ExecParam);
    param->number = (int32_t)number;
    param->type = like->type;
    param->typmod = like->typmod;
    param->collation = like->collation;
    return &param->base;
}

/* ---- sub-links ---- */

static void *replace_node(void *arg, void *child);

static double subquery_fraction(QSubLinkKind kind)
{
    return kind == Q_SUBLINK_EXISTS ? 0.01 : 1.0;
}

/* What a sub-plan reads of outer levels: of this one it is told with each call (args); of levels further out this
 * level must be told itself. */
static void take_outer_refs(Planner *planner, Planner *level, NodeI32s *params, QExprList *args)
{
    Arena *arena = planner->state->arena;
    params->items = ARENA_ARRAY(arena, int32_t, level->outer_refs.count);
    for (uint32_t i = 0; i < level->outer_refs.count; i++) {
        const OuterRef *ref = &level->outer_refs.items[i];
        QExpr *value = query_copy(arena, ref->expr);
        if (ref->up > 1)
            value = exec_param(planner, plan__outer_param(planner, ref->expr, ref->up - 1), value);
        else if (value->kind == Q_AGGREGATE) /* of this level, over what may be further out */
            node_replace(&query_family, value, replace_node, planner);
        params->items[params->count++] = (int32_t)ref->param;
        plan__list_add(arena, args, value);
    }
}

/* Is there an argument that changes from row to row? */
static bool depends_on_row(const QExprList *args)
{
    for (uint32_t i = 0; i < args->count; i++) {
        if (plan__expr_has((QNode *)args->items[i], Q_VAR)) return true;
    }
    return false;
}

/* EXISTS asks for a row: what is in it, and in which order, is not computed. */
static void leave_out_outputs(QQuery *query)
{
    if (!plan__is_join(query, true) || query->has_aggregates || query->with_ties) return;
    query->targets = (QTargetList){0};
    query->order_by = query->distinct = (QSortKeyList){0};
    query->limit = NULL;
}

/* Does ARRAY(SELECT ...) put arrays together? Its type is then the rows' own. */
static bool gathers_arrays(const QSubLink *link)
{
    const QTargetList *targets = &link->query->targets;
    for (uint32_t i = 0; link->sublink == Q_SUBLINK_ARRAY && i < targets->count; i++)
        if (!targets->items[i]->junk) return targets->items[i]->expr->type == link->type;
    return false;
}

/* What may give other rows though the values outside are the same: rows of a CTE, which may hang on values further
 * outside; a sample, which is drawn anew; locks, which are asked for anew. */
static bool finds_other_rows(void *arg, void *child)
{
    task_check_stack();
    const QTable *table = Q_IF(Table, (QNode *)child);
    if (table != NULL && (table->table == Q_RTE_CTE || table->sample != NULL)) return true;
    const QQuery *query = Q_IF(Query, (QNode *)child);
    if (query != NULL && query->locks.count > 0) return true;
    return query_walk(child, finds_other_rows, arg);
}

static bool gives_the_same(const Planner *planner, QSubLink *link)
{
    return !finds_other_rows(NULL, link->query) &&
           !expr_is_volatile((const QExpr *)link->query, planner->state->options->env) &&
           (link->test == NULL || !expr_is_volatile(link->test, planner->state->options->env));
}

static QExpr *plan_sublink(Planner *planner, QSubLink *link)
{
    PlanState *state = planner->state;
    Planner *level;
    if (link->sublink == Q_SUBLINK_EXISTS) leave_out_outputs(link->query);
    const bool slices = gathers_arrays(link), same = gives_the_same(planner, link);
    uint32_t number = plan__subplan(planner, link->query, link->sublink,
                                    subquery_fraction(link->sublink), &level);
    PlanSubPlan *subplan = state->subplans.items[number - 1];
    QSubPlanCall *call = Q_NEW(state->arena, SubPlanCall);
    call->type = link->type;
    call->typmod = link->typmod;
    call->collation = link->collation;
    call->sublink = link->sublink;
    call->slices = slices;
    call->same = same;
    call->plan = (int32_t)number;
    call->test = link->test;
    take_outer_refs(planner, level, &call->set_params, &call->args);
    subplan->params = call->set_params;
    bool row_free = !depends_on_row(&call->args);
    subplan->is_init = row_free && call->args.count == 0 && link->test == NULL;
    if (subplan->is_init) array_push(&planner->init_plans, (int32_t)number);
    /* x IN (rows that are the same for every row): probe a hash table of them. */
    call->hashed = row_free && link->sublink == Q_SUBLINK_ANY && link->test != NULL &&
                   (link->test->kind == Q_OP_CALL || link->test->kind == Q_BOOL);
    return &call->base;
}

/* How many levels outward the value of this very node is made. */
static uint32_t level_of(const QNode *node)
{
    switch (node->kind) {
    case Q_VAR: return Q_AS(Var, node)->up;
    case Q_AGGREGATE: return Q_AS(Aggregate, node)->up;
    case Q_GROUPING: return Q_AS(Grouping, node)->up;
    default: return 0;
    }
}

static void *replace_node(void *arg, void *child)
{
    Planner *planner = arg;
    task_check();
    QNode *node = child;
    uint32_t up = level_of(node);
    if (up > 0) {
        QExpr *outer = query_copy(planner->state->arena, node);
        plan__lower_levels(outer, up);
        return exec_param(planner, plan__outer_param(planner, outer, up), outer);
    }
    if (node->kind == Q_VAR) return node;
    if (node->kind == Q_SUB_LINK) {
        QSubLink *link = Q_AS(SubLink, node);
        QExpr *once = plan__quantified_once(planner, link, UNKNOWN_COUNTS);
        if (once != &link->base) return replace_node(arg, once);
        if (link->test != NULL) link->test = replace_node(arg, link->test);
        return plan_sublink(planner, link);
    }
    if (node->kind == Q_QUERY) return node; /* another level's business */
    node_replace(&query_family, node, replace_node, arg);
    return node;
}

QExpr *plan__prepare_expr(Planner *planner, QExpr *expr)
{
    if (expr == NULL) return NULL;
    const PlanOptions *options = planner->state->options;
    expr = plan__simplify(planner, planner->state->arena, expr, options->params,
                          options->param_count);
    return replace_node(planner, expr);
}

static void prepare_targets(Planner *planner, QTargetList *targets)
{
    for (uint32_t i = 0; i < targets->count; i++)
        targets->items[i]->expr = plan__prepare_expr(planner, targets->items[i]->expr);
}

static void prepare_list(Planner *planner, QExprList *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        list->items[i] = plan__prepare_expr(planner, list->items[i]);
}

/* What stands in the range table itself and is evaluated there. Sub-queries are planned when their turn comes. */
void plan__prepare_table(Planner *planner, QTable *table)
{
    for (uint32_t i = 0; i < table->functions.count; i++)
        table->functions.items[i]->call = plan__prepare_expr(planner,
                                                             table->functions.items[i]->call);
    for (uint32_t i = 0; i < table->rows.count; i++)
        prepare_list(planner, &table->rows.items[i]->items);
    if (table->json_table != NULL) {
        QJsonTable *call = table->json_table;
        call->document = plan__prepare_expr(planner, call->document);
        prepare_list(planner, &call->passing);
    }
    if (table->sample == NULL) return;
    prepare_list(planner, &table->sample->args);
    table->sample->repeatable = plan__prepare_expr(planner, table->sample->repeatable);
}

/* ---- join columns: a Var of a JOIN entry stands for what it merges ---- */

static void *flatten_join_var(void *arg, void *child)
{
    Planner *planner = arg;
    task_check();
    QNode *node = child;
    const QVar *var = Q_IF(Var, node);
    if (var != NULL) {
        if (var->up != 0) return node;
        const QTable *table = planner->query->tables.items[var->table - 1];
        if (table->table != Q_RTE_JOIN || var->column <= 0) return node;
        QExpr *value = query_copy(planner->state->arena, table->join_vars.items[var->column - 1]);
        return flatten_join_var(arg, value);
    }
    node_replace(&query_family, node, flatten_join_var, arg);
    return node;
}

/* The same inside sub-queries, where the level's Vars have `up` raised: found by a walk that counts levels. */
typedef struct LevelWalk {
    Planner *planner;
    uint32_t depth;
} LevelWalk;

static void *flatten_in_level(void *arg, void *child)
{
    LevelWalk *walk = arg;
    task_check();
    QNode *node = child;
    const QVar *var = Q_IF(Var, node);
    if (var != NULL) {
        if (var->up != walk->depth) return node;
        const QTable *table = walk->planner->query->tables.items[var->table - 1];
        if (table->table != Q_RTE_JOIN || var->column <= 0) return node;
        Arena *arena = walk->planner->state->arena;
        QExpr *value = query_copy(arena, table->join_vars.items[var->column - 1]);
        value = flatten_join_var(walk->planner, value);
        plan__raise_levels(value, walk->depth);
        return value;
    }
    bool deeper = node->kind == Q_QUERY;
    walk->depth += deeper;
    node_replace(&query_family, node, flatten_in_level, arg);
    walk->depth -= deeper;
    return node;
}

void plan__flatten_joins(Planner *planner)
{
    QQuery *query = planner->query;
    bool any = false;
    for (uint32_t i = 0; i < query->tables.count; i++)
        any |= query->tables.items[i]->table == Q_RTE_JOIN;
    if (!any) return;
    LevelWalk walk = {.planner = planner};
    node_replace(&query_family, query, flatten_in_level, &walk);
}

/* ---- CTEs ---- */

static bool must_materialize(const Planner *planner, const QCte *cte)
{
    return cte->recursive || cte->query->command != Q_COMMAND_SELECT ||
           cte->materialized == AST_CTE_MATERIALIZED ||
           (cte->materialized == AST_CTE_DEFAULT && cte->references > 1) ||
           expr_is_volatile((const QExpr *)cte->query, planner->state->options->env);
}

typedef struct InlineWalk {
    const QCte *cte;
    Arena *arena;
    uint32_t depth;
} InlineWalk;

/* Puts the CTE's query in place of the tables that name it. */
static bool inline_cte(void *arg, void *child)
{
    InlineWalk *walk = arg;
    task_check_stack();
    QTable *table = Q_IF(Table, child);
    if (table != NULL && table->table == Q_RTE_CTE && table->cte_up == walk->depth &&
        str_equal(table->cte, walk->cte->name)) {
        table->table = Q_RTE_SUBQUERY;
        table->query = query_copy(walk->arena, walk->cte->query);
        plan__raise_levels_from(table->query, (int32_t)walk->depth, 1);
        return false;
    }
    bool deeper = ((QNode *)child)->kind == Q_QUERY;
    walk->depth += deeper;
    bool stop = query_walk(child, inline_cte, arg);
    walk->depth -= deeper;
    return stop;
}

/* A CTE stands beside the level's tables, not inside them: what it reads of levels further out this level reads too,
 * under the same number, and whoever calls the level sets it. */
static void take_cte_refs(Planner *planner, CtePlan *plan, const Planner *level, NodeI32s *params)
{
    const uint32_t count = level->outer_refs.count;
    OuterRef *refs = ARENA_ARRAY(planner->state->temporary, OuterRef, count);
    params->items = ARENA_ARRAY(planner->state->arena, int32_t, count);
    for (uint32_t i = 0; i < count; i++) {
        refs[i] = level->outer_refs.items[i];
        ASSERT(refs[i].up > 1);
        refs[i].up--;
        array_push(&planner->outer_refs, refs[i]);
        params->items[params->count++] = (int32_t)refs[i].param;
    }
    plan->refs = refs;
    plan->ref_count = count;
}

static void plan_cte(Planner *planner, uint32_t at)
{
    CtePlan *plan = &planner->ctes[at];
    QCte *cte = plan->cte;
    PlanState *state = planner->state;
    if (cte->references == 0 && cte->query->command == Q_COMMAND_SELECT) return;
    if (!must_materialize(planner, cte)) {
        InlineWalk walk = {.cte = cte, .arena = state->arena};
        (void)query_walk(planner->query, inline_cte, &walk);
        return;
    }
    if (cte->recursive) plan->recursion = ++state->recursions;
    Planner *level;
    uint32_t number = plan__subplan(planner, cte->query, Q_SUBLINK_CTE, 1.0, &level);
    plan->subplan = number;
    array_push(&planner->init_plans, (int32_t)number);
    PlanSubPlan *subplan = state->subplans.items[number - 1];
    subplan->cte = cte->name;
    plan->rows = subplan->root->rows;
    take_cte_refs(planner, plan, level, &subplan->params);
}

/* A constant that grouping sets group by is NULL where a set lacks it, other constants like it are not: it becomes a
 * node of its own. */
static void mark_constant_keys(Planner *planner)
{
    const QQuery *query = planner->query;
    for (uint32_t i = 0; query->grouping_sets.count > 0 && i < query->group_by.count; i++) {
        for (uint32_t j = 0; j < query->targets.count; j++) {
            QTarget *target = query->targets.items[j];
            if (target->reference != query->group_by.items[i]->reference) continue;
            if (target->expr->kind != Q_CONST) continue;
            QRelabel *key = Q_NEW(planner->state->arena, Relabel);
            key->arg = target->expr;
            key->type = target->expr->type;
            key->typmod = target->expr->typmod;
            key->collation = target->expr->collation;
            key->form = Q_CALL_IMPLICIT_CAST;
            target->expr = &key->base;
        }
    }
}

void plan__prepare(Planner *planner)
{
    QQuery *query = planner->query;
    plan__flatten_joins(planner);
    for (uint32_t i = 0; i < query->ctes.count; i++) plan_cte(planner, i);
    prepare_targets(planner, &query->targets);
    mark_constant_keys(planner);
    prepare_targets(planner, &query->returning);
    prepare_targets(planner, &query->checks);
    query->having = plan__prepare_expr(planner, query->having);
    query->limit = plan__prepare_expr(planner, query->limit);
    query->offset = plan__prepare_expr(planner, query->offset);
    for (uint32_t i = 0; i < query->windows.count; i++) {
        QWindow *window = query->windows.items[i];
        window->start_offset = plan__prepare_expr(planner, window->start_offset);
        window->end_offset = plan__prepare_expr(planner, window->end_offset);
    }
    for (uint32_t i = 0; i < query->tables.count; i++)
        plan__prepare_table(planner, query->tables.items[i]);
    for (uint32_t i = 0; i < query->merge_whens.count; i++) {
        QMergeWhen *when = query->merge_whens.items[i];
        when->condition = plan__prepare_expr(planner, when->condition);
        prepare_targets(planner, &when->targets);
    }
    if (query->on_conflict != NULL) {
        prepare_targets(planner, &query->on_conflict->set);
        query->on_conflict->where = plan__prepare_expr(planner, query->on_conflict->where);
        query->on_conflict->arbiter_where = plan__prepare_expr(planner,
                                                               query->on_conflict->arbiter_where);
        for (uint32_t i = 0; i < query->on_conflict->arbiter_elements.count; i++) {
            QExpr **element = &query->on_conflict->arbiter_elements.items[i];
            *element = plan__prepare_expr(planner, *element);
        }
    }
}
