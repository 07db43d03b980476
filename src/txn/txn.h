/* SPDX-License-Identifier: Apache-2.0 */
/* txn.h - transactions: numbers, snapshots, commit order, savepoints, two-phase commit.
 *
 * Idea: visibility by commit numbers instead of lists of running transactions (compare "Accelerating
 * Analytical Processing in MVCC using Fine-Granular High-Frequency Virtual Snapshotting" and Hekaton's
 * timestamps), with versions in undo. A commit draws the next number and publishes it in the ring; a
 * snapshot is the newest number at its time. Nothing is locked to take one.
 *
 *          txn_begin            txn_prepare              txn_commit_prepared
 *   (none) ---------> ACTIVE ---------------> PREPARED --------------------> ended
 *                       |  txn_commit / txn_abort                             ^
 *                       +-----> COMMITTING / ABORTING ------------------------+
 *
 * The ring holds one word an xid for the newest xids: state and commit number. Xids older than the ring are
 * committed and visible to all, but for those kept in the side table: the long-running ones, and those that
 * ended while a snapshot still alive was older (docs/traps.md C2: the lists of such snapshots, shared). Aborted
 * ones leave no traces before they are forgotten. */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "store/ids.h"
#include "store/store.h"
#include "store/undo.h"

typedef struct Txns Txns; /* a server's transaction system */
typedef struct Txn Txn;   /* one transaction; its owner's task only, unless said */

typedef struct CommitNumber {
    uint64_t v;
} CommitNumber;

/* The database a transaction works in: where its DATA and CATALOG chains go. */
typedef struct TxnOptions {
    SpaceId space;
    uint32_t session; /* slot of txn_session_open */
    bool serializable, read_only, deferrable;
} TxnOptions;

/* --- the system --- */

typedef struct TxnsOptions {
    uint32_t sessions_max; /* slots: sessions and background tasks */
    uint32_t ring_bits;    /* ring of 2^bits xids; 0: 16 */
    uint64_t locks_max;    /* heavy locks; 0: 1 million */
    uint32_t prepared_max; /* max_prepared_transactions */
} TxnsOptions;

/* Applies one undo record, as rollback: restores the row or entry if it still points at the record; may be
 * repeated after a crash or a stop for want of space (docs/traps.md F10). The table room hands it in. */
typedef Status (*UndoApply)(void *arg, SpaceId space, const UndoRecord *record, Txn *txn);

/* Opened before the store (analysis needs it), attached after. */
Status txns_new(Account *account, const TxnsOptions *options, Txns **txns);
/* Fills the parts of the store's upper table that are the transaction room's: analysis and checkpoint. Analysis
 * wants of every record with a ref that carries WAL_REF_UNDO that its payload begin with the UndoPtr (8 bytes) of the
 * undo record it appends. */
void txns_fill_upper(Txns *txns, StoreUpper *upper);
/* The redo entries of this room's kinds, which change no page; whoever fills StoreUpper puts them beside the
 * table's. */
enum { TXN_REDO_COUNT = 5 };
extern const RedoEntry txn_redo_entries[TXN_REDO_COUNT];
/* After store_open: rolls back losers that changed catalogs, retakes the locks of the others and of
 * prepared transactions; the rest is rolled back by txns_rollback_run. */
Status txns_recover(Txns *txns, Store *store, UndoApply apply, void *apply_arg);
void txns_release(Txns *txns);
/* Background body: rolls back losers and big aborts, until interrupted. */
Status txns_rollback_run(Txns *txns);
/* Whom a crash left open in that space and the background has still to undo, by number: `last` is the newest record of
 * his DATA chain. What they wrote to, table_wait_losers finds out. */
typedef struct Loser {
    Xid xid;
    UndoPtr last;
} Loser;
bool txns_have_losers(Txns *txns); /* anywhere */
Status txns_losers(Txns *txns, SpaceId space, Arena *arena, Loser **losers, uint32_t *count);

/* A session's slot: where its oldest snapshot is published. ST_FULL: all taken. */
Status txn_session_open(Txns *txns, uint32_t *slot);
void txn_session_close(Txns *txns, uint32_t slot);

/* --- a transaction --- */

/* Costs nothing durable: the xid comes with the first write (txn_need_xid). */
Status txn_begin(Txns *txns, const TxnOptions *options, Txn **txn);
Status txn_need_xid(Txn *txn, Xid *xid);
Xid txn_xid(const Txn *txn); /* XID_NONE: has written nothing */
Txns *txn_system(const Txn *txn);
Store *txn_store(const Txn *txn);
SpaceId txn_space(const Txn *txn); /* of its database: where its DATA and CATALOG chains stand */
/* The chain for a class, attached at first use (which also gives the xid). */
Status txn_chain(Txn *txn, UndoClass class_, UndoChain **chain);
bool txn_wrote(const Txn *txn);

typedef enum CommitSync { COMMIT_SYNC_OFF, COMMIT_SYNC_LOCAL } CommitSync; /* synchronous_commit */
typedef struct CommitOptions {
    CommitSync sync;
    /* The sync waits so long for others to share it, if at least so many other transactions have a number and have not
     * ended (commit_delay, commit_siblings). */
    uint32_t delay_us, siblings;
    /* for the commit record: dropped trees, invalidations, NOTIFY; see txn_extra_visit */
    Bytes extra;
    /* Called when the commit is visible, before its locks go (docs/traps.md F14); must not raise. NULL: nobody asks. */
    void (*published)(void *arg);
    void *published_arg;
} CommitOptions;
/* OK: committed and, as `sync` says, durable; the Txn is gone. ST_SERIALIZATION, ST_IO...: nothing is
 * committed, abort it. */
Status txn_commit(Txn *txn, const CommitOptions *options);
/* Undoes everything, releases locks; big ones are handed to the background (docs/traps.md C8). The Txn is
 * gone. Never fails: what cannot be undone now is undone later, its rows and locks standing meanwhile. */
void txn_abort(Txn *txn);
/* As it, within some milliseconds, for who was cancelled and waits for no room: the background undoes the rest. */
void txn_abort_soon(Txn *txn);
/* `note`: the newest undo record of a chain, of something that the transaction has made for itself, a tree. A rollback
 * takes back those first that it is told of here, a few, and passes by what was written in them (docs/traps.md F9). */
void txn_undo_first(Txn *txn, UndoPtr note);

/* A savepoint is a position in each chain and in the lock journal. */
typedef struct Savepoint {
    UndoPtr at[UNDO_CLASSES];
    uint32_t lock_count, row_lock_count;
} Savepoint;
Savepoint txn_savepoint(Txn *txn);
Status txn_rollback_to(Txn *txn, const Savepoint *savepoint);

/* Two-phase commit. The gid is at most 199 bytes. */
Status txn_prepare(Txn *txn, Str gid,
                   Bytes extra); /* ST_EXISTS; the Txn is gone from its session on OK */
/* What the caller adds to its end; `extra` is what txn_prepare was given. */
typedef struct PreparedEnd {
    Status (*check)(
        void *arg, Bytes extra); /* not OK: it stays prepared, and that is the answer. NULL: none */
    /* Called when the end is decided and what was committed visible, before the locks go (docs/traps.md F14); must not
     * raise. NULL: nobody asks. */
    void (*ended)(void *arg, Bytes extra);
    void *arg;
} PreparedEnd;
Status txn_commit_prepared(Txns *txns, Str gid, const PreparedEnd *end); /* ST_NOT_FOUND */
Status txn_abort_prepared(Txns *txns, Str gid, const PreparedEnd *end);
typedef struct PreparedInfo {
    Str gid;
    Xid xid;
    int64_t prepared_us;
    Bytes extra;
} PreparedInfo;
Status txn_prepared_list(Txns *txns, Arena *arena, PreparedInfo **list, uint32_t *count);

/* --- snapshots --- */

typedef struct Snapshot {
    CommitNumber number;                /* sees commits up to and with this one */
    Xid xmin;                           /* everything below is visible */
    Xid xmax;                           /* nothing at or above is */
    Xid own;                            /* its own transaction's changes... */
    UndoPtr own_position[UNDO_CLASSES]; /* ...made before these positions (docs/traps.md F2) */
    /* bookkeeping of registration */
    Txn *txn;
    struct SnapshotCell *cell;
    bool exported;
    struct Snapshot *next;
} Snapshot;

/* Takes and registers a snapshot; it must be released before the transaction ends. `snapshot` must not move. */
Status txn_snapshot(Txn *txn, Snapshot *snapshot);
/* The same commits, with own changes up to now: the next statement of a REPEATABLE READ transaction. */
void txn_snapshot_refresh_own(Txn *txn, Snapshot *snapshot);
Status txn_snapshot_copy(Snapshot *copy,
                         const Snapshot *snapshot); /* registered anew: an open cursor */
void txn_snapshot_release(Snapshot *snapshot);
/* pg_export_snapshot: text from which another transaction, in the same database, takes the same view while
 * this one lives. */
Status txn_snapshot_export(Snapshot *snapshot, Arena *arena, Str *text);
Status txn_snapshot_import(Txn *txn, Str text, Snapshot *snapshot); /* ST_NOT_FOUND, ST_INVALID */

typedef enum XidState { XID_IN_PROGRESS, XID_COMMITTED, XID_ABORTED, XID_ABORTING } XidState;
/* Of any xid that a row or entry still bears. A reader that meets one in the middle of committing finishes
 * that step itself. */
XidState txn_xid_state(Txns *txns, Xid xid, CommitNumber *number);
/* Is the xid's work visible to the snapshot (own xid: true, compare positions yourself)? */
bool txn_sees(const Snapshot *snapshot, Xid xid);
/* True when every snapshot, now and later, sees it: heads and marks of such xids need no look-up. */
bool txn_is_visible_to_all(Txns *txns, Xid xid);
/* Is what `ptr` names, written by the snapshot's own transaction, before its own position? */
static inline bool snapshot_sees_own(const Snapshot *snapshot, UndoPtr ptr)
{
    return ptr.v < snapshot->own_position[undo_ptr_class(ptr)].v;
}

/* Purge's horizon (docs/traps.md F15): every transaction with a commit number at or below it is visible to
 * all snapshots, now and later; published before anything is freed. Catalogs' may lag behind for decoding. */
CommitNumber txn_purge_horizon(Txns *txns, UndoClass class_);
/* Moves it on as far as the live snapshots allow. One task at a time. */
CommitNumber txn_purge_horizon_advance(Txns *txns, UndoClass class_);
/* Ended transactions whose undo waits for purge, in the order they ended. One task a class asks for the next ones,
 * purges them, and says how many of them are done. */
typedef struct UndoRange {
    SpaceId space;
    UndoPtr first, end;
    Xid xid;
    CommitNumber number;       /* 0 with aborted */
    bool aborted, leaves_dead; /* undo_chain_leaves_dead */
} UndoRange;
/* At most `max`, whose numbers are at or below the horizon. Returns how many. */
uint32_t txn_purge_next(Txns *txns, UndoClass class_, UndoRange *ranges, uint32_t max);
void txn_purge_done(Txns *txns, UndoClass class_, uint32_t count);
/* One task purges at a time; false: another does. */
bool txn_purge_enter(Txns *txns);
void txn_purge_leave(Txns *txns);
/* No xid below it was given out since txns_recover: those have ended, or recovery brought them back. What they left
 * in undo is in no range. */
Xid txns_first_xid(Txns *txns);
/* max_undo_size: cancels the oldest snapshot's transaction: its next look at undo calls txn_check_cancelled and
 * fails with ST_SNAPSHOT_TOO_OLD, 72000 noted. One that rests loses its snapshots at once, if undo waits for them. */
void txn_cancel_oldest(Txns *txns);
Status txn_check_cancelled(const Txn *txn);
/* Its session waits for its client: until txn_wake no task uses anything of the transaction. Behind that each snapshot
 * that was taken before is asked for first: ST_SNAPSHOT_TOO_OLD, 72000 noted, when it was taken away meanwhile. */
void txn_rest(Txn *txn);
void txn_wake(Txn *txn);
Status txn_snapshot_check(const Snapshot *snapshot);

typedef struct TxnFigures {
    Xid next, oldest_running;
    CommitNumber newest, oldest_snapshot;
    uint64_t commits, aborts, deadlocks, serialization_failures, locks;
    uint32_t active, prepared, aborting;
} TxnFigures;
void txns_figures(Txns *txns, TxnFigures *figures);
/* The commit number last drawn, by itself: the figures cost a look at all transactions. */
CommitNumber txns_newest(const Txns *txns);
/* Transactions that have a number and have not ended; `session` is their slot, UINT32_MAX: prepared, or undone in the
 * background. In `arena`, ordered by number. */
typedef struct RunningTxn {
    Xid xid;
    uint32_t session;
} RunningTxn;
/* The least xmin of the session's live snapshots, 0: it has none. For display: it may change meanwhile. */
Xid txn_session_xmin(Txns *txns, uint32_t session);
Status txns_running(Txns *txns, Arena *arena, RunningTxn **running, uint32_t *count);
/* Transactions that have written in that space and not ended: prepared ones, and all others (also those being undone
 * in the background). */
void txns_in_space(Txns *txns, SpaceId space, uint32_t *prepared, uint32_t *others);
/* pg_current_snapshot, pg_snapshot_xip, pg_xact_status. */
Status txn_snapshot_describe(const Snapshot *snapshot, Arena *arena, Xid *xmin, Xid *xmax,
                             Xid **running, uint32_t *count);
Status txn_status_of(Txns *txns, Xid xid, XidState *state); /* ST_NOT_FOUND: too old to know */
