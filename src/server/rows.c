/* SPDX-License-Identifier: Apache-2.0 */
/* rows.c - rows of a batch as DataRow messages. A column's encoder is chosen once a batch; integers, booleans and
 * everything whose text or binary form is its bytes go straight into the output buffer, the rest through the type's own
 * print and send. */
#include "server/server_internal.h"

#include "base/arith.h"
#include "type/encoding.h"

typedef enum Coding {
    CODING_BYTES,
    CODING_BOOL_TEXT,
    CODING_INT_TEXT,
    CODING_BOOL,
    CODING_I16,
    CODING_I32,
    CODING_I64,
    CODING_PRINT,
    CODING_SEND,
} Coding;

typedef struct Column {
    const Vector *vector;
    Coding coding;
    TypeCall call;
} Column;

enum { INT_TEXT_BYTES = 20 };

/* Their text and their binary form are the bytes of the value. */
static bool is_bytes(Oid type)
{
    static const Oid types[] = {19 /* name */,      25 /* text */,
                                114 /* json */,     142 /* xml */,
                                705 /* unknown */,  1042 /* bpchar */,
                                1043 /* varchar */, 2275 /* cstring */};
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (types[i] == type) return true;
    return false;
}

static Coding fast_coding(Oid type, bool binary)
{
    switch (type) {
    case 16: return binary ? CODING_BOOL : CODING_BOOL_TEXT;
    case 21: return binary ? CODING_I16 : CODING_INT_TEXT;
    case 23: return binary ? CODING_I32 : CODING_INT_TEXT;
    case 20: return binary ? CODING_I64 : CODING_INT_TEXT;
    case 17: return binary ? CODING_BYTES : CODING_PRINT; /* bytea */
    case 2278: return CODING_BYTES;                       /* void */
    default: break;
    }
    if (is_bytes(type) && !(binary && type == 142)) return CODING_BYTES;
    return binary ? CODING_SEND : CODING_PRINT;
}

/* Bytes that are a text are converted, unless the client's encoding is the database's. */
static Coding with_encoding(Coding coding, const ResultColumn *result)
{
    if (coding != CODING_BYTES || !is_bytes(result->type)) return coding;
    return result->format == 1 ? CODING_SEND : CODING_PRINT;
}

static void choose_column(Column *column, const ResultColumn *result, const Vector *vector,
                          const FnEnv *env, Arena *arena, const Encoding *encoding)
{
    if (result->format > 1)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "unsupported format code: %d",
                    result->format);
    *column = (Column){.vector = vector, .coding = fast_coding(result->type, result->format == 1)};
    if (encoding) column->coding = with_encoding(column->coding, result);
    if (column->coding != CODING_PRINT && column->coding != CODING_SEND) return;
    const Type *type = type_get(env, result->type);
    column->call = (TypeCall){.type = type, .env = env, .arena = arena, .typmod = result->typmod};
    if (column->coding == CODING_SEND && !type->send)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "no binary output function available for type %s",
                    type->name);
    if (column->coding == CODING_PRINT && !type->print)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot display a value of type %s",
                    type->name);
}

void rows__describe(Wire *wire, const ResultColumn *columns, uint32_t count)
{
    wire_begin(wire, 'T');
    wire_i16(wire, (int16_t)count);
    for (uint32_t i = 0; i < count; i++) {
        wire_text(wire, columns[i].name);
        wire_i32(wire, (int32_t)columns[i].relation);
        wire_i16(wire, columns[i].column);
        wire_i32(wire, (int32_t)columns[i].type);
        wire_i16(wire, columns[i].type_bytes);
        wire_i32(wire, columns[i].typmod);
        wire_i16(wire, columns[i].format);
    }
    wire_end(wire);
}

/* ---- values ---- */

static int64_t get_int(const Vector *v, uint32_t index)
{
    switch ((Phys)v->phys) {
    case PHYS_I16: return ((const int16_t *)v->data)[index];
    case PHYS_I32: return ((const int32_t *)v->data)[index];
    default: return ((const int64_t *)v->data)[index];
    }
}

static uint8_t *put_counted(uint8_t *at, Str bytes)
{
    store_be32(at, (uint32_t)bytes.bytes);
    memcpy(at + 4, bytes.data, bytes.bytes);
    return at + 4 + bytes.bytes;
}

static uint8_t *put_int_text(uint8_t *at, int64_t value)
{
    const size_t bytes = i64_print((char *)at + 4, value);
    store_be32(at, (uint32_t)bytes);
    return at + 4 + bytes;
}

/* A value that is neither printed nor sent by its type, at a place with room for it. */
static uint8_t *put_plain(uint8_t *at, const Column *column, uint32_t index)
{
    const Vector *v = column->vector;
    switch (column->coding) {
    case CODING_BYTES: return put_counted(at, strview_str(&((const StrView *)v->data)[index]));
    case CODING_BOOL_TEXT:
        return put_counted(at, ((const bool *)v->data)[index] ? STR("t") : STR("f"));
    case CODING_INT_TEXT: return put_int_text(at, get_int(v, index));
    case CODING_BOOL:
        store_be32(at, 1);
        at[4] = ((const bool *)v->data)[index];
        return at + 5;
    case CODING_I16:
        store_be32(at, 2);
        store_be16(at + 4, (uint16_t)get_int(v, index));
        return at + 6;
    case CODING_I32:
        store_be32(at, 4);
        store_be32(at + 4, (uint32_t)get_int(v, index));
        return at + 8;
    case CODING_I64:
        store_be32(at, 8);
        store_be64(at + 4, (uint64_t)get_int(v, index));
        return at + 12;
    case CODING_PRINT:
    case CODING_SEND: break;
    }
    UNREACHABLE();
}

/* Printed or sent by its type. */
static void add_by_type(StrBuilder *out, const Column *column, uint32_t row,
                        const Encoding *encoding)
{
    const size_t at = out->bytes;
    const Datum datum = vector_get(column->vector, row);
    (void)str_add_space(out, 4);
    if (column->coding == CODING_PRINT)
        column->call.type->print(&column->call, &datum.value, out);
    else
        column->call.type->send(&column->call, &datum.value, out);
    if (encoding && column->coding == CODING_PRINT) {
        const Str whole = str_peek(out), text = str_slice(whole, at + 4, whole.bytes);
        if (!encoding_is_ascii(text)) {
            const Str converted = encoding_encode(column->call.arena, encoding, text);
            str_truncate(out, at + 4);
            str_add(out, converted);
        }
    }
    store_be32(out->data + at, (uint32_t)(out->bytes - at - 4));
}

static void add_plain(StrBuilder *out, const Column *column, uint32_t row)
{
    const Vector *v = column->vector;
    const uint32_t index = vector_index(v, row);
    const size_t before = out->bytes;
    size_t most = 4 + INT_TEXT_BYTES;
    if (column->coding == CODING_BYTES) most = 4 + ((const StrView *)v->data)[index].bytes;
    uint8_t *at = (uint8_t *)str_add_space(out, most);
    str_truncate(out, before + (size_t)(put_plain(at, column, index) - at));
}

/* ---- rows */

/* A row is put together in `text`, since what types print tells its length only when it stands there. Of kind V, a
 * function's answer, the number of columns is left out. */
static void send_row(Wire *wire, char kind, const Column *columns, uint32_t count, uint32_t row,
                     StrBuilder *text)
{
    str_truncate(text, 0);
    store_be16(str_add_space(text, 2), (uint16_t)count);
    for (uint32_t i = 0; i < count; i++) {
        const Column *column = &columns[i];
        if (vector_is_null(column->vector, row))
            store_be32(str_add_space(text, 4), UINT32_MAX);
        else if (column->coding == CODING_PRINT || column->coding == CODING_SEND)
            add_by_type(text, column, row, wire->encoding);
        else
            add_plain(text, column, row);
    }
    Str whole = str_peek(text);
    if (kind == 'V') whole = str_slice(whole, 2, whole.bytes);
    wire_begin(wire, kind);
    wire_bytes(wire, whole.data, whole.bytes);
    wire_end(wire);
}

void rows__send(Connection *connection, const FnEnv *env, const ResultColumn *columns,
                const Batch *batch)
{
    SCOPED(scope);
    Arena *arena = scope_arena(scope, connection->account, "rows");
    Column *chosen = ARENA_ARRAY(arena, Column, batch->column_count);
    for (uint32_t i = 0; i < batch->column_count; i++)
        choose_column(&chosen[i], &columns[i], &batch->columns[i], env, arena,
                      connection->wire.encoding);
    StrBuilder text = str_builder(arena, 256);
    ArenaMark mark = arena_mark(arena);
    size_t before = arena_used(arena);
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        uint32_t row = batch->selection.rows ? batch->selection.rows[i] : i;
        task_check();
        send_row(&connection->wire, connection->calls_function ? 'V' : 'D', chosen,
                 batch->column_count, row, &text);
        /* What printing used goes, and with it the text that has grown into it. */
        if (arena_used(arena) - before > WIRE_KEEP_BYTES) {
            arena_rewind(arena, mark);
            text = str_builder(arena, 256);
        }
    }
}
