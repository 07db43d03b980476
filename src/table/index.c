/* SPDX-License-Identifier: Apache-2.0 */
/* index.c - an index's life, and changes of its entries (index.h has the idea, index_internal.h the invariants).
 *
 *   offset size  layout 0 of an index's tree
 *        0    1  version of this layout: 1
 *        1    1  flags: 1 unique, 2 nulls are not distinct
 *        2    2  zero */
#include "table/index.h"

#include "base/error.h"
#include "table/index_internal.h"
#include "table/tree_change.h"
#include "txn/ssi.h"

enum {
    LAYOUT_BYTES = 4,
    LAYOUT_VERSION = 1,
    LAYOUT_UNIQUE = 1,
    LAYOUT_NULLS_NOT_DISTINCT = 2,
};

/* ---- keys ---- */

void index__key_make(EntryKey *entry, Bytes key, RowId row)
{
    ASSERT(key.bytes <= INDEX_KEY_BYTES_MAX && row.v <= ROW_ID_MAX);
    if (key.bytes) memcpy(entry->data, key.data, key.bytes);
    store_be16(entry->data + key.bytes, (uint16_t)(row.v >> 32));
    store_be32(entry->data + key.bytes + 2, (uint32_t)row.v);
    entry->bytes = (Bytes){entry->data, key.bytes + ROW_SUFFIX_BYTES};
}

int index__compare(Bytes a, Bytes b)
{
    size_t both = MIN(a.bytes, b.bytes);
    int order = both ? memcmp(a.data, b.data, both) : 0;
    return order ? order : (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

uint16_t index__entry_flags(const IndexKey *key)
{
    return (uint16_t)((key->inexact ? ENTRY_INEXACT : 0) |
                      (key->never_equal ? ENTRY_NEVER_EQUAL : 0));
}

Status index__key_check(const IndexKey *key)
{
    if (key->key.bytes <= INDEX_KEY_BYTES_MAX && key->payload.bytes <= INDEX_PAYLOAD_BYTES_MAX)
        return OK;
    return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                      "index row size %zu exceeds btree version 4 maximum 2704",
                      key->key.bytes + key->payload.bytes);
}

bool index__note_append(Index *index, const void *page, uint32_t slot)
{
    Bytes low, high;
    index_leaf_fences(page, &low, &high);
    bool append = high.data == NULL && slot + INDEX_APPEND_NEAR >= index_leaf_count(page);
    const uint64_t bit = index__append_bit();
    const uint64_t bits = atomic_load_explicit(&index->appends, memory_order_relaxed);
    if (append && !(bits & bit))
        atomic_fetch_or_explicit(&index->appends, bit, memory_order_relaxed);
    else if (!append && bits & bit)
        atomic_fetch_and_explicit(&index->appends, ~bit, memory_order_relaxed);
    return append;
}

/* ---- making, opening ---- */

Status index_create(Txn *txn, SpaceId space, const IndexOptions *options, TreeId *id)
{
    uint8_t layout[LAYOUT_BYTES] = {LAYOUT_VERSION};
    if (options->comparator != 0)
        return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "indexes with a comparison function of their own are not supported");
    if (options->unique) layout[1] |= LAYOUT_UNIQUE;
    if (options->nulls_not_distinct) layout[1] |= LAYOUT_NULLS_NOT_DISTINCT;
    TreeOptions tree_options = {.kind = TREE_INDEX,
                                .flags = options->tree_flags,
                                .layout = {layout, sizeof layout}};
    return tree_make(txn, space, &tree_options, id);
}

static Status layout_read(Index *index)
{
    Bytes layout;
    TRY(tree_layout(index->tree, 0, &layout));
    if (tree_kind(index->tree) != TREE_INDEX || layout.bytes != LAYOUT_BYTES ||
        layout.data[0] != LAYOUT_VERSION)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED, "tree %" PRIu64 " is no index",
                          tree_number(index->id));
    index->unique = layout.data[1] & LAYOUT_UNIQUE;
    index->nulls_not_distinct = layout.data[1] & LAYOUT_NULLS_NOT_DISTINCT;
    return OK;
}

Status index_open(Store *store, TreeId id, Table *table, Index **opened)
{
    Heap *heap = heap_try_new(store_account(store), "index");
    Index *index = heap ? heap_try_alloc(heap, sizeof *index) : NULL;
    if (!index) {
        if (heap) heap_drop(heap);
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    }
    *index = (Index){.heap = heap, .store = store, .id = id, .table = table};
    Status status = tree_open(store, id, &index->tree);
    if (status == OK) status = layout_read(index);
    if (status == OK)
        *opened = index;
    else
        index_close(index);
    return status;
}

void index_close(Index *index)
{
    if (index->tree) tree_close(index->tree);
    heap_drop(index->heap);
}

/* ---- one change ---- */

typedef struct Put {
    Index *index;
    Write write;
    KeyChange change;
    EntryKey entry;
    uint32_t need; /* set with ST_FULL: bytes to split for */
    bool append;
} Put;

static Status put_begin(Put *put, Index *index, Txn *txn, const IndexKey *key, RowId row)
{
    TRY(index__key_check(key));
    put->index = index;
    put->need = 0;
    TRY(write__begin(&put->write, txn, index->tree));
    index__key_make(&put->entry, key->key, row);
    put->change = (KeyChange){.tree = tree_number(index->id),
                              .key = put->entry.bytes,
                              .head = {put->write.xid, index__entry_flags(key)},
                              .payload = key->payload};
    return OK;
}

static uint32_t undo_payload_bytes(const KeyChange *change)
{
    return key_change_undo_bytes(change) - UNDO_RECORD_HEADER_BYTES;
}

static uint32_t log_payload_bytes(const KeyChange *change)
{
    return KEY_CHANGE_HEAD_BYTES + (uint32_t)change->key.bytes +
           (uint32_t)change->payload_before.bytes + (uint32_t)change->payload.bytes;
}

static Status put_reserve(Put *put)
{
    return write__reserve(&put->write, undo_payload_bytes(&put->change),
                          log_payload_bytes(&put->change));
}

/* Logs the change of the latched leaf, whose room has been asked for, makes it at `slot`, where index_leaf_find wants
 * it, and lets go of the leaf. ST_BUSY: reserve (again). */
static Status put_log(Put *put, PageRef *leaf, uint32_t slot)
{
    uint8_t head[KEY_CHANGE_HEAD_BYTES], buffer[KEY_CHANGE_UNDO_BYTES];
    WalPart parts[KEY_CHANGE_LOG_PARTS], undo[KEY_CHANGE_UNDO_PARTS];
    KeyChange *change = &put->change;
    uint32_t undo_bytes = undo_payload_bytes(change);
    if (!write__suffices(&put->write, undo_bytes, log_payload_bytes(change))) return ST_BUSY;
    TRY(write__undo(&put->write, undo_bytes));
    change->undo = put->write.at;
    uint32_t undo_count = key_change_undo_parts(change, buffer, undo);
    uint32_t count = key_change_log_parts(change, undo_previous_bytes(put->write.chain), head,
                                          parts);
    Status status = key_change_apply_at(leaf->data, slot, change);
    ASSERT(status == OK);
    IGNORE_STATUS(status); /* room was asked for, the entry looked at */
    put->write.leaves_dead = key_change_left_dead(leaf->data, slot, change);
    write__log(&put->write, key_change_kind(change), leaf, (uint8_t)change->kind, undo, undo_count,
               parts, count);
    return OK;
}

static Status entry_corrupt(const Put *put, const char *what)
{
    return error_note(ST_CORRUPT, SQLSTATE_INDEX_CORRUPTED,
                      "the entry of row %" PRIu64 " in index tree %" PRIu64 " %s",
                      index__key_row(put->entry.bytes).v, tree_number(put->index->id), what);
}

/* What was there before goes to undo, in the caller's memory: the leaf's bytes move when the payload is set. */
static void keep_before(Put *put, const void *page, uint32_t slot,
                        uint8_t buffer[ENTRY_PAYLOAD_BYTES_MAX])
{
    Bytes payload = index_leaf_payload(page, slot);
    put->change.before = index_leaf_head(page, slot);
    if (payload.bytes) memcpy(buffer, payload.data, payload.bytes);
    put->change.payload_before = (Bytes){buffer, payload.bytes};
}

/* Inserts or revives in the latched leaf. ST_FULL: split for put->need; ST_BUSY: reserve again. */
static Status put_live(Put *put, PageRef *leaf)
{
    uint8_t before[ENTRY_PAYLOAD_BYTES_MAX];
    uint32_t slot, payload = (uint32_t)put->change.payload.bytes;
    const void *page = leaf->data;
    put->need = index_leaf_need((uint32_t)put->entry.bytes.bytes, payload);
    if (!index_leaf_find(page, put->entry.bytes, NULL, &slot)) {
        put->append = index__note_append(put->index, page, slot);
        put->change.kind = UNDO_KEY_INSERT;
        /* Purge shall find a mark that stands for an entry not there yet. */
        put->change.before = (EntryHead){.flags = put->change.head.flags & ENTRY_TOMBSTONE};
        put->change.payload_before = (Bytes){0};
        if (!index_leaf_fits(page, (uint32_t)put->entry.bytes.bytes, payload)) return ST_FULL;
        return put_log(put, leaf, slot);
    }
    if (!(index_leaf_head(page, slot).flags & ENTRY_MARKED))
        return entry_corrupt(put, "is there already");
    put->append = false;
    put->change.kind = UNDO_KEY_REVIVE;
    keep_before(put, page, slot, before);
    ASSERT(put->change.before.xid.v == put->write.xid.v ||
           !table__is_open(txn_system(put->write.txn), put->change.before.xid));
    if (!index_leaf_payload_fits(page, slot, payload)) return ST_FULL;
    return put_log(put, leaf, slot);
}

/* Marks the entry of the latched leaf, or sets its payload; for an entry that a build has not brought yet leaves a mark
 * in its place. */
static Status put_old(Put *put, PageRef *leaf, KeyUndoKind kind)
{
    uint8_t before[ENTRY_PAYLOAD_BYTES_MAX];
    uint32_t slot;
    if (!index_leaf_find(leaf->data, put->entry.bytes, NULL, &slot)) {
        if (kind != UNDO_KEY_MARK) return entry_corrupt(put, "is missing");
        put->change.head.flags |= ENTRY_MARKED | ENTRY_TOMBSTONE;
        return put_live(put, leaf);
    }
    EntryHead head = index_leaf_head(leaf->data, slot);
    if (head.flags & ENTRY_MARKED) {
        if (kind != UNDO_KEY_MARK) return entry_corrupt(put, "is marked");
        if (head.xid.v == put->write.xid.v) return OK;
        MARK(
            "a mark is marked again"); /* the row had the key again, and a build had not brought the entry */
    }
    put->change.kind = kind;
    put->append = false;
    keep_before(put, leaf->data, slot, before);
    if (kind == UNDO_KEY_MARK) {
        put->change.head.flags = head.flags | ENTRY_MARKED;
        put->change.payload_before = (Bytes){0};
        return put_log(put, leaf, slot);
    }
    put->need = index_leaf_need((uint32_t)put->entry.bytes.bytes,
                                (uint32_t)put->change.payload.bytes);
    if (!index_leaf_payload_fits(leaf->data, slot, (uint32_t)put->change.payload.bytes))
        return ST_FULL;
    return put_log(put, leaf, slot);
}

/* After a try that ended with ST_FULL or ST_BUSY, nothing latched: what it lacked. Else `status` is the end. */
static Status put_again(Put *put, Status status)
{
    if (status == ST_FULL) {
        write__end(&put->write);
        const TreeKey key = {.bytes = put->entry.bytes};
        TRY(tree_split(put->index->tree, &key, put->need, put->append));
        return put_reserve(put);
    }
    return status == ST_BUSY ? put_reserve(put) : status;
}

/* Serializable readers of the key's neighbourhood are told after it is there. */
static Status put_end(Put *put, Status status)
{
    write__end(&put->write);
    if (status != OK) return status;
    return ssi_write_key(put->write.txn, put->index->id, put->entry.bytes);
}

/* ---- inserting ---- */

static Status insert_plain(Put *put)
{
    PageRef leaf;
    TRY(index__latch_leaf(put->index, put->entry.bytes, &leaf));
    Status status = put_live(put, &leaf);
    write__let_go(&leaf);
    return status;
}

/* Looks at who else has the key, and inserts when the verdict allows it. `look->verdict` says what it was; OK with
 * another than FREE: nothing was inserted (but with UNIQUE_LATER). */
static Status insert_checked(Put *put, UniqueCheck check, UniqueLook *look)
{
    TRY(index__unique_look(look));
    Status status = OK;
    if (check != UNIQUE_EXISTING && (look->verdict == VERDICT_FREE || check == UNIQUE_LATER))
        status = put_live(put, index__unique_target(look));
    index__unique_release(look);
    return status;
}

/* Somebody was in the way: waits for him, or tells him. ST_BUSY: look again. */
static Status unique_resolve(UniqueLook *look, UniqueCheck check, const RowWaitOptions *wait,
                             IndexOutcome *outcome, uint32_t *gone)
{
    enum { GONE_MAX = 100 };
    if (look->verdict == VERDICT_TAKEN)
        TRY(index__row_verdict(look->index, look->txn, look->other, &look->verdict, &look->xid));
    switch (look->verdict) {
    case VERDICT_OPEN:
        MARK("a unique key waits for another's end");
        outcome->other = look->other;
        TRY(table__wait_xid(wait, look->txn, look->xid));
        return ST_BUSY;
    case VERDICT_FREE:
        /* Its row has been deleted since we looked, and its entry been marked before that. */
        if ((*gone)++ < GONE_MAX) return ST_BUSY;
        return error_note(ST_CORRUPT, SQLSTATE_INDEX_CORRUPTED,
                          "row %" PRIu64 " of index tree %" PRIu64 " is deleted, its entry is not",
                          look->other.v, tree_number(look->index->id));
    case VERDICT_TAKEN: break;
    }
    /* A reader's conflict is told before the key's: PostgreSQL has the transaction tried again. */
    if (check == UNIQUE_NOW) TRY(ssi_write_key(look->txn, look->index->id, look->entry->bytes));
    *outcome = (IndexOutcome){.duplicate = true, .other = look->other, .other_xid = look->xid};
    return ST_DUPLICATE;
}

/* One try, and what it takes to try again: ST_BUSY then. */
static Status insert_try(Put *put, UniqueCheck check, UniqueLook *look, const RowWaitOptions *wait,
                         IndexOutcome *outcome, uint32_t *gone)
{
    TRY(task_try_check());
    Status status = insert_checked(put, check, look);
    bool inserted = status == OK && (look->verdict == VERDICT_FREE || check == UNIQUE_LATER);
    if (status == ST_BUSY || status == ST_FULL) {
        TRY(check == UNIQUE_EXISTING ? OK : put_again(put, status));
        return ST_BUSY;
    }
    if (status != OK) return status;
    if (inserted) {
        if (look->verdict != VERDICT_FREE)
            *outcome = (IndexOutcome){.duplicate = true,
                                      .other = look->other,
                                      .other_xid = look->xid};
        return OK;
    }
    if (look->verdict == VERDICT_FREE) return OK;
    write__end(&put->write); /* nobody waits with room in hand */
    status = unique_resolve(look, check, wait, outcome, gone);
    if (status == ST_BUSY && check != UNIQUE_EXISTING) TRY(put_reserve(put));
    return status;
}

Status index_insert(Index *index, Txn *txn, const IndexKey *key, RowId row, UniqueCheck check,
                    const RowWaitOptions *wait, IndexOutcome *outcome)
{
    Put put;
    IndexOutcome ignored;
    uint32_t gone = 0;
    if (!outcome) outcome = &ignored;
    *outcome = (IndexOutcome){0};
    bool checked = index->unique && check != UNIQUE_NONE && !key->never_equal;
    if (!checked && check == UNIQUE_EXISTING) return OK;
    TRY(put_begin(&put, index, txn, key, row));
    UniqueLook look = {.index = index, .txn = txn, .entry = &put.entry, .key = key->key};
    Status status = check == UNIQUE_EXISTING ? OK : put_reserve(&put);
    if (status != OK) return put_end(&put, status);
    do {
        if (checked) {
            status = insert_try(&put, check, &look, wait, outcome, &gone);
        } else {
            status = insert_plain(&put);
            if (status == ST_BUSY || status == ST_FULL) {
                status = put_again(&put, status);
                if (status == OK) status = ST_BUSY;
            }
        }
    } while (status == ST_BUSY);
    if (check == UNIQUE_EXISTING) {
        write__end(&put.write);
        return status;
    }
    return put_end(&put, status);
}

/* ---- marking ---- */

static Status change_old(Index *index, Txn *txn, const IndexKey *key, RowId row, KeyUndoKind kind)
{
    Put put;
    PageRef leaf;
    TRY(put_begin(&put, index, txn, key, row));
    if (kind == UNDO_KEY_MARK) put.change.payload = (Bytes){0};
    const TreeKey tree_key = {.bytes = put.entry.bytes};
    const uint16_t flags = put.change.head.flags;
    Status status = put_reserve(&put);
    while (status == OK) {
        put.change.head.flags = flags;
        status = tree_latch_leaf(index->tree, &tree_key, false, LATCH_EXCLUSIVE, false, &leaf);
        if (status != OK) break;
        status = put_old(&put, &leaf, kind);
        write__let_go(&leaf);
        if (status != ST_BUSY && status != ST_FULL) break;
        status = put_again(&put, status);
    }
    return put_end(&put, status);
}

Status index_mark(Index *index, Txn *txn, const IndexKey *key, RowId row)
{
    return change_old(index, txn, key, row, UNDO_KEY_MARK);
}

Status index_set_payload(Index *index, Txn *txn, const IndexKey *key, RowId row)
{
    return change_old(index, txn, key, row, UNDO_KEY_PAYLOAD);
}
