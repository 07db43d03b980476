/* SPDX-License-Identifier: Apache-2.0 */
/* real_file.c - files and folders by the kernel's calls. Every transfer goes on until it is whole; an interrupted call
 * is made again; every descriptor is closed on exec. */
#include "os/real_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"

enum { FILE_MODE = 0600, DIR_MODE = 0700, BLOCK_BYTES = 512, TRANSFER_MAX = 1 << 30 };

/* The result of a call that is made again when a signal interrupted it. */
#define AGAIN(call)                              \
    ({                                           \
        long result_;                            \
        do {                                     \
            result_ = (long)(call);              \
        } while (result_ < 0 && errno == EINTR); \
        result_;                                 \
    })

static int open_flags(uint32_t flags)
{
    int how = O_CLOEXEC;
    bool write = (flags & (FILE_WRITE | FILE_APPEND)) != 0;
    how |= !write ? O_RDONLY : (flags & FILE_READ) != 0 ? O_RDWR : O_WRONLY;
    how |= (flags & FILE_CREATE) != 0 ? O_CREAT : 0;
    how |= (flags & FILE_EXCLUSIVE) != 0 ? O_EXCL : 0;
    how |= (flags & FILE_TRUNCATE) != 0 ? O_TRUNC : 0;
    how |= (flags & FILE_APPEND) != 0 ? O_APPEND : 0;
    how |= (flags & FILE_DIRECT) != 0 ? O_DIRECT : 0;
    return how;
}

Status real__file_open(const char *path, uint32_t flags, File **file)
{
    RealOs *os = real__os(task_self());
    size_t path_bytes = strlen(path) + 1;
    RealFile *made = heap_try_alloc(os->heap, sizeof *made + path_bytes);
    if (made == NULL) return os__no_memory();
    char *name = (char *)(made + 1);
    memcpy(name, path, path_bytes);
    made->head.path = name;
    made->head.direct = (flags & FILE_DIRECT) != 0;
    made->fd = (int)AGAIN(open(path, open_flags(flags), FILE_MODE));
    if (made->fd < 0 && errno == EINVAL && made->head.direct) {
        /* The file system knows no O_DIRECT. An exclusive creation may have made the file before it refused. */
        made->head.direct = false;
        made->fd = (int)AGAIN(
            open(path, open_flags(flags & ~(uint32_t)(FILE_DIRECT | FILE_EXCLUSIVE)), FILE_MODE));
    }
    if (made->fd < 0) {
        int error = errno;
        heap_free(os->heap, made);
        return os__error(error, (flags & FILE_CREATE) != 0 ? "create file" : "open file", path);
    }
    *file = &made->head;
    return OK;
}

/* No error of close is of use: what must last was synced before. */
void real__file_close(File *file)
{
    RealFile *real = real__file(file);
    (void)close(real->fd);
    heap_free(real__os(task_self())->heap, real);
}

int real__read_all(int fd, void *data, size_t bytes, uint64_t offset, size_t *done)
{
    for (*done = 0; *done < bytes;) {
        long n = AGAIN(pread(fd, (char *)data + *done, MIN(bytes - *done, (size_t)TRANSFER_MAX),
                             (off_t)(offset + *done)));
        if (n < 0) return errno;
        if (n == 0) break;
        *done += (size_t)n;
    }
    return 0;
}

int real__write_all(int fd, const void *data, size_t bytes, uint64_t offset)
{
    for (size_t done = 0; done < bytes;) {
        long n = AGAIN(pwrite(fd, (const char *)data + done,
                              MIN(bytes - done, (size_t)TRANSFER_MAX), (off_t)(offset + done)));
        if (n <= 0) return n < 0 ? errno : ENOSPC;
        done += (size_t)n;
    }
    return 0;
}

/* Never made again after a failure: the kernel drops what it could not write, and would say OK the second time. */
int real__sync(int fd)
{
    return fdatasync(fd) == 0 ? 0 : errno;
}

static Status file_status(int error, const char *what, const File *file)
{
    return error == 0 ? OK : os__error(error, what, file->path);
}

Status real__file_read(File *file, void *data, size_t bytes, uint64_t offset, size_t *done)
{
    return file_status(real__read_all(real__file(file)->fd, data, bytes, offset, done), "read file",
                       file);
}

Status real__file_write(File *file, const void *data, size_t bytes, uint64_t offset)
{
    return file_status(real__write_all(real__file(file)->fd, data, bytes, offset), "write file",
                       file);
}

Status real__file_append(File *file, const void *data, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        long n = AGAIN(write(real__file(file)->fd, (const char *)data + done,
                             MIN(bytes - done, (size_t)TRANSFER_MAX)));
        if (n <= 0) return os__error(n < 0 ? errno : ENOSPC, "write file", file->path);
        done += (size_t)n;
    }
    return OK;
}

Status real__file_sync(File *file)
{
    return file_status(real__sync(real__file(file)->fd), "fsync file", file);
}

void real__file_hint(File *file, bool write, uint64_t offset, uint64_t bytes)
{
    int fd = real__file(file)->fd;
    if (write)
        (void)sync_file_range(fd, (off_t)offset, (off_t)bytes, SYNC_FILE_RANGE_WRITE);
    else
        (void)posix_fadvise(fd, (off_t)offset, (off_t)bytes, POSIX_FADV_WILLNEED);
}

static Status file_info(File *file, struct stat *info)
{
    return file_status(fstat(real__file(file)->fd, info) == 0 ? 0 : errno, "stat file", file);
}

Status real__file_size(File *file, uint64_t *bytes)
{
    struct stat info;
    TRY(file_info(file, &info));
    *bytes = (uint64_t)info.st_size;
    return OK;
}

Status real__file_space_used(File *file, uint64_t *bytes)
{
    struct stat info;
    TRY(file_info(file, &info));
    *bytes = (uint64_t)info.st_blocks * BLOCK_BYTES;
    return OK;
}

Status real__file_set_size(File *file, uint64_t bytes)
{
    return file_status(AGAIN(ftruncate(real__file(file)->fd, (off_t)bytes)) == 0 ? 0 : errno,
                       "truncate file", file);
}

/* posix_fallocate writes where the file system cannot reserve. */
Status real__file_allocate(File *file, uint64_t offset, uint64_t bytes)
{
    int error;
    do {
        error = posix_fallocate(real__file(file)->fd, (off_t)offset, (off_t)bytes);
    } while (error == EINTR);
    return file_status(error, "extend file", file);
}

Status real__file_punch(File *file, uint64_t offset, uint64_t bytes)
{
    long result = AGAIN(fallocate(real__file(file)->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                                  (off_t)offset, (off_t)bytes));
    return file_status(result == 0 ? 0 : errno, "punch hole in file", file);
}

Status real__file_lock(File *file)
{
    return file_status(AGAIN(flock(real__file(file)->fd, LOCK_EX | LOCK_NB)) == 0 ? 0 : errno,
                       "lock file", file);
}

static Status path_status(long result, const char *what, const char *path)
{
    return result == 0 ? OK : os__error(errno, what, path);
}

Status real__path_rename(const char *from, const char *to)
{
    return rename(from, to) == 0 ? OK : os__error_two(errno, "rename file", from, to);
}

Status real__path_link(const char *from, const char *to, bool symbolic)
{
    if (symbolic) return path_status(symlink(from, to), "create symbolic link", to);
    return link(from, to) == 0 ? OK : os__error_two(errno, "link file", from, to);
}

Status real__path_read_link(Arena *arena, const char *path, Str *target)
{
    for (size_t capacity = 256;; capacity *= 2) {
        char *text = arena_try_alloc(arena, capacity);
        if (text == NULL) return os__no_memory();
        ssize_t bytes = readlink(path, text, capacity);
        if (bytes < 0) return os__error(errno, "read symbolic link", path);
        if ((size_t)bytes < capacity) {
            text[bytes] = 0;
            *target = (Str){text, (size_t)bytes};
            return OK;
        }
    }
}

Status real__path_remove(const char *path)
{
    return path_status(unlink(path), "remove file", path);
}

static PathKind path_kind(mode_t mode)
{
    return S_ISREG(mode)   ? PATH_FILE
           : S_ISDIR(mode) ? PATH_DIR
           : S_ISLNK(mode) ? PATH_LINK
                           : PATH_OTHER;
}

static int64_t microseconds(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

Status real__path_info(const char *path, PathInfo *info)
{
    struct stat found;
    if (lstat(path, &found) != 0) return os__error(errno, "stat file", path);
    *info = (PathInfo){
        .kind = path_kind(found.st_mode),
        .bytes = (uint64_t)found.st_size,
        .modified_us = microseconds(found.st_mtim),
        .accessed_us = microseconds(found.st_atim),
        .changed_us = microseconds(found.st_ctim),
        .mode = found.st_mode & 07777,
        .owner = found.st_uid,
    };
    return OK;
}

Status real__path_set_mode(const char *path, uint32_t mode)
{
    return path_status(chmod(path, (mode_t)mode), "set permissions of file", path);
}

Status real__path_absolute(Arena *arena, const char *path, Str *absolute)
{
    char folder[PATH_MAX];
    if (getcwd(folder, sizeof folder) == NULL)
        return os__error_text(errno, "could not get current working directory");
    return os__path_absolute(arena, str_from(folder), path, absolute);
}

Status real__dir_make(const char *path)
{
    return path_status(mkdir(path, DIR_MODE), "create directory", path);
}

Status real__dir_remove(const char *path)
{
    return path_status(rmdir(path), "remove directory", path);
}

Status real__dir_sync(const char *path)
{
    int fd = (int)AGAIN(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd < 0) return os__error(errno, "open directory", path);
    int error = fsync(fd) == 0 ? 0 : errno;
    (void)close(fd);
    return error == 0 ? OK : os__error(error, "fsync file", path);
}

/* The names read so far. */
typedef struct NameList {
    Arena *arena;
    Str *names;
    uint32_t count, capacity;
} NameList;

static Status name_add(NameList *list, Str name)
{
    if (str_equal(name, STR(".")) || str_equal(name, STR(".."))) return OK;
    if (list->count == list->capacity) {
        uint32_t capacity = MAX(list->capacity * 2, 16U);
        Str *grown = arena_try_grow(list->arena, list->names, list->capacity * sizeof(Str),
                                    capacity * sizeof(Str));
        if (grown == NULL) return os__no_memory();
        list->names = grown;
        list->capacity = capacity;
    }
    char *text = arena_try_alloc(list->arena, name.bytes + 1);
    if (text == NULL) return os__no_memory();
    memcpy(text, name.data, name.bytes);
    text[name.bytes] = 0;
    list->names[list->count++] = (Str){text, name.bytes};
    return OK;
}

/* By the system call itself: opendir would allocate. */
static Status names_read(NameList *list, int fd, const char *path)
{
    _Alignas(struct dirent64) char block[4096];
    for (;;) {
        long bytes = syscall(SYS_getdents64, fd, block, sizeof block);
        if (bytes < 0) return os__error(errno, "read directory", path);
        if (bytes == 0) return OK;
        for (long at = 0; at < bytes;) {
            const struct dirent64 *entry = (const struct dirent64 *)(const void *)(block + at);
            TRY(name_add(list, str_from(entry->d_name)));
            at += entry->d_reclen;
        }
    }
}

Status real__dir_list(Arena *arena, const char *path, Str **names, uint32_t *count)
{
    int fd = (int)AGAIN(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd < 0) return os__error(errno, "open directory", path);
    NameList list = {.arena = arena};
    Status status = names_read(&list, fd, path);
    (void)close(fd);
    os__names_sort(list.names, list.count);
    *names = list.names;
    *count = list.count;
    return status;
}

Status real__disk_free(const char *path, uint64_t *bytes_free)
{
    struct statvfs info;
    if (statvfs(path, &info) != 0) return os__error(errno, "stat file system of", path);
    *bytes_free = (uint64_t)info.f_bavail * info.f_frsize;
    return OK;
}
