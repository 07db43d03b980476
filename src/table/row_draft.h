/* SPDX-License-Identifier: Apache-2.0 */
/* row_draft.h - new values of a row on their way to the page: in the kinds of the page's columns, and as the image that
 * the log record holds. Values too long for a page are written to overflow pages here, before anything is latched. */
#pragma once

#include "table/overflow.h"
#include "table/row_change.h"
#include "table/table_internal.h"

/* No image of a row within ROW_HEAP_HARD is longer; an undo record holds it. */
enum { ROW_IMAGE_BYTES_MAX = 12000 };

typedef struct RowDraft {
    uint32_t count;                         /* columns that are set */
    uint16_t numbers[LEAF_COLUMNS_MAX + 1]; /* ascending */
    LeafValue values[LEAF_COLUMNS_MAX + 1];
    uint32_t heap_bytes; /* of these */
    Bytes image;
    uint32_t ref_count; /* long values written for it */
    uint8_t refs[LEAF_COLUMNS_MAX][OVERFLOW_REF_BYTES];
    uint8_t buffer[ROW_IMAGE_BYTES_MAX];
} RowDraft;

/* The value of a vector's row. */
LeafValue row_draft_cell(const Vector *vector, uint32_t row);
/* Do the values fit a page when all of them that may are overflow values? Else the row is an image. */
bool row_draft_may_fit(const RowDraft *draft, const TableLayout *layout);
/* Writes long values to overflow pages until the rest is at most `heap_max` bytes: those above `value_max` in any
 * case. */
Status row_draft_shorten(Table *table, Txn *txn, RowDraft *draft, uint32_t value_max,
                         uint32_t heap_max);
/* The whole row, all columns of the table's layout, as one value, which is all that the draft has then. */
Status row_draft_whole(Table *table, Txn *txn, const Datum *datums, Arena *arena, RowDraft *draft);
/* Fills heap_bytes and image from the values; shapes by number are the layout's. ST_FULL: too long for a page. */
Status row_draft_seal(RowDraft *draft, const LeafLayout *layout);
/* The image of the same columns as they stand on the latched page. ST_FULL: too long. */
Status row_draft_before(const RowDraft *draft, const void *page, uint32_t slot,
                        uint8_t buffer[ROW_IMAGE_BYTES_MAX], Bytes *image, uint32_t *heap_bytes);
/* The long values written for it are not wanted. */
Status row_draft_discard(Table *table, RowDraft *draft);
