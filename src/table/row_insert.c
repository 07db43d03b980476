/* SPDX-License-Identifier: Apache-2.0 */
/* row_insert.c - new rows. They go to the end of the table: the next row id is given out under the exclusive latch of
 * the last leaf, so rows stand in the order in which they came. */
#include "table/table.h"

#include "base/error.h"
#include "table/row_draft.h"
#include "table/row_room.h"
#include "txn/ssi.h"

typedef struct Insert {
    Table *table;
    const TableLayout *layout;
    Write write;
    bool whole; /* the row at hand is one value */
    RowDraft draft;
} Insert;

static LeafValue cell(const Insert *insert, const Batch *rows, uint32_t row, uint32_t column)
{
    if (insert->layout->columns[column].flags & COLUMN_DROPPED) return (LeafValue){.null = true};
    if (column >= rows->column_count) return insert->layout->missing[column];
    return row_draft_cell(&rows->columns[column], row);
}

/* The row as one value. */
static Status draft_whole(Insert *insert, const Batch *rows, uint32_t row)
{
    uint32_t count = insert->layout->column_count;
    Arena *arena = arena_try_new(store_account(insert->table->store), "wide row");
    Datum *datums = arena ? arena_try_alloc(arena, (count + 1) * sizeof *datums) : NULL;
    Status status = datums ? OK : ST_NO_MEMORY;
    for (uint32_t i = 0; datums && i < count; i++) {
        LeafValue value = cell(insert, rows, row, i);
        datums[i] = (Datum){value.value, value.null};
    }
    if (status == OK)
        status = row_draft_whole(insert->table, insert->write.txn, datums, arena, &insert->draft);
    if (status == OK) status = row_draft_seal(&insert->draft, &insert->layout->mixed);
    if (arena) arena_drop(arena);
    return status;
}

static Status draft_row(Insert *insert, const Batch *rows, uint32_t row)
{
    const TableLayout *layout = insert->layout;
    RowDraft *draft = &insert->draft;
    uint32_t heap_bytes = 0, longest = 0;
    insert->whole = layout->wide;
    draft->ref_count = 0;
    draft->count = layout->wide ? 0 : layout->column_count;
    for (uint32_t i = 0; i < draft->count; i++) {
        draft->numbers[i] = (uint16_t)i;
        draft->values[i] = cell(insert, rows, row, i);
        uint32_t bytes = leaf_value_bytes(layout->columns[i].phys, &draft->values[i]);
        heap_bytes += bytes;
        longest = MAX(longest, bytes);
    }
    if (UNLIKELY(heap_bytes > ROW_HEAP_MAX || longest > ROW_VALUE_MAX)) {
        insert->whole = !row_draft_may_fit(draft, layout);
        if (!insert->whole)
            TRY(row_draft_shorten(insert->table, insert->write.txn, draft, ROW_VALUE_MAX,
                                  ROW_HEAP_MAX));
    }
    return insert->whole ? draft_whole(insert, rows, row) : row_draft_seal(draft, &layout->page);
}

/* The id that the next row gets, on the latched last leaf. */
static uint64_t next_row_id(Table *table, const void *page)
{
    uint64_t next = atomic_load_explicit(&table->next_row, memory_order_relaxed);
    uint32_t rows = leaf_row_count(page);
    next = MAX(next, MAX(leaf_low(page), UINT64_C(1)));
    return rows > 0 ? MAX(next, leaf_row_id(page, rows - 1).v + 1) : next;
}

static Status make_room(Insert *insert, const RoomWish *wish)
{
    mutex_lock(&insert->table->grow);
    Status status = row_room_make(insert->table, txn_system(insert->write.txn), wish);
    mutex_unlock(&insert->table->grow);
    return status;
}

/* The row goes to the latched leaf, which has room. */
static void put_row(Insert *insert, PageRef *leaf, RowId row)
{
    Write *write = &insert->write;
    RowDraft *draft = &insert->draft;
    uint16_t flags = ROW_FLAG_BORN | (insert->whole ? ROW_FLAG_IMAGE : 0);
    const RowChange change = {.kind = UNDO_ROW_INSERT,
                              .tree = tree_number(insert->table->id),
                              .row = row,
                              .head = {write->xid, flags, write->at},
                              .image = draft->image};
    uint8_t head[ROW_CHANGE_HEAD_BYTES], buffer[ROW_CHANGE_UNDO_BYTES];
    WalPart parts[4], undo[2];
    leaf_insert(leaf->data, row, change.head, draft->values, insert->whole ? draft->values : NULL);
    uint32_t undo_count = row_change_undo_parts(&change, buffer, undo);
    uint32_t count = row_change_log_parts(&change, undo_previous_bytes(write->chain), head, buffer,
                                          parts);
    write__log(write, WAL_ROW_INSERT, leaf, UNDO_ROW_INSERT, undo, undo_count, parts, count);
}

/* One try. ST_BUSY: again, after *wish has been seen to. */
static Status try_row(Insert *insert, RoomWish *wish, bool *wants_room, RowId *id)
{
    enum { UNDO_BYTES = 12 };
    Table *table = insert->table;
    Write *write = &insert->write;
    PageRef leaf;
    *wants_room = false;
    TRY(write__reserve(write, UNDO_BYTES,
                       ROW_CHANGE_HEAD_BYTES + UNDO_BYTES + (uint32_t)insert->draft.image.bytes));
    TRY(tree_latch_leaf(table->tree, &TABLE_TAIL_KEY, false, LATCH_EXCLUSIVE, false, &leaf));
    uint64_t next = next_row_id(table, leaf.data);
    wish->row = (RowId){next};
    Status status = OK;
    if (next > ROW_ID_MAX) {
        status = error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "table has no row ids left");
    } else if (!row_room_is_there(table, leaf.data, 0, wish)) {
        *wants_room = true;
        status = ST_BUSY;
    } else {
        status = write__undo(write, UNDO_BYTES);
    }
    if (status == OK) {
        put_row(insert, &leaf, wish->row);
        atomic_store_explicit(&table->next_row, next + 1, memory_order_relaxed);
        *id = wish->row;
    }
    pool_unlatch(&leaf);
    return status;
}

static Status insert_row(Insert *insert, RowId *id)
{
    RoomWish wish = {.insert = true, .xid = insert->write.xid, .image = insert->whole};
    wish.heap_bytes = insert->draft.heap_bytes;
    for (;;) {
        bool wants_room;
        Status status = try_row(insert, &wish, &wants_room, id);
        if (LIKELY(status == OK)) return OK;
        write__end(&insert->write);
        if (status != ST_BUSY) return status;
        if (wants_room) TRY(make_room(insert, &wish));
        TRY(task_try_check());
    }
}

static Status check_batch(const TableLayout *layout, const Batch *rows)
{
    if (NEVER(rows->column_count > layout->column_count)) return ST_INVALID;
    for (uint32_t i = 0; i < rows->column_count; i++)
        if (!(layout->columns[i].flags & COLUMN_DROPPED) &&
            NEVER(rows->columns[i].phys != layout->columns[i].phys))
            return ST_INVALID;
    return OK;
}

Status table_insert(Table *table, Txn *txn, const Batch *rows, RowId *ids)
{
    Insert insert;
    insert.table = table;
    insert.layout = table__layout(table);
    TRY(check_batch(insert.layout, rows));
    TRY(write__begin(&insert.write, txn, table->tree));
    for (uint32_t i = 0; i < rows->selection.count; i++) {
        uint32_t row = rows->selection.rows ? rows->selection.rows[i] : i;
        TRY(draft_row(&insert, rows, row));
        TRY(insert_row(&insert, &ids[i]));
        TRY(ssi_write_row(txn, table->id, ids[i]));
    }
    write__end(&insert.write);
    return OK;
}
