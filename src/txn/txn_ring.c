/* SPDX-License-Identifier: Apache-2.0 */
/* txn_ring.c - what became of an xid: a ring of words for the newest, a sorted side table for the few older ones that
 * somebody may still ask for.
 *
 * A commit marks its word COMMITTING, draws the next number and puts it in by compare-and-swap; whoever meets
 * COMMITTING does the same instead of waiting (docs/traps.md C3). So a snapshot that was taken with number S either
 * finds the word COMMITTED with a number drawn before S or puts in a later one: all who look afterwards agree.
 *
 * (R1) an xid's word is set before `next` passes it, and read only below `next`
 * (R2) words change under Txns.table, but for the step COMMITTING -> COMMITTED, which any reader may do
 * (R3) ring_low rises before a slot is given to another xid: who reads a word and then finds its xid still above
 * ring_low
 *      has read its own
 * (R4) when the ring drops an xid, what a live or coming snapshot may ask about it stands in the side table: it is
 * dropped
 *      only if it was final before the scan's gate, and no snapshot with a lesser number has it in [xmin, xmax) */
#include "txn/txn_internal.h"

/* Puts a number into a word that says COMMITTING; the word's number afterwards. */
static uint64_t finish_commit(Txns *txns, _Atomic uint64_t *slot)
{
    uint64_t seen = ring_word(RING_COMMITTING, 0);
    uint64_t number = atomic_fetch_add(&txns->newest, 1) + 1;
    os_yield_point();
    uint64_t word = ring_word(RING_COMMITTED, number);
    if (atomic_compare_exchange_strong(slot, &seen, word)) return word;
    MARK("two tasks finished the same commit");
    return seen;
}

static uint64_t slot_word(Txns *txns, _Atomic uint64_t *slot)
{
    uint64_t word = atomic_load(slot);
    if (UNLIKELY(ring_word_state(word) == RING_COMMITTING)) word = finish_commit(txns, slot);
    return word;
}

/* The first entry at or above the xid. */
static uint32_t side_at(const Txns *txns, uint64_t xid)
{
    uint32_t low = 0, high = txns->side_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (txns->side[middle].xid < xid)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The side lock is held. NULL: not kept. */
static _Atomic uint64_t *side_slot(Txns *txns, uint64_t xid)
{
    uint32_t at = side_at(txns, xid);
    return at < txns->side_count && txns->side[at].xid == xid ? &txns->side[at].word : NULL;
}

static uint64_t side_word(Txns *txns, Xid xid)
{
    rwlock_lock_shared(&txns->side_lock);
    _Atomic uint64_t *slot = side_slot(txns, xid.v);
    uint64_t word = slot ? slot_word(txns, slot) : ring_word(RING_COMMITTED, 0);
    rwlock_unlock_shared(&txns->side_lock);
    return word;
}

uint64_t txn__word(Txns *txns, Xid xid)
{
    ASSERT(xid.v < atomic_load(&txns->next));
    if (xid.v >= atomic_load_explicit(&txns->ring_low, memory_order_acquire)) {
        uint64_t word = atomic_load_explicit(ring_slot(txns, xid.v), memory_order_acquire);
        os_yield_point();
        if (xid.v >= atomic_load(&txns->ring_low)) {
            if (LIKELY(ring_word_state(word) != RING_COMMITTING)) return word;
            /* Should the ring drop the xid meanwhile, the number may end up with the slot's next owner, if that one is
             * COMMITTING too: a number like any other. */
            word = finish_commit(txns, ring_slot(txns, xid.v));
            if (xid.v >= atomic_load(&txns->ring_low)) return word;
        }
        MARK("ring dropped an xid between two looks");
    }
    return side_word(txns, xid);
}

void txn__word_set(Txns *txns, Xid xid, uint64_t word)
{
    if (xid.v >= atomic_load(&txns->ring_low)) {
        atomic_store_explicit(ring_slot(txns, xid.v), word, memory_order_release);
        return;
    }
    rwlock_lock_shared(&txns->side_lock);
    _Atomic uint64_t *slot = side_slot(txns, xid.v);
    ASSERT(slot);
    atomic_store(slot, word);
    rwlock_unlock_shared(&txns->side_lock);
}

uint64_t txn__word_commit(Txns *txns, Xid xid)
{
    txn__word_set(txns, xid, ring_word(RING_COMMITTING, 0));
    os_yield_point();
    uint64_t word = txn__word(txns, xid);
    ASSERT(ring_word_state(word) == RING_COMMITTED);
    return ring_word_number(word);
}

/* ---- dropping old xids ---- */

static bool word_is_final(uint64_t word)
{
    RingState state = ring_word_state(word);
    return state == RING_COMMITTED || state == RING_ABORTED || state == RING_NONE;
}

typedef struct Candidate {
    uint64_t xid, word;
    bool keep;
} Candidate;
typedef struct Dropping {
    Candidate *items; /* sorted by xid */
    uint32_t count;
} Dropping;

/* A live snapshot: what it cannot see of the candidates in its window has to stay known. */
static void drop_visit(void *arg, uint64_t number, uint64_t xmin, uint64_t xmax)
{
    Dropping *dropping = arg;
    uint32_t low = 0, high = dropping->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (dropping->items[middle].xid < xmin)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < dropping->count && dropping->items[low].xid < xmax; low++) {
        uint64_t word = dropping->items[low].word;
        if (ring_word_state(word) != RING_COMMITTED || ring_word_number(word) > number)
            dropping->items[low].keep = true;
    }
}

static uint64_t final_word(Txns *txns, _Atomic uint64_t *slot)
{
    uint64_t word = slot_word(txns, slot);
    return ring_word_state(word) == RING_NONE ? ring_word(RING_ABORTED, 0) : word;
}

/* Everything the side table has, then the ring's xids in [low, until). The table's lock is held, so no word but a
 * COMMITTING one can change. */
static void collect(Txns *txns, uint64_t until, Dropping *dropping)
{
    for (uint32_t i = 0; i < txns->side_count; i++)
        dropping->items[dropping->count++] = (Candidate){txns->side[i].xid,
                                                         final_word(txns, &txns->side[i].word),
                                                         false};
    for (uint64_t xid = atomic_load(&txns->ring_low); xid < until; xid++)
        dropping->items[dropping->count++] = (Candidate){xid,
                                                         final_word(txns, ring_slot(txns, xid)),
                                                         false};
    for (uint32_t i = 0; i < dropping->count; i++)
        dropping->items[i].keep = !word_is_final(dropping->items[i].word);
}

/* The kept ones become the side table. The table's lock is held. */
static void side_replace(Txns *txns, SideXid *fresh, uint32_t capacity, const Dropping *dropping,
                         uint64_t until)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < dropping->count; i++) {
        if (!dropping->items[i].keep) continue;
        ASSERT(count < capacity);
        fresh[count].xid = dropping->items[i].xid;
        atomic_init(&fresh[count++].word, dropping->items[i].word);
    }
    rwlock_lock_exclusive(&txns->side_lock);
    SideXid *old = txns->side;
    txns->side = fresh;
    txns->side_count = count;
    txns->side_capacity = capacity;
    atomic_store(&txns->ring_low, until);
    rwlock_unlock_exclusive(&txns->side_lock);
    heap_free(txns->heap, old);
}

static Status drop_until(Txns *txns, uint64_t until)
{
    Dropping dropping = {0};
    uint32_t most = txns->side_count + (uint32_t)(until - atomic_load(&txns->ring_low));
    dropping.items = heap_try_alloc(txns->heap, most * sizeof *dropping.items);
    if (!dropping.items) return ST_NO_MEMORY;
    mutex_lock(&txns->scan);
    collect(txns, until, &dropping); /* before the gate: R4 */
    ASSERT(dropping.count == most);
    (void)txn__scan(txns, drop_visit, &dropping);
    mutex_unlock(&txns->scan);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < most; i++) kept += dropping.items[i].keep;
    SideXid *fresh = heap_try_alloc(txns->heap, MAX(kept, 1) * sizeof *fresh);
    if (fresh) side_replace(txns, fresh, kept, &dropping, until);
    heap_free(txns->heap, dropping.items);
    return fresh ? OK : ST_NO_MEMORY;
}

Status txn__ring_make_room(Txns *txns)
{
    uint64_t next = atomic_load(&txns->next), low = atomic_load(&txns->ring_low);
    uint64_t slots = txns->ring_mask + 1;
    ASSERT(next >= low && next - low <= slots);
    if (next - low < slots) return OK;
    return drop_until(txns, low + slots / 4);
}

Status txn__side_add(Txns *txns, Xid xid, uint64_t word)
{
    ASSERT(xid.v < atomic_load(&txns->ring_low));
    uint32_t at = side_at(txns, xid.v), count = txns->side_count;
    ASSERT(at == count || txns->side[at].xid != xid.v);
    if (count == txns->side_capacity) {
        uint32_t capacity = MAX(2 * count, 16);
        SideXid *grown = heap_try_alloc(txns->heap, capacity * sizeof *grown);
        if (!grown) return ST_NO_MEMORY;
        if (count) memcpy(grown, txns->side, count * sizeof *grown);
        heap_free(txns->heap, txns->side);
        txns->side = grown;
        txns->side_capacity = capacity;
    }
    memmove(txns->side + at + 1, txns->side + at, (count - at) * sizeof *txns->side);
    txns->side[at].xid = xid.v;
    atomic_init(&txns->side[at].word, word);
    txns->side_count++;
    return OK;
}

/* ---- what others ask ---- */

static XidState state_of(uint64_t word, CommitNumber *number)
{
    number->v = 0;
    switch (ring_word_state(word)) {
    case RING_COMMITTED: number->v = ring_word_number(word); return XID_COMMITTED;
    case RING_ABORTED:
    case RING_NONE: return XID_ABORTED;
    case RING_ABORTING: return XID_ABORTING;
    case RING_ACTIVE:
    case RING_LOGGING:
    case RING_COMMITTING: return XID_IN_PROGRESS;
    }
    UNREACHABLE();
}

XidState txn_xid_state(Txns *txns, Xid xid, CommitNumber *number)
{
    CommitNumber ignored;
    if (!number) number = &ignored;
    if (xid.v < XID_FIRST) {
        number->v = 0;
        return XID_COMMITTED;
    }
    return state_of(txn__word(txns, xid), number);
}

Status txn_status_of(Txns *txns, Xid xid, XidState *state)
{
    CommitNumber number;
    if (xid.v >= atomic_load(&txns->next)) return ST_INVALID;
    if (xid.v < XID_FIRST) {
        *state = XID_COMMITTED;
        return OK;
    }
    uint64_t word = txn__word(txns, xid);
    *state = state_of(word, &number);
    return *state == XID_COMMITTED && number.v == 0 ? ST_NOT_FOUND : OK;
}

bool txn_sees(const Snapshot *snapshot, Xid xid)
{
    if (LIKELY(xid.v < snapshot->xmin.v)) return true;
    if (xid.v == snapshot->own.v) return true;
    if (xid.v >= snapshot->xmax.v) return false;
    uint64_t word = txn__word(snapshot->txn->txns, xid);
    return ring_word_state(word) == RING_COMMITTED && ring_word_number(word) <= snapshot->number.v;
}

bool txn_is_visible_to_all(Txns *txns, Xid xid)
{
    if (xid.v < atomic_load_explicit(&txns->visible, memory_order_acquire)) return true;
    uint64_t horizon = atomic_load_explicit(&txns->horizon[UNDO_DATA], memory_order_acquire);
    uint64_t word = txn__word(txns, xid);
    return ring_word_state(word) == RING_COMMITTED && ring_word_number(word) <= horizon;
}
