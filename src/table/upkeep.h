/* SPDX-License-Identifier: Apache-2.0 */
/* upkeep.h - what keeps tables small without vacuum: purge of versions nobody needs, rollback, and what
 * the table room hands to the rooms below. */
#pragma once

#include "base/base.h"
#include "store/check.h"
#include "table/table.h"

/* The table room's part of the store's upper table (redo functions, leaf operations), and its UndoApply
 * for txns_recover. */
void table_fill_upper(StoreUpper *upper);
Status table_undo_apply(void *arg, SpaceId space, const UndoRecord *record, Txn *txn);

/* Background body: follows committed undo up to the horizon, also what an earlier run of the server left; removes dead
 * rows and entries, drops trees, frees the undo; cancels the oldest snapshot when there is more undo than max_undo_size
 * allows (docs/traps.md C7). Until interrupted, or the store has failed. */
typedef struct PurgeFigures {
    uint64_t records, rows, entries, undo_bytes_freed;
} PurgeFigures;
Status table_purge_run(Txns *txns, Store *store);
/* One round, for tests and for VACUUM: everything the horizon allows now. ST_BUSY: another is at it. */
Status table_purge_now(Txns *txns, Store *store, PurgeFigures *figures);

/* For store_check: the pages of long values that a table has beside its nodes. */
Status table_check_pages(void *arg, Tree *tree, CheckPages *pages);
/* Rows, heads, undo chains of one table, for `tusk check`. */
Status table_check(Table *table, Txns *txns, CheckFound found, void *arg);
