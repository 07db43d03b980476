/* SPDX-License-Identifier: Apache-2.0 */
/* setcall.h - calls of set-returning functions: in FROM and in a select list. */
#pragma once

#include "exec/exec_internal.h"

typedef struct SetCall SetCall;

/* `columns` are the types of its rows' columns. Raises 0A000 for functions that do not run here. A call that returns no
 * set gives one row. */
SetCall *set_call_open(Exec *exec, QExpr *call, const RowShape *columns);
/* With the arguments' values of one row of `batch` (NULL: no input). */
void set_call_start(SetCall *call, const Batch *batch, uint32_t row);
/* Up to rows_max rows into the flat columns; fewer only at the end (*done). Raises at once. */
uint32_t set_call_next(SetCall *call, Vector *columns, Arena *arena, uint32_t rows_max, bool *done);
