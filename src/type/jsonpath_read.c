/* SPDX-License-Identifier: Apache-2.0 */
/* jsonpath_read.c - the text of a jsonpath into nodes. Precedence, from loose to tight: ||, &&, comparisons, + and -,
 * * / and %, signs, accessors. Predicates and values are apart: what should be one and is the other is a syntax error
 * at the token behind it. */
#include "type/jsonpath.h"

#include "base/task.h"
#include "base/utf8.h"
#include "type/regex.h"
#include "type/type_internal.h"

typedef enum Token {
    TOKEN_END,
    TOKEN_NAME,     /* an identifier or keyword; text */
    TOKEN_STRING,   /* quoted; text */
    TOKEN_VARIABLE, /* $name; text */
    TOKEN_NUMBER,   /* number */
    TOKEN_OPERATOR, /* text: one of the operators, as written */
} Token;

typedef struct PathReader {
    Arena *arena;
    Str in;
    InputError *err;
    size_t at, start;
    Token token;
    Str text;
    Decimal number;
    uint32_t filters, subscripts; /* open around the token at work */
    const char
        *misplaced; /* the first @ or last out of its place; told when nothing else is wrong */
    bool failed;
} PathReader;

static const char *const method_names[PATH_METHOD_COUNT] = {
    [PATH_METHOD_ABS] = "abs",
    [PATH_METHOD_SIZE] = "size",
    [PATH_METHOD_TYPE] = "type",
    [PATH_METHOD_FLOOR] = "floor",
    [PATH_METHOD_CEILING] = "ceiling",
    [PATH_METHOD_DOUBLE] = "double",
    [PATH_METHOD_KEYVALUE] = "keyvalue",
    [PATH_METHOD_BIGINT] = "bigint",
    [PATH_METHOD_BOOLEAN] = "boolean",
    [PATH_METHOD_DECIMAL] = "decimal",
    [PATH_METHOD_INTEGER] = "integer",
    [PATH_METHOD_NUMBER] = "number",
    [PATH_METHOD_STRING] = "string",
    [PATH_METHOD_DATE] = "date",
    [PATH_METHOD_DATETIME] = "datetime",
    [PATH_METHOD_TIME] = "time",
    [PATH_METHOD_TIME_TZ] = "time_tz",
    [PATH_METHOD_TIMESTAMP] = "timestamp",
    [PATH_METHOD_TIMESTAMP_TZ] = "timestamp_tz",
};

Str path_method_name(PathMethod method)
{
    return str_from(method_names[method]);
}

RegexOptions path_regex_options(const PathNode *node)
{
    return (RegexOptions){.fold = node->flags & PATH_REGEX_I,
                          .syntax = node->flags & PATH_REGEX_Q ? REGEX_LITERAL : REGEX_ADVANCED,
                          .newline_stops = !(node->flags & PATH_REGEX_S),
                          .newline_ends = node->flags & PATH_REGEX_M};
}

Str path_operator(JsonPathKind kind)
{
    switch (kind) {
    case PATH_OR: return STR("||");
    case PATH_AND: return STR("&&");
    case PATH_EQ: return STR("==");
    case PATH_NE: return STR("!=");
    case PATH_LT: return STR("<");
    case PATH_GT: return STR(">");
    case PATH_LE: return STR("<=");
    case PATH_GE: return STR(">=");
    case PATH_STARTS_WITH: return STR("starts with");
    case PATH_ADD:
    case PATH_PLUS: return STR("+");
    case PATH_SUBTRACT:
    case PATH_MINUS: return STR("-");
    case PATH_MULTIPLY: return STR("*");
    case PATH_DIVIDE: return STR("/");
    case PATH_MODULO: return STR("%");
    default: return STR("");
    }
}

/* ---- Errors: the first one stays, and ends the reading */

static void fail_at(PathReader *r, const char *what, size_t from, size_t to)
{
    r->failed = true;
    if (from >= r->in.bytes)
        input_error(r->err, SQLSTATE_SYNTAX_ERROR, "%s at end of jsonpath input", what);
    else
        input_error(r->err, SQLSTATE_SYNTAX_ERROR, "%s at or near \"%.*s\" of jsonpath input", what,
                    STR_ARG(str_slice(r->in, from, to)));
    r->token = TOKEN_END;
}

/* PostgreSQL shows what its scanner read last: of a name the blanks that end it (at the end of the text, or before an
 * operator, nothing), of a quoted text the closing quote. */
static PathNode *syntax_error(PathReader *r)
{
    size_t from = r->start, to = r->at;
    if (r->token == TOKEN_NAME) {
        for (from = r->at; to < r->in.bytes && is_space(r->in.data[to]);) to++;
        if (to == from) from = r->in.bytes;
    } else if (r->token == TOKEN_STRING) {
        from = r->at - 1;
    }
    if (!r->failed) fail_at(r, "syntax error", from, to);
    return NULL;
}

/* ---- Tokens */

static bool is_special(char c)
{
    return is_space(c) || (c && strchr("?%$.[]{}()|&!=<>@#,*:-+/\"", c));
}

static bool take_hex(PathReader *r, size_t digits, uint32_t *value)
{
    *value = 0;
    for (size_t i = 0; i < digits; i++) {
        const char c = r->at < r->in.bytes ? r->in.data[r->at] : 0;
        const char low = c | 0x20;
        const int digit = is_digit(c) ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
        if (digit < 0) return false;
        *value = *value * 16 + (uint32_t)digit;
        r->at++;
    }
    return true;
}

/* \u1234 or \u{12345}, behind its u. */
static bool take_unicode(PathReader *r, size_t from, uint32_t *unit)
{
    bool good = false;
    if (r->at < r->in.bytes && r->in.data[r->at] == '{') {
        size_t digits = ++r->at;
        while (digits < r->in.bytes && r->in.data[digits] != '}') digits++;
        good = digits > r->at && digits - r->at <= 6 && take_hex(r, digits - r->at, unit);
        r->at++;
    } else {
        good = take_hex(r, 4, unit);
    }
    if (!good) fail_at(r, "invalid Unicode escape sequence", from, MIN(r->at, r->in.bytes));
    return good;
}

static bool take_escape(PathReader *r, StrBuilder *out)
{
    static const char letters[] = "bfnrtv", meanings[] = "\b\f\n\r\t\v";
    const size_t from = r->at++;
    char bytes[UTF8_BYTES_MAX];
    uint32_t unit, low;
    if (r->at >= r->in.bytes) {
        fail_at(r, "unexpected end after backslash", r->in.bytes, r->in.bytes);
        return false;
    }
    const char c = r->in.data[r->at++];
    const char *letter = c ? strchr(letters, c) : NULL;
    if (c == 'x') {
        if (!take_hex(r, 2, &unit)) {
            fail_at(r, "invalid hexadecimal character sequence", from, r->at);
            return false;
        }
    } else if (c == 'u') {
        if (!take_unicode(r, from, &unit)) return false;
        if (unit >= 0xd800 && unit < 0xdc00 && r->at + 1 < r->in.bytes &&
            r->in.data[r->at] == '\\' && r->in.data[r->at + 1] == 'u') {
            r->at += 2;
            if (!take_unicode(r, from, &low)) return false;
            unit = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff))
                                                 : 0xd800;
        }
    } else {
        str_add_char(out, letter ? meanings[letter - letters] : c);
        return true;
    }
    const size_t length = unit ? utf8_encode(unit, bytes) : 0;
    if (!length) {
        r->failed = true;
        input_error(r->err,
                    unit ? SQLSTATE_INVALID_TEXT_REPRESENTATION : SQLSTATE_UNTRANSLATABLE_CHARACTER,
                    unit ? "invalid input syntax for type jsonpath"
                         : "unsupported Unicode escape sequence");
        input_error_detail(r->err, "%s",
                           unit ? "Unicode low surrogate must follow a high surrogate."
                                : "\\u0000 cannot be converted to text.");
        return false;
    }
    str_add(out, (Str){bytes, length});
    return true;
}

/* Up to `quote`, or, without one, to what ends an identifier. */
static void take_text(PathReader *r, bool quoted)
{
    StrBuilder out = str_builder(r->arena, 32);
    if (quoted) r->at++;
    while (r->at < r->in.bytes &&
           (quoted ? r->in.data[r->at] != '"' : !is_special(r->in.data[r->at]))) {
        if (!quoted && str_starts(str_slice(r->in, r->at, r->in.bytes), STR("/*"))) break;
        if (r->in.data[r->at] == '\\') {
            if (!take_escape(r, &out)) return;
        } else {
            str_add_char(&out, r->in.data[r->at++]);
        }
    }
    if (quoted && r->at >= r->in.bytes) {
        fail_at(r, "unterminated quoted string", r->in.bytes, r->in.bytes);
        return;
    }
    if (quoted) r->at++;
    r->text = str_done(&out);
}

static size_t digits_from(const PathReader *r, size_t at, const char *digits)
{
    bool any = false;
    for (; at < r->in.bytes; at++) {
        const char c = r->in.data[at];
        if (c == '_' && any && at + 1 < r->in.bytes && strchr(digits, r->in.data[at + 1])) continue;
        if (!c || !strchr(digits, c)) break;
        any = true;
    }
    return at;
}

/* Something stands behind a number's digits, which end at `end`. The longest token wins: a name may begin with digits,
 * and is one if it is longer than the number and one more byte. */
static void take_number_with_junk(PathReader *r, size_t end)
{
    size_t word = r->at;
    while (word < r->in.bytes && r->in.data[word] != '\\' && !is_special(r->in.data[word])) word++;
    if (word > end + 1) {
        r->token = TOKEN_NAME;
        take_text(r, false);
    } else {
        fail_at(r, "trailing junk after numeric literal", r->at,
                end + utf8_length(r->in.data[end]));
    }
}

static void take_number(PathReader *r)
{
    static const char decimal[] = "0123456789";
    const char *data = r->in.data;
    const size_t start = r->at;
    const char second = start + 1 < r->in.bytes ? data[start + 1] | 0x20 : 0;
    const char *based = data[start] != '0' ? NULL
                        : second == 'x'    ? "0123456789abcdefABCDEF"
                        : second == 'o'    ? "01234567"
                        : second == 'b'    ? "01"
                                           : NULL;
    size_t at = based ? digits_from(r, start + 2, based) : digits_from(r, start, decimal);
    if (!based) {
        if (data[start] == '0' && at > start + 1) {
            take_number_with_junk(r, start + 1);
            return;
        }
        if (at < r->in.bytes && data[at] == '.') at = digits_from(r, at + 1, decimal);
        size_t e = at;
        if (e < r->in.bytes && (data[e] | 0x20) == 'e') {
            e++;
            if (e < r->in.bytes && (data[e] == '+' || data[e] == '-')) e++;
            if (digits_from(r, e, decimal) > e) at = digits_from(r, e, decimal);
        }
    }
    if (at < r->in.bytes && !is_special(data[at])) {
        take_number_with_junk(r, at);
        return;
    }
    r->at = at;
    r->token = TOKEN_NUMBER;
    if (!decimal_parse(r->arena, str_slice(r->in, start, at), &r->number, r->err)) r->failed = true;
}

/* Passes spaces and comments; false: a comment does not end. */
static bool skip_blanks(PathReader *r)
{
    while (r->at < r->in.bytes) {
        if (is_space(r->in.data[r->at])) {
            r->at++;
        } else if (str_starts(str_slice(r->in, r->at, r->in.bytes), STR("/*"))) {
            size_t end;
            if (!str_find(str_slice(r->in, r->at + 2, r->in.bytes), STR("*/"), &end)) {
                fail_at(r, "unexpected end of comment", r->in.bytes, r->in.bytes);
                return false;
            }
            r->at += end + 4;
        } else {
            break;
        }
    }
    return true;
}

static void next(PathReader *r)
{
    static const char *const operators[] = {"**", "&&", "||", "==", "!=", "<>", "<=", ">="};
    if (r->failed || !skip_blanks(r)) return;
    r->start = r->at;
    r->token = TOKEN_END;
    if (r->at >= r->in.bytes) return;
    const Str rest = str_slice(r->in, r->at, r->in.bytes);
    const char c = rest.data[0], after = rest.bytes > 1 ? rest.data[1] : 0;
    if (c == '"') {
        r->token = TOKEN_STRING;
        take_text(r, true);
    } else if (c == '$' && after && (after == '"' || (after != '\\' && !is_special(after)))) {
        r->token = TOKEN_VARIABLE;
        r->at++;
        take_text(r, after == '"');
    } else if (is_digit(c) || (c == '.' && is_digit(after))) {
        take_number(r);
    } else if (!is_special(c)) {
        r->token = TOKEN_NAME;
        take_text(r, false);
    } else {
        size_t bytes = 1;
        for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
            if (str_starts(rest, str_from(operators[i]))) bytes = 2;
        r->token = TOKEN_OPERATOR;
        r->text = str_slice(rest, 0, bytes);
        r->at += bytes;
    }
}

static bool is_operator(const PathReader *r, const char *text)
{
    return !r->failed && r->token == TOKEN_OPERATOR && str_equal(r->text, str_from(text));
}

static bool take_operator(PathReader *r, const char *text)
{
    if (!is_operator(r, text)) return false;
    next(r);
    return true;
}

/* Keywords go by any case but true, false and null. */
static bool is_word(const PathReader *r, const char *word)
{
    return !r->failed && r->token == TOKEN_NAME && str_equal_ascii_nocase(r->text, str_from(word));
}

static bool take_word(PathReader *r, const char *word)
{
    if (!is_word(r, word)) return false;
    next(r);
    return true;
}

/* ---- Nodes */

static PathNode *read_or(PathReader *r);

static PathNode *new_node(PathReader *r, JsonPathKind kind)
{
    PathNode *node = ARENA_NEW(r->arena, PathNode);
    node->kind = kind;
    return node;
}

static PathNode *binary(PathReader *r, JsonPathKind kind, PathNode *left, PathNode *right)
{
    PathNode *node = new_node(r, kind);
    node->left = left;
    node->right = right;
    return node;
}

/* A value where one is wanted: a predicate is none. */
static PathNode *value_of(PathReader *r, PathNode *node)
{
    return node && path_is_predicate(node) ? syntax_error(r) : node;
}

static PathNode *predicate_of(PathReader *r, PathNode *node)
{
    return node && !path_is_predicate(node) ? syntax_error(r) : node;
}

static PathNode *read_value(PathReader *r)
{
    return value_of(r, read_or(r));
}

static bool take_integer(PathReader *r, bool sign, int64_t *value)
{
    const bool negative = sign && take_operator(r, "-");
    if (sign && !negative) (void)take_operator(r, "+");
    if (r->failed || r->token != TOKEN_NUMBER || !decimal_to_i64(r->arena, r->number, value)) {
        syntax_error(r);
        return false;
    }
    if (negative) *value = -*value;
    next(r);
    return true;
}

/* ---- Accessors */

static bool read_level(PathReader *r, int64_t *level)
{
    if (take_word(r, "last")) {
        *level = PATH_LEVEL_LAST;
        return true;
    }
    return take_integer(r, false, level);
}

/* Behind .** */
static PathNode *read_any(PathReader *r)
{
    PathNode *node = new_node(r, PATH_ANY);
    node->last = PATH_LEVEL_LAST;
    if (!take_operator(r, "{")) return node;
    if (!read_level(r, &node->first)) return NULL;
    node->last = node->first;
    if (take_word(r, "to") && !read_level(r, &node->last)) return NULL;
    return take_operator(r, "}") ? node : syntax_error(r);
}

static PathNode *read_subscripts(PathReader *r)
{
    PathNode *node = new_node(r, PATH_INDEX);
    ARRAY_OF(PathNode *) from = {.arena = r->arena};
    ARRAY_OF(PathNode *) to = {.arena = r->arena};
    r->subscripts++;
    do {
        PathNode *first = read_value(r), *last = NULL;
        if (first && take_word(r, "to")) last = read_value(r);
        if (r->failed) return NULL;
        array_push(&from, first);
        array_push(&to, last);
    } while (take_operator(r, ","));
    r->subscripts--;
    node->from = from.items;
    node->to = to.items;
    node->count = from.count;
    return take_operator(r, "]") ? node : syntax_error(r);
}

static PathNode *read_method(PathReader *r, PathMethod method)
{
    PathNode *node = new_node(r, PATH_METHOD);
    node->method = method;
    node->first = node->last = INT64_MIN;
    const bool precise = method >= PATH_METHOD_TIME;
    if (method == PATH_METHOD_DATETIME && r->token == TOKEN_STRING) {
        node->text = r->text;
        next(r);
    } else if (precise && !is_operator(r, ")")) {
        if (!take_integer(r, false, &node->first)) return NULL;
    } else if (method == PATH_METHOD_DECIMAL && !is_operator(r, ")")) {
        if (!take_integer(r, true, &node->first)) return NULL;
        if (take_operator(r, ",") && !take_integer(r, true, &node->last)) return NULL;
    }
    return take_operator(r, ")") ? node : syntax_error(r);
}

/* Behind a dot. */
static PathNode *read_member(PathReader *r)
{
    if (take_operator(r, "*")) return new_node(r, PATH_ANY_KEY);
    if (take_operator(r, "**")) return read_any(r);
    if (r->failed || (r->token != TOKEN_NAME && r->token != TOKEN_STRING)) return syntax_error(r);
    const bool name = r->token == TOKEN_NAME;
    PathNode *node = new_node(r, PATH_KEY);
    node->text = r->text;
    next(r);
    if (!name || !is_operator(r, "(")) return node;
    for (int i = 0; i < PATH_METHOD_COUNT; i++) {
        if (!str_equal_ascii_nocase(node->text, str_from(method_names[i]))) continue;
        next(r);
        return read_method(r, (PathMethod)i);
    }
    return syntax_error(r);
}

static PathNode *read_filter(PathReader *r)
{
    PathNode *node = new_node(r, PATH_FILTER);
    if (!take_operator(r, "(")) return syntax_error(r);
    r->filters++;
    node->left = predicate_of(r, read_or(r));
    r->filters--;
    if (r->failed) return NULL;
    return take_operator(r, ")") ? node : syntax_error(r);
}

static PathNode *read_accessors(PathReader *r, PathNode *head)
{
    PathNode *tail = head;
    while (tail && !r->failed) {
        PathNode *accessor;
        task_check();
        while (tail->next) tail = tail->next;
        if (take_operator(r, "."))
            accessor = read_member(r);
        else if (take_operator(r, "["))
            accessor = is_operator(r, "*") ? new_node(r, PATH_ANY_ARRAY) : read_subscripts(r);
        else if (take_operator(r, "?"))
            accessor = read_filter(r);
        else
            break;
        if (!accessor) return NULL;
        if (accessor->kind == PATH_ANY_ARRAY) {
            next(r);
            if (!take_operator(r, "]")) return syntax_error(r);
        }
        tail->next = accessor;
    }
    return r->failed ? NULL : head;
}

/* ---- Expressions */

static PathNode *read_parenthesised(PathReader *r)
{
    PathNode *inner = read_or(r);
    if (!inner) return NULL;
    if (!take_operator(r, ")")) return syntax_error(r);
    if (path_is_predicate(inner) && take_word(r, "is")) {
        PathNode *node = new_node(r, PATH_IS_UNKNOWN);
        node->left = inner;
        return take_word(r, "unknown") ? node : syntax_error(r);
    }
    return read_accessors(r, inner);
}

static PathNode *read_exists(PathReader *r)
{
    PathNode *node = new_node(r, PATH_EXISTS);
    if (!take_operator(r, "(")) return syntax_error(r);
    node->left = read_value(r);
    if (r->failed) return NULL;
    return take_operator(r, ")") ? node : syntax_error(r);
}

static void misplaced(PathReader *r, const char *message)
{
    if (!r->misplaced) r->misplaced = message;
}

static PathNode *read_primary(PathReader *r)
{
    PathNode *node = NULL;
    if (take_operator(r, "$")) return new_node(r, PATH_ROOT);
    if (is_operator(r, "@")) {
        if (!r->filters) misplaced(r, "@ is not allowed in root expressions");
        node = new_node(r, PATH_CURRENT);
    } else if (r->token == TOKEN_VARIABLE || r->token == TOKEN_STRING) {
        node = new_node(r, r->token == TOKEN_STRING ? PATH_STRING : PATH_VARIABLE);
        node->text = r->text;
    } else if (r->token == TOKEN_NUMBER) {
        node = new_node(r, PATH_NUMBER);
        node->number = r->number;
    } else if (is_word(r, "last")) {
        if (!r->subscripts) misplaced(r, "LAST is allowed only in array subscripts");
        node = new_node(r, PATH_LAST);
    } else if (r->token == TOKEN_NAME) {
        if (str_equal(r->text, STR("true"))) node = new_node(r, PATH_TRUE);
        if (str_equal(r->text, STR("false"))) node = new_node(r, PATH_FALSE);
        if (str_equal(r->text, STR("null"))) node = new_node(r, PATH_NULL);
    }
    if (!node || r->failed) return syntax_error(r);
    next(r);
    return node;
}

static PathNode *read_unary(PathReader *r)
{
    task_check();
    if (r->failed) return NULL;
    const bool minus = is_operator(r, "-");
    if (minus || is_operator(r, "+")) {
        next(r);
        PathNode *operand = value_of(r, read_unary(r));
        if (!operand) return NULL;
        if (operand->kind == PATH_NUMBER && !operand->next) {
            if (minus) operand->number = decimal_negate(r->arena, operand->number);
            return operand;
        }
        PathNode *node = new_node(r, minus ? PATH_MINUS : PATH_PLUS);
        node->left = operand;
        return node;
    }
    if (take_operator(r, "(")) return read_parenthesised(r);
    if (is_word(r, "exists")) {
        next(r);
        return read_exists(r);
    }
    return read_accessors(r, read_primary(r));
}

static PathNode *read_product(PathReader *r)
{
    PathNode *left = read_unary(r);
    while (left && !r->failed) {
        const JsonPathKind kind = is_operator(r, "*")   ? PATH_MULTIPLY
                                  : is_operator(r, "/") ? PATH_DIVIDE
                                  : is_operator(r, "%") ? PATH_MODULO
                                                        : PATH_NULL;
        if (kind == PATH_NULL) break;
        if (!value_of(r, left)) return NULL;
        next(r);
        PathNode *right = value_of(r, read_unary(r));
        left = right ? binary(r, kind, left, right) : NULL;
    }
    return r->failed ? NULL : left;
}

static PathNode *read_sum(PathReader *r)
{
    PathNode *left = read_product(r);
    while (left && !r->failed && (is_operator(r, "+") || is_operator(r, "-"))) {
        const JsonPathKind kind = is_operator(r, "+") ? PATH_ADD : PATH_SUBTRACT;
        if (!value_of(r, left)) return NULL;
        next(r);
        PathNode *right = value_of(r, read_product(r));
        left = right ? binary(r, kind, left, right) : NULL;
    }
    return r->failed ? NULL : left;
}

static PathNode *read_starts_with(PathReader *r, PathNode *left)
{
    if (!take_word(r, "with")) return syntax_error(r);
    if (r->token != TOKEN_STRING && r->token != TOKEN_VARIABLE) return syntax_error(r);
    PathNode *right = new_node(r, r->token == TOKEN_STRING ? PATH_STRING : PATH_VARIABLE);
    right->text = r->text;
    next(r);
    return r->failed ? NULL : binary(r, PATH_STARTS_WITH, left, right);
}

static bool read_regex_flags(PathReader *r, PathNode *node)
{
    static const char letters[] = "ismxq";
    for (size_t i = 0; i < r->text.bytes; i++) {
        const char *found = r->text.data[i] ? strchr(letters, r->text.data[i]) : NULL;
        if (!found) {
            r->failed = true;
            input_error(r->err, SQLSTATE_SYNTAX_ERROR, "invalid input syntax for type jsonpath");
            return input_error_detail(
                r->err, "Unrecognized flag character \"%.*s\" in LIKE_REGEX predicate.",
                STR_ARG(str_slice(r->text, i, i + utf8_length(r->text.data[i]))));
        }
        node->flags |= 1u << (found - letters);
    }
    return true;
}

typedef struct RegexCheck {
    Arena *arena;
    const PathNode *node;
} RegexCheck;

static void translate_regex(void *arg)
{
    const RegexCheck *check = arg;
    RegexPattern pattern;
    regex_translate(check->arena, check->node->text, path_regex_options(check->node), &pattern);
}

/* A pattern that is none is bad input. */
static bool check_regex(PathReader *r, const PathNode *node)
{
    RegexCheck check = {.arena = r->arena, .node = node};
    Error *error;
    if ((node->flags & PATH_REGEX_X) && !(node->flags & PATH_REGEX_Q)) {
        r->failed = true;
        return input_error(r->err, SQLSTATE_FEATURE_NOT_SUPPORTED,
                           "XQuery \"x\" flag (expanded regular expressions) is not implemented");
    }
    if (error_catch(translate_regex, &check, r->arena, &error)) return true;
    if (error->code != SQLSTATE_INVALID_REGULAR_EXPRESSION) error_raise_again(error);
    r->failed = true;
    return input_error(r->err, error->code, "%.*s", STR_ARG(error->message));
}

static PathNode *read_like_regex(PathReader *r, PathNode *left)
{
    PathNode *node = new_node(r, PATH_LIKE_REGEX);
    node->left = left;
    if (r->token != TOKEN_STRING) return syntax_error(r);
    node->text = r->text;
    next(r);
    if (take_word(r, "flag")) {
        if (r->failed || r->token != TOKEN_STRING) return syntax_error(r);
        if (!read_regex_flags(r, node)) return NULL;
        next(r);
    }
    return r->failed || !check_regex(r, node) ? NULL : node;
}

static PathNode *read_comparison(PathReader *r)
{
    static const struct {
        const char *text;
        JsonPathKind kind;
    } operators[] = {{"==", PATH_EQ}, {"!=", PATH_NE}, {"<>", PATH_NE}, {"<", PATH_LT},
                     {">", PATH_GT},  {"<=", PATH_LE}, {">=", PATH_GE}};
    PathNode *left = read_sum(r);
    if (!left) return NULL;
    if (is_word(r, "starts") || is_word(r, "like_regex")) {
        const bool starts = is_word(r, "starts");
        if (!value_of(r, left)) return NULL;
        next(r);
        return starts ? read_starts_with(r, left) : read_like_regex(r, left);
    }
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (!is_operator(r, operators[i].text)) continue;
        if (!value_of(r, left)) return NULL;
        next(r);
        PathNode *right = value_of(r, read_sum(r));
        return right ? binary(r, operators[i].kind, left, right) : NULL;
    }
    return left;
}

static PathNode *read_not(PathReader *r)
{
    if (!take_operator(r, "!")) return read_comparison(r);
    PathNode *node = new_node(r, PATH_NOT);
    const bool exists = is_word(r, "exists");
    if (!exists && !is_operator(r, "(")) return syntax_error(r);
    next(r);
    if (exists) {
        node->left = read_exists(r);
    } else {
        node->left = predicate_of(r, read_or(r));
        if (!r->failed && !take_operator(r, ")")) return syntax_error(r);
    }
    return r->failed ? NULL : node;
}

static PathNode *read_logic(PathReader *r, PathNode *(*part)(PathReader *r), const char *text,
                            JsonPathKind kind)
{
    PathNode *left = part(r);
    while (left && is_operator(r, text)) {
        if (!predicate_of(r, left)) return NULL;
        next(r);
        PathNode *right = predicate_of(r, part(r));
        left = right ? binary(r, kind, left, right) : NULL;
    }
    return r->failed ? NULL : left;
}

static PathNode *read_and(PathReader *r)
{
    return read_logic(r, read_not, "&&", PATH_AND);
}

static PathNode *read_or(PathReader *r)
{
    task_check();
    return read_logic(r, read_and, "||", PATH_OR);
}

bool path_read(Arena *arena, Str text, Path *path, InputError *err)
{
    PathReader r = {.arena = arena, .in = text, .err = err};
    *path = (Path){0};
    if (!type__trim(text).bytes)
        return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                           "invalid input syntax for type jsonpath: \"%.*s\"", STR_ARG(text));
    next(&r);
    if (take_word(&r, "strict"))
        path->strict = true;
    else
        (void)take_word(&r, "lax");
    path->root = read_or(&r);
    if (!r.failed && path->root && r.token != TOKEN_END) syntax_error(&r);
    if (!r.failed && r.misplaced) return input_error(err, SQLSTATE_SYNTAX_ERROR, "%s", r.misplaced);
    return !r.failed && path->root;
}
