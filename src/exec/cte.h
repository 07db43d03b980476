/* SPDX-License-Identifier: Apache-2.0 */
/* cte.h - rows that several readers share: CTEs, and the work tables of recursive ones. */
#pragma once

#include "exec/exec_internal.h"
#include "exec/rowstore.h"

/* The root of sub-plan `number`, opened at first need. */
OpState *cte_source(Exec *exec, uint32_t number);

/* Forgets the rows: its readers start again too. */
void cte_start_again(CteRows *cte);

/* The rows of a recursion's last round, which its WorkTableScans read. */
typedef struct WorkTable {
    uint32_t recursion;
    RowStore *rows;
    uint64_t generation; /* changes when `rows` is another */
    struct WorkTable *next;
} WorkTable;
WorkTable *work_table(Exec *exec, uint32_t recursion);
