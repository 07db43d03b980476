/* SPDX-License-Identifier: Apache-2.0 */
/* store.h - the storage engine as one thing: open (with recovery), checkpoint, close; what the rooms above
 * hand in; figures. */
#pragma once

#include "base/account.h"
#include "base/base.h"
#include "store/device.h"
#include "store/ids.h"
#include "store/pool.h"
#include "store/tree.h"
#include "store/undo.h"
#include "store/wal.h"

enum { STORE_FORMAT_VERSION = 2 };

/* How one kind of record is applied to one of its pages: ref `index` of the record; `page` is as it was
 * before the record (or zeroed, with WAL_REF_FORMAT). The page's lsn is set by the caller. Must use
 * nothing but page and record (docs/traps.md F4). */
typedef Status (*WalRedo)(const WalRecord *record, uint32_t index, void *page);
typedef struct RedoEntry {
    WalKind kind;
    WalRedo redo; /* NULL: the kind changes no page */
    /* One line of text for waldump. */
    void (*print)(const WalRecord *record, StrBuilder *out);
} RedoEntry;

typedef struct RedoList {
    const RedoEntry *entries;
    uint32_t count;
} RedoList;

/* What the rooms above hand in at open: calls upward go only through here. */
typedef struct StoreUpper {
    void *arg;
    const RedoEntry *redo_entries; /* their kinds, in one list... */
    uint32_t redo_count;
    const RedoList *redo_lists; /* ...and in several */
    uint32_t redo_list_count;
    const LeafOps *leaf_table, *leaf_index;
    const TreeCompare *comparators; /* [0] is unused: memcmp */
    void *const *comparator_args;
    uint32_t comparator_count;
    /* Recovery. Every record from the checkpoint's begin on passes here in order (commit, abort, prepare,
     * and the xid and undo position of every change): the transaction room rebuilds its table of open
     * transactions. `checkpoint_transactions` is what checkpoint_collect wrote, a moment after the begin: records
     * between the two are in it already, and pass here nevertheless. Each of these may be NULL. */
    Status (*analysis_begin)(void *arg, Bytes checkpoint_transactions);
    Status (*analysis_record)(void *arg, const WalRecord *record);
    /* A checkpoint asks for the open transactions, after its begin record is in the log (docs/design.md, C5). */
    Status (*checkpoint_collect)(void *arg, Lsn begin, StrBuilder *out);
    /* Does nobody miss the page when it is freed: one of the upper rooms' kinds, and nothing on it? May be NULL. */
    bool (*page_is_idle)(const void *page);
    /* Numbers never to be given out again, for the manifest. */
    void (*counters)(void *arg, uint64_t *xid_next, uint64_t *commit_next);
} StoreUpper;

typedef struct StoreOptions {
    PoolOptions pool;
    uint32_t wal_buffer_bytes;
    uint32_t checkpoint_seconds;   /* 0: only when asked or by volume */
    uint64_t checkpoint_wal_bytes; /* 0: 200 MB */
    /* of the interval over which its writes are spread; 0: 90 */
    uint32_t checkpoint_spread_percent;
    uint64_t undo_bytes_max; /* as store_set_undo_max */
    bool background;         /* start writer, cleaner and checkpointer tasks */
    void (*segment_done)(void *arg, uint32_t timeline, uint64_t segment);
    void *segment_done_arg;
    /* The store found that it cannot go on (sync failed, log broken): called once; the server must stop and recover. */
    void (*on_failure)(void *arg, Status status);
    void *on_failure_arg;
} StoreOptions;

typedef enum ManifestState {
    MANIFEST_NEW = 0, /* being made: there is no log yet */
    MANIFEST_RUNNING = 1,
    MANIFEST_CLEAN = 2, /* shut down: the log ends with its last checkpoint */
} ManifestState;

/* The control file's contents, kept in the device's manifest. */
typedef struct Manifest {
    char magic[8]; /* "TUSKMAN\n" */
    uint32_t format_version, page_bytes, wal_segment_bytes, crc;
    uint64_t system_id;
    uint32_t timeline, incarnation;
    uint64_t checkpoint_begin, checkpoint_end, redo; /* lsns */
    uint32_t state;                                  /* ManifestState */
    uint32_t space_next;                             /* space numbers below are used up */
    uint64_t xid_next_least, commit_next_least;      /* not below these, whatever the log says */
    int64_t written_us;                              /* when, since 1970: at the last checkpoint */
    uint8_t reserved[32];
} Manifest;
static_assert(sizeof(Manifest) == 128, "manifest layout");

/* An empty cluster on an empty device folder: manifest, log, space 0. */
Status store_create(Account *account, const DeviceLocalOptions *device, uint64_t system_id);

/* Opens: takes the device (it is the store's on OK, and closed with it), reads the manifest (a foreign version is
 * refused in words), raises the incarnation durably, redoes the log, calls the upper rooms' analysis. On OK pages are
 * as at the end of the log; open transactions' rows are still theirs: the transaction room now rolls back losers
 * (catalogs first), then the server may open. */
Status store_open(Account *account, Device *device, const StoreOptions *options,
                  const StoreUpper *upper, Store **store);
/* A last checkpoint, then everything is given back. After a failure nothing is written. */
Status store_close(Store *store, bool checkpoint);

/* The same settings as at opening, changed while it runs; 0 as there. */
void store_set_checkpoints(Store *store, uint32_t seconds, uint64_t wal_bytes,
                           uint32_t spread_percent);
/* A whole one begun after the call; `fast`: its writes are not spread. ST_FULL: later. */
Status store_checkpoint(Store *store, bool fast);
void store_checkpoint_request(Store *store);

Pool *store_pool(Store *store);
Wal *store_wal(Store *store);
Device *store_device(Store *store);
Account *store_account(Store *store);
void store_manifest(Store *store, Manifest *manifest); /* as last made durable */
const StoreUpper *store_upper(Store *store);
bool store_was_clean(Store *store);           /* no recovery was needed */
void store_fail(Store *store, Status status); /* stop the server: reported once */
bool store_has_failed(Store *store);
/* Its own tasks. False: it has none (not started); else *wait_event: what it waits for. */
typedef enum StoreTask { STORE_CHECKPOINTER, STORE_CLEANER, STORE_LOG_WRITER } StoreTask;
bool store_task_wait(Store *store, StoreTask which, uint32_t *wait_event);
void store_set_undo_max(Store *store, uint64_t bytes); /* max_undo_size; 0: no limit */
bool store_undo_is_over(Store *store);                 /* more is kept */

typedef struct StoreFigures {
    PoolFigures pool;
    WalFigures wal;
    uint64_t undo_bytes, checkpoints, redo_bytes, recovery_us;
    Lsn redo, insert, synced;
} StoreFigures;
void store_figures(Store *store, StoreFigures *figures);

/* waldump: prints the records of a log from `start` (0: the manifest's redo) to its end, one line each. */
Status store_dump_log(Device *device, const StoreUpper *upper, Lsn start, uint64_t records_max,
                      void (*line)(void *arg, Str text), void *arg);
