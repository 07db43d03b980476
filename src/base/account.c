/* SPDX-License-Identifier: Apache-2.0 */
/* account.c - counting memory up a tree of accounts, and the only calls of the system's allocator.
 *
 * A charge walks from the account to the root with one compare-and-swap a level, so that no account is ever above its
 * limit, not even for a moment; where a level refuses, the levels below are given back.
 *
 * (AC1) used of an account >= the sum of its children's used
 * (AC2) a holding is in the list of exactly the account that pays for it, until it is dropped */
#include "base/account.h"

#include "base/account_internal.h"

enum { SPINS_BEFORE_YIELD = 64 };

struct Account {
    Account *parent;
    const char *name;
    _Atomic size_t used, peak, bytes_max;
    void (*yield)(void);
    Spin lock; /* over the lists below; of two accounts' locks, never both */
    Account *newest_child, *newer, *older;
    Holding *newest_holding;
};

/* ---- failures on demand ---- */

#ifdef TUSK_TEST
/* The one process-wide state of base: tests inject failures without a handle to what they make fail. */
static struct {
    _Atomic uint64_t countdown, fired;
    _Atomic bool for_ever;
} injected;

void account_fail_at(uint64_t n, bool for_ever)
{
    atomic_store(&injected.countdown, 0);
    atomic_store(&injected.for_ever, for_ever);
    atomic_store(&injected.fired, 0);
    atomic_store(&injected.countdown, n);
}

uint64_t account_fail_fired(void)
{
    return atomic_load(&injected.fired);
}

static bool fails_now(void)
{
    uint64_t left = atomic_load_explicit(&injected.countdown, memory_order_relaxed);
    while (left > 1)
        if (atomic_compare_exchange_weak(&injected.countdown, &left, left - 1)) return false;
    if (left == 0) return false;
    if (!atomic_load(&injected.for_ever) &&
        !atomic_compare_exchange_strong(&injected.countdown, &left, 0))
        return false;
    atomic_fetch_add(&injected.fired, 1);
    return true;
}
#else
void account_fail_at(uint64_t n, bool for_ever)
{
    (void)n;
    (void)for_ever;
}

uint64_t account_fail_fired(void)
{
    return 0;
}

static inline bool fails_now(void)
{
    return false;
}
#endif

/* ---- spin lock ---- */

static inline void cpu_relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

void spin__lock(Spin *spin, void (*yield)(void))
{
    for (uint32_t spins = 1;; spins++) {
        if (atomic_load_explicit(&spin->taken, memory_order_relaxed) == 0 &&
            atomic_exchange_explicit(&spin->taken, 1, memory_order_acquire) == 0)
            return;
        if (yield && spins % SPINS_BEFORE_YIELD == 0)
            yield();
        else
            cpu_relax();
    }
}

void spin__unlock(Spin *spin)
{
    atomic_store_explicit(&spin->taken, 0, memory_order_release);
}

/* ---- charging ---- */

static bool charge_level(Account *account, size_t bytes)
{
    size_t used = atomic_load_explicit(&account->used, memory_order_relaxed);
    size_t sum;
    do {
        size_t bytes_max = atomic_load_explicit(&account->bytes_max, memory_order_relaxed);
        if (__builtin_add_overflow(used, bytes, &sum)) return false;
        if (bytes_max != ACCOUNT_UNLIMITED && sum > bytes_max) return false;
    } while (!atomic_compare_exchange_weak_explicit(&account->used, &used, sum,
                                                    memory_order_relaxed, memory_order_relaxed));
    size_t peak = atomic_load_explicit(&account->peak, memory_order_relaxed);
    while (peak < sum &&
           !atomic_compare_exchange_weak_explicit(&account->peak, &peak, sum, memory_order_relaxed,
                                                  memory_order_relaxed)) {}
    return true;
}

static void refund_until(Account *account, const Account *end, size_t bytes)
{
    for (; account != end; account = account->parent) {
        size_t used = atomic_fetch_sub_explicit(&account->used, bytes, memory_order_relaxed);
        ASSERT(used >= bytes);
        (void)used;
    }
}

static bool charge_all(Account *account, size_t bytes)
{
    for (Account *level = account; level; level = level->parent) {
        if (!charge_level(level, bytes)) {
            refund_until(account, level, bytes);
            return false;
        }
    }
    return true;
}

bool account_charge(Account *account, size_t bytes)
{
    return !fails_now() && charge_all(account, bytes);
}

void account_refund(Account *account, size_t bytes)
{
    refund_until(account, NULL, bytes);
}

size_t account_used(const Account *account)
{
    return atomic_load_explicit(&account->used, memory_order_relaxed);
}

size_t account_peak(const Account *account)
{
    return atomic_load_explicit(&account->peak, memory_order_relaxed);
}

const char *account_name(const Account *account)
{
    return account->name;
}

void account_set_limit(Account *account, size_t bytes_max)
{
    atomic_store_explicit(&account->bytes_max, bytes_max, memory_order_relaxed);
}

void account_set_yield(Account *account, void (*yield)(void))
{
    account->yield = yield;
}

void (*account__yield(const Account *account))(void)
{
    return account->yield;
}

/* ---- what a task keeps ----
 *
 * Arenas come and go with every statement, and the system's allocator makes threads that allocate at the same time wait
 * for each other. So a task keeps a few of the chunks that it freed, charged to nobody, as what the allocator keeps.
 *
 * (KC1) kept.count[i] <= kept_most(i); once the task has ended it is that with an empty list, so that nothing more is
 * kept */

enum { KEPT_BYTES_LEAST = 1024, KEPT_FIRST = 16, KEPT_LEAST = 4 };

/* A small statement has a dozen arenas with their first chunks alone; larger chunks are fewer. */
static inline uint32_t kept_most(uint32_t list)
{
    return MAX((uint32_t)KEPT_FIRST >> list, (uint32_t)KEPT_LEAST);
}

struct KeptChunk {
    KeptChunk *next;
};

#if defined(__SANITIZE_ADDRESS__)
#define KEEPS_CHUNKS 0 /* what is freed is to be seen as freed */
#elif defined(__has_feature)
#define KEEPS_CHUNKS !__has_feature(address_sanitizer)
#else
#define KEEPS_CHUNKS 1
#endif

/* Which list such chunks are in; TASK_KEPT_SIZES: in none. */
static inline uint32_t kept_list(size_t bytes)
{
    if (!KEEPS_CHUNKS || bytes < KEPT_BYTES_LEAST || (bytes & (bytes - 1)) != 0)
        return TASK_KEPT_SIZES;
    const uint32_t list = (uint32_t)__builtin_ctzll(bytes / KEPT_BYTES_LEAST);
    return MIN(list, (uint32_t)TASK_KEPT_SIZES);
}

static inline void *take_kept(size_t bytes)
{
    Task *task = task_self();
    const uint32_t list = task ? kept_list(bytes) : TASK_KEPT_SIZES;
    if (list == TASK_KEPT_SIZES || !task->kept.chunks[list]) return NULL;
    KeptChunk *chunk = task->kept.chunks[list];
    task->kept.chunks[list] = chunk->next;
    task->kept.count[list]--;
    return chunk;
}

static inline bool keep(void *memory, size_t bytes)
{
    Task *task = task_self();
    const uint32_t list = task && memory ? kept_list(bytes) : TASK_KEPT_SIZES;
    if (list == TASK_KEPT_SIZES || task->kept.count[list] == kept_most(list)) return false;
    KeptChunk *chunk = memory;
    chunk->next = task->kept.chunks[list];
    task->kept.chunks[list] = chunk;
    task->kept.count[list]++;
    return true;
}

void account__end_keeping(Task *task)
{
    for (uint32_t list = 0; list < TASK_KEPT_SIZES; list++) {
        for (KeptChunk *chunk = task->kept.chunks[list], *next; chunk; chunk = next) {
            next = chunk->next;
            free(chunk);
        }
        task->kept.chunks[list] = NULL;
        task->kept.count[list] = kept_most(list);
    }
}

/* ---- memory from the system ---- */

void *account__alloc(Account *account, size_t bytes)
{
    if (!account_charge(account, bytes)) return NULL;
    void *memory = NULL;
    if (!fails_now()) {
        memory = take_kept(bytes);
        if (!memory) memory = malloc(bytes);
    }
    if (!memory) account_refund(account, bytes);
    return memory;
}

void *account__realloc(Account *account, void *old, size_t old_bytes, size_t new_bytes)
{
    ASSERT(new_bytes > old_bytes);
    if (!account_charge(account, new_bytes - old_bytes)) return NULL;
    void *memory = fails_now() ? NULL : realloc(old, new_bytes);
    if (!memory) account_refund(account, new_bytes - old_bytes);
    return memory;
}

void account__free(Account *account, void *memory, size_t bytes)
{
    if (!keep(memory, bytes)) free(memory);
    account_refund(account, bytes);
}

/* ---- the tree of accounts and what they hold ---- */

Account *account_new(Account *parent, const char *name, size_t bytes_max)
{
    Account *account = fails_now() ? NULL : calloc(1, sizeof *account);
    if (!account) return NULL;
    account->parent = parent;
    account->name = name;
    account->bytes_max = bytes_max;
    if (parent) {
        account->yield = parent->yield;
        spin__lock(&parent->lock, parent->yield);
        account->older = parent->newest_child;
        if (account->older) account->older->newer = account;
        parent->newest_child = account;
        spin__unlock(&parent->lock);
    }
    return account;
}

static void unlink_from_parent(Account *account)
{
    Account *parent = account->parent;
    if (!parent) return;
    spin__lock(&parent->lock, parent->yield);
    if (account->newer)
        account->newer->older = account->older;
    else
        parent->newest_child = account->older;
    if (account->older) account->older->newer = account->newer;
    spin__unlock(&parent->lock);
}

static void drop_holdings(Account *account)
{
    for (;;) {
        spin__lock(&account->lock, account->yield);
        Holding *holding = account->newest_holding;
        if (holding) {
            account->newest_holding = holding->older;
            if (holding->older) holding->older->newer = NULL;
            holding->account = NULL;
        }
        spin__unlock(&account->lock);
        if (!holding) return;
        holding->drop(holding);
    }
}

static void drop_one(Account *account)
{
    ASSERT(account->newest_child == NULL);
    drop_holdings(account);
    /* What was charged by hand and never refunded would stay on the accounts above for ever. */
    if (account->parent) account_refund(account->parent, account_used(account));
    unlink_from_parent(account);
    free(account);
}

void account_drop(Account *account)
{
    drop_one(account);
}

void account_drop_contents(Account *account)
{
    while (account->newest_child) {
        Account *leaf = account->newest_child;
        while (leaf->newest_child) leaf = leaf->newest_child;
        drop_one(leaf);
    }
    drop_holdings(account);
}

void account__hold(Account *account, Holding *holding, void (*drop)(Holding *holding))
{
    holding->drop = drop;
    holding->newer = NULL;
    spin__lock(&account->lock, account->yield);
    holding->account = account;
    holding->older = account->newest_holding;
    if (holding->older) holding->older->newer = holding;
    account->newest_holding = holding;
    spin__unlock(&account->lock);
}

void account__let_go(Holding *holding)
{
    Account *account = holding->account;
    if (!account) return;
    spin__lock(&account->lock, account->yield);
    if (holding->newer)
        holding->newer->older = holding->older;
    else
        account->newest_holding = holding->older;
    if (holding->older) holding->older->newer = holding->newer;
    holding->account = NULL;
    spin__unlock(&account->lock);
}
