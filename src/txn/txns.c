/* SPDX-License-Identifier: Apache-2.0 */
/* txns.c - the transaction system as one thing: making it, sessions' slots, the queue for purge, figures. */
#include "txn/txn_internal.h"

#include "base/error.h"

static Status parts_new(Txns *txns)
{
    TRY(lock__new(txns));
    TRY(row__new(txns));
    return ssi__new(txns);
}

Status txns_new(Account *account, const TxnsOptions *options, Txns **made)
{
    ASSERT(options->sessions_max > 0);
    uint32_t bits = options->ring_bits ? options->ring_bits : RING_BITS_DEFAULT;
    if (bits < RING_BITS_LEAST || bits > RING_BITS_MOST) return ST_INVALID;
    Arena *arena = arena_try_new(account, "transactions");
    if (!arena) return ST_NO_MEMORY;
    /* The struct has members that want cache lines of their own; arenas align to 16 bytes. */
    char *memory = arena_try_alloc_zero(arena, sizeof(Txns) + 64);
    if (!memory) goto no_memory;
    Txns *txns = (Txns *)(void *)ALIGN_UP((uintptr_t)memory, (uintptr_t)64);
    txns->account = account;
    txns->arena = arena;
    txns->options = *options;
    txns->heap = heap_try_new(account, "transactions");
    txns->ring = arena_try_alloc_zero(arena, sizeof *txns->ring << bits);
    size_t slots_bytes = sizeof(SessionSlot) * options->sessions_max;
    memory = arena_try_alloc_zero(arena, slots_bytes + _Alignof(SessionSlot));
    if (!txns->heap || !txns->ring || !memory) goto no_memory;
    txns->slots = (SessionSlot *)(void *)ALIGN_UP((uintptr_t)memory,
                                                  (uintptr_t) _Alignof(SessionSlot));
    txns->ring_mask = (UINT64_C(1) << bits) - 1;
    txns->ring_bits = bits;
    atomic_init(&txns->next, XID_FIRST);
    atomic_init(&txns->oldest, XID_FIRST);
    atomic_init(&txns->ring_low, XID_FIRST);
    atomic_init(&txns->visible, XID_FIRST);
    mutex_init(&txns->scan, RANK_SNAPSHOTS);
    rwlock_init(&txns->side_lock, RANK_XID_TABLE);
    mutex_init(&txns->table, RANK_TXN_TABLE);
    if (parts_new(txns) != OK) {
        txns_release(txns);
        return ST_NO_MEMORY;
    }
    *made = txns;
    return OK;
no_memory:
    heap_drop(memory && txns->heap ? txns->heap : NULL);
    arena_drop(arena);
    return ST_NO_MEMORY;
}

void txns_release(Txns *txns)
{
    txn__analysis_release(txns);
    ssi__release(txns);
    row__release(txns);
    lock__release(txns);
    Arena *arena = txns->arena;
    heap_drop(txns->heap); /* with every Txn, chunk and entry in it */
    arena_drop(arena);
}

/* ---- sessions ---- */

Status txn_session_open(Txns *txns, uint32_t *slot)
{
    for (uint32_t i = 0; i < txns->options.sessions_max; i++) {
        bool taken = false;
        if (!atomic_compare_exchange_strong(&txns->slots[i].taken, &taken, true)) continue;
        ASSERT(!txns->slots[i].in_transaction);
        *slot = i;
        return OK;
    }
    return ST_FULL;
}

void txn_session_close(Txns *txns, uint32_t slot)
{
    SessionSlot *session = &txns->slots[slot];
    ASSERT(atomic_load(&session->taken));
    ASSERT(!session->in_transaction);
    ASSERT(!session->locks);
    for (uint32_t i = 0; i < CELLS_INLINE; i++) ASSERT(atomic_load(&session->cells[i].number) == 0);
    mutex_lock(&txns->table);
    Txn *txn = session->txn;
    session->txn = NULL;
    mutex_unlock(&txns->table);
    if (txn) txn__free(txn);
    /* The chunks of cells stay: a scan may be in them. */
    atomic_store(&session->taken, false);
}

/* ---- purge ---- */

/* About as many as a round of purge finds behind a busy server. */
enum { PURGE_SPARES_MAX = 8192 };

uint32_t txn_purge_next(Txns *txns, UndoClass class_, UndoRange *ranges, uint32_t max)
{
    uint32_t count = 0;
    mutex_lock(&txns->table);
    uint64_t horizon = txn_purge_horizon(txns, class_).v;
    for (PurgeEntry *entry = txns->purge_first[class_];
         entry && count < max && entry->barrier <= horizon; entry = entry->next) {
        if (entry->open) *entry->open = NULL;
        entry->open = NULL;
        ranges[count++] = entry->range;
    }
    mutex_unlock(&txns->table);
    return count;
}

void txn_purge_done(Txns *txns, UndoClass class_, uint32_t count)
{
    PurgeEntry *useless = NULL;
    mutex_lock(&txns->table);
    for (uint32_t i = 0; i < count; i++) {
        PurgeEntry *entry = txns->purge_first[class_];
        if (NEVER(!entry)) break;
        txns->purge_first[class_] = entry->next;
        if (!entry->next) txns->purge_last[class_] = NULL;
        bool keep = txns->purge_spare_count < PURGE_SPARES_MAX;
        PurgeEntry **list = keep ? &txns->purge_spare : &useless;
        txns->purge_spare_count += keep;
        entry->next = *list;
        *list = entry;
    }
    mutex_unlock(&txns->table);
    for (PurgeEntry *next; useless; useless = next) {
        next = useless->next;
        heap_free(txns->heap, useless);
    }
}

bool txn_purge_enter(Txns *txns)
{
    bool purging = false;
    return atomic_compare_exchange_strong(&txns->purging, &purging, true);
}

void txn_purge_leave(Txns *txns)
{
    ASSERT(atomic_load(&txns->purging));
    atomic_store(&txns->purging, false);
}

Xid txns_first_xid(Txns *txns)
{
    return (Xid){txns->first_xid};
}

typedef struct Oldest {
    uint64_t number;
    SessionSlot *slot;
} Oldest;

static void look_for_oldest(const SnapshotCell *cell, SessionSlot *slot, Oldest *oldest)
{
    const uint64_t number = cell_number(cell);
    if (number != 0 && number < oldest->number) *oldest = (Oldest){number, slot};
}

/* Does undo wait for a snapshot of this number to go? With the table's lock. */
static bool undo_waits_for(const Txns *txns, uint64_t number)
{
    for (uint32_t c = 0; c < UNDO_CLASSES; c++)
        if (txns->purge_first[c] && txns->purge_first[c]->barrier > number) return true;
    return false;
}

void txn_cancel_oldest(Txns *txns)
{
    Oldest oldest = {UINT64_MAX, NULL};
    mutex_lock(&txns->table);
    for (uint32_t i = 0; i < txns->options.sessions_max; i++) {
        SessionSlot *slot = &txns->slots[i];
        if (!atomic_load_explicit(&slot->taken, memory_order_acquire)) continue;
        for (uint32_t k = 0; k < CELLS_INLINE; k++) look_for_oldest(&slot->cells[k], slot, &oldest);
        for (CellChunk *chunk = atomic_load_explicit(&slot->more, memory_order_acquire); chunk;
             chunk = atomic_load_explicit(&chunk->next, memory_order_acquire))
            for (uint32_t k = 0; k < CELLS_CHUNK; k++)
                look_for_oldest(&chunk->cells[k], slot, &oldest);
    }
    /* A Txn leaves its slot under the table's lock: this one lives. Should it have ended just now, its flag is cleared
     * when the next one begins. */
    if (oldest.slot && oldest.slot->txn) atomic_store(&oldest.slot->txn->cancelled, true);
    if (oldest.slot && undo_waits_for(txns, oldest.number - 1)) txn__snapshots_lose(oldest.slot);
    mutex_unlock(&txns->table);
}

Status txn_check_cancelled(const Txn *txn)
{
    if (LIKELY(!atomic_load_explicit(&txn->cancelled, memory_order_relaxed))) return OK;
    return error_note(ST_SNAPSHOT_TOO_OLD, SQLSTATE_SNAPSHOT_TOO_OLD, "snapshot too old");
}

/* ---- figures ---- */

CommitNumber txns_newest(const Txns *txns)
{
    return (CommitNumber){atomic_load(&txns->newest)};
}

void txns_figures(Txns *txns, TxnFigures *figures)
{
    mutex_lock(&txns->scan);
    ScanResult result = txn__scan(txns, NULL, NULL);
    mutex_unlock(&txns->scan);
    *figures = (TxnFigures){
        .next = {atomic_load(&txns->next)},
        .oldest_running = {atomic_load(&txns->oldest)},
        .newest = txns_newest(txns),
        .oldest_snapshot = {result.number},
        .commits = atomic_load(&txns->commits),
        .aborts = atomic_load(&txns->aborts),
        .deadlocks = atomic_load(&txns->deadlocks),
        .serialization_failures = atomic_load(&txns->serialization_failures),
        .locks = lock__count(txns),
    };
    mutex_lock(&txns->table);
    figures->active = txns->active;
    figures->prepared = txns->prepared_count;
    figures->aborting = txns->aborting;
    mutex_unlock(&txns->table);
}

/* What comes between counting and copying is left out: nothing is allocated under the lock. */
Status txns_running(Txns *txns, Arena *arena, RunningTxn **running, uint32_t *count)
{
    uint32_t room = 16;
    *count = 0;
    mutex_lock(&txns->table);
    for (const TxnLink *at = txns->first; at; at = at->next) room++;
    mutex_unlock(&txns->table);
    *running = arena_try_alloc(arena, room * sizeof(RunningTxn));
    if (!*running) return ST_NO_MEMORY;
    mutex_lock(&txns->table);
    for (const TxnLink *at = txns->first; at && *count < room; at = at->next)
        (*running)[(*count)++] = (RunningTxn){{at->xid}, at->txn->session};
    mutex_unlock(&txns->table);
    return OK;
}

void txns_in_space(Txns *txns, SpaceId space, uint32_t *prepared, uint32_t *others)
{
    *prepared = *others = 0;
    mutex_lock(&txns->table);
    for (const TxnLink *at = txns->first; at; at = at->next) {
        if (at->txn->space.v != space.v) continue;
        ++*(at->txn->prepared ? prepared : others);
    }
    mutex_unlock(&txns->table);
}
