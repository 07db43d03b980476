/* SPDX-License-Identifier: Apache-2.0 */
/* create_table_as.c - CREATE TABLE AS, SELECT INTO's sister: the query's columns make the table, its rows fill it. */
#include "ddl/ddl_internal.h"

const char *ddl__create_table_as_tag(const AstNode *tree)
{
    return AST_AS(CreateTableAs, tree)->materialized_view ? "CREATE MATERIALIZED VIEW"
                                                          : "CREATE TABLE AS";
}

static void close_exec(void *exec)
{
    exec_close(exec);
}

static uint64_t fill(Ddl *ddl, Oid oid, QQuery *query)
{
    SCOPED(scope);
    UtilityCall *call = ddl->call;
    PlanPlan *plan = session_plan(ddl->session, call->arena, query, call->params,
                                  call->param_count);
    ExecOptions options = ddl__exec_options(ddl, scope);
    options.params = call->params;
    options.param_count = call->param_count;
    Exec *exec = exec_open(plan, &options);
    scope_add(scope, close_exec, exec);
    const CatRelation *relation = ddl__reopen(ddl, oid);
    int16_t *columns = ARENA_ARRAY(call->arena, int16_t, relation->column_count);
    for (int16_t i = 0; i < relation->column_count; i++) columns[i] = (int16_t)(i + 1);
    ExecInsert *insert = exec_insert_open(scope, relation, &options, columns,
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
    return rows;
}

void ddl__create_table_as(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateTableAs *ast = AST_AS(CreateTableAs, call->tree);
    if (ast->materialized_view)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "CREATE MATERIALIZED VIEW is not supported");
    if (ast->query->kind == AST_EXECUTE)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "CREATE TABLE AS EXECUTE is not supported");
    CatName name = ddl__name(&ddl, ast->into->relation);
    bool temporary = ast->into->relation->persistence == AST_PERSISTENCE_TEMPORARY;
    Oid schema = cat_namespace_for_creation(ddl.view, name, temporary);
    if (cat_relation_named(ddl.view, schema, name.name) != 0) {
        if (!ast->if_not_exists)
            raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists",
                        STR_ARG(name.name));
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_TABLE,
                    "relation \"%.*s\" already exists, skipping", STR_ARG(name.name));
        return;
    }
    QQuery *query = bind_statement(call->arena, ast->query, &ddl.bind);
    CatNewColumn *columns = ARENA_ARRAY(call->arena, CatNewColumn, query->targets.count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < query->targets.count; i++) {
        QTarget *target = query->targets.items[i];
        if (target->junk) continue;
        if (target->expr->type == 705)
            target->expr = bind_coerce(call->arena, target->expr, 25, -1, 'i', Q_CALL_IMPLICIT_CAST,
                                       &ddl.bind);
        columns[count] = (CatNewColumn){.name = count < ast->into->columns.count
                                                    ? ast->into->columns.items[count]
                                                    : target->name,
                                        .type = target->expr->type,
                                        .typmod = target->expr->typmod,
                                        .collation = target->expr->collation};
        for (uint32_t j = 0; j < count; j++) {
            if (str_equal(columns[j].name, columns[count].name))
                raise_error(SQLSTATE_DUPLICATE_COLUMN, "column \"%.*s\" specified more than once",
                            STR_ARG(columns[count].name));
        }
        count++;
    }
    if (ast->into->columns.count > count)
        raise_error(SQLSTATE_SYNTAX_ERROR, "too many column names were specified");
    CatNewRelation relation = {.namespace_ = schema,
                               .owner = cat_view_role(ddl.view),
                               .name = name.name,
                               .kind = 'r',
                               .persistence = temporary ? 't' : 'p',
                               .columns = columns,
                               .column_count = count};
    query = rewrite_query(call->arena, query, &ddl.bind);
    Oid oid = cat_create_relation(ddl.view, &relation);
    if (ast->no_data) return;
    call->tag = str_format(call->arena, "SELECT %" PRIu64, fill(&ddl, oid, query));
}
