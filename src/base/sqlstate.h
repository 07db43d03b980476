/* SPDX-License-Identifier: Apache-2.0 */
/* sqlstate.h - the error codes of SQL, declared once in sqlstates.h: SQLSTATE_DIVISION_BY_ZERO and so on. A Sqlstate
 * packs the five characters, six bits each, so that it compares as a number and its class is a mask. */
#pragma once

#include "base/base.h"
#include "base/sqlstates.h"

#define SQLSTATE_CHAR(c) ((uint32_t)((c) - '0') & 0x3f)

typedef enum Sqlstate {
#define SQLSTATE_ENUM(a, b, c, d, e, NAME, name)                                                \
    SQLSTATE_##NAME = (int)(SQLSTATE_CHAR(a) | SQLSTATE_CHAR(b) << 6 | SQLSTATE_CHAR(c) << 12 | \
                            SQLSTATE_CHAR(d) << 18 | SQLSTATE_CHAR(e) << 24),
    SQLSTATES(SQLSTATE_ENUM)
#undef SQLSTATE_ENUM
} Sqlstate;

enum { SQLSTATE_CLASS_MASK = 0xfff };

/* Writes the five characters and a zero byte. */
void sqlstate_print(Sqlstate code, char out[6]);
/* The condition's name ("division_by_zero"); NULL for a code not in the table. */
const char *sqlstate_name(Sqlstate code);
/* Any five characters of 0-9 and A-Z are a code, also one not in the table. A name is one that PL/pgSQL lets a handler
 * name: none of the classes 00, 01 and 02. Of two codes with one name, the first in the table. */
bool sqlstate_find(Str name_or_code, Sqlstate *code);
