/* SPDX-License-Identifier: Apache-2.0 */
/* lock_session.c - sessions as owners of locks: opening, handing a transaction's locks on, waits for xids, listing.
 *
 * No transaction takes a lock on its xid: that would cost every writer a round through the table. Who waits for an xid
 * makes the lock in the table, stands in its queue, and marks the transaction; a transaction so marked looks there when
 * it has ended and wakes all. */
#include "txn/lock_internal.h"

#include "base/error.h"

static void session_init(Txns *txns, LockSession *session, uint32_t slot, uint32_t process)
{
    session->txns = txns;
    session->slot = slot;
    session->process = process;
    mutex_init(&session->fast, RANK_LOCK_SESSION);
}

Status lock__session_new(Txns *txns, uint32_t process, LockSession **made)
{
    LockSession *session = heap_try_alloc(txns->heap, sizeof *session);
    if (!session) return ST_NO_MEMORY;
    session_init(txns, session, SESSION_NONE, process);
    *made = session;
    return OK;
}

void lock__session_free(LockSession *session)
{
    Heap *heap = session->txns->heap;
    ASSERT(session->hold_count == 0 && session->waits == WAITS_NOT);
    heap_free(heap, session->table);
    heap_free(heap, session->journal);
    heap_free(heap, session);
}

Status lock_session_open(Txns *txns, uint32_t slot, uint32_t process, LockSession **session)
{
    ASSERT(slot < txns->options.sessions_max);
    ASSERT(!txns->slots[slot].locks && !txns->slots[slot].in_transaction);
    TRY(lock__session_new(txns, process, session));
    session_init(txns, *session, slot, process);
    mutex_lock(&txns->locks->mutex);
    txns->slots[slot].locks = *session;
    mutex_unlock(&txns->locks->mutex);
    return OK;
}

void lock_session_close(LockSession *session)
{
    Txns *txns = session->txns;
    ASSERT(!txns->slots[session->slot].in_transaction);
    lock_release_transaction(session);
    while (session->first_hold) {
        LockHold *hold = session->first_hold;
        uint32_t mode = (uint32_t)__builtin_ctz(hold->held);
        hold->counts[LOCK_SESSION][mode] = 1;
        LockTag tag = hold->tag;
        bool held = lock_release(session, &tag, (LockMode)mode, LOCK_SESSION);
        ASSERT(held);
        (void)held;
    }
    mutex_lock(&txns->locks->mutex);
    txns->slots[session->slot].locks = NULL;
    mutex_unlock(&txns->locks->mutex);
    lock__session_free(session);
}

/* ---- handing on ---- */

static uint32_t transaction_modes(const LockHold *hold)
{
    uint32_t modes = 0;
    for (uint32_t m = 1; m < LOCK_MODES; m++)
        if (hold->counts[LOCK_TRANSACTION][m]) modes |= 1U << m;
    return modes;
}

Status lock__visit(LockSession *session,
                   Status (*visit)(void *arg, const LockTag *tag, LockMode mode), void *arg)
{
    for (const LockHold *hold = session->first_hold; hold; hold = hold->session_next) {
        uint32_t modes = transaction_modes(hold);
        for (uint32_t m = 1; m < LOCK_MODES; m++)
            if (modes & (1U << m)) TRY(visit(arg, &hold->tag, (LockMode)m));
    }
    return OK;
}

/* Moves one mode of a hold in the table to another session. A mode that stays with the old one too (as a session lock)
 * is then held twice, which the counters can bear. */
static void move_mode(LockHold *from, LockHold *to, LockMode mode)
{
    Lock *lock = from->lock;
    ASSERT(to->lock == lock && (from->held & (1U << mode)));
    from->counts[LOCK_TRANSACTION][mode] = 0;
    to->held |= 1U << mode;
    to->counts[LOCK_TRANSACTION][mode] = 1;
    if (from->counts[LOCK_SESSION][mode]) {
        lock->granted[mode]++;
    } else {
        from->held &= ~(1U << mode);
    }
}

typedef struct Moving {
    LockSession *to;
    uint32_t entries;
} Moving;

static Status prepare_move(void *arg, const LockTag *tag, LockMode mode)
{
    Moving *moving = arg;
    (void)mode;
    LockHold *hold = moving->to->last_hold;
    moving->entries++;
    if (hold && memcmp(&hold->tag, tag, sizeof *tag) == 0) return OK;
    return lock__hold_new(moving->to, tag, &hold);
}

/* The twin in `to` of every hold with transaction modes; they come in the same order. Locks.mutex is held. */
static void move_all(LockSession *from, LockSession *to)
{
    Txns *txns = from->txns;
    LockHold *twin = to->first_hold;
    for (LockHold *hold = from->first_hold; hold; hold = hold->session_next) {
        uint32_t modes = transaction_modes(hold);
        if (!modes) continue;
        ASSERT(twin && hold->lock);
        lock__hold_link(txns, hold->lock, twin);
        twin->serial = hold->serial;
        for (uint32_t m = 1; m < LOCK_MODES; m++) {
            if (!(modes & (1U << m))) continue;
            move_mode(hold, twin, (LockMode)m);
            to->journal[to->journal_count++] = (LockJournal){twin, (LockMode)m};
        }
        twin = twin->session_next;
    }
    ASSERT(!twin);
    from->journal_count = 0;
}

static void drop_twins(LockSession *to)
{
    /* They hold nothing and stand in no lock. */
    for (LockHold *hold = to->first_hold, *next; hold; hold = next) {
        next = hold->session_next;
        heap_free(to->txns->heap, hold);
    }
    to->first_hold = to->last_hold = NULL;
    to->hold_count = 0;
    lock__session_free(to);
}

Status lock__detach(Txn *txn)
{
    LockSession *from = txn->locks, *to;
    if (!from || txn->owns_locks) return OK;
    Txns *txns = txn->txns;
    TRY(lock__session_new(txns, from->process, &to));
    Moving moving = {to, 0};
    Status status = lock__visit(from, prepare_move, &moving);
    while (status == OK && to->journal_capacity < moving.entries) {
        to->journal_count = to->journal_capacity;
        status = lock__journal_reserve(to);
    }
    to->journal_count = 0;
    mutex_lock(&txns->locks->mutex);
    for (LockHold *hold = from->first_hold; hold && status == OK; hold = hold->session_next)
        if (transaction_modes(hold)) status = lock__fast_move(from, &hold->tag);
    if (status == OK) move_all(from, to);
    mutex_unlock(&txns->locks->mutex);
    if (status != OK) {
        drop_twins(to);
        return status;
    }
    lock__sweep(from);
    txn->owns_locks = true;
    atomic_store(&txn->locks, to);
    return OK;
}

Status lock__retake(LockSession *session, const LockTag *tag, LockMode mode)
{
    static const LockOptions options = {.owner = LOCK_TRANSACTION, .wait = LOCK_NOWAIT};
    return lock_take(session, NULL, tag, mode, &options);
}

/* ---- waits for xids ---- */

Txn *lock__find_txn(Txns *txns, Xid xid)
{
    const TxnLink *at = txns->last;
    while (at && at->xid > xid.v) at = at->previous;
    return at && at->xid == xid.v ? at->txn : NULL;
}

/* Marks the transaction as waited for. False: it has ended. */
static bool mark_waited(Txns *txns, Xid xid)
{
    mutex_lock(&txns->table);
    Txn *txn = lock__find_txn(txns, xid);
    if (txn) atomic_store(&txn->waited_for, true);
    mutex_unlock(&txns->table);
    return txn != NULL;
}

Status lock_wait_xid(LockSession *session, Txn *txn, Xid xid, const LockOptions *options)
{
    Txns *txns = session->txns;
    LockTag tag = {.kind = LOCK_XID, .a = xid.v};
    ASSERT(!txn || txn_xid(txn).v != xid.v);
    mutex_lock(&txns->locks->mutex);
    if (!mark_waited(txns, xid)) {
        mutex_unlock(&txns->locks->mutex);
        return OK;
    }
    Lock *lock = options->wait == LOCK_NOWAIT ? NULL : lock__get(txns, &tag);
    if (lock) {
        lock__wait_begin(session, WAITS_XID, lock, LOCK_SHARE, txn);
        lock__queue_insert(lock, session, NULL);
    }
    mutex_unlock(&txns->locks->mutex);
    if (!lock) return options->wait == LOCK_NOWAIT ? ST_NOT_AVAILABLE : ST_NO_MEMORY;
    return lock__wait_in_queue(session, options);
}

void lock__wake_xid(Txns *txns, Xid xid)
{
    LockTag tag = {.kind = LOCK_XID, .a = xid.v};
    mutex_lock(&txns->locks->mutex);
    Lock *lock = lock__find(txns->locks, &tag);
    if (lock) {
        while (lock->queue_first) {
            LockSession *waiter = lock->queue_first;
            lock__queue_remove(waiter);
            waiter->granted = true;
            waiter->waits = WAITS_NOT;
            os_wake(waiter->task);
        }
        lock__put(txns, lock);
    }
    mutex_unlock(&txns->locks->mutex);
}

/* ---- listing ---- */

typedef struct Listing {
    LockInfo *items;
    uint32_t count, capacity;
} Listing;

static void list_hold(Listing *listing, const LockHold *hold, bool fast)
{
    for (uint32_t m = 1; m < LOCK_MODES && listing->count < listing->capacity; m++) {
        if (!(hold->held & (1U << m))) continue;
        listing->items[listing->count++] = (LockInfo){
            .tag = hold->tag,
            .mode = (LockMode)m,
            .granted = true,
            .fast_path = fast,
            .session = hold->session->slot,
            .process = hold->session->process,
        };
    }
}

static void list_waiter(Listing *listing, const Lock *lock, const LockSession *waiter)
{
    if (listing->count == listing->capacity) return;
    listing->items[listing->count++] = (LockInfo){
        .tag = lock->tag,
        .mode = waiter->wait_mode,
        .session = waiter->slot,
        .process = waiter->process,
        .xid = waiter->wait_txn ? txn_xid(waiter->wait_txn) : XID_NONE,
        .wait_start_us = waiter->wait_start_us,
    };
}

static void list_lock(Listing *listing, const Lock *lock)
{
    for (const LockHold *hold = lock->holds; hold; hold = hold->next)
        list_hold(listing, hold, false);
    for (const LockSession *waiter = lock->queue_first; waiter; waiter = waiter->wait_next)
        list_waiter(listing, lock, waiter);
    for (const LockSession *watcher = lock->watchers; watcher; watcher = watcher->wait_next)
        list_waiter(listing, lock, watcher);
}

static void list_xids(Txns *txns, Listing *listing)
{
    mutex_lock(&txns->table);
    for (const TxnLink *at = txns->first; at && listing->count < listing->capacity; at = at->next) {
        const Txn *txn = at->txn;
        Xid xid = {at->xid};
        listing->items[listing->count++] = (LockInfo){
            .tag = {.kind = LOCK_XID, .a = xid.v},
            .mode = LOCK_EXCLUSIVE,
            .granted = true,
            .session = txn->session,
            .process = txn->locks ? txn->locks->process : 0,
            .xid = xid,
        };
    }
    mutex_unlock(&txns->table);
}

Status lock_list(Txns *txns, Arena *arena, LockInfo **found, uint32_t *count)
{
    Locks *locks = txns->locks;
    mutex_lock(&txns->table);
    uint32_t open = txns->active;
    mutex_unlock(&txns->table);
    /* A hold has at most 8 modes and a session waits once; what comes up while we count is left out. */
    uint64_t most = lock__count(txns) * 8 +
                    (uint64_t)txns->options.sessions_max * (1 + 3 * FAST_SLOTS) + open;
    Listing listing = {.capacity = (uint32_t)MIN(most, UINT32_MAX)};
    listing.items = arena_try_alloc(arena, listing.capacity * sizeof *listing.items);
    if (!listing.items) return ST_NO_MEMORY;
    mutex_lock(&locks->mutex);
    for (uint64_t b = 0; b <= locks->bucket_mask; b++)
        for (const Lock *lock = locks->buckets[b]; lock; lock = lock->bucket_next)
            list_lock(&listing, lock);
    for (uint32_t i = 0; i < txns->options.sessions_max; i++) {
        LockSession *session = txns->slots[i].locks;
        if (!session) continue;
        mutex_lock(&session->fast);
        for (uint32_t k = 0; k < FAST_SLOTS; k++)
            if (session->fast_holds[k]) list_hold(&listing, session->fast_holds[k], true);
        mutex_unlock(&session->fast);
    }
    list_xids(txns, &listing);
    mutex_unlock(&locks->mutex);
    *found = listing.items;
    *count = listing.count;
    return OK;
}

typedef struct Blockers {
    uint32_t *slots;
    uint32_t count, capacity;
} Blockers;

static bool add_blocker(void *arg, LockSession *blocker, bool soft)
{
    Blockers *blockers = arg;
    (void)soft;
    for (uint32_t i = 0; i < blockers->count; i++)
        if (blockers->slots[i] == blocker->process) return true;
    if (blockers->count == blockers->capacity) return false;
    blockers->slots[blockers->count++] = blocker->process;
    return true;
}

Status lock_blockers(Txns *txns, uint32_t slot, Arena *arena, uint32_t **processes, uint32_t *count)
{
    ASSERT(slot < txns->options.sessions_max);
    Blockers blockers = {.capacity = txns->options.sessions_max + txns->options.prepared_max};
    blockers.slots = arena_try_alloc(arena, blockers.capacity * sizeof *blockers.slots);
    if (!blockers.slots) return ST_NO_MEMORY;
    mutex_lock(&txns->locks->mutex);
    LockSession *session = txns->slots[slot].locks;
    if (session && session->waits != WAITS_NOT)
        lock__visit_blockers(session, add_blocker, &blockers);
    mutex_unlock(&txns->locks->mutex);
    *processes = blockers.slots;
    *count = blockers.count;
    return OK;
}

uint32_t lock__process(const LockSession *session)
{
    return session ? session->process : 0;
}
