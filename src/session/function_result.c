/* SPDX-License-Identifier: Apache-2.0 */
/* function_result.c - what the last statement of a function in SQL gives, as a value of the function's result type: an
 * expression over the statement's columns (slots of input 0), or PostgreSQL's complaint that they do not fit. */
#include "session/session_internal.h"

#include "base/array.h"
#include "base/oids.h"

typedef struct Result {
    Arena *arena;
    const BindOptions *options;
    const CatFunction *function;
    Oid type;
    const QTargetList *targets;
    QExpr **columns; /* slots: the targets that are no junk */
    uint32_t count;
} Result;

static Str type_text(const Result *r, Oid type)
{
    return cat_type_name(r->options->view, r->arena, type, -1);
}

static Error *mismatch(const Result *r)
{
    Error *error = error_begin(SQLSTATE_INVALID_FUNCTION_DEFINITION);
    return error_message(error, "return type mismatch in function declared to return %.*s",
                         STR_ARG(type_text(r, r->type)));
}

static void take_columns(Result *r)
{
    r->columns = ARENA_ARRAY(r->arena, QExpr *, r->targets->count + 1);
    for (uint32_t i = 0; i < r->targets->count; i++) {
        const QTarget *target = r->targets->items[i];
        if (target->junk) continue;
        QSlot *slot = Q_NEW(r->arena, Slot);
        slot->type = target->expr->type;
        slot->typmod = target->expr->typmod;
        slot->collation = target->expr->collation;
        slot->column = (int32_t)r->count;
        r->columns[r->count++] = &slot->base;
    }
}

static QExpr *coerced(const Result *r, QExpr *column, Oid type, int32_t typmod)
{
    return bind_coerce(r->arena, column, type, typmod, 'a', Q_CALL_IMPLICIT_CAST, r->options);
}

static bool is_row_type(const Result *r, Oid type)
{
    if (type == OID_RECORD) return true;
    const CatType *known = cat_type(r->options->view, type);
    while (known != NULL && known->kind == 'd') known = cat_type(r->options->view, known->base);
    return known != NULL && known->kind == 'c';
}

static QExpr *one_value(const Result *r)
{
    if (r->count != 1)
        error_raise(error_detail(mismatch(r), "Final statement must return exactly one column."));
    QExpr *value = bind_is_polymorphic(r->type) ? r->columns[0]
                                                : coerced(r, r->columns[0], r->type, -1);
    if (value == NULL)
        error_raise(error_detail(mismatch(r), "Actual return type is %.*s.",
                                 STR_ARG(type_text(r, r->columns[0]->type))));
    return value;
}

/* The columns that the row must have; false: any. */
static bool wanted_columns(const Result *r, const FnAttribute **columns, uint32_t *count)
{
    const CatFunction *f = r->function;
    const FnEnv *env = r->options->env;
    if (r->type != OID_RECORD)
        return env->calls->attributes(env->calls_arg, r->type, -1, columns, count);
    if (f->modes == NULL) return false;
    FnAttribute *made = ARENA_ARRAY(r->arena, FnAttribute, f->all_arg_count + 1);
    *count = 0;
    for (uint32_t i = 0; i < f->all_arg_count; i++) {
        if (f->modes[i] != 'o' && f->modes[i] != 'b' && f->modes[i] != 't') continue;
        made[(*count)++] = (FnAttribute){.type = f->all_args[i], .typmod = -1};
    }
    *columns = made;
    return *count > 0;
}

static QExpr *null_column(const Result *r)
{
    QConst *made = Q_NEW(r->arena, Const);
    made->type = OID_INT4;
    made->typmod = -1;
    made->value = (QueryValue){.datum.null = true, .phys = PHYS_I32};
    return &made->base;
}

static QExpr *fit_column(const Result *r, uint32_t at, const FnAttribute *wanted)
{
    if (at >= r->count)
        error_raise(error_detail(mismatch(r), "Final statement returns too few columns."));
    if (bind_is_polymorphic(wanted->type)) return r->columns[at];
    QExpr *value = coerced(r, r->columns[at], wanted->type, wanted->typmod);
    if (value == NULL)
        error_raise(error_detail(mismatch(r),
                                 "Final statement returns %.*s instead of %.*s at column %u.",
                                 STR_ARG(type_text(r, r->columns[at]->type)),
                                 STR_ARG(type_text(r, wanted->type)), at + 1));
    return value;
}

static QExpr *row_value(const Result *r)
{
    const FnAttribute *wanted = NULL;
    uint32_t count = 0, at = 0;
    const bool known = wanted_columns(r, &wanted, &count);
    if (r->count == 1 && is_row_type(r, r->columns[0]->type)) {
        if (!known || r->columns[0]->type == r->type) return r->columns[0];
        if (r->columns[0]->type != OID_RECORD) {
            QExpr *whole = coerced(r, r->columns[0], r->type, -1);
            if (whole != NULL) return whole;
        }
    }
    QRow *row = Q_NEW(r->arena, Row);
    row->type = r->type;
    row->typmod = -1;
    const uint32_t total = known ? count : r->count;
    row->items.items = ARENA_ARRAY(r->arena, QExpr *, total + 1);
    for (uint32_t i = 0; i < total; i++) {
        QExpr *item = !known              ? r->columns[i]
                      : wanted[i].dropped ? null_column(r)
                                          : fit_column(r, at++, &wanted[i]);
        row->items.items[row->items.count++] = item;
    }
    if (known && at < r->count)
        error_raise(error_detail(mismatch(r), "Final statement returns too many columns."));
    return &row->base;
}

QExpr *session__function_result(Arena *arena, const BindOptions *options,
                                const CatFunction *function, Oid result_type, const QQuery *last)
{
    Result r = {.arena = arena, .options = options, .function = function, .type = result_type};
    if (result_type == OID_VOID) return NULL;
    if (last != NULL)
        r.targets = last->command == Q_COMMAND_SELECT ? &last->targets : &last->returning;
    if (function->kind == 'p' && (last == NULL || r.targets->count == 0) &&
        result_type != OID_RECORD)
        return NULL;
    if (last == NULL || (r.targets->count == 0 && last->command != Q_COMMAND_SELECT))
        error_raise(error_detail(mismatch(&r), "Function's final statement must be SELECT or "
                                               "INSERT/UPDATE/DELETE/MERGE RETURNING."));
    take_columns(&r);
    const CatType *type = cat_type(options->view, result_type);
    if (type != NULL && type->kind == 'p' && result_type != OID_RECORD &&
        !bind_is_polymorphic(result_type))
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "return type %.*s is not supported for SQL functions",
                    STR_ARG(type_text(&r, result_type)));
    if (!is_row_type(&r, result_type)) return one_value(&r);
    QExpr *row = row_value(&r);
    /* A domain over a row type checks the row. */
    return row->type == result_type ? row : coerced(&r, row, result_type, -1);
}
