/* SPDX-License-Identifier: Apache-2.0 */
/* ssi.c - SERIALIZABLE by watching for dangerous structures: Cahill, Röhm, Fekete, "Serializable Isolation for Snapshot
 * Databases" (SIGMOD 2008); Ports and Grittner, "Serializable Snapshot Isolation in PostgreSQL" (VLDB 2012).
 *
 * Reads are remembered as blocks of 512 row ids with a bit a row, as ranges of row ids, and as key intervals. A write
 * looks for readers among them: an edge reader -rw-> writer. A reader that meets a version newer than its snapshot
 * names the writer: the same edge. Two edges T1 -rw-> T2 -rw-> T3 with T3 the first of the three to commit are
 * dangerous; one of the unfinished ones is doomed or fails at once. All of it stands under one mutex: SERIALIZABLE
 * costs that much.
 *
 * A committed transaction stays known until everybody it overlapped has ended. When more than `kept` of them wait, the
 * oldest is summarised: its reads go to one shared reader that is taken for committed as late as the latest of them,
 * and of its edges only the numbers are left: false alarms may follow, never a miss.
 *
 * (X1) edges stand only between transactions that overlap
 * (X2) one counter orders decisions and ends: a transaction draws from it at its check, before its commit record, and
 *      again when its commit is published. T3 counts as first when its decision came before the ends of T1 and T2:
 * commits
 *      may be published in another order than they were decided. */
#include "txn/ssi.h"

#include "base/arith.h"
#include "base/error.h"
#include "base/hash.h"
#include "txn/txn_internal.h"

enum {
    SSI_BUCKETS = 4096,
    READ_BLOCK_BITS = 9,
    READ_BLOCK_ROWS = 1 << READ_BLOCK_BITS,
    BLOCKS_MAX = 4096
};
TUNABLE(ssi_kept, 4096, 2, 4096)

/* On disk in PREPARE records. READ_TREE: whatever a tree holds, rows or keys. */
typedef enum ReadKind { READ_BLOCK = 0, READ_RANGE = 1, READ_KEYS = 2, READ_TREE = 3 } ReadKind;

/* One thing that a transaction has read. */
typedef struct Read {
    SsiTxn *owner;
    TreeId tree;
    uint64_t first, last; /* READ_BLOCK: the block in both; READ_RANGE: row ids */
    uint64_t bits[READ_BLOCK_ROWS / 64];
    Bytes low, high; /* READ_KEYS: in the same piece of memory */
    ReadKind kind;
    struct Read *previous,
        *next; /* of the bucket: a block's by tree and block, the others by tree */
    struct Read *owner_next;
} Read;

typedef struct Edge {
    SsiTxn *out, *in; /* out -rw-> in */
    struct Edge *out_previous, *out_next;
    struct Edge *in_previous, *in_next;
} Edge;

struct SsiTxn {
    Ssi *ssi;
    Txn *txn; /* NULL: it has ended */
    uint64_t xid;
    uint64_t snapshot;        /* commit number of its first snapshot; UINT64_MAX: none yet */
    uint64_t committed;       /* commit number; UINT64_MAX: not, or not known */
    uint64_t sequence;        /* drawn when it was decided to commit; UINT64_MAX: it runs */
    uint64_t ended_sequence;  /* drawn when it had committed */
    uint64_t sequence_before; /* the newest when its snapshot was taken */
    /* The least sequence that a transaction it has, or had, an edge to had; UINT64_MAX: none. */
    uint64_t earliest_out;
    bool read_only, doomed, ended, unsafe;
    bool summary_in;   /* summarised ones have read what it wrote */
    _Atomic bool safe; /* nothing can make its snapshot unsafe any more: its reads need no memory */
    uint32_t
        possible_unsafe; /* read-only: writers that ran when its snapshot was taken and still do */
    uint64_t number;     /* order of first snapshots; UINT64_MAX: none yet */
    uint64_t number_before; /* the newest when its snapshot was taken */
    Edge *outs, *ins;       /* edges from it, to it */
    Read *reads;
    uint32_t block_count;
    SsiTxn *previous, *next; /* all, by order of beginning; ended ones too */
    Task *waiting;           /* for a safe snapshot */
};

struct Ssi {
    Txns *txns;
    Heap *heap;
    Mutex mutex; /* RANK_SSI */
    Read *buckets[SSI_BUCKETS];
    SsiTxn *first, *last;
    SsiTxn *summary; /* stands for old committed ones: owner of their reads */
    uint64_t sequence, number;
    uint64_t summary_least; /* least sequence among those summarised; UINT64_MAX: none */
    uint64_t summary_xid_most;
    uint32_t kept; /* ended and still listed */
};

#define NEVER_YET UINT64_MAX

static SsiTxn *ssi_txn_new(Ssi *ssi)
{
    SsiTxn *t = heap_try_alloc(ssi->heap, sizeof *t);
    if (!t) return NULL;
    t->ssi = ssi;
    t->snapshot = t->committed = t->sequence = t->ended_sequence = t->earliest_out = NEVER_YET;
    t->number = NEVER_YET;
    return t;
}

Status ssi__new(Txns *txns)
{
    Ssi *ssi = arena_try_alloc_zero(txns->arena, sizeof *ssi);
    if (!ssi) return ST_NO_MEMORY;
    ssi->txns = txns;
    ssi->heap = txns->heap;
    mutex_init(&ssi->mutex, RANK_SSI);
    ssi->summary = ssi_txn_new(ssi);
    if (!ssi->summary) return ST_NO_MEMORY;
    ssi->summary->ended = true;
    ssi->summary->ended_sequence = ssi->summary->committed = 0;
    ssi->summary_least = UINT64_MAX;
    txns->ssi = ssi;
    return OK;
}

void ssi__release(Txns *txns)
{
    txns->ssi = NULL; /* its memory goes with the system's */
}

/* ---- edges ---- */

static bool has_edge(const SsiTxn *out, const SsiTxn *in)
{
    const Edge *edge = out->outs;
    while (edge && edge->in != in) edge = edge->out_next;
    return edge != NULL;
}

static Status edge_add(SsiTxn *out, SsiTxn *in)
{
    Edge *edge = heap_try_alloc(out->ssi->heap, sizeof *edge);
    if (!edge) return ST_NO_MEMORY;
    edge->out = out;
    edge->in = in;
    edge->out_next = out->outs;
    if (out->outs) out->outs->out_previous = edge;
    out->outs = edge;
    edge->in_next = in->ins;
    if (in->ins) in->ins->in_previous = edge;
    in->ins = edge;
    if (in->sequence < out->earliest_out) out->earliest_out = in->sequence;
    return OK;
}

static void edge_free(Edge *edge)
{
    if (edge->out_previous)
        edge->out_previous->out_next = edge->out_next;
    else
        edge->out->outs = edge->out_next;
    if (edge->out_next) edge->out_next->out_previous = edge->out_previous;
    if (edge->in_previous)
        edge->in_previous->in_next = edge->in_next;
    else
        edge->in->ins = edge->in_next;
    if (edge->in_next) edge->in_next->in_previous = edge->in_previous;
    heap_free(edge->out->ssi->heap, edge);
}

/* ---- reads ---- */

static Read **bucket_of(Ssi *ssi, TreeId tree, uint64_t block)
{
    return &ssi->buckets[hash_combine(hash_u64(tree.v), block) % SSI_BUCKETS];
}

enum { TREE_WIDE = -1 }; /* the block under whose hash ranges and intervals of a tree stand */

static Read **read_bucket(Ssi *ssi, const Read *read)
{
    return bucket_of(ssi, read->tree, read->kind == READ_BLOCK ? read->first : (uint64_t)TREE_WIDE);
}

static void read_link(Ssi *ssi, SsiTxn *owner, Read *read)
{
    Read **bucket = read_bucket(ssi, read);
    read->owner = owner;
    read->owner_next = owner->reads;
    owner->reads = read;
    read->previous = NULL;
    read->next = *bucket;
    if (*bucket) (*bucket)->previous = read;
    *bucket = read;
}

static void read_free(Ssi *ssi, Read *read)
{
    if (read->previous)
        read->previous->next = read->next;
    else
        *read_bucket(ssi, read) = read->next;
    if (read->next) read->next->previous = read->previous;
    heap_free(ssi->heap, read);
}

static void reads_free(Ssi *ssi, SsiTxn *t)
{
    while (t->reads) {
        Read *read = t->reads;
        t->reads = read->owner_next;
        read_free(ssi, read);
    }
    t->block_count = 0;
}

static Read *read_new(Ssi *ssi, ReadKind kind, TreeId tree, uint64_t first, uint64_t last,
                      size_t more)
{
    Read *read = heap_try_alloc(ssi->heap, sizeof *read + more);
    if (!read) return NULL;
    read->kind = kind;
    read->tree = tree;
    read->first = first;
    read->last = last;
    return read;
}

/* ---- the lives of transactions ---- */

static void unlist(Ssi *ssi, SsiTxn *t)
{
    if (t->previous)
        t->previous->next = t->next;
    else
        ssi->first = t->next;
    if (t->next)
        t->next->previous = t->previous;
    else
        ssi->last = t->previous;
}

static void forget(Ssi *ssi, SsiTxn *t)
{
    while (t->outs) edge_free(t->outs);
    while (t->ins) edge_free(t->ins);
    reads_free(ssi, t);
    unlist(ssi, t);
    heap_free(ssi->heap, t);
}

/* The oldest committed one becomes numbers and reads without a face. */
static void summarise(Ssi *ssi, SsiTxn *t)
{
    MARK("an old serializable transaction was summarised");
    for (Edge *edge = t->ins; edge; edge = edge->in_next)
        edge->out->earliest_out = MIN(edge->out->earliest_out, t->sequence);
    for (Edge *edge = t->outs; edge; edge = edge->out_next) edge->in->summary_in = true;
    SsiTxn *summary = ssi->summary;
    while (t->reads) {
        Read *read = t->reads;
        t->reads = read->owner_next;
        read->owner = summary;
        read->owner_next = summary->reads;
        summary->reads = read;
    }
    ssi->summary_least = MIN(ssi->summary_least, t->sequence);
    ssi->summary_xid_most = MAX(ssi->summary_xid_most, t->xid);
    summary->ended_sequence = MAX(summary->ended_sequence, t->ended_sequence);
    summary->committed = MAX(summary->committed, t->committed);
    summary->earliest_out = MIN(summary->earliest_out, t->earliest_out);
    forget(ssi, t);
    ssi->kept--;
}

/* Forgets committed ones that nobody alive overlapped. */
static void clean(Ssi *ssi)
{
    uint64_t oldest = NEVER_YET;
    bool running = false;
    for (SsiTxn *t = ssi->first; t; t = t->next) {
        if (t->ended) continue;
        running = true;
        /* One without a snapshot will take a newer one than all commits of now. */
        oldest = MIN(oldest, t->snapshot);
    }
    for (SsiTxn *t = ssi->first, *next; t; t = next) {
        next = t->next;
        if (!t->ended || (running && t->committed > oldest)) continue;
        forget(ssi, t);
        ssi->kept--;
    }
    if (!running || ssi->summary->committed <= oldest) {
        reads_free(ssi, ssi->summary);
        ssi->summary->earliest_out = ssi->summary_least = NEVER_YET;
        ssi->summary_xid_most = 0;
    }
    for (SsiTxn *t = ssi->first, *next; t && ssi->kept > ssi_kept(); t = next) {
        next = t->next;
        if (t->ended) summarise(ssi, t);
    }
}

Status ssi__begin(Txn *txn)
{
    Ssi *ssi = txn->txns->ssi;
    SsiTxn *t = ssi_txn_new(ssi);
    if (!t) return ST_NO_MEMORY;
    t->txn = txn;
    t->read_only = txn->read_only;
    mutex_lock(&ssi->mutex);
    t->previous = ssi->last;
    if (ssi->last)
        ssi->last->next = t;
    else
        ssi->first = t;
    ssi->last = t;
    mutex_unlock(&ssi->mutex);
    txn->ssi = t;
    return OK;
}

/* Its first snapshot is about to be taken: what commits from now on overlaps it. Which of the others may make a
 * read-only one unsafe is known only when it has been taken (ssi__after_snapshot). */
void ssi__before_snapshot(Txn *txn)
{
    Ssi *ssi = txn->txns->ssi;
    SsiTxn *t = txn->ssi;
    mutex_lock(&ssi->mutex);
    if (t->snapshot == NEVER_YET) {
        t->snapshot = atomic_load(&txn->txns->newest);
        t->number = ++ssi->number;
        t->number_before = 0; /* no writer is counted so far */
        t->possible_unsafe = 0;
        t->unsafe = false;
        t->sequence_before = NEVER_YET;
        atomic_store(&t->safe, false);
    }
    mutex_unlock(&ssi->mutex);
}

/* Behind the snapshot: what has committed by now may be seen by it. Writers with a snapshot of their own may have one
 * that is older; those without will have a younger one, and can do no harm. Those that ended in between are looked at
 * here. */
void ssi__after_snapshot(Txn *txn)
{
    Ssi *ssi = txn->txns->ssi;
    SsiTxn *t = txn->ssi;
    mutex_lock(&ssi->mutex);
    if (t->sequence_before == NEVER_YET) {
        t->sequence_before = ssi->sequence;
        t->number_before = ssi->number;
        for (SsiTxn *other = ssi->first; other && t->read_only; other = other->next) {
            if (other == t || other->read_only || other->number == NEVER_YET) continue;
            if (!other->ended)
                t->possible_unsafe++;
            else if (other->committed > t->snapshot && other->earliest_out <= t->sequence_before)
                t->unsafe = true;
        }
        atomic_store(&t->safe, t->read_only && t->possible_unsafe == 0 && !t->unsafe);
    }
    mutex_unlock(&ssi->mutex);
}

void ssi__xid(Txn *txn)
{
    Ssi *ssi = txn->txns->ssi;
    mutex_lock(&ssi->mutex);
    txn->ssi->xid = txn_xid(txn).v;
    mutex_unlock(&ssi->mutex);
}

/* A writer has ended: read-only transactions that ran beside it come nearer to being safe, or are not. */
static void tell_readers(Ssi *ssi, const SsiTxn *ended, bool committed)
{
    if (ended->read_only) return;
    for (SsiTxn *t = ssi->first; t; t = t->next) {
        if (t->ended || !t->read_only || t->possible_unsafe == 0 ||
            ended->number > t->number_before)
            continue;
        if (committed && ended->earliest_out <= t->sequence_before) t->unsafe = true;
        t->possible_unsafe--;
        if (t->possible_unsafe == 0 && !t->unsafe) atomic_store(&t->safe, true);
        if (t->waiting && (t->possible_unsafe == 0 || t->unsafe)) os_wake(t->waiting);
    }
}

void ssi__committed(Txn *txn, uint64_t number)
{
    Ssi *ssi = txn->txns->ssi;
    SsiTxn *t = txn->ssi;
    mutex_lock(&ssi->mutex);
    ASSERT(t->sequence != NEVER_YET);
    t->committed = number;
    t->ended_sequence = ++ssi->sequence;
    t->ended = true;
    t->txn = NULL;
    ssi->kept++;
    for (Edge *edge = t->ins; edge; edge = edge->in_next)
        edge->out->earliest_out = MIN(edge->out->earliest_out, t->sequence);
    tell_readers(ssi, t, true);
    clean(ssi);
    mutex_unlock(&ssi->mutex);
    txn->ssi = NULL;
}

void ssi__aborted(Txn *txn)
{
    Ssi *ssi = txn->txns->ssi;
    SsiTxn *t = txn->ssi;
    mutex_lock(&ssi->mutex);
    tell_readers(ssi, t, false);
    forget(ssi, t);
    clean(ssi);
    mutex_unlock(&ssi->mutex);
    txn->ssi = NULL;
}

/* ---- dangerous structures ---- */

static Status fail(Txn *txn, const char *reason)
{
    Status status =
        error_note(ST_SERIALIZATION, SQLSTATE_SERIALIZATION_FAILURE,
                   "could not serialize access due to read/write dependencies among transactions");
    error_detail(error_current(), "Reason code: %s.", reason);
    error_hint(error_current(), "The transaction might succeed if retried.");
    atomic_fetch_add(&txn->txns->serialization_failures, 1);
    return status;
}

static bool is_decided(const SsiTxn *t)
{
    return t->sequence != NEVER_YET;
}

/* Did they overlap? `t` runs, `other` may have committed. */
static bool overlaps(const SsiTxn *t, const SsiTxn *other)
{
    return !other->ended || other->committed > t->snapshot;
}

/* Would t1 -rw-> t2 -rw-> t3 with t3's commit at `sequence3` be dangerous? */
static bool is_dangerous(const SsiTxn *t1, const SsiTxn *t2, uint64_t sequence3)
{
    if (sequence3 == NEVER_YET) return false;
    if (t2->ended_sequence < sequence3) return false;
    if (t1->ended_sequence < sequence3) return false;
    return !t1->read_only || sequence3 <= t1->sequence_before;
}

/* reader -> writer -> somebody who committed first? */
static bool writer_is_pivot(const SsiTxn *reader, const SsiTxn *writer)
{
    if (is_dangerous(reader, writer, writer->earliest_out)) return true;
    for (const Edge *edge = writer->outs; edge; edge = edge->out_next)
        if (is_dangerous(reader, writer, edge->in->sequence)) return true;
    return false;
}

/* somebody -> reader -> something that committed with `sequence`, first of the three? */
static bool reader_is_pivot(const SsiTxn *reader, uint64_t sequence)
{
    if (sequence == NEVER_YET || reader->ended_sequence < sequence) return false;
    if (reader->summary_in) return true;
    for (const Edge *edge = reader->ins; edge; edge = edge->in_next)
        if (!edge->out->doomed && is_dangerous(edge->out, reader, sequence)) return true;
    return false;
}

/* `self` has read what `writer` changed. The mutex is held. */
static Status found_writer(SsiTxn *self, SsiTxn *writer)
{
    if (writer == self || writer->doomed || has_edge(self, writer)) return OK;
    TRY(edge_add(self, writer));
    if (reader_is_pivot(self, writer->sequence))
        return fail(self->txn,
                    "Canceled on identification as a pivot, during conflict out checking");
    if (!writer_is_pivot(self, writer)) return OK;
    if (is_decided(writer)) {
        char reason[64];
        (void)snprintf(reason, sizeof reason,
                       "Canceled on conflict out to pivot %" PRIu64 ", during read", writer->xid);
        return fail(self->txn, reason);
    }
    writer->doomed = true; /* the pivot still runs: it fails, and we may commit */
    return OK;
}

/* `self` changes what `reader` has read. The mutex is held. */
static Status found_reader(SsiTxn *self, SsiTxn *reader)
{
    static const char reason[] = "Canceled on identification as a pivot, during write";
    Ssi *ssi = self->ssi;
    if (reader == self || reader->doomed || !overlaps(self, reader)) return OK;
    if (reader == ssi->summary) {
        self->summary_in = true;
        return writer_is_pivot(reader, self) ? fail(self->txn, reason) : OK;
    }
    if (has_edge(reader, self)) return OK;
    TRY(edge_add(reader, self));
    return writer_is_pivot(reader, self) ? fail(self->txn, reason) : OK;
}

static Status doomed(const SsiTxn *t)
{
    return t->doomed
               ? fail(t->txn, "Canceled on identification as a pivot, during conflict out checking")
               : OK;
}

/* ---- reading ---- */

/* Does a range of the transaction's cover the whole tree? */
static bool has_whole_tree(Ssi *ssi, const SsiTxn *t, TreeId tree)
{
    for (const Read *read = *bucket_of(ssi, tree, (uint64_t)TREE_WIDE); read; read = read->next)
        if (read->owner == t && read->kind == READ_RANGE && read->tree.v == tree.v &&
            read->first == 0 && read->last == ROW_ID_MAX)
            return true;
    return false;
}

static Status add_range(Ssi *ssi, SsiTxn *t, TreeId tree, uint64_t first, uint64_t last)
{
    if (has_whole_tree(ssi, t, tree)) return OK;
    Read *read = read_new(ssi, READ_RANGE, tree, first, last, 0);
    if (!read) return ST_NO_MEMORY;
    read_link(ssi, t, read);
    return OK;
}

static Status add_row(Ssi *ssi, SsiTxn *t, TreeId tree, uint64_t row)
{
    uint64_t block = row >> READ_BLOCK_BITS, at = row & (READ_BLOCK_ROWS - 1);
    Read *read = *bucket_of(ssi, tree, block);
    while (read && (read->owner != t || read->kind != READ_BLOCK || read->tree.v != tree.v ||
                    read->first != block))
        read = read->next;
    if (!read) {
        if (t->block_count >= BLOCKS_MAX) return add_range(ssi, t, tree, 0, ROW_ID_MAX);
        read = read_new(ssi, READ_BLOCK, tree, block, block, 0);
        if (!read) return ST_NO_MEMORY;
        read_link(ssi, t, read);
        t->block_count++;
    }
    read->bits[at / 64] |= UINT64_C(1) << (at % 64);
    return OK;
}

static Status add_keys(Ssi *ssi, SsiTxn *t, TreeId tree, Bytes low, Bytes high)
{
    Read *read = read_new(ssi, READ_KEYS, tree, 0, 0, low.bytes + high.bytes);
    if (!read) return ST_NO_MEMORY;
    uint8_t *copy = (uint8_t *)(read + 1);
    if (low.bytes) memcpy(copy, low.data, low.bytes);
    if (high.bytes) memcpy(copy + low.bytes, high.data, high.bytes);
    read->low = (Bytes){copy, low.bytes};
    read->high = (Bytes){copy + low.bytes, high.bytes};
    read_link(ssi, t, read);
    return OK;
}

static inline bool is_tracked(const Txn *txn)
{
    return txn->ssi && !atomic_load_explicit(&txn->ssi->safe, memory_order_relaxed);
}

Status ssi_read_row(Txn *txn, TreeId tree, RowId row)
{
    if (!is_tracked(txn)) return OK;
    Ssi *ssi = txn->txns->ssi;
    mutex_lock(&ssi->mutex);
    Status status = doomed(txn->ssi);
    if (status == OK) status = add_row(ssi, txn->ssi, tree, row.v);
    mutex_unlock(&ssi->mutex);
    return status;
}

Status ssi_read_rows(Txn *txn, TreeId tree, RowId first, RowId last)
{
    if (!is_tracked(txn)) return OK;
    Ssi *ssi = txn->txns->ssi;
    mutex_lock(&ssi->mutex);
    Status status = doomed(txn->ssi);
    if (status == OK) status = add_range(ssi, txn->ssi, tree, first.v, last.v);
    mutex_unlock(&ssi->mutex);
    return status;
}

Status ssi_read_keys(Txn *txn, TreeId tree, Bytes low, Bytes high)
{
    if (!is_tracked(txn)) return OK;
    Ssi *ssi = txn->txns->ssi;
    mutex_lock(&ssi->mutex);
    Status status = doomed(txn->ssi);
    if (status == OK) status = add_keys(ssi, txn->ssi, tree, low, high);
    mutex_unlock(&ssi->mutex);
    return status;
}

/* A writer that is not known was not serializable, or has been summarised. */
static Status found_unknown(Ssi *ssi, SsiTxn *self, Xid writer)
{
    if (writer.v > ssi->summary_xid_most || ssi->summary->committed <= self->snapshot) return OK;
    self->earliest_out = MIN(self->earliest_out, ssi->summary_least);
    if (ssi->summary->earliest_out != NEVER_YET)
        return fail(self->txn, "Canceled on conflict out to old pivot");
    if (!reader_is_pivot(self, ssi->summary_least)) return OK;
    char reason[128];
    (void)snprintf(
        reason, sizeof reason,
        "Canceled on identification as a pivot, with conflict out to old committed transaction %" PRIu64,
        writer.v);
    return fail(self->txn, reason);
}

Status ssi_read_overwritten(Txn *txn, Xid writer)
{
    if (!is_tracked(txn)) return OK;
    Ssi *ssi = txn->txns->ssi;
    mutex_lock(&ssi->mutex);
    Status status = doomed(txn->ssi);
    SsiTxn *other = ssi->last;
    while (other && other->xid != writer.v) other = other->previous;
    if (status == OK)
        status = other ? found_writer(txn->ssi, other) : found_unknown(ssi, txn->ssi, writer);
    mutex_unlock(&ssi->mutex);
    return status;
}

/* ---- writing ---- */

static int bytes_compare(Bytes a, Bytes b)
{
    return str_compare((Str){(const char *)a.data, a.bytes}, (Str){(const char *)b.data, b.bytes});
}

Status ssi_write_row(Txn *txn, TreeId tree, RowId row)
{
    if (!txn->ssi) return OK;
    Ssi *ssi = txn->txns->ssi;
    uint64_t block = row.v >> READ_BLOCK_BITS, at = row.v & (READ_BLOCK_ROWS - 1);
    mutex_lock(&ssi->mutex);
    Status status = doomed(txn->ssi);
    for (const Read *read = *bucket_of(ssi, tree, block); read && status == OK; read = read->next)
        if (read->kind == READ_BLOCK && read->tree.v == tree.v && read->first == block &&
            ((read->bits[at / 64] >> (at % 64)) & 1))
            status = found_reader(txn->ssi, read->owner);
    for (const Read *read = *bucket_of(ssi, tree, (uint64_t)TREE_WIDE); read && status == OK;
         read = read->next)
        if (read->tree.v == tree.v &&
            (read->kind == READ_TREE ||
             (read->kind == READ_RANGE && read->first <= row.v && row.v <= read->last)))
            status = found_reader(txn->ssi, read->owner);
    mutex_unlock(&ssi->mutex);
    return status;
}

Status ssi_write_key(Txn *txn, TreeId tree, Bytes key)
{
    if (!txn->ssi) return OK;
    Ssi *ssi = txn->txns->ssi;
    mutex_lock(&ssi->mutex);
    Status status = doomed(txn->ssi);
    for (const Read *read = *bucket_of(ssi, tree, (uint64_t)TREE_WIDE); read && status == OK;
         read = read->next)
        if (read->tree.v == tree.v &&
            (read->kind == READ_TREE ||
             (read->kind == READ_KEYS && bytes_compare(read->low, key) <= 0 &&
              bytes_compare(key, read->high) <= 0)))
            status = found_reader(txn->ssi, read->owner);
    mutex_unlock(&ssi->mutex);
    return status;
}

/* ---- committing ---- */

/* `self` commits now, before those who read what it changed: such a pivot is doomed; when that one is decided already,
 * `self` has to fail. */
static Status doom_pivots(SsiTxn *self)
{
    for (const Edge *edge = self->ins; edge; edge = edge->in_next) {
        SsiTxn *pivot = edge->out;
        if (pivot->doomed || !reader_is_pivot(pivot, self->sequence)) continue;
        if (is_decided(pivot))
            return fail(self->txn,
                        "Canceled on commit attempt with conflict in from prepared pivot");
        pivot->doomed = true;
    }
    return OK;
}

Status ssi_check_commit(Txn *txn)
{
    SsiTxn *t = txn->ssi;
    if (!t) return OK;
    Ssi *ssi = txn->txns->ssi;
    Status status;
    mutex_lock(&ssi->mutex);
    if (t->doomed) {
        status = fail(txn, "Canceled on identification as a pivot, during commit attempt");
    } else {
        t->sequence = ++ssi->sequence;
        status = doom_pivots(t);
        if (status != OK) t->sequence = NEVER_YET;
    }
    mutex_unlock(&ssi->mutex);
    return status;
}

/* ---- prepared ones: their reads in the PREPARE record ----
 *
 *   bytes  a read
 *       1  ReadKind      8  tree
 *          READ_BLOCK: block (8), a bit a row (64)      READ_RANGE: first and last row (8, 8)
 *          READ_KEYS: lengths of low and high (4, 4), and those      READ_TREE: nothing more
 *
 * Before them one byte, so that a serializable transaction without reads is told from one that is not. When they would
 * be too many for a record, whole trees stand for them. */

enum { READ_HEAD_BYTES = 9, READS_BYTES_MAX = 128 << 10, READ_TREES_MAX = 512 };

typedef struct ReadPacker {
    void (*put)(void *arg, const void *data, size_t bytes);
    void *arg;
} ReadPacker;

static void put_number(const ReadPacker *packer, uint64_t number, size_t bytes)
{
    uint8_t out[8];
    store_le64(out, number);
    packer->put(packer->arg, out, bytes);
}

static size_t read_bytes(const Read *read)
{
    switch (read->kind) {
    case READ_BLOCK: return READ_HEAD_BYTES + 8 + sizeof read->bits;
    case READ_RANGE: return READ_HEAD_BYTES + 16;
    case READ_KEYS: return READ_HEAD_BYTES + 8 + read->low.bytes + read->high.bytes;
    case READ_TREE: return READ_HEAD_BYTES;
    }
    return 0;
}

static void pack_read(const ReadPacker *packer, const Read *read, bool whole)
{
    ReadKind kind = whole ? READ_TREE : read->kind;
    put_number(packer, kind, 1);
    put_number(packer, read->tree.v, 8);
    switch (kind) {
    case READ_BLOCK:
        put_number(packer, read->first, 8);
        packer->put(packer->arg, read->bits, sizeof read->bits);
        return;
    case READ_RANGE:
        put_number(packer, read->first, 8);
        put_number(packer, read->last, 8);
        return;
    case READ_KEYS:
        put_number(packer, read->low.bytes, 4);
        put_number(packer, read->high.bytes, 4);
        packer->put(packer->arg, read->low.data, read->low.bytes);
        packer->put(packer->arg, read->high.data, read->high.bytes);
        return;
    case READ_TREE: return;
    }
}

static Status pack_trees(const ReadPacker *packer, const SsiTxn *t)
{
    uint64_t seen[READ_TREES_MAX];
    uint32_t count = 0;
    MARK("a prepared transaction's reads are kept as whole trees");
    for (const Read *read = t->reads; read; read = read->owner_next) {
        uint32_t at = 0;
        while (at < count && seen[at] != read->tree.v) at++;
        if (at < count) continue;
        if (count == READ_TREES_MAX)
            return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                              "a serializable transaction that has read more than %d tables and "
                              "indexes cannot be prepared",
                              READ_TREES_MAX);
        seen[count++] = read->tree.v;
        pack_read(packer, read, true);
    }
    return OK;
}

Status ssi__pack(const Txn *txn, void (*put)(void *arg, const void *data, size_t bytes), void *arg)
{
    const ReadPacker packer = {put, arg};
    const SsiTxn *t = txn->ssi;
    size_t bytes = 0;
    Status status = OK;
    if (!t) return OK;
    put_number(&packer, 1, 1);
    mutex_lock(&t->ssi->mutex);
    for (const Read *read = t->reads; read && bytes <= READS_BYTES_MAX; read = read->owner_next)
        bytes += read_bytes(read);
    if (bytes > READS_BYTES_MAX)
        status = pack_trees(&packer, t);
    else
        for (const Read *read = t->reads; read; read = read->owner_next)
            pack_read(&packer, read, false);
    mutex_unlock(&t->ssi->mutex);
    return status;
}

/* One packed read; how long it was, 0: malformed. */
static size_t read_take(const uint8_t *p, size_t left, Read *read)
{
    if (left < READ_HEAD_BYTES) return 0;
    *read = (Read){.kind = (ReadKind)p[0], .tree = {load_le64(p + 1)}};
    p += READ_HEAD_BYTES;
    if (read->kind == READ_BLOCK && left >= read_bytes(read)) {
        read->first = read->last = load_le64(p);
        memcpy(read->bits, p + 8, sizeof read->bits);
    } else if (read->kind == READ_RANGE && left >= read_bytes(read)) {
        read->first = load_le64(p);
        read->last = load_le64(p + 8);
    } else if (read->kind == READ_KEYS && left >= read_bytes(read)) {
        read->low = (Bytes){p + 8, load_le32(p)};
        read->high = (Bytes){p + 8 + read->low.bytes, load_le32(p + 4)};
    } else if (read->kind != READ_TREE) {
        return 0;
    }
    return left >= read_bytes(read) ? read_bytes(read) : 0;
}

static Status read_again(Ssi *ssi, SsiTxn *t, const Read *packed)
{
    if (packed->kind == READ_KEYS) return add_keys(ssi, t, packed->tree, packed->low, packed->high);
    Read *read = read_new(ssi, packed->kind, packed->tree, packed->first, packed->last, 0);
    if (!read) return ST_NO_MEMORY;
    memcpy(read->bits, packed->bits, sizeof read->bits);
    read_link(ssi, t, read);
    return OK;
}

/* Who it had edges to is not known any more: it is taken for one that both reads and writes tie to committed ones. */
Status ssi__recover(Txn *txn, Bytes packed)
{
    if (packed.bytes == 0) return OK;
    TRY(ssi__begin(txn));
    Ssi *ssi = txn->txns->ssi;
    SsiTxn *t = txn->ssi;
    Status status = OK;
    mutex_lock(&ssi->mutex);
    t->xid = txn_xid(txn).v;
    t->snapshot = atomic_load(&txn->txns->newest);
    t->earliest_out = ssi->sequence;
    t->sequence_before = ssi->sequence;
    t->number = ++ssi->number;
    t->sequence = ++ssi->sequence;
    t->summary_in = true;
    for (size_t at = 1; at < packed.bytes && status == OK;) {
        Read read;
        size_t bytes = read_take(packed.data + at, packed.bytes - at, &read);
        status = bytes != 0 ? read_again(ssi, t, &read) : ST_CORRUPT;
        at += bytes;
    }
    mutex_unlock(&ssi->mutex);
    return status;
}

/* ---- safe snapshots ---- */

bool ssi_is_safe(const Txn *txn)
{
    return txn->ssi && atomic_load(&txn->ssi->safe);
}

/* Waits until the snapshot is known to be safe (OK) or not (ST_CHANGED). */
static Status wait_until_known(Ssi *ssi, SsiTxn *t)
{
    for (;;) {
        mutex_lock(&ssi->mutex);
        bool known = t->possible_unsafe == 0 || t->unsafe, unsafe = t->unsafe;
        t->waiting = known ? NULL : task_self();
        mutex_unlock(&ssi->mutex);
        if (known) return unsafe ? ST_CHANGED : OK;
        Status status = os_wait(WAIT_SAFE_SNAPSHOT, DEADLINE_NEVER);
        if (status == OK) continue;
        mutex_lock(&ssi->mutex);
        t->waiting = NULL;
        mutex_unlock(&ssi->mutex);
        return status;
    }
}

Status ssi_safe_snapshot(Txn *txn, Snapshot *snapshot)
{
    SsiTxn *t = txn->ssi;
    for (;;) {
        TRY(txn_snapshot(txn, snapshot));
        if (!t || !txn->read_only || !txn->deferrable) return OK;
        Status status = wait_until_known(txn->txns->ssi, t);
        if (status == OK) {
            ASSERT(ssi_is_safe(txn));
            return OK;
        }
        txn_snapshot_release(snapshot);
        if (status != ST_CHANGED) return status;
        MARK("a deferrable transaction takes another snapshot");
        mutex_lock(&t->ssi->mutex);
        t->snapshot = NEVER_YET;
        mutex_unlock(&t->ssi->mutex);
    }
}
