/* SPDX-License-Identifier: Apache-2.0 */
/* Errors, scopes and tasks: what a raise gives back, what is kept when memory has ended, what stops the process. */
#include "base/error.h"

#include "base/arena_internal.h"
#include "base/scope.h"
#include "unit/fail_each.h"
#include "unit/unit.h"

typedef struct Trace {
    char text[64];
    uint32_t length;
} Trace;
typedef struct Item {
    Trace *trace;
    char name;
} Item;

static void release(void *object)
{
    Item *item = object;
    item->trace->text[item->trace->length++] = item->name;
    /* Releases may note errors: that must not touch the one being raised. */
    IGNORE_STATUS(error_note(ST_IO, SQLSTATE_IO_ERROR, "closing %c", item->name));
    IGNORE_STATUS(error_note(ST_IO, SQLSTATE_IO_ERROR, "closing %c again", item->name));
}

static void raise_in_scopes(void *arg)
{
    Item *items = arg;
    SCOPED(outer);
    scope_add(outer, release, &items[0]);
    scope_add(outer, release, &items[1]);
    SCOPED(inner);
    scope_add(inner, release, &items[2]);
    raise_error(SQLSTATE_DIVISION_BY_ZERO, "division by %s", "zero");
}

static void test_raise_leaves_scopes(void **state)
{
    Unit *unit = *state;
    Trace trace = {0};
    Item items[] = {{&trace, 'a'}, {&trace, 'b'}, {&trace, 'c'}};
    Error *error;
    assert_false(error_catch(raise_in_scopes, items, unit->arena, &error));
    assert_string_equal(trace.text, "cba");
    assert_int_equal(error->code, SQLSTATE_DIVISION_BY_ZERO);
    assert_true(str_equal(error->message, STR("division by zero")));
    assert_string_equal(error->function, "raise_in_scopes");
    assert_null(unit->task.scopes);
    /* the buffer still holds it, too */
    assert_true(str_equal(error_current()->message, STR("division by zero")));
    error_clear();
    assert_null(error_current());
}

static void test_catch_without_memory(void **state)
{
    Trace trace = {0};
    Item items[] = {{&trace, 'a'}, {&trace, 'b'}, {&trace, 'c'}};
    Unit *unit = *state;
    Arena *arena = arena_new(unit->account, "full");
    while (arena_held(arena) == 1024 && arena__room(arena) > 0)
        arena_alloc(arena, arena__room(arena));
    Error *error;
    account_fail_at(1, true);
    assert_false(error_catch(raise_in_scopes, items, arena, &error));
    account_fail_at(0, false);
    assert_ptr_equal(error, error_current());
    assert_true(str_equal(error->message, STR("division by zero")));
    arena_drop(arena);
}

static void raise_full(void *arg)
{
    (void)arg;
    Error *error = error_begin(SQLSTATE_UNIQUE_VIOLATION);
    error_message(error, "m%d", 1);
    error_detail(error, "d%d", 2);
    error_detail_log(error, "dl");
    error_hint(error, "h");
    error_context(error, "inner line");
    error_context(error, "outer line");
    error_position(error, 7);
    error_internal_query(error, STR("select"), 3);
    error_object(error, STR("s"), STR("t"), STR("c"), STR("ty"), STR("co"));
    error_severity(error, SEVERITY_FATAL);
    error_raise(error);
}

static void raise_again(void *arg)
{
    error_raise_again(arg);
}

static void check_full(const Error *error)
{
    assert_int_equal(error->code, SQLSTATE_UNIQUE_VIOLATION);
    assert_int_equal(error->severity, SEVERITY_FATAL);
    assert_true(str_equal(error->message, STR("m1")) && str_equal(error->detail, STR("d2")));
    assert_true(str_equal(error->detail_log, STR("dl")) && str_equal(error->hint, STR("h")));
    assert_true(str_equal(error->context, STR("inner line\nouter line")));
    assert_true(str_equal(error->schema, STR("s")) && str_equal(error->table, STR("t")) &&
                str_equal(error->column, STR("c")));
    assert_true(str_equal(error->type, STR("ty")) && str_equal(error->constraint, STR("co")));
    assert_true(str_equal(error->internal_query, STR("select")));
    assert_int_equal(error->position, 7);
    assert_int_equal(error->internal_position, 3);
    assert_string_equal(error->function, "raise_full");
}

static void test_every_field_travels(void **state)
{
    Unit *unit = *state;
    Error *error, *second, *third;
    assert_false(error_catch(raise_full, NULL, unit->arena, &error));
    check_full(error);
    assert_false(error_catch(raise_again, error, unit->arena, &second));
    check_full(second);
    assert_false(
        error_catch(raise_again, error_current(), unit->arena, &third)); /* the buffer's own */
    check_full(third);
    check_full(error_copy(unit->arena, third));
}

static void test_texts_are_cut_not_refused(void **state)
{
    (void)state;
    static char long_text[20000];
    memset(long_text, 'x', sizeof long_text - 1);
    for (size_t i = 0; i + 2 < sizeof long_text; i += 2) memcpy(long_text + i, "é", 2);
    account_fail_at(1, true);
    Error *error = error_begin(SQLSTATE_OUT_OF_MEMORY);
    error_message(error, "%s", long_text);
    error_detail(error, "%s", long_text);
    error_hint(error, "short");
    error_object(error, (Str){long_text, 9999}, STR("t"), STR(""), STR(""), STR(""));
    error_context(error, "line %d", 1);
    error_context(error, "%s", long_text);
    error_context(error, "%s", long_text);
    for (int i = 0; i < 30; i++) error_hint(error, "%s", long_text); /* until nothing is left */
    account_fail_at(0, false);
    assert_true(error->message.bytes > 1000 && error->message.bytes < 4096);
    assert_int_equal(error->message.bytes % 2, 0); /* whole characters */
    assert_true(error->detail.bytes > 100);
    assert_true(str_starts(error->context, STR("line 1")));
    assert_true(str_equal(error->table, STR("t")));
}

static void test_previous_text_in_next_error(void **state)
{
    (void)state;
    error_message(error_begin(SQLSTATE_IO_ERROR), "disk");
    Error *next = error_begin(SQLSTATE_DATA_CORRUPTED);
    error_message(next, "%s", "");
    Error *old = error_message(error_begin(SQLSTATE_IO_ERROR), "disk");
    Str text = old->message;
    Error *error = error_message(error_begin(SQLSTATE_DATA_CORRUPTED), "wrapped: %.*s",
                                 STR_ARG(text));
    assert_true(str_equal(error->message, STR("wrapped: disk")));
}

/* ---- statuses ---- */

static Status status_fails(bool fails)
{
    return fails ? error_note(ST_IO, SQLSTATE_UNDEFINED_FILE, "no file %d", 5) : OK;
}

static void check_status(void *arg)
{
    CHECK(status_fails(*(bool *)arg));
}

static void raise_plain(void *arg)
{
    raise_status((Status) * (int *)arg);
}

static void test_statuses(void **state)
{
    (void)state;
    bool fails = false;
    assert_raises(0, check_status, &fails);
    fails = true;
    assert_raises(SQLSTATE_UNDEFINED_FILE, check_status, &fails);
    /* A note that somebody dropped does not speak for another status. */
    IGNORE_STATUS(status_fails(true));
    int status = ST_DEADLOCK;
    assert_raises(SQLSTATE_DEADLOCK_DETECTED, raise_plain, &status);
    const struct {
        Status status;
        Sqlstate code;
    } wanted[] = {
        {ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY},
        {ST_FULL, SQLSTATE_DISK_FULL},
        {ST_IO, SQLSTATE_IO_ERROR},
        {ST_CORRUPT, SQLSTATE_DATA_CORRUPTED},
        {ST_CANCELLED, SQLSTATE_QUERY_CANCELED},
        {ST_SERIALIZATION, SQLSTATE_SERIALIZATION_FAILURE},
        {ST_NOT_AVAILABLE, SQLSTATE_LOCK_NOT_AVAILABLE},
        {ST_SNAPSHOT_TOO_OLD, SQLSTATE_SNAPSHOT_TOO_OLD},
        {ST_DUPLICATE, SQLSTATE_UNIQUE_VIOLATION},
    };
    for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
        status = (int)wanted[i].status;
        assert_raises(wanted[i].code, raise_plain, &status);
    }
    assert_string_equal(status_text(ST_CORRUPT), "data corrupted");
    assert_string_equal(status_text((Status)999), "unknown status");
}

static void test_sqlstates(void **state)
{
    (void)state;
    char text[6];
    Sqlstate code;
    sqlstate_print(SQLSTATE_INVALID_GRANT_OPERATION, text);
    assert_string_equal(text, "0LP01");
    assert_string_equal(sqlstate_name(SQLSTATE_DIVISION_BY_ZERO), "division_by_zero");
    assert_true(sqlstate_find(STR("22012"), &code) && code == SQLSTATE_DIVISION_BY_ZERO);
    assert_true(sqlstate_find(STR("division_by_zero"), &code) && code == SQLSTATE_DIVISION_BY_ZERO);
    assert_true(sqlstate_find(STR("null_value_not_allowed"), &code) &&
                code == SQLSTATE_NULL_VALUE_NOT_ALLOWED);
    assert_true(sqlstate_find(STR("string_data_right_truncation"), &code) &&
                code == SQLSTATE_STRING_DATA_RIGHT_TRUNCATION);
    assert_true(sqlstate_find(STR("ZZZZZ"), &code));
    assert_null(sqlstate_name(code));
    sqlstate_print(code, text);
    assert_string_equal(text, "ZZZZZ");
    assert_false(sqlstate_find(STR("no_such_thing"), &code));
    assert_false(sqlstate_find(STR("successful_completion"), &code));
    assert_false(sqlstate_find(STR("2201"), &code));
    assert_false(sqlstate_find(STR("2201a"), &code));
    assert_int_equal(SQLSTATE_DIVISION_BY_ZERO & SQLSTATE_CLASS_MASK,
                     SQLSTATE_DATA_EXCEPTION & SQLSTATE_CLASS_MASK);
#define ROUND_TRIP(a, b, c, d, e, NAME, name)                                                  \
    sqlstate_print(SQLSTATE_##NAME, text);                                                     \
    assert_true(text[0] == a && text[1] == b && text[2] == c && text[3] == d && text[4] == e); \
    assert_true(sqlstate_find(str_from(text), &code) && code == SQLSTATE_##NAME);
    SQLSTATES(ROUND_TRIP)
    for (int s = SEVERITY_DEBUG5; s <= SEVERITY_PANIC; s++)
        assert_non_null(severity_text((Severity)s));
    assert_string_equal(severity_text(SEVERITY_NOTICE), "NOTICE");
}

/* ---- bad input ---- */

static void raise_input(void *arg)
{
    input_error_raise(arg);
}

static void test_input_errors(void **state)
{
    Unit *unit = *state;
    InputError err = {.arena = unit->arena};
    assert_false(input_error(NULL, SQLSTATE_DATA_EXCEPTION, "nobody listens"));
    assert_false(input_error_detail(NULL, "x") || input_error_hint(NULL, "x"));
    assert_false(input_error(&err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "bad \"%s\"", "x"));
    assert_false(input_error_detail(&err, "d%d", 1));
    assert_false(input_error_hint(&err, "h%d", 1));
    assert_false(input_error(&err, SQLSTATE_INTERNAL_ERROR, "the second does not count"));
    assert_false(input_error_detail(&err, "nor its detail"));
    Error *error;
    assert_false(error_catch(raise_input, &err, unit->arena, &error));
    assert_int_equal(error->code, SQLSTATE_INVALID_TEXT_REPRESENTATION);
    assert_true(str_equal(error->message, STR("bad \"x\"")));
    assert_true(str_equal(error->detail, STR("d1")) && str_equal(error->hint, STR("h1")));
}

/* ---- what stops the process ---- */

static void raise_critical(void *arg)
{
    (void)arg;
    task_critical_enter("a latch is held");
    raise_error(SQLSTATE_INTERNAL_ERROR, "oops");
}

static void catch_critical(void *arg)
{
    unit_raised(raise_critical, arg);
}

static void raise_uncaught(void *arg)
{
    (void)arg;
    raise_error(SQLSTATE_INTERNAL_ERROR, "oops");
}

static void add_raising_release(void *arg)
{
    SCOPED(scope);
    scope_add(scope, raise_uncaught, arg);
}

static void catch_raising_release(void *arg)
{
    unit_raised(add_raising_release, arg);
}

static void raise_without_task(void *arg)
{
    task_switch(NULL);
    raise_uncaught(arg);
}

static void leave_wrong_scope(void *arg)
{
    (void)arg;
    Scope outer, inner;
    scope_enter(&outer);
    scope_enter(&inner);
    scope_leave(&outer);
}

static void test_stops(void **state)
{
    unit_assert_dies(catch_critical, *state,
                     "error XX000 raised in a critical section: a latch is held: oops");
    unit_assert_dies(raise_uncaught, *state, "with nobody to catch it: oops");
    unit_assert_dies(catch_raising_release, *state, "by the release of a scope's item");
    unit_assert_dies(raise_without_task, *state, "without a task");
    unit_assert_dies(leave_wrong_scope, *state, "task->scopes == scope");
    task_critical_enter("x");
    task_critical_leave();
}

/* ---- scopes ---- */

static void catch_inside(void *arg)
{
    assert_raises(SQLSTATE_INTERNAL_ERROR, raise_uncaught, arg);
}

static void test_scope_items(void **state)
{
    Unit *unit = *state;
    static Trace trace;
    Item items[100];
    trace = (Trace){0};
    for (int i = 0; i < 100; i++) items[i] = (Item){&trace, (char)('0' + i % 10)};
    {
        SCOPED(scope);
        for (int i = 0; i < 100; i++) scope_add(scope, release, &items[i]);
        assert_int_equal(scope_count(scope), 100);
        assert_true(scope_forget(scope, &items[2]));
        assert_false(scope_forget(scope, &items[2]));
        scope_release(scope, &items[50]);
        scope_release(scope, &items[99]);
        for (int i = 3; i < 100; i++)
            if (i != 50 && i != 99 && i % 7) assert_true(scope_forget(scope, &items[i]));
        scope_add(scope, catch_inside, NULL); /* a catch of its own is allowed */
        Arena *arena = scope_arena(scope, unit->account, "scoped");
        arena_alloc(arena, 100);
    }
    assert_string_equal(trace.text, "098147036925814710");
}

/* The arena of `unit` must lose nothing, and every item be released once, whatever fails. */
static void fill_scope(void *arg)
{
    Item *items = arg;
    SCOPED(scope);
    for (int i = 0; i < 50; i++) scope_add(scope, release, &items[i]);
    scope_arena(scope, task_self()->account, "scoped");
}

static void scope_workload(void *arg, bool failing)
{
    Unit *unit = arg;
    size_t before = account_used(unit->account);
    Trace trace = {0};
    Item items[50];
    for (int i = 0; i < 50; i++) items[i] = (Item){&trace, 'x'};
    Error *error = NULL;
    bool done = error_catch(fill_scope, items, NULL, &error);
    assert_true(done || (failing && error->code == SQLSTATE_OUT_OF_MEMORY));
    if (done) assert_int_equal(trace.length, 50);
    assert_true(trace.length >= 7 || !failing);
    error_clear();
    assert_int_equal(account_used(unit->account), before);
}

static void test_every_failure(void **state)
{
    assert_true(fail_each_allocation(scope_workload, *state) >= 6);
}

static void init_workload(void *arg, bool failing)
{
    (void)arg;
    Account *account = account_new(NULL, "task", 0);
    Task task = {0};
    if (account && task_init(&task, account, "task") == OK)
        task_release(&task);
    else
        assert_true(failing);
    if (!account) return;
    assert_int_equal(account_used(account), 0);
    account_drop(account);
}

static void test_task_init_fails(void **state)
{
    assert_int_equal(fail_each_allocation(init_workload, *state), 5);
}

/* ---- interrupts ---- */

static void check_task(void *arg)
{
    (void)arg;
    task_check();
}

static void check_stack(void *arg)
{
    (void)arg;
    task_check_stack();
}

static void on_interrupt(Task *task, uint32_t interrupts)
{
    task_take_interrupts(task, interrupts);
    if (interrupts & TASK_CANCEL) raise_error(SQLSTATE_LOCK_NOT_AVAILABLE, "hook");
}

static void raise_held(void *arg)
{
    Task *task = task_self();
    task->interrupts_held++;
    raise_uncaught(arg);
}

static void test_interrupts(void **state)
{
    Unit *unit = *state;
    Task *task = &unit->task;
    int cancelled = ST_CANCELLED;
    assert_raises(0, check_task, NULL);
    assert_true(task_try_check() == OK);
    task_interrupt(task, TASK_NOTIFY);
    assert_raises(0, check_task, NULL);
    assert_true(task_try_check() == OK);
    task_interrupt(task, TASK_CANCEL);
    task->interrupts_held = 1;
    assert_raises(0, check_task, NULL);
    assert_true(task_try_check() == OK);
    task->interrupts_held = 0;
    assert_true(task_try_check() == ST_CANCELLED);
    assert_raises(SQLSTATE_QUERY_CANCELED, check_task, NULL);
    assert_raises(0, check_task, NULL); /* taken */
    task_interrupt(task, TASK_TERMINATE | TASK_CANCEL);
    assert_raises(SQLSTATE_ADMIN_SHUTDOWN, raise_plain, &cancelled);
    assert_int_equal(task_take_interrupts(task, TASK_NOTIFY | TASK_CANCEL), TASK_NOTIFY);
    task->on_interrupt = on_interrupt;
    task_interrupt(task, TASK_NOTIFY);
    assert_raises(0, check_task, NULL);
    task_interrupt(task, TASK_CANCEL);
    assert_raises(SQLSTATE_LOCK_NOT_AVAILABLE, check_task, NULL);
    assert_raises(SQLSTATE_INTERNAL_ERROR, raise_held, NULL);
    assert_int_equal(task->interrupts_held, 0);
    task_check_slow(task); /* nothing pending */
}

static void test_stack(void **state)
{
    Unit *unit = *state;
    unit->task.stack_low = (char *)__builtin_frame_address(0) + 4096;
    unit->task.stack_kilobytes = 2048;
    assert_raises(SQLSTATE_STATEMENT_TOO_COMPLEX, check_task, NULL);
    assert_raises(SQLSTATE_STATEMENT_TOO_COMPLEX, check_stack, NULL);
    assert_true(task_try_check() == ST_FULL);
    assert_int_equal(error_current()->code, SQLSTATE_STATEMENT_TOO_COMPLEX);
    assert_true(str_starts(
        error_current()->hint,
        STR("Increase the configuration parameter \"max_stack_depth\" (currently 2048kB)")));
    unit->task.stack_low = NULL;
    assert_raises(0, check_stack, NULL);
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
        TEST(test_raise_leaves_scopes),
        TEST(test_catch_without_memory),
        TEST(test_every_field_travels),
        TEST(test_texts_are_cut_not_refused),
        TEST(test_previous_text_in_next_error),
        TEST(test_statuses),
        TEST(test_sqlstates),
        TEST(test_input_errors),
        TEST(test_stops),
        TEST(test_scope_items),
        TEST(test_every_failure),
        TEST(test_task_init_fails),
        TEST(test_interrupts),
        TEST(test_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
