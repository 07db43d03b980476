/* SPDX-License-Identifier: Apache-2.0 */
/* encoding.h - texts between the database's UTF-8 and the encodings of clients. */
#pragma once

#include "type/type.h"

typedef struct Encoding Encoding;

/* By PostgreSQL's number or name. NULL: texts go as they are (UTF8, SQL_ASCII). */
const Encoding *encoding_of_client(int32_t number);
const Encoding *encoding_of_client_named(Str name);
/* Can texts be converted between it and UTF-8? */
bool encoding_is_convertible(int32_t number);
/* The same bytes in every encoding. */
bool encoding_is_ascii(Str text);

/* To UTF-8. Raises 22021 for what is none of the encoding and 22P05 for what has no place in Unicode. */
Str encoding_decode(Arena *arena, const Encoding *encoding, Str bytes);
/* From UTF-8. Raises 22P05 for what the encoding has not; the other gives '?' for it. */
Str encoding_encode(Arena *arena, const Encoding *encoding, Str text);
Str encoding_encode_lossy(Arena *arena, const Encoding *encoding, Str text);
