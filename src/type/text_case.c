/* SPDX-License-Identifier: Apache-2.0 */
/* text_case.c - letters large and small, and Unicode normal forms. C.UTF-8 maps character by character, by Unicode's
 * simple mappings (a text keeps its number of characters); C knows ASCII alone. Runs of ASCII take no look-up. What
 * maps by context or language is collation.c's. */
#include "type/text.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/task.h"
#include "base/utf8.h"
#include "type/type_internal.h"

enum { CHECK_BYTES = 1 << 16 };

static char map_ascii(char c, CaseMapping mapping)
{
    if (mapping == CASE_UPPER || mapping == CASE_TITLE)
        return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static uint32_t map_character(uint32_t c, CaseMapping mapping)
{
    switch (mapping) {
    case CASE_LOWER: return (uint32_t)u_tolower((UChar32)c);
    case CASE_UPPER: return (uint32_t)u_toupper((UChar32)c);
    case CASE_TITLE: return (uint32_t)u_totitle((UChar32)c);
    case CASE_FOLD: return (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT);
    }
    UNREACHABLE();
}

static void add_codepoint(StrBuilder *out, uint32_t c)
{
    char bytes[UTF8_BYTES_MAX];
    str_add(out, (Str){bytes, utf8_encode(c, bytes)});
}

static Str map_case(const Fn *fn, Str s, CaseMapping mapping)
{
    const CaseRules rules = collation_case(fn->env, fn->collation);
    if (rules >= CASE_FULL)
        return collation_map_case(fn->env, fn->arena, fn->collation, s, mapping);
    const bool ascii = rules == CASE_ASCII;
    StrBuilder out = str_builder(fn->arena, s.bytes);
    char *bytes = str_add_space(&out, s.bytes);
    size_t i = 0;
    for (; i < s.bytes && (ascii || (uint8_t)s.data[i] < 0x80); i++) {
        if (i % CHECK_BYTES == 0) task_check();
        bytes[i] = map_ascii(s.data[i], mapping);
    }
    str_truncate(&out, i);
    for (uint32_t c; utf8_next(s, &i, &c);) {
        task_check();
        add_codepoint(&out, map_character(c, mapping));
    }
    return str_done(&out);
}

Str text_lower(const Fn *fn, Str s)
{
    return map_case(fn, s, CASE_LOWER);
}

/* The first letter of each run of letters and digits large, the others small; by full rules in title case. */
static Str initcap(Fn *fn, Str s)
{
    const CaseRules rules = collation_case(fn->env, fn->collation);
    if (rules >= CASE_FULL)
        return collation_map_case(fn->env, fn->arena, fn->collation, s, CASE_TITLE);
    const bool ascii = rules == CASE_ASCII;
    StrBuilder out = str_builder(fn->arena, s.bytes);
    bool inside = false;
    size_t at = 0;
    for (uint32_t c; utf8_next(s, &at, &c);) {
        const CaseMapping mapping = inside ? CASE_LOWER : CASE_UPPER;
        task_check();
        const bool small = c < 0x80;
        if (small)
            str_add_char(&out, map_ascii((char)c, mapping));
        else
            add_codepoint(&out, ascii ? c : map_character(c, mapping));
        inside = (c >= '0' && c <= '9') || (small ? (c | 32) >= 'a' && (c | 32) <= 'z'
                                                  : !ascii && u_isUAlphabetic((UChar32)c));
    }
    return str_done(&out);
}

/* ---- Normal forms */

static const UNormalizer2 *normalizer(Str form)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *found = NULL;
    if (str_equal_ascii_nocase(form, STR("NFC"))) found = unorm2_getNFCInstance(&status);
    if (str_equal_ascii_nocase(form, STR("NFD"))) found = unorm2_getNFDInstance(&status);
    if (str_equal_ascii_nocase(form, STR("NFKC"))) found = unorm2_getNFKCInstance(&status);
    if (str_equal_ascii_nocase(form, STR("NFKD"))) found = unorm2_getNFKDInstance(&status);
    if (U_FAILURE(status))
        raise_error(SQLSTATE_INTERNAL_ERROR, "no normalization data: %s", u_errorName(status));
    if (!found)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid normalization form: %.*s",
                    STR_ARG(form));
    return found;
}

typedef struct Utf16 {
    UChar *data;
    int32_t count;
} Utf16;

static void check_status(UErrorCode status)
{
    if (status == U_MEMORY_ALLOCATION_ERROR) raise_error(SQLSTATE_OUT_OF_MEMORY, "out of memory");
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
        raise_error(SQLSTATE_INTERNAL_ERROR, "text could not be converted: %s",
                    u_errorName(status));
}

static Utf16 to_utf16(Arena *arena, Str s)
{
    Utf16 wide = {arena_alloc_array(arena, s.bytes + 1, sizeof(UChar)), 0};
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(wide.data, (int32_t)s.bytes + 1, &wide.count, s.data, (int32_t)s.bytes, &status);
    check_status(status);
    return wide;
}

static Str to_utf8(Arena *arena, Utf16 wide)
{
    StrBuilder out = str_builder(arena, 0);
    int32_t bytes;
    UErrorCode status = U_ZERO_ERROR;
    char *data = str_add_space(&out, (size_t)wide.count * 3);
    u_strToUTF8(data, wide.count * 3, &bytes, wide.data, wide.count, &status);
    check_status(status);
    str_truncate(&out, (size_t)bytes);
    return str_done(&out);
}

static Str normalize(Fn *fn, Str s, Str form)
{
    const UNormalizer2 *n = normalizer(form);
    const Utf16 wide = to_utf16(fn->arena, s);
    UErrorCode status = U_ZERO_ERROR;
    Utf16 out = {NULL, unorm2_normalize(n, wide.data, wide.count, NULL, 0, &status)};
    check_status(status);
    out.data = arena_alloc_array(fn->arena, (size_t)out.count + 1, sizeof(UChar));
    status = U_ZERO_ERROR;
    unorm2_normalize(n, wide.data, wide.count, out.data, out.count + 1, &status);
    check_status(status);
    return to_utf8(fn->arena, out);
}

static bool is_normalized(Fn *fn, Str s, Str form)
{
    const UNormalizer2 *n = normalizer(form);
    const Utf16 wide = to_utf16(fn->arena, s);
    UErrorCode status = U_ZERO_ERROR;
    const bool yes = unorm2_isNormalized(n, wide.data, wide.count, &status);
    check_status(status);
    return yes;
}

static bool unicode_assigned(Fn *fn, Str s)
{
    size_t at = 0;
    (void)fn;
    for (uint32_t c; utf8_next(s, &at, &c);)
        if (u_charType((UChar32)c) == U_UNASSIGNED) return false;
    return true;
}

/* ---- unistr: \XXXX, \+XXXXXX, \uXXXX, \UXXXXXXXX, \\ */

static bool take_hex(Str s, size_t at, uint32_t digits, uint32_t *value)
{
    *value = 0;
    if (at + digits > s.bytes) return false;
    for (uint32_t i = 0; i < digits; i++) {
        const char c = s.data[at + i];
        if (!is_digit(c) && ((c | 32) < 'a' || (c | 32) > 'f')) return false;
        *value = *value << 4 | (uint32_t)(is_digit(c) ? c - '0' : (c | 32) - 'a' + 10);
    }
    return true;
}

/* The escape behind the backslash at `*at - 1`; moves *at past it. */
static uint32_t take_escape(Str s, size_t *at)
{
    static const struct {
        char mark; /* 0: none */
        uint8_t digits;
    } forms[] = {{0, 4}, {'u', 4}, {'+', 6}, {'U', 8}};
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        uint32_t c;
        const size_t marks = forms[i].mark != 0;
        if (marks && (*at >= s.bytes || s.data[*at] != forms[i].mark)) continue;
        if (!take_hex(s, *at + marks, forms[i].digits, &c)) continue;
        *at += marks + forms[i].digits;
        if (c == 0 || c > 0x10ffff)
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid Unicode code point: %04X", c);
        return c;
    }
    error_raise(
        error_hint(error_message(error_begin(SQLSTATE_SYNTAX_ERROR), "invalid Unicode escape"),
                   "Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX."));
}

static bool is_high_surrogate(uint32_t c)
{
    return c >= 0xd800 && c <= 0xdbff;
}
static bool is_low_surrogate(uint32_t c)
{
    return c >= 0xdc00 && c <= 0xdfff;
}

static Str unistr(Fn *fn, Str s)
{
    StrBuilder out = str_builder(fn->arena, s.bytes);
    uint32_t high = 0; /* half of a pair that waits for the other */
    for (size_t i = 0; i < s.bytes;) {
        const bool escape = s.data[i] == '\\' && !(i + 1 < s.bytes && s.data[i + 1] == '\\');
        uint32_t c = 0;
        if (escape) {
            i++;
            c = take_escape(s, &i);
        }
        if ((high != 0) != (escape && is_low_surrogate(c)))
            raise_error(SQLSTATE_SYNTAX_ERROR, "invalid Unicode surrogate pair");
        if (escape && is_high_surrogate(c)) {
            high = c;
        } else if (escape) {
            add_codepoint(&out, high ? 0x10000 + ((high - 0xd800) << 10) + (c - 0xdc00) : c);
            high = 0;
        } else {
            str_add_char(&out, s.data[i]);
            i += s.data[i] == '\\' ? 2 : 1;
        }
    }
    if (high) raise_error(SQLSTATE_SYNTAX_ERROR, "invalid Unicode surrogate pair");
    return str_done(&out);
}

SQL_EXPRESSION(870, "lower", text, (text), IMMUTABLE | STRICT | TOTAL, text_lower(fn, a),
               "letters made small")
SQL_EXPRESSION(871, "upper", text, (text), IMMUTABLE | STRICT | TOTAL, map_case(fn, a, CASE_UPPER),
               "letters made large")
SQL_FUNCTION(872, "initcap", text, (text), IMMUTABLE | STRICT | TOTAL, initcap,
             "the first letter of each word made large, the others small")
SQL_EXPRESSION(6412, "casefold", text, (text), IMMUTABLE | STRICT | TOTAL,
               map_case(fn, a, CASE_FOLD), "letters made comparable whatever their case")
SQL_FUNCTION(4350, "normalize", text, (text, text), IMMUTABLE | STRICT, normalize,
             "in a Unicode normal form")
SQL_FACTS(4350, .arguments = "text, text DEFAULT 'NFC'::text")
SQL_FUNCTION(4351, "is_normalized", bool, (text, text), IMMUTABLE | STRICT, is_normalized,
             "is it in a Unicode normal form?")
SQL_FACTS(4351, .arguments = "text, text DEFAULT 'NFC'::text")
SQL_FUNCTION(6105, "unicode_assigned", bool, (text), IMMUTABLE | STRICT | TOTAL, unicode_assigned,
             "are all code points assigned?")
SQL_FUNCTION(6198, "unistr", text, (text), IMMUTABLE | STRICT, unistr, "Unicode escapes replaced")
