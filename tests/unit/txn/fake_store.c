/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_store.h"

#include <setjmp.h>

#include <cmocka.h>

#include "base/arith.h"
#include "base/random.h"
#include "store/wal.h"

/* ---- the log ---- */

struct UndoChain {
    Store *store;
    SpaceId space;
    UndoClass class_;
    uint32_t stream;
    Xid xid;
    uint64_t first, last;
    struct UndoChain *made_before;
};

Store *fake_new(void)
{
    Store *store = calloc(1, sizeof *store);
    store->records = calloc(FAKE_RECORDS, sizeof *store->records);
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
        store->streams[c] = calloc(FAKE_STREAMS, sizeof(FakeStream));
        for (uint32_t i = 0; i < FAKE_STREAMS; i++) store->streams[c][i].tail = 16;
    }
    store->wal.end = store->wal.synced = 100;
    mutex_init(&store->latch, RANK_LATCH);
    return store;
}

void fake_free(Store *store)
{
    for (uint32_t i = 0; i < store->record_count; i++) free(store->records[i].payload);
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) free(store->streams[c]);
    for (UndoChain *chain = store->chains, *before; chain; chain = before) {
        before = chain->made_before;
        free(chain);
    }
    free(store->records);
    free(store);
}

static Store *store_of(Wal *wal)
{
    return CONTAINER_OF(wal, Store, wal);
}

Wal *store_wal(Store *store)
{
    return &store->wal;
}

void store_manifest(Store *store, Manifest *manifest)
{
    *manifest = store->manifest;
}

bool store_has_failed(Store *store)
{
    return store->wal.failed;
}

uint32_t wal_credit_max(const Wal *wal)
{
    (void)wal;
    return WAL_RECORD_BYTES_MAX;
}

Status wal_credit_take(Wal *wal, uint32_t bytes, uint32_t flags)
{
    (void)bytes, (void)flags;
    os_yield_point();
    return wal->failed ? ST_CLOSED : OK;
}

void wal_credit_return(Wal *wal, uint32_t bytes)
{
    (void)wal, (void)bytes;
}

/* Not a mutex: a crash may strike in any call of the machine, and changes are whole with their record. */
static void log_lock(Wal *wal)
{
    while (atomic_flag_test_and_set(&wal->busy)) {}
}

static void log_unlock(Wal *wal)
{
    atomic_flag_clear(&wal->busy);
}

static Lsn place_take(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
                      uint32_t payload_bytes, WalAppend *append, Lsn *end)
{
    const uint32_t bytes = wal_record_bytes(ref_count, payload_bytes);
    Store *store = store_of(wal);
    log_lock(wal);
    EXPECT(store->record_count < FAKE_RECORDS);
    append->place = store->record_count++;
    FakeRecord *record = &store->records[append->place];
    *record = (FakeRecord){.record = {.lsn = {wal->end}, .end = {wal->end + bytes}}};
    record->record.xid = xid;
    record->record.kind = (uint16_t)kind;
    record->record.ref_count = (uint8_t)ref_count;
    for (uint32_t i = 0; i < ref_count; i++) record->record.refs[i] = refs[i];
    wal->end += bytes;
    Lsn lsn = record->record.lsn;
    if (end) *end = record->record.end;
    log_unlock(wal);
    return lsn;
}

static void place_fill(Wal *wal, const WalAppend *append, const WalPart *parts, uint32_t part_count)
{
    uint32_t bytes = wal_parts_bytes(parts, part_count), at = 0;
    uint8_t *payload = malloc(bytes + 1);
    for (uint32_t i = 0; i < part_count; i++) {
        if (parts[i].bytes) memcpy(payload + at, parts[i].data, parts[i].bytes);
        at += parts[i].bytes;
    }
    log_lock(wal);
    FakeRecord *record = &store_of(wal)->records[append->place];
    record->payload = payload;
    record->filled = true;
    record->record.payload = (Bytes){payload, bytes};
    log_unlock(wal);
}

Lsn wal_append_begin(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
                     uint32_t payload_bytes, WalAppend *append, Lsn *end)
{
    os_yield_point();
    return place_take(wal, kind, xid, refs, ref_count, payload_bytes, append, end);
}

void wal_append_fill(Wal *wal, WalAppend *append, const WalPart *parts, uint32_t part_count)
{
    os_yield_point();
    place_fill(wal, append, parts, part_count);
}

Lsn wal_append(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
               const WalPart *parts, uint32_t part_count, Lsn *end)
{
    WalAppend append;
    /* Changes of rows and undo are whole with their record: no crash comes between. */
    if (kind != WAL_ROW_UPDATE && kind != WAL_ROW_UNDO) os_yield_point();
    Lsn lsn = place_take(wal, kind, xid, refs, ref_count, wal_parts_bytes(parts, part_count),
                         &append, end);
    place_fill(wal, &append, parts, part_count);
    return lsn;
}

/* Where the first record begins that is not filled, as it is now. */
static uint64_t filled_end(Wal *wal)
{
    Store *store = store_of(wal);
    log_lock(wal);
    uint64_t end = wal->end;
    for (uint32_t i = store->record_count; i-- > 0 && store->records[i].record.end.v > wal->synced;)
        if (!store->records[i].filled) end = store->records[i].record.lsn.v;
    log_unlock(wal);
    return end;
}

Status wal_sync(Wal *wal, Lsn lsn, uint32_t delay_us)
{
    uint32_t round = 0;
    wal->delay_us = delay_us;
    if (wal->failed) return ST_IO;
    while (filled_end(wal) < lsn.v) os_spin_wait(&round);
    uint64_t end = filled_end(wal);
    (void)os_wait_through(WAIT_WAL_SYNC, deadline_in_ns(wal->sync_ns));
    if (wal->failed) return ST_IO;
    EXPECT(end >= lsn.v);
    log_lock(wal);
    wal->synced = MAX(wal->synced, end);
    log_unlock(wal);
    return OK;
}

void wal_sync_soon(Wal *wal, Lsn lsn)
{
    (void)wal, (void)lsn;
}

Lsn wal_insert_position(const Wal *wal)
{
    log_lock((Wal *)wal);
    Lsn end = {wal->end};
    log_unlock((Wal *)wal);
    return end;
}

/* ---- undo ---- */

static FakeStream *stream_of(Store *store, UndoPtr ptr)
{
    return &store->streams[undo_ptr_class(ptr)][undo_ptr_stream(ptr)];
}

static FakeUndo *undo_at(Store *store, UndoPtr ptr)
{
    FakeStream *stream = stream_of(store, ptr);
    for (uint32_t i = 0; i < stream->count; i++)
        if (stream->records[i].offset == undo_ptr_offset(ptr)) return &stream->records[i];
    EXPECT(!"undo record");
    return NULL;
}

static UndoPtr chain_ptr(const UndoChain *chain, uint64_t offset)
{
    return offset ? undo_ptr(chain->class_, chain->stream, offset) : UNDO_NONE;
}

static UndoChain *chain_new(Store *store)
{
    /* under the lock: a crash may strike in any call of the machine, and nothing may be lost between */
    mutex_lock(&store->latch);
    UndoChain *chain = calloc(1, sizeof *chain);
    chain->made_before = store->chains;
    store->chains = chain;
    mutex_unlock(&store->latch);
    return chain;
}

Status undo_attach(Store *store, SpaceId space, UndoClass class_, uint32_t near, Xid xid,
                   UndoChain **made)
{
    mutex_lock(&store->latch);
    uint32_t number = class_ == UNDO_DATA ? 0 : 1; /* stream 0 of class 0 begins behind UNDO_NONE */
    if (near > number && near < FAKE_STREAMS && !store->streams[class_][near].attached)
        number = near;
    while (number < FAKE_STREAMS && store->streams[class_][number].attached) number++;
    EXPECT(number < FAKE_STREAMS);
    store->streams[class_][number].attached = xid.v;
    mutex_unlock(&store->latch);
    UndoChain *chain = chain_new(store);
    *chain = (UndoChain){store, space, class_, number, xid, 0, 0, chain->made_before};
    *made = chain;
    return OK;
}

uint32_t undo_chain_stream(const UndoChain *chain)
{
    return chain->stream;
}

Status undo_reattach(Store *store, SpaceId space, UndoPtr last, Xid xid, UndoChain **made)
{
    UndoChain *chain = chain_new(store);
    uint64_t offset = undo_ptr_offset(last);
    EXPECT(undo_at(store, last)->xid.v == xid.v);
    *chain = (UndoChain){store,  space,  undo_ptr_class(last), undo_ptr_stream(last), xid,
                         offset, offset, chain->made_before};
    stream_of(store, last)->attached = xid.v;
    *made = chain;
    return OK;
}

void undo_detach(UndoChain *chain)
{
    Store *store = chain->store;
    FakeStream *stream = &store->streams[chain->class_][chain->stream];
    EXPECT(stream->attached == chain->xid.v);
    mutex_lock(&store->latch);
    stream->attached = 0;
    mutex_unlock(&store->latch);
}

bool undo_chain_leaves_dead(const UndoChain *chain)
{
    (void)chain;
    return true; /* those who purge here look at all */
}

UndoPtr undo_chain_first(const UndoChain *chain)
{
    return chain_ptr(chain, chain->first);
}

UndoPtr undo_chain_last(const UndoChain *chain)
{
    return chain_ptr(chain, chain->last);
}

void undo_chain_ends(const UndoChain *chain, UndoPtr *first, UndoPtr *last)
{
    mutex_lock(&chain->store->latch); /* append holds it until its log record is there */
    *first = undo_chain_first(chain);
    *last = undo_chain_last(chain);
    mutex_unlock(&chain->store->latch);
}

UndoPtr undo_chain_end(const UndoChain *chain)
{
    return undo_ptr(chain->class_, chain->stream,
                    chain->store->streams[chain->class_][chain->stream].tail);
}

static FakeUndo *append(UndoChain *chain, UndoPtr *ptr)
{
    Store *store = chain->store;
    FakeStream *stream = &store->streams[chain->class_][chain->stream];
    EXPECT(stream->count < FAKE_STREAM_RECORDS);
    FakeUndo *record = &stream->records[stream->count++];
    *record = (FakeUndo){.offset = stream->tail, .previous = chain->last, .xid = chain->xid};
    chain->last = record->offset;
    if (!chain->first) chain->first = record->offset;
    stream->tail += 16;
    *ptr = chain_ptr(chain, record->offset);
    WalRef ref = {page_id(chain->space, 77), WAL_REF_UNDO};
    uint8_t note[UNDO_NOTE_BYTES];
    const WalPart part = {note, (uint32_t)(undo_ptr_put(note, *ptr) - note)};
    (void)wal_append(&store->wal, WAL_ROW_UPDATE, chain->xid, &ref, 1, &part, 1, NULL);
    return record;
}

Status undo_chain_jump(UndoChain *chain, UndoPtr to)
{
    UndoPtr ptr;
    mutex_lock(&chain->store->latch);
    append(chain, &ptr)->jump = to.v ? to.v : UINT64_MAX;
    mutex_unlock(&chain->store->latch);
    return OK;
}

Status undo_chain_previous(Store *store, SpaceId space, const UndoRecord *record, Arena *arena,
                           UndoRecord *previous)
{
    (void)space, (void)arena;
    UndoPtr ptr = record->previous;
    os_yield_point();
    mutex_lock(&store->latch);
    FakeUndo *undo = NULL;
    while (ptr.v) {
        undo = undo_at(store, ptr);
        if (!undo->jump) break;
        ptr.v = undo->jump == UINT64_MAX ? 0 : undo->jump;
    }
    if (ptr.v)
        *previous = (UndoRecord){
            .ptr = ptr,
            .previous = undo->previous
                            ? undo_ptr(undo_ptr_class(ptr), undo_ptr_stream(ptr), undo->previous)
                            : UNDO_NONE,
            .xid = undo->xid,
            .kind = 1,
        };
    mutex_unlock(&store->latch);
    return ptr.v ? OK : ST_END;
}

Status fake_apply(void *arg, SpaceId space, const UndoRecord *record, Txn *txn)
{
    Store *store = arg;
    (void)space, (void)txn;
    if (store->fail_undo) return ST_FULL;
    mutex_lock(&store->latch);
    FakeUndo *undo = undo_at(store, record->ptr);
    FakeRow *row = &store->rows[undo->row];
    EXPECT(!undo->freed);
    if (row->ptr.v == record->ptr.v) {
        EXPECT(row->xid.v == undo->xid.v);
        uint64_t payload[2] = {record->ptr.v, (uint64_t)row->value};
        (void)wal_append(&store->wal, WAL_ROW_UNDO, record->xid, NULL, 0, &(WalPart){payload, 16},
                         1, NULL);
        *row = (FakeRow){undo->head_xid, undo->head_ptr, undo->value};
        store->applied++;
    }
    mutex_unlock(&store->latch);
    return OK;
}

/* Undo is as the log has it: what was appended behind the cut is gone, and with it what it changed. */
static void undo_cut(Store *store, UndoPtr ptr)
{
    FakeUndo *undo = undo_at(store, ptr);
    FakeRow *row = &store->rows[undo->row];
    if (!undo->jump && row->ptr.v == ptr.v)
        *row = (FakeRow){undo->head_xid, undo->head_ptr, undo->value};
    FakeStream *stream = stream_of(store, ptr);
    EXPECT(undo == &stream->records[stream->count - 1]);
    stream->count--;
    stream->tail = undo->offset;
}

void fake_crash(Store *store)
{
    while (store->record_count > 0 &&
           store->records[store->record_count - 1].record.end.v > store->wal.synced) {
        FakeRecord *record = &store->records[--store->record_count];
        if (record->record.kind == WAL_ROW_UPDATE) {
            PackReader in = pack_reader(record->record.payload);
            undo_cut(store, undo_ptr_take(&in));
        }
        if (record->record.kind == WAL_ROW_UNDO) {
            /* the undo of a change is lost with its record: the change stands again */
            FakeUndo *undo = undo_at(store, (UndoPtr){load_le64(record->payload)});
            store->rows[undo->row] = (FakeRow){undo->xid, (UndoPtr){load_le64(record->payload)},
                                               (int64_t)load_le64(record->payload + 8)};
        }
        free(record->payload);
    }
    store->wal.end = store->wal.synced;
    for (uint32_t c = 0; c < UNDO_CLASSES; c++)
        for (uint32_t i = 0; i < FAKE_STREAMS; i++) store->streams[c][i].attached = 0;
    mutex_init(&store->latch, RANK_LATCH);
}

void fake_replay(Store *store, const StoreUpper *upper, uint32_t from, Bytes checkpoint)
{
    EXPECT(upper->analysis_begin(upper->arg, checkpoint) == OK);
    for (uint32_t i = from; i < store->record_count; i++)
        EXPECT(upper->analysis_record(upper->arg, &store->records[i].record) == OK);
}

/* ---- clients and rows ---- */

void client_open(Client *client, Txns *txns, Store *store, uint64_t seed)
{
    client->txns = txns;
    client->store = store;
    EXPECT(txn_session_open(txns, &client->slot) == OK);
    EXPECT(lock_session_open(txns, client->slot, client->slot + 1000, &client->locks) == OK);
    random_seed(&client->random, seed);
}

void client_close(Client *client)
{
    lock_session_close(client->locks);
    txn_session_close(client->txns, client->slot);
}

Txn *client_begin(Client *client)
{
    Txn *txn;
    TxnOptions options = {.space = {SPACE_FIRST_USER}, .session = client->slot};
    EXPECT(txn_begin(client->txns, &options, &txn) == OK);
    return txn;
}

Status client_commit(Txn *txn)
{
    return txn_commit(txn, &(CommitOptions){.sync = COMMIT_SYNC_LOCAL});
}

LockOptions fake_lock_options(void)
{
    return (LockOptions){.deadlock_timeout_us = 10000};
}

static bool sees(const Snapshot *snapshot, Xid xid, UndoPtr ptr)
{
    if (xid.v == XID_FROZEN.v || xid.v == 0) return true;
    if (snapshot->own.v != 0 && xid.v == snapshot->own.v) return snapshot_sees_own(snapshot, ptr);
    return txn_sees(snapshot, xid);
}

int64_t fake_read(Store *store, const Snapshot *snapshot, uint32_t row)
{
    mutex_lock(&store->latch);
    FakeRow version = store->rows[row];
    while (!sees(snapshot, version.xid, version.ptr)) {
        FakeUndo *undo = undo_at(store, version.ptr);
        EXPECT(!undo->freed);
        version = (FakeRow){undo->head_xid, undo->head_ptr, undo->value};
    }
    mutex_unlock(&store->latch);
    return version.value;
}

Status fake_read_tracked(Store *store, Txn *txn, const Snapshot *snapshot, uint32_t row,
                         int64_t *value)
{
    Xid newer[16];
    uint32_t count = 0;
    TRY(ssi_read_row(txn, tree_id(SPACE_SHARED, 1), (RowId){row + 1}));
    mutex_lock(&store->latch);
    FakeRow version = store->rows[row];
    while (!sees(snapshot, version.xid, version.ptr)) {
        FakeUndo *undo = undo_at(store, version.ptr);
        if (version.xid.v != snapshot->own.v && count < ARRAY_LEN(newer))
            newer[count++] = version.xid;
        version = (FakeRow){undo->head_xid, undo->head_ptr, undo->value};
    }
    mutex_unlock(&store->latch);
    *value = version.value;
    for (uint32_t i = 0; i < count; i++) TRY(ssi_read_overwritten(txn, newer[i]));
    return OK;
}

static Status check_row(Client *client, Txn *txn, const Snapshot *snapshot, const FakeRow *row,
                        Xid *holder)
{
    Xid own = txn_xid(txn);
    *holder = XID_NONE;
    if (row->xid.v < XID_FIRST || row->xid.v == own.v) return OK;
    switch (txn_xid_state(client->txns, row->xid, NULL)) {
    case XID_IN_PROGRESS:
    case XID_ABORTING: *holder = row->xid; return ST_BUSY;
    case XID_COMMITTED: return txn_sees(snapshot, row->xid) ? OK : ST_CHANGED;
    case XID_ABORTED: EXPECT(!"the trace of an aborted transaction"); return ST_CORRUPT;
    }
    return ST_CORRUPT;
}

Status fake_write(Store *store, Client *client, Txn *txn, const Snapshot *snapshot, uint32_t at,
                  int64_t value)
{
    UndoChain *chain;
    LockOptions options = fake_lock_options();
    TRY(txn_chain(txn, UNDO_DATA, &chain));
    for (;;) {
        Xid holder = XID_NONE;
        mutex_lock(&store->latch);
        FakeRow *row = &store->rows[at];
        Status status = check_row(client, txn, snapshot, row, &holder);
        if (status == OK) {
            UndoPtr ptr;
            FakeUndo *undo = append(chain, &ptr);
            undo->row = at;
            undo->value = row->value;
            undo->head_ptr = row->ptr;
            undo->head_xid = row->xid;
            *row = (FakeRow){txn_xid(txn), ptr, value};
        }
        mutex_unlock(&store->latch);
        if (status != ST_BUSY) return status;
        TRY(lock_wait_xid(client->locks, txn, holder, &options));
    }
}

/* ---- machines ---- */

uint64_t seed_base(void)
{
    const char *text = getenv("TUSK_SEED");
    return text ? strtoull(text, NULL, 10) * UINT64_C(1000003) : 0;
}

void on_sim(uint64_t seed, void (*body)(void *arg), void *arg)
{
    SimOptions options = {.seed = seed, .steps_max = 5000000};
    Sim *sim = sim_new(&options);
    assert_non_null(sim);
    SimEnd end = sim_run(sim, body, arg);
    if (end != SIM_DONE)
        fail_msg("seed %llu ended with %d: %s", (unsigned long long)seed, (int)end,
                 sim_report(sim));
    sim_release(sim);
}

void on_real(void (*body)(void *arg), void *arg)
{
    Account *account = account_new(NULL, "test", ACCOUNT_UNLIMITED);
    Os *os;
    EXPECT(account && os_real_new(account, &os) == OK);
    body(arg);
    os_real_release(os);
    account_drop(account);
}

Task *start(const char *name, void (*body)(void *arg), void *arg)
{
    TaskOptions options = {.name = name};
    Task *task;
    EXPECT(os_task_start(&options, body, arg, &task) == OK);
    return task;
}
