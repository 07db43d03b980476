/* SPDX-License-Identifier: Apache-2.0 */
/* txn_snapshot.c - taking, registering, copying and exporting snapshots; how far purge may go.
 *
 * A snapshot is three numbers read without a lock and published in a cell of the session's slot. Whoever wants to
 * forget something looks at all cells; the gate makes that safe (docs/traps.md F15):
 *
 *     snapshot   g = scans; read oldest, newest, next; publish; scans still g? else again
 *     scanner    n = newest, o = oldest; scans += 1; look at every cell
 *
 * A snapshot the scanner did not see has published after the scanner looked at its cell, so it found the gate moved, or
 * read it when it had moved already: then its numbers were read after n and o, and are not below them.
 *
 * (S1) oldest is read before newest, newest before next: every xid below xmin has ended with a number at or below the
 *      snapshot's, and every number at or below it belongs to an xid below xmax
 * (S2) copies and imports publish under the scan lock, since their numbers are old: no scan may pass between the
 *      original's cell and theirs
 * (S3) a cell is lost only while its transaction rests, which uses none of its snapshots until it is awake, and then
 * asks
 *      for each that it took before (txn_snapshot_check) */
#include "txn/txn_internal.h"

#include "base/error.h"

static SnapshotCell *cell_in(SnapshotCell *cells, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (atomic_load_explicit(&cells[i].number, memory_order_relaxed) == 0) return &cells[i];
    return NULL;
}

/* A free cell of the session; only its own task takes and frees them. NULL: out of memory. */
static SnapshotCell *cell_find(Txns *txns, SessionSlot *slot)
{
    SnapshotCell *cell = cell_in(slot->cells, CELLS_INLINE);
    if (LIKELY(cell != NULL)) return cell;
    _Atomic(CellChunk *) *link = &slot->more;
    CellChunk *chunk;
    while ((chunk = atomic_load_explicit(link, memory_order_relaxed)) != NULL) {
        cell = cell_in(chunk->cells, CELLS_CHUNK);
        if (cell) return cell;
        link = &chunk->next;
    }
    chunk = heap_try_alloc(txns->heap, sizeof *chunk);
    if (!chunk) return NULL;
    atomic_store_explicit(link, chunk, memory_order_release);
    return &chunk->cells[0];
}

static void publish(SnapshotCell *cell, const Snapshot *snapshot)
{
    atomic_store_explicit(&cell->xmin, snapshot->xmin.v, memory_order_relaxed);
    atomic_store_explicit(&cell->xmax, snapshot->xmax.v, memory_order_relaxed);
    atomic_store(&cell->number, snapshot->number.v + 1);
}

static void own_positions(Txn *txn, Snapshot *snapshot)
{
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) snapshot->own_position[c] = txn__chain_end(txn, c);
}

static void enlist(Txn *txn, Snapshot *snapshot, SnapshotCell *cell)
{
    snapshot->exported = false; /* nothing of what the caller's memory held is trusted */
    snapshot->cell = cell;
    snapshot->txn = txn;
    snapshot->own = txn_xid(txn);
    snapshot->next = txn->snapshots;
    txn->snapshots = snapshot;
}

Status txn_snapshot(Txn *txn, Snapshot *snapshot)
{
    Txns *txns = txn->txns;
    ASSERT(txn->state == TXN_ACTIVE);
    ASSERT(txn->session != SESSION_NONE);
    SnapshotCell *cell = cell_find(txns, &txns->slots[txn->session]);
    if (UNLIKELY(!cell)) return ST_NO_MEMORY;
    if (txn->ssi) ssi__before_snapshot(txn);
    uint64_t gate = atomic_load(&txns->scans);
    for (;;) {
        snapshot->xmin.v = atomic_load(&txns->oldest);
        snapshot->number.v = atomic_load(&txns->newest);
        snapshot->xmax.v = atomic_load(&txns->next);
        os_yield_point();
        publish(cell, snapshot);
        uint64_t now = atomic_load(&txns->scans);
        if (LIKELY(now == gate)) break;
        MARK("a scan ran while a snapshot was taken");
        gate = now;
    }
    ASSERT(snapshot->xmin.v <= snapshot->xmax.v);
    if (txn->ssi) ssi__after_snapshot(txn);
    own_positions(txn, snapshot);
    enlist(txn, snapshot, cell);
    return OK;
}

void txn_snapshot_refresh_own(Txn *txn, Snapshot *snapshot)
{
    ASSERT(snapshot->txn == txn);
    own_positions(txn, snapshot);
}

static Status register_as(Txn *txn, Snapshot *copy, const Snapshot *original)
{
    Txns *txns = txn->txns;
    SnapshotCell *cell = cell_find(txns, &txns->slots[txn->session]);
    if (!cell) return ST_NO_MEMORY;
    TRY(txn_snapshot_check(original));
    ASSERT(atomic_load(&original->cell->number) == original->number.v + 1);
    copy->number = original->number;
    copy->xmin = original->xmin;
    copy->xmax = original->xmax;
    mutex_lock(&txns->scan);
    publish(cell, copy);
    mutex_unlock(&txns->scan);
    enlist(txn, copy, cell);
    return OK;
}

Status txn_snapshot_copy(Snapshot *copy, const Snapshot *snapshot)
{
    TRY(register_as(snapshot->txn, copy, snapshot));
    memcpy(copy->own_position, snapshot->own_position, sizeof copy->own_position);
    return OK;
}

static void exports_remove(Txns *txns, const Snapshot *snapshot)
{
    mutex_lock(&txns->table);
    for (Export **link = &txns->exports; *link;) {
        Export *export = *link;
        if (export->snapshot == snapshot) {
            *link = export->next;
            heap_free(txns->heap, export);
        } else {
            link = &export->next;
        }
    }
    mutex_unlock(&txns->table);
}

void txn_snapshot_release(Snapshot *snapshot)
{
    Txn *txn = snapshot->txn;
    Snapshot **link = &txn->snapshots;
    while (*link != snapshot) {
        ASSERT(*link);
        link = &(*link)->next;
    }
    *link = snapshot->next;
    if (UNLIKELY(snapshot->exported)) exports_remove(txn->txns, snapshot);
    atomic_store_explicit(&snapshot->cell->number, 0, memory_order_release);
    snapshot->cell = NULL;
    snapshot->txn = NULL;
}

/* ---- resting ---- */

static void cells_lose(SnapshotCell *cells, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (atomic_load(&cells[i].number) != 0) atomic_fetch_or(&cells[i].number, CELL_LOST);
}

void txn__snapshots_lose(SessionSlot *slot)
{
    uint32_t resting = REST_RESTING;
    if (!atomic_compare_exchange_strong(&slot->rest, &resting, REST_LOST)) return;
    MARK("a transaction that rests loses its snapshots");
    cells_lose(slot->cells, CELLS_INLINE);
    for (CellChunk *chunk = atomic_load(&slot->more); chunk; chunk = atomic_load(&chunk->next))
        cells_lose(chunk->cells, CELLS_CHUNK);
}

void txn_rest(Txn *txn)
{
    ASSERT(txn->session != SESSION_NONE);
    if (txn->snapshots)
        atomic_store_explicit(&txn->txns->slots[txn->session].rest, REST_RESTING,
                              memory_order_release);
}

void txn_wake(Txn *txn)
{
    SessionSlot *slot = &txn->txns->slots[txn->session];
    if (atomic_load_explicit(&slot->rest, memory_order_relaxed) == REST_AWAKE) return;
    if (atomic_exchange(&slot->rest, REST_AWAKE) != REST_LOST) return;
    /* who takes them away has the lock until it is done with all */
    mutex_lock(&txn->txns->table);
    mutex_unlock(&txn->txns->table);
}

Status txn_snapshot_check(const Snapshot *snapshot)
{
    if (LIKELY(!(atomic_load_explicit(&snapshot->cell->number, memory_order_relaxed) & CELL_LOST)))
        return OK;
    return error_note(ST_SNAPSHOT_TOO_OLD, SQLSTATE_SNAPSHOT_TOO_OLD, "snapshot too old");
}

/* ---- export ---- */

Status txn_snapshot_export(Snapshot *snapshot, Arena *arena, Str *text)
{
    enum { TEXT_BYTES = 64 };
    Txns *txns = snapshot->txn->txns;
    char *chars = arena_try_alloc(arena, TEXT_BYTES);
    Export *export = heap_try_alloc(txns->heap, sizeof *export);
    if (!chars || !export) {
        heap_free(txns->heap, export);
        return ST_NO_MEMORY;
    }
    mutex_lock(&txns->table);
    export->serial = ++txns->export_serial;
    export->snapshot = snapshot;
    export->next = txns->exports;
    txns->exports = export;
    mutex_unlock(&txns->table);
    snapshot->exported = true;
    int bytes = snprintf(chars, TEXT_BYTES, "%08X-%08" PRIX64 "-1", snapshot->txn->session + 1,
                         export->serial);
    *text = (Str){chars, (size_t)bytes};
    return OK;
}

static bool export_text_parse(Str text, uint32_t *session, uint64_t *serial)
{
    uint64_t first, end;
    size_t dash;
    if (!str_find_char(text, '-', &dash) || dash != 8 || !str_ends(text, STR("-1"))) return false;
    if (text.bytes < dash + 1 + 8 + 2) return false;
    if (!str_to_u64(str_slice(text, 0, dash), 16, &first) || first == 0 || first > UINT32_MAX)
        return false;
    if (!str_to_u64(str_slice(text, dash + 1, text.bytes - 2), 16, &end)) return false;
    *session = (uint32_t)first - 1;
    *serial = end;
    return true;
}

Status txn_snapshot_import(Txn *txn, Str text, Snapshot *snapshot)
{
    Txns *txns = txn->txns;
    uint32_t session;
    uint64_t serial;
    if (!export_text_parse(text, &session, &serial)) return ST_INVALID;
    /* While the list is locked the exporter cannot release its snapshot. */
    mutex_lock(&txns->table);
    Export *export = txns->exports;
    while (export && (export->serial != serial || export->snapshot->txn->session != session))
        export = export->next;
    Status status = !export ? ST_NOT_FOUND
                    : export->snapshot->txn->space.v != txn->space.v
                        ? ST_INVALID
                        : register_as(txn, snapshot, export->snapshot);
    mutex_unlock(&txns->table);
    if (status == OK) own_positions(txn, snapshot);
    return status;
}

/* ---- scanning ---- */

typedef struct Scan {
    ScanResult result;
    void (*visit)(void *arg, uint64_t number, uint64_t xmin, uint64_t xmax);
    void *arg;
} Scan;

static void scan_cell(Scan *scan, SnapshotCell *cell)
{
    os_yield_point();
    uint64_t number = cell_number(cell);
    if (number == 0) return;
    uint64_t xmin = atomic_load(&cell->xmin), xmax = atomic_load(&cell->xmax);
    /* Taken anew while we looked: then it has read the moved gate, or will take itself again. The numbers seen may be
     * mixed from both, and both are covered by a window from the lesser to the greater. */
    uint64_t again = cell_number(cell);
    if (again != number) return;
    number--;
    scan->result.number = MIN(scan->result.number, number);
    scan->result.xmin = MIN(scan->result.xmin, xmin);
    if (scan->visit) scan->visit(scan->arg, number, xmin, xmax);
}

ScanResult txn__scan(Txns *txns,
                     void (*visit)(void *arg, uint64_t number, uint64_t xmin, uint64_t xmax),
                     void *arg)
{
    Scan scan = {.visit = visit, .arg = arg};
    scan.result.xmin = atomic_load(&txns->oldest);
    scan.result.number = atomic_load(&txns->newest);
    atomic_fetch_add(&txns->scans, 1);
    for (uint32_t i = 0; i < txns->options.sessions_max; i++) {
        SessionSlot *slot = &txns->slots[i];
        if (!atomic_load_explicit(&slot->taken, memory_order_acquire)) continue;
        for (uint32_t k = 0; k < CELLS_INLINE; k++) scan_cell(&scan, &slot->cells[k]);
        for (CellChunk *chunk = atomic_load_explicit(&slot->more, memory_order_acquire); chunk;
             chunk = atomic_load_explicit(&chunk->next, memory_order_acquire))
            for (uint32_t k = 0; k < CELLS_CHUNK; k++) scan_cell(&scan, &chunk->cells[k]);
    }
    return scan.result;
}

static void take_least(const SnapshotCell *cell, uint64_t *least)
{
    if (cell_number(cell) == 0) return;
    const uint64_t xmin = atomic_load(&cell->xmin);
    if (*least == 0 || xmin < *least) *least = xmin;
}

Xid txn_session_xmin(Txns *txns, uint32_t session)
{
    uint64_t least = 0;
    SessionSlot *slot = &txns->slots[session];
    for (uint32_t k = 0; k < CELLS_INLINE; k++) take_least(&slot->cells[k], &least);
    for (CellChunk *chunk = atomic_load_explicit(&slot->more, memory_order_acquire); chunk;
         chunk = atomic_load_explicit(&chunk->next, memory_order_acquire))
        for (uint32_t k = 0; k < CELLS_CHUNK; k++) take_least(&chunk->cells[k], &least);
    return (Xid){least};
}

static void raise_to(_Atomic uint64_t *at, uint64_t value)
{
    if (atomic_load(at) < value) atomic_store(at, value);
}

CommitNumber txn_purge_horizon(Txns *txns, UndoClass class_)
{
    return (CommitNumber){atomic_load_explicit(&txns->horizon[class_], memory_order_acquire)};
}

CommitNumber txn_purge_horizon_advance(Txns *txns, UndoClass class_)
{
    mutex_lock(&txns->scan);
    ScanResult result = txn__scan(txns, NULL, NULL);
    raise_to(&txns->horizon[class_], result.number);
    raise_to(&txns->horizon[UNDO_DATA], result.number);
    raise_to(&txns->visible, result.xmin);
    mutex_unlock(&txns->scan);
    return txn_purge_horizon(txns, class_);
}

/* ---- describing ---- */

Status txn_snapshot_describe(const Snapshot *snapshot, Arena *arena, Xid *xmin, Xid *xmax,
                             Xid **running, uint32_t *count)
{
    Txns *txns = snapshot->txn->txns;
    uint64_t low = snapshot->xmin.v, high = snapshot->xmax.v;
    *xmin = *xmax = (Xid){high};
    *count = 0;
    *running = NULL;
    for (uint64_t pass = 0; pass < 2; pass++) {
        uint32_t found = 0;
        for (uint64_t v = low; v < high; v++) {
            uint64_t word = txn__word(txns, (Xid){v});
            RingState state = ring_word_state(word);
            if (v != snapshot->own.v) {
                if (state == RING_ABORTED || state == RING_NONE) continue;
                if (state == RING_COMMITTED && ring_word_number(word) <= snapshot->number.v)
                    continue;
            }
            if (pass == 1 && found < *count) (*running)[found] = (Xid){v};
            found++;
        }
        if (pass == 1) break;
        *count = found;
        *running = arena_try_alloc(arena, MAX(found, 1) * sizeof **running);
        if (!*running) return ST_NO_MEMORY;
    }
    if (*count) *xmin = (*running)[0];
    return OK;
}
