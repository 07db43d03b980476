/* SPDX-License-Identifier: Apache-2.0 */
/* space.c - spaces as wholes: made, copied, dropped, grown; their headers; the table of those in use.
 *
 * Making: the device's folder first (what a crash left in it is thrown away), then the record SPACE_CREATE, then header
 * and first map page as records of their own. Dropping: pages are forgotten, the record SPACE_DROP is synced, the
 * folder is removed; recovery that meets records of pages in a folder that is gone meets the drop later.
 *
 * Copying writes the pages straight to the new folder, synced, and then one record: the new space's pages are durable
 * before anything in the log speaks of them, and the log was synced past all their records before they were written. */
#include "store/space.h"

#include "base/arena.h"
#include "store/space_internal.h"

static const char space_magic[8] = {'T', 'U', 'S', 'K', 'S', 'P', 'C', '\n'};
enum { TREE_NUMBERS_STEP = 32 };

static SpaceHeader *header_of(const PageRef *page)
{
    return (SpaceHeader *)((char *)page->data + PAGE_HEADER_BYTES);
}

Status space__credit(Store *store, SpaceId space, uint32_t bytes, bool reserve)
{
    if (!space__is_logged(space)) return OK;
    return wal_credit_take(store->wal, bytes, reserve ? WAL_CREDIT_RESERVE : 0);
}

void space__credit_back(Store *store, SpaceId space, uint32_t bytes)
{
    if (space__is_logged(space)) wal_credit_return(store->wal, bytes);
}

Status space__extent_reserve(Store *store, SpaceId space, uint64_t extent)
{
    Device *device = store->device;
    if (device->ops->reserve == NULL) return OK;
    return device->ops->reserve(device, page_id(space, extent * EXTENT_PAGES), EXTENT_PAGES);
}

/* --- the table --- */

Status space__open(Store *store, Spaces **result)
{
    Heap *heap = heap_try_new(store->account, "spaces");
    Spaces *spaces = heap != NULL ? heap_try_alloc(heap, sizeof *spaces) : NULL;
    if (spaces == NULL) {
        if (heap != NULL) heap_drop(heap);
        return ST_NO_MEMORY;
    }
    spaces->store = store;
    spaces->heap = heap;
    mutex_init(&spaces->mutex, RANK_SPACE_HINTS);
    mutex_init(&spaces->ways_mutex, RANK_SPACE_HINTS);
    *result = spaces;
    return OK;
}

void space__close(Spaces *spaces)
{
    heap_drop(spaces->heap);
}

/* The mutex of the table is held. */
static SpaceState **state_slot(Spaces *spaces, SpaceId space)
{
    return &spaces->states[hash_u64(space.v) % SPACE__BUCKETS];
}

static SpaceState *state_find(Spaces *spaces, SpaceId space)
{
    SpaceState *state = *state_slot(spaces, space);
    while (state != NULL && (state->id.v != space.v || state->dropped)) state = state->next;
    return state;
}

static Status header_check(SpaceId space, const PageRef *page)
{
    const SpaceHeader *header = header_of(page);
    if (((const PageHeader *)page->data)->kind != PAGE_SPACE ||
        memcmp(header->magic, space_magic, sizeof space_magic) != 0) {
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "space %" PRIu32 " has an invalid header", space.v);
    }
    if (header->format_version != STORE_FORMAT_VERSION || header->page_bytes != PAGE_BYTES) {
        return error_note(ST_INVALID, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "space %" PRIu32 " has format version %" PRIu32 " and pages of %" PRIu32
                          " bytes; this server has version %d and %d bytes",
                          space.v, header->format_version, header->page_bytes, STORE_FORMAT_VERSION,
                          PAGE_BYTES);
    }
    return OK;
}

static Status header_latch(Store *store, SpaceId space, LatchMode mode, PageRef *page)
{
    LatchOptions options = {.mode = mode, .rank = RANK_SPACE_MAP};
    TRY(pool_latch(store->pool, page_id(space, 0), options, page));
    Status status = header_check(space, page);
    if (status != OK) pool_unlatch(page);
    return status;
}

Status space__header(Store *store, SpaceId space, SpaceHeader *header)
{
    PageRef page;
    TRY(header_latch(store, space, LATCH_SHARED, &page));
    *header = *header_of(&page);
    pool_unlatch(&page);
    return OK;
}

Status space__state(Store *store, SpaceId space, SpaceState **result)
{
    Spaces *spaces = store->spaces;
    mutex_lock(&spaces->mutex);
    *result = state_find(spaces, space);
    mutex_unlock(&spaces->mutex);
    if (LIKELY(*result != NULL)) return OK;
    SpaceHeader header;
    TRY(space__header(store, space, &header));
    SpaceState *made = heap_try_alloc(spaces->heap, sizeof *made);
    if (made == NULL) return ST_NO_MEMORY;
    made->id = space;
    made->group_count = header.extent_count / MAP_EXTENTS;
    mutex_init(&made->mutex, RANK_SPACE_HINTS);
    mutex_lock(&spaces->mutex);
    *result = state_find(spaces, space);
    if (*result == NULL) {
        *result = made;
        made->next = *state_slot(spaces, space);
        *state_slot(spaces, space) = made;
    }
    mutex_unlock(&spaces->mutex);
    if (*result != made) heap_free(spaces->heap, made);
    return OK;
}

/* Its memory stays: others may be walking the table. */
static void state_drop(Store *store, SpaceId space)
{
    mutex_lock(&store->spaces->mutex);
    SpaceState *state = state_find(store->spaces, space);
    mutex_unlock(&store->spaces->mutex);
    if (state != NULL) atomic_store(&state->dropped, true);
}

/* --- headers --- */

static uint32_t header_bytes(uint32_t bytes)
{
    return wal_record_bytes(1, (uint32_t)sizeof(uint32_t) + bytes);
}

/* The latched header has new bytes there. */
static void header_log(Store *store, PageRef *page, uint32_t offset, uint32_t bytes, bool format)
{
    PoolChange change = {.page = page, .flags = format ? WAL_REF_FORMAT : 0};
    WalPart parts[2] = {{&offset, sizeof offset}, {(char *)header_of(page) + offset, bytes}};
    (void)pool_log(store->pool, WAL_SPACE_HEADER, XID_NONE, &change, 1, parts, 2, false);
}

Status space__header_change(Store *store, SpaceId space, uint32_t offset, const void *data,
                            uint32_t bytes)
{
    ASSERT(offset <= sizeof(SpaceHeader) && bytes <= sizeof(SpaceHeader) - offset);
    PageRef page;
    TRY(space__credit(store, space, header_bytes(bytes), false));
    Status status = header_latch(store, space, LATCH_EXCLUSIVE, &page);
    if (status != OK) {
        space__credit_back(store, space, header_bytes(bytes));
        return status;
    }
    memcpy((char *)header_of(&page) + offset, data, bytes);
    header_log(store, &page, offset, bytes, false);
    pool_unlatch(&page);
    return OK;
}

/* Moves the header's counter on, and returns the numbers that makes available. */
static Status tree_numbers_take(Store *store, SpaceId space, uint64_t *first)
{
    enum { BYTES = sizeof(uint64_t) };
    PageRef page;
    TRY(space__credit(store, space, header_bytes(BYTES), false));
    Status status = header_latch(store, space, LATCH_EXCLUSIVE, &page);
    if (status != OK) {
        space__credit_back(store, space, header_bytes(BYTES));
        return status;
    }
    *first = header_of(&page)->next_tree;
    header_of(&page)->next_tree += TREE_NUMBERS_STEP;
    header_log(store, &page, offsetof(SpaceHeader, next_tree), BYTES, false);
    pool_unlatch(&page);
    return OK;
}

Status space__next_tree(Store *store, SpaceId space, uint64_t *number)
{
    SpaceState *state;
    TRY(space__state(store, space, &state));
    for (;;) {
        mutex_lock(&state->mutex);
        bool some = state->tree_next < state->tree_end;
        if (some) *number = state->tree_next++;
        mutex_unlock(&state->mutex);
        if (some) return OK;
        uint64_t first;
        TRY(tree_numbers_take(store, space, &first));
        mutex_lock(&state->mutex);
        if (state->tree_next ==
            state->tree_end) { /* else another's are used up first, and these are lost */
            state->tree_next = first;
            state->tree_end = first + TREE_NUMBERS_STEP;
        }
        mutex_unlock(&state->mutex);
    }
}

/* --- making and growing --- */

/* Formats the map page of a group that has none: the extent that holds it (and the header) is shared. */
static Status map_make(Store *store, SpaceId space, uint64_t group)
{
    PageRef map;
    PageId page = space__map_page(space, group);
    TRY(pool_latch_new(store->pool, page, RANK_SPACE_MAP, &map));
    page_format(map.data, PAGE_MAP, page_number(page), 0, 0);
    MapChange change = {0};
    map_change_add(&change, 0, map_entry(group == 0 ? 3 : 2, 0, MAP_SHARED));
    space__map_log(store, NULL, &map, &change, true);
    pool_unlatch(&map);
    return OK;
}

/* Header and map are latched one after the other, the map's credit and frame being there already. */
static Status group_add(Store *store, SpaceState *state, PageRef *page, uint64_t count)
{
    SpaceHeader *header = header_of(page);
    if (header->extent_count != count * MAP_EXTENTS) return ST_CHANGED;
    TRY(map_make(store, state->id, count));
    header->extent_count += MAP_EXTENTS;
    header_log(store, page, offsetof(SpaceHeader, extent_count), sizeof header->extent_count,
               false);
    mutex_lock(&state->mutex);
    state->group_count = count + 1;
    mutex_unlock(&state->mutex);
    return OK;
}

Status space__grow(Store *store, SpaceState *state, uint64_t count)
{
    if (count >= SPACE__GROUPS_MAX) {
        return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                          "space %" PRIu32 " has reached its size limit", state->id.v);
    }
    uint32_t bytes = header_bytes(sizeof(uint64_t)) + space__map_bytes(1);
    TRY(space__extent_reserve(store, state->id, count * MAP_EXTENTS));
    TRY(pool_reserve_frames(store->pool, 1));
    Status status = space__credit(store, state->id, bytes, false);
    if (status != OK) {
        pool_unreserve_frames(store->pool, 1);
        return status;
    }
    PageRef page;
    status = header_latch(store, state->id, LATCH_EXCLUSIVE, &page);
    if (status == OK) {
        status = group_add(store, state, &page, count);
        pool_unlatch(&page);
    }
    if (status != OK) {
        pool_unreserve_frames(store->pool, 1);
        space__credit_back(store, state->id, bytes);
    }
    return status == ST_CHANGED ? OK : status;
}

static Status folder_make(Store *store, SpaceId space)
{
    const DeviceOps *ops = store->device->ops;
    Status status = ops->space_create(store->device, space);
    if (status != ST_EXISTS) return status;
    error_clear();
    TRY(ops->space_remove(store->device, space));
    return ops->space_create(store->device, space);
}

static void space_log(Store *store, WalKind kind, SpaceId space, uint32_t from, Lsn *end)
{
    uint32_t words[2] = {space.v, from};
    WalPart part = {words, kind == WAL_SPACE_CREATE ? sizeof words : sizeof words[0]};
    (void)wal_append(store->wal, kind, XID_NONE, NULL, 0, &part, 1, end);
}
enum { SPACE_RECORD_BYTES = WAL_RECORD_HEADER_BYTES + 8 };

/* Temporary trees of an earlier start may still be named by catalogs after a crash, and must not be taken for others.
 * Whatever names a tree has logged more bytes than this in the meantime. */
enum { LOG_BYTES_A_TREE = 64 };

static uint64_t first_tree(const Store *store, SpaceId space)
{
    if (space.v != SPACE_TEMP.v) return 1;
    return 1 + tree_number((TreeId){wal_insert_position(store->wal).v / LOG_BYTES_A_TREE});
}

/* Header and first map of a new space; the frames are reserved, the credit taken. */
static Status space_format(Store *store, SpaceId space)
{
    PageRef page;
    TRY(pool_latch_new(store->pool, page_id(space, 0), RANK_SPACE_MAP, &page));
    page_format(page.data, PAGE_SPACE, 0, 0, 0);
    SpaceHeader *header = header_of(&page);
    memcpy(header->magic, space_magic, sizeof space_magic);
    header->format_version = STORE_FORMAT_VERSION;
    header->page_bytes = PAGE_BYTES;
    os_random_bytes(header->uuid, sizeof header->uuid);
    header->next_tree = first_tree(store, space);
    header->extent_count = MAP_EXTENTS;
    header_log(store, &page, 0, sizeof *header, true);
    Status status = map_make(store, space, 0);
    pool_unlatch(&page);
    return status;
}

Status space__create_at(Store *store, SpaceId space)
{
    bool logged = space__is_logged(space);
    uint32_t bytes = SPACE_RECORD_BYTES + header_bytes(sizeof(SpaceHeader)) + space__map_bytes(1);
    TRY(folder_make(store, space));
    Status status = space__extent_reserve(store, space, 0);
    if (status != OK) {
        TRY(store->device->ops->space_remove(store->device, space));
        return status;
    }
    TRY(pool_reserve_frames(store->pool, 2));
    status = space__credit(store, space, bytes, false);
    if (status == OK) {
        if (logged) space_log(store, WAL_SPACE_CREATE, space, UINT32_MAX, NULL);
        status = space_format(store, space);
        /* Only memory for the pool's words can fail, before anything of the page is logged. */
        if (status == OK) return OK;
        space__credit_back(store, space, header_bytes(sizeof(SpaceHeader)) + space__map_bytes(1));
    }
    pool_unreserve_frames(store->pool, 2);
    return status;
}

Status space__reset_temp(Store *store)
{
    pool_forget_space(store->pool, SPACE_TEMP);
    state_drop(store, SPACE_TEMP);
    return space__create_at(store, SPACE_TEMP);
}

Status space_create(Store *store, SpaceId *space)
{
    space->v = atomic_fetch_add(&store->space_next, 1);
    if (space->v >= 1 << SPACE_BITS) {
        return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                          "all space numbers are used up");
    }
    return space__create_at(store, *space);
}

Status space_drop(Store *store, SpaceId space)
{
    Lsn end;
    if (store->trees != NULL) trees__forget_space(store->trees, space);
    if (store->undo != NULL) undo__forget_space(store->undo, space);
    state_drop(store, space);
    /* While a checkpoint is under way, no page is forgotten that was dirty before it. */
    checkpoint__hurry_begin(store);
    pool_forget_space(store->pool, space);
    checkpoint__hurry_end(store);
    TRY(wal_credit_take(store->wal, SPACE_RECORD_BYTES, WAL_CREDIT_RESERVE));
    space_log(store, WAL_SPACE_DROP, space, 0, &end);
    wal_credit_return(store->wal, sizeof(uint32_t)); /* its payload is one word */
    TRY(wal_sync(store->wal, end, 0));
    return store->device->ops->space_remove(store->device, space);
}

/* --- copying --- */

typedef struct Copy {
    Store *store;
    SpaceId from, to;
    char *memory;
    uint32_t count;
    DevicePage pages[DEVICE_GROUP_PAGES_MAX];
} Copy;

static Status copy_flush(Copy *copy)
{
    Store *store = copy->store;
    if (copy->count == 0) return OK;
    /* In recovery the log is durable already. */
    if (store->wal != NULL) TRY(wal_sync(store->wal, wal_insert_position(store->wal), 0));
    TRY(store->device->ops->write_group(store->device, copy->pages, copy->count));
    copy->count = 0;
    return OK;
}

/* A page that was taken and never formatted is left out: it reads as zeros there too. */
static Status copy_page(Copy *copy, uint64_t number)
{
    PageRef page;
    LatchOptions options = {.mode = LATCH_SHARED, .rank = RANK_LATCH, .scan = true};
    void *data = copy->memory + (size_t)copy->count * PAGE_BYTES;
    TRY(pool_latch(copy->store->pool, page_id(copy->from, number), options, &page));
    memcpy(data, page.data, PAGE_BYTES);
    pool_unlatch(&page);
    if (((const PageHeader *)data)->kind == PAGE_FREE) return OK;
    page_set_crc(data);
    copy->pages[copy->count++] = (DevicePage){.page = page_id(copy->to, number), .data = data};
    return copy->count == DEVICE_GROUP_PAGES_MAX ? copy_flush(copy) : OK;
}

static Status copy_group(Copy *copy, uint64_t group, MapEntry *entries)
{
    PageRef map;
    TRY(space__map_latch(copy->store, copy->from, group, LATCH_SHARED, &map));
    memcpy(entries, space__entries(map.data), MAP_EXTENTS * sizeof *entries);
    pool_unlatch(&map);
    for (uint32_t i = 0; i < MAP_EXTENTS; i++) {
        TRY(task_try_check());
        for (uint64_t used = entries[i].used; used != 0; used &= used - 1) {
            uint64_t extent = group * MAP_EXTENTS + i;
            TRY(copy_page(copy, extent * EXTENT_PAGES + (uint32_t)__builtin_ctzll(used)));
        }
    }
    return OK;
}

static Status copy_groups(Copy *copy)
{
    SpaceHeader header;
    TRY(space__header(copy->store, copy->from, &header));
    Arena *arena = arena_try_new(copy->store->account, "space copy");
    if (arena == NULL) return ST_NO_MEMORY;
    MapEntry *entries = arena_try_alloc(arena, MAP_EXTENTS * sizeof *entries);
    Status status = entries != NULL ? OK : ST_NO_MEMORY;
    for (uint64_t i = 0; status == OK && i < header.extent_count / MAP_EXTENTS; i++) {
        status = copy_group(copy, i, entries);
    }
    arena_drop(arena);
    return status == OK ? copy_flush(copy) : status;
}

static Status copy_all(Store *store, SpaceId from, SpaceId to)
{
    Copy copy = {.store = store, .from = from, .to = to};
    void *memory;
    TRY(folder_make(store, to));
    TRY(os_memory_map((size_t)DEVICE_GROUP_PAGES_MAX * PAGE_BYTES, false, &memory));
    copy.memory = memory;
    Status status = copy_groups(&copy);
    os_memory_unmap(memory, (size_t)DEVICE_GROUP_PAGES_MAX * PAGE_BYTES);
    return status;
}

Status space_copy(Store *store, SpaceId from, SpaceId *to)
{
    to->v = atomic_fetch_add(&store->space_next, 1);
    Status status = copy_all(store, from, *to);
    if (status == OK) status = wal_credit_take(store->wal, SPACE_RECORD_BYTES, 0);
    if (status != OK) {
        TRY(store->device->ops->space_remove(store->device, *to)); /* a full disk wants it back */
        return status;
    }
    Lsn end;
    space_log(store, WAL_SPACE_CREATE, *to, from.v, &end);
    return wal_sync(store->wal, end, 0);
}

/* --- recovery --- */

static Status recover_create(Store *store, SpaceId space, SpaceId from, bool is_copy)
{
    const DeviceOps *ops = store->device->ops;
    if (atomic_load(&store->space_next) <= space.v) atomic_store(&store->space_next, space.v + 1);
    Status status = ops->space_open(store->device, space);
    if (status != ST_NOT_FOUND) return status; /* its pages are there, or come with their records */
    error_clear();
    if (!is_copy) return ops->space_create(store->device, space);
    /* A copy was durable before its record: so it has been dropped since, perhaps after what it was copied from. */
    status = ops->space_open(store->device, from);
    if (status == OK) return copy_all(store, from, space);
    if (status != ST_NOT_FOUND) return status;
    error_clear();
    return OK;
}

Status space__recover(Store *store, const WalRecord *record)
{
    uint32_t words[2] = {0, UINT32_MAX};
    memcpy(words, record->payload.data, MIN(record->payload.bytes, sizeof words));
    SpaceId space = {words[0]}, from = {words[1]};
    if (record->kind == WAL_SPACE_CREATE) {
        return recover_create(store, space, from, from.v != UINT32_MAX);
    }
    ASSERT(record->kind == WAL_SPACE_DROP);
    pool_forget_space(store->pool, space);
    Status status = store->device->ops->space_remove(store->device, space);
    if (status != ST_NOT_FOUND) return status;
    error_clear();
    return OK;
}

/* --- figures --- */

static void entry_count(MapEntry entry, SpaceFigures *figures)
{
    MapState state = map_state(entry);
    figures->extents++;
    if (state == MAP_FREE || state == MAP_FREED) figures->extents_free++;
    figures->pages_used += (uint64_t)__builtin_popcountll(entry.used);
}

Status space_figures(Store *store, SpaceId space, SpaceFigures *figures)
{
    SpaceHeader header;
    *figures = (SpaceFigures){0};
    TRY(space__header(store, space, &header));
    for (uint64_t group = 0; group < header.extent_count / MAP_EXTENTS; group++) {
        PageRef map;
        TRY(space__map_latch(store, space, group, LATCH_SHARED, &map));
        const MapEntry *entries = space__entries(map.data);
        for (uint32_t i = 0; i < MAP_EXTENTS; i++) entry_count(entries[i], figures);
        pool_unlatch(&map);
    }
    return OK;
}
