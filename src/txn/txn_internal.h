/* SPDX-License-Identifier: Apache-2.0 */
/* txn_internal.h - the transaction system as its own files see it. */
#pragma once

#include "base/arith.h"
#include "base/heap.h"
#include "os/sync.h"
#include "txn/lock.h"
#include "txn/txn.h"

/* --- the word of an xid: number << 3 | state --- */

typedef enum RingState {
    RING_NONE = 0,   /* never given out: a crash took it */
    RING_ACTIVE = 1, /* running, or prepared */
    RING_LOGGING =
        2, /* its commit record is in the log or about to be: still in progress to all readers */
    RING_COMMITTING = 3, /* whoever meets it draws a number and puts it in (docs/traps.md C3) */
    RING_COMMITTED = 4,
    RING_ABORTING = 5,
    RING_ABORTED = 6,
} RingState;
enum { RING_STATE_BITS = 3, RING_BITS_DEFAULT = 16, RING_BITS_LEAST = 4, RING_BITS_MOST = 24 };

static inline uint64_t ring_word(RingState state, uint64_t number)
{
    return number << RING_STATE_BITS | (uint64_t)state;
}
static inline RingState ring_word_state(uint64_t word)
{
    return (RingState)(word & ((1U << RING_STATE_BITS) - 1));
}
static inline uint64_t ring_word_number(uint64_t word)
{
    return word >> RING_STATE_BITS;
}

/* --- registered snapshots --- */

/* Where one live snapshot is published; written by its task, read by whoever scans. */
typedef struct SnapshotCell {
    _Atomic uint64_t number; /* commit number + 1; 0: free */
    _Atomic uint64_t xmin, xmax;
} SnapshotCell;
/* In a cell's number: taken away while its transaction rested. Nobody's past is kept for it, nor is it free. */
#define CELL_LOST (UINT64_C(1) << 63)
static inline uint64_t cell_number(const SnapshotCell *cell)
{
    const uint64_t number = atomic_load(&cell->number);
    return number & CELL_LOST ? 0 : number;
}

/*             txn_rest               txn_cancel_oldest
 *    AWAKE ------------> RESTING ---------------------> LOST
 *      ^------ txn_wake ----+------- txn_wake ------------+       */
typedef enum RestState { REST_AWAKE, REST_RESTING, REST_LOST } RestState;

enum { CELLS_INLINE = 4, CELLS_CHUNK = 16 };
typedef struct CellChunk {
    SnapshotCell cells[CELLS_CHUNK];
    _Atomic(struct CellChunk *) next;
} CellChunk;

typedef struct PurgeEntry PurgeEntry;

/* What a session owns here. `txn` is kept for the next transaction, so that beginning one allocates nothing. */
typedef struct SessionSlot {
    _Alignas(128) _Atomic bool taken;
    bool in_transaction;
    _Atomic uint32_t rest; /* RestState */
    Txn *txn;
    LockSession *locks;
    SnapshotCell cells[CELLS_INLINE];
    _Atomic(CellChunk *) more;
    /* Under Txns.table: its last commits in purge's queue, which its next ones may join. */
    PurgeEntry *purge_open[UNDO_CLASSES];
} SessionSlot;

/* --- a transaction --- */

typedef enum TxnState {
    TXN_IDLE, /* in its slot, waiting for txn_begin */
    TXN_ACTIVE,
    TXN_COMMITTING, /* its commit record is logged */
    TXN_PREPARED,
    TXN_ABORTING,
} TxnState;

/* One class of its undo: made when the chain is, so that ending the transaction allocates nothing. */
struct PurgeEntry {
    UndoRange range;
    uint64_t barrier; /* may be purged when the horizon is there */
    uint32_t commits; /* that it stands for */
    UndoClass class_;
    struct PurgeEntry **open; /* where its session keeps it; NULL: it stands for no more than now */
    struct PurgeEntry *next;
};

typedef struct SsiTxn SsiTxn;
typedef struct RowHold RowHold;

/* A transaction's place in the list of open ones, under Txns.table. They stand close together: whoever begins or ends
 * changes those of others, and so finds them on the line of his own. */
typedef struct TxnLink {
    struct TxnLink *previous, *next; /* in order of xid */
    uint64_t xid;
    Txn *txn;
} TxnLink;

typedef struct RowJournal {
    RowHold *hold;
    uint16_t row;     /* in the block */
    uint8_t strength; /* before; 0: it was not held */
} RowJournal;

enum { TXN_MADE_MAX = 16 };

/* On lines of its own. */
struct Txn {
    _Alignas(64) Txns *txns;
    TxnState state;
    uint32_t session; /* SESSION_NONE: prepared, or undone in the background */
    SpaceId space;
    bool serializable, read_only, deferrable;
    bool undone_noted;       /* at the end of its chains */
    bool in_doubt;           /* the log failed after its commit record: nothing may be undone */
    _Atomic bool waited_for; /* somebody waits for its end */
    _Atomic bool cancelled;  /* its snapshot was sacrificed for max_undo_size */
    _Atomic uint64_t xid;
    _Atomic(UndoChain *) chains[UNDO_CLASSES];
    uint32_t
        streams[UNDO_CLASSES]; /* in which the last ones stood: the next go there if they may */
    PurgeEntry *purges[UNDO_CLASSES];
    PurgeEntry *purge_kept; /* for the next chain, or NULL */
    Snapshot *snapshots;
    _Atomic(LockSession *) locks; /* those of its session, or its own */
    SsiTxn *ssi;
    void *memory; /* of the heap, which aligns to 16 bytes */
    TxnLink *link;
    /* under Txns.table */
    struct Txn *commit_next; /* in order of log position */
    Lsn end_lsn;             /* its commit or abort record; 0: none */
    Lsn end_end;
    _Atomic bool published;
    struct Txn *job_next;       /* rollback in the background */
    UndoPtr made[TXN_MADE_MAX]; /* txn_undo_first, oldest first */
    uint32_t made_count;
    UndoPtr undo_from[UNDO_CLASSES]; /* what is left to be undone, from its newest */
    /* after a restart: where its chains begin, which the chains themselves do not know */
    UndoPtr recovered_first[UNDO_CLASSES];
    UndoPtr
        loser_last;  /* of a loser in the background: where its DATA chain ended; else UNDO_NONE */
    bool owns_locks; /* `locks` is nobody's but this transaction's */
    struct Prepared *prepared;
    /* row locks: its own task, or whoever holds the bucket's lock while it waits */
    RowHold **row_table; /* open addressing by tree and block */
    uint32_t row_slots, row_holds;
    RowJournal *row_journal;
    uint32_t row_journal_count, row_journal_capacity;
};
enum { SESSION_NONE = UINT32_MAX };

typedef struct Prepared {
    Str gid;
    Txn *txn;
    int64_t prepared_us;
    Bytes record; /* the payload of its PREPARE record: a checkpoint carries it */
    Bytes extra;  /* inside `record` */
    bool busy;    /* being ended */
    struct Prepared *next;
} Prepared;

typedef struct Export {
    uint64_t serial;
    const Snapshot *snapshot;
    struct Export *next;
} Export;

/* An xid that the ring has forgotten and somebody may still ask for; sorted by xid. */
typedef struct SideXid {
    uint64_t xid;
    _Atomic uint64_t word;
} SideXid;

typedef struct Locks Locks;
typedef struct Rows Rows;
typedef struct Ssi Ssi;
typedef struct Analysis Analysis;

/* NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): cache lines are kept apart on purpose */
struct Txns {
    Account *account;
    Heap *heap;
    Arena *arena; /* ring and slots: for as long as the system lives */
    Store *store;
    UndoApply apply;
    void *apply_arg;
    TxnsOptions options;

    _Atomic uint64_t *ring; /* by ring_slot */
    uint64_t ring_mask;
    uint32_t ring_bits;
    SessionSlot *slots;

    /* On one cache line what each transaction that writes changes, and each snapshot reads, with the lock under which
     * it does; on another what scans change. */
    _Alignas(64) Mutex
        table; /* RANK_TXN_TABLE: giving out xids, the list of open ones, the order of commits, purge's
                                 queue, prepared ones, jobs */
    _Atomic uint64_t newest;  /* commit number last drawn */
    _Atomic uint64_t next;    /* xid: none at or above was given out */
    _Atomic uint64_t oldest;  /* xids below have ended */
    TxnLink *first, *last;    /* with an xid and not ended, by xid */
    _Atomic uint64_t commits; /* raised under the lock */
    uint32_t active, aborting;
    _Alignas(
        64) _Atomic uint64_t scans; /* begun scans of snapshots: the gate of docs/traps.md F15 */
    _Atomic uint64_t ring_low;      /* the ring answers for [ring_low, next) */
    _Atomic uint64_t horizon[UNDO_CLASSES];
    _Atomic uint64_t visible; /* xids below are visible to all */

    Mutex scan;       /* RANK_SNAPSHOTS */
    RwLock side_lock; /* RANK_XID_TABLE: over the array; words change under the shared lock */
    SideXid *side;
    uint32_t side_count, side_capacity;

    /* under `table` */
    TxnLink *spare_links;
    Txn *commit_first, *commit_last; /* logged and not published, by log position */
    _Atomic bool purging;
    uint64_t first_xid; /* of this run */
    PurgeEntry *purge_first[UNDO_CLASSES], *purge_last[UNDO_CLASSES];
    PurgeEntry *purge_spare; /* done with, for those who write next */
    uint32_t purge_spare_count;
    Export *exports;
    uint64_t export_serial;
    Prepared *prepared;
    uint32_t prepared_count;
    _Atomic uint32_t losers; /* recovered and not undone */
    Txn *jobs;               /* to be rolled back in the background */
    Condition jobs_changed;

    _Atomic uint64_t aborts, deadlocks, serialization_failures;
    Locks *locks;
    Rows *rows;
    Ssi *ssi;
    Analysis *analysis; /* while the store recovers, until txns_recover */
};

/* --- txn_ring.c --- */

/* The word of an xid that the ring answers for. Xids that follow each other stand on different cache lines: those who
 * write at the same time have them. */
static inline _Atomic uint64_t *ring_slot(const Txns *txns, uint64_t xid)
{
    enum { LINE_BITS = 3 };
    const uint64_t at = xid & txns->ring_mask;
    const uint64_t line = at & ((UINT64_C(1) << (txns->ring_bits - LINE_BITS)) - 1);
    return &txns->ring[line << LINE_BITS | at >> (txns->ring_bits - LINE_BITS)];
}

/* The word of an xid given out: what the ring, or the side table, or age says. Never RING_COMMITTING: the step is
 * finished first. */
uint64_t txn__word(Txns *txns, Xid xid);
/* The table's lock is held: changes an open xid's word, wherever it stands. */
void txn__word_set(Txns *txns, Xid xid, uint64_t word);
/* The same for the step from COMMITTING to COMMITTED: returns the number it has now. */
uint64_t txn__word_commit(Txns *txns, Xid xid);
/* The table's lock is held: makes room in the ring for one more xid. */
Status txn__ring_make_room(Txns *txns);
/* Recovery, before anything runs: an xid older than the ring that is still open. */
Status txn__side_add(Txns *txns, Xid xid, uint64_t word);

/* --- txn_snapshot.c --- */

typedef struct ScanResult {
    uint64_t number, xmin; /* the least of all snapshots, now and later */
} ScanResult;
/* Of a session that rests, if it does; under Txns.table. */
void txn__snapshots_lose(SessionSlot *slot);
/* The scan lock is held. Bars the gate, then looks at every registered snapshot; `visit` may be NULL. */
ScanResult txn__scan(Txns *txns,
                     void (*visit)(void *arg, uint64_t number, uint64_t xmin, uint64_t xmax),
                     void *arg);

/* --- txn.c --- */

/* NULL: it has none of that class. */
static inline UndoChain *txn__chain(const Txn *txn, uint32_t class_)
{
    return atomic_load(&txn->chains[class_]);
}
static inline UndoPtr txn__chain_last(const Txn *txn, uint32_t class_)
{
    const UndoChain *chain = txn__chain(txn, class_);
    return chain ? undo_chain_last(chain) : UNDO_NONE;
}
static inline UndoPtr txn__chain_end(const Txn *txn, uint32_t class_)
{
    const UndoChain *chain = txn__chain(txn, class_);
    return chain ? undo_chain_end(chain) : UNDO_NONE;
}
void txn__check(const Txn *txn);
/* An empty Txn from the heap, or NULL. */
Txn *txn__new(Txns *txns);
void txn__free(Txn *txn);
/* The newest of the open ones. The table's lock is held. */
void txn__link(Txns *txns, Txn *txn);
/* Takes it away from its session, which is free then. Its heavy locks have been taken along. */
void txn__leave_session(Txn *txn);
/* The space its chain of that class stands in. */
SpaceId txn__space(const Txn *txn, UndoClass class_);
/* Has it records in the log that a recovery would undo? */
bool txn__is_durable(const Txn *txn);

/* Has it undo of that class? */
bool txn__wrote_in(const Txn *txn, uint32_t class_);
UndoPtr txn__chain_first(const Txn *txn, UndoClass class_);

/* --- txn_end.c --- */

/* Logs the end under the table's lock, so that log order is the order of publishing; ST_FULL... nothing was logged. */
Status txn__log_end(Txn *txn, WalKind kind, const WalPart *parts, uint32_t part_count, bool queue);
/* Waits until the logged commit is durable, then publishes it and all logged before it. */
Status txn__sync_and_publish(Txn *txn, uint32_t delay_us);
/* Its locks, chains and itself. Its word is final. */
void txn__conclude(Txn *txn);
/* Undoes at most `budget` records, until then. ST_BUSY: more are left. */
Status txn__undo(Txn *txn, uint64_t budget, Deadline deadline);
/* All is undone: logs and publishes it, and concludes. A failure leaves all as it was. */
/* Takes back what txn_undo_first was told of at and after `until`. Newest first. */
Status txn__undo_made(Txn *txn, const UndoPtr until[UNDO_CLASSES], Arena *arena);
Status txn__finish_abort(Txn *txn);
void txn__mark_aborting(Txn *txn);
/* Leaves the rest to the background. */
void txn__hand_over(Txn *txn);

/* --- txn_prepare.c --- */

/* What a PREPARE record says besides the locks; slices point into the payload. */
typedef struct PrepareFacts {
    Str gid;
    int64_t prepared_us;
    SpaceId space;
    uint32_t process;
    UndoPtr first[UNDO_CLASSES], last[UNDO_CLASSES];
    Bytes locks, rows, reads, extra;
} PrepareFacts;
bool txn__prepare_parse(Bytes record, PrepareFacts *facts);
/* Recovery: registers a prepared transaction and takes its locks back (docs/traps.md F1). */
Status txn__prepared_recover(Txn *txn, Bytes record);

/* --- txn_recovery.c --- */

void txn__analysis_release(Txns *txns);

/* --- lock.c --- */

Status lock__new(Txns *txns);
void lock__release(Txns *txns);
uint64_t lock__count(Txns *txns);
/* Somebody may wait for the xid, whose word is final: wakes them. */
void lock__wake_xid(Txns *txns, Xid xid);
/* The locks of the transaction become those of a session without slot, which the Txn owns. */
Status lock__detach(Txn *txn);
/* A session without slot, for what recovery brings back. */
Status lock__session_new(Txns *txns, uint32_t process, LockSession **session);
uint32_t lock__process(const LockSession *session);
void lock__session_free(LockSession *session);
/* Calls `visit` for every lock of the transaction, once a tag and mode. */
Status lock__visit(LockSession *session,
                   Status (*visit)(void *arg, const LockTag *tag, LockMode mode), void *arg);
/* Without a wait or a check: for recovery. */
Status lock__retake(LockSession *session, const LockTag *tag, LockMode mode);

/* --- lock_row.c --- */

Status row__new(Txns *txns);
void row__release(Txns *txns);
Status row__visit(Txn *txn,
                  Status (*visit)(void *arg, TreeId tree, RowId row, RowStrength strength),
                  void *arg);
uint32_t row__journal_count(const Txn *txn);

/* --- ssi.c --- */

Status ssi__new(Txns *txns);
void ssi__release(Txns *txns);
Status ssi__begin(Txn *txn);
void ssi__before_snapshot(Txn *txn);
void ssi__after_snapshot(Txn *txn);
void ssi__xid(Txn *txn);
/* The table's lock is held or the transaction has no xid. */
void ssi__committed(Txn *txn, uint64_t number);
void ssi__aborted(Txn *txn);
/* A serializable transaction's reads as bytes, in pieces; nothing for others. */
Status ssi__pack(const Txn *txn, void (*put)(void *arg, const void *data, size_t bytes), void *arg);
/* A prepared one is watched again. */
Status ssi__recover(Txn *txn, Bytes packed);
