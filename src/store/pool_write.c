/* SPDX-License-Identifier: Apache-2.0 */
/* pool_write.c - writing dirty pages: in groups sorted by page, each page copied under a shared latch and sealed with
 * its crc on the copy, the log synced past the newest record of any of them first (docs/traps.md F7, C15).
 *
 *              pool_mark_dirty             group_copy                      group_end
 *   rec = 0 ------------------> rec = r ----------------> rec = 0, writing = r -------> writing = 0
 *                                                |  pool_mark_dirty: rec = r2, dirty after the write too
 *                                                +- the write failed: rec = r again
 *
 * A reader of the two looks at rec_lsn first and at writing_lsn after: whoever moves a value sets writing_lsn before it
 * clears rec_lsn, so that it is seen in one of them (the least of all is where a checkpoint's redo begins). */
#include "store/pool_internal.h"

#include "base/arena.h"

/* Frames looked at for one group of pages the clock comes to next. */
enum { LOOK_MAX = 8192 };

Status pool__write_open(Pool *pool, const PoolOptions *options)
{
    mutex_init(&pool->group_mutex, RANK_FRAME_POOL);
    mutex_init(&pool->cleaner_mutex, RANK_FRAME_POOL);
    mutex_init(&pool->forget_mutex, RANK_FRAME_POOL);
    uint32_t pages = options->cleaner_group != 0 ? options->cleaner_group : DEVICE_GROUP_PAGES_MAX;
    pages = MIN(pages, (uint32_t)DEVICE_GROUP_PAGES_MAX);
    pool->group_pages = (uint32_t)MIN((uint64_t)pages, options->frames / 4);
    pool->redo_bytes_max = options->redo_bytes_max != 0 ? options->redo_bytes_max : 200 << 20;
    void *memory;
    size_t bytes = (size_t)pool->group_pages * PAGE_BYTES;
    TRY(os_memory_map(POOL__GROUPS * bytes, false, &memory));
    pool->group_memory = memory;
    for (uint32_t i = 0; i < POOL__GROUPS; i++) {
        pool->groups[i].copies = pool->group_memory + i * bytes;
    }
    return OK;
}

void pool__write_close(Pool *pool)
{
    if (pool->group_memory == NULL) return;
    os_memory_unmap(pool->group_memory, POOL__GROUPS * (size_t)pool->group_pages * PAGE_BYTES);
}

static WriteGroup *group_take(Pool *pool)
{
    mutex_lock(&pool->group_mutex);
    for (;;) {
        for (uint32_t i = 0; i < POOL__GROUPS; i++) {
            WriteGroup *group = &pool->groups[i];
            if (group->taken) continue;
            group->taken = true;
            group->count = 0;
            group->end_lsn = 0;
            mutex_unlock(&pool->group_mutex);
            return group;
        }
        /* No deadline and no interrupt: always OK. */
        IGNORE_STATUS(condition_wait_through(&pool->group_free, &pool->group_mutex,
                                             WAIT_DATA_FILE_WRITE, DEADLINE_NEVER));
    }
}

static void group_give(Pool *pool, WriteGroup *group)
{
    mutex_lock(&pool->group_mutex);
    group->taken = false;
    condition_signal(&pool->group_free);
    mutex_unlock(&pool->group_mutex);
}

/* The latch is held, shared. */
static void frame_copy(Pool *pool, WriteGroup *group, PageId page, uint32_t frame)
{
    Frame *f = &pool->frames[frame];
    uint64_t rec_lsn = atomic_load(&f->rec_lsn), none = 0;
    if (rec_lsn == 0 || !atomic_compare_exchange_strong(&f->writing_lsn, &none, rec_lsn)) return;
    atomic_store(&f->rec_lsn, 0);
    void *copy = group->copies + (size_t)group->count * PAGE_BYTES;
    memcpy(copy, pool__data(pool, frame), PAGE_BYTES);
    group->end_lsn = MAX(group->end_lsn, atomic_load(&f->end_lsn));
    group->frames[group->count] = frame;
    group->pages[group->count++] = (DevicePage){.page = page, .data = copy};
}

/* Adds the page if it is still in that frame, dirty, and not being written. `wait`: for its latch. */
static void group_copy(Pool *pool, WriteGroup *group, PageId page, uint32_t frame, bool wait)
{
    ASSERT(group->count < pool->group_pages);
    Word *word = pool__word_find(pool, page);
    uint32_t found;
    if (pool__word_latch(pool, page, word, LATCH_SHARED, false, wait, &found) != OK) return;
    lock_rank_enter(RANK_LATCH, true);
    if (found == frame) frame_copy(pool, group, page, frame);
    lock_rank_leave(RANK_LATCH);
    pool__word_unlatch(pool, page, word, LATCH_SHARED);
}

static void rec_lsn_restore(Frame *f)
{
    uint64_t lsn = atomic_load(&f->writing_lsn), seen = atomic_load(&f->rec_lsn);
    while ((seen == 0 || seen > lsn) && !atomic_compare_exchange_weak(&f->rec_lsn, &seen, lsn)) {
        os_yield_point();
    }
}

static void group_end(Pool *pool, WriteGroup *group, bool written)
{
    for (uint32_t i = 0; i < group->count; i++) {
        Frame *f = &pool->frames[group->frames[i]];
        if (!written) rec_lsn_restore(f);
        atomic_store(&f->writing_lsn, 0);
    }
    if (written) atomic_fetch_add_explicit(&pool->writes, group->count, memory_order_relaxed);
}

static Status group_write(Pool *pool, WriteGroup *group)
{
    const DeviceOps *ops = pool->device->ops;
    for (uint32_t i = 0; i < group->count; i++) page_set_crc(group->pages[i].data);
    Wal *wal = atomic_load(&pool->wal);
    if (wal != NULL && group->end_lsn != 0) TRY(wal_sync(wal, (Lsn){group->end_lsn}, 0));
    for (uint32_t i = 0, next; i < group->count; i = next) {
        bool temp = page_space(group->pages[i].page).v == SPACE_TEMP.v;
        for (next = i + 1; next < group->count; next++) {
            if ((page_space(group->pages[next].page).v == SPACE_TEMP.v) != temp) break;
        }
        TRY((temp ? ops->write_plain : ops->write_group)(pool->device, &group->pages[i], next - i));
    }
    return OK;
}

static Status pool_failed(void)
{
    return error_note(ST_IO, SQLSTATE_IO_ERROR, "storage has failed: restart needed");
}

/* Gives the group back. With a full disk the pages stay dirty and the server lives; any other failure ends all
 * writing. */
static Status group_finish(Pool *pool, WriteGroup *group, uint32_t *written)
{
    Status status = atomic_load(&pool->failed) ? pool_failed() : group_write(pool, group);
    if (status != OK && status != ST_FULL && status != ST_NO_MEMORY) {
        atomic_store(&pool->failed, true);
    }
    group_end(pool, group, status == OK);
    if (status == OK) *written += group->count;
    group_give(pool, group);
    return status;
}

/* --- which pages --- */

typedef struct Candidate {
    uint64_t page;
    uint32_t frame;
} Candidate;

static void sift_down(Candidate *items, uint32_t at, uint32_t count)
{
    Candidate item = items[at];
    for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && items[child + 1].page > items[child].page) child++;
        if (items[child].page <= item.page) break;
        items[at] = items[child];
    }
    items[at] = item;
}

/* Heapsort: in place, and never slow. */
static void candidates_sort(Candidate *items, uint32_t count)
{
    for (uint32_t i = count / 2; i-- > 0;) sift_down(items, i, count);
    for (uint32_t end = count; end > 1;) {
        Candidate last = items[--end];
        items[end] = items[0];
        items[0] = last;
        sift_down(items, 0, end);
    }
}

/* Adds the frame's page when its rec_lsn is at most `most`. */
static void candidate_add(const Pool *pool, uint32_t frame, uint64_t most, Candidate *items,
                          uint32_t *count)
{
    const Frame *f = &pool->frames[frame];
    uint64_t rec_lsn = atomic_load(&f->rec_lsn), page = atomic_load(&f->page);
    if (rec_lsn == 0 || rec_lsn > most || page == PAGE_NONE.v) return;
    items[(*count)++] = (Candidate){.page = page, .frame = frame};
}

static Status candidates_write(Pool *pool, const Candidate *items, uint32_t count, bool wait,
                               uint32_t *written)
{
    if (NEVER(atomic_load(&pool->held))) return OK;
    WriteGroup *group = group_take(pool);
    for (uint32_t i = 0; i < count; i++) {
        group_copy(pool, group, (PageId){items[i].page}, items[i].frame, wait);
    }
    return group_finish(pool, group, written);
}

Status pool__write_some(Pool *pool, uint32_t *written)
{
    Candidate items[DEVICE_GROUP_PAGES_MAX];
    uint32_t count = 0;
    uint64_t hand = atomic_load(&pool->hand), steps = MIN(pool->frame_count, (uint64_t)LOOK_MAX);
    for (uint64_t i = 0; i < steps && count < pool->group_pages; i++) {
        uint32_t frame = (uint32_t)((hand + i) % pool->frame_count);
        if (atomic_load(&pool->frames[frame].writing_lsn) != 0) continue;
        candidate_add(pool, frame, UINT64_MAX, items, &count);
    }
    *written = 0;
    if (count == 0) return OK;
    candidates_sort(items, count);
    return candidates_write(pool, items, count, false, written);
}

static Status spread_wait(uint64_t done, uint64_t total, Deadline start, Deadline end)
{
    if (end.ns <= start.ns) return OK;
    double share = (double)done / (double)total;
    int64_t due = start.ns + (int64_t)((double)(end.ns - start.ns) * share);
    return os_sleep_until((Deadline){due}, WAIT_CHECKPOINT_DELAY);
}

Status pool__write_below(Pool *pool, uint64_t until, Deadline end, uint32_t *written)
{
    *written = 0;
    Arena *arena = arena_try_new(pool->account, "pages to write");
    if (arena == NULL) return ST_NO_MEMORY;
    const uint64_t used = atomic_load(&pool->used);
    Candidate *items = arena_try_alloc(arena, MAX(used, UINT64_C(1)) * sizeof *items);
    Status status = items != NULL ? OK : ST_NO_MEMORY;
    uint32_t count = 0;
    for (uint64_t i = 0; status == OK && i < used; i++) {
        candidate_add(pool, (uint32_t)i, until - 1, items, &count);
    }
    candidates_sort(items, count);
    Deadline start = {os_monotonic_ns()};
    for (uint32_t at = 0; status == OK && at < count; at += pool->group_pages) {
        uint32_t some = MIN(count - at, pool->group_pages);
        status = candidates_write(pool, items + at, some, true, written);
        if (status == OK) status = spread_wait((uint64_t)at + some, count, start, end);
    }
    arena_drop(arena);
    return status;
}

uint64_t pool__least_rec_lsn(const Pool *pool)
{
    const uint64_t used = atomic_load(&pool->used);
    uint64_t least = UINT64_MAX;
    for (uint64_t i = 0; i < used; i++) {
        uint64_t rec_lsn = atomic_load(&pool->frames[i].rec_lsn);
        uint64_t writing = atomic_load(&pool->frames[i].writing_lsn);
        if (rec_lsn != 0) least = MIN(least, rec_lsn);
        if (writing != 0) least = MIN(least, writing);
    }
    return least;
}

void pool_checkpoint_begin(Pool *pool)
{
    mutex_lock(&pool->forget_mutex);
    pool->checkpoints++;
    pool->checkpoint_redo = UINT64_MAX;
    mutex_unlock(&pool->forget_mutex);
}

void pool_checkpoint_redo(Pool *pool, Lsn redo)
{
    mutex_lock(&pool->forget_mutex);
    ASSERT(pool->checkpoints == 1);
    pool->checkpoint_redo = redo.v;
    mutex_unlock(&pool->forget_mutex);
}

void pool_checkpoint_end(Pool *pool)
{
    mutex_lock(&pool->forget_mutex);
    ASSERT(pool->checkpoints > 0);
    pool->checkpoints--;
    mutex_unlock(&pool->forget_mutex);
}

Status pool_write_until(Pool *pool, Lsn until, uint32_t seconds, Lsn *least)
{
    enum { WAIT_MS_MAX = 16 };
    Deadline end = seconds != 0 ? deadline_in_ms((int64_t)seconds * 1000) : DEADLINE_PAST;
    for (int64_t wait_ms = 1;; wait_ms = MIN(2 * wait_ms, (int64_t)WAIT_MS_MAX)) {
        /* The position first (docs/traps.md C15): a page found clean below is changed by a record behind it. */
        Wal *wal = atomic_load(&pool->wal);
        uint64_t position = wal != NULL ? wal_insert_position(wal).v : UINT64_MAX;
        uint64_t dirty = pool__least_rec_lsn(pool);
        least->v = MIN(position, dirty);
        if (dirty >= until.v) return OK;
        uint32_t written;
        TRY(pool__write_below(pool, until.v, end, &written));
        end = DEADLINE_PAST;
        if (written == 0) {
            /* Others are writing the rest: a moment, whatever ends it; looking costs a look at all frames. */
            IGNORE_STATUS(os_wait_through(WAIT_DATA_FILE_WRITE, deadline_in_ms(wait_ms)));
        }
    }
}

/* --- the cleaner --- */

void pool__kick_cleaner(Pool *pool)
{
    mutex_lock(&pool->cleaner_mutex);
    pool->cleaner_kicked = true;
    condition_signal(&pool->cleaner_wake);
    mutex_unlock(&pool->cleaner_mutex);
}

/* Keeps the log to redo short: from three quarters of the limit on, down to a half of it. No page is dirty since before
 * *least, which only grows: so frames are looked at once the log has grown, and not by an idle server. */
static Status redo_bound(Pool *pool, uint64_t *least)
{
    Wal *wal = atomic_load(&pool->wal);
    if (wal == NULL) return OK;
    uint64_t position = wal_insert_position(wal).v, max = pool->redo_bytes_max;
    if (position <= *least || position - *least <= max / 4 * 3) return OK;
    *least = MIN(position, pool__least_rec_lsn(pool));
    if (position - *least <= max / 4 * 3) return OK;
    MARK("the cleaner bounds the log to redo");
    uint32_t written;
    return pool__write_below(pool, position - max / 2, DEADLINE_PAST, &written);
}

static Status room_keep(Pool *pool)
{
    uint32_t written = 1;
    while (written > 0 && !pool__frames_refill(pool, pool->free_target)) {
        TRY(pool__write_some(pool, &written));
    }
    return OK;
}

Status pool_cleaner_run(Pool *pool)
{
    enum { ROUND_MS = 100 };
    uint64_t least = 0;
    for (;;) {
        pool__frames_populate(pool);
        Status status = redo_bound(pool, &least);
        if (status == OK) status = room_keep(pool);
        if (status != OK && status != ST_FULL && status != ST_NO_MEMORY) {
            return status == ST_CANCELLED ? OK : status;
        }
        bool full = status != OK; /* nothing to do but look again later */
        status = OK;
        mutex_lock(&pool->cleaner_mutex);
        if (full || !pool->cleaner_kicked) {
            status = condition_wait(&pool->cleaner_wake, &pool->cleaner_mutex, WAIT_CLEANER,
                                    deadline_in_ms(ROUND_MS));
        }
        pool->cleaner_kicked = false;
        mutex_unlock(&pool->cleaner_mutex);
        if (status == ST_CANCELLED) return OK;
    }
}
