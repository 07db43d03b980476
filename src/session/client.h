/* SPDX-License-Identifier: Apache-2.0 */
/* client.h - what a session and whoever drives it (the wire protocol, `tusk init`, tests) exchange: how a session is
 * opened, where its results go, what prepared statements look like from outside. The calls themselves: session.h. */
#pragma once

#include "base/error.h"
#include "base/fn.h"
#include "session/settings.h"

typedef struct Session Session;
typedef struct Engine
    Engine; /* the server's database engine: store, txns, catalog, background tasks */

/* A column of a result. */
typedef struct ResultColumn {
    Str name;
    Oid relation; /* 0: not a table's column */
    int16_t column;
    Oid type;
    int32_t typmod;
    Oid collation;      /* not told: a statement's result type has it */
    int16_t type_bytes; /* typlen */
    uint8_t format;     /* 0 text, 1 binary */
} ResultColumn;

/* Where results go. The calls may raise, and block on the client through os_wait. */
typedef struct ResultSink {
    void *arg;
    /* A statement is about to return rows (not called where the client asked for no description: extended protocol). */
    void (*describe)(void *arg, const ResultColumn *columns, uint32_t count);
    /* A batch of rows, columns as described. The sink encodes (type_print, type_send) under `env`. */
    void (*rows)(void *arg, const FnEnv *env, const ResultColumn *columns, const Batch *batch);
    /* "SELECT 3", "BEGIN", ... */
    void (*complete)(void *arg, Str tag);
    void (*empty)(void *arg); /* the query was empty */
    void (*notice)(void *arg, const Error *notice);
    /* COPY: begin in or out (binary or text, column count); data out; data in: the next piece, valid until the next
     * call, false at its end; raises when the client failed it (57014). */
    void (*copy_begin)(void *arg, bool in, bool binary, uint32_t columns);
    void (*copy_data)(void *arg, Str data);
    bool (*copy_next)(void *arg, Arena *arena, Str *data);
    void (*copy_end)(void *arg);
    void (*parameter_status)(void *arg, Str name, Str value);
    void (*notify)(void *arg, uint32_t process, Str channel, Str payload);
    /* From any task, with a lock held: notifications wait, session_send_notifies is to be called between statements.
     * NULL: nobody is to be told. */
    void (*wake)(void *arg);
} ResultSink;

/* The transaction, for the log: the session's slot and which of its transactions (0: none), and its number, which one
 * that has failed keeps until its block ends (0: none). */
typedef struct SessionTransaction {
    uint32_t slot;
    uint64_t local, xid;
} SessionTransaction;

/* Where the client is and how it is connected, for pg_stat_activity and pg_stat_ssl. Empty texts: there is none. */
typedef struct ClientAddress {
    Str host, server_host;     /* numeric; empty: a Unix socket, or no client at all */
    int32_t port, server_port; /* -1: of a Unix socket */
    Str tls_version, tls_cipher, client_dn, client_serial, issuer_dn;
    int32_t tls_bits;
} ClientAddress;

typedef struct SessionOptions {
    Engine *engine;
    Account *account;
    uint32_t process; /* pg_backend_pid */
    Str user, database, application_name;
    const Str
        *options; /* of the startup message: name, value, name, value, ...; unknown ones raise */
    uint32_t option_count;    /* pairs */
    ServerSettings *settings; /* the server's; the session holds it itself */
    const ResultSink *sink;
    ClientAddress address;
    Str system_user;    /* how, and as whom: "method:name"; empty: he was trusted */
    bool authenticated; /* the user proved who he is */
    bool maintenance;   /* of the server's own, for ANALYZE: no client */
} SessionOptions;

/* What authentication asks before there is a session. `password` as pg_authid keeps it; empty: none. */
typedef struct SessionRole {
    Oid oid;
    bool login, superuser, replication, expired;
    Str password;
    int32_t connection_limit; /* -1: none */
} SessionRole;

typedef struct BindValue {
    Bytes data;
    bool null;
} BindValue;

/* What Bind says. Formats and result formats: none, one for all, or one each. */
typedef struct BindRequest {
    Str portal, statement; /* empty: the unnamed ones */
    const int16_t *formats, *result_formats;
    uint32_t format_count, result_format_count;
    const BindValue *values;
    uint32_t value_count;
} BindRequest;

/* A prepared statement or a portal, for Describe. No parameters in a portal's; no columns where no rows come. */
typedef struct Description {
    const Oid *parameters;
    uint32_t parameter_count;
    const ResultColumn *columns;
    uint32_t column_count;
    bool returns_rows;
} Description;

typedef enum SessionBlock {
    SESSION_IDLE = 'I',
    SESSION_IN_BLOCK = 'T',
    SESSION_FAILED = 'E'
} SessionBlock;
