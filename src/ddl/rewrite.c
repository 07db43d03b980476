/* SPDX-License-Identifier: Apache-2.0 */
/* rewrite.c - a table's rows written anew, into a fresh tree: ALTER COLUMN TYPE, ADD COLUMN whose value differs from
 * row to row. The rows come from a query over the table as it was, opened before the catalogs change; they go
 * through the rules of the table, and the indexes are built over them. */
#include "ddl/ddl_internal.h"

static void close_exec(void *exec)
{
    exec_close(exec);
}

/* SELECT of all that is stored, in the order of ddl__stored_columns. */
AstSelect *ddl__whole_table(Ddl *ddl, const CatRelation *relation)
{
    return ddl__table_ordered(ddl, relation, (Str){0});
}

AstSelect *ddl__table_ordered(Ddl *ddl, const CatRelation *relation, Str order)
{
    StrBuilder sql = str_builder(ddl->arena, 256);
    str_add_zero_terminated(&sql, "SELECT ");
    uint32_t count = 0;
    for (int16_t i = 0; i < relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        if (column->dropped || column->generated != 0) continue;
        if (count++ > 0) str_add_zero_terminated(&sql, ", ");
        parse_quote_identifier(&sql, column->name);
    }
    str_add_zero_terminated(&sql, " FROM ONLY ");
    parse_quote_identifier(&sql, relation->schema_name);
    str_add_char(&sql, '.');
    parse_quote_identifier(&sql, relation->name);
    if (order.bytes > 0) {
        str_add(&sql, STR(" ORDER BY "));
        str_add(&sql, order);
    }
    ParseResult *parsed = parse_sql(ddl->arena, str_done(&sql), NULL);
    return AST_AS(Select, parsed->statements[0].tree);
}

int16_t *ddl__stored_columns(Ddl *ddl, const CatRelation *relation, uint32_t *count)
{
    int16_t *columns = ARENA_ARRAY(ddl->arena, int16_t, relation->column_count);
    *count = 0;
    for (int16_t i = 0; i < relation->column_count; i++) {
        if (!relation->columns[i].dropped && relation->columns[i].generated == 0)
            columns[(*count)++] = relation->columns[i].number;
    }
    return columns;
}

/* Fills them from what the table holds; they are empty. */
void ddl__build_indexes(Ddl *ddl, Oid oid)
{
    uint32_t count;
    const Oid *indexes = ddl__indexes_of(ddl, ddl__reopen(ddl, oid), &count);
    for (uint32_t i = 0; i < count; i++) ddl__fill_index(ddl, oid, indexes[i]);
}

void ddl__rewrite(Ddl *ddl, const CatRelation *relation, QQuery *query, void (*change)(void *arg),
                  void *arg)
{
    SCOPED(scope);
    Oid oid = relation->oid;
    uint32_t count;
    int16_t *columns = ddl__stored_columns(ddl, relation, &count);
    query = rewrite_query(ddl->arena, query, &ddl->bind);
    PlanPlan *plan = session_plan(ddl->session, ddl->arena, query, NULL, 0);
    ExecOptions options = ddl__exec_options(ddl, scope);
    Exec *exec = exec_open(plan, &options);
    scope_add(scope, close_exec, exec);
    /* The scan stands in the old tree from its first batch on. */
    const Batch *batch;
    bool more = exec_next(exec, BATCH_ROWS_MAX, &batch);
    change(arg);
    (void)ddl__reopen(ddl, oid);
    cat_replace_storage(ddl->view, oid);
    ExecOptions insert_options = ddl__exec_options(ddl, scope);
    ExecInsert *insert = exec_rewrite_open(ddl__reopen(ddl, oid), &insert_options, columns, count);
    for (; more; more = exec_next(exec, BATCH_ROWS_MAX, &batch)) {
        task_check();
        exec_insert_rows(insert, batch);
    }
    exec_finish(exec);
    exec_insert_close(insert);
    ddl__build_indexes(ddl, oid);
}
