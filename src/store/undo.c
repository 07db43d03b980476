/* SPDX-License-Identifier: Apache-2.0 */
/* undo.c - streams of undo records: where they stand, how a chain grows, how it is read and freed
 * (undo.h has the idea).
 *
 * A stream's offsets are cut into pages of UNDO_PAGE_PAYLOAD bytes and extents of EXTENT_PAGES pages. Which
 * extent of the space holds which part is an entry of the space's directory:
 *
 *     key    'u' | class (1) | stream (2, big-endian) | number of the extent in the stream (6, big-endian)
 *     value  first page of the extent (8)
 *
 * so that a start reads one range of the directory and needs no list of its own. Streams begin with extent 1: offset 0
 * of stream 0 would be UNDO_NONE. The tail is not written down: it is behind the last record of the last formatted
 * page.
 *
 *   offset size  undo page behind the page header (whose tree field holds class and stream)
 *       32    8  stream offset of the page's first byte
 *       40    2  bytes used
 *       42    6  zero
 *       48       records
 *
 * A transaction takes a stream by putting its xid into a free one, without a lock: first the one that its session used
 * last, whose tail that processor still has in its caches; else one from `maybe_free` on.
 *
 * (U4) a stream's tail is moved only by the task whose transaction is attached to it
 * (U5) pages [head, tail) are formatted, but for the one that begins exactly at the tail */
#include "store/undo.h"

#include "base/error.h"
#include "base/heap.h"
#include "os/sync.h"
#include "store/space.h"
#include "store/store_internal.h"

enum {
    STREAM_CHUNK = 128, /* streams are listed in chunks that never move */
    STREAM_CHUNKS = UNDO_STREAMS_MAX / STREAM_CHUNK,
    FIRST_EXTENT = 1,
    PAGE_OFFSET_AT = PAGE_HEADER_BYTES,
    PAGE_USED_AT = PAGE_HEADER_BYTES + 8,
    RECORD_PREVIOUS_AT = 2,
    RECORD_KIND_AT = 4,
    RECORD_FLAGS_AT = 5,
    RECORD_XID_AT = 6,
    DIRECTORY_KEY_BYTES = 10,
    JUMP_PAYLOAD_BYTES = 8,
};
static const uint64_t extent_payload = (uint64_t)EXTENT_PAGES * UNDO_PAGE_PAYLOAD;

struct UndoChain {
    Store *store;
    struct UndoStream *stream;
    Xid xid;
    _Atomic uint64_t first, last; /* UndoPtr; a checkpoint's task reads them */
    uint16_t previous_bytes;      /* of the newest record; 0: none */
    bool leaves_dead;
    /* what undo_reserve found for the next record */
    bool reserved, format;
    uint64_t next_at;
    PageId next_page;
};

typedef struct UndoStream {
    SpaceId space;
    uint8_t class_;
    uint16_t number;
    RwLock lock;           /* guards the list of extents; held for moments, never across I/O */
    uint64_t *extents;     /* first page numbers, of extents first_extent .. */
    uint64_t first_extent; /* the first one kept */
    uint32_t extent_count, extent_capacity;
    _Atomic uint64_t head;
    void *memory; /* of the heap, which aligns to 16 bytes */
    /* On lines of its own what the writer changes. */
    _Alignas(64) _Atomic uint64_t tail;
    _Atomic uint64_t attached; /* xid; 0: free */
    /* (U4) the page that the tail was found in last, and its number in the stream */
    PageId tail_page;
    uint64_t tail_index;
    UndoChain chain; /* of whom it is attached to */
} UndoStream;

typedef struct UndoStreamChunk {
    UndoStream *streams[STREAM_CHUNK];
} UndoStreamChunk;

typedef struct UndoSpace {
    SpaceId space;
    struct UndoSpace *next;
    Mutex lock; /* the making of streams */
    _Atomic uint32_t stream_count[UNDO_CLASSES];
    _Atomic uint32_t maybe_free[UNDO_CLASSES]; /* a hint: streams below are attached, all or most */
    _Atomic(UndoStreamChunk *) chunks[UNDO_CLASSES][STREAM_CHUNKS];
} UndoSpace;

struct UndoSpaces {
    Store *store;
    Heap *heap;
    Mutex lock; /* opening and forgetting of spaces */
    _Atomic(UndoSpace *) first;
};

/* ---- pages ---- */

static uint64_t page_index(uint64_t offset)
{
    return offset / UNDO_PAGE_PAYLOAD;
}

static uint32_t in_page(uint64_t offset)
{
    return (uint32_t)(offset % UNDO_PAGE_PAYLOAD);
}

static uint64_t stream_key(const UndoStream *stream)
{
    return (uint64_t)stream->class_ << 14 | stream->number;
}

static uint64_t page_first_offset(const void *page)
{
    return load_le64((const char *)page + PAGE_OFFSET_AT);
}

static uint32_t page_used(const void *page)
{
    return load_le16((const char *)page + PAGE_USED_AT);
}

static char *page_record(void *page, uint64_t offset)
{
    return (char *)page + UNDO_PAGE_HEADER_BYTES + in_page(offset);
}

static void format_page(void *page, PageId id, UndoPtr at)
{
    uint64_t key = (uint64_t)undo_ptr_class(at) << 14 | undo_ptr_stream(at);
    ASSERT(in_page(undo_ptr_offset(at)) == 0);
    page_format(page, PAGE_UNDO, page_number(id), key, 0);
    store_le64((char *)page + PAGE_OFFSET_AT, undo_ptr_offset(at));
}

/* Is this the page that holds the stream's byte `offset`? An old page of another life of the extent is not. */
static bool page_is_of(const void *page, uint64_t key, uint64_t offset)
{
    const PageHeader *header = page;
    return header->kind == PAGE_UNDO && page_tree(header) == key &&
           page_first_offset(page) == offset - in_page(offset);
}

static void put_record(void *page, UndoPtr at, uint16_t previous_bytes, uint8_t kind, uint8_t flags,
                       Xid xid, const WalPart *parts, uint32_t part_count)
{
    char *record = page_record(page, undo_ptr_offset(at));
    uint32_t bytes = UNDO_RECORD_HEADER_BYTES;
    for (uint32_t i = 0; i < part_count; i++) {
        ASSERT(bytes + parts[i].bytes <= UNDO_RECORD_BYTES_MAX);
        if (parts[i].bytes) memcpy(record + bytes, parts[i].data, parts[i].bytes);
        bytes += parts[i].bytes;
    }
    if (bytes % 2) record[bytes++] = 0;
    store_le16(record, (uint16_t)bytes);
    store_le16(record + RECORD_PREVIOUS_AT, previous_bytes);
    record[RECORD_KIND_AT] = (char)kind;
    record[RECORD_FLAGS_AT] = (char)flags;
    memcpy(record + RECORD_XID_AT, &xid.v, XID_BITS / 8);
    uint32_t used = in_page(undo_ptr_offset(at)) + bytes;
    ASSERT(used <= UNDO_PAGE_PAYLOAD);
    store_le16((char *)page + PAGE_USED_AT, (uint16_t)used);
}

void undo_page_redo(void *page, PageId id, bool format, UndoPtr at, uint16_t previous_bytes,
                    uint8_t kind, uint8_t flags, Xid xid, const WalPart *parts, uint32_t part_count)
{
    if (format) format_page(page, id, at);
    put_record(page, at, previous_bytes, kind, flags, xid, parts, part_count);
}

void undo_note_take(PackReader *in, UndoPtr *at, uint16_t *previous_bytes)
{
    *at = undo_ptr_take(in);
    *previous_bytes = (uint16_t)(pack_varint_most(in, UINT16_MAX / 2) * 2);
}

/* ---- spaces and streams ---- */

static UndoStream *stream_of(UndoSpace *space, uint32_t class_, uint32_t number)
{
    UndoStreamChunk *chunk = atomic_load_explicit(&space->chunks[class_][number / STREAM_CHUNK],
                                                  memory_order_acquire);
    return chunk ? chunk->streams[number % STREAM_CHUNK] : NULL;
}

static uint32_t stream_count(const UndoSpace *space, UndoClass class_)
{
    return atomic_load_explicit(&space->stream_count[class_], memory_order_acquire);
}

/* A stream listed, and attached to the xid unless that is XID_NONE. The space's lock is held, or nobody else knows the
 * space. */
static Status stream_new(UndoSpaces *undo, UndoSpace *space, uint32_t class_, uint32_t number,
                         Xid xid, UndoStream **made)
{
    _Atomic(UndoStreamChunk *) *slot = &space->chunks[class_][number / STREAM_CHUNK];
    UndoStreamChunk *chunk = atomic_load_explicit(slot, memory_order_relaxed);
    if (!chunk) {
        chunk = heap_try_alloc(undo->heap, sizeof *chunk);
        if (!chunk) return ST_NO_MEMORY;
        atomic_store_explicit(slot, chunk, memory_order_release);
    }
    void *memory = heap_try_alloc(undo->heap, sizeof(UndoStream) + alignof(UndoStream));
    if (!memory) return ST_NO_MEMORY;
    UndoStream *stream = (UndoStream *)(void *)ALIGN_UP((uintptr_t)memory, alignof(UndoStream));
    stream->memory = memory;
    stream->space = space->space;
    stream->class_ = (uint8_t)class_;
    stream->number = (uint16_t)number;
    stream->first_extent = FIRST_EXTENT;
    rwlock_init(&stream->lock, RANK_UNDO_STREAMS);
    atomic_store(&stream->head, FIRST_EXTENT * extent_payload);
    atomic_store(&stream->tail, FIRST_EXTENT * extent_payload);
    atomic_store(&stream->attached, xid.v);
    chunk->streams[number % STREAM_CHUNK] = stream;
    if (atomic_load(&space->stream_count[class_]) <= number)
        atomic_store_explicit(&space->stream_count[class_], number + 1, memory_order_release);
    *made = stream;
    return OK;
}

/* The stream's lock is held exclusively, or nobody else knows it. */
static Status extents_add(UndoSpaces *undo, UndoStream *stream, uint64_t first_page)
{
    if (stream->extent_count == stream->extent_capacity) {
        uint32_t capacity = MAX(2 * stream->extent_capacity, 4);
        uint64_t *grown = heap_try_alloc(undo->heap, capacity * sizeof *grown);
        if (!grown) return ST_NO_MEMORY;
        if (stream->extent_count)
            memcpy(grown, stream->extents, stream->extent_count * sizeof *grown);
        heap_free(undo->heap, stream->extents);
        stream->extents = grown;
        stream->extent_capacity = capacity;
    }
    stream->extents[stream->extent_count++] = first_page;
    return OK;
}

/* The page that holds the stream's byte `offset`; false: no such extent is kept. */
static bool find_page(UndoStream *stream, uint64_t offset, PageId *page)
{
    uint64_t index = page_index(offset), extent = index / EXTENT_PAGES;
    rwlock_lock_shared(&stream->lock);
    bool found = extent >= stream->first_extent &&
                 extent - stream->first_extent < stream->extent_count;
    if (found)
        *page = page_id(stream->space,
                        stream->extents[extent - stream->first_extent] + index % EXTENT_PAGES);
    rwlock_unlock_shared(&stream->lock);
    return found;
}

static void directory_key(const UndoStream *stream, uint64_t extent,
                          uint8_t key[DIRECTORY_KEY_BYTES])
{
    uint64_t extent_be = __builtin_bswap64(extent << 16);
    key[0] = DIRECTORY_UNDO;
    key[1] = stream->class_;
    store_be16(key + 2, stream->number);
    memcpy(key + 4, &extent_be, 6);
}

/* Takes an extent of the space for the stream's next part. The chain's owner calls it, with nothing latched. */
static Status extend(UndoSpaces *undo, UndoStream *stream)
{
    uint8_t key[DIRECTORY_KEY_BYTES], value[8];
    PageId first;
    TRY(space_take_extent(undo->store, tree_id(stream->space, stream_key(stream)), true, &first));
    store_le64(value, page_number(first));
    directory_key(stream, stream->first_extent + stream->extent_count, key);
    Status status = directory__put(undo->store, stream->space, (Bytes){key, sizeof key},
                                   (Bytes){value, sizeof value});
    if (status != OK) {
        /* Nobody knows the extent: whatever giving it back says, the first failure is told. */
        IGNORE_STATUS(space_free_extent(undo->store, first));
        return status;
    }
    rwlock_lock_exclusive(&stream->lock);
    status = extents_add(undo, stream, page_number(first));
    rwlock_unlock_exclusive(&stream->lock);
    if (status == OK) {
        space_page_settled(undo->store, first);
        return OK;
    }
    IGNORE_STATUS(directory__remove(undo->store, stream->space, (Bytes){key, sizeof key}));
    IGNORE_STATUS(space_free_extent(undo->store, first));
    return status;
}

/* ---- opening a space: its streams from the directory, their tails from the pages ---- */

typedef struct OpenArgs {
    UndoSpaces *undo;
    UndoSpace *space;
    UndoStream *stream;
} OpenArgs;

static Status open_extent(void *arg, Bytes key, Bytes value)
{
    OpenArgs *args = arg;
    if (key.bytes != DIRECTORY_KEY_BYTES || value.bytes != 8 || key.data[1] >= UNDO_CLASSES)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "undo entry of the directory of space %u is malformed",
                          args->space->space.v);
    uint32_t class_ = key.data[1], number = load_be16(key.data + 2);
    uint64_t extent = load_be64(key.data + 2) & ((UINT64_C(1) << 48) - 1);
    UndoStream *stream = args->stream;
    if (!stream || stream->class_ != class_ || stream->number != number) {
        if (number >= UNDO_STREAMS_MAX)
            return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                              "undo stream %u of space %u does not exist", number,
                              args->space->space.v);
        TRY(stream_new(args->undo, args->space, class_, number, XID_NONE, &stream));
        stream->first_extent = extent;
        args->stream = stream;
    }
    if (extent != stream->first_extent + stream->extent_count)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "undo stream %u of space %u lacks extent %" PRIu64, number,
                          args->space->space.v, stream->first_extent + stream->extent_count);
    return extents_add(args->undo, stream, load_le64(value.data));
}

bool undo__directory_entry(Bytes key, Bytes value, uint64_t *stream, uint64_t *first_page)
{
    if (key.bytes != DIRECTORY_KEY_BYTES || value.bytes != 8 || key.data[1] >= UNDO_CLASSES)
        return false;
    *stream = (uint64_t)key.data[1] << 14 | load_be16(key.data + 2);
    *first_page = load_le64(value.data);
    return true;
}

/* Reads page `index` of the stream: *end is the offset behind its last record, or 0 when it is not formatted. */
static Status page_end(UndoSpaces *undo, UndoStream *stream, uint64_t index, uint64_t *end)
{
    PageId id;
    PageRef page;
    uint64_t offset = index * UNDO_PAGE_PAYLOAD;
    *end = 0;
    if (!find_page(stream, offset, &id)) return OK;
    TRY(pool_latch(undo->store->pool, id, (LatchOptions){LATCH_SHARED, RANK_UNDO_TAIL, false},
                   &page));
    if (page_is_of(page.data, stream_key(stream), offset)) *end = offset + page_used(page.data);
    pool_unlatch(&page);
    return OK;
}

/* Formatted pages are a prefix of those the stream has: the tail is found by halving. */
static Status find_tail(UndoSpaces *undo, UndoStream *stream)
{
    uint64_t low = stream->first_extent * EXTENT_PAGES;
    uint64_t high = low + (uint64_t)stream->extent_count * EXTENT_PAGES;
    uint64_t tail = low * UNDO_PAGE_PAYLOAD;
    atomic_store(&stream->head, tail);
    while (low < high) {
        uint64_t middle = low + (high - low) / 2, end;
        TRY(page_end(undo, stream, middle, &end));
        if (end) {
            tail = end;
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    atomic_store(&stream->tail, tail);
    return OK;
}

static Status space_load(UndoSpaces *undo, UndoSpace *space)
{
    const uint8_t prefix[] = {DIRECTORY_UNDO};
    OpenArgs args = {undo, space, NULL};
    TRY(directory__scan(undo->store, space->space, (Bytes){prefix, sizeof prefix}, open_extent,
                        &args));
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
        for (uint32_t i = 0; i < atomic_load(&space->stream_count[c]); i++) {
            UndoStream *stream = stream_of(space, c, i);
            if (!stream) TRY(stream_new(undo, space, c, i, XID_NONE, &stream));
            TRY(find_tail(undo, stream));
        }
    }
    return OK;
}

static UndoSpace *space_listed(UndoSpaces *undo, SpaceId id)
{
    UndoSpace *space = atomic_load_explicit(&undo->first, memory_order_acquire);
    while (space && space->space.v != id.v) space = space->next;
    return space;
}

static void space_free(UndoSpaces *undo, UndoSpace *space)
{
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
        for (uint32_t i = 0; i < atomic_load(&space->stream_count[c]); i++) {
            UndoStream *stream = stream_of(space, c, i);
            if (!stream) continue;
            heap_free(undo->heap, stream->extents);
            heap_free(undo->heap, stream->memory);
        }
        for (uint32_t i = 0; i < STREAM_CHUNKS; i++)
            heap_free(undo->heap, atomic_load(&space->chunks[c][i]));
    }
    heap_free(undo->heap, space);
}

static Status space_find(UndoSpaces *undo, SpaceId id, UndoSpace **found)
{
    *found = space_listed(undo, id);
    if (*found) return OK;
    mutex_lock(&undo->lock);
    *found = space_listed(undo, id);
    Status status = OK;
    if (!*found) {
        UndoSpace *space = heap_try_alloc(undo->heap, sizeof *space);
        status = space ? OK : ST_NO_MEMORY;
        if (space) {
            space->space = id;
            mutex_init(&space->lock, RANK_UNDO_STREAMS);
            status = space_load(undo, space);
            if (status == OK) {
                space->next = atomic_load(&undo->first);
                atomic_store_explicit(&undo->first, space, memory_order_release);
                *found = space;
            } else {
                space_free(undo, space);
            }
        }
    }
    mutex_unlock(&undo->lock);
    return status;
}

Status undo__open(Store *store, UndoSpaces **undo)
{
    Heap *heap = heap_try_new(store->account, "undo streams");
    if (!heap) return ST_NO_MEMORY;
    *undo = heap_try_alloc(heap, sizeof **undo);
    if (!*undo) {
        heap_drop(heap);
        return ST_NO_MEMORY;
    }
    (*undo)->store = store;
    (*undo)->heap = heap;
    mutex_init(&(*undo)->lock, RANK_UNDO_SPACES);
    return OK;
}

void undo__close(UndoSpaces *undo)
{
    if (undo) heap_drop(undo->heap);
}

void undo__forget_space(UndoSpaces *undo, SpaceId id)
{
    mutex_lock(&undo->lock);
    UndoSpace *space = atomic_load(&undo->first), *before = NULL;
    while (space && space->space.v != id.v) {
        before = space;
        space = space->next;
    }
    if (space) {
        if (before)
            before->next = space->next;
        else
            atomic_store(&undo->first, space->next);
        space_free(undo, space);
    }
    mutex_unlock(&undo->lock);
}

/* The streams know it themselves: who writes counts nothing. */
uint64_t undo_bytes(Store *store)
{
    UndoSpaces *undo = store->undo;
    uint64_t bytes = 0;
    mutex_lock(&undo->lock);
    for (UndoSpace *space = atomic_load(&undo->first); space; space = space->next) {
        for (uint32_t c = 0; c < UNDO_CLASSES; c++) {
            for (uint32_t i = 0; i < stream_count(space, (UndoClass)c); i++) {
                const UndoStream *stream = stream_of(space, c, i);
                const uint64_t head = atomic_load(&stream->head); /* behind it the tail is later */
                bytes += atomic_load_explicit(&stream->tail, memory_order_acquire) - head;
            }
        }
    }
    mutex_unlock(&undo->lock);
    return bytes;
}

/* ---- a transaction's chain ---- */

/* Of a stream that was attached to the xid just now. */
static UndoChain *chain_begin(UndoSpaces *undo, UndoStream *stream, Xid xid)
{
    ASSERT(atomic_load(&stream->attached) == xid.v);
    stream->chain = (UndoChain){.store = undo->store, .stream = stream, .xid = xid};
    return &stream->chain;
}

/* Attaches the stream if it is free. */
static bool stream_take(UndoSpace *space, UndoClass class_, uint32_t number, Xid xid,
                        UndoStream **taken)
{
    uint64_t nobody = 0;
    UndoStream *stream = stream_of(space, class_, number);
    if (atomic_load_explicit(&stream->attached, memory_order_relaxed) != 0) return false;
    os_yield_point();
    if (!atomic_compare_exchange_strong(&stream->attached, &nobody, xid.v)) return false;
    *taken = stream;
    return true;
}

/* Attaches a free one among streams `from` and following. */
static bool stream_take_any(UndoSpace *space, UndoClass class_, uint32_t from, Xid xid,
                            UndoStream **taken)
{
    for (uint32_t i = from; i < stream_count(space, class_); i++) {
        if (!stream_take(space, class_, i, xid, taken)) continue;
        atomic_store_explicit(&space->maybe_free[class_], i + 1, memory_order_relaxed);
        return true;
    }
    return false;
}

/* None seems to be free: looks at all, then makes one. */
static Status stream_add(UndoSpaces *undo, UndoSpace *space, UndoClass class_, Xid xid,
                         UndoStream **taken)
{
    Status status = OK;
    mutex_lock(&space->lock);
    if (!stream_take_any(space, class_, 0, xid, taken)) {
        uint32_t count = stream_count(space, class_);
        if (count < UNDO_STREAMS_MAX)
            status = stream_new(undo, space, class_, count, xid, taken);
        else
            status = error_note(ST_FULL, SQLSTATE_CONFIGURATION_LIMIT_EXCEEDED,
                                "more than %d transactions are writing", UNDO_STREAMS_MAX);
    }
    mutex_unlock(&space->lock);
    return status;
}

Status undo_attach(Store *store, SpaceId id, UndoClass class_, uint32_t near, Xid xid,
                   UndoChain **chain)
{
    UndoSpaces *undo = store->undo;
    UndoSpace *space;
    UndoStream *stream;
    TRY(space_find(undo, id, &space));
    if (near >= stream_count(space, class_) || !stream_take(space, class_, near, xid, &stream)) {
        MARK("a session takes another undo stream than its last one");
        uint32_t from = atomic_load_explicit(&space->maybe_free[class_], memory_order_relaxed);
        if (!stream_take_any(space, class_, from, xid, &stream))
            TRY(stream_add(undo, space, class_, xid, &stream));
    }
    *chain = chain_begin(undo, stream, xid);
    return OK;
}

uint32_t undo_chain_stream(const UndoChain *chain)
{
    return chain->stream->number;
}

void undo_detach(UndoChain *chain)
{
    UndoStream *stream = chain->stream;
    UndoSpace *space = space_listed(chain->store->undo, stream->space);
    uint32_t number = stream->number;
    undo_unreserve(chain);
    ASSERT(atomic_load(&stream->attached) == chain->xid.v);
    _Atomic uint32_t *maybe_free = NEVER(space == NULL) ? NULL : &space->maybe_free[stream->class_];
    atomic_store(&stream->attached, 0);
    /* Should another overwrite it at this moment, the stream is found by its last user or before one is made. */
    if (maybe_free && atomic_load_explicit(maybe_free, memory_order_relaxed) > number)
        atomic_store_explicit(maybe_free, number, memory_order_relaxed);
}

void undo_chain_leave_dead(UndoChain *chain)
{
    chain->leaves_dead = true;
}

bool undo_chain_leaves_dead(const UndoChain *chain)
{
    return chain->leaves_dead;
}

UndoPtr undo_chain_first(const UndoChain *chain)
{
    return (UndoPtr){atomic_load_explicit(&chain->first, memory_order_acquire)};
}

UndoPtr undo_chain_last(const UndoChain *chain)
{
    return (UndoPtr){atomic_load_explicit(&chain->last, memory_order_acquire)};
}

/* Whoever appends holds the page's latch until his log record is appended; a page that is not in memory nobody holds.
 * `first` is read behind `last`, which is never older. */
void undo_chain_ends(const UndoChain *chain, UndoPtr *first, UndoPtr *last)
{
    LatchOptions shared = {LATCH_SHARED, RANK_UNDO_TAIL, false};
    PageId id;
    PageRef page;
    *first = UNDO_NONE;
    *last = undo_chain_last(chain);
    if (last->v == UNDO_NONE.v) return;
    if (find_page(chain->stream, undo_ptr_offset(*last), &id) &&
        pool_latch_resident(chain->store->pool, id, shared, &page) == OK)
        pool_unlatch(&page);
    *first = undo_chain_first(chain);
}

UndoPtr undo_chain_end(const UndoChain *chain)
{
    const UndoStream *stream = chain->stream;
    return undo_ptr((UndoClass)stream->class_, stream->number,
                    atomic_load_explicit(&stream->tail, memory_order_relaxed));
}

uint16_t undo_previous_bytes(const UndoChain *chain)
{
    return chain->previous_bytes;
}

/* find_page for the next record. The page of the tail stays the stream's: what is freed ends at the tail or before
 * it. */
static bool find_tail_page(UndoStream *stream, uint64_t at, PageId *page)
{
    uint64_t index = page_index(at);
    if (LIKELY(index == stream->tail_index)) {
        *page = stream->tail_page;
        return true;
    }
    if (!find_page(stream, at, page)) return false;
    stream->tail_index = index; /* never 0: streams begin with extent 1 */
    stream->tail_page = *page;
    return true;
}

Status undo_reserve(UndoChain *chain, uint32_t bytes)
{
    ASSERT(bytes >= UNDO_RECORD_HEADER_BYTES && bytes <= UNDO_RECORD_BYTES_MAX);
    UndoStream *stream = chain->stream;
    UndoSpaces *undo = chain->store->undo;
    undo_unreserve(chain);
    uint64_t at = atomic_load_explicit(&stream->tail, memory_order_relaxed);
    if (in_page(at) + ALIGN_UP(bytes, 2) > UNDO_PAGE_PAYLOAD)
        at = (page_index(at) + 1) * UNDO_PAGE_PAYLOAD;
    if (!find_tail_page(stream, at, &chain->next_page)) {
        MARK("undo stream gets an extent");
        TRY(extend(undo, stream));
        if (NEVER(!find_tail_page(stream, at, &chain->next_page))) return ST_CORRUPT;
    }
    chain->next_at = at;
    chain->format = in_page(at) == 0;
    if (chain->format)
        TRY(pool_reserve_frames(chain->store->pool, 1));
    else
        TRY(pool_fetch(chain->store->pool, chain->next_page));
    chain->reserved = true;
    return OK;
}

void undo_unreserve(UndoChain *chain)
{
    if (chain->reserved && chain->format) pool_unreserve_frames(chain->store->pool, 1);
    chain->reserved = false;
}

Status undo_append_begin(UndoChain *chain, uint32_t bytes, PageRef *page, UndoPtr *at, bool *format)
{
    ASSERT(chain->reserved);
    ASSERT(in_page(chain->next_at) + ALIGN_UP(bytes, 2) <= UNDO_PAGE_PAYLOAD);
    UndoStream *stream = chain->stream;
    *at = undo_ptr((UndoClass)stream->class_, stream->number, chain->next_at);
    *format = chain->format;
    if (chain->format) {
        TRY(pool_latch_new(chain->store->pool, chain->next_page, RANK_UNDO_TAIL, page));
        chain->reserved = false; /* the frame is used */
        format_page(page->data, chain->next_page, *at);
        return OK;
    }
    TRY(pool_latch_resident(chain->store->pool, chain->next_page,
                            (LatchOptions){LATCH_EXCLUSIVE, RANK_UNDO_TAIL, false}, page));
    chain->reserved = false;
    ASSERT(page_is_of(page->data, stream_key(stream), chain->next_at));
    ASSERT(page_used(page->data) == in_page(chain->next_at));
    return OK;
}

void undo_append_finish(UndoChain *chain, PageRef *page, UndoPtr at, uint8_t kind, uint8_t flags,
                        const WalPart *parts, uint32_t part_count)
{
    UndoStream *stream = chain->stream;
    const uint64_t offset = undo_ptr_offset(at);
    ASSERT(offset >= atomic_load_explicit(&stream->tail, memory_order_relaxed));
    put_record(page->data, at, chain->previous_bytes, kind, flags, chain->xid, parts, part_count);
    chain->previous_bytes = load_le16(page_record(page->data, offset));
    if (undo_chain_first(chain).v == UNDO_NONE.v)
        atomic_store_explicit(&chain->first, at.v, memory_order_release);
    atomic_store_explicit(&chain->last, at.v, memory_order_release);
    atomic_store_explicit(&stream->tail, offset + chain->previous_bytes, memory_order_release);
}

/* ---- reading ---- */

static void decode(const char *bytes, UndoRecord *record, uint16_t *record_bytes,
                   uint16_t *previous_bytes)
{
    *record_bytes = load_le16(bytes);
    *previous_bytes = load_le16(bytes + RECORD_PREVIOUS_AT);
    record->kind = (uint8_t)bytes[RECORD_KIND_AT];
    record->flags = (uint8_t)bytes[RECORD_FLAGS_AT];
    record->xid = XID_NONE;
    memcpy(&record->xid.v, bytes + RECORD_XID_AT, XID_BITS / 8);
}

/* Copies the record at `offset` of a latched page. */
static Status copy_record(const PageRef *page, UndoPtr ptr, Arena *arena, UndoRecord *record,
                          uint16_t *record_bytes, uint16_t *previous_bytes)
{
    uint32_t at = in_page(undo_ptr_offset(ptr)), used = page_used(page->data);
    if (at + UNDO_RECORD_HEADER_BYTES > used)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "undo pointer %" PRIx64 " leads behind the records of page %" PRIu64
                          " of space %u",
                          ptr.v, page_number(page->id), page_space(page->id).v);
    const char *bytes = (const char *)page->data + UNDO_PAGE_HEADER_BYTES + at;
    *record = (UndoRecord){.ptr = ptr};
    decode(bytes, record, record_bytes, previous_bytes);
    if (*record_bytes < UNDO_RECORD_HEADER_BYTES || at + *record_bytes > used)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "undo record %" PRIx64 " on page %" PRIu64
                          " of space %u has a bad length",
                          ptr.v, page_number(page->id), page_space(page->id).v);
    size_t payload = *record_bytes - UNDO_RECORD_HEADER_BYTES;
    uint8_t *copy = arena_try_alloc(arena, payload);
    if (!copy) return ST_NO_MEMORY;
    memcpy(copy, bytes + UNDO_RECORD_HEADER_BYTES, payload);
    record->payload = (Bytes){copy, payload};
    return OK;
}

/* Latches, shared, the page of the stream's byte `offset`. ST_END: freed. */
static Status latch_for_reading(UndoSpaces *undo, UndoStream *stream, uint64_t offset,
                                PageRef *page)
{
    PageId id;
    if (offset < atomic_load_explicit(&stream->head, memory_order_acquire)) return ST_END;
    if (!find_page(stream, offset, &id)) return ST_END;
    TRY(pool_latch(undo->store->pool, id, (LatchOptions){LATCH_SHARED, RANK_UNDO_TAIL, false},
                   page));
    if (page_is_of(page->data, stream_key(stream), offset)) return OK;
    pool_unlatch(page);
    return ST_END; /* freed since the look at the head */
}

static Status find_stream(UndoSpaces *undo, SpaceId id, UndoPtr ptr, UndoStream **stream)
{
    UndoSpace *space;
    TRY(space_find(undo, id, &space));
    *stream = stream_of(space, undo_ptr_class(ptr), undo_ptr_stream(ptr));
    return *stream ? OK : ST_END;
}

uint64_t undo__head(Store *store, SpaceId space, UndoPtr ptr)
{
    UndoStream *stream;
    if (find_stream(store->undo, space, ptr, &stream) != OK) return 0;
    return atomic_load_explicit(&stream->head, memory_order_acquire);
}

Status undo__page_of(Store *store, SpaceId space, UndoPtr ptr, PageId *page)
{
    UndoStream *stream;
    PageRef ref;
    uint64_t offset = undo_ptr_offset(ptr);
    *page = PAGE_NONE;
    TRY(find_stream(store->undo, space, ptr, &stream));
    if (!find_page(stream, offset, page)) return ST_END;
    TRY(pool_latch(store->pool, *page, (LatchOptions){LATCH_SHARED, RANK_UNDO_TAIL, false}, &ref));
    bool behind = page_is_of(ref.data, stream_key(stream), offset) &&
                  in_page(offset) >= page_used(ref.data);
    pool_unlatch(&ref);
    if (behind) (void)find_page(stream, (page_index(offset) + 1) * UNDO_PAGE_PAYLOAD, page);
    return OK;
}

/* The record before the one at `ptr`: right before it, or the last one of the page before. UNDO_NONE when that is freed
 * already, with the extent that it stood in. */
static Status previous_ptr(UndoSpaces *undo, UndoStream *stream, UndoPtr ptr,
                           uint16_t previous_bytes, UndoPtr *previous)
{
    uint64_t offset = undo_ptr_offset(ptr), end = offset;
    *previous = UNDO_NONE;
    if (previous_bytes == 0) return OK;
    if (in_page(offset) == 0) {
        PageRef page;
        Status status = latch_for_reading(undo, stream, offset - 1, &page);
        if (status != OK) return status == ST_END ? OK : status;
        end = page_first_offset(page.data) + page_used(page.data);
        pool_unlatch(&page);
    }
    *previous = undo_ptr(undo_ptr_class(ptr), undo_ptr_stream(ptr), end - previous_bytes);
    return OK;
}

Status undo_read(Store *store, SpaceId space, UndoPtr ptr, Arena *arena, UndoRecord *record)
{
    UndoStream *stream;
    PageRef page;
    uint16_t bytes, previous_bytes;
    TRY(find_stream(store->undo, space, ptr, &stream));
    TRY(latch_for_reading(store->undo, stream, undo_ptr_offset(ptr), &page));
    Status status = copy_record(&page, ptr, arena, record, &bytes, &previous_bytes);
    pool_unlatch(&page);
    if (status != OK) return status;
    return previous_ptr(store->undo, stream, ptr, previous_bytes, &record->previous);
}

/* Where a walk goes on from a record: a walk may also begin at a jump, when that is the chain's newest record. */
static Status way_back(const UndoRecord *record, UndoPtr *ptr)
{
    *ptr = record->previous;
    if (record->kind != UNDO_KIND_JUMP) return OK;
    if (record->payload.bytes < JUMP_PAYLOAD_BYTES)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED, "undo jump %" PRIx64 " is malformed",
                          record->ptr.v);
    MARK("rollback jumps over what a savepoint undid");
    *ptr = (UndoPtr){load_le64(record->payload.data)};
    return OK;
}

Status undo_chain_previous(Store *store, SpaceId space, const UndoRecord *record, Arena *arena,
                           UndoRecord *previous)
{
    UndoPtr ptr;
    TRY(way_back(record, &ptr));
    for (;;) {
        if (ptr.v == UNDO_NONE.v) return ST_END;
        TRY(undo_read(store, space, ptr, arena, previous));
        if (previous->kind != UNDO_KIND_JUMP) return OK;
        TRY(way_back(previous, &ptr));
    }
}

Status undo_read_forward(Store *store, SpaceId space, UndoPtr ptr, Arena *arena, UndoRecord *record,
                         UndoPtr *next)
{
    UndoStream *stream;
    TRY(find_stream(store->undo, space, ptr, &stream));
    uint64_t offset = MAX(undo_ptr_offset(ptr), atomic_load(&stream->head));
    for (;;) {
        PageRef page;
        uint16_t bytes, previous_bytes;
        if (offset >= atomic_load_explicit(&stream->tail, memory_order_acquire)) return ST_END;
        TRY(latch_for_reading(store->undo, stream, offset, &page));
        if (in_page(offset) >= page_used(page.data)) {
            pool_unlatch(&page);
            offset = (page_index(offset) + 1) * UNDO_PAGE_PAYLOAD;
            continue;
        }
        ptr = undo_ptr(undo_ptr_class(ptr), undo_ptr_stream(ptr), offset);
        Status status = copy_record(&page, ptr, arena, record, &bytes, &previous_bytes);
        pool_unlatch(&page);
        if (status != OK) return status;
        *next = undo_ptr(undo_ptr_class(ptr), undo_ptr_stream(ptr), offset + bytes);
        return previous_ptr(store->undo, stream, ptr, previous_bytes, &record->previous);
    }
}

/* ---- jumps, recovery ---- */

Status undo_chain_jump(UndoChain *chain, UndoPtr to)
{
    uint8_t payload[JUMP_PAYLOAD_BYTES], note[UNDO_NOTE_BYTES];
    Store *store = chain->store;
    uint32_t bytes = UNDO_RECORD_HEADER_BYTES + JUMP_PAYLOAD_BYTES;
    uint32_t credit = wal_record_bytes(1, UNDO_NOTE_BYTES + JUMP_PAYLOAD_BYTES);
    PageRef page;
    UndoPtr at;
    bool format;
    store_le64(payload, to.v);
    for (;;) {
        /* An extent for the stream takes credit of its own: nobody waits for credit while he holds some. */
        TRY(undo_reserve(chain, bytes));
        Status status = wal_credit_take(store->wal, credit, WAL_CREDIT_RESERVE);
        if (status == OK) {
            status = undo_append_begin(chain, bytes, &page, &at, &format);
            if (status == OK) break;
            wal_credit_return(store->wal, credit);
        }
        undo_unreserve(chain);
        if (status != ST_BUSY) return status;
    }
    uint32_t note_bytes = (uint32_t)(undo_note_put(note, at, chain->previous_bytes) - note);
    undo_append_finish(chain, &page, at, UNDO_KIND_JUMP, 0, &(WalPart){payload, sizeof payload}, 1);
    PoolChange change = {&page, (uint8_t)(WAL_REF_UNDO | (format ? WAL_REF_FORMAT : 0))};
    WalPart parts[] = {{note, note_bytes}, {payload, sizeof payload}};
    Lsn lsn = pool_log(store->pool, WAL_UNDO_JUMP, chain->xid, &change, 1, parts, ARRAY_LEN(parts),
                       false);
    pool_unlatch(&page);
    if (lsn.v != 0) credit -= wal_record_bytes(1, note_bytes + JUMP_PAYLOAD_BYTES);
    wal_credit_return(store->wal, credit);
    return OK;
}

static Status read_jump(const WalRecord *record, UndoPtr *at, uint16_t *previous_bytes,
                        Bytes *payload)
{
    PackReader in = pack_reader(record->payload);
    undo_note_take(&in, at, previous_bytes);
    *payload = pack_rest(&in);
    return !in.bad && payload->bytes == JUMP_PAYLOAD_BYTES ? OK : ST_CORRUPT;
}

static Status redo_jump(const WalRecord *record, uint32_t index, void *page)
{
    UndoPtr at;
    uint16_t previous_bytes;
    Bytes payload;
    TRY(read_jump(record, &at, &previous_bytes, &payload));
    undo_page_redo(page, record->refs[index].page, record->refs[index].flags & WAL_REF_FORMAT, at,
                   previous_bytes, UNDO_KIND_JUMP, 0, record->xid,
                   &(WalPart){payload.data, JUMP_PAYLOAD_BYTES}, 1);
    return OK;
}

static void print_jump(const WalRecord *record, StrBuilder *out)
{
    UndoPtr at;
    uint16_t previous_bytes;
    Bytes payload;
    if (read_jump(record, &at, &previous_bytes, &payload) != OK) return;
    str_add_format(out, "at %" PRIx64 " to %" PRIx64, at.v, load_le64(payload.data));
}

static void print_free(const WalRecord *record, StrBuilder *out)
{
    if (record->payload.bytes < 24) return;
    str_add_format(out, "below %" PRIx64 " newest xid %" PRIu64 " commit %" PRIu64,
                   load_le64(record->payload.data), load_le64(record->payload.data + 8),
                   load_le64(record->payload.data + 16));
}

const RedoEntry store__undo_redo[UNDO__REDO_COUNT] = {
    {WAL_UNDO_JUMP, redo_jump, print_jump},
    {WAL_UNDO_FREE, NULL, print_free},
};

Status undo_reattach(Store *store, SpaceId id, UndoPtr last, Xid xid, UndoChain **chain)
{
    UndoSpaces *undo = store->undo;
    UndoSpace *space;
    TRY(space_find(undo, id, &space));
    UndoStream *stream;
    if (undo_ptr_stream(last) >= stream_count(space, undo_ptr_class(last)) ||
        !stream_take(space, undo_ptr_class(last), undo_ptr_stream(last), xid, &stream))
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "undo stream of pointer %" PRIx64 " is missing or taken", last.v);
    *chain = chain_begin(undo, stream, xid);

    PageRef page;
    (*chain)->leaves_dead = true; /* for all that is known */
    atomic_store(&(*chain)->last, last.v);
    /* somewhere at or before it: only that it is not UNDO_NONE matters from here on */
    atomic_store(&(*chain)->first, last.v);
    Status status = latch_for_reading(undo, stream, undo_ptr_offset(last), &page);
    if (status == OK) {
        (*chain)->previous_bytes = load_le16(page_record(page.data, undo_ptr_offset(last)));
        pool_unlatch(&page);
        ASSERT(undo_ptr_offset(last) + (*chain)->previous_bytes <= atomic_load(&stream->tail));
        return OK;
    }
    undo_detach(*chain);
    return status == ST_END
               ? error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                            "undo record %" PRIx64 " of an open transaction is missing", last.v)
               : status;
}

/* ---- purge ---- */

Status undo_streams(Store *store, SpaceId id, Arena *arena, UndoStreamFigures **streams,
                    uint32_t *count)
{
    UndoSpace *space;
    TRY(space_find(store->undo, id, &space));
    mutex_lock(&space->lock);
    uint32_t total = 0;
    for (uint32_t c = 0; c < UNDO_CLASSES; c++) total += stream_count(space, (UndoClass)c);
    *count = 0;
    *streams = arena_try_alloc(arena, total * sizeof **streams);
    for (uint32_t c = 0; *streams && c < UNDO_CLASSES; c++) {
        for (uint32_t i = 0; i < stream_count(space, (UndoClass)c); i++) {
            const UndoStream *stream = stream_of(space, c, i);
            (*streams)[(*count)++] = (UndoStreamFigures){(UndoClass)c, i,
                                                         atomic_load(&stream->head),
                                                         atomic_load(&stream->tail),
                                                         (Xid){atomic_load(&stream->attached)}};
        }
    }
    mutex_unlock(&space->lock);
    return *streams ? OK : ST_NO_MEMORY;
}

/* Gives the oldest extent back when it ends at or below `offset`. It is on the stream's list until it is out of the
 * directory: on a full disk that may fail, and is tried again; a stream whose extents have a gap cannot be opened.
 */
static Status free_first_extent(UndoSpaces *undo, UndoStream *stream, uint64_t offset)
{
    uint8_t key[DIRECTORY_KEY_BYTES];
    rwlock_lock_shared(&stream->lock);
    uint64_t extent = stream->first_extent;
    bool whole = stream->extent_count > 1 && (extent + 1) * extent_payload <= offset;
    PageId first = whole ? page_id(stream->space, stream->extents[0]) : PAGE_NONE;
    rwlock_unlock_shared(&stream->lock);
    if (!whole) return ST_END;
    directory_key(stream, extent, key);
    TRY(space_page_leaves_logged(undo->store, first));
    Status status = directory__remove(undo->store, stream->space, (Bytes){key, sizeof key});
    if (status != OK) {
        space_page_settled(undo->store, first);
        return status;
    }
    rwlock_lock_exclusive(&stream->lock);
    stream->first_extent++;
    stream->extent_count--;
    memmove(stream->extents, stream->extents + 1, stream->extent_count * sizeof *stream->extents);
    rwlock_unlock_exclusive(&stream->lock);
    pool_forget(undo->store->pool, first, EXTENT_PAGES);
    return space_free_extent(undo->store, first);
}

static Status log_free(Store *store, UndoPtr below, Xid newest_xid, uint64_t newest_commit)
{
    uint8_t payload[24];
    uint32_t credit = wal_record_bytes(0, sizeof payload);
    store_le64(payload, below.v);
    store_le64(payload + 8, newest_xid.v);
    store_le64(payload + 16, newest_commit);
    TRY(wal_credit_take(store->wal, credit, WAL_CREDIT_RESERVE));
    wal_append(store->wal, WAL_UNDO_FREE, XID_NONE, NULL, 0, &(WalPart){payload, sizeof payload}, 1,
               NULL);
    return OK;
}

Status undo_free_until(Store *store, SpaceId id, UndoClass class_, uint32_t number, uint64_t offset,
                       Xid newest_xid, uint64_t newest_commit, uint64_t *freed)
{
    UndoStream *stream;
    *freed = 0;
    TRY(find_stream(store->undo, id, undo_ptr(class_, number, offset), &stream));
    uint64_t head = atomic_load(&stream->head);
    ASSERT(offset <= atomic_load(&stream->tail));
    if (offset <= head) return OK;
    atomic_store_explicit(&stream->head, offset, memory_order_release);
    *freed = offset - head;
    if (page_index(offset) / EXTENT_PAGES == page_index(head) / EXTENT_PAGES) return OK;
    if (class_ != UNDO_TEMP)
        TRY(log_free(store, undo_ptr(class_, number, offset), newest_xid, newest_commit));
    Status status;
    while ((status = free_first_extent(store->undo, stream, offset)) == OK)
        MARK("undo extent given back");
    return status == ST_END ? OK : status;
}
