/* SPDX-License-Identifier: Apache-2.0 */
/* bit.c - strings of bits: bit(n), whose length is fixed, and varbit. Stored as docs/formats.md says: the number of
 * bits:4, then the bits, the first one highest in its byte; what of the last byte is left over is zero. A modifier is
 * the length. */
#include "type/aggregate.h"

#include "base/hash.h"
#include "base/task.h"
#include "base/utf8.h"
#include "type/text.h"
#include "type/type_internal.h"

enum { HEAD_BYTES = 4, LENGTH_MAX = 83886080, BITS_MAX = INT32_MAX };

typedef struct Bits {
    uint32_t count;
    const uint8_t *bytes;
} Bits;

static uint32_t bytes_of(uint32_t bits)
{
    return bits / 8 + (bits % 8 != 0);
}

static Bits bits_of(Str stored)
{
    const uint8_t *data = (const uint8_t *)stored.data;
    if (stored.bytes < HEAD_BYTES || stored.bytes - HEAD_BYTES != bytes_of(load_le32(data)))
        raise_error(SQLSTATE_DATA_CORRUPTED, "a stored string of bits is damaged");
    return (Bits){load_le32(data), data + HEAD_BYTES};
}

static bool bit_at(Bits bits, uint32_t i)
{
    return bits.bytes[i / 8] >> (7 - i % 8) & 1;
}

/* A string of zeros; *bytes: where its bits lie. */
static Str new_bits(Arena *arena, uint64_t count, uint8_t **bytes)
{
    if (count > BITS_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "bit string length exceeds the maximum allowed (%d)", BITS_MAX);
    const size_t size = HEAD_BYTES + bytes_of((uint32_t)count);
    uint8_t *data = arena_alloc(arena, size);
    memset(data, 0, size);
    store_le32(data, (uint32_t)count);
    *bytes = data + HEAD_BYTES;
    return (Str){(const char *)data, size};
}

/* Bits [from, from + count) of `bits` to `out` from bit `to` on, where there are zeros. */
static void copy_bits(Bits bits, uint64_t from, uint64_t count, uint8_t *out, uint64_t to)
{
    if (from >= bits.count) return;
    count = MIN(count, bits.count - from);
    for (uint64_t i = 0; i < count; i++) {
        if ((i & 0xffff) == 0) task_check();
        if (i % 8 == 0 && from % 8 == 0 && to % 8 == 0 && count - i >= 8) {
            const uint64_t whole = (count - i) / 8;
            memcpy(out + (to + i) / 8, bits.bytes + (from + i) / 8, whole);
            i += whole * 8 - 1;
            continue;
        }
        if (bit_at(bits, (uint32_t)(from + i)))
            out[(to + i) / 8] |= (uint8_t)(0x80 >> ((to + i) % 8));
    }
}

static Str part(Arena *arena, Bits bits, uint64_t from, uint64_t count)
{
    uint8_t *out;
    const Str made = new_bits(arena, count, &out);
    copy_bits(bits, from, count, out, 0);
    return made;
}

/* ---- lengths */

typedef bool LengthCheck(Arena *arena, Str *value, int32_t length, bool is_explicit,
                         InputError *err);

static bool fit(Arena *arena, Str *value, int32_t length, bool is_explicit, InputError *err)
{
    const Bits bits = bits_of(*value);
    if (length <= 0 || (uint32_t)length == bits.count) return true;
    if (!is_explicit)
        return input_error(err, SQLSTATE_STRING_DATA_LENGTH_MISMATCH,
                           "bit string length %u does not match type bit(%d)", bits.count, length);
    *value = part(arena, bits, 0, (uint64_t)length);
    return true;
}

static bool fit_varying(Arena *arena, Str *value, int32_t length, bool is_explicit, InputError *err)
{
    const Bits bits = bits_of(*value);
    if (length <= 0 || (uint32_t)length >= bits.count) return true;
    if (!is_explicit)
        return input_error(err, SQLSTATE_STRING_DATA_RIGHT_TRUNCATION,
                           "bit string too long for type bit varying(%d)", length);
    *value = part(arena, bits, 0, (uint64_t)length);
    return true;
}

static Str to_length(Fn *fn, Str value, int32_t length, bool is_explicit)
{
    InputError err = {.arena = fn->arena};
    if (!fit(fn->arena, &value, length, is_explicit, &err)) input_error_raise(&err);
    return value;
}

static Str to_length_varying(Fn *fn, Str value, int32_t length, bool is_explicit)
{
    InputError err = {.arena = fn->arena};
    if (!fit_varying(fn->arena, &value, length, is_explicit, &err)) input_error_raise(&err);
    return value;
}

static bool typmod_parse(const char *name, const Str *words, uint32_t count, int32_t *typmod,
                         InputError *err)
{
    int64_t length;
    if (count != 1)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid type modifier");
    if (!str_to_i64(words[0], &length)) return type__bad_syntax(err, "integer", words[0]);
    if (length < 1)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "length for type %s must be at least 1", name);
    if (length > LENGTH_MAX)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "length for type %s cannot exceed %d", name, LENGTH_MAX);
    *typmod = (int32_t)length;
    return true;
}

static bool bit_typmod_parse(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    return typmod_parse("bit", words, count, typmod, err);
}

static bool varbit_typmod_parse(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    return typmod_parse("varbit", words, count, typmod, err);
}

static void typmod_print(int32_t typmod, StrBuilder *out)
{
    if (typmod >= 0) str_add_format(out, "(%d)", typmod);
}

/* ---- text: binary digits, perhaps behind a b, or hexadecimal ones behind an x */

static int digit_of(char c, bool is_hex)
{
    if (!is_hex) return c == '0' || c == '1' ? c - '0' : -1;
    if (is_digit(c)) return c - '0';
    const char low = (char)(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* The length is looked at before the digits. `fits`: of bit or of bit varying. */
static bool read_bits(const TypeCall *call, Str text, LengthCheck *fits, Str *value,
                      InputError *err)
{
    const bool prefixed = text.bytes && strchr("bBxX", text.data[0]) != NULL;
    const bool is_hex = prefixed && (text.data[0] | 0x20) == 'x';
    const uint32_t width = is_hex ? 4 : 1;
    uint8_t *out;
    if (prefixed) text = str_slice(text, 1, text.bytes);
    if (text.bytes > BITS_MAX / width)
        return input_error(err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                           "bit string length exceeds the maximum allowed (%d)", BITS_MAX);
    *value = new_bits(call->arena, (uint64_t)text.bytes * width, &out);
    if (!fits(call->arena, value, call->typmod, false, err)) return false;
    for (size_t i = 0; i < text.bytes; i++) {
        const int digit = digit_of(text.data[i], is_hex);
        if (digit < 0)
            return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                               "\"%.*s\" is not a valid %s digit",
                               (int)MIN((size_t)utf8_length(text.data[i]), text.bytes - i),
                               text.data + i, is_hex ? "hexadecimal" : "binary");
        const uint64_t at = i * width;
        out[at / 8] |= (uint8_t)(digit << (8 - width - at % 8));
    }
    return true;
}

static bool bit_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Str made;
    if (!read_bits(call, text, fit, &made, err)) return false;
    value->str = strview(made);
    return true;
}

static bool varbit_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Str made;
    if (!read_bits(call, text, fit_varying, &made, err)) return false;
    value->str = strview(made);
    return true;
}

static void bit_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Bits bits = bits_of(strview_str(&value->str));
    (void)call;
    char *text = str_add_space(out, bits.count);
    for (uint32_t i = 0; i < bits.count; i++) text[i] = bit_at(bits, i) ? '1' : '0';
}

/* ---- wire: number of bits:4, bytes */

static bool receive_bits(const TypeCall *call, Bytes wire, Str *value, InputError *err)
{
    uint8_t *out;
    if (wire.bytes < 4)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "insufficient data left in message");
    const uint32_t count = load_be32(wire.data);
    if (count > BITS_MAX)
        return input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION,
                           "invalid length in external bit string");
    if (!type__wire_expect(wire, (size_t)bytes_of(count) + 4, err)) return false;
    *value = new_bits(call->arena, count, &out);
    memcpy(out, wire.data + 4, bytes_of(count));
    if (count % 8) out[count / 8] &= (uint8_t)(0xff << (8 - count % 8));
    return true;
}

static bool bit_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    Str made;
    if (!receive_bits(call, wire, &made, err) || !fit(call->arena, &made, call->typmod, false, err))
        return false;
    value->str = strview(made);
    return true;
}

static bool varbit_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    Str made;
    if (!receive_bits(call, wire, &made, err) ||
        !fit_varying(call->arena, &made, call->typmod, false, err))
        return false;
    value->str = strview(made);
    return true;
}

static void bit_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Bits bits = bits_of(strview_str(&value->str));
    (void)call;
    wire_put_u32(out, bits.count);
    str_add(out, (Str){(const char *)bits.bytes, bytes_of(bits.count)});
}

/* ---- order: bytes, then lengths */

static int compare(Str a, Str b)
{
    const Bits x = bits_of(a), y = bits_of(b);
    const size_t common = bytes_of(MIN(x.count, y.count));
    const int order = bytes_distance((Str){(const char *)x.bytes, common},
                                     (Str){(const char *)y.bytes, common});
    return order ? order : (x.count > y.count) - (x.count < y.count);
}

static int compare_values(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return compare(strview_str(&a->str), strview_str(&b->str));
}

static bool equal_values(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return strview_equal(&a->str, &b->str);
}

static uint64_t hash_value(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_str(strview_str(&value->str));
}

static KeyExactness key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Bits bits = bits_of(strview_str(&value->str));
    (void)call;
    if (type_key_bytes((Str){(const char *)bits.bytes, bytes_of(bits.count)}, out) == KEY_CUT)
        return KEY_CUT;
    key_put_u32(out, bits.count);
    return KEY_EXACT;
}

/* ---- bit by bit */

typedef enum BitOp { BIT_AND, BIT_OR, BIT_XOR } BitOp;

static Str combine(Arena *arena, Str a, Str b, BitOp op)
{
    static const char *const names[] = {[BIT_AND] = "AND", [BIT_OR] = "OR", [BIT_XOR] = "XOR"};
    const Bits x = bits_of(a), y = bits_of(b);
    uint8_t *out;
    if (x.count != y.count)
        raise_error(SQLSTATE_STRING_DATA_LENGTH_MISMATCH,
                    "cannot %s bit strings of different sizes", names[op]);
    const Str made = new_bits(arena, x.count, &out);
    for (uint32_t i = 0; i < bytes_of(x.count); i++)
        out[i] = op == BIT_AND  ? x.bytes[i] & y.bytes[i]
                 : op == BIT_OR ? x.bytes[i] | y.bytes[i]
                                : x.bytes[i] ^ y.bytes[i];
    return made;
}

static Str invert(Fn *fn, Str value)
{
    const Bits bits = bits_of(value);
    uint8_t *out;
    const Str made = new_bits(fn->arena, bits.count, &out);
    for (uint32_t i = 0; i < bytes_of(bits.count); i++) out[i] = (uint8_t)~bits.bytes[i];
    if (bits.count % 8) out[bits.count / 8] &= (uint8_t)(0xff << (8 - bits.count % 8));
    return made;
}

/* To the left; by a negative number to the right. */
static Str shift(Fn *fn, Str value, int64_t by)
{
    const Bits bits = bits_of(value);
    uint8_t *out;
    const Str made = new_bits(fn->arena, bits.count, &out);
    const uint64_t far = (uint64_t)(by < 0 ? -by : by);
    if (far >= bits.count) return made;
    copy_bits(bits, by > 0 ? far : 0, bits.count - far, out, by > 0 ? 0 : far);
    return made;
}

/* ---- parts */

static Str concatenate(Fn *fn, Str a, Str b)
{
    const Bits x = bits_of(a), y = bits_of(b);
    uint8_t *out;
    const Str made = new_bits(fn->arena, (uint64_t)x.count + y.count, &out);
    copy_bits(x, 0, x.count, out, 0);
    copy_bits(y, 0, y.count, out, x.count);
    return made;
}

static Str substring(Fn *fn, Str value, int32_t start, int64_t length)
{
    const Bits bits = bits_of(value);
    if (length < 0) raise_error(SQLSTATE_SUBSTRING_ERROR, "negative substring length not allowed");
    const int64_t from = MAX((int64_t)start, INT64_C(1));
    const int64_t end = MIN((int64_t)start + length, (int64_t)bits.count + 1);
    return part(fn->arena, bits, (uint64_t)(from - 1), end > from ? (uint64_t)(end - from) : 0);
}

static Str overlay(Fn *fn, Str value, Str with, int32_t start, int32_t length)
{
    int32_t rest;
    if (start <= 0) raise_error(SQLSTATE_SUBSTRING_ERROR, "negative substring length not allowed");
    if (__builtin_add_overflow(start, length, &rest))
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
    const Str head = substring(fn, value, 1, start - 1);
    return concatenate(fn, concatenate(fn, head, with), substring(fn, value, rest, BITS_MAX));
}

/* From the first place on where all bits agree; an empty string is found at once. */
static int32_t position(Fn *fn, Str value, Str what)
{
    const Bits bits = bits_of(value), wanted = bits_of(what);
    (void)fn;
    if (bits.count == 0 || wanted.count > bits.count) return 0;
    for (uint32_t at = 0; at + wanted.count <= bits.count; at++) {
        uint32_t i = 0;
        task_check();
        while (i < wanted.count && bit_at(bits, at + i) == bit_at(wanted, i)) i++;
        if (i == wanted.count) return (int32_t)at + 1;
    }
    return 0;
}

static void check_index(Bits bits, int32_t i)
{
    if (i < 0 || (uint32_t)i >= bits.count)
        raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR, "bit index %d out of valid range (0..%d)", i,
                    (int)bits.count - 1);
}

static int32_t get_bit(Fn *fn, Str value, int32_t i)
{
    const Bits bits = bits_of(value);
    (void)fn;
    check_index(bits, i);
    return bit_at(bits, (uint32_t)i);
}

static Str set_bit(Fn *fn, Str value, int32_t i, int32_t bit)
{
    const Bits bits = bits_of(value);
    check_index(bits, i);
    if (bit != 0 && bit != 1)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "new bit must be 0 or 1");
    uint8_t *out;
    const Str made = new_bits(fn->arena, bits.count, &out);
    const uint8_t mask = (uint8_t)(0x80 >> (i % 8));
    memcpy(out, bits.bytes, bytes_of(bits.count));
    out[i / 8] = (uint8_t)(bit ? out[i / 8] | mask : out[i / 8] & ~mask);
    return made;
}

static int64_t count_ones(Fn *fn, Str value)
{
    const Bits bits = bits_of(value);
    int64_t count = 0;
    (void)fn;
    for (uint32_t i = 0; i < bytes_of(bits.count); i++) count += __builtin_popcount(bits.bytes[i]);
    return count;
}

/* ---- integers: the lowest bits of two's complement, the sign repeated in front */

static Str of_integer(Fn *fn, int64_t value, int32_t length, uint32_t width)
{
    uint8_t *out;
    const uint32_t count = length <= 0 || length > LENGTH_MAX ? 1 : (uint32_t)length;
    const Str made = new_bits(fn->arena, count, &out);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t place = count - 1 - i; /* counted from the lowest */
        const bool bit = (uint64_t)value >> MIN(place, width - 1) & 1;
        if (bit) out[i / 8] |= (uint8_t)(0x80 >> (i % 8));
    }
    return made;
}

static uint64_t to_integer(Str value, uint32_t width, const char *type_name)
{
    const Bits bits = bits_of(value);
    uint64_t v = 0;
    if (bits.count > width)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "%s out of range", type_name);
    for (uint32_t i = 0; i < bits.count; i++) v = v << 1 | bit_at(bits, i);
    return v;
}

/* ---- aggregates: the first value, then one bit by bit with each */

static void fold_value(Fn *fn, KeptValue *kept, Value value, BitOp op)
{
    if (!kept->any) {
        kept_value_set(fn, kept, PHYS_STR, value);
        return;
    }
    /* All are of one length: the state's room suffices, and nothing but the result is allocated. */
    const ArenaMark mark = arena_mark(fn->arena);
    const Str made = combine(fn->arena, strview_str(&kept->value.str), strview_str(&value.str), op);
    kept_value_set(fn, kept, PHYS_STR, (Value){.str = strview(made)});
    arena_rewind(fn->arena, mark);
}

static void fold_row(Fn *fn, KeptValue *kept, const Vector *arg, uint32_t row, BitOp op)
{
    fold_value(fn, kept, fn_datum_at(arg, vector_index(arg, row)).value, op);
}

static Datum fold_finish(Fn *fn, const void *state, const Datum *direct)
{
    const KeptValue *kept = state;
    (void)fn;
    (void)direct;
    return (Datum){.value = kept->value, .null = !kept->any};
}

static void fold_store(Fn *fn, const void *state, StrBuilder *out)
{
    const KeptValue *kept = state;
    (void)fn;
    if (kept->any) str_add(out, strview_str(&kept->value.str));
}

static void fold_load(Fn *fn, void *state, Str bytes)
{
    KeptValue *kept = state;
    *kept = (KeptValue){0};
    if (bytes.bytes) kept_value_set(fn, kept, PHYS_STR, (Value){.str = strview(bytes)});
}

#define FOLD_AGGREGATE(name, op)                                                                \
    static void name##_update(Fn *fn, void *const *states, const Vector *args,                  \
                              Selection selection)                                              \
    {                                                                                           \
        for (uint32_t i = 0; i < selection.count; i++)                                          \
            fold_row(fn, states[i], &args[0], fn_selected(selection, i), op);                   \
    }                                                                                           \
    static void name##_update_one(Fn *fn, void *state, const Vector *args, Selection selection) \
    {                                                                                           \
        for (uint32_t i = 0; i < selection.count; i++)                                          \
            fold_row(fn, state, &args[0], fn_selected(selection, i), op);                       \
    }                                                                                           \
    static void name##_combine(Fn *fn, void *into, const void *from)                            \
    {                                                                                           \
        const KeptValue *other = from;                                                          \
        if (other->any) fold_value(fn, into, other->value, op);                                 \
    }                                                                                           \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(KeptValue),                       \
                                        .skips_nulls = true,                                    \
                                        .update = name##_update,                                \
                                        .update_one = name##_update_one,                        \
                                        .combine = name##_combine,                              \
                                        .finish = fold_finish,                                  \
                                        .store = fold_store,                                    \
                                        .load = fold_load};
FOLD_AGGREGATE(bit_and_bits, BIT_AND)
FOLD_AGGREGATE(bit_or_bits, BIT_OR)
FOLD_AGGREGATE(bit_xor_bits, BIT_XOR)

#define BIT_CODE                                                                                   \
    .print = bit_print, .send = bit_send, .typmod_print = typmod_print, .compare = compare_values, \
    .equal = equal_values, .hash = hash_value, .sort_key = key

SQL_TYPE(1560, "bit", .phys = PHYS_STR, .category = 'V', .bytes = -1, .align = 'i', .storage = 'x',
         .array = 1561, .text = "bits of a fixed number", .parse = bit_parse,
         .receive = bit_receive, .typmod_parse = bit_typmod_parse, BIT_CODE)
SQL_TYPE(1562, "varbit", .phys = PHYS_STR, .category = 'V', .bytes = -1, .align = 'i',
         .storage = 'x', .preferred = true, .array = 1563, .text = "bits up to a number",
         .parse = varbit_parse, .receive = varbit_receive, .typmod_parse = varbit_typmod_parse,
         BIT_CODE)
SQL_TYPE_FUNCTION(2456, "bit_recv", bit, (internal, oid, int4), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2458, "varbit_recv", varbit, (internal, oid, int4), IMMUTABLE | STRICT, RECEIVE,
                  "")
SQL_AGGREGATE(2242, "bit_and", bit, (bit), IMMUTABLE, aggregate_bit_and_bits,
              "bits that all values have", .transition = 1673, .combine = 1673, .state = bit)
SQL_AGGREGATE(2243, "bit_or", bit, (bit), IMMUTABLE, aggregate_bit_or_bits,
              "bits that some value has", .transition = 1674, .combine = 1674, .state = bit)
SQL_AGGREGATE(6167, "bit_xor", bit, (bit), IMMUTABLE, aggregate_bit_xor_bits,
              "bits that an odd number of values have", .transition = 1675, .combine = 1675,
              .state = bit)
SQL_TYPE_FUNCTION(1564, "bit_in", bit, (cstring, oid, int4), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1565, "bit_out", cstring, (bit), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(1579, "varbit_in", varbit, (cstring, oid, int4), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1580, "varbit_out", cstring, (varbit), IMMUTABLE | STRICT, OUTPUT, "")
SQL_EXPRESSION(1581, "biteq", bool, (bit, bit), IMMUTABLE | STRICT | LEAKPROOF, compare(a, b) == 0,
               "equal")
SQL_EXPRESSION(1582, "bitne", bool, (bit, bit), IMMUTABLE | STRICT | LEAKPROOF, compare(a, b) != 0,
               "not equal")
SQL_EXPRESSION(1592, "bitge", bool, (bit, bit), IMMUTABLE | STRICT | LEAKPROOF, compare(a, b) >= 0,
               "greater than or equal")
SQL_EXPRESSION(1593, "bitgt", bool, (bit, bit), IMMUTABLE | STRICT | LEAKPROOF, compare(a, b) > 0,
               "greater than")
SQL_EXPRESSION(1594, "bitle", bool, (bit, bit), IMMUTABLE | STRICT | LEAKPROOF, compare(a, b) <= 0,
               "less than or equal")
SQL_EXPRESSION(1595, "bitlt", bool, (bit, bit), IMMUTABLE | STRICT | LEAKPROOF, compare(a, b) < 0,
               "less than")
SQL_EXPRESSION(1596, "bitcmp", int4, (bit, bit), IMMUTABLE | STRICT | LEAKPROOF, compare(a, b),
               "order of two values: -1, 0 or 1")
SQL_EXPRESSION(1666, "varbiteq", bool, (varbit, varbit), IMMUTABLE | STRICT | LEAKPROOF,
               compare(a, b) == 0, "equal")
SQL_EXPRESSION(1667, "varbitne", bool, (varbit, varbit), IMMUTABLE | STRICT | LEAKPROOF,
               compare(a, b) != 0, "not equal")
SQL_EXPRESSION(1668, "varbitge", bool, (varbit, varbit), IMMUTABLE | STRICT | LEAKPROOF,
               compare(a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(1669, "varbitgt", bool, (varbit, varbit), IMMUTABLE | STRICT | LEAKPROOF,
               compare(a, b) > 0, "greater than")
SQL_EXPRESSION(1670, "varbitle", bool, (varbit, varbit), IMMUTABLE | STRICT | LEAKPROOF,
               compare(a, b) <= 0, "less than or equal")
SQL_EXPRESSION(1671, "varbitlt", bool, (varbit, varbit), IMMUTABLE | STRICT | LEAKPROOF,
               compare(a, b) < 0, "less than")
SQL_EXPRESSION(1672, "varbitcmp", int4, (varbit, varbit), IMMUTABLE | STRICT | LEAKPROOF,
               compare(a, b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(1673, "bitand", bit, (bit, bit), IMMUTABLE | STRICT,
               combine(fn->arena, a, b, BIT_AND), "bitwise AND")
SQL_EXPRESSION(1674, "bitor", bit, (bit, bit), IMMUTABLE | STRICT, combine(fn->arena, a, b, BIT_OR),
               "bitwise OR")
SQL_EXPRESSION(1675, "bitxor", bit, (bit, bit), IMMUTABLE | STRICT,
               combine(fn->arena, a, b, BIT_XOR), "bitwise exclusive OR")
SQL_EXPRESSION(1676, "bitnot", bit, (bit), IMMUTABLE | STRICT, invert(fn, a), "bitwise NOT")
SQL_EXPRESSION(1677, "bitshiftleft", bit, (bit, int4), IMMUTABLE | STRICT, shift(fn, a, b),
               "shifted to the left")
SQL_EXPRESSION(1678, "bitshiftright", bit, (bit, int4), IMMUTABLE | STRICT,
               shift(fn, a, -(int64_t)b), "shifted to the right")
SQL_EXPRESSION(1679, "bitcat", varbit, (varbit, varbit), IMMUTABLE | STRICT, concatenate(fn, a, b),
               "one behind the other")
SQL_EXPRESSION(1680, "substring", bit, (bit, int4, int4), IMMUTABLE | STRICT,
               substring(fn, a, b, c), "part of a string of bits")
SQL_EXPRESSION(1681, "length", int4, (bit), IMMUTABLE | STRICT, (int32_t)bits_of(a).count,
               "number of bits")
SQL_EXPRESSION(1682, "octet_length", int4, (bit), IMMUTABLE | STRICT,
               (int32_t)bytes_of(bits_of(a).count), "number of bytes")
SQL_EXPRESSION(1684, "int4", int4, (bit), IMMUTABLE | STRICT,
               (int32_t)(uint32_t)to_integer(a, 32, "integer"), "the number that the bits make")
SQL_EXPRESSION(1685, "bit", bit, (bit, int4, bool), IMMUTABLE | STRICT, to_length(fn, a, b, c),
               "brought to a length")
SQL_EXPRESSION(1687, "varbit", varbit, (varbit, int4, bool), IMMUTABLE | STRICT,
               to_length_varying(fn, a, b, c), "cut to a length")
SQL_FACTS(1687, .support = 3158)
SQL_EXPRESSION(1698, "position", int4, (bit, bit), IMMUTABLE | STRICT, position(fn, a, b),
               "place of a string of bits in another")
SQL_EXPRESSION(1699, "substring", bit, (bit, int4), IMMUTABLE | STRICT,
               substring(fn, a, b, INT64_C(1) << 32), "part of a string of bits to its end")
SQL_EXPRESSION(1812, "bit_length", int4, (bit), IMMUTABLE | STRICT, (int32_t)bits_of(a).count,
               "number of bits")
SQL_EXPRESSION(2076, "int8", int8, (bit), IMMUTABLE | STRICT, (int64_t)to_integer(a, 64, "bigint"),
               "the number that the bits make")
SQL_TYPE_FUNCTION(2457, "bit_send", bytea, (bit), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2459, "varbit_send", bytea, (varbit), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2902, "varbittypmodin", int4, (_cstring), IMMUTABLE | STRICT, TYPMOD_IN varbit,
                  "")
SQL_TYPE_FUNCTION(2919, "bittypmodin", int4, (_cstring), IMMUTABLE | STRICT, TYPMOD_IN bit, "")
SQL_TYPE_FUNCTION(2920, "bittypmodout", cstring, (int4), IMMUTABLE | STRICT, TYPMOD_OUT bit, "")
SQL_TYPE_FUNCTION(2921, "varbittypmodout", cstring, (int4), IMMUTABLE | STRICT, TYPMOD_OUT varbit,
                  "")
SQL_EXPRESSION(3030, "overlay", bit, (bit, bit, int4, int4), IMMUTABLE | STRICT,
               overlay(fn, a, b, c, d), "part replaced")
SQL_EXPRESSION(3031, "overlay", bit, (bit, bit, int4), IMMUTABLE | STRICT,
               overlay(fn, a, b, c, (int32_t)bits_of(b).count), "part of the same length replaced")
SQL_EXPRESSION(3032, "get_bit", int4, (bit, int4), IMMUTABLE | STRICT, get_bit(fn, a, b), "one bit")
SQL_EXPRESSION(3033, "set_bit", bit, (bit, int4, int4), IMMUTABLE | STRICT, set_bit(fn, a, b, c),
               "with one bit set")
SQL_EXPRESSION(6162, "bit_count", int8, (bit), IMMUTABLE | STRICT, count_ones(fn, a),
               "number of bits that are set")
SQL_OPERATOR(1784, "=", bit, bit, bool, biteq, .commutator = 1784, .negator = 1785, .merge = true,
             .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1785, "<>", bit, bit, bool, bitne, .commutator = 1785, .negator = 1784,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1786, "<", bit, bit, bool, bitlt, .commutator = 1787, .negator = 1789,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1787, ">", bit, bit, bool, bitgt, .commutator = 1786, .negator = 1788,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1788, "<=", bit, bit, bool, bitle, .commutator = 1789, .negator = 1787,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1789, ">=", bit, bit, bool, bitge, .commutator = 1788, .negator = 1786,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1791, "&", bit, bit, bit, bitand, .commutator = 1791)
SQL_OPERATOR(1792, "|", bit, bit, bit, bitor, .commutator = 1792)
SQL_OPERATOR(1793, "#", bit, bit, bit, bitxor, .commutator = 1793)
SQL_OPERATOR(1794, "~", 0, bit, bit, bitnot)
SQL_OPERATOR(1795, "<<", bit, int4, bit, bitshiftleft)
SQL_OPERATOR(1796, ">>", bit, int4, bit, bitshiftright)
SQL_OPERATOR(1797, "||", varbit, varbit, varbit, bitcat)
SQL_OPERATOR(1804, "=", varbit, varbit, bool, varbiteq, .commutator = 1804, .negator = 1805,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1805, "<>", varbit, varbit, bool, varbitne, .commutator = 1805, .negator = 1804,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1806, "<", varbit, varbit, bool, varbitlt, .commutator = 1807, .negator = 1809,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1807, ">", varbit, varbit, bool, varbitgt, .commutator = 1806, .negator = 1808,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1808, "<=", varbit, varbit, bool, varbitle, .commutator = 1809, .negator = 1807,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1809, ">=", varbit, varbit, bool, varbitge, .commutator = 1808, .negator = 1806,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_CAST(10189, bit, varbit, BINARY, IMPLICIT)
SQL_CAST(10190, varbit, bit, BINARY, IMPLICIT)
SQL_CAST(10191, int8, bit, 2075, EXPLICIT)
SQL_CAST(10192, int4, bit, 1683, EXPLICIT)
SQL_CAST(10193, bit, int8, 2076, EXPLICIT)
SQL_CAST(10194, bit, int4, 1684, EXPLICIT)
SQL_CAST(10217, bit, bit, 1685, IMPLICIT)
SQL_CAST(10218, varbit, varbit, 1687, IMPLICIT)
SQL_OPFAMILY(423, btree, "bit_ops")
SQL_OPFAMILY(2002, btree, "varbit_ops")
SQL_FAMILY_OPERATOR(423, bit, bit, 1, 1786)
SQL_FAMILY_OPERATOR(423, bit, bit, 2, 1788)
SQL_FAMILY_OPERATOR(423, bit, bit, 3, 1784)
SQL_FAMILY_OPERATOR(423, bit, bit, 4, 1789)
SQL_FAMILY_OPERATOR(423, bit, bit, 5, 1787)
SQL_FAMILY_OPERATOR(2002, varbit, varbit, 1, 1806)
SQL_FAMILY_OPERATOR(2002, varbit, varbit, 2, 1808)
SQL_FAMILY_OPERATOR(2002, varbit, varbit, 3, 1804)
SQL_FAMILY_OPERATOR(2002, varbit, varbit, 4, 1809)
SQL_FAMILY_OPERATOR(2002, varbit, varbit, 5, 1807)
SQL_FAMILY_FUNCTION(423, bit, bit, 1, 1596)
SQL_FAMILY_FUNCTION(423, bit, bit, 4, 5051)
SQL_FAMILY_FUNCTION(2002, varbit, varbit, 1, 1672)
SQL_FAMILY_FUNCTION(2002, varbit, varbit, 4, 5051)
SQL_EXPRESSION(1683, "bit", bit, (int4, int4), IMMUTABLE | STRICT, of_integer(fn, a, b, 32),
               "bits of a number")
SQL_EXPRESSION(2075, "bit", bit, (int8, int4), IMMUTABLE | STRICT, of_integer(fn, a, b, 64),
               "bits of a number")
SQL_OPCLASS(10002, btree, "bit_ops", 423, bit, .fallback = true)
SQL_OPCLASS(10043, btree, "varbit_ops", 2002, varbit, .fallback = true)
