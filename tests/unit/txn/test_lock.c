/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of heavy locks: the conflict table as PostgreSQL's manual has it, queues, the fast path, time limits,
 * savepoints, deadlocks of 2 to 8 tasks, and random work against the rule that no two hold what conflicts. */
#include "fake_store.h"

#include <setjmp.h>

#include <cmocka.h>

#include "base/random.h"

enum { CLIENTS_MAX = 8 };

typedef struct Scene {
    Txns *txns;
    Store *store;
    uint64_t seed;
    uint32_t count, started, deadlocks, done, rounds;
    Client clients[CLIENTS_MAX];
    Mutex mutex;
    bool rows;
    /* the model: modes held by client and lock */
    uint32_t held[CLIENTS_MAX][4];
} Scene;

typedef struct Actor {
    Scene *scene;
    uint32_t number;
} Actor;

static void scene_open(Scene *scene, uint32_t count)
{
    TxnsOptions options = {.sessions_max = 16, .prepared_max = 1};
    EXPECT(txns_new(task_self()->account, &options, &scene->txns) == OK);
    scene->store = fake_new();
    EXPECT(txns_recover(scene->txns, scene->store, fake_apply, scene->store) == OK);
    mutex_init(&scene->mutex, RANK_NONE);
    scene->count = count;
    for (uint32_t i = 0; i < count; i++)
        client_open(&scene->clients[i], scene->txns, scene->store, scene->seed + i);
}

static void scene_close(Scene *scene)
{
    for (uint32_t i = 0; i < scene->count; i++) client_close(&scene->clients[i]);
    TxnFigures figures;
    txns_figures(scene->txns, &figures);
    EXPECT(figures.locks == 0 && figures.active == 0);
    txns_release(scene->txns);
    fake_free(scene->store);
}

static LockTag table_tag(uint64_t number)
{
    return (LockTag){.kind = LOCK_RELATION, .database = 5, .a = 16384 + number};
}

/* ---- the conflict table, as the manual prints it */

static void conflicts_main(void *arg)
{
    static const char *const rows[8] = {"-------X", "------XX", "----XXXX", "---XXXXX",
                                        "--XX-XXX", "--XXXXXX", "-XXXXXXX", "XXXXXXXX"};
    Scene *scene = arg;
    scene_open(scene, 2);
    for (uint32_t a = 1; a <= 8; a++) {
        for (uint32_t b = 1; b <= 8; b++) {
            LockTag tag = table_tag(a * 10 + b);
            LockOptions options = fake_lock_options();
            Txn *one = client_begin(&scene->clients[0]), *two = client_begin(&scene->clients[1]);
            EXPECT(lock_take(scene->clients[0].locks, one, &tag, (LockMode)a, &options) == OK);
            EXPECT(lock_is_held(scene->clients[0].locks, &tag, (LockMode)a));
            options.wait = LOCK_NOWAIT;
            Status status = lock_take(scene->clients[1].locks, two, &tag, (LockMode)b, &options);
            EXPECT(status == (rows[a - 1][b - 1] == 'X' ? ST_NOT_AVAILABLE : OK));
            EXPECT(lock_take(scene->clients[0].locks, one, &tag, (LockMode)a, &options) ==
                   OK); /* again: counted */
            EXPECT(client_commit(one) == OK);
            EXPECT(!lock_is_held(scene->clients[0].locks, &tag, (LockMode)a));
            EXPECT(client_commit(two) == OK);
        }
    }
    scene_close(scene);
}

static void test_conflicts(void **state)
{
    (void)state;
    Scene scene = {0};
    on_sim(seed_base() + 1, conflicts_main, &scene);
}

/* ---- owners, savepoints, advisory locks, limits */

static void owners_main(void *arg)
{
    Scene *scene = arg;
    scene_open(scene, 2);
    LockSession *mine = scene->clients[0].locks, *theirs = scene->clients[1].locks;
    LockTag tag = {.kind = LOCK_ADVISORY, .sub = 1, .database = 5, .a = 42}, other = table_tag(1);
    LockOptions transaction = fake_lock_options(), session = transaction, nowait = transaction;
    session.owner = LOCK_SESSION;
    nowait.wait = LOCK_NOWAIT;
    Txn *txn = client_begin(&scene->clients[0]), *other_txn = client_begin(&scene->clients[1]);
    EXPECT(lock_take(mine, txn, &tag, LOCK_EXCLUSIVE, &session) == OK);
    EXPECT(lock_take(mine, txn, &tag, LOCK_EXCLUSIVE, &transaction) == OK);
    uint32_t savepoint = txn_savepoint(txn).lock_count;
    EXPECT(lock_take(mine, txn, &other, LOCK_ACCESS_EXCLUSIVE, &transaction) == OK);
    EXPECT(lock_take(theirs, other_txn, &other, LOCK_ACCESS_SHARE, &nowait) == ST_NOT_AVAILABLE);
    lock_release_to(mine, savepoint);
    EXPECT(lock_take(theirs, other_txn, &other, LOCK_ACCESS_SHARE, &nowait) == OK);
    EXPECT(client_commit(txn) == OK);
    EXPECT(lock_take(theirs, other_txn, &tag, LOCK_SHARE, &nowait) == ST_NOT_AVAILABLE);
    EXPECT(!lock_release(mine, &tag, LOCK_SHARE, LOCK_SESSION));
    EXPECT(lock_release(mine, &tag, LOCK_EXCLUSIVE, LOCK_SESSION));
    EXPECT(!lock_release(mine, &tag, LOCK_EXCLUSIVE, LOCK_SESSION));
    EXPECT(lock_take(theirs, other_txn, &tag, LOCK_SHARE, &nowait) == OK);
    nowait.owner = LOCK_SESSION;
    EXPECT(lock_take(mine, NULL, &tag, LOCK_SHARE, &nowait) == OK);
    EXPECT(lock_take(mine, NULL, &tag, LOCK_SHARE, &nowait) == OK);
    lock_release_advisory(mine);
    EXPECT(!lock_is_held(mine, &tag, LOCK_SHARE));
    int64_t before = os_monotonic_ns();
    LockOptions limited = transaction;
    limited.timeout_us = 50000;
    txn = client_begin(&scene->clients[0]);
    EXPECT(lock_take(mine, txn, &tag, LOCK_EXCLUSIVE, &limited) == ST_NOT_AVAILABLE);
    EXPECT(str_equal(error_current()->message, STR("canceling statement due to lock timeout")));
    EXPECT(os_monotonic_ns() - before >= 50000000);
    EXPECT(client_commit(txn) == OK);
    EXPECT(client_commit(other_txn) == OK);
    scene_close(scene);
}

static void test_owners(void **state)
{
    (void)state;
    Scene scene = {0};
    on_sim(seed_base() + 1, owners_main, &scene);
}

/* ---- deadlocks: a ring of tasks, each holding its own and wanting the next one's */

static Status ring_step(Scene *scene, uint32_t number, Txn *txn)
{
    Client *client = &scene->clients[number];
    uint32_t next = (number + 1) % scene->count;
    LockOptions options = fake_lock_options();
    LockTag tag = table_tag(next);
    uint32_t kind = (number + (uint32_t)scene->seed) % 4;
    if (kind == 0) return lock_take(client->locks, txn, &tag, LOCK_ROW_EXCLUSIVE, &options);
    if (kind == 1)
        return row_lock_wait(client->locks, txn, tree_id(SPACE_SHARED, 9), (RowId){100 + next},
                             ROW_UPDATE, ROW_WAIT, &options);
    if (kind == 2) return lock_wait_holders(client->locks, txn, &tag, LOCK_SHARE, &options);
    Xid xid = {scene->held[next][0]};
    return lock_wait_xid(client->locks, txn, xid, &options);
}

static void ring_main(void *arg)
{
    Actor *actor = arg;
    Scene *scene = actor->scene;
    Client *client = &scene->clients[actor->number];
    LockOptions options = fake_lock_options();
    LockTag tag = table_tag(actor->number);
    Xid xid, holder;
    Txn *txn = client_begin(client);
    EXPECT(txn_need_xid(txn, &xid) == OK);
    scene->held[actor->number][0] = (uint32_t)xid.v;
    EXPECT(lock_take(client->locks, txn, &tag, LOCK_ACCESS_EXCLUSIVE, &options) == OK);
    EXPECT(row_lock_try(txn, tree_id(SPACE_SHARED, 9), (RowId){100 + actor->number}, ROW_KEY_SHARE,
                        &holder) == OK);
    mutex_lock(&scene->mutex);
    scene->started++;
    mutex_unlock(&scene->mutex);
    while (scene->started < scene->count)
        EXPECT(os_sleep_until(deadline_in_ns(1000), WAIT_SLEEP) == OK);
    Status status = ring_step(scene, actor->number, txn);
    if (status == OK) {
        EXPECT(client_commit(txn) == OK);
        return;
    }
    EXPECT(status == ST_DEADLOCK);
    mutex_lock(&scene->mutex);
    scene->deadlocks++;
    mutex_unlock(&scene->mutex);
    const Error *error = error_current();
    EXPECT(error->code == SQLSTATE_DEADLOCK_DETECTED &&
           str_equal(error->message, STR("deadlock detected")));
    EXPECT(str_equal(error->hint, STR("See server log for query details.")));
    uint32_t lines = 1;
    for (size_t i = 0; i < error->detail.bytes; i++) lines += error->detail.data[i] == '\n';
    EXPECT(lines == scene->count); /* the whole cycle, from the victim on */
    char first[64];
    (void)snprintf(first, sizeof first, "Process %u waits for ", client->slot + 1000);
    EXPECT(str_starts(error->detail, str_from(first)));
    (void)snprintf(first, sizeof first, "blocked by process %u.", client->slot + 1000);
    EXPECT(str_ends(error->detail, str_from(first)));
    txn_abort(txn);
}

static void deadlock_main(void *arg)
{
    Scene *scene = arg;
    Actor actors[CLIENTS_MAX];
    Task *tasks[CLIENTS_MAX];
    scene_open(scene, scene->count);
    for (uint32_t i = 0; i < scene->count; i++) {
        actors[i] = (Actor){scene, i};
        tasks[i] = start("actor", ring_main, &actors[i]);
    }
    for (uint32_t i = 0; i < scene->count; i++) os_task_join(tasks[i]);
    EXPECT(scene->deadlocks == 1);
    scene_close(scene);
}

static void test_deadlocks(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 700; n++) {
        Scene scene = {.seed = seed_base() + n, .count = 2 + (uint32_t)(n % 7)};
        on_sim(seed_base() + n, deadlock_main, &scene);
    }
}

/* ---- waiting for those who hold a lock now */

enum { HOLDERS = 4, HOLDER_ROUNDS = 30 };

/* held[number][0] is odd while the client holds the lock. */
static void holder_main(void *arg)
{
    Actor *actor = arg;
    Scene *scene = actor->scene;
    Client *client = &scene->clients[actor->number];
    LockOptions options = fake_lock_options();
    const LockTag tag = table_tag(0);
    Random random;
    random_seed(&random, scene->seed + actor->number);
    for (uint32_t i = 0; i < HOLDER_ROUNDS; i++) {
        Txn *txn = client_begin(client);
        LockMode mode = random_below(&random, 3) == 0 ? LOCK_ACCESS_SHARE : LOCK_ROW_EXCLUSIVE;
        EXPECT(lock_take(client->locks, txn, &tag, mode, &options) == OK);
        if (mode == LOCK_ROW_EXCLUSIVE) scene->held[actor->number][0]++;
        EXPECT(os_sleep_until(deadline_in_ns((int64_t)random_below(&random, 3000)), WAIT_SLEEP) ==
               OK);
        if (mode == LOCK_ROW_EXCLUSIVE) scene->held[actor->number][0]++;
        EXPECT(client_commit(txn) == OK);
    }
}

static void watcher_main(void *arg)
{
    Actor *actor = arg;
    Scene *scene = actor->scene;
    Client *client = &scene->clients[actor->number];
    LockOptions options = fake_lock_options();
    const LockTag tag = table_tag(0);
    uint32_t before[HOLDERS];
    for (uint32_t i = 0; i < HOLDER_ROUNDS; i++) {
        Txn *txn = client_begin(client);
        EXPECT(lock_take(client->locks, txn, &tag, LOCK_SHARE_UPDATE_EXCLUSIVE, &options) == OK);
        for (uint32_t h = 0; h < HOLDERS; h++) before[h] = scene->held[h][0];
        EXPECT(lock_wait_holders(client->locks, txn, &tag, LOCK_SHARE, &options) == OK);
        for (uint32_t h = 0; h < HOLDERS; h++)
            EXPECT(before[h] % 2 == 0 || scene->held[h][0] != before[h]);
        EXPECT(client_commit(txn) == OK);
    }
}

static void watching_main(void *arg)
{
    Scene *scene = arg;
    Actor actors[HOLDERS + 2];
    Task *tasks[HOLDERS + 2];
    scene_open(scene, HOLDERS + 2);
    for (uint32_t i = 0; i < HOLDERS + 2; i++) {
        actors[i] = (Actor){scene, i};
        tasks[i] = start("actor", i < HOLDERS ? holder_main : watcher_main, &actors[i]);
    }
    for (uint32_t i = 0; i < HOLDERS + 2; i++) os_task_join(tasks[i]);
    scene_close(scene);
}

/* A transaction that is prepared takes its place among the holders along. */
static void watched_prepared_main(void *arg)
{
    Scene *scene = arg;
    scene_open(scene, 2);
    LockSession *watcher = scene->clients[1].locks;
    LockOptions options = fake_lock_options(), limited = options;
    limited.timeout_us = 20000;
    const LockTag tag = table_tag(0);
    Txn *txn = client_begin(&scene->clients[0]), *mine = client_begin(&scene->clients[1]);
    EXPECT(lock_take(scene->clients[0].locks, txn, &tag, LOCK_ROW_EXCLUSIVE, &options) == OK);
    EXPECT(txn_need_xid(txn, NULL) == OK);
    EXPECT(lock_wait_holders(watcher, mine, &tag, LOCK_SHARE, &limited) == ST_NOT_AVAILABLE);
    EXPECT(lock_wait_holders(watcher, mine, &tag, LOCK_SHARE_UPDATE_EXCLUSIVE, &limited) == OK);
    EXPECT(txn_prepare(txn, STR("watched"), (Bytes){0}) == OK);
    EXPECT(lock_wait_holders(watcher, mine, &tag, LOCK_SHARE, &limited) == ST_NOT_AVAILABLE);
    EXPECT(txn_commit_prepared(scene->txns, STR("watched"), &(PreparedEnd){0}) == OK);
    EXPECT(lock_wait_holders(watcher, mine, &tag, LOCK_SHARE, &limited) == OK);
    EXPECT(client_commit(mine) == OK);
    scene_close(scene);
}

static void test_watchers(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 60; n++) {
        Scene scene = {.seed = seed_base() + n};
        on_sim(seed_base() + n, watching_main, &scene);
    }
    Scene scene = {0};
    on_sim(seed_base() + 1, watched_prepared_main, &scene);
}

/* ---- texts, as PostgreSQL words them */

static void upgrade_main(void *arg)
{
    Actor *actor = arg;
    Client *client = &actor->scene->clients[actor->number];
    LockOptions options = fake_lock_options();
    LockTag tag = table_tag(0);
    Txn *txn = client_begin(client);
    options.deadlock_timeout_us = 1000000;
    EXPECT(lock_take(client->locks, txn, &tag, LOCK_SHARE, &options) == OK);
    actor->scene->started++;
    while (actor->scene->started < 2)
        EXPECT(os_sleep_until(deadline_in_ns(1000), WAIT_SLEEP) == OK);
    int64_t before = os_monotonic_ns();
    Status status = lock_take(client->locks, txn, &tag, LOCK_EXCLUSIVE, &options);
    if (status == OK) {
        EXPECT(client_commit(txn) == OK);
        return;
    }
    EXPECT(status == ST_DEADLOCK);
    EXPECT(os_monotonic_ns() - before <
           1000000000); /* seen at once: both hold what the other's mode conflicts with */
    char text[256];
    uint32_t me = client->slot + 1000, other = 2001 - me;
    (void)snprintf(
        text, sizeof text,
        "Process %u waits for ExclusiveLock on relation 16384 of database 5; blocked by process %u.\n"
        "Process %u waits for ExclusiveLock on relation 16384 of database 5; blocked by process %u.",
        me, other, other, me);
    EXPECT(str_equal(error_current()->detail, str_from(text)));
    actor->scene->deadlocks++;
    txn_abort(txn);
}

static void upgrades_main(void *arg)
{
    Scene *scene = arg;
    scene_open(scene, 2);
    Actor actors[2] = {{scene, 0}, {scene, 1}};
    Task *one = start("one", upgrade_main, &actors[0]),
         *two = start("two", upgrade_main, &actors[1]);
    os_task_join(one);
    os_task_join(two);
    EXPECT(scene->deadlocks == 1);
    scene_close(scene);
}

static void test_upgrades(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 50; n++) {
        Scene scene = {0};
        on_sim(seed_base() + n, upgrades_main, &scene);
    }
}

/* ---- random work against the model */

static bool model_conflicts(uint32_t a, uint32_t b, bool rows)
{
    static const uint8_t modes[9] = {0, 1 << 7, 3 << 6, 15 << 4, 31 << 3, 0xec, 0xfc, 0xfe, 0xff};
    if (rows) return row_strength_conflicts((RowStrength)a, (RowStrength)b);
    return (modes[a] >> (b - 1)) & 1;
}

/* The client has just been given the mode: nobody else may hold what conflicts with it. */
static void model_take(Scene *scene, uint32_t number, uint32_t lock, uint32_t mode)
{
    mutex_lock(&scene->mutex);
    for (uint32_t i = 0; i < scene->count; i++)
        for (uint32_t m = 1; m <= 8; m++)
            if (i != number && (scene->held[i][lock] >> m) & 1)
                EXPECT(!model_conflicts(m, mode, scene->rows));
    scene->held[number][lock] |= 1U << mode;
    mutex_unlock(&scene->mutex);
}

static Status random_lock(Scene *scene, uint32_t number, Txn *txn, uint32_t lock, uint32_t mode)
{
    Client *client = &scene->clients[number];
    LockOptions options = fake_lock_options();
    LockTag tag = table_tag(lock);
    Xid holder;
    TreeId tree = tree_id(SPACE_SHARED, 1);
    if (random_chance(&client->random, 6))
        options.timeout_us = 1 + (int64_t)random_below(&client->random, 20000);
    if (random_chance(&client->random, 8)) options.wait = LOCK_NOWAIT;
    if (!scene->rows) return lock_take(client->locks, txn, &tag, (LockMode)mode, &options);
    Status status = row_lock_try(txn, tree, (RowId){lock + 1}, (RowStrength)mode, &holder);
    EXPECT(status == OK || holder.v != 0);
    if (status != ST_BUSY) return status;
    return row_lock_wait(client->locks, txn, tree, (RowId){lock + 1}, (RowStrength)mode,
                         options.wait == LOCK_WAIT ? ROW_WAIT : ROW_SKIP, &options);
}

static void random_transaction(Scene *scene, uint32_t number)
{
    Client *client = &scene->clients[number];
    Txn *txn = client_begin(client);
    Savepoint savepoint = {0};
    uint32_t at_savepoint[4] = {0};
    EXPECT(txn_need_xid(txn, NULL) == OK);
    for (uint32_t i = (uint32_t)random_below(&client->random, 6); i-- > 0;) {
        uint32_t lock = (uint32_t)random_below(&client->random, 4);
        uint32_t mode = 1 + (uint32_t)random_below(&client->random, scene->rows ? 4 : 8);
        if (random_chance(&client->random, 4)) {
            savepoint = txn_savepoint(txn);
            memcpy(at_savepoint, scene->held[number], sizeof at_savepoint);
        }
        Status status = random_lock(scene, number, txn, lock, mode);
        EXPECT(status == OK || status == ST_DEADLOCK || status == ST_NOT_AVAILABLE);
        if (status == ST_DEADLOCK) break;
        if (status == OK) model_take(scene, number, lock, mode);
        os_yield_point();
        if (!random_chance(&client->random, 6)) continue;
        memcpy(scene->held[number], at_savepoint,
               sizeof at_savepoint); /* before: others may be served in the call */
        EXPECT(txn_rollback_to(txn, &savepoint) == OK);
    }
    memset(scene->held[number], 0, sizeof scene->held[number]);
    EXPECT(client_commit(txn) == OK);
}

static void random_main(void *arg)
{
    Actor *actor = arg;
    for (uint32_t i = 0; i < actor->scene->rounds; i++)
        random_transaction(actor->scene, actor->number);
}

static void model_main(void *arg)
{
    Scene *scene = arg;
    Actor actors[CLIENTS_MAX];
    Task *tasks[CLIENTS_MAX];
    scene_open(scene, 5);
    for (uint32_t i = 0; i < scene->count; i++) {
        actors[i] = (Actor){scene, i};
        tasks[i] = start("actor", random_main, &actors[i]);
    }
    for (uint32_t i = 0; i < scene->count; i++) os_task_join(tasks[i]);
    scene_close(scene);
}

/* C9, C10, L1, L2: conflicting locks are never held together, and nobody is forgotten in a queue (the simulation stops
 * when all wait for ever). */
static void test_model(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 600; n++) {
        Scene scene = {.seed = seed_base() + n, .rows = n % 2, .rounds = 12};
        on_sim(seed_base() + n, model_main, &scene);
    }
}

/* ---- rows in many blocks, lists and planes */

static void many_rows_main(void *arg)
{
    Scene *scene = arg;
    TreeId tree = tree_id(SPACE_SHARED, 1);
    Xid holder = XID_NONE;
    scene_open(scene, 2);
    Txn *one = client_begin(&scene->clients[0]), *two = client_begin(&scene->clients[1]);
    EXPECT(txn_need_xid(one, NULL) == OK && txn_need_xid(two, NULL) == OK);
    for (uint64_t row = 1; row < 3000; row++)
        EXPECT(row_lock_try(one, tree, (RowId){row}, (RowStrength)(1 + row % 4), &holder) == OK);
    Savepoint savepoint = txn_savepoint(one);
    for (uint64_t row = 1; row < 3000; row += 3)
        EXPECT(row_lock_try(one, tree, (RowId){row}, ROW_UPDATE, &holder) == OK);
    for (uint64_t row = 1; row < 3000; row += 3)
        EXPECT(row_lock_conflicts(two, tree, (RowId){row}, ROW_KEY_SHARE, &holder));
    EXPECT(holder.v == txn_xid(one).v);
    EXPECT(txn_rollback_to(one, &savepoint) == OK);
    for (uint64_t row = 1; row < 3000; row++)
        for (uint32_t s = 1; s <= 4; s++)
            EXPECT(row_lock_conflicts(two, tree, (RowId){row}, (RowStrength)s, &holder) ==
                   row_strength_conflicts((RowStrength)s, (RowStrength)(1 + row % 4)));
    EXPECT(!row_lock_conflicts(two, tree, (RowId){3000}, ROW_UPDATE, &holder));
    EXPECT(client_commit(one) == OK);
    EXPECT(!row_lock_conflicts(two, tree, (RowId){1}, ROW_UPDATE, &holder));
    EXPECT(client_commit(two) == OK);
    scene_close(scene);
}

static void test_many_rows(void **state)
{
    (void)state;
    Scene scene = {0};
    on_sim(seed_base() + 1, many_rows_main, &scene);
}

/* ---- views */

static void views_main(void *arg)
{
    Scene *scene = arg;
    Arena *arena = arena_new(task_self()->account, "test");
    LockOptions options = fake_lock_options();
    LockTag tag = table_tag(0);
    LockInfo *infos;
    uint32_t count, *blockers, blocker_count;
    scene_open(scene, 2);
    Txn *txn = client_begin(&scene->clients[0]);
    EXPECT(txn_need_xid(txn, NULL) == OK);
    EXPECT(lock_take(scene->clients[0].locks, txn, &tag, LOCK_ACCESS_SHARE, &options) == OK);
    EXPECT(lock_list(scene->txns, arena, &infos, &count) == OK && count == 2);
    EXPECT(infos[0].fast_path && infos[0].granted && infos[0].mode == LOCK_ACCESS_SHARE &&
           infos[0].process == 1000);
    EXPECT(infos[1].tag.kind == LOCK_XID && infos[1].mode == LOCK_EXCLUSIVE);
    Actor actor = {scene, 1};
    scene->started = 2;
    Task *other = start("other", upgrade_main, &actor);
    /* upgrade_main takes SHARE and EXCLUSIVE: the second waits for nobody but AccessShare, which it suits */
    os_task_join(other);
    EXPECT(lock_take(scene->clients[0].locks, txn, &tag, LOCK_ROW_EXCLUSIVE, &options) == OK);
    other = start("other", upgrade_main, &actor);
    EXPECT(os_sleep_until(deadline_in_ms(5), WAIT_SLEEP) == OK);
    EXPECT(lock_blockers(scene->txns, scene->clients[1].slot, arena, &blockers, &blocker_count) ==
           OK);
    EXPECT(blocker_count == 1 && blockers[0] == 1000);
    EXPECT(lock_list(scene->txns, arena, &infos, &count) == OK && count == 4);
    EXPECT(client_commit(txn) == OK);
    os_task_join(other);
    arena_drop(arena);
    scene_close(scene);
}

static void test_views(void **state)
{
    (void)state;
    Scene scene = {0};
    on_sim(seed_base() + 1, views_main, &scene);
}

static void test_model_on_threads(void **state)
{
    (void)state;
    for (uint64_t n = 0; n < 4; n++) {
        Scene scene = {.seed = seed_base() + n, .rows = n % 2, .rounds = 50};
        on_real(model_main, &scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conflicts),
        cmocka_unit_test(test_owners),
        cmocka_unit_test(test_deadlocks),
        cmocka_unit_test(test_upgrades),
        cmocka_unit_test(test_model),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_watchers),
        cmocka_unit_test(test_model_on_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
