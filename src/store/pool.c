/* SPDX-License-Identifier: Apache-2.0 */
/* pool.c - pages in memory: opening and closing the pool, latching its pages, logging their changes, forgetting them.
 * The state words and their invariants are drawn in pool_internal.h; reading and writing have files of their own. */
#include "store/pool.h"

#include "store/pool_internal.h"

static Status buckets_open(Pool *pool)
{
    void *memory;
    TRY(os_memory_map(POOL__BUCKETS * sizeof(WaitBucket), false, &memory));
    pool->buckets = memory;
    for (uint32_t i = 0; i < POOL__BUCKETS; i++) {
        mutex_init(&pool->buckets[i].mutex, RANK_FRAME_POOL);
    }
    return OK;
}

Status pool_open(Account *account, Device *device, Wal *wal, const PoolOptions *options,
                 Pool **result)
{
    ASSERT(options->frames >= POOL__FRAMES_MIN);
    *result = NULL;
    if (options->frames >= WORD_FRAME_MASK)
        return error_note(ST_NO_MEMORY, SQLSTATE_INVALID_PARAMETER_VALUE,
                          "the buffer pool can have at most %" PRIu64 " pages",
                          (uint64_t)WORD_FRAME_MASK - 1);
    void *memory; /* a Pool stands on cache lines, as a heap's pieces do not */
    TRY(os_memory_map(sizeof(Pool), false, &memory));
    Heap *heap = heap_try_new(account, "buffer pool");
    if (heap == NULL) {
        os_memory_unmap(memory, sizeof(Pool));
        return ST_NO_MEMORY;
    }
    Pool *pool = memory;
    pool->account = account;
    pool->device = device;
    pool->heap = heap;
    atomic_init(&pool->wal, wal);
    Status status = pool__words_open(pool);
    if (status == OK) status = buckets_open(pool);
    if (status == OK) status = pool__frames_open(pool, options);
    if (status == OK) status = pool__write_open(pool, options);
    if (status != OK) {
        pool_close(pool);
        return status;
    }
    *result = pool;
    return OK;
}

void pool_close(Pool *pool)
{
    while (atomic_load(&pool->reads_running) > 0) {
        /* A moment, whatever ends it. */
        IGNORE_STATUS(os_wait_through(WAIT_DATA_FILE_READ, deadline_in_ms(1)));
    }
    pool__write_close(pool);
    pool__frames_close(pool);
    if (pool->buckets != NULL) {
        os_memory_unmap(pool->buckets, POOL__BUCKETS * sizeof(WaitBucket));
    }
    pool__words_close(pool);
    heap_drop(pool->heap);
    os_memory_unmap(pool, sizeof *pool);
}

void pool_set_wal(Pool *pool, Wal *wal)
{
    atomic_store(&pool->wal, wal);
}

void pool_hold_writes(Pool *pool, bool hold)
{
    atomic_store(&pool->held, hold);
}

/* --- latching --- */

/* The word is latched: the rest of what a latched page means. */
static inline void ref_fill(Pool *pool, PageId page, Word *word, uint32_t frame,
                            LatchOptions options, PageRef *ref)
{
    *ref = (PageRef){.id = page,
                     .data = pool__data(pool, frame),
                     .pool = pool,
                     .word = word,
                     .frame = frame,
                     .mode = (uint8_t)options.mode,
                     .rank = (uint8_t)options.rank};
    task_critical_enter("page latch");
}

/* ST_BUSY: not in memory. ST_TIMEOUT: taken. */
static inline Status latch_word(Pool *pool, PageId page, Word *word, LatchOptions options,
                                bool wait, PageRef *ref)
{
    uint32_t frame;
    if (UNLIKELY(word == NULL)) return ST_BUSY;
    uint16_t place;
    lock_rank_enter(options.rank, true);
    if (options.mode == LATCH_SHARED &&
        pool__reader_enter(pool, word, !options.scan, &frame, &place)) {
        ref_fill(pool, page, word, frame, options, ref);
        ref->place = place;
        return OK;
    }
    Status status = pool__word_latch(pool, page, word, options.mode, !options.scan, wait, &frame);
    if (LIKELY(status == OK)) {
        ref_fill(pool, page, word, frame, options, ref);
    } else {
        lock_rank_leave(options.rank);
    }
    return status;
}

static inline Status latch_if_resident(Pool *pool, PageId page, LatchOptions options, bool wait,
                                       PageRef *ref)
{
    return latch_word(pool, page, pool__word_find(pool, page), options, wait, ref);
}

Status pool_latch(Pool *pool, PageId page, LatchOptions options, PageRef *ref)
{
    lock_rank_check_below(RANK_LATCH);
    for (;;) {
        Status status = latch_if_resident(pool, page, options, true, ref);
        if (LIKELY(status == OK)) {
            pool__count_hits(pool, ref, 1);
            return OK;
        }
        status = pool__read(pool, page, options, ref);
        if (status == OK) {
            lock_rank_enter(options.rank, true);
            ref_fill(pool, page, ref->word, ref->frame, options, ref);
        }
        if (status != ST_CHANGED) return status;
    }
}

Status pool__latch_below(Pool *pool, PageId page, Word *word, LatchOptions options,
                         uint32_t glimpsed, PageRef *ref)
{
    Status status = latch_word(pool, page, word, options, true, ref);
    if (LIKELY(status == OK)) pool__count_hits(pool, ref, glimpsed + 1);
    return status;
}

Status pool_latch_resident(Pool *pool, PageId page, LatchOptions options, PageRef *ref)
{
    return pool__latch_below(pool, page, pool__word_find(pool, page), options, 0, ref);
}

Status pool_try_latch(Pool *pool, PageId page, LatchOptions options, PageRef *ref)
{
    Status status = latch_if_resident(pool, page, options, false, ref);
    if (LIKELY(status == OK)) pool__count_hits(pool, ref, 1);
    return status == OK ? OK : ST_BUSY;
}

static void new_fill(Pool *pool, PageId page, Word *word, uint32_t frame, LockRank rank,
                     PageRef *ref)
{
    memset(pool__data(pool, frame), 0, PAGE_BYTES);
    ref_fill(pool, page, word, frame, (LatchOptions){.mode = LATCH_EXCLUSIVE, .rank = rank}, ref);
}

Status pool_latch_new(Pool *pool, PageId page, LockRank rank, PageRef *ref)
{
    Word *word;
    TRY(pool__word_make(pool, page, &word));
    lock_rank_enter(rank, true);
    for (;;) {
        uint64_t seen = atomic_load(word);
        uint32_t frame;
        if (word_is_absent(seen)) {
            frame = pool__frame_take_reserved(pool);
            if (pool__word_claim(pool, page, word, frame, WORD_REFERENCED)) {
                new_fill(pool, page, word, frame, rank, ref);
                return OK;
            }
            pool__frame_return_reserved(pool, frame);
        } else if ((seen & WORD_LOADING) != 0) {
            pool__load_wait_latched(pool, page, word);
        } else if (pool__word_latch(pool, page, word, LATCH_EXCLUSIVE, true, true, &frame) == OK) {
            pool_unreserve_frames(pool, 1);
            new_fill(pool, page, word, frame, rank, ref);
            return OK;
        }
    }
}

void pool_unlatch(PageRef *ref)
{
    ASSERT(ref->word != NULL);
    lock_rank_leave((LockRank)ref->rank);
    if (ref->place != 0)
        pool__reader_leave(ref->pool, ref->place);
    else
        pool__word_unlatch(ref->pool, ref->id, ref->word, (LatchMode)ref->mode);
    ref->word = NULL;
    task_critical_leave();
}

uint32_t pool_version(const PageRef *ref)
{
    return (uint32_t)(atomic_load_explicit(ref->word, memory_order_relaxed) / WORD_VERSION_ONE);
}

/* --- changing --- */

static void rec_lsn_set(Frame *f, uint64_t rec_lsn)
{
    uint64_t clean = 0;
    if (atomic_load_explicit(&f->rec_lsn, memory_order_relaxed) == 0) {
        (void)atomic_compare_exchange_strong(&f->rec_lsn, &clean, rec_lsn);
    }
}

void pool_mark_dirty(PageRef *ref, Lsn rec_lsn)
{
    ASSERT(ref->mode == LATCH_EXCLUSIVE && rec_lsn.v != 0);
    /* A temporary page has no record, and must not hold a checkpoint's redo position back. */
    bool temp = page_space(ref->id).v == SPACE_TEMP.v;
    rec_lsn_set(&ref->pool->frames[ref->frame], temp ? UINT64_MAX : rec_lsn.v);
}

static bool is_logged(const PoolChange *change, bool unlogged)
{
    return !unlogged && page_space(change->page->id).v != SPACE_TEMP.v;
}

/* A page that the log does not know of any more may have been known to it before, as part of something else: what it
 * has of those days lies before the page was freed, so before here, and redo is to pass it by. */
static bool is_made_anew(const PoolChange *change)
{
    return (change->flags & WAL_REF_FORMAT) != 0;
}

Lsn pool_log_begin(Pool *pool, WalKind kind, Xid xid, const PoolChange *changes,
                   uint32_t change_count, uint32_t payload_bytes, bool unlogged, PoolLog *log)
{
    Wal *wal = atomic_load_explicit(&pool->wal, memory_order_relaxed);
    Lsn lsn = {0}, end = {0};
    WalRef refs[WAL_REFS_MAX];
    uint32_t ref_count = 0;
    ASSERT(change_count <= WAL_REFS_MAX);
    for (uint32_t i = 0; i < change_count; i++) {
        if (!is_logged(&changes[i], unlogged)) continue;
        refs[ref_count++] = (WalRef){.page = changes[i].page->id, .flags = changes[i].flags};
    }
    log->appends = ref_count > 0;
    Lsn position = log->appends ? wal_append_claim(wal, &log->append) : wal_insert_position(wal);
    for (uint32_t i = 0; i < change_count; i++) pool_mark_dirty(changes[i].page, position);
    if (log->appends)
        lsn = wal_append_reserve(wal, kind, xid, refs, ref_count, payload_bytes, &log->append,
                                 &end);
    for (uint32_t i = 0; i < change_count; i++) {
        PageHeader *page = changes[i].page->data;
        if (is_logged(&changes[i], unlogged)) {
            page->lsn = lsn.v;
            atomic_store_explicit(&pool->frames[changes[i].page->frame].end_lsn, end.v,
                                  memory_order_relaxed);
        } else {
            page->lsn = is_made_anew(&changes[i]) ? position.v : page->lsn + 1;
        }
    }
    return lsn;
}

void pool_log_fill(Pool *pool, PoolLog *log, const WalPart *parts, uint32_t part_count)
{
    if (!log->appends) return;
    wal_append_fill(atomic_load_explicit(&pool->wal, memory_order_relaxed), &log->append, parts,
                    part_count);
}

Lsn pool_log(Pool *pool, WalKind kind, Xid xid, const PoolChange *changes, uint32_t change_count,
             const WalPart *parts, uint32_t part_count, bool unlogged)
{
    PoolLog log;
    uint32_t bytes = wal_parts_bytes(parts, part_count);
    Lsn lsn = pool_log_begin(pool, kind, xid, changes, change_count, bytes, unlogged, &log);
    pool_log_fill(pool, &log, parts, part_count);
    return lsn;
}

/* --- forgetting --- */

/* Its rec_lsn is 0 from here on. False: a checkpoint is under way, and the page is dirty since before the position from
 * which redo would make its changes again. It is latched exclusively. */
static bool dirt_drop(Pool *pool, PageId page, Frame *f)
{
    bool logged = page_space(page).v != SPACE_TEMP.v;
    uint64_t rec_lsn = atomic_load(&f->rec_lsn);
    mutex_lock(&pool->forget_mutex);
    bool allowed = pool->checkpoints == 0 || !logged || rec_lsn == 0 ||
                   rec_lsn >= pool->checkpoint_redo;
    if (allowed && pool->checkpoints > 0 && rec_lsn != 0)
        MARK("a page goes that is dirty since after a checkpoint's begin");
    if (allowed) atomic_store(&f->rec_lsn, 0);
    mutex_unlock(&pool->forget_mutex);
    return allowed;
}

/* `must`: waits until it may. */
static void forget(Pool *pool, PageId page, bool must)
{
    for (;;) {
        uint32_t frame;
        Word *word = pool__word_find(pool, page);
        if (word == NULL || word_is_absent(atomic_load(word))) return;
        if (pool__word_latch(pool, page, word, LATCH_EXCLUSIVE, false, true, &frame) != OK) {
            pool__load_wait(pool, page, word);
            continue;
        }
        Frame *f = &pool->frames[frame];
        bool writing = atomic_load(&f->writing_lsn) != 0;
        if (!writing && dirt_drop(pool, page, f)) {
            pool__word_drop(pool, page, word, true);
            pool__frame_disown(pool, frame);
            pool__frame_give(pool, frame);
            return;
        }
        pool__word_release(pool, page, word, false);
        if (!writing && !must) return;
        /* A write that reached the disk later than the page's next life would undo it (P4): it is waited for. */
        IGNORE_STATUS(os_wait_through(WAIT_DATA_FILE_WRITE, deadline_in_ms(1)));
    }
}

void pool_forget(Pool *pool, PageId first, uint64_t count)
{
    lock_rank_check_below(RANK_LATCH);
    PageId end = {first.v + count};
    while (first.v < end.v) {
        if (pool__word_find(pool, first) == NULL) {
            uint64_t number = page_number(first);
            first.v += MIN(POOL__LEAF_WORDS - number % POOL__LEAF_WORDS, end.v - first.v);
        } else {
            forget(pool, first, false);
            first.v++;
        }
    }
}

void pool_forget_space(Pool *pool, SpaceId space)
{
    lock_rank_check_below(RANK_LATCH);
    for (uint64_t i = 0; i < atomic_load(&pool->used); i++) {
        PageId page = {atomic_load(&pool->frames[i].page)};
        if (page.v != PAGE_NONE.v && page_space(page).v == space.v) forget(pool, page, true);
    }
}

/* --- figures and checks --- */

static uint64_t hits_of(const Pool *pool)
{
    uint64_t hits = counter_read(&pool->hits);
    for (uint32_t line = 0; line < POOL__READER_LINES; line++)
        for (uint32_t i = 0; i < POOL__READERS_A_LINE; i++)
            hits += atomic_load_explicit(&pool->readers[line].hits[i], memory_order_relaxed);
    return hits;
}

void pool_figures(const Pool *pool, PoolFigures *figures)
{
    *figures = (PoolFigures){.frames = pool->frame_count,
                             .free = pool->free_count,
                             .hits = hits_of(pool),
                             .reads = atomic_load(&pool->reads),
                             .writes = atomic_load(&pool->writes),
                             .evictions = atomic_load(&pool->evictions),
                             .latch_waits = atomic_load(&pool->latch_waits),
                             .corrupt = atomic_load(&pool->corrupt)};
    for (uint64_t i = 0; i < pool->frame_count; i++) {
        if (!pool__frame_is_clean(&pool->frames[i])) figures->dirty++;
    }
}

void pool_check(Pool *pool)
{
    uint64_t free = 0;
    for (uint64_t i = 0; i < pool->frame_count; i++) {
        const Frame *f = &pool->frames[i];
        PageId page = {atomic_load(&f->page)};
        if (page.v == PAGE_NONE.v) {
            free++;
            ASSERT(atomic_load(&f->word) == NULL && pool__frame_is_clean(f));
            continue;
        }
        Word *word = pool__word_find(pool, page);
        ASSERT(word == atomic_load(&f->word));
        uint64_t seen = atomic_load(word);
        ASSERT(word_frame(seen) == i);
        if ((seen & WORD_LOADING) != 0) continue; /* read ahead, in the background */
        ASSERT((seen & (WORD_LATCH_MASK | WORD_WAITED | WORD_WRITER_WAITS)) == 0);
        ASSERT(pool__readers_wait(pool, word, false));
        (void)word;
        (void)seen;
    }
    ASSERT(atomic_load(&pool->reads_running) > 0 || free == pool->free_count);
    ASSERT(pool->reserved == 0);
    (void)free;
}
