/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - the one binary: finds the command by its name, or by its first word, and runs it as the first task of a
 * machine. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/tunables.h"
#include "os/file.h"
#include "os/os.h"
#include "os/process.h"

typedef struct CommandKind {
    const char *name, *alias; /* alias: PostgreSQL's program that it stands for */
    int (*run)(Command *command);
    const char *text;
} CommandKind;

static const CommandKind kinds[] = {
    {"init", "initdb", command_init, "make a new database cluster"},
    {"serve", "postgres", command_serve, "run the server in the foreground"},
    {"ctl", "pg_ctl", command_ctl, "start, stop, reload a server, ask for its status"},
    {"check", NULL, command_check, "look for damage in the files of a stopped server"},
    {"waldump", "pg_waldump", command_waldump, "print the write-ahead log"},
};

/* ---- saying things */

void say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vprintf(format, args);
    va_end(args);
    (void)fflush(stdout);
}

void say_error(const Command *command, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fprintf(stderr, "%s: ", command->program);
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "\n");
    va_end(args);
}

int bad_option(const Command *command, const Options *options, int id)
{
    if (id == OPTION_NO_VALUE)
        say_error(command, "option requires an argument: %s", options->word);
    else
        say_error(command, "unrecognized option: %s", options->word);
    (void)fprintf(stderr, "Try \"%s --help\" for more information.\n", command->program);
    return EXIT_FAILURE;
}

bool find_data_directory(const Command *command, const char *given, Str *folder)
{
    if (!given) given = os_environment("PGDATA");
    if (!given || !given[0]) {
        say_error(command, "no database directory specified and environment variable PGDATA unset");
        return false;
    }
    CHECK(os_path_absolute(command->arena, given, folder));
    return true;
}

bool is_cluster(const Command *command, Str folder)
{
    PathInfo info;
    Str path = str_format(command->arena, "%.*s/PG_VERSION", STR_ARG(folder));
    return os_path_info(str_copy_zero(command->arena, path), &info) == OK;
}

/* ---- which command */

static void print_version(const char *program)
{
    if (strcmp(program, "tusk") == 0)
        (void)printf("tusk %s (PostgreSQL %s)\n", TUSK_VERSION, POSTGRESQL_VERSION);
    else
        (void)printf("%s (PostgreSQL) %s (Tusk %s)\n", program, POSTGRESQL_VERSION, TUSK_VERSION);
}

static int print_help(void)
{
    (void)printf(
        "Tusk is a database server that PostgreSQL's clients know.\n\nUsage:\n  tusk COMMAND [OPTION]...\n\n");
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        (void)printf("  %-9s %s%s%s\n", kinds[i].name, kinds[i].text,
                     kinds[i].alias ? "; also as " : "", kinds[i].alias ? kinds[i].alias : "");
    (void)printf("\n\"tusk COMMAND --help\" tells more of a command.\n");
    return EXIT_SUCCESS;
}

static const CommandKind *find_command(const char *name, bool by_alias)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        const char *known = by_alias ? kinds[i].alias : kinds[i].name;
        if (known && strcmp(known, name) == 0) return &kinds[i];
    }
    return NULL;
}

/* ---- running it */

typedef struct RunCall {
    Command command;
    const CommandKind *kind;
    int result;
} RunCall;

static void run_body(void *arg)
{
    RunCall *call = arg;
    call->command.arena = arena_new(call->command.account, "command");
    call->result = call->kind->run(&call->command);
}

static void report(const Command *command, const Error *error)
{
    say_error(command, "%s: %.*s", error->severity >= SEVERITY_FATAL ? "fatal" : "error",
              STR_ARG(error->message));
    if (error->detail.bytes) say_error(command, "detail: %.*s", STR_ARG(error->detail));
    if (error->hint.bytes) say_error(command, "hint: %.*s", STR_ARG(error->hint));
}

static int run(const CommandKind *kind, Command command)
{
    const char *tunables = os_environment("TUSK_TUNABLES"); /* of test builds */
    if (tunables && !tunables_set(tunables)) {
        say_error(&command, "TUSK_TUNABLES names what cannot be tuned: \"%s\"", tunables);
        return EXIT_FAILURE;
    }
    RunCall call = {.command = command, .kind = kind, .result = EXIT_FAILURE};
    Os *os;
    call.command.account = account_new(NULL, "tusk", ACCOUNT_UNLIMITED);
    if (!call.command.account || os_real_new(call.command.account, &os) != OK) {
        (void)fprintf(stderr, "%s: out of memory\n", command.program);
        return EXIT_FAILURE;
    }
    Error *error;
    if (!error_catch(run_body, &call, NULL, &error)) report(&call.command, error);
    if (call.command.arena) arena_drop(call.command.arena);
    os_real_release(os);
    account_drop(call.command.account);
    return call.result;
}

/* `serve --detach FILE`: goes on in the background before there is anything to lose (cli/ctl.c starts servers so). */
static void detach(int argc, const char *const *argv)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], "--detach") == 0 && os_process_detach(argv[i + 1]) != OK)
            (void)fprintf(stderr, "could not write to log file \"%s\"\n", argv[i + 1]);
}

int main(int argc, char **argv)
{
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    const char *program = slash ? slash + 1 : argc > 0 ? argv[0] : "tusk";
    const CommandKind *kind = find_command(program, true);
    int used = 1;
    bool help = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-?") == 0);
    if (argc > 1 && (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)) {
        print_version(kind ? program : "tusk");
        return EXIT_SUCCESS;
    }
    if (!kind) {
        if (argc < 2 || help) return print_help();
        kind = find_command(argv[1], false);
        used = 2;
        if (!kind) {
            (void)fprintf(stderr,
                          "tusk: no such command: %s\nTry \"tusk --help\" for more information.\n",
                          argv[1]);
            return EXIT_FAILURE;
        }
    }
    if (kind->run == command_serve) detach(argc, (const char *const *)argv);
    Command command = {.program = program,
                       .argc = argc - used,
                       .argv = (const char *const *)argv + used};
    return run(kind, command);
}
