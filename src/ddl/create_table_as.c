/* SPDX-License-Identifier: Apache-2.0 */
/* create_table_as.c - CREATE TABLE AS and CREATE MATERIALIZED VIEW: the query's columns make the table, its rows
 * fill it. */
#include "ddl/column.h"

const char *ddl__create_table_as_tag(const AstNode *tree)
{
    const AstCreateTableAs *made = AST_AS(CreateTableAs, tree);
    return made->materialized_view ? "CREATE MATERIALIZED VIEW"
           : made->select_into     ? "SELECT INTO"
                                   : "CREATE TABLE AS";
}

static void close_exec(void *exec)
{
    exec_close(exec);
}

/* The query is run, or only made ready, for EXPLAIN's sake. */
static Exec *open_query(Ddl *ddl, Scope *scope, const PlanPlan *plan, ExecOptions *options)
{
    const UtilityCall *call = ddl->call;
    *options = ddl__query_options(ddl, scope);
    options->params = call->params;
    options->param_count = call->param_count;
    if (call->explain) call->explain->options(call->explain->arg, options);
    Exec *exec = exec_open(plan, options);
    scope_add(scope, close_exec, exec);
    return exec;
}

static void explain_unfilled(Ddl *ddl, QQuery *query)
{
    SCOPED(scope);
    const UtilityCall *call = ddl->call;
    ExecOptions options;
    const PlanPlan *plan = session_plan(ddl->session, call->arena, query, call->params,
                                        call->param_count);
    Exec *exec = open_query(ddl, scope, plan, &options);
    call->explain->ran(call->explain->arg, plan, exec);
}

uint64_t ddl__fill(Ddl *ddl, Oid oid, QQuery *query)
{
    SCOPED(scope);
    UtilityCall *call = ddl->call;
    PlanPlan *plan = session_plan(ddl->session, call->arena, query, call->params,
                                  call->param_count);
    ExecOptions options;
    Exec *exec = open_query(ddl, scope, plan, &options);
    const CatRelation *relation = ddl__reopen(ddl, oid);
    int16_t *columns = ARENA_ARRAY(call->arena, int16_t, relation->column_count);
    for (int16_t i = 0; i < relation->column_count; i++) columns[i] = (int16_t)(i + 1);
    ExecInsert *insert = exec_rewrite_open(relation, &options, columns,
                                           (uint32_t)relation->column_count);
    const Batch *batch;
    uint64_t rows = 0;
    while (exec_next(exec, BATCH_ROWS_MAX, &batch)) {
        task_check();
        exec_insert_rows(insert, batch);
        rows += batch->selection.count;
    }
    exec_finish(exec);
    exec_insert_close(insert);
    if (call->explain) call->explain->ran(call->explain->arg, plan, exec);
    return rows;
}

/* The query's columns under the names that INTO gives them. */
static CatNewColumn *read_columns(Ddl *ddl, const AstCreateTableAs *ast, QQuery *query,
                                  uint32_t *count)
{
    CatNewColumn *columns = ARENA_ARRAY(ddl->arena, CatNewColumn, query->targets.count);
    *count = 0;
    for (uint32_t i = 0; i < query->targets.count; i++) {
        QTarget *target = query->targets.items[i];
        if (target->junk) continue;
        if (target->expr->type == 705)
            target->expr = bind_coerce(ddl->arena, target->expr, 25, -1, 'i', Q_CALL_IMPLICIT_CAST,
                                       &ddl->bind);
        const Str name = *count < ast->into->columns.count ? ast->into->columns.items[*count]
                                                           : target->name;
        target->name = name;
        for (uint32_t j = 0; j < *count; j++) {
            if (str_equal(columns[j].name, name))
                raise_error(SQLSTATE_DUPLICATE_COLUMN, "column \"%.*s\" specified more than once",
                            STR_ARG(name));
        }
        ddl__check_column_type(ddl, name, target->expr->type);
        columns[(*count)++] = (CatNewColumn){.name = name,
                                             .type = target->expr->type,
                                             .typmod = target->expr->typmod,
                                             .collation = target->expr->collation};
    }
    if (ast->into->columns.count > *count)
        raise_error(SQLSTATE_SYNTAX_ERROR, "too many column names were specified");
    return columns;
}

static bool uses_parameter(void *arg, void *child)
{
    task_check_stack();
    return Q_IF(Param, (QNode *)child) != NULL || query_walk(child, uses_parameter, arg);
}

/* Others could not read what the rows of a materialised view came from. */
static void check_view_query(Ddl *ddl, const AstCreateTableAs *ast, QQuery *query)
{
    if (query->has_modifying_cte)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "materialized views must not use data-modifying statements in WITH");
    if (ddl__reads_temporary(ddl, query))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "materialized views must not use temporary tables or views");
    if (query_walk(query, uses_parameter, NULL))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "materialized views may not be defined using bound parameters");
    if (ast->into->relation->persistence == AST_PERSISTENCE_UNLOGGED)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "materialized views cannot be unlogged");
}

static QQuery *bind_query(Ddl *ddl, const AstCreateTableAs *ast)
{
    const BindOptions options = session_call_options(ddl->call);
    QQuery *query = bind_statement(ddl->arena, ast->query, &options);
    if (ast->materialized_view) check_view_query(ddl, ast, query);
    return query;
}

void ddl__create_table_as_describe(UtilityCall *call, Description *description)
{
    (void)description;
    const AstCreateTableAs *ast = AST_AS(CreateTableAs, call->tree);
    if (call->infer == NULL || ast->query->kind == AST_EXECUTE) return;
    Ddl ddl = ddl__begin(call);
    (void)bind_query(&ddl, ast);
}

void ddl__create_table_as(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateTableAs *ast = AST_AS(CreateTableAs, call->tree);
    const bool view = ast->materialized_view;
    const AstExecute *execute = AST_IF(Execute, ast->query);
    UtilityCall own = *call; /* with the parameters of EXECUTE */
    if (execute != NULL) ddl.call = &own;
    QQuery *query = execute != NULL
                        ? session_prepared_query(call, execute, &own.params, &own.param_count)
                        : bind_query(&ddl, ast);
    if (ast->into->tablespace.data != NULL) ddl__tablespace_named(ast->into->tablespace);
    CatName name = ddl__name(&ddl, ast->into->relation);
    const AstRangeVar *into = ast->into->relation;
    const bool temporary = into->persistence == AST_PERSISTENCE_TEMPORARY;
    Oid schema = ddl__schema_for(&ddl, name, temporary);
    if (cat_relation_named(ddl.view, schema, name.name) != 0) {
        if (!ast->if_not_exists)
            raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists",
                        STR_ARG(name.name));
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_TABLE,
                    "relation \"%.*s\" already exists, skipping", STR_ARG(name.name));
        return;
    }
    CatNewRelation relation = {.namespace_ = schema,
                               .owner = cat_view_role(ddl.view),
                               .name = name.name,
                               .kind = view ? 'm' : 'r',
                               .persistence = ddl__persistence(&ddl, into, schema, 0)};
    relation.columns = read_columns(&ddl, ast, query, &relation.column_count);
    relation.options = ddl__new_options(&ddl, OPTIONS_OF_TABLE, &ast->into->options,
                                        &relation.option_count);
    Oid oid = cat_create_relation(ddl.view, &relation);
    ddl__on_commit(&ddl, oid, relation.persistence, ast->into->on_commit);
    if (view) {
        ddl__add_view_rule(&ddl, oid, query);
        cat_view_next_command(ddl.view);
        ddl__set_populated(&ddl, oid, !ast->no_data);
    }
    if (ast->no_data && !call->explain) return;
    if (execute == NULL) query = rewrite_query(call->arena, query, &ddl.bind);
    if (ast->no_data) {
        explain_unfilled(&ddl, query);
        return;
    }
    const uint64_t rows = ddl__fill(&ddl, oid, query);
    session_count_inserted(ddl.session, oid, rows);
    call->tag = str_format(call->arena, "SELECT %" PRIu64, rows);
}
