/* SPDX-License-Identifier: Apache-2.0 */
/* Values of settings: what PostgreSQL 18 shows after SET name = text, or how it refuses. Every expectation was printed
 * by the oracle. */
#include "unit/unit.h"

#include "unit/fail_each.h"
#include "base/scope.h"
#include "os/file.h"
#include "os/os.h"
#include "session/settings.h"
#include "session/settings_file.h"

typedef struct SetCase {
    const char *name, *text;
    const char *shown; /* NULL: refused */
    int code;
    const char *message, *more; /* detail or hint */
} SetCase;

#define REFUSED(message_, more_) NULL, SQLSTATE_INVALID_PARAMETER_VALUE, message_, more_
#define MEMORY_UNITS "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\"."
#define TIME_UNITS \
    "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"."

static const SetCase cases[] = {
    {"work_mem", "1.5MB", "1536kB", 0, 0, 0},
    {"work_mem", "0x100", "256kB", 0, 0, 0},
    {"work_mem", "1e3", "1000kB", 0, 0, 0},
    {"WORK_MEM", " 100 kB ", "100kB", 0, 0, 0},
    {"work_mem", "1025kB", "1025kB", 0, 0, 0},
    {"work_mem", "1GB", "1GB", 0, 0, 0},
    {"work_mem", "1TB", "1TB", 0, 0, 0},
    {"sort_mem", "5MB", "5MB", 0, 0, 0},
    {"statement_timeout", "1.6ms", "2ms", 0, 0, 0},
    {"statement_timeout", "2.5ms", "2ms", 0, 0, 0},
    {"statement_timeout", "1600us", "2ms", 0, 0, 0},
    {"statement_timeout", "60000", "1min", 0, 0, 0},
    {"statement_timeout", "90s", "90s", 0, 0, 0},
    {"statement_timeout", "1d", "1d", 0, 0, 0},
    {"statement_timeout", "25h", "25h", 0, 0, 0},
    {"statement_timeout", "0", "0", 0, 0, 0},
    {"effective_cache_size", "1.3GB", "1331MB", 0, 0, 0},
    {"effective_cache_size", "1", "8kB", 0, 0, 0},
    {"backend_flush_after", "16kB", "16kB", 0, 0, 0},
    {"backend_flush_after", "1B", "0", 0, 0, 0},
    {"log_parameter_max_length", "3kB", "3kB", 0, 0, 0},
    {"log_parameter_max_length", "1025", "1025B", 0, 0, 0},
    {"log_parameter_max_length", "-1", "-1", 0, 0, 0},
    {"geqo", "of", "off", 0, 0, 0},
    {"geqo", "T", "on", 0, 0, 0},
    {"geqo_effort", "3.4", "3", 0, 0, 0},
    {"geqo_effort", "010", "8", 0, 0, 0},
    {"geqo_effort", "+5", "5", 0, 0, 0},
    {"seq_page_cost", "1.5e1", "15", 0, 0, 0},
    {"seq_page_cost", "0.1000000001", "0.1", 0, 0, 0},
    {"vacuum_cost_delay", "1.5", "1500us", 0, 0, 0},
    {"vacuum_cost_delay", "500us", "500us", 0, 0, 0},
    {"cpu_tuple_cost", "0x1F", "31", 0, 0, 0},
    {"cpu_tuple_cost", "1e30", "1e+30", 0, 0, 0},
    {"cpu_tuple_cost", "1234567.891", "1.23457e+06", 0, 0, 0},
    {"bytea_output", "HEX", "hex", 0, 0, 0},
    {"constraint_exclusion", "true", "on", 0, 0, 0},
    {"client_min_messages", "debug", "debug2", 0, 0, 0},
    {"DateStyle", "german", "German, DMY", 0, 0, 0},
    {"DateStyle", "german, mdy", "German, MDY", 0, 0, 0},
    {"DateStyle", "iso, iso", "ISO, MDY", 0, 0, 0},
    {"DateStyle", "US", "ISO, MDY", 0, 0, 0},
    {"DateStyle", "iso, european", "ISO, DMY", 0, 0, 0},
    {"DateStyle", "postgres, ymd", "Postgres, YMD", 0, 0, 0},
    {"DateStyle", "\"ISO\", \"dmy\"", "ISO, DMY", 0, 0, 0},
    {"DateStyle", "", "ISO, MDY", 0, 0, 0},
    {"client_encoding", "latin1", "LATIN1", 0, 0, 0},
    {"client_encoding", "utf-8", "UTF8", 0, 0, 0},
    {"client_encoding", "unicode", "UTF8", 0, 0, 0},
    {"application_name",
     "a\xc3\xa9"
     "b\tc",
     "a\\xc3\\xa9b\\x09c", 0, 0, 0},
    {"search_path", "pg_temp,\"Ab\"", "pg_temp,\"Ab\"", 0, 0, 0},
    {"createrole_self_grant", "set,inherit", "set,inherit", 0, 0, 0},
    {"foo.bar", "x", "x", 0, 0, 0},
    {"work_mem", "abc", REFUSED("invalid value for parameter \"work_mem\": \"abc\"", "")},
    {"work_mem", "", REFUSED("invalid value for parameter \"work_mem\": \"\"", "")},
    {"work_mem", "1",
     REFUSED("1 kB is outside the valid range for parameter \"work_mem\" (64 kB .. 2147483647 kB)",
             "")},
    {"work_mem", "-0x10",
     REFUSED(
         "-16 kB is outside the valid range for parameter \"work_mem\" (64 kB .. 2147483647 kB)",
         "")},
    {"work_mem", "1.6kB",
     REFUSED("2 kB is outside the valid range for parameter \"work_mem\" (64 kB .. 2147483647 kB)",
             "")},
    {"work_mem", "10 XB",
     REFUSED("invalid value for parameter \"work_mem\": \"10 XB\"", MEMORY_UNITS)},
    {"work_mem", "1mb", REFUSED("invalid value for parameter \"work_mem\": \"1mb\"", MEMORY_UNITS)},
    {"work_mem", "100kB x",
     REFUSED("invalid value for parameter \"work_mem\": \"100kB x\"", MEMORY_UNITS)},
    {"work_mem", "99999999999",
     REFUSED("invalid value for parameter \"work_mem\": \"99999999999\"",
             "Value exceeds integer range.")},
    {"work_mem", "1000TB",
     REFUSED("invalid value for parameter \"work_mem\": \"1000TB\"",
             "Value exceeds integer range.")},
    {"statement_timeout", "xx",
     REFUSED("invalid value for parameter \"statement_timeout\": \"xx\"", "")},
    {"statement_timeout", "1 D",
     REFUSED("invalid value for parameter \"statement_timeout\": \"1 D\"", TIME_UNITS)},
    {"statement_timeout", "-1",
     REFUSED(
         "-1 ms is outside the valid range for parameter \"statement_timeout\" (0 ms .. 2147483647 ms)",
         "")},
    {"geqo", "maybe", REFUSED("parameter \"geqo\" requires a Boolean value", "")},
    {"geqo", "o", REFUSED("parameter \"geqo\" requires a Boolean value", "")},
    {"geqo", " on", REFUSED("parameter \"geqo\" requires a Boolean value", "")},
    {"geqo_effort", "11",
     REFUSED("11 is outside the valid range for parameter \"geqo_effort\" (1 .. 10)", "")},
    {"geqo_effort", ".5",
     REFUSED("0 is outside the valid range for parameter \"geqo_effort\" (1 .. 10)", "")},
    {"geqo_effort", "3.5x", REFUSED("invalid value for parameter \"geqo_effort\": \"3.5x\"", "")},
    {"geqo_effort", "0b11", REFUSED("invalid value for parameter \"geqo_effort\": \"0b11\"", "")},
    {"geqo_effort", "1e400", REFUSED("invalid value for parameter \"geqo_effort\": \"1e400\"", "")},
    {"geqo_effort", "1e15",
     REFUSED("invalid value for parameter \"geqo_effort\": \"1e15\"",
             "Value exceeds integer range.")},
    {"seq_page_cost", "nan", REFUSED("invalid value for parameter \"seq_page_cost\": \"nan\"", "")},
    {"seq_page_cost", "-1",
     REFUSED("-1 is outside the valid range for parameter \"seq_page_cost\" (0 .. 1.79769e+308)",
             "")},
    {"cpu_tuple_cost", "1e400",
     REFUSED("invalid value for parameter \"cpu_tuple_cost\": \"1e400\"", "")},
    {"cpu_tuple_cost", "inf",
     REFUSED(
         "Infinity is outside the valid range for parameter \"cpu_tuple_cost\" (0 .. 1.79769e+308)",
         "")},
    {"random_page_cost", "1 kB",
     REFUSED("invalid value for parameter \"random_page_cost\": \"1 kB\"", "")},
    {"vacuum_cost_delay", "500s",
     REFUSED(
         "500000 ms is outside the valid range for parameter \"vacuum_cost_delay\" (0 ms .. 100 ms)",
         "")},
    {"bytea_output", "foo",
     REFUSED("invalid value for parameter \"bytea_output\": \"foo\"",
             "Available values: escape, hex.")},
    {"DateStyle", "foo",
     REFUSED("invalid value for parameter \"DateStyle\": \"foo\"",
             "Unrecognized key word: \"foo\".")},
    {"DateStyle", "iso,sql",
     REFUSED("invalid value for parameter \"DateStyle\": \"iso,sql\"",
             "Conflicting \"DateStyle\" specifications.")},
    {"DateStyle", "iso,",
     REFUSED("invalid value for parameter \"DateStyle\": \"iso,\"", "List syntax is invalid.")},
    {"client_encoding", "foo",
     REFUSED("invalid value for parameter \"client_encoding\": \"foo\"", "")},
    {"max_stack_depth", "100MB",
     REFUSED("invalid value for parameter \"max_stack_depth\": 102400",
             "\"max_stack_depth\" must not exceed 7680kB.")},
    {"temp_buffers", "1",
     REFUSED(
         "1 8kB is outside the valid range for parameter \"temp_buffers\" (100 8kB .. 1073741823 8kB)",
         "")},
    {"vacuum_buffer_usage_limit", "1kB",
     REFUSED("invalid value for parameter \"vacuum_buffer_usage_limit\": 1",
             "\"vacuum_buffer_usage_limit\" must be 0 or between 128 kB and 16777216 kB.")},
    {"createrole_self_grant", " SET , foo",
     REFUSED("invalid value for parameter \"createrole_self_grant\": \" SET , foo\"",
             "Unrecognized key word: \"foo\".")},
    {"default_with_oids", "on", NULL, SQLSTATE_FEATURE_NOT_SUPPORTED,
     "tables declared WITH OIDS are not supported", ""},
    {"wal_level", "minimal", NULL, SQLSTATE_CANT_CHANGE_RUNTIME_PARAM,
     "parameter \"wal_level\" cannot be changed without restarting the server", ""},
    {"block_size", "3", NULL, SQLSTATE_CANT_CHANGE_RUNTIME_PARAM,
     "parameter \"block_size\" cannot be changed", ""},
    {"fsync", "off", NULL, SQLSTATE_CANT_CHANGE_RUNTIME_PARAM,
     "parameter \"fsync\" cannot be changed now", ""},
    {"log_connections", "on", NULL, SQLSTATE_CANT_CHANGE_RUNTIME_PARAM,
     "parameter \"log_connections\" cannot be set after connection start", ""},
    {"foo", "1", NULL, SQLSTATE_UNDEFINED_OBJECT, "unrecognized configuration parameter \"foo\"",
     ""},
    {"foo. x", "1", NULL, SQLSTATE_INVALID_NAME, "invalid configuration parameter name \"foo. x\"",
     "Custom parameter names must be two or more simple identifiers separated by dots."},
    {"1a.b", "1", NULL, SQLSTATE_INVALID_NAME, "invalid configuration parameter name \"1a.b\"",
     "Custom parameter names must be two or more simple identifiers separated by dots."},
};

typedef struct Fixture {
    Unit unit;
    ServerSettings *server;
    SettingsStack *stack;
} Fixture;

static const SettingChange by_superuser = {SETTING_FROM_SESSION, SETTING_SET, true};

static void open_fixture(Fixture *f)
{
    unit_open(&f->unit);
    f->server = server_settings_new(f->unit.account, NULL, 0, NULL, NULL, NULL);
    f->stack = settings_stack_new(f->unit.account, f->server, NULL, 0, NULL);
}

static void close_fixture(Fixture *f)
{
    settings_stack_drop(f->stack);
    server_settings_release(f->server);
    unit_close(&f->unit);
}

typedef struct SetCall {
    SettingsStack *stack;
    const SetCase *one;
} SetCall;

static void call_set(void *arg)
{
    SetCall *call = arg;
    settings_stack_set(call->stack, str_from(call->one->name), str_from(call->one->text),
                       by_superuser);
}

static void assert_text(Str got, const char *wanted)
{
    if (!str_equal(got, str_from(wanted)))
        fail_msg("got \"%.*s\", wanted \"%s\"", STR_ARG(got), wanted);
}

static void test_values(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const SetCase *one = &cases[i];
        SetCall call = {f.stack, one};
        Error *error;
        Str shown;
        settings_stack_enter(f.stack); /* each case starts from the defaults */
        bool good = error_catch(call_set, &call, f.unit.arena, &error);
        if (good != (one->shown != NULL)) fail_msg("%s = '%s'", one->name, one->text);
        if (good) {
            assert_true(settings_stack_show(f.stack, f.unit.arena, str_from(one->name), &shown));
            assert_text(shown, one->shown);
        } else {
            assert_int_equal(error->code, one->code);
            assert_text(error->message, one->message);
            assert_text(error->detail.bytes ? error->detail : error->hint, one->more);
        }
        settings_stack_leave(f.stack, false);
    }
    close_fixture(&f);
}

static void test_all_boot_values_parse(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    for (int i = 0; i < SETTING_COUNT; i++) {
        const SettingMeta *meta = &setting_metas[i];
        SettingCheck check = {meta, &settings_boot, SETTING_FROM_FILE, unit.arena, NULL};
        SettingValue value, again;
        InputError err = {.arena = unit.arena};
        Str boot = setting_print(unit.arena, meta, setting_get(&settings_boot, meta), false);
        assert_int_equal(setting_find(str_from(meta->name)), i);
        if (!setting_parse(&check, boot, &value, &err)) fail_msg("%s", meta->name);
        assert_true(str_equal(boot, setting_print(unit.arena, meta, value, false)));
        /* what SHOW prints can be set again */
        if (!setting_parse(&check, setting_print(unit.arena, meta, value, true), &again, &err))
            fail_msg("%s", meta->name);
        assert_true(setting_equal(meta, value, again));
    }
    unit_close(&unit);
}

/* ---- levels: scripts whose results the oracle gave. b begin, s savepoint, r release, t rollback to, c commit, a
 * abort, =N set, .N set local, * reset, ?N shows N (megabytes) */
static const char *const scripts[] = {
    "b =1 s .2 r ?2 =3 c ?3",
    "b =5 s .2 r ?2 c ?5",
    "=3 b .6 s =7 t ?6 s =8 r c ?8",
    "b =9 .10 ?10 c ?9",
    "=9 b .11 =12 s =13 .14 s * ?4 r ?4 r ?4 a ?9",
    "b =5 s =6 r a ?4",
    "b .5 s .6 r ?6 c ?4",
    "b .5 s =6 r ?6 c ?6",
    "b =5 s .6 s .7 r ?7 r ?7 c ?5",
    "b =5 s .6 s =7 r r c ?7",
    "b =5 s .6 t ?5 c ?5",
};

static void set_megabytes(SettingsStack *stack, const char *number, SettingAction action)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%.*sMB", (int)strcspn(number, " "), number);
    settings_stack_set(stack, STR("work_mem"), str_from(text),
                       (SettingChange){SETTING_FROM_SESSION, action, false});
}

static void run_step(Fixture *f, const char *script, const char *step)
{
    switch (*step) {
    case 'b':
    case 's': settings_stack_enter(f->stack); break;
    case 'r':
    case 'c': settings_stack_leave(f->stack, true); break;
    case 't':
    case 'a': settings_stack_leave(f->stack, false); break;
    case '=': set_megabytes(f->stack, step + 1, SETTING_SET); break;
    case '.': set_megabytes(f->stack, step + 1, SETTING_LOCAL); break;
    case '*': settings_stack_reset(f->stack, STR("work_mem"), by_superuser); break;
    case '?':
        if (settings_stack_values(f->stack)->work_mem / 1024 != strtol(step + 1, NULL, 10))
            fail_msg("%s at %s: %d", script, step,
                     settings_stack_values(f->stack)->work_mem / 1024);
        break;
    default: fail_msg("%s", step);
    }
}

static void test_levels(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(scripts); i++) {
        Fixture f;
        open_fixture(&f);
        for (const char *step = scripts[i]; *step; step += strcspn(step, " "), step += *step == ' ')
            run_step(&f, scripts[i], step);
        assert_int_equal(settings_stack_level(f.stack), 0);
        close_fixture(&f);
    }
}

/* Texts are given back: a session that sets a name a million times does not grow. */
static void test_texts_do_not_pile_up(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    char text[200];
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(text, sizeof text, "application number %d with a name of some length", i);
        if (i % 3 == 0) settings_stack_enter(f.stack);
        settings_stack_set(f.stack, STR("application_name"), str_from(text), by_superuser);
        settings_stack_set(f.stack, STR("my.name"), str_from(text), by_superuser);
        if (i % 3 == 0) settings_stack_leave(f.stack, i % 2 == 0);
    }
    Str shown;
    assert_true(settings_stack_show(f.stack, f.unit.arena, STR("MY.name"), &shown));
    assert_text(shown, text);
    assert_text(settings_stack_values(f.stack)->application_name, text);
    assert_true(account_used(f.unit.account) < 256 << 10);
    close_fixture(&f);
}

static void collect(void *arg, Str name, Str value)
{
    StrBuilder *out = arg;
    str_add_format(out, "%.*s=%.*s;", STR_ARG(name), STR_ARG(value));
}

static Str report(Fixture *f)
{
    StrBuilder out = str_builder(f->unit.arena, 64);
    settings_stack_report(f->stack, collect, &out);
    return str_done(&out);
}

static void test_reports(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    assert_text(report(&f),
                "in_hot_standby=off;integer_datetimes=on;TimeZone=GMT;IntervalStyle=postgres;"
                "search_path=\"$user\", public;is_superuser=off;application_name=;"
                "default_transaction_read_only=off;scram_iterations=4096;DateStyle=ISO, MDY;"
                "standard_conforming_strings=on;session_authorization=;client_encoding=UTF8;"
                "server_version=18.4;server_encoding=UTF8;");
    assert_text(report(&f), "");
    settings_stack_enter(f.stack);
    settings_stack_set(f.stack, STR("application_name"), STR("x"), by_superuser);
    assert_text(report(&f), "application_name=x;");
    settings_stack_set(f.stack, STR("work_mem"), STR("1MB"), by_superuser);
    assert_text(report(&f), "");
    settings_stack_leave(f.stack, false);
    assert_text(report(&f), "application_name=;");
    close_fixture(&f);
}

/* ---- files and the server's settings */

static void complain(void *arg, const SettingAssignment *assignment, const InputError *err)
{
    StrBuilder *out = arg;
    str_add_format(out, "%d:%.*s;", assignment->line, STR_ARG(err->message));
}

static const char conf[] = "# comment\n"
                           "work_mem = 8MB # more\n"
                           "application_name 'it''s \\'x\\' \\101\\n'\n"
                           "  shared_buffers=1GB\n"
                           "search_path = a\n"
                           "my.own = 'v'\n"
                           "nosuch = 1\n"
                           "geqo = maybe\n"
                           "work_mem = 9MB\n"
                           "port = 5433\n"
                           "max_connections 20 30\n"
                           "= 3\n"
                           "log_line_prefix = 'unended\n"
                           "random_page_cost = 1.1";

static void test_file_and_reload(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    SettingsFile file = {.arena = f.unit.arena};
    assert_false(settings_file_parse(&file, str_from(conf), STR("a.conf")));
    assert_int_equal(file.count, 9 + 1);
    assert_int_equal(file.error_count, 3);
    assert_int_equal(file.errors[0].line, 11);
    assert_text(file.errors[0].message, "syntax error, near token \"30\"");
    assert_int_equal(file.errors[1].line, 12);
    assert_text(file.errors[2].message, "syntax error, near token \"'unended\"");
    StrBuilder complaints = str_builder(f.unit.arena, 64);
    settings_stack_set(f.stack, STR("search_path"), STR("mine"), by_superuser);
    ServerSettings *server = server_settings_new(f.unit.account, file.assignments, file.count,
                                                 f.server, complain, &complaints);
    assert_text(str_done(&complaints),
                "4:parameter \"shared_buffers\" cannot be changed without restarting the server;"
                "7:unrecognized configuration parameter \"nosuch\";"
                "8:parameter \"geqo\" requires a Boolean value;"
                "10:parameter \"port\" cannot be changed without restarting the server;");
    settings_stack_reload(f.stack, server);
    const Settings *now = settings_stack_values(f.stack);
    int line;
    assert_int_equal(now->work_mem, 9 * 1024);
    assert_text(now->application_name, "it's 'x' A\\x0a");
    assert_text(now->search_path, "mine");
    assert_int_equal(now->port, 5432);
    assert_true(now->random_page_cost == 1.1);
    assert_text(server_settings_place(server, setting_find(STR("work_mem")), &line), "a.conf");
    assert_int_equal(line, 9);
    settings_stack_reset(f.stack, STR("search_path"), by_superuser);
    assert_text(now->search_path, "a");
    /* lines that went away: back to the defaults */
    settings_stack_reload(f.stack, f.server);
    assert_int_equal(now->work_mem, 4 * 1024);
    server_settings_release(server);
    close_fixture(&f);
}

static void test_sources(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    const SettingAssignment assignments[] = {
        {STR("work_mem"), STR("2MB"), SETTING_FROM_COMMAND_LINE, {0}, 0},
        {STR("work_mem"), STR("3MB"), SETTING_FROM_FILE, STR("x"), 1},
        {STR("geqo"), STR("off"), SETTING_FROM_FILE, STR("x"), 2},
    };
    ServerSettings *server = server_settings_new(unit.account, assignments, ARRAY_LEN(assignments),
                                                 NULL, NULL, NULL);
    SettingsStack *stack = settings_stack_new(unit.account, server, NULL, 0, NULL);
    const Settings *now = settings_stack_values(stack);
    assert_int_equal(now->work_mem, 2048);
    SettingChange database = {SETTING_FROM_DATABASE, SETTING_SET, true},
                  client = {SETTING_FROM_CLIENT, SETTING_SET, false};
    settings_stack_set(stack, STR("work_mem"), STR("5MB"), client);
    settings_stack_set(stack, STR("work_mem"), STR("4MB"), database); /* weaker */
    assert_int_equal(now->work_mem, 5 * 1024);
    settings_stack_set(stack, STR("work_mem"), STR("6MB"), by_superuser);
    settings_stack_reset_all(stack, by_superuser);
    assert_int_equal(now->work_mem, 5 * 1024);
    assert_int_equal(settings_stack_source(stack, setting_find(STR("work_mem"))),
                     SETTING_FROM_CLIENT);
    settings_stack_drop(stack);
    server_settings_release(server);
    unit_close(&unit);
}

/* ---- what others ask of settings */

static void test_facts(void **state)
{
    (void)state;
    Fixture f;
    open_fixture(&f);
    bool quoted = false;
    uint32_t count;
    const SettingMeta *path = &setting_metas[setting_find(STR("search_path"))];
    const SettingMeta *memory = &setting_metas[setting_find(STR("work_mem"))];
    assert_true(setting_is_reported(path));
    assert_false(setting_is_reported(memory));
    assert_true(setting_is_secret(&setting_metas[setting_find(STR("hba_file"))]));
    assert_false(setting_is_secret(memory));
    assert_true(setting_is_list(path, &quoted) && quoted);
    assert_true(setting_is_list(&setting_metas[setting_find(STR("datestyle"))], &quoted) &&
                !quoted);
    assert_false(setting_is_list(memory, &quoted));
    assert_string_equal(setting_source_text(SETTING_FROM_FILE), "configuration file");
    assert_text(settings_file_quote(f.unit.arena, STR("it's \\")), "'it''s \\\\'");

    uint64_t generation = settings_stack_generation(f.stack);
    settings_stack_set(f.stack, STR("b.x"), STR("1"), by_superuser);
    settings_stack_set(f.stack, STR("A.y"), STR("2"), by_superuser);
    assert_true(settings_stack_generation(f.stack) > generation);
    const CustomSetting *customs = settings_stack_customs(f.stack, f.unit.arena, &count);
    assert_int_equal(count, 2);
    assert_text(customs[0].name, "a.y");
    assert_text(customs[1].value, "1");
    int superuser = setting_find(STR("is_superuser"));
    settings_stack_override(f.stack, superuser, (SettingValue){.boolean = true});
    assert_true(settings_stack_reset_value(f.stack, superuser).boolean);
    close_fixture(&f);
}

/* Files that are not there, are folders, include themselves. */
static void test_includes(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "include '/nosuch/tusk.conf'",
        "include_dir '/nosuch'",
        "include ''",
        "include '/dev'",
        "include_dir ''",
    };
    Account *account = account_new(NULL, "test", ACCOUNT_UNLIMITED);
    Os *os;
    assert_true(os_real_new(account, &os) == OK);
    Arena *arena = arena_new(account, "test");
    SettingsFile file = {.arena = arena};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        assert_false(settings_file_parse(&file, str_from(wrong[i]), STR("/tmp/a.conf")));
        assert_int_equal(file.error_count, i + 1);
        assert_int_equal(file.errors[i].line, 1);
    }
    assert_text(file.errors[0].message, "could not open configuration file \"/nosuch/tusk.conf\": "
                                        "No such file or directory");
    assert_true(settings_file_parse(&file, STR("include_if_exists '/nosuch/x'"), STR("a")));
    assert_true(settings_file_read(&file, STR("/nosuch/x"), true));
    const char *path = "build/test_settings_include.conf";
    assert_true(
        os_file_replace(path, STR("work_mem = 1MB\ninclude 'test_settings_include.conf'\n")) == OK);
    assert_false(settings_file_read(&file, str_from(path), false));
    assert_int_equal(file.count, SETTINGS_INCLUDE_DEPTH_MAX + 1);
    assert_true(os_path_remove(path) == OK);
    arena_drop(arena);
    os_real_release(os);
    account_drop(account);
}

/* ---- out of memory */

static void release_server(void *server)
{
    server_settings_release(server);
}

static void drop_stack(void *stack)
{
    settings_stack_drop(stack);
}

static void work(void *arg)
{
    Unit *unit = arg;
    ServerSettings *server = server_settings_new(unit->account, NULL, 0, NULL, NULL, NULL);
    SCOPED(scope);
    scope_add(scope, release_server, server);
    SettingsStack *stack = settings_stack_new(unit->account, server, NULL, 0, NULL);
    scope_add(scope, drop_stack, stack);
    settings_stack_enter(stack);
    settings_stack_set(stack, STR("DateStyle"), STR("sql, dmy"), by_superuser);
    settings_stack_set(stack, STR("a.b"), STR("c"), by_superuser);
    settings_stack_leave(stack, true);
}

static void work_out_of_memory(void *arg, bool failing)
{
    Unit *unit = arg;
    Error *error = NULL;
    bool done = error_catch(work, unit, NULL, &error);
    if (!done) assert_int_equal(error->code, SQLSTATE_OUT_OF_MEMORY);
    assert_true(done || failing);
    error_clear();
}

static void test_out_of_memory(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    assert_true(fail_each_allocation(work_out_of_memory, &unit) > 3);
    unit_close(&unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),  cmocka_unit_test(test_all_boot_values_parse),
        cmocka_unit_test(test_levels),  cmocka_unit_test(test_texts_do_not_pile_up),
        cmocka_unit_test(test_reports), cmocka_unit_test(test_file_and_reload),
        cmocka_unit_test(test_sources), cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_facts),   cmocka_unit_test(test_includes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
