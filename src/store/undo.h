/* SPDX-License-Identifier: Apache-2.0 */
/* undo.h - where a row's past is kept: append-only streams of pages. Idea: undo log with in-place update;
 * rows point at their before-images, as in "Fast Serializable Multi-Version Concurrency Control" (SIGMOD
 * 2015), but on disk and in place.
 *
 * A stream's bytes are addressed by a logical offset that only grows; it is cut into pages of
 * UNDO_PAGE_PAYLOAD bytes. A record never crosses a page. One transaction at a time is attached to a
 * stream and appends its chain there; the next goes on where it ended. Purge frees pages from the head.
 *
 *   offset size  record
 *        0    2  bytes of the record (with this header), a multiple of 2
 *        2    2  bytes of the record before it in the chain (0: first of the transaction)
 *        4    1  kind (the table room's), 0: UNDO_KIND_JUMP: the chain goes on at the offset in the payload
 *        5    1  flags
 *        6    6  xid of the writer
 *       12       payload
 *
 * (U1) a record is never moved or changed once a row points at it
 * (U2) positions of a transaction strictly grow, also after ROLLBACK TO (docs/traps.md F3)
 * (U3) a page is freed only when every snapshot that could follow a pointer into it is gone, and every
 * transaction with records on
 *      it has ended (aborted ones: fully undone) */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "base/varint.h"
#include "store/ids.h"
#include "store/page.h"
#include "store/pool.h"

typedef struct Store Store;

enum {
    UNDO_RECORD_HEADER_BYTES = 12,
    /* page header, then: stream offset of the first byte (8), used bytes (2), spare (6) */
    UNDO_PAGE_HEADER_BYTES = 48,
    UNDO_PAGE_PAYLOAD = PAGE_BYTES - UNDO_PAGE_HEADER_BYTES,
    UNDO_RECORD_BYTES_MAX = 12 << 10,
};
typedef enum UndoKind {
    UNDO_KIND_JUMP = 0,
    UNDO_KIND_FIRST_TABLE = 1,
    UNDO_KIND_START = 255, /* no record: where a walk begins, with `previous` set */
} UndoKind;

typedef struct UndoRecord {
    UndoPtr ptr;
    UndoPtr previous; /* in the chain of the transaction; UNDO_NONE: this is its first */
    Xid xid;
    uint8_t kind, flags;
    Bytes payload; /* in the reader's memory */
} UndoRecord;

/* A transaction's chain in one class. Used by that transaction's task only, but for undo_chain_end and
 * undo_chain_ends. */
typedef struct UndoChain UndoChain;

/* Attaches a free stream of that class in `space` (or makes one) for `xid`: number `near` if that is free. */
Status undo_attach(Store *store, SpaceId space, UndoClass class_, uint32_t near, Xid xid,
                   UndoChain **chain);
uint32_t undo_chain_stream(const UndoChain *chain); /* its number */
/* The transaction has ended; an aborted one has been undone. The chain is gone, its records wait for purge. */
void undo_detach(UndoChain *chain);

UndoPtr undo_chain_first(const UndoChain *chain); /* UNDO_NONE: nothing written */
UndoPtr undo_chain_last(const UndoChain *chain);  /* newest record */
/* where the next record will stand at least: the command position */
UndoPtr undo_chain_end(const UndoChain *chain);
/* For a checkpoint, from another task that keeps the chain from being detached and holds no latch: first and newest
 * record of those whose log records are appended. A record is in the page a moment before it is in the log, and that
 * moment is waited for: else the checkpoint could tell of a record that no crash brings back. */
void undo_chain_ends(const UndoChain *chain, UndoPtr *first, UndoPtr *last);

/* Before latching anything: room for a record of `bytes` (whole) whose page is in memory, and frames for a
 * new page. May extend the stream (I/O, log). Holds until undo_append_finish or undo_unreserve. */
Status undo_reserve(UndoChain *chain, uint32_t bytes);
void undo_unreserve(UndoChain *chain);
/* With the row's page latched: latches the tail page and says where the record will stand. If the page is new,
 * *format is true and its ref in the log record carries WAL_REF_FORMAT. ST_BUSY: the page was evicted since the
 * reservation; the caller lets go of everything and begins again with undo_reserve. */
Status undo_append_begin(UndoChain *chain, uint32_t bytes, PageRef *page, UndoPtr *at,
                         bool *format);
/* Fills the record into the latched page; the caller then logs (pool_log with WAL_REF_UNDO) and unlatches. */
void undo_append_finish(UndoChain *chain, PageRef *page, UndoPtr at, uint8_t kind, uint8_t flags,
                        const WalPart *parts, uint32_t part_count);
/* A record of the chain tells of something that is dead once nobody needs the undo (a deleted row, a long value that
 * was replaced): purge has to read the chain. One without such records is only freed. */
void undo_chain_leave_dead(UndoChain *chain);
bool undo_chain_leaves_dead(const UndoChain *chain);
/* Of the record before `at` in its chain: what undo_page_redo needs told. */
uint16_t undo_previous_bytes(const UndoChain *chain);
/* The same change for redo, from the record's own bytes. `format` as above. */
void undo_page_redo(void *page, PageId id, bool format, UndoPtr at, uint16_t previous_bytes,
                    uint8_t kind, uint8_t flags, Xid xid, const WalPart *parts,
                    uint32_t part_count);

enum { UNDO_PTR_BYTES = 10, UNDO_NOTE_BYTES = UNDO_PTR_BYTES + VARINT_BYTES_MAX };
/* An undo pointer in few bytes, of which UNDO_PTR_BYTES are enough; up to VARINT_BYTES_MAX behind them may be written.
 * Numbers as in base/varint.h; what is even as a rule is kept by half:
 *
 *   1-3    stream << 2 | class
 *   1-7    half of the offset (an odd one: with its highest bit set) */
static inline uint8_t *undo_ptr_put(uint8_t *out, UndoPtr p)
{
    const uint64_t offset = undo_ptr_offset(p);
    out = varint_put_short(out, (uint64_t)undo_ptr_stream(p) << 2 | undo_ptr_class(p));
    return varint_put_short(out, offset >> 1 | (offset & 1) << (UNDO_OFFSET_BITS - 1));
}
static inline UndoPtr undo_ptr_take(PackReader *in)
{
    const uint64_t stream = pack_varint_most(in, 4 * UNDO_STREAMS_MAX - 1);
    const uint64_t half = pack_varint_most(in, (UINT64_C(1) << UNDO_OFFSET_BITS) - 1);
    const uint64_t odd = half >> (UNDO_OFFSET_BITS - 1);
    const uint64_t offset = (half << 1 & ((UINT64_C(1) << UNDO_OFFSET_BITS) - 1)) | odd;
    return undo_ptr((UndoClass)(stream & 3), (uint32_t)(stream >> 2), offset);
}

/* How the payload of every log record begins that has a reference with WAL_REF_UNDO: where the undo record stands,
 * and half of what undo_previous_bytes said (1-3). `out` has UNDO_NOTE_BYTES; returns the end. Taken from bytes that
 * are too few, it leaves `in` bad. */
static inline uint8_t *undo_note_put(uint8_t *out, UndoPtr at, uint16_t previous_bytes)
{
    ASSERT(previous_bytes % 2 == 0);
    return varint_put_short(undo_ptr_put(out, at), previous_bytes / 2);
}
void undo_note_take(PackReader *in, UndoPtr *at, uint16_t *previous_bytes);

/* Copies the record into `arena`. ST_END: it has been freed. */
Status undo_read(Store *store, SpaceId space, UndoPtr ptr, Arena *arena, UndoRecord *record);

/* Walks a chain from `from` back to (not into) `to`; for rollback. Follows jumps. */
Status undo_chain_previous(Store *store, SpaceId space, const UndoRecord *record, Arena *arena,
                           UndoRecord *previous);
/* Rollback to a savepoint has undone everything back to `to`: later walks jump over it. Logged. */
Status undo_chain_jump(UndoChain *chain, UndoPtr to);

/* Purge. The oldest record of each stream not freed; the visitor says how far it may go. */
typedef struct UndoStreamFigures {
    UndoClass class_;
    uint32_t stream;
    uint64_t head, tail; /* offsets: [head, tail) is kept */
    Xid attached;
} UndoStreamFigures;
Status undo_streams(Store *store, SpaceId space, Arena *arena, UndoStreamFigures **streams,
                    uint32_t *count);
/* Reads forward: the record at `ptr` or the next one behind it. ST_END at the tail. */
Status undo_read_forward(Store *store, SpaceId space, UndoPtr ptr, Arena *arena, UndoRecord *record,
                         UndoPtr *next);
/* Frees whole pages below `offset`; `newest_xid` and `newest_commit` of what goes are logged (docs/traps.md C16).
 * *freed: bytes of records that are gone. */
Status undo_free_until(Store *store, SpaceId space, UndoClass class_, uint32_t stream,
                       uint64_t offset, Xid newest_xid, uint64_t newest_commit, uint64_t *freed);
uint64_t undo_bytes(Store *store); /* held by all streams now */

/* Recovery: the chains that losers and prepared transactions had, re-attached. */
Status undo_reattach(Store *store, SpaceId space, UndoPtr last, Xid xid, UndoChain **chain);
