/* SPDX-License-Identifier: Apache-2.0 */
/* copy.c - the statement, its columns, and the two ends that bytes may come from or go to. */
#include "copy/copy.h"

#include "copy/copy_internal.h"
#include "os/file.h"

/* ---- columns ---- */

static void take_column(UtilityCall *call, const CatColumn *from, CopyColumn *column)
{
    const FnEnv *env = session_env(call->session);
    column->name = from->name;
    column->number = from->number;
    column->type = type_get(env, from->type);
    column->typmod = from->typmod;
    column->call = (TypeCall){.type = column->type, .env = env, .typmod = from->typmod};
}

static const CatColumn *find_column(const CatRelation *relation, Str name)
{
    for (int16_t i = 0; i < relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        if (!column->dropped && str_equal(column->name, name)) return column;
    }
    raise_error(SQLSTATE_UNDEFINED_COLUMN, "column \"%.*s\" of relation \"%.*s\" does not exist",
                STR_ARG(name), STR_ARG(relation->name));
}

CopyColumn *copy__columns(UtilityCall *call, const AstCopy *copy, const CatRelation *relation,
                          uint32_t *count)
{
    uint32_t most = MAX((uint32_t)relation->column_count, copy->columns.count);
    CopyColumn *columns = ARENA_ARRAY(call->arena, CopyColumn, most);
    *count = 0;
    for (int16_t i = 0; copy->columns.count == 0 && i < relation->column_count; i++) {
        const CatColumn *from = &relation->columns[i];
        if (!from->dropped && from->generated == 0) take_column(call, from, &columns[(*count)++]);
    }
    for (uint32_t i = 0; i < copy->columns.count; i++) {
        const CatColumn *from = find_column(relation, copy->columns.items[i]);
        if (from->generated != 0) {
            Error *error = error_begin(SQLSTATE_INVALID_COLUMN_REFERENCE);
            error_message(error, "column \"%.*s\" is a generated column", STR_ARG(from->name));
            error_detail(error, "Generated columns cannot be used in COPY.");
            error_raise(error);
        }
        for (uint32_t j = 0; j < *count; j++) {
            if (columns[j].number == from->number)
                raise_error(SQLSTATE_DUPLICATE_COLUMN, "column \"%.*s\" specified more than once",
                            STR_ARG(from->name));
        }
        take_column(call, from, &columns[(*count)++]);
    }
    return columns;
}

/* ---- ends ---- */

enum { PIECE_BYTES = 256 << 10 };

static void forbid_file(UtilityCall *call, const AstCopy *copy)
{
    if (copy->program)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "COPY with PROGRAM is not supported");
    CatalogView *view = session_view(call->session);
    const char *role = copy->from ? "pg_read_server_files" : "pg_write_server_files";
    Oid wanted = cat_role_named(view, str_from(role));
    if (cat_role_is_member(view, cat_view_role(view), wanted)) return;
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied to COPY %s a file", copy->from ? "from" : "to");
    error_detail(error, "Only roles with privileges of the \"%s\" role may COPY %s a file.", role,
                 copy->from ? "from" : "to");
    error_hint(
        error,
        "Anyone can COPY to stdout or from stdin. psql's \\copy command also works for anyone.");
    error_raise(error);
}

static _Noreturn void cannot_open(const AstCopy *copy)
{
    const Error *cause = error_current();
    Str why = cause != NULL ? cause->message : STR("No such file or directory");
    Error *error = error_begin(SQLSTATE_UNDEFINED_FILE);
    error_message(error, "could not open file \"%.*s\" for %s: %.*s", STR_ARG(copy->file),
                  copy->from ? "reading" : "writing", STR_ARG(why));
    error_raise(error);
}

static void close_file(void *file)
{
    os_file_close(file);
}

struct CopySource {
    UtilityCall *call;
    Arena *pieces; /* of the client's messages, reset with each */
    File *file;    /* NULL: the client */
    uint64_t at;
    char *buffer;
    bool ended;
};

CopySource *copy__source_open(UtilityCall *call, Scope *scope, const AstCopy *copy, bool binary,
                              uint32_t columns)
{
    CopySource *source = ARENA_NEW(call->arena, CopySource);
    source->call = call;
    if (copy->file.data == NULL) {
        source->pieces = arena_new_child(call->arena, "piece of COPY data");
        call->sink->copy_begin(call->sink->arg, true, binary, columns);
        return source;
    }
    forbid_file(call, copy);
    const char *path = str_copy_zero(call->arena, copy->file);
    if (os_file_open(path, FILE_READ, &source->file) != OK) cannot_open(copy);
    scope_add(scope, close_file, source->file);
    source->buffer = arena_alloc(call->arena, PIECE_BYTES);
    return source;
}

bool copy__source_next(CopySource *source, Str *piece)
{
    if (source->ended) return false;
    if (source->file == NULL) {
        arena_reset(source->pieces);
        const ResultSink *sink = source->call->sink;
        source->ended = !sink->copy_next(sink->arg, source->pieces, piece);
        return !source->ended;
    }
    size_t done;
    CHECK(os_file_read(source->file, source->buffer, PIECE_BYTES, source->at, &done));
    source->at += done;
    source->ended = done == 0;
    *piece = (Str){source->buffer, done};
    return !source->ended;
}

struct CopyTarget {
    UtilityCall *call;
    File *file; /* NULL: the client */
    uint64_t at;
    StrBuilder buffer;
};

CopyTarget *copy__target_open(UtilityCall *call, Scope *scope, const AstCopy *copy, bool binary,
                              uint32_t columns)
{
    CopyTarget *target = ARENA_NEW(call->arena, CopyTarget);
    target->call = call;
    if (copy->file.data == NULL) {
        call->sink->copy_begin(call->sink->arg, false, binary, columns);
        return target;
    }
    forbid_file(call, copy);
    if (copy->file.bytes == 0 || copy->file.data[0] != '/')
        raise_error(SQLSTATE_INVALID_NAME, "relative path not allowed for COPY to file");
    const char *path = str_copy_zero(call->arena, copy->file);
    if (os_file_open(path, FILE_WRITE | FILE_CREATE | FILE_TRUNCATE, &target->file) != OK)
        cannot_open(copy);
    scope_add(scope, close_file, target->file);
    target->buffer = str_builder(call->arena, PIECE_BYTES);
    return target;
}

static void write_file(CopyTarget *target)
{
    Str data = str_peek(&target->buffer);
    CHECK(os_file_write(target->file, data.data, data.bytes, target->at));
    target->at += data.bytes;
    str_truncate(&target->buffer, 0);
}

void copy__target_write(CopyTarget *target, Str data)
{
    if (target->file == NULL) {
        target->call->sink->copy_data(target->call->sink->arg, data);
        return;
    }
    str_add(&target->buffer, data);
    if (target->buffer.bytes >= PIECE_BYTES) write_file(target);
}

void copy__target_close(CopyTarget *target)
{
    if (target->file != NULL) {
        write_file(target);
        return;
    }
    target->call->sink->copy_end(target->call->sink->arg);
}

/* ---- the statement ---- */

static void copy(UtilityCall *call)
{
    const AstCopy *ast = AST_AS(Copy, call->tree);
    uint64_t rows = ast->from ? copy__from(call, ast) : copy__to(call, ast);
    call->tag = str_format(call->arena, "COPY %" PRIu64, rows);
}

static uint32_t flags_of(const AstNode *tree)
{
    return AST_AS(Copy, tree)->from ? 0 : UTILITY_READ_ONLY;
}

static const Utility utilities[] = {{AST_COPY, "COPY", 0, copy, NULL, NULL, flags_of}};
const UtilityTable copy_utilities = {utilities, ARRAY_LEN(utilities)};
