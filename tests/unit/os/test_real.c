/* SPDX-License-Identifier: Apache-2.0 */
/* tsan: yes */
/* test_real.c - the bodies that hold on both machines, on the real one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "real.h"

typedef struct Case {
    char name[64];
    RealRun run;
} Case;

static void case_run(void **state)
{
    const Case *test = *state;
    if (!real_run(&test->run)) skip();
}

enum { CASES_MAX = 128 };

static void cases_add(Case *cases, uint32_t *count, const char *group, const BothTest *tests,
                      RealRun run)
{
    for (; tests->body != NULL; tests++) {
        Case *test = &cases[(*count)++];
        assert_true(*count <= CASES_MAX);
        (void)snprintf(test->name, sizeof test->name, "%s: %s", group, tests->name);
        test->run = run;
        test->run.body = tests->body;
    }
}

int main(void)
{
    static Case cases[CASES_MAX];
    static struct CMUnitTest tests[CASES_MAX];
    uint32_t count = 0;
    cases_add(cases, &count, "wait", both_wait_tests, (RealRun){0});
    cases_add(cases, &count, "sync", both_sync_tests, (RealRun){0});
    cases_add(cases, &count, "file", both_file_tests, (RealRun){0});
    cases_add(cases, &count, "io, threads", both_io_tests,
              (RealRun){.options = {.io_method = "threads"}});
    cases_add(cases, &count, "io, one thread", both_io_tests,
              (RealRun){.options = {.io_method = "threads", .io_threads_max = 1}});
    cases_add(cases, &count, "io, io_uring", both_io_tests,
              (RealRun){.options = {.io_method = "io_uring"}, .may_be_unsupported = true});
    cases_add(cases, &count, "net, IPv4", both_net_tests, (RealRun){.kind = SOCKET_IPV4});
    cases_add(cases, &count, "net, IPv6", both_net_tests, (RealRun){.kind = SOCKET_IPV6});
    cases_add(cases, &count, "net, Unix", both_net_tests, (RealRun){.kind = SOCKET_UNIX});
    for (uint32_t i = 0; i < count; i++)
        tests[i] = (struct CMUnitTest){.name = cases[i].name,
                                       .test_func = case_run,
                                       .initial_state = &cases[i]};
    return _cmocka_run_group_tests("real", tests, count, NULL, NULL);
}
