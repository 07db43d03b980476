/* SPDX-License-Identifier: Apache-2.0 */
/* txn.c - a transaction's life up to its end: beginning, its xid, its undo chains, savepoints (txn_end.c has the end).
 *
 * A transaction that only reads touches nothing shared but its session's slot: its Txn waits there from the one before.
 * The xid comes with the first write, under the table's lock, so the list of open ones is in order of xids.
 *
 * (T1) Txns.oldest is the xid of the first open one, or `next`; it never falls
 * (T2) a Txn in its slot is IDLE and holds nothing: no xid, chain, snapshot or lock
 * (T3) a chain is put into its Txn before it gets a record, without a lock: a checkpoint that looks after its begin
 *      record and does not find it lies before all of the chain's records in the log */
#include "txn/txn.h"

#include "txn/txn_internal.h"

void txn__check(const Txn *txn)
{
    uint64_t xid = atomic_load_explicit(&txn->xid, memory_order_relaxed);
    switch (txn->state) {
    case TXN_IDLE:
        ASSERT(xid == 0 && !txn->snapshots && !txn->ssi);
        for (uint32_t c = 0; c < UNDO_CLASSES; c++) ASSERT(!txn__chain(txn, c));
        ASSERT(txn->row_holds == 0 && txn->row_journal_count == 0);
        break;
    case TXN_ACTIVE:
        ASSERT(txn->session != SESSION_NONE);
        ASSERT(txn->end_lsn.v == 0 || txn->in_doubt);
        break;
    case TXN_COMMITTING: ASSERT(xid != 0); break;
    case TXN_PREPARED:
        ASSERT(xid != 0 && txn->session == SESSION_NONE);
        ASSERT(txn->prepared && !txn->snapshots);
        break;
    case TXN_ABORTING: ASSERT(!txn->snapshots); break;
    }
}

/* The table's lock is held. Chunks of links stay until the system goes. */
static void links_make(Txns *txns)
{
    enum { LINKS = 64, LINE_BYTES = 64 };
    char *memory = heap_try_alloc(txns->heap, LINKS * sizeof(TxnLink) + LINE_BYTES);
    if (!memory) return;
    TxnLink *links = (TxnLink *)(void *)ALIGN_UP((uintptr_t)memory, (uintptr_t)LINE_BYTES);
    for (uint32_t i = LINKS; i-- > 0;) {
        links[i].next = txns->spare_links;
        txns->spare_links = &links[i];
    }
}

static TxnLink *link_take(Txns *txns)
{
    mutex_lock(&txns->table);
    if (!txns->spare_links) links_make(txns);
    TxnLink *link = txns->spare_links;
    if (link) txns->spare_links = link->next;
    mutex_unlock(&txns->table);
    return link;
}

static void link_give(Txns *txns, TxnLink *link)
{
    mutex_lock(&txns->table);
    *link = (TxnLink){.next = txns->spare_links};
    txns->spare_links = link;
    mutex_unlock(&txns->table);
}

Txn *txn__new(Txns *txns)
{
    void *memory = heap_try_alloc(txns->heap, sizeof(Txn) + alignof(Txn));
    TxnLink *link = memory ? link_take(txns) : NULL;
    if (!link) {
        heap_free(txns->heap, memory);
        return NULL;
    }
    Txn *txn = (Txn *)(void *)ALIGN_UP((uintptr_t)memory, alignof(Txn));
    txn->memory = memory;
    txn->link = link;
    *link = (TxnLink){.txn = txn};
    txn->txns = txns;
    txn->session = SESSION_NONE;
    return txn;
}

void txn__free(Txn *txn)
{
    Heap *heap = txn->txns->heap;
    ASSERT(txn->state == TXN_IDLE);
    txn__check(txn);
    link_give(txn->txns, txn->link);
    heap_free(heap, txn->purge_kept);
    heap_free(heap, txn->row_table);
    heap_free(heap, txn->row_journal);
    heap_free(heap, txn->memory);
}

static Status slot_txn(Txns *txns, SessionSlot *slot)
{
    if (LIKELY(slot->txn != NULL)) return OK;
    Txn *txn = txn__new(txns);
    if (!txn) return ST_NO_MEMORY;
    mutex_lock(&txns->table);
    slot->txn = txn;
    mutex_unlock(&txns->table);
    return OK;
}

Status txn_begin(Txns *txns, const TxnOptions *options, Txn **begun)
{
    ASSERT(options->session < txns->options.sessions_max);
    SessionSlot *slot = &txns->slots[options->session];
    ASSERT(atomic_load_explicit(&slot->taken, memory_order_relaxed));
    ASSERT(!slot->in_transaction);
    ASSERT(atomic_load_explicit(&slot->rest, memory_order_relaxed) == REST_AWAKE);
    TRY(slot_txn(txns, slot));
    Txn *txn = slot->txn;
    txn__check(txn);
    txn->session = options->session;
    txn->space = options->space;
    atomic_store_explicit(&txn->locks, slot->locks, memory_order_release);
    txn->serializable = options->serializable;
    txn->read_only = options->read_only;
    txn->deferrable = options->deferrable;
    atomic_store_explicit(&txn->cancelled, false, memory_order_relaxed);
    txn->state = TXN_ACTIVE;
    slot->in_transaction = true;
    if (options->serializable) {
        Status status = ssi__begin(txn);
        if (status != OK) {
            txn->state = TXN_IDLE;
            slot->in_transaction = false;
            return status;
        }
    }
    *begun = txn;
    return OK;
}

void txn__link(Txns *txns, Txn *txn)
{
    TxnLink *link = txn->link, *last = txns->last;
    link->xid = txn_xid(txn).v;
    ASSERT(!last || last->xid < link->xid);
    link->previous = last;
    link->next = NULL;
    *(last ? &last->next : &txns->first) = link;
    txns->last = link;
    txns->active++;
}

static Status give_xid(Txn *txn)
{
    Txns *txns = txn->txns;
    ASSERT(txn->state == TXN_ACTIVE);
    mutex_lock(&txns->table);
    Status status = txn__ring_make_room(txns);
    if (status == OK) {
        uint64_t xid = atomic_load(&txns->next);
        ASSERT(xid >> XID_BITS == 0);
        atomic_store_explicit(ring_slot(txns, xid), ring_word(RING_ACTIVE, 0),
                              memory_order_release);
        atomic_store_explicit(&txn->xid, xid, memory_order_release);
        txn__link(txns, txn);
        if (!txn->purge_kept && txns->purge_spare) {
            txn->purge_kept = txns->purge_spare;
            txns->purge_spare = txn->purge_kept->next;
            txns->purge_spare_count--;
        }
        atomic_store_explicit(&txns->next, xid + 1, memory_order_release); /* R1 */
    }
    mutex_unlock(&txns->table);
    if (status != OK) return status;
    for (Snapshot *snapshot = txn->snapshots; snapshot; snapshot = snapshot->next)
        snapshot->own = txn_xid(txn);
    if (txn->ssi) ssi__xid(txn);
    return OK;
}

Status txn_need_xid(Txn *txn, Xid *xid)
{
    if (txn_xid(txn).v == 0) TRY(give_xid(txn));
    if (xid) *xid = txn_xid(txn);
    return OK;
}

Xid txn_xid(const Txn *txn)
{
    return (Xid){atomic_load_explicit(&txn->xid, memory_order_relaxed)};
}

Txns *txn_system(const Txn *txn)
{
    return txn->txns;
}

Store *txn_store(const Txn *txn)
{
    return txn->txns->store;
}

SpaceId txn_space(const Txn *txn)
{
    return txn->space;
}

SpaceId txn__space(const Txn *txn, UndoClass class_)
{
    switch (class_) {
    case UNDO_SHARED: return SPACE_SHARED;
    case UNDO_TEMP: return SPACE_TEMP;
    case UNDO_DATA:
    case UNDO_CATALOG: return txn->space;
    }
    UNREACHABLE();
}

/* What purge will be told with, for the class's chain. A checkpoint looks at the chains of open transactions (T3). */
static Status chain_list(Txn *txn, UndoClass class_, UndoChain *chain)
{
    PurgeEntry *purge = txn->purge_kept;
    txn->purge_kept = NULL;
    if (!purge) purge = heap_try_alloc(txn->txns->heap, sizeof *purge);
    if (!purge) return ST_NO_MEMORY;
    *purge = (PurgeEntry){.class_ = class_};
    txn->purges[class_] = purge;
    atomic_store(&txn->chains[class_], chain);
    return OK;
}

Status txn_chain(Txn *txn, UndoClass class_, UndoChain **chain)
{
    Xid xid;
    *chain = txn__chain(txn, class_);
    if (LIKELY(*chain != NULL)) return OK;
    TRY(txn_need_xid(txn, &xid));
    TRY(undo_attach(txn->txns->store, txn__space(txn, class_), class_, txn->streams[class_], xid,
                    chain));
    txn->streams[class_] = undo_chain_stream(*chain);
    Status status = chain_list(txn, class_, *chain);
    if (status != OK) undo_detach(*chain);
    return status;
}

UndoPtr txn__chain_first(const Txn *txn, UndoClass class_)
{
    if (txn->recovered_first[class_].v != UNDO_NONE.v) return txn->recovered_first[class_];
    const UndoChain *chain = txn__chain(txn, class_);
    return chain ? undo_chain_first(chain) : UNDO_NONE;
}

bool txn__wrote_in(const Txn *txn, uint32_t class_)
{
    const UndoChain *chain = txn__chain(txn, class_);
    return chain && undo_chain_first(chain).v != UNDO_NONE.v;
}

bool txn_wrote(const Txn *txn)
{
    for (uint32_t c = 0; c < UNDO_CLASSES; c++)
        if (txn__wrote_in(txn, c)) return true;
    return false;
}

bool txn__is_durable(const Txn *txn)
{
    for (uint32_t c = 0; c < UNDO_CLASSES; c++)
        if (c != UNDO_TEMP && txn__wrote_in(txn, c)) return true;
    return false;
}

void txn__leave_session(Txn *txn)
{
    Txns *txns = txn->txns;
    SessionSlot *slot = &txns->slots[txn->session];
    ASSERT(slot->txn == txn && !txn->snapshots);
    mutex_lock(&txns->table);
    slot->txn = NULL;
    txn->session = SESSION_NONE;
    mutex_unlock(&txns->table);
    slot->in_transaction = false;
}

/* ---- savepoints ---- */

Savepoint txn_savepoint(Txn *txn)
{
    Savepoint savepoint = {.row_lock_count = row__journal_count(txn)};
    ASSERT(txn->state == TXN_ACTIVE);
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) savepoint.at[c] = txn__chain_end(txn, c);
    if (txn->locks) savepoint.lock_count = lock_journal_count(txn->locks);
    return savepoint;
}

/* Undoes the records at and after `until`, and lets later walks jump over them. */
static Status chain_rollback_to(Txn *txn, UndoClass class_, UndoPtr until, Arena *arena)
{
    Txns *txns = txn->txns;
    SpaceId space = txn__space(txn, class_);
    UndoRecord record = {.kind = UNDO_KIND_START,
                         .previous = undo_chain_last(txn__chain(txn, class_))};
    bool undone = false;
    for (;;) {
        arena_reset(arena);
        UndoRecord older;
        Status status = undo_chain_previous(txns->store, space, &record, arena, &older);
        if (status != OK && status != ST_END) return status;
        if (status == ST_END || older.ptr.v < until.v)
            return undone ? undo_chain_jump(txn__chain(txn, class_),
                                            status == ST_END ? UNDO_NONE : older.ptr)
                          : OK;
        ASSERT(older.xid.v == txn_xid(txn).v);
        TRY(txns->apply(txns->apply_arg, space, &older, txn));
        undone = true;
        record = older;
    }
}

Status txn_rollback_to(Txn *txn, const Savepoint *savepoint)
{
    static const UndoClass order[] = {UNDO_SHARED, UNDO_CATALOG, UNDO_DATA, UNDO_TEMP};
    ASSERT(txn->state == TXN_ACTIVE);
    Arena *arena = arena_try_new(txn->txns->account, "rollback to savepoint");
    if (!arena) return ST_NO_MEMORY;
    Task *task = task_self();
    task->interrupts_held++;
    Status status = txn__undo_made(txn, savepoint->at, arena);
    for (uint32_t i = 0; i < ARRAY_LEN(order) && status == OK; i++)
        if (txn__chain(txn, order[i]))
            status = chain_rollback_to(txn, order[i], savepoint->at[order[i]], arena);
    task->interrupts_held--;
    arena_drop(arena);
    if (status != OK) return status;
    row_locks_release_to(txn, savepoint->row_lock_count);
    if (txn->locks) lock_release_to(txn->locks, savepoint->lock_count);
    /* Who waits for a row or a key that is as it was before looks again, and waits again for the rest. */
    if (atomic_load(&txn->waited_for)) lock__wake_xid(txn->txns, txn_xid(txn));
    return OK;
}
