/* SPDX-License-Identifier: Apache-2.0 */
/* store_tree.c - how fast trees are when all is in memory: inserts in order and at random, look-ups, scans, by one
 * thread and two. The leaves are sorted pairs of numbers, so what is measured is the tree, the pool and the log, not
 * what the table room puts on top.
 *
 * usage: store_tree DIR [entries]     DIR: an empty folder; default 10 million entries */
#include "base/arith.h"
#include "base/error.h"
#include "base/random.h"
#include "os/clock.h"
#include "os/os.h"
#include "store/store.h"

#include <time.h>

enum {
    LOW_AT = 32,
    HIGH_AT = 40,
    COUNT_AT = 48,
    PAIRS_AT = 64,
    PAIR_BYTES = 16,
    PAIRS_MAX = (PAGE_BYTES - PAIRS_AT) / PAIR_BYTES,
    THREADS_MAX = 2,
    LOOKUPS = 4 << 20,
};

static uint64_t *pairs_of(const void *page)
{
    return (uint64_t *)(void *)((char *)(uintptr_t)page + PAIRS_AT);
}

static uint32_t count_of(const void *page)
{
    return load_le16((const char *)page + COUNT_AT);
}

static void set_count(void *page, uint32_t count)
{
    store_le16((char *)page + COUNT_AT, (uint16_t)count);
}

/* The first pair at or above the number. */
static uint32_t find(const void *page, uint64_t number)
{
    const uint64_t *pairs = pairs_of(page);
    uint32_t low = 0, count = count_of(page);
    while (count > 0) {
        uint32_t half = count / 2;
        bool below = pairs[2 * (low + half)] < number;
        low = below ? low + half + 1 : low;
        count = below ? count - half - 1 : half;
    }
    return low;
}

static void leaf_init(void *page, const TreeKey *low, const TreeKey *high, uint32_t layout)
{
    (void)layout;
    store_le64((char *)page + LOW_AT, low->row_id);
    store_le64((char *)page + HIGH_AT, high->row_id);
}

static void leaf_fences(const void *page, TreeKey *low, TreeKey *high)
{
    *low = (TreeKey){.row_id = load_le64((const char *)page + LOW_AT)};
    *high = (TreeKey){.row_id = load_le64((const char *)page + HIGH_AT)};
}

static Status leaf_split_point(const void *page, const TreeKey *at, uint32_t need, bool append,
                               uint8_t *buffer, TreeKey *separator)
{
    (void)need;
    (void)buffer;
    uint32_t count = count_of(page);
    if (count < PAIRS_MAX) return ST_END;
    bool last = append && find(page, at->row_id) == count;
    separator->row_id = last ? at->row_id : pairs_of(page)[2 * (count / 2)];
    separator->bytes = (Bytes){NULL, 0};
    return OK;
}

static uint32_t leaf_moved(const void *page, const TreeKey *separator, uint8_t *out)
{
    uint32_t from = find(page, separator->row_id);
    uint32_t bytes = (count_of(page) - from) * PAIR_BYTES;
    memcpy(out, pairs_of(page) + 2 * (size_t)from, bytes);
    return bytes;
}

static void leaf_split_left(void *page, const TreeKey *separator)
{
    set_count(page, find(page, separator->row_id));
    store_le64((char *)page + HIGH_AT, separator->row_id);
}

static void append_pairs(void *page, Bytes moved)
{
    uint32_t count = count_of(page);
    memcpy(pairs_of(page) + 2 * (size_t)count, moved.data, moved.bytes);
    set_count(page, count + (uint32_t)moved.bytes / PAIR_BYTES);
}

static void leaf_split_right(void *page, const TreeKey *low, const TreeKey *high, Bytes moved)
{
    leaf_init(page, low, high, 0);
    append_pairs(page, moved);
}

static bool leaf_merge_fits(const void *left, const void *right)
{
    return count_of(left) + count_of(right) <= PAIRS_MAX / 2;
}

static void leaf_merge(void *left, const TreeKey *high, Bytes moved)
{
    append_pairs(left, moved);
    store_le64((char *)left + HIGH_AT, high->row_id);
}

static Status leaf_check(const void *page, PageId id)
{
    (void)page;
    (void)id;
    return OK;
}

static const LeafOps leaf_ops = {
    .page_kind = PAGE_LEAF_TABLE,
    .init = leaf_init,
    .fences = leaf_fences,
    .split_point = leaf_split_point,
    .moved = leaf_moved,
    .split_left = leaf_split_left,
    .split_right = leaf_split_right,
    .merge_fits = leaf_merge_fits,
    .merge = leaf_merge,
    .entry_count = count_of,
    .check = leaf_check,
};

static const StoreUpper upper = {.leaf_table = &leaf_ops};

static void must(Status status, const char *what)
{
    if (status == OK) return;
    const Error *error = error_current();
    fprintf(stderr, "%s: %s (%.*s)\n", what, status_text(status),
            error != NULL ? (int)error->message.bytes : 0,
            error != NULL ? error->message.data : "");
    exit(1);
}

static void insert(Store *store, Tree *tree, uint64_t number)
{
    const TreeKey key = {.row_id = number};
    const uint32_t credit = wal_record_bytes(1, PAIR_BYTES);
    for (;;) {
        PageRef leaf;
        must(wal_credit_take(store_wal(store), credit, 0), "credit");
        must(tree_latch_leaf(tree, &key, false, LATCH_EXCLUSIVE, false, &leaf), "latch");
        uint32_t count = count_of(leaf.data), at = find(leaf.data, number);
        if (count < PAIRS_MAX) {
            uint64_t *pair = pairs_of(leaf.data) + 2 * (size_t)at;
            memmove(pair + 2, pair, (count - at) * (size_t)PAIR_BYTES);
            pair[0] = number;
            pair[1] = ~number;
            set_count(leaf.data, count + 1);
            WalPart part = {pair, PAIR_BYTES};
            PoolChange change = {&leaf, 0};
            (void)pool_log(store_pool(store), WAL_KEY_INSERT, XID_NONE, &change, 1, &part, 1,
                           false);
            pool_unlatch(&leaf);
            return;
        }
        TreeKey low, high;
        leaf_fences(leaf.data, &low, &high);
        bool append = high.row_id == UINT64_MAX && at == count;
        pool_unlatch(&leaf);
        wal_credit_return(store_wal(store), credit);
        must(tree_split(tree, &key, PAIR_BYTES, append), "split");
    }
}

typedef struct Work {
    const char *name;
    void (*run)(struct Work *work);
    Store *store;
    Tree *tree;
    uint64_t entries, from, to, seed, done;
} Work;

/* A number of [1, entries], each once for i in [0, entries). */
static uint64_t scattered(uint64_t i, uint64_t entries)
{
    return 1 + i * UINT64_C(7919) % entries * UINT64_C(104729) % entries;
}

static void insert_in_order(Work *work)
{
    for (uint64_t i = work->from; i < work->to; i++) insert(work->store, work->tree, i + 1);
    work->done = work->to - work->from;
}

static void insert_at_random(Work *work)
{
    for (uint64_t i = work->from; i < work->to; i++)
        insert(work->store, work->tree, scattered(i, work->entries));
    work->done = work->to - work->from;
}

static void look_up(Work *work)
{
    Random random;
    random_seed(&random, work->seed);
    for (uint64_t i = 0; i < LOOKUPS; i++) {
        const TreeKey key = {.row_id = 1 + random_below(&random, work->entries)};
        PageRef leaf;
        must(tree_latch_leaf(work->tree, &key, false, LATCH_SHARED, false, &leaf), "latch");
        uint32_t at = find(leaf.data, key.row_id);
        if (at == count_of(leaf.data) || pairs_of(leaf.data)[2 * at] != key.row_id) {
            fprintf(stderr, "%llu is missing\n", (unsigned long long)key.row_id);
            exit(1);
        }
        pool_unlatch(&leaf);
    }
    work->done = LOOKUPS;
}

static void scan(Work *work)
{
    uint64_t sum = 0;
    TreeKey position = {.row_id = 0}, low;
    while (position.row_id != UINT64_MAX) {
        PageRef leaf;
        must(tree_latch_leaf(work->tree, &position, false, LATCH_SHARED, true, &leaf), "latch");
        const uint64_t *pairs = pairs_of(leaf.data);
        for (uint32_t i = 0; i < count_of(leaf.data); i++) sum += pairs[2 * i + 1];
        work->done += count_of(leaf.data);
        leaf_fences(leaf.data, &low, &position);
        pool_unlatch(&leaf);
    }
    if (sum == 0) exit(1);
}

static void work_main(void *arg)
{
    Work *work = arg;
    work->run(work);
}

/* Of all threads: on a machine with other work it says more than the clock on the wall. */
static double cpu_ns(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec * 1e9 + (double)ts.tv_nsec;
}

static void measure(Work work, uint32_t threads)
{
    Work works[THREADS_MAX];
    Task *tasks[THREADS_MAX];
    int64_t start = os_monotonic_ns();
    double cpu = cpu_ns();
    uint64_t done = 0;
    for (uint32_t i = 0; i < threads; i++) {
        TaskOptions options = {.name = work.name};
        works[i] = work;
        works[i].seed = i + 1;
        works[i].from = work.entries / threads * i;
        works[i].to = i + 1 == threads ? work.entries : work.entries / threads * (i + 1);
        must(os_task_start(&options, work_main, &works[i], &tasks[i]), "thread");
    }
    for (uint32_t i = 0; i < threads; i++) {
        os_task_join(tasks[i]);
        done += works[i].done;
    }
    double ns = (double)(os_monotonic_ns() - start);
    printf(
        "%-24s %u thread%s %8.1f ns of processor each, %8.1f ns in all, %6.2f million a second\n",
        work.name, threads, threads > 1 ? "s" : " ", (cpu_ns() - cpu) / (double)done,
        ns * threads / (double)done, (double)done * 1e3 / ns);
    fflush(stdout);
}

static Tree *tree_new(Store *store)
{
    const TreeOptions options = {.kind = TREE_TABLE};
    TreeId id;
    Tree *tree;
    must(tree_number_take(store, SPACE_SHARED, &id), "number");
    must(tree_create(store, id, &options), "tree");
    must(tree_open(store, id, &tree), "tree");
    return tree;
}

static void run(Account *account, const char *dir, uint64_t entries)
{
    DeviceLocalOptions device_options = {.dir = dir};
    StoreOptions options = {.pool = {.frames = 64 * 1024,
                                     .huge_pages = true,
                                     .redo_bytes_max = 8u << 30},
                            .checkpoint_wal_bytes = 8u << 30,
                            .background = true};
    Device *device;
    Store *store;
    must(store_create(account, &device_options, 1), "create");
    must(device_local_open(account, &device_options, &device), "device");
    must(store_open(account, device, &options, &upper, &store), "open");
    for (uint32_t threads = 1; threads <= THREADS_MAX; threads++) {
        Work work = {.store = store, .entries = entries, .tree = tree_new(store)};
        work.name = "insert in order";
        work.run = insert_in_order;
        measure(work, threads);
        tree_close(work.tree);
        work.tree = tree_new(store);
        work.name = "insert at random";
        work.run = insert_at_random;
        measure(work, threads);
        work.name = "look up";
        work.run = look_up;
        measure(work, threads);
        work.name = "scan";
        work.run = scan;
        measure(work, threads);
        tree_close(work.tree);
    }
    must(store_close(store, false), "close");
}

int main(int argc, char **argv)
{
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    Os *os;
    if (argc < 2 || account == NULL || os_real_new(account, &os) != OK) {
        fprintf(stderr, "usage: store_tree DIR [entries]\n");
        return 1;
    }
    run(account, argv[1], argc > 2 ? strtoull(argv[2], NULL, 10) : 10000000);
    os_real_release(os);
    account_drop(account);
    return 0;
}
