/* SPDX-License-Identifier: Apache-2.0 */
/* enum.c - functions and operators that all enums share. What an enum's labels are and how they are ordered is asked of
 * the catalog, through the type's own code. */
#include "type/type.h"

#include "base/builtins.h"
#include "type/aggregate.h"
#include "type/array.h"
#include "type/hash_pg.h"

static int compare(const Fn *fn, const Datum *args)
{
    const TypeCall call = {.type = type_get(fn->env, fn->arg_types[0]),
                           .env = fn->env,
                           .arena = fn->arena,
                           .typmod = -1};
    return call.type->compare(&call, &args[0].value, &args[1].value);
}

static Datum truth(bool value)
{
    return (Datum){.value.b = value};
}

/* Equal labels have equal OIDs; only the order needs the catalog. */
static Datum enum_eq(Fn *fn, const Datum *args)
{
    (void)fn;
    return truth(args[0].value.u32 == args[1].value.u32);
}
static Datum enum_ne(Fn *fn, const Datum *args)
{
    (void)fn;
    return truth(args[0].value.u32 != args[1].value.u32);
}
static Datum enum_lt(Fn *fn, const Datum *args)
{
    return truth(compare(fn, args) < 0);
}
static Datum enum_gt(Fn *fn, const Datum *args)
{
    return truth(compare(fn, args) > 0);
}
static Datum enum_le(Fn *fn, const Datum *args)
{
    return truth(compare(fn, args) <= 0);
}
static Datum enum_ge(Fn *fn, const Datum *args)
{
    return truth(compare(fn, args) >= 0);
}
SQL_FUNCTION_DATUM(3508, "enum_eq", bool, (anyenum, anyenum), IMMUTABLE | STRICT, enum_eq, "equal")
SQL_FUNCTION_DATUM(3509, "enum_ne", bool, (anyenum, anyenum), IMMUTABLE | STRICT, enum_ne,
                   "not equal")
SQL_FUNCTION_DATUM(3510, "enum_lt", bool, (anyenum, anyenum), IMMUTABLE | STRICT, enum_lt, "before")
SQL_FUNCTION_DATUM(3511, "enum_gt", bool, (anyenum, anyenum), IMMUTABLE | STRICT, enum_gt, "behind")
SQL_FUNCTION_DATUM(3512, "enum_le", bool, (anyenum, anyenum), IMMUTABLE | STRICT, enum_le,
                   "before or equal")
SQL_FUNCTION_DATUM(3513, "enum_ge", bool, (anyenum, anyenum), IMMUTABLE | STRICT, enum_ge,
                   "behind or equal")

static Datum enum_cmp(Fn *fn, const Datum *args)
{
    return (Datum){.value.i32 = compare(fn, args)};
}
SQL_FUNCTION_DATUM(3514, "enum_cmp", int4, (anyenum, anyenum), IMMUTABLE | STRICT, enum_cmp,
                   "below 0, 0 or above 0")

static Datum enum_smaller(Fn *fn, const Datum *args)
{
    return compare(fn, args) < 0 ? args[0] : args[1];
}
SQL_FUNCTION_DATUM(3524, "enum_smaller", anyenum, (anyenum, anyenum), IMMUTABLE | STRICT,
                   enum_smaller, "the first of two")
static Datum enum_larger(Fn *fn, const Datum *args)
{
    return compare(fn, args) > 0 ? args[0] : args[1];
}
SQL_FUNCTION_DATUM(3525, "enum_larger", anyenum, (anyenum, anyenum), IMMUTABLE | STRICT,
                   enum_larger, "the last of two")

/* ---- text and wire */

static Datum enum_in(Fn *fn, const Datum *args)
{
    const TypeCall call = type_call(fn, type_get(fn->env, args[1].value.u32));
    InputError err = {.arena = fn->arena};
    Datum result = {0};
    if (call.type->kind != 'e')
        raise_error(SQLSTATE_INVALID_TEXT_REPRESENTATION,
                    "invalid input value for enum %.*s: \"%.*s\"",
                    STR_ARG(fn->env->calls->type_name(fn->env->calls_arg, fn->arena, call.type->oid,
                                                      -1)),
                    STR_ARG(strview_str(&args[0].value.str)));
    if (!type_parse(&call, strview_str(&args[0].value.str), &result.value, &err))
        input_error_raise(&err);
    return result;
}
SQL_FUNCTION_DATUM(3506, "enum_in", anyenum, (cstring, oid), STABLE | STRICT, enum_in,
                   "read from text")

static Datum enum_text(Fn *fn, const Datum *args)
{
    const TypeCall call = type_call(fn, type_get(fn->env, fn->arg_types[0]));
    return (Datum){.value.str = strview(type_print(&call, &args[0].value))};
}
SQL_FUNCTION_DATUM(3507, "enum_out", cstring, (anyenum), STABLE | STRICT, enum_text, "the label")

static Datum enum_bytes(Fn *fn, const Datum *args)
{
    const TypeCall call = type_call(fn, type_get(fn->env, fn->arg_types[0]));
    StrBuilder out = str_builder(fn->arena, 64);
    call.type->send(&call, &args[0].value, &out);
    return (Datum){.value.str = strview(str_peek(&out))};
}
SQL_FUNCTION_DATUM(3533, "enum_send", bytea, (anyenum), STABLE | STRICT, enum_bytes,
                   "the label's bytes, as the wire has them")

/* ---- all labels */

static Str type_name(const Fn *fn, Oid type)
{
    return fn->env->calls->type_name(fn->env->calls_arg, fn->arena, type, -1);
}

static const FnEnumLabel *labels_of(const Fn *fn, uint32_t *count)
{
    const FnEnumLabel *labels = fn->env->calls->enum_labels(fn->env->calls_arg, fn->arg_types[0],
                                                            count);
    if (*count == 0) {
        Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
        error_message(error, "enum %.*s contains no values",
                      STR_ARG(type_name(fn, fn->arg_types[0])));
        error_raise(error);
    }
    return labels;
}

static Datum label_datum(const Fn *fn, const FnEnumLabel *label)
{
    InputError err = {.arena = fn->arena};
    if (!fn_label_may_be_used(label, type_name(fn, fn->arg_types[0]), &err))
        input_error_raise(&err);
    return (Datum){.value.u32 = label->oid};
}

static Datum enum_first(Fn *fn, const Datum *args)
{
    uint32_t count;
    (void)args;
    return label_datum(fn, &labels_of(fn, &count)[0]);
}
SQL_FUNCTION_DATUM(3528, "enum_first", anyenum, (anyenum), STABLE, enum_first,
                   "first label of an enum")
static Datum enum_last(Fn *fn, const Datum *args)
{
    uint32_t count;
    (void)args;
    const FnEnumLabel *labels = labels_of(fn, &count);
    return label_datum(fn, &labels[count - 1]);
}
SQL_FUNCTION_DATUM(3529, "enum_last", anyenum, (anyenum), STABLE, enum_last,
                   "last label of an enum")

/* From one to the other; NULL: from the first, to the last. */
static Datum range(Fn *fn, const Datum *from, const Datum *to)
{
    uint32_t count = 0, kept = 0;
    const FnEnumLabel *labels = fn->env->calls->enum_labels(fn->env->calls_arg, fn->arg_types[0],
                                                            &count);
    Datum *values = ARENA_ARRAY(fn->arena, Datum, count + 1);
    bool inside = !from || from->null;
    for (uint32_t i = 0; i < count; i++) {
        inside |= from && !from->null && labels[i].oid == from->value.u32;
        if (inside) values[kept++] = label_datum(fn, &labels[i]);
        if (to && !to->null && labels[i].oid == to->value.u32) break;
    }
    const Str array = array_build(fn->arena, type_get(fn->env, fn->arg_types[0]), values, kept);
    return (Datum){.value.str = strview(array)};
}

static Datum enum_range(Fn *fn, const Datum *args)
{
    return range(fn, &args[0], &args[1]);
}
SQL_FUNCTION_DATUM(3530, "enum_range", anyarray, (anyenum, anyenum), STABLE, enum_range,
                   "labels from one to another")
static Datum enum_range_all(Fn *fn, const Datum *args)
{
    (void)args;
    return range(fn, NULL, NULL);
}
SQL_FUNCTION_DATUM(3531, "enum_range", anyarray, (anyenum), STABLE, enum_range_all,
                   "all labels of an enum")

/* ---- hashing and text */

static Datum hash_enum(Fn *fn, const Datum *args)
{
    (void)fn;
    return (Datum){.value.i32 = (int32_t)hash_pg_u32(args[0].value.u32)};
}
SQL_FUNCTION_DATUM(3515, "hashenum", int4, (anyenum), IMMUTABLE | STRICT, hash_enum, "hash")
static Datum hash_enum_seeded(Fn *fn, const Datum *args)
{
    (void)fn;
    return (Datum){
        .value.i64 = (int64_t)hash_pg_u32_extended(args[0].value.u32, (uint64_t)args[1].value.i64)};
}
SQL_FUNCTION_DATUM(3414, "hashenumextended", int8, (anyenum, int8), IMMUTABLE | STRICT,
                   hash_enum_seeded, "hash with a seed")

SQL_OPERATOR(3516, "=", anyenum, anyenum, bool, enum_eq, .commutator = 3516, .negator = 3517,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(3517, "<>", anyenum, anyenum, bool, enum_ne, .commutator = 3517, .negator = 3516,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(3518, "<", anyenum, anyenum, bool, enum_lt, .commutator = 3519, .negator = 3521,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(3519, ">", anyenum, anyenum, bool, enum_gt, .commutator = 3518, .negator = 3520,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(3520, "<=", anyenum, anyenum, bool, enum_le, .commutator = 3521, .negator = 3519,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(3521, ">=", anyenum, anyenum, bool, enum_ge, .commutator = 3520, .negator = 3518,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")

SQL_OPFAMILY(3522, btree, "enum_ops")
SQL_OPCLASS(10069, btree, "enum_ops", 3522, anyenum, .fallback = true)
SQL_FAMILY_OPERATOR(3522, anyenum, anyenum, 1, 3518)
SQL_FAMILY_OPERATOR(3522, anyenum, anyenum, 2, 3520)
SQL_FAMILY_OPERATOR(3522, anyenum, anyenum, 3, 3516)
SQL_FAMILY_OPERATOR(3522, anyenum, anyenum, 4, 3521)
SQL_FAMILY_OPERATOR(3522, anyenum, anyenum, 5, 3519)
SQL_FAMILY_FUNCTION(3522, anyenum, anyenum, 1, 3514)
SQL_FAMILY_FUNCTION(3522, anyenum, anyenum, 4, 5051)
SQL_OPFAMILY(3523, hash, "enum_ops")
SQL_OPCLASS(10070, hash, "enum_ops", 3523, anyenum, .fallback = true)
SQL_FAMILY_OPERATOR(3523, anyenum, anyenum, 1, 3516)
SQL_FAMILY_FUNCTION(3523, anyenum, anyenum, 1, 3515)
SQL_FAMILY_FUNCTION(3523, anyenum, anyenum, 2, 3414)

SQL_AGGREGATE(3526, "max", anyenum, (anyenum), IMMUTABLE, aggregate_max_any, "the last label",
              .transition = 3525, .combine = 3525, .sort_operator = 3519, .state = anyenum)
SQL_AGGREGATE(3527, "min", anyenum, (anyenum), IMMUTABLE, aggregate_min_any, "the first label",
              .transition = 3524, .combine = 3524, .sort_operator = 3518, .state = anyenum)
