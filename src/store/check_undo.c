/* SPDX-License-Identifier: Apache-2.0 */
/* check_undo.c - the check of a space's undo: every record of every stream, and that the records of a chain hang on
 * each other. Beside others too: a stream's tail is passed only when the records below it stand in their pages, and
 * they are never changed (U1, U2); what is freed is below the stream's head, which is asked for behind each reading. */
#include "store/check_internal.h"

#include "base/error.h"
#include "base/task.h"

/* One record of a stream, and how it hangs on the one before. */
static void record_check(CheckPages *pages, PageId page, const UndoRecord *record,
                         const UndoRecord *before)
{
    pages->figures->undo_records++;
    if (record->kind == UNDO_KIND_JUMP && record->payload.bytes < sizeof(uint64_t))
        check__found(pages, page, "undo jump %" PRIx64 " is malformed", record->ptr.v);
    if (record->previous.v == UNDO_NONE.v || before->ptr.v == UNDO_NONE.v) return;
    if (record->previous.v != before->ptr.v || record->xid.v != before->xid.v)
        check__found(pages, page,
                     "undo record %" PRIx64 " goes on from %" PRIx64 ", which is not the record"
                     " before it",
                     record->ptr.v, record->previous.v);
}

/* The record at `offset` or the next one. The page before it may be damaged, which was told: then it is read all the
 * same, as if it were a first one. *page: where it stands, or should. */
static Status record_read(CheckPages *pages, UndoPtr ptr, bool alone, UndoRecord *record,
                          UndoPtr *next, PageId *page)
{
    *next = UNDO_NONE;
    TRY(undo__page_of(pages->store, pages->space, ptr, page));
    Status status = undo_read_forward(pages->store, pages->space, ptr, pages->arena, record, next);
    if (status != ST_CORRUPT || next->v == UNDO_NONE.v || !alone) return status;
    error_clear();
    record->previous = UNDO_NONE;
    return OK;
}

static Status record_missing(CheckPages *pages, const UndoStreamFigures *stream, PageId page,
                             uint64_t offset, Status status)
{
    if (status != ST_END) return check__told(pages, page, status);
    check__found(pages, page, "undo stream %" PRIu32 " ends at %" PRIu64 ", before its end",
                 stream->stream, offset);
    return OK;
}

/* A page that cannot be read is passed over. What purge has freed meanwhile is none of ours, whatever was read of
 * it. */
static Status stream_check(CheckPages *pages, const UndoStreamFigures *stream)
{
    UndoRecord record, before = {.ptr = UNDO_NONE};
    PageId page = PAGE_NONE, told = PAGE_NONE;
    ArenaMark mark = arena_mark(pages->arena);
    for (uint64_t offset = stream->head; offset < stream->tail;) {
        UndoPtr ptr = undo_ptr(stream->class_, stream->stream, offset), next;
        TRY(task_try_check());
        Status status = record_read(pages, ptr, before.ptr.v == UNDO_NONE.v, &record, &next, &page);
        const uint64_t head = undo__head(pages->store, pages->space, ptr);
        arena_rewind(pages->arena, mark);
        if (head > offset) {
            MARK("undo is freed while it is checked");
            error_clear();
            offset = head;
            before.ptr = UNDO_NONE;
            continue;
        }
        if (status == OK) {
            record_check(pages, page, &record, &before);
            before = record;
            offset = undo_ptr_offset(next);
            continue;
        }
        if (page.v != told.v) TRY(record_missing(pages, stream, page, offset, status));
        told = page;
        before.ptr = UNDO_NONE;
        offset = (offset / UNDO_PAGE_PAYLOAD + 1) * UNDO_PAGE_PAYLOAD;
    }
    return OK;
}

Status check__undo(CheckPages *pages)
{
    UndoStreamFigures *streams;
    uint32_t count = 0;
    PageId header = page_id(pages->space, 0);
    Status status = undo_streams(pages->store, pages->space, pages->arena, &streams, &count);
    if (status != OK) return check__told(pages, header, status);
    for (uint32_t i = 0; i < count; i++) TRY(stream_check(pages, &streams[i]));
    return OK;
}
