/* SPDX-License-Identifier: Apache-2.0 */
/* hash_join_shared.c - one hash table for all who run a join below a Gather.
 *
 * Where the inner side gives each its own rows (a scan below it has a cursor of all), all build the table, in steps:
 *     1. Each keeps the rows that come to it, and lists their keys and numbers by KEY_PARTS parts of the keys' hash.
 *     2. When no more come, parts are given out: who takes one makes a table of all lists of that part. Nobody writes
 *        where another does, so nothing is locked ("Morsel-Driven Parallelism", Leis et al., SIGMOD 2014, has one
 *        table and compare-and-swap; parts are what "Main-Memory Hash Joins on Multi-Core CPUs", Balkesen et al., ICDE
 *        2013, compares it with).
 *     3. The tables are found in as one, and the stores of the rows read as one: neither is copied.
 * Where all together keep more than so many may, everybody's rows go to parts in files, the outer side's as well, and
 * the pairs of parts are given out: who takes one joins it alone, rows without a match included.
 *
 * A step goes on until those who came to it have nothing more to do; who comes later finds nothing left to do, and
 * waits for its end as they do. So nobody waits for one who never comes, as the session's task may not.
 *
 * Elsewhere the first who wants it makes the table, of the whole inner side. Where that is more than one may hold, each
 * cuts an inner side of its own, against its share of the outer rows; or one does it all, where matches of inner rows
 * are noted. */
#include "exec/hash_join.h"

#include "base/bitset.h"
#include "base/oids.h"
#include "base/task.h"

typedef struct SharedMember {
    JoinState *state;
    _Atomic(uint64_t) bytes; /* that it holds, or will */
    bool came;               /* it has kept rows, or cut them */
    Arena *lists_arena;
    RowStore *lists[KEY_PARTS]; /* keys, and the row's number in `state->inner` */
    uint32_t first_row;         /* of its rows in the store of all */
    bool has_cut;
    SpillParts outer, inner;
} SharedMember;

struct SharedTable {
    bool by_all;
    /* one builds */
    ParallelOnce built;
    bool
        too_large; /* each for itself; where matches of inner rows are noted: all for who found it so */
    /* all build */
    ParallelStep rows_step, tables_step, outer_step;
    _Atomic(bool) is_cut;
    SharedMember *members;
    uint32_t member_count;
    RowShape list_shape;
    atomic_uint next_part; /* to be made, or of the pairs to be joined */
    KeyTable *parts[KEY_PARTS];
    uint32_t part_rows[KEY_PARTS], bases[KEY_PARTS];
    uint32_t pair_level;
    /* under the group's lock */
    uint32_t probing; /* those that note matches */
    bool rest_taken;  /* one gives the inner rows */
    /* what there is when it has been built */
    KeyTable *table;
    RowStore *inner;
    bool one_each, any_inner, null_inner_key;
    uint32_t *starts, *by_group;
    _Atomic(uint64_t) *inner_matched;
    const RuntimeFilter *filters; /* by number */
};

void hash_join_share(OpState *op, JoinState *state)
{
    Exec *exec = op->exec;
    ParallelGroup *group = exec->group;
    SharedTable *shared = parallel_shared(exec, op->plan->id, sizeof *shared);
    state->shared = shared;
    shared->by_all = op->plan->parallel && group->participants > 1;
    if (!shared->by_all) return;
    const uint32_t keys = state->plan->inner_keys.count;
    if (!shared->members) {
        Oid *types = ARENA_ARRAY(group->arena, Oid, keys + 1);
        uint8_t *physes = ARENA_ARRAY(group->arena, uint8_t, keys + 1);
        for (uint32_t i = 0; i < keys; i++) {
            types[i] = state->plan->inner_keys.items[i]->type;
            physes[i] = (uint8_t)type_get(exec->options.env, types[i])->phys;
        }
        types[keys] = OID_INT4;
        physes[keys] = PHYS_I32;
        shared->list_shape = (RowShape){keys + 1, types, physes};
        shared->members = ARENA_ARRAY(group->arena, SharedMember, group->participants);
    }
    ASSERT(shared->member_count < group->participants);
    SharedMember *self = &shared->members[shared->member_count++];
    *self = (SharedMember){.state = state};
    state->member = self;
    self->lists_arena = arena_new_child(exec->arena, "keys by parts");
    for (uint32_t p = 0; p < KEY_PARTS; p++)
        self->lists[p] = rows_new(self->lists_arena, &shared->list_shape);
}

/* ---- what is known of the table ---- */

static void show_table(OpState *op, JoinState *state)
{
    SharedTable *shared = state->shared;
    /* A copy, since this operator's own changes with each look-up. */
    shared->table = keys_share(op->exec->arena, state->table, op->exec->options.env);
    shared->inner = state->inner;
    shared->one_each = state->one_each;
    shared->starts = state->starts;
    shared->by_group = state->by_group;
    shared->inner_matched = state->inner_matched;
    shared->filters = op->exec->filters;
}

static void take_table(OpState *op, JoinState *state)
{
    const SharedTable *shared = state->shared;
    const PlanRuntimeFilterList *filters = &state->plan->filters;
    state->table = keys_share(op->exec->arena, shared->table, op->exec->options.env);
    state->inner = shared->inner;
    state->one_each = shared->one_each;
    state->starts = shared->starts;
    state->by_group = shared->by_group;
    state->inner_matched = shared->inner_matched;
    state->any_inner = shared->any_inner;
    state->null_inner_key = shared->null_inner_key;
    for (uint32_t i = 0; i < filters->count && shared->filters != op->exec->filters; i++) {
        const uint32_t number = filters->items[i]->number;
        op->exec->filters[number] = shared->filters[number];
    }
    state->phase = JOIN_NEXT_OUTER;
}

/* ---- one builds ---- */

static void build_once(OpState *op, JoinState *state)
{
    SharedTable *shared = state->shared;
    if (parallel_begin(op->exec->group, &shared->built)) {
        hash_join_build(op, state);
        shared->too_large = state->phase == JOIN_NEXT_PART;
        shared->any_inner = state->any_inner;
        shared->null_inner_key = state->null_inner_key;
        show_table(op, state);
        parallel_done(op->exec->group, &shared->built);
    } else if (shared->too_large && notes_inner(state)) {
        state->phase = JOIN_END; /* outer rows are left to who knows all of the inner ones */
    } else if (shared->too_large) {
        hash_join_build(op, state);
    } else {
        take_table(op, state);
    }
}

/* ---- all build: rows ---- */

static void add_to_lists(JoinState *state, Selection selection, uint32_t first)
{
    SharedMember *self = state->member;
    uint8_t parts[BATCH_ROWS_MAX];
    uint16_t order[BATCH_ROWS_MAX];
    uint32_t numbers[BATCH_ROWS_MAX], starts[KEY_PARTS + 2] = {0}, next[KEY_PARTS + 1];
    const uint32_t keys = state->plan->inner_keys.count;
    Vector *columns = state->list_columns;
    keys_parts(state->table, state->key_vectors, selection, parts);
    for (uint32_t i = 0; i < selection.count; i++) {
        numbers[sel_row(selection, i)] = first + i;
        starts[parts[i] + 1]++;
    }
    for (uint32_t p = 0; p <= KEY_PARTS; p++) {
        starts[p + 1] += starts[p];
        next[p] = starts[p];
    }
    for (uint32_t i = 0; i < selection.count; i++)
        order[next[parts[i]]++] = (uint16_t)sel_row(selection, i);
    memcpy(columns, state->key_vectors, keys * sizeof *columns);
    columns[keys] =
        (Vector){.type = OID_INT4, .phys = PHYS_I32, .form = VECTOR_FLAT, .data = numbers};
    for (uint32_t p = 0; p < KEY_PARTS; p++)
        if (starts[p + 1] > starts[p])
            rows_append(self->lists[p], columns,
                        (Selection){order + starts[p], starts[p + 1] - starts[p]});
    columns[keys].data = NULL;
}

static void drop_lists(SharedMember *self)
{
    arena_reset(self->lists_arena);
    memset(self->lists, 0, sizeof self->lists);
}

static void cut_own(JoinState *state)
{
    if (state->is_cut) return;
    hash_join_cut(state);
    drop_lists(state->member);
    atomic_store_explicit(&state->member->bytes, 0, memory_order_relaxed);
}

/* Have all together more than so many may? Of the tables is told what they will take. */
static bool is_too_much(const OpState *op, JoinState *state)
{
    enum { TABLE_ROW_BYTES = 40 }; /* slots, half empty at least, and two numbers */
    const SharedTable *shared = state->shared;
    SharedMember *self = state->member;
    if (state->budget == UINT64_MAX) return false;
    uint64_t held = arena_used(rows_arena(state->inner)) + 2 * arena_used(self->lists_arena) +
                    (uint64_t)rows_count(state->inner) * TABLE_ROW_BYTES;
    atomic_store_explicit(&self->bytes, held, memory_order_relaxed);
    for (uint32_t i = 0; i < shared->member_count; i++)
        if (&shared->members[i] != self)
            held += atomic_load_explicit(&shared->members[i].bytes, memory_order_relaxed);
    return held / op->exec->group->participants > state->budget;
}

static void keep_rows(OpState *op, JoinState *state, const Batch *batch)
{
    const Selection rows = batch->selection;
    const uint32_t first = rows_count(state->inner);
    if (expr_eval(state->inner_keys, &batch, 1, rows, state->key_vectors) < rows.count)
        expr_raise(state->inner_keys);
    hash_join_note_nulls(state, rows);
    rows_append(state->inner, batch->columns, rows);
    add_to_lists(state, rows, first);
    if (is_too_much(op, state)) atomic_store(&state->shared->is_cut, true);
}

static void collect_rows(OpState *op, JoinState *state)
{
    SharedTable *shared = state->shared;
    ParallelGroup *group = op->exec->group;
    const Batch *batch;
    state->member->came = true;
    while (hash_join_pull(op, state, 1, BATCH_ROWS_MAX, &batch)) {
        task_check();
        if (!atomic_load(&shared->is_cut)) {
            keep_rows(op, state, batch);
            continue;
        }
        cut_own(state);
        hash_join_add_to_parts(state, 1, batch);
        hash_join_note_nulls(state, batch->selection);
    }
    op->figures.memory_bytes += arena_used(rows_arena(state->inner));
    mutex_lock(&group->lock);
    shared->any_inner |= state->any_inner;
    shared->null_inner_key |= state->null_inner_key;
    mutex_unlock(&group->lock);
}

/* Numbers in the store of all that belong to no row are never to be given. */
static void note_gaps(JoinState *state, const SharedMember *member)
{
    const uint32_t end = member->first_row + rows_count(member->state->inner);
    for (uint32_t row = end; row % BATCH_ROWS_MAX != 0 && !state->facts.inner_semi; row++)
        atomic_fetch_or_explicit(&state->inner_matched[row / 64], UINT64_C(1) << (row % 64),
                                 memory_order_relaxed);
}

/* All rows are there: where the parts' groups and rows will stand. */
static void lay_out(OpState *op, JoinState *state)
{
    SharedTable *shared = state->shared;
    Arena *arena = op->exec->arena;
    const uint32_t count = shared->member_count;
    RowStore **stores = ARENA_ARRAY(arena, RowStore *, count);
    uint32_t *firsts = ARENA_ARRAY(arena, uint32_t, count), total = 0;
    for (uint32_t i = 0; i < count; i++) stores[i] = shared->members[i].state->inner;
    RowStore *inner = rows_unite(arena, stores, count, firsts);
    for (uint32_t i = 0; i < count; i++) shared->members[i].first_row = firsts[i];
    for (uint32_t p = 0; p < KEY_PARTS; p++) {
        for (uint32_t i = 0; i < count; i++)
            shared->part_rows[p] += rows_count(shared->members[i].lists[p]);
        shared->bases[p] = total + p; /* a start more than there are groups */
        total += shared->part_rows[p];
    }
    const size_t places = (size_t)total + KEY_PARTS;
    shared->starts = arena_alloc_array(arena, places, sizeof *shared->starts);
    shared->by_group = arena_alloc_array(arena, places, sizeof *shared->by_group);
    if (notes_inner(state)) {
        state->inner_matched = arena_alloc_array_zero(arena, bits_words(rows_count(inner)) + 1,
                                                      sizeof *state->inner_matched);
        for (uint32_t i = 0; i < count; i++) note_gaps(state, &shared->members[i]);
        shared->inner_matched = state->inner_matched;
    }
    shared->inner = inner;
}

/* Those who have kept rows have to cut them: the next step does not end without them. */
static void expect_cutters(SharedTable *shared)
{
    for (uint32_t i = 0; i < shared->member_count; i++)
        shared->outer_step.working += shared->members[i].came;
}

/* ---- all build: tables ---- */

/* Rows by group, of one part. */
static void group_part(const SharedTable *shared, uint32_t part, uint32_t groups,
                       const uint32_t *group_of, const uint32_t *row_of)
{
    const uint32_t rows = shared->part_rows[part], base = shared->bases[part];
    uint32_t *starts = shared->starts + base, at = base;
    memset(starts, 0, ((size_t)groups + 1) * sizeof *starts);
    for (uint32_t i = 0; i < rows; i++) starts[group_of[i]]++;
    for (uint32_t g = 0; g < groups; g++) {
        const uint32_t here = starts[g];
        starts[g] = at;
        at += here;
    }
    for (uint32_t i = 0; i < rows; i++) shared->by_group[starts[group_of[i]]++] = row_of[i];
    memmove(starts + 1, starts, groups * sizeof *starts); /* ends become starts */
    starts[0] = base;
}

static void make_table(OpState *op, JoinState *state, uint32_t part)
{
    SharedTable *shared = state->shared;
    Arena *arena = op->exec->arena, *work = arena_new_child(arena, "rows of a part");
    const uint32_t rows = shared->part_rows[part], keys = state->plan->inner_keys.count;
    uint32_t *group_of = arena_alloc_array(work, rows, sizeof *group_of);
    uint32_t *row_of = arena_alloc_array(work, rows, sizeof *row_of), at = 0;
    KeyTable *table = keys_of_part(arena, state->table);
    keys_expect(table, rows, state->budget / 2);
    for (uint32_t i = 0; i < shared->member_count; i++) {
        const SharedMember *member = &shared->members[i];
        for (uint32_t from = 0; from < rows_count(member->lists[part]);) {
            const Selection view = rows_view(member->lists[part], from, BATCH_ROWS_MAX,
                                             state->list_columns);
            const uint32_t *numbers = state->list_columns[keys].data;
            keys_add(table, state->list_columns, view, group_of + at);
            for (uint32_t k = 0; k < view.count; k++)
                row_of[at + k] = member->first_row + numbers[sel_row(view, k)];
            at += view.count;
            from += view.count;
        }
    }
    ASSERT(at == rows);
    group_part(shared, part, keys_count(table), group_of, row_of);
    shared->parts[part] = table;
    op->figures.memory_bytes += keys_bytes(table);
    arena_drop(work);
}

/* All parts are there: one table. */
static void unite(OpState *op, JoinState *state)
{
    SharedTable *shared = state->shared;
    state->one_each = true;
    for (uint32_t p = 0; p < KEY_PARTS; p++)
        state->one_each &= keys_count(shared->parts[p]) == shared->part_rows[p];
    keys_unite(state->table, shared->parts, shared->bases);
    state->inner = shared->inner;
    state->starts = shared->starts;
    state->by_group = shared->by_group;
    state->inner_matched = shared->inner_matched;
    hash_join_fill_filters(op, state, shared->parts, KEY_PARTS);
    show_table(op, state);
}

static void make_tables(OpState *op, JoinState *state)
{
    SharedTable *shared = state->shared;
    ParallelGroup *group = op->exec->group;
    if (parallel_come(group, &shared->tables_step)) {
        for (uint32_t part; (part = atomic_fetch_add(&shared->next_part, 1)) < KEY_PARTS;)
            make_table(op, state, part);
        if (parallel_go(group, &shared->tables_step)) {
            unite(op, state);
            parallel_end(group, &shared->tables_step);
        }
    }
    parallel_await(group, &shared->tables_step);
    drop_lists(state->member);
    take_table(op, state);
}

/* ---- all build: parts in files ---- */

static void end_streams(const SpillParts *parts)
{
    for (uint32_t p = 0; p < SPILL_PARTS; p++)
        if (parts->streams[p]) stream_end(parts->streams[p]);
}

/* The streams of a side and part, of all who have cut; NULL: there are none. */
static SpillStream *streams_of_all(const SharedTable *shared, Arena *arena, int side, uint32_t part)
{
    SpillStream **streams = ARENA_ARRAY(arena, SpillStream *, shared->member_count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < shared->member_count; i++) {
        const SharedMember *member = &shared->members[i];
        const SpillParts *parts = side == 0 ? &member->outer : &member->inner;
        if (member->has_cut && parts->streams[part]) streams[count++] = parts->streams[part];
    }
    return count > 0 ? stream_chain(arena, streams, count) : NULL;
}

/* Where one part has all rows, cutting it again is of no use. */
static void end_cutting(SharedTable *shared)
{
    uint64_t most = 0, total = 0;
    for (uint32_t p = 0; p < SPILL_PARTS; p++) {
        uint64_t rows = 0;
        for (uint32_t i = 0; i < shared->member_count; i++) {
            const SharedMember *member = &shared->members[i];
            const SpillStream *stream = member->has_cut ? member->inner.streams[p] : NULL;
            rows += stream ? stream_rows(stream) : 0;
        }
        most = MAX(most, rows);
        total += rows;
    }
    shared->pair_level = most == total ? SPILL_LEVELS_MAX : 1;
}

static void cut_both_sides(OpState *op, JoinState *state)
{
    SharedTable *shared = state->shared;
    ParallelGroup *group = op->exec->group;
    SharedMember *self = state->member;
    const Batch *batch;
    if (self->came || parallel_come(group, &shared->outer_step)) {
        cut_own(state);
        while (hash_join_pull(op, state, 0, BATCH_ROWS_MAX, &batch))
            hash_join_add_to_parts(state, 0, batch);
        self->outer = state->outer_parts;
        self->inner = state->inner_parts;
        end_streams(&self->outer);
        end_streams(&self->inner);
        self->has_cut = true;
        state->is_cut = false;
        hash_join_note_figures(op, state);
        if (parallel_go(group, &shared->outer_step)) {
            end_cutting(shared);
            parallel_end(group, &shared->outer_step);
        }
    }
    parallel_await(group, &shared->outer_step);
    state->any_inner = shared->any_inner;
    state->null_inner_key = shared->null_inner_key;
    state->phase = JOIN_NEXT_PART;
}

void hash_join_take_pair(JoinState *state)
{
    SharedTable *shared = state->shared;
    const JoinFacts facts = state->facts;
    Arena *arena = state->parts_arena;
    if (!shared->by_all || !atomic_load(&shared->is_cut)) return;
    for (uint32_t part; (part = atomic_fetch_add(&shared->next_part, 1)) < SPILL_PARTS;) {
        SpillPair *pair = ARENA_NEW(arena, SpillPair);
        *pair = (SpillPair){.left = streams_of_all(shared, arena, 0, part),
                            .right = streams_of_all(shared, arena, 1, part),
                            .level = shared->pair_level};
        const bool is_needed = (pair->left || facts.inner_unmatched) &&
                               (pair->right || facts.outer_unmatched);
        if (is_needed && (pair->left || pair->right)) {
            state->waiting = pair;
            return;
        }
        pair_drop(pair);
    }
}

void hash_join_build_shared(OpState *op, JoinState *state)
{
    SharedTable *shared = state->shared;
    ParallelGroup *group = op->exec->group;
    if (!shared->by_all) {
        build_once(op, state);
        return;
    }
    if (parallel_come(group, &shared->rows_step)) {
        collect_rows(op, state);
        if (parallel_go(group, &shared->rows_step)) {
            if (atomic_load(&shared->is_cut))
                expect_cutters(shared);
            else
                lay_out(op, state);
            parallel_end(group, &shared->rows_step);
        }
    }
    parallel_await(group, &shared->rows_step);
    if (atomic_load(&shared->is_cut))
        cut_both_sides(op, state);
    else
        make_tables(op, state);
}

/* ---- matches of inner rows ---- */

bool hash_join_is_shared(const JoinState *state)
{
    return state->shared && !state->part && notes_inner(state);
}

void hash_join_begin_probing(OpState *op, const JoinState *state)
{
    ParallelGroup *group = op->exec->group;
    mutex_lock(&group->lock);
    state->shared->probing++;
    mutex_unlock(&group->lock);
}

bool hash_join_is_last_to_probe(OpState *op, const JoinState *state)
{
    ParallelGroup *group = op->exec->group;
    SharedTable *shared = state->shared;
    mutex_lock(&group->lock);
    const bool last = --shared->probing == 0 && !shared->rest_taken;
    shared->rest_taken |= last;
    mutex_unlock(&group->lock);
    return last;
}
