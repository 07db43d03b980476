/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_parse.c - any bytes as a statement: no crash, no leak, and what is accepted is equal to its copy. A libFuzzer
 * target: the first byte chooses mode and settings. Text that is not UTF-8 never reaches the parser: it is cut
 * there. */
#include "parse/parse.h"

#include "base/task.h"
#include "base/utf8.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

enum { STACK_CHECKED_BYTES = 512 * 1024 };

typedef struct Input {
    Arena *arena;
    Str sql;
    ParseOptions options;
} Input;

static void ignore_notice(void *arg, const Error *notice)
{
    uint32_t *count = arg;
    *count += notice->message.bytes > 0;
}

static void parse_body(void *arg)
{
    Input *input = arg;
    ParseResult *result = parse_sql(input->arena, input->sql, &input->options);
    for (uint32_t i = 0; i < result->count; i++) {
        const ParsedStatement *statement = &result->statements[i];
        if (statement->offset + statement->bytes > input->sql.bytes) abort();
        AstNode *copy = ast_copy(input->arena, statement->tree);
        if (!ast_equal(copy, statement->tree)) abort();
        StrBuilder out = str_builder(input->arena, 256);
        ast_print(&out, copy);
        StrBuilder sql = str_builder(input->arena, 256);
        parse_deparse(&sql, copy);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    if (bytes == 0) return 0;
    Account *account = account_new(NULL, "fuzz", ACCOUNT_UNLIMITED);
    Task task = {0};
    if (!account || task_init(&task, account, "fuzz") != OK) abort();
    task_switch(&task);
    task.stack_low = (char *)__builtin_frame_address(0) - STACK_CHECKED_BYTES;
    uint32_t notices = 0;
    Str text = {(const char *)data + 1, bytes - 1};
    Input input = {.arena = arena_new(account, "fuzz"), .options = parse_options_default()};
    input.sql = str_slice(text, 0, utf8_valid_prefix(text));
    input.options.mode = data[0] & 8 ? (ParseMode)(data[0] % 6) : PARSE_STATEMENTS;
    input.options.nonstandard_strings = data[0] & 16;
    input.options.backslash_quote = data[0] & 32 ? BACKSLASH_QUOTE_OFF : BACKSLASH_QUOTE_ON;
    input.options.notice = ignore_notice;
    input.options.notice_arg = &notices;
    Error *error;
    if (!error_catch(parse_body, &input, input.arena, &error))
        if (error->position < 0 || (size_t)error->position > input.sql.bytes + 1) abort();
    arena_drop(input.arena);
    task_switch(NULL);
    task_release(&task);
    if (account_used(account) != 0) abort();
    account_drop(account);
    return 0;
}
