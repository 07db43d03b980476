/* SPDX-License-Identifier: Apache-2.0 */
/* row_store.h - rows of a query kept by themselves: for cursors that go backward or outlive their transaction, and for
 * modifying statements that return rows. Rows are numbered from 1; a position before the first is 0. */
#pragma once

#include "exec/exec.h"

typedef struct RowStore RowStore;

/* Columns as the plan's. Raises 53200. */
RowStore *row_store_new(Account *account, const PlanPlan *plan);
void row_store_drop(RowStore *store);
/* Pulls rows from `exec` until there are `rows` of them or no more. */
void row_store_fill(RowStore *store, Exec *exec, uint64_t rows);
uint64_t row_store_count(const RowStore *store);
/* The next rows from the reading position on, as a batch valid until the next call; false: none. */
bool row_store_next(RowStore *store, uint32_t rows_max, const Batch **batch);
/* Row `row` (1 to count) and those behind it, at most rows_max: at least one. */
const Batch *row_store_rows(RowStore *store, uint64_t row, uint32_t rows_max);
