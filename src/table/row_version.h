/* SPDX-License-Identifier: Apache-2.0 */
/* row_version.h - one row as somebody sees it: taken from its page, taken back through undo, turned into datums.
 *
 * Under the page's latch a row is copied as it stands, with its head; what a reader may not see is taken back
 * afterwards, without the latch, from undo records (docs/traps.md C22). */
#pragma once

#include "table/table_internal.h"

/* Whose eyes. With a snapshot: the version it sees (or, `to_key`, one before that which changed a key). Without: the
 * newest that is committed or `txn`'s own. */
typedef struct RowView {
    const Snapshot *snapshot;
    Txn *txn;
    bool to_key;
} RowView;

typedef struct RowVersion {
    RowId row;
    RowHead head;
    const uint16_t *numbers; /* columns wanted */
    uint32_t count;
    LeafValue *values; /* parallel to them, in the kinds of the table's layout */
    LeafValue image;   /* of a row that is one */
    Arena *arena;      /* of long values */
} RowVersion;

bool row_view_sees(const RowView *view, RowHead head);
/* The page is latched. version->numbers, values and arena are set. */
Status row_version_copy(Table *table, const void *page, uint32_t slot, RowVersion *version);
/* Back to what the view sees. ST_NOT_FOUND: nothing. Nothing is latched. */
Status row_version_rebuild(Table *table, const RowView *view, RowVersion *version);
/* Long values are read from where they stand. Nothing is latched. */
Status row_version_datums(Table *table, RowVersion *version, Datum *datums);
/* Copies the bytes that a value points to. */
Status row_version_keep(Arena *arena, Phys phys, Value *value);
/* The long value that a reference stands for. Nothing is latched. */
Status row_version_resolve(Table *table, Arena *arena, Phys phys, Value *value);
