/* SPDX-License-Identifier: Apache-2.0 */
/* recovery.c - what a start does with the log, before anything is appended:
 *
 *     manifest.checkpoint_begin
 *        | BEGIN, TRANSACTIONS ... END                            end of the log
 *        |------------------------------------------------------------|
 *   1    |--> pages on their way; the transactions' parts, handed to the transaction room
 *   2    |---------- analysis: every record, to the end ------------->|
 *        |---------- redo, in memory alone - - - - - ->
 *   3                                            tail made durable: |-|
 *   4                                                  |--- the rest->|
 *
 * Redo begins with analysis, so that the log is read once, and goes on as long as the pool has frames that were never
 * used: nothing is written, nor is a space made or dropped, before the end is known and durable. What is behind that is
 * read again.
 *
 * The end is found, not known (wal_reader.c). But it cannot be before the last checkpoint's end, nor elsewhere than
 * there after a clean shutdown: else the log has lost what was once durable, and the start is refused.
 *
 * Step 3: the tail was read, which does not make it durable. Without this, pages could be written that belong to a log
 * which the next crash takes away; and after a failed sync the system may even take the bytes for clean. So they are
 * written again and synced. A segment that is complete was synced before the next was begun, so the last two are
 * enough. */
#include "store/store_internal.h"

#include "base/error.h"
#include "base/log.h"
#include "os/clock.h"
#include "store/store_redo.h"

enum { COPY_BYTES = 256 << 10, TRANSACTIONS_BYTES_MAX = 1 << 30 };

typedef struct Recovery {
    Store *store;
    Arena *arena;
    const Manifest *manifest;
    Lsn end;
    SpaceWay *ways; /* pages on their way at the checkpoint */
    size_t way_count;
    Redo *redo; /* NULL: the shutdown was clean */
    Lsn rest;   /* the first record that redo has to wait with; 0: it has taken all so far */
    uint32_t rest_incarnation;
} Recovery;

static Status no_memory(void)
{
    return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

static Status log_is_short(Lsn lsn, const char *why)
{
    Status status = error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                               "could not locate a valid checkpoint record at %" PRIX32
                               "/%08" PRIX32,
                               (uint32_t)(lsn.v >> 32), (uint32_t)lsn.v);
    error_detail(error_current(), "The log ends there: %s.", why != NULL ? why : "another record");
    return status;
}

static Status reader_open(Recovery *r, Lsn start, uint32_t incarnation_least, WalReader **reader)
{
    WalReaderOptions options = {
        .segment_bytes = r->manifest->wal_segment_bytes,
        .timeline = r->manifest->timeline,
        .system_id = r->manifest->system_id,
        .incarnation_least = incarnation_least,
        .incarnation_most = r->manifest->incarnation,
        .start = start,
        .until = r->end, /* 0 until it is known */
    };
    return wal_reader_open(r->arena, r->store->device, &options, reader);
}

/* --- 1: the checkpoint's lists: pages on their way, the transactions' parts --- */

typedef struct Parts {
    uint8_t *bytes;
    size_t count, capacity;
    uint32_t next, all;
} Parts;

static Status part_take(Recovery *r, Parts *parts, const WalRecord *record)
{
    CheckpointPartPayload head;
    if (record->payload.bytes < sizeof head) return log_is_short(record->lsn, "a part is cut");
    memcpy(&head, record->payload.data, sizeof head);
    if (head.begin != r->manifest->checkpoint_begin)
        return OK; /* another checkpoint's, which was not completed */
    size_t bytes = record->payload.bytes - sizeof head;
    if (head.part != parts->next || head.parts == 0 ||
        parts->count + bytes > TRANSACTIONS_BYTES_MAX)
        return log_is_short(record->lsn, "a part is missing");
    if (parts->count + bytes > parts->capacity) {
        size_t capacity = MAX(2 * parts->capacity, parts->count + bytes);
        parts->bytes = arena_try_grow(r->arena, parts->bytes, parts->capacity, capacity);
        if (parts->bytes == NULL) return no_memory();
        parts->capacity = capacity;
    }
    if (bytes != 0) memcpy(parts->bytes + parts->count, record->payload.data + sizeof head, bytes);
    parts->count += bytes;
    parts->next++;
    parts->all = head.parts;
    return OK;
}

static Status ways_take(Recovery *r, const WalRecord *record)
{
    CheckpointPagesPayload head;
    if (record->payload.bytes < sizeof head) return log_is_short(record->lsn, "a list is cut");
    memcpy(&head, record->payload.data, sizeof head);
    if (head.begin != r->manifest->checkpoint_begin) return OK;
    size_t bytes = record->payload.bytes - sizeof head;
    r->way_count = bytes / sizeof *r->ways;
    r->ways = arena_try_alloc(r->arena, bytes);
    if (r->ways == NULL) return no_memory();
    memcpy(r->ways, record->payload.data + sizeof head, bytes);
    return OK;
}

static Status parts_read(Recovery *r, Bytes *transactions)
{
    WalReader *reader;
    WalRecord record;
    Parts parts = {.all = 1};
    TRY(reader_open(r, (Lsn){r->manifest->checkpoint_begin}, 0, &reader));
    Status status = wal_reader_next(reader, &record);
    if (status == ST_END || (status == OK && record.kind != WAL_CHECKPOINT_BEGIN))
        return log_is_short((Lsn){r->manifest->checkpoint_begin}, wal_reader_why(reader));
    while (status == OK && parts.next < parts.all) {
        status = wal_reader_next(reader, &record);
        if (status == OK && record.kind == WAL_CHECKPOINT_TRANSACTIONS)
            status = part_take(r, &parts, &record);
        else if (status == OK && record.kind == WAL_CHECKPOINT_PAGES)
            status = ways_take(r, &record);
    }
    if (status == ST_END) return log_is_short(wal_reader_position(reader), wal_reader_why(reader));
    *transactions = (Bytes){parts.bytes, parts.count};
    return status;
}

/* --- 2: analysis --- */

static Status end_check(const Recovery *r, WalReader *reader, bool end_seen, Lsn end_of_checkpoint)
{
    if (!end_seen) return log_is_short(wal_reader_position(reader), wal_reader_why(reader));
    if (r->manifest->state == MANIFEST_CLEAN && r->end.v != end_of_checkpoint.v)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "the log goes on at %" PRIX64 " behind its shutdown checkpoint",
                          end_of_checkpoint.v);
    return OK;
}

static Status redo_begin(Recovery *r)
{
    if (r->manifest->state == MANIFEST_CLEAN) return OK;
    pool_hold_writes(r->store->pool, true);
    TRY(redo__begin(r->store, &r->redo));
    for (size_t i = 0; i < r->way_count; i++) TRY(redo__on_its_way(r->redo, &r->ways[i]));
    return OK;
}

static Status redo_early(Recovery *r, const WalRecord *record)
{
    if (r->redo == NULL || r->rest.v != 0) return OK;
    if (redo__stays_in_memory(r->redo, record)) return redo__record(r->redo, record);
    MARK("redo waits for the end of analysis");
    r->rest = record->lsn;
    r->rest_incarnation = record->incarnation;
    return OK;
}

static Status analyse(Recovery *r, Bytes transactions)
{
    const StoreUpper *upper = &r->store->upper;
    WalReader *reader;
    WalRecord record;
    bool end_seen = false;
    Lsn end_of_checkpoint = {0};
    if (upper->analysis_begin != NULL) TRY(upper->analysis_begin(upper->arg, transactions));
    TRY(redo_begin(r));
    TRY(reader_open(r, (Lsn){r->manifest->checkpoint_begin}, 0, &reader));
    Status status;
    while ((status = wal_reader_next(reader, &record)) == OK) {
        r->end = record.end;
        if (record.lsn.v == r->manifest->checkpoint_end) {
            end_seen = record.kind == WAL_CHECKPOINT_END;
            end_of_checkpoint = record.end;
        }
        if (upper->analysis_record != NULL) TRY(upper->analysis_record(upper->arg, &record));
        TRY(redo_early(r, &record));
    }
    if (status != ST_END) return status;
    if (r->manifest->state != MANIFEST_CLEAN)
        log_write(SEVERITY_LOG, "log ends at %" PRIX32 "/%08" PRIX32 ": %s",
                  (uint32_t)(r->end.v >> 32), (uint32_t)r->end.v, wal_reader_why(reader));
    return end_check(r, reader, end_seen, end_of_checkpoint);
}

/* --- 3: the tail --- */

static Status segment_rewrite(Recovery *r, uint64_t segment, uint32_t bytes)
{
    Device *device = r->store->device;
    uint32_t timeline = r->manifest->timeline;
    ArenaMark mark = arena_mark(r->arena);
    char *copy = arena_try_alloc(r->arena, COPY_BYTES);
    if (copy == NULL) return no_memory();
    Status status = OK;
    for (uint32_t at = 0; at < bytes && status == OK;) {
        uint32_t piece = MIN(bytes - at, (uint32_t)COPY_BYTES), done = 0;
        status = device->ops->log_read(device, timeline, segment, at, copy, piece, &done);
        if (status == OK && done < piece)
            status = error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED, "a log segment has shrunk");
        if (status == OK)
            status = (device->ops->log_write)(device, timeline, segment, at, copy,
                                              piece); /* not the macro */
        at += piece;
    }
    arena_rewind(r->arena, mark);
    return status != OK ? status : device->ops->log_sync(device, timeline, segment);
}

static Status tail_rewrite(Recovery *r)
{
    uint64_t segment_bytes = r->manifest->wal_segment_bytes;
    uint64_t last = (r->end.v - 1) / segment_bytes;
    uint64_t first = MAX(r->manifest->checkpoint_begin / segment_bytes, last - 1);
    for (uint64_t segment = first; segment <= last; segment++) {
        uint64_t bytes = MIN(r->end.v - segment * segment_bytes, segment_bytes);
        TRY(segment_rewrite(r, segment, (uint32_t)bytes));
    }
    return OK;
}

/* --- 4: the rest of redo --- */

static Status redo_rest(Recovery *r)
{
    WalReader *reader;
    WalRecord record;
    if (r->rest.v == 0) return OK;
    TRY(reader_open(r, r->rest, r->rest_incarnation, &reader));
    Status status;
    while ((status = wal_reader_next(reader, &record)) == OK) TRY(redo__record(r->redo, &record));
    if (status != ST_END) return status;
    if (wal_reader_position(reader).v < r->end.v)
        return log_is_short(wal_reader_position(reader), wal_reader_why(reader));
    return OK;
}

/* What was on its way at a clean shutdown is part of nothing still: nobody was there to bring it there. */
static Status ways_left(Recovery *r)
{
    Store *store = r->store;
    if (r->way_count == 0) return OK;
    store->strays = arena_try_alloc(store->arena, r->way_count * sizeof *store->strays);
    if (store->strays == NULL) return no_memory();
    memcpy(store->strays, r->ways, r->way_count * sizeof *store->strays);
    store->stray_count = (uint32_t)r->way_count;
    return OK;
}

static Status run(Recovery *r)
{
    Bytes transactions = {0};
    TRY(parts_read(r, &transactions));
    TRY(analyse(r, transactions));
    if (r->manifest->state == MANIFEST_CLEAN) return ways_left(r);
    TRY(tail_rewrite(r));
    pool_hold_writes(r->store->pool, false);
    TRY(redo_rest(r));
    return redo__end(r->redo, &r->store->strays, &r->store->stray_count);
}

Status recovery__run(Store *store, Lsn *end)
{
    Arena *arena = arena_try_new(store->account, "recovery");
    if (arena == NULL) return no_memory();
    int64_t begin_ns = os_monotonic_ns();
    Recovery r = {.store = store, .arena = arena, .manifest = &store->manifest};
    Status status = run(&r);
    if (r.redo != NULL) redo__close(r.redo);
    arena_drop(arena);
    *end = r.end;
    store->redo_bytes = r.end.v - MIN(r.end.v, store->manifest.checkpoint_begin);
    store->recovery_us = (uint64_t)(os_monotonic_ns() - begin_ns) / 1000;
    return status;
}
