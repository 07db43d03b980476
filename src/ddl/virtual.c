/* SPDX-License-Identifier: Apache-2.0 */
/* virtual.c - what virtual generated columns may not be, and where they may not be: PostgreSQL runs no user's code when
 * a column is only read, and keeps nothing that would have to follow a value which is stored nowhere. */
#include "ddl/virtual.h"

#include "base/task.h"

/* ---- what they are made of ---- */

void ddl__check_virtual_type(Ddl *ddl, Str column, Oid type)
{
    const CatType *known = cat_type(ddl->view, type);
    if (known->element != 0 && known->kind == 'b')
        ddl__check_virtual_type(ddl, column, known->element);
    if (known->kind == 'd')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "virtual generated column \"%.*s\" cannot have a domain type", STR_ARG(column));
    if (type < OID_FIRST_USER) return;
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "virtual generated column \"%.*s\" cannot have a user-defined type",
                  STR_ARG(column));
    error_detail(error, "Virtual generated columns that make use of user-defined types are not yet "
                        "supported.");
    error_raise(error);
}

/* The functions that a node calls by itself. */
static bool calls_user_function(const QNode *node)
{
    switch (node->kind) {
    case Q_FUNC_CALL: return Q_AS(FuncCall, node)->function >= OID_FIRST_USER;
    case Q_OP_CALL: return Q_AS(OpCall, node)->function >= OID_FIRST_USER;
    case Q_ARRAY_OP: return Q_AS(ArrayOp, node)->function >= OID_FIRST_USER;
    case Q_DISTINCT_FROM: return Q_AS(DistinctFrom, node)->function >= OID_FIRST_USER;
    case Q_NULL_IF: return Q_AS(NullIf, node)->function >= OID_FIRST_USER;
    default: return false;
    }
}

static bool forbid_users(void *arg, void *child)
{
    const Ddl *ddl = arg;
    const QNode *node = child;
    task_check_stack();
    const bool is_expr = node->kind != Q_WHEN; /* all else in an expression is one */
    const bool function = calls_user_function(node);
    if (!function && !(is_expr && ((const QExpr *)node)->type >= OID_FIRST_USER))
        return query_walk(child, forbid_users, arg);
    const char *what = function ? "function" : "type";
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "generation expression uses user-defined %s", what);
    error_detail(error,
                 "Virtual generated columns that make use of user-defined %ss are not yet "
                 "supported.",
                 what);
    /* Of what ALTER TABLE adds, errors have no place. */
    if (ddl->call->tree->kind != AST_ALTER_TABLE)
        error_position(error, parse_position(ddl->call->sql, node->location));
    error_raise(error);
}

void ddl__check_virtual_expression(Ddl *ddl, QExpr *expr)
{
    (void)forbid_users(ddl, expr);
}

/* ---- where they stand ---- */

typedef struct Search {
    const CatRelation *relation;
} Search;

static bool is_virtual(void *arg, void *child)
{
    const Search *search = arg;
    task_check_stack();
    const QVar *var = Q_IF(Var, (QNode *)child);
    if (var == NULL) return query_walk(child, is_virtual, arg);
    if (var->column < 0) return false;
    if (var->column == 0) return false; /* PostgreSQL lets whole rows pass */
    return search->relation->columns[var->column - 1].generated == 'v';
}

bool ddl__names_virtual(const CatRelation *relation, QExpr *expr)
{
    Search search = {relation};
    return expr != NULL && is_virtual(&search, expr);
}

_Noreturn void ddl__raise_virtual(const CatRelation *relation, Str column, const char *what)
{
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "ALTER TABLE / %s is not supported for virtual generated columns%s", what,
                  str_equal(str_from(what), STR("SET EXPRESSION"))
                      ? " in tables with check constraints"
                      : "");
    error_detail(error, "Column \"%.*s\" of relation \"%.*s\" is a virtual generated column.",
                 STR_ARG(column), STR_ARG(relation->name));
    error_raise(error);
}
