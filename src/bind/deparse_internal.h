/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_internal.h - what the files that write queries as SQL share.
 *
 * Layout and parentheses are those of PostgreSQL's pg_get_*def, asked of the oracle: clauses on lines of their own,
 * indented by the nesting; every operator in parentheses, or with `pretty` only where they are needed. */
#pragma once

#include "bind/bind_internal.h"

/* The names of a query's tables, made unique against each other and those of the queries around it. */
typedef struct DeparseNames {
    const struct DeparseNames *parent;
    const QQuery *query;
    const QTableList *tables;
    Str *names; /* by table; data NULL: none */
    uint32_t *
        open_join; /* number of the join that is being written, whose sides are seen there; 0: none */
} DeparseNames;

/* The query's tables, those with a list of column aliases that need one for their columns to be found by USING. */
const QTableList *bind__tables_for_using(CatalogView *view, Arena *arena, const QQuery *query);

/* The outermost join with a name of its own, which hides the table of a column that is one of its own (*column); 0:
 * none does. `names` are of the column's level. */
uint32_t bind__hiding_join(const DeparseNames *names, const QVar *var, int32_t *column);

typedef struct Deparse {
    StrBuilder *out;
    Arena *arena;
    CatalogView *view;
    const FnEnv *env;
    const DeparseNames *names;
    int32_t indent;
    bool pretty;
    bool flat;   /* on one line */
    bool prefix; /* columns with their table's name */
    const CatFunction
        *function; /* whose arguments the parameters are; NULL: parameters are numbers */
    const QWindowList *windows;
    const QTargetList *targets;
} Deparse;

enum { INDENT_STANDARD = 8, INDENT_JOIN = 4, INDENT_VAR = 4 };

void bind__deparse_expr(Deparse *d, const QExpr *expr, bool show_implicit);
/* In parentheses where `pretty` needs them below `parent`. */
void bind__deparse_operand(Deparse *d, const QExpr *expr, bool show_implicit, const QExpr *parent);
void bind__deparse_list(Deparse *d, const QExprList *list, const char *separator,
                        bool show_implicit);
void bind__deparse_query(Deparse *outer, const QQuery *query, const NodeStrs *names,
                         bool names_visible);
/* What a statement begins with: it is indented from here on. */
void bind__deparse_begin(Deparse *d);
void bind__deparse_insert(Deparse *d, const QQuery *query, bool names_visible);
void bind__deparse_update(Deparse *d, const QQuery *query, bool names_visible);
void bind__deparse_delete(Deparse *d, const QQuery *query, bool names_visible);
void bind__deparse_merge(Deparse *d, const QQuery *query, bool names_visible);
/* The items from number `first` (from 0) on, after `word`; nothing where there are none. */
void bind__deparse_from(Deparse *d, const char *word, const QFrom *from, uint32_t first);
void bind__deparse_join_item(Deparse *d, const QJoinItem *item);
void bind__deparse_where(Deparse *d, const QExpr *where); /* NULL: none */
void bind__deparse_values(Deparse *d, const QTable *table);
void bind__deparse_targets(Deparse *d, const QTargetList *targets, const NodeStrs *names,
                           bool names_visible);
void bind__deparse_sort(Deparse *d, const QSortKeyList *keys, const QTargetList *targets,
                        bool by_number);
/* As it is now; system columns have names too. */
Str bind__deparse_column_name(const Deparse *d, const QTable *table, int32_t column);
void bind__deparse_key(Deparse *d, uint32_t reference, const QTargetList *targets, bool by_number);
/* What stands behind the arguments of aggregates and window calls: FILTER (`filter` may be NULL), and OVER. */
void bind__deparse_filter(Deparse *d, const QExpr *filter);
void bind__deparse_over(Deparse *d, const QWindowCall *node);
void bind__deparse_json(Deparse *d, const QJsonExpr *node); /* deparse_json.c: not IS JSON */
void bind__deparse_json_path(Deparse *d, const QExpr *path);
/* What stands behind a JSON function's path, but for PASSING: wrapper, quotes, ON EMPTY, ON ERROR. */
void bind__deparse_json_clauses(Deparse *d, const QJsonExpr *node);
void bind__deparse_json_table(Deparse *d, const QJsonTable *table);
void bind__deparse_window(Deparse *d, const QWindow *window);
/* A new line (`before` and `after` move the indentation, `plus` is for this line) and a word. */
void bind__deparse_keyword(Deparse *d, const char *word, int32_t before, int32_t after,
                           int32_t plus);
void bind__deparse_type(Deparse *d, Oid type, int32_t typmod);
void bind__deparse_name(Deparse *d, Str name);
void bind__deparse_function_name(Deparse *d, Oid function);
/* [...] of a subscripted column, read or assigned to. */
void bind__deparse_subscripts(Deparse *d, const QSubscript *node);
Str bind__field_name(const Deparse *d, Oid type, int32_t typmod, int32_t field);
bool bind__deparse_sql_syntax(Deparse *d, const QFuncCall *call);
/* The query of a view with a semicolon. */
Str bind__view_text(Fn *fn, const CatRelation *view, bool pretty);
