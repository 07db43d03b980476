/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_wal.h"

#include <stdlib.h>

#include "os/sync.h"
#include "store_fixture.h"

enum { FIRST = 4096, RECORDS_MAX = 1 << 20 };

struct Wal {
    FakeLog *log;
    Mutex mutex;
};

void fake_log_init(FakeLog *log)
{
    *log = (FakeLog){.end = FIRST, .synced = FIRST};
}

static void record_free(FakeRecord *entry)
{
    free((void *)(uintptr_t)entry->record.payload.data);
}

void fake_log_release(FakeLog *log)
{
    for (uint32_t i = 0; i < log->count; i++) record_free(&log->records[i]);
    free(log->records);
    *log = (FakeLog){0};
}

void fake_log_crash(FakeLog *log, uint64_t random)
{
    uint32_t durable = 0;
    while (durable < log->count && log->records[durable].record.end.v <= log->synced) durable++;
    uint32_t kept = durable + (uint32_t)(random % (log->count - durable + 1));
    while (log->count > kept) record_free(&log->records[--log->count]);
    log->end = log->count > 0 ? log->records[log->count - 1].record.end.v : FIRST;
    log->synced = log->end;
    log->credit_out = 0;
}

Wal *fake_wal_open(FakeLog *log)
{
    Wal *wal = calloc(1, sizeof *wal);
    if (wal == NULL) return NULL;
    wal->log = log;
    mutex_init(&wal->mutex, RANK_WAL_INSERT);
    return wal;
}

void fake_wal_close(Wal *wal)
{
    free(wal);
}

Status wal_credit_take(Wal *wal, uint32_t bytes, bool interruptible)
{
    (void)interruptible;
    lock_rank_check_below(RANK_LATCH);
    mutex_lock(&wal->mutex);
    wal->log->credit_out += bytes;
    mutex_unlock(&wal->mutex);
    return OK;
}

void wal_credit_return(Wal *wal, uint32_t bytes)
{
    mutex_lock(&wal->mutex);
    CHECK_TRUE(wal->log->credit_out >= bytes);
    wal->log->credit_out -= bytes;
    mutex_unlock(&wal->mutex);
}

uint32_t wal_record_bytes(uint32_t ref_count, uint32_t payload_bytes)
{
    return WAL_RECORD_HEADER_BYTES + ref_count * WAL_REF_BYTES + payload_bytes;
}

static void record_add(FakeLog *log, const WalRecord *record)
{
    CHECK_TRUE(log->count < RECORDS_MAX);
    if (log->count == log->capacity) {
        log->capacity = log->capacity != 0 ? log->capacity * 2 : 256;
        log->records = realloc(log->records, log->capacity * sizeof *log->records);
        CHECK_TRUE(log->records != NULL);
    }
    log->records[log->count++].record = *record;
}

Lsn wal_append(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
               const WalPart *parts, uint32_t part_count, Lsn *end)
{
    FakeLog *log = wal->log;
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < part_count; i++) bytes += parts[i].bytes;
    uint8_t *payload = malloc(bytes + 1), *at = payload;
    CHECK_TRUE(payload != NULL);
    for (uint32_t i = 0; i < part_count; i++) {
        memcpy(at, parts[i].data, parts[i].bytes);
        at += parts[i].bytes;
    }
    WalRecord record = {.xid = xid, .kind = (uint16_t)kind, .ref_count = (uint8_t)ref_count};
    record.payload = (Bytes){payload, bytes};
    memcpy(record.refs, refs, ref_count * sizeof *refs);
    uint32_t whole = wal_record_bytes(ref_count, bytes);
    mutex_lock(&wal->mutex);
    CHECK_TRUE(log->credit_out >= whole);
    log->credit_out -= whole;
    record.lsn.v = log->end;
    log->end += whole;
    record.end.v = log->end;
    record_add(log, &record);
    mutex_unlock(&wal->mutex);
    if (end != NULL) *end = record.end;
    return record.lsn;
}

static Lsn position(const Wal *wal, bool synced)
{
    Mutex *mutex = (Mutex *)(uintptr_t)&wal->mutex;
    mutex_lock(mutex);
    Lsn lsn = {synced ? wal->log->synced : wal->log->end};
    mutex_unlock(mutex);
    return lsn;
}

Lsn wal_insert_position(const Wal *wal)
{
    return position(wal, false);
}

Lsn wal_synced_position(const Wal *wal)
{
    return position(wal, true);
}

Status wal_sync(Wal *wal, Lsn lsn, bool commit)
{
    (void)commit;
    lock_rank_check_below(RANK_LATCH);
    if (wal->log->fails) return ST_IO;
    if (wal->log->lies) return OK;
    os_yield_point();
    mutex_lock(&wal->mutex);
    CHECK_TRUE(lsn.v <= wal->log->end);
    wal->log->synced = MAX(wal->log->synced, lsn.v);
    mutex_unlock(&wal->mutex);
    return OK;
}
