/* SPDX-License-Identifier: Apache-2.0 */
/* modify.h - ModifyTable at work: what op_modify_table.c and merge.c share. */
#pragma once

#include "exec/recheck.h"
#include "exec/writer.h"

enum { SYSTEM_COLUMNS = 6 };

typedef struct MergeAction MergeAction;

typedef struct ModifyState {
    const PlanModifyTable *plan;
    Writer *writer;
    ExprState *returning;
    Batch rows[2]; /* new, old: for expressions, flat, at the positions of the child's rows */
    Arena *row_arena;
    Xid own; /* the transaction's, where RETURNING may ask */
    Datum *before, *after;
    uint16_t *kept; /* rows of the child's batch that were written */
    uint32_t kept_count, kept_capacity;
    bool done;
    ExprState *checks; /* of views; NULL: none */
    /* ON CONFLICT DO UPDATE */
    ExprState *conflict_set, *conflict_where;
    int32_t *conflict_columns;
    /* MERGE */
    MergeAction *actions; /* by the plan's merge_whens */
    ExprState *merge_on;
    const Batch
        *pending; /* its row, the first selected, is still to be taken as one without a target */
    /* looking again */
    Recheck *recheck;
    Snapshot snapshot;
    bool has_snapshot;
} ModifyState;

/* ---- op_modify_table.c ---- */
/* A program over the child's row, the new one and the old one. */
ExprState *modify__over_rows(Exec *exec, const QTargetList *targets, uint32_t columns);
/* Room for the rows of a batch. */
void modify__begin_rows(ModifyState *state, const Batch *batch);
/* Row `which` (0 new, 1 old) at a position of the child's batch; NULL: all of it is NULL. */
void modify__put_row(ModifyState *state, int which, uint32_t at, const Datum *columns, RowId id);
/* MERGE: the action, and the row that the target's name means in RETURNING. */
void modify__put_merged(ModifyState *state, uint32_t at, Str action, const Datum *columns,
                        RowId id);
/* The child's row at that position was written. */
void modify__written(OpState *op, uint32_t row);
/* The target row of the child's row; *found false: it has none. */
RowId modify__row_id(const ModifyState *state, const Batch *batch, uint32_t row, bool *found);
/* A snapshot of now, with what this transaction had done when the statement began, in state->snapshot. */
void modify__take_snapshot(OpState *op, ModifyState *state);
_Noreturn void modify__raise_concurrent(const RowOutcome *outcome);

/* ---- merge.c ---- */
void merge_open(OpState *op, ModifyState *state);
/* Does what is to be done with each row of the child's batch; where RETURNING wants each action, of one row and one
 * action, and what is left is in state->pending. */
void merge_batch(OpState *op, ModifyState *state, const Batch *batch);
