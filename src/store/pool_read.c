/* SPDX-License-Identifier: Apache-2.0 */
/* pool_read.c - bringing pages in: by the task that wants one, or ahead of need in the background.
 *
 * A load takes a frame first, since that may wait, then claims the page's word as "loading"; whoever else wants the
 * page sleeps until the load has ended, and tries anew when it failed: each gets the error as its own. */
#include "store/pool_internal.h"

#include "store/store_internal.h"

static void load_failed(Pool *pool, PageId page, Word *word, uint32_t frame, Status status)
{
    if (status == ST_CORRUPT) atomic_fetch_add(&pool->corrupt, 1);
    pool__word_drop(pool, page, word, false);
    pool__frame_disown(pool, frame);
    pool__frame_give(pool, frame);
}

/* The page's word, claimed for loading into a frame. ST_CHANGED: another has it or had it meanwhile. */
static Status load_begin(Pool *pool, PageId page, Word **word, uint32_t *frame)
{
    TRY(pool__word_make(pool, page, word));
    if (!word_is_absent(atomic_load(*word))) {
        pool__load_wait(pool, page, *word);
        return ST_CHANGED;
    }
    TRY(pool__frame_take(pool, frame));
    if (pool__word_claim(pool, page, *word, *frame, WORD_LOADING)) return OK;
    pool__frame_give(pool, *frame);
    return ST_CHANGED;
}

static Status load(Pool *pool, PageId page, Word **word, uint32_t *frame)
{
    lock_rank_check_below(RANK_LATCH);
    TRY(load_begin(pool, page, word, frame));
    void *data = pool__data(pool, *frame);
    Status status = pool->device->ops->read(pool->device, page, data);
    if (status == OK) status = page_check(data, page);
    if (status != OK) {
        load_failed(pool, page, *word, *frame, status);
        return status;
    }
    Task *task = task_self();
    if (task != NULL) task->usage.pages_read++;
    atomic_fetch_add_explicit(&pool->reads, 1, memory_order_relaxed);
    return OK;
}

Status pool__read(Pool *pool, PageId page, LatchOptions options, PageRef *ref)
{
    Word *word;
    uint32_t frame;
    TRY(load(pool, page, &word, &frame));
    uint64_t latch = options.mode == LATCH_SHARED ? WORD_LATCH_ONE : WORD_LATCH_MASK;
    if (options.scan) pool__frame_scanned(pool, frame);
    pool__word_loaded(pool, page, word, latch, !options.scan);
    *ref = (PageRef){.id = page, .word = word, .frame = frame};
    return OK;
}

Status pool_fetch(Pool *pool, PageId page)
{
    for (;;) {
        Word *word = pool__word_find(pool, page);
        uint64_t seen = word != NULL ? atomic_load(word) : 0;
        if (!word_is_absent(seen) && (seen & WORD_LOADING) == 0) return OK;
        uint32_t frame;
        Status status = load(pool, page, &word, &frame);
        if (status == OK) pool__word_loaded(pool, page, word, 0, true);
        if (status != ST_CHANGED) return status;
    }
}

/* A page at one moment: while the version stays and the page is clean, nobody has written it. */
typedef struct PageMoment {
    uint32_t version;
    bool changing;
} PageMoment;

static PageMoment moment_of(Pool *pool, PageId page)
{
    PageRef ref;
    if (pool_latch_resident(pool, page, (LatchOptions){LATCH_SHARED, RANK_LATCH, true}, &ref) !=
        OK) {
        const Word *word = pool__word_find(pool, page);
        const uint64_t seen = word != NULL ? atomic_load(word) : 0;
        return (PageMoment){(uint32_t)(seen / WORD_VERSION_ONE), false};
    }
    PageMoment moment = {pool_version(&ref), !pool__frame_is_clean(&pool->frames[ref.frame])};
    pool_unlatch(&ref);
    return moment;
}

Status pool_check_disk(Pool *pool, PageId page, void *buffer)
{
    lock_rank_check_below(RANK_LATCH);
    for (;;) {
        PageMoment before = moment_of(pool, page);
        TRY(pool->device->ops->read(pool->device, page, buffer));
        Status status = page_check(buffer, page);
        if (status != ST_CORRUPT) return status;
        PageMoment after = moment_of(pool, page);
        if (!before.changing && !after.changing && before.version == after.version) return status;
        error_clear();
        if (after.changing) return OK;
        MARK("a page is written while the disk is checked");
        TRY(task_try_check());
    }
}

typedef struct ReadAhead {
    DeviceRead read;
    Pool *pool;
    Word *word;
    uint32_t frame;
} ReadAhead;

/* In some task. A page that could not be read is absent again: whoever needs it reads it and gets the error. */
static void read_ahead_done(DeviceRead *read)
{
    ReadAhead *ahead = CONTAINER_OF(read, ReadAhead, read);
    Pool *pool = ahead->pool;
    Status status = read->status;
    if (status == OK && !page__is_good(read->data, read->page)) status = ST_CORRUPT;
    if (status != OK) {
        load_failed(pool, read->page, ahead->word, ahead->frame, status);
    } else {
        atomic_fetch_add_explicit(&pool->reads, 1, memory_order_relaxed);
        pool__word_loaded(pool, read->page, ahead->word, 0, false);
    }
    heap_free(pool->heap, ahead);
    atomic_fetch_sub(&pool->reads_running, 1);
}

static ReadAhead *read_ahead_begin(Pool *pool, PageId page)
{
    Word *word;
    uint32_t frame;
    if (pool__word_make(pool, page, &word) != OK || !word_is_absent(atomic_load(word))) return NULL;
    ReadAhead *ahead = heap_try_alloc(pool->heap, sizeof *ahead);
    if (ahead == NULL) return NULL;
    if (!pool__frame_try_take(pool, &frame)) {
        heap_free(pool->heap, ahead);
        return NULL;
    }
    if (!pool__word_claim(pool, page, word, frame, WORD_LOADING)) {
        pool__frame_give(pool, frame);
        heap_free(pool->heap, ahead);
        return NULL;
    }
    pool__frame_scanned(pool, frame); /* mostly for scans; others' use of it will mark it */
    *ahead = (ReadAhead){.pool = pool, .word = word, .frame = frame};
    ahead->read.page = page;
    ahead->read.data = pool__data(pool, frame);
    ahead->read.complete = read_ahead_done;
    return ahead;
}

uint32_t pool_read_ahead_max(const Pool *pool)
{
    return MAX(pool->scanned_max / 4, 1u);
}

void pool_read_ahead(Pool *pool, const PageId *pages, uint32_t count)
{
    enum { BATCH = 64 };
    lock_rank_check_below(RANK_LATCH);
    DeviceRead *reads[BATCH];
    uint32_t ready = 0;
    for (uint32_t i = 0; i < count; i++) {
        ReadAhead *ahead = read_ahead_begin(pool, pages[i]);
        if (ahead != NULL) reads[ready++] = &ahead->read;
        if (ready == BATCH || (ready > 0 && i + 1 == count)) {
            atomic_fetch_add(&pool->reads_running, ready);
            pool->device->ops->read_submit(pool->device, reads, ready);
            ready = 0;
        }
    }
}
