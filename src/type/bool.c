/* SPDX-License-Identifier: Apache-2.0 */
/* bool.c - boolean: the type, comparison, hash. */
#include "type/hash_pg.h"

#include "base/fn.h"
#include "base/hash.h"
#include "type/type_internal.h"

/* Outer space does not matter. */
static bool bool_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    (void)call;
    return str_to_bool(type__trim(text), &value->b) || type__bad_syntax(err, "boolean", text);
}

static void bool_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add_char(out, value->b ? 't' : 'f');
}

static bool bool_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)call;
    if (!type__wire_expect(wire, 1, err)) return false;
    value->b = wire.data[0] != 0;
    return true;
}

static void bool_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add_char(out, value->b ? 1 : 0);
}

static int bool_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return a->b - b->b;
}

static uint64_t bool_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64(value->b);
}

static KeyExactness bool_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add_char(out, value->b ? 1 : 0);
    return KEY_EXACT;
}

SQL_TYPE(16, "bool", .phys = PHYS_BOOL, .category = 'B', .bytes = 1, .align = 'c', .storage = 'p',
         .by_value = true, .preferred = true, .array = 1000, .text = "true or false",
         .order_is_phys = true, .parse = bool_parse, .print = bool_print, .receive = bool_receive,
         .send = bool_send, .compare = bool_compare, .hash = bool_hash, .sort_key = bool_key)

SQL_TYPE_FUNCTION(1242, "boolin", bool, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1243, "boolout", cstring, (bool), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2437, "boolsend", bytea, (bool), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2436, "boolrecv", bool, (internal), IMMUTABLE | STRICT, RECEIVE, "")

SQL_EXPRESSION(56, "boollt", bool, (bool, bool), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(57, "boolgt", bool, (bool, bool), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(60, "booleq", bool, (bool, bool), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(84, "boolne", bool, (bool, bool), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(1691, "boolle", bool, (bool, bool), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(1692, "boolge", bool, (bool, bool), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(1693, "btboolcmp", int4, (bool, bool), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(2515, "booland_statefunc", bool, (bool, bool), IMMUTABLE | STRICT | TOTAL, a &&b,
               "state of bool_and")
SQL_EXPRESSION(2516, "boolor_statefunc", bool, (bool, bool), IMMUTABLE | STRICT | TOTAL, a || b,
               "state of bool_or")
SQL_EXPRESSION(2971, "text", text, (bool), IMMUTABLE | STRICT | TOTAL,
               a ? STR("true") : STR("false"), "" true " or " false "")
SQL_EXPRESSION(6417, "hashbool", int4, (bool), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32((uint32_t)a), "hash")
SQL_EXPRESSION(6418, "hashboolextended", int8, (bool, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended((uint32_t)a, (uint64_t)b), "64-bit hash with a seed")

SQL_OPERATOR(58, "<", bool, bool, bool, boollt, .commutator = 59, .negator = 1695,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(59, ">", bool, bool, bool, boolgt, .commutator = 58, .negator = 1694,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(85, "<>", bool, bool, bool, boolne, .commutator = 85, .negator = 91,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(91, "=", bool, bool, bool, booleq, .commutator = 91, .negator = 85, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1694, "<=", bool, bool, bool, boolle, .commutator = 1695, .negator = 59,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1695, ">=", bool, bool, bool, boolge, .commutator = 1694, .negator = 58,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
