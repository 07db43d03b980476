/* SPDX-License-Identifier: Apache-2.0 */
/* plan.h - Query to Plan by passes, each a function, in the order of plan_level (plan.c): simplify, dissolve
 * and unnest sub-queries, push conditions, order joins, choose access paths, finish. Views are in place already (bind's
 * rewrite). Kinds of joins and scans are switched by enable_*. Pure: reads catalogs and statistics, runs nothing. */
#pragma once

#include "plan/plan_nodes.h"
#include "bind/bind.h"
#include "expr/expr.h"

typedef struct PlanOptions {
    CatalogView *view;
    const FnEnv *env;
    const Settings *settings; /* work_mem, enable_*, costs, ... */
    const Datum *params;
    uint32_t param_count;  /* custom plan: values known; NULL: generic */
    double tuple_fraction; /* cursors: part of the rows wanted; 0: all */
    bool no_parallel;
    /* The oldest snapshot that the plan may run under, as a commit number: indexes that hold less are not used (0: none
     * older than this look at the catalogs). */
    uint64_t snapshot;
    /* A call of a function in SQL as an expression over its arguments (Param), in `arena`; NULL: it cannot be one. The
     * plan rests on the function then. NULL: calls stay calls. */
    QExpr *(*function_value)(void *arg, Arena *arena, const FnCallee *callee);
    /* The query of one that gives a set, over its arguments; NULL: it must be called. */
    QQuery *(*function_rows)(void *arg, Arena *arena, const FnCallee *callee);
    void *function_arg;
    bool is_cursor; /* its rows bring along what WHERE CURRENT OF asks for (PlanPlan.row_ids) */
} PlanOptions;
PlanPlan *plan_query(Arena *arena, Arena *temporary, const QQuery *query,
                     const PlanOptions *options);
/* May a cursor over it go backward without having been declared so? PostgreSQL's rule, by kinds of operators. */
bool plan_goes_backward(const PlanPlan *plan);
/* Can other tasks than the session's read it? */
bool plan_is_open_to_workers(const CatRelation *relation);
/* How many of at most `most` are to help where a table of so many rows is read; 0: it is too small. */
uint32_t plan_scan_workers(const Settings *settings, const CatRelation *relation, double rows,
                           uint32_t most);
