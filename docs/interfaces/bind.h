/* SPDX-License-Identifier: Apache-2.0 */
/* The whole contract; src/bind/bind.h has what is built already.
 * bind.h - syntax tree to typed Query: names, types, operators and functions are found by PostgreSQL's rules, with its
 * errors and positions. Opens (locks) the relations named. And the way back: Query to SQL (pg_get_viewdef and kin), and
 * stored expressions to and from bytes. Knows nothing of plans. */
#pragma once

#include "bind/query.h"
#include "catalog/catalog.h"
#include "parse/parse.h"

/* Parameters $1..$n: types given or found out while binding (0: not yet known; 705 unknown). */
typedef struct BindParams {
    Oid *types;
    uint32_t count, capacity;
    bool fixed;       /* no others than those given: 42P02 */
    Arena *arena;
    /* names to numbers for SQL functions' and PL/pgSQL's arguments; NULL: none. False: not a parameter. */
    bool (*find_name)(void *arg, const AstColumnRef *reference, int32_t *number);
    void *arg;
} BindParams;

typedef struct BindOptions {
    CatalogView *view;
    const FnEnv *env;
    Str sql;          /* for positions */
    BindParams *params;
    const Settings *settings;
    void (*notice)(void *arg, const Error *notice);
    void *notice_arg;
} BindOptions;

/* Raises with positions in characters of options->sql. Utility statements come back as UTILITY queries, but EXPLAIN, CREATE TABLE AS,
 * DECLARE CURSOR and the like are bound by those who run them (bind_query of their inner statement). Everything is in `arena`. */
QQuery *bind_statement(Arena *arena, const AstNode *tree, const BindOptions *options);
/* After binding with open parameters: raises 42P18 "could not determine data type of parameter $n". */
void bind_check_params(const BindParams *params);

/* One expression over the columns of a relation (CHECK, DEFAULT, index expressions, generated columns, policies), or
 * over none (relation NULL); Vars have table 1. Coerced to `type` unless 0 (assignment rules; `what` names it in errors: "DEFAULT",
 * "CHECK", ...). Forbids what the use forbids: sub-queries, aggregates, windows, sets, with PostgreSQL's messages. */
typedef enum BindUse {
    BIND_CHECK, BIND_DOMAIN_CHECK, BIND_DEFAULT, BIND_FUNCTION_DEFAULT, BIND_INDEX, BIND_INDEX_PREDICATE, BIND_GENERATED, BIND_ALTER_USING,
    BIND_PARTITION_BOUND, BIND_PARTITION_KEY, BIND_TRIGGER_WHEN, BIND_POLICY, BIND_CALL, BIND_COPY_WHERE, BIND_EXECUTE, BIND_LIMIT
} BindUse;
QExpr *bind_expression(Arena *arena, const AstNode *expression, const BindOptions *options, const CatRelation *relation, BindUse use,
                       Oid type, int32_t typmod, Str what);
/* Type name to type; raises 42704 and its kin. */
Oid bind_type_name(Arena *arena, const AstTypeName *name, const BindOptions *options, int32_t *typmod);
/* Function by name and argument types as ALTER/DROP FUNCTION name it; raises 42883. operators likewise. */
Oid bind_routine(const AstRoutineRef *routine, const BindOptions *options, bool missing_ok);

/* The cast of an expression to a type in a context (i, a, e), as PostgreSQL's coercion finds it; NULL: there is none. */
QExpr *bind_coerce(Arena *arena, QExpr *expr, Oid type, int32_t typmod, char context, QCallForm form, const BindOptions *options);

/* Stored form of nodes (pg_node_tree text) and back: catalogs keep what these write. */
Str bind_store(Arena *arena, const QNode *node);
QNode *bind_load(Arena *arena, Str stored); /* XX000 for what is none */
/* The parsed tree of a stored expression, kept in its slot; shared, immutable. */
const QNode *bind_stored(const CatExpr *expr);

/* Replaces Vars of `table` by expressions, and such: see query_walk.h for the generic rewriter. */

/* SQL text, as PostgreSQL's ruleutils would print it. `pretty`: with line breaks and indentation. */
typedef struct DeparseOptions { CatalogView *view; const FnEnv *env; bool pretty; bool qualify_all; uint32_t wrap_column; } DeparseOptions;
void query_deparse(StrBuilder *out, const QQuery *query, const DeparseOptions *options);
/* relation: whose columns table 1 means; NULL: none. */
void expr_deparse(StrBuilder *out, const QExpr *expr, const CatRelation *relation, const DeparseOptions *options);

/* Views and rules put in place of the tables that name them (once before planning). */
QQuery *rewrite_query(Arena *arena, QQuery *query, const BindOptions *options);
