/* SPDX-License-Identifier: Apache-2.0 */
/* op_hash_join.c - the inner side into a hash table, the outer side against it.
 *
 * The table maps distinct keys to groups; the inner rows of a group stand together in one array of row numbers, so that
 * a probe gives a range. Pairs are made for a whole outer batch, a batch's worth at a time: outer columns as
 * dictionaries, inner rows gathered. Join conditions beyond the keys filter the pairs; what is left marks outer and
 * inner rows as matched, which LEFT, RIGHT, FULL, SEMI and ANTI then ask.
 *
 * An outer row with a NULL in its keys matches nothing, nor does an inner one: such inner rows are kept only where
 * unmatched inner rows are wanted.
 *
 * An inner side that is more than may be held is cut into parts by the keys' hash, and the outer side likewise (a Grace
 * hash join, Kitsuregawa et al. 1983); the parts are then joined one after the other, and cut again where one is still
 * too large, unless all its rows have gone to one part: then they are of one key and cutting is of no use.
 *
 * Below a Gather there is one table for all who probe it (hash_join_shared.c). Kinds that give inner rows by their
 * matches note these together, and the last to probe gives them. */
#include "exec/ops.h"

#include "base/bitset.h"
#include "base/task.h"
#include "exec/hash_join.h"

/* ---- opening ---- */

static void join_open(OpState *op)
{
    const PlanHashJoin *plan = (const PlanHashJoin *)op->plan;
    JoinState *state = OP_STATE(JoinState, op);
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    const uint32_t keys = plan->inner_keys.count;
    state->plan = plan;
    state->facts = join_facts(plan->join);
    op->children[0] = exec__open_op(exec, plan->outer);
    op->children[1] = exec__open_op(exec, plan->inner);
    state->outer_keys = exec__program(exec, plan->outer_keys.items, keys);
    QExpr **inner = ARENA_ARRAY(arena, QExpr *, keys);
    KeyColumn *columns = ARENA_ARRAY(arena, KeyColumn, keys);
    for (uint32_t i = 0; i < keys; i++) {
        inner[i] = plan->inner_keys.items[i];
        columns[i].type = inner[i]->type;
        columns[i].collation = i < plan->collations.count ? (Oid)plan->collations.items[i]
                                                          : inner[i]->collation;
        if (plan->outer_keys.items[i]->type != inner[i]->type &&
            type_get(exec->options.env, plan->outer_keys.items[i]->type)->phys !=
                type_get(exec->options.env, inner[i]->type)->phys)
            raise_error(SQLSTATE_INTERNAL_ERROR, "keys of a hash join have different types");
    }
    state->inner_keys = exec__program(exec, inner, keys);
    state->key_vectors = ARENA_ARRAY(arena, Vector, keys);
    state->list_columns = ARENA_ARRAY(arena, Vector, keys + 1);
    state->conditions = exec__filter(exec, &plan->join_conditions);
    state->table = keys_new(arena, exec->options.env, columns, keys, false);
    state->inner_shape = exec__shape(exec, &plan->inner->outputs);
    state->outer_shape = exec__shape(exec, &plan->outer->outputs);
    state->inner = rows_new(arena, &state->inner_shape);
    state->outer_rows = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *state->outer_rows);
    state->inner_rows = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *state->inner_rows);
    state->passed = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *state->passed);
    state->null_inner = join_null_columns(arena, &state->inner_shape);
    state->null_outer = join_null_columns(arena, &state->outer_shape);
    state->pairs[0] = (Batch){.column_count = state->outer_shape.count,
                              .columns = ARENA_ARRAY(arena, Vector, state->outer_shape.count)};
    state->pairs[1] = (Batch){.column_count = state->inner_shape.count,
                              .columns = ARENA_ARRAY(arena, Vector, state->inner_shape.count),
                              .arena = arena_new_child(arena, "pairs")};
    state->stored = (Batch){.column_count = state->inner_shape.count,
                            .columns = ARENA_ARRAY(arena, Vector, state->inner_shape.count)};
    state->budget = spill_budget(exec, true);
    state->file = spill_open(exec);
    state->parts_arena = arena_new_child(arena, "parts");
    if (plan->filters.count > 0) state->filter_arena = arena_new_child(arena, "runtime filters");
    if (plan->shared && exec->group) hash_join_share(op, state);
}

/* ---- parts ---- */

bool hash_join_pull(OpState *op, JoinState *state, int side, uint32_t demand, const Batch **batch)
{
    if (!state->part) return op_pull(op->children[side], demand, batch);
    SpillStream *stream = side == 0 ? state->part->left : state->part->right;
    return stream != NULL && stream_next(stream, batch);
}

void hash_join_add_to_parts(JoinState *state, int side, const Batch *batch)
{
    uint64_t hashes[BATCH_ROWS_MAX];
    const Selection rows = batch->selection;
    ExprState *keys = side == 0 ? state->outer_keys : state->inner_keys;
    SpillParts *parts = side == 0 ? &state->outer_parts : &state->inner_parts;
    if (expr_eval(keys, &batch, 1, rows, state->key_vectors) < rows.count) expr_raise(keys);
    keys_hashes(state->table, state->key_vectors, rows, hashes);
    parts_add(parts, batch->columns, rows, hashes);
}

void hash_join_cut(JoinState *state)
{
    const uint32_t level = state->part ? state->part->level : 0;
    parts_init(&state->outer_parts, state->file, state->parts_arena, &state->outer_shape, level,
               state->budget);
    parts_init(&state->inner_parts, state->file, state->parts_arena, &state->inner_shape, level,
               state->budget);
    for (uint32_t at = 0; at < rows_count(state->inner);) {
        state->stored.selection = rows_view(state->inner, at, BATCH_ROWS_MAX,
                                            state->stored.columns);
        hash_join_add_to_parts(state, 1, &state->stored);
        at += state->stored.selection.count;
    }
    keys_clear(state->table);
    rows_clear(state->inner);
    state->is_cut = true;
}

static bool is_too_large(const JoinState *state)
{
    if (state->budget == UINT64_MAX) return false;
    if (state->part && state->part->level >= SPILL_LEVELS_MAX) return false;
    /* the two arrays of row numbers are still to come */
    return keys_bytes(state->table) + arena_used(rows_arena(state->inner)) +
               rows_count(state->inner) * 2 * sizeof(uint32_t) >
           state->budget;
}

/* The inner side has come to its end: the outer one goes to parts too, and all of them wait. */
static void finish_cut(OpState *op, JoinState *state)
{
    const Batch *batch;
    const JoinFacts facts = state->facts;
    uint64_t most = 0, total = 0;
    while (hash_join_pull(op, state, 0, BATCH_ROWS_MAX, &batch))
        hash_join_add_to_parts(state, 0, batch);
    for (uint32_t p = 0; p < SPILL_PARTS; p++) {
        const SpillStream *stream = state->inner_parts.streams[p];
        const uint64_t rows = stream != NULL ? stream_rows(stream) : 0;
        most = MAX(most, rows);
        total += rows;
    }
    if (most == total) /* cutting again would give this part again */
        state->outer_parts.level = state->inner_parts.level = SPILL_LEVELS_MAX - 1;
    state->waiting = pairs_push(state->waiting, &state->outer_parts, &state->inner_parts,
                                !facts.inner_unmatched, !facts.outer_unmatched);
    state->is_cut = false;
}

void hash_join_note_figures(OpState *op, const JoinState *state)
{
    ExecFigures *figures = &op->figures;
    const uint64_t memory = keys_bytes(state->table) + arena_used(rows_arena(state->inner));
    figures->memory_bytes = MAX(figures->memory_bytes, memory);
    figures->disk_bytes = MAX(figures->disk_bytes, spill_bytes(state->file));
    figures->passes += state->part != NULL;
}

/* ---- building ---- */

/* Rows by group, from the group of each row. */
static void group_rows(JoinState *state, const uint32_t *group_of, uint32_t count, Arena *arena)
{
    const uint32_t groups = keys_count(state->table);
    state->one_each = groups == count;
    state->starts = state->by_group = NULL;
    if (state->one_each) return;
    state->starts = ARENA_ARRAY(arena, uint32_t, (size_t)groups + 2);
    state->by_group = arena_alloc_array(arena, count, sizeof *state->by_group);
    uint32_t *next = state->starts + 1; /* shifted by one: ends become starts while filling */
    for (uint32_t row = 0; row < count; row++)
        if (group_of[row] != KEY_NONE) next[group_of[row] + 1]++;
    for (uint32_t g = 0; g < groups; g++) next[g + 1] += next[g];
    for (uint32_t row = 0; row < count; row++)
        if (group_of[row] != KEY_NONE) state->by_group[next[group_of[row]]++] = row;
}

void hash_join_note_nulls(JoinState *state, Selection rows)
{
    if (!state->plan->null_aware || state->part) return;
    state->any_inner |= rows.count > 0;
    for (uint32_t i = 0; i < rows.count && !state->null_inner_key; i++)
        state->null_inner_key = vector_is_null(&state->key_vectors[0], sel_row(rows, i));
}

/* ---- runtime filters ---- */

enum { FILTER_KEYS_MAX = 1 << 22, FILTER_WORD_KEYS = 4, MEMBER_BITS_FREE = 1 << 20 };

typedef void (*FilterStep)(RuntimeFilter *filter, uint64_t *words, const Datum *key);

/* The tables that have the keys, and how many these are. */
typedef struct FilterKeys {
    KeyTable *const *tables;
    uint32_t table_count, count;
} FilterKeys;

/* For every key of the column. */
static void each_key(const JoinState *state, const FilterKeys *keys, uint32_t key,
                     RuntimeFilter *filter, uint64_t *words, FilterStep step)
{
    Vector *columns = ARENA_ARRAY(state->filter_arena, Vector, state->plan->inner_keys.count);
    for (uint32_t t = 0; t < keys->table_count; t++) {
        const uint32_t count = keys_count(keys->tables[t]);
        for (uint32_t at = 0; at < count;) {
            const Selection rows = keys_view(keys->tables[t], at, BATCH_ROWS_MAX, columns);
            task_check();
            filter->phys = columns[key].phys;
            for (uint32_t i = 0; i < rows.count; i++) {
                const Datum value = vector_get(&columns[key], sel_row(rows, i));
                if (!value.null) step(filter, words, &value);
            }
            at += rows.count;
        }
    }
}

static int64_t integer_of(const RuntimeFilter *filter, const Datum *key)
{
    return filter->phys == PHYS_I16   ? key->value.i16
           : filter->phys == PHYS_I32 ? key->value.i32
                                      : key->value.i64;
}

/* words: the least and the greatest. */
static void step_bounds(RuntimeFilter *filter, uint64_t *words, const Datum *key)
{
    int64_t *bounds = (int64_t *)words;
    const int64_t value = integer_of(filter, key);
    bounds[0] = MIN(bounds[0], value);
    bounds[1] = MAX(bounds[1], value);
}

static void step_member(RuntimeFilter *filter, uint64_t *words, const Datum *key)
{
    bits_set(words, (uint64_t)integer_of(filter, key) - (uint64_t)filter->low);
}

static void step_hash(RuntimeFilter *filter, uint64_t *words, const Datum *key)
{
    predicate_hash_add(words, filter->limit, value_hash((Phys)filter->phys, key->value));
}

/* Integers that lie close together, as keys that were counted do, are a bit each; others are hashed. */
static bool fill_members(JoinState *state, const FilterKeys *keys, uint32_t key,
                         RuntimeFilter *filter)
{
    int64_t bounds[2] = {INT64_MAX, INT64_MIN};
    const Phys phys = (Phys)type_get(NULL, state->plan->inner_keys.items[key]->type)->phys;
    if (phys < PHYS_I16 || phys > PHYS_I64) return false;
    each_key(state, keys, key, filter, (uint64_t *)bounds, step_bounds);
    const uint64_t span = (uint64_t)bounds[1] - (uint64_t)bounds[0];
    const uint64_t bits_max = MAX((uint64_t)keys->count * 32, MEMBER_BITS_FREE);
    if (bounds[0] > bounds[1] || span >= bits_max) return false;
    filter->op = PREDICATE_MEMBER;
    filter->low = bounds[0];
    filter->limit = (uint32_t)span + 1;
    uint64_t *words = ARENA_ARRAY(state->filter_arena, uint64_t, bits_words(filter->limit));
    each_key(state, keys, key, filter, words, step_member);
    filter->words = words;
    return true;
}

/* Where more of the scan's values than this have a partner, to ask all of its rows does not pay. */
static const double FILTER_SHARE_MAX = 0.6;

static void fill_filter(JoinState *state, const FilterKeys *keys, const PlanRuntimeFilter *plan,
                        RuntimeFilter *filter)
{
    const uint32_t count = keys->count, key = (uint32_t)plan->column;
    uint32_t words = 1;
    if (count == 0) return; /* the outer side is not asked at all */
    if (count > plan->distinct * FILTER_SHARE_MAX) return;
    if (fill_members(state, keys, key, filter)) return;
    while (words * FILTER_WORD_KEYS < count) words *= 2;
    filter->op = PREDICATE_HASH_FILTER;
    filter->limit = words - 1;
    uint64_t *memory = ARENA_ARRAY(state->filter_arena, uint64_t, words);
    each_key(state, keys, key, filter, memory, step_hash);
    filter->words = memory;
}

void hash_join_fill_filters(OpState *op, JoinState *state, KeyTable *const *tables, uint32_t count)
{
    const PlanRuntimeFilterList *filters = &state->plan->filters;
    FilterKeys keys = {tables, count, 0};
    for (uint32_t t = 0; t < count; t++) keys.count += keys_count(tables[t]);
    if (state->part || keys.count > FILTER_KEYS_MAX) return;
    for (uint32_t i = 0; i < filters->count; i++)
        fill_filter(state, &keys, filters->items[i], &op->exec->filters[filters->items[i]->number]);
}

static void drop_filters(OpState *op, JoinState *state)
{
    const PlanRuntimeFilterList *filters = &state->plan->filters;
    for (uint32_t i = 0; i < filters->count; i++)
        op->exec->filters[filters->items[i]->number].words = NULL;
    if (state->filter_arena) arena_reset(state->filter_arena);
}

static double part_rows(const SpillStream *stream)
{
    return stream ? (double)stream_rows(stream) : 0;
}

void hash_join_build(OpState *op, JoinState *state)
{
    const Batch *batch;
    Arena *arena = rows_arena(state->inner);
    uint32_t *group_of = NULL, capacity = 0;
    const double expected = state->part ? part_rows(state->part->right) : state->plan->inner->rows;
    keys_expect(state->table, expected, state->budget / 2);
    while (hash_join_pull(op, state, 1, BATCH_ROWS_MAX, &batch)) {
        const uint32_t first = rows_count(state->inner);
        if (state->is_cut) {
            hash_join_add_to_parts(state, 1, batch);
            hash_join_note_nulls(state, batch->selection);
            continue;
        }
        if (expr_eval(state->inner_keys, &batch, 1, batch->selection, state->key_vectors) <
            batch->selection.count)
            expr_raise(state->inner_keys);
        hash_join_note_nulls(state, batch->selection);
        rows_append(state->inner, batch->columns, batch->selection);
        if (capacity < first + BATCH_ROWS_MAX) {
            const uint32_t wanted = MAX(capacity * 2, first + BATCH_ROWS_MAX);
            group_of = arena_grow(arena, group_of, sizeof *group_of * capacity,
                                  sizeof *group_of * wanted);
            capacity = wanted;
        }
        keys_add(state->table, state->key_vectors, batch->selection, group_of + first);
        if (is_too_large(state)) hash_join_cut(state);
    }
    if (state->is_cut) {
        finish_cut(op, state);
        state->phase = JOIN_NEXT_PART;
        return;
    }
    hash_join_fill_filters(op, state, &state->table, 1);
    const uint32_t count = rows_count(state->inner);
    group_rows(state, group_of, count, arena);
    if (notes_inner(state))
        state->inner_matched = arena_alloc_array_zero(arena, bits_words(count) + 1,
                                                      sizeof *state->inner_matched);
    hash_join_note_figures(op, state);
    state->phase = JOIN_NEXT_OUTER;
}

static void build(OpState *op, JoinState *state)
{
    if (state->part || !state->shared)
        hash_join_build(op, state);
    else
        hash_join_build_shared(op, state);
    const bool needs_match = !state->facts.outer_unmatched && !state->facts.inner_unmatched;
    if (state->phase == JOIN_NEXT_OUTER && needs_match && keys_count(state->table) == 0)
        state->phase = JOIN_NEXT_PART;
    if (state->phase == JOIN_NEXT_OUTER && hash_join_is_shared(state))
        hash_join_begin_probing(op, state);
}

static void next_part(JoinState *state)
{
    if (state->part) pair_drop(state->part);
    state->part = NULL;
    if (!state->waiting && state->shared) hash_join_take_pair(state);
    state->part = state->waiting;
    if (!state->part) {
        state->phase = JOIN_END;
        return;
    }
    state->waiting = state->part->next;
    keys_clear(state->table);
    rows_clear(state->inner);
    state->inner_matched = NULL;
    state->rest_at = 0;
    state->phase = JOIN_BUILD;
}

/* ---- probing ---- */

static bool next_outer(OpState *op, JoinState *state, uint32_t demand)
{
    if (!hash_join_pull(op, state, 0, demand, &state->outer)) return false;
    const Selection rows = state->outer->selection;
    if (expr_eval(state->outer_keys, &state->outer, 1, rows, state->key_vectors) < rows.count)
        expr_raise(state->outer_keys);
    keys_find(state->table, state->key_vectors, rows, state->groups);
    memset(state->matched, 0, sizeof state->matched);
    state->at = state->in_group = 0;
    return true;
}

static bool is_noted(const JoinState *state, uint32_t row)
{
    return atomic_load_explicit(&state->inner_matched[row / 64], memory_order_relaxed) >>
               (row % 64) &
           1;
}

static void note_inner(JoinState *state, uint32_t row)
{
    if (is_noted(state, row)) return;
    atomic_fetch_or_explicit(&state->inner_matched[row / 64], UINT64_C(1) << (row % 64),
                             memory_order_relaxed);
}

/* A pair for each row that has a match. */
static uint32_t pair_each(JoinState *state)
{
    const Selection rows = state->outer->selection;
    const uint32_t *row_of = state->by_group;
    uint32_t count = 0;
    ASSERT(state->at == 0 || state->at == rows.count);
    for (; state->at < rows.count; state->at++) {
        const uint32_t group = state->groups[state->at];
        state->outer_rows[count] = (uint16_t)sel_row(rows, state->at);
        state->inner_rows[count] = row_of ? row_of[group == KEY_NONE ? 0 : group] : group;
        count += group != KEY_NONE;
    }
    return count;
}

/* The next pairs of the outer batch; how many. */
static uint32_t make_pairs(JoinState *state)
{
    if (state->one_each) return pair_each(state);
    const Selection rows = state->outer->selection;
    uint32_t count = 0;
    for (; state->at < rows.count && count < BATCH_ROWS_MAX; state->at++, state->in_group = 0) {
        const uint32_t group = state->groups[state->at];
        const uint16_t row = (uint16_t)sel_row(rows, state->at);
        if (group == KEY_NONE ||
            (state->in_group == 0 && !state->facts.pairs && bits_get(state->matched, row)))
            continue;
        const uint32_t *inner = state->by_group + state->starts[group];
        const uint32_t here = state->starts[group + 1] - state->starts[group];
        const uint32_t take = MIN(here - state->in_group, BATCH_ROWS_MAX - count);
        const bool known = !state->facts.pairs && state->inner_matched; /* some need no asking */
        for (uint32_t i = 0; i < take; i++) {
            state->outer_rows[count] = row;
            state->inner_rows[count] = inner[state->in_group + i];
            count += !known || !is_noted(state, state->inner_rows[count]);
        }
        state->in_group += take;
        if (state->in_group < here) break;
    }
    return count;
}

static void show_pairs(JoinState *state, uint32_t count)
{
    Batch *outer = &state->pairs[0], *inner = &state->pairs[1];
    arena_reset(inner->arena);
    for (uint32_t i = 0; i < outer->column_count; i++)
        exec__pick_rows(&outer->columns[i], inner->arena, &state->outer->columns[i],
                        state->outer_rows, count);
    rows_gather(state->inner, state->inner_rows, count, inner->columns, inner->arena);
    outer->row_count = inner->row_count = count;
    outer->selection = inner->selection = (Selection){.count = count};
}

/* Makes pairs, asks the conditions, notes matches; the pairs that are wanted go to the tail. */
static void probe_pairs(OpState *op, JoinState *state)
{
    const Batch *inputs[] = {&state->pairs[0], &state->pairs[1]};
    const uint32_t count = make_pairs(state);
    Selection rows = {.count = count};
    if (count == 0 && state->at == state->outer->selection.count) {
        state->phase = JOIN_UNMATCHED;
        return;
    }
    if (state->facts.pairs || state->conditions) show_pairs(state, count);
    if (state->conditions) {
        rows = (Selection){state->passed,
                           expr_filter(state->conditions, inputs, 2, rows, state->passed)};
        if (expr_has_error(state->conditions)) expr_raise(state->conditions);
    }
    const bool note_outer = state->facts.outer_unmatched || state->facts.semi;
    for (uint32_t i = 0; note_outer && i < rows.count; i++)
        bits_set(state->matched, state->outer_rows[sel_row(rows, i)]);
    for (uint32_t i = 0; state->inner_matched && i < rows.count; i++)
        note_inner(state, state->inner_rows[sel_row(rows, i)]);
    if (state->facts.pairs && rows.count > 0) tail_take(op, inputs, 2, rows);
}

/* All rows of a group have their match at once. */
static void note_group(JoinState *state, uint32_t group)
{
    if (state->one_each) {
        note_inner(state, state->by_group ? state->by_group[group] : group);
        return;
    }
    uint32_t at = state->starts[group];
    const uint32_t end = state->starts[group + 1];
    if (is_noted(state, state->by_group[end - 1])) return; /* the last of them to be noted */
    for (; at < end; at++) note_inner(state, state->by_group[at]);
}

/* RIGHT SEMI and RIGHT ANTI, SEMI and ANTI without further conditions need no pairs. */
static void note_found(JoinState *state)
{
    const Selection rows = state->outer->selection;
    for (uint32_t i = 0; i < rows.count; i++) {
        if (state->groups[i] == KEY_NONE) continue;
        bits_set(state->matched, sel_row(rows, i));
        if (state->inner_matched) note_group(state, state->groups[i]);
    }
    if (!state->plan->null_aware || !state->any_inner) return;
    for (uint32_t i = 0; i < rows.count; i++)
        if (state->null_inner_key || vector_is_null(&state->key_vectors[0], sel_row(rows, i)))
            bits_set(state->matched, sel_row(rows, i));
}

/* Outer rows alone: those without a match, or for SEMI those with one. */
static void take_outer(OpState *op, JoinState *state)
{
    const Selection rows = state->outer->selection;
    const Batch *inputs[] = {state->outer, &state->pairs[1]};
    uint32_t count = 0;
    state->phase = JOIN_NEXT_OUTER;
    if (!state->facts.outer_unmatched && !state->facts.semi) return;
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t row = sel_row(rows, i);
        state->passed[count] = (uint16_t)row;
        count += bits_get(state->matched, row) == state->facts.semi;
    }
    memcpy(state->pairs[1].columns, state->null_inner, sizeof(Vector) * state->inner_shape.count);
    if (count > 0) tail_take(op, inputs, 2, (Selection){state->passed, count});
}

/* Inner rows that nothing matched, or for RIGHT SEMI something, beside NULLs. */
static void take_inner_rest(OpState *op, JoinState *state)
{
    const uint32_t total = rows_count(state->inner);
    const Batch *inputs[] = {&state->pairs[0], &state->pairs[1]};
    uint32_t count = 0;
    for (; state->rest_at < total && count < BATCH_ROWS_MAX; state->rest_at++)
        if (is_noted(state, state->rest_at) == state->facts.inner_semi)
            state->inner_rows[count++] = state->rest_at;
    if (count == 0) {
        state->phase = JOIN_NEXT_PART;
        return;
    }
    Batch *inner = &state->pairs[1];
    arena_reset(inner->arena);
    rows_gather(state->inner, state->inner_rows, count, inner->columns, inner->arena);
    memcpy(state->pairs[0].columns, state->null_outer, sizeof(Vector) * state->outer_shape.count);
    tail_take(op, inputs, 2, (Selection){.count = count});
}

static bool join_next(OpState *op, uint32_t rows_max)
{
    JoinState *state = OP_STATE(JoinState, op);
    for (uint32_t tries = 0;;) {
        task_check();
        if (tail_give(op, rows_max)) return true;
        switch (state->phase) {
        case JOIN_BUILD: build(op, state); break;
        case JOIN_NEXT_OUTER:
            if (!next_outer(op, state, tail_demand(op, rows_max, tries++))) {
                const bool rest = notes_inner(state) && (!hash_join_is_shared(state) ||
                                                         hash_join_is_last_to_probe(op, state));
                state->phase = rest ? JOIN_INNER_REST : JOIN_NEXT_PART;
            } else if (!state->facts.pairs && !state->conditions) {
                note_found(state);
                state->phase = JOIN_UNMATCHED;
            } else {
                state->phase = JOIN_PAIRS;
            }
            break;
        case JOIN_PAIRS: probe_pairs(op, state); break;
        case JOIN_UNMATCHED: take_outer(op, state); break;
        case JOIN_INNER_REST: take_inner_rest(op, state); break;
        case JOIN_NEXT_PART: next_part(state); break;
        case JOIN_END: return false;
        }
    }
}

static void join_rewind(OpState *op)
{
    JoinState *state = OP_STATE(JoinState, op);
    keys_clear(state->table);
    rows_clear(state->inner);
    state->inner_matched = NULL;
    state->rest_at = 0;
    state->phase = JOIN_BUILD;
    state->is_cut = false;
    state->any_inner = state->null_inner_key = false;
    drop_filters(op, state);
    state->waiting = state->part = NULL;
    arena_reset(state->parts_arena);
    spill_reset(state->file);
    op_rewind(op->children[0]);
    op_rewind(op->children[1]);
}

const Operator op_hash_join = {.kind = PLAN_HASH_JOIN,
                               .title = "Hash Join",
                               .state_bytes = sizeof(JoinState),
                               .open = join_open,
                               .next = join_next,
                               .rewind = join_rewind};
