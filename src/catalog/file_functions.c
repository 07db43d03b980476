/* SPDX-License-Identifier: Apache-2.0 */
/* file_functions.c - the server's files as SQL shows them to who may read them: contents, folders, facts.
 *
 * Names that are not absolute start at the data directory. Roles without pg_read_server_files to whom one of the
 * functions was granted reach nothing outside of it. */
#include "catalog/catalog_internal.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "base/settings.h"
#include "os/file.h"
#include "type/text.h"

enum { ROLE_READ_SERVER_FILES = 4569 };
enum { READ_BYTES_MAX = 0x3fffffff - 4, READ_STEP_BYTES = 64 << 10 };
/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;

/* ---- names ---- */

/* Without "." and with ".." taken back where a folder is before it. */
static Str simplify(Arena *arena, Str name)
{
    const bool absolute = str_starts(name, STR("/"));
    StrBuilder out = str_builder(arena, name.bytes + 1);
    if (absolute) str_add_char(&out, '/');
    const size_t root = absolute ? 1 : 0;
    for (size_t at = 0; at < name.bytes;) {
        size_t length;
        if (!str_find_char(str_slice(name, at, name.bytes), '/', &length)) length = name.bytes - at;
        const Str part = str_slice(name, at, at + length);
        at += length + 1;
        if (part.bytes == 0 || str_equal(part, STR("."))) continue;
        Str before = str_peek(&out);
        size_t last = before.bytes;
        while (last > root && before.data[last - 1] != '/') last--;
        const Str folder = str_slice(before, last, before.bytes);
        const bool up = str_equal(part, STR(".."));
        if (up && (folder.bytes > 0 ? !str_equal(folder, STR("..")) : absolute)) {
            str_truncate(&out, last > root ? last - 1 : root);
            continue;
        }
        if (before.bytes > root) str_add_char(&out, '/');
        str_add(&out, part);
    }
    if (out.bytes == 0 && name.bytes > 0) str_add_char(&out, '.');
    return str_done(&out);
}

/* The name as messages show it, once the role may ask for it. */
static Str check_name(Fn *fn, Str name)
{
    const Str simple = simplify(fn->arena, name);
    if (cat_role_is_member(fn_view(fn), fn->env->role, ROLE_READ_SERVER_FILES)) return simple;
    if (str_starts(simple, STR("/")) &&
        !str_starts(simple, str_concat(fn->arena, fn->env->settings->data_directory, STR("/"))))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "absolute path not allowed");
    if (str_starts(simple, STR("..")) && (simple.bytes == 2 || simple.data[2] == '/'))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "path must be in or below the data directory");
    return simple;
}

static const char *path_of(Fn *fn, Str name)
{
    if (name.bytes == 0 || name.data[0] == '/') return str_copy_zero(fn->arena, name);
    const Str folder = fn->env->settings->data_directory;
    return str_copy_zero(fn->arena,
                         str_format(fn->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name)));
}

static _Noreturn void cannot(const char *what, Str name, const char *more)
{
    const Error *current = error_current();
    const Sqlstate code = current->code;
    const Str why = os_error_reason();
    raise_error(code, "could not %s \"%.*s\"%s: %.*s", what, STR_ARG(name), more, STR_ARG(why));
}

/* ---- contents ---- */

typedef struct Part {
    int64_t from;  /* less than 0: from the end */
    int64_t bytes; /* less than 0: all */
} Part;

static void close_file(void *file)
{
    os_file_close(file);
}

/* Where the part begins in the file. */
static uint64_t start_of(File *file, Str name, Part part)
{
    uint64_t size = 0;
    if (part.from >= 0) return (uint64_t)part.from;
    CHECK(os_file_size(file, &size));
    if (part.from + (int64_t)size < 0)
        raise_error(SQLSTATE_INTERNAL_ERROR, "could not seek in file \"%.*s\": Invalid argument",
                    STR_ARG(name));
    return (uint64_t)(part.from + (int64_t)size);
}

/* Files of /proc have no size: what there is shows when it is read. */
static Str read_part(Fn *fn, Str name, Part part)
{
    SCOPED(scope);
    File *file;
    if (os_file_open(path_of(fn, name), FILE_READ, &file) != OK)
        cannot("open file", name, " for reading");
    scope_add(scope, close_file, file);
    uint64_t at = start_of(file, name, part);
    StrBuilder out = str_builder_limited(fn->arena, 0, READ_BYTES_MAX + 1);
    const uint64_t wanted = part.bytes < 0 ? READ_BYTES_MAX + 1 : (uint64_t)part.bytes;
    while (out.bytes < wanted) {
        task_check();
        const size_t step = MIN((size_t)READ_STEP_BYTES, (size_t)wanted - out.bytes),
                     had = out.bytes;
        size_t done;
        char *space = str_add_space(&out, step);
        if (os_file_read(file, space, step, at, &done) != OK) cannot("read file", name, "");
        str_truncate(&out, had + done);
        at += done;
        if (done < step) break;
    }
    if (out.bytes > READ_BYTES_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "file length too large");
    return str_done(&out);
}

static bool is_there(Fn *fn, Str name)
{
    PathInfo info;
    if (os_path_info(path_of(fn, name), &info) == OK) return true;
    return error_current()->code != SQLSTATE_UNDEFINED_FILE;
}

/* (name), (name, missing_ok), (name, from, bytes) and (name, from, bytes, missing_ok); NULL: it may be missing, and
 * is. */
static Datum read_file(Fn *fn, const Datum *args, bool text)
{
    const Str asked = strview_str(&args[0].value.str);
    const bool has_part = fn->arg_count > 2;
    cat_fn_check_execute(fn);
    const bool missing_ok = fn->arg_count % 2 == 0 && args[fn->arg_count - 1].value.b;
    Part part = {0, -1};
    if (has_part) part = (Part){args[1].value.i64, args[2].value.i64};
    if (has_part && part.bytes < 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "requested length cannot be negative");
    const Str name = check_name(fn, asked);
    if (part.bytes > READ_BYTES_MAX)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "requested length too large");
    if (missing_ok && !is_there(fn, name)) return datum_null();
    const Str contents = read_part(fn, name, part);
    InputError error = {.arena = fn->arena};
    if (text && !text_check_encoding(contents, &error)) input_error_raise(&error);
    return datum_str(contents);
}

static Datum read_text(Fn *fn, const Datum *args)
{
    return read_file(fn, args, true);
}
SQL_FUNCTION_DATUM(3826, "pg_read_file", text, (text), VOLATILE | STRICT, read_text,
                   "contents of a file of the server")
SQL_FUNCTION_DATUM(6208, "pg_read_file", text, (text, bool), VOLATILE | STRICT, read_text,
                   "contents of a file of the server; NULL when it may be missing and is")
SQL_FUNCTION_DATUM(2624, "pg_read_file", text, (text, int8, int8), VOLATILE | STRICT, read_text,
                   "part of a file of the server")
SQL_FUNCTION_DATUM(3293, "pg_read_file", text, (text, int8, int8, bool), VOLATILE | STRICT,
                   read_text, "part of a file of the server; NULL when it may be missing and is")

static Datum read_binary(Fn *fn, const Datum *args)
{
    return read_file(fn, args, false);
}
SQL_FUNCTION_DATUM(3828, "pg_read_binary_file", bytea, (text), VOLATILE | STRICT, read_binary,
                   "bytes of a file of the server")
SQL_FUNCTION_DATUM(6209, "pg_read_binary_file", bytea, (text, bool), VOLATILE | STRICT, read_binary,
                   "bytes of a file of the server; NULL when it may be missing and is")
SQL_FUNCTION_DATUM(3827, "pg_read_binary_file", bytea, (text, int8, int8), VOLATILE | STRICT,
                   read_binary, "bytes of a part of a file of the server")
SQL_FUNCTION_DATUM(3295, "pg_read_binary_file", bytea, (text, int8, int8, bool), VOLATILE | STRICT,
                   read_binary,
                   "bytes of a part of a file of the server; NULL when it may be missing and is")

/* ---- folders ---- */

typedef struct Folder {
    Str name;
    Str *names;
    uint32_t count, at;
} Folder;

static void list_folder(Fn *fn, FnSet *set, Str name, bool missing_ok)
{
    cat_fn_check_execute(fn);
    Folder *folder = set->state = ARENA_NEW(set->arena, Folder);
    folder->name = str_copy(set->arena, name);
    if (os_dir_list(set->arena, path_of(fn, name), &folder->names, &folder->count) == OK) return;
    if (!missing_ok || error_current()->code != SQLSTATE_UNDEFINED_FILE)
        cannot("open directory", name, "");
    folder->count = 0;
}

/* (name) and (name, missing_ok, include_dot_dirs). */
static bool list_names(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    static const Str dots[] = {{".", 1}, {"..", 2}};
    const bool has_dots = fn->arg_count > 1 && !args[2].null && args[2].value.b;
    if (!set->state) {
        cat_fn_check_execute(fn);
        const Str name = check_name(fn, strview_str(&args[0].value.str));
        list_folder(fn, set, name, fn->arg_count > 1 && !args[1].null && args[1].value.b);
        Folder *made = set->state;
        if (!has_dots || !is_there(fn, name)) made->at = ARRAY_LEN(dots);
    }
    Folder *folder = set->state;
    const uint32_t at = folder->at++;
    if (at >= folder->count + ARRAY_LEN(dots)) return false;
    columns[0] = datum_str(at < ARRAY_LEN(dots) ? dots[at] : folder->names[at - ARRAY_LEN(dots)]);
    return true;
}
SQL_FUNCTION_SET(2625, "pg_ls_dir", text, (text), VOLATILE | STRICT, list_names,
                 "names in a folder of the server")
SQL_FACTS(2625, .rows = 1000)
SQL_FUNCTION_SET(3297, "pg_ls_dir", text, (text, bool, bool), VOLATILE | STRICT, list_names,
                 "names in a folder of the server; whether it may be missing, and with . and ..")
SQL_FACTS(3297, .rows = 1000)

/* The next file of the folder that is no folder and not hidden: name, size, modification. */
static bool next_file(Fn *fn, FnSet *set, Datum *columns)
{
    Folder *folder = set->state;
    PathInfo info;
    while (folder->at < folder->count) {
        const Str name = folder->names[folder->at++];
        if (str_starts(name, STR("."))) continue;
        const Str path = str_format(fn->arena, "%.*s/%.*s", STR_ARG(folder->name), STR_ARG(name));
        if (os_path_info(path_of(fn, path), &info) != OK || info.kind != PATH_FILE) continue;
        columns[0] = datum_str(name);
        columns[1] = datum_i64((int64_t)info.bytes);
        columns[2] = datum_i64(info.modified_us - epoch_us);
        return true;
    }
    return false;
}

static bool list_log(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)args;
    if (!set->state) list_folder(fn, set, fn->env->settings->log_directory, false);
    return next_file(fn, set, columns);
}
static bool list_wal(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)args;
    if (!set->state) list_folder(fn, set, STR("pg_wal"), false);
    return next_file(fn, set, columns);
}
static bool list_temporary(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    cat_fn_check_execute(fn);
    const Datum key = fn->arg_count ? args[0] : datum_oid(TABLESPACE_DEFAULT);
    if (!set->state && !cat_row_find(fn_view(fn), PG_TABLESPACE_OID_INDEX, &key, 1, fn->arena))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "tablespace with OID %u does not exist",
                    key.value.u32);
    if (!set->state) list_folder(fn, set, STR("base/pgsql_tmp"), true);
    return next_file(fn, set, columns);
}
/* Nothing is archived, decoded or summarised. */
static bool list_none(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)set;
    (void)args;
    (void)columns;
    cat_fn_check_execute(fn);
    return false;
}
static bool list_slot(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)set;
    (void)columns;
    cat_fn_check_execute(fn);
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "replication slot \"%.*s\" does not exist",
                STR_ARG(strview_str(&args[0].value.str)));
}
SQL_FUNCTION_SET(3353, "pg_ls_logdir", record, (), VOLATILE | STRICT, list_log, "files of the log")
SQL_FACTS(3353, .cost = 10, .rows = 20,
          .arguments = "OUT name text, OUT size int8, OUT modification timestamptz")
SQL_FUNCTION_SET(3354, "pg_ls_waldir", record, (), VOLATILE | STRICT, list_wal,
                 "files of the write-ahead log")
SQL_FACTS(3354, .cost = 10, .rows = 20,
          .arguments = "OUT name text, OUT size int8, OUT modification timestamptz")
SQL_FUNCTION_SET(5029, "pg_ls_tmpdir", record, (), VOLATILE | STRICT, list_temporary,
                 "temporary files")
SQL_FACTS(5029, .cost = 10, .rows = 20,
          .arguments = "OUT name text, OUT size int8, OUT modification timestamptz")
SQL_FUNCTION_SET(5030, "pg_ls_tmpdir", record, (oid), VOLATILE | STRICT, list_temporary,
                 "temporary files of a tablespace")
SQL_FACTS(5030, .cost = 10, .rows = 20,
          .arguments = "tablespace oid, OUT name text, OUT size int8, OUT modification timestamptz")
SQL_FUNCTION_SET(5031, "pg_ls_archive_statusdir", record, (), VOLATILE | STRICT, list_none,
                 "files about what is archived")
SQL_FACTS(5031, .cost = 10, .rows = 20,
          .arguments = "OUT name text, OUT size int8, OUT modification timestamptz")
SQL_FUNCTION_SET(6270, "pg_ls_logicalsnapdir", record, (), VOLATILE | STRICT, list_none,
                 "snapshots of logical decoding")
SQL_FACTS(6270, .cost = 10, .rows = 20,
          .arguments = "OUT name text, OUT size int8, OUT modification timestamptz")
SQL_FUNCTION_SET(6271, "pg_ls_logicalmapdir", record, (), VOLATILE | STRICT, list_none,
                 "mappings of logical decoding")
SQL_FACTS(6271, .cost = 10, .rows = 20,
          .arguments = "OUT name text, OUT size int8, OUT modification timestamptz")
SQL_FUNCTION_SET(6400, "pg_ls_summariesdir", record, (), VOLATILE | STRICT, list_none,
                 "summaries of the write-ahead log")
SQL_FACTS(6400, .cost = 10, .rows = 20,
          .arguments = "OUT name text, OUT size int8, OUT modification timestamptz")
SQL_FUNCTION_SET(6272, "pg_ls_replslotdir", record, (text), VOLATILE | STRICT, list_slot,
                 "files of a replication slot")
SQL_FACTS(6272, .cost = 10, .rows = 20,
          .arguments = "slot_name text, OUT name text, OUT size int8, OUT modification timestamptz")

/* Its lines are "stderr log/server.log" and so on; the collector writes it (cli/logger.c). */
static Datum current_log(Fn *fn, const Datum *args)
{
    static const Str formats[] = {{"stderr", 6}, {"csvlog", 6}, {"jsonlog", 7}};
    const bool any = fn->arg_count == 0 || args[0].null;
    const Str format = any ? (Str){0} : strview_str(&args[0].value.str);
    bool known = any;
    Str lines;
    cat_fn_check_execute(fn);
    for (size_t i = 0; i < ARRAY_LEN(formats); i++) known |= str_equal(format, formats[i]);
    if (!known) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "log format \"%.*s\" is not supported", STR_ARG(format));
        error_hint(error, "The supported log formats are \"stderr\", \"csvlog\", and \"jsonlog\".");
        error_raise(error);
    }
    if (!fn->env->settings->logging_collector ||
        os_file_read_all(fn->arena, path_of(fn, STR("current_logfiles")), READ_STEP_BYTES,
                         &lines) != OK)
        return datum_null();
    for (size_t end; str_find_char(lines, '\n', &end);
         lines = str_slice(lines, end + 1, lines.bytes)) {
        const Str line = str_slice(lines, 0, end);
        size_t space;
        if (!str_find_char(line, ' ', &space)) continue;
        if (any || str_equal(str_slice(line, 0, space), format))
            return datum_str(str_slice(line, space + 1, line.bytes));
    }
    return datum_null();
}
SQL_FUNCTION_DATUM(3800, "pg_current_logfile", text, (), VOLATILE, current_log,
                   "file that the collector writes the log to")
SQL_FUNCTION_DATUM(3801, "pg_current_logfile", text, (text), VOLATILE, current_log,
                   "file that the collector writes the log to, of one format")

/* ---- facts ---- */

static bool file_facts(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    PathInfo info;
    (void)set;
    cat_fn_check_execute(fn);
    const Str name = check_name(fn, strview_str(&args[0].value.str));
    if (os_path_info(path_of(fn, name), &info) != OK) {
        const bool missing_ok = fn->arg_count > 1 && args[1].value.b;
        if (!missing_ok || error_current()->code != SQLSTATE_UNDEFINED_FILE)
            cannot("stat file", name, "");
        return false;
    }
    columns[0] = datum_i64((int64_t)info.bytes);
    columns[1] = datum_i64(info.accessed_us - epoch_us);
    columns[2] = datum_i64(info.modified_us - epoch_us);
    columns[3] = datum_i64(info.changed_us - epoch_us);
    columns[5] = datum_bool(info.kind == PATH_DIR);
    return true;
}
SQL_FUNCTION_ROW(2623, "pg_stat_file", record, (text), VOLATILE | STRICT, file_facts,
                 "size, times and kind of a file of the server")
SQL_FACTS(2623, .arguments = "filename text, OUT size int8, OUT access timestamptz, "
                             "OUT modification timestamptz, OUT change timestamptz, "
                             "OUT creation timestamptz, OUT isdir bool")
SQL_FUNCTION_ROW(3307, "pg_stat_file", record, (text, bool), VOLATILE | STRICT, file_facts,
                 "size, times and kind of a file of the server, which may be missing")
SQL_FACTS(3307,
          .arguments = "filename text, missing_ok bool, OUT size int8, OUT access timestamptz, "
                       "OUT modification timestamptz, OUT change timestamptz, "
                       "OUT creation timestamptz, OUT isdir bool")
