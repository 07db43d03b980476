/* SPDX-License-Identifier: Apache-2.0 */
/* row_range.h - rows inserted together by one command: a run of ids in one leaf, one log record, one undo record, whose
 * position all their heads bear (docs/traps.md F2: it never spans two commands). row_range.c has the formats. */
#pragma once

#include "base/base.h"
#include "store/store.h"
#include "table/leaf.h"

enum {
    UNDO_ROW_RANGE = 5,
    ROW_RANGE_NOTE_BYTES = 14,
    ROW_RANGE_HEAD_BYTES = 48, /* of the log record's payload before its rows, at most */
};

typedef struct RowRange {
    uint64_t tree;
    RowId first;
    uint32_t count;
    Xid xid;
    UndoPtr undo;
} RowRange;

/* The undo record's payload. */
void row_range_note(const RowRange *range, uint8_t note[ROW_RANGE_NOTE_BYTES]);
/* How the log record's begins. Returns its bytes. */
uint32_t row_range_head(const RowRange *range, uint16_t previous_bytes,
                        uint8_t head[ROW_RANGE_HEAD_BYTES]);
/* ST_CORRUPT: it is none. */
Status row_range_read_undo(const UndoRecord *record, RowRange *range);
/* Takes those of its rows that are on the page and still bear its position away; the payload of the log record is
 * row_range_undo_parts'. Returns how many. */
uint32_t row_range_undo_apply(void *page, const RowRange *range);
enum { ROW_RANGE_UNDO_BYTES = ROW_RANGE_NOTE_BYTES + 8 };
void row_range_undo_write(const RowRange *range, uint8_t out[ROW_RANGE_UNDO_BYTES]);
/* Of a ROW_UNDO record; true when its payload is one of a range. */
bool row_range_is_undo(Bytes payload);
Status row_range_redo_undo(const WalRecord *record, void *page);

enum { ROW_RANGE_REDO_COUNT = 1 };
extern const RedoEntry row_range_redo_entries[ROW_RANGE_REDO_COUNT];
