/* SPDX-License-Identifier: Apache-2.0 */
/* serve.c - the command line of `tusk serve`, which is that of postgres. */
#include "cli/serve.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/log.h"
#include "os/process.h"

typedef enum ServeOption {
    SERVE_DATA = 1,
    SERVE_SET,
    SERVE_PRINT,
    SERVE_DETACH,
    SERVE_SUPERVISOR,
    SERVE_SOCKETS,
    SERVE_SINGLE,
    SERVE_HELP,
    SERVE_FLAG, /* from here on: letters that stand for settings */
} ServeOption;

static const Option table[] = {
    {SERVE_DATA, 'D', NULL, true},
    {SERVE_SET, 'c', NULL, true},
    {SERVE_PRINT, 'C', NULL, true},
    {SERVE_DETACH, 0, "detach", true},
    {SERVE_SUPERVISOR, 0, "supervisor", true},
    {SERVE_SOCKETS, 0, "sockets", true},
    {SERVE_SINGLE, 0, "single", false},
    {SERVE_HELP, '?', "help", false},
    {SERVE_FLAG + 'p', 'p', NULL, true},
    {SERVE_FLAG + 'h', 'h', NULL, true},
    {SERVE_FLAG + 'k', 'k', NULL, true},
    {SERVE_FLAG + 'B', 'B', NULL, true},
    {SERVE_FLAG + 'N', 'N', NULL, true},
    {SERVE_FLAG + 'S', 'S', NULL, true},
    {SERVE_FLAG + 'F', 'F', NULL, false},
    {SERVE_FLAG + 'i', 'i', NULL, false},
    {SERVE_FLAG + 'l', 'l', NULL, false},
};

typedef struct Letter {
    char letter;
    const char *setting, *value; /* value NULL: the option's */
} Letter;
static const Letter letters[] = {
    {'p', "port", NULL},
    {'h', "listen_addresses", NULL},
    {'k', "unix_socket_directories", NULL},
    {'B', "shared_buffers", NULL},
    {'N', "max_connections", NULL},
    {'S', "work_mem", NULL},
    {'F', "fsync", "off"},
    {'i', "listen_addresses", "*"},
    {'l', "ssl", "on"},
};

static int help(const Command *command)
{
    say("%s runs a database server in the foreground.\n\nUsage:\n  %s [OPTION]...\n\nOptions:\n"
        "  -D DATADIR         the cluster\n"
        "  -c NAME=VALUE      set a run-time parameter\n"
        "  --NAME=VALUE       set a run-time parameter\n"
        "  -C NAME            print the value of a run-time parameter, then exit\n"
        "  -h HOSTNAME        host name or IP address to listen on\n"
        "  -p PORT            port number to listen on\n"
        "  -k DIRECTORY       Unix-domain socket location\n"
        "  -B NBUFFERS        number of shared buffers\n"
        "  -N MAX-CONNECT     maximum number of allowed connections\n"
        "  -S WORK-MEM        memory for sorts (in kB)\n"
        "  -F                 turn fsync off\n"
        "  -i                 listen on all addresses\n"
        "  -l                 enable SSL connections\n",
        command->program, command->program);
    return EXIT_SUCCESS;
}

static bool add_setting(Serve *serve, Str name, Str value)
{
    if (serve->setting_count == SERVE_SETTINGS_MAX) {
        say_error(serve->command, "too many settings");
        return false;
    }
    Arena *arena = serve->command->arena;
    serve->settings[serve->setting_count++] = (SettingAssignment){
        str_copy(arena, name), str_copy(arena, value), SETTING_FROM_COMMAND_LINE, {0}, 0};
    return true;
}

static bool add_text(Serve *serve, const char *text)
{
    size_t equals;
    Str all = str_from(text);
    if (str_find_char(all, '=', &equals))
        return add_setting(serve, str_slice(all, 0, equals), str_slice(all, equals + 1, all.bytes));
    say_error(serve->command, "-c %s requires a value", text);
    return false;
}

static bool add_letter(Serve *serve, char letter, const char *value)
{
    for (size_t i = 0; i < ARRAY_LEN(letters); i++)
        if (letters[i].letter == letter)
            return add_setting(serve, str_from(letters[i].setting),
                               str_from(letters[i].value ? letters[i].value : value));
    return !NEVER(true);
}

static bool take_option(Serve *serve, const Options *options, int id)
{
    int64_t number;
    if (id >= SERVE_FLAG) return add_letter(serve, (char)(id - SERVE_FLAG), options->value);
    if (id == OPTION_SETTING)
        return add_setting(serve, str_from(options->word), str_from(options->value));
    switch ((ServeOption)id) {
    case SERVE_DATA: serve->given = options->value; return true;
    case SERVE_SET: return add_text(serve, options->value);
    case SERVE_PRINT: serve->print = options->value; return true;
    case SERVE_SOCKETS: serve->sockets = options->value; return true;
    case SERVE_SUPERVISOR:
        if (!str_to_i64(str_from(options->value), &number)) return false;
        serve->supervisor = (int32_t)number;
        return true;
    case SERVE_SINGLE: say_error(serve->command, "single-user mode is not supported"); return false;
    case SERVE_DETACH:
    case SERVE_HELP:
    case SERVE_FLAG: return true;
    }
    UNREACHABLE();
}

void serve_complain(void *arg, Severity severity, Str text)
{
    Serve *serve = arg;
    if (serve->logger)
        log_write(severity, "%.*s", STR_ARG(text));
    else
        say_error(serve->command, "%.*s", STR_ARG(text));
}

static int print_setting(Serve *serve, const ServerSettings *settings)
{
    int setting = setting_find(str_from(serve->print));
    if (setting < 0) {
        say_error(serve->command, "unrecognized configuration parameter \"%s\"", serve->print);
        return EXIT_FAILURE;
    }
    Str text = setting_show(serve->command->arena, server_settings_values(settings),
                            &setting_metas[setting]);
    say("%.*s\n", STR_ARG(text));
    return EXIT_SUCCESS;
}

static int run_serve(Serve *serve)
{
    Account *account = serve->command->account;
    if (serve->print) {
        ServerSettings *settings = config_read(account, &serve->config, NULL, serve_complain,
                                               serve);
        int result = settings ? print_setting(serve, settings) : EXIT_FAILURE;
        if (settings) server_settings_release(settings);
        return result;
    }
    return serve->supervisor ? serve_as_server(serve) : serve_as_supervisor(serve);
}

int command_serve(Command *command)
{
    Serve *serve = arena_alloc_zero(command->arena, sizeof(Serve));
    serve->command = command;
    Options options = {.table = table,
                       .count = ARRAY_LEN(table),
                       .any_name = true,
                       .argc = command->argc,
                       .argv = command->argv};
    for (int id; (id = options_next(&options)) != OPTION_END;) {
        if (id == SERVE_HELP) return help(command);
        if (id < 0 && id != OPTION_SETTING) return bad_option(command, &options, id);
        if (!take_option(serve, &options, id)) return EXIT_FAILURE;
    }
    if (!find_data_directory(command, serve->given, &serve->config.folder)) return EXIT_FAILURE;
    serve->config.command_line = serve->settings;
    serve->config.command_line_count = serve->setting_count;
    if (!is_cluster(command, serve->config.folder)) {
        say_error(command, "\"%.*s\" is not a database cluster directory",
                  STR_ARG(serve->config.folder));
        return EXIT_FAILURE;
    }
    if (os_process_is_root() && !serve->supervisor && !serve->print)
        say_error(command,
                  "warning: the server runs as root; whoever breaks into it owns the machine");
    return run_serve(serve);
}
