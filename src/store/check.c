/* SPDX-License-Identifier: Apache-2.0 */
/* check.c - the check of a store, a space at a time: header, maps, the bytes of every page in use, trees
 * (check_tree.c), undo (check_undo.c), and at last the pages that are in use and belong to nobody. */
#include "store/check.h"

#include "base/error.h"
#include "base/task.h"
#include "store/check_internal.h"

enum { TEXT_BYTES = 500 };
/* Of an extent whose map page is damaged; never on the disk. */
#define MAP_UNKNOWN ((MapState)0xff)

/* --- telling --- */

static void found_list(const CheckPages *pages, PageId page, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));
static void found_list(const CheckPages *pages, PageId page, const char *format, va_list args)
{
    char text[TEXT_BYTES];
    (void)vsnprintf(text, sizeof text, format, args);
    pages->figures->problems++;
    pages->check->found(pages->check->arg, page, "%s", text);
}

void check__found(void *arg, PageId page, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    found_list(arg, page, format, args);
    va_end(args);
}

void check_found(CheckPages *pages, PageId page, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    found_list(pages, page, format, args);
    va_end(args);
}

Status check__told(CheckPages *pages, PageId page, Status status)
{
    if (status != ST_CORRUPT && status != ST_NOT_FOUND) return status;
    const Error *error = error_current();
    Str message = error != NULL ? error->message : STR("damaged");
    if (!check__is_bad(pages, page))
        check__found(pages, page, "%.*s", (int)message.bytes, message.data);
    error_clear();
    return OK;
}

/* --- who has what --- */

static bool is_inside(const CheckPages *pages, PageId page)
{
    return page_space(page).v == pages->space.v &&
           page_number(page) / EXTENT_PAGES < pages->extent_count;
}

static uint64_t page_bit(PageId page)
{
    return UINT64_C(1) << page_number(page) % EXTENT_PAGES;
}

bool check__is_bad(const CheckPages *pages, PageId page)
{
    return is_inside(pages, page) &&
           (pages->bad[page_number(page) / EXTENT_PAGES] & page_bit(page)) != 0;
}

/* Once an extent, however many pages of it are found. */
static void extent_of_another(CheckPages *pages, uint64_t extent, const char *what, uint64_t owner)
{
    if (bits_get(pages->mixed, (uint32_t)extent)) return;
    bits_set(pages->mixed, (uint32_t)extent);
    check__found(pages, page_id(pages->space, extent * EXTENT_PAGES),
                 "%s %" PRIu64 " has pages of the extent, but the map gives it to %" PRIu64, what,
                 owner, map_owner(pages->entries[extent]));
}

/* The map's opinion, once a page that is not yet owned has been found. */
static void own_by_map(CheckPages *pages, MapState state, uint64_t owner, PageId page)
{
    MapEntry entry = pages->entries[page_number(page) / EXTENT_PAGES];
    bool shared = state == MAP_TREE && map_state(entry) == MAP_SHARED;
    const char *what = state == MAP_UNDO ? "undo stream" : "tree";
    if (map_state(entry) == MAP_UNKNOWN) return;
    if ((entry.used & page_bit(page)) == 0)
        check__found(pages, page, "%s %" PRIu64 " has the page, but the map says it is free", what,
                     owner);
    else if (!shared && (map_state(entry) != state || map_owner(entry) != owner))
        extent_of_another(pages, page_number(page) / EXTENT_PAGES, what, owner);
}

bool check__own(CheckPages *pages, MapState state, uint64_t owner, PageId first, uint32_t count)
{
    bool all = true;
    for (uint32_t i = 0; i < count; i++) {
        PageId page = {first.v + i};
        if (!is_inside(pages, page)) {
            check__found(pages, page, "tree or stream %" PRIu64 " leads outside of the space",
                         owner);
            return false;
        }
        uint64_t *owned = &pages->owned[page_number(page) / EXTENT_PAGES];
        if ((*owned & page_bit(page)) != 0) {
            check__found(pages, page, "%" PRIu64 " has the page, but so has another", owner);
            all = false;
        } else {
            own_by_map(pages, state, owner, page);
        }
        *owned |= page_bit(page);
    }
    return all;
}

void check_own(CheckPages *pages, TreeId tree, PageId first, uint32_t count)
{
    (void)check__own(pages, MAP_TREE, tree_number(tree), first, count);
}

/* Copies the page; false: told. */
static Status rest_copy(CheckPages *pages, PageId id, void *copy, bool *got)
{
    PageRef page;
    Status status = pool_latch(pages->store->pool, id,
                               (LatchOptions){LATCH_SHARED, RANK_LATCH, true}, &page);
    *got = status == OK;
    if (status != OK) return check__told(pages, id, status);
    memcpy(copy, page.data, PAGE_BYTES);
    pool_unlatch(&page);
    return OK;
}

static Status visit_extent(CheckPages *pages, uint64_t extent, CheckRest visit, void *arg)
{
    uint64_t copy[PAGE_BYTES / sizeof(uint64_t)];
    uint64_t left = pages->entries[extent].used & ~pages->owned[extent];
    for (; left != 0; left &= left - 1) {
        PageId id = page_id(pages->space, extent * EXTENT_PAGES + (uint64_t)__builtin_ctzll(left));
        bool got;
        TRY(task_try_check());
        TRY(rest_copy(pages, id, copy, &got));
        if (got)
            TRY(visit(arg, pages, id, copy));
        else
            pages->owned[extent] |= page_bit(id);
    }
    return OK;
}

Status check_visit_rest(CheckPages *pages, TreeId tree, CheckRest visit, void *arg)
{
    for (uint64_t i = 0; i < pages->extent_count; i++) {
        MapEntry entry = pages->entries[i];
        if (map_state(entry) == MAP_TREE && map_owner(entry) == tree_number(tree))
            TRY(visit_extent(pages, i, visit, arg));
    }
    return OK;
}

void check__own_the_rest(CheckPages *pages, TreeId tree, bool untouched)
{
    for (uint64_t i = 0; i < pages->extent_count; i++) {
        MapEntry entry = pages->entries[i];
        bool is_its = map_state(entry) == MAP_TREE && map_owner(entry) == tree_number(tree);
        if (is_its && (!untouched || pages->owned[i] == 0)) pages->owned[i] |= entry.used;
    }
}

/* --- maps --- */

static void entry_check(CheckPages *pages, PageId map, uint64_t extent, MapEntry entry)
{
    MapState state = map_state(entry);
    bool is_free = state == MAP_FREE || state == MAP_FREED;
    if (state > MAP_FREED)
        check__found(pages, map, "extent %" PRIu64 " is of unknown state %d", extent, (int)state);
    else if (is_free != (entry.used == 0) && state != MAP_TREE)
        check__found(pages, map, "extent %" PRIu64 " is %s, with pages %016" PRIx64, extent,
                     is_free ? "free" : "taken", entry.used);
    else if (is_free && map_owner(entry) != 0)
        check__found(pages, map, "extent %" PRIu64 " is free and has an owner", extent);
}

/* Numbers may have been given out since the header was read first. */
static Status owners_check(CheckPages *pages)
{
    TRY(space__header(pages->store, pages->space, &pages->header));
    for (uint64_t i = 0; i < pages->extent_count; i++) {
        MapEntry entry = pages->entries[i];
        if (map_state(entry) == MAP_TREE && map_owner(entry) >= pages->header.next_tree)
            check__found(pages, space__map_page(pages->space, i / MAP_EXTENTS),
                         "extent %" PRIu64 " is of tree %" PRIu64 ", which never was", i,
                         map_owner(entry));
    }
    return OK;
}

/* A group whose map cannot be read: its pages may be anybody's. */
static void group_unknown(CheckPages *pages, uint64_t group)
{
    MapEntry unknown = map_entry(0, 0, MAP_UNKNOWN);
    for (uint64_t i = 0; i < MAP_EXTENTS; i++) pages->entries[group * MAP_EXTENTS + i] = unknown;
    pages->incomplete = true;
}

static Status group_load(CheckPages *pages, uint64_t group)
{
    PageId id = space__map_page(pages->space, group);
    PageRef map;
    MapEntry *entries = pages->entries + group * MAP_EXTENTS;
    Status status = space__map_latch(pages->store, pages->space, group, LATCH_SHARED, &map);
    if (status == ST_CORRUPT) group_unknown(pages, group);
    if (status != OK) return check__told(pages, id, status);
    memcpy(entries, space__entries(map.data), MAP_EXTENTS * sizeof(MapEntry));
    pool_unlatch(&map);
    for (uint64_t i = 0; i < MAP_EXTENTS; i++)
        entry_check(pages, id, group * MAP_EXTENTS + i, entries[i]);
    /* map and, of the first group, header are nobody's but the space's */
    pages->owned[group * MAP_EXTENTS] |= group == 0 ? 3 : 2;
    return OK;
}

Status check__maps(CheckPages *pages)
{
    PageId first = page_id(pages->space, 0);
    Status status = space__header(pages->store, pages->space, &pages->header);
    if (status != OK) {
        TRY(check__told(pages, first, status));
        return ST_END;
    }
    uint64_t count = pages->header.extent_count;
    if (count % MAP_EXTENTS != 0 || count / MAP_EXTENTS > SPACE__GROUPS_MAX) {
        check__found(pages, first, "the space says it has %" PRIu64 " extents", count);
        return ST_END;
    }
    pages->entries = arena_try_alloc_zero(pages->arena, count * sizeof(MapEntry));
    pages->owned = arena_try_alloc_zero(pages->arena, count * sizeof(uint64_t));
    pages->bad = arena_try_alloc_zero(pages->arena, count * sizeof(uint64_t));
    pages->mixed = arena_try_alloc_zero(pages->arena, ALIGN_UP(count, 64) / 8);
    if (pages->entries == NULL || pages->owned == NULL || pages->bad == NULL ||
        pages->mixed == NULL)
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    pages->extent_count = count;
    for (uint64_t i = 0; i < count / MAP_EXTENTS; i++) TRY(group_load(pages, i));
    return owners_check(pages);
}

/* --- bytes --- */

static Status extent_read(CheckPages *pages, uint64_t extent, void *buffer)
{
    Device *device = pages->store->device;
    for (uint64_t left = pages->entries[extent].used; left != 0; left &= left - 1) {
        PageId page = page_id(pages->space,
                              extent * EXTENT_PAGES + (uint64_t)__builtin_ctzll(left));
        TRY(device->ops->read(device, page, buffer));
        pages->figures->pages++;
        Status status = page_check(buffer, page);
        TRY(check__told(pages, page, status));
        if (status != OK) pages->bad[extent] |= page_bit(page);
    }
    return OK;
}

/* From the disk, past the pool: what it has in memory may be better than what a restart would find. */
static Status bytes_check(CheckPages *pages)
{
    void *buffer;
    TRY(os_memory_map(PAGE_BYTES, false, &buffer));
    Status status = OK;
    for (uint64_t i = 0; i < pages->extent_count && status == OK; i++) {
        status = task_try_check();
        if (status == OK) status = extent_read(pages, i, buffer);
    }
    os_memory_unmap(buffer, PAGE_BYTES);
    return status;
}

/* --- a space --- */

static void lost_tell(CheckPages *pages)
{
    for (uint64_t i = 0; i < pages->extent_count && !pages->incomplete; i++) {
        MapEntry entry = pages->entries[i];
        uint64_t lost = entry.used & ~pages->owned[i];
        if (lost == 0) continue;
        PageId first = page_id(pages->space, i * EXTENT_PAGES + (uint64_t)__builtin_ctzll(lost));
        check__found(pages, first,
                     "%d pages of the extent are taken (owner %" PRIu64
                     "), but part of nothing: %016" PRIx64,
                     __builtin_popcountll(lost), map_owner(entry), lost);
    }
}

static Status space_parts(CheckPages *pages)
{
    Status status = check__maps(pages);
    if (status == ST_END) return OK;
    TRY(status);
    TRY(bytes_check(pages));
    TRY(check__trees(pages));
    TRY(check__undo(pages));
    lost_tell(pages);
    return OK;
}

static Status space_check(Store *store, const StoreCheck *check, SpaceId space,
                          CheckFigures *figures)
{
    Arena *arena = arena_try_new(store->account, "check of a space");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    CheckPages pages = {
        .store = store, .check = check, .figures = figures, .arena = arena, .space = space};
    figures->spaces++;
    Status status = space_parts(&pages);
    arena_drop(arena);
    return status;
}

Status store_check(Store *store, const StoreCheck *check, CheckFigures *figures)
{
    SpaceId *spaces;
    uint32_t count;
    *figures = (CheckFigures){0};
    TRY(store_checkpoint(store, true)); /* what is on the disk is what there is */
    Arena *arena = arena_try_new(store->account, "check");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    Status status = store->device->ops->space_list(store->device, arena, &spaces, &count);
    for (uint32_t i = 0; i < count && status == OK; i++) {
        if (spaces[i].v != SPACE_TEMP.v) status = space_check(store, check, spaces[i], figures);
    }
    arena_drop(arena);
    return status;
}
