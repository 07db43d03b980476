/* SPDX-License-Identifier: Apache-2.0 */
/* sqlstate.c - between a packed SQLSTATE, its five characters and its condition's name. */
#include "base/sqlstate.h"

enum { CHAR_MASK = 0x3f };

void sqlstate_print(Sqlstate code, char out[6])
{
    for (uint32_t i = 0; i < 5; i++) out[i] = (char)('0' + ((uint32_t)code >> (6 * i) & CHAR_MASK));
    out[5] = 0;
}

const char *sqlstate_name(Sqlstate code)
{
    switch (code) {
#define NAME_CASE(a, b, c, d, e, NAME, name) \
    case SQLSTATE_##NAME: return name;
        SQLSTATES(NAME_CASE)
#undef NAME_CASE
    }
    return NULL;
}

/* Successes and warnings (classes 00, 01, 02) are no conditions that a handler can name, nor is what PostgreSQL has
 * not. */
static bool is_condition(Sqlstate code)
{
    switch ((int)code & SQLSTATE_CLASS_MASK) {
    case SQLSTATE_SUCCESSFUL_COMPLETION &SQLSTATE_CLASS_MASK:
    case SQLSTATE_WARNING &SQLSTATE_CLASS_MASK:
    case SQLSTATE_NO_DATA &SQLSTATE_CLASS_MASK:
    case SQLSTATE_SNAPSHOT_TOO_OLD &SQLSTATE_CLASS_MASK: return false;
    }
    return true;
}

static bool is_code(Str s)
{
    if (s.bytes != 5) return false;
    for (size_t i = 0; i < 5; i++) {
        char c = s.data[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return false;
    }
    return true;
}

bool sqlstate_find(Str name_or_code, Sqlstate *code)
{
    static const struct {
        const char *name;
        Sqlstate code;
    } conditions[] = {
#define CONDITION(a, b, c, d, e, NAME, name) {name, SQLSTATE_##NAME},
        SQLSTATES(CONDITION)
#undef CONDITION
    };
    if (is_code(name_or_code)) {
        const char *s = name_or_code.data;
        *code = (Sqlstate)(SQLSTATE_CHAR(s[0]) | SQLSTATE_CHAR(s[1]) << 6 |
                           SQLSTATE_CHAR(s[2]) << 12 | SQLSTATE_CHAR(s[3]) << 18 |
                           SQLSTATE_CHAR(s[4]) << 24);
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(conditions); i++) {
        if (is_condition(conditions[i].code) &&
            str_equal(name_or_code, str_from(conditions[i].name))) {
            *code = conditions[i].code;
            return true;
        }
    }
    return false;
}
