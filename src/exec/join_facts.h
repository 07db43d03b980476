/* SPDX-License-Identifier: Apache-2.0 */
/* join_facts.h - what a kind of join wants to know of its rows: for all ways to join. */
#pragma once

#include "exec/exec_internal.h"

typedef struct JoinFacts {
    bool outer_unmatched; /* LEFT, FULL, ANTI: outer rows without a match are wanted */
    bool inner_unmatched; /* RIGHT, FULL, RIGHT ANTI */
    bool pairs;           /* INNER, LEFT, RIGHT, FULL: pairs are wanted */
    bool semi;            /* outer rows with a match, once */
    bool inner_semi;      /* RIGHT SEMI: inner rows with a match */
} JoinFacts;

/* Raises 0A000 of kinds that are other operators' alone. */
JoinFacts join_facts(QJoinKind join);
/* Inner rows are given at the end, by what is known of them then. */
static inline bool join_notes_inner(JoinFacts facts)
{
    return facts.inner_unmatched || facts.inner_semi;
}
/* The columns of a side that has no row. */
Vector *join_null_columns(Arena *arena, const RowShape *shape);
