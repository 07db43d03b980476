/* SPDX-License-Identifier: Apache-2.0 */
/* row_range.c - rows inserted together.
 *
 *   offset size  undo payload
 *        0    5  tree
 *        5    1  kind: UNDO_ROW_RANGE
 *        6    6  first row id
 *       12    2  rows
 *
 *   offset size  log record ROW_BULK_INSERT; refs: leaf, undo page
 *        0    8  position of the undo record, which is the rows' undo pointer
 *        8    2  bytes of the record before it in its chain
 *       10   14  undo payload
 *       24       a row: bytes of its image (2), image
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

static Status redo_rows(const WalRecord *record, const RowRange *range, void *page)
{
    const uint8_t *at = record->payload.data + ROW_RANGE_HEAD_BYTES;
    const uint8_t *end = record->payload.data + record->payload.bytes;
    for (uint32_t i = 0; i < range->count; i++) {
        if (end - at < 2 || end - at - 2 < load_le16(at)) return ST_CORRUPT;
        uint32_t bytes = load_le16(at);
        const RowChange change = {.kind = UNDO_ROW_INSERT,
                                  .tree = range->tree,
                                  .row = {range->first.v + i},
                                  .head = {record->xid, ROW_FLAG_BORN, range->undo},
                                  .image = {at + 2, bytes}};
        TRY(row_change_apply(page, &change));
        at += 2 + bytes;
    }
    return OK;
}

static Status redo_range(const WalRecord *record, uint32_t index, void *page)
{
    RowRange range;
    Bytes payload = record->payload;
    if (payload.bytes < ROW_RANGE_HEAD_BYTES) return ST_CORRUPT;
    const Bytes note = {payload.data + 10, ROW_RANGE_NOTE_BYTES};
    TRY(read_note(note, &range));
    range.undo = (UndoPtr){load_le64(payload.data)};
    if (!(record->refs[index].flags & WAL_REF_UNDO)) return redo_rows(record, &range, page);
    undo_page_redo(page, record->refs[index].page, record->refs[index].flags & WAL_REF_FORMAT,
                   range.undo, load_le16(payload.data + 8), UNDO_ROW_RANGE, 0, record->xid,
                   &(WalPart){note.data, ROW_RANGE_NOTE_BYTES}, 1);
    return OK;
}

static void print_range(const WalRecord *record, StrBuilder *out)
{
    RowRange range;
    if (record->payload.bytes < ROW_RANGE_HEAD_BYTES ||
        read_note((Bytes){record->payload.data + 10, ROW_RANGE_NOTE_BYTES}, &range) != OK)
        return;
    str_add_format(out, "tree %" PRIu64 " rows %" PRIu64 " and on, %u", range.tree, range.first.v,
                   range.count);
}

const RedoEntry row_range_redo_entries[ROW_RANGE_REDO_COUNT] = {
    {WAL_ROW_BULK_INSERT, redo_range, print_range},
};
