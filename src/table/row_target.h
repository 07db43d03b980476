/* SPDX-License-Identifier: Apache-2.0 */
/* row_target.h - a row that is there and is to be changed or locked: may it be, must one wait, is it too late? */
#pragma once

#include "table/table_internal.h"

typedef enum RowVerdict {
    ROW_GO,     /* the newest version is one that the snapshot sees, and nobody is in the way */
    ROW_LATE,   /* outcome->fate says why */
    ROW_HELD,   /* somebody holds a lock on it, or stands in the queue */
    ROW_WRITER, /* a transaction that has not ended wrote it: outcome->by */
} RowVerdict;

typedef struct RowTarget {
    Table *table;
    Txn *txn;
    const Snapshot *snapshot;
    RowId row;
    RowStrength strength;
    const RowWaitOptions *wait;
    RowOutcome *outcome;
} RowTarget;

/* The leaf is latched: exclusively, for ROW_GO to hold. *slot with ROW_GO. */
RowVerdict row_target_judge(const RowTarget *target, const void *page, uint32_t *slot);
/* After ROW_HELD and ROW_WRITER: stands in the row's queue, lets go of the leaf, and waits. OK: look again. Nothing is
 * reserved. */
Status row_target_wait(const RowTarget *target, RowVerdict verdict, PageRef *leaf);
