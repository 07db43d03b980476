/* SPDX-License-Identifier: Apache-2.0 */
/* large_objects.c - large objects for SQL and for libpq's lo_ functions: descriptors, which live as long as their
 * transaction, and whole objects at once. Reads see what the transaction has written, as those through a descriptor
 * opened for writing do in PostgreSQL. */
#include "session/session_internal.h"

#include "base/builtins.h"
#include "catalog/catalog_tables.h"
#include "catalog/datums.h"
#include "os/file.h"

enum { MODE_WRITE = 0x20000, MODE_READ = 0x40000 };
enum { READ_MAX = 0x3fffffff - 4 };
static const int64_t position_max = (int64_t)INT32_MAX * 2048;

struct LargeDescriptor {
    LargeDescriptor *next;
    int32_t number;
    Oid oid;
    bool writes;
    int64_t at;
    uint32_t savepoint; /* SavepointLevel.number it was opened at */
};

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

/* ---- who may ---- */

static void check_exists(Fn *fn, Oid oid)
{
    if (!cat_large_object_exists(fn_view(fn), oid))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "large object %u does not exist", oid);
}

static void check_may(Fn *fn, Oid oid, uint32_t privilege)
{
    const CatObject object = {.class_ = CLASS_PG_LARGEOBJECT, .oid = oid};
    if (fn->env->settings->lo_compat_privileges ||
        (cat_privileges(fn_view(fn), fn->env->role, object, privilege) & privilege))
        return;
    raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for large object %u", oid);
}

static void check_writable(Fn *fn, const char *what)
{
    if (session_of(fn)->read_only)
        raise_error(SQLSTATE_READ_ONLY_SQL_TRANSACTION,
                    "cannot execute %s in a read-only transaction", what);
}

/* ---- descriptors ---- */

void session__large_objects_end(Session *session, uint32_t savepoint)
{
    LargeDescriptor **at = &session->large_objects;
    while (*at) {
        if ((*at)->savepoint >= savepoint)
            *at = (*at)->next;
        else
            at = &(*at)->next;
    }
}

static LargeDescriptor *find_descriptor(const Session *session, int32_t number)
{
    LargeDescriptor *d = session->large_objects;
    while (d && d->number != number) d = d->next;
    return d;
}

static LargeDescriptor *get_descriptor(Fn *fn, int32_t number)
{
    LargeDescriptor *d = find_descriptor(session_of(fn), number);
    if (!d) raise_error(SQLSTATE_UNDEFINED_OBJECT, "invalid large-object descriptor: %d", number);
    return d;
}

static int32_t lo_open(Fn *fn, Oid oid, int32_t mode)
{
    Session *session = session_of(fn);
    const bool writes = mode & MODE_WRITE;
    if (writes) check_writable(fn, "lo_open(INV_WRITE)");
    if (!(mode & (MODE_WRITE | MODE_READ)))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "invalid flags for opening a large object: %d", mode);
    check_exists(fn, oid);
    check_may(fn, oid, PRIV_SELECT);
    if (writes) check_may(fn, oid, PRIV_UPDATE);
    LargeDescriptor *d = ARENA_NEW(session->txn_arena, LargeDescriptor);
    while (find_descriptor(session, d->number)) d->number++;
    d->oid = oid;
    d->writes = writes;
    d->savepoint = session->savepoints ? session->savepoints->number : 0;
    d->next = session->large_objects;
    session->large_objects = d;
    return d->number;
}
SQL_FUNCTION(952, "lo_open", int4, (oid, int4), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_open,
             "descriptor of a large object, until the transaction ends")

static int32_t lo_close(Fn *fn, int32_t number)
{
    const LargeDescriptor *d = get_descriptor(fn, number);
    LargeDescriptor **at = &session_of(fn)->large_objects;
    while (*at != d) at = &(*at)->next;
    *at = d->next;
    return 0;
}
SQL_FUNCTION(953, "lo_close", int4, (int4), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_close,
             "closes a large object's descriptor")

static Str loread(Fn *fn, int32_t number, int32_t bytes)
{
    LargeDescriptor *d = get_descriptor(fn, number);
    const Str data = cat_large_object_read(fn_view(fn), fn->arena, d->oid, d->at, MAX(bytes, 0));
    d->at += (int64_t)data.bytes;
    return data;
}
SQL_FUNCTION(954, "loread", bytea, (int4, int4), VOLATILE | STRICT | PARALLEL_UNSAFE, loread,
             "bytes of a large object from where its descriptor stands")

static void check_end(int64_t from, size_t bytes)
{
    if (from + (int64_t)bytes > position_max)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "invalid large object write request size: %zu", bytes);
}

static int32_t lowrite(Fn *fn, int32_t number, Str data)
{
    check_writable(fn, "lowrite()");
    LargeDescriptor *d = get_descriptor(fn, number);
    if (!d->writes)
        raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "large object descriptor %d was not opened for writing", number);
    check_end(d->at, data.bytes);
    cat_large_object_write(fn_view(fn), d->oid, d->at, data);
    d->at += (int64_t)data.bytes;
    return (int32_t)data.bytes;
}
SQL_FUNCTION(955, "lowrite", int4, (int4, bytea), VOLATILE | STRICT | PARALLEL_UNSAFE, lowrite,
             "writes bytes of a large object where its descriptor stands")

static void check_target(int64_t at)
{
    if (at < 0 || at > position_max)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid large object seek target: %" PRId64,
                    at);
}

static int64_t lo_lseek64(Fn *fn, int32_t number, int64_t offset, int32_t whence)
{
    enum { FROM_START, FROM_HERE, FROM_END };
    LargeDescriptor *d = get_descriptor(fn, number);
    if (whence < FROM_START || whence > FROM_END)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid whence setting: %d", whence);
    int64_t at = whence == FROM_HERE ? d->at : 0;
    if (whence == FROM_END) at = cat_large_object_size(fn_view(fn), d->oid);
    /* No sum of a position and 64 bits that are in range is out of it. */
    at = offset > position_max || offset < -position_max ? offset : at + offset;
    check_target(at);
    return d->at = at;
}
SQL_FUNCTION(3170, "lo_lseek64", int8, (int4, int8, int4), VOLATILE | STRICT | PARALLEL_UNSAFE,
             lo_lseek64, "moves a large object's descriptor")

static int32_t narrow(int64_t at, int32_t number, const char *function)
{
    if (at > INT32_MAX)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                    "%s result out of range for large-object descriptor %d", function, number);
    return (int32_t)at;
}

static int32_t lo_lseek(Fn *fn, int32_t number, int32_t offset, int32_t whence)
{
    return narrow(lo_lseek64(fn, number, offset, whence), number, "lo_lseek");
}
SQL_FUNCTION(956, "lo_lseek", int4, (int4, int4, int4), VOLATILE | STRICT | PARALLEL_UNSAFE,
             lo_lseek, "moves a large object's descriptor")

static int64_t lo_tell64(Fn *fn, int32_t number)
{
    return get_descriptor(fn, number)->at;
}
SQL_FUNCTION(3171, "lo_tell64", int8, (int4), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_tell64,
             "where a large object's descriptor stands")

static int32_t lo_tell(Fn *fn, int32_t number)
{
    return narrow(lo_tell64(fn, number), number, "lo_tell");
}
SQL_FUNCTION(958, "lo_tell", int4, (int4), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_tell,
             "where a large object's descriptor stands")

static int32_t lo_truncate64(Fn *fn, int32_t number, int64_t bytes)
{
    check_writable(fn, "lo_truncate64()");
    const LargeDescriptor *d = get_descriptor(fn, number);
    if (!d->writes)
        raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "large object descriptor %d was not opened for writing", number);
    if (bytes < 0 || bytes > position_max)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "invalid large object truncation target: %" PRId64, bytes);
    cat_large_object_truncate(fn_view(fn), d->oid, bytes);
    return 0;
}
SQL_FUNCTION(3172, "lo_truncate64", int4, (int4, int8), VOLATILE | STRICT | PARALLEL_UNSAFE,
             lo_truncate64, "cuts a large object, or makes it longer")

static int32_t lo_truncate(Fn *fn, int32_t number, int32_t bytes)
{
    check_writable(fn, "lo_truncate()");
    return lo_truncate64(fn, number, bytes);
}
SQL_FUNCTION(1004, "lo_truncate", int4, (int4, int4), VOLATILE | STRICT | PARALLEL_UNSAFE,
             lo_truncate, "cuts a large object, or makes it longer")

/* ---- whole objects ---- */

static Oid lo_create(Fn *fn, Oid wanted)
{
    check_writable(fn, "lo_create()");
    return cat_large_object_create(fn_view(fn), wanted);
}
SQL_FUNCTION(715, "lo_create", oid, (oid), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_create,
             "makes a large object; 0: its OID is chosen")

static Oid lo_creat(Fn *fn, int32_t mode)
{
    (void)mode;
    check_writable(fn, "lo_creat()");
    return cat_large_object_create(fn_view(fn), 0);
}
SQL_FUNCTION(957, "lo_creat", oid, (int4), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_creat,
             "makes a large object")

static Oid lo_from_bytea(Fn *fn, Oid wanted, Str data)
{
    check_writable(fn, "lo_from_bytea()");
    const Oid oid = cat_large_object_create(fn_view(fn), wanted);
    cat_large_object_write(fn_view(fn), oid, 0, data);
    return oid;
}
SQL_FUNCTION(3457, "lo_from_bytea", oid, (oid, bytea), VOLATILE | STRICT | PARALLEL_UNSAFE,
             lo_from_bytea, "makes a large object of bytes; 0: its OID is chosen")

static Str lo_get_part(Fn *fn, Oid oid, int64_t from, int32_t bytes)
{
    check_exists(fn, oid);
    check_may(fn, oid, PRIV_SELECT);
    if (bytes < 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "requested length cannot be negative");
    check_target(from);
    return cat_large_object_read(fn_view(fn), fn->arena, oid, from, bytes);
}
SQL_FUNCTION(3459, "lo_get", bytea, (oid, int8, int4), VOLATILE | STRICT | PARALLEL_UNSAFE,
             lo_get_part, "part of a large object")

static Str lo_get(Fn *fn, Oid oid)
{
    check_exists(fn, oid);
    check_may(fn, oid, PRIV_SELECT);
    const int64_t size = cat_large_object_size(fn_view(fn), oid);
    if (size > READ_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "large object read request is too large");
    return cat_large_object_read(fn_view(fn), fn->arena, oid, 0, size);
}
SQL_FUNCTION(3458, "lo_get", bytea, (oid), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_get,
             "all of a large object")

static Datum lo_put(Fn *fn, const Datum *args)
{
    const Oid oid = args[0].value.u32;
    const int64_t from = args[1].value.i64;
    const Str data = strview_str(&args[2].value.str);
    check_writable(fn, "lo_put()");
    check_exists(fn, oid);
    check_may(fn, oid, PRIV_UPDATE);
    check_target(from);
    check_end(from, data.bytes);
    cat_large_object_write(fn_view(fn), oid, from, data);
    return datum_str((Str){"", 0});
}
SQL_FUNCTION_DATUM(3460, "lo_put", void, (oid, int8, bytea), VOLATILE | STRICT | PARALLEL_UNSAFE,
                   lo_put, "writes bytes of a large object")

static int32_t lo_unlink(Fn *fn, Oid oid)
{
    Session *session = session_of(fn);
    const CatObject object = {.class_ = CLASS_PG_LARGEOBJECT, .oid = oid};
    check_writable(fn, "lo_unlink()");
    check_exists(fn, oid);
    if (!fn->env->settings->lo_compat_privileges &&
        !cat_is_owner(fn_view(fn), fn->env->role, object))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be owner of large object %u", oid);
    for (LargeDescriptor **at = &session->large_objects; *at;) {
        if ((*at)->oid == oid)
            *at = (*at)->next;
        else
            at = &(*at)->next;
    }
    cat_large_object_drop(fn_view(fn), oid);
    return 1;
}
SQL_FUNCTION(964, "lo_unlink", int4, (oid), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_unlink,
             "drops a large object")

/* ---- files of the server ---- */

static _Noreturn void cannot(const char *what, Str name)
{
    const Error *current = error_current();
    const Sqlstate code = current->code;
    const Str why = os_error_reason();
    raise_error(code, "could not %s server file \"%.*s\": %.*s", what, STR_ARG(name), STR_ARG(why));
}

static Oid import_file(Fn *fn, Str name, Oid wanted)
{
    Str data;
    cat_fn_check_execute(fn);
    check_writable(fn, "lo_import()");
    if (os_file_read_all(fn->arena, str_copy_zero(fn->arena, name), READ_MAX, &data) != OK)
        cannot("open", name);
    const Oid oid = cat_large_object_create(fn_view(fn), wanted);
    cat_large_object_write(fn_view(fn), oid, 0, data);
    return oid;
}

static Oid lo_import(Fn *fn, Str name)
{
    return import_file(fn, name, 0);
}
SQL_FUNCTION(764, "lo_import", oid, (text), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_import,
             "makes a large object of a file of the server")
SQL_FUNCTION(767, "lo_import", oid, (text, oid), VOLATILE | STRICT | PARALLEL_UNSAFE, import_file,
             "makes a large object of that OID of a file of the server")

static void close_file(void *file)
{
    os_file_close(file);
}

static int32_t lo_export(Fn *fn, Oid oid, Str name)
{
    enum { STEP = 256 << 10 };
    SCOPED(scope);
    File *file;
    cat_fn_check_execute(fn);
    check_exists(fn, oid);
    check_may(fn, oid, PRIV_SELECT);
    if (os_file_open(str_copy_zero(fn->arena, name), FILE_WRITE | FILE_CREATE | FILE_TRUNCATE,
                     &file) != OK)
        cannot("create", name);
    scope_add(scope, close_file, file);
    Arena *pieces = arena_new_child(fn->arena, "piece of a large object");
    for (int64_t at = 0;;) {
        arena_reset(pieces);
        const Str piece = cat_large_object_read(fn_view(fn), pieces, oid, at, STEP);
        if (piece.bytes == 0) break;
        if (os_file_write(file, piece.data, piece.bytes, (uint64_t)at) != OK) cannot("write", name);
        at += (int64_t)piece.bytes;
    }
    arena_drop(pieces);
    return 1;
}
SQL_FUNCTION(765, "lo_export", int4, (oid, text), VOLATILE | STRICT | PARALLEL_UNSAFE, lo_export,
             "writes a large object to a file of the server")
