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

Status table_create(Txn *txn, SpaceId space, const TableColumn *columns, uint32_t count,
                    uint32_t tree_flags, TreeId *id);
Status table_open(Store *store, TreeId id, Table **table);
void table_close(Table *table);
TreeId table_tree(const Table *table);
/* A further layout: columns added at the end, dropped, or widened (I16 to I32 to I64, F32 to F64). No row is rewritten.
 * A layout stays when the transaction that asked for it aborts (docs/traps.md F9): an added column is then one that no
 * catalog names, and is left out or null in new rows; so a column is dropped only once that is committed. NOT NULL may
 * be taken from a column, never given. Nobody else writes meanwhile (ACCESS EXCLUSIVE). ST_INVALID: not such a change.
 * ST_UNSUPPORTED: a missing value of more than 2,000 bytes (the table is to be rewritten). */
Status table_change_columns(Table *table, const TableColumn *columns, uint32_t count);
uint32_t table_column_count(const Table *table);
/* How many rows there are at most: ids given out so far, those of deleted rows among them. Costs nothing. */
uint64_t table_row_bound(Table *table);
/* The newest layout's columns; they stay where they are while the table is open. */
const TableColumn *table_columns(const Table *table);
/* Frees the tree when the transaction has committed and no snapshot is older; or, for trees it made, when it has
 * aborted. */
Status table_drop_at_commit(Txn *txn, TreeId id);

/* --- writing --- */

typedef struct RowWaitOptions {
    LockSession *session;
    RowWait wait;
    const LockOptions *lock;
} RowWaitOptions;

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

/* Inserts the selected rows of `rows`, whose columns are the table's current physical ones in order (those at the end
 * may be left out: they get their missing value); ids[i] gets the row id of the i-th selected. Rows stand in insertion
 * order. On failure some of them may be there: the caller rolls back to before. */
Status table_insert(Table *table, Txn *txn, const Batch *rows, RowId *ids);

/* Changes the columns `numbers` (ascending) of a row. `key_changed`: a column of a unique key that foreign keys may
 * refer to is among them (write strength). OK; ST_CHANGED with the fate in *outcome (READ COMMITTED looks again: by a
 * snapshot taken then, with the own positions of the statement's; the others raise 40001); ST_NOT_AVAILABLE; and what
 * lock waits give. */
Status table_update(Table *table, Txn *txn, const Snapshot *snapshot, RowId row,
                    const uint16_t *numbers, const Datum *values, uint32_t count, bool key_changed,
                    const RowWaitOptions *wait, RowOutcome *outcome);
Status table_delete(Table *table, Txn *txn, const Snapshot *snapshot, RowId row,
                    const RowWaitOptions *wait, RowOutcome *outcome);
/* The lock is kept also with ST_CHANGED after a wait: nobody overtakes the second look. */
Status table_lock_row(Table *table, Txn *txn, const Snapshot *snapshot, RowId row,
                      RowStrength strength, const RowWaitOptions *wait, RowOutcome *outcome);

/* Whoever has taken a lock on the table that keeps writers out: waits for transactions that a crash left open, wrote
 * to it, and are still being undone in the background (docs/traps.md F18). OK; or what lock_wait_xid gives. */
Status table_wait_losers(Txn *txn, TreeId tree, LockSession *session, const LockOptions *options);

/* --- reading --- */

/* Which columns, in which order, to give. */
typedef struct Projection {
    const uint16_t *numbers;
    uint32_t count;
} Projection;

/* The version the snapshot sees: datums[i] for projection i, long values in `arena`. ST_NOT_FOUND: none. */
Status table_fetch(Table *table, const Snapshot *snapshot, RowId row, Projection projection,
                   Arena *arena, Datum *datums);
/* The newest version, committed or own, after a wait: for READ COMMITTED's second look. ST_NOT_FOUND: *fate says
 * why. */
Status table_fetch_newest(Table *table, Txn *txn, RowId row, Projection projection, Arena *arena,
                          Datum *datums, RowFate *fate);
/* System columns of a row: xmin, xmax, and where it is. */
typedef struct RowSystem {
    Xid xmin, xmax;
    uint32_t cmin;
} RowSystem;
Status table_fetch_system(Table *table, const Snapshot *snapshot, RowId row, RowSystem *system);

typedef struct TableScan TableScan;
typedef struct TableScanOptions {
    Projection projection;
    const Predicate *predicates; /* all must pass; `column` is a position in the projection */
    uint32_t predicate_count;
    RowId first, last; /* inclusive; 0 and ROW_ID_MAX: everything */
    bool backward;
    bool by_rows;           /* the rows that table_scan_rows names, instead of a range */
    ScanCursor *shared;     /* parallel: ranges come from here */
    double sample_fraction; /* 1: all; TABLESAMPLE SYSTEM by leaf, the choice by `sample_seed` */
    uint64_t sample_seed;
} TableScanOptions;

Status table_scan_open(Table *table, const Snapshot *snapshot, const TableScanOptions *options,
                       Arena *arena, TableScan **scan);
/* Many single rows, as an index names them: a scan with `by_rows` gives those of `rows` that its snapshot sees and its
 * predicates pass. They ascend, none comes twice, and they stay the caller's until ST_END; then others may be named.
 * Each leaf is latched once for all of its rows: in numbers, several times cheaper than a table_fetch each. */
Status table_scan_rows(TableScan *scan, const RowId *rows, uint32_t count);
/* At most `rows_max` rows into `batch` (its arena is reset first): columns as projected, selection set; ids (may be
 * NULL) parallel to the vectors' rows, with room for BATCH_ROWS_MAX. ST_END: no more. */
Status table_scan_next(TableScan *scan, uint32_t rows_max, Batch *batch, RowId *ids);
void table_scan_close(TableScan *scan);
/* Rows that the snapshot sees and the scan has met so far, whatever its predicates said of them. */
uint64_t table_scan_met(const TableScan *scan);
/* A cursor that several scans share: each takes the next range of row ids when it has finished its own. */
Status scan_cursor_open(Table *table, Arena *arena, uint32_t ranges, ScanCursor **cursor);

/* Live rows, about: from the number of leaves and what some of them hold. Reads the inner pages and a few leaves. */
Status table_row_estimate(Table *table, uint64_t *rows);

/* ctid of a row id and back (docs/traps.md C20). */
static inline uint32_t row_id_block(RowId row)
{
    return (uint32_t)(row.v >> 15);
}
static inline uint16_t row_id_offset(RowId row)
{
    return (uint16_t)((row.v & 32767) + 1);
}
