/* SPDX-License-Identifier: Apache-2.0 */
/* test_leaf.c - table leaves against a model: random layouts, rows, changes, rollbacks, re-layouts, splits and merges.
 * Every change is made on two pages, the second from bytes alone, and both must stay equal (redo determinism). */
#include "unit/unit.h"

#include "base/arith.h"
#include "base/random.h"
#include "store/page.h"
#include "table/leaf.h"

enum { COLUMNS_MAX = 24, ROWS_MAX = 820, LOW = 1000, STEPS = 1500, VERSIONS_MAX = 6 };

typedef struct ModelRow {
    uint64_t id;
    RowHead head;
    LeafValue values[COLUMNS_MAX];
    LeafValue image;
} ModelRow;

typedef struct Model {
    Random random;
    Arena *arena;
    uint8_t shapes[COLUMNS_MAX];
    LeafLayout layout;
    ModelRow *rows;
    uint32_t count, string_bytes_max;
    uint64_t low, high, next_xid;
    /* the versions before, of rows with an open transaction */
    ModelRow *versions[ROWS_MAX];
    uint32_t version_count[ROWS_MAX];
    uint8_t *page, *twin;
} Model;

static uint32_t below(Model *m, uint32_t limit)
{
    return (uint32_t)random_below(&m->random, limit);
}

/* ---- values ---- */

static LeafValue random_value(Model *m, uint8_t shape)
{
    LeafValue v = {.null = false};
    if (shape & LEAF_SHAPE_ABSENT || (shape & LEAF_SHAPE_NULLABLE && below(m, 4) == 0)) {
        v.null = true;
        return v;
    }
    uint32_t bytes = below(m, 5) == 0 ? below(m, m->string_bytes_max + 1) : below(m, 20);
    char *text = arena_alloc(m->arena, bytes + 1);
    random_bytes(&m->random, text, bytes);
    switch (shape & LEAF_SHAPE_PHYS) {
    case PHYS_BOOL: v.value.b = below(m, 2); break;
    case PHYS_STR:
        v.value.str = strview((Str){text, bytes});
        v.overflow = bytes == 19;
        break;
    case PHYS_DECIMAL:
        if (below(m, 4) == 0 && bytes > 0) {
            v.overflow = bytes == 18;
            v.value.decimal = (Decimal){DECIMAL_BIG, 0, bytes, {.big = (uint8_t *)text}};
        } else {
            v.value.decimal = (Decimal){DECIMAL_SMALL,
                                        (uint16_t)below(m, 19),
                                        0,
                                        {(int64_t)random_u64(&m->random)}};
        }
        break;
    default: random_bytes(&m->random, &v.value, phys_bytes((Phys)(shape & LEAF_SHAPE_PHYS)));
    }
    return v;
}

static bool values_equal(uint8_t shape, const LeafValue *a, const LeafValue *b)
{
    if (a->null || b->null) return a->null == b->null;
    if (a->overflow != b->overflow) return false;
    switch (shape & LEAF_SHAPE_PHYS) {
    case PHYS_STR: return strview_equal(&a->value.str, &b->value.str);
    case PHYS_DECIMAL: {
        const Decimal *x = &a->value.decimal, *y = &b->value.decimal;
        if (x->kind != y->kind) return false;
        if (x->kind == DECIMAL_SMALL)
            return x->scale == y->scale && x->coefficient == y->coefficient;
        return x->bytes == y->bytes && memcmp(x->big, y->big, x->bytes) == 0;
    }
    default: return memcmp(&a->value, &b->value, phys_bytes((Phys)(shape & LEAF_SHAPE_PHYS))) == 0;
    }
}

/* What a row holds in the heap. */
static uint32_t row_bytes(const Model *m, const ModelRow *row)
{
    uint32_t bytes = 0;
    if (row->head.flags & ROW_FLAG_IMAGE) return row->image.value.str.bytes;
    for (uint32_t i = 0; i < m->layout.column_count; i++)
        bytes += leaf_value_bytes(m->shapes[i], &row->values[i]);
    return bytes;
}

/* ---- comparing ---- */

static void compare_row(const Model *m, const void *page, uint32_t slot, const ModelRow *row)
{
    assert_int_equal(leaf_row_id(page, slot).v, row->id);
    RowHead head = leaf_head(page, slot);
    assert_int_equal(head.xid.v, row->head.xid.v);
    assert_int_equal(head.flags, row->head.flags);
    assert_int_equal(head.undo.v, row->head.undo.v);
    if (row->head.flags & ROW_FLAG_IMAGE) {
        LeafValue image = leaf_get(page, slot, LEAF_IMAGE_COLUMN);
        assert_true(values_equal(PHYS_STR, &image, &row->image));
        return;
    }
    LeafValue all[COLUMNS_MAX + 1];
    uint16_t numbers[COLUMNS_MAX + 1];
    for (uint32_t i = 0; i < m->layout.column_count; i++) numbers[i] = (uint16_t)i;
    numbers[m->layout.column_count] = 2000; /* there is no such column */
    leaf_get_columns(page, slot, numbers, m->layout.column_count + 1u, all);
    assert_true(all[m->layout.column_count].null);
    for (uint32_t i = 0; i < m->layout.column_count; i++) {
        LeafValue value = leaf_get(page, slot, i);
        assert_true(values_equal(m->shapes[i], &value, &all[i]));
        if (!values_equal(m->shapes[i], &value, &row->values[i]))
            fail_msg("row %u column %u shape %u", slot, i, m->shapes[i]);
    }
}

static void compare_pages(const Model *m)
{
    assert_true(leaf_check(m->page, page_id(SPACE_SHARED, 7)) == OK);
    if (memcmp(m->page, m->twin, PAGE_BYTES) != 0) fail_msg("the twin page differs");
}

/* Every other row, and ids between them that the leaf does not have. */
static void check_named(const Model *m)
{
    RowId rows[2 * ROWS_MAX];
    uint16_t slots[ROWS_MAX];
    uint32_t count = 0, named = 0;
    for (uint32_t i = m->count % 2; i < m->count; i += 2) {
        const uint64_t id = m->rows[i].id;
        if (id > m->low && (i == 0 || m->rows[i - 1].id < id - 1) &&
            (count == 0 || rows[count - 1].v < id - 1))
            rows[count++] = (RowId){id - 1};
        rows[count++] = (RowId){id};
    }
    const uint32_t found = leaf_find_rows(m->page, rows, count, slots);
    for (uint32_t i = m->count % 2; i < m->count; i += 2) assert_int_equal(slots[named++], i);
    assert_int_equal(found, named);
}

static void compare_all(const Model *m)
{
    compare_pages(m);
    assert_int_equal(leaf_row_count(m->page), m->count);
    assert_int_equal(leaf_column_count(m->page), m->layout.column_count);
    assert_int_equal(leaf_has_images(m->page), m->layout.images);
    for (uint32_t i = 0; i < m->layout.column_count; i++)
        assert_int_equal(leaf_shape(m->page, i), m->shapes[i]);
    uint32_t dead = 0;
    for (uint32_t i = 0; i < m->count; i++) {
        compare_row(m, m->page, i, &m->rows[i]);
        dead += m->rows[i].head.flags & ROW_FLAG_DELETED;
        const RowHead *head = &m->rows[i].head;
        assert_int_equal(leaf_heads(m->page)[i], head->xid.v | (uint64_t)head->flags << XID_BITS);
        assert_int_equal(leaf_undos(m->page)[i], head->undo.v);
        assert_true(leaf_newest_xid(m->page).v >= head->xid.v);
        uint32_t slot;
        assert_true(leaf_find(m->page, (RowId){m->rows[i].id}, &slot));
        assert_int_equal(slot, i);
    }
    check_named(m);
    assert_int_equal(leaf_dead_count(m->page), dead);
    assert_int_equal(leaf_low(m->page), m->low);
    assert_int_equal(leaf_high(m->page), m->high);
}

/* ---- changes ---- */

static void relayout(Model *m, uint32_t capacity)
{
    assert_true(leaf_relayout(m->page, &m->layout, capacity, NULL, NULL, 0) == OK);
    assert_true(leaf_relayout(m->twin, &m->layout, capacity, NULL, NULL, 0) == OK);
}

/* Rows without an open transaction have settled. */
static void settle(Model *m)
{
    uint16_t slots[ROWS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < m->count; i++)
        if (m->version_count[i] == 0) slots[count++] = (uint16_t)i;
    uint32_t capacity = leaf_capacity(m->page);
    assert_true(leaf_relayout(m->page, &m->layout, capacity, NULL, slots, count) == OK);
    assert_true(leaf_relayout(m->twin, &m->layout, capacity, NULL, slots, count) == OK);
}

static bool make_room(Model *m, uint32_t bytes)
{
    uint32_t capacity = 0;
    for (int i = 0; i < 3; i++) {
        LeafFit fit = leaf_fit_insert(m->page, bytes, &capacity);
        if (fit == LEAF_FITS) return true;
        if (fit == LEAF_GROW)
            relayout(m, capacity);
        else
            settle(m);
    }
    return false;
}

static bool insert(Model *m, uint64_t id)
{
    ModelRow row = {.id = id, .head = {{m->next_xid++}, ROW_FLAG_BORN, {random_u64(&m->random)}}};
    uint32_t at = 0;
    while (at < m->count && m->rows[at].id < id) at++;
    if (at < m->count && m->rows[at].id == id) return true;
    bool image = m->layout.images && (m->layout.column_count == 0 || below(m, 5) == 0);
    if (image) {
        row.head.flags |= ROW_FLAG_IMAGE;
        do row.image = random_value(m, PHYS_STR);
        while (row.image.value.str.bytes == 0);
    } else {
        for (uint32_t i = 0; i < m->layout.column_count; i++)
            row.values[i] = random_value(m, m->shapes[i]);
    }
    if (!make_room(m, row_bytes(m, &row))) return false;
    assert_int_equal(leaf_insert(m->page, (RowId){id}, row.head, row.values,
                                 image ? &row.image : NULL),
                     at);
    leaf_insert(m->twin, (RowId){id}, row.head, row.values, image ? &row.image : NULL);
    memmove(m->rows + at + 1, m->rows + at, (m->count - at) * sizeof row);
    memmove(m->versions + at + 1, m->versions + at, (m->count - at) * sizeof m->versions[0]);
    memmove(m->version_count + at + 1, m->version_count + at,
            (m->count - at) * sizeof m->version_count[0]);
    m->rows[at] = row;
    m->versions[at] = NULL;
    m->version_count[at] = 0;
    m->count++;
    return true;
}

static void apply(Model *m, uint32_t slot, const ModelRow *after, const uint16_t *numbers,
                  uint32_t count, bool back)
{
    LeafValue values[COLUMNS_MAX + 1];
    for (uint32_t i = 0; i < count; i++)
        values[i] = numbers[i] == LEAF_IMAGE_COLUMN ? after->image : after->values[numbers[i]];
    leaf_set(m->page, slot, after->head, numbers, values, count, back);
    leaf_set(m->twin, slot, after->head, numbers, values, count, back);
    m->rows[slot] = *after;
}

/* Another version of a row, by its open transaction or a new one. */
static void update(Model *m, uint32_t slot)
{
    uint16_t numbers[COLUMNS_MAX + 1];
    uint32_t count = 0, capacity;
    ModelRow after = m->rows[slot];
    if (m->version_count[slot] == VERSIONS_MAX) return;
    if (m->version_count[slot] == 0) after.head.xid.v = m->next_xid++;
    after.head.undo.v = random_u64(&m->random);
    after.head.flags &= (uint16_t) ~(ROW_FLAG_BORN | ROW_FLAG_DELETED);
    if (below(m, 8) == 0) after.head.flags |= ROW_FLAG_DELETED;
    if (after.head.flags & ROW_FLAG_IMAGE) {
        do after.image = random_value(m, PHYS_STR);
        while (after.image.value.str.bytes == 0);
        numbers[count++] = LEAF_IMAGE_COLUMN;
    }
    for (uint32_t i = 0; !(after.head.flags & ROW_FLAG_IMAGE) && i < m->layout.column_count; i++) {
        if (below(m, 3) != 0 || m->shapes[i] & LEAF_SHAPE_ABSENT) continue;
        after.values[i] = random_value(m, m->shapes[i]);
        numbers[count++] = (uint16_t)i;
    }
    int32_t more = (int32_t)row_bytes(m, &after) - (int32_t)row_bytes(m, &m->rows[slot]);
    LeafFit fit = leaf_fit_set(m->page, slot, after.head.xid, more, &capacity);
    if (fit == LEAF_GROW) relayout(m, capacity);
    if (fit == LEAF_FULL) {
        settle(m);
        fit = leaf_fit_set(m->page, slot, after.head.xid, more, &capacity);
        if (fit == LEAF_GROW) relayout(m, capacity);
        if (fit == LEAF_FULL) return;
    }
    if (!m->versions[slot])
        m->versions[slot] = arena_alloc_array(m->arena, VERSIONS_MAX, sizeof(ModelRow));
    m->versions[slot][m->version_count[slot]++] = m->rows[slot];
    apply(m, slot, &after, numbers, count, false);
}

/* docs/traps.md F10: whatever others did to the page meanwhile, this needs no room. */
static void roll_back(Model *m, uint32_t slot, uint32_t versions)
{
    uint16_t numbers[COLUMNS_MAX + 1];
    while (versions-- > 0 && m->version_count[slot] > 0) {
        const ModelRow *before = &m->versions[slot][--m->version_count[slot]];
        uint32_t count = 0;
        for (uint32_t i = 0; i < m->layout.column_count; i++)
            if (!(before->head.flags & ROW_FLAG_IMAGE) && !(m->shapes[i] & LEAF_SHAPE_ABSENT))
                numbers[count++] = (uint16_t)i;
        if (before->head.flags & ROW_FLAG_IMAGE) numbers[count++] = LEAF_IMAGE_COLUMN;
        apply(m, slot, before, numbers, count, true);
    }
}

static void remove_row(Model *m, uint32_t slot)
{
    leaf_remove(m->page, slot);
    leaf_remove(m->twin, slot);
    m->count--;
    memmove(m->rows + slot, m->rows + slot + 1, (m->count - slot) * sizeof m->rows[0]);
    memmove(m->versions + slot, m->versions + slot + 1, (m->count - slot) * sizeof m->versions[0]);
    memmove(m->version_count + slot, m->version_count + slot + 1,
            (m->count - slot) * sizeof m->version_count[0]);
}

static void split_and_merge(Model *m)
{
    alignas(64) uint8_t right[PAGE_BYTES], moved[PAGE_BYTES], left_twin[PAGE_BYTES];
    TreeKey separator, high = {.row_id = m->high}, low, top;
    TreeKey at = {.row_id = m->low + below(m, (uint32_t)(m->high - m->low))};
    const LeafOps *ops = &leaf_table_ops;
    if (ops->split_point(m->page, &at, PAGE_BYTES, below(m, 2), NULL, &separator) != OK) return;
    assert_true(separator.row_id > m->low && separator.row_id < m->high);
    uint32_t bytes = ops->moved(m->page, &separator, moved);
    memcpy(left_twin, m->page, PAGE_BYTES);
    page_format(right, PAGE_LEAF_TABLE, 8, 5, 0);
    ops->split_right(right, &separator, &high, (Bytes){moved, bytes});
    ops->split_left(m->page, &separator);
    ops->split_left(left_twin, &separator);
    assert_memory_equal(m->page, left_twin, PAGE_BYTES);
    assert_true(leaf_check(m->page, page_id(SPACE_SHARED, 7)) == OK);
    assert_true(leaf_check(right, page_id(SPACE_SHARED, 8)) == OK);
    ops->fences(right, &low, &top);
    assert_true(low.row_id == separator.row_id && top.row_id == m->high);
    uint32_t left_count = leaf_row_count(m->page);
    assert_int_equal(left_count + leaf_row_count(right), m->count);
    for (uint32_t i = 0; i < m->count; i++)
        compare_row(m, i < left_count ? m->page : right, i < left_count ? i : i - left_count,
                    &m->rows[i]);
    if (ops->merge_fits(m->page, right)) {
        bytes = ops->moved(right, &low, moved);
        ops->merge(m->page, &top, (Bytes){moved, bytes});
    } else if (left_count > 0) {
        m->high = separator.row_id;
        m->count = left_count;
    } else {
        memcpy(m->page, right, PAGE_BYTES);
        m->low = separator.row_id;
    }
    memcpy(m->twin, m->page, PAGE_BYTES);
}

/* A later layout: more columns, wider ones, one dropped. */
static void change_layout(Model *m)
{
    uint8_t shapes[COLUMNS_MAX];
    LeafValue missing[COLUMNS_MAX];
    LeafLayout layout = m->layout;
    if (layout.column_count == 0 || layout.column_count + 2 > COLUMNS_MAX) return;
    for (uint32_t i = 0; i < m->count; i++) m->version_count[i] = 0;
    memcpy(shapes, m->shapes, sizeof shapes);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t at = layout.column_count++;
        shapes[at] = (uint8_t)(below(m, PHYS_COUNT) | (below(m, 2) ? LEAF_SHAPE_NULLABLE : 0));
        missing[at] = random_value(m, shapes[at]);
    }
    uint32_t which = below(m, m->layout.column_count);
    uint32_t kind = shapes[which] & LEAF_SHAPE_PHYS, nullable = shapes[which] & LEAF_SHAPE_NULLABLE;
    bool dropped = shapes[which] & LEAF_SHAPE_ABSENT || below(m, 3) == 0;
    if (dropped)
        shapes[which] |= LEAF_SHAPE_ABSENT;
    else if (kind == PHYS_I16 || kind == PHYS_I32)
        shapes[which] = (uint8_t)(PHYS_I64 | nullable);
    else if (kind == PHYS_F32)
        shapes[which] = (uint8_t)(PHYS_F64 | nullable);
    layout.number++;
    layout.shapes = shapes;
    Status status = leaf_relayout(m->page, &layout, m->count, missing, NULL, 0);
    compare_row(m, m->twin, 0, &m->rows[0]);
    if (status != OK) return; /* the page is as it was: compare_pages sees it */
    assert_true(leaf_relayout(m->twin, &layout, m->count, missing, NULL, 0) == OK);
    for (uint32_t i = 0; i < m->count; i++) {
        ModelRow *row = &m->rows[i];
        for (uint32_t c = m->layout.column_count; c < layout.column_count; c++)
            row->values[c] = missing[c];
        LeafValue *v = &row->values[which];
        if (dropped) *v = (LeafValue){.null = true};
        if (!v->null && (shapes[which] & LEAF_SHAPE_PHYS) != kind) {
            if (kind == PHYS_F32)
                v->value.f64 = v->value.f32;
            else
                v->value.i64 = kind == PHYS_I16 ? v->value.i16 : v->value.i32;
        }
    }
    memcpy(m->shapes, shapes, sizeof shapes);
    m->layout = layout;
    m->layout.shapes = m->shapes;
}

/* ---- runs ---- */

static void random_layout(Model *m)
{
    uint32_t columns = 1 + below(m, 8);
    bool fixed = below(m, 4) == 0;
    for (uint32_t i = 0; i < columns; i++) {
        do m->shapes[i] = (uint8_t)below(m, PHYS_COUNT);
        while (fixed && m->shapes[i] >= PHYS_DECIMAL);
        if (below(m, 2)) m->shapes[i] |= LEAF_SHAPE_NULLABLE;
    }
    m->layout = (LeafLayout){3, (uint16_t)columns, below(m, 4) == 0, m->shapes};
    if (below(m, 10) == 0) m->layout = (LeafLayout){3, 0, true, m->shapes};
    m->string_bytes_max = below(m, 2) ? 40 : 900;
}

static void open_model(Model *m, Unit *unit, uint64_t seed)
{
    memset(m, 0, sizeof *m);
    random_seed(&m->random, seed);
    m->arena = unit->arena;
    m->rows = arena_alloc_array_zero(m->arena, ROWS_MAX + 1, sizeof *m->rows);
    m->page = (uint8_t *)ALIGN_UP((uintptr_t)arena_alloc(m->arena, PAGE_BYTES + 64), 64);
    m->twin = (uint8_t *)ALIGN_UP((uintptr_t)arena_alloc(m->arena, PAGE_BYTES + 64), 64);
    m->next_xid = 10;
    m->low = LOW;
    m->high = LOW + 3000;
    random_layout(m);
    page_format(m->page, PAGE_LEAF_TABLE, 7, 5, 0);
    leaf_init(m->page, m->low, m->high);
    memcpy(m->twin, m->page, PAGE_BYTES);
    assert_int_equal(leaf_layout_number(m->page), LEAF_LAYOUT_NONE);
    relayout(m, 0);
}

static void run_step(Model *m)
{
    uint32_t what = below(m, 100), slot = m->count ? below(m, m->count) : 0;
    if (m->count == 0 || what < 30) {
        uint64_t last = m->count ? m->rows[m->count - 1].id : m->low;
        uint64_t id = below(m, 10) ? last + 1 : m->low + below(m, (uint32_t)(m->high - m->low));
        if (id < m->high) insert(m, id);
    } else if (what < 65) {
        update(m, slot);
    } else if (what < 75) {
        m->version_count[slot] = 0; /* commit */
    } else if (what < 88) {
        roll_back(m, slot, 1 + below(m, VERSIONS_MAX));
    } else if (what < 95) {
        if (m->version_count[slot] == 0) remove_row(m, slot);
    } else if (what < 97) {
        settle(m);
    } else if (what < 99) {
        split_and_merge(m);
    } else {
        change_layout(m);
    }
}

static void test_random(void **state)
{
    (void)state;
    uint64_t seed = unit_seed();
    for (uint64_t run = 0; run < 60; run++) {
        Unit unit;
        Model *m;
        unit_open(&unit);
        m = arena_alloc(unit.arena, sizeof *m);
        open_model(m, &unit, seed * 1000 + run);
        for (uint32_t step = 0; step < STEPS; step++) {
            run_step(m);
            if (step % 16 == 0)
                compare_all(m);
            else
                compare_pages(m);
        }
        compare_all(m);
        unit_close(&unit);
    }
}

/* F10: a row shrinks, its room is wanted by others, the disk is full: it must still be possible to undo it. */
static void test_f10_room_for_rollback(void **state)
{
    (void)state;
    Unit unit;
    Model *m;
    unit_open(&unit);
    m = arena_alloc(unit.arena, sizeof *m);
    open_model(m, &unit, 1);
    m->shapes[0] = PHYS_STR;
    m->layout = (LeafLayout){4, 1, false, m->shapes};
    page_format(m->page, PAGE_LEAF_TABLE, 7, 5, 0);
    leaf_init(m->page, m->low, m->high);
    assert_true(leaf_relayout(m->page, &m->layout, 4, NULL, NULL, 0) == OK);
    char text[6000];
    memset(text, 'x', sizeof text);
    LeafValue wide = {.value.str = strview((Str){text, sizeof text})};
    LeafValue narrow = {.value.str = strview((Str){text, 10})};
    uint16_t column = 0;
    uint32_t capacity;
    RowHead committed = {{10}, ROW_FLAG_BORN, {1}}, mine = {{11}, 0, {2}};
    leaf_insert(m->page, (RowId){LOW}, committed, &wide, NULL);
    leaf_set(m->page, 0, mine, &column, &narrow, 1, false);
    /* Two more wide rows would fit by their bytes, but not beside what row 0 may need again. */
    assert_int_equal(leaf_fit_insert(m->page, sizeof text, &capacity), LEAF_FITS);
    leaf_insert(m->page, (RowId){LOW + 1}, committed, &wide, NULL);
    assert_int_equal(leaf_fit_insert(m->page, sizeof text, &capacity), LEAF_FULL);
    leaf_set(m->page, 0, committed, &column, &wide, 1, true);
    LeafValue back = leaf_get(m->page, 0, 0);
    assert_true(values_equal(PHYS_STR, &back, &wide));
    assert_true(leaf_check(m->page, page_id(SPACE_SHARED, 7)) == OK);
    /* Once committed the room is free. */
    leaf_set(m->page, 0, mine, &column, &narrow, 1, false);
    uint16_t settled[] = {0};
    assert_true(leaf_relayout(m->page, &m->layout, 4, NULL, settled, 1) == OK);
    assert_int_equal(leaf_fit_insert(m->page, sizeof text, &capacity), LEAF_FITS);
    unit_close(&unit);
}

/* ---- scans ---- */

static void gather_column(const Model *m, uint32_t column, const uint16_t *rows, uint32_t first,
                          uint32_t count, Vector *out, LeafFixups *fixups)
{
    LeafColumn found;
    assert_true(leaf_column(m->page, column, &found));
    Phys phys = (Phys)(m->shapes[column] & LEAF_SHAPE_PHYS);
    vector_init_flat(out, m->arena, 0, phys, BATCH_ROWS_MAX);
    LeafGather gather = {rows, first, count, 5, (uint16_t)column, m->arena, fixups};
    assert_true(leaf_gather(m->page, &found, &gather, out) == OK);
}

/* Some columns found together are where each is by itself, and those beyond the page's are not there. */
static void check_places(Model *m)
{
    uint16_t numbers[64];
    LeafPlace places[64];
    uint32_t count = 0;
    for (uint32_t c = 0; c < m->layout.column_count + 2u && count < ARRAY_LEN(numbers); c++)
        if (below(m, 3)) numbers[count++] = (uint16_t)c;
    leaf_places(m->page, numbers, count, places);
    for (uint32_t i = 0; i < count; i++) {
        LeafColumn alone;
        assert_int_equal(places[i].there, leaf_column(m->page, numbers[i], &alone));
        if (!places[i].there) continue;
        const LeafColumn together = leaf_column_at(m->page, &places[i]);
        assert_true(together.data == alone.data && together.nulls == alone.nulls);
        assert_true(together.scales == alone.scales && together.shape == alone.shape);
    }
}

/* What memory is asked for a row of a page like this one stands there. */
static void check_asked(Model *m)
{
    uint16_t numbers[16];
    uint32_t count = 0;
    TreeAsk ask;
    const char *page = (const char *)m->page;
    const LeafLayout layout = leaf_layout(m->page);
    for (uint32_t c = 0; c < layout.column_count && c < ARRAY_LEN(numbers); c++)
        if (below(m, 3)) numbers[count++] = (uint16_t)c;
    leaf_ask(leaf_arrays(m->page), &layout, numbers, count, &ask);
    assert_int_equal(ask.count, MIN(count + 2, (uint32_t)TREE_ASK_MAX));
    assert_ptr_equal(page + ask.arrays[0].offset, leaf_heads(m->page));
    assert_ptr_equal(page + ask.arrays[1].offset, leaf_undos(m->page));
    for (uint32_t i = 2; i < ask.count; i++) {
        LeafColumn column;
        assert_true(leaf_column(m->page, numbers[i - 2], &column));
        assert_ptr_equal(page + ask.arrays[i].offset, column.data);
    }
    leaf_ask(0, &layout, numbers, count, &ask);
    assert_int_equal(ask.count, 0);
}

static void test_gather(void **state)
{
    (void)state;
    uint64_t seed = unit_seed();
    for (uint64_t run = 0; run < 40; run++) {
        Unit unit;
        unit_open(&unit);
        Model *m = arena_alloc(unit.arena, sizeof *m);
        open_model(m, &unit, seed * 77 + run);
        m->layout.images = false;
        if (m->layout.column_count == 0) m->layout.column_count = 1;
        page_format(m->page, PAGE_LEAF_TABLE, 7, 5, 0);
        leaf_init(m->page, m->low, m->high);
        memcpy(m->twin, m->page, PAGE_BYTES);
        relayout(m, 1);
        for (uint64_t id = m->low; insert(m, id) && id + 1 < m->high;) id++;
        check_places(m);
        check_asked(m);
        for (uint32_t c = 0; c < m->layout.column_count; c++) {
            uint16_t rows[ROWS_MAX];
            uint32_t count = 0, first = below(m, m->count);
            for (uint32_t i = 0; i < m->count; i++)
                if (below(m, 2)) rows[count++] = (uint16_t)i;
            for (int dense = 0; dense <= 1; dense++) {
                Vector out;
                LeafFixups fixups = {.arena = m->arena};
                uint32_t n = dense ? m->count - first : count, overflows = 0;
                gather_column(m, c, dense ? NULL : rows, first, n, &out, &fixups);
                for (uint32_t i = 0; i < n; i++) {
                    const LeafValue *want = &m->rows[dense ? first + i : rows[i]].values[c];
                    Datum got = vector_get(&out, 5 + i);
                    LeafValue value = {got.value, got.null, want->overflow};
                    assert_true(values_equal(m->shapes[c], &value, want));
                    if (!want->null && want->overflow) {
                        assert_int_equal(fixups.list[overflows].at, 5 + i);
                        assert_int_equal(fixups.list[overflows++].column, c);
                    }
                }
                assert_int_equal(overflows, fixups.count);
            }
        }
        unit_close(&unit);
    }
}

/* Leaves that have all ids between their fences, and then one less. */
static void test_ids_without_holes(void **state)
{
    (void)state;
    uint64_t seed = unit_seed();
    uint32_t dense = 0;
    for (uint64_t run = 0; run < 200; run++) {
        Unit unit;
        unit_open(&unit);
        Model *m = arena_alloc(unit.arena, sizeof *m);
        open_model(m, &unit, seed * 79 + run);
        m->high = m->low + 1 + below(m, 40);
        page_format(m->page, PAGE_LEAF_TABLE, 7, 5, 0);
        leaf_init(m->page, m->low, m->high);
        memcpy(m->twin, m->page, PAGE_BYTES);
        relayout(m, 1);
        for (uint64_t id = m->low; id < m->high && insert(m, id); id++) compare_all(m);
        if (m->count == m->high - m->low) {
            const uint32_t gone = below(m, m->count);
            const RowId id = {m->rows[gone].id};
            uint32_t slot;
            dense++;
            remove_row(m, gone);
            compare_all(m);
            assert_false(leaf_find(m->page, id, &slot));
            assert_int_equal(slot, gone);
        }
        unit_close(&unit);
    }
    assert_true(dense > 0);
}

/* Predicates on the page agree with the model; overflow values pass, unsure. */
static void test_filter(void **state)
{
    (void)state;
    uint64_t seed = unit_seed();
    for (uint64_t run = 0; run < 40; run++) {
        Unit unit;
        unit_open(&unit);
        Model *m = arena_alloc(unit.arena, sizeof *m);
        open_model(m, &unit, seed * 78 + run);
        m->shapes[0] = PHYS_I32 | LEAF_SHAPE_NULLABLE;
        m->shapes[1] = PHYS_STR | LEAF_SHAPE_NULLABLE;
        m->layout = (LeafLayout){5, 2, false, m->shapes};
        page_format(m->page, PAGE_LEAF_TABLE, 7, 5, 0);
        leaf_init(m->page, m->low, m->high);
        memcpy(m->twin, m->page, PAGE_BYTES);
        relayout(m, 1);
        for (uint64_t id = m->low; insert(m, id) && id + 1 < m->high;) id++;
        void *scratch = arena_alloc(m->arena, BATCH_ROWS_MAX * 16);
        for (uint32_t c = 0; c < 2; c++) {
            uint16_t out[ROWS_MAX];
            bool unsure = false;
            Predicate p = {.op = PREDICATE_LE, .phys = m->shapes[c] & LEAF_SHAPE_PHYS};
            p.low = random_value(m, p.phys).value;
            LeafColumn column;
            assert_true(leaf_column(m->page, c, &column));
            uint32_t n = leaf_filter(m->page, &column, &p, (Selection){NULL, m->count}, out,
                                     scratch, &unsure);
            uint32_t at = 0;
            for (uint32_t i = 0; i < m->count; i++) {
                const LeafValue *v = &m->rows[i].values[c];
                bool pass = !v->null &&
                            (v->overflow ||
                             (c == 0 ? v->value.i32 <= p.low.i32
                                     : strview_compare(&v->value.str, &p.low.str) <= 0));
                bool got = at < n && out[at] == i;
                assert_int_equal(pass || (v->null && v->overflow), got);
                at += got;
            }
            assert_int_equal(at, n);
        }
        unit_close(&unit);
    }
}

static void test_damage_is_found(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    Model *m = arena_alloc(unit.arena, sizeof *m);
    open_model(m, &unit, 5);
    m->shapes[0] = PHYS_STR;
    m->layout = (LeafLayout){4, 1, false, m->shapes};
    page_format(m->page, PAGE_LEAF_TABLE, 7, 5, 0);
    leaf_init(m->page, m->low, m->high);
    memcpy(m->twin, m->page, PAGE_BYTES);
    relayout(m, 1);
    for (uint64_t id = m->low; id < m->low + 20; id++) assert_true(insert(m, id));
    uint32_t found = 0;
    static const uint16_t places[] = {33, 48, 50, 56, 58, 60, 62, 80, 84, 88, 97, 100};
    for (uint32_t i = 0; i < ARRAY_LEN(places); i++) {
        uint8_t before = m->page[places[i]];
        m->page[places[i]] ^= 0xff;
        found += leaf_check(m->page, page_id(SPACE_SHARED, 7)) == ST_CORRUPT;
        m->page[places[i]] = before;
    }
    error_clear();
    assert_int_equal(found, ARRAY_LEN(places));
    assert_true(leaf_check(m->page, page_id(SPACE_SHARED, 7)) == OK);
    unit_close(&unit);
}

/* Values that keep their length, or get shorter, stay in their place: no page of such rows is ever compacted. */
static void test_values_stay_in_place(void **state)
{
    (void)state;
    enum { HEAP_START_AT = 56, GARBAGE_AT = 58, ROWS = 20, BYTES = 100 };
    static const uint16_t number = 0;
    char text[BYTES];
    Unit unit;
    unit_open(&unit);
    Model *m = arena_alloc(unit.arena, sizeof *m);
    open_model(m, &unit, 6);
    m->shapes[0] = PHYS_STR;
    m->layout = (LeafLayout){4, 1, false, m->shapes};
    page_format(m->page, PAGE_LEAF_TABLE, 7, 5, 0);
    leaf_init(m->page, m->low, m->high);
    assert_true(leaf_relayout(m->page, &m->layout, ROWS, NULL, NULL, 0) == OK);
    memset(text, 'a', sizeof text);
    LeafValue value = {.value.str = strview((Str){text, BYTES})};
    for (uint32_t i = 0; i < ROWS; i++)
        leaf_insert(m->page, (RowId){m->low + i}, (RowHead){{1}, ROW_FLAG_BORN, {1}}, &value, NULL);
    uint16_t heap_start = load_le16(m->page + HEAP_START_AT);
    for (uint32_t i = 0; i < 1000; i++) {
        uint32_t slot = below(m, ROWS), bytes = BYTES - i / 20;
        memset(text, 'b' + (int)(i % 20), bytes);
        value.value.str = strview((Str){text, bytes});
        leaf_set(m->page, slot, (RowHead){{2 + i}, 0, {2 + i}}, &number, &value, 1, false);
        LeafValue got = leaf_get(m->page, slot, 0);
        assert_true(str_equal(strview_str(&got.value.str), (Str){text, bytes}));
        assert_int_equal(load_le16(m->page + HEAP_START_AT), heap_start);
        assert_true(leaf_check(m->page, page_id(SPACE_SHARED, 7)) == OK);
    }
    assert_true(load_le16(m->page + GARBAGE_AT) > 0);
    unit_close(&unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_f10_room_for_rollback),
        cmocka_unit_test(test_ids_without_holes),
        cmocka_unit_test(test_gather),
        cmocka_unit_test(test_filter),
        cmocka_unit_test(test_damage_is_found),
        cmocka_unit_test(test_values_stay_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
