/* SPDX-License-Identifier: Apache-2.0 */
/* macaddr.c - hardware addresses: macaddr of six bytes, macaddr8 of eight. Both lie in 64 bits, as the number that
 * their bytes make, the first one highest: so order, AND and OR are those of numbers. A macaddr becomes a macaddr8 with
 * ff:fe in its middle. */
#include "type/hash_pg.h"

#include "base/hash.h"
#include "type/type_internal.h"

enum { MACADDR_BYTES = 6, MACADDR8_BYTES = 8 };

#define MACADDR_MASK UINT64_C(0xffffffffffff)
#define MACADDR8_MIDDLE UINT64_C(0x000000fffe000000)
#define MACADDR8_MIDDLE_MASK UINT64_C(0x000000ffff000000)

static uint64_t widen(uint64_t mac)
{
    return (mac >> 24) << 40 | MACADDR8_MIDDLE | (mac & 0xffffff);
}

static uint64_t narrow(uint64_t mac8)
{
    if ((mac8 & MACADDR8_MIDDLE_MASK) == MACADDR8_MIDDLE)
        return (mac8 >> 40) << 24 | (mac8 & 0xffffff);
    Error *error = error_begin(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE);
    error_message(error, "macaddr8 data out of range to convert to macaddr");
    error_raise(error_hint(
        error,
        "Only addresses that have FF and FE as values in the 4th and 5th bytes from the left, "
        "for example xx:xx:xx:ff:fe:xx:xx:xx, are eligible to be converted from macaddr8 to "
        "macaddr."));
}

/* ---- text of macaddr: six numbers as scanf's %x and %2x read them, in one of these shapes */

typedef struct MacShape {
    char separator; /* 0: none */
    uint8_t group;  /* bytes between separators */
    uint8_t width;  /* most characters of a number; 0: any */
} MacShape;
static const MacShape shapes[] = {{':', 1, 0}, {'-', 1, 0}, {':', 3, 2}, {'-', 3, 2},
                                  {'.', 2, 2}, {'-', 2, 2}, {0, 6, 2}};

static int hex_digit(char c)
{
    if (is_digit(c)) return c - '0';
    const char low = (char)(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static char char_at(Str s, size_t at)
{
    return at < s.bytes ? s.data[at] : '\0';
}

/* Space, a sign, 0x, digits, of which 0x needs none. What has no place in 32 bits is out of range in any case. */
static bool take_number(Str s, size_t *at, size_t width, int64_t *value)
{
    while (is_space(char_at(s, *at))) ++*at;
    const size_t end = width ? *at + width : s.bytes;
    const bool negative = char_at(s, *at) == '-';
    int64_t v = 0;
    if (negative || char_at(s, *at) == '+') ++*at;
    const bool prefixed = *at + 1 < end && char_at(s, *at) == '0' &&
                          (char_at(s, *at + 1) | 0x20) == 'x';
    if (prefixed) *at += 2;
    const size_t from = *at;
    for (; *at < end && hex_digit(char_at(s, *at)) >= 0; ++*at)
        v = MIN(v * 16 + hex_digit(s.data[*at]), INT64_C(1) << 32);
    *value = negative ? -v : v;
    return prefixed || *at > from;
}

static bool scan(Str s, const MacShape *shape, int64_t *numbers)
{
    size_t at = 0;
    for (uint32_t i = 0; i < MACADDR_BYTES; i++) {
        if (i && shape->separator && i % shape->group == 0 && char_at(s, at++) != shape->separator)
            return false;
        if (!take_number(s, &at, shape->width, &numbers[i])) return false;
    }
    while (is_space(char_at(s, at))) at++;
    return at >= s.bytes;
}

static bool macaddr_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    int64_t numbers[MACADDR_BYTES];
    size_t shape = 0;
    (void)call;
    while (shape < ARRAY_LEN(shapes) && !scan(text, &shapes[shape], numbers)) shape++;
    if (shape == ARRAY_LEN(shapes)) return type__bad_syntax(err, "macaddr", text);
    value->u64 = 0;
    for (uint32_t i = 0; i < MACADDR_BYTES; i++) {
        if (numbers[i] < 0 || numbers[i] > 255)
            return input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                               "invalid octet value in \"macaddr\" value: \"%.*s\"", STR_ARG(text));
        value->u64 = value->u64 << 8 | (uint64_t)numbers[i];
    }
    return true;
}

/* ---- text of macaddr8: pairs of digits, perhaps one kind of separator between some; six pairs are a macaddr */

static bool scan8(Str s, uint64_t *bytes, uint32_t *count)
{
    size_t at = 0;
    char separator = '\0';
    *bytes = *count = 0;
    while (is_space(char_at(s, at))) at++;
    while (at + 1 < s.bytes) {
        const int high = hex_digit(s.data[at]), low = hex_digit(s.data[at + 1]);
        if (high < 0 || low < 0 || *count == MACADDR8_BYTES) return false;
        *bytes = *bytes << 8 | (uint64_t)(high << 4 | low);
        ++*count;
        at += 2;
        const char c = char_at(s, at);
        if (c == ':' || c == '-' || c == '.') {
            if (separator && c != separator) return false;
            separator = c;
            at++;
        }
        if ((*count == MACADDR_BYTES || *count == MACADDR8_BYTES) && is_space(char_at(s, at))) {
            while (is_space(char_at(s, at))) at++;
            if (at < s.bytes) return false;
        }
    }
    return true;
}

static bool macaddr8_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    uint32_t count;
    uint64_t bytes;
    (void)call;
    if (!scan8(text, &bytes, &count) || (count != MACADDR_BYTES && count != MACADDR8_BYTES))
        return type__bad_syntax(err, "macaddr8", text);
    value->u64 = count == MACADDR_BYTES ? widen(bytes) : bytes;
    return true;
}

static void print_bytes(uint64_t value, uint32_t count, StrBuilder *out)
{
    for (uint32_t i = count; i-- > 0;)
        str_add_format(out, "%02x%s", (unsigned)(value >> (8 * i) & 255), i ? ":" : "");
}

static void macaddr_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    print_bytes(value->u64, MACADDR_BYTES, out);
}

static void macaddr8_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    print_bytes(value->u64, MACADDR8_BYTES, out);
}

/* ---- wire: the bytes */

static uint64_t from_bytes(const uint8_t *bytes, size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) value = value << 8 | bytes[i];
    return value;
}

static Str to_bytes(uint64_t value, uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) bytes[i] = (uint8_t)(value >> (8 * (count - 1 - i)));
    return (Str){(const char *)bytes, count};
}

static bool macaddr_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)call;
    if (!type__wire_expect(wire, MACADDR_BYTES, err)) return false;
    value->u64 = from_bytes(wire.data, MACADDR_BYTES);
    return true;
}

static bool macaddr8_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    if (wire.bytes == MACADDR_BYTES) {
        if (!macaddr_receive(call, wire, value, err)) return false;
        value->u64 = widen(value->u64);
        return true;
    }
    if (!type__wire_expect(wire, MACADDR8_BYTES, err)) return false;
    value->u64 = from_bytes(wire.data, MACADDR8_BYTES);
    return true;
}

static void macaddr_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    uint8_t bytes[MACADDR_BYTES];
    (void)call;
    str_add(out, to_bytes(value->u64, bytes, sizeof bytes));
}

static void macaddr8_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    wire_put_u64(out, value->u64);
}

/* ---- order, hash, key */

static int mac_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return (a->u64 > b->u64) - (a->u64 < b->u64);
}

static uint64_t mac_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64(value->u64);
}

static KeyExactness mac_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    key_put_u64(out, value->u64);
    return KEY_EXACT;
}

static int32_t sql_hash(uint64_t value, size_t count)
{
    uint8_t bytes[MACADDR8_BYTES];
    return (int32_t)hash_pg_bytes(to_bytes(value, bytes, count));
}

static int64_t sql_hash_extended(uint64_t value, size_t count, int64_t seed)
{
    uint8_t bytes[MACADDR8_BYTES];
    return (int64_t)hash_pg_bytes_extended(to_bytes(value, bytes, count), (uint64_t)seed);
}

SQL_TYPE(829, "macaddr", .phys = PHYS_I64, .category = 'U', .bytes = 6, .align = 'i',
         .storage = 'p', .array = 1040, .text = "hardware address of six bytes",
         .parse = macaddr_parse, .print = macaddr_print, .receive = macaddr_receive,
         .send = macaddr_send, .compare = mac_compare, .hash = mac_hash, .sort_key = mac_key)
SQL_TYPE(774, "macaddr8", .phys = PHYS_I64, .category = 'U', .bytes = 8, .align = 'i',
         .storage = 'p', .array = 775, .text = "hardware address of eight bytes",
         .parse = macaddr8_parse, .print = macaddr8_print, .receive = macaddr8_receive,
         .send = macaddr8_send, .compare = mac_compare, .hash = mac_hash, .sort_key = mac_key)
SQL_TYPE_FUNCTION(2494, "macaddr_recv", macaddr, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(3446, "macaddr8_recv", macaddr8, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_EXPRESSION(328, "hashmacaddr8", int4, (macaddr8), IMMUTABLE | STRICT | TOTAL,
               sql_hash(a, MACADDR8_BYTES), "hash")
SQL_EXPRESSION(399, "hashmacaddr", int4, (macaddr), IMMUTABLE | STRICT | TOTAL,
               sql_hash(a, MACADDR_BYTES), "hash")
SQL_TYPE_FUNCTION(436, "macaddr_in", macaddr, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(437, "macaddr_out", cstring, (macaddr), IMMUTABLE | STRICT, OUTPUT, "")
SQL_EXPRESSION(753, "trunc", macaddr, (macaddr), IMMUTABLE | STRICT | TOTAL,
               a & ~UINT64_C(0xffffff), "the maker alone: other bytes are zero")
SQL_EXPRESSION(778, "hashmacaddrextended", int8, (macaddr, int8), IMMUTABLE | STRICT | TOTAL,
               sql_hash_extended(a, MACADDR_BYTES, b), "64-bit hash with a seed")
SQL_EXPRESSION(781, "hashmacaddr8extended", int8, (macaddr8, int8), IMMUTABLE | STRICT | TOTAL,
               sql_hash_extended(a, MACADDR8_BYTES, b), "64-bit hash with a seed")
SQL_EXPRESSION(830, "macaddr_eq", bool, (macaddr, macaddr), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a == b, "equal")
SQL_EXPRESSION(831, "macaddr_lt", bool, (macaddr, macaddr), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a < b, "less than")
SQL_EXPRESSION(832, "macaddr_le", bool, (macaddr, macaddr), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a <= b, "less than or equal")
SQL_EXPRESSION(833, "macaddr_gt", bool, (macaddr, macaddr), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a > b, "greater than")
SQL_EXPRESSION(834, "macaddr_ge", bool, (macaddr, macaddr), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a >= b, "greater than or equal")
SQL_EXPRESSION(835, "macaddr_ne", bool, (macaddr, macaddr), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a != b, "not equal")
SQL_EXPRESSION(836, "macaddr_cmp", int4, (macaddr, macaddr), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_TYPE_FUNCTION(2495, "macaddr_send", bytea, (macaddr), IMMUTABLE | STRICT, SEND, "")
SQL_EXPRESSION(3144, "macaddr_not", macaddr, (macaddr), IMMUTABLE | STRICT | TOTAL,
               ~a &MACADDR_MASK, "bitwise NOT")
SQL_EXPRESSION(3145, "macaddr_and", macaddr, (macaddr, macaddr), IMMUTABLE | STRICT | TOTAL, a &b,
               "bitwise AND")
SQL_EXPRESSION(3146, "macaddr_or", macaddr, (macaddr, macaddr), IMMUTABLE | STRICT | TOTAL, a | b,
               "bitwise OR")
SQL_TYPE_FUNCTION(3447, "macaddr8_send", bytea, (macaddr8), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(4110, "macaddr8_in", macaddr8, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(4111, "macaddr8_out", cstring, (macaddr8), IMMUTABLE | STRICT, OUTPUT, "")
SQL_EXPRESSION(4112, "trunc", macaddr8, (macaddr8), IMMUTABLE | STRICT | TOTAL,
               a & ~UINT64_C(0xffffffffff), "the maker alone: other bytes are zero")
SQL_EXPRESSION(4113, "macaddr8_eq", bool, (macaddr8, macaddr8),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b, "equal")
SQL_EXPRESSION(4114, "macaddr8_lt", bool, (macaddr8, macaddr8),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b, "less than")
SQL_EXPRESSION(4115, "macaddr8_le", bool, (macaddr8, macaddr8),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b, "less than or equal")
SQL_EXPRESSION(4116, "macaddr8_gt", bool, (macaddr8, macaddr8),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b, "greater than")
SQL_EXPRESSION(4117, "macaddr8_ge", bool, (macaddr8, macaddr8),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b, "greater than or equal")
SQL_EXPRESSION(4118, "macaddr8_ne", bool, (macaddr8, macaddr8),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b, "not equal")
SQL_EXPRESSION(4119, "macaddr8_cmp", int4, (macaddr8, macaddr8),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, (a > b) - (a < b),
               "order of two values: -1, 0 or 1")
SQL_EXPRESSION(4120, "macaddr8_not", macaddr8, (macaddr8), IMMUTABLE | STRICT | TOTAL, ~a,
               "bitwise NOT")
SQL_EXPRESSION(4121, "macaddr8_and", macaddr8, (macaddr8, macaddr8), IMMUTABLE | STRICT | TOTAL,
               a &b, "bitwise AND")
SQL_EXPRESSION(4122, "macaddr8_or", macaddr8, (macaddr8, macaddr8), IMMUTABLE | STRICT | TOTAL,
               a | b, "bitwise OR")
SQL_EXPRESSION(4123, "macaddr8", macaddr8, (macaddr), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               widen(a), "with ff:fe in the middle")
SQL_EXPRESSION(4124, "macaddr", macaddr, (macaddr8), IMMUTABLE | STRICT, narrow(a),
               "without ff:fe in the middle")
SQL_EXPRESSION(4125, "macaddr8_set7bit", macaddr8, (macaddr8), IMMUTABLE | STRICT | TOTAL,
               a | UINT64_C(0x0200000000000000), "as IPv6 puts it into addresses")
SQL_OPERATOR(1220, "=", macaddr, macaddr, bool, macaddr_eq, .commutator = 1220, .negator = 1221,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1221, "<>", macaddr, macaddr, bool, macaddr_ne, .commutator = 1221, .negator = 1220,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1222, "<", macaddr, macaddr, bool, macaddr_lt, .commutator = 1224, .negator = 1225,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1223, "<=", macaddr, macaddr, bool, macaddr_le, .commutator = 1225, .negator = 1224,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1224, ">", macaddr, macaddr, bool, macaddr_gt, .commutator = 1222, .negator = 1223,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1225, ">=", macaddr, macaddr, bool, macaddr_ge, .commutator = 1223, .negator = 1222,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(3147, "~", 0, macaddr, macaddr, macaddr_not)
SQL_OPERATOR(3148, "&", macaddr, macaddr, macaddr, macaddr_and)
SQL_OPERATOR(3149, "|", macaddr, macaddr, macaddr, macaddr_or)
SQL_OPERATOR(3362, "=", macaddr8, macaddr8, bool, macaddr8_eq, .commutator = 3362, .negator = 3363,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(3363, "<>", macaddr8, macaddr8, bool, macaddr8_ne, .commutator = 3363, .negator = 3362,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(3364, "<", macaddr8, macaddr8, bool, macaddr8_lt, .commutator = 3366, .negator = 3367,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(3365, "<=", macaddr8, macaddr8, bool, macaddr8_le, .commutator = 3367, .negator = 3366,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(3366, ">", macaddr8, macaddr8, bool, macaddr8_gt, .commutator = 3364, .negator = 3365,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(3367, ">=", macaddr8, macaddr8, bool, macaddr8_ge, .commutator = 3365, .negator = 3364,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(3368, "~", 0, macaddr8, macaddr8, macaddr8_not)
SQL_OPERATOR(3369, "&", macaddr8, macaddr8, macaddr8, macaddr8_and)
SQL_OPERATOR(3370, "|", macaddr8, macaddr8, macaddr8, macaddr8_or)
SQL_CAST(10185, macaddr, macaddr8, 4123, IMPLICIT)
SQL_CAST(10186, macaddr8, macaddr, 4124, IMPLICIT)
SQL_OPFAMILY(1984, btree, "macaddr_ops")
SQL_OPFAMILY(3371, btree, "macaddr8_ops")
SQL_OPCLASS(10024, btree, "macaddr_ops", 1984, macaddr, .fallback = true)
SQL_OPCLASS(10026, btree, "macaddr8_ops", 3371, macaddr8, .fallback = true)
SQL_FAMILY_OPERATOR(1984, macaddr, macaddr, 1, 1222)
SQL_FAMILY_OPERATOR(1984, macaddr, macaddr, 2, 1223)
SQL_FAMILY_OPERATOR(1984, macaddr, macaddr, 3, 1220)
SQL_FAMILY_OPERATOR(1984, macaddr, macaddr, 4, 1225)
SQL_FAMILY_OPERATOR(1984, macaddr, macaddr, 5, 1224)
SQL_FAMILY_OPERATOR(3371, macaddr8, macaddr8, 1, 3364)
SQL_FAMILY_OPERATOR(3371, macaddr8, macaddr8, 2, 3365)
SQL_FAMILY_OPERATOR(3371, macaddr8, macaddr8, 3, 3362)
SQL_FAMILY_OPERATOR(3371, macaddr8, macaddr8, 4, 3367)
SQL_FAMILY_OPERATOR(3371, macaddr8, macaddr8, 5, 3366)
SQL_FAMILY_FUNCTION(1984, macaddr, macaddr, 1, 836)
SQL_FAMILY_FUNCTION(1984, macaddr, macaddr, 2, 3359)
SQL_FAMILY_FUNCTION(1984, macaddr, macaddr, 4, 5051)
SQL_FAMILY_FUNCTION(3371, macaddr8, macaddr8, 1, 4119)
SQL_FAMILY_FUNCTION(3371, macaddr8, macaddr8, 4, 5051)
SQL_OPFAMILY(1985, hash, "macaddr_ops")
SQL_OPFAMILY(3372, hash, "macaddr8_ops")
SQL_OPCLASS(10025, hash, "macaddr_ops", 1985, macaddr, .fallback = true)
SQL_OPCLASS(10027, hash, "macaddr8_ops", 3372, macaddr8, .fallback = true)
SQL_FAMILY_OPERATOR(1985, macaddr, macaddr, 1, 1220)
SQL_FAMILY_OPERATOR(3372, macaddr8, macaddr8, 1, 3362)
SQL_FAMILY_FUNCTION(1985, macaddr, macaddr, 1, 399)
SQL_FAMILY_FUNCTION(1985, macaddr, macaddr, 2, 778)
SQL_FAMILY_FUNCTION(3372, macaddr8, macaddr8, 1, 328)
SQL_FAMILY_FUNCTION(3372, macaddr8, macaddr8, 2, 781)
