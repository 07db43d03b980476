/* SPDX-License-Identifier: Apache-2.0 */
/* expr_subplan.c - sub-plans that run for each row: EXISTS, scalars, op ANY, op ALL, row comparisons.
 *
 * For a row the call's arguments go to exec params, the sub-plan starts anew, and its batches are folded into the
 * answer as far as needed. The test of ANY and ALL is a program of its own: the columns of the row outside are
 * constants in it, the sub-plan's columns its input, so that a whole inner batch is compared at once.
 *
 * Where the plan says that the same values outside give the same answer, answers are kept by the bytes of those values
 * (the arguments and what the test reads), as long as that saves runs and there is memory. */
#include "expr/expr_internal.h"

#include "base/array.h"
#include "base/bitset.h"
#include "base/map.h"
#include "base/settings.h"
#include "base/task.h"
#include "type/array.h"

typedef struct SubplanCall {
    const ExprProgram *test; /* NULL: none */
    ExprProbe probe;         /* count 0: the test runs over the rows */
    const Type *element;     /* ARRAY (SELECT ...) */
} SubplanCall;

typedef struct SubplanMemory {
    ExprState *test;
    Map answers; /* Str to Datum */
    Arena *kept; /* what they lie in; NULL: nothing is kept yet */
    bool gave_up;
    uint32_t found, missed;
} SubplanMemory;

/* After so many runs it must have paid: one answer found for so many that were not. */
enum { KEPT_TRIAL = 1000, KEPT_PAYS = 10 };

typedef struct SubplanRow {
    ExprState *state;
    const QSubPlanCall *call;
    const ExprStep *step;
    ExprState *test;
    uint32_t row;
} SubplanRow;

static bool next_batch(const SubplanRow *at, uint32_t rows_max, const Batch **batch)
{
    const ExprSubplans *subplans = at->state->run.subplans;
    task_check();
    return subplans->next(subplans->arg, (uint32_t)at->call->plan, rows_max, batch);
}

/* ---- tests over a batch of the sub-plan ---- */

static void bind_outer(const SubplanRow *at, uint32_t number)
{
    ExprState *test = at->test;
    const ExprRegister *reg = &test->program->registers[number];
    const Vector *outer = &at->state->inputs[reg->input]->columns[reg->column];
    const uint32_t index = vector_index(outer, at->row);
    const bool null = outer->nulls && bits_get(outer->nulls, index);
    test->null_bit = 1;
    test->registers[number] = (Vector){
        .type = reg->type,
        .phys = reg->phys,
        .form = VECTOR_CONSTANT,
        .data = (char *)outer->data + (size_t)index * phys_bytes((Phys)reg->phys),
        .nulls = null ? &test->null_bit : NULL,
    };
}

/* The test's answers for the rows of a batch; an error behind the rows is left in at->test. */
static Selection run_test(const SubplanRow *at, const Batch *batch, const Vector **answers)
{
    ExprState *test = at->test;
    const ExprProgram *program = test->program;
    expr__begin(test);
    for (uint32_t i = 0; i < program->register_count; i++) {
        const ExprRegister *reg = &program->registers[i];
        if (reg->source != SOURCE_INPUT) continue;
        if (reg->input == EXPR_INPUT_SUBPLAN)
            test->registers[i] = batch->columns[reg->column];
        else
            bind_outer(at, i);
    }
    expr__run_all(test, batch->selection);
    *answers = &test->registers[program->results[0]];
    return expr__cut(test, batch->selection);
}

/* op ANY: true with the first that is true, else NULL if one was, else false; ALL is the same with NOT. */
static Datum fold_quantified(const SubplanRow *at, bool all)
{
    const Batch *batch;
    bool any_null = false;
    while (next_batch(at, BATCH_ROWS_MAX, &batch)) {
        const Vector *answers;
        Selection rows = run_test(at, batch, &answers);
        uint16_t *picked = arena_alloc_array(at->test->temporary, rows.count, sizeof *picked);
        if (rows.count > 0) {
            if (expr__pick(answers, all ? PICK_FALSE : PICK_TRUE, rows, picked) > 0)
                return (Datum){.value.b = !all};
            any_null |= expr__pick(answers, PICK_NULL, rows, picked) > 0;
        }
        if (expr_has_error(at->test)) expr_raise(at->test);
    }
    return (Datum){.value.b = all, .null = any_null};
}

/* ---- one row at most ---- */

/* The only row of the sub-plan as the first of a batch; false: there is none. Raises 21000 for two. */
static bool only_row(const SubplanRow *at, const Batch **batch)
{
    if (!next_batch(at, 2, batch)) return false;
    if ((*batch)->selection.count > 1)
        raise_error(SQLSTATE_CARDINALITY_VIOLATION,
                    "more than one row returned by a subquery used as an expression");
    return true;
}

static void no_further_row(const SubplanRow *at)
{
    const Batch *batch;
    if (next_batch(at, 1, &batch))
        raise_error(SQLSTATE_CARDINALITY_VIOLATION,
                    "more than one row returned by a subquery used as an expression");
}

static Datum scalar(const SubplanRow *at)
{
    const Batch *batch;
    if (!only_row(at, &batch)) return (Datum){.null = true};
    const Vector *column = &batch->columns[0];
    Datum value = vector_get(column, selected(batch->selection, 0));
    if (!value.null)
        value.value = value_copy(expr__result_arena(at->state, at->step), (Phys)column->phys,
                                 value.value);
    no_further_row(at);
    return value;
}

static Datum row_comparison(const SubplanRow *at)
{
    const Batch *batch;
    const Vector *answers;
    if (!only_row(at, &batch)) return (Datum){.null = true};
    run_test(at, batch, &answers);
    if (expr_has_error(at->test)) expr_raise(at->test);
    Datum answer = vector_get(answers, selected(batch->selection, 0));
    no_further_row(at);
    return answer;
}

/* ARRAY (SELECT ...): of values, or of arrays, which become slices of one. */
static Datum gather_array(const SubplanRow *at)
{
    const SubplanCall *facts = at->step->detail;
    Arena *arena = expr__result_arena(at->state, at->step);
    ArrayGather gather = {0};
    const bool slices = at->call->slices;
    const Batch *batch;
    while (next_batch(at, BATCH_ROWS_MAX, &batch)) {
        const Vector *column = &batch->columns[0];
        for (uint32_t i = 0; i < batch->selection.count; i++) {
            const Datum value = vector_get(column, selected(batch->selection, i));
            if (slices)
                array_gather_array(arena, at->state->run.env, &gather, &value);
            else
                array_gather_value(arena, &gather, (Phys)column->phys, value);
        }
    }
    return (Datum){.value.str = strview(
                       slices ? array_gather_slices(arena, facts->element, &gather)
                              : array_build(arena, facts->element, gather.values, gather.count))};
}

/* ---- the step ---- */

static Datum run_row(const SubplanRow *at)
{
    const ExprSubplans *subplans = at->state->run.subplans;
    const Batch *batch;
    for (uint32_t i = 0; i < at->step->arg_count; i++) {
        ExecParam *param = &at->state->run.exec_params[at->call->set_params.items[i]];
        *param = (ExecParam){vector_get(expr__arg(at->state, at->step, i), at->row), true};
    }
    subplans->start(subplans->arg, (uint32_t)at->call->plan);
    switch (at->call->sublink) {
    case Q_SUBLINK_EXISTS: return (Datum){.value.b = next_batch(at, 1, &batch)};
    case Q_SUBLINK_ANY: return fold_quantified(at, false);
    case Q_SUBLINK_ALL: return fold_quantified(at, true);
    case Q_SUBLINK_SCALAR: return scalar(at);
    case Q_SUBLINK_ROW_COMPARE: return row_comparison(at);
    case Q_SUBLINK_ARRAY: return gather_array(at);
    case Q_SUBLINK_MULTI:
    case Q_SUBLINK_CTE: break;
    }
    UNREACHABLE();
    return (Datum){.null = true};
}

/* ---- answers kept ---- */

static void add_key(StrBuilder *key, Phys phys, Datum value)
{
    str_add_char(key, value.null);
    if (value.null) return;
    const bool is_text = phys == PHYS_STR;
    const Str bytes = is_text ? strview_str(&value.value.str)
                              : (Str){(const char *)&value.value, phys_bytes(phys)};
    const uint64_t length = bytes.bytes;
    if (is_text) str_add(key, (Str){(const char *)&length, sizeof length});
    str_add(key, bytes);
}

static void add_vector_key(StrBuilder *key, const Vector *vector, uint32_t row)
{
    add_key(key, (Phys)vector->phys, vector_get(vector, row));
}

/* What the test reads: of the row outside, and by exec params of levels further out. */
static void add_test_key(StrBuilder *key, const SubplanRow *at)
{
    const ExprProgram *test = at->test->program;
    for (uint32_t i = 0; i < test->register_count; i++) {
        const ExprRegister *reg = &test->registers[i];
        if (reg->source == SOURCE_INPUT && reg->input != EXPR_INPUT_SUBPLAN)
            add_vector_key(key, &at->state->inputs[reg->input]->columns[reg->column], at->row);
    }
    for (uint32_t i = 0; i < test->step_count; i++) {
        const ExprStep *step = &test->steps[i];
        const QExecParam *read = step->expr ? Q_IF(ExecParam, step->expr) : NULL;
        if (read == NULL) continue;
        const ExecParam *param = &at->state->run.exec_params[read->number];
        const Datum value = param->set ? param->value : (Datum){.null = true};
        str_add_char(key, param->set);
        add_key(key, (Phys)test->registers[step->result].phys, value);
    }
}

/* The bytes of all that the answer hangs on. */
static Str answer_key(const SubplanRow *at)
{
    StrBuilder key = str_builder(at->state->temporary, 64);
    for (uint32_t i = 0; i < at->step->arg_count; i++)
        add_vector_key(&key, expr__arg(at->state, at->step, i), at->row);
    if (at->test) add_test_key(&key, at);
    return str_done(&key);
}

static void keep_answer(const SubplanRow *at, SubplanMemory *memory, Str key, const Vector *result,
                        Datum value)
{
    const Settings *settings = at->state->run.env->settings;
    const uint64_t budget = settings ? (uint64_t)settings->work_mem * 1024 : UINT64_MAX;
    const bool pays = memory->missed < KEPT_TRIAL || memory->found >= memory->missed / KEPT_PAYS;
    memory->gave_up = !pays; /* what is kept stays: rows given out may point to it */
    if (!pays || arena_used(memory->kept) > budget) return;
    if (!value.null) value.value = value_copy(memory->kept, (Phys)result->phys, value.value);
    const Str copy = str_copy(memory->kept, key);
    *(Datum *)map_put(&memory->answers, &copy, NULL) = value;
}

static Datum answer(const SubplanRow *at, SubplanMemory *memory, const Vector *result)
{
    if (!at->call->same || memory->gave_up) return run_row(at);
    if (!memory->kept) {
        memory->kept = arena_new_child(at->state->run.query, "sub-plan answers");
        map_init_str(&memory->answers, memory->kept, sizeof(Datum));
    }
    const Str key = answer_key(at);
    const Datum *known = map_find(&memory->answers, &key);
    if (known) {
        memory->found++;
        return *known;
    }
    const Datum value = run_row(at);
    memory->missed++;
    keep_answer(at, memory, key, result, value);
    return value;
}

static void run_subplan(ExprState *state, const ExprStep *step, Selection selection)
{
    const SubplanCall *facts = step->detail;
    SubplanMemory *memory = expr__memory(state, step, sizeof *memory);
    if (facts->test && !memory->test) memory->test = expr_open(facts->test, &state->run);
    SubplanRow at = {state, Q_AS(SubPlanCall, step->expr), step, memory->test, 0};
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        at.row = state->row = selected(selection, i);
        Datum value = answer(&at, memory, result);
        vector_set(result, expr__result_arena(state, step), at.row, &value);
    }
}

/* ---- hashed ---- */

static void run_probe(ExprState *state, const ExprStep *step, Selection selection)
{
    const SubplanCall *facts = step->detail;
    const QSubPlanCall *call = Q_AS(SubPlanCall, step->expr);
    const ExprSubplans *subplans = state->run.subplans;
    const uint32_t keys = facts->probe.count;
    Vector *vectors = ARENA_ARRAY(state->temporary, Vector, keys);
    int8_t *answers = ARENA_ARRAY(state->temporary, int8_t, selection.count);
    state->row = selected(selection, 0);
    for (uint32_t i = 0; i < keys; i++) vectors[i] = *expr__arg(state, step, i);
    for (uint32_t i = keys; i < step->arg_count; i++)
        state->run.exec_params[call->set_params.items[i - keys]] =
            (ExecParam){vector_get(expr__arg(state, step, i), state->row), true};
    subplans->probe(subplans->arg, (uint32_t)call->plan, &facts->probe, vectors, selection, answers,
                    step->arg_count > keys);
    Vector *result = expr__result(state, step, selection);
    for (uint32_t i = 0; i < selection.count; i++) {
        const Datum answer = {.value.b = answers[i] == 1, .null = answers[i] < 0};
        vector_set(result, state->temporary, selected(selection, i), &answer);
    }
}

typedef struct ProbeBuild {
    ExprCompiler *compiler;
    uint32_t args[FN_ARGS_MAX], columns[FN_ARGS_MAX];
    Oid types[FN_ARGS_MAX], collations[FN_ARGS_MAX];
    uint32_t count;
} ProbeBuild;

/* outer = column, of one type whose equality is the operator's, and conjunctions of such. False: it is another test. */
static bool add_equality(ProbeBuild *build, QExpr *test)
{
    task_check_stack();
    const QBool *logic = Q_IF(Bool, test);
    if (logic && logic->op == Q_BOOL_AND) {
        for (uint32_t i = 0; i < logic->args.count; i++)
            if (!add_equality(build, logic->args.items[i])) return false;
        return true;
    }
    const QOpCall *op = Q_IF(OpCall, test);
    if (!op || op->args.count != 2 || build->count == FN_ARGS_MAX / 2) return false;
    QExpr *column = op->args.items[1];
    while (column->kind == Q_RELABEL) column = Q_AS(Relabel, column)->arg;
    const BuiltinOperator *found = builtin_operator(op->op);
    if (!found || found->left != found->right || column->kind != Q_SUB_OUTPUT) return false;
    const FnEnv *env = expr__env(build->compiler);
    if (!expr__is_equality(op->op) || expr__phys(env, column->type) != expr__phys(env, found->left))
        return false;
    const uint32_t at = build->count++;
    build->args[at] = expr__register(build->compiler, op->args.items[0]);
    build->columns[at] = (uint32_t)Q_AS(SubOutput, column)->column - 1;
    build->types[at] = found->left;
    build->collations[at] = op->input_collation;
    return true;
}

/* The step of a hashed call; false: its test is none that a hash table answers. */
static bool compile_probe(ExprCompiler *c, QSubPlanCall *call, SubplanCall *facts, uint32_t *result)
{
    ProbeBuild build = {.compiler = c};
    Arena *arena = expr__arena(c);
    if (!call->hashed || call->sublink != Q_SUBLINK_ANY || !add_equality(&build, call->test))
        return false;
    if (build.count + call->args.count > FN_ARGS_MAX) return false;
    facts->probe = (ExprProbe){build.count,
                               arena_copy(arena, build.columns, sizeof(uint32_t) * build.count),
                               arena_copy(arena, build.types, sizeof(Oid) * build.count),
                               arena_copy(arena, build.collations, sizeof(Oid) * build.count)};
    for (uint32_t i = 0; i < call->args.count; i++)
        build.args[build.count + i] = expr__register(c, call->args.items[i]);
    *result = expr__subplan_step(c, &call->base, run_probe, build.args,
                                 build.count + call->args.count, facts);
    return true;
}

uint32_t expr__compile_subplan(ExprCompiler *c, QExpr *expr)
{
    QSubPlanCall *call = Q_AS(SubPlanCall, expr);
    if (call->sublink == Q_SUBLINK_MULTI || call->sublink == Q_SUBLINK_CTE)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "sub-queries of this kind are not supported");
    SubplanCall *facts = ARENA_NEW(expr__arena(c), SubplanCall);
    uint32_t result;
    if (call->sublink == Q_SUBLINK_ARRAY)
        facts->element = type_get(expr__env(c), expr__element_type(expr__env(c), expr->type));
    if (compile_probe(c, call, facts, &result)) return result;
    if (call->test) facts->test = expr_compile(expr__arena(c), &call->test, 1, expr__env(c));
    uint32_t *args = ARENA_ARRAY(expr__arena(c), uint32_t, call->args.count);
    for (uint32_t i = 0; i < call->args.count; i++)
        args[i] = expr__register(c, call->args.items[i]);
    return expr__subplan_step(c, expr, run_subplan, args, call->args.count, facts);
}
