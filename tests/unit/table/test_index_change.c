/* SPDX-License-Identifier: Apache-2.0 */
/* test_index_change.c - index entries inserted, marked, revived and given other payloads by transactions that commit,
 * roll back, roll back to savepoints and are lost in crashes. What is live in the tree at the end is what the model
 * says of the transactions that committed; every page is whole. */
#include "engine.h"

#include "table/index_leaf.h"
#include "table/table_internal.h"

enum { TASKS = 4, ROWS = 24, KEYS = 30, PAD_MAX = 300, PAYLOAD_MAX = 90, DEPTH = 4, RUNS = 8 };

/* A row's key, 0: it has none; and its payload. */
typedef struct RowState {
    uint32_t key, payload;
} RowState;
typedef struct Rows {
    RowState rows[ROWS];
} Rows;

typedef struct Outside {
    Sim *sim;
    Engine engine;
    TreeId tree;
    Table table; /* without rows: nothing here asks them */
    Index *index;
    Rows committed[TASKS], wanted[TASKS];
    bool committing[TASKS]; /* a crash leaves either */
    uint32_t commits, rollbacks, recoveries, found;
    bool made;
} Outside;

typedef struct Worker {
    Outside *outside;
    uint32_t number;
} Worker;

static RowId row_id(uint32_t task, uint32_t row)
{
    return (RowId){1 + task * UINT64_C(5000000000) + row};
}

/* Marker, number, padding of a length that follows from the number. */
static Bytes make_key(uint32_t key, uint8_t *out)
{
    uint32_t pad = (uint32_t)(hash_u64(key) % PAD_MAX);
    out[0] = 1;
    store_be32(out + 1, key);
    memset(out + 5, 'k', pad);
    return (Bytes){out, 5 + pad};
}

static Bytes make_payload(uint32_t payload, uint8_t *out)
{
    uint32_t bytes = (uint32_t)(hash_u64(payload) % PAYLOAD_MAX);
    for (uint32_t i = 0; i < bytes; i++) out[i] = (uint8_t)hash_u64(payload + i);
    return (Bytes){out, bytes};
}

typedef struct Made {
    uint8_t key[PAD_MAX + 5], payload[PAYLOAD_MAX];
    IndexKey index_key;
} Made;

static void make(RowState state, Made *made)
{
    made->index_key = (IndexKey){make_key(state.key, made->key),
                                 make_payload(state.payload, made->payload), false, false};
}

/* ---- looking at the tree ---- */

typedef struct Seen {
    Rows rows[TASKS];
    uint32_t live, marked;
} Seen;

static void see_entry(Seen *seen, const void *page, uint32_t slot)
{
    uint8_t buffer[ENTRY_KEY_BYTES_MAX];
    Made made;
    if (index_leaf_head(page, slot).flags & ENTRY_MARKED) {
        seen->marked++;
        return;
    }
    Bytes key = index_leaf_key(page, slot, buffer), payload = index_leaf_payload(page, slot);
    const uint8_t *at = key.data + key.bytes - 6;
    uint64_t row = (uint64_t)load_be16(at) << 32 | load_be32(at + 2);
    uint32_t task = (uint32_t)(row / UINT64_C(5000000000));
    RowState *state = &seen->rows[task].rows[(row - 1) % UINT64_C(5000000000)];
    CHECK_TRUE(state->key == 0); /* one live entry a row */
    state->key = load_be32(key.data + 1);
    state->payload = (uint32_t)payload.bytes; /* compared by contents below */
    make(*state, &made);
    CHECK_TRUE(made.index_key.key.bytes == key.bytes - 6);
    CHECK_TRUE(memcmp(made.key, key.data, key.bytes - 6) == 0);
    state->payload = payload.bytes
                         ? load_be16((uint8_t[2]){payload.data[0], (uint8_t)payload.bytes})
                         : 0;
    seen->live++;
}

static uint32_t payload_print(uint32_t payload)
{
    uint8_t bytes[PAYLOAD_MAX];
    Bytes made = make_payload(payload, bytes);
    return made.bytes ? load_be16((uint8_t[2]){bytes[0], (uint8_t)made.bytes}) : 0;
}

static void see_all(Outside *outside, Seen *seen)
{
    Tree *tree;
    uint8_t next[ENTRY_KEY_BYTES_MAX];
    TreeKey key = {.bytes = {next, 0}};
    memset(seen, 0, sizeof *seen);
    must_be_ok(tree_open(outside->engine.store, outside->tree, &tree));
    do {
        PageRef leaf;
        Bytes low, high;
        must_be_ok(tree_latch_leaf(tree, &key, false, LATCH_SHARED, true, &leaf));
        must_be_ok(index_leaf_check(leaf.data, leaf.id));
        for (uint32_t i = 0; i < index_leaf_count(leaf.data); i++) see_entry(seen, leaf.data, i);
        index_leaf_fences(leaf.data, &low, &high);
        if (high.data) memcpy(next, high.data, high.bytes);
        key.bytes = high.data ? (Bytes){next, high.bytes} : (Bytes){0};
        pool_unlatch(&leaf);
    } while (key.bytes.data);
    tree_close(tree);
}

static bool rows_agree(const Rows *seen, const Rows *model)
{
    for (uint32_t i = 0; i < ROWS; i++) {
        if (seen->rows[i].key != model->rows[i].key) return false;
        if (seen->rows[i].key && seen->rows[i].payload != payload_print(model->rows[i].payload))
            return false;
    }
    return true;
}

static void no_fault(void *arg, PageId page, const char *format, ...)
{
    (void)arg, (void)page;
    print_error("tree_check: %s\n", format);
    CHECK_TRUE(!"tree_check found something");
}

static void verify(Outside *outside)
{
    static Seen seen; /* too large for a fiber's stack */
    Tree *tree;
    see_all(outside, &seen);
    for (uint32_t t = 0; t < TASKS; t++) {
        if (!rows_agree(&seen.rows[t], &outside->committed[t])) {
            CHECK_TRUE(outside->committing[t]);
            CHECK_TRUE(rows_agree(&seen.rows[t], &outside->wanted[t]));
            outside->committed[t] = outside->wanted[t];
        }
        outside->committing[t] = false;
    }
    outside->found += seen.live;
    must_be_ok(tree_open(outside->engine.store, outside->tree, &tree));
    must_be_ok(tree_check(tree, no_fault, NULL));
    tree_close(tree);
}

/* ---- changing ---- */

static Status set_row(Session *session, Txn *txn, Index *index, uint32_t task, uint32_t row,
                      Rows *rows, RowState to)
{
    Made made;
    RowState *state = &rows->rows[row];
    IndexOutcome outcome;
    if (state->key == to.key) {
        if (to.key == 0) return OK;
        make(to, &made);
        *state = to;
        return index_set_payload(index, txn, &made.index_key, row_id(task, row));
    }
    make(*state, &made);
    if (state->key) TRY(index_mark(index, txn, &made.index_key, row_id(task, row)));
    *state = (RowState){0};
    if (to.key == 0) return OK;
    make(to, &made);
    *state = to;
    return index_insert(index, txn, &made.index_key, row_id(task, row), UNIQUE_NONE, &session->wait,
                        &outcome);
}

static void change_some(Session *session, Txn *txn, const Worker *worker, Rows *rows)
{
    uint64_t count = random_below(&session->random, 8);
    for (uint64_t i = 0; i < count; i++) {
        RowState to = {(uint32_t)random_below(&session->random, KEYS),
                       (uint32_t)random_below(&session->random, 1000)};
        uint32_t row = (uint32_t)random_below(&session->random, ROWS);
        must_be_ok(set_row(session, txn, worker->outside->index, worker->number, row, rows, to));
    }
}

static void transaction(Session *session, const Worker *worker)
{
    Outside *outside = worker->outside;
    Rows rows[DEPTH];
    Savepoint savepoints[DEPTH];
    uint32_t depth = 0;
    rows[0] = outside->committed[worker->number];
    Txn *txn = session_begin(session);
    for (uint64_t steps = random_below(&session->random, 8); steps > 0; steps--) {
        change_some(session, txn, worker, &rows[depth]);
        if (random_chance(&session->random, 3) && depth + 1 < DEPTH) {
            savepoints[depth] = txn_savepoint(txn);
            rows[depth + 1] = rows[depth];
            depth++;
        } else if (random_chance(&session->random, 3) && depth > 0) {
            depth--;
            must_be_ok(txn_rollback_to(txn, &savepoints[depth]));
            outside->rollbacks++;
        }
    }
    if (random_chance(&session->random, 3)) {
        session_abort(outside->engine.txns,
                      txn); /* no row lock keeps the next one from its entries */
        outside->rollbacks++;
        return;
    }
    outside->wanted[worker->number] = rows[depth];
    outside->committing[worker->number] = true;
    must_be_ok(session_commit(txn));
    outside->committed[worker->number] = rows[depth];
    outside->committing[worker->number] = false;
    outside->commits++;
}

static void worker_main(void *arg)
{
    const Worker *worker = arg;
    Session session;
    session_open(&session, &worker->outside->engine, random_u64(sim_random(worker->outside->sim)));
    for (uint64_t n = random_below(&session.random, 40); n > 0; n--) transaction(&session, worker);
    session_close(&session);
}

/* ---- a run of the machine ---- */

static void make_index(Outside *outside)
{
    Session session;
    session_open(&session, &outside->engine, 1);
    Txn *txn = session_begin(&session);
    IndexOptions options = {0};
    must_be_ok(index_create(txn, ENGINE_SPACE, &options, &outside->tree));
    must_be_ok(session_commit(txn));
    session_close(&session);
    outside->made = true;
}

static void run_main(void *arg)
{
    Outside *outside = arg;
    Worker workers[TASKS];
    Task *tasks[TASKS];
    if (!outside->made) engine_create();
    engine_open(&outside->engine, 96);
    engine_settle(&outside->engine);
    outside->recoveries++;
    if (!outside->made) make_index(outside);
    verify(outside);
    must_be_ok(index_open(outside->engine.store, outside->tree, &outside->table, &outside->index));
    for (uint32_t i = 0; i < TASKS; i++) {
        workers[i] = (Worker){outside, i};
        tasks[i] = start_task("worker", worker_main, &workers[i]);
    }
    for (uint32_t i = 0; i < TASKS; i++) os_task_join(tasks[i]);
    index_close(outside->index);
    engine_settle(&outside->engine);
    verify(outside);
    engine_close(&outside->engine);
}

static void one_machine(uint64_t seed)
{
    static Outside outside;
    memset(&outside, 0, sizeof outside);
    Sim *sim = outside.sim = new_sim(seed);
    for (uint32_t i = 0; i < RUNS; i++) {
        if (i > 0) sim_crash_at(sim, 1 + random_below(sim_random(sim), 20000), i % 2 == 0);
        SimEnd end = sim_run(sim, run_main, &outside);
        if (end != SIM_DONE && end != SIM_CRASHED)
            fail_msg("seed %llu run %u ended with %d: %s", (unsigned long long)seed, i, (int)end,
                     sim_report(sim));
    }
    sim_release(sim);
    assert_true(outside.commits > 20 && outside.rollbacks > 20);
    assert_true(outside.recoveries > 1 && outside.found > 100);
}

static void test_entries_survive(void **state)
{
    (void)state;
    for (uint64_t n = 1; n <= 3; n++) one_machine(test_seed(n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
