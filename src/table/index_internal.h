/* SPDX-License-Identifier: Apache-2.0 */
/* index_internal.h - an open index, and what its files share.
 *
 * (X1) an entry's key in the tree is the normalised key with the row id behind it (6 bytes, big-endian): one entry a
 *      row and key
 * (X2) an entry is changed under its leaf's exclusive latch, by a writer who holds the row
 * (X3) in a unique index whatever makes an entry live holds besides, from looking to inserting, the exclusive latch of
 *      the leaf responsible for (key, -inf) (docs/traps.md F12). Rollback and purge need not: the first makes live only
 *      what an open transaction had marked, which those who look wait for */
#pragma once

#include "base/arith.h"
#include "base/bitset.h"
#include "base/heap.h"
#include "table/index.h"
#include "table/index_change.h"
#include "table/table_internal.h"

struct Index {
    Heap *heap; /* holds the index alone */
    Store *store;
    Tree *tree;
    TreeId id;
    Table *table; /* open at least as long */
    bool unique, nulls_not_distinct;
    _Atomic uint64_t appends; /* a bit a task: its last entry went behind all others, or nearly */
};

/* The place of a new entry is known: does it go behind all others, or nearly? The next will be looked for where this
 * one was. */
bool index__note_append(Index *index, const void *page, uint32_t slot);

static inline uint64_t index__append_bit(void)
{
    return UINT64_C(1) << (uint32_t)task_self()->number % 64;
}

/* The leaf for an entry that is to be inserted, exclusively. */
static inline Status index__latch_leaf(Index *index, Bytes key, PageRef *leaf)
{
    const TreeKey tree_key = {.bytes = key};
    if (atomic_load_explicit(&index->appends, memory_order_relaxed) & index__append_bit())
        return tree_latch_tail(index->tree, &tree_key, leaf);
    return tree_latch_leaf(index->tree, &tree_key, false, LATCH_EXCLUSIVE, false, leaf);
}

enum { ROW_SUFFIX_BYTES = 6 };
typedef struct EntryKey {
    Bytes bytes;
    uint8_t data[ENTRY_KEY_BYTES_MAX];
} EntryKey;
void index__key_make(EntryKey *entry, Bytes key, RowId row);
static inline RowId index__key_row(Bytes entry)
{
    const uint8_t *at = entry.data + entry.bytes - ROW_SUFFIX_BYTES;
    return (RowId){(uint64_t)load_be16(at) << 32 | load_be32(at + 2)};
}
static inline Bytes index__key_own(Bytes entry)
{
    return (Bytes){entry.data, entry.bytes - ROW_SUFFIX_BYTES};
}
static inline bool bytes_begin(Bytes bytes, Bytes prefix)
{
    return bytes.bytes >= prefix.bytes && memcmp(bytes.data, prefix.data, prefix.bytes) == 0;
}
int index__compare(Bytes a, Bytes b);
uint16_t index__entry_flags(const IndexKey *key);
/* ST_FULL, noted as PostgreSQL words it, when key or payload is too long. */
Status index__key_check(const IndexKey *key);

/* --- index_unique.c --- */

/* What stands in the way of a key that shall be the only one. */
typedef enum UniqueVerdict {
    VERDICT_FREE,
    VERDICT_TAKEN, /* live, its writer has ended or is the asking one */
    VERDICT_OPEN,  /* live or marked by a transaction that has not ended */
} UniqueVerdict;
typedef struct UniqueLook {
    Index *index;
    Txn *txn;
    const EntryKey *entry; /* its own row is never in the way */
    Bytes key;
    UniqueVerdict verdict;
    RowId other;
    Xid xid;
    PageRef mutex, target; /* latched; target.word NULL: it is the same leaf */
} UniqueLook;
/* Latches the leaf responsible for (key, -inf) and the one responsible for the entry, both exclusively, and looks at
 * all entries of the key. ST_BUSY: nothing is latched; a page had to be read, look again. */
Status index__unique_look(UniqueLook *look);
static inline PageRef *index__unique_target(UniqueLook *look)
{
    return look->target.word ? &look->target : &look->mutex;
}
void index__unique_release(UniqueLook *look);
/* Is the leaf responsible for the entry, and with `key` for (key, -inf) and all entries of that key too? */
bool index__leaf_covers(const void *page, Bytes entry, const Bytes *key);
/* Of such a leaf, latched exclusively: has somebody else the key, or may he have it? OPEN: *xid. */
UniqueVerdict index__leaf_verdict(Index *index, Txn *txn, const void *page, Bytes key, Bytes entry,
                                  Xid *xid);
/* The entry was live; nothing is latched. VERDICT_OPEN with *xid: somebody is changing its row, wait for him. FREE: the
 * row is gone since, look again. */
Status index__row_verdict(Index *index, Txn *txn, RowId row, UniqueVerdict *verdict, Xid *xid);
