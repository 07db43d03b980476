/* SPDX-License-Identifier: Apache-2.0 */
/* redo_apply.c - a batch of records applied to its pages.
 *
 * The pages, sorted by their numbers, are taken a few at a time by as many tasks as there are processors; one of them
 * is whoever reads the log, who takes part when the next batch has been collected. Whoever takes some asks for those
 * that are AHEAD places further on: reads stay ahead of all tasks, and never by more than the ring that the pool keeps
 * such pages in. A page that the batch makes anew is not read.
 *
 * (R6) a page is one task's in a batch, and batches follow each other: so its records come in the order of the log */
#include "store/redo_internal.h"

#include "base/error.h"
#include "base/log.h"
#include "os/os.h"

enum {
    TAKEN_AT_ONCE = 16,
    AHEAD = 16 * TAKEN_AT_ONCE,
    /* Memory is asked for before it is needed: of records, how far and how much; of a page that gets so many, the part
     * that all leaves have their fixed parts in. */
    AHEAD_RECORDS = 8,
    AHEAD_RECORD_BYTES = 256,
    ITEMS_WORTH_PAGE = 8,
    AHEAD_PAGE_BYTES = PAGE_BYTES / 4,
    DIGIT_BITS = 11,
    DIGIT_VALUES = 1 << DIGIT_BITS,
};

TUNABLE(redo_items_a_task, 4096, 1, 4096) /* fewer are not worth starting one */

/* The space that a task last asked for, and whether it is there. */
typedef struct SpaceSeen {
    uint32_t space; /* UINT32_MAX: none */
    bool there;
} SpaceSeen;

/* --- a page --- */

static const WalRecord *last_record(const RedoBatch *b, const RedoPage *page)
{
    return b->sorted[page->begin + page->count - 1].record;
}

static bool is_made_anew(const RedoBatch *b, const RedoPage *page)
{
    const RedoItem *item = &b->sorted[page->begin + page->skip];
    return (item->record->refs[item->index].flags & WAL_REF_FORMAT) != 0;
}

static Status mark(Redo *r, PageMarks *marks, uint64_t page, uint64_t lsn)
{
    mutex_lock(&r->mutex);
    Status status = redo__mark_set(r->arena, marks, page, lsn);
    mutex_unlock(&r->mutex);
    return status;
}

static Status does_not_fit(const WalRecord *record, PageId page)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "log record at %" PRIX64 " of kind %u does not fit page %" PRIu64
                      " of space %" PRIu32,
                      record->lsn.v, record->kind, page_number(page), page_space(page).v);
}

static Status item_apply(const Redo *r, const RedoItem *item, PageRef *ref)
{
    const WalRecord *record = item->record;
    PageHeader *header = ref->data;
    bool format = (record->refs[item->index].flags & WAL_REF_FORMAT) != 0;
    if (!format && header->lsn >= record->lsn.v) return OK; /* R1 */
    const RedoEntry *entry = &r->store->redo[record->kind];
    ASSERT(entry->redo != NULL);
    Status status = entry->redo(record, item->index, ref->data);
    if (status == ST_CORRUPT) return does_not_fit(record, ref->id);
    if (status != OK) return status;
    ASSERT(format || header->kind != PAGE_FREE); /* a merge leaves a free page behind */
    ASSERT(header->number == page_number(ref->id));
    header->lsn = record->lsn.v;
    return OK;
}

/* A page made anew is not read, so nothing else would notice that its space was dropped long ago. */
static Status space_find(const Redo *r, SpaceId space, SpaceSeen *seen)
{
    if (seen->space != space.v) {
        Status status = r->store->device->ops->space_open(r->store->device, space);
        if (status != OK && status != ST_NOT_FOUND) return status;
        *seen = (SpaceSeen){space.v, status == OK};
    }
    return seen->there ? OK : ST_NOT_FOUND;
}

static Status page_latch(const Redo *r, PageId id, bool format, SpaceSeen *seen, PageRef *ref)
{
    LatchOptions exclusive = {.mode = LATCH_EXCLUSIVE, .rank = RANK_LATCH};
    TRY(space_find(r, page_space(id), seen));
    if (!format) return pool_latch(r->store->pool, id, exclusive, ref);
    TRY(pool_reserve_frames(r->store->pool, 1));
    Status status = pool_latch_new(r->store->pool, id, RANK_LATCH, ref);
    if (status != OK) pool_unreserve_frames(r->store->pool, 1);
    return status;
}

/* A page that cannot be read stays as it is: whoever asks for it is told, and the server lives. */
static Status page_unreadable(PageId id, Status status)
{
    if (status != ST_CORRUPT) return status;
    log_write(SEVERITY_WARNING, "recovery: page %" PRIu64 " of space %" PRIu32 " is damaged",
              page_number(id), page_space(id).v);
    return OK;
}

/* R5. All of the batch has been applied to the page, which is `idle`, free or empty, or not, and has this lsn. */
static Status stray_mark(Redo *r, const RedoPage *page, bool idle, uint64_t lsn)
{
    const WalRecord *last = last_record(r->work.batch, page);
    bool is_split = last->kind == WAL_TREE_SPLIT || last->kind == WAL_TREE_SPLIT_ROOT;
    Status status = OK;
    if (!idle && !is_split) return OK;
    mutex_lock(&r->mutex);
    uint64_t known = redo__mark_get(&r->strays, page->page);
    if (idle)
        status = redo__mark_set(r->arena, &r->strays, page->page, MAX(known, lsn + 1));
    else if (known != 0 && last->lsn.v + 1 > known) /* linked as it was made */
        status = redo__mark_set(r->arena, &r->strays, page->page, 0);
    mutex_unlock(&r->mutex);
    return status;
}

static void prefetch(const void *from, uint32_t bytes)
{
    for (uint32_t at = 0; at < bytes; at += 64) __builtin_prefetch((const char *)from + at);
}

/* The records asked for may be those of the pages that come next. */
static Status items_apply(const Redo *r, const RedoPage *page, PageRef *ref)
{
    const RedoBatch *batch = r->work.batch;
    const uint32_t end = page->begin + page->count;
    if (page->count - page->skip >= ITEMS_WORTH_PAGE) prefetch(ref->data, AHEAD_PAGE_BYTES);
    for (uint32_t i = page->begin + page->skip; i < end; i++) {
        if (i + AHEAD_RECORDS < batch->item_count)
            prefetch(batch->sorted[i + AHEAD_RECORDS].record, AHEAD_RECORD_BYTES);
        TRY(item_apply(r, &batch->sorted[i], ref));
    }
    return OK;
}

static Status page_apply(Redo *r, const RedoPage *page, SpaceSeen *seen)
{
    const PageId id = {page->page};
    const RedoBatch *batch = r->work.batch;
    const bool format = is_made_anew(batch, page);
    const StoreUpper *upper = &r->store->upper;
    PageRef ref;
    Status status = page_latch(r, id, format, seen, &ref);
    if (status == ST_NOT_FOUND) return mark(r, &r->missing, id.v, last_record(batch, page)->lsn.v);
    if (status != OK) return page_unreadable(id, status);
    const PageHeader *header = ref.data;
    if (!format && header->kind == PAGE_FREE) {
        MARK("redo passes an unformatted page by");
        pool_unlatch(&ref);
        return mark(r, &r->missing, id.v, last_record(batch, page)->lsn.v);
    }
    pool_mark_dirty(&ref, batch->sorted[page->begin + page->skip].record->lsn); /* R4 */
    status = items_apply(r, page, &ref);
    const bool idle = status == OK &&
                      (header->kind == PAGE_FREE ||
                       (upper->page_is_idle != NULL && upper->page_is_idle(ref.data)));
    const uint64_t lsn = header->lsn;
    pool_unlatch(&ref);
    if (status == OK) status = stray_mark(r, page, idle, lsn);
    return status == OK && format ? mark(r, &r->missing, id.v, 0) : status;
}

/* --- all pages --- */

/* Asks for the batch's pages from `first` on. */
static void read_ahead(const Redo *r, uint32_t first, uint32_t count)
{
    PageId pages[TAKEN_AT_ONCE];
    const RedoBatch *batch = r->work.batch;
    uint32_t ready = 0;
    for (uint32_t i = first; i < first + count && i < batch->page_count; i++)
        if (!is_made_anew(batch, &batch->pages[batch->order[i].at]))
            pages[ready++] = (PageId){batch->order[i].page};
    pool_read_ahead(r->store->pool, pages, ready);
}

static void failed(RedoWork *work, Status status)
{
    const Error *error = error_current();
    mutex_lock(&work->redo->mutex);
    if (!atomic_exchange(&work->failed, true)) {
        work->status = status;
        work->code = error != NULL ? error->code : SQLSTATE_INTERNAL_ERROR;
        Str why = error != NULL ? error->message : STR("redo failed");
        size_t bytes = MIN(why.bytes, (size_t)REDO_WHY_BYTES - 1);
        memcpy(work->why, why.data, bytes);
        work->why[bytes] = 0;
    }
    mutex_unlock(&work->redo->mutex);
}

static void work_main(void *arg)
{
    RedoWork *work = arg;
    Redo *r = work->redo;
    const RedoBatch *batch = work->batch;
    SpaceSeen seen = {.space = UINT32_MAX};
    while (!atomic_load(&work->failed)) {
        uint32_t first = atomic_fetch_add(&work->next, TAKEN_AT_ONCE);
        if (first >= batch->page_count) return;
        read_ahead(r, first + work->ahead, TAKEN_AT_ONCE);
        uint32_t end = MIN(first + TAKEN_AT_ONCE, batch->page_count);
        for (uint32_t i = first; i < end; i++) {
            Status status = page_apply(r, &batch->pages[batch->order[i].at], &seen);
            if (status == OK) continue;
            failed(work, status);
            return;
        }
    }
}

/* Moves the items to `to`, by one digit of their pages' distance from `least`; equal ones keep their order. */
static void digit_sort(const RedoOrder *from, RedoOrder *to, uint32_t count, uint64_t least,
                       uint32_t shift)
{
    uint32_t begins[DIGIT_VALUES] = {0}, begin = 0;
    for (uint32_t i = 0; i < count; i++)
        begins[(from[i].page - least) >> shift & (DIGIT_VALUES - 1)]++;
    for (uint32_t i = 0; i < DIGIT_VALUES; i++) {
        const uint32_t some = begins[i];
        begins[i] = begin;
        begin += some;
    }
    for (uint32_t i = 0; i < count; i++)
        to[begins[(from[i].page - least) >> shift & (DIGIT_VALUES - 1)]++] = from[i];
}

/* Radix sort: a batch's pages are near each other, so a digit or two tell them apart. */
static void order_pages(RedoBatch *b)
{
    uint64_t least = UINT64_MAX, most = 0;
    for (uint32_t i = 0; i < b->page_count; i++) {
        least = MIN(least, b->order[i].page);
        most = MAX(most, b->order[i].page);
    }
    for (uint32_t shift = 0; shift < 64 && least < most && (most - least) >> shift != 0;
         shift += DIGIT_BITS) {
        RedoOrder *sorted = b->order_spare;
        digit_sort(b->order, sorted, b->page_count, least, shift);
        b->order_spare = b->order;
        b->order = sorted;
    }
}

void redo__sort(RedoBatch *b)
{
    uint32_t begin = 0;
    order_pages(b);
    for (uint32_t i = 0; i < b->page_count; i++) {
        RedoPage *page = &b->pages[b->order[i].at];
        page->begin = begin;
        begin += page->count;
        page->count = 0; /* counted again as they are placed */
    }
    ASSERT(begin == b->item_count);
    for (uint32_t i = 0; i < b->item_count; i++) {
        RedoPage *page = &b->pages[b->items[i].page];
        b->sorted[page->begin + page->count++] = b->items[i];
    }
}

void redo__apply_init(Redo *r, uint64_t frames)
{
    uint32_t ahead = (uint32_t)MIN(frames / 8, (uint64_t)AHEAD);
    r->work.ahead = ahead - ahead % TAKEN_AT_ONCE;
}

void redo__apply_begin(Redo *r, const RedoBatch *batch)
{
    RedoWork *work = &r->work;
    ASSERT(work->batch == NULL);
    work->redo = r;
    work->batch = batch;
    work->helper_count = 0;
    atomic_store(&work->next, 0);
    for (uint32_t i = 0; i < work->ahead && i < batch->page_count; i += TAKEN_AT_ONCE)
        read_ahead(r, i, TAKEN_AT_ONCE);
    uint32_t wanted = MIN(os_cpu_count(), (uint32_t)REDO_TASKS_MAX) - 1;
    wanted = MIN(wanted, batch->item_count / redo_items_a_task());
    const TaskOptions options = {.name = "redo", .account = r->store->account};
    while (work->helper_count < wanted &&
           os_task_start(&options, work_main, work, &work->helpers[work->helper_count]) == OK)
        work->helper_count++;
    if (work->helper_count < wanted) error_clear(); /* fewer do it too */
}

static void join_helpers(RedoWork *work)
{
    for (uint32_t i = 0; i < work->helper_count; i++) os_task_join(work->helpers[i]);
    work->helper_count = 0;
    work->batch = NULL;
}

void redo__stop(Redo *r)
{
    atomic_store(&r->work.failed, true);
    join_helpers(&r->work);
}

Status redo__apply_end(Redo *r)
{
    RedoWork *work = &r->work;
    if (work->batch == NULL) return OK;
    work_main(work);
    join_helpers(work);
    if (!atomic_load(&work->failed)) return OK;
    return error_note(work->status, work->code, "%s", work->why);
}
