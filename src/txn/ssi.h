/* SPDX-License-Identifier: Apache-2.0 */
/* ssi.h - SERIALIZABLE: Serializable Snapshot Isolation (Cahill 2008; Ports and Grittner, "Serializable
 * Snapshot Isolation in PostgreSQL", VLDB 2012). Where we differ: reads are remembered on key intervals
 * and blocks of 512 row ids, not on pages, since pages split (docs/traps.md M4).
 *
 * A transaction is aborted (40001) when it would complete a dangerous structure T1 -rw-> T2 -rw-> T3 with
 * T3 committed first. */
#pragma once

#include "base/base.h"
#include "txn/txn.h"

/* What a scan has read: remembered before the rows are looked at (and a writer asks after its write is there, or under
 * the latch that covers both): one of the two sees the other. Reads by transactions that are not SERIALIZABLE cost one
 * test. All give ST_SERIALIZATION, with PostgreSQL's detail and hint noted, when this transaction has to fail; and
 * ST_NO_MEMORY. */
Status ssi_read_row(Txn *txn, TreeId tree, RowId row);
/* inclusive; the whole tree: 0, ROW_ID_MAX */
Status ssi_read_rows(Txn *txn, TreeId tree, RowId first, RowId last);
Status ssi_read_keys(Txn *txn, TreeId tree, Bytes low, Bytes high); /* [low, high], gaps included */
/* The row version read was not the newest: `writer` made a newer one; for each of those. */
Status ssi_read_overwritten(Txn *txn, Xid writer);
/* Written: whoever read it has a conflict out to this one. */
Status ssi_write_row(Txn *txn, TreeId tree, RowId row);
Status ssi_write_key(Txn *txn, TreeId tree, Bytes key);
/* Right before the commit record. */
Status ssi_check_commit(Txn *txn);
/* As txn_snapshot; SERIALIZABLE READ ONLY DEFERRABLE waits for one that nothing can make unsafe. ST_CANCELLED. */
Status ssi_safe_snapshot(Txn *txn, Snapshot *snapshot);
bool ssi_is_safe(const Txn *txn);
