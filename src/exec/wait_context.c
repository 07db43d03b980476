/* SPDX-License-Identifier: Apache-2.0 */
/* wait_context.c - the context of errors that end a wait. */
#include "exec/wait_context.h"

#include "base/error.h"
#include "exec/exec_internal.h"
#include "txn/lock.h"

static void raise_plainly(void *arg)
{
    raise_status(*(const Status *)arg);
}

static bool ends_wait(const Exec *exec, Status status)
{
    return status == ST_DEADLOCK || status == ST_NOT_AVAILABLE ||
           (status == ST_CANCELLED && lock_wait_was_cancelled(exec->options.wait->session));
}

void wait_raise(Exec *exec, Status status, const char *doing, RowId row, Str relation)
{
    Error *error;
    if (!ends_wait(exec, status)) raise_status(status);
    if (error_catch(raise_plainly, &status, exec->arena, &error)) UNREACHABLE();
    error_context(error, "while %s tuple (%u,%u) in relation \"%.*s\"", doing, row_id_block(row),
                  row_id_offset(row), STR_ARG(relation));
    error_raise_again(error);
}
