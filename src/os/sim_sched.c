/* SPDX-License-Identifier: Apache-2.0 */
/* sim_sched.c - fibers, their waits and the virtual clock.
 *
 * Only one fiber runs, until it makes a call of the machine: there the seed decides whether another goes on. A fiber
 * that waits is off the list of runnable ones until what it waits for happens or its deadline comes. When none is
 * runnable, the clock jumps to the nearest deadline; when there is none either, the run ends as stuck.
 *
 *          sim__block                 sim__ready, or the deadline
 * RUNNABLE ----------> any other state ---------------------------> RUNNABLE
 *
 * (S1) a fiber stands in `runnable` exactly when its state is SIM_RUNNABLE and it has not ended
 * (S2) next_deadline_ns is at most the least deadline of a waiting fiber                                */
#include "os/sim_internal.h"

#include "base/hash.h"
#include "base/error.h"

/* A step takes up to 1 us; one in 8192 takes milliseconds, as when the processor is given to someone else. */
enum { STEP_NS_MASK = 1023, STEP_NS_LEAST = 20, PAUSE_ONE_IN = 8192, PAUSE_NS_MAX = 8000000 };
enum {
    STACK_BYTES_DEFAULT = 1 << 20,
    STACK_BYTES_LEAST = 64 << 10,
    STACK_RESERVE_BYTES = 32 << 10
};

void sim__trace(Sim *sim, uint64_t value)
{
    sim->trace = hash_u64((sim->trace ^ value) + UINT64_C(0x9e3779b97f4a7c15));
}

void sim__trace_bytes(Sim *sim, const void *data, size_t bytes)
{
    sim__trace(sim, bytes);
    if (bytes > 0) sim__trace(sim, hash_bytes(data, bytes, 0));
}

static void add_runnable(Sim *sim, SimFiber *fiber)
{
    sim->runnable = sim__grow_array(&sim->heap, sim->runnable, &sim->runnable_capacity,
                                    sim->runnable_count + 1, sizeof(void *));
    fiber->state = SIM_RUNNABLE;
    fiber->run_index = sim->runnable_count;
    sim->runnable[sim->runnable_count++] = fiber;
}

static void remove_runnable(Sim *sim, SimFiber *fiber)
{
    ASSERT(fiber->state == SIM_RUNNABLE);
    ASSERT(sim->runnable[fiber->run_index] == fiber);
    SimFiber *last = sim->runnable[--sim->runnable_count];
    sim->runnable[fiber->run_index] = last;
    last->run_index = fiber->run_index;
}

void sim__ready(Sim *sim, SimFiber *fiber)
{
    ASSERT(fiber->state != SIM_RUNNABLE);
    add_runnable(sim, fiber);
}

/* Makes runnable whose deadline has come, in order of creation. */
static void fire_deadlines(Sim *sim)
{
    int64_t next = INT64_MAX;
    for (uint32_t i = 0; i < sim->fiber_count; i++) {
        SimFiber *fiber = sim->fibers[i];
        if (fiber->state == SIM_RUNNABLE || fiber->ended || fiber->deadline == INT64_MAX) continue;
        if (fiber->deadline <= sim->now_ns) {
            fiber->timed_out = true;
            sim__ready(sim, fiber);
        } else {
            next = MIN(next, fiber->deadline);
        }
    }
    sim->next_deadline_ns = next;
}

static void free_fiber(Sim *sim, SimFiber *fiber)
{
    /* The list stays in order of creation: close the gap. */
    for (uint32_t i = fiber->index; i + 1 < sim->fiber_count; i++) {
        sim->fibers[i] = sim->fibers[i + 1];
        sim->fibers[i]->index = i;
    }
    sim->fiber_count--;
    sim__free(&sim->heap, fiber);
}

/* Runs first in a fiber that was switched to. */
static void arrive(Sim *sim, SimContext *here)
{
    sim__context_arrived(here, sim->came_from);
    SimFiber *ended = sim->ended;
    if (!ended) return;
    sim->ended = NULL;
    sim__context_release(&ended->context, &sim->heap);
    ended->stack->next = sim->spare_stacks;
    sim->spare_stacks = ended->stack;
    ended->stack = NULL;
    if (ended->detached) free_fiber(sim, ended);
}

static void switch_to(Sim *sim, SimFiber *fiber)
{
    SimFiber *self = sim->current;
    if (fiber == self) return;
    sim->current = fiber;
    sim->came_from = &self->context;
    task_switch(&fiber->task);
    sim__context_switch(&self->context, &fiber->context, self->ended);
    arrive(sim, &self->context);
}

/* Gives the processor to a runnable fiber, letting time pass until there is one. */
static void run_next(Sim *sim)
{
    for (;;) {
        if (sim->now_ns >= sim->next_deadline_ns) fire_deadlines(sim);
        if (sim->runnable_count > 0) break;
        if (sim->next_deadline_ns == INT64_MAX) sim__end_run(sim, SIM_STUCK);
        sim->now_ns = sim->next_deadline_ns;
    }
    SimFiber *next = sim->runnable[random_below(&sim->random, sim->runnable_count)];
    sim__trace(sim, next->task.number);
    switch_to(sim, next);
}

Sim *sim__step(SimStep what)
{
    Sim *sim = sim__self();
    ASSERT(sim->current && &sim->current->task == task_self());
    if (++sim->steps > sim->options.steps_max) sim__end_run(sim, SIM_STEPS);
    if (sim->crash_countdown > 0 && --sim->crash_countdown == 0) sim__end_run(sim, SIM_CRASHED);
    uint64_t draw = random_u64(&sim->random);
    sim->now_ns += STEP_NS_LEAST + (int64_t)(draw & STEP_NS_MASK);
    if ((draw >> 10) % PAUSE_ONE_IN == 0)
        sim->now_ns += (int64_t)random_below(&sim->random, PAUSE_NS_MAX);
    sim__trace(sim, (uint64_t)what << 32 | sim->current->task.number);
    if (sim->now_ns >= sim->next_deadline_ns) fire_deadlines(sim);
    /* One in switch_one_in, by the upper half of the draw and without a division. */
    if (sim->runnable_count > 1 && (draw >> 32) * sim->options.switch_one_in >> 32 == 0)
        run_next(sim);
    return sim;
}

bool sim__block(Sim *sim, SimState state, const void *what, int64_t deadline_ns)
{
    SimFiber *self = sim->current;
    remove_runnable(sim, self);
    self->state = state;
    self->what = what;
    self->deadline = deadline_ns;
    self->timed_out = false;
    self->wait_order = ++sim->wait_order;
    sim->next_deadline_ns = MIN(sim->next_deadline_ns, deadline_ns);
    run_next(sim);
    ASSERT(self->state == SIM_RUNNABLE);
    self->what = NULL;
    return !self->timed_out;
}

void sim__ready_waiters(Sim *sim, SimState state, const void *what, uint32_t count)
{
    while (count > 0) {
        SimFiber *oldest = NULL;
        for (uint32_t i = 0; i < sim->fiber_count; i++) {
            SimFiber *fiber = sim->fibers[i];
            if (fiber->ended || fiber->state != state || fiber->what != what) continue;
            if (!oldest || fiber->wait_order < oldest->wait_order) oldest = fiber;
        }
        if (!oldest) return;
        sim__ready(sim, oldest);
        count--;
    }
}

bool sim__is_cancelled(const Task *task)
{
    return task->interrupts_held == 0 &&
           (atomic_load_explicit(&task->interrupts, memory_order_relaxed) &
            (TASK_CANCEL | TASK_TERMINATE)) != 0;
}

/* ---- tasks */

static void end_fiber(Sim *sim, SimFiber *self)
{
    os__task_release(&self->task);
    if (self == sim->main_fiber) sim__end_run(sim, SIM_DONE);
    sim__ready_waiters(sim, SIM_ON_JOIN, self, UINT32_MAX);
    remove_runnable(sim, self);
    self->ended = true;
    sim->ended = self;
    run_next(sim);
}

static void fiber_main(void *arg)
{
    SimFiber *self = arg;
    arrive(self->sim, &self->context);
    self->main(self->arg);
    end_fiber(self->sim, self);
    UNREACHABLE();
}

Status sim__fiber_new(Sim *sim, const TaskOptions *options, void (*main)(void *arg), void *arg,
                      SimFiber **result)
{
    size_t stack_bytes = options->stack_bytes ? options->stack_bytes : STACK_BYTES_DEFAULT;
    stack_bytes = ALIGN_UP(MAX(stack_bytes, (size_t)STACK_BYTES_LEAST), (size_t)SIM_GUARD_BYTES);
    SimFiber *fiber = sim__alloc(&sim->heap, sizeof *fiber);
    Status st = os__task_init(&sim->os, &fiber->shared, options, &fiber->task);
    if (st == OK &&
        !(fiber->stack = sim__stack_take(&sim->spare_stacks, &sim->heap, stack_bytes))) {
        os__task_release(&fiber->task);
        st = ST_NO_MEMORY;
    }
    if (st != OK) {
        sim__free(&sim->heap, fiber);
        return st;
    }
    fiber->task.stack_low = fiber->stack->low + STACK_RESERVE_BYTES;
    fiber->sim = sim;
    fiber->main = main;
    fiber->arg = arg;
    sim__context_init(&fiber->context, &sim->heap, fiber->stack, fiber_main, fiber);
    sim->fibers = sim__grow_array(&sim->heap, sim->fibers, &sim->fiber_capacity,
                                  sim->fiber_count + 1, sizeof(void *));
    fiber->index = sim->fiber_count;
    sim->fibers[sim->fiber_count++] = fiber;
    add_runnable(sim, fiber);
    *result = fiber;
    return OK;
}

void sim__drop_fibers(Sim *sim)
{
    for (uint32_t i = 0; i < sim->fiber_count; i++) {
        SimFiber *fiber = sim->fibers[i];
        if (fiber->stack) {
            sim__context_release(&fiber->context, &sim->heap);
            fiber->stack->next = sim->spare_stacks;
            sim->spare_stacks = fiber->stack;
        }
        sim__free(&sim->heap, fiber);
    }
    sim->fiber_count = sim->runnable_count = 0;
    sim->current = sim->main_fiber = sim->io_fiber = sim->ended = NULL;
}

Status sim__task_start(Os *os, const TaskOptions *options, void (*main)(void *), void *arg,
                       Task **task)
{
    Sim *sim = sim__step(SIM_STEP_TASK);
    ASSERT(os == &sim->os);
    (void)os;
    if (sim__fails(sim, SIM_FAIL_START))
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "could not start a task");
    SimFiber *fiber;
    Status st = sim__fiber_new(sim, options, main, arg, &fiber);
    if (st != OK) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    *task = &fiber->task;
    return OK;
}

void sim__task_join(Task *task)
{
    Sim *sim = sim__step(SIM_STEP_TASK);
    SimFiber *fiber = sim__fiber(task);
    ASSERT(fiber != sim->current);
    ASSERT(!fiber->detached);
    while (!fiber->ended) sim__block(sim, SIM_ON_JOIN, fiber, INT64_MAX);
    free_fiber(sim, fiber);
}

void sim__task_detach(Task *task)
{
    Sim *sim = sim__step(SIM_STEP_TASK);
    SimFiber *fiber = sim__fiber(task);
    ASSERT(!fiber->detached);
    fiber->detached = true;
    if (fiber->ended) free_fiber(sim, fiber);
}

/* ---- waiting */

Status sim__park(Task *self, bool interruptible, Deadline deadline)
{
    Sim *sim = sim__step(SIM_STEP_PARK);
    SimFiber *fiber = sim__fiber(self);
    ASSERT(fiber == sim->current);
    for (;;) {
        if (interruptible && sim__is_cancelled(self)) return ST_CANCELLED;
        if (fiber->token) {
            fiber->token = false;
            return OK;
        }
        if (deadline.ns <= sim->now_ns) return ST_TIMEOUT;
        sim__block(sim, SIM_PARKED, NULL, deadline.ns);
    }
}

void sim__unpark(Task *task)
{
    Sim *sim = sim__self();
    SimFiber *fiber = sim__fiber(task);
    ASSERT(!fiber->ended);
    sim__trace(sim, (uint64_t)SIM_STEP_WAKE << 32 | task->number);
    fiber->token = true;
    /* Those that wait for a socket or a poller look at the token or at their interrupts themselves. */
    if (fiber->state == SIM_PARKED || fiber->state == SIM_ON_SOCKET ||
        fiber->state == SIM_ON_POLLER || fiber->state == SIM_ON_CONNECT)
        sim__ready(sim, fiber);
    sim__step(SIM_STEP_WAKE);
}

void sim__word_wait(_Atomic uint32_t *word, uint32_t seen, Deadline deadline)
{
    enum { EARLY_ONE_IN = 16 };
    Sim *sim = sim__step(SIM_STEP_WORD);
    if (atomic_load_explicit(word, memory_order_acquire) != seen || deadline.ns <= sim->now_ns)
        return;
    if (random_chance(&sim->random, EARLY_ONE_IN)) return;
    sim__block(sim, SIM_ON_WORD, word, deadline.ns);
}

void sim__word_wake(_Atomic uint32_t *word, uint32_t count)
{
    Sim *sim = sim__self();
    sim__ready_waiters(sim, SIM_ON_WORD, word, count);
    sim__step(SIM_STEP_WORD);
}

void sim__yield(void)
{
    sim__step(SIM_STEP_YIELD);
}

void sim__spin(uint32_t *round)
{
    enum {
        ALONE_SHIFT_MAX = 20
    }; /* 1 us, doubling up to a second: somebody who sleeps is waited for */
    Sim *sim = sim__step(SIM_STEP_SPIN);
    *round += *round < UINT32_MAX;
    if (sim->runnable_count == 1) {
        sim->now_ns += INT64_C(1000) << MIN(*round, (uint32_t)ALONE_SHIFT_MAX);
        if (sim->now_ns >= sim->next_deadline_ns) fire_deadlines(sim);
    }
    if (sim->runnable_count == 1) return;
    uint64_t other = random_below(&sim->random, sim->runnable_count - 1);
    SimFiber *next = sim->runnable[other >= sim->current->run_index ? other + 1 : other];
    sim__trace(sim, next->task.number);
    switch_to(sim, next);
}
