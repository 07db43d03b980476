/* SPDX-License-Identifier: Apache-2.0 */
/* The log: levels, prefixes, whole records, and what is left of them when memory is out or an escape raises. */
#include "base/log.h"

#include "unit/fail_each.h"
#include "unit/unit.h"

typedef struct Sink {
    char text[8192];
    size_t bytes;
    uint32_t records;
} Sink;

static void sink_write(void *arg, const Error *record, Str line)
{
    Sink *sink = arg;
    (void)record;
    sink->records++;
    sink->bytes = MIN(line.bytes, sizeof sink->text - 1);
    memcpy(sink->text, line.data, sink->bytes);
    sink->text[sink->bytes] = 0;
}

static Str escape(void *arg, char letter, const Error *record, Arena *arena)
{
    (void)arg, (void)record;
    switch (letter) {
    case 'u': return STR("ann");
    case 'p': return str_format(arena, "%d", 42);
    case 'q': return arg ? STR("") : (Str){0};
    case 'x': raise_error(SQLSTATE_INTERNAL_ERROR, "an escape that raises");
    }
    return (Str){0};
}

static LogAbout about;

static LogAbout tell_about(const Error *record)
{
    (void)record;
    return about;
}

static void check_prefix(Unit *unit, const char *prefix, const char *wanted)
{
    Str got = log_expand_prefix(unit->arena, prefix, escape, unit, NULL);
    assert_string_equal(str_copy_zero(unit->arena, got), wanted);
}

static void test_prefixes(void **state)
{
    Unit *unit = *state;
    check_prefix(unit, "", "");
    check_prefix(unit, "plain %% 5%", "plain % 5");
    check_prefix(unit, "[%p] %u@%q%z|", "[42] ann@|");
    check_prefix(unit, "%5u|%-5u|%2u|%-1u|%3z|", "  ann|ann  |ann|ann|   |");
    check_prefix(unit, "%-", "");
    assert_int_equal(log_expand_prefix(unit->arena, "%99999999999u", escape, NULL, NULL).bytes,
                     LOG_PADDING_MAX);
    assert_true(str_equal(log_expand_prefix(unit->arena, "a%qb", escape, NULL, NULL), STR("a")));
    assert_true(str_equal(log_expand_prefix(unit->arena, "a%ub", NULL, NULL, NULL), STR("ab")));
}

static void test_levels(void **state)
{
    Unit *unit = *state;
    Sink sink = {0};
    Log log = {.least = SEVERITY_ERROR, .prefix = "", .sink = sink_write, .sink_arg = &sink};
    assert_true(log_wants(SEVERITY_WARNING) && log_wants(SEVERITY_LOG) &&
                !log_wants(SEVERITY_NOTICE));
    unit->task.log = &log;
    assert_true(log_wants(SEVERITY_LOG) && log_wants(SEVERITY_ERROR) &&
                !log_wants(SEVERITY_WARNING));
    log_write(SEVERITY_WARNING, "dropped");
    assert_int_equal(sink.records, 0);
    log.least = SEVERITY_LOG;
    assert_false(log_wants(SEVERITY_ERROR));
    assert_true(log_wants(SEVERITY_FATAL));
    log_write(SEVERITY_LOG, "kept %d", 5);
    assert_string_equal(sink.text, "LOG:  kept 5\n");
    for (int s = SEVERITY_DEBUG5; s < SEVERITY_DEBUG1; s++)
        assert_true(log_rank((Severity)s) < log_rank((Severity)(s + 1)));
}

static void test_whole_error(void **state)
{
    Unit *unit = *state;
    Sink sink = {0};
    Log log = {.least = SEVERITY_DEBUG5,
               .prefix = "%p ",
               .escape = escape,
               .about = tell_about,
               .sink = sink_write,
               .sink_arg = &sink};
    unit->task.log = &log;
    about = (LogAbout){LOG_DEFAULT, STR("select f()")};
    Error error = {
        .severity = SEVERITY_ERROR,
        .message = STR("two\nlines"),
        .detail = STR("for the client"),
        .detail_log = STR("for the log"),
        .hint = STR("try"),
        .internal_query = STR("select 1"),
        .context = STR("here"),
        .position = 9,
        .file = "a/folder/file.c",
        .function = "function",
        .line = 7,
    };
    log_error(&error);
    assert_string_equal(
        sink.text,
        "42 ERROR:  two\n\tlines at character 9\n42 DETAIL:  for the log\n42 HINT:  try\n"
        "42 QUERY:  select 1\n42 CONTEXT:  here\n42 STATEMENT:  select f()\n");
    about = (LogAbout){LOG_TERSE, {0}};
    log_error(&error);
    assert_string_equal(sink.text, "42 ERROR:  two\n\tlines at character 9\n");
    error.hint = error.internal_query = error.context = (Str){0};
    about = (LogAbout){LOG_VERBOSE, STR("select f()")};
    log_error(&error);
    assert_string_equal(sink.text,
                        "42 ERROR:  00000: two\n\tlines at character 9\n42 DETAIL:  for the log\n"
                        "42 LOCATION:  function, file.c:7\n42 STATEMENT:  select f()\n");
    about = (LogAbout){LOG_DEFAULT, {0}};
    error = (Error){.severity = SEVERITY_DEBUG3, .detail = STR("d"), .internal_position = 2};
    log_error(&error);
    assert_string_equal(sink.text, "42 DEBUG:  missing error text at character 2\n42 DETAIL:  d\n");
}

static void test_an_escape_that_raises(void **state)
{
    Unit *unit = *state;
    Sink sink = {0};
    Log log = {.least = SEVERITY_LOG,
               .prefix = "%x",
               .escape = escape,
               .sink = sink_write,
               .sink_arg = &sink};
    unit->task.log = &log;
    Error *current = error_message(error_begin(SQLSTATE_DIVISION_BY_ZERO), "current");
    log_write(SEVERITY_LOG, "message");
    assert_string_equal(sink.text, "LOG:  message\n");
    assert_ptr_equal(error_current(), current);
    assert_true(str_equal(current->message, STR("current")));
}

static void test_critical_section(void **state)
{
    Unit *unit = *state;
    Sink sink = {0};
    Log log = {.least = SEVERITY_LOG,
               .prefix = "%u ",
               .escape = escape,
               .sink = sink_write,
               .sink_arg = &sink};
    unit->task.log = &log;
    task_critical_enter("latch");
    log_write(SEVERITY_LOG, "message");
    task_critical_leave();
    assert_string_equal(sink.text, "LOG:  message\n");
}

static void workload(void *arg, bool failing)
{
    Unit *unit = arg;
    static char long_text[3000];
    Sink sink = {0};
    Log log = {.least = SEVERITY_LOG,
               .prefix = "%u ",
               .escape = escape,
               .sink = sink_write,
               .sink_arg = &sink};
    memset(long_text, 'x', sizeof long_text - 1);
    unit->task.log = &log;
    size_t before = account_used(unit->account);
    log_write(SEVERITY_LOG, "%s", long_text);
    assert_int_equal(sink.records, 1);
    assert_true(sink.bytes > 500 && sink.text[sink.bytes - 1] == '\n');
    if (!failing) assert_int_equal(sink.bytes, strlen("ann LOG:  ") + sizeof long_text - 1 + 1);
    assert_int_equal(account_used(unit->account), before);
}

static void test_every_failure(void **state)
{
    assert_true(fail_each_allocation(workload, *state) >= 6);
}

static void log_to_stderr(void *arg)
{
    (void)arg;
    log_write(SEVERITY_WARNING, "with a task");
    task_switch(NULL);
    log_write(SEVERITY_ERROR, "without a task");
    abort();
}

static void test_standard_error(void **state)
{
    unit_assert_dies(log_to_stderr, *state, "WARNING:  with a task\nERROR:  without a task\n");
}

static Unit the_unit;

static int setup(void **state)
{
    unit_open(&the_unit);
    *state = &the_unit;
    return 0;
}

static int teardown(void **state)
{
    unit_close(*state);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_prefixes),         TEST(test_levels),
        TEST(test_whole_error),      TEST(test_an_escape_that_raises),
        TEST(test_critical_section), TEST(test_every_failure),
        TEST(test_standard_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
