/* SPDX-License-Identifier: Apache-2.0 */
/* txn_recovery.c - which transactions a crash left open: from the last checkpoint's list and the log behind it.
 *
 *   bytes  what a checkpoint carries
 *       8  next xid      8  newest commit number      4  open transactions, each:
 *       8  xid           4  space   4 x 16 first and newest undo record a class
 *       4  length of its PREPARE record, and that; 0: it was running
 *
 * A checkpoint collects after its begin record is in the log. Whoever's end record stands before that has set end_lsn
 * under the table's lock and is left out; whoever ends later ends behind the begin, where analysis reads it. The same
 * holds for undo: a chain's newest record is set before its log record is appended, and analysis takes the later of
 * both; and a record that is carried is in the log before the checkpoint's end, hence durable with it
 * (undo_chain_ends).
 *
 * Losers that wrote catalogs are undone before txns_recover returns (docs/traps.md F18); the others are jobs of the
 * background, ABORTING to everybody meanwhile. */
#include "txn/txn_internal.h"

#include "base/error.h"

enum { ANALYSIS_BUCKETS = 4096, OPEN_FIXED_BYTES = 8 + 4 + UNDO_CLASSES * 16 + 4, HEAD_BYTES = 20 };

typedef struct Open {
    uint64_t xid;
    SpaceId space;
    UndoPtr first[UNDO_CLASSES], last[UNDO_CLASSES];
    Bytes prepared; /* in the heap; bytes 0: it was running */
    struct Open *next;
} Open;

struct Analysis {
    uint64_t next, newest;
    uint32_t count;
    Open *spare; /* of transactions that ended: a log is full of short ones */
    Open *buckets[ANALYSIS_BUCKETS];
};

/* ---- collecting for a checkpoint ---- */

static bool is_carried(const Txn *txn, Lsn begin)
{
    return txn->end_lsn.v == 0 || txn->end_lsn.v >= begin.v;
}

/* As a recovery will take it up. Its PREPARE record is carried from when that is in the log until its decision is: the
 * state changes with those, under the lock. */
static Open open_of(const Txn *txn)
{
    Open open = {.xid = txn_xid(txn).v, .space = txn->space};
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
        const UndoChain *chain = txn__chain(txn, c);
        if (chain) undo_chain_ends(chain, &open.first[c], &open.last[c]);
        if (txn->recovered_first[c].v != UNDO_NONE.v) open.first[c] = txn->recovered_first[c];
    }
    if (txn->state == TXN_PREPARED && txn->prepared) open.prepared = txn->prepared->record;
    return open;
}

/* First counted with data NULL, then filled. */
typedef struct Carrying {
    uint8_t *data;
    size_t bytes;
    uint32_t count;
} Carrying;

static void carry(Carrying *carrying, const Open *open)
{
    if (carrying->data) {
        uint8_t *p = carrying->data + carrying->bytes;
        store_le64(p, open->xid);
        store_le32(p + 8, open->space.v);
        p += 12;
        for (uint32_t c = 0; c < UNDO_CLASSES; c++, p += 16) {
            store_le64(p, open->first[c].v);
            store_le64(p + 8, open->last[c].v);
        }
        store_le32(p, (uint32_t)open->prepared.bytes);
        if (open->prepared.bytes) memcpy(p + 4, open->prepared.data, open->prepared.bytes);
    }
    carrying->bytes += OPEN_FIXED_BYTES + open->prepared.bytes;
    carrying->count++;
}

/* A checkpoint that comes before txns_recover has taken them up carries on what the one before carried, and what
 * analysis has learnt since. The table's lock is held. */
static void carry_all(const Txns *txns, Lsn begin, Carrying *carrying)
{
    const Analysis *analysis = txns->analysis;
    carrying->bytes = HEAD_BYTES;
    carrying->count = 0;
    for (uint32_t i = 0; analysis && i < ANALYSIS_BUCKETS; i++)
        for (const Open *open = analysis->buckets[i]; open; open = open->next)
            carry(carrying, open);
    for (const TxnLink *at = analysis ? NULL : txns->first; at; at = at->next) {
        if (!is_carried(at->txn, begin)) continue;
        const Open open = open_of(at->txn);
        carry(carrying, &open);
    }
    if (!carrying->data) return;
    store_le64(carrying->data, analysis ? analysis->next : atomic_load(&txns->next));
    store_le64(carrying->data + 8, analysis ? analysis->newest : atomic_load(&txns->newest));
    store_le32(carrying->data + 16, carrying->count);
}

static Status collect(void *arg, Lsn begin, StrBuilder *out)
{
    Txns *txns = arg;
    Carrying carrying = {0};
    mutex_lock(&txns->table);
    carry_all(txns, begin, &carrying);
    size_t bytes = carrying.bytes;
    carrying.data = heap_try_alloc(txns->heap, bytes);
    if (carrying.data) carry_all(txns, begin, &carrying);
    ASSERT(carrying.bytes == bytes);
    mutex_unlock(&txns->table);
    if (!carrying.data) return ST_NO_MEMORY;
    str_add(out, (Str){(const char *)carrying.data, bytes});
    heap_free(txns->heap, carrying.data);
    return OK;
}

/* ---- analysis ---- */

static Open **open_link(Analysis *analysis, uint64_t xid)
{
    Open **link = &analysis->buckets[xid % ANALYSIS_BUCKETS]; /* neighbours stand together */
    while (*link && (*link)->xid != xid) link = &(*link)->next;
    return link;
}

static Status open_get(Txns *txns, uint64_t xid, Open **found)
{
    Analysis *analysis = txns->analysis;
    Open **link = open_link(analysis, xid);
    if (!*link) {
        Open *open = analysis->spare;
        if (open)
            analysis->spare = open->next;
        else
            open = heap_try_alloc(txns->heap, sizeof *open);
        if (!open) return ST_NO_MEMORY;
        *open = (Open){.xid = xid};
        *link = open;
        analysis->count++;
    }
    *found = *link;
    return OK;
}

static void open_remove(Txns *txns, uint64_t xid)
{
    Analysis *analysis = txns->analysis;
    Open **link = open_link(analysis, xid), *open = *link;
    if (!open) return;
    *link = open->next;
    analysis->count--;
    heap_free(txns->heap, (void *)(uintptr_t)open->prepared.data);
    open->prepared = (Bytes){0};
    open->next = analysis->spare;
    analysis->spare = open;
}

static Status set_prepared(Txns *txns, Open *open, Bytes record)
{
    PrepareFacts facts;
    uint8_t *copy = NULL;
    if (record.bytes) {
        if (!txn__prepare_parse(record, &facts))
            return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                              "the record of prepared transaction %" PRIu64 " is malformed",
                              open->xid);
        copy = heap_try_alloc(txns->heap, record.bytes);
        if (!copy) return ST_NO_MEMORY;
        memcpy(copy, record.data, record.bytes);
        open->space = facts.space;
        memcpy(open->first, facts.first, sizeof open->first);
        memcpy(open->last, facts.last, sizeof open->last);
    }
    heap_free(txns->heap, (void *)(uintptr_t)open->prepared.data);
    open->prepared = (Bytes){copy, record.bytes};
    return OK;
}

static void opens_free(Txns *txns, Open *open)
{
    while (open) {
        Open *next = open->next;
        heap_free(txns->heap, (void *)(uintptr_t)open->prepared.data);
        heap_free(txns->heap, open);
        open = next;
    }
}

static void analysis_free(Txns *txns, Analysis *analysis)
{
    for (uint32_t i = 0; i < ANALYSIS_BUCKETS; i++) opens_free(txns, analysis->buckets[i]);
    opens_free(txns, analysis->spare);
    heap_free(txns->heap, analysis);
}

void txn__analysis_release(Txns *txns)
{
    if (txns->analysis) analysis_free(txns, txns->analysis);
    txns->analysis = NULL;
}

static Status carried_malformed(void)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "the list of transactions of a checkpoint is malformed");
}

static Status begin_analysis(void *arg, Bytes carried)
{
    Txns *txns = arg;
    txn__analysis_release(txns);
    txns->analysis = heap_try_alloc(txns->heap, sizeof *txns->analysis);
    if (!txns->analysis) return ST_NO_MEMORY;
    txns->analysis->next = XID_FIRST;
    if (carried.bytes == 0) return OK;
    if (carried.bytes < HEAD_BYTES) return carried_malformed();
    const uint8_t *p = carried.data, *end = p + carried.bytes;
    txns->analysis->next = load_le64(p);
    txns->analysis->newest = load_le64(p + 8);
    uint32_t count = load_le32(p + 16);
    p += HEAD_BYTES;
    for (uint32_t i = 0; i < count; i++) {
        Open *open;
        if ((size_t)(end - p) < OPEN_FIXED_BYTES) return carried_malformed();
        TRY(open_get(txns, load_le64(p), &open));
        open->space = (SpaceId){load_le32(p + 8)};
        p += 12;
        for (uint32_t c = 0; c < UNDO_CLASSES; c++, p += 16) {
            open->first[c] = (UndoPtr){load_le64(p)};
            open->last[c] = (UndoPtr){load_le64(p + 8)};
        }
        size_t record_bytes = load_le32(p);
        p += 4;
        if ((size_t)(end - p) < record_bytes) return carried_malformed();
        TRY(set_prepared(txns, open, (Bytes){p, record_bytes}));
        p += record_bytes;
    }
    return p == end ? OK : carried_malformed();
}

/* A record that appends to the undo of its transaction: its payload begins with where. */
static Status note_undo(Txns *txns, const WalRecord *record)
{
    for (uint32_t i = 0; i < record->ref_count; i++) {
        if (!(record->refs[i].flags & WAL_REF_UNDO)) continue;
        Open *open;
        PackReader in = pack_reader(record->payload);
        UndoPtr ptr = undo_ptr_take(&in);
        if (in.bad)
            return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                              "log record at %" PRIX64 " names no undo record", record->lsn.v);
        UndoClass class_ = undo_ptr_class(ptr);
        if (class_ == UNDO_TEMP) return OK;
        TRY(open_get(txns, record->xid.v, &open));
        if (class_ == UNDO_DATA || class_ == UNDO_CATALOG)
            open->space = page_space(record->refs[i].page);
        if (open->first[class_].v == UNDO_NONE.v) open->first[class_] = ptr;
        if (open->last[class_].v < ptr.v) open->last[class_] = ptr;
        return OK;
    }
    return OK;
}

static Status analyse_record(void *arg, const WalRecord *record)
{
    Txns *txns = arg;
    Analysis *analysis = txns->analysis;
    Open *open;
    ASSERT(analysis);
    if (record->xid.v == 0) return OK;
    analysis->next = MAX(analysis->next, record->xid.v + 1);
    switch (record->kind) {
    case WAL_COMMIT:
    case WAL_COMMIT_PREPARED:
        analysis->newest++;
        open_remove(txns, record->xid.v);
        return OK;
    case WAL_ABORT: open_remove(txns, record->xid.v); return OK;
    case WAL_PREPARE:
        TRY(open_get(txns, record->xid.v, &open));
        return set_prepared(txns, open, record->payload);
    case WAL_ABORT_PREPARED:
        TRY(open_get(txns, record->xid.v, &open));
        return set_prepared(txns, open, (Bytes){NULL, 0});
    default: return note_undo(txns, record);
    }
}

static void counters(void *arg, uint64_t *xid_next, uint64_t *commit_next)
{
    const Txns *txns = arg;
    *xid_next = atomic_load(&txns->next);
    *commit_next = atomic_load(&txns->newest) + 1;
}

void txns_fill_upper(Txns *txns, StoreUpper *upper)
{
    upper->arg = txns;
    upper->analysis_begin = begin_analysis;
    upper->analysis_record = analyse_record;
    upper->checkpoint_collect = collect;
    upper->counters = counters;
}

static void print_gid(const WalRecord *record, StrBuilder *out)
{
    str_add_format(out, "gid \"%.*s\"",
                   STR_ARG(((Str){(const char *)record->payload.data, record->payload.bytes})));
}

static void print_prepare(const WalRecord *record, StrBuilder *out)
{
    PrepareFacts facts;
    if (!txn__prepare_parse(record->payload, &facts)) return;
    str_add_format(out, "gid \"%.*s\" space %u locks %zu rows %zu", STR_ARG(facts.gid),
                   facts.space.v, facts.locks.bytes / 24, facts.rows.bytes / 16);
}

static void print_commit(const WalRecord *record, StrBuilder *out)
{
    PackReader in = pack_reader(record->payload);
    const uint64_t wall_us = pack_varint(&in);
    const uint32_t space = (uint32_t)pack_varint_most(&in, UINT32_MAX);
    if (in.bad) return;
    str_add_format(out, "at %" PRId64 " space %u extra %zu", (int64_t)wall_us, space,
                   pack_rest(&in).bytes);
}

const RedoEntry txn_redo_entries[TXN_REDO_COUNT] = {
    {WAL_COMMIT, NULL, print_commit},      {WAL_ABORT, NULL, NULL},
    {WAL_PREPARE, NULL, print_prepare},    {WAL_COMMIT_PREPARED, NULL, print_gid},
    {WAL_ABORT_PREPARED, NULL, print_gid},
};

/* ---- recovery ---- */

static Status reattach(Txns *txns, Txn *txn, const Open *open)
{
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
        if (open->last[c].v == UNDO_NONE.v || c == UNDO_TEMP) continue;
        txn->purges[c] = heap_try_alloc(txns->heap, sizeof *txn->purges[c]);
        if (!txn->purges[c]) return ST_NO_MEMORY;
        txn->purges[c]->class_ = (UndoClass)c;
        txn->recovered_first[c] = open->first[c];
        UndoChain *chain;
        TRY(undo_reattach(txns->store, txn__space(txn, (UndoClass)c), open->last[c], txn_xid(txn),
                          &chain));
        atomic_store(&txn->chains[c], chain);
    }
    return OK;
}

/* Nobody knows of it yet. */
static Status recover_one(Txns *txns, const Open *open, Txn **made)
{
    LockSession *locks;
    PrepareFacts facts = {0};
    bool prepared = open->prepared.bytes != 0;
    if (prepared && NEVER(!txn__prepare_parse(open->prepared, &facts))) return ST_CORRUPT;
    Txn *txn = txn__new(txns);
    if (!txn) return ST_NO_MEMORY;
    atomic_store(&txn->xid, open->xid);
    txn->space = open->space;
    *made = txn;
    TRY(lock__session_new(txns, facts.process, &locks));
    atomic_store(&txn->locks, locks);
    txn->owns_locks = true;
    TRY(txn__side_add(txns, (Xid){open->xid},
                      ring_word(prepared ? RING_ACTIVE : RING_ABORTING, 0)));
    TRY(reattach(txns, txn, open));
    if (prepared) return txn__prepared_recover(txn, open->prepared);
    txn__mark_aborting(txn);
    return OK;
}

/* A loser: those that wrote catalogs are undone here and now. */
static Status undo_one(Txns *txns, Txn *txn)
{
    bool catalogs = txn__chain(txn, UNDO_CATALOG) || txn__chain(txn, UNDO_SHARED);
    if (!catalogs) {
        txn->loser_last = txn__chain_last(txn, UNDO_DATA);
        atomic_fetch_add(&txns->losers, 1);
        txn__hand_over(txn);
        return OK;
    }
    MARK("a loser that wrote catalogs is undone before opening");
    TRY(txn__undo(txn, UINT64_MAX, DEADLINE_NEVER));
    return txn__finish_abort(txn);
}

bool txns_have_losers(Txns *txns)
{
    return atomic_load(&txns->losers) > 0;
}

Status txns_losers(Txns *txns, SpaceId space, Arena *arena, Loser **losers, uint32_t *count)
{
    /* There are never more than now: nobody becomes one later. */
    uint32_t room = atomic_load(&txns->losers);
    *count = 0;
    *losers = arena_try_alloc(arena, (room + 1) * sizeof(Loser));
    if (!*losers) return ST_NO_MEMORY;
    mutex_lock(&txns->table);
    for (const TxnLink *at = txns->first; at && *count < room; at = at->next) {
        const Txn *txn = at->txn;
        if (txn->loser_last.v != UNDO_NONE.v && txn->space.v == space.v)
            (*losers)[(*count)++] = (Loser){txn_xid(txn), txn->loser_last};
    }
    mutex_unlock(&txns->table);
    return OK;
}

/* In order of xids: the list of open transactions is. */
static Open *open_next(Analysis *analysis, uint64_t above)
{
    Open *least = NULL;
    for (uint32_t i = 0; i < ANALYSIS_BUCKETS; i++)
        for (Open *open = analysis->buckets[i]; open; open = open->next)
            if (open->xid > above && (!least || open->xid < least->xid)) least = open;
    return least;
}

static void numbers_recover(Txns *txns, const Analysis *analysis, const Manifest *manifest)
{
    uint64_t next = MAX(analysis->next, manifest->xid_next_least);
    atomic_store(&txns->next, next);
    txns->first_xid = next;
    atomic_store(&txns->ring_low, next);
    atomic_store(&txns->newest, MAX(analysis->newest, manifest->commit_next_least));
}

/* Takes up all that were open. A checkpoint may come at any moment: what it carries is analysis' list or, from one
 * moment to the next, the list of transactions that are whole. */
static Status recover_all(Txns *txns, Analysis *analysis, Txn **made)
{
    Status status = OK;
    uint32_t count = 0;
    uint64_t above = 0;
    for (Open *open; status == OK && (open = open_next(analysis, above)) != NULL;
         above = open->xid) {
        made[count] = NULL;
        status = recover_one(txns, open, &made[count]);
        os_yield_point();
        if (made[count]) count++;
    }
    mutex_lock(&txns->table);
    for (uint32_t i = 0; i < count; i++) txn__link(txns, made[i]);
    txns->analysis = NULL;
    mutex_unlock(&txns->table);
    for (uint32_t i = 0; i < count && status == OK; i++)
        if (made[i]->state == TXN_ABORTING) status = undo_one(txns, made[i]);
    return status;
}

Status txns_recover(Txns *txns, Store *store, UndoApply apply, void *apply_arg)
{
    Analysis *analysis = txns->analysis;
    Manifest manifest;
    txns->store = store;
    txns->apply = apply;
    txns->apply_arg = apply_arg;
    if (!analysis) return OK;
    store_manifest(store, &manifest);
    numbers_recover(txns, analysis, &manifest);
    Txn **made = heap_try_alloc(txns->heap, (analysis->count + 1) * sizeof(Txn *));
    if (!made) return ST_NO_MEMORY;
    Status status = recover_all(txns, analysis, made);
    heap_free(txns->heap, made);
    analysis_free(txns, analysis);
    mutex_lock(&txns->table);
    uint64_t oldest = txns->first ? txns->first->xid : atomic_load(&txns->next);
    atomic_store(&txns->oldest, oldest);
    atomic_store(&txns->visible, oldest);
    mutex_unlock(&txns->table);
    for (uint32_t c = 0; c < UNDO_CLASSES; c++)
        atomic_store(&txns->horizon[c], atomic_load(&txns->newest));
    return status;
}
