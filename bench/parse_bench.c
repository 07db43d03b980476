/* SPDX-License-Identifier: Apache-2.0 */
/* parse_bench.c - how many statements a second one core parses, by processor time.
 *
 * usage: parse_bench FILE [seconds]     FILE: statements, a page of the corpus or each in a line */
#include "bench_statements.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CLOCK_EVERY = 2000 };

typedef struct Bench {
    Arena *arena;
    Statements all;
    uint32_t failed;
    size_t memory;
    Str line;
} Bench;

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void parse_line(void *arg)
{
    Bench *bench = arg;
    parse_sql(bench->arena, bench->line, NULL);
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    double seconds = argc > 2 ? strtod(argv[2], NULL) : 3;
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    Task task = {0};
    if (!account || task_init(&task, account, "bench") != OK) return 1;
    task_switch(&task);
    task.stack_low = (char *)__builtin_frame_address(0) - STACK_CHECKED_BYTES;
    Bench bench = {.arena = arena_new(account, "statement"),
                   .all.arena = arena_new(account, "lines")};
    statements_read(&bench.all, argv[1]);
    size_t bytes = 0;
    for (uint32_t i = 0; i < bench.all.count; i++) {
        Error *error;
        bench.line = bench.all.lines[i];
        bytes += bench.line.bytes;
        if (!error_catch(parse_line, &bench, bench.arena, &error)) bench.failed++;
        bench.memory += arena_used(bench.arena);
        arena_reset(bench.arena);
    }
    double start = now(), end = start;
    uint64_t rounds = 0;
    uint64_t parsed = 0;
    for (; end - start < seconds; rounds++) {
        for (uint32_t i = 0; i < bench.all.count; i++) {
            Error *error;
            bench.line = bench.all.lines[i];
            if (!error_catch(parse_line, &bench, bench.arena, &error)) bench.failed++;
            arena_reset(bench.arena);
            if (++parsed % CLOCK_EVERY == 0) end = now();
        }
    }
    end = now();
    double each = (end - start) / (double)parsed;
    printf("%u statements of %.0f bytes, %u rejected: %.0f statements/s, %.2f us each, %.0f MB/s, "
           "%.0f bytes of tree each\n",
           bench.all.count, (double)bytes / bench.all.count, bench.failed / (uint32_t)(rounds + 1),
           1 / each, each * 1e6, (double)bytes / bench.all.count / each / 1e6,
           (double)bench.memory / bench.all.count);
    return 0;
}
