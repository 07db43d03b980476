/* SPDX-License-Identifier: Apache-2.0 */
/* wal.h - the log: everything that changes durable pages is first a record here.
 *
 * The log is an endless sequence of bytes cut into 16 MiB segments, named as PostgreSQL names them; each
 * starts with PostgreSQL's long page header (40 bytes). A record is a run of bytes anywhere else, and may
 * go on behind the next segment's header:
 *
 *   bytes
 *     4    crc32c of all that follows, begun with a number made of the record's own position and timeline: so a record
 *          that stands elsewhere than where it was written, or is of another timeline, has a wrong one
 *   1-3    bytes that follow (varint, as all numbers below: base/varint.h); 0: there is no record
 *     1    kind (wal_records.h); 128 more when there are page references
 *   1-5    incarnation: which start of the server wrote it (docs/traps.md F5)
 *   1-7    xid, 0 when it belongs to none
 *          page references, each:
 *   1-7      page number << 5 | 16 when another reference follows | 8 when the space is not that of the reference
 *            before it (SPACE_SHARED before the first) | flags (WalRefFlags)
 *   0-4      the space, if it is another
 *          payload, the kind's own
 *
 * Idea: space is reserved by one atomic add while the pages are latched, and filled in parallel
 * (docs/traps.md F6). An inserter publishes a lower bound of its position in a slot before the add and
 * clears it after filling; what may be written is everything below the least slot, read after the end
 * position. A commit waits until the log is synced past its record; whoever finds no leader becomes it and
 * syncs for all who came meanwhile. Whole records are written and synced, never parts: a position above a
 * record's first byte is durable only when all of the record is.
 *
 * Redo of a page uses that page and the record, nothing else (F4). */
#pragma once

#include "base/base.h"
#include "base/random.h"
#include "base/varint.h"
#include "os/wait.h"
#include "store/device.h"
#include "store/ids.h"
#include "store/wal_records.h"

enum {
    WAL_SEGMENT_BYTES = 16 << 20,
    WAL_SEGMENT_HEADER_BYTES = 40,
    WAL_RECORD_BYTES_LEAST = 8,   /* no record is shorter */
    WAL_RECORD_HEADER_BYTES = 20, /* at most */
    WAL_REF_BYTES = 11,           /* at most */
    WAL_REFS_MAX = 16,
    WAL_HEAD_BYTES_MAX = WAL_RECORD_HEADER_BYTES + WAL_REFS_MAX * WAL_REF_BYTES,
    WAL_RECORD_BYTES_MAX = 1 << 20,
};

typedef enum WalRefFlags {
    WAL_REF_FORMAT = 1, /* the record makes the page anew: redo need not read it */
    WAL_REF_UNDO = 2,   /* an undo page: redo appends the undo record the payload implies */
    WAL_REF_MAP = 4,
} WalRefFlags;

typedef struct WalRef {
    PageId page;
    uint8_t flags;
} WalRef;

/* A record as read: `payload` points into the reader's memory. Never copied as a whole: `refs` may end behind
 * ref_count. */
typedef struct WalRecord {
    Lsn lsn, end;
    Xid xid;
    uint32_t incarnation, timeline;
    uint32_t bytes; /* of the whole record */
    uint16_t kind;
    uint8_t ref_count;
    const struct StoreUpper *upper; /* in redo: whose leaf operations apply; else NULL */
    Bytes payload;
    WalRef refs[WAL_REFS_MAX];
} WalRecord;

typedef struct Wal Wal;

typedef struct WalOptions {
    uint32_t buffer_bytes;  /* 0: 16 MiB; a power of two, at least 64 KiB */
    uint32_t segment_bytes; /* as the device's: a power of two, at least 64 KiB */
    uint32_t timeline, incarnation;
    uint64_t system_id;
    Lsn end;                  /* the first byte not yet written: where appending goes on */
    uint32_t writer_delay_us; /* how long an unsynced commit may wait for its sync; 0: 200 ms */
    /* Called when a segment is complete and durable, in the writer; must be quick: archiving hooks on here. */
    void (*segment_done)(void *arg, uint32_t timeline, uint64_t segment);
    void *segment_done_arg;
    /* Called once when the log fails, by whoever met the failure, with no lock held. May be NULL. */
    void (*failed)(void *arg, Status status);
    void *failed_arg;
    /* Called by whoever writes when the disk has no room for further segments: must be quick. True: some will be
     * removed soon, and who wants credit may wait for that. May be NULL. */
    bool (*full)(void *arg);
    void *full_arg;
} WalOptions;

Status wal_open(Account *account, Device *device, const WalOptions *options, Wal **wal);
void wal_close(Wal *wal); /* everything synced, or abandoned after a failure */

/* Credit is room in the buffer, taken before any latch, so that appending never waits (docs/traps.md C15).
 * Taken once for all that an action logs: a task that holds some must not wait for more. It is counted in
 * bytes that records may have at most (wal_record_bytes); what was not used is given back, but for what a record
 * needs less than that: this comes back by itself when the record is written. The last segment's worth of disk
 * space is kept for those who give space back: most of it for rollback (WAL_CREDIT_RESERVE), all of it for
 * checkpoints (WAL_CREDIT_CHECKPOINT).
 * ST_FULL, 53100 noted: the disk is full; the statement fails, and later ones work once there is space.
 * ST_CANCELLED only with WAL_CREDIT_INTERRUPTIBLE. ST_CLOSED after the log has failed. */
typedef enum WalCreditFlags {
    WAL_CREDIT_INTERRUPTIBLE = 1,
    WAL_CREDIT_RESERVE = 2,
    WAL_CREDIT_CHECKPOINT = 4,
    WAL_CREDIT_CAN_DO_WITHOUT =
        8, /* on a full disk ST_FULL at once, when there is no room: nobody is waited for */
} WalCreditFlags;
Status wal_credit_take(Wal *wal, uint32_t bytes, uint32_t flags);
void wal_credit_return(Wal *wal, uint32_t bytes);
void wal_segments_freed(Wal *wal); /* segments were removed: a full disk may have room by now */
/* From here on there is no credit until the place is moved on, but for those who may use the reserve, who bring that
 * about; UINT64_MAX: without end, as after opening. What was given before stays given. */
void wal_set_hold(Wal *wal, Lsn lsn);
uint32_t wal_credit_max(
    const Wal *wal); /* the most that may be taken at once; at least WAL_RECORD_BYTES_MAX
                                          * with the usual buffer */

/* One part of a payload; parts are copied one behind the other. */
typedef struct WalPart {
    const void *data;
    uint32_t bytes;
} WalPart;
static inline uint32_t wal_parts_bytes(const WalPart *parts, uint32_t part_count)
{
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < part_count; i++) bytes += parts[i].bytes;
    return bytes;
}
/* Appends a record while the caller holds the exclusive latches of its pages and at least
 * wal_record_bytes() of credit, which it uses up. Never waits for I/O, never fails. Returns its lsn, which
 * the caller stores in each page; *end (may be NULL) is where it ends. */
Lsn wal_append(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
               const WalPart *parts, uint32_t part_count, Lsn *end);
/* The same in two steps: the record has its place after the first, its bytes after the second. The latches of its
 * pages, and whatever lock keeps records in order, may be given back between the two, where nothing may be waited for:
 * nobody's record behind this one becomes durable before it is there. The parts have `payload_bytes` together. */
typedef struct WalAppend {
    struct WalSlot *slot;
    uint64_t place;         /* where it stands */
    Lsn lsn;                /* the same */
    uint32_t bytes;         /* of the record */
    uint32_t payload_bytes; /* of them */
    uint32_t spare;         /* credit that was taken for it and is more than that */
    uint32_t head_at;       /* the record begins there in `head` */
    uint8_t head[WAL_HEAD_BYTES_MAX + VARINT_BYTES_MAX];
} WalAppend;
Lsn wal_append_begin(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
                     uint32_t payload_bytes, WalAppend *append, Lsn *end);
/* wal_append_begin in two steps for its part: the first says where the record will begin at least, as
 * wal_insert_position does. */
Lsn wal_append_claim(Wal *wal, WalAppend *append);
Lsn wal_append_reserve(Wal *wal, WalKind kind, Xid xid, const WalRef *refs, uint32_t ref_count,
                       uint32_t payload_bytes, WalAppend *append, Lsn *end);
void wal_append_fill(Wal *wal, WalAppend *append, const WalPart *parts, uint32_t part_count);
/* The most that a record may have: what it costs in credit. */
static inline uint32_t wal_record_bytes(uint32_t ref_count, uint32_t payload_bytes)
{
    return WAL_RECORD_HEADER_BYTES + WAL_REF_BYTES * ref_count + payload_bytes;
}

/* Where the next record will begin at least: a lower bound for rec_lsn, to be taken before wal_append
 * (docs/traps.md C15). */
Lsn wal_insert_position(const Wal *wal);
Lsn wal_written_position(const Wal *wal);
Lsn wal_synced_position(const Wal *wal);

/* Until everything below `lsn` is durable; with a page's lsn + 1: until the page's last record is. Not
 * interrupted; no latch is held. ST_IO or ST_CLOSED: the log has failed, nothing further is ever
 * acknowledged and the server must stop and recover. When the disk is full it waits for space. `delay_us`:
 * whoever comes to sync waits so long before, for others to share it (commit_delay). */
Status wal_sync(Wal *wal, Lsn lsn, uint32_t delay_us);
/* Asks the background writer to sync within writer_delay (synchronous_commit = off). */
void wal_sync_soon(Wal *wal, Lsn lsn);
/* The background writer's body: writes filled bytes, syncs when asked, until task interrupt (ST_CANCELLED)
 * or the log's failure. */
Status wal_writer_run(Wal *wal);
bool wal_has_failed(const Wal *wal);

typedef struct WalFigures {
    uint64_t records, bytes, writes, syncs, waits_for_room, commits_waited;
} WalFigures;
void wal_figures(const Wal *wal, WalFigures *figures);

/* Reading, while the server runs or not. A reader follows one timeline from `start`, which must be a
 * record's first byte (or where the first would be). Incarnations only grow along the log: a record of an
 * earlier one than the record before it is a ghost, and the end (docs/traps.md F5). */
typedef struct WalReader WalReader;
typedef struct WalReaderOptions {
    uint32_t segment_bytes, timeline;
    uint64_t system_id;         /* 0: not checked */
    uint32_t incarnation_least; /* records of an earlier incarnation are the end of the log */
    uint32_t incarnation_most;  /* 0: any; later ones are the end of the log */
    Lsn start;
    Lsn until; /* reads nothing at or past it; 0: to the end of the log */
} WalReaderOptions;
Status wal_reader_open(Arena *arena, Device *device, const WalReaderOptions *options,
                       WalReader **reader);
/* OK; ST_END at the first bytes that are no valid record there (wal_reader_why says which rule they break),
 * and again at the same place when asked again after the log has grown; ST_IO. The record's payload is
 * valid until the next call. */
Status wal_reader_next(WalReader *reader, WalRecord *record);
Lsn wal_reader_position(const WalReader *reader); /* of the next record */
const char *wal_reader_why(const WalReader *reader);
void wal_reader_close(WalReader *reader);

void wal_segment_name(char out[25], uint32_t timeline, uint64_t segment, uint32_t segment_bytes);
bool wal_segment_parse(Str name, uint32_t segment_bytes, uint32_t *timeline, uint64_t *segment);
/* LSN as PostgreSQL prints it: "0/16B3748". */
Str lsn_print(Arena *arena, Lsn lsn);
