/* SPDX-License-Identifier: Apache-2.0 */
/* expr_subscript.c - subscripts of arrays and of jsonb, read and assigned. A Subscript with a source is the container
 * with a part replaced. */
#include "expr/expr_internal.h"

#include "base/oids.h"
#include "base/task.h"
#include "type/array_type.h"
#include "type/json.h"

/* ---- Arrays */

typedef struct Subscripts {
    const Type *element;
    uint32_t upper_count, lower_count;
    bool upper_bound[ARRAY_DIMENSIONS_MAX], lower_bound[ARRAY_DIMENSIONS_MAX]; /* written */
} Subscripts;

/* The place of an element; false: outside. */
static bool element_at(const ArrayView *view, const int32_t *at, uint32_t count, uint32_t *place)
{
    *place = 0;
    if (view->shape.dimensions != count) return false;
    for (uint32_t d = 0; d < count; d++) {
        const int64_t offset = (int64_t)at[d] - view->shape.lowers[d];
        if (offset < 0 || offset >= view->shape.lengths[d]) return false;
        *place = *place * (uint32_t)view->shape.lengths[d] + (uint32_t)offset;
    }
    return true;
}

static Str slice_of(Arena *arena, const Type *element, const ArrayView *view, const int32_t *from,
                    const int32_t *to, uint32_t count)
{
    ArrayShape shape = {.dimensions = view->shape.dimensions, .bitmap = view->shape.bitmap};
    int32_t at[ARRAY_DIMENSIONS_MAX] = {0};
    size_t total = 1;
    if (count > shape.dimensions) return array_build(arena, element, NULL, 0);
    for (uint32_t d = 0; d < shape.dimensions; d++) {
        const int64_t low = view->shape.lowers[d], high = low + view->shape.lengths[d] - 1;
        const int64_t first = d < count ? MAX((int64_t)from[d], low) : low;
        const int64_t last = d < count ? MIN((int64_t)to[d], high) : high;
        if (first > last) return array_build(arena, element, NULL, 0);
        shape.lowers[d] = 1;
        shape.lengths[d] = (int32_t)(last - first + 1);
        at[d] = (int32_t)first;
        total *= (size_t)shape.lengths[d];
    }
    Datum *values = ARENA_ARRAY(arena, Datum, total);
    int32_t start[ARRAY_DIMENSIONS_MAX];
    memcpy(start, at, sizeof start);
    for (size_t i = 0; i < total; i++) {
        uint32_t place;
        (void)element_at(view, at, shape.dimensions, &place);
        values[i] = array_get(view, element, place);
        for (uint32_t d = shape.dimensions; d-- > 0;) {
            if (++at[d] < start[d] + shape.lengths[d]) break;
            at[d] = start[d];
        }
    }
    return array_build_shaped(arena, element, values, &shape);
}

/* Subscripts of a row, from the register behind the array on; false: one is NULL. */
static bool read_subscripts(ExprState *state, const ExprStep *step, uint32_t row, int32_t *upper,
                            int32_t *lower)
{
    const Subscripts *facts = step->detail;
    uint32_t arg = 1;
    for (uint32_t d = 0; d < facts->upper_count; d++) {
        upper[d] = INT32_MAX;
        if (!facts->upper_bound[d]) continue;
        const Datum value = vector_get(expr__arg(state, step, arg++), row);
        if (value.null) return false;
        upper[d] = value.value.i32;
    }
    for (uint32_t d = 0; d < facts->upper_count; d++) {
        lower[d] = d < facts->lower_count ? INT32_MIN : 1;
        if (d >= facts->lower_count || !facts->lower_bound[d]) continue;
        const Datum value = vector_get(expr__arg(state, step, arg++), row);
        if (value.null) return false;
        lower[d] = value.value.i32;
    }
    return true;
}

static void run_subscript(ExprState *state, const ExprStep *step, Selection selection)
{
    const Subscripts *facts = step->detail;
    const bool slice = Q_AS(Subscript, step->expr)->slice;
    Arena *arena = expr__result_arena(state, step);
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        const Datum array = vector_get(expr__arg(state, step, 0), row);
        int32_t upper[ARRAY_DIMENSIONS_MAX], lower[ARRAY_DIMENSIONS_MAX];
        Datum value = {.null = true};
        uint32_t place;
        state->row = row;
        if (!array.null && read_subscripts(state, step, row, upper, lower)) {
            ArrayView view;
            view = array_view_or_raise(strview_str(&array.value.str));
            if (slice)
                value = (Datum){.value.str = strview(slice_of(arena, facts->element, &view, lower,
                                                              upper, facts->upper_count))};
            else if (element_at(&view, upper, facts->upper_count, &place))
                value = array_get(&view, facts->element, place);
        }
        vector_set(result, arena, row, &value);
    }
}

/* A name is 64 bytes, counted from 0; those behind its end are zero. */
static void run_name_subscript(ExprState *state, const ExprStep *step, Selection selection)
{
    enum { NAME_BYTES = 64 };
    const Subscripts *facts = step->detail;
    Arena *arena = expr__result_arena(state, step);
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        const Datum name = vector_get(expr__arg(state, step, 0), row);
        int32_t upper[ARRAY_DIMENSIONS_MAX], lower[ARRAY_DIMENSIONS_MAX];
        Datum value = {.null = true};
        state->row = row;
        if (!name.null && read_subscripts(state, step, row, upper, lower) &&
            facts->upper_count == 1 && upper[0] >= 0 && upper[0] < NAME_BYTES) {
            const Str text = strview_str(&name.value.str);
            const size_t at = (size_t)upper[0];
            value = (Datum){.value.i16 = at < text.bytes ? (uint8_t)text.data[at] : 0};
        }
        vector_set(result, arena, row, &value);
    }
}

/* As PostgreSQL: refused for a row that has a name, or brings a value for one. */
static void run_name_slice(ExprState *state, const ExprStep *step, Selection selection)
{
    const bool assigned = Q_AS(Subscript, step->expr)->source != NULL;
    Arena *arena = expr__result_arena(state, step);
    Vector *result = expr__result(state, step, selection);
    const Datum null = {.null = true};
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        state->row = row;
        if (!vector_get(expr__arg(state, step, 0), row).null)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "%sslices of fixed-length arrays not implemented",
                        assigned ? "updates on " : "");
        vector_set(result, arena, row, &null);
    }
}

/* The new value of an array of which an element or a slice is assigned. */
static Datum assigned(ExprState *state, const ExprStep *step, uint32_t row, const Datum *array,
                      const Datum *source)
{
    const Subscripts *facts = step->detail;
    const bool slice = Q_AS(Subscript, step->expr)->slice;
    Arena *arena = expr__result_arena(state, step);
    int32_t upper[ARRAY_DIMENSIONS_MAX], lower[ARRAY_DIMENSIONS_MAX];
    ArrayView view = {.element = facts->element->oid};
    if (!read_subscripts(state, step, row, upper, lower))
        raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED,
                    "array subscript in assignment must not be null");
    if (!array->null) view = array_view_or_raise(strview_str(&array->value.str));
    if (slice && source->null) return *array;
    const ArrayPlace place = {.count = facts->upper_count,
                              .upper = upper,
                              .lower = slice ? lower : upper,
                              .upper_given = facts->upper_bound,
                              .lower_given = facts->lower_bound};
    const Str made = slice ? array_with_slice(arena, facts->element, &view, &place,
                                              strview_str(&source->value.str))
                           : array_with_element(arena, facts->element, &view, &place, source);
    return (Datum){.value.str = strview(made)};
}

/* The source is the last argument. */
static void run_assign(ExprState *state, const ExprStep *step, Selection selection)
{
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        const Datum container = vector_get(expr__arg(state, step, 0), row);
        const Datum source = vector_get(expr__arg(state, step, step->arg_count - 1), row);
        state->row = row;
        const Datum value = assigned(state, step, row, &container, &source);
        vector_set(result, expr__result_arena(state, step), row, &value);
    }
}

/* ---- jsonb: subscripts are keys and indexes, all as texts */

static Datum key_of(ExprState *state, const ExprStep *step, uint32_t arg, uint32_t row)
{
    const QSubscript *subscript = Q_AS(Subscript, step->expr);
    Datum key = vector_get(expr__arg(state, step, arg), row);
    if (key.null || subscript->upper.items[arg - 1]->type != OID_INT4) return key;
    key.value.str = strview(str_format(expr__result_arena(state, step), "%d", key.value.i32));
    return key;
}

static Datum jsonb_part(ExprState *state, const ExprStep *step, uint32_t row)
{
    const Datum container = vector_get(expr__arg(state, step, 0), row);
    if (container.null) return container;
    JsonNode node = jsonb_node(strview_str(&container.value.str)), next;
    for (uint32_t arg = 1; arg < step->arg_count; arg++) {
        const Datum key = key_of(state, step, arg, row);
        int32_t index;
        if (key.null) return key;
        const Str text = strview_str(&key.value.str);
        const bool found = json_kind(&node) == JSON_ARRAY
                               ? json_path_index(text, &index) && json_element(&node, index, &next)
                               : json_find(&node, text, &next);
        if (!found) return (Datum){.null = true};
        node = next;
    }
    return (Datum){.value.str = strview(jsonb_store(expr__result_arena(state, step), &node))};
}

static Datum jsonb_assigned(ExprState *state, const ExprStep *step, uint32_t row)
{
    Arena *arena = expr__result_arena(state, step);
    const uint32_t count = step->arg_count - 2;
    const Datum container = vector_get(expr__arg(state, step, 0), row);
    const Datum source = vector_get(expr__arg(state, step, step->arg_count - 1), row);
    Datum *path = ARENA_ARRAY(state->temporary, Datum, count);
    JsonNode old = {.kind = JSON_NULL}, value = {.kind = JSON_NULL};
    for (uint32_t i = 0; i < count; i++) {
        path[i] = key_of(state, step, i + 1, row);
        if (path[i].null)
            raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED,
                        "jsonb subscript in assignment must not be null");
    }
    if (!container.null) old = jsonb_node(strview_str(&container.value.str));
    if (!source.null) value = jsonb_node(strview_str(&source.value.str));
    const Str made = jsonb_assign(arena, container.null ? NULL : &old, path, count, &value);
    return (Datum){.value.str = strview(made)};
}

static void run_jsonb(ExprState *state, const ExprStep *step, Selection selection)
{
    const bool assigns = Q_AS(Subscript, step->expr)->source != NULL;
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        state->row = row;
        task_check();
        const Datum value = assigns ? jsonb_assigned(state, step, row)
                                    : jsonb_part(state, step, row);
        vector_set(result, expr__result_arena(state, step), row, &value);
    }
}

static uint32_t compile_jsonb(ExprCompiler *c, QExpr *expr)
{
    const QSubscript *subscript = Q_AS(Subscript, expr);
    const uint32_t keys = subscript->upper.count;
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, (size_t)keys + 2), count = 0;
    args[count++] = expr__register(c, subscript->arg);
    for (uint32_t i = 0; i < keys; i++)
        args[count++] = expr__register(c, subscript->upper.items[i]);
    if (subscript->source) args[count++] = expr__register(c, subscript->source);
    return expr__step_result(c, expr__step(c, expr, run_jsonb, false, args, count, NULL));
}

/* ---- compiling */

bool expr__assigns_part(const QExpr *expr)
{
    while (expr->kind == Q_COERCE_DOMAIN) expr = Q_AS(CoerceDomain, expr)->arg;
    return expr->kind == Q_FIELD_STORE ||
           (expr->kind == Q_SUBSCRIPT && Q_AS(Subscript, expr)->source);
}

/* The new element or slice; `args` read the container and the subscripts. */
static uint32_t compile_source(ExprCompiler *c, const QSubscript *subscript, const uint32_t *args,
                               uint32_t count, const Subscripts *facts)
{
    if (!expr__assigns_part(subscript->source)) return expr__register(c, subscript->source);
    QSubscript *old = Q_NEW(expr__arena(c), Subscript);
    *old = *subscript;
    old->source = NULL;
    old->type = subscript->slice ? subscript->container : subscript->element;
    const uint32_t reg = expr__step_result(c, expr__step(c, &old->base, run_subscript, false, args,
                                                         count, facts));
    const ExprHidden hidden = expr__hole_enter(c, HOLE_CASE_VALUE, reg);
    const uint32_t source = expr__register(c, subscript->source);
    expr__hole_leave(c, HOLE_CASE_VALUE, hidden);
    return source;
}

uint32_t expr__compile_subscript(ExprCompiler *c, QExpr *expr)
{
    const QSubscript *subscript = Q_AS(Subscript, expr);
    const FnEnv *env = expr__env(c);
    uint32_t args[2 + 2 * ARRAY_DIMENSIONS_MAX], count = 0;
    if (subscript->container == OID_JSONB) return compile_jsonb(c, expr);
    if (subscript->upper.count > ARRAY_DIMENSIONS_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (%u) exceeds the maximum allowed (%d)",
                    subscript->upper.count, ARRAY_DIMENSIONS_MAX);
    Subscripts *facts = ARENA_NEW(expr__arena(c), Subscripts);
    facts->element = type_get(env, expr__element_type(env, subscript->container));
    facts->upper_count = subscript->upper.count;
    facts->lower_count = subscript->lower.count;
    args[count++] = expr__register(c, subscript->arg);
    const QExprList *lists[] = {&subscript->upper, &subscript->lower};
    for (int l = 0; l < 2; l++)
        for (uint32_t d = 0; d < lists[l]->count; d++) {
            QExpr *bound = lists[l]->items[d];
            (l == 0 ? facts->upper_bound : facts->lower_bound)[d] = bound->kind != Q_NO_BOUND;
            if (bound->kind != Q_NO_BOUND) args[count++] = expr__register(c, bound);
        }
    if (subscript->source) {
        const uint32_t source = compile_source(c, subscript, args, count, facts);
        args[count++] = source;
    }
    const bool name = subscript->container == OID_NAME;
    if (name && subscript->source && !subscript->slice)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "assignment to bytes of a name is not supported");
    const ExprStepRun run = name && subscript->slice ? run_name_slice
                            : name                   ? run_name_subscript
                            : subscript->source      ? run_assign
                                                     : run_subscript;
    return expr__step_result(c, expr__step(c, expr, run, false, args, count, facts));
}
