/* SPDX-License-Identifier: Apache-2.0 */
/* table_share.c - visibility, room and waits, as rows and index entries share them (table_internal.h). */
#include "table/table_internal.h"

#include "base/error.h"

/* ---- who sees what ---- */

bool table__sees(const Snapshot *snapshot, RowHead head)
{
    if (head.xid.v < snapshot->xmin.v) return true;
    if (head.xid.v == snapshot->own.v) return snapshot_sees_own(snapshot, head.undo);
    return txn_sees(snapshot, head.xid);
}

bool table__is_settled(Txns *txns, Xid xid)
{
    CommitNumber number;
    return txn_xid_state(txns, xid, &number) == XID_COMMITTED;
}

bool table__is_open(Txns *txns, Xid xid)
{
    CommitNumber number;
    switch (txn_xid_state(txns, xid, &number)) {
    case XID_IN_PROGRESS:
    case XID_ABORTING: return true;
    case XID_COMMITTED:
    case XID_ABORTED: return false;
    }
    UNREACHABLE();
}

/* ---- where undo goes ---- */

UndoClass table__undo_class_of(SpaceId space, uint32_t flags)
{
    if (space.v == SPACE_TEMP.v) return UNDO_TEMP;
    if (space.v == SPACE_SHARED.v) return UNDO_SHARED;
    return flags & TREE_CATALOG ? UNDO_CATALOG : UNDO_DATA;
}

UndoClass table__undo_class(const Tree *tree)
{
    return table__undo_class_of(tree_space(tree_number_of(tree)), tree_flags(tree));
}

SpaceId table__undo_space(TreeId tree, UndoPtr undo)
{
    switch (undo_ptr_class(undo)) {
    case UNDO_SHARED: return SPACE_SHARED;
    case UNDO_TEMP: return SPACE_TEMP;
    case UNDO_DATA:
    case UNDO_CATALOG: return tree_space(tree);
    }
    UNREACHABLE();
}

/* ---- a change ---- */

bool table__is_logged(const Tree *tree)
{
    return (tree_flags(tree) & (TREE_TEMP | TREE_UNLOGGED)) == 0 &&
           tree_space(tree_number_of(tree)).v != SPACE_TEMP.v;
}

Status write__begin(Write *write, Txn *txn, Tree *tree)
{
    UndoClass class_ = table__undo_class(tree);
    *write = (Write){.txn = txn, .tree = tree, .store = tree_store(tree), .leaves_dead = true};
    SpaceId space = tree_space(tree_number_of(tree));
    /* Undo names a tree by its number within the space that the chain stands in. */
    if ((class_ == UNDO_DATA || class_ == UNDO_CATALOG) && space.v != txn_space(txn).v)
        return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "tables outside of the database's own space are not supported");
    TRY(txn_chain(txn, class_, &write->chain));
    write->xid = txn_xid(txn);
    write->logged = table__is_logged(tree);
    return OK;
}

static bool undo_is_logged(const Write *write)
{
    return tree_space(tree_number_of(write->tree)).v != SPACE_TEMP.v;
}

Status write__reserve(Write *write, uint32_t undo_payload, uint32_t log_payload)
{
    uint32_t undo_bytes = UNDO_RECORD_HEADER_BYTES + undo_payload;
    write__end(write);
    TRY(undo_reserve(write->chain, undo_bytes));
    write->undo_bytes = undo_bytes;
    write->log_bytes = log_payload;
    if (!undo_is_logged(write)) return OK;
    uint32_t credit = wal_record_bytes(2, log_payload);
    Status status = wal_credit_take(store_wal(write->store), credit, WAL_CREDIT_INTERRUPTIBLE);
    if (status == OK)
        write->credit = credit;
    else
        write__end(write);
    return status;
}

bool write__suffices(const Write *write, uint32_t undo_payload, uint32_t log_payload)
{
    return UNDO_RECORD_HEADER_BYTES + undo_payload <= write->undo_bytes &&
           log_payload <= write->log_bytes;
}

Status write__undo(Write *write, uint32_t undo_payload)
{
    ASSERT(UNDO_RECORD_HEADER_BYTES + undo_payload <= write->undo_bytes);
    return undo_append_begin(write->chain, UNDO_RECORD_HEADER_BYTES + undo_payload, &write->undo,
                             &write->at, &write->format);
}

/* For a record that costs `bytes`. A little that is left goes with it: giving that back at once would cost more. */
static void credit_spend(Write *write, uint32_t bytes, WalAppend *append)
{
    enum { LITTLE = 256 };
    ASSERT(bytes <= write->credit);
    write->credit -= bytes;
    if (write->credit > LITTLE) return;
    append->spare += write->credit;
    write->credit = 0;
}

void write__log(Write *write, WalKind kind, PageRef *leaf, uint8_t undo_kind,
                const WalPart *undo_parts, uint32_t undo_part_count, const WalPart *parts,
                uint32_t part_count)
{
    PoolLog log;
    Pool *pool = store_pool(write->store);
    undo_append_finish(write->chain, &write->undo, write->at, undo_kind, 0, undo_parts,
                       undo_part_count);
    if (write->leaves_dead) undo_chain_leave_dead(write->chain);
    write->leaves_dead = true;
    uint8_t flags = (uint8_t)(WAL_REF_UNDO | (write->format ? WAL_REF_FORMAT : 0));
    PoolChange changes[] = {{leaf, 0}, {&write->undo, flags}};
    uint32_t refs = 2, payload = wal_parts_bytes(parts, part_count);
    if (!write->logged) {
        pool_log(pool, kind, write->xid, changes, 1, parts, part_count, true);
        refs = 1;
    }
    pool_log_begin(pool, kind, write->xid, changes + (2 - refs), refs, payload, false, &log);
    pool_unlatch(&write->undo);
    pool_unlatch(leaf);
    if (log.appends) credit_spend(write, wal_record_bytes(refs, payload), &log.append);
    pool_log_fill(pool, &log, parts, part_count);
    write->undo_bytes = 0;
}

void write__end(Write *write)
{
    if (write->undo_bytes) undo_unreserve(write->chain);
    if (write->credit) wal_credit_return(store_wal(write->store), write->credit);
    write->undo_bytes = write->log_bytes = write->credit = 0;
}

/* ---- waits ---- */

Status table__wait_xid(const RowWaitOptions *wait, Txn *txn, Xid xid)
{
    if (wait->wait != ROW_WAIT) return ST_NOT_AVAILABLE;
    return lock_wait_xid(wait->session, txn, xid, wait->lock);
}
