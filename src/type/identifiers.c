/* SPDX-License-Identifier: Apache-2.0 */
/* identifiers.c - places and numbers inside a database: tid (where a row is), xid8 (number of a transaction), pg_lsn
 * (position in the write-ahead log). All lie in 64 bits without sign; a tid is block << 16 | offset. */
#include "type/int.h"

#include "base/fn_aggregate.h"
#include "base/hash.h"
#include "type/hash_pg.h"
#include "type/numeric.h"
#include "type/type_internal.h"

/* ---- What the three share */

static int u64_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return (a->u64 > b->u64) - (a->u64 < b->u64);
}

static uint64_t u64_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64(value->u64);
}

static KeyExactness u64_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    key_put_u64(out, value->u64);
    return KEY_EXACT;
}

static bool u64_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)call;
    if (!type__wire_expect(wire, 8, err)) return false;
    value->u64 = load_be64(wire.data);
    return true;
}

static void u64_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    wire_put_u64(out, value->u64);
}

/* ---- tid */

enum { TID_OFFSET_BITS = 16, TID_WIRE_BYTES = 6 };

static uint32_t tid_block(uint64_t tid)
{
    return (uint32_t)(tid >> TID_OFFSET_BITS);
}

static uint16_t tid_offset(uint64_t tid)
{
    return (uint16_t)tid;
}

/* Digits with an optional sign and leading space, as strtoul reads them; moves *s behind them. A negative number above
 * -2^31 counts from 2^32 down. */
static bool take_number(Str *s, uint64_t most, uint64_t *value)
{
    size_t i = 0;
    uint64_t v = 0;
    while (i < s->bytes && is_space(s->data[i])) i++;
    const bool negative = i < s->bytes && s->data[i] == '-';
    if (i < s->bytes && (s->data[i] == '-' || s->data[i] == '+')) i++;
    const size_t from = i;
    for (; i < s->bytes && is_digit(s->data[i]); i++) {
        if (v <= UINT32_MAX) v = v * 10 + (uint64_t)(s->data[i] - '0');
    }
    /* None at all is 0, but for a sign or space. */
    if (i == 0 && s->bytes && (s->data[0] == ',' || s->data[0] == ')')) {
        *value = 0;
        return true;
    }
    if (i == from || (negative ? v > UINT64_C(1) << 31 || most < UINT32_MAX : v > most))
        return false;
    *value = negative ? (uint32_t)(0 - v) : v;
    *s = str_slice(*s, i, s->bytes);
    return true;
}

/* "(block,offset)". The numbers stand behind the first two of what may stand before one: a parenthesis, but only as the
 * first of them, and commas. */
static bool tid_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    uint64_t block, offset;
    Str parts[2];
    uint32_t count = 0;
    (void)call;
    for (size_t i = 0; i < text.bytes && count < 2 && text.data[i] != ')'; i++)
        if (text.data[i] == ',' || (text.data[i] == '(' && !count))
            parts[count++] = str_slice(text, i + 1, text.bytes);
    if (count < 2 || !take_number(&parts[0], UINT32_MAX, &block) ||
        !str_starts(parts[0], STR(",")) || !take_number(&parts[1], UINT16_MAX, &offset) ||
        !str_starts(parts[1], STR(")")))
        return type__bad_syntax(err, "tid", text);
    value->u64 = block << TID_OFFSET_BITS | offset;
    return true;
}

static void tid_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add_format(out, "(%u,%u)", tid_block(value->u64), tid_offset(value->u64));
}

static bool tid_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)call;
    if (!type__wire_expect(wire, TID_WIRE_BYTES, err)) return false;
    value->u64 = (uint64_t)load_be32(wire.data) << TID_OFFSET_BITS | load_be16(wire.data + 4);
    return true;
}

static void tid_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    wire_put_u32(out, tid_block(value->u64));
    wire_put_u16(out, tid_offset(value->u64));
}

/* The hash is of PostgreSQL's six bytes: the block's high and low half, the offset. */
static void tid_bytes(uint64_t tid, char out[TID_WIRE_BYTES])
{
    store_le16(out, (uint16_t)(tid_block(tid) >> 16));
    store_le16(out + 2, (uint16_t)tid_block(tid));
    store_le16(out + 4, tid_offset(tid));
}

static int32_t tid_hash(Fn *fn, uint64_t tid)
{
    char bytes[TID_WIRE_BYTES];
    (void)fn;
    tid_bytes(tid, bytes);
    return (int32_t)hash_pg_bytes((Str){bytes, sizeof bytes});
}

static int64_t tid_hash_extended(Fn *fn, uint64_t tid, int64_t seed)
{
    char bytes[TID_WIRE_BYTES];
    (void)fn;
    tid_bytes(tid, bytes);
    return (int64_t)hash_pg_bytes_extended((Str){bytes, sizeof bytes}, (uint64_t)seed);
}

SQL_TYPE(27, "tid", .phys = PHYS_I64, .category = 'U', .bytes = 6, .align = 's', .storage = 'p',
         .array = 1010, .text = "place of a row: block and number in it", .parse = tid_parse,
         .print = tid_print, .receive = tid_receive, .send = tid_send, .compare = u64_compare,
         .hash = u64_hash, .sort_key = u64_key)
SQL_TYPE_FUNCTION(48, "tidin", tid, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(49, "tidout", cstring, (tid), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2438, "tidrecv", tid, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2439, "tidsend", bytea, (tid), IMMUTABLE | STRICT, SEND, "")
SQL_EXPRESSION(1265, "tidne", bool, (tid, tid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(1292, "tideq", bool, (tid, tid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(2790, "tidgt", bool, (tid, tid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "above")
SQL_EXPRESSION(2791, "tidlt", bool, (tid, tid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "below")
SQL_EXPRESSION(2792, "tidge", bool, (tid, tid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "above or equal")
SQL_EXPRESSION(2793, "tidle", bool, (tid, tid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "below or equal")
SQL_EXPRESSION(2794, "bttidcmp", int4, (tid, tid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(2795, "tidlarger", tid, (tid, tid), IMMUTABLE | STRICT | TOTAL, MAX(a, b),
               "the larger of two values")
SQL_EXPRESSION(2796, "tidsmaller", tid, (tid, tid), IMMUTABLE | STRICT | TOTAL, MIN(a, b),
               "the smaller of two values")
SQL_FUNCTION(2233, "hashtid", int4, (tid), IMMUTABLE | STRICT | TOTAL, tid_hash, "hash")
SQL_FUNCTION(2234, "hashtidextended", int8, (tid, int8), IMMUTABLE | STRICT | TOTAL,
             tid_hash_extended, "64-bit hash with a seed")
SQL_OPERATOR(387, "=", tid, tid, bool, tideq, .commutator = 387, .negator = 402, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(402, "<>", tid, tid, bool, tidne, .commutator = 402, .negator = 387,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2799, "<", tid, tid, bool, tidlt, .commutator = 2800, .negator = 2802,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2800, ">", tid, tid, bool, tidgt, .commutator = 2799, .negator = 2801,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2801, "<=", tid, tid, bool, tidle, .commutator = 2802, .negator = 2800,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2802, ">=", tid, tid, bool, tidge, .commutator = 2801, .negator = 2799,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPFAMILY(2789, btree, "tid_ops")
SQL_OPCLASS(10050, btree, "tid_ops", 2789, tid, .fallback = true)
SQL_FAMILY_OPERATOR(2789, tid, tid, 1, 2799)
SQL_FAMILY_OPERATOR(2789, tid, tid, 2, 2801)
SQL_FAMILY_OPERATOR(2789, tid, tid, 3, 387)
SQL_FAMILY_OPERATOR(2789, tid, tid, 4, 2802)
SQL_FAMILY_OPERATOR(2789, tid, tid, 5, 2800)
SQL_FAMILY_FUNCTION(2789, tid, tid, 1, 2794)
SQL_FAMILY_FUNCTION(2789, tid, tid, 4, 5051)
SQL_OPFAMILY(2227, hash, "tid_ops")
SQL_OPCLASS(10055, hash, "tid_ops", 2227, tid, .fallback = true)
SQL_FAMILY_OPERATOR(2227, tid, tid, 1, 387)
SQL_FAMILY_FUNCTION(2227, tid, tid, 1, 2233)
SQL_FAMILY_FUNCTION(2227, tid, tid, 2, 2234)
SQL_AGGREGATE(2797, "max", tid, (tid), IMMUTABLE, aggregate_max_u64, "greatest value",
              .transition = 2795, .combine = 2795, .sort_operator = 2800, .state = tid)
SQL_AGGREGATE(2798, "min", tid, (tid), IMMUTABLE, aggregate_min_u64, "least value",
              .transition = 2796, .combine = 2796, .sort_operator = 2799, .state = tid)

/* ---- xid8 */

/* Decimal, 0x hexadecimal or 0 octal; a negative number counts from 2^64 down. */
static bool xid8_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Str s = type__trim(text);
    const bool negative = s.bytes && s.data[0] == '-';
    uint64_t v;
    bool over;
    (void)call;
    if (s.bytes && (s.data[0] == '-' || s.data[0] == '+')) s = str_slice(s, 1, s.bytes);
    if (!oid_take_digits(&s, &v, &over)) return type__bad_syntax(err, "xid8", text);
    if (over)
        return input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                           "value \"%.*s\" is out of range for type xid8", STR_ARG(text));
    if (s.bytes) return type__bad_syntax(err, "xid8", text);
    value->u64 = negative ? 0 - v : v;
    return true;
}

static void xid8_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add_u64(out, value->u64);
}

SQL_TYPE(5069, "xid8", .phys = PHYS_I64, .category = 'U', .bytes = 8, .align = 'd', .storage = 'p',
         .by_value = true, .array = 271, .text = "number of a transaction", .parse = xid8_parse,
         .print = xid8_print, .receive = u64_receive, .send = u64_send, .compare = u64_compare,
         .hash = u64_hash, .sort_key = u64_key)
SQL_TYPE_FUNCTION(5070, "xid8in", xid8, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(5081, "xid8out", cstring, (xid8), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(5082, "xid8recv", xid8, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(5083, "xid8send", bytea, (xid8), IMMUTABLE | STRICT, SEND, "")
SQL_EXPRESSION(5034, "xid8lt", bool, (xid8, xid8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "below")
SQL_EXPRESSION(5035, "xid8gt", bool, (xid8, xid8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "above")
SQL_EXPRESSION(5036, "xid8le", bool, (xid8, xid8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "below or equal")
SQL_EXPRESSION(5037, "xid8ge", bool, (xid8, xid8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "above or equal")
SQL_EXPRESSION(5084, "xid8eq", bool, (xid8, xid8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(5085, "xid8ne", bool, (xid8, xid8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(5096, "xid8cmp", int4, (xid8, xid8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(5097, "xid8_larger", xid8, (xid8, xid8), IMMUTABLE | STRICT | TOTAL, MAX(a, b),
               "the larger of two values")
SQL_EXPRESSION(5098, "xid8_smaller", xid8, (xid8, xid8), IMMUTABLE | STRICT | TOTAL, MIN(a, b),
               "the smaller of two values")
SQL_EXPRESSION(5071, "xid", xid, (xid8), IMMUTABLE | STRICT | TOTAL, (uint32_t)a,
               "low 32 bits of the number")
SQL_EXPRESSION(6421, "hashxid8", int4, (xid8), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32(hash_pg_fold((int64_t)a)), "hash")
SQL_EXPRESSION(6422, "hashxid8extended", int8, (xid8, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(hash_pg_fold((int64_t)a), (uint64_t)b),
               "64-bit hash with a seed")
SQL_OPERATOR(5068, "=", xid8, xid8, bool, xid8eq, .commutator = 5068, .negator = 5072, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(5072, "<>", xid8, xid8, bool, xid8ne, .commutator = 5072, .negator = 5068,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(5073, "<", xid8, xid8, bool, xid8lt, .commutator = 5074, .negator = 5076,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(5074, ">", xid8, xid8, bool, xid8gt, .commutator = 5073, .negator = 5075,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(5075, "<=", xid8, xid8, bool, xid8le, .commutator = 5076, .negator = 5074,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(5076, ">=", xid8, xid8, bool, xid8ge, .commutator = 5075, .negator = 5073,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_CAST(10036, xid8, xid, 5071, EXPLICIT)
SQL_OPFAMILY(5067, btree, "xid8_ops")
SQL_OPCLASS(10053, btree, "xid8_ops", 5067, xid8, .fallback = true)
SQL_FAMILY_OPERATOR(5067, xid8, xid8, 1, 5073)
SQL_FAMILY_OPERATOR(5067, xid8, xid8, 2, 5075)
SQL_FAMILY_OPERATOR(5067, xid8, xid8, 3, 5068)
SQL_FAMILY_OPERATOR(5067, xid8, xid8, 4, 5076)
SQL_FAMILY_OPERATOR(5067, xid8, xid8, 5, 5074)
SQL_FAMILY_FUNCTION(5067, xid8, xid8, 1, 5096)
SQL_FAMILY_FUNCTION(5067, xid8, xid8, 4, 5051)
SQL_OPFAMILY(5032, hash, "xid8_ops")
SQL_OPCLASS(10052, hash, "xid8_ops", 5032, xid8, .fallback = true)
SQL_FAMILY_OPERATOR(5032, xid8, xid8, 1, 5068)
SQL_FAMILY_FUNCTION(5032, xid8, xid8, 1, 6421)
SQL_FAMILY_FUNCTION(5032, xid8, xid8, 2, 6422)
SQL_AGGREGATE(5099, "max", xid8, (xid8), IMMUTABLE, aggregate_max_u64, "greatest value",
              .transition = 5097, .combine = 5097, .sort_operator = 5074, .state = xid8)
SQL_AGGREGATE(5100, "min", xid8, (xid8), IMMUTABLE, aggregate_min_u64, "least value",
              .transition = 5098, .combine = 5098, .sort_operator = 5073, .state = xid8)

/* ---- pg_lsn */

/* One to eight hexadecimal digits. */
static bool take_hex(Str *s, uint32_t *value)
{
    size_t i = 0;
    *value = 0;
    for (; i < s->bytes && i < 9; i++) {
        const char c = s->data[i];
        if (is_digit(c))
            *value = *value << 4 | (uint32_t)(c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            *value = *value << 4 | (uint32_t)((c | 32) - 'a' + 10);
        else
            break;
    }
    *s = str_slice(*s, i, s->bytes);
    return i >= 1 && i <= 8;
}

static bool pg_lsn_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    uint32_t high, low;
    Str s = text;
    (void)call;
    if (!take_hex(&s, &high) || !str_starts(s, STR("/")))
        return type__bad_syntax(err, "pg_lsn", text);
    s = str_slice(s, 1, s.bytes);
    if (!take_hex(&s, &low) || s.bytes) return type__bad_syntax(err, "pg_lsn", text);
    value->u64 = (uint64_t)high << 32 | low;
    return true;
}

static void pg_lsn_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add_format(out, "%X/%X", (uint32_t)(value->u64 >> 32), (uint32_t)value->u64);
}

static Decimal pg_lsn_difference(Fn *fn, uint64_t a, uint64_t b)
{
    return decimal_from_i128(fn->arena, (i128)a - (i128)b, 0);
}

/* A whole number of bytes from 0 to 2^64 - 1. */
static uint64_t pg_lsn_of(Fn *fn, Decimal v)
{
    if (decimal_is_special(v))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot convert %s to pg_lsn",
                    decimal_is_nan(v) ? "NaN" : "infinity");
    v = decimal_round(fn->arena, v, 0);
    StrBuilder text = str_builder(fn->arena, 32);
    decimal_print(v, fn->arena, &text);
    uint64_t lsn;
    if (decimal_sign(v) < 0 || !str_to_u64(str_peek(&text), 10, &lsn))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "pg_lsn out of range");
    return lsn;
}

static uint64_t pg_lsn_add(Fn *fn, uint64_t lsn, Decimal bytes)
{
    if (decimal_is_nan(bytes))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot add NaN to pg_lsn");
    return pg_lsn_of(fn, decimal_add(fn->arena, decimal_from_i128(fn->arena, (i128)lsn, 0), bytes));
}

static uint64_t pg_lsn_subtract(Fn *fn, uint64_t lsn, Decimal bytes)
{
    if (decimal_is_nan(bytes))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot subtract NaN from pg_lsn");
    return pg_lsn_of(fn, decimal_subtract(fn->arena, decimal_from_i128(fn->arena, (i128)lsn, 0),
                                          bytes));
}

SQL_TYPE(3220, "pg_lsn", .phys = PHYS_I64, .category = 'U', .bytes = 8, .align = 'd',
         .storage = 'p', .by_value = true, .array = 3221, .text = "position in the write-ahead log",
         .parse = pg_lsn_parse, .print = pg_lsn_print, .receive = u64_receive, .send = u64_send,
         .compare = u64_compare, .hash = u64_hash, .sort_key = u64_key)
SQL_TYPE_FUNCTION(3229, "pg_lsn_in", pg_lsn, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(3230, "pg_lsn_out", cstring, (pg_lsn), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3238, "pg_lsn_recv", pg_lsn, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(3239, "pg_lsn_send", bytea, (pg_lsn), IMMUTABLE | STRICT, SEND, "")
SQL_EXPRESSION(3231, "pg_lsn_lt", bool, (pg_lsn, pg_lsn), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a < b, "below")
SQL_EXPRESSION(3232, "pg_lsn_le", bool, (pg_lsn, pg_lsn), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a <= b, "below or equal")
SQL_EXPRESSION(3233, "pg_lsn_eq", bool, (pg_lsn, pg_lsn), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a == b, "equal")
SQL_EXPRESSION(3234, "pg_lsn_ge", bool, (pg_lsn, pg_lsn), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a >= b, "above or equal")
SQL_EXPRESSION(3235, "pg_lsn_gt", bool, (pg_lsn, pg_lsn), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a > b, "above")
SQL_EXPRESSION(3236, "pg_lsn_ne", bool, (pg_lsn, pg_lsn), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a != b, "not equal")
SQL_EXPRESSION(3251, "pg_lsn_cmp", int4, (pg_lsn, pg_lsn), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(4187, "pg_lsn_larger", pg_lsn, (pg_lsn, pg_lsn), IMMUTABLE | STRICT | TOTAL,
               MAX(a, b), "the larger of two values")
SQL_EXPRESSION(4188, "pg_lsn_smaller", pg_lsn, (pg_lsn, pg_lsn), IMMUTABLE | STRICT | TOTAL,
               MIN(a, b), "the smaller of two values")
SQL_FUNCTION(3237, "pg_lsn_mi", numeric, (pg_lsn, pg_lsn), IMMUTABLE | STRICT, pg_lsn_difference,
             "bytes between two positions")
SQL_FUNCTION(3165, "pg_wal_lsn_diff", numeric, (pg_lsn, pg_lsn), IMMUTABLE | STRICT,
             pg_lsn_difference, "bytes of log between two positions")
SQL_FUNCTION(5022, "pg_lsn_pli", pg_lsn, (pg_lsn, numeric), IMMUTABLE | STRICT, pg_lsn_add,
             "position so many bytes on")
SQL_EXPRESSION(5023, "numeric_pl_pg_lsn", pg_lsn, (numeric, pg_lsn), IMMUTABLE | IN_SQL | STRICT,
               pg_lsn_add(fn, b, a), "position so many bytes on")
SQL_FUNCTION(5024, "pg_lsn_mii", pg_lsn, (pg_lsn, numeric), IMMUTABLE | STRICT, pg_lsn_subtract,
             "position so many bytes back")
SQL_FUNCTION(6103, "pg_lsn", pg_lsn, (numeric), IMMUTABLE | STRICT, pg_lsn_of,
             "position of a number")
SQL_EXPRESSION(3252, "pg_lsn_hash", int4, (pg_lsn), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32(hash_pg_fold((int64_t)a)), "hash")
SQL_EXPRESSION(3413, "pg_lsn_hash_extended", int8, (pg_lsn, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(hash_pg_fold((int64_t)a), (uint64_t)b),
               "64-bit hash with a seed")
SQL_OPERATOR(3222, "=", pg_lsn, pg_lsn, bool, pg_lsn_eq, .commutator = 3222, .negator = 3223,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(3223, "<>", pg_lsn, pg_lsn, bool, pg_lsn_ne, .commutator = 3223, .negator = 3222,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(3224, "<", pg_lsn, pg_lsn, bool, pg_lsn_lt, .commutator = 3225, .negator = 3227,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(3225, ">", pg_lsn, pg_lsn, bool, pg_lsn_gt, .commutator = 3224, .negator = 3226,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(3226, "<=", pg_lsn, pg_lsn, bool, pg_lsn_le, .commutator = 3227, .negator = 3225,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(3227, ">=", pg_lsn, pg_lsn, bool, pg_lsn_ge, .commutator = 3226, .negator = 3224,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(3228, "-", pg_lsn, pg_lsn, numeric, pg_lsn_mi)
SQL_OPERATOR(5025, "+", pg_lsn, numeric, pg_lsn, pg_lsn_pli, .commutator = 5026)
SQL_OPERATOR(5026, "+", numeric, pg_lsn, pg_lsn, numeric_pl_pg_lsn, .commutator = 5025)
SQL_OPERATOR(5027, "-", pg_lsn, numeric, pg_lsn, pg_lsn_mii)
SQL_OPFAMILY(3253, btree, "pg_lsn_ops")
SQL_OPCLASS(10067, btree, "pg_lsn_ops", 3253, pg_lsn, .fallback = true)
SQL_FAMILY_OPERATOR(3253, pg_lsn, pg_lsn, 1, 3224)
SQL_FAMILY_OPERATOR(3253, pg_lsn, pg_lsn, 2, 3226)
SQL_FAMILY_OPERATOR(3253, pg_lsn, pg_lsn, 3, 3222)
SQL_FAMILY_OPERATOR(3253, pg_lsn, pg_lsn, 4, 3227)
SQL_FAMILY_OPERATOR(3253, pg_lsn, pg_lsn, 5, 3225)
SQL_FAMILY_FUNCTION(3253, pg_lsn, pg_lsn, 1, 3251)
SQL_FAMILY_FUNCTION(3253, pg_lsn, pg_lsn, 4, 5051)
SQL_OPFAMILY(3254, hash, "pg_lsn_ops")
SQL_OPCLASS(10068, hash, "pg_lsn_ops", 3254, pg_lsn, .fallback = true)
SQL_FAMILY_OPERATOR(3254, pg_lsn, pg_lsn, 1, 3222)
SQL_FAMILY_FUNCTION(3254, pg_lsn, pg_lsn, 1, 3252)
SQL_FAMILY_FUNCTION(3254, pg_lsn, pg_lsn, 2, 3413)
SQL_AGGREGATE(4189, "max", pg_lsn, (pg_lsn), IMMUTABLE, aggregate_max_u64, "greatest value",
              .transition = 4187, .combine = 4187, .sort_operator = 3225, .state = pg_lsn)
SQL_AGGREGATE(4190, "min", pg_lsn, (pg_lsn), IMMUTABLE, aggregate_min_u64, "least value",
              .transition = 4188, .combine = 4188, .sort_operator = 3224, .state = pg_lsn)
