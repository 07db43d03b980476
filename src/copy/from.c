/* SPDX-License-Identifier: Apache-2.0 */
/* from.c - COPY FROM: fields become values column by column into a batch, and full batches are inserted. */
#include "copy/copy_internal.h"

#include "base/oids.h"

/* A row that waits in the batch: errors name it. */
typedef struct PendingRow {
    uint64_t line;
    Str text;
} PendingRow;

typedef struct CopyFrom {
    UtilityCall *call;
    const AstCopy *ast;
    const CatRelation *relation;
    CopyColumn *columns;
    uint32_t column_count;
    CopyOptions options;
    CopySource *source;
    CopyReader *reader; /* NULL: binary */
    ExecInsert *insert;
    Batch batch;
    PendingRow *pending;
    size_t batch_bytes;
    InputError input; /* what the type says of the value at hand */
    uint64_t rows, skipped;
    bool flushing; /* an error is of a row of the batch */
    /* where it is, for the context of errors */
    uint64_t line;
    int32_t column; /* -1: the whole row */
    Str value;      /* of the column, or the row */
} CopyFrom;

enum { BATCH_BYTES_MAX = 4 << 20 };

/* ---- where an error happened ---- */

static void add_context(CopyFrom *copy, Error *error)
{
    Str table = copy->relation->name;
    if (copy->line == 0) return;
    if (copy->column >= 0) {
        Str column = copy->columns[copy->column].name;
        if (copy->reader == NULL) {
            error_context(error, "COPY %.*s, line %" PRIu64 ", column %.*s", STR_ARG(table),
                          copy->line, STR_ARG(column));
        } else if (copy->value.data != NULL) {
            error_context(error, "COPY %.*s, line %" PRIu64 ", column %.*s: \"%.*s\"",
                          STR_ARG(table), copy->line, STR_ARG(column),
                          STR_ARG(str_slice(copy->value, 0, 100)));
        } else {
            error_context(error, "COPY %.*s, line %" PRIu64 ", column %.*s: null input",
                          STR_ARG(table), copy->line, STR_ARG(column));
        }
    } else if (copy->value.data != NULL) {
        error_context(error, "COPY %.*s, line %" PRIu64 ": \"%.*s\"", STR_ARG(table), copy->line,
                      STR_ARG(str_slice(copy->value, 0, 100)));
    } else {
        error_context(error, "COPY %.*s, line %" PRIu64, STR_ARG(table), copy->line);
    }
}

/* Of an error that the rows of the batch raised. */
static void move_to_pending_row(CopyFrom *copy)
{
    bool obeys_rules;
    const PendingRow *row = &copy->pending[exec_insert_place(copy->insert, &obeys_rules)];
    copy->line = row->line;
    copy->column = -1;
    copy->value = obeys_rules ? (Str){0} : row->text;
}

static void check_pending(void *arg)
{
    CopyFrom *copy = arg;
    copy->batch.selection = (Selection){.count = copy->batch.row_count};
    exec_insert_check(copy->insert, &copy->batch);
}

/* An error while reading: rows that were read before may break rules, which is said first. */
static _Noreturn void fail(CopyFrom *copy, Error *error)
{
    Error *earlier;
    if (copy->flushing)
        move_to_pending_row(copy);
    else if (!error_catch(check_pending, copy, copy->call->arena, &earlier)) {
        move_to_pending_row(copy);
        error = earlier;
    } else if (copy->column < 0 && copy->reader != NULL)
        copy->value = copy__reader_row(copy->reader);
    add_context(copy, error);
    error_raise_again(error);
}

/* ---- batches ---- */

static void start_batch(CopyFrom *copy)
{
    arena_reset(copy->batch.arena);
    copy->batch.row_count = 0;
    copy->batch_bytes = 0;
    for (uint32_t i = 0; i < copy->column_count; i++)
        vector_init_flat(&copy->batch.columns[i], copy->batch.arena, copy->columns[i].type->oid,
                         copy->columns[i].type->phys, BATCH_ROWS_MAX);
}

static void flush(CopyFrom *copy)
{
    if (copy->batch.row_count == 0) return;
    copy->batch.selection = (Selection){.count = copy->batch.row_count};
    copy->flushing = true;
    copy->rows += exec_insert_rows(copy->insert, &copy->batch);
    copy->flushing = false;
    start_batch(copy);
}

static void end_row(CopyFrom *copy, Str text)
{
    copy->pending[copy->batch.row_count++] = (PendingRow){copy->line, text};
    copy->batch_bytes += MAX(text.bytes, 64);
    if (copy->batch.row_count == BATCH_ROWS_MAX || copy->batch_bytes >= BATCH_BYTES_MAX)
        flush(copy);
}

/* ---- one value ---- */

/* DEFAULT's marker stands for what the column gets when it is left out. */
static void take_default(CopyFrom *copy, uint32_t at, Datum *datum)
{
    const CopyColumn *column = &copy->columns[at];
    if (exec_insert_default(copy->insert, column->number, copy->batch.arena, datum)) return;
    copy->column = -1;
    Error *error = error_begin(SQLSTATE_BAD_COPY_FILE_FORMAT);
    error_message(error, "unexpected default marker in COPY data");
    error_detail(error, "Column \"%.*s\" has no default value.", STR_ARG(column->name));
    error_raise(error);
}

/* A domain may refuse NULL. False: *input is filled. */
static bool null_is_taken(const CopyColumn *target, InputError *input)
{
    const Datum null = {.null = true};
    const FnEnv *env = target->call.env;
    return target->type->kind != 'd' || !env->calls->domain_check ||
           env->calls->domain_check(env->calls_arg, target->type->oid, &null, input);
}

static bool take_field(CopyFrom *copy, uint32_t at, const CopyField *field)
{
    InputError *input = &copy->input;
    Vector *column = &copy->batch.columns[at];
    uint32_t row = copy->batch.row_count;
    Datum datum = {.null = field->null};
    copy->column = (int32_t)at;
    copy->value = field->null ? (Str){0} : field->text;
    if (field->default_) {
        take_default(copy, at, &datum);
    } else {
        CopyColumn *target = &copy->columns[at];
        if (field->null ? !null_is_taken(target, input)
                        : !type_parse(&target->call, field->text, &datum.value, input))
            return false;
    }
    vector_set(column, copy->batch.arena, row, &datum);
    return true;
}

static _Noreturn void wrong_count(CopyFrom *copy, uint32_t count)
{
    Error *error = error_begin(SQLSTATE_BAD_COPY_FILE_FORMAT);
    if (count > copy->column_count) {
        error_message(error, "extra data after last expected column");
    } else {
        error_message(error, "missing data for column \"%.*s\"",
                      STR_ARG(copy->columns[count].name));
    }
    error_raise(error);
}

static void skip_row(CopyFrom *copy)
{
    copy->skipped++;
    copy->input = (InputError){.arena = copy->batch.arena};
    if (copy->options.verbose) {
        Error *error = error_begin(SQLSTATE_SUCCESSFUL_COMPLETION);
        error_severity(error, SEVERITY_NOTICE);
        error_message(error,
                      "skipping row due to data type incompatibility at line %" PRIu64
                      " for column \"%.*s\": \"%.*s\"",
                      copy->line, STR_ARG(copy->columns[copy->column].name), STR_ARG(copy->value));
        session_notice(copy->call->session, error);
    }
    if (copy->options.reject_limit != 0 && copy->skipped > (uint64_t)copy->options.reject_limit)
        raise_error(SQLSTATE_INVALID_TEXT_REPRESENTATION,
                    "skipped more than REJECT_LIMIT (%" PRId64
                    ") rows due to data type incompatibility",
                    copy->options.reject_limit);
}

/* ---- text and CSV ---- */

static void check_header(CopyFrom *copy, const CopyField *fields, uint32_t count)
{
    if (copy->options.header != COPY_HEADER_MATCH) return;
    if (count != copy->column_count)
        raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT,
                    "wrong number of fields in header line: got %u, expected %u", count,
                    copy->column_count);
    for (uint32_t i = 0; i < count; i++) {
        if (fields[i].null)
            raise_error(
                SQLSTATE_BAD_COPY_FILE_FORMAT,
                "column name mismatch in header line field %u: got null value (\"%.*s\"), expected "
                "\"%.*s\"",
                i + 1, STR_ARG(copy->options.null), STR_ARG(copy->columns[i].name));
        if (!str_equal(fields[i].text, copy->columns[i].name))
            raise_error(
                SQLSTATE_BAD_COPY_FILE_FORMAT,
                "column name mismatch in header line field %u: got \"%.*s\", expected \"%.*s\"",
                i + 1, STR_ARG(fields[i].text), STR_ARG(copy->columns[i].name));
    }
}

/* A row that ends too early is refused only when its values are read. */
static void take_row(CopyFrom *copy, const CopyField *fields, uint32_t count)
{
    if (count > copy->column_count) wrong_count(copy, count);
    /* The reader's bytes go with the row; values may point into their text. */
    const Str text = copy__reader_keep(copy->reader, copy->batch.arena, count);
    for (uint32_t i = 0; i < count; i++) {
        if (take_field(copy, i, &fields[i])) continue;
        if (!copy->options.ignore_errors || copy->input.insisted)
            error_raise(input_error_begin(&copy->input));
        skip_row(copy);
        return;
    }
    copy->column = -1;
    if (count < copy->column_count) wrong_count(copy, count);
    end_row(copy, text);
}

static void read_lines(CopyFrom *copy)
{
    copy->reader = copy__reader_new(copy->call->arena, copy->source, &copy->options,
                                    copy->column_count);
    CopyField *fields;
    uint32_t count;
    bool header = copy->options.header != COPY_NO_HEADER;
    for (;;) {
        copy->line = copy__reader_line(copy->reader) + 1;
        copy->column = -1;
        if (!copy__reader_next(copy->reader, &fields, &count)) return;
        task_check();
        if (header) {
            check_header(copy, fields, count);
            header = false;
            continue;
        }
        /* An empty line of a table without columns is a row. */
        if (copy->column_count == 0 && count == 1 && fields[0].text.bytes == 0) count = 0;
        take_row(copy, fields, count);
    }
}

/* ---- binary ---- */

typedef struct Binary {
    CopyFrom *copy;
    Str piece;
    size_t at;
    char *joined; /* a value that spans pieces */
    size_t joined_capacity;
} Binary;

static bool binary_bytes(Binary *b, size_t bytes, const uint8_t **data, bool may_end)
{
    if (b->piece.bytes - b->at >= bytes) {
        *data = (const uint8_t *)b->piece.data + b->at;
        b->at += bytes;
        return true;
    }
    if (bytes > b->joined_capacity) {
        b->joined = arena_alloc(b->copy->call->arena, bytes);
        b->joined_capacity = bytes;
    }
    size_t have = 0;
    while (have < bytes) {
        size_t left = b->piece.bytes - b->at;
        if (left == 0) {
            b->at = 0;
            if (!copy__source_next(b->copy->source, &b->piece)) {
                if (may_end && have == 0) return false;
                raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT, "unexpected EOF in COPY data");
            }
            continue;
        }
        size_t take = MIN(left, bytes - have);
        memcpy(b->joined + have, b->piece.data + b->at, take);
        have += take;
        b->at += take;
    }
    *data = (const uint8_t *)b->joined;
    return true;
}

static uint32_t big_endian(const uint8_t *data, uint32_t bytes)
{
    uint32_t value = 0;
    for (uint32_t i = 0; i < bytes; i++) value = value << 8 | data[i];
    return value;
}

static void binary_header(Binary *b)
{
    static const uint8_t signature[11] = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', 0xff, '\r', '\n', 0};
    const uint8_t *data;
    (void)binary_bytes(b, 11, &data, false);
    if (memcmp(data, signature, 11) != 0)
        raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT, "COPY file signature not recognized");
    (void)binary_bytes(b, 4, &data, false);
    if (big_endian(data, 4) & 0xffff0000u)
        raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT,
                    "unrecognized critical flags in COPY file header");
    (void)binary_bytes(b, 4, &data, false);
    uint32_t extension = big_endian(data, 4);
    if (extension > STR_BYTES_MAX)
        raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT, "invalid COPY file header (wrong length)");
    (void)binary_bytes(b, extension, &data, false);
}

static void binary_value(Binary *b, uint32_t at)
{
    CopyFrom *copy = b->copy;
    const uint8_t *data;
    copy->column = (int32_t)at;
    copy->value = (Str){0};
    (void)binary_bytes(b, 4, &data, false);
    uint32_t bytes = big_endian(data, 4);
    Datum datum = {.null = bytes == UINT32_MAX};
    InputError input = {.arena = copy->batch.arena};
    if (datum.null && !null_is_taken(&copy->columns[at], &input))
        error_raise(input_error_begin(&input));
    if (!datum.null) {
        if (bytes > STR_BYTES_MAX) raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT, "invalid field size");
        (void)binary_bytes(b, bytes, &data, false);
        CopyColumn *target = &copy->columns[at];
        Bytes wire = {arena_copy(copy->batch.arena, data, bytes), bytes};
        if (target->type->receive == NULL)
            raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                        "no binary input function available for type %s", target->type->name);
        if (!target->type->receive(&target->call, wire, &datum.value, &input))
            error_raise(input_error_begin(&input));
    }
    vector_set(&copy->batch.columns[at], copy->batch.arena, copy->batch.row_count, &datum);
}

static void read_binary(CopyFrom *copy)
{
    Binary b = {.copy = copy};
    binary_header(&b);
    const uint8_t *data;
    while (binary_bytes(&b, 2, &data, true)) {
        task_check();
        uint32_t count = big_endian(data, 2);
        if (count == 0xffff) {
            if (binary_bytes(&b, 1, &data, true))
                raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT, "received copy data after EOF marker");
            return;
        }
        copy->line++;
        copy->column = -1;
        copy->value = (Str){0};
        if (count != copy->column_count)
            raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT, "row field count is %u, expected %u", count,
                        copy->column_count);
        for (uint32_t i = 0; i < count; i++) binary_value(&b, i);
        end_row(copy, (Str){0});
    }
}

/* ---- WHERE ---- */

static bool forbid_generated(void *arg, void *child)
{
    const CatRelation *relation = arg;
    task_check_stack();
    const QVar *var = Q_IF(Var, (QNode *)child);
    if (var == NULL) return query_walk(child, forbid_generated, arg);
    for (int16_t i = 0; i < relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        if (column->generated == 0 || (var->column != 0 && var->column != column->number)) continue;
        Error *error = error_begin(SQLSTATE_INVALID_COLUMN_REFERENCE);
        error_message(error, "generated columns are not supported in COPY FROM WHERE conditions");
        error_detail(error, "Column \"%.*s\" is a generated column.", STR_ARG(column->name));
        error_raise(error);
    }
    return false;
}

static QExpr *bind_where(CopyFrom *copy)
{
    UtilityCall *call = copy->call;
    const BindOptions options = session_bind_options(call->session, call->sql, NULL);
    QExpr *where = bind_expression(call->arena, (const AstNode *)copy->ast->where, &options,
                                   copy->relation, BIND_COPY_WHERE, OID_BOOL, -1, STR("WHERE"));
    (void)forbid_generated((void *)copy->relation, where);
    return where;
}

/* ---- the statement ---- */

static void read_all(void *arg)
{
    CopyFrom *copy = arg;
    if (copy->options.format == COPY_BINARY) {
        read_binary(copy);
    } else {
        read_lines(copy);
    }
    flush(copy);
}

/* INSERT on the table, or on each of the columns; in a read-only transaction, a temporary table. */
static void check_may_insert(const CopyFrom *copy)
{
    enum { CLASS_RELATION = 1259 };
    CatalogView *view = session_view(copy->call->session);
    CatObject object = {.class_ = CLASS_RELATION, .oid = copy->relation->oid};
    bool granted = cat_privileges(view, cat_view_role(view), object, PRIV_INSERT) != 0;
    bool by_column = !granted && copy->column_count > 0;
    for (uint32_t i = 0; i < copy->column_count && by_column; i++) {
        object.sub = copy->columns[i].number;
        by_column = cat_privileges(view, cat_view_role(view), object, PRIV_INSERT) != 0;
    }
    object.sub = 0;
    if (!granted && !by_column) cat_raise_denied(view, object);
    if (session_settings(copy->call->session)->transaction_read_only &&
        copy->relation->persistence != 't')
        raise_error(SQLSTATE_READ_ONLY_SQL_TRANSACTION,
                    "cannot execute COPY FROM in a read-only transaction");
}

uint64_t copy__from(UtilityCall *call, const AstCopy *ast)
{
    SCOPED(scope);
    CatalogView *view = session_view(call->session);
    CatName name = {.database = ast->relation->catalog,
                    .schema = ast->relation->schema,
                    .name = ast->relation->name};
    CopyFrom copy = {.call = call, .ast = ast};
    copy.relation = cat_relation_open(view, name, LOCK_ROW_EXCLUSIVE, 0);
    if (copy.relation->kind != 'r' && copy.relation->kind != 'p')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "cannot copy to %s \"%.*s\"",
                    copy.relation->kind == 'v'   ? "view"
                    : copy.relation->kind == 'S' ? "sequence"
                    : copy.relation->kind == 'm' ? "materialized view"
                                                 : "non-table relation",
                    STR_ARG(copy.relation->name));
    QExpr *where = ast->where != NULL ? bind_where(&copy) : NULL;
    copy.columns = copy__columns(call, ast, copy.relation, &copy.column_count);
    check_may_insert(&copy);
    copy.options = copy__options(call, ast, copy.columns, copy.column_count);

    copy.batch.column_count = copy.column_count;
    copy.batch.columns = ARENA_ARRAY(call->arena, Vector, copy.column_count);
    copy.batch.arena = arena_new_child(call->arena, "rows of COPY");
    copy.input.arena = copy.batch.arena;
    copy.pending = ARENA_ARRAY(call->arena, PendingRow, BATCH_ROWS_MAX);
    start_batch(&copy);
    int16_t *numbers = ARENA_ARRAY(call->arena, int16_t, copy.column_count);
    for (uint32_t i = 0; i < copy.column_count; i++) {
        numbers[i] = copy.columns[i].number;
        copy.columns[i].call.arena = copy.batch.arena;
    }
    ExecOptions options = session_exec_options(call->session,
                                               session_statement_snapshot(call->session, scope),
                                               call->arena);
    copy.insert = exec_insert_open(copy.relation, &options, numbers, copy.column_count);
    if (where != NULL) exec_insert_where(copy.insert, where);
    copy.source = copy__source_open(call, scope, ast, copy.options.format == COPY_BINARY,
                                    copy.column_count);
    Error *error;
    if (!error_catch(read_all, &copy, call->arena, &error)) fail(&copy, error);
    copy__source_close(copy.source);
    exec_insert_close(copy.insert);
    if (copy.skipped > 0 && !copy.options.silent) {
        error = error_begin(SQLSTATE_SUCCESSFUL_COMPLETION);
        error_severity(error, SEVERITY_NOTICE);
        error_message(error, "%" PRIu64 " row%s skipped due to data type incompatibility",
                      copy.skipped, copy.skipped == 1 ? " was" : "s were");
        session_notice(call->session, error);
    }
    return copy.rows;
}
