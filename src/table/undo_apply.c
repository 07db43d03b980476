/* SPDX-License-Identifier: Apache-2.0 */
/* undo_apply.c - one undo record taken back, as rollback meets it, and what the table room hands to the store.
 *
 * Each change is taken back where it stands, under the leaf's latch, by one log record of its own. It is applied only
 * if the row's or entry's newest version is the record's: so a rollback may stop anywhere and begin again
 * (docs/traps.md F10), and a tree that is gone is passed by (F9). */
#include "table/upkeep.h"

#include "base/error.h"
#include "table/index_change.h"
#include "table/index_range.h"
#include "table/leaf.h"
#include "table/leaf_change.h"
#include "table/overflow.h"
#include "table/overflow_page.h"
#include "table/row_change.h"
#include "table/row_range.h"
#include "table/tree_change.h"

/* ---- what the store wants to know ---- */

static const RedoList redo_lists[] = {
    {row_range_redo_entries, ROW_RANGE_REDO_COUNT},
    {row_redo_entries, ROW_REDO_COUNT},
    {key_redo_entries, KEY_REDO_COUNT},
    {key_range_redo_entries, KEY_RANGE_REDO_COUNT},
    {overflow_redo_entries, OVERFLOW_REDO_COUNT},
    {tree_note_redo_entries, TREE_NOTE_REDO_COUNT},
    {txn_redo_entries, TXN_REDO_COUNT},
};

void table_fill_upper(StoreUpper *upper)
{
    upper->redo_lists = redo_lists;
    upper->redo_list_count = ARRAY_LEN(redo_lists);
    upper->leaf_table = &leaf_table_ops;
    upper->leaf_index = &index_leaf_ops;
    upper->page_is_idle = overflow_page_is_idle;
}

/* ---- rollback ---- */

typedef struct Undoing {
    Txn *txn;
    Tree *tree;
    const UndoRecord *record;
} Undoing;

static Status undo_corrupt(const UndoRecord *record)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "undo record %" PRIx64 " of transaction %" PRIu64 " is malformed",
                      record->ptr.v, record->xid.v);
}

static bool is_empty(const LeafChange *change)
{
    return leaf_row_count(change->leaf.data) == 0;
}

/* Pages that a rollback empties, thousands perhaps, are given back with it: nobody comes by them again, since new rows
 * go behind all others. */
static Status merge(Tree *tree, const TreeKey *key)
{
    Status status = tree_try_merge(tree, key);
    return status == ST_FULL ? OK : status; /* it can wait */
}

static Status undo_row(const Undoing *undoing, const RowChange *undone)
{
    uint8_t buffer[ROW_CHANGE_UNDO_BYTES];
    WalPart parts[2];
    uint32_t count = row_undo_log_parts(undone, buffer, parts), bytes = 0, slot;
    for (uint32_t i = 0; i < count; i++) bytes += parts[i].bytes;
    const TreeKey key = {.row_id = undone->row.v};
    LeafChange change;
    bool empty = false;
    TRY(leaf_change_begin(&change, undoing->tree, &key, bytes, WAL_CREDIT_RESERVE));
    Status status = OK;
    if (row_undo_is_due(change.leaf.data, undone, &slot)) {
        status = row_undo_apply(change.leaf.data, undone);
        if (status == OK)
            leaf_change_log(&change, WAL_ROW_UNDO, undoing->record->xid, parts, count);
        else
            status = undo_corrupt(undoing->record);
        empty = is_empty(&change);
    }
    leaf_change_end(&change);
    return status == OK && empty ? merge(undoing->tree, &key) : status;
}

/* Would the mark come back that purge has passed by, or is about to (docs/traps.md F11)? The leaf is latched: purge
 * publishes its horizon before it looks at the leaf. */
static bool mark_is_settled(const Undoing *undoing, const KeyChange *undone)
{
    CommitNumber number;
    Txns *txns = txn_system(undoing->txn);
    if (!(undone->before.flags & ENTRY_MARKED) || undone->before.xid.v == undone->head.xid.v)
        return false;
    if (txn_xid_state(txns, undone->before.xid, &number) != XID_COMMITTED) return false;
    UndoClass class_ = undo_ptr_class(undoing->record->ptr);
    return number.v <= txn_purge_horizon(txns, class_).v;
}

static Status undo_key(const Undoing *undoing, const KeyChange *undone)
{
    uint8_t head[KEY_FIX_HEAD_BYTES];
    WalPart parts[KEY_FIX_PARTS];
    uint32_t slot;
    bool sparse = false;
    const TreeKey key = {.bytes = undone->key};
    LeafChange change;
    uint32_t bytes = KEY_FIX_HEAD_BYTES +
                     (uint32_t)(undone->key.bytes + undone->payload_before.bytes);
    TRY(leaf_change_begin(&change, undoing->tree, &key, bytes, WAL_CREDIT_RESERVE));
    Status status = OK;
    if (key_undo_is_due(change.leaf.data, undone, &slot)) {
        KeyFix fix = key_undo_fix(undone, mark_is_settled(undoing, undone));
        if (fix.mode == KEY_FIX_REMOVE && undone->kind != UNDO_KEY_INSERT)
            MARK("a rollback removes an entry whose mark purge has passed by");
        status = key_fix_apply(change.leaf.data, &fix);
        if (status == OK)
            leaf_change_log(&change, WAL_KEY_UNDO, undoing->record->xid, parts,
                            key_fix_parts(&fix, head, parts));
        else
            status = undo_corrupt(undoing->record);
        sparse = fix.mode == KEY_FIX_REMOVE && index_leaf_is_sparse(change.leaf.data);
    }
    leaf_change_end(&change);
    return status == OK && sparse ? merge(undoing->tree, &key) : status;
}

static Status undo_in_tree(Undoing *undoing, SpaceId space, uint64_t tree,
                           const RowChange *undone_row, const KeyChange *undone_key)
{
    Status status = tree_open(txn_store(undoing->txn), tree_id(space, tree), &undoing->tree);
    if (status == ST_NOT_FOUND) return OK;
    TRY(status);
    status = undone_row ? undo_row(undoing, undone_row) : undo_key(undoing, undone_key);
    tree_close(undoing->tree);
    return status;
}

/* Leaf by leaf: the rows may have come apart. */
static Status undo_range_rows(const Undoing *undoing, const RowRange *range)
{
    uint8_t payload[ROW_RANGE_UNDO_BYTES];
    uint64_t at = range->first.v, end = at + range->count;
    const WalPart part = {payload, sizeof payload};
    row_range_undo_write(range, payload);
    while (at < end) {
        const TreeKey key = {.row_id = at};
        LeafChange change;
        TRY(leaf_change_begin(&change, undoing->tree, &key, sizeof payload, WAL_CREDIT_RESERVE));
        bool some = row_range_undo_apply(change.leaf.data, range) > 0;
        if (some) leaf_change_log(&change, WAL_ROW_UNDO, range->xid, &part, 1);
        at = leaf_high(change.leaf.data);
        some &= is_empty(&change);
        leaf_change_end(&change);
        if (some) TRY(merge(undoing->tree, &key));
    }
    return OK;
}

static Status undo_range(Undoing *undoing, SpaceId space)
{
    RowRange range;
    if (row_range_read_undo(undoing->record, &range) != OK) return undo_corrupt(undoing->record);
    Status status = tree_open(txn_store(undoing->txn), tree_id(space, range.tree), &undoing->tree);
    if (status == ST_NOT_FOUND) return OK;
    TRY(status);
    status = undo_range_rows(undoing, &range);
    tree_close(undoing->tree);
    return status;
}

/* Entry by entry: they may have come apart. */
static Status undo_key_range(Undoing *undoing, SpaceId space)
{
    KeyRangeWalk walk;
    if (key_range_walk(undoing->record->payload, &walk) != OK) return undo_corrupt(undoing->record);
    Status status = tree_open(txn_store(undoing->txn), tree_id(space, walk.tree), &undoing->tree);
    if (status == ST_NOT_FOUND) return OK;
    TRY(status);
    KeyChange undone = {.kind = UNDO_KEY_INSERT,
                        .tree = walk.tree,
                        .undo = undoing->record->ptr,
                        .head = {.xid = undoing->record->xid}};
    while (status == OK && (status = key_range_next(&walk, &undone.key)) == OK)
        status = undo_key(undoing, &undone);
    tree_close(undoing->tree);
    if (status == ST_CORRUPT) return undo_corrupt(undoing->record);
    return status == ST_END ? OK : status;
}

static Status undo_overflow(Undoing *undoing, SpaceId space)
{
    uint64_t tree;
    if (overflow_undo_tree(undoing->record, &tree) != OK) return undo_corrupt(undoing->record);
    Status status = tree_open(txn_store(undoing->txn), tree_id(space, tree), &undoing->tree);
    if (status == ST_NOT_FOUND) return OK;
    TRY(status);
    status = overflow_undo(undoing->tree, undoing->record);
    tree_close(undoing->tree);
    return status;
}

static Status undo_tree_note(const Undoing *undoing, SpaceId space)
{
    uint64_t number;
    const UndoRecord *record = undoing->record;
    if (tree_note_read(record, &number) != OK) return undo_corrupt(record);
    TreeId id = tree_id(space, number);
    switch ((TreeUndoKind)record->kind) {
    case UNDO_TREE_MADE: return tree_drop(txn_store(undoing->txn), id);
    case UNDO_TREE_DROPPED: return OK; /* it was to go after the commit */
    }
    return undo_corrupt(record);
}

Status table_undo_apply(void *arg, SpaceId space, const UndoRecord *record, Txn *txn)
{
    Undoing undoing = {.txn = txn, .record = record};
    RowChange row;
    KeyChange key;
    (void)arg;
    switch (record->kind) {
    case UNDO_ROW_INSERT:
    case UNDO_ROW_UPDATE:
    case UNDO_ROW_DELETE:
    case UNDO_ROW_LOCK:
        if (row_change_read_undo(record, &row) != OK) return undo_corrupt(record);
        return undo_in_tree(&undoing, space, row.tree, &row, NULL);
    case UNDO_KEY_INSERT:
    case UNDO_KEY_REVIVE:
    case UNDO_KEY_MARK:
    case UNDO_KEY_PAYLOAD:
        if (key_change_read_undo(record, &key) != OK) return undo_corrupt(record);
        return undo_in_tree(&undoing, space, key.tree, NULL, &key);
    case UNDO_ROW_RANGE: return undo_range(&undoing, space);
    case UNDO_KEY_RANGE: return undo_key_range(&undoing, space);
    case UNDO_OVERFLOW_WRITE: return undo_overflow(&undoing, space);
    default: return undo_tree_note(&undoing, space);
    }
}
