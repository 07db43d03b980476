/* SPDX-License-Identifier: Apache-2.0 */
/* row_draft.h - new values of a row on their way to the page: in the kinds of the page's columns, and as the image that
 * the log record holds. */
#pragma once

#include "table/row_change.h"
#include "table/table_internal.h"

/* The bytes of the longest image that a row within ROW_HEAP_MAX has. */
enum { ROW_IMAGE_BYTES_MAX = 11 << 10 };

typedef struct RowDraft {
    uint32_t count;                         /* columns that are set */
    uint16_t numbers[LEAF_COLUMNS_MAX + 1]; /* ascending */
    LeafValue values[LEAF_COLUMNS_MAX + 1];
    uint32_t heap_bytes; /* of these */
    Bytes image;
    uint8_t buffer[ROW_IMAGE_BYTES_MAX];
} RowDraft;

/* The value of a vector's row. */
LeafValue row_draft_cell(const Vector *vector, uint32_t row);
/* Fills heap_bytes and image from the values; shapes by number are the layout's. ST_FULL: too long for a page. */
Status row_draft_seal(RowDraft *draft, const LeafLayout *layout);
/* The image of the same columns as they stand on the latched page. ST_FULL: too long. */
Status row_draft_before(const RowDraft *draft, const void *page, uint32_t slot,
                        uint8_t buffer[ROW_IMAGE_BYTES_MAX], Bytes *image, uint32_t *heap_bytes);
