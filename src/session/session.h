/* SPDX-License-Identifier: Apache-2.0 */
/* session.h - one client's connection, seen from inside: its transaction block, settings, prepared statements, portals,
 * and "run this SQL". `server` drives it by protocol messages; tests and `tusk init` drive it directly. One task at a
 * time; between calls the session needs no task (it may be parked).
 *
 * A call that fails raises; then session_fail must be called (by the protocol loop, after it sent the error): it puts
 * the transaction block into its failed state, or ends the implicit transaction. */
#pragma once

#include "session/client.h"
#include "session/engine.h"

/* Raises 28000, 3D000, 42501, 55000 and what the options are wrong in; all as FATAL. */
Session *session_open(const SessionOptions *options);
/* Rolls back, drops temporary tables, releases all locks. Does not raise. */
void session_close(Session *session);
bool session_in_savepoint(const Session *session);
/* From now on the table loses its rows, or goes, when a transaction commits. */
void session_on_commit(Session *session, Oid relation, bool drop);
/* What authentication asks before there is a session. False: no such role. */
bool session_role_find(Engine *engine, Arena *arena, Str name, SessionRole *role);
/* Directly or not; false also where there is no role of that name. */
bool session_role_is_member(Engine *engine, Oid role, Str of);

/* Analyzes, in every database, the tables that have changed so much that autovacuum_analyze_threshold and its like ask
 * for it, by sessions of its own with the engine, account, process and settings of `as`. What fails is logged. Raises
 * 57P01 when the task is to end. */
void engine_autoanalyze(const SessionOptions *as);

/* ---- simple protocol ---- */

/* All statements of the text; those outside of a block share one implicit transaction. */
void session_run(Session *session, Str sql);

/* ---- extended protocol; an empty name: the unnamed one ---- */

/* A call of the function of that number, which the protocol's FunctionCall asks for, as a query of one value for
 * session_parse, with the types of its parameters. Raises 42883, 08P01, 0A000. */
Str session_call_text(Session *session, Arena *arena, Oid function, uint32_t arg_count,
                      const Oid **types);
void session_parse(Session *session, Str name, Str sql, const Oid *types, uint32_t type_count);
void session_bind(Session *session, const BindRequest *request);
void session_describe_statement(Session *session, Str name, Arena *arena, Description *description);
void session_describe_portal(Session *session, Str name, Arena *arena, Description *description);
/* False: suspended after rows_max rows (0: all). */
bool session_execute(Session *session, Str portal, uint64_t rows_max);
void session_close_statement(Session *session, Str name);
void session_close_portal(Session *session, Str name);
/* Ends an implicit transaction; may raise (deferred constraints, serialization). */
void session_sync(Session *session);
/* After any raise. */
void session_fail(Session *session, const Error *error);

/* ---- its state ---- */

SessionBlock session_block(const Session *session);
/* In a block that has asked for nothing yet: it holds no snapshot and no row. */
bool session_is_fresh(const Session *session);
const Settings *session_settings(const Session *session);
const FnEnv *session_env(Session *session);
Engine *session_engine(Session *session);
/* Takes over newer settings of the server; between statements. */
void session_reload(Session *session, ServerSettings *settings);
/* Tells the sink the settings that clients are told of, where they changed (all of them the first time). */
void session_report_settings(Session *session);
/* A message begins: the text of the one before is gone. */
void session_begin(Session *session);
/* ReadyForQuery goes out: others see it idle. Too much undo may cost it the snapshots of its transaction until it is
 * awake again, which whatever comes next waits for; session_fail and session_close see to it themselves. */
void session_rest(Session *session);
void session_wake(Session *session);
/* What it does, as ps would show it: the command tag of the statement at work, or its state. */
const char *session_display(const Session *session);
/* The text at work, for the log's STATEMENT; empty: none. Valid until session_begin. */
Str session_query(const Session *session);
SessionTransaction session_transaction(const Session *session);
/* Tells the sink notifications that wait; between statements. */
void session_send_notifies(Session *session);
