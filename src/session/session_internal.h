/* SPDX-License-Identifier: Apache-2.0 */
/* session_internal.h - a session's state, shared by the files of this room. */
#pragma once

#include "base/array.h"
#include "base/map.h"
#include "base/random.h"
#include "bind/bind.h"
#include "exec/exec.h"
#include "os/sync.h"
#include "plan/plan.h"
#include "session/activity.h"
#include "session/engine.h"
#include "session/notify.h"
#include "session/server_figures.h"
#include "session/session.h"
#include "session/settings.h"
#include "session/statement_log.h"
#include "session/table_figures.h"
#include "session/utility.h"

typedef struct KeptRows KeptRows;

/* The transaction block (block.c):
 *
 *            statement                BEGIN
 *    NONE ------------> IMPLICIT -------------> EXPLICIT --- error ---> FAILED
 *      ^                   |  end of message       |  COMMIT, ROLLBACK    |  ROLLBACK, COMMIT
 *      +-------------------+-----------------------+----------------------+
 *
 * (B1) session->txn is there in IMPLICIT and EXPLICIT, and in FAILED while a savepoint may still be gone back to
 * (B2) NONE: no transaction, no savepoint, nothing registered with the transaction room, the view has no transaction */
typedef enum BlockState { BLOCK_NONE, BLOCK_IMPLICIT, BLOCK_EXPLICIT, BLOCK_FAILED } BlockState;

typedef struct SavepointLevel {
    struct SavepointLevel *outer;
    Str name;
    Savepoint at;
    uint32_t settings_level;
    uint32_t deferred_modes; /* exec_deferred_modes */
    uint32_t notify_count;
    uint32_t number; /* counts up in a transaction: portals made later are closed by ROLLBACK TO */
    bool read_only;  /* as it was outside */
} SavepointLevel;

/* An open large object: large_objects.c. */
typedef struct LargeDescriptor LargeDescriptor;

/* In the order of the settings' values. */
typedef enum Isolation {
    ISOLATION_SERIALIZABLE,
    ISOLATION_REPEATABLE_READ,
    ISOLATION_READ_COMMITTED,
    ISOLATION_READ_UNCOMMITTED
} Isolation;

/* What a text became: parsed once, bound again whenever what it rests on has changed. Counted: portals outlive
 * DEALLOCATE. */
/* An execution kept for a statement's generic plan. */
typedef struct KeptRun {
    ExecKept *exec;
    uint32_t *count; /* of the session's */
    bool in_use;
} KeptRun;

typedef struct Statement {
    uint32_t references;
    Account *account;     /* of the session */
    Arena *arena;         /* text, tree, name, parameter types */
    Str name, sql;        /* `sql`: the whole text, what locations count in */
    Str text;             /* this statement's part */
    const AstNode *tree;  /* NULL: the empty query, or `stored` */
    const QQuery *stored; /* bound already: of a function's BEGIN ATOMIC; else NULL */
    const CatFunction
        *function;          /* whose body it is part of, and whose arguments it names; NULL: none */
    const Utility *utility; /* NULL: it is planned (or empty) */
    Oid *params;
    uint32_t param_count;
    bool fixed_params; /* known from the start: binding finds no others */
    bool from_sql;     /* PREPARE, for pg_prepared_statements */
    bool is_cursor;    /* DECLARE: planned to be read in part, and for WHERE CURRENT OF */
    int64_t prepared_us;

    /* What the client was told when it was first bound, which may not change; NULL: it never was. */
    const ResultColumn *told;
    uint32_t told_count;
    bool is_select;

    /* Bound: what binding made and what it rests on. What portals run by is kept for them when it is bound anew. */
    uint32_t portals;
    struct Retired *retired;
    Arena *bound;  /* NULL: not yet, or thrown away */
    QQuery *query; /* rewritten */
    ResultColumn *columns;
    uint32_t column_count;
    CatEntry **entries;          /* held */
    struct StatementLock *locks; /* what binding locked, and each later use locks again */
    uint32_t lock_count;
    uint32_t entry_count;
    uint64_t search_path_version;

    /* The generic plan, and what made PostgreSQL's rule choose it. */
    Arena *planned;
    PlanPlan *generic;
    double generic_cost, custom_cost_total;
    uint64_t planned_at; /* commit number: it may rest on indexes that serve no older snapshot */
    uint32_t custom_plans, generic_plans;
    /* Its execution, which portals use one at a time (exec_keep); NULL: none, or it is tried no more. */
    KeptRun *run;
    bool run_was_tried;
} Statement;

typedef struct DomainChecks DomainChecks; /* domain.c */
typedef struct SqlFunction SqlFunction;   /* function.c */

typedef enum PortalState { PORTAL_READY, PORTAL_RUNNING, PORTAL_DONE, PORTAL_FAILED } PortalState;
typedef struct Portal {
    struct Portal *next;
    Str name;
    Arena *arena; /* lives as long as the portal */
    Statement *statement;
    Str sql; /* of a cursor: its query's text */
    Datum *params;
    uint32_t param_count;
    ResultColumn *columns; /* formats set */
    uint32_t column_count;
    const int16_t *utility_formats; /* of a utility statement's columns, as Bind has them */
    uint32_t utility_format_count;
    uint32_t level; /* SavepointLevel.number it was made at; 0: outside of savepoints */
    bool with_hold, binary, from_sql, is_cursor;
    bool scroll; /* may go backward, because it was declared so or because its plan can */
    int64_t created_us;

    PlanPlan *planned; /* when it was bound, of planned_query */
    const QQuery *planned_query;
    PlanPlan *plan; /* that it runs by */
    Exec *exec;
    KeptRun *run; /* whose `exec` is; NULL: it is the portal's own */
    Snapshot snapshot;
    bool has_snapshot;
    PortalState state;
    /* What was pulled and not sent, when a row limit cut a batch: rows from `batch_at` of batch->selection. */
    const Batch *batch;
    uint32_t batch_at;
    uint64_t position; /* rows given */
    /* Held cursors and those that have gone, or surely may go, backward: all rows so far (kept_rows.h). */
    KeptRows *store;
    Datum *row_ids; /* by plan->row_ids, of the row given last: ctids */
} Portal;

/* What pg_export_snapshot made under READ COMMITTED, until the transaction ends. */
typedef struct ExportedSnapshot {
    struct ExportedSnapshot *next;
    Snapshot snapshot;
} ExportedSnapshot;

typedef struct OnCommit {
    Oid relation;
    bool drop; /* else its rows go */
} OnCommit;

struct Session {
    Engine *engine;
    Account *account;
    Arena *arena;     /* as long as the session */
    Arena *txn_arena; /* reset at the end of each transaction */
    Arena *message;   /* one protocol message, or one statement of a simple query: FnEnv.stmt */
    uint32_t process, slot;
    uint64_t transactions; /* begun */
    Xid failed_xid;        /* BLOCK_FAILED: of the one that was rolled back */
    LockSession *locks;
    CatalogView *view;
    ResultSink sink;
    SettingsStack *settings;
    uint32_t kept_runs;
    int64_t message_us;     /* when the message at work came (os_wall_us) */
    uint64_t settings_seen; /* generation that `env` and the view know */
    FnEnv env;
    FnCalls calls;
    Random random;
    Str user, database, system_user;
    ClientAddress address;
    Activity activity;
    DatabaseFigures *figures; /* of the database it is connected to; NULL: none yet */
    Str query;                /* the text that the client sent; of the message at work alone */
    const char *tag;          /* what it does: a command tag, PARSE, BIND; NULL: nothing */
    Oid authenticated_role;
    Oid connected;                  /* database it is entered in; 0: none */
    struct Session *next_connected; /* under Databases.lock */
    bool quiet;                     /* notices go to nobody */
    bool finds_temporary;           /* a crash left temporary things of the session's slot */
    ARRAY_OF(OnCommit) on_commit;   /* tables of ON COMMIT; may name some that are gone */
    Maintenance maintenance;        /* of a session of the server's own */
    bool superuser;                 /* of the role that logged in */

    BlockState state;
    Txn *txn;
    Isolation isolation;
    bool read_only, deferrable;
    struct LargeDescriptor *large_objects; /* opened in the transaction; in txn_arena */
    bool
        one_of_many; /* the statement at work shares a block with others: of one text, or up to one Sync */
    bool pipeline_failed; /* extended protocol: an error was sent, all is skipped until Sync */
    Snapshot snapshot;    /* of the transaction, REPEATABLE READ and above */
    bool has_snapshot;
    ExportedSnapshot *exported;
    bool first_query_run; /* SET TRANSACTION comes too late */
    SavepointLevel *savepoints;
    uint32_t savepoint_count;
    ExecDeferred *deferred;
    ExecFigures *counted; /* what the transaction did to relations; NULL: nothing is counted */
    NotifyActs *notify;   /* of the transaction; NULL: none */
    Listener *listener;   /* NULL: it never listened */
    TempQuota temp_quota; /* temp_file_limit */

    DomainChecks *domains; /* compiled for this statement, in domain_arena */
    Arena *domain_arena;
    SqlFunction *functions; /* bodies of functions in SQL */
    uint32_t function_count;
    bool in_function; /* a function's body runs */
    Oid definer;      /* whose rights a SECURITY DEFINER function uses; 0: no such function runs */
    const Snapshot
        *active_snapshot; /* of the statement at work, for functions that are not volatile */

    Map roles;      /* Str -> Oid: roles that SET ROLE named, so that going back needs no look-up */
    Map statements; /* Str -> Statement *; unnamed under "" */
    Portal *portals;
    uint64_t search_path_version;
};

TableCounts *engine__table_counts(Engine *engine); /* engine.c */

/* The names by which the first superuser connects to a database; false: it is gone, or takes no connections. */
bool engine__session_names(Engine *engine, Arena *arena, Oid database, Str *name, Str *user);

/* ---- databases.c ---- */
typedef struct Databases {
    Mutex lock;
    Session *first; /* all that are connected */
    EngineHost host;
    DatabaseFigures *figures; /* of every database that somebody was connected to */
    ServerFigures server;
} Databases;
void engine__databases_init(Databases *databases);
Databases *engine__databases(Engine *engine); /* engine.c */
Arena *engine__arena(Engine *engine);         /* under Databases.lock */
void engine__enter(Session *session, Oid database);
void engine__leave(Session *session);
/* Sessions that have connected as the role, to any database. */
uint32_t engine__count_of_role(Engine *engine, Oid role);

/* ---- engine_check.c: tables of the session's database, under its latest snapshot; work in `arena` ---- */
void session__check_tables(Session *session, Arena *arena, bool shared, const ExecCheck *check);
/* False: there is no such table. */
bool session__check_table(Session *session, Arena *arena, Oid table, const ExecCheck *check);

/* ---- alter_system.c ---- */
void session__alter_system(UtilityCall *call);

/* ---- stored_settings.c ---- */
void session__stored_settings(Session *session, Oid database, Oid role);

/* ---- env.c: FnEnv, and the calls upward ---- */
void session__env_init(Session *session);
void session__env_message(
    Session *session); /* a message of the client: its time is its statements' */
void session__env_statement(Session *session); /* a new statement */
void session__env_settings(Session *session);  /* after settings changed */
void session__env_roles(Session *session);     /* after `definer` changed */
/* Is the role in force one? Outside of a transaction: was the one that logged in? */
bool session__is_superuser(Session *session);
/* lock_timeout and deadlock_timeout of the session; `owner` is it. */
void session__lock_options(void *owner, LockOptions *options);

/* ---- domain.c: FnCalls.domain_check ---- */
bool session__domain_check(void *view, Oid domain, const Datum *value, InputError *err);
void session__domains_clear(Session *session); /* at each new statement */

/* ---- function.c, function_result.c: FnCalls.call and call_set ---- */
Datum session__call(void *view, const FnCallee *callee, const Datum *args, Arena *arena);
void session__call_set(void *view, const FnCallee *callee, const Datum *args, const FnRows *rows);
void session__functions_clear(Session *session);
/* For whom the planner asks what functions stand for: PlanOptions.function_value and its argument. */
typedef struct FunctionValues {
    Session *session;
    Statement
        *statement; /* what is planned, which then rests on them; NULL: its plan is not kept */
} FunctionValues;
QExpr *session__function_value(void *values, Arena *arena, const FnCallee *callee);
QQuery *session__function_rows(void *values, Arena *arena, const FnCallee *callee);
/* The value of a call, over slots for the columns of the body's last statement (NULL: that is no query); NULL: there is
 * none (void). Raises 42P13. */
QExpr *session__function_result(Arena *arena, const BindOptions *options,
                                const CatFunction *function, Oid result_type, const QQuery *last);

/* ---- block.c ---- */
/* Begins a transaction when there is none. */
void session__block_start(Session *session);
/* Commits or rolls back; afterwards NONE (or, chained, EXPLICIT). Commit may raise: then it has rolled back. */
void session__block_end(Session *session, bool commit, bool chain);
/* End of a statement or message outside of a block the client opened. */
void session__block_end_implicit(Session *session);
void session__block_error(Session *session, const Error *error);
void session__transaction(UtilityCall *call);
void session__import_snapshot(UtilityCall *call, Str id);
/* Its text; the snapshot stays until the transaction ends. */
Str session__export_snapshot(Session *session, Arena *arena);
/* Of a prepared transaction; 0 where it kept none. */
void session__prepared_owner(Bytes extra, Oid *owner, Oid *database);
/* Does each statement look with a snapshot of its own? */
static inline bool session__is_read_committed(const Session *session)
{
    return session->isolation >= ISOLATION_READ_COMMITTED;
}
void session__set_transaction(Session *session, const AstOptionList *modes, bool of_session);

/* ---- explain.c ---- */
void session__explain(UtilityCall *call);
void session__explain_describe(UtilityCall *call, Description *description);

/* ---- run.c ---- */
/* As the settings want texts to be read. */
ParseOptions session__parse_options(Session *session);

/* ---- statement.c ---- */
Statement *session__statement_new(Session *session, Str name, Str sql,
                                  const ParsedStatement *parsed, const Oid *types,
                                  uint32_t type_count);
/* The same of a part of a tree: what PREPARE and DECLARE name. The tree is copied. */
Statement *session__statement_of(Session *session, Str name, Str sql, const AstNode *tree,
                                 const Oid *types, uint32_t type_count);
/* Of a query that is bound already; its parameters are of these types. */
Statement *session__statement_stored(Session *session, const QQuery *query, const Oid *types,
                                     uint32_t type_count);
void session__statement_hold(Statement *statement);
/* A portal runs it: what it is bound to now stays until the last one has left. */
void session__statement_enter(Statement *statement);
void session__statement_leave(Statement *statement);
/* It is bound anew when that changes. */
void session__statement_rests_on(Statement *statement, CatEntry *entry);
/* A part of it is what the other one was bound to. */
void session__statement_includes(Statement *statement, const Statement *other);
void session__statement_let_go(Statement *statement);
/* Binds it if it is not, or if what it rests on has changed (0A000 "cached plan must not change result type"). */
void session__statement_bind(Session *session, Statement *statement);
/* Its parameters as binding is to find out the rest of them; what it found (42P18 where a type is missing). */
BindParams session__statement_params(Session *session, const Statement *statement);
void session__statement_keep_params(Statement *statement, const BindParams *params);
/* A plan for these parameters: custom in `arena`, or the cached generic one (PostgreSQL's rule of five). */
PlanPlan *session__statement_plan(Session *session, Statement *statement, Arena *arena,
                                  const Datum *params);
Statement *session__statement_get(Session *session, Str name); /* 26000 */
void session__statements_clear(Session *session);

/* ---- portal.c ---- */
void session__forbid_writes(Session *session, const PlanPlan *plan); /* 25006 */
Portal *session__portal_new(Session *session, Str name, Statement *statement);
Portal *session__portal_find(Session *session, Str name);
Portal *session__portal_get(Session *session, Str name, bool cursor); /* 34000 */
void session__portal_close(Session *session, Portal *portal);
/* Those of the ending transaction; on commit WITH HOLD ones are stored and stay. */
void session__portals_end(Session *session, bool commit);
/* Closes the large objects that were opened at that savepoint or a later one. */
void session__large_objects_end(Session *session, uint32_t savepoint);
void session__portals_rollback_to(Session *session, uint32_t level);
/* Plans its statement before it is run; what planning computes may raise. */
void session__portal_plan(Session *session, Portal *portal);
/* Plans it, if its statement was bound anew since, and opens its execution, under a snapshot of its own. */
void session__portal_start(Session *session, Portal *portal);
/* statement_class.c: command tags; NULL, or empty: it is none that is planned, that there is. */
/* 0A000 for a statement without a handler, called as its node is. */
_Noreturn void session__refuse(const AstNode *tree);
const char *session__planned_tag(const AstNode *tree);
const char *session__tag(const Session *session, const AstNode *tree);
/* SELECT INTO, also under EXPLAIN and PREPARE, is CREATE TABLE AS from here on. */
AstNode *session__put_into(Arena *arena, AstNode *tree);
StatementClass session__class(Session *session, const AstNode *tree);
typedef struct PortalText {
    Session *session;
    const Portal *portal;
} PortalText;
/* "Parameters: $1 = '...'" of a PortalText, in the message's arena. */
Str session__parameters_text(void *portal_text);
/* In quotes, cut behind so many bytes (-1: not at all). */
void session__quote_clipped(StrBuilder *out, Str text, int32_t bytes_max);

/* 55000 after an error in it. */
void session__portal_runnable(const Portal *portal);
/* Those of the store that are still missing for it to have so many. */
void session__portal_fill(Session *session, Portal *portal, uint64_t rows);
/* The rows given so far are put into a store, by running the plan again; the position stays. */
void session__portal_keep(Session *session, Portal *portal);
/* The last row of the batch is the one that the cursor stands on. */
void session__portal_stands_on(Portal *portal, const Batch *batch);

/* Runs up to rows_max rows (0: all) into `sink`; true: it is at its end, the tag is in *tag. */
bool session__portal_run(Session *session, Portal *portal, uint64_t rows_max,
                         const ResultSink *sink, Str *tag);

/* ---- handlers in session_utilities ---- */
void session__declare(UtilityCall *call);
void session__declare_describe(UtilityCall *call, Description *description);
void session__close(UtilityCall *call);
/* ExecOptions.current_of */
bool session__current_of(void *session, Str cursor, const CatRelation *relation, uint64_t *tid);
const char *session__close_tag(const AstNode *tree);
void session__fetch(UtilityCall *call);
/* notify.c */
void session__listen(UtilityCall *call);
void session__unlisten(UtilityCall *call);
void session__notify(UtilityCall *call);
void session__fetch_describe(UtilityCall *call, Description *description);
const char *session__fetch_tag(const AstNode *tree);
void session__prepare(UtilityCall *call);
void session__execute(UtilityCall *call);
/* The values that EXECUTE gives to the statement's parameters. */
Datum *session__execute_args(UtilityCall *call, const AstExecute *execute,
                             const Statement *statement, Arena *arena);
void session__execute_describe(UtilityCall *call, Description *description);
void session__deallocate(UtilityCall *call);
const char *session__deallocate_tag(const AstNode *tree);

/* ---- setting_functions.c ---- */
/* What SHOW prints; raises 42501 where the role may not see it. False: no such setting. */
bool session__show(Session *session, Arena *arena, Str name, Str *text);
/* May the current role see the values of settings that are kept from others? */
bool session__sees_secrets(Session *session);

/* ---- commands.c ---- */
/* SET: of a setting, or of a mode of the transaction. */
void session__set(Session *session, Arena *arena, Str name, Str text, SettingChange change);
extern const SettingRule session__setting_rules[];
extern const uint32_t session__setting_rule_count;

/* ---- temporary.c ---- */
/* All temporary things of the session: at its end, and at its begin those that a crash left of its slot. Does not
 * raise. */
void session__drop_temporary(Session *session);
/* The same within a transaction: DISCARD. */
void session__discard_temporary(Session *session);
/* What ON COMMIT says of the tables that the session has, before its transaction commits. */
void session__on_commit(Session *session);

/* ---- engine.c ---- */
enum { ROLE_OF_INITDB = 10 }; /* its OID */
/* The superuser that initdb made, and the databases that may be connected to. */
typedef struct EngineNames {
    Str superuser;
    const Str *databases;
    uint32_t database_count;
} EngineNames;
EngineNames engine__names(Engine *engine, Arena *arena);
const UtilityTable *const *engine__utilities(const Engine *engine, uint32_t *count);
Notifier *engine__notifier(const Engine *engine);
