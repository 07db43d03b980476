/* SPDX-License-Identifier: Apache-2.0 */
/* upkeep.h - what keeps tables small without vacuum: purge of versions nobody needs, rollback, and what
 * the table room hands to the rooms below. */
#pragma once

#include "base/base.h"
#include "table/table.h"

/* The table room's part of the store's upper table (redo functions, leaf operations), and its UndoApply
 * for txns_recover. */
void table_fill_upper(StoreUpper *upper);
Status table_undo_apply(void *arg, SpaceId space, const UndoRecord *record, Txn *txn);
