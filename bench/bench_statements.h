/* SPDX-License-Identifier: Apache-2.0 */
/* bench_statements.h - reads the statements that parse_bench and parse_peer measure. */
#pragma once

#include "parse/parse.h"

#include "base/task.h"

enum { STACK_CHECKED_BYTES = 2 << 20 };

typedef struct Statements {
    Arena *arena; /* the caller's; text and lines live in it */
    Str *lines;
    uint32_t count;
} Statements;

/* Statements stand behind lines `-- ok`, as in the corpus; in a file without such lines each line is one. Ends the
 * process if there is no such file. */
void statements_read(Statements *statements, const char *path);
