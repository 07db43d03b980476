/* SPDX-License-Identifier: Apache-2.0 */
/* lexer.c - text to tokens.
 *
 * One token is scanned at a time and nothing is copied that can be a slice of the text: an identifier is copied only
 * when it has capitals to fold (and then only once it is taken as a name), a string only when it holds a doubled quote,
 * an escape or goes on in another line. Character classes stand in one table of 256 bytes; words are classed sixteen
 * bytes at a time.
 *
 * Tokens are scanned many at a time, ahead of the parser (parse__scan_ahead). But a lexical error is raised, and a
 * notice sent, only when its token becomes the current one, since PostgreSQL's parser would first report a syntax error
 * before it: while p->quiet, scan_error makes a TOKEN_BROKEN and send_notice one to be scanned again (Token.attend).
 *
 * (L1) p->at is at the end of the last scanned token; all tokens have start <= end <= sql.bytes
 * (L2) a quiet scan raises nothing but 53200
 * (L3) behind p->end stand PARSE_PADDING zero bytes: reading one is never wrong, and ends whatever is being read, but a
 *      zero byte before p->end is a character like others */
#include "parse/parse_internal.h"

#include "base/bytes16.h"
#include "base/utf8.h"

enum {
    CLASS_SPACE = 1,
    CLASS_IDENT_START = 2,
    CLASS_IDENT = 4,
    CLASS_DIGIT = 8,
    CLASS_OPERATOR = 16,
    CLASS_SINGLE = 32,         /* may be a token of one character */
    CLASS_DOT = 64,            /* makes another token of a dot before it */
    CLASS_LONG_OPERATOR = 128, /* makes an operator that may end in + or - */
};
static_assert(PARSE_PADDING >= sizeof(Bytes16), "words are read sixteen bytes at a time");

#define LETTER (CLASS_IDENT_START | CLASS_IDENT)
#define OPERATOR (CLASS_OPERATOR | CLASS_SINGLE)
static const uint8_t classes[256] = {
    [' '] = CLASS_SPACE,
    ['\t' ... '\r'] = CLASS_SPACE,
    ['a' ... 'z'] = LETTER,
    ['A' ... 'Z'] = LETTER,
    ['_'] = LETTER,
    [0x80 ... 0xff] = LETTER,
    ['0' ... '9'] = CLASS_IDENT | CLASS_DIGIT | CLASS_DOT,
    ['$'] = CLASS_IDENT,
    ['('] = CLASS_SINGLE,
    [')'] = CLASS_SINGLE,
    [','] = CLASS_SINGLE,
    [';'] = CLASS_SINGLE,
    ['['] = CLASS_SINGLE,
    [']'] = CLASS_SINGLE,
    ['.'] = CLASS_SINGLE | CLASS_DOT,
    ['~'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['!'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['@'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['#'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['^'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['&'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['|'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['`'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['?'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['%'] = OPERATOR | CLASS_LONG_OPERATOR,
    ['+'] = OPERATOR,
    ['-'] = OPERATOR,
    ['*'] = OPERATOR,
    ['/'] = OPERATOR,
    ['<'] = OPERATOR,
    ['>'] = OPERATOR,
    ['='] = OPERATOR,
};

/* The type of a token that is one character of CLASS_SINGLE. */
static const uint8_t single_types[256] = {
    ['('] = '(',
    [')'] = ')',
    [','] = ',',
    [';'] = ';',
    ['.'] = '.',
    ['['] = TOKEN_LEFT_BRACKET,
    [']'] = TOKEN_RIGHT_BRACKET,
    ['~'] = TOKEN_OPERATOR,
    ['!'] = TOKEN_OPERATOR,
    ['@'] = TOKEN_OPERATOR,
    ['#'] = TOKEN_OPERATOR,
    ['&'] = TOKEN_OPERATOR,
    ['|'] = TOKEN_OPERATOR,
    ['`'] = TOKEN_OPERATOR,
    ['?'] = TOKEN_OPERATOR,
    ['^'] = TOKEN_CARET,
    ['%'] = '%',
    ['+'] = '+',
    ['-'] = '-',
    ['*'] = '*',
    ['/'] = '/',
    ['<'] = '<',
    ['>'] = '>',
    ['='] = '=',
};

static bool is(char c, uint8_t class)
{
    return (classes[(uint8_t)c] & class) != 0;
}

/* The byte at `at`, or 0 at the end. A zero byte in the text itself belongs to no class and ends nothing. */
static char char_at(const Parser *p, const char *at)
{
    return at < p->end ? *at : '\0';
}

static uint32_t offset_of(const Parser *p, const char *at)
{
    return (uint32_t)(at - p->sql.data);
}

/* ---- errors ---- */

/* Each error returns through this: true when it was raised, that is never; quiet scans get a broken token. */
static bool scan_is_quiet(Parser *p, Token *tok, const char *at)
{
    tok->end = offset_of(p, at);
    if (!p->quiet) return false;
    tok->type = TOKEN_BROKEN;
    p->at = p->sql.data + tok->start;
    return true;
}

/* `message at or near "..."`, from the token's start to `at`, at the token's start. */
static void scan_error(Parser *p, Token *tok, const char *at, Sqlstate code, const char *message)
{
    if (!scan_is_quiet(p, tok, at)) parse__error_near(p, code, tok, message);
}

static void send_notice(Parser *p, Severity severity, Sqlstate code, uint32_t offset,
                        const char *message, Str hint, Str name)
{
    const ParseOptions *options = p->options;
    if (!options->notice) return;
    if (p->quiet) {
        p->has_notice = true;
        return;
    }
    Error notice = {
        .severity = severity,
        .code = code,
        .message = name.data
                       ? str_format(p->arena, "identifier \"%.*s\" will be truncated to \"%.*s\"",
                                    STR_ARG(name), STR_ARG(utf8_clip(name, IDENTIFIER_BYTES_MAX)))
                       : str_from(message),
        .hint = hint,
        .position = name.data ? 0 : parse__position(p, offset),
        .file = __FILE__,
        .function = __func__,
        .line = __LINE__,
    };
    options->notice(options->notice_arg, &notice);
}

/* ---- space and comments ---- */

/* Skips one comment that begins at `at` with slash and star; NULL when it does not end. */
static const char *skip_block_comment(const Parser *p, const char *at)
{
    uint32_t depth = 0;
    while (at < p->end) {
        if (at[0] == '/' && char_at(p, at + 1) == '*') {
            depth++;
            at += 2;
        } else if (at[0] == '*' && char_at(p, at + 1) == '/') {
            at += 2;
            if (--depth == 0) return at;
        } else {
            at++;
        }
    }
    return NULL;
}

static const char *skip_line_comment(const Parser *p, const char *at)
{
    while (at < p->end && *at != '\n' && *at != '\r') at++;
    return at;
}

/* Skips up to sixteen characters of space. */
static inline const char *skip_blanks(const char *at)
{
    Bytes16 text = bytes16_load(at);
    Bytes16 blank = (Bytes16)(text == bytes16_of(' ')) | bytes16_between(text, '\t', '\r');
    uint32_t others = ~bytes16_bits(blank);
    return at + __builtin_ctz(others); /* sixteen when all are */
}

/* Skips space and comments behind p->at; false when a comment does not end (p->at is then at its start). */
static bool skip_space(Parser *p)
{
    const char *at = p->at;
    for (;;) {
        while (is(*at, CLASS_SPACE)) at = skip_blanks(at);
        if (at[0] == '-' && at[1] == '-') {
            at = skip_line_comment(p, at);
        } else if (at[0] == '/' && at[1] == '*') {
            const char *after = skip_block_comment(p, at);
            if (!after) {
                p->at = at;
                return false;
            }
            at = after;
        } else {
            break;
        }
    }
    p->at = at;
    return true;
}

/* ---- writing tokens ---- */

/* A token's first eight bytes: a number, so that a token is four stores and not ten. */
static inline uint64_t token_head(uint32_t type, bool fold, bool quoted, uint8_t attend)
{
    static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first field is the lowest bits");
    static_assert(offsetof(Token, type) == 0 && offsetof(Token, fold) == 2 &&
                      offsetof(Token, quoted) == 4 && offsetof(Token, attend) == 5 &&
                      offsetof(Token, start) == 8 && offsetof(Token, end) == 12,
                  "as the shifts have it");
    return (uint64_t)type | (uint64_t)fold << 16 | (uint64_t)quoted << 32 | (uint64_t)attend << 40;
}

static inline void put_head(Token *tok, uint64_t head, uint32_t start, uint32_t end)
{
    uint64_t words[2] = {head, (uint64_t)start | (uint64_t)end << 32};
    memcpy(tok, &words[0], sizeof words[0]);
    memcpy(&tok->start, &words[1], sizeof words[1]);
}

/* A token of `bytes` from `start`, which are also its text. */
static inline void put_token(Token *tok, uint64_t head, uint32_t start, const char *at,
                             uint32_t bytes)
{
    put_head(tok, head, start, start + bytes);
    tok->text = (Str){at, bytes};
}

/* ---- key words and identifiers ---- */

/* Ones in the first `bytes` of sixteen bytes. */
static inline Bytes16 first_bytes(uint32_t bytes)
{
    static const uint8_t ones[2 * sizeof(Bytes16)] = {[0 ... sizeof(Bytes16) - 1] = 0xff};
    return bytes16_load(ones + sizeof(Bytes16) - bytes);
}

/* The first `bytes` of sixteen bytes as gen_keywords.py takes them: in lower case, zero behind. */
static inline Bytes16 keyword_key(Bytes16 text, uint32_t bytes)
{
    return (text | bytes16_of(0x20)) & first_bytes(bytes);
}

/* The type of the word with this key. No branch: `same` is hard to foretell. */
static inline uint32_t type_by_key(Bytes16 key)
{
    static_assert(TOKEN_IDENTIFIER == KEYWORD_FIRST - 1, "row 0 is that of all other words");
    const KeywordTables *tables = &parse__keyword_tables;
    KeywordBytes word;
    memcpy(&word, &key, sizeof word);
    uint64_t h = (word.low + 8 * word.high) * KEYWORD_MULTIPLIER;
    uint32_t slot = (uint32_t)(h >> 40 ^ tables->displacements[h >> 56]) % KEYWORD_SLOTS;
    uint32_t number = tables->slots[slot];
    const KeywordBytes *row = &tables->rows[number];
    bool same = ((row->low ^ word.low) | (row->high ^ word.high)) == 0;
    return TOKEN_IDENTIFIER + (number & -(uint32_t)same);
}

/* The same of a word of more than 16 bytes. */
static uint32_t type_of_long(Str word)
{
    for (uint32_t i = 0; i < KEYWORD_LONG_COUNT; i++) {
        uint32_t number = parse__keyword_long[i];
        const Keyword *keyword = &parse__keywords[number - KEYWORD_FIRST];
        if (word.bytes == keyword->bytes &&
            str_equal_ascii_nocase(word, (Str){keyword->word, keyword->bytes}))
            return number;
    }
    return TOKEN_IDENTIFIER;
}

uint32_t parse__keyword_find(const char *text, size_t bytes)
{
    if (bytes == 0) return 0;
    char padded[sizeof(Bytes16)] = {0};
    memcpy(padded, text, MIN(bytes, sizeof padded));
    uint32_t type = bytes > sizeof padded
                        ? type_of_long((Str){text, bytes})
                        : type_by_key(keyword_key(bytes16_load(padded), (uint32_t)bytes));
    return type == TOKEN_IDENTIFIER ? 0 : type;
}

/* Cuts an identifier to 63 bytes of whole characters, with a notice. */
static Str truncate_identifier(Parser *p, Str name)
{
    if (name.bytes <= IDENTIFIER_BYTES_MAX) return name;
    send_notice(p, SEVERITY_NOTICE, SQLSTATE_NAME_TOO_LONG, 0, NULL, (Str){0}, name);
    return utf8_clip(name, IDENTIFIER_BYTES_MAX);
}

/* The classes of bytes within a word: a byte has the bits that both its halves have. */
enum {
    WORD_UPPER_A_O = 1,
    WORD_UPPER_P_Z = 2,
    WORD_LOWER_A_O = 4,
    WORD_LOWER_P_Z = 8,
    WORD_UNDERSCORE = 16,
    WORD_DIGIT = 32,
    WORD_DOLLAR = 64,
    WORD_CAPITAL = WORD_UPPER_A_O | WORD_UPPER_P_Z,
};

/* All zero for a byte that has not CLASS_IDENT, and for those above ASCII, which have it. */
static inline Bytes16 word_classes(Bytes16 text)
{
    enum {
        A_O = WORD_UPPER_A_O | WORD_LOWER_A_O,
        P_Z = WORD_UPPER_P_Z | WORD_LOWER_P_Z,
        BOTH = A_O | P_Z,
    };
    static const alignas(Bytes16) uint8_t by_low[sizeof(Bytes16)] = {
        [0x0] = P_Z | WORD_DIGIT,
        [0x1 ... 0x3] = BOTH | WORD_DIGIT,
        [0x4] = BOTH | WORD_DIGIT | WORD_DOLLAR,
        [0x5 ... 0x9] = BOTH | WORD_DIGIT,
        [0xa] = BOTH,
        [0xb ... 0xe] = A_O,
        [0xf] = A_O | WORD_UNDERSCORE,
    };
    static const alignas(Bytes16) uint8_t by_high[sizeof(Bytes16)] = {
        [0x2] = WORD_DOLLAR,    [0x3] = WORD_DIGIT,
        [0x4] = WORD_UPPER_A_O, [0x5] = WORD_UPPER_P_Z | WORD_UNDERSCORE,
        [0x6] = WORD_LOWER_A_O, [0x7] = WORD_LOWER_P_Z,
    };
    return bytes16_lookup(bytes16_load(by_low), text) &
           bytes16_lookup(bytes16_load(by_high), text >> 4);
}

/* How many of sixteen bytes, from the first, have CLASS_IDENT. */
static inline uint32_t word_bytes(Bytes16 text, Bytes16 word)
{
    Bytes16 others = (Bytes16)(word == bytes16_of(0)) & ~text;
    return (uint32_t)__builtin_ctz(bytes16_bits(others) | 1u << sizeof text);
}

static inline bool has_capitals(Bytes16 word, uint32_t bytes)
{
    return bytes16_any(word & bytes16_of(WORD_CAPITAL) & first_bytes(bytes));
}

/* A word of more than sixteen bytes; gives the place behind it. */
static __attribute__((noinline)) const char *scan_long_word(Parser *p, Token *tok, const char *at)
{
    const char *end = at;
    bool fold = false;
    for (uint32_t bytes = sizeof(Bytes16); bytes == sizeof(Bytes16);) {
        Bytes16 text = bytes16_load(end), word = word_classes(text);
        bytes = word_bytes(text, word);
        fold |= has_capitals(word, bytes);
        end += bytes;
    }
    Str word = {at, (size_t)(end - at)};
    uint32_t type = type_of_long(word);
    *tok = (Token){.type = (uint16_t)type,
                   .fold = fold,
                   .start = offset_of(p, at),
                   .end = offset_of(p, end),
                   .text = word};
    if (word.bytes > IDENTIFIER_BYTES_MAX) {
        p->has_notice = false;
        if (fold) word = str_lower_ascii(p->arena, word);
        tok->fold = false;
        tok->text = truncate_identifier(p, word);
        tok->attend = p->has_notice ? ATTEND_SCAN_AGAIN : 0;
    }
    return end;
}

/* A word of `bytes`, at most sixteen, without a branch on whether it is a key word: that is hard to foretell, and the
 * parser will ask anyway. */
static inline const char *finish_word(Parser *p, Token *tok, const char *at, Bytes16 text,
                                      Bytes16 word, uint32_t bytes)
{
    static const uint8_t attends[KEYWORD_LAST_PLUS_1] = {[KW_NOT] = ATTEND_BIND,
                                                         [KW_NULLS] = ATTEND_BIND,
                                                         [KW_WITH] = ATTEND_BIND,
                                                         [KW_WITHOUT] = ATTEND_BIND,
                                                         [KW_FORMAT] = ATTEND_BIND};
    uint32_t type = type_by_key(keyword_key(text, bytes));
    uint64_t head = token_head(type, has_capitals(word, bytes), false, attends[type]);
    put_token(tok, head, offset_of(p, at), at, bytes);
    return at + bytes;
}

/* ---- escapes ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Reads exactly `digits` hexadecimal digits at *at; false when there are fewer. */
static bool read_hex(const char **at, const char *end, uint32_t digits, uint32_t *value)
{
    uint32_t v = 0;
    const char *s = *at;
    for (uint32_t i = 0; i < digits; i++, s++) {
        if (s >= end || hex_digit(*s) < 0) return false;
        v = v << 4 | (uint32_t)hex_digit(*s);
    }
    *at = s;
    *value = v;
    return true;
}

static bool is_high_surrogate(uint32_t c)
{
    return c >= 0xd800 && c <= 0xdbff;
}

static bool is_low_surrogate(uint32_t c)
{
    return c >= 0xdc00 && c <= 0xdfff;
}

static uint32_t join_surrogates(uint32_t high, uint32_t low)
{
    return ((high & 0x3ff) << 10) + 0x10000 + (low & 0x3ff);
}

static void add_codepoint(StrBuilder *out, uint32_t codepoint)
{
    char bytes[UTF8_BYTES_MAX];
    str_add(out, (Str){bytes, utf8_encode(codepoint, bytes)});
}

/* What went wrong in a literal, and where: the caller words it. */
typedef struct LiteralError {
    Sqlstate code;
    const char *message, *detail_or_hint;
    const char *at, *end;              /* the offending text; `at_or_near` prints it */
    bool at_or_near, hint, of_literal; /* of_literal: the position is the literal's */
    uint8_t bad_byte_count;
    const char *bad_bytes;
} LiteralError;

static bool fail(LiteralError *error, Sqlstate code, const char *message, const char *at,
                 const char *end)
{
    *error = (LiteralError){.code = code, .message = message, .at = at, .end = end};
    return false;
}

/* One \u or \U of an E'' string; *pair holds a first surrogate that waits for its second. */
static bool read_unicode_escape(const char **at, const char *end, uint32_t *pair, StrBuilder *out,
                                LiteralError *error)
{
    const char *start = *at; /* the backslash */
    const char *s = start + 2;
    uint32_t codepoint;
    if (!read_hex(&s, end, start[1] == 'u' ? 4 : 8, &codepoint)) {
        fail(error, SQLSTATE_INVALID_ESCAPE_SEQUENCE, "invalid Unicode escape", start, start);
        error->detail_or_hint = "Unicode escapes must be \\uXXXX or \\UXXXXXXXX.";
        error->hint = true;
        return false;
    }
    *at = s;
    if (*pair) {
        if (!is_low_surrogate(codepoint)) {
            fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode surrogate pair", start, s);
            error->at_or_near = true;
            return false;
        }
        codepoint = join_surrogates(*pair, codepoint);
        *pair = 0;
    } else if (is_low_surrogate(codepoint)) {
        fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode surrogate pair", start, s);
        error->at_or_near = true;
        return false;
    } else if (is_high_surrogate(codepoint)) {
        *pair = codepoint;
        return true;
    }
    if (codepoint == 0 || codepoint > 0x10ffff) {
        fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode escape value", start, s);
        error->at_or_near = true;
        return false;
    }
    add_codepoint(out, codepoint);
    return true;
}

/* Octal, hexadecimal and one-letter escapes; *at is at the backslash. True in *high when a byte was made that UTF-8
 * must judge. */
static void read_byte_escape(const char **at, const char *end, StrBuilder *out, bool *high)
{
    const char *s = *at + 1;
    char c = *s++;
    uint32_t value;
    if (c >= '0' && c <= '7') {
        value = (uint32_t)(c - '0');
        for (int i = 0; i < 2 && s < end && *s >= '0' && *s <= '7'; i++)
            value = value << 3 | (uint32_t)(*s++ - '0');
    } else if (c == 'x' && s < end && hex_digit(*s) >= 0) {
        value = (uint32_t)hex_digit(*s++);
        if (s < end && hex_digit(*s) >= 0) value = value << 4 | (uint32_t)hex_digit(*s++);
    } else {
        const char *from = "bfnrtv", *to = "\b\f\n\r\t\v";
        const char *known = c ? strchr(from, c) : NULL;
        str_add_char(out, known ? to[known - from] : c);
        *at = s;
        return;
    }
    *at = s;
    value &= 0xff;
    if (value == 0 || value >= 0x80) *high = true;
    str_add_char(out, (char)value);
}

static bool backslash_quote_is_safe(const Parser *p)
{
    return p->options->backslash_quote != BACKSLASH_QUOTE_OFF;
}

/* ---- quoted strings ---- */

typedef enum QuoteKind {
    QUOTE_PLAIN,
    QUOTE_ESCAPES,
    QUOTE_UNICODE,
    QUOTE_BITS,
    QUOTE_HEX
} QuoteKind;

typedef struct QuoteScan {
    QuoteKind kind;
    const char *after; /* behind the last quote */
    bool complex; /* not a plain slice: doubled quotes, backslashes that count, several parts */
    bool ended;
} QuoteScan;

/* When a quote at `at` (just behind a closing one) goes on after white space with a newline in it: the place behind
 * that opening quote; else NULL. */
static const char *find_continuation(const Parser *p, const char *at)
{
    if (!is(*at, CLASS_SPACE) && *at != '-') return NULL; /* as nearly always */
    bool newline = false;
    while (at < p->end) {
        if (*at == '\n' || *at == '\r')
            newline = true, at++;
        else if (is(*at, CLASS_SPACE))
            at++;
        else if (at[0] == '-' && char_at(p, at + 1) == '-') {
            at = skip_line_comment(p, at);
            if (newline && at >= p->end) return NULL;
        } else
            break;
    }
    return newline && char_at(p, at) == '\'' ? at + 1 : NULL;
}

/* Finds the end of a string whose opening quote is behind `at`. */
static QuoteScan find_quote_end(const Parser *p, QuoteKind kind, const char *at)
{
    QuoteScan scan = {.kind = kind};
    const char *quote =
        at -
        1; /* the next one, once it is at or behind `at`; looked for no oftener than it is passed */
    for (;;) {
        if (quote && quote < at) quote = memchr(at, '\'', (size_t)(p->end - at));
        if (kind == QUOTE_ESCAPES) {
            const char *slash = memchr(at, '\\', (size_t)((quote ? quote : p->end) - at));
            if (slash) {
                scan.complex = true;
                at = MIN(slash + 2, p->end);
                continue;
            }
        }
        if (!quote) break;
        at = quote + 1;
        if (char_at(p, at) == '\'' && kind != QUOTE_BITS && kind != QUOTE_HEX) {
            scan.complex = true;
            at++;
            continue;
        }
        const char *again = find_continuation(p, at);
        if (!again) {
            scan.after = at;
            scan.ended = true;
            return scan;
        }
        scan.complex = true;
        at = again;
    }
    scan.after = p->end;
    return scan;
}

/* One escape of an E'' string. */
static bool read_escape(Parser *p, const char **at, const char *end, uint32_t *pair,
                        StrBuilder *out, bool *high, LiteralError *error)
{
    char c = (*at)[1];
    if (c == 'u' || c == 'U') return read_unicode_escape(at, end, pair, out, error);
    if (*pair) {
        fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode surrogate pair", *at, *at + 1);
        error->at_or_near = true;
        return false;
    }
    if (c == '\'') {
        if (!backslash_quote_is_safe(p)) {
            fail(error, SQLSTATE_NONSTANDARD_USE_OF_ESCAPE_CHARACTER,
                 "unsafe use of \\' in a string literal", *at, *at);
            error->detail_or_hint =
                "Use '' to write quotes in strings. \\' is insecure in client-only encodings.";
            error->hint = error->of_literal = true;
            return false;
        }
    }
    read_byte_escape(at, end, out, high);
    return true;
}

/* Builds the value of a string between p->at (behind the opening quote) and scan->after. */
static bool build_string(Parser *p, const QuoteScan *scan, const char *at, Str *value,
                         LiteralError *error)
{
    StrBuilder out = str_builder(p->arena, (size_t)(scan->after - at));
    const char *end = scan->after;
    uint32_t pair = 0;
    bool high = false;
    while (at < end) {
        char c = *at;
        if (c == '\\' && scan->kind == QUOTE_ESCAPES && at + 1 < end) {
            if (!read_escape(p, &at, end, &pair, &out, &high, error)) return false;
            continue;
        }
        if (pair) {
            fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode surrogate pair", at, at + 1);
            error->at_or_near = true;
            return false;
        }
        if (c != '\'') {
            str_add_char(&out, c);
            at++;
        } else if (at + 1 < end && at[1] == '\'' && scan->kind != QUOTE_BITS &&
                   scan->kind != QUOTE_HEX) {
            str_add_char(&out, '\'');
            at += 2;
        } else {
            const char *again = at + 1 < end ? find_continuation(p, at + 1) : NULL;
            at = again ? again : end;
        }
    }
    *value = str_done(&out);
    size_t good = high ? utf8_valid_prefix(*value) : value->bytes;
    const char *zero = high ? memchr(value->data, '\0', value->bytes) : NULL;
    if (zero && (size_t)(zero - value->data) < good) good = (size_t)(zero - value->data);
    if (good == value->bytes) return true;
    fail(error, SQLSTATE_CHARACTER_NOT_IN_REPERTOIRE, NULL, at, at);
    error->bad_bytes = value->data + good;
    const uint8_t lead = (uint8_t)*error->bad_bytes;
    const uint32_t length = lead >= 0xc0 && lead < 0xf8 ? utf8_length((char)lead) : 1;
    error->bad_byte_count = (uint8_t)MIN((size_t)length, value->bytes - good);
    return false;
}

static _Noreturn void raise_bad_bytes(const LiteralError *error)
{
    Error *raised = error_begin(SQLSTATE_CHARACTER_NOT_IN_REPERTOIRE);
    char list[6 * UTF8_BYTES_MAX] = "";
    static const char digits[] = "0123456789abcdef";
    uint32_t length = 0;
    for (uint32_t i = 0; i < error->bad_byte_count; i++) {
        uint8_t byte = (uint8_t)error->bad_bytes[i];
        const char part[] = {' ', '0', 'x', digits[byte >> 4], digits[byte & 15]};
        memcpy(list + length, part + (i == 0), sizeof part - (i == 0));
        length += (uint32_t)sizeof part - (i == 0);
    }
    error_raise(error_message(raised, "invalid byte sequence for encoding \"UTF8\": %.*s",
                              (int)length, list));
}

static void literal_error(Parser *p, Token *tok, const char *after, const LiteralError *error)
{
    if (scan_is_quiet(p, tok, after)) return;
    if (error->bad_bytes) raise_bad_bytes(error);
    if (error->at_or_near) {
        Token near = {.type = TOKEN_STRING,
                      .start = offset_of(p, error->at),
                      .end = offset_of(p, error->end)};
        parse__error_near(p, error->code, &near, error->message);
    }
    Error *raised = error_message(error_begin(error->code), "%s", error->message);
    if (error->detail_or_hint && error->hint) error_hint(raised, "%s", error->detail_or_hint);
    if (error->detail_or_hint && !error->hint) error_detail(raised, "%s", error->detail_or_hint);
    parse__raise_at(p, raised,
                    error->of_literal ? (int32_t)tok->start : (int32_t)offset_of(p, error->at));
}

static void warn_of_escape(Parser *p, const Token *tok, const char *start, const char *end)
{
    const ParseOptions *options = p->options;
    const char *slash = memchr(start, '\\', (size_t)(end - start));
    if (!slash || !options->escape_string_warning || !options->notice) return;
    char c = slash + 1 < end ? slash[1] : '\0';
    const char *message = c == '\''   ? "nonstandard use of \\' in a string literal"
                          : c == '\\' ? "nonstandard use of \\\\ in a string literal"
                                      : "nonstandard use of escape in a string literal";
    Str hint =
        c == '\''
            ? STR("Use '' to write quotes in strings, or use the escape string syntax (E'...').")
        : c == '\\' ? STR("Use the escape string syntax for backslashes, e.g., E'\\\\'.")
                    : STR("Use the escape string syntax for escapes, e.g., E'\\r\\n'.");
    send_notice(p, SEVERITY_WARNING, SQLSTATE_NONSTANDARD_USE_OF_ESCAPE_CHARACTER, tok->start,
                message, hint, (Str){0});
}

static const char *const unterminated_quotes[] = {
    [QUOTE_PLAIN] = "unterminated quoted string",
    [QUOTE_ESCAPES] = "unterminated quoted string",
    [QUOTE_UNICODE] = "unterminated quoted string",
    [QUOTE_BITS] = "unterminated bit string literal",
    [QUOTE_HEX] = "unterminated hexadecimal string literal",
};

/* `at` is behind the opening quote. */
static void scan_quoted(Parser *p, Token *tok, QuoteKind kind, const char *at)
{
    QuoteScan scan = find_quote_end(p, kind, at);
    LiteralError error;
    if (!scan.ended) {
        /* An error inside comes first, as it does in a scanner that goes from left to right. */
        Str ignored;
        if (kind == QUOTE_ESCAPES && !build_string(p, &scan, at, &ignored, &error) &&
            !error.bad_bytes)
            literal_error(p, tok, p->end, &error);
        else
            scan_error(p, tok, p->end, SQLSTATE_SYNTAX_ERROR, unterminated_quotes[kind]);
        return;
    }
    tok->type = kind == QUOTE_BITS ? TOKEN_BITS : kind == QUOTE_HEX ? TOKEN_HEX_BITS : TOKEN_STRING;
    if (!scan.complex) {
        tok->text = (Str){at, (size_t)(scan.after - 1 - at)};
    } else if (!build_string(p, &scan, at, &tok->text, &error)) {
        literal_error(p, tok, scan.after, &error);
        return;
    }
    p->at = scan.after;
}

static void scan_plain_string(Parser *p, Token *tok, const char *at)
{
    bool escapes = p->options->nonstandard_strings;
    scan_quoted(p, tok, escapes ? QUOTE_ESCAPES : QUOTE_PLAIN, at);
    if (escapes && tok->type == TOKEN_STRING) warn_of_escape(p, tok, at, p->at);
}

/* ---- U& strings and identifiers ---- */

static bool is_bad_escape_character(char c)
{
    return hex_digit(c) >= 0 || c == '+' || c == '\'' || c == '"' || is(c, CLASS_SPACE);
}

/* Is the word UESCAPE at p->at? */
static bool is_at_uescape(const Parser *p)
{
    static const char word[] = "uescape";
    size_t bytes = sizeof word - 1;
    if ((size_t)(p->end - p->at) < bytes ||
        !str_equal_ascii_nocase((Str){p->at, bytes}, STR("uescape")))
        return false;
    return !is(char_at(p, p->at + bytes), CLASS_IDENT);
}

static void scan_quoted_identifier(Parser *p, Token *tok, const char *at, bool unicode);

/* The token behind UESCAPE: true when it is a string literal, and no U& one. That would look for an UESCAPE of its own,
 * and so on through the text: it is scanned without. */
static bool scan_escape_character(Parser *p, Token *tok)
{
    *tok = (Token){0};
    if (skip_space(p) && (char_at(p, p->at) | 0x20) == 'u' && char_at(p, p->at + 1) == '&') {
        char quote = char_at(p, p->at + 2);
        tok->start = offset_of(p, p->at);
        if (quote == '\'') scan_quoted(p, tok, QUOTE_UNICODE, p->at + 3);
        if (quote == '"') scan_quoted_identifier(p, tok, p->at + 3, false);
        if (quote == '\'' || quote == '"') {
            if (tok->type != TOKEN_BROKEN) tok->end = offset_of(p, p->at);
            return false;
        }
    }
    parse__scan(p, tok);
    return tok->type == TOKEN_STRING;
}

/* A UESCAPE clause behind a U& literal, which ends at p->at. False: the token is broken; or the error is raised. */
static bool read_uescape(Parser *p, Token *tok, char *escape)
{
    const char *before = p->at;
    if (!skip_space(p) || !is_at_uescape(p)) {
        p->at = before;
        return true;
    }
    p->at += sizeof "uescape" - 1;
    Token character;
    bool is_string = scan_escape_character(p, &character);
    if (is_string && character.text.bytes == 1 &&
        !is_bad_escape_character(character.text.data[0])) {
        *escape = character.text.data[0];
        tok->attend &= (uint8_t)~ATTEND_READ_ON;
        return true;
    }
    if (!p->quiet)
        parse__error_near(p, SQLSTATE_SYNTAX_ERROR, &character,
                          is_string ? "invalid Unicode escape character"
                                    : "UESCAPE must be followed by a simple string literal");
    p->at = p->sql.data + tok->start;
    tok->type = TOKEN_BROKEN;
    return false;
}

/* Replaces the escapes of a U& literal: `text` is its value with doubled quotes undone, `source` where its text began
 * (behind the opening quote), from which positions of errors are counted as PostgreSQL counts them. */
static bool decode_unicode(Parser *p, Str text, const char *source, char escape, Str *value,
                           LiteralError *error)
{
    static const char hint[] = "Unicode escapes must be \\XXXX or \\+XXXXXX.";
    if (!memchr(text.data, escape, text.bytes)) {
        *value = text;
        return true;
    }
    StrBuilder out = str_builder(p->arena, text.bytes);
    const char *at = text.data, *end = at + text.bytes;
    uint32_t pair = 0;
    while (at < end) {
        const char *source_at = source + (at - text.data);
        const char *s = at + 1;
        uint32_t codepoint;
        if (*at != escape || (s < end && *s == escape)) {
            if (pair)
                return fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode surrogate pair",
                            source_at, source_at);
            str_add_char(&out, *at);
            at += *at == escape ? 2 : 1;
            continue;
        }
        bool long_form = s < end && *s == '+';
        if (long_form) s++;
        if (!read_hex(&s, end, long_form ? 6 : 4, &codepoint)) {
            fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode escape", source_at, source_at);
            error->detail_or_hint = hint;
            error->hint = true;
            return false;
        }
        if (codepoint == 0 || codepoint > 0x10ffff)
            return fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode escape value", source_at,
                        source_at);
        if (pair ? !is_low_surrogate(codepoint) : is_low_surrogate(codepoint))
            return fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode surrogate pair", source_at,
                        source_at);
        at = s;
        if (is_high_surrogate(codepoint)) {
            pair = codepoint;
            continue;
        }
        add_codepoint(&out, pair ? join_surrogates(pair, codepoint) : codepoint);
        pair = 0;
    }
    if (pair) {
        const char *source_end = source + text.bytes;
        return fail(error, SQLSTATE_SYNTAX_ERROR, "invalid Unicode surrogate pair", source_end,
                    source_end);
    }
    *value = str_done(&out);
    return true;
}

/* The error of the token at p->at, if it is one that PostgreSQL's scanner finds when it looks there for UESCAPE. */
static void raise_next(Parser *p)
{
    Token next;
    const char *at = p->at;
    p->quiet = true;
    parse__scan(p, &next);
    p->quiet = false;
    p->at = at;
    if (next.type == TOKEN_BROKEN && !(next.attend & ATTEND_READ_ON)) parse__scan(p, &next);
}

/* Looks for UESCAPE and decodes the literal in tok->text. False: the token is broken. */
static bool finish_unicode(Parser *p, Token *tok, const char *source)
{
    char escape = '\\';
    LiteralError error;
    tok->attend |= ATTEND_READ_ON;
    if (!read_uescape(p, tok, &escape)) return false;
    if (decode_unicode(p, tok->text, source, escape, &tok->text, &error)) return true;
    if (!p->quiet && (tok->attend & ATTEND_READ_ON)) raise_next(p);
    literal_error(p, tok, p->at, &error);
    return false;
}

static void scan_unicode_string(Parser *p, Token *tok, const char *at)
{
    if (p->options->nonstandard_strings) {
        if (scan_is_quiet(p, tok, at)) return;
        Error *error = error_message(error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED),
                                     "unsafe use of string constant with Unicode escapes");
        error_detail(
            error,
            "String constants with Unicode escapes cannot be used when \"standard_conforming_strings\" is off.");
        parse__raise_at(p, error, (int32_t)tok->start);
    }
    scan_quoted(p, tok, QUOTE_UNICODE, at);
    if (tok->type == TOKEN_STRING) finish_unicode(p, tok, at);
}

/* ---- quoted identifiers ---- */

static void scan_quoted_identifier(Parser *p, Token *tok, const char *at, bool unicode)
{
    const char *start = at;
    bool doubled = false;
    for (;;) {
        at = memchr(at, '"', (size_t)(p->end - at));
        if (!at) {
            scan_error(p, tok, p->end, SQLSTATE_SYNTAX_ERROR, "unterminated quoted identifier");
            return;
        }
        if (char_at(p, at + 1) != '"') break;
        doubled = true;
        at += 2;
    }
    p->at = at + 1;
    Str name = {start, (size_t)(at - start)};
    if (name.bytes == 0) {
        scan_error(p, tok, p->at, SQLSTATE_SYNTAX_ERROR, "zero-length delimited identifier");
        return;
    }
    if (doubled) {
        StrBuilder out = str_builder(p->arena, name.bytes);
        for (size_t i = 0; i < name.bytes; i++) {
            str_add_char(&out, name.data[i]);
            if (name.data[i] == '"') i++;
        }
        name = str_done(&out);
    }
    tok->type = TOKEN_IDENTIFIER;
    tok->quoted = true;
    tok->text = name;
    if (unicode && !finish_unicode(p, tok, start)) return;
    tok->text = truncate_identifier(p, tok->text);
}

/* ---- dollar quotes ---- */

/* False: this is no dollar quote. `p->at` is at the first dollar. */
static bool scan_dollar_quote(Parser *p, Token *tok)
{
    const char *tag_end = p->at + 1;
    if (tag_end < p->end && is(*tag_end, CLASS_IDENT_START))
        while (tag_end < p->end && is(*tag_end, CLASS_IDENT) && *tag_end != '$') tag_end++;
    if (char_at(p, tag_end) != '$') return false;
    size_t tag_bytes = (size_t)(tag_end + 1 - p->at);
    const char *start = tag_end + 1, *at = start;
    while (at < p->end) {
        at = memchr(at, '$', (size_t)(p->end - at));
        if (!at || (size_t)(p->end - at) < tag_bytes) break;
        if (memcmp(at, p->at, tag_bytes) == 0) {
            tok->type = TOKEN_STRING;
            tok->text = (Str){start, (size_t)(at - start)};
            p->at = at + tag_bytes;
            return true;
        }
        at++;
    }
    scan_error(p, tok, p->end, SQLSTATE_SYNTAX_ERROR, "unterminated dollar-quoted string");
    return true;
}

static void scan_dollar(Parser *p, Token *tok)
{
    const char *at = p->at + 1;
    if (at < p->end && is(*at, CLASS_DIGIT)) {
        int64_t number = 0;
        while (at < p->end && is(*at, CLASS_DIGIT)) {
            number = MIN(number * 10 + (*at - '0'), (int64_t)INT32_MAX + 1);
            at++;
        }
        if (at < p->end && is(*at, CLASS_IDENT_START)) {
            while (at < p->end && is(*at, CLASS_IDENT)) at++;
            scan_error(p, tok, at, SQLSTATE_SYNTAX_ERROR, "trailing junk after parameter");
            return;
        }
        if (number > INT32_MAX) {
            scan_error(p, tok, at, SQLSTATE_SYNTAX_ERROR, "parameter number too large");
            return;
        }
        tok->type = TOKEN_PARAM;
        tok->number = (int32_t)number;
        p->at = at;
        return;
    }
    if (scan_dollar_quote(p, tok)) return;
    /* A dollar that begins nothing is a token of its own, which no statement takes. */
    tok->type = TOKEN_STRAY;
    p->at++;
}

/* ---- numbers ---- */

/* Digits with single underscores between them: the place behind. `first` true: the first must be a digit, not an
 * underscore. */
static const char *skip_digits(const Parser *p, const char *at, uint32_t base,
                               bool underscore_first)
{
    for (bool first = true;; first = false) {
        const char *digit = at;
        if (char_at(p, at) == '_' && (!first || underscore_first)) digit++;
        int value = digit < p->end ? hex_digit(*digit) : -1;
        if (value < 0 || (uint32_t)value >= base) return at;
        at = digit + 1;
    }
}

/* 1_0$a, 1e5$a: a number as far as the dollar, but as a number and a name, 1 and _0$a, the scanner can read on. */
static bool is_longer_as_name(const char *start, const char *at)
{
    if (*at != '$') return false;
    while (at > start && is(at[-1], CLASS_IDENT))
        if (is(*--at, CLASS_IDENT_START)) return true;
    return false;
}

static void finish_number(Parser *p, Token *tok, const char *at, bool integer, uint32_t base)
{
    if (is(*at, CLASS_IDENT_START) || is_longer_as_name(p->at, at)) {
        while (at < p->end && is(*at, CLASS_IDENT)) at++;
        scan_error(p, tok, at, SQLSTATE_SYNTAX_ERROR, "trailing junk after numeric literal");
        return;
    }
    const char *s = p->at;
    p->at = at;
    tok->text = (Str){s, (size_t)(at - s)};
    tok->type = TOKEN_FLOAT;
    if (!integer) return;
    uint64_t value = 0;
    if (base != 10) s += 2;
    for (; s < at; s++) {
        if (*s == '_') continue;
        value = value * base + (uint64_t)hex_digit(*s);
        if (value > INT32_MAX) return;
    }
    tok->type = TOKEN_INTEGER;
    tok->number = (int32_t)value;
}

static bool scan_based_integer(Parser *p, Token *tok)
{
    char letter = (char)(char_at(p, p->at + 1) | 0x20);
    uint32_t base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (*p->at != '0' || base == 0) return false;
    const char *at = skip_digits(p, p->at + 2, base, true), *word = p->at + 1;
    while (word < p->end && is(*word, CLASS_IDENT)) word++;
    bool has_digits = at > p->at + 2;
    if (!has_digits && char_at(p, at) == '_') at++;
    if (word > at)
        scan_error(p, tok, word, SQLSTATE_SYNTAX_ERROR, "trailing junk after numeric literal");
    else if (has_digits)
        finish_number(p, tok, at, true, base);
    else
        scan_error(p, tok, at, SQLSTATE_SYNTAX_ERROR,
                   base == 16  ? "invalid hexadecimal integer"
                   : base == 8 ? "invalid octal integer"
                               : "invalid binary integer");
    return true;
}

static void scan_number(Parser *p, Token *tok)
{
    if (scan_based_integer(p, tok)) return;
    bool integer = true;
    const char *at = skip_digits(p, p->at, 10, false);
    if (char_at(p, at) == '.' && char_at(p, at + 1) != '.') {
        integer = false;
        at = skip_digits(p, at + 1, 10, false);
    }
    if ((char_at(p, at) | 0x20) == 'e') {
        const char *exponent = at + 1;
        if (char_at(p, exponent) == '+' || char_at(p, exponent) == '-') exponent++;
        const char *after = skip_digits(p, exponent, 10, false);
        if (after > exponent) {
            integer = false;
            at = after;
        } else if (exponent > at + 1 && !is(char_at(p, exponent), CLASS_IDENT)) {
            /* 1e+ : a sign belongs to the failed number, and to nothing else. */
            scan_error(p, tok, exponent, SQLSTATE_SYNTAX_ERROR,
                       "trailing junk after numeric literal");
            return;
        }
    }
    finish_number(p, tok, at, integer, 10);
}

/* ---- operators ---- */

/* How many of the operator characters from `at` belong to one operator. */
static size_t operator_bytes(Parser *p)
{
    const char *at = p->at;
    if (at >= p->signs && at < p->signs_end) return 1;
    bool complex = false;
    while (at < p->end && is(*at, CLASS_OPERATOR)) {
        char next = char_at(p, at + 1);
        if ((*at == '/' && next == '*') || (*at == '-' && next == '-')) break;
        complex |= is(*at, CLASS_LONG_OPERATOR);
        at++;
    }
    size_t bytes = (size_t)(at - p->at);
    /* SQL wants 1+-2 to be three tokens: an operator ends in + or - only if it holds a character that SQL has no
     * operator with. */
    if (complex) return bytes;
    while (bytes > 1 && (p->at[bytes - 1] == '+' || p->at[bytes - 1] == '-')) bytes--;
    p->signs = p->at + bytes;
    p->signs_end = at;
    return bytes;
}

static uint16_t short_operator(const char *s, size_t bytes)
{
    if (bytes == 1) return single_types[(uint8_t)*s];
    if (bytes != 2) return TOKEN_OPERATOR;
    if (s[0] == '=' && s[1] == '>') return TOKEN_ARROW;
    if (s[0] == '<' && s[1] == '=') return TOKEN_LESS_EQUAL;
    if (s[0] == '>' && s[1] == '=') return TOKEN_GREATER_EQUAL;
    if ((s[0] == '<' && s[1] == '>') || (s[0] == '!' && s[1] == '=')) return TOKEN_NOT_EQUAL;
    return TOKEN_OPERATOR;
}

static void scan_operator(Parser *p, Token *tok)
{
    size_t bytes = is(p->at[1], CLASS_OPERATOR) ? operator_bytes(p) : 1;
    tok->type = short_operator(p->at, bytes);
    tok->text = tok->type == TOKEN_NOT_EQUAL ? STR("<>") : (Str){p->at, bytes};
    if (bytes > IDENTIFIER_BYTES_MAX) {
        scan_error(p, tok, p->at + bytes, SQLSTATE_SYNTAX_ERROR, "operator too long");
        return;
    }
    p->at += bytes;
}

/* ---- one token ---- */

/* A string or name in quotes that ends within sixteen bytes and is a slice of the text, as most are. NULL: it may be
 * otherwise. */
static const char *scan_short_quoted(Parser *p, Token *tok, const char *at)
{
    Bytes16 text = bytes16_load(at + 1);
    uint32_t bits = bytes16_bits((Bytes16)(text == bytes16_of((uint8_t)*at)));
    if (bits == 0) return NULL;
    uint32_t bytes = (uint32_t)__builtin_ctz(bits);
    const char *after = at + 1 + bytes + 1;
    bool is_name = *at == '"';
    if (is_name) {
        if (bytes == 0 || *after == '"') return NULL;
    } else {
        const char *next = after + (*after == ' ');
        if (p->options->nonstandard_strings || *after == '\'' || *next == '-' ||
            is(*next, CLASS_SPACE))
            return NULL;
    }
    put_head(tok, token_head(is_name ? TOKEN_IDENTIFIER : TOKEN_STRING, false, is_name, 0),
             offset_of(p, at), offset_of(p, after));
    tok->text = (Str){at + 1, bytes};
    return after;
}

static void scan_punctuation(Parser *p, Token *tok)
{
    char c = *p->at, next = char_at(p, p->at + 1);
    size_t bytes = 1;
    tok->type = (uint8_t)c;
    if (c == '.' && next == '.')
        tok->type = TOKEN_DOTS, bytes = 2;
    else if (c == ':' && next == ':')
        tok->type = TOKEN_CAST, bytes = 2;
    else if (c == ':' && next == '=')
        tok->type = TOKEN_ASSIGN, bytes = 2;
    else if (c != '.' && c != ':')
        tok->type = TOKEN_STRAY;
    p->at += bytes;
}

/* A letter that may open a literal: B'', X'', N'', E'', U&'', U&"". */
static bool scan_prefixed(Parser *p, Token *tok)
{
    char next = p->at[1];
    if (next == '\'') {
        switch (*p->at | 0x20) {
        case 'b': scan_quoted(p, tok, QUOTE_BITS, p->at + 2); return true;
        case 'x': scan_quoted(p, tok, QUOTE_HEX, p->at + 2); return true;
        case 'e': scan_quoted(p, tok, QUOTE_ESCAPES, p->at + 2); return true;
        case 'n':
            tok->type = KW_NCHAR;
            p->at++;
            return true;
        default: return false;
        }
    }
    if (next != '&' || (*p->at | 0x20) != 'u') return false;
    char quote = p->at[2];
    if (quote == '\'')
        scan_unicode_string(p, tok, p->at + 3);
    else if (quote == '"')
        scan_quoted_identifier(p, tok, p->at + 3, true);
    else
        return false;
    return true;
}

/* Any token but a word of more than one letter: at p->at, and goes to its end. */
static void scan_by_first(Parser *p, Token *tok)
{
    char c = *p->at;
    uint8_t class = classes[(uint8_t)c];
    if (class & CLASS_IDENT_START) {
        if (scan_prefixed(p, tok)) return;
        Bytes16 text = bytes16_load(p->at), word = word_classes(text);
        p->at = finish_word(p, tok, p->at, text, word, word_bytes(text, word));
    } else if ((class & CLASS_DIGIT) || (c == '.' && is(p->at[1], CLASS_DIGIT))) {
        scan_number(p, tok);
    } else if (class & CLASS_OPERATOR) {
        scan_operator(p, tok);
    } else if (c == '\'') {
        scan_plain_string(p, tok, p->at + 1);
    } else if (c == '"') {
        scan_quoted_identifier(p, tok, p->at + 1, false);
    } else if (c == '$') {
        scan_dollar(p, tok);
    } else if (p->at < p->end) {
        scan_punctuation(p, tok);
    }
}

static bool begins_comment(const char *at)
{
    return (at[0] == '-' && at[1] == '-') || (at[0] == '/' && at[1] == '*');
}

/* What scan_one leaves: `at` may be at a comment. Gives the place behind the token. */
static __attribute__((noinline)) const char *scan_other(Parser *p, Token *tok, const char *at)
{
    if (*at == '"' || *at == '\'') {
        const char *after = scan_short_quoted(p, tok, at);
        if (after) return after;
    }
    p->at = at;
    if (is(*at, CLASS_SPACE) || begins_comment(at)) {
        if (!skip_space(p)) {
            *tok = (Token){.start = offset_of(p, p->at)};
            scan_error(p, tok, p->end, SQLSTATE_SYNTAX_ERROR, "unterminated /* comment");
            return p->at;
        }
        parse__scan(p, tok);
        return p->at;
    }
    *tok = (Token){.type = TOKEN_END, .start = offset_of(p, at)};
    p->has_notice = false;
    scan_by_first(p, tok);
    if (LIKELY(tok->type != TOKEN_BROKEN)) {
        tok->end = offset_of(p, p->at);
        if (p->has_notice) tok->attend |= ATTEND_SCAN_AGAIN;
    }
    return p->at;
}

/* B, X, N, E and U may open a literal: B'', X'', N'', E'', U&'', U&"". */
static bool may_be_prefix(const char *at)
{
    return at[1] == '\'' || at[1] == '&';
}

/* NULL: it may be no word. */
static inline const char *scan_word(Parser *p, Token *tok, const char *at)
{
    Bytes16 text = bytes16_load(at), word = word_classes(text);
    uint32_t bytes = word_bytes(text, word);
    if (UNLIKELY(bytes == 1)) {
        if (may_be_prefix(at)) return NULL;
    } else if (UNLIKELY(bytes == sizeof text)) {
        if (is(at[bytes], CLASS_IDENT)) return scan_long_word(p, tok, at);
    }
    return finish_word(p, tok, at, text, word, bytes);
}

/* Up to nine digits and nothing that goes on with them: what numbers mostly are. The place behind, or NULL. */
static const char *read_short_integer(const char *at, int32_t *number)
{
    enum { DIGITS_MAX = 9 };
    const char *start = at;
    uint32_t value = 0;
    for (; is(*at, CLASS_DIGIT); at++) value = value * 10 + (uint32_t)(*at - '0');
    if (at == start || at > start + DIGITS_MAX || is(*at, CLASS_IDENT)) return NULL;
    *number = (int32_t)value;
    return at;
}

/* At a digit or a dollar: a short number or a parameter. NULL: it is something else. */
static inline const char *scan_short_number(const Parser *p, Token *tok, const char *at)
{
    bool dollar = *at == '$';
    int32_t number;
    const char *after = read_short_integer(at + dollar, &number);
    if (!after || (*after == '.' && !dollar)) return NULL;
    put_head(tok, dollar ? TOKEN_PARAM : TOKEN_INTEGER, offset_of(p, at), offset_of(p, after));
    tok->number = number;
    return after;
}

void parse__scan(Parser *p, Token *tok)
{
    Token *end = tok + 1;
    parse__scan_ahead(p, tok, end);
}

Token *parse__scan_ahead(Parser *p, Token *tok, Token *end)
{
    const char *at = p->at;
    while (tok < end) {
        at += *at == ' ';
        while (UNLIKELY(is(*at, CLASS_SPACE))) at = skip_blanks(at);
        uint8_t class = classes[(uint8_t)at[0]];
        if (class & CLASS_IDENT_START) {
            const char *after = scan_word(p, tok, at);
            if (LIKELY(after)) {
                at = after;
                tok++;
                continue;
            }
        } else if (class & CLASS_SINGLE) {
            if (!(class & classes[(uint8_t)at[1]] & (CLASS_OPERATOR | CLASS_DOT))) {
                put_token(tok++, single_types[(uint8_t)*at], offset_of(p, at), at, 1);
                at++;
                continue;
            }
        } else if (class & CLASS_IDENT) {
            const char *after = scan_short_number(p, tok, at);
            if (LIKELY(after)) {
                at = after;
                tok++;
                continue;
            }
        }
        at = scan_other(p, tok, at);
        if (UNLIKELY(tok->type <= TOKEN_BROKEN)) break;
        tok++;
    }
    p->at = at;
    return tok;
}
