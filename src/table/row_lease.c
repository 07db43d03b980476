/* SPDX-License-Identifier: Apache-2.0 */
/* row_lease.c - who inserts where (docs/traps.md C21).
 *
 * Rows go to the last leaf, in the order in which they come, as long as one task inserts. When several wait for each
 * other there, one of them leases the rest of the leaf: a fence is put behind the ids that its rows may still take, all
 * others go on in a new last leaf, and when the lease is used up and others have inserted meanwhile, it leases what is
 * the last leaf then. So each task fills leaves alone, each leaf is filled by one after the other, and the table is as
 * dense as before.
 *
 *     last leaf   [low ......... next .......)          one inserts, another waits
 *     leased      [low ......... next ... end)  [end ...)   the new last leaf
 *
 * (N1) an id is given out once while the server runs: those of a lease are taken off next_row when it is made, under
 *      the latch of the last leaf, and given out by who has the lease `busy`, in ascending order
 * (N2) ids that a lease does not use up are holes: no row has them ever, and nothing counts rows by ids
 * (N3) a task's ids ascend: it comes back to no lease after it was at the end of the table
 * (N4) a lease knows ids, not pages: its leaf is found by a descent, whatever was split or merged since; if a row
 *      stands there behind its next id, it has ended. So rows come to a leaf at its end alone
 *
 * A crash forgets all leases: ids go on behind the last row of the last leaf, as ever. */
#include "table/row_lease.h"

#include "base/arith.h"
#include "table/row_room.h"

/* Waits for one last leaf from which on it is shared no more. */
TUNABLE(row_lease_waits, 4, 1, 8)
enum {
    LEASES = 16,
    LEASE_LEAST = 4,   /* the part of a leaf that is worth one */
    LEASE_STALE = 256, /* leaves filled since by others: its owner will hardly come back */
};

/* A task's, by its number. Who is refused because another is at it, or owns it, inserts at the end of the table. */
struct RowLease {
    _Alignas(64) _Atomic bool busy; /* the rest is changed by who set it */
    _Atomic uint64_t owner;         /* the task's number; 0: nobody's yet */
    _Atomic uint64_t until;         /* where `end` was when it was taken */
    uint64_t next, end;             /* ids that are left */
};

typedef struct RowLeases {
    RowLease leases[LEASES];
} RowLeases;

/* ---- who has one ---- */

/* The task's place for a lease; NULL: there are none yet. */
static RowLease *lease_of(Table *table)
{
    RowLeases *leases = atomic_load_explicit(&table->leases, memory_order_acquire);
    const Task *task = task_self();
    if (LIKELY(leases == NULL) || UNLIKELY(task == NULL)) return NULL;
    return &leases->leases[task->number % LEASES];
}

static bool is_owner(const RowLease *lease)
{
    return atomic_load_explicit(&lease->owner, memory_order_relaxed) == task_self()->number;
}

/* False: another is at it. */
static bool lease_enter(RowLease *lease)
{
    os_yield_point();
    return !atomic_exchange_explicit(&lease->busy, true, memory_order_acquire);
}

static void lease_leave(RowLease *lease)
{
    atomic_store_explicit(&lease->busy, false, memory_order_release);
}

static Status leases_make(Table *table)
{
    RowLeases *none = NULL;
    if (atomic_load_explicit(&table->leases, memory_order_acquire) != NULL) return OK;
    char *memory = heap_try_alloc(table->heap, sizeof(RowLeases) + alignof(RowLeases));
    if (memory == NULL) return ST_NO_MEMORY;
    RowLeases *made = (RowLeases *)(void *)ALIGN_UP((uintptr_t)memory, alignof(RowLeases));
    if (!atomic_compare_exchange_strong(&table->leases, &none, made))
        heap_free(table->heap, memory);
    return OK;
}

/* ---- where the next row goes ---- */

uint64_t row_lease_tail_next(Table *table, const void *page)
{
    uint64_t next = atomic_load_explicit(&table->next_row, memory_order_relaxed);
    uint32_t rows = leaf_row_count(page);
    next = MAX(next, MAX(leaf_low(page), UINT64_C(1)));
    return rows > 0 ? MAX(next, leaf_row_id(page, rows - 1).v + 1) : next;
}

/* Latches the leaf of the lease's next id. ST_NOT_FOUND: the lease has ended. */
static Status leased_latch(Table *table, RowLease *lease, RowPlace *place)
{
    if (lease->next >= lease->end) return ST_NOT_FOUND;
    const TreeKey key = {.row_id = lease->next};
    PageRef leaf;
    TRY(tree_latch_leaf(table->tree, &key, false, LATCH_EXCLUSIVE, false, &leaf));
    const uint32_t rows = leaf_row_count(leaf.data);
    if (rows == 0 || leaf_row_id(leaf.data, rows - 1).v < lease->next) {
        *place = (RowPlace){.leaf = leaf,
                            .next = lease->next,
                            .end = MIN(lease->end, leaf_high(leaf.data)),
                            .lease = lease};
        return OK;
    }
    MARK("rows stand behind the ids of a lease");
    pool_unlatch(&leaf);
    lease->end = lease->next;
    return ST_NOT_FOUND;
}

/* Is so much of the latched last leaf left that leasing it is worth a split? */
static bool is_worth_it(Table *table, const void *page, uint64_t next)
{
    const uint32_t capacity = leaf_capacity(page), rows = leaf_row_count(page);
    return atomic_load_explicit(&table->rows_a_leaf, memory_order_relaxed) > 0 && capacity > rows &&
           capacity - rows >= MAX(capacity / LEASE_LEAST, 2u) &&
           row_room_is_laid_out(table, page, false) &&
           next + capacity < leaf_low(page) + UINT32_MAX && next + capacity < ROW_ID_MAX;
}

/* `again`: the task's last lease is used up. */
static Status tail_latch(Table *table, bool again, RowPlace *place)
{
    const Task *task = task_self();
    const uint64_t waits = task != NULL ? task->latch_waits : 0;
    PageRef leaf;
    TRY(tree_latch_tail(table->tree, &TABLE_TAIL_KEY, &leaf));
    *place = (RowPlace){.leaf = leaf,
                        .next = row_lease_tail_next(table, leaf.data),
                        .end = UINT64_MAX,
                        .waited = task != NULL && task->latch_waits != waits,
                        .due = again};
    return OK;
}

Status row_place_latch(Table *table, RowPlace *place)
{
    bool again = false;
    RowLease *lease = lease_of(table);
    if (lease != NULL && is_owner(lease) && lease_enter(lease)) {
        Status status = is_owner(lease) ? leased_latch(table, lease, place) : ST_NOT_FOUND;
        if (LIKELY(status == OK)) return OK;
        again = status == ST_NOT_FOUND &&
                atomic_load_explicit(&table->next_row, memory_order_relaxed) >
                    atomic_load_explicit(&lease->until, memory_order_relaxed);
        lease_leave(lease);
        if (status != ST_NOT_FOUND) return status;
    }
    return tail_latch(table, again, place);
}

void row_place_use(Table *table, RowPlace *place, uint32_t count)
{
    const uint64_t next = place->next + count;
    ASSERT(next <= place->end);
    if (place->lease != NULL) {
        place->lease->next = next;
        return;
    }
    atomic_store_explicit(&table->next_row, next, memory_order_relaxed);
    if (UNLIKELY(place->waited)) {
        const uint32_t waits = atomic_load_explicit(&table->tail_waits, memory_order_relaxed) + 1;
        atomic_store_explicit(&table->tail_waits, waits, memory_order_relaxed);
        place->due |= waits >= row_lease_waits();
    }
    if (UNLIKELY(place->due)) place->due = is_worth_it(table, place->leaf.data, next);
}

bool row_place_is_full(RowPlace *place)
{
    if (place->lease == NULL) return false;
    place->lease->end = place->lease->next;
    return true;
}

void row_place_leave(RowPlace *place)
{
    if (place->lease != NULL) lease_leave(place->lease);
    place->lease = NULL;
}

/* ---- taking one ---- */

typedef struct Taking {
    Table *table;
    RowLease *lease;
} Taking;

/* Where the last leaf ends that is to be the task's: behind the rows that it has room for. */
static Status choose_end(void *arg, const void *page, TreeKey *separator)
{
    const Taking *taking = arg;
    Table *table = taking->table;
    RowLease *lease = taking->lease;
    const uint64_t next = row_lease_tail_next(table, page);
    if (!is_worth_it(table, page, next)) return ST_END;
    const uint64_t end = next + leaf_capacity(page) - leaf_row_count(page);
    atomic_store_explicit(&table->next_row, end, memory_order_relaxed);
    atomic_store_explicit(&table->tail_waits, 0, memory_order_relaxed);
    atomic_store_explicit(&lease->owner, task_self()->number, memory_order_relaxed);
    atomic_store_explicit(&lease->until, end, memory_order_relaxed);
    lease->next = next;
    lease->end = end;
    *separator = (TreeKey){.row_id = end};
    return OK;
}

/* May the task have it? Another's is left to him while he may come back. */
static bool is_free(Table *table, const RowLease *lease)
{
    const uint64_t owner = atomic_load_explicit(&lease->owner, memory_order_relaxed);
    const uint64_t rows = atomic_load_explicit(&table->rows_a_leaf, memory_order_relaxed);
    const uint64_t next = atomic_load_explicit(&table->next_row, memory_order_relaxed);
    const uint64_t until = atomic_load_explicit(&lease->until, memory_order_relaxed);
    return owner == 0 || owner == task_self()->number || next - until > LEASE_STALE * rows;
}

Status row_lease_take(Table *table)
{
    TRY(leases_make(table));
    RowLease *lease = lease_of(table);
    if (lease == NULL || !is_free(table, lease) || !lease_enter(lease)) return OK;
    Taking taking = {table, lease};
    MARK("a task leases the rest of a table's last leaf");
    /* Whoever had it, and is at the end of the table meanwhile, stays there (N3). */
    lease->end = lease->next;
    row_room_lock(table);
    Status status = tree_split_where(table->tree, &TABLE_TAIL_KEY, choose_end, &taking);
    mutex_unlock(&table->grow);
    lease_leave(lease);
    return status;
}
