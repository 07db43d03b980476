/* SPDX-License-Identifier: Apache-2.0 */
/* parse_witness.c - the parser as a process, for tests/parse/compare.py, which describes what is asked and answered.
 *
 * usage: parse_witness [--tree]     with --tree the answer is the tree as an s-expression instead of SQL */
#include "parse/parse.h"

#include "base/task.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { STACK_BYTES = 64 << 20, STACK_CHECKED_BYTES = 2 << 20 };

typedef struct Question {
    Arena *arena;
    Str sql;
    StrBuilder answer;
    bool tree;
} Question;

/* The text made of a tree must parse to a tree equal to it, here by ast_equal: stricter than any judge outside. */
static void check_round_trip(Arena *arena, const ParseResult *result, Str text)
{
    ParseResult *again = parse_sql(arena, str_copy(arena, text), NULL);
    bool same = again->count == result->count;
    for (uint32_t i = 0; same && i < result->count; i++)
        same = ast_equal(result->statements[i].tree, again->statements[i].tree);
    if (!same) raise_error(SQLSTATE_INTERNAL_ERROR, "the text of the tree has another tree");
}

static void answer_body(void *arg)
{
    Question *question = arg;
    ParseResult *result = parse_sql(question->arena, question->sql, NULL);
    for (uint32_t i = 0; i < result->count; i++) {
        if (i) str_add(&question->answer, STR(";\n"));
        if (question->tree)
            ast_print(&question->answer, result->statements[i].tree);
        else
            parse_deparse(&question->answer, result->statements[i].tree);
    }
    if (!question->tree) check_round_trip(question->arena, result, str_peek(&question->answer));
}

static void put_escaped(Str text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        char c = text.data[i];
        if (c == '\n' || c == '\t' || c == '\\') putchar('\\');
        putchar(c == '\n' ? 'n' : c == '\t' ? 't' : c);
    }
}

static void put_error(const Error *error)
{
    char code[6];
    sqlstate_print(error->code, code);
    printf("error %s %d ", code, error->position);
    put_escaped(error->message);
    if (error->hint.bytes) {
        fputs("\tHINT: ", stdout);
        put_escaped(error->hint);
    }
    if (error->detail.bytes) {
        fputs("\tDETAIL: ", stdout);
        put_escaped(error->detail);
    }
    putchar('\n');
}

static void answer(Arena *arena, Str sql, bool tree)
{
    Question question = {.arena = arena,
                         .sql = sql,
                         .answer = str_builder(arena, 256),
                         .tree = tree};
    Error *error;
    if (error_catch(answer_body, &question, arena, &error)) {
        Str text = str_peek(&question.answer);
        printf("ok\n%zu\n%.*s\n", text.bytes, STR_ARG(text));
    } else {
        put_error(error);
    }
    fflush(stdout);
}

static void *serve(void *arg)
{
    bool tree = *(bool *)arg;
    Account *account = account_new(NULL, "witness", ACCOUNT_UNLIMITED);
    Task task = {0};
    if (!account || task_init(&task, account, "witness") != OK) abort();
    task_switch(&task);
    task.stack_low = (char *)__builtin_frame_address(0) - STACK_CHECKED_BYTES;
    task.stack_kilobytes = STACK_CHECKED_BYTES / 1024;
    Arena *arena = arena_new(account, "statement");
    size_t bytes;
    while (scanf("%zu", &bytes) == 1 && getchar() == '\n') {
        char *sql = arena_alloc(arena, bytes + 1);
        if (fread(sql, 1, bytes, stdin) != bytes) break;
        answer(arena, (Str){sql, bytes}, tree);
        arena_reset(arena);
    }
    arena_drop(arena);
    task_switch(NULL);
    task_release(&task);
    account_drop(account);
    return NULL;
}

int main(int argc, char **argv)
{
    bool tree = argc > 1 && strcmp(argv[1], "--tree") == 0;
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    if (pthread_create(&thread, &attributes, serve, &tree) != 0) return 1;
    pthread_join(thread, NULL);
    return 0;
}
