/* SPDX-License-Identifier: Apache-2.0 */
/* workers.c - the tasks that serve connections. A worker takes a queued connection, works until the client has nothing
 * more to say, gives the connection back to the poller and takes the next; when none is queued it waits for one itself
 * (watch.c). There are as many workers as statements that run or wait; those without work sleep, and after a while
 * end. */
#include "server/server_internal.h"

enum {
    IDLE_WORKERS_MIN = 2,
    IDLE_SECONDS = 10, /* after which a worker without work ends */
    WORKER_STACK_SLACK = 512 << 10,
    YIELDS_MAX = 16, /* in a row, before the queue has its turn */
};

/* A task of this very name is a worker: what a statement starts for itself inherits other things of a task. */
static const char worker_name[] = "worker";

/* ---- lists; the lock is held */

void list__add(ConnectionList *list, Connection *c)
{
    c->queue = (Link){list->last, NULL};
    if (list->last)
        list->last->queue.next = c;
    else
        list->first = c;
    list->last = c;
    list->count++;
}

void list__remove(ConnectionList *list, Connection *c)
{
    Link link = c->queue;
    if (link.previous)
        link.previous->queue.next = link.next;
    else
        list->first = link.next;
    if (link.next)
        link.next->queue.previous = link.previous;
    else
        list->last = link.previous;
    list->count--;
    c->queue = (Link){0};
}

static Connection *queue_take(Server *server)
{
    ConnectionList *list = server->queue_first.count > 0 ? &server->queue_first : &server->queue;
    Connection *c = list == &server->queue ? gate__take(server) : NULL;
    if (!c) {
        c = list->first;
        if (!c) return NULL;
        list__remove(list, c);
        atomic_fetch_sub(&server->queued, 1);
    }
    server->taken++;
    return c;
}

uint32_t workers__queued(const Server *server)
{
    return server->queue.count + server->queue_first.count + gate__passing(server);
}

Worker *workers__self(void)
{
    return workers__of(task_self());
}

Worker *workers__of(const Task *task)
{
    return task->name == worker_name ? task->context : NULL;
}

/* ---- interrupts */

void workers__interrupt(Task *task, uint32_t interrupts)
{
    Worker *worker = workers__of(task);
    Connection *c = worker ? worker->connection : NULL;
    if (interrupts & TASK_TERMINATE) {
        Error error = connection__ending(c ? (Sqlstate)atomic_load(&c->why_ending)
                                           : SQLSTATE_ADMIN_SHUTDOWN);
        if (c) atomic_store(&c->ending, false); /* said now */
        error_raise_again(&error);
    }
    if (!(interrupts & TASK_CANCEL)) return;
    bool timeout = c && atomic_exchange(&c->fired, ALARM_NONE) == ALARM_STATEMENT;
    raise_error(SQLSTATE_QUERY_CANCELED, "canceling statement due to %s",
                timeout ? "statement timeout" : "user request");
}

void workers__notify(Connection *connection)
{
    Server *server = connection->server;
    mutex_lock(&server->lock);
    atomic_store(&connection->notified, true);
    if (connection->state == CONNECTION_WAITING && !connection->in_transaction)
        workers__queue(server, connection);
    mutex_unlock(&server->lock);
}

void workers__end(Connection *connection, Sqlstate code)
{
    if (atomic_load(&connection->ending)) return;
    atomic_store(&connection->why_ending, (uint32_t)code);
    atomic_store(&connection->ending, true);
    if (connection->state == CONNECTION_WAITING)
        workers__queue(connection->server, connection);
    else if (connection->state == CONNECTION_RUNNING)
        os_task_interrupt(connection->worker->task, TASK_TERMINATE);
}

static bool bytes_equal(const uint8_t *a, const uint8_t *b, size_t bytes)
{
    uint8_t difference = 0;
    for (size_t i = 0; i < bytes; i++) difference |= a[i] ^ b[i];
    return difference == 0;
}

void workers__cancel(Server *server, uint32_t process, Bytes key)
{
    const char *problem = "PID %u in cancel request did not match any process";
    mutex_lock(&server->lock);
    for (Connection *c = server->all.first; c; c = c->all.next) {
        if (c->process != process || c->phase != PHASE_SESSION) continue;
        problem = "wrong key in cancel request for process %u";
        if (c->cancel_key_bytes != key.bytes || !bytes_equal(c->cancel_key, key.data, key.bytes))
            break;
        problem = NULL;
        if (c->state == CONNECTION_RUNNING) os_task_interrupt(c->worker->task, TASK_CANCEL);
        break;
    }
    mutex_unlock(&server->lock);
    if (!problem) return;
    bool wrong_key = problem[0] == 'w';
    if (wrong_key)
        log_write(SEVERITY_LOG, "wrong key in cancel request for process %u", process);
    else
        log_write(SEVERITY_LOG, "PID %u in cancel request did not match any process", process);
}

/* ---- the idle

 * The hooks of permits.c wake one without a lock: the standby, which is the first of the idle or nobody. It stays in
 * the list until it runs. Whoever frees workers waits until no hook is about to wake one. */

/* The lock is held. */
static void go_idle(Server *server, Worker *worker)
{
    worker->idle = true;
    worker->next_idle = server->idle;
    server->idle = worker;
    server->idle_count++;
    atomic_store(&server->standby, worker);
}

/* The lock is held. */
static void leave_idle(Server *server, Worker *worker)
{
    if (!worker->idle) return;
    Worker **at = &server->idle;
    while (*at != worker) at = &(*at)->next_idle;
    *at = worker->next_idle;
    server->idle_count--;
    worker->idle = false;
    atomic_store(&server->standby, server->idle);
}

bool workers__wake_standby(Server *server)
{
    atomic_fetch_add(&server->standby_users, 1);
    Worker *worker = atomic_exchange(&server->standby, NULL);
    if (worker) os_wake(worker->task);
    atomic_fetch_sub(&server->standby_users, 1);
    return worker != NULL;
}

static void standby_users_wait(Server *server)
{
    uint32_t round = 0;
    while (atomic_load(&server->standby_users) > 0) os_spin_wait(&round);
}

/* ---- work for a worker */

/* Could one more run? Those on their way to the queue count as if they ran. The lock is held. */
static bool has_free_permit(const Server *server)
{
    return permits__free(server) > (int32_t)server->waking || server->worker_count == 0;
}

/* The worker that watches, an idle one, or a new one, while permits are free; whoever comes takes the queue's first and
 * goes on until it is empty: nothing queued waits for ever, since every worker that runs or wakes looks there. The
 * lock is held. */
static void call_worker(Server *server)
{
    if (!has_free_permit(server)) return;
    if (server->watcher && !server->watcher_called) {
        server->watcher_called = true;
        os_wake(server->watcher->task);
        return;
    }
    Worker *worker = server->idle;
    if (worker) {
        leave_idle(server, worker);
        worker->waking = true;
        server->waking++;
        os_wake(worker->task);
        return;
    }
    if (server->worker_count >= server->worker_max) return;
    worker = heap_try_alloc(server->heap, sizeof(Worker));
    if (!worker) return; /* those that run take it later */
    worker->server = server;
    const Settings *settings = server_settings_values(server->settings);
    TaskOptions options = {
        .name = worker_name,
        .account = server->account,
        .stack_bytes = ((size_t)settings->max_stack_depth << 10) + WORKER_STACK_SLACK,
        .log = atomic_load(&server->log),
        .context = worker,
        .on_interrupt = workers__interrupt,
    };
    Status status = os_task_start(&options, workers__main, worker, &worker->task);
    if (status != OK) {
        heap_free(server->heap, worker);
        return;
    }
    worker->waking = true;
    server->waking++;
    server->worker_count++;
}

void workers__add(Server *server, Connection *connection)
{
    ASSERT(connection->state == CONNECTION_WAITING);
    watch__not_warm(server, connection);
    connection->state = CONNECTION_QUEUED;
    list__add(connection->in_transaction ? &server->queue_first : &server->queue, connection);
    atomic_fetch_add(&server->queued, 1);
}

void workers__queue(Server *server, Connection *connection)
{
    workers__add(server, connection);
    call_worker(server);
}

void workers__call(Server *server)
{
    uint32_t waiting = workers__queued(server);
    for (uint32_t i = 0; i < waiting && has_free_permit(server); i++) call_worker(server);
}

/* Joins those that have ended. The lock is held, and let go meanwhile. */
void workers__reap(Server *server)
{
    Worker *ended = server->ended;
    if (!ended) return;
    server->ended = NULL;
    mutex_unlock(&server->lock);
    standby_users_wait(server);
    uint32_t count = 0;
    for (Worker *next; ended; ended = next, count++) {
        next = ended->next_idle;
        os_task_join(ended->task);
        heap_free(server->heap, ended);
    }
    mutex_lock(&server->lock);
    server->worker_count -= count;
}

/* Is a worker that is done to leave its permit to one that waits in the middle of a statement, and to rest? Those in
 * statements hold locks, and the queue is theirs when they are done; but it is not to starve behind statements that
 * sleep again and again. The lock is held. */
static bool yields(Server *server)
{
    if (permits__free(server) >= 0 || server->yielded >= YIELDS_MAX) {
        server->yielded = 0;
        return false;
    }
    server->yielded++;
    return true;
}

/* The next connection, or NULL when the worker is to end. */
static Connection *next_connection(Server *server, Worker *worker, bool done_with_one)
{
    Deadline idle_until = deadline_in_ms(IDLE_SECONDS * 1000);
    mutex_lock(&server->lock);
    bool rests = done_with_one && yields(server);
    for (;; rests = false) {
        if (worker->waking) server->waking--;
        worker->waking = false;
        Connection *c = rests ? NULL : queue_take(server);
        if (c) {
            leave_idle(server, worker);
            c->state = CONNECTION_RUNNING;
            c->worker = worker;
            worker->connection = c;
            mutex_unlock(&server->lock);
            return c;
        }
        bool surplus = deadline_is_past(idle_until) && server->idle_count >= IDLE_WORKERS_MIN;
        if (server->workers_stop || surplus) break;
        if (!worker->idle && !rests && watch__by_worker(server, worker)) continue;
        if (!worker->idle) go_idle(server, worker);
        mutex_unlock(&server->lock);
        Deadline until = deadline_is_past(idle_until) ? DEADLINE_NEVER : idle_until;
        Status status = os_wait(WAIT_LISTENER, until);
        mutex_lock(&server->lock);
        /* By a call, a hook, or late by what ended its last watch: it looks for itself. */
        if (status == OK) leave_idle(server, worker);
    }
    leave_idle(server, worker);
    mutex_unlock(&server->lock);
    return NULL;
}

/* ---- a connection at work */

static void set_idle_alarms(Connection *c)
{
    if (c->phase != PHASE_SESSION) return;
    const Settings *settings = c->server->ops->settings(c->session);
    int32_t in_block = settings->idle_in_transaction_session_timeout,
            out = settings->idle_session_timeout;
    if (c->in_transaction && in_block > 0) alarm__set(c, ALARM_IDLE_IN_TRANSACTION, in_block);
    if (!c->in_transaction && out > 0) alarm__set(c, ALARM_IDLE, out);
}

/* The lock is held. */
static void arm(Server *server, Connection *c, Step step)
{
    uint32_t ready = step == STEP_WRITE ? SOCKET_WRITABLE : SOCKET_READABLE;
    Status status = os_poller_arm(server->poller, c->wire.socket, ready, c->cookie);
    if (status != OK) workers__end(c, SQLSTATE_OUT_OF_MEMORY);
    c->armed = step != STEP_WRITE;
}

/* Behind the gate: its message is read again when it passes. False: it stays, to be ended. */
static bool hold(Server *server, Worker *worker, Connection *c)
{
    mutex_lock(&server->lock);
    bool keep = atomic_load(&c->ending);
    if (!keep) {
        c->state = CONNECTION_QUEUED;
        c->worker = NULL;
        worker->connection = NULL;
        (void)task_take_interrupts(worker->task, TASK_CANCEL | TASK_TERMINATE);
        gate__hold(server, c);
    }
    mutex_unlock(&server->lock);
    return !keep;
}

/* Back to the poller, unless it was asked to end, or got notifications, meanwhile. False: it stays. From then on it is
 * another's. */
static bool give_back(Server *server, Worker *worker, Connection *c, Step step)
{
    set_idle_alarms(c);
    mutex_lock(&server->lock);
    bool keep = atomic_load(&c->ending) || (atomic_load(&c->notified) && !c->in_transaction);
    if (!keep) {
        c->state = CONNECTION_WAITING;
        watch__keep_warm(server, c);
        c->worker = NULL;
        worker->connection = NULL;
        (void)task_take_interrupts(worker->task, TASK_CANCEL | TASK_TERMINATE);
        if (step == STEP_WRITE || !c->armed) arm(server, c, step);
    }
    mutex_unlock(&server->lock);
    return !keep;
}

static void clear_idle_alarms(Connection *c)
{
    alarm__clear(c, ALARM_IDLE);
    alarm__clear(c, ALARM_IDLE_IN_TRANSACTION);
}

static Sqlstate why_ending(Connection *c)
{
    return atomic_load(&c->ending) ? (Sqlstate)atomic_load(&c->why_ending)
                                   : SQLSTATE_SUCCESSFUL_COMPLETION;
}

/* True when the connection has ended; false when it is with the poller again. */
static bool serve(Server *server, Worker *worker, Connection *c)
{
    ASSERT(!worker->idle); /* else it is called for another connection, which then waits */
    task_self()->log = atomic_load(&server->log);
    clear_idle_alarms(c);
    for (;;) {
        if (why_ending(c) != SQLSTATE_SUCCESSFUL_COMPLETION) return true;
        Step step = connection__step(c);
        if (step == STEP_END) return true;
        if (step == STEP_HOLD ? hold(server, worker, c) : give_back(server, worker, c, step))
            return false;
    }
}

static void free_connection(Server *server, Worker *worker, Connection *c)
{
    mutex_lock(&server->lock);
    c->state = CONNECTION_ENDED; /* no event of the poller touches its socket from here on */
    mutex_unlock(&server->lock);
    os_poller_remove(server->poller, c->wire.socket);
    os_socket_close(c->wire.socket);
    alarm__forget(c);
    mutex_lock(&server->lock);
    worker->connection = NULL;
    (void)task_take_interrupts(worker->task, TASK_CANCEL | TASK_TERMINATE);
    if (c->counted) server->session_count--;
    gate__ended(server, c);
    server__forget(server, c);
    if (server->stop != SERVER_RUNS) watch__wake_listener(server);
    mutex_unlock(&server->lock);
}

void workers__main(void *arg)
{
    Worker *worker = arg;
    Server *server = worker->server;
    Connection *c;
    permits__take(server, worker); /* held while awake: its sleeps give it back */
    bool done_with_one = false;
    while ((c = next_connection(server, worker, done_with_one)) != NULL) {
        if (serve(server, worker, c)) {
            connection__end(c, why_ending(c));
            free_connection(server, worker, c);
        }
        done_with_one = true;
    }
    permits__give(server, worker);
    mutex_lock(&server->lock);
    worker->next_idle = server->ended;
    server->ended = worker;
    watch__wake_listener(server);
    mutex_unlock(&server->lock);
}
