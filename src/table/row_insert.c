/* SPDX-License-Identifier: Apache-2.0 */
/* row_insert.c - new rows. They go where row_lease.c says, mostly to the end of the table: the next row id is given out
 * under the exclusive latch of the leaf, so rows of one task stand in the order in which they came. */
#include "table/table.h"

#include "base/arith.h"
#include "base/error.h"
#include "table/row_draft.h"
#include "table/row_lease.h"
#include "table/row_range.h"
#include "table/row_room.h"
#include "txn/ssi.h"

/* Images of rows in one log record: about what a leaf holds. */
enum { RUN_BYTES_MAX = 24 << 10 };

typedef struct Insert {
    Table *table;
    const TableLayout *layout;
    Write write;
    bool whole; /* the row at hand is one value */
    RowDraft draft;
    uint8_t images[RUN_BYTES_MAX]; /* of a run of rows */
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

/* The row as it is, when a page can take it so: *plain. */
static Status draft_plain(Insert *insert, const Batch *rows, uint32_t row, bool *plain)
{
    const TableLayout *layout = insert->layout;
    RowDraft *draft = &insert->draft;
    uint32_t heap_bytes = 0, longest = 0;
    insert->whole = layout->wide;
    *plain = !layout->wide;
    draft->ref_count = 0;
    draft->count = layout->wide ? 0 : layout->column_count;
    for (uint32_t i = 0; i < draft->count; i++) {
        draft->numbers[i] = (uint16_t)i;
        draft->values[i] = cell(insert, rows, row, i);
        uint32_t bytes = leaf_value_bytes(layout->columns[i].phys, &draft->values[i]);
        heap_bytes += bytes;
        longest = MAX(longest, bytes);
    }
    if (UNLIKELY(heap_bytes > ROW_HEAP_MAX || longest > ROW_VALUE_MAX)) *plain = false;
    return *plain ? row_draft_seal(draft, &layout->page) : OK;
}

/* A row that is not plain: long values go to overflow pages, or all of it. */
static Status draft_row(Insert *insert, const Batch *rows, uint32_t row)
{
    RowDraft *draft = &insert->draft;
    insert->whole |= !row_draft_may_fit(draft, insert->layout);
    if (insert->whole) return draft_whole(insert, rows, row);
    TRY(row_draft_shorten(insert->table, insert->write.txn, draft, ROW_VALUE_MAX, ROW_HEAP_MAX));
    return row_draft_seal(draft, &insert->layout->page);
}

uint64_t table_row_bound(Table *table)
{
    uint64_t next = atomic_load_explicit(&table->next_row, memory_order_relaxed);
    if (next != 0) return next - 1;
    PageRef leaf;
    if (tree_latch_leaf(table->tree, &TABLE_TAIL_KEY, false, LATCH_SHARED, false, &leaf) != OK)
        return 0;
    next = row_lease_tail_next(table, leaf.data);
    pool_unlatch(&leaf);
    return next - 1;
}

static Status make_room(Insert *insert, const RoomWish *wish)
{
    return row_room_make(insert->table, txn_system(insert->write.txn), wish);
}

/* The row goes to the latched leaf, which has room; lets go of it. */
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
    WalPart parts[3], undo[2];
    leaf_insert(leaf->data, row, change.head, draft->values, insert->whole ? draft->values : NULL);
    uint32_t undo_count = row_change_undo_parts(&change, buffer, undo);
    uint32_t count = row_change_log_parts(&change, undo_previous_bytes(write->chain), head, parts);
    write->leaves_dead = false;
    write__log(write, WAL_ROW_INSERT, leaf, UNDO_ROW_INSERT, undo, undo_count, parts, count);
}

/* Is there room for the row at the place? ST_BUSY: look again, and after *wants_room make some. */
static Status look_for_room(Insert *insert, RowPlace *place, RoomWish *wish, bool *wants_room)
{
    wish->row = (RowId){place->next};
    if (place->next > ROW_ID_MAX)
        return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "table has no row ids left");
    if (LIKELY(row_room_is_there(insert->table, place->leaf.data, 0, wish))) return OK;
    *wants_room = !row_place_is_full(place);
    return ST_BUSY;
}

/* One try. ST_BUSY: again, after *wish has been seen to. */
static Status try_row(Insert *insert, RowPlace *place, RoomWish *wish, bool *wants_room)
{
    enum { UNDO_BYTES = 12 };
    Table *table = insert->table;
    Write *write = &insert->write;
    *wants_room = false;
    TRY(write__reserve(write, UNDO_BYTES,
                       ROW_CHANGE_HEAD_BYTES + (uint32_t)insert->draft.image.bytes));
    TRY(row_place_latch(table, place));
    Status status = look_for_room(insert, place, wish, wants_room);
    if (status == OK) status = write__undo(write, UNDO_BYTES);
    if (status == OK) {
        row_place_use(table, place, 1);
        put_row(insert, &place->leaf, wish->row);
    } else {
        pool_unlatch(&place->leaf);
    }
    row_place_leave(place);
    return status;
}

static Status take_lease(Insert *insert)
{
    write__end(&insert->write);
    return row_lease_take(insert->table);
}

static Status insert_row(Insert *insert, RowId *id)
{
    RoomWish wish = {.insert = true, .xid = insert->write.xid, .image = insert->whole};
    wish.heap_bytes = insert->draft.heap_bytes;
    for (;;) {
        RowPlace place;
        bool wants_room;
        Status status = try_row(insert, &place, &wish, &wants_room);
        if (LIKELY(status == OK)) {
            *id = wish.row;
            return place.due ? take_lease(insert) : OK;
        }
        write__end(&insert->write);
        if (status != ST_BUSY) return status;
        if (wants_room) TRY(make_room(insert, &wish));
        TRY(task_try_check());
    }
}

/* ---- runs of rows ---- */

/* The next rows of a batch, as many as go to one leaf and one record. */
typedef struct Run {
    const Batch *rows;
    uint32_t next,
        count; /* positions in the selection: of the first row not yet inserted; of the run's rows */
    uint32_t bytes; /* of their images */
} Run;

static uint32_t row_at(const Batch *rows, uint32_t i)
{
    return rows->selection.rows ? rows->selection.rows[i] : i;
}

/* Adds the draft's row to the latched leaf. */
static void add_to_run(Insert *insert, Run *run, void *page, RowId row)
{
    const RowDraft *draft = &insert->draft;
    const RowHead head = {insert->write.xid, ROW_FLAG_BORN, insert->write.at};
    leaf_insert(page, row, head, draft->values, NULL);
    store_le16(insert->images + run->bytes, (uint16_t)draft->image.bytes);
    memcpy(insert->images + run->bytes + 2, draft->image.data, draft->image.bytes);
    run->bytes += 2 + (uint32_t)draft->image.bytes;
    run->count++;
}

/* Rows as long as they fit the leaf and the record; the first is drafted and fits. */
static Status fill_run(Insert *insert, Run *run, const RowPlace *place)
{
    void *page = place->leaf.data;
    const uint64_t first = place->next;
    uint32_t capacity;
    add_to_run(insert, run, page, (RowId){first});
    for (;;) {
        uint32_t at = run->next + run->count;
        if (at == run->rows->selection.count || run->count == UINT16_MAX ||
            first + run->count == place->end)
            return OK;
        bool plain;
        TRY(draft_plain(insert, run->rows, row_at(run->rows, at), &plain));
        if (!plain || run->bytes + 2 + insert->draft.image.bytes > RUN_BYTES_MAX ||
            leaf_fit_insert(page, insert->draft.heap_bytes, &capacity) != LEAF_FITS)
            return OK;
        add_to_run(insert, run, page, (RowId){first + run->count});
    }
}

static void log_run(Insert *insert, const Run *run, PageRef *leaf, uint64_t first)
{
    Write *write = &insert->write;
    uint8_t note[ROW_RANGE_NOTE_BYTES];
    const RowRange range = {.tree = tree_number(insert->table->id),
                            .first = {first},
                            .count = run->count,
                            .undo = write->at};
    row_range_note(&range, note);
    uint8_t head[ROW_RANGE_HEAD_BYTES];
    const uint32_t head_bytes = row_range_head(&range, undo_previous_bytes(write->chain), head);
    const WalPart undo = {note, sizeof note};
    const WalPart parts[] = {{head, head_bytes}, {insert->images, run->bytes}};
    write->leaves_dead = false;
    write__log(write, WAL_ROW_BULK_INSERT, leaf, UNDO_ROW_RANGE, &undo, 1, parts, ARRAY_LEN(parts));
}

/* One leaf's worth. ST_BUSY: nothing was done; after *wants_room room is to be made. A row that no page could take as
 * it is ends the run before it. */
static Status try_run(Insert *insert, Run *run, RowPlace *place, RoomWish *wish, bool *wants_room)
{
    Table *table = insert->table;
    Write *write = &insert->write;
    *wants_room = false;
    TRY(write__reserve(write, ROW_RANGE_NOTE_BYTES, ROW_RANGE_HEAD_BYTES + RUN_BYTES_MAX));
    TRY(row_place_latch(table, place));
    wish->heap_bytes = insert->draft.heap_bytes;
    Status status = look_for_room(insert, place, wish, wants_room);
    if (status == OK) status = write__undo(write, ROW_RANGE_NOTE_BYTES);
    if (status == OK) {
        /* Rows that stand on the page are logged, whatever came after them. */
        status = fill_run(insert, run, place);
        row_place_use(table, place, run->count);
        log_run(insert, run, &place->leaf, wish->row.v);
    } else {
        pool_unlatch(&place->leaf);
    }
    row_place_leave(place);
    return status;
}

/* The draft holds the first row. */
static Status insert_run(Insert *insert, Run *run, RowId *ids)
{
    RoomWish wish = {.insert = true, .xid = insert->write.xid};
    for (;;) {
        RowPlace place;
        bool wants_room;
        run->count = run->bytes = 0;
        Status status = try_run(insert, run, &place, &wish, &wants_room);
        write__end(&insert->write);
        for (uint32_t i = 0; i < run->count; i++) ids[run->next + i] = (RowId){wish.row.v + i};
        if (status == OK && place.due) return row_lease_take(insert->table);
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

static Status insert_rows(Insert *insert, const Batch *rows, RowId *ids)
{
    uint32_t count = rows->selection.count;
    Run run = {.rows = rows};
    while (run.next < count) {
        bool plain;
        run.count = 1;
        TRY(draft_plain(insert, rows, row_at(rows, run.next), &plain));
        if (!plain) TRY(draft_row(insert, rows, row_at(rows, run.next)));
        if (plain && run.next + 1 < count)
            TRY(insert_run(insert, &run, ids));
        else
            TRY(insert_row(insert, &ids[run.next]));
        for (uint32_t i = 0; i < run.count; i++)
            TRY(ssi_write_row(insert->write.txn, insert->table->id, ids[run.next + i]));
        run.next += run.count;
    }
    return OK;
}

Status table_insert(Table *table, Txn *txn, const Batch *rows, RowId *ids)
{
    Insert insert;
    insert.table = table;
    insert.layout = table__layout(table);
    TRY(check_batch(insert.layout, rows));
    TRY(write__begin(&insert.write, txn, table->tree));
    Status status = insert_rows(&insert, rows, ids);
    write__end(&insert.write);
    return status;
}
