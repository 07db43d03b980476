/* SPDX-License-Identifier: Apache-2.0 */
/* server.h - the listener and everything behind it: connections, the protocol, authentication, workers. One object; a
 * process may have several. */
#pragma once

#include "base/log.h"
#include "os/net.h"
#include "server/access.h"
#include "server/ops.h"
#include "session/engine.h"

typedef struct Server Server;

typedef enum ServerStop {
    SERVER_RUNS,
    SERVER_STOPS_SMART,     /* no new sessions; ends when the last one has */
    SERVER_STOPS_FAST,      /* sessions are ended (57P01) */
    SERVER_STOPS_IMMEDIATE, /* without a word */
} ServerStop;

typedef struct ServerOptions {
    Account *account;
    Engine *engine;
    const SessionOps *ops;
    ServerSettings *settings; /* held */
    Access *access;           /* held */
    Str data_directory;       /* where relative names of certificates start */
    /* Sockets that listen already; they stay the caller's and are open as long as the server. */
    Socket *const *listeners;
    uint32_t listener_count;
    Log *log;                 /* of the workers; NULL: the caller's */
    uint32_t workers_at_once; /* how many may run at a time; 0: by the number of processors */
} ServerOptions;

/* Raises 53200, and F0000 where TLS is asked for and cannot be had. */
Server *server_new(const ServerOptions *options);
/* Accepts and serves until server_stop; on return every session has ended. The running task is the listener's. */
void server_run(Server *server);
/* From any task; a harder stop may follow a softer one. */
void server_stop(Server *server, ServerStop how);
void server_release(Server *server);

/* New settings and rules for new connections, and for sessions from their next message on; both are held. `access`
 * NULL: the old rules stay. Certificates are loaded anew; where that fails the old ones stay and the log says so. */
void server_reload(Server *server, ServerSettings *settings, Access *access, Log *log);

/* What pg_cancel_backend and pg_terminate_backend do. False: no such session. */
bool server_cancel(Server *server, uint32_t process);
bool server_terminate(Server *server, uint32_t process);
uint32_t server_session_count(Server *server);
/* Sessions that a worker is with, and what it waits for, in `arena`. Raises 53200. */
uint32_t server_working(Server *server, Arena *arena, HostWork **work);
/* What an escape of log_line_prefix stands for in the running task: a LogEscape. `zone`: the TimeZone of its times;
 * NULL: UTC. */
Str server_log_escape(void *zone, char escape, const Error *record, Arena *arena);
Str server_log_time(Arena *arena, const TimeZone *zone); /* now: 2026-11-26 23:11:17 UTC */
/* How much the running task's session wants written of a record, and its statement. */
LogAbout server_log_about(const Error *record);
/* A record of the running task as a line of the CSV and of the JSON log, newline included. */
Str server_log_csv(Arena *arena, const Error *record, const TimeZone *zone);
Str server_log_json(Arena *arena, const Error *record, const TimeZone *zone);
/* As if a client had connected: tests of the protocol hand over their end of a socket. The socket is the server's. */
void server_adopt(Server *server, Socket *socket, const SocketAddress *peer);
