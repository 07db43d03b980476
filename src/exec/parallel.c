/* SPDX-License-Identifier: Apache-2.0 */
/* parallel.c - the group of those who run the child of a Gather: its lock, the session's view that they borrow from
 * each other, memory and work that is for all. */
#include "exec/parallel.h"

#include "base/scope.h"
#include "base/settings.h"
#include "base/task.h"
#include "os/os.h"
#include "type/collation.h"
#include "type/timezone.h"

enum { WORKERS_MAX = 64, STACK_SLACK = 512 << 10 };

struct ParallelItem {
    ParallelItem *next;
    uint32_t op;
    void *memory;
};

void parallel_init(ParallelGroup *group, const Exec *exec, Arena *arena)
{
    *group =
        (ParallelGroup){.arena = arena,
                        .env = exec->options.env,
                        .view_taken = true,
                        .owner = task_self(),
                        .stack_kilobytes = (uint32_t)(exec->options.settings
                                                          ? exec->options.settings->max_stack_depth
                                                          : 0)};
    mutex_init(&group->lock, RANK_PARALLEL);
}

/* What a worker raised, with where it was: to the session. Other workers just end. */
static _Noreturn void raise_failure(const ParallelGroup *group)
{
    if (task_self() != group->owner || !group->error)
        raise_error(SQLSTATE_QUERY_CANCELED, "canceling statement due to user request");
    Error error = *group->error;
    const Str inner = error.context, place = STR("parallel worker");
    if (!group->is_quiet)
        error.context = inner.bytes == 0 ? place
                                         : str_format(group->arena, "%.*s\n%.*s", STR_ARG(inner),
                                                      STR_ARG(place));
    error_raise_again(&error);
}

void parallel_wait(ParallelGroup *group)
{
    Status status = OK;
    if (!group->failed)
        status = condition_wait(&group->changed, &group->lock, WAIT_PARALLEL, DEADLINE_NEVER);
    const bool failed = group->failed;
    if (status == OK && !failed) return;
    mutex_unlock(&group->lock);
    if (status == ST_CANCELLED) task_check();
    if (status != OK) raise_status(status);
    raise_failure(group);
}

/* ---- tasks ---- */

uint32_t parallel_reserve(const ExecOptions *options, uint32_t wanted)
{
    ExecWorkers *workers = options->workers;
    const Settings *settings = options->settings;
    if (!workers) return 0;
    const uint32_t most = (uint32_t)MIN(settings->max_parallel_workers,
                                        settings->max_worker_processes);
    uint32_t running = atomic_load(&workers->running), granted;
    do {
        granted = running < most ? MIN(wanted, most - running) : 0;
        granted = MIN(granted, (uint32_t)WORKERS_MAX);
    } while (!atomic_compare_exchange_weak(&workers->running, &running, running + granted));
    return granted;
}

void parallel_give_back(const ExecOptions *options, uint32_t reserved)
{
    if (reserved > 0) atomic_fetch_sub(&options->workers->running, reserved);
}

static void worker_main(void *arg)
{
    ParallelTask *self = arg;
    ParallelGroup *group = self->group;
    Error *error = NULL;
    task_self()->stack_kilobytes = group->stack_kilobytes;
    const bool well = error_catch(self->body, self->arg, self->arena, &error);
    mutex_lock(&group->lock);
    if (!well && !group->failed) {
        group->failed = true;
        group->error = error;
    }
    group->running--;
    self->ended = true;
    condition_broadcast(&group->changed);
    mutex_unlock(&group->lock);
}

static void worker_interrupted(Task *task, uint32_t interrupts)
{
    if ((interrupts & (TASK_CANCEL | TASK_TERMINATE)) == 0) return;
    (void)task_take_interrupts(task, TASK_CANCEL | TASK_TERMINATE);
    raise_error(SQLSTATE_QUERY_CANCELED, "canceling statement due to user request");
}

bool parallel_start(ParallelTask *worker, const Exec *exec)
{
    ParallelGroup *group = worker->group;
    const Settings *settings = exec->options.settings;
    const TaskOptions options = {.name = "parallel worker",
                                 .account = arena_account(exec->arena),
                                 .stack_bytes = ((size_t)settings->max_stack_depth << 10) +
                                                STACK_SLACK,
                                 .on_interrupt = worker_interrupted};
    mutex_lock(&group->lock);
    group->running++;
    mutex_unlock(&group->lock);
    if (os_task_start(&options, worker_main, worker, &worker->task) == OK) {
        worker->next = group->tasks;
        group->tasks = worker;
        return true;
    }
    error_clear();
    mutex_lock(&group->lock);
    group->running--;
    mutex_unlock(&group->lock);
    worker->task = NULL;
    worker->ended = true;
    return false;
}

void parallel_stop(ParallelGroup *group)
{
    for (ParallelTask *worker = group->tasks; worker; worker = worker->next)
        os_task_interrupt(worker->task, TASK_CANCEL);
    for (; group->tasks; group->tasks = group->tasks->next) os_task_join(group->tasks->task);
}

/* ---- the view ---- */

void parallel_lend_view(ParallelGroup *group)
{
    mutex_lock(&group->lock);
    group->view_taken = false;
    condition_broadcast(&group->changed);
    mutex_unlock(&group->lock);
}

void parallel_take_view(void *arg)
{
    ParallelGroup *group = arg;
    mutex_lock(&group->lock);
    while (group->view_taken)
        (void)condition_wait_through(&group->changed, &group->lock, WAIT_PARALLEL, DEADLINE_NEVER);
    group->view_taken = true;
    mutex_unlock(&group->lock);
}

static void give_view_back(void *arg)
{
    parallel_lend_view(arg);
}

static void borrow_view(ParallelGroup *group, Scope *scope)
{
    mutex_lock(&group->lock);
    while (group->view_taken) parallel_wait(group);
    group->view_taken = true;
    mutex_unlock(&group->lock);
    scope_add(scope, give_view_back, group);
}

/* ---- the calls upward, by turns ---- */

#define GUARDED(Result, name, parameters, ...)                                            \
    static Result guarded_##name parameters                                               \
    {                                                                                     \
        ParallelGroup *group = arg;                                                       \
        SCOPED(scope);                                                                    \
        borrow_view(group, scope);                                                        \
        return group->env->calls->name(group->env->calls_arg __VA_OPT__(, ) __VA_ARGS__); \
    }
GUARDED(const Type *, type_find, (void *arg, Oid oid), oid)
GUARDED(bool, type_parse_name, (void *arg, Str text, Oid *type, int32_t *typmod, InputError *err),
        text, type, typmod, err)
GUARDED(Str, type_name, (void *arg, Arena *arena, Oid type, int32_t typmod), arena, type, typmod)
GUARDED(const FnEnumLabel *, enum_labels, (void *arg, Oid type, uint32_t *count), type, count)
GUARDED(bool, domain_check, (void *arg, Oid domain, const Datum *value, InputError *err), domain,
        value, err)
GUARDED(bool, attributes,
        (void *arg, Oid type, int32_t typmod, const FnAttribute **list, uint32_t *count), type,
        typmod, list, count)
GUARDED(int32_t, record_typmod, (void *arg, const FnAttribute *list, uint32_t count), list, count)
GUARDED(bool, name_find, (void *arg, FnNameKind kind, Str text, Oid *oid, InputError *err), kind,
        text, oid, err)
GUARDED(bool, name_print, (void *arg, FnNameKind kind, Oid oid, Arena *arena, Str *name), kind, oid,
        arena, name)
GUARDED(Datum, call, (void *arg, const FnCallee *callee, const Datum *args, Arena *arena), callee,
        args, arena)
GUARDED(void, call_set, (void *arg, const FnCallee *callee, const Datum *args, const FnRows *rows),
        callee, args, rows)
GUARDED(void, notice, (void *arg, const Error *notice), notice)
GUARDED(bool, setting, (void *arg, Str name, Arena *arena, Str *value), name, arena, value)
GUARDED(bool, collation, (void *arg, Oid oid, FnCollation *found), oid, found)
GUARDED(bool, role_is_member, (void *arg, Oid role, Oid of), role, of)

static const FnCalls guarded = {.type_find = guarded_type_find,
                                .type_parse_name = guarded_type_parse_name,
                                .type_name = guarded_type_name,
                                .enum_labels = guarded_enum_labels,
                                .domain_check = guarded_domain_check,
                                .attributes = guarded_attributes,
                                .record_typmod = guarded_record_typmod,
                                .name_find = guarded_name_find,
                                .name_print = guarded_name_print,
                                .call = guarded_call,
                                .call_set = guarded_call_set,
                                .notice = guarded_notice,
                                .setting = guarded_setting,
                                .collation = guarded_collation,
                                .role_is_member = guarded_role_is_member};

void parallel_env(FnEnv *env, const ParallelGroup *group, Arena *arena)
{
    *env = *group->env;
    env->stmt = arena_new_child(arena, "statement of a participant");
    env->time_zones = time_zones_new(arena);
    env->collations = collations_new(arena);
}

/* A table of calls has all of them, or stands in a test that needs none. */
void parallel_guard_env(FnEnv *env, ParallelGroup *group)
{
    if (!group->env->calls || !group->env->calls->type_find) return;
    env->calls = &guarded;
    env->calls_arg = group;
}

/* ---- what is for all ---- */

void *parallel_shared(Exec *exec, uint32_t op, size_t bytes)
{
    ParallelGroup *group = exec->group;
    for (ParallelItem *item = group->items; item; item = item->next)
        if (item->op == op) return item->memory;
    ParallelItem *item = ARENA_NEW(group->arena, ParallelItem);
    *item = (ParallelItem){group->items, op, arena_alloc_zero(group->arena, bytes)};
    group->items = item;
    return item->memory;
}

bool parallel_begin(ParallelGroup *group, ParallelOnce *once)
{
    mutex_lock(&group->lock);
    const bool mine = !once->begun;
    once->begun = true;
    while (!mine && !once->done) parallel_wait(group);
    mutex_unlock(&group->lock);
    return mine;
}

void parallel_done(ParallelGroup *group, ParallelOnce *once)
{
    mutex_lock(&group->lock);
    once->done = true;
    condition_broadcast(&group->changed);
    mutex_unlock(&group->lock);
}

bool parallel_come(ParallelGroup *group, ParallelStep *step)
{
    mutex_lock(&group->lock);
    const bool comes = !step->is_over;
    step->working += comes;
    mutex_unlock(&group->lock);
    return comes;
}

bool parallel_go(ParallelGroup *group, ParallelStep *step)
{
    mutex_lock(&group->lock);
    ASSERT(step->working > 0 && !step->is_over);
    step->is_over = --step->working == 0;
    const bool last = step->is_over;
    mutex_unlock(&group->lock);
    return last;
}

void parallel_end(ParallelGroup *group, ParallelStep *step)
{
    mutex_lock(&group->lock);
    ASSERT(step->is_over);
    step->done = true;
    condition_broadcast(&group->changed);
    mutex_unlock(&group->lock);
}

void parallel_await(ParallelGroup *group, const ParallelStep *step)
{
    mutex_lock(&group->lock);
    while (!step->done) parallel_wait(group);
    mutex_unlock(&group->lock);
}

void parallel_take_turn(ParallelGroup *group, ParallelTurn *turn)
{
    mutex_lock(&group->lock);
    while (turn->taken) parallel_wait(group);
    turn->taken = true;
    mutex_unlock(&group->lock);
}

void parallel_end_turn(ParallelGroup *group, ParallelTurn *turn)
{
    mutex_lock(&group->lock);
    turn->taken = false;
    condition_broadcast(&group->changed);
    mutex_unlock(&group->lock);
}
