/* SPDX-License-Identifier: Apache-2.0 */
/* wal_reader.c - reads the log record by record and finds its end.
 *
 * The log says nowhere how long it is: behind the last record may stand zeros, half of a record that was torn, or what
 * a segment held before it was reused. So a record counts only if all of these hold, and the first that fails is the
 * end:
 *
 *   its length is possible                         the header of its segment is whole and right
 *   its crc is right, which begins with a number made of its position and timeline
 *   its incarnation is not below that of the record before it, nor above the newest the server ever had
 *
 * The last rule is the one against ghosts (docs/traps.md F5): a crash may leave a hole and, behind it, records that are
 * whole. The next start writes into the hole, and its last record may end exactly where such a ghost begins; but the
 * ghost's incarnation is older.
 *
 * Bytes are read in blocks, the segments' headers are taken out, and so every record stands in one piece in the window:
 *
 *     window_place            at (next record)                window_place + window_bytes
 *        |---- read already ----|-------- ahead ------------------|
 */
#include "store/wal.h"

#include "base/arena.h"
#include "base/arith.h"
#include "base/error.h"
#include "base/hash.h"
#include "store/wal_internal.h"

enum {
    CRC_BYTES = 4,
    READ_BYTES = 512 << 10,
    WINDOW_BYTES = 2 * WAL_RECORD_BYTES_MAX + READ_BYTES,
};

struct WalReader {
    Device *device;
    WalGeometry geometry;
    uint32_t timeline, incarnation, incarnation_most;
    uint64_t system_id, timeline_hash;
    uint64_t until;   /* place */
    uint64_t at;      /* place of the next record */
    uint64_t segment; /* that it is in */
    uint64_t window_place;
    uint32_t window_bytes;
    const char *why;
    uint8_t *window;
};

Status wal_reader_open(Arena *arena, Device *device, const WalReaderOptions *options,
                       WalReader **reader)
{
    WalReader *r = ARENA_TRY_NEW(arena, WalReader);
    uint8_t *window = r != NULL ? arena_try_alloc(arena, WINDOW_BYTES) : NULL;
    if (window == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    r->device = device;
    r->geometry = wal__geometry(options->segment_bytes);
    r->timeline = options->timeline;
    r->timeline_hash = hash_u64(options->timeline);
    r->incarnation = options->incarnation_least;
    r->incarnation_most = options->incarnation_most != 0 ? options->incarnation_most : UINT32_MAX;
    r->system_id = options->system_id;
    r->at = wal__place(&r->geometry, options->start.v);
    r->segment = r->at / r->geometry.segment_places;
    r->until = options->until.v != 0 ? wal__place(&r->geometry, options->until.v) : UINT64_MAX;
    r->window_place = r->at;
    r->window = window;
    *reader = r;
    return OK;
}

void wal_reader_close(WalReader *reader)
{
    (void)reader; /* all it has is the arena's */
}

Lsn wal_reader_position(const WalReader *reader)
{
    return (Lsn){reader->at + (reader->segment + 1) * WAL_SEGMENT_HEADER_BYTES};
}

/* Goes on behind a record of so many bytes, and gives its end: as wal__lsn_end does, and without its division. */
static Lsn pass(WalReader *r, uint32_t bytes)
{
    const uint64_t places = r->geometry.segment_places;
    r->at += bytes;
    while (r->at >= (r->segment + 1) * places) r->segment++;
    const bool inside = r->at > r->segment * places; /* else it ends with the segment before */
    return (Lsn){r->at + (r->segment + inside) * WAL_SEGMENT_HEADER_BYTES};
}

const char *wal_reader_why(const WalReader *reader)
{
    return reader->why;
}

static Status end(WalReader *r, const char *why)
{
    r->why = why;
    return ST_END;
}

static bool header_is_good(const WalReader *r, const WalSegmentHeader *h, uint64_t segment)
{
    return h->magic == WAL_HEADER_MAGIC && (h->info & WAL_HEADER_LONG) != 0 &&
           h->timeline == r->timeline && h->position == segment << r->geometry.segment_bits &&
           h->segment_bytes == r->geometry.segment_bytes &&
           (r->system_id == 0 || h->system_id == r->system_id);
}

static Status header_check(WalReader *r, uint64_t segment)
{
    WalSegmentHeader header;
    uint32_t done = 0;
    Status status = r->device->ops->log_read(r->device, r->timeline, segment, 0, &header,
                                             sizeof header, &done);
    if (status == ST_NOT_FOUND) return end(r, "there is no such segment");
    TRY(status);
    if (done < sizeof header || !header_is_good(r, &header, segment))
        return end(r, "the segment's header is not one of this log");
    return OK;
}

/* Reads the next block of the window: up to the end of its segment at most. ST_END, with the reason, when there is
 * none. */
static Status window_read(WalReader *r)
{
    const WalGeometry *g = &r->geometry;
    uint64_t place = r->window_place + r->window_bytes;
    uint64_t segment = place / g->segment_places;
    uint64_t inside = place % g->segment_places + WAL_SEGMENT_HEADER_BYTES;
    if (inside == WAL_SEGMENT_HEADER_BYTES || r->window_bytes == 0) TRY(header_check(r, segment));
    uint64_t bytes = MIN(g->segment_bytes - inside, (uint64_t)READ_BYTES);
    bytes = MIN(bytes, (uint64_t)WINDOW_BYTES - r->window_bytes);
    ASSERT(bytes > 0);
    uint32_t done = 0;
    Status status = r->device->ops->log_read(r->device, r->timeline, segment, (uint32_t)inside,
                                             r->window + r->window_bytes, (uint32_t)bytes, &done);
    if (status == ST_NOT_FOUND) return end(r, "there is no such segment");
    TRY(status);
    r->window_bytes += done;
    return done > 0 ? OK : end(r, "the segment ends here");
}

/* Has `bytes` from the next record on in the window. What is left of it is moved to its begin before more is read, when
 * that is little: so blocks are read to the same memory, which a processor's cache holds, again and again. */
static Status window_need(WalReader *r, uint32_t bytes)
{
    uint64_t passed = r->at - r->window_place;
    ASSERT(passed <= r->window_bytes);
    if (LIKELY(r->window_bytes - passed >= bytes)) return OK;
    if (2 * passed >= r->window_bytes || passed + bytes > WINDOW_BYTES - READ_BYTES) {
        memmove(r->window, r->window + passed, r->window_bytes - passed);
        r->window_place = r->at;
        r->window_bytes -= (uint32_t)passed;
        passed = 0;
    }
    while (r->window_bytes - passed < bytes) TRY(window_read(r));
    return OK;
}

/* The record's length, of which the least there can be of it is in the window; *kind_at is what stands before its kind.
 * 0: none, or none that is possible. */
static uint32_t record_bytes(const uint8_t *raw, uint32_t *kind_at)
{
    PackReader in = pack_reader((Bytes){raw + CRC_BYTES, WAL_RECORD_BYTES_LEAST - CRC_BYTES});
    const uint64_t length = pack_varint_most(&in, WAL_RECORD_BYTES_MAX);
    *kind_at = (uint32_t)(in.at - raw);
    const uint64_t bytes = *kind_at + length;
    const bool possible = !in.bad && bytes >= WAL_RECORD_BYTES_LEAST &&
                          bytes <= WAL_RECORD_BYTES_MAX;
    return possible ? (uint32_t)bytes : 0;
}

static bool refs_take(PackReader *in, WalRecord *record)
{
    uint64_t word = WAL_REF_MORE, space = SPACE_SHARED.v;
    while (word & WAL_REF_MORE) {
        if (record->ref_count == WAL_REFS_MAX) return false;
        word = pack_varint_most(in, (UINT64_C(1) << (40 + WAL_REF_FLAG_BITS)) - 1);
        if (word & WAL_REF_OTHER_SPACE) space = pack_varint_most(in, (1 << SPACE_BITS) - 1);
        record->refs[record->ref_count++] = (WalRef){page_id((SpaceId){(uint32_t)space},
                                                             word >> WAL_REF_FLAG_BITS),
                                                     (uint8_t)(word & (WAL_REF_OTHER_SPACE - 1))};
    }
    return !in->bad;
}

/* All that stands behind its length. False: it is malformed. */
static bool record_take(const WalReader *r, const uint8_t *raw, uint32_t kind_at, uint32_t bytes,
                        WalRecord *record)
{
    const uint8_t kind = raw[kind_at];
    PackReader in = pack_reader((Bytes){raw + kind_at + 1, bytes - kind_at - 1});
    record->lsn = wal_reader_position(r);
    record->kind = kind & (WAL_HEAD_REFS - 1);
    record->incarnation = (uint32_t)pack_varint_most(&in, UINT32_MAX);
    record->timeline = r->timeline;
    record->xid = (Xid){pack_varint_most(&in, (UINT64_C(1) << XID_BITS) - 1)};
    record->bytes = bytes;
    record->ref_count = 0;
    if (kind & WAL_HEAD_REFS && !refs_take(&in, record)) return false;
    record->payload = pack_rest(&in);
    return !in.bad;
}

/* What was read ahead may have been overtaken by the writer: it is not believed when asked again. */
static Status no_record(WalReader *r, const char *why)
{
    r->window_place = r->at;
    r->window_bytes = 0;
    return end(r, why);
}

static Status need_or_forget(WalReader *r, uint32_t bytes)
{
    Status status = window_need(r, bytes);
    return status == ST_END ? no_record(r, r->why) : status;
}

Status wal_reader_next(WalReader *r, WalRecord *record)
{
    uint32_t kind_at;
    if (r->at >= r->until) return end(r, "told to stop here");
    TRY(need_or_forget(r, WAL_RECORD_BYTES_LEAST));
    const uint8_t *raw = r->window + (r->at - r->window_place);
    const uint32_t bytes = record_bytes(raw, &kind_at);
    if (bytes == 0)
        return no_record(r,
                         raw[CRC_BYTES] == 0 ? "there is no record" : "its length is impossible");
    TRY(need_or_forget(r, bytes));
    raw = r->window + (r->at - r->window_place);
    const uint32_t seed = wal__crc_seed(wal_reader_position(r).v, r->timeline_hash);
    if (load_le32(raw) != crc32c(seed, raw + CRC_BYTES, bytes - CRC_BYTES))
        return no_record(r, "its checksum is wrong");
    if (!record_take(r, raw, kind_at, bytes, record)) return no_record(r, "its head is malformed");
    if (record->incarnation < r->incarnation)
        return no_record(r, "it was left by an earlier incarnation");
    if (record->incarnation > r->incarnation_most)
        return no_record(r, "its incarnation is of the future");
    r->incarnation = record->incarnation;
    record->end = pass(r, bytes);
    r->why = NULL;
    return OK;
}
