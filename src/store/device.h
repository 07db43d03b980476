/* SPDX-License-Identifier: Apache-2.0 */
/* device.h - what lies under everything durable (docs/traps.md C30). The store knows pages, the log and one small
 * manifest; how they are kept is the device's business: local files in segments of 64 GiB with a double-write journal
 * and hole punching (device_local.c) is the first driver, a distributed store may be another.
 *
 * Writes carry the fence epoch under which the device was opened; a device refuses older epochs (ST_CLOSED), so that a
 * server that lost its place cannot write any more. All calls may be made by several tasks at once. */
#pragma once

#include "base/account.h"
#include "base/base.h"
#include "os/io.h"
#include "os/wait.h"
#include "store/ids.h"

typedef struct Device Device;

typedef struct DevicePage {
    PageId page;
    void *data;    /* PAGE_BYTES, aligned to FILE_DIRECT_ALIGNMENT */
    Status status; /* filled by reads */
} DevicePage;
enum { DEVICE_GROUP_PAGES_MAX = 128 };

/* A read in the background; `complete` as in os/io.h. Pages past the end read as zeros. */
typedef struct DeviceRead {
    PageId page;
    void *data;
    void *arg;
    void (*complete)(struct DeviceRead *read);
    Status status;
    /* the driver's own */
    Device *device;
    void *device_use;
    IoRequest request;
} DeviceRead;

typedef struct DeviceOps {
    const char *name;
    /* spaces: folders of segments; remove gives everything back */
    Status (*space_create)(Device *device, SpaceId space);
    Status (*space_open)(Device *device, SpaceId space); /* ST_NOT_FOUND */
    Status (*space_remove)(Device *device, SpaceId space);
    Status (*space_list)(Device *device, Arena *arena, SpaceId **spaces, uint32_t *count);
    Status (*space_bytes)(Device *device, SpaceId space, uint64_t *used);

    Status (*read)(Device *device, PageId page, void *data);
    void (*read_submit)(Device *device, DeviceRead *const *reads, uint32_t count);
    /* Writes at most DEVICE_GROUP_PAGES_MAX pages so that after a crash each is whole, old or new, and syncs them: on
     * OK all are durable. The caller has synced the log past every page's lsn (docs/traps.md F7) and set each crc. */
    Status (*write_group)(Device *device, const DevicePage *pages, uint32_t count);
    /* The same without durability or wholeness: for pages of SPACE_TEMP. */
    Status (*write_plain)(Device *device, const DevicePage *pages, uint32_t count);
    Status (*free_range)(Device *device, PageId first,
                         uint32_t page_count); /* reads as zeros afterwards, or not: a hint */
    /* Room for these pages, so that writing them later cannot fail with ST_FULL. Repeating it is cheap. NULL: there
     * is nothing to do. */
    Status (*reserve)(Device *device, PageId first, uint32_t page_count);

    /* the log: segments of WAL_SEGMENT_BYTES by number and timeline */
    Status (*log_write)(Device *device, uint32_t timeline, uint64_t segment, uint32_t offset,
                        const void *data, uint32_t bytes);
    /* Space for the whole segment, durably in place, so that writing it later cannot fail with ST_FULL. Repeating it is
     * cheap. `fill`: by writing it once, so that each sync of what is written there has less to do. */
    Status (*log_prepare)(Device *device, uint32_t timeline, uint64_t segment, bool fill);
    Status (*log_sync)(Device *device, uint32_t timeline,
                       uint64_t segment); /* what was written to it so far is durable */
    Status (*log_read)(Device *device, uint32_t timeline, uint64_t segment, uint32_t offset,
                       void *data, uint32_t bytes,
                       uint32_t *done); /* ST_NOT_FOUND: no such segment */
    Status (*log_remove)(Device *device, uint32_t timeline,
                         uint64_t segment); /* or keeps it to become a later segment */
    Status (*log_list)(Device *device, uint32_t timeline, Arena *arena, uint64_t **segments,
                       uint32_t *count);

    /* the manifest: at most DEVICE_MANIFEST_BYTES_MAX, replaced whole; `version` counts up by one */
    Status (*manifest_read)(Device *device, Arena *arena, Bytes *manifest, uint64_t *version);
    Status (*manifest_replace)(Device *device, uint64_t version_seen,
                               Bytes manifest); /* ST_CHANGED when it is another */

    void (*close)(Device *device);
} DeviceOps;
enum { DEVICE_MANIFEST_BYTES_MAX = 16384 };

/* A driver's device begins with this. */
struct Device {
    const DeviceOps *ops;
    Account *account;
    uint64_t epoch;
};

typedef struct DeviceLocalOptions {
    const char *dir;        /* the data folder */
    bool direct;            /* O_DIRECT for pages where the file system takes it */
    uint32_t segment_pages; /* 0: 4 Mi pages (64 GiB); tests use small ones */
    uint32_t
        log_segment_bytes; /* 0: 16 MiB; tests use small ones (a power of two, at least 64 KiB) */
    uint32_t log_keep_segments; /* removed segments kept for reuse */
} DeviceLocalOptions;
/* Makes an empty device in `dir`, which must exist and be empty: folders, journal, and the given first manifest. */
Status device_local_create(const DeviceLocalOptions *options, Bytes manifest);
/* Opens it, takes its lock (ST_BUSY: another server has it), mends torn pages from the journal. */
Status device_local_open(Account *account, const DeviceLocalOptions *options, Device **device);
