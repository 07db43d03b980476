/* SPDX-License-Identifier: Apache-2.0 */
/* both_file.c - files, folders, small files whole, temporary space. */
#include "both.h"

#include "base/arena.h"

static Arena *arena_here(void)
{
    return arena_new(task_self()->account, "test");
}

static File *open_at(const char *path, uint32_t flags)
{
    File *file;
    EXPECT(os_file_open(path, flags, &file) == OK);
    return file;
}

static void opening(void *arg)
{
    const BothPlace *place = arg;
    Arena *arena = arena_here();
    const char *path = both_path(arena, place, "a"), *absent = both_path(arena, place, "absent");
    File *file;
    EXPECT(os_file_open(absent, FILE_READ, &file) == ST_NOT_FOUND);
    EXPECT_NOTED(
        SQLSTATE_UNDEFINED_FILE,
        str_format(arena, "could not open file \"%s\": No such file or directory", absent).data);
    file = open_at(path, FILE_WRITE | FILE_CREATE | FILE_EXCLUSIVE);
    EXPECT(strcmp(os_file_path(file), path) == 0 && !os_file_is_direct(file));
    EXPECT(os_file_write(file, "abc", 3, 0) == OK);
    os_file_close(file);
    os_file_close(NULL);
    EXPECT(os_file_open(path, FILE_WRITE | FILE_CREATE | FILE_EXCLUSIVE, &file) == ST_EXISTS);
    EXPECT(error_current()->code == SQLSTATE_DUPLICATE_FILE);
    uint64_t bytes;
    file = open_at(path, FILE_READ | FILE_WRITE | FILE_CREATE);
    EXPECT(os_file_size(file, &bytes) == OK && bytes == 3);
    os_file_close(file);
    file = open_at(path, FILE_READ | FILE_WRITE | FILE_TRUNCATE);
    EXPECT(os_file_size(file, &bytes) == OK && bytes == 0);
    os_file_close(file);
    EXPECT(os_file_open(both_path(arena, place, "absent/b"), FILE_WRITE | FILE_CREATE, &file) ==
           ST_NOT_FOUND);
    EXPECT(os_file_open(both_path(arena, place, "a/b"), FILE_WRITE | FILE_CREATE, &file) ==
           ST_INVALID);
    EXPECT(error_current()->code == SQLSTATE_WRONG_OBJECT_TYPE);
    EXPECT(os_file_open(place->dir, FILE_WRITE, &file) == ST_INVALID);
    arena_drop(arena);
}

static void reading_and_writing(void *arg)
{
    Arena *arena = arena_here();
    const char *path = both_path(arena, arg, "a");
    char data[64];
    size_t done;
    uint64_t bytes;
    File *file = open_at(path, FILE_READ | FILE_WRITE | FILE_CREATE);
    EXPECT(os_file_write(file, "hello", 5, 10) == OK);
    EXPECT(os_file_size(file, &bytes) == OK && bytes == 15);
    EXPECT(os_file_read(file, data, sizeof data, 0, &done) == OK && done == 15);
    EXPECT(memcmp(data, "\0\0\0\0\0\0\0\0\0\0hello", 15) == 0);
    EXPECT(os_file_read(file, data, 3, 11, &done) == OK && done == 3 &&
           memcmp(data, "ell", 3) == 0);
    EXPECT(os_file_read(file, data, 3, 15, &done) == OK && done == 0);
    EXPECT(os_file_read(file, data, 3, 1000, &done) == OK && done == 0);
    EXPECT(os_file_set_size(file, 12) == OK);
    EXPECT(os_file_read(file, data, sizeof data, 10, &done) == OK && done == 2 &&
           memcmp(data, "he", 2) == 0);
    EXPECT(os_file_set_size(file, 20) == OK);
    EXPECT(os_file_read(file, data, sizeof data, 10, &done) == OK && done == 10 && data[2] == 0);
    EXPECT(os_file_sync(file) == OK && os_dir_sync(((BothPlace *)arg)->dir) == OK);
    os_file_hint_read(file, 0, 20);
    os_file_hint_write(file, 0, 20);
    os_file_close(file);
    file = open_at(path, FILE_APPEND);
    EXPECT(os_file_append(file, "x", 1) == OK && os_file_append(file, "yz", 2) == OK);
    os_file_close(file);
    file = open_at(path, FILE_READ);
    EXPECT(os_file_read(file, data, sizeof data, 20, &done) == OK && done == 3 &&
           memcmp(data, "xyz", 3) == 0);
    EXPECT(os_file_write(file, "x", 1, 0) != OK && error_current() != NULL);
    os_file_close(file);
    arena_drop(arena);
}

enum { HOLE = 64 * 1024 };

static void space(void *arg)
{
    Arena *arena = arena_here();
    char *data = arena_alloc(arena, HOLE);
    uint64_t before, after, bytes, room;
    size_t done;
    File *file = open_at(both_path(arena, arg, "a"), FILE_READ | FILE_WRITE | FILE_CREATE);
    memset(data, 'x', HOLE);
    for (uint64_t i = 0; i < 4; i++) EXPECT(os_file_write(file, data, HOLE, i * HOLE) == OK);
    EXPECT(os_file_sync(file) == OK && os_file_space_used(file, &before) == OK &&
           before >= 4 * HOLE);
    Status status = os_file_punch(file, HOLE, 2 * HOLE);
    if (status == OK) {
        EXPECT(os_file_sync(file) == OK && os_file_space_used(file, &after) == OK &&
               after <= before - 2 * HOLE);
        EXPECT(os_file_read(file, data, HOLE, HOLE, &done) == OK && done == HOLE);
        for (size_t i = 0; i < HOLE; i++) EXPECT(data[i] == 0);
    } else {
        EXPECT(status == ST_UNSUPPORTED);
    }
    EXPECT(os_file_size(file, &bytes) == OK && bytes == 4 * HOLE);
    EXPECT(os_file_allocate(file, 4 * HOLE, 4 * HOLE) == OK && os_file_size(file, &bytes) == OK &&
           bytes == 8 * HOLE);
    EXPECT(os_file_read(file, data, HOLE, 7 * HOLE, &done) == OK && done == HOLE && data[0] == 0);
    EXPECT(os_file_allocate(file, 0, HOLE) == OK && os_file_size(file, &bytes) == OK &&
           bytes == 8 * HOLE);
    EXPECT(os_file_allocate(file, 0, 0) == OK && os_file_punch(file, 0, 0) == OK);
    EXPECT(os_file_read(file, data, HOLE, 0, &done) == OK && data[HOLE - 1] == 'x');
    EXPECT(os_disk_free(((BothPlace *)arg)->dir, &room) == OK && room > 0);
    EXPECT(os_disk_free(both_path(arena, arg, "absent"), &room) == ST_NOT_FOUND);
    os_file_close(file);
    arena_drop(arena);
}

static void direct(void *arg)
{
    Arena *arena = arena_here();
    char *block = arena_alloc(arena, 3 * FILE_DIRECT_ALIGNMENT);
    char *aligned = (char *)ALIGN_UP((uintptr_t)block, (uintptr_t)FILE_DIRECT_ALIGNMENT);
    size_t done;
    File *file = open_at(both_path(arena, arg, "a"),
                         FILE_READ | FILE_WRITE | FILE_CREATE | FILE_EXCLUSIVE | FILE_DIRECT);
    memset(aligned, 'd', FILE_DIRECT_ALIGNMENT);
    EXPECT(os_file_write(file, aligned, FILE_DIRECT_ALIGNMENT, FILE_DIRECT_ALIGNMENT) == OK);
    EXPECT(os_file_read(file, aligned, FILE_DIRECT_ALIGNMENT, 0, &done) == OK &&
           done == FILE_DIRECT_ALIGNMENT);
    EXPECT(aligned[0] == 0);
    EXPECT(os_file_read(file, aligned, FILE_DIRECT_ALIGNMENT, FILE_DIRECT_ALIGNMENT, &done) == OK);
    EXPECT(done == FILE_DIRECT_ALIGNMENT && aligned[0] == 'd' &&
           aligned[FILE_DIRECT_ALIGNMENT - 1] == 'd');
    os_file_close(file);
    arena_drop(arena);
}

static void locking(void *arg)
{
    Arena *arena = arena_here();
    const char *path = both_path(arena, arg, "a");
    File *file = open_at(path, FILE_WRITE | FILE_CREATE), *other = open_at(path, FILE_WRITE);
    EXPECT(os_file_lock(file) == OK);
    EXPECT(os_file_lock(other) == ST_BUSY);
    os_file_close(file);
    EXPECT(os_file_lock(other) == OK);
    os_file_close(other);
    arena_drop(arena);
}

static bool contains(Arena *arena, const char *path, const char *text)
{
    Str contents;
    return os_file_read_all(arena, path, 100, &contents) == OK &&
           str_equal(contents, str_from(text));
}

static void paths(void *arg)
{
    Arena *arena = arena_here();
    const char *a = both_path(arena, arg, "a"), *b = both_path(arena, arg, "b"),
               *c = both_path(arena, arg, "c");
    PathInfo info;
    Str target;
    EXPECT(os_file_replace(a, STR("A")) == OK && os_file_replace(b, STR("B")) == OK);
    EXPECT(os_path_link(a, b) == ST_EXISTS && error_current()->code == SQLSTATE_DUPLICATE_FILE);
    EXPECT(os_path_link(a, c) == OK && contains(arena, c, "A"));
    EXPECT(os_path_rename(a, b) == OK && contains(arena, b, "A"));
    EXPECT(os_path_rename(a, b) == ST_NOT_FOUND);
    EXPECT_NOTED(SQLSTATE_UNDEFINED_FILE,
                 str_format(arena,
                            "could not rename file \"%s\" to \"%s\": No such file or directory", a,
                            b)
                     .data);
    EXPECT(os_path_remove(a) == ST_NOT_FOUND && os_path_remove(b) == OK && contains(arena, c, "A"));
    EXPECT(os_path_set_mode(c, 0640) == OK && os_path_info(c, &info) == OK);
    EXPECT(info.kind == PATH_FILE && info.bytes == 1 && info.mode == 0640);
    EXPECT(info.modified_us > os_wall_us() - 3600000000 &&
           info.modified_us <= os_wall_us() + 1000000);
    EXPECT(os_path_make_link("c", a) == OK && os_path_info(a, &info) == OK &&
           info.kind == PATH_LINK);
    EXPECT(os_path_make_link("c", a) == ST_EXISTS);
    EXPECT(os_path_read_link(arena, a, &target) == OK && str_equal(target, STR("c")));
    EXPECT(os_path_read_link(arena, c, &target) == ST_INVALID);
    EXPECT(os_path_info(((BothPlace *)arg)->dir, &info) == OK && info.kind == PATH_DIR);
    EXPECT(os_path_info(b, &info) == ST_NOT_FOUND && os_path_set_mode(b, 0600) == ST_NOT_FOUND);
    arena_drop(arena);
}

static void absolute_paths(void *arg)
{
    (void)arg;
    static const struct {
        const char *path, *absolute;
    } cases[] = {
        {"/", "/"},      {"//a//b/", "/a/b"}, {"/a/./b/.", "/a/b"},         {"/a/../b", "/b"},
        {"/../..", "/"}, {"/a/b/../..", "/"}, {"/a/..b/c..", "/a/..b/c.."}, {"/a/b/..", "/a"}};
    Arena *arena = arena_here();
    Str absolute, here, inside;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        EXPECT(os_path_absolute(arena, cases[i].path, &absolute) == OK);
        EXPECT(str_equal(absolute, str_from(cases[i].absolute)) &&
               absolute.data[absolute.bytes] == 0);
    }
    EXPECT(os_path_absolute(arena, ".", &here) == OK && here.data[0] == '/');
    EXPECT(os_path_absolute(arena, "x/y/../z", &inside) == OK);
    EXPECT(str_ends(inside, STR("/x/z")) && str_starts(inside, here));
    arena_drop(arena);
}

static void folders(void *arg)
{
    Arena *arena = arena_here();
    const char *dir = both_path(arena, arg, "d"), *absent = both_path(arena, arg, "absent");
    Str *names;
    uint32_t count;
    EXPECT(os_dir_make(dir) == OK && os_dir_make(dir) == ST_EXISTS);
    EXPECT(os_dir_list(arena, dir, &names, &count) == OK && count == 0);
    for (uint32_t i = 0; i < 40; i++) {
        const char *path = str_format(arena, "%s/f%u", dir, (i * 17) % 40).data;
        os_file_close(open_at(path, FILE_WRITE | FILE_CREATE));
    }
    EXPECT(os_dir_list(arena, dir, &names, &count) == OK && count == 40);
    for (uint32_t i = 1; i < count; i++) EXPECT(str_compare(names[i - 1], names[i]) < 0);
    EXPECT(os_dir_remove(dir) == ST_BUSY && os_path_remove(dir) != OK);
    EXPECT(os_dir_list(arena, absent, &names, &count) == ST_NOT_FOUND);
    EXPECT_NOTED(SQLSTATE_UNDEFINED_FILE,
                 str_format(arena, "could not open directory \"%s\": No such file or directory",
                            absent)
                     .data);
    EXPECT(os_dir_remove(absent) == ST_NOT_FOUND && os_dir_sync(absent) == ST_NOT_FOUND);
    EXPECT(os_dir_make(str_format(arena, "%s/x", dir).data) == OK);
    EXPECT(os_dir_make(str_format(arena, "%s/x/y", dir).data) == OK);
    EXPECT(os_file_replace(str_format(arena, "%s/x/y/z", dir).data, STR("z")) == OK);
    EXPECT(os_file_replace(both_path(arena, arg, "kept"), STR("kept")) == OK);
    EXPECT(os_path_make_link("../kept", str_format(arena, "%s/x/link", dir).data) == OK);
    EXPECT(os_dir_remove_all(dir) == OK && os_dir_remove_all(dir) == ST_NOT_FOUND);
    EXPECT(contains(arena, both_path(arena, arg, "kept"), "kept"));
    arena_drop(arena);
}

static void deep_folders(void *arg)
{
    Arena *arena = arena_here();
    StrBuilder path = str_builder(arena, 0);
    str_add_zero_terminated(&path, ((BothPlace *)arg)->dir);
    size_t top = 0;
    for (uint32_t depth = 0; depth < 257; depth++) {
        str_add(&path, STR("/d"));
        if (depth == 0) top = path.bytes;
        EXPECT(os_dir_make(str_done(&path).data) == OK);
    }
    const char *all = str_done(&path).data, *first = str_format(arena, "%.*s", (int)top, all).data;
    EXPECT(os_dir_remove_all(first) == ST_FULL &&
           error_current()->code == SQLSTATE_PROGRAM_LIMIT_EXCEEDED);
    EXPECT(os_dir_remove(all) == OK && os_dir_remove_all(first) == OK);
    arena_drop(arena);
}

static void whole_files(void *arg)
{
    Arena *arena = arena_here();
    const char *path = both_path(arena, arg, "a");
    StrBuilder big = str_builder(arena, 0);
    Str contents;
    EXPECT(os_file_read_all(arena, path, 10, &contents) == ST_NOT_FOUND);
    EXPECT(os_file_replace(path, STR("")) == OK);
    EXPECT(os_file_read_all(arena, path, 0, &contents) == OK && contents.bytes == 0);
    str_add_repeat(&big, 'b', 100000);
    EXPECT(os_file_replace(path, str_done(&big)) == OK);
    EXPECT(os_file_read_all(arena, path, 100000, &contents) == OK &&
           str_equal(contents, str_peek(&big)));
    EXPECT(os_file_read_all(arena, path, SIZE_MAX, &contents) == OK && contents.bytes == 100000);
    EXPECT(os_file_read_all(arena, path, 99999, &contents) == ST_FULL);
    EXPECT(error_current()->code == SQLSTATE_PROGRAM_LIMIT_EXCEEDED);
    EXPECT(os_file_replace(both_path(arena, arg, "absent/a"), STR("x")) == ST_NOT_FOUND);
    Str *names;
    uint32_t count;
    EXPECT(os_dir_list(arena, ((BothPlace *)arg)->dir, &names, &count) == OK && count == 1);
    arena_drop(arena);
}

static void open_absent(void *arg)
{
    SCOPED(scope);
    (void)scope_file(scope, arg, FILE_READ);
}

static void scoped(void *arg)
{
    Arena *arena = arena_here();
    const char *path = both_path(arena, arg, "a");
    {
        SCOPED(scope);
        File *file = scope_file(scope, path, FILE_WRITE | FILE_CREATE);
        EXPECT(os_file_lock(file) == OK && scope_count(scope) == 1);
    }
    File *file = open_at(path, FILE_WRITE);
    EXPECT(os_file_lock(file) == OK);
    os_file_close(file);
    Error *error;
    EXPECT(!error_catch(open_absent, (void *)(uintptr_t)both_path(arena, arg, "absent"), arena,
                        &error));
    EXPECT(error->code == SQLSTATE_UNDEFINED_FILE);
    arena_drop(arena);
}

static void temporary_files(void *arg)
{
    Arena *arena = arena_here();
    const char *dir = both_path(arena, arg, "tmp");
    char data[4096] = "t", back[4096];
    TempSpace *temp;
    TempFile *file, *second;
    size_t done;
    Str *names;
    uint32_t count;
    EXPECT(os_dir_make(dir) == OK);
    EXPECT(os_file_replace(str_format(arena, "%s/left", dir).data, STR("left")) == OK);
    EXPECT(os_temp_space_open(task_self()->account, dir, "shown", 10240, &temp) == OK);
    EXPECT(os_dir_list(arena, dir, &names, &count) == OK && count == 0);
    EXPECT(os_temp_open(temp, NULL, &file) == OK && os_temp_open(temp, NULL, &second) == OK);
    EXPECT(os_temp_write(file, data, 4096, 0) == OK && os_temp_write(file, data, 4096, 4096) == OK);
    EXPECT(os_temp_write(file, data, 4096, 2048) == OK && os_temp_space_used(temp) == 8192);
    EXPECT(os_temp_write(second, data, 2049, 0) == ST_FULL);
    EXPECT_NOTED(SQLSTATE_CONFIGURATION_LIMIT_EXCEEDED,
                 "temporary file size exceeds \"temp_file_limit\" (10kB)");
    EXPECT(os_temp_write(second, data, 2048, 0) == OK && os_temp_space_used(temp) == 10240);
    EXPECT(os_temp_read(file, back, 4096, 2048, &done) == OK && done == 4096 &&
           memcmp(data, back, 4096) == 0);
    EXPECT(os_dir_list(arena, dir, &names, &count) == OK && count == 2);
    os_temp_close(file);
    EXPECT(os_temp_space_used(temp) == 2048);
    os_temp_close(second);
    EXPECT(os_dir_list(arena, dir, &names, &count) == OK && count == 0);
    {
        SCOPED(scope);
        file = scope_temp_file(scope, temp, NULL);
        EXPECT(os_temp_write(file, data, 1, 5000) == OK && os_temp_space_used(temp) == 5001);
        EXPECT(os_path_remove(str_format(arena, "%s/pgsql_tmp3", dir).data) == OK);
    }
    EXPECT(os_temp_space_used(temp) == 0);
    TempQuota quota = {.bytes_max = 4096};
    EXPECT(os_temp_open(temp, &quota, &file) == OK && os_temp_open(temp, &quota, &second) == OK);
    EXPECT(os_temp_write(file, data, 4096, 0) == OK && quota.used == 4096);
    EXPECT(os_temp_write(second, data, 1, 0) == ST_FULL);
    EXPECT_NOTED(SQLSTATE_CONFIGURATION_LIMIT_EXCEEDED,
                 "temporary file size exceeds \"temp_file_limit\" (4kB)");
    EXPECT(os_temp_space_used(temp) == 4096);
    os_temp_close(second);
    os_temp_close(file);
    EXPECT(quota.used == 0 && os_temp_space_used(temp) == 0);
    os_temp_space_close(temp);
    EXPECT(os_temp_space_open(task_self()->account, both_path(arena, arg, "absent/tmp"), "tmp", 0,
                              &temp) == ST_NOT_FOUND);
    EXPECT(os_temp_space_open(task_self()->account, both_path(arena, arg, "new"), "new", 0,
                              &temp) == OK);
    EXPECT(os_temp_open(temp, NULL, &file) == OK && os_temp_write(file, data, 1, 1 << 20) == OK);
    os_temp_close(file);
    EXPECT(os_dir_remove(both_path(arena, arg, "new")) == OK);
    EXPECT(os_temp_open(temp, NULL, &file) == ST_NOT_FOUND);
    os_temp_space_close(temp);
    arena_drop(arena);
}

const BothTest both_file_tests[] = {
    {"opening", opening},
    {"reading_and_writing", reading_and_writing},
    {"space", space},
    {"direct", direct},
    {"locking", locking},
    {"paths", paths},
    {"absolute_paths", absolute_paths},
    {"folders", folders},
    {"deep_folders", deep_folders},
    {"whole_files", whole_files},
    {"scoped", scoped},
    {"temporary_files", temporary_files},
    {NULL, NULL},
};
