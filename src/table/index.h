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
    Bytes key;     /* normalised, at most INDEX_KEY_BYTES_MAX */
    Bytes payload; /* what gives the original values back, and INCLUDE columns */
    /* The key was cut: behind the cut stand 16 bytes of a digest of the whole, so that equal bytes are equal keys; but
     * the order among keys with the same beginning is not that of their values. */
    bool inexact;
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
/* The same for entries of rows that one command inserted (docs/traps.md F2), as far as that can be done with nothing to
 * tell: the bit of each that is in is set in `done`, the others are left to index_insert. Whoever has a unique key and
 * has not ended is waited for, but with UNIQUE_LATER; what lock waits give, and `waited` the key's number then. */
Status index_insert_batch(Index *index, Txn *txn, const IndexKey *keys, const RowId *rows,
                          uint32_t count, UniqueCheck check, const RowWaitOptions *wait,
                          Arena *arena, uint64_t *done, uint32_t *waited);
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
    Bytes key, payload; /* until the next call or reset */
    /* The entry alone could tell. Else the row was asked; or, without a recheck, has to be: is there a version that the
     * snapshot sees, and has it this key? */
    bool decided;
} IndexHit;
typedef struct IndexScan IndexScan;
/* `recheck` may be NULL: undecided hits are the caller's to decide. The snapshot outlives the scan. */
Status index_scan_open(Index *index, const Snapshot *snapshot, const IndexRange *range,
                       const IndexRecheck *recheck, Arena *arena, IndexScan **scan);
/* The next visible entries, at most `hits_max`; ST_END when there are no more. */
Status index_scan_next(IndexScan *scan, IndexHit *hits, uint32_t hits_max, uint32_t *count);
/* Starts again with another range: nested loops. */
Status index_scan_reset(IndexScan *scan, const IndexRange *range);
void index_scan_close(IndexScan *scan);
/* Equality look-ups of many keys at once (sorted inside): hits carry which key they answer in key_of[]. */
Status index_lookup_batch(Index *index, const Snapshot *snapshot, const Bytes *keys,
                          uint32_t key_count, const IndexRecheck *recheck, Arena *arena,
                          IndexHit **hits, uint32_t **key_of, uint32_t *hit_count);

/* --- building --- */

/* From entries sorted by (key, row): an index nobody else sees. Entries carry the row head's xid, 0 when
 * visible to all. */
typedef struct IndexBuild IndexBuild;
Status index_build_begin(Index *index, Arena *arena, IndexBuild **build);
/* ST_DUPLICATE in a unique one */
Status index_build_add(IndexBuild *build, const IndexKey *key, RowId row, Xid xid);
Status index_build_end(IndexBuild *build);
/* It has failed, or is not to go on: the index is to be dropped. After index_build_end said OK it does nothing. */
void index_build_abandon(IndexBuild *build);
/* CONCURRENTLY, the steps (docs/traps.md C13):
 *   1. The index is made, and transactions that begin from now on mark in it (index_mark), but do not insert: a payload
 *      that changes is a mark as well. A mark for an entry that is not there takes its place. Wait until all
 *      transactions that began before have ended; else one of them could leave behind an entry that step 2 inserts.
 *   2. Transactions that begin from now on also insert. Wait until those of step 1 have ended.
 *   3. Take a snapshot; add the entry of every row that it sees, while it lives. Live entries that are there stay, and
 *      marks of whom it does not see; where somebody has not ended, he is waited for.
 *   4. The index serves snapshots that are not older than this one (usable_csn).
 * ST_DUPLICATE in a unique one: the index never becomes usable. */
Status index_build_concurrent_add(Index *index, const Snapshot *snapshot, const IndexKey *key,
                                  RowId row, const RowWaitOptions *wait);

/* Every page; every entry that the snapshot takes at its word has its row with this key, and every row that it sees its
 * entry. `found` gets each problem; OK when all could be looked at. */
Status index_check(Index *index, const Snapshot *snapshot, const IndexRecheck *recheck,
                   CheckFound found, void *arg);
