/* SPDX-License-Identifier: Apache-2.0 */
/* wait_context.h - what was being done when a wait for another's transaction ended by an error. */
#pragma once

#include "exec/exec.h"
#include "table/table.h"

/* Raises what the status stands for. After a deadlock, lock_timeout, or a cancel noticed in a wait, the context says
 * which row it was, as in `while updating tuple (0,1) in relation "t"`: `doing` is "updating" there. */
_Noreturn void wait_raise(Exec *exec, Status status, const char *doing, RowId row, Str relation);
