/* SPDX-License-Identifier: Apache-2.0 */
/* row_image.c - the image of a row.
 *
 *   number of columns                  varint
 *   for each: number - the one before  varint (the first: number)
 *             shape                    1 byte
 *   null bits                          a bit a nullable column, in order, whole bytes
 *   for each column that is not null:
 *       fixed width                    its bytes
 *       STR                            varint of bytes << 1 | overflow, bytes
 *       DECIMAL                        scale (1), then: small: coefficient as zigzag varint; 255 big, 254
 *                                      overflow: varint of
 *                                      bytes, bytes
 *
 * Varints are base/varint.h's. */
#include "table/row_image.h"

#include "base/arith.h"
#include "base/varint.h"
#include "table/leaf_internal.h"

/* ---- writing ---- */

static uint8_t *put_bytes(uint8_t *out, const void *data, size_t bytes)
{
    if (bytes > 0) memcpy(out, data, bytes);
    return out + bytes;
}

static uint8_t *put_decimal(uint8_t *out, const LeafValue *value)
{
    const Decimal *d = &value->value.decimal;
    if (d->kind == DECIMAL_SMALL) {
        ASSERT(d->scale < LEAF_SCALE_OVERFLOW);
        *out++ = (uint8_t)d->scale;
        return varint_put(out, varint_zigzag(d->coefficient));
    }
    *out++ = value->overflow ? LEAF_SCALE_OVERFLOW : LEAF_SCALE_BIG;
    return put_bytes(varint_put(out, d->bytes), d->big, d->bytes);
}

static uint8_t *put_value(uint8_t *out, const RowColumn *column)
{
    const LeafValue *value = &column->value;
    if (leaf__phys(column->shape) == PHYS_STR) {
        Str text = strview_str(&value->value.str);
        out = varint_put(out, (uint64_t)text.bytes << 1 | value->overflow);
        return put_bytes(out, text.data, text.bytes);
    }
    if (leaf__phys(column->shape) == PHYS_DECIMAL) return put_decimal(out, value);
    /* All of the value, which costs less than a copy of its width: row_image_bytes counts as much. */
    memcpy(out, &value->value, sizeof value->value);
    return out + leaf__width(column->shape);
}

size_t row_image_bytes(const RowColumn *columns, uint32_t count)
{
    size_t bytes = VARINT_BYTES_MAX + count / 8 + 1;
    for (uint32_t i = 0; i < count; i++)
        bytes += 3 + 1 + 16 + leaf_value_bytes(columns[i].shape, &columns[i].value);
    return bytes;
}

size_t row_image_write(const RowColumn *columns, uint32_t count, uint8_t *out)
{
    uint8_t *at = varint_put(out, count);
    uint32_t nullable = 0, before = 0;
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(i == 0 || columns[i].number > before);
        ASSERT(!(columns[i].shape & LEAF_SHAPE_ABSENT));
        at = varint_put(at, columns[i].number - before);
        *at++ = columns[i].shape;
        before = columns[i].number;
    }
    uint8_t *nulls = at;
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(!columns[i].value.null || columns[i].shape & LEAF_SHAPE_NULLABLE);
        if (!(columns[i].shape & LEAF_SHAPE_NULLABLE)) continue;
        if (nullable % 8 == 0) *at++ = 0;
        nulls[nullable / 8] |= (uint8_t)(columns[i].value.null << nullable % 8);
        nullable++;
    }
    for (uint32_t i = 0; i < count; i++)
        if (!columns[i].value.null) at = put_value(at, &columns[i]);
    ASSERT((size_t)(at - out) <= row_image_bytes(columns, count));
    return (size_t)(at - out);
}

/* ---- reading ---- */

static void get_decimal(PackReader *in, LeafValue *value)
{
    const uint8_t *scale = pack_bytes(in, 1);
    if (!scale) return;
    uint64_t word = pack_varint(in);
    Decimal *d = &value->value.decimal;
    if (*scale < LEAF_SCALE_OVERFLOW) {
        *d = (Decimal){DECIMAL_SMALL, *scale, 0, {varint_unzigzag(word)}};
        return;
    }
    value->overflow = *scale == LEAF_SCALE_OVERFLOW;
    *d = (Decimal){DECIMAL_BIG, 0, (uint32_t)word, {.big = pack_bytes(in, word)}};
    if (word > UINT32_MAX) in->bad = true;
}

static void get_value(PackReader *in, RowColumn *column)
{
    LeafValue *value = &column->value;
    if (leaf__phys(column->shape) == PHYS_STR) {
        uint64_t word = pack_varint(in);
        value->overflow = word & 1;
        const uint8_t *text = pack_bytes(in, word >> 1);
        if (word >> 1 > UINT32_MAX) in->bad = true;
        if (!in->bad) value->value.str = strview((Str){(const char *)text, word >> 1});
    } else if (leaf__phys(column->shape) == PHYS_DECIMAL) {
        get_decimal(in, value);
    } else {
        uint32_t width = leaf__width(column->shape);
        const uint8_t *data = pack_bytes(in, width);
        if (data) memcpy(&value->value, data, width);
        if (data && leaf__phys(column->shape) == PHYS_BOOL && *data > 1) in->bad = true;
    }
}

static void get_columns(PackReader *in, RowColumn *columns, uint32_t count)
{
    uint64_t number = 0;
    for (uint32_t i = 0; i < count && !in->bad; i++) {
        uint64_t gap = pack_varint(in);
        const uint8_t *shape = pack_bytes(in, 1);
        if (gap > UINT16_MAX || (i > 0 && gap == 0)) in->bad = true;
        number += gap;
        if (in->bad || number > UINT16_MAX || (*shape & LEAF_SHAPE_PHYS) >= PHYS_COUNT ||
            *shape & ~(LEAF_SHAPE_PHYS | LEAF_SHAPE_NULLABLE)) {
            in->bad = true;
            return;
        }
        columns[i] = (RowColumn){(uint16_t)number, *shape, {.null = false}};
    }
}

Status row_image_read(Bytes bytes, RowColumn *columns, uint32_t columns_max, uint32_t *count,
                      size_t *used)
{
    PackReader in = pack_reader(bytes);
    uint64_t columns_here = pack_varint(&in);
    uint32_t nullable = 0;
    if (in.bad) return ST_CORRUPT;
    if (columns_here > columns_max) return ST_FULL;
    *count = (uint32_t)columns_here;
    get_columns(&in, columns, *count);
    if (in.bad) return ST_CORRUPT;
    for (uint32_t i = 0; i < *count; i++) nullable += (columns[i].shape & LEAF_SHAPE_NULLABLE) != 0;
    const uint8_t *nulls = pack_bytes(&in, (nullable + 7) / 8);
    nullable = 0;
    for (uint32_t i = 0; i < *count && !in.bad; i++) {
        if (columns[i].shape & LEAF_SHAPE_NULLABLE) {
            columns[i].value.null = nulls[nullable / 8] >> nullable % 8 & 1;
            nullable++;
        }
        if (!columns[i].value.null) get_value(&in, &columns[i]);
    }
    *used = (size_t)(in.at - bytes.data);
    return in.bad ? ST_CORRUPT : OK;
}
