/* SPDX-License-Identifier: Apache-2.0 */
/* server_process.c - the supervisor's child: opens the engine, serves, winds down as signals say. A task of its own
 * runs the listener; the first task waits for signals, for the listener's end, and for the news that the store cannot
 * go on, upon which the process ends at once: what is durable is so, and the next start recovers. */
#include "cli/serve.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/log.h"
#include "base/scope.h"
#include "os/clock.h"
#include "os/net.h"
#include "os/os.h"
#include "os/process.h"
#include "server/server.h"

enum { LOOK_MS = 1000 }; /* how often it looks whether its supervisor lives */

typedef struct Process {
    Serve *serve;
    Account *account;
    Task *main;
    ServerSettings *settings;
    Access *access;
    Engine *engine;
    Server *server;
    Socket *sockets[SERVE_SOCKETS_MAX];
    uint32_t socket_count;
    int64_t started_us;        /* microseconds since 1970 */
    _Atomic int64_t loaded_us; /* when the configuration files were read */
    _Atomic bool failed, ended;
} Process;

static void adopt_sockets(Process *p)
{
    Str rest = str_from(p->serve->sockets ? p->serve->sockets : "");
    while (rest.bytes && p->socket_count < SERVE_SOCKETS_MAX) {
        size_t comma = rest.bytes;
        uint64_t descriptor;
        (void)str_find_char(rest, ',', &comma);
        if (str_to_u64(str_slice(rest, 0, comma), 10, &descriptor) && descriptor < 65536)
            CHECK(os_socket_adopt((int)descriptor, &p->sockets[p->socket_count++]));
        rest = str_slice(rest, comma + 1, rest.bytes);
    }
}

static void store_failed(void *arg, Status status)
{
    Process *p = arg;
    log_write(SEVERITY_PANIC, "the store cannot go on: %s", status_text(status));
    atomic_store(&p->failed, true);
    os_wake(p->main);
}

static void listener_main(void *arg)
{
    Process *p = arg;
    server_run(p->server);
    atomic_store(&p->ended, true);
    os_wake(p->main);
}

static void reload(Process *p)
{
    log_write(SEVERITY_LOG, "received SIGHUP, reloading configuration files");
    ServerSettings *settings = config_read(p->account, &p->serve->config, p->settings,
                                           serve_complain, p->serve);
    if (!settings) return;
    atomic_store(&p->loaded_us, os_wall_us());
    Access *access = config_read_access(p->account, settings, serve_complain, p->serve);
    if (!access) log_write(SEVERITY_LOG, "\"pg_hba.conf\" was not reloaded");
    logger_configure(p->serve->logger, server_settings_values(settings));
    const EngineCalls *calls = engine_calls();
    if (calls->reload) calls->reload(p->engine, server_settings_values(settings));
    server_reload(p->server, settings, access, logger_log(p->serve->logger));
    task_self()->log = logger_log(p->serve->logger);
    access_release(access);
    server_settings_release(p->settings);
    p->settings = settings;
}

static void take_signals(Process *p, uint32_t signals)
{
    if (signals & SIGNAL_HANGUP) reload(p);
    if (signals & SIGNAL_TERMINATE) {
        log_write(SEVERITY_LOG, "received smart shutdown request");
        server_stop(p->server, SERVER_STOPS_SMART);
    }
    if (signals & SIGNAL_INTERRUPT) {
        log_write(SEVERITY_LOG, "received fast shutdown request");
        server_stop(p->server, SERVER_STOPS_FAST);
    }
    if (signals & SIGNAL_QUIT) {
        log_write(SEVERITY_LOG, "received immediate shutdown request");
        os_process_exit(SERVER_ENDED);
    }
}

/* Until the listener has ended; or the process, if the store failed. */
static void watch(Process *p)
{
    bool orphan = false;
    while (!atomic_load(&p->ended)) {
        uint32_t signals = 0;
        Status status = os_signals_wait(deadline_in_ms(LOOK_MS), &signals);
        if (atomic_load(&p->failed)) os_process_exit(SERVER_FAILED);
        if (status == OK) take_signals(p, signals);
        if (orphan || os_process_is_alive(p->serve->supervisor)) continue;
        orphan = true;
        log_write(SEVERITY_LOG, "the supervisor is gone: shutting down");
        server_stop(p->server, SERVER_STOPS_FAST);
    }
}

/* ---- what sessions ask of the process */

static bool terminate_session(void *arg, uint32_t process)
{
    const Process *p = arg;
    return server_terminate(p->server, process);
}

static bool cancel_session(void *arg, uint32_t process)
{
    const Process *p = arg;
    return server_cancel(p->server, process);
}

static bool reload_soon(void *arg)
{
    (void)arg;
    return os_signal_send(os_process_id(), SIGNAL_HANGUP) == OK;
}

static bool rotate_log(void *arg)
{
    const Process *p = arg;
    return logger_rotate(p->serve->logger);
}

static uint32_t working_sessions(void *arg, Arena *arena, HostWork **work)
{
    const Process *p = arg;
    return server_working(p->server, arena, work);
}

static int64_t started_us(void *arg)
{
    const Process *p = arg;
    return p->started_us;
}

static int64_t loaded_us(void *arg)
{
    const Process *p = arg;
    return atomic_load(&p->loaded_us);
}

static void serve_clients(Process *p)
{
    const EngineCalls *calls = engine_calls();
    ServerOptions options = {
        .account = p->account,
        .engine = p->engine,
        .ops = calls->sessions,
        .settings = p->settings,
        .access = p->access,
        .data_directory = p->serve->config.folder,
        .listeners = p->sockets,
        .listener_count = p->socket_count,
        .log = logger_log(p->serve->logger),
    };
    TaskOptions task_options = {.name = "listener", .account = p->account, .log = options.log};
    Task *listener;
    p->server = server_new(&options);
    const EngineHost host = {.arg = p,
                             .terminate = terminate_session,
                             .cancel = cancel_session,
                             .reload = reload_soon,
                             .rotate_log = rotate_log,
                             .working = working_sessions,
                             .started_us = started_us,
                             .loaded_us = loaded_us};
    calls->set_host(p->engine, &host);
    CHECK(os_task_start(&task_options, listener_main, p, &listener));
    log_write(SEVERITY_LOG, "database system is ready to accept connections");
    IGNORE_STATUS(
        os_signal_send(p->serve->supervisor, SIGNAL_USER1)); /* its absence is noticed soon */
    watch(p);
    os_task_join(listener);
    calls->set_host(p->engine, &(EngineHost){0});
    server_release(p->server);
}

static void run_process(void *arg)
{
    Process *p = arg;
    Serve *serve = p->serve;
    CHECK(os_signals_listen(SIGNAL_HANGUP | SIGNAL_TERMINATE | SIGNAL_INTERRUPT | SIGNAL_QUIT));
    const EngineCalls *calls = engine_calls();
    p->started_us = os_wall_us();
    atomic_store(&p->loaded_us, p->started_us);
    p->settings = config_read(p->account, &serve->config, NULL, serve_complain, serve);
    if (!p->settings) raise_error(SQLSTATE_CONFIG_FILE_ERROR, "the configuration cannot be used");
    logger_configure(serve->logger, server_settings_values(p->settings));
    task_self()->log = logger_log(serve->logger);
    p->access = config_read_access(p->account, p->settings, serve_complain, serve);
    if (!p->access) raise_error(SQLSTATE_CONFIG_FILE_ERROR, "could not load pg_hba.conf");
    adopt_sockets(p);
    p->engine = calls->open(p->account, serve->config.folder, server_settings_values(p->settings),
                            store_failed, p);
    serve_clients(p);
    log_write(SEVERITY_LOG, "shutting down");
    calls->close(p->engine, true);
    p->engine = NULL;
    log_write(SEVERITY_LOG, "database system is shut down");
}

int serve_as_server(Serve *serve)
{
    Process process = {.serve = serve, .account = serve->command->account, .main = task_self()};
    Logger *logger = logger_new(process.account, serve->config.folder);
    Error *error;
    process.main->log = logger_log(logger);
    serve->logger = logger;
    bool good = error_catch(run_process, &process, NULL, &error);
    if (!good) {
        error->severity = SEVERITY_FATAL;
        log_error(error);
    }
    bool failed = atomic_load(&process.failed);
    /* After a failed start other tasks may still run: the process ends without asking them. */
    if (!good || failed) os_process_exit(failed ? SERVER_FAILED : SERVER_REFUSED);
    for (uint32_t i = 0; i < process.socket_count; i++) os_socket_close(process.sockets[i]);
    access_release(process.access);
    server_settings_release(process.settings);
    process.main->log = NULL;
    logger_release(logger);
    return SERVER_ENDED;
}
