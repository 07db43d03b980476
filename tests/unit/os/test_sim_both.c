/* SPDX-License-Identifier: Apache-2.0 */
/* test_sim_both.c - the bodies that hold on both machines, on the simulated one, under many seeds: with calm and with
 * frequent switches, with requests in and out of order, over each kind of socket. */
#include "sim_fixture.h"

#include "base/arena.h"
#include "both.h"

enum { SEEDS = 24, CASES_MAX = 128 };

typedef struct Case {
    char name[64];
    const BothTest *test;
} Case;

typedef struct Run {
    const BothTest *test;
    SocketKind kind;
} Run;

static void run_main(void *arg)
{
    const Run *run = arg;
    must_be_ok(os_dir_make("/test"));
    BothPlace place = {.dir = "/test", .address = {.kind = run->kind}};
    static const uint8_t loopback[] = {127, 0, 0, 1};
    if (run->kind == SOCKET_IPV4) memcpy(place.address.ip, loopback, sizeof loopback);
    if (run->kind == SOCKET_IPV6) place.address.ip[15] = 1;
    if (run->kind == SOCKET_UNIX)
        (void)snprintf(place.address.path, sizeof place.address.path, "/test/socket");
    run->test->body(&place);
}

static void case_run(void **state)
{
    const Case *test = *state;
    static const SocketKind kinds[] = {SOCKET_IPV4, SOCKET_IPV6, SOCKET_UNIX};
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        SimOptions options = {.seed = test_seed(seed),
                              .switch_one_in = seed % 3 == 0   ? 1
                                               : seed % 3 == 1 ? 0
                                                               : 50,
                              .io_reorder = seed % 2};
        Run run = {.test = test->test, .kind = kinds[seed % ARRAY_LEN(kinds)]};
        Sim *sim = sim_new(&options);
        SimEnd end = sim_run(sim, run_main, &run);
        if (end != SIM_DONE) print_error("%s", sim_report(sim));
        assert_int_equal(end, SIM_DONE);
        sim_release(sim);
    }
}

static void add_cases(Case *cases, uint32_t *count, const char *group, const BothTest *tests)
{
    for (; tests->body; tests++) {
        Case *test = &cases[(*count)++];
        CHECK_TRUE(*count <= CASES_MAX);
        (void)snprintf(test->name, sizeof test->name, "%s: %s", group, tests->name);
        test->test = tests;
    }
}

int main(void)
{
    static Case cases[CASES_MAX];
    static struct CMUnitTest tests[CASES_MAX];
    uint32_t count = 0;
    add_cases(cases, &count, "wait", both_wait_tests);
    add_cases(cases, &count, "sync", both_sync_tests);
    add_cases(cases, &count, "file", both_file_tests);
    add_cases(cases, &count, "io", both_io_tests);
    add_cases(cases, &count, "net", both_net_tests);
    for (uint32_t i = 0; i < count; i++)
        tests[i] = (struct CMUnitTest){.name = cases[i].name,
                                       .test_func = case_run,
                                       .initial_state = &cases[i]};
    return _cmocka_run_group_tests("simulated", tests, count, NULL, NULL);
}
