/* SPDX-License-Identifier: Apache-2.0 */
/* encoding.c - the encodings and their names, and the functions of SQL that convert between them: convert,
 * convert_from, convert_to, length in an encoding. */
#include "type/encoding.h"

#include "base/utf8.h"
#include "type/encoding_internal.h"
#include "type/text.h"
#include "type/type_internal.h"

#define BYTE_ENCODING(number, other) \
    [ENCODING_##number] = {#number, other, ENCODING_##number, FORM_BYTE, 1}
#define WIDE_ENCODING(number, form, bytes, other) \
    [ENCODING_##number] = {#number, other, ENCODING_##number, form, bytes}

static const Encoding encodings[ENCODING_COUNT] = {
    WIDE_ENCODING(SQL_ASCII, FORM_ASCII, 1, "sqlascii"),
    WIDE_ENCODING(EUC_JP, FORM_EUC_JP, 3, "eucjp"),
    WIDE_ENCODING(EUC_CN, FORM_EUC_CN, 3, "euccn"),
    WIDE_ENCODING(EUC_KR, FORM_EUC_KR, 3, "euckr"),
    WIDE_ENCODING(EUC_TW, FORM_EUC_TW, 4, "euctw"),
    WIDE_ENCODING(EUC_JIS_2004, FORM_EUC_JP, 3, "eucjis2004"),
    WIDE_ENCODING(UTF8, FORM_UTF8, 4, "utf8 unicode"),
    WIDE_ENCODING(MULE_INTERNAL, FORM_MULE, 4, "muleinternal"),
    BYTE_ENCODING(LATIN1, "latin1 iso88591"),
    BYTE_ENCODING(LATIN2, "latin2 iso88592"),
    BYTE_ENCODING(LATIN3, "latin3 iso88593"),
    BYTE_ENCODING(LATIN4, "latin4 iso88594"),
    BYTE_ENCODING(LATIN5, "latin5 iso88599"),
    BYTE_ENCODING(LATIN6, "latin6 iso885910"),
    BYTE_ENCODING(LATIN7, "latin7 iso885913"),
    BYTE_ENCODING(LATIN8, "latin8 iso885914"),
    BYTE_ENCODING(LATIN9, "latin9 iso885915"),
    BYTE_ENCODING(LATIN10, "latin10 iso885916"),
    BYTE_ENCODING(WIN1256, "win1256 windows1256"),
    BYTE_ENCODING(WIN1258, "win1258 windows1258 abc tcvn tcvn5712 vscii"),
    BYTE_ENCODING(WIN866, "win866 windows866 alt"),
    BYTE_ENCODING(WIN874, "win874 windows874"),
    BYTE_ENCODING(KOI8R, "koi8r koi8"),
    BYTE_ENCODING(WIN1251, "win1251 windows1251 win"),
    BYTE_ENCODING(WIN1252, "win1252 windows1252"),
    BYTE_ENCODING(ISO_8859_5, "iso88595"),
    BYTE_ENCODING(ISO_8859_6, "iso88596"),
    BYTE_ENCODING(ISO_8859_7, "iso88597"),
    BYTE_ENCODING(ISO_8859_8, "iso88598"),
    BYTE_ENCODING(WIN1250, "win1250 windows1250"),
    BYTE_ENCODING(WIN1253, "win1253 windows1253"),
    BYTE_ENCODING(WIN1254, "win1254 windows1254"),
    BYTE_ENCODING(WIN1255, "win1255 windows1255"),
    BYTE_ENCODING(WIN1257, "win1257 windows1257"),
    BYTE_ENCODING(KOI8U, "koi8u"),
    WIDE_ENCODING(SJIS, FORM_SJIS, 2, "sjis shiftjis mskanji win932 windows932"),
    WIDE_ENCODING(BIG5, FORM_PAIR, 2, "big5 win950 windows950"),
    WIDE_ENCODING(GBK, FORM_PAIR, 2, "gbk win936 windows936"),
    WIDE_ENCODING(UHC, FORM_PAIR, 2, "uhc win949 windows949"),
    WIDE_ENCODING(GB18030, FORM_GB18030, 4, "gb18030"),
    WIDE_ENCODING(JOHAB, FORM_JOHAB, 3, "johab"),
    WIDE_ENCODING(SHIFT_JIS_2004, FORM_SJIS, 2, "shiftjis2004"),
};

/* ---- names */

static bool has_alias(const char *aliases, Str name)
{
    for (Str rest = str_from(aliases); rest.bytes;) {
        size_t space = rest.bytes;
        (void)str_find_char(rest, ' ', &space);
        if (str_equal(name, str_slice(rest, 0, space))) return true;
        rest = str_slice(rest, MIN(space + 1, rest.bytes), rest.bytes);
    }
    return false;
}

static const Encoding *find_named(Str name)
{
    char folded[64];
    size_t bytes = 0;
    for (size_t i = 0; i < name.bytes; i++) {
        char c = name.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c | 0x20);
        if (!is_digit(c) && !(c >= 'a' && c <= 'z')) continue;
        if (bytes == sizeof folded) return NULL;
        folded[bytes++] = c;
    }
    for (size_t i = 0; i < ENCODING_COUNT; i++)
        if (has_alias(encodings[i].aliases, (Str){folded, bytes})) return &encodings[i];
    return NULL;
}

static const Encoding *of_number(int32_t number)
{
    return number >= 0 && number < ENCODING_COUNT ? &encodings[number] : NULL;
}

bool encoding_find(Str name, int32_t *number)
{
    const Encoding *found = find_named(name);
    if (found) *number = (int32_t)found->number;
    return found != NULL;
}

const char *encoding_name(int32_t number)
{
    const Encoding *encoding = of_number(number);
    return encoding ? encoding->name : NULL;
}

uint32_t encoding_bytes_max(int32_t number)
{
    const Encoding *encoding = of_number(number);
    return encoding ? encoding->bytes_max : 0;
}

static bool is_plain(const Encoding *encoding)
{
    return encoding->number == ENCODING_UTF8 || encoding->number == ENCODING_SQL_ASCII;
}

const Encoding *encoding_of_client(int32_t number)
{
    const Encoding *encoding = of_number(number);
    return encoding && !is_plain(encoding) ? encoding : NULL;
}

const Encoding *encoding_of_client_named(Str name)
{
    const Encoding *encoding = find_named(name);
    return encoding && !is_plain(encoding) ? encoding : NULL;
}

bool encoding_is_convertible(int32_t number)
{
    return of_number(number) && number != ENCODING_MULE_INTERNAL;
}

bool encoding_is_ascii(Str text)
{
    uint8_t bits = 0;
    for (size_t i = 0; i < text.bytes; i++) bits |= (uint8_t)text.data[i];
    return bits < 0x80;
}

/* ---- texts; what is wrong with them */

static _Noreturn void raise_fault(Arena *arena, const EncodingFault *fault, Str bytes,
                                  const char *from, const char *to)
{
    StrBuilder hex = str_builder(arena, 32);
    for (size_t i = 0; i < fault->bytes; i++)
        str_add_format(&hex, "%s0x%02x", i ? " " : "", (uint8_t)bytes.data[fault->at + i]);
    const Str shown = str_done(&hex);
    if (fault->has_no_equivalent)
        raise_error(SQLSTATE_UNTRANSLATABLE_CHARACTER,
                    "character with byte sequence %.*s in encoding \"%s\" has no equivalent in "
                    "encoding \"%s\"",
                    STR_ARG(shown), from, to);
    raise_error(SQLSTATE_CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"%s\": %.*s", from, STR_ARG(shown));
}

static size_t verify(Arena *arena, const Encoding *encoding, Str bytes)
{
    EncodingFault fault;
    size_t count;
    if (!type__encoding_verify(encoding, bytes, &count, &fault))
        raise_fault(arena, &fault, bytes, encoding->name, "");
    return count;
}

Str encoding_decode(Arena *arena, const Encoding *encoding, Str bytes)
{
    EncodingFault fault;
    StrBuilder out = str_builder(arena, bytes.bytes + bytes.bytes / 2);
    if (!type__encoding_read(encoding, bytes, &out, &fault))
        raise_fault(arena, &fault, bytes, encoding->name, encodings[ENCODING_UTF8].name);
    return str_done(&out);
}

size_t encoding_decode_good(Arena *arena, const Encoding *encoding, Str bytes, Str *text)
{
    EncodingFault fault;
    size_t good = bytes.bytes;
    if (!encoding) {
        good = utf8_valid_prefix(bytes);
        (void)str_find_char(str_slice(bytes, 0, good), '\0', &good);
        *text = str_slice(bytes, 0, good);
        return good;
    }
    StrBuilder out = str_builder(arena, bytes.bytes + bytes.bytes / 2);
    if (!type__encoding_read(encoding, bytes, &out, &fault)) good = fault.at;
    *text = str_done(&out);
    return good;
}

void encoding_raise_bad(Arena *arena, const Encoding *encoding, Str bytes)
{
    if (encoding) (void)encoding_decode(arena, encoding, bytes);
    (void)verify(arena, &encodings[ENCODING_UTF8], bytes);
    UNREACHABLE();
}

Str encoding_encode(Arena *arena, const Encoding *encoding, Str text)
{
    EncodingFault fault;
    StrBuilder out = str_builder(arena, text.bytes);
    if (!type__encoding_write(encoding, text, &out, &fault))
        raise_fault(arena, &fault, text, encodings[ENCODING_UTF8].name, encoding->name);
    return str_done(&out);
}

Str encoding_encode_lossy(Arena *arena, const Encoding *encoding, Str text)
{
    EncodingFault fault;
    StrBuilder out = str_builder(arena, text.bytes);
    while (!type__encoding_write(encoding, text, &out, &fault)) {
        str_add_char(&out, '?');
        text = str_slice(text, fault.at + fault.bytes, text.bytes);
    }
    return str_done(&out);
}

/* ---- SQL */

static const Encoding *encoding_named(Str name, const char *what)
{
    const Encoding *found = find_named(name);
    if (!found)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid %sencoding name \"%.*s\"", what,
                    STR_ARG(name));
    return found;
}

/* Between two encodings, of which neither is UTF-8. */
static Str pass(Arena *arena, Str bytes, const Encoding *from, const Encoding *to)
{
    if (!type__encoding_passes(from, to))
        raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                    "default conversion function for encoding \"%s\" to \"%s\" does not exist",
                    from->name, to->name);
    EncodingFault fault;
    StrBuilder out = str_builder(arena, bytes.bytes);
    if (!type__encoding_pass(from, to, bytes, &out, &fault))
        raise_fault(arena, &fault, bytes, from->name, to->name);
    return str_done(&out);
}

/* Bytes without an encoding (SQL_ASCII) are taken for those of the other, and given as they are. */
static Str convert_between(Arena *arena, Str bytes, const Encoding *from, const Encoding *to)
{
    (void)verify(arena, from, bytes);
    if (bytes.bytes == 0 || from == to || to->number == ENCODING_SQL_ASCII) return bytes;
    if (from->number == ENCODING_SQL_ASCII) {
        (void)verify(arena, to, bytes);
        return bytes;
    }
    if (from->number == ENCODING_UTF8 && encoding_is_convertible((int32_t)to->number))
        return encoding_encode(arena, to, bytes);
    if (to->number == ENCODING_UTF8 && encoding_is_convertible((int32_t)from->number))
        return encoding_decode(arena, from, bytes);
    return pass(arena, bytes, from, to);
}

static Str convert(Fn *fn, Str bytes, Str from, Str to)
{
    const Encoding *source = encoding_named(from, "source ");
    return convert_between(fn->arena, bytes, source, encoding_named(to, "destination "));
}

static Str convert_from(Fn *fn, Str bytes, Str from)
{
    return convert_between(fn->arena, bytes, encoding_named(from, "source "),
                           &encodings[ENCODING_UTF8]);
}

static Str convert_to(Fn *fn, Str text, Str to)
{
    return convert_between(fn->arena, text, &encodings[ENCODING_UTF8],
                           encoding_named(to, "destination "));
}

static int32_t length_in(Fn *fn, Str bytes, Str name)
{
    return (int32_t)verify(fn->arena, encoding_named(name, ""), bytes);
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
