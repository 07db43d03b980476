/* SPDX-License-Identifier: Apache-2.0 */
/* expr_run.c - running a program over a batch: the loop over steps, where their results lie, and what a raise does.
 *
 * Flat results keep their memory over evaluations. Strings and decimals are zeroed each time, since loops over rows
 * that cannot raise look at the slots of NULLs too (base/fn.h, F5), and a pointer of the last batch must not be
 * followed. */
#include "expr/expr_internal.h"

#include "base/bitset.h"
#include "base/builtins.h"
#include "base/scope.h"
#include "base/task.h"

enum { BUFFER_ROWS_LEAST = 16, BUFFER_ALIGNMENT = 64, NO_LIMIT = UINT32_MAX };

/* Running over all rows beats picking rows out when at least one in so many is wanted. */
enum { WIDE_SHARE = 3 };

/* ---- opening ---- */

static void open_call(ExprState *state, uint32_t site)
{
    const ExprCall *call = state->program->calls[site];
    Arena *arena = state->run.query;
    state->sites[site] = (ExprSite){
        .fn = {.arena = state->temporary,
               .site = arena,
               .env = state->run.env,
               .function = call->function,
               .collation = call->collation,
               .result_type = call->result_type,
               .result_typmod = call->typmod,
               .arg_types = call->arg_types,
               .arg_count = call->arg_count,
               .variadic = call->variadic,
               .unasked = call->unasked},
        .args = ARENA_ARRAY(arena, Vector, call->arg_count),
    };
}

static void open_register(ExprState *state, uint32_t number)
{
    const ExprRegister *reg = &state->program->registers[number];
    const Datum null = {.null = true};
    const Datum *value = &null;
    if (reg->source == SOURCE_CONST) {
        value = &reg->value;
    } else if (reg->source == SOURCE_PARAM) {
        if (reg->column == 0 || reg->column > state->run.param_count)
            raise_error(SQLSTATE_UNDEFINED_OBJECT, "no value found for parameter %u", reg->column);
        value = &state->run.params[reg->column - 1];
    } else {
        return;
    }
    vector_init_constant(&state->registers[number], state->run.query, reg->type, (Phys)reg->phys,
                         value);
}

ExprState *expr_open(const ExprProgram *program, const ExprRun *run)
{
    Arena *arena = run->query;
    ExprState *state = ARENA_NEW(arena, ExprState);
    *state = (ExprState){.program = program, .run = *run, .limit = NO_LIMIT};
    state->temporary = arena_new_child(arena, "expression");
    state->registers = ARENA_ARRAY(arena, Vector, program->register_count);
    state->buffers = ARENA_ARRAY(arena, ExprBuffer, program->register_count);
    state->ready = ARENA_ARRAY(arena, bool, program->register_count);
    state->sites = ARENA_ARRAY(arena, ExprSite, program->call_count);
    state->memory = ARENA_ARRAY(arena, void *, program->step_count);
    for (uint32_t i = 0; i < program->call_count; i++) open_call(state, i);
    for (uint32_t i = 0; i < program->register_count; i++) open_register(state, i);
    if (run->opened) {
        state->next_opened = *run->opened;
        *run->opened = state;
    }
    return state;
}

ExprState *expr_next_opened(const ExprState *state)
{
    return state->next_opened;
}

bool expr_is_of_builtins(const ExprState *state)
{
    const ExprProgram *program = state->program;
    for (uint32_t i = 0; i < program->register_count; i++)
        if (!builtin_type(program->registers[i].type)) return false;
    for (uint32_t i = 0; i < program->call_count; i++) {
        const ExprCall *call = program->calls[i];
        if (!call->function || !builtin_type(call->result_type)) return false;
        for (uint32_t k = 0; k < call->arg_count; k++)
            if (!builtin_type(call->arg_types[k])) return false;
    }
    return true;
}

bool expr_reads_params(const ExprState *state)
{
    for (uint32_t i = 0; i < state->program->register_count; i++)
        if (state->program->registers[i].source == SOURCE_PARAM) return true;
    return false;
}

void expr_take_params(ExprState *state)
{
    for (uint32_t i = 0; i < state->program->register_count; i++)
        if (state->program->registers[i].source == SOURCE_PARAM) open_register(state, i);
}

/* ---- memory ---- */

static void *buffer_for(ExprState *state, uint32_t reg, uint32_t rows, Phys phys)
{
    ExprBuffer *buffer = &state->buffers[reg];
    const uint32_t bytes = phys_bytes(phys);
    if (buffer->capacity < rows) {
        uint32_t capacity = rows <= BUFFER_ROWS_LEAST ? BUFFER_ROWS_LEAST
                            : rows <= 256             ? 256
                                                      : BATCH_ROWS_MAX;
        uintptr_t data = (uintptr_t)arena_alloc(state->run.query,
                                                (size_t)capacity * bytes + BUFFER_ALIGNMENT);
        buffer->data = (void *)ALIGN_UP(data, (uintptr_t)BUFFER_ALIGNMENT);
        buffer->capacity = capacity;
        memset(buffer->data, 0, (size_t)capacity * bytes);
    } else if (phys == PHYS_STR || phys == PHYS_DECIMAL) {
        memset(buffer->data, 0, (size_t)rows * bytes);
    }
    return buffer->data;
}

Vector *expr__result(ExprState *state, const ExprStep *step, Selection selection)
{
    const ExprRegister *reg = &state->program->registers[step->result];
    Vector *result = &state->registers[step->result];
    *result = (Vector){
        .type = reg->type,
        .phys = reg->phys,
        .form = VECTOR_FLAT,
        .data = buffer_for(state, step->result, selection_end(selection), (Phys)reg->phys),
    };
    return result;
}

Arena *expr__result_arena(ExprState *state, const ExprStep *step)
{
    bool lasting = state->program->registers[step->result].spread == SPREAD_RUN;
    return lasting ? state->run.query : state->temporary;
}

uint16_t *expr__rows(ExprState *state, uint32_t count)
{
    return arena_alloc_array(state->temporary, count, sizeof(uint16_t));
}

void *expr__memory(ExprState *state, const ExprStep *step, size_t bytes)
{
    void **memory = &state->memory[step - state->program->steps];
    if (!*memory) *memory = arena_alloc_zero(state->run.query, bytes);
    return *memory;
}

/* ---- steps ---- */

typedef struct StepRun {
    ExprState *state;
    const ExprStep *step;
    Selection selection;
} StepRun;

static void step_body(void *arg)
{
    StepRun *run = arg;
    run->step->run(run->state, run->step, run->selection);
}

/* What is no matter of a row ends the statement at once: intervention, resources, limits. */
static bool ends_statement(const Error *error)
{
    const int class_ = (int)error->code & SQLSTATE_CLASS_MASK;
    return class_ == (SQLSTATE_QUERY_CANCELED & SQLSTATE_CLASS_MASK) ||
           class_ == (SQLSTATE_OUT_OF_MEMORY & SQLSTATE_CLASS_MASK) ||
           class_ == (SQLSTATE_STATEMENT_TOO_COMPLEX & SQLSTATE_CLASS_MASK) ||
           error->severity > SEVERITY_ERROR;
}

static void step_run_caught(ExprState *state, const ExprStep *step, Selection selection)
{
    StepRun run = {state, step, selection};
    Error *error;
    if (LIKELY(error_catch(step_body, &run, state->run.query, &error))) return;
    if (ends_statement(error)) error_raise_again(error);
    const uint32_t row = step->is_call ? state->sites[step->site].fn.row : state->row;
    state->error = error;
    state->limit = state->constant ? 0 : row;
}

/* One imaginary row stands for all; an error is the first real row's (X2). */
static void step_run_constant(ExprState *state, const ExprStep *step, Selection selection)
{
    const bool was_constant = state->constant;
    const uint32_t limit = state->limit;
    const bool lasting = state->program->registers[step->result].spread == SPREAD_RUN;
    if (lasting && state->ready[step->result]) return;
    state->constant = true;
    state->limit = 1;
    if (step->total)
        step->run(state, step, (Selection){.count = 1});
    else
        step_run_caught(state, step, (Selection){.count = 1});
    state->constant = was_constant;
    if (state->limit == 0) {
        state->limit = was_constant ? 0 : selected(selection, 0);
        return;
    }
    state->limit = limit;
    state->registers[step->result].form = VECTOR_CONSTANT;
    if (lasting) state->ready[step->result] = true;
}

static void run_steps(ExprState *state, uint32_t from, uint32_t to, Selection selection)
{
    const ExprStep *steps = state->program->steps;
    for (uint32_t at = from; at < to; at = steps[at].next) {
        const ExprStep *step = &steps[at];
        selection = expr__cut(state, selection);
        if (selection.count == 0) return;
        if (state->program->registers[step->result].spread != SPREAD_ROWS)
            step_run_constant(state, step, selection);
        else if (step->total)
            step->run(state, step, selection);
        else
            step_run_caught(state, step, selection);
    }
}

void expr__run_block(ExprState *state, const ExprBlock *block, Selection selection)
{
    task_check_stack();
    run_steps(state, block->from, block->to, selection);
}

void expr__run_block_within(ExprState *state, const ExprBlock *block, Selection narrow,
                            Selection wide)
{
    bool spread = block->total && (uint64_t)narrow.count * WIDE_SHARE >= wide.count;
    expr__run_block(state, block, spread ? wide : narrow);
}

/* ---- evaluations ---- */

void expr__begin(ExprState *state)
{
    arena_reset(state->temporary);
    state->error = NULL;
    state->limit = NO_LIMIT;
}

void expr__run_all(ExprState *state, Selection selection)
{
    run_steps(state, 0, state->program->step_count, selection);
}

static void begin(ExprState *state, const Batch *const *inputs, uint32_t input_count)
{
    const ExprProgram *program = state->program;
    expr__begin(state);
    state->inputs = inputs;
    for (uint32_t i = 0; i < program->register_count; i++) {
        const ExprRegister *reg = &program->registers[i];
        if (reg->source != SOURCE_INPUT) continue;
        ASSERT(reg->input < input_count && reg->column < inputs[reg->input]->column_count);
        state->registers[i] = inputs[reg->input]->columns[reg->column];
        ASSERT(state->registers[i].phys == reg->phys);
    }
    (void)input_count;
}

uint32_t expr_eval(ExprState *state, const Batch *const *inputs, uint32_t input_count,
                   Selection selection, Vector *vectors)
{
    const ExprProgram *program = state->program;
    begin(state, inputs, input_count);
    expr__run_all(state, selection);
    selection = expr__cut(state, selection);
    for (uint32_t i = 0; i < program->result_count && selection.count > 0; i++)
        vectors[i] = state->registers[program->results[i]];
    return selection.count;
}

uint32_t expr_filter(ExprState *state, const Batch *const *inputs, uint32_t input_count,
                     Selection selection, uint16_t *out)
{
    const ExprProgram *program = state->program;
    begin(state, inputs, input_count);
    const Selection wide = selection;
    Selection left = selection;
    for (uint32_t i = 0; i < program->item_count && left.count > 0; i++) {
        const ExprFilterItem *item = &program->items[i];
        if (item->is_predicate) {
            const Vector *column = &inputs[item->input]->columns[item->predicate.column];
            left.count = predicate_filter(&item->predicate, column, left, out);
        } else {
            expr__run_block_within(state, &item->block, left, expr__cut(state, wide));
            left = expr__cut(state, left);
            if (left.count > 0)
                left.count = expr__pick(&state->registers[item->block.result], PICK_TRUE, left,
                                        out);
        }
        left.rows = out;
    }
    left = expr__cut(state, left);
    if (left.rows != out)
        for (uint32_t i = 0; i < left.count; i++) out[i] = (uint16_t)selected(left, i);
    return left.count;
}

bool expr_has_error(const ExprState *state)
{
    return state->error != NULL;
}

_Noreturn void expr_raise(ExprState *state)
{
    ASSERT(state->error);
    error_raise_again(state->error);
}

/* ---- single rows ---- */

/* Input 0 of one row, each column a constant. */
static void begin_row(ExprState *state, const Datum *columns)
{
    const ExprProgram *program = state->program;
    expr__begin(state);
    state->null_bit = 1;
    for (uint32_t i = 0; i < program->register_count; i++) {
        const ExprRegister *reg = &program->registers[i];
        if (reg->source != SOURCE_INPUT) continue;
        ASSERT(reg->input == 0 && columns);
        const Datum *value = &columns[reg->column];
        state->registers[i] = (Vector){.type = reg->type,
                                       .phys = reg->phys,
                                       .form = VECTOR_CONSTANT,
                                       .data = (void *)&value->value,
                                       .nulls = value->null ? &state->null_bit : NULL};
    }
}

void expr_eval_row(ExprState *state, const Datum *columns, Datum *results)
{
    const ExprProgram *program = state->program;
    begin_row(state, columns);
    expr__run_all(state, (Selection){.count = 1});
    if (state->error) error_raise_again(state->error);
    for (uint32_t i = 0; i < program->result_count; i++)
        results[i] = vector_get(&state->registers[program->results[i]], 0);
}

bool expr_filter_row(ExprState *state, const Datum *columns)
{
    const ExprProgram *program = state->program;
    begin_row(state, columns);
    uint16_t row = 0;
    for (uint32_t i = 0; i < program->item_count; i++) {
        const ExprFilterItem *item = &program->items[i];
        if (item->is_predicate) {
            const Datum *value = &columns[item->predicate.column];
            Vector column = {.phys = item->predicate.phys,
                             .form = VECTOR_CONSTANT,
                             .data = (void *)&value->value,
                             .nulls = value->null ? &state->null_bit : NULL};
            if (predicate_filter(&item->predicate, &column, (Selection){.count = 1}, &row) == 0)
                return false;
            continue;
        }
        expr__run_block(state, &item->block, (Selection){.count = 1});
        if (state->error) error_raise_again(state->error);
        Vector *result = &state->registers[item->block.result];
        if (expr__pick(result, PICK_TRUE, (Selection){.count = 1}, &row) == 0) return false;
    }
    return true;
}

Datum expr_value(Arena *arena, QExpr *expr, const FnEnv *env)
{
    SCOPED(scope);
    Arena *work = scope_arena(scope, arena_account(arena), "expression");
    const ExprRun run = {.env = env, .query = work};
    ExprState *state = expr_open(expr_compile(work, &expr, 1, env), &run);
    Datum value;
    expr_eval_row(state, NULL, &value);
    if (!value.null)
        value.value = value_copy(arena, expr_result_phys(state->program, 0), value.value);
    return value;
}
