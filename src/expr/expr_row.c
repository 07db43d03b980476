/* SPDX-License-Identifier: Apache-2.0 */
/* expr_row.c - rows: made of their columns, taken apart, changed in one field, tested for NULLs, and compared column by
 * column (the first pair that differs decides; a NULL met before is NULL). */
#include "expr/expr_internal.h"

#include "base/oids.h"
#include "base/task.h"
#include "type/record.h"

/* ---- ROW(...) ---- */

typedef struct RowFacts {
    int32_t typmod; /* which names an anonymous row has; -1: none */
    Oid type;
    const Type **types; /* by column; NULL: dropped */
    uint32_t count;
} RowFacts;

/* Columns of a named row type as it is now; false: it is anonymous. */
static bool row_attributes(const FnEnv *env, Oid type, const FnAttribute **attributes,
                           uint32_t *count)
{
    return type != OID_RECORD && env && env->calls && env->calls->attributes &&
           env->calls->attributes(env->calls_arg, type, -1, attributes, count);
}

static void put_row(ExprState *state, const ExprStep *step, Vector *result, uint32_t row,
                    const Datum *values)
{
    const RowFacts *facts = step->detail;
    Arena *arena = expr__result_arena(state, step);
    const Datum made = {
        .value.str = strview(
            record_with_names(record_build(arena, facts->type, facts->types, values, facts->count),
                              facts->typmod))};
    vector_set(result, arena, row, &made);
}

static void run_row(ExprState *state, const ExprStep *step, Selection selection)
{
    Vector *result = expr__result(state, step, selection);
    Datum *values = ARENA_ARRAY(state->temporary, Datum, step->arg_count + 1);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        state->row = row;
        for (uint32_t c = 0; c < step->arg_count; c++)
            values[c] = vector_get(expr__arg(state, step, c), row);
        put_row(state, step, result, row, values);
    }
}

static RowFacts *row_facts(ExprCompiler *c, Oid type, uint32_t count)
{
    RowFacts *facts = ARENA_NEW(expr__arena(c), RowFacts);
    facts->type = type;
    facts->typmod = -1;
    facts->count = count;
    facts->types = ARENA_ARRAY(expr__arena(c), const Type *, count + 1);
    return facts;
}

/* f1, f2, ...: what fields are called that nobody named. */
static bool has_plain_names(const QRow *row)
{
    for (uint32_t i = 0; i < row->names.count; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "f%u", i + 1);
        if (!str_equal(row->names.items[i], str_from(name))) return false;
    }
    return true;
}

/* The names of a whole row of a sub-query, and of SEARCH's and CYCLE's rows: they go with the values. -1: none. */
static int32_t names_of(ExprCompiler *c, const QRow *row)
{
    const FnEnv *env = expr__env(c);
    const uint32_t count = row->items.count;
    if (row->base.type != OID_RECORD || row->names.count < count || has_plain_names(row) ||
        !env->calls || !env->calls->record_typmod)
        return -1;
    FnAttribute *attributes = ARENA_ARRAY(expr__arena(c), FnAttribute, count + 1);
    for (uint32_t i = 0; i < count; i++)
        attributes[i] = (FnAttribute){.name = row->names.items[i],
                                      .type = row->items.items[i]->type,
                                      .typmod = row->items.items[i]->typmod,
                                      .collation = row->items.items[i]->collation};
    return env->calls->record_typmod(env->calls_arg, attributes, count);
}

uint32_t expr__compile_row(ExprCompiler *c, QExpr *expr)
{
    const QRow *row = Q_AS(Row, expr);
    const uint32_t count = row->items.count;
    const FnAttribute *attributes;
    uint32_t attribute_count = 0;
    const bool named = row_attributes(expr__env(c), expr->type, &attributes, &attribute_count);
    RowFacts *facts = row_facts(c, expr->type, count);
    facts->typmod = names_of(c, row);
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        args[i] = expr__register(c, row->items.items[i]);
        if (!named || i >= attribute_count || !attributes[i].dropped)
            facts->types[i] = type_get(expr__env(c), row->items.items[i]->type);
    }
    return expr__step_result(c, expr__step(c, expr, run_row, false, args, count, facts));
}

/* ---- f(...) whose OUT arguments are one row ---- */

typedef struct RowCall {
    RowFacts facts;
    Oid *oids; /* of the columns */
} RowCall;

static void run_row_call(ExprState *state, const ExprStep *step, Selection selection)
{
    const RowCall *r = step->detail;
    const ExprCall *call = state->program->calls[step->site];
    Fn *fn = &state->sites[step->site].fn;
    Vector *result = expr__result(state, step, selection);
    Arena *arena = state->temporary;
    Vector *columns = ARENA_ARRAY(arena, Vector, r->facts.count);
    Datum *args = ARENA_ARRAY(arena, Datum, step->arg_count + 1),
          *values = ARENA_ARRAY(arena, Datum, r->facts.count);
    for (uint32_t c = 0; c < r->facts.count; c++)
        vector_init_flat(&columns[c], arena, r->oids[c], r->facts.types[c]->phys, 1);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        bool none = false;
        task_check();
        for (uint32_t a = 0; a < step->arg_count; a++) {
            args[a] = vector_get(expr__arg(state, step, a), row);
            none |= args[a].null && call->strict;
        }
        FnSet set = {.arena = arena, .column_count = r->facts.count, .column_types = r->oids};
        state->row = row;
        fn->arena = arena;
        const bool given = !none && call->function->set(fn, &set, args, columns, 1) == 1;
        if (none) {
            vector_set(result, arena, row, &(Datum){.null = true});
            continue;
        }
        for (uint32_t c = 0; c < r->facts.count; c++)
            values[c] = given ? vector_get(&columns[c], 0) : (Datum){.null = true};
        put_row(state, step, result, row, values);
    }
}

/* The OUT arguments are the columns, with their names. */
uint32_t expr__row_call_step(ExprCompiler *c, QExpr *expr, const uint32_t *args, uint32_t arg_count,
                             const ExprCall *call)
{
    const BuiltinFunction *f = call->function;
    const FnEnv *env = expr__env(c);
    if (!f->modes) {
        Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "could not determine row type for result of %s", f->name);
        error_raise(error_hint(error,
                               "Provide a non-null record argument, or call the function in the "
                               "FROM clause using a column definition list."));
    }
    RowCall *r = ARENA_NEW(expr__arena(c), RowCall);
    FnAttribute *attributes = ARENA_ARRAY(expr__arena(c), FnAttribute, f->all_arg_count + 1);
    r->facts = *row_facts(c, OID_RECORD, f->all_arg_count);
    r->facts.count = 0;
    r->oids = ARENA_ARRAY(expr__arena(c), Oid, f->all_arg_count + 1);
    for (uint32_t i = 0; i < f->all_arg_count; i++) {
        const uint32_t column = r->facts.count;
        if (f->modes[i] != 'o' && f->modes[i] != 'b') continue;
        r->oids[column] = f->all_args[i];
        r->facts.types[column] = type_get(env, f->all_args[i]);
        attributes[column] = (FnAttribute){.name = str_from(f->arg_names[i]),
                                           .type = f->all_args[i],
                                           .typmod = -1};
        r->facts.count++;
    }
    if (env->calls && env->calls->record_typmod)
        r->facts.typmod = env->calls->record_typmod(env->calls_arg, attributes, r->facts.count);
    return expr__site_step_of(c, expr, run_row_call, args, arg_count, call, r);
}

/* ---- (row).field ---- */

static void run_field_select(ExprState *state, const ExprStep *step, Selection selection)
{
    const Type *type = step->detail;
    const uint32_t field = (uint32_t)Q_AS(FieldSelect, step->expr)->field - 1;
    Arena *arena = expr__result_arena(state, step);
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        Datum value = vector_get(expr__arg(state, step, 0), row);
        state->row = row;
        if (!value.null) {
            const RecordView view = record_view_or_raise(strview_str(&value.value.str));
            const Oid stored = record_column_type(&view, field);
            if (stored && stored != type->oid) {
                const FnEnv *env = state->run.env;
                Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
                const Str has = env->calls->type_name(env->calls_arg, arena, stored, -1),
                          wanted = env->calls->type_name(env->calls_arg, arena, type->oid, -1);
                error_message(error, "attribute %u has wrong type", field + 1);
                error_raise(error_detail(error, "Table has type %.*s, but query expects %.*s.",
                                         STR_ARG(has), STR_ARG(wanted)));
            }
            value = record_get(&view, type, field);
        }
        vector_set(result, arena, row, &value);
    }
}

uint32_t expr__compile_field_select(ExprCompiler *c, QExpr *expr)
{
    uint32_t arg = expr__register(c, Q_AS(FieldSelect, expr)->arg);
    return expr__step_result(c, expr__step(c, expr, run_field_select, false, &arg, 1,
                                           type_get(expr__env(c), expr->type)));
}

/* ---- a row with some fields anew: the first argument, then the values ---- */

static void run_field_store(ExprState *state, const ExprStep *step, Selection selection)
{
    const RowFacts *facts = step->detail;
    const QFieldStore *store = Q_AS(FieldStore, step->expr);
    Vector *result = expr__result(state, step, selection);
    Datum *values = ARENA_ARRAY(state->temporary, Datum, facts->count + 1);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        const Datum old = vector_get(expr__arg(state, step, 0), row);
        RecordView view = {0};
        state->row = row;
        if (!old.null) view = record_view_or_raise(strview_str(&old.value.str));
        for (uint32_t c = 0; c < facts->count; c++) {
            values[c] = (Datum){.null = true};
            if (facts->types[c] && record_column_type(&view, c) == facts->types[c]->oid)
                values[c] = record_get(&view, facts->types[c], c);
        }
        for (uint32_t f = 0; f < store->fields.count; f++)
            values[store->fields.items[f] - 1] = vector_get(expr__arg(state, step, f + 1), row);
        put_row(state, step, result, row, values);
    }
}

/* The new value of a field of the row in register `row`. */
static uint32_t compile_value(ExprCompiler *c, const QFieldStore *store, uint32_t i, uint32_t row,
                              const Type *type)
{
    QExpr *value = store->values.items[i];
    if (!expr__assigns_part(value)) return expr__register(c, value);
    QFieldSelect *old = Q_NEW(expr__arena(c), FieldSelect);
    old->arg = store->arg;
    old->field = store->fields.items[i];
    old->type = type->oid;
    old->typmod = value->typmod;
    const uint32_t reg = expr__step_result(c, expr__step(c, &old->base, run_field_select, false,
                                                         &row, 1, type));
    const ExprHidden hidden = expr__hole_enter(c, HOLE_CASE_VALUE, reg);
    const uint32_t result = expr__register(c, value);
    expr__hole_leave(c, HOLE_CASE_VALUE, hidden);
    return result;
}

uint32_t expr__compile_field_store(ExprCompiler *c, QExpr *expr)
{
    const QFieldStore *store = Q_AS(FieldStore, expr);
    const FnAttribute *attributes = NULL;
    uint32_t count = 0;
    if (!row_attributes(expr__env(c), expr->type, &attributes, &count))
        raise_error(SQLSTATE_INTERNAL_ERROR, "type %u has no columns", expr->type);
    RowFacts *facts = row_facts(c, expr->type, count);
    for (uint32_t i = 0; i < count; i++)
        if (!attributes[i].dropped) facts->types[i] = type_get(expr__env(c), attributes[i].type);
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, store->values.count + 1);
    args[0] = expr__register(c, store->arg);
    for (uint32_t i = 0; i < store->values.count; i++)
        args[i + 1] = compile_value(c, store, i, args[0], facts->types[store->fields.items[i] - 1]);
    return expr__step_result(c, expr__step(c, expr, run_field_store, false, args,
                                           store->values.count + 1, facts));
}

/* ---- row IS [NOT] NULL: all of its fields are, or none is ---- */

static void run_row_null_test(ExprState *state, const ExprStep *step, Selection selection)
{
    const QNullTest *test = Q_AS(NullTest, step->expr);
    TypeCall call = *(const TypeCall *)step->detail;
    bool *data = expr__result(state, step, selection)->data;
    call.env = state->run.env;
    call.arena = state->temporary;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        const Datum value = vector_get(expr__arg(state, step, 0), row);
        state->row = row;
        data[row] = value.null
                        ? !test->negated
                        : record_is_null(&call, strview_str(&value.value.str), !test->negated);
    }
}

uint32_t expr__compile_row_null_test(ExprCompiler *c, QExpr *expr)
{
    const QNullTest *test = Q_AS(NullTest, expr);
    TypeCall *call = ARENA_NEW(expr__arena(c), TypeCall);
    *call = (TypeCall){.type = type_get(expr__env(c), test->arg->type), .typmod = -1};
    uint32_t arg = expr__register(c, test->arg);
    return expr__step_result(c, expr__step(c, expr, run_row_null_test, false, &arg, 1, call));
}

/* ---- comparisons ---- */

typedef struct RowCompare {
    TypeCall *calls;
    const BuiltinFunction **functions; /* of columns whose sides have different types; else NULL */
    Oid *types;                        /* left and right of each */
    uint32_t columns;
    int16_t strategy;
} RowCompare;

static bool strategy_accepts(int16_t strategy, int order)
{
    switch (strategy) {
    case 1: return order < 0;
    case 2: return order <= 0;
    case 4: return order >= 0;
    case 5: return order > 0;
    default: return order == 0;
    }
}

/* The comparison function of the operator's btree family for two types; raises 0A000 where it has none. */
static const BuiltinFunction *compare_function(Oid op, Oid left, Oid right)
{
    for (uint32_t i = 0; i < builtins.family_operators_count; i++) {
        const BuiltinFamilyOperator *member = &builtins.family_operators[i];
        if (member->operator!= op) continue;
        for (uint32_t k = 0; k < builtins.family_functions_count; k++) {
            const BuiltinFamilyFunction *f = &builtins.family_functions[k];
            if (f->family == member->family && f->left == left && f->right == right &&
                f->number == 1)
                return builtin_function(f->function);
        }
    }
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                "comparing rows of different types is not supported");
}

static int compare_types(ExprState *state, const RowCompare *facts, uint32_t column, Datum a,
                         Datum b)
{
    const Oid *types = &facts->types[(size_t)column * 2];
    const FnEnv *env = state->run.env;
    const Phys physes[2] = {type_get(env, types[0])->phys, type_get(env, types[1])->phys};
    const BuiltinFunction *function = facts->functions[column];
    const Datum args[2] = {a, b};
    Fn fn = {.arena = state->temporary,
             .site = state->temporary,
             .env = env,
             .function = function,
             .collation = facts->calls[column].collation,
             .result_type = OID_INT4,
             .result_typmod = -1,
             .arg_types = types,
             .arg_count = 2};
    return fn_call_datum(&fn, function->vector, true, types, physes, PHYS_I32, args).value.i32;
}

static void run_row_compare(ExprState *state, const ExprStep *step, Selection selection)
{
    const RowCompare *facts = step->detail;
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        Datum answer = {0};
        int order = 0;
        state->row = row;
        for (uint32_t c = 0; c < facts->columns && order == 0 && !answer.null; c++) {
            TypeCall call = facts->calls[c];
            const Datum a = vector_get(expr__arg(state, step, c), row),
                        b = vector_get(expr__arg(state, step, facts->columns + c), row);
            call.env = state->run.env;
            call.arena = state->temporary;
            answer.null = a.null || b.null;
            if (answer.null) continue;
            order = facts->functions[c] ? compare_types(state, facts, c, a, b)
                                        : type_compare(&call, &a.value, &b.value);
        }
        answer.value.b = strategy_accepts(facts->strategy, order);
        vector_set(result, expr__result_arena(state, step), row, &answer);
    }
}

uint32_t expr__compile_row_compare(ExprCompiler *c, QExpr *expr)
{
    const QRowCompare *compare = Q_AS(RowCompare, expr);
    const uint32_t columns = compare->left.count;
    RowCompare *facts = ARENA_NEW(expr__arena(c), RowCompare);
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, (size_t)columns * 2);
    facts->calls = ARENA_ARRAY(expr__arena(c), TypeCall, columns);
    facts->functions = ARENA_ARRAY(expr__arena(c), const BuiltinFunction *, columns);
    facts->types = ARENA_ARRAY(expr__arena(c), Oid, (size_t)columns * 2);
    facts->columns = columns;
    facts->strategy = (int16_t)compare->strategy;
    if (compare->strategy < 1 || compare->strategy > 5)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "row comparisons of this kind are not supported");
    for (uint32_t i = 0; i < columns; i++) {
        const Oid left = compare->left.items[i]->type, right = compare->right.items[i]->type;
        facts->types[(size_t)i * 2] = left;
        facts->types[(size_t)i * 2 + 1] = right;
        if (left != right)
            facts->functions[i] = compare_function((Oid)compare->ops.items[i], left, right);
        args[i] = expr__register(c, compare->left.items[i]);
        args[columns + i] = expr__register(c, compare->right.items[i]);
        facts->calls[i] = (TypeCall){.type = type_get(expr__env(c), compare->left.items[i]->type),
                                     .typmod = -1,
                                     .collation = i < compare->collations.count
                                                      ? (Oid)compare->collations.items[i]
                                                      : 0};
    }
    return expr__step_result(c,
                             expr__step(c, expr, run_row_compare, false, args, columns * 2, facts));
}
