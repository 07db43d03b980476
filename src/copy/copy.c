/* SPDX-License-Identifier: Apache-2.0 */
/* copy.c - the statement, its columns, and the two ends that bytes may come from or go to. */
#include "copy/copy.h"

#include "copy/copy_internal.h"
#include "os/file.h"
#include "os/program.h"

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

enum { PIECE_BYTES = 256 << 10, PROGRAM_BLOCK_BYTES = 4096 };

static _Noreturn void forbid(const char *role, const char *what)
{
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied to COPY %s", what);
    error_detail(error, "Only roles with privileges of the \"%s\" role may COPY %s.", role, what);
    error_hint(
        error,
        "Anyone can COPY to stdout or from stdin. psql's \\copy command also works for anyone.");
    error_raise(error);
}

/* What is asked before anything else: the server's files and programs are not for everybody. */
static void check_end(UtilityCall *call, const AstCopy *copy)
{
    if (copy->file.data == NULL) return;
    CatalogView *view = session_view(call->session);
    const char *role = copy->program ? "pg_execute_server_program"
                       : copy->from  ? "pg_read_server_files"
                                     : "pg_write_server_files";
    if (cat_role_is_member(view, cat_view_role(view), cat_role_named(view, str_from(role)))) return;
    forbid(role, copy->program ? "to or from an external program"
                 : copy->from  ? "from a file"
                               : "to a file");
}

static _Noreturn void cannot_open(const AstCopy *copy)
{
    const Sqlstate code = error_current()->code;
    const Str why = os_error_reason();
    Error *error = error_begin(code);
    error_message(error, "could not open file \"%.*s\" for %s: %.*s", STR_ARG(copy->file),
                  copy->from ? "reading" : "writing", STR_ARG(why));
    if (code == SQLSTATE_UNDEFINED_FILE || code == SQLSTATE_INSUFFICIENT_PRIVILEGE)
        error_hint(error,
                   "COPY %s instructs the PostgreSQL server process to %s a file. You may want a "
                   "client-side facility such as psql's \\copy.",
                   copy->from ? "FROM" : "TO", copy->from ? "read" : "write");
    error_raise(error);
}

static _Noreturn void cannot(const char *what)
{
    const Error *current = error_current();
    const Sqlstate code = current->code;
    const Str why = os_error_reason();
    raise_error(code, "could not %s: %.*s", what, STR_ARG(why));
}

static void close_file(void *file)
{
    os_file_close(file);
}

/* A program that has not ended when the statement does. */
typedef struct Running {
    Program *program; /* NULL: it has ended */
    Str command;
} Running;

static void abandon(void *arg)
{
    const Running *running = arg;
    if (running->program != NULL) os_program_abandon(running->program);
}

static Running *start_program(UtilityCall *call, Scope *scope, const AstCopy *copy)
{
    Running *running = ARENA_NEW(call->arena, Running);
    const Str folder = session_settings(call->session)->data_directory;
    running->command = copy->file;
    CHECK(os_program_start(str_copy_zero(call->arena, copy->file),
                           str_copy_zero(call->arena, folder),
                           copy->from ? PROGRAM_WRITES : PROGRAM_READS, &running->program));
    scope_add(scope, abandon, running);
    return running;
}

/* Who stopped reading it early forgives that it could not write more. */
static void end_program(Running *running, bool early)
{
    enum { CANNOT_EXECUTE = 126, NOT_FOUND = 127, SHELL_SIGNAL = 128, BROKEN_PIPE = 13 };
    ProgramEnd end;
    CHECK(os_program_end(running->program, &end));
    running->program = NULL;
    if (end.code == 0) return;
    if (early && end.code == (end.by_signal ? BROKEN_PIPE : SHELL_SIGNAL + BROKEN_PIPE)) return;
    Error *error = error_begin(SQLSTATE_EXTERNAL_ROUTINE_EXCEPTION);
    error_message(error, "program \"%.*s\" failed", STR_ARG(running->command));
    if (end.by_signal)
        error_detail(error, "child process was terminated by signal %d: %s", end.code, end.text);
    else if (end.code == NOT_FOUND)
        error_detail(error, "command not found");
    else if (end.code == CANNOT_EXECUTE)
        error_detail(error, "command not executable");
    else
        error_detail(error, "child process exited with exit code %d", end.code);
    error_raise(error);
}

struct CopySource {
    UtilityCall *call;
    Arena *pieces;    /* of the client's messages, reset with each */
    File *file;       /* NULL: a program, or the client */
    Running *program; /* NULL: a file, or the client */
    uint64_t at;
    char *buffer;
    bool ended;
};

static void open_file(CopySource *source, Scope *scope, const AstCopy *copy)
{
    PathInfo info;
    const char *path = str_copy_zero(source->call->arena, copy->file);
    if (os_file_open(path, FILE_READ, &source->file) != OK) cannot_open(copy);
    scope_add(scope, close_file, source->file);
    if (os_path_info(path, &info) == OK && info.kind == PATH_DIR)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is a directory", STR_ARG(copy->file));
}

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
    if (copy->program)
        source->program = start_program(call, scope, copy);
    else
        open_file(source, scope, copy);
    source->buffer = arena_alloc(call->arena, PIECE_BYTES);
    return source;
}

bool copy__source_next(CopySource *source, Str *piece)
{
    if (source->ended) return false;
    if (source->buffer == NULL) {
        arena_reset(source->pieces);
        const ResultSink *sink = source->call->sink;
        source->ended = !sink->copy_next(sink->arg, source->pieces, piece);
        return !source->ended;
    }
    size_t done;
    task_check();
    if (source->program != NULL)
        CHECK(os_program_read(source->program->program, source->buffer, PIECE_BYTES, &done));
    else if (os_file_read(source->file, source->buffer, PIECE_BYTES, source->at, &done) != OK)
        cannot("read from COPY file");
    source->at += done;
    source->ended = done == 0;
    *piece = (Str){source->buffer, done};
    return !source->ended;
}

void copy__source_skip(CopySource *source)
{
    Str piece;
    while (source->buffer == NULL && copy__source_next(source, &piece)) continue;
}

void copy__source_close(CopySource *source)
{
    if (source->program != NULL) end_program(source->program, !source->ended);
}

struct CopyTarget {
    UtilityCall *call;
    File *file;       /* NULL: a program, or the client */
    Running *program; /* NULL: a file, or the client */
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
    target->buffer = str_builder(call->arena, PIECE_BYTES);
    if (copy->program) {
        target->program = start_program(call, scope, copy);
        return target;
    }
    if (copy->file.bytes == 0 || copy->file.data[0] != '/')
        raise_error(SQLSTATE_INVALID_NAME, "relative path not allowed for COPY to file");
    const char *path = str_copy_zero(call->arena, copy->file);
    if (os_file_open(path, FILE_WRITE | FILE_CREATE | FILE_TRUNCATE, &target->file) != OK)
        cannot_open(copy);
    scope_add(scope, close_file, target->file);
    return target;
}

/* False: the program reads no more. */
static bool program_takes(CopyTarget *target, Str data)
{
    const Status status = os_program_write(target->program->program, data.data, data.bytes);
    if (status != ST_CLOSED) CHECK(status);
    return status == OK;
}

static void write_program(CopyTarget *target, Str data)
{
    if (program_takes(target, data)) return;
    end_program(target->program, false);
    raise_error(SQLSTATE_INTERNAL_ERROR, "could not write to COPY program: Broken pipe");
}

/* PostgreSQL writes by blocks, and what it has below one at the end goes out with the closing: a program that did not
 * wait for that is judged by its exit alone, so that `true` or `rm` may take a few rows. */
static void end_output(CopyTarget *target)
{
    const Str data = str_peek(&target->buffer);
    const size_t whole = data.bytes - data.bytes % PROGRAM_BLOCK_BYTES;
    if (whole > 0) write_program(target, (Str){data.data, whole});
    if (data.bytes > whole)
        (void)program_takes(target, (Str){data.data + whole, data.bytes - whole});
    end_program(target->program, false);
}

static void write_buffer(CopyTarget *target)
{
    Str data = str_peek(&target->buffer);
    if (target->program != NULL)
        write_program(target, data);
    else if (os_file_write(target->file, data.data, data.bytes, target->at) != OK)
        cannot("write to COPY file");
    target->at += data.bytes;
    str_truncate(&target->buffer, 0);
}

static bool is_of_client(const CopyTarget *target)
{
    return target->file == NULL && target->program == NULL;
}

void copy__target_write(CopyTarget *target, Str data)
{
    if (is_of_client(target)) {
        target->call->sink->copy_data(target->call->sink->arg, data);
        return;
    }
    str_add(&target->buffer, data);
    if (target->buffer.bytes >= PIECE_BYTES) write_buffer(target);
}

void copy__target_close(CopyTarget *target)
{
    if (is_of_client(target)) {
        target->call->sink->copy_end(target->call->sink->arg);
        return;
    }
    if (target->program != NULL)
        end_output(target);
    else if (target->buffer.bytes > 0)
        write_buffer(target);
}

/* ---- the statement ---- */

static void copy(UtilityCall *call)
{
    const AstCopy *ast = AST_AS(Copy, call->tree);
    check_end(call, ast);
    uint64_t rows = ast->from ? copy__from(call, ast) : copy__to(call, ast);
    call->tag = str_format(call->arena, "COPY %" PRIu64, rows);
}

/* Writing what is not temporary is refused where the table is known. */
static const Utility utilities[] = {{AST_COPY, "COPY", UTILITY_READ_ONLY, copy, NULL, NULL, NULL}};
const UtilityTable copy_utilities = {utilities, ARRAY_LEN(utilities)};
