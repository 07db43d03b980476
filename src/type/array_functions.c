/* SPDX-License-Identifier: Apache-2.0 */
/* array_functions.c - arrays compared, measured, joined, cut, sorted. Positions are the array's own: they begin at its
 * lower bound. */
#include "type/array_type.h"

#include "base/arith.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "base/random.h"
#include "base/task.h"
#include "type/type_internal.h"

static TypeCall call_of(const Fn *fn, Oid type)
{
    return type_call(fn, type_get(fn->env, type));
}

static Datum str_datum(Str s)
{
    return (Datum){.value.str = strview(s)};
}

static Str datum_str(const Datum *datum)
{
    return strview_str(&datum->value.str);
}

/* ---- Comparison */

static int32_t compare(Fn *fn, Str a, Str b)
{
    const TypeCall call = call_of(fn, fn->arg_types[0]);
    return array_compare(&call, a, b);
}

static bool equal(Fn *fn, Str a, Str b)
{
    const TypeCall call = call_of(fn, fn->arg_types[0]);
    return array_equal(&call, a, b);
}

/* The function that hashes values of a type as SQL sees hashes: support function `number` of its default hash class, or
 * of that of text for varchar and its kin. */
static const BuiltinFunction *hash_function(const Fn *fn, const Type *type, int16_t number)
{
    Oid family = 0, operand = type->oid;
    for (int pass = 0; pass < 2 && !family; pass++) {
        for (uint32_t i = 0; i < builtins.opclasses_count && !family; i++) {
            const BuiltinOpclass *class = &builtins.opclasses[i];
            if (class->type == operand && class->fallback && strcmp(class->method, "hash") == 0)
                family = class->family;
        }
        const BuiltinCast *cast = family ? NULL : builtin_cast(operand, OID_TEXT);
        if (cast && cast->method == 'b') operand = OID_TEXT;
        if (!family && type->element) operand = OID_ANYARRAY;
    }
    for (uint32_t i = 0; family && i < builtins.family_functions_count; i++) {
        const BuiltinFamilyFunction *f = &builtins.family_functions[i];
        if (f->family == family && f->left == operand && f->number == number)
            return builtin_function(f->function);
    }
    const TypeCall call = call_of(fn, type->oid);
    (void)call;
    raise_error(SQLSTATE_UNDEFINED_FUNCTION, "could not identify %s hash function for type %s",
                number == 1 ? "a" : "an extended", type->name);
}

uint64_t type__sql_hash(const Fn *fn, const Type *type, const Datum *value, int64_t seed,
                        bool extended)
{
    const BuiltinFunction *f = hash_function(fn, type, extended ? 2 : 1);
    const Oid types[2] = {type->oid, OID_INT8};
    const Phys physes[2] = {type->phys, PHYS_I64};
    const Datum args[2] = {*value, {.value.i64 = seed}};
    Fn inner = *fn;
    inner.function = f;
    inner.arg_types = types;
    inner.arg_count = extended ? 2 : 1;
    inner.result_type = f->result;
    inner.state = NULL;
    if (value->null) return 0;
    const Datum result = fn_call_datum(&inner, f->vector, true, types, physes,
                                       extended ? PHYS_I64 : PHYS_I32, args);
    return extended ? result.value.u64 : result.value.u32;
}

/* h := 31 h + hash of the element; `seed` for the extended form. */
static uint64_t hash_elements(Fn *fn, Str array, int64_t seed, bool extended)
{
    const ArrayView view = array_view_or_raise(array);
    const Type *element = type_get(fn->env, view.element);
    uint64_t hash = 1;
    if (!view.count) (void)hash_function(fn, element, extended ? 2 : 1); /* raises */
    for (uint32_t i = 0; i < view.count; i++) {
        task_check();
        const Datum item = array_get(&view, element, i);
        const uint64_t of_element = type__sql_hash(fn, element, &item, seed, extended);
        hash = extended ? hash * 31 + of_element : (uint32_t)(hash * 31 + of_element);
    }
    return hash;
}

/* ---- Measures */

static bool dimension_is_there(const ArrayView *view, int32_t dimension)
{
    return dimension >= 1 && (uint32_t)dimension <= view->shape.dimensions;
}

static int32_t array_length(Fn *fn, Str array, int32_t dimension)
{
    const ArrayView view = array_view_or_raise(array);
    if (!dimension_is_there(&view, dimension)) return FN_NULL(fn, 0);
    return view.shape.lengths[dimension - 1];
}

static int32_t array_lower(Fn *fn, Str array, int32_t dimension)
{
    const ArrayView view = array_view_or_raise(array);
    if (!dimension_is_there(&view, dimension)) return FN_NULL(fn, 0);
    return view.shape.lowers[dimension - 1];
}

static int32_t array_upper(Fn *fn, Str array, int32_t dimension)
{
    const ArrayView view = array_view_or_raise(array);
    if (!dimension_is_there(&view, dimension)) return FN_NULL(fn, 0);
    return view.shape.lowers[dimension - 1] + view.shape.lengths[dimension - 1] - 1;
}

static int32_t array_ndims(Fn *fn, Str array)
{
    const ArrayView view = array_view_or_raise(array);
    return view.shape.dimensions ? (int32_t)view.shape.dimensions : FN_NULL(fn, 0);
}

static Str array_dims(Fn *fn, Str array)
{
    const ArrayView view = array_view_or_raise(array);
    StrBuilder out = str_builder(fn->arena, 16);
    if (!view.shape.dimensions) return FN_NULL(fn, STR(""));
    array_print_bounds(&view.shape, &out);
    return str_done(&out);
}

static int32_t cardinality(Fn *fn, Str array)
{
    (void)fn;
    return (int32_t)array_view_or_raise(array).count;
}

/* ---- Joining */

static void check_flat(const ArrayView *view)
{
    if (view->shape.dimensions > 1)
        raise_error(SQLSTATE_DATA_EXCEPTION, "argument must be empty or one-dimensional array");
}

/* The array with an element behind (or before) its own; it keeps its lower bound. */
static Datum add_element(Fn *fn, const Datum *array, const Datum *value, bool at_end)
{
    const Type *element = type_get(fn->env, type_get(fn->env, fn->result_type)->element);
    ArrayView view = {0};
    if (!array->null) view = array_view_or_raise(datum_str(array));
    check_flat(&view);
    ArrayShape shape = {.dimensions = 1,
                        .lengths = {(int32_t)view.count + 1},
                        .lowers = {1},
                        .bitmap = view.shape.bitmap};
    if (view.count) shape.lowers[0] = view.shape.lowers[0];
    if (!at_end && shape.lowers[0] == INT32_MIN)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
    Datum *values = ARENA_ARRAY(fn->arena, Datum, view.count + 1);
    values[at_end ? view.count : 0] = *value;
    for (uint32_t i = 0; i < view.count; i++) values[i + !at_end] = array_get(&view, element, i);
    return str_datum(array_build_shaped(fn->arena, element, values, &shape));
}

static Datum array_append(Fn *fn, const Datum *args)
{
    return add_element(fn, &args[0], &args[1], true);
}

static Datum array_prepend(Fn *fn, const Datum *args)
{
    return add_element(fn, &args[1], &args[0], false);
}

static _Noreturn void raise_incompatible(const char *detail, uint32_t left, uint32_t right)
{
    Error *error = error_begin(SQLSTATE_ARRAY_SUBSCRIPT_ERROR);
    error_message(error, "cannot concatenate incompatible arrays");
    if (detail)
        error_detail(error, "%s", detail);
    else
        error_detail(error, "Arrays of %u and %u dimensions are not compatible for concatenation.",
                     left, right);
    error_raise(error);
}

static bool same_inside(const ArrayShape *a, uint32_t a_from, const ArrayShape *b, uint32_t b_from)
{
    for (uint32_t i = 0; a_from + i < a->dimensions; i++)
        if (a->lengths[a_from + i] != b->lengths[b_from + i] ||
            a->lowers[a_from + i] != b->lowers[b_from + i])
            return false;
    return true;
}

/* Arrays of as many dimensions grow in the first; one of a dimension less is an element of the other. */
static ArrayShape joined_shape(const ArrayShape *a, const ArrayShape *b)
{
    const char *const differing =
        "Arrays with differing dimensions are not compatible for concatenation.";
    ArrayShape shape = a->dimensions >= b->dimensions ? *a : *b;
    shape.bitmap = a->bitmap || b->bitmap;
    if (a->dimensions == b->dimensions) {
        if (!same_inside(a, 1, b, 1))
            raise_incompatible("Arrays with differing element dimensions are not compatible for "
                               "concatenation.",
                               0, 0);
        if (add_overflows(a->lengths[0], b->lengths[0], &shape.lengths[0]))
            raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                        "array size exceeds the maximum allowed (%d)", ARRAY_ELEMENTS_MAX);
    } else if (a->dimensions == b->dimensions + 1) {
        if (!same_inside(a, 1, b, 0)) raise_incompatible(differing, 0, 0);
        shape.lengths[0]++;
    } else if (b->dimensions == a->dimensions + 1) {
        if (!same_inside(b, 1, a, 0)) raise_incompatible(differing, 0, 0);
        shape.lengths[0]++;
    } else {
        raise_incompatible(NULL, a->dimensions, b->dimensions);
    }
    return shape;
}

static Datum array_cat(Fn *fn, const Datum *args)
{
    if (args[0].null) return args[1];
    if (args[1].null) return args[0];
    const ArrayView a = array_view_or_raise(datum_str(&args[0]));
    const ArrayView b = array_view_or_raise(datum_str(&args[1]));
    if (!a.shape.dimensions) return args[1];
    if (!b.shape.dimensions) return args[0];
    const Type *element = type_get(fn->env, a.element);
    const ArrayShape shape = joined_shape(&a.shape, &b.shape);
    Datum *values = ARENA_ARRAY(fn->arena, Datum, (size_t)a.count + b.count);
    for (uint32_t i = 0; i < a.count; i++) values[i] = array_get(&a, element, i);
    for (uint32_t i = 0; i < b.count; i++) values[a.count + i] = array_get(&b, element, i);
    return str_datum(array_build_shaped(fn->arena, element, values, &shape));
}

/* ---- Cutting, turning, sorting: by slices of the first dimension */

/* Elements of a slice. */
static uint32_t slice_size(const ArrayView *view)
{
    return view->count ? view->count / (uint32_t)view->shape.lengths[0] : 0;
}

static Str build_of_shape(Fn *fn, const ArrayView *view, const uint32_t *slices, uint32_t count,
                          ArrayShape shape)
{
    const Type *element = type_get(fn->env, view->element);
    const uint32_t size = slice_size(view);
    Datum *values = ARENA_ARRAY(fn->arena, Datum, (size_t)count * size);
    for (uint32_t i = 0; i < count * size; i++) {
        task_check();
        values[i] = array_get(view, element, slices[i / size] * size + i % size);
    }
    if (!count) shape.dimensions = 0;
    if (shape.dimensions) shape.lengths[0] = (int32_t)count;
    return array_build_shaped(fn->arena, element, values, &shape);
}

/* The array of those slices of `view`, in that order, from where it begins. */
static Str build_slices(Fn *fn, const ArrayView *view, const uint32_t *slices, uint32_t count)
{
    return build_of_shape(fn, view, slices, count, view->shape);
}

static ArrayShape from_one(const ArrayShape *shape, bool keep_bitmap)
{
    ArrayShape made = *shape;
    made.bitmap &= keep_bitmap;
    for (uint32_t i = 0; i < made.dimensions; i++) made.lowers[i] = 1;
    return made;
}

static uint32_t *all_slices(Fn *fn, const ArrayView *view, uint32_t *count)
{
    *count = view->count ? (uint32_t)view->shape.lengths[0] : 0;
    uint32_t *slices = ARENA_ARRAY(fn->arena, uint32_t, *count);
    for (uint32_t i = 0; i < *count; i++) slices[i] = i;
    return slices;
}

static Str trim_array(Fn *fn, Str array, int32_t n)
{
    uint32_t count;
    const ArrayView view = array_view_or_raise(array);
    const uint32_t *slices = all_slices(fn, &view, &count);
    if (n < 0 || (uint32_t)n > count)
        raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR,
                    "number of elements to trim must be between 0 and %u", count);
    return build_of_shape(fn, &view, slices, count - (uint32_t)n, from_one(&view.shape, true));
}

static Str array_reverse(Fn *fn, Str array)
{
    uint32_t count;
    const ArrayView view = array_view_or_raise(array);
    uint32_t *slices = all_slices(fn, &view, &count);
    for (uint32_t i = 0; i < count; i++) slices[i] = count - 1 - i;
    return build_slices(fn, &view, slices, count);
}

static void shuffle(Fn *fn, uint32_t *slices, uint32_t count, uint32_t wanted)
{
    for (uint32_t i = 0; i < wanted; i++) {
        const uint32_t other = i + (uint32_t)random_below(fn->env->random, count - i);
        const uint32_t slice = slices[i];
        slices[i] = slices[other];
        slices[other] = slice;
    }
}

static Str array_shuffle(Fn *fn, Str array)
{
    uint32_t count;
    const ArrayView view = array_view_or_raise(array);
    uint32_t *slices = all_slices(fn, &view, &count);
    shuffle(fn, slices, count, count);
    return build_slices(fn, &view, slices, count);
}

static Str array_sample(Fn *fn, Str array, int32_t n)
{
    uint32_t count;
    const ArrayView view = array_view_or_raise(array);
    uint32_t *slices = all_slices(fn, &view, &count);
    if (n < 0 || (uint32_t)n > count)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "sample size must be between 0 and %u",
                    count);
    shuffle(fn, slices, count, (uint32_t)n);
    return build_of_shape(fn, &view, slices, (uint32_t)n, from_one(&view.shape, false));
}

typedef struct SliceSort {
    TypeCall call;
    const Datum *values;
    uint32_t size;
    bool descending, nulls_first;
} SliceSort;

/* Slices of one element by the caller's wish; longer ones as arrays, in which NULL is above all else. */
static int compare_slices(const SliceSort *s, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < s->size; i++) {
        const Datum *x = &s->values[a * s->size + i], *y = &s->values[b * s->size + i];
        if (x->null && y->null) continue;
        if (x->null != y->null) {
            const bool x_first = s->size == 1 ? x->null == s->nulls_first
                                              : x->null == s->descending;
            return x_first ? -1 : 1;
        }
        const int order = s->call.type->compare(&s->call, &x->value, &y->value);
        if (order) return (order < 0) != s->descending ? -1 : 1;
    }
    return 0;
}

/* Merges: stable, n log n whatever comes. */
static void sort_slices(const SliceSort *s, uint32_t *slices, uint32_t *spare, uint32_t count)
{
    if (count < 2) return;
    const uint32_t half = count / 2;
    task_check();
    sort_slices(s, slices, spare, half);
    sort_slices(s, slices + half, spare, count - half);
    memcpy(spare, slices, half * sizeof *slices);
    uint32_t a = 0, b = half, out = 0;
    while (a < half && b < count)
        slices[out++] = compare_slices(s, spare[a], slices[b]) <= 0 ? spare[a++] : slices[b++];
    while (a < half) slices[out++] = spare[a++];
}

static Str array_sort(Fn *fn, Str array, bool descending, bool nulls_first)
{
    uint32_t count;
    const ArrayView view = array_view_or_raise(array);
    if (view.count < 2) return array;
    SliceSort sort = {.call = call_of(fn, view.element), .size = slice_size(&view)};
    if (!sort.call.type->compare)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "could not identify a comparison function for type %s", sort.call.type->name);
    sort.values = array_values(fn->arena, &view, sort.call.type);
    sort.descending = descending;
    sort.nulls_first = nulls_first;
    uint32_t *slices = all_slices(fn, &view, &count);
    sort_slices(&sort, slices, ARENA_ARRAY(fn->arena, uint32_t, count), count);
    return build_slices(fn, &view, slices, count);
}

/* ---- Filling */

static ArrayView subscript_list(const Datum *list)
{
    if (list->null)
        raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED,
                    "dimension array or low bound array cannot be null");
    return array_view_or_raise(datum_str(list));
}

static _Noreturn void raise_subscripts(const char *detail)
{
    Error *error = error_begin(SQLSTATE_ARRAY_SUBSCRIPT_ERROR);
    error_message(error, "wrong number of array subscripts");
    error_raise(error_detail(error, "%s", detail));
}

static _Noreturn void raise_null_subscript(void)
{
    raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "dimension values cannot be null");
}

static void read_subscripts(const ArrayView *list, int32_t *out)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const Bytes bytes = array_element(list, i);
        if (!bytes.data) raise_null_subscript();
        out[i] = (int32_t)load_le32(bytes.data);
    }
}

/* (value, lengths[, lower bounds]) */
static Datum array_fill(Fn *fn, const Datum *args)
{
    ArrayShape shape = {.lowers = {1, 1, 1, 1, 1, 1}};
    ArrayView lowers = {0};
    const ArrayView lengths = subscript_list(&args[1]);
    if (fn->arg_count > 2) lowers = subscript_list(&args[2]);
    if (lengths.shape.dimensions > 1) raise_subscripts("Dimension array must be one dimensional.");
    if (lengths.count > ARRAY_DIMENSIONS_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (%u) exceeds the maximum allowed (%d)",
                    lengths.count, ARRAY_DIMENSIONS_MAX);
    shape.dimensions = lengths.count;
    read_subscripts(&lengths, shape.lengths);
    if (fn->arg_count > 2) {
        if (lowers.shape.dimensions > 1)
            raise_subscripts("Dimension array must be one dimensional.");
        for (uint32_t i = 0; i < lowers.count; i++)
            if (!array_element(&lowers, i).data) raise_null_subscript();
        if (lowers.count != lengths.count)
            raise_subscripts("Low bound array has different size than dimensions array.");
        read_subscripts(&lowers, shape.lowers);
    }
    InputError err = {.arena = fn->arena};
    if (!array_shape_check(&shape, &err)) input_error_raise(&err);
    const uint32_t count = array_shape_count(&shape);
    const Type *element = type_get(fn->env, type_get(fn->env, fn->result_type)->element);
    if (!count) shape.dimensions = 0;
    Datum *values = ARENA_ARRAY(fn->arena, Datum, count);
    for (uint32_t i = 0; i < count; i++) values[i] = args[0];
    return str_datum(array_build_shaped(fn->arena, element, values, &shape));
}

SQL_FUNCTION(382, "btarraycmp", int4, (anyarray, anyarray), IMMUTABLE | STRICT, compare,
             "order of two arrays: -1, 0 or 1")
SQL_FUNCTION(744, "array_eq", bool, (anyarray, anyarray), IMMUTABLE | STRICT, equal, "equal")
SQL_EXPRESSION(390, "array_ne", bool, (anyarray, anyarray), IMMUTABLE | STRICT, !equal(fn, a, b),
               "not equal")
SQL_EXPRESSION(391, "array_lt", bool, (anyarray, anyarray), IMMUTABLE | STRICT,
               compare(fn, a, b) < 0, "less than")
SQL_EXPRESSION(392, "array_gt", bool, (anyarray, anyarray), IMMUTABLE | STRICT,
               compare(fn, a, b) > 0, "greater than")
SQL_EXPRESSION(393, "array_le", bool, (anyarray, anyarray), IMMUTABLE | STRICT,
               compare(fn, a, b) <= 0, "less than or equal")
SQL_EXPRESSION(396, "array_ge", bool, (anyarray, anyarray), IMMUTABLE | STRICT,
               compare(fn, a, b) >= 0, "greater than or equal")
SQL_EXPRESSION(515, "array_larger", anyarray, (anyarray, anyarray), IMMUTABLE | STRICT,
               compare(fn, a, b) > 0 ? a : b, "the larger of two arrays")
SQL_EXPRESSION(516, "array_smaller", anyarray, (anyarray, anyarray), IMMUTABLE | STRICT,
               compare(fn, a, b) < 0 ? a : b, "the smaller of two arrays")
SQL_EXPRESSION(626, "hash_array", int4, (anyarray), IMMUTABLE | STRICT,
               (int32_t)(uint32_t)hash_elements(fn, a, 0, false), "hash")
SQL_EXPRESSION(782, "hash_array_extended", int8, (anyarray, int8), IMMUTABLE | STRICT,
               (int64_t)hash_elements(fn, a, b, true), "64-bit hash with a seed")
SQL_FUNCTION(747, "array_dims", text, (anyarray), IMMUTABLE | STRICT | NULLABLE, array_dims,
             "bounds of the dimensions as text")
SQL_FUNCTION(748, "array_ndims", int4, (anyarray), IMMUTABLE | STRICT | NULLABLE, array_ndims,
             "number of dimensions")
SQL_FUNCTION(2091, "array_lower", int4, (anyarray, int4), IMMUTABLE | STRICT | NULLABLE,
             array_lower, "lower bound of a dimension")
SQL_FUNCTION(2092, "array_upper", int4, (anyarray, int4), IMMUTABLE | STRICT | NULLABLE,
             array_upper, "upper bound of a dimension")
SQL_FUNCTION(2176, "array_length", int4, (anyarray, int4), IMMUTABLE | STRICT | NULLABLE,
             array_length, "length of a dimension")
SQL_FUNCTION(3179, "cardinality", int4, (anyarray), IMMUTABLE | STRICT, cardinality,
             "number of elements")
SQL_FUNCTION_DATUM(378, "array_append", anycompatiblearray, (anycompatiblearray, anycompatible),
                   IMMUTABLE, array_append, "the array with an element at its end")
SQL_FACTS(378, .support = 6378)
SQL_FUNCTION_DATUM(379, "array_prepend", anycompatiblearray, (anycompatible, anycompatiblearray),
                   IMMUTABLE, array_prepend, "the array with an element at its beginning")
SQL_FACTS(379, .support = 6379)
SQL_FUNCTION_DATUM(383, "array_cat", anycompatiblearray, (anycompatiblearray, anycompatiblearray),
                   IMMUTABLE, array_cat, "one array behind the other")
SQL_FUNCTION_DATUM(1193, "array_fill", anyarray, (anyelement, _int4), IMMUTABLE, array_fill,
                   "array of one value and given lengths")
SQL_FUNCTION_DATUM(1286, "array_fill", anyarray, (anyelement, _int4, _int4), IMMUTABLE, array_fill,
                   "array of one value, given lengths and lower bounds")
SQL_FUNCTION(6172, "trim_array", anyarray, (anyarray, int4), IMMUTABLE | STRICT, trim_array,
             "the array without its last elements")
SQL_FUNCTION(6215, "array_shuffle", anyarray, (anyarray), VOLATILE | STRICT, array_shuffle,
             "the array in random order")
SQL_FUNCTION(6216, "array_sample", anyarray, (anyarray, int4), VOLATILE | STRICT, array_sample,
             "so many elements by chance")
SQL_FUNCTION(6381, "array_reverse", anyarray, (anyarray), IMMUTABLE | STRICT, array_reverse,
             "the array in reverse order")
SQL_EXPRESSION(6388, "array_sort", anyarray, (anyarray), IMMUTABLE | STRICT,
               array_sort(fn, a, false, false), "the array sorted")
SQL_EXPRESSION(6389, "array_sort", anyarray, (anyarray, bool), IMMUTABLE | STRICT,
               array_sort(fn, a, b, b), "the array sorted, perhaps downward")
SQL_FACTS(6389, .arguments = "array anyarray, descending bool")
SQL_EXPRESSION(6390, "array_sort", anyarray, (anyarray, bool, bool), IMMUTABLE | STRICT,
               array_sort(fn, a, b, c), "the array sorted, perhaps downward, NULLs at either end")
SQL_FACTS(6390, .arguments = "array anyarray, descending bool, nulls_first bool")
SQL_OPERATOR(349, "||", anycompatiblearray, anycompatible, anycompatiblearray, array_append)
SQL_OPERATOR(374, "||", anycompatible, anycompatiblearray, anycompatiblearray, array_prepend)
SQL_OPERATOR(375, "||", anycompatiblearray, anycompatiblearray, anycompatiblearray, array_cat)
SQL_OPERATOR(1070, "=", anyarray, anyarray, bool, array_eq, .commutator = 1070, .negator = 1071,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1071, "<>", anyarray, anyarray, bool, array_ne, .commutator = 1071, .negator = 1070,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1072, "<", anyarray, anyarray, bool, array_lt, .commutator = 1073, .negator = 1075,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1073, ">", anyarray, anyarray, bool, array_gt, .commutator = 1072, .negator = 1074,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1074, "<=", anyarray, anyarray, bool, array_le, .commutator = 1075, .negator = 1073,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1075, ">=", anyarray, anyarray, bool, array_ge, .commutator = 1074, .negator = 1072,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPFAMILY(397, btree, "array_ops")
SQL_OPCLASS(10000, btree, "array_ops", 397, anyarray, .fallback = true)
SQL_FAMILY_OPERATOR(397, anyarray, anyarray, 1, 1072)
SQL_FAMILY_OPERATOR(397, anyarray, anyarray, 2, 1074)
SQL_FAMILY_OPERATOR(397, anyarray, anyarray, 3, 1070)
SQL_FAMILY_OPERATOR(397, anyarray, anyarray, 4, 1075)
SQL_FAMILY_OPERATOR(397, anyarray, anyarray, 5, 1073)
SQL_FAMILY_FUNCTION(397, anyarray, anyarray, 1, 382)
