/* SPDX-License-Identifier: Apache-2.0 */
/* checkpoint.c - moves the place from which the log must be redone, while everything goes on (a fuzzy checkpoint).
 *
 *   BEGIN record          its lsn is the new redo position
 *   PAGES record          pages on their way (space_way.c); asked for after BEGIN is in the log
 *   TRANSACTIONS records  what the transaction room wants to find again; likewise (docs/traps.md C5)
 *   pages                 all that were dirty by a record before BEGIN are written, spread over time
 *   END record, sync
 *   manifest              from here on a start begins at BEGIN
 *   old segments          are removed
 *   freed extents         whose record lies below BEGIN are given back to the file system (F8)
 *
 * Whoever wants a checkpoint runs it: one at a time, the others wait for their turn. The background task runs those
 * that time and volume ask for. Volume: half of checkpoint_wal_bytes since the last begin starts one, and its writes
 * are spread so that they are done at three quarters. Where the disk does not keep up, those who write wait for it: the
 * log has no room for them a moment before the limit, so that what must be redone stays below it (hold_set). */
#include "store/store_internal.h"

#include "base/error.h"
#include "base/log.h"
#include "os/clock.h"
#include "os/os.h"
#include "store/store_redo.h"

enum {
    PART_BYTES = 16 << 10,
    WAYS_MAX = 1024,
    SPREAD_STEPS = 32,
    CHECKPOINT_WAL_BYTES = 200 << 20,
    SPREAD_PERCENT = 90,
    RETRY_MS = 1000, /* after a checkpoint that found the disk full */
    HOLD_PARTS = 16, /* all but one of so many parts of the limit are for everybody */
    END_PARTS = 16,  /* the last of so many parts of a segment is passed over on a full disk */
    PAD_BYTES = 2000,
};

static uint64_t volume_max(const Store *store)
{
    uint64_t bytes = atomic_load_explicit(&store->checkpoint_wal_bytes, memory_order_relaxed);
    return bytes != 0 ? bytes : CHECKPOINT_WAL_BYTES;
}

static uint32_t seconds_between(const Store *store)
{
    return atomic_load_explicit(&store->checkpoint_seconds, memory_order_relaxed);
}

/* The rest of the limit is for those who are not held: rollbacks, purge, checkpoints. Where the limit is small there is
 * room for the largest credit still. Nobody is held while no checkpoint comes by itself, or the last one failed: a full
 * disk is told to those who write by other means. */
static void hold_set(Store *store)
{
    const uint64_t most = MAX(volume_max(store) / HOLD_PARTS * (HOLD_PARTS - 1),
                              4 * (uint64_t)wal_credit_max(store->wal));
    const bool held = atomic_load(&store->checkpoints_come);
    const Lsn lsn = {held ? atomic_load(&store->redo_position) + most : UINT64_MAX};
    wal_set_hold(store->wal, lsn);
}

static void checkpoints_come(Store *store, bool come)
{
    if (atomic_exchange(&store->checkpoints_come, come) != come) hold_set(store);
}

void store_set_checkpoints(Store *store, uint32_t seconds, uint64_t wal_bytes,
                           uint32_t spread_percent)
{
    atomic_store(&store->checkpoint_wal_bytes, wal_bytes);
    atomic_store(&store->checkpoint_seconds, seconds);
    atomic_store(&store->checkpoint_spread_percent, spread_percent);
    hold_set(store);
    mutex_lock(&store->checkpoint_mutex);
    store->checkpoint_rescheduled = true;
    condition_broadcast(&store->checkpoint_change);
    mutex_unlock(&store->checkpoint_mutex);
}

/* --- records --- */

static Status append(Store *store, WalKind kind, const WalPart *parts, uint32_t part_count,
                     Lsn *lsn, Lsn *end)
{
    uint32_t bytes = wal_record_bytes(0, 0);
    for (uint32_t i = 0; i < part_count; i++) bytes += parts[i].bytes;
    TRY(wal_credit_take(store->wal, bytes, WAL_CREDIT_CHECKPOINT));
    *lsn = wal_append(store->wal, kind, XID_NONE, NULL, 0, parts, part_count, end);
    return OK;
}

typedef struct Collect {
    Store *store;
    Lsn begin;
    StrBuilder out;
    Arena *arena;
    Status status;
} Collect;

static void collect_body(void *arg)
{
    Collect *c = arg;
    const StoreUpper *upper = &c->store->upper;
    c->out = str_builder(c->arena, 0);
    c->status = upper->checkpoint_collect(upper->arg, c->begin, &c->out);
}

/* The builder raises when memory is out. */
static Status collect(Store *store, Arena *arena, Lsn begin, Str *text)
{
    *text = (Str){0};
    if (store->upper.checkpoint_collect == NULL) return OK;
    Collect c = {.store = store, .begin = begin, .arena = arena, .status = ST_NO_MEMORY};
    bool returned = error_catch(collect_body, &c, NULL, NULL);
    if (!returned) return ST_NO_MEMORY;
    *text = str_peek(&c.out);
    return c.status;
}

static Status transactions_append(Store *store, Arena *arena, Lsn begin)
{
    Str text;
    TRY(collect(store, arena, begin, &text));
    CheckpointPartPayload head = {.begin = begin.v};
    head.parts = (uint32_t)MAX((text.bytes + PART_BYTES - 1) / PART_BYTES, (size_t)1);
    for (; head.part < head.parts; head.part++) {
        Str piece = str_slice(text, (size_t)head.part * PART_BYTES,
                              (size_t)(head.part + 1) * PART_BYTES);
        WalPart parts[2] = {{&head, sizeof head}, {piece.data, (uint32_t)piece.bytes}};
        Lsn lsn;
        TRY(append(store, WAL_CHECKPOINT_TRANSACTIONS, parts, 2, &lsn, NULL));
    }
    return OK;
}

/* None on their way: none said. */
static Status ways_append(Store *store, Arena *arena, Lsn begin)
{
    const CheckpointPagesPayload head = {begin.v};
    SpaceWay *ways = arena_try_alloc(arena, WAYS_MAX * sizeof *ways);
    Lsn lsn;
    if (ways == NULL) return ST_NO_MEMORY;
    uint32_t count = space__ways(store, ways, WAYS_MAX);
    if (count == 0) return OK;
    const WalPart parts[] = {{&head, sizeof head}, {ways, count * (uint32_t)sizeof *ways}};
    return append(store, WAL_CHECKPOINT_PAGES, parts, ARRAY_LEN(parts), &lsn, NULL);
}

/* --- writing pages --- */

/* Between two steps of a spread checkpoint: until `due`, or until the log has grown as far as this step's share of what
 * is left of three quarters of the volume, or somebody is in a hurry. ST_CANCELLED: the store is being closed. */
static Status spread_wait(Store *store, Deadline due, uint64_t position_due)
{
    Status status = OK;
    mutex_lock(&store->checkpoint_mutex);
    while (!store->checkpoint_hurry && store->checkpoint_hurries == 0 && status == OK &&
           !deadline_is_past(due) && wal_insert_position(store->wal).v < position_due)
        status = condition_wait(&store->checkpoint_change, &store->checkpoint_mutex,
                                WAIT_CHECKPOINT_DELAY, due);
    mutex_unlock(&store->checkpoint_mutex);
    return status == ST_TIMEOUT ? OK : status;
}

static Status pages_write(Store *store, Lsn begin, bool spread)
{
    Lsn least;
    if (!spread || seconds_between(store) == 0)
        return pool_write_until(store->pool, begin, 0, &least);
    uint64_t oldest = MIN(atomic_load(&store->redo_position), begin.v);
    uint32_t percent = atomic_load(&store->checkpoint_spread_percent);
    int64_t all_ns = (int64_t)seconds_between(store) * 10000000 *
                     (int64_t)(percent != 0 ? percent : SPREAD_PERCENT);
    int64_t start = os_monotonic_ns();
    /* one that begins late has less to spread over: who writes would wait for it (hold_set), and the log not grow */
    const uint64_t end = MAX(begin.v, oldest + volume_max(store) / 4 * 3);
    for (uint32_t i = 1; i <= SPREAD_STEPS; i++) {
        uint64_t until = oldest + (begin.v - oldest) / SPREAD_STEPS * i;
        if (i == SPREAD_STEPS) until = begin.v;
        TRY(pool_write_until(store->pool, (Lsn){until}, 0, &least));
        ASSERT(least.v >= until);
        Deadline due = {start + all_ns / SPREAD_STEPS * i};
        uint64_t position_due = begin.v + (end - begin.v) / SPREAD_STEPS * i;
        if (i < SPREAD_STEPS) TRY(spread_wait(store, due, position_due));
    }
    return OK;
}

/* --- the whole --- */

static Status end_append(Store *store, Lsn begin, bool shutdown, Manifest *manifest)
{
    uint64_t xid_next = 0, commit_next = 0;
    if (store->upper.counters != NULL)
        store->upper.counters(store->upper.arg, &xid_next, &commit_next);
    /* the transaction room may not have recovered its own so far */
    manifest->xid_next_least = MAX(manifest->xid_next_least, xid_next);
    manifest->commit_next_least = MAX(manifest->commit_next_least, commit_next);
    CheckpointEndPayload payload = {
        .begin = begin.v,
        .redo = begin.v,
        .xid_next = manifest->xid_next_least,
        .commit_next = manifest->commit_next_least,
        .space_next = atomic_load(&store->space_next),
        .shutdown = shutdown,
    };
    WalPart part = {&payload, sizeof payload};
    Lsn lsn, end;
    TRY(append(store, WAL_CHECKPOINT_END, &part, 1, &lsn, &end));
    TRY(wal_sync(store->wal, end, 0));
    manifest->checkpoint_begin = manifest->redo = begin.v;
    manifest->checkpoint_end = lsn.v;
    manifest->written_us = os_wall_us();
    manifest->state = shutdown ? MANIFEST_CLEAN : MANIFEST_RUNNING;
    return OK;
}

/* Segments wholly before the redo position. Failing leaves them for the next time. */
static Status segments_remove(Store *store, Arena *arena, const Manifest *manifest)
{
    const DeviceOps *ops = store->device->ops;
    uint64_t *segments;
    uint32_t count;
    TRY(ops->log_list(store->device, manifest->timeline, arena, &segments, &count));
    for (uint32_t i = 0; i < count; i++) {
        if (segments[i] >= manifest->redo / manifest->wal_segment_bytes) continue;
        TRY(ops->log_remove(store->device, manifest->timeline, segments[i]));
        if (store->wal != NULL) wal_segments_freed(store->wal);
    }
    return OK;
}

static bool is_at_end(const Store *store, Lsn lsn)
{
    const uint64_t bytes = store->manifest.wal_segment_bytes;
    return lsn.v % bytes >= bytes - bytes / END_PARTS;
}

/* The log is full up to its reserve, in the segment that the redo position is in: behind the end of that one, the
 * checkpoint gives it back, and the log goes on for as long as the disk stays full. */
static Status segment_end(Store *store)
{
    static const char zeros[PAD_BYTES];
    const WalPart part = {zeros, sizeof zeros};
    Lsn lsn;
    while (is_at_end(store, wal_insert_position(store->wal)))
        TRY(append(store, WAL_NOTHING, &part, 1, &lsn, NULL));
    return OK;
}

/* Until the pages are written, the pool forgets no page that was dirty before: it would be neither written nor redone
 * whole. */
static Status write_all(Store *store, Arena *arena, bool spread, Lsn *begin)
{
    if (atomic_exchange(&store->checkpoint_ends_segment, false)) {
        MARK("a checkpoint leaves a full log's last segment");
        TRY(segment_end(store));
    }
    pool_checkpoint_begin(store->pool);
    Status status = append(store, WAL_CHECKPOINT_BEGIN, NULL, 0, begin, NULL);
    if (status == OK) pool_checkpoint_redo(store->pool, *begin);
    if (status == OK) status = ways_append(store, arena, *begin);
    if (status == OK) status = transactions_append(store, arena, *begin);
    if (status == OK) status = pages_write(store, *begin, spread);
    pool_checkpoint_end(store->pool);
    return status;
}

static Status checkpoint(Store *store, Arena *arena, bool spread, bool shutdown)
{
    Manifest manifest;
    Lsn begin;
    TRY(write_all(store, arena, spread, &begin));
    store_manifest(store, &manifest);
    TRY(end_append(store, begin, shutdown, &manifest));
    PAUSE_POINT(checkpoint_before_manifest);
    TRY(manifest__replace(store, &manifest));
    hold_set(store);
    TRY(segments_remove(store, arena, &manifest)); /* first: what follows may need their room */
    return shutdown ? OK                           /* nothing may be logged behind its end */
                    : space__checkpoint_done(store, begin);
}

static void turn_take(Store *store)
{
    mutex_lock(&store->checkpoint_mutex);
    while (store->checkpoint_runs) {
        /* no deadline and no interrupt: always OK */
        IGNORE_STATUS(condition_wait_through(&store->checkpoint_change, &store->checkpoint_mutex,
                                             WAIT_CHECKPOINT, DEADLINE_NEVER));
    }
    store->checkpoint_runs = true;
    store->checkpoint_hurry = false;
    store->checkpoint_wanted = store->checkpoint_urgent = false;
    mutex_unlock(&store->checkpoint_mutex);
}

static void turn_give(Store *store, bool done)
{
    mutex_lock(&store->checkpoint_mutex);
    ASSERT(store->checkpoint_runs);
    store->checkpoint_runs = false;
    store->checkpoint_failed = !done;
    if (done) store->checkpoints++;
    condition_broadcast(&store->checkpoint_change);
    mutex_unlock(&store->checkpoint_mutex);
}

Status checkpoint__run(Store *store, bool spread, bool shutdown)
{
    lock_rank_check_below(RANK_LATCH);
    Arena *arena = arena_try_new(store->account, "checkpoint");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    turn_take(store);
    Status status = store_has_failed(store) ? ST_CLOSED
                                            : checkpoint(store, arena, spread, shutdown);
    turn_give(store, status == OK);
    arena_drop(arena);
    if (status != OK && status != ST_FULL && status != ST_NO_MEMORY && status != ST_CANCELLED)
        store_fail(store, status);
    return status;
}

void checkpoint__hurry(Store *store)
{
    mutex_lock(&store->checkpoint_mutex);
    store->checkpoint_hurry = true;
    condition_broadcast(&store->checkpoint_change);
    mutex_unlock(&store->checkpoint_mutex);
}

void checkpoint__hurry_begin(Store *store)
{
    mutex_lock(&store->checkpoint_mutex);
    store->checkpoint_hurries++;
    condition_broadcast(&store->checkpoint_change);
    mutex_unlock(&store->checkpoint_mutex);
}

void checkpoint__hurry_end(Store *store)
{
    mutex_lock(&store->checkpoint_mutex);
    ASSERT(store->checkpoint_hurries > 0);
    store->checkpoint_hurries--;
    mutex_unlock(&store->checkpoint_mutex);
}

Status store_checkpoint(Store *store, bool fast)
{
    if (fast) checkpoint__hurry(store); /* the one that runs; ours comes after it */
    return checkpoint__run(store, !fast, false);
}

/* A whole segment at least would be behind the new redo position, or will be once the end of this one is passed over:
 * it is wanted at once, before those who write have come to the end of the last one. */
bool checkpoint__log_is_full(void *arg)
{
    Store *store = arg;
    if (store->wal == NULL || store->checkpointer == NULL) return false;
    uint32_t bytes = store->manifest.wal_segment_bytes;
    uint64_t redo = atomic_load(&store->redo_position);
    const Lsn insert = wal_insert_position(store->wal);
    const bool ends = insert.v / bytes <= redo / bytes;
    const bool none = ends && !is_at_end(store, insert);
    if (ends && !none) atomic_store(&store->checkpoint_ends_segment, true);
    mutex_lock(&store->checkpoint_mutex);
    if (!none) store->checkpoint_wanted = store->checkpoint_urgent = true;
    store->checkpoint_hurry = true;
    /* one that runs may have told the position already, and be about to remove what is behind it */
    bool relief = !store->checkpoint_failed && (!none || store->checkpoint_runs);
    condition_broadcast(&store->checkpoint_change);
    mutex_unlock(&store->checkpoint_mutex);
    return relief;
}

void store_checkpoint_request(Store *store)
{
    mutex_lock(&store->checkpoint_mutex);
    store->checkpoint_wanted = true;
    condition_broadcast(&store->checkpoint_change);
    mutex_unlock(&store->checkpoint_mutex);
}

/* --- the background task --- */

typedef struct Schedule {
    Deadline next;     /* by time */
    uint64_t position; /* of the log after the last one: without news there is nothing to do */
    bool failed;       /* the last one did: only time brings the next */
    bool urgent;       /* its writes are not spread */
} Schedule;

static bool is_due(Store *store, const Schedule *schedule)
{
    uint64_t position = wal_insert_position(store->wal).v;
    if (deadline_is_past(schedule->next)) return schedule->failed || position != schedule->position;
    if (schedule->failed) return false;
    if (store->checkpoint_wanted) return true;
    return position - atomic_load(&store->redo_position) >= volume_max(store) / 2;
}

static Deadline next_by_time(const Store *store)
{
    if (seconds_between(store) == 0) return DEADLINE_NEVER;
    return deadline_in_ms((int64_t)seconds_between(store) * 1000);
}

/* Waits until one is due. ST_CANCELLED: told to end. */
static Status due_wait(Store *store, Schedule *schedule)
{
    Status status = OK;
    mutex_lock(&store->checkpoint_mutex);
    while (status != ST_CANCELLED && !is_due(store, schedule)) {
        if (store->checkpoint_rescheduled) schedule->next = next_by_time(store);
        store->checkpoint_rescheduled = false;
        if (deadline_is_past(schedule->next)) schedule->next = next_by_time(store);
        status = condition_wait(&store->checkpoint_change, &store->checkpoint_mutex,
                                WAIT_CHECKPOINTER, schedule->next);
    }
    schedule->urgent = store->checkpoint_urgent;
    mutex_unlock(&store->checkpoint_mutex);
    return status == ST_CANCELLED ? status : OK;
}

static Status run_when_due(Store *store)
{
    Schedule schedule = {.next = next_by_time(store)};
    for (;;) {
        checkpoints_come(store, !schedule.failed);
        TRY(due_wait(store, &schedule));
        Status status = checkpoint__run(store, !schedule.urgent, false);
        if (status == ST_CANCELLED || store_has_failed(store)) return status;
        schedule.failed = status != OK;
        schedule.position = wal_insert_position(store->wal).v;
        schedule.next = schedule.failed ? deadline_in_ms(RETRY_MS) : next_by_time(store);
        if (schedule.failed) log_write(SEVERITY_LOG, "checkpoint put off: %s", status_text(status));
    }
}

Status checkpoint__task(Store *store)
{
    Status status = run_when_due(store);
    checkpoints_come(store, false);
    return status;
}
