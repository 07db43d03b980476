/* SPDX-License-Identifier: Apache-2.0 */
/* fake_wal.h - a log in the test's own memory, for tests of what stands on the log: it keeps every record, knows which are durable, and
 * a crash cuts it behind some record that was not yet synced. */
#pragma once

#include "store/wal.h"

typedef struct FakeRecord {
    WalRecord record; /* its payload is this entry's own memory */
} FakeRecord;

typedef struct FakeLog {
    FakeRecord *records;
    uint32_t count, capacity;
    uint64_t end, synced; /* positions */
    bool lies;            /* wal_sync says OK and does nothing */
    bool fails;           /* wal_sync says ST_IO */
    uint64_t credit_out;
} FakeLog;

void fake_log_init(FakeLog *log);
void fake_log_release(FakeLog *log);
/* What a crash leaves: all synced records and some of the others, without a gap. */
void fake_log_crash(FakeLog *log, uint64_t random);
/* A log to append to, in this run of the machine; NULL when memory is out. */
Wal *fake_wal_open(FakeLog *log);
void fake_wal_close(Wal *wal);
