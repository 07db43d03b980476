/* SPDX-License-Identifier: Apache-2.0 */
/* writer.h - one table being written: rows with their rules and index entries. What ModifyTable, COPY and CREATE TABLE
 * AS share. Rows are datums by attnum - 1. */
#pragma once

#include "exec/exec_internal.h"
#include "exec/relation.h"

typedef struct Writer {
    Exec *exec;
    const CatRelation *relation;
    RowRules *rules;
    Disclosure disclosure; /* of rows and keys, in errors */
    IndexMaker **indexes;
    uint32_t index_count, column_count; /* columns by attnum */
    uint32_t physical_count;
    const uint32_t *attnum_of;   /* by physical number: attnum - 1; UINT32_MAX: none */
    Projection all;              /* every live column, for fetching */
    const uint32_t *all_columns; /* which attnum - 1 each is */
    Batch physical;
    RowId *ids; /* of the rows inserted last */
    uint32_t id_capacity;
    RelationFigures *figures; /* NULL: nothing is counted */
    bool has_foreign;         /* foreign keys here, or of others that refer here */
    uint32_t
        at; /* position of the row at hand in the selection, for whoever tells where it raised */
    bool obeys_rules; /* that row has been checked */
    Arena *scratch;   /* of a row or a batch; reset by the writer's users */
} Writer;

Writer *writer_open(Exec *exec, const CatRelation *relation);
/* For an execution that was kept: with its options of now. */
void writer_reopen(Writer *writer);
/* The columns that the statement gives values are shown in errors whether they may be read or not. */
void writer_note_written(Writer *writer, const int32_t *attnums, uint32_t count);
/* For rows that the table had already (exec_rewrite_open): neither indexes nor foreign keys. */
Writer *writer_open_rewriting(Exec *exec, const CatRelation *relation);
/* What is due at the end of the statement. */
void writer_finish(Writer *writer);

/* Inserts the selected rows of `columns` (by attnum - 1): rules, rows, index entries, in the order of rows; ids in
 * writer->ids, in the order of the selection. Generated columns are put into `columns` first. */
void writer_insert(Writer *writer, Vector *columns, Selection rows);
/* The first part of it alone: generated columns and rules. */
void writer_check(Writer *writer, Vector *columns, Selection rows);
/* One row, index entries of `arbiters` (all unique ones where count is 0) probed: false when one is in the way, *other
 * is its row and nothing is left of this one. */
bool writer_insert_or_find(Writer *writer, Datum *columns, const int32_t *arbiters, uint32_t count,
                           RowId *id, RowId *other);
/* The row as `snapshot` sees it; false: not at all. */
bool writer_fetch(Writer *writer, const Snapshot *snapshot, RowId row, Arena *arena,
                  Datum *columns);
/* Writes the columns in which `after` may differ, rules and index entries with it. OK, or ST_CHANGED with *outcome. */
Status writer_update(Writer *writer, const Snapshot *snapshot, RowId row, const Datum *before,
                     Datum *after, const int32_t *attnums, uint32_t count, RowOutcome *outcome);
Status writer_delete(Writer *writer, const Snapshot *snapshot, RowId row, const Datum *before,
                     RowOutcome *outcome);
