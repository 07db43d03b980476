/* SPDX-License-Identifier: Apache-2.0 */
/* explain_internal.h - what the files of EXPLAIN share.
 *
 * A plan's expressions read slots; EXPLAIN follows a slot down to the operator whose column it is: a column of a table
 * becomes a Var again, anything else its text in parentheses, as PostgreSQL writes what a node below has computed. */
#pragma once

#include "bind/bind.h"
#include "exec/exec_internal.h"
#include "exec/explain.h"

typedef struct Explain {
    ExplainOut *out;
    Arena *arena;
    const PlanPlan *plan;
    const Exec *exec;
    const ExplainOptions *options;
    DeparseOptions deparse;
    QTableList tables; /* of the plan; those that no operator reads have no name */
    Str *names;
    bool many;        /* the plan has several tables: outputs say whose column they are */
    bool prefix;      /* the same of conditions and keys: also when verbose */
    bool part_prefix; /* and of what stands below the expression at hand */
    bool
        in_conflict; /* in a condition of ON CONFLICT, where the row that was there has the table's name */
    Str *params; /* by exec param: what sets it, as text */
    bool hides_workers;
} Explain;

/* The children of an operator; NULL where there is none. */
PlanOp *explain__child(const PlanOp *op, uint32_t i);
uint32_t explain__child_count(const PlanOp *op);

/* A copy of the expression that deparses: over tables of the plan, without slots and params. */
QExpr *explain__resolve(Explain *e, const PlanOp *op, const QExpr *expr);
/* The same over one input's row alone (keys of joins, values of params). */
QExpr *explain__resolve_over(Explain *e, const PlanOp *child, const QExpr *expr);
Str explain__expr_text(Explain *e, const QExpr *resolved, bool prefix);
Str explain__text(Explain *e, const PlanOp *op, const QExpr *expr, bool prefix);
/* A window without a name is called w and its number. */
Str explain__window_name(Explain *e, const PlanWindowAggregate *op);
/* Remembers what a nested loop hands to its inner side. */
void explain__set_params(Explain *e, const PlanNestedLoop *loop);
/* The same for the arguments of a sub-plan that `op` calls; `over`: they are of what that child gives, not of its own
 * row. */
void explain__set_call_params(Explain *e, const PlanOp *op, const PlanOp *over,
                              const QSubPlanCall *call);
void explain__name_tables(Explain *e);
/* What stands behind the node's line. */
void explain__properties(Explain *e, const PlanOp *op, const ExecFigures *figures);
/* How a sort was done, if it was; `behind`: in text it stands behind what the line begins with. */
void explain__sort_method(Explain *e, const ExecFigures *figures, bool behind);
/* Pages and log records, as far as they are asked for. */
void explain__usage(Explain *e, const TaskUsage *usage);
