/* SPDX-License-Identifier: Apache-2.0 */
/* record_type.c - what every composite type has: text "(1,\"a b\",)", wire form, order, equality, hash and normalised
 * key, all by the functions of the columns' types. */
#include "type/record.h"

#include "base/hash.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/type_internal.h"

/* ---- Order, equality, hash */

/* The next column of both; false: both have ended. Raises where the rows do not have the same columns. */
static bool next_pair(RecordColumns *a, RecordColumns *b, uint32_t *number)
{
    uint32_t other = *number;
    const bool left = record_next(a, number), right = record_next(b, &other);
    if (left != right)
        raise_error(SQLSTATE_DATATYPE_MISMATCH,
                    "cannot compare record types with different numbers of columns");
    if (left && a->column.type->oid != b->column.type->oid)
        raise_error(SQLSTATE_DATATYPE_MISMATCH,
                    "cannot compare dissimilar column types %.*s and %.*s at record column %u",
                    STR_ARG(type__text(a->call, a->column.type->oid)),
                    STR_ARG(type__text(b->call, b->column.type->oid)), *number);
    return left;
}

int record_type_compare(const TypeCall *call, const Value *a, const Value *b)
{
    RecordColumns left = record_columns(call, strview_str(&a->str)),
                  right = record_columns(call, strview_str(&b->str));
    task_check_stack();
    for (uint32_t number = 0; next_pair(&left, &right, &number);) {
        if (!left.column.type->compare) (void)type_compare(&left.column, NULL, NULL); /* raises */
        if (left.value.null != right.value.null) return left.value.null ? 1 : -1;
        if (left.value.null) continue;
        const int order = type_compare(&left.column, &left.value.value, &right.value.value);
        if (order) return order < 0 ? -1 : 1;
    }
    return 0;
}

bool record_type_equal(const TypeCall *call, const Value *a, const Value *b)
{
    RecordColumns left = record_columns(call, strview_str(&a->str)),
                  right = record_columns(call, strview_str(&b->str));
    task_check_stack();
    for (uint32_t number = 0; next_pair(&left, &right, &number);) {
        if (!left.column.type->equal && !left.column.type->compare)
            (void)type_equal(&left.column, NULL, NULL); /* raises */
        if (left.value.null != right.value.null) return false;
        if (!left.value.null && !type_equal(&left.column, &left.value.value, &right.value.value))
            return false;
    }
    return true;
}

uint64_t record_type_hash(const TypeCall *call, const Value *value)
{
    RecordColumns columns = record_columns(call, strview_str(&value->str));
    uint64_t hash = 0;
    task_check_stack();
    for (uint32_t number = 0; record_next(&columns, &number);)
        hash = hash_combine(hash, columns.value.null
                                      ? 0
                                      : type_hash(&columns.column, &columns.value.value));
    return hash;
}

KeyExactness record_type_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    RecordColumns columns = record_columns(call, strview_str(&value->str));
    const size_t start = out->bytes;
    task_check_stack();
    for (uint32_t number = 0; record_next(&columns, &number);) {
        if (out->bytes - start > TYPE_KEY_BYTES_MAX) return KEY_CUT;
        if (type_key(&columns.column, &columns.value, KEY_ASC, out) == KEY_CUT) return KEY_CUT;
    }
    return KEY_EXACT;
}

/* ---- Text */

static bool needs_quotes(Str text)
{
    if (!text.bytes) return true;
    for (size_t i = 0; i < text.bytes; i++) {
        const char c = text.data[i];
        if (c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || is_space(c)) return true;
    }
    return false;
}

static void print_field(Str text, StrBuilder *out)
{
    if (!needs_quotes(text)) {
        str_add(out, text);
        return;
    }
    str_add_char(out, '"');
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\') str_add_char(out, text.data[i]);
        str_add_char(out, text.data[i]);
    }
    str_add_char(out, '"');
}

void record_type_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    RecordColumns columns = record_columns(call, strview_str(&value->str));
    task_check_stack();
    str_add_char(out, '(');
    for (uint32_t number = 0; record_next(&columns, &number);) {
        if (number > 1) str_add_char(out, ',');
        if (!columns.value.null)
            print_field(type_print(&columns.column, &columns.value.value), out);
    }
    str_add_char(out, ')');
}

/* The columns that a value of the type being read must have. */
typedef struct Wanted {
    const FnAttribute *attributes;
    uint32_t count;
    const Type **types;
    Datum *values;
} Wanted;

static bool wanted_columns(const TypeCall *call, Wanted *wanted, InputError *err)
{
    const FnEnv *env = call->env;
    *wanted = (Wanted){0};
    if (call->type->oid == OID_RECORD || !env || !env->calls || !env->calls->attributes ||
        !env->calls->attributes(env->calls_arg, call->type->oid, -1, &wanted->attributes,
                                &wanted->count))
        return input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED,
                           "input of anonymous composite types is not implemented");
    wanted->types = ARENA_ARRAY(call->arena, const Type *, wanted->count + 1);
    wanted->values = ARENA_ARRAY(call->arena, Datum, wanted->count + 1);
    for (uint32_t i = 0; i < wanted->count; i++) {
        if (!wanted->attributes[i].dropped)
            wanted->types[i] = type_get(env, wanted->attributes[i].type);
        wanted->values[i].null = true;
    }
    return true;
}

static Value wanted_value(const TypeCall *call, const Wanted *wanted)
{
    return (Value){.str = strview(record_build(call->arena, call->type->oid, wanted->types,
                                               wanted->values, wanted->count))};
}

static TypeCall column_call(const TypeCall *call, const Wanted *wanted, uint32_t i)
{
    TypeCall column = *call;
    column.type = wanted->types[i];
    column.typmod = wanted->attributes[i].typmod;
    column.collation = wanted->attributes[i].collation;
    return column;
}

/* NULL is no value of some domains. */
static bool check_null(const TypeCall *column, InputError *err)
{
    const Datum null = {.null = true};
    const FnEnv *env = column->env;
    if (column->type->kind != 'd' || !env->calls->domain_check) return true;
    return env->calls->domain_check(env->calls_arg, column->type->oid, &null, err);
}

typedef struct RecordReader {
    const TypeCall *call;
    Str text;
    size_t at;
    InputError *err;
} RecordReader;

static bool malformed(RecordReader *r, const char *detail)
{
    input_error(r->err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "malformed record literal: \"%.*s\"",
                STR_ARG(r->text));
    return input_error_detail(r->err, "%s", detail);
}

static bool at_end(const RecordReader *r)
{
    return r->at >= r->text.bytes;
}

static char peek(const RecordReader *r)
{
    return r->text.data[r->at];
}

static void skip_space(RecordReader *r)
{
    while (!at_end(r) && is_space(peek(r))) r->at++;
}

/* A field up to its comma or parenthesis; nothing at all is NULL. */
static bool take_field(RecordReader *r, Str *text, bool *null)
{
    StrBuilder out = str_builder(r->call->arena, 16);
    bool quoted = false;
    *null = !at_end(r) && (peek(r) == ',' || peek(r) == ')');
    for (; quoted || at_end(r) || (peek(r) != ',' && peek(r) != ')'); r->at++) {
        if (at_end(r)) return malformed(r, "Unexpected end of input.");
        const char c = peek(r);
        if (c == '\\') {
            r->at++;
            if (at_end(r)) return malformed(r, "Unexpected end of input.");
            str_add_char(&out, peek(r));
        } else if (c == '"') {
            const bool doubled = quoted && r->at + 1 < r->text.bytes &&
                                 r->text.data[r->at + 1] == '"';
            if (doubled)
                str_add_char(&out, r->text.data[r->at++]);
            else
                quoted = !quoted;
        } else {
            str_add_char(&out, c);
        }
    }
    *text = str_done(&out);
    return true;
}

static bool take_column(RecordReader *r, const Wanted *wanted, uint32_t i)
{
    const TypeCall column = column_call(r->call, wanted, i);
    Datum *value = &wanted->values[i];
    Str text;
    task_check_stack();
    if (!take_field(r, &text, &value->null)) return false;
    return value->null ? check_null(&column, r->err)
                       : type_parse(&column, text, &value->value, r->err);
}

bool record_type_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    RecordReader r = {.call = call, .text = text, .err = err};
    Wanted wanted;
    bool first = true;
    if (!wanted_columns(call, &wanted, err)) return false;
    skip_space(&r);
    if (at_end(&r) || peek(&r) != '(') return malformed(&r, "Missing left parenthesis.");
    r.at++;
    for (uint32_t i = 0; i < wanted.count; i++) {
        if (!wanted.types[i]) continue;
        if (!first && (at_end(&r) || peek(&r) != ',')) return malformed(&r, "Too few columns.");
        if (!first) r.at++;
        first = false;
        if (!take_column(&r, &wanted, i)) return false;
    }
    if (at_end(&r) || peek(&r) != ')') return malformed(&r, "Too many columns.");
    r.at++;
    skip_space(&r);
    if (!at_end(&r)) return malformed(&r, "Junk after right parenthesis.");
    *value = wanted_value(call, &wanted);
    return true;
}

/* ---- Wire: number of columns; each as its type, its length (-1: NULL) and its bytes */

void record_type_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    RecordColumns columns = record_columns(call, strview_str(&value->str));
    const size_t head = out->bytes;
    uint32_t number = 0;
    task_check_stack();
    wire_put_u32(out, 0);
    while (record_next(&columns, &number)) {
        const Type *type = columns.column.type;
        wire_put_u32(out, type->oid);
        const size_t at = out->bytes;
        wire_put_u32(out, UINT32_MAX);
        if (columns.value.null) continue;
        if (!type->send)
            raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                        "no binary output function available for type %.*s",
                        STR_ARG(type__text(call, type->oid)));
        type->send(&columns.column, &columns.value.value, out);
        store_be32(out->data + at, (uint32_t)(out->bytes - at - 4));
    }
    store_be32(out->data + head, number);
}

static bool take_u32(Bytes wire, size_t *at, uint32_t *v, InputError *err)
{
    if (wire.bytes - *at < 4)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "insufficient data left in message");
    *v = load_be32(wire.data + *at);
    *at += 4;
    return true;
}

static bool receive_column(const TypeCall *column, Bytes wire, size_t *at, uint32_t number,
                           Datum *value, InputError *err)
{
    uint32_t sent = 0, bytes = 0;
    const Oid wanted = column->type->oid;
    if (!take_u32(wire, at, &sent, err)) return false;
    if (sent != wanted)
        return input_error(err, SQLSTATE_DATATYPE_MISMATCH,
                           "binary data has type %u (%.*s) instead of expected %u (%.*s) in "
                           "record column %u",
                           sent, STR_ARG(type__text(column, sent)), wanted,
                           STR_ARG(type__text(column, wanted)), number);
    if (!take_u32(wire, at, &bytes, err)) return false;
    value->null = bytes == UINT32_MAX;
    if (value->null) return check_null(column, err);
    if (bytes > wire.bytes - *at)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "insufficient data left in message");
    if (!column->type->receive)
        return input_error(err, SQLSTATE_UNDEFINED_FUNCTION,
                           "no binary input function available for type %s", column->type->name);
    const Bytes part = {wire.data + *at, bytes};
    *at += bytes;
    return column->type->receive(column, part, &value->value, err);
}

bool record_type_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    Wanted wanted;
    size_t at = 0;
    uint32_t sent = 0, live = 0, number = 0;
    task_check_stack();
    if (!wanted_columns(call, &wanted, err) || !take_u32(wire, &at, &sent, err)) return false;
    for (uint32_t i = 0; i < wanted.count; i++) live += wanted.types[i] != NULL;
    if (sent != live)
        return input_error(err, SQLSTATE_DATATYPE_MISMATCH,
                           "wrong number of columns: %d, expected %d", (int32_t)sent, live);
    for (uint32_t i = 0; i < wanted.count; i++) {
        if (!wanted.types[i]) continue;
        const TypeCall column = column_call(call, &wanted, i);
        if (!receive_column(&column, wire, &at, ++number, &wanted.values[i], err)) return false;
    }
    if (at < wire.bytes) return type__wire_expect(wire, at, err);
    *value = wanted_value(call, &wanted);
    return true;
}
