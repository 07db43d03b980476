/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts: limits up the tree, dropping what they hold, heaps, and all of it from several threads at once. */
/* tsan: yes */
#include "base/account.h"

#include <pthread.h>

#include "base/heap.h"
#include "unit/fail_each.h"
#include "unit/unit.h"

static void test_charges_go_up_and_stop_at_limits(void **state)
{
    (void)state;
    Account *root = account_new(NULL, "root", 1000), *child = account_new(root, "child", 600);
    Account *leaf = account_new(child, "leaf", ACCOUNT_UNLIMITED);
    assert_string_equal(account_name(leaf), "leaf");
    assert_true(account_charge(leaf, 600));
    assert_int_equal(account_used(root), 600);
    assert_false(account_charge(leaf, 1)); /* the child's limit */
    assert_int_equal(account_used(leaf), 600);
    assert_true(account_charge(root, 400));
    assert_false(account_charge(root, 1));
    assert_false(account_charge(leaf, SIZE_MAX)); /* the sum overflows */
    account_set_limit(root, 2000);
    account_set_limit(child, ACCOUNT_UNLIMITED);
    assert_true(account_charge(leaf, 1000));
    account_refund(leaf, 1600);
    account_refund(root, 400);
    assert_int_equal(account_used(root), 0);
    assert_int_equal(account_peak(root), 2000);
    assert_int_equal(account_peak(leaf), 1600);
    account_drop(leaf);
    account_drop(child);
    account_drop(root);
}

static void test_dropping_gives_everything_back(void **state)
{
    (void)state;
    Account *root = account_new(NULL, "root", ACCOUNT_UNLIMITED);
    Account *a = account_new(root, "a", 0), *b = account_new(root, "b", 0),
            *c = account_new(a, "c", 0);
    Arena *arena = arena_try_new(a, "in a");
    Arena *foreign = arena_try_new_child_of(arena, c, "in c");
    assert_non_null(arena_try_new_child(foreign, "below"));
    assert_non_null(heap_try_alloc(heap_try_new(b, "in b"), 100));
    assert_true(account_charge(b, 50)); /* by hand, never refunded */
    assert_true(account_used(root) > 3000);
    account_drop(c);
    assert_int_equal(arena_held(arena), account_used(a));
    account_drop_contents(root);
    assert_int_equal(account_used(root), 0);
    account_drop(root);
}

static void test_middle_children_leave_the_list(void **state)
{
    (void)state;
    Account *root = account_new(NULL, "root", 0), *kids[3];
    for (int i = 0; i < 3; i++) kids[i] = account_new(root, "kid", 0);
    account_drop(kids[1]);
    account_drop(kids[0]);
    account_drop(kids[2]);
    account_drop(root);
}

static void test_heap(void **state)
{
    (void)state;
    Account *root = account_new(NULL, "root", 0);
    Heap *heap = heap_try_new(root, "heap");
    size_t empty = account_used(root);
    char *pieces[10];
    assert_string_equal(heap_name(heap), "heap");
    for (size_t i = 0; i < 10; i++) {
        pieces[i] = heap_try_alloc(heap, i * 100);
        assert_int_equal((uintptr_t)pieces[i] % 16, 0);
        for (size_t k = 0; k < i * 100; k++) assert_int_equal(pieces[i][k], 0);
        memset(pieces[i], 1, i * 100);
    }
    assert_int_equal(heap_piece_count(heap), 10);
    heap_free(heap, NULL);
    heap_free(heap, pieces[4]);
    heap_free(heap, pieces[9]);
    heap_free(heap, pieces[0]);
    assert_int_equal(heap_piece_count(heap), 7);
    assert_null(heap_try_alloc(heap, SIZE_MAX));
    account_set_limit(root, account_used(root) + 50);
    assert_null(heap_try_alloc(heap, 50)); /* with its header it is more */
    for (size_t i = 0; i < 10; i++)
        if (i != 4 && i != 9 && i != 0) heap_free(heap, pieces[i]);
    assert_int_equal(account_used(root), empty);
    heap_drop(heap);
    assert_int_equal(account_used(root), 0);
    account_drop(root);
}

/* ---- failures ---- */

static void build_and_drop(void *arg, bool failing)
{
    (void)arg;
    Account *root = account_new(NULL, "root", 0);
    Account *child = root ? account_new(root, "child", 0) : NULL;
    Heap *heap = child ? heap_try_new(child, "heap") : NULL;
    void *piece = heap ? heap_try_alloc(heap, 10) : NULL;
    Arena *arena = child ? arena_try_new(child, "arena") : NULL;
    void *big = arena ? arena_try_alloc(arena, 100000) : NULL;
    if (!failing) assert_true(piece && big);
    if (!root) return;
    account_drop_contents(root);
    assert_int_equal(account_used(root), 0);
    account_drop(root);
}

/* A task keeps freed chunks, charged to nobody, up to a number, and none once it has ended. */
static void test_kept_chunks(void **state)
{
    (void)state;
    enum { MANY = 20 };
    Account *root = account_new(NULL, "root", ACCOUNT_UNLIMITED);
    Task task = {0};
    assert_int_equal(task_init(&task, root, "keeps"), OK);
    Task *former = task_switch(&task);
    Account *account = account_new(root, "arenas", ACCOUNT_UNLIMITED);
    Arena *arenas[MANY];
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < MANY; i++) {
            arenas[i] = arena_try_new(account, "kept");
            for (int k = 0; k < 40; k++) memset(arena_try_alloc(arenas[i], 500), i, 500);
        }
        for (int i = 0; i < MANY; i++) arena_drop(arenas[i]);
        assert_int_equal(account_used(account), 0);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < TASK_KEPT_SIZES; i++) {
        uint32_t listed = 0;
        for (KeptChunk *chunk = task.kept.chunks[i]; chunk; listed++)
            memcpy((void *)&chunk, (void *)chunk, sizeof(void *));
        assert_int_equal(listed, task.kept.count[i]);
        kept += listed;
    }
#ifndef __SANITIZE_ADDRESS__
    assert_true(kept > 0 && kept < MANY * TASK_KEPT_SIZES / 2);
#endif
    task_release(&task);
    Arena *late = arena_try_new(account, "late");
    arena_drop(late);
    for (uint32_t i = 0; i < TASK_KEPT_SIZES; i++) assert_null(task.kept.chunks[i]);
    task_switch(former);
    account_drop(account);
    account_drop(root);
}

static void test_every_failure(void **state)
{
    (void)state;
    /* two accounts, heap, piece, arena, big: the latter four can be refused or find the system empty */
    assert_int_equal(fail_each_allocation(build_and_drop, NULL), 10);
}

static void test_failing_for_ever(void **state)
{
    (void)state;
    Account *root = account_new(NULL, "root", 0);
    account_fail_at(2, true);
    assert_true(account_charge(root, 1));
    assert_false(account_charge(root, 1));
    assert_false(account_charge(root, 1));
    assert_int_equal(account_fail_fired(), 2);
    account_fail_at(0, false);
    assert_true(account_charge(root, 1));
    account_refund(root, 2);
    account_drop(root);
}

/* ---- threads ---- */

enum { THREADS = 4, ROUNDS = 2000, LIMIT = 200000 };

typedef struct Crowd {
    Account *root;
    Heap *heap;
    _Atomic uint32_t next_number;
} Crowd;

static _Atomic uint32_t yields;

static void yield_counted(void)
{
    atomic_fetch_add(&yields, 1);
}

static void *one_of_the_crowd(void *arg)
{
    Crowd *crowd = arg;
    Task task = {.number = atomic_fetch_add(&crowd->next_number, 1)};
    Account *mine = account_new(crowd->root, "mine", LIMIT / 2);
    assert_true(task_init(&task, mine, "crowd") == OK);
    task_switch(&task);
    void *pieces[8] = {0};
    for (uint32_t i = 0; i < ROUNDS; i++) {
        heap_free(crowd->heap, pieces[i % 8]);
        pieces[i % 8] = heap_try_alloc(crowd->heap, 8 + i % 100);
        Arena *arena = arena_try_new(crowd->root, "short");
        if (arena) arena_drop(arena);
        if (account_charge(mine, 10)) account_refund(mine, 10);
        assert_true(account_used(crowd->root) <= LIMIT);
        if (i % 100 == 0) (void)heap_piece_count(crowd->heap);
    }
    for (uint32_t i = 0; i < 8; i++) heap_free(crowd->heap, pieces[i]);
    task_switch(NULL);
    task_release(&task);
    account_drop(mine);
    return NULL;
}

static void test_many_threads(void **state)
{
    (void)state;
    Crowd crowd = {.root = account_new(NULL, "root", LIMIT)};
    account_set_yield(crowd.root, yield_counted);
    crowd.heap = heap_try_new(crowd.root, "heap");
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, one_of_the_crowd, &crowd), 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    assert_int_equal(heap_piece_count(crowd.heap), 0);
    heap_drop(crowd.heap);
    assert_int_equal(account_used(crowd.root), 0);
    account_drop(crowd.root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charges_go_up_and_stop_at_limits),
        cmocka_unit_test(test_dropping_gives_everything_back),
        cmocka_unit_test(test_middle_children_leave_the_list),
        cmocka_unit_test(test_heap),
        cmocka_unit_test(test_kept_chunks),
        cmocka_unit_test(test_every_failure),
        cmocka_unit_test(test_failing_for_ever),
        cmocka_unit_test(test_many_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
