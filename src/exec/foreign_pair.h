/* SPDX-License-Identifier: Apache-2.0 */
/* foreign_pair.h - a column that refers and the one that it refers to, which may be of different types. */
#pragma once

#include "exec/exec_internal.h"

typedef enum PairKind {
    PAIR_SAME,     /* values of one are values of the other */
    PAIR_INTEGERS, /* of different widths */
    PAIR_NUMERIC,  /* an integer that refers to a numeric */
    PAIR_CAST      /* whatever the casts between them do */
} PairKind;

typedef struct ForeignPair {
    const CatColumn *child, *parent;
    PairKind kind;
} ForeignPair;

ForeignPair foreign_pair(const CatColumn *child, const CatColumn *parent);
/* A referring value as the referred column's type has it; false: it has none such. */
bool foreign_pair_to_parent(const ForeignPair *pair, const Exec *exec, Arena *arena, Datum *value);
/* The one referring value that is equal to a referred one; false: none is. Not for PAIR_CAST, where several may be. */
bool foreign_pair_to_child(const ForeignPair *pair, Arena *arena, Datum *value);
/* What a referring row gets from ON UPDATE CASCADE: the value as by assignment, whose errors it raises. */
Datum foreign_pair_assigned(const ForeignPair *pair, const Exec *exec, Arena *arena, Datum value);
