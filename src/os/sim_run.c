/* SPDX-License-Identifier: Apache-2.0 */
/* sim_run.c - the simulation as tests hold it: runs and how they end, crashes, failures, pause points, and the table of
 * calls that makes it an Os.
 *
 * A run is: the account empty, a fiber for main, the host waiting in sim_run. However it ends, the fiber that ended it
 * leaves for the host, which settles the disk and then drops everything else: nothing of the run is run any more. */
#include "os/sim_internal.h"

#include <errno.h>
#include <stdio.h>

#include "base/error.h"

enum { SWITCH_ONE_IN_DEFAULT = 4, STEPS_MAX_DEFAULT = 100 * 1000 * 1000 };
#define WALL_BASE_US INT64_C(1767225600000000) /* 2026-01-01 00:00 UTC */

static int64_t monotonic_ns(void)
{
    return sim__step(SIM_STEP_CLOCK)->now_ns;
}

int64_t sim__wall_us(const Sim *sim)
{
    return WALL_BASE_US + sim->now_ns / 1000;
}

static int64_t wall_us(void)
{
    return sim__wall_us(sim__step(SIM_STEP_CLOCK));
}

static void secret_bytes(void *out, size_t bytes)
{
    random_bytes(&sim__step(SIM_STEP_PROCESS)->secrets, out, bytes);
}

static uint32_t cpu_count(void)
{
    return 2;
}

static Status memory_map(size_t bytes, bool huge, bool reserve_only, void **memory)
{
    Sim *sim = sim__step(SIM_STEP_MEMORY);
    (void)huge;
    void *pages = sim__fails(sim, SIM_FAIL_MEMORY) ? NULL : sim__pages_map(bytes, reserve_only);
    if (!pages)
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "could not map %zu bytes of memory",
                          bytes);
    SimMap *map = sim__alloc(&sim->heap, sizeof *map);
    *map = (SimMap){.next = sim->maps, .memory = pages, .bytes = bytes};
    sim->maps = map;
    *memory = pages;
    return OK;
}

static void memory_unmap(void *memory, size_t bytes)
{
    Sim *sim = sim__step(SIM_STEP_MEMORY);
    SimMap **link = &sim->maps;
    while (*link && (*link)->memory != memory) link = &(*link)->next;
    SimMap *map = *link;
    ASSERT(map && map->bytes == bytes);
    *link = map->next;
    sim__free(&sim->heap, map);
    sim__pages_unmap(memory, bytes);
}

/* Reads as zeros afterwards, as on the real machine; the pages stay. */
static void memory_discard(void *memory, size_t bytes)
{
    sim__step(SIM_STEP_MEMORY);
    uintptr_t from = ALIGN_UP((uintptr_t)memory, (uintptr_t)SIM_BLOCK_BYTES);
    uintptr_t to = ((uintptr_t)memory + bytes) & ~((uintptr_t)SIM_BLOCK_BYTES - 1);
    if (from < to) memset((void *)from, 0, to - from);
}

/* Pages are there from the start. */
static void memory_populate(void *memory, size_t bytes)
{
    (void)memory;
    (void)bytes;
    sim__step(SIM_STEP_MEMORY);
}

/* ---- pause points */

static SimHold *find_hold(Sim *sim, const char *name)
{
    for (SimHold *hold = sim->holds; hold; hold = hold->next)
        if (strcmp(hold->name, name) == 0) return hold;
    return NULL;
}

static void pause_here(const char *name)
{
    Sim *sim = sim__step(SIM_STEP_PAUSE);
    SimHold *hold = find_hold(sim, name);
    while (hold && hold->held) sim__block(sim, SIM_HELD, hold, INT64_MAX);
}

void sim_pause_hold(Sim *sim, const char *name)
{
    SimHold *hold = find_hold(sim, name);
    if (!hold) {
        hold = sim__alloc(&sim->heap, sizeof *hold + strlen(name) + 1);
        memcpy(hold->name, name, strlen(name) + 1);
        hold->next = sim->holds;
        sim->holds = hold;
    }
    hold->held = true;
}

uint32_t sim_pause_waiting(Sim *sim, const char *name)
{
    SimHold *hold = find_hold(sim, name);
    uint32_t waiting = 0;
    for (uint32_t i = 0; hold && i < sim->fiber_count; i++)
        waiting += sim->fibers[i]->state == SIM_HELD && sim->fibers[i]->what == hold;
    return waiting;
}

void sim_pause_release(Sim *sim, const char *name)
{
    SimHold *hold = find_hold(sim, name);
    if (!hold) return;
    hold->held = false;
    sim__ready_waiters(sim, SIM_HELD, hold, UINT32_MAX);
}

/* ---- failures and crashes */

static void arm_memory(Sim *sim)
{
    SimFailPlan *fail = &sim->fail;
    if (!(fail->kinds & SIM_FAIL_MEMORY) || fail->memory_armed) return;
    account_fail_at(fail->n, fail->for_ever);
    fail->memory_fired_before = account_fail_fired();
    fail->memory_armed = true;
}

static void disarm_memory(Sim *sim)
{
    SimFailPlan *fail = &sim->fail;
    if (!fail->memory_armed) return;
    fail->fired += account_fail_fired() - fail->memory_fired_before;
    account_fail_at(0, false);
    fail->memory_armed = false;
}

void sim_fail_at(Sim *sim, uint32_t kinds, uint64_t n, bool for_ever)
{
    ASSERT(n > 0);
    disarm_memory(sim);
    sim->fail = (SimFailPlan){.kinds = kinds, .n = n, .for_ever = for_ever};
    if (sim->running) arm_memory(sim);
}

uint64_t sim_disarm(Sim *sim)
{
    disarm_memory(sim);
    uint64_t fired = sim->fail.fired;
    sim->fail = (SimFailPlan){0};
    return fired;
}

bool sim__fails(Sim *sim, SimFailure kind)
{
    SimFailPlan *fail = &sim->fail;
    if (!(fail->kinds & kind)) return false;
    fail->seen++;
    bool fires = fail->for_ever ? fail->seen >= fail->n : fail->seen == fail->n;
    fail->fired += fires;
    if (fires) sim__trace(sim, (uint64_t)kind << 40);
    return fires;
}

void sim_crash_at(Sim *sim, uint64_t n, bool tear)
{
    sim->crash_countdown = n;
    sim->crash_tear = tear;
}

void sim_crash_now(bool tear)
{
    Sim *sim = sim__self();
    sim->crash_tear = tear;
    sim__end_run(sim, SIM_CRASHED);
}

/* ---- reports */

static void report_add(Sim *sim, const char *format, ...) PRINTF_LIKE(2, 3);
static void report_add(Sim *sim, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    size_t room = SIM_REPORT_BYTES - sim->report_bytes;
    int written = vsnprintf(sim->report + sim->report_bytes, room, format, args);
    va_end(args);
    if (written > 0) sim->report_bytes += MIN((size_t)written, room - 1);
}

static void report_fiber(Sim *sim, const SimFiber *fiber)
{
    static const char *const states[] = {
        [SIM_RUNNABLE] = "can run",
        [SIM_PARKED] = "waits in os_wait",
        [SIM_ON_WORD] = "waits for a lock word",
        [SIM_ON_SOCKET] = "waits for a socket",
        [SIM_ON_POLLER] = "waits for a poller",
        [SIM_ON_CONNECT] = "waits to connect",
        [SIM_ON_JOIN] = "joins a task",
        [SIM_HELD] = "is held at pause point",
        [SIM_IDLE] = "has no requests",
    };
    const Task *task = &fiber->task;
    report_add(sim, "  task %" PRIu64 " \"%s\" %s", task->number, task->name,
               fiber == sim->current && fiber->state == SIM_RUNNABLE ? "runs"
                                                                     : states[fiber->state]);
    if (fiber->state == SIM_HELD) report_add(sim, " %s", ((const SimHold *)fiber->what)->name);
    if (fiber->state == SIM_ON_JOIN) {
        const Task *other = &((const SimFiber *)fiber->what)->task;
        report_add(sim, " %" PRIu64 " \"%s\"", other->number, other->name);
    }
    uint32_t event = atomic_load_explicit(&task->wait_event, memory_order_relaxed);
    if (event > WAIT_NONE && event < WAIT_EVENT_COUNT)
        report_add(sim, ", wait event %s/%s", wait_event_type((WaitEvent)event),
                   wait_event_name((WaitEvent)event));
    if (fiber->state != SIM_RUNNABLE && fiber->deadline != INT64_MAX)
        report_add(sim, ", until %" PRId64 " ns", fiber->deadline);
    if (atomic_load_explicit(&task->interrupts, memory_order_relaxed) != 0)
        report_add(sim, ", interrupt pending");
    report_add(sim, "\n");
}

static void report_end(Sim *sim)
{
    static const char *const ends[] = {[SIM_DONE] = "done",
                                       [SIM_CRASHED] = "crashed",
                                       [SIM_STUCK] = "stuck: nothing can run",
                                       [SIM_STEPS] = "stopped: too many steps"};
    sim->report_bytes = 0;
    sim->report[0] = 0;
    report_add(sim, "%s at step %" PRIu64 ", %" PRId64 " ns, seed %" PRIu64 "\n", ends[sim->end],
               sim->steps, sim->now_ns, sim->options.seed);
    uint32_t requests = 0;
    for (const SimIo *io = sim->ios; io; io = io->next) requests++;
    if (requests > 0) report_add(sim, "  %" PRIu32 " requests under way\n", requests);
    for (uint32_t i = 0; i < sim->fiber_count; i++) {
        const SimFiber *fiber = sim->fibers[i];
        if (fiber->ended || fiber->daemon || (fiber == sim->main_fiber && sim->end == SIM_DONE))
            continue;
        sim->leftovers++;
        report_fiber(sim, fiber);
    }
}

/* ---- the run */

static const OsOps sim_ops = {
    .simulated = true,
    .task_start = sim__task_start,
    .task_join = sim__task_join,
    .task_detach = sim__task_detach,
    .park = sim__park,
    .unpark = sim__unpark,
    .word_wait = sim__word_wait,
    .word_wake = sim__word_wake,
    .spin = sim__spin,
    .yield = sim__yield,
    .pause = pause_here,
    .monotonic_ns = monotonic_ns,
    .wall_us = wall_us,
    .random_bytes = secret_bytes,
    .cpu_count = cpu_count,
    .memory_map = memory_map,
    .memory_unmap = memory_unmap,
    .memory_discard = memory_discard,
    .memory_populate = memory_populate,
    .file_open = sim__file_open,
    .file_close = sim__file_close,
    .file_read = sim__file_read,
    .file_write = sim__file_write,
    .file_append = sim__file_append,
    .file_sync = sim__file_sync,
    .file_hint = sim__file_hint,
    .file_size = sim__file_size,
    .file_set_size = sim__file_set_size,
    .file_allocate = sim__file_allocate,
    .file_punch = sim__file_punch,
    .file_space_used = sim__file_space_used,
    .file_lock = sim__file_lock,
    .path_rename = sim__path_rename,
    .path_link = sim__path_link,
    .path_read_link = sim__path_read_link,
    .path_remove = sim__path_remove,
    .path_info = sim__path_info,
    .path_set_mode = sim__path_set_mode,
    .path_absolute = sim__path_absolute,
    .dir_make = sim__dir_make,
    .dir_remove = sim__dir_remove,
    .dir_sync = sim__dir_sync,
    .dir_list = sim__dir_list,
    .disk_free = sim__disk_free,
    .io_submit = sim__io_submit,
    .socket_resolve = sim__socket_resolve,
    .socket_listen = sim__socket_listen,
    .socket_accept = sim__socket_accept,
    .socket_connect = sim__socket_connect,
    .socket_close = sim__socket_close,
    .socket_local = sim__socket_local,
    .socket_read = sim__socket_read,
    .socket_write = sim__socket_write,
    .socket_shutdown_write = sim__socket_shutdown_write,
    .socket_wait = sim__socket_wait,
    .socket_set_keepalive = sim__socket_set_keepalive,
    .socket_peer_user = sim__socket_peer_user,
    .socket_adopt = sim__socket_adopt,
    .socket_descriptor = sim__socket_descriptor,
    .poller_new = sim__poller_new,
    .poller_release = sim__poller_release,
    .poller_set = sim__poller_set,
    .poller_remove = sim__poller_remove,
    .poller_wait = sim__poller_wait,
    .poller_wake = sim__poller_wake,
};

Sim *sim_new(const SimOptions *options)
{
    SimHeap heap = {0};
    void *probe = sim__pages_map(sizeof(Sim), false);
    if (!probe) return NULL;
    Sim *sim = probe;
    sim->heap = heap;
    sim->options = *options;
    if (sim->options.switch_one_in == 0) sim->options.switch_one_in = SWITCH_ONE_IN_DEFAULT;
    if (sim->options.steps_max == 0) sim->options.steps_max = STEPS_MAX_DEFAULT;
    sim->os.ops = &sim_ops;
    sim->os.io_method = "simulation";
    sim->os.account = account_new(NULL, "simulated machine", options->memory_max);
    if (!sim->os.account) {
        sim__pages_unmap(sim, sizeof *sim);
        return NULL;
    }
    Random seeds;
    random_seed(&seeds, options->seed);
    random_seed(&sim->random, random_u64(&seeds));
    random_seed(&sim->disk_random, random_u64(&seeds));
    random_seed(&sim->secrets, random_u64(&seeds));
    random_seed(&sim->test_random, random_u64(&seeds));
    sim__context_init_host(&sim->host, &sim->heap);
    sim__disk_init(&sim->disk);
    sim->disk.bytes_max = options->disk_bytes_max;
    return sim;
}

void sim_release(Sim *sim)
{
    if (!sim) return;
    ASSERT(!sim->running);
    account_drop(sim->os.account);
    sim__stack_release_all(sim->spare_stacks);
    sim__heap_release(&sim->disk.heap);
    sim__heap_release(&sim->heap);
    sim__pages_unmap(sim, sizeof *sim);
}

/* What the last fiber left behind, in the order of a power cut: first the disk, which may still take what was on its
 * way. */
static void drop_run(Sim *sim)
{
    bool crashed = sim->end == SIM_CRASHED;
    sim__io_drop(sim, !crashed || sim->crash_tear);
    sim__net_drop(sim);
    sim__drop_fibers(sim);
    sim__files_drop(sim);
    if (crashed) sim__disk_crash(&sim->disk, &sim->disk_random, sim->crash_tear);
    for (SimMap *map = sim->maps, *next; map; map = next) {
        next = map->next;
        sim__pages_unmap(map->memory, map->bytes);
        sim__free(&sim->heap, map);
    }
    sim->maps = NULL;
    account_drop_contents(sim->os.account);
    ASSERT(account_used(sim->os.account) == 0);
}

SimEnd sim_run(Sim *sim, void (*main)(void *arg), void *arg)
{
    ASSERT(!task_self());
    ASSERT(!sim->running);
    sim->steps = 0;
    sim->leftovers = 0;
    sim->next_deadline_ns = INT64_MAX;
    atomic_store(&sim->os.hooks_set, false);
    sim->os.tasks_started = 0;
    TaskOptions options = {.name = "main"};
    SimFiber *fiber;
    Status st = sim__io_start(sim);
    if (st == OK) st = sim__fiber_new(sim, &options, main, arg, &fiber);
    if (st != OK) assert_failed("memory for the first task of a simulation", __FILE__, __LINE__);
    sim->running = true;
    sim->main_fiber = sim->current = fiber;
    sim->came_from = &sim->host;
    arm_memory(sim);
    task_switch(&fiber->task);
    sim__context_switch(&sim->host, &fiber->context, false);
    sim__context_arrived(&sim->host, sim->came_from);
    task_switch(NULL);
    disarm_memory(sim);
    drop_run(sim);
    sim->running = false;
    sim->crash_countdown = 0;
    return sim->end;
}

void sim__end_run(Sim *sim, SimEnd end)
{
    sim->end = end;
    sim__trace(sim, (uint64_t)end << 48);
    report_end(sim);
    sim->came_from = &sim->current->context;
    sim__context_switch(&sim->current->context, &sim->host, true);
    UNREACHABLE();
}

uint32_t sim_leftovers(const Sim *sim)
{
    return sim->leftovers;
}

const char *sim_report(const Sim *sim)
{
    return sim->report;
}

uint64_t sim_trace_hash(const Sim *sim)
{
    return sim->trace;
}

uint64_t sim_steps(const Sim *sim)
{
    return sim->steps;
}

Sim *sim_self(void)
{
    Task *task = task_self();
    return task && task->os && task->os->ops->simulated ? (Sim *)task->os : NULL;
}

Random *sim_random(Sim *sim)
{
    return &sim->test_random;
}
