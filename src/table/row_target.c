/* SPDX-License-Identifier: Apache-2.0 */
/* row_target.c - first updater wins (docs/design.md, section 4). A row's writer is its lock; others' locks stand in
 * memory. Who meets a writer takes the row's lock in memory before waiting for that transaction, so that those who wait
 * are served in the order in which they came. */
#include "table/row_target.h"

static bool is_of_key(RowHead head)
{
    return head.flags & (ROW_FLAG_KEY | ROW_FLAG_DELETED);
}

static RowVerdict late(const RowTarget *target, RowFate fate)
{
    target->outcome->fate = fate;
    return ROW_LATE;
}

/* The newest version is the transaction's own. */
static RowVerdict judge_own(const RowTarget *target, RowHead head)
{
    bool deleted = head.flags & ROW_FLAG_DELETED;
    if (snapshot_sees_own(target->snapshot, head.undo))
        return deleted ? late(target, ROW_INVISIBLE) : ROW_GO;
    if (deleted) return late(target, ROW_SELF_DELETED);
    return late(target, head.flags & ROW_FLAG_BORN ? ROW_INVISIBLE : ROW_SELF_UPDATED);
}

/* Somebody else's. */
static RowVerdict judge_other(const RowTarget *target, RowHead head)
{
    bool deleted = head.flags & ROW_FLAG_DELETED;
    if (head.xid.v >= target->snapshot->xmin.v &&
        table__is_open(txn_system(target->txn), head.xid)) {
        RowStrength writer = is_of_key(head) ? ROW_UPDATE : ROW_NO_KEY_UPDATE;
        if (head.flags & ROW_FLAG_BORN) return late(target, ROW_INVISIBLE);
        return row_strength_conflicts(target->strength, writer) ? ROW_WRITER : ROW_GO;
    }
    if (table__sees(target->snapshot, head)) return deleted ? late(target, ROW_INVISIBLE) : ROW_GO;
    if (head.flags & ROW_FLAG_BORN) return late(target, ROW_INVISIBLE);
    /* Whoever wants the key to stay does not mind what became of the rest: table_lock_row looks at all versions. */
    if (target->strength == ROW_KEY_SHARE && !is_of_key(head)) return ROW_GO;
    return late(target, deleted ? ROW_DELETED : ROW_UPDATED);
}

RowVerdict row_target_judge(const RowTarget *target, const void *page, uint32_t *slot)
{
    Xid holder;
    *target->outcome = (RowOutcome){.fate = ROW_FINE};
    if (!leaf_find(page, target->row, slot)) return late(target, ROW_INVISIBLE);
    RowHead head = leaf_head(page, *slot);
    target->outcome->by = head.xid;
    target->outcome->key_strength = is_of_key(head);
    RowVerdict verdict = head.xid.v == txn_xid(target->txn).v ? judge_own(target, head)
                                                              : judge_other(target, head);
    if (verdict == ROW_GO &&
        row_lock_conflicts(target->txn, target->table->id, target->row, target->strength, &holder))
        return ROW_HELD;
    return verdict;
}

Status row_target_wait(const RowTarget *target, RowVerdict verdict, PageRef *leaf)
{
    const RowWaitOptions *wait = target->wait;
    Xid holder;
    ASSERT(verdict == ROW_HELD || verdict == ROW_WRITER);
    if (wait->wait != ROW_WAIT) {
        pool_unlatch(leaf);
        return ST_NOT_AVAILABLE;
    }
    Status status = row_lock_try(target->txn, target->table->id, target->row, target->strength,
                                 &holder);
    pool_unlatch(leaf);
    if (status == ST_BUSY) {
        MARK("waits for a row's lock");
        return row_lock_wait(wait->session, target->txn, target->table->id, target->row,
                             target->strength, wait->wait, wait->lock);
    }
    TRY(status);
    if (verdict == ROW_HELD) return OK;
    MARK("waits for a row's writer");
    return table__wait_xid(wait, target->txn, target->outcome->by);
}
