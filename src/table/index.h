/* SPDX-License-Identifier: Apache-2.0 */
/* index.h - index entries: (normalised key, row id) -> {xid, flags, payload}. An entry carries who made or
 * marked it, so most look-ups are answered without the row (docs/traps.md C11):
 *
 *     live, xid visible to my snapshot, not my own      the row is visible and has this key
 *     marked, xid visible                               dead
 *     else                                              the row version my snapshot sees decides, by comparing its key
 *
 * Delete and key change mark the entry; setting a key back revives it under the new xid. Purge removes an
 * entry only if it still bears that mark and that xid. */
#pragma once

#include "base/base.h"
#include "table/table.h"

typedef struct Index Index;

typedef struct IndexOptions {
    bool unique;
    bool nulls_not_distinct; /* told by the key maker: keys with nulls come flagged */
    uint32_t comparator;
    uint32_t tree_flags;
} IndexOptions;
Status index_create(Txn *txn, SpaceId space, const IndexOptions *options, TreeId *id);
Status index_open(Store *store, TreeId id, Table *table, Index **index);
void index_close(Index *index);

/* A key as the floors above made it. */
typedef struct IndexKey {
    Bytes key;        /* normalised, at most INDEX_KEY_BYTES_MAX */
    Bytes payload;    /* what gives the original values back, and INCLUDE columns */
    bool inexact;     /* the key was cut: equality must be asked at the row */
    bool never_equal; /* has a null and nulls are distinct: no uniqueness check */
} IndexKey;
enum { INDEX_KEY_BYTES_MAX = 2000, INDEX_PAYLOAD_BYTES_MAX = 2700 };

typedef enum UniqueCheck {
    UNIQUE_NONE,
    UNIQUE_NOW, /* ST_DUPLICATE at once; waits for undecided others */
    /* deferred: inserted anyway, *outcome->duplicate tells that it must be checked again */
    UNIQUE_LATER,
    UNIQUE_PROBE,    /* ON CONFLICT: nothing is inserted when there is one; its row id is told */
    UNIQUE_EXISTING, /* the deferred check itself: the entry is there, is it alone? */
} UniqueCheck;
typedef struct IndexOutcome {
    bool duplicate;
    RowId other; /* the row in the way */
    Xid other_xid;
} IndexOutcome;

/* Inserts or revives the entry (key, row). OK; ST_DUPLICATE with the other row; what lock waits give. */
Status index_insert(Index *index, Txn *txn, const IndexKey *key, RowId row, UniqueCheck check,
                    const RowWaitOptions *wait, IndexOutcome *outcome);
/* Marks the entry: the row's delete, or its old key. */
Status index_mark(Index *index, Txn *txn, const IndexKey *key, RowId row);
/* The key is the same, the payload another. */
Status index_set_payload(Index *index, Txn *txn, const IndexKey *key, RowId row);

/* --- look-ups --- */

/* Makes a row's key of this index again, to compare it with an entry when the entry alone cannot answer.
 * Handed in by the floors above; must not raise; true with *key filled (in `arena`), false when the row
 * has no entry here (partial index). */
typedef bool (*IndexKeyMaker)(void *arg, const Datum *columns, Arena *arena, IndexKey *key);
typedef struct IndexRecheck {
    Projection projection; /* the columns the maker wants */
    IndexKeyMaker make;
    void *arg;
} IndexRecheck;

typedef struct IndexRange {
    /* low <= key, key <= high by prefix (an empty one: open); both inclusive unless told */
    Bytes low, high;
    bool low_exclusive, high_exclusive; /* leaves out every key that begins with it */
    bool backward;
} IndexRange;

typedef struct IndexHit {
    RowId row;
    Bytes key, payload; /* in the scan's arena until the next call */
    bool
        decided; /* visible for certain; else the row must be fetched (and is, by index_scan_next) */
} IndexHit;
