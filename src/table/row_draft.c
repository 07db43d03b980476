/* SPDX-License-Identifier: Apache-2.0 */
#include "table/row_draft.h"

#include "base/error.h"
#include "table/leaf_internal.h"
#include "table/row_image.h"

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
