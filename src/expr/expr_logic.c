/* SPDX-License-Identifier: Apache-2.0 */
/* expr_logic.c - three-valued logic and whatever chooses what is evaluated at all: AND, OR, NOT, CASE, COALESCE,
 * NULLIF, IS DISTINCT FROM, IS [NOT] NULL, IS [NOT] TRUE and kin.
 *
 * Each keeps the rows still undecided as a selection and runs its next block over these alone. */
#include "expr/expr_internal.h"

#include "base/bitset.h"
#include "base/oids.h"

/* ---- picking rows ---- */

static inline __attribute__((always_inline)) uint32_t pick(const Vector *v, Selection in,
                                                           uint16_t *out, bool want_true,
                                                           bool want_false, bool want_null)
{
    const bool *data = v->data;
    uint32_t n = 0;
    if (v->form == VECTOR_FLAT && !v->nulls) {
        for (uint32_t i = 0; i < in.count; i++) {
            const uint32_t row = selected(in, i);
            out[n] = (uint16_t)row;
            n += data[row] ? want_true : want_false;
        }
        return n;
    }
    for (uint32_t i = 0; i < in.count; i++) {
        const uint32_t row = selected(in, i);
        const uint32_t at = vector_index(v, row);
        const bool null = v->nulls && bits_get(v->nulls, at);
        out[n] = (uint16_t)row;
        n += null ? want_null : data[at] ? want_true : want_false;
    }
    return n;
}

uint32_t expr__pick(const Vector *v, ExprPick wanted, Selection in, uint16_t *out)
{
    ASSERT(v->phys == PHYS_BOOL);
    switch (wanted) {
    case PICK_TRUE: return pick(v, in, out, true, false, false);
    case PICK_FALSE: return pick(v, in, out, false, true, false);
    case PICK_NULL: return pick(v, in, out, false, false, true);
    case PICK_NOT_TRUE: return pick(v, in, out, false, true, true);
    case PICK_NOT_FALSE: return pick(v, in, out, true, false, true);
    case PICK_NOT_NULL: return pick(v, in, out, true, true, false);
    }
    UNREACHABLE();
    return 0;
}

/* Rows whose value, of any kind, is NULL or is not. */
static uint32_t pick_nulls(const Vector *v, bool null, Selection in, uint16_t *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < in.count; i++) {
        const uint32_t row = selected(in, i);
        out[n] = (uint16_t)row;
        n += vector_is_null(v, row) == null;
    }
    return n;
}

static inline __attribute__((always_inline)) void copy_slots(Vector *to, const Vector *from,
                                                             Selection rows, size_t size)
{
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t row = selected(rows, i);
        memcpy((char *)to->data + row * size,
               (const char *)from->data + vector_index(from, row) * size, size);
    }
}

void expr__copy_rows(Vector *to, Arena *arena, const Vector *from, Selection rows)
{
    ASSERT(to->form == VECTOR_FLAT && to->phys == from->phys);
    switch (phys_bytes((Phys)to->phys)) {
    case 1: copy_slots(to, from, rows, 1); break;
    case 2: copy_slots(to, from, rows, 2); break;
    case 4: copy_slots(to, from, rows, 4); break;
    case 8: copy_slots(to, from, rows, 8); break;
    default: copy_slots(to, from, rows, 16); break;
    }
    for (uint32_t i = 0; from->nulls && i < rows.count; i++) {
        const uint32_t row = selected(rows, i);
        if (!vector_is_null(from, row)) continue;
        vector_need_nulls(to, arena);
        bits_set(to->nulls, row);
    }
}

static void set_nulls(Vector *to, Arena *arena, Selection rows)
{
    if (rows.count == 0) return;
    vector_need_nulls(to, arena);
    for (uint32_t i = 0; i < rows.count; i++) bits_set(to->nulls, selected(rows, i));
}

static Selection pick_into(ExprState *state, const Vector *v, ExprPick wanted, Selection in)
{
    uint16_t *rows = expr__rows(state, in.count);
    return (Selection){rows, expr__pick(v, wanted, in, rows)};
}

/* ---- AND, OR, NOT ---- */

/* Joins a further operand: `open` rows are those not decided so far. The result holds the operand's value where it
 * decides, NULL where it or one before it was NULL. */
static void run_junction(ExprState *state, const ExprStep *step, Selection selection)
{
    const bool is_and = Q_AS(Bool, step->expr)->op == Q_BOOL_AND;
    Vector *result = expr__result(state, step, selection);
    Arena *arena = expr__result_arena(state, step);
    bool *data = result->data;
    Selection open = selection;
    for (uint32_t i = 0; i < selection.count; i++) data[selected(selection, i)] = is_and;
    for (uint32_t b = 0; b < step->block_count && open.count > 0; b++) {
        expr__run_block_within(state, &step->blocks[b], open, selection);
        selection = expr__cut(state, selection);
        open = expr__cut(state, open);
        const Vector *operand = &state->registers[step->blocks[b].result];
        Selection decided = pick_into(state, operand, is_and ? PICK_FALSE : PICK_TRUE, open);
        for (uint32_t i = 0; i < decided.count; i++) {
            data[decided.rows[i]] = !is_and;
            if (result->nulls) bits_clear(result->nulls, decided.rows[i]);
        }
        if (operand->nulls) set_nulls(result, arena, pick_into(state, operand, PICK_NULL, open));
        open = pick_into(state, operand, is_and ? PICK_NOT_FALSE : PICK_NOT_TRUE, open);
    }
}

static void run_not(ExprState *state, const ExprStep *step, Selection selection)
{
    const Vector *arg = expr__arg(state, step, 0);
    Vector *result = expr__result(state, step, selection);
    const bool *from = arg->data;
    bool *data = result->data;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        data[row] = !from[vector_index(arg, row)];
    }
    if (arg->nulls) {
        uint16_t *rows = expr__rows(state, selection.count);
        Selection nulls = {rows, pick_nulls(arg, true, selection, rows)};
        set_nulls(result, expr__result_arena(state, step), nulls);
    }
}

uint32_t expr__compile_bool(ExprCompiler *c, QExpr *expr)
{
    const QBool *logic = Q_AS(Bool, expr);
    if (logic->op == Q_BOOL_NOT) {
        uint32_t arg = expr__register(c, logic->args.items[0]);
        return expr__step_result(c, expr__step(c, expr, run_not, true, &arg, 1, NULL));
    }
    uint32_t step = expr__step(c, expr, run_junction, true, NULL, 0, NULL);
    expr__blocks_begin(c, step, logic->args.count);
    for (uint32_t i = 0; i < logic->args.count; i++) expr__block(c, step, i, logic->args.items[i]);
    expr__blocks_end(c, step);
    return expr__step_result(c, step);
}

/* ---- CASE, COALESCE ---- */

/* Blocks: condition, result, condition, result, ..., otherwise. */
static void run_case(ExprState *state, const ExprStep *step, Selection selection)
{
    Vector *result = expr__result(state, step, selection);
    Arena *arena = expr__result_arena(state, step);
    Selection open = selection;
    for (uint32_t b = 0; b + 1 < step->block_count && open.count > 0; b += 2) {
        expr__run_block_within(state, &step->blocks[b], open, selection);
        selection = expr__cut(state, selection);
        open = expr__cut(state, open);
        if (open.count == 0) return;
        const Vector *condition = &state->registers[step->blocks[b].result];
        Selection hits = pick_into(state, condition, PICK_TRUE, open);
        open = pick_into(state, condition, PICK_NOT_TRUE, open);
        if (hits.count == 0) continue;
        expr__run_block(state, &step->blocks[b + 1], hits);
        hits = expr__cut(state, hits);
        if (hits.count == 0) continue; /* the first of them failed: the register may hold nothing */
        expr__copy_rows(result, arena, &state->registers[step->blocks[b + 1].result], hits);
    }
    open = expr__cut(state, open);
    if (open.count == 0) return;
    if (step->block_count % 2 == 0) {
        set_nulls(result, arena, open);
        return;
    }
    const ExprBlock *otherwise = &step->blocks[step->block_count - 1];
    expr__run_block(state, otherwise, open);
    open = expr__cut(state, open);
    if (open.count > 0) expr__copy_rows(result, arena, &state->registers[otherwise->result], open);
}

uint32_t expr__compile_case(ExprCompiler *c, QExpr *expr)
{
    const QCase *choice = Q_AS(Case, expr);
    ExprHidden hidden;
    if (choice->arg) hidden = expr__hole_enter(c, HOLE_CASE_VALUE, expr__register(c, choice->arg));
    uint32_t step = expr__step(c, expr, run_case, true, NULL, 0, NULL);
    expr__blocks_begin(c, step, choice->whens.count * 2 + (choice->otherwise ? 1 : 0));
    for (uint32_t i = 0; i < choice->whens.count; i++) {
        expr__block(c, step, 2 * i, choice->whens.items[i]->condition);
        expr__block(c, step, 2 * i + 1, choice->whens.items[i]->result);
    }
    if (choice->otherwise) expr__block(c, step, 2 * choice->whens.count, choice->otherwise);
    expr__blocks_end(c, step);
    if (choice->arg) expr__hole_leave(c, HOLE_CASE_VALUE, hidden);
    return expr__step_result(c, step);
}

static void run_coalesce(ExprState *state, const ExprStep *step, Selection selection)
{
    Vector *result = expr__result(state, step, selection);
    Arena *arena = expr__result_arena(state, step);
    Selection open = selection;
    for (uint32_t b = 0; b < step->block_count && open.count > 0; b++) {
        expr__run_block(state, &step->blocks[b], open);
        open = expr__cut(state, open);
        if (open.count == 0) return;
        const Vector *value = &state->registers[step->blocks[b].result];
        uint16_t *rows = expr__rows(state, open.count);
        Selection found = {rows, pick_nulls(value, false, open, rows)};
        expr__copy_rows(result, arena, value, found);
        if (!value->nulls) return;
        rows = expr__rows(state, open.count);
        open = (Selection){rows, pick_nulls(value, true, open, rows)};
    }
    set_nulls(result, arena, open);
}

uint32_t expr__compile_coalesce(ExprCompiler *c, QExpr *expr)
{
    const QCoalesce *list = Q_AS(Coalesce, expr);
    uint32_t step = expr__step(c, expr, run_coalesce, true, NULL, 0, NULL);
    expr__blocks_begin(c, step, list->args.count);
    for (uint32_t i = 0; i < list->args.count; i++) expr__block(c, step, i, list->args.items[i]);
    expr__blocks_end(c, step);
    return expr__step_result(c, step);
}

/* ---- NULLIF, IS DISTINCT FROM: an equality function where both sides are there ---- */

/* The rows where both are there, and the function's answers for them. */
static Selection compare_present(ExprState *state, const ExprStep *step, Selection selection,
                                 Vector *equal)
{
    Vector args[2] = {*expr__arg(state, step, 0), *expr__arg(state, step, 1)};
    Selection both = selection;
    for (int i = 0; i < 2; i++) {
        if (!args[i].nulls) continue;
        uint16_t *rows = expr__rows(state, both.count);
        both = (Selection){rows, pick_nulls(&args[i], false, both, rows)};
    }
    vector_init_flat(equal, state->temporary, OID_BOOL, PHYS_BOOL, selection_end(selection));
    if (both.count > 0) expr__call_site(state, step->site, args, both, equal, state->temporary);
    return both;
}

static void run_distinct(ExprState *state, const ExprStep *step, Selection selection)
{
    const bool negated = Q_AS(DistinctFrom, step->expr)->negated;
    const Vector *a = expr__arg(state, step, 0), *b = expr__arg(state, step, 1);
    Vector equal;
    compare_present(state, step, selection, &equal);
    Vector *result = expr__result(state, step, selection);
    bool *data = result->data;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        const bool null_a = vector_is_null(a, row), null_b = vector_is_null(b, row);
        const bool same = null_a || null_b ? null_a && null_b : ((const bool *)equal.data)[row];
        data[row] = same == negated;
    }
}

static void run_null_if(ExprState *state, const ExprStep *step, Selection selection)
{
    Vector equal;
    Selection both = compare_present(state, step, selection, &equal);
    Vector *result = expr__result(state, step, selection);
    Arena *arena = expr__result_arena(state, step);
    expr__copy_rows(result, arena, expr__arg(state, step, 0), selection);
    set_nulls(result, arena, pick_into(state, &equal, PICK_TRUE, both));
}

static uint32_t compile_equality(ExprCompiler *c, QExpr *expr, QExpr *left, QExpr *right,
                                 Oid function, Oid collation, ExprStepRun run)
{
    const QExpr boolean = {.type = OID_BOOL, .typmod = -1};
    const uint32_t args[2] = {expr__register(c, left), expr__register(c, right)};
    const Oid types[2] = {left->type, right->type};
    const ExprCall *call = expr__call(c, function, collation, &boolean, types, 2);
    bool total = call->vector && (call->function->flags & TOTAL);
    return expr__site_step(c, expr, run, total, args, 2, call);
}

uint32_t expr__compile_distinct(ExprCompiler *c, QExpr *expr)
{
    const QDistinctFrom *d = Q_AS(DistinctFrom, expr);
    return compile_equality(c, expr, d->left, d->right, d->function, d->input_collation,
                            run_distinct);
}

uint32_t expr__compile_null_if(ExprCompiler *c, QExpr *expr)
{
    const QNullIf *n = Q_AS(NullIf, expr);
    return compile_equality(c, expr, n->left, n->right, n->function, n->input_collation,
                            run_null_if);
}

/* ---- tests ---- */

static void run_null_test(ExprState *state, const ExprStep *step, Selection selection)
{
    const bool negated = Q_AS(NullTest, step->expr)->negated;
    const Vector *arg = expr__arg(state, step, 0);
    bool *data = expr__result(state, step, selection)->data;
    if (!arg->nulls) {
        for (uint32_t i = 0; i < selection.count; i++) data[selected(selection, i)] = negated;
        return;
    }
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        data[row] = vector_is_null(arg, row) != negated;
    }
}

uint32_t expr__compile_null_test(ExprCompiler *c, QExpr *expr)
{
    const QNullTest *test = Q_AS(NullTest, expr);
    if (test->row) return expr__compile_row_null_test(c, expr);
    uint32_t arg = expr__register(c, test->arg);
    return expr__step_result(c, expr__step(c, expr, run_null_test, true, &arg, 1, NULL));
}

static void run_truth(ExprState *state, const ExprStep *step, Selection selection)
{
    /* by test: what true, false and NULL give */
    static const bool answers[][3] = {
        [Q_TRUTH_TRUE] = {true, false, false},    [Q_TRUTH_NOT_TRUE] = {false, true, true},
        [Q_TRUTH_FALSE] = {false, true, false},   [Q_TRUTH_NOT_FALSE] = {true, false, true},
        [Q_TRUTH_UNKNOWN] = {false, false, true}, [Q_TRUTH_NOT_UNKNOWN] = {true, true, false},
    };
    const bool *answer = answers[Q_AS(Truth, step->expr)->test];
    const Vector *arg = expr__arg(state, step, 0);
    bool *data = expr__result(state, step, selection)->data;
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i), at = vector_index(arg, row);
        const bool null = arg->nulls && bits_get(arg->nulls, at);
        data[row] = answer[null ? 2 : !((const bool *)arg->data)[at]];
    }
}

uint32_t expr__compile_truth(ExprCompiler *c, QExpr *expr)
{
    uint32_t arg = expr__register(c, Q_AS(Truth, expr)->arg);
    return expr__step_result(c, expr__step(c, expr, run_truth, true, &arg, 1, NULL));
}

/* ---- GREATEST, LEAST ---- */

typedef struct MinMax {
    TypeCall call;
    int wanted; /* sign of compare(new, best) that replaces the best */
} MinMax;

static void run_min_max(ExprState *state, const ExprStep *step, Selection selection)
{
    const MinMax *facts = step->detail;
    TypeCall call = facts->call;
    call.env = state->run.env;
    call.arena = state->temporary;
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        Datum best = {.null = true};
        state->row = row;
        for (uint32_t a = 0; a < step->arg_count; a++) {
            Datum value = vector_get(expr__arg(state, step, a), row);
            if (value.null) continue;
            if (best.null || type_compare(&call, &value.value, &best.value) * facts->wanted > 0)
                best = value;
        }
        vector_set(result, expr__result_arena(state, step), row, &best);
    }
}

uint32_t expr__compile_min_max(ExprCompiler *c, QExpr *expr)
{
    const QMinMax *list = Q_AS(MinMax, expr);
    MinMax *facts = ARENA_NEW(expr__arena(c), MinMax);
    facts->call = (TypeCall){.type = type_get(expr__env(c), expr->type),
                             .typmod = -1,
                             .collation = list->input_collation};
    facts->wanted = list->greatest ? 1 : -1;
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, list->args.count);
    for (uint32_t i = 0; i < list->args.count; i++)
        args[i] = expr__register(c, list->args.items[i]);
    uint32_t step = expr__step(c, expr, run_min_max, false, args, list->args.count, facts);
    return expr__step_result(c, step);
}
