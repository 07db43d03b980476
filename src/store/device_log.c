/* SPDX-License-Identifier: Apache-2.0 */
/* device_log.c - the log's segments as files under PostgreSQL's names. A segment is as long as it will ever be from its
 * first byte on. Where it will be synced often it is filled with zeros once, so that a sync writes data and no
 * metadata; else its blocks are allocated, which costs nothing. Removed ones are kept under the name spare.N and become
 * later segments. What an old segment holds behind the end of the log is for the
 * log's reader to tell apart: a record's check sum is right at its own position alone.
 *
 *   spare.N ------ rename ------> SEGMENT --- log_remove: rename ---> spare.N, or removed
 *   new.N   ---- made whole ---> spare.N                                                     */
#include "store/device_internal.h"

#include "store/wal.h"

enum { FILL_BYTES = 1 << 20, NAME_BYTES = 25 };

/* What to do about a segment that is not there. */
typedef enum LogAbsent {
    LOG_ABSENT_TELL, /* ST_NOT_FOUND */
    LOG_ABSENT_ALLOCATE,
    LOG_ABSENT_FILL
} LogAbsent;

static void segment_path(const DeviceLocal *local, char *path, uint32_t timeline, uint64_t segment)
{
    char name[NAME_BYTES];
    wal_segment_name(name, timeline, segment, local->log_segment_bytes);
    device__path(local, path, "pg_wal/%s", name);
}

static Status dir_sync(DeviceLocal *local)
{
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "pg_wal");
    Status status = os_dir_sync(path);
    return status == OK ? OK : device__fail(local, status);
}

static Status zero_fill(File *file, uint64_t bytes)
{
    void *zeros;
    TRY(os_memory_map(FILL_BYTES, false, &zeros));
    Status status = OK;
    for (uint64_t at = 0; at < bytes && status == OK; at += FILL_BYTES) {
        status = os_file_write(file, zeros, (size_t)MIN((uint64_t)FILL_BYTES, bytes - at), at);
    }
    os_memory_unmap(zeros, FILL_BYTES);
    return status;
}

/* Makes a whole new file under `path`. */
static Status spare_make(DeviceLocal *local, const char *path, bool fill)
{
    File *file;
    TRY(os_file_open(path, FILE_READ | FILE_WRITE | FILE_CREATE | FILE_TRUNCATE, &file));
    const uint64_t bytes = local->log_segment_bytes;
    Status status = fill ? zero_fill(file, bytes) : os_file_allocate(file, 0, bytes);
    if (status == OK) status = os_file_sync(file);
    os_file_close(file);
    if (status != OK) {
        /* What is left of it is thrown away here or at the next opening; the first error is the one to tell. */
        IGNORE_STATUS(os_path_remove(path));
    }
    return status;
}

/* The opening turn is held. */
static Status segment_create(DeviceLocal *local, const char *path, bool fill)
{
    char from[DEVICE__PATH_MAX];
    mutex_lock(&local->mutex);
    bool spare = local->spare_count > 0;
    uint64_t number = spare ? local->spares[--local->spare_count] : local->spare_next++;
    mutex_unlock(&local->mutex);
    device__path(local, from, spare ? "pg_wal/spare.%" PRIu64 : "pg_wal/new.%" PRIu64, number);
    if (!spare) TRY(spare_make(local, from, fill));
    TRY(os_path_rename(from, path));
    return dir_sync(local);
}

bool device__log_spare_drop(DeviceLocal *local)
{
    char path[DEVICE__PATH_MAX];
    mutex_lock(&local->mutex);
    const bool some = local->spare_count > 0;
    const uint64_t number = some ? local->spares[--local->spare_count] : 0;
    mutex_unlock(&local->mutex);
    if (!some) return false;
    device__path(local, path, "pg_wal/spare.%" PRIu64, number);
    return os_path_remove(path) == OK;
}

/* The mutex is held. */
static LogFile *log_find(DeviceLocal *local, uint32_t timeline, uint64_t segment)
{
    for (uint32_t i = 0; i < DEVICE__LOG_OPEN; i++) {
        LogFile *log = &local->logs[i];
        if (log->file != NULL && log->timeline == timeline && log->segment == segment) {
            log->uses++;
            log->used_at = ++local->log_clock;
            return log;
        }
    }
    return NULL;
}

/* The mutex is held. A slot that nobody uses, the least recently used one, taken; waits for one. *old is to be
 * closed. */
static LogFile *log_slot(DeviceLocal *local, File **old)
{
    for (;;) {
        LogFile *best = NULL;
        for (uint32_t i = 0; i < DEVICE__LOG_OPEN; i++) {
            LogFile *log = &local->logs[i];
            if (log->uses == 0 && (best == NULL || log->used_at < best->used_at)) best = log;
        }
        if (best != NULL) {
            *old = best->file;
            *best = (LogFile){.uses = 1, .used_at = ++local->log_clock};
            return best;
        }
        /* No deadline and no interrupt: always OK. */
        IGNORE_STATUS(
            condition_wait_through(&local->unused, &local->mutex, WAIT_WAL_WRITE, DEADLINE_NEVER));
    }
}

static void log_leave(DeviceLocal *local, LogFile *log)
{
    mutex_lock(&local->mutex);
    ASSERT(log->uses > 0);
    if (--log->uses == 0) condition_broadcast(&local->unused);
    mutex_unlock(&local->mutex);
}

/* The opening turn is held: nobody else fills a slot. */
static Status log_install(DeviceLocal *local, uint32_t timeline, uint64_t segment, LogAbsent absent,
                          LogFile **log)
{
    File *old = NULL, *file;
    mutex_lock(&local->mutex);
    *log = log_find(local, timeline, segment);
    bool known = *log != NULL;
    if (!known) *log = log_slot(local, &old);
    mutex_unlock(&local->mutex);
    if (known) return OK;
    os_file_close(old);
    char path[DEVICE__PATH_MAX];
    segment_path(local, path, timeline, segment);
    Status status = os_file_open(path, FILE_READ | FILE_WRITE, &file);
    if (status == ST_NOT_FOUND && absent != LOG_ABSENT_TELL) {
        status = segment_create(local, path, absent == LOG_ABSENT_FILL);
        if (status == OK) status = os_file_open(path, FILE_READ | FILE_WRITE, &file);
    }
    if (status != OK) {
        log_leave(local, *log);
        return status;
    }
    mutex_lock(&local->mutex);
    (*log)->file = file;
    (*log)->timeline = timeline;
    (*log)->segment = segment;
    mutex_unlock(&local->mutex);
    return OK;
}

static Status log_enter(DeviceLocal *local, uint32_t timeline, uint64_t segment, LogAbsent absent,
                        LogFile **log)
{
    mutex_lock(&local->mutex);
    *log = log_find(local, timeline, segment);
    mutex_unlock(&local->mutex);
    if (*log != NULL) return OK;
    device__turn_take(local, &local->opening);
    Status status = log_install(local, timeline, segment, absent, log);
    device__turn_give(local, &local->opening);
    return status;
}

Status device__log_write(Device *device, uint32_t timeline, uint64_t segment, uint32_t offset,
                         const void *data, uint32_t bytes)
{
    DeviceLocal *local = device__local(device);
    ASSERT(offset <= local->log_segment_bytes && bytes <= local->log_segment_bytes - offset);
    TRY(device__check(local));
    LogFile *log;
    TRY(log_enter(local, timeline, segment, LOG_ABSENT_FILL, &log));
    Status status = os_file_write(log->file, data, bytes, offset);
    log_leave(local, log);
    return status;
}

Status device__log_prepare(Device *device, uint32_t timeline, uint64_t segment, bool fill)
{
    DeviceLocal *local = device__local(device);
    TRY(device__check(local));
    LogFile *log;
    TRY(log_enter(local, timeline, segment, fill ? LOG_ABSENT_FILL : LOG_ABSENT_ALLOCATE, &log));
    log_leave(local, log);
    return OK;
}

Status device__log_sync(Device *device, uint32_t timeline, uint64_t segment)
{
    DeviceLocal *local = device__local(device);
    TRY(device__check(local));
    LogFile *log;
    TRY(log_enter(local, timeline, segment, LOG_ABSENT_TELL, &log));
    Status status = os_file_sync(log->file);
    log_leave(local, log);
    return status == OK ? OK : device__fail(local, status);
}

Status device__log_read(Device *device, uint32_t timeline, uint64_t segment, uint32_t offset,
                        void *data, uint32_t bytes, uint32_t *done)
{
    DeviceLocal *local = device__local(device);
    LogFile *log;
    TRY(log_enter(local, timeline, segment, LOG_ABSENT_TELL, &log));
    size_t read = 0;
    Status status = os_file_read(log->file, data, bytes, offset, &read);
    log_leave(local, log);
    *done = (uint32_t)read;
    return status == ST_END ? OK : status;
}

/* Closes the segment's file and takes a number for a spare; false: keep none. Waits for users of the file. */
static bool log_forget(DeviceLocal *local, uint32_t timeline, uint64_t segment, File **file,
                       uint64_t *spare)
{
    *file = NULL;
    mutex_lock(&local->mutex);
    LogFile *log;
    while ((log = log_find(local, timeline, segment)) != NULL) {
        log->uses--;
        if (log->uses == 0) break;
        /* No deadline and no interrupt: always OK. */
        IGNORE_STATUS(
            condition_wait_through(&local->unused, &local->mutex, WAIT_WAL_WRITE, DEADLINE_NEVER));
    }
    if (log != NULL) {
        *file = log->file;
        *log = (LogFile){0};
    }
    bool keep = local->spare_count < local->log_keep;
    if (keep) *spare = local->spare_next++;
    mutex_unlock(&local->mutex);
    return keep;
}

/* Neither name needs to be durable: a segment that is there again is removed again. */
Status device__log_remove(Device *device, uint32_t timeline, uint64_t segment)
{
    DeviceLocal *local = device__local(device);
    TRY(device__check(local));
    char path[DEVICE__PATH_MAX], to[DEVICE__PATH_MAX];
    segment_path(local, path, timeline, segment);
    File *file;
    uint64_t spare = 0;
    bool keep = log_forget(local, timeline, segment, &file, &spare);
    os_file_close(file);
    if (!keep) return os_path_remove(path);
    device__path(local, to, "pg_wal/spare.%" PRIu64, spare);
    TRY(os_path_rename(path, to));
    mutex_lock(&local->mutex);
    bool room = local->spare_count < DEVICE__LOG_SPARES_MAX;
    if (room) local->spares[local->spare_count++] = spare;
    mutex_unlock(&local->mutex);
    return room ? OK : os_path_remove(to);
}

static Status names_read(DeviceLocal *local, Arena *arena, Str **names, uint32_t *count)
{
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "pg_wal");
    return os_dir_list(arena, path, names, count);
}

Status device__log_list(Device *device, uint32_t timeline, Arena *arena, uint64_t **segments,
                        uint32_t *count)
{
    DeviceLocal *local = device__local(device);
    Str *names;
    uint32_t name_count, name_timeline;
    *count = 0;
    TRY(names_read(local, arena, &names, &name_count));
    *segments = arena_try_alloc(arena, (size_t)name_count * sizeof(uint64_t));
    if (*segments == NULL) return ST_NO_MEMORY;
    for (uint32_t i = 0; i < name_count; i++) {
        uint64_t segment;
        if (wal_segment_parse(names[i], local->log_segment_bytes, &name_timeline, &segment) &&
            name_timeline == timeline) {
            (*segments)[(*count)++] = segment; /* names are sorted, and so are their numbers */
        }
    }
    return OK;
}

/* One name found at opening: spares are known again, unfinished files go. */
static Status name_take(DeviceLocal *local, Str name)
{
    uint64_t number;
    char path[DEVICE__PATH_MAX];
    if (str_starts(name, STR("spare.")) &&
        str_to_u64(str_slice(name, 6, name.bytes), 10, &number)) {
        local->spare_next = MAX(local->spare_next, number + 1);
        if (local->spare_count < local->log_keep) {
            local->spares[local->spare_count++] = number;
            return OK;
        }
    } else if (!str_starts(name, STR("new."))) {
        return OK;
    }
    device__path(local, path, "pg_wal/%.*s", STR_ARG(name));
    return os_path_remove(path);
}

Status device__log_open(DeviceLocal *local)
{
    Arena *arena = arena_try_new(local->device.account, "log names");
    if (arena == NULL) return ST_NO_MEMORY;
    Str *names;
    uint32_t count;
    Status status = names_read(local, arena, &names, &count);
    for (uint32_t i = 0; status == OK && i < count; i++) status = name_take(local, names[i]);
    arena_drop(arena);
    return status;
}

void device__log_close(DeviceLocal *local)
{
    for (uint32_t i = 0; i < DEVICE__LOG_OPEN; i++) {
        ASSERT(local->logs[i].uses == 0);
        os_file_close(local->logs[i].file);
        local->logs[i] = (LogFile){0};
    }
}
