/* SPDX-License-Identifier: Apache-2.0 */
/* bind.h - syntax tree to typed Query: names, types, operators and functions are found by PostgreSQL's rules, with its
 * errors and positions. Opens (locks) the relations named. Knows nothing of plans. */
#pragma once

#include "bind/query.h"
#include "catalog/catalog.h"
#include "parse/parse.h"

/* Parameters $1..$n: types given or found out while binding (0: not yet known; 705 unknown). */
typedef struct BindParams {
    Oid *types;
    uint32_t count, capacity;
    bool fixed; /* no others than those given: 42P02 */
    Arena *arena;
    /* names to numbers for SQL functions' and PL/pgSQL's arguments; NULL: none. False: not a parameter. */
    bool (*find_name)(void *arg, const AstColumnRef *reference, int32_t *number);
    void *arg;
} BindParams;

typedef struct BindOptions {
    CatalogView *view;
    const FnEnv *env;
    Str sql; /* for positions */
    BindParams *params;
    const Settings *settings;
    void (*notice)(void *arg, const Error *notice);
    void *notice_arg;
    Oid domain_value; /* the type of VALUE in a domain's CHECK; 0: VALUE is no value */
    int32_t domain_typmod;
    bool maintains_views; /* REFRESH: materialised views may be written */
} BindOptions;

/* Raises with positions in characters of options->sql. Utility statements come back as UTILITY queries, but EXPLAIN,
 * CREATE TABLE AS, DECLARE CURSOR and the like are bound by those who run them (bind_statement of their inner
 * statement). Everything is in `arena`. */
QQuery *bind_statement(Arena *arena, const AstNode *tree, const BindOptions *options);
/* After binding with open parameters: raises 42P18 "could not determine data type of parameter $n". */
void bind_check_params(const BindParams *params);

/* One expression over the columns of a relation (CHECK, DEFAULT, index expressions, generated columns, policies), or
 * over none (relation NULL); Vars have table 1. Coerced to `type` unless 0, by the rules of assignment (`what` names it
 * in errors: a column for DEFAULT, "CHECK", ...). Forbids what the use forbids: sub-queries, aggregates, windows, sets,
 * with PostgreSQL's messages. */
typedef enum BindUse {
    BIND_CHECK,
    BIND_DOMAIN_CHECK,
    BIND_DEFAULT,
    BIND_FUNCTION_DEFAULT,
    BIND_INDEX,
    BIND_INDEX_PREDICATE,
    BIND_GENERATED,
    BIND_ALTER_USING,
    BIND_PARTITION_BOUND,
    BIND_PARTITION_KEY,
    BIND_TRIGGER_WHEN,
    BIND_POLICY,
    BIND_CALL,
    BIND_COPY_WHERE,
    BIND_EXECUTE,
    BIND_LIMIT,
    BIND_STATISTICS
} BindUse;
QExpr *bind_expression(Arena *arena, const AstNode *expression, const BindOptions *options,
                       const CatRelation *relation, BindUse use, Oid type, int32_t typmod,
                       Str what);
/* What a column made of the expression is called; data NULL: nothing gives it a name. */
Str bind_expression_name(const AstNode *expression);
/* Function, aggregate or procedure as ALTER and DROP name it; raises 42883, 42725; missing_ok: 0. `kind` is what the
 * statement calls it: without a list of parameters only such are looked at, with one it may be of another kind. */
Oid bind_routine(const AstRoutineRef *routine, AstObjectType kind, const BindOptions *options,
                 bool missing_ok);

/* The function that a call with arguments of these types would choose; polymorphic ones stand for themselves, and a
 * VARIADIC parameter takes its array. `declared`: its parameters, `result`: its result, as what they stand for then.
 * NULL: there is none. Raises 42725. */
const CatFunction *bind_function_for(NodeStrs names, const Oid *types, uint32_t count,
                                     const BindOptions *options, Oid **declared, Oid *result);
/* Makes the polymorphic ones of `declared` what they stand for where arguments are of types `actual`; gives what
 * `result` stands for. */
Oid bind_resolve_polymorphic(const BindOptions *options, Arena *arena, const Oid *actual,
                             Oid *declared, uint32_t count, Oid result);

/* The call of CALL: *call is a procedure with its input arguments coerced. Raises 42809, 42883. */
QFuncCall *bind_procedure(Arena *arena, const AstFuncCall *call, const BindOptions *options);

/* Type name to type; raises 42704 and its kin. */
Oid bind_type_name(Arena *arena, const AstTypeName *name, const BindOptions *options,
                   int32_t *typmod);
Oid bind_find_type_name(Arena *arena, const AstTypeName *name,
                        const BindOptions *options); /* 0: none */
bool bind_is_polymorphic(Oid type);                  /* anyelement, anycompatiblearray, ... */
/* The text of a type name, as FnCalls.type_parse_name: false: *err says why. */
bool bind_type_parse(Arena *arena, Str text, const BindOptions *options, Oid *type, int32_t *typmod,
                     InputError *err);

/* The cast of an expression to a type in a context (i, a, e), as PostgreSQL's coercion finds it; NULL: there is
 * none. */
QExpr *bind_coerce(Arena *arena, QExpr *expr, Oid type, int32_t typmod, char context,
                   QCallForm form, const BindOptions *options);

/* "FOR UPDATE" and kin. */
const char *bind_lock_text(QLockStrength strength);
/* Raises 0A000 if the query makes its rows of others, which cannot be locked. */
void bind_check_lockable(const QQuery *query, QLockStrength strength);

/* Why rows cannot be added or changed through a view of this query; NULL: they can. */
const char *bind_why_not_updatable(const QQuery *view);

/* Stored form of nodes (pg_node_tree text) and back: catalogs keep what these write. */
Str bind_store(Arena *arena, const QNode *node);
QNode *bind_load(Arena *arena, Str stored); /* XX000 for what is none */
/* The parsed tree of a stored expression, kept in its slot; shared, immutable, lives as long as the entry. */
const QNode *bind_stored(const CatExpr *expr);

/* `by` levels more (or fewer) between an expression, or a query, and what it reads `depth` levels or more outward (a
 * query: 1, its own range table stays). */
void bind_raise_levels(QExpr *expr, int32_t by, uint32_t depth);
void bind_raise_levels_from(QQuery *query, int32_t by, uint32_t depth);

/* Views in place of the tables that name them, defaults in place of what INSERT and UPDATE leave to them; once, before
 * planning. Changes `query`. */
QQuery *rewrite_query(Arena *arena, QQuery *query, const BindOptions *options);

/* What a column gets when INSERT says nothing of it: its default, or its sequence's next value; NULL: the null
 * value. */
QExpr *bind_column_default(Arena *arena, const CatRelation *relation, const CatColumn *column,
                           const BindOptions *options);

/* SQL text, as PostgreSQL's pg_get_*def print it. `pretty`: parentheses only where they are needed. */
typedef struct DeparseOptions {
    CatalogView *view;
    const FnEnv *env;
    bool pretty;
} DeparseOptions;
/* `names`: of the result's columns, where they were renamed (a view's); NULL: the query's own. */
void query_deparse(StrBuilder *out, const QQuery *query, const NodeStrs *names,
                   const DeparseOptions *options);
/* CREATE INDEX, CREATE STATISTICS. */
void index_deparse(StrBuilder *out, const CatRelation *relation, const CatIndex *index,
                   const DeparseOptions *options);
/* Its key columns alone, as errors name them: "a, lower(b)". */
void index_keys_deparse(StrBuilder *out, const CatRelation *relation, const CatIndex *index,
                        const DeparseOptions *options);
Str statistics_deparse(Arena *arena, Oid statistics, const DeparseOptions *options);
/* relation: whose columns table 1 means; NULL: none. */
void expr_deparse(StrBuilder *out, const QExpr *expr, const CatRelation *relation,
                  const DeparseOptions *options);
/* Names for the tables, different from each other. */
Str *query_table_names(CatalogView *view, Arena *arena, const QTableList *tables);
/* An expression over these tables, called so; `prefix`: every column with its table's name. `windows`: what its window
 * calls refer to, or NULL. */
void expr_deparse_over(StrBuilder *out, const QExpr *expr, const QTableList *tables, Str *names,
                       bool prefix, const QWindowList *windows, const DeparseOptions *options);
/* PARTITION BY, ORDER BY and frame of a window whose keys are the targets of their references. */
void window_deparse_over(StrBuilder *out, const QWindow *window, const QTargetList *targets,
                         const QTableList *tables, Str *names, bool prefix,
                         const DeparseOptions *options);
