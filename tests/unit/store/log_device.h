/* SPDX-License-Identifier: Apache-2.0 */
/* log_device.h - a device that is a log in memory and nothing else: it knows what of each segment was synced, fails
 * when it is told to, and counts. Also what the log's tests share. */
#pragma once

#include "base/account.h"
#include "base/error.h"
#include "os/clock.h"
#include "os/os.h"
#include "os/sync.h"
#include "store/device.h"
#include "store/wal.h"

_Noreturn void expect_failed(const char *expression, const char *file, int line);
#define EXPECT(x) ((x) ? (void)0 : expect_failed(#x, __FILE__, __LINE__))

enum { LOG_DEVICE_SEGMENTS_MAX = 4096, LOG_SEGMENT_BYTES = 1 << 16 };

typedef struct LogDevice {
    Device device;
    Arena *arena;
    Mutex mutex;
    uint32_t segment_bytes;
    char *now[LOG_DEVICE_SEGMENTS_MAX];     /* NULL: no such segment */
    char *durable[LOG_DEVICE_SEGMENTS_MAX]; /* as of its last sync */
    uint32_t segments_max;                  /* more are refused with ST_FULL; 0: any number */
    uint32_t segment_count, filled_count;   /* those that were to be filled */
    uint32_t fail_sync_at, fail_write_at;   /* the n-th from now fails for once; 0: none */
    int64_t sync_ns;                        /* how long a sync takes */
    uint32_t syncs, writes;
} LogDevice;

LogDevice *log_device_new(Account *account, uint32_t segment_bytes);
void log_device_free(LogDevice *log);
/* What was not synced is lost. */
void log_device_crash(LogDevice *log);
/* A byte as it is now, or would be after a crash. */
char *log_device_byte(LogDevice *log, uint64_t lsn, bool durable);

/* Runs body(arg) as the first task of a real machine. */
void on_real_machine(void (*body)(void *arg), void *arg);

/* A record whose contents follow from a number: so a reader can tell whether it is whole. */
enum { RECORD_PAYLOAD_MAX = 100000 };
uint32_t number_record_bytes(uint64_t number, uint32_t payload_max);
Lsn number_append(Wal *wal, uint64_t number, uint32_t payload_max, Lsn *end);
/* The number of a record made so; stops the test when it is not one. */
uint64_t number_check(const WalRecord *record, uint32_t payload_max);
