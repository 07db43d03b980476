/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_json_table.c - JSON_TABLE written out, a column a line. */
#include "bind/deparse_internal.h"

#include "bind/json_ops.h"

static void add(Deparse *d, const char *text)
{
    str_add(d->out, str_from(text));
}

/* A line of its own at the indentation at hand. */
static void line(Deparse *d, const char *word)
{
    bind__deparse_keyword(d, word, 0, 0, 0);
}

/* The JSON function in a column of any type, below the cast that JSON_EXISTS may have. */
static const QJsonExpr *function_of(const QExpr *expr)
{
    for (;;) {
        const QFuncCall *call = Q_IF(FuncCall, expr);
        if (expr->kind == Q_COERCE_IO)
            expr = Q_AS(CoerceIo, expr)->arg;
        else if (expr->kind == Q_RELABEL)
            expr = Q_AS(Relabel, expr)->arg;
        else if (expr->kind == Q_COERCE_DOMAIN)
            expr = Q_AS(CoerceDomain, expr)->arg;
        else if (call)
            expr = call->args.items[0];
        else
            return Q_AS(JsonExpr, expr);
    }
}

static void column(Deparse *d, const QJsonTableColumn *column)
{
    bind__deparse_name(d, column->name);
    if (!column->expr) {
        add(d, " FOR ORDINALITY");
        return;
    }
    const QJsonExpr *json = function_of(column->expr);
    str_add_char(d->out, ' ');
    bind__deparse_type(d, (Oid)column->type, column->typmod);
    add(d, json->op == JSON_EXPR_EXISTS ? " EXISTS PATH " : " PATH ");
    bind__deparse_json_path(d, json->args.items[1]);
    bind__deparse_json_clauses(d, json);
}

static void columns(Deparse *d, const QJsonTablePath *path);

static void nested(Deparse *d, const QJsonTablePath *path)
{
    add(d, "NESTED PATH ");
    bind__deparse_json_path(d, path->path);
    add(d, " AS ");
    bind__deparse_name(d, path->name);
    columns(d, path);
}

static void columns(Deparse *d, const QJsonTablePath *path)
{
    const uint32_t own = path->columns.count, count = own + path->nested.count;
    task_check_stack();
    line(d, "COLUMNS (");
    d->indent += INDENT_VAR;
    for (uint32_t i = 0; i < count; i++) {
        line(d, "");
        if (i < own)
            column(d, path->columns.items[i]);
        else
            nested(d, path->nested.items[i - own]);
        if (i + 1 < count) str_add(d->out, d->flat ? STR(", ") : STR(","));
    }
    d->indent -= INDENT_VAR;
    line(d, ")");
}

void bind__deparse_json_table(Deparse *d, const QJsonTable *table)
{
    add(d, "JSON_TABLE(");
    d->indent += INDENT_VAR;
    line(d, "");
    bind__deparse_expr(d, table->document, false);
    add(d, ", ");
    bind__deparse_json_path(d, table->root->path);
    add(d, " AS ");
    bind__deparse_name(d, table->root->name);
    if (table->passing.count) {
        line(d, "PASSING");
        d->indent += INDENT_VAR;
        for (uint32_t i = 0; i < table->passing.count; i++) {
            if (i) str_add(d->out, d->flat ? STR(", ") : STR(","));
            line(d, "");
            bind__deparse_expr(d, table->passing.items[i], false);
            add(d, " AS ");
            bind__deparse_name(d, table->names.items[i]);
        }
        d->indent -= INDENT_VAR;
    }
    columns(d, table->root);
    if (table->error_on_error) add(d, " ERROR ON ERROR");
    d->indent -= INDENT_VAR;
    line(d, ")");
}
