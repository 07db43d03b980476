/* SPDX-License-Identifier: Apache-2.0 */
/* session.h - one client's connection, seen from inside: its transaction block, settings, prepared statements, portals,
 * and "run this SQL". `server` drives it by protocol messages; tests and `tusk init` drive it directly. One task at a
 * time; between calls the session needs no task (it may be parked).
 *
 * A call that fails raises; then session_fail must be called (by the protocol loop, after it sent the error): it puts the
 * transaction block into its failed state, or ends the implicit transaction. */
#pragma once

#include "base/error.h"
#include "base/fn.h"
#include "base/settings.h"
#include "catalog/catalog.h"
#include "session/client.h" /* written: sink, options, roles, Bind, Description; the server is coded against it */


/* ---- engine: all that is below sessions ---- */
typedef struct EngineOptions {
    Str data_directory;
    const Settings *settings;
    bool background;
    void (*on_failure)(void *arg, Status status);
    void *on_failure_arg;
} EngineOptions;
/* An empty cluster with postgres, template0 and template1, built-in rows, system views. Raises. */
void engine_create(Account *account, const EngineOptions *options, const CatalogInitOptions *init);
/* Recovery included. Raises. */
Engine *engine_open(Account *account, const EngineOptions *options);
void engine_close(Engine *engine, bool checkpoint);
Catalog *engine_catalog(Engine *engine);
Store *engine_store(Engine *engine);
Txns *engine_txns(Engine *engine);

/* Raises 28000, 3D000, 53300, 42501, ... */
Session *session_open(const SessionOptions *options);
void session_close(Session *session);  /* rolls back, drops temporary things, releases locks */

/* What authentication asks before there is a session: the role and its secret, login allowed... false: no such role. */
bool engine_role_find(Engine *engine, Arena *arena, Str name, SessionRole *role);
/* Is `role` a member of the role of that name, directly or not? For pg_hba.conf; false also where there is none. */
bool engine_role_is_member(Engine *engine, Oid role, Str of);

/* ---- simple protocol ---- */
/* All statements of the text; implicit transaction around those outside a block, as PostgreSQL. */
void session_run(Session *session, Str sql);

/* ---- extended protocol; names empty: the unnamed one ---- */
void session_parse(Session *session, Str name, Str sql, const Oid *types, uint32_t type_count);
void session_bind(Session *session, const BindRequest *request);
/* *parameters get the parameter types; columns: NULL, 0 when it returns no rows. */
void session_describe_statement(Session *session, Str name, Arena *arena, Description *description);
void session_describe_portal(Session *session, Str name, Arena *arena, Description *description);
/* False: suspended after rows_max rows (0: all). */
bool session_execute(Session *session, Str portal, uint64_t rows_max);
void session_close_statement(Session *session, Str name);
void session_close_portal(Session *session, Str name);
void session_sync(Session *session); /* ends an implicit transaction; may raise (deferred constraints) */
void session_fail(Session *session); /* after any raise */

SessionBlock session_block(const Session *session);
const Settings *session_settings(const Session *session);
/* Reported settings that changed since the last call, all at the first, to sink->parameter_status:
 * settings_stack_report. */
void session_report_settings(Session *session);
/* LISTEN's notifications that wait; sent between statements. */
void session_send_notifies(Session *session);
/* The configuration files were read anew; between statements: settings_stack_reload. */
void session_reload(Session *session, ServerSettings *settings);
const FnEnv *session_env(Session *session);
