/* SPDX-License-Identifier: Apache-2.0 */
/* ops.h - the operators there are, by plan kind, and what the executor's files ask of each other. */
#pragma once

#include "exec/exec_internal.h"

#define OPERATORS(X)                            \
    X(RESULT, result)                           \
    X(TABLE_SCAN, table_scan)                   \
    X(INDEX_SCAN, index_scan)                   \
    X(ROW_ID_SCAN, row_id_scan)                 \
    X(LOCK_ROWS, lock_rows)                     \
    X(VALUES_SCAN, values_scan)                 \
    X(FUNCTION_SCAN, function_scan)             \
    X(TABLE_FUNCTION_SCAN, table_function_scan) \
    X(SUBQUERY_SCAN, subquery_scan)             \
    X(CTE_SCAN, cte_scan)                       \
    X(WORK_TABLE_SCAN, work_table_scan)         \
    X(FILTER, filter)                           \
    X(PROJECT, project)                         \
    X(PROJECT_SET, project_set)                 \
    X(SORT, sort)                               \
    X(LIMIT, limit)                             \
    X(UNIQUE, unique)                           \
    X(MATERIALIZE, materialize)                 \
    X(WINDOW_AGGREGATE, window_aggregate)       \
    X(AGGREGATE, aggregate)                     \
    X(NESTED_LOOP, nested_loop)                 \
    X(HASH_JOIN, hash_join)                     \
    X(MERGE_JOIN, merge_join)                   \
    X(GATHER, gather)                           \
    X(APPEND, append)                           \
    X(SET_OP, set_op)                           \
    X(RECURSIVE_UNION, recursive_union)         \
    X(MODIFY_TABLE, modify_table)

#define OPERATOR_EXTERN(KIND, name) extern const Operator op_##name;
OPERATORS(OPERATOR_EXTERN)
#undef OPERATOR_EXTERN

void tail_open(OpState *op);
bool figures_pull(OpState *op, uint32_t rows_max);
void figures_rewind(OpState *op);

/* The executions of those who run the child of a Gather. */
void gather__visit(const OpState *op, void (*visit)(void *arg, const Exec *exec), void *arg);
/* Ends its workers. Does not raise. */
void gather__stop(OpState *op);

/* A batch without columns and with one row: what expressions without inputs are run over. */
extern const Batch exec__one_row;

/* `from`'s values at `indexes`, without copying values: a dictionary, or the constant itself. */
void exec__pick_rows(Vector *to, Arena *arena, const Vector *from, const uint16_t *indexes,
                     uint32_t count);
/* A column of `rows` NULLs. */
void exec__null_column(Vector *to, Arena *arena, Oid type, Phys phys);
