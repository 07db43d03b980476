/* SPDX-License-Identifier: Apache-2.0 */
/* oid_types.c - types of 32 bits without sign: oid, xid, cid, and the reg* types, which are oids that print as the name
 * of what they number. Names are looked up and printed by the catalog, through FnEnv.calls. */
#include "type/int.h"

#include "base/hash.h"
#include "base/oids.h"
#include "type/hash_pg.h"
#include "type/type_internal.h"

static bool bad_oid_range(InputError *err, const char *type_name, Str text)
{
    return input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                       "value \"%.*s\" is out of range for type %s", STR_ARG(text), type_name);
}

/* Decimal, 0x hexadecimal or 0 octal; a negative number above -2^31 counts from 2^32 down. */
static int digit_of(char c)
{
    const char low = c | 0x20;
    return is_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : 16;
}

bool oid_take_digits(Str *rest, uint64_t *magnitude, bool *over)
{
    Str s = *rest;
    int base = s.bytes && s.data[0] == '0' ? 8 : 10;
    if (s.bytes > 2 && base == 8 && (s.data[1] | 0x20) == 'x' && digit_of(s.data[2]) < 16) {
        base = 16;
        s = str_slice(s, 2, s.bytes);
    }
    size_t i = 0;
    *magnitude = 0;
    for (*over = false; i < s.bytes && digit_of(s.data[i]) < base; i++)
        *over = *over || mul_overflows(*magnitude, (uint64_t)base, magnitude) ||
                add_overflows(*magnitude, (uint64_t)digit_of(s.data[i]), magnitude);
    *rest = str_slice(s, i, s.bytes);
    return i > 0;
}

/* `whole`: nothing but spaces may follow, which is found out before a number of 33 bits is. */
static bool oid_read(Str *text, bool whole, const char *type_name, uint32_t *value, InputError *err)
{
    Str s = *text;
    uint64_t magnitude;
    bool over;
    while (s.bytes && is_space(s.data[0])) s = str_slice(s, 1, s.bytes);
    const bool negative = s.bytes && s.data[0] == '-';
    if (s.bytes && (s.data[0] == '-' || s.data[0] == '+')) s = str_slice(s, 1, s.bytes);
    if (!oid_take_digits(&s, &magnitude, &over)) return type__bad_syntax(err, type_name, *text);
    if (!over && whole && type__trim(s).bytes) return type__bad_syntax(err, type_name, *text);
    /* In 64 bits a number may be one of 32 without a sign, or with one. */
    const uint64_t bits = negative ? 0 - magnitude : magnitude;
    if (over || (bits > UINT32_MAX && bits < 0 - (UINT64_C(1) << 31)))
        return bad_oid_range(err, type_name, *text);
    *value = (uint32_t)bits;
    *text = s;
    return true;
}

bool oid_parse_head(Str *text, uint32_t *value, InputError *err)
{
    return oid_read(text, false, "oid", value, err);
}

bool oid_parse(Str text, const char *type_name, uint32_t *value, InputError *err)
{
    return oid_read(&text, true, type_name, value, err);
}

static bool oid_parse_value(const TypeCall *call, Str text, Value *value, InputError *err)
{
    return oid_parse(text, call->type->name, &value->u32, err);
}

static void oid_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add_u64(out, value->u32);
}

static bool oid_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    (void)call;
    if (!type__wire_expect(wire, 4, err)) return false;
    value->u32 = load_be32(wire.data);
    return true;
}

static void oid_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    wire_put_u32(out, value->u32);
}

static int oid_compare(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return (a->u32 > b->u32) - (a->u32 < b->u32);
}

static bool oid_equal(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return a->u32 == b->u32;
}

static uint64_t oid_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64(value->u32);
}

static KeyExactness oid_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    key_put_u32(out, value->u32);
    return KEY_EXACT;
}

SQL_TYPE(26, "oid", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i', .storage = 'p',
         .by_value = true, .preferred = true, .array = 1028,
         .text = "number of an object, 32 bits without sign", .order_is_phys = false,
         .parse = oid_parse_value, .print = oid_print, .receive = oid_receive, .send = oid_send,
         .compare = oid_compare, .hash = oid_hash, .sort_key = oid_key)

SQL_TYPE_FUNCTION(1798, "oidin", oid, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(1799, "oidout", cstring, (oid), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2419, "oidsend", bytea, (oid), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2418, "oidrecv", oid, (internal), IMMUTABLE | STRICT, RECEIVE, "")

SQL_OPFAMILY(1989, btree, "oid_ops")
SQL_OPCLASS(1981, btree, "oid_ops", 1989, oid, .fallback = true)
SQL_FAMILY_OPERATOR(1989, oid, oid, 1, 609)
SQL_FAMILY_OPERATOR(1989, oid, oid, 2, 611)
SQL_FAMILY_OPERATOR(1989, oid, oid, 3, 607)
SQL_FAMILY_OPERATOR(1989, oid, oid, 4, 612)
SQL_FAMILY_OPERATOR(1989, oid, oid, 5, 610)
SQL_FAMILY_FUNCTION(1989, oid, oid, 1, 356)
SQL_FAMILY_FUNCTION(1989, oid, oid, 2, 3134)
SQL_FAMILY_FUNCTION(1989, oid, oid, 4, 5051)
SQL_FAMILY_FUNCTION(1989, oid, oid, 6, 6405)
SQL_OPFAMILY(1990, hash, "oid_ops")
SQL_OPCLASS(10031, hash, "oid_ops", 1990, oid, .fallback = true)
SQL_FAMILY_OPERATOR(1990, oid, oid, 1, 607)
SQL_FAMILY_FUNCTION(1990, oid, oid, 1, 453)
SQL_FAMILY_FUNCTION(1990, oid, oid, 2, 445)

/* ---- xid, cid: equality alone */

SQL_TYPE(28, "xid", .phys = PHYS_I32, .category = 'U', .bytes = 4, .align = 'i', .storage = 'p',
         .by_value = true, .array = 1011, .text = "number of a transaction, its low 32 bits",
         .parse = oid_parse_value, .print = oid_print, .receive = oid_receive, .send = oid_send,
         .equal = oid_equal, .hash = oid_hash)
SQL_TYPE(29, "cid", .phys = PHYS_I32, .category = 'U', .bytes = 4, .align = 'i', .storage = 'p',
         .by_value = true, .array = 1012, .text = "number of a command within a transaction",
         .parse = oid_parse_value, .print = oid_print, .receive = oid_receive, .send = oid_send,
         .equal = oid_equal, .hash = oid_hash)
SQL_TYPE_FUNCTION(50, "xidin", xid, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(51, "xidout", cstring, (xid), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(52, "cidin", cid, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(53, "cidout", cstring, (cid), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2440, "xidrecv", xid, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2441, "xidsend", bytea, (xid), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2442, "cidrecv", cid, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2443, "cidsend", bytea, (cid), IMMUTABLE | STRICT, SEND, "")
SQL_EXPRESSION(68, "xideq", bool, (xid, xid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(69, "cideq", bool, (cid, cid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(3308, "xidneq", bool, (xid, xid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(1319, "xideqint4", bool, (xid, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a == (uint32_t)b, "equal")
SQL_EXPRESSION(3309, "xidneqint4", bool, (xid, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               a != (uint32_t)b, "not equal")
SQL_EXPRESSION(6419, "hashxid", int4, (xid), IMMUTABLE | STRICT | TOTAL, (int32_t)hash_pg_u32(a),
               "hash")
SQL_EXPRESSION(6420, "hashxidextended", int8, (xid, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(a, (uint64_t)b), "64-bit hash with a seed")
SQL_EXPRESSION(6423, "hashcid", int4, (cid), IMMUTABLE | STRICT | TOTAL, (int32_t)hash_pg_u32(a),
               "hash")
SQL_EXPRESSION(6424, "hashcidextended", int8, (cid, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(a, (uint64_t)b), "64-bit hash with a seed")
SQL_OPERATOR(352, "=", xid, xid, bool, xideq, .commutator = 352, .negator = 3315, .hash = true,
             .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(353, "=", xid, int4, bool, xideqint4, .negator = 3316, .restrict_by = "eqsel",
             .join_by = "eqjoinsel")
SQL_OPERATOR(385, "=", cid, cid, bool, cideq, .commutator = 385, .hash = true,
             .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(3315, "<>", xid, xid, bool, xidneq, .commutator = 3315, .negator = 352,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(3316, "<>", xid, int4, bool, xidneqint4, .negator = 353, .restrict_by = "neqsel",
             .join_by = "neqjoinsel")
SQL_OPFAMILY(2225, hash, "xid_ops")
SQL_OPCLASS(10051, hash, "xid_ops", 2225, xid, .fallback = true)
SQL_FAMILY_OPERATOR(2225, xid, xid, 1, 352)
SQL_FAMILY_FUNCTION(2225, xid, xid, 1, 6419)
SQL_FAMILY_FUNCTION(2225, xid, xid, 2, 6420)
SQL_OPFAMILY(2226, hash, "cid_ops")
SQL_OPCLASS(10054, hash, "cid_ops", 2226, cid, .fallback = true)
SQL_FAMILY_OPERATOR(2226, cid, cid, 1, 385)
SQL_FAMILY_FUNCTION(2226, cid, cid, 1, 6423)
SQL_FAMILY_FUNCTION(2226, cid, cid, 2, 6424)

/* ---- reg* types */

static const struct {
    Oid type;
    FnNameKind kind;
} name_kinds[] = {
    {OID_REGPROC, FN_NAME_FUNCTION},
    {OID_REGPROCEDURE, FN_NAME_FUNCTION_ARGUMENTS},
    {OID_REGOPER, FN_NAME_OPERATOR},
    {OID_REGOPERATOR, FN_NAME_OPERATOR_ARGUMENTS},
    {OID_REGCLASS, FN_NAME_RELATION},
    {OID_REGTYPE, FN_NAME_TYPE},
    {OID_REGROLE, FN_NAME_ROLE},
    {OID_REGNAMESPACE, FN_NAME_NAMESPACE},
    {OID_REGCOLLATION, FN_NAME_COLLATION},
    {OID_REGCONFIG, FN_NAME_TS_CONFIGURATION},
    {OID_REGDICTIONARY, FN_NAME_TS_DICTIONARY},
};

static FnNameKind name_kind(Oid type)
{
    for (size_t i = 0; i < ARRAY_LEN(name_kinds); i++)
        if (name_kinds[i].type == type) return name_kinds[i].kind;
    UNREACHABLE();
}

static bool find_name(const FnEnv *env, FnNameKind kind, Str text, Oid *oid, InputError *err)
{
    if (!env || !env->calls || !env->calls->name_find)
        return input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED,
                           "names cannot be looked up without a catalog");
    return env->calls->name_find(env->calls_arg, kind, text, oid, err);
}

/* Where "-" is a name, and does not stand for 0. */
static bool is_operator_type(Oid type)
{
    return type == OID_REGOPER || type == OID_REGOPERATOR;
}

/* "-" is 0, digits alone are the number, anything else is a name. */
static bool reg_find(const FnEnv *env, Oid type, Str text, Oid *oid, InputError *err)
{
    bool is_number = text.bytes > 0;
    for (size_t i = 0; i < text.bytes; i++) is_number &= is_digit(text.data[i]);
    if (is_number) return oid_parse(text, "oid", oid, err);
    if (str_equal(text, STR("-")) && !is_operator_type(type)) {
        *oid = 0;
        return true;
    }
    return find_name(env, name_kind(type), text, oid, err);
}

static bool reg_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    return reg_find(call->env, call->type->oid, text, &value->u32, err);
}

static void reg_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const FnEnv *env = call->env;
    Str name;
    if (value->u32 == 0)
        str_add_char(out, is_operator_type(call->type->oid) ? '0' : '-');
    else if (env && env->calls && env->calls->name_print &&
             env->calls->name_print(env->calls_arg, name_kind(call->type->oid), value->u32,
                                    call->arena, &name))
        str_add(out, name);
    else
        str_add_u64(out, value->u32);
}

SQL_TYPE(24, "regproc", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i', .storage = 'p',
         .by_value = true, .array = 1008, .text = "function by name", .parse = reg_parse,
         .print = reg_print, .receive = oid_receive, .send = oid_send, .compare = oid_compare,
         .equal = oid_equal, .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(2202, "regprocedure", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 2207,
         .text = "function by name and argument types", .parse = reg_parse, .print = reg_print,
         .receive = oid_receive, .send = oid_send, .compare = oid_compare, .equal = oid_equal,
         .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(2203, "regoper", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 2208, .text = "operator by name",
         .parse = reg_parse, .print = reg_print, .receive = oid_receive, .send = oid_send,
         .compare = oid_compare, .equal = oid_equal, .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(2204, "regoperator", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 2209, .text = "operator by name and operands",
         .parse = reg_parse, .print = reg_print, .receive = oid_receive, .send = oid_send,
         .compare = oid_compare, .equal = oid_equal, .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(2205, "regclass", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 2210, .text = "relation by name",
         .parse = reg_parse, .print = reg_print, .receive = oid_receive, .send = oid_send,
         .compare = oid_compare, .equal = oid_equal, .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(2206, "regtype", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 2211, .text = "type by name",
         .parse = reg_parse, .print = reg_print, .receive = oid_receive, .send = oid_send,
         .compare = oid_compare, .equal = oid_equal, .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(4096, "regrole", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 4097, .text = "role by name",
         .parse = reg_parse, .print = reg_print, .receive = oid_receive, .send = oid_send,
         .compare = oid_compare, .equal = oid_equal, .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(4089, "regnamespace", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 4090, .text = "schema by name",
         .parse = reg_parse, .print = reg_print, .receive = oid_receive, .send = oid_send,
         .compare = oid_compare, .equal = oid_equal, .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(4191, "regcollation", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 4192, .text = "collation by name",
         .parse = reg_parse, .print = reg_print, .receive = oid_receive, .send = oid_send,
         .compare = oid_compare, .equal = oid_equal, .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(3734, "regconfig", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 3735,
         .text = "text search configuration by name", .parse = reg_parse, .print = reg_print,
         .receive = oid_receive, .send = oid_send, .compare = oid_compare, .equal = oid_equal,
         .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE(3769, "regdictionary", .phys = PHYS_I32, .category = 'N', .bytes = 4, .align = 'i',
         .storage = 'p', .by_value = true, .array = 3770, .text = "text search dictionary by name",
         .parse = reg_parse, .print = reg_print, .receive = oid_receive, .send = oid_send,
         .compare = oid_compare, .equal = oid_equal, .hash = oid_hash, .sort_key = oid_key)
SQL_TYPE_FUNCTION(44, "regprocin", regproc, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(45, "regprocout", cstring, (regproc), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2212, "regprocedurein", regprocedure, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2213, "regprocedureout", cstring, (regprocedure), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2214, "regoperin", regoper, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2215, "regoperout", cstring, (regoper), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2216, "regoperatorin", regoperator, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2217, "regoperatorout", cstring, (regoperator), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2218, "regclassin", regclass, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2219, "regclassout", cstring, (regclass), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2220, "regtypein", regtype, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2221, "regtypeout", cstring, (regtype), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2444, "regprocrecv", regproc, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2445, "regprocsend", bytea, (regproc), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2446, "regprocedurerecv", regprocedure, (internal), IMMUTABLE | STRICT, RECEIVE,
                  "")
SQL_TYPE_FUNCTION(2447, "regproceduresend", bytea, (regprocedure), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2448, "regoperrecv", regoper, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2449, "regopersend", bytea, (regoper), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2450, "regoperatorrecv", regoperator, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2451, "regoperatorsend", bytea, (regoperator), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2452, "regclassrecv", regclass, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2453, "regclasssend", bytea, (regclass), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2454, "regtyperecv", regtype, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2455, "regtypesend", bytea, (regtype), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(3736, "regconfigin", regconfig, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(3737, "regconfigout", cstring, (regconfig), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3738, "regconfigrecv", regconfig, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(3739, "regconfigsend", bytea, (regconfig), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(3771, "regdictionaryin", regdictionary, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(3772, "regdictionaryout", cstring, (regdictionary), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3773, "regdictionaryrecv", regdictionary, (internal), IMMUTABLE | STRICT, RECEIVE,
                  "")
SQL_TYPE_FUNCTION(3774, "regdictionarysend", bytea, (regdictionary), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(4084, "regnamespacein", regnamespace, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(4085, "regnamespaceout", cstring, (regnamespace), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(4087, "regnamespacerecv", regnamespace, (internal), IMMUTABLE | STRICT, RECEIVE,
                  "")
SQL_TYPE_FUNCTION(4088, "regnamespacesend", bytea, (regnamespace), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(4092, "regroleout", cstring, (regrole), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(4094, "regrolerecv", regrole, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(4095, "regrolesend", bytea, (regrole), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(4098, "regrolein", regrole, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(4193, "regcollationin", regcollation, (cstring), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(4194, "regcollationout", cstring, (regcollation), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(4196, "regcollationrecv", regcollation, (internal), IMMUTABLE | STRICT, RECEIVE,
                  "")
SQL_TYPE_FUNCTION(4197, "regcollationsend", bytea, (regcollation), IMMUTABLE | STRICT, SEND, "")
SQL_CAST(10042, oid, regproc, BINARY, IMPLICIT)
SQL_CAST(10043, regproc, oid, BINARY, IMPLICIT)
SQL_CAST(10044, int8, regproc, 1287, IMPLICIT)
SQL_CAST(10045, int2, regproc, 313, IMPLICIT)
SQL_CAST(10046, int4, regproc, BINARY, IMPLICIT)
SQL_CAST(10047, regproc, int8, 1288, ASSIGNMENT)
SQL_CAST(10048, regproc, int4, BINARY, ASSIGNMENT)
SQL_CAST(10049, regproc, regprocedure, BINARY, IMPLICIT)
SQL_CAST(10050, regprocedure, regproc, BINARY, IMPLICIT)
SQL_CAST(10051, oid, regprocedure, BINARY, IMPLICIT)
SQL_CAST(10052, regprocedure, oid, BINARY, IMPLICIT)
SQL_CAST(10053, int8, regprocedure, 1287, IMPLICIT)
SQL_CAST(10054, int2, regprocedure, 313, IMPLICIT)
SQL_CAST(10055, int4, regprocedure, BINARY, IMPLICIT)
SQL_CAST(10056, regprocedure, int8, 1288, ASSIGNMENT)
SQL_CAST(10057, regprocedure, int4, BINARY, ASSIGNMENT)
SQL_CAST(10058, oid, regoper, BINARY, IMPLICIT)
SQL_CAST(10059, regoper, oid, BINARY, IMPLICIT)
SQL_CAST(10060, int8, regoper, 1287, IMPLICIT)
SQL_CAST(10061, int2, regoper, 313, IMPLICIT)
SQL_CAST(10062, int4, regoper, BINARY, IMPLICIT)
SQL_CAST(10063, regoper, int8, 1288, ASSIGNMENT)
SQL_CAST(10064, regoper, int4, BINARY, ASSIGNMENT)
SQL_CAST(10065, regoper, regoperator, BINARY, IMPLICIT)
SQL_CAST(10066, regoperator, regoper, BINARY, IMPLICIT)
SQL_CAST(10067, oid, regoperator, BINARY, IMPLICIT)
SQL_CAST(10068, regoperator, oid, BINARY, IMPLICIT)
SQL_CAST(10069, int8, regoperator, 1287, IMPLICIT)
SQL_CAST(10070, int2, regoperator, 313, IMPLICIT)
SQL_CAST(10071, int4, regoperator, BINARY, IMPLICIT)
SQL_CAST(10072, regoperator, int8, 1288, ASSIGNMENT)
SQL_CAST(10073, regoperator, int4, BINARY, ASSIGNMENT)
SQL_CAST(10074, oid, regclass, BINARY, IMPLICIT)
SQL_CAST(10075, regclass, oid, BINARY, IMPLICIT)
SQL_CAST(10076, int8, regclass, 1287, IMPLICIT)
SQL_CAST(10077, int2, regclass, 313, IMPLICIT)
SQL_CAST(10078, int4, regclass, BINARY, IMPLICIT)
SQL_CAST(10079, regclass, int8, 1288, ASSIGNMENT)
SQL_CAST(10080, regclass, int4, BINARY, ASSIGNMENT)
SQL_CAST(10081, oid, regcollation, BINARY, IMPLICIT)
SQL_CAST(10082, regcollation, oid, BINARY, IMPLICIT)
SQL_CAST(10083, int8, regcollation, 1287, IMPLICIT)
SQL_CAST(10084, int2, regcollation, 313, IMPLICIT)
SQL_CAST(10085, int4, regcollation, BINARY, IMPLICIT)
SQL_CAST(10086, regcollation, int8, 1288, ASSIGNMENT)
SQL_CAST(10087, regcollation, int4, BINARY, ASSIGNMENT)
SQL_CAST(10088, oid, regtype, BINARY, IMPLICIT)
SQL_CAST(10089, regtype, oid, BINARY, IMPLICIT)
SQL_CAST(10090, int8, regtype, 1287, IMPLICIT)
SQL_CAST(10091, int2, regtype, 313, IMPLICIT)
SQL_CAST(10092, int4, regtype, BINARY, IMPLICIT)
SQL_CAST(10093, regtype, int8, 1288, ASSIGNMENT)
SQL_CAST(10094, regtype, int4, BINARY, ASSIGNMENT)
SQL_CAST(10095, oid, regconfig, BINARY, IMPLICIT)
SQL_CAST(10096, regconfig, oid, BINARY, IMPLICIT)
SQL_CAST(10097, int8, regconfig, 1287, IMPLICIT)
SQL_CAST(10098, int2, regconfig, 313, IMPLICIT)
SQL_CAST(10099, int4, regconfig, BINARY, IMPLICIT)
SQL_CAST(10100, regconfig, int8, 1288, ASSIGNMENT)
SQL_CAST(10101, regconfig, int4, BINARY, ASSIGNMENT)
SQL_CAST(10102, oid, regdictionary, BINARY, IMPLICIT)
SQL_CAST(10103, regdictionary, oid, BINARY, IMPLICIT)
SQL_CAST(10104, int8, regdictionary, 1287, IMPLICIT)
SQL_CAST(10105, int2, regdictionary, 313, IMPLICIT)
SQL_CAST(10106, int4, regdictionary, BINARY, IMPLICIT)
SQL_CAST(10107, regdictionary, int8, 1288, ASSIGNMENT)
SQL_CAST(10108, regdictionary, int4, BINARY, ASSIGNMENT)
SQL_CAST(10109, text, regclass, 1079, IMPLICIT)
SQL_CAST(10110, varchar, regclass, 1079, IMPLICIT)
SQL_CAST(10111, oid, regrole, BINARY, IMPLICIT)
SQL_CAST(10112, regrole, oid, BINARY, IMPLICIT)
SQL_CAST(10113, int8, regrole, 1287, IMPLICIT)
SQL_CAST(10114, int2, regrole, 313, IMPLICIT)
SQL_CAST(10115, int4, regrole, BINARY, IMPLICIT)
SQL_CAST(10116, regrole, int8, 1288, ASSIGNMENT)
SQL_CAST(10117, regrole, int4, BINARY, ASSIGNMENT)
SQL_CAST(10118, oid, regnamespace, BINARY, IMPLICIT)
SQL_CAST(10119, regnamespace, oid, BINARY, IMPLICIT)
SQL_CAST(10120, int8, regnamespace, 1287, IMPLICIT)
SQL_CAST(10121, int2, regnamespace, 313, IMPLICIT)
SQL_CAST(10122, int4, regnamespace, BINARY, IMPLICIT)
SQL_CAST(10123, regnamespace, int8, 1288, ASSIGNMENT)
SQL_CAST(10124, regnamespace, int4, BINARY, ASSIGNMENT)

SQL_FUNCTION(1079, "regclass", regclass, (text), STABLE | STRICT, regclass_of_text,
             "relation of a name")
static Oid regclass_of_text(Fn *fn, Str text)
{
    Oid oid;
    InputError err = {.arena = fn->arena};
    if (!find_name(fn->env, FN_NAME_RELATION_TEXT, text, &oid, &err)) input_error_raise(&err);
    return oid;
}

/* NULL where there is no such thing. */
static Oid reg_or_null(Fn *fn, Str text)
{
    Oid oid;
    InputError err = {.arena = fn->arena};
    if (reg_find(fn->env, fn->result_type, text, &oid, &err)) return oid;
    if (err.insisted) input_error_raise(&err);
    return FN_NULL(fn, 0);
}
/* Of the type's name, -1 where it has none in parentheses; NULL: there is no such type. */
static int32_t type_modifier(Fn *fn, Str text)
{
    Oid oid;
    int32_t typmod;
    InputError err = {.arena = fn->arena};
    if (!fn->env->calls || !fn->env->calls->type_parse_name)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "names of types are not known here");
    if (fn->env->calls->type_parse_name(fn->env->calls_arg, text, &oid, &typmod, &err))
        return typmod;
    if (err.insisted) input_error_raise(&err);
    return FN_NULL(fn, 0);
}
SQL_FUNCTION(6317, "to_regtypemod", int4, (text), STABLE | STRICT | NULLABLE, type_modifier,
             "the modifier in a type's name, or null if there is no such type")
SQL_FUNCTION(3476, "to_regoperator", regoperator, (text), STABLE | STRICT | NULLABLE, reg_or_null,
             "the thing of a name, or null if there is none")
SQL_FUNCTION(3479, "to_regprocedure", regprocedure, (text), STABLE | STRICT | NULLABLE, reg_or_null,
             "the thing of a name, or null if there is none")
SQL_FUNCTION(3492, "to_regoper", regoper, (text), STABLE | STRICT | NULLABLE, reg_or_null,
             "the thing of a name, or null if there is none")
SQL_FUNCTION(3493, "to_regtype", regtype, (text), STABLE | STRICT | NULLABLE, reg_or_null,
             "the thing of a name, or null if there is none")
SQL_FUNCTION(3494, "to_regproc", regproc, (text), STABLE | STRICT | NULLABLE, reg_or_null,
             "the thing of a name, or null if there is none")
SQL_FUNCTION(3495, "to_regclass", regclass, (text), STABLE | STRICT | NULLABLE, reg_or_null,
             "the thing of a name, or null if there is none")
SQL_FUNCTION(4086, "to_regnamespace", regnamespace, (text), STABLE | STRICT | NULLABLE, reg_or_null,
             "the thing of a name, or null if there is none")
SQL_FUNCTION(4093, "to_regrole", regrole, (text), STABLE | STRICT | NULLABLE, reg_or_null,
             "the thing of a name, or null if there is none")
SQL_FUNCTION(4195, "to_regcollation", regcollation, (text), STABLE | STRICT | NULLABLE, reg_or_null,
             "the thing of a name, or null if there is none")
