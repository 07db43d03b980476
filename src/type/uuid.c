/* SPDX-License-Identifier: Apache-2.0 */
/* uuid.c - uuid as a type: text, wire, order by bytes, and making and taking apart of versions 1, 4 and 7 (RFC 9562).
 *
 * Version 7 holds milliseconds since 1970 in 48 bits and, in the next 12, the part of a millisecond, so that those made
 * one after the other at one place of a statement ascend. */
#include "type/time.h"

#include "base/arith.h"
#include "base/hash.h"
#include "os/clock.h"
#include "os/os.h"
#include "type/hash_pg.h"
#include "type/text.h"
#include "type/type_internal.h"

enum { UUID_BYTES = 16, VARIANT_MASK = 0xc0, VARIANT_RFC = 0x80 };

static int hex_value(char c)
{
    if (is_digit(c)) return c - '0';
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* 32 digits, a dash allowed behind every fourth, braces around all. */
static bool uuid_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Str s = text;
    size_t at = 0;
    (void)call;
    if (str_starts(s, STR("{"))) {
        if (!str_ends(s, STR("}")) || s.bytes < 2) return type__bad_syntax(err, "uuid", text);
        s = str_slice(s, 1, s.bytes - 1);
    }
    for (int i = 0; i < UUID_BYTES; i++) {
        const int high = at < s.bytes ? hex_value(s.data[at]) : -1;
        const int low = at + 1 < s.bytes ? hex_value(s.data[at + 1]) : -1;
        if (high < 0 || low < 0) return type__bad_syntax(err, "uuid", text);
        value->uuid.bytes[i] = (uint8_t)(high << 4 | low);
        at += 2;
        if (i % 2 == 1 && i < UUID_BYTES - 1 && at < s.bytes && s.data[at] == '-') at++;
    }
    return at == s.bytes || type__bad_syntax(err, "uuid", text);
}

static void uuid_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    static const char digits[] = "0123456789abcdef";
    char *at = str_add_space(out, 36);
    (void)call;
    for (int i = 0; i < UUID_BYTES; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) *at++ = '-';
        *at++ = digits[value->uuid.bytes[i] >> 4];
        *at++ = digits[value->uuid.bytes[i] & 15];
    }
}

static bool uuid_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)call;
    if (!type__wire_expect(wire, UUID_BYTES, err)) return false;
    memcpy(value->uuid.bytes, wire.data, UUID_BYTES);
    return true;
}

static Str uuid_bytes(const Uuid *v)
{
    return (Str){(const char *)v->bytes, UUID_BYTES};
}

static void uuid_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add(out, uuid_bytes(&value->uuid));
}

static int uuid_compare(Uuid a, Uuid b)
{
    const int order = memcmp(a.bytes, b.bytes, UUID_BYTES);
    return (order > 0) - (order < 0);
}

static int uuid_compare_values(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return uuid_compare(a->uuid, b->uuid);
}

static uint64_t uuid_hash_value(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_bytes(value->uuid.bytes, UUID_BYTES, 0);
}

static KeyExactness uuid_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    uuid_send(call, value, out);
    return KEY_EXACT;
}

/* ---- Making */

static void uuid_set_version(Uuid *v, int version)
{
    v->bytes[6] = (uint8_t)((v->bytes[6] & 0x0f) | version << 4);
    v->bytes[8] = (uint8_t)((v->bytes[8] & ~VARIANT_MASK) | VARIANT_RFC);
}

static Uuid uuid_random(Fn *fn)
{
    Uuid v;
    (void)fn;
    os_random_bytes(v.bytes, sizeof v.bytes);
    uuid_set_version(&v, 4);
    return v;
}

/* The last moment used at this place, in 4096ths of a millisecond. */
typedef struct UuidClock {
    int64_t last;
} UuidClock;

static Uuid uuid_of_moment(Fn *fn, int64_t unix_microseconds)
{
    Uuid v;
    if (!fn->state) fn->state = ARENA_NEW(fn->site, UuidClock);
    UuidClock *clock = fn->state;
    /* Before 1970 PostgreSQL's milliseconds are cut off towards 0, and what is behind them is not. */
    int64_t moment = (int64_t)((uint64_t)(unix_microseconds / 1000) * 4096 +
                               (uint64_t)i64_mod_floor(unix_microseconds, 1000) * 4096 / 1000);
    if (clock->last && moment <= clock->last &&
        (uint64_t)clock->last - (uint64_t)moment < 4096 * 1000)
        moment = clock->last + 1;
    clock->last = moment;
    os_random_bytes(v.bytes, sizeof v.bytes);
    const uint64_t milliseconds = (uint64_t)(moment >> 12);
    store_be16(v.bytes, (uint16_t)(milliseconds >> 32));
    store_be32(v.bytes + 2, (uint32_t)milliseconds);
    store_be16(v.bytes + 6, (uint16_t)(moment & 0xfff));
    uuid_set_version(&v, 7);
    return v;
}

static Uuid uuid_now(Fn *fn)
{
    return uuid_of_moment(fn, os_wall_us());
}

static Uuid uuid_shifted(Fn *fn, Interval shift)
{
    const int64_t epoch = DATE_OF_UNIX_EPOCH * USEC_PER_DAY;
    const int64_t moment = utc_add_interval(env_time_zone(fn->env), os_wall_us() + epoch, shift);
    /* An infinite moment is a number like others, and wraps. */
    return uuid_of_moment(fn, (int64_t)((uint64_t)moment - (uint64_t)epoch));
}

/* ---- Taking apart */

static int16_t uuid_version(Fn *fn, Uuid v)
{
    if ((v.bytes[8] & VARIANT_MASK) != VARIANT_RFC) return FN_NULL(fn, 0);
    return v.bytes[6] >> 4;
}

/* Of version 1: 60 bits of 100 nanoseconds since 1582-10-15. */
static int64_t uuid_timestamp(Fn *fn, Uuid v)
{
    const int16_t version = uuid_version(fn, v);
    if (fn->null) return 0;
    if (version == 1) {
        const uint64_t ticks = (uint64_t)(load_be16(v.bytes + 6) & 0xfff) << 48 |
                               (uint64_t)load_be16(v.bytes + 4) << 32 | load_be32(v.bytes);
        return (int64_t)(ticks / 10) + date_of_civil(1582, 10, 15) * USEC_PER_DAY;
    }
    if (version != 7) return FN_NULL(fn, 0);
    const uint64_t milliseconds = (uint64_t)load_be16(v.bytes) << 32 | load_be32(v.bytes + 2);
    return (int64_t)milliseconds * 1000 + DATE_OF_UNIX_EPOCH * USEC_PER_DAY;
}

SQL_TYPE(2950, "uuid", .phys = PHYS_FIXED16, .category = 'U', .bytes = 16, .align = 'c',
         .storage = 'p', .array = 2951, .text = "universally unique identifier",
         .order_is_phys = true, .parse = uuid_parse, .print = uuid_print, .receive = uuid_receive,
         .send = uuid_send, .compare = uuid_compare_values, .hash = uuid_hash_value,
         .sort_key = uuid_key)
SQL_TYPE_FUNCTION(2952, "uuid_in", uuid, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2953, "uuid_out", cstring, (uuid), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2961, "uuid_recv", uuid, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2962, "uuid_send", bytea, (uuid), IMMUTABLE | STRICT, SEND, "")
SQL_EXPRESSION(2954, "uuid_lt", bool, (uuid, uuid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               uuid_compare(a, b) < 0, "below")
SQL_EXPRESSION(2955, "uuid_le", bool, (uuid, uuid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               uuid_compare(a, b) <= 0, "below or equal")
SQL_EXPRESSION(2956, "uuid_eq", bool, (uuid, uuid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               uuid_compare(a, b) == 0, "equal")
SQL_EXPRESSION(2957, "uuid_ge", bool, (uuid, uuid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               uuid_compare(a, b) >= 0, "above or equal")
SQL_EXPRESSION(2958, "uuid_gt", bool, (uuid, uuid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               uuid_compare(a, b) > 0, "above")
SQL_EXPRESSION(2959, "uuid_ne", bool, (uuid, uuid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               uuid_compare(a, b) != 0, "not equal")
SQL_EXPRESSION(2960, "uuid_cmp", int4, (uuid, uuid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               bytes_distance(uuid_bytes(&a), uuid_bytes(&b)),
               "below, at or above 0: how far bytes are apart")
SQL_EXPRESSION(2963, "uuid_hash", int4, (uuid), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_bytes(uuid_bytes(&a)), "hash")
SQL_EXPRESSION(3412, "uuid_hash_extended", int8, (uuid, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_bytes_extended(uuid_bytes(&a), (uint64_t)b),
               "64-bit hash with a seed")
SQL_FUNCTION(3432, "gen_random_uuid", uuid, (), VOLATILE | STRICT, uuid_random,
             "a new identifier of version 4, at random")
SQL_FUNCTION(6428, "uuidv4", uuid, (), VOLATILE | STRICT, uuid_random,
             "a new identifier of version 4, at random")
SQL_FUNCTION(6429, "uuidv7", uuid, (), VOLATILE | STRICT, uuid_now,
             "a new identifier of version 7, ascending with time")
SQL_FUNCTION(6430, "uuidv7", uuid, (interval), VOLATILE | STRICT, uuid_shifted,
             "a new identifier of version 7, its time shifted")
SQL_FACTS(6430, .arguments = "shift interval")
SQL_FUNCTION(6343, "uuid_extract_version", int2, (uuid), IMMUTABLE | STRICT | NULLABLE | LEAKPROOF,
             uuid_version, "version of the identifier")
SQL_FUNCTION(6342, "uuid_extract_timestamp", timestamptz, (uuid),
             IMMUTABLE | STRICT | NULLABLE | LEAKPROOF, uuid_timestamp, "moment in the identifier")
SQL_OPERATOR(2972, "=", uuid, uuid, bool, uuid_eq, .commutator = 2972, .negator = 2973,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(2973, "<>", uuid, uuid, bool, uuid_ne, .commutator = 2973, .negator = 2972,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2974, "<", uuid, uuid, bool, uuid_lt, .commutator = 2975, .negator = 2977,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2975, ">", uuid, uuid, bool, uuid_gt, .commutator = 2974, .negator = 2976,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2976, "<=", uuid, uuid, bool, uuid_le, .commutator = 2977, .negator = 2975,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2977, ">=", uuid, uuid, bool, uuid_ge, .commutator = 2976, .negator = 2974,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPFAMILY(2968, btree, "uuid_ops")
SQL_OPCLASS(10065, btree, "uuid_ops", 2968, uuid, .fallback = true)
SQL_FAMILY_OPERATOR(2968, uuid, uuid, 1, 2974)
SQL_FAMILY_OPERATOR(2968, uuid, uuid, 2, 2976)
SQL_FAMILY_OPERATOR(2968, uuid, uuid, 3, 2972)
SQL_FAMILY_OPERATOR(2968, uuid, uuid, 4, 2977)
SQL_FAMILY_OPERATOR(2968, uuid, uuid, 5, 2975)
SQL_FAMILY_FUNCTION(2968, uuid, uuid, 1, 2960)
SQL_FAMILY_FUNCTION(2968, uuid, uuid, 2, 3300)
SQL_FAMILY_FUNCTION(2968, uuid, uuid, 4, 5051)
SQL_FAMILY_FUNCTION(2968, uuid, uuid, 6, 6410)
SQL_OPFAMILY(2969, hash, "uuid_ops")
SQL_OPCLASS(10066, hash, "uuid_ops", 2969, uuid, .fallback = true)
SQL_FAMILY_OPERATOR(2969, uuid, uuid, 1, 2972)
SQL_FAMILY_FUNCTION(2969, uuid, uuid, 1, 2963)
SQL_FAMILY_FUNCTION(2969, uuid, uuid, 2, 3412)
