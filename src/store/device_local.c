/* SPDX-License-Identifier: Apache-2.0 */
/* device_local.c - the local device: making, opening and closing it, and the turns its parts take (device_internal.h).
 *
 * Making writes the manifest last, so that a folder with a manifest is a whole device. Opening takes the lock, reads
 * the manifest and raises its fence epoch, makes durable the names it finds, then mends from the journal. */
#include "store/device_internal.h"

static void local_close(Device *device)
{
    DeviceLocal *local = device__local(device);
    if (local->open && !atomic_load(&local->failed)) device__journal_close(local);
    device__spaces_close(local);
    device__log_close(local);
    os_file_close(local->journal_file);
    os_file_close(local->manifest_file);
    os_file_close(local->lock_file);
    if (local->journal_header != NULL) {
        os_memory_unmap(local->journal_header, DEVICE__JOURNAL_HEADER_BYTES);
    }
    heap_drop(local->heap);
}

static const DeviceOps device_local_ops = {
    .name = "local",
    .space_create = device__space_create,
    .space_open = device__space_open,
    .space_remove = device__space_remove,
    .space_list = device__space_list,
    .space_bytes = device__space_bytes,
    .read = device__read,
    .read_submit = device__read_submit,
    .write_group = device__write_group,
    .write_plain = device__write_plain,
    .free_range = device__free_range,
    .reserve = device__reserve,
    .log_write = device__log_write,
    .log_prepare = device__log_prepare,
    .log_sync = device__log_sync,
    .log_read = device__log_read,
    .log_remove = device__log_remove,
    .log_list = device__log_list,
    .manifest_read = device__manifest_read,
    .manifest_replace = device__manifest_replace,
    .close = local_close,
};

Status device__check(const DeviceLocal *local)
{
    if (LIKELY(!atomic_load_explicit(&local->failed, memory_order_acquire))) return OK;
    return error_note(ST_IO, SQLSTATE_IO_ERROR, "storage of \"%s\" has failed: restart needed",
                      local->dir);
}

Status device__fail(DeviceLocal *local, Status status)
{
    ASSERT(status != OK);
    atomic_store_explicit(&local->failed, true, memory_order_release);
    return status;
}

void device__turn_take(DeviceLocal *local, Turn *turn)
{
    mutex_lock(&local->mutex);
    while (turn->taken) {
        /* No deadline and no interrupt: always OK. */
        IGNORE_STATUS(
            condition_wait_through(&turn->free, &local->mutex, WAIT_JOURNAL_WRITE, DEADLINE_NEVER));
    }
    turn->taken = true;
    mutex_unlock(&local->mutex);
}

void device__turn_give(DeviceLocal *local, Turn *turn)
{
    mutex_lock(&local->mutex);
    ASSERT(turn->taken);
    turn->taken = false;
    condition_signal(&turn->free);
    mutex_unlock(&local->mutex);
}

void device__path(const DeviceLocal *local, char *path, const char *format, ...)
{
    size_t bytes = strlen(local->dir);
    memcpy(path, local->dir, bytes);
    path[bytes++] = '/';
    va_list args;
    va_start(args, format);
    int added = vsnprintf(path + bytes, DEVICE__PATH_MAX - bytes, format, args);
    va_end(args);
    ASSERT(added >= 0 && (size_t)added < DEVICE__PATH_MAX - bytes);
}

/* Names below the folder are at most this long. */
enum { NAME_ROOM = 64 };

static Status dir_take(DeviceLocal *local, const char *dir)
{
    size_t bytes = strlen(dir);
    if (bytes + NAME_ROOM > DEVICE__PATH_MAX) {
        return error_note(ST_INVALID, SQLSTATE_NAME_TOO_LONG, "data directory name is too long");
    }
    memcpy(local->dir, dir, bytes + 1);
    return OK;
}

static Status create_parts(DeviceLocal *local, Bytes manifest)
{
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "base");
    TRY(os_dir_make(path));
    device__path(local, path, "pg_wal");
    TRY(os_dir_make(path));
    device__path(local, path, "lock");
    File *lock;
    TRY(os_file_open(path, FILE_READ | FILE_WRITE | FILE_CREATE | FILE_EXCLUSIVE, &lock));
    os_file_close(lock);
    device__path(local, path, "journal");
    TRY(device__journal_create(path));
    TRY(os_dir_sync(local->dir));
    device__path(local, path, "manifest");
    TRY(device__manifest_create(path, manifest));
    return os_dir_sync(local->dir);
}

Status device_local_create(const DeviceLocalOptions *options, Bytes manifest)
{
    ASSERT(manifest.bytes <= DEVICE_MANIFEST_BYTES_MAX);
    void *memory; /* too large for a stack */
    TRY(os_memory_map(sizeof(DeviceLocal), false, &memory));
    DeviceLocal *local = memory;
    Status status = dir_take(local, options->dir);
    if (status == OK) status = create_parts(local, manifest);
    os_memory_unmap(memory, sizeof(DeviceLocal));
    return status;
}

/* (D4) */
static Status names_sync(DeviceLocal *local)
{
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "base");
    TRY(os_dir_sync(path));
    device__path(local, path, "pg_wal");
    return os_dir_sync(path);
}

static Status open_parts(DeviceLocal *local)
{
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "lock");
    TRY(os_file_open(path, FILE_READ | FILE_WRITE, &local->lock_file));
    Status status = os_file_lock(local->lock_file);
    if (status == ST_BUSY) {
        return error_note(ST_BUSY, SQLSTATE_OBJECT_IN_USE,
                          "data directory \"%s\" is in use by another server", local->dir);
    }
    TRY(status);
    TRY(os_memory_map(DEVICE__JOURNAL_HEADER_BYTES, false, &local->journal_header));
    device__path(local, path, "manifest");
    TRY(os_file_open(path, FILE_READ | FILE_WRITE, &local->manifest_file));
    TRY(device__manifest_open(local));
    device__path(local, path, "journal");
    uint32_t direct = local->direct ? FILE_DIRECT : 0;
    TRY(os_file_open(path, FILE_READ | FILE_WRITE | direct, &local->journal_file));
    TRY(names_sync(local));
    TRY(device__journal_recover(local));
    return device__log_open(local);
}

Status device_local_open(Account *account, const DeviceLocalOptions *options, Device **device)
{
    *device = NULL;
    Heap *heap = heap_try_new(account, "device");
    if (heap == NULL) return ST_NO_MEMORY;
    DeviceLocal *local = heap_try_alloc(heap, sizeof *local);
    if (local == NULL) {
        heap_drop(heap);
        return ST_NO_MEMORY;
    }
    local->heap = heap;
    local->device = (Device){.ops = &device_local_ops, .account = account};
    local->direct = options->direct;
    local->segment_pages = options->segment_pages != 0 ? options->segment_pages : 4 << 20;
    local->log_segment_bytes = options->log_segment_bytes != 0 ? options->log_segment_bytes
                                                               : 16 << 20;
    local->log_keep = MIN(options->log_keep_segments, (uint32_t)DEVICE__LOG_SPARES_MAX);
    mutex_init(&local->mutex, RANK_DEVICE);
    Status status = dir_take(local, options->dir);
    if (status == OK) status = open_parts(local);
    if (status != OK) {
        local_close(&local->device);
        return status;
    }
    local->open = true;
    *device = &local->device;
    return OK;
}
