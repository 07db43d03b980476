/* SPDX-License-Identifier: Apache-2.0 */
/* bench_statements.c - reads the statements that parse_bench and parse_peer measure. */
#include "bench_statements.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILE_BYTES_MAX = 64 << 20 };

static void add_statement(Statements *statements, const char *start, const char *end)
{
    while (end > start && end[-1] == '\n') end--;
    if (end > start) statements->lines[statements->count++] = (Str){start, (size_t)(end - start)};
}

void statements_read(Statements *statements, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) exit(1);
    char *text = arena_alloc(statements->arena, FILE_BYTES_MAX);
    size_t bytes = fread(text, 1, FILE_BYTES_MAX - 1, file);
    fclose(file);
    text[bytes] = '\0';
    bool is_page = strncmp(text, "-- ok\n", 6) == 0 || strstr(text, "\n-- ok\n");
    size_t most = 1;
    for (size_t i = 0; i < bytes; i++) most += text[i] == '\n';
    statements->lines = arena_alloc(statements->arena, most * sizeof(Str));
    const char *start = is_page ? NULL : text;
    for (const char *line = text; *line;) {
        const char *end = strchr(line, '\n');
        const char *next = end ? end + 1 : text + bytes;
        bool header = is_page && strncmp(line, "-- ok", 5) == 0;
        if (header && start) add_statement(statements, start, line);
        if (!is_page) add_statement(statements, line, next);
        if (header) start = next;
        line = next;
    }
    if (is_page && start) add_statement(statements, start, text + bytes);
}
