/* SPDX-License-Identifier: Apache-2.0 */
/* test_parse.c - parse_sql as its callers see it: literals and the settings that change them, notices, errors and their
 * positions, source ranges, modes, nesting without end and very long texts. What PostgreSQL says of thousands of
 * statements stands in tests/parse/corpus. */
#include "../unit.h"

#include "parse/parse.h"

#include <stdlib.h>

typedef struct Call {
    Arena *arena;
    Str sql;
    const ParseOptions *options;
    ParseResult *result;
} Call;

static void call_body(void *arg)
{
    Call *call = arg;
    call->result = parse_sql(call->arena, call->sql, call->options);
}

/* The error of a text; NULL when it is accepted. */
static Error *error_of(Arena *arena, Str sql, const ParseOptions *options)
{
    Call call = {arena, sql, options, NULL};
    Error *error = NULL;
    return error_catch(call_body, &call, arena, &error) ? NULL : error;
}

static AstExpr *first_target(Arena *arena, const char *sql, const ParseOptions *options)
{
    ParseResult *result = parse_sql(arena, str_from(sql), options);
    return AST_AS(Select, result->statements[0].tree)->targets.items[0]->expr;
}

/* ---- literals ---- */

typedef struct Literal {
    const char *sql, *value;
} Literal;

static const Literal strings[] = {
    {"SELECT 'it''s'", "it's"},
    {"SELECT 'a'\n  'b' -- c\n 'd'", "abd"},
    {"SELECT E'\\t\\n\\\\\\'\\101\\x41\\u0041\\U0001F600\\q'", "\t\n\\'AAA\xf0\x9f\x98\x80q"},
    {"SELECT E'\\uD83D\\uDE00'", "\xf0\x9f\x98\x80"},
    {"SELECT U&'d\\0061t\\+000061'", "data"},
    {"SELECT U&'d!0061!!' UESCAPE '!'", "da!"},
    {"SELECT $$a'$b$ $x$$", "a'$b$ $x"},
    {"SELECT $tag$ $$ $tag $tag$", " $$ $tag "},
    {"SELECT '\\'", "\\"},
    {"SELECT ''", ""},
};

static void test_strings(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
        Str value = AST_AS(StringConst, first_target(unit.arena, strings[i].sql, NULL))->value;
        if (!str_equal(value, str_from(strings[i].value)))
            fail_msg("%s gave %.*s", strings[i].sql, STR_ARG(value));
    }
    unit_close(&unit);
}

static void test_numbers(void **state)
{
    static const struct {
        const char *sql;
        int32_t value;
    } integers[] = {{"SELECT 1_000", 1000},
                    {"SELECT 0x7fff_ffff", INT32_MAX},
                    {"SELECT 0o17", 15},
                    {"SELECT 0b_101", 5},
                    {"SELECT -2147483647", -INT32_MAX}};
    static const char *const floats[] = {"2147483648", "0xFFFFFFFF", "1.",
                                         ".5",         "1e10",       "1_0.0_1E-3"};
    Unit unit;
    (void)state;
    unit_open(&unit);
    for (size_t i = 0; i < ARRAY_LEN(integers); i++)
        assert_int_equal(AST_AS(IntConst, first_target(unit.arena, integers[i].sql, NULL))->value,
                         integers[i].value);
    for (size_t i = 0; i < ARRAY_LEN(floats); i++) {
        Str sql = str_format(unit.arena, "SELECT %s", floats[i]);
        AstExpr *expr = first_target(unit.arena, str_copy_zero(unit.arena, sql), NULL);
        assert_true(str_equal(AST_AS(FloatConst, expr)->text, str_from(floats[i])));
    }
    unit_close(&unit);
}

/* ---- settings and notices ---- */

typedef struct Notices {
    Arena *arena;
    uint32_t count;
    Sqlstate code;
    int32_t position;
    Str message;
} Notices;

static void take_notice(void *arg, const Error *notice)
{
    Notices *notices = arg;
    notices->count++;
    notices->code = notice->code;
    notices->position = notice->position;
    notices->message = str_copy(notices->arena, notice->message);
}

static void test_settings(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    Notices notices = {.arena = unit.arena};
    ParseOptions options = parse_options_default();
    options.nonstandard_strings = true;
    options.notice = take_notice;
    options.notice_arg = &notices;
    AstExpr *expr = first_target(unit.arena, "SELECT 'a\\tb'", &options);
    assert_true(str_equal(AST_AS(StringConst, expr)->value, STR("a\tb")));
    assert_int_equal(notices.count, 1);
    assert_int_equal(notices.code, SQLSTATE_NONSTANDARD_USE_OF_ESCAPE_CHARACTER);
    assert_int_equal(notices.position, 8);
    assert_true(str_equal(notices.message, STR("nonstandard use of escape in a string literal")));

    options.escape_string_warning = false;
    first_target(unit.arena, "SELECT 'a\\tb'", &options);
    assert_int_equal(notices.count, 1);

    Error *error = error_of(unit.arena, STR("SELECT U&'a'"), &options);
    assert_int_equal(error->code, SQLSTATE_FEATURE_NOT_SUPPORTED);
    assert_true(
        str_equal(error->message, STR("unsafe use of string constant with Unicode escapes")));

    options = parse_options_default();
    assert_null(error_of(unit.arena, STR("SELECT E'\\''"), &options));
    options.backslash_quote = BACKSLASH_QUOTE_OFF;
    error = error_of(unit.arena, STR("SELECT E'\\''"), &options);
    assert_int_equal(error->code, SQLSTATE_NONSTANDARD_USE_OF_ESCAPE_CHARACTER);
    unit_close(&unit);
}

static void test_long_identifiers(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    Notices notices = {.arena = unit.arena};
    ParseOptions options = parse_options_default();
    options.notice = take_notice;
    options.notice_arg = &notices;
    /* 62 letters and a character of two bytes: cut before it. */
    Str letters = STR("Abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghij");
    Str sql = str_format(unit.arena, "SELECT %.*s\xc3\xa9", STR_ARG(letters));
    AstExpr *expr = first_target(unit.arena, str_copy_zero(unit.arena, sql), &options);
    Str name = AST_AS(ColumnRef, expr)->names.items[0];
    assert_int_equal(name.bytes, 62);
    assert_true(str_equal(name, str_lower_ascii(unit.arena, letters)));
    assert_int_equal(notices.count, 1);
    assert_int_equal(notices.code, SQLSTATE_NAME_TOO_LONG);
    assert_int_equal(notices.position, 0);
    unit_close(&unit);
}

/* ---- errors ---- */

typedef struct Wrong {
    const char *sql;
    int32_t position;
    const char *message;
} Wrong;

static const Wrong wrong[] = {
    {"SELECT 'ä', ö ö ö", 17, "syntax error at or near \"ö\""},
    {"SELECT (1", 10, "syntax error at end of input"},
    {"SELECT 1 FROM  -- nothing", 26, "syntax error at end of input"},
    {"SELECT 1; SELEC 2", 11, "syntax error at or near \"SELEC\""},
    {"SELECT 'a", 8, "unterminated quoted string at or near \"'a\""},
    {"SELECT 1 /* /* */", 10, "unterminated /* comment at or near \"/* /* */\""},
    {"SELECT a b c 'd", 12, "syntax error at or near \"c\""},
    {"SELECT \"\"", 8, "zero-length delimited identifier at or near \"\"\"\""},
    {"SELECT 12ab", 8, "trailing junk after numeric literal at or near \"12ab\""},
    {"SELECT a < b < c", 14, "syntax error at or near \"<\""},
    {"SELECT * FROM a.b.c.d", 15, "improper qualified name (too many dotted names): a.b.c.d"},
    {"SELECT E'\\'", 8, "unterminated quoted string at or near \"E'\\'\""},
};

static void test_errors(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        Error *error = error_of(unit.arena, str_from(wrong[i].sql), NULL);
        assert_non_null(error);
        if (error->position != wrong[i].position ||
            !str_equal(error->message, str_from(wrong[i].message)))
            fail_msg("%s: %d %.*s", wrong[i].sql, error->position, STR_ARG(error->message));
    }
    unit_close(&unit);
}

/* ---- results ---- */

static void test_ranges(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    Str sql = STR(" ; SELECT 1 ;; /* x */ COMMIT -- end\n");
    ParseResult *result = parse_sql(unit.arena, sql, NULL);
    assert_int_equal(result->count, 2);
    const ParsedStatement *first = &result->statements[0], *second = &result->statements[1];
    assert_true(
        str_equal(str_slice(sql, first->offset, first->offset + first->bytes), STR("SELECT 1")));
    assert_true(
        str_equal(str_slice(sql, second->offset, second->offset + second->bytes), STR("COMMIT")));
    assert_int_equal(parse_sql(unit.arena, STR(""), NULL)->count, 0);
    assert_int_equal(parse_sql(unit.arena, (Str){NULL, 0}, NULL)->count, 0);
    unit_close(&unit);
}

static AstNode *parse_mode(Arena *arena, ParseMode mode, const char *text)
{
    ParseOptions options = parse_options_default();
    options.mode = mode;
    return parse_sql(arena, str_from(text), &options)->statements[0].tree;
}

static void test_modes(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    AstTypeName *type = AST_AS(TypeName, parse_mode(unit.arena, PARSE_TYPE_NAME, "numeric(3,1)[]"));
    assert_int_equal(type->modifiers.count, 2);
    assert_int_equal(type->bounds.count, 1);
    AstSelect *select = AST_AS(Select, parse_mode(unit.arena, PARSE_PLPGSQL_EXPRESSION,
                                                  "a + 1 FROM t WHERE b"));
    assert_int_equal(select->targets.count, 1);
    assert_non_null(select->where);
    AstAssign *assign = AST_AS(Assign,
                               parse_mode(unit.arena, PARSE_PLPGSQL_ASSIGN2, "a.b[1] := c"));
    assert_true(str_equal(assign->name, STR("a")));
    assert_int_equal(assign->parts.count, 2);
    assert_int_equal(assign->name_parts, 2);
    assign = AST_AS(Assign, parse_mode(unit.arena, PARSE_PLPGSQL_ASSIGN1, "$3 = 4"));
    assert_int_equal(assign->param, 3);
    ParseOptions options = parse_options_default();
    options.mode = PARSE_TYPE_NAME;
    assert_int_equal(error_of(unit.arena, STR("int; SELECT 1"), &options)->position, 4);
    unit_close(&unit);
}

static void test_keywords(void **state)
{
    bool bare = false;
    (void)state;
    assert_int_equal(parse_keyword_category(STR("select"), &bare), 'R');
    assert_true(bare);
    assert_int_equal(parse_keyword_category(STR("abort"), NULL), 'U');
    assert_int_equal(parse_keyword_category(STR("between"), NULL), 'C');
    assert_int_equal(parse_keyword_category(STR("current_timestamp"), NULL), 'R');
    assert_int_equal(parse_keyword_category(STR("left"), NULL), 'T');
    assert_int_equal(parse_keyword_category(STR("SELECT"), NULL), 0);
    assert_int_equal(parse_keyword_category(STR("selec"), NULL), 0);
    assert_int_equal(parse_keyword_category(STR("current_timestamq"), NULL), 0);
    assert_int_equal(parse_keyword_category(STR(""), NULL), 0);
}

/* ---- limits ---- */

typedef struct Nest {
    const char *before, *open, *middle, *close;
} Nest;

static const Nest nests[] = {
    {"SELECT ", "(", "1", ")"},
    {"SELECT ", "(SELECT ", "1", ")"},
    {"", "(", "SELECT 1", ")"},
    {"SELECT ", "NOT ", "a", ""},
    {"SELECT ", "- ", "a", ""},
    {"SELECT ", "@ ", "a", ""},
    {"SELECT ", "f(", "1", ")"},
    {"SELECT ", "CASE WHEN a THEN ", "1", " END"},
    {"SELECT ARRAY", "[", "1", "]"},
    {"SELECT ", "a[", "1", "]"},
    {"SELECT a::", "x(1::", "int", ")"},
    {"SELECT * FROM ", "(", "a", " JOIN b ON c)"},
    {"SELECT * FROM ", "(SELECT * FROM ", "a", ") x"},
    {"SELECT * FROM a ", "JOIN b ", "", "ON c "},
    {"", "WITH a AS (", "SELECT 1", ") SELECT 1"},
    {"SELECT 1 GROUP BY ", "GROUPING SETS (", "a", ")"},
    {"SELECT U&'a' UESCAPE ", "U&'b' UESCAPE ", "'!'", ""},
    {"SELECT ", "U&\"a\" UESCAPE ", "'!'", ""},
};

enum { NEST_DEPTH = 200000, STACK_BYTES = 512 * 1024, BIG_BYTES = 4 << 20 };

/* Nesting without end runs into the stack's limit, if not into a syntax error, and never into the stack's end. */
static void test_nesting(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    unit.task.stack_low = (char *)__builtin_frame_address(0) - STACK_BYTES;
    for (size_t i = 0; i < ARRAY_LEN(nests); i++) {
        StrBuilder sql = str_builder(unit.arena, 0);
        str_add_zero_terminated(&sql, nests[i].before);
        for (int j = 0; j < NEST_DEPTH; j++) str_add_zero_terminated(&sql, nests[i].open);
        str_add_zero_terminated(&sql, nests[i].middle);
        for (int j = 0; j < NEST_DEPTH; j++) str_add_zero_terminated(&sql, nests[i].close);
        Error *error = error_of(unit.arena, str_done(&sql), NULL);
        assert_non_null(error);
        bool escapes = strstr(nests[i].open, "UESCAPE") != NULL;
        assert_int_equal(error->code,
                         escapes ? SQLSTATE_SYNTAX_ERROR : SQLSTATE_STATEMENT_TOO_COMPLEX);
        arena_reset(unit.arena);
    }
    unit_close(&unit);
}

/* Texts that a careless scanner or list would take quadratic time for: the run ends at all only if it is linear. */
static void test_long_texts(void **state)
{
    static const Nest texts[] = {
        {"SELECT 1", " + 1", "", ""},
        {"SELECT a", " AND a", "", ""},
        {"VALUES ", "(1),", "(1)", ""},
        {"", "SELECT 1;", "", ""},
        {"SELECT E'", "\\\\", "'", ""},
        {"SELECT '", "''", "'", ""},
        {"SELECT 'a'", "\n'a'", "", ""},
        {"SELECT 1::int", "[]", "", ""},
        {"SELECT a", ".a", "", ""},
        {"SELECT 1 ", "+", " 1", ""},
        {"", "/*", "SELECT 1", "*/"},
        {"SELECT $a$", "$a", "$a$", ""},
        {"SELECT 1", " UNION SELECT 1", "", ""},
        {"SELECT ", "U&'a',", "1", ""},
        {"SELECT a", "::b", "", ""},
        {"SELECT * FROM a", " JOIN b ON c", "", ""},
    };
    Unit unit;
    (void)state;
    unit_open(&unit);
    unit.task.stack_low = (char *)__builtin_frame_address(0) - STACK_BYTES;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        size_t count = BIG_BYTES / strlen(texts[i].open);
        StrBuilder sql = str_builder(unit.arena, 0);
        str_add_zero_terminated(&sql, texts[i].before);
        for (size_t j = 0; j < count; j++) str_add_zero_terminated(&sql, texts[i].open);
        str_add_zero_terminated(&sql, texts[i].middle);
        for (size_t j = 0; j < count; j++) str_add_zero_terminated(&sql, texts[i].close);
        Error *error = error_of(unit.arena, str_done(&sql), NULL);
        bool signs = strcmp(texts[i].open, "+") == 0;
        if (error && !signs)
            fail_msg("%s...: %d %.*s", texts[i].before, error->position, STR_ARG(error->message));
        arena_reset(unit.arena);
    }
    unit_close(&unit);
}

static void cancelled_body(void *arg)
{
    Call *call = arg;
    task_interrupt(task_self(), TASK_CANCEL);
    call_body(call);
}

static void test_cancel(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    Call call = {unit.arena, STR("SELECT 1; SELECT (2)"), NULL, NULL};
    assert_raises(SQLSTATE_QUERY_CANCELED, cancelled_body, &call);
    unit_close(&unit);
}

/* ---- very long texts in the arena, and back to text ---- */

enum { LONG_BYTES = 16 << 20, LONG_TIMES = 4 };

/* The bytes that the tree of a list of `bytes` bytes takes. */
static size_t tree_bytes(Arena *arena, size_t bytes)
{
    static const char row[] = "(1, 'a', b),\n";
    StrBuilder sql = str_builder(arena, bytes + sizeof row);
    str_add_zero_terminated(&sql, "VALUES ");
    while (str_peek(&sql).bytes < bytes) str_add_zero_terminated(&sql, row);
    str_add_zero_terminated(&sql, "(1)");
    size_t before = arena_used(arena);
    ParseResult *result = parse_sql(arena, str_done(&sql), NULL);
    assert_int_equal(result->count, 1);
    return arena_used(arena) - before;
}

/* Four times the text takes four times the memory, and the time that the test is given. */
static void test_memory_is_linear(void **state)
{
    Unit unit;
    (void)state;
    unit_open(&unit);
    size_t small = tree_bytes(unit.arena, LONG_BYTES);
    arena_reset(unit.arena);
    size_t large = tree_bytes(unit.arena, (size_t)LONG_BYTES * LONG_TIMES);
    assert_in_range(large, small * LONG_TIMES / 2, small * LONG_TIMES * 2);
    unit_close(&unit);
}

typedef struct Back {
    StrBuilder out;
    AstNode *tree;
} Back;

static void deparse_body(void *arg)
{
    Back *back = arg;
    parse_deparse(&back->out, back->tree);
}

/* A tree as deep as a parser with much stack made it, written out where little is left: 54001, never a crash. */
static void test_deparse_of_deep_trees(void **state)
{
    enum { DEPTH = 2000, PARSER_STACK_BYTES = 6 << 20, DEPARSER_STACK_BYTES = 32 * 1024 };
    Unit unit;
    (void)state;
    unit_open(&unit);
    for (size_t i = 0; i < ARRAY_LEN(nests); i++) {
        if (strstr(nests[i].open, "UESCAPE")) continue;
        StrBuilder sql = str_builder(unit.arena, 0);
        str_add_zero_terminated(&sql, nests[i].before);
        for (int j = 0; j < DEPTH; j++) str_add_zero_terminated(&sql, nests[i].open);
        str_add_zero_terminated(&sql, nests[i].middle);
        for (int j = 0; j < DEPTH; j++) str_add_zero_terminated(&sql, nests[i].close);
        unit.task.stack_low = (char *)__builtin_frame_address(0) - PARSER_STACK_BYTES;
        Call call = {unit.arena, str_done(&sql), NULL, NULL};
        Error *error;
        if (error_catch(call_body, &call, unit.arena, &error)) {
            Back back = {str_builder(unit.arena, 0), call.result->statements[0].tree};
            unit.task.stack_low = (char *)__builtin_frame_address(0) - DEPARSER_STACK_BYTES;
            int code = unit_raised(deparse_body, &back);
            if (code != 0) assert_int_equal(code, SQLSTATE_STATEMENT_TOO_COMPLEX);
            if (strcmp(nests[i].open, "NOT ") == 0 || strcmp(nests[i].open, "f(") == 0)
                assert_int_equal(code, SQLSTATE_STATEMENT_TOO_COMPLEX);
        } else {
            assert_int_equal(error->code, SQLSTATE_STATEMENT_TOO_COMPLEX);
        }
        arena_reset(unit.arena);
    }
    unit_close(&unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_long_identifiers),
        cmocka_unit_test(test_errors),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_modes),
        cmocka_unit_test(test_keywords),
        cmocka_unit_test(test_nesting),
        cmocka_unit_test(test_long_texts),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_memory_is_linear),
        cmocka_unit_test(test_deparse_of_deep_trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
