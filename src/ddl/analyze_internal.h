/* SPDX-License-Identifier: Apache-2.0 */
/* analyze_internal.h - ANALYZE: what its files share. */
#pragma once

#include "ddl/ddl_internal.h"

/* Rows of a table, drawn at random, in the order of row ids. */
typedef struct Sample {
    uint32_t columns, rows, capacity;
    int16_t *numbers; /* the columns' */
    Datum **values;   /* by column, then row */
    double table_rows;
    bool whole; /* every row is in it */
} Sample;

/* A longer value is counted, not kept. */
enum { ANALYZE_WIDE_BYTES = 1024 };

/* ---- analyze.c ---- */
uint32_t ddl__value_bytes(const Type *type, const Value *value);
/* One row of pg_statistic (PG_STATISTIC_COLUMNS), of nothing yet: these values of the sample's rows, told in `target`
 * common values and steps of a histogram. */
Datum *ddl__describe_values(Ddl *ddl, const Sample *sample, const Datum *values,
                            const TypeCall *call, uint32_t target);
/* The place of each row's value among the different ones, in the order of the type; NULL has the last. Gives how many
 * places there are. */
uint32_t ddl__rank_values(Ddl *ddl, const Sample *sample, const Datum *values, const TypeCall *call,
                          uint32_t *ranks);
/* Different values among `all`, of which a sample of `count` has `distinct`, `once` of them in one row alone. */
double ddl__estimate_distinct(double count, double distinct, double once, double all);

/* ---- analyze_together.c ---- */
/* One statistics object of the table at hand. */
typedef struct StatisticsObject {
    const Datum *row; /* of pg_statistic_ext */
    const int16_t *columns;
    uint32_t column_count;
    QExpr **expressions; /* over the table's columns, as slots */
    uint32_t expression_count;
    uint32_t target; /* 0: nothing is wanted */
} StatisticsObject;
typedef struct StatisticsObjects {
    StatisticsObject *items;
    uint32_t count, capacity;
    Arena *arena;
} StatisticsObjects;
/* Those over the table; `target`: of those that have none of their own. */
StatisticsObjects ddl__statistics_objects(Ddl *ddl, const CatRelation *relation, uint32_t target);
/* Gathers them; the first `analyzed` columns of the sample are those that ANALYZE was asked for. */
void ddl__analyze_together(Ddl *ddl, const CatRelation *relation, const StatisticsObjects *objects,
                           const Sample *sample, uint32_t analyzed);
