/* SPDX-License-Identifier: Apache-2.0 */
/* lock_row.c - row locks in memory, keyed by tree and block of 512 row ids (docs/traps.md C9, C10): nothing that a
 * split or merge does moves them.
 *
 * A block's holds are one a transaction: a sorted list of (row, strength) while short, then three planes of 512 bits.
 * The block counts its locked rows by strength, so a request that conflicts with no strength held by others is granted
 * without looking at anybody: a parent row that a thousand children's transactions share costs each the same. Where
 * hundreds wait for few rows, nobody looks at them all: a hold that is granted something moves to the front of its
 * block, before those of waiters who have nothing; a block of several holds knows who has each row for itself
 * (`owners`); waiters queue by their rows' last bits, and count by strength.
 *
 * (W1) a lock is handed over: who releases gives it to the waiters whose turn it is, before they wake
 * (W2) nobody passes a waiter for the same row whose strength conflicts, but one who holds a lock on the row already
 * (W3) the journal of a transaction has one entry a change of strength, newest last: going back restores exactly
 * (W4) a Txn's own table and journal belong to its task; holds change under their bucket's mutex, also by those who
 * hand
 *      over, and what that needs was reserved before the wait */
#include "txn/lock_internal.h"

#include "base/error.h"
#include "base/hash.h"

enum {
    BLOCK_BITS = 9,
    BLOCK_ROWS = 1 << BLOCK_BITS,
    BUCKETS = 4096,
    LIST_MAX = 12,
    STRENGTHS = 5, /* from 1; 0: none */
    STRENGTH_BITS = 3,
    TABLE_LEAST = 16,
    TABLE_KEPT = 1024, /* slots kept for the next transaction of the session */
    QUEUES = 8,        /* a block's */
    OWNERS_FROM = 4,   /* holds of a block from which on it has `owners` */
};

typedef struct Planes {
    uint64_t bits[STRENGTH_BITS][BLOCK_ROWS / 64];
} Planes;

typedef struct RowQueue {
    RowWaiter *first, *last;
} RowQueue;

typedef struct RowBlock {
    TreeId tree;
    uint64_t number;
    struct RowBlock *next;
    RowHold *holds, *last_hold; /* at the end those that never held anything */
    uint32_t hold_count;
    RowHold **owners; /* of each row, whose strength excludes its like, or NULL; none: NULL */
    RowQueue queues[QUEUES];     /* by row % QUEUES */
    uint32_t waiting[STRENGTHS]; /* how many wait; in [0]: in all */
    uint32_t counts[STRENGTHS];  /* locked rows of all holds */
} RowBlock;

struct RowHold {
    RowBlock *block;
    Txn *txn;
    RowHold *previous, *next;
    Planes *planes; /* NULL: the list */
    uint32_t counts[STRENGTHS];
    uint16_t listed;
    uint16_t list[LIST_MAX]; /* row << 3 | strength, ascending */
};

typedef struct RowBucket {
    Mutex mutex;
    _Atomic uint32_t block_count;
    RowBlock *blocks;
} RowBucket;

struct Rows {
    RowBucket buckets[BUCKETS];
};

static const uint8_t strength_conflicts[STRENGTHS] = {
    [ROW_KEY_SHARE] = 1 << ROW_UPDATE,
    [ROW_SHARE] = 1 << ROW_NO_KEY_UPDATE | 1 << ROW_UPDATE,
    [ROW_NO_KEY_UPDATE] = 1 << ROW_SHARE | 1 << ROW_NO_KEY_UPDATE | 1 << ROW_UPDATE,
    [ROW_UPDATE] = 1 << ROW_KEY_SHARE | 1 << ROW_SHARE | 1 << ROW_NO_KEY_UPDATE | 1 << ROW_UPDATE,
};

static bool is_exclusive(uint8_t strength)
{
    return (strength_conflicts[strength] >> strength) & 1;
}

bool row_strength_conflicts(RowStrength a, RowStrength b)
{
    return (strength_conflicts[a] >> b) & 1;
}

Status row__new(Txns *txns)
{
    Rows *rows = arena_try_alloc_zero(txns->arena, sizeof *rows);
    if (!rows) return ST_NO_MEMORY;
    for (uint32_t i = 0; i < BUCKETS; i++) mutex_init(&rows->buckets[i].mutex, RANK_ROW_LOCKS);
    txns->rows = rows;
    return OK;
}

void row__release(Txns *txns)
{
    txns->rows = NULL; /* its memory goes with the system's */
}

/* ---- rows of a hold ---- */

static uint32_t list_at(const RowHold *hold, uint32_t row)
{
    uint32_t at = 0;
    while (at < hold->listed && (uint32_t)(hold->list[at] >> STRENGTH_BITS) < row) at++;
    return at;
}

static uint8_t strength_of(const RowHold *hold, uint32_t row)
{
    if (hold->planes) {
        uint8_t strength = 0;
        for (uint32_t b = 0; b < STRENGTH_BITS; b++)
            strength |= (uint8_t)(((hold->planes->bits[b][row / 64] >> (row % 64)) & 1) << b);
        return strength;
    }
    uint32_t at = list_at(hold, row);
    if (at == hold->listed || (uint32_t)(hold->list[at] >> STRENGTH_BITS) != row) return 0;
    return hold->list[at] & ((1U << STRENGTH_BITS) - 1);
}

static void planes_put(Planes *planes, uint32_t row, uint8_t strength)
{
    for (uint32_t b = 0; b < STRENGTH_BITS; b++) {
        planes->bits[b][row / 64] &= ~(UINT64_C(1) << (row % 64));
        planes->bits[b][row / 64] |= (uint64_t)((strength >> b) & 1) << (row % 64);
    }
}

static void list_put(RowHold *hold, uint32_t row, uint8_t strength)
{
    uint32_t at = list_at(hold, row);
    bool there = at < hold->listed && (uint32_t)(hold->list[at] >> STRENGTH_BITS) == row;
    if (strength == 0) {
        if (!there) return;
        memmove(hold->list + at, hold->list + at + 1,
                (hold->listed - at - 1) * sizeof hold->list[0]);
        hold->listed--;
        return;
    }
    if (!there) {
        ASSERT(hold->listed < LIST_MAX);
        memmove(hold->list + at + 1, hold->list + at, (hold->listed - at) * sizeof hold->list[0]);
        hold->listed++;
    }
    hold->list[at] = (uint16_t)(row << STRENGTH_BITS | strength);
}

/* The bucket's mutex is held, room was reserved. Returns the strength before. */
static uint8_t strength_set(RowHold *hold, uint32_t row, uint8_t strength)
{
    uint8_t before = strength_of(hold, row);
    if (hold->planes)
        planes_put(hold->planes, row, strength);
    else
        list_put(hold, row, strength);
    RowBlock *block = hold->block;
    if (before) {
        hold->counts[before]--;
        block->counts[before]--;
    }
    if (strength) {
        hold->counts[strength]++;
        block->counts[strength]++;
    }
    if (block->owners && is_exclusive(before)) block->owners[row] = NULL;
    if (block->owners && is_exclusive(strength)) {
        ASSERT(!block->owners[row]);
        block->owners[row] = hold;
    }
    return before;
}

/* ---- blocks, and the transaction's own table ---- */

static uint64_t block_hash(TreeId tree, uint64_t number)
{
    return hash_combine(hash_u64(tree.v), number);
}

static RowBucket *bucket_of(Txns *txns, TreeId tree, uint64_t number)
{
    return &txns->rows->buckets[block_hash(tree, number) % BUCKETS];
}

static RowBlock *block_find(const RowBucket *bucket, TreeId tree, uint64_t number)
{
    RowBlock *block = bucket->blocks;
    while (block && (block->tree.v != tree.v || block->number != number)) block = block->next;
    return block;
}

static RowQueue *queue_of(RowBlock *block, RowId row)
{
    return &block->queues[row.v % QUEUES];
}

static void block_put(Txns *txns, RowBucket *bucket, RowBlock *block)
{
    if (block->holds || block->waiting[0] > 0) return;
    RowBlock **link = &bucket->blocks;
    while (*link != block) link = &(*link)->next;
    *link = block->next;
    atomic_fetch_sub(&bucket->block_count, 1);
    heap_free(txns->heap, block->owners);
    heap_free(txns->heap, block);
}

/* Behind `previous`, or at the front. */
static void hold_link(RowBlock *block, RowHold *previous, RowHold *hold)
{
    hold->previous = previous;
    hold->next = previous ? previous->next : block->holds;
    if (hold->next)
        hold->next->previous = hold;
    else
        block->last_hold = hold;
    if (previous)
        previous->next = hold;
    else
        block->holds = hold;
    block->hold_count++;
}

static void hold_unlink(RowBlock *block, RowHold *hold)
{
    if (hold->previous)
        hold->previous->next = hold->next;
    else
        block->holds = hold->next;
    if (hold->next)
        hold->next->previous = hold->previous;
    else
        block->last_hold = hold->previous;
    block->hold_count--;
}

/* The bucket's mutex is held, room was reserved. Returns the strength before. */
static uint8_t grant(RowHold *hold, uint32_t row, RowStrength strength)
{
    if (hold->previous) {
        hold_unlink(hold->block, hold);
        hold_link(hold->block, NULL, hold);
    }
    return strength_set(hold, row, (uint8_t)strength);
}

/* The bucket's mutex is held. */
static void owners_make(Heap *heap, RowBlock *block)
{
    block->owners = heap_try_alloc(heap, BLOCK_ROWS * sizeof *block->owners);
    if (!block->owners) return; /* every hold is looked at, as before */
    for (RowHold *hold = block->holds; hold; hold = hold->next)
        for (uint32_t row = 0; row < BLOCK_ROWS; row++)
            if (is_exclusive(strength_of(hold, row))) block->owners[row] = hold;
}

static uint32_t table_slot(RowHold *const *table, uint32_t slots, TreeId tree, uint64_t number)
{
    uint32_t at = (uint32_t)(block_hash(tree, number) >> 32) & (slots - 1);
    while (table[at] && (table[at]->block->tree.v != tree.v || table[at]->block->number != number))
        at = (at + 1) & (slots - 1);
    return at;
}

static RowHold *own_hold(const Txn *txn, TreeId tree, uint64_t number)
{
    if (txn->row_slots == 0) return NULL;
    return txn->row_table[table_slot(txn->row_table, txn->row_slots, tree, number)];
}

static Status table_reserve(Txn *txn)
{
    Heap *heap = txn->txns->heap;
    if (2 * (txn->row_holds + 1) <= txn->row_slots) return OK;
    uint32_t slots = MAX(2 * txn->row_slots, (uint32_t)TABLE_LEAST);
    RowHold **table = heap_try_alloc(heap, slots * sizeof *table);
    if (!table) return ST_NO_MEMORY;
    for (uint32_t i = 0; i < txn->row_slots; i++) {
        RowHold *hold = txn->row_table[i];
        if (hold) table[table_slot(table, slots, hold->block->tree, hold->block->number)] = hold;
    }
    heap_free(heap, txn->row_table);
    txn->row_table = table;
    txn->row_slots = slots;
    return OK;
}

static Status hold_make(Txn *txn, TreeId tree, uint64_t number, RowHold **made)
{
    Txns *txns = txn->txns;
    TRY(table_reserve(txn));
    RowHold *hold = heap_try_alloc(txns->heap, sizeof *hold);
    RowBlock *fresh = heap_try_alloc(txns->heap, sizeof *fresh);
    if (!hold || !fresh) {
        heap_free(txns->heap, hold);
        heap_free(txns->heap, fresh);
        return ST_NO_MEMORY;
    }
    RowBucket *bucket = bucket_of(txns, tree, number);
    mutex_lock(&bucket->mutex);
    RowBlock *block = block_find(bucket, tree, number);
    if (!block) {
        *fresh = (RowBlock){.tree = tree, .number = number, .next = bucket->blocks};
        bucket->blocks = block = fresh;
        atomic_fetch_add(&bucket->block_count, 1);
        fresh = NULL;
    }
    hold->block = block;
    hold->txn = txn;
    hold_link(block, block->last_hold, hold);
    if (block->hold_count >= OWNERS_FROM && !block->owners) owners_make(txns->heap, block);
    mutex_unlock(&bucket->mutex);
    heap_free(txns->heap, fresh);
    txn->row_table[table_slot(txn->row_table, txn->row_slots, tree, number)] = hold;
    txn->row_holds++;
    *made = hold;
    return OK;
}

static Status planes_make(Txn *txn, RowHold *hold)
{
    Planes *planes = heap_try_alloc(txn->txns->heap, sizeof *planes);
    if (!planes) return ST_NO_MEMORY;
    for (uint32_t i = 0; i < hold->listed; i++)
        planes_put(planes, hold->list[i] >> STRENGTH_BITS,
                   hold->list[i] & ((1U << STRENGTH_BITS) - 1));
    RowBucket *bucket = bucket_of(txn->txns, hold->block->tree, hold->block->number);
    mutex_lock(&bucket->mutex);
    hold->planes = planes;
    mutex_unlock(&bucket->mutex);
    return OK;
}

/* Everything that a grant of a lock in the row's block needs. */
static Status reserve(Txn *txn, TreeId tree, RowId row, RowHold **found)
{
    uint64_t number = row.v >> BLOCK_BITS;
    RowHold *hold = own_hold(txn, tree, number);
    if (!hold) TRY(hold_make(txn, tree, number, &hold));
    if (hold->listed == LIST_MAX && !hold->planes) TRY(planes_make(txn, hold));
    if (txn->row_journal_count == txn->row_journal_capacity) {
        uint32_t capacity = MAX(2 * txn->row_journal_capacity, 16);
        RowJournal *grown = heap_try_alloc(txn->txns->heap, capacity * sizeof *grown);
        if (!grown) return ST_NO_MEMORY;
        if (txn->row_journal_count)
            memcpy(grown, txn->row_journal, txn->row_journal_count * sizeof *grown);
        heap_free(txn->txns->heap, txn->row_journal);
        txn->row_journal = grown;
        txn->row_journal_capacity = capacity;
    }
    *found = hold;
    return OK;
}

static void journal_add(Txn *txn, RowHold *hold, uint32_t row, uint8_t before)
{
    ASSERT(txn->row_journal_count < txn->row_journal_capacity);
    txn->row_journal[txn->row_journal_count++] = (RowJournal){hold, (uint16_t)row, before};
}

uint32_t row__journal_count(const Txn *txn)
{
    return txn->row_journal_count;
}

/* ---- conflicts ---- */

/* How many rows are locked with a strength that conflicts; `shared_only`: and that others may have as well. */
static uint32_t conflict_count(const uint32_t counts[STRENGTHS], RowStrength strength,
                               bool shared_only)
{
    uint32_t count = 0;
    for (uint32_t s = 1; s < STRENGTHS; s++)
        if (((strength_conflicts[strength] >> s) & 1) && !(shared_only && is_exclusive((uint8_t)s)))
            count += counts[s];
    return count;
}

/* Another transaction's hold that conflicts; NULL: none. The row's owner, if the block knows owners; then those that
 * can are looked at until none is left. */
static const RowHold *conflicting_hold(const RowBlock *block, const RowHold *own, const Txn *txn,
                                       uint32_t row, RowStrength strength)
{
    const bool shared_only = block->owners != NULL;
    uint32_t others = conflict_count(block->counts, strength, shared_only);
    if (own) others -= conflict_count(own->counts, strength, shared_only);
    const RowHold *owner = block->owners ? block->owners[row] : NULL;
    if (owner && owner->txn != txn &&
        row_strength_conflicts((RowStrength)strength_of(owner, row), strength))
        return owner;
    for (const RowHold *hold = block->holds; others > 0; hold = hold->next) {
        if (hold->txn == txn) continue;
        uint8_t held = strength_of(hold, row);
        if (held && row_strength_conflicts((RowStrength)held, strength)) return hold;
        others -= conflict_count(hold->counts, strength, shared_only);
    }
    return NULL;
}

/* One who waits for the row and conflicts. */
static const RowWaiter *conflicting_waiter(RowBlock *block, const Txn *txn, RowId row,
                                           RowStrength strength)
{
    for (const RowWaiter *waiter = queue_of(block, row)->first; waiter; waiter = waiter->next)
        if (waiter->row.v == row.v && waiter->txn != txn &&
            row_strength_conflicts(waiter->strength, strength))
            return waiter;
    return NULL;
}

static bool is_in_the_way(RowBlock *block, const RowHold *own, const Txn *txn, RowId row,
                          RowStrength strength, Xid *holder)
{
    uint32_t at = (uint32_t)(row.v & (BLOCK_ROWS - 1));
    const RowHold *hold = conflicting_hold(block, own, txn, at, strength);
    if (hold) {
        *holder = txn_xid(hold->txn);
        return true;
    }
    if (own && strength_of(own, at)) return false;
    const RowWaiter *waiter = conflicting_waiter(block, txn, row, strength);
    if (waiter) *holder = txn_xid(waiter->txn);
    return waiter != NULL;
}

Status row_lock_try(Txn *txn, TreeId tree, RowId row, RowStrength strength, Xid *holder)
{
    uint32_t at = (uint32_t)(row.v & (BLOCK_ROWS - 1));
    RowHold *hold = own_hold(txn, tree, row.v >> BLOCK_BITS);
    ASSERT(txn_xid(txn).v != 0);
    if (hold && strength_of(hold, at) >= (uint8_t)strength) return OK;
    TRY(reserve(txn, tree, row, &hold));
    RowBucket *bucket = bucket_of(txn->txns, tree, row.v >> BLOCK_BITS);
    mutex_lock(&bucket->mutex);
    bool busy = is_in_the_way(hold->block, hold, txn, row, strength, holder);
    uint8_t before = busy ? 0 : grant(hold, at, strength);
    mutex_unlock(&bucket->mutex);
    if (busy) return ST_BUSY;
    journal_add(txn, hold, at, before);
    return OK;
}

bool row_lock_conflicts(Txn *txn, TreeId tree, RowId row, RowStrength strength, Xid *holder)
{
    uint64_t number = row.v >> BLOCK_BITS;
    RowBucket *bucket = bucket_of(txn->txns, tree, number);
    /* Who locks a row holds its leaf's latch, so no lock on this row comes up now. */
    if (LIKELY(atomic_load_explicit(&bucket->block_count, memory_order_acquire) == 0)) return false;
    mutex_lock(&bucket->mutex);
    RowBlock *block = block_find(bucket, tree, number);
    bool conflicts = block &&
                     is_in_the_way(block, own_hold(txn, tree, number), txn, row, strength, holder);
    mutex_unlock(&bucket->mutex);
    return conflicts;
}

/* ---- waiting ---- */

static void queue_remove(RowBlock *block, RowWaiter *waiter)
{
    RowQueue *queue = queue_of(block, waiter->row);
    if (waiter->previous)
        waiter->previous->next = waiter->next;
    else
        queue->first = waiter->next;
    if (waiter->next)
        waiter->next->previous = waiter->previous;
    else
        queue->last = waiter->previous;
    block->waiting[0]--;
    block->waiting[waiter->strength]--;
}

/* At the end; but before those who wait for what the transaction holds of the row already. */
static void queue_insert(RowBlock *block, RowWaiter *waiter)
{
    RowQueue *queue = queue_of(block, waiter->row);
    uint8_t held = strength_of(waiter->hold, (uint32_t)(waiter->row.v & (BLOCK_ROWS - 1)));
    RowWaiter *before = held ? queue->first : NULL;
    while (before && (before->row.v != waiter->row.v ||
                      !row_strength_conflicts(before->strength, (RowStrength)held)))
        before = before->next;
    waiter->next = before;
    waiter->previous = before ? before->previous : queue->last;
    if (waiter->previous)
        waiter->previous->next = waiter;
    else
        queue->first = waiter;
    if (before)
        before->previous = waiter;
    else
        queue->last = waiter;
    block->waiting[0]++;
    block->waiting[waiter->strength]++;
}

/* Does anybody wait for a strength that those passed over leave room for? */
static bool has_turn_left(const RowBlock *block, uint8_t passed_over)
{
    for (uint32_t s = 1; s < STRENGTHS; s++)
        if (block->waiting[s] > 0 && !((passed_over >> s) & 1)) return true;
    return false;
}

/* Hands the row to those whose turn it is. The bucket's mutex is held. */
static void serve(RowBlock *block, RowId row)
{
    const uint32_t at = (uint32_t)(row.v & (BLOCK_ROWS - 1));
    uint8_t passed_over = 0; /* bits: what those who go on waiting conflict with */
    RowWaiter *waiter = queue_of(block, row)->first;
    for (RowWaiter *next; waiter && has_turn_left(block, passed_over); waiter = next) {
        next = waiter->next;
        if (waiter->row.v != row.v) continue;
        if ((passed_over >> waiter->strength) & 1 ||
            conflicting_hold(block, waiter->hold, waiter->txn, at, waiter->strength)) {
            passed_over |= strength_conflicts[waiter->strength];
            continue;
        }
        queue_remove(block, waiter);
        waiter->before = grant(waiter->hold, at, waiter->strength);
        waiter->granted = true;
        os_wake(waiter->task);
    }
}

static void wait_register(LockSession *session, Txn *txn, RowWaiter *waiter)
{
    lock__wait_begin(session, WAITS_ROW, NULL, LOCK_EXCLUSIVE, txn);
    session->wait_row = waiter;
}

/* True: the wait is over, with *status. Locks.mutex is held. */
static bool wait_over(LockSession *session, RowBucket *bucket, RowBlock *block, RowWaiter *waiter,
                      Status *status)
{
    mutex_lock(&bucket->mutex);
    if (waiter->granted) *status = OK; /* as it came in time, it is ours */
    bool over = waiter->granted || *status != OK;
    if (over && !waiter->granted) {
        queue_remove(block, waiter);
        serve(block, waiter->row);
    }
    mutex_unlock(&bucket->mutex);
    if (over) {
        session->waits = WAITS_NOT;
        session->wait_row = NULL;
    }
    return over;
}

static Status wait_in_row_queue(LockSession *session, RowBucket *bucket, RowBlock *block,
                                RowWaiter *waiter, const LockOptions *options)
{
    Locks *locks = session->txns->locks;
    LockWaiting waiting;
    lock__waiting_begin(&waiting, session, options);
    for (;;) {
        Status status = lock__waiting_sleep(&waiting, WAIT_ROW_LOCK);
        mutex_lock(&locks->mutex);
        bool over = wait_over(session, bucket, block, waiter, &status);
        mutex_unlock(&locks->mutex);
        if (over) return status;
    }
}

Status row_lock_wait(LockSession *session, Txn *txn, TreeId tree, RowId row, RowStrength strength,
                     RowWait wait, const LockOptions *options)
{
    Txns *txns = txn->txns;
    uint32_t at = (uint32_t)(row.v & (BLOCK_ROWS - 1));
    RowHold *hold;
    Xid holder;
    ASSERT(txn_xid(txn).v != 0);
    if (wait != ROW_WAIT) return ST_NOT_AVAILABLE;
    TRY(reserve(txn, tree, row, &hold));
    RowBucket *bucket = bucket_of(txns, tree, row.v >> BLOCK_BITS);
    RowWaiter waiter = {.txn = txn,
                        .tree = tree,
                        .row = row,
                        .strength = strength,
                        .task = task_self(),
                        .hold = hold};
    mutex_lock(&txns->locks->mutex);
    mutex_lock(&bucket->mutex);
    bool held = strength_of(hold, at) >= (uint8_t)strength;
    bool queued = !held && is_in_the_way(hold->block, hold, txn, row, strength, &holder);
    if (queued) {
        wait_register(session, txn, &waiter);
        queue_insert(hold->block, &waiter);
    } else if (!held) {
        waiter.before = grant(hold, at, strength);
    }
    mutex_unlock(&bucket->mutex);
    mutex_unlock(&txns->locks->mutex);
    if (held) return OK;
    if (queued) TRY(wait_in_row_queue(session, bucket, hold->block, &waiter, options));
    journal_add(txn, hold, at, waiter.before);
    return OK;
}

void row__visit_blockers(LockSession *session, LockBlockerVisit visit, void *arg)
{
    const RowWaiter *waiter = session->wait_row;
    RowBucket *bucket = bucket_of(session->txns, waiter->tree, waiter->row.v >> BLOCK_BITS);
    uint32_t at = (uint32_t)(waiter->row.v & (BLOCK_ROWS - 1));
    bool more = true;
    mutex_lock(&bucket->mutex);
    const RowBlock *block = block_find(bucket, waiter->tree, waiter->row.v >> BLOCK_BITS);
    ASSERT(block);
    for (const RowHold *hold = waiter->granted ? NULL : block->holds; hold && more;
         hold = hold->next) {
        uint8_t held = hold->txn == waiter->txn ? 0 : strength_of(hold, at);
        LockSession *other = atomic_load(&hold->txn->locks);
        if (held && row_strength_conflicts((RowStrength)held, waiter->strength) && other)
            more = visit(arg, other, false);
    }
    for (const RowWaiter *ahead = waiter->granted ? NULL : waiter->previous; ahead && more;
         ahead = ahead->previous) {
        LockSession *other = atomic_load(&ahead->txn->locks);
        if (ahead->row.v == waiter->row.v &&
            row_strength_conflicts(ahead->strength, waiter->strength) && other)
            more = visit(arg, other, false);
    }
    mutex_unlock(&bucket->mutex);
}

bool row__is_held_by(const LockSession *session, const Txn *txn)
{
    const RowWaiter *waiter = session->wait_row;
    RowBucket *bucket = bucket_of(session->txns, waiter->tree, waiter->row.v >> BLOCK_BITS);
    uint8_t held = 0;
    mutex_lock(&bucket->mutex);
    const RowBlock *block = block_find(bucket, waiter->tree, waiter->row.v >> BLOCK_BITS);
    for (const RowHold *hold = block ? block->holds : NULL; hold; hold = hold->next)
        if (hold->txn == txn)
            held = strength_of(hold, (uint32_t)(waiter->row.v & (BLOCK_ROWS - 1)));
    mutex_unlock(&bucket->mutex);
    return held > 0;
}

/* ---- release ---- */

void row_locks_release_to(Txn *txn, uint32_t row_lock_count)
{
    while (txn->row_journal_count > row_lock_count) {
        RowJournal *entry = &txn->row_journal[--txn->row_journal_count];
        RowBlock *block = entry->hold->block;
        RowBucket *bucket = bucket_of(txn->txns, block->tree, block->number);
        mutex_lock(&bucket->mutex);
        uint8_t had = strength_set(entry->hold, entry->row, entry->strength);
        ASSERT(had > entry->strength);
        (void)had;
        if (block->waiting[0] > 0) serve(block, (RowId){block->number << BLOCK_BITS | entry->row});
        mutex_unlock(&bucket->mutex);
    }
}

static void hold_drop(Txn *txn, RowHold *hold)
{
    Txns *txns = txn->txns;
    RowBlock *block = hold->block;
    RowBucket *bucket = bucket_of(txns, block->tree, block->number);
    mutex_lock(&bucket->mutex);
    for (uint32_t s = 1; s < STRENGTHS; s++) ASSERT(hold->counts[s] == 0);
    hold_unlink(block, hold);
    block_put(txns, bucket, block);
    mutex_unlock(&bucket->mutex);
    heap_free(txns->heap, hold->planes);
    heap_free(txns->heap, hold);
}

void row_locks_release(Txn *txn)
{
    row_locks_release_to(txn, 0);
    for (uint32_t i = 0; i < txn->row_slots && txn->row_holds > 0; i++) {
        if (!txn->row_table[i]) continue;
        hold_drop(txn, txn->row_table[i]);
        txn->row_table[i] = NULL;
        txn->row_holds--;
    }
    ASSERT(txn->row_holds == 0);
    if (txn->row_slots <= TABLE_KEPT) return;
    heap_free(txn->txns->heap, txn->row_table);
    txn->row_table = NULL;
    txn->row_slots = 0;
}

Status row__visit(Txn *txn,
                  Status (*visit)(void *arg, TreeId tree, RowId row, RowStrength strength),
                  void *arg)
{
    for (uint32_t i = 0; i < txn->row_slots; i++) {
        const RowHold *hold = txn->row_table[i];
        for (uint32_t row = 0; hold && row < BLOCK_ROWS; row++) {
            uint8_t strength = strength_of(hold, row);
            RowId id = {hold->block->number << BLOCK_BITS | row};
            if (strength) TRY(visit(arg, hold->block->tree, id, (RowStrength)strength));
        }
    }
    return OK;
}
