/* SPDX-License-Identifier: Apache-2.0 */
/* op_modify_table.c - INSERT, UPDATE, DELETE; what MERGE does with a row is in merge.c.
 *
 * INSERT goes by batches; ON CONFLICT, UPDATE and DELETE row by row. Without RETURNING everything is done at the first
 * pull; with it, a batch of the child's rows at a time, so that what was returned was done.
 *
 * A row that another transaction changed meanwhile (READ COMMITTED) is looked at again (recheck.h): does it still
 * qualify, and what are its new values? In the other isolation levels that is 40001.
 *
 * RETURNING sees three rows: the child's, the new one, the old one; columns by attnum - 1, system columns behind
 * them. */
#include "exec/ops.h"

#include "base/oids.h"
#include "base/task.h"
#include "exec/modify.h"
#include "exec/scan_row.h"
#include "exec/wait_context.h"

/* ---- opening ---- */

ExprState *modify__over_rows(Exec *exec, const QTargetList *targets, uint32_t columns)
{
    QExpr **exprs = ARENA_ARRAY(exec->arena, QExpr *, targets->count);
    for (uint32_t i = 0; i < targets->count; i++)
        exprs[i] = exec__system_slots(exec->arena, targets->items[i]->expr, columns);
    return exec__program(exec, exprs, targets->count);
}

static void open_conflict(ModifyState *state, Exec *exec)
{
    const QOnConflict *conflict = state->plan->on_conflict;
    if (!conflict || conflict->action != Q_CONFLICT_UPDATE) return;
    const uint32_t columns = state->writer->column_count;
    state->conflict_set = modify__over_rows(exec, &conflict->set, columns);
    state->conflict_columns = ARENA_ARRAY(exec->arena, int32_t, conflict->set.count);
    for (uint32_t i = 0; i < conflict->set.count; i++)
        state->conflict_columns[i] = conflict->set.items[i]->number;
    if (!conflict->where) return;
    QExpr *where = exec__system_slots(exec->arena, conflict->where, columns);
    state->conflict_where = exec__filter(exec, &(QExprList){&where, 1});
}

static void note_written(const Exec *exec, Writer *writer)
{
    for (uint32_t i = 0; i < exec->plan->tables.count; i++) {
        const QTable *table = exec->plan->tables.items[i];
        if (table->relation != writer->relation->oid) continue;
        writer_note_written(writer, table->inserted.items, table->inserted.count);
        writer_note_written(writer, table->updated.items, table->updated.count);
    }
}

static void modify_open(OpState *op)
{
    const PlanModifyTable *plan = (const PlanModifyTable *)op->plan;
    ModifyState *state = OP_STATE(ModifyState, op);
    Exec *exec = op->exec;
    Arena *arena = exec->arena;
    state->plan = plan;
    state->writer = writer_open(exec, exec__relation(exec, plan->relation));
    note_written(exec, state->writer);
    op->children[0] = exec__open_op(exec, plan->child);
    state->recheck = recheck_new(exec, plan->child, &plan->sources);
    const uint32_t columns = state->writer->column_count;
    if (plan->checks.count > 0) state->checks = modify__over_rows(exec, &plan->checks, columns);
    if (plan->returning.count > 0)
        state->returning = modify__over_rows(exec, &plan->returning, columns);
    for (int i = 0; i < 2; i++) {
        /* MERGE: the action and the row that the target's name means stand behind the new row. */
        const bool merged = plan->command == Q_COMMAND_MERGE && i == 0;
        const uint32_t count = columns + SYSTEM_COLUMNS;
        state->rows[i].column_count = merged ? 2 * count + 1 : count;
        state->rows[i].columns = ARENA_ARRAY(arena, Vector, state->rows[i].column_count);
    }
    op->out.column_count = plan->returning.count;
    op->out.columns = ARENA_ARRAY(arena, Vector, plan->returning.count);
    state->row_arena = arena_new_child(arena, "written rows");
    state->before = ARENA_ARRAY(arena, Datum, columns);
    state->after = ARENA_ARRAY(arena, Datum, columns);
    open_conflict(state, exec);
    if (plan->command == Q_COMMAND_MERGE) merge_open(op, state);
}

/* ---- rows for RETURNING ---- */

/* Vectors of a row with its system columns, from `vectors` on. */
static void begin_row(ModifyState *state, Vector *vectors, uint32_t end)
{
    const CatRelation *relation = state->writer->relation;
    const uint32_t columns = state->writer->column_count;
    const Datum zero = {0}, oid = {.value.u32 = relation->oid};
    static const Oid types[SYSTEM_COLUMNS] = {OID_TID, OID_XID, OID_CID, OID_XID, OID_CID, OID_OID};
    for (uint32_t i = 0; i < columns; i++) {
        const CatColumn *column = &relation->columns[i];
        vector_init_flat(&vectors[i], state->row_arena, column->type, column->phys, end);
    }
    for (uint32_t i = 0; i < SYSTEM_COLUMNS; i++) {
        Vector *vector = &vectors[columns + i];
        const Phys phys = types[i] == OID_TID ? PHYS_I64 : PHYS_I32;
        if (types[i] == OID_OID)
            vector_init_constant(vector, state->row_arena, types[i], phys, &oid);
        else if (types[i] == OID_CID)
            vector_init_constant(vector, state->row_arena, types[i], phys, &zero);
        else
            vector_init_flat(vector, state->row_arena, types[i], phys, end);
    }
}

void modify__begin_rows(ModifyState *state, const Batch *batch)
{
    const uint32_t count = state->writer->column_count + SYSTEM_COLUMNS;
    const uint32_t end = sel_row(batch->selection, batch->selection.count - 1) + 1u;
    arena_reset(state->row_arena);
    if (state->returning) CHECK(txn_need_xid(state->writer->exec->options.txn, &state->own));
    for (int r = 0; r < 2; r++) {
        begin_row(state, state->rows[r].columns, end);
        state->rows[r].row_count = end;
    }
    if (state->plan->command != Q_COMMAND_MERGE) return;
    Vector *more = state->rows[0].columns + count;
    vector_init_flat(more, state->row_arena, OID_TEXT, PHYS_STR, end);
    begin_row(state, more + 1, end);
}

/* A row that is written has xmin; one that is written over, or was locked by ON CONFLICT before, has xmax. */
static void put_xids(ModifyState *state, Vector *vectors, uint32_t at, bool new, bool old)
{
    enum { XMIN = 1, XMAX = 3 };
    Vector *system = vectors + state->writer->column_count;
    const uint32_t own = (uint32_t)state->own.v;
    const Datum xmin = {.value.u32 = own, .null = !new},
                xmax = {.value.u32 = old ? own : 0, .null = !new && !old};
    vector_set(&system[XMIN], state->row_arena, at, &xmin);
    vector_set(&system[XMAX], state->row_arena, at, &xmax);
}

static void put_columns(ModifyState *state, Vector *vectors, uint32_t at, const Datum *columns,
                        RowId id)
{
    const uint32_t count = state->writer->column_count;
    const Datum null = {.null = true};
    for (uint32_t i = 0; i < count; i++) {
        Datum value = columns ? columns[i] : null;
        if (!value.null)
            value.value = value_copy(state->row_arena, (Phys)vectors[i].phys, value.value);
        vector_set(&vectors[i], state->row_arena, at, &value);
    }
    const Datum ctid = {.value.u64 = tid_of_row(id), .null = !columns};
    vector_set(&vectors[count], state->row_arena, at, &ctid);
}

void modify__put_row(ModifyState *state, int which, uint32_t at, const Datum *columns, RowId id)
{
    if (state->returning || state->checks || state->actions || state->conflict_set)
        put_columns(state, state->rows[which].columns, at, columns, id);
    if (state->returning)
        put_xids(state, state->rows[which].columns, at, columns && which == 0,
                 columns && which == 1);
}

void modify__put_merged(ModifyState *state, uint32_t at, Str action, const Datum *columns, RowId id)
{
    Vector *more = state->rows[0].columns + state->writer->column_count + SYSTEM_COLUMNS;
    const Datum name = {.value.str = strview(action)};
    vector_set(more, state->row_arena, at, &name);
    put_columns(state, more + 1, at, columns, id);
    const bool deleted = str_equal(action, STR("DELETE"));
    if (state->returning) put_xids(state, more + 1, at, !deleted, deleted);
}

void modify__written(OpState *op, uint32_t row)
{
    ModifyState *state = OP_STATE(ModifyState, op);
    state->kept[state->kept_count++] = (uint16_t)row;
    if (state->plan->can_set_tag) op->exec->processed++;
}

/* ---- looking again ---- */

static bool is_own(const RowOutcome *outcome)
{
    return outcome->fate == ROW_SELF_UPDATED || outcome->fate == ROW_SELF_DELETED;
}

void modify__take_snapshot(OpState *op, ModifyState *state)
{
    recheck_snapshot(op->exec, &state->snapshot, &state->has_snapshot);
}

_Noreturn void modify__raise_concurrent(const RowOutcome *outcome)
{
    raise_error(SQLSTATE_SERIALIZATION_FAILURE, "could not serialize access due to concurrent %s",
                outcome->fate == ROW_DELETED ? "delete" : "update");
}

/* Does the row, as it is now, still qualify? Then its line of the child's plan is in *batch. `first`: not again. */
static bool look_again(OpState *op, ModifyState *state, RowId row, const RowOutcome *outcome,
                       bool first, uint32_t at, const Batch **batch)
{
    if (!op->exec->options.read_committed) modify__raise_concurrent(outcome);
    if (outcome->fate == ROW_DELETED) return false;
    modify__take_snapshot(op, state);
    if (first) recheck_begin(state->recheck, *batch, at);
    recheck_set(state->recheck, state->plan->table, row, &state->snapshot);
    return recheck_run(state->recheck, batch);
}

/* ---- one row ---- */

RowId modify__row_id(const ModifyState *state, const Batch *batch, uint32_t row, bool *found)
{
    const Datum tid = vector_get(&batch->columns[state->plan->row_id_slot], row);
    *found = !tid.null;
    return tid.null ? (RowId){0} : row_of_tid(tid.value.u64);
}

static RowId child_row_id(const ModifyState *state, const Batch *batch, uint32_t row)
{
    bool found;
    const RowId id = modify__row_id(state, batch, row, &found);
    if (!found) raise_error(SQLSTATE_INTERNAL_ERROR, "ctid is NULL");
    return id;
}

static void set_columns(ModifyState *state, const Batch *batch, uint32_t row)
{
    const NodeI32s *columns = &state->plan->columns;
    memcpy(state->after, state->before, sizeof *state->after * state->writer->column_count);
    for (uint32_t i = 0; i < columns->count; i++)
        state->after[columns->items[i] - 1] =
            vector_get(&batch->columns[state->plan->row_id_slot + 1 + (int32_t)i], row);
}

/* UPDATE or DELETE of one row; false: it is not there any more, or was changed by this very command. */
static bool change_row(OpState *op, ModifyState *state, const Batch *batch, uint32_t row, RowId id)
{
    Writer *writer = state->writer;
    const Snapshot *snapshot = op->exec->options.snapshot;
    const bool is_update = state->plan->command == Q_COMMAND_UPDATE;
    for (bool first = true;; first = false) {
        RowOutcome outcome;
        Status status;
        task_check();
        if (!writer_fetch(writer, snapshot, id, writer->scratch, state->before)) return false;
        if (is_update) {
            set_columns(state, batch, row);
            status = writer_update(writer, snapshot, id, state->before, state->after,
                                   state->plan->columns.items, state->plan->columns.count,
                                   &outcome);
        } else {
            status = writer_delete(writer, snapshot, id, state->before, &outcome);
        }
        if (status == OK) return true;
        if (status != ST_CHANGED) raise_status(status);
        if (is_own(&outcome)) return false;
        if (!look_again(op, state, id, &outcome, first, row, &batch)) return false;
        row = sel_row(batch->selection, 0);
        snapshot = &state->snapshot;
    }
}

static void change_batch(OpState *op, ModifyState *state, const Batch *batch)
{
    const bool is_update = state->plan->command == Q_COMMAND_UPDATE;
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        const uint32_t row = sel_row(batch->selection, i);
        const RowId id = child_row_id(state, batch, row);
        arena_reset(state->writer->scratch);
        if (!change_row(op, state, batch, row, id)) continue;
        modify__put_row(state, 0, row, is_update ? state->after : NULL, id);
        modify__put_row(state, 1, row, state->before, id);
        modify__written(op, row);
    }
}

/* ---- INSERT ---- */

static void insert_batch(OpState *op, ModifyState *state, const Batch *batch)
{
    Writer *writer = state->writer;
    Vector *columns = ARENA_ARRAY(writer->scratch, Vector, writer->column_count);
    memcpy(columns, batch->columns, sizeof *columns * writer->column_count);
    writer_insert(writer, columns, batch->selection);
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        const uint32_t row = sel_row(batch->selection, i);
        if (state->returning || state->checks) {
            for (uint32_t c = 0; c < writer->column_count; c++)
                state->after[c] = writer->relation->columns[c].dropped
                                      ? (Datum){.null = true}
                                      : vector_get(&columns[c], row);
            modify__put_row(state, 0, row, state->after, writer->ids[i]);
            modify__put_row(state, 1, row, NULL, (RowId){0});
        }
        modify__written(op, row);
    }
}

static _Noreturn void raise_second_time(void)
{
    Error *error = error_begin(SQLSTATE_CARDINALITY_VIOLATION);
    error_message(error, "ON CONFLICT DO UPDATE command cannot affect row a second time");
    error_hint(error,
               "Ensure that no rows proposed for insertion within the same command have duplicate "
               "constrained values.");
    error_raise(error);
}

/* EXCLUDED: the child's row, with what was generated for it, which state->after holds. */
static Batch proposed_row(const ModifyState *state, const Batch *batch)
{
    const CatRelation *relation = state->writer->relation;
    Arena *arena = state->writer->scratch;
    Batch proposed = *batch;
    if (!row_rules_have_generated(state->writer->rules)) return proposed;
    proposed.columns = ARENA_ARRAY(arena, Vector, batch->column_count);
    memcpy(proposed.columns, batch->columns, sizeof *proposed.columns * batch->column_count);
    for (uint32_t i = 0; i < state->writer->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        if (column->generated == 's' && !column->dropped)
            vector_init_constant(&proposed.columns[i], arena, column->type, column->phys,
                                 &state->after[i]);
    }
    return proposed;
}

/* The row in the way, which is locked, as DO UPDATE changes it; false: WHERE leaves it out. */
static bool update_existing(ModifyState *state, const Batch *batch, uint32_t row, RowId other,
                            const Snapshot *snapshot)
{
    const QOnConflict *conflict = state->plan->on_conflict;
    Writer *writer = state->writer;
    const Batch proposed = proposed_row(state, batch);
    const Batch *inputs[] = {&proposed, &state->rows[0], &state->rows[1]};
    const uint16_t at = (uint16_t)row;
    uint16_t passed;
    RowOutcome outcome;
    Vector *values = ARENA_ARRAY(writer->scratch, Vector, conflict->set.count);
    modify__put_row(state, 1, row, state->before, other);
    if (state->conflict_where) {
        const uint32_t count = expr_filter(state->conflict_where, inputs, 3, (Selection){&at, 1},
                                           &passed);
        if (expr_has_error(state->conflict_where)) expr_raise(state->conflict_where);
        if (count == 0) return false;
    }
    if (expr_eval(state->conflict_set, inputs, 3, (Selection){&at, 1}, values) == 0)
        expr_raise(state->conflict_set);
    memcpy(state->after, state->before, sizeof *state->after * writer->column_count);
    for (uint32_t i = 0; i < conflict->set.count; i++)
        state->after[state->conflict_columns[i] - 1] = vector_get(&values[i], row);
    Status status = writer_update(writer, snapshot, other, state->before, state->after,
                                  state->conflict_columns, conflict->set.count, &outcome);
    if (status == ST_CHANGED) raise_second_time(); /* an expression of ours changed it */
    CHECK(status);
    return true;
}

/* Does this transaction see the row with all that it has done until now? */
static bool is_there_now(OpState *op, ModifyState *state, RowId row, Snapshot now)
{
    txn_snapshot_refresh_own(op->exec->options.txn, &now);
    return writer_fetch(state->writer, &now, row, state->writer->scratch, state->before);
}

/* Locks the row in the way and fetches it; false: it is another by now, or gone: the insert is tried again. */
static bool lock_existing(OpState *op, ModifyState *state, RowId other, const Snapshot *snapshot)
{
    const ExecOptions *options = &op->exec->options;
    const RowOutcome concurrent = {.fate = ROW_UPDATED};
    RowOutcome outcome;
    Status status = table_lock_row(state->writer->relation->table, options->txn, snapshot, other,
                                   ROW_NO_KEY_UPDATE, options->wait, &outcome);
    if (status == OK)
        return writer_fetch(state->writer, snapshot, other, state->writer->scratch, state->before);
    if (status != ST_CHANGED)
        wait_raise(op->exec, status, "inserting index", other, state->writer->relation->name);
    if (is_own(&outcome)) raise_second_time();
    if (outcome.fate == ROW_INVISIBLE && is_there_now(op, state, other, *snapshot))
        raise_second_time();
    if (!options->read_committed) modify__raise_concurrent(&concurrent);
    return false;
}

/* DO NOTHING in REPEATABLE READ: that a row is there which the snapshot does not see would tell of others. */
static void check_repeatable(OpState *op, ModifyState *state, RowId other)
{
    const ExecOptions *options = &op->exec->options;
    const RowOutcome concurrent = {.fate = ROW_UPDATED};
    if (!options->read_committed && !is_there_now(op, state, other, *options->snapshot))
        modify__raise_concurrent(&concurrent);
}

/* One row of INSERT ... ON CONFLICT. Loops while the row in the way goes before it can be looked at. */
static bool insert_or_resolve(OpState *op, ModifyState *state, const Batch *batch, uint32_t row)
{
    const QOnConflict *conflict = state->plan->on_conflict;
    const Snapshot *snapshot = op->exec->options.snapshot;
    Writer *writer = state->writer;
    RowId id, other;
    for (;;) {
        task_check();
        arena_reset(writer->scratch);
        for (uint32_t c = 0; c < writer->column_count; c++)
            state->after[c] = vector_get(&batch->columns[c], row);
        if (writer_insert_or_find(writer, state->after, conflict->indexes.items,
                                  conflict->indexes.count, &id, &other)) {
            modify__put_row(state, 0, row, state->after, id);
            modify__put_row(state, 1, row, NULL, id);
            op->figures.inserted++;
            return true;
        }
        if (conflict->action == Q_CONFLICT_NOTHING) {
            check_repeatable(op, state, other);
            op->figures.conflicting++;
            return false;
        }
        if (op->exec->options.read_committed) {
            modify__take_snapshot(op, state);
            snapshot = &state->snapshot;
        }
        if (!lock_existing(op, state, other, snapshot)) continue;
        op->figures.conflicting++;
        if (!update_existing(state, batch, row, other, snapshot)) {
            op->figures.removed++;
            return false;
        }
        modify__put_row(state, 0, row, state->after, other);
        if (state->returning) put_xids(state, state->rows[0].columns, row, true, true);
        return true;
    }
}

static void resolve_batch(OpState *op, ModifyState *state, const Batch *batch)
{
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        const uint32_t row = sel_row(batch->selection, i);
        if (insert_or_resolve(op, state, batch, row)) modify__written(op, row);
    }
}

/* ---- the operator ---- */

/* Most statements write a row or none. MERGE may do two things for a row of its child. */
static void reserve_kept(OpState *op, ModifyState *state, uint32_t rows)
{
    enum { CAPACITY_LEAST = 8 };
    if (state->actions) rows *= 2;
    if (rows <= state->kept_capacity) return;
    state->kept_capacity = MAX(rows, (uint32_t)CAPACITY_LEAST);
    state->kept = arena_alloc_array(op->exec->arena, state->kept_capacity, sizeof *state->kept);
}

static void modify_batch(OpState *op, ModifyState *state, const Batch *batch)
{
    state->kept_count = 0;
    reserve_kept(op, state, batch->selection.count);
    arena_reset(state->writer->scratch);
    if (state->returning || state->checks || state->plan->on_conflict || state->actions)
        modify__begin_rows(state, batch);
    if (state->plan->command == Q_COMMAND_MERGE)
        merge_batch(op, state, batch);
    else if (state->plan->command != Q_COMMAND_INSERT)
        change_batch(op, state, batch);
    else if (state->plan->on_conflict)
        resolve_batch(op, state, batch);
    else
        insert_batch(op, state, batch);
}

static _Noreturn void raise_view_check(OpState *op, const ModifyState *state, Str view,
                                       uint32_t row)
{
    Arena *arena = op->exec->arena;
    Datum *columns = ARENA_ARRAY(arena, Datum, state->writer->column_count);
    for (uint32_t i = 0; i < state->writer->column_count; i++)
        columns[i] = vector_get(&state->rows[0].columns[i], row);
    Str text;
    const bool shown = disclose_row(&state->writer->disclosure, arena, columns, &text);
    Error *error = error_begin(SQLSTATE_WITH_CHECK_OPTION_VIOLATION);
    error_message(error, "new row violates check option for view \"%.*s\"", STR_ARG(view));
    if (shown) error_detail(error, "Failing row contains %.*s.", STR_ARG(text));
    error_raise(error);
}

/* WITH CHECK OPTION: what is not surely true of a row that was written is an error, the inner view's first. */
static void check_views(OpState *op, ModifyState *state, const Batch *batch)
{
    const QTargetList *checks = &state->plan->checks;
    const Batch *inputs[] = {batch, &state->rows[0], &state->rows[1]};
    Vector *passes = ARENA_ARRAY(state->writer->scratch, Vector, checks->count);
    for (uint32_t i = 0; i < state->kept_count; i++) {
        const uint16_t row = state->kept[i];
        const bool deleted = vector_is_null(&state->rows[0].columns[state->writer->column_count],
                                            row);
        if (deleted) continue;
        if (expr_eval(state->checks, inputs, 3, (Selection){&row, 1}, passes) == 0)
            expr_raise(state->checks);
        for (uint32_t c = 0; c < checks->count; c++) {
            const Datum passed = vector_get(&passes[c], row);
            if (passed.null || !passed.value.b)
                raise_view_check(op, state, checks->items[c]->name, row);
        }
    }
}

static bool modify_next(OpState *op, uint32_t rows_max)
{
    ModifyState *state = OP_STATE(ModifyState, op);
    const Batch *batch;
    /* A row of MERGE may be two in RETURNING: they are given out one by one. */
    if (!state->returning)
        rows_max = BATCH_ROWS_MAX;
    else if (state->actions)
        rows_max = 1;
    if (state->checks) rows_max = 1; /* a row is checked before the next is written */
    while (!state->done) {
        task_check();
        batch = state->pending;
        if (!batch && !op_pull(op->children[0], rows_max, &batch)) {
            state->done = true;
            break;
        }
        modify_batch(op, state, batch);
        if (state->checks) check_views(op, state, batch);
        if (!state->returning || state->kept_count == 0) continue;
        const Batch *inputs[] = {batch, &state->rows[0], &state->rows[1]};
        const Selection rows = {state->kept, state->kept_count};
        if (expr_eval(state->returning, inputs, 3, rows, op->out.columns) < rows.count)
            expr_raise(state->returning);
        op->out.selection = rows;
        op->out.row_count = sel_row(rows, rows.count - 1) + 1u;
        return true;
    }
    return false;
}

static void modify_rewind(OpState *op)
{
    (void)op;
    raise_error(SQLSTATE_INTERNAL_ERROR, "a table is not modified twice");
}

static void modify_reopen(OpState *op)
{
    writer_reopen(OP_STATE(ModifyState, op)->writer);
}

static void modify_close(OpState *op)
{
    ModifyState *state = OP_STATE(ModifyState, op);
    if (state->has_snapshot) txn_snapshot_release(&state->snapshot);
    state->has_snapshot = false;
}

const Operator op_modify_table = {.kind = PLAN_MODIFY_TABLE,
                                  .title = "ModifyTable",
                                  .state_bytes = sizeof(ModifyState),
                                  .open = modify_open,
                                  .next = modify_next,
                                  .rewind = modify_rewind,
                                  .close = modify_close,
                                  .is_keepable = true,
                                  .reopen = modify_reopen};
