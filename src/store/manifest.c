/* SPDX-License-Identifier: Apache-2.0 */
/* manifest.c - the control file: what a start must know before it can read anything else. Kept by the device, which
 * replaces it whole. Its first fields never move, so that any version can tell why it refuses another's. */
#include "store/store.h"

#include "base/error.h"
#include "base/hash.h"
#include "store/store_internal.h"

static const char manifest_magic[8] = {'T', 'U', 'S', 'K', 'M', 'A', 'N', '\n'};

static uint32_t manifest_crc(const Manifest *manifest)
{
    Manifest copy = *manifest;
    copy.crc = 0;
    return crc32c(0, &copy, sizeof copy);
}

void manifest__seal(Manifest *manifest)
{
    manifest->crc = manifest_crc(manifest);
}

void manifest__init(Manifest *manifest, uint64_t system_id, uint32_t segment_bytes, Lsn start)
{
    *manifest = (Manifest){
        .format_version = STORE_FORMAT_VERSION,
        .page_bytes = PAGE_BYTES,
        .wal_segment_bytes = segment_bytes,
        .system_id = system_id,
        .timeline = 1,
        .redo = start.v,
        .state = MANIFEST_NEW,
        .space_next = SPACE_FIRST_USER,
    };
    memcpy(manifest->magic, manifest_magic, sizeof manifest_magic);
    manifest__seal(manifest);
}

static Status incompatible(const char *what, uint32_t found, uint32_t wanted)
{
    Status status = error_note(ST_UNSUPPORTED, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                               "database files are incompatible with server");
    error_detail(error_current(),
                 "The database cluster was initialized with %s %" PRIu32
                 ", but this server works with %s %" PRIu32 ".",
                 what, found, what, wanted);
    return status;
}

Status manifest__check(Bytes raw, Manifest *manifest)
{
    if (raw.bytes < offsetof(Manifest, crc) ||
        memcmp(raw.data, manifest_magic, sizeof manifest_magic) != 0)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED, "the manifest is not one of Tusk");
    *manifest = (Manifest){0};
    memcpy(manifest, raw.data, MIN(raw.bytes, sizeof *manifest));
    if (manifest->format_version != STORE_FORMAT_VERSION)
        return incompatible("format version", manifest->format_version, STORE_FORMAT_VERSION);
    if (raw.bytes != sizeof *manifest || manifest->crc != manifest_crc(manifest))
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "incorrect checksum in the manifest");
    if (manifest->page_bytes != PAGE_BYTES)
        return incompatible("page size", manifest->page_bytes, PAGE_BYTES);
    uint32_t segment = manifest->wal_segment_bytes;
    if (segment < 1 << 16 || (segment & (segment - 1)) != 0)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED, "invalid WAL segment size %" PRIu32,
                          segment);
    return OK;
}

Status manifest__read(Store *store)
{
    Arena *arena = arena_try_new(store->account, "manifest");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    Bytes raw;
    Status status = store->device->ops->manifest_read(store->device, arena, &raw,
                                                      &store->manifest_version);
    if (status == OK) status = manifest__check(raw, &store->manifest);
    arena_drop(arena);
    return status;
}

Status manifest__replace(Store *store, const Manifest *manifest)
{
    Manifest sealed = *manifest;
    sealed.space_next = atomic_load(&store->space_next);
    manifest__seal(&sealed);
    Bytes raw = {(const uint8_t *)&sealed, sizeof sealed};
    Status status = store->device->ops->manifest_replace(store->device, store->manifest_version,
                                                         raw);
    if (status == ST_CHANGED) {
        /* only this server may replace it, and it takes turns */
        return error_note(ST_CLOSED, SQLSTATE_OBJECT_IN_USE,
                          "another server has replaced the manifest");
    }
    if (status != OK) return status;
    mutex_lock(&store->manifest_mutex);
    store->manifest = sealed;
    store->manifest_version++;
    atomic_store(&store->redo_position, sealed.redo);
    mutex_unlock(&store->manifest_mutex);
    return OK;
}

void store_manifest(Store *store, Manifest *manifest)
{
    mutex_lock(&store->manifest_mutex);
    *manifest = store->manifest;
    mutex_unlock(&store->manifest_mutex);
}
