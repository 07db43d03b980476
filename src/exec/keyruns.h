/* SPDX-License-Identifier: Apache-2.0 */
/* keyruns.h - runs of equal keys in rows that come in order: partitions, peers, rows to be left out as repeated. */
#pragma once

#include "exec/exec_internal.h"

typedef struct KeyRuns KeyRuns;
KeyRuns *runs_new(Exec *exec, const PlanSortKeyList *keys);
/* same[i]: the i-th selected row has the keys of the row before it, which may stand in an earlier batch. Without keys
 * all rows but the first are. Raises what the keys raise. */
void runs_mark(KeyRuns *runs, const Batch *batch, bool *same);
void runs_reset(KeyRuns *runs);
