/* SPDX-License-Identifier: Apache-2.0 */
/* utility.h - statements that are no queries: a table by kind of syntax node, filled by this room and by those above
 * (`ddl`, `copy`), handed over in EngineOptions. A kind without a handler answers 0A000 naming the statement. */
#pragma once

#include "bind/bind.h"
#include "exec/exec.h"
#include "plan/plan.h"
#include "session/session.h"

typedef enum UtilityFlags {
    UTILITY_TRANSACTION = 1, /* allowed in a failed block; decides about the transaction itself */
    UTILITY_NO_BLOCK = 2,    /* 25001 inside a transaction block */
    UTILITY_READ_ONLY = 4,   /* allowed in a read-only transaction (else 25006) */
    UTILITY_NO_SNAPSHOT = 8, /* reads no data: takes no snapshot */
    UTILITY_PARAMS = 16,     /* takes parameters $n: `describe` is called at Parse to infer them */
} UtilityFlags;

/* EXPLAIN ANALYZE of a statement that runs a query: it is told how, and looks at what was run before that is closed. */
typedef struct UtilityExplain {
    void *arg;
    void (*options)(void *arg, ExecOptions *options);
    void (*ran)(void *arg, const PlanPlan *plan, Exec *exec);
} UtilityExplain;

typedef struct UtilityCall {
    Session *session;
    const AstNode *tree;
    Str sql;             /* the whole text that locations count in */
    Str statement;       /* the statement's part of it */
    const Datum *params; /* of EXECUTE's and portals' parameters */
    const Oid *param_types;
    uint32_t param_count;
    BindParams
        *infer;   /* at Parse: the types declared, to which those found out are added; else NULL */
    Arena *arena; /* lives as long as the statement */
    const ResultSink *sink;
    const UtilityExplain *explain; /* NULL: none */
    uint64_t rows_max;             /* extended protocol's limit; 0: none */
    Str tag; /* command tag; preset to the entry's, the handler may change it */
} UtilityCall;

typedef struct Utility {
    AstKind kind;
    const char *tag; /* NULL: `tag_of` says */
    uint32_t flags;  /* UtilityFlags */
    void (*run)(UtilityCall *call);
    /* Columns of what it returns; NULL: it returns no rows. With `infer`: binds what is inside, for its parameters. */
    void (*describe)(UtilityCall *call, Description *description);
    const char *(*tag_of)(const AstNode *tree);
    /* Flags that depend on the statement (CONCURRENTLY, VACUUM); NULL: `flags`. */
    uint32_t (*flags_of)(const AstNode *tree);
} Utility;

typedef struct UtilityTable {
    const Utility *entries;
    uint32_t count;
} UtilityTable;

/* This room's: transactions, settings, prepared statements, cursors, EXPLAIN, LISTEN, DISCARD, LOCK, ... */
extern const UtilityTable session_utilities;

const Utility *utility_find(const Engine *engine, AstKind kind);
const char *utility_tag(const Utility *utility, const AstNode *tree);

/* ---- what handlers use ---- */

/* The value of an option as a text, as written or as the parser made it of a number, a word or a name; 42601 without
 * a value. */
Str option_text(Arena *arena, const AstOption *option);
bool option_bool(const AstOption *option);                 /* without a value: true */
bool option_is_bool(const AstOption *option, bool *value); /* false: it is something else */
int32_t option_int(const AstOption *option);

CatalogView *session_view(Session *session);
void session_notice(void *session, const Error *notice);
BindOptions session_bind_options(Session *session, Str sql, BindParams *params);
/* For what a statement with UTILITY_PARAMS has inside: at Parse its parameters are open; when it runs they are those of
 * the call, of the types that they were read with. */
BindOptions session_call_options(const UtilityCall *call);
/* A registered snapshot for a statement of the block's isolation level: released by `scope`. */
const Snapshot *session_statement_snapshot(Session *session, Scope *scope);
/* The newest one, whatever the isolation level: definitions are of all rows that there are. */
const Snapshot *session_latest_snapshot(Session *session, Scope *scope);
ExecOptions session_exec_options(Session *session, const Snapshot *snapshot, Arena *query);
/* Plans what bind made (rewriting included), for one execution with these parameters. */
PlanPlan *session_plan(Session *session, Arena *arena, QQuery *query, const Datum *params,
                       uint32_t param_count);
/* CREATE TABLE AS EXECUTE: a copy of the prepared query, rewritten, and the values of its parameters. Raises 42809
 * where it is no query. */
QQuery *session_prepared_query(UtilityCall *call, const AstExecute *execute, const Datum **params,
                               uint32_t *param_count);
/* Runs the statements that `outer` has inside, with the rights of `role` and with the schema in front of search_path;
 * each sees what the ones before have made. */
void session_run_inside(const UtilityCall *outer, Oid role, Str schema, const AstStmtList *list);
/* Makes what this transaction changed visible to its next look (own position, catalogs). */
void session_next_command(Session *session);
/* Settings kept in the catalog (ALTER ROLE, ALTER DATABASE ... SET). The value as SET would take it; the name as it is
 * kept, after raising what SET would (`text` NULL: it is reset); the value in force; may this role reset it? */
Str session_setting_text(UtilityCall *call, const AstSetVariable *set);
Str session_setting_check(Session *session, Arena *arena, Str name, const Str *text);
Str session_setting_current(Session *session, Arena *arena, Str name);
bool session_setting_may_reset(Session *session, Str name);
/* Sessions connected to a database, but for `except`. The caller holds the database's lock (cat_lock_database), so
 * that none is added. */
typedef struct SessionPeer {
    uint32_t process;
    Oid role; /* that logged in */
} SessionPeer;
uint32_t session_count_in(Engine *engine, Oid database, const Session *except);
uint32_t session_list_in(Engine *engine, Oid database, const Session *except, Arena *arena,
                         SessionPeer **peers);
/* Inside a transaction block that the client opened? */
bool session_is_in_block(const Session *session);
/* The statement is all of its transaction: no block, no other in its message, no function around it. It may commit. */
bool session_is_alone(const Session *session);
/* Raises 25001 "x cannot run inside a transaction block". */
void session_forbid_block(Session *session, const char *what);
/* Raises 55006 "cannot <what> <relation> because ...": a query of the session that is not at its end reads or writes
 * it, or deferred constraints wait for its rows. */
void session_forbid_in_use(Session *session, const CatRelation *relation, const char *what);
/* Commits what the statement has done so far, and goes on in a transaction of its own: for statements that forbid a
 * block (CREATE INDEX CONCURRENTLY). What was opened of the catalog is to be opened again. */
void session_next_transaction(Session *session);
/* Takes back what it did since, and goes on: after an error, before what is left is put in order and the error raised
 * again. */
void session_retry_transaction(Session *session);
/* Raises 25P01 "x can only be used in transaction blocks". */
void session_need_block(Session *session, const char *what);

/* CREATE FUNCTION ... LANGUAGE sql: parses and binds the body, and fits its last statement to the result type. Places
 * of errors are places in the body. */
void session_function_check(Session *session, const CatFunction *function);
/* BindParams.find_name of a function's body: `function` is its CatFunction. */
bool session_function_parameter(void *function, const AstColumnRef *reference, int32_t *number);

/* A session of the server's own, which ANALYZE serves: `relation` if it is due; 0: figures of relations that are gone
 * are to be forgotten. */
typedef struct Maintenance {
    bool active;
    Oid relation;
} Maintenance;
Maintenance session_maintenance(const Session *session);
void session_show(Session *session, Str text); /* what others see it do */
/* Figures of tables (pg_stat_user_tables). ANALYZE or VACUUM of one is done, which began then (microseconds since 2000)
 * and found so many rows (-1: it did not count); it was emptied; rows were put in beside the executor. */
void session_count_act(Session *session, Oid relation, bool vacuum, int64_t rows, int64_t began);
void session_count_truncated(Session *session, Oid relation);
void session_count_inserted(Session *session, Oid relation, uint64_t rows);
int64_t session_changed_rows(Session *session, Oid relation); /* since the last ANALYZE */
Oid *session_counted_relations(Session *session, Arena *arena, uint32_t *count);
void session_forget_counts(Session *session, Oid relation);
int64_t session_clock(void); /* microseconds since 2000 */

/* Rows of text made by a handler: SHOW, EXPLAIN. */
typedef struct TextRows TextRows;
TextRows *session_rows_begin(UtilityCall *call, const ResultColumn *columns, uint32_t count);
void session_rows_add(TextRows *rows, const Datum *values);
uint64_t session_rows_end(TextRows *rows);
ResultColumn session_text_column(const char *name);
