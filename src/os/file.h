/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - files and folders. Paths are zero-terminated; "/" separates; relative ones start at the process's folder.
 *
 * Durability is what POSIX promises and no more: contents after os_file_sync; a new name, a rename or a removal after
 * os_dir_sync of its folder. After a failed sync nothing may be assumed of what was written since the last good one:
 * the caller stops the server and recovers (docs/traps.md F7). Errors: ST_NOT_FOUND, ST_EXISTS, ST_DENIED, ST_FULL,
 * ST_IO, noted with the path and the system's text. */
#pragma once

#include "base/account.h"
#include "base/base.h"
#include "base/scope.h"

typedef struct File File;

typedef enum FileFlags {
    FILE_READ = 1,
    FILE_WRITE = 2,
    FILE_CREATE = 4,    /* make it when absent */
    FILE_EXCLUSIVE = 8, /* with CREATE: ST_EXISTS when it is there */
    FILE_TRUNCATE = 16,
    FILE_DIRECT =
        32, /* past the page cache where the file system takes it; see os_file_is_direct */
    FILE_APPEND = 64,
} FileFlags;

enum { FILE_DIRECT_ALIGNMENT = 4096 }; /* of memory, offset and length when the file is direct */

Status os_file_open(const char *path, uint32_t flags, File **file); /* mode 0600 for new files */
void os_file_close(File *file);                                     /* NULL is allowed */
File *scope_file(Scope *scope, const char *path,
                 uint32_t flags); /* raises; closed with the scope */
bool os_file_is_direct(const File *file);
const char *os_file_path(const File *file);

/* Reads until `bytes` or the end of the file: *done < bytes only there. Short reads by the system are gone on with. */
Status os_file_read(File *file, void *data, size_t bytes, uint64_t offset, size_t *done);
/* All or an error; after an error any part may have been written. */
Status os_file_write(File *file, const void *data, size_t bytes, uint64_t offset);
Status os_file_append(File *file, const void *data, size_t bytes);
Status os_file_sync(File *file); /* contents and size */
/* Starts writing dirty cached pages of the range without waiting: no durability, only earlier. May do nothing. */
void os_file_hint_write(File *file, uint64_t offset, uint64_t bytes);
void os_file_hint_read(File *file, uint64_t offset, uint64_t bytes);
Status os_file_size(File *file, uint64_t *bytes);
Status os_file_set_size(File *file, uint64_t bytes);
/* Space for the range now, so that writing it later cannot fail with ST_FULL; the size grows, new bytes read as
 * zeros. */
Status os_file_allocate(File *file, uint64_t offset, uint64_t bytes);
/* Gives the range's space back; it reads as zeros. ST_UNSUPPORTED where the file system cannot. */
Status os_file_punch(File *file, uint64_t offset, uint64_t bytes);
Status os_file_space_used(File *file, uint64_t *bytes); /* what it really takes on disk */
/* An exclusive lock that ends with the file or the process; ST_BUSY when another has it. */
Status os_file_lock(File *file);

Status os_path_rename(const char *from, const char *to); /* replaces `to` atomically */
Status os_path_link(const char *from, const char *to);   /* ST_EXISTS when `to` is there */
Status os_path_remove(const char *path);                 /* a file */
typedef enum PathKind { PATH_FILE, PATH_DIR, PATH_LINK, PATH_OTHER } PathKind;
typedef struct PathInfo {
    PathKind kind;
    uint64_t bytes;
    /* wall clock: contents last changed, last read, anything of it last changed */
    int64_t modified_us, accessed_us, changed_us;
    uint32_t mode;  /* permission bits */
    uint32_t owner; /* numeric user id; the simulation says 0 */
} PathInfo;
Status os_path_info(const char *path, PathInfo *info);
/* The system's own text of the error that this room noted last ("No such file or directory"), for who says in words of
 * his own what could not be done. It lives as long as the error. */
Str os_error_reason(void);
Status os_path_set_mode(const char *path, uint32_t mode);
Status os_path_make_link(const char *target, const char *path); /* symbolic */
Status os_path_read_link(Arena *arena, const char *path, Str *target);
Status os_path_absolute(Arena *arena, const char *path, Str *absolute);

Status os_dir_make(const char *path);       /* mode 0700 */
Status os_dir_remove(const char *path);     /* must be empty: ST_BUSY */
Status os_dir_remove_all(const char *path); /* with all below it; follows no link */
Status os_dir_sync(const char *path);
/* The names in a folder, without "." and "..", sorted by bytes. */
Status os_dir_list(Arena *arena, const char *path, Str **names, uint32_t *count);
Status os_disk_free(const char *path, uint64_t *bytes_free);

/* Small files whole (configuration, labels): at most `bytes_max`, ST_FULL past it. */
Status os_file_read_all(Arena *arena, const char *path, size_t bytes_max, Str *contents);
/* Writes beside it, syncs, renames over it, syncs the folder: the old or the new contents survive any crash. */
Status os_file_replace(const char *path, Str contents);

/* Temporary files of a server: in one folder, counted against the folder's quota and, where they have one, that of
 * their owner (a session), gone with their closing (or at the next start). */
typedef struct TempSpace TempSpace;
/* Empties the folder, which errors call `shown`; 0: no limit. */
Status os_temp_space_open(Account *account, const char *dir, const char *shown, uint64_t bytes_max,
                          TempSpace **space);
void os_temp_space_close(TempSpace *space);
uint64_t os_temp_space_used(const TempSpace *space);
typedef struct TempQuota {
    _Atomic uint64_t bytes_max; /* 0: no limit */
    _Atomic uint64_t used;
} TempQuota;
typedef struct TempFile TempFile;
/* `quota` may be NULL; it must outlive the file. */
Status os_temp_open(TempSpace *space, TempQuota *quota, TempFile **file);
Status os_temp_write(TempFile *file, const void *data, size_t bytes,
                     uint64_t offset); /* ST_FULL over a quota, 53400 noted, or on a full disk */
Status os_temp_read(TempFile *file, void *data, size_t bytes, uint64_t offset, size_t *done);
void os_temp_close(TempFile *file);
TempFile *scope_temp_file(Scope *scope, TempSpace *space, TempQuota *quota);
