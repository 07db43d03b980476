/* SPDX-License-Identifier: Apache-2.0 */
/* test_columns.c - columns added, widened, dropped: rows older than the change are read, filtered and changed as if
 * they had been rewritten; layouts stay when the transaction aborts (docs/traps.md F9); tables made and dropped. */
#include "engine.h"

#include "base/arena.h"
#include "store/space.h"

enum { ROWS = 700 };

typedef struct Bench {
    Engine engine;
    Session session;
    Arena *arena, *batch_arena;
    Table *table;
    RowId ids[ROWS];
} Bench;

static Datum text(const char *chars)
{
    return (Datum){.value.str = strview(str_from(chars))};
}

static const Datum null_datum = {.null = true};

static void bench_open(Bench *b)
{
    engine_create();
    engine_open(&b->engine, 128);
    b->arena = arena_new(task_self()->account, "bench");
    b->batch_arena = arena_new(task_self()->account, "batch");
    session_open(&b->session, &b->engine, 1);
}

static void bench_close(Bench *b)
{
    table_close(b->table);
    session_close(&b->session);
    arena_drop(b->batch_arena);
    arena_drop(b->arena);
    engine_close(&b->engine);
}

/* Rows [from, to): column 0 is the number, column 1 its text, others `more`. */
static void insert(Bench *b, uint32_t from, uint32_t to, const TableColumn *columns, uint32_t count,
                   const Datum *more)
{
    Vector vectors[8];
    Batch batch = {to - from, count, vectors, {NULL, to - from}, NULL};
    for (uint32_t i = 0; i < count; i++)
        vector_init_flat(&vectors[i], b->arena, 0, (Phys)columns[i].phys, to - from);
    for (uint32_t r = from; r < to; r++) {
        char *chars = arena_alloc(b->arena, 32);
        (void)snprintf(chars, 32, "the text of row %u", r);
        Datum number = {.value.i32 = (int32_t)r}, words = text(chars);
        if (columns[0].phys == PHYS_I64) number.value.i64 = (int64_t)r;
        vector_set(&vectors[0], b->arena, r - from, &number);
        if (count > 1) vector_set(&vectors[1], b->arena, r - from, &words);
        for (uint32_t i = 2; i < count; i++)
            vector_set(&vectors[i], b->arena, r - from, &more[i - 2]);
    }
    Txn *txn = session_begin(&b->session);
    must_be_ok(table_insert(b->table, txn, &batch, b->ids + from));
    must_be_ok(session_commit(txn));
}

static TreeId make_table(Bench *b, const TableColumn *columns, uint32_t count)
{
    TreeId id;
    Txn *txn = session_begin(&b->session);
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, count, 0, &id));
    must_be_ok(session_commit(txn));
    must_be_ok(table_open(b->engine.store, id, &b->table));
    CHECK_TRUE(table_tree(b->table).v == id.v && table_column_count(b->table) == count);
    return id;
}

static Datum fetch(Bench *b, uint32_t row, uint16_t column)
{
    Snapshot snapshot;
    Datum datum;
    Txn *txn = session_begin(&b->session);
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(
        table_fetch(b->table, &snapshot, b->ids[row], (Projection){&column, 1}, b->arena, &datum));
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(txn));
    return datum;
}

/* How many rows pass the predicate on a column. */
static uint32_t count_rows(Bench *b, uint16_t column, Predicate predicate)
{
    Snapshot snapshot;
    TableScan *scan;
    TableScanOptions options = {.projection = {&column, 1},
                                .predicates = &predicate,
                                .predicate_count = 1,
                                .last = {ROW_ID_MAX},
                                .sample_fraction = 1};
    Batch batch = {.arena = b->batch_arena};
    uint32_t count = 0;
    Txn *txn = session_begin(&b->session);
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(table_scan_open(b->table, &snapshot, &options, b->arena, &scan));
    Status status;
    while ((status = table_scan_next(scan, 300, &batch, NULL)) == OK)
        count += batch.selection.count;
    must_give(ST_END, status);
    table_scan_close(scan);
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(txn));
    return count;
}

static void update(Bench *b, uint32_t row, uint16_t column, Datum datum, bool commit)
{
    Snapshot snapshot;
    RowOutcome outcome;
    Txn *txn = session_begin(&b->session);
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(table_update(b->table, txn, &snapshot, b->ids[row], &column, &datum, 1, false,
                            &b->session.wait, &outcome));
    CHECK_TRUE(outcome.undo.v != UNDO_NONE.v && outcome.fate == ROW_FINE);
    txn_snapshot_release(&snapshot);
    if (commit)
        must_be_ok(session_commit(txn));
    else
        txn_abort(txn);
}

/* Whole leaves by chance, the same ones for the same seed. */
static void sample(Bench *b)
{
    static const double fractions[] = {0, 0.5, 0.5, 1};
    const uint16_t zero = 0;
    uint32_t counts[ARRAY_LEN(fractions)] = {0};
    Snapshot snapshot;
    Txn *txn = session_begin(&b->session);
    must_be_ok(txn_snapshot(txn, &snapshot));
    for (uint32_t i = 0; i < ARRAY_LEN(fractions); i++) {
        const TableScanOptions options = {.projection = {&zero, 1},
                                          .last = {ROW_ID_MAX},
                                          .sample_fraction = fractions[i],
                                          .sample_seed = 4};
        Batch batch = {.arena = b->batch_arena};
        TableScan *scan;
        Status status;
        must_be_ok(table_scan_open(b->table, &snapshot, &options, b->arena, &scan));
        while ((status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, NULL)) == OK)
            counts[i] += batch.selection.count;
        must_give(ST_END, status);
        table_scan_close(scan);
    }
    CHECK_TRUE(counts[0] == 0 && counts[3] == ROWS);
    CHECK_TRUE(counts[1] == counts[2] && counts[1] > 0 && counts[1] < ROWS);
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(txn));
}

static bool is_text(Datum datum, const char *chars)
{
    Datum wanted = text(chars);
    return !datum.null && strview_equal(&datum.value.str, &wanted.value.str);
}

static void columns_main(void *arg)
{
    Bench *b = arg;
    static TableColumn columns[5] = {
        {0, PHYS_I32, COLUMN_NOT_NULL, {.null = true}},
        {1, PHYS_STR, 0, {.null = true}},
        {2, PHYS_I32, COLUMN_NOT_NULL, {.null = true}},
        {3, PHYS_STR, 0, {.null = true}},
        {4, PHYS_F64, 0, {.null = true}},
    };
    bench_open(b);
    make_table(b, columns, 2);
    insert(b, 0, 500, columns, 2, NULL);
    /* two columns with something for the rows that are there, one without */
    columns[2].missing = (Datum){.value.i32 = 77};
    columns[3].missing = text("what older rows show");
    must_be_ok(table_change_columns(b->table, columns, 5));
    CHECK_TRUE(fetch(b, 3, 2).value.i32 == 77);
    CHECK_TRUE(is_text(fetch(b, 3, 3), "what older rows show"));
    CHECK_TRUE(fetch(b, 3, 4).null);
    Datum more[] = {{.value.i32 = 5}, null_datum, {.value.f64 = 2.5}};
    insert(b, 500, 600, columns, 5, more);
    CHECK_TRUE(fetch(b, 550, 2).value.i32 == 5 && fetch(b, 550, 3).null);
    Predicate equal = {.op = PREDICATE_EQ, .phys = PHYS_I32, .low.i32 = 77};
    CHECK_TRUE(count_rows(b, 2, equal) == 500);
    Predicate null = {.op = PREDICATE_IS_NULL, .phys = PHYS_F64};
    CHECK_TRUE(count_rows(b, 4, null) == 500);
    /* changing one row lays its page out anew: the others keep what they showed */
    update(b, 10, 3, text("another"), true);
    update(b, 11, 2, (Datum){.value.i32 = 12}, false);
    CHECK_TRUE(is_text(fetch(b, 10, 3), "another") && fetch(b, 10, 2).value.i32 == 77);
    CHECK_TRUE(is_text(fetch(b, 11, 3), "what older rows show"));
    CHECK_TRUE(fetch(b, 11, 2).value.i32 == 77 && fetch(b, 9, 0).value.i32 == 9);
    CHECK_TRUE(count_rows(b, 2, equal) == 500);
    /* columns may be left out */
    insert(b, 600, 650, columns, 2, NULL);
    CHECK_TRUE(fetch(b, 620, 2).value.i32 == 77 && fetch(b, 620, 4).null);
    /* wider, and dropped */
    columns[0].phys = PHYS_I64;
    columns[3].flags |= COLUMN_DROPPED;
    must_be_ok(table_change_columns(b->table, columns, 5));
    CHECK_TRUE(fetch(b, 42, 0).value.i64 == 42);
    Predicate wide = {.op = PREDICATE_LT, .phys = PHYS_I64, .low.i64 = 100};
    CHECK_TRUE(count_rows(b, 0, wide) == 100);
    update(b, 42, 0, (Datum){.value.i64 = INT64_C(1) << 40}, true);
    CHECK_TRUE(fetch(b, 42, 0).value.i64 == INT64_C(1) << 40);
    CHECK_TRUE(is_text(fetch(b, 42, 1), "the text of row 42"));
    CHECK_TRUE(count_rows(b, 0, wide) == 99);
    insert(b, 650, ROWS, columns, 5, more);
    CHECK_TRUE(fetch(b, 699, 0).value.i64 == 699 && fetch(b, 699, 4).value.f64 == 2.5);
    uint64_t estimate;
    must_be_ok(table_row_estimate(b->table, &estimate));
    CHECK_TRUE(estimate > ROWS / 2 && estimate < 2 * ROWS);
    sample(b);
    /* what no page could follow */
    columns[0].phys = PHYS_I32;
    must_give(ST_INVALID, table_change_columns(b->table, columns, 5));
    columns[0].phys = PHYS_I64;
    columns[4].flags |= COLUMN_NOT_NULL;
    must_give(ST_INVALID, table_change_columns(b->table, columns, 5));
    must_give(ST_INVALID, table_change_columns(b->table, columns, 4));
    bench_close(b);
}

/* An old snapshot reads, through undo, rows of a page that has been laid out anew and widened since. */
static void old_snapshot_main(void *arg)
{
    Bench *b = arg;
    TableColumn columns[2] = {{0, PHYS_I32, 0, {.null = true}}, {1, PHYS_STR, 0, {.null = true}}};
    Session other;
    Snapshot snapshot;
    Datum datum;
    const uint16_t zero = 0;
    bench_open(b);
    make_table(b, columns, 2);
    insert(b, 0, 300, columns, 2, NULL);
    session_open(&other, &b->engine, 2);
    Txn *reader = session_begin(&other);
    must_be_ok(txn_snapshot(reader, &snapshot));
    for (uint32_t i = 0; i < 300; i++) update(b, i, 0, (Datum){.value.i32 = -1}, true);
    columns[0].phys = PHYS_I64;
    must_be_ok(table_change_columns(b->table, columns, 2));
    for (uint32_t i = 0; i < 300; i++) update(b, i, 0, (Datum){.value.i64 = -2}, i % 2);
    for (uint32_t i = 0; i < 300; i++) {
        must_be_ok(
            table_fetch(b->table, &snapshot, b->ids[i], (Projection){&zero, 1}, b->arena, &datum));
        CHECK_TRUE(datum.value.i64 == (int64_t)i);
    }
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(reader));
    session_close(&other);
    Predicate minus = {.op = PREDICATE_EQ, .phys = PHYS_I64, .low.i64 = -2};
    CHECK_TRUE(count_rows(b, 0, minus) == 150);
    bench_close(b);
}

enum { WIDE = 1600, NARROWER = 300 };

static Datum wide_value(Bench *b, uint32_t row, uint32_t column, uint32_t round)
{
    char *chars = arena_alloc(b->arena, 32);
    if ((row + column + round) % 7 == 0) return null_datum;
    if (column % 2) return (Datum){.value.i32 = (int32_t)(row * 10000 + column + round)};
    (void)snprintf(chars, 32, "row %u column %u.%u", row, column, round);
    return text(chars);
}

static void check_wide(Bench *b, uint32_t row, uint32_t columns, uint32_t step, uint32_t changed)
{
    for (uint32_t i = 0; i < columns; i += step) {
        Datum wanted = wide_value(b, row, i, i < changed), found = fetch(b, row, (uint16_t)i);
        CHECK_TRUE(wanted.null == found.null);
        if (wanted.null) continue;
        CHECK_TRUE(i % 2 ? wanted.value.i32 == found.value.i32
                         : strview_equal(&wanted.value.str, &found.value.str));
    }
}

/* Rows too wide for a page (docs/traps.md C19): all of a table with more columns than a page keeps apart, and single
 * ones whose many values do not fit together. */
static void wide_rows(Bench *b, uint32_t count)
{
    enum { ROW_COUNT = 12 };
    TableColumn *columns = arena_alloc(b->arena, count * sizeof *columns);
    Vector *vectors = arena_alloc(b->arena, count * sizeof *vectors);
    uint16_t numbers[] = {0, 1, 2};
    Datum datums[3];
    Snapshot snapshot;
    RowOutcome outcome;
    for (uint32_t i = 0; i < count; i++)
        columns[i] = (TableColumn){(uint16_t)i, i % 2 ? PHYS_I32 : PHYS_STR, 0, {.null = true}};
    make_table(b, columns, count);
    for (uint32_t i = 0; i < count; i++) {
        vector_init_flat(&vectors[i], b->arena, 0, (Phys)columns[i].phys, ROW_COUNT);
        for (uint32_t r = 0; r < ROW_COUNT; r++) {
            Datum datum = wide_value(b, r, i, 0);
            if (r == 5 && i >= 3) datum = null_datum; /* one that is narrow */
            vector_set(&vectors[i], b->arena, r, &datum);
        }
    }
    Batch batch = {ROW_COUNT, count, vectors, {NULL, ROW_COUNT}, NULL};
    Txn *txn = session_begin(&b->session);
    must_be_ok(table_insert(b->table, txn, &batch, b->ids));
    must_be_ok(session_commit(txn));
    for (uint32_t r = 0; r < ROW_COUNT; r++) check_wide(b, r, r == 5 ? 3 : count, 61, 0);
    for (uint32_t round = 0; round < 2; round++) {
        txn = session_begin(&b->session);
        must_be_ok(txn_snapshot(txn, &snapshot));
        for (uint32_t r = 0; r < ROW_COUNT; r++) {
            for (uint32_t i = 0; i < 3; i++) datums[i] = wide_value(b, r, i, 1);
            must_be_ok(table_update(b->table, txn, &snapshot, b->ids[r], numbers, datums, 3, false,
                                    &b->session.wait, &outcome));
        }
        txn_snapshot_release(&snapshot);
        if (round == 0) /* first undone, then for good */
            txn_abort(txn);
        else
            must_be_ok(session_commit(txn));
        for (uint32_t r = 0; r < ROW_COUNT; r++)
            check_wide(b, r, r == 5 ? 3 : count, 61, round ? 3 : 0);
    }
    Predicate equal = {.op = PREDICATE_EQ, .phys = PHYS_I32, .low.i32 = 30000 + 121};
    CHECK_TRUE(count_rows(b, 121, equal) == 1);
    txn = session_begin(&b->session);
    must_be_ok(txn_snapshot(txn, &snapshot));
    must_be_ok(table_delete(b->table, txn, &snapshot, b->ids[3], &b->session.wait, &outcome));
    txn_snapshot_release(&snapshot);
    must_be_ok(session_commit(txn));
    CHECK_TRUE(count_rows(b, 121, equal) == 0);
}

static void wide_main(void *arg)
{
    Bench *b = arg;
    bench_open(b);
    wide_rows(b, WIDE);
    table_close(b->table);
    wide_rows(b, NARROWER);
    bench_close(b);
}

/* Undo would not find the tree again. */
static void other_space_main(void *arg)
{
    Bench *b = arg;
    const TableColumn columns[1] = {{0, PHYS_I32, COLUMN_NOT_NULL, {.null = true}}};
    int32_t one = 1;
    Vector vector = {.phys = PHYS_I32, .form = VECTOR_CONSTANT, .data = &one};
    const Batch batch = {1, 1, &vector, {NULL, 1}, NULL};
    SpaceId space;
    TreeId id;
    bench_open(b);
    must_be_ok(space_create(b->engine.store, &space));
    TxnOptions options = {.space = space, .session = b->session.slot};
    Txn *txn;
    must_be_ok(txn_begin(b->engine.txns, &options, &txn));
    must_be_ok(table_create(txn, space, columns, 1, 0, &id));
    must_be_ok(session_commit(txn));
    must_be_ok(table_open(b->engine.store, id, &b->table));
    txn = session_begin(&b->session);
    must_give(ST_UNSUPPORTED, table_create(txn, space, columns, 1, 0, &id));
    must_give(ST_UNSUPPORTED, table_insert(b->table, txn, &batch, b->ids));
    txn_abort(txn);
    bench_close(b);
}

/* A table goes with the transaction that made it; a drop that is undone leaves it. */
static void made_main(void *arg)
{
    Bench *b = arg;
    const TableColumn columns[1] = {{0, PHYS_I32, COLUMN_NOT_NULL, {.null = true}}};
    TreeId id;
    bench_open(b);
    Txn *txn = session_begin(&b->session);
    must_be_ok(table_create(txn, ENGINE_SPACE, columns, 1, 0, &id));
    must_be_ok(table_open(b->engine.store, id, &b->table));
    table_close(b->table);
    txn_abort(txn);
    must_give(ST_NOT_FOUND, table_open(b->engine.store, id, &b->table));
    id = make_table(b, columns, 1);
    insert(b, 0, 10, columns, 1, NULL);
    txn = session_begin(&b->session);
    must_be_ok(table_drop_at_commit(txn, id));
    txn_abort(txn);
    CHECK_TRUE(fetch(b, 7, 0).value.i32 == 7);
    bench_close(b);
}

static void run(void (*main)(void *arg))
{
    static Bench bench;
    memset(&bench, 0, sizeof bench);
    Sim *sim = new_sim(test_seed(1));
    SimEnd end = sim_run(sim, main, &bench);
    if (end != SIM_DONE) fail_msg("ended with %d: %s", (int)end, sim_report(sim));
    sim_release(sim);
}

static void columns_change(void **state)
{
    (void)state;
    run(columns_main);
}

static void old_snapshots_and_columns(void **state)
{
    (void)state;
    run(old_snapshot_main);
}

static void rows_wider_than_pages(void **state)
{
    (void)state;
    run(wide_main);
}

static void other_spaces(void **state)
{
    (void)state;
    run(other_space_main);
}

static void made_and_dropped(void **state)
{
    (void)state;
    run(made_main);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_change),        cmocka_unit_test(old_snapshots_and_columns),
        cmocka_unit_test(rows_wider_than_pages), cmocka_unit_test(made_and_dropped),
        cmocka_unit_test(other_spaces),
    };
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
