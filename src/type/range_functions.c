/* SPDX-License-Identifier: Apache-2.0 */
/* range_functions.c - functions over ranges and multiranges. Those of two arguments are one body for every mixture of
 * the two (range.h). */
#include "type/range.h"

#include "base/task.h"
#include "type/array_type.h"
#include "type/calendar.h"
#include "type/hash_pg.h"
#include "type/numeric.h"
#include "type/type_internal.h"

/* What a call site knows of its types; found once. */
typedef struct RangeSite {
    RangeCall call;
    char kinds[2]; /* of the first arguments: 'r', 'm', or another kind: a value */
} RangeSite;

static bool is_range(const Type *type)
{
    return type->kind == 'r' || type->kind == 'm';
}

static RangeSite *site_for(Fn *fn, const Type *type)
{
    RangeSite *site = fn->state = ARENA_NEW(fn->site, RangeSite);
    const TypeCall call = type_call(fn, type);
    site->call = range_call(&call);
    return site;
}

/* Of what is given, or, where no argument is a range, made. */
static RangeSite *site_of(Fn *fn)
{
    RangeSite *site = fn->state;
    if (!site) {
        const Type *type = type_get(fn->env, fn->result_type);
        char kinds[ARRAY_LEN(site->kinds)] = {0};
        for (uint32_t i = 0; i < fn->arg_count && i < ARRAY_LEN(kinds); i++) {
            const Type *arg = type_get(fn->env, fn->arg_types[i]);
            kinds[i] = arg->kind;
            if (is_range(arg)) type = arg;
        }
        site = site_for(fn, type);
        memcpy(site->kinds, kinds, sizeof kinds);
    }
    site->call.element.arena = fn->arena;
    return site;
}

/* Of the result: the bounds of a range may be ranges. */
static const RangeCall *call_made(Fn *fn)
{
    RangeSite *site = fn->state ? fn->state : site_for(fn, type_get(fn->env, fn->result_type));
    site->call.element.arena = fn->arena;
    return &site->call;
}

/* ---- Making */

static RangeBound bound_of(const Datum *value, bool lower, bool inclusive)
{
    return (RangeBound){.lower = lower,
                        .infinite = value->null,
                        .inclusive = inclusive,
                        .value = value->value};
}

static Datum make(Fn *fn, const Datum *args, bool lower_inclusive, bool upper_inclusive)
{
    const RangeCall *call = call_made(fn);
    const RangeBound lower = bound_of(&args[0], true, lower_inclusive),
                     upper = bound_of(&args[1], false, upper_inclusive);
    const Range range = range_of_bounds(call, &lower, &upper);
    return (Datum){.value.str = strview(range_write(call, &range))};
}

static Datum range_of_two(Fn *fn, const Datum *args)
{
    return make(fn, args, true, false);
}

static Datum range_of_three(Fn *fn, const Datum *args)
{
    if (args[2].null)
        raise_error(SQLSTATE_DATA_EXCEPTION, "range constructor flags argument must not be null");
    const Str flags = strview_str(&args[2].value.str);
    if (flags.bytes != 2 || !strchr("[(", flags.data[0]) || !strchr("])", flags.data[1])) {
        Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
        error_message(error, "invalid range bound flags");
        error_raise(error_hint(error, "Valid values are \"[]\", \"[)\", \"(]\", and \"()\"."));
    }
    return make(fn, args, flags.data[0] == '[', flags.data[1] == ']');
}

SQL_FUNCTION_DATUM(3840, "int4range", int4range, (int4, int4), IMMUTABLE, range_of_two,
                   "from the first to before the second")
SQL_FUNCTION_DATUM(3841, "int4range", int4range, (int4, int4, text), IMMUTABLE, range_of_three,
                   "between two bounds, each included or not")
/* CREATE TYPE makes its constructors of these, and their sources say what they are. */
SQL_FACTS(3840, .source = "range_constructor2")
SQL_FACTS(3841, .source = "range_constructor3")
SQL_FUNCTION_DATUM(3844, "numrange", numrange, (numeric, numeric), IMMUTABLE, range_of_two,
                   "from the first to before the second")
SQL_FUNCTION_DATUM(3845, "numrange", numrange, (numeric, numeric, text), IMMUTABLE, range_of_three,
                   "between two bounds, each included or not")
SQL_FUNCTION_DATUM(3933, "tsrange", tsrange, (timestamp, timestamp), IMMUTABLE, range_of_two,
                   "from the first to before the second")
SQL_FUNCTION_DATUM(3934, "tsrange", tsrange, (timestamp, timestamp, text), IMMUTABLE,
                   range_of_three, "between two bounds, each included or not")
SQL_FUNCTION_DATUM(3937, "tstzrange", tstzrange, (timestamptz, timestamptz), IMMUTABLE,
                   range_of_two, "from the first to before the second")
SQL_FUNCTION_DATUM(3938, "tstzrange", tstzrange, (timestamptz, timestamptz, text), IMMUTABLE,
                   range_of_three, "between two bounds, each included or not")
SQL_FUNCTION_DATUM(3941, "daterange", daterange, (date, date), IMMUTABLE, range_of_two,
                   "from the first to before the second")
SQL_FUNCTION_DATUM(3942, "daterange", daterange, (date, date, text), IMMUTABLE, range_of_three,
                   "between two bounds, each included or not")
SQL_FUNCTION_DATUM(3945, "int8range", int8range, (int8, int8), IMMUTABLE, range_of_two,
                   "from the first to before the second")
SQL_FUNCTION_DATUM(3946, "int8range", int8range, (int8, int8, text), IMMUTABLE, range_of_three,
                   "between two bounds, each included or not")
/* What canonical functions would do is done when a range is made. */
SQL_EXPRESSION(3914, "int4range_canonical", int4range, (int4range), IMMUTABLE | STRICT, a,
               "the range itself")
SQL_EXPRESSION(3915, "daterange_canonical", daterange, (daterange), IMMUTABLE | STRICT, a,
               "the range itself")
SQL_EXPRESSION(3928, "int8range_canonical", int8range, (int8range), IMMUTABLE | STRICT, a,
               "the range itself")
SQL_EXPRESSION(3922, "int4range_subdiff", float8, (int4, int4), IMMUTABLE | STRICT,
               (double)a - (double)b, "difference of two bounds")
SQL_EXPRESSION(3923, "int8range_subdiff", float8, (int8, int8), IMMUTABLE | STRICT,
               (double)a - (double)b, "difference of two bounds")
SQL_EXPRESSION(3924, "numrange_subdiff", float8, (numeric, numeric), IMMUTABLE | STRICT,
               decimal_to_double(fn->arena, decimal_subtract(fn->arena, a, b)),
               "difference of two bounds")
SQL_EXPRESSION(3925, "daterange_subdiff", float8, (date, date), IMMUTABLE | STRICT,
               (double)a - (double)b, "days between two bounds")
SQL_EXPRESSION(3929, "tsrange_subdiff", float8, (timestamp, timestamp), IMMUTABLE | STRICT,
               ((double)a - (double)b) / (double)USEC_PER_SEC, "seconds between two bounds")
SQL_EXPRESSION(3930, "tstzrange_subdiff", float8, (timestamptz, timestamptz), IMMUTABLE | STRICT,
               ((double)a - (double)b) / (double)USEC_PER_SEC, "seconds between two bounds")

static Datum multirange_of_none(Fn *fn, const Datum *args)
{
    (void)args;
    return (Datum){.value.str = strview(multirange_write(call_made(fn), (Ranges){0}))};
}

static Datum multirange_of_one(Fn *fn, const Datum *args)
{
    const RangeCall *call = call_made(fn);
    const Ranges parts = ranges_read(call, 'r', strview_str(&args[0].value.str));
    return (Datum){.value.str = strview(multirange_write(call, parts))};
}

static Datum multirange_of_array(Fn *fn, const Datum *args)
{
    const RangeCall *call = call_made(fn);
    const ArrayView view = array_view_or_raise(strview_str(&args[0].value.str));
    if (view.shape.dimensions > 1)
        raise_error(SQLSTATE_CARDINALITY_VIOLATION,
                    "multiranges cannot be constructed from multidimensional arrays");
    Ranges parts = {ARENA_ARRAY(fn->arena, Range, view.count + 1), view.count};
    for (uint32_t i = 0; i < view.count; i++) {
        const Bytes item = array_element(&view, i);
        task_check();
        if (!item.data)
            raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED,
                        "multirange values cannot contain null members");
        parts.items[i] = range_read(call, (Str){(const char *)item.data, item.bytes});
    }
    return (Datum){.value.str = strview(multirange_write(call, ranges_normalise(call, parts)))};
}

SQL_FUNCTION_DATUM(4280, "int4multirange", int4multirange, (), IMMUTABLE | STRICT,
                   multirange_of_none, "the empty set")
SQL_FUNCTION_DATUM(4281, "int4multirange", int4multirange, (int4range), IMMUTABLE | STRICT,
                   multirange_of_one, "the values of a range")
SQL_FUNCTION_DATUM(4282, "int4multirange", int4multirange, (_int4range),
                   IMMUTABLE | STRICT | VARIADIC_LAST, multirange_of_array,
                   "the values of any of the ranges")
SQL_FACTS(4282, .arguments = "VARIADIC _int4range", .source = "multirange_constructor2")
SQL_FACTS(4280, .source = "multirange_constructor0")
SQL_FACTS(4281, .source = "multirange_constructor1")
SQL_FUNCTION_DATUM(4283, "nummultirange", nummultirange, (), IMMUTABLE | STRICT, multirange_of_none,
                   "the empty set")
SQL_FUNCTION_DATUM(4284, "nummultirange", nummultirange, (numrange), IMMUTABLE | STRICT,
                   multirange_of_one, "the values of a range")
SQL_FUNCTION_DATUM(4285, "nummultirange", nummultirange, (_numrange),
                   IMMUTABLE | STRICT | VARIADIC_LAST, multirange_of_array,
                   "the values of any of the ranges")
SQL_FACTS(4285, .arguments = "VARIADIC _numrange")
SQL_FUNCTION_DATUM(4286, "tsmultirange", tsmultirange, (), IMMUTABLE | STRICT, multirange_of_none,
                   "the empty set")
SQL_FUNCTION_DATUM(4287, "tsmultirange", tsmultirange, (tsrange), IMMUTABLE | STRICT,
                   multirange_of_one, "the values of a range")
SQL_FUNCTION_DATUM(4288, "tsmultirange", tsmultirange, (_tsrange),
                   IMMUTABLE | STRICT | VARIADIC_LAST, multirange_of_array,
                   "the values of any of the ranges")
SQL_FACTS(4288, .arguments = "VARIADIC _tsrange")
SQL_FUNCTION_DATUM(4289, "tstzmultirange", tstzmultirange, (), IMMUTABLE | STRICT,
                   multirange_of_none, "the empty set")
SQL_FUNCTION_DATUM(4290, "tstzmultirange", tstzmultirange, (tstzrange), IMMUTABLE | STRICT,
                   multirange_of_one, "the values of a range")
SQL_FUNCTION_DATUM(4291, "tstzmultirange", tstzmultirange, (_tstzrange),
                   IMMUTABLE | STRICT | VARIADIC_LAST, multirange_of_array,
                   "the values of any of the ranges")
SQL_FACTS(4291, .arguments = "VARIADIC _tstzrange")
SQL_FUNCTION_DATUM(4292, "datemultirange", datemultirange, (), IMMUTABLE | STRICT,
                   multirange_of_none, "the empty set")
SQL_FUNCTION_DATUM(4293, "datemultirange", datemultirange, (daterange), IMMUTABLE | STRICT,
                   multirange_of_one, "the values of a range")
SQL_FUNCTION_DATUM(4294, "datemultirange", datemultirange, (_daterange),
                   IMMUTABLE | STRICT | VARIADIC_LAST, multirange_of_array,
                   "the values of any of the ranges")
SQL_FACTS(4294, .arguments = "VARIADIC _daterange")
SQL_FUNCTION_DATUM(4295, "int8multirange", int8multirange, (), IMMUTABLE | STRICT,
                   multirange_of_none, "the empty set")
SQL_FUNCTION_DATUM(4296, "int8multirange", int8multirange, (int8range), IMMUTABLE | STRICT,
                   multirange_of_one, "the values of a range")
SQL_FUNCTION_DATUM(4297, "int8multirange", int8multirange, (_int8range),
                   IMMUTABLE | STRICT | VARIADIC_LAST, multirange_of_array,
                   "the values of any of the ranges")
SQL_FACTS(4297, .arguments = "VARIADIC _int8range")
SQL_FUNCTION_DATUM(4298, "multirange", anymultirange, (anyrange), IMMUTABLE | STRICT,
                   multirange_of_one, "the values of a range")
SQL_CAST(10229, int4range, int4multirange, 4281, EXPLICIT)
SQL_CAST(10230, int8range, int8multirange, 4296, EXPLICIT)
SQL_CAST(10231, numrange, nummultirange, 4284, EXPLICIT)
SQL_CAST(10232, daterange, datemultirange, 4293, EXPLICIT)
SQL_CAST(10233, tsrange, tsmultirange, 4287, EXPLICIT)
SQL_CAST(10234, tstzrange, tstzmultirange, 4290, EXPLICIT)

/* ---- Parts of one */

static Ranges parts_of(Fn *fn, Str stored)
{
    const RangeSite *site = site_of(fn);
    return ranges_read(&site->call, site->kinds[0], stored);
}

/* Lives as long as fn->arena: a bound's value may point into the argument. */
static Datum bound_value(const RangeBound *bound)
{
    return (Datum){.null = bound->infinite, .value = bound->value};
}

static Datum lower(Fn *fn, const Datum *args)
{
    const Ranges parts = parts_of(fn, strview_str(&args[0].value.str));
    return parts.count ? bound_value(&parts.items[0].lower) : (Datum){.null = true};
}

static Datum upper(Fn *fn, const Datum *args)
{
    const Ranges parts = parts_of(fn, strview_str(&args[0].value.str));
    return parts.count ? bound_value(&parts.items[parts.count - 1].upper) : (Datum){.null = true};
}

typedef enum BoundFact { LOWER_INCLUDED, UPPER_INCLUDED, LOWER_OPEN, UPPER_OPEN } BoundFact;

static bool bound_fact(Fn *fn, Str stored, BoundFact fact)
{
    const Ranges parts = parts_of(fn, stored);
    if (!parts.count) return false;
    const Range span = ranges_span(parts);
    switch (fact) {
    case LOWER_INCLUDED: return span.lower.inclusive;
    case UPPER_INCLUDED: return span.upper.inclusive;
    case LOWER_OPEN: return span.lower.infinite;
    case UPPER_OPEN: break;
    }
    return span.upper.infinite;
}

static Str span_text(Fn *fn, Str stored)
{
    const Range span = ranges_span(parts_of(fn, stored));
    return range_write(&site_of(fn)->call, &span);
}

typedef struct PartSet {
    RangeCall call;
    Ranges parts;
    uint32_t next;
} PartSet;

static bool unnest(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    PartSet *state = set->state;
    if (!state) {
        state = set->state = ARENA_NEW(set->arena, PartSet);
        TypeCall call = type_call(fn, type_get(fn->env, fn->arg_types[0]));
        call.arena = set->arena;
        state->call = range_call(&call);
        state->parts = multirange_read(&state->call,
                                       str_copy(set->arena, strview_str(&args[0].value.str)));
    }
    if (state->next == state->parts.count) return false;
    columns[0] = (Datum){
        .value.str = strview(range_write(&state->call, &state->parts.items[state->next++]))};
    return true;
}

SQL_FUNCTION_DATUM(3848, "lower", anyelement, (anyrange), IMMUTABLE | STRICT, lower,
                   "lower bound; NULL: there is none")
SQL_FUNCTION_DATUM(3849, "upper", anyelement, (anyrange), IMMUTABLE | STRICT, upper,
                   "upper bound; NULL: there is none")
SQL_EXPRESSION(3850, "isempty", bool, (anyrange), IMMUTABLE | STRICT, parts_of(fn, a).count == 0,
               "is no value in it?")
SQL_EXPRESSION(3851, "lower_inc", bool, (anyrange), IMMUTABLE | STRICT,
               bound_fact(fn, a, LOWER_INCLUDED), "is the lower bound in it?")
SQL_EXPRESSION(3852, "upper_inc", bool, (anyrange), IMMUTABLE | STRICT,
               bound_fact(fn, a, UPPER_INCLUDED), "is the upper bound in it?")
SQL_EXPRESSION(3853, "lower_inf", bool, (anyrange), IMMUTABLE | STRICT,
               bound_fact(fn, a, LOWER_OPEN), "has it no lower bound?")
SQL_EXPRESSION(3854, "upper_inf", bool, (anyrange), IMMUTABLE | STRICT,
               bound_fact(fn, a, UPPER_OPEN), "has it no upper bound?")
SQL_FUNCTION_DATUM(4235, "lower", anyelement, (anymultirange), IMMUTABLE | STRICT, lower,
                   "lower bound; NULL: there is none")
SQL_FUNCTION_DATUM(4236, "upper", anyelement, (anymultirange), IMMUTABLE | STRICT, upper,
                   "upper bound; NULL: there is none")
SQL_EXPRESSION(4237, "isempty", bool, (anymultirange), IMMUTABLE | STRICT,
               parts_of(fn, a).count == 0, "is no value in it?")
SQL_EXPRESSION(4238, "lower_inc", bool, (anymultirange), IMMUTABLE | STRICT,
               bound_fact(fn, a, LOWER_INCLUDED), "is the lower bound in it?")
SQL_EXPRESSION(4239, "upper_inc", bool, (anymultirange), IMMUTABLE | STRICT,
               bound_fact(fn, a, UPPER_INCLUDED), "is the upper bound in it?")
SQL_EXPRESSION(4240, "lower_inf", bool, (anymultirange), IMMUTABLE | STRICT,
               bound_fact(fn, a, LOWER_OPEN), "has it no lower bound?")
SQL_EXPRESSION(4241, "upper_inf", bool, (anymultirange), IMMUTABLE | STRICT,
               bound_fact(fn, a, UPPER_OPEN), "has it no upper bound?")
SQL_EXPRESSION(4228, "range_merge", anyrange, (anymultirange), IMMUTABLE | STRICT, span_text(fn, a),
               "the smallest range that holds it")
SQL_FUNCTION_SET(1293, "unnest", anyrange, (anymultirange), IMMUTABLE | STRICT, unnest,
                 "its ranges, one a row")
SQL_FACTS(1293, .rows = 100)

/* ---- Two of them */

static Ranges second_of(Fn *fn, Str stored)
{
    const RangeSite *site = site_of(fn);
    return ranges_read(&site->call, site->kinds[1], stored);
}

typedef bool (*RangesTest)(const RangeCall *call, Ranges a, Ranges b);

static bool test(Fn *fn, Str a, Str b, RangesTest body)
{
    return body(&site_of(fn)->call, parts_of(fn, a), second_of(fn, b));
}

/* The same question from the other side. */
static bool test_back(Fn *fn, Str a, Str b, RangesTest body)
{
    return body(&site_of(fn)->call, second_of(fn, b), parts_of(fn, a));
}

static int32_t order(Fn *fn, Str a, Str b)
{
    return ranges_compare(&site_of(fn)->call, parts_of(fn, a), second_of(fn, b));
}

static Datum contains_value(Fn *fn, const Datum *args)
{
    const RangeCall *call = &site_of(fn)->call;
    const Ranges parts = parts_of(fn, strview_str(&args[0].value.str));
    return (Datum){.value.b = ranges_contain_value(call, parts, &args[1].value)};
}

static Datum value_is_contained(Fn *fn, const Datum *args)
{
    const RangeCall *call = &site_of(fn)->call;
    const Ranges parts = second_of(fn, strview_str(&args[1].value.str));
    return (Datum){.value.b = ranges_contain_value(call, parts, &args[0].value)};
}

SQL_EXPRESSION(3855, "range_eq", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               order(fn, a, b) == 0, "equal")
SQL_EXPRESSION(3856, "range_ne", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               order(fn, a, b) != 0, "not equal")
SQL_EXPRESSION(3857, "range_overlaps", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               test(fn, a, b, ranges_overlap), "have they a value in common?")
SQL_FUNCTION_DATUM(3858, "range_contains_elem", bool, (anyrange, anyelement), IMMUTABLE | STRICT,
                   contains_value, "is a value in it?")
SQL_FACTS(3858, .support = 6345)
SQL_EXPRESSION(3859, "range_contains", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               test(fn, a, b, ranges_contain), "does the first hold all of the second?")
SQL_FUNCTION_DATUM(3860, "elem_contained_by_range", bool, (anyelement, anyrange),
                   IMMUTABLE | STRICT, value_is_contained, "is a value in it?")
SQL_FACTS(3860, .support = 6346)
SQL_EXPRESSION(3861, "range_contained_by", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               test_back(fn, a, b, ranges_contain), "does the second hold all of the first?")
SQL_EXPRESSION(3862, "range_adjacent", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               test(fn, a, b, ranges_adjacent), "do they touch without a common value?")
SQL_EXPRESSION(3863, "range_before", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               test(fn, a, b, ranges_before), "does the first lie below the second?")
SQL_EXPRESSION(3864, "range_after", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               test_back(fn, a, b, ranges_before), "does the first lie above the second?")
SQL_EXPRESSION(3865, "range_overleft", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               test(fn, a, b, ranges_over_left), "does the first not reach above the second?")
SQL_EXPRESSION(3866, "range_overright", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               test(fn, a, b, ranges_over_right), "does the first not reach below the second?")
SQL_EXPRESSION(3870, "range_cmp", int4, (anyrange, anyrange), IMMUTABLE | STRICT, order(fn, a, b),
               "order of two values: -1, 0 or 1")
SQL_EXPRESSION(3871, "range_lt", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               order(fn, a, b) < 0, "before in order")
SQL_EXPRESSION(3872, "range_le", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               order(fn, a, b) <= 0, "before in order or equal")
SQL_EXPRESSION(3873, "range_ge", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               order(fn, a, b) >= 0, "behind in order or equal")
SQL_EXPRESSION(3874, "range_gt", bool, (anyrange, anyrange), IMMUTABLE | STRICT,
               order(fn, a, b) > 0, "behind in order")
SQL_EXPRESSION(4244, "multirange_eq", bool, (anymultirange, anymultirange), IMMUTABLE | STRICT,
               order(fn, a, b) == 0, "equal")
SQL_EXPRESSION(4245, "multirange_ne", bool, (anymultirange, anymultirange), IMMUTABLE | STRICT,
               order(fn, a, b) != 0, "not equal")
SQL_EXPRESSION(4246, "range_overlaps_multirange", bool, (anyrange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_overlap), "have they a value in common?")
SQL_EXPRESSION(4247, "multirange_overlaps_range", bool, (anymultirange, anyrange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_overlap), "have they a value in common?")
SQL_EXPRESSION(4248, "multirange_overlaps_multirange", bool, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_overlap), "have they a value in common?")
SQL_FUNCTION_DATUM(4249, "multirange_contains_elem", bool, (anymultirange, anyelement),
                   IMMUTABLE | STRICT, contains_value, "is a value in it?")
SQL_EXPRESSION(4250, "multirange_contains_range", bool, (anymultirange, anyrange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_contain),
               "does the first hold all of the second?")
SQL_EXPRESSION(4251, "multirange_contains_multirange", bool, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_contain),
               "does the first hold all of the second?")
SQL_FUNCTION_DATUM(4252, "elem_contained_by_multirange", bool, (anyelement, anymultirange),
                   IMMUTABLE | STRICT, value_is_contained, "is a value in it?")
SQL_EXPRESSION(4253, "range_contained_by_multirange", bool, (anyrange, anymultirange),
               IMMUTABLE | STRICT, test_back(fn, a, b, ranges_contain),
               "does the second hold all of the first?")
SQL_EXPRESSION(4254, "multirange_contained_by_multirange", bool, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, test_back(fn, a, b, ranges_contain),
               "does the second hold all of the first?")
SQL_EXPRESSION(4255, "range_adjacent_multirange", bool, (anyrange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_adjacent),
               "do they touch without a common value?")
SQL_EXPRESSION(4256, "multirange_adjacent_multirange", bool, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_adjacent),
               "do they touch without a common value?")
SQL_EXPRESSION(4257, "multirange_adjacent_range", bool, (anymultirange, anyrange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_adjacent),
               "do they touch without a common value?")
SQL_EXPRESSION(4258, "range_before_multirange", bool, (anyrange, anymultirange), IMMUTABLE | STRICT,
               test(fn, a, b, ranges_before), "does the first lie below the second?")
SQL_EXPRESSION(4259, "multirange_before_range", bool, (anymultirange, anyrange), IMMUTABLE | STRICT,
               test(fn, a, b, ranges_before), "does the first lie below the second?")
SQL_EXPRESSION(4260, "multirange_before_multirange", bool, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_before),
               "does the first lie below the second?")
SQL_EXPRESSION(4261, "range_after_multirange", bool, (anyrange, anymultirange), IMMUTABLE | STRICT,
               test_back(fn, a, b, ranges_before), "does the first lie above the second?")
SQL_EXPRESSION(4262, "multirange_after_range", bool, (anymultirange, anyrange), IMMUTABLE | STRICT,
               test_back(fn, a, b, ranges_before), "does the first lie above the second?")
SQL_EXPRESSION(4263, "multirange_after_multirange", bool, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, test_back(fn, a, b, ranges_before),
               "does the first lie above the second?")
SQL_EXPRESSION(4264, "range_overleft_multirange", bool, (anyrange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_over_left),
               "does the first not reach above the second?")
SQL_EXPRESSION(4265, "multirange_overleft_range", bool, (anymultirange, anyrange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_over_left),
               "does the first not reach above the second?")
SQL_EXPRESSION(4266, "multirange_overleft_multirange", bool, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_over_left),
               "does the first not reach above the second?")
SQL_EXPRESSION(4267, "range_overright_multirange", bool, (anyrange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_over_right),
               "does the first not reach below the second?")
SQL_EXPRESSION(4268, "multirange_overright_range", bool, (anymultirange, anyrange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_over_right),
               "does the first not reach below the second?")
SQL_EXPRESSION(4269, "multirange_overright_multirange", bool, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_over_right),
               "does the first not reach below the second?")
SQL_EXPRESSION(4273, "multirange_cmp", int4, (anymultirange, anymultirange), IMMUTABLE | STRICT,
               order(fn, a, b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(4274, "multirange_lt", bool, (anymultirange, anymultirange), IMMUTABLE | STRICT,
               order(fn, a, b) < 0, "before in order")
SQL_EXPRESSION(4275, "multirange_le", bool, (anymultirange, anymultirange), IMMUTABLE | STRICT,
               order(fn, a, b) <= 0, "before in order or equal")
SQL_EXPRESSION(4276, "multirange_ge", bool, (anymultirange, anymultirange), IMMUTABLE | STRICT,
               order(fn, a, b) >= 0, "behind in order or equal")
SQL_EXPRESSION(4277, "multirange_gt", bool, (anymultirange, anymultirange), IMMUTABLE | STRICT,
               order(fn, a, b) > 0, "behind in order")
SQL_EXPRESSION(4541, "range_contains_multirange", bool, (anyrange, anymultirange),
               IMMUTABLE | STRICT, test(fn, a, b, ranges_contain),
               "does the first hold all of the second?")
SQL_EXPRESSION(4542, "multirange_contained_by_range", bool, (anymultirange, anyrange),
               IMMUTABLE | STRICT, test_back(fn, a, b, ranges_contain),
               "does the second hold all of the first?")

/* ---- As sets */

typedef Ranges (*RangesOperation)(const RangeCall *call, Ranges a, Ranges b);

/* A range where that is the result's type: then more parts than one are an error. */
static Str operate(Fn *fn, Str a, Str b, RangesOperation body, const char *name)
{
    const RangeSite *site = site_of(fn);
    const Ranges parts = body(&site->call, parts_of(fn, a), second_of(fn, b));
    if (site->kinds[0] == 'm') return multirange_write(&site->call, parts);
    if (parts.count > 1)
        raise_error(SQLSTATE_DATA_EXCEPTION, "result of range %s would not be contiguous", name);
    const Range span = ranges_span(parts);
    return range_write(&site->call, &span);
}

/* The smallest range that holds both. */
static Str merge(Fn *fn, Str a, Str b)
{
    const RangeSite *site = site_of(fn);
    Range span = ranges_span(ranges_unite(&site->call, parts_of(fn, a), second_of(fn, b)));
    return range_write(&site->call, &span);
}

SQL_EXPRESSION(3867, "range_union", anyrange, (anyrange, anyrange), IMMUTABLE | STRICT,
               operate(fn, a, b, ranges_unite, "union"), "values of either")
SQL_EXPRESSION(3868, "range_intersect", anyrange, (anyrange, anyrange), IMMUTABLE | STRICT,
               operate(fn, a, b, ranges_intersect, "intersection"), "values of both")
SQL_EXPRESSION(3869, "range_minus", anyrange, (anyrange, anyrange), IMMUTABLE | STRICT,
               operate(fn, a, b, ranges_subtract, "difference"),
               "values of the first that are not in the second")
SQL_EXPRESSION(4057, "range_merge", anyrange, (anyrange, anyrange), IMMUTABLE | STRICT,
               merge(fn, a, b), "the smallest range that holds both")
SQL_EXPRESSION(4270, "multirange_union", anymultirange, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, operate(fn, a, b, ranges_unite, "union"), "values of either")
SQL_EXPRESSION(4271, "multirange_minus", anymultirange, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, operate(fn, a, b, ranges_subtract, "difference"),
               "values of the first that are not in the second")
SQL_EXPRESSION(4272, "multirange_intersect", anymultirange, (anymultirange, anymultirange),
               IMMUTABLE | STRICT, operate(fn, a, b, ranges_intersect, "intersection"),
               "values of both")

/* ---- Hashes that SQL sees */

static uint64_t hash_range_part(Fn *fn, const RangeCall *call, const Range *range, int64_t seed,
                                bool extended)
{
    const Datum lower_value = {.null = range->empty || range->lower.infinite,
                               .value = range->lower.value};
    const Datum upper_value = {.null = range->empty || range->upper.infinite,
                               .value = range->upper.value};
    const uint8_t flags = range_flags(range);
    const uint64_t low = type__sql_hash(fn, call->element.type, &lower_value, seed, extended),
                   high = type__sql_hash(fn, call->element.type, &upper_value, seed, extended);
    if (!extended) {
        const uint32_t hash = hash_pg_u32(flags) ^ (uint32_t)low;
        return (hash << 1 | hash >> 31) ^ (uint32_t)high;
    }
    /* Its halves are rotated apart. */
    const uint64_t hash = hash_pg_u32_extended(flags, (uint64_t)seed) ^ low;
    const uint64_t top_bits = UINT64_C(0x8000000080000000);
    return ((hash & ~top_bits) << 1 | (hash & top_bits) >> 31) ^ high;
}

static uint64_t hash_of(Fn *fn, Str stored, int64_t seed, bool extended)
{
    const RangeSite *site = site_of(fn);
    if (site->kinds[0] == 'r') {
        const Range range = range_read(&site->call, stored);
        return hash_range_part(fn, &site->call, &range, seed, extended);
    }
    const Ranges parts = parts_of(fn, stored);
    uint64_t hash = 1;
    for (uint32_t i = 0; i < parts.count; i++) {
        task_check();
        hash = hash * 31 + hash_range_part(fn, &site->call, &parts.items[i], seed, extended);
    }
    return extended ? hash : (uint32_t)hash;
}

SQL_EXPRESSION(3902, "hash_range", int4, (anyrange), IMMUTABLE | STRICT,
               (int32_t)(uint32_t)hash_of(fn, a, 0, false), "hash")
SQL_EXPRESSION(3417, "hash_range_extended", int8, (anyrange, int8), IMMUTABLE | STRICT,
               (int64_t)hash_of(fn, a, b, true), "hash with a seed")
SQL_EXPRESSION(4278, "hash_multirange", int4, (anymultirange), IMMUTABLE | STRICT,
               (int32_t)(uint32_t)hash_of(fn, a, 0, false), "hash")
SQL_EXPRESSION(4279, "hash_multirange_extended", int8, (anymultirange, int8), IMMUTABLE | STRICT,
               (int64_t)hash_of(fn, a, b, true), "hash with a seed")
