/* SPDX-License-Identifier: Apache-2.0 */
/* op_aggregate.c - Aggregate: plain, by groups, by grouping sets.
 *
 * A grouping set is a hash table from its key columns to group numbers, and an array of states; without keys there is
 * one group, there from the start. Groups are given out in the order in which they were first seen, so that sorted
 * input gives sorted output (strategy SORTED asks for no more than that). Each batch is hashed once a set; then every
 * aggregate takes the whole batch with a pointer to each row's state.
 *
 * Aggregates with ORDER BY or DISTINCT gather (group, arguments) in a sorter and are fed from it at the end.
 *
 * Split around a Gather, PARTIAL gives states as bytes instead of results, and FINAL combines them.
 *
 * When the groups are more than may be held, a set takes no new ones: input rows whose key it does not know go to parts
 * of a file, by the key's hash. They are grouped by themselves once the groups in memory have been given out, part by
 * part, and cut again where they are still too many. */
#include "exec/ops.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "base/task.h"
#include "exec/keytable.h"
#include "exec/sorter.h"
#include "exec/user_aggregate.h"
#include "exec/spill.h"

enum { STATE_CHUNK_GROUPS = 256, STATE_ALIGNMENT = 16 };

typedef struct AggregateCall {
    const QAggregate *expr;
    const Aggregate *code;
    Fn fn;
    ExprState *filter;    /* FILTER, or NULL */
    ExprState *own_args;  /* behind a FILTER: evaluated for what passes it */
    uint32_t first_arg;   /* else: in the shared program's results */
    uint32_t value_count; /* arguments, then ORDER BY's extra columns */
    uint32_t arg_count;
    Vector *values; /* of the batch at hand */
    Selection rows; /* that it takes of the batch at hand */
    uint16_t *row_space;
    ExprState *direct_program; /* the direct arguments over the keys, or NULL */
    Datum *direct;             /* of the group at work */
    uint32_t offset;           /* in a group's states */
    /* ORDER BY, DISTINCT */
    bool sorted, distinct;
    SortColumn *sort_columns;
    uint32_t *sort_values; /* which value each is */
    uint32_t sort_count;
    RowShape sort_shape;
} AggregateCall;

/* Rows of a set that wait to be grouped. */
typedef struct WaitingPart {
    SpillStream *rows;
    uint32_t level;
    struct WaitingPart *next;
} WaitingPart;

typedef struct AggregateSet {
    Arena *arena;         /* states and what they point to */
    const uint32_t *keys; /* positions in the plan's keys */
    uint32_t key_count;
    KeyTable *table; /* NULL: no keys */
    char **chunks;   /* states of STATE_CHUNK_GROUPS groups each */
    uint32_t chunk_count, chunk_capacity;
    Sorter **sorters; /* by aggregate */
    Vector *key_vectors;
    bool is_full; /* rows of new groups go to parts */
    SpillParts parts;
    WaitingPart *waiting;
    uint32_t level; /* of parts that are cut next */
} AggregateSet;

typedef struct AggregateState {
    AggregateCall *calls;
    uint32_t call_count, key_count, group_bytes;
    PlanAggregateSplit split;
    AggregateSet *sets;
    uint32_t set_count;
    ExprState *program; /* keys, then arguments of calls without FILTER */
    Vector *values;
    KeyColumn *key_columns;
    uint32_t groups[BATCH_ROWS_MAX], group_of[BATCH_ROWS_MAX];
    void *pointers[BATCH_ROWS_MAX];
    bool complete;
    uint32_t set_at, group_at; /* what is given out next */
    Batch row;
    uint64_t budget; /* of all sets together */
    SpillFile *file;
    Arena *parts_arena;
    RowShape input_shape;
    Datum *key_row; /* a group's keys by position in the plan, for direct arguments */
} AggregateState;

/* ---- opening ---- */

static bool is_sorted_call(const QAggregate *expr)
{
    return expr->order_by.count > 0 || expr->distinct.count > 0;
}

static const Aggregate *aggregate_code(Exec *exec, AggregateCall *call)
{
    const BuiltinFunction *found = builtin_function(call->expr->function);
    if (found && found->shape == FN_SHAPE_AGGREGATE) return found->aggregate;
    return user_aggregate_open(exec, call->expr->function, &call->fn);
}

static void open_sort(AggregateCall *call, Exec *exec)
{
    const QAggregate *expr = call->expr;
    Arena *arena = exec->arena;
    const uint32_t columns = expr->order_by.count + expr->args.count + 1;
    call->sorted = is_sorted_call(expr);
    call->distinct = expr->distinct.count > 0;
    if (!call->sorted) return;
    call->sort_columns = ARENA_ARRAY(arena, SortColumn, columns);
    call->sort_values = ARENA_ARRAY(arena, uint32_t, columns);
    call->sort_columns[call->sort_count++] = (SortColumn){.type = OID_INT4}; /* the group */
    const QSortKeyList *lists[] = {&expr->order_by, &expr->distinct};
    bool *used = ARENA_ARRAY(arena, bool, expr->args.count);
    for (int l = 0; l < 2; l++)
        for (uint32_t i = 0; i < lists[l]->count; i++) {
            const QSortKey *key = lists[l]->items[i];
            for (uint32_t a = 0; a < expr->args.count; a++) {
                const QTarget *target = expr->args.items[a];
                if (target->reference != key->reference || used[a]) continue;
                used[a] = true;
                call->sort_values[call->sort_count] = a;
                call->sort_columns[call->sort_count++] = (SortColumn){target->expr->type,
                                                                      target->expr->collation,
                                                                      key->reverse,
                                                                      key->nulls_first,
                                                                      target->expr->kind == Q_ROW};
            }
        }
    Oid *types = ARENA_ARRAY(arena, Oid, call->arg_count + 1);
    uint8_t *physes = ARENA_ARRAY(arena, uint8_t, call->arg_count + 1);
    types[0] = OID_INT4;
    physes[0] = PHYS_I32;
    for (uint32_t i = 0; i < call->arg_count; i++) {
        types[i + 1] = call->fn.arg_types[i];
        physes[i + 1] = (uint8_t)type_get(exec->options.env, types[i + 1])->phys;
    }
    call->sort_shape = (RowShape){call->arg_count + 1, types, physes};
}

static void open_call(AggregateState *state, AggregateCall *call, const QAggregate *expr,
                      Exec *exec)
{
    Arena *arena = exec->arena;
    Oid *types = ARENA_ARRAY(arena, Oid, expr->args.count);
    call->expr = expr;
    call->value_count = expr->args.count;
    for (uint32_t i = 0; i < expr->args.count; i++)
        if (!expr->args.items[i]->junk) types[call->arg_count++] = expr->args.items[i]->expr->type;
    call->fn = (Fn){.arena = arena,
                    .site = arena,
                    .env = exec->options.env,
                    .function = builtin_function(expr->function),
                    .collation = expr->input_collation,
                    .result_type = expr->type,
                    .result_typmod = expr->typmod,
                    .arg_types = types,
                    .arg_count = call->arg_count,
                    .variadic = expr->variadic};
    call->code = aggregate_code(exec, call);
    call->row_space = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *call->row_space);
    call->direct = ARENA_ARRAY(arena, Datum, expr->direct.count);
    if (expr->direct.count > 0)
        call->direct_program = exec__program(exec, expr->direct.items, expr->direct.count);
    call->offset = state->group_bytes;
    if (state->split != PLAN_SPLIT_NONE && !call->code->combine)
        raise_error(SQLSTATE_INTERNAL_ERROR, "aggregate %u cannot be split", expr->function);
    state->group_bytes += ALIGN_UP(MAX(call->code->state_bytes, 1u), (uint32_t)STATE_ALIGNMENT);
    if (state->split == PLAN_SPLIT_FINAL) return;
    if (expr->filter) {
        QExpr *filter = expr->filter;
        call->filter = exec__filter(exec, &(QExprList){&filter, 1});
        call->own_args = exec__program_of_targets(exec, &expr->args);
        call->values = ARENA_ARRAY(arena, Vector, call->value_count);
    }
    open_sort(call, exec);
}

static void open_program(AggregateState *state, const PlanAggregate *plan, Exec *exec)
{
    uint32_t count = plan->keys.count;
    const uint32_t calls = state->split == PLAN_SPLIT_FINAL ? 0 : state->call_count;
    for (uint32_t i = 0; i < calls; i++)
        if (!state->calls[i].filter) count += state->calls[i].value_count;
    QExpr **exprs = ARENA_ARRAY(exec->arena, QExpr *, count);
    state->values = ARENA_ARRAY(exec->arena, Vector, count);
    uint32_t at = 0;
    for (uint32_t i = 0; i < plan->keys.count; i++) exprs[at++] = plan->keys.items[i]->expr;
    for (uint32_t i = 0; i < calls; i++) {
        AggregateCall *call = &state->calls[i];
        if (call->filter) continue;
        call->first_arg = at;
        call->values = &state->values[at];
        for (uint32_t a = 0; a < call->value_count; a++)
            exprs[at++] = call->expr->args.items[a]->expr;
    }
    const ExprProgram *program = expr_compile(exec->arena, exprs, count, exec->options.env);
    state->program = expr_open(program, &exec->run);
    /* rows in files are looked at twice, which a volatile call would show */
    if (expr_volatile_calls(program) > 0) state->budget = UINT64_MAX;
}

static void open_set(AggregateState *state, AggregateSet *set, Exec *exec)
{
    Arena *arena = exec->arena;
    KeyColumn *columns = ARENA_ARRAY(arena, KeyColumn, set->key_count);
    for (uint32_t i = 0; i < set->key_count; i++) columns[i] = state->key_columns[set->keys[i]];
    if (set->key_count > 0)
        set->table = keys_new(arena, exec->options.env, columns, set->key_count, true);
    set->arena = arena_new_child(arena, "aggregate states");
    set->key_vectors = ARENA_ARRAY(arena, Vector, set->key_count);
    set->sorters = ARENA_ARRAY(arena, Sorter *, state->call_count);
    for (uint32_t i = 0; i < state->call_count; i++) {
        const AggregateCall *call = &state->calls[i];
        if (call->sorted)
            set->sorters[i] = sorter_new(exec, &call->sort_shape, call->sort_columns,
                                         call->sort_count, 0);
    }
}

static void open_sets(AggregateState *state, const PlanAggregate *plan, Exec *exec)
{
    Arena *arena = exec->arena;
    state->set_count = plan->sets.count > 0 ? plan->sets.count : 1;
    state->sets = ARENA_ARRAY(arena, AggregateSet, state->set_count);
    for (uint32_t s = 0; s < state->set_count; s++) {
        AggregateSet *set = &state->sets[s];
        const NodeI32s *listed = plan->sets.count > 0 ? &plan->sets.items[s]->keys : NULL;
        set->key_count = listed ? listed->count : state->key_count;
        uint32_t *keys = ARENA_ARRAY(arena, uint32_t, set->key_count);
        for (uint32_t i = 0; i < set->key_count; i++)
            keys[i] = listed ? (uint32_t)listed->items[i] : i;
        set->keys = keys;
        open_set(state, set, exec);
    }
}

static void aggregate_open(OpState *op)
{
    const PlanAggregate *plan = (const PlanAggregate *)op->plan;
    AggregateState *state = OP_STATE(AggregateState, op);
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    op->children[0] = exec__open_op(exec, plan->child);
    state->split = plan->split;
    state->key_count = plan->keys.count;
    state->key_row = ARENA_ARRAY(exec->arena, Datum, plan->keys.count);
    state->key_columns = ARENA_ARRAY(arena, KeyColumn, plan->keys.count);
    for (uint32_t i = 0; i < plan->keys.count; i++)
        state->key_columns[i] = (KeyColumn){plan->keys.items[i]->expr->type,
                                            plan->keys.items[i]->collation};
    state->call_count = plan->aggregates.count;
    state->calls = ARENA_ARRAY(arena, AggregateCall, state->call_count);
    for (uint32_t i = 0; i < state->call_count; i++)
        open_call(state, &state->calls[i], plan->aggregates.items[i], exec);
    state->budget = spill_budget(exec, true);
    state->file = spill_open(exec);
    state->parts_arena = arena_new_child(arena, "parts");
    state->input_shape = exec__shape(exec, &plan->child->outputs);
    open_program(state, plan, exec);
    open_sets(state, plan, exec);
    state->row.column_count = plan->keys.count + plan->aggregates.count + plan->groupings.count;
    state->row.columns = ARENA_ARRAY(arena, Vector, state->row.column_count);
    state->row.arena = arena_new_child(arena, "groups");
}

/* ---- states ---- */

static inline char *group_state(const AggregateSet *set, uint32_t bytes, uint32_t group)
{
    return set->chunks[group / STATE_CHUNK_GROUPS] + (size_t)(group % STATE_CHUNK_GROUPS) * bytes;
}

static void need_groups(AggregateState *state, AggregateSet *set, uint32_t count)
{
    while (set->chunk_count * (uint64_t)STATE_CHUNK_GROUPS < count) {
        if (set->chunk_count == set->chunk_capacity) {
            const uint32_t capacity = MAX(set->chunk_capacity * 2, 16u);
            set->chunks = arena_grow(set->arena, set->chunks, sizeof(char *) * set->chunk_capacity,
                                     sizeof(char *) * capacity);
            set->chunk_capacity = capacity;
        }
        const size_t groups = set->key_count == 0 ? 1 : STATE_CHUNK_GROUPS;
        set->chunks[set->chunk_count++] = arena_alloc_zero(set->arena,
                                                           groups * MAX(state->group_bytes, 1u));
        if (set->key_count == 0) return;
    }
}

static uint32_t group_count(const AggregateSet *set)
{
    return set->table ? keys_count(set->table) : 1;
}

/* ---- input ---- */

/* Leaves out the rows with a NULL argument. */
static Selection without_nulls(const AggregateCall *call, const Vector *values, Selection rows)
{
    for (uint32_t a = 0; a < call->arg_count; a++) {
        const Vector *v = &values[a];
        if (!v->nulls) continue;
        uint32_t count = 0;
        for (uint32_t i = 0; i < rows.count; i++) {
            const uint32_t row = sel_row(rows, i);
            call->row_space[count] = (uint16_t)row;
            count += !vector_is_null(v, row);
        }
        rows = (Selection){call->row_space, count};
    }
    return rows;
}

static void evaluate_call(AggregateCall *call, const Batch *batch)
{
    call->rows = batch->selection;
    if (call->filter) {
        const uint32_t count = expr_filter(call->filter, &batch, 1, batch->selection,
                                           call->row_space);
        if (expr_has_error(call->filter)) expr_raise(call->filter);
        call->rows = (Selection){call->row_space, count};
        if (count > 0 && expr_eval(call->own_args, &batch, 1, call->rows, call->values) < count)
            expr_raise(call->own_args);
    }
    if (call->code->skips_nulls && !call->sorted)
        call->rows = without_nulls(call, call->values, call->rows);
}

static void update_group(AggregateState *state, AggregateCall *call, void *group,
                         const Vector *args, Selection rows)
{
    if (call->code->update_one) {
        call->code->update_one(&call->fn, group, args, rows);
        return;
    }
    for (uint32_t i = 0; i < rows.count; i++) state->pointers[i] = group;
    call->code->update(&call->fn, state->pointers, args, rows);
}

static void update_groups(AggregateState *state, AggregateSet *set, AggregateCall *call,
                          Selection rows)
{
    const uint32_t bytes = state->group_bytes, offset = call->offset;
    if (rows.count == 0) return;
    if (!set->table) {
        update_group(state, call, group_state(set, bytes, 0) + offset, call->values, rows);
        return;
    }
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t group = state->group_of[sel_row(rows, i)];
        state->pointers[i] = group_state(set, bytes, group) + offset;
    }
    call->code->update(&call->fn, state->pointers, call->values, rows);
}

/* ---- split ---- */

/* Takes the states of a PARTIAL: `call->values` is their column. */
static void combine_groups(AggregateState *state, AggregateSet *set, AggregateCall *call,
                           Selection rows)
{
    char *space = arena_alloc(state->row.arena, MAX(call->code->state_bytes, 1u));
    const StrView *bytes = call->values->data;
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t row = sel_row(rows, i);
        const uint32_t group = set->table ? state->group_of[row] : 0;
        const Str from = strview_str(&bytes[vector_index(call->values, row)]);
        task_check();
        memset(space, 0, call->code->state_bytes);
        if (call->code->load)
            call->code->load(&call->fn, space, from);
        else
            memcpy(space, from.data, MIN(from.bytes, call->code->state_bytes));
        call->code->combine(&call->fn, group_state(set, state->group_bytes, group) + call->offset,
                            space);
    }
}

/* A state as PARTIAL gives it, in `arena`. */
static Datum stored_state(AggregateCall *call, const char *from, Arena *arena)
{
    StrBuilder out = str_builder(arena, MAX(call->code->state_bytes, 1u));
    if (call->code->store)
        call->code->store(&call->fn, from, &out);
    else
        str_add(&out, (Str){from, call->code->state_bytes});
    return (Datum){.value.str = strview(str_done(&out))};
}

static void gather_for_sort(AggregateState *state, AggregateSet *set, uint32_t number,
                            Selection selection)
{
    const AggregateCall *call = &state->calls[number];
    if (selection.count == 0) return;
    Vector *rows = ARENA_ARRAY(state->row.arena, Vector, call->arg_count + 1);
    Vector *keys = ARENA_ARRAY(state->row.arena, Vector, call->sort_count);
    vector_init_flat(&rows[0], state->row.arena, OID_INT4, PHYS_I32, BATCH_ROWS_MAX);
    int32_t *groups = rows[0].data;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = sel_row(selection, i);
        groups[row] = set->table ? (int32_t)state->group_of[row] : 0;
    }
    memcpy(&rows[1], call->values, sizeof *rows * call->arg_count);
    keys[0] = rows[0];
    for (uint32_t k = 1; k < call->sort_count; k++) keys[k] = call->values[call->sort_values[k]];
    sorter_add(set->sorters[number], rows, keys, selection);
}

/* Rows of keys that the set does not hold, to its parts. */
static void add_to_parts(const AggregateState *state, AggregateSet *set, const Batch *batch)
{
    uint64_t hashes[BATCH_ROWS_MAX];
    uint16_t rows[BATCH_ROWS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        rows[count] = (uint16_t)sel_row(batch->selection, i);
        count += state->groups[i] == KEY_NONE;
    }
    if (count == 0) return;
    keys_hashes(set->table, set->key_vectors, (Selection){rows, count}, hashes);
    parts_add(&set->parts, batch->columns, (Selection){rows, count}, hashes);
}

static void find_groups(AggregateState *state, AggregateSet *set, const Batch *batch)
{
    const Selection rows = batch->selection;
    for (uint32_t i = 0; i < set->key_count; i++) set->key_vectors[i] = state->values[set->keys[i]];
    if (set->is_full) {
        keys_find(set->table, set->key_vectors, rows, state->groups);
        add_to_parts(state, set, batch);
    } else {
        keys_add(set->table, set->key_vectors, rows, state->groups);
    }
    for (uint32_t i = 0; i < rows.count; i++) state->group_of[sel_row(rows, i)] = state->groups[i];
}

/* The call's rows whose groups are held. */
static Selection held_rows(const AggregateState *state, const AggregateSet *set,
                           const AggregateCall *call, uint16_t *space)
{
    if (!set->is_full) return call->rows;
    uint32_t count = 0;
    for (uint32_t i = 0; i < call->rows.count; i++) {
        const uint32_t row = sel_row(call->rows, i);
        space[count] = (uint16_t)row;
        count += state->group_of[row] != KEY_NONE;
    }
    return (Selection){space, count};
}

static uint64_t set_bytes(const AggregateSet *set)
{
    return (set->table ? keys_bytes(set->table) : 0) + arena_used(set->arena);
}

static void add_to_set(AggregateState *state, AggregateSet *set, const Batch *batch)
{
    uint16_t space[BATCH_ROWS_MAX];
    if (set->table) find_groups(state, set, batch);
    need_groups(state, set, group_count(set));
    for (uint32_t i = 0; i < state->call_count; i++) {
        AggregateCall *call = &state->calls[i];
        const Selection rows = held_rows(state, set, call, space);
        call->fn.arena = set->arena;
        if (state->split == PLAN_SPLIT_FINAL)
            combine_groups(state, set, call, rows);
        else if (call->sorted)
            gather_for_sort(state, set, i, rows);
        else
            update_groups(state, set, call, rows);
    }
}

/* From here on these sets take no new groups, where together they hold too much. */
static void note_full(OpState *op, AggregateState *state, AggregateSet *sets, uint32_t count)
{
    const uint64_t share = state->budget / state->set_count;
    uint64_t used = 0;
    if (state->budget == UINT64_MAX) return;
    for (uint32_t s = 0; s < count; s++) used += set_bytes(&sets[s]);
    op->figures.memory_bytes = MAX(op->figures.memory_bytes, used);
    if (used <= share * count) return;
    for (uint32_t s = 0; s < count; s++) {
        AggregateSet *set = &sets[s];
        if (!set->table || set->is_full || set->level >= SPILL_LEVELS_MAX) continue;
        set->is_full = keys_count(set->table) > 0;
        if (set->is_full)
            parts_init(&set->parts, state->file, state->parts_arena, &state->input_shape,
                       set->level, share);
    }
}

/* ---- direct arguments ---- */

/* They are a group's: its keys are all that they know of rows. */
static void direct_of_group(AggregateState *state, AggregateSet *set, AggregateCall *call,
                            uint32_t group)
{
    if (!call->direct_program) return;
    for (uint32_t k = 0; k < state->key_count; k++) state->key_row[k] = (Datum){.null = true};
    for (uint32_t k = 0; k < set->key_count; k++)
        state->key_row[set->keys[k]] = keys_get(set->table, group, k);
    expr_eval_row(call->direct_program, state->key_row, call->direct);
}

/* How a row stands to the hypothetical one of the direct arguments: before (-1), beside or behind it. */
static int16_t standing(const AggregateCall *call, const Vector *args, uint32_t row, Arena *arena)
{
    for (uint32_t s = 1; s < call->sort_count; s++) { /* the first column is the group */
        const SortColumn *column = &call->sort_columns[s];
        const uint32_t a = call->sort_values[s];
        const Datum here = vector_get(&args[a], row), *there = &call->direct[a];
        if (here.null && there->null) continue;
        if (here.null || there->null) return here.null == column->nulls_first ? -1 : 1;
        const TypeCall compare = {.type = type_get(call->fn.env, column->type),
                                  .env = call->fn.env,
                                  .arena = arena,
                                  .collation = column->collation,
                                  .typmod = -1};
        const int order = type_compare(&compare, &here.value, &there->value);
        if (order != 0) return (order < 0) == column->descending ? 1 : -1;
    }
    return 0;
}

/* Hypothetical-set aggregates take as their last argument how each row stands. Rows come group by group. */
static void add_standing(AggregateState *state, AggregateSet *set, AggregateCall *call,
                         Vector *columns, Selection rows)
{
    const int32_t *groups = columns[0].data;
    Vector *signs = &columns[1 + call->arg_count];
    vector_init_flat(signs, state->row.arena, OID_INT2, PHYS_I16, BATCH_ROWS_MAX);
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t row = rows.rows[i];
        if (i == 0 || groups[row] != groups[rows.rows[i - 1]])
            direct_of_group(state, set, call, (uint32_t)groups[row]);
        ((int16_t *)signs->data)[row] = standing(call, &columns[1], row, state->row.arena);
    }
}

/* ---- ORDER BY, DISTINCT ---- */

/* Feeds the sorted rows of one call, group by group, without repeated ones for DISTINCT. */
static void feed_sorted(AggregateState *state, AggregateSet *set, uint32_t number)
{
    AggregateCall *call = &state->calls[number];
    Sorter *sorter = set->sorters[number];
    Vector *columns = ARENA_ARRAY(state->row.arena, Vector, call->arg_count + 2);
    bool *same = ARENA_ARRAY(state->row.arena, bool, BATCH_ROWS_MAX);
    call->fn.arena = set->arena;
    sorter_finish(sorter);
    for (;;) {
        const ArenaMark mark = arena_mark(state->row.arena);
        const uint32_t count = sorter_next(sorter, BATCH_ROWS_MAX, columns, state->row.arena, same);
        if (count == 0) break;
        uint32_t kept = 0;
        task_check();
        for (uint32_t i = 0; i < count; i++)
            if (!call->distinct || !same[i]) call->row_space[kept++] = (uint16_t)i;
        Selection rows = {call->row_space, kept};
        if (call->code->skips_nulls) rows = without_nulls(call, &columns[1], rows);
        if (call->expr->kind_ == 'h') add_standing(state, set, call, columns, rows);
        const int32_t *groups = columns[0].data;
        for (uint32_t i = 0; i < rows.count; i++)
            state->pointers[i] = group_state(set, state->group_bytes,
                                             (uint32_t)groups[rows.rows[i]]) +
                                 call->offset;
        if (rows.count > 0) call->code->update(&call->fn, state->pointers, &columns[1], rows);
        arena_rewind(state->row.arena, mark);
    }
}

static void evaluate(AggregateState *state, const Batch *batch)
{
    const uint32_t rows = batch->selection.count;
    if (expr_eval(state->program, &batch, 1, batch->selection, state->values) < rows)
        expr_raise(state->program);
    for (uint32_t i = 0; i < state->call_count; i++) {
        AggregateCall *call = &state->calls[i];
        if (state->split == PLAN_SPLIT_FINAL) {
            call->values = &batch->columns[state->key_count + i];
            call->rows = batch->selection;
        } else {
            evaluate_call(call, batch);
        }
    }
}

/* All rows of a round have come: what was gathered is fed, what went to parts waits. */
static void finish_set(OpState *op, AggregateState *state, AggregateSet *set)
{
    need_groups(state, set, group_count(set));
    for (uint32_t i = 0; i < state->call_count; i++)
        if (state->calls[i].sorted) feed_sorted(state, set, i);
    arena_reset(state->row.arena);
    for (uint32_t p = 0; set->is_full && p < SPILL_PARTS; p++) {
        if (!set->parts.streams[p]) continue;
        const WaitingPart part = {set->parts.streams[p], set->level + 1, set->waiting};
        set->waiting = arena_copy(state->parts_arena, &part, sizeof part);
    }
    set->is_full = false;
    op->figures.disk_bytes = MAX(op->figures.disk_bytes, spill_bytes(state->file));
}

static void read_all(OpState *op, AggregateState *state)
{
    const Batch *batch;
    while (op_pull(op->children[0], BATCH_ROWS_MAX, &batch)) {
        evaluate(state, batch);
        for (uint32_t s = 0; s < state->set_count; s++) add_to_set(state, &state->sets[s], batch);
        note_full(op, state, state->sets, state->set_count);
        arena_reset(state->row.arena);
    }
    for (uint32_t s = 0; s < state->set_count; s++) finish_set(op, state, &state->sets[s]);
    state->complete = true;
}

static void forget_groups(AggregateState *state, AggregateSet *set)
{
    arena_reset(set->arena);
    set->chunks = NULL;
    set->chunk_count = set->chunk_capacity = 0;
    if (set->table) keys_clear(set->table);
    for (uint32_t i = 0; i < state->call_count; i++)
        if (set->sorters[i]) sorter_clear(set->sorters[i]);
}

/* Groups the next rows that wait, of the set at work; false: there are none. */
static bool read_part(OpState *op, AggregateState *state, AggregateSet *set)
{
    const WaitingPart *part = set->waiting;
    const Batch *batch;
    forget_groups(state, set);
    if (!part) return false;
    set->waiting = part->next;
    set->level = part->level;
    while (stream_next(part->rows, &batch)) {
        evaluate(state, batch);
        add_to_set(state, set, batch);
        note_full(op, state, set, 1);
        arena_reset(state->row.arena);
    }
    stream_drop(part->rows);
    op->figures.passes++;
    finish_set(op, state, set);
    return true;
}

/* ---- output ---- */

static int32_t grouping_mask(const AggregateSet *set, const QGrouping *grouping)
{
    int32_t mask = 0;
    for (uint32_t i = 0; i < grouping->refs.count; i++) {
        bool here = false;
        for (uint32_t k = 0; k < set->key_count; k++)
            here |= (int32_t)set->keys[k] == grouping->refs.items[i];
        mask = mask << 1 | !here;
    }
    return mask;
}

static void fill_keys(AggregateState *state, AggregateSet *set, uint32_t count,
                      const PlanAggregate *plan, const FnEnv *env)
{
    Batch *row = &state->row;
    row->selection = (Selection){.count = count};
    if (set->table)
        row->selection = keys_view(set->table, state->group_at, count, set->key_vectors);
    for (uint32_t k = 0; k < state->key_count; k++) {
        const QExpr *expr = plan->keys.items[k]->expr;
        exec__null_column(&row->columns[k], row->arena, expr->type,
                          type_get(env, expr->type)->phys);
    }
    for (uint32_t k = 0; k < set->key_count; k++) row->columns[set->keys[k]] = set->key_vectors[k];
}

/* The aggregates' results stand where the keys do: at the rows of the keys' chunk. */
static void fill_results(AggregateState *state, AggregateSet *set, const PlanAggregate *plan,
                         const FnEnv *env)
{
    Batch *row = &state->row;
    const uint32_t end = sel_row(row->selection, row->selection.count - 1) + 1u;
    for (uint32_t i = 0; i < state->call_count; i++) {
        AggregateCall *call = &state->calls[i];
        Vector *column = &row->columns[state->key_count + i];
        const bool partial = state->split == PLAN_SPLIT_PARTIAL;
        const Oid type = partial ? OID_BYTEA : call->expr->type;
        vector_init_flat(column, row->arena, type, type_get(env, type)->phys, end);
        call->fn.arena = row->arena;
        for (uint32_t g = 0; g < row->selection.count; g++) {
            const char *group = group_state(set, state->group_bytes, state->group_at + g);
            direct_of_group(state, set, call, state->group_at + g);
            const Datum value = partial ? stored_state(call, group + call->offset, row->arena)
                                        : call->code->finish(&call->fn, group + call->offset,
                                                             call->direct);
            vector_set(column, row->arena, sel_row(row->selection, g), &value);
        }
    }
    for (uint32_t i = 0; i < plan->groupings.count; i++) {
        const Datum mask = {.value.i32 = grouping_mask(set, plan->groupings.items[i])};
        vector_init_constant(&row->columns[state->key_count + state->call_count + i], row->arena,
                             OID_INT4, PHYS_I32, &mask);
    }
    row->row_count = end;
}

static bool aggregate_next(OpState *op, uint32_t rows_max)
{
    const PlanAggregate *plan = (const PlanAggregate *)op->plan;
    AggregateState *state = OP_STATE(AggregateState, op);
    const Batch *row = &state->row;
    if (!state->complete) read_all(op, state);
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        while (state->set_at < state->set_count &&
               state->group_at == group_count(&state->sets[state->set_at])) {
            if (!read_part(op, state, &state->sets[state->set_at])) state->set_at++;
            state->group_at = 0;
        }
        if (state->set_at == state->set_count) return false;
        AggregateSet *set = &state->sets[state->set_at];
        const uint32_t left = group_count(set) - state->group_at;
        arena_reset(state->row.arena);
        fill_keys(state, set, MIN(left, tail_demand(op, rows_max, tries)), plan,
                  op->exec->options.env);
        fill_results(state, set, plan, op->exec->options.env);
        state->group_at += state->row.selection.count;
        tail_take(op, &row, 1, state->row.selection);
    }
}

static void aggregate_rewind(OpState *op)
{
    AggregateState *state = OP_STATE(AggregateState, op);
    for (uint32_t s = 0; s < state->set_count; s++) {
        AggregateSet *set = &state->sets[s];
        forget_groups(state, set);
        set->waiting = NULL;
        set->level = 0;
        set->is_full = false;
    }
    arena_reset(state->parts_arena);
    spill_reset(state->file);
    state->complete = false;
    state->set_at = state->group_at = 0;
    op_rewind(op->children[0]);
}

const Operator op_aggregate = {.kind = PLAN_AGGREGATE,
                               .title = "Aggregate",
                               .state_bytes = sizeof(AggregateState),
                               .open = aggregate_open,
                               .next = aggregate_next,
                               .rewind = aggregate_rewind};
