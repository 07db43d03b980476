/* SPDX-License-Identifier: Apache-2.0 */
#include "table/row_draft.h"

#include "base/error.h"
#include "table/leaf_internal.h"
#include "table/row_image.h"

/* Shorter values are not worth a reference. */
enum { OVERFLOW_LEAST = 64 };

LeafValue row_draft_cell(const Vector *vector, uint32_t row)
{
    LeafValue value = {.null = false};
    uint32_t at = vector_index(vector, row);
    if (vector->nulls && (vector->nulls[at / 64] >> (at % 64)) & 1) {
        value.null = true;
        return value;
    }
    switch ((Phys)vector->phys) {
#define CELL_CASE(NAME, CType, bytes) \
    case PHYS_##NAME: memcpy(&value.value, (const CType *)vector->data + at, bytes); break;
        PHYSES(CELL_CASE)
#undef CELL_CASE
    case PHYS_COUNT: break;
    }
    return value;
}

static Status too_long(void)
{
    return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                      "row is too large for a page of a table");
}

/* ---- long values ---- */

static bool is_long_kind(Phys phys, const LeafValue *value)
{
    if (value->null || value->overflow) return false;
    return phys == PHYS_STR || (phys == PHYS_DECIMAL && value->value.decimal.kind == DECIMAL_BIG);
}

static Bytes bytes_of(Phys phys, const LeafValue *value)
{
    if (phys == PHYS_DECIMAL) return (Bytes){value->value.decimal.big, value->value.decimal.bytes};
    Str text = strview_str(&value->value.str);
    return (Bytes){(const uint8_t *)text.data, text.bytes};
}

static OverflowMethod method_of(const TableColumn *column)
{
    if (column->flags & COLUMN_PLAIN) return OVERFLOW_PLAIN;
    return column->flags & COLUMN_COMPRESS_ZSTD ? OVERFLOW_ZSTD : OVERFLOW_LZ4;
}

bool row_draft_may_fit(const RowDraft *draft, const TableLayout *layout)
{
    uint32_t least = 0;
    for (uint32_t i = 0; i < draft->count; i++) {
        uint32_t bytes = leaf_value_bytes(layout->columns[draft->numbers[i]].phys,
                                          &draft->values[i]);
        least += bytes > OVERFLOW_LEAST ? OVERFLOW_REF_BYTES : bytes;
    }
    return least <= ROW_HEAP_MAX;
}

static Status move_out(Table *table, Txn *txn, RowDraft *draft, uint32_t i)
{
    const TableColumn *column = &table__layout(table)->columns[draft->numbers[i]];
    LeafValue *value = &draft->values[i];
    uint8_t *ref = draft->refs[draft->ref_count];
    TRY(overflow_write(table, txn, bytes_of((Phys)column->phys, value), method_of(column), ref));
    draft->ref_count++;
    value->overflow = true;
    if (column->phys == PHYS_STR)
        value->value.str = strview((Str){(const char *)ref, OVERFLOW_REF_BYTES});
    else
        value->value.decimal = (Decimal){DECIMAL_BIG, 0, OVERFLOW_REF_BYTES, {.big = ref}};
    return OK;
}

Status row_draft_shorten(Table *table, Txn *txn, RowDraft *draft, uint32_t value_max,
                         uint32_t heap_max)
{
    const TableLayout *layout = table__layout(table);
    for (;;) {
        uint32_t all = 0, most = 0, longest = 0;
        for (uint32_t i = 0; i < draft->count; i++) {
            Phys phys = (Phys)layout->columns[draft->numbers[i]].phys;
            uint32_t bytes = leaf_value_bytes((uint8_t)phys, &draft->values[i]);
            all += bytes;
            if (bytes <= most || !is_long_kind(phys, &draft->values[i])) continue;
            most = bytes;
            longest = i;
        }
        if (most <= OVERFLOW_LEAST || (most <= value_max && all <= heap_max)) return OK;
        TRY(move_out(table, txn, draft, longest));
    }
}

static Status whole_image(const TableLayout *layout, const Datum *datums, Arena *arena,
                          Bytes *image)
{
    RowColumn *columns = arena_try_alloc(arena, (layout->column_count + 1) * sizeof *columns);
    uint32_t count = 0;
    if (!columns) return ST_NO_MEMORY;
    for (uint32_t i = 0; i < layout->column_count; i++) {
        uint8_t shape = layout->columns[i].phys | LEAF_SHAPE_NULLABLE;
        if (layout->columns[i].flags & COLUMN_DROPPED) continue;
        columns[count++] = (RowColumn){(uint16_t)i,
                                       shape,
                                       {.value = datums[i].value, .null = datums[i].null}};
    }
    uint8_t *bytes = arena_try_alloc(arena, row_image_bytes(columns, count));
    if (!bytes) return ST_NO_MEMORY;
    *image = (Bytes){bytes, row_image_write(columns, count, bytes)};
    return OK;
}

Status row_draft_whole(Table *table, Txn *txn, const Datum *datums, Arena *arena, RowDraft *draft)
{
    Bytes image;
    LeafValue value = {.null = false};
    TRY(whole_image(table__layout(table), datums, arena, &image));
    draft->ref_count = 0;
    if (image.bytes > ROW_VALUE_MAX) {
        TRY(overflow_write(table, txn, image, OVERFLOW_LZ4, draft->refs[0]));
        draft->ref_count = 1;
        value.overflow = true;
        image = (Bytes){draft->refs[0], OVERFLOW_REF_BYTES};
    }
    value.value.str = strview((Str){(const char *)image.data, image.bytes});
    draft->count = 1;
    draft->numbers[0] = LEAF_IMAGE_COLUMN;
    draft->values[0] = value;
    return OK;
}

Status row_draft_discard(Table *table, RowDraft *draft)
{
    while (draft->ref_count > 0) {
        draft->ref_count--;
        TRY(overflow_free(table->tree, (Bytes){draft->refs[draft->ref_count], OVERFLOW_REF_BYTES}));
    }
    return OK;
}

/* ---- images ---- */

static Status write_image(RowColumn *columns, uint32_t count, uint8_t *buffer, Bytes *image)
{
    if (UNLIKELY(row_image_bytes(columns, count) > ROW_IMAGE_BYTES_MAX)) return too_long();
    *image = (Bytes){buffer, row_image_write(columns, count, buffer)};
    return OK;
}

static uint8_t shape_of(const LeafLayout *layout, uint32_t number)
{
    return number == LEAF_IMAGE_COLUMN ? PHYS_STR : layout->shapes[number];
}

Status row_draft_seal(RowDraft *draft, const LeafLayout *layout)
{
    RowColumn columns[LEAF_COLUMNS_MAX + 1];
    uint32_t kept = 0;
    draft->heap_bytes = 0;
    for (uint32_t i = 0; i < draft->count; i++) {
        uint8_t shape = shape_of(layout, draft->numbers[i]);
        if (shape & LEAF_SHAPE_ABSENT) continue;
        if (NEVER(draft->values[i].null && !(shape & LEAF_SHAPE_NULLABLE))) return ST_INVALID;
        draft->heap_bytes += leaf_value_bytes(shape, &draft->values[i]);
        columns[kept++] = (RowColumn){draft->numbers[i], shape, draft->values[i]};
    }
    return write_image(columns, kept, draft->buffer, &draft->image);
}

Status row_draft_before(const RowDraft *draft, const void *page, uint32_t slot,
                        uint8_t buffer[ROW_IMAGE_BYTES_MAX], Bytes *image, uint32_t *heap_bytes)
{
    LeafValue values[LEAF_COLUMNS_MAX + 1];
    RowColumn columns[LEAF_COLUMNS_MAX + 1];
    LeafLayout layout = leaf_layout(page);
    uint32_t kept = 0;
    *heap_bytes = 0;
    leaf_get_columns(page, slot, draft->numbers, draft->count, values);
    for (uint32_t i = 0; i < draft->count; i++) {
        uint8_t shape = shape_of(&layout, draft->numbers[i]);
        if (shape & LEAF_SHAPE_ABSENT) continue;
        *heap_bytes += leaf_value_bytes(shape, &values[i]);
        columns[kept++] = (RowColumn){draft->numbers[i], shape, values[i]};
    }
    return write_image(columns, kept, buffer, image);
}
