/* SPDX-License-Identifier: Apache-2.0 */
/* hash_join.h - a hash join's state, for the two files that are one operator: op_hash_join.c, which joins, and
 * hash_join_shared.c, which knows of the others that run the same join below a Gather. */
#pragma once

#include "exec/join_facts.h"
#include "exec/keytable.h"
#include "exec/parallel.h"
#include "exec/rowstore.h"
#include "exec/spill.h"

typedef struct SharedTable SharedTable;

typedef enum JoinPhase {
    JOIN_BUILD,
    JOIN_NEXT_OUTER,
    JOIN_PAIRS,
    JOIN_UNMATCHED,
    JOIN_INNER_REST,
    JOIN_NEXT_PART,
    JOIN_END
} JoinPhase;

typedef struct JoinState {
    const PlanHashJoin *plan;
    SharedTable *shared;         /* NULL: the table is this operator's alone */
    struct SharedMember *member; /* of those who build it together; NULL: one builds it */
    JoinFacts facts;
    JoinPhase phase;
    ExprState *outer_keys, *inner_keys, *conditions;
    Vector *key_vectors, *list_columns; /* the second: the keys, and a row's number */
    KeyTable *table;
    RowStore *inner;
    RowShape inner_shape, outer_shape;
    bool one_each;               /* each group has one row: of its number, or by_group[g] */
    uint32_t *starts, *by_group; /* else rows of group g: by_group[starts[g] .. starts[g + 1]) */
    _Atomic(uint64_t) *inner_matched; /* bits by inner row; NULL: not wanted */
    /* the outer batch at hand */
    const Batch *outer;
    uint32_t groups[BATCH_ROWS_MAX];
    uint64_t matched[BATCH_ROWS_MAX / 64]; /* by row of the outer vectors */
    uint32_t at, in_group;
    /* null_aware: has the whole inner side any row, and any NULL key? */
    bool any_inner, null_inner_key;
    uint32_t rest_at; /* inner rows given without a match */
    /* pairs */
    uint16_t *outer_rows;
    uint32_t *inner_rows;
    uint16_t *passed;
    Batch pairs[2];
    Vector *null_inner, *null_outer;
    /* parts in files */
    uint64_t budget;
    SpillFile *file;
    Arena *parts_arena;
    bool is_cut; /* what is being read goes to parts */
    SpillParts outer_parts, inner_parts;
    SpillPair *waiting, *part; /* the second: at work; NULL: the children themselves */
    Arena *filter_arena;       /* of runtime filters; NULL: none are wanted */
    Batch stored;              /* rows of the store, on their way to parts */
} JoinState;

/* Inner rows are given at the end, by what is known of them then. */
static inline bool notes_inner(const JoinState *state)
{
    return join_notes_inner(state->facts);
}

/* ---- op_hash_join.c ---- */
/* The next rows of a side: 0 outer, 1 inner. */
bool hash_join_pull(OpState *op, JoinState *state, int side, uint32_t demand, const Batch **batch);
/* The inner side to the table, or both sides to parts. */
void hash_join_build(OpState *op, JoinState *state);
/* What has been kept goes to parts, and what comes will. */
void hash_join_cut(JoinState *state);
void hash_join_add_to_parts(JoinState *state, int side, const Batch *batch);
void hash_join_note_nulls(JoinState *state, Selection rows);
/* The runtime filters, from the keys of all tables. */
void hash_join_fill_filters(OpState *op, JoinState *state, KeyTable *const *tables, uint32_t count);
void hash_join_note_figures(OpState *op, const JoinState *state);

/* ---- hash_join_shared.c ---- */
/* Before the others run: what this operator has in common with theirs. */
void hash_join_share(OpState *op, JoinState *state);
/* Builds the table with the others, or takes what one of them has built; sets the next phase. */
void hash_join_build_shared(OpState *op, JoinState *state);
/* Are the matches of inner rows, as they are noted now, those of all? */
bool hash_join_is_shared(const JoinState *state);
void hash_join_begin_probing(OpState *op, const JoinState *state);
/* The last to end has all matches and gives the inner rows. Who begins when another has ended so finds no outer rows
 * left: they came from a cursor of all. */
bool hash_join_is_last_to_probe(OpState *op, const JoinState *state);
/* A pair of the parts that all have cut together goes to those that wait; if one is left. */
void hash_join_take_pair(JoinState *state);
