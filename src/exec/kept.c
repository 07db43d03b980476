/* SPDX-License-Identifier: Apache-2.0 */
/* kept.c - executions that run again and again: those of small prepared statements, whose opening costs more than their
 * work.
 *
 * What opening made lies in one arena: states of operators, programs, registers. An image of it is taken before the
 * first run and put back after every one, so that no operator has to know how to become new again; only what they
 * took from outside the arena is theirs to take anew (Operator.reopen). Operators say of themselves whether that is
 * all there is to it (Operator.is_keepable). The parameters stand at one place for all runs. */
#include "exec/exec_internal.h"

#include "base/builtins.h"

struct ExecKept {
    Exec *exec;
    const ArenaImage *image;
    Datum *params;
    uint32_t param_count;
    ExprState **programs; /* those that read parameters */
    uint32_t program_count;
    OpState **reopened; /* those that take something anew */
    uint32_t reopened_count;
};

/* What others than the built-in types are known by lives as long as a statement. */
static bool has_builtin_columns(const CatRelation *relation)
{
    for (int16_t i = 0; i < relation->column_count; i++)
        if (!relation->columns[i].dropped && !builtin_type(relation->columns[i].type)) return false;
    return true;
}

static bool is_keepable(const Exec *exec)
{
    const PlanPlan *plan = exec->plan;
    if (plan->subplans.count > 0 || plan->filter_count > 0) return false;
    for (const OpState *op = exec->opened; op; op = op->next_open)
        if (!op->code->is_keepable) return false;
    for (const ExprState *program = exec->programs; program; program = expr_next_opened(program))
        if (!expr_is_of_builtins(program)) return false;
    for (uint32_t i = 0; i < plan->relations.count; i++) {
        const CatRelation *relation = cat_relation(exec->options.view,
                                                   (Oid)plan->relations.items[i]);
        if (relation && !has_builtin_columns(relation)) return false;
    }
    return true;
}

/* Whom each run has to tell: few of many, and the others' memory has left the caches since the run before. */
static void find_retaken(ExecKept *kept)
{
    const Exec *exec = kept->exec;
    uint32_t programs = 0, ops = 0;
    for (ExprState *program = exec->programs; program; program = expr_next_opened(program))
        programs++;
    for (OpState *op = exec->opened; op; op = op->next_open) ops++;
    kept->programs = ARENA_ARRAY(exec->arena, ExprState *, programs);
    kept->reopened = ARENA_ARRAY(exec->arena, OpState *, ops);
    for (ExprState *program = exec->programs; program; program = expr_next_opened(program))
        if (expr_reads_params(program)) kept->programs[kept->program_count++] = program;
    for (OpState *op = exec->opened; op; op = op->next_open)
        if (op->code->reopen) kept->reopened[kept->reopened_count++] = op;
}

ExecKept *exec_keep(const PlanPlan *plan, const ExecOptions *options)
{
    ExecOptions own = *options;
    ExecKept *kept = ARENA_NEW(own.query, ExecKept);
    kept->param_count = options->param_count;
    own.params = kept->params = arena_copy(own.query, options->params,
                                           sizeof *options->params * options->param_count);
    kept->exec = exec__open(plan, &own);
    if (!is_keepable(kept->exec)) {
        exec_close(kept->exec);
        return NULL;
    }
    find_retaken(kept);
    kept->image = arena_image(own.query);
    return kept;
}

Exec *exec_open_kept(ExecKept *kept, const ExecOptions *options)
{
    Exec *exec = kept->exec;
    ASSERT(options->param_count == kept->param_count && options->env == exec->run.env);
    if (options->view) exec__check_privileges(exec->plan, options->view);
    exec->options = *options;
    exec->options.query = exec->arena;
    exec->options.params = kept->params;
    if (kept->param_count > 0)
        memcpy(kept->params, options->params, sizeof *kept->params * kept->param_count);
    for (uint32_t i = 0; i < kept->program_count; i++) expr_take_params(kept->programs[i]);
    for (uint32_t i = 0; i < kept->reopened_count; i++)
        kept->reopened[i]->code->reopen(kept->reopened[i]);
    return exec;
}

void exec_close_kept(ExecKept *kept)
{
    const ArenaImage *image = kept->image;
    exec_close(kept->exec);
    arena_put_back(kept->exec->arena, image); /* now, since it frees what the run took */
    kept->image = image;                      /* it was made before its image */
}
