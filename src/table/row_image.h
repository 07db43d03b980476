/* SPDX-License-Identifier: Apache-2.0 */
/* row_image.h - values of a row as a string of bytes: in the log, in undo, and for rows that are one overflow value.
 *
 * An image says itself which columns it has and of what shape, so that undo can be read whatever has become of the
 * page's layout since, and rollback and purge ask no directory (docs/traps.md F9). */
#pragma once

#include "base/base.h"
#include "table/leaf.h"

typedef struct RowColumn {
    uint16_t number;
    uint8_t shape; /* LeafShape */
    LeafValue value;
} RowColumn;

/* At least the bytes that row_image_write fills. */
size_t row_image_bytes(const RowColumn *columns, uint32_t count);
/* Numbers ascend; absent columns are left out by the caller. Returns the bytes written. */
size_t row_image_write(const RowColumn *columns, uint32_t count, uint8_t *out);
/* Reads an image from the front of `bytes`; strings and big decimals point into it. *used: its length. ST_CORRUPT: no
 * image; ST_FULL: more columns than `columns_max`. Nothing is noted: the caller knows where it stands. */
Status row_image_read(Bytes bytes, RowColumn *columns, uint32_t columns_max, uint32_t *count,
                      size_t *used);
