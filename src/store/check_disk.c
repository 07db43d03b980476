/* SPDX-License-Identifier: Apache-2.0 */
/* check_disk.c - the bytes of all pages in use, on the disk, beside whoever reads and writes them. What belongs to whom
 * check_beside.c asks.
 *
 * A map page is copied under its latch, and its extents are read by the copy. So a page may have been freed when its
 * turn comes, and what freed it may have left anything there: a page that is damaged is told only if the map, asked
 * once more, still has it in use. */
#include "store/check.h"

#include "base/error.h"
#include "base/task.h"
#include "os/os.h"
#include "store/space_internal.h"

typedef struct DiskCheck {
    Store *store;
    SpaceId space;
    CheckFound found;
    void *arg;
    uint64_t *pages;
    MapEntry *entries; /* of one map page */
    void *buffer;      /* a page */
} DiskCheck;

static uint64_t page_bit(PageId page)
{
    return UINT64_C(1) << page_number(page) % EXTENT_PAGES;
}

/* Passes all but damage on. */
static Status tell(const DiskCheck *check, PageId page, Status status)
{
    if (status != ST_CORRUPT) return status;
    const Error *error = error_current();
    check->found(check->arg, page, "%.*s", error != NULL ? (int)error->message.bytes : 0,
                 error != NULL ? error->message.data : "");
    error_clear();
    return OK;
}

/* Between the first look and the map's answer the page may have been freed, given back to the file system and taken
 * anew: so what is still in use is looked at again. */
static Status page_look(const DiskCheck *check, PageId page)
{
    MapEntry entry;
    Status status = pool_check_disk(check->store->pool, page, check->buffer);
    ++*check->pages;
    if (status != ST_CORRUPT) return status;
    error_clear();
    status = space__map_entry(check->store, page, &entry);
    if (status == OK && (entry.used & page_bit(page)) != 0)
        status = pool_check_disk(check->store->pool, page, check->buffer);
    return tell(check, page, status);
}

static Status extent_look(const DiskCheck *check, uint64_t extent, uint64_t used)
{
    for (; used != 0; used &= used - 1) {
        TRY(task_try_check());
        TRY(page_look(check, page_id(check->space,
                                     extent * EXTENT_PAGES + (uint64_t)__builtin_ctzll(used))));
    }
    return OK;
}

static Status group_look(const DiskCheck *check, uint64_t group)
{
    PageRef map;
    Status status = space__map_latch(check->store, check->space, group, LATCH_SHARED, &map);
    if (status != OK) return tell(check, space__map_page(check->space, group), status);
    memcpy(check->entries, space__entries(map.data), MAP_EXTENTS * sizeof(MapEntry));
    pool_unlatch(&map);
    for (uint64_t i = 0; i < MAP_EXTENTS; i++)
        TRY(extent_look(check, group * MAP_EXTENTS + i, check->entries[i].used));
    return OK;
}

static Status space_look(const DiskCheck *check)
{
    SpaceHeader header;
    Status status = space__header(check->store, check->space, &header);
    if (status != OK) return tell(check, page_id(check->space, 0), status);
    for (uint64_t i = 0; i < header.extent_count / MAP_EXTENTS; i++) TRY(group_look(check, i));
    return OK;
}

/* A space that is dropped meanwhile has nothing to look at. */
static Status spaces_look(DiskCheck *check, Arena *arena)
{
    Device *device = check->store->device;
    SpaceId *spaces;
    uint32_t count;
    check->entries = arena_try_alloc(arena, MAP_EXTENTS * sizeof(MapEntry));
    if (check->entries == NULL)
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    TRY(device->ops->space_list(device, arena, &spaces, &count));
    for (uint32_t i = 0; i < count; i++) {
        check->space = spaces[i];
        if (spaces[i].v == SPACE_TEMP.v) continue; /* nobody asks for it after a start */
        Status status = space_look(check);
        if (status != ST_NOT_FOUND) TRY(status);
        if (status != OK) error_clear();
    }
    return OK;
}

Status store_check_disk(Store *store, CheckFound found, void *arg, uint64_t *pages)
{
    DiskCheck check = {.store = store, .found = found, .arg = arg, .pages = pages};
    *pages = 0;
    Arena *arena = arena_try_new(store->account, "check of the disk");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    Status status = os_memory_map(PAGE_BYTES, false, &check.buffer);
    if (status == OK) {
        status = spaces_look(&check, arena);
        os_memory_unmap(check.buffer, PAGE_BYTES);
    }
    arena_drop(arena);
    return status;
}
