/* SPDX-License-Identifier: Apache-2.0 */
/* date.c - date as a type: text, wire, order, keys, arithmetic with days. Days since 2000-01-01; the least and the
 * greatest int4 are the infinities. */
#include "type/time.h"

#include "base/arith.h"
#include "base/fn_aggregate.h"
#include "base/hash.h"
#include "type/hash_pg.h"
#include "type/time_text.h"
#include "type/type_internal.h"

_Noreturn void date_out_of_range(void)
{
    raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range");
}

static bool date_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Moment moment;
    if (!moment_parse(call, text, "date", false, &moment, err)) return false;
    switch (moment.kind) {
    case MOMENT_INFINITY: value->i32 = DATE_INFINITY; return true;
    case MOMENT_MINUS_INFINITY: value->i32 = DATE_MINUS_INFINITY; return true;
    case MOMENT_EPOCH: value->i32 = DATE_OF_UNIX_EPOCH; return true;
    case MOMENT_FIELDS: break;
    }
    const int64_t date = date_of_civil(moment.civil.year, moment.civil.month, moment.civil.day);
    if (!date_in_range(date))
        return input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range: \"%.*s\"",
                           STR_ARG(text));
    value->i32 = (int32_t)date;
    return true;
}

static void date_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    date_print_text(call->env, value->i32, out);
}

static bool date_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)call;
    if (!type__wire_expect(wire, 4, err)) return false;
    value->i32 = (int32_t)load_be32(wire.data);
    if (date_is_finite(value->i32) && !date_in_range(value->i32))
        return input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range");
    return true;
}

static void date_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    wire_put_u32(out, value->u32);
}

static int date_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return (a->i32 > b->i32) - (a->i32 < b->i32);
}

static uint64_t date_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64((uint64_t)(int64_t)value->i32);
}

static KeyExactness date_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    key_put_i32(out, value->i32);
    return KEY_EXACT;
}

SQL_TYPE(1082, "date", .phys = PHYS_I32, .category = 'D', .bytes = 4, .align = 'i', .storage = 'p',
         .by_value = true, .array = 1182, .text = "day", .order_is_phys = true, .parse = date_parse,
         .print = date_print, .receive = date_receive, .send = date_send, .compare = date_compare,
         .hash = date_hash, .sort_key = date_key)
SQL_TYPE_FUNCTION(1084, "date_in", date, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1085, "date_out", cstring, (date), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2468, "date_recv", date, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2469, "date_send", bytea, (date), IMMUTABLE | STRICT, SEND, "")
SQL_EXPRESSION(1086, "date_eq", bool, (date, date), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(1087, "date_lt", bool, (date, date), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "below")
SQL_EXPRESSION(1088, "date_le", bool, (date, date), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "below or equal")
SQL_EXPRESSION(1089, "date_gt", bool, (date, date), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "above")
SQL_EXPRESSION(1090, "date_ge", bool, (date, date), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "above or equal")
SQL_EXPRESSION(1091, "date_ne", bool, (date, date), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(1092, "date_cmp", int4, (date, date), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(1138, "date_larger", date, (date, date), IMMUTABLE | STRICT | TOTAL, MAX(a, b),
               "the larger of two values")
SQL_EXPRESSION(1139, "date_smaller", date, (date, date), IMMUTABLE | STRICT | TOTAL, MIN(a, b),
               "the smaller of two values")
SQL_EXPRESSION(6415, "hashdate", int4, (date), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32((uint32_t)a), "hash")
SQL_EXPRESSION(6416, "hashdateextended", int8, (date, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended((uint32_t)a, (uint64_t)b), "64-bit hash with a seed")
SQL_OPERATOR(1093, "=", date, date, bool, date_eq, .commutator = 1093, .negator = 1094,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1094, "<>", date, date, bool, date_ne, .commutator = 1094, .negator = 1093,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1095, "<", date, date, bool, date_lt, .commutator = 1097, .negator = 1098,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1096, "<=", date, date, bool, date_le, .commutator = 1098, .negator = 1097,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1097, ">", date, date, bool, date_gt, .commutator = 1095, .negator = 1096,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1098, ">=", date, date, bool, date_ge, .commutator = 1096, .negator = 1095,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1099, "-", date, date, int4, date_mi)

static int32_t date_difference(Fn *fn, int32_t a, int32_t b)
{
    (void)fn;
    if (!date_is_finite(a) || !date_is_finite(b))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "cannot subtract infinite dates");
    return a - b;
}

static int32_t date_add_days(Fn *fn, int32_t date, int32_t days)
{
    (void)fn;
    if (!date_is_finite(date)) return date;
    const int64_t sum = (int64_t)date + days;
    if (!date_in_range(sum)) date_out_of_range();
    return (int32_t)sum;
}

static int32_t date_subtract_days(Fn *fn, int32_t date, int32_t days)
{
    (void)fn;
    if (!date_is_finite(date)) return date;
    const int64_t difference = (int64_t)date - days;
    if (!date_in_range(difference)) date_out_of_range();
    return (int32_t)difference;
}

int32_t date_of_parts(int32_t year, int32_t month, int32_t day, int32_t shown_year)
{
    const int64_t y = year < 0 ? (int64_t)year + 1 : year;
    if (year == 0 || year == INT32_MIN || month < 1 || month > 12 || day < 1 ||
        day > month_days(y, month))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "date field value out of range: %d-%02d-%02d",
                    shown_year, month, day);
    const int64_t date = date_of_civil(y, month, day);
    if (!date_in_range(date))
        raise_error(SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range: %d-%02d-%02d", shown_year,
                    month, day);
    return (int32_t)date;
}

SQL_FUNCTION(1140, "date_mi", int4, (date, date), IMMUTABLE | STRICT, date_difference,
             "days from the second to the first")
SQL_FUNCTION(1141, "date_pli", date, (date, int4), IMMUTABLE | STRICT, date_add_days,
             "date so many days on")
SQL_FUNCTION(1142, "date_mii", date, (date, int4), IMMUTABLE | STRICT, date_subtract_days,
             "date so many days back")
SQL_EXPRESSION(2550, "integer_pl_date", date, (int4, date), IMMUTABLE | IN_SQL | STRICT,
               date_add_days(fn, b, a), "date so many days on")
SQL_EXPRESSION(3846, "make_date", date, (int4, int4, int4), IMMUTABLE | STRICT,
               date_of_parts(a, b, c, a<0 && a> INT32_MIN ? a + 1 : a), "date of its parts")
SQL_FACTS(3846, .arguments = "year int4, month int4, day int4")
SQL_EXPRESSION(1373, "isfinite", bool, (date), IMMUTABLE | STRICT | TOTAL, date_is_finite(a),
               "neither infinity")
SQL_OPERATOR(1100, "+", date, int4, date, date_pli, .commutator = 2555)
SQL_OPERATOR(1101, "-", date, int4, date, date_mii)
SQL_OPERATOR(2555, "+", int4, date, date, integer_pl_date, .commutator = 1100)
SQL_OPFAMILY(435, hash, "date_ops")
SQL_OPCLASS(10011, hash, "date_ops", 435, date, .fallback = true)
SQL_FAMILY_OPERATOR(435, date, date, 1, 1093)
SQL_FAMILY_FUNCTION(435, date, date, 1, 6415)
SQL_FAMILY_FUNCTION(435, date, date, 2, 6416)
SQL_AGGREGATE(2138, "min", date, (date), IMMUTABLE, aggregate_min_int4, "least value",
              .transition = 1139, .combine = 1139, .sort_operator = 1095, .state = date)
SQL_AGGREGATE(2122, "max", date, (date), IMMUTABLE, aggregate_max_int4, "greatest value",
              .transition = 1138, .combine = 1138, .sort_operator = 1097, .state = date)
