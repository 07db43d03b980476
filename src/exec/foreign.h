/* SPDX-License-Identifier: Apache-2.0 */
/* foreign.h - foreign keys: what a changed row means to them, and what is done about it when it is due. */
#pragma once

#include "exec/constraint_queue.h"
#include "exec/exec_internal.h"
#include "exec/relation.h"

typedef struct Foreign Foreign; /* one constraint at work */
Foreign *foreign_open(Exec *exec, const CatRelation *child, const CatConstraint *constraint);
/* Has the row's key a row that it refers to? Locks that row (KEY SHARE); raises 23503. */
void foreign_check_row(Foreign *foreign, const Datum *columns);

/* Notes what a written row means to the constraints of its table. NULL before: inserted; NULL after: deleted.
 * `touched`: bits by attnum - 1 of columns that may differ (NULL: any). */
void foreign_note(Exec *exec, const CatRelation *relation, RowId row, const Datum *before,
                  const Datum *after, const uint64_t *touched);
/* Does what an event asks for. */
void foreign_check_event(Foreign *foreign, const ConstraintEvent *event);
