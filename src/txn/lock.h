/* SPDX-License-Identifier: Apache-2.0 */
/* lock.h - heavy locks: PostgreSQL's eight modes on tables and objects, advisory locks, waits on
 * transactions; one wait-for graph with row locks; deadlocks found after deadlock_timeout and reported
 * with the whole cycle.
 *
 * The modes 1 to 3 on tables conflict only with 5 and up, so they have a fast path: a few slots in the
 * session, valid while no strong lock on a table of the same hash is held or wanted. All other locks stand
 * in a hash table by tag. Waiting is first come, first served, but for those who hold a conflicting lock
 * already (as PostgreSQL orders them). */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "os/wait.h"
#include "txn/txn.h"

typedef enum LockMode {
    LOCK_ACCESS_SHARE = 1,
    LOCK_ROW_SHARE,
    LOCK_ROW_EXCLUSIVE,
    LOCK_SHARE_UPDATE_EXCLUSIVE,
    LOCK_SHARE,
    LOCK_SHARE_ROW_EXCLUSIVE,
    LOCK_EXCLUSIVE,
    LOCK_ACCESS_EXCLUSIVE,
} LockMode;
const char *lock_mode_name(LockMode mode); /* "AccessShareLock", ... */

typedef enum LockKind {
    LOCK_RELATION = 1,
    LOCK_OBJECT,
    LOCK_XID,
    LOCK_ROW,
    LOCK_ADVISORY,
    LOCK_DATABASE
} LockKind;
typedef struct LockTag {
    uint8_t kind; /* LockKind */
    uint8_t sub;  /* advisory: 1 one key, 2 two keys */
    uint16_t spare;
    uint32_t database; /* oid; 0: shared */
    uint64_t a, b;     /* relation oid; class and object; xid; tree and row id; keys */
} LockTag;

typedef enum LockOwner { LOCK_TRANSACTION, LOCK_SESSION } LockOwner;
typedef enum LockWait { LOCK_WAIT, LOCK_NOWAIT } LockWait;

/* A session's locks: those of its transaction and session-level ones. Belongs to the session's slot; opened before
 * its first transaction begins. `process` is what messages and views call it (pg_backend_pid). */
typedef struct LockSession LockSession;
Status lock_session_open(Txns *txns, uint32_t slot, uint32_t process, LockSession **session);
void lock_session_close(LockSession *session); /* releases all */

typedef struct LockOptions {
    LockOwner owner;
    LockWait wait;
    int64_t timeout_us;          /* lock_timeout: of each wait; 0: none */
    int64_t deadlock_timeout_us; /* 0: 1 s */
    /* Writes "relation 16384 of database 5" and such for messages; NULL: numbers only. */
    void (*describe)(void *arg, const LockTag *tag, StrBuilder *out);
    void *describe_arg;
} LockOptions;
/* OK; ST_NOT_AVAILABLE (NOWAIT, or lock_timeout: 55P03); ST_DEADLOCK (40P01, detail names the whole cycle
 * as PostgreSQL words it: "Process 1 waits for ShareLock on transaction 2; blocked by process 3." a line
 * each); ST_CANCELLED; ST_NO_MEMORY (53200). Counted: the same lock may be taken many times. */
Status lock_take(LockSession *session, Txn *txn, const LockTag *tag, LockMode mode,
                 const LockOptions *options);
/* False: it was not held that way. */
bool lock_release(LockSession *session, const LockTag *tag, LockMode mode, LockOwner owner);
void lock_release_transaction(LockSession *session); /* its end */
/* Was a wait of this transaction ended by a cancel? Then that is where it was noticed. */
bool lock_wait_was_cancelled(const LockSession *session);
void lock_release_to(LockSession *session, uint32_t lock_count); /* savepoint's journal */
void lock_release_advisory(LockSession *session);                /* pg_advisory_unlock_all */
uint32_t lock_journal_count(const LockSession *session);
bool lock_is_held(LockSession *session, const LockTag *tag, LockMode mode);
/* Waits until that transaction has ended (its row locks with it) or has gone back to a savepoint: whoever waits for
 * what it wrote looks again. The message in a deadlock says it waits for ShareLock on it. */
Status lock_wait_xid(LockSession *session, Txn *txn, Xid xid, const LockOptions *options);

/* Waits until nobody else holds what he holds of that lock now in a mode that conflicts with `mode`; whoever takes it
 * afterwards is not waited for, and nobody waits for this one: CREATE INDEX CONCURRENTLY. As lock_take otherwise. */
Status lock_wait_holders(LockSession *session, Txn *txn, const LockTag *tag, LockMode mode,
                         const LockOptions *options);

/* pg_locks and pg_blocking_pids. */
typedef struct LockInfo {
    LockTag tag;
    LockMode mode;
    bool granted, fast_path;
    uint32_t
        session; /* slot; UINT32_MAX: a prepared transaction, or one being undone in the background */
    uint32_t process;
    Xid xid;
    int64_t wait_start_us;
} LockInfo;
Status lock_list(Txns *txns, Arena *arena, LockInfo **locks, uint32_t *count);
/* The processes that the session in that slot waits for, each once. */
Status lock_blockers(Txns *txns, uint32_t session, Arena *arena, uint32_t **processes,
                     uint32_t *count);

/* --- row locks in memory (docs/traps.md C9): a row's writer is its lock; these are the others --- */

typedef enum RowStrength {
    ROW_KEY_SHARE = 1,
    ROW_SHARE,
    ROW_NO_KEY_UPDATE,
    ROW_UPDATE
} RowStrength;
bool row_strength_conflicts(RowStrength a, RowStrength b);
typedef enum RowWait { ROW_WAIT, ROW_NOWAIT, ROW_SKIP } RowWait;
/* Called with the row's leaf latched exclusively or shared: takes the lock if no other transaction's
 * conflicts and nobody who waits for that row came before. OK; ST_BUSY: *holder is one of those in the way (then let go
 * of the latch, row_lock_wait, look again); ST_NO_MEMORY. The transaction has an xid:
 * txn_need_xid comes before the latch.
 *
 * How a row's writer is waited for: row_lock_try first, so that those who wait stand in a queue; when it says OK and
 * the head bears a conflicting xid in progress, let go of the latch, lock_wait_xid, and look again. */
Status row_lock_try(Txn *txn, TreeId tree, RowId row, RowStrength strength, Xid *holder);
/* Waits in the row's queue until the lock is handed over. As lock_take; ST_NOT_AVAILABLE at once for NOWAIT and
 * SKIP. */
Status row_lock_wait(LockSession *session, Txn *txn, TreeId tree, RowId row, RowStrength strength,
                     RowWait wait, const LockOptions *options);
/* Would a write of that strength by `txn` meet another transaction's lock? *holder as above. Called with
 * the leaf latched exclusively. */
bool row_lock_conflicts(Txn *txn, TreeId tree, RowId row, RowStrength strength, Xid *holder);
void row_locks_release_to(Txn *txn, uint32_t row_lock_count);
void row_locks_release(Txn *txn);
