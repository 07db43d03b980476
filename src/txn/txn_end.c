/* SPDX-License-Identifier: Apache-2.0 */
/* txn_end.c - how a transaction ends: commit in log order, abort here or in the background.
 *
 * A commit appends its record under the table's lock and queues itself there, so the queue is in log order. It then
 * syncs the log with nothing held; whoever comes back first publishes all that were synced with it, in that order
 * (docs/traps.md C3: the group's leader). synchronous_commit = off publishes at once.
 *
 *     ACTIVE --log--> COMMITTING --sync, publish--> conclude
 *     ACTIVE -------> ABORTING --undo (here, or as a job)--> log --> publish --> conclude
 *
 * (E1) a transaction is LOGGING in the ring before its end record is appended: a checkpoint that takes the table's lock
 *      after its begin record finds end_lsn of all whose record stands before it
 * (E2) locks go after the word is final: who waited finds the end
 * (E3) nothing on these ways allocates what it could not go on without */
#include "txn/txn_internal.h"

#include "base/error.h"
#include "os/clock.h"
#include "txn/ssi.h"

/* Records undone at once by the session itself; the rest of a bigger abort goes to the background. A record may stand
 * for all rows of a leaf. */
TUNABLE(abort_records_max, 10000, 4, 10000)
enum { ABORT_SOON_MS = 10, JOB_RECORDS = 1000, JOB_RETRY_MS = 200 };

/* ---- publishing ---- */

static void list_remove(Txns *txns, Txn *txn)
{
    TxnLink *link = txn->link;
    *(link->previous ? &link->previous->next : &txns->first) = link->next;
    *(link->next ? &link->next->previous : &txns->last) = link->previous;
    link->previous = link->next = NULL;
    txns->active--;
    atomic_store_explicit(&txns->oldest, txns->first ? txns->first->xid : atomic_load(&txns->next),
                          memory_order_release); /* S1: behind its number */
}

/* What purge has only to free, right behind the same of the session's last ones: one entry stands for some commits.
 * So the queue is in the order of ends within each stream; an entry comes no earlier than the last of its commits. */
static bool purge_join(PurgeEntry *last, const UndoRange *range, uint64_t barrier)
{
    enum { COMMITS_MAX = 32 };
    if (!last || last->commits == COMMITS_MAX) return false;
    if (range->leaves_dead || range->aborted || last->range.leaves_dead || last->range.aborted)
        return false;
    if (last->range.space.v != range->space.v || last->range.end.v != range->first.v) return false;
    last->range.end = range->end;
    last->range.xid = range->xid;
    last->range.number = range->number;
    last->barrier = barrier;
    last->commits++;
    return true;
}

/* The session's commits to come may join it, and not what it had before. */
static void purge_keep_open(Txns *txns, const Txn *txn, PurgeEntry *entry)
{
    entry->open = NULL;
    if (txn->session == SESSION_NONE) return;
    PurgeEntry **open = &txns->slots[txn->session].purge_open[entry->class_];
    if (*open) (*open)->open = NULL;
    *open = entry;
    entry->open = open;
}

static PurgeEntry *purge_open(const Txns *txns, const Txn *txn, uint32_t class_)
{
    return txn->session == SESSION_NONE ? NULL : txns->slots[txn->session].purge_open[class_];
}

static void purge_enqueue(Txns *txns, Txn *txn, uint64_t number, uint64_t barrier)
{
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
        PurgeEntry *entry = txn->purges[c];
        const UndoChain *chain = txn__chain(txn, c);
        if (!entry || undo_chain_first(chain).v == UNDO_NONE.v) continue;
        entry->range = (UndoRange){
            .space = txn__space(txn, (UndoClass)c),
            .first = txn__chain_first(txn, (UndoClass)c),
            .end = undo_chain_end(chain),
            .xid = txn_xid(txn),
            .number = {number},
            .aborted = number == 0,
            .leaves_dead = undo_chain_leaves_dead(chain),
        };
        if (purge_join(purge_open(txns, txn, c), &entry->range, barrier)) continue;
        purge_keep_open(txns, txn, entry);
        txn->purges[c] = NULL;
        entry->barrier = barrier;
        entry->commits = 1;
        entry->next = NULL;
        if (txns->purge_last[c])
            txns->purge_last[c]->next = entry;
        else
            txns->purge_first[c] = entry;
        txns->purge_last[c] = entry;
    }
}

/* The table's lock is held. The owner may be gone as soon as `published` is set. */
static void publish_commit(Txns *txns, Txn *txn)
{
    ASSERT(txn->state == TXN_COMMITTING);
    uint64_t number = txn__word_commit(txns, txn_xid(txn));
    if (txn->ssi) ssi__committed(txn, number);
    purge_enqueue(txns, txn, number, number);
    list_remove(txns, txn);
    uint64_t commits = atomic_load_explicit(&txns->commits, memory_order_relaxed);
    atomic_store_explicit(&txns->commits, commits + 1, memory_order_relaxed);
    atomic_store_explicit(&txn->published, true, memory_order_release);
}

static void publish_until(Txns *txns, Lsn synced)
{
    while (txns->commit_first && txns->commit_first->end_end.v <= synced.v) {
        Txn *txn = txns->commit_first;
        txns->commit_first = txn->commit_next;
        if (!txns->commit_first) txns->commit_last = NULL;
        publish_commit(txns, txn);
        os_yield_point();
    }
}

static void queue_remove(Txns *txns, Txn *txn)
{
    Txn *before = NULL;
    for (Txn *at = txns->commit_first; at != txn; at = at->commit_next) before = at;
    if (before)
        before->commit_next = txn->commit_next;
    else
        txns->commit_first = txn->commit_next;
    if (txns->commit_last == txn) txns->commit_last = before;
    txn->commit_next = NULL;
}

Status txn__log_end(Txn *txn, WalKind kind, const WalPart *parts, uint32_t part_count, bool queue)
{
    Txns *txns = txn->txns;
    Wal *wal = store_wal(txns->store);
    WalAppend append;
    uint32_t payload_bytes = wal_parts_bytes(parts, part_count);
    uint32_t bytes = wal_record_bytes(0, payload_bytes);
    bool commits = kind == WAL_COMMIT || kind == WAL_COMMIT_PREPARED;
    if (bytes > MIN(wal_credit_max(wal), (uint32_t)WAL_RECORD_BYTES_MAX))
        return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                          "the end of transaction %" PRIu64 " has too much to log", txn_xid(txn).v);
    TRY(wal_credit_take(wal, bytes, commits ? 0 : WAL_CREDIT_RESERVE));
    mutex_lock(&txns->table);
    if (commits) txn__word_set(txns, txn_xid(txn), ring_word(RING_LOGGING, 0));
    os_yield_point();
    txn->end_lsn = wal_append_begin(wal, kind, txn_xid(txn), NULL, 0, payload_bytes, &append,
                                    &txn->end_end);
    if (commits) txn->state = TXN_COMMITTING;
    if (kind == WAL_PREPARE) {
        txn->state = TXN_PREPARED;
        txn->end_lsn = (Lsn){0}; /* no end: a checkpoint carries it */
    }
    if (kind == WAL_ABORT_PREPARED) {
        txn->prepared = NULL; /* a loser from here on, to a recovery too */
        txn->end_lsn = (Lsn){0};
    }
    if (commits && queue) {
        txn->commit_next = NULL;
        if (txns->commit_last)
            txns->commit_last->commit_next = txn;
        else
            txns->commit_first = txn;
        txns->commit_last = txn;
    } else if (commits) {
        publish_commit(txns, txn);
    }
    mutex_unlock(&txns->table);
    wal_append_fill(wal, &append, parts, part_count);
    return OK;
}

/* Would somebody join a sync that is put off? */
static uint32_t commit_delay(Txns *txns, const CommitOptions *options)
{
    uint32_t others = 0;
    if (options->delay_us == 0) return 0;
    mutex_lock(&txns->table);
    for (const TxnLink *at = txns->first; at && others <= options->siblings; at = at->next)
        others += at->txn->state == TXN_ACTIVE;
    mutex_unlock(&txns->table);
    return others >= options->siblings ? options->delay_us : 0;
}

Status txn__sync_and_publish(Txn *txn, uint32_t delay_us)
{
    Txns *txns = txn->txns;
    Wal *wal = store_wal(txns->store);
    Status status = wal_sync(wal, txn->end_end, delay_us);
    if (atomic_load_explicit(&txn->published, memory_order_acquire)) return OK;
    mutex_lock(&txns->table);
    if (status == OK) publish_until(txns, txn->end_end);
    bool published = atomic_load(&txn->published);
    if (!published) {
        ASSERT(status != OK);
        /* The log has failed: a recovery decides. Until then it is in progress to everybody. */
        queue_remove(txns, txn);
        txn->state = TXN_ACTIVE;
        txn->in_doubt = true;
    }
    mutex_unlock(&txns->table);
    return published ? OK : status;
}

static void reset(Txn *txn)
{
    Txns *txns = txn->txns;
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
        UndoChain *chain = txn__chain(txn, c);
        if (chain) undo_detach(chain);
        if (chain) atomic_store_explicit(&txn->chains[c], NULL, memory_order_relaxed);
        if (!txn->purges[c]) continue;
        if (txn->purge_kept)
            heap_free(txns->heap, txn->purges[c]);
        else
            txn->purge_kept = txn->purges[c];
        txn->purges[c] = NULL;
    }
    /* Nobody else looks at them any more: it is off the list. */
    atomic_store_explicit(&txn->xid, 0, memory_order_relaxed);
    atomic_store_explicit(&txn->waited_for, false, memory_order_relaxed);
    atomic_store_explicit(&txn->published, false, memory_order_relaxed);
    txn->end_lsn = txn->end_end = (Lsn){0};
    txn->in_doubt = txn->owns_locks = txn->undone_noted = false;
    txn->made_count = 0;
    memset(txn->recovered_first, 0, sizeof txn->recovered_first);
    txn->commit_next = NULL;
    txn->state = TXN_IDLE;
}

void txn__conclude(Txn *txn)
{
    Txns *txns = txn->txns;
    Xid xid = txn_xid(txn);
    ASSERT(!txn->snapshots);
    /* Before those who wait for it wake: they find it gone. */
    if (txn->loser_last.v != UNDO_NONE.v) atomic_fetch_sub(&txns->losers, 1);
    txn->loser_last = UNDO_NONE;
    row_locks_release(txn);
    if (txn->locks) lock_release_transaction(txn->locks);
    if (atomic_load(&txn->waited_for)) lock__wake_xid(txns, xid);
    if (txn->owns_locks) lock__session_free(txn->locks);
    atomic_store_explicit(&txn->locks, NULL, memory_order_release);
    reset(txn);
    txn__check(txn);
    if (txn->session == SESSION_NONE) {
        txn__free(txn);
    } else {
        txns->slots[txn->session].in_transaction = false;
    }
}

/* ---- commit ---- */

static void tell_published(const CommitOptions *options)
{
    if (options->published) options->published(options->published_arg);
}

/* Nothing of it is durable: its end needs no record. */
static void commit_unlogged(Txn *txn, const CommitOptions *options)
{
    Txns *txns = txn->txns;
    if (txn_xid(txn).v != 0) {
        mutex_lock(&txns->table);
        txn->state = TXN_COMMITTING;
        publish_commit(txns, txn);
        mutex_unlock(&txns->table);
    } else if (txn->ssi) {
        /* Whoever took its snapshot since the newest commit may have done so before this end: they overlap. */
        ssi__committed(txn, atomic_load(&txns->newest) + 1);
    }
    tell_published(options);
    txn__conclude(txn);
}

Status txn_commit(Txn *txn, const CommitOptions *options)
{
    ASSERT(txn->state == TXN_ACTIVE);
    ASSERT(!txn->in_doubt);
    ASSERT(!txn->snapshots);
    txn__check(txn);
    if (txn->ssi) TRY(ssi_check_commit(txn));
    if (!txn__is_durable(txn) && options->extra.bytes == 0) {
        commit_unlogged(txn, options);
        return OK;
    }
    TRY(txn_need_xid(txn, NULL));
    Task *task = task_self();
    task->interrupts_held++;
    uint8_t head[2 * VARINT_BYTES_MAX]; /* time, space (base/varint.h); then comes the extra */
    const uint8_t *head_end = varint_put_short(varint_put_short(head, (uint64_t)os_wall_us()),
                                               txn->space.v);
    WalPart parts[] = {{head, (uint32_t)(head_end - head)},
                       {options->extra.data, (uint32_t)options->extra.bytes}};
    bool wait = options->sync != COMMIT_SYNC_OFF;
    Status status = txn__log_end(txn, WAL_COMMIT, parts, ARRAY_LEN(parts), wait);
    if (status == OK && wait) status = txn__sync_and_publish(txn, commit_delay(txn->txns, options));
    if (status == OK) {
        if (!wait) wal_sync_soon(store_wal(txn->txns->store), txn->end_end);
        tell_published(options);
        txn__conclude(txn);
    }
    task->interrupts_held--;
    return status;
}

/* ---- abort ---- */

void txn__mark_aborting(Txn *txn)
{
    Txns *txns = txn->txns;
    mutex_lock(&txns->table);
    if (txn_xid(txn).v != 0) txn__word_set(txns, txn_xid(txn), ring_word(RING_ABORTING, 0));
    txn->state = TXN_ABORTING;
    txns->aborting++;
    mutex_unlock(&txns->table);
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) txn->undo_from[c] = txn__chain_last(txn, c);
}

void txn_undo_first(Txn *txn, UndoPtr note)
{
    ASSERT(txn->state == TXN_ACTIVE);
    if (txn->made_count < TXN_MADE_MAX) txn->made[txn->made_count++] = note;
}

Status txn__undo_made(Txn *txn, const UndoPtr until[UNDO_CLASSES], Arena *arena)
{
    Txns *txns = txn->txns;
    for (; txn->made_count > 0; txn->made_count--) {
        UndoPtr note = txn->made[txn->made_count - 1];
        UndoClass class_ = undo_ptr_class(note);
        if (note.v < until[class_].v) return OK;
        UndoRecord record, after = {.kind = UNDO_KIND_START, .previous = note};
        SpaceId space = txn__space(txn, class_);
        arena_reset(arena);
        TRY(undo_chain_previous(txns->store, space, &after, arena, &record));
        TRY(txns->apply(txns->apply_arg, space, &record, txn));
    }
    return OK;
}

/* Undoes one class as far as the budget and the time go. */
static Status undo_class(Txn *txn, UndoClass class_, Arena *arena, uint64_t *budget,
                         Deadline deadline)
{
    Txns *txns = txn->txns;
    SpaceId space = txn__space(txn, class_);
    UndoRecord record = {.kind = UNDO_KIND_START, .previous = txn->undo_from[class_]};
    while (record.previous.v != UNDO_NONE.v) {
        if (*budget == 0 || deadline_is_past(deadline)) return ST_BUSY;
        arena_reset(arena);
        UndoRecord older;
        Status status = undo_chain_previous(txns->store, space, &record, arena, &older);
        if (status == ST_END) break;
        if (status == OK) status = txns->apply(txns->apply_arg, space, &older, txn);
        if (status != OK) return status;
        (*budget)--;
        record = older;
        txn->undo_from[class_] = older.previous;
    }
    txn->undo_from[class_] = UNDO_NONE;
    return OK;
}

static bool is_left(const Txn *txn)
{
    for (uint32_t c = 0; c < UNDO_CLASSES; c++)
        if (txn->undo_from[c].v != UNDO_NONE.v) return true;
    return false;
}

Status txn__undo(Txn *txn, uint64_t budget, Deadline deadline)
{
    static const UndoClass order[] = {UNDO_SHARED, UNDO_CATALOG, UNDO_DATA, UNDO_TEMP};
    ASSERT(txn->state == TXN_ABORTING);
    static const UndoPtr from_the_start[UNDO_CLASSES] = {0};
    if (!is_left(txn)) return OK;
    Arena *arena = arena_try_new(txn->txns->account, "rollback");
    if (!arena) return ST_NO_MEMORY;
    Status status = txn__undo_made(txn, from_the_start, arena);
    for (uint32_t i = 0; i < ARRAY_LEN(order) && status == OK; i++)
        status = undo_class(txn, order[i], arena, &budget, deadline);
    arena_drop(arena);
    return status;
}

static void publish_abort(Txn *txn)
{
    Txns *txns = txn->txns;
    mutex_lock(&txns->table);
    if (txn_xid(txn).v != 0) {
        txn__word_set(txns, txn_xid(txn),
                      ring_word(txn->in_doubt ? RING_ABORTING : RING_ABORTED, 0));
        /* A reader may still follow a pointer it copied: snapshots of now keep the undo (docs/traps.md F3). The number
         * drawn here is nobody's commit: all later snapshots are at or above it. */
        uint64_t barrier = atomic_fetch_add(&txns->newest, 1) + 1;
        purge_enqueue(txns, txn, 0, barrier);
        list_remove(txns, txn);
    }
    txns->aborting--;
    mutex_unlock(&txns->table);
    atomic_fetch_add_explicit(&txns->aborts, 1, memory_order_relaxed);
}

/* All has been undone: its chains say so themselves, for who reads them when nobody knows any more how it ended. */
static Status note_undone(Txn *txn)
{
    for (uint32_t c = 0; c < UNDO_CLASSES && !txn->undone_noted; c++)
        if (c != UNDO_TEMP && txn__wrote_in(txn, c))
            TRY(undo_chain_jump(txn__chain(txn, c), UNDO_NONE));
    txn->undone_noted = true;
    return OK;
}

Status txn__finish_abort(Txn *txn)
{
    ASSERT(txn->state == TXN_ABORTING);
    if (!txn->in_doubt) TRY(note_undone(txn));
    if (!txn->in_doubt && txn__is_durable(txn) && txn->end_lsn.v == 0)
        TRY(txn__log_end(txn, WAL_ABORT, NULL, 0, false));
    publish_abort(txn);
    txn__conclude(txn);
    return OK;
}

/* The table's lock is held. */
static void job_add(Txns *txns, Txn *txn)
{
    Txn **link = &txns->jobs;
    while (*link) link = &(*link)->job_next;
    txn->job_next = NULL;
    *link = txn;
    condition_signal(&txns->jobs_changed);
}

void txn__hand_over(Txn *txn)
{
    Txns *txns = txn->txns;
    ASSERT(txn->session == SESSION_NONE);
    mutex_lock(&txns->table);
    job_add(txns, txn);
    mutex_unlock(&txns->table);
}

/* Here, however long it takes: there is no memory to hand it over. Ends early only with the store. */
static void abort_here(Txn *txn)
{
    for (;;) {
        Status status = txn__undo(txn, UINT64_MAX, DEADLINE_NEVER);
        if (status == OK) status = txn__finish_abort(txn);
        if (status == OK) return;
        if (store_has_failed(txn->txns->store)) {
            txn->in_doubt = true;
            memset(txn->undo_from, 0, sizeof txn->undo_from);
        }
        (void)os_wait_through(WAIT_ROLLBACK, deadline_in_ms(JOB_RETRY_MS));
    }
}

static void abort_until(Txn *txn, Deadline deadline)
{
    ASSERT(txn->state == TXN_ACTIVE);
    ASSERT(!txn->snapshots);
    Task *task = task_self();
    task->interrupts_held++;
    if (txn->ssi) ssi__aborted(txn);
    txn__mark_aborting(txn);
    if (txn->in_doubt) memset(txn->undo_from, 0, sizeof txn->undo_from);
    Status status = txn__undo(txn, abort_records_max(), deadline);
    if (status == OK) status = txn__finish_abort(txn);
    if (status != OK) {
        MARK("an abort goes on in the background");
        if (!store_has_failed(txn->txns->store) && lock__detach(txn) == OK) {
            txn__leave_session(txn);
            txn__hand_over(txn);
        } else {
            abort_here(txn);
        }
    }
    task->interrupts_held--;
}

void txn_abort(Txn *txn)
{
    abort_until(txn, DEADLINE_NEVER);
}

void txn_abort_soon(Txn *txn)
{
    abort_until(txn, deadline_in_ms(ABORT_SOON_MS));
}

/* ---- the background ---- */

static Status job_next(Txns *txns, Txn **job)
{
    Status status = OK;
    mutex_lock(&txns->table);
    while (status == OK && !txns->jobs)
        status = condition_wait(&txns->jobs_changed, &txns->table, WAIT_BACKGROUND, DEADLINE_NEVER);
    *job = txns->jobs;
    if (*job && status == OK) txns->jobs = (*job)->job_next;
    mutex_unlock(&txns->table);
    return status;
}

Status txns_rollback_run(Txns *txns)
{
    for (;;) {
        Txn *txn;
        TRY(job_next(txns, &txn));
        Task *task = task_self();
        task->interrupts_held++;
        Status status = txn__undo(txn, JOB_RECORDS, DEADLINE_NEVER);
        if (status == OK) status = txn__finish_abort(txn);
        if (status != OK) txn__hand_over(txn);
        task->interrupts_held--;
        /* In its turn again when only the budget ended; out of space or memory: after a while. */
        if (status != OK && status != ST_BUSY)
            TRY(os_sleep_until(deadline_in_ms(JOB_RETRY_MS), WAIT_ROLLBACK));
        TRY(task_try_check());
    }
}
