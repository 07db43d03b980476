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

typedef struct Session Session;
typedef struct Engine Engine; /* the server's database engine: store, txns, catalog, background tasks: engine.h */

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

/* ---- where results go: filled by whoever drives the session ---- */
typedef struct ResultColumn {
    Str name;
    Oid relation; int16_t column; /* 0: not a table's column */
    Oid type; int32_t typmod; int16_t type_bytes; /* typlen */
    uint8_t format; /* 0 text, 1 binary */
} ResultColumn;
typedef struct ResultSink {
    void *arg;
    /* A statement is about to return rows (not called where the client asked for no description: extended protocol). */
    void (*describe)(void *arg, const ResultColumn *columns, uint32_t count);
    /* A batch of rows, columns as described; may block on the client through os_wait. The sink encodes (type_print, type_send)
     * under `env`. */
    void (*rows)(void *arg, const FnEnv *env, const ResultColumn *columns, const Batch *batch);
    /* "SELECT 3", "BEGIN", ...; empty text for an empty query. */
    void (*complete)(void *arg, Str tag);
    void (*empty)(void *arg);
    void (*notice)(void *arg, const Error *notice);
    /* COPY: begin in or out (binary or text, column count); data out; data in: the next piece, false at its end; raises when the
     * client failed it (57014). */
    void (*copy_begin)(void *arg, bool in, bool binary, uint32_t columns);
    void (*copy_data)(void *arg, Str data);
    bool (*copy_next)(void *arg, Arena *arena, Str *data);
    void (*copy_end)(void *arg);
    void (*parameter_status)(void *arg, Str name, Str value);
    void (*notify)(void *arg, uint32_t process, Str channel, Str payload);
} ResultSink;

typedef struct SessionOptions {
    Engine *engine;
    Account *account;
    uint32_t process;      /* pg_backend_pid */
    Str user, database, application_name;
    /* startup options: name, value; unknown ones raise */
    const Str *options; uint32_t option_count;
    const Settings *settings; /* the server's (configuration files) */
    const ResultSink *sink;
    Str client_address;
    bool authenticated;    /* false: session_role below must be called by authentication first */
} SessionOptions;
/* Raises 28000, 3D000, 53300, 42501, ... */
Session *session_open(const SessionOptions *options);
void session_close(Session *session);  /* rolls back, drops temporary things, releases locks */

/* What authentication asks before there is a session: the role and its secret, login allowed... false: no such role. */
typedef struct SessionRole { Oid oid; bool login, superuser, replication; Str password; bool expired; int32_t connection_limit; } SessionRole;
bool engine_role_find(Engine *engine, Arena *arena, Str name, SessionRole *role);

/* ---- simple protocol ---- */
/* All statements of the text; implicit transaction around those outside a block, as PostgreSQL. */
void session_run(Session *session, Str sql);

/* ---- extended protocol; names empty: the unnamed one ---- */
void session_parse(Session *session, Str name, Str sql, const Oid *types, uint32_t type_count);
typedef struct BindValue { Bytes data; bool null; } BindValue;
/* formats, result_formats: 0, 1 or as many as there are. */
void session_bind(Session *session, Str portal, Str statement, const int16_t *formats, uint32_t format_count,
                  const BindValue *values, uint32_t value_count, const int16_t *result_formats, uint32_t result_format_count);
/* *parameters get the parameter types; columns: NULL, 0 when it returns no rows. */
typedef struct Description { const Oid *parameters; uint32_t parameter_count; const ResultColumn *columns; uint32_t column_count; bool returns_rows; } Description;
void session_describe_statement(Session *session, Str name, Arena *arena, Description *description);
void session_describe_portal(Session *session, Str name, Arena *arena, Description *description);
/* False: suspended after rows_max rows (0: all). */
bool session_execute(Session *session, Str portal, uint64_t rows_max);
void session_close_statement(Session *session, Str name);
void session_close_portal(Session *session, Str name);
void session_sync(Session *session); /* ends an implicit transaction; may raise (deferred constraints) */
void session_fail(Session *session); /* after any raise */

typedef enum SessionBlock { SESSION_IDLE = 'I', SESSION_IN_BLOCK = 'T', SESSION_FAILED = 'E' } SessionBlock;
SessionBlock session_block(const Session *session);
const Settings *session_settings(const Session *session);
/* Settings reported to the client at start (GUC_REPORT), in PostgreSQL's order. */
void session_report_settings(Session *session);
/* LISTEN's notifications that wait; sent between statements. */
void session_send_notifies(Session *session);
const FnEnv *session_env(Session *session);
