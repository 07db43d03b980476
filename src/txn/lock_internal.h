/* SPDX-License-Identifier: Apache-2.0 */
/* lock_internal.h - heavy locks and the wait-for graph, as lock*.c see them. */
#pragma once

#include "txn/txn_internal.h"

enum {
    LOCK_MODES = 9, /* modes from 1 */
    LOCK_OWNERS = 2,
    FAST_SLOTS = 16,
    STRONG_COUNTERS = 1024,
};

typedef struct Lock Lock;

/* What one session holds of one lock. Its own task changes counts; `lock`, `held` and the lists change under
 * Locks.mutex, or, while `lock` is NULL (the fast path), under the session's fast mutex. */
typedef struct LockHold {
    LockTag tag;
    Lock *lock; /* NULL: fast path */
    LockSession *session;
    uint32_t held; /* modes, by bit */
    uint32_t counts[LOCK_OWNERS][LOCK_MODES];
    struct LockHold *previous, *next;                 /* of the lock */
    struct LockHold *session_previous, *session_next; /* of the session, in order of taking */
    struct LockHold *bucket_next;                     /* of the session's table */
    uint64_t serial; /* of its way into the table: later holds have higher ones */
} LockHold;

typedef enum WaitKind { WAITS_NOT, WAITS_LOCK, WAITS_XID, WAITS_ROW, WAITS_HOLDERS } WaitKind;

typedef struct LockJournal {
    LockHold *hold;
    LockMode mode;
} LockJournal;

struct LockSession {
    Txns *txns;
    uint32_t slot, process;
    /* its own task's */
    LockHold **table;
    uint32_t table_slots, hold_count;
    LockHold *first_hold, *last_hold;
    LockJournal *journal;
    uint32_t journal_count, journal_capacity;
    /* under `fast` */
    Mutex fast;
    LockHold *fast_holds[FAST_SLOTS];
    /* under Locks.mutex */
    WaitKind waits;
    Lock *wait_lock;
    LockTag wait_tag; /* of wait_lock; its own task's */
    LockMode wait_mode;
    bool granted;
    bool wait_cancelled; /* lock_wait_was_cancelled */
    Task *task;
    Txn *wait_txn;
    int64_t wait_start_us;
    struct LockSession *wait_previous, *wait_next;
    uint64_t wait_serial; /* of WAITS_HOLDERS: for holds up to this one; else 0 */
    struct RowWaiter *wait_row;
    /* the deadlock detector's */
    uint64_t visit;
    struct LockSession *parent, *child, *visit_next;
};

struct Lock {
    LockTag tag;
    uint64_t hash;
    Lock *bucket_next;
    LockHold *holds;
    LockSession *queue_first, *queue_last;
    LockSession *watchers;        /* wait for holders to go, without wanting the lock */
    uint32_t granted[LOCK_MODES]; /* holds that have the mode */
};

struct Locks {
    Mutex mutex; /* RANK_LOCK_TABLE: everything below, and who waits for what */
    Lock **buckets;
    uint64_t bucket_mask;
    uint64_t count;  /* holds in the table */
    uint64_t serial; /* of the last hold that came into it */
    uint64_t visit;
    _Atomic uint32_t strong[STRONG_COUNTERS];
};

extern const uint16_t
    lock__conflicts[LOCK_MODES]; /* by mode: bits of the modes it conflicts with */

/* A waiter's place in a row's queue (lock_row.c). */
typedef struct RowWaiter {
    Txn *txn;
    TreeId tree;
    RowId row;
    RowStrength strength;
    bool granted;   /* under the bucket's mutex */
    uint8_t before; /* the strength it had */
    Task *task;
    RowHold *hold; /* where the lock goes */
    struct RowWaiter *previous, *next;
} RowWaiter;

/* Calls visit(arg, session) for every session that the waiter waits for; until it returns false. */
typedef bool (*LockBlockerVisit)(void *arg, LockSession *blocker, bool soft);
void lock__visit_blockers(LockSession *waiter, LockBlockerVisit visit, void *arg);
void row__visit_blockers(LockSession *waiter, LockBlockerVisit visit, void *arg);
/* Has that transaction locked the row that `waiter` waits for? Else it only stands before it in the queue. */
bool row__is_held_by(const LockSession *waiter, const Txn *txn);

/* Locks.mutex is held, `session` waits. True: it closes a cycle that no reordering of a queue resolves; the error is
 * noted with the cycle. */
bool lock__is_deadlock(LockSession *session, const LockOptions *options);
/* Locks.mutex is held: gives the lock to those in the queue whose turn it is. */
void lock__serve_queue(Lock *lock);
void lock__queue_remove(LockSession *session);
void lock__queue_insert(Lock *lock, LockSession *session, LockSession *before);

/* lock_holders.c; Locks.mutex is held. */
void lock__serve_watchers(Lock *lock);
void lock__watcher_remove(LockSession *session);
void lock__visit_holders(LockSession *waiter, LockBlockerVisit visit, void *arg);

/* Parts of lock.c for lock_session.c; Locks.mutex is held but for hold_new, journal_reserve and count_up. */
Lock *lock__find(Locks *locks, const LockTag *tag);
Lock *lock__get(Txns *txns, const LockTag *tag); /* NULL: out of memory */
void lock__put(Txns *txns, Lock *lock);
Status lock__hold_new(LockSession *session, const LockTag *tag, LockHold **made);
void lock__hold_link(Txns *txns, Lock *lock, LockHold *hold);
Status lock__fast_move(LockSession *session, const LockTag *tag);
Status lock__fast_move_all(Txns *txns, const LockTag *tag);
void lock__grant(Lock *lock, LockHold *hold, LockMode mode);
Status lock__journal_reserve(LockSession *session);
void lock__sweep(LockSession *session);
void lock__count_up(LockHold *hold, LockMode mode, LockOwner owner);
void lock__wait_begin(LockSession *session, WaitKind kind, Lock *lock, LockMode mode, Txn *txn);
/* The session stands in the lock's queue, or among its watchers; the mutex is not held. OK: granted. */
Status lock__wait_in_queue(LockSession *session, const LockOptions *options);

/* The open transaction with that xid; NULL: ended. Txns.table is held. */
Txn *lock__find_txn(Txns *txns, Xid xid);

/* How long a wait may go on, and when to look for deadlocks. */
typedef struct LockWaiting {
    const LockOptions *options;
    LockSession *session;
    int64_t check_ns; /* between two looks for deadlocks */
    Deadline check, end;
} LockWaiting;
void lock__waiting_begin(LockWaiting *waiting, LockSession *session, const LockOptions *options);
/* Sleeps once. OK: look again; ST_NOT_AVAILABLE, ST_CANCELLED, or ST_DEADLOCK: give up, the error is noted. */
Status lock__waiting_sleep(LockWaiting *waiting, WaitEvent event);
