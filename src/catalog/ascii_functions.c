/* SPDX-License-Identifier: Apache-2.0 */
/* ascii_functions.c - to_ascii: the bytes of a text, taken for those of an encoding of one byte a character, without
 * their accents. Which letter is left of a byte is a table for each of the four encodings that PostgreSQL has one
 * for. */
#include "catalog/catalog_internal.h"

#include "type/encoding.h"

static const struct {
    int32_t encoding;
    const char *letters; /* of the bytes from 128 on */
} tables[] = {
    {ENCODING_LATIN1, "                                  cL Y  \"Ca  -R     'u .,      ?"
                      "AAAAAAACEEEEIIII NOOOOOxOUUUUYTBaaaaaaaceeeeiiii nooooo/ouuuuyty"},
    {ENCODING_LATIN2, "                                 A L LS \"SSTZ-ZZ a,l'ls ,sstz\"zz"
                      "RAAAALCCCEEEEIIDDNNOOOOxRUUUUYTBraaaalccceeeeiiddnnoooo/ruuuuyt."},
    {ENCODING_LATIN9, "                                  cL YS sCa  -R     Zu .z   EeY?"
                      "AAAAAAACEEEEIIII NOOOOOxOUUUUYTBaaaaaaaceeeeiiii nooooo/ouuuuyty"},
    {ENCODING_WIN1250, "  ' \"    %S<STZZ `'\"\".--  s>stzz   L A  \"CS  -RZ  ,l'u .,as L\"lz"
                       "RAAAALCCCEEEEIIDDNNOOOOxRUUUUYTBraaaalccceeeeiiddnnoooo/ruuuuyt "},
};

static Str to_ascii(Fn *fn, Str text, int32_t encoding)
{
    const char *letters = NULL;
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        if (tables[i].encoding == encoding) letters = tables[i].letters;
    if (!letters)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "encoding conversion from %s to ASCII not supported", encoding_name(encoding));
    char *out = arena_alloc(fn->arena, text.bytes + 1);
    for (size_t i = 0; i < text.bytes; i++) {
        const uint8_t c = (uint8_t)text.data[i];
        out[i] = c < 128 ? (char)c : letters[c - 128];
    }
    return (Str){out, text.bytes};
}

static Str to_ascii_of_number(Fn *fn, Str text, int32_t encoding)
{
    if (!encoding_name(encoding))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "%d is not a valid encoding code", encoding);
    return to_ascii(fn, text, encoding);
}

static Str to_ascii_of_name(Fn *fn, Str text, Str name)
{
    int32_t encoding;
    if (!encoding_find(name, &encoding))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "%.*s is not a valid encoding name", STR_ARG(name));
    return to_ascii(fn, text, encoding);
}

SQL_EXPRESSION(1845, "to_ascii", text, (text), IMMUTABLE | STRICT, to_ascii(fn, a, ENCODING_UTF8),
               "letters without their accents, of texts in some encodings")
SQL_FACTS(1845, .source = "to_ascii_default")
SQL_FUNCTION(1846, "to_ascii", text, (text, int4), IMMUTABLE | STRICT, to_ascii_of_number,
             "letters without their accents, the bytes taken for those of an encoding")
SQL_FACTS(1846, .source = "to_ascii_enc")
SQL_FUNCTION(1847, "to_ascii", text, (text, name), IMMUTABLE | STRICT, to_ascii_of_name,
             "letters without their accents, the bytes taken for those of an encoding")
SQL_FACTS(1847, .source = "to_ascii_encname")
