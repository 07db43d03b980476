/* SPDX-License-Identifier: Apache-2.0 */
/* statement.c - prepared statements and their plans.
 *
 * A statement is parsed once. Binding is done again when something that it rests on has changed: the catalog entries it
 * holds tell (docs/design.md section 7), and so does a new search_path. A plan for known parameter values is made the
 * first five times; then a generic plan is made, and kept if it costs no more than those did on average, planning
 * counted: PostgreSQL's rule, as its manual describes it under PREPARE. */
#include "session/session_internal.h"

#include "base/array.h"
#include "os/clock.h"

enum { CUSTOM_PLANS_FIRST = 5, OID_FIRST_USER = 16384 };

static Statement *new_statement(Session *session, Str name, Str sql, const Oid *types,
                                uint32_t type_count)
{
    Arena *arena = arena_new_child(session->arena, "prepared statement");
    Statement *statement = ARENA_NEW(arena, Statement);
    statement->references = 1;
    statement->arena = arena;
    statement->name = str_copy(arena, name);
    statement->sql = str_copy(arena, sql);
    statement->prepared_us = os_wall_us();
    statement->param_count = type_count;
    statement->params = arena_copy(arena, types, type_count * sizeof(Oid));
    return statement;
}

Statement *session__statement_of(Session *session, Str name, Str sql, const AstNode *tree,
                                 const Oid *types, uint32_t type_count)
{
    Statement *statement = new_statement(session, name, sql, types, type_count);
    statement->tree = ast_copy(statement->arena, tree);
    statement->utility = utility_find(session->engine, tree->kind);
    return statement;
}

Statement *session__statement_new(Session *session, Str name, Str sql,
                                  const ParsedStatement *parsed, const Oid *types,
                                  uint32_t type_count)
{
    if (parsed == NULL) return new_statement(session, name, sql, types, type_count);
    Statement *statement = session__statement_of(session, name, sql, parsed->tree, types,
                                                 type_count);
    statement->text = str_slice(statement->sql, parsed->offset, parsed->offset + parsed->bytes);
    return statement;
}

Statement *session__statement_stored(Session *session, const QQuery *query, const Oid *types,
                                     uint32_t type_count)
{
    Statement *statement = new_statement(session, STR(""), STR(""), types, type_count);
    statement->stored = query_copy(statement->arena, query);
    return statement;
}

void session__statement_hold(Statement *statement)
{
    statement->references++;
}

/* What a statement was bound to and planned as while portals ran by it. */
typedef struct Retired {
    struct Retired *older;
    Arena *bound, *planned;
    CatEntry **entries;
    uint32_t entry_count;
} Retired;

static void drop_bound(const Retired *bound)
{
    Arena *arena = bound->bound;
    if (bound->planned != NULL) arena_drop(bound->planned);
    for (uint32_t i = 0; i < bound->entry_count; i++) cat_entry_let_go(bound->entries[i]);
    if (arena != NULL) arena_drop(arena); /* `bound` may stand in it */
}

static void forget_bound(Statement *statement)
{
    const Retired bound = {statement->retired, statement->bound, statement->planned,
                           statement->entries, statement->entry_count};
    if (statement->run != NULL) --*statement->run->count;
    statement->run = NULL;
    if (statement->portals > 0 && statement->bound != NULL)
        statement->retired = arena_copy(statement->bound, &bound, sizeof bound);
    else
        drop_bound(&bound);
    statement->bound = statement->planned = NULL;
    statement->generic = NULL;
    statement->run_was_tried = false;
    statement->query = NULL;
    statement->columns = NULL;
    statement->entry_count = statement->column_count = statement->lock_count = 0;
}

void session__statement_enter(Statement *statement)
{
    session__statement_hold(statement);
    statement->portals++;
}

void session__statement_leave(Statement *statement)
{
    ASSERT(statement->portals > 0);
    if (--statement->portals == 0) {
        for (Retired *retired = statement->retired, *older; retired != NULL; retired = older) {
            older = retired->older;
            drop_bound(retired);
        }
        statement->retired = NULL;
    }
    session__statement_let_go(statement);
}

void session__statement_let_go(Statement *statement)
{
    ASSERT(statement->references > 0);
    if (--statement->references > 0) return;
    forget_bound(statement);
    arena_drop(statement->arena);
}

/* ---- binding ---- */

static bool is_current(Session *session, const Statement *statement)
{
    if (statement->query == NULL || statement->search_path_version != session->search_path_version)
        return false;
    for (uint32_t i = 0; i < statement->entry_count; i++) {
        if (!cat_entry_is_current(session->view, statement->entries[i])) return false;
    }
    return true;
}

typedef struct StatementLock {
    Oid relation;
    LockMode mode;
} StatementLock;

/* The relations and users' functions of a query and of all queries inside it. */
typedef struct Relations {
    Arena *arena;
    Session *session;
    ARRAY_OF(CatEntry *) entries;
    ARRAY_OF(StatementLock) locks;
} Relations;

static LockMode lock_mode(const QTable *table)
{
    return table->lock ? (LockMode)table->lock : LOCK_ACCESS_SHARE;
}

static void gather_function(Relations *relations, Oid oid)
{
    const CatFunction *function = oid >= OID_FIRST_USER
                                      ? cat_function(relations->session->view, oid)
                                      : NULL;
    if (function == NULL) return;
    CatEntry *entry = (CatEntry *)&function->entry;
    cat_entry_hold(entry);
    array_push(&relations->entries, entry);
}

static bool gather(void *arg, void *child)
{
    Relations *relations = arg;
    task_check_stack();
    const QFuncCall *call = Q_IF(FuncCall, (QNode *)child);
    const QAggregate *aggregate = Q_IF(Aggregate, (QNode *)child);
    if (call != NULL) gather_function(relations, call->function);
    if (aggregate != NULL) gather_function(relations, aggregate->function);
    const QTable *table = Q_IF(Table, child);
    if (table != NULL && table->relation != 0) {
        const CatRelation *relation = cat_relation(relations->session->view, table->relation);
        if (relation != NULL) {
            CatEntry *entry = (CatEntry *)&relation->entry;
            cat_entry_hold(entry);
            array_push(&relations->entries, entry);
            array_push(&relations->locks, ((StatementLock){table->relation, lock_mode(table)}));
        }
    }
    return query_walk(child, gather, arg);
}

/* What a client is told of a column's type: of domains the type below, which it knows how to read. */
static void describe_type(Session *session, const QExpr *expr, ResultColumn *column)
{
    const FnEnv *env = &session->env;
    const Type *type = type_find(env, expr->type);
    column->type = expr->type;
    column->typmod = expr->typmod;
    column->collation = expr->collation;
    while (type != NULL && type->kind == 'd') {
        column->type = type->base;
        column->typmod = type->base_typmod;
        type = type_find(env, type->base);
    }
    column->type_bytes = type != NULL ? type->bytes : -1;
}

static void describe_columns(Session *session, Statement *statement)
{
    const QQuery *query = statement->query;
    const QTargetList *targets = query->command == Q_COMMAND_SELECT ? &query->targets
                                                                    : &query->returning;
    statement->columns = ARENA_ARRAY(statement->bound, ResultColumn, targets->count);
    statement->column_count = 0;
    for (uint32_t i = 0; i < targets->count; i++) {
        const QTarget *target = targets->items[i];
        if (target->junk) continue;
        ResultColumn *column = &statement->columns[statement->column_count++];
        *column = (ResultColumn){.name = target->name,
                                 .relation = target->from_table,
                                 .column = (int16_t)target->from_column};
        describe_type(session, target->expr, column);
    }
}

static void tell_columns(Statement *statement)
{
    ResultColumn *told = arena_alloc_array(statement->arena, MAX(statement->column_count, 1u),
                                           sizeof *told);
    for (uint32_t i = 0; i < statement->column_count; i++) {
        told[i] = statement->columns[i];
        told[i].name = str_copy(statement->arena, told[i].name);
    }
    statement->told = told;
    statement->told_count = statement->column_count;
    statement->is_select = statement->query->command == Q_COMMAND_SELECT;
}

static bool same_columns(const ResultColumn *a, uint32_t a_count, const ResultColumn *b,
                         uint32_t b_count)
{
    if (a_count != b_count) return false;
    for (uint32_t i = 0; i < a_count; i++) {
        if (a[i].type != b[i].type || a[i].typmod != b[i].typmod ||
            a[i].collation != b[i].collation || !str_equal(a[i].name, b[i].name))
            return false;
    }
    return true;
}

static bool lock_table(void *session, void *child)
{
    task_check_stack();
    const QTable *table = Q_IF(Table, (QNode *)child);
    if (table != NULL && table->table == Q_RTE_RELATION)
        (void)cat_relation_open_oid(((Session *)session)->view, table->relation, lock_mode(table));
    return query_walk(child, lock_table, session);
}

/* Binding locks what it names; a query that was bound long ago has it locked here. */
static QQuery *lock_stored(Session *session, QQuery *query)
{
    (void)query_walk(query, lock_table, session);
    return query;
}

BindParams session__statement_params(Session *session, const Statement *statement)
{
    return (BindParams){.count = statement->param_count,
                        .capacity = statement->param_count,
                        .types = arena_copy(session->message, statement->params,
                                            statement->param_count * sizeof(Oid)),
                        .arena = session->message};
}

void session__statement_keep_params(Statement *statement, const BindParams *params)
{
    bind_check_params(params);
    statement->param_count = params->count;
    statement->params = arena_copy(statement->arena, params->types, params->count * sizeof(Oid));
}

/* What was bound in another transaction locks its tables in this one; while it waits for them they may change. */
static bool is_usable(Session *session, const Statement *statement)
{
    if (!is_current(session, statement)) return false;
    for (uint32_t i = 0; session->txn != NULL && i < statement->lock_count; i++)
        (void)cat_relation_open_oid(session->view, statement->locks[i].relation,
                                    statement->locks[i].mode);
    return is_current(session, statement);
}

void session__statement_bind(Session *session, Statement *statement)
{
    if ((statement->tree == NULL && statement->stored == NULL) || statement->utility != NULL)
        return;
    if (is_usable(session, statement)) return;
    const bool again = statement->told != NULL;
    forget_bound(statement);
    statement->bound = arena_new_child(statement->arena, "bound statement");

    BindParams params = session__statement_params(session, statement);
    params.fixed = again || statement->fixed_params || statement->function != NULL;
    if (statement->function != NULL) {
        params.find_name = session_function_parameter;
        params.arg = (void *)statement->function;
    }
    BindOptions options = session_bind_options(session, statement->sql, &params);
    QQuery *query = statement->stored != NULL
                        ? lock_stored(session, query_copy(statement->bound, statement->stored))
                        : bind_statement(statement->bound, statement->tree, &options);
    if (!params.fixed) session__statement_keep_params(statement, &params);
    statement->query = rewrite_query(statement->bound, query, &options);
    Relations relations = {.session = session,
                           .entries = {.arena = statement->bound},
                           .locks = {.arena = statement->bound}};
    gather(&relations, statement->query);
    statement->entries = relations.entries.items;
    statement->entry_count = relations.entries.count;
    statement->locks = relations.locks.items;
    statement->lock_count = relations.locks.count;
    statement->search_path_version = session->search_path_version;
    describe_columns(session, statement);
    if (!again)
        tell_columns(statement);
    else if (statement->function == NULL &&
             !same_columns(statement->told, statement->told_count, statement->columns,
                           statement->column_count)) {
        forget_bound(statement); /* the next use looks again */
        /* By this routine's name pgjdbc and ActiveRecord know that they need only prepare anew. */
        raise_error_at(SQLSTATE_FEATURE_NOT_SUPPORTED, __FILE__, __LINE__, "RevalidateCachedQuery",
                       "cached plan must not change result type");
    }
}

void session__statement_rests_on(Statement *statement, CatEntry *entry)
{
    const uint32_t count = statement->entry_count;
    for (uint32_t i = 0; i < count; i++)
        if (statement->entries[i] == entry) return;
    CatEntry **entries = ARENA_ARRAY(statement->bound, CatEntry *, count + 1);
    if (count > 0) memcpy(entries, statement->entries, count * sizeof(CatEntry *));
    cat_entry_hold(entry);
    entries[count] = entry;
    statement->entries = entries;
    statement->entry_count = count + 1;
}

void session__statement_includes(Statement *statement, const Statement *other)
{
    const uint32_t count = statement->lock_count, more = other->lock_count;
    for (uint32_t i = 0; i < other->entry_count; i++)
        session__statement_rests_on(statement, other->entries[i]);
    if (more == 0) return;
    StatementLock *locks = ARENA_ARRAY(statement->bound, StatementLock, count + more);
    if (count > 0) memcpy(locks, statement->locks, count * sizeof *locks);
    memcpy(locks + count, other->locks, more * sizeof *locks);
    statement->locks = locks;
    statement->lock_count = count + more;
}

/* ---- planning ---- */

/* The oldest snapshot that a plan made now may run under; 0: one that is still to be taken. */
static uint64_t oldest_snapshot(const Session *session)
{
    const Snapshot *active = session->active_snapshot;
    uint64_t oldest = session->has_snapshot ? session->snapshot.number.v : 0;
    if (active != NULL && (oldest == 0 || active->number.v < oldest)) oldest = active->number.v;
    return oldest;
}

static PlanOptions plan_options(FunctionValues *values, const Datum *params, uint32_t param_count)
{
    Session *session = values->session;
    return (PlanOptions){.view = session->view,
                         .function_value = session__function_value,
                         .function_rows = session__function_rows,
                         .function_arg = values,
                         .env = &session->env,
                         .settings = session_settings(session),
                         .params = params,
                         .param_count = param_count,
                         .snapshot = oldest_snapshot(session)};
}

PlanPlan *session_plan(Session *session, Arena *arena, QQuery *query, const Datum *params,
                       uint32_t param_count)
{
    SCOPED(scope);
    Arena *temporary = scope_arena(scope, session->account, "planning");
    FunctionValues values = {.session = session};
    const PlanOptions options = plan_options(&values, params, param_count);
    return plan_query(arena, temporary, query, &options);
}

static PlanPlan *plan_statement(Session *session, Statement *statement, Arena *arena,
                                const Datum *params, uint32_t param_count)
{
    SCOPED(scope);
    Arena *temporary = scope_arena(scope, session->account, "planning");
    FunctionValues values = {session, statement};
    PlanOptions options = plan_options(&values, params, param_count);
    if (statement->is_cursor) {
        options.is_cursor = options.no_parallel = true; /* it may stop anywhere, and go back */
        options.tuple_fraction = options.settings->cursor_tuple_fraction;
    }
    return plan_query(arena, temporary, statement->query, &options);
}

/* What planning itself costs, in the planner's units: PostgreSQL charges a thousand operator costs a relation. */
static double planning_cost(Session *session, const PlanPlan *plan)
{
    return 1000.0 * session_settings(session)->cpu_operator_cost * (plan->tables.count + 1);
}

static PlanPlan *generic_plan(Session *session, Statement *statement)
{
    if (statement->generic == NULL) {
        statement->planned = arena_new_child(statement->arena, "generic plan");
        statement->generic = plan_statement(session, statement, statement->planned, NULL, 0);
        statement->generic_cost = statement->generic->root->total_cost;
        statement->planned_at = oldest_snapshot(session);
        if (statement->planned_at == 0)
            statement->planned_at = txns_newest(engine_txns(session->engine)).v;
    }
    return statement->generic;
}

/* May the generic plan's indexes lack rows that the snapshot at work sees? */
static bool is_too_new(const Session *session, const Statement *statement)
{
    const uint64_t oldest = oldest_snapshot(session);
    return statement->generic != NULL && oldest != 0 && oldest < statement->planned_at;
}

static bool wants_custom(Session *session, const Statement *statement)
{
    if (is_too_new(session, statement)) return true;
    if (statement->param_count == 0) return false;
    switch (session_settings(session)->plan_cache_mode) {
    case SETTING_PLAN_CACHE_MODE_FORCE_CUSTOM_PLAN: return true;
    case SETTING_PLAN_CACHE_MODE_FORCE_GENERIC_PLAN: return false;
    default: break;
    }
    if (statement->custom_plans < CUSTOM_PLANS_FIRST) return true;
    if (statement->generic == NULL) return false;
    return statement->generic_cost > statement->custom_cost_total / statement->custom_plans;
}

PlanPlan *session__statement_plan(Session *session, Statement *statement, Arena *arena,
                                  const Datum *params)
{
    if (!wants_custom(session, statement)) {
        PlanPlan *plan = generic_plan(session, statement);
        /* The generic plan has just been made and is seen to be the dearer one. */
        if (!wants_custom(session, statement)) {
            statement->generic_plans++;
            return plan;
        }
    }
    PlanPlan *plan = plan_statement(session, statement, arena, params, statement->param_count);
    statement->custom_plans++;
    statement->custom_cost_total += plan->root->total_cost + planning_cost(session, plan);
    return plan;
}

/* ---- by name ---- */

Statement *session__statement_get(Session *session, Str name)
{
    Statement **statement = map_find(&session->statements, &name);
    if (statement == NULL) {
        if (name.bytes == 0)
            raise_error(SQLSTATE_INVALID_SQL_STATEMENT_NAME,
                        "unnamed prepared statement does not exist");
        raise_error(SQLSTATE_INVALID_SQL_STATEMENT_NAME,
                    "prepared statement \"%.*s\" does not exist", STR_ARG(name));
    }
    return *statement;
}

void session__statements_clear(Session *session)
{
    void *statement;
    for (uint32_t at = 0; map_next(&session->statements, &at, NULL, &statement);)
        session__statement_let_go(*(Statement **)statement);
    map_clear(&session->statements);
}
