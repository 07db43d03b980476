/* SPDX-License-Identifier: Apache-2.0 */
/* parallel.c - which part of a plan several tasks run at once.
 *
 * There are no parallel paths: a finished serial plan is looked at. It can be run by several where its rows come from
 * one scan (the driver) by way of operators that look at each of them alone: filters, and joins whose outer side
 * it is. Then each participant takes part of the driver's rows, probes a shared hash table (which all build where its
 * side has a driver too that is large enough), and puts what it has into a Gather; groups are made in two steps around
 * it, and of a top N each gives its own.
 *
 * Costs are the serial plan's, what stands on the driver's way divided by how many work. What starting a task and
 * handing over a row cost is told by PostgreSQL's settings, whose values are meant for processes: here it is a fraction
 * of that. */
#include "plan/plan_internal.h"

#include "base/builtins.h"
#include "base/oids.h"

/* Of parallel_setup_cost and parallel_tuple_cost. */
static const double setup_share = 0.1, tuple_share = 0.1;
static const double page_bytes = 8192, row_head_bytes = 24;

enum { OID_FIRST_USER = 16384, WORKERS_FORCED = 1 };
/* Values of debug_parallel_query. */
enum { FORCE_OFF, FORCE_ON, FORCE_REGRESS };

/* ---- may it be run by others? ---- */

typedef enum ParallelRole {
    ROLE_NONE,
    ROLE_ALONE, /* in a plan that one task runs as a whole */
    ROLE_PART,  /* also where several run it */
} ParallelRole;

/* Operators that keep to themselves. Where several run one, all must see the same rows: what a LIMIT takes, and who is
 * first among equals in a window, is not said. */
static const uint8_t roles[PLAN_KIND_COUNT] = {
    [PLAN_RESULT] = ROLE_PART,
    [PLAN_TABLE_SCAN] = ROLE_PART,
    [PLAN_INDEX_SCAN] = ROLE_PART,
    [PLAN_ROW_ID_SCAN] = ROLE_PART,
    [PLAN_VALUES_SCAN] = ROLE_PART,
    [PLAN_SUBQUERY_SCAN] = ROLE_PART,
    [PLAN_FILTER] = ROLE_PART,
    [PLAN_PROJECT] = ROLE_PART,
    [PLAN_SORT] = ROLE_PART,
    [PLAN_UNIQUE] = ROLE_PART,
    [PLAN_MATERIALIZE] = ROLE_PART,
    [PLAN_AGGREGATE] = ROLE_PART,
    [PLAN_NESTED_LOOP] = ROLE_PART,
    [PLAN_HASH_JOIN] = ROLE_PART,
    [PLAN_MERGE_JOIN] = ROLE_PART,
    [PLAN_APPEND] = ROLE_PART,
    [PLAN_SET_OP] = ROLE_PART,
    [PLAN_FUNCTION_SCAN] = ROLE_ALONE,
    [PLAN_TABLE_FUNCTION_SCAN] = ROLE_ALONE,
    [PLAN_PROJECT_SET] = ROLE_ALONE,
    [PLAN_LIMIT] = ROLE_ALONE,
    [PLAN_WINDOW_AGGREGATE] = ROLE_ALONE,
};

typedef struct SafetyWalk {
    Planner *planner;
    ParallelRole role;
    ARRAY_OF(int32_t) read, set; /* exec params */
} SafetyWalk;

static bool visit_expr(void *arg, void *child)
{
    SafetyWalk *walk = arg;
    task_check_stack();
    const QExecParam *param = Q_IF(ExecParam, (QNode *)child);
    if (param != NULL) array_push(&walk->read, param->number);
    return query_walk(child, visit_expr, arg);
}

static bool visit_hazard(void *arg, void *child)
{
    const SafetyWalk *walk = arg;
    if (expr_parallel_hazard(child, walk->planner->state->options->env) != EXPR_PARALLEL_SAFE)
        return true;
    return visit_expr(arg, child);
}

static bool visit_op(void *arg, void *child);

static bool scan_is_open_to_all(const Planner *planner, const PlanScan *scan)
{
    const CatRelation *relation = cat_relation(planner->state->options->view, scan->relation);
    return relation != NULL && plan_is_open_to_workers(relation);
}

/* True: it is not to be run by others. Lists within operators (keys, sets) are nodes of the plan's family too. */
static bool visit_op(void *arg, void *child)
{
    SafetyWalk *walk = arg;
    const PlanNode *node = child;
    task_check_stack();
    switch (node->kind) {
    case PLAN_SORT_KEY:
    case PLAN_INDEX_KEY:
    case PLAN_GROUPING_SET:
    case PLAN_RUNTIME_FILTER: break;
    default:
        if (roles[node->kind] < walk->role) return true;
        if (((const PlanOp *)child)->init_plans.count > 0) return true;
    }
    if ((node->kind == PLAN_TABLE_SCAN || node->kind == PLAN_INDEX_SCAN ||
         node->kind == PLAN_ROW_ID_SCAN) &&
        !scan_is_open_to_all(walk->planner, child))
        return true;
    if (node->kind == PLAN_TABLE_SCAN && PLAN_AS(TableScan, node)->sample != NULL) return true;
    if (node->kind == PLAN_NESTED_LOOP) {
        const NodeI32s *set = &PLAN_AS(NestedLoop, node)->set_params;
        for (uint32_t i = 0; i < set->count; i++) array_push(&walk->set, set->items[i]);
    }
    return node_walk_of(&plan_family, node, &query_family, visit_hazard, arg) ||
           plan_walk(node, visit_op, arg);
}

static bool is_listed(const int32_t *items, uint32_t count, int32_t wanted)
{
    for (uint32_t i = 0; i < count; i++)
        if (items[i] == wanted) return true;
    return false;
}

/* Of a sub-plan that runs once, of this level? */
static bool is_init_param(const Planner *planner, int32_t number)
{
    for (uint32_t i = 0; i < planner->init_plans.count; i++) {
        const uint32_t plan = (uint32_t)planner->init_plans.items[i];
        const PlanSubPlan *subplan = planner->state->subplans.items[plan - 1];
        if (subplan->is_init && is_listed(subplan->params.items, subplan->params.count, number))
            return true;
    }
    return false;
}

/* Can others run it? What it reads of sub-plans that run once goes to `init_params`. */
static bool can_be_run_by_others(Planner *planner, PlanOp *op, ParallelRole role,
                                 NodeI32s *init_params)
{
    SafetyWalk walk = {.planner = planner,
                       .role = role,
                       .read = {.arena = planner->state->temporary},
                       .set = {.arena = planner->state->temporary}};
    if (visit_op(&walk, op)) return false;
    *init_params = (NodeI32s){
        .items = ARENA_ARRAY(planner->state->arena, int32_t, walk.read.count + 1)};
    for (uint32_t i = 0; i < walk.read.count; i++) {
        const int32_t number = walk.read.items[i];
        if (is_listed(walk.set.items, walk.set.count, number) ||
            is_listed(init_params->items, init_params->count, number))
            continue;
        if (!is_init_param(planner, number)) return false;
        init_params->items[init_params->count++] = number;
    }
    return true;
}

bool plan__may_be_parallel(const PlanState *state, const QQuery *query)
{
    const Settings *settings = state->options->settings;
    if (settings == NULL || state->options->no_parallel) return false;
    return settings->max_parallel_workers_per_gather > 0 && query->command == Q_COMMAND_SELECT &&
           !query->has_modifying_cte && query->locks.count == 0 &&
           expr_parallel_hazard(&query->base, state->options->env) != EXPR_PARALLEL_UNSAFE;
}

/* ---- the driver ---- */

/* The next operator on the way down to the driver; NULL: there is none. */
static PlanOp *next_on_way(PlanOp *op)
{
    switch (op->kind) {
    case PLAN_FILTER: return PLAN_AS(Filter, op)->child;
    case PLAN_PROJECT: return PLAN_AS(Project, op)->child;
    case PLAN_SUBQUERY_SCAN: return PLAN_AS(SubqueryScan, op)->child;
    case PLAN_HASH_JOIN:
    case PLAN_NESTED_LOOP: {
        const PlanJoinOp *join = (const PlanJoinOp *)op;
        /* Hash joins that keep inner rows wait for the last of those who probe; no loop is of such a kind. */
        return join->outer;
    }
    default: return NULL;
    }
}

static PlanScan *driver_of(PlanOp *op)
{
    for (; op != NULL; op = next_on_way(op)) {
        const PlanIndexScan *index = PLAN_IF(IndexScan, op);
        if (op->kind == PLAN_TABLE_SCAN || (index != NULL && !index->in_order))
            return (PlanScan *)op;
    }
    return NULL;
}

void plan__keep_order(PlanOp *op)
{
    for (; op != NULL; op = next_on_way(op))
        if (op->kind == PLAN_INDEX_SCAN) PLAN_AS(IndexScan, op)->in_order = true;
}

/* Of the table, in pages of PostgreSQL's size, which its settings count. */
static double pages_of(const CatRelation *relation, double rows)
{
    double bytes = row_head_bytes;
    for (int16_t i = 0; i < relation->column_count; i++)
        bytes += phys_bytes((Phys)relation->columns[i].phys);
    const double known = relation->rows > 0 ? relation->pages * rows / relation->rows : 0;
    return MAX(known, rows * bytes / page_bytes);
}

static const Str *option_of(const CatRelation *relation, Str name)
{
    for (uint32_t i = 0; i < relation->option_count; i++)
        if (str_starts(relation->options[i], name)) return &relation->options[i];
    return NULL;
}

bool plan_is_open_to_workers(const CatRelation *relation)
{
    return relation->persistence != 't' && relation->oid >= OID_FIRST_USER;
}

/* The table's own setting; `workers` becomes what it asks for. */
static bool asks_for_workers(const CatRelation *relation, uint32_t most, uint32_t *workers)
{
    const Str name = STR("parallel_workers=");
    const Str *option = option_of(relation, name);
    int64_t asked;
    if (option == NULL || !str_to_i64(str_slice(*option, name.bytes, option->bytes), &asked))
        return false;
    *workers = (uint32_t)MIN((int64_t)most, MAX(asked, 0));
    return true;
}

/* One from the least size on, another with each three times as much: PostgreSQL's rule. */
static uint32_t workers_for_pages(double pages, int32_t least, uint32_t most)
{
    uint32_t workers = 1;
    if (pages < least) return 0;
    for (double next = MAX(least, 1) * 3.0; pages >= next && workers < most; next *= 3) workers++;
    return MIN(workers, most);
}

uint32_t plan_scan_workers(const Settings *settings, const CatRelation *relation, double rows,
                           uint32_t most)
{
    uint32_t workers;
    if (asks_for_workers(relation, most, &workers)) return workers;
    return workers_for_pages(pages_of(relation, rows), settings->min_parallel_table_scan_size,
                             most);
}

/* Of an index scan the rows that it finds are counted: their entries, and the pages that they may stand on. */
static uint32_t index_scan_workers(const Settings *settings, const CatRelation *relation,
                                   const PlanIndexScan *scan, uint32_t most)
{
    enum { ENTRY_BYTES = 24 };
    const double rows = scan->base.base.rows;
    uint32_t workers;
    if (asks_for_workers(relation, most, &workers)) return workers;
    workers = workers_for_pages(rows * ENTRY_BYTES / page_bytes,
                                settings->min_parallel_index_scan_size, most);
    if (scan->index_only) return workers;
    const double pages = MIN(rows, pages_of(relation, plan__relation_rows(relation)));
    return MIN(workers, workers_for_pages(pages, settings->min_parallel_table_scan_size, most));
}

static uint32_t workers_for(const Planner *planner, const PlanScan *driver)
{
    const Settings *settings = planner->state->options->settings;
    if (driver == NULL) return 0;
    const uint32_t most = (uint32_t)settings->max_parallel_workers_per_gather;
    const CatRelation *relation = cat_relation(planner->state->options->view, driver->relation);
    if (driver->base.kind == PLAN_INDEX_SCAN)
        return index_scan_workers(settings, relation, (const PlanIndexScan *)driver, most);
    return plan_scan_workers(settings, relation, plan__relation_rows(relation), most);
}

/* Does the inner side give each a part of its rows, so that all build the table? */
static bool is_built_by_all(const Planner *planner, const PlanHashJoin *join)
{
    return planner->state->options->settings->enable_parallel_hash &&
           workers_for(planner, driver_of(join->base.inner)) > 0;
}

/* What is done once, before the driver's rows come. */
static double once_cost(const Planner *planner, PlanOp *op)
{
    double once = 0;
    task_check_stack();
    for (; op != NULL; op = next_on_way(op)) {
        if (op->kind != PLAN_HASH_JOIN) continue;
        PlanOp *inner = PLAN_AS(HashJoin, op)->base.inner;
        once += is_built_by_all(planner, PLAN_AS(HashJoin, op)) ? once_cost(planner, inner)
                                                                : inner->total_cost;
    }
    return once;
}

/* The most that a scan on the way asks for, or one on the way of an inner side that all build a table of. */
static uint32_t workers_of(const Planner *planner, PlanOp *op)
{
    uint32_t workers = workers_for(planner, driver_of(op));
    task_check_stack();
    for (; op != NULL; op = next_on_way(op))
        if (op->kind == PLAN_HASH_JOIN && is_built_by_all(planner, PLAN_AS(HashJoin, op)))
            workers = MAX(workers, workers_of(planner, PLAN_AS(HashJoin, op)->base.inner));
    return workers;
}

Parallel plan__parallel(Planner *planner, const Rel *rel)
{
    const Settings *settings = planner->state->options->settings;
    Parallel none = {0}, found = {0};
    if (!planner->state->may_be_parallel || planner->outer_refs.count > 0 || planner->runs_by_row ||
        planner->reads_work_table)
        return none;
    const PlanScan *driver = driver_of(rel->op);
    if (driver == NULL) return none;
    found.workers = workers_of(planner, rel->op);
    if (found.workers == 0) return none;
    if (!can_be_run_by_others(planner, rel->op, ROLE_PART, &found.init_params)) return none;
    const double leader = settings->parallel_leader_participation ? 1 - 0.3 * found.workers : 0;
    found.divisor = found.workers + MAX(leader, 0);
    found.setup = settings->parallel_setup_cost * setup_share;
    found.row = settings->parallel_tuple_cost * tuple_share;
    found.once = once_cost(planner, rel->op);
    return found;
}

double plan__parallel_cost(const Parallel *parallel, const Rel *rel)
{
    const double once = MIN(parallel->once, rel->op->total_cost);
    return once + (rel->op->total_cost - once) / parallel->divisor;
}

bool plan__can_run(Planner *planner, const QNode *expr)
{
    return expr_parallel_hazard(expr, planner->state->options->env) == EXPR_PARALLEL_SAFE &&
           !plan__expr_has(expr, Q_EXEC_PARAM);
}

static void share_rows(const Planner *planner, PlanOp *top, double divisor)
{
    task_check_stack();
    for (PlanOp *op = top; op != NULL; op = next_on_way(op)) {
        const double once = MIN(once_cost(planner, op), op->total_cost);
        op->rows /= divisor;
        op->total_cost = once + (op->total_cost - once) / divisor;
        op->startup_cost = MIN(op->startup_cost, op->total_cost);
        if (op->kind == PLAN_TABLE_SCAN || op->kind == PLAN_INDEX_SCAN) op->parallel = true;
        if (op->kind != PLAN_HASH_JOIN) continue;
        PlanHashJoin *join = PLAN_AS(HashJoin, op);
        join->shared = true;
        op->parallel = is_built_by_all(planner, join);
        if (op->parallel) share_rows(planner, join->base.inner, divisor);
    }
}

void plan__share_rows(Planner *planner, Rel *rel, const Parallel *parallel)
{
    share_rows(planner, rel->op, parallel->divisor);
}

Rel *plan__gather(Planner *planner, Rel *child, const Parallel *parallel, double rows)
{
    PlanGather *op = PLAN_AS(Gather, plan__new_op(planner, PLAN_GATHER, 0, 0, 0));
    op->child = child->op;
    op->workers = parallel->workers;
    op->init_params = parallel->init_params;
    op->quiet = planner->state->options->settings->debug_parallel_query == FORCE_REGRESS;
    Rel *rel = plan__wrap(planner, child, &op->base, parallel->setup + rows * parallel->row, rows);
    rel->op->startup_cost += parallel->setup;
    return rel;
}

/* ---- UNION ALL ---- */

/* Does the Gather give just what its child does, to nobody else? */
bool plan__is_plain_gather(const PlanOp *op)
{
    const PlanGather *gather = PLAN_IF(Gather, op);
    if (gather == NULL || gather->keys.count > 0 || gather->single_copy ||
        gather->init_params.count > 0 || op->conditions.count > 0 || op->init_plans.count > 0 ||
        op->outputs.count != gather->child->outputs.count)
        return false;
    for (uint32_t i = 0; i < op->outputs.count; i++) {
        const QSlot *slot = Q_IF(Slot, op->outputs.items[i]->expr);
        if (slot == NULL || (uint32_t)slot->column != i) return false;
    }
    return true;
}

Parallel plan__shared_append(Planner *planner, Rel *rel)
{
    PlanAppend *append = PLAN_IF(Append, rel->op);
    Parallel shared = {.divisor = 1};
    if (append == NULL || !planner->state->options->settings->enable_parallel_append ||
        rel->op->conditions.count > 0 || rel->op->init_plans.count > 0)
        return shared;
    for (uint32_t i = 0; i < append->children.count; i++)
        if (!plan__is_plain_gather(append->children.items[i])) return shared;
    double rows = 0;
    for (uint32_t i = 0; i < append->children.count; i++) {
        const PlanGather *gather = PLAN_AS(Gather, append->children.items[i]);
        shared.workers = MAX(shared.workers, gather->workers);
        rows += gather->child->rows;
    }
    if (rows > 0) shared.divisor = MAX(rel->op->rows / rows, 1);
    return shared;
}

static void take_gathers_off(Rel *rel)
{
    PlanAppend *append = PLAN_AS(Append, rel->op);
    rel->op->rows = rel->op->total_cost = 0;
    rel->op->parallel = true;
    for (uint32_t i = 0; i < append->children.count; i++) {
        append->children.items[i] = PLAN_AS(Gather, append->children.items[i])->child;
        rel->op->rows += append->children.items[i]->rows;
        rel->op->total_cost += append->children.items[i]->total_cost;
    }
}

/* ---- order ---- */

/* Of looking for the least row and copying it. */
static const double merged_row_cost = 0.006;

bool plan__shared_sort_pays(Planner *planner, const Rel *rel, const Parallel *parallel)
{
    const double rows = rel->op->rows, share = rows / MAX(parallel->divisor, 1);
    return parallel->workers > 0 && planner->state->options->settings->enable_gathermerge &&
           plan__parallel_cost(parallel, rel) + parallel->setup + plan__sort_cost(share) +
                   rows * (parallel->row + merged_row_cost) <
               (rel->op->total_cost + plan__sort_cost(rows)) * PARALLEL_PAYS_FROM;
}

Rel *plan__shared_sort(Planner *planner, Rel *child, const PlanSortKeyList *keys,
                       const Parallel *parallel)
{
    const double rows = child->op->rows;
    plan__share_rows(planner, child, parallel);
    child = plan__sort(planner, child, keys);
    child = plan__gather(planner, child, parallel, rows);
    PLAN_AS(Gather, child->op)->keys = plan__keys_over(planner, keys, child);
    child->op->total_cost += rows * merged_row_cost;
    return child;
}

/* ---- groups in two steps ---- */

bool plan__can_split(Planner *planner, const QAggregate *aggregate)
{
    const BuiltinFunction *function = builtin_function(aggregate->function);
    return function != NULL && function->shape == FN_SHAPE_AGGREGATE &&
           function->aggregate->combine != NULL && aggregate->order_by.count == 0 &&
           aggregate->distinct.count == 0 && aggregate->direct.count == 0 &&
           plan__can_run(planner, &aggregate->base.base);
}

/* The columns behind the first `keys` are states. */
static void mark_states(PlanOp *op, uint32_t keys)
{
    for (uint32_t i = keys; i < op->outputs.count; i++) {
        QExpr *expr = op->outputs.items[i]->expr;
        expr->type = OID_BYTEA;
        expr->typmod = -1;
        expr->collation = 0;
    }
}

Rel *plan__split_groups(Planner *planner, PlanAggregate *whole, const Rel *row, Rel *child,
                        const Parallel *parallel)
{
    PlanAggregate *partial = PLAN_AS(Aggregate, plan__new_op(planner, PLAN_AGGREGATE, 0, 0, 0));
    if (child->op->kind == PLAN_APPEND)
        take_gathers_off(child);
    else
        plan__share_rows(planner, child, parallel);
    const double groups = MIN(whole->groups, MAX(child->op->rows, 1));
    partial->child = child->op;
    partial->strategy = whole->strategy;
    partial->split = PLAN_SPLIT_PARTIAL;
    partial->keys = whole->keys;
    partial->aggregates = whole->aggregates;
    partial->groups = groups;
    Rel *rel = plan__wrap(planner, child, &partial->base, child->op->rows * 0.006, groups);
    rel->op->startup_cost = rel->op->total_cost;
    plan__set_outputs(planner, rel, &row->columns, row, NULL);
    Rel *gathered = plan__gather(planner, rel, parallel, groups * parallel->divisor);
    mark_states(rel->op, whole->keys.count);
    mark_states(gathered->op, whole->keys.count);
    return gathered;
}

/* ---- the whole plan by one worker: debug_parallel_query ---- */

static QTarget *handed_through(Arena *arena, const PlanOp *child, uint32_t column)
{
    const QExpr *from = child->outputs.items[column]->expr;
    QTarget *target = Q_NEW(arena, Target);
    QSlot *slot = Q_NEW(arena, Slot);
    slot->column = (int32_t)column;
    slot->type = from->type;
    slot->typmod = from->typmod;
    slot->collation = from->collation;
    target->expr = &slot->base;
    target->number = (int32_t)column + 1;
    return target;
}

PlanOp *plan__force_worker(Planner *planner, PlanOp *root)
{
    const Settings *settings = planner->state->options->settings;
    if (!planner->state->may_be_parallel || planner->state->subplans.count > 0) return root;
    if (settings->debug_parallel_query == FORCE_OFF) return root;
    PlanGather *op = PLAN_AS(Gather, plan__new_op(planner, PLAN_GATHER, 0, 0, 0));
    if (!can_be_run_by_others(planner, root, ROLE_ALONE, &op->init_params)) return root;
    Arena *arena = planner->state->arena;
    op->base.outputs.items = ARENA_ARRAY(arena, QTarget *, root->outputs.count);
    for (uint32_t i = 0; i < root->outputs.count; i++)
        op->base.outputs.items[op->base.outputs.count++] = handed_through(arena, root, i);
    op->base.startup_cost = root->startup_cost + settings->parallel_setup_cost * setup_share;
    op->base.total_cost = root->total_cost + settings->parallel_setup_cost * setup_share +
                          root->rows * settings->parallel_tuple_cost * tuple_share;
    op->base.rows = root->rows;
    op->base.width = root->width;
    op->base.init_plans = root->init_plans;
    op->child = root;
    op->workers = WORKERS_FORCED;
    op->single_copy = true;
    op->hidden = op->quiet = settings->debug_parallel_query == FORCE_REGRESS;
    return &op->base;
}
