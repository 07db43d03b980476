/* SPDX-License-Identifier: Apache-2.0 */
/* The pool and the spaces on real threads and files: the same model as on the simulated machine, for the thread
 * sanitizer. */
/* tsan: yes */
#include "pool_model.h"

#include "base/account.h"
#include "store/space_internal.h"

enum { FRAMES = 96, TASKS = 4 };

/* A fresh folder of the real file system for each test. */
static char folder[64];

static Device *open_device(void)
{
    DeviceLocalOptions options = test_device_options();
    options.dir = folder;
    Device *device;
    must_be_ok(device_local_open(task_self()->account, &options, &device));
    return device;
}

static void on_real_machine(void (*body)(Device *device))
{
    Account *account = account_new(NULL, "test", 0);
    Os *os;
    must_be_ok(os_real_new(account, &os));
    (void)snprintf(folder, sizeof folder, "/tmp/tusk-pool-%" PRIu64,
                   test_seed(0) + (uint64_t)os_monotonic_ns());
    DeviceLocalOptions options = test_device_options();
    options.dir = folder;
    must_be_ok(os_dir_make(folder));
    must_be_ok(device_local_create(&options, (Bytes){(const uint8_t *)"first", 5}));
    body(open_device());
    must_be_ok(os_dir_remove_all(folder));
    os_real_release(os);
    account_drop(account);
}

static void model_body(Device *device)
{
    Model *model = calloc(1, sizeof *model);
    CHECK_TRUE(model != NULL);
    must_be_ok(device->ops->space_create(device, SPACE_TEMP));
    must_be_ok(device->ops->space_create(device, (SpaceId){2}));
    device->ops->close(device);
    model_open_on(model, open_device(), FRAMES, true);
    model->seed = test_seed(1);
    model->changes = 40;
    model->ops_each = 1500;
    model_run(model, TASKS, true);
    CHECK_TRUE(model->early_writes == 0);
    Lsn least;
    must_be_ok(pool_write_until(model->pool, (Lsn){UINT64_MAX}, 0, &least));
    model_close(model);
    model_open_on(model, open_device(), FRAMES, false);
    model_redo(model, (Lsn){UINT64_MAX});
    model_close(model);
    free(model);
}

static void test_tasks_agree_with_the_model(void **state)
{
    (void)state;
    on_real_machine(model_body);
}

/* --- one page, many writers and readers --- */

typedef struct Hot {
    Pool *pool;
    uint64_t counter; /* under the page's latch */
    uint64_t reads;
} Hot;
enum { HOT_ROUNDS = 4000 };

static void hot_main(void *arg)
{
    Hot *hot = arg;
    for (uint32_t i = 0; i < HOT_ROUNDS; i++) {
        PageRef ref;
        bool write = i % 4 == 0;
        LatchOptions options = {.mode = write ? LATCH_EXCLUSIVE : LATCH_SHARED, .rank = RANK_LATCH};
        must_be_ok(pool_latch(hot->pool, page_id((SpaceId){2}, 5), options, &ref));
        uint64_t seen = hot->counter;
        if (write) hot->counter = seen + 1;
        uint32_t version = pool_version(&ref);
        CHECK_TRUE(version == seen);
        pool_unlatch(&ref);
    }
}

static void hot_body(Device *device)
{
    must_be_ok(device->ops->space_create(device, (SpaceId){2}));
    PoolOptions options = {.frames = 64};
    Hot hot = {0};
    must_be_ok(pool_open(task_self()->account, device, NULL, &options, &hot.pool));
    Task *tasks[TASKS];
    for (uint32_t i = 0; i < TASKS; i++) tasks[i] = start_task("hot", hot_main, &hot);
    for (uint32_t i = 0; i < TASKS; i++) os_task_join(tasks[i]);
    CHECK_TRUE(hot.counter == (uint64_t)TASKS * HOT_ROUNDS / 4);
    pool_check(hot.pool);
    pool_close(hot.pool);
    device->ops->close(device);
}

static void test_a_hot_page(void **state)
{
    (void)state;
    on_real_machine(hot_body);
}

/* --- taking and freeing, checkpoints meanwhile --- */

enum { TAKERS_PAGES = 20000 };
typedef struct Takers {
    Store store;
    _Atomic bool taken[TAKERS_PAGES];
    _Atomic uint64_t next;
    _Atomic uint32_t running;
} Takers;

static void taker_main(void *arg)
{
    Takers *takers = arg;
    uint64_t tree = 10 + atomic_fetch_add(&takers->next, 1);
    PageId pages[100];
    uint32_t count = 0;
    Random random;
    random_seed(&random, test_seed(tree));
    for (uint32_t i = 0; i < 1500; i++) {
        if (count < ARRAY_LEN(pages) && (count == 0 || random_chance(&random, 2))) {
            PageId near = count > 0 ? pages[count - 1] : PAGE_NONE, page;
            must_be_ok(
                space_take_page(&takers->store, tree_id((SpaceId){2}, tree), near, 0, &page));
            CHECK_TRUE(!atomic_exchange(&takers->taken[page_number(page)], true));
            pages[count++] = page;
        } else {
            PageId page = pages[--count];
            CHECK_TRUE(atomic_exchange(&takers->taken[page_number(page)], false));
            must_be_ok(space_free_page(&takers->store, page));
        }
    }
    atomic_fetch_sub(&takers->running, 1);
}

static void takers_body(Device *device)
{
    Takers *takers = calloc(1, sizeof *takers);
    CHECK_TRUE(takers != NULL);
    Store *store = &takers->store;
    store->account = task_self()->account;
    store->device = device;
    store->wal = test_wal_open(device);
    PoolOptions options = {.frames = FRAMES};
    must_be_ok(pool_open(store->account, device, store->wal, &options, &store->pool));
    must_be_ok(space__open(store, &store->spaces));
    must_be_ok(space__create_at(store, (SpaceId){2}));
    Task *tasks[TASKS];
    atomic_store(&takers->running, TASKS);
    for (uint32_t i = 0; i < TASKS; i++) tasks[i] = start_task("taker", taker_main, takers);
    while (atomic_load(&takers->running) > 0) {
        Lsn least;
        pool_checkpoint_begin(store->pool);
        must_be_ok(pool_write_until(store->pool, wal_insert_position(store->wal), 0, &least));
        pool_checkpoint_end(store->pool);
        must_be_ok(space__checkpoint_done(store, least));
    }
    for (uint32_t i = 0; i < TASKS; i++) os_task_join(tasks[i]);
    space__close(store->spaces);
    pool_check(store->pool);
    pool_close(store->pool);
    wal_close(store->wal);
    device->ops->close(device);
    free(takers);
}

static void test_pages_are_given_to_one(void **state)
{
    (void)state;
    on_real_machine(takers_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_hot_page),
        cmocka_unit_test(test_tasks_agree_with_the_model),
        cmocka_unit_test(test_pages_are_given_to_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
