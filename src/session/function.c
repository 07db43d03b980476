/* SPDX-License-Identifier: Apache-2.0 */
/* function.c - functions and procedures in SQL, called by expressions (FnCalls.call and call_set).
 *
 * A body is parsed once and kept, with its statements and their plans, for the types that it was called with, as long
 * as its row of pg_proc stays the same. Each call in progress has a body of its own (recursion), so that a statement is
 * never bound anew while it runs. A volatile function's statements see what was changed before them; others see what
 * the statement around them sees.
 *
 * The last statement's columns become the value: one column, or a row made of several (function_result.c). */
#include "session/session_internal.h"

#include "base/oids.h"

enum { LANGUAGE_SQL = 14, BODIES_MAX = 200 };

struct SqlFunction {
    SqlFunction *next;
    const CatFunction *function; /* held */
    Oid *arg_types, result_type;
    Arena *arena;
    Statement **parts;
    uint32_t part_count;
    bool busy;
    Oid allowed; /* the role that may execute it; 0: not known */
    /* How the columns of the last part become the value; made for its present binding. */
    Arena *result_arena;
    const Arena *result_of;
    QExpr *result;
};

/* ---- bodies */

static void drop_body(SqlFunction *f)
{
    for (uint32_t i = 0; i < f->part_count; i++) session__statement_let_go(f->parts[i]);
    cat_entry_let_go((CatEntry *)&f->function->entry);
    arena_drop(f->arena);
}

void session__functions_clear(Session *session)
{
    while (session->functions != NULL) {
        SqlFunction *f = session->functions;
        session->functions = f->next;
        drop_body(f);
    }
    session->function_count = 0;
}

static void parse_body(Session *session, SqlFunction *f)
{
    const CatFunction *function = f->function;
    const Str *stored;
    uint32_t count = cat_expr_list_split(f->arena, function->sql_body, &stored);
    if (count > 0) {
        f->parts = ARENA_ARRAY(f->arena, Statement *, count);
        for (uint32_t i = 0; i < count; i++)
            f->parts[f->part_count++] =
                session__statement_stored(session, Q_AS(Query, bind_load(f->arena, stored[i])),
                                          f->arg_types, function->arg_count);
        return;
    }
    ParseOptions options = session__parse_options(session);
    options.notice = NULL;
    ParseResult *parsed = parse_sql(f->arena, function->source, &options);
    for (uint32_t i = 0; i < parsed->count; i++)
        parsed->statements[i].tree = session__put_into(f->arena, parsed->statements[i].tree);
    f->parts = ARENA_ARRAY(f->arena, Statement *, parsed->count);
    for (uint32_t i = 0; i < parsed->count; i++) {
        Statement *part = session__statement_new(session, STR(""), function->source,
                                                 &parsed->statements[i], f->arg_types,
                                                 function->arg_count);
        f->parts[f->part_count++] = part;
    }
}

static void drop_unfinished(void *arg)
{
    drop_body(arg);
}

static SqlFunction *new_body(Session *session, const CatFunction *function, const FnCallee *callee)
{
    SCOPED(scope);
    Arena *arena = arena_new_child(session->arena, "SQL function");
    SqlFunction *f = ARENA_NEW(arena, SqlFunction);
    f->arena = arena;
    f->function = function;
    cat_entry_hold((CatEntry *)&function->entry);
    scope_add(scope, drop_unfinished, f);
    f->arg_types = arena_copy(arena, callee->arg_types, function->arg_count * sizeof(Oid));
    f->result_type = callee->result_type;
    f->result_arena = arena_new_child(arena, "SQL function's result");
    parse_body(session, f);
    for (uint32_t i = 0; i < f->part_count; i++) f->parts[i]->function = function;
    scope_forget(scope, f);
    return f;
}

static bool is_of(const SqlFunction *f, const CatFunction *function, const FnCallee *callee)
{
    return f->function == function && f->result_type == callee->result_type &&
           oids_equal(f->arg_types, callee->arg_types, function->arg_count);
}

/* A body that nobody is running; bodies of what was dropped or replaced go. */
static SqlFunction *take_body(Session *session, const CatFunction *function, const FnCallee *callee)
{
    for (SqlFunction **at = &session->functions; *at != NULL;) {
        SqlFunction *f = *at;
        if (!f->busy && is_of(f, function, callee)) return f;
        const bool stale = f->function != function && f->function->oid == function->oid;
        if (f->busy || (!stale && session->function_count <= BODIES_MAX)) {
            at = &f->next;
            continue;
        }
        *at = f->next;
        session->function_count--;
        drop_body(f);
    }
    SqlFunction *made = new_body(session, function, callee);
    made->next = session->functions;
    session->functions = made;
    session->function_count++;
    return made;
}

/* Arguments by name: a, or f.a. */
bool session_function_parameter(void *arg, const AstColumnRef *reference, int32_t *number)
{
    const CatFunction *function = arg;
    const NodeStrs *names = &reference->names;
    if (reference->star || names->count == 0 || names->count > 2 || function->arg_names == NULL)
        return false;
    if (names->count == 2 && !str_equal(names->items[0], function->name)) return false;
    const Str name = names->items[names->count - 1];
    int32_t input = 0;
    for (uint32_t i = 0; i < function->all_arg_count; i++) {
        const char mode = function->modes != NULL ? function->modes[i] : 'i';
        if (mode == 'o' || mode == 't') continue;
        input++;
        if (!str_equal(function->arg_names[i], name)) continue;
        *number = input;
        return true;
    }
    return false;
}

/* ---- a call */

typedef struct FunctionRun {
    Session *session;
    SqlFunction *f;
    const Datum *args;
    const FnRows *rows; /* take all of them; NULL: the first one is wanted */
    Arena *arena;       /* its */
    Datum first;
    bool found;
    uint32_t part;
} FunctionRun;

static void close_exec(void *exec)
{
    exec_close(exec);
}

static bool is_volatile(const FunctionRun *run)
{
    return run->f->function->volatility == 'v';
}

/* True: no more rows are wanted. */
static bool take_rows(FunctionRun *run, ExprState *result, const Batch *batch)
{
    Vector value;
    const uint32_t count = expr_eval(result, &batch, 1, batch->selection, &value);
    if (count > 0 && run->rows != NULL) {
        run->rows->take(run->rows->arg, &value, (Selection){batch->selection.rows, count});
    } else if (count > 0) {
        run->first = vector_get(&value, batch->selection.rows ? batch->selection.rows[0] : 0);
        if (!run->first.null)
            run->first.value = value_copy(run->arena, (Phys)value.phys, run->first.value);
        run->found = true;
        return true;
    }
    if (expr_has_error(result)) expr_raise(result);
    return false;
}

static ExprState *result_program(FunctionRun *run, Statement *part, Arena *query)
{
    SqlFunction *f = run->f;
    Session *session = run->session;
    if (f->result_of != part->bound) {
        arena_reset(f->result_arena);
        const BindOptions options = session_bind_options(session, part->sql, NULL);
        f->result = session__function_result(f->result_arena, &options, f->function, f->result_type,
                                             part->query);
        f->result_of = part->bound;
    }
    if (f->result == NULL) return NULL; /* void */
    const ExprRun expr_run = {.env = &session->env, .query = query};
    return expr_open(expr_compile(query, &f->result, 1, &session->env), &expr_run);
}

static void release_snapshot(void *snapshot)
{
    txn_snapshot_release(snapshot);
}

/* `own`: room for one, so that a million calls leave nothing behind. */
static const Snapshot *snapshot_of(const FunctionRun *run, Scope *scope, Snapshot *own)
{
    Session *session = run->session;
    if (!is_volatile(run) && session->active_snapshot != NULL) return session->active_snapshot;
    if (!session__is_read_committed(session)) return session_statement_snapshot(session, scope);
    CHECK(txn_snapshot(session->txn, own));
    scope_add(scope, release_snapshot, own);
    return own;
}

static void run_query(FunctionRun *run, Statement *part, bool last)
{
    Snapshot own;
    SCOPED(scope);
    Session *session = run->session;
    static const char *const names[] = {[Q_COMMAND_INSERT] = "INSERT",
                                        [Q_COMMAND_UPDATE] = "UPDATE",
                                        [Q_COMMAND_DELETE] = "DELETE",
                                        [Q_COMMAND_MERGE] = "MERGE"};
    session__statement_bind(session, part);
    const QCommand command = part->query->command;
    if (!is_volatile(run) && command != Q_COMMAND_SELECT)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s is not allowed in a non-volatile function",
                    names[command]);
    Arena *query = scope_arena(scope, session->account, "statement of a function");
    PlanPlan *plan = session__statement_plan(session, part, query, run->args);
    session__forbid_writes(session, plan);
    ExecOptions options = session_exec_options(session, snapshot_of(run, scope, &own), query);
    options.params = run->args;
    options.param_count = run->f->function->arg_count;
    options.workers = NULL;
    ExprState *result = last ? result_program(run, part, query) : NULL;
    Exec *exec = exec_open(plan, &options);
    scope_add(scope, close_exec, exec);
    const Batch *batch;
    const bool cut = result != NULL && run->rows == NULL && !plan->modifies;
    while (exec_next(exec, cut ? 1 : BATCH_ROWS_MAX, &batch)) {
        task_check();
        if (batch->selection.count == 0 || result == NULL) continue;
        if (run->found) continue;
        if (take_rows(run, result, batch) && cut) break;
    }
    exec_finish(exec);
}

static void no_rows(void *arg, const FnEnv *env, const ResultColumn *columns, const Batch *batch)
{
    (void)arg;
    (void)env;
    (void)columns;
    (void)batch;
}

static void run_utility(FunctionRun *run, Statement *part)
{
    Session *session = run->session;
    const Utility *utility = part->utility;
    const char *tag = utility_tag(utility, part->tree);
    const uint32_t flags = utility->flags_of != NULL ? utility->flags_of(part->tree)
                                                     : utility->flags;
    ResultSink sink = session->sink;
    sink.rows = no_rows;
    if (flags & UTILITY_TRANSACTION || part->tree->kind == AST_COPY)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s is not allowed in an SQL function", tag);
    if (flags & UTILITY_NO_BLOCK)
        raise_error(SQLSTATE_ACTIVE_SQL_TRANSACTION, "%s cannot be executed from a function", tag);
    if (!is_volatile(run) && !(flags & UTILITY_READ_ONLY))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s is not allowed in a non-volatile function",
                    tag);
    if (session->read_only && !(flags & UTILITY_READ_ONLY))
        raise_error(SQLSTATE_READ_ONLY_SQL_TRANSACTION,
                    "cannot execute %s in a read-only transaction", tag);
    UtilityCall call = {.session = session,
                        .tree = part->tree,
                        .sql = part->sql,
                        .statement = part->text,
                        .params = run->args,
                        .param_types = part->params,
                        .param_count = part->param_count,
                        .arena = session->message,
                        .sink = &sink,
                        .tag = str_from(tag)};
    utility->run(&call);
}

static void run_parts(void *arg)
{
    FunctionRun *run = arg;
    SqlFunction *f = run->f;
    for (run->part = 0; run->part < f->part_count; run->part++) {
        Statement *part = f->parts[run->part];
        task_check();
        if (is_volatile(run)) session_next_command(run->session);
        if (part->utility != NULL)
            run_utility(run, part);
        else
            run_query(run, part, run->part + 1 == f->part_count);
    }
    if (is_volatile(run)) session_next_command(run->session);
}

/* An error of a body that is to stand in place of a call. */
static _Noreturn void raise_before(const CatFunction *function, Error *error)
{
    if (error->position > 0 && error->internal_query.bytes == 0) {
        error_internal_query(error, function->source, error->position);
        error->position = 0;
    }
    error_context(error, "SQL function \"%.*s\" during inlining", STR_ARG(function->name));
    error_raise_again(error);
}

/* An error inside a body: its place there is told apart from places in the client's text. */
static _Noreturn void raise_inside(FunctionRun *run, Error *error)
{
    const CatFunction *function = run->f->function;
    if (error->position > 0 && error->internal_query.bytes == 0) {
        error_internal_query(error, function->source, error->position);
        error->position = 0;
    }
    error_context(error, "SQL function \"%.*s\" statement %u", STR_ARG(function->name),
                  run->part + 1);
    error_raise_again(error);
}

/* What a call changes in its session and gives back at its end. */
typedef struct Surroundings {
    Session *session;
    SqlFunction *f;
    const Snapshot *snapshot;
    Oid definer;
    bool in_function, settings, went_well;
} Surroundings;

static void give_back(void *arg)
{
    Surroundings *before = arg;
    Session *session = before->session;
    before->f->busy = false;
    session->in_function = before->in_function;
    session->active_snapshot = before->snapshot;
    if (before->settings) {
        settings_stack_leave(session->settings, before->went_well);
        session__env_settings(session);
    }
    if (session->definer == before->definer) return;
    session->definer = before->definer;
    session__env_roles(session);
}

static void apply_settings(Session *session, const CatFunction *function)
{
    for (uint32_t i = 0; i < function->config_count; i++) {
        const Str item = function->config[i];
        size_t at;
        if (!str_find_char(item, '=', &at)) continue;
        settings_stack_set(session->settings, str_slice(item, 0, at),
                           str_slice(item, at + 1, item.bytes),
                           (SettingChange){.source = SETTING_FROM_SESSION,
                                           .action = SETTING_SAVED,
                                           .superuser = session__is_superuser(session)});
    }
    session__env_settings(session);
}

static void run_function(FunctionRun *run, const FnCallee *callee)
{
    Surroundings before;
    SCOPED(scope);
    Session *session = run->session;
    const CatFunction *function = cat_function(session->view, callee->function);
    Error *error;
    task_check_stack();
    if (function == NULL)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "cache lookup failed for function %u",
                    callee->function);
    if (function->language != LANGUAGE_SQL || function->builtin != NULL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "function \"%.*s\" is in a language that is not supported",
                    STR_ARG(function->name));
    SqlFunction *f = take_body(session, function, callee);
    if (f->allowed != session->env.role) {
        cat_check_privilege(session->view, (CatObject){.class_ = 1255, .oid = function->oid},
                            PRIV_EXECUTE);
        f->allowed = session->env.role;
    }
    before = (Surroundings){.session = session,
                            .f = f,
                            .snapshot = session->active_snapshot,
                            .definer = session->definer,
                            .in_function = session->in_function};
    session->in_function = true;
    f->busy = true;
    run->f = f;
    scope_add(scope, give_back, &before);
    if (function->config_count > 0) {
        settings_stack_enter(session->settings);
        before.settings = true;
        apply_settings(session, function);
    }
    if (function->security_definer) {
        session->definer = function->owner;
        session__env_roles(session);
    }
    if (!error_catch(run_parts, run, session->message, &error)) raise_inside(run, error);
    before.went_well = true;
}

Datum session__call(void *view, const FnCallee *callee, const Datum *args, Arena *arena)
{
    FunctionRun run = {.session = cat_view_owner(view), .args = args, .arena = arena};
    run_function(&run, callee);
    return run.found ? run.first : (Datum){.null = true};
}

void session__call_set(void *view, const FnCallee *callee, const Datum *args, const FnRows *rows)
{
    FunctionRun run = {.session = cat_view_owner(view), .args = args, .rows = rows};
    run_function(&run, callee);
}

/* ---- put in place of a call (plan/inline.c) */

typedef struct Inlining {
    Session *session;
    const CatFunction *function;
    const FnCallee *callee;
    Arena *arena;
    Statement *statement; /* what is planned */
    QExpr *value;         /* one of these; else it must be called */
    QQuery *rows;
} Inlining;

static bool may_be_value(const CatFunction *function)
{
    return function->language == LANGUAGE_SQL && function->builtin == NULL &&
           function->kind == 'f' && !function->security_definer && function->config_count == 0 &&
           function->result != OID_VOID;
}

/* SELECT of one expression, and no more. */
static bool is_one_expression(const QQuery *query)
{
    return query->command == Q_COMMAND_SELECT && query->targets.count == 1 &&
           !query->targets.items[0]->junk && query->set_operation == NULL &&
           query->tables.count == 0 && (query->from == NULL || query->from->where == NULL) &&
           !query->has_aggregates && !query->has_windows && !query->has_sublinks &&
           !query->has_set_functions && query->ctes.count == 0 && query->group_by.count == 0 &&
           query->grouping_sets.count == 0 && query->having == NULL && query->distinct.count == 0 &&
           query->order_by.count == 0 && query->limit == NULL && query->offset == NULL &&
           query->locks.count == 0;
}

static void *put_column(void *column, void *child)
{
    task_check_stack();
    if (((QNode *)child)->kind == Q_SLOT) return column;
    node_replace(&query_family, child, put_column, column);
    return child;
}

static void no_longer_busy(void *f)
{
    ((SqlFunction *)f)->busy = false;
}

/* The rows of a SELECT that locks and changes nothing. */
static void take_query(Inlining *in, const Statement *part)
{
    const QQuery *query = part->query;
    if (query->command != Q_COMMAND_SELECT || query->has_modifying_cte || query->locks.count > 0)
        return;
    in->rows = query_copy(in->arena, query);
    if (in->statement != NULL) session__statement_includes(in->statement, part);
}

static void find_value(void *arg)
{
    Inlining *in = arg;
    SCOPED(scope);
    SqlFunction *f = take_body(in->session, in->function, in->callee);
    Statement *part = f->part_count == 1 ? f->parts[0] : NULL;
    if (part == NULL || part->utility != NULL) return;
    f->busy = true;
    scope_add(scope, no_longer_busy, f);
    session__statement_bind(in->session, part);
    if (part->query == NULL) return;
    if (in->function->returns_set) {
        take_query(in, part);
        return;
    }
    if (!is_one_expression(part->query)) return;
    const BindOptions options = session_bind_options(in->session, part->sql, NULL);
    QExpr *result = session__function_result(in->arena, &options, in->function,
                                             in->callee->result_type, part->query);
    if (result == NULL || result->kind == Q_ROW) return;
    QExpr *column = query_copy(in->arena, part->query->targets.items[0]->expr);
    in->value = put_column(column, query_copy(in->arena, result));
}

static Inlining inlined(const FunctionValues *asking, Arena *arena, const FnCallee *callee,
                        bool set)
{
    Session *session = asking->session;
    const CatFunction *function = cat_function(session->view, callee->function);
    const CatObject object = {.class_ = 1255, .oid = callee->function};
    Inlining in = {session, function, callee, arena, asking->statement, NULL, NULL};
    Error *error;
    if (function == NULL || function->returns_set != set || !may_be_value(function) ||
        (!set && function->result == OID_RECORD) ||
        !(cat_privileges(session->view, session->env.role, object, PRIV_EXECUTE) & PRIV_EXECUTE))
        return in;
    if (!error_catch(find_value, &in, session->message, &error)) raise_before(function, error);
    if ((in.value != NULL || in.rows != NULL) && asking->statement != NULL)
        session__statement_rests_on(asking->statement, (CatEntry *)&function->entry);
    return in;
}

QExpr *session__function_value(void *values, Arena *arena, const FnCallee *callee)
{
    return inlined(values, arena, callee, false).value;
}

QQuery *session__function_rows(void *values, Arena *arena, const FnCallee *callee)
{
    return inlined(values, arena, callee, true).rows;
}

/* ---- CREATE FUNCTION: is the body good? */

static bool is_polymorphic(const CatFunction *function)
{
    for (uint32_t i = 0; i < function->arg_count; i++)
        if (bind_is_polymorphic(function->args[i])) return true;
    return false;
}

void session_function_check(Session *session, const CatFunction *function)
{
    const FnCallee callee = {.function = function->oid,
                             .result_type = function->result,
                             .arg_types = function->args,
                             .arg_count = function->arg_count};
    SCOPED(scope);
    SqlFunction *f = new_body(session, function, &callee);
    scope_add(scope, drop_unfinished, f);
    if (is_polymorphic(function)) return;
    const QQuery *last = NULL;
    const BindOptions options = session_bind_options(session, function->source, NULL);
    for (uint32_t i = 0; i < f->part_count; i++) {
        Statement *part = f->parts[i];
        last = NULL;
        if (part->utility != NULL) continue;
        session__statement_bind(session, part);
        last = part->query;
    }
    (void)session__function_result(f->arena, &options, function, function->result, last);
}
