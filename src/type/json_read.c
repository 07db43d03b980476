/* SPDX-License-Identifier: Apache-2.0 */
/* json_read.c - JSON text (RFC 8259) into nodes, by one token of look-ahead. What is wrong is told as PostgreSQL tells
 * it: the token, and in the context the line up to it, cut to the last CONTEXT_BYTES bytes. */
#include "type/jsonb_internal.h"

#include "base/task.h"
#include "base/utf8.h"
#include "type/type_internal.h"

enum { CONTEXT_BYTES = 50, CONTEXT_CUT_MIN = 3 };

typedef enum Token {
    TOKEN_END,
    TOKEN_PUNCTUATION, /* the character itself is at `start` */
    TOKEN_STRING,
    TOKEN_NUMBER,
    TOKEN_TRUE,
    TOKEN_FALSE,
    TOKEN_NULL,
} Token;

typedef struct Reader {
    Arena *arena;
    Str text;
    JsonRead what;
    InputError *err;
    Token token;
    size_t start, end; /* of the token; `end` is also where reading goes on */
    size_t line_start;
    uint32_t line;
    Str string;          /* contents of a string token, if a tree is made */
    JsonMembers members; /* of the containers that are open, innermost last */
} Reader;

/* ---- Errors */

static void add_context(const Reader *r)
{
    if (!r->err) return;
    size_t from = r->line_start;
    while (r->end - from >= CONTEXT_BYTES) from += utf8_length(r->text.data[from]);
    if (from - r->line_start <= CONTEXT_CUT_MIN) from = r->line_start;
    const bool more = r->end < r->text.bytes && r->text.data[r->end] != '\n' &&
                      r->text.data[r->end] != '\r';
    input_error_context(r->err, "JSON data, line %u: %s%.*s%s", r->line,
                        from > r->line_start ? "..." : "",
                        STR_ARG(str_slice(r->text, from, r->end)), more ? "..." : "");
}

static Str token_text(const Reader *r)
{
    return str_slice(r->text, r->start, r->end);
}

static PRINTF_LIKE(2, 3) bool bad(Reader *r, const char *format, ...)
{
    if (!r->err) return false;
    va_list args;
    va_start(args, format);
    const Str detail = str_format_va(r->arena, format, args);
    va_end(args);
    input_error(r->err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json");
    input_error_detail(r->err, "%.*s", STR_ARG(detail));
    add_context(r);
    return false;
}

static bool bad_token(Reader *r)
{
    return bad(r, "Token \"%.*s\" is invalid.", STR_ARG(token_text(r)));
}

static bool expected(Reader *r, const char *what)
{
    if (r->token == TOKEN_END) return bad(r, "The input string ended unexpectedly.");
    return bad(r, "Expected %s, but found \"%.*s\".", what, STR_ARG(token_text(r)));
}

/* ---- Tokens */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           (uint8_t)c >= 0x80;
}

static char char_at(const Reader *r, size_t at)
{
    return at < r->text.bytes ? r->text.data[at] : 0;
}

static size_t skip_digits(const Reader *r, size_t at)
{
    while (is_digit(char_at(r, at))) at++;
    return at;
}

static bool read_number(Reader *r)
{
    size_t at = r->start;
    bool good = true;
    if (char_at(r, at) == '-') at++;
    if (char_at(r, at) == '0')
        at++;
    else
        good = is_digit(char_at(r, at)), at = skip_digits(r, at);
    if (char_at(r, at) == '.') {
        const size_t digits = ++at;
        at = skip_digits(r, at);
        good &= at > digits;
    }
    if (char_at(r, at) == 'e' || char_at(r, at) == 'E') {
        at++;
        if (char_at(r, at) == '+' || char_at(r, at) == '-') at++;
        const size_t digits = at;
        at = skip_digits(r, at);
        good &= at > digits;
    }
    for (; at < r->text.bytes && is_word(r->text.data[at]); at++) good = false;
    r->end = at;
    r->token = TOKEN_NUMBER;
    return good || bad_token(r);
}

static bool read_word(Reader *r)
{
    r->end = r->start;
    while (r->end < r->text.bytes && is_word(r->text.data[r->end])) r->end++;
    if (r->end == r->start) {
        r->end++;
        return bad_token(r);
    }
    const Str word = token_text(r);
    if (str_equal(word, STR("true")))
        r->token = TOKEN_TRUE;
    else if (str_equal(word, STR("false")))
        r->token = TOKEN_FALSE;
    else if (str_equal(word, STR("null")))
        r->token = TOKEN_NULL;
    else
        return bad_token(r);
    return true;
}

static int hex_value(char c)
{
    if (is_digit(c)) return c - '0';
    const char lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The four digits behind \u at `at`. */
static bool read_unit(Reader *r, size_t at, uint32_t *unit)
{
    *unit = 0;
    for (size_t i = at; i < at + 4; i++) {
        if (i >= r->text.bytes) {
            r->end = r->text.bytes;
            return bad_token(r);
        }
        const int digit = hex_value(r->text.data[i]);
        if (digit < 0) {
            r->end = MIN(i + utf8_length(r->text.data[i]), r->text.bytes);
            return bad(r, "\"\\u\" must be followed by four hexadecimal digits.");
        }
        *unit = *unit * 16 + (uint32_t)digit;
    }
    return true;
}

static bool no_low_surrogate(Reader *r, size_t end)
{
    r->end = MIN(end, r->text.bytes);
    return bad(r, "Unicode low surrogate must follow a high surrogate.");
}

/* A \u escape at *at (behind its u); `high` is a high surrogate that waits for its other half. */
static bool read_unicode(Reader *r, size_t *at, uint32_t *high, StrBuilder *out)
{
    char bytes[UTF8_BYTES_MAX];
    uint32_t unit;
    if (!read_unit(r, *at, &unit)) return false;
    *at += 4;
    if (!out) return true;
    if (unit >= 0xd800 && unit < 0xdc00) {
        r->end = *at;
        if (*high) return bad(r, "Unicode high surrogate must not follow a high surrogate.");
        *high = unit;
        return true;
    }
    const bool low = unit >= 0xdc00 && unit < 0xe000;
    if (low != (*high != 0)) return no_low_surrogate(r, *at);
    if (low) unit = 0x10000 + ((*high & 0x3ff) << 10 | (unit & 0x3ff));
    *high = 0;
    if (unit == 0) {
        r->end = *at;
        input_error(r->err, SQLSTATE_UNTRANSLATABLE_CHARACTER,
                    "unsupported Unicode escape sequence");
        input_error_detail(r->err, "\\u0000 cannot be converted to text.");
        add_context(r);
        return false;
    }
    str_add(out, (Str){bytes, utf8_encode(unit, bytes)});
    return true;
}

static bool read_escape(Reader *r, size_t *at, uint32_t *high, StrBuilder *out)
{
    static const char escapes[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char c = char_at(r, *at);
    if (*at >= r->text.bytes) {
        r->end = r->text.bytes;
        return bad_token(r);
    }
    if (c == 'u') {
        ++*at;
        return read_unicode(r, at, high, out);
    }
    const char *found = c ? strchr(escapes, c) : NULL;
    const size_t from = *at - 1;
    *at += utf8_length(c);
    if (*high) return no_low_surrogate(r, *at);
    if (!found) {
        r->end = MIN(*at, r->text.bytes);
        return bad(r, "Escape sequence \"%.*s\" is invalid.",
                   STR_ARG(str_slice(r->text, from, r->end)));
    }
    if (out) str_add_char(out, meanings[found - escapes]);
    return true;
}

/* A string token whose first escape or end stands at `at`. */
static bool read_string(Reader *r)
{
    const bool contents = r->what & JSON_READ_TREE;
    const char *data = r->text.data;
    size_t at = r->start + 1, plain = at;
    uint32_t high = 0;
    StrBuilder built = {0}, *out = NULL;
    r->token = TOKEN_STRING;
    for (;;) {
        while (at < r->text.bytes && data[at] != '"' && data[at] != '\\' && (uint8_t)data[at] >= 32)
            at++;
        if (high && at > plain) return no_low_surrogate(r, plain + utf8_length(data[plain]));
        if (at == r->text.bytes) {
            r->end = at;
            return bad_token(r);
        }
        if (data[at] == '"') break;
        if ((uint8_t)data[at] < 32) {
            r->end = at;
            return bad(r, "Character with value 0x%02x must be escaped.", data[at]);
        }
        if (contents && !out) {
            built = str_builder(r->arena, at - plain + 16);
            out = &built;
        }
        if (out) str_add(out, str_slice(r->text, plain, at));
        at++;
        if (!read_escape(r, &at, &high, out)) return false;
        plain = at;
    }
    if (high) return no_low_surrogate(r, at + 1);
    r->end = at + 1;
    if (out) str_add(out, str_slice(r->text, plain, at));
    r->string = out ? str_done(out) : str_slice(r->text, plain, at);
    return true;
}

static bool next_token(Reader *r)
{
    size_t at = r->end;
    for (; at < r->text.bytes; at++) {
        const char c = r->text.data[at];
        if (c == '\n') {
            r->line++;
            r->line_start = at + 1;
        } else if (c != ' ' && c != '\t' && c != '\r') {
            break;
        }
    }
    r->start = r->end = at;
    r->token = TOKEN_END;
    if (at == r->text.bytes) return true;
    const char c = r->text.data[at];
    switch (c) {
    case '{':
    case '}':
    case '[':
    case ']':
    case ',':
    case ':':
        r->token = TOKEN_PUNCTUATION;
        r->end = at + 1;
        return true;
    case '"': return read_string(r);
    case '-': return read_number(r);
    default: return is_digit(c) ? read_number(r) : read_word(r);
    }
}

static bool is_punctuation(const Reader *r, char c)
{
    return r->token == TOKEN_PUNCTUATION && r->text.data[r->start] == c;
}

/* ---- Values */

static bool read_value(Reader *r, JsonNode *node);

/* The members pushed since `first` become the node's. */
static void take_members(Reader *r, uint32_t first, JsonKind kind, JsonNode *node)
{
    const uint32_t count = r->members.count - first;
    *node = (JsonNode){.kind = kind, .count = count};
    if (!(r->what & JSON_READ_TREE)) return;
    if (count > 0) /* without any there may be no array either */
        node->items = arena_copy(r->arena, &r->members.items[first],
                                 size_mul(count, sizeof(JsonMember)));
    r->members.count = first;
}

static int compare_keys(const void *a, const void *b)
{
    return str_compare(((const JsonMember *)a)->key, ((const JsonMember *)b)->key);
}

static bool check_unique(Reader *r, const JsonNode *object)
{
    JsonMember *sorted = arena_copy(r->arena, object->items,
                                    size_mul(object->count, sizeof(JsonMember)));
    if (object->count) qsort(sorted, object->count, sizeof *sorted, compare_keys);
    for (uint32_t i = 1; i < object->count; i++)
        if (str_equal(sorted[i - 1].key, sorted[i].key))
            return input_error(r->err, SQLSTATE_DUPLICATE_JSON_OBJECT_KEY_VALUE,
                               "duplicate JSON object key value");
    return true;
}

static bool read_member(Reader *r, const char *wanted)
{
    JsonMember member = {0};
    if (r->token != TOKEN_STRING) return expected(r, wanted);
    member.key = r->string;
    if (!next_token(r)) return false;
    if (!is_punctuation(r, ':')) return expected(r, "\":\"");
    if (!next_token(r) || !read_value(r, &member.value)) return false;
    if (r->what & JSON_READ_TREE) json_push(&r->members, member.key, member.value);
    return true;
}

static bool read_object(Reader *r, JsonNode *node)
{
    const uint32_t first = r->members.count;
    if (!next_token(r)) return false;
    if (!is_punctuation(r, '}')) {
        if (!read_member(r, "string or \"}\"")) return false;
        while (is_punctuation(r, ','))
            if (!next_token(r) || !read_member(r, "string")) return false;
        if (!is_punctuation(r, '}')) return expected(r, "\",\" or \"}\"");
    }
    take_members(r, first, JSON_OBJECT, node);
    return !(r->what & JSON_READ_UNIQUE) || check_unique(r, node);
}

static bool read_array(Reader *r, JsonNode *node)
{
    const uint32_t first = r->members.count;
    JsonNode value;
    if (!next_token(r)) return false;
    if (!is_punctuation(r, ']')) {
        for (;;) {
            if (!read_value(r, &value)) return false;
            if (r->what & JSON_READ_TREE) json_push(&r->members, STR(""), value);
            if (!is_punctuation(r, ',')) break;
            if (!next_token(r)) return false;
        }
        if (!is_punctuation(r, ']')) return expected(r, "\",\" or \"]\"");
    }
    take_members(r, first, JSON_ARRAY, node);
    return true;
}

/* What stands for a number that was not read: no small one has this scale. */
static const Decimal unread_number = {.scale = UINT16_MAX};

static bool read_scalar(Reader *r, JsonNode *node)
{
    switch (r->token) {
    case TOKEN_STRING: *node = json_of_string(r->string); return true;
    case TOKEN_TRUE: *node = json_of_bool(true); return true;
    case TOKEN_FALSE: *node = json_of_bool(false); return true;
    case TOKEN_NULL: *node = (JsonNode){.kind = JSON_NULL}; return true;
    case TOKEN_NUMBER:
        *node = json_of_number(unread_number);
        return !(r->what & JSON_READ_NUMBERS) ||
               decimal_parse(r->arena, token_text(r), &node->number, r->err);
    case TOKEN_PUNCTUATION:
    case TOKEN_END: break;
    }
    return expected(r, "JSON value");
}

/* The value whose first token is at hand; its last is then passed. */
static bool read_value(Reader *r, JsonNode *node)
{
    task_check();
    const size_t start = r->start;
    const bool good = is_punctuation(r, '{')   ? read_object(r, node)
                      : is_punctuation(r, '[') ? read_array(r, node)
                                               : read_scalar(r, node);
    if (!good) return false;
    node->source = str_slice(r->text, start, r->end);
    return next_token(r);
}

bool json_read(Arena *arena, Str text, JsonRead what, JsonNode *node, InputError *err)
{
    Reader r = {.arena = arena, .text = text, .err = err, .line = 1, .members.arena = arena};
    JsonNode local;
    r.what = what & JSON_READ_UNIQUE ? what | JSON_READ_TREE : what;
    if (!next_token(&r) || !read_value(&r, node ? node : &local)) return false;
    return r.token == TOKEN_END || expected(&r, "end of input");
}

JsonNode json_read_or_raise(Arena *arena, Str text)
{
    InputError err = {.arena = arena};
    JsonNode node;
    if (!json_read(arena, text, JSON_READ_TREE, &node, &err)) input_error_raise(&err);
    return node;
}

Decimal json_number(Arena *arena, const JsonNode *node)
{
    if (node->kind == JSON_STORED) return jsonb__number(&node->part);
    Decimal number = node->number;
    InputError err = {.arena = arena};
    if (number.kind == DECIMAL_SMALL && number.scale == unread_number.scale &&
        !decimal_parse(arena, node->source, &number, &err))
        input_error_raise(&err);
    return number;
}
