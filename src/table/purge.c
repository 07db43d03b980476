/* SPDX-License-Identifier: Apache-2.0 */
/* purge.c - what takes the place of vacuum: committed undo that no snapshot needs is read once more, forwards, and what
 * it leaves dead goes: deleted rows, marked entries, dropped trees. Then the undo itself is freed.
 *
 * Each removal asks first whether the row or entry still bears the record (docs/traps.md M2): a later write has a
 * record of its own, and its purge. So the same undo may be purged again, after a crash, and that of a transaction that
 * was rolled back does nothing. The horizon is published before anything goes (F15); a rollback that would give an
 * entry back a mark from below it removes the entry itself (F11).
 *
 *     ended transactions, in order     txn_purge_next ... txn_purge_done, a class at a time; of those that left nothing
 *                                      dead (their writers know: row_leaves_dead, key_change_leaves_dead) the undo is
 *                                      freed unread, with that of the next one in the same stream
 *     undo from before the start       the heads of all streams, as long as their xids are older than this run and
 *                                      visible to all: nobody queued them
 *
 * Trees are dropped when the whole chain has been read, since a later record may say that one is kept
 * (tree_change.h). */
#include "table/upkeep.h"

#include "base/arith.h"
#include "base/error.h"
#include "base/log.h"
#include "os/clock.h"
#include "os/wait.h"
#include "table/index_change.h"
#include "table/index_range.h"
#include "table/leaf.h"
#include "table/leaf_change.h"
#include "table/overflow.h"
#include "table/row_change.h"
#include "table/row_range.h"
#include "table/table_internal.h"
#include "table/tree_change.h"

/* Deleted rows are gathered, so that those of one leaf leave it by one record. */
TUNABLE(purge_rows_max, 256, 1, 256)
enum { PURGE_ROWS_LIMIT = 256, PURGE_RANGES = 64 };
/* Between rounds that had nothing to read; shorter while much is freed: pages whose frames undo takes again soon are
 * still in the processor's caches. */
enum { PURGE_PAUSE_MS = 100, PURGE_BUSY_PAUSE_MS = 20, PURGE_BUSY_BYTES = 1 << 20 };

typedef struct DeadRow {
    RowId row;
    UndoPtr undo;
    Xid xid;
} DeadRow;

/* Records between the two have been rolled back. */
typedef struct Undone {
    UndoPtr after, before;
} Undone;

typedef struct Purge {
    Txns *txns;
    Store *store;
    PurgeFigures *figures;
    Arena *arena;   /* parent of these */
    Arena *records; /* the record read */
    Arena *ahead;   /* records read ahead of it */
    Arena *jumps;   /* of one chain */
    Arena *values;  /* of one leaf's rows */
    SpaceId space;
    /* The chain being read: its records up to `chain_end`, or to the first of another. */
    Xid chain;
    UndoPtr chain_end;
    bool jumps_known;
    Undone *undone;
    uint32_t undone_count, undone_capacity;
    Tree *tree;                     /* the last one met; NULL: it is gone */
    uint64_t number;                /* its number; 0: none */
    DeadRow rows[PURGE_ROWS_LIMIT]; /* of that tree */
    uint32_t row_count;
    bool trees_gone; /* some have been dropped in this space */
    /* Those there are while this round lasts: who makes or drops one keeps purge out meanwhile. */
    SpaceId *spaces;
    uint32_t space_count;
} Purge;

static Status no_memory(void)
{
    return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

static Status purge_init(Purge *purge, Txns *txns, Store *store, PurgeFigures *figures)
{
    *purge = (Purge){.txns = txns, .store = store, .figures = figures};
    purge->arena = arena_try_new(store_account(store), "purge");
    if (!purge->arena) return no_memory();
    purge->records = arena_try_new_child(purge->arena, "record purged");
    purge->ahead = arena_try_new_child(purge->arena, "records ahead");
    purge->jumps = arena_try_new_child(purge->arena, "jumps of a chain");
    purge->values = arena_try_new_child(purge->arena, "values purged");
    if (purge->records && purge->ahead && purge->jumps && purge->values) return OK;
    arena_drop(purge->arena);
    return no_memory();
}

/* ---- chains ---- */

static void begin_chain(Purge *purge, Xid xid, UndoPtr end)
{
    purge->chain = xid;
    purge->chain_end = end;
    purge->jumps_known = false;
    purge->undone = NULL;
    purge->undone_count = purge->undone_capacity = 0;
    arena_reset(purge->jumps);
}

/* The next record at `*at` or behind, before `chain_end`. ST_END. */
static Status read_on(Purge *purge, Arena *arena, UndoPtr *at, UndoRecord *record)
{
    TRY(task_try_check());
    if (at->v >= purge->chain_end.v) return ST_END;
    arena_reset(arena);
    TRY(undo_read_forward(purge->store, purge->space, *at, arena, record, at));
    return record->ptr.v < purge->chain_end.v ? OK : ST_END;
}

static Status add_undone(Purge *purge, const UndoRecord *jump)
{
    if (jump->payload.bytes < sizeof(UndoPtr)) return ST_CORRUPT;
    if (purge->undone_count == purge->undone_capacity) {
        uint32_t capacity = MAX(2 * purge->undone_capacity, 16);
        Undone *grown = arena_try_grow(purge->jumps, purge->undone,
                                       purge->undone_capacity * sizeof *grown,
                                       capacity * sizeof *grown);
        if (!grown) return no_memory();
        purge->undone = grown;
        purge->undone_capacity = capacity;
    }
    purge->undone[purge->undone_count++] = (Undone){{load_le64(jump->payload.data)}, jump->ptr};
    return OK;
}

/* Finds out, once a chain, which of its records from `at` on have been rolled back. */
static Status know_jumps(Purge *purge, UndoPtr at)
{
    UndoRecord record;
    Status status;
    if (purge->jumps_known) return OK;
    while ((status = read_on(purge, purge->ahead, &at, &record)) == OK &&
           record.xid.v == purge->chain.v)
        if (record.kind == UNDO_KIND_JUMP) TRY(add_undone(purge, &record));
    if (status != OK && status != ST_END) return status;
    purge->jumps_known = true;
    return OK;
}

static Status is_undone(Purge *purge, UndoPtr ptr, bool *undone)
{
    *undone = false;
    TRY(know_jumps(purge, ptr));
    for (uint32_t i = 0; i < purge->undone_count; i++)
        *undone |= ptr.v > purge->undone[i].after.v && ptr.v < purge->undone[i].before.v;
    return OK;
}

/* ---- rows ---- */

static int order_rows(const void *a, const void *b)
{
    uint64_t x = ((const DeadRow *)a)->row.v, y = ((const DeadRow *)b)->row.v;
    return (x > y) - (x < y);
}

static bool row_is_dead(const void *page, const DeadRow *dead)
{
    uint32_t slot;
    if (!leaf_find(page, dead->row, &slot)) return false;
    RowHead head = leaf_head(page, slot);
    return head.flags & ROW_FLAG_DELETED && head.xid.v == dead->xid.v &&
           head.undo.v == dead->undo.v;
}

/* The dead rows from `*at` on that stand in one leaf. *sparse: it has become nearly empty. */
static Status purge_leaf_rows(Purge *purge, uint32_t *at, bool *sparse)
{
    RowId gone[PURGE_ROWS_LIMIT];
    uint8_t payload[PURGE_ROWS_LIMIT * ROW_PURGE_BYTES];
    uint32_t count = 0;
    const TreeKey key = {.row_id = purge->rows[*at].row.v};
    LeafChange change;
    TRY(leaf_change_begin(&change, purge->tree, &key, (purge->row_count - *at) * ROW_PURGE_BYTES,
                          WAL_CREDIT_RESERVE));
    const void *page = change.leaf.data;
    for (; *at < purge->row_count && purge->rows[*at].row.v < leaf_high(page); (*at)++)
        if (row_is_dead(page, &purge->rows[*at])) gone[count++] = purge->rows[*at].row;
    Status status = OK;
    if (count > 0) {
        row_purge_write(gone, count, payload);
        const WalPart part = {payload, count * ROW_PURGE_BYTES};
        status = row_purge_apply(change.leaf.data, (Bytes){payload, part.bytes});
        if (status == OK) leaf_change_log(&change, WAL_ROW_PURGE, XID_NONE, &part, 1);
        purge->figures->rows += count;
    }
    *sparse = count > 0 && leaf_row_count(page) <= leaf_capacity(page) / 4;
    leaf_change_end(&change);
    return status;
}

/* Long values of the dead rows from `at` on that stand in one leaf: they go before the rows, so that a crash between
 * leaves nothing that no row names. */
static Status purge_leaf_values(Purge *purge, uint32_t at)
{
    const TreeKey key = {.row_id = purge->rows[at].row.v};
    PageRef leaf;
    uint8_t *refs = NULL;
    uint32_t count = 0, slot;
    Status status = OK;
    TRY(tree_latch_leaf(purge->tree, &key, false, LATCH_SHARED, false, &leaf));
    const void *page = leaf.data;
    for (; status == OK && at < purge->row_count && purge->rows[at].row.v < leaf_high(page); at++)
        if (row_is_dead(page, &purge->rows[at]) && leaf_find(page, purge->rows[at].row, &slot))
            status = overflow_collect(page, slot, purge->values, &refs, &count);
    pool_unlatch(&leaf);
    for (uint32_t i = 0; status == OK && i < count; i++)
        status = overflow_free(purge->tree,
                               (Bytes){refs + (size_t)i * OVERFLOW_REF_BYTES, OVERFLOW_REF_BYTES});
    arena_reset(purge->values);
    return status;
}

static Status merge(Tree *tree, const TreeKey *key)
{
    Status status = tree_try_merge(tree, key);
    return status == ST_FULL ? OK : status; /* it can wait */
}

/* The dead rows from `*at` on that stand in one leaf, with their long values. */
static Status purge_leaf(Purge *purge, uint32_t *at)
{
    bool sparse = false;
    const TreeKey key = {.row_id = purge->rows[*at].row.v};
    TRY(purge_leaf_values(purge, *at));
    TRY(purge_leaf_rows(purge, at, &sparse));
    return sparse ? merge(purge->tree, &key) : OK;
}

/* Rows of a page that cannot be read stay there, dead; those behind it go. */
static Status flush_rows(Purge *purge)
{
    Status status = OK;
    uint32_t left = 0;
    if (purge->row_count == 0) return OK;
    qsort(purge->rows, purge->row_count, sizeof purge->rows[0], order_rows);
    for (uint32_t at = 0, next; at < purge->row_count && status == OK; at = next) {
        next = at;
        status = purge_leaf(purge, &next);
        if (status != ST_CORRUPT) continue;
        left += next == at;
        next = MAX(next, at + 1); /* where its leaf ends is not known */
        status = OK;
    }
    if (left > 0)
        log_write(SEVERITY_WARNING,
                  "%" PRIu32 " deleted rows of tree %" PRIu64 " of space %" PRIu32
                  " could not be purged",
                  left, purge->number, purge->space.v);
    purge->row_count = 0;
    return status;
}

/* ---- entries ---- */

/* What the record leaves to be done at its entry. False: nothing. */
static bool key_fix(const KeyChange *change, const void *page, KeyFix *fix)
{
    uint32_t slot;
    if (!index_leaf_find(page, change->key, NULL, &slot)) return false;
    EntryHead head = index_leaf_head(page, slot);
    if (head.xid.v != change->head.xid.v) return false;
    *fix = (KeyFix){.mode = KEY_FIX_REMOVE, .key = change->key};
    if (head.flags & ENTRY_MARKED) return true;
    fix->mode = KEY_FIX_TRIM;
    return index_leaf_payload_slack(page, slot) > 0;
}

static Status purge_key(Purge *purge, const KeyChange *change)
{
    uint8_t head[KEY_FIX_HEAD_BYTES];
    WalPart parts[KEY_FIX_PARTS];
    KeyFix fix;
    LeafChange leaf;
    bool sparse = false;
    Status status = OK;
    const TreeKey key = {.bytes = change->key};
    TRY(leaf_change_begin(&leaf, purge->tree, &key,
                          KEY_FIX_HEAD_BYTES + (uint32_t)change->key.bytes, WAL_CREDIT_RESERVE));
    if (key_fix(change, leaf.leaf.data, &fix)) {
        status = key_fix_apply(leaf.leaf.data, &fix);
        if (status == OK)
            leaf_change_log(&leaf, WAL_KEY_PURGE, XID_NONE, parts,
                            key_fix_parts(&fix, head, parts));
        purge->figures->entries += fix.mode == KEY_FIX_REMOVE;
        sparse = fix.mode == KEY_FIX_REMOVE && index_leaf_is_sparse(leaf.leaf.data);
    }
    leaf_change_end(&leaf);
    TRY(status);
    return sparse ? merge(purge->tree, &key) : OK;
}

/* ---- trees ---- */

/* Opens the tree of a record; what was gathered of the one before is done first. */
static Status meet_tree(Purge *purge, uint64_t number)
{
    if (purge->number == number) return OK;
    TRY(flush_rows(purge));
    if (purge->tree) tree_close(purge->tree);
    purge->tree = NULL;
    purge->number = 0;
    Status status = tree_open(purge->store, tree_id(purge->space, number), &purge->tree);
    if (status == ST_NOT_FOUND) {
        purge->tree = NULL;
        status = OK;
    }
    if (status == OK) purge->number = number;
    return status;
}

static Status leave_tree(Purge *purge)
{
    Status status = flush_rows(purge);
    if (purge->tree) tree_close(purge->tree);
    purge->tree = NULL;
    purge->number = 0;
    purge->row_count = 0;
    return status;
}

static Status purge_note(Purge *purge, const UndoRecord *record)
{
    uint64_t number;
    bool undone;
    if (tree_note_read(record, &number) != OK) return ST_CORRUPT;
    if (record->kind == UNDO_TREE_MADE) return OK;
    TRY(is_undone(purge, record->ptr, &undone));
    if (undone) return OK;
    if (purge->number == number) TRY(leave_tree(purge));
    TRY(tree_drop(purge->store, tree_id(purge->space, number)));
    purge->trees_gone = true;
    return OK;
}

/* ---- records ---- */

/* Long values of the version that an update replaced. */
static Status purge_values(Purge *purge, const UndoRecord *record, const RowChange *change)
{
    bool any, undone;
    TRY(overflow_in_image(change->image_before, &any));
    if (!any) return OK;
    TRY(is_undone(purge, record->ptr, &undone));
    if (undone) return OK;
    TRY(meet_tree(purge, change->tree));
    return purge->tree ? overflow_free_image(purge->tree, change->image_before) : OK;
}

static Status purge_row_record(Purge *purge, const UndoRecord *record)
{
    RowChange change;
    if (row_change_read_undo(record, &change) != OK) return ST_CORRUPT;
    if (change.kind == UNDO_ROW_UPDATE) return purge_values(purge, record, &change);
    if (change.kind != UNDO_ROW_DELETE) return OK;
    TRY(meet_tree(purge, change.tree));
    if (!purge->tree) return OK;
    purge->rows[purge->row_count++] = (DeadRow){change.row, record->ptr, record->xid};
    return purge->row_count >= purge_rows_max() ? flush_rows(purge) : OK;
}

static Status purge_key_record(Purge *purge, const UndoRecord *record)
{
    KeyChange change;
    if (key_change_read_undo(record, &change) != OK) return ST_CORRUPT;
    if (!key_change_leaves_dead(&change)) return OK;
    TRY(meet_tree(purge, change.tree));
    return purge->tree ? purge_key(purge, &change) : OK;
}

static Status purge_record(Purge *purge, const UndoRecord *record)
{
    purge->figures->records++;
    switch (record->kind) {
    case UNDO_KIND_JUMP:
    case UNDO_ROW_RANGE:
    case UNDO_KEY_RANGE:
    case UNDO_OVERFLOW_WRITE: return OK;
    case UNDO_ROW_INSERT:
    case UNDO_ROW_UPDATE:
    case UNDO_ROW_DELETE:
    case UNDO_ROW_LOCK: return purge_row_record(purge, record);
    case UNDO_KEY_INSERT:
    case UNDO_KEY_REVIVE:
    case UNDO_KEY_MARK:
    case UNDO_KEY_PAYLOAD: return purge_key_record(purge, record);
    case UNDO_TREE_MADE:
    case UNDO_TREE_DROPPED: return purge_note(purge, record);
    default: return ST_CORRUPT;
    }
}

/* A page that cannot be read must not hold up all purge for ever: what it keeps stays there, dead. */
static Status purge_or_skip(Purge *purge, const UndoRecord *record)
{
    Status status = purge_record(purge, record);
    if (status != ST_CORRUPT) return status;
    log_write(SEVERITY_WARNING, "undo record %" PRIx64 " of space %u could not be purged",
              record->ptr.v, purge->space.v);
    return OK;
}

/* ---- chains ---- */

static Status free_undo(Purge *purge, UndoPtr end, Xid xid, CommitNumber number)
{
    uint64_t freed;
    Status status = undo_free_until(purge->store, purge->space, undo_ptr_class(end),
                                    undo_ptr_stream(end), undo_ptr_offset(end), xid, number.v,
                                    &freed);
    purge->figures->undo_bytes_freed += freed;
    return status;
}

/* The chain of one ended transaction. */
static Status purge_range(Purge *purge, const UndoRange *range)
{
    UndoPtr at = range->first;
    UndoRecord record;
    Status status = ST_END;
    purge->space = range->space;
    begin_chain(purge, range->xid, range->end);
    if (!range->aborted && range->leaves_dead)
        while ((status = read_on(purge, purge->records, &at, &record)) == OK)
            TRY(purge_or_skip(purge, &record));
    if (status != ST_END) return status;
    TRY(leave_tree(purge));
    purge->trees_gone |= range->aborted; /* those it had made */
    return free_undo(purge, range->end, range->xid, range->number);
}

/* ---- what an earlier run of the server left ---- */

/* Ended before this run began, or since and visible to all. */
static bool is_passed(const Purge *purge, Xid xid, CommitNumber horizon)
{
    CommitNumber number;
    if (xid.v >= txns_first_xid(purge->txns).v) return false;
    switch (txn_xid_state(purge->txns, xid, &number)) {
    case XID_COMMITTED: return number.v <= horizon.v;
    case XID_ABORTED: return true;
    case XID_IN_PROGRESS:
    case XID_ABORTING: return false;
    }
    UNREACHABLE();
}

static Status purge_stream(Purge *purge, const UndoStreamFigures *stream, CommitNumber horizon)
{
    /* No end but that of the stream, which grows meanwhile: who was still being rolled back when the round began says
     * only at its own end that all of it has been undone. */
    const UndoPtr stream_end = undo_ptr(stream->class_, stream->stream,
                                        (UINT64_C(1) << UNDO_OFFSET_BITS) - 1);
    UndoPtr at = undo_ptr(stream->class_, stream->stream, stream->head), end = at;
    UndoRecord record;
    Status status;
    Xid last = XID_NONE;
    begin_chain(purge, XID_NONE, stream_end);
    while ((status = read_on(purge, purge->records, &at, &record)) == OK) {
        if (!is_passed(purge, record.xid, horizon)) break;
        if (record.xid.v != last.v) {
            TRY(leave_tree(purge));
            begin_chain(purge, record.xid, stream_end);
        }
        last = record.xid;
        TRY(purge_or_skip(purge, &record));
        end = at;
    }
    if (status != OK && status != ST_END) return status;
    TRY(leave_tree(purge));
    if (last.v == 0) return OK;
    MARK("undo from before the start is purged");
    return free_undo(purge, end, last, horizon);
}

static Status purge_space(Purge *purge, SpaceId space)
{
    UndoStreamFigures *streams;
    uint32_t count;
    Arena *arena = arena_try_new_child(purge->arena, "undo streams");
    if (!arena) return no_memory();
    purge->space = space;
    Status status = undo_streams(purge->store, space, arena, &streams, &count);
    for (uint32_t i = 0; i < count && status == OK; i++)
        if (streams[i].head < streams[i].tail)
            status = purge_stream(purge, &streams[i],
                                  txn_purge_horizon(purge->txns, streams[i].class_));
    arena_drop(arena);
    return status;
}

/* Pages of dropped trees that nobody has open any more. */
static Status free_trees(Purge *purge)
{
    if (!purge->trees_gone) return OK;
    purge->trees_gone = false;
    return tree_free_dropped(purge->store, purge->space);
}

static Status purge_spaces(Purge *purge, bool starting)
{
    Device *device = store_device(purge->store);
    TRY(device->ops->space_list(device, purge->arena, &purge->spaces, &purge->space_count));
    for (uint32_t i = 0; i < purge->space_count; i++) {
        if (purge->spaces[i].v == SPACE_TEMP.v) continue;
        TRY(purge_space(purge, purge->spaces[i]));
        purge->trees_gone |= starting;
        TRY(free_trees(purge));
    }
    return OK;
}

static bool space_is_there(const Purge *purge, SpaceId space)
{
    bool there = space.v == SPACE_TEMP.v;
    for (uint32_t i = 0; i < purge->space_count && !there; i++)
        there = purge->spaces[i].v == space.v;
    return there;
}

/* ---- a round ---- */

/* Nothing of it is to be read, and one of those that come soon frees its undo too. */
static bool goes_with_a_later(const UndoRange *ranges, uint32_t count)
{
    enum { LOOK_AHEAD = 8 };
    if (ranges->aborted || ranges->leaves_dead) return false;
    for (uint32_t i = 1; i < MIN(count, (uint32_t)LOOK_AHEAD); i++)
        if (ranges[i].space.v == ranges->space.v &&
            undo_ptr_class(ranges[i].first) == undo_ptr_class(ranges->first) &&
            undo_ptr_stream(ranges[i].first) == undo_ptr_stream(ranges->first))
            return true;
    return false;
}

static Status purge_ranges(Purge *purge, const UndoRange *ranges, uint32_t count, uint32_t *done)
{
    for (*done = 0; *done < count; (*done)++) {
        const UndoRange *range = &ranges[*done];
        TRY(task_try_check());
        if (range->space.v != purge->space.v) TRY(free_trees(purge));
        if (goes_with_a_later(range, count - *done)) continue;
        if (space_is_there(purge, range->space)) TRY(purge_range(purge, range)); /* else: dropped */
    }
    return OK;
}

static Status purge_class(Purge *purge, UndoClass class_)
{
    UndoRange ranges[PURGE_RANGES];
    uint32_t count, done;
    (void)txn_purge_horizon_advance(purge->txns, class_);
    while ((count = txn_purge_next(purge->txns, class_, ranges, PURGE_RANGES)) > 0) {
        Status status = purge_ranges(purge, ranges, count, &done);
        txn_purge_done(purge->txns, class_, done);
        TRY(status);
    }
    return free_trees(purge);
}

static Status purge_round(Purge *purge, bool starting)
{
    /* What nobody queued comes first: freeing a queued chain frees all that stands before it in its stream. */
    TRY(purge_spaces(purge, starting));
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) TRY(purge_class(purge, (UndoClass)c));
    return OK;
}

static Status one_round(Txns *txns, Store *store, bool starting, PurgeFigures *figures)
{
    Purge purge;
    *figures = (PurgeFigures){0};
    if (!txn_purge_enter(txns)) return ST_BUSY;
    Status status = purge_init(&purge, txns, store, figures);
    if (status == OK) {
        status = purge_round(&purge, starting);
        if (purge.tree) tree_close(purge.tree); /* it ended in the middle */
        arena_drop(purge.arena);
    }
    txn_purge_leave(txns);
    return status;
}

Status table_purge_now(Txns *txns, Store *store, PurgeFigures *figures)
{
    return one_round(txns, store, false, figures);
}

Status table_purge_run(Txns *txns, Store *store)
{
    bool starting = true; /* dropped trees of all spaces are looked for */
    for (;;) {
        PurgeFigures figures;
        Status status = one_round(txns, store, starting, &figures);
        if (status == ST_CANCELLED || status == ST_IO || status == ST_CLOSED) return status;
        /* a round that failed may have had trees to free that it does not come to again by itself */
        if (status != ST_BUSY) starting = status != OK;
        if (store_undo_is_over(store)) txn_cancel_oldest(txns);
        bool busy = figures.undo_bytes_freed >= PURGE_BUSY_BYTES;
        if (status != OK || figures.records == 0)
            TRY(os_sleep_until(deadline_in_ms(busy ? PURGE_BUSY_PAUSE_MS : PURGE_PAUSE_MS),
                               WAIT_BACKGROUND));
    }
}
