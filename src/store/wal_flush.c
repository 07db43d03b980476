/* SPDX-License-Identifier: Apache-2.0 */
/* wal_flush.c - the log onto the device: the leader, commits that share its sync, the background writer.
 *
 *      (nobody) ------ wal__lead_try ------> LEADER ------ wal__lead_end ------> (nobody)
 *                                          write, sync        wakes those whose target is reached,
 *                                          without a lock     and one more to lead for the rest
 *
 * While a leader syncs, others append and queue up; the next leader syncs for all of them: so the number of syncs
 * follows the device, not the number of commits.
 *
 * A segment is synced when it is complete, before anything is written to the next; so only the last one may hold bytes
 * that are not durable, and a sync needs one call. Space for the segments that the ring could reach is made ahead
 * (log_prepare): then writing cannot meet a full disk, and the refusal comes where a statement can still fail, with its
 * credit. */
#include "store/wal.h"

#include "base/error.h"
#include "os/clock.h"
#include "store/wal_internal.h"

/* How long who may not fail waits before it tries again to write to a full disk. */
static const int64_t FULL_RETRY_NS = 50 * 1000 * 1000;
static const int64_t PREPARE_RETRY_NS = 10 * 1000 * 1000;

/* --- who leads --- */

bool wal__lead_try(Wal *wal)
{
    mutex_lock(&wal->mutex);
    bool mine = !wal->led;
    wal->led = true;
    mutex_unlock(&wal->mutex);
    return mine;
}

/* With the mutex. Those whose wait is over, and with `all`, everyone. */
static void wake_synced(Wal *wal, bool all)
{
    uint64_t synced = atomic_load(&wal->synced);
    Waiter *next;
    for (Waiter *w = wal->sync_waiters.first; w != NULL; w = next) {
        next = w->next;
        if (!all && *(const uint64_t *)w->what > synced) continue;
        wait_list_remove(&wal->sync_waiters, w);
        os_wake(w->task);
    }
}

/* With the mutex. The next to lead: the first of those who came too late for this sync. */
static void wake_next_leader(Wal *wal)
{
    uint64_t synced = atomic_load(&wal->synced);
    for (Waiter *w = wal->sync_waiters.first; w != NULL; w = w->next) {
        if (*(const uint64_t *)w->what <= synced) continue;
        wait_list_remove(&wal->sync_waiters, w);
        os_wake(w->task);
        return;
    }
}

void wal__lead_end(Wal *wal)
{
    mutex_lock(&wal->mutex);
    ASSERT(wal->led);
    wal->led = false;
    wake_next_leader(wal); /* before all others: the device is not to rest meanwhile */
    wake_synced(wal, wal__failure(wal) != OK);
    /* Who led to make room for itself looks without being woken: awake, it would lead again and again while a
     * checkpoint holds the room. */
    const Waiter *waiter = wal->room_waiters.first;
    if (waiter != NULL && waiter->task != task_self()) os_wake(waiter->task);
    if (wal->writer_waits) os_wake(wal->writer);
    mutex_unlock(&wal->mutex);
}

void wal__fail(Wal *wal, Status status)
{
    uint32_t alive = OK;
    if (!atomic_compare_exchange_strong(&wal->failed, &alive, (uint32_t)status)) return;
    mutex_lock(&wal->mutex);
    wake_synced(wal, true);
    for (Waiter *w = wal->room_waiters.first; w != NULL; w = w->next) os_wake(w->task);
    if (wal->writer != NULL) os_wake(wal->writer);
    mutex_unlock(&wal->mutex);
    if (wal->failed_hook != NULL) wal->failed_hook(wal->failed_arg, status);
}

/* --- what the leader does --- */

uint64_t wal__filled(Wal *wal)
{
    uint64_t filled = atomic_load(&wal->reserved);
    os_yield_point();
    for (uint32_t i = 0; i < WAL_SLOTS; i++) {
        uint64_t bound = atomic_load(&wal->slots[i].bound);
        filled = MIN(filled, bound);
    }
    return filled;
}

/* Who is still filling below the target needs moments, unless the system has taken its processor. */
static uint64_t filled_wait(Wal *wal, uint64_t target)
{
    uint32_t round = 0;
    uint64_t filled;
    while ((filled = wal__filled(wal)) < target) os_spin_wait(&round);
    return filled;
}

static Status sync_segment(Wal *wal, uint64_t segment)
{
    atomic_fetch_add_explicit(&wal->syncs, 1, memory_order_relaxed);
    return wal->device->ops->log_sync(wal->device, wal->timeline, segment);
}

/* Writes the bytes of [from, to) and syncs each segment that this completes. */
static Status write_bytes(Wal *wal, uint64_t from, uint64_t to)
{
    const WalGeometry *g = &wal->geometry;
    while (from < to) {
        uint64_t segment = from >> g->segment_bits;
        uint64_t segment_end = (segment + 1) << g->segment_bits;
        uint64_t piece = MIN(to, segment_end) - from;
        piece = MIN(piece, wal->ring_mask + 1 - (from & wal->ring_mask));
        atomic_fetch_add_explicit(&wal->writes, 1, memory_order_relaxed);
        TRY(wal->device->ops->log_write(wal->device, wal->timeline, segment,
                                        (uint32_t)(from & (g->segment_bytes - 1)),
                                        wal->ring + (from & wal->ring_mask), (uint32_t)piece));
        from += piece;
        if (from != segment_end) continue;
        Status status = sync_segment(wal, segment);
        if (status != OK) return status == ST_FULL ? ST_IO : status; /* not to be tried again */
        if (wal->segment_done != NULL)
            wal->segment_done(wal->segment_done_arg, wal->timeline, segment);
    }
    return OK;
}

static Status write_and_sync(Wal *wal, uint64_t filled, bool sync)
{
    const WalGeometry *g = &wal->geometry;
    uint64_t written = atomic_load(&wal->written);
    if (filled > written) {
        Status status = write_bytes(wal, wal__lsn_end(g, written), wal__lsn_end(g, filled));
        if (status != OK) return status;
        written = filled;
        atomic_store(&wal->written, written);
    }
    if (!sync || atomic_load(&wal->synced) >= written) return OK;
    if (written % g->segment_places != 0) { /* else its segment was synced as it became complete */
        Status status = sync_segment(wal, written / g->segment_places);
        if (status != OK) return status == ST_FULL ? ST_IO : status;
    }
    atomic_store(&wal->synced, written);
    return OK;
}

static Status write_failed(Wal *wal, Status status)
{
    if (status == ST_FULL || status == ST_NO_MEMORY) {
        atomic_store(&wal->disk_full, true);
        return ST_FULL;
    }
    wal__fail(wal, status);
    return status;
}

Status wal__lead_flush(Wal *wal, uint64_t target, bool sync)
{
    ASSERT(target <= atomic_load(&wal->reserved));
    lock_rank_check_below(RANK_LATCH);
    Status status = wal__failure(wal);
    if (status != OK) return status;
    status = write_and_sync(wal, filled_wait(wal, target), sync);
    if (status != OK) return write_failed(wal, status);
    wal__lead_prepare(wal);
    return wal__failure(wal);
}

/* Filling a segment writes it twice, which pays when it is synced again and again: as often as that, by what has been
 * written since segments were last prepared? */
static bool syncs_are_many(Wal *wal)
{
    enum { SYNCS_A_SEGMENT = 16 };
    const uint64_t syncs = atomic_load_explicit(&wal->syncs, memory_order_relaxed);
    const uint64_t written = atomic_load(&wal->written);
    const bool many = (syncs - wal->syncs_before) * wal->geometry.segment_places >
                      SYNCS_A_SEGMENT * (written - wal->written_before);
    wal->syncs_before = syncs;
    wal->written_before = written;
    return many;
}

/* Space for every segment up to the one with `place`. */
static Status prepare_until(Wal *wal, uint64_t place)
{
    uint64_t last = place / wal->geometry.segment_places;
    if (atomic_load(&wal->disk_full) && os_monotonic_ns() < atomic_load(&wal->retry_ns))
        return ST_FULL;
    if (wal->prepared > last) return OK;
    atomic_store(&wal->retry_ns, os_monotonic_ns() + PREPARE_RETRY_NS);
    const bool fill = syncs_are_many(wal);
    for (; wal->prepared <= last; wal->prepared++) {
        if (wal->device->ops->log_prepare == NULL) continue;
        TRY(wal->device->ops->log_prepare(wal->device, wal->timeline, wal->prepared, fill));
    }
    return OK;
}

void wal_set_hold(Wal *wal, Lsn lsn)
{
    const bool some = lsn.v != UINT64_MAX;
    atomic_store(&wal->hold, some ? wal__place(&wal->geometry, lsn.v) : UINT64_MAX);
    /* who waits for room looks again */
    mutex_lock(&wal->mutex);
    if (wal->room_waiters.first != NULL) os_wake(wal->room_waiters.first->task);
    mutex_unlock(&wal->mutex);
}

/* What records were spared since this was asked last: at least of those that are written, since a slot is given back
 * behind it. */
static uint64_t spared_take(Wal *wal)
{
    uint64_t spared = 0, before = wal->spared;
    for (uint32_t i = 0; i < WAL_SLOTS; i++)
        spared += atomic_load_explicit(&wal->slots[i].spared, memory_order_relaxed);
    wal->spared = spared;
    return spared - before;
}

/* Room is given until where the ring ends, but never past the hold, nor past the prepared segments less one: what is
 * behind is the reserve. The last quarter of a segment is for checkpoints alone, or a rollback could leave a disk that
 * stays full. */
void wal__lead_prepare(Wal *wal)
{
    uint64_t places = wal->geometry.segment_places;
    uint64_t ring_end = atomic_load(&wal->written) + (uint64_t)wal->room_whole;
    Status status = prepare_until(wal, ring_end + places);
    if (status != OK && status != ST_FULL && status != ST_NO_MEMORY) {
        wal__fail(wal, status);
        return;
    }
    atomic_store(&wal->disk_full, status != OK);
    if (status != OK)
        atomic_store(&wal->relief, wal->full_hook != NULL && wal->full_hook(wal->full_arg));
    uint64_t prepared_end = wal->prepared * places;
    uint64_t reserve_end = MAX(MIN(ring_end, prepared_end), wal->released);
    uint64_t release = MIN(ring_end, prepared_end - MIN(prepared_end, places));
    release = MIN(release, atomic_load(&wal->hold));
    release = MAX(release, wal->released);
    uint64_t rollback_end = MAX(MIN(ring_end, prepared_end - MIN(prepared_end, places / 4)),
                                release);
    /* the reserve shrinks before the room grows: never both */
    atomic_store(&wal->room_rollback, (int64_t)(MIN(rollback_end, reserve_end) - release));
    atomic_store(&wal->room_reserve, (int64_t)(reserve_end - release));
    atomic_fetch_add(&wal->room, (int64_t)(release - wal->released + spared_take(wal)));
    wal->released = release;
}

/* At once: the disk may be full, and others after what has become free. */
void wal_segments_freed(Wal *wal)
{
    atomic_store(&wal->retry_ns, 0);
    if (!atomic_load(&wal->disk_full) || !wal__lead_try(wal)) return;
    wal__lead_prepare(wal);
    wal__lead_end(wal);
}

/* --- waiting for durability --- */

/* Until a leader has come to an end, or at once if there is none. */
static void sync_wait(Wal *wal, uint64_t target)
{
    Waiter self = {.what = &target};
    mutex_lock(&wal->mutex);
    bool wait = wal->led && wal__failure(wal) == OK && atomic_load(&wal->synced) < target;
    if (wait) wait_list_add(&wal->sync_waiters, &self);
    mutex_unlock(&wal->mutex);
    if (!wait) return;
    IGNORE_STATUS(os_wait_through(WAIT_COMMIT, DEADLINE_NEVER)); /* the caller looks itself */
    mutex_lock(&wal->mutex);
    wait_list_remove(&wal->sync_waiters, &self);
    mutex_unlock(&wal->mutex);
}

static void sleep_through(WaitEvent event, int64_t ns)
{
    Deadline deadline = deadline_in_ns(ns);
    while (os_wait_through(event, deadline) == OK) continue;
}

Status wal_sync(Wal *wal, Lsn lsn, uint32_t delay_us)
{
    uint64_t target = wal__place(&wal->geometry, lsn.v);
    ASSERT(target <= atomic_load(&wal->reserved));
    if (atomic_load(&wal->synced) >= target) return OK;
    lock_rank_check_below(RANK_LATCH);
    bool waited = false;
    while (atomic_load(&wal->synced) < target) {
        if (wal__failure(wal) != OK)
            return error_note(ST_CLOSED, SQLSTATE_IO_ERROR, "the write-ahead log has failed");
        if (!wal__lead_try(wal)) {
            waited = true;
            sync_wait(wal, target);
            continue;
        }
        /* Others may come meanwhile and be served by the same sync. */
        if (delay_us != 0 && !waited) sleep_through(WAIT_DELAY, (int64_t)delay_us * 1000);
        Status status = wal__lead_flush(wal, target, true);
        wal__lead_end(wal);
        if (status == ST_FULL)
            sleep_through(WAIT_WAL_WRITE, FULL_RETRY_NS);
        else if (status != OK)
            return status;
    }
    if (waited) atomic_fetch_add_explicit(&wal->commits_waited, 1, memory_order_relaxed);
    return OK;
}

/* --- the background writer --- */

void wal__call_writer(Wal *wal)
{
    if (atomic_load_explicit(&wal->writer_called, memory_order_relaxed) ||
        atomic_exchange(&wal->writer_called, true))
        return;
    mutex_lock(&wal->mutex);
    if (wal->writer != NULL) os_wake(wal->writer);
    mutex_unlock(&wal->mutex);
}

/* By slots, as records are appended: who commits without waiting writes to no line that others write to. */
void wal_sync_soon(Wal *wal, Lsn lsn)
{
    uint64_t target = wal__place(&wal->geometry, lsn.v);
    WalSlot *slot = &wal->slots[(uint32_t)task_self()->number % WAL_SLOTS];
    uint64_t wanted = atomic_load(&slot->sync_wanted);
    while (wanted < target && !atomic_compare_exchange_weak(&slot->sync_wanted, &wanted, target))
        os_yield_point();
    /* Above `synced` the writer knows already; it looks at what is wanted again after each sync. */
    if (wanted <= atomic_load(&wal->synced)) wal__call_writer(wal);
}

uint64_t wal__sync_wanted(const Wal *wal)
{
    uint64_t wanted = 0;
    for (uint32_t i = 0; i < WAL_SLOTS; i++)
        wanted = MAX(wanted, atomic_load(&wal->slots[i].sync_wanted));
    return wanted;
}

/* Whoever leads writes all that is filled: until he has come to an end. */
static void leader_wait(Wal *wal)
{
    mutex_lock(&wal->mutex);
    const bool wait = wal->led && wal__failure(wal) == OK;
    wal->writer_waits = wait;
    mutex_unlock(&wal->mutex);
    if (!wait) return;
    IGNORE_STATUS(os_wait_through(WAIT_WAL_WRITE, DEADLINE_NEVER)); /* the loop looks itself */
    mutex_lock(&wal->mutex);
    wal->writer_waits = false;
    mutex_unlock(&wal->mutex);
}

/* One round, when there is something to do: leads, or waits for who leads. */
static Status writer_round(Wal *wal, bool sync)
{
    uint64_t target = wal__sync_wanted(wal);
    if (!wal__lead_try(wal)) {
        if (sync) return wal_sync(wal, (Lsn){wal__lsn_end(&wal->geometry, target)}, 0);
        leader_wait(wal);
        return OK;
    }
    Status status = wal__lead_flush(wal, sync ? target : 0, sync);
    wal__lead_end(wal);
    if (status != ST_FULL) return status;
    sleep_through(WAIT_WAL_WRITE, FULL_RETRY_NS);
    return OK;
}

static bool writer_must_write(Wal *wal)
{
    int64_t waiting = (int64_t)(atomic_load(&wal->reserved) - atomic_load(&wal->written));
    return waiting > wal->room_whole / 4;
}

static Status writer_loop(Wal *wal)
{
    Deadline sync_at = DEADLINE_NEVER;
    for (;;) {
        atomic_store(&wal->writer_called, false);
        if (wal__failure(wal) != OK) return ST_CLOSED;
        bool wanted = wal__sync_wanted(wal) > atomic_load(&wal->synced);
        if (!wanted)
            sync_at = DEADLINE_NEVER;
        else if (sync_at.ns == DEADLINE_NEVER.ns)
            sync_at = deadline_in_ns(wal->writer_delay_ns);
        bool sync = wanted && deadline_is_past(sync_at);
        if (sync || writer_must_write(wal)) {
            TRY(writer_round(wal, sync));
            if (sync) sync_at = DEADLINE_NEVER;
        } else if (os_wait(WAIT_LOG_WRITER, sync_at) == ST_CANCELLED) {
            return ST_CANCELLED;
        }
    }
}

Status wal_writer_run(Wal *wal)
{
    mutex_lock(&wal->mutex);
    ASSERT(wal->writer == NULL);
    wal->writer = task_self();
    mutex_unlock(&wal->mutex);
    Status status = writer_loop(wal);
    mutex_lock(&wal->mutex);
    wal->writer = NULL;
    mutex_unlock(&wal->mutex);
    return status;
}
