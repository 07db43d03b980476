/* SPDX-License-Identifier: Apache-2.0 */
/* tree_change.c - notes about trees in undo.
 *
 *   bytes  log record TREE_NOTE; ref: undo page
 *          note of the undo record (store/undo.h)
 *       6    undo payload: tree (5), kind (1) */
#include "table/tree_change.h"

#include "base/arith.h"
#include "base/error.h"
#include "table/table_internal.h"

enum { TREE_BYTES = 5, NOTE_BYTES = 6, LOG_BYTES_MAX = UNDO_NOTE_BYTES + NOTE_BYTES };

/* Undo page latched, credit in hand; ST_BUSY: begin again. */
static Status begin_note(Txn *txn, UndoChain *chain, uint32_t credit, PageRef *page, UndoPtr *at,
                         bool *format)
{
    const uint32_t bytes = UNDO_RECORD_HEADER_BYTES + NOTE_BYTES;
    Wal *wal = store_wal(txn_store(txn));
    TRY(undo_reserve(chain, bytes));
    Status status = wal_credit_take(wal, credit, WAL_CREDIT_INTERRUPTIBLE);
    if (status == OK) {
        status = undo_append_begin(chain, bytes, page, at, format);
        if (status != OK) wal_credit_return(wal, credit);
    }
    if (status != OK) undo_unreserve(chain);
    return status;
}

Status tree_note(Txn *txn, UndoClass class_, TreeUndoKind kind, TreeId id)
{
    uint32_t credit = wal_record_bytes(1, LOG_BYTES_MAX);
    uint8_t note[NOTE_BYTES], head[UNDO_NOTE_BYTES];
    uint64_t number = tree_number(id);
    Store *store = txn_store(txn);
    UndoChain *chain;
    PageRef page;
    UndoPtr at;
    bool format;
    memcpy(note, &number, TREE_BYTES);
    note[TREE_BYTES] = (uint8_t)kind;
    TRY(txn_chain(txn, class_, &chain));
    Status status;
    do {
        status = begin_note(txn, chain, credit, &page, &at, &format);
    } while (status == ST_BUSY);
    TRY(status);
    const uint8_t *head_end = undo_note_put(head, at, undo_previous_bytes(chain));
    const WalPart undo = {note, sizeof note};
    undo_append_finish(chain, &page, at, (uint8_t)kind, 0, &undo, 1);
    undo_chain_leave_dead(chain);
    if (kind == UNDO_TREE_MADE) txn_undo_first(txn, at);
    const PoolChange change = {&page, (uint8_t)(WAL_REF_UNDO | (format ? WAL_REF_FORMAT : 0))};
    const WalPart parts[] = {{head, (uint32_t)(head_end - head)}, undo};
    Lsn lsn = pool_log(store_pool(store), WAL_TREE_NOTE, txn_xid(txn), &change, 1, parts,
                       ARRAY_LEN(parts), false);
    pool_unlatch(&page);
    if (lsn.v != 0) credit -= wal_record_bytes(1, wal_parts_bytes(parts, ARRAY_LEN(parts)));
    wal_credit_return(store_wal(store), credit);
    return OK;
}

Status tree_make(Txn *txn, SpaceId space, const TreeOptions *options, TreeId *id)
{
    Store *store = txn_store(txn);
    if (space.v >= SPACE_FIRST_USER && space.v != txn_space(txn).v)
        return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "tables outside of the database's own space are not supported");
    TRY(txn_need_xid(txn, NULL));
    TRY(tree_number_take(store, space, id));
    TRY(tree_note(txn, table__undo_class_of(space, options->flags), UNDO_TREE_MADE, *id));
    PAUSE_POINT(tree_make_before_creating);
    return tree_create(store, *id, options);
}

Status tree_note_read(const UndoRecord *record, uint64_t *tree)
{
    if (record->payload.bytes < NOTE_BYTES || record->payload.data[TREE_BYTES] != record->kind)
        return ST_CORRUPT;
    *tree = 0;
    memcpy(tree, record->payload.data, TREE_BYTES);
    return OK;
}

static Status read_logged(const WalRecord *record, UndoPtr *at, uint16_t *previous_bytes,
                          Bytes *note)
{
    PackReader in = pack_reader(record->payload);
    undo_note_take(&in, at, previous_bytes);
    *note = pack_rest(&in);
    return !in.bad && note->bytes == NOTE_BYTES ? OK : ST_CORRUPT;
}

static Status redo_note(const WalRecord *record, uint32_t index, void *page)
{
    UndoPtr at;
    uint16_t previous_bytes;
    Bytes note;
    TRY(read_logged(record, &at, &previous_bytes, &note));
    undo_page_redo(page, record->refs[index].page, record->refs[index].flags & WAL_REF_FORMAT, at,
                   previous_bytes, note.data[TREE_BYTES], 0, record->xid,
                   &(WalPart){note.data, NOTE_BYTES}, 1);
    return OK;
}

static void print_note(const WalRecord *record, StrBuilder *out)
{
    static const char *const words[] = {"made", "dropped"};
    uint64_t tree = 0;
    UndoPtr at;
    uint16_t previous_bytes;
    Bytes note;
    if (read_logged(record, &at, &previous_bytes, &note) != OK) return;
    memcpy(&tree, note.data, TREE_BYTES);
    uint32_t word = note.data[TREE_BYTES] - (uint32_t)UNDO_TREE_MADE;
    str_add_format(out, "tree %" PRIu64 " %s", tree, word < ARRAY_LEN(words) ? words[word] : "?");
}

const RedoEntry tree_note_redo_entries[TREE_NOTE_REDO_COUNT] = {
    {WAL_TREE_NOTE, redo_note, print_note},
};
