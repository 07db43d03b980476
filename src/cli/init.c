/* SPDX-License-Identifier: Apache-2.0 */
/* init.c - `tusk init`: an empty folder becomes a database cluster. PG_VERSION is written last, so a folder without it
 * is none. What was made is removed when anything fails. */
#include "cli/cli.h"

#include <stdlib.h>

#include "base/error.h"
#include "os/file.h"
#include "os/process.h"
#include "session/scram.h"
#include "type/encoding.h"

enum { SETTINGS_MAX = 100, PASSWORD_FILE_BYTES_MAX = 65536 };

typedef struct Init {
    Command *command;
    Str folder;
    const char *given, *user, *auth_local, *auth_host, *password_file, *encoding, *locale,
        *provider;
    bool ask_password, no_sync, no_clean, no_instructions, made_folder, allow_group;
    SettingAssignment settings[SETTINGS_MAX];
    uint32_t setting_count;
    Str password;
} Init;

typedef enum InitOption {
    INIT_AUTH = 1,
    INIT_AUTH_HOST,
    INIT_AUTH_LOCAL,
    INIT_DATA,
    INIT_ENCODING,
    INIT_GROUP,
    INIT_LOCALE,
    INIT_NO_LOCALE,
    INIT_PROVIDER,
    INIT_ICU_LOCALE,
    INIT_BUILTIN_LOCALE,
    INIT_PWFILE,
    INIT_PWPROMPT,
    INIT_USER,
    INIT_SET,
    INIT_NO_CLEAN,
    INIT_NO_SYNC,
    INIT_NO_INSTRUCTIONS,
    INIT_TEXT_SEARCH,
    INIT_LC_MESSAGES,
    INIT_LC_MONETARY,
    INIT_LC_NUMERIC,
    INIT_LC_TIME,
    INIT_ACCEPTED,
    INIT_REFUSED,
    INIT_HELP,
} InitOption;

static const Option table[] = {
    {INIT_AUTH, 'A', "auth", true},
    {INIT_AUTH_HOST, 0, "auth-host", true},
    {INIT_AUTH_LOCAL, 0, "auth-local", true},
    {INIT_DATA, 'D', "pgdata", true},
    {INIT_ENCODING, 'E', "encoding", true},
    {INIT_GROUP, 'g', "allow-group-access", false},
    {INIT_LOCALE, 0, "locale", true},
    {INIT_LOCALE, 0, "lc-collate", true},
    {INIT_LOCALE, 0, "lc-ctype", true},
    {INIT_LC_MESSAGES, 0, "lc-messages", true},
    {INIT_LC_MONETARY, 0, "lc-monetary", true},
    {INIT_LC_NUMERIC, 0, "lc-numeric", true},
    {INIT_LC_TIME, 0, "lc-time", true},
    {INIT_NO_LOCALE, 0, "no-locale", false},
    {INIT_PROVIDER, 0, "locale-provider", true},
    {INIT_ICU_LOCALE, 0, "icu-locale", true},
    {INIT_BUILTIN_LOCALE, 0, "builtin-locale", true},
    {INIT_PWFILE, 0, "pwfile", true},
    {INIT_PWPROMPT, 'W', "pwprompt", false},
    {INIT_USER, 'U', "username", true},
    {INIT_SET, 'c', "set", true},
    {INIT_NO_CLEAN, 'n', "no-clean", false},
    {INIT_NO_SYNC, 'N', "no-sync", false},
    {INIT_NO_SYNC, 0, "no-sync-data-files", false},
    {INIT_NO_INSTRUCTIONS, 0, "no-instructions", false},
    {INIT_TEXT_SEARCH, 'T', "text-search-config", true},
    {INIT_ACCEPTED, 'k', "data-checksums", false}, /* pages always have them */
    {INIT_REFUSED, 0, "no-data-checksums", false},
    {INIT_REFUSED, 'X', "waldir", true},
    {INIT_REFUSED, 0, "wal-segsize", true},
    {INIT_REFUSED, 0, "icu-rules", true},
    {INIT_REFUSED, 's', "show", false},
    {INIT_REFUSED, 'S', "sync-only", false},
    {INIT_HELP, '?', "help", false},
};

static int help(const Command *command)
{
    say("%s makes a new database cluster.\n\nUsage:\n  %s [OPTION]... [DATADIR]\n\nOptions:\n"
        "  -A, --auth=METHOD         default authentication method for local connections\n"
        "      --auth-host=METHOD    the same for TCP/IP alone\n"
        "      --auth-local=METHOD   the same for Unix sockets alone\n"
        " [-D, --pgdata=]DATADIR     location of the cluster\n"
        "  -E, --encoding=ENCODING   encoding of databases: UTF8\n"
        "      --locale=LOCALE       locale of databases\n"
        "      --no-locale           equivalent to --locale=C\n"
        "      --locale-provider={builtin|libc|icu}\n"
        "      --icu-locale=LOCALE, --builtin-locale=LOCALE\n"
        "  -T, --text-search-config=CFG\n"
        "      --pwfile=FILE         read the superuser's password from a file\n"
        "  -W, --pwprompt            ask for the superuser's password\n"
        "  -U, --username=NAME       name of the superuser\n"
        "  -c, --set NAME=VALUE      setting in postgresql.conf\n"
        "  -n, --no-clean            leave what was made when something fails\n"
        "  -N, --no-sync             do not wait for the disk\n"
        "      --no-instructions     do not print what to do next\n",
        command->program, command->program);
    return EXIT_SUCCESS;
}

/* ---- options */

static bool add_setting(Init *init, Str name, Str value)
{
    if (init->setting_count == SETTINGS_MAX) {
        say_error(init->command, "too many settings");
        return false;
    }
    init->settings[init->setting_count++] =
        (SettingAssignment){name, value, SETTING_FROM_FILE, {0}, 0};
    return true;
}

static bool add_set(Init *init, const char *text)
{
    size_t equals;
    Str all = str_from(text);
    if (str_find_char(all, '=', &equals))
        return add_setting(init, str_slice(all, 0, equals), str_slice(all, equals + 1, all.bytes));
    say_error(init->command, "-c %s requires a value", text);
    return false;
}

static bool take_option(Init *init, int id, const char *value)
{
    switch ((InitOption)id) {
    case INIT_AUTH: init->auth_host = init->auth_local = value; return true;
    case INIT_AUTH_HOST: init->auth_host = value; return true;
    case INIT_AUTH_LOCAL: init->auth_local = value; return true;
    case INIT_DATA: init->given = value; return true;
    case INIT_ENCODING: init->encoding = value; return true;
    case INIT_GROUP: init->allow_group = true; return true;
    case INIT_LOCALE:
    case INIT_ICU_LOCALE:
    case INIT_BUILTIN_LOCALE: init->locale = value; return true;
    case INIT_NO_LOCALE: init->locale = "C"; return true;
    case INIT_PROVIDER: init->provider = value; return true;
    case INIT_PWFILE: init->password_file = value; return true;
    case INIT_PWPROMPT: init->ask_password = true; return true;
    case INIT_USER: init->user = value; return true;
    case INIT_SET: return add_set(init, value);
    case INIT_NO_CLEAN: init->no_clean = true; return true;
    case INIT_NO_SYNC: init->no_sync = true; return true;
    case INIT_NO_INSTRUCTIONS: init->no_instructions = true; return true;
    case INIT_TEXT_SEARCH:
        return add_setting(init, STR("default_text_search_config"), str_from(value));
    case INIT_LC_MESSAGES: return add_setting(init, STR("lc_messages"), str_from(value));
    case INIT_LC_MONETARY: return add_setting(init, STR("lc_monetary"), str_from(value));
    case INIT_LC_NUMERIC: return add_setting(init, STR("lc_numeric"), str_from(value));
    case INIT_LC_TIME: return add_setting(init, STR("lc_time"), str_from(value));
    case INIT_ACCEPTED:
    case INIT_REFUSED:
    case INIT_HELP: return true;
    }
    UNREACHABLE();
}

/* ---- checks */

static bool check_method(const Init *init, const char *method, bool local)
{
    static const char *const methods[] = {"trust", "reject", "scram-sha-256", "md5", "password"};
    for (size_t i = 0; i < ARRAY_LEN(methods); i++)
        if (strcmp(method, methods[i]) == 0) return true;
    if (strcmp(method, local ? "peer" : "cert") == 0) return true;
    say_error(init->command, "error: invalid authentication method \"%s\" for \"%s\" connections",
              method, local ? "local" : "host");
    return false;
}

static bool needs_password(const char *method)
{
    return strcmp(method, "scram-sha-256") == 0 || strcmp(method, "md5") == 0 ||
           strcmp(method, "password") == 0;
}

static bool check_options(Init *init)
{
    int32_t encoding;
    if (!check_method(init, init->auth_local, true) || !check_method(init, init->auth_host, false))
        return false;
    if (init->encoding &&
        (!encoding_find(str_from(init->encoding), &encoding) || encoding != ENCODING_UTF8)) {
        say_error(init->command, "error: encoding \"%s\" is not supported: databases are UTF8",
                  init->encoding);
        return false;
    }
    if (str_starts(str_from(init->user), STR("pg_"))) {
        say_error(
            init->command,
            "error: superuser name \"%s\" is disallowed; role names cannot begin with \"pg_\"",
            init->user);
        return false;
    }
    bool password = init->password_file || init->ask_password;
    if (password || (!needs_password(init->auth_local) && !needs_password(init->auth_host)))
        return true;
    say_error(init->command,
              "error: must specify a password for the superuser to enable password authentication");
    return false;
}

static bool read_password(Init *init)
{
    Arena *arena = init->command->arena;
    Str again;
    if (init->password_file) {
        if (os_file_read_all(arena, init->password_file, PASSWORD_FILE_BYTES_MAX,
                             &init->password) != OK) {
            say_error(init->command, "error: could not open file \"%s\" for reading",
                      init->password_file);
            return false;
        }
        size_t end = init->password.bytes;
        (void)str_find_char(init->password, '\n', &end);
        init->password = str_trim(str_slice(init->password, 0, end), "\r");
        if (init->password.bytes > 0) return true;
        say_error(init->command, "error: password file \"%s\" is empty", init->password_file);
        return false;
    }
    if (!init->ask_password) return true;
    if (os_read_line(arena, STR("Enter new superuser password: "), true, &init->password) != OK)
        return false;
    if (os_read_line(arena, STR("Enter it again: "), true, &again) != OK) return false;
    if (str_equal(again, init->password)) return true;
    say_error(init->command, "Passwords didn't match.");
    return false;
}

/* True when the folder is there and empty, made if need be. */
static bool prepare_folder(Init *init)
{
    Arena *arena = init->command->arena;
    const char *path = str_copy_zero(arena, init->folder);
    Str *names;
    uint32_t count;
    Status status = os_dir_list(arena, path, &names, &count);
    if (status == ST_NOT_FOUND) {
        say("creating directory %s ... ", path);
        CHECK(os_dir_make(path));
        init->made_folder = true;
        say("ok\n");
        return true;
    }
    CHECK(status);
    if (count == 0) {
        CHECK(os_path_set_mode(path, init->allow_group ? 0750 : 0700));
        return true;
    }
    say_error(init->command, "error: directory \"%s\" exists but is not empty", path);
    say_error(
        init->command,
        "hint: If you want to create a new database system, either remove or empty the directory \"%s\" or run "
        "%s with an argument other than \"%s\".",
        path, init->command->program, path);
    return false;
}

/* ---- the work */

static void write_file(const Init *init, const char *name, Str contents)
{
    Arena *arena = init->command->arena;
    Str path = str_format(arena, "%.*s/%s", STR_ARG(init->folder), name);
    CHECK(os_file_replace(str_copy_zero(arena, path), contents));
}

/* The name of the system's time zone, by its usual link. */
static Str system_time_zone(Arena *arena)
{
    const char *variable = os_environment("TZ");
    Str target;
    size_t at;
    if (variable && variable[0] && variable[0] != ':') return str_from(variable);
    if (os_path_read_link(arena, "/etc/localtime", &target) == OK &&
        str_find(target, STR("zoneinfo/"), &at))
        return str_slice(target, at + 9, target.bytes);
    return STR("UTC");
}

static void complain(void *arg, const SettingAssignment *assignment, const InputError *err)
{
    Init *init = arg;
    (void)assignment;
    raise_error(err->code, "%.*s", STR_ARG(str_copy(init->command->arena, err->message)));
}

static void make_cluster(void *arg)
{
    Init *init = arg;
    Arena *arena = init->command->arena;
    const EngineCalls *calls = engine_calls();
    Str zone = system_time_zone(arena);
    (void)add_setting(init, STR("log_timezone"), zone);
    (void)add_setting(init, STR("timezone"), zone);
    ServerSettings *settings = server_settings_new(init->command->account, init->settings,
                                                   init->setting_count, NULL, complain, init);
    Str user = str_from(init->user);
    ClusterOptions options = {
        .superuser = user,
        .locale = str_from(init->locale ? init->locale : "C.UTF-8"),
        .provider = str_from(init->provider ? init->provider : "builtin"),
    };
    if (init->password.bytes)
        options.password = password_encrypt(arena, user, init->password, true, SCRAM_ITERATIONS);
    say("creating the cluster ... ");
    calls->create(init->command->account, init->folder, settings, &options);
    server_settings_release(settings);
    say("ok\ncreating configuration files ... ");
    write_file(init, "postgresql.conf",
               sample_postgresql_conf(arena, init->settings, init->setting_count));
    write_file(
        init, "postgresql.auto.conf",
        STR("# Do not edit this file manually!\n# It will be overwritten by the ALTER SYSTEM command.\n"));
    write_file(init, "pg_hba.conf", sample_hba_conf(arena, init->auth_local, init->auth_host));
    write_file(init, "pg_ident.conf", sample_ident_conf());
    write_file(init, "PG_VERSION", STR("18\n"));
    say("ok\n");
}

static void remove_what_was_made(const Init *init)
{
    Arena *arena = init->command->arena;
    const char *path = str_copy_zero(arena, init->folder);
    say_error(init->command,
              init->made_folder ? "removing data directory \"%s\""
                                : "removing contents of data directory \"%s\"",
              path);
    IGNORE_STATUS(os_dir_remove_all(path)); /* best effort: the user is told what it was */
    if (!init->made_folder) IGNORE_STATUS(os_dir_make(path));
}

static int run_init(Init *init)
{
    Error *error;
    say("The files belonging to this database system will be owned by the user who runs this program.\n"
        "This user must also own the server process.\n\nData page checksums are enabled.\n\n");
    if (!prepare_folder(init)) return EXIT_FAILURE;
    if (!error_catch(make_cluster, init, init->command->arena, &error)) {
        say("\n");
        if (!init->no_clean) remove_what_was_made(init);
        error_raise_again(error);
    }
    if (strcmp(init->auth_local, "trust") == 0 || strcmp(init->auth_host, "trust") == 0) {
        say_error(init->command,
                  "warning: enabling \"trust\" authentication for local connections");
        say_error(init->command,
                  "hint: You can change this by editing pg_hba.conf or using the option -A, or "
                  "--auth-local and --auth-host, the next time you run %s.",
                  init->command->program);
    }
    if (init->no_instructions) return EXIT_SUCCESS;
    say("\nSuccess. You can now start the database server using:\n\n    tusk ctl -D %.*s -l logfile start\n\n",
        STR_ARG(init->folder));
    return EXIT_SUCCESS;
}

int command_init(Command *command)
{
    Init *init = arena_alloc_zero(command->arena, sizeof(Init));
    *init = (Init){.command = command, .auth_local = "trust", .auth_host = "trust"};
    Options options = {.table = table,
                       .count = ARRAY_LEN(table),
                       .argc = command->argc,
                       .argv = command->argv};
    Str user;
    for (int id; (id = options_next(&options)) != OPTION_END;) {
        if (id == INIT_HELP) return help(command);
        if (id == OPTION_OPERAND && !init->given)
            init->given = options.word;
        else if (id == INIT_REFUSED) {
            say_error(command, "error: option %s is not supported", options.word);
            return EXIT_FAILURE;
        } else if (id < 0)
            return bad_option(command, &options, id);
        else if (!take_option(init, id, options.value))
            return EXIT_FAILURE;
    }
    if (!find_data_directory(command, init->given, &init->folder)) return EXIT_FAILURE;
    if (!init->user) {
        CHECK(os_user_name(command->arena, &user));
        init->user = str_copy_zero(command->arena, user);
    }
    if (!check_options(init) || !read_password(init)) return EXIT_FAILURE;
    return run_init(init);
}
