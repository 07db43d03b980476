/* SPDX-License-Identifier: Apache-2.0 */
/* parse_bench.c - how many statements a second one core parses, by processor time.
 *
 * usage: parse_bench FILE [seconds]     FILE: statements, a page of the corpus or each in a line */
#include "parse/parse.h"

#include "base/task.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { FILE_BYTES_MAX = 64 << 20, STACK_CHECKED_BYTES = 2 << 20, CLOCK_EVERY = 2000 };

typedef struct Bench {
    Arena *arena, *lines_arena;
    Str *lines;
    uint32_t count, failed;
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

static void add_statement(Bench *bench, const char *start, const char *end)
{
    while (end > start && end[-1] == '\n') end--;
    if (end > start) bench->lines[bench->count++] = (Str){start, (size_t)(end - start)};
}

/* Statements stand behind lines `-- ok`, as in the corpus; in a file without such lines each line is one. */
static void read_statements(Bench *bench, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) exit(1);
    char *text = arena_alloc(bench->lines_arena, FILE_BYTES_MAX);
    size_t bytes = fread(text, 1, FILE_BYTES_MAX - 1, file);
    fclose(file);
    text[bytes] = '\0';
    bool is_page = strncmp(text, "-- ok\n", 6) == 0 || strstr(text, "\n-- ok\n");
    size_t most = 1;
    for (size_t i = 0; i < bytes; i++) most += text[i] == '\n';
    bench->lines = arena_alloc(bench->lines_arena, most * sizeof(Str));
    const char *start = is_page ? NULL : text;
    for (const char *line = text; *line;) {
        const char *end = strchr(line, '\n');
        const char *next = end ? end + 1 : text + bytes;
        bool header = is_page && strncmp(line, "-- ok", 5) == 0;
        if (header && start) add_statement(bench, start, line);
        if (!is_page) add_statement(bench, line, next);
        if (header) start = next;
        line = next;
    }
    if (is_page && start) add_statement(bench, start, text + bytes);
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
                   .lines_arena = arena_new(account, "lines")};
    read_statements(&bench, argv[1]);
    size_t bytes = 0;
    for (uint32_t i = 0; i < bench.count; i++) {
        Error *error;
        bench.line = bench.lines[i];
        bytes += bench.line.bytes;
        if (!error_catch(parse_line, &bench, bench.arena, &error)) bench.failed++;
        bench.memory += arena_used(bench.arena);
        arena_reset(bench.arena);
    }
    double start = now(), end = start;
    uint64_t rounds = 0;
    uint64_t parsed = 0;
    for (; end - start < seconds; rounds++) {
        for (uint32_t i = 0; i < bench.count; i++) {
            Error *error;
            bench.line = bench.lines[i];
            if (!error_catch(parse_line, &bench, bench.arena, &error)) bench.failed++;
            arena_reset(bench.arena);
            if (++parsed % CLOCK_EVERY == 0) end = now();
        }
    }
    end = now();
    double each = (end - start) / (double)parsed;
    printf("%u statements of %.0f bytes, %u rejected: %.0f statements/s, %.2f us each, %.0f MB/s, "
           "%.0f bytes of tree each\n",
           bench.count, (double)bytes / bench.count, bench.failed / (uint32_t)(rounds + 1),
           1 / each, each * 1e6, (double)bytes / bench.count / each / 1e6,
           (double)bench.memory / bench.count);
    return 0;
}
