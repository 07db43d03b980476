/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_model.h"

#include "base/arena.h"

static Model *model_of(Device *device)
{
    return CONTAINER_OF(device, Model, watch);
}

static Status watch_read(Device *device, PageId page, void *data)
{
    Device *inner = model_of(device)->device;
    return inner->ops->read(inner, page, data);
}

static void watch_read_submit(Device *device, DeviceRead *const *reads, uint32_t count)
{
    Device *inner = model_of(device)->device;
    inner->ops->read_submit(inner, reads, count);
}

static Status watch_write_group(Device *device, const DevicePage *pages, uint32_t count)
{
    Model *model = model_of(device);
    for (uint32_t i = 0; i < count; i++) {
        CHECK_TRUE(page_check(pages[i].data, pages[i].page) == OK);
        CHECK_TRUE(i == 0 || pages[i - 1].page.v < pages[i].page.v);
        uint64_t synced = model->wal != NULL ? wal_synced_position(model->wal).v : UINT64_MAX;
        if (((const PageHeader *)pages[i].data)->lsn >= synced) model->early_writes++;
    }
    return model->device->ops->write_group(model->device, pages, count);
}

static Status watch_write_plain(Device *device, const DevicePage *pages, uint32_t count)
{
    Device *inner = model_of(device)->device;
    for (uint32_t i = 0; i < count; i++) {
        CHECK_TRUE(page_space(pages[i].page).v == SPACE_TEMP.v);
    }
    return inner->ops->write_plain(inner, pages, count);
}

static const DeviceOps watch_ops = {
    .name = "watch",
    .read = watch_read,
    .read_submit = watch_read_submit,
    .write_group = watch_write_group,
    .write_plain = watch_write_plain,
};

static WalReader *reader_open(Device *device, Arena *arena)
{
    WalReaderOptions options = {.segment_bytes = TEST_LOG_SEGMENT_BYTES,
                                .timeline = 1,
                                .start = {TEST_FIRST_LSN}};
    WalReader *reader;
    must_be_ok(wal_reader_open(arena, device, &options, &reader));
    return reader;
}

/* Goes on where the log ends, as another incarnation. */
Wal *test_wal_open(Device *device)
{
    Arena *arena = arena_new(task_self()->account, "log reader");
    WalReader *reader = reader_open(device, arena);
    WalRecord record;
    while (wal_reader_next(reader, &record) == OK) {}
    WalOptions options = {.buffer_bytes = 1 << 17,
                          .segment_bytes = TEST_LOG_SEGMENT_BYTES,
                          .timeline = 1,
                          .incarnation = (uint32_t)device->epoch,
                          .end = wal_reader_position(reader)};
    wal_reader_close(reader);
    arena_drop(arena);
    error_clear();
    Wal *wal;
    must_be_ok(wal_open(task_self()->account, device, &options, &wal));
    return wal;
}

void model_open(Model *model, uint32_t frames, bool logged)
{
    model_open_on(model, test_device_open(), frames, logged);
}

void model_open_on(Model *model, Device *device, uint32_t frames, bool logged)
{
    model->device = device;
    model->watch = (Device){.ops = &watch_ops, .account = task_self()->account};
    model->wal = logged ? test_wal_open(model->device) : NULL;
    PoolOptions options = {.frames = frames, .redo_bytes_max = 20000};
    must_be_ok(pool_open(task_self()->account, &model->watch, model->unsynced ? NULL : model->wal,
                         &options, &model->pool));
}

void model_close(Model *model)
{
    pool_check(model->pool);
    pool_close(model->pool);
    wal_close(model->wal);
    model->wal = NULL;
    model->device->ops->close(model->device);
}

/* A few temporary ones, two runs in extents, the rest far apart. */
PageId model_page(uint32_t i)
{
    if (i < 20) return page_id(SPACE_TEMP, i);
    if (i < 300) return page_id((SpaceId){2}, i);
    return page_id((SpaceId){2}, (uint64_t)i * 7001);
}

static void change(Model *model, uint32_t i, PageRef *ref)
{
    uint64_t version = ++model->version[i];
    page_make(ref->data, ref->id, version);
    PoolChange changes = {.page = ref};
    WalPart part = {&version, sizeof version};
    if (model->unsynced) {
        WalRef wal_ref = {.page = ref->id};
        pool_mark_dirty(ref, wal_insert_position(model->wal));
        ((PageHeader *)ref->data)->lsn =
            wal_append(model->wal, WAL_PAGE_DELTA, XID_NONE, &wal_ref, 1, &part, 1, NULL).v;
        return;
    }
    Lsn lsn = pool_log(model->pool, WAL_PAGE_DELTA, XID_NONE, &changes, 1, &part, 1, false);
    CHECK_TRUE((lsn.v == 0) == (page_space(ref->id).v == SPACE_TEMP.v));
}

static void check(Model *model, uint32_t i, const PageRef *ref)
{
    CHECK_TRUE(page_expect(ref->data, ref->id) == model->version[i]);
}

/* The same pool version means the same contents. Only writers note what they saw: readers may be many. */
static void check_pool_version(Model *model, uint32_t i, const PageRef *ref)
{
    if (model->seen[i] && model->seen_pool_version[i] == pool_version(ref)) {
        CHECK_TRUE(model->seen_version[i] == model->version[i]);
    }
}

static void with_ref(Model *model, uint32_t i, PageRef *ref)
{
    check(model, i, ref);
    check_pool_version(model, i, ref);
    if (ref->mode == LATCH_EXCLUSIVE) {
        model->seen[i] = true;
        model->seen_pool_version[i] = pool_version(ref);
        model->seen_version[i] = model->version[i];
        change(model, i, ref);
    }
    for (uint32_t n = 0; n < 4; n++) os_yield_point();
    check(model, i, ref);
}

static uint32_t credit(Model *model, uint32_t records)
{
    uint32_t bytes = wal_record_bytes(1, 8);
    must_be_ok(wal_credit_take(model->wal, records * bytes, 0));
    return bytes;
}

/* That of one record, unless the page was changed under it. */
static void credit_back(Model *model, const PageRef *ref, uint32_t bytes)
{
    bool temp = ref != NULL && page_space(ref->id).v == SPACE_TEMP.v && !model->unsynced;
    bool used = ref != NULL && ref->mode == LATCH_EXCLUSIVE && !temp;
    if (!used) wal_credit_return(model->wal, bytes);
}

void model_touch(Model *model, uint32_t i, LatchOptions options)
{
    PageRef ref;
    uint32_t bytes = credit(model, 1);
    must_be_ok(pool_latch(model->pool, model_page(i), options, &ref));
    with_ref(model, i, &ref);
    pool_unlatch(&ref);
    credit_back(model, &ref, bytes);
}

static void touch_try(Model *model, uint32_t i, LatchOptions options, bool resident)
{
    PageRef ref;
    uint32_t bytes = credit(model, 1);
    Status status = resident ? pool_latch_resident(model->pool, model_page(i), options, &ref)
                             : pool_try_latch(model->pool, model_page(i), options, &ref);
    CHECK_TRUE(status == OK || status == ST_BUSY);
    if (status == OK) {
        with_ref(model, i, &ref);
        pool_unlatch(&ref);
    } else {
        atomic_fetch_add(&model->busy, 1);
        must_be_ok(pool_fetch(model->pool, model_page(i)));
    }
    credit_back(model, status == OK ? &ref : NULL, bytes);
}

/* Two pages, left to right, as a scan or a split holds them. */
static void touch_two(Model *model, uint32_t i, uint32_t k, LatchOptions options)
{
    PageRef left, right;
    uint32_t bytes = credit(model, 2);
    must_be_ok(pool_latch(model->pool, model_page(MIN(i, k)), options, &left));
    with_ref(model, MIN(i, k), &left);
    Status status = pool_latch_resident(model->pool, model_page(MAX(i, k)), options, &right);
    CHECK_TRUE(status == OK || status == ST_BUSY);
    if (status == OK) {
        with_ref(model, MAX(i, k), &right);
        check(model, MIN(i, k), &left);
        pool_unlatch(&right);
    }
    pool_unlatch(&left);
    credit_back(model, &left, bytes);
    credit_back(model, status == OK ? &right : NULL, bytes);
}

/* The page's life begins anew, without reading what it was. */
static void touch_new(Model *model, uint32_t i)
{
    PageRef ref;
    uint32_t bytes = credit(model, 1);
    must_be_ok(pool_reserve_frames(model->pool, 2));
    must_be_ok(pool_latch_new(model->pool, model_page(i), RANK_LATCH, &ref));
    for (uint32_t k = 0; k < PAGE_BYTES; k += 512) CHECK_TRUE(((char *)ref.data)[k] == 0);
    change(model, i, &ref);
    pool_unlatch(&ref);
    pool_unreserve_frames(model->pool, 1);
    credit_back(model, &ref, bytes);
}

static void ahead(Model *model, Random *random)
{
    PageId pages[8];
    for (uint32_t i = 0; i < ARRAY_LEN(pages); i++) {
        pages[i] = model_page((uint32_t)random_below(random, MODEL_PAGES));
    }
    pool_read_ahead(model->pool, pages, ARRAY_LEN(pages));
}

static void one(Model *model, Random *random)
{
    uint32_t i = (uint32_t)random_below(random, MODEL_PAGES);
    uint32_t k = (uint32_t)random_below(random, MODEL_PAGES);
    if (random_chance(random, 2))
        i = i % (random_chance(random, 2) ? 4 : 40); /* some are wanted more */
    LatchOptions options = {.rank = RANK_LATCH, .scan = random_chance(random, 4)};
    if (random_below(random, 100) < model->changes) options.mode = LATCH_EXCLUSIVE;
    switch (random_below(random, 8)) {
    case 0: touch_try(model, i, options, true); break;
    case 1: touch_try(model, i, options, false); break;
    case 2:
        if (i != k) touch_two(model, i, k, options);
        break;
    case 3:
        if (options.mode == LATCH_EXCLUSIVE) touch_new(model, i);
        break;
    case 4: ahead(model, random); break;
    default: model_touch(model, i, options); break;
    }
}

static void task_main(void *arg)
{
    Model *model = arg;
    Random random;
    random_seed(&random, model->seed * 100 + task_self()->number);
    for (uint32_t n = 0; n < model->ops_each; n++) one(model, &random);
    atomic_fetch_sub(&model->running, 1);
}

static void cleaner_main(void *arg)
{
    Model *model = arg;
    must_be_ok(pool_cleaner_run(model->pool));
}

void model_run(Model *model, uint32_t tasks, bool cleaner)
{
    Task *started[MODEL_TASKS_MAX], *cleaning = NULL;
    atomic_store(&model->running, tasks);
    if (cleaner) cleaning = start_task("cleaner", cleaner_main, model);
    for (uint32_t i = 0; i < tasks; i++) started[i] = start_task("worker", task_main, model);
    for (uint32_t i = 0; i < tasks; i++) os_task_join(started[i]);
    if (cleaning != NULL) {
        os_task_interrupt(cleaning, TASK_CANCEL);
        os_task_join(cleaning);
    }
}

static void redo_one(Model *model, const WalRecord *record, uint64_t version)
{
    PageRef ref;
    LatchOptions options = {.mode = LATCH_EXCLUSIVE, .rank = RANK_LATCH};
    must_be_ok(pool_latch(model->pool, record->refs[0].page, options, &ref));
    PageHeader *page = ref.data;
    if (page->lsn < record->lsn.v) {
        pool_mark_dirty(&ref, record->lsn);
        page_make(page, ref.id, version);
        page->lsn = record->lsn.v;
    }
    pool_unlatch(&ref);
}

void model_redo(Model *model, Lsn from)
{
    Arena *arena = arena_new(task_self()->account, "log reader");
    WalReader *reader = reader_open(model->device, arena);
    WalRecord record;
    uint64_t newest[MODEL_PAGES] = {0};
    while (wal_reader_next(reader, &record) == OK) {
        uint32_t i = 0;
        while (model_page(i).v != record.refs[0].page.v) i++;
        memcpy(&newest[i], record.payload.data, sizeof newest[i]);
        if (record.lsn.v >= from.v) redo_one(model, &record, newest[i]);
    }
    Lsn end = wal_reader_position(reader);
    wal_reader_close(reader);
    arena_drop(arena);
    LatchOptions options = {.mode = LATCH_SHARED, .rank = RANK_LATCH};
    for (uint32_t i = 20; i < MODEL_PAGES; i++) { /* not the temporary ones */
        PageRef ref;
        must_be_ok(pool_latch(model->pool, model_page(i), options, &ref));
        uint64_t version = page_expect(ref.data, ref.id);
        CHECK_TRUE(version == newest[i]);
        CHECK_TRUE(((PageHeader *)ref.data)->lsn < end.v);
        pool_unlatch(&ref);
    }
}
