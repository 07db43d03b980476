/* SPDX-License-Identifier: Apache-2.0 */
/* op_gather.c - Gather: one child, run by several tasks, whose rows come together here; with keys, by which each gives
 * its rows in order, in that order (Gather Merge).
 *
 * Each participant has the child's operators for itself (morsel-driven parallelism, Leis et al., SIGMOD 2014: scans
 * take the next range of row ids from a cursor that all share). A worker puts its rows into packets, of which it has a
 * few, and goes on while the session's task takes them; when none waits there, that task works itself, as
 * participant 0.
 *
 * Where a worker raises, its error is raised here; whatever ends the execution interrupts the workers and waits for
 * them, which is a matter of a batch. */
#include "exec/ops.h"

#include "base/scope.h"
#include "base/settings.h"
#include "base/task.h"
#include "exec/parallel.h"
#include "exec/row_merge.h"
#include "exec/rowstore.h"

enum {
    PACKETS = 3,        /* of a worker */
    PACKET_ROWS = 1024, /* from so many rows on it is sent */
};
typedef struct Participant Participant;

typedef struct Packet {
    struct Packet *next;
    Participant *owner;
    RowStore *rows;
} Packet;

typedef struct GatherState GatherState;
struct Participant {
    GatherState *gather;
    Arena *arena;
    FnEnv env;
    Exec *exec;
    OpState *root;
    ParallelTask worker; /* of all but the first, which is the session's task */
    /* under the group's lock */
    Packet *free, *first, *last; /* the last two: sent, where rows are merged */
    Packet *packet;              /* being merged, from row `at` */
    uint32_t at;
    Batch row;
};

struct GatherState {
    ParallelGroup group;
    Arena *arena; /* of a run */
    Participant *participants;
    uint32_t count, reserved; /* participants; tasks that are counted */
    bool started, own_part_done;
    RowMerge *merge;      /* NULL: rows are given as they come */
    Packet *first, *last; /* sent, where they are */
    Packet *packet;       /* being given out, from row `at` */
    uint32_t at;
    Batch row;
};

/* ---- a worker ---- */

static Packet *take_free(Participant *self)
{
    ParallelGroup *group = &self->gather->group;
    mutex_lock(&group->lock);
    while (!self->free) parallel_wait(group);
    Packet *packet = self->free;
    self->free = packet->next;
    mutex_unlock(&group->lock);
    rows_clear(packet->rows);
    return packet;
}

static void send(GatherState *gather, Packet *packet)
{
    ParallelGroup *group = &gather->group;
    Packet **first = gather->merge ? &packet->owner->first : &gather->first;
    Packet **last = gather->merge ? &packet->owner->last : &gather->last;
    packet->next = NULL;
    mutex_lock(&group->lock);
    if (*last)
        (*last)->next = packet;
    else
        *first = packet;
    *last = packet;
    condition_broadcast(&group->changed);
    mutex_unlock(&group->lock);
}

static void worker_body(void *arg)
{
    Participant *self = arg;
    const Batch *batch;
    Packet *packet = NULL;
    while (op_pull(self->root, BATCH_ROWS_MAX, &batch)) {
        if (!packet) packet = take_free(self);
        rows_append(packet->rows, batch->columns, batch->selection);
        if (rows_count(packet->rows) < PACKET_ROWS) continue;
        send(self->gather, packet);
        packet = NULL;
    }
    if (packet) send(self->gather, packet);
}

/* ---- starting ---- */

/* The merging is the session's task's, in the environment of its own part (G2). */
static void open_merge(GatherState *state, const PlanGather *plan, Participant *self)
{
    const RowShape shape = exec__shape(self->exec, &plan->child->outputs);
    self->row = (Batch){.column_count = shape.count,
                        .columns = ARENA_ARRAY(self->arena, Vector, shape.count)};
    if (self == state->participants)
        state->merge = row_merge_new(self->exec, &shape, &plan->keys, state->count);
}

static void open_participant(OpState *op, GatherState *state, Participant *self)
{
    const PlanGather *plan = (const PlanGather *)op->plan;
    const Exec *exec = op->exec;
    self->gather = state;
    self->arena = arena_new_child(state->arena, "participant");
    parallel_env(&self->env, &state->group, self->arena);
    ExecOptions options = exec->options;
    options.env = &self->env;
    options.query = self->arena;
    options.workers = NULL;
    self->exec = exec__new(&options);
    self->exec->plan = exec->plan;
    self->exec->group = &state->group;
    self->exec->subplans = ARENA_ARRAY(self->arena, SubplanState, exec->plan->subplans.count);
    self->exec->filters = ARENA_ARRAY(self->arena, RuntimeFilter, exec->plan->filter_count);
    const size_t params = (exec->plan->param_count + 1) * sizeof(ExecParam);
    self->exec->run.exec_params = arena_copy(self->arena, exec->run.exec_params, params);
    self->root = self->exec->root = exec__open_op(self->exec, plan->child);
    if (plan->keys.count > 0) open_merge(state, plan, self);
    parallel_guard_env(&self->env, &state->group);
    self->exec->options.view = NULL; /* (G2) */
}

static void open_packets(Participant *self, const RowShape *shape)
{
    for (uint32_t i = 0; i < PACKETS; i++) {
        Packet *packet = ARENA_NEW(self->arena, Packet);
        *packet = (Packet){self->free, self, rows_new(self->arena, shape)};
        self->free = packet;
    }
}

static void start(OpState *op, GatherState *state)
{
    const PlanGather *plan = (const PlanGather *)op->plan;
    Exec *exec = op->exec;
    for (uint32_t i = 0; i < plan->init_params.count; i++)
        exec__need_param(exec, (uint32_t)plan->init_params.items[i]);
    const RowShape shape = exec__shape(exec, &plan->child->outputs);
    parallel_init(&state->group, exec, state->arena);
    state->group.is_quiet = plan->quiet;
    state->started = true;
    state->reserved = parallel_reserve(&exec->options, plan->workers);
    state->count = state->reserved + 1;
    state->group.participants = state->count;
    state->participants = ARENA_ARRAY(state->arena, Participant, state->count);
    for (uint32_t i = 0; i < state->count; i++) {
        open_participant(op, state, &state->participants[i]);
        if (i > 0) open_packets(&state->participants[i], &shape);
    }
    uint32_t launched = 0;
    for (uint32_t i = 1; i < state->count; i++) {
        Participant *self = &state->participants[i];
        self->worker = (ParallelTask){.group = &state->group,
                                      .body = worker_body,
                                      .arg = self,
                                      .arena = self->arena};
        launched += parallel_start(&self->worker, exec);
    }
    op->figures.workers = launched;
    state->own_part_done = launched > 0 && (plan->single_copy ||
                                            !exec->options.settings->parallel_leader_participation);
}

/* ---- the session's task ---- */

static void let_packet_go(GatherState *state, Packet **held)
{
    Packet *packet = *held;
    ParallelGroup *group = &state->group;
    if (!packet) return;
    *held = NULL;
    mutex_lock(&group->lock);
    packet->next = packet->owner->free;
    packet->owner->free = packet;
    condition_broadcast(&group->changed);
    mutex_unlock(&group->lock);
}

/* The next packet; NULL: none is there and the own part is to be worked on, or all is done. */
static Packet *next_packet(GatherState *state)
{
    ParallelGroup *group = &state->group;
    mutex_lock(&group->lock);
    while (group->failed || (!state->first && state->own_part_done && group->running > 0))
        parallel_wait(group);
    Packet *packet = state->first;
    if (packet) state->first = packet->next;
    if (!state->first) state->last = NULL;
    mutex_unlock(&group->lock);
    return packet;
}

/* The next rows of the packet at hand or of another, or of the own part. */
static bool next_rows(GatherState *state, uint32_t demand, const Batch **batch)
{
    for (;;) {
        if (state->packet && state->at < rows_count(state->packet->rows)) {
            state->row.selection = rows_view(state->packet->rows, state->at, BATCH_ROWS_MAX,
                                             state->row.columns);
            state->at += state->row.selection.count;
            *batch = &state->row;
            return true;
        }
        let_packet_go(state, &state->packet);
        state->packet = next_packet(state);
        state->at = 0;
        if (state->packet) continue;
        if (state->own_part_done) return false;
        if (op_pull(state->participants[0].root, demand, batch)) return true;
        state->own_part_done = true;
    }
}

/* Of one participant, for the merge. */
static bool next_of(void *arg, uint32_t number, const Batch **batch)
{
    GatherState *state = arg;
    ParallelGroup *group = &state->group;
    Participant *from = &state->participants[number];
    if (number == 0) {
        if (!state->own_part_done && op_pull(from->root, BATCH_ROWS_MAX, batch)) return true;
        state->own_part_done = true;
        return false;
    }
    while (!from->packet || from->at == rows_count(from->packet->rows)) {
        let_packet_go(state, &from->packet);
        mutex_lock(&group->lock);
        while (group->failed || (!from->first && !from->worker.ended)) parallel_wait(group);
        from->packet = from->first;
        if (from->packet) from->first = from->packet->next;
        if (!from->first) from->last = NULL;
        mutex_unlock(&group->lock);
        from->at = 0;
        if (!from->packet) return false;
    }
    from->row.selection = rows_view(from->packet->rows, from->at, BATCH_ROWS_MAX,
                                    from->row.columns);
    from->at += from->row.selection.count;
    *batch = &from->row;
    return true;
}

static bool fetch(GatherState *state, uint32_t demand, const Batch **batch)
{
    SCOPED(scope);
    parallel_lend_view(&state->group);
    scope_add(scope, parallel_take_view, &state->group);
    return state->merge ? row_merge_next(state->merge, demand, next_of, state, batch)
                        : next_rows(state, demand, batch);
}

static void gather_open(OpState *op)
{
    const PlanGather *plan = (const PlanGather *)op->plan;
    GatherState *state = OP_STATE(GatherState, op);
    Arena *arena = op->exec->arena;
    state->arena = arena_new_child(arena, "gather");
    state->row.column_count = plan->child->outputs.count;
    state->row.columns = ARENA_ARRAY(arena, Vector, state->row.column_count);
    op->next_gather = op->exec->gathers;
    op->exec->gathers = op;
}

static bool gather_next(OpState *op, uint32_t rows_max)
{
    GatherState *state = OP_STATE(GatherState, op);
    const Batch *batch;
    if (tail_give(op, rows_max)) return true;
    if (!state->started) start(op, state);
    for (uint32_t tries = 0;; tries++) {
        if (!fetch(state, tail_demand(op, rows_max, tries), &batch)) return false;
        tail_take(op, &batch, 1, batch->selection);
        if (tail_give(op, rows_max)) return true;
    }
}

/* ---- ending ---- */

void gather__stop(OpState *op)
{
    GatherState *state = OP_STATE(GatherState, op);
    parallel_stop(&state->group);
    parallel_give_back(&op->exec->options, state->reserved);
    state->reserved = 0;
}

static void gather_close(OpState *op)
{
    GatherState *state = OP_STATE(GatherState, op);
    gather__stop(op);
    for (uint32_t i = 0; i < state->count; i++)
        if (state->participants[i].exec) exec_close(state->participants[i].exec);
}

static void gather_rewind(OpState *op)
{
    GatherState *state = OP_STATE(GatherState, op);
    const Batch row = state->row;
    Arena *arena = state->arena;
    gather_close(op);
    arena_reset(arena);
    *state = (GatherState){.arena = arena, .row = row};
}

void gather__visit(const OpState *op, void (*visit)(void *arg, const Exec *exec), void *arg)
{
    const GatherState *state = OP_STATE(GatherState, op);
    for (uint32_t i = 0; i < state->count; i++)
        if (state->participants[i].exec) visit(arg, state->participants[i].exec);
}

const Operator op_gather = {.kind = PLAN_GATHER,
                            .title = "Gather",
                            .state_bytes = sizeof(GatherState),
                            .open = gather_open,
                            .next = gather_next,
                            .rewind = gather_rewind,
                            .close = gather_close};
