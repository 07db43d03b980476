/* SPDX-License-Identifier: Apache-2.0 */
/* table_layout.h - a table's columns as the tree directory keeps them, a description a layout. */
#pragma once

#include "base/heap.h"
#include "table/table_internal.h"

/* ST_INVALID: no such columns (numbers that skip, unknown kinds). ST_UNSUPPORTED: a missing value too long for
 * pages. */
Status table_layout_check(const TableColumn *columns, uint32_t count);
/* A column's bits on a page. */
uint8_t table_layout_shape(const TableColumn *column);
size_t table_layout_bytes(const TableColumn *columns,
                          uint32_t count); /* at least what is written */
size_t table_layout_write(const TableColumn *columns, uint32_t count, uint8_t *out);
/* One piece of the heap. ST_CORRUPT, noted. */
Status table_layout_read(Heap *heap, Bytes description, uint32_t number, TableLayout **layout);
