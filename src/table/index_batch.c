/* SPDX-License-Identifier: Apache-2.0 */
/* index_batch.c - entries of many rows at once: in the order of their keys, a leaf's worth under one latch and by one
 * record (index_range.h).
 *
 * Only what goes in without a word: a key that another entry has or that stands twice in the batch, one whose
 * neighbourhood spans leaves, an entry that is there, marked, or one that is too long is passed by. Those are
 * index_insert's, in the order of rows: so errors come as if all had been.
 *
 * Where a key is another's who has not ended, he is waited for before any key behind it goes in: who loads the same
 * keys does so in the same order, and whom we wait for can still insert those behind. */
#include "table/index_internal.h"

#include "base/error.h"
#include "table/index_range.h"
#include "txn/ssi.h"

typedef struct BatchEntry {
    Bytes bytes; /* the key with the row id */
    const IndexKey *key;
    uint32_t number; /* of the caller's */
} BatchEntry;

typedef struct EntryBatch {
    Index *index;
    Write write;
    UniqueCheck check;
    const RowWaitOptions *wait;
    Xid open;         /* whom the first entry waits for; 0: nobody */
    uint32_t *waited; /* the caller's */
    bool append;
    BatchEntry *entries;
    uint64_t *bytes_before; /* of the entries before each one, and of all */
    uint32_t count, at;
    uint64_t *done; /* the caller's bits */
    KeyRange range;
} EntryBatch;

/* What becomes of an entry in the leaf at hand. */
typedef enum EntryFate {
    FATE_TAKEN,
    FATE_PASSED, /* left to index_insert */
    FATE_LATER,  /* this leaf, or this record, is not for it */
    FATE_WAIT,   /* for batch->open */
    FATE_SPLIT,  /* the leaf is full */
} EntryFate;

/* ---- in order ---- */

static int order_entries(const void *a, const void *b)
{
    return index__compare(((const BatchEntry *)a)->bytes, ((const BatchEntry *)b)->bytes);
}

static Status take_keys(EntryBatch *batch, const IndexKey *keys, const RowId *rows, uint32_t count,
                        Arena *arena)
{
    bool sorted = true;
    batch->entries = arena_try_alloc(arena, count * sizeof *batch->entries);
    batch->bytes_before = arena_try_alloc(arena, (count + 1) * sizeof *batch->bytes_before);
    if (!batch->entries || !batch->bytes_before) return ST_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t bytes = (uint32_t)keys[i].key.bytes + ROW_SUFFIX_BYTES;
        if (bytes > KEY_RANGE_KEY_MAX || keys[i].payload.bytes > KEY_RANGE_KEY_MAX) continue;
        uint8_t *data = arena_try_alloc(arena, bytes);
        if (!data) return ST_NO_MEMORY;
        if (keys[i].key.bytes) memcpy(data, keys[i].key.data, keys[i].key.bytes);
        store_be16(data + keys[i].key.bytes, (uint16_t)(rows[i].v >> 32));
        store_be32(data + keys[i].key.bytes + 2, (uint32_t)rows[i].v);
        BatchEntry *entry = &batch->entries[batch->count++];
        *entry = (BatchEntry){{data, bytes}, &keys[i], i};
        sorted = sorted && (batch->count == 1 || order_entries(entry - 1, entry) < 0);
    }
    if (!sorted) qsort(batch->entries, batch->count, sizeof *batch->entries, order_entries);
    batch->bytes_before[0] = 0;
    for (uint32_t i = 0; i < batch->count; i++) {
        const BatchEntry *entry = &batch->entries[i];
        batch->bytes_before[i + 1] = batch->bytes_before[i] + KEY_RANGE_KEY_OVERHEAD * 2 +
                                     entry->bytes.bytes + entry->key->payload.bytes;
    }
    return OK;
}

/* ---- a leaf ---- */

static bool is_checked(const EntryBatch *batch, const BatchEntry *entry)
{
    return batch->check != UNIQUE_NONE && !entry->key->never_equal;
}

/* Nobody is waited for whose duplicate would only be told. */
static EntryFate checked_fate(EntryBatch *batch, const void *page, const BatchEntry *entry)
{
    Xid xid;
    switch (index__leaf_verdict(batch->index, batch->write.txn, page, entry->key->key, entry->bytes,
                                &xid)) {
    case VERDICT_FREE: return FATE_TAKEN;
    case VERDICT_TAKEN: return FATE_PASSED;
    case VERDICT_OPEN: break;
    }
    if (batch->check == UNIQUE_LATER) return FATE_PASSED;
    if (batch->range.count == 0) batch->open = xid;
    return FATE_WAIT;
}

static EntryFate entry_fate(EntryBatch *batch, const void *page, const BatchEntry *entry,
                            uint32_t *slot)
{
    const Bytes payload = entry->key->payload;
    const bool first = batch->range.count == 0;
    if (!index__leaf_covers(page, entry->bytes, is_checked(batch, entry) ? &entry->key->key : NULL))
        return FATE_LATER;
    if (!first &&
        (index__entry_flags(entry->key) != index__entry_flags(batch->entries[batch->at].key) ||
         !key_range_fits(&batch->range, entry->bytes, payload)))
        return FATE_LATER;
    if (index_leaf_find(page, entry->bytes, NULL, slot)) return FATE_PASSED;
    if (is_checked(batch, entry)) {
        EntryFate fate = checked_fate(batch, page, entry);
        if (fate != FATE_TAKEN) return fate;
    }
    if (index_leaf_fits(page, (uint32_t)entry->bytes.bytes, (uint32_t)payload.bytes))
        return FATE_TAKEN;
    return first ? FATE_SPLIT : FATE_LATER;
}

/* The undo page is latched, and the first entry's place known. Returns how many entries have been seen to. */
static uint32_t fill_leaf(EntryBatch *batch, void *page, uint32_t slot)
{
    const EntryHead head = {batch->write.xid, index__entry_flags(batch->entries[batch->at].key)};
    uint32_t at = batch->at;
    for (EntryFate fate = FATE_TAKEN; fate == FATE_TAKEN || fate == FATE_PASSED;) {
        const BatchEntry *entry = &batch->entries[at];
        if (fate == FATE_TAKEN) {
            index_leaf_insert(page, slot, entry->bytes, head, entry->key->payload);
            key_range_add(&batch->range, entry->bytes, entry->key->payload);
            bits_set(batch->done, entry->number);
        }
        if (++at == batch->count) break;
        fate = entry_fate(batch, page, &batch->entries[at], &slot);
    }
    return at - batch->at;
}

static void log_leaf(EntryBatch *batch, PageRef *leaf)
{
    Write *write = &batch->write;
    uint8_t head[KEY_RANGE_HEAD_BYTES];
    WalPart parts[KEY_RANGE_PARTS];
    const uint16_t flags = index__entry_flags(batch->entries[batch->at].key);
    uint32_t count = key_range_parts(&batch->range, write->at, undo_previous_bytes(write->chain),
                                     flags, head, parts);
    write->leaves_dead = false;
    write__log(write, WAL_KEY_BULK_INSERT, leaf, UNDO_KEY_RANGE, parts + 1, 1, parts, count);
}

static Status reserve(EntryBatch *batch)
{
    uint64_t left = batch->bytes_before[batch->count] - batch->bytes_before[batch->at];
    uint32_t keys = (uint32_t)MIN(left + KEY_RANGE_NOTE_BYTES, (uint64_t)KEY_RANGE_KEYS_MAX);
    uint32_t payloads = (uint32_t)MIN(left, (uint64_t)KEY_RANGE_PAYLOADS_MAX);
    return write__reserve(&batch->write, keys, KEY_RANGE_HEAD_BYTES + keys + payloads);
}

static Status split(EntryBatch *batch)
{
    const BatchEntry *entry = &batch->entries[batch->at];
    const TreeKey key = {.bytes = entry->bytes};
    write__end(&batch->write);
    return tree_split(batch->index->tree, &key,
                      index_leaf_need((uint32_t)entry->bytes.bytes,
                                      (uint32_t)entry->key->payload.bytes),
                      batch->append);
}

/* What one leaf takes of the entries from batch->at on. ST_BUSY: again. */
static Status put_leaf(EntryBatch *batch)
{
    const BatchEntry *first = &batch->entries[batch->at];
    uint32_t slot = 0, seen = 1;
    PageRef leaf;
    TRY(task_try_check());
    TRY(reserve(batch));
    TRY(index__latch_leaf(batch->index, is_checked(batch, first) ? first->key->key : first->bytes,
                          &leaf));
    key_range_begin(&batch->range, tree_number(batch->index->id));
    EntryFate fate = entry_fate(batch, leaf.data, first, &slot);
    if (fate == FATE_TAKEN || fate == FATE_SPLIT)
        batch->append = index__note_append(batch->index, leaf.data, slot);
    Status status = OK;
    if (fate == FATE_TAKEN) {
        status = write__undo(&batch->write, batch->write.undo_bytes - UNDO_RECORD_HEADER_BYTES);
        if (status == OK) {
            seen = fill_leaf(batch, leaf.data, slot);
            log_leaf(batch, &leaf);
        }
    }
    write__let_go(&leaf);
    if (fate == FATE_SPLIT) {
        TRY(split(batch));
        return ST_BUSY;
    }
    if (fate == FATE_WAIT) return ST_BUSY;
    if (status == OK) batch->at += seen;
    return status;
}

/* Nothing is latched, and there is no room in hand. */
static Status wait_for_other(EntryBatch *batch)
{
    const Xid xid = batch->open;
    if (xid.v == 0) return OK;
    batch->open = (Xid){0};
    *batch->waited = batch->entries[batch->at].number;
    MARK("a batch of unique keys waits for another's end");
    return table__wait_xid(batch->wait, batch->write.txn, xid);
}

static Status put_leaves(EntryBatch *batch)
{
    while (batch->at < batch->count) {
        Status status = put_leaf(batch);
        write__end(&batch->write);
        if (status != OK && status != ST_BUSY) return status;
        TRY(wait_for_other(batch));
    }
    return OK;
}

/* Serializable readers of the keys' neighbourhoods are told after they are there. */
static Status tell_readers(const EntryBatch *batch)
{
    for (uint32_t i = 0; i < batch->count; i++)
        if (bits_get(batch->done, batch->entries[i].number))
            TRY(ssi_write_key(batch->write.txn, batch->index->id, batch->entries[i].bytes));
    return OK;
}

Status index_insert_batch(Index *index, Txn *txn, const IndexKey *keys, const RowId *rows,
                          uint32_t count, UniqueCheck check, const RowWaitOptions *wait,
                          Arena *arena, uint64_t *done, uint32_t *waited)
{
    EntryBatch *batch = arena_try_alloc(arena, sizeof *batch);
    if (!batch) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    batch->index = index;
    batch->check = index->unique ? check : UNIQUE_NONE;
    batch->wait = wait;
    batch->waited = waited;
    batch->open = (Xid){0};
    batch->append = false;
    batch->count = batch->at = 0;
    batch->done = done;
    TRY(write__begin(&batch->write, txn, index->tree));
    if (take_keys(batch, keys, rows, count, arena) != OK)
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    Status status = put_leaves(batch);
    write__end(&batch->write);
    return status == OK ? tell_readers(batch) : status;
}
