/* SPDX-License-Identifier: Apache-2.0 */
/* lock.c - heavy locks: the table, the fast path, waiting, release (lock.h has the idea).
 *
 * The table is one hash of locks under one mutex, held for a microsecond; what is frequent does not come here: a
 * session finds what it holds already in a table of its own, and weak locks on tables stand in the session's fast
 * slots. A task that wants a strong mode raises a counter of the table's hash, then moves such fast locks of every
 * session into the table; a session looks at the counter with its own fast mutex held.
 *
 * (L1) no two sessions hold conflicting modes of one tag
 * (L2) a waiter is granted by whoever makes room, under the mutex: it finds `granted` set when it wakes
 * (L3) a fast hold exists only while its counter was 0 when it was made, or until it has been moved
 * (L4) a session waits for one thing at a time, and says for which under the mutex before it sleeps: so what the
 * detector
 *      sees of those in a cycle stands still */
#include "txn/lock.h"

#include "base/error.h"
#include "base/hash.h"
#include "os/clock.h"
#include "txn/lock_internal.h"

enum {
    LOCKS_MAX_DEFAULT = 1 << 20,
    BUCKETS_LEAST = 1 << 10,
    BUCKETS_MOST = 1 << 20,
    SESSION_TABLE_LEAST = 16
};

#define BIT(mode) (1U << (mode))
#define AS BIT(LOCK_ACCESS_SHARE)
#define RS BIT(LOCK_ROW_SHARE)
#define RX BIT(LOCK_ROW_EXCLUSIVE)
#define SUX BIT(LOCK_SHARE_UPDATE_EXCLUSIVE)
#define S BIT(LOCK_SHARE)
#define SRX BIT(LOCK_SHARE_ROW_EXCLUSIVE)
#define X BIT(LOCK_EXCLUSIVE)
#define AX BIT(LOCK_ACCESS_EXCLUSIVE)

const uint16_t lock__conflicts[LOCK_MODES] = {
    [LOCK_ACCESS_SHARE] = AX,
    [LOCK_ROW_SHARE] = X | AX,
    [LOCK_ROW_EXCLUSIVE] = S | SRX | X | AX,
    [LOCK_SHARE_UPDATE_EXCLUSIVE] = SUX | S | SRX | X | AX,
    [LOCK_SHARE] = RX | SUX | SRX | X | AX,
    [LOCK_SHARE_ROW_EXCLUSIVE] = RX | SUX | S | SRX | X | AX,
    [LOCK_EXCLUSIVE] = RS | RX | SUX | S | SRX | X | AX,
    [LOCK_ACCESS_EXCLUSIVE] = AS | RS | RX | SUX | S | SRX | X | AX,
};

const char *lock_mode_name(LockMode mode)
{
    static const char *const names[LOCK_MODES] = {
        "INVALID",
        "AccessShareLock",
        "RowShareLock",
        "RowExclusiveLock",
        "ShareUpdateExclusiveLock",
        "ShareLock",
        "ShareRowExclusiveLock",
        "ExclusiveLock",
        "AccessExclusiveLock",
    };
    ASSERT(mode >= LOCK_ACCESS_SHARE && mode <= LOCK_ACCESS_EXCLUSIVE);
    return names[mode];
}

/* ---- tags ---- */

static uint64_t tag_hash(const LockTag *tag)
{
    uint64_t head = (uint64_t)tag->kind << 40 | (uint64_t)tag->sub << 32 | tag->database;
    return hash_combine(hash_combine(hash_u64(head), tag->a), tag->b);
}

static bool tag_equal(const LockTag *a, const LockTag *b)
{
    return a->kind == b->kind && a->sub == b->sub && a->database == b->database && a->a == b->a &&
           a->b == b->b;
}

static bool tag_has_fast_path(const LockTag *tag)
{
    return tag->kind == LOCK_RELATION && tag->database != 0;
}

static bool is_strong(const LockTag *tag, LockMode mode)
{
    return tag_has_fast_path(tag) && mode > LOCK_SHARE_UPDATE_EXCLUSIVE;
}

static bool is_weak(const LockTag *tag, LockMode mode)
{
    return tag_has_fast_path(tag) && mode < LOCK_SHARE_UPDATE_EXCLUSIVE;
}

static _Atomic uint32_t *strong_counter(Locks *locks, const LockTag *tag)
{
    return &locks->strong[tag_hash(tag) % STRONG_COUNTERS];
}

static Status no_room(void)
{
    Status status = error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of shared memory");
    error_hint(error_current(), "You might need to increase \"%s\".", "max_locks_per_transaction");
    return status;
}

/* ---- the table ---- */

Status lock__new(Txns *txns)
{
    uint64_t most = txns->options.locks_max ? txns->options.locks_max : LOCKS_MAX_DEFAULT;
    uint64_t buckets = BUCKETS_LEAST;
    txns->options.locks_max = most;
    while (buckets < most && buckets < BUCKETS_MOST / 16) buckets *= 2;
    Locks *locks = arena_try_alloc_zero(txns->arena, sizeof *locks);
    if (!locks) return ST_NO_MEMORY;
    locks->buckets = arena_try_alloc_zero(txns->arena, buckets * sizeof *locks->buckets);
    if (!locks->buckets) return ST_NO_MEMORY;
    locks->bucket_mask = buckets - 1;
    mutex_init(&locks->mutex, RANK_LOCK_TABLE);
    txns->locks = locks;
    return OK;
}

void lock__release(Txns *txns)
{
    txns->locks = NULL; /* its memory goes with the system's */
}

uint64_t lock__count(Txns *txns)
{
    mutex_lock(&txns->locks->mutex);
    uint64_t count = txns->locks->count;
    mutex_unlock(&txns->locks->mutex);
    return count;
}

Lock *lock__find(Locks *locks, const LockTag *tag)
{
    Lock *lock = locks->buckets[tag_hash(tag) & locks->bucket_mask];
    while (lock && !tag_equal(&lock->tag, tag)) lock = lock->bucket_next;
    return lock;
}

Lock *lock__get(Txns *txns, const LockTag *tag)
{
    Locks *locks = txns->locks;
    Lock *lock = lock__find(locks, tag);
    if (lock) return lock;
    lock = heap_try_alloc(txns->heap, sizeof *lock);
    if (!lock) return NULL;
    lock->tag = *tag;
    lock->hash = tag_hash(tag);
    Lock **bucket = &locks->buckets[lock->hash & locks->bucket_mask];
    lock->bucket_next = *bucket;
    *bucket = lock;
    return lock;
}

/* Frees the lock when nobody holds or wants it. */
void lock__put(Txns *txns, Lock *lock)
{
    if (lock->holds || lock->queue_first || lock->watchers) return;
    Lock **link = &txns->locks->buckets[lock->hash & txns->locks->bucket_mask];
    while (*link != lock) link = &(*link)->bucket_next;
    *link = lock->bucket_next;
    heap_free(txns->heap, lock);
}

void lock__hold_link(Txns *txns, Lock *lock, LockHold *hold)
{
    ASSERT(!hold->lock);
    hold->lock = lock;
    hold->serial = ++txns->locks->serial;
    hold->previous = NULL;
    hold->next = lock->holds;
    if (lock->holds) lock->holds->previous = hold;
    lock->holds = hold;
    for (uint32_t m = 1; m < LOCK_MODES; m++) lock->granted[m] += (hold->held >> m) & 1;
    txns->locks->count++;
}

static void hold_unlink(Txns *txns, LockHold *hold)
{
    Lock *lock = hold->lock;
    if (hold->previous)
        hold->previous->next = hold->next;
    else
        lock->holds = hold->next;
    if (hold->next) hold->next->previous = hold->previous;
    for (uint32_t m = 1; m < LOCK_MODES; m++) lock->granted[m] -= (hold->held >> m) & 1;
    hold->lock = NULL;
    txns->locks->count--;
}

/* ---- a session's own table ---- */

static LockHold *hold_find(const LockSession *session, const LockTag *tag)
{
    if (session->table_slots == 0) return NULL;
    LockHold *hold = session->table[tag_hash(tag) & (session->table_slots - 1)];
    while (hold && !tag_equal(&hold->tag, tag)) hold = hold->bucket_next;
    return hold;
}

static Status session_table_grow(LockSession *session)
{
    uint32_t slots = MAX(2 * session->table_slots, (uint32_t)SESSION_TABLE_LEAST);
    LockHold **table = heap_try_alloc(session->txns->heap, slots * sizeof *table);
    if (!table) return no_room();
    for (LockHold *hold = session->first_hold; hold; hold = hold->session_next) {
        LockHold **bucket = &table[tag_hash(&hold->tag) & (slots - 1)];
        hold->bucket_next = *bucket;
        *bucket = hold;
    }
    heap_free(session->txns->heap, session->table);
    session->table = table;
    session->table_slots = slots;
    return OK;
}

Status lock__hold_new(LockSession *session, const LockTag *tag, LockHold **made)
{
    if (session->hold_count >= session->table_slots) TRY(session_table_grow(session));
    LockHold *hold = heap_try_alloc(session->txns->heap, sizeof *hold);
    if (!hold) return no_room();
    hold->tag = *tag;
    hold->session = session;
    LockHold **bucket = &session->table[tag_hash(tag) & (session->table_slots - 1)];
    hold->bucket_next = *bucket;
    *bucket = hold;
    hold->session_previous = session->last_hold;
    if (session->last_hold)
        session->last_hold->session_next = hold;
    else
        session->first_hold = hold;
    session->last_hold = hold;
    session->hold_count++;
    *made = hold;
    return OK;
}

static void hold_free(LockHold *hold)
{
    LockSession *session = hold->session;
    ASSERT(hold->held == 0 && !hold->lock);
    LockHold **link = &session->table[tag_hash(&hold->tag) & (session->table_slots - 1)];
    while (*link != hold) link = &(*link)->bucket_next;
    *link = hold->bucket_next;
    if (hold->session_previous)
        hold->session_previous->session_next = hold->session_next;
    else
        session->first_hold = hold->session_next;
    if (hold->session_next)
        hold->session_next->session_previous = hold->session_previous;
    else
        session->last_hold = hold->session_previous;
    session->hold_count--;
    heap_free(session->txns->heap, hold);
}

Status lock__journal_reserve(LockSession *session)
{
    if (session->journal_count < session->journal_capacity) return OK;
    uint32_t capacity = MAX(2 * session->journal_capacity, 16);
    LockJournal *grown = heap_try_alloc(session->txns->heap, capacity * sizeof *grown);
    if (!grown) return no_room();
    if (session->journal_count)
        memcpy(grown, session->journal, session->journal_count * sizeof *grown);
    heap_free(session->txns->heap, session->journal);
    session->journal = grown;
    session->journal_capacity = capacity;
    return OK;
}

void lock__count_up(LockHold *hold, LockMode mode, LockOwner owner)
{
    LockSession *session = hold->session;
    hold->counts[owner][mode]++;
    if (owner != LOCK_TRANSACTION) return;
    ASSERT(session->journal_count < session->journal_capacity);
    session->journal[session->journal_count++] = (LockJournal){hold, mode};
}

/* ---- the fast path ---- */

/* False: there is a strong lock, or no slot. */
static bool fast_take(LockSession *session, LockHold *hold, LockMode mode)
{
    Locks *locks = session->txns->locks;
    bool taken = false;
    mutex_lock(&session->fast);
    if (!hold->lock && atomic_load(strong_counter(locks, &hold->tag)) == 0) {
        for (uint32_t i = 0; i < FAST_SLOTS && hold->held == 0 && !taken; i++) {
            if (session->fast_holds[i]) continue;
            session->fast_holds[i] = hold;
            taken = true;
        }
        taken = taken || hold->held != 0;
        if (taken) hold->held |= BIT(mode);
    }
    mutex_unlock(&session->fast);
    return taken;
}

static void fast_forget(LockSession *session, const LockHold *hold)
{
    for (uint32_t i = 0; i < FAST_SLOTS; i++)
        if (session->fast_holds[i] == hold) session->fast_holds[i] = NULL;
}

/* Moves the session's fast hold of that tag into the table. Locks.mutex is held. */
Status lock__fast_move(LockSession *session, const LockTag *tag)
{
    Status status = OK;
    mutex_lock(&session->fast);
    for (uint32_t i = 0; i < FAST_SLOTS && status == OK; i++) {
        LockHold *hold = session->fast_holds[i];
        if (!hold || !tag_equal(&hold->tag, tag)) continue;
        Lock *lock = lock__get(session->txns, tag);
        if (lock) {
            lock__hold_link(session->txns, lock, hold);
            session->fast_holds[i] = NULL;
            MARK("a fast lock was moved into the table");
        } else {
            status = no_room();
        }
    }
    mutex_unlock(&session->fast);
    return status;
}

/* Locks.mutex is held. Unless the counter was raised before, others come after it. */
Status lock__fast_move_all(Txns *txns, const LockTag *tag)
{
    for (uint32_t i = 0; i < txns->options.sessions_max; i++) {
        LockSession *session = txns->slots[i].locks;
        if (session) TRY(lock__fast_move(session, tag));
    }
    return OK;
}

/* ---- granting ---- */

/* Does another session hold a mode that conflicts? */
static bool conflicts_with_held(const Lock *lock, const LockHold *own, LockMode mode)
{
    for (uint32_t m = 1; m < LOCK_MODES; m++) {
        if (!(lock__conflicts[mode] & BIT(m))) continue;
        uint32_t others = lock->granted[m] - (own ? (own->held >> m) & 1 : 0);
        if (others > 0) return true;
    }
    return false;
}

static uint32_t queue_modes(const Lock *lock)
{
    uint32_t modes = 0;
    for (const LockSession *waiter = lock->queue_first; waiter; waiter = waiter->wait_next)
        modes |= BIT(waiter->wait_mode);
    return modes;
}

static LockHold *hold_of(const Lock *lock, const LockSession *session)
{
    LockHold *hold = lock->holds;
    while (hold && hold->session != session) hold = hold->next;
    return hold;
}

void lock__grant(Lock *lock, LockHold *hold, LockMode mode)
{
    ASSERT(hold->lock == lock);
    ASSERT(!conflicts_with_held(lock, hold, mode));
    if (hold->held & BIT(mode)) return;
    hold->held |= BIT(mode);
    lock->granted[mode]++;
}

void lock__queue_insert(Lock *lock, LockSession *session, LockSession *before)
{
    session->wait_next = before;
    session->wait_previous = before ? before->wait_previous : lock->queue_last;
    if (session->wait_previous)
        session->wait_previous->wait_next = session;
    else
        lock->queue_first = session;
    if (before)
        before->wait_previous = session;
    else
        lock->queue_last = session;
}

void lock__queue_remove(LockSession *session)
{
    Lock *lock = session->wait_lock;
    if (session->wait_previous)
        session->wait_previous->wait_next = session->wait_next;
    else
        lock->queue_first = session->wait_next;
    if (session->wait_next)
        session->wait_next->wait_previous = session->wait_previous;
    else
        lock->queue_last = session->wait_previous;
    session->wait_previous = session->wait_next = NULL;
}

void lock__serve_queue(Lock *lock)
{
    uint32_t ahead = 0;
    if (lock->tag.kind == LOCK_XID) return; /* its end wakes them: lock__wake_xid */
    for (LockSession *waiter = lock->queue_first, *next; waiter; waiter = next) {
        next = waiter->wait_next;
        LockHold *hold = hold_of(lock, waiter);
        ASSERT(hold && !waiter->granted);
        if ((lock__conflicts[waiter->wait_mode] & ahead) ||
            conflicts_with_held(lock, hold, waiter->wait_mode)) {
            ahead |= BIT(waiter->wait_mode);
            continue;
        }
        lock__queue_remove(waiter);
        lock__grant(lock, hold, waiter->wait_mode);
        waiter->granted = true;
        waiter->waits = WAITS_NOT;
        os_wake(waiter->task);
    }
}

/* Where the session stands in the queue: before the first one that has to wait for what it holds (as PostgreSQL does).
 * *at_once: nothing before that place conflicts either, so it need not wait. *mutual: it would wait for that one
 * too. */
static LockSession *queue_place(const Lock *lock, const LockHold *own, LockMode mode, bool *at_once,
                                bool *mutual)
{
    uint32_t ahead = 0;
    *at_once = *mutual = false;
    if (own->held == 0) return NULL;
    for (LockSession *waiter = lock->queue_first; waiter; waiter = waiter->wait_next) {
        if (lock__conflicts[waiter->wait_mode] & own->held) {
            *mutual = (lock__conflicts[mode] & hold_of(lock, waiter)->held) != 0;
            *at_once = !(lock__conflicts[mode] & ahead) && !conflicts_with_held(lock, own, mode);
            return waiter;
        }
        ahead |= BIT(waiter->wait_mode);
    }
    return NULL;
}

/* ---- waiting ---- */

static WaitEvent wait_event(const LockTag *tag)
{
    switch ((LockKind)tag->kind) {
    case LOCK_RELATION: return WAIT_RELATION_LOCK;
    case LOCK_XID: return WAIT_TRANSACTION_LOCK;
    case LOCK_ROW: return WAIT_ROW_LOCK;
    case LOCK_ADVISORY: return WAIT_ADVISORY_LOCK;
    case LOCK_OBJECT:
    case LOCK_DATABASE: return WAIT_OBJECT_LOCK;
    }
    UNREACHABLE();
}

void lock__waiting_begin(LockWaiting *waiting, LockSession *session, const LockOptions *options)
{
    enum { CHECK_US_DEFAULT = 1000000 };
    int64_t us = options->deadlock_timeout_us > 0 ? options->deadlock_timeout_us : CHECK_US_DEFAULT;
    *waiting = (LockWaiting){options, session, us * 1000, deadline_in_ns(us * 1000),
                             DEADLINE_NEVER};
    if (options->timeout_us > 0) waiting->end = deadline_in_ns(options->timeout_us * 1000);
}

Status lock__waiting_sleep(LockWaiting *waiting, WaitEvent event)
{
    LockSession *session = waiting->session;
    Status status = os_wait(event, deadline_earlier(waiting->end, waiting->check));
    if (status == OK) return OK;
    if (status == ST_CANCELLED) {
        session->wait_cancelled = true;
        return ST_CANCELLED;
    }
    ASSERT(status == ST_TIMEOUT);
    if (deadline_is_past(waiting->end))
        return error_note(ST_NOT_AVAILABLE, SQLSTATE_LOCK_NOT_AVAILABLE,
                          "canceling statement due to lock timeout");
    waiting->check = deadline_in_ns(waiting->check_ns);
    Txns *txns = session->txns;
    mutex_lock(&txns->locks->mutex);
    bool dead = session->waits != WAITS_NOT && lock__is_deadlock(session, waiting->options);
    /* The victim leaves the graph at once: the others of the cycle find none. */
    if (dead) session->waits = WAITS_NOT;
    mutex_unlock(&txns->locks->mutex);
    if (!dead) return OK;
    atomic_fetch_add(&txns->deadlocks, 1);
    return ST_DEADLOCK;
}

bool lock_wait_was_cancelled(const LockSession *session)
{
    return session->wait_cancelled;
}

void lock__wait_begin(LockSession *session, WaitKind kind, Lock *lock, LockMode mode, Txn *txn)
{
    ASSERT(session->waits == WAITS_NOT);
    session->waits = kind;
    session->wait_lock = lock;
    if (lock) session->wait_tag = lock->tag;
    session->wait_mode = mode;
    session->wait_txn = txn;
    session->granted = false;
    session->wait_serial = 0;
    session->task = task_self();
    session->wait_start_us = os_wall_us();
}

/* Out of the queue, because of a status: false when it was granted meanwhile. Locks.mutex is held. */
static bool wait_give_up(LockSession *session)
{
    if (session->granted) return false;
    Lock *lock = session->wait_lock;
    if (session->wait_serial != 0)
        lock__watcher_remove(session);
    else
        lock__queue_remove(session);
    session->waits = WAITS_NOT;
    lock__serve_queue(lock);
    lock__put(session->txns, lock);
    return true;
}

Status lock__wait_in_queue(LockSession *session, const LockOptions *options)
{
    Locks *locks = session->txns->locks;
    LockWaiting waiting;
    lock__waiting_begin(&waiting, session, options);
    WaitEvent event = wait_event(&session->wait_tag); /* the lock may be gone by now */
    for (;;) {
        Status status = lock__waiting_sleep(&waiting, event);
        mutex_lock(&locks->mutex);
        if (status != OK && !wait_give_up(session)) status = OK;
        bool over = session->granted || status != OK;
        mutex_unlock(&locks->mutex);
        if (over) return status;
    }
}

/* Gives up what a failed attempt made. Locks.mutex is held. */
static void hold_discard(Txns *txns, LockHold *hold)
{
    Lock *lock = hold->lock;
    if (hold->held != 0) return;
    if (lock) {
        hold_unlink(txns, hold);
        lock__put(txns, lock);
    }
    hold_free(hold);
}

/* Grants, or puts the session into the queue (ST_BUSY). Locks.mutex is held. */
static Status take_or_queue(LockSession *session, Txn *txn, LockHold *hold, LockMode mode,
                            const LockOptions *options)
{
    Txns *txns = session->txns;
    Lock *lock = hold->lock;
    if (!lock) {
        lock = txns->locks->count < txns->options.locks_max ? lock__get(txns, &hold->tag) : NULL;
        if (!lock) return no_room();
        lock__hold_link(txns, lock, hold);
    }
    if (!(lock__conflicts[mode] & queue_modes(lock)) && !conflicts_with_held(lock, hold, mode)) {
        lock__grant(lock, hold, mode);
        return OK;
    }
    bool at_once, mutual;
    LockSession *before = queue_place(lock, hold, mode, &at_once, &mutual);
    if (at_once) {
        MARK("a lock was granted past the queue");
        lock__grant(lock, hold, mode);
        return OK;
    }
    if (options->wait == LOCK_NOWAIT) return ST_NOT_AVAILABLE;
    lock__wait_begin(session, WAITS_LOCK, lock, mode, txn);
    lock__queue_insert(lock, session, before);
    if (!mutual || !lock__is_deadlock(session, options)) return session->granted ? OK : ST_BUSY;
    (void)wait_give_up(session);
    atomic_fetch_add(&txns->deadlocks, 1);
    return ST_DEADLOCK;
}

static Status take_slow(LockSession *session, Txn *txn, LockHold *hold, LockMode mode,
                        const LockOptions *options)
{
    Txns *txns = session->txns;
    bool strong = is_strong(&hold->tag, mode);
    _Atomic uint32_t *counter = strong_counter(txns->locks, &hold->tag);
    if (strong) atomic_fetch_add(counter, 1);
    mutex_lock(&txns->locks->mutex);
    Status status = strong ? lock__fast_move_all(txns, &hold->tag)
                           : lock__fast_move(session, &hold->tag);
    if (status == OK) status = take_or_queue(session, txn, hold, mode, options);
    mutex_unlock(&txns->locks->mutex);
    if (status == ST_BUSY) status = lock__wait_in_queue(session, options);
    if (status == OK) return OK;
    if (strong) atomic_fetch_sub(counter, 1);
    mutex_lock(&txns->locks->mutex);
    hold_discard(txns, hold);
    mutex_unlock(&txns->locks->mutex);
    return status;
}

Status lock_take(LockSession *session, Txn *txn, const LockTag *tag, LockMode mode,
                 const LockOptions *options)
{
    ASSERT(mode >= LOCK_ACCESS_SHARE && mode <= LOCK_ACCESS_EXCLUSIVE);
    ASSERT(tag->kind != LOCK_XID && tag->kind != LOCK_ROW);
    TRY(lock__journal_reserve(session));
    LockHold *hold = hold_find(session, tag);
    if (!hold) TRY(lock__hold_new(session, tag, &hold));
    bool have = hold->counts[LOCK_TRANSACTION][mode] + hold->counts[LOCK_SESSION][mode] > 0;
    /* Who wants a strong mode looks at the sessions in slots only. */
    bool weak = is_weak(tag, mode) && session->slot != SESSION_NONE;
    if (!have && !(weak && fast_take(session, hold, mode)))
        TRY(take_slow(session, txn, hold, mode, options));
    ASSERT(hold->held & BIT(mode));
    lock__count_up(hold, mode, options->owner);
    return OK;
}

/* ---- release ---- */

static void mode_release(LockHold *hold, LockMode mode)
{
    LockSession *session = hold->session;
    Txns *txns = session->txns;
    mutex_lock(&session->fast);
    bool fast = hold->lock == NULL;
    if (fast) {
        hold->held &= ~BIT(mode);
        if (hold->held == 0) fast_forget(session, hold);
    }
    mutex_unlock(&session->fast);
    if (!fast) {
        mutex_lock(&txns->locks->mutex);
        Lock *lock = hold->lock;
        ASSERT(hold->held & BIT(mode));
        hold->held &= ~BIT(mode);
        lock->granted[mode]--;
        if (hold->held == 0) hold_unlink(txns, hold);
        lock__serve_queue(lock);
        lock__serve_watchers(lock);
        lock__put(txns, lock);
        mutex_unlock(&txns->locks->mutex);
    }
    if (is_strong(&hold->tag, mode)) atomic_fetch_sub(strong_counter(txns->locks, &hold->tag), 1);
    if (hold->held == 0) hold_free(hold);
}

static void count_down(LockHold *hold, LockMode mode, LockOwner owner)
{
    ASSERT(hold->counts[owner][mode] > 0);
    hold->counts[owner][mode]--;
    if (hold->counts[LOCK_TRANSACTION][mode] + hold->counts[LOCK_SESSION][mode] == 0)
        mode_release(hold, mode);
}

bool lock_release(LockSession *session, const LockTag *tag, LockMode mode, LockOwner owner)
{
    LockHold *hold = hold_find(session, tag);
    if (!hold || hold->counts[owner][mode] == 0) return false;
    if (owner == LOCK_TRANSACTION) {
        uint32_t at = session->journal_count;
        while (session->journal[at - 1].hold != hold || session->journal[at - 1].mode != mode) at--;
        memmove(session->journal + at - 1, session->journal + at,
                (session->journal_count - at) * sizeof *session->journal);
        session->journal_count--;
    }
    count_down(hold, mode, owner);
    return true;
}

void lock_release_to(LockSession *session, uint32_t lock_count)
{
    while (session->journal_count > lock_count) {
        LockJournal *entry = &session->journal[--session->journal_count];
        count_down(entry->hold, entry->mode, LOCK_TRANSACTION);
    }
}

void lock_release_transaction(LockSession *session)
{
    session->wait_cancelled = false;
    lock_release_to(session, 0);
}

void lock_release_advisory(LockSession *session)
{
    for (LockHold *hold = session->first_hold, *next; hold; hold = next) {
        next = hold->session_next;
        if (hold->tag.kind != LOCK_ADVISORY) continue;
        for (uint32_t m = 1; m < LOCK_MODES; m++) {
            if (hold->counts[LOCK_SESSION][m] == 0) continue;
            bool last = (hold->held & ~BIT(m)) == 0 && hold->counts[LOCK_TRANSACTION][m] == 0;
            hold->counts[LOCK_SESSION][m] = 1;
            count_down(hold, (LockMode)m, LOCK_SESSION);
            if (last) break; /* the hold is gone */
        }
    }
}

uint32_t lock_journal_count(const LockSession *session)
{
    return session->journal_count;
}

bool lock_is_held(LockSession *session, const LockTag *tag, LockMode mode)
{
    const LockHold *hold = hold_find(session, tag);
    return hold && hold->counts[LOCK_TRANSACTION][mode] + hold->counts[LOCK_SESSION][mode] > 0;
}

/* Frees the holds that hold nothing any more, after their modes were handed on. */
void lock__sweep(LockSession *session)
{
    for (LockHold *hold = session->first_hold, *next; hold; hold = next) {
        next = hold->session_next;
        mutex_lock(&session->txns->locks->mutex);
        bool empty = hold->held == 0;
        if (empty && hold->lock) hold_unlink(session->txns, hold);
        mutex_unlock(&session->txns->locks->mutex);
        if (empty) hold_free(hold);
    }
}
