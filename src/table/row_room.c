/* SPDX-License-Identifier: Apache-2.0 */
/* row_room.c - room in a table leaf. A page is laid out by the first who writes to it; it grows by re-layouts
 * (docs/traps.md C19), each a record of its own; before it is split, rows whose writers have ended for good give up the
 * room that was kept for their rollback (F10). Whoever wanted room looks again afterwards, since others may have been
 * quicker. */
#include "table/row_room.h"

#include "base/error.h"
#include "table/leaf_change.h"
#include "table/leaf_internal.h"
#include "table/row_change.h"

enum {
    RELAYOUT_BYTES_MAX = 16 + LEAF_COLUMNS_MAX + 2 * LEAF_ROWS_MAX, /* without the missing values */
    CAPACITY_FIRST = 16,
    HINT_SLACK = 32,
};

static bool layout_is_right(const TableLayout *layout, const void *page, bool image)
{
    return leaf_layout_number(page) == layout->number && (!image || leaf_has_images(page));
}

bool row_room_is_laid_out(Table *table, const void *page, bool image)
{
    const TableLayout *layout = table__layout(table);
    return layout_is_right(layout, page, image || layout->wide);
}

/* Rows are kept as 32-bit distances from the page's low fence. */
static bool row_is_far(const void *page, RowId row)
{
    return row.v >= leaf_low(page) && row.v - leaf_low(page) > UINT32_MAX;
}

bool row_room_is_there(Table *table, const void *page, uint32_t slot, const RoomWish *wish)
{
    uint32_t capacity;
    if (!row_room_is_laid_out(table, page, wish->image)) return false;
    if (wish->insert && row_is_far(page, wish->row)) return false;
    LeafFit fit = wish->insert ? leaf_fit_insert(page, wish->heap_bytes, &capacity)
                               : leaf_fit_set(page, slot, wish->xid, wish->more, &capacity);
    return fit == LEAF_FITS;
}

/* Rows that keep more room than they need, though nobody will take them back. */
static uint32_t find_settled(Txns *txns, const void *page, Xid own, uint16_t *slots)
{
    LeafRows rows = leaf__rows(page);
    uint32_t count = 0;
    for (uint32_t i = 0; rows.peaks && i < leaf_row_count(page); i++) {
        Xid xid = leaf_head(page, i).xid;
        if (xid.v == own.v || rows.peaks[i] == leaf__row_heap_bytes(page, i)) continue;
        if (table__is_settled(txns, xid)) slots[count++] = (uint16_t)i;
    }
    return count;
}

/* Rows of an empty page: what the last one was full with, or a few. */
static uint32_t first_capacity(Table *table, const LeafLayout *layout)
{
    uint32_t hint = atomic_load_explicit(&table->rows_a_leaf, memory_order_relaxed);
    uint32_t most = leaf_capacity_max(layout);
    bool heap = layout->images;
    for (uint32_t i = 0; i < layout->column_count; i++) heap |= leaf__in_heap(layout->shapes[i]);
    if (!heap) return most;
    return MIN(hint > 0 ? hint + hint / HINT_SLACK + 1 : CAPACITY_FIRST, most);
}

typedef struct Relayout {
    Table *table;
    Txns *txns;
    const RoomWish *wish;
    uint16_t slots[LEAF_ROWS_MAX];
} Relayout;

/* Lays the latched page out. ST_FULL: it does not fit, and nothing was changed. */
static Status lay_out(Relayout *work, LeafChange *change, const LeafLayout *layout,
                      uint32_t capacity, bool settle)
{
    void *page = change->leaf.data;
    const TableLayout *now = table__layout(work->table);
    LeafRelayout relayout = {*layout, (uint16_t)capacity, work->slots, 0, {0}};
    if (settle)
        relayout.settled_count = find_settled(work->txns, page, work->wish->xid, work->slots);
    if (layout->column_count > leaf_column_count(page) && leaf_row_count(page) > 0)
        relayout.missing = now->missing_image;
    uint8_t head[RELAYOUT_BYTES_MAX];
    size_t bytes = leaf_relayout_bytes(&relayout) - relayout.missing.bytes;
    ASSERT(bytes <= sizeof head);
    LeafRelayout told = relayout;
    told.missing = (Bytes){0};
    leaf_relayout_write(&told, head);
    TRY(leaf_relayout_apply(page, &relayout));
    const WalPart parts[] = {{head, (uint32_t)bytes},
                             {relayout.missing.data, (uint32_t)relayout.missing.bytes}};
    leaf_change_log(change, WAL_LEAF_RELAYOUT, XID_NONE, parts, relayout.missing.bytes ? 2 : 1);
    return OK;
}

/* Gives the page the newest layout, its columns and, when wanted, room for images. */
static Status renew(Relayout *work, LeafChange *change)
{
    const TableLayout *layout = table__layout(work->table);
    void *page = change->leaf.data;
    bool images = leaf_has_images(page) || work->wish->image;
    const LeafLayout *next = images ? &layout->mixed : &layout->page;
    uint32_t rows = leaf_row_count(page);
    /* A page of columns keeps them when the table has become too wide for new ones. */
    LeafLayout kept;
    if (layout->wide && leaf_column_count(page) > 0 && rows > 0) {
        kept = leaf_layout(page);
        kept.number = layout->number;
        kept.images = true;
        next = &kept;
    }
    uint32_t capacity = rows > 0 ? rows : first_capacity(work->table, next);
    Status status = lay_out(work, change, next, capacity, false);
    return status == ST_FULL ? lay_out(work, change, next, capacity, true) : status;
}

/* Capacity, or what settled rows give up. ST_FULL: only a split helps. */
static Status stretch(Relayout *work, LeafChange *change)
{
    const RoomWish *wish = work->wish;
    const void *page = change->leaf.data;
    LeafLayout layout = leaf_layout(page);
    uint32_t capacity = leaf_capacity(page), slot = 0;
    if (wish->insert && leaf_row_count(page) == 0) {
        capacity = first_capacity(work->table, &layout);
        if (capacity > leaf_capacity(page) &&
            leaf_fixed_bytes(&layout, capacity) + wish->heap_bytes <= PAGE_BYTES)
            return lay_out(work, change, &layout, capacity, false);
    }
    if (!wish->insert && !leaf_find(page, wish->row, &slot)) return OK; /* the caller will see */
    LeafFit fit = wish->insert ? leaf_fit_insert(page, wish->heap_bytes, &capacity)
                               : leaf_fit_set(page, slot, wish->xid, wish->more, &capacity);
    switch (fit) {
    case LEAF_FITS: return OK;
    case LEAF_GROW: return lay_out(work, change, &layout, capacity, false);
    case LEAF_FULL: break;
    }
    if (find_settled(work->txns, page, wish->xid, work->slots) == 0) return ST_FULL;
    return lay_out(work, change, &layout, leaf_capacity(page), true);
}

static Status split(Table *table, const RoomWish *wish)
{
    const TreeKey key = {.row_id = wish->row.v};
    uint32_t need = wish->insert ? wish->heap_bytes : (uint32_t)MAX(wish->more, 0);
    return tree_split(table->tree, &key, need, wish->insert);
}

static Status too_large(const RoomWish *wish)
{
    return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                      "row of %u bytes is too large for a page", wish->heap_bytes);
}

/* Who splits the last leaf needs ten microseconds, sleeping and waking cost others more. */
void row_room_lock(Table *table)
{
    enum { SPINS = 96, SPIN_TURN = 24 };
    uint32_t round = 0;
    for (uint32_t i = 0; i < SPINS; i++) {
        if (mutex_try_lock(&table->grow)) return;
        if (round == SPIN_TURN) round = 0;
        os_spin_wait(&round);
    }
    mutex_lock(&table->grow);
}

static Status make_room(Table *table, Txns *txns, const RoomWish *wish)
{
    Relayout work = {.table = table, .txns = txns, .wish = wish};
    const TableLayout *layout = table__layout(table);
    const TreeKey key = wish->insert ? TABLE_TAIL_KEY : (TreeKey){.row_id = wish->row.v};
    LeafChange change;
    uint32_t bytes = RELAYOUT_BYTES_MAX + (uint32_t)layout->missing_image.bytes;
    TRY(leaf_change_begin(&change, table->tree, &key, bytes, WAL_CREDIT_INTERRUPTIBLE));
    void *page = change.leaf.data;
    bool right = row_room_is_laid_out(table, page, wish->image);
    bool far = wish->insert && row_is_far(page, wish->row);
    Status status = far ? ST_FULL : right ? stretch(&work, &change) : renew(&work, &change);
    uint32_t rows = leaf_row_count(page);
    uint64_t last = rows > 0 ? leaf_row_id(page, rows - 1).v : leaf_low(page);
    leaf_change_end(&change);
    if (status != ST_FULL) return status;
    if (rows == 0 && !far) return too_large(wish);
    RoomWish there = *wish;
    if (wish->insert) {
        if (!far) atomic_store_explicit(&table->rows_a_leaf, rows, memory_order_relaxed);
        atomic_store_explicit(&table->tail_waits, 0, memory_order_relaxed);
        if (last >= there.row.v) there.row.v = last + 1;
    }
    status = split(table, &there);
    if (status != ST_NOT_FOUND) return status;
    return rows > 1 || far
               ? OK
               : too_large(wish); /* another split it meanwhile: the caller looks again */
}

/* Under `grow` for updates too: a split takes a page before it is made (overflow.c, piece_free). */
Status row_room_make(Table *table, Txns *txns, const RoomWish *wish)
{
    row_room_lock(table);
    Status status = make_room(table, txns, wish);
    mutex_unlock(&table->grow);
    return status;
}
