/* SPDX-License-Identifier: Apache-2.0 */
/* expr_array.c - expressions around arrays: op ANY and op ALL (hence IN), ARRAY[...], element-wise casts.
 *
 * op ANY over an array that is the same for all rows is decided by vectors: equality on slots by one look-up in the
 * sorted elements, anything else by one call an element over the rows still undecided. Where the array changes from
 * row to row, its elements become a vector and the left side a constant. */
#include "expr/expr_internal.h"

#include "base/bitset.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/array.h"

/* ---- elements ---- */

static void view_of(Str stored, ArrayView *view)
{
    if (!array_view(stored, view)) raise_error(SQLSTATE_DATA_CORRUPTED, "malformed array value");
}

/* Elements [from, from + count) as a flat vector. */
static void elements_vector(const ArrayView *view, const Type *element, uint32_t from,
                            uint32_t count, Vector *vector, Arena *arena)
{
    vector_init_flat(vector, arena, element->oid, element->phys, count);
    for (uint32_t i = 0; i < count; i++) {
        const Datum value = array_get(view, element, from + i);
        vector_set(vector, arena, i, &value);
    }
}

static int compare_slots(Phys phys, const Value *a, const Value *b)
{
    switch (phys) {
    case PHYS_BOOL: return (a->b > b->b) - (a->b < b->b);
    case PHYS_I16: return (a->i16 > b->i16) - (a->i16 < b->i16);
    case PHYS_I32: return (a->i32 > b->i32) - (a->i32 < b->i32);
    case PHYS_I64: return (a->i64 > b->i64) - (a->i64 < b->i64);
    case PHYS_FIXED16: return memcmp(&a->uuid, &b->uuid, sizeof a->uuid);
    case PHYS_STR: return strview_compare(&a->str, &b->str);
    case PHYS_F32:
    case PHYS_F64:
    case PHYS_DECIMAL:
    case PHYS_COUNT: break;
    }
    UNREACHABLE();
    return 0;
}

static void sort_slots(Phys phys, Value *values, Value *other, uint32_t count)
{
    if (count < 2) return;
    const uint32_t middle = count / 2;
    task_check_stack();
    sort_slots(phys, values, other, middle);
    sort_slots(phys, values + middle, other, count - middle);
    memcpy(other, values, sizeof *values * count);
    for (uint32_t a = 0, b = middle, out = 0; out < count; out++)
        values[out] = b == count || (a < middle && compare_slots(phys, &other[a], &other[b]) <= 0)
                          ? other[a++]
                          : other[b++];
}

const Value *expr__array_values(Arena *arena, const FnEnv *env, Oid element, Str stored,
                                uint32_t *count, bool *any_null)
{
    ArrayView view;
    const Type *type = type_get(env, element);
    view_of(stored, &view);
    Value *values = ARENA_ARRAY(arena, Value, view.count);
    *count = 0;
    *any_null = false;
    for (uint32_t i = 0; i < view.count; i++) {
        const Datum value = array_get(&view, type, i);
        if (value.null)
            *any_null = true;
        else
            values[(*count)++] = value.value;
    }
    sort_slots(type->phys, values, ARENA_ARRAY(arena, Value, *count), *count);
    return values;
}

/* ---- op ANY, op ALL ---- */

typedef struct ArrayOp {
    const Type *element;
    ExprCall call;
    bool by_slot; /* = ANY or <> ALL on types whose equality is that of their slots */
} ArrayOp;

typedef struct ArrayOpMemory {
    const Value *values; /* sorted; NULL: not yet made */
    uint32_t count;
    bool any_null;
} ArrayOpMemory;

/* A row's answer is `all` until an element decides against it; then !all. NULLs on the way make it NULL. */
static void set_undecided(Vector *result, Arena *arena, Selection rows, bool all, bool null)
{
    bool *data = result->data;
    for (uint32_t i = 0; i < rows.count; i++) data[selected(rows, i)] = all;
    if (!null || rows.count == 0) return;
    vector_need_nulls(result, arena);
    for (uint32_t i = 0; i < rows.count; i++) bits_set(result->nulls, selected(rows, i));
}

static void run_in_list(ExprState *state, const ExprStep *step, Selection selection, Str stored)
{
    const ArrayOp *facts = step->detail;
    const bool all = Q_AS(ArrayOp, step->expr)->all;
    ArrayOpMemory *memory = expr__memory(state, step, sizeof *memory);
    if (!memory->values) {
        memory->values = expr__array_values(state->run.query, state->run.env, facts->element->oid,
                                            stored, &memory->count, &memory->any_null);
    }
    const Vector *left = expr__arg(state, step, 0);
    Vector *result = expr__result(state, step, selection);
    Arena *arena = expr__result_arena(state, step);
    uint16_t *rows = expr__rows(state, selection.count);
    const Predicate predicate = {.op = PREDICATE_IN,
                                 .phys = (uint8_t)facts->element->phys,
                                 .list = memory->values,
                                 .list_count = memory->count};
    const bool empty = memory->count == 0 && !memory->any_null;
    set_undecided(result, arena, selection, all, memory->any_null);
    if (left->nulls && !empty) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < selection.count; i++)
            if (vector_is_null(left, selected(selection, i)))
                rows[count++] = (uint16_t)selected(selection, i);
        set_undecided(result, arena, (Selection){rows, count}, all, true);
    }
    const uint32_t found = memory->count > 0 ? predicate_filter(&predicate, left, selection, rows)
                                             : 0;
    for (uint32_t i = 0; i < found; i++) {
        ((bool *)result->data)[rows[i]] = !all;
        if (result->nulls) bits_clear(result->nulls, rows[i]);
    }
}

/* Folds answers for rows into the result; those still open go to `open`, and their number is returned. */
static uint32_t fold_answers(Vector *result, Arena *arena, const Vector *answers, Selection rows,
                             bool all, uint16_t *open)
{
    uint32_t count = 0;
    bool *data = result->data;
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t row = selected(rows, i);
        const bool null = vector_is_null(answers, row);
        if (!null && ((const bool *)answers->data)[vector_index(answers, row)] != all) {
            data[row] = !all;
            if (result->nulls) bits_clear(result->nulls, row);
            continue;
        }
        if (null) {
            vector_need_nulls(result, arena);
            bits_set(result->nulls, row);
        }
        open[count++] = (uint16_t)row;
    }
    return count;
}

/* One array for all rows: a call an element. */
static void run_elements(ExprState *state, const ExprStep *step, Selection selection,
                         const ArrayView *view)
{
    const ArrayOp *facts = step->detail;
    const bool all = Q_AS(ArrayOp, step->expr)->all;
    Vector *result = expr__result(state, step, selection);
    Arena *arena = expr__result_arena(state, step);
    uint16_t *open = expr__rows(state, selection.count);
    Vector args[2] = {*expr__arg(state, step, 0)}, answers;
    set_undecided(result, arena, selection, all, false);
    for (uint32_t i = 0; i < view->count && selection.count > 0; i++) {
        const Datum element = array_get(view, facts->element, i);
        task_check();
        vector_init_constant(&args[1], state->temporary, facts->element->oid, facts->element->phys,
                             &element);
        vector_init_flat(&answers, state->temporary, OID_BOOL, PHYS_BOOL, selection_end(selection));
        expr__call_site(state, step->site, args, selection, &answers, state->temporary);
        selection = (Selection){open, fold_answers(result, arena, &answers, selection, all, open)};
    }
}

/* The answer of one row over its own array. */
static Datum quantified(ExprState *state, const ExprStep *step, const Datum *left,
                        const ArrayView *view)
{
    const ArrayOp *facts = step->detail;
    const bool all = Q_AS(ArrayOp, step->expr)->all;
    Datum answer = {.value.b = all};
    Vector args[2], answers;
    vector_init_constant(&args[0], state->temporary, facts->call.arg_types[0],
                         expr__phys(state->run.env, facts->call.arg_types[0]), left);
    for (uint32_t from = 0; from < view->count; from += BATCH_ROWS_MAX) {
        const uint32_t count = MIN(view->count - from, (uint32_t)BATCH_ROWS_MAX);
        elements_vector(view, facts->element, from, count, &args[1], state->temporary);
        vector_init_flat(&answers, state->temporary, OID_BOOL, PHYS_BOOL, count);
        expr__call_site(state, step->site, args, (Selection){.count = count}, &answers,
                        state->temporary);
        for (uint32_t i = 0; i < count; i++) {
            const Datum one = vector_get(&answers, i);
            if (!one.null && one.value.b != all) return one;
            answer.null |= one.null;
        }
    }
    return answer;
}

static void run_array_op(ExprState *state, const ExprStep *step, Selection selection)
{
    const ArrayOp *facts = step->detail;
    const Vector *left = expr__arg(state, step, 0), *arrays = expr__arg(state, step, 1);
    Arena *arena = expr__result_arena(state, step);
    ArrayView view;
    state->row = selected(selection, 0);
    if (arrays->form == VECTOR_CONSTANT && !vector_is_null(arrays, 0)) {
        const Datum array = vector_get(arrays, 0);
        const Str stored = strview_str(&array.value.str);
        const bool lasting = state->program->registers[step->args[1]].spread == SPREAD_RUN;
        view_of(stored, &view);
        if (facts->by_slot && lasting)
            run_in_list(state, step, selection, stored);
        else
            run_elements(state, step, selection, &view);
        return;
    }
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        const Datum array = vector_get(arrays, row), value = vector_get(left, row);
        Datum answer = {.null = true};
        state->row = row;
        if (!array.null) {
            view_of(strview_str(&array.value.str), &view);
            answer = quantified(state, step, &value, &view);
        }
        vector_set(result, arena, row, &answer);
    }
}

uint32_t expr__compile_array_op(ExprCompiler *c, QExpr *expr)
{
    const QArrayOp *op = Q_AS(ArrayOp, expr);
    const QExpr boolean = {.type = OID_BOOL, .typmod = -1};
    const FnEnv *env = expr__env(c);
    const uint32_t args[2] = {expr__register(c, op->left), expr__register(c, op->array)};
    const Oid element = expr__element_type(env, op->array->type);
    const Oid types[2] = {op->left->type, element};
    ArrayOp *facts = ARENA_NEW(expr__arena(c), ArrayOp);
    const ExprCall *call = expr__call(c, op->function, op->input_collation, &boolean, types, 2);
    PredicateOp what;
    facts->element = type_get(env, element);
    facts->call = *call;
    const Phys phys = facts->element->phys;
    facts->by_slot = (phys <= PHYS_I64 || phys == PHYS_STR || phys == PHYS_FIXED16) &&
                     expr__phys(env, op->left->type) == phys &&
                     expr__slot_operator(env, op->op, op->input_collation, &what) &&
                     what == (op->all ? PREDICATE_NE : PREDICATE_EQ);
    return expr__site_step_of(c, expr, run_array_op, args, 2, call, facts);
}

/* ---- ARRAY[...] ---- */

typedef struct ArrayItems {
    const Type *element;
} ArrayItems;

/* The arrays of nested items, one dimension deeper; all of one shape. Empty ones make an empty array. */
static Str build_nested(Arena *arena, const Type *element, const Datum *items, uint32_t count)
{
    ArrayView view;
    ArrayShape shape = {0};
    uint32_t each = 0, empty = 0;
    Datum *values = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (!items[i].null) view_of(strview_str(&items[i].value.str), &view);
        if (items[i].null || view.shape.dimensions == 0) {
            empty++;
            continue;
        }
        if (shape.dimensions == 0) {
            shape = view.shape;
            each = view.count;
            values = ARENA_ARRAY(arena, Datum, (size_t)each * count);
        }
        if (!array_shape_equal(&shape, &view.shape) || empty > 0)
            raise_error(
                SQLSTATE_ARRAY_SUBSCRIPT_ERROR,
                "multidimensional arrays must have array expressions with matching dimensions");
        shape.bitmap |= view.shape.bitmap;
        for (uint32_t k = 0; k < each; k++)
            values[(size_t)i * each + k] = array_get(&view, element, k);
    }
    if (shape.dimensions > 0 && empty > 0)
        raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR,
                    "multidimensional arrays must have array expressions with matching dimensions");
    if (shape.dimensions == 0) return array_build(arena, element, NULL, 0);
    if (shape.dimensions == ARRAY_DIMENSIONS_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (%d) exceeds the maximum allowed (%d)",
                    ARRAY_DIMENSIONS_MAX + 1, ARRAY_DIMENSIONS_MAX);
    memmove(shape.lengths + 1, shape.lengths, sizeof(int32_t) * shape.dimensions);
    memmove(shape.lowers + 1, shape.lowers, sizeof(int32_t) * shape.dimensions);
    shape.lengths[0] = (int32_t)count;
    shape.lowers[0] = 1;
    shape.dimensions++;
    return array_build_shaped(arena, element, values, &shape);
}

static void run_array(ExprState *state, const ExprStep *step, Selection selection)
{
    const ArrayItems *facts = step->detail;
    Arena *arena = expr__result_arena(state, step);
    Vector *result = expr__result(state, step, selection);
    Datum *items = ARENA_ARRAY(state->temporary, Datum, step->arg_count);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        state->row = row;
        task_check();
        for (uint32_t a = 0; a < step->arg_count; a++)
            items[a] = vector_get(expr__arg(state, step, a), row);
        const Str stored = Q_AS(Array, step->expr)->nested
                               ? build_nested(arena, facts->element, items, step->arg_count)
                               : array_build(arena, facts->element, items, step->arg_count);
        const Datum value = {.value.str = strview(stored)};
        vector_set(result, arena, row, &value);
    }
}

uint32_t expr__compile_array(ExprCompiler *c, QExpr *expr)
{
    const QArray *array = Q_AS(Array, expr);
    ArrayItems *facts = ARENA_NEW(expr__arena(c), ArrayItems);
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, array->items.count);
    facts->element = type_get(expr__env(c), array->element);
    for (uint32_t i = 0; i < array->items.count; i++)
        args[i] = expr__register(c, array->items.items[i]);
    return expr__step_result(c, expr__step(c, expr, run_array, false, args, array->items.count,
                                           facts));
}

/* ---- casts of elements ---- */

typedef struct ArrayCast {
    const Type *from, *to;
    const ExprProgram *element; /* its input 0 has one column: ElementParam */
    bool relabels;              /* the elements stay what they are */
} ArrayCast;

static void run_coerce_array(ExprState *state, const ExprStep *step, Selection selection)
{
    const ArrayCast *cast = step->detail;
    ExprState **element = expr__memory(state, step, sizeof *element);
    Arena *arena = expr__result_arena(state, step);
    Vector *result = expr__result(state, step, selection);
    if (!*element) *element = expr_open(cast->element, &state->run);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        Datum array = vector_get(expr__arg(state, step, 0), row);
        ArrayView view;
        state->row = row;
        if (!array.null) {
            view_of(strview_str(&array.value.str), &view);
            Datum *values = ARENA_ARRAY(arena, Datum, view.count);
            for (uint32_t k = 0; k < view.count; k++) {
                const Datum from = array_get(&view, cast->from, k);
                task_check();
                expr_eval_row(*element, &from, &values[k]);
                if (!values[k].null)
                    values[k].value = value_copy(arena, cast->to->phys, values[k].value);
            }
            view.shape.bitmap &= cast->relabels;
            const Str stored = view.shape.dimensions == 0
                                   ? array_build(arena, cast->to, NULL, 0)
                                   : array_build_shaped(arena, cast->to, values, &view.shape);
            array.value.str = strview(stored);
        }
        vector_set(result, arena, row, &array);
    }
}

uint32_t expr__compile_coerce_array(ExprCompiler *c, QExpr *expr)
{
    QCoerceArray *coerce = Q_AS(CoerceArray, expr);
    const FnEnv *env = expr__env(c);
    ArrayCast *cast = ARENA_NEW(expr__arena(c), ArrayCast);
    const uint32_t arg = expr__register(c, coerce->arg);
    cast->from = type_get(env, expr__element_type(env, coerce->arg->type));
    cast->to = type_get(env, expr__element_type(env, expr->type));
    cast->relabels = Q_IF(Relabel, coerce->element) != NULL;
    cast->element = expr_compile(expr__arena(c), &coerce->element, 1, env);
    return expr__step_result(c, expr__step(c, expr, run_coerce_array, false, &arg, 1, cast));
}
