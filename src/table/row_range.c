/* SPDX-License-Identifier: Apache-2.0 */
/* row_range.c - rows inserted together.
 *
 *   offset size  undo payload
 *        0    5  tree
 *        5    1  kind: UNDO_ROW_RANGE
 *        6    6  first row id
 *       12    2  rows
 *
 *   bytes  log record ROW_BULK_INSERT; refs: leaf, undo page; numbers are varints
 *          note of the undo record (store/undo.h), whose position is the rows' undo pointer
 *     1-6    tree
 *     1-7    first row id
 *     1-3    rows
 *          a row: bytes of its image (2, no varint), image
 *
 * The record of a rollback, ROW_UNDO, with one ref, the leaf, is the undo payload with the position behind it. */
#include "table/row_range.h"

#include "base/arith.h"
#include "table/row_change.h"

enum { TREE_BYTES = 5, ROW_BYTES = 6 };

void row_range_note(const RowRange *range, uint8_t note[ROW_RANGE_NOTE_BYTES])
{
    memcpy(note, &range->tree, TREE_BYTES);
    note[5] = UNDO_ROW_RANGE;
    memcpy(note + 6, &range->first.v, ROW_BYTES);
    store_le16(note + 12, (uint16_t)range->count);
}

uint32_t row_range_head(const RowRange *range, uint16_t previous_bytes,
                        uint8_t head[ROW_RANGE_HEAD_BYTES])
{
    uint8_t *at = undo_note_put(head, range->undo, previous_bytes);
    at = varint_put_short(at, range->tree);
    at = varint_put_short(at, range->first.v);
    at = varint_put_short(at, range->count);
    return (uint32_t)(at - head);
}

static Status read_note(Bytes note, RowRange *range)
{
    if (note.bytes < ROW_RANGE_NOTE_BYTES || note.data[5] != UNDO_ROW_RANGE) return ST_CORRUPT;
    *range = (RowRange){.count = load_le16(note.data + 12)};
    memcpy(&range->tree, note.data, TREE_BYTES);
    memcpy(&range->first.v, note.data + 6, ROW_BYTES);
    return OK;
}

Status row_range_read_undo(const UndoRecord *record, RowRange *range)
{
    TRY(read_note(record->payload, range));
    range->xid = record->xid;
    range->undo = record->ptr;
    return OK;
}

/* ---- rollback ---- */

uint32_t row_range_undo_apply(void *page, const RowRange *range)
{
    uint64_t low = MAX(range->first.v, leaf_low(page));
    uint64_t high = MIN(range->first.v + range->count, leaf_high(page));
    uint32_t from = 0, removed = 0;
    if (low >= high) return 0;
    (void)leaf_find(page, (RowId){low}, &from);
    for (uint32_t slot = from; slot < leaf_row_count(page) && leaf_row_id(page, slot).v < high;) {
        RowHead head = leaf_head(page, slot);
        if (head.undo.v == range->undo.v && head.xid.v == range->xid.v) {
            leaf_remove(page, slot);
            removed++;
        } else {
            slot++;
        }
    }
    return removed;
}

void row_range_undo_write(const RowRange *range, uint8_t out[ROW_RANGE_UNDO_BYTES])
{
    row_range_note(range, out);
    store_le64(out + ROW_RANGE_NOTE_BYTES, range->undo.v);
}

bool row_range_is_undo(Bytes payload)
{
    return payload.bytes == ROW_RANGE_UNDO_BYTES && payload.data[5] == UNDO_ROW_RANGE;
}

Status row_range_redo_undo(const WalRecord *record, void *page)
{
    RowRange range;
    TRY(read_note(record->payload, &range));
    range.xid = record->xid;
    range.undo = (UndoPtr){load_le64(record->payload.data + ROW_RANGE_NOTE_BYTES)};
    return row_range_undo_apply(page, &range) > 0 ? OK : ST_CORRUPT;
}

/* ---- redo ---- */

static Status read_logged(const WalRecord *record, RowRange *range, uint16_t *previous_bytes,
                          Bytes *rows)
{
    PackReader in = pack_reader(record->payload);
    range->xid = record->xid;
    undo_note_take(&in, &range->undo, previous_bytes);
    range->tree = pack_varint_most(&in, (UINT64_C(1) << 8 * TREE_BYTES) - 1);
    range->first.v = pack_varint_most(&in, ROW_ID_MAX);
    range->count = (uint32_t)pack_varint_most(&in, UINT16_MAX);
    *rows = pack_rest(&in);
    return in.bad ? ST_CORRUPT : OK;
}

static Status redo_rows(const RowRange *range, Bytes rows, void *page)
{
    const uint8_t *at = rows.data, *end = rows.data + rows.bytes;
    for (uint32_t i = 0; i < range->count; i++) {
        if (end - at < 2 || end - at - 2 < load_le16(at)) return ST_CORRUPT;
        uint32_t bytes = load_le16(at);
        const RowChange change = {.kind = UNDO_ROW_INSERT,
                                  .tree = range->tree,
                                  .row = {range->first.v + i},
                                  .head = {range->xid, ROW_FLAG_BORN, range->undo},
                                  .image = {at + 2, bytes}};
        TRY(row_change_apply(page, &change));
        at += 2 + bytes;
    }
    return OK;
}

static Status redo_range(const WalRecord *record, uint32_t index, void *page)
{
    RowRange range;
    uint16_t previous_bytes;
    Bytes rows;
    uint8_t note[ROW_RANGE_NOTE_BYTES];
    TRY(read_logged(record, &range, &previous_bytes, &rows));
    if (!(record->refs[index].flags & WAL_REF_UNDO)) return redo_rows(&range, rows, page);
    row_range_note(&range, note);
    undo_page_redo(page, record->refs[index].page, record->refs[index].flags & WAL_REF_FORMAT,
                   range.undo, previous_bytes, UNDO_ROW_RANGE, 0, record->xid,
                   &(WalPart){note, sizeof note}, 1);
    return OK;
}

static void print_range(const WalRecord *record, StrBuilder *out)
{
    RowRange range;
    uint16_t previous_bytes;
    Bytes rows;
    if (read_logged(record, &range, &previous_bytes, &rows) != OK) return;
    str_add_format(out, "tree %" PRIu64 " rows %" PRIu64 " and on, %u", range.tree, range.first.v,
                   range.count);
}

const RedoEntry row_range_redo_entries[ROW_RANGE_REDO_COUNT] = {
    {WAL_ROW_BULK_INSERT, redo_range, print_range},
};
