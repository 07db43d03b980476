/* SPDX-License-Identifier: Apache-2.0 */
/* run.c - "run this SQL": the simple and the extended protocol over statements and portals.
 *
 * A simple query's statements share one implicit transaction unless BEGIN makes it a block; each is parsed together
 * with the others, but bound only when the ones before it have run. The extended protocol's implicit transaction ends
 * at Sync. */
#include "session/session_internal.h"

/* ---- one statement ---- */

/* A failed block takes nothing but its end. */
static void check_block(Session *session, const Utility *utility)
{
    if (session->state != BLOCK_FAILED) return;
    if (utility != NULL && (utility->flags & UTILITY_TRANSACTION)) return;
    raise_error(SQLSTATE_IN_FAILED_SQL_TRANSACTION,
                "current transaction is aborted, commands ignored until end of transaction block");
}

static bool ends_failed_block(const AstNode *tree)
{
    const AstTransaction *end = AST_IF(Transaction, tree);
    return end != NULL && (end->transaction == AST_TRANSACTION_COMMIT ||
                           end->transaction == AST_TRANSACTION_ROLLBACK ||
                           end->transaction == AST_TRANSACTION_ROLLBACK_TO ||
                           end->transaction == AST_TRANSACTION_PREPARE);
}

static void run_utility(Session *session, const Utility *utility, UtilityCall *call)
{
    uint32_t flags = utility->flags_of != NULL ? utility->flags_of(call->tree) : utility->flags;
    const char *tag = utility_tag(utility, call->tree);
    if (session->state == BLOCK_FAILED && !ends_failed_block(call->tree))
        check_block(session, NULL);
    if (flags & UTILITY_NO_BLOCK) session_forbid_block(session, tag);
    if (session->read_only && !(flags & (UTILITY_READ_ONLY | UTILITY_TRANSACTION)))
        raise_error(SQLSTATE_READ_ONLY_SQL_TRANSACTION,
                    "cannot execute %s in a read-only transaction", tag);
    call->tag = str_from(tag);
    utility->run(call);
    if (session->txn != NULL) session_next_command(session);
}

/* A kind of node is called as the statement is: create_trigger. */
_Noreturn void session__refuse(const AstNode *tree)
{
    char words[64];
    const char *name = session__planned_tag(tree);
    if (name == NULL) name = ast_kind_name(tree->kind);
    size_t bytes = MIN(strlen(name), sizeof words - 1);
    for (size_t i = 0; i < bytes; i++) {
        const bool lower = name[i] >= 'a' && name[i] <= 'z';
        words[i] = name[i] == '_' ? ' ' : (char)(lower ? name[i] - 'a' + 'A' : name[i]);
    }
    words[bytes] = 0;
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s is not supported", words);
}

static bool is_planned(const AstNode *tree)
{
    return session__planned_tag(tree) != NULL;
}

/* Encodings of clients alone, from SJIS on, have characters whose second byte is a backslash: there \' may be half of
 * one and a quote. */
static BackslashQuote backslash_quote(const Session *session, int setting)
{
    enum { SJIS = 35 }; /* pg_encoding */
    if (setting == SETTING_BACKSLASH_QUOTE_ON) return BACKSLASH_QUOTE_ON;
    if (setting == SETTING_BACKSLASH_QUOTE_OFF || session->env.encoding >= SJIS)
        return BACKSLASH_QUOTE_OFF;
    return BACKSLASH_QUOTE_SAFE_ENCODING;
}

ParseOptions session__parse_options(Session *session)
{
    const Settings *settings = session_settings(session);
    return (ParseOptions){.nonstandard_strings = !settings->standard_conforming_strings,
                          .escape_string_warning = settings->escape_string_warning,
                          .backslash_quote = backslash_quote(session, settings->backslash_quote),
                          .notice = session_notice,
                          .notice_arg = session};
}

static ParseResult *parse(Session *session, Str sql, const ParseOptions *options)
{
    ParseResult *parsed = parse_sql(session->message, sql, options);
    for (uint32_t i = 0; i < parsed->count; i++)
        parsed->statements[i].tree = session__put_into(session->message,
                                                       parsed->statements[i].tree);
    return parsed;
}

/* ---- simple protocol ---- */

static void begin_statement(Session *session)
{
    session__env_statement(session);
    session__block_start(session);
}

static void run_planned(Session *session, const ParseResult *parsed, const ParsedStatement *part)
{
    Statement *statement = session__statement_new(session, STR(""), parsed->sql, part, NULL, 0);
    statement->fixed_params = true;
    Portal *portal = session__portal_new(session, STR(""), statement);
    session__statement_let_go(statement);
    session__statement_bind(session, statement);
    portal->columns = statement->columns;
    portal->column_count = statement->column_count;
    const ResultSink *sink = &session->sink;
    bool rows = statement->query->command == Q_COMMAND_SELECT || portal->column_count > 0;
    if (rows) sink->describe(sink->arg, portal->columns, portal->column_count);
    Str tag;
    bool done = session__portal_run(session, portal, 0, sink, &tag);
    ASSERT(done);
    (void)done;
    tag = str_copy(session->message, tag);
    session__portal_close(session, portal);
    session_next_command(session);
    sink->complete(sink->arg, tag);
}

static void describe_utility(Session *session, const Utility *utility, UtilityCall *call)
{
    if (utility->describe == NULL) return;
    Description description = {0};
    utility->describe(call, &description);
    if (description.returns_rows)
        session->sink.describe(session->sink.arg, description.columns, description.column_count);
}

static void run_part(Session *session, const ParseResult *parsed, const ParsedStatement *part,
                     bool last)
{
    begin_statement(session);
    session->tag = session__tag(session, part->tree);
    const Utility *utility = utility_find(session->engine, part->tree->kind);
    check_block(session, utility);
    if (utility == NULL && !is_planned(part->tree)) session__refuse(part->tree);
    if (utility == NULL) {
        run_planned(session, parsed, part);
        if (last) session__block_end_implicit(session);
        return;
    }
    UtilityCall call = {.session = session,
                        .tree = part->tree,
                        .sql = parsed->sql,
                        .statement = str_slice(parsed->sql, part->offset,
                                               part->offset + part->bytes),
                        .arena = session->message,
                        .sink = &session->sink};
    describe_utility(session, utility, &call);
    run_utility(session, utility, &call);
    if (last) session__block_end_implicit(session);
    session->sink.complete(session->sink.arg, call.tag);
}

typedef struct ExecutedText {
    Session *session;
    const ParseResult *parsed;
} ExecutedText;

/* The text that the first EXECUTE runs. */
static Str executed_text(void *arg)
{
    const ExecutedText *text = arg;
    for (uint32_t i = 0; i < text->parsed->count; i++) {
        const AstExecute *execute = AST_IF(Execute, text->parsed->statements[i].tree);
        Statement **found = execute ? map_find(&text->session->statements, &execute->name) : NULL;
        if (found)
            return str_format(text->session->message, "prepare: %.*s", STR_ARG((*found)->sql));
    }
    return (Str){0};
}

/* log_statement, once for the whole text: by the statement that counts most. */
static void log_text(Session *session, StatementLog *log, const ParseResult *parsed)
{
    StatementClass class = STATEMENT_OTHER;
    if (session_settings(session)->log_statement == SETTING_LOG_STATEMENT_NONE) return;
    for (uint32_t i = 0; i < parsed->count; i++)
        class = MIN(class, session__class(session, parsed->statements[i].tree));
    ExecutedText text = {session, parsed};
    log->detail = executed_text;
    log->arg = &text;
    statement_log_text(log, class);
    log->detail = NULL;
}

void session_run(Session *session, Str sql)
{
    StatementLog log;
    session->query = sql;
    arena_reset(session->message);
    session->env.stmt = session->message;
    Portal *unnamed = session__portal_find(session, STR(""));
    if (unnamed != NULL) session__portal_close(session, unnamed);
    session__env_message(session);
    session__activity_begin(session, sql);
    statement_log_begin(&log, session_settings(session), session->message_us, "statement", (Str){0},
                        sql);
    const ParseOptions options = session__parse_options(session);
    ParseResult *parsed = parse(session, sql, &options);
    log_text(session, &log, parsed);
    if (parsed->count == 0) session->sink.empty(session->sink.arg);
    session->one_of_many = parsed->count > 1;
    for (uint32_t i = 0; i < parsed->count; i++)
        run_part(session, parsed, &parsed->statements[i], i + 1 == parsed->count);
    session->one_of_many = false;
    if (parsed->count > 0) cat_view_release(session->view);
    statement_log_end(&log);
}

/* ---- extended protocol ---- */

static void begin_message(Session *session, Str sql)
{
    session->query = sql;
    arena_reset(session->message);
    session__env_message(session);
    session__block_start(session);
}

static UtilityCall utility_call(Session *session, Statement *statement, Arena *arena)
{
    return (UtilityCall){.session = session,
                         .tree = statement->tree,
                         .sql = statement->sql,
                         .statement = statement->text,
                         .param_types = statement->params,
                         .param_count = statement->param_count,
                         .arena = arena,
                         .sink = &session->sink};
}

static void let_statement_go(void *statement)
{
    session__statement_let_go(statement);
}

/* Binding finds out the parameters of a query; a statement that has one inside is asked for them. */
static void infer_params(Session *session, Statement *statement)
{
    const Utility *utility = statement->utility;
    if (utility == NULL) {
        session__statement_bind(session, statement);
        return;
    }
    BindParams params = session__statement_params(session, statement);
    UtilityCall call = utility_call(session, statement, session->message);
    call.infer = &params;
    Description description = {0};
    if (utility->flags & UTILITY_PARAMS) utility->describe(&call, &description);
    session__statement_keep_params(statement, &params);
}

Str session_call_text(Session *session, Arena *arena, Oid function, uint32_t arg_count,
                      const Oid **types)
{
    begin_message(session, (Str){0});
    if (session->state == BLOCK_FAILED) check_block(session, NULL);
    const CatFunction *f = cat_function(session->view, function);
    if (f == NULL)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "function with OID %u does not exist", function);
    if (f->kind != 'f' || f->returns_set)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "cannot call function \"%.*s\" via fastpath interface", STR_ARG(f->name));
    if (arg_count != f->arg_count)
        raise_error(SQLSTATE_PROTOCOL_VIOLATION,
                    "function call message contains %u arguments but function requires %u",
                    arg_count, f->arg_count);
    StrBuilder text = str_builder(arena, 64);
    str_add(&text, STR("SELECT "));
    parse_quote_identifier(&text, cat_namespace(session->view, f->namespace_)->name);
    str_add_char(&text, '.');
    parse_quote_identifier(&text, f->name);
    for (uint32_t i = 0; i < arg_count; i++) {
        const bool variadic = f->variadic != 0 && i + 1 == arg_count;
        str_add_format(&text, "%s%s$%u", i > 0 ? ", " : "(", variadic ? "VARIADIC " : "", i + 1);
    }
    str_add(&text, arg_count > 0 ? STR(")") : STR("()"));
    Oid *args = ARENA_ARRAY(arena, Oid, arg_count + 1);
    for (uint32_t i = 0; i < arg_count; i++) args[i] = f->args[i];
    *types = args;
    return str_done(&text);
}

void session_parse(Session *session, Str name, Str sql, const Oid *types, uint32_t type_count)
{
    SCOPED(scope);
    StatementLog log;
    begin_message(session, sql);
    session__activity_begin(session, sql);
    session->tag = "PARSE";
    statement_log_begin(&log, session_settings(session), session->message_us, "parse", name, sql);
    if (name.bytes > 0 && map_find(&session->statements, &name) != NULL)
        raise_error(SQLSTATE_DUPLICATE_PREPARED_STATEMENT,
                    "prepared statement \"%.*s\" already exists", STR_ARG(name));
    if (name.bytes == 0) session_close_statement(session, name);
    const ParseOptions options = session__parse_options(session);
    ParseResult *parsed = parse(session, sql, &options);
    if (parsed->count > 1)
        raise_error(SQLSTATE_SYNTAX_ERROR,
                    "cannot insert multiple commands into a prepared statement");
    const ParsedStatement *part = parsed->count == 1 ? &parsed->statements[0] : NULL;
    if (part != NULL) {
        const Utility *utility = utility_find(session->engine, part->tree->kind);
        if (session->state == BLOCK_FAILED && !ends_failed_block(part->tree))
            check_block(session, NULL);
        if (utility == NULL && !is_planned(part->tree)) session__refuse(part->tree);
    }
    Statement *statement = session__statement_new(session, name, sql, part, types, type_count);
    scope_add(scope, let_statement_go, statement);
    if (session->state != BLOCK_FAILED) infer_params(session, statement);
    Statement **slot = map_put(&session->statements, &statement->name, NULL);
    session__statement_hold(statement);
    *slot = statement;
    statement_log_end(&log);
}

/* The format of value `i`: none given: text; one: for all. */
static int16_t format_of(const int16_t *formats, uint32_t count, uint32_t i)
{
    return count == 0 ? 0 : count == 1 ? formats[0] : formats[i];
}

static Datum read_value(Session *session, Arena *arena, Oid type_oid, int16_t format,
                        const BindValue *value, uint32_t number)
{
    Datum datum = {.null = value->null};
    if (value->null) return datum;
    const Type *type = type_get(&session->env, type_oid);
    TypeCall call = {.type = type, .env = &session->env, .arena = arena, .typmod = -1};
    InputError error = {.arena = session->message};
    Bytes copy = {arena_copy(arena, value->data.data, value->data.bytes), value->data.bytes};
    bool good;
    if (format == 0) {
        good = type_parse(&call, (Str){(const char *)copy.data, copy.bytes}, &datum.value, &error);
    } else if (format == 1) {
        if (type->receive == NULL)
            raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                        "no binary input function available for type %s", type->name);
        good = type->receive(&call, copy, &datum.value, &error);
    } else {
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "unsupported format code: %d", format);
    }
    if (good) return datum;
    Error *context = input_error_begin(&error);
    StrBuilder where = str_builder(session->message, 64);
    str_add_format(&where, "unnamed portal parameter $%u", number);
    if (format == 0) {
        str_add(&where, STR(" = "));
        session__quote_clipped(&where, (Str){(const char *)copy.data, copy.bytes},
                               session_settings(session)->log_parameter_max_length_on_error);
    }
    error_context(context, "%.*s", STR_ARG(str_done(&where)));
    error_raise(context);
}

static Portal *portal_for(Session *session, Str name, Statement *statement)
{
    Portal *old = session__portal_find(session, name);
    if (old != NULL && name.bytes > 0)
        raise_error(SQLSTATE_DUPLICATE_CURSOR, "cursor \"%.*s\" already exists", STR_ARG(name));
    if (old != NULL) session__portal_close(session, old);
    if (session->state != BLOCK_FAILED) session__statement_bind(session, statement);
    return session__portal_new(session, name, statement);
}

/* Columns of a utility statement, in the formats that Bind asked for. */
static const ResultColumn *formatted(const Portal *portal, Arena *arena,
                                     const ResultColumn *columns, uint32_t count)
{
    const uint32_t formats = portal->utility_format_count;
    if (formats == 0 || (formats > 1 && formats != count)) return columns;
    ResultColumn *made = arena_copy(arena, columns, count * sizeof *columns);
    for (uint32_t i = 0; i < count; i++)
        made[i].format = (uint8_t)format_of(portal->utility_formats, formats, i);
    return made;
}

static void set_result_formats(Portal *portal, const BindRequest *request)
{
    const Statement *statement = portal->statement;
    if (request->result_format_count > 1 && statement->utility == NULL &&
        request->result_format_count != statement->column_count)
        raise_error(SQLSTATE_PROTOCOL_VIOLATION,
                    "bind message has %u result formats but query has %u columns",
                    request->result_format_count, statement->column_count);
    if (statement->utility != NULL && request->result_format_count > 0) {
        portal->utility_formats = arena_copy(portal->arena, request->result_formats,
                                             request->result_format_count * sizeof(int16_t));
        portal->utility_format_count = request->result_format_count;
    }
    portal->column_count = statement->column_count;
    portal->columns = arena_copy(portal->arena, statement->columns,
                                 statement->column_count * sizeof(ResultColumn));
    for (uint32_t i = 0; i < portal->column_count; i++)
        portal->columns[i].format = (uint8_t)format_of(request->result_formats,
                                                       request->result_format_count, i);
}

void session_bind(Session *session, const BindRequest *request)
{
    begin_message(session, (Str){0});
    Statement *statement = session__statement_get(session, request->statement);
    session->query = statement->sql;
    session__activity_begin(session, statement->sql);
    session->tag = "BIND";
    StatementLog log;
    statement_log_begin(&log, session_settings(session), session->message_us, "bind",
                        statement->name, statement->sql);
    uint32_t format_count = request->format_count, value_count = request->value_count;
    if (format_count > 1 && format_count != value_count)
        raise_error(SQLSTATE_PROTOCOL_VIOLATION,
                    "bind message has %u parameter formats but %u parameters", format_count,
                    value_count);
    if (value_count != statement->param_count)
        raise_error(
            SQLSTATE_PROTOCOL_VIOLATION,
            "bind message supplies %u parameters, but prepared statement \"%.*s\" requires %u",
            value_count, STR_ARG(statement->name), statement->param_count);
    if (session->state == BLOCK_FAILED &&
        (statement->tree == NULL || !ends_failed_block(statement->tree)))
        check_block(session, NULL);
    Portal *portal = portal_for(session, request->portal, statement);
    portal->param_count = value_count;
    portal->params = ARENA_ARRAY(portal->arena, Datum, value_count);
    for (uint32_t i = 0; i < value_count; i++)
        portal->params[i] = read_value(session, portal->arena, statement->params[i],
                                       format_of(request->formats, format_count, i),
                                       &request->values[i], i + 1);
    if (statement->query != NULL && session->state != BLOCK_FAILED)
        session__portal_plan(session, portal);
    set_result_formats(portal, request);
    PortalText text = {session, portal};
    log.detail = session__parameters_text;
    log.arg = &text;
    statement_log_end(&log);
}

static void describe(Session *session, Statement *statement, UtilityCall *call,
                     const ResultColumn *columns, uint32_t column_count, Description *description)
{
    *description = (Description){.parameters = statement->params,
                                 .parameter_count = statement->param_count};
    if (statement->utility != NULL) {
        if (statement->utility->describe != NULL) statement->utility->describe(call, description);
        return;
    }
    if (statement->tree == NULL) return;
    if (session->state == BLOCK_FAILED) check_block(session, NULL);
    description->columns = columns;
    description->column_count = column_count;
    description->returns_rows = column_count > 0 || statement->is_select;
}

void session_describe_statement(Session *session, Str name, Arena *arena, Description *description)
{
    begin_message(session, (Str){0});
    Statement *statement = session__statement_get(session, name);
    if (session->state != BLOCK_FAILED) session__statement_bind(session, statement);
    UtilityCall call = utility_call(session, statement, arena);
    describe(session, statement, &call, statement->columns, statement->column_count, description);
}

void session_describe_portal(Session *session, Str name, Arena *arena, Description *description)
{
    begin_message(session, (Str){0});
    Portal *portal = session__portal_get(session, name, false);
    UtilityCall call = utility_call(session, portal->statement, arena);
    describe(session, portal->statement, &call, portal->columns, portal->column_count, description);
    if (portal->statement->utility != NULL)
        description->columns = formatted(portal, arena, description->columns,
                                         description->column_count);
}

/* What is executed, and under which name: STATEMENT or STATEMENT/PORTAL. */
static void begin_execute_log(Session *session, Portal *portal, PortalText *text, StatementLog *log)
{
    const Statement *statement = portal->statement;
    Str name = statement->name;
    if (portal->name.bytes)
        name = str_format(session->message, "%.*s/%.*s",
                          STR_ARG(name.bytes ? name : STR("<unnamed>")), STR_ARG(portal->name));
    const char *what = portal->position > 0 ? "execute fetch from" : "execute";
    Str sql = statement->sql; /* a statement that ends its transaction outlives it here */
    *text = (PortalText){session, portal};
    statement_log_begin(log, session_settings(session), session->message_us, what, name, sql);
    log->detail = session__parameters_text;
    log->arg = text;
    if (session_settings(session)->log_statement != SETTING_LOG_STATEMENT_NONE && statement->tree)
        statement_log_text(log, session__class(session, statement->tree));
}

typedef struct FormattedRows {
    Session *session;
    const Portal *portal;
} FormattedRows;

static void send_formatted(void *arg, const FnEnv *env, const ResultColumn *columns,
                           const Batch *batch)
{
    const FormattedRows *rows = arg;
    const ResultSink *sink = &rows->session->sink;
    sink->rows(sink->arg, env,
               formatted(rows->portal, rows->session->message, columns, batch->column_count),
               batch);
}

static void execute_utility(Session *session, Portal *portal, uint64_t rows_max)
{
    Statement *statement = portal->statement;
    check_block(session, statement->utility);
    if (portal->state == PORTAL_DONE)
        raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE, "portal \"%.*s\" cannot be run",
                    STR_ARG(portal->name));
    UtilityCall call = utility_call(session, statement, session->message);
    call.params = portal->params;
    call.rows_max = rows_max;
    FormattedRows formatted_rows = {session, portal};
    const ResultSink sink = {.arg = &formatted_rows, .rows = send_formatted};
    if (portal->utility_format_count > 0 && statement->utility->describe != NULL) call.sink = &sink;
    portal->state = PORTAL_DONE;
    run_utility(session, statement->utility, &call);
    session->sink.complete(session->sink.arg, call.tag);
}

static bool execute_portal(Session *session, Portal *portal, uint64_t rows_max)
{
    const ResultSink *sink = &session->sink;
    const Statement *statement = portal->statement;
    if (statement->tree == NULL) {
        sink->empty(sink->arg);
        return true;
    }
    if (statement->utility == NULL) {
        check_block(session, NULL);
        Str tag;
        bool done = session__portal_run(session, portal, rows_max, sink, &tag);
        session_next_command(session);
        if (done) sink->complete(sink->arg, tag);
        return done;
    }
    execute_utility(session, portal, rows_max);
    return true;
}

bool session_execute(Session *session, Str name, uint64_t rows_max)
{
    SCOPED(scope);
    begin_message(session, (Str){0});
    Portal *portal = session__portal_get(session, name, false);
    Statement *statement = portal->statement;
    session__activity_begin(session, statement->sql);
    StatementLog log;
    PortalText text;
    session->query = statement->sql;
    if (statement->tree) session->tag = session__tag(session, statement->tree);
    begin_execute_log(session, portal, &text, &log);
    /* It may end the transaction and its portal, and what they hold. */
    if (statement->utility) {
        session__statement_hold(statement);
        scope_add(scope, let_statement_go, statement);
        session->query = log.sql = str_copy(session->message, statement->sql);
        if (portal->param_count == 0) log.detail = NULL;
    }
    const bool done = execute_portal(session, portal, rows_max);
    session->one_of_many = true; /* what comes before the next Sync */
    statement_log_end(&log);
    return done;
}

void session_close_statement(Session *session, Str name)
{
    Statement **statement = map_find(&session->statements, &name);
    if (statement == NULL) return;
    Statement *gone = *statement;
    map_remove(&session->statements, &name);
    session__statement_let_go(gone);
}

void session_close_portal(Session *session, Str name)
{
    Portal *portal = session__portal_find(session, name);
    if (portal != NULL) session__portal_close(session, portal);
}

void session_sync(Session *session)
{
    session->one_of_many = false;
    session__block_end_implicit(session);
    cat_view_release(session->view);
}

void session_fail(Session *session, const Error *error)
{
    session_wake(session);
    session->one_of_many = false;
    session__block_error(session, error);
    cat_view_release(session->view);
}
