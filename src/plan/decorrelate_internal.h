/* SPDX-License-Identifier: Apache-2.0 */
/* decorrelate_internal.h - what the files share that make joins of sub-queries: decorrelate.c (groups), domain.c (what
 * reads the row otherwise than by equalities), quantified.c (ANY and ALL), lateral.c (LATERAL in FROM), grouped.c
 * (HAVING). */
#pragma once

#include "plan/plan_internal.h"

/* What is asked of the sub-query: whether it has rows; aggregates of them all; columns of the only or first one. */
typedef enum LinkForm { LINK_EXISTS, LINK_GROUP, LINK_ONLY, LINK_FIRST } LinkForm;

/* A sub-query that is looked at. */
typedef struct Link {
    LinkForm form;
    QQuery *sub;
    /* left = right of each correlation: which side is the sub-query's; the rest of its conditions */
    ARRAY_OF(QOpCall *) equalities;
    ARRAY_OF(uint32_t) inner_side;
    QExprList rest;
    QExprList values; /* what it gives */
    bool is_free;     /* what is left without the equalities reads nothing outside */
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
/* Rows that an item of FROM has, at most, about. */
double plan__rows_of(Planner *planner, const QJoinItem *item);
/* How many of so many rows are asked for their targets: no more than LIMIT wants. */
double plan__limited_rows(const QQuery *query, double rows);
/* May it be that the level asks few rows each time, or must not move its sub-queries? */
bool plan__runs_by_row(const Planner *planner);
/* Can a sub-link become a join, and does that pay? */
bool plan__take_link(const Work *work, QSubLink *link, Link *taken);
/* The same of any sub-query, which is asked for what `form` says; what it gives is in `values`. */
bool plan__take_query(const Work *work, QQuery *sub, LinkForm form, Link *taken);
/* Makes the join; gives what stands for the sub-link, and for all that it gives in `values`. */
QExpr *plan__join_link(Work *work, Link *taken);
/* Can it not raise? As expr_is_total, which takes all sub-queries for what may. */
bool plan__is_total(Planner *planner, const QNode *node);
/* The same of what stands in FROM. */
bool plan__tables_are_total(Planner *planner, const QQuery *query);
QVar *plan__column_of(Planner *planner, uint32_t table, uint32_t column, const QExpr *like);
void plan__add_target(Planner *planner, QQuery *sub, QExpr *expr, uint32_t reference);
/* GROUP BY or DISTINCT by the target of that reference. */
QSortKey *plan__key_by(Planner *planner, const QExpr *expr, uint32_t reference);
/* An entry for a sub-query in FROM, whose targets are complete. */
QTable *plan__subquery_table(Planner *planner, QQuery *sub, Str name);
void plan__append_table(Planner *planner, QQuery *query, QTable *table);

/* ---- lateral.c ---- */
void plan__join_laterals(Planner *planner);

/* ---- domain.c ---- */
bool plan__find_domain(const Work *work, Link *taken);
/* Joins the sub-query's FROM to its domain: then it hangs on the row by equalities. */
void plan__to_domain(const Work *work, Link *taken);
/* Does the condition refuse every row in which this column is NULL? */
bool plan__refuses_null(Planner *planner, const QExpr *condition, const QVar *column);
/* Is the expression over what `from` joins NULL in none of its rows? */
bool plan__is_never_null(Planner *planner, const QQuery *query, const QFrom *from,
                         const QExpr *expr);
/* Place of the operator in an order (btree) that `other` belongs to as well; 0: there is none. */
int plan__strategy_beside(CatalogView *view, Oid op, Oid other);
/* Can values of the type, under the collation, be grouped by their hashes, and none be told from its equals by it? */
bool plan__is_group_key(Planner *planner, Oid type, Oid collation);

/* ---- quantified.c ---- */
/* What stands for x op ANY or ALL (SELECT ...) that hangs on the row; the sub-link itself: it stays. */
QExpr *plan__quantified(Work *work, QSubLink *link, Unknown unknown);
