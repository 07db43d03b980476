/* SPDX-License-Identifier: Apache-2.0 */
/* ctl.c - `tusk ctl`: starts, stops, restarts, reloads a server and tells its status, with pg_ctl's options, words and
 * exit codes. It knows of a server what postmaster.pid says. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/process.h"

enum { WAIT_SECONDS = 60, LOOK_MS = 100, ARGUMENTS_MAX = 128 };

typedef struct Ctl {
    Command *command;
    Arena *arena;
    Str folder;
    const char *given, *log_file, *extra;
    ProcessSignal stop_signal;
    bool wait, silent;
    int64_t seconds;
    int32_t before; /* the server that was there before it was started; 0: none */
} Ctl;

typedef enum CtlOption {
    CTL_DATA = 1,
    CTL_LOG,
    CTL_MODE,
    CTL_OPTIONS,
    CTL_PROGRAM,
    CTL_SILENT,
    CTL_TIMEOUT,
    CTL_WAIT,
    CTL_NO_WAIT,
    CTL_CORE,
    CTL_HELP,
} CtlOption;
static const Option table[] = {
    {CTL_DATA, 'D', "pgdata", true},      {CTL_LOG, 'l', "log", true},
    {CTL_MODE, 'm', "mode", true},        {CTL_OPTIONS, 'o', "options", true},
    {CTL_PROGRAM, 'p', NULL, true},       {CTL_SILENT, 's', "silent", false},
    {CTL_TIMEOUT, 't', "timeout", true},  {CTL_WAIT, 'w', "wait", false},
    {CTL_NO_WAIT, 'W', "no-wait", false}, {CTL_CORE, 'c', "core-files", false},
    {CTL_HELP, '?', "help", false},
};

static void tell(const Ctl *ctl, const char *text)
{
    if (!ctl->silent) say("%s", text);
}

static bool find_server(const Ctl *ctl, PidFile *pid)
{
    return pid_file_read(ctl->arena, ctl->folder, pid) && pid_file_is_alive(pid);
}

/* Looks until `there` is as wanted; dots meanwhile. False: time is over. */
static bool wait_until(const Ctl *ctl,
                       bool (*there)(const Ctl *ctl, const PidFile *pid, bool alive), bool *gave_up)
{
    Deadline deadline = deadline_in_ms(ctl->seconds * 1000);
    for (int i = 1;; i++) {
        PidFile pid;
        bool alive = find_server(ctl, &pid);
        if (there(ctl, &pid, alive)) return true;
        if (*gave_up || deadline_is_past(deadline)) return false;
        if (i % (1000 / LOOK_MS) == 0) tell(ctl, ".");
        CHECK(os_sleep_until(deadline_in_ms(LOOK_MS), WAIT_SLEEP));
        ProcessEnd end;
        if (os_process_reap(&end) == OK) *gave_up = true;
    }
}

static bool is_ready(const Ctl *ctl, const PidFile *pid, bool alive)
{
    return alive && pid->process != ctl->before && str_equal(pid->status, STR("ready"));
}

static bool is_gone(const Ctl *ctl, const PidFile *pid, bool alive)
{
    (void)ctl;
    (void)pid;
    return !alive;
}

/* ---- start */

/* The next word of a shell's line without its variables: quotes join, within words too, and a backslash takes the next
 * as it is. False: none. */
static bool next_word(Arena *arena, Str *line, const char **word)
{
    StrBuilder out = str_builder(arena, 32);
    char quote = 0;
    size_t at = 0;
    *line = str_trim(*line, " \t\n");
    if (!line->bytes) return false;
    for (; at < line->bytes; at++) {
        const char c = line->data[at];
        if (!quote && (c == ' ' || c == '\t' || c == '\n')) break;
        if (c == '\\' && quote != '\'' && at + 1 < line->bytes)
            str_add_char(&out, line->data[++at]);
        else if (c == quote)
            quote = 0;
        else if (!quote && (c == '"' || c == '\''))
            quote = c;
        else
            str_add_char(&out, c);
    }
    *line = str_slice(*line, MIN(at, line->bytes), line->bytes);
    *word = str_copy_zero(arena, str_done(&out));
    return true;
}

static uint32_t split_extra(const Ctl *ctl, const char **arguments, uint32_t count)
{
    Str rest = str_from(ctl->extra ? ctl->extra : "");
    while (count < ARGUMENTS_MAX - 1 && next_word(ctl->arena, &rest, &arguments[count])) count++;
    return count;
}

/* The server detaches itself and stays the child of this process, which so learns when it could not start. */
static void start_server(const Ctl *ctl)
{
    const char *arguments[ARGUMENTS_MAX] = {"tusk", "serve", "--detach",
                                            ctl->log_file ? ctl->log_file : "/dev/stderr", "-D"};
    uint32_t count = 5;
    Str program;
    int32_t process;
    arguments[count++] = str_copy_zero(ctl->arena, ctl->folder);
    count = split_extra(ctl, arguments, count);
    arguments[count] = NULL;
    CHECK(os_executable_path(ctl->arena, &program));
    CHECK(os_process_start(str_copy_zero(ctl->arena, program), arguments, NULL, 0, &process));
}

static int do_start(Ctl *ctl)
{
    PidFile pid;
    if (!is_cluster(ctl->command, ctl->folder)) {
        say_error(ctl->command, "directory \"%.*s\" is not a database cluster directory",
                  STR_ARG(ctl->folder));
        return EXIT_FAILURE;
    }
    ctl->before = find_server(ctl, &pid) ? pid.process : 0;
    if (ctl->before)
        say_error(ctl->command, "another server might be running; trying to start server anyway");
    start_server(ctl);
    if (!ctl->wait) {
        tell(ctl, "server starting\n");
        return EXIT_SUCCESS;
    }
    bool gave_up = false;
    tell(ctl, "waiting for server to start....");
    if (wait_until(ctl, is_ready, &gave_up)) {
        tell(ctl, " done\nserver started\n");
        return EXIT_SUCCESS;
    }
    tell(ctl, " stopped waiting\n");
    say_error(ctl->command, gave_up ? "could not start server" : "server did not start in time");
    (void)fprintf(stderr, "Examine the log output.\n");
    return EXIT_FAILURE;
}

/* ---- the others */

static int no_server(const Ctl *ctl)
{
    say_error(ctl->command, "PID file \"%.*s/postmaster.pid\" does not exist",
              STR_ARG(ctl->folder));
    (void)fprintf(stderr, "Is server running?\n");
    return EXIT_FAILURE;
}

static int do_stop(Ctl *ctl)
{
    PidFile pid;
    bool gave_up = false;
    if (!find_server(ctl, &pid)) return no_server(ctl);
    CHECK(os_signal_send(pid.process, ctl->stop_signal));
    if (!ctl->wait) {
        tell(ctl, "server shutting down\n");
        return EXIT_SUCCESS;
    }
    tell(ctl, "waiting for server to shut down....");
    if (wait_until(ctl, is_gone, &gave_up)) {
        tell(ctl, " done\nserver stopped\n");
        return EXIT_SUCCESS;
    }
    tell(ctl, " failed\n");
    say_error(ctl->command, "server does not shut down");
    return EXIT_FAILURE;
}

/* The command line of the server that is there, or was. */
static Str started_with(const Ctl *ctl)
{
    enum { OPTIONS_BYTES_MAX = 65536 };
    const Str path = str_format(ctl->arena, "%.*s/postmaster.opts", STR_ARG(ctl->folder));
    Str text;
    if (os_file_read_all(ctl->arena, str_copy_zero(ctl->arena, path), OPTIONS_BYTES_MAX, &text) !=
        OK)
        return (Str){0};
    return str_trim(text, " \n");
}

/* A restart without -o starts it as it was started; the folder is named anew. */
static void take_old_options(Ctl *ctl)
{
    Str options = started_with(ctl), rest;
    const char *word;
    if (!next_word(ctl->arena, &options, &word)) return; /* the program */
    rest = options;
    if (next_word(ctl->arena, &rest, &word) && strcmp(word, "-D") == 0 &&
        next_word(ctl->arena, &rest, &word))
        options = rest;
    ctl->extra = str_copy_zero(ctl->arena, options);
}

static int do_restart(Ctl *ctl)
{
    PidFile pid;
    if (!ctl->extra) take_old_options(ctl);
    if (find_server(ctl, &pid)) {
        int result = do_stop(ctl);
        if (result != EXIT_SUCCESS) return result;
    } else {
        (void)no_server(ctl);
        (void)fprintf(stderr, "trying to start server anyway\n");
    }
    return do_start(ctl);
}

static int do_reload(Ctl *ctl)
{
    PidFile pid;
    if (!find_server(ctl, &pid)) return no_server(ctl);
    CHECK(os_signal_send(pid.process, SIGNAL_HANGUP));
    tell(ctl, "server signaled\n");
    return EXIT_SUCCESS;
}

static int do_status(Ctl *ctl)
{
    PidFile pid;
    if (!is_cluster(ctl->command, ctl->folder)) {
        say_error(ctl->command, "directory \"%.*s\" is not a database cluster directory",
                  STR_ARG(ctl->folder));
        return EXIT_NO_DATA;
    }
    if (find_server(ctl, &pid)) {
        const Str line = started_with(ctl);
        say("%s: server is running (PID: %d)\n", ctl->command->program, pid.process);
        if (line.bytes) say("%.*s\n", STR_ARG(line));
        return EXIT_SUCCESS;
    }
    say("%s: no server running\n", ctl->command->program);
    return EXIT_NO_SERVER;
}

static int do_refuse(Ctl *ctl)
{
    say_error(ctl->command,
              "this is not supported: there are no standby servers and no log files of its own");
    return EXIT_FAILURE;
}

/* ---- the command line */

static const struct {
    const char *name;
    int (*run)(Ctl *ctl);
} actions[] = {
    {"start", do_start},   {"stop", do_stop},      {"restart", do_restart},  {"reload", do_reload},
    {"status", do_status}, {"promote", do_refuse}, {"logrotate", do_refuse},
};

static int help(const Command *command)
{
    say("%s starts, stops and controls a server.\n\nUsage:\n"
        "  %s start   [-D DATADIR] [-l FILE] [-W] [-t SECS] [-s] [-o OPTIONS]\n"
        "  %s stop    [-D DATADIR] [-m SHUTDOWN-MODE] [-W] [-t SECS] [-s]\n"
        "  %s restart [-D DATADIR] [-m SHUTDOWN-MODE] [-W] [-t SECS] [-s] [-o OPTIONS]\n"
        "  %s reload  [-D DATADIR] [-s]\n  %s status  [-D DATADIR]\n\n"
        "Shutdown modes are smart, fast (default) and immediate.\n",
        command->program, command->program, command->program, command->program, command->program,
        command->program);
    return EXIT_SUCCESS;
}

static bool set_mode(Ctl *ctl, const char *mode)
{
    static const struct {
        const char *name, *letter;
        ProcessSignal signal;
    } modes[] = {{"smart", "s", SIGNAL_TERMINATE},
                 {"fast", "f", SIGNAL_INTERRUPT},
                 {"immediate", "i", SIGNAL_QUIT}};
    for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
        if (strcmp(mode, modes[i].name) != 0 && strcmp(mode, modes[i].letter) != 0) continue;
        ctl->stop_signal = modes[i].signal;
        return true;
    }
    say_error(ctl->command, "unrecognized shutdown mode \"%s\"", mode);
    return false;
}

static bool take_option(Ctl *ctl, int id, const char *value)
{
    switch ((CtlOption)id) {
    case CTL_DATA: ctl->given = value; return true;
    case CTL_LOG: ctl->log_file = value; return true;
    case CTL_MODE: return set_mode(ctl, value);
    case CTL_OPTIONS: ctl->extra = value; return true;
    case CTL_SILENT: ctl->silent = true; return true;
    case CTL_TIMEOUT: return str_to_i64(str_from(value), &ctl->seconds);
    case CTL_WAIT: ctl->wait = true; return true;
    case CTL_NO_WAIT: ctl->wait = false; return true;
    case CTL_PROGRAM: /* there is one program */
    case CTL_CORE:
    case CTL_HELP: return true;
    }
    UNREACHABLE();
}

static int run_action(Ctl *ctl, const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
        if (strcmp(actions[i].name, name) != 0) continue;
        return find_data_directory(ctl->command, ctl->given, &ctl->folder) ? actions[i].run(ctl)
                                                                           : EXIT_FAILURE;
    }
    say_error(ctl->command, "unrecognized operation mode \"%s\"", name);
    return EXIT_FAILURE;
}

int command_ctl(Command *command)
{
    Ctl ctl = {.command = command,
               .arena = command->arena,
               .stop_signal = SIGNAL_INTERRUPT,
               .wait = true,
               .seconds = WAIT_SECONDS};
    Options options = {.table = table,
                       .count = ARRAY_LEN(table),
                       .argc = command->argc,
                       .argv = command->argv};
    const char *action = NULL;
    for (int id; (id = options_next(&options)) != OPTION_END;) {
        if (id == CTL_HELP) return help(command);
        if (id == OPTION_OPERAND && !action)
            action = options.word;
        else if (id < 0)
            return bad_option(command, &options, id);
        else if (!take_option(&ctl, id, options.value))
            return EXIT_FAILURE;
    }
    if (action) return run_action(&ctl, action);
    say_error(command, "no operation specified");
    return EXIT_FAILURE;
}
