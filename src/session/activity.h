/* SPDX-License-Identifier: Apache-2.0 */
/* activity.h - what a session shows of itself to others while it works (pg_stat_activity), and what is counted for each
 * database (pg_stat_database).
 *
 * A session writes its own lines under a lock of its own, which nobody else holds but who lists all sessions; so
 * reporting costs a few stores and the copy of the query's first bytes. */
#pragma once

#include "os/sync.h"
#include "session/client.h"
#include "session/engine.h"

/* As pg_stat_activity.state calls them. */
#define ACTIVITY_STATES(X)                             \
    X(STARTING, "starting")                            \
    X(ACTIVE, "active")                                \
    X(IDLE, "idle")                                    \
    X(IDLE_IN_TRANSACTION, "idle in transaction")      \
    X(IDLE_IN_FAILED, "idle in transaction (aborted)") \
    X(DISABLED, "disabled")
typedef enum ActivityState {
#define ACTIVITY_STATE_ENUM(NAME, text) ACTIVITY_##NAME,
    ACTIVITY_STATES(ACTIVITY_STATE_ENUM)
#undef ACTIVITY_STATE_ENUM
} ActivityState;
const char *activity_state_text(ActivityState state);

enum { ACTIVITY_NAME_BYTES = 64 };

/* Times are microseconds since 2000, 0: none. */
typedef struct Activity {
    Mutex lock; /* RANK_ACTIVITY: all that follows */
    ActivityState state;
    int64_t began, transaction, query_began, changed;
    char name[ACTIVITY_NAME_BYTES]; /* application_name, zero-terminated */
    char *query;                    /* room for track_activity_query_size bytes */
    uint32_t query_bytes, query_room;
} Activity;

/* A copy of it, with who the session is. */
typedef struct ActivityCopy {
    uint32_t process, slot;
    Oid database, role;
    bool superuser, maintenance;
    const char *background; /* the name of a process; NULL: it is a session */
    ClientAddress address;
    ActivityState state;
    int64_t began, transaction, query_began, changed;
    Str name, query;
} ActivityCopy;
/* Of all sessions that are connected. Raises 53200. */
uint32_t activity_list(Engine *engine, Arena *arena, ActivityCopy **list);

/* A task of the server's own as a session whose slot no session has. */
ActivityCopy activity_background(Engine *engine, EngineProcess which);

/* ---- written by the session itself */

void session__activity_init(Session *session);
/* A message with this text begins; empty: the text stays. */
void session__activity_begin(Session *session, Str sql);
void session__activity_transaction(Session *session); /* its transaction began, or ended */
void session__activity_name(Session *session);        /* application_name may have changed */
/* What it is between two statements. */
ActivityState session__activity_resting(const Session *session);
/* ReadyForQuery goes out. */
void session__activity_rest(Session *session);

/* ---- figures of a database, raised by its sessions */

typedef struct DatabaseFigures {
    struct DatabaseFigures *next;
    Oid database;
    _Atomic uint64_t commits, rollbacks, sessions, killed;
    _Atomic int64_t session_us, active_us, idle_in_transaction_us;
    _Atomic int64_t reset_at; /* microseconds since 2000; 0: never */
} DatabaseFigures;
/* Made when they are not there. Raises 53200. */
DatabaseFigures *engine__figures(Engine *engine, Oid database);
