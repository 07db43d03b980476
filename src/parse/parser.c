/* SPDX-License-Identifier: Apache-2.0 */
/* parser.c - the parser's moving parts: the current token and those ahead, errors, memory for nodes and lists; and
 * parse_sql. */
#include "parse/parse_internal.h"

#include "base/utf8.h"

/* ---- tokens ---- */

/* Words that PostgreSQL's grammar takes as another token before certain words, and then as nothing else. */
static const uint16_t bound_words[][8] = {
    {KW_NOT, KW_BETWEEN, KW_IN, KW_LIKE, KW_ILIKE, KW_SIMILAR, TOKEN_BROKEN},
    {KW_NULLS, KW_FIRST, KW_LAST, TOKEN_BROKEN},
    {KW_WITH, KW_TIME, KW_ORDINALITY, TOKEN_BROKEN},
    {KW_WITHOUT, KW_TIME, TOKEN_BROKEN},
    {KW_FORMAT, KW_JSON, TOKEN_BROKEN},
};

static void bind_to_next(Parser *p)
{
    uint16_t next = parse__peek_type(p, 1);
    for (uint32_t i = 0; i < ARRAY_LEN(bound_words); i++) {
        if (bound_words[i][0] != p->tok->type) continue;
        for (const uint16_t *word = &bound_words[i][1]; *word != TOKEN_BROKEN; word++)
            if (*word == next) p->tok->bound = true;
    }
}

/* Scans from `from`, in p->tokens, until the window is full or the text ends, with a broken token as well. */
static void fill_window(Parser *p, Token *from)
{
    Token *end = p->tokens + TOKENS_MAX - LOOKAHEAD_MAX;
    Token *last = parse__scan_ahead(p, from, end);
    if (last == end) {
        last[-LOOKAHEAD_MAX].attend |= ATTEND_SCAN_ON;
        p->scanned = end;
        return;
    }
    /* Not copied as a whole: it was written in parts a moment ago, and no processor likes that. */
    Token copy = {.type = last->type,
                  .attend = ATTEND_SCAN_AGAIN,
                  .start = last->start,
                  .end = last->end};
    for (uint32_t i = 1; i <= LOOKAHEAD_MAX; i++) last[i] = copy;
    if (last->type == TOKEN_BROKEN) last->attend |= ATTEND_SCAN_AGAIN;
    p->scanned = last + 1 + LOOKAHEAD_MAX;
}

/* Moves what is from the token before the current one to `end` to the window's begin. */
static Token *slide_window(Parser *p, const Token *end)
{
    const Token *first = p->tok - 1;
    size_t count = (size_t)(end - first);
    memmove(p->tokens, first, count * sizeof(Token));
    p->tok = p->tokens + 1;
    return p->tokens + count;
}

/* The current token once more, aloud: raises its error or sends its notice. */
static void scan_again(Parser *p)
{
    const char *at = p->at;
    bool broken = p->tok->type == TOKEN_BROKEN;
    p->at = p->sql.data + p->tok->start;
    p->quiet = false;
    parse__scan(p, p->tok);
    p->quiet = true;
    if (broken)
        fill_window(p, slide_window(p, p->tok + 1));
    else
        p->at = at;
}

void parse__attend(Parser *p)
{
    if (p->tok->type == TOKEN_END) {
        p->tok--;
        return;
    }
    uint8_t attend = p->tok->attend;
    if (attend & ATTEND_SCAN_ON) fill_window(p, slide_window(p, p->scanned));
    if (attend & ATTEND_SCAN_AGAIN) scan_again(p);
    if (attend & ATTEND_BIND) bind_to_next(p);
}

/* The first token becomes the current one. */
static void first_token(Parser *p)
{
    p->tokens[0] = (Token){0};
    p->tok = p->tokens;
    fill_window(p, p->tokens + 1);
    parse__next(p);
}

bool parse__accept2(Parser *p, uint32_t first, uint32_t second)
{
    if (p->tok->type != first || parse__peek_type(p, 1) != second) return false;
    parse__next(p);
    parse__next(p);
    return true;
}

void parse__expect(Parser *p, uint32_t type)
{
    if (UNLIKELY(p->tok->type != type || p->tok->bound)) parse__syntax_error(p);
    parse__next(p);
}

void parse__expect2(Parser *p, uint32_t first, uint32_t second)
{
    parse__expect(p, first);
    parse__expect(p, second);
}

/* ---- errors ---- */

int32_t parse_position(Str sql, int32_t offset)
{
    if (offset < 0) return 0;
    return (int32_t)utf8_count(str_slice(sql, 0, (size_t)offset)) + 1;
}

int32_t parse__position(Parser *p, uint32_t offset)
{
    if (offset < p->counted_bytes) p->counted_bytes = p->counted_characters = 0;
    p->counted_characters += (uint32_t)utf8_count(str_slice(p->sql, p->counted_bytes, offset));
    p->counted_bytes = offset;
    return (int32_t)p->counted_characters + 1;
}

_Noreturn void parse__raise_at(Parser *p, Error *error, int32_t offset)
{
    error_raise(error_position(error, parse_position(p->sql, offset)));
}

_Noreturn void parse__error(Parser *p, Sqlstate code, int32_t offset, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str message = str_format_va(p->arena, format, args);
    va_end(args);
    parse__raise_at(p, error_message(error_begin(code), "%.*s", STR_ARG(message)), offset);
}

_Noreturn void parse__error_near(Parser *p, Sqlstate code, const Token *tok, const char *message)
{
    Error *error = error_begin(code);
    if (tok->type == TOKEN_END && tok->start == p->sql.bytes) {
        error_message(error, "%s at end of input", message);
    } else {
        Str near = str_slice(p->sql, tok->start, tok->end);
        error_message(error, "%s at or near \"%.*s\"", message, STR_ARG(near));
    }
    parse__raise_at(p, error, (int32_t)tok->start);
}

/* PostgreSQL's scanner has read the token behind a word that may be bound to it, and behind a U& literal, in search of
 * UESCAPE: if that one is broken, its error comes before the parser's. But a U& literal read so has not been looked at
 * any further. */
_Noreturn void parse__syntax_error(Parser *p)
{
    bool has_read_on = (p->tok->attend & (ATTEND_BIND | ATTEND_READ_ON)) != 0;
    const Token *next = parse__peek(p, 1);
    if (has_read_on && next->type == TOKEN_BROKEN && !(next->attend & ATTEND_READ_ON))
        parse__next(p);
    parse__error_near(p, SQLSTATE_SYNTAX_ERROR, p->tok, "syntax error");
}

void parse__warn(Parser *p, uint32_t offset, Str message)
{
    if (!p->options->notice) return;
    Error warning = {
        .severity = SEVERITY_WARNING,
        .code = SQLSTATE_WARNING,
        .message = message,
        .position = parse__position(p, offset),
        .file = __FILE__,
        .function = __func__,
        .line = __LINE__,
    };
    p->options->notice(p->options->notice_arg, &warning);
}

/* ---- memory ---- */

enum { BLOCK_BYTES_MIN = 1024, BLOCK_BYTES_MAX = 64 * 1024 };

void *parse__alloc_slow(Parser *p, size_t bytes)
{
    if (bytes > BLOCK_BYTES_MAX / 8) return arena_alloc(p->arena, bytes);
    p->block = arena_alloc(p->arena, p->block_bytes);
    p->block_end = p->block + p->block_bytes;
    p->block_bytes = MIN(2 * p->block_bytes, (size_t)BLOCK_BYTES_MAX);
    if ((size_t)(p->block_end - p->block) < bytes) return arena_alloc(p->arena, bytes);
    void *memory = p->block;
    p->block += bytes;
    return memory;
}

void parse__push_slow(Parser *p, void *node)
{
    size_t old = p->node_capacity * sizeof(void *);
    void *from = p->nodes == p->nodes_inline ? NULL : p->nodes;
    void **grown = arena_grow(p->arena, from, from ? old : 0, 2 * old);
    if (!from) memcpy(grown, p->nodes_inline, old);
    p->nodes = grown;
    p->node_capacity *= 2;
    p->nodes[p->node_count++] = node;
    task_check();
}

void *parse__take(Parser *p, uint32_t mark, uint32_t *count)
{
    *count = p->node_count - mark;
    p->node_count = mark;
    if (*count == 0) return NULL;
    size_t bytes = *count * sizeof(void *);
    void **items = parse__alloc(p, bytes);
    if (*count == 1)
        items[0] = p->nodes[mark];
    else
        memcpy(items, p->nodes + mark, bytes);
    return items;
}

void *parse__list_of_one(Parser *p, void *node)
{
    void **items = parse__alloc(p, sizeof *items);
    *items = node;
    return items;
}

void parse__push_name_slow(Parser *p, Str name)
{
    size_t old = p->name_capacity * sizeof(Str);
    void *from = p->names == p->names_inline ? NULL : p->names;
    Str *grown = arena_grow(p->arena, from, from ? old : 0, 2 * old);
    if (!from) memcpy(grown, p->names_inline, old);
    p->names = grown;
    p->name_capacity *= 2;
    p->names[p->name_count++] = name;
    task_check();
}

NodeStrs parse__take_names(Parser *p, uint32_t mark)
{
    NodeStrs names = {.count = p->name_count - mark};
    p->name_count = mark;
    if (names.count == 0) return names;
    size_t bytes = names.count * sizeof(Str);
    names.items = parse__alloc(p, bytes);
    if (names.count == 2) /* a.b: as nearly always */
        names.items[0] = p->names[mark], names.items[1] = p->names[mark + 1];
    else
        memcpy(names.items, p->names + mark, bytes);
    return names;
}

NodeStrs parse__names_of_one(Parser *p, Str name)
{
    NodeStrs names = {parse__alloc(p, sizeof(Str)), 1};
    names.items[0] = name;
    return names;
}

NodeStrs parse__system_name(Parser *p, Str name)
{
    NodeStrs names = {parse__alloc(p, 2 * sizeof(Str)), 2};
    names.items[0] = STR("pg_catalog");
    names.items[1] = name;
    return names;
}

/* ---- parse_sql ---- */

ParseOptions parse_options_default(void)
{
    return (ParseOptions){.escape_string_warning = true,
                          .backslash_quote = BACKSLASH_QUOTE_SAFE_ENCODING};
}

/* The result of a text with room for one statement. */
typedef struct FirstResult {
    ParseResult result;
    ParsedStatement statement;
} FirstResult;

/* One piece of memory for all that a short text needs. The copy of the text has zero bytes behind it: the lexer reads
 * more bytes at once than a token may have. */
static Str first_block(Parser *p, Arena *arena, Str sql)
{
    p->block_bytes = MIN(MAX((size_t)BLOCK_BYTES_MIN,
                             ALIGN_UP(8 * sql.bytes, (size_t)BLOCK_BYTES_MIN)),
                         (size_t)BLOCK_BYTES_MAX);
    size_t copy_bytes = ALIGN_UP(sql.bytes + PARSE_PADDING, (size_t)NODE_ALIGNMENT);
    size_t bytes = copy_bytes + sizeof(FirstResult) + p->block_bytes;
    char *copy = arena_alloc(arena, bytes);
    if (sql.bytes > 0) memcpy(copy, sql.data, sql.bytes);
    memset(copy + sql.bytes, 0, PARSE_PADDING);
    p->block = copy + copy_bytes;
    p->block_end = copy + bytes;
    return (Str){copy, sql.bytes};
}

static void parser_init(Parser *p, Arena *arena, Str sql, const ParseOptions *options)
{
    sql = first_block(p, arena, sql);
    p->at = sql.data;
    p->end = sql.data + sql.bytes;
    p->sql = sql;
    p->quiet = true;
    p->has_notice = false;
    p->signs = p->signs_end = NULL;
    p->counted_bytes = p->counted_characters = 0;
    p->options = options;
    p->arena = arena;
    p->nodes = p->nodes_inline;
    p->names = p->names_inline;
    p->node_count = p->name_count = 0;
    p->node_capacity = SCRATCH_INLINE;
    p->name_capacity = SCRATCH_NAMES_INLINE;
}

/* Statements between semicolons. */
static void parse_statements(Parser *p, ParseResult *result)
{
    ParsedStatement *items = result->statements; /* room for one */
    uint32_t count = 0, capacity = 1;
    for (;;) {
        uint32_t start = p->tok->start;
        AstStmt *tree = parse__statement(p);
        if (tree) {
            if (count == capacity) {
                uint32_t grown = 2 * capacity;
                items = arena_grow(p->arena, items, capacity * sizeof *items,
                                   grown * sizeof *items);
                capacity = grown;
            }
            items[count++] = (ParsedStatement){tree, start, parse__last_end(p) - start};
        }
        if (parse__is(p, TOKEN_END)) break;
        parse__expect(p, ';');
        task_check();
    }
    result->statements = items;
    result->count = count;
}

static AstNode *parse_by_mode(Parser *p, ParseMode mode)
{
    switch (mode) {
    case PARSE_STATEMENTS: break;
    case PARSE_TYPE_NAME: return &parse__type_name(p)->base;
    case PARSE_PLPGSQL_EXPRESSION: return (AstNode *)parse__plpgsql_expression(p);
    case PARSE_PLPGSQL_ASSIGN1: return parse__plpgsql_assign(p, 1);
    case PARSE_PLPGSQL_ASSIGN2: return parse__plpgsql_assign(p, 2);
    case PARSE_PLPGSQL_ASSIGN3: return parse__plpgsql_assign(p, 3);
    }
    UNREACHABLE();
}

ParseResult *parse_sql(Arena *arena, Str sql, const ParseOptions *options)
{
    if (sql.bytes > PARSE_BYTES_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "statement text is longer than %d bytes",
                    PARSE_BYTES_MAX);
    ParseOptions defaults = parse_options_default();
    if (!options) options = &defaults;
    Parser parser;
    Parser *p = &parser;
    parser_init(p, arena, sql, options);
    FirstResult *first = parse__alloc(p, sizeof *first);
    ParseResult *result = &first->result;
    *result = (ParseResult){.sql = sql, .statements = &first->statement};
    first_token(p);
    if (options->mode == PARSE_STATEMENTS) {
        parse_statements(p, result);
        return result;
    }
    uint32_t start = p->tok->start;
    AstNode *tree = parse_by_mode(p, options->mode);
    if (!parse__is(p, TOKEN_END)) parse__syntax_error(p);
    result->statements[0] = (ParsedStatement){tree, start, parse__last_end(p) - start};
    result->count = 1;
    return result;
}
