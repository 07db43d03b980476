/* SPDX-License-Identifier: Apache-2.0 */
/* regex_dissect.h - where the groups of a match stand, once its extent is known. */
#pragma once

#include "type/regex.h"

typedef struct RegexDissection {
    Str subject;
    Arena *passing, *kept; /* both empty; nothing in them is needed afterwards */
    /* Does the leaf match at byte `at` (where a character begins, unless it is a place)? */
    bool (*leaf_matches)(void *arg, const RegexNode *leaf, size_t at);
    void *arg;
    size_t from, to; /* the part looked at now */
} RegexDissection;

/* Fills spans[1 ...] of the groups of `root`, which matches exactly d->from to d->to. Groups that take no part are left
 * as they are. */
void regex_dissect(RegexDissection *d, const RegexNode *root, RegexSpan *spans);
