/* SPDX-License-Identifier: Apache-2.0 */
/* op_lock_rows.c - SELECT ... FOR UPDATE and kin: row by row, since a row that cannot be had at once may be left out,
 * be waited for, or have become another meanwhile. A line of which a row changed is looked at again when all of its
 * rows are locked (recheck.h; READ COMMITTED); elsewhere that is 40001. */
#include "exec/ops.h"

#include "base/task.h"
#include "exec/recheck.h"
#include "exec/relation.h"
#include "exec/scan_row.h"
#include "exec/wait_context.h"

typedef struct LockState {
    const PlanLockRows *plan;
    const CatRelation **relations; /* by lock */
    Recheck *recheck;
    Snapshot snapshot;
    bool has_snapshot;
} LockState;

static void lock_open(OpState *op)
{
    const PlanLockRows *plan = (const PlanLockRows *)op->plan;
    LockState *state = OP_STATE(LockState, op);
    state->plan = plan;
    op->children[0] = exec__open_op(op->exec, plan->child);
    state->recheck = recheck_new(op->exec, plan->child, &plan->sources);
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
    if (status != ST_CHANGED) wait_raise(op->exec, status, "locking", row, relation->name);
    if (outcome.fate == ROW_SELF_UPDATED || outcome.fate == ROW_SELF_DELETED) return LEFT_OUT;
    if (!op->exec->options.read_committed)
        raise_error(SQLSTATE_SERIALIZATION_FAILURE,
                    "could not serialize access due to concurrent update");
    return outcome.fate == ROW_DELETED ? LEFT_OUT : CHANGED;
}

/* Locks the newest version of the source's row; false: the line is left out. */
static bool lock_source(OpState *op, LockState *state, uint32_t lock, RowId row, bool *changed)
{
    const Snapshot *snapshot = op->exec->options.snapshot;
    for (;;) {
        task_check();
        switch (lock_row(op, state, lock, row, snapshot)) {
        case LOCKED: return true;
        case LEFT_OUT: return false;
        case CHANGED:
            *changed = true;
            recheck_snapshot(op->exec, &state->snapshot, &state->has_snapshot);
            snapshot = &state->snapshot;
            break;
        }
    }
}

/* Locks all of the line's sources; when one has changed, all of them are looked at as they are now. False: the line is
 * left out. *batch may become another. */
static bool lock_sources(OpState *op, LockState *state, const Batch **batch)
{
    const PlanLockRows *plan = state->plan;
    const uint32_t at = sel_row((*batch)->selection, 0);
    bool changed = false;
    for (uint32_t i = 0; i < plan->locks.count; i++) {
        const Datum tid = vector_get(&(*batch)->columns[plan->row_id_slots.items[i]], at);
        if (tid.null) continue; /* the nullable side of an outer join */
        if (!lock_source(op, state, i, row_of_tid(tid.value.u64), &changed)) return false;
    }
    if (!changed) return true;
    recheck_begin(state->recheck, *batch, at);
    for (uint32_t i = 0; i < plan->locks.count; i++) {
        const Datum tid = vector_get(&(*batch)->columns[plan->row_id_slots.items[i]], at);
        if (tid.null) continue;
        recheck_set(state->recheck, plan->locks.items[i]->table, row_of_tid(tid.value.u64),
                    &state->snapshot);
    }
    return recheck_run(state->recheck, batch);
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
    LockState *state = OP_STATE(LockState, op);
    if (state->has_snapshot) txn_snapshot_release(&state->snapshot);
    state->has_snapshot = false;
}

const Operator op_lock_rows = {.kind = PLAN_LOCK_ROWS,
                               .title = "LockRows",
                               .state_bytes = sizeof(LockState),
                               .open = lock_open,
                               .next = lock_next,
                               .rewind = lock_rewind,
                               .close = lock_close};
