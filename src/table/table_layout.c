/* SPDX-License-Identifier: Apache-2.0 */
/* table_layout.c - the description of a table's columns in the tree directory.
 *
 *   offset size
 *        0    1  version: 1
 *        1    1  zero
 *        2    2  columns
 *        4  2*n  kind (Phys), ColumnFlags
 *        -    -  missing values: a row image (row_image.h) of the columns that have one */
#include "table/table_layout.h"

#include "base/arith.h"
#include "base/error.h"
#include "table/leaf_internal.h"
#include "table/row_change.h"
#include "table/row_image.h"

enum { LAYOUT_VERSION = 1, LAYOUT_HEADER_BYTES = 4, LAYOUT_ROWS_LEAST = 2 };

static LeafValue missing_value(const TableColumn *column)
{
    if (column->missing.null) return (LeafValue){.null = true};
    return (LeafValue){.value = column->missing.value};
}

uint8_t table_layout_shape(const TableColumn *column)
{
    uint32_t shape = column->phys;
    if (!(column->flags & COLUMN_NOT_NULL)) shape |= LEAF_SHAPE_NULLABLE;
    if (column->flags & COLUMN_DROPPED) shape |= LEAF_SHAPE_ABSENT;
    return (uint8_t)shape;
}

/* A missing value's shape in the image: whatever becomes of the column, it reads back. */
static RowColumn missing_column(const TableColumn *column)
{
    return (RowColumn){column->number, column->phys, missing_value(column)};
}

Status table_layout_check(const TableColumn *columns, uint32_t count)
{
    if (count > TABLE_COLUMNS_MAX) return ST_FULL;
    for (uint32_t i = 0; i < count; i++) {
        const TableColumn *column = &columns[i];
        if (column->number != i || column->phys >= PHYS_COUNT) return ST_INVALID;
        LeafValue missing = missing_value(column);
        if (leaf_value_bytes(column->phys, &missing) > ROW_VALUE_MAX)
            return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                              "a default value for existing rows of more than %d bytes is not "
                              "supported",
                              ROW_VALUE_MAX);
    }
    return OK;
}

static uint32_t missing_columns(const TableColumn *columns, uint32_t count, RowColumn *missing)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!columns[i].missing.null && !(columns[i].flags & COLUMN_DROPPED))
            missing[found++] = missing_column(&columns[i]);
    return found;
}

size_t table_layout_bytes(const TableColumn *columns, uint32_t count)
{
    RowColumn missing[TABLE_COLUMNS_MAX];
    return LAYOUT_HEADER_BYTES + 2 * (size_t)count +
           row_image_bytes(missing, missing_columns(columns, count, missing));
}

size_t table_layout_write(const TableColumn *columns, uint32_t count, uint8_t *out)
{
    RowColumn missing[TABLE_COLUMNS_MAX];
    uint8_t *at = out + LAYOUT_HEADER_BYTES;
    out[0] = LAYOUT_VERSION;
    out[1] = 0;
    store_le16(out + 2, (uint16_t)count);
    for (uint32_t i = 0; i < count; i++) {
        *at++ = columns[i].phys;
        *at++ = columns[i].flags;
    }
    return (size_t)(at - out) +
           row_image_write(missing, missing_columns(columns, count, missing), at);
}

/* ---- reading ---- */

static Status layout_corrupt(uint32_t number)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "description %" PRIu32 " of a table's columns is malformed", number);
}

/* Memory of a layout, cut from one piece. */
typedef struct LayoutParts {
    uint8_t *shapes, *image;
} LayoutParts;

static TableLayout *layout_new(Heap *heap, uint32_t count, size_t image_bytes, LayoutParts *parts)
{
    size_t head = ALIGN_UP(sizeof(TableLayout), 16);
    size_t columns = ALIGN_UP(count * sizeof(TableColumn), 16);
    size_t missing = ALIGN_UP(count * sizeof(LeafValue), 16);
    char *piece = heap_try_alloc(heap, head + columns + missing + count + image_bytes);
    if (!piece) return NULL;
    TableLayout *layout = (TableLayout *)(void *)piece;
    layout->column_count = count;
    layout->columns = (TableColumn *)(void *)(piece + head);
    layout->missing = (LeafValue *)(void *)(piece + head + columns);
    parts->shapes = (uint8_t *)(piece + head + columns + missing);
    parts->image = parts->shapes + count;
    return layout;
}

/* Pages keep columns apart when a few rows fit: else every row is an image. */
static void lay_out_pages(TableLayout *layout, const uint8_t *shapes)
{
    layout->page = (LeafLayout){layout->number, (uint16_t)layout->column_count, false, shapes};
    layout->wide = layout->column_count > LEAF_COLUMNS_MAX ||
                   leaf_fixed_bytes(&layout->page, LAYOUT_ROWS_LEAST) + ROW_HEAP_MAX > PAGE_BYTES;
    if (layout->wide) layout->page = (LeafLayout){layout->number, 0, true, NULL};
    layout->mixed = layout->page;
    layout->mixed.images = true;
}

static Status read_missing(TableLayout *layout, Bytes image)
{
    RowColumn missing[TABLE_COLUMNS_MAX];
    uint32_t count;
    size_t used;
    for (uint32_t i = 0; i < layout->column_count; i++) {
        layout->columns[i].missing.null = true;
        layout->missing[i].null = true;
    }
    TRY(row_image_read(image, missing, TABLE_COLUMNS_MAX, &count, &used));
    if (used != image.bytes) return ST_CORRUPT;
    for (uint32_t i = 0; i < count; i++) {
        if (missing[i].number >= layout->column_count) return ST_CORRUPT;
        TableColumn *column = &layout->columns[missing[i].number];
        if (missing[i].shape != column->phys) return ST_CORRUPT;
        column->missing = (Datum){missing[i].value.value, false};
        layout->missing[missing[i].number] = missing[i].value;
    }
    layout->missing_image = count > 0 ? image : (Bytes){0};
    return OK;
}

Status table_layout_read(Heap *heap, Bytes description, uint32_t number, TableLayout **result)
{
    LayoutParts parts;
    const uint8_t *at = description.data;
    uint32_t count = description.bytes < LAYOUT_HEADER_BYTES ? UINT32_MAX : load_le16(at + 2);
    if (count > TABLE_COLUMNS_MAX || at[0] != LAYOUT_VERSION ||
        description.bytes < LAYOUT_HEADER_BYTES + 2 * (size_t)count)
        return layout_corrupt(number);
    size_t image_bytes = description.bytes - LAYOUT_HEADER_BYTES - 2 * (size_t)count;
    TableLayout *layout = layout_new(heap, count, image_bytes, &parts);
    if (!layout) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    layout->number = number;
    at += LAYOUT_HEADER_BYTES;
    bool bad = false;
    for (uint32_t i = 0; i < count; i++, at += 2) {
        layout->columns[i] = (TableColumn){.number = (uint16_t)i, .phys = at[0], .flags = at[1]};
        bad |= at[0] >= PHYS_COUNT;
        parts.shapes[i] = table_layout_shape(&layout->columns[i]);
    }
    memcpy(parts.image, at, image_bytes);
    if (!bad) lay_out_pages(layout, parts.shapes);
    if (bad || read_missing(layout, (Bytes){parts.image, image_bytes}) != OK) {
        heap_free(heap, layout);
        return layout_corrupt(number);
    }
    *result = layout;
    return OK;
}
