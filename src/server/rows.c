/* SPDX-License-Identifier: Apache-2.0 */
/* rows.c - rows of a batch as DataRow messages. A column's encoder is chosen once a batch; integers, booleans and
 * everything whose text or binary form is its bytes go straight into the output buffer, the rest through the type's own
 * print and send. */
#include "server/server_internal.h"

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

static void put_counted(Wire *wire, const void *data, size_t bytes)
{
    wire_i32(wire, (int32_t)bytes);
    wire_bytes(wire, data, bytes);
}

/* Two digits a step, from the end. */
static void put_int_text(Wire *wire, int64_t value)
{
    char text[INT_TEXT_BYTES];
    size_t at = sizeof text;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) text[--at] = '-';
    put_counted(wire, text + at, sizeof text - at);
}

static int64_t get_int(const Vector *v, uint32_t index)
{
    switch ((Phys)v->phys) {
    case PHYS_I16: return ((const int16_t *)v->data)[index];
    case PHYS_I32: return ((const int32_t *)v->data)[index];
    default: return ((const int64_t *)v->data)[index];
    }
}

static void put_int(Wire *wire, uint64_t value, int bytes)
{
    wire_i32(wire, bytes);
    uint8_t *at = wire_room(wire, (size_t)bytes);
    for (int i = 0; i < bytes; i++) at[i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
    wire_advance(wire, (size_t)bytes);
}

static void put_by_type(Wire *wire, const Column *column, uint32_t row, StrBuilder *text)
{
    Datum datum = vector_get(column->vector, row);
    str_truncate(text, 0);
    if (column->coding == CODING_PRINT)
        column->call.type->print(&column->call, &datum.value, text);
    else
        column->call.type->send(&column->call, &datum.value, text);
    Str out = str_peek(text);
    if (wire->encoding && column->coding == CODING_PRINT && !encoding_is_ascii(out))
        out = encoding_encode(column->call.arena, wire->encoding, out);
    put_counted(wire, out.data, out.bytes);
}

static void put_value(Wire *wire, const Column *column, uint32_t row, StrBuilder *text)
{
    const Vector *v = column->vector;
    uint32_t index = vector_index(v, row);
    switch (column->coding) {
    case CODING_BYTES: {
        Str bytes = strview_str(&((const StrView *)v->data)[index]);
        put_counted(wire, bytes.data, bytes.bytes);
        return;
    }
    case CODING_BOOL_TEXT: put_counted(wire, ((const bool *)v->data)[index] ? "t" : "f", 1); return;
    case CODING_INT_TEXT: put_int_text(wire, get_int(v, index)); return;
    case CODING_BOOL: put_int(wire, ((const bool *)v->data)[index], 1); return;
    case CODING_I16: put_int(wire, (uint64_t)get_int(v, index), 2); return;
    case CODING_I32: put_int(wire, (uint64_t)get_int(v, index), 4); return;
    case CODING_I64: put_int(wire, (uint64_t)get_int(v, index), 8); return;
    case CODING_PRINT:
    case CODING_SEND: put_by_type(wire, column, row, text); return;
    }
    UNREACHABLE();
}

static void send_row(Wire *wire, const Column *columns, uint32_t count, uint32_t row,
                     StrBuilder *text)
{
    wire_begin(wire, 'D');
    wire_i16(wire, (int16_t)count);
    for (uint32_t i = 0; i < count; i++) {
        if (vector_is_null(columns[i].vector, row))
            wire_i32(wire, -1);
        else
            put_value(wire, &columns[i], row, text);
    }
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
    StrBuilder text = str_builder(arena, 64);
    ArenaMark mark = arena_mark(arena);
    size_t before = arena_used(arena);
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        uint32_t row = batch->selection.rows ? batch->selection.rows[i] : i;
        task_check();
        send_row(&connection->wire, chosen, batch->column_count, row, &text);
        /* What printing used goes, unless the text itself has grown into it. */
        if (arena_used(arena) - before > WIRE_KEEP_BYTES) {
            arena_rewind(arena, mark);
            text = str_builder(arena, 64);
        }
    }
}
