/* SPDX-License-Identifier: Apache-2.0 */
/* op_merge_join.c - both sides come in the order of the keys: inner rows of one key (a group) are held, and every outer
 * row of that key meets them.
 *
 * Keys are entries (sort_keys.h), made a batch at a time. Inner rows are appended to a window as they come; the group
 * at hand is a range of it, what stands before the group is dropped when it has become much. A group that is more than
 * work_mem is in a file, as the window's store has it. Pairs are made for an outer batch, across groups, as long as
 * their inner rows stand in one chunk of the window: so both sides are dictionaries, and no value is copied.
 *
 * A row with a NULL in its keys matches nothing: an outer one is passed over, an inner one is a group that no outer
 * row equals. Rows of INNER, SEMI and ANTI joins come in the order of the outer side. */
#include "exec/ops.h"

#include "base/bitset.h"
#include "base/task.h"
#include "exec/join_facts.h"
#include "exec/rowstore.h"
#include "exec/sort_keys.h"
#include "exec/spill.h"

/* From so many rows before the group on, the window is cut. */
enum { WINDOW_ROWS = 4 * BATCH_ROWS_MAX };

typedef enum MergePhase {
    MERGE_NEXT_OUTER,
    MERGE_PAIRS,
    MERGE_UNMATCHED,
    MERGE_REST,
    MERGE_END
} MergePhase;

typedef struct MergeSide {
    ExprState *program;
    Vector *vectors;
    SortKeys keys;
    SortOrder order;    /* to compare its entries with the group's */
    SortEntry *entries; /* of the batch at hand, by place in its selection */
    Arena *arena;       /* their bytes */
    const Batch *batch;
} MergeSide;

typedef struct MergeState {
    const PlanMergeJoin *plan;
    JoinFacts facts;
    MergePhase phase;
    ExprState *conditions;
    MergeSide outer, inner;
    /* outer */
    uint64_t null_keys[BATCH_ROWS_MAX / 64]; /* by place */
    uint64_t matched[BATCH_ROWS_MAX / 64];   /* by row of the vectors */
    uint32_t at;                             /* place of the outer row at work */
    bool in_row;                             /* it has the group's key */
    /* inner: rows [group_from, group_to) of the window; the row at group_to stands at `place` of the batch */
    RowStore *window;
    RowReader *reader;
    uint32_t group_from, group_to, in_group, place;
    bool has_group, inner_ended;
    SortEntry group;
    Datum *group_values; /* where keys may have been cut */
    Arena *group_arena, *window_arena;
    uint64_t *inner_matched; /* by row of the window; NULL: nobody asks */
    uint32_t matched_words;
    uint32_t rest_at, rest_to; /* inner rows that are looked through for those without a match */
    bool draining;             /* the outer side has ended */
    /* pairs */
    uint16_t *outer_rows, *inner_rows, *passed;
    Batch pairs[2], view;
    Vector *null_inner, *null_outer;
} MergeState;

/* ---- opening ---- */

static int compare_with_group(const MergeState *state, const MergeSide *side, uint32_t place)
{
    const uint32_t row = sel_row(side->batch->selection, place);
    for (uint32_t c = 0; c < side->keys.count; c++) {
        const int order = sort_keys_compare_value(&side->keys, c,
                                                  vector_get(&side->vectors[c], row),
                                                  state->group_values[c]);
        if (order != 0) return order;
    }
    return 0;
}

static int compare_outer_values(const void *arg, uint32_t row, uint32_t other)
{
    const MergeState *state = arg;
    (void)other;
    return compare_with_group(state, &state->outer, row);
}

static int compare_inner_values(const void *arg, uint32_t row, uint32_t other)
{
    const MergeState *state = arg;
    (void)other;
    return compare_with_group(state, &state->inner, row);
}

static void open_side(Exec *exec, MergeState *state, MergeSide *side, const PlanSortKeyList *keys,
                      int (*compare)(const void *arg, uint32_t row, uint32_t other))
{
    SortColumn *columns = sort_columns(exec, keys, &side->program);
    for (uint32_t i = 0; i < keys->count; i++)
        columns[i].one_shape = false; /* the other side's may be another */
    sort_keys_init(&side->keys, exec, columns, keys->count);
    side->vectors = ARENA_ARRAY(exec->arena, Vector, keys->count);
    side->entries = arena_alloc_array(exec->arena, BATCH_ROWS_MAX, sizeof *side->entries);
    side->arena = arena_new_child(exec->arena, "merge keys");
    side->order = (SortOrder){.prefix_only = side->keys.prefix_only,
                              .compare_values = side->keys.may_be_cut ? compare : NULL,
                              .arg = state,
                              .values_above = side->keys.exact_bytes};
}

static void merge_open(OpState *op)
{
    const PlanMergeJoin *plan = (const PlanMergeJoin *)op->plan;
    MergeState *state = OP_STATE(MergeState, op);
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    state->plan = plan;
    state->facts = join_facts(plan->join);
    op->children[0] = exec__open_op(exec, plan->outer);
    op->children[1] = exec__open_op(exec, plan->inner);
    open_side(exec, state, &state->outer, &plan->outer_keys, compare_outer_values);
    open_side(exec, state, &state->inner, &plan->inner_keys, compare_inner_values);
    state->conditions = exec__filter(exec, &plan->join_conditions);
    const RowShape outer = exec__shape(exec, &plan->outer->outputs),
                   inner = exec__shape(exec, &plan->inner->outputs);
    state->window = rows_new(arena, &inner);
    rows_spill_to(state->window, spill_open(exec), spill_budget(exec, false));
    state->reader = reader_new(state->window, arena, 1);
    state->group_arena = arena_new_child(arena, "merge group");
    state->window_arena = arena_new_child(arena, "merge matches");
    state->group_values = ARENA_ARRAY(arena, Datum, plan->inner_keys.count);
    state->outer_rows = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *state->outer_rows);
    state->inner_rows = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *state->inner_rows);
    state->passed = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *state->passed);
    state->null_outer = join_null_columns(arena, &outer);
    state->null_inner = join_null_columns(arena, &inner);
    state->pairs[0] = (Batch){.column_count = outer.count,
                              .columns = ARENA_ARRAY(arena, Vector, outer.count)};
    state->pairs[1] = (Batch){.column_count = inner.count,
                              .columns = ARENA_ARRAY(arena, Vector, inner.count),
                              .arena = arena_new_child(arena, "pairs")};
    state->view = (Batch){.column_count = inner.count,
                          .columns = ARENA_ARRAY(arena, Vector, inner.count)};
}

/* ---- the sides ---- */

static bool next_batch(OpState *child, MergeSide *side, uint32_t demand)
{
    if (!op_pull(child, demand, &side->batch)) return false;
    const Selection rows = side->batch->selection;
    task_check();
    if (expr_eval(side->program, &side->batch, 1, rows, side->vectors) < rows.count)
        expr_raise(side->program);
    arena_reset(side->arena);
    sort_keys_make(&side->keys, side->vectors, rows, side->entries, side->arena);
    return true;
}

static void note_null_keys(MergeState *state)
{
    const Selection rows = state->outer.batch->selection;
    memset(state->null_keys, 0, sizeof state->null_keys);
    for (uint32_t c = 0; c < state->outer.keys.count; c++) {
        const Vector *key = &state->outer.vectors[c];
        for (uint32_t i = 0; key->nulls && i < rows.count; i++)
            if (vector_is_null(key, sel_row(rows, i))) bits_set(state->null_keys, i);
    }
}

static bool next_outer(OpState *op, MergeState *state, uint32_t demand)
{
    if (!next_batch(op->children[0], &state->outer, demand)) return false;
    note_null_keys(state);
    memset(state->matched, 0, sizeof state->matched);
    state->at = 0;
    state->in_row = false;
    return true;
}

/* Room for the matches of the window's rows. */
static void reserve_matches(MergeState *state)
{
    const uint32_t words = (uint32_t)bits_words(rows_count(state->window));
    if (!join_notes_inner(state->facts) || words <= state->matched_words) return;
    const uint32_t wanted = MAX(2 * state->matched_words, words);
    state->inner_matched = arena_grow(state->window_arena, state->inner_matched,
                                      state->matched_words * sizeof(uint64_t),
                                      wanted * sizeof(uint64_t));
    memset(state->inner_matched + state->matched_words, 0,
           (wanted - state->matched_words) * sizeof(uint64_t));
    state->matched_words = wanted;
}

static bool next_inner(OpState *op, MergeState *state)
{
    if (state->inner_ended || !next_batch(op->children[1], &state->inner, BATCH_ROWS_MAX)) {
        state->inner_ended = true;
        return false;
    }
    rows_append(state->window, state->inner.batch->columns, state->inner.batch->selection);
    reserve_matches(state);
    state->place = 0;
    return true;
}

static bool has_inner_row(OpState *op, MergeState *state)
{
    const Batch *batch = state->inner.batch;
    return (batch && state->place < batch->selection.count) || next_inner(op, state);
}

/* ---- groups ---- */

/* The group's key is that of the inner row at `place`. */
static void set_group(MergeState *state)
{
    const MergeSide *inner = &state->inner;
    const uint32_t row = sel_row(inner->batch->selection, state->place);
    state->group = inner->entries[state->place];
    if (!state->group.key) return;
    arena_reset(state->group_arena);
    state->group.key = arena_copy(state->group_arena, state->group.key, state->group.bytes);
    for (uint32_t c = 0; inner->keys.may_be_cut && c < inner->keys.count; c++) {
        Datum *value = &state->group_values[c];
        *value = vector_get(&inner->vectors[c], row);
        if (!value->null)
            value->value = value_copy(state->group_arena, inner->keys.calls[c].type->phys,
                                      value->value);
    }
}

static bool is_in_group(const MergeState *state)
{
    return entries_compare(&state->inner.order, &state->inner.entries[state->place],
                           &state->group) == 0;
}

static void next_group(OpState *op, MergeState *state)
{
    state->group_from = state->group_to;
    state->has_group = has_inner_row(op, state);
    if (!state->has_group) return;
    set_group(state);
    do {
        state->group_to++;
        state->place++;
    } while (has_inner_row(op, state) && is_in_group(state));
}

/* Drops the rows up to group_to; those behind it are all of the batch at hand. */
static void cut_window(MergeState *state)
{
    const Batch *batch = state->inner.batch;
    uint16_t left[BATCH_ROWS_MAX];
    uint32_t count = 0;
    rows_clear(state->window);
    arena_reset(state->window_arena);
    state->inner_matched = NULL;
    state->matched_words = 0;
    state->group_from = state->group_to = state->rest_at = state->rest_to = 0;
    state->has_group = false;
    const uint32_t end = batch && !state->inner_ended ? batch->selection.count : 0;
    for (uint32_t i = state->place; i < end; i++)
        left[count++] = (uint16_t)sel_row(batch->selection, i);
    if (count > 0) rows_append(state->window, batch->columns, (Selection){left, count});
    reserve_matches(state);
}

/* ---- pairs ---- */

/* Brings the group to the key of the outer row at work, or beyond; `equal`: it is there. False: what stands before the
 * group is to be cut off first, which `may_cut` says is not to be done here. */
static bool seek_group(OpState *op, MergeState *state, bool may_cut, bool *equal)
{
    const SortEntry *entry = &state->outer.entries[state->at];
    *equal = false;
    for (;;) {
        if (state->has_group) {
            const int order = entries_compare(&state->outer.order, entry, &state->group);
            *equal = order == 0;
            if (order <= 0) return true;
        }
        if (state->group_to >= WINDOW_ROWS) {
            if (!may_cut) return false;
            cut_window(state);
        }
        next_group(op, state);
        if (!state->has_group) return true;
    }
}

static void leave_row(MergeState *state)
{
    state->in_row = false;
    state->at++;
}

/* Pairs of the outer row at work with rows of its group that stand in the chunk of those that are there. */
static uint32_t add_pairs(MergeState *state, uint32_t count, uint32_t *chunk)
{
    const uint32_t here = state->in_group / BATCH_ROWS_MAX;
    if (count > 0 && here != *chunk) return count;
    *chunk = here;
    const uint16_t row = (uint16_t)sel_row(state->outer.batch->selection, state->at);
    const uint32_t end = MIN(state->group_to, (here + 1) * BATCH_ROWS_MAX);
    const uint32_t take = MIN(end - state->in_group, BATCH_ROWS_MAX - count);
    for (uint32_t i = 0; i < take; i++, count++) {
        state->outer_rows[count] = row;
        state->inner_rows[count] = (uint16_t)(state->in_group++ % BATCH_ROWS_MAX);
    }
    if (state->in_group == state->group_to) leave_row(state);
    return count;
}

/* The next pairs of the outer batch, all of inner rows of one chunk. None before the batch's end: the window is to be
 * cut. */
static uint32_t make_pairs(OpState *op, MergeState *state, uint32_t *chunk)
{
    const Selection rows = state->outer.batch->selection;
    const bool notes_inner = join_notes_inner(state->facts);
    uint32_t count = 0;
    while (state->at < rows.count && count < BATCH_ROWS_MAX) {
        const uint32_t row = sel_row(rows, state->at);
        if (!state->in_row) {
            bool equal = false;
            if (!bits_get(state->null_keys, state->at) &&
                !seek_group(op, state, count == 0 && !notes_inner, &equal))
                return count;
            state->in_row = equal;
            state->in_group = state->group_from;
        }
        if (state->in_row && !state->facts.pairs && !state->conditions)
            bits_set(state->matched, row);
        const bool known = !state->facts.pairs && bits_get(state->matched, row);
        if (!state->in_row || (known && !notes_inner)) {
            leave_row(state);
            continue;
        }
        const uint32_t before = count;
        count = add_pairs(state, count, chunk);
        if (count == before) break;
    }
    return count;
}

static void show_pairs(MergeState *state, uint32_t chunk, uint32_t count)
{
    Batch *outer = &state->pairs[0], *inner = &state->pairs[1];
    (void)reader_view(state->reader, chunk * BATCH_ROWS_MAX, 1, state->view.columns);
    arena_reset(inner->arena);
    for (uint32_t i = 0; i < outer->column_count; i++)
        exec__pick_rows(&outer->columns[i], inner->arena, &state->outer.batch->columns[i],
                        state->outer_rows, count);
    for (uint32_t i = 0; i < inner->column_count; i++)
        exec__pick_rows(&inner->columns[i], inner->arena, &state->view.columns[i],
                        state->inner_rows, count);
    outer->row_count = inner->row_count = count;
    outer->selection = inner->selection = (Selection){.count = count};
}

/* Makes pairs, asks the conditions, notes matches; the pairs that are wanted go to the tail. */
static void join_pairs(OpState *op, MergeState *state)
{
    const Batch *inputs[] = {&state->pairs[0], &state->pairs[1]};
    uint32_t chunk = 0;
    const uint32_t count = make_pairs(op, state, &chunk);
    Selection rows = {.count = count};
    if (count == 0) {
        const bool ended = state->at == state->outer.batch->selection.count;
        state->rest_to = state->group_to;
        state->phase = ended ? MERGE_UNMATCHED : MERGE_REST;
        return;
    }
    show_pairs(state, chunk, count);
    if (state->conditions) {
        rows = (Selection){state->passed,
                           expr_filter(state->conditions, inputs, 2, rows, state->passed)};
        if (expr_has_error(state->conditions)) expr_raise(state->conditions);
    }
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t pair = sel_row(rows, i);
        bits_set(state->matched, state->outer_rows[pair]);
        if (state->inner_matched)
            bits_set(state->inner_matched, chunk * BATCH_ROWS_MAX + state->inner_rows[pair]);
    }
    if (state->facts.pairs && rows.count > 0) tail_take(op, inputs, 2, rows);
}

/* ---- rows alone ---- */

/* Outer rows without a match, or for SEMI those with one. */
static void take_outer(OpState *op, MergeState *state)
{
    const Selection rows = state->outer.batch->selection;
    const Batch *inputs[] = {state->outer.batch, &state->pairs[1]};
    uint32_t count = 0;
    state->phase = MERGE_NEXT_OUTER;
    if (!state->facts.outer_unmatched && !state->facts.semi) return;
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t row = sel_row(rows, i);
        state->passed[count] = (uint16_t)row;
        count += bits_get(state->matched, row) == state->facts.semi;
    }
    memcpy(state->pairs[1].columns, state->null_inner,
           sizeof(Vector) * state->pairs[1].column_count);
    if (count > 0) tail_take(op, inputs, 2, (Selection){state->passed, count});
}

/* Inner rows of the window without a match, or for RIGHT SEMI those with one; then the window goes on. */
static void take_rest(OpState *op, MergeState *state)
{
    const Batch *inputs[] = {&state->pairs[0], &state->view};
    while (join_notes_inner(state->facts) && state->rest_at < state->rest_to) {
        const Selection rows = reader_view(state->reader, state->rest_at,
                                           state->rest_to - state->rest_at, state->view.columns);
        uint32_t count = 0;
        for (uint32_t i = 0; i < rows.count; i++) {
            state->passed[count] = (uint16_t)sel_row(rows, i);
            count += bits_get(state->inner_matched, state->rest_at + i) == state->facts.inner_semi;
        }
        state->rest_at += rows.count;
        if (count == 0) continue;
        memcpy(state->pairs[0].columns, state->null_outer,
               sizeof(Vector) * state->pairs[0].column_count);
        tail_take(op, inputs, 2, (Selection){state->passed, count});
        return;
    }
    if (!state->draining) {
        cut_window(state);
        state->phase = MERGE_PAIRS;
        return;
    }
    state->group_to = rows_count(state->window);
    state->place = state->inner.batch ? state->inner.batch->selection.count : 0;
    cut_window(state);
    if (next_inner(op, state))
        state->rest_to = rows_count(state->window);
    else
        state->phase = MERGE_END;
}

/* The outer side has come to its end, or nothing can meet what is left of it. */
static void end_outer(MergeState *state)
{
    state->phase = join_notes_inner(state->facts) ? MERGE_REST : MERGE_END;
    state->draining = true;
    state->rest_to = rows_count(state->window);
}

static bool merge_next_rows(OpState *op, uint32_t rows_max)
{
    MergeState *state = OP_STATE(MergeState, op);
    const bool outer_alone = state->facts.outer_unmatched;
    for (uint32_t tries = 0;;) {
        task_check();
        if (tail_give(op, rows_max)) return true;
        switch (state->phase) {
        case MERGE_NEXT_OUTER:
            if ((!outer_alone && state->inner_ended && !state->has_group) ||
                !next_outer(op, state, tail_demand(op, rows_max, tries++)))
                end_outer(state);
            else
                state->phase = MERGE_PAIRS;
            break;
        case MERGE_PAIRS: join_pairs(op, state); break;
        case MERGE_UNMATCHED: take_outer(op, state); break;
        case MERGE_REST: take_rest(op, state); break;
        case MERGE_END: return false;
        }
    }
}

static void merge_rewind(OpState *op)
{
    MergeState *state = OP_STATE(MergeState, op);
    state->place = 0;
    state->inner.batch = state->outer.batch = NULL;
    state->inner_ended = true;
    cut_window(state);
    state->inner_ended = state->draining = state->in_row = false;
    state->phase = MERGE_NEXT_OUTER;
    op_rewind(op->children[0]);
    op_rewind(op->children[1]);
}

const Operator op_merge_join = {.kind = PLAN_MERGE_JOIN,
                                .title = "Merge Join",
                                .state_bytes = sizeof(MergeState),
                                .open = merge_open,
                                .next = merge_next_rows,
                                .rewind = merge_rewind};
