/* SPDX-License-Identifier: Apache-2.0 */
/* device_internal.h - the local device: its files, and who may do what to them at one time.
 *
 *   lock                held while the device is open
 *   manifest            two slots, written in turn (device_manifest.c)
 *   journal             the group of pages being written (device_journal.c)
 *   base/SPACE/SEGMENT  pages, by space and segment, both in decimal (device_space.c)
 *   pg_wal/NAME         log segments under PostgreSQL's names; spare.N: removed ones kept for reuse (device_log.c)
 *
 * (D1) `mutex` guards the tables and the turns below, never an I/O: who opens, writes the journal or replaces the
 *      manifest takes that thing's turn, sleeping while another has it
 * (D2) a file is closed only when nobody uses it: users are counted under the mutex
 * (D3) after a failed sync, or a failed write of a page whose place is in the journal, `failed` is set and nothing is
 *      written any more: what is on disk is known only after the next open
 * (D4) names that were found are made durable before anything is written to the files they lead to: the one who made
 *      them may have ended, or failed, before his sync. The names in base and pg_wal at opening, a space's when it is
 *      first used (docs/traps.md F7) */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/heap.h"
#include "os/file.h"
#include "os/os.h"
#include "os/sync.h"
#include "store/device.h"
#include "store/page.h"

enum {
    DEVICE__PATH_MAX = 1024,
    DEVICE__SPACE_BUCKETS = 256,
    DEVICE__LOG_OPEN = 8,
    DEVICE__LOG_SPARES_MAX = 64,
    DEVICE__JOURNAL_HEADER_BYTES = 4096,
    DEVICE__MANIFEST_SLOT_BYTES = 32768,
};

/* A space whose folder is known to exist; files are opened at first use. */
typedef struct DeviceSpace {
    struct DeviceSpace *next; /* in its bucket */
    uint32_t number;
    uint32_t uses;
    bool removing; /* no new users */
    uint32_t file_count;
    File **files; /* by segment; NULL: not opened */
} DeviceSpace;

typedef struct LogFile {
    File *file; /* NULL: the slot is free */
    uint32_t timeline;
    uint64_t segment;
    uint32_t uses;
    uint64_t used_at; /* by DeviceLocal.log_clock: the least recently used one is closed */
} LogFile;

typedef struct Turn {
    bool taken;
    Condition free;
} Turn;

typedef struct DeviceLocal {
    Device device;
    Heap *heap;
    char dir[DEVICE__PATH_MAX];
    bool direct;
    uint32_t segment_pages, log_segment_bytes, log_keep;
    File *lock_file, *manifest_file, *journal_file;
    bool open; /* opening is complete */
    _Atomic bool failed;

    Mutex mutex;
    Turn opening, journal, manifest;
    Condition unused; /* a `uses` fell to 0 */
    DeviceSpace *spaces[DEVICE__SPACE_BUCKETS];
    LogFile logs[DEVICE__LOG_OPEN];
    uint64_t log_clock;
    uint64_t spares[DEVICE__LOG_SPARES_MAX];
    uint32_t spare_count;
    uint64_t spare_next;

    /* under the manifest's turn */
    uint64_t manifest_sequence, manifest_version;
    uint32_t manifest_bytes;
    uint8_t manifest_data[DEVICE_MANIFEST_BYTES_MAX];

    /* under the journal's turn */
    uint64_t journal_sequence;
    void *journal_header; /* DEVICE__JOURNAL_HEADER_BYTES, aligned for direct I/O */
} DeviceLocal;

static inline DeviceLocal *device__local(Device *device)
{
    return CONTAINER_OF(device, DeviceLocal, device);
}
/* ST_IO, noted, after a failure. */
Status device__check(const DeviceLocal *local);
/* Marks the device failed and gives `status` back. */
Status device__fail(DeviceLocal *local, Status status);
void device__turn_take(DeviceLocal *local, Turn *turn);
void device__turn_give(DeviceLocal *local, Turn *turn);
void device__path(const DeviceLocal *local, char *path, const char *format, ...) PRINTF_LIKE(3, 4);

/* device_space.c. ST_NOT_FOUND, noted, when there is no such space. On OK the space's files stay open until
 * space_leave. */
Status device__space_enter(DeviceLocal *local, SpaceId space, DeviceSpace **entered);
void device__space_leave(DeviceLocal *local, DeviceSpace *space);
/* The file of a segment; with `create` it is made durably when absent, else *file is NULL then. */
Status device__space_file(DeviceLocal *local, DeviceSpace *space, uint64_t segment, bool create,
                          File **file);
void device__spaces_close(DeviceLocal *local);
static inline uint64_t device__segment(const DeviceLocal *local, PageId page)
{
    return page_number(page) / local->segment_pages;
}
static inline uint64_t device__offset(const DeviceLocal *local, PageId page)
{
    return page_number(page) % local->segment_pages * PAGE_BYTES;
}
/* Room for the range of a segment's file, for which the log's spare segments go; ST_FULL is noted as PostgreSQL words
 * it. Where the file system gives none ahead it is left to the writing. */
Status device__extend(DeviceLocal *local, const DeviceSpace *space, uint64_t segment, File *file,
                      uint64_t offset, uint64_t bytes);
Status device__read_zeros(Status status, void *data, size_t bytes, size_t done);

/* device_journal.c */
Status device__journal_create(const char *path);
/* Mends the pages that the last group left torn. */
Status device__journal_recover(DeviceLocal *local);
/* Every group is home: the next opening has nothing to mend. */
void device__journal_close(DeviceLocal *local);

/* device_manifest.c */
Status device__manifest_create(const char *path, Bytes manifest);
/* Reads the newest slot and raises the fence epoch. */
Status device__manifest_open(DeviceLocal *local);

/* device_log.c */
Status device__log_open(DeviceLocal *local);
void device__log_close(DeviceLocal *local);
bool device__log_spare_drop(DeviceLocal *local); /* true: a spare segment's space was given back */

/* The calls of DeviceOps, by file. */
Status device__space_create(Device *device, SpaceId space);
Status device__space_open(Device *device, SpaceId space);
Status device__space_remove(Device *device, SpaceId space);
Status device__space_list(Device *device, Arena *arena, SpaceId **spaces, uint32_t *count);
Status device__space_bytes(Device *device, SpaceId space, uint64_t *used);
Status device__read(Device *device, PageId page, void *data);
void device__read_submit(Device *device, DeviceRead *const *reads, uint32_t count);
Status device__free_range(Device *device, PageId first, uint32_t page_count);
Status device__reserve(Device *device, PageId first, uint32_t page_count);
Status device__write_group(Device *device, const DevicePage *pages, uint32_t count);
Status device__write_plain(Device *device, const DevicePage *pages, uint32_t count);
Status device__log_write(Device *device, uint32_t timeline, uint64_t segment, uint32_t offset,
                         const void *data, uint32_t bytes);
Status device__log_prepare(Device *device, uint32_t timeline, uint64_t segment, bool fill);
Status device__log_sync(Device *device, uint32_t timeline, uint64_t segment);
Status device__log_read(Device *device, uint32_t timeline, uint64_t segment, uint32_t offset,
                        void *data, uint32_t bytes, uint32_t *done);
Status device__log_remove(Device *device, uint32_t timeline, uint64_t segment);
Status device__log_list(Device *device, uint32_t timeline, Arena *arena, uint64_t **segments,
                        uint32_t *count);
Status device__manifest_read(Device *device, Arena *arena, Bytes *manifest, uint64_t *version);
Status device__manifest_replace(Device *device, uint64_t version_seen, Bytes manifest);
