/* SPDX-License-Identifier: Apache-2.0 */
/* explain.c - EXPLAIN: its options, the statement planned (and, under ANALYZE, run to its end with its rows thrown
 * away), the answer as lines of text or as one document. */
#include "session/session_internal.h"

#include "exec/explain.h"
#include "os/clock.h"
#include "type/type.h"

typedef struct ExplainCommand {
    UtilityCall *call;
    ExplainFormat format;
    bool analyze, verbose, costs, settings, generic_plan, buffers, wal, timing, summary, memory,
        serialize, binary;
    bool timing_set, summary_set, buffers_set;
    ExplainOut out;
    bool separate; /* text: a blank line between queries */
} ExplainCommand;

/* ---- options ---- */

static _Noreturn void bad_value(ExplainCommand *c, const AstOption *option)
{
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "unrecognized value for EXPLAIN option \"%.*s\": \"%.*s\"",
                  STR_ARG(option->name), STR_ARG(option_text(c->call->arena, option)));
    error_position(error, parse_position(c->call->sql, option->location));
    error_raise(error);
}

static void set_format(ExplainCommand *c, const AstOption *option)
{
    static const char *const names[] = {[EXPLAIN_TEXT] = "text",
                                        [EXPLAIN_JSON] = "json",
                                        [EXPLAIN_XML] = "xml",
                                        [EXPLAIN_YAML] = "yaml"};
    Str word = option_text(c->call->arena, option);
    for (uint32_t i = 0; i < ARRAY_LEN(names); i++) {
        if (!str_equal(word, str_from(names[i]))) continue;
        c->format = (ExplainFormat)i;
        return;
    }
    bad_value(c, option);
}

static void set_serialize(ExplainCommand *c, const AstOption *option)
{
    Str word = option->value != NULL ? option_text(c->call->arena, option) : STR("text");
    if (!str_equal(word, STR("none")) && !str_equal(word, STR("off")) &&
        !str_equal(word, STR("text")) && !str_equal(word, STR("binary")))
        bad_value(c, option);
    c->binary = str_equal(word, STR("binary"));
    c->serialize = c->binary || str_equal(word, STR("text"));
}

static void set_option(ExplainCommand *c, const AstOption *option)
{
    const struct {
        const char *name;
        bool *value, *set;
    } flags[] = {{"analyze", &c->analyze, NULL},
                 {"verbose", &c->verbose, NULL},
                 {"costs", &c->costs, NULL},
                 {"settings", &c->settings, NULL},
                 {"generic_plan", &c->generic_plan, NULL},
                 {"buffers", &c->buffers, &c->buffers_set},
                 {"wal", &c->wal, NULL},
                 {"timing", &c->timing, &c->timing_set},
                 {"summary", &c->summary, &c->summary_set},
                 {"memory", &c->memory, NULL}};
    for (uint32_t i = 0; i < ARRAY_LEN(flags); i++) {
        if (!str_equal(option->name, str_from(flags[i].name))) continue;
        *flags[i].value = option_bool(option);
        if (flags[i].set != NULL) *flags[i].set = true;
        return;
    }
    if (str_equal(option->name, STR("format"))) {
        set_format(c, option);
    } else if (str_equal(option->name, STR("serialize"))) {
        set_serialize(c, option);
    } else {
        Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
        error_message(error, "unrecognized EXPLAIN option \"%.*s\"", STR_ARG(option->name));
        error_position(error, parse_position(c->call->sql, option->location));
        error_raise(error);
    }
}

static void need_analyze(const ExplainCommand *c, bool wanted, const char *name)
{
    if (wanted && !c->analyze)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "EXPLAIN option %s requires ANALYZE", name);
}

static ExplainCommand read_options(UtilityCall *call)
{
    ExplainCommand c = {.call = call, .costs = true};
    const AstExplain *ast = AST_AS(Explain, call->tree);
    for (uint32_t i = 0; i < ast->options.count; i++) set_option(&c, ast->options.items[i]);
    need_analyze(&c, c.wal, "WAL");
    if (!c.timing_set) c.timing = c.analyze;
    need_analyze(&c, c.timing, "TIMING");
    need_analyze(&c, c.serialize, "SERIALIZE");
    if (c.generic_plan && c.analyze)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "%s options %s and %s cannot be used together", "EXPLAIN", "ANALYZE",
                    "GENERIC_PLAN");
    if (!c.summary_set) c.summary = c.analyze;
    if (!c.buffers_set) c.buffers = c.analyze;
    return c;
}

/* ---- settings that differ from their defaults and that plans depend on ---- */

static bool changes_plans(const SettingMeta *meta)
{
    static const char *const others[] = {"search_path",
                                         "temp_buffers",
                                         "work_mem",
                                         "hash_mem_multiplier",
                                         "effective_io_concurrency",
                                         "plan_cache_mode"};
    if (str_starts(str_from(meta->category), STR("Query Tuning"))) return true;
    for (uint32_t i = 0; i < ARRAY_LEN(others); i++) {
        if (strcmp(meta->name, others[i]) == 0) return true;
    }
    return false;
}

static bool is_default(const Session *session, int setting)
{
    return settings_stack_source(session->settings, setting) == SETTING_FROM_DEFAULT;
}

static void show_settings(ExplainCommand *c)
{
    if (!c->settings) return;
    StrBuilder text = str_builder(c->call->arena, 64);
    explain_open(&c->out, "Settings", "Settings", false);
    for (int i = 0; i < SETTING_COUNT; i++) {
        const SettingMeta *meta = &setting_metas[i];
        Str value, name = str_from(meta->name);
        if (!changes_plans(meta) || is_default(c->call->session, i)) continue;
        if (!settings_stack_show(c->call->session->settings, c->call->arena, name, &value))
            continue;
        if (explain_is_text(&c->out))
            str_add_format(&text, "%s%s = '%.*s'", text.bytes > 0 ? ", " : "", meta->name,
                           STR_ARG(value));
        else
            explain_text(&c->out, meta->name, value);
    }
    explain_close(&c->out, "Settings", false);
    if (explain_is_text(&c->out) && text.bytes > 0)
        explain_text(&c->out, "Settings", str_done(&text));
}

/* ---- one statement ---- */

typedef struct Planning {
    int64_t ns;
    TaskUsage usage;
    size_t used, allocated;
} Planning;

static void show_planning(ExplainCommand *c, const Planning *planning)
{
    ExplainOut *out = &c->out;
    const bool text = explain_is_text(out);
    const bool buffers = c->buffers &&
                         (!text || planning->usage.pages_hit + planning->usage.pages_read > 0);
    if (buffers || c->memory) {
        if (text) str_add(&out->text, STR("Planning:\n"));
        explain_open(out, "Planning", "Planning", false);
        out->indent += text;
        if (buffers) explain_buffers(out, &planning->usage);
        const int64_t used = (int64_t)(planning->used + 1023) / 1024,
                      allocated = (int64_t)(planning->allocated + 1023) / 1024;
        if (c->memory && text)
            explain_text(out, "Memory",
                         str_format(c->call->arena, "used=%" PRId64 "kB  allocated=%" PRId64 "kB",
                                    used, allocated));
        if (c->memory && !text) {
            explain_integer(out, "Memory Used", used, "kB");
            explain_integer(out, "Memory Allocated", allocated, "kB");
        }
        out->indent -= text;
        explain_close(out, "Planning", false);
    }
    if (c->summary) explain_float(out, "Planning Time", (double)planning->ns / 1e6, 3, "ms");
}

static void close_exec(void *exec)
{
    exec_close(exec);
}

/* Rows turned into what the client would get, and thrown away. */
typedef struct Serialized {
    uint64_t bytes;
    int64_t ns;
} Serialized;

static void serialize_rows(const ExplainCommand *c, const PlanPlan *plan, const Batch *batch,
                           Arena *arena, Serialized *done)
{
    const FnEnv *env = session_env(c->call->session);
    const int64_t begin = os_monotonic_ns();
    for (uint32_t i = 0; i < batch->column_count && i < plan->columns.count; i++) {
        const Type *type = type_get(env, batch->columns[i].type);
        TypeCall call = {.type = type, .env = env, .arena = arena, .typmod = -1};
        for (uint32_t at = 0; at < batch->selection.count; at++) {
            task_check();
            const uint32_t row = batch->selection.rows ? batch->selection.rows[at] : at;
            Datum value = vector_get(&batch->columns[i], row);
            done->bytes += 4; /* its length */
            if (value.null) continue;
            if (c->binary) {
                StrBuilder out = str_builder(arena, 16);
                type->send(&call, &value.value, &out);
                done->bytes += str_done(&out).bytes;
            } else {
                done->bytes += type_print(&call, &value.value).bytes;
            }
        }
        arena_reset(arena);
    }
    done->bytes += (uint64_t)batch->selection.count * 7; /* message type, length, column count */
    done->ns += os_monotonic_ns() - begin;
}

static Serialized run_to_the_end(const ExplainCommand *c, const PlanPlan *plan, Exec *exec)
{
    Serialized done = {0};
    Arena *arena = arena_new_child(c->call->arena, "serialized rows");
    const Batch *batch;
    while (exec_next(exec, BATCH_ROWS_MAX, &batch)) {
        task_check();
        if (c->serialize) serialize_rows(c, plan, batch, arena, &done);
    }
    exec_finish(exec);
    return done;
}

static void show_serialized(ExplainCommand *c, const Serialized *done)
{
    if (!c->serialize) return;
    ExplainOut *out = &c->out;
    const int64_t kilobytes = (int64_t)((done->bytes + 1023) / 1024);
    const double ms = (double)done->ns / 1e6;
    const char *format = c->binary ? "binary" : "text";
    if (!explain_is_text(out)) {
        explain_open(out, "Serialization", "Serialization", false);
        if (c->timing) explain_float(out, "Time", ms, 3, "ms");
        explain_integer(out, "Output Volume", kilobytes, "kB");
        explain_text(out, "Format", str_from(format));
        explain_close(out, "Serialization", false);
        return;
    }
    StrBuilder text = str_builder(c->call->arena, 64);
    if (c->timing) str_add_format(&text, "time=%.3f ms  ", ms);
    str_add_format(&text, "output=%" PRId64 "kB  format=%s", kilobytes, format);
    explain_text(out, "Serialization", str_done(&text));
}

static void set_instruments(const ExplainCommand *c, ExecOptions *options)
{
    options->instrument = true;
    options->timing = c->timing;
}

/* The plan with what is known of it; exec: it was run, in `spent` nanoseconds. */
static void show_plan(ExplainCommand *c, const PlanPlan *plan, Exec *exec, const Planning *planning,
                      const Serialized *serialized, int64_t spent)
{
    const UtilityCall *call = c->call;
    ExplainOptions options = {.analyze = c->analyze,
                              .verbose = c->verbose,
                              .costs = c->costs,
                              .timing = c->timing,
                              .buffers = c->buffers,
                              .wal = c->wal,
                              .view = session_view(call->session),
                              .env = session_env(call->session)};
    explain_open(&c->out, "Query", NULL, false);
    explain_plan(&c->out, plan, exec, &options);
    show_settings(c);
    show_planning(c, planning);
    if (c->analyze && !explain_is_text(&c->out)) {
        explain_open(&c->out, "Triggers", "Triggers", true);
        explain_close(&c->out, "Triggers", true);
    }
    show_serialized(c, serialized);
    if (c->summary && c->analyze)
        explain_float(&c->out, "Execution Time", (double)spent / 1e6, 3, "ms");
    explain_close(&c->out, "Query", false);
}

static void show_query(ExplainCommand *c, const PlanPlan *plan, const Planning *planning,
                       const Datum *params, uint32_t param_count)
{
    SCOPED(scope);
    UtilityCall *call = c->call;
    Exec *exec = NULL;
    Serialized serialized = {0};
    const int64_t begin = os_monotonic_ns();
    if (c->analyze) {
        ExecOptions options = session_exec_options(call->session,
                                                   session_statement_snapshot(call->session, scope),
                                                   call->arena);
        options.params = params;
        options.param_count = param_count;
        set_instruments(c, &options);
        session__forbid_writes(call->session, plan);
        exec = exec_open(plan, &options);
        scope_add(scope, close_exec, exec);
        serialized = run_to_the_end(c, plan, exec);
    }
    show_plan(c, plan, exec, planning, &serialized, os_monotonic_ns() - begin);
}

/* ---- CREATE TABLE AS: run by who runs it otherwise */

typedef struct Creating {
    ExplainCommand *command;
    Planning planning; /* ns: from here on, until the rows come */
    int64_t begun;
} Creating;

static void take_options(void *arg, ExecOptions *options)
{
    Creating *creating = arg;
    creating->begun = os_monotonic_ns();
    creating->planning.ns = creating->begun - creating->planning.ns;
    set_instruments(creating->command, options);
}

static void show_ran(void *arg, const PlanPlan *plan, Exec *exec)
{
    Creating *creating = arg;
    show_plan(creating->command, plan, exec, &creating->planning, &(Serialized){0},
              os_monotonic_ns() - creating->begun);
}

static void explain_creation(ExplainCommand *c, const AstCreateTableAs *create)
{
    Creating creating = {.command = c, .planning = {.ns = os_monotonic_ns()}};
    const UtilityExplain explain = {&creating, take_options, show_ran};
    UtilityCall call = *c->call;
    call.tree = (const AstNode *)create;
    call.explain = &explain;
    utility_find(call.session->engine, call.tree->kind)->run(&call);
}

/* IF NOT EXISTS, and it does: nothing is to be explained. */
static bool is_there(const ExplainCommand *c, const AstCreateTableAs *create)
{
    const AstRangeVar *into = create->into->relation;
    CatalogView *view = session_view(c->call->session);
    const CatName name = {.database = into->catalog, .schema = into->schema, .name = into->name};
    const Oid schema = cat_namespace_for_creation(view, name,
                                                  into->persistence == AST_PERSISTENCE_TEMPORARY);
    if (cat_relation_named(view, schema, name.name) == 0) return false;
    if (!create->if_not_exists)
        raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists",
                    STR_ARG(name.name));
    Error *notice = error_begin(SQLSTATE_DUPLICATE_TABLE);
    error_severity(notice, SEVERITY_NOTICE);
    error_message(notice, "relation \"%.*s\" already exists, skipping", STR_ARG(name.name));
    session_notice(c->call->session, notice);
    return true;
}

/* Binds and plans; what planning took is noted. */
static void explain_tree(ExplainCommand *c, const AstNode *tree)
{
    UtilityCall *call = c->call;
    Session *session = call->session;
    BindParams params = {.arena = call->arena};
    const BindOptions options = c->generic_plan && call->param_count == 0
                                    ? session_bind_options(session, call->sql, &params)
                                    : session_call_options(call);
    QQuery *query = bind_statement(call->arena, tree, &options);
    query = rewrite_query(call->arena, query, &options);
    Task *task = task_self();
    const TaskUsage usage = task->usage;
    Planning planning = {.ns = os_monotonic_ns()};
    Arena *arena = arena_new_child(call->arena, "explained plan");
    const PlanPlan *plan = session_plan(session, arena, query, call->params, call->param_count);
    planning.ns = os_monotonic_ns() - planning.ns;
    task_usage_add_since(&planning.usage, task, &usage);
    planning.used = arena_used(arena);
    planning.allocated = arena_held(arena);
    show_query(c, plan, &planning, call->params, call->param_count);
}

static void explain_execute(ExplainCommand *c, const AstExecute *execute)
{
    Session *session = c->call->session;
    Arena *arena = c->call->arena;
    Statement *statement = session__statement_get(session, execute->name);
    if (statement->utility != NULL) {
        explain_text(&c->out, "Query Text", STR("utility statement"));
        return;
    }
    session__statement_bind(session, statement);
    const Datum *params = session__execute_args(c->call, execute, statement, arena);
    Planning planning = {.ns = os_monotonic_ns()};
    const PlanPlan *plan = session__statement_plan(session, statement, arena, params);
    planning.ns = os_monotonic_ns() - planning.ns;
    show_query(c, plan, &planning, params, statement->param_count);
}

static void explain_utility(ExplainCommand *c, const AstNode *tree)
{
    const AstCreateTableAs *create = AST_IF(CreateTableAs, tree);
    const AstDeclareCursor *declare = AST_IF(DeclareCursor, tree);
    if (tree->kind == AST_EXECUTE) {
        explain_execute(c, AST_AS(Execute, tree));
    } else if (declare != NULL) {
        explain_tree(c, (const AstNode *)declare->query);
    } else if (create != NULL) {
        if (is_there(c, create)) return;
        if (c->analyze)
            explain_creation(c, create);
        else if (create->query->kind == AST_EXECUTE)
            explain_execute(c, AST_AS(Execute, create->query));
        else
            explain_tree(c, (const AstNode *)create->query);
    } else if (explain_is_text(&c->out)) {
        str_add(&c->out.text, STR("Utility statements have no plan structure\n"));
    } else {
        explain_text(&c->out, "Utility Statement",
                     STR("Utility statements have no plan structure"));
    }
}

/* ---- the answer ---- */

static ResultColumn result_column(const ExplainCommand *c)
{
    ResultColumn column = session_text_column("QUERY PLAN");
    const Oid type = c->format == EXPLAIN_JSON ? 114 : c->format == EXPLAIN_XML ? 142 : 25;
    if (type_find(NULL, type) != NULL) column.type = type;
    return column;
}

/* What is explained, when it has a query in itself: that one; NULL: it has none. */
static const AstNode *explained_query(const Engine *engine, const AstNode *tree)
{
    const AstCreateTableAs *create = AST_IF(CreateTableAs, tree);
    const AstDeclareCursor *declare = AST_IF(DeclareCursor, tree);
    if (create != NULL) tree = (const AstNode *)create->query;
    if (declare != NULL) tree = (const AstNode *)declare->query;
    return utility_find(engine, tree->kind) == NULL ? tree : NULL;
}

void session__explain_describe(UtilityCall *call, Description *description)
{
    if (call->infer != NULL) {
        const AstNode *query = explained_query(call->session->engine,
                                               AST_AS(Explain, call->tree)->query);
        const BindOptions options = session_call_options(call);
        if (query != NULL) (void)bind_statement(call->arena, query, &options);
        return;
    }
    ExplainCommand c = read_options(call);
    ResultColumn *column = ARENA_NEW(call->arena, ResultColumn);
    *column = result_column(&c);
    description->columns = column;
    description->column_count = 1;
    description->returns_rows = true;
}

void session__explain(UtilityCall *call)
{
    ExplainCommand c = read_options(call);
    const AstNode *tree = (const AstNode *)AST_AS(Explain, call->tree)->query;
    explain_out_init(&c.out, call->arena, c.format);
    explain_out_begin(&c.out);
    if (utility_find(call->session->engine, tree->kind) != NULL)
        explain_utility(&c, tree);
    else
        explain_tree(&c, tree);
    Str text = explain_out_end(&c.out);
    ResultColumn column = result_column(&c);
    TextRows *rows = session_rows_begin(call, &column, 1);
    for (uint32_t from = 0; text.bytes && from <= text.bytes;) {
        const char *end = c.format == EXPLAIN_TEXT
                              ? memchr(text.data + from, '\n', text.bytes - from)
                              : NULL;
        const uint32_t to = end != NULL ? (uint32_t)(end - text.data) : (uint32_t)text.bytes;
        Datum line = {.value.str = strview(str_slice(text, from, to))};
        session_rows_add(rows, &line);
        from = to + 1;
    }
    (void)session_rows_end(rows);
}
