/* SPDX-License-Identifier: Apache-2.0 */
/* log_device.c - a log in memory, and numbered records. */
#include "log_device.h"

#include "base/arena.h"
#include "base/arith.h"
#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void expect_failed(const char *expression, const char *file, int line)
{
    const Error *error = task_self() != NULL ? error_current() : NULL;
    fprintf(stderr, "%s:%d: expected %s; current error: %.*s\n", file, line, expression,
            error != NULL ? (int)error->message.bytes : 4,
            error != NULL ? error->message.data : "none");
    abort();
}

static LogDevice *log_of(Device *device)
{
    return CONTAINER_OF(device, LogDevice, device);
}

static bool fires(uint32_t *countdown)
{
    return *countdown > 0 && --*countdown == 0;
}

static Status segment_make(LogDevice *log, uint64_t segment)
{
    EXPECT(segment < LOG_DEVICE_SEGMENTS_MAX);
    if (log->now[segment] != NULL) return OK;
    if (log->segments_max != 0 && log->segment_count >= log->segments_max) return ST_FULL;
    log->segment_count++;
    log->now[segment] = arena_try_alloc_zero(log->arena, log->segment_bytes);
    log->durable[segment] = arena_try_alloc_zero(log->arena, log->segment_bytes);
    EXPECT(log->durable[segment] != NULL);
    return OK;
}

static Status log_prepare(Device *device, uint32_t timeline, uint64_t segment, bool fill)
{
    (void)timeline;
    LogDevice *log = log_of(device);
    mutex_lock(&log->mutex);
    if (fill && log->now[segment] == NULL) log->filled_count++;
    Status status = segment_make(log, segment);
    mutex_unlock(&log->mutex);
    return status;
}

static Status log_write(Device *device, uint32_t timeline, uint64_t segment, uint32_t offset,
                        const void *data, uint32_t bytes)
{
    (void)timeline;
    LogDevice *log = log_of(device);
    mutex_lock(&log->mutex);
    log->writes++;
    EXPECT(offset <= log->segment_bytes && bytes <= log->segment_bytes - offset);
    Status status = fires(&log->fail_write_at) ? ST_IO : segment_make(log, segment);
    if (status == OK) memcpy(log->now[segment] + offset, data, bytes);
    mutex_unlock(&log->mutex);
    return status;
}

static Status log_sync(Device *device, uint32_t timeline, uint64_t segment)
{
    (void)timeline;
    LogDevice *log = log_of(device);
    if (log->sync_ns != 0)
        EXPECT(os_sleep_until(deadline_in_ns(log->sync_ns), WAIT_WAL_SYNC) == OK);
    mutex_lock(&log->mutex);
    log->syncs++;
    EXPECT(segment < LOG_DEVICE_SEGMENTS_MAX && log->now[segment] != NULL);
    Status status = fires(&log->fail_sync_at) ? ST_IO : OK;
    if (status == OK) memcpy(log->durable[segment], log->now[segment], log->segment_bytes);
    mutex_unlock(&log->mutex);
    return status;
}

static Status log_read(Device *device, uint32_t timeline, uint64_t segment, uint32_t offset,
                       void *data, uint32_t bytes, uint32_t *done)
{
    (void)timeline;
    LogDevice *log = log_of(device);
    mutex_lock(&log->mutex);
    Status status = ST_NOT_FOUND;
    if (segment < LOG_DEVICE_SEGMENTS_MAX && log->now[segment] != NULL) {
        *done = MIN(bytes, log->segment_bytes - offset);
        memcpy(data, log->now[segment] + offset, *done);
        status = OK;
    }
    mutex_unlock(&log->mutex);
    return status;
}

static Status log_remove(Device *device, uint32_t timeline, uint64_t segment)
{
    (void)timeline;
    LogDevice *log = log_of(device);
    mutex_lock(&log->mutex);
    EXPECT(log->now[segment] != NULL);
    log->now[segment] = log->durable[segment] = NULL;
    log->segment_count--;
    mutex_unlock(&log->mutex);
    return OK;
}

static const DeviceOps log_device_ops = {
    .name = "log in memory",
    .log_prepare = log_prepare,
    .log_write = log_write,
    .log_sync = log_sync,
    .log_read = log_read,
    .log_remove = log_remove,
};

LogDevice *log_device_new(Account *account, uint32_t segment_bytes)
{
    Arena *arena = arena_new(account, "log device");
    LogDevice *log = ARENA_NEW(arena, LogDevice);
    log->device = (Device){.ops = &log_device_ops, .account = account};
    log->arena = arena;
    log->segment_bytes = segment_bytes;
    mutex_init(&log->mutex, RANK_NONE);
    return log;
}

void log_device_free(LogDevice *log)
{
    arena_drop(log->arena);
}

void log_device_crash(LogDevice *log)
{
    for (uint32_t i = 0; i < LOG_DEVICE_SEGMENTS_MAX; i++) {
        if (log->now[i] != NULL) memcpy(log->now[i], log->durable[i], log->segment_bytes);
    }
}

char *log_device_byte(LogDevice *log, uint64_t lsn, bool durable)
{
    char **segments = durable ? log->durable : log->now;
    EXPECT(segments[lsn / log->segment_bytes] != NULL);
    return segments[lsn / log->segment_bytes] + lsn % log->segment_bytes;
}

void on_real_machine(void (*body)(void *arg), void *arg)
{
    Account *account = account_new(NULL, "test", 0);
    Os *os;
    EXPECT(os_real_new(account, &os) == OK);
    body(arg);
    os_real_release(os);
    account_drop(account);
}

/* Small ones mostly, a large one now and then. */
static uint32_t number_payload(uint64_t number, uint32_t payload_max)
{
    uint64_t hash = hash_u64(number);
    return (uint32_t)(8 + (hash % 16 != 0 ? hash % 200 : hash % (payload_max - 8)));
}

static uint32_t number_refs(uint64_t number)
{
    return (uint32_t)(hash_u64(number) >> 32) % (WAL_REFS_MAX + 1);
}

/* Every combination of flags, and pages of several spaces, of all lengths. */
static WalRef number_ref(uint64_t number, uint32_t i)
{
    const uint64_t hash = hash_u64(number + i / 3);
    return (
        WalRef){page_id((SpaceId){(uint32_t)(hash >> 40) >> hash % 24}, hash >> 24 >> hash % 40),
                (uint8_t)(i % 8)};
}

static char number_byte(uint64_t number, uint32_t at)
{
    return (char)(number * 7 + at);
}

uint32_t number_record_bytes(uint64_t number, uint32_t payload_max)
{
    return wal_record_bytes(number_refs(number), number_payload(number, payload_max));
}

Lsn number_append(Wal *wal, uint64_t number, uint32_t payload_max, Lsn *end)
{
    Arena *arena = arena_new(task_self()->account, "record");
    uint32_t bytes = number_payload(number, payload_max);
    char *payload = arena_alloc(arena, bytes);
    store_le64(payload, number);
    for (uint32_t i = 8; i < bytes; i++) payload[i] = number_byte(number, i);
    WalRef refs[WAL_REFS_MAX];
    for (uint32_t i = 0; i < WAL_REFS_MAX; i++) refs[i] = number_ref(number, i);
    uint32_t cut = bytes / 3;
    WalPart parts[3] = {{payload, cut}, {payload + cut, 0}, {payload + cut, bytes - cut}};
    Lsn lsn = wal_append(wal, WAL_NOTHING, (Xid){number}, refs, number_refs(number), parts, 3, end);
    arena_drop(arena);
    return lsn;
}

uint64_t number_check(const WalRecord *record, uint32_t payload_max)
{
    EXPECT(record->kind == WAL_NOTHING);
    EXPECT(record->payload.bytes >= 8);
    uint64_t number = load_le64(record->payload.data);
    EXPECT(record->xid.v == number);
    EXPECT(record->payload.bytes == number_payload(number, payload_max));
    EXPECT(record->ref_count == number_refs(number));
    for (uint32_t i = 8; i < record->payload.bytes; i++)
        EXPECT((char)record->payload.data[i] == number_byte(number, i));
    for (uint32_t i = 0; i < record->ref_count; i++) {
        const WalRef wanted = number_ref(number, i);
        EXPECT(record->refs[i].page.v == wanted.page.v);
        EXPECT(record->refs[i].flags == wanted.flags);
    }
    return number;
}
