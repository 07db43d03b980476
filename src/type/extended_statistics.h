/* SPDX-License-Identifier: Apache-2.0 */
/* extended_statistics.h - what ANALYZE keeps of several columns together: pg_ndistinct, pg_dependencies and
 * pg_mcv_list, whose bytes are laid out as PostgreSQL lays them out (docs/formats.md, section 8). Columns go by their
 * attribute numbers, expressions of the statistics object by -1, -2, ... */
#pragma once

#include "type/type.h"

enum { STATISTICS_ATTRIBUTES_MAX = 8 };

/* pg_ndistinct: how many different combinations the columns have. pg_dependencies: the share of rows in which the last
 * of them is told by those before it. */
typedef struct ColumnGroup {
    double number;
    uint32_t count;
    int16_t columns[STATISTICS_ATTRIBUTES_MAX];
} ColumnGroup;
typedef struct ColumnGroups {
    ColumnGroup *items;
    uint32_t count;
} ColumnGroups;

typedef enum ColumnGroupsKind { GROUPS_NDISTINCT, GROUPS_DEPENDENCIES } ColumnGroupsKind;

/* Their stored form. */
Str column_groups_build(Arena *arena, ColumnGroupsKind kind, const ColumnGroups *groups);
/* False: the bytes are no such value. */
bool column_groups_read(Arena *arena, ColumnGroupsKind kind, Str stored, ColumnGroups *groups);

/* pg_mcv_list: the most common combinations, most common first. */
typedef struct CommonRow {
    Datum values[STATISTICS_ATTRIBUTES_MAX];
    double share;      /* of the table's rows that have all of these values */
    double base_share; /* that would, if the columns were independent of each other */
} CommonRow;
typedef struct CommonRows {
    CommonRow *items;
    uint32_t count, columns;
    Oid types[STATISTICS_ATTRIBUTES_MAX];
} CommonRows;

/* Values of a column are kept once each, in the order of its type, which must have one: `calls` compare them. */
Str common_rows_build(Arena *arena, const CommonRows *rows, const TypeCall *calls);
/* The values point into `stored` where their type allows. False: the bytes are no such value, or a type is gone. */
bool common_rows_read(Arena *arena, const FnEnv *env, Str stored, CommonRows *rows);
