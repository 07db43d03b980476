/* SPDX-License-Identifier: Apache-2.0 */
/* fake_store.h - a store in memory for the tests of transactions: a log that is a list of records, some of them synced,
 * undo chains that are arrays, and a table of versioned numbers over them. A crash keeps what was synced. */
#pragma once

#include <stdlib.h>

#include "base/account.h"
#include "base/base.h"
#include "base/error.h"
#include "os/clock.h"
#include "os/os.h"
#include "os/sim.h"
#include "os/sync.h"
#include "store/store.h"
#include "txn/lock.h"
#include "txn/ssi.h"
#include "txn/txn.h"

#define EXPECT(x) ((x) ? (void)0 : assert_failed(#x, __FILE__, __LINE__))

enum {
    FAKE_ROWS = 64,
    FAKE_RECORDS = 1 << 15,
    FAKE_PAYLOAD = 1 << 14,
    FAKE_STREAMS = 16,
    FAKE_STREAM_RECORDS = 4096
};

typedef struct FakeRecord {
    WalRecord record;
    uint8_t *payload;
    bool filled;
} FakeRecord;

typedef struct FakeUndo {
    uint64_t offset, previous; /* previous: offset in the stream, 0: none */
    uint64_t jump;             /* not 0: goes on there (ptr); UINT64_MAX: at the end */
    Xid xid;
    uint32_t row;
    int64_t value; /* what stood there */
    UndoPtr head_ptr;
    Xid head_xid;
    bool freed;
} FakeUndo;
typedef struct FakeStream {
    uint64_t attached, tail;
    uint32_t count;
    FakeUndo records[FAKE_STREAM_RECORDS];
} FakeStream;

typedef struct FakeRow {
    Xid xid;
    UndoPtr ptr;
    int64_t value;
} FakeRow;

struct Wal {
    atomic_flag
        busy; /* over the list of records and the positions; no call of the machine while it is held */
    uint64_t end, synced;
    bool failed;
    int64_t sync_ns;
    uint32_t delay_us; /* that the last sync was asked to wait */
};
/* Everything that a crash leaves behind when `end` is cut back to `synced`. */
struct Store {
    Wal wal;
    FakeRecord *records;
    uint32_t record_count;
    FakeStream *streams[UNDO_CLASSES]; /* FAKE_STREAMS each */
    FakeRow rows[FAKE_ROWS];
    Mutex latch; /* over rows and streams */
    bool fail_undo;
    uint32_t applied;
    Manifest manifest;
    UndoChain *chains; /* all there are: a crash drops tasks before they detach */
};

Store *fake_new(void);
void fake_free(Store *store);
/* Power fails: what was not synced is lost, and all that it changed. */
void fake_crash(Store *store);
/* The log as a recovery finds it: all records, through `analysis_record`. */
void fake_replay(Store *store, const StoreUpper *upper, uint32_t from, Bytes checkpoint);
Status fake_apply(void *arg, SpaceId space, const UndoRecord *record, Txn *txn);

typedef struct Client {
    Txns *txns;
    Store *store;
    uint32_t slot;
    LockSession *locks;
    Random random;
} Client;
void client_open(Client *client, Txns *txns, Store *store, uint64_t seed);
void client_close(Client *client);
Txn *client_begin(Client *client);
Status client_commit(Txn *txn);

/* The row as the snapshot sees it. */
int64_t fake_read(Store *store, const Snapshot *snapshot, uint32_t row);
/* As a serializable transaction reads: remembered, and newer versions told. */
Status fake_read_tracked(Store *store, Txn *txn, const Snapshot *snapshot, uint32_t row,
                         int64_t *value);
/* Changes it under first-updater-wins; ST_CHANGED: another was first; what waits give. */
Status fake_write(Store *store, Client *client, Txn *txn, const Snapshot *snapshot, uint32_t row,
                  int64_t value);
LockOptions fake_lock_options(void);

/* Runs body(arg) on a simulated machine with the seed; it must end. */
void on_sim(uint64_t seed, void (*body)(void *arg), void *arg);
void on_real(void (*body)(void *arg), void *arg);
Task *start(const char *name, void (*body)(void *arg), void *arg);
uint64_t seed_base(void);
