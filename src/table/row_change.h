/* SPDX-License-Identifier: Apache-2.0 */
/* row_change.h - one change of one row as bytes: what its log record and its undo record hold, and how either is
 * applied to a leaf. Running and redo end in the same functions of leaf.h (docs/traps.md C14: page and undo are one
 * record, bytes once: the undo record follows from the log record). row_change.c has the formats. */
#pragma once

#include "base/base.h"
#include "store/store.h"
#include "table/row_image.h"

/* What the undo record says happened; on disk, never reused. */
typedef enum RowUndoKind {
    UNDO_ROW_INSERT = UNDO_KIND_FIRST_TABLE,
    UNDO_ROW_UPDATE = 2,
    UNDO_ROW_DELETE = 3,
    UNDO_ROW_LOCK = 4,
} RowUndoKind;

/* Columns that a page keeps apart: wider tables keep their rows as images (docs/traps.md C19). */
enum {
    ROW_CHANGE_HEAD_BYTES = 64, /* of the log record's payload without images, at most */
    ROW_CHANGE_UNDO_BYTES = 28, /* of the undo record's without its image */
};

typedef struct RowChange {
    RowUndoKind kind;
    uint64_t tree; /* its number */
    RowId row;
    RowHead head;       /* new; its undo pointer is this change's undo record */
    RowHead before;     /* but for INSERT */
    Bytes image;        /* INSERT: all columns of the page; UPDATE: the changed ones */
    Bytes image_before; /* UPDATE: the same columns as they were */
} RowChange;

/* The payload of the undo record, in at most two parts; `buffer` of ROW_CHANGE_UNDO_BYTES. Returns the parts. */
uint32_t row_change_undo_parts(const RowChange *change, uint8_t *buffer, WalPart parts[2]);
/* The payload of the log record, in at most three parts; `head` of ROW_CHANGE_HEAD_BYTES. */
uint32_t row_change_log_parts(const RowChange *change, uint16_t previous_bytes, uint8_t *head,
                              WalPart parts[3]);
WalKind row_change_kind(const RowChange *change);
/* Changes the leaf, whose room has been asked for. ST_CORRUPT: row or image do not fit the page. */
Status row_change_apply(void *page, const RowChange *change);

/* Reads an undo record back: head.undo is the record's own position, head.flags are unknown, `image` is empty. */
Status row_change_read_undo(const UndoRecord *record, RowChange *change);
/* Does the row's newest version come from this undo record? Else it has been undone already (docs/traps.md F10). */
bool row_undo_is_due(const void *page, const RowChange *undone, uint32_t *slot);
/* Puts back what was before; `undone` as read from undo. Needs no room. */
Status row_undo_apply(void *page, const RowChange *undone);
/* Payload of its log record (ROW_UNDO): `buffer` of ROW_CHANGE_UNDO_BYTES. */
uint32_t row_undo_log_parts(const RowChange *undone, uint8_t *buffer, WalPart parts[2]);

/* LEAF_RELAYOUT: capacity, layout, rows that have settled; deterministic from the page (docs/traps.md C19). */
typedef struct LeafRelayout {
    LeafLayout layout;
    uint16_t capacity;
    const uint16_t *settled; /* slots */
    uint32_t settled_count;
    Bytes missing; /* image of the columns that the page lacks; none: nulls */
} LeafRelayout;
size_t leaf_relayout_bytes(const LeafRelayout *relayout);
void leaf_relayout_write(const LeafRelayout *relayout, uint8_t *out);
/* ST_FULL: does not fit, the page is as it was. */
Status leaf_relayout_apply(void *page, const LeafRelayout *relayout);

/* ROW_PURGE: deleted rows that nobody can see leave the leaf. Six bytes a row, little-endian row ids. */
enum { ROW_PURGE_BYTES = 6 };
void row_purge_write(const RowId *rows, uint32_t count, uint8_t *out);
/* Rows that are there no more are passed by. */
Status row_purge_apply(void *page, Bytes rows);

enum { ROW_REDO_COUNT = 7 };
extern const RedoEntry row_redo_entries[ROW_REDO_COUNT];
