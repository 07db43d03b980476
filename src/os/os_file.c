/* SPDX-License-Identifier: Apache-2.0 */
/* os_file.c - files and folders: the way to the machine, and what is built from its calls alone: small files whole,
 * replacing a file, folders with all below them, absolute paths. */
#include "os/file.h"

#include "base/arena.h"
#include "base/error.h"
#include "os/os_internal.h"

/* Folders inside folders that os_dir_remove_all goes into. */
enum { DIR_DEPTH_MAX = 256, READ_STEP = 16 * 1024 };

Status os_file_open(const char *path, uint32_t flags, File **file)
{
    ASSERT((flags & (FILE_READ | FILE_WRITE | FILE_APPEND)) != 0);
    ASSERT((flags & FILE_EXCLUSIVE) == 0 || (flags & FILE_CREATE) != 0);
    return os__ops()->file_open(path, flags, file);
}

void os_file_close(File *file)
{
    if (file != NULL) os__ops()->file_close(file);
}

static void file_close_scoped(void *file)
{
    os_file_close(file);
}

File *scope_file(Scope *scope, const char *path, uint32_t flags)
{
    File *file;
    CHECK(os_file_open(path, flags, &file));
    scope_add(scope, file_close_scoped, file);
    return file;
}

bool os_file_is_direct(const File *file)
{
    return file->direct;
}

const char *os_file_path(const File *file)
{
    return file->path;
}

static bool is_aligned_for(const File *file, const void *data, size_t bytes, uint64_t offset)
{
    return !file->direct || (((uintptr_t)data | bytes | offset) & (FILE_DIRECT_ALIGNMENT - 1)) == 0;
}

Status os_file_read(File *file, void *data, size_t bytes, uint64_t offset, size_t *done)
{
    ASSERT(is_aligned_for(file, data, bytes, offset));
    lock_rank_check_below(RANK_LATCH);
    return os__ops()->file_read(file, data, bytes, offset, done);
}

Status os_file_write(File *file, const void *data, size_t bytes, uint64_t offset)
{
    ASSERT(is_aligned_for(file, data, bytes, offset));
    lock_rank_check_below(RANK_LATCH);
    return os__ops()->file_write(file, data, bytes, offset);
}

/* Log files are appended to under the log's own lock, so no rank is checked here. */
Status os_file_append(File *file, const void *data, size_t bytes)
{
    return os__ops()->file_append(file, data, bytes);
}

Status os_file_sync(File *file)
{
    lock_rank_check_below(RANK_LATCH);
    return os__ops()->file_sync(file);
}

void os_file_hint_write(File *file, uint64_t offset, uint64_t bytes)
{
    os__ops()->file_hint(file, true, offset, bytes);
}

void os_file_hint_read(File *file, uint64_t offset, uint64_t bytes)
{
    os__ops()->file_hint(file, false, offset, bytes);
}

Status os_file_size(File *file, uint64_t *bytes)
{
    return os__ops()->file_size(file, bytes);
}

Status os_file_set_size(File *file, uint64_t bytes)
{
    return os__ops()->file_set_size(file, bytes);
}

Status os_file_allocate(File *file, uint64_t offset, uint64_t bytes)
{
    return bytes == 0 ? OK : os__ops()->file_allocate(file, offset, bytes);
}

Status os_file_punch(File *file, uint64_t offset, uint64_t bytes)
{
    return bytes == 0 ? OK : os__ops()->file_punch(file, offset, bytes);
}

Status os_file_space_used(File *file, uint64_t *bytes)
{
    return os__ops()->file_space_used(file, bytes);
}

Status os_file_lock(File *file)
{
    return os__ops()->file_lock(file);
}

Status os_path_rename(const char *from, const char *to)
{
    return os__ops()->path_rename(from, to);
}

Status os_path_link(const char *from, const char *to)
{
    return os__ops()->path_link(from, to, false);
}

Status os_path_make_link(const char *target, const char *path)
{
    return os__ops()->path_link(target, path, true);
}

Status os_path_read_link(Arena *arena, const char *path, Str *target)
{
    return os__ops()->path_read_link(arena, path, target);
}

Status os_path_remove(const char *path)
{
    return os__ops()->path_remove(path);
}

Status os_path_info(const char *path, PathInfo *info)
{
    return os__ops()->path_info(path, info);
}

Status os_path_set_mode(const char *path, uint32_t mode)
{
    return os__ops()->path_set_mode(path, mode);
}

Status os_path_absolute(Arena *arena, const char *path, Str *absolute)
{
    return os__ops()->path_absolute(arena, path, absolute);
}

Status os_dir_make(const char *path)
{
    return os__ops()->dir_make(path);
}

Status os_dir_remove(const char *path)
{
    return os__ops()->dir_remove(path);
}

Status os_dir_sync(const char *path)
{
    lock_rank_check_below(RANK_LATCH);
    return os__ops()->dir_sync(path);
}

Status os_dir_list(Arena *arena, const char *path, Str **names, uint32_t *count)
{
    return os__ops()->dir_list(arena, path, names, count);
}

Status os_disk_free(const char *path, uint64_t *bytes_free)
{
    return os__ops()->disk_free(path, bytes_free);
}

/* `folder`/`name` as a zero-terminated path. */
static Status path_join(Arena *arena, Str folder, Str name, char **path)
{
    *path = arena_try_alloc(arena, folder.bytes + name.bytes + 2);
    if (*path == NULL) return os__no_memory();
    memcpy(*path, folder.data, folder.bytes);
    (*path)[folder.bytes] = '/';
    memcpy(*path + folder.bytes + 1, name.data, name.bytes);
    (*path)[folder.bytes + 1 + name.bytes] = 0;
    return OK;
}

static Status remove_contents(Arena *arena, const char *path, uint32_t depth)
{
    if (depth >= DIR_DEPTH_MAX) {
        return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                          "could not remove directory \"%s\": more than %d levels of directories",
                          path, DIR_DEPTH_MAX);
    }
    Str *names;
    uint32_t count;
    TRY(os_dir_list(arena, path, &names, &count));
    for (uint32_t i = 0; i < count; i++) {
        ArenaMark mark = arena_mark(arena);
        char *child;
        PathInfo info;
        TRY(path_join(arena, str_from(path), names[i], &child));
        TRY(os_path_info(child, &info));
        if (info.kind == PATH_DIR) {
            TRY(remove_contents(arena, child, depth + 1));
            TRY(os_dir_remove(child));
        } else {
            TRY(os_path_remove(child));
        }
        arena_rewind(arena, mark);
    }
    return OK;
}

Status os__dir_remove_contents(const char *path)
{
    Arena *arena = arena_try_new(task_self()->account, "directory removal");
    if (arena == NULL) return os__no_memory();
    Status status = remove_contents(arena, path, 0);
    arena_drop(arena);
    return status;
}

Status os_dir_remove_all(const char *path)
{
    TRY(os__dir_remove_contents(path));
    return os_dir_remove(path);
}

/* The size is not asked for: files under /proc have none, and it may change meanwhile. */
static Status read_whole(Arena *arena, File *file, size_t bytes_max, Str *contents)
{
    char *data = NULL;
    size_t bytes = 0, capacity = 0;
    for (;;) {
        size_t step = MIN((size_t)READ_STEP + bytes, bytes_max - bytes + 1), done;
        char *grown = arena_try_grow(arena, data, capacity, bytes + step);
        if (grown == NULL) return os__no_memory();
        data = grown;
        capacity = bytes + step;
        TRY(os_file_read(file, data + bytes, step, bytes, &done));
        bytes += done;
        if (bytes > bytes_max) {
            return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                              "could not read file \"%s\": it has more than %zu bytes", file->path,
                              bytes_max);
        }
        if (done < step) break;
    }
    *contents = (Str){data, bytes};
    return OK;
}

Status os_file_read_all(Arena *arena, const char *path, size_t bytes_max, Str *contents)
{
    File *file;
    TRY(os_file_open(path, FILE_READ, &file));
    Status status = read_whole(arena, file, MIN(bytes_max, (size_t)PTRDIFF_MAX / 4), contents);
    os_file_close(file);
    return status;
}

static Status write_new(const char *path, Str contents)
{
    File *file;
    TRY(os_file_open(path, FILE_WRITE | FILE_CREATE | FILE_TRUNCATE, &file));
    Status status = os_file_write(file, contents.data, contents.bytes, 0);
    if (status == OK) status = os_file_sync(file);
    os_file_close(file);
    return status;
}

static Status replace(Arena *arena, const char *path, Str contents)
{
    size_t bytes = strlen(path), folder_bytes = bytes;
    while (folder_bytes > 0 && path[folder_bytes - 1] != '/') folder_bytes--;
    char *beside = arena_try_alloc(arena, bytes + sizeof ".new");
    char *folder = arena_try_alloc(arena, folder_bytes + sizeof ".");
    if (beside == NULL || folder == NULL) return os__no_memory();
    memcpy(beside, path, bytes);
    memcpy(beside + bytes, ".new", sizeof ".new");
    memcpy(folder, path, folder_bytes);
    memcpy(folder + folder_bytes, ".", sizeof ".");
    Status status = write_new(beside, contents);
    if (status == OK) status = os_path_rename(beside, path);
    return status == OK ? os_dir_sync(folder) : status;
}

Status os_file_replace(const char *path, Str contents)
{
    Arena *arena = arena_try_new(task_self()->account, "file_replace");
    if (arena == NULL) return os__no_memory();
    Status status = replace(arena, path, contents);
    arena_drop(arena);
    return status;
}

/* Appends the parts of `path` to out[0, bytes), which begins with "/" or is empty; returns the new length. */
static size_t path_append(char *out, size_t bytes, Str path)
{
    for (size_t at = 0; at < path.bytes;) {
        size_t end = at;
        while (end < path.bytes && path.data[end] != '/') end++;
        Str part = str_slice(path, at, end);
        if (str_equal(part, STR(".."))) {
            while (bytes > 0 && out[--bytes] != '/') {}
        } else if (part.bytes > 0 && !str_equal(part, STR("."))) {
            out[bytes++] = '/';
            memcpy(out + bytes, part.data, part.bytes);
            bytes += part.bytes;
        }
        at = end + 1;
    }
    return bytes;
}

Status os__path_absolute(Arena *arena, Str folder, const char *path, Str *absolute)
{
    Str given = str_from(path);
    char *out = arena_try_alloc(arena, folder.bytes + given.bytes + 3);
    if (out == NULL) return os__no_memory();
    size_t bytes = path[0] == '/' ? 0 : path_append(out, 0, folder);
    bytes = path_append(out, bytes, given);
    if (bytes == 0) out[bytes++] = '/';
    out[bytes] = 0;
    *absolute = (Str){out, bytes};
    return OK;
}

/* Heapsort: the C library's qsort may allocate. */
static void names_sift(Str *names, uint32_t root, uint32_t count)
{
    for (uint32_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && str_compare(names[child], names[child + 1]) < 0) child++;
        if (str_compare(names[root], names[child]) >= 0) return;
        Str moved = names[root];
        names[root] = names[child];
        names[child] = moved;
    }
}

void os__names_sort(Str *names, uint32_t count)
{
    for (uint32_t i = count / 2; i > 0; i--) names_sift(names, i - 1, count);
    for (uint32_t end = count; end > 1; end--) {
        Str last = names[end - 1];
        names[end - 1] = names[0];
        names[0] = last;
        names_sift(names, 0, end - 1);
    }
}
