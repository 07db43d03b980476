/* SPDX-License-Identifier: Apache-2.0 */
/* row_update.c - changing, deleting and locking rows that are there. Room is reserved, the leaf latched, the row
 * judged; what is in the way is waited for with nothing latched or reserved, and all begins again. */
#include "table/table.h"

#include "base/error.h"
#include "table/row_draft.h"
#include "table/row_room.h"
#include "table/row_target.h"
#include "table/row_version.h"
#include "txn/ssi.h"

/* Bytes of a before-image beyond those of the new one that are reserved at first. */
enum { BEFORE_SLACK = 64 };

typedef struct Change {
    RowTarget target;
    Write write;
    PageRef leaf;
    uint32_t slot;
    RowUndoKind kind;
    uint16_t flags;        /* of the new head */
    uint32_t undo_payload; /* to reserve */
    Bytes before;
    RowDraft draft; /* UPDATE; without the buffers */
    uint8_t before_buffer[ROW_IMAGE_BYTES_MAX];
} Change;

static uint32_t log_payload(const Change *change)
{
    return ROW_CHANGE_HEAD_BYTES + change->undo_payload + (uint32_t)change->draft.image.bytes;
}

/* Lets go of everything. */
static Status step_back(Change *change, Status status)
{
    pool_unlatch(&change->leaf);
    write__end(&change->write);
    return status;
}

/* Latches the leaf of a row that may be written now; waits for whoever is in the way. */
static Status reach(Change *change)
{
    const RowTarget *target = &change->target;
    const TreeKey key = {.row_id = target->row.v};
    for (;;) {
        TRY(write__reserve(&change->write, change->undo_payload, log_payload(change)));
        Status status = tree_latch_leaf(target->table->tree, &key, false, LATCH_EXCLUSIVE, false,
                                        &change->leaf);
        if (status != OK) {
            write__end(&change->write);
            return status;
        }
        RowVerdict verdict = row_target_judge(target, change->leaf.data, &change->slot);
        if (verdict == ROW_GO) return OK;
        write__end(&change->write);
        if (verdict == ROW_LATE) return step_back(change, ST_CHANGED);
        TRY(row_target_wait(target, verdict, &change->leaf));
    }
}

/* Changes the latched row and logs it. The undo page is latched. */
static void apply(Change *change)
{
    Write *write = &change->write;
    const RowTarget *target = &change->target;
    const RowDraft *draft = &change->draft;
    const RowChange done = {.kind = change->kind,
                            .tree = tree_number(target->table->id),
                            .row = target->row,
                            .head = {write->xid, change->flags, write->at},
                            .before = leaf_head(change->leaf.data, change->slot),
                            .image = draft->image,
                            .image_before = change->before};
    uint8_t head[ROW_CHANGE_HEAD_BYTES], buffer[ROW_CHANGE_UNDO_BYTES];
    WalPart parts[4], undo[2];
    leaf_set(change->leaf.data, change->slot, done.head, draft->numbers, draft->values,
             draft->count, false);
    uint32_t undo_count = row_change_undo_parts(&done, buffer, undo);
    uint32_t count = row_change_log_parts(&done, undo_previous_bytes(write->chain), head, buffer,
                                          parts);
    write__log(write, row_change_kind(&done), &change->leaf, (uint8_t)done.kind, undo, undo_count,
               parts, count);
    target->outcome->undo = done.head.undo;
    target->outcome->key_strength = change->flags & (ROW_FLAG_KEY | ROW_FLAG_DELETED);
}

/* The room that an UPDATE wants, now that the row is known. ST_BUSY: wanted more; look again. */
static Status make_ready(Change *change)
{
    RowTarget *target = &change->target;
    RowDraft *draft = &change->draft;
    uint32_t heap_before = 0;
    void *page = change->leaf.data;
    RoomWish wish = {.row = target->row, .xid = change->write.xid};
    bool ready = row_room_is_laid_out(target->table, page);
    if (ready) {
        Status status = row_draft_before(draft, page, change->slot, change->before_buffer,
                                         &change->before, &heap_before);
        if (status != OK) return step_back(change, status);
        wish.more = (int32_t)draft->heap_bytes - (int32_t)heap_before;
        ready = row_room_is_there(target->table, page, change->slot, &wish);
    }
    if (!ready) {
        (void)step_back(change, OK);
        TRY(row_room_make(target->table, txn_system(target->txn), &wish));
        return ST_BUSY;
    }
    uint32_t payload = ROW_CHANGE_UNDO_BYTES + (uint32_t)change->before.bytes;
    if (!write__suffices(&change->write, payload,
                         ROW_CHANGE_HEAD_BYTES + payload + (uint32_t)draft->image.bytes)) {
        change->undo_payload = payload + BEFORE_SLACK;
        return step_back(change, ST_BUSY);
    }
    change->undo_payload = payload;
    return OK;
}

static Status change_row(Change *change)
{
    RowTarget *target = &change->target;
    TRY(write__begin(&change->write, target->txn, target->table->tree));
    for (;;) {
        TRY(reach(change));
        Status status = change->kind == UNDO_ROW_UPDATE ? make_ready(change) : OK;
        if (status == OK) {
            status = write__undo(&change->write, change->undo_payload);
            if (status == OK) break;
            status = step_back(change, status);
        } else if (status != ST_BUSY) {
            return status;
        }
        if (status != ST_BUSY) return status;
        TRY(task_try_check());
    }
    apply(change);
    pool_unlatch(&change->leaf);
    write__end(&change->write);
    return ssi_write_row(target->txn, target->table->id, target->row);
}

Status table_update(Table *table, Txn *txn, const Snapshot *snapshot, RowId row,
                    const uint16_t *numbers, const Datum *values, uint32_t count, bool key_changed,
                    const RowWaitOptions *wait, RowOutcome *outcome)
{
    const TableLayout *layout = table__layout(table);
    Change change;
    change.target = (RowTarget){
        table, txn, snapshot, row, key_changed ? ROW_UPDATE : ROW_NO_KEY_UPDATE, wait, outcome};
    change.kind = UNDO_ROW_UPDATE;
    change.flags = key_changed ? ROW_FLAG_KEY : 0;
    if (layout->wide)
        return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "rows wider than a page are not supported");
    change.draft.count = count;
    for (uint32_t i = 0; i < count; i++) {
        if (NEVER(numbers[i] >= layout->column_count)) return ST_INVALID;
        change.draft.numbers[i] = numbers[i];
        change.draft.values[i] = (LeafValue){.value = values[i].value, .null = values[i].null};
    }
    TRY(row_draft_seal(&change.draft, &layout->page));
    change.undo_payload = ROW_CHANGE_UNDO_BYTES + (uint32_t)change.draft.image.bytes + BEFORE_SLACK;
    change.undo_payload = MIN(change.undo_payload,
                              (uint32_t)UNDO_RECORD_BYTES_MAX - UNDO_RECORD_HEADER_BYTES);
    return change_row(&change);
}

Status table_delete(Table *table, Txn *txn, const Snapshot *snapshot, RowId row,
                    const RowWaitOptions *wait, RowOutcome *outcome)
{
    Change change;
    change.target = (RowTarget){table, txn, snapshot, row, ROW_UPDATE, wait, outcome};
    change.kind = UNDO_ROW_DELETE;
    change.flags = ROW_FLAG_DELETED;
    change.draft.count = 0;
    change.draft.image = change.before = (Bytes){0};
    change.undo_payload = ROW_CHANGE_UNDO_BYTES;
    return change_row(&change);
}

/* ---- locking ---- */

/* The lock goes beside a writer that has not ended: what it overwrote is what the snapshot must see. */
static Status check_beneath(const RowTarget *target, RowVersion *version)
{
    const RowView view = {.txn = target->txn};
    RowOutcome *outcome = target->outcome;
    version->arena = arena_try_new(store_account(target->table->store), "row version");
    if (!version->arena) return ST_NO_MEMORY;
    Status status = row_version_rebuild(target->table, &view, version);
    arena_drop(version->arena);
    if (status != OK && status != ST_NOT_FOUND) return status;
    bool deleted = version->head.flags & ROW_FLAG_DELETED;
    if (status == OK && table__sees(target->snapshot, version->head)) return OK;
    outcome->by = version->head.xid;
    outcome->fate = version->head.flags & ROW_FLAG_BORN ? ROW_INVISIBLE
                    : deleted                           ? ROW_DELETED
                                                        : ROW_UPDATED;
    return ST_CHANGED;
}

/* The leaf is latched and the row may be locked. ST_BUSY: somebody was quicker. Unlatches. */
static Status take_lock(const RowTarget *target, PageRef *leaf, uint32_t slot)
{
    Xid holder;
    RowVersion version = {.row = target->row, .head = leaf_head(leaf->data, slot)};
    Status status = row_lock_try(target->txn, target->table->id, target->row, target->strength,
                                 &holder);
    pool_unlatch(leaf);
    TRY(status);
    if (table__sees(target->snapshot, version.head)) return OK;
    MARK("a row is locked beside its writer");
    return check_beneath(target, &version);
}

Status table_lock_row(Table *table, Txn *txn, const Snapshot *snapshot, RowId row,
                      RowStrength strength, const RowWaitOptions *wait, RowOutcome *outcome)
{
    const RowTarget target = {table, txn, snapshot, row, strength, wait, outcome};
    const TreeKey key = {.row_id = row.v};
    TRY(txn_need_xid(txn, NULL)); /* the queue knows those who wait by their xid */
    for (;;) {
        PageRef leaf;
        uint32_t slot;
        TRY(tree_latch_leaf(table->tree, &key, false, LATCH_SHARED, false, &leaf));
        RowVerdict verdict = row_target_judge(&target, leaf.data, &slot);
        if (verdict == ROW_GO) {
            Status status = take_lock(&target, &leaf, slot);
            if (status != ST_BUSY) return status;
        } else if (verdict == ROW_LATE) {
            pool_unlatch(&leaf);
            return ST_CHANGED;
        } else {
            TRY(row_target_wait(&target, verdict, &leaf));
        }
        TRY(task_try_check());
    }
}
