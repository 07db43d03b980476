/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_object.c - pg_get_expr, pg_get_viewdef, pg_get_indexdef, pg_get_constraintdef: what catalogs store, as
 * SQL. */
#include "bind/deparse_internal.h"

static Deparse begin(StrBuilder *out, const DeparseOptions *options)
{
    return (Deparse){.out = out,
                     .arena = out->arena,
                     .view = options->view,
                     .env = options->env,
                     .pretty = options->pretty};
}

void query_deparse(StrBuilder *out, const QQuery *query, const NodeStrs *names,
                   const DeparseOptions *options)
{
    Deparse d = begin(out, options);
    bind__deparse_query(&d, query, names, true);
}

void expr_deparse(StrBuilder *out, const QExpr *expr, const CatRelation *relation,
                  const DeparseOptions *options)
{
    Deparse d = begin(out, options);
    QTable table = {.kind = Q_TABLE, .table = Q_RTE_RELATION};
    QTable *tables[1] = {&table};
    QTableList list = {tables, relation ? 1 : 0};
    Str name = relation ? relation->name : (Str){0};
    DeparseNames names = {.tables = &list, .names = &name};
    if (relation) table.relation = relation->oid;
    d.names = &names;
    bind__deparse_expr(&d, expr, false);
}

void expr_deparse_over(StrBuilder *out, const QExpr *expr, const QTableList *tables, Str *names,
                       bool prefix, const QWindowList *windows, const DeparseOptions *options)
{
    Deparse d = begin(out, options);
    DeparseNames all = {.tables = tables, .names = names};
    d.flat = true;
    d.names = &all;
    d.prefix = prefix;
    d.windows = windows;
    bind__deparse_expr(&d, expr, false);
}

void window_deparse_over(StrBuilder *out, const QWindow *window, const QTargetList *targets,
                         const QTableList *tables, Str *names, bool prefix,
                         const DeparseOptions *options)
{
    Deparse d = begin(out, options);
    DeparseNames all = {.tables = tables, .names = names};
    d.names = &all;
    d.prefix = prefix;
    d.targets = targets;
    bind__deparse_window(&d, window);
}

static DeparseOptions options_of(Fn *fn, bool pretty)
{
    return (DeparseOptions){.view = fn_view(fn), .env = fn->env, .pretty = pretty};
}

/* ---- pg_get_expr */

static bool is_var(void *arg, void *child)
{
    task_check_stack();
    return ((const QNode *)child)->kind == Q_VAR || query_walk(child, is_var, arg);
}

/* The defaults of a built-in function are kept as SQL. */
static void one_stored_expr(StrBuilder *out, Str stored, const CatRelation *relation,
                            const DeparseOptions *options)
{
    if (stored.bytes == 0 || stored.data[0] != '(') {
        str_add(out, stored);
        return;
    }
    QNode *node = bind_load(out->arena, stored);
    if (node->kind == Q_QUERY)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "input is a query, not an expression");
    if (!relation && is_var(NULL, node))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "expression contains variables");
    expr_deparse(out, (QExpr *)node, relation, options);
}

static Str stored_expr(Fn *fn, Str stored, uint32_t oid, bool pretty)
{
    const CatRelation *relation = oid ? cat_relation(fn_view(fn), oid) : NULL;
    if (oid && !relation) return FN_NULL(fn, (Str){0});
    const Str *texts = &stored;
    uint32_t count = 1;
    StrBuilder out = str_builder(fn->arena, 64);
    DeparseOptions options = options_of(fn, pretty);
    if (stored.bytes && stored.data[0] != '(')
        count = cat_expr_list_split(fn->arena, stored, &texts);
    for (uint32_t i = 0; i < count; i++) {
        if (i) str_add(&out, STR(", "));
        one_stored_expr(&out, texts[i], relation, &options);
    }
    return str_done(&out);
}

static Str get_expr(Fn *fn, Str stored, uint32_t oid)
{
    return stored_expr(fn, stored, oid, false);
}
SQL_FUNCTION(1716, "pg_get_expr", text, (pg_node_tree, oid), STABLE | STRICT | NULLABLE, get_expr,
             "a stored expression as SQL")
static Str get_expr_pretty(Fn *fn, Str stored, uint32_t oid, bool pretty)
{
    return stored_expr(fn, stored, oid, pretty);
}
SQL_FUNCTION(2509, "pg_get_expr", text, (pg_node_tree, oid, bool), STABLE | STRICT | NULLABLE,
             get_expr_pretty, "a stored expression as SQL, with few parentheses if asked")

/* ---- pg_get_viewdef */

Str bind__view_text(Fn *fn, const CatRelation *view, bool pretty)
{
    DeparseOptions options = options_of(fn, pretty);
    StrBuilder out = str_builder(fn->arena, 256);
    NodeStrs names = {ARENA_ARRAY(fn->arena, Str, (size_t)view->column_count + 1), 0};
    for (int16_t i = 0; i < view->column_count; i++)
        if (!view->columns[i].dropped) names.items[names.count++] = view->columns[i].name;
    query_deparse(&out, (const QQuery *)bind_load(fn->arena, view->view_query->stored), &names,
                  &options);
    str_add_char(&out, ';');
    return str_done(&out);
}

static Str view_text(Fn *fn, uint32_t oid, bool pretty)
{
    const CatRelation *view = cat_relation(fn_view(fn), oid);
    return view && view->view_query ? bind__view_text(fn, view, pretty) : FN_NULL(fn, (Str){0});
}

static Str get_view(Fn *fn, uint32_t oid)
{
    return view_text(fn, oid, false);
}
SQL_FUNCTION(1641, "pg_get_viewdef", text, (oid), STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED,
             get_view, "the query of a view")
static Str get_view_pretty(Fn *fn, uint32_t oid, bool pretty)
{
    return view_text(fn, oid, pretty);
}
SQL_FUNCTION(2506, "pg_get_viewdef", text, (oid, bool),
             STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, get_view_pretty,
             "the query of a view, with few parentheses if asked")
