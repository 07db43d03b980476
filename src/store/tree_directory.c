/* SPDX-License-Identifier: Apache-2.0 */
/* tree_directory.c - a space's directory as a map of byte strings: what trees, layouts, sequences and undo extents
 * there are. Every change is one log record, at once and for good: no transaction undoes it (docs/traps.md F9). */
#include "store/tree_internal.h"

#include "base/error.h"
#include "store/space.h"
#include "store/tree_redo.h"

enum {
    RECORD_BYTES_MAX = sizeof(DirectoryPayload) + DIRECTORY_KEY_BYTES_MAX +
                       DIRECTORY_VALUE_BYTES_MAX
};

static Lsn change_log(Tree *tree, WalKind kind, PageRef *leaf, Bytes key, Bytes value)
{
    DirectoryPayload head = {(uint16_t)key.bytes, (uint16_t)value.bytes};
    const WalPart parts[] = {{&head, sizeof head},
                             {key.data, (uint32_t)key.bytes},
                             {value.data, (uint32_t)value.bytes}};
    const PoolChange change = {leaf, 0};
    return pool_log(tree->pool, kind, XID_NONE, &change, 1, parts, value.bytes != 0 ? 3 : 2, false);
}

static uint32_t record_bytes(Bytes key, Bytes value)
{
    return (uint32_t)(sizeof(DirectoryPayload) + key.bytes + value.bytes);
}

/* The leaf is latched. *done is false when it has no room. */
static Lsn put_latched(Tree *tree, PageRef *leaf, Bytes key, Bytes value, bool *done)
{
    *done = tree__directory_fits(leaf->data, key, value);
    if (!*done) return (Lsn){0};
    tree__directory_set(leaf->data, key, value);
    return change_log(tree, WAL_DIRECTORY_PUT, leaf, key, value);
}

static bool is_last(const Tree *tree, const PageRef *leaf, Bytes key)
{
    uint32_t at;
    TreeKey low, high;
    tree->leaf->fences(leaf->data, &low, &high);
    return high.bytes.data == NULL && !tree__directory_find(leaf->data, key, &at) &&
           at == tree->leaf->entry_count(leaf->data);
}

Status directory__put(Store *store, SpaceId space, Bytes key, Bytes value)
{
    Tree *tree;
    ASSERT(key.bytes > 0 && key.bytes <= DIRECTORY_KEY_BYTES_MAX);
    ASSERT(value.bytes <= DIRECTORY_VALUE_BYTES_MAX);
    TRY(tree__directory_of(store, space, true, &tree));
    const TreeKey at = {.bytes = key};
    for (bool done = false, append; !done;) {
        PageRef leaf;
        TRY(tree__credit_take(tree, RECORD_BYTES_MAX));
        Status status = tree_latch_leaf(tree, &at, false, LATCH_EXCLUSIVE, false, &leaf);
        Lsn lsn = {0};
        if (status == OK) {
            append = is_last(tree, &leaf, key);
            lsn = put_latched(tree, &leaf, key, value, &done);
            pool_unlatch(&leaf);
        }
        tree__credit_return(tree, RECORD_BYTES_MAX, lsn, 1, record_bytes(key, value));
        TRY(status);
        uint32_t need = (uint32_t)(key.bytes + value.bytes) + INNER_SLOT_BYTES;
        if (!done) TRY(tree_split(tree, &at, need, append));
    }
    return OK;
}

Status directory__remove(Store *store, SpaceId space, Bytes key)
{
    Tree *tree;
    Status status = tree__directory_of(store, space, false, &tree);
    if (status == ST_NOT_FOUND) return OK;
    TRY(status);
    const TreeKey at = {.bytes = key};
    PageRef leaf;
    Lsn lsn = {0};
    bool empty = false;
    /* what is removed here gives space back, or is given back */
    uint32_t credit = wal_record_bytes(1, record_bytes(key, (Bytes){NULL, 0}));
    if (!tree__is_logged(tree)) credit = 0;
    if (credit > 0) TRY(wal_credit_take(store->wal, credit, WAL_CREDIT_RESERVE));
    status = tree_latch_leaf(tree, &at, false, LATCH_EXCLUSIVE, false, &leaf);
    if (status == OK) {
        uint32_t position;
        if (tree__directory_find(leaf.data, key, &position)) {
            tree__directory_unset(leaf.data, key);
            lsn = change_log(tree, WAL_DIRECTORY_REMOVE, &leaf, key, (Bytes){NULL, 0});
            empty = tree->leaf->entry_count(leaf.data) == 0;
        }
        pool_unlatch(&leaf);
    }
    if (credit > 0 && lsn.v == 0) wal_credit_return(store->wal, credit);
    TRY(status);
    if (!empty) return OK;
    status = tree_try_merge(tree, &at);
    if (status != ST_FULL) return status;
    error_clear(); /* the entry is gone, whatever becomes of its page */
    return OK;
}

Status directory__get(Store *store, SpaceId space, Bytes key, Arena *arena, Bytes *value)
{
    Tree *tree;
    PageRef leaf;
    uint32_t at;
    TRY(tree__directory_of(store, space, false, &tree));
    const TreeKey tree_key = {.bytes = key};
    TRY(tree_latch_leaf(tree, &tree_key, false, LATCH_SHARED, false, &leaf));
    Status status = ST_NOT_FOUND;
    if (tree__directory_find(leaf.data, key, &at)) {
        Bytes own_key, found;
        tree__directory_entry(leaf.data, at, &own_key, &found);
        uint8_t *copy = arena_try_alloc(arena, found.bytes);
        if (copy != NULL && found.bytes != 0) memcpy(copy, found.data, found.bytes);
        *value = (Bytes){copy, found.bytes};
        status = copy != NULL ? OK : ST_NO_MEMORY;
    }
    pool_unlatch(&leaf);
    if (status == ST_NO_MEMORY)
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    return status;
}

static bool starts_with(Bytes key, Bytes prefix)
{
    return key.bytes >= prefix.bytes &&
           (prefix.bytes == 0 || memcmp(key.data, prefix.data, prefix.bytes) == 0);
}

/* The entries of a leaf's copy from `from` on. *behind: those of the prefix have ended. */
static Status scan_leaf(const void *page, Bytes from, Bytes prefix, bool *behind,
                        Status (*visit)(void *arg, Bytes key, Bytes value), void *arg)
{
    uint32_t at;
    Bytes key, value;
    (void)tree__directory_find(page, from, &at);
    for (; at < tree__directory_leaf.entry_count(page); at++) {
        tree__directory_entry(page, at, &key, &value);
        *behind = !starts_with(key, prefix);
        if (*behind) return OK;
        TRY(visit(arg, key, value));
    }
    return OK;
}

Status directory__scan(Store *store, SpaceId space, Bytes prefix,
                       Status (*visit)(void *arg, Bytes key, Bytes value), void *arg)
{
    Tree *tree;
    Status status = tree__directory_of(store, space, false, &tree);
    if (status == ST_NOT_FOUND) return OK;
    TRY(status);
    uint8_t page[PAGE_BYTES];
    KeyCopy from;
    tree__key_copy(&from, &(TreeKey){.bytes = prefix});
    for (bool behind = false;;) {
        PageRef leaf;
        TreeKey low, high;
        TRY(tree_latch_leaf(tree, &from.key, false, LATCH_SHARED, false, &leaf));
        memcpy(page, leaf.data, PAGE_BYTES);
        pool_unlatch(&leaf);
        TRY(scan_leaf(page, from.key.bytes, prefix, &behind, visit, arg));
        tree->leaf->fences(page, &low, &high);
        if (behind || high.bytes.data == NULL) return OK;
        tree__key_copy(&from, &high);
    }
}

Status tree__directory_change(Store *store, SpaceId space, Bytes key,
                              bool (*change)(void *arg, uint8_t *value, uint32_t bytes), void *arg)
{
    Tree *tree;
    PageRef leaf;
    Lsn lsn = {0};
    uint32_t at, used = 0;
    TRY(tree__directory_of(store, space, false, &tree));
    const TreeKey tree_key = {.bytes = key};
    TRY(tree__credit_take(tree, RECORD_BYTES_MAX));
    Status status = tree_latch_leaf(tree, &tree_key, false, LATCH_EXCLUSIVE, false, &leaf);
    if (status == OK) {
        if (tree__directory_find(leaf.data, key, &at)) {
            uint8_t copy[DIRECTORY_VALUE_BYTES_MAX];
            Bytes own_key, value;
            tree__directory_entry(leaf.data, at, &own_key, &value);
            memcpy(copy, value.data, value.bytes);
            if (change(arg, copy, (uint32_t)value.bytes)) {
                Bytes changed = {copy, value.bytes};
                tree__directory_set(leaf.data, key, changed);
                lsn = change_log(tree, WAL_DIRECTORY_PUT, &leaf, key, changed);
                used = record_bytes(key, changed);
            }
        } else {
            status = ST_NOT_FOUND;
        }
        pool_unlatch(&leaf);
    }
    tree__credit_return(tree, RECORD_BYTES_MAX, lsn, 1, used);
    return status;
}

/* --- sequence cells: an entry of 9 bytes, the value and whether it was given out already --- */

enum { CELL_BYTES = TREE_SEQUENCE_BYTES, CELL_KEY_BYTES = 1 + 5 };

typedef struct CellKey {
    uint8_t bytes[CELL_KEY_BYTES];
} CellKey;

static Bytes cell_key(CellKey *key, TreeId id)
{
    uint64_t number = __builtin_bswap64(tree_number(id) << 24);
    key->bytes[0] = DIRECTORY_SEQUENCE;
    memcpy(key->bytes + 1, &number, 5);
    return (Bytes){key->bytes, CELL_KEY_BYTES};
}

Status sequence_create(Store *store, SpaceId space, int64_t start, TreeId *id)
{
    uint64_t number;
    CellKey key;
    uint8_t cell[CELL_BYTES] = {0};
    TRY(space__next_tree(store, space, &number));
    *id = tree_id(space, number);
    memcpy(cell, &start, sizeof start);
    return directory__put(store, space, cell_key(&key, *id), (Bytes){cell, sizeof cell});
}

Status sequence_drop(Store *store, TreeId id)
{
    CellKey key;
    return directory__remove(store, tree_space(id), cell_key(&key, id));
}

typedef struct CellChange {
    bool (*step)(void *arg, int64_t *value, bool *called);
    void *arg;
    bool malformed;
} CellChange;

static bool cell_change(void *arg, uint8_t *value, uint32_t bytes)
{
    CellChange *change = arg;
    int64_t number;
    change->malformed = bytes != CELL_BYTES;
    if (change->malformed) return false;
    memcpy(&number, value, sizeof number);
    bool called = value[sizeof number] != 0;
    if (!change->step(change->arg, &number, &called)) return false;
    memcpy(value, &number, sizeof number);
    value[sizeof number] = called;
    return true;
}

Status sequence_change(Store *store, TreeId id,
                       bool (*step)(void *arg, int64_t *value, bool *called), void *arg)
{
    CellKey key;
    CellChange change = {step, arg, false};
    TRY(tree__directory_change(store, tree_space(id), cell_key(&key, id), cell_change, &change));
    if (!change.malformed) return OK;
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "sequence cell %" PRIu64 " of space %" PRIu32 " is malformed",
                      tree_number(id), tree_space(id).v);
}

typedef struct CellRead {
    int64_t value;
    bool called;
} CellRead;

static bool cell_read(void *arg, int64_t *value, bool *called)
{
    *(CellRead *)arg = (CellRead){*value, *called};
    return false;
}

Status sequence_read(Store *store, TreeId id, int64_t *value, bool *called)
{
    CellRead read = {0};
    TRY(sequence_change(store, id, cell_read, &read));
    *value = read.value;
    *called = read.called;
    return OK;
}
