/* SPDX-License-Identifier: Apache-2.0 */
/* supervisor.c - the process that the user started: opens the sockets, keeps postmaster.pid, starts the server as its
 * child and starts it again when it crashes; sockets stay open meanwhile, so clients wait instead of being refused. It
 * touches no data. Signals go to the server; SIGUSR1 comes from it when it is ready. */
#include "cli/serve.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/log.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/net.h"
#include "os/process.h"

enum { BACKLOG = 1024, ARGUMENTS_MAX = 512, QUICK_CRASHES_MAX = 5, QUICK_CRASH_MS = 2000 };

typedef struct Supervisor {
    Serve *serve;
    Arena *arena;
    const Settings *settings;
    Socket *sockets[SERVE_SOCKETS_MAX];
    char *paths[SERVE_SOCKETS_MAX]; /* of Unix sockets; NULL */
    uint32_t socket_count;
    PidFile pid;
    int32_t child;
    bool stopping;
} Supervisor;

/* ---- sockets */

static char *lock_path(Supervisor *s, const char *path)
{
    return str_copy_zero(s->arena, str_format(s->arena, "%s.lock", path));
}

/* A socket's file that nobody listens on any more is removed; its lock says who did. */
static bool claim_path(Supervisor *s, const char *path)
{
    Str text;
    int64_t process;
    char *lock = lock_path(s, path);
    if (os_file_read_all(s->arena, lock, 4096, &text) == OK) {
        size_t end = text.bytes;
        (void)str_find_char(text, '\n', &end);
        bool known = str_to_i64(str_slice(text, 0, end), &process) && process > 0 &&
                     process <= INT32_MAX;
        if (known && process != os_process_id() && os_process_is_alive((int32_t)process)) {
            log_write(SEVERITY_FATAL, "lock file \"%s\" already exists", lock);
            return false;
        }
    }
    Str own = str_format(s->arena, "%d\n%.*s\n", s->pid.process, STR_ARG(s->serve->config.folder));
    Status status = os_file_replace(lock, own);
    if (status != OK) {
        log_write(SEVERITY_FATAL, "could not create lock file \"%s\": %s", lock,
                  status_text(status));
        return false;
    }
    IGNORE_STATUS(os_path_remove(path)); /* mostly it is not there */
    return true;
}

static bool listen_at(Supervisor *s, const SocketAddress *address)
{
    if (s->socket_count == SERVE_SOCKETS_MAX) return false;
    Status status = os_socket_listen(address, BACKLOG,
                                     (uint32_t)s->settings->unix_socket_permissions,
                                     &s->sockets[s->socket_count]);
    Str host = socket_address_print(s->arena, address);
    if (status != OK) {
        const Error *error = error_current();
        log_write(SEVERITY_LOG, "could not bind %.*s address: %.*s", STR_ARG(host),
                  STR_ARG(error ? error->message : str_from(status_text(status))));
        return false;
    }
    bool local = address->kind == SOCKET_UNIX;
    if (local)
        log_write(SEVERITY_LOG, "listening on Unix socket \"%s\"", address->path);
    else
        log_write(SEVERITY_LOG, "listening on %s address \"%.*s\", port %u",
                  address->kind == SOCKET_IPV4 ? "IPv4" : "IPv6", STR_ARG(host), address->port);
    if (local) s->paths[s->socket_count] = str_copy_zero(s->arena, str_from(address->path));
    s->socket_count++;
    return true;
}

/* One name may have several addresses; one of them is enough. */
static void listen_on_host(Supervisor *s, Str host)
{
    SocketAddress *addresses;
    uint32_t count, good = 0;
    uint16_t port = (uint16_t)s->settings->port;
    const char *name = str_copy_zero(s->arena, host);
    Status status = os_socket_resolve(s->arena, name, port, &addresses, &count);
    if (status != OK) {
        log_write(SEVERITY_LOG, "could not translate host name \"%s\" to address: %s", name,
                  status_text(status));
        count = 0;
    }
    for (uint32_t i = 0; i < count; i++) good += listen_at(s, &addresses[i]);
    if (good > 0) {
        if (s->pid.address.bytes == 0) s->pid.address = host;
        return;
    }
    log_write(SEVERITY_WARNING, "could not create listen socket for \"%s\"", name);
}

static void listen_in_folder(Supervisor *s, Str folder)
{
    SocketAddress address = {.kind = SOCKET_UNIX};
    int bytes = snprintf(address.path, sizeof address.path, "%.*s/.s.PGSQL.%d", STR_ARG(folder),
                         s->settings->port);
    if (bytes < 0 || (size_t)bytes >= sizeof address.path) {
        log_write(SEVERITY_FATAL,
                  "Unix-domain socket path \"%.*s/.s.PGSQL.%d\" is too long (maximum %d bytes)",
                  STR_ARG(folder), s->settings->port, SOCKET_PATH_MAX);
        return;
    }
    if (!claim_path(s, address.path)) return;
    if (listen_at(s, &address) && s->pid.socket_folder.bytes == 0) s->pid.socket_folder = folder;
}

static bool open_sockets(Supervisor *s)
{
    Str *names;
    uint32_t count;
    if (!setting_split_list(s->arena, s->settings->listen_addresses, &names, &count)) {
        log_write(SEVERITY_FATAL, "invalid list syntax in parameter \"listen_addresses\"");
        return false;
    }
    for (uint32_t i = 0; i < count; i++) listen_on_host(s, names[i]);
    bool wanted = count > 0;
    /* paths keep their letters, so the list is split here at its commas alone */
    Str rest = s->settings->unix_socket_directories;
    while (rest.bytes) {
        size_t comma = rest.bytes;
        (void)str_find_char(rest, ',', &comma);
        Str folder = str_trim(str_slice(rest, 0, comma), " \t\"");
        rest = str_slice(rest, comma + 1, rest.bytes);
        if (folder.bytes) listen_in_folder(s, folder);
        wanted = true;
    }
    if (s->socket_count > 0) return true;
    if (wanted)
        log_write(SEVERITY_FATAL, "could not create any TCP/IP or Unix-domain sockets");
    else
        log_write(SEVERITY_FATAL, "no socket created for listening");
    return false;
}

static void close_sockets(Supervisor *s)
{
    for (uint32_t i = 0; i < s->socket_count; i++) {
        os_socket_close(s->sockets[i]);
        if (!s->paths[i]) continue;
        IGNORE_STATUS(os_path_remove(s->paths[i])); /* whoever comes next removes it otherwise */
        IGNORE_STATUS(os_path_remove(lock_path(s, s->paths[i])));
    }
}

/* ---- the child */

static bool start_child(Supervisor *s)
{
    const char *arguments[ARGUMENTS_MAX];
    int descriptors[SERVE_SOCKETS_MAX];
    uint32_t count = 0;
    Str program;
    StrBuilder list = str_builder(s->arena, 64);
    for (uint32_t i = 0; i < s->socket_count; i++) {
        descriptors[i] = os_socket_descriptor(s->sockets[i]);
        str_add_format(&list, "%s%d", i ? "," : "", descriptors[i]);
    }
    const Command *command = s->serve->command;
    arguments[count++] = "tusk";
    arguments[count++] = "serve";
    for (int i = 0; i < command->argc && count < ARGUMENTS_MAX - 3; i++) {
        bool detach = strcmp(command->argv[i], "--detach") == 0; /* this process has done so */
        if (detach)
            i++;
        else
            arguments[count++] = command->argv[i];
    }
    arguments[count++] = str_copy_zero(s->arena,
                                       str_format(s->arena, "--supervisor=%d", s->pid.process));
    arguments[count++] = str_copy_zero(s->arena, str_format(s->arena, "--sockets=%.*s",
                                                            STR_ARG(str_peek(&list))));
    arguments[count] = NULL;
    CHECK(os_executable_path(s->arena, &program));
    Status status = os_process_start(str_copy_zero(s->arena, program), arguments, descriptors,
                                     s->socket_count, &s->child);
    if (status != OK)
        log_write(SEVERITY_FATAL, "could not start the server process: %s", status_text(status));
    return status == OK;
}

static void set_status(Supervisor *s, const char *status)
{
    s->pid.status = str_from(status);
    pid_file_write(s->arena, s->serve->config.folder, &s->pid);
}

static void pass_on(Supervisor *s, uint32_t signals)
{
    static const ProcessSignal passed[] = {SIGNAL_HANGUP, SIGNAL_TERMINATE, SIGNAL_INTERRUPT,
                                           SIGNAL_QUIT};
    for (size_t i = 0; i < ARRAY_LEN(passed); i++) {
        if (!(signals & passed[i])) continue;
        if (passed[i] != SIGNAL_HANGUP) s->stopping = true;
        IGNORE_STATUS(os_signal_send(s->child, passed[i])); /* it may be gone: its end comes next */
    }
    if (s->stopping && (signals & (SIGNAL_TERMINATE | SIGNAL_INTERRUPT | SIGNAL_QUIT)))
        set_status(s, "stopping");
    if (signals & SIGNAL_USER1 && !s->stopping) set_status(s, "ready");
}

/* Waits until the child has ended. */
static ProcessEnd watch_child(Supervisor *s)
{
    for (;;) {
        uint32_t signals;
        ProcessEnd end;
        if (os_signals_wait(DEADLINE_NEVER, &signals) != OK) continue;
        pass_on(s, signals);
        if (!(signals & SIGNAL_CHILD)) continue;
        while (os_process_reap(&end) == OK)
            if (end.process_id == s->child) return end;
    }
}

/* The exit code, or -1 to start it again. */
static int judge(Supervisor *s, const ProcessEnd *end)
{
    if (!end->by_signal && end->code == SERVER_ENDED) return EXIT_SUCCESS;
    if (!end->by_signal && end->code == SERVER_REFUSED) return EXIT_FAILURE;
    if (end->by_signal)
        log_write(SEVERITY_LOG, "server process (PID %d) was terminated by signal %d",
                  end->process_id, end->code);
    else
        log_write(SEVERITY_LOG, "server process (PID %d) exited with exit code %d", end->process_id,
                  end->code);
    if (s->stopping) return EXIT_FAILURE;
    if (s->settings->restart_after_crash) return -1;
    log_write(SEVERITY_LOG, "shutting down because \"restart_after_crash\" is off");
    return EXIT_FAILURE;
}

static int run_children(Supervisor *s)
{
    for (int quick = 0;;) {
        int64_t began = os_monotonic_ns();
        if (!start_child(s)) return EXIT_FAILURE;
        ProcessEnd end = watch_child(s);
        int result = judge(s, &end);
        if (result >= 0) return result;
        quick = os_monotonic_ns() - began < (int64_t)QUICK_CRASH_MS * 1000000 ? quick + 1 : 0;
        if (quick >= QUICK_CRASHES_MAX) {
            log_write(SEVERITY_FATAL, "the server crashes as soon as it starts: giving up");
            return EXIT_FAILURE;
        }
        log_write(SEVERITY_LOG, "restarting the server after its crash");
        set_status(s, "starting");
    }
}

/* ---- the whole */

/* A server whose supervisor was killed ends by itself; until then the folder and the ports are its own. */
static void wait_for_orphan(Supervisor *s)
{
    enum { WAIT_MS = 10000, LOOK_MS = 20 };
    const Deadline deadline = deadline_in_ms(WAIT_MS);
    File *file;
    Str path = str_format(s->arena, "%.*s/lock", STR_ARG(s->serve->config.folder));
    if (os_file_open(str_copy_zero(s->arena, path), FILE_READ | FILE_WRITE, &file) != OK) return;
    while (os_file_lock(file) == ST_BUSY && !deadline_is_past(deadline))
        CHECK(os_sleep_until(deadline_in_ms(LOOK_MS), WAIT_SLEEP));
    os_file_close(file);
}

static bool is_served(Supervisor *s)
{
    PidFile other;
    Str folder = s->serve->config.folder;
    if (!pid_file_read(s->arena, folder, &other)) return false;
    if (!pid_file_is_alive(&other)) {
        wait_for_orphan(s);
        return false;
    }
    Error *error = error_begin(SQLSTATE_LOCK_FILE_EXISTS);
    error_message(error, "lock file \"postmaster.pid\" already exists");
    error_hint(error, "Is another postmaster (PID %d) running in data directory \"%.*s\"?",
               other.process, STR_ARG(folder));
    error_severity(error, SEVERITY_FATAL);
    log_error(error);
    return true;
}

/* postmaster.opts: the command line, for `ctl restart` and `ctl status`. */
static void note_options(Supervisor *s)
{
    const Command *command = s->serve->command;
    StrBuilder text = str_builder(s->arena, 256);
    Str program;
    CHECK(os_executable_path(s->arena, &program));
    str_add(&text, program);
    for (int i = 0; i < command->argc; i++) {
        if (strcmp(command->argv[i], "--detach") == 0) {
            i++;
            continue;
        }
        str_add(&text, STR(" \""));
        for (const char *c = command->argv[i]; *c; c++) {
            if (*c == '"' || *c == '\\') str_add_char(&text, '\\');
            str_add_char(&text, *c);
        }
        str_add_char(&text, '"');
    }
    str_add_char(&text, '\n');
    const Str path = str_format(s->arena, "%.*s/postmaster.opts", STR_ARG(s->serve->config.folder));
    const Status status = os_file_replace(str_copy_zero(s->arena, path), str_done(&text));
    if (status != ST_FULL) CHECK(status); /* on a full disk a server starts without */
}

static int supervise(Supervisor *s)
{
    CHECK(os_signals_listen(SIGNAL_HANGUP | SIGNAL_TERMINATE | SIGNAL_INTERRUPT | SIGNAL_QUIT |
                            SIGNAL_CHILD | SIGNAL_USER1));
    if (is_served(s)) return EXIT_FAILURE;
    log_write(SEVERITY_LOG, "starting Tusk %s (PostgreSQL %s)", TUSK_VERSION, POSTGRESQL_VERSION);
    note_options(s);
    s->pid.process = os_process_id();
    s->pid.port = s->settings->port;
    set_status(s, "starting");
    int result = open_sockets(s) ? run_children(s) : EXIT_FAILURE;
    close_sockets(s);
    Str path = str_format(s->arena, "%.*s/postmaster.pid", STR_ARG(s->serve->config.folder));
    IGNORE_STATUS(os_path_remove(str_copy_zero(s->arena, path))); /* its process is gone soon */
    return result;
}

int serve_as_supervisor(Serve *serve)
{
    Account *account = serve->command->account;
    Logger *logger = logger_new(account, serve->config.folder);
    Task *task = task_self();
    task->log = logger_log(logger);
    serve->logger = logger;
    ServerSettings *settings = config_read(account, &serve->config, NULL, serve_complain, serve);
    int result = EXIT_FAILURE;
    if (settings) {
        Supervisor supervisor = {.serve = serve,
                                 .arena = serve->command->arena,
                                 .settings = server_settings_values(settings)};
        logger_set_prefix(logger, supervisor.settings);
        task->log = logger_log(logger);
        result = supervise(&supervisor);
        server_settings_release(settings);
    }
    task->log = NULL;
    logger_release(logger);
    return result;
}
