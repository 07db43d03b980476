/* SPDX-License-Identifier: Apache-2.0 */
/* record_functions.c - the pseudo-type record, comparisons of rows of any columns, and the same byte by byte
 * ("images"), where equal means that nobody could tell the values apart. */
#include "type/record.h"

#include "base/hash.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/aggregate.h"
#include "type/type_internal.h"

SQL_TYPE(2249, "record", .phys = PHYS_STR, .category = 'P', .bytes = -1, .align = 'd',
         .storage = 'x', .kind = 'p', .array = 2287, .text = "row of any columns", TYPE_RECORD_CODE)
SQL_TYPE_FUNCTION(2290, "record_in", record, (cstring, oid, int4), STABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(2291, "record_out", cstring, (record), STABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(2402, "record_recv", record, (internal, oid, int4), STABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(2403, "record_send", bytea, (record), STABLE | STRICT, SEND, "")

static TypeCall call_of(Fn *fn)
{
    TypeCall call = type_call(fn, type_get(fn->env, OID_RECORD));
    return call;
}

static int32_t compare(Fn *fn, Str a, Str b)
{
    const TypeCall call = call_of(fn);
    const Value left = {.str = strview(a)}, right = {.str = strview(b)};
    return record_type_compare(&call, &left, &right);
}

static bool equal(Fn *fn, Str a, Str b)
{
    const TypeCall call = call_of(fn);
    const Value left = {.str = strview(a)}, right = {.str = strview(b)};
    return record_type_equal(&call, &left, &right);
}

/* ---- images */

static int compare_images(const Type *type, const Datum *a, const Datum *b)
{
    if (type->phys == PHYS_STR) {
        const Str x = strview_str(&a->value.str), y = strview_str(&b->value.str);
        const int order = memcmp(x.data, y.data, MIN(x.bytes, y.bytes));
        return order ? order : (x.bytes > y.bytes) - (x.bytes < y.bytes);
    }
    /* Little-endian slots: the highest byte decides. */
    const uint8_t *x = (const uint8_t *)&a->value, *y = (const uint8_t *)&b->value;
    for (size_t i = phys_bytes(type->phys); i-- > 0;)
        if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
    return 0;
}

static int32_t image_compare(Fn *fn, Str a, Str b)
{
    const TypeCall call = call_of(fn);
    RecordColumns left = record_columns(&call, a), right = record_columns(&call, b);
    for (uint32_t number = 0, other = 0;;) {
        const bool more = record_next(&left, &number);
        if (more != record_next(&right, &other))
            raise_error(SQLSTATE_DATATYPE_MISMATCH,
                        "cannot compare record types with different numbers of columns");
        if (!more) return 0;
        if (left.column.type->oid != right.column.type->oid)
            raise_error(SQLSTATE_DATATYPE_MISMATCH,
                        "cannot compare dissimilar column types %.*s and %.*s at record column %u",
                        STR_ARG(type__text(&call, left.column.type->oid)),
                        STR_ARG(type__text(&call, right.column.type->oid)), number);
        if (left.value.null != right.value.null) return left.value.null ? 1 : -1;
        const int order = left.value.null
                              ? 0
                              : compare_images(left.column.type, &left.value, &right.value);
        if (order) return order < 0 ? -1 : 1;
    }
}

/* ---- hashes that SQL sees: h := 31 h + hash of the column */

static uint64_t hash_columns(Fn *fn, Str record, int64_t seed, bool extended)
{
    const TypeCall call = call_of(fn);
    RecordColumns columns = record_columns(&call, record);
    uint64_t hash = 0;
    for (uint32_t number = 0; record_next(&columns, &number);) {
        const uint64_t column = type__sql_hash(fn, columns.column.type, &columns.value, seed,
                                               extended);
        hash = extended ? hash * 31 + column : (uint32_t)(hash * 31 + column);
    }
    return hash;
}

SQL_FUNCTION(2987, "btrecordcmp", int4, (record, record), IMMUTABLE | STRICT, compare,
             "order of two rows: -1, 0 or 1")
SQL_FUNCTION(2981, "record_eq", bool, (record, record), IMMUTABLE | STRICT, equal, "equal")
SQL_EXPRESSION(2982, "record_ne", bool, (record, record), IMMUTABLE | STRICT, !equal(fn, a, b),
               "not equal")
SQL_EXPRESSION(2983, "record_lt", bool, (record, record), IMMUTABLE | STRICT, compare(fn, a, b) < 0,
               "less than")
SQL_EXPRESSION(2984, "record_gt", bool, (record, record), IMMUTABLE | STRICT, compare(fn, a, b) > 0,
               "greater than")
SQL_EXPRESSION(2985, "record_le", bool, (record, record), IMMUTABLE | STRICT,
               compare(fn, a, b) <= 0, "less than or equal")
SQL_EXPRESSION(2986, "record_ge", bool, (record, record), IMMUTABLE | STRICT,
               compare(fn, a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(6375, "record_larger", record, (record, record), IMMUTABLE | STRICT,
               compare(fn, a, b) > 0 ? a : b, "the larger of two rows")
SQL_EXPRESSION(6376, "record_smaller", record, (record, record), IMMUTABLE | STRICT,
               compare(fn, a, b) < 0 ? a : b, "the smaller of two rows")
SQL_EXPRESSION(6192, "hash_record", int4, (record), IMMUTABLE | STRICT,
               (int32_t)(uint32_t)hash_columns(fn, a, 0, false), "hash")
SQL_EXPRESSION(6193, "hash_record_extended", int8, (record, int8), IMMUTABLE | STRICT,
               (int64_t)hash_columns(fn, a, b, true), "64-bit hash with a seed")
SQL_FUNCTION(3187, "btrecordimagecmp", int4, (record, record), IMMUTABLE | STRICT, image_compare,
             "order of two rows' bytes: -1, 0 or 1")
SQL_EXPRESSION(3181, "record_image_eq", bool, (record, record), IMMUTABLE | STRICT,
               image_compare(fn, a, b) == 0, "the same bytes")
SQL_EXPRESSION(3182, "record_image_ne", bool, (record, record), IMMUTABLE | STRICT,
               image_compare(fn, a, b) != 0, "other bytes")
SQL_EXPRESSION(3183, "record_image_lt", bool, (record, record), IMMUTABLE | STRICT,
               image_compare(fn, a, b) < 0, "less than, by bytes")
SQL_EXPRESSION(3184, "record_image_gt", bool, (record, record), IMMUTABLE | STRICT,
               image_compare(fn, a, b) > 0, "greater than, by bytes")
SQL_EXPRESSION(3185, "record_image_le", bool, (record, record), IMMUTABLE | STRICT,
               image_compare(fn, a, b) <= 0, "less than or equal, by bytes")
SQL_EXPRESSION(3186, "record_image_ge", bool, (record, record), IMMUTABLE | STRICT,
               image_compare(fn, a, b) >= 0, "greater than or equal, by bytes")
SQL_AGGREGATE(6373, "max", record, (record), IMMUTABLE, aggregate_max_any, "the greatest row",
              .transition = 6375, .combine = 6375, .sort_operator = 2991, .state = record)
SQL_AGGREGATE(6374, "min", record, (record), IMMUTABLE, aggregate_min_any, "the least row",
              .transition = 6376, .combine = 6376, .sort_operator = 2990, .state = record)
SQL_OPERATOR(2988, "=", record, record, bool, record_eq, .commutator = 2988, .negator = 2989,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(2989, "<>", record, record, bool, record_ne, .commutator = 2989, .negator = 2988,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2990, "<", record, record, bool, record_lt, .commutator = 2991, .negator = 2993,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2991, ">", record, record, bool, record_gt, .commutator = 2990, .negator = 2992,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2992, "<=", record, record, bool, record_le, .commutator = 2993, .negator = 2991,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2993, ">=", record, record, bool, record_ge, .commutator = 2992, .negator = 2990,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(3188, "*=", record, record, bool, record_image_eq, .commutator = 3188, .negator = 3189,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(3189, "*<>", record, record, bool, record_image_ne, .commutator = 3189,
             .negator = 3188, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(3190, "*<", record, record, bool, record_image_lt, .commutator = 3191, .negator = 3193,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(3191, "*>", record, record, bool, record_image_gt, .commutator = 3190, .negator = 3192,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(3192, "*<=", record, record, bool, record_image_le, .commutator = 3193,
             .negator = 3191, .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(3193, "*>=", record, record, bool, record_image_ge, .commutator = 3192,
             .negator = 3190, .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPFAMILY(2994, btree, "record_ops")
SQL_OPFAMILY(3194, btree, "record_image_ops")
SQL_OPCLASS(10034, btree, "record_ops", 2994, record, .fallback = true)
SQL_OPCLASS(10036, btree, "record_image_ops", 3194, record)
SQL_FAMILY_OPERATOR(2994, record, record, 1, 2990)
SQL_FAMILY_OPERATOR(2994, record, record, 2, 2992)
SQL_FAMILY_OPERATOR(2994, record, record, 3, 2988)
SQL_FAMILY_OPERATOR(2994, record, record, 4, 2993)
SQL_FAMILY_OPERATOR(2994, record, record, 5, 2991)
SQL_FAMILY_OPERATOR(3194, record, record, 1, 3190)
SQL_FAMILY_OPERATOR(3194, record, record, 2, 3192)
SQL_FAMILY_OPERATOR(3194, record, record, 3, 3188)
SQL_FAMILY_OPERATOR(3194, record, record, 4, 3193)
SQL_FAMILY_OPERATOR(3194, record, record, 5, 3191)
SQL_FAMILY_FUNCTION(2994, record, record, 1, 2987)
SQL_FAMILY_FUNCTION(3194, record, record, 1, 3187)
SQL_OPFAMILY(6194, hash, "record_ops")
SQL_OPCLASS(10035, hash, "record_ops", 6194, record, .fallback = true)
SQL_FAMILY_OPERATOR(6194, record, record, 1, 2988)
SQL_FAMILY_FUNCTION(6194, record, record, 1, 6192)
SQL_FAMILY_FUNCTION(6194, record, record, 2, 6193)
