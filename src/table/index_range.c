/* SPDX-License-Identifier: Apache-2.0 */
/* index_range.c - index entries inserted together.
 *
 *   offset size  undo payload
 *        0    5  tree
 *        5    1  kind: UNDO_KEY_RANGE
 *        6    2  entries
 *        8       an entry: bytes that its key shares with the one before it (1), bytes that come then (1), these
 *
 *   bytes  log record KEY_BULK_INSERT; refs: leaf, undo page
 *          note of the undo record (store/undo.h)
 *     1-3    flags of all entries; their xid is the log record's (varint, as the next)
 *     1-2    bytes of the undo payload
 *            undo payload; then, where an entry has a payload: of each its bytes (2), payload
 *
 * Entries are in the order of their keys. Rollback takes them away one by one, as if each had a record of its own: none
 * was there before. */
#include "table/index_range.h"

#include "base/arith.h"
#include "table/index_change.h"

enum { TREE_BYTES = 5, COUNT_AT = 6, PAYLOAD_HEAD_BYTES = 2 };

/* ---- putting together ---- */

void key_range_begin(KeyRange *range, uint64_t tree)
{
    range->tree = tree;
    range->count = range->payloads_bytes = 0;
    range->keys_bytes = KEY_RANGE_NOTE_BYTES;
    range->has_payloads = false;
    range->last = (Bytes){0};
}

bool key_range_fits(const KeyRange *range, Bytes key, Bytes payload)
{
    return key.bytes <= KEY_RANGE_KEY_MAX && range->count < UINT16_MAX &&
           range->keys_bytes + KEY_RANGE_KEY_OVERHEAD + key.bytes <= KEY_RANGE_KEYS_MAX &&
           range->payloads_bytes + PAYLOAD_HEAD_BYTES + payload.bytes <= KEY_RANGE_PAYLOADS_MAX;
}

static uint32_t shared_bytes(Bytes a, Bytes b)
{
    uint32_t shared = 0, most = (uint32_t)MIN(a.bytes, b.bytes);
    while (shared < most && a.data[shared] == b.data[shared]) shared++;
    return shared;
}

void key_range_add(KeyRange *range, Bytes key, Bytes payload)
{
    ASSERT(key_range_fits(range, key, payload));
    uint32_t shared = shared_bytes(range->last, key), rest = (uint32_t)key.bytes - shared;
    uint8_t *at = range->keys + range->keys_bytes;
    at[0] = (uint8_t)shared;
    at[1] = (uint8_t)rest;
    memcpy(at + KEY_RANGE_KEY_OVERHEAD, key.data + shared, rest);
    range->keys_bytes += KEY_RANGE_KEY_OVERHEAD + rest;
    at = range->payloads + range->payloads_bytes;
    store_le16(at, (uint16_t)payload.bytes);
    if (payload.bytes) memcpy(at + PAYLOAD_HEAD_BYTES, payload.data, payload.bytes);
    range->payloads_bytes += PAYLOAD_HEAD_BYTES + (uint32_t)payload.bytes;
    range->has_payloads |= payload.bytes > 0;
    range->last = key;
    range->count++;
}

uint32_t key_range_parts(KeyRange *range, UndoPtr undo, uint16_t previous_bytes, uint16_t flags,
                         uint8_t *head, WalPart parts[KEY_RANGE_PARTS])
{
    memcpy(range->keys, &range->tree, TREE_BYTES);
    range->keys[TREE_BYTES] = UNDO_KEY_RANGE;
    store_le16(range->keys + COUNT_AT, (uint16_t)range->count);
    const uint8_t *end = varint_put_short(
        varint_put_short(undo_note_put(head, undo, previous_bytes), flags), range->keys_bytes);
    parts[0] = (WalPart){head, (uint32_t)(end - head)};
    parts[1] = (WalPart){range->keys, range->keys_bytes};
    parts[2] = (WalPart){range->payloads, range->payloads_bytes};
    return range->has_payloads ? 3 : 2;
}

/* ---- reading ---- */

Status key_range_walk(Bytes undo_payload, KeyRangeWalk *walk)
{
    const uint8_t *at = undo_payload.data;
    if (undo_payload.bytes < KEY_RANGE_NOTE_BYTES || at[TREE_BYTES] != UNDO_KEY_RANGE)
        return ST_CORRUPT;
    walk->tree = 0;
    memcpy(&walk->tree, at, TREE_BYTES);
    walk->left = load_le16(at + COUNT_AT);
    walk->bytes = 0;
    walk->at = at + KEY_RANGE_NOTE_BYTES;
    walk->end = at + undo_payload.bytes;
    return OK;
}

Status key_range_next(KeyRangeWalk *walk, Bytes *key)
{
    if (walk->left == 0) return ST_END;
    if (walk->end - walk->at < KEY_RANGE_KEY_OVERHEAD) return ST_CORRUPT;
    uint32_t shared = walk->at[0], rest = walk->at[1];
    walk->at += KEY_RANGE_KEY_OVERHEAD;
    if (shared > walk->bytes || shared + rest > KEY_RANGE_KEY_MAX || shared + rest == 0 ||
        walk->end - walk->at < (ptrdiff_t)rest)
        return ST_CORRUPT;
    memcpy(walk->key + shared, walk->at, rest);
    walk->at += rest;
    walk->bytes = shared + rest;
    walk->left--;
    *key = (Bytes){walk->key, walk->bytes};
    return OK;
}

/* ---- redo ---- */

typedef struct LoggedRange {
    UndoPtr undo;
    uint16_t previous_bytes, flags;
    Bytes keys, payloads; /* none: no entry has one */
} LoggedRange;

static Status read_logged(const WalRecord *record, LoggedRange *range)
{
    PackReader in = pack_reader(record->payload);
    undo_note_take(&in, &range->undo, &range->previous_bytes);
    range->flags = (uint16_t)pack_varint_most(&in, UINT16_MAX);
    const uint64_t keys = pack_varint_most(&in, KEY_RANGE_KEYS_MAX);
    range->keys = (Bytes){pack_bytes(&in, keys), keys};
    range->payloads = pack_rest(&in);
    return in.bad ? ST_CORRUPT : OK;
}

/* The next entry's payload off the front of them. */
static Status next_payload(Bytes *payloads, Bytes *payload)
{
    if (payloads->bytes < PAYLOAD_HEAD_BYTES) return ST_CORRUPT;
    size_t bytes = load_le16(payloads->data), left = payloads->bytes - PAYLOAD_HEAD_BYTES;
    if (bytes > left) return ST_CORRUPT;
    *payload = (Bytes){payloads->data + PAYLOAD_HEAD_BYTES, bytes};
    *payloads = (Bytes){payload->data + bytes, left - bytes};
    return OK;
}

static Status redo_entries(const WalRecord *record, LoggedRange *range, void *page)
{
    KeyRangeWalk walk;
    const bool has_payloads = range->payloads.bytes > 0;
    TRY(key_range_walk(range->keys, &walk));
    KeyChange change = {.kind = UNDO_KEY_INSERT,
                        .tree = walk.tree,
                        .undo = range->undo,
                        .head = {record->xid, range->flags}};
    for (;;) {
        Status status = key_range_next(&walk, &change.key);
        if (status == ST_END) return OK;
        TRY(status);
        if (has_payloads) TRY(next_payload(&range->payloads, &change.payload));
        TRY(key_change_apply(page, &change));
    }
}

static Status redo_range(const WalRecord *record, uint32_t index, void *page)
{
    LoggedRange range;
    TRY(read_logged(record, &range));
    if (!(record->refs[index].flags & WAL_REF_UNDO)) return redo_entries(record, &range, page);
    undo_page_redo(page, record->refs[index].page, record->refs[index].flags & WAL_REF_FORMAT,
                   range.undo, range.previous_bytes, UNDO_KEY_RANGE, 0, record->xid,
                   &(WalPart){range.keys.data, (uint32_t)range.keys.bytes}, 1);
    return OK;
}

static void print_range(const WalRecord *record, StrBuilder *out)
{
    LoggedRange range;
    KeyRangeWalk walk;
    if (read_logged(record, &range) != OK || key_range_walk(range.keys, &walk) != OK) return;
    str_add_format(out, "tree %" PRIu64 " entries %" PRIu32 " flags %x undo %" PRIx64, walk.tree,
                   walk.left, range.flags, range.undo.v);
}

const RedoEntry key_range_redo_entries[KEY_RANGE_REDO_COUNT] = {
    {WAL_KEY_BULK_INSERT, redo_range, print_range},
};
