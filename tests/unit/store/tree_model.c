/* SPDX-License-Identifier: Apache-2.0 */
#include "tree_model.h"

#include "base/arith.h"
#include "store/check.h"

/* --- leaves of numbers: low fence (8), high fence (8), count (2), and from 64 on pairs of number and value in order
 * --- */

enum { LOW_AT = 32, HIGH_AT = 40, COUNT_AT = 48, PAIRS_AT = 64, PAIR_BYTES = 16 };

uint32_t number_leaf_fill = NUMBER_LEAF_MAX;

static uint64_t *pairs_of(const void *page)
{
    return (uint64_t *)(void *)((char *)(uintptr_t)page + PAIRS_AT);
}

static uint32_t number_count(const void *page)
{
    return load_le16((const char *)page + COUNT_AT);
}

static bool is_table(const void *page)
{
    return ((const PageHeader *)page)->kind == PAGE_LEAF_TABLE;
}

static uint64_t number_of(const void *page, const TreeKey *key)
{
    if (is_table(page)) return key->row_id;
    if (key->bytes.data == NULL) return UINT64_MAX;
    return key->bytes.bytes == 0 ? 0 : load_le64(key->bytes.data);
}

static void number_init(void *page, const TreeKey *low, const TreeKey *high, uint32_t layout)
{
    (void)layout;
    store_le64((char *)page + LOW_AT, number_of(page, low));
    store_le64((char *)page + HIGH_AT, number_of(page, high));
    store_le16((char *)page + COUNT_AT, 0);
}

static TreeKey fence_of(const void *page, uint32_t at)
{
    uint64_t number = load_le64((const char *)page + at);
    if (is_table(page)) return (TreeKey){.row_id = number};
    if (number == UINT64_MAX) return TREE_KEY_HIGHEST;
    if (number == 0) return TREE_KEY_LOWEST;
    return (TreeKey){.bytes = {(const uint8_t *)page + at, 8}};
}

static void number_fences(const void *page, TreeKey *low, TreeKey *high)
{
    *low = fence_of(page, LOW_AT);
    *high = fence_of(page, HIGH_AT);
}

static uint32_t number_cut(const void *page, uint64_t number)
{
    uint32_t at = 0;
    while (at < number_count(page) && pairs_of(page)[2 * at] < number) at++;
    return at;
}

static Status number_split_point(const void *page, const TreeKey *at, uint32_t need, bool append,
                                 uint8_t *buffer, TreeKey *separator)
{
    (void)need;
    uint32_t count = number_count(page);
    uint64_t number = number_of(page, at);
    if (count < number_leaf_fill) return ST_END;
    if (!append || number_cut(page, number) < count) number = pairs_of(page)[2 * (count / 2)];
    store_le64(buffer, number);
    *separator = is_table(page) ? (TreeKey){.row_id = number} : (TreeKey){.bytes = {buffer, 8}};
    return OK;
}

static uint32_t number_moved(const void *page, const TreeKey *separator, uint8_t *out)
{
    uint32_t from = number_cut(page, number_of(page, separator));
    uint32_t bytes = (number_count(page) - from) * PAIR_BYTES;
    memcpy(out, pairs_of(page) + 2 * (size_t)from, bytes);
    return bytes;
}

static void number_split_left(void *page, const TreeKey *separator)
{
    uint64_t number = number_of(page, separator);
    store_le16((char *)page + COUNT_AT, (uint16_t)number_cut(page, number));
    store_le64((char *)page + HIGH_AT, number);
}

static void number_append(void *page, Bytes moved)
{
    uint32_t count = number_count(page);
    if (moved.bytes != 0) memcpy(pairs_of(page) + 2 * (size_t)count, moved.data, moved.bytes);
    store_le16((char *)page + COUNT_AT, (uint16_t)(count + moved.bytes / PAIR_BYTES));
}

static void number_split_right(void *page, const TreeKey *low, const TreeKey *high, Bytes moved)
{
    number_init(page, low, high, 0);
    number_append(page, moved);
}

static bool number_merge_fits(const void *left, const void *right)
{
    return number_count(left) + number_count(right) <= number_leaf_fill / 2;
}

static void number_merge(void *left, const TreeKey *high, Bytes moved)
{
    number_append(left, moved);
    store_le64((char *)left + HIGH_AT, number_of(left, high));
}

static Status number_check(const void *page, PageId id)
{
    (void)id;
    uint64_t low = load_le64((const char *)page + LOW_AT), before = 0;
    for (uint32_t i = 0; i < number_count(page); i++) {
        uint64_t number = pairs_of(page)[2 * i];
        if (number < low || number <= before || number >= load_le64((const char *)page + HIGH_AT))
            return ST_CORRUPT;
        before = number;
    }
    return OK;
}

#define NUMBER_OPS(kind)                                                                           \
    {                                                                                              \
        .page_kind = kind, .init = number_init, .fences = number_fences,                           \
        .split_point = number_split_point, .moved = number_moved, .split_left = number_split_left, \
        .split_right = number_split_right, .merge_fits = number_merge_fits, .merge = number_merge, \
        .entry_count = number_count, .check = number_check                                         \
    }
static const LeafOps number_ops = NUMBER_OPS(PAGE_LEAF_TABLE);

/* --- index leaves: of numbers when there is a comparator, else as a directory's --- */

static const LeafOps *index_ops(const void *page)
{
    bool compared = (((const PageHeader *)page)->flags & TREE_PAGE_COMPARED) != 0;
    return compared ? &number_ops : &tree__directory_leaf;
}

static void index_init(void *page, const TreeKey *low, const TreeKey *high, uint32_t layout)
{
    index_ops(page)->init(page, low, high, layout);
}

static void index_fences(const void *page, TreeKey *low, TreeKey *high)
{
    index_ops(page)->fences(page, low, high);
}

static Status index_split_point(const void *page, const TreeKey *at, uint32_t need, bool append,
                                uint8_t *buffer, TreeKey *separator)
{
    return index_ops(page)->split_point(page, at, need, append, buffer, separator);
}

static uint32_t index_moved(const void *page, const TreeKey *separator, uint8_t *out)
{
    return index_ops(page)->moved(page, separator, out);
}

static void index_split_left(void *page, const TreeKey *separator)
{
    index_ops(page)->split_left(page, separator);
}

static void index_split_right(void *page, const TreeKey *low, const TreeKey *high, Bytes moved)
{
    index_ops(page)->split_right(page, low, high, moved);
}

static bool index_merge_fits(const void *left, const void *right)
{
    return index_ops(left)->merge_fits(left, right);
}

static void index_merge(void *left, const TreeKey *high, Bytes moved)
{
    index_ops(left)->merge(left, high, moved);
}

static uint32_t index_count(const void *page)
{
    return index_ops(page)->entry_count(page);
}

static Status index_check(const void *page, PageId id)
{
    return index_ops(page)->check(page, id);
}

static const LeafOps index_leaf = {
    .page_kind = PAGE_LEAF_INDEX,
    .init = index_init,
    .fences = index_fences,
    .split_point = index_split_point,
    .moved = index_moved,
    .split_left = index_split_left,
    .split_right = index_split_right,
    .merge_fits = index_merge_fits,
    .merge = index_merge,
    .entry_count = index_count,
    .check = index_check,
};

static bool uses_numbers(const void *page)
{
    return is_table(page) || index_ops(page) == &number_ops;
}

/* --- one change of a leaf, live and again --- */

typedef struct Change {
    uint64_t number, value;
    bool remove;
} Change;

static const char shared[] = "every key begins with this/";
enum { SHARED_BYTES = sizeof shared - 1 };

static void number_key(uint64_t number, uint32_t pad_max, KeyCopy *key)
{
    uint32_t pad = pad_max != 0 ? (uint32_t)(hash_u64(number) % pad_max) : 0;
    memcpy(key->bytes, shared, SHARED_BYTES);
    store_be64(key->bytes + SHARED_BYTES, number);
    memset(key->bytes + SHARED_BYTES + 8, 'x', pad);
    key->key = (TreeKey){.bytes = {key->bytes, SHARED_BYTES + 8 + pad}};
}

static bool number_find(const void *page, uint64_t number, uint32_t *at)
{
    *at = number_cut(page, number);
    return *at < number_count(page) && pairs_of(page)[2 * *at] == number;
}

static void number_change(void *page, const Change *change)
{
    uint32_t at, count = number_count(page);
    bool found = number_find(page, change->number, &at);
    uint64_t *pair = pairs_of(page) + 2 * (size_t)at;
    size_t behind = (count - at) * (size_t)PAIR_BYTES;
    if (change->remove) {
        CHECK_TRUE(found);
        memmove(pair, pair + 2, behind - PAIR_BYTES);
        store_le16((char *)page + COUNT_AT, (uint16_t)(count - 1));
        return;
    }
    if (!found) {
        CHECK_TRUE(count < NUMBER_LEAF_MAX);
        memmove(pair + 2, pair, behind);
        store_le16((char *)page + COUNT_AT, (uint16_t)(count + 1));
    }
    pair[0] = change->number;
    pair[1] = change->value;
}

static void leaf_change(void *page, const Change *change, uint32_t pad_max)
{
    if (uses_numbers(page)) {
        number_change(page, change);
        return;
    }
    KeyCopy key;
    number_key(change->number, pad_max, &key);
    Bytes value = {(const uint8_t *)&change->value, sizeof change->value};
    if (change->remove)
        tree__directory_unset(page, key.key.bytes);
    else
        tree__directory_set(page, key.key.bytes, value);
}

typedef struct ChangePayload {
    Change change;
    uint32_t pad_max;
} ChangePayload;

static Status redo_change(const WalRecord *record, uint32_t index, void *page)
{
    ChangePayload payload;
    (void)index;
    CHECK_TRUE(record->payload.bytes == sizeof payload);
    memcpy(&payload, record->payload.data, sizeof payload);
    leaf_change(page, &payload.change, payload.pad_max);
    return OK;
}

static int compare_numbers(void *arg, Bytes a, Bytes b)
{
    (void)arg;
    CHECK_TRUE(a.bytes == 8 && b.bytes == 8);
    uint64_t x = load_le64(a.data), y = load_le64(b.data);
    return (x > y) - (x < y);
}

static Status analysis_begin(void *arg, Bytes transactions)
{
    (void)arg, (void)transactions;
    return OK;
}

static Status analysis_record(void *arg, const WalRecord *record)
{
    (void)arg, (void)record;
    return OK;
}

static const RedoEntry redo_entries[] = {{WAL_KEY_INSERT, redo_change, NULL}};
static const TreeCompare comparators[] = {NULL, compare_numbers};

const StoreUpper tree_upper = {.redo_entries = redo_entries,
                               .redo_count = ARRAY_LEN(redo_entries),
                               .leaf_table = &number_ops,
                               .leaf_index = &index_leaf,
                               .comparators = comparators,
                               .comparator_count = ARRAY_LEN(comparators),
                               .analysis_begin = analysis_begin,
                               .analysis_record = analysis_record};

/* --- the store --- */

Store *tree_store_open(uint32_t frames, bool background)
{
    Store *store;
    StoreOptions options = {.pool = {.frames = frames},
                            .wal_buffer_bytes = 1 << 17,
                            .background = background};
    must_be_ok(store_open(task_self()->account, test_device_open(), &options, &tree_upper, &store));
    return store;
}

void tree_store_create(void)
{
    DeviceLocalOptions device = test_device_options();
    SpaceId space;
    must_be_ok(os_dir_make(TEST_DIR));
    must_be_ok(os_dir_sync("/"));
    must_be_ok(store_create(task_self()->account, &device, 7));
    Store *store = tree_store_open(128, false);
    must_be_ok(space_create(store, &space));
    CHECK_TRUE(space.v == SPACE_FIRST_USER);
    must_be_ok(store_close(store, true));
}

/* --- operations --- */

TreeModel tree_model_create(Store *store, SpaceId space, Shape shape, uint32_t flags)
{
    TreeModel model = {.store = store, .shape = shape, .pad_max = 200};
    TreeOptions options = {.kind = shape == SHAPE_TABLE ? TREE_TABLE : TREE_INDEX,
                           .flags = flags,
                           .comparator = shape == SHAPE_COMPARED ? 1 : 0,
                           .layout = {(const uint8_t *)"layout 0", 8}};
    TreeId id;
    must_be_ok(tree_number_take(store, space, &id));
    must_be_ok(tree_create(store, id, &options));
    must_be_ok(tree_open(store, id, &model.tree));
    return model;
}

void tree_model_key(const TreeModel *model, uint64_t number, KeyCopy *key)
{
    switch (model->shape) {
    case SHAPE_TABLE: key->key = (TreeKey){.row_id = number}; return;
    case SHAPE_BYTES: number_key(number, model->pad_max, key); return;
    default: store_le64(key->bytes, number); key->key = (TreeKey){.bytes = {key->bytes, 8}};
    }
}

static bool leaf_has(const void *page, const TreeKey *key, uint64_t number, uint64_t *value)
{
    uint32_t at;
    if (uses_numbers(page)) {
        bool found = number_find(page, number, &at);
        if (found && value != NULL) *value = pairs_of(page)[2 * at + 1];
        return found;
    }
    Bytes own, bytes;
    if (!tree__directory_find(page, key->bytes, &at)) return false;
    tree__directory_entry(page, at, &own, &bytes);
    CHECK_TRUE(bytes.bytes == 8);
    if (value != NULL) memcpy(value, bytes.data, 8);
    return true;
}

static bool leaf_fits(const void *page, const TreeKey *key, bool there)
{
    const uint8_t value[8] = {0};
    if (uses_numbers(page)) return there || number_count(page) < number_leaf_fill;
    return tree__directory_fits(page, key->bytes, (Bytes){value, 8});
}

static bool is_append(const TreeModel *model, const void *page, uint64_t number)
{
    TreeKey low, high;
    model->tree->leaf->fences(page, &low, &high);
    if (!tree__key_is_open(model->tree, &high)) return false;
    if (uses_numbers(page)) return number_cut(page, number) == number_count(page);
    uint32_t at;
    KeyCopy key;
    tree_model_key(model, number, &key);
    (void)tree__directory_find(page, key.key.bytes, &at);
    return at == model->tree->leaf->entry_count(page);
}

static void change_log(TreeModel *model, PageRef *leaf, const Change *change)
{
    ChangePayload payload = {.change = *change, .pad_max = model->pad_max};
    WalPart part = {&payload, sizeof payload};
    PoolChange page = {leaf, 0};
    leaf_change(leaf->data, change, model->pad_max);
    Lsn lsn = pool_log(model->store->pool, WAL_KEY_INSERT, XID_NONE, &page, 1, &part, 1,
                       !tree__is_logged(model->tree));
    CHECK_TRUE((lsn.v != 0) == tree__is_logged(model->tree));
}

static void credit(TreeModel *model, bool take)
{
    if (!tree__is_logged(model->tree)) return;
    uint32_t bytes = wal_record_bytes(1, sizeof(ChangePayload));
    if (take)
        must_be_ok(wal_credit_take(model->store->wal, bytes, 0));
    else
        wal_credit_return(model->store->wal, bytes);
}

void tree_model_fill(const TreeModel *model, void *page, uint64_t number, uint64_t value)
{
    leaf_change(page, &(Change){number, value, false}, model->pad_max);
}

/* By either way. */
static void latch_exclusive(TreeModel *model, const TreeKey *key, uint64_t number, PageRef *leaf)
{
    if (number % 2 == 0)
        must_be_ok(tree_latch_leaf(model->tree, key, false, LATCH_EXCLUSIVE, false, leaf));
    else
        must_be_ok(tree_latch_tail(model->tree, key, leaf));
}

bool tree_model_put(TreeModel *model, uint64_t number, uint64_t value)
{
    KeyCopy key;
    tree_model_key(model, number, &key);
    for (;;) {
        PageRef leaf;
        credit(model, true);
        latch_exclusive(model, &key.key, number, &leaf);
        bool there = leaf_has(leaf.data, &key.key, number, NULL);
        bool append = is_append(model, leaf.data, number);
        if (leaf_fits(leaf.data, &key.key, there)) {
            change_log(model, &leaf, &(Change){number, value, false});
            pool_unlatch(&leaf);
            return !there;
        }
        pool_unlatch(&leaf);
        credit(model, false);
        uint32_t need = (uint32_t)key.key.bytes.bytes + 16;
        must_be_ok(tree_split(model->tree, &key.key, need, append));
    }
}

bool tree_model_remove(TreeModel *model, uint64_t number)
{
    KeyCopy key;
    PageRef leaf;
    tree_model_key(model, number, &key);
    credit(model, true);
    latch_exclusive(model, &key.key, number, &leaf);
    bool there = leaf_has(leaf.data, &key.key, number, NULL);
    if (there) change_log(model, &leaf, &(Change){number, 0, true});
    bool sparse = model->tree->leaf->entry_count(leaf.data) < number_leaf_fill / 4;
    pool_unlatch(&leaf);
    if (!there) credit(model, false);
    if (sparse) must_be_ok(tree_try_merge(model->tree, &key.key));
    return there;
}

/* By either way: a leaf that was found may be another one by the time it is latched. */
static void latch_shared(TreeModel *model, const TreeKey *key, uint64_t number, PageRef *leaf)
{
    if (model->tree->kind != TREE_TABLE || number % 2 == 0) {
        must_be_ok(tree_latch_leaf(model->tree, key, false, LATCH_SHARED, false, leaf));
        return;
    }
    const RowId rows[] = {{key->row_id}, {key->row_id + 1}};
    TreeLeaf found[2];
    must_be_ok(tree_find_leaves(model->tree, rows, 2, found));
    CHECK_TRUE(found[0].low <= rows[0].v && found[1].low <= rows[1].v);
    os_yield_point();
    must_be_ok(tree_latch_found(model->tree, &found[0], rows[0], leaf));
}

bool tree_model_get(TreeModel *model, uint64_t number, uint64_t *value)
{
    KeyCopy key;
    PageRef leaf;
    tree_model_key(model, number, &key);
    latch_shared(model, &key.key, number, &leaf);
    bool there = leaf_has(leaf.data, &key.key, number, value);
    pool_unlatch(&leaf);
    return there;
}

static uint64_t entry_at(const void *page, uint32_t at, uint64_t *value)
{
    if (uses_numbers(page)) {
        *value = pairs_of(page)[2 * at + 1];
        return pairs_of(page)[2 * at];
    }
    Bytes key, bytes;
    tree__directory_entry(page, at, &key, &bytes);
    memcpy(value, bytes.data, 8);
    return load_be64(key.data + SHARED_BYTES);
}

uint32_t tree_model_scan(TreeModel *model, bool backward, uint64_t *numbers, uint64_t *values,
                         uint32_t max)
{
    KeyCopy position;
    uint32_t found = 0;
    tree__key_copy(&position, backward ? &TREE_KEY_HIGHEST : &TREE_KEY_LOWEST);
    for (;;) {
        PageRef leaf;
        TreeKey low, high;
        must_be_ok(
            tree_latch_leaf(model->tree, &position.key, backward, LATCH_SHARED, true, &leaf));
        model->tree->leaf->fences(leaf.data, &low, &high);
        uint32_t count = model->tree->leaf->entry_count(leaf.data);
        for (uint32_t i = 0; i < count && found < max; i++) {
            uint64_t value;
            numbers[found] = entry_at(leaf.data, backward ? count - 1 - i : i, &value);
            if (values != NULL) values[found] = value;
            found++;
        }
        bool last = backward ? tree__key_compare(model->tree, &low, &TREE_KEY_LOWEST) == 0
                             : tree__key_is_open(model->tree, &high);
        tree__key_copy(&position, backward ? &low : &high);
        pool_unlatch(&leaf);
        if (last || found == max) return found;
    }
}

static void found_problem(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void found_problem(void *arg, PageId page, const char *format, ...)
{
    va_list args;
    (void)arg;
    va_start(args, format);
    (void)fprintf(stderr, "page %llu: ", (unsigned long long)page_number(page));
    (void)vfprintf(stderr, format, args);
    (void)fprintf(stderr, "\n");
    va_end(args);
    CHECK_TRUE(false);
}

void tree_model_check_store(Store *store)
{
    StoreCheck how = {.found = found_problem};
    CheckFigures figures;
    must_be_ok(store_check(store, &how, &figures));
}

void tree_model_check(TreeModel *model)
{
    must_be_ok(tree_check(model->tree, found_problem, NULL));
}

uint32_t tree_model_height(TreeModel *model)
{
    TreeFigures figures;
    must_be_ok(tree_figures(model->tree, &figures));
    return figures.height;
}
