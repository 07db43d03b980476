/* SPDX-License-Identifier: Apache-2.0 */
/* record.c - stored rows: type, column types, null bitmap, offsets, columns. */
#include "type/record.h"

#include "base/arith.h"
#include "base/oids.h"
#include "base/task.h"

enum { HEAD_BYTES = 8 };

static size_t null_bytes(uint32_t count)
{
    return ((size_t)count + 31) / 32 * 4;
}

bool record_view(Str stored, RecordView *view)
{
    const uint8_t *data = (const uint8_t *)stored.data;
    *view = (RecordView){0};
    if (stored.bytes < HEAD_BYTES) return false;
    view->type = load_le32(data);
    view->count = load_le32(data + 4) & UINT16_MAX;
    view->typmod = (int32_t)(load_le32(data + 4) >> 16) - 1;
    if (view->count > RECORD_COLUMNS_MAX) return false;
    const size_t columns = (size_t)view->count * 4;
    const size_t head = HEAD_BYTES + columns + null_bytes(view->count) + columns + 4;
    if (stored.bytes < head) return false;
    view->types = data + HEAD_BYTES;
    view->nulls = view->types + columns;
    view->offsets = view->nulls + null_bytes(view->count);
    view->data = data + head;
    uint32_t before = 0;
    for (uint32_t i = 0; i <= view->count; i++) {
        const uint32_t offset = load_le32(view->offsets + 4 * (size_t)i);
        if (offset < before) return false;
        before = offset;
    }
    return before <= stored.bytes - head;
}

RecordView record_view_or_raise(Str stored)
{
    RecordView view;
    if (!record_view(stored, &view))
        raise_error(SQLSTATE_DATA_CORRUPTED, "a value is no stored row");
    return view;
}

Oid record_column_type(const RecordView *view, uint32_t i)
{
    return i < view->count ? load_le32(view->types + 4 * (size_t)i) : 0;
}

Datum record_get(const RecordView *view, const Type *type, uint32_t i)
{
    Datum datum = {.null = true};
    if (i >= view->count || view->nulls[i / 8] >> (i % 8) & 1) return datum;
    const uint32_t from = load_le32(view->offsets + 4 * (size_t)i);
    const uint32_t to = load_le32(view->offsets + 4 * ((size_t)i + 1));
    datum.null = !type_load(type, (Bytes){view->data + from, to - from}, &datum.value);
    return datum;
}

static void add_le32(StrBuilder *out, uint32_t v)
{
    store_le32(str_add_space(out, 4), v);
}

Str record_build(Arena *arena, Oid type, const Type *const *types, const Datum *values,
                 uint32_t count)
{
    StrBuilder out = str_builder(arena, HEAD_BYTES + (size_t)count * 16 + 16);
    if (count > RECORD_COLUMNS_MAX)
        raise_error(SQLSTATE_TOO_MANY_COLUMNS, "ROW expressions can have at most %d entries",
                    RECORD_COLUMNS_MAX);
    add_le32(&out, type);
    add_le32(&out, count);
    for (uint32_t i = 0; i < count; i++) add_le32(&out, types[i] ? types[i]->oid : 0);
    const size_t nulls = out.bytes;
    str_add_repeat(&out, 0, null_bytes(count));
    const size_t offsets = out.bytes;
    str_add_repeat(&out, 0, ((size_t)count + 1) * 4);
    const size_t start = out.bytes;
    for (uint32_t i = 0; i < count; i++) {
        task_check();
        store_le32(out.data + offsets + (size_t)i * 4, (uint32_t)(out.bytes - start));
        if (types[i] && !values[i].null)
            type_store(types[i], &values[i].value, &out);
        else
            out.data[nulls + i / 8] |= (char)(1 << (i % 8));
    }
    store_le32(out.data + offsets + (size_t)count * 4, (uint32_t)(out.bytes - start));
    return str_done(&out);
}

Str record_with_names(Str stored, int32_t typmod)
{
    if (typmod < 0 || typmod >= UINT16_MAX) return stored;
    uint8_t *count = (uint8_t *)stored.data + 4;
    store_le32(count, (load_le32(count) & UINT16_MAX) | ((uint32_t)typmod + 1) << 16);
    return stored;
}

/* ---- column by column ---- */

RecordColumns record_columns(const TypeCall *call, Str stored)
{
    RecordColumns columns = {.call = call, .view = record_view_or_raise(stored)};
    const FnEnv *env = call->env;
    columns.count = columns.view.count;
    const bool known = columns.view.type != OID_RECORD || columns.view.typmod >= 0;
    if (known && env && env->calls && env->calls->attributes)
        (void)env->calls->attributes(env->calls_arg, columns.view.type, columns.view.typmod,
                                     &columns.attributes, &columns.count);
    return columns;
}

bool record_next(RecordColumns *columns, uint32_t *number)
{
    for (;; columns->at++) {
        task_check();
        if (columns->at >= columns->count) return false;
        const FnAttribute *attribute = columns->attributes ? &columns->attributes[columns->at]
                                                           : NULL;
        Oid type = record_column_type(&columns->view, columns->at);
        if (attribute ? attribute->dropped : !type) continue;
        if (!type) type = attribute->type; /* the column is younger than the row */
        columns->column = *columns->call;
        columns->column.type = type_get(columns->call->env, type);
        columns->column.typmod = attribute ? attribute->typmod : -1;
        columns->column.collation = attribute ? attribute->collation : 0;
        columns->value = record_get(&columns->view, columns->column.type, columns->at++);
        ++*number;
        return true;
    }
}

bool record_is_null(const TypeCall *call, Str stored, bool all_null)
{
    RecordColumns columns = record_columns(call, stored);
    for (uint32_t number = 0; record_next(&columns, &number);)
        if (columns.value.null != all_null) return false;
    return true;
}
