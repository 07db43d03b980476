/* SPDX-License-Identifier: Apache-2.0 */
/* expr_cast.c - casts that are no function calls: same bytes under another type, by text, into a domain. */
#include "expr/expr_internal.h"

#include "base/bitset.h"
#include "base/oids.h"
#include "base/task.h"

/* ---- the same bytes ---- */

static void run_relabel(ExprState *state, const ExprStep *step, Selection selection)
{
    (void)selection;
    const ExprRegister *reg = &state->program->registers[step->result];
    Vector *result = &state->registers[step->result];
    *result = *expr__arg(state, step, 0);
    result->type = reg->type;
}

uint32_t expr__compile_relabel(ExprCompiler *c, QExpr *expr)
{
    QExpr *from = Q_AS(Relabel, expr)->arg;
    uint32_t arg = expr__register(c, from);
    if (from->type == expr->type) return arg;
    if (expr__phys(expr__env(c), from->type) != expr__phys(expr__env(c), expr->type))
        raise_error(SQLSTATE_INTERNAL_ERROR, "types %u and %u do not have the same bytes",
                    from->type, expr->type);
    return expr__step_result(c, expr__step(c, expr, run_relabel, true, &arg, 1, NULL));
}

/* ---- by text ---- */

typedef struct CoerceIo {
    TypeCall from, to;
} CoerceIo;

static void run_coerce_io(ExprState *state, const ExprStep *step, Selection selection)
{
    CoerceIo io = *(const CoerceIo *)step->detail;
    const Vector *arg = expr__arg(state, step, 0);
    Arena *arena = expr__result_arena(state, step);
    Vector *result = expr__result(state, step, selection);
    io.from.env = io.to.env = state->run.env;
    io.from.arena = io.to.arena = arena;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        state->row = row;
        Datum value = vector_get(arg, row);
        if (!value.null) {
            InputError error = {.arena = arena};
            Str text = type_print(&io.from, &value.value);
            if (!type_parse(&io.to, text, &value.value, &error)) input_error_raise(&error);
        }
        vector_set(result, arena, row, &value);
    }
}

uint32_t expr__compile_coerce_io(ExprCompiler *c, QExpr *expr)
{
    QExpr *from = Q_AS(CoerceIo, expr)->arg;
    uint32_t arg = expr__register(c, from);
    CoerceIo *io = ARENA_NEW(expr__arena(c), CoerceIo);
    io->from = (TypeCall){.type = type_get(expr__env(c), from->type), .typmod = -1};
    io->to = (TypeCall){.type = type_get(expr__env(c), expr->type), .typmod = -1};
    return expr__step_result(c, expr__step(c, expr, run_coerce_io, false, &arg, 1, io));
}

/* ---- domains ---- */

static void run_domain(ExprState *state, const ExprStep *step, Selection selection)
{
    const FnEnv *env = state->run.env;
    const Vector *arg = expr__arg(state, step, 0);
    Vector *result = &state->registers[step->result];
    *result = *arg; /* first: rows before one that is refused are given out */
    result->type = step->expr->type;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        InputError error = {.arena = state->temporary};
        state->row = row;
        Datum value = vector_get(arg, row);
        if (!env->calls->domain_check(env->calls_arg, step->expr->type, &value, &error))
            input_error_raise(&error);
    }
}

uint32_t expr__compile_domain(ExprCompiler *c, QExpr *expr)
{
    uint32_t arg = expr__register(c, Q_AS(CoerceDomain, expr)->arg);
    return expr__step_result(c, expr__step(c, expr, run_domain, false, &arg, 1, NULL));
}
