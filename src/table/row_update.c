/* SPDX-License-Identifier: Apache-2.0 */
/* row_update.c - changing, deleting and locking rows that are there. Room is reserved, the leaf latched, the row
 * judged; what is in the way is waited for with nothing latched or reserved, and all begins again. */
#include "table/table.h"

#include "base/error.h"
#include "table/leaf_internal.h"
#include "table/overflow.h"
#include "table/row_draft.h"
#include "table/row_room.h"
#include "table/row_target.h"
#include "table/row_version.h"
#include "txn/ssi.h"

/* Bytes of a before-image beyond those of the new one that are reserved at first. */
enum { BEFORE_SLACK = 64 };

/* How an UPDATE's new values go to the page: the next form is tried when the row does not fit. */
typedef enum UpdateForm {
    UPDATE_COLUMNS, /* as columns, the longest of them in overflow pages */
    UPDATE_SHORT,   /* all that may be in overflow pages */
    UPDATE_WHOLE,   /* the row as one value */
} UpdateForm;

typedef struct Change {
    RowTarget target;
    Write write;
    PageRef leaf;
    uint32_t slot;
    RowUndoKind kind;
    uint16_t flags;        /* of the new head */
    uint32_t undo_payload; /* to reserve */
    Bytes before;
    /* UPDATE: what is asked for, and where it stands with that */
    const uint16_t *numbers;
    const Datum *datums;
    uint32_t count;
    UpdateForm form;
    bool renew;       /* the draft is to be made anew, in that form */
    UndoPtr whole_of; /* WHOLE: the version that the draft was made of */
    Arena *arena;     /* WHOLE: of the draft */
    RowDraft draft;
    uint8_t before_buffer[ROW_IMAGE_BYTES_MAX];
} Change;

static uint32_t log_payload(const Change *change)
{
    return ROW_CHANGE_HEAD_BYTES + change->undo_payload - ROW_CHANGE_UNDO_BYTES +
           (uint32_t)change->draft.image.bytes;
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
    const RowDraft *draft = &change->draft;
    for (;;) {
        TRY(write__reserve(&change->write, change->undo_payload, log_payload(change)));
        Status status = table__latch_row(target->table, target->row, LATCH_EXCLUSIVE,
                                         draft->numbers, draft->count, &change->leaf);
        if (status != OK) {
            write__end(&change->write);
            return status;
        }
        leaf_ask_row(change->leaf.data, target->row, draft->numbers, draft->count);
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
    RowHead before = leaf_head(change->leaf.data, change->slot);
    uint16_t flags = change->flags;
    if (change->kind == UNDO_ROW_DELETE) flags |= before.flags & ROW_FLAG_IMAGE;
    const RowChange done = {.kind = change->kind,
                            .tree = tree_number(target->table->id),
                            .row = target->row,
                            .head = {write->xid, flags, write->at},
                            .before = before,
                            .image = draft->image,
                            .image_before = change->before};
    uint8_t head[ROW_CHANGE_HEAD_BYTES], buffer[ROW_CHANGE_UNDO_BYTES];
    WalPart parts[3], undo[2];
    leaf_set(change->leaf.data, change->slot, done.head, draft->numbers, draft->values,
             draft->count, false);
    uint32_t undo_count = row_change_undo_parts(&done, buffer, undo);
    uint32_t count = row_change_log_parts(&done, undo_previous_bytes(write->chain), head, parts);
    write->leaves_dead = row_leaves_dead(&done);
    write__log(write, row_change_kind(&done), &change->leaf, (uint8_t)done.kind, undo, undo_count,
               parts, count);
    target->outcome->undo = done.head.undo;
    target->outcome->key_strength = flags & (ROW_FLAG_KEY | ROW_FLAG_DELETED);
}

/* ---- an UPDATE's new values ---- */

static Status draft_columns(Change *change)
{
    Table *table = change->target.table;
    const TableLayout *layout = table__layout(table);
    RowDraft *draft = &change->draft;
    uint32_t kept = 0;
    draft->ref_count = 0;
    for (uint32_t i = 0; i < change->count; i++) {
        draft->numbers[kept] = change->numbers[i];
        draft->values[kept++] = (LeafValue){.value = change->datums[i].value,
                                            .null = change->datums[i].null};
    }
    draft->count = kept;
    if (!row_draft_may_fit(draft, layout)) {
        change->form = UPDATE_WHOLE;
        return ST_BUSY;
    }
    bool shorter = change->form == UPDATE_SHORT;
    TRY(row_draft_shorten(table, change->target.txn, draft, shorter ? 0 : ROW_VALUE_MAX,
                          shorter ? 0 : ROW_HEAP_MAX));
    return row_draft_seal(draft, &layout->page);
}

/* All columns of the row as it stands, changed. *head: of that version. ST_NOT_FOUND: there is no row; let the caller
 * see. */
static Status whole_row(Change *change, Datum *datums, RowHead *head)
{
    const RowTarget *target = &change->target;
    const TableLayout *layout = table__layout(target->table);
    const TreeKey key = {.row_id = target->row.v};
    uint32_t count = layout->column_count, slot;
    uint16_t *numbers = arena_try_alloc(change->arena, (count + 1) * sizeof *numbers);
    LeafValue *values = arena_try_alloc(change->arena, (count + 1) * sizeof *values);
    PageRef leaf;
    if (!numbers || !values) return ST_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) numbers[i] = (uint16_t)i;
    RowVersion version = {.numbers = numbers,
                          .count = count,
                          .values = values,
                          .arena = change->arena};
    TRY(tree_latch_leaf(target->table->tree, &key, false, LATCH_SHARED, false, &leaf));
    Status status = leaf_find(leaf.data, target->row, &slot)
                        ? row_version_copy(target->table, leaf.data, slot, &version)
                        : ST_NOT_FOUND;
    pool_unlatch(&leaf);
    TRY(status);
    TRY(row_version_datums(target->table, &version, datums));
    for (uint32_t i = 0; i < change->count; i++) datums[change->numbers[i]] = change->datums[i];
    *head = version.head;
    return OK;
}

static Status draft_whole(Change *change)
{
    Table *table = change->target.table;
    uint32_t count = table__layout(table)->column_count;
    RowHead head = {0};
    if (!change->arena) change->arena = arena_try_new(store_account(table->store), "wide row");
    if (!change->arena) return ST_NO_MEMORY;
    arena_reset(change->arena);
    change->draft.count = 0;
    Datum *datums = arena_try_alloc(change->arena, (count + 1) * sizeof *datums);
    if (!datums) return ST_NO_MEMORY;
    Status status = whole_row(change, datums, &head);
    if (status == ST_NOT_FOUND) return OK; /* whoever judges the row says so */
    TRY(status);
    change->whole_of = head.undo;
    return row_draft_whole(table, change->target.txn, datums, change->arena, &change->draft);
}

/* In the form that is to be tried. Nothing is latched or reserved. */
static Status make_draft(Change *change)
{
    TRY(row_draft_discard(change->target.table, &change->draft));
    change->renew = false;
    Status status = ST_BUSY;
    if (change->form != UPDATE_WHOLE) status = draft_columns(change);
    if (status == ST_BUSY) status = draft_whole(change);
    TRY(status);
    uint32_t most = UNDO_RECORD_BYTES_MAX - UNDO_RECORD_HEADER_BYTES;
    uint32_t bytes = ROW_CHANGE_UNDO_BYTES + (uint32_t)change->draft.image.bytes + BEFORE_SLACK;
    change->undo_payload = MIN(bytes, most);
    return OK;
}

/* The latched row becomes one value: its columns are given up. ST_CHANGED: it is not the version that the draft was
 * made of. */
static Status lay_whole(Change *change)
{
    const void *page = change->leaf.data;
    RowDraft *draft = &change->draft;
    RowHead head = leaf_head(page, change->slot);
    LeafLayout layout = leaf_layout(page);
    if (draft->count == 0 || head.undo.v != change->whole_of.v) return ST_CHANGED;
    LeafValue image = draft->values[draft->count - 1];
    draft->count = 0;
    for (uint32_t i = 0; !(head.flags & ROW_FLAG_IMAGE) && i < layout.column_count; i++) {
        draft->numbers[draft->count] = (uint16_t)i;
        draft->values[draft->count++] = (LeafValue){
            .null = layout.shapes[i] & (LEAF_SHAPE_NULLABLE | LEAF_SHAPE_ABSENT)};
    }
    draft->numbers[draft->count] = LEAF_IMAGE_COLUMN;
    draft->values[draft->count++] = image;
    change->flags |= ROW_FLAG_IMAGE;
    return row_draft_seal(draft, &layout);
}

/* ---- doing it ---- */

/* The row does not fit in this form. */
static Status next_form(Change *change)
{
    change->form = change->form == UPDATE_COLUMNS ? UPDATE_SHORT : UPDATE_WHOLE;
    change->renew = true;
    return step_back(change, ST_BUSY);
}

/* The before-image and the room that an UPDATE wants, now that the row is known. ST_BUSY: look again. Not OK: nothing
 * is latched. */
static Status make_ready(Change *change)
{
    RowTarget *target = &change->target;
    RowDraft *draft = &change->draft;
    uint32_t heap_before = 0;
    void *page = change->leaf.data;
    bool whole = change->form == UPDATE_WHOLE;
    RoomWish wish = {.row = target->row, .xid = change->write.xid, .image = whole};
    if (!whole && leaf_head(page, change->slot).flags & ROW_FLAG_IMAGE) {
        change->form = UPDATE_WHOLE;
        change->renew = true;
        return step_back(change, ST_BUSY);
    }
    bool ready = row_room_is_laid_out(target->table, page, whole);
    if (ready) {
        Status status = whole ? lay_whole(change) : OK;
        if (status == ST_CHANGED) {
            change->renew = true;
            return step_back(change, ST_BUSY);
        }
        if (status == OK)
            status = row_draft_before(draft, page, change->slot, change->before_buffer,
                                      &change->before, &heap_before);
        if (status != OK) return step_back(change, status);
        wish.more = (int32_t)draft->heap_bytes - (int32_t)heap_before;
        if (!whole && wish.more > 0 &&
            (int32_t)leaf__row_heap_bytes(page, change->slot) + wish.more > ROW_HEAP_HARD)
            return next_form(change);
        ready = row_room_is_there(target->table, page, change->slot, &wish);
    }
    if (!ready) {
        (void)step_back(change, OK);
        TRY(row_room_make(target->table, txn_system(target->txn), &wish));
        return ST_BUSY;
    }
    uint32_t payload = ROW_CHANGE_UNDO_BYTES + (uint32_t)change->before.bytes;
    if (!write__suffices(&change->write, payload,
                         ROW_CHANGE_HEAD_BYTES + (uint32_t)change->before.bytes +
                             (uint32_t)draft->image.bytes)) {
        change->undo_payload = payload + BEFORE_SLACK;
        return step_back(change, ST_BUSY);
    }
    change->undo_payload = payload;
    return OK;
}

/* Up to the latched row and undo page. Not OK: nothing is latched. */
static Status prepare(Change *change)
{
    for (;;) {
        if (change->renew) TRY(make_draft(change));
        TRY(reach(change));
        Status status = change->kind == UNDO_ROW_UPDATE ? make_ready(change) : OK;
        if (status == OK) {
            status = write__undo(&change->write, change->undo_payload);
            if (status == OK) return OK;
            status = step_back(change, status);
        }
        if (status != ST_BUSY) return status;
        TRY(task_try_check());
    }
}

static Status change_row(Change *change)
{
    RowTarget *target = &change->target;
    TRY(write__begin(&change->write, target->txn, target->table->tree));
    TRY(prepare(change));
    apply(change);
    write__end(&change->write);
    return ssi_write_row(target->txn, target->table->id, target->row);
}

Status table_update(Table *table, Txn *txn, const Snapshot *snapshot, RowId row,
                    const uint16_t *numbers, const Datum *values, uint32_t count, bool key_changed,
                    const RowWaitOptions *wait, RowOutcome *outcome)
{
    const TableLayout *layout = table__layout(table);
    Change change;
    RowStrength strength = key_changed ? ROW_UPDATE : ROW_NO_KEY_UPDATE;
    change.target = (RowTarget){table, txn, snapshot, row, strength, wait, outcome};
    change.kind = UNDO_ROW_UPDATE;
    change.flags = key_changed ? ROW_FLAG_KEY : 0;
    change.numbers = numbers;
    change.datums = values;
    change.count = count;
    change.form = layout->wide || count > LEAF_COLUMNS_MAX ? UPDATE_WHOLE : UPDATE_COLUMNS;
    change.renew = true;
    change.whole_of = UNDO_NONE;
    change.arena = NULL;
    change.draft.ref_count = change.draft.count = 0;
    change.draft.image = (Bytes){0};
    for (uint32_t i = 0; i < count; i++)
        if (NEVER(numbers[i] >= layout->column_count)) return ST_INVALID;
    Status status = change_row(&change);
    if (status != OK && status != ST_SERIALIZATION) {
        /* What was written for nothing; the first failure is told. */
        IGNORE_STATUS(row_draft_discard(table, &change.draft));
    }
    if (change.arena) arena_drop(change.arena);
    return status;
}

Status table_delete(Table *table, Txn *txn, const Snapshot *snapshot, RowId row,
                    const RowWaitOptions *wait, RowOutcome *outcome)
{
    Change change;
    change.target = (RowTarget){table, txn, snapshot, row, ROW_UPDATE, wait, outcome};
    change.kind = UNDO_ROW_DELETE;
    change.flags = ROW_FLAG_DELETED;
    change.renew = false;
    change.draft.count = 0;
    change.draft.image = change.before = (Bytes){0};
    change.undo_payload = ROW_CHANGE_UNDO_BYTES;
    return change_row(&change);
}

/* ---- locking ---- */

/* Did what it wrote become part of the row's history? */
static bool is_settled(const RowTarget *target, Xid xid)
{
    return txn_xid_state(txn_system(target->txn), xid, NULL) == XID_COMMITTED;
}

/* A writer whose newest version lets the lock go beside it has changed the key before that; or it has rolled back since
 * the row was looked at. ST_BUSY: it has ended, the row is to be looked at anew. */
static Status wait_beneath(const RowTarget *target, Xid writer)
{
    MARK("the writer beside whom a row is locked changed its key before");
    if (!table__is_open(txn_system(target->txn), writer)) return ST_BUSY;
    if (target->wait->wait != ROW_WAIT) return ST_NOT_AVAILABLE;
    TRY(table__wait_xid(target->wait, target->txn, writer));
    return ST_BUSY;
}

/* The lock goes beside a writer that has not ended: what it overwrote is what the snapshot must see. Or it is one on
 * the key alone: then no version that the snapshot does not see may have changed that. ST_BUSY: the row is another. */
static Status check_beneath(const RowTarget *target, RowVersion *version)
{
    const bool of_key = target->strength == ROW_KEY_SHARE;
    const RowView view = {.snapshot = of_key ? target->snapshot : NULL,
                          .txn = target->txn,
                          .to_key = of_key};
    RowOutcome *outcome = target->outcome;
    version->arena = arena_try_new(store_account(target->table->store), "row version");
    if (!version->arena) return ST_NO_MEMORY;
    Status status = row_version_rebuild(target->table, &view, version);
    arena_drop(version->arena);
    if (status != OK && status != ST_NOT_FOUND) return status;
    bool deleted = version->head.flags & ROW_FLAG_DELETED;
    if (status == OK && table__sees(target->snapshot, version->head)) return OK;
    if (!is_settled(target, version->head.xid)) return wait_beneath(target, version->head.xid);
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
