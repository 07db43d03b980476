/* SPDX-License-Identifier: Apache-2.0 */
/* encoding.c - texts in other encodings than the database's UTF-8: those of clients, convert, convert_from, convert_to,
 * length in an encoding. ICU's converters do the work, by way of UTF-16; they are opened, used and closed within one
 * call, and nothing raises between. */
#include "type/encoding.h"

#include <unicode/ucnv.h>

#include "base/utf8.h"
#include "type/text.h"
#include "type/type_internal.h"

struct Encoding {
    const char *name; /* PostgreSQL's */
    int32_t number;   /* PostgreSQL's */
    const char *icu;  /* NULL: UTF-8 itself, or bytes without meaning (SQL_ASCII) */
    bool no_c1;       /* 0x80 to 0x9f are no control characters in it */
};

static const Encoding encodings[] = {
    {"UTF8", 6, NULL, false},
    {"SQL_ASCII", 0, NULL, false},
    {"LATIN1", 8, "ISO-8859-1", false},
    {"LATIN2", 9, "ISO-8859-2", false},
    {"LATIN3", 10, "ISO-8859-3", false},
    {"LATIN4", 11, "ISO-8859-4", false},
    {"LATIN5", 12, "ISO-8859-9", false},
    {"LATIN6", 13, "ISO-8859-10", false},
    {"LATIN7", 14, "ISO-8859-13", false},
    {"LATIN8", 15, "ISO-8859-14", false},
    {"LATIN9", 16, "ISO-8859-15", false},
    {"LATIN10", 17, "ISO-8859-16", false},
    {"ISO_8859_5", 25, "ISO-8859-5", false},
    {"ISO_8859_6", 26, "ISO-8859-6", false},
    {"ISO_8859_7", 27, "ISO-8859-7", false},
    {"ISO_8859_8", 28, "ISO-8859-8", false},
    {"WIN866", 20, "ibm-866", true},
    {"WIN874", 21, "windows-874", true},
    {"WIN1250", 29, "windows-1250", true},
    {"WIN1251", 23, "windows-1251", true},
    {"WIN1252", 24, "windows-1252", true},
    {"WIN1253", 30, "windows-1253", true},
    {"WIN1254", 31, "windows-1254", true},
    {"WIN1255", 32, "windows-1255", true},
    {"WIN1256", 18, "windows-1256", true},
    {"WIN1257", 33, "windows-1257", true},
    {"WIN1258", 19, "windows-1258", true},
    {"KOI8R", 22, "KOI8-R", false},
    {"KOI8U", 34, "KOI8-U", false},
    {"EUC_JP", 1, "EUC-JP", true},
    {"SJIS", 35, "Shift_JIS", true},
    {"EUC_CN", 2, "EUC-CN", true},
    {"EUC_KR", 3, "EUC-KR", true},
    {"EUC_TW", 4, "EUC-TW", true},
    {"BIG5", 36, "Big5", true},
    {"GBK", 37, "GBK", true},
    {"GB18030", 39, "GB18030", false},
    {"UHC", 38, "windows-949", true},
    {"JOHAB", 40, "ibm-1363", true},
};

/* Other names of some, as letters and digits alone. */
static const struct {
    const char *name, *encoding;
} aliases[] = {{"unicode", "UTF8"},        {"iso88591", "LATIN1"},     {"iso88592", "LATIN2"},
               {"iso88593", "LATIN3"},     {"iso88594", "LATIN4"},     {"iso88599", "LATIN5"},
               {"iso885910", "LATIN6"},    {"iso885913", "LATIN7"},    {"iso885914", "LATIN8"},
               {"iso885915", "LATIN9"},    {"iso885916", "LATIN10"},   {"windows1250", "WIN1250"},
               {"windows1251", "WIN1251"}, {"windows1252", "WIN1252"}, {"windows1253", "WIN1253"},
               {"windows1254", "WIN1254"}, {"windows1255", "WIN1255"}, {"windows1256", "WIN1256"},
               {"windows1257", "WIN1257"}, {"windows1258", "WIN1258"}, {"windows866", "WIN866"},
               {"windows874", "WIN874"},   {"koi8", "KOI8R"},          {"alt", "WIN866"},
               {"win", "WIN1251"},         {"tcvn", "WIN1258"},        {"vscii", "WIN1258"},
               {"abc", "WIN1258"},         {"mskanji", "SJIS"},        {"shiftjis", "SJIS"},
               {"windows932", "SJIS"},     {"win932", "SJIS"},         {"windows936", "GBK"},
               {"win936", "GBK"},          {"windows949", "UHC"},      {"win949", "UHC"},
               {"windows950", "BIG5"},     {"win950", "BIG5"}};

/* Letters and digits in lower case: all that tells names of encodings apart. */
static Str plain_name(Arena *arena, Str name)
{
    StrBuilder out = str_builder(arena, name.bytes);
    for (size_t i = 0; i < name.bytes; i++) {
        const char c = name.data[i], low = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
        if (is_digit(low) || (low >= 'a' && low <= 'z')) str_add_char(&out, low);
    }
    return str_done(&out);
}

static const Encoding *encoding_of(Fn *fn, Str name, const char *what)
{
    Str plain = plain_name(fn->arena, name);
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (str_equal(plain, str_from(aliases[i].name)))
            plain = plain_name(fn->arena, str_from(aliases[i].encoding));
    for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++)
        if (str_equal(plain, plain_name(fn->arena, str_from(encodings[i].name))))
            return &encodings[i];
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid %sencoding name \"%.*s\"", what,
                STR_ARG(name));
}

static Str hex_bytes(Arena *arena, Str bytes)
{
    StrBuilder out = str_builder(arena, 32);
    for (size_t i = 0; i < bytes.bytes; i++)
        str_add_format(&out, "%s0x%02x", i ? " " : "", (uint8_t)bytes.data[i]);
    return str_done(&out);
}

static _Noreturn void no_equivalent(Arena *arena, Str bytes, const char *from, const char *to)
{
    raise_error(SQLSTATE_UNTRANSLATABLE_CHARACTER,
                "character with byte sequence %.*s in encoding \"%s\" has no equivalent in "
                "encoding \"%s\"",
                STR_ARG(hex_bytes(arena, bytes)), from, to);
}

static UConverter *open_converter(const Encoding *encoding)
{
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(encoding->icu, &code);
    if (U_FAILURE(code))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "encoding \"%s\" is not supported",
                    encoding->name);
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    return converter;
}

/* UTF-16 as UTF-8; `no_c1`: a control character of the upper half is what no character stands for. */
static Str utf8_of(Arena *arena, const UChar *units, size_t count, bool no_c1, size_t *bad)
{
    StrBuilder out = str_builder(arena, count + 16);
    char bytes[UTF8_BYTES_MAX];
    *bad = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        uint32_t c = units[i];
        if (c >= 0xd800 && c < 0xdc00 && i + 1 < count)
            c = 0x10000 + ((c & 0x3ff) << 10 | (units[++i] & 0x3ff));
        if (no_c1 && c >= 0x80 && c < 0xa0 && *bad == SIZE_MAX) *bad = i;
        str_add(&out, (Str){bytes, utf8_encode(c, bytes)});
    }
    return str_done(&out);
}

/* Bytes in an encoding as UTF-8; raises for what is none of it or has no place in Unicode. */
Str encoding_decode(Arena *arena, const Encoding *encoding, Str bytes)
{
    InputError err = {.arena = arena};
    if (!encoding->icu) {
        if (!text_check_encoding(bytes, &err)) input_error_raise(&err);
        return bytes;
    }
    size_t zero;
    if (str_find_char(bytes, 0, &zero))
        raise_error(SQLSTATE_CHARACTER_NOT_IN_REPERTOIRE,
                    "invalid byte sequence for encoding \"%s\": 0x00", encoding->name);
    UChar *units = arena_alloc_array(arena, bytes.bytes + 1, sizeof(UChar));
    UChar *to = units;
    const char *from = bytes.data, *end = bytes.data + bytes.bytes;
    UConverter *converter = open_converter(encoding);
    UErrorCode code = U_ZERO_ERROR, ignored = U_ZERO_ERROR;
    char invalid[16];
    int8_t invalid_bytes = sizeof invalid;
    ucnv_toUnicode(converter, &to, units + bytes.bytes + 1, &from, end, NULL, true, &code);
    ucnv_getInvalidChars(converter, invalid, &invalid_bytes, &ignored);
    ucnv_close(converter);
    const Str bad_bytes = {invalid, invalid_bytes > 0 ? (size_t)invalid_bytes : 0};
    if (code == U_INVALID_CHAR_FOUND) no_equivalent(arena, bad_bytes, encoding->name, "UTF8");
    if (U_FAILURE(code))
        raise_error(SQLSTATE_CHARACTER_NOT_IN_REPERTOIRE,
                    "invalid byte sequence for encoding \"%s\": %.*s", encoding->name,
                    STR_ARG(hex_bytes(arena, bad_bytes)));
    size_t bad;
    const Str text = utf8_of(arena, units, (size_t)(to - units), encoding->no_c1, &bad);
    if (bad != SIZE_MAX && bad < bytes.bytes && (size_t)(to - units) == bytes.bytes)
        no_equivalent(arena, str_slice(bytes, bad, bad + 1), encoding->name, "UTF8");
    if (!text_check_encoding(text, &err)) input_error_raise(&err);
    return text;
}

/* UTF-8 in another encoding. */
static Str encode(Arena *arena, const Encoding *encoding, Str text, bool lossy)
{
    if (!encoding->icu) return text;
    /* Never more than twice as many bytes: so nothing grows, and may raise, while the converter is open. */
    StrBuilder out = str_builder(arena, text.bytes * 2 + 16);
    UConverter *converter = open_converter(encoding);
    size_t bad = SIZE_MAX, bad_end = 0;
    for (size_t at = 0; at < text.bytes && bad == SIZE_MAX;) {
        const size_t start = at;
        uint32_t c = 0;
        char bytes[16];
        UChar units[2];
        UErrorCode code = U_ZERO_ERROR;
        char *to = bytes;
        const UChar *from = units;
        (void)utf8_next(text, &at, &c);
        if (at == start) break;
        units[0] = (UChar)(c < 0x10000 ? c : 0xd7c0 + (c >> 10));
        units[1] = (UChar)(0xdc00 | (c & 0x3ff));
        ucnv_fromUnicode(converter, &to, bytes + sizeof bytes, &from, units + (c < 0x10000 ? 1 : 2),
                         NULL, true, &code);
        const bool fails = U_FAILURE(code) || (encoding->no_c1 && c >= 0x80 && c < 0xa0);
        if (fails && lossy) {
            ucnv_resetFromUnicode(converter);
            str_add_char(&out, '?');
        } else if (fails) {
            bad = start;
            bad_end = at;
        } else {
            str_add(&out, (Str){bytes, (size_t)(to - bytes)});
        }
    }
    ucnv_close(converter);
    if (bad != SIZE_MAX)
        no_equivalent(arena, str_slice(text, bad, bad_end), "UTF8", encoding->name);
    return str_done(&out);
}

Str encoding_encode(Arena *arena, const Encoding *encoding, Str text)
{
    return encode(arena, encoding, text, false);
}

Str encoding_encode_lossy(Arena *arena, const Encoding *encoding, Str text)
{
    return encode(arena, encoding, text, true);
}

const Encoding *encoding_of_client(int32_t number)
{
    for (size_t i = 0; i < ARRAY_LEN(encodings); i++)
        if (encodings[i].number == number) return encodings[i].icu ? &encodings[i] : NULL;
    return NULL;
}

const Encoding *encoding_of_client_named(Str name)
{
    for (size_t i = 0; i < ARRAY_LEN(encodings); i++)
        if (str_equal(name, str_from(encodings[i].name)))
            return encodings[i].icu ? &encodings[i] : NULL;
    return NULL;
}

bool encoding_is_convertible(int32_t number)
{
    for (size_t i = 0; i < ARRAY_LEN(encodings); i++)
        if (encodings[i].number == number) return true;
    return false;
}

bool encoding_is_ascii(Str text)
{
    uint8_t bits = 0;
    for (size_t i = 0; i < text.bytes; i++) bits |= (uint8_t)text.data[i];
    return bits < 0x80;
}

/* Encodings that convert to each other; all others go by UTF-8 alone. */
static const char *const groups[][4] = {{"KOI8R", "WIN1251", "WIN866", "ISO_8859_5"},
                                        {"EUC_JP", "SJIS"},
                                        {"EUC_TW", "BIG5"},
                                        {"LATIN2", "WIN1250"}};

static bool in_group(size_t group, const Encoding *encoding)
{
    for (size_t i = 0; i < 4 && groups[group][i]; i++)
        if (strcmp(groups[group][i], encoding->name) == 0) return true;
    return false;
}

static bool converts(const Encoding *from, const Encoding *to)
{
    bool found = from == to || !from->icu || !to->icu;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0] && !found; i++)
        found = in_group(i, from) && in_group(i, to);
    return found;
}

static Str convert(Fn *fn, Str bytes, Str from, Str to)
{
    const Encoding *source = encoding_of(fn, from, "source ");
    const Encoding *target = encoding_of(fn, to, "destination ");
    if (!converts(source, target))
        raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                    "default conversion function for encoding \"%s\" to \"%s\" does not exist",
                    source->name, target->name);
    return encoding_encode(fn->arena, target, encoding_decode(fn->arena, source, bytes));
}

static Str convert_from(Fn *fn, Str bytes, Str from)
{
    return encoding_decode(fn->arena, encoding_of(fn, from, "source "), bytes);
}

static Str convert_to(Fn *fn, Str text, Str to)
{
    return encoding_encode(fn->arena, encoding_of(fn, to, "destination "), text);
}

static int32_t length_in(Fn *fn, Str bytes, Str name)
{
    return (int32_t)utf8_count(encoding_decode(fn->arena, encoding_of(fn, name, ""), bytes));
}

SQL_FUNCTION(1713, "length", int4, (bytea, name), STABLE | STRICT, length_in,
             "characters of bytes in an encoding")
SQL_FACTS(1713, .arguments = "string bytea, encoding name")
SQL_FUNCTION(1714, "convert_from", text, (bytea, name), STABLE | STRICT, convert_from,
             "text of bytes in an encoding")
SQL_FUNCTION(1717, "convert_to", bytea, (text, name), STABLE | STRICT, convert_to,
             "bytes of a text in an encoding")
SQL_FUNCTION(1813, "convert", bytea, (bytea, name, name), STABLE | STRICT, convert,
             "bytes of an encoding in another")
