/* SPDX-License-Identifier: Apache-2.0 */
/* numeric.c - numeric as a type: text, wire, modifiers, order, hash, keys. */
#include "type/numeric.h"

#include "base/float_text.h"
#include "base/hash.h"
#include "base/scope.h"
#include "base/task.h"
#include "type/numeric_internal.h"
#include "type/type_internal.h"

/* ---- Text */

typedef struct Scanned {
    bool negative;
    Str digits;    /* without leading zeros and underscores; in the arena */
    int64_t scale; /* digits after the point, may be negative */
} Scanned;

enum { EXPONENT_MAX = INT32_MAX / 2 };

static bool overflow_error(InputError *err)
{
    return input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
}

/* A run of digits, single underscores between them; *at moves behind it. False: there is none, or an underscore is out
 * of place. */
static bool scan_digits(Str s, size_t *at, StrBuilder *out, size_t *count)
{
    size_t i = *at;
    *count = 0;
    for (;; i++) {
        if (i < s.bytes && is_digit(s.data[i])) {
            if (out->bytes || s.data[i] != '0') str_add_char(out, s.data[i]);
            ++*count;
        } else if (i + 1 < s.bytes && s.data[i] == '_' && i > *at && s.data[i - 1] != '_' &&
                   is_digit(s.data[i + 1])) {
            continue;
        } else {
            break;
        }
    }
    *at = i;
    return *count > 0;
}

static bool scan_exponent(Arena *arena, Str s, size_t *at, int64_t *exponent, bool *huge)
{
    size_t i = *at + 1, count;
    StrBuilder text = str_builder(arena, 16);
    bool negative = false;
    if (i < s.bytes && (s.data[i] == '-' || s.data[i] == '+')) negative = s.data[i++] == '-';
    if (!scan_digits(s, &i, &text, &count)) return false;
    const Str digits = str_peek(&text);
    *exponent = 0;
    *huge = digits.bytes > 10 || (digits.bytes && !str_to_i64(digits, exponent)) ||
            *exponent > EXPONENT_MAX;
    if (negative) *exponent = -*exponent;
    *at = i;
    return true;
}

/* Digits in base 16, 8 or 2, as for integers, of any length. */
static bool parse_prefixed(Arena *arena, Str s, uint32_t bits, Num *value)
{
    Num v = {0};
    const Num base = num__of_u64(arena, 1u << bits);
    bool digit_before = false;
    for (size_t i = 0; i < s.bytes; i++) {
        const char c = s.data[i];
        if (c == '_' && (i == 0 || digit_before) && i + 1 < s.bytes) {
            digit_before = false;
            continue;
        }
        const uint32_t digit = is_digit(c) ? (uint32_t)(c - '0')
                               : (c | 32) >= 'a' && (c | 32) <= 'f'
                                   ? (uint32_t)((c | 32) - 'a' + 10)
                                   : 16;
        if (digit >= 1u << bits) return false;
        const Num shifted = num__multiply(arena, &v, &base), added = num__of_u64(arena, digit);
        v = num__add_magnitude(arena, &shifted, &added);
        digit_before = true;
    }
    *value = v;
    return digit_before;
}

static bool parse_word(Arena *arena, Str s, bool negative, bool has_sign, Decimal *value)
{
    if (!has_sign && str_equal_ascii_nocase(s, STR("NaN"))) {
        *value = decimal_nan(arena);
        return true;
    }
    if (!str_equal_ascii_nocase(s, STR("Infinity")) && !str_equal_ascii_nocase(s, STR("inf")))
        return false;
    *value = decimal_infinity(arena, negative);
    return true;
}

static bool finish_parse(Arena *arena, Scanned n, Decimal *value, InputError *err)
{
    int64_t small;
    if (n.scale > NUMERIC_SCALE_MAX) return overflow_error(err);
    if (n.digits.bytes && (int64_t)n.digits.bytes - n.scale > NUMERIC_WHOLE_DIGITS_MAX)
        return overflow_error(err);
    if (n.digits.bytes <= 18 && n.scale >= 0 && n.scale <= NUMERIC_SMALL_SCALE_MAX) {
        if (!n.digits.bytes || !str_to_i64(n.digits, &small)) small = 0;
        *value = decimal_small(n.negative ? -small : small, (uint32_t)n.scale);
        return true;
    }
    unsigned char *digits = arena_alloc(arena, n.digits.bytes + 1);
    for (size_t i = 0; i < n.digits.bytes; i++) digits[i] = (unsigned char)(n.digits.data[i] - '0');
    mp_limb_t *limbs = arena_alloc_array(arena, n.digits.bytes / 19 + 2, sizeof *limbs);
    Num v = num__of_limbs(limbs, n.digits.bytes
                                     ? (uint32_t)mpn_set_str(limbs, digits, n.digits.bytes, 10)
                                     : 0);
    v.negative = n.negative && v.count;
    v.scale = (int32_t)(v.count ? n.scale : MAX(n.scale, 0));
    *value = num__decimal(arena, &v);
    return true;
}

/* Most numbers: a few digits, maybe with a sign and a point among them. False: look again, with all the rules. */
static bool parse_short(Str s, Decimal *value)
{
    enum { DIGITS_MAX = 18 };
    size_t i = s.bytes && s.data[0] == '-', point = s.bytes;
    const bool negative = i == 1;
    if (s.bytes > i + DIGITS_MAX || s.bytes == i) return false;
    int64_t digits = 0;
    for (; i < s.bytes; i++) {
        const char c = s.data[i];
        if (is_digit(c))
            digits = digits * 10 + (c - '0');
        else if (c == '.' && point == s.bytes && i + 1 < s.bytes)
            point = i + 1;
        else
            return false;
    }
    if (s.bytes - point > NUMERIC_SMALL_SCALE_MAX) return false;
    *value = decimal_small(negative ? -digits : digits, (uint32_t)(s.bytes - point));
    return true;
}

bool decimal_parse(Arena *arena, Str text, Decimal *value, InputError *err)
{
    if (parse_short(text, value)) return true;
    Str s = type__trim(text);
    const bool has_sign = s.bytes && (s.data[0] == '-' || s.data[0] == '+'),
               negative = has_sign && s.data[0] == '-';
    if (has_sign) s = str_slice(s, 1, s.bytes);
    if (s.bytes && !is_digit(s.data[0]) && s.data[0] != '.')
        return parse_word(arena, s, negative, has_sign, value) ||
               type__bad_syntax(err, "numeric", text);
    const char mark = s.bytes > 1 && s.data[0] == '0' ? s.data[1] | 32 : 0;
    if (mark == 'x' || mark == 'o' || mark == 'b') {
        Num v;
        if (!parse_prefixed(arena, str_slice(s, 2, s.bytes),
                            mark == 'x'   ? 4
                            : mark == 'o' ? 3
                                          : 1,
                            &v))
            return type__bad_syntax(err, "numeric", text);
        v.negative = negative && v.count;
        if (num__digits(arena, &v) > NUMERIC_WHOLE_DIGITS_MAX) return overflow_error(err);
        *value = num__decimal(arena, &v);
        return true;
    }
    StrBuilder digits = str_builder(arena, s.bytes);
    size_t at = 0, before, after = 0;
    int64_t exponent = 0;
    bool huge = false;
    scan_digits(s, &at, &digits, &before);
    if (at < s.bytes && s.data[at] == '.') {
        at++;
        scan_digits(s, &at, &digits, &after);
    }
    if (before + after == 0) return type__bad_syntax(err, "numeric", text);
    if (at < s.bytes && (s.data[at] | 32) == 'e' && !scan_exponent(arena, s, &at, &exponent, &huge))
        return type__bad_syntax(err, "numeric", text);
    if (at != s.bytes) return type__bad_syntax(err, "numeric", text);
    if (huge) return overflow_error(err);
    Scanned n = {.negative = negative,
                 .digits = str_peek(&digits),
                 .scale = (int64_t)after - exponent};
    if (!n.digits.bytes) n.scale = MAX(n.scale, 0);
    return finish_parse(arena, n, value, err);
}

void decimal_print(Decimal v, Arena *scratch, StrBuilder *out)
{
    char small[24];
    Str digits;
    uint32_t scale;
    if (decimal_is_special(v)) {
        str_add(out, decimal_is_nan(v)     ? STR("NaN")
                     : decimal_sign(v) < 0 ? STR("-Infinity")
                                           : STR("Infinity"));
        return;
    }
    if (v.kind == DECIMAL_SMALL) {
        digits = (Str){small, u64_print(small, v.coefficient < 0 ? 0 - (uint64_t)v.coefficient
                                                                 : (uint64_t)v.coefficient)};
        scale = v.scale;
    } else {
        const Num num = num__of(scratch, v);
        digits = num__decimal_text(scratch, &num);
        scale = (uint32_t)num.scale;
    }
    if (decimal_sign(v) < 0) str_add_char(out, '-');
    if (digits.bytes <= scale) {
        str_add(out, STR("0."));
        str_add_repeat(out, '0', scale - digits.bytes);
        str_add(out, digits);
    } else {
        str_add(out, str_slice(digits, 0, digits.bytes - scale));
        if (scale) str_add_char(out, '.');
        str_add(out, str_slice(digits, digits.bytes - scale, digits.bytes));
    }
}

/* ---- Modifiers: precision and scale */

enum {
    TYPMOD_OFFSET = 4,
    PRECISION_MAX = DECIMAL_PRECISION_MAX,
    TYPMOD_SCALE_MAX = DECIMAL_PRECISION_MAX
};

static int32_t typmod_precision(int32_t typmod)
{
    return (typmod - TYPMOD_OFFSET) >> 16 & 0xffff;
}

/* 11 bits with a sign. */
static int32_t typmod_scale(int32_t typmod)
{
    return (((typmod - TYPMOD_OFFSET) & 0x7ff) ^ 1024) - 1024;
}

int32_t decimal_typmod(int32_t precision, int32_t scale)
{
    return ((precision << 16) | (scale & 0x7ff)) + TYPMOD_OFFSET;
}

static bool numeric_typmod_parse(const Str *words, uint32_t count, int32_t *typmod, InputError *err)
{
    int64_t precision = 0, scale = 0;
    if (count < 1 || count > 2)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE, "invalid NUMERIC type modifier");
    if (!str_to_i64(words[0], &precision)) return type__bad_syntax(err, "integer", words[0]);
    if (count == 2 && !str_to_i64(words[1], &scale))
        return type__bad_syntax(err, "integer", words[1]);
    if (precision < 1 || precision > PRECISION_MAX)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "NUMERIC precision %" PRId64 " must be between 1 and %d", precision,
                           PRECISION_MAX);
    if (scale < -TYPMOD_SCALE_MAX || scale > TYPMOD_SCALE_MAX)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "NUMERIC scale %" PRId64 " must be between %d and %d", scale,
                           -TYPMOD_SCALE_MAX, TYPMOD_SCALE_MAX);
    *typmod = decimal_typmod((int32_t)precision, (int32_t)scale);
    return true;
}

static void numeric_typmod_print(int32_t typmod, StrBuilder *out)
{
    if (typmod >= TYPMOD_OFFSET)
        str_add_format(out, "(%d,%d)", typmod_precision(typmod), typmod_scale(typmod));
}

bool decimal_fit(Arena *arena, Decimal *value, int32_t typmod, InputError *err)
{
    if (typmod < TYPMOD_OFFSET || decimal_is_nan(*value)) return true;
    const int32_t precision = typmod_precision(typmod), scale = typmod_scale(typmod),
                  whole = precision - scale;
    if (decimal_is_infinite(*value)) {
        input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow");
        return input_error_detail(
            err, "A field with precision %d, scale %d cannot hold an infinite value.", precision,
            scale);
    }
    *value = decimal_round(arena, *value, scale);
    if (value->kind == DECIMAL_SMALL && scale >= 0 && precision <= 18 &&
        (uint64_t)llabs(value->coefficient) < u64_pow10((uint32_t)precision))
        return true;
    const Num v = num__of(arena, *value);
    if ((int32_t)num__digits(arena, &v) - v.scale > whole && v.count) {
        input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow");
        return input_error_detail(
            err,
            "A field with precision %d, scale %d must round to an absolute value less than %s%d.",
            precision, scale, whole ? "10^" : "", whole ? whole : 1);
    }
    return true;
}

static bool numeric_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    return decimal_parse(call->arena, text, &value->decimal, err) &&
           decimal_fit(call->arena, &value->decimal, call->typmod, err);
}

static void numeric_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    decimal_print(value->decimal, call->arena, out);
}

/* ---- Wire: group count, weight, sign, display scale (16 bits each), then groups of four digits */

enum {
    WIRE_NEGATIVE = 0x4000,
    WIRE_NAN = 0xc000,
    WIRE_INFINITY = 0xd000,
    WIRE_MINUS_INFINITY = 0xf000,
    WIRE_HEAD = 8,
    WIRE_INFINITY_SCALE = 32
};

static void numeric_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Num v = num__of(call->arena, value->decimal);
    const bool finite = v.kind == NUM_FINITE;
    const NumGroups g = finite ? num__groups(call->arena, &v) : (NumGroups){0};
    wire_put_u16(out, (uint16_t)g.count);
    wire_put_u16(out, (uint16_t)(g.count ? g.weight : 0));
    wire_put_u16(out, finite              ? (v.negative ? WIRE_NEGATIVE : 0)
                      : v.kind == NUM_NAN ? WIRE_NAN
                      : v.negative        ? WIRE_MINUS_INFINITY
                                          : WIRE_INFINITY);
    wire_put_u16(out, v.kind == NUM_INFINITE ? WIRE_INFINITY_SCALE : (uint16_t)v.scale);
    for (uint32_t i = 0; i < g.count; i++) wire_put_u16(out, g.groups[i]);
}

static bool wire_error(InputError *err, const char *what)
{
    return input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION,
                       "invalid %s in external \"numeric\" value", what);
}

static bool numeric_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    Arena *arena = call->arena;
    if (wire.bytes < WIRE_HEAD)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "insufficient data left in message");
    const uint16_t count = load_be16(wire.data), sign = load_be16(wire.data + 4),
                   scale = load_be16(wire.data + 6);
    const int16_t weight = (int16_t)load_be16(wire.data + 2);
    if (sign == WIRE_NAN || sign == WIRE_INFINITY || sign == WIRE_MINUS_INFINITY) {
        value->decimal = sign == WIRE_NAN ? decimal_nan(arena)
                                          : decimal_infinity(arena, sign == WIRE_MINUS_INFINITY);
        return decimal_fit(arena, &value->decimal, call->typmod, err);
    }
    if (sign != 0 && sign != WIRE_NEGATIVE) return wire_error(err, "sign");
    if (scale & ~NUMERIC_SCALE_MAX) return wire_error(err, "scale");
    if (!type__wire_expect(wire, WIRE_HEAD + 2u * count, err)) return false;
    StrBuilder digits = str_builder(arena, 4u * count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const uint16_t group = load_be16(wire.data + WIRE_HEAD + 2 * i);
        if (group > 9999) return wire_error(err, "digit");
        str_add_format(&digits, "%04u", group);
    }
    Str text = str_peek(&digits);
    while (text.bytes && text.data[0] == '0') text = str_slice(text, 1, text.bytes);
    Scanned n = {.negative = sign == WIRE_NEGATIVE,
                 .digits = text,
                 .scale = ((int64_t)count - 1 - weight) * 4};
    if (!text.bytes) n.scale = scale;
    if (text.bytes && n.scale > NUMERIC_SCALE_MAX && n.scale <= NUMERIC_SCALE_MAX + 4) {
        /* The last group reaches beyond the scale: its digits there are cut below. */
        const size_t drop = (size_t)(n.scale - NUMERIC_SCALE_MAX);
        n.digits = str_slice(text, 0, text.bytes > drop ? text.bytes - drop : 0);
        n.scale = NUMERIC_SCALE_MAX;
    }
    if (!finish_parse(arena, n, &value->decimal, err)) return false;
    value->decimal = decimal_cut(arena, value->decimal, scale);
    return decimal_fit(arena, &value->decimal, call->typmod, err);
}

/* ---- Order, hash, keys */

static int small_compare(Decimal a, Decimal b)
{
    i128 x = a.coefficient, y = b.coefficient;
    if (a.scale < b.scale) x *= (i128)u64_pow10(b.scale - a.scale);
    if (b.scale < a.scale) y *= (i128)u64_pow10(a.scale - b.scale);
    return (x > y) - (x < y);
}

/* -infinity -1, numbers 0, infinity 1, NaN 2. */
static int order_class(Decimal v)
{
    return !decimal_is_special(v) ? 0 : decimal_is_nan(v) ? 2 : decimal_sign(v);
}

/* Room for the limbs of a comparison, from the stack where the numbers are short. */
int decimal_compare(Decimal a, Decimal b)
{
    if (LIKELY(a.kind == DECIMAL_SMALL && b.kind == DECIMAL_SMALL)) return small_compare(a, b);
    const int x = order_class(a), y = order_class(b);
    if (x || y) return (x > y) - (x < y);
    const int sign = decimal_sign(a), other = decimal_sign(b);
    if (sign != other) return sign < other ? -1 : 1;
    SCOPED(scope);
    Arena *scratch = scope_arena(scope, task_self()->account, "numeric comparison");
    const Num m = num__of(scratch, a), n = num__of(scratch, b);
    return num__compare(scratch, &m, &n);
}

/* Digits without trailing zeros after the point. */
static Str significant_digits(Arena *scratch, Decimal v, int32_t *scale)
{
    const Num num = num__of(scratch, v);
    Str digits = num__decimal_text(scratch, &num);
    *scale = num.scale;
    while (digits.bytes > 1 && digits.data[digits.bytes - 1] == '0') {
        digits.bytes--;
        --*scale;
    }
    return digits;
}

uint64_t decimal_hash(Decimal v)
{
    if (decimal_is_special(v)) return hash_u64((uint64_t)order_class(v) + 1);
    if (v.kind == DECIMAL_SMALL) {
        int64_t coefficient = v.coefficient;
        int64_t scale = v.scale;
        while (coefficient && coefficient % 10 == 0) {
            coefficient /= 10;
            scale--;
        }
        return hash_combine(hash_u64((uint64_t)coefficient), coefficient ? (uint64_t)scale : 0);
    }
    SCOPED(scope);
    Arena *scratch = scope_arena(scope, task_self()->account, "numeric hash");
    int32_t scale;
    int64_t small = 0;
    const Str digits = significant_digits(scratch, v, &scale);
    const bool negative = decimal_sign(v) < 0;
    if (digits.bytes <= 18 && str_to_i64(digits, &small))
        return hash_combine(hash_u64((uint64_t)(negative ? -small : small)),
                            small ? (uint64_t)(int64_t)scale : 0);
    return hash_combine(hash_str(digits), (uint64_t)(int64_t)scale * 2 + negative);
}

enum { KEY_MINUS_INFINITY, KEY_NEGATIVE, KEY_ZERO, KEY_POSITIVE, KEY_INFINITY, KEY_NAN };

static KeyExactness numeric_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Decimal v = value->decimal;
    const int sign = decimal_sign(v);
    if (decimal_is_special(v) || sign == 0) {
        str_add_char(out, decimal_is_nan(v)       ? KEY_NAN
                          : decimal_is_special(v) ? (sign < 0 ? KEY_MINUS_INFINITY : KEY_INFINITY)
                                                  : KEY_ZERO);
        return KEY_EXACT;
    }
    int32_t scale;
    Str digits = significant_digits(call->arena, v, &scale);
    const int32_t exponent = (int32_t)digits.bytes - 1 - scale;
    KeyExactness exactness = KEY_EXACT;
    str_add_char(out, sign < 0 ? KEY_NEGATIVE : KEY_POSITIVE);
    const size_t start = out->bytes;
    key_put_i32(out, exponent);
    if (digits.bytes > 2 * TYPE_KEY_BYTES_MAX) {
        digits = str_slice(digits, 0, 2 * TYPE_KEY_BYTES_MAX);
        exactness = KEY_CUT;
    }
    for (size_t i = 0; i < digits.bytes; i += 2) {
        const int pair = (digits.data[i] - '0') * 10 +
                         (i + 1 < digits.bytes ? digits.data[i + 1] - '0' : 0);
        str_add_char(out, (char)(pair + 1));
    }
    str_add_char(out, 0);
    for (size_t i = start; sign < 0 && i < out->bytes; i++) out->data[i] = (char)~out->data[i];
    return exactness;
}

static int numeric_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return decimal_compare(a->decimal, b->decimal);
}

static uint64_t numeric_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return decimal_hash(value->decimal);
}

/* ---- Stored form: what a big one points to; small ones are written out */

void numeric_store(const Value *value, StrBuilder *out)
{
    const Decimal v = value->decimal;
    if (v.kind == DECIMAL_BIG) {
        str_add(out, (Str){(const char *)v.big, v.bytes});
        return;
    }
    uint64_t magnitude = v.coefficient < 0 ? 0 - (uint64_t)v.coefficient : (uint64_t)v.coefficient;
    char *head = str_add_space(out, 2);
    store_le16(head, (uint16_t)(v.scale | (v.coefficient < 0 ? 1 << 14 : 0)));
    for (; magnitude; magnitude >>= 8) str_add_char(out, (char)magnitude);
}

bool numeric_load(Bytes bytes, Value *value)
{
    if (bytes.bytes < 2 || bytes.bytes > UINT32_MAX) return false;
    const uint32_t head = load_le16(bytes.data), scale = head & NUMERIC_SCALE_MAX;
    const bool negative = (head & 1 << 14) != 0, special = (head & 1 << 15) != 0;
    if (special && (bytes.bytes != 2 || (head & 0x7fff) > 2)) return false;
    if (bytes.bytes > 2 && bytes.data[bytes.bytes - 1] == 0) return false;
    if (!special && bytes.bytes == 2 && negative) return false;
    if (!special && bytes.bytes <= 2 + sizeof(uint64_t) && scale <= NUMERIC_SMALL_SCALE_MAX) {
        uint64_t magnitude = 0;
        memcpy(&magnitude, bytes.data + 2, bytes.bytes - 2);
        if (magnitude <= (uint64_t)NUMERIC_SMALL_MAX) {
            value->decimal = decimal_small(negative ? -(int64_t)magnitude : (int64_t)magnitude,
                                           scale);
            return true;
        }
    }
    value->decimal = (Decimal){.kind = DECIMAL_BIG,
                               .bytes = (uint32_t)bytes.bytes,
                               .big = bytes.data};
    return true;
}

double decimal_to_double(Arena *scratch, Decimal v)
{
    double value;
    if (v.kind == DECIMAL_SMALL && v.scale == 0 && v.coefficient < INT64_C(1) << 53 &&
        v.coefficient > -(INT64_C(1) << 53))
        return (double)v.coefficient;
    StrBuilder text = str_builder(scratch, 32);
    decimal_print(v, scratch, &text);
    const FloatRead how = f64_read(str_peek(&text), &value);
    ASSERT(how != FLOAT_READ_SYNTAX);
    return how == FLOAT_READ_SYNTAX ? 0 : value;
}

SQL_TYPE(1700, "numeric", .phys = PHYS_DECIMAL, .category = 'N', .bytes = -1, .align = 'i',
         .storage = 'm', .array = 1231, .text = "exact decimal number of any size",
         .parse = numeric_parse, .print = numeric_print, .receive = numeric_receive,
         .send = numeric_send, .typmod_parse = numeric_typmod_parse,
         .typmod_print = numeric_typmod_print, .compare = numeric_compare, .hash = numeric_hash,
         .sort_key = numeric_key, .store = numeric_store, .load = numeric_load)
SQL_TYPE_FUNCTION(1701, "numeric_in", numeric, (cstring, oid, int4), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1702, "numeric_out", cstring, (numeric), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2460, "numeric_recv", numeric, (internal, oid, int4), IMMUTABLE | STRICT, RECEIVE,
                  "")
SQL_TYPE_FUNCTION(2461, "numeric_send", bytea, (numeric), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2917, "numerictypmodin", int4, (_cstring), IMMUTABLE | STRICT, TYPMOD_IN numeric,
                  "")
SQL_TYPE_FUNCTION(2918, "numerictypmodout", cstring, (int4), IMMUTABLE | STRICT, TYPMOD_OUT numeric,
                  "")
