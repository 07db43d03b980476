/* SPDX-License-Identifier: Apache-2.0 */
/* recheck.h - a row that another transaction changed meanwhile is looked at again (READ COMMITTED; docs/traps.md, C25).
 */
#pragma once

#include "exec/exec_internal.h"

/* Of one ModifyTable or LockRows: its child's plan, opened a second time at first use. */
typedef struct Recheck Recheck;
Recheck *recheck_new(Exec *exec, const PlanOp *child, const PlanSourceList *sources);
/* What follows is about this row of the child's batch: the other sources' rows are those that it was made of. */
void recheck_begin(Recheck *recheck, const Batch *batch, uint32_t row);
/* The table's row is looked at as that snapshot sees it; it stays the caller's. */
void recheck_set(Recheck *recheck, uint32_t table, RowId row, const Snapshot *snapshot);
/* The child's row as it is made of those; false: they do not qualify any more. *batch is valid until recheck_begin, or
 * the next run. */
bool recheck_run(Recheck *recheck, const Batch **batch);
/* A snapshot of now, with what this transaction had done when the statement began. Replaces what *snapshot was, where
 * *is_taken. */
void recheck_snapshot(Exec *exec, Snapshot *snapshot, bool *is_taken);
