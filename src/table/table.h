/* SPDX-License-Identifier: Apache-2.0 */
/* table.h - versioned rows: insert, fetch, update, delete, lock, scan under a snapshot. Finished rows come
 * in, vectors go out; no expression is evaluated here and no catalog is asked.
 *
 * A row stands in a leaf of its table's tree, column by column, under a head {xid:48, flags:16, undo
 * pointer}. A write saves the before-image to its transaction's undo and changes the row in place; a
 * reader who may not see the newest version follows the pointer. A row keeps its row id for life.
 *
 * Columns are physical: a table's layouts (append-only) say which column numbers there are, how wide, and
 * what a row that is older than the column shows for it. The catalog maps its attributes to them. */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "base/vector.h"
#include "store/ids.h"
#include "store/tree.h"
#include "txn/lock.h"
#include "txn/txn.h"

/* --- layouts --- */

typedef enum ColumnFlags {
    COLUMN_NOT_NULL = 1,      /* no null bitmap is kept */
    COLUMN_DROPPED = 2,       /* takes no room in new leaves; reads as null */
    COLUMN_COMPRESS_ZSTD = 4, /* long values by zstd instead of LZ4 */
    COLUMN_PLAIN = 8,         /* long values are not compressed */
} ColumnFlags;
typedef struct TableColumn {
    uint16_t number; /* physical, from 0; never reused */
    uint8_t phys;  /* how its values lie in vectors (Phys) and, but for DECIMAL and STR, on pages */
    uint8_t flags; /* ColumnFlags */
    Datum missing; /* what a row without the column shows (ADD COLUMN ... DEFAULT) */
} TableColumn;
enum { TABLE_COLUMNS_MAX = 1600, ROW_BYTES_MAX = 1 << 30 };

typedef struct Table Table; /* an open table: shared, counted */

/* --- writing --- */

typedef struct RowWaitOptions {
    LockSession *session;
    RowWait wait;
    const LockOptions *lock;
} RowWaitOptions;

typedef struct TableBulk TableBulk;
typedef struct ScanCursor ScanCursor;

/* What stood in the way of a write or a lock (ST_CHANGED, ST_BUSY...). */
typedef enum RowFate {
    ROW_FINE,
    ROW_UPDATED, /* by another transaction that committed after the snapshot */
    ROW_DELETED, /* likewise */
    /* by this transaction, at or after the snapshot's own position (21000, 27000, silent skip) */
    ROW_SELF_UPDATED,
    ROW_SELF_DELETED,
    ROW_INVISIBLE, /* does not exist for the snapshot at all */
} RowFate;
typedef struct RowOutcome {
    RowFate fate;
    Xid by;
    /* position of this change in the own chain: trigger events name OLD by it, NEW by the next */
    UndoPtr undo;
    bool key_strength; /* the write met, or is, one that changes a key */
} RowOutcome;

/* --- reading --- */

/* Which columns, in which order, to give. */
typedef struct Projection {
    const uint16_t *numbers;
    uint32_t count;
} Projection;

/* System columns of a row: xmin, xmax, and where it is. */
typedef struct RowSystem {
    Xid xmin, xmax;
    uint32_t cmin;
} RowSystem;

typedef struct TableScan TableScan;
typedef struct TableScanOptions {
    Projection projection;
    const Predicate *predicates; /* all must pass; `column` is a position in the projection */
    uint32_t predicate_count;
    RowId first, last; /* inclusive; 0 and ROW_ID_MAX: everything */
    bool backward;
    bool want_row_ids;
    ScanCursor *shared;     /* parallel: ranges come from here */
    double sample_fraction; /* 1: all; TABLESAMPLE SYSTEM by leaf, the choice by `sample_seed` */
    uint64_t sample_seed;
} TableScanOptions;

/* ctid of a row id and back (docs/traps.md C20). */
static inline uint32_t row_id_block(RowId row)
{
    return (uint32_t)(row.v >> 15);
}
static inline uint16_t row_id_offset(RowId row)
{
    return (uint16_t)((row.v & 32767) + 1);
}
