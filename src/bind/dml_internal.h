/* SPDX-License-Identifier: Apache-2.0 */
/* dml_internal.h - what INSERT, UPDATE, DELETE (dml.c) and MERGE (merge.c) share. */
#pragma once

#include "bind/bind_internal.h"

typedef struct InsertColumn {
    const CatColumn *column;
    AstNode *const *parts;
    uint32_t part_count;
    int32_t location;
} InsertColumn;
typedef ARRAY_OF(InsertColumn) InsertColumns;

/* The table that is changed: of the query, and of its level. `visible`: by name, from now on. */
NsItem *bind__open_target(Level *level, const AstRangeVar *node, bool visible, uint32_t privilege);
/* The columns listed, or all. */
InsertColumns bind__insert_columns(Level *level, const AstColumnTargetList *list);
/* Coerces a row's values to their columns, in place. */
void bind__assign_row(Level *level, const InsertColumns *columns, QExprList *row, bool listed);
/* Makes the query's targets of a row. */
void bind__insert_targets(Level *level, const InsertColumns *columns, const QExprList *row);
/* SET. */
QTargetList bind__assignments(Level *level, const AstAssignmentList *list);
void bind__returning(Level *level, const AstReturning *node, Place place);
