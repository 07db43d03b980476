/* SPDX-License-Identifier: Apache-2.0 */
/* merge.c - MERGE: each row of the join is matched, or lacks its source, or its target; the first WHEN of that kind
 * whose condition holds says what is done.
 *
 * Conditions and new values see the child's row (the source's columns; input 0) and the target's row (input 2), which
 * is fetched, not taken from the join: when another transaction changed it meanwhile (READ COMMITTED), the newest
 * version is put there and the join's condition is asked again. If they do not match any more, both are rows without a
 * partner; if the target row is gone, the source row is one. */
#include "exec/modify.h"

#include "base/task.h"
#include "exec/ops.h"

struct MergeAction {
    const QMergeWhen *when;
    ExprState *condition, *values; /* NULL: none */
};

static ExprState *filter_over_rows(Exec *exec, const QExpr *condition, uint32_t columns)
{
    if (!condition) return NULL;
    QExpr *expr = exec__system_slots(exec->arena, condition, columns);
    return exec__filter(exec, &(QExprList){&expr, 1});
}

void merge_open(OpState *op, ModifyState *state)
{
    Exec *exec = op->exec;
    const PlanModifyTable *plan = state->plan;
    const uint32_t columns = state->writer->column_count;
    state->actions = ARENA_ARRAY(exec->arena, MergeAction, plan->merge_whens.count);
    for (uint32_t i = 0; i < plan->merge_whens.count; i++) {
        const QMergeWhen *when = plan->merge_whens.items[i];
        state->actions[i].when = when;
        state->actions[i].condition = filter_over_rows(exec, when->condition, columns);
        if (when->targets.count > 0)
            state->actions[i].values = modify__over_rows(exec, &when->targets, columns);
    }
    state->merge_on = filter_over_rows(exec, plan->merge_on, columns);
}

/* A row of the child at work. */
typedef struct MergeRow {
    OpState *op;
    ModifyState *state;
    const Batch *inputs[3];
    uint32_t at;
    RowId target;
} MergeRow;

static bool holds(const MergeRow *row, ExprState *condition)
{
    const uint16_t at = (uint16_t)row->at;
    uint16_t passed;
    if (!condition) return true;
    const uint32_t count = expr_filter(condition, row->inputs, 3, (Selection){&at, 1}, &passed);
    if (expr_has_error(condition)) expr_raise(condition);
    return count > 0;
}

/* The first action of that kind whose condition holds; NULL: none. */
static const MergeAction *choose(const MergeRow *row, QMergeMatch match)
{
    const ModifyState *state = row->state;
    for (uint32_t i = 0; i < state->plan->merge_whens.count; i++) {
        const MergeAction *action = &state->actions[i];
        if (action->when->match == match && holds(row, action->condition)) return action;
    }
    return NULL;
}

/* The action's values over `after`. */
static void assign(const MergeRow *row, const MergeAction *action, int32_t *attnums)
{
    ModifyState *state = row->state;
    const QTargetList *targets = &action->when->targets;
    const uint16_t at = (uint16_t)row->at;
    if (targets->count == 0) return;
    Vector *values = ARENA_ARRAY(state->writer->scratch, Vector, targets->count);
    if (expr_eval(action->values, row->inputs, 3, (Selection){&at, 1}, values) == 0)
        expr_raise(action->values);
    for (uint32_t i = 0; i < targets->count; i++) {
        if (targets->items[i]->junk) continue;
        attnums[i] = targets->items[i]->number;
        state->after[attnums[i] - 1] = vector_get(&values[i], row->at);
    }
}

static void done(const MergeRow *row, Str action, const Datum *before, const Datum *after, RowId id)
{
    ModifyState *state = row->state;
    if (state->returning || state->checks) {
        modify__put_row(state, 0, row->at, after, id);
        modify__put_row(state, 1, row->at, before, id);
        modify__put_merged(state, row->at, action, after ? after : before, id);
    }
    modify__written(row->op, row->at);
}

/* ---- a source row without a target ---- */

static void not_matched_by_target(const MergeRow *row)
{
    ModifyState *state = row->state;
    Writer *writer = state->writer;
    const MergeAction *action = choose(row, Q_MERGE_NOT_MATCHED_BY_TARGET);
    if (!action || action->when->command != Q_COMMAND_INSERT) return;
    int32_t *attnums = ARENA_ARRAY(writer->scratch, int32_t, action->when->targets.count + 1);
    Vector *columns = ARENA_ARRAY(writer->scratch, Vector, writer->column_count);
    for (uint32_t i = 0; i < writer->column_count; i++) state->after[i] = (Datum){.null = true};
    assign(row, action, attnums);
    for (uint32_t i = 0; i < writer->column_count; i++) {
        const CatColumn *column = &writer->relation->columns[i];
        if (!column->dropped)
            vector_init_constant(&columns[i], writer->scratch, column->type, column->phys,
                                 &state->after[i]);
    }
    writer_insert(writer, columns, (Selection){.count = 1});
    for (uint32_t i = 0; i < writer->column_count; i++)
        if (!writer->relation->columns[i].dropped) state->after[i] = vector_get(&columns[i], 0);
    row->op->figures.inserted++;
    done(row, STR("INSERT"), NULL, state->after, writer->ids[0]);
}

/* ---- a target row ---- */

static _Noreturn void raise_second_time(void)
{
    Error *error = error_begin(SQLSTATE_CARDINALITY_VIOLATION);
    error_message(error, "MERGE command cannot affect row a second time");
    error_hint(error, "Ensure that not more than one source row matches any one target row.");
    error_raise(error);
}

static Status act(const MergeRow *row, const MergeAction *action, const Snapshot *snapshot,
                  RowOutcome *outcome)
{
    ModifyState *state = row->state;
    Writer *writer = state->writer;
    const QTargetList *targets = &action->when->targets;
    if (action->when->command == Q_COMMAND_DELETE)
        return writer_delete(writer, snapshot, row->target, state->before, outcome);
    int32_t *attnums = ARENA_ARRAY(writer->scratch, int32_t, targets->count + 1);
    uint32_t count = 0;
    memcpy(state->after, state->before, sizeof *state->after * writer->column_count);
    assign(row, action, attnums);
    for (uint32_t i = 0; i < targets->count; i++)
        if (!targets->items[i]->junk) attnums[count++] = targets->items[i]->number;
    return writer_update(writer, snapshot, row->target, state->before, state->after, attnums, count,
                         outcome);
}

/* True: the source row is without a target now. */
static bool with_target(const MergeRow *row, bool has_source)
{
    ModifyState *state = row->state;
    const ExecOptions *options = &row->op->exec->options;
    const Snapshot *snapshot = options->snapshot;
    bool matched = has_source;
    for (;;) {
        RowOutcome outcome;
        task_check();
        if (!writer_fetch(state->writer, snapshot, row->target, state->writer->scratch,
                          state->before))
            return has_source;
        modify__put_row(state, 1, row->at, state->before, row->target);
        if (snapshot != options->snapshot && has_source) matched = holds(row, state->merge_on);
        const MergeAction *action = choose(row, matched ? Q_MERGE_MATCHED
                                                        : Q_MERGE_NOT_MATCHED_BY_SOURCE);
        if (!action || action->when->command == Q_COMMAND_UTILITY) return has_source && !matched;
        Status status = act(row, action, snapshot, &outcome);
        if (status == OK) {
            const bool deleted = action->when->command == Q_COMMAND_DELETE;
            *(deleted ? &row->op->figures.deleted : &row->op->figures.updated) += 1;
            done(row, deleted ? STR("DELETE") : STR("UPDATE"), state->before,
                 deleted ? NULL : state->after, row->target);
            return has_source && !matched;
        }
        if (status != ST_CHANGED) raise_status(status);
        if (outcome.fate == ROW_SELF_UPDATED || outcome.fate == ROW_SELF_DELETED)
            raise_second_time();
        if (!options->read_committed) modify__raise_concurrent(&outcome);
        if (outcome.fate == ROW_DELETED) return has_source;
        modify__take_snapshot(row->op, state);
        snapshot = &state->snapshot;
    }
}

static bool has_source(const ModifyState *state, const Batch *batch, uint32_t row)
{
    const QSlot *slot = Q_IF(Slot, state->plan->merge_source);
    return !slot || !vector_get(&batch->columns[slot->column], row).null;
}

/* True: what is left to do is to take the source row as one without a target. */
static bool merge_row(const MergeRow *row, bool pending)
{
    const Batch *batch = row->inputs[0];
    bool has_target = !pending && row->target.v != 0;
    arena_reset(row->state->writer->scratch);
    if (has_target && !with_target(row, has_source(row->state, batch, row->at))) return false;
    if (has_target && row->state->kept_count > 0 && (row->state->returning || row->state->checks))
        return true;
    modify__put_row(row->state, 1, row->at, NULL, (RowId){0});
    not_matched_by_target(row);
    return false;
}

void merge_batch(OpState *op, ModifyState *state, const Batch *batch)
{
    const bool pending = state->pending != NULL;
    MergeRow row = {.op = op, .state = state, .inputs = {batch, &state->rows[0], &state->rows[1]}};
    bool found;
    state->pending = NULL;
    if (!pending) op->figures.considered += batch->selection.count;
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        row.at = sel_row(batch->selection, i);
        row.target = modify__row_id(state, batch, row.at, &found);
        if (!found) row.target = (RowId){0};
        if (merge_row(&row, pending)) state->pending = batch;
    }
}
