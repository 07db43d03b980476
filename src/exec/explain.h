/* SPDX-License-Identifier: Apache-2.0 */
/* explain.h - a plan, and what its execution counted, as EXPLAIN shows it: PostgreSQL's node names, properties and
 * layouts. */
#pragma once

#include "exec/exec.h"
#include "exec/explain_out.h"

typedef struct ExplainOptions {
    bool analyze, verbose, costs, timing, buffers, wal;
    CatalogView *view;
    const FnEnv *env;
} ExplainOptions;

/* Pages found in the pool and read into it. */
void explain_buffers(ExplainOut *out, const TaskUsage *usage);
/* The plan's tree. `exec`: of an execution with figures, or NULL. */
void explain_plan(ExplainOut *out, const PlanPlan *plan, const Exec *exec,
                  const ExplainOptions *options);
