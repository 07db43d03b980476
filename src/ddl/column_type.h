/* SPDX-License-Identifier: Apache-2.0 */
/* column_type.h - ALTER COLUMN ... TYPE: what its two files share. */
#pragma once

#include "ddl/alter.h"

typedef struct CheckText {
    Oid constraint;
    Str text;
} CheckText;

typedef struct IndexText {
    Oid oid;
    Str predicate, *expressions; /* those with the column in them; the others are without data */
} IndexText;

typedef struct StatisticsText {
    Oid oid;
    const Str *stored; /* its expressions */
    Str *expressions;  /* those with the column in them; the others are without data */
    uint32_t count;
} StatisticsText;

typedef struct TypeChange {
    Ddl *ddl;
    Oid relation;
    const CatColumn *column; /* as it was */
    Oid type, collation;
    int32_t typmod;
    QExpr *default_; /* the new one; NULL: none */
    CheckText *checks;
    uint32_t check_count;
    IndexText *indexes;
    uint32_t index_count;
    StatisticsText *statistics; /* objects over the column */
    uint32_t statistics_count;
    RetypedReferences *references; /* the statement's, to be done last */
} TypeChange;

/* Notes what the column is used in, before it changes; and writes it anew, when the catalogs have the new type. */
void ddl__gather_users(TypeChange *change, const CatRelation *relation);
void ddl__put_users(TypeChange *change);

/* A row of pg_attribute gets a type. */
void ddl__put_attribute_type(Ddl *ddl, Datum *values, Oid type, int32_t typmod, Oid collation);
