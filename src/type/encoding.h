/* SPDX-License-Identifier: Apache-2.0 */
/* encoding.h - texts between the database's UTF-8 and other encodings. */
#pragma once

#include "type/type.h"

/* PostgreSQL's numbers. */
typedef enum EncodingNumber {
    ENCODING_SQL_ASCII,
    ENCODING_EUC_JP,
    ENCODING_EUC_CN,
    ENCODING_EUC_KR,
    ENCODING_EUC_TW,
    ENCODING_EUC_JIS_2004,
    ENCODING_UTF8,
    ENCODING_MULE_INTERNAL,
    ENCODING_LATIN1,
    ENCODING_LATIN2,
    ENCODING_LATIN3,
    ENCODING_LATIN4,
    ENCODING_LATIN5,
    ENCODING_LATIN6,
    ENCODING_LATIN7,
    ENCODING_LATIN8,
    ENCODING_LATIN9,
    ENCODING_LATIN10,
    ENCODING_WIN1256,
    ENCODING_WIN1258,
    ENCODING_WIN866,
    ENCODING_WIN874,
    ENCODING_KOI8R,
    ENCODING_WIN1251,
    ENCODING_WIN1252,
    ENCODING_ISO_8859_5,
    ENCODING_ISO_8859_6,
    ENCODING_ISO_8859_7,
    ENCODING_ISO_8859_8,
    ENCODING_WIN1250,
    ENCODING_WIN1253,
    ENCODING_WIN1254,
    ENCODING_WIN1255,
    ENCODING_WIN1257,
    ENCODING_KOI8U,
    ENCODING_SJIS,
    ENCODING_BIG5,
    ENCODING_GBK,
    ENCODING_UHC,
    ENCODING_GB18030,
    ENCODING_JOHAB,
    ENCODING_SHIFT_JIS_2004,
    ENCODING_COUNT,
} EncodingNumber;

typedef struct Encoding Encoding;

/* By one of its names, in any case and whatever else than letters and digits stands in it; false: it is none's. */
bool encoding_find(Str name, int32_t *number);
const char *encoding_name(int32_t number);   /* NULL: none has that number */
uint32_t encoding_bytes_max(int32_t number); /* of a character; 0: none has that number */

/* By number or name. NULL: texts go as they are (UTF8, SQL_ASCII). */
const Encoding *encoding_of_client(int32_t number);
const Encoding *encoding_of_client_named(Str name);
/* Can texts be converted between it and UTF-8? */
bool encoding_is_convertible(int32_t number);
/* The same bytes in every encoding. */
bool encoding_is_ascii(Str text);

/* To UTF-8. Raises 22021 for what is none of the encoding and 22P05 for what has no place in Unicode. */
Str encoding_decode(Arena *arena, const Encoding *encoding, Str bytes);
/* To UTF-8 what is good at the start of the bytes; how many they are. NULL: it is UTF-8, *text a part of them. */
size_t encoding_decode_good(Arena *arena, const Encoding *encoding, Str bytes, Str *text);
/* Raises for bytes of which nothing is good. */
_Noreturn void encoding_raise_bad(Arena *arena, const Encoding *encoding, Str bytes);
/* From UTF-8. Raises 22P05 for what the encoding has not; the other gives '?' for it. */
Str encoding_encode(Arena *arena, const Encoding *encoding, Str text);
Str encoding_encode_lossy(Arena *arena, const Encoding *encoding, Str text);
