/* SPDX-License-Identifier: Apache-2.0 */
/* index_scan.c - reading entries under a snapshot: ranges in both directions, many keys at once.
 *
 * A scan's position is a key, never a page: it goes on by a fresh descent at the leaf's fence (docs/traps.md C22).
 * Under the leaf's latch entries are judged by what they say themselves and copied aside; those that cannot answer are
 * asked at the row afterwards, with nothing latched: is there a version that the snapshot sees, and has it this key
 * (C11)?
 *
 * SERIALIZABLE: what is read of a leaf is remembered while it is latched, gaps included, up to where the reading ended;
 * whoever changes it later asks after his change, whoever has before is met here as an invisible xid. */
#include "table/index.h"

#include "base/error.h"
#include "table/index_internal.h"
#include "txn/ssi.h"

/* What every way of reading shares. */
typedef struct Reader {
    Index *index;
    const Snapshot *snapshot;
    IndexRecheck recheck; /* make NULL: undecided hits are the caller's to decide */
    Arena *arena;         /* keys, payloads, values asked of rows */
    Datum *datums;
} Reader;

struct IndexScan {
    Reader reader;
    bool backward, done, open; /* open: backward from the very end */
    EntryKey next;             /* forward: the first key wanted; backward: all below it */
    EntryKey bound; /* forward: the first key not wanted; backward: the last one wanted */
    bool bounded;
};

static Status no_memory(void)
{
    return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

static void key_copy(EntryKey *copy, Bytes key)
{
    ASSERT(key.bytes <= ENTRY_KEY_BYTES_MAX);
    if (key.bytes) memcpy(copy->data, key.data, key.bytes);
    copy->bytes = (Bytes){copy->data, key.bytes};
}

/* ---- judging ---- */

typedef enum EntryState { ENTRY_DEAD, ENTRY_LIVE, ENTRY_UNDECIDED } EntryState;

static inline EntryState entry_state(const Snapshot *snapshot, EntryHead head)
{
    bool own = head.xid.v == snapshot->own.v && head.xid.v != 0;
    if (own || !txn_sees(snapshot, head.xid)) return ENTRY_UNDECIDED;
    return head.flags & ENTRY_MARKED ? ENTRY_DEAD : ENTRY_LIVE;
}

/* No entry of the page was changed by anybody whom the snapshot might not see. */
static bool page_is_settled(const Snapshot *snapshot, const void *page)
{
    return index_leaf_newest_xid(page).v < snapshot->xmin.v && index_leaf_marked_count(page) == 0;
}

/* Copies the entry aside when it may be one that the snapshot sees; *taken says so. */
static inline Status entry_take(const Reader *reader, const void *page, uint32_t slot, bool settled,
                                IndexHit *hit, bool *taken)
{
    *taken = false;
    EntryState state = ENTRY_LIVE;
    if (!settled) {
        EntryHead head = index_leaf_head(page, slot);
        state = entry_state(reader->snapshot, head);
        if (state == ENTRY_DEAD) return OK;
        if (state == ENTRY_UNDECIDED && head.xid.v != reader->snapshot->own.v)
            TRY(ssi_read_overwritten(reader->snapshot->txn, head.xid));
    }
    Bytes payload = index_leaf_payload(page, slot);
    uint8_t *copy = arena_try_alloc(reader->arena,
                                    index_leaf_key_bytes(page, slot) + payload.bytes);
    if (UNLIKELY(!copy)) return no_memory();
    Bytes key = index_leaf_key(page, slot, copy);
    if (payload.bytes) memcpy(copy + key.bytes, payload.data, payload.bytes);
    *hit = (IndexHit){.row = index__key_row(key),
                      .key = index__key_own(key),
                      .payload = {copy + key.bytes, payload.bytes},
                      .decided = state == ENTRY_LIVE};
    *taken = true;
    return OK;
}

/* Asks the row. *keep: the snapshot sees a version with the entry's key. */
static Status hit_decide(const Reader *reader, IndexHit *hit, bool *keep)
{
    IndexKey made;
    *keep = false;
    Status status = table_fetch(reader->index->table, reader->snapshot, hit->row,
                                reader->recheck.projection, reader->arena, reader->datums);
    if (status == ST_NOT_FOUND) return OK;
    TRY(status);
    if (!reader->recheck.make(reader->recheck.arg, reader->datums, reader->arena, &made)) return OK;
    if (index__compare(made.key, hit->key) != 0) return OK;
    hit->payload = made.payload;
    *keep = true;
    return OK;
}

/* Decides the hits [from, *count) that are not, and closes the gaps; `key_of` may be NULL. */
static Status hits_decide(const Reader *reader, IndexHit *hits, uint32_t *key_of, uint32_t from,
                          uint32_t *count)
{
    uint32_t kept = from;
    if (!reader->recheck.make) return OK;
    for (uint32_t i = from; i < *count; i++) {
        bool keep = true;
        if (!hits[i].decided) TRY(hit_decide(reader, &hits[i], &keep));
        if (!keep) continue;
        hits[kept] = hits[i];
        if (key_of) key_of[kept] = key_of[i];
        kept++;
    }
    *count = kept;
    return OK;
}

static Status reader_init(Reader *reader, Index *index, const Snapshot *snapshot,
                          const IndexRecheck *recheck, Arena *arena)
{
    *reader = (Reader){.index = index, .snapshot = snapshot, .arena = arena};
    if (!recheck) return OK;
    reader->recheck = *recheck;
    reader->datums = arena_try_alloc_zero(arena, (recheck->projection.count + 1) * sizeof(Datum));
    return reader->datums ? OK : no_memory();
}

/* Remembers for SERIALIZABLE that everything between was read; high.data NULL: to the end. */
static Status remember(const Reader *reader, Bytes low, Bytes high)
{
    static const uint8_t above_all[] = {0xff}; /* keys begin with the marker of a column */
    if (high.data == NULL) high = (Bytes){above_all, sizeof above_all};
    return ssi_read_keys(reader->snapshot->txn, reader->index->id, low, high);
}

/* ---- ranges ---- */

/* The least string above all that begin with `prefix`, in `buffer`; data NULL: there is none. */
static Bytes behind_all(Bytes prefix, uint8_t *buffer)
{
    size_t bytes = prefix.bytes;
    while (bytes > 0 && prefix.data[bytes - 1] == 0xff) bytes--;
    if (bytes == 0) return (Bytes){0};
    memmove(buffer, prefix.data, bytes);
    buffer[bytes - 1]++;
    return (Bytes){buffer, bytes};
}

/* A range as keys [low, high) of the tree; high.data NULL: open. */
typedef struct KeySpan {
    Bytes low, high;
    bool empty;
} KeySpan;

static KeySpan range_span(const IndexRange *range, uint8_t *low_buffer, uint8_t *high_buffer)
{
    KeySpan span = {.low = {(const uint8_t *)"", 0}};
    if (range->low.bytes) {
        span.low = range->low_exclusive ? behind_all(range->low, low_buffer) : range->low;
        span.empty = span.low.data == NULL;
    }
    if (range->high.bytes)
        span.high = range->high_exclusive ? range->high : behind_all(range->high, high_buffer);
    if (!span.empty && span.high.data && index__compare(span.low, span.high) >= 0)
        span.empty = true;
    return span;
}

Status index_scan_reset(IndexScan *scan, const IndexRange *range)
{
    uint8_t low[ENTRY_KEY_BYTES_MAX], high[ENTRY_KEY_BYTES_MAX];
    ASSERT(range->low.bytes <= INDEX_KEY_BYTES_MAX && range->high.bytes <= INDEX_KEY_BYTES_MAX);
    KeySpan span = range_span(range, low, high);
    scan->done = span.empty;
    scan->backward = range->backward;
    scan->open = range->backward && span.high.data == NULL;
    scan->bounded = range->backward ? span.low.bytes > 0 : span.high.data != NULL;
    if (span.empty) return OK;
    key_copy(&scan->next, range->backward ? span.high : span.low);
    key_copy(&scan->bound, range->backward ? span.low : span.high);
    return OK;
}

Status index_scan_open(Index *index, const Snapshot *snapshot, const IndexRange *range,
                       const IndexRecheck *recheck, Arena *arena, IndexScan **opened)
{
    IndexScan *scan = arena_try_alloc(arena, sizeof *scan);
    if (!scan) return no_memory();
    TRY(reader_init(&scan->reader, index, snapshot, recheck, arena));
    scan->reader.arena = arena_try_new_child(arena, "index scan");
    if (!scan->reader.arena) return no_memory();
    *opened = scan;
    return index_scan_reset(scan, range);
}

void index_scan_close(IndexScan *scan)
{
    arena_drop(scan->reader.arena);
}

/* The slots [*from, *to) of the leaf that the scan still wants, and whether they are its last. */
static void leaf_slots(const IndexScan *scan, const void *page, uint32_t *from, uint32_t *to,
                       bool *last)
{
    Bytes low, high;
    index_leaf_fences(page, &low, &high);
    *from = 0;
    *to = index_leaf_count(page);
    if (scan->backward) {
        *last = low.bytes == 0 || (scan->bounded && index__compare(scan->bound.bytes, low) >= 0);
        if (!scan->open) (void)index_leaf_find(page, scan->next.bytes, NULL, to);
        if (scan->bounded) (void)index_leaf_find(page, scan->bound.bytes, NULL, from);
        return;
    }
    *last = high.data == NULL || (scan->bounded && index__compare(scan->bound.bytes, high) <= 0);
    (void)index_leaf_find(page, scan->next.bytes, NULL, from);
    if (scan->bounded) (void)index_leaf_find(page, scan->bound.bytes, NULL, to);
}

/* How far the leaf has been read: to the entry at `slot`, or, `whole`, to its fence or the scan's end. */
static Bytes reached(const IndexScan *scan, const void *page, uint32_t slot, bool whole,
                     uint8_t *buffer)
{
    Bytes low, high;
    if (!whole) return index_leaf_key(page, slot, buffer);
    if (scan->done) return scan->bounded ? scan->bound.bytes : (Bytes){0};
    index_leaf_fences(page, &low, &high);
    return scan->backward ? low : high;
}

/* Where the scan goes on by a fresh descent. */
static Status move_on(IndexScan *scan, const void *page, uint32_t slot, bool whole)
{
    uint8_t buffer[ENTRY_KEY_BYTES_MAX];
    Bytes end = reached(scan, page, slot, whole, buffer);
    Bytes begin = scan->open ? (Bytes){0} : scan->next.bytes;
    TRY(remember(&scan->reader, scan->backward ? end : begin, scan->backward ? begin : end));
    if (scan->done) return OK;
    key_copy(&scan->next, end);
    if (!whole && !scan->backward) scan->next.data[scan->next.bytes.bytes++] = 0; /* behind it */
    scan->open = false;
    return OK;
}

/* Takes up to `hits_max` candidates from the next leaf. */
static Status scan_leaf(IndexScan *scan, IndexHit *hits, uint32_t hits_max, uint32_t *count)
{
    PageRef leaf;
    uint32_t from, to;
    bool last, taken;
    const TreeKey key = {.bytes = scan->open ? (Bytes){0} : scan->next.bytes};
    TRY(tree_latch_leaf(scan->reader.index->tree, &key, scan->backward, LATCH_SHARED, false,
                        &leaf));
    leaf_slots(scan, leaf.data, &from, &to, &last);
    bool settled = page_is_settled(scan->reader.snapshot, leaf.data);
    uint32_t slot = 0;
    Status status = OK;
    while (from < to && *count < hits_max && status == OK) {
        slot = scan->backward ? --to : from++;
        status = entry_take(&scan->reader, leaf.data, slot, settled, &hits[*count], &taken);
        if (status == OK && taken) (*count)++;
    }
    if (status == OK) {
        bool whole = from >= to;
        scan->done = whole && last;
        status = move_on(scan, leaf.data, slot, whole);
    }
    pool_unlatch(&leaf);
    return status;
}

Status index_scan_next(IndexScan *scan, IndexHit *hits, uint32_t hits_max, uint32_t *count)
{
    ASSERT(hits_max > 0);
    *count = 0;
    while (!scan->done) {
        TRY(task_try_check());
        arena_reset(scan->reader.arena);
        TRY(scan_leaf(scan, hits, hits_max, count));
        TRY(hits_decide(&scan->reader, hits, NULL, 0, count));
        if (*count > 0) return OK;
    }
    return ST_END;
}

/* ---- many keys ---- */

typedef struct Lookups {
    Reader reader;
    const Bytes *keys;
    uint32_t *order; /* positions of keys, ascending */
    IndexHit *hits;
    uint32_t *key_of;
    uint32_t key_count, count, capacity;
} Lookups;

enum { KEYS_A_LATCH = 64, HITS_FIRST = 4 };

static int order_keys(const void *a, const void *b, void *arg)
{
    const Bytes *keys = arg;
    return index__compare(keys[*(const uint32_t *)a], keys[*(const uint32_t *)b]);
}

/* Room for one hit more. */
static Status lookups_room(Lookups *lookups)
{
    if (LIKELY(lookups->count < lookups->capacity)) return OK;
    const uint32_t capacity = MAX(2 * lookups->capacity,
                                  MAX(lookups->key_count, (uint32_t)HITS_FIRST));
    Arena *arena = lookups->reader.arena;
    lookups->hits = arena_try_grow(arena, lookups->hits, lookups->capacity * sizeof *lookups->hits,
                                   capacity * sizeof *lookups->hits);
    lookups->key_of = arena_try_grow(arena, lookups->key_of,
                                     lookups->capacity * sizeof *lookups->key_of,
                                     capacity * sizeof *lookups->key_of);
    if (!lookups->hits || !lookups->key_of) return no_memory();
    lookups->capacity = capacity;
    return OK;
}

/* Takes the entries of one key from the latched leaf, from `at` on. *ends: no more of them stand behind the leaf. */
static Status lookup_in_leaf(Lookups *lookups, const void *page, uint32_t number, Bytes at,
                             bool settled, bool *ends)
{
    uint8_t buffer[ENTRY_KEY_BYTES_MAX];
    const Bytes key = lookups->keys[number], behind = behind_all(key, buffer);
    Bytes low, high;
    uint32_t slot;
    bool taken;
    (void)index_leaf_find(page, at, NULL, &slot);
    const uint32_t end = index_leaf_run_end(page, slot, key);
    index_leaf_fences(page, &low, &high);
    *ends = end < index_leaf_count(page) || high.data == NULL ||
            (behind.data && index__compare(behind, high) <= 0);
    TRY(remember(&lookups->reader, at, *ends ? behind : high));
    for (; slot < end; slot++) {
        TRY(lookups_room(lookups));
        TRY(entry_take(&lookups->reader, page, slot, settled, &lookups->hits[lookups->count],
                       &taken));
        if (!taken) continue;
        ASSERT(lookups->count < lookups->capacity);
        lookups->key_of[lookups->count++] = number;
    }
    return OK;
}

/* Answers keys from position *at of the order on, as long as the leaf at `next` can: the key that is not answered whole
 * goes on at *next. */
static Status lookup_leaf(Lookups *lookups, uint32_t *at, EntryKey *next, bool *within)
{
    PageRef leaf;
    Bytes low, high;
    const uint32_t first = lookups->count, begin = *at, limit = begin + KEYS_A_LATCH;
    Bytes from = *within ? next->bytes : lookups->keys[lookups->order[*at]];
    const TreeKey key = {.bytes = from};
    TRY(tree_latch_leaf(lookups->reader.index->tree, &key, false, LATCH_SHARED, false, &leaf));
    bool settled = page_is_settled(lookups->reader.snapshot, leaf.data), ends = true;
    Status status = OK;
    index_leaf_fences(leaf.data, &low, &high);
    while (*at < lookups->key_count && *at < limit && status == OK) {
        uint32_t number = lookups->order[*at];
        /* Below: the same key again, whose entries began in an earlier leaf. */
        if (*at > begin &&
            (index__compare(from, low) < 0 || (high.data && index__compare(from, high) >= 0)))
            break;
        status = lookup_in_leaf(lookups, leaf.data, number, from, settled, &ends);
        *within = !ends;
        if (!ends) break;
        if (++*at < lookups->key_count) from = lookups->keys[lookups->order[*at]];
    }
    if (*within) key_copy(next, high);
    pool_unlatch(&leaf);
    TRY(status);
    return hits_decide(&lookups->reader, lookups->hits, lookups->key_of, first, &lookups->count);
}

Status index_lookup_batch(Index *index, const Snapshot *snapshot, const Bytes *keys,
                          uint32_t key_count, const IndexRecheck *recheck, Arena *arena,
                          IndexHit **hits, uint32_t **key_of, uint32_t *hit_count)
{
    Lookups lookups = {.keys = keys, .key_count = key_count};
    EntryKey next;
    bool within = false;
    TRY(reader_init(&lookups.reader, index, snapshot, recheck, arena));
    lookups.order = arena_try_alloc(arena, (key_count + 1) * sizeof *lookups.order);
    if (!lookups.order) return no_memory();
    for (uint32_t i = 0; i < key_count; i++) lookups.order[i] = i;
    if (key_count > 1)
        qsort_r(lookups.order, key_count, sizeof *lookups.order, order_keys,
                (void *)(uintptr_t)keys);
    for (uint32_t at = 0; at < key_count;) {
        TRY(task_try_check());
        TRY(lookup_leaf(&lookups, &at, &next, &within));
    }
    *hits = lookups.hits;
    *key_of = lookups.key_of;
    *hit_count = lookups.count;
    return OK;
}
