/* SPDX-License-Identifier: Apache-2.0 */
/* redo.c - records applied to pages: which function is whose, and how records are collected.
 *
 * Redo of a page uses that page and the record, nothing else (docs/traps.md F4), so only the order of one page's
 * records matters. Records are collected into a batch, their references are chained by page, and then each page is
 * latched once and given all of its records (redo_apply.c): by several tasks, each page by one. The next batch is
 * collected meanwhile.
 *
 *     items    o o o o o o ...      (record, index of its reference), in the order of the log
 *     pages    [ 17 ]  [ 3 ][ 42 ]  found by number, some items later than the items are collected, so that memory has
 *                                   time to answer; `order` has them sorted
 *     sorted   o-o-o o-o  o ...     the items again, page by page
 *
 * (R1) a record is applied to a page whose lsn is below the record's, and to no other; so redo may be repeated from any
 *      older place, and stopped anywhere
 * (R2) a reference with FORMAT makes the page anew: what stood there and the records before it do not matter
 * (R3) a page without format (zeros, or its space is gone) is passed by, but then its FORMAT or its freeing must follow
 *      before the log ends (F8): else something was lost
 * (R4) every page that redo meets becomes dirty, also one that has all of its records: after a failed sync the system
 *      may show us bytes that the disk does not have
 * (R5) a page that the log takes, watched, or leaves free or empty, and neither links by the same record nor frees, is
 *      on its way when the log ends: the start looks at it (space_way.c) */
#include "store/redo_internal.h"

#include "base/arith.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "os/clock.h"
#include "os/os.h"
#include "store/store_redo.h"

enum {
    /* The larger, the more records a page is given while a processor's cache has it. */
    BATCH_BYTES_MOST = 32 * WAL_RECORD_BYTES_MAX,
    BATCH_BYTES_LEAST = 2 * WAL_RECORD_BYTES_MAX,
    BATCH_PAGES_MOST = 16384,
    BATCH_PAGES_LEAST = WAL_REFS_MAX,
    ITEMS_A_PAGE = 32,
    FOUND_LATER = 16,
    FREED_MAX = 16384,
    FREED_A_RECORD_MAX = 1000, /* entries of a map page */
};

/* --- the table --- */

static Status redo_full_page(const WalRecord *record, uint32_t index, void *page)
{
    (void)index;
    if (record->payload.bytes != PAGE_BYTES)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED, "page image of a wrong size");
    memcpy(page, record->payload.data, PAGE_BYTES);
    return OK;
}

/* Payload: {offset:16, bytes:16, bytes} again and again. */
static Status redo_page_delta(const WalRecord *record, uint32_t index, void *page)
{
    (void)index;
    const uint8_t *at = record->payload.data;
    size_t left = record->payload.bytes;
    while (left > 0) {
        uint32_t offset = left >= 4 ? load_le16(at) : 0, bytes = left >= 4 ? load_le16(at + 2) : 0;
        if (left < 4 || bytes > left - 4 || offset < PAGE_HEADER_BYTES ||
            offset + bytes > PAGE_BYTES)
            return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED, "page delta out of bounds");
        memcpy((char *)page + offset, at + 4, bytes);
        at += 4 + bytes;
        left -= 4 + bytes;
    }
    return OK;
}

static void print_start(const WalRecord *record, StrBuilder *out)
{
    if (record->payload.bytes != sizeof(StartPayload)) return;
    StartPayload start;
    memcpy(&start, record->payload.data, sizeof start);
    str_add_format(out, "after incarnation %" PRIu32 " %s, checkpoint %" PRIX64, start.incarnation,
                   start.clean != 0 ? "shut down" : "crashed", start.checkpoint);
}

static void print_checkpoint_end(const WalRecord *record, StrBuilder *out)
{
    if (record->payload.bytes != sizeof(CheckpointEndPayload)) return;
    CheckpointEndPayload end;
    memcpy(&end, record->payload.data, sizeof end);
    str_add_format(out, "begin %" PRIX64 ", redo %" PRIX64 ", spaces below %" PRIu32 "%s",
                   end.begin, end.redo, end.space_next, end.shutdown != 0 ? ", shutdown" : "");
}

static void print_transactions(const WalRecord *record, StrBuilder *out)
{
    if (record->payload.bytes < sizeof(CheckpointPartPayload)) return;
    CheckpointPartPayload part;
    memcpy(&part, record->payload.data, sizeof part);
    str_add_format(out, "part %" PRIu32 " of %" PRIu32 ", checkpoint %" PRIX64, part.part + 1,
                   part.parts, part.begin);
}

static void print_pages(const WalRecord *record, StrBuilder *out)
{
    SpaceWay way;
    for (size_t at = sizeof(CheckpointPagesPayload); at + sizeof way <= record->payload.bytes;
         at += sizeof way) {
        memcpy(&way, record->payload.data + at, sizeof way);
        PageId page = {way.page};
        str_add_format(out, "%" PRIu32 "/%" PRIu64 " ", page_space(page).v, page_number(page));
    }
}

static void print_delta(const WalRecord *record, StrBuilder *out)
{
    const uint8_t *at = record->payload.data;
    for (size_t left = record->payload.bytes; left >= 4;) {
        uint32_t bytes = load_le16(at + 2);
        str_add_format(out, "%u+%u ", load_le16(at), bytes);
        if (bytes > left - 4) break;
        left -= 4 + bytes;
        at += 4 + bytes;
    }
}

static const RedoEntry log_entries[] = {
    {WAL_START, NULL, print_start},
    {WAL_CHECKPOINT_BEGIN, NULL, NULL},
    {WAL_CHECKPOINT_END, NULL, print_checkpoint_end},
    {WAL_CHECKPOINT_TRANSACTIONS, NULL, print_transactions},
    {WAL_CHECKPOINT_PAGES, NULL, print_pages},
    {WAL_NOTHING, NULL, NULL},
    {WAL_FULL_PAGE, redo_full_page, NULL},
    {WAL_PAGE_DELTA, redo_page_delta, print_delta},
};

static void entries_add(RedoEntry *table, const RedoEntry *entries, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(entries[i].kind > 0 && entries[i].kind < WAL_KIND_LIMIT);
        ASSERT(table[entries[i].kind].kind == 0); /* one owner a kind */
        table[entries[i].kind] = entries[i];
    }
}

void redo__table_fill(RedoEntry *table, const StoreUpper *upper)
{
    memset(table, 0, WAL_KIND_LIMIT * sizeof *table);
    entries_add(table, log_entries, ARRAY_LEN(log_entries));
    entries_add(table, store__space_redo, SPACE__REDO_COUNT);
    entries_add(table, store__tree_redo, TREE__REDO_COUNT);
    entries_add(table, store__undo_redo, UNDO__REDO_COUNT);
    if (upper == NULL) return;
    entries_add(table, upper->redo_entries, upper->redo_count);
    for (uint32_t i = 0; i < upper->redo_list_count; i++)
        entries_add(table, upper->redo_lists[i].entries, upper->redo_lists[i].count);
}

/* --- batches --- */

static Status no_memory(void)
{
    return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

static Status batch_new(const Redo *r, RedoBatch *b)
{
    void *bytes;
    b->items = arena_try_alloc(r->arena, r->item_max * sizeof(RedoItem));
    b->sorted = arena_try_alloc(r->arena, r->item_max * sizeof(RedoItem));
    b->pages = arena_try_alloc_zero(r->arena, (r->page_mask + 1) * sizeof(RedoPage));
    b->order = arena_try_alloc(r->arena, r->page_max * sizeof(RedoOrder));
    b->order_spare = arena_try_alloc(r->arena, r->page_max * sizeof(RedoOrder));
    b->freed = arena_try_alloc(r->arena, r->freed_max * sizeof(FreedExtent));
    if (b->items == NULL || b->sorted == NULL || b->pages == NULL || b->order == NULL ||
        b->order_spare == NULL || b->freed == NULL)
        return no_memory();
    TRY(os_memory_map(r->bytes_max, true, &bytes));
    b->bytes = bytes;
    return OK;
}

/* It has an arena of its own: helpers take of it while whoever reads the log takes, and gives back, of another. */
Status redo__begin(Store *store, Redo **out)
{
    Arena *arena = arena_try_new(store->account, "redo");
    Redo *r = arena != NULL ? ARENA_TRY_NEW(arena, Redo) : NULL;
    if (r == NULL) {
        if (arena != NULL) arena_drop(arena);
        return no_memory();
    }
    *out = r;
    PoolFigures pool;
    pool_figures(store->pool, &pool);
    r->store = store;
    r->arena = arena;
    mutex_init(&r->mutex, RANK_REDO);
    uint64_t page_max = MIN(pool.frames / 4, (uint64_t)BATCH_PAGES_MOST);
    r->page_max = (uint32_t)MAX(page_max, (uint64_t)BATCH_PAGES_LEAST);
    r->item_max = r->page_max * ITEMS_A_PAGE;
    uint64_t bytes_max = MIN(pool.frames * PAGE_BYTES / 8, (uint64_t)BATCH_BYTES_MOST);
    r->bytes_max = (size_t)MAX(bytes_max, (uint64_t)BATCH_BYTES_LEAST);
    uint32_t places = 1;
    while (places < 2 * r->page_max) places *= 2;
    r->page_mask = places - 1;
    r->freed_max = FREED_MAX;
    redo__apply_init(r, pool.frames);
    for (uint32_t i = 0; i < ARRAY_LEN(r->batches); i++) TRY(batch_new(r, &r->batches[i]));
    r->batch = &r->batches[0];
    return OK;
}

void redo__close(Redo *r)
{
    redo__stop(r);
    for (uint32_t i = 0; i < ARRAY_LEN(r->batches); i++)
        if (r->batches[i].bytes != NULL) os_memory_unmap(r->batches[i].bytes, r->bytes_max);
    arena_drop(r->arena);
}

/* R2: with FORMAT, what the page waited for before is dropped. */
static void item_find(const Redo *r, RedoBatch *b, RedoItem *item)
{
    const WalRef *ref = &item->record->refs[item->index];
    uint32_t at = item->page;
    while (b->pages[at].count != 0 && b->pages[at].page != ref->page.v)
        at = (at + 1) & r->page_mask;
    RedoPage *page = &b->pages[at];
    if (page->count == 0) {
        ASSERT(b->page_count < r->page_max);
        *page = (RedoPage){.page = ref->page.v};
        b->order[b->page_count++] = (RedoOrder){ref->page.v, at};
    }
    if ((ref->flags & WAL_REF_FORMAT) != 0) page->skip = page->count;
    page->count++;
    item->page = at;
}

/* All but the last so many. */
static void items_find(const Redo *r, RedoBatch *b, uint32_t later)
{
    while (b->found + later < b->item_count) item_find(r, b, &b->items[b->found++]);
}

static void batch_add(Redo *r, const WalRecord *record, uint32_t index)
{
    RedoBatch *b = r->batch;
    const uint32_t at = (uint32_t)hash_u64(record->refs[index].page.v) & r->page_mask;
    __builtin_prefetch(&b->pages[at], 1);
    b->items[b->item_count++] = (RedoItem){.record = record, .index = index, .page = at};
    items_find(r, b, FOUND_LATER);
}

static size_t record_copy_bytes(const WalRecord *record)
{
    size_t refs = record->ref_count * sizeof(WalRef);
    return ALIGN_UP(offsetof(WalRecord, refs) + refs + record->payload.bytes, alignof(WalRecord));
}

static const WalRecord *record_copy(Redo *r, const WalRecord *record)
{
    WalRecord *copy = (WalRecord *)(void *)(r->batch->bytes + r->batch->bytes_used);
    size_t head = offsetof(WalRecord, refs) + record->ref_count * sizeof(WalRef);
    memcpy(copy, record, head);
    memcpy((char *)copy + head, record->payload.data, record->payload.bytes);
    copy->payload.data = (const uint8_t *)copy + head;
    copy->upper = &r->store->upper;
    r->batch->bytes_used += record_copy_bytes(record);
    ASSERT(r->batch->bytes_used <= r->bytes_max);
    return copy;
}

/* --- pages that are not there --- */

static uint32_t mark_at(const PageMarks *marks, uint64_t page)
{
    uint32_t mask = marks->capacity - 1;
    uint32_t at = (uint32_t)hash_u64(page) & mask;
    while (marks->pages[at] != UINT64_MAX && marks->pages[at] != page) at = (at + 1) & mask;
    return at;
}

static Status marks_grow(Arena *arena, PageMarks *marks)
{
    PageMarks old = *marks;
    uint32_t capacity = old.capacity != 0 ? old.capacity * 2 : 64;
    *marks = (PageMarks){.capacity = capacity};
    marks->pages = arena_try_alloc(arena, capacity * sizeof(uint64_t));
    marks->lsns = arena_try_alloc_zero(arena, capacity * sizeof(uint64_t));
    if (marks->pages == NULL || marks->lsns == NULL) return no_memory();
    memset(marks->pages, 0xff, capacity * sizeof(uint64_t));
    for (uint32_t i = 0; i < old.capacity; i++) {
        if (old.lsns[i] == 0) continue;
        uint32_t at = mark_at(marks, old.pages[i]);
        marks->pages[at] = old.pages[i];
        marks->lsns[at] = old.lsns[i];
        marks->used++;
    }
    return OK;
}

/* lsn 0: the mark goes. */
Status redo__mark_set(Arena *arena, PageMarks *marks, uint64_t page, uint64_t lsn)
{
    if (lsn == 0 && marks->used == 0) return OK;
    if (marks->used * 2 >= marks->capacity) TRY(marks_grow(arena, marks));
    uint32_t at = mark_at(marks, page);
    if (marks->pages[at] == UINT64_MAX) {
        if (lsn == 0) return OK;
        marks->pages[at] = page;
        marks->used++;
    }
    marks->lsns[at] = lsn;
    return OK;
}

uint64_t redo__mark_get(const PageMarks *marks, uint64_t page)
{
    if (marks->used == 0) return 0;
    uint32_t at = mark_at(marks, page);
    return marks->pages[at] == page ? marks->lsns[at] : 0;
}

static void extent_add(void *arg, PageId first, uint64_t taken, uint64_t watched)
{
    Redo *r = arg;
    RedoBatch *b = r->batch;
    ASSERT(b->freed_count < r->freed_max);
    if (taken != UINT64_MAX)
        b->freed[b->freed_count++] = (FreedExtent){first.v, taken, r->lsn, false};
    if (watched == 0) return;
    mutex_lock(&r->mutex);
    for (; watched != 0 && r->status == OK; watched &= watched - 1)
        r->status = redo__mark_set(r->arena, &r->strays,
                                   first.v + (uint64_t)__builtin_ctzll(watched), r->lsn + 1);
    mutex_unlock(&r->mutex);
}

static void marks_free(PageMarks *marks, const FreedExtent *extent)
{
    for (uint64_t free = ~extent->taken; free != 0 && marks->used > 0; free &= free - 1) {
        uint64_t page = extent->first + (uint64_t)__builtin_ctzll(free);
        uint32_t at = mark_at(marks, page);
        if (marks->pages[at] == page && marks->lsns[at] <= extent->lsn) marks->lsns[at] = 0;
    }
}

/* What was freed after it was passed by is not missed, and on its way no more. What leaves is on its way, whenever the
 * page was last written; so it is marked in the log's order with what is freed, not to lose its mark by a freeing
 * before. */
static Status freed_apply(Redo *r, RedoBatch *b)
{
    Status status = OK;
    for (uint32_t i = 0; i < b->freed_count && status == OK; i++) {
        const FreedExtent *freed = &b->freed[i];
        if (freed->leaves) {
            status = redo__mark_set(r->arena, &r->strays, freed->first,
                                    MAX(redo__mark_get(&r->strays, freed->first), UINT64_C(1)));
        } else {
            marks_free(&r->missing, freed);
            marks_free(&r->strays, freed);
        }
    }
    b->freed_count = 0;
    return status;
}

/* A space was dropped: nothing of it is missed. */
static void marks_drop(PageMarks *marks, SpaceId space)
{
    for (uint32_t i = 0; i < marks->capacity; i++) {
        if (page_space((PageId){marks->pages[i]}).v == space.v) marks->lsns[i] = 0;
    }
}

/* R3 at the end of the log. */
static Status missing_check(const Redo *r)
{
    for (uint32_t i = 0; i < r->missing.capacity; i++) {
        uint64_t lsn = r->missing.lsns[i];
        if (lsn == 0) continue;
        PageId page = {r->missing.pages[i]};
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "the log changes page %" PRIu64 " of space %" PRIu32 " at %" PRIX64
                          ", but the page was never written",
                          page_number(page), page_space(page).v, lsn);
    }
    return OK;
}

/* --- records --- */

/* What is being applied is done, and its batch empty. Marks of the next batch bear later positions: what this one's
 * tasks find, and what it frees, takes none of them away. */
static Status batch_wait(Redo *r)
{
    RedoBatch *b = &r->batches[r->batch == &r->batches[0]];
    Status status = redo__apply_end(r);
    memset(b->pages, 0, (r->page_mask + 1) * sizeof *b->pages);
    b->page_count = b->item_count = b->found = 0;
    b->bytes_used = 0;
    const Status freed = freed_apply(r, b);
    return status != OK ? status : freed;
}

/* What was collected begins to be applied, and the other batch is there to collect in. */
static Status batch_turn(Redo *r)
{
    RedoBatch *full = r->batch;
    items_find(r, full, 0);
    redo__sort(full);
    TRY(batch_wait(r));
    r->batch = &r->batches[full == &r->batches[0]];
    redo__apply_begin(r, full);
    return OK;
}

static Status batch_apply(Redo *r)
{
    TRY(batch_turn(r));
    return batch_wait(r);
}

/* A page of the temporary space is never logged; a kind without owner is of a later version, or garbage. */
static Status record_check(const Redo *r, const WalRecord *record)
{
    const RedoEntry *entry = record->kind < WAL_KIND_LIMIT ? &r->store->redo[record->kind]
                                                           : &r->store->redo[0];
    if (entry->kind == 0 || (record->ref_count > 0 && entry->redo == NULL))
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "log record at %" PRIX64 " is of unknown kind %u", record->lsn.v,
                          record->kind);
    return OK;
}

/* What came before for the space is applied while it is still there; what comes after finds it made or gone. */
static Status space_record(Redo *r, const WalRecord *record)
{
    TRY(batch_apply(r));
    TRY(space__recover(r->store, record));
    if (record->kind == WAL_SPACE_DROP && record->payload.bytes >= sizeof(uint32_t)) {
        SpaceId space = {load_le32(record->payload.data)};
        marks_drop(&r->missing, space);
        marks_drop(&r->strays, space);
    }
    return OK;
}

Status redo__on_its_way(Redo *r, const SpaceWay *way)
{
    return redo__mark_set(r->arena, &r->strays, way->page, way->lsn + 1);
}

static bool batch_is_full(const Redo *r, const WalRecord *record)
{
    RedoBatch *b = r->batch;
    if (b->page_count + (b->item_count - b->found) + record->ref_count > r->page_max)
        items_find(r, b, 0);
    return b->bytes_used + record_copy_bytes(record) > r->bytes_max ||
           b->page_count + record->ref_count > r->page_max ||
           b->item_count + record->ref_count > r->item_max ||
           b->freed_count + FREED_A_RECORD_MAX > r->freed_max;
}

static bool is_of_space(const WalRecord *record)
{
    return record->kind == WAL_SPACE_CREATE || record->kind == WAL_SPACE_DROP;
}

/* A page takes one frame at most: of the batch being applied, and of the one that will be, so that the record has room;
 * and each task reserves one. */
bool redo__stays_in_memory(const Redo *r, const WalRecord *record)
{
    if (is_of_space(record)) return false;
    if (!batch_is_full(r, record)) return true;
    const uint64_t pages = r->batches[0].page_count + r->batches[1].page_count;
    return pages + REDO_TASKS_MAX <= pool_free_frames(r->store->pool);
}

Status redo__record(Redo *r, const WalRecord *record)
{
    TRY(record_check(r, record));
    if (is_of_space(record)) return space_record(r, record);
    PageId leaves;
    const bool is_leaving = space__record_leaves(record, &leaves);
    if (record->ref_count == 0 && !is_leaving) return OK;
    if (batch_is_full(r, record)) TRY(batch_turn(r));
    if (is_leaving) {
        RedoBatch *b = r->batch;
        b->freed[b->freed_count++] = (FreedExtent){.first = leaves.v, .leaves = true};
        return OK;
    }
    r->lsn = record->lsn.v;
    space__record_extents(record, extent_add, r);
    TRY(r->status);
    const WalRecord *copy = record_copy(r, record);
    for (uint32_t i = 0; i < copy->ref_count; i++) batch_add(r, copy, i);
    return OK;
}

static Status strays_tell(Redo *r, SpaceWay **strays, uint32_t *count)
{
    const PageMarks *marks = &r->strays;
    *count = 0;
    if (marks->used == 0) return OK;
    *strays = arena_try_alloc(r->store->arena, marks->used * sizeof **strays);
    if (*strays == NULL) return no_memory();
    for (uint32_t i = 0; i < marks->capacity; i++) {
        if (marks->lsns[i] != 0)
            (*strays)[(*count)++] = (SpaceWay){marks->pages[i], marks->lsns[i] - 1};
    }
    return OK;
}

Status redo__end(Redo *r, SpaceWay **strays, uint32_t *count)
{
    TRY(batch_apply(r));
    TRY(missing_check(r));
    return strays_tell(r, strays, count);
}
