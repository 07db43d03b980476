/* SPDX-License-Identifier: Apache-2.0 */
/* user_aggregate.h - aggregates that users made of functions. */
#pragma once

#include "base/fn_aggregate.h"
#include "exec/exec_internal.h"

/* The code of the aggregate `function`, which is not built in; fn->state becomes what it needs at this call site, so
 * `fn` must be complete. */
const Aggregate *user_aggregate_open(Exec *exec, Oid function, Fn *fn);
