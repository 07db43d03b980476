/* SPDX-License-Identifier: Apache-2.0 */
/* server_figures.h - figures of the server as a whole: counters of the store only grow, so what is shown is what they
 * have grown since the view was set back (pg_stat_reset_shared). */
#pragma once

#include "session/client.h"
#include "session/engine.h"
#include "store/store.h"

/* What pg_stat_reset_shared sets back, by its word. */
#define SERVER_FIGURES(X)                     \
    X(ARCHIVER, "archiver")                   \
    X(BGWRITER, "bgwriter")                   \
    X(CHECKPOINTER, "checkpointer")           \
    X(IO, "io")                               \
    X(RECOVERY_PREFETCH, "recovery_prefetch") \
    X(SLRU, "slru")                           \
    X(WAL, "wal")
typedef enum ServerFigure {
#define SERVER_FIGURE_ENUM(NAME, word) FIGURE_##NAME,
    SERVER_FIGURES(SERVER_FIGURE_ENUM)
#undef SERVER_FIGURE_ENUM
        SERVER_FIGURE_COUNT
} ServerFigure;

enum {
    STATUS_LOGS = 8
}; /* PostgreSQL's, of which there is none here; each is set back for itself */

/* Under Databases.lock. Times are microseconds since 2000; 0: never. */
typedef struct ServerFigures {
    struct {
        StoreFigures base;
        int64_t reset_at;
    } of[SERVER_FIGURE_COUNT];
    int64_t status_log_reset_at[STATUS_LOGS];
} ServerFigures;

/* Since they were set back. */
StoreFigures session__store_figures(Session *session, ServerFigure of);
/* When that was, else when the server started. */
Datum session__figures_since(Session *session, ServerFigure of);
Datum session__status_log_since(Session *session, uint32_t log);
extern const char *const session__status_logs[STATUS_LOGS]; /* their names */
