/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of runs of the simulated machine: tasks, waiting, time, ends, failures, pause points. */
#include "sim_fixture.h"

#include "base/arena.h"
#include "os/sync.h"

/* ---- tasks */

typedef struct Counter {
    uint64_t value, switches;
    uint32_t last;
} Counter;
typedef struct Adder {
    Counter *counter;
    uint32_t number;
} Adder;

static void add_main(void *arg)
{
    Adder *adder = arg;
    for (int i = 0; i < 100; i++) {
        adder->counter->value++;
        adder->counter->switches += adder->counter->last != adder->number;
        adder->counter->last = adder->number;
        os_yield_point();
    }
}

static void tasks_main(void *arg)
{
    Adder adders[10];
    Task *tasks[10];
    for (uint32_t i = 0; i < 10; i++) {
        adders[i] = (Adder){arg, i + 1};
        tasks[i] = start_task("adder", add_main, &adders[i]);
        CHECK_TRUE(tasks[i]->number == i + 2);
    }
    for (uint32_t i = 0; i < 10; i++) os_task_join(tasks[i]);
    CHECK_TRUE(os_is_simulated() && sim_self() && os_cpu_count() == 2);
}

static void test_tasks(void **state)
{
    (void)state;
    Counter counter = {0};
    Sim *sim = new_sim(test_seed(1));
    assert_null(sim_self());
    assert_int_equal(sim_run(sim, tasks_main, &counter), SIM_DONE);
    assert_int_equal(counter.value, 1000);
    assert_true(counter.switches > 100);
    assert_int_equal(sim_leftovers(sim), 0);
    assert_true(sim_steps(sim) > 1000);
    sim_release(sim);
    sim_release(NULL);
}

static void detach_main(void *arg)
{
    for (int i = 0; i < 50; i++) {
        os_task_detach(start_task("adder", add_main, &(Adder){arg, 1}));
        must_be_ok(os_sleep_until(deadline_in_ms(100), WAIT_SLEEP));
    }
    Task *ended = start_task("adder", add_main, &(Adder){arg, 1});
    must_be_ok(os_sleep_until(deadline_in_ms(100), WAIT_SLEEP));
    os_task_detach(ended);
}

static void test_detached_tasks(void **state)
{
    (void)state;
    Counter counter = {0};
    Sim *sim = new_sim(test_seed(1));
    assert_int_equal(sim_run(sim, detach_main, &counter), SIM_DONE);
    assert_int_equal(counter.value, 5100);
    assert_int_equal(sim_leftovers(sim), 0);
    sim_release(sim);
}

static void sleep_for_ever(void *arg)
{
    (void)arg;
    for (;;) IGNORE_STATUS(os_wait_through(WAIT_BACKGROUND, DEADLINE_NEVER)); /* until dropped */
}

static void leave_main(void *arg)
{
    (void)arg;
    for (int i = 0; i < 3; i++) os_task_detach(start_task("sleeper", sleep_for_ever, NULL));
}

static void test_leftovers(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(1));
    assert_int_equal(sim_run(sim, leave_main, NULL), SIM_DONE);
    assert_int_equal(sim_leftovers(sim), 3);
    assert_non_null(strstr(sim_report(sim), "\"sleeper\""));
    sim_release(sim);
}

/* Deep in the stack, floats in registers: the switch must keep them. */
static double deep(int depth, double value)
{
    double here = value * 1.25 + depth;
    os_yield_point();
    double below = depth > 0 ? deep(depth - 1, here) : 0;
    os_yield_point();
    return here + below;
}

static void deep_main(void *arg)
{
    double *result = arg;
    *result = deep(200, *result);
}

static void deep_many_main(void *arg)
{
    (void)arg;
    double values[8];
    Task *tasks[8];
    for (int i = 0; i < 8; i++) {
        values[i] = i;
        tasks[i] = start_task("deep", deep_main, &values[i]);
    }
    for (int i = 0; i < 8; i++) {
        os_task_join(tasks[i]);
        double wanted = deep(200, i);
        CHECK_TRUE(memcmp(&values[i], &wanted, sizeof wanted) == 0);
    }
}

static void test_switch_keeps_registers(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(3));
    assert_int_equal(sim_run(sim, deep_many_main, NULL), SIM_DONE);
    sim_release(sim);
}

/* ---- waiting */

typedef struct Queue {
    Mutex mutex;
    Condition filled;
    uint32_t items, taken, ended;
} Queue;

static void consumer_main(void *arg)
{
    Queue *queue = arg;
    for (bool more = true; more;) {
        mutex_lock(&queue->mutex);
        while (queue->items == 0 && !queue->ended)
            must_be_ok(
                condition_wait(&queue->filled, &queue->mutex, WAIT_PARALLEL, DEADLINE_NEVER));
        more = queue->items > 0;
        if (more) {
            queue->items--;
            queue->taken++;
        }
        mutex_unlock(&queue->mutex);
    }
}

static void queue_main(void *arg)
{
    Queue *queue = arg;
    mutex_init(&queue->mutex, RANK_NONE);
    Task *tasks[4];
    for (int i = 0; i < 4; i++) tasks[i] = start_task("consumer", consumer_main, queue);
    for (int i = 0; i < 500; i++) {
        mutex_lock(&queue->mutex);
        queue->items++;
        condition_signal(&queue->filled);
        mutex_unlock(&queue->mutex);
    }
    mutex_lock(&queue->mutex);
    queue->ended = true;
    condition_broadcast(&queue->filled);
    mutex_unlock(&queue->mutex);
    for (int i = 0; i < 4; i++) os_task_join(tasks[i]);
}

static void test_locks_and_conditions(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 50; seed++) {
        Queue queue = {0};
        Sim *sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(sim, queue_main, &queue), SIM_DONE);
        assert_int_equal(queue.taken, 500);
        sim_release(sim);
    }
}

static void interrupted_main(void *arg)
{
    Status *status = arg;
    *status = os_wait(WAIT_BACKGROUND, DEADLINE_NEVER);
}

static void interrupt_main(void *arg)
{
    (void)arg;
    Status status = OK;
    Task *task = start_task("waiter", interrupted_main, &status);
    must_be_ok(os_sleep_until(deadline_in_ms(10), WAIT_SLEEP));
    os_task_interrupt(task, TASK_CANCEL);
    os_task_join(task);
    CHECK_TRUE(status == ST_CANCELLED);
    /* A token given before the wait is not lost, and two are one. */
    os_wake(task_self());
    os_wake(task_self());
    must_be_ok(os_wait(WAIT_BACKGROUND, DEADLINE_NEVER));
    must_give(ST_TIMEOUT, os_wait(WAIT_BACKGROUND, deadline_in_ms(1)));
    must_give(ST_TIMEOUT, os_wait_through(WAIT_BACKGROUND, DEADLINE_PAST));
}

static void test_interrupts_and_tokens(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        Sim *sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(sim, interrupt_main, NULL), SIM_DONE);
        sim_release(sim);
    }
}

typedef struct WordTest {
    _Atomic uint32_t word;
    uint32_t woken[4], count;
} WordTest;
typedef struct WordWaiter {
    WordTest *test;
    uint32_t number;
} WordWaiter;

static void word_main(void *arg)
{
    WordWaiter *waiter = arg;
    while (atomic_load(&waiter->test->word) == 0)
        os_word_wait(&waiter->test->word, 0, DEADLINE_NEVER);
    waiter->test->woken[waiter->test->count++] = waiter->number;
}

static void words_main(void *arg)
{
    WordTest *test = arg;
    WordWaiter waiters[4];
    Task *tasks[4];
    for (uint32_t i = 0; i < 4; i++) {
        waiters[i] = (WordWaiter){test, i};
        tasks[i] = start_task("word waiter", word_main, &waiters[i]);
    }
    must_be_ok(os_sleep_until(deadline_in_ms(1000), WAIT_SLEEP));
    CHECK_TRUE(test->count == 0);
    int64_t before = os_monotonic_ns();
    os_word_wait(&test->word, 0, deadline_in_ms(5));
    os_word_wait(&test->word, 1, DEADLINE_NEVER); /* not what is seen: returns at once */
    CHECK_TRUE(os_monotonic_ns() > before);
    atomic_store(&test->word, 1);
    os_word_wake(&test->word, 1);
    os_word_wake(&test->word, UINT32_MAX);
    for (uint32_t i = 0; i < 4; i++) os_task_join(tasks[i]);
    CHECK_TRUE(test->count == 4);
}

static void test_wait_words(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        WordTest test = {0};
        Sim *sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(sim, words_main, &test), SIM_DONE);
        sim_release(sim);
    }
}

static void spinner_main(void *arg)
{
    _Atomic uint32_t *flag = arg;
    uint32_t round = 0;
    while (atomic_load(flag) == 0) os_spin_wait(&round);
}

static void spin_main(void *arg)
{
    _Atomic uint32_t flag = 0;
    (void)arg;
    Task *first = start_task("spinner", spinner_main, &flag),
         *second = start_task("spinner", spinner_main, &flag);
    must_be_ok(
        os_sleep_until(deadline_in_ms(1000), WAIT_SLEEP)); /* time passes for those who spin too */
    atomic_store(&flag, 1);
    os_task_join(first);
    os_task_join(second);
    flag = 0;
    Task *alone = start_task("spinner", spinner_main, &flag);
    must_be_ok(os_sleep_until(deadline_in_ms(60000), WAIT_SLEEP));
    atomic_store(&flag, 1);
    os_task_join(alone);
}

static void test_spinning_lets_others_run(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(4));
    assert_int_equal(sim_run(sim, spin_main, NULL), SIM_DONE);
    sim_release(sim);
}

/* ---- time */

static void hour_main(void *arg)
{
    int64_t *passed = arg;
    int64_t before = os_monotonic_ns(), wall = os_wall_us();
    must_be_ok(os_sleep_until(deadline_in_ms(3600 * 1000), WAIT_SLEEP));
    passed[0] = os_monotonic_ns() - before;
    passed[1] = os_wall_us() - wall;
}

static void test_waiting_takes_no_time(void **state)
{
    (void)state;
    int64_t passed[2];
    Sim *sim = new_sim(test_seed(1));
    assert_int_equal(sim_run(sim, hour_main, passed), SIM_DONE);
    assert_true(passed[0] >= INT64_C(3600) * 1000000000 && passed[0] < INT64_C(3601) * 1000000000);
    assert_true(passed[1] >= INT64_C(3600) * 1000000 && passed[1] < INT64_C(3601) * 1000000);
    assert_true(sim_steps(sim) < 100);
    sim_release(sim);
}

/* ---- bad ends */

typedef struct TwoLocks {
    Mutex a, b;
} TwoLocks;

static void lock_ba(void *arg)
{
    TwoLocks *locks = arg;
    for (;;) {
        mutex_lock(&locks->b);
        os_yield_point();
        mutex_lock(&locks->a);
        mutex_unlock(&locks->a);
        mutex_unlock(&locks->b);
    }
}

static void deadlock_main(void *arg)
{
    TwoLocks *locks = arg;
    mutex_init(&locks->a, RANK_NONE);
    mutex_init(&locks->b, RANK_NONE);
    start_task("the other", lock_ba, locks);
    for (;;) {
        mutex_lock(&locks->a);
        os_yield_point();
        mutex_lock(&locks->b);
        mutex_unlock(&locks->b);
        mutex_unlock(&locks->a);
    }
}

static void test_deadlock_is_found(void **state)
{
    (void)state;
    TwoLocks locks;
    Sim *sim = new_sim(test_seed(1));
    assert_int_equal(sim_run(sim, deadlock_main, &locks), SIM_STUCK);
    assert_non_null(
        strstr(sim_report(sim), "\"the other\" waits for a lock word, wait event LWLock/Mutex"));
    assert_non_null(strstr(sim_report(sim), "\"main\" waits for a lock word"));
    assert_int_equal(sim_leftovers(sim), 2);
    sim_release(sim);
}

static void join_stuck_main(void *arg)
{
    (void)arg;
    os_task_join(start_task("sleeper", sleep_for_ever, NULL));
}

static void test_stuck_report_names_waits(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(1));
    assert_int_equal(sim_run(sim, join_stuck_main, NULL), SIM_STUCK);
    assert_non_null(strstr(sim_report(sim), "\"main\" joins a task 2 \"sleeper\""));
    assert_non_null(strstr(sim_report(sim),
                           "\"sleeper\" waits in os_wait, wait event Activity/BackgroundMain"));
    /* The machine is as good as new. */
    Counter counter = {0};
    assert_int_equal(sim_run(sim, tasks_main, &counter), SIM_DONE);
    sim_release(sim);
}

static void livelock_main(void *arg)
{
    (void)arg;
    for (;;) os_yield_point();
}

static void test_livelock_is_found(void **state)
{
    (void)state;
    SimOptions options = {.seed = 1, .steps_max = 10000};
    Sim *sim = sim_new(&options);
    assert_int_equal(sim_run(sim, livelock_main, NULL), SIM_STEPS);
    assert_non_null(strstr(sim_report(sim), "too many steps"));
    assert_int_equal(sim_run(sim, livelock_main, NULL), SIM_STEPS);
    sim_release(sim);
}

/* ---- crashes and memory */

static void hold_memory(void *arg)
{
    (void)arg;
    Arena *arena = arena_new(task_self()->account, "of a task");
    for (;;) {
        memset(arena_alloc(arena, 1000), 1, 1000);
        must_be_ok(os_sleep_until(deadline_in_ms(1), WAIT_SLEEP));
    }
}

static void memory_main(void *arg)
{
    uint64_t *crash_now = arg;
    Arena *arena = arena_new(task_self()->account, "of main");
    arena_alloc_zero(arena, 100000);
    void *pages;
    must_be_ok(os_memory_map(1 << 20, true, &pages));
    memset(pages, 1, 1 << 20);
    os_memory_discard(pages, 1 << 20);
    CHECK_TRUE(((char *)pages)[12345] == 0);
    must_be_ok(os_memory_reserve((size_t)1 << 36, &pages));
    os_memory_unmap(pages, (size_t)1 << 36);
    must_be_ok(os_memory_map(1 << 20, false, &pages));
    start_task("holder", hold_memory, NULL);
    File *file = open_file("/file", FILE_WRITE | FILE_CREATE);
    must_be_ok(os_file_write(file, "abc", 3, 0));
    must_be_ok(os_sleep_until(deadline_in_ms(50), WAIT_SLEEP));
    if (crash_now && *crash_now) sim_crash_now(true);
    for (;;) must_be_ok(os_sleep_until(deadline_in_ms(50), WAIT_SLEEP));
}

/* The run itself asserts that the machine's account is empty at its end; ASan, that nothing leaks. */
static void test_crash_gives_memory_back(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(1));
    for (uint64_t n = 1; n < 300; n += 7) {
        sim_crash_at(sim, n, n % 2);
        assert_int_equal(sim_run(sim, memory_main, NULL), SIM_CRASHED);
        assert_int_equal(sim_steps(sim), n);
    }
    uint64_t now = 1;
    assert_int_equal(sim_run(sim, memory_main, &now), SIM_CRASHED);
    sim_release(sim);
}

/* ---- failures */

static void empty_main(void *arg)
{
    (void)arg;
}

static void start_fails_main(void *arg)
{
    uint32_t *failed = arg;
    for (int i = 0; i < 5; i++) {
        TaskOptions options = {.name = "worker", .stack_bytes = 100000};
        Task *task;
        Status status = os_task_start(&options, empty_main, NULL, &task);
        CHECK_TRUE(status == OK || status == ST_NO_MEMORY);
        if (status == OK)
            os_task_join(task);
        else
            (*failed)++;
    }
}

static void test_failing_starts(void **state)
{
    (void)state;
    for (uint64_t n = 1; n <= 6; n++) {
        for (int for_ever = 0; for_ever < 2; for_ever++) {
            uint32_t failed = 0;
            Sim *sim = new_sim(test_seed(1));
            sim_fail_at(sim, SIM_FAIL_START, n, for_ever);
            assert_int_equal(sim_run(sim, start_fails_main, &failed), SIM_DONE);
            assert_int_equal(failed, n > 5 ? 0 : for_ever ? 6 - n : 1);
            assert_int_equal(sim_disarm(sim), failed);
            sim_release(sim);
        }
    }
}

static void memory_fails_main(void *arg)
{
    uint32_t *failed = arg;
    void *pages;
    if (os_memory_map(4096, false, &pages) == OK)
        os_memory_unmap(pages, 4096);
    else
        (*failed)++;
    Arena *arena = arena_try_new(task_self()->account, "test");
    if (!arena) {
        (*failed)++;
        return;
    }
    *failed += arena_try_alloc(arena, 1 << 20) == NULL;
    TaskOptions options = {.name = "worker"};
    Task *task;
    if (os_task_start(&options, empty_main, NULL, &task) == OK)
        os_task_join(task);
    else
        (*failed)++;
    arena_drop(arena);
}

static void test_failing_memory(void **state)
{
    (void)state;
    uint64_t fired_rounds = 0;
    for (uint64_t n = 1, fired = 1; fired > 0; n++) {
        uint32_t failed = 0;
        Sim *sim = new_sim(test_seed(1));
        sim_fail_at(sim, SIM_FAIL_MEMORY, n, false);
        assert_int_equal(sim_run(sim, memory_fails_main, &failed), SIM_DONE);
        fired = sim_disarm(sim);
        assert_true(fired == 0 || failed >= 1);
        assert_true(fired > 0 || failed == 0);
        fired_rounds += fired > 0;
        sim_release(sim);
    }
    assert_true(fired_rounds >= 3);
}

static void limited_main(void *arg)
{
    Arena *arena = arena_new(task_self()->account, "test");
    bool *refused = arg;
    *refused = arena_try_alloc(arena, 1 << 20) == NULL;
}

static void test_memory_limit(void **state)
{
    (void)state;
    bool refused = false;
    SimOptions options = {.seed = 1, .memory_max = 1 << 19};
    Sim *sim = sim_new(&options);
    assert_int_equal(sim_run(sim, limited_main, &refused), SIM_DONE);
    assert_true(refused);
    sim_release(sim);
}

/* ---- pause points */

typedef struct Paused {
    Sim *sim;
    uint32_t passed;
} Paused;

static void paused_task(void *arg)
{
    Paused *paused = arg;
    PAUSE_POINT(sim_test_place);
    paused->passed++;
}

static void pause_main(void *arg)
{
    Paused *paused = arg;
    sim_pause_hold(paused->sim, "sim_test_place");
    Task *first = start_task("first", paused_task, paused),
         *second = start_task("second", paused_task, paused);
    while (sim_pause_waiting(paused->sim, "sim_test_place") < 2)
        must_be_ok(os_sleep_until(deadline_in_ms(1), WAIT_SLEEP));
    CHECK_TRUE(paused->passed == 0);
    sim_pause_release(paused->sim, "sim_test_place");
    os_task_join(first);
    os_task_join(second);
    CHECK_TRUE(paused->passed == 2);
    paused_task(paused);
    sim_pause_release(paused->sim, "never held");
    CHECK_TRUE(sim_pause_waiting(paused->sim, "never held") == 0);
    sim_pause_hold(paused->sim, "sim_test_place");
    paused_task(paused);
}

static void test_pause_points(void **state)
{
    (void)state;
    Paused paused = {new_sim(test_seed(1)), 0};
    assert_int_equal(sim_run(paused.sim, pause_main, &paused), SIM_STUCK);
    assert_non_null(strstr(sim_report(paused.sim), "is held at pause point sim_test_place"));
    assert_int_equal(paused.passed, 3);
    sim_release(paused.sim);
}

static void secret_main(void *arg)
{
    os_random_bytes(arg, 16);
    CHECK_TRUE(random_u64(sim_random(sim_self())) != random_u64(sim_random(sim_self())));
}

static void test_secrets_come_from_the_seed(void **state)
{
    (void)state;
    uint8_t secrets[3][16];
    for (int i = 0; i < 3; i++) {
        Sim *sim = new_sim(i == 2 ? 2 : 1);
        assert_int_equal(sim_run(sim, secret_main, secrets[i]), SIM_DONE);
        sim_release(sim);
    }
    assert_memory_equal(secrets[0], secrets[1], 16);
    assert_memory_not_equal(secrets[0], secrets[2], 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tasks),
        cmocka_unit_test(test_detached_tasks),
        cmocka_unit_test(test_leftovers),
        cmocka_unit_test(test_switch_keeps_registers),
        cmocka_unit_test(test_locks_and_conditions),
        cmocka_unit_test(test_interrupts_and_tokens),
        cmocka_unit_test(test_wait_words),
        cmocka_unit_test(test_spinning_lets_others_run),
        cmocka_unit_test(test_waiting_takes_no_time),
        cmocka_unit_test(test_deadlock_is_found),
        cmocka_unit_test(test_stuck_report_names_waits),
        cmocka_unit_test(test_livelock_is_found),
        cmocka_unit_test(test_crash_gives_memory_back),
        cmocka_unit_test(test_failing_starts),
        cmocka_unit_test(test_failing_memory),
        cmocka_unit_test(test_memory_limit),
        cmocka_unit_test(test_pause_points),
        cmocka_unit_test(test_secrets_come_from_the_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
