/* SPDX-License-Identifier: Apache-2.0 */
/* row_change.c - changes of rows as bytes.
 *
 *   bytes  log record ROW_INSERT, ROW_UPDATE, ROW_DELETE, ROW_LOCK; refs: leaf, undo page; numbers are varints
 *          note of the undo record (store/undo.h), whose position is the row's new undo pointer
 *     1-6    tree
 *     1-7    row id
 *     1-3    new flags of the head; its xid is the log record's
 *     1-7    by how much that is above the xid of the head before, zigzag       (but for INSERT, as the next two)
 *     1-3    its flags
 *    2-10    its undo pointer (store/undo.h)
 *     1-2    bytes of the image of the changed columns as they were, that image (UPDATE)
 *            new image                                                          (INSERT, UPDATE)
 *
 * The undo record's payload is made of these, by the same function when the change is made and when it is redone:
 *
 *   offset size  undo payload
 *        0    5  tree
 *        5    1  kind, again: a ROW_UNDO record is an undo payload and nothing else
 *        6    6  row id
 *       12    6  xid of the head before       (but for INSERT)
 *       18    2  its flags
 *       20    8  its undo pointer
 *       28       image of the changed columns as they were (UPDATE)
 *
 * The record of a rollback, ROW_UNDO, with one ref, the leaf, is the undo payload.
 *
 *   offset size  LEAF_RELAYOUT; ref: leaf
 *        0    4  layout
 *        4    2  capacity
 *        6    2  1: with images
 *        8    2  columns
 *       10    2  settled rows
 *       12       shapes, a byte each; slots of settled rows, 2 bytes each; image of missing columns */
#include "table/row_change.h"

#include "base/arith.h"
#include "table/leaf_internal.h"
#include "table/row_range.h"

enum {
    INSERT_UNDO_BYTES = 12,
    XID_BYTES = XID_BITS / 8,
    TREE_BYTES = 5,
    ROW_BYTES = 6,
    /* of the image in an undo record */
    ROW_CHANGE_BEFORE_MAX = UNDO_RECORD_BYTES_MAX - UNDO_RECORD_HEADER_BYTES -
                            ROW_CHANGE_UNDO_BYTES,
};

/* ---- bytes ---- */

uint32_t row_change_undo_parts(const RowChange *change, uint8_t *buffer, WalPart parts[2])
{
    memcpy(buffer, &change->tree, TREE_BYTES);
    buffer[5] = (uint8_t)change->kind;
    memcpy(buffer + 6, &change->row.v, ROW_BYTES);
    parts[0] = (WalPart){buffer, INSERT_UNDO_BYTES};
    if (change->kind == UNDO_ROW_INSERT) return 1;
    memcpy(buffer + 12, &change->before.xid.v, XID_BYTES);
    store_le16(buffer + 18, change->before.flags);
    store_le64(buffer + 20, change->before.undo.v);
    parts[0].bytes = ROW_CHANGE_UNDO_BYTES;
    if (change->kind != UNDO_ROW_UPDATE) return 1;
    ASSERT(change->image_before.bytes > 0);
    parts[1] = (WalPart){change->image_before.data, (uint32_t)change->image_before.bytes};
    return 2;
}

uint32_t row_change_log_parts(const RowChange *change, uint16_t previous_bytes, uint8_t *head,
                              WalPart parts[3])
{
    uint32_t count = 1;
    uint8_t *at = undo_note_put(head, change->head.undo, previous_bytes);
    at = varint_put_short(at, change->tree);
    at = varint_put_short(at, change->row.v);
    at = varint_put_short(at, change->head.flags);
    if (change->kind != UNDO_ROW_INSERT) {
        at = varint_put_short(at,
                              varint_zigzag((int64_t)(change->head.xid.v - change->before.xid.v)));
        at = varint_put_short(at, change->before.flags);
        at = undo_ptr_put(at, change->before.undo);
    }
    if (change->kind == UNDO_ROW_UPDATE) {
        ASSERT(change->image_before.bytes <= ROW_CHANGE_BEFORE_MAX);
        at = varint_put_short(at, change->image_before.bytes);
        parts[count++] = (WalPart){change->image_before.data, (uint32_t)change->image_before.bytes};
    }
    ASSERT(at <= head + ROW_CHANGE_HEAD_BYTES);
    parts[0] = (WalPart){head, (uint32_t)(at - head)};
    if (change->image.bytes > 0)
        parts[count++] = (WalPart){change->image.data, (uint32_t)change->image.bytes};
    return count;
}

WalKind row_change_kind(const RowChange *change)
{
    switch (change->kind) {
    case UNDO_ROW_INSERT: return WAL_ROW_INSERT;
    case UNDO_ROW_UPDATE: return WAL_ROW_UPDATE;
    case UNDO_ROW_DELETE: return WAL_ROW_DELETE;
    case UNDO_ROW_LOCK: return WAL_ROW_LOCK;
    }
    UNREACHABLE();
}

static RowUndoKind undo_kind(WalKind kind)
{
    switch (kind) {
    case WAL_ROW_INSERT: return UNDO_ROW_INSERT;
    case WAL_ROW_UPDATE: return UNDO_ROW_UPDATE;
    case WAL_ROW_DELETE: return UNDO_ROW_DELETE;
    case WAL_ROW_LOCK: return UNDO_ROW_LOCK;
    default: UNREACHABLE();
    }
}

static Status read_undo_payload(Bytes payload, RowChange *change)
{
    if (payload.bytes < INSERT_UNDO_BYTES) return ST_CORRUPT;
    *change = (RowChange){.kind = (RowUndoKind)payload.data[5]};
    memcpy(&change->tree, payload.data, TREE_BYTES);
    memcpy(&change->row.v, payload.data + 6, ROW_BYTES);
    if (change->kind == UNDO_ROW_INSERT) return OK;
    if (payload.bytes < ROW_CHANGE_UNDO_BYTES || change->kind > UNDO_ROW_LOCK ||
        change->kind < UNDO_ROW_INSERT)
        return ST_CORRUPT;
    memcpy(&change->before.xid.v, payload.data + 12, XID_BYTES);
    change->before.flags = load_le16(payload.data + 18);
    change->before.undo.v = load_le64(payload.data + 20);
    if (change->kind == UNDO_ROW_UPDATE)
        change->image_before = (Bytes){payload.data + ROW_CHANGE_UNDO_BYTES,
                                       payload.bytes - ROW_CHANGE_UNDO_BYTES};
    return OK;
}

Status row_change_read_undo(const UndoRecord *record, RowChange *change)
{
    TRY(read_undo_payload(record->payload, change));
    change->head.xid = record->xid;
    change->head.undo = record->ptr;
    return change->kind == (RowUndoKind)record->kind ? OK : ST_CORRUPT;
}

static Status read_log_payload(const WalRecord *record, RowChange *change, uint16_t *previous_bytes)
{
    PackReader in = pack_reader(record->payload);
    *change = (RowChange){.kind = undo_kind((WalKind)record->kind), .head.xid = record->xid};
    undo_note_take(&in, &change->head.undo, previous_bytes);
    change->tree = pack_varint_most(&in, (UINT64_C(1) << 8 * TREE_BYTES) - 1);
    change->row.v = pack_varint_most(&in, ROW_ID_MAX);
    change->head.flags = (uint16_t)pack_varint_most(&in, UINT16_MAX);
    if (change->kind != UNDO_ROW_INSERT) {
        const uint64_t above = (uint64_t)varint_unzigzag(pack_varint(&in));
        change->before.xid.v = record->xid.v - above;
        change->before.flags = (uint16_t)pack_varint_most(&in, UINT16_MAX);
        change->before.undo = undo_ptr_take(&in);
        if (change->before.xid.v >> XID_BITS != 0) return ST_CORRUPT;
    }
    if (change->kind == UNDO_ROW_UPDATE) {
        const uint64_t bytes = pack_varint_most(&in, ROW_CHANGE_BEFORE_MAX);
        change->image_before = (Bytes){pack_bytes(&in, bytes), bytes};
        if (bytes == 0) return ST_CORRUPT;
    }
    change->image = pack_rest(&in);
    return in.bad ? ST_CORRUPT : OK;
}

/* ---- changing a leaf ---- */

typedef struct Columns {
    RowColumn list[LEAF_COLUMNS_MAX + 1];
    uint32_t count;
} Columns;

/* An image as this page can take it: dropped columns are left out, narrower numbers widened. */
static Status read_for_page(const void *page, Bytes image, Columns *columns)
{
    size_t used;
    uint32_t kept = 0;
    TRY(row_image_read(image, columns->list, LEAF_COLUMNS_MAX + 1, &columns->count, &used));
    if (image.bytes - used > 1) return ST_CORRUPT; /* an undo record's length is even */
    for (uint32_t i = 0; i < columns->count; i++) {
        RowColumn column = columns->list[i];
        bool whole = column.number == LEAF_IMAGE_COLUMN;
        if (whole ? !leaf_has_images(page) : column.number >= leaf_column_count(page))
            return ST_CORRUPT;
        uint8_t shape = whole ? PHYS_STR : leaf_shape(page, column.number);
        if (shape & LEAF_SHAPE_ABSENT) continue;
        if (column.value.null && !(shape & LEAF_SHAPE_NULLABLE)) return ST_CORRUPT;
        if (!column.value.null &&
            !leaf__widen(leaf__phys(column.shape), leaf__phys(shape), &column.value.value))
            return ST_CORRUPT;
        column.shape = shape;
        columns->list[kept++] = column;
    }
    columns->count = kept;
    return OK;
}

static Status apply_insert(void *page, const RowChange *change)
{
    Columns columns;
    LeafValue values[LEAF_COLUMNS_MAX], *image = NULL;
    uint32_t slot;
    TRY(read_for_page(page, change->image, &columns));
    if (leaf_column_count(page) > LEAF_COLUMNS_MAX || leaf_find(page, change->row, &slot))
        return ST_CORRUPT;
    for (uint32_t i = 0; i < leaf_column_count(page); i++) values[i] = (LeafValue){.null = true};
    for (uint32_t i = 0; i < columns.count; i++) {
        if (columns.list[i].number == LEAF_IMAGE_COLUMN)
            image = &columns.list[i].value;
        else
            values[columns.list[i].number] = columns.list[i].value;
    }
    if ((image != NULL) != ((change->head.flags & ROW_FLAG_IMAGE) != 0)) return ST_CORRUPT;
    leaf_insert(page, change->row, change->head, values, image);
    return OK;
}

static Status set_row(void *page, RowId row, RowHead head, Bytes image, bool back)
{
    Columns columns; /* large: nothing is cleared that is not read */
    uint16_t numbers[LEAF_COLUMNS_MAX + 1];
    LeafValue values[LEAF_COLUMNS_MAX + 1];
    uint32_t slot;
    columns.count = 0;
    if (image.bytes > 0) TRY(read_for_page(page, image, &columns));
    if (!leaf_find(page, row, &slot)) return ST_CORRUPT;
    for (uint32_t i = 0; i < columns.count; i++) {
        numbers[i] = columns.list[i].number;
        values[i] = columns.list[i].value;
    }
    leaf_set(page, slot, head, numbers, values, columns.count, back);
    return OK;
}

static bool row_is_of(const void *page, RowId row)
{
    return row.v >= leaf_low(page) && row.v < leaf_high(page);
}

Status row_change_apply(void *page, const RowChange *change)
{
    if (!row_is_of(page, change->row)) return ST_CORRUPT;
    if (change->kind == UNDO_ROW_INSERT) return apply_insert(page, change);
    return set_row(page, change->row, change->head, change->image, false);
}

/* ---- rollback ---- */

bool row_undo_is_due(const void *page, const RowChange *undone, uint32_t *slot)
{
    ASSERT(row_is_of(page, undone->row));
    if (!leaf_find(page, undone->row, slot)) return false;
    RowHead head = leaf_head(page, *slot);
    return head.undo.v == undone->head.undo.v && head.xid.v == undone->head.xid.v;
}

Status row_undo_apply(void *page, const RowChange *undone)
{
    uint32_t slot;
    if (!row_is_of(page, undone->row) || !leaf_find(page, undone->row, &slot)) return ST_CORRUPT;
    if (undone->kind == UNDO_ROW_INSERT) {
        leaf_remove(page, slot);
        return OK;
    }
    return set_row(page, undone->row, undone->before, undone->image_before, true);
}

uint32_t row_undo_log_parts(const RowChange *undone, uint8_t *buffer, WalPart parts[2])
{
    return row_change_undo_parts(undone, buffer, parts);
}

/* ---- re-layout, purge ---- */

enum { RELAYOUT_HEADER_BYTES = 12 };

size_t leaf_relayout_bytes(const LeafRelayout *relayout)
{
    return RELAYOUT_HEADER_BYTES + relayout->layout.column_count +
           2 * (size_t)relayout->settled_count + relayout->missing.bytes;
}

void leaf_relayout_write(const LeafRelayout *relayout, uint8_t *out)
{
    const LeafLayout *layout = &relayout->layout;
    store_le32(out, layout->number);
    store_le16(out + 4, relayout->capacity);
    store_le16(out + 6, layout->images);
    store_le16(out + 8, layout->column_count);
    store_le16(out + 10, (uint16_t)relayout->settled_count);
    out += RELAYOUT_HEADER_BYTES;
    if (layout->column_count > 0) memcpy(out, layout->shapes, layout->column_count);
    out += layout->column_count;
    for (uint32_t i = 0; i < relayout->settled_count; i++, out += 2)
        store_le16(out, relayout->settled[i]);
    if (relayout->missing.bytes > 0) memcpy(out, relayout->missing.data, relayout->missing.bytes);
}

Status leaf_relayout_apply(void *page, const LeafRelayout *relayout)
{
    Columns columns;
    LeafValue missing[LEAF_COLUMNS_MAX];
    size_t used;
    const LeafLayout *layout = &relayout->layout;
    if (layout->column_count > LEAF_COLUMNS_MAX || relayout->capacity < leaf_row_count(page))
        return ST_CORRUPT;
    columns.count = 0;
    if (relayout->missing.bytes > 0)
        TRY(row_image_read(relayout->missing, columns.list, LEAF_COLUMNS_MAX, &columns.count,
                           &used));
    for (uint32_t i = 0; i < layout->column_count; i++) missing[i] = (LeafValue){.null = true};
    for (uint32_t i = 0; i < columns.count; i++) {
        const RowColumn *column = &columns.list[i];
        if (column->number >= layout->column_count ||
            leaf__phys(column->shape) != leaf__phys(layout->shapes[column->number]))
            return ST_CORRUPT;
        missing[column->number] = column->value;
    }
    for (uint32_t i = 0; i < relayout->settled_count; i++)
        if (relayout->settled[i] >= leaf_row_count(page)) return ST_CORRUPT;
    return leaf_relayout(page, layout, relayout->capacity, missing, relayout->settled,
                         relayout->settled_count);
}

void row_purge_write(const RowId *rows, uint32_t count, uint8_t *out)
{
    for (uint32_t i = 0; i < count; i++)
        memcpy(out + ROW_PURGE_BYTES * i, &rows[i].v, ROW_PURGE_BYTES);
}

Status row_purge_apply(void *page, Bytes rows)
{
    if (rows.bytes % ROW_PURGE_BYTES != 0) return ST_CORRUPT;
    for (size_t at = 0; at < rows.bytes; at += ROW_PURGE_BYTES) {
        RowId row = {0};
        uint32_t slot;
        memcpy(&row.v, rows.data + at, ROW_PURGE_BYTES);
        if (!row_is_of(page, row)) return ST_CORRUPT;
        if (leaf_find(page, row, &slot)) leaf_remove(page, slot);
    }
    return OK;
}

/* ---- redo ---- */

static Status redo_relayout(const WalRecord *record, uint32_t index, void *page)
{
    const uint8_t *at = record->payload.data;
    size_t bytes = record->payload.bytes;
    uint16_t slots[LEAF_ROWS_MAX];
    (void)index;
    if (bytes < RELAYOUT_HEADER_BYTES) return ST_CORRUPT;
    LeafRelayout relayout = {
        .layout = {load_le32(at), load_le16(at + 8), load_le16(at + 6) != 0,
                   at + RELAYOUT_HEADER_BYTES},
        .capacity = load_le16(at + 4),
        .settled = slots,
        .settled_count = load_le16(at + 10),
    };
    size_t shapes = relayout.layout.column_count;
    size_t head = RELAYOUT_HEADER_BYTES + shapes + 2 * (size_t)relayout.settled_count;
    if (head > bytes || relayout.settled_count > LEAF_ROWS_MAX) return ST_CORRUPT;
    for (uint32_t i = 0; i < relayout.settled_count; i++)
        slots[i] = load_le16(at + RELAYOUT_HEADER_BYTES + shapes + 2 * (size_t)i);
    relayout.missing = (Bytes){at + head, bytes - head};
    Status status = leaf_relayout_apply(page, &relayout);
    return status == ST_FULL ? ST_CORRUPT : status;
}

static Status redo_purge(const WalRecord *record, uint32_t index, void *page)
{
    (void)index;
    return row_purge_apply(page, record->payload);
}

static void print_relayout(const WalRecord *record, StrBuilder *out)
{
    const uint8_t *at = record->payload.data;
    if (record->payload.bytes < RELAYOUT_HEADER_BYTES) return;
    str_add_format(out, "layout %u capacity %u columns %u settled %u", load_le32(at),
                   load_le16(at + 4), load_le16(at + 8), load_le16(at + 10));
}

static void print_purge(const WalRecord *record, StrBuilder *out)
{
    str_add_format(out, "%zu rows", record->payload.bytes / ROW_PURGE_BYTES);
}

static Status redo_change(const WalRecord *record, uint32_t index, void *page)
{
    RowChange change;
    uint16_t previous_bytes;
    uint8_t buffer[ROW_CHANGE_UNDO_BYTES];
    WalPart undo[2];
    TRY(read_log_payload(record, &change, &previous_bytes));
    if (!(record->refs[index].flags & WAL_REF_UNDO)) return row_change_apply(page, &change);
    const uint32_t undo_count = row_change_undo_parts(&change, buffer, undo);
    undo_page_redo(page, record->refs[index].page, record->refs[index].flags & WAL_REF_FORMAT,
                   change.head.undo, previous_bytes, (uint8_t)change.kind, 0, record->xid, undo,
                   undo_count);
    return OK;
}

static Status redo_undo(const WalRecord *record, uint32_t index, void *page)
{
    RowChange undone;
    (void)index;
    if (row_range_is_undo(record->payload)) return row_range_redo_undo(record, page);
    TRY(read_undo_payload(record->payload, &undone));
    return row_undo_apply(page, &undone);
}

static void print_change(const WalRecord *record, StrBuilder *out)
{
    RowChange change;
    uint16_t previous_bytes;
    if (read_log_payload(record, &change, &previous_bytes) != OK) return;
    str_add_format(out,
                   "tree %" PRIu64 " row %" PRIu64 " flags %x undo %" PRIx64 " image %zu bytes",
                   change.tree, change.row.v, change.head.flags, change.head.undo.v,
                   change.image.bytes);
}

static void print_undo(const WalRecord *record, StrBuilder *out)
{
    RowChange undone;
    if (read_undo_payload(record->payload, &undone) != OK) return;
    str_add_format(out, "tree %" PRIu64 " row %" PRIu64 " kind %d back to xid %" PRIu64,
                   undone.tree, undone.row.v, (int)undone.kind, undone.before.xid.v);
}

const RedoEntry row_redo_entries[ROW_REDO_COUNT] = {
    {WAL_ROW_INSERT, redo_change, print_change}, {WAL_ROW_UPDATE, redo_change, print_change},
    {WAL_ROW_DELETE, redo_change, print_change}, {WAL_ROW_LOCK, redo_change, print_change},
    {WAL_ROW_UNDO, redo_undo, print_undo},       {WAL_LEAF_RELAYOUT, redo_relayout, print_relayout},
    {WAL_ROW_PURGE, redo_purge, print_purge},
};
