/* SPDX-License-Identifier: Apache-2.0 */
/* wal.c - the log: opening, credit, appending. Writing and syncing are in wal_flush.c, reading in wal_reader.c.
 *
 * Idea: as Aether ("A Scalable Approach to Logging", VLDB 2010) reserves by one add and fills in parallel; but instead
 * of releasing the buffer in order, each inserter shows a lower bound in a slot of its own, and the flusher takes the
 * least (PostgreSQL's insertion locks do it this way too). Order of an append, each step sequentially consistent:
 *
 *     bound                   for what the add will give: the end of what this slot appended last, or what is written
 *                             by now. `reserved` itself would be nearer, but is on its way between processors
 *     slot  = bound           visible before the add (docs/traps.md F6)
 *     place = reserved += n
 *     fill
 *     slot  = free            release: whoever sees it free sees the bytes
 *
 * Latches are given back before the filling where they may (wal_append_begin): the lines of the ring come from other
 * processors.
 *
 * A flusher reads `reserved` first and the slots then: if the add is within what it read, so is the slot.
 *
 * Credit makes the ring's room a number that is spent before latches are taken; places come from the add. Because all
 * that was ever appended was paid for (W2), the bytes of a place may always be overwritten when it is reserved. While
 * there is plenty of room, a slot's tasks take a chunk of it at a time, so that they seldom change a number that all
 * others change too; who has to wait for room gathers these chunks first. */
#include "store/wal.h"

#include "base/account.h"
#include "base/arith.h"
#include "base/error.h"
#include "base/hash.h"
#include "os/clock.h"
#include "os/os.h"
#include "store/prefetch.h"
#include "store/wal_internal.h"

enum {
    WAL_BUFFER_BYTES = 16 << 20,
    WAL_WRITER_DELAY_US = 200 * 1000,
    RING_AHEAD_BYTES = 512,
    CRC_BYTES = 4,
    LENGTH_BYTES_MAX = 3,
    CREDIT_CHUNK = 16 << 10, /* or less of a small ring */
    CREDIT_CHUNK_PART = 128,
    HEAD_FRONT_BYTES = 8, /* room before the kind */
};
static_assert(WAL_RECORD_BYTES_MAX < 1 << 7 * LENGTH_BYTES_MAX, "the length of any record fits");
static_assert(HEAD_FRONT_BYTES >= CRC_BYTES + LENGTH_BYTES_MAX, "with its crc");
static_assert((int)WAL_KIND_LIMIT <= (int)WAL_HEAD_REFS, "the bit beside the kind is free");
static_assert((int)(WAL_REF_FORMAT | WAL_REF_UNDO | WAL_REF_MAP) < (int)WAL_REF_OTHER_SPACE,
              "as here");
/* A task that waits for room looks again after this time, since appending wakes nobody. */
static const int64_t ROOM_LOOK_NS = 2 * 1000 * 1000;

const char *wal_kind_name(uint16_t kind)
{
    switch (kind) {
#define WAL_KIND_CASE(number, NAME, room) \
    case WAL_##NAME: return #NAME;
        WAL_KINDS(WAL_KIND_CASE)
#undef WAL_KIND_CASE
    default: return NULL;
    }
}

/* --- opening --- */

static void wal_init(Wal *wal, const WalOptions *options, uint64_t buffer_bytes)
{
    wal->geometry = wal__geometry(options->segment_bytes);
    wal->timeline = options->timeline;
    wal->timeline_hash = hash_u64(options->timeline);
    wal->incarnation = options->incarnation;
    wal->system_id = options->system_id;
    wal->ring_mask = buffer_bytes - 1;
    uint64_t headers = buffer_bytes / options->segment_bytes + 2;
    wal->room_whole = (int64_t)(buffer_bytes - headers * WAL_SEGMENT_HEADER_BYTES);
    wal->start = wal__place(&wal->geometry, options->end.v);
    uint32_t delay_us = options->writer_delay_us != 0 ? options->writer_delay_us
                                                      : WAL_WRITER_DELAY_US;
    wal->writer_delay_ns = (int64_t)delay_us * 1000;
    wal->segment_done = options->segment_done;
    wal->segment_done_arg = options->segment_done_arg;
    wal->failed_hook = options->failed;
    wal->failed_arg = options->failed_arg;
    wal->full_hook = options->full;
    wal->full_arg = options->full_arg;
    atomic_init(&wal->reserved, wal->start);
    atomic_init(&wal->written, wal->start);
    atomic_init(&wal->synced, wal->start);
    wal->released = wal->start;
    atomic_init(&wal->hold, UINT64_MAX);
    wal->prepared = wal->start / wal->geometry.segment_places;
    wal->written_before = wal->start;
    wal->syncs_before = UINT64_MAX; /* one sync for nothing: the first segments are filled */
    mutex_init(&wal->mutex, RANK_WAL_FLUSH);
    for (uint32_t i = 0; i < WAL_SLOTS; i++) {
        atomic_init(&wal->slots[i].bound, WAL_SLOT_FREE);
        atomic_init(&wal->slots[i].sync_wanted, wal->start);
    }
}

Status wal_open(Account *account, Device *device, const WalOptions *options, Wal **wal_out)
{
    uint64_t buffer_bytes = options->buffer_bytes != 0 ? options->buffer_bytes : WAL_BUFFER_BYTES;
    ASSERT((buffer_bytes & (buffer_bytes - 1)) == 0);
    ASSERT(buffer_bytes >= 1 << 16);
    ASSERT(options->incarnation > 0);
    ASSERT(options->end.v >= options->segment_bytes);
    Arena *arena = arena_try_new(account, "wal");
    char *raw = arena != NULL ? arena_try_alloc_zero(arena, sizeof(Wal) + alignof(Wal)) : NULL;
    if (raw == NULL) {
        if (arena != NULL) arena_drop(arena);
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    }
    Wal *wal = (Wal *)(void *)(raw + ALIGN_UP((uintptr_t)raw, alignof(Wal)) - (uintptr_t)raw);
    void *ring;
    Status status = os_memory_map(buffer_bytes, true, &ring);
    if (status != OK) {
        arena_drop(arena);
        return status;
    }
    wal->account = account;
    wal->arena = arena;
    wal->device = device;
    wal->ring = ring;
    wal_init(wal, options, buffer_bytes);
    if (!wal__lead_try(wal)) UNREACHABLE();
    wal__lead_prepare(wal);
    wal__lead_end(wal);
    if (wal__failure(wal) != OK) {
        status = wal__failure(wal);
        wal_close(wal);
        return status;
    }
    *wal_out = wal;
    return OK;
}

void wal_close(Wal *wal)
{
    if (wal == NULL) return;
    ASSERT(wal->writer == NULL);
    /* a failure has told everybody who was waiting, and the hook */
    if (!wal_has_failed(wal)) {
        uint64_t end = atomic_load(&wal->reserved);
        IGNORE_STATUS(wal_sync(wal, (Lsn){wal__lsn_end(&wal->geometry, end)}, 0));
    }
    for (uint32_t i = 0; i < WAL_SLOTS; i++)
        ASSERT(atomic_load(&wal->slots[i].bound) == WAL_SLOT_FREE);
    os_memory_unmap(wal->ring, wal->ring_mask + 1);
    arena_drop(wal->arena);
}

/* --- credit --- */

/* How far below zero the room may fall. */
static int64_t room_further(const Wal *wal, uint32_t flags)
{
    if ((flags & WAL_CREDIT_CHECKPOINT) != 0) return atomic_load(&wal->room_reserve);
    return (flags & WAL_CREDIT_RESERVE) != 0 ? atomic_load(&wal->room_rollback) : 0;
}

static WalSlot *slot_of_task(Wal *wal)
{
    return &wal->slots[(uint32_t)task_self()->number % WAL_SLOTS];
}

/* Out of what was taken ahead. */
static bool chunk_take(WalSlot *slot, uint32_t bytes)
{
    int64_t has = atomic_load_explicit(&slot->credit, memory_order_relaxed);
    while (has >= bytes) {
        os_yield_point();
        if (atomic_compare_exchange_weak(&slot->credit, &has, has - bytes)) return true;
    }
    return false;
}

/* What is taken ahead now: nothing unless most of the room is there. */
static int64_t chunk_due(const Wal *wal)
{
    const int64_t chunk = MIN((int64_t)CREDIT_CHUNK, wal->room_whole / CREDIT_CHUNK_PART);
    const int64_t room = atomic_load_explicit(&wal->room, memory_order_relaxed);
    return room - chunk > wal->room_whole / 2 + wal->room_whole / 8 ? chunk : 0;
}

/* Nobody else takes chunks while there is too little room for this one's caller. */
static void chunks_gather(Wal *wal)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < WAL_SLOTS; i++)
        if (atomic_load_explicit(&wal->slots[i].credit, memory_order_relaxed) > 0)
            sum += atomic_exchange(&wal->slots[i].credit, 0);
    if (sum > 0) atomic_fetch_add(&wal->room, sum);
}

/* Takes room if it is there. */
static bool room_take(Wal *wal, int64_t bytes, uint32_t flags)
{
    int64_t room = atomic_load(&wal->room);
    do {
        if (room + room_further(wal, flags) < bytes) return false;
        os_yield_point();
    } while (!atomic_compare_exchange_weak(&wal->room, &room, room - bytes));
    return true;
}

static Status credit_closed(void)
{
    return error_note(ST_CLOSED, SQLSTATE_IO_ERROR, "the write-ahead log has failed");
}

static Status credit_full(void)
{
    return error_note(ST_FULL, SQLSTATE_DISK_FULL,
                      "could not extend the write-ahead log: no space left on device");
}

/* With the mutex, which it gives back for the while: the first of the queue writes, if nobody does, to make room. */
static Status room_make(Wal *wal)
{
    wal->led = true;
    mutex_unlock(&wal->mutex);
    Status status = wal__lead_flush(wal, 0, false);
    wal__lead_end(wal);
    mutex_lock(&wal->mutex);
    return status;
}

/* Queued, with the mutex, until there is room and this one is first: nobody passes a large request by, but those who
 * may use the reserve, who make room for the others. */
static Status room_wait(Wal *wal, Waiter *self, int64_t bytes, uint32_t flags)
{
    const bool reserve = (flags & (WAL_CREDIT_RESERVE | WAL_CREDIT_CHECKPOINT)) != 0;
    bool tried = false;
    for (;;) {
        if (wal__failure(wal) != OK) return credit_closed();
        chunks_gather(wal);
        bool first = wal->room_waiters.first == self || reserve;
        if (first && room_take(wal, bytes, flags)) return OK;
        if (first && !wal->led && !tried) {
            tried = true;
            Status status = room_make(wal);
            if (status != OK && status != ST_FULL) return credit_closed();
            continue;
        }
        if (tried && atomic_load(&wal->disk_full) && (reserve || !atomic_load(&wal->relief)))
            return credit_full();
        mutex_unlock(&wal->mutex);
        Deadline deadline = deadline_in_ns(ROOM_LOOK_NS);
        Status status = (flags & WAL_CREDIT_INTERRUPTIBLE) != 0
                            ? os_wait(WAIT_WAL_ROOM, deadline)
                            : os_wait_through(WAIT_WAL_ROOM, deadline);
        mutex_lock(&wal->mutex);
        if (status == ST_CANCELLED) return status;
        tried = false;
    }
}

/* With the mutex, after the queue has changed: what its first wants is kept from others, who may take the rest.
 * Without that a task that comes meanwhile would have to queue up too, and two would hand each other one record's
 * credit at a time for ever. */
static void room_claim(Wal *wal)
{
    const Waiter *first = wal->room_waiters.first;
    atomic_store(&wal->room_claim, first != NULL ? *(const int64_t *)first->what : 0);
    if (first != NULL) os_wake(first->task);
}

static Status credit_wait(Wal *wal, int64_t bytes, uint32_t flags)
{
    lock_rank_check_below(RANK_LATCH);
    atomic_fetch_add_explicit(&wal->waits_for_room, 1, memory_order_relaxed);
    Waiter self = {.what = &bytes};
    mutex_lock(&wal->mutex);
    wait_list_add(&wal->room_waiters, &self);
    if (wal->room_waiters.first == &self) room_claim(wal);
    Status status = room_wait(wal, &self, bytes, flags);
    wait_list_remove(&wal->room_waiters, &self);
    room_claim(wal);
    mutex_unlock(&wal->mutex);
    return status;
}

Status wal_credit_take(Wal *wal, uint32_t bytes, uint32_t flags)
{
    ASSERT(bytes <= wal_credit_max(wal));
    if (UNLIKELY(wal__failure(wal) != OK)) return credit_closed();
    WalSlot *slot = slot_of_task(wal);
    if (LIKELY(chunk_take(slot, bytes))) return OK;
    const int64_t chunk = chunk_due(wal), whole = bytes + chunk;
    int64_t claim = atomic_load_explicit(&wal->room_claim, memory_order_relaxed);
    os_yield_point();
    int64_t room = atomic_fetch_sub(&wal->room, whole);
    if (LIKELY(room - whole >= claim)) {
        if (chunk > 0) atomic_fetch_add(&slot->credit, chunk);
        if (UNLIKELY(room - whole < wal->room_whole / 2)) wal__call_writer(wal);
        return OK;
    }
    wal_credit_return(wal, (uint32_t)whole);
    if ((flags & WAL_CREDIT_CAN_DO_WITHOUT) && atomic_load(&wal->disk_full)) return credit_full();
    return credit_wait(wal, bytes, flags);
}

void wal_credit_return(Wal *wal, uint32_t bytes)
{
    if (bytes == 0) return;
    int64_t room = atomic_fetch_add(&wal->room, bytes);
    ASSERT(room + bytes <= wal->room_whole);
    (void)room;
    if (LIKELY(atomic_load(&wal->room_claim) == 0)) return;
    mutex_lock(&wal->mutex);
    if (wal->room_waiters.first != NULL) os_wake(wal->room_waiters.first->task);
    mutex_unlock(&wal->mutex);
}

uint32_t wal_credit_max(const Wal *wal)
{
    return (uint32_t)wal->room_whole;
}

/* --- appending --- */

void wal__header_fill(const Wal *wal, WalSegmentHeader *header, uint64_t lsn, uint32_t remaining)
{
    *header = (WalSegmentHeader){
        .magic = WAL_HEADER_MAGIC,
        .info = WAL_HEADER_LONG | (remaining != 0 ? WAL_HEADER_CONTINUES : 0),
        .timeline = wal->timeline,
        .position = lsn,
        .remaining = remaining,
        .system_id = wal->system_id,
        .segment_bytes = (uint32_t)wal->geometry.segment_bytes,
        .block_bytes = WAL_HEADER_BLOCK_BYTES,
    };
}

/* Slots are dealt by task number; one that another task holds is passed by. */
static WalSlot *slot_take(Wal *wal, uint64_t *bound)
{
    uint32_t at = (uint32_t)task_self()->number;
    uint32_t round = 0;
    for (uint32_t tries = 1;; tries++, at++) {
        WalSlot *slot = &wal->slots[at % WAL_SLOTS];
        uint64_t free = WAL_SLOT_FREE;
        const uint64_t last = atomic_load_explicit(&slot->last, memory_order_relaxed);
        *bound = MAX(last, atomic_load_explicit(&wal->written, memory_order_relaxed));
        os_yield_point();
        if (atomic_compare_exchange_strong(&slot->bound, &free, *bound)) return slot;
        if (tries % WAL_SLOTS == 0) os_spin_wait(&round);
    }
}

static void slot_release(const WalAppend *append)
{
    WalSlot *slot = append->slot;
    atomic_store_explicit(&slot->last, append->place + append->bytes, memory_order_relaxed);
    uint64_t records = atomic_load_explicit(&slot->records, memory_order_relaxed);
    atomic_store_explicit(&slot->records, records + 1, memory_order_relaxed);
    uint64_t spared = atomic_load_explicit(&slot->spared, memory_order_relaxed);
    atomic_store_explicit(&slot->spared, spared + append->spare, memory_order_relaxed);
    atomic_store_explicit(&slot->bound, WAL_SLOT_FREE, memory_order_release);
}

/* Where a record that is not in one piece goes on, and how much of it is left for the headers on its way. */
typedef struct RingCursor {
    Wal *wal;
    uint64_t lsn;
    uint32_t left;
} RingCursor;

static void ring_header(RingCursor *at, uint32_t remaining)
{
    uint64_t begin = at->lsn & ~(at->wal->geometry.segment_bytes - 1);
    WalSegmentHeader header;
    wal__header_fill(at->wal, &header, begin, remaining);
    memcpy(at->wal->ring + (begin & at->wal->ring_mask), &header, sizeof header);
    at->lsn = begin + WAL_SEGMENT_HEADER_BYTES;
}

static void ring_put(RingCursor *at, const void *data, uint32_t bytes)
{
    Wal *wal = at->wal;
    const char *from = data;
    while (bytes > 0) {
        uint64_t inside = at->lsn & (wal->geometry.segment_bytes - 1);
        if (inside == 0) {
            ring_header(at, at->left);
            continue;
        }
        uint64_t piece = MIN((uint64_t)bytes, wal->geometry.segment_bytes - inside);
        piece = MIN(piece, wal->ring_mask + 1 - (at->lsn & wal->ring_mask));
        memcpy(wal->ring + (at->lsn & wal->ring_mask), from, piece);
        from += piece;
        bytes -= (uint32_t)piece;
        at->lsn += piece;
        at->left -= (uint32_t)piece;
    }
}

/* The record's head as it is stored, but for the crc, which comes later; from there follows how long the record is. */
static void head_make(const Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
                      uint32_t payload_bytes, WalAppend *append)
{
    ASSERT(ref_count <= WAL_REFS_MAX);
    ASSERT(xid.v >> XID_BITS == 0);
    uint8_t *begin = append->head + HEAD_FRONT_BYTES, *at = begin;
    uint32_t space = SPACE_SHARED.v;
    *at++ = (uint8_t)(kind | (ref_count > 0 ? WAL_HEAD_REFS : 0));
    at = varint_put_short(at, wal->incarnation);
    at = varint_put_short(at, xid.v);
    for (uint32_t i = 0; i < ref_count; i++) {
        const uint32_t here = page_space(refs[i].page).v;
        uint64_t word = page_number(refs[i].page) << WAL_REF_FLAG_BITS | refs[i].flags;
        ASSERT(refs[i].flags < WAL_REF_OTHER_SPACE);
        if (i + 1 < ref_count) word |= WAL_REF_MORE;
        if (here != space) word |= WAL_REF_OTHER_SPACE;
        at = varint_put_short(at, word);
        if (here != space) at = varint_put_short(at, here);
        space = here;
    }
    const uint32_t length = (uint32_t)(at - begin) + payload_bytes;
    /* right before the kind, by one access: what that writes before the length is the crc's or nobody's */
    uint32_t more;
    const uint64_t length_word = varint_word(length, &more);
    store_le64(begin - sizeof length_word, length_word << (more + 8 * (7 - more)));
    append->head_at = HEAD_FRONT_BYTES - CRC_BYTES - 1 - more;
    append->bytes = CRC_BYTES + 1 + more + length;
    append->payload_bytes = payload_bytes;
    append->spare = wal_record_bytes(ref_count, payload_bytes) - append->bytes;
    ASSERT(append->bytes >= WAL_RECORD_BYTES_LEAST);
    ASSERT(append->bytes <= WAL_RECORD_BYTES_MAX);
}

/* The record stands in one piece: copied first, so that the crc runs over it once. */
static void fill_whole(char *out, const uint8_t *head, uint32_t head_bytes, uint32_t seed,
                       const WalPart *parts, uint32_t part_count)
{
    memcpy(out, head, head_bytes);
    char *at = out + head_bytes;
    for (uint32_t i = 0; i < part_count; i++) {
        if (parts[i].bytes != 0) memcpy(at, parts[i].data, parts[i].bytes);
        at += parts[i].bytes;
    }
    store_le32(out, crc32c(seed, out + CRC_BYTES, (size_t)(at - out) - CRC_BYTES));
}

/* Across the end of the ring or of a segment. */
static void fill_pieces(RingCursor at, uint8_t *head, uint32_t head_bytes, uint32_t seed,
                        const WalPart *parts, uint32_t part_count)
{
    uint32_t crc = crc32c(seed, head + CRC_BYTES, head_bytes - CRC_BYTES);
    for (uint32_t i = 0; i < part_count; i++) crc = crc32c(crc, parts[i].data, parts[i].bytes);
    store_le32(head, crc);
    ring_put(&at, head, head_bytes);
    for (uint32_t i = 0; i < part_count; i++) ring_put(&at, parts[i].data, parts[i].bytes);
    ASSERT(at.left == 0);
}

/* The lines were written last by others: all of them are asked for at once, or the check sum waits for each. */
static void ring_prefetch(const Wal *wal, uint64_t in_ring, uint32_t bytes)
{
    const uint64_t end = in_ring + MIN(bytes, (uint32_t)RING_AHEAD_BYTES);
    for (uint64_t at = in_ring; at < end; at += 64)
        prefetch_to_write(wal->ring + (at & wal->ring_mask));
}

Lsn wal_append_claim(Wal *wal, WalAppend *append)
{
    uint64_t bound;
    append->slot = slot_take(wal, &bound);
    return (Lsn){wal__lsn_start(&wal->geometry, bound)};
}

Lsn wal_append_reserve(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
                       uint32_t payload_bytes, WalAppend *append, Lsn *end)
{
    prefetch_to_write(&wal->reserved);
    head_make(wal, kind, xid, refs, ref_count, payload_bytes, append);
    const uint32_t bytes = append->bytes;
    os_yield_point();
    append->place = atomic_fetch_add(&wal->reserved, bytes);
    os_yield_point();
    ASSERT(append->place + bytes - atomic_load(&wal->written) <=
           (uint64_t)wal->room_whole); /* W2 */
    const uint64_t lsn = wal__lsn_start(&wal->geometry, append->place);
    append->lsn.v = lsn;
    ring_prefetch(wal, lsn & wal->ring_mask, bytes);
    if (end != NULL) {
        const uint64_t inside = lsn & (wal->geometry.segment_bytes - 1);
        end->v = LIKELY(inside + bytes <= wal->geometry.segment_bytes)
                     ? lsn + bytes
                     : wal__lsn_end(&wal->geometry, append->place + bytes);
    }
    return append->lsn;
}

Lsn wal_append_begin(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
                     uint32_t payload_bytes, WalAppend *append, Lsn *end)
{
    (void)wal_append_claim(wal, append);
    return wal_append_reserve(wal, kind, xid, refs, ref_count, payload_bytes, append, end);
}

void wal_append_fill(Wal *wal, WalAppend *append, const WalPart *parts, uint32_t part_count)
{
    const uint32_t bytes = append->bytes, head_bytes = bytes - append->payload_bytes;
    ASSERT(wal_parts_bytes(parts, part_count) == append->payload_bytes);
    const uint64_t lsn = append->lsn.v, inside = lsn & (wal->geometry.segment_bytes - 1);
    uint64_t in_ring = lsn & wal->ring_mask;
    const uint32_t seed = wal__crc_seed(lsn, wal->timeline_hash);
    uint8_t *head = append->head + append->head_at;
    RingCursor at = {.wal = wal, .lsn = lsn, .left = bytes};
    if (UNLIKELY(inside == WAL_SEGMENT_HEADER_BYTES)) ring_header(&at, 0);
    if (LIKELY(inside + bytes <= wal->geometry.segment_bytes &&
               in_ring + bytes <= wal->ring_mask + 1))
        fill_whole(wal->ring + in_ring, head, head_bytes, seed, parts, part_count);
    else
        fill_pieces(at, head, head_bytes, seed, parts, part_count);
    slot_release(append);
    Task *task = task_self();
    if (LIKELY(task != NULL)) {
        task->usage.wal_records++;
        task->usage.wal_bytes += bytes;
    }
}

Lsn wal_append(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
               const WalPart *parts, uint32_t part_count, Lsn *end)
{
    WalAppend append;
    Lsn lsn = wal_append_begin(wal, kind, xid, refs, ref_count, wal_parts_bytes(parts, part_count),
                               &append, end);
    wal_append_fill(wal, &append, parts, part_count);
    return lsn;
}

/* --- positions and figures --- */

Lsn wal_insert_position(const Wal *wal)
{
    return (Lsn){wal__lsn_start(&wal->geometry, atomic_load(&wal->reserved))};
}

Lsn wal_written_position(const Wal *wal)
{
    return (Lsn){wal__lsn_end(&wal->geometry, atomic_load(&wal->written))};
}

Lsn wal_synced_position(const Wal *wal)
{
    return (Lsn){wal__lsn_end(&wal->geometry, atomic_load(&wal->synced))};
}

bool wal_has_failed(const Wal *wal)
{
    return wal__failure(wal) != OK;
}

void wal_figures(const Wal *wal, WalFigures *figures)
{
    *figures = (WalFigures){
        .bytes = atomic_load(&wal->reserved) - wal->start,
        .writes = atomic_load_explicit(&wal->writes, memory_order_relaxed),
        .syncs = atomic_load_explicit(&wal->syncs, memory_order_relaxed),
        .waits_for_room = atomic_load_explicit(&wal->waits_for_room, memory_order_relaxed),
        .commits_waited = atomic_load_explicit(&wal->commits_waited, memory_order_relaxed),
    };
    for (uint32_t i = 0; i < WAL_SLOTS; i++)
        figures->records += atomic_load_explicit(&wal->slots[i].records, memory_order_relaxed);
}
