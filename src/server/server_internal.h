/* SPDX-License-Identifier: Apache-2.0 */
/* server_internal.h - Server and Connection as the files of this room see them.
 *
 * A connection's life:
 *
 *     accepted --> WAITING <--> QUEUED --> RUNNING --> ENDED
 *                     ^                       |
 *                     +--- nothing to read ---+
 *
 * WAITING: with the poller, no task. QUEUED: its socket is ready, or it must end; in one of the server's two queues.
 * RUNNING: a worker works on it, alone; everything but `links`, `state`, `worker`, `armed` and `ending` is the
 * worker's then. These are guarded by server->lock. ENDED: out of the poller, about to be freed.
 *
 * The poller tells once of what comes (os/net.h), and goes on telling while a connection is served, so that giving it
 * back needs no system call. When more comes while a worker is at it - the worker may have read it or not - the poller
 * is silenced for this socket, and armed again as the connection is given back. */
#pragma once

#include "base/heap.h"
#include "base/log.h"
#include "base/scope.h"
#include "os/clock.h"
#include "os/net.h"
#include "os/os.h"
#include "os/process.h"
#include "os/sync.h"
#include "server/access.h"
#include "server/ops.h"
#include "server/server.h"
#include "server/tls.h"
#include "server/wire.h"

enum {
    CANCEL_KEY_BYTES_MAX = 32,
    PROTOCOL_MINOR_MAX = 2,
    ALARM_NONE = -1,
    RECENT_SPANS = 8, /* see gate.c */
    PERMIT_WORDS = 64
};

typedef struct Connection Connection;
typedef struct Worker Worker;

typedef struct Link {
    Connection *previous, *next;
} Link;
typedef struct ConnectionList {
    Connection *first, *last;
    uint32_t count;
} ConnectionList;

typedef enum ConnectionState {
    CONNECTION_WAITING,
    CONNECTION_QUEUED,
    CONNECTION_RUNNING,
    CONNECTION_ENDED
} ConnectionState;

/* How far the client is. */
typedef enum ConnectionPhase { PHASE_STARTUP, PHASE_SESSION } ConnectionPhase;

/* Forms of the log whose lines are counted. */
enum { LOG_LINES_TEXT, LOG_LINES_CSV, LOG_LINES_JSON, LOG_LINES_KINDS };

/* What ends a wait, a statement or a session at its time. */
typedef enum AlarmKind {
    ALARM_AUTHENTICATION,
    ALARM_STATEMENT,
    ALARM_TRANSACTION,
    ALARM_IDLE,
    ALARM_IDLE_IN_TRANSACTION,
    ALARM_KINDS
} AlarmKind;

/* How many things of a kind began lately and last still, in cells by when they began: see gate.c. */
typedef struct Recent {
    _Atomic uint64_t cells[RECENT_SPANS];
} Recent;

struct Connection {
    Server *server;
    Account *account;
    Arena *arena; /* as long as the connection */
    Wire wire;
    SocketAddress peer;
    TlsContext *tls_context; /* held while `wire.tls` is there */

    /* guarded by server->lock */
    Link all, queue;
    uint8_t state; /* ConnectionState */
    uint32_t slot;
    void *cookie;                /* of the poller: slot and its generation */
    _Atomic bool ending;         /* asked to end: why_ending says with which error */
    _Atomic uint32_t why_ending; /* Sqlstate */
    Worker *worker;
    bool counted; /* in server->session_count */
    bool
        armed; /* the poller tells when more comes; else it is armed as the connection is given back */
    bool warm; /* in server->warm, by `queue`: waiting since rested_ns with its buffers */
    int64_t rested_ns;

    uint8_t phase;                 /* ConnectionPhase */
    bool tls_refused, gss_refused; /* asked once, not again */
    bool in_transaction; /* of the last ReadyForQuery: such a connection is served first */
    bool begun;          /* it passed the gate with the transaction it is in, in begun_span */
    uint32_t begun_span;
    uint16_t protocol_minor;
    uint32_t process;
    uint8_t cancel_key[CANCEL_KEY_BYTES_MAX];
    uint32_t cancel_key_bytes;
    int64_t accepted_us;                 /* wall clock */
    uint64_t log_lines[LOG_LINES_KINDS]; /* written for this session, of each form */

    /* what the startup packet said */
    Str user, database, application_name, replication;
    Str authenticated_as; /* the system's or certificate's name for the user; empty: neither knows him */
    Str system_user;      /* "method:name"; empty: trust */

    Session *session;
    ResultSink sink;
    ServerSettings *settings; /* the last the session was given */
    uint32_t settings_version;
    Arena *scratch;    /* as long as a message */
    bool skip_to_sync; /* an error in the extended protocol: drop messages up to Sync */
    bool ready_due;    /* ReadyForQuery is owed */
    bool copying_in, sync_lost;
    bool calls_function;    /* a row is the answer to a FunctionCall */
    bool statement_timed;   /* an alarm for the statement is set */
    bool timed_block;       /* when its time was looked at last, the transaction was a block */
    bool transaction_timed; /* an alarm for the transaction is set */
    _Atomic bool notified;  /* its session has notifications */

    /* alarms: nanoseconds, INT64_MAX: none. Written by the worker or under the lock, read by the alarm's task. */
    _Atomic int64_t alarms[ALARM_KINDS];
    _Atomic int32_t fired;   /* AlarmKind that interrupted the worker; ALARM_NONE */
    int32_t heap_at;         /* in server->alarm_heap, guarded by its lock; -1: not there */
    _Atomic int64_t heap_ns; /* what the heap knows of; INT64_MAX: not there */
};

struct Worker {
    Server *server;
    Task *task;
    Connection *connection;       /* guarded by server->lock */
    bool has_permit, gave_permit; /* gave_permit: for the sleep it is in */
    uint32_t row_wait_span;       /* when the sleep began, if it is for a row: see gate.c */
    Worker *next_idle;            /* guarded by server->lock */
    bool idle;
    bool waking; /* called, and not yet at the queue */
};

struct Server {
    Account *account;
    Arena *arena;
    Heap *heap; /* connections and workers */
    const SessionOps *ops;
    Engine *engine;
    Str data_directory;
    Poller *poller;
    Socket *const *listeners;
    uint32_t listener_count;
    uint32_t connections_max; /* at most so many at a time, those not yet authenticated included */
    _Atomic(Log *) log;       /* of the workers, from their next message on */

    Mutex lock; /* RANK_SERVER: all that follows */
    ServerSettings *settings;
    Access *access; /* pg_hba.conf, pg_ident.conf */
    TlsContext *tls;
    ConnectionList all, queue, queue_first; /* queue_first: connections inside a transaction */
    ConnectionList warm;                    /* the longest waiting first */
    uint32_t session_count;                 /* connections past authentication */
    Connection **slots;
    uint32_t *generations; /* of the slots: a cookie of a connection that is gone fits none */
    uint32_t *free_slots, free_count;
    uint32_t worker_count, idle_count, worker_max, waking;
    Worker *idle, *ended;
    _Atomic(Worker *) standby; /* of the idle, the one that the wait hooks wake; NULL: they did */
    _Atomic uint32_t standby_users; /* hooks that may be about to */
    uint8_t stop;                   /* ServerStop */
    bool workers_stop;
    _Atomic uint32_t queued;

    /* transactions that are not to begin yet: see gate.c */
    ConnectionList held;
    _Atomic uint32_t held_count;
    Recent begun, row_waiters;
    Recent row_waits; /* whether they last or not */
    _Atomic uint32_t begun_limit;

    uint64_t taken, taken_seen; /* from the queues: so far, and when the listener looked last */
    uint32_t yielded;           /* permits left to others since the queue had its turn */

    /* who waits on the poller: see watch.c */
    _Atomic(Task *) listener; /* while server_run runs */
    _Atomic bool watched;     /* changed under the lock, read by hooks */
    _Atomic bool called;      /* a worker fell asleep and left work to the listener */
    Worker *watcher;          /* who waits; NULL: the listener, or nobody */
    bool watcher_called;
    uint32_t watches, watches_seen; /* by workers: so far, and when the listener looked last */
    uint64_t accepts_due;           /* a bit for each listening socket where clients wait */

    _Atomic uint32_t settings_version; /* goes up with each reload; read without the lock */

    /* permits to run: see permits.c */
    int32_t permits; /* in all */
    _Atomic uint32_t tickets, granted;
    _Atomic uint32_t permit_words[PERMIT_WORDS];

    /* alarms: see alarm.c */
    Mutex alarm_lock; /* RANK_SESSION */
    Connection **alarm_heap;
    uint32_t alarm_count, alarm_capacity;
    Task *maintenance_task; /* NULL: there is none */
    _Atomic bool maintenance_stop;
    Task *alarm_task;
    bool alarm_stop;

    _Atomic uint32_t next_process;
    uint8_t mock_secret[32]; /* salts for roles that do not exist */
};

/* ---- connection.c: what a worker does with a connection */
typedef enum Step { STEP_READ, STEP_WRITE, STEP_HOLD, STEP_END } Step;
/* Works until the client has nothing more to say (STEP_READ), does not read (STEP_WRITE), or is gone (STEP_END). Never
 * raises. */
Step connection__step(Connection *connection);
/* Sends FATAL `code` if the client can take it, and releases what the connection holds but itself. */
void connection__end(Connection *connection, Sqlstate code);
/* Gives back what only statements need. */
void connection__shrink(Connection *connection);
void connection__send_error(Connection *connection, const Error *error, char type);
void connection__log_error(Connection *connection, const Error *error);
/* The error that tells a client why it is ended. */
Error connection__ending(Sqlstate code);
_Noreturn void connection__fatal(Sqlstate code, const char *format, ...) PRINTF_LIKE(2, 3);

/* ---- startup.c: from the first byte to ReadyForQuery. */
typedef enum StartupStep { STARTUP_MORE, STARTUP_DONE, STARTUP_CLOSE } StartupStep;
/* MORE: the packet is not whole yet. CLOSE: end without a word. Raises FATAL errors. */
StartupStep startup__step(Connection *connection);

/* ---- auth.c: raises FATAL unless the client is who it says; fills authenticated_as. */
void auth__check(Connection *connection);
/* The next message must be a password message; its body, valid until the next read. */
Message auth__response(Connection *connection);
/* auth_scram.c */
bool auth__scram(Connection *connection, Str kept, bool may_match);

/* ---- protocol.c: one message of a session. */
size_t protocol__bytes_max(char type);
void protocol__handle(Connection *connection, Message message);
/* Is it one after whose error messages are dropped up to Sync? */
bool protocol__is_extended(char type);
/* Does it run a query, or take what one begins with? */
bool protocol__runs(char type);
void protocol__ready(Connection *connection);
void protocol__init_sink(Connection *connection);

/* ---- rows.c */
void rows__describe(Wire *wire, const ResultColumn *columns, uint32_t count);
void rows__send(Connection *connection, const FnEnv *env, const ResultColumn *columns,
                const Batch *batch);

/* ---- alarm.c */
void alarm__set(Connection *connection, AlarmKind kind, int64_t milliseconds);
void alarm__clear(Connection *connection, AlarmKind kind);
void alarm__forget(Connection *connection); /* out of the heap: before the connection is freed */
void alarm__main(void *server);

/* ---- permits.c */
void permits__init(Server *server, uint32_t count);
/* How many are not taken; below 0: so many wait for one. */
int32_t permits__free(const Server *server);
void permits__take(Server *server, Worker *worker);
void permits__give(Server *server, Worker *worker);
WaitHooks permits__hooks(Server *server);

/* ---- workers.c */
void workers__main(void *worker);
/* A task's worker, the running one's; NULL when it is none. */
Worker *workers__of(const Task *task);
Worker *workers__self(void);
void workers__interrupt(Task *task, uint32_t interrupts);
void list__add(ConnectionList *list, Connection *connection); /* by their `queue` */
void list__remove(ConnectionList *list, Connection *connection);
/* How many could be taken. The lock is held. */
uint32_t workers__queued(const Server *server);
/* Puts a waiting connection into its queue; with workers__queue somebody also takes it. The lock is held. */
void workers__add(Server *server, Connection *connection);
void workers__queue(Server *server, Connection *connection);
/* Its session has notifications that wait. Takes the lock. */
void workers__notify(Connection *connection);
/* Asks it to end with `code`, whatever it does. The lock is held. */
void workers__end(Connection *connection, Sqlstate code);
/* False: none is idle. Takes no lock. */
bool workers__wake_standby(Server *server);
void workers__cancel(Server *server, uint32_t process, Bytes key);

void workers__reap(Server *server);
/* Starts or wakes workers for what is queued. The lock is held. */
void workers__call(Server *server);

/* ---- gate.c: which transactions may begin. The lock is held, but by the hooks. */
void gate__init(Server *server); /* when the permits are known */
/* Hooks of sleeps; take no lock. */
void gate__wait_begins(Server *server, Worker *worker, WaitEvent event);
void gate__wait_ends(Server *server, const Worker *worker, WaitEvent event);
/* May the message that it has read run? False: its transaction is not to begin yet. Takes no lock. */
bool gate__admit(Server *server, Connection *connection);
/* Puts a connection behind the gate, and takes the first that may pass; NULL: none. */
void gate__hold(Server *server, Connection *connection);
Connection *gate__take(Server *server);
/* Its transaction is over. */
void gate__ended(Server *server, Connection *connection);
/* How many may pass now. Takes no lock. */
uint32_t gate__passing(const Server *server);

/* ---- watch.c */
/* A connection that begins to wait, or no longer does. The lock is held. */
void watch__keep_warm(Server *server, Connection *connection);
void watch__not_warm(Server *server, Connection *connection);
/* A worker without work waits for some. The lock is held, and let go meanwhile. False: it cannot, or in vain. */
bool watch__by_worker(Server *server, Worker *worker);
/* The listener's turn: sleeps until something is to be done. *accepts: the listening sockets where clients wait. False:
 * interrupted. */
bool watch__by_listener(Server *server, uint64_t *accepts);
void watch__wake_listener(Server *server);
/* A worker is about to sleep, its permit is given back. Takes no lock. */
void watch__fell_asleep(Server *server);

/* ---- server.c */
/* The connection of a poller's event; NULL: it is gone. The lock is held. */
Connection *server__find(Server *server, const void *cookie);
/* Out of all lists, and freed. The lock is held. */
void server__forget(Server *server, Connection *connection);

/* ---- maintenance.c ---- */
void maintenance__start(Server *server);
void maintenance__wake(Server *server); /* the settings changed */
void maintenance__stop(Server *server);
