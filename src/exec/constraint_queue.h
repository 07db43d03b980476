/* SPDX-License-Identifier: Apache-2.0 */
/* constraint_queue.h - constraints that are not looked at row by row: foreign keys and deferrable unique ones. */
#pragma once

#include "exec/exec_internal.h"
#include "exec/relation.h"

typedef enum ConstraintEventKind {
    CHECK_REFERRING, /* the row refers: is its key there? */
    CHECK_REFERRED,  /* it was referred to: who still does? */
    CHECK_UNIQUE,    /* its key was there already: is it alone now? */
} ConstraintEventKind;

typedef struct ConstraintEvent {
    ConstraintEventKind kind;
    Oid relation,
        constraint; /* where the constraint is looked up: the table that the event is of */
    bool deleted, initially_deferred, deferrable;
    RowId row;
    Datum *old_key, *new_key; /* referred: in the order of foreign_columns; new_key NULL: deleted */
    UndoPtr at;               /* the transaction's position: what a savepoint cuts */
} ConstraintEvent;

/* Puts the event where it waits: for the end of the statement, or, when the constraint is deferred now and `may_wait`,
 * for that of the transaction. Keys are to lie in the arena of that place. */
void constraint_queue_add(Exec *exec, const CatRelation *relation, const CatConstraint *constraint,
                          const ConstraintEvent *event, bool may_wait);
Arena *constraint_queue_arena(Exec *exec, const CatConstraint *constraint, bool may_wait);
/* Looks at all that is due at the end of the statement, and at what comes of it. */
void constraint_queue_run(Exec *exec);
