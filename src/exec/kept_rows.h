/* SPDX-License-Identifier: Apache-2.0 */
/* kept_rows.h - rows of a query kept by themselves, in a temporary file when they are more than work_mem: for cursors
 * that go backward or outlive their transaction, and for modifying statements that return rows. Rows are numbered
 * from 1; a position before the first is 0. */
#pragma once

#include "exec/exec.h"

typedef struct KeptRows KeptRows;

/* Where files go, their quota and work_mem are taken of `exec`, which it may outlive. Raises 53200. */
KeptRows *kept_rows_new(Account *account, const Exec *exec);
/* Gives memory and file back; does not raise. */
void kept_rows_drop(KeptRows *kept);
/* Pulls rows from `exec` until there are `rows` of them or no more. */
void kept_rows_fill(KeptRows *kept, Exec *exec, uint64_t rows);
uint64_t kept_rows_count(const KeptRows *kept);
/* The next rows from the reading position on, as a batch valid until the next call; false: none. */
bool kept_rows_next(KeptRows *kept, uint32_t rows_max, const Batch **batch);
/* Row `row` (1 to count) and those behind it, at most rows_max: at least one. Valid until the next call. */
const Batch *kept_rows_from(KeptRows *kept, uint64_t row, uint32_t rows_max);
