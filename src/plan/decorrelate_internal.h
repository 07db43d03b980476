/* SPDX-License-Identifier: Apache-2.0 */
/* decorrelate_internal.h - what the files share that make joins of sub-queries inside of expressions: decorrelate.c
 * (groups), domain.c (what reads the row otherwise than by equalities), quantified.c (ANY and ALL). */
#pragma once

#include "plan/plan_internal.h"

/* A sub-link that is looked at. */
typedef struct Link {
    QSubLink *link;
    QQuery *sub;
    /* left = right of each correlation: which side is the sub-query's; the rest of its conditions */
    ARRAY_OF(QOpCall *) equalities;
    ARRAY_OF(uint32_t) inner_side;
    QExprList rest;
    bool is_free; /* what is left without the equalities reads nothing outside */
    /* Otherwise: the columns that it reads of the row, as this level sees them (`up` 0), and where their values are
     * found: in this table, or in all of what gives the rows (0). */
    QExprList reads;
    uint32_t source;
} Link;

typedef struct Work {
    Planner *planner;
    const QFrom *base; /* what gives the rows that ask */
    QJoinItem *tree;   /* the joins made so far, on top of what was there */
    double outer_rows; /* that will ask */
    bool limited;      /* fewer than the tree has: LIMIT stands above */
    bool changed;
} Work;

/* ---- decorrelate.c ---- */
/* Can it become a join, and does that pay? */
bool plan__take_link(const Work *work, QSubLink *link, Link *taken);
/* Makes the join; gives what stands for the sub-link. */
QExpr *plan__join_link(Work *work, Link *taken);
/* Can nothing that stands in FROM raise? */
bool plan__tables_are_total(const QQuery *query, const FnEnv *env);
QVar *plan__column_of(Planner *planner, uint32_t table, uint32_t column, const QExpr *like);
void plan__add_target(Planner *planner, QQuery *sub, QExpr *expr, uint32_t reference);
/* An entry for a sub-query in FROM, whose targets are complete. */
QTable *plan__subquery_table(Planner *planner, QQuery *sub, Str name);
void plan__append_table(Planner *planner, QQuery *query, QTable *table);

/* ---- domain.c ---- */
bool plan__find_domain(const Work *work, Link *taken);
/* Joins the sub-query's FROM to its domain: then it hangs on the row by equalities. */
void plan__to_domain(const Work *work, Link *taken);
/* Does the condition refuse every row in which this column is NULL? */
bool plan__refuses_null(Planner *planner, const QExpr *condition, const QVar *column);
/* Is the expression over what `from` joins NULL in none of its rows? */
bool plan__is_never_null(Planner *planner, const QQuery *query, const QFrom *from,
                         const QExpr *expr);
/* Can values of the type, under the collation, be grouped by their hashes, and none be told from its equals by it? */
bool plan__is_group_key(Planner *planner, Oid type, Oid collation);

/* ---- quantified.c ---- */
/* What stands for x op ANY or ALL (SELECT ...) that hangs on the row; the sub-link itself: it stays. */
QExpr *plan__quantified(Work *work, QSubLink *link, Unknown unknown);
