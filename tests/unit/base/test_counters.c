/* SPDX-License-Identifier: Apache-2.0 */
/* Counters: the sum is right, with tasks on several threads and without a task. */
/* tsan: yes */
#include "base/counters.h"

#include <pthread.h>

#include "unit/unit.h"

enum { THREADS = 4, ROUNDS = 10000 };

typedef struct Worker {
    Counter *counter;
    uint64_t number;
} Worker;

static void *count(void *arg)
{
    Worker *worker = arg;
    Task task = {.number = worker->number};
    task_switch(&task);
    for (uint32_t i = 0; i < ROUNDS; i++) counter_add(worker->counter, 2);
    (void)counter_read(worker->counter);
    task_switch(NULL);
    return NULL;
}

static void test_counting(void **state)
{
    (void)state;
    static Counter counter;
    pthread_t threads[THREADS];
    Worker workers[THREADS];
    for (uint32_t i = 0; i < THREADS; i++) {
        workers[i] = (Worker){&counter, i * (COUNTER_LINES / 2)}; /* two a line */
        assert_int_equal(pthread_create(&threads[i], NULL, count, &workers[i]), 0);
    }
    for (uint32_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    counter_add(&counter, 5);
    assert_int_equal(counter_read(&counter), 2 * THREADS * ROUNDS + 5);
    counter_reset(&counter);
    assert_int_equal(counter_read(&counter), 0);
    assert_int_equal(sizeof counter.lines[0], 128);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_counting)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
