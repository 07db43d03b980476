/* SPDX-License-Identifier: Apache-2.0 */
/* os_temp.c - temporary files: in one folder, counted against one quota, and each against its owner's.
 *
 * A file counts with its size, the furthest byte ever written: room is taken before the write and given back at the
 * closing. Nothing is ever synced. What a crash leaves is removed when the space is opened again. */
#include "os/file.h"

#include <stdio.h>

#include "base/error.h"
#include "base/heap.h"
#include "os/os_internal.h"

struct TempSpace {
    Heap *heap;
    TempQuota quota;
    _Atomic uint64_t files_made;
    const char *shown;
    size_t dir_bytes;
    char dir[];
};

struct TempFile {
    TempSpace *space;
    TempQuota *quota; /* the owner's, or NULL */
    File *file;
    uint64_t bytes;
};

static Status folder_prepare(const char *dir)
{
    Status status = os_dir_make(dir);
    if (status != ST_EXISTS) return status;
    error_clear();
    return os__dir_remove_contents(dir);
}

Status os_temp_space_open(Account *account, const char *dir, const char *shown, uint64_t bytes_max,
                          TempSpace **space)
{
    TRY(folder_prepare(dir));
    Heap *heap = heap_try_new(account, "temporary files");
    if (heap == NULL) return os__no_memory();
    size_t bytes = strlen(dir), shown_bytes = strlen(shown);
    TempSpace *made = heap_try_alloc(heap, sizeof *made + bytes + 1 + shown_bytes + 1);
    if (made == NULL) {
        heap_drop(heap);
        return os__no_memory();
    }
    made->heap = heap;
    atomic_init(&made->quota.bytes_max, bytes_max);
    made->dir_bytes = bytes;
    memcpy(made->dir, dir, bytes + 1);
    made->shown = memcpy(made->dir + bytes + 1, shown, shown_bytes + 1);
    *space = made;
    return OK;
}

void os_temp_space_close(TempSpace *space)
{
    ASSERT(heap_piece_count(space->heap) == 1);
    heap_drop(space->heap);
}

uint64_t os_temp_space_used(const TempSpace *space)
{
    return atomic_load_explicit(&space->quota.used, memory_order_relaxed);
}

Status os_temp_open(TempSpace *space, TempQuota *quota, TempFile **file)
{
    uint64_t number = atomic_fetch_add_explicit(&space->files_made, 1, memory_order_relaxed) + 1;
    size_t path_bytes = space->dir_bytes + sizeof "/pgsql_tmp" + 20;
    TempFile *made = heap_try_alloc(space->heap, sizeof *made);
    char *path = heap_try_alloc(space->heap, path_bytes);
    if (made == NULL || path == NULL) {
        heap_free(space->heap, path);
        heap_free(space->heap, made);
        return os__no_memory();
    }
    (void)snprintf(path, path_bytes, "%s/pgsql_tmp%" PRIu64, space->dir, number);
    Status status = os_file_open(path, FILE_READ | FILE_WRITE | FILE_CREATE | FILE_EXCLUSIVE,
                                 &made->file);
    heap_free(space->heap, path);
    if (status != OK) {
        heap_free(space->heap, made);
        return status;
    }
    made->space = space;
    made->quota = quota;
    *file = made;
    return OK;
}

static Status quota_take(TempQuota *quota, uint64_t more)
{
    uint64_t used = atomic_load_explicit(&quota->used, memory_order_relaxed);
    const uint64_t bytes_max = atomic_load_explicit(&quota->bytes_max, memory_order_relaxed);
    do {
        if (bytes_max != 0 && (used > bytes_max || more > bytes_max - used)) {
            return error_note(ST_FULL, SQLSTATE_CONFIGURATION_LIMIT_EXCEEDED,
                              "temporary file size exceeds \"temp_file_limit\" (%" PRIu64 "kB)",
                              bytes_max / 1024);
        }
    } while (!atomic_compare_exchange_weak_explicit(&quota->used, &used, used + more,
                                                    memory_order_relaxed, memory_order_relaxed));
    return OK;
}

static void quota_give_back(TempQuota *quota, uint64_t bytes)
{
    atomic_fetch_sub_explicit(&quota->used, bytes, memory_order_relaxed);
}

/* Takes room for the file to grow to `bytes`. */
static Status temp_reserve(TempFile *file, uint64_t bytes)
{
    const uint64_t more = bytes - file->bytes;
    TRY(quota_take(&file->space->quota, more));
    Status status = file->quota != NULL ? quota_take(file->quota, more) : OK;
    if (status != OK) {
        quota_give_back(&file->space->quota, more);
        return status;
    }
    file->bytes = bytes;
    return OK;
}

Status os_temp_write(TempFile *file, const void *data, size_t bytes, uint64_t offset)
{
    if (offset + bytes > file->bytes) TRY(temp_reserve(file, offset + bytes));
    Status status = os_file_write(file->file, data, bytes, offset);
    if (status != ST_FULL) return status;
    const TempSpace *space = file->space;
    return error_note(ST_FULL, SQLSTATE_DISK_FULL,
                      "could not write to file \"%s%s\": No space left on device", space->shown,
                      os_file_path(file->file) + space->dir_bytes);
}

Status os_temp_read(TempFile *file, void *data, size_t bytes, uint64_t offset, size_t *done)
{
    return os_file_read(file->file, data, bytes, offset, done);
}

/* A file that cannot be removed now is removed when the space is opened again. */
void os_temp_close(TempFile *file)
{
    TempSpace *space = file->space;
    if (os_path_remove(os_file_path(file->file)) != OK) error_clear();
    os_file_close(file->file);
    quota_give_back(&space->quota, file->bytes);
    if (file->quota != NULL) quota_give_back(file->quota, file->bytes);
    heap_free(space->heap, file);
}

static void temp_close_scoped(void *file)
{
    os_temp_close(file);
}

TempFile *scope_temp_file(Scope *scope, TempSpace *space, TempQuota *quota)
{
    TempFile *file;
    CHECK(os_temp_open(space, quota, &file));
    scope_add(scope, temp_close_scoped, file);
    return file;
}
