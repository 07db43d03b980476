/* SPDX-License-Identifier: Apache-2.0 */
/* dump.c - the log in words, a line a record:
 *
 *     0/01000028 CHECKPOINT_END xid 0 incarnation 2 timeline 1 bytes 74  begin 1000062, redo 1000062
 *     0/01000072 ROW_INSERT xid 77 incarnation 2 timeline 1 bytes 91 page 2/50012 page 2/50014+format  cell 3
 *
 * What a record says in its payload is printed by the entry of its kind's room (RedoEntry). */
#include "store/store_internal.h"

#include "base/error.h"

typedef struct Dump {
    Arena *arena; /* of one line */
    const RedoEntry *table;
    const WalRecord *record;
    Lsn end;
    const char *why;
    Str line;
} Dump;

static void refs_print(const WalRecord *record, StrBuilder *out)
{
    for (uint32_t i = 0; i < record->ref_count; i++) {
        const WalRef *ref = &record->refs[i];
        str_add_format(out, " page %" PRIu32 "/%" PRIu64, page_space(ref->page).v,
                       page_number(ref->page));
        if ((ref->flags & WAL_REF_FORMAT) != 0) str_add(out, STR("+format"));
        if ((ref->flags & WAL_REF_UNDO) != 0) str_add(out, STR("+undo"));
        if ((ref->flags & WAL_REF_MAP) != 0) str_add(out, STR("+map"));
    }
}

static void line_print(void *arg)
{
    Dump *dump = arg;
    const WalRecord *record = dump->record;
    StrBuilder out = str_builder(dump->arena, 256);
    const char *name = wal_kind_name(record->kind);
    str_add_format(&out, "%" PRIX32 "/%08" PRIX32 " ", (uint32_t)(record->lsn.v >> 32),
                   (uint32_t)record->lsn.v);
    if (name != NULL)
        str_add_zero_terminated(&out, name);
    else
        str_add_format(&out, "UNKNOWN_%u", record->kind);
    str_add_format(&out,
                   " xid %" PRIu64 " incarnation %" PRIu32 " timeline %" PRIu32 " bytes %" PRIu32,
                   record->xid.v, record->incarnation, record->timeline, record->bytes);
    refs_print(record, &out);
    const RedoEntry *entry = record->kind < WAL_KIND_LIMIT ? &dump->table[record->kind] : NULL;
    if (entry != NULL && entry->print != NULL) {
        str_add(&out, STR("  "));
        entry->print(record, &out);
    }
    dump->line = str_done(&out);
}

static void end_print(void *arg)
{
    Dump *dump = arg;
    dump->line = str_format(dump->arena, "%" PRIX32 "/%08" PRIX32 " end of log: %s",
                            (uint32_t)(dump->end.v >> 32), (uint32_t)dump->end.v, dump->why);
}

static Status records_dump(WalReader *reader, Dump *dump, uint64_t records_max,
                           void (*line)(void *arg, Str text), void *arg)
{
    WalRecord record;
    Status status;
    for (uint64_t n = 0; n < records_max; n++) {
        TRY(task_try_check());
        status = wal_reader_next(reader, &record);
        if (status == ST_END) {
            dump->end = wal_reader_position(reader);
            dump->why = wal_reader_why(reader);
            if (!error_catch(end_print, dump, NULL, NULL)) return ST_NO_MEMORY;
            line(arg, dump->line);
            return OK;
        }
        TRY(status);
        dump->record = &record;
        if (!error_catch(line_print, dump, NULL, NULL)) return ST_NO_MEMORY;
        line(arg, dump->line);
        arena_reset(dump->arena);
    }
    return OK;
}

static Status dump_open(Arena *arena, Device *device, Lsn start, WalReader **reader)
{
    Bytes raw;
    uint64_t version;
    Manifest manifest;
    TRY(device->ops->manifest_read(device, arena, &raw, &version));
    TRY(manifest__check(raw, &manifest));
    WalReaderOptions options = {
        .segment_bytes = manifest.wal_segment_bytes,
        .timeline = manifest.timeline,
        .system_id = manifest.system_id,
        .start = {start.v != 0 ? start.v : manifest.redo},
    };
    return wal_reader_open(arena, device, &options, reader);
}

Status store_dump_log(Device *device, const StoreUpper *upper, Lsn start, uint64_t records_max,
                      void (*line)(void *arg, Str text), void *arg)
{
    Arena *arena = arena_try_new(device->account, "log dump");
    Arena *line_arena = arena != NULL ? arena_try_new_child(arena, "log line") : NULL;
    RedoEntry *table = line_arena != NULL
                           ? arena_try_alloc(arena, WAL_KIND_LIMIT * sizeof(RedoEntry))
                           : NULL;
    Status status = ST_NO_MEMORY;
    if (table != NULL) {
        redo__table_fill(table, upper);
        Dump dump = {.arena = line_arena, .table = table};
        WalReader *reader;
        status = dump_open(arena, device, start, &reader);
        if (status == OK) status = records_dump(reader, &dump, records_max, line, arg);
    }
    if (arena != NULL) arena_drop(arena);
    return status;
}
