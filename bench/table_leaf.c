/* SPDX-License-Identifier: Apache-2.0 */
/* table_leaf.c - table leaves in memory: a filtered scan of an integer column against a plain loop over one array,
 * look-ups by row id, inserts, updates. By processor time, the best of several rounds.
 *
 * usage: table_leaf [leaves] */
#include "table/leaf.h"

#include "base/account.h"
#include "base/random.h"
#include "base/task.h"
#include "store/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 15, COLUMNS = 4 };
static const uint8_t shapes[COLUMNS] = {
    PHYS_I64,
    PHYS_I32 | LEAF_SHAPE_NULLABLE,
    PHYS_I64 | LEAF_SHAPE_NULLABLE,
    PHYS_STR | LEAF_SHAPE_NULLABLE,
};

typedef struct Bench {
    uint8_t *pages;
    uint32_t leaves;
    uint64_t rows;
    int32_t *array;
    Arena *arena;
} Bench;

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void fill_leaf(Bench *bench, uint8_t *page, Random *random)
{
    LeafLayout layout = {1, COLUMNS, false, shapes};
    uint32_t capacity;
    page_format(page, PAGE_LEAF_TABLE, 7, 5, 0);
    leaf_init(page, bench->rows, UINT64_MAX);
    if (leaf_relayout(page, &layout, 8, NULL, NULL, 0) != OK) abort();
    for (;;) {
        char text[] = "twenty bytes of text";
        LeafValue values[COLUMNS] = {
            {.value.i64 = (int64_t)bench->rows},
            {.value.i32 = (int32_t)random_below(random, 1000)},
            {.value.i64 = 3},
            {.value.str = strview((Str){text, 20})},
        };
        LeafFit fit = leaf_fit_insert(page, 20, &capacity);
        if (fit == LEAF_FULL) return;
        if (fit == LEAF_GROW && leaf_relayout(page, &layout, capacity, NULL, NULL, 0) != OK)
            abort();
        leaf_insert(page, (RowId){bench->rows}, (RowHead){{5}, ROW_FLAG_BORN, {1}}, values, NULL);
        bench->array[bench->rows++] = values[1].value.i32;
    }
}

/* What a plain C program does: the values that pass, copied. */
static uint32_t scan_plain(const Bench *bench, int32_t limit, int32_t *out)
{
    uint32_t count = 0;
    for (uint64_t i = 0; i < bench->rows; i++) {
        out[count] = bench->array[i];
        count += bench->array[i] < limit;
    }
    return count;
}

static uint32_t scan_leaves(const Bench *bench, int32_t limit, int32_t *out)
{
    Predicate predicate = {.op = PREDICATE_LT, .phys = PHYS_I32, .low = {.i32 = limit}};
    uint16_t rows[LEAF_ROWS_MAX];
    uint32_t count = 0;
    bool unsure = false;
    for (uint32_t i = 0; i < bench->leaves; i++) {
        const uint8_t *page = bench->pages + (size_t)i * PAGE_BYTES;
        LeafColumn column;
        if (!leaf_column(page, 1, &column)) abort();
        uint32_t n = leaf_filter(page, &column, &predicate, (Selection){NULL, leaf_row_count(page)},
                                 rows, NULL, &unsure);
        Vector vector = {.phys = PHYS_I32, .form = VECTOR_FLAT, .data = out + count};
        LeafGather gather = {.rows = rows, .count = n, .arena = bench->arena};
        if (leaf_gather(page, &column, &gather, &vector) != OK) abort();
        count += n;
    }
    return count;
}

static void measure_scans(const Bench *bench, int32_t limit)
{
    int32_t *out = arena_alloc(bench->arena, (bench->rows + 8) * sizeof *out);
    double plain = 1e9, leaves = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        uint32_t a = scan_plain(bench, limit, out);
        double middle = now();
        uint32_t b = scan_leaves(bench, limit, out);
        double end = now();
        if (a != b) abort();
        plain = MIN(plain, middle - start);
        leaves = MIN(leaves, end - middle);
    }
    printf("scan, %5.1f %% pass: plain loop %7.1f M rows/s, leaves %7.1f M rows/s: %3.0f %%\n",
           limit / 10.0, (double)bench->rows / plain / 1e6, (double)bench->rows / leaves / 1e6,
           100 * plain / leaves);
}

static void measure_points(const Bench *bench)
{
    enum { LOOKS = 1 << 20 };
    Random random;
    random_seed(&random, 2);
    double best = 1e9;
    int64_t sum = 0;
    uint32_t per_leaf = leaf_row_count(bench->pages);
    static const uint16_t numbers[COLUMNS] = {0, 1, 2, 3};
    LeafValue values[COLUMNS];
    for (int round = 0; round < 5; round++) {
        double start = now();
        for (uint32_t i = 0; i < LOOKS; i++) {
            uint64_t at = random_below(&random, (uint64_t)per_leaf * (bench->leaves - 1));
            const uint8_t *page = bench->pages + at / per_leaf * PAGE_BYTES;
            uint32_t slot;
            if (!leaf_find(page, (RowId){leaf_low(page) + at % per_leaf}, &slot)) abort();
            leaf_get_columns(page, slot, numbers, COLUMNS, values);
            sum += values[0].value.i64 + values[2].value.i64;
        }
        best = MIN(best, now() - start);
    }
    printf("point: %.0f ns for a row of %d columns (%d)\n", best / LOOKS * 1e9, COLUMNS,
           (int)(sum & 1));
}

static void measure_updates(const Bench *bench)
{
    double start = now();
    uint16_t number = 2;
    uint64_t n = 0;
    for (uint32_t i = 0; i < bench->leaves; i++) {
        uint8_t *page = bench->pages + (size_t)i * PAGE_BYTES;
        for (uint32_t slot = 0; slot < leaf_row_count(page); slot++, n++) {
            LeafValue value = {.value.i64 = (int64_t)slot};
            leaf_set(page, slot, (RowHead){{6}, 0, {2}}, &number, &value, 1, false);
        }
    }
    printf("update: %.0f ns for one column in place\n", (now() - start) / (double)n * 1e9);
}

int main(int argc, char **argv)
{
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    static Task task;
    if (!account || task_init(&task, account, "bench") != OK) return 1;
    task_switch(&task);
    Bench bench = {.leaves = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 2000};
    bench.arena = arena_new(account, "bench");
    bench.pages = arena_alloc(bench.arena, (size_t)bench.leaves * PAGE_BYTES + 64);
    bench.pages = (uint8_t *)ALIGN_UP((uintptr_t)bench.pages, 64);
    bench.array = arena_alloc(bench.arena, (size_t)bench.leaves * LEAF_ROWS_MAX * 4);
    Random random;
    random_seed(&random, 1);
    double start = now();
    for (uint32_t i = 0; i < bench.leaves; i++)
        fill_leaf(&bench, bench.pages + (size_t)i * PAGE_BYTES, &random);
    printf("insert: %.0f ns a row of %d columns, %" PRIu64 " rows, %" PRIu64 " a leaf\n",
           (now() - start) / (double)bench.rows * 1e9, COLUMNS, bench.rows,
           bench.rows / bench.leaves);
    int32_t limits[] = {10, 100, 500, 900};
    for (uint32_t i = 0; i < ARRAY_LEN(limits); i++) measure_scans(&bench, limits[i]);
    measure_points(&bench);
    measure_updates(&bench);
    return 0;
}
