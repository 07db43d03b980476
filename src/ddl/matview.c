/* SPDX-License-Identifier: Apache-2.0 */
/* matview.c - REFRESH MATERIALIZED VIEW. A materialised view is a table with a rule: REFRESH runs the rule's query with
 * the rights of the owner and puts its rows into a fresh tree. CONCURRENTLY lets readers go on: the new rows go into a
 * temporary table, and only what differs is deleted and inserted; a unique index tells which rows belong together. */
#include "ddl/ddl_internal.h"

/* ---- the query ---- */

static bool give_rights(void *arg, void *child)
{
    const Oid owner = *(const Oid *)arg;
    task_check_stack();
    const QNode *node = child;
    if (node->kind == Q_TABLE && Q_AS(Table, node)->table == Q_RTE_RELATION)
        ((QTable *)child)->check_as = owner;
    return query_walk(child, give_rights, arg);
}

static QQuery *stored_query(Ddl *ddl, const CatRelation *view)
{
    if (view->view_query == NULL)
        raise_error(SQLSTATE_INTERNAL_ERROR, "materialized view \"%.*s\" has no rule",
                    STR_ARG(view->name));
    QQuery *query = (QQuery *)bind_load(ddl->arena, view->view_query->stored);
    Oid owner = view->owner;
    (void)query_walk(query, give_rights, &owner);
    return query;
}

/* ---- all of it anew ---- */

static void put_populated(void *arg, Datum *values)
{
    values[PG_CLASS_RELISPOPULATED] = datum_bool(*(const bool *)arg);
}

void ddl__set_populated(Ddl *ddl, Oid oid, bool populated)
{
    ddl__update_class(ddl, oid, put_populated, &populated);
    cat_invalidate(ddl->view, CLASS_RELATION, oid);
}

static void refresh(Ddl *ddl, Oid oid, QQuery *query)
{
    cat_replace_storage(ddl->view, oid);
    cat_view_next_command(ddl->view);
    ddl__set_populated(ddl, oid, query != NULL);
    if (query == NULL) return;
    (void)ddl__fill(ddl, oid, rewrite_query(ddl->arena, query, &ddl->bind));
    ddl__build_indexes(ddl, oid);
}

/* ---- what differs ---- */

static void close_exec(void *exec)
{
    exec_close(exec);
}

static Str qualified(Ddl *ddl, Str schema, Str name)
{
    StrBuilder text = str_builder(ddl->arena, 64);
    parse_quote_identifier(&text, schema);
    str_add_char(&text, '.');
    parse_quote_identifier(&text, name);
    return str_done(&text);
}

/* An index by which a row of before is known again: over columns alone, of all rows. */
static const CatIndex *key_of(Ddl *ddl, const CatRelation *view)
{
    for (uint32_t i = 0; i < view->index_count; i++) {
        const CatIndex *index = view->indexes[i];
        bool plain = index->unique && index->valid && index->immediate && index->predicate == NULL;
        for (uint32_t k = 0; k < index->key_count; k++) plain &= index->keys[k].column > 0;
        if (plain) return index;
    }
    Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
    error_message(error, "cannot refresh materialized view \"%.*s\" concurrently",
                  STR_ARG(qualified(ddl, view->schema_name, view->name)));
    error_hint(error, "Create a unique index with no WHERE clause on one or more columns of the "
                      "materialized view.");
    error_raise(error);
}

static void add_columns(StrBuilder *text, const CatRelation *view, const CatIndex *key)
{
    for (uint32_t k = 0; k < key->key_count; k++) {
        const Str name = view->columns[key->keys[k].column - 1].name;
        str_add(text, STR("n."));
        parse_quote_identifier(text, name);
        str_add(text, STR(" OPERATOR(pg_catalog.=) m."));
        parse_quote_identifier(text, name);
        str_add(text, STR(" AND "));
    }
}

/* Runs a statement of this room's own; the first column of its first row as text, without data when there is none. */
static Str run(Ddl *ddl, Str sql)
{
    SCOPED(scope);
    BindOptions bind = ddl->bind;
    bind.sql = sql;
    bind.maintains_views = true;
    cat_view_next_command(ddl->view);
    ParseResult *parsed = parse_sql(ddl->arena, sql, NULL);
    QQuery *query = bind_statement(ddl->arena, parsed->statements[0].tree, &bind);
    query = rewrite_query(ddl->arena, query, &bind);
    PlanPlan *plan = session_plan(ddl->session, ddl->arena, query, NULL, 0);
    ExecOptions options = ddl__query_options(ddl, scope);
    Exec *exec = exec_open(plan, &options);
    scope_add(scope, close_exec, exec);
    const Batch *batch;
    Str first = {0};
    while (exec_next(exec, BATCH_ROWS_MAX, &batch)) {
        task_check();
        if (first.data != NULL || batch->selection.count == 0) continue;
        Datum value = vector_get(&batch->columns[0],
                                 batch->selection.rows != NULL ? batch->selection.rows[0] : 0);
        first = str_copy(ddl->arena, strview_str(&value.value.str));
    }
    exec_finish(exec);
    return first;
}

static void forbid_duplicates(Ddl *ddl, const CatRelation *view, Str rows, Str matches)
{
    Str sql =
        str_format(ddl->arena,
                   "SELECT CAST(n.* AS pg_catalog.text) FROM %.*s n WHERE n.* IS NOT NULL AND "
                   "EXISTS (SELECT FROM %.*s m WHERE %.*s n.ctid OPERATOR(pg_catalog.<>) "
                   "m.ctid AND n.* OPERATOR(pg_catalog.*=) m.*)",
                   STR_ARG(rows), STR_ARG(rows), STR_ARG(matches));
    Str row = run(ddl, sql);
    if (row.data == NULL) return;
    Error *error = error_begin(SQLSTATE_CARDINALITY_VIOLATION);
    error_message(
        error,
        "new data for materialized view \"%.*s\" contains duplicate rows without any null "
        "columns",
        STR_ARG(view->name));
    error_detail(error, "Row: %.*s", STR_ARG(row));
    error_raise(error);
}

/* A temporary table with the columns of the view. */
static Oid make_rows(Ddl *ddl, const CatRelation *view, Str *name)
{
    CatNewColumn *columns = ARENA_ARRAY(ddl->arena, CatNewColumn, view->column_count);
    for (int16_t i = 0; i < view->column_count; i++)
        columns[i] = (CatNewColumn){.name = view->columns[i].name,
                                    .type = view->columns[i].type,
                                    .typmod = view->columns[i].typmod,
                                    .collation = view->columns[i].collation};
    const Oid schema = cat_temporary_schema(ddl->view);
    CatNewRelation relation = {.namespace_ = schema,
                               .owner = view->owner,
                               .name = str_format(ddl->arena, "pg_temp_%u", view->oid),
                               .kind = 'r',
                               .persistence = 't',
                               .columns = columns,
                               .column_count = (uint32_t)view->column_count};
    const Oid oid = cat_create_relation(ddl->view, &relation);
    *name = qualified(ddl, cat_namespace(ddl->view, schema)->name, relation.name);
    return oid;
}

static void refresh_concurrently(Ddl *ddl, const CatRelation *view, QQuery *query)
{
    const CatIndex *key = key_of(ddl, view);
    const Str target = qualified(ddl, view->schema_name, view->name);
    StrBuilder matches = str_builder(ddl->arena, 128);
    add_columns(&matches, view, key);
    const Str same = str_done(&matches);
    Str rows;
    const Oid oid = make_rows(ddl, view, &rows);
    (void)ddl__fill(ddl, oid, rewrite_query(ddl->arena, query, &ddl->bind));
    forbid_duplicates(ddl, view, rows, same);
    (void)run(ddl, str_format(ddl->arena,
                              "DELETE FROM %.*s m WHERE NOT EXISTS (SELECT FROM %.*s n WHERE %.*s "
                              "n.* OPERATOR(pg_catalog.*=) m.*)",
                              STR_ARG(target), STR_ARG(rows), STR_ARG(same)));
    (void)run(ddl,
              str_format(ddl->arena,
                         "INSERT INTO %.*s SELECT n.* FROM %.*s n WHERE NOT EXISTS (SELECT FROM "
                         "%.*s m WHERE %.*s n.* OPERATOR(pg_catalog.*=) m.*)",
                         STR_ARG(target), STR_ARG(rows), STR_ARG(target), STR_ARG(same)));
    cat_view_next_command(ddl->view);
    CatObject object = ddl__object(CLASS_RELATION, oid, 0);
    cat_drop(ddl->view, &object, 1, true, ddl__drop_object, ddl);
}

/* ---- the statement ---- */

static const CatRelation *open_view(Ddl *ddl, const AstRefreshMatView *ast)
{
    CatName name = ddl__name(ddl, ast->relation);
    name.location = 0;
    const LockMode mode = ast->concurrently ? LOCK_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE;
    const CatRelation *view = cat_relation_open(ddl->view, name, mode, 0);
    if (view->kind != 'm' && view->kind != 'r' && view->kind != 'p')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a table or materialized view",
                    STR_ARG(view->name));
    CatObject object = ddl__object(CLASS_RELATION, view->oid, 0);
    cat_check_privilege(ddl->view, object, PRIV_MAINTAIN);
    if (view->kind != 'm')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "\"%.*s\" is not a materialized view",
                    STR_ARG(view->name));
    return view;
}

void ddl__refresh_matview(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstRefreshMatView *ast = AST_AS(RefreshMatView, call->tree);
    const CatRelation *view = open_view(&ddl, ast);
    if (ast->concurrently && !view->populated)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "CONCURRENTLY cannot be used when the materialized view is not populated");
    if (ast->concurrently && ast->no_data)
        raise_error(SQLSTATE_SYNTAX_ERROR,
                    "REFRESH options CONCURRENTLY and WITH NO DATA cannot be used together");
    session_forbid_in_use(ddl.session, view, "REFRESH MATERIALIZED VIEW");
    QQuery *query = stored_query(&ddl, view);
    if (ast->concurrently)
        refresh_concurrently(&ddl, view, query);
    else
        refresh(&ddl, view->oid, ast->no_data ? NULL : query);
}
