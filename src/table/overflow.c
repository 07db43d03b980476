/* SPDX-License-Identifier: Apache-2.0 */
/* overflow.c - long values: writing, reading, giving back.
 *
 * A value is cut from its end: the last piece is written first, so that each piece can name the next. Whole pages are
 * taken for pieces that fill one, the rest of a value shares a page with those of others. Each piece has an undo record
 * of its own, which also tells it from whatever stands in its slot later.
 *
 *   bytes  log record OVERFLOW_WRITE of a piece; refs: page, undo page
 *          note of the undo record (store/undo.h)
 *      13    undo payload: tree (5), kind (1), page (5), slot (2)
 *      16    the next piece: place, undo record
 *            bytes of the value
 *
 * An OVERFLOW_WRITE with one ref that formats has the tree (5) and makes an empty page. OVERFLOW_FREE: slot (2), undo
 * record (8).
 *
 *   offset size  reference
 *        0    8  place of the first piece
 *        8    8  its undo record
 *       16    4  bytes of the value
 *       20    4  bytes as stored
 *       24    1  OverflowMethod; then 3 zero bytes */
#include "table/overflow.h"

#include <lz4.h>
#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>

#include "base/arith.h"
#include "base/error.h"
#include "store/space.h"
#include "table/leaf_internal.h"
#include "table/overflow_page.h"
#include "table/row_change.h"
#include "table/row_image.h"

enum {
    NOTE_BYTES = 13,
    NEXT_BYTES = 16,
    LOG_HEAD_BYTES = UNDO_NOTE_BYTES + NOTE_BYTES + NEXT_BYTES, /* at most */
    FREE_BYTES = 10,
    TREE_BYTES = 5,
    SAVES_ONE_IN = 8, /* compressed only when it saves this part */
    ZSTD_LEVEL = 3,
};

typedef struct Ref {
    OverflowPlace first;
    uint32_t bytes, stored;
    uint8_t method;
} Ref;

static Status no_memory(void)
{
    return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

static Status value_is_bad(const Tree *tree, OverflowPlace at, const char *what)
{
    TreeId id = tree_number_of(tree);
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "long value at %" PRIx64 " of tree %" PRIu64 " of space %u is damaged: %s",
                      at.place, tree_number(id), tree_space(id).v, what);
}

static PageId place_page(const Tree *tree, OverflowPlace at)
{
    return page_id(tree_space(tree_number_of(tree)), at.place & ((UINT64_C(1) << 40) - 1));
}

static uint32_t place_slot(OverflowPlace at)
{
    return (uint32_t)(at.place >> 40) & 0xffff;
}

static void ref_write(const Ref *ref, uint8_t *out)
{
    store_le64(out, ref->first.place);
    store_le64(out + 8, ref->first.undo.v);
    store_le32(out + 16, ref->bytes);
    store_le32(out + 20, ref->stored);
    store_le32(out + 24, ref->method);
}

static bool ref_read(Bytes bytes, Ref *ref)
{
    if (bytes.bytes != OVERFLOW_REF_BYTES) return false;
    const uint8_t *at = bytes.data;
    *ref = (Ref){.first = {load_le64(at), {load_le64(at + 8)}},
                 .bytes = load_le32(at + 16),
                 .stored = load_le32(at + 20),
                 .method = at[24]};
    return ref->method <= OVERFLOW_ZSTD && ref->bytes <= ROW_BYTES_MAX && ref->stored <= ref->bytes;
}

/* ---- compression ---- */

static void *zstd_alloc(void *arena, size_t bytes)
{
    return arena_try_alloc(arena, bytes);
}

static void zstd_free(void *arena, void *memory) /* with the arena */
{
    (void)arena;
    (void)memory;
}

/* Into `out` of at most `room` bytes; 0: it does not get that small. */
static size_t compress(Arena *arena, OverflowMethod method, Bytes value, uint8_t *out, size_t room)
{
    if (method == OVERFLOW_LZ4) {
        void *state = arena_try_alloc(arena, (size_t)LZ4_sizeofState());
        if (!state) return 0;
        int bytes = LZ4_compress_fast_extState(state, (const char *)value.data, (char *)out,
                                               (int)value.bytes, (int)room, 1);
        return bytes > 0 ? (size_t)bytes : 0;
    }
    ZSTD_CCtx *context = ZSTD_createCCtx_advanced((ZSTD_customMem){zstd_alloc, zstd_free, arena});
    if (!context) return 0;
    size_t bytes = ZSTD_compressCCtx(context, out, room, value.data, value.bytes, ZSTD_LEVEL);
    return ZSTD_isError(bytes) ? 0 : bytes;
}

static bool decompress(Arena *arena, const Ref *ref, const uint8_t *stored, uint8_t *out)
{
    if (ref->method == OVERFLOW_LZ4)
        return LZ4_decompress_safe((const char *)stored, (char *)out, (int)ref->stored,
                                   (int)ref->bytes) == (int)ref->bytes;
    ZSTD_DCtx *context = ZSTD_createDCtx_advanced((ZSTD_customMem){zstd_alloc, zstd_free, arena});
    return context &&
           ZSTD_decompressDCtx(context, out, ref->bytes, stored, ref->stored) == ref->bytes;
}

/* *stored: the bytes to be written. */
static void shrink(Arena *arena, OverflowMethod wish, Bytes value, Ref *ref, Bytes *stored)
{
    size_t room = value.bytes - value.bytes / SAVES_ONE_IN;
    *stored = value;
    uint8_t *out = wish == OVERFLOW_PLAIN ? NULL : arena_try_alloc(arena, room);
    size_t bytes = out ? compress(arena, wish, value, out, room) : 0;
    if (bytes > 0) {
        *stored = (Bytes){out, bytes};
        ref->method = (uint8_t)wish;
    }
    ref->stored = (uint32_t)stored->bytes;
}

/* ---- pages ---- */

/* Formats the page and logs that. It counts as one to be made until it is: what stands on it before then is of other
 * days (piece_free). */
static Status page_format_empty(Table *table, PageId id)
{
    Pool *pool = store_pool(table->store);
    Wal *wal = store_wal(table->store);
    bool logged = table__is_logged(table->tree);
    uint64_t tree = tree_number(table->id);
    uint32_t credit = logged ? wal_record_bytes(1, TREE_BYTES) : 0;
    PageRef page;
    TRY(pool_reserve_frames(pool, 1));
    Status status = credit ? wal_credit_take(wal, credit, WAL_CREDIT_INTERRUPTIBLE) : OK;
    if (status == OK) {
        status = pool_latch_new(pool, id, RANK_LATCH, &page);
        if (status != OK && credit) wal_credit_return(wal, credit);
    }
    if (status != OK) {
        pool_unreserve_frames(pool, 1);
        return status;
    }
    page_format(page.data, PAGE_OVERFLOW, page_number(id), tree, 0);
    overflow_page_init(page.data);
    const PoolChange change = {&page, WAL_REF_FORMAT};
    pool_log(pool, WAL_OVERFLOW_WRITE, XID_NONE, &change, 1, &(WalPart){&tree, TREE_BYTES}, 1,
             !logged);
    pool_unlatch(&page);
    return OK;
}

/* An empty page, on its way until a piece stands on it. `near`: the one taken before, 0: none. */
static Status page_make(Table *table, PageId *id)
{
    uint32_t flags = SPACE_TAKE_OWN | (table__is_logged(table->tree) ? SPACE_TAKE_WATCHED : 0);
    mutex_lock(&table->grow);
    PageId near = table->overflow_last.v != 0 ? table->overflow_last : PAGE_NONE;
    Status status = space_take_page(table->store, table->id, near, flags, id);
    if (status == OK) {
        status = page_format_empty(table, *id);
        if (status == OK)
            table->overflow_last = *id;
        else /* the first failure is told */
            IGNORE_STATUS(space_free_page(table->store, *id));
    }
    mutex_unlock(&table->grow);
    return status;
}

static bool page_is_ours(const Tree *tree, const PageRef *page)
{
    const PageHeader *header = page->data;
    return header->kind == PAGE_OVERFLOW && page_tree(header) == tree_number(tree_number_of(tree));
}

static Status page_latch(Tree *tree, PageId id, LatchMode mode, PageRef *page)
{
    return pool_latch(store_pool(tree_store(tree)), id, (LatchOptions){mode, RANK_LATCH, false},
                      page);
}

/* ---- writing ---- */

typedef struct Piece {
    Table *table;
    Write write;
    Bytes data;
    OverflowPlace next, at;
    bool alone; /* fills a page */
} Piece;

/* The latched page has room. */
static Status piece_put(Piece *piece, PageRef *page)
{
    Write *write = &piece->write;
    uint8_t head[UNDO_NOTE_BYTES], note[NOTE_BYTES], next[NEXT_BYTES];
    uint64_t tree = tree_number(piece->table->id), number = page_number(page->id);
    TRY(write__undo(write, NOTE_BYTES));
    uint32_t slot = overflow_page_free_slot(page->data);
    piece->at = (OverflowPlace){overflow_place(page->id, slot), write->at};
    overflow_page_put(page->data, slot, write->at, piece->next, piece->data);
    memcpy(note, &tree, TREE_BYTES);
    note[5] = UNDO_OVERFLOW_WRITE;
    memcpy(note + 6, &number, 5);
    store_le16(note + 11, (uint16_t)slot);
    store_le64(next, piece->next.place);
    store_le64(next + 8, piece->next.undo.v);
    const uint8_t *head_end = undo_note_put(head, write->at, undo_previous_bytes(write->chain));
    const WalPart undo = {note, sizeof note};
    const WalPart parts[] = {{head, (uint32_t)(head_end - head)},
                             undo,
                             {next, sizeof next},
                             {piece->data.data, (uint32_t)piece->data.bytes}};
    write->leaves_dead = false;
    write__log(write, WAL_OVERFLOW_WRITE, page, UNDO_OVERFLOW_WRITE, &undo, 1, parts,
               ARRAY_LEN(parts));
    return OK;
}

/* ST_BUSY: again. ST_CHANGED: on another page. */
static Status piece_try(Piece *piece, PageId id)
{
    Table *table = piece->table;
    PageRef page;
    TRY(write__reserve(&piece->write, NOTE_BYTES, LOG_HEAD_BYTES + (uint32_t)piece->data.bytes));
    Status status = page_latch(table->tree, id, LATCH_EXCLUSIVE, &page);
    if (status == OK) {
        /* While it is the one shared now it is not given back: who does takes that from it under this latch. */
        bool right = piece->alone || atomic_load(&table->overflow_page) == id.v;
        if (right && NEVER(!page_is_ours(table->tree, &page)))
            status = value_is_bad(table->tree, (OverflowPlace){page_number(id), UNDO_NONE}, "page");
        else if (!right || !overflow_page_fits(page.data, (uint32_t)piece->data.bytes))
            status = ST_CHANGED;
        else
            status = piece_put(piece, &page);
        write__let_go(&page);
    }
    if (status != OK) write__end(&piece->write);
    return status;
}

/* The latched page is empty, and from here on nobody puts a piece on it. */
static bool page_is_given_up(Table *table, const PageRef *page)
{
    if (overflow_page_live(page->data) != 0) return false;
    uint64_t id = page->id.v;
    atomic_compare_exchange_strong(&table->overflow_page, &id, 0);
    return true;
}

/* The page was made for a piece that could not be written. `shared`: others may have put pieces on it since, and if one
 * of them gave it up, that one frees it. The failure before is told, whatever this says. */
static void page_unmake(Table *table, PageId id, bool shared)
{
    PageRef page;
    bool empty = false;
    mutex_lock(&table->grow); /* see piece_free */
    if (page_latch(table->tree, id, LATCH_EXCLUSIVE, &page) == OK) {
        uint64_t now = id.v;
        empty = overflow_page_live(page.data) == 0 &&
                (!shared || atomic_compare_exchange_strong(&table->overflow_page, &now, 0));
        pool_unlatch(&page);
    }
    if (empty)
        IGNORE_STATUS(space_free_page(table->store, id));
    else
        space_page_settled(table->store, id);
    mutex_unlock(&table->grow);
}

/* On a page of its own. */
static Status piece_write_alone(Piece *piece)
{
    PageId id;
    TRY(page_make(piece->table, &id));
    Status status;
    while ((status = piece_try(piece, id)) == ST_BUSY) {
        status = task_try_check();
        if (status != OK) break;
    }
    if (status == OK)
        space_page_settled(piece->table->store, id);
    else
        page_unmake(piece->table, id, false);
    return status;
}

/* The page that short pieces share now; *made: by this call. */
static Status shared_page(Table *table, PageId *id, PageId *made)
{
    uint64_t none = 0;
    id->v = atomic_load(&table->overflow_page);
    if (id->v != 0) return OK;
    TRY(page_make(table, id));
    if (atomic_compare_exchange_strong(&table->overflow_page, &none, id->v)) {
        *made = *id;
        return OK;
    }
    page_unmake(table, *id, false); /* another was quicker */
    id->v = none;
    return OK;
}

/* Beside pieces of other values. */
static Status piece_write_shared(Piece *piece)
{
    Table *table = piece->table;
    PageId id, made = {0};
    Status status;
    for (;;) {
        status = shared_page(table, &id, &made);
        if (status == OK) status = piece_try(piece, id);
        if (status == ST_CHANGED)
            atomic_compare_exchange_strong(&table->overflow_page, &id.v, 0);
        else if (status != ST_BUSY)
            break;
        status = task_try_check();
        if (status != OK) break;
    }
    if (made.v != 0 && status == OK) space_page_settled(table->store, made);
    if (made.v != 0 && status != OK) page_unmake(table, made, true);
    return status;
}

/* From the last piece, which shares a page, to the first. */
static Status write_pieces(Table *table, Txn *txn, Bytes stored, OverflowPlace *first)
{
    Piece piece = {.table = table};
    TRY(write__begin(&piece.write, txn, table->tree));
    size_t end = stored.bytes, rest = end % OVERFLOW_PIECE_MAX;
    do {
        size_t bytes = rest > 0 ? rest : MIN(end, (size_t)OVERFLOW_PIECE_MAX);
        piece.alone = rest == 0;
        piece.data = (Bytes){stored.data + end - bytes, bytes};
        TRY(piece.alone ? piece_write_alone(&piece) : piece_write_shared(&piece));
        piece.next = piece.at;
        end -= bytes;
        rest = 0;
    } while (end > 0);
    write__end(&piece.write);
    *first = piece.at;
    return OK;
}

Status overflow_write(Table *table, Txn *txn, Bytes value, OverflowMethod wish,
                      uint8_t out[OVERFLOW_REF_BYTES])
{
    Ref ref = {.bytes = (uint32_t)value.bytes};
    Bytes stored;
    if (value.bytes > ROW_BYTES_MAX)
        return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                          "value of %zu bytes is too long", value.bytes);
    Arena *arena = arena_try_new(store_account(table->store), "long value");
    if (!arena) return no_memory();
    shrink(arena, wish, value, &ref, &stored);
    Status status = write_pieces(table, txn, stored, &ref.first);
    arena_drop(arena);
    ref_write(&ref, out);
    return status;
}

/* ---- reading ---- */

/* Copies a piece to out[0 .. room); *next is where the value goes on. */
static Status piece_read(Tree *tree, OverflowPlace at, uint8_t *out, size_t room, size_t *bytes,
                         OverflowPlace *next)
{
    PageRef page;
    OverflowPiece piece;
    TRY(page_latch(tree, place_page(tree, at), LATCH_SHARED, &page));
    bool there = page_is_ours(tree, &page) &&
                 overflow_page_get(page.data, place_slot(at), at.undo, &piece) &&
                 piece.data.bytes <= room;
    if (there) {
        memcpy(out, piece.data.data, piece.data.bytes);
        *bytes = piece.data.bytes;
        *next = piece.next;
    }
    pool_unlatch(&page);
    return there ? OK : value_is_bad(tree, at, "a piece is missing");
}

static Status read_stored(Tree *tree, const Ref *ref, uint8_t *out)
{
    OverflowPlace at = ref->first;
    size_t done = 0;
    while (done < ref->stored) {
        size_t bytes = 0;
        TRY(piece_read(tree, at, out + done, ref->stored - done, &bytes, &at));
        if (bytes == 0) return value_is_bad(tree, at, "a piece is empty");
        done += bytes;
        TRY(task_try_check());
    }
    return OK;
}

Status overflow_read(Table *table, Bytes bytes, Arena *arena, Bytes *value)
{
    Ref ref;
    if (!ref_read(bytes, &ref))
        return value_is_bad(table->tree, (OverflowPlace){0}, "its reference");
    uint8_t *out = arena_try_alloc(arena, ref.bytes);
    if (!out) return no_memory();
    *value = (Bytes){out, ref.bytes};
    if (ref.method == OVERFLOW_PLAIN) return read_stored(table->tree, &ref, out);
    Arena *aside = arena_try_new_child(arena, "compressed value");
    if (!aside) return no_memory();
    uint8_t *stored = arena_try_alloc(aside, ref.stored);
    Status status = stored ? read_stored(table->tree, &ref, stored) : no_memory();
    if (status == OK && !decompress(aside, &ref, stored, out))
        status = value_is_bad(table->tree, ref.first, "it does not decompress");
    arena_drop(aside);
    return status;
}

/* ---- giving back ---- */

/* The piece goes, and with the last of its page the page, which is live. */
static Status live_piece_free(Table *table, OverflowPlace at)
{
    Tree *tree = table->tree;
    Store *store = table->store;
    Pool *pool = store_pool(store);
    bool logged = table__is_logged(tree), empty = false;
    uint32_t credit = logged ? wal_record_bytes(1, FREE_BYTES) : 0;
    uint8_t payload[FREE_BYTES];
    PageRef page;
    OverflowPiece piece;
    if (credit) TRY(wal_credit_take(store_wal(store), credit, WAL_CREDIT_RESERVE));
    Status status = page_latch(tree, place_page(tree, at), LATCH_EXCLUSIVE, &page);
    if (status == OK) {
        if (page_is_ours(tree, &page) &&
            overflow_page_get(page.data, place_slot(at), at.undo, &piece)) {
            overflow_page_remove(page.data, place_slot(at));
            empty = page_is_given_up(table, &page);
            if (empty && logged) space_page_leaves(store, page.id);
            store_le16(payload, (uint16_t)place_slot(at));
            store_le64(payload + 2, at.undo.v);
            const PoolChange change = {&page, 0};
            pool_log(pool, WAL_OVERFLOW_FREE, XID_NONE, &change, 1,
                     &(WalPart){payload, sizeof payload}, 1, !logged);
            credit = 0;
        }
        pool_unlatch(&page);
    }
    if (credit) wal_credit_return(store_wal(store), credit);
    if (status == OK && empty) status = space_free_page(store, place_page(tree, at));
    return status;
}

/* A page that was given back keeps its bytes on disk: pieces that went may seem to be there. Giving back is repeated
 * after a crash: it must ask here whether the page is taken and made, or what stands there is of other days and belongs
 * to nobody, or to the next who takes it. While `grow` is held the answer holds: no page is taken and not yet made, and
 * none is given back, by the one who has its last piece or by the next who took it. */
static Status piece_free(Tree *tree, OverflowPlace at)
{
    Table *table;
    bool live;
    TRY(table__of_tree(tree, &table));
    mutex_lock(&table->grow);
    Status status = space_has_page(table->store, table->id, place_page(tree, at), &live);
    if (status == OK && live) status = live_piece_free(table, at);
    mutex_unlock(&table->grow);
    return status;
}

/* The places of a value's pieces that are still there. */
static Status find_pieces(Tree *tree, const Ref *ref, Arena *arena, OverflowPlace **list,
                          uint32_t *count)
{
    OverflowPlace at = ref->first;
    uint32_t most = ref->stored / OVERFLOW_PIECE_MAX + 1;
    *count = 0;
    *list = arena_try_alloc(arena, (size_t)most * sizeof **list);
    if (!*list) return no_memory();
    while (at.place != 0 && *count < most) {
        PageRef page;
        OverflowPiece piece;
        TRY(page_latch(tree, place_page(tree, at), LATCH_SHARED, &page));
        bool there = page_is_ours(tree, &page) &&
                     overflow_page_get(page.data, place_slot(at), at.undo, &piece);
        pool_unlatch(&page);
        if (!there) break;
        (*list)[(*count)++] = at;
        at = piece.next;
    }
    return OK;
}

Status overflow_free(Tree *tree, Bytes bytes)
{
    Ref ref;
    OverflowPlace *list;
    uint32_t count;
    if (!ref_read(bytes, &ref)) return value_is_bad(tree, (OverflowPlace){0}, "its reference");
    Arena *arena = arena_try_new(store_account(tree_store(tree)), "long value");
    if (!arena) return no_memory();
    Status status = find_pieces(tree, &ref, arena, &list, &count);
    /* The first one last: until it is gone the others can be found again. */
    while (status == OK && count > 0) status = piece_free(tree, list[--count]);
    arena_drop(arena);
    return status;
}

static Bytes ref_bytes(Phys phys, const LeafValue *value)
{
    if (phys == PHYS_DECIMAL) return (Bytes){value->value.decimal.big, value->value.decimal.bytes};
    Str text = strview_str(&value->value.str);
    return (Bytes){(const uint8_t *)text.data, text.bytes};
}

Status overflow_free_image(Tree *tree, Bytes image)
{
    RowColumn columns[LEAF_COLUMNS_MAX + 1];
    uint32_t count;
    size_t used;
    TRY(row_image_read(image, columns, LEAF_COLUMNS_MAX + 1, &count, &used));
    for (uint32_t i = 0; i < count; i++) {
        const LeafValue *value = &columns[i].value;
        if (value->null || !value->overflow) continue;
        Bytes ref = ref_bytes(leaf__phys(columns[i].shape), value);
        TRY(overflow_free(tree, ref));
    }
    return OK;
}

Status overflow_in_image(Bytes image, bool *any)
{
    RowColumn columns[LEAF_COLUMNS_MAX + 1];
    uint32_t count;
    size_t used;
    *any = false;
    TRY(row_image_read(image, columns, LEAF_COLUMNS_MAX + 1, &count, &used));
    for (uint32_t i = 0; i < count; i++)
        *any |= !columns[i].value.null && columns[i].value.overflow;
    return OK;
}

bool row_leaves_dead(const RowChange *change)
{
    bool any = false;
    switch (change->kind) {
    case UNDO_ROW_INSERT:
    case UNDO_ROW_LOCK: return false;
    case UNDO_ROW_DELETE: return true;
    case UNDO_ROW_UPDATE: return overflow_in_image(change->image_before, &any) != OK || any;
    }
    UNREACHABLE();
}

Status overflow_collect(const void *page, uint32_t slot, Arena *arena, uint8_t **refs,
                        uint32_t *count)
{
    const LeafHeader *leaf = page;
    LeafWalk walk;
    for (bool more = leaf__walk_first(leaf, &walk); more; more = leaf__walk_next(leaf, &walk)) {
        if (!leaf__in_heap(walk.shape)) continue;
        LeafValue value = leaf__get(leaf, &walk, slot);
        if (value.null || !value.overflow) continue;
        Bytes ref = ref_bytes(leaf__phys(walk.shape), &value);
        if (ref.bytes != OVERFLOW_REF_BYTES) return ST_CORRUPT;
        size_t bytes = (size_t)*count * OVERFLOW_REF_BYTES;
        uint8_t *grown = arena_try_grow(arena, *refs, bytes, bytes + OVERFLOW_REF_BYTES);
        if (!grown) return no_memory();
        memcpy(grown + bytes, ref.data, OVERFLOW_REF_BYTES);
        *refs = grown;
        ++*count;
    }
    return OK;
}

/* ---- rollback, redo ---- */

static bool note_read(Bytes note, uint64_t *tree, OverflowPlace *at)
{
    uint64_t number = 0;
    if (note.bytes < NOTE_BYTES || note.data[5] != UNDO_OVERFLOW_WRITE) return false;
    *tree = 0;
    memcpy(tree, note.data, TREE_BYTES);
    memcpy(&number, note.data + 6, 5);
    at->place = number | (uint64_t)load_le16(note.data + 11) << 40;
    return true;
}

Status overflow_undo_tree(const UndoRecord *record, uint64_t *tree)
{
    OverflowPlace at;
    return note_read(record->payload, tree, &at) ? OK : ST_CORRUPT;
}

Status overflow_undo(Tree *tree, const UndoRecord *record)
{
    uint64_t number;
    OverflowPlace at = {0, record->ptr};
    if (!note_read(record->payload, &number, &at)) return ST_CORRUPT;
    return piece_free(tree, at);
}

typedef struct LoggedPiece {
    UndoPtr undo;
    uint16_t previous_bytes;
    const uint8_t *note;
    uint64_t tree;
    OverflowPlace at, next;
    Bytes data;
} LoggedPiece;

static bool read_logged(const WalRecord *record, LoggedPiece *piece)
{
    PackReader in = pack_reader(record->payload);
    undo_note_take(&in, &piece->undo, &piece->previous_bytes);
    piece->note = pack_bytes(&in, NOTE_BYTES);
    const uint8_t *next = pack_bytes(&in, NEXT_BYTES);
    piece->data = pack_rest(&in);
    if (in.bad || !note_read((Bytes){piece->note, NOTE_BYTES}, &piece->tree, &piece->at))
        return false;
    piece->next = (OverflowPlace){load_le64(next), {load_le64(next + 8)}};
    return true;
}

static Status redo_piece(const WalRecord *record, uint32_t index, void *page)
{
    LoggedPiece piece;
    if (!read_logged(record, &piece)) return ST_CORRUPT;
    if (record->refs[index].flags & WAL_REF_UNDO) {
        undo_page_redo(page, record->refs[index].page, record->refs[index].flags & WAL_REF_FORMAT,
                       piece.undo, piece.previous_bytes, UNDO_OVERFLOW_WRITE, 0, record->xid,
                       &(WalPart){piece.note, NOTE_BYTES}, 1);
        return OK;
    }
    if (!overflow_page_fits(page, (uint32_t)piece.data.bytes) ||
        place_slot(piece.at) > overflow_page_free_slot(page))
        return ST_CORRUPT;
    overflow_page_put(page, place_slot(piece.at), piece.undo, piece.next, piece.data);
    return OK;
}

static Status redo_write(const WalRecord *record, uint32_t index, void *page)
{
    bool undo = record->refs[index].flags & WAL_REF_UNDO;
    if (undo || !(record->refs[index].flags & WAL_REF_FORMAT))
        return redo_piece(record, index, page);
    uint64_t tree = 0;
    if (record->payload.bytes != TREE_BYTES) return ST_CORRUPT;
    memcpy(&tree, record->payload.data, TREE_BYTES);
    page_format(page, PAGE_OVERFLOW, page_number(record->refs[index].page), tree, 0);
    overflow_page_init(page);
    return OK;
}

static Status redo_free(const WalRecord *record, uint32_t index, void *page)
{
    OverflowPiece piece;
    (void)index;
    if (record->payload.bytes != FREE_BYTES) return ST_CORRUPT;
    uint32_t slot = load_le16(record->payload.data);
    UndoPtr undo = {load_le64(record->payload.data + 2)};
    if (!overflow_page_get(page, slot, undo, &piece)) return ST_CORRUPT;
    overflow_page_remove(page, slot);
    return OK;
}

static void print_write(const WalRecord *record, StrBuilder *out)
{
    LoggedPiece piece;
    if (record->ref_count == 2 && read_logged(record, &piece))
        str_add_format(out, "tree %" PRIu64 " at %" PRIx64 " %zu bytes", piece.tree, piece.at.place,
                       piece.data.bytes);
}

static void print_free(const WalRecord *record, StrBuilder *out)
{
    if (record->payload.bytes == FREE_BYTES)
        str_add_format(out, "slot %u", load_le16(record->payload.data));
}

const RedoEntry overflow_redo_entries[OVERFLOW_REDO_COUNT] = {
    {WAL_OVERFLOW_WRITE, redo_write, print_write},
    {WAL_OVERFLOW_FREE, redo_free, print_free},
};
