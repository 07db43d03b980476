/* SPDX-License-Identifier: Apache-2.0 */
/* op_lock_rows.c - SELECT ... FOR UPDATE and kin: row by row, since a row that cannot be had at once may be left out,
 * be waited for, or have become another meanwhile. A row that changed is looked at again by the child's plan, opened a
 * second time and narrowed to it (READ COMMITTED); elsewhere that is 40001. */
#include "exec/ops.h"

#include "base/task.h"
#include "exec/relation.h"
#include "exec/scan_row.h"

typedef struct LockState {
    const PlanLockRows *plan;
    const CatRelation **relations; /* by lock */
    OpState *again;
    Snapshot snapshot;
    bool has_snapshot;
} LockState;

static void lock_open(OpState *op)
{
    const PlanLockRows *plan = (const PlanLockRows *)op->plan;
    LockState *state = OP_STATE(LockState, op);
    state->plan = plan;
    op->children[0] = exec__open_op(op->exec, plan->child);
    state->relations = ARENA_ARRAY(op->exec->arena, const CatRelation *, plan->locks.count);
    for (uint32_t i = 0; i < plan->locks.count; i++)
        state->relations[i] = exec__relation(op->exec, (Oid)plan->relations.items[i]);
}

static RowStrength strength_of(QLockStrength strength)
{
    switch (strength) {
    case Q_ROWLOCK_KEY_SHARE: return ROW_KEY_SHARE;
    case Q_ROWLOCK_SHARE: return ROW_SHARE;
    case Q_ROWLOCK_NO_KEY_UPDATE: return ROW_NO_KEY_UPDATE;
    case Q_ROWLOCK_UPDATE:
    case Q_ROWLOCK_NONE: break;
    }
    return ROW_UPDATE;
}

typedef enum LockVerdict { LOCKED, LEFT_OUT, CHANGED } LockVerdict;

static LockVerdict lock_row(OpState *op, LockState *state, uint32_t lock, RowId row,
                            const Snapshot *snapshot)
{
    const QRowLock *wanted = state->plan->locks.items[lock];
    const CatRelation *relation = state->relations[lock];
    RowWaitOptions wait = *op->exec->options.wait;
    RowOutcome outcome;
    wait.wait = wanted->wait == Q_LOCKWAIT_SKIP    ? ROW_SKIP
                : wanted->wait == Q_LOCKWAIT_ERROR ? ROW_NOWAIT
                                                   : ROW_WAIT;
    Status status = table_lock_row(relation->table, op->exec->options.txn, snapshot, row,
                                   strength_of(wanted->strength), &wait, &outcome);
    if (status == OK) return LOCKED;
    if (status == ST_NOT_AVAILABLE && wait.wait == ROW_SKIP) return LEFT_OUT;
    if (status == ST_NOT_AVAILABLE && wait.wait == ROW_NOWAIT)
        raise_error(SQLSTATE_LOCK_NOT_AVAILABLE,
                    "could not obtain lock on row in relation \"%.*s\"", STR_ARG(relation->name));
    if (status != ST_CHANGED) raise_status(status);
    if (outcome.fate == ROW_SELF_UPDATED || outcome.fate == ROW_SELF_DELETED) return LEFT_OUT;
    if (!op->exec->options.read_committed)
        raise_error(SQLSTATE_SERIALIZATION_FAILURE,
                    "could not serialize access due to concurrent update");
    return outcome.fate == ROW_DELETED ? LEFT_OUT : CHANGED;
}

static void drop_snapshot(LockState *state)
{
    if (state->has_snapshot) txn_snapshot_release(&state->snapshot);
    state->has_snapshot = false;
}

static bool look_again(OpState *op, LockState *state, uint32_t lock, RowId row, const Batch **batch)
{
    Exec *exec = op->exec;
    drop_snapshot(state);
    CHECK(txn_snapshot(exec->options.txn, &state->snapshot));
    state->has_snapshot = true;
    memcpy(state->snapshot.own_position, exec->options.snapshot->own_position,
           sizeof state->snapshot.own_position);
    const ExecAgain former = exec->again;
    exec->again = (ExecAgain){state->plan->locks.items[lock]->table, row, &state->snapshot, true};
    if (!state->again)
        state->again = exec__open_op(exec, state->plan->child);
    else
        op_rewind(state->again);
    const bool found = op_pull(state->again, 1, batch);
    exec->again = former;
    return found;
}

/* Locks the row's sources one after the other; false: it is left out. *batch may become another. */
static bool lock_sources(OpState *op, LockState *state, const Batch **batch)
{
    const Snapshot *snapshot = op->exec->options.snapshot;
    for (uint32_t i = 0; i < state->plan->locks.count;) {
        const uint32_t at = sel_row((*batch)->selection, 0);
        const Datum tid = vector_get(&(*batch)->columns[state->plan->row_id_slots.items[i]], at);
        task_check();
        if (tid.null) { /* the nullable side of an outer join */
            i++;
            continue;
        }
        const RowId row = row_of_tid(tid.value.u64);
        switch (lock_row(op, state, i, row, snapshot)) {
        case LOCKED: i++; break;
        case LEFT_OUT: return false;
        case CHANGED:
            if (!look_again(op, state, i, row, batch)) return false;
            snapshot = &state->snapshot;
            break;
        }
    }
    return true;
}

static bool lock_next(OpState *op, uint32_t rows_max)
{
    LockState *state = OP_STATE(LockState, op);
    const Batch *batch;
    for (;;) {
        if (tail_give(op, rows_max)) return true;
        if (!op_pull(op->children[0], 1, &batch)) return false;
        if (!lock_sources(op, state, &batch)) continue;
        tail_take(op, &batch, 1, batch->selection);
    }
}

static void lock_rewind(OpState *op)
{
    op_rewind(op->children[0]);
}

static void lock_close(OpState *op)
{
    drop_snapshot(OP_STATE(LockState, op));
}

const Operator op_lock_rows = {.kind = PLAN_LOCK_ROWS,
                               .title = "LockRows",
                               .state_bytes = sizeof(LockState),
                               .open = lock_open,
                               .next = lock_next,
                               .rewind = lock_rewind,
                               .close = lock_close};
