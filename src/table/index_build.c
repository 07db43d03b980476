/* SPDX-License-Identifier: Apache-2.0 */
/* index_build.c - an index from sorted entries, alone or beside writers.
 *
 * Alone: leaves are written once, from left to right, by tree_build_*. A leaf's keys are cut by what its fences have in
 * common, and its upper fence is known only when the leaf behind it begins: so entries are gathered until they would
 * fill a page if their keys were cut by what the first fence and the newest key share, which no later fence can exceed.
 * Then as many of them are written as really fit; the others begin the next leaf.
 *
 * Beside writers (CONCURRENTLY) entries are added by a snapshot, one by one (index.h has the protocol). Whose mark the
 * snapshot does not see came after what it saw, and stays; purge keeps it for as long as the snapshot lives. */
#include "table/index.h"

#include "base/error.h"
#include "table/index_internal.h"
#include "table/leaf_change.h"

enum {
    FILL_PERCENT = 90,
    LEAF_HEADER_BYTES = 72,
    GATHER_ENTRIES_MAX = 1200,
    /* More than a page of entries with keys whole, and one more entry. */
    GATHER_BYTES = 256 << 10,
    GATHER_SPARE = ENTRY_KEY_BYTES_MAX + ENTRY_PAYLOAD_BYTES_MAX,
};

typedef struct Gathered {
    uint32_t offset; /* of key and, behind it, payload */
    uint16_t key_bytes, payload_bytes;
    EntryHead head;
} Gathered;

struct IndexBuild {
    Index *index;
    TreeBuilder *builder;
    uint32_t count, bytes;
    uint32_t needs; /* sum of index_leaf_need with whole keys */
    EntryKey low;   /* fence of the leaf to be written */
    Gathered entries[GATHER_ENTRIES_MAX];
    uint8_t data[GATHER_BYTES];
};

static Status no_memory(void)
{
    return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

Status index_build_begin(Index *index, Arena *arena, IndexBuild **begun)
{
    IndexBuild *build = arena_try_alloc(arena, sizeof *build);
    if (!build) return no_memory();
    build->index = index;
    build->count = build->bytes = build->needs = 0;
    build->low.bytes = (Bytes){build->low.data, 0};
    TRY(tree_build_begin(index->tree, FILL_PERCENT, arena, &build->builder));
    *begun = build;
    return OK;
}

static Bytes key_at(const IndexBuild *build, uint32_t at)
{
    const Gathered *entry = &build->entries[at];
    return (Bytes){build->data + entry->offset, entry->key_bytes};
}

static uint32_t common_bytes(Bytes a, Bytes b)
{
    uint32_t n = 0;
    while (n < a.bytes && n < b.bytes && a.data[n] == b.data[n]) n++;
    return n;
}

/* The shortest string that parts the entries before `at` from it. */
static Bytes fence_before(const IndexBuild *build, uint32_t at)
{
    Bytes left = key_at(build, at - 1), right = key_at(build, at);
    return (Bytes){right.data, MIN(right.bytes, common_bytes(left, right) + (size_t)1)};
}

/* Bytes of a leaf with the first `count` entries, whose keys need `needs` in all. */
static uint32_t leaf_bytes(const IndexBuild *build, uint32_t count, uint32_t needs, Bytes high)
{
    uint32_t prefix = high.data ? common_bytes(build->low.bytes, high) : 0;
    return LEAF_HEADER_BYTES + needs - count * prefix +
           (uint32_t)(build->low.bytes.bytes + high.bytes);
}

/* How many of the gathered entries the next leaf takes; *whole: all, and nothing comes behind them. */
static uint32_t entries_that_fit(const IndexBuild *build, bool last, bool *whole)
{
    const uint32_t most = PAGE_BYTES * FILL_PERCENT / 100;
    uint32_t count = build->count, needs = build->needs;
    *whole = last && leaf_bytes(build, count, needs, (Bytes){0}) <= most;
    if (*whole) return count;
    do {
        count--;
        const Gathered *entry = &build->entries[count];
        needs -= index_leaf_need(entry->key_bytes, entry->payload_bytes);
    } while (count > 1 && leaf_bytes(build, count, needs, fence_before(build, count)) > most);
    return count;
}

/* The first `count` entries leave. */
static void let_go(IndexBuild *build, uint32_t count)
{
    uint32_t gone = count < build->count ? build->entries[count].offset : build->bytes;
    for (uint32_t i = 0; i < count; i++)
        build->needs -= index_leaf_need(build->entries[i].key_bytes,
                                        build->entries[i].payload_bytes);
    memmove(build->data, build->data + gone, build->bytes - gone);
    memmove(build->entries, build->entries + count,
            (build->count - count) * sizeof build->entries[0]);
    build->bytes -= gone;
    build->count -= count;
    for (uint32_t i = 0; i < build->count; i++) build->entries[i].offset -= gone;
}

/* Writes a leaf. `last`: nothing follows what has been gathered; *whole then says that this was the last leaf. */
static Status write_leaf(IndexBuild *build, bool last, bool *whole)
{
    void *page;
    TreeKey low;
    EntryKey high;
    uint32_t count = 0;
    *whole = true;
    if (build->count > 0) count = entries_that_fit(build, last, whole);
    Bytes fence = *whole ? (Bytes){0} : fence_before(build, count);
    if (fence.data) memcpy(high.data, fence.data, fence.bytes);
    if (fence.data) fence.data = high.data;
    TRY(tree_build_leaf(build->builder, &page, &low));
    index_leaf_init(page, low.bytes, fence);
    for (uint32_t i = 0; i < count; i++) {
        const Gathered *entry = &build->entries[i];
        Bytes payload = {build->data + entry->offset + entry->key_bytes, entry->payload_bytes};
        index_leaf_insert(page, i, key_at(build, i), entry->head, payload);
    }
    let_go(build, count);
    const TreeKey behind = {.bytes = fence};
    TRY(tree_build_add(build->builder, fence.data ? &behind : NULL));
    if (fence.data) memcpy(build->low.data, fence.data, fence.bytes);
    build->low.bytes = (Bytes){build->low.data, fence.bytes};
    return OK;
}

static bool is_full(const IndexBuild *build)
{
    if (build->count < 2) return false;
    uint32_t prefix = common_bytes(build->low.bytes, key_at(build, build->count - 1));
    return build->needs - build->count * prefix > PAGE_BYTES ||
           build->count == GATHER_ENTRIES_MAX || build->bytes > GATHER_BYTES - GATHER_SPARE;
}

/* ST_DUPLICATE: the entry before has the same key. */
static Status check_order(const IndexBuild *build, Bytes entry, const IndexKey *key)
{
    if (build->count == 0) return OK;
    Bytes before = key_at(build, build->count - 1);
    ASSERT(index__compare(before, entry) < 0);
    if (!build->index->unique || key->never_equal) return OK;
    return index__compare(index__key_own(before), key->key) == 0 ? ST_DUPLICATE : OK;
}

Status index_build_add(IndexBuild *build, const IndexKey *key, RowId row, Xid xid)
{
    EntryKey entry;
    bool whole;
    TRY(index__key_check(key));
    index__key_make(&entry, key->key, row);
    TRY(check_order(build, entry.bytes, key));
    /* One stays behind at least: the next key is compared with it. */
    while (is_full(build)) TRY(write_leaf(build, false, &whole));
    uint8_t *at = build->data + build->bytes;
    memcpy(at, entry.bytes.data, entry.bytes.bytes);
    if (key->payload.bytes) memcpy(at + entry.bytes.bytes, key->payload.data, key->payload.bytes);
    build->entries[build->count++] = (Gathered){build->bytes,
                                                (uint16_t)entry.bytes.bytes,
                                                (uint16_t)key->payload.bytes,
                                                {xid, index__entry_flags(key)}};
    build->bytes += (uint32_t)(entry.bytes.bytes + key->payload.bytes);
    build->needs += index_leaf_need((uint32_t)entry.bytes.bytes, (uint32_t)key->payload.bytes);
    return OK;
}

Status index_build_end(IndexBuild *build)
{
    bool whole = false;
    while (!whole) TRY(write_leaf(build, true, &whole));
    return tree_build_end(build->builder);
}

void index_build_abandon(IndexBuild *build)
{
    tree_build_abandon(build->builder);
}

/* ---- beside writers ---- */

typedef struct Adding {
    Index *index;
    Txn *txn;
    const Snapshot *snapshot; /* whose rows are being added */
    const IndexKey *key;
    KeyFix fix;
    EntryKey entry;
    Xid open; /* who has to end first */
} Adding;

/* Is the entry in the latched leaf? OK: it is, or a mark of somebody whom the builder's snapshot does not see; ST_BUSY
 * with `open` set: who wrote it has not ended, and his rollback may take it away; ST_NOT_FOUND: it is to be put there,
 * also in place of a mark that is older than what the snapshot saw of the row. */
static Status look_here(Adding *adding, const void *page)
{
    uint32_t slot;
    adding->fix.mode = KEY_FIX_ADD;
    if (!index_leaf_find(page, adding->entry.bytes, NULL, &slot)) return ST_NOT_FOUND;
    EntryHead there = index_leaf_head(page, slot);
    if (table__is_open(txn_system(adding->txn), there.xid) &&
        there.xid.v != txn_xid(adding->txn).v) {
        MARK("an index build waits for the end of who wrote an entry before it");
        adding->open = there.xid;
        return ST_BUSY;
    }
    if (!(there.flags & ENTRY_MARKED) || !txn_sees(adding->snapshot, there.xid)) return OK;
    MARK("an index build puts an entry in place of an old mark");
    adding->fix.mode = KEY_FIX_PAYLOAD;
    return ST_NOT_FOUND;
}

static bool fits(const Adding *adding, const void *page)
{
    uint32_t slot, payload = (uint32_t)adding->fix.payload.bytes;
    if (adding->fix.mode == KEY_FIX_ADD)
        return index_leaf_fits(page, (uint32_t)adding->entry.bytes.bytes, payload);
    return index_leaf_find(page, adding->entry.bytes, NULL, &slot) &&
           index_leaf_payload_fits(page, slot, payload);
}

/* Puts it there. ST_FULL: split. */
static Status add_here(Adding *adding, LeafChange *change)
{
    uint8_t head[KEY_FIX_HEAD_BYTES];
    WalPart parts[KEY_FIX_PARTS];
    void *page = change->leaf.data;
    if (!fits(adding, page)) return ST_FULL;
    TRY(key_fix_apply(page, &adding->fix));
    leaf_change_log(change, WAL_KEY_ADD, XID_NONE, parts, key_fix_parts(&adding->fix, head, parts));
    return OK;
}

static uint32_t fix_bytes(const KeyFix *fix)
{
    return KEY_FIX_HEAD_BYTES + (uint32_t)(fix->key.bytes + fix->payload.bytes);
}

static Status add_plain(Adding *adding)
{
    LeafChange change;
    const TreeKey key = {.bytes = adding->entry.bytes};
    TRY(leaf_change_begin(&change, adding->index->tree, &key, fix_bytes(&adding->fix), 0));
    Status status = look_here(adding, change.leaf.data);
    if (status == ST_NOT_FOUND) status = add_here(adding, &change);
    leaf_change_end(&change);
    return status;
}

/* With the key's mutex. ST_NOT_FOUND: somebody is in the way, as look->verdict says. */
static Status look_and_add(Adding *adding, UniqueLook *look)
{
    LeafChange change;
    TRY(leaf_change_reserve(&change, adding->index->tree, fix_bytes(&adding->fix), 0));
    Status status = index__unique_look(look);
    if (status == OK) {
        change.leaf = *index__unique_target(look);
        status = look_here(adding, change.leaf.data);
        if (status == ST_NOT_FOUND && look->verdict == VERDICT_FREE)
            status = add_here(adding, &change);
        index__unique_release(look);
    }
    leaf_change_unreserve(&change);
    return status;
}

/* ST_DUPLICATE: another row has the key. */
static Status add_checked(Adding *adding)
{
    UniqueLook look = {.index = adding->index,
                       .txn = adding->txn,
                       .entry = &adding->entry,
                       .key = adding->key->key};
    Status status = look_and_add(adding, &look);
    if (status != ST_NOT_FOUND) return status;
    if (look.verdict == VERDICT_TAKEN)
        TRY(index__row_verdict(adding->index, adding->txn, look.other, &look.verdict, &look.xid));
    if (look.verdict == VERDICT_TAKEN) return ST_DUPLICATE;
    if (look.verdict == VERDICT_OPEN) adding->open = look.xid;
    return ST_BUSY;
}

Status index_build_concurrent_add(Index *index, const Snapshot *snapshot, const IndexKey *key,
                                  RowId row, const RowWaitOptions *wait)
{
    Txn *txn = snapshot->txn;
    Adding adding = {.index = index, .txn = txn, .snapshot = snapshot, .key = key};
    Status status;
    TRY(index__key_check(key));
    index__key_make(&adding.entry, key->key, row);
    adding.fix = (KeyFix){KEY_FIX_ADD,
                          adding.entry.bytes,
                          {XID_NONE, index__entry_flags(key)},
                          key->payload};
    const TreeKey tree_key = {.bytes = adding.entry.bytes};
    do {
        TRY(task_try_check());
        adding.open = XID_NONE;
        status = index->unique && !key->never_equal ? add_checked(&adding) : add_plain(&adding);
        if (status == ST_FULL) {
            uint32_t need = index_leaf_need((uint32_t)adding.entry.bytes.bytes,
                                            (uint32_t)key->payload.bytes);
            TRY(tree_split(index->tree, &tree_key, need, false));
            status = ST_BUSY;
        }
        if (adding.open.v != 0) TRY(table__wait_xid(wait, txn, adding.open));
    } while (status == ST_BUSY);
    return status;
}
