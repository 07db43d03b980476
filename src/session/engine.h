/* SPDX-License-Identifier: Apache-2.0 */
/* engine.h - all that is below sessions, as one thing: store, transactions, catalog, their background tasks. */
#pragma once

#include "base/settings.h"
#include "catalog/catalog.h"
#include "exec/exec.h"
#include "os/file.h"
#include "session/settings.h"
#include "store/store.h"
#include "txn/txn.h"

typedef struct Engine Engine;
typedef struct UtilityTable UtilityTable;

typedef struct EngineOptions {
    const char *data_directory;
    const Settings *settings;
    /* Start checkpointer, purge and rollback tasks: a server does, tests may not. */
    bool background;
    /* Handlers of statements, of every room that has some. */
    const UtilityTable *const *utilities;
    uint32_t utility_count;
    /* The storage cannot go on: the server must stop and recover. Called once, from any task. */
    void (*on_failure)(void *arg, Status status);
    void *on_failure_arg;
} EngineOptions;

/* A new cluster in the (existing, empty) data folder: databases template1, template0 and postgres with all built-in
 * rows and the system views; `server`: the settings of the session that makes these. Raises. */
void engine_create(Account *account, const EngineOptions *options, const CatalogInitOptions *init,
                   ServerSettings *server);
/* Opens it, with recovery when it was not shut down. Raises (55000 and kin for what the manifest refuses). */
Engine *engine_open(Account *account, const EngineOptions *options);
/* Ends background tasks; no session may be open. Never raises; false: the last checkpoint could not be made. */
bool engine_close(Engine *engine, bool checkpoint);
/* Every table of every database that may be connected to, and its indexes: exec_check_relation. Raises where one cannot
 * be looked at. */
typedef struct ExecCheck ExecCheck;
void engine_check(Engine *engine, Account *account, ServerSettings *settings,
                  const ExecCheck *check);
/* Settings that take effect while it runs (SIGHUP). */
void engine_reload(Engine *engine, const Settings *settings);

/* Tasks of the server's own that pg_stat_activity shows, by the names of PostgreSQL's processes. Their numbers come
 * before those of sessions. */
#define ENGINE_PROCESSES(X)                   \
    X(CHECKPOINTER, "checkpointer")           \
    X(BACKGROUND_WRITER, "background writer") \
    X(WAL_WRITER, "walwriter")                \
    X(LAUNCHER, "autovacuum launcher")
typedef enum EngineProcess {
#define ENGINE_PROCESS_ENUM(NAME, kind) ENGINE_##NAME,
    ENGINE_PROCESSES(ENGINE_PROCESS_ENUM)
#undef ENGINE_PROCESS_ENUM
        ENGINE_PROCESS_COUNT
} EngineProcess;
uint32_t engine_process(EngineProcess which);

/* A session at work, and what its task waits for: a WaitEvent of os/wait.h, 0 while it runs. */
typedef struct HostWork {
    uint32_t process, wait_event;
} HostWork;

/* What runs the sessions, as far as they need it. */
typedef struct EngineHost {
    void *arg;
    /* Ends the session of that process, or the statement that it runs, from any task. False: there is none. */
    bool (*terminate)(void *arg, uint32_t process);
    bool (*cancel)(void *arg, uint32_t process);
    /* Has the configuration files read anew, soon. */
    bool (*reload)(void *arg);
    /* Has the log go on in a new file, soon. False: it is not collected into files. */
    bool (*rotate_log)(void *arg);
    /* Sessions that a task works on now, and the launcher, in `arena`. Raises 53200. */
    uint32_t (*working)(void *arg, Arena *arena, HostWork **work);
    /* When it began to serve, and when the configuration files were read: microseconds since 1970. */
    int64_t (*started_us)(void *arg);
    int64_t (*loaded_us)(void *arg);
} EngineHost;
/* Before sessions are opened; and with an empty one before the host goes. */
void engine_set_host(Engine *engine, const EngineHost *host);
bool engine_terminate(Engine *engine, uint32_t process);
EngineHost engine_host(Engine *engine); /* of zeros: there is none */

Catalog *engine_catalog(Engine *engine);
Store *engine_store(Engine *engine);
Txns *engine_txns(Engine *engine);
ExecWorkers *engine_workers(Engine *engine);
TempSpace *engine_temp(Engine *engine); /* files of statements that need more than work_mem */
