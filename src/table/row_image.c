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
 * A varint has seven bits a byte, the lowest first, at most ten bytes. */
#include "table/row_image.h"

#include "base/arith.h"
#include "table/leaf_internal.h"

enum { VARINT_BYTES_MAX = 10 };

/* ---- writing ---- */

static uint8_t *put_varint(uint8_t *out, uint64_t v)
{
    for (; v >= 128; v >>= 7) *out++ = (uint8_t)(v | 128);
    *out++ = (uint8_t)v;
    return out;
}

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
        uint64_t v = (uint64_t)d->coefficient;
        return put_varint(out, v << 1 ^ (d->coefficient < 0 ? UINT64_MAX : 0));
    }
    *out++ = value->overflow ? LEAF_SCALE_OVERFLOW : LEAF_SCALE_BIG;
    return put_bytes(put_varint(out, d->bytes), d->big, d->bytes);
}

static uint8_t *put_value(uint8_t *out, const RowColumn *column)
{
    const LeafValue *value = &column->value;
    if (leaf__phys(column->shape) == PHYS_STR) {
        Str text = strview_str(&value->value.str);
        out = put_varint(out, (uint64_t)text.bytes << 1 | value->overflow);
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
    uint8_t *at = put_varint(out, count);
    uint32_t nullable = 0, before = 0;
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(i == 0 || columns[i].number > before);
        ASSERT(!(columns[i].shape & LEAF_SHAPE_ABSENT));
        at = put_varint(at, columns[i].number - before);
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

typedef struct Reader {
    const uint8_t *at, *end;
    bool bad;
} Reader;

static uint64_t get_varint(Reader *in)
{
    uint64_t v = 0;
    for (uint32_t shift = 0; shift < 64; shift += 7) {
        if (in->at == in->end) break;
        uint8_t byte = *in->at++;
        if (shift == 63 && byte > 1) break;
        v |= (uint64_t)(byte & 127) << shift;
        if (byte < 128) return v;
    }
    in->bad = true;
    return 0;
}

/* NULL: there are not so many. */
static const uint8_t *get_bytes(Reader *in, uint64_t bytes)
{
    const uint8_t *at = in->at;
    if (in->bad || bytes > (uint64_t)(in->end - in->at)) {
        in->bad = true;
        return NULL;
    }
    in->at += bytes;
    return at;
}

static void get_decimal(Reader *in, LeafValue *value)
{
    const uint8_t *scale = get_bytes(in, 1);
    if (!scale) return;
    uint64_t word = get_varint(in);
    Decimal *d = &value->value.decimal;
    if (*scale < LEAF_SCALE_OVERFLOW) {
        *d = (Decimal){DECIMAL_SMALL, *scale, 0, {(int64_t)(word >> 1 ^ (0 - (word & 1)))}};
        return;
    }
    value->overflow = *scale == LEAF_SCALE_OVERFLOW;
    *d = (Decimal){DECIMAL_BIG, 0, (uint32_t)word, {.big = get_bytes(in, word)}};
    if (word > UINT32_MAX) in->bad = true;
}

static void get_value(Reader *in, RowColumn *column)
{
    LeafValue *value = &column->value;
    if (leaf__phys(column->shape) == PHYS_STR) {
        uint64_t word = get_varint(in);
        value->overflow = word & 1;
        const uint8_t *text = get_bytes(in, word >> 1);
        if (word >> 1 > UINT32_MAX) in->bad = true;
        if (!in->bad) value->value.str = strview((Str){(const char *)text, word >> 1});
    } else if (leaf__phys(column->shape) == PHYS_DECIMAL) {
        get_decimal(in, value);
    } else {
        uint32_t width = leaf__width(column->shape);
        const uint8_t *data = get_bytes(in, width);
        if (data) memcpy(&value->value, data, width);
        if (data && leaf__phys(column->shape) == PHYS_BOOL && *data > 1) in->bad = true;
    }
}

static void get_columns(Reader *in, RowColumn *columns, uint32_t count)
{
    uint64_t number = 0;
    for (uint32_t i = 0; i < count && !in->bad; i++) {
        uint64_t gap = get_varint(in);
        const uint8_t *shape = get_bytes(in, 1);
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
    Reader in = {bytes.data, bytes.data + bytes.bytes, false};
    uint64_t columns_here = get_varint(&in);
    uint32_t nullable = 0;
    if (in.bad) return ST_CORRUPT;
    if (columns_here > columns_max) return ST_FULL;
    *count = (uint32_t)columns_here;
    get_columns(&in, columns, *count);
    if (in.bad) return ST_CORRUPT;
    for (uint32_t i = 0; i < *count; i++) nullable += (columns[i].shape & LEAF_SHAPE_NULLABLE) != 0;
    const uint8_t *nulls = get_bytes(&in, (nullable + 7) / 8);
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
