/* SPDX-License-Identifier: Apache-2.0 */
/* wal_internal.h - the log's state, shared by wal.c (appending, credit), wal_flush.c (writing, syncing) and
 * wal_reader.c (the segment header).
 *
 * Positions inside are *places*: they count the bytes of records only, without the segments' headers, so
 * that one atomic add reserves a record wherever it stands. An Lsn counts the headers too. The two convert
 * by arithmetic; a place on a segment's border is two lsns, the end of what is before (`wal__lsn_end`) and
 * the start of what comes (`wal__lsn_start`).
 *
 *   0 ........ synced ....... written ......... filled ......... reserved
 *     durable         in files         complete         being filled
 *
 * (W1) synced <= written <= reserved; each is a border between records
 * (W2) reserved - written + credit that is out + room + what records were spared and nobody has given back
 *      = a constant at most the buffer: filling never overtakes writing
 * (W3) no place below any slot's bound or at it is taken as filled; a bound is published before the add
 *      that reserves (docs/traps.md F6)
 * (W4) one task at a time writes and syncs: the leader. It holds no lock meanwhile
 * (W5) after `failed` is set, `written` and `synced` never move again */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "base/hash.h"
#include "os/sync.h"
#include "store/wal.h"

enum {
    WAL_SLOTS = 64,
    WAL_HEADER_MAGIC = 0xD118,     /* as PostgreSQL 18's segments show it */
    WAL_HEADER_LONG = 2,           /* info: this is the long header */
    WAL_HEADER_CONTINUES = 1,      /* info: the segment begins inside a record */
    WAL_HEADER_BLOCK_BYTES = 8192, /* what PostgreSQL's tools expect to read there */
};

/* The long page header. */
typedef struct WalSegmentHeader {
    uint16_t magic, info;
    uint32_t timeline;
    uint64_t position;  /* lsn of this header */
    uint32_t remaining; /* bytes of the record that goes on behind it */
    uint32_t spare;
    uint64_t system_id;
    uint32_t segment_bytes, block_bytes;
} WalSegmentHeader;
static_assert(sizeof(WalSegmentHeader) == WAL_SEGMENT_HEADER_BYTES, "segment header layout");

/* What places and lsns are converted with. */
typedef struct WalGeometry {
    uint32_t segment_bits;
    uint64_t segment_bytes;
    uint64_t segment_places; /* bytes of records in a segment */
} WalGeometry;

static inline WalGeometry wal__geometry(uint32_t segment_bytes)
{
    ASSERT(segment_bytes >= 1 << 16);
    ASSERT((segment_bytes & (segment_bytes - 1)) == 0);
    return (WalGeometry){
        .segment_bits = (uint32_t)__builtin_ctz(segment_bytes),
        .segment_bytes = segment_bytes,
        .segment_places = segment_bytes - WAL_SEGMENT_HEADER_BYTES,
    };
}
static inline uint64_t wal__lsn_start(const WalGeometry *g, uint64_t place)
{
    uint64_t segment = place / g->segment_places;
    return place + (segment + 1) * WAL_SEGMENT_HEADER_BYTES;
}
static inline uint64_t wal__lsn_end(const WalGeometry *g, uint64_t place)
{
    uint64_t segment = place / g->segment_places;
    uint64_t inside = place - segment * g->segment_places;
    return place + segment * WAL_SEGMENT_HEADER_BYTES +
           (inside == 0 ? 0 : WAL_SEGMENT_HEADER_BYTES);
}
/* A position inside a header counts as the header's end. */
static inline uint64_t wal__place(const WalGeometry *g, uint64_t lsn)
{
    uint64_t segment = lsn >> g->segment_bits;
    uint64_t inside = lsn & (g->segment_bytes - 1);
    uint64_t skipped = MIN(inside, (uint64_t)WAL_SEGMENT_HEADER_BYTES);
    return segment * g->segment_places + inside - skipped;
}

/* In the head of a record, as wal.h has it. */
enum {
    WAL_HEAD_REFS = 128,     /* beside the kind: there are references */
    WAL_REF_OTHER_SPACE = 8, /* beside WalRefFlags */
    WAL_REF_MORE = 16,
    WAL_REF_FLAG_BITS = 5,
};
/* What the check sum of a record there begins with; `timeline_hash`: hash_u64 of its timeline. */
static inline uint32_t wal__crc_seed(uint64_t lsn, uint64_t timeline_hash)
{
    return (uint32_t)hash_u64(lsn ^ timeline_hash);
}

#define WAL_SLOT_FREE UINT64_MAX

/* Whoever appends owns one for the few hundred instructions of it. */
typedef struct WalSlot {
    _Alignas(64) _Atomic uint64_t
        bound; /* no byte at or behind this place is known to be filled; or WAL_SLOT_FREE */
    _Atomic uint64_t last;        /* the end of the newest one */
    _Atomic uint64_t records;     /* appended through this slot; raised by its owner only */
    _Atomic uint64_t spared;      /* credit that these did not need; likewise */
    _Atomic uint64_t sync_wanted; /* by wal_sync_soon: until this place */
    _Atomic int64_t credit;       /* taken ahead by the tasks that are dealt this slot */
} WalSlot;

struct Wal {
    /* fixed once open */
    Account *account;
    Arena *arena;
    Device *device;
    WalGeometry geometry;
    uint32_t timeline, incarnation;
    uint64_t system_id, timeline_hash;
    char *ring; /* byte of lsn L at ring[L & ring_mask] */
    uint64_t ring_mask;
    int64_t room_whole; /* places the ring takes, whatever headers stand between */
    uint64_t start;     /* place at which this log was opened */
    int64_t writer_delay_ns;
    void (*segment_done)(void *arg, uint32_t timeline, uint64_t segment);
    void *segment_done_arg;
    void (*failed_hook)(void *arg, Status status);
    void *failed_arg;
    bool (*full_hook)(void *arg);
    void *full_arg;

    _Alignas(64) _Atomic uint64_t reserved;
    _Alignas(64) _Atomic int64_t
        room; /* credit that may still be given; below 0 while the reserve is in use */
    _Atomic int64_t room_reserve;  /* further room for WAL_CREDIT_CHECKPOINT */
    _Atomic int64_t room_rollback; /* the part of it for WAL_CREDIT_RESERVE */
    _Atomic int64_t
        room_claim;           /* what the first of those who wait for room wants; 0: nobody waits */
    _Atomic bool disk_full;   /* segments could not be prepared: more room needs more disk */
    _Atomic bool relief;      /* segments will be removed soon */
    _Atomic int64_t retry_ns; /* when that is tried again: each try may cost milliseconds */

    _Alignas(64) _Atomic uint64_t written;
    _Atomic uint64_t synced;
    _Atomic uint32_t failed;    /* Status; OK: alive */
    _Atomic bool writer_called; /* the writer has been woken and has not looked yet */

    /* by the leader only */
    uint64_t released;                     /* place until which room was ever given */
    _Atomic uint64_t hold;                 /* place until which it may be given */
    uint64_t prepared;                     /* segments below this number have their space */
    uint64_t syncs_before, written_before; /* when some were last prepared */
    uint64_t spared; /* of the slots' credit that records did not need: given back */

    Mutex mutex;           /* RANK_WAL_FLUSH: what follows */
    bool led;              /* there is a leader */
    WaitList sync_waiters; /* what: their target place, uint64_t * */
    WaitList room_waiters; /* what: bytes, uint64_t * */
    Task *writer;          /* the background writer; NULL: none */
    bool writer_waits;     /* for the leader's end */

    _Atomic uint64_t writes, syncs, waits_for_room, commits_waited;

    WalSlot slots[WAL_SLOTS];
};

static inline Status wal__failure(const Wal *wal)
{
    return (Status)atomic_load_explicit(&wal->failed, memory_order_acquire);
}

/* Fills `header` for the segment that begins at `lsn`. */
void wal__header_fill(const Wal *wal, WalSegmentHeader *header, uint64_t lsn, uint32_t remaining);
/* The place below which everything is filled now. */
uint64_t wal__filled(Wal *wal);
/* Becomes the leader if there is none. */
bool wal__lead_try(Wal *wal);
/* The place until which somebody wants the log synced soon. */
uint64_t wal__sync_wanted(const Wal *wal);
/* Gives leadership up and wakes who was waiting for what has come about. */
void wal__lead_end(Wal *wal);
/* The leader writes all that is filled, at least until `target`, and syncs it if asked; gives room back. ST_FULL: the
 * disk is, and nothing was lost: try later. Another failure is for ever. */
Status wal__lead_flush(Wal *wal, uint64_t target, bool sync);
/* The leader has space made for the segments that the ring may reach, and gives the room that became free. */
void wal__lead_prepare(Wal *wal);
/* The log has failed: nobody is acknowledged any more. */
void wal__fail(Wal *wal, Status status);
/* Wakes the background writer, if there is one and it was not woken already. */
void wal__call_writer(Wal *wal);
