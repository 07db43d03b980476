/* SPDX-License-Identifier: Apache-2.0 */
/* to.c - COPY TO: a query's batches as text, CSV or binary. A table is the query that selects its columns. */
#include "copy/copy_internal.h"

typedef struct CopyTo {
    UtilityCall *call;
    CopyColumn *columns;
    uint32_t column_count;
    CopyOptions options;
    CopyTarget *target;
    Arena *rows; /* values' text, reset every batch */
    StrBuilder out;
    uint64_t count;
} CopyTo;

enum { WRITE_BYTES = 64 << 10 };

/* ---- text ---- */

/* The letter that tells `c` behind a backslash, or 0 where `c` stands for itself. */
static char escape_of(char c, char delimiter)
{
    switch (c) {
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    case '\v': return 'v';
    case '\\': return '\\';
    default: return c == delimiter ? c : 0;
    }
}

/* Is there anything to escape? Without a branch a byte, so that it becomes vector code: most values have nothing. */
static bool has_escapes(Str text, char delimiter)
{
    bool found = false;
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.data[i];
        found |= (c >= '\b') & (c <= '\r');
        found |= (c == '\\') | (c == delimiter);
    }
    return found;
}

/* What stands in `out` from `at` on is escaped, by way of `tmp`. */
static void escape_text(StrBuilder *out, size_t at, char delimiter, Arena *tmp)
{
    Str text = str_slice(str_peek(out), at, out->bytes);
    if (LIKELY(!has_escapes(text, delimiter))) return;
    text = str_copy(tmp, text);
    str_truncate(out, at);
    for (size_t i = 0; i < text.bytes; i++) {
        char escape = escape_of(text.data[i], delimiter);
        if (escape != 0) str_add_char(out, '\\');
        str_add_char(out, escape != 0 ? escape : text.data[i]);
    }
}

/* ---- CSV ---- */

static bool needs_quotes(const CopyTo *copy, Str text)
{
    const CopyOptions *o = &copy->options;
    if (str_equal(text, o->null)) return true;
    if (copy->column_count == 1 && str_equal(text, STR("\\."))) return true;
    bool found = false;
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.data[i];
        found |= (c == o->delimiter) | (c == o->quote) | (c == '\n') | (c == '\r');
    }
    return found;
}

/* What stands in `out` from `at` on is put in quotes, if it must be or is to be. */
static void quote_csv(const CopyTo *copy, StrBuilder *out, size_t at, bool force)
{
    const CopyOptions *o = &copy->options;
    Str text = str_slice(str_peek(out), at, out->bytes);
    if (!force && !needs_quotes(copy, text)) return;
    text = str_copy(copy->rows, text);
    str_truncate(out, at);
    str_add_char(out, o->quote);
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.data[i];
        if (c == o->quote || c == o->escape) str_add_char(out, o->escape);
        str_add_char(out, c);
    }
    str_add_char(out, o->quote);
}

/* ---- rows ---- */

static void add_big_endian(StrBuilder *out, uint32_t value, uint32_t bytes)
{
    for (uint32_t shift = bytes * 8; shift > 0; shift -= 8)
        str_add_char(out, (char)(value >> (shift - 8)));
}

static void add_binary(CopyTo *copy, StrBuilder *out, uint32_t at, const Datum *datum)
{
    if (datum->null) {
        add_big_endian(out, UINT32_MAX, 4);
        return;
    }
    CopyColumn *column = &copy->columns[at];
    if (column->type->send == NULL)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "no binary output function available for type %s",
                    column->type->name);
    size_t before = out->bytes;
    add_big_endian(out, 0, 4);
    column->type->send(&column->call, &datum->value, out);
    uint32_t bytes = (uint32_t)(out->bytes - before - 4);
    for (uint32_t i = 0; i < 4; i++) out->data[before + i] = (char)(bytes >> (24 - 8 * i));
}

/* By its type straight into the row, and gone over there. */
static void add_value(CopyTo *copy, StrBuilder *out, uint32_t at, const Datum *datum)
{
    const CopyOptions *o = &copy->options;
    if (datum->null) {
        str_add(out, o->null);
        return;
    }
    CopyColumn *column = &copy->columns[at];
    size_t before = out->bytes;
    type_print_to(&column->call, &datum->value, out);
    if (o->format == COPY_CSV)
        quote_csv(copy, out, before, o->force_quote != NULL && o->force_quote[at]);
    else
        escape_text(out, before, o->delimiter, copy->rows);
}

static void send(CopyTo *copy)
{
    Str out = str_peek(&copy->out);
    if (copy->options.encoding != NULL && copy->options.format != COPY_BINARY &&
        !encoding_is_ascii(out))
        out = encoding_encode(copy->rows, copy->options.encoding, out);
    copy__target_write(copy->target, out);
    str_truncate(&copy->out, 0);
}

static void write_batch(CopyTo *copy, const Batch *batch)
{
    bool binary = copy->options.format == COPY_BINARY;
    for (uint32_t i = 0; i < batch->selection.count; i++) {
        uint32_t row = batch->selection.rows != NULL ? batch->selection.rows[i] : i;
        if (binary) add_big_endian(&copy->out, copy->column_count, 2);
        for (uint32_t j = 0; j < copy->column_count; j++) {
            Datum datum = vector_get(&batch->columns[j], row);
            if (binary) {
                add_binary(copy, &copy->out, j, &datum);
                continue;
            }
            if (j > 0) str_add_char(&copy->out, copy->options.delimiter);
            add_value(copy, &copy->out, j, &datum);
        }
        if (!binary) str_add_char(&copy->out, '\n');
        /* The client gets a row a message, as PostgreSQL sends them; files get larger pieces. */
        send(copy);
        copy->count++;
    }
    arena_reset(copy->rows);
}

/* ---- the query ---- */

/* SELECT of the columns named, or of all that are not generated. */
static QQuery *table_query(UtilityCall *call, const AstCopy *ast, const CatRelation *relation,
                           const BindOptions *options)
{
    uint32_t count;
    const CopyColumn *columns = copy__columns(call, ast, relation, &count);
    AstSelect *select = AST_NEW(call->arena, Select);
    select->from.items = ARENA_ARRAY(call->arena, AstFromItem *, 1);
    select->from.items[0] = &ast->relation->base;
    select->from.count = 1;
    select->targets.items = ARENA_ARRAY(call->arena, AstTarget *, count);
    select->targets.count = count;
    for (uint32_t i = 0; i < count; i++) {
        AstTarget *target = AST_NEW(call->arena, Target);
        AstColumnRef *column = AST_NEW(call->arena, ColumnRef);
        column->names.items = arena_copy(call->arena, &columns[i].name, sizeof(Str));
        column->names.count = 1;
        target->expr = (AstNode *)column;
        select->targets.items[i] = target;
    }
    return bind_statement(call->arena, (AstNode *)select, options);
}

/* What gives no rows is not run. */
static QQuery *bound_query(UtilityCall *call, AstNode *tree, const BindOptions *bind)
{
    AstNode *first = tree;
    for (AstSetOperation *set; (set = AST_IF(SetOperation, first)) != NULL;)
        first = (AstNode *)set->left;
    const AstSelect *select = AST_IF(Select, first);
    if (select != NULL && select->into != NULL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "COPY (SELECT INTO) is not supported");
    QQuery *query = bind_statement(call->arena, tree, bind);
    if (query->command != Q_COMMAND_SELECT && query->returning.count == 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "COPY query must have a RETURNING clause");
    return query;
}

static void query_columns(CopyTo *copy, const QQuery *query)
{
    UtilityCall *call = copy->call;
    const QTargetList *targets = query->command == Q_COMMAND_SELECT ? &query->targets
                                                                    : &query->returning;
    copy->columns = ARENA_ARRAY(call->arena, CopyColumn, targets->count);
    for (uint32_t i = 0; i < targets->count; i++) {
        const QTarget *target = targets->items[i];
        if (target->junk) continue;
        const FnEnv *env = session_env(call->session);
        CopyColumn *column = &copy->columns[copy->column_count++];
        column->name = target->name;
        column->type = type_get(env, target->expr->type);
        column->call = (TypeCall){.type = column->type,
                                  .env = env,
                                  .arena = copy->rows,
                                  .typmod = target->expr->typmod};
    }
}

static void begin_output(CopyTo *copy)
{
    static const char signature[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
    if (copy->options.format == COPY_BINARY) {
        str_add(&copy->out,
                (Str){signature, 19}); /* goes with the first row, as PostgreSQL sends it */
        return;
    }
    if (copy->options.header != COPY_NO_HEADER) {
        for (uint32_t i = 0; i < copy->column_count; i++) {
            if (i > 0) str_add_char(&copy->out, copy->options.delimiter);
            size_t before = copy->out.bytes;
            str_add(&copy->out, copy->columns[i].name);
            if (copy->options.format == COPY_CSV)
                quote_csv(copy, &copy->out, before, false);
            else
                escape_text(&copy->out, before, copy->options.delimiter, copy->rows);
        }
        str_add_char(&copy->out, '\n');
    }
    if (copy->out.bytes > 0) send(copy);
}

static void close_exec(void *exec)
{
    exec_close(exec);
}

uint64_t copy__to(UtilityCall *call, const AstCopy *ast)
{
    SCOPED(scope);
    BindOptions bind = session_bind_options(call->session, call->sql, NULL);
    CopyTo copy = {.call = call, .rows = arena_new_child(call->arena, "rows of COPY")};
    const CatRelation *relation = NULL;
    if (ast->relation != NULL) {
        CatName name = {.database = ast->relation->catalog,
                        .schema = ast->relation->schema,
                        .name = ast->relation->name};
        relation = cat_relation_open(session_view(call->session), name, LOCK_ACCESS_SHARE, 0);
        if (relation->kind == 'v') {
            Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
            error_message(error, "cannot copy from view \"%.*s\"", STR_ARG(relation->name));
            error_hint(error, "Try the COPY (SELECT ...) TO variant.");
            error_raise(error);
        }
    }
    QQuery *query = relation != NULL ? table_query(call, ast, relation, &bind)
                                     : bound_query(call, ast->query, &bind);
    query_columns(&copy, query);
    copy.options = copy__options(call, ast, copy.columns, copy.column_count);
    query = rewrite_query(call->arena, query, &bind);
    PlanPlan *plan = session_plan(call->session, call->arena, query, NULL, 0);
    ExecOptions options = session_exec_options(call->session,
                                               session_statement_snapshot(call->session, scope),
                                               call->arena);
    Exec *exec = exec_open(plan, &options);
    scope_add(scope, close_exec, exec);
    copy.target = copy__target_open(call, scope, ast, copy.options.format == COPY_BINARY,
                                    copy.column_count);
    copy.out = str_builder(call->arena, WRITE_BYTES);
    begin_output(&copy);
    const Batch *batch;
    while (exec_next(exec, BATCH_ROWS_MAX, &batch)) {
        task_check();
        write_batch(&copy, batch);
    }
    exec_finish(exec);
    if (copy.options.format == COPY_BINARY) {
        add_big_endian(&copy.out, 0xffff, 2);
        send(&copy);
    }
    copy__target_close(copy.target);
    return copy.count;
}
