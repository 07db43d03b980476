/* SPDX-License-Identifier: Apache-2.0 */
/* op_index_join.c - a nested loop whose inner side is a look-up in an index, a whole outer batch at a time ("batched
 * key access"): the keys of all its rows are looked up together, sorted, and the rows found are fetched together, each
 * once (index_many.h). What a pair is and what is wanted of it is as in a hash join: pairs first, then the batch's rows
 * without one.
 *
 * Such a loop begins as an ordinary one (op_nested_loop.c), which hands itself over when its inner side allows that. */
#include "exec/ops.h"

#include "base/bitset.h"
#include "base/task.h"
#include "exec/index_many.h"
#include "os/clock.h"
#include "table/row_order.h"

typedef enum IndexJoinPhase { JOIN_NEXT_OUTER, JOIN_PAIRS, JOIN_UNMATCHED } IndexJoinPhase;

typedef struct IndexJoin {
    const PlanNestedLoop *plan;
    bool wants_pairs;
    IndexJoinPhase phase;
    ExprState *keys, *conditions; /* over the outer row; over pairs, NULL: none */
    Vector *key_vectors;
    const Batch *outer;
    Arena *arena; /* of an outer batch: what its keys found */
    IndexFound *found;
    uint32_t found_count, at;
    uint64_t matched[BATCH_ROWS_MAX / 64]; /* by row of the outer vectors */
    uint16_t outer_rows[BATCH_ROWS_MAX], inner_rows[BATCH_ROWS_MAX], passed[BATCH_ROWS_MAX];
    Batch pairs[2];
    Vector *nulls; /* an inner row of NULLs */
} IndexJoin;

/* ---- opening ---- */

static bool is_param_of(const NodeI32s *params, int32_t number, uint32_t *at)
{
    for (*at = 0; *at < params->count; (*at)++)
        if (params->items[*at] == number) return true;
    return false;
}

static bool reads_param(void *arg, void *child)
{
    uint32_t at;
    task_check_stack();
    const QExecParam *param = Q_IF(ExecParam, (QNode *)child);
    if (param != NULL && is_param_of(arg, param->number, &at)) return true;
    return query_walk(child, reads_param, arg);
}

/* The keys' values over the outer row; NULL: one is made of a param in another way than being it. */
static QExpr **key_exprs(Arena *arena, const PlanNestedLoop *plan, const PlanIndexScan *scan)
{
    QExpr **exprs = ARENA_ARRAY(arena, QExpr *, scan->keys.count);
    for (uint32_t i = 0; i < scan->keys.count; i++) {
        uint32_t at;
        QExpr *value = scan->keys.items[i]->value;
        const QExecParam *param = Q_IF(ExecParam, value);
        if (param != NULL && is_param_of(&plan->set_params, param->number, &at))
            value = plan->param_values.items[at];
        else if (reads_param((void *)&plan->set_params, value))
            return NULL;
        exprs[i] = value;
    }
    return exprs;
}

static bool depends_on_outer_row(const PlanNestedLoop *plan, const PlanOp *scan)
{
    void *params = (void *)&plan->set_params;
    for (uint32_t i = 0; i < scan->conditions.count; i++)
        if (reads_param(params, scan->conditions.items[i])) return true;
    for (uint32_t i = 0; i < scan->outputs.count; i++)
        if (reads_param(params, scan->outputs.items[i]->expr)) return true;
    return false;
}

static const Operator op_index_join;

bool index_join_takes(OpState *op)
{
    const PlanNestedLoop *plan = (const PlanNestedLoop *)op->plan;
    const PlanOp *inner = plan->inner;
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    if (!plan->batched || inner->kind != PLAN_INDEX_SCAN || !index_scan_takes_many(op->children[1]))
        return false;
    const PlanIndexScan *scan = (const PlanIndexScan *)inner;
    QExpr **keys = key_exprs(arena, plan, scan);
    if (keys == NULL || depends_on_outer_row(plan, inner)) return false;
    IndexJoin *state = ARENA_NEW(arena, IndexJoin);
    state->plan = plan;
    state->wants_pairs = plan->join == Q_JOIN_INNER || plan->join == Q_JOIN_LEFT;
    state->keys = exec__program(exec, keys, scan->keys.count);
    state->key_vectors = ARENA_ARRAY(arena, Vector, scan->keys.count);
    state->conditions = exec__filter(exec, &plan->join_conditions);
    state->arena = arena_new_child(arena, "index join");
    const RowShape shape = exec__shape(exec, &inner->outputs);
    const uint32_t outer = plan->outer->outputs.count;
    state->pairs[0] = (Batch){.column_count = outer,
                              .columns = ARENA_ARRAY(arena, Vector, outer),
                              .arena = arena_new_child(arena, "pairs")};
    state->pairs[1] = (Batch){.column_count = shape.count,
                              .columns = ARENA_ARRAY(arena, Vector, shape.count)};
    state->nulls = ARENA_ARRAY(arena, Vector, shape.count);
    for (uint32_t i = 0; i < shape.count; i++)
        exec__null_column(&state->nulls[i], arena, shape.types[i], (Phys)shape.physes[i]);
    op->state = state;
    op->code = &op_index_join;
    return true;
}

/* ---- the inner side, with its figures ---- */

typedef struct Measured {
    ExecFigures *figures; /* NULL: nobody asks */
    bool timing;
    int64_t begin;
    TaskUsage usage;
} Measured;

static Measured measure(OpState *inner)
{
    const ExecOptions *options = &inner->exec->options;
    const Task *task = task_self();
    return (Measured){.figures = options->instrument ? &inner->figures : NULL,
                      .timing = options->timing,
                      .begin = options->timing ? os_monotonic_ns() : 0,
                      .usage = task->usage};
}

static void measured(const Measured *m, uint32_t runs)
{
    const Task *task = task_self();
    if (!m->figures) return;
    m->figures->loops += runs;
    if (m->timing) m->figures->total_ns += os_monotonic_ns() - m->begin;
    m->figures->first_ns = m->figures->total_ns;
    task_usage_add_since(&m->figures->usage, task, &m->usage);
}

static bool next_outer(OpState *op, IndexJoin *state, uint32_t demand)
{
    if (!op_pull(op->children[0], demand, &state->outer)) return false;
    const Selection rows = state->outer->selection;
    if (expr_eval(state->keys, &state->outer, 1, rows, state->key_vectors) < rows.count)
        expr_raise(state->keys);
    const Measured m = measure(op->children[1]);
    arena_reset(state->arena);
    state->found_count = index_scan_find(op->children[1], state->key_vectors, rows, state->arena,
                                         &state->found);
    measured(&m, rows.count);
    state->at = 0;
    memset(state->matched, 0, sizeof state->matched);
    return true;
}

/* The next of what was found, at most a batch, as pairs whose inner row is there; how many. */
static uint32_t show_pairs(OpState *op, IndexJoin *state)
{
    const uint32_t count = MIN(state->found_count - state->at, (uint32_t)BATCH_ROWS_MAX);
    const IndexFound *found = state->found + state->at;
    Batch *outer = &state->pairs[0], *inner = &state->pairs[1];
    RowPlace rows[BATCH_ROWS_MAX], spare[BATCH_ROWS_MAX];
    RowId ids[BATCH_ROWS_MAX];
    uint32_t places[BATCH_ROWS_MAX], rank[BATCH_ROWS_MAX], distinct = 0, pairs = 0;
    for (uint32_t i = 0; i < count; i++) rows[i] = row_place(found[i].id, i);
    row_places_sort(rows, spare, count);
    for (uint32_t i = 0; i < count; i++) {
        const RowId id = row_place_row(rows[i]);
        if (distinct == 0 || id.v != ids[distinct - 1].v) ids[distinct++] = id;
        rank[row_place_at(rows[i])] = distinct - 1;
    }
    const Measured m = measure(op->children[1]);
    const Batch *shown = index_scan_show(op->children[1], ids, distinct, places);
    measured(&m, 0);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t place = places[rank[i]];
        if (place == UINT32_MAX) continue;
        state->outer_rows[pairs] = (uint16_t)sel_row(state->outer->selection, found[i].key);
        state->inner_rows[pairs++] = (uint16_t)place;
    }
    state->at += count;
    arena_reset(outer->arena);
    for (uint32_t i = 0; i < outer->column_count && pairs > 0; i++)
        exec__pick_rows(&outer->columns[i], outer->arena, &state->outer->columns[i],
                        state->outer_rows, pairs);
    for (uint32_t i = 0; i < inner->column_count && pairs > 0; i++)
        exec__pick_rows(&inner->columns[i], outer->arena, &shown->columns[i], state->inner_rows,
                        pairs);
    outer->row_count = inner->row_count = pairs;
    outer->selection = inner->selection = (Selection){.count = pairs};
    return pairs;
}

/* ---- pairs, and rows without one ---- */

static void take_pairs(OpState *op, IndexJoin *state)
{
    const Batch *inputs[] = {&state->pairs[0], &state->pairs[1]};
    if (state->at == state->found_count) {
        state->phase = JOIN_UNMATCHED;
        return;
    }
    Selection rows = {.count = show_pairs(op, state)};
    if (rows.count > 0 && state->conditions) {
        rows = (Selection){state->passed,
                           expr_filter(state->conditions, inputs, 2, rows, state->passed)};
        if (expr_has_error(state->conditions)) expr_raise(state->conditions);
    }
    for (uint32_t i = 0; i < rows.count; i++)
        bits_set(state->matched, state->outer_rows[sel_row(rows, i)]);
    if (state->wants_pairs && rows.count > 0) tail_take(op, inputs, 2, rows);
}

static void take_outer(OpState *op, IndexJoin *state)
{
    const Selection rows = state->outer->selection;
    const Batch *inputs[] = {state->outer, &state->pairs[1]};
    const bool wants_matched = state->plan->join == Q_JOIN_SEMI;
    uint32_t count = 0;
    state->phase = JOIN_NEXT_OUTER;
    if (state->plan->join == Q_JOIN_INNER) return;
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t row = sel_row(rows, i);
        state->passed[count] = (uint16_t)row;
        count += bits_get(state->matched, row) == wants_matched;
    }
    memcpy(state->pairs[1].columns, state->nulls, sizeof(Vector) * state->pairs[1].column_count);
    if (count > 0) tail_take(op, inputs, 2, (Selection){state->passed, count});
}

static bool index_join_next(OpState *op, uint32_t rows_max)
{
    IndexJoin *state = OP_STATE(IndexJoin, op);
    for (uint32_t tries = 0;;) {
        task_check();
        if (tail_give(op, rows_max)) return true;
        switch (state->phase) {
        case JOIN_NEXT_OUTER:
            if (!next_outer(op, state, tail_demand(op, rows_max, tries++))) return false;
            state->phase = JOIN_PAIRS;
            break;
        case JOIN_PAIRS: take_pairs(op, state); break;
        case JOIN_UNMATCHED: take_outer(op, state); break;
        }
    }
}

static void index_join_rewind(OpState *op)
{
    IndexJoin *state = OP_STATE(IndexJoin, op);
    state->phase = JOIN_NEXT_OUTER;
    state->found_count = state->at = 0;
    arena_reset(state->arena);
    op_rewind(op->children[0]);
    op_rewind(op->children[1]);
}

static const Operator op_index_join = {.kind = PLAN_NESTED_LOOP,
                                       .title = "Nested Loop",
                                       .state_bytes = sizeof(IndexJoin),
                                       .next = index_join_next,
                                       .rewind = index_join_rewind};
