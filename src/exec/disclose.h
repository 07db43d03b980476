/* SPDX-License-Identifier: Apache-2.0 */
/* disclose.h - what an error may show of rows: what its reader may read, and what he wrote himself. */
#pragma once

#include "catalog/catalog.h"

typedef struct Disclosure {
    CatalogView *view;
    const FnEnv *env;
    const CatRelation *relation;
    Oid role; /* 0: the role in force */
    const uint64_t *
        written; /* bits by attnum - 1 of the columns that the statement gives values; NULL: none */
} Disclosure;

/* "(1, null, ...)", or "(a, b) = (1, null)" of the columns that may be shown, values cut at 64 characters each. False:
 * there are none. */
bool disclose_row(const Disclosure *disclosure, Arena *arena, const Datum *columns, Str *shown);
/* May the values of all these columns be shown? 0 among them: an expression over any. */
bool disclose_columns(const Disclosure *disclosure, const int16_t *attnums, uint32_t count);
