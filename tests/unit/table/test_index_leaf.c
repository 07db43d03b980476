/* SPDX-License-Identifier: Apache-2.0 */
/* test_index_leaf.c - index leaves against a sorted array: random keys, marks, payloads and their rollback, splits and
 * merges, ordered by memcmp and by a comparator. Every change is made on two pages that must stay equal. */
#include "unit/unit.h"

#include "base/random.h"
#include "store/page.h"
#include "table/index_leaf.h"

enum { ENTRIES_MAX = 900, STEPS = 3000 };

typedef struct ModelEntry {
    Bytes key, payload;
    EntryHead head;
    Bytes payload_before; /* what a rollback would set again */
    EntryHead head_before;
    bool open;
} ModelEntry;

typedef struct Model {
    Random random;
    Arena *arena;
    ModelEntry *entries;
    uint32_t count, key_bytes_max, payload_bytes_max;
    Bytes low, high;
    uint8_t *page, *twin;
    EntryOrder order;
    bool compared;
    uint64_t next_xid;
} Model;

static uint32_t below(Model *m, uint32_t limit)
{
    return (uint32_t)random_below(&m->random, limit);
}

static int compare_memory(Bytes a, Bytes b)
{
    size_t n = MIN(a.bytes, b.bytes);
    int sign = n ? memcmp(a.data, b.data, n) : 0;
    return sign ? sign : (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

/* Backwards: unlike memcmp wherever it can be. */
static int compare_backward(void *arg, Bytes a, Bytes b)
{
    (void)arg;
    return compare_memory(b, a);
}

static int compare(const Model *m, Bytes a, Bytes b)
{
    return m->compared ? compare_backward(NULL, a, b) : compare_memory(a, b);
}

static Bytes random_bytes_of(Model *m, uint32_t bytes, uint32_t alphabet)
{
    uint8_t *data = arena_alloc(m->arena, bytes + 1);
    for (uint32_t i = 0; i < bytes; i++) data[i] = (uint8_t)(below(m, alphabet) * 37);
    return (Bytes){data, bytes};
}

/* Inside the fences, most often with a long common prefix; when few fit between them, the lower one itself. */
static Bytes random_key(Model *m)
{
    for (uint32_t tries = 0; tries < 1000; tries++) {
        uint32_t bytes = 1 + below(m, below(m, 8) ? 12 : m->key_bytes_max);
        Bytes key = random_bytes_of(m, bytes, below(m, 2) ? 3 : 7);
        uint32_t shared = 0;
        if (m->high.data && !m->compared)
            while (shared < m->low.bytes && shared < m->high.bytes &&
                   m->low.data[shared] == m->high.data[shared])
                shared++;
        uint8_t *whole = arena_alloc(m->arena, shared + bytes);
        if (shared) memcpy(whole, m->low.data, shared);
        memcpy(whole + shared, key.data, bytes);
        key = (Bytes){whole, shared + bytes};
        if (key.bytes > ENTRY_KEY_BYTES_MAX) continue;
        if (m->low.bytes && compare(m, key, m->low) < 0) continue;
        if (m->high.data && compare(m, key, m->high) >= 0) continue;
        return key;
    }
    return m->low.data ? m->low : random_bytes_of(m, 0, 1);
}

static uint32_t model_find(const Model *m, Bytes key, bool *found)
{
    uint32_t i = 0;
    while (i < m->count && compare(m, m->entries[i].key, key) < 0) i++;
    *found = i < m->count && compare(m, m->entries[i].key, key) == 0;
    return i;
}

static void compare_entry(const void *page, uint32_t slot, const ModelEntry *entry)
{
    uint8_t buffer[ENTRY_KEY_BYTES_MAX];
    Bytes key = index_leaf_key(page, slot, buffer), payload = index_leaf_payload(page, slot);
    EntryHead head = index_leaf_head(page, slot);
    assert_true(compare_memory(key, entry->key) == 0);
    assert_true(compare_memory(payload, entry->payload) == 0);
    assert_true(head.xid.v == entry->head.xid.v && head.flags == entry->head.flags);
    assert_true(index_leaf_newest_xid(page).v >= head.xid.v);
}

static void compare_pages(const Model *m)
{
    assert_true(index_leaf_check(m->page, page_id(SPACE_SHARED, 7)) == OK);
    if (memcmp(m->page, m->twin, PAGE_BYTES) != 0) fail_msg("the twin page differs");
    assert_int_equal(index_leaf_count(m->page), m->count);
}

static void compare_all(Model *m)
{
    uint32_t marked = 0;
    compare_pages(m);
    for (uint32_t i = 0; i < m->count; i++) {
        compare_entry(m->page, i, &m->entries[i]);
        marked += m->entries[i].head.flags & ENTRY_MARKED;
    }
    assert_int_equal(index_leaf_marked_count(m->page), marked);
    Bytes low, high;
    index_leaf_fences(m->page, &low, &high);
    assert_true(compare_memory(low, m->low) == 0);
    assert_true((high.data != NULL) == (m->high.data != NULL));
    if (high.data) assert_true(compare_memory(high, m->high) == 0);
    for (uint32_t i = 0; i < 10; i++) {
        Bytes key = i < 5 ? random_key(m) : random_bytes_of(m, 1 + below(m, 9), 7);
        bool found;
        uint32_t slot, at = model_find(m, key, &found);
        assert_int_equal(index_leaf_find(m->page, key, &m->order, &slot), found);
        assert_int_equal(slot, at);
        if (m->order.compare) continue;
        uint32_t end = at;
        while (end < m->count && m->entries[end].key.bytes >= key.bytes &&
               memcmp(m->entries[end].key.data, key.data, key.bytes) == 0)
            end++;
        assert_int_equal(index_leaf_run_end(m->page, at, key), end);
    }
}

static void insert(Model *m)
{
    ModelEntry entry = {.key = random_key(m), .head = {{m->next_xid++}, 0}};
    bool found;
    uint32_t slot, at = model_find(m, entry.key, &found);
    entry.payload = random_bytes_of(m, below(m, m->payload_bytes_max), 250);
    if (found || m->count == ENTRIES_MAX ||
        !index_leaf_fits(m->page, (uint32_t)entry.key.bytes, (uint32_t)entry.payload.bytes))
        return;
    assert_false(index_leaf_find(m->page, entry.key, &m->order, &slot));
    assert_int_equal(slot, at);
    index_leaf_insert(m->page, slot, entry.key, entry.head, entry.payload);
    index_leaf_insert(m->twin, slot, entry.key, entry.head, entry.payload);
    memmove(m->entries + at + 1, m->entries + at, (m->count - at) * sizeof entry);
    m->entries[at] = entry;
    m->count++;
}

static void set_head(Model *m, uint32_t slot)
{
    EntryHead head = {{m->next_xid++}, (uint16_t)below(m, 16)};
    index_leaf_set_head(m->page, slot, head);
    index_leaf_set_head(m->twin, slot, head);
    m->entries[slot].head = head;
}

static void set_payload(Model *m, uint32_t slot)
{
    ModelEntry *entry = &m->entries[slot];
    EntryHead head = {{m->next_xid++}, entry->head.flags};
    Bytes payload = random_bytes_of(m, below(m, m->payload_bytes_max), 250);
    if (!index_leaf_payload_fits(m->page, slot, (uint32_t)payload.bytes)) return;
    if (!entry->open) {
        entry->payload_before = entry->payload;
        entry->head_before = entry->head;
        entry->open = true;
    }
    index_leaf_set_payload(m->page, slot, head, payload);
    index_leaf_set_payload(m->twin, slot, head, payload);
    entry->payload = payload;
    entry->head = head;
}

/* docs/traps.md F10: however full the page has become, the old payload fits. */
static void roll_back(Model *m, uint32_t slot)
{
    ModelEntry *entry = &m->entries[slot];
    if (!entry->open) return;
    assert_true(index_leaf_payload_fits(m->page, slot, (uint32_t)entry->payload_before.bytes));
    index_leaf_set_payload(m->page, slot, entry->head_before, entry->payload_before);
    index_leaf_set_payload(m->twin, slot, entry->head_before, entry->payload_before);
    entry->payload = entry->payload_before;
    entry->head = entry->head_before;
    entry->open = false;
}

static void commit(Model *m, uint32_t slot)
{
    m->entries[slot].open = false;
    index_leaf_trim_payload(m->page, slot);
    index_leaf_trim_payload(m->twin, slot);
}

static void remove_entry(Model *m, uint32_t slot)
{
    index_leaf_remove(m->page, slot);
    index_leaf_remove(m->twin, slot);
    m->count--;
    memmove(m->entries + slot, m->entries + slot + 1, (m->count - slot) * sizeof m->entries[0]);
}

static void keep_left(Model *m, uint32_t left_count, Bytes separator)
{
    m->count = left_count;
    m->high = separator;
}

static void keep_right(Model *m, const uint8_t *right, uint32_t left_count, Bytes separator)
{
    memcpy(m->page, right, PAGE_BYTES);
    m->count -= left_count;
    memmove(m->entries, m->entries + left_count, m->count * sizeof m->entries[0]);
    m->low = separator;
}

static void split_and_merge(Model *m)
{
    alignas(64) uint8_t right[PAGE_BYTES], moved[PAGE_BYTES], left_twin[PAGE_BYTES];
    uint8_t buffer[ENTRY_KEY_BYTES_MAX];
    const LeafOps *ops = &index_leaf_ops;
    TreeKey at = {.bytes = random_key(m)}, separator, high = {.bytes = m->high}, low, top;
    bool found;
    uint32_t place = model_find(m, at.bytes, &found);
    bool append = !found && place + INDEX_APPEND_NEAR >= m->count && below(m, 2);
    if (m->compared) append &= place == m->count; /* the leaf believes what it is told */
    if (ops->split_point(m->page, &at, PAGE_BYTES, append, buffer, &separator) != OK) return;
    Bytes cut = {arena_copy(m->arena, separator.bytes.data, separator.bytes.bytes),
                 separator.bytes.bytes};
    assert_true(!m->low.bytes || compare(m, cut, m->low) > 0);
    assert_true(!m->high.data || compare(m, cut, m->high) < 0);
    if (append && place == m->count && !m->compared) assert_true(compare(m, cut, at.bytes) <= 0);
    uint32_t bytes = ops->moved(m->page, &separator, moved);
    memcpy(left_twin, m->page, PAGE_BYTES);
    page_format(right, PAGE_LEAF_INDEX, 8, 5, 0);
    ((PageHeader *)(void *)right)->flags = ((PageHeader *)(void *)m->page)->flags;
    ops->split_right(right, &separator, m->high.data ? &high : NULL, (Bytes){moved, bytes});
    ops->split_left(m->page, &separator);
    ops->split_left(left_twin, &separator);
    assert_memory_equal(m->page, left_twin, PAGE_BYTES);
    assert_true(index_leaf_check(m->page, page_id(SPACE_SHARED, 7)) == OK);
    assert_true(index_leaf_check(right, page_id(SPACE_SHARED, 8)) == OK);
    uint32_t left_count = ops->entry_count(m->page);
    assert_int_equal(left_count + ops->entry_count(right), m->count);
    for (uint32_t i = 0; i < m->count; i++) {
        if (i < left_count)
            compare_entry(m->page, i, &m->entries[i]);
        else
            compare_entry(right, i - left_count, &m->entries[i]);
    }
    ops->fences(right, &low, &top);
    if (below(m, 4) && ops->merge_fits(m->page, right)) {
        bytes = ops->moved(right, &low, moved);
        ops->merge(m->page, m->high.data ? &top : NULL, (Bytes){moved, bytes});
    } else if (below(m, 2)) {
        keep_left(m, left_count, cut);
    } else {
        keep_right(m, right, left_count, cut);
    }
    memcpy(m->twin, m->page, PAGE_BYTES);
}

static void open_model(Model *m, Unit *unit, uint64_t seed)
{
    memset(m, 0, sizeof *m);
    random_seed(&m->random, seed);
    m->arena = unit->arena;
    m->entries = arena_alloc_array_zero(m->arena, ENTRIES_MAX + 1, sizeof *m->entries);
    m->page = (uint8_t *)ALIGN_UP((uintptr_t)arena_alloc(m->arena, PAGE_BYTES + 64), 64);
    m->twin = (uint8_t *)ALIGN_UP((uintptr_t)arena_alloc(m->arena, PAGE_BYTES + 64), 64);
    m->next_xid = 10;
    m->compared = below(m, 4) == 0;
    if (m->compared) m->order.compare = compare_backward;
    m->key_bytes_max = below(m, 2) ? 30 : 600;
    m->payload_bytes_max = below(m, 2) ? 20 : 1500;
    page_format(m->page, PAGE_LEAF_INDEX, 7, 5, 0);
    if (m->compared) ((PageHeader *)(void *)m->page)->flags = TREE_PAGE_COMPARED;
    index_leaf_ops.init(m->page, &(TreeKey){.bytes = {0}}, NULL, 0);
    memcpy(m->twin, m->page, PAGE_BYTES);
}

static void run_step(Model *m)
{
    uint32_t what = below(m, 100), slot = m->count ? below(m, m->count) : 0;
    if (m->count == 0 || what < 40)
        insert(m);
    else if (what < 55)
        set_head(m, slot);
    else if (what < 70)
        set_payload(m, slot);
    else if (what < 80)
        roll_back(m, slot);
    else if (what < 90)
        commit(m, slot);
    else if (what < 98)
        remove_entry(m, slot);
    else if (below(m, 8) == 0)
        split_and_merge(m);
}

static void test_random(void **state)
{
    (void)state;
    uint64_t seed = unit_seed();
    for (uint64_t run = 0; run < 40; run++) {
        Unit unit;
        unit_open(&unit);
        Model *m = arena_alloc(unit.arena, sizeof *m);
        open_model(m, &unit, seed * 1000 + run);
        for (uint32_t step = 0; step < STEPS; step++) {
            run_step(m);
            if (step % 32 == 0)
                compare_all(m);
            else
                compare_pages(m);
        }
        compare_all(m);
        unit_close(&unit);
    }
}

/* Ascending keys, as of a sequence: pages are left full, separators are short. */
static void test_append_split(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    Model *m = arena_alloc(unit.arena, sizeof *m);
    open_model(m, &unit, 3);
    page_format(m->page, PAGE_LEAF_INDEX, 7, 5, 0);
    index_leaf_init(m->page, (Bytes){0}, (Bytes){0});
    uint8_t key[14] = {0}, buffer[ENTRY_KEY_BYTES_MAX];
    uint32_t n = 0, slot;
    for (;; n++) {
        key[6] = (uint8_t)(n >> 8);
        key[7] = (uint8_t)n;
        if (!index_leaf_fits(m->page, sizeof key, 0)) break;
        assert_false(index_leaf_find(m->page, (Bytes){key, sizeof key}, NULL, &slot));
        assert_int_equal(slot, n);
        index_leaf_insert(m->page, slot, (Bytes){key, sizeof key}, (EntryHead){{5}, 0}, (Bytes){0});
    }
    TreeKey at = {.bytes = {key, sizeof key}}, separator;
    assert_true(index_leaf_ops.split_point(m->page, &at, 34, true, buffer, &separator) == OK);
    assert_int_equal(separator.bytes.bytes, 8);
    assert_memory_equal(separator.bytes.data, key, 8);
    index_leaf_ops.split_left(m->page, &separator);
    assert_int_equal(index_leaf_count(m->page), n);
    assert_true(n > 450);
    unit_close(&unit);
}

/* Several tasks insert in one order, and one is a little behind: its entry goes to the new page, with those behind
 * it. */
static void test_append_split_near_the_end(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    Model *m = arena_alloc(unit.arena, sizeof *m);
    for (uint32_t behind = 0; behind <= INDEX_APPEND_NEAR + 1; behind++) {
        uint8_t key[14] = {0}, buffer[ENTRY_KEY_BYTES_MAX];
        uint32_t n = 0, slot;
        open_model(m, &unit, 3);
        page_format(m->page, PAGE_LEAF_INDEX, 7, 5, 0);
        index_leaf_init(m->page, (Bytes){0}, (Bytes){0});
        for (;; n++) {
            store_be16(key + 6, (uint16_t)(2 * n));
            if (!index_leaf_fits(m->page, sizeof key, 0)) break;
            (void)index_leaf_find(m->page, (Bytes){key, sizeof key}, NULL, &slot);
            index_leaf_insert(m->page, slot, (Bytes){key, sizeof key}, (EntryHead){{5}, 0},
                              (Bytes){0});
        }
        store_be16(key + 6, (uint16_t)(2 * (n - behind) - 1));
        TreeKey at = {.bytes = {key, sizeof key}}, separator;
        assert_true(index_leaf_ops.split_point(m->page, &at, 34, true, buffer, &separator) == OK);
        index_leaf_ops.split_left(m->page, &separator);
        bool near = behind <= INDEX_APPEND_NEAR;
        assert_true(near ? index_leaf_count(m->page) == n - behind
                         : index_leaf_count(m->page) < n * 2 / 3);
        if (near) assert_true(compare(m, separator.bytes, at.bytes) <= 0);
    }
    unit_close(&unit);
}

/* A page without upper fence, full to the last byte, gets a long one: some entries have to go with what comes. */
static void test_append_split_makes_room(void **state)
{
    enum { KEY = 600, PAYLOAD_STEP = 97 };
    (void)state;
    Unit unit;
    unit_open(&unit);
    Model *m = arena_alloc(unit.arena, sizeof *m);
    open_model(m, &unit, 3);
    uint8_t key[KEY] = {0}, payload[PAGE_BYTES / 8] = {0}, buffer[ENTRY_KEY_BYTES_MAX];
    for (uint32_t extra = 0; extra < PAYLOAD_STEP; extra++) {
        page_format(m->page, PAGE_LEAF_INDEX, 7, 5, 0);
        index_leaf_init(m->page, (Bytes){0}, (Bytes){0});
        uint32_t n = 0, slot;
        for (;; n++) {
            key[KEY - 1] = (uint8_t)n; /* the last byte tells: separators are whole keys */
            if (!index_leaf_fits(m->page, KEY, extra)) break;
            (void)index_leaf_find(m->page, (Bytes){key, KEY}, NULL, &slot);
            index_leaf_insert(m->page, slot, (Bytes){key, KEY}, (EntryHead){{5}, 0},
                              (Bytes){payload, extra});
        }
        TreeKey at = {.bytes = {key, KEY}}, separator;
        uint32_t need = index_leaf_need(KEY, extra);
        assert_true(index_leaf_ops.split_point(m->page, &at, need, true, buffer, &separator) == OK);
        index_leaf_ops.split_left(m->page, &separator);
        assert_true(index_leaf_count(m->page) >= n - 2);
        assert_true(index_leaf_check(m->page, page_id(SPACE_SHARED, 7)) == OK);
    }
    unit_close(&unit);
}

static void test_damage_is_found(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    Model *m = arena_alloc(unit.arena, sizeof *m);
    open_model(m, &unit, 2);
    for (uint32_t i = 0; i < 50; i++) insert(m);
    compare_all(m);
    static const uint16_t places[] = {32, 34, 36, 38, 41, 48, 72, 76, 78, 84};
    for (uint32_t i = 0; i < ARRAY_LEN(places); i++) {
        uint8_t before = m->page[places[i]];
        m->page[places[i]] ^= 0xff;
        if (index_leaf_check(m->page, page_id(SPACE_SHARED, 7)) != ST_CORRUPT)
            fail_msg("damage at %u is not found", places[i]);
        m->page[places[i]] = before;
    }
    error_clear();
    compare_all(m);
    unit_close(&unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_append_split),
        cmocka_unit_test(test_append_split_near_the_end),
        cmocka_unit_test(test_append_split_makes_room),
        cmocka_unit_test(test_damage_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
