/* SPDX-License-Identifier: Apache-2.0 */
/* index_change.c - changes of index entries as bytes.
 *
 *   bytes  log record KEY_INSERT, KEY_MARK, KEY_PAYLOAD; refs: leaf, undo page; numbers are varints
 *          note of the undo record (store/undo.h)
 *       1    kind; 16 more for an INSERT with nothing before: the last three numbers are not there
 *     1-6    tree
 *     1-3    new flags of the entry; its xid is the log record's
 *     1-2    bytes of the key
 *     1-3    flags before                  (INSERT: ENTRY_TOMBSTONE when that was put, else 0)
 *     1-7    by how much the new xid is above the one before, zigzag        (INSERT: 0)
 *     1-2    bytes of the payload before   (REVIVE, PAYLOAD)
 *            key, payload before, new payload of the entry (INSERT, REVIVE, PAYLOAD)
 *
 * The undo record's payload is made of these, by the same function when the change is made and when it is redone:
 *
 *   offset size  undo payload
 *        0    5  tree
 *        5    1  kind
 *        6    2  bytes of the key
 *        8    2  flags before                   (INSERT: ENTRY_TOMBSTONE when that was put, else 0)
 *       10    6  xid before                     (INSERT: 0)
 *       16    2  bytes of the payload before    (REVIVE, PAYLOAD)
 *       18       key, payload before
 *
 *   offset size  KEY_UNDO, KEY_PURGE, KEY_ADD; ref: leaf
 *        0    1  mode
 *        1    1  zero
 *        2    2  bytes of the key
 *        4    6  xid
 *       10    2  flags
 *       12       key, payload
 *
 * An entry has no pointer into undo: who may not see it asks the row. So undo is due when the entry bears the record's
 * writer. */
#include "table/index_change.h"

#include "base/arith.h"

enum { TREE_BYTES = 5, XID_BYTES = XID_BITS / 8, KIND_NOTHING_BEFORE = 16 };

/* ---- bytes ---- */

static bool has_payload(KeyUndoKind kind)
{
    return kind != UNDO_KEY_MARK;
}

uint32_t key_change_undo_bytes(const KeyChange *change)
{
    return UNDO_RECORD_HEADER_BYTES + KEY_CHANGE_UNDO_BYTES + (uint32_t)change->key.bytes +
           (uint32_t)change->payload_before.bytes;
}

uint32_t key_change_undo_parts(const KeyChange *change, uint8_t *buffer,
                               WalPart parts[KEY_CHANGE_UNDO_PARTS])
{
    memcpy(buffer, &change->tree, TREE_BYTES);
    buffer[5] = (uint8_t)change->kind;
    store_le16(buffer + 6, (uint16_t)change->key.bytes);
    store_le16(buffer + 8, change->before.flags);
    memcpy(buffer + 10, &change->before.xid.v, XID_BYTES);
    store_le16(buffer + 16, (uint16_t)change->payload_before.bytes);
    parts[0] = (WalPart){buffer, KEY_CHANGE_UNDO_BYTES};
    parts[1] = (WalPart){change->key.data, (uint32_t)change->key.bytes};
    if (change->payload_before.bytes == 0) return 2;
    parts[2] = (WalPart){change->payload_before.data, (uint32_t)change->payload_before.bytes};
    return 3;
}

/* What an INSERT has before it was made by nobody. */
static uint64_t xid_above(const KeyChange *change)
{
    if (change->kind == UNDO_KEY_INSERT) return change->before.xid.v;
    return varint_zigzag((int64_t)(change->head.xid.v - change->before.xid.v));
}

static bool has_before(const KeyChange *change)
{
    return change->kind != UNDO_KEY_INSERT ||
           (change->before.flags | change->before.xid.v | change->payload_before.bytes) != 0;
}

uint32_t key_change_log_parts(const KeyChange *change, uint16_t previous_bytes, uint8_t *head,
                              WalPart parts[KEY_CHANGE_LOG_PARTS])
{
    uint32_t count = 0;
    ASSERT(change->key.bytes > 0 && change->key.bytes <= ENTRY_KEY_BYTES_MAX);
    ASSERT(change->payload.bytes <= ENTRY_PAYLOAD_BYTES_MAX);
    uint8_t *at = undo_note_put(head, change->undo, previous_bytes);
    const bool before = has_before(change);
    *at++ = (uint8_t)(change->kind | (before ? 0 : KIND_NOTHING_BEFORE));
    at = varint_put_short(at, change->tree);
    at = varint_put_short(at, change->head.flags);
    at = varint_put_short(at, change->key.bytes);
    if (before) {
        at = varint_put_short(at, change->before.flags);
        at = varint_put_short(at, xid_above(change));
        at = varint_put_short(at, change->payload_before.bytes);
    }
    ASSERT(at <= head + KEY_CHANGE_HEAD_BYTES);
    parts[count++] = (WalPart){head, (uint32_t)(at - head)};
    parts[count++] = (WalPart){change->key.data, (uint32_t)change->key.bytes};
    if (change->payload_before.bytes > 0)
        parts[count++] = (WalPart){change->payload_before.data,
                                   (uint32_t)change->payload_before.bytes};
    if (change->payload.bytes > 0)
        parts[count++] = (WalPart){change->payload.data, (uint32_t)change->payload.bytes};
    return count;
}

bool key_change_leaves_dead(const KeyChange *change)
{
    switch (change->kind) {
    case UNDO_KEY_INSERT: return change->before.flags & ENTRY_TOMBSTONE;
    case UNDO_KEY_MARK: return true;
    case UNDO_KEY_REVIVE:
    case UNDO_KEY_PAYLOAD: return change->payload_before.bytes > 0;
    }
    UNREACHABLE();
}

bool key_change_left_dead(const void *page, uint32_t slot, const KeyChange *change)
{
    const bool resized = change->payload.bytes != change->payload_before.bytes;
    if (!key_change_leaves_dead(change)) return false;
    return change->kind == UNDO_KEY_INSERT || change->kind == UNDO_KEY_MARK || resized ||
           index_leaf_payload_slack(page, slot) > 0;
}

WalKind key_change_kind(const KeyChange *change)
{
    switch (change->kind) {
    case UNDO_KEY_INSERT:
    case UNDO_KEY_REVIVE: return WAL_KEY_INSERT;
    case UNDO_KEY_MARK: return WAL_KEY_MARK;
    case UNDO_KEY_PAYLOAD: return WAL_KEY_PAYLOAD;
    }
    UNREACHABLE();
}

static Status read_undo_payload(Bytes payload, KeyChange *change)
{
    if (payload.bytes < KEY_CHANGE_UNDO_BYTES) return ST_CORRUPT;
    const uint8_t *at = payload.data;
    *change = (KeyChange){.kind = (KeyUndoKind)at[5]};
    memcpy(&change->tree, at, TREE_BYTES);
    change->before.flags = load_le16(at + 8);
    memcpy(&change->before.xid.v, at + 10, XID_BYTES);
    size_t key = load_le16(at + 6), before = load_le16(at + 16);
    if (change->kind < UNDO_KEY_INSERT || change->kind > UNDO_KEY_PAYLOAD || key == 0 ||
        key > ENTRY_KEY_BYTES_MAX || before > ENTRY_PAYLOAD_BYTES_MAX ||
        key + before > payload.bytes - KEY_CHANGE_UNDO_BYTES)
        return ST_CORRUPT;
    change->key = (Bytes){at + KEY_CHANGE_UNDO_BYTES, key};
    change->payload_before = (Bytes){change->key.data + key, before};
    return OK;
}

Status key_change_read_undo(const UndoRecord *record, KeyChange *change)
{
    TRY(read_undo_payload(record->payload, change));
    change->undo = record->ptr;
    change->head.xid = record->xid;
    return change->kind == (KeyUndoKind)record->kind ? OK : ST_CORRUPT;
}

/* Flags and xid before, and the bytes of the payload. */
static size_t read_before(PackReader *in, KeyChange *change)
{
    change->before.flags = (uint16_t)pack_varint_most(in, UINT16_MAX);
    const uint64_t above = pack_varint(in);
    change->before.xid.v = change->kind == UNDO_KEY_INSERT
                               ? above
                               : change->head.xid.v - (uint64_t)varint_unzigzag(above);
    if (change->before.xid.v >> XID_BITS != 0) in->bad = true;
    return pack_varint_most(in, ENTRY_PAYLOAD_BYTES_MAX);
}

static Status read_log_payload(const WalRecord *record, KeyChange *change, uint16_t *previous_bytes)
{
    PackReader in = pack_reader(record->payload);
    *change = (KeyChange){.head.xid = record->xid};
    undo_note_take(&in, &change->undo, previous_bytes);
    const uint8_t *kind = pack_bytes(&in, 1);
    if (!kind) return ST_CORRUPT;
    const bool nothing = *kind == (UNDO_KEY_INSERT | KIND_NOTHING_BEFORE);
    change->kind = nothing ? UNDO_KEY_INSERT : (KeyUndoKind)*kind;
    if (change->kind < UNDO_KEY_INSERT || change->kind > UNDO_KEY_PAYLOAD) return ST_CORRUPT;
    change->tree = pack_varint_most(&in, (UINT64_C(1) << 8 * TREE_BYTES) - 1);
    change->head.flags = (uint16_t)pack_varint_most(&in, UINT16_MAX);
    const uint64_t key = pack_varint_most(&in, ENTRY_KEY_BYTES_MAX);
    const uint64_t before = nothing ? 0 : read_before(&in, change);
    change->key = (Bytes){pack_bytes(&in, key), key};
    change->payload_before = (Bytes){pack_bytes(&in, before), before};
    change->payload = pack_rest(&in);
    if (in.bad || key == 0 || change->payload.bytes > ENTRY_PAYLOAD_BYTES_MAX) return ST_CORRUPT;
    return key_change_kind(change) == (WalKind)record->kind ? OK : ST_CORRUPT;
}

/* ---- changing a leaf ---- */

static int key_order(Bytes a, Bytes b)
{
    int order = memcmp(a.data, b.data, MIN(a.bytes, b.bytes));
    return order ? order : (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

/* Is the leaf responsible for the key? False also for an order that nothing here knows. */
static bool key_is_of(const void *page, Bytes key)
{
    Bytes low, high;
    if (((const PageHeader *)page)->flags & TREE_PAGE_COMPARED) return false;
    index_leaf_fences(page, &low, &high);
    if (low.bytes > 0 && key_order(key, low) < 0) return false;
    return high.data == NULL || key_order(key, high) < 0;
}

static Status add_entry(void *page, uint32_t slot, Bytes key, EntryHead head, Bytes payload)
{
    if (!index_leaf_fits(page, (uint32_t)key.bytes, (uint32_t)payload.bytes)) return ST_CORRUPT;
    index_leaf_insert(page, slot, key, head, payload);
    return OK;
}

static Status set_entry(void *page, uint32_t slot, EntryHead head, Bytes payload)
{
    if (!index_leaf_payload_fits(page, slot, (uint32_t)payload.bytes)) return ST_CORRUPT;
    index_leaf_set_payload(page, slot, head, payload);
    return OK;
}

Status key_change_apply(void *page, const KeyChange *change)
{
    uint32_t slot;
    if (!key_is_of(page, change->key)) return ST_CORRUPT;
    const bool found = index_leaf_find(page, change->key, NULL, &slot);
    if (found != (change->kind != UNDO_KEY_INSERT)) return ST_CORRUPT;
    return key_change_apply_at(page, slot, change);
}

Status key_change_apply_at(void *page, uint32_t slot, const KeyChange *change)
{
    ASSERT(key_is_of(page, change->key));
    if (change->kind == UNDO_KEY_INSERT)
        return add_entry(page, slot, change->key, change->head, change->payload);
    if (has_payload(change->kind)) return set_entry(page, slot, change->head, change->payload);
    index_leaf_set_head(page, slot, change->head);
    return OK;
}

bool key_undo_is_due(const void *page, const KeyChange *undone, uint32_t *slot)
{
    if (!index_leaf_find(page, undone->key, NULL, slot)) return false;
    return index_leaf_head(page, *slot).xid.v == undone->head.xid.v;
}

/* ---- changes without undo ---- */

KeyFix key_undo_fix(const KeyChange *undone, bool settled)
{
    KeyFix fix = {.mode = KEY_FIX_REMOVE, .key = undone->key};
    if (undone->kind == UNDO_KEY_INSERT || settled) return fix;
    fix.mode = undone->kind == UNDO_KEY_MARK ? KEY_FIX_HEAD : KEY_FIX_PAYLOAD;
    fix.head = undone->before;
    fix.payload = undone->payload_before;
    return fix;
}

uint32_t key_fix_parts(const KeyFix *fix, uint8_t *head, WalPart parts[KEY_FIX_PARTS])
{
    head[0] = (uint8_t)fix->mode;
    head[1] = 0;
    store_le16(head + 2, (uint16_t)fix->key.bytes);
    memcpy(head + 4, &fix->head.xid.v, XID_BYTES);
    store_le16(head + 10, fix->head.flags);
    parts[0] = (WalPart){head, KEY_FIX_HEAD_BYTES};
    parts[1] = (WalPart){fix->key.data, (uint32_t)fix->key.bytes};
    if (fix->payload.bytes == 0) return 2;
    parts[2] = (WalPart){fix->payload.data, (uint32_t)fix->payload.bytes};
    return 3;
}

static Status read_fix(Bytes payload, KeyFix *fix)
{
    if (payload.bytes < KEY_FIX_HEAD_BYTES) return ST_CORRUPT;
    const uint8_t *at = payload.data;
    size_t key = load_le16(at + 2), left = payload.bytes - KEY_FIX_HEAD_BYTES;
    if (key == 0 || key > left || left - key > ENTRY_PAYLOAD_BYTES_MAX) return ST_CORRUPT;
    *fix = (KeyFix){.mode = (KeyFixMode)at[0]};
    memcpy(&fix->head.xid.v, at + 4, XID_BYTES);
    fix->head.flags = load_le16(at + 10);
    fix->key = (Bytes){at + KEY_FIX_HEAD_BYTES, key};
    fix->payload = (Bytes){fix->key.data + key, left - key};
    return OK;
}

Status key_fix_apply(void *page, const KeyFix *fix)
{
    uint32_t slot;
    if (!key_is_of(page, fix->key)) return ST_CORRUPT;
    const bool found = index_leaf_find(page, fix->key, NULL, &slot);
    if (found != (fix->mode != KEY_FIX_ADD)) return ST_CORRUPT;
    switch (fix->mode) {
    case KEY_FIX_REMOVE: index_leaf_remove(page, slot); return OK;
    case KEY_FIX_HEAD: index_leaf_set_head(page, slot, fix->head); return OK;
    case KEY_FIX_PAYLOAD: return set_entry(page, slot, fix->head, fix->payload);
    case KEY_FIX_TRIM: index_leaf_trim_payload(page, slot); return OK;
    case KEY_FIX_ADD: return add_entry(page, slot, fix->key, fix->head, fix->payload);
    }
    return ST_CORRUPT;
}

/* ---- redo ---- */

static Status redo_change(const WalRecord *record, uint32_t index, void *page)
{
    KeyChange change;
    uint16_t previous_bytes;
    uint8_t buffer[KEY_CHANGE_UNDO_BYTES];
    WalPart undo[KEY_CHANGE_UNDO_PARTS];
    TRY(read_log_payload(record, &change, &previous_bytes));
    if (!(record->refs[index].flags & WAL_REF_UNDO)) return key_change_apply(page, &change);
    const uint32_t undo_count = key_change_undo_parts(&change, buffer, undo);
    undo_page_redo(page, record->refs[index].page, record->refs[index].flags & WAL_REF_FORMAT,
                   change.undo, previous_bytes, (uint8_t)change.kind, 0, record->xid, undo,
                   undo_count);
    return OK;
}

static Status redo_fix(const WalRecord *record, uint32_t index, void *page)
{
    KeyFix fix;
    (void)index;
    TRY(read_fix(record->payload, &fix));
    return key_fix_apply(page, &fix);
}

static void print_change(const WalRecord *record, StrBuilder *out)
{
    KeyChange change;
    uint16_t previous_bytes;
    if (read_log_payload(record, &change, &previous_bytes) != OK) return;
    str_add_format(out, "tree %" PRIu64 " kind %d key %zu bytes payload %zu flags %x undo %" PRIx64,
                   change.tree, (int)change.kind, change.key.bytes, change.payload.bytes,
                   change.head.flags, change.undo.v);
}

static void print_fix(const WalRecord *record, StrBuilder *out)
{
    KeyFix fix;
    if (read_fix(record->payload, &fix) != OK) return;
    str_add_format(out, "mode %d key %zu bytes xid %" PRIu64 " flags %x", (int)fix.mode,
                   fix.key.bytes, fix.head.xid.v, fix.head.flags);
}

const RedoEntry key_redo_entries[KEY_REDO_COUNT] = {
    {WAL_KEY_INSERT, redo_change, print_change},  {WAL_KEY_MARK, redo_change, print_change},
    {WAL_KEY_PAYLOAD, redo_change, print_change}, {WAL_KEY_UNDO, redo_fix, print_fix},
    {WAL_KEY_PURGE, redo_fix, print_fix},         {WAL_KEY_ADD, redo_fix, print_fix},
};
