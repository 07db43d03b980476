/* SPDX-License-Identifier: Apache-2.0 */
/* program.h - a command of the system's shell with a pipe to it or from it. Only the real machine has these. One task a
 * program; waits end with an interrupt of the task. */
#pragma once

#include "base/base.h"

typedef struct Program Program;

typedef enum ProgramPipe {
    PROGRAM_READS, /* what os_program_write gives is its standard input */
    PROGRAM_WRITES /* what it writes to its standard output is what os_program_read gives */
} ProgramPipe;

/* `sh -c command`, begun in `folder`. Whoever has one ends it, or abandons it. */
Status os_program_start(const char *command, const char *folder, ProgramPipe direction,
                        Program **program);
/* At least one byte; *done 0 at the end. ST_CANCELLED. */
Status os_program_read(Program *program, void *data, size_t bytes, size_t *done);
/* All of it. ST_CLOSED: it reads no more. ST_CANCELLED. */
Status os_program_write(Program *program, const void *data, size_t bytes);

typedef struct ProgramEnd {
    bool by_signal;
    int code;         /* exit code, or signal number */
    const char *text; /* of the signal: "Killed" */
} ProgramEnd;
/* Closes the pipe and waits until the program has ended. OK: `program` is gone. ST_CANCELLED: it is not, nor its end
 * known. */
Status os_program_end(Program *program, ProgramEnd *end);
/* Closes the pipe, has the program and what it started interrupted, killed if it does not heed that in a second. */
void os_program_abandon(Program *program);
