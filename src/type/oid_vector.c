/* SPDX-License-Identifier: Apache-2.0 */
/* oid_vector.c - oidvector and int2vector, the lists of numbers in catalog rows: one-dimensional arrays from 0, without
 * NULLs (docs/formats.md, section 3), written as numbers with spaces between. */
#include "type/int.h"

#include "base/hash.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/array_type.h"
#include "type/hash_pg.h"
#include "type/type_internal.h"

/* offset 0: dimensions | fixed width; 4: element type; 8: length; 12: lower bound; 16: elements */
enum { HEADER_BYTES = 16, IS_FIXED = 1 << 5, WIDTH_SHIFT = 8 };

typedef struct NumberList {
    const uint8_t *elements;
    uint32_t count, width;
} NumberList;

static NumberList list_of(Str stored, uint32_t width)
{
    if (stored.bytes < HEADER_BYTES) return (NumberList){.width = width};
    return (NumberList){(const uint8_t *)stored.data + HEADER_BYTES, load_le32(stored.data + 8),
                        width};
}

static uint32_t list_get(const NumberList *list, uint32_t i)
{
    const uint8_t *at = list->elements + (size_t)i * list->width;
    return list->width == 2 ? (uint32_t)(int32_t)(int16_t)load_le16(at) : load_le32(at);
}

static uint32_t width_of(const TypeCall *call)
{
    return call->type->oid == OID_INT2VECTOR ? 2 : 4;
}

/* The header of `count` elements; PostgreSQL shows an empty list as an array of one dimension too. */
static void list_begin(StrBuilder *out, Oid element, uint32_t width, uint32_t count)
{
    char header[HEADER_BYTES];
    store_le32(header, 1 | IS_FIXED | width << WIDTH_SHIFT);
    store_le32(header + 4, element);
    store_le32(header + 8, count);
    store_le32(header + 12, 0);
    str_add(out, (Str){header, sizeof header});
}

static void list_add(StrBuilder *out, uint32_t width, uint32_t v)
{
    char *at = str_add_space(out, width);
    if (width == 2)
        store_le16(at, (uint16_t)v);
    else
        store_le32(at, v);
}

/* Reads a number at the head of `*rest`, which moves on; errors show all that is left of the text. A small integer ends
 * at a space alone, an oid at what is no digit of it. */
static bool element_parse(Str *rest, uint32_t width, uint32_t *v, InputError *err)
{
    if (width == 4) return oid_parse_head(rest, v, err);
    const bool negative = rest->data[0] == '-';
    size_t i = negative || rest->data[0] == '+';
    const size_t digits = i;
    int64_t magnitude = 0;
    for (; i < rest->bytes && is_digit(rest->data[i]); i++)
        magnitude = MIN(magnitude * 10 + (rest->data[i] - '0'), (int64_t)INT32_MAX);
    if (i == digits) return type__bad_syntax(err, "smallint", *rest);
    if (magnitude > INT16_MAX + negative)
        return input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                           "value \"%.*s\" is out of range for type smallint", STR_ARG(*rest));
    if (i < rest->bytes && rest->data[i] != ' ') return type__bad_syntax(err, "smallint", *rest);
    *v = (uint32_t)(int32_t)(negative ? -magnitude : magnitude);
    *rest = str_slice(*rest, i, rest->bytes);
    return true;
}

static bool list_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    const uint32_t width = width_of(call);
    StrBuilder out = str_builder(call->arena, HEADER_BYTES + text.bytes * 2);
    uint32_t count = 0;
    list_begin(&out, call->type->element, width, 0);
    for (;;) {
        uint32_t v;
        task_check();
        while (text.bytes && is_space(text.data[0])) text = str_slice(text, 1, text.bytes);
        if (!text.bytes) break;
        if (!element_parse(&text, width, &v, err)) return false;
        list_add(&out, width, v);
        count++;
    }
    store_le32(out.data + 8, count);
    value->str = strview(str_done(&out));
    return true;
}

static void list_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const NumberList list = list_of(strview_str(&value->str), width_of(call));
    for (uint32_t i = 0; i < list.count; i++) {
        if (i) str_add_char(out, ' ');
        if (list.width == 2)
            str_add_i64(out, (int16_t)list_get(&list, i));
        else
            str_add_u64(out, list_get(&list, i));
    }
}

/* The wire form of arrays: dimensions, whether there are NULLs, element type, then length and lower bound, then each
 * element after its length. */
static void list_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const NumberList list = list_of(strview_str(&value->str), width_of(call));
    wire_put_u32(out, 1);
    wire_put_u32(out, 0);
    wire_put_u32(out, call->type->element);
    wire_put_u32(out, list.count);
    wire_put_u32(out, 0);
    for (uint32_t i = 0; i < list.count; i++) {
        wire_put_u32(out, list.width);
        if (list.width == 2)
            wire_put_u16(out, (uint16_t)list_get(&list, i));
        else
            wire_put_u32(out, list_get(&list, i));
    }
}

/* An array of the wire that is a list: of one dimension, from 0, without NULLs; an empty one has no dimension. */
static bool list_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    ArrayView array;
    const uint32_t width = width_of(call);
    if (!array_type_receive(call, wire, value, err)) return false;
    bool is_list = array_view(strview_str(&value->str), &array) && array.shape.dimensions == 1 &&
                   array.shape.lowers[0] == 0;
    for (uint32_t i = 0; is_list && i < array.count; i++) is_list = array_element(&array, i).data;
    if (!is_list)
        return input_error(err, SQLSTATE_INVALID_BINARY_REPRESENTATION, "invalid %s data",
                           call->type->name);
    StrBuilder out = str_builder(call->arena, HEADER_BYTES + (size_t)array.count * width);
    list_begin(&out, call->type->element, width, array.count);
    for (uint32_t i = 0; i < array.count; i++) {
        const uint8_t *at = array_element(&array, i).data;
        list_add(&out, width, width == 2 ? load_le16(at) : load_le32(at));
    }
    value->str = strview(str_done(&out));
    return true;
}

/* The shorter list first, then by elements. */
static int oidvector_compare(Str a, Str b)
{
    const NumberList left = list_of(a, 4), right = list_of(b, 4);
    if (left.count != right.count) return left.count < right.count ? -1 : 1;
    for (uint32_t i = 0; i < left.count; i++) {
        const uint32_t x = list_get(&left, i), y = list_get(&right, i);
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

static int oidvector_compare_values(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return oidvector_compare(strview_str(&a->str), strview_str(&b->str));
}

static uint64_t list_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_str(strview_str(&value->str));
}

static bool list_equal(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    return strview_equal(&a->str, &b->str);
}

static KeyExactness oidvector_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const NumberList list = list_of(strview_str(&value->str), 4);
    const uint32_t kept = MIN(list.count, (uint32_t)TYPE_KEY_BYTES_MAX / 4);
    (void)call;
    key_put_u32(out, list.count);
    for (uint32_t i = 0; i < kept; i++) key_put_u32(out, list_get(&list, i));
    return kept < list.count ? KEY_CUT : KEY_EXACT;
}

/* SQL sees the hash of the elements alone. */
static Str element_bytes(Str stored)
{
    const NumberList list = list_of(stored, 4);
    return (Str){(const char *)list.elements, (size_t)list.count * 4};
}

SQL_TYPE(22, "int2vector", .phys = PHYS_STR, .category = 'A', .bytes = -1, .align = 'i',
         .storage = 'p', .array = 1006, .element = 21, .subscript = 6179,
         .text = "list of smallint, as catalogs have them", .parse = list_parse,
         .print = list_print, .receive = list_receive, .send = list_send, .equal = list_equal,
         .hash = list_hash)
SQL_TYPE(30, "oidvector", .phys = PHYS_STR, .category = 'A', .bytes = -1, .align = 'i',
         .storage = 'p', .array = 1013, .element = 26, .subscript = 6179,
         .text = "list of oid, as catalogs have them", .parse = list_parse, .print = list_print,
         .receive = list_receive, .send = list_send, .compare = oidvector_compare_values,
         .equal = list_equal, .hash = list_hash, .sort_key = oidvector_key)
SQL_TYPE_FUNCTION(40, "int2vectorin", int2vector, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(41, "int2vectorout", cstring, (int2vector), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(54, "oidvectorin", oidvector, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(55, "oidvectorout", cstring, (oidvector), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2410, "int2vectorrecv", int2vector, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2411, "int2vectorsend", bytea, (int2vector), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(2420, "oidvectorrecv", oidvector, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2421, "oidvectorsend", bytea, (oidvector), IMMUTABLE | STRICT, SEND, "")
SQL_EXPRESSION(404, "btoidvectorcmp", int4, (oidvector, oidvector),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, oidvector_compare(a, b),
               "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(619, "oidvectorne", bool, (oidvector, oidvector),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, oidvector_compare(a, b) != 0, "not equal")
SQL_EXPRESSION(677, "oidvectorlt", bool, (oidvector, oidvector),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, oidvector_compare(a, b) < 0, "below")
SQL_EXPRESSION(678, "oidvectorle", bool, (oidvector, oidvector),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, oidvector_compare(a, b) <= 0,
               "below or equal")
SQL_EXPRESSION(679, "oidvectoreq", bool, (oidvector, oidvector),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, oidvector_compare(a, b) == 0, "equal")
SQL_EXPRESSION(680, "oidvectorge", bool, (oidvector, oidvector),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, oidvector_compare(a, b) >= 0,
               "above or equal")
SQL_EXPRESSION(681, "oidvectorgt", bool, (oidvector, oidvector),
               IMMUTABLE | STRICT | LEAKPROOF | TOTAL, oidvector_compare(a, b) > 0, "above")
SQL_EXPRESSION(457, "hashoidvector", int4, (oidvector), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_bytes(element_bytes(a)), "hash")
SQL_EXPRESSION(776, "hashoidvectorextended", int8, (oidvector, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_bytes_extended(element_bytes(a), (uint64_t)b),
               "64-bit hash with a seed")
SQL_OPERATOR(644, "<>", oidvector, oidvector, bool, oidvectorne, .commutator = 644, .negator = 649,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(645, "<", oidvector, oidvector, bool, oidvectorlt, .commutator = 646, .negator = 648,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(646, ">", oidvector, oidvector, bool, oidvectorgt, .commutator = 645, .negator = 647,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(647, "<=", oidvector, oidvector, bool, oidvectorle, .commutator = 648, .negator = 646,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(648, ">=", oidvector, oidvector, bool, oidvectorge, .commutator = 647, .negator = 645,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(649, "=", oidvector, oidvector, bool, oidvectoreq, .commutator = 649, .negator = 644,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPFAMILY(1991, btree, "oidvector_ops")
SQL_OPCLASS(10032, btree, "oidvector_ops", 1991, oidvector, .fallback = true)
SQL_FAMILY_OPERATOR(1991, oidvector, oidvector, 1, 645)
SQL_FAMILY_OPERATOR(1991, oidvector, oidvector, 2, 647)
SQL_FAMILY_OPERATOR(1991, oidvector, oidvector, 3, 649)
SQL_FAMILY_OPERATOR(1991, oidvector, oidvector, 4, 648)
SQL_FAMILY_OPERATOR(1991, oidvector, oidvector, 5, 646)
SQL_FAMILY_FUNCTION(1991, oidvector, oidvector, 1, 404)
SQL_FAMILY_FUNCTION(1991, oidvector, oidvector, 4, 5051)
SQL_OPFAMILY(1992, hash, "oidvector_ops")
SQL_OPCLASS(10033, hash, "oidvector_ops", 1992, oidvector, .fallback = true)
SQL_FAMILY_OPERATOR(1992, oidvector, oidvector, 1, 649)
SQL_FAMILY_FUNCTION(1992, oidvector, oidvector, 1, 457)
SQL_FAMILY_FUNCTION(1992, oidvector, oidvector, 2, 776)
SQL_FUNCTION(1349, "oidvectortypes", text, (oidvector), STABLE | STRICT, oidvector_types,
             "names of the types, with commas between")
static Str oidvector_types(Fn *fn, Str stored)
{
    const NumberList list = list_of(stored, 4);
    StrBuilder out = str_builder(fn->arena, 64);
    for (uint32_t i = 0; i < list.count; i++) {
        if (i) str_add(&out, STR(", "));
        if (!fn->env->calls || !fn->env->calls->type_name)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "types cannot be named without a catalog");
        str_add(&out,
                fn->env->calls->type_name(fn->env->calls_arg, fn->arena, list_get(&list, i), -1));
    }
    return str_done(&out);
}
