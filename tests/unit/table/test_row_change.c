/* SPDX-License-Identifier: Apache-2.0 */
/* test_row_change.c - changes of rows as they run, as redo repeats them from their log records, and as rollback takes
 * them back from their undo records. The page that redo makes is the page that running made, to the byte. */
#include "unit/unit.h"

#include "base/random.h"
#include "store/page.h"
#include "table/row_change.h"

enum { COLUMNS = 5, LOW = 100, CHANGES_MAX = 12, STEPS = 4000, RECORD_MAX = 20000 };

static const uint8_t shapes[COLUMNS] = {
    PHYS_I32,
    PHYS_STR | LEAF_SHAPE_NULLABLE,
    PHYS_DECIMAL | LEAF_SHAPE_NULLABLE,
    PHYS_I64 | LEAF_SHAPE_NULLABLE,
    PHYS_STR,
};

/* A change that may be taken back: its undo record, and the row as it was. */
typedef struct Done {
    UndoRecord undo;
    bool there;
    RowHead head;
    uint8_t *image; /* whole row */
    size_t image_bytes;
} Done;

typedef struct Bench {
    Random random;
    Arena *arena;
    uint8_t *page, *twin, *undo_page;
    uint64_t next_row, next_xid, offset;
    Xid xid; /* the open transaction */
    Done done[CHANGES_MAX];
    uint32_t done_count;
    UndoPtr newest; /* the last change's undo record */
} Bench;

static uint32_t below(Bench *b, uint32_t limit)
{
    return (uint32_t)random_below(&b->random, limit);
}

static LeafValue random_value(Bench *b, uint8_t shape)
{
    LeafValue v = {.null = false};
    uint32_t bytes = below(b, 30) ? below(b, 40) : below(b, 1500);
    char *text = arena_alloc(b->arena, bytes + 1);
    random_bytes(&b->random, text, bytes);
    if (shape & LEAF_SHAPE_NULLABLE && below(b, 3) == 0) return (LeafValue){.null = true};
    switch (shape & LEAF_SHAPE_PHYS) {
    case PHYS_STR:
        v.value.str = strview((Str){text, bytes});
        v.overflow = bytes == 24;
        break;
    case PHYS_DECIMAL:
        v.value.decimal = (Decimal){DECIMAL_SMALL, 2, 0, {(int64_t)random_u64(&b->random) >> 20}};
        if (bytes > 30)
            v.value.decimal = (Decimal){DECIMAL_BIG, 0, bytes, {.big = (uint8_t *)text}};
        break;
    default: v.value.i64 = (int64_t)random_u64(&b->random);
    }
    if ((shape & LEAF_SHAPE_PHYS) == PHYS_I32) v.value.i64 &= INT32_MAX;
    return v;
}

static Bytes image_of(Bench *b, const RowColumn *columns, uint32_t count)
{
    uint8_t *out = arena_alloc(b->arena, row_image_bytes(columns, count));
    size_t bytes = row_image_write(columns, count, out);
    return (Bytes){out, bytes};
}

/* The columns `numbers` of a row of the page. */
static Bytes image_from_page(Bench *b, uint32_t slot, const RowColumn *like, uint32_t count)
{
    RowColumn columns[COLUMNS];
    for (uint32_t i = 0; i < count; i++)
        columns[i] = (RowColumn){like[i].number, shapes[like[i].number],
                                 leaf_get(b->page, slot, like[i].number)};
    return image_of(b, columns, count);
}

static Bytes whole_image(Bench *b, uint32_t slot)
{
    RowColumn all[COLUMNS];
    for (uint32_t i = 0; i < COLUMNS; i++) all[i].number = (uint16_t)i;
    return image_from_page(b, slot, all, COLUMNS);
}

static void pages_agree(const Bench *b)
{
    assert_true(leaf_check(b->page, page_id(SPACE_SHARED, 7)) == OK);
    assert_memory_equal(b->page, b->twin, PAGE_BYTES);
}

/* ---- room ---- */

static WalRedo redo_of(WalKind kind)
{
    for (uint32_t i = 0; i < ROW_REDO_COUNT; i++)
        if (row_redo_entries[i].kind == kind) return row_redo_entries[i].redo;
    fail();
    return NULL;
}

static void relayout(Bench *b, uint32_t capacity)
{
    uint16_t slots[LEAF_ROWS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < leaf_row_count(b->page); i++)
        if (leaf_head(b->page, i).xid.v != b->xid.v) slots[count++] = (uint16_t)i;
    LeafRelayout relayout = {{2, COLUMNS, false, shapes}, (uint16_t)capacity, slots, count, {0}};
    uint8_t *payload = arena_alloc(b->arena, leaf_relayout_bytes(&relayout));
    leaf_relayout_write(&relayout, payload);
    WalRecord record = {.kind = WAL_LEAF_RELAYOUT,
                        .payload = {payload, leaf_relayout_bytes(&relayout)}};
    assert_true(leaf_relayout_apply(b->page, &relayout) == OK);
    assert_true(redo_of(WAL_LEAF_RELAYOUT)(&record, 0, b->twin) == OK);
    assert_memory_equal(b->page, b->twin, PAGE_BYTES);
}

/* Deleted rows of ended transactions leave. */
static void purge(Bench *b)
{
    RowId rows[LEAF_ROWS_MAX];
    uint32_t count = 0, before = leaf_row_count(b->page);
    for (uint32_t i = 0; i < before; i++) {
        RowHead head = leaf_head(b->page, i);
        if (head.flags & ROW_FLAG_DELETED && head.xid.v != b->xid.v)
            rows[count++] = leaf_row_id(b->page, i);
    }
    uint8_t *payload = arena_alloc(b->arena, ROW_PURGE_BYTES * (count + 1));
    row_purge_write(rows, count, payload);
    WalRecord record = {.kind = WAL_ROW_PURGE, .payload = {payload, ROW_PURGE_BYTES * count}};
    assert_true(row_purge_apply(b->page, record.payload) == OK);
    assert_true(redo_of(WAL_ROW_PURGE)(&record, 0, b->twin) == OK);
    assert_int_equal(leaf_row_count(b->page), before - count);
    pages_agree(b);
}

/* A later layout: the rows that are here show what the record says for its new columns. */
static void test_relayout_with_missing(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    uint8_t *page = (uint8_t *)ALIGN_UP((uintptr_t)arena_alloc(unit.arena, PAGE_BYTES + 64), 64);
    page_format(page, PAGE_LEAF_TABLE, 7, 5, 0);
    leaf_init(page, LOW, UINT64_MAX);
    LeafRelayout relayout = {{1, 1, false, shapes}, 4, NULL, 0, {0}};
    assert_true(leaf_relayout_apply(page, &relayout) == OK);
    LeafValue one = {.value.i32 = 41};
    leaf_insert(page, (RowId){LOW + 1}, (RowHead){{5}, ROW_FLAG_BORN, {0}}, &one, NULL);
    RowColumn added[] = {{1,
                          shapes[1],
                          {.value.str = strview((Str){"a default of some length", 24})}},
                         {3, shapes[3], {.value.i64 = -7}}};
    uint8_t missing[200], payload[400];
    relayout = (LeafRelayout){
        {2, COLUMNS - 1, false, shapes}, 6, NULL, 0, {missing, row_image_write(added, 2, missing)}};
    leaf_relayout_write(&relayout, payload);
    WalRecord record = {.kind = WAL_LEAF_RELAYOUT,
                        .payload = {payload, leaf_relayout_bytes(&relayout)}};
    assert_true(redo_of(WAL_LEAF_RELAYOUT)(&record, 0, page) == OK);
    assert_int_equal(leaf_get(page, 0, 0).value.i32, 41);
    LeafValue text = leaf_get(page, 0, 1);
    assert_true(strview_equal(&text.value.str, &added[0].value.value.str));
    assert_true(leaf_get(page, 0, 2).null);
    assert_int_equal(leaf_get(page, 0, 3).value.i64, -7);
    for (size_t cut = 0; cut < record.payload.bytes; cut++) {
        WalRecord part = {.kind = WAL_LEAF_RELAYOUT, .payload = {payload, cut}};
        if (cut == 12 + COLUMNS - 1) continue; /* nothing missing is told: nulls */
        assert_true(redo_of(WAL_LEAF_RELAYOUT)(&part, 0, page) == ST_CORRUPT);
    }
    unit_close(&unit);
}

static bool room_for(Bench *b, const RowChange *change, uint32_t slot, int32_t more)
{
    uint32_t capacity = leaf_capacity(b->page);
    for (int i = 0; i < 3; i++) {
        LeafFit fit = change->kind == UNDO_ROW_INSERT
                          ? leaf_fit_insert(b->page, (uint32_t)more, &capacity)
                          : leaf_fit_set(b->page, slot, b->xid, more, &capacity);
        if (fit == LEAF_FITS) return true;
        relayout(b, fit == LEAF_GROW ? capacity : leaf_capacity(b->page));
    }
    return false;
}

/* ---- a change: running, its log record, redo of both pages ---- */

static uint32_t gather_parts(const WalPart *parts, uint32_t count, uint8_t *out)
{
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < count; i++) {
        memcpy(out + bytes, parts[i].data, parts[i].bytes);
        bytes += parts[i].bytes;
    }
    return bytes;
}

static UndoRecord undo_record(Bench *b, UndoPtr ptr)
{
    const uint8_t *at = b->undo_page + UNDO_PAGE_HEADER_BYTES +
                        undo_ptr_offset(ptr) % UNDO_PAGE_PAYLOAD;
    size_t bytes = load_le16(at) - UNDO_RECORD_HEADER_BYTES;
    return (
        UndoRecord){.ptr = ptr,
                    .xid = b->xid,
                    .kind = at[4],
                    .payload = {arena_copy(b->arena, at + UNDO_RECORD_HEADER_BYTES, bytes), bytes}};
}

static void run_change(Bench *b, RowChange *change)
{
    uint8_t head[ROW_CHANGE_HEAD_BYTES], buffer[ROW_CHANGE_UNDO_BYTES], payload[RECORD_MAX];
    WalPart parts[3], undo_parts[2];
    uint32_t undo_bytes = UNDO_RECORD_HEADER_BYTES;
    uint32_t undo_count = row_change_undo_parts(change, buffer, undo_parts);
    for (uint32_t i = 0; i < undo_count; i++) undo_bytes += undo_parts[i].bytes;
    bool format = b->offset % UNDO_PAGE_PAYLOAD + undo_bytes + 1 > UNDO_PAGE_PAYLOAD;
    if (format) b->offset = (b->offset / UNDO_PAGE_PAYLOAD + 1) * UNDO_PAGE_PAYLOAD;
    format = b->offset % UNDO_PAGE_PAYLOAD == 0;
    change->head.undo = undo_ptr(UNDO_DATA, 1, b->offset);
    assert_true(row_change_apply(b->page, change) == OK);
    uint32_t count = row_change_log_parts(change, 40, head, parts);
    WalRecord record = {.xid = b->xid, .kind = (uint16_t)row_change_kind(change), .ref_count = 2};
    record.refs[0] = (WalRef){page_id(SPACE_SHARED, 7), 0};
    record.refs[1] = (WalRef){page_id(SPACE_SHARED, 9),
                              (uint8_t)(WAL_REF_UNDO | (format ? WAL_REF_FORMAT : 0))};
    record.payload = (Bytes){payload, gather_parts(parts, count, payload)};
    assert_true(redo_of(record.kind)(&record, 0, b->twin) == OK);
    assert_true(redo_of(record.kind)(&record, 1, b->undo_page) == OK);
    b->offset += ALIGN_UP(undo_bytes, 2);
    b->newest = change->head.undo;
    pages_agree(b);
    /* Cut short it is refused by both. */
    WalRecord cut = record;
    cut.payload.bytes = below(b, parts[0].bytes);
    uint8_t aside[PAGE_BYTES];
    memcpy(aside, b->twin, PAGE_BYTES);
    assert_true(redo_of(cut.kind)(&cut, 0, aside) == ST_CORRUPT);
    assert_true(redo_of(cut.kind)(&cut, 1, aside) == ST_CORRUPT);
}

static RowHead new_head(Bench *b, uint16_t flags)
{
    return (RowHead){b->xid, flags, UNDO_NONE};
}

static void remember(Bench *b, RowId row)
{
    uint32_t slot;
    Done *done = &b->done[b->done_count];
    *done = (Done){.there = leaf_find(b->page, row, &slot)};
    if (!done->there) return;
    done->head = leaf_head(b->page, slot);
    Bytes image = whole_image(b, slot);
    done->image = arena_copy(b->arena, image.data, image.bytes);
    done->image_bytes = image.bytes;
}

static bool insert(Bench *b)
{
    RowColumn columns[COLUMNS];
    RowChange change = {.kind = UNDO_ROW_INSERT, .tree = 5, .row = {b->next_row++}};
    int32_t bytes = 0;
    for (uint32_t i = 0; i < COLUMNS; i++) {
        columns[i] = (RowColumn){(uint16_t)i, shapes[i], random_value(b, shapes[i])};
        bytes += (int32_t)leaf_value_bytes(shapes[i], &columns[i].value);
    }
    change.head = new_head(b, ROW_FLAG_BORN);
    change.image = image_of(b, columns, COLUMNS);
    if (!room_for(b, &change, 0, bytes)) return false;
    remember(b, change.row);
    run_change(b, &change);
    uint32_t slot;
    assert_true(leaf_find(b->page, change.row, &slot));
    Bytes got = whole_image(b, slot);
    assert_int_equal(got.bytes, change.image.bytes);
    assert_memory_equal(got.data, change.image.data, got.bytes);
    return true;
}

static bool change_row(Bench *b)
{
    RowColumn columns[COLUMNS];
    uint32_t count = 0, slot = below(b, leaf_row_count(b->page)), what = below(b, 10);
    RowChange change = {.kind = what == 0   ? UNDO_ROW_DELETE
                                : what == 1 ? UNDO_ROW_LOCK
                                            : UNDO_ROW_UPDATE,
                        .tree = 5,
                        .row = leaf_row_id(b->page, slot),
                        .before = leaf_head(b->page, slot)};
    int32_t more = 0;
    if (change.before.flags & ROW_FLAG_DELETED) return false;
    change.head = new_head(b, what == 0 ? ROW_FLAG_DELETED : what == 1 ? ROW_FLAG_LOCK_ONLY : 0);
    for (uint32_t i = 0; i < COLUMNS && change.kind == UNDO_ROW_UPDATE; i++) {
        if (below(b, 2) && i + 1 < COLUMNS) continue;
        LeafValue before = leaf_get(b->page, slot, i);
        columns[count++] = (RowColumn){(uint16_t)i, shapes[i], random_value(b, shapes[i])};
        more += (int32_t)leaf_value_bytes(shapes[i], &columns[count - 1].value) -
                (int32_t)leaf_value_bytes(shapes[i], &before);
    }
    if (count > 0) {
        change.image = image_of(b, columns, count);
        if (!room_for(b, &change, slot, more)) return false;
        change.image_before = image_from_page(b, slot, columns, count);
    }
    remember(b, change.row);
    run_change(b, &change);
    return true;
}

/* F10: in any fill of the page, and a second time it does nothing. */
static void take_back(Bench *b)
{
    uint8_t buffer[ROW_CHANGE_UNDO_BYTES], payload[RECORD_MAX];
    WalPart parts[2];
    RowChange undone;
    uint32_t slot;
    const Done *done = &b->done[--b->done_count];
    assert_true(row_change_read_undo(&done->undo, &undone) == OK);
    assert_true(row_undo_is_due(b->page, &undone, &slot));
    assert_true(row_undo_apply(b->page, &undone) == OK);
    assert_false(row_undo_is_due(b->page, &undone, &slot));
    WalRecord record = {.kind = WAL_ROW_UNDO, .xid = b->xid, .ref_count = 1};
    record.payload = (Bytes){payload,
                             gather_parts(parts, row_undo_log_parts(&undone, buffer, parts),
                                          payload)};
    assert_true(redo_of(WAL_ROW_UNDO)(&record, 0, b->twin) == OK);
    pages_agree(b);
    assert_int_equal(leaf_find(b->page, undone.row, &slot), done->there);
    if (!done->there) return;
    RowHead head = leaf_head(b->page, slot);
    assert_true(head.xid.v == done->head.xid.v && head.flags == done->head.flags &&
                head.undo.v == done->head.undo.v);
    Bytes image = whole_image(b, slot);
    assert_int_equal(image.bytes, done->image_bytes);
    assert_memory_equal(image.data, done->image, image.bytes);
}

static void open_bench(Bench *b, Unit *unit, uint64_t seed)
{
    memset(b, 0, sizeof *b);
    b->arena = unit->arena;
    random_seed(&b->random, seed);
    uint8_t **pages[] = {&b->page, &b->twin, &b->undo_page};
    for (uint32_t i = 0; i < 3; i++)
        *pages[i] = (uint8_t *)ALIGN_UP((uintptr_t)arena_alloc(b->arena, PAGE_BYTES + 64), 64);
    page_format(b->page, PAGE_LEAF_TABLE, 7, 5, 0);
    leaf_init(b->page, LOW, UINT64_MAX);
    memcpy(b->twin, b->page, PAGE_BYTES);
    b->next_row = LOW;
    b->next_xid = 10;
    b->xid.v = b->next_xid++;
    b->offset = 64 * UNDO_PAGE_PAYLOAD;
    relayout(b, 4);
}

static void test_random(void **state)
{
    (void)state;
    uint64_t seed = unit_seed();
    uint32_t back = 0;
    for (uint64_t run = 0; run < 10; run++) {
        Unit unit;
        unit_open(&unit);
        Bench *b = arena_alloc(unit.arena, sizeof *b);
        open_bench(b, &unit, seed * 100 + run);
        for (uint32_t step = 0; step < STEPS; step++) {
            uint32_t what = below(b, 20);
            bool changed = false;
            if (what == 0 || b->done_count == CHANGES_MAX) { /* commit */
                b->done_count = 0;
                b->xid.v = b->next_xid++;
                if (below(b, 2)) purge(b);
            } else if (what < 5 && b->done_count > 0) {
                for (uint32_t n = 1 + below(b, b->done_count); n > 0; n--, back++) take_back(b);
            } else if (what < 10 || leaf_row_count(b->page) == 0) {
                changed = insert(b);
            } else {
                changed = change_row(b);
            }
            if (changed) {
                b->done[b->done_count].undo = undo_record(b, b->newest);
                b->done_count++;
            }
        }
        unit_close(&unit);
    }
    assert_true(back > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random),
                                       cmocka_unit_test(test_relayout_with_missing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
