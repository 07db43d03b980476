/* SPDX-License-Identifier: Apache-2.0 */
/* constraint_queue.c - constraints looked at when the statement or the transaction ends.
 *
 * Events stand in the order in which they came. Those of the statement lie in its Exec; those of constraints that are
 * deferred lie in the transaction's ExecDeferred, with the modes that SET CONSTRAINTS has set: of several that name a
 * constraint, or all, the latest holds. ROLLBACK TO cuts both. */
#include "exec/constraint_queue.h"

#include "base/array.h"
#include "base/scope.h"
#include "base/task.h"
#include "exec/foreign.h"
#include "exec/writer.h"

typedef ARRAY_OF(ConstraintEvent) ConstraintEvents;

/* One constraint being checked. */
typedef struct AtWork {
    Oid constraint;
    ConstraintEventKind kind;
    Foreign *foreign; /* NULL: a unique one */
    Writer *writer;
    IndexMaker *maker;
    struct AtWork *next;
} AtWork;

struct ConstraintQueue {
    ConstraintEvents events;
    uint32_t next;
    AtWork *at_work; /* newest first */
};

typedef struct DeferMode {
    Oid constraint; /* 0: all */
    bool deferred;
} DeferMode;

struct ExecDeferred {
    Arena *arena;
    ConstraintEvents events;
    ARRAY_OF(DeferMode) modes;
};

/* ---- where an event waits ---- */

static struct ConstraintQueue *queue_of(Exec *exec)
{
    if (!exec->constraints) {
        exec->constraints = ARENA_NEW(exec->arena, struct ConstraintQueue);
        exec->constraints->events.arena = exec->arena;
    }
    return exec->constraints;
}

static bool is_deferred(const ExecDeferred *deferred, Oid constraint, bool initially)
{
    for (uint32_t i = deferred->modes.count; i-- > 0;) {
        const DeferMode *mode = &deferred->modes.items[i];
        if (mode->constraint == 0 || mode->constraint == constraint) return mode->deferred;
    }
    return initially;
}

static ConstraintEvents *events_for(Exec *exec, const CatConstraint *constraint, bool may_wait)
{
    ExecDeferred *deferred = exec->options.deferred;
    if (may_wait && deferred && constraint->deferrable &&
        is_deferred(deferred, constraint->oid, constraint->deferred))
        return &deferred->events;
    return &queue_of(exec)->events;
}

Arena *constraint_queue_arena(Exec *exec, const CatConstraint *constraint, bool may_wait)
{
    return events_for(exec, constraint, may_wait)->arena;
}

void constraint_queue_add(Exec *exec, const CatRelation *relation, const CatConstraint *constraint,
                          const ConstraintEvent *event, bool may_wait)
{
    ConstraintEvent added = *event;
    added.relation = relation->oid;
    added.constraint = constraint->oid;
    added.deferrable = constraint->deferrable;
    added.initially_deferred = constraint->deferred;
    added.at = txn_savepoint(exec->options.txn).at[0];
    array_push(events_for(exec, constraint, may_wait), added);
}

/* ---- deferrable unique constraints ---- */

static void release_snapshot(void *snapshot)
{
    txn_snapshot_release(snapshot);
}

static void check_unique(Exec *exec, AtWork *work, const ConstraintEvent *event)
{
    SCOPED(scope);
    Writer *writer = work->writer;
    const ExecOptions *options = &exec->options;
    Snapshot *now = ARENA_NEW(exec->arena, Snapshot);
    IndexKey key;
    IndexOutcome outcome;
    arena_reset(writer->scratch);
    CHECK(txn_snapshot(options->txn, now));
    scope_add(scope, release_snapshot, now);
    txn_snapshot_refresh_own(options->txn, now);
    Datum *columns = ARENA_ARRAY(writer->scratch, Datum, writer->column_count);
    if (!writer_fetch(writer, now, event->row, writer->scratch, columns)) return;
    if (!index_maker_key(work->maker, columns, writer->scratch, &key)) return;
    Status status = index_insert(work->maker->open, options->txn, &key, event->row, UNIQUE_EXISTING,
                                 options->wait, &outcome);
    if (status == ST_DUPLICATE)
        index_maker_raise_duplicate(work->maker, &writer->disclosure, columns, writer->scratch);
    CHECK(status);
}

static void open_unique(Exec *exec, AtWork *work, const CatRelation *relation,
                        const CatConstraint *constraint)
{
    work->writer = writer_open(exec, relation);
    for (uint32_t i = 0; i < work->writer->index_count; i++)
        if (work->writer->indexes[i]->index->oid == constraint->index)
            work->maker = work->writer->indexes[i];
    if (!work->maker)
        raise_error(SQLSTATE_INTERNAL_ERROR, "could not open relation with OID %u",
                    constraint->index);
}

/* ---- running ---- */

static const CatConstraint *constraint_of(const CatRelation *relation, const ConstraintEvent *event)
{
    const bool referred = event->kind == CHECK_REFERRED;
    const CatConstraint *list = referred ? relation->referenced_by : relation->constraints;
    const uint32_t count = referred ? relation->referenced_count : relation->constraint_count;
    for (uint32_t i = 0; i < count; i++)
        if (list[i].oid == event->constraint) return &list[i];
    return NULL;
}

/* The constraint at work; NULL: it or its table is gone. */
static AtWork *work_for(Exec *exec, const ConstraintEvent *event)
{
    struct ConstraintQueue *queue = queue_of(exec);
    for (AtWork *work = queue->at_work; work; work = work->next)
        if (work->constraint == event->constraint && work->kind == event->kind) return work;
    const CatRelation *relation = cat_relation(exec->options.view, event->relation);
    const CatConstraint *constraint = relation ? constraint_of(relation, event) : NULL;
    if (!constraint) return NULL;
    AtWork *work = ARENA_NEW(exec->arena, AtWork);
    work->constraint = event->constraint;
    work->kind = event->kind;
    switch (event->kind) {
    case CHECK_REFERRING: work->foreign = foreign_open(exec, relation, constraint); break;
    case CHECK_REFERRED:
        work->foreign = foreign_open(exec, exec__relation(exec, constraint->relation), constraint);
        break;
    case CHECK_UNIQUE: open_unique(exec, work, exec__relation(exec, relation->oid), constraint);
    }
    work->next = queue->at_work;
    queue->at_work = work;
    return work;
}

void constraint_queue_run(Exec *exec)
{
    struct ConstraintQueue *queue = exec->constraints;
    if (!queue) return;
    while (queue->next < queue->events.count) {
        const ConstraintEvent event = queue->events.items[queue->next++];
        task_check();
        AtWork *work = work_for(exec, &event);
        if (!work) continue;
        if (work->foreign)
            foreign_check_event(work->foreign, &event);
        else
            check_unique(exec, work, &event);
    }
}

/* ---- the transaction's queue ---- */

ExecDeferred *exec_deferred_new(Arena *transaction)
{
    ExecDeferred *deferred = ARENA_NEW(transaction, ExecDeferred);
    deferred->arena = transaction;
    deferred->events.arena = transaction;
    deferred->modes.arena = transaction;
    return deferred;
}

/* Runs the events that are due: all, or those of constraints that are not deferred any more. */
static void run_due(ExecDeferred *deferred, const ExecOptions *options, bool all)
{
    uint32_t kept = 0;
    if (deferred->events.count == 0) return;
    Exec *exec = exec__new(options);
    struct ConstraintQueue *queue = queue_of(exec);
    for (uint32_t i = 0; i < deferred->events.count; i++) {
        const ConstraintEvent *event = &deferred->events.items[i];
        if (!all && is_deferred(deferred, event->constraint, event->initially_deferred))
            deferred->events.items[kept++] = *event;
        else
            array_push(&queue->events, *event);
    }
    deferred->events.count = kept;
    constraint_queue_run(exec);
}

void exec_deferred_run(ExecDeferred *deferred, const ExecOptions *options)
{
    ExecOptions own = *options;
    own.deferred = NULL; /* what comes of these events is due now */
    run_due(deferred, &own, true);
}

void exec_deferred_set(ExecDeferred *deferred, Oid constraint, bool is)
{
    array_push(&deferred->modes, ((DeferMode){constraint, is}));
}

void exec_deferred_run_due(ExecDeferred *deferred, const ExecOptions *options)
{
    run_due(deferred, options, false);
}

bool exec_deferred_waits(const ExecDeferred *deferred, Oid relation)
{
    for (uint32_t i = 0; i < deferred->events.count; i++)
        if (deferred->events.items[i].relation == relation) return true;
    return false;
}

uint32_t exec_deferred_modes(const ExecDeferred *deferred)
{
    return deferred->modes.count;
}

void exec_deferred_rollback_to(ExecDeferred *deferred, const Savepoint *savepoint, uint32_t modes)
{
    while (deferred->events.count > 0 && array_last(&deferred->events).at.v > savepoint->at[0].v)
        (void)array_pop(&deferred->events);
    deferred->modes.count = MIN(deferred->modes.count, modes);
}
