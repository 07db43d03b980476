/* SPDX-License-Identifier: Apache-2.0 */
/* space_pages.c - taking and freeing pages and extents, and giving freed extents back to the file system.
 *
 * Taking: the hints name an extent, the map page is latched, the entry checked, changed and logged. Many tasks may take
 * at once: each tree fills an extent of its own, and the map's latch is held for about a microsecond.
 *
 *        take                free               checkpoint past the free record
 *   FREE ------> TREE, UNDO ------> FREED ----------------------------------> FREE
 *        ------> SHARED     (last page)  \------> TREE, UNDO, SHARED (taken again at once) */
#include "store/space_internal.h"

#include "base/log.h"
#include "base/task.h"

/* Where to take from. */
typedef struct Choice {
    uint64_t extent;
    MapState state; /* MAP_SHARED, MAP_TREE or MAP_UNDO */
    bool fresh;     /* it is free or freed */
    uint64_t given; /* (S4): the state's given_back when it was chosen */
} Choice;

typedef enum Found {
    FOUND,
    FOUND_UNREAD,  /* the group `extent` is in must be read first */
    FOUND_NOTHING, /* the space must grow */
    FOUND_NO_MEMORY,
} Found;

/* A free or freed extent, low ones first. The mutex is held, here and below. */
static Found find_takeable(SpaceState *state, Choice *choice)
{
    for (uint64_t i = state->group_first; i < state->group_count; i++) {
        SpaceGroup *group = i < state->group_capacity ? state->groups[i] : NULL;
        if (group == NULL || group->takeable_count > 0) {
            choice->extent = i * MAP_EXTENTS;
            if (group == NULL) return FOUND_UNREAD;
            choice->extent += bits_next_one(group->takeable, 0, MAP_EXTENTS);
            choice->fresh = true;
            choice->given = state->given_back;
            return FOUND;
        }
        if (i == state->group_first) state->group_first = i + 1;
    }
    return FOUND_NOTHING;
}

/* A shared extent with room: that of `near`, or one of its group, or any. */
static Found find_shared(SpaceState *state, uint64_t near, Choice *choice)
{
    choice->state = MAP_SHARED;
    for (uint64_t i = 0; i < state->group_count && i < state->group_capacity; i++) {
        const SpaceGroup *group = state->groups[i];
        bool here = near / MAP_EXTENTS == i;
        if (group == NULL || (choice->extent != UINT64_MAX && !here)) continue;
        uint32_t at = bits_next_one(group->room, 0, MAP_EXTENTS);
        uint32_t wanted = (uint32_t)(near % MAP_EXTENTS);
        if (here && bits_get(group->room, wanted)) at = wanted;
        if (at < MAP_EXTENTS) choice->extent = i * MAP_EXTENTS + at;
    }
    return choice->extent != UINT64_MAX ? FOUND : find_takeable(state, choice);
}

/* An extent of the tree's own with free pages, that of `near` if it is one. */
static Found find_own(SpaceState *state, const SpaceOwner *owner, uint64_t near, Choice *choice)
{
    choice->state = MAP_TREE;
    if (owner->open_count == 0) return find_takeable(state, choice);
    choice->extent = owner->open[owner->open_count - 1];
    for (uint32_t i = 0; i < owner->open_count; i++) {
        if (owner->open[i] == near) choice->extent = near;
    }
    return FOUND;
}

static Found choose(Store *store, SpaceState *state, TreeId tree, uint64_t near, bool own,
                    Choice *choice)
{
    *choice = (Choice){.extent = UINT64_MAX};
    uint64_t group = near / MAP_EXTENTS;
    if (near != UINT64_MAX && (group >= state->group_capacity || state->groups[group] == NULL)) {
        choice->extent = near;
        return FOUND_UNREAD;
    }
    const SpaceOwner *owner = space__owner(store, state, tree_number(tree), true);
    if (owner == NULL) return own ? FOUND_NO_MEMORY : find_shared(state, near, choice);
    own |= owner->has_extents || owner->singles >= SPACE_SINGLE_PAGES;
    return own ? find_own(state, owner, near, choice) : find_shared(state, near, choice);
}

/* The hint was right: the entry is what the choice takes it for. The map is latched exclusively. */
static bool choice_holds(SpaceState *state, const Choice *choice, TreeId tree, MapEntry entry)
{
    MapState now = map_state(entry);
    if (!choice->fresh) {
        if (now != choice->state || entry.used == UINT64_MAX) return false;
        return now == MAP_SHARED || map_owner(entry) == tree_number(tree);
    }
    mutex_lock(&state->mutex);
    const SpaceGroup *group = state->groups[choice->extent / MAP_EXTENTS];
    bool takeable = bits_get(group->takeable, (uint32_t)(choice->extent % MAP_EXTENTS)) &&
                    choice->given == state->given_back;
    mutex_unlock(&state->mutex);
    return takeable && (now == MAP_FREE || now == MAP_FREED);
}

/* The first free page of the extent behind `near`, or at all. */
static uint32_t page_pick(uint64_t used, uint64_t extent, PageId near)
{
    uint64_t behind = UINT64_MAX;
    if (near.v != PAGE_NONE.v && page_number(near) / EXTENT_PAGES == extent) {
        behind <<= page_number(near) % EXTENT_PAGES;
    }
    uint64_t free = ~used & behind;
    return (uint32_t)__builtin_ctzll(free != 0 ? free : ~used);
}

/* Changes the map as chosen; `at` is the page in the extent, or EXTENT_PAGES for all. ST_CHANGED: the hint was stale,
 * look again. */
static Status take(Store *store, SpaceState *state, const Choice *choice, TreeId tree, PageId near,
                   bool whole, bool watched, PageId *page)
{
    PageRef map;
    uint32_t bytes = space__map_bytes(1);
    if (choice->fresh) TRY(space__extent_reserve(store, state->id, choice->extent));
    TRY(space__credit(store, state->id, bytes, false));
    Status status = space__map_latch(store, state->id, choice->extent / MAP_EXTENTS,
                                     LATCH_EXCLUSIVE, &map);
    uint32_t at = (uint32_t)(choice->extent % MAP_EXTENTS);
    MapEntry entry = status == OK ? space__entries(map.data)[at] : (MapEntry){0};
    bool holds = status == OK && choice_holds(state, choice, tree, entry);
    if (holds) {
        uint64_t used = choice->fresh ? 0 : entry.used;
        uint32_t picked = whole ? 0 : page_pick(used, choice->extent, near);
        used = whole ? UINT64_MAX : used | UINT64_C(1) << picked;
        uint64_t owner = choice->state == MAP_SHARED ? 0 : tree_number(tree);
        MapChange change = {0};
        map_change_add(&change, at, map_entry(used, owner, choice->state));
        *page = page_id(state->id, choice->extent * EXTENT_PAGES + picked);
        if (watched) {
            change.watched = UINT64_C(1) << picked;
            space__page_comes(store, *page);
        }
        space__map_log(store, state, &map, &change, false);
    }
    if (status == OK) pool_unlatch(&map);
    if (!holds) space__credit_back(store, state->id, bytes);
    return status == OK && !holds ? ST_CHANGED : status;
}

static Status read_or_grow(Store *store, SpaceState *state, Found found, uint64_t extent,
                           uint64_t group_count)
{
    switch (found) {
    case FOUND_UNREAD: return space__group_read(store, state, extent / MAP_EXTENTS);
    case FOUND_NOTHING: return space__grow(store, state, group_count);
    case FOUND_NO_MEMORY: return ST_NO_MEMORY;
    case FOUND: break;
    }
    return OK;
}

static void count_single(Store *store, SpaceState *state, TreeId tree)
{
    mutex_lock(&state->mutex);
    SpaceOwner *owner = space__owner(store, state, tree_number(tree), true);
    if (owner != NULL) owner->singles++;
    mutex_unlock(&state->mutex);
}

Status space_take_page(Store *store, TreeId tree, PageId near, uint32_t flags, PageId *page)
{
    SpaceState *state;
    TRY(space__state(store, tree_space(tree), &state));
    uint64_t near_extent = near.v == PAGE_NONE.v ? UINT64_MAX : page_number(near) / EXTENT_PAGES;
    for (;;) {
        Choice choice;
        mutex_lock(&state->mutex);
        Found found = choose(store, state, tree, near_extent, flags & SPACE_TAKE_OWN, &choice);
        uint64_t groups = state->group_count;
        mutex_unlock(&state->mutex);
        if (found != FOUND) {
            TRY(read_or_grow(store, state, found, choice.extent, groups));
            continue;
        }
        Status status = take(store, state, &choice, tree, near, false, flags & SPACE_TAKE_WATCHED,
                             page);
        if (status == OK && choice.state == MAP_SHARED) count_single(store, state, tree);
        if (status != ST_CHANGED) return status;
    }
}

Status space_take_extent(Store *store, TreeId owner, bool undo, PageId *first)
{
    SpaceState *state;
    TRY(space__state(store, tree_space(owner), &state));
    for (;;) {
        Choice choice = {.state = undo ? MAP_UNDO : MAP_TREE};
        mutex_lock(&state->mutex);
        Found found = find_takeable(state, &choice);
        uint64_t groups = state->group_count;
        mutex_unlock(&state->mutex);
        if (found != FOUND) {
            TRY(read_or_grow(store, state, found, choice.extent, groups));
            continue;
        }
        Status status = take(store, state, &choice, owner, PAGE_NONE, true, undo, first);
        if (status != ST_CHANGED) return status;
    }
}

/* --- freeing --- */

static Status not_taken(PageId page)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "page %" PRIu64 " of space %" PRIu32 " is freed but not in use",
                      page_number(page), page_space(page).v);
}

/* The entry without these pages. False: they are not all taken, or not to be freed this way. */
static bool entry_without(MapEntry entry, uint64_t pages, MapEntry *after)
{
    MapState state = map_state(entry);
    bool owned = state == MAP_TREE || state == MAP_UNDO;
    if (pages == UINT64_MAX) {
        *after = map_entry(0, 0, MAP_FREED);
        return owned;
    }
    if ((entry.used & pages) != pages || !(owned || state == MAP_SHARED)) return false;
    uint64_t used = entry.used & ~pages;
    *after = used != 0 ? map_entry(used, map_owner(entry), state) : map_entry(0, 0, MAP_FREED);
    return true;
}

static Status free_pages(Store *store, PageId first, uint64_t pages)
{
    SpaceState *state;
    TRY(space__state(store, page_space(first), &state));
    uint64_t extent = page_number(first) / EXTENT_PAGES;
    uint32_t at = (uint32_t)(extent % MAP_EXTENTS), bytes = space__map_bytes(1);
    TRY(space__credit(store, state->id, bytes, true));
    PageRef map;
    Status status = space__map_latch(store, state->id, extent / MAP_EXTENTS, LATCH_EXCLUSIVE, &map);
    MapEntry after;
    bool right = status == OK && entry_without(space__entries(map.data)[at], pages, &after);
    if (right) {
        MapChange change = {0};
        map_change_add(&change, at, after);
        space__map_log(store, state, &map, &change, false);
        /* with the map latched still: behind that it may be on its way again, as another's */
        space_page_settled(store, first);
    }
    if (status == OK) pool_unlatch(&map);
    if (!right) space__credit_back(store, state->id, bytes);
    return status == OK && !right ? not_taken(first) : status;
}

/* The page is forgotten before the map says free: after, it could be another's already. */
Status space_free_page(Store *store, PageId page)
{
    ASSERT(page_number(page) != 0);                      /* the header */
    ASSERT(page_number(page) % SPACE__GROUP_PAGES != 1); /* a map */
    pool_forget(store->pool, page, 1);
    return free_pages(store, page, UINT64_C(1) << page_number(page) % EXTENT_PAGES);
}

Status space_has_page(Store *store, TreeId owner, PageId page, bool *has)
{
    MapEntry entry;
    TRY(space__map_entry(store, page, &entry));
    *has = map_state(entry) == MAP_TREE && map_owner(entry) == tree_number(owner) &&
           (entry.used >> page_number(page) % EXTENT_PAGES & 1) != 0;
    return OK;
}

Status space_free_extent(Store *store, PageId first)
{
    ASSERT(page_number(first) % EXTENT_PAGES == 0);
    pool_forget(store->pool, first, EXTENT_PAGES);
    return free_pages(store, first, UINT64_MAX);
}

/* The tree's extents in one group, as many as one record may free. */
static Status tree_extents(Store *store, TreeId tree, uint64_t group, MapChange *change)
{
    PageRef map;
    TRY(space__map_latch(store, tree_space(tree), group, LATCH_SHARED, &map));
    const MapEntry *entries = space__entries(map.data);
    *change = (MapChange){0};
    for (uint32_t i = 0; i < MAP_EXTENTS && change->count < SPACE__OPS_MAX; i++) {
        if (map_state(entries[i]) == MAP_TREE && map_owner(entries[i]) == tree_number(tree)) {
            map_change_add(change, i, map_entry(0, 0, MAP_FREED));
        }
    }
    pool_unlatch(&map);
    return OK;
}

/* Nobody else frees or takes in the name of a dropped tree, so its extents are still its own. */
static Status tree_extents_free(Store *store, SpaceState *state, uint64_t group,
                                const MapChange *change)
{
    uint64_t first = group * MAP_EXTENTS;
    for (uint32_t i = 0; i < change->count; i++) {
        uint64_t number = (first + change->extents[i]) * EXTENT_PAGES;
        pool_forget(store->pool, page_id(state->id, number), EXTENT_PAGES);
    }
    uint32_t bytes = space__map_bytes(change->count);
    TRY(space__credit(store, state->id, bytes, true));
    PageRef map;
    Status status = space__map_latch(store, state->id, group, LATCH_EXCLUSIVE, &map);
    if (status != OK) {
        space__credit_back(store, state->id, bytes);
        return status;
    }
    space__map_log(store, state, &map, change, false);
    pool_unlatch(&map);
    return OK;
}

Status space_free_tree(Store *store, TreeId tree)
{
    SpaceState *state;
    MapChange change;
    TRY(space__state(store, tree_space(tree), &state));
    mutex_lock(&state->mutex);
    uint64_t groups = state->group_count;
    mutex_unlock(&state->mutex);
    for (uint64_t group = 0; group < groups; group++) {
        do {
            TRY(task_try_check());
            TRY(tree_extents(store, tree, group, &change));
            if (change.count > 0) TRY(tree_extents_free(store, state, group, &change));
        } while (change.count == SPACE__OPS_MAX);
    }
    mutex_lock(&state->mutex);
    space__owner_forget(store, state, tree_number(tree));
    mutex_unlock(&state->mutex);
    return OK;
}

/* --- giving back --- */

/* Freed extents of a group whose free records lie below `redo`; from here on nobody takes them. */
static Status give_back_begin(Store *store, SpaceState *state, uint64_t group, Lsn redo,
                              MapChange *change)
{
    PageRef map;
    *change = (MapChange){0};
    /* The map's latch keeps takers out, who hold it exclusively from their check on. */
    TRY(space__map_latch(store, state->id, group, LATCH_SHARED, &map));
    mutex_lock(&state->mutex);
    state->given_back++;
    SpaceGroup *hints = state->groups[group];
    for (uint32_t i = 0; i < MAP_EXTENTS && change->count < SPACE__OPS_MAX; i++) {
        if (hints->freed_lsn[i] == 0 || hints->freed_lsn[i] >= redo.v) continue;
        if (!bits_get(hints->takeable, i)) continue; /* another gives it back */
        ASSERT(map_state(space__entries(map.data)[i]) == MAP_FREED);
        bits_clear(hints->takeable, i);
        hints->takeable_count--;
        map_change_add(change, i, map_entry(0, 0, MAP_FREE));
    }
    mutex_unlock(&state->mutex);
    pool_unlatch(&map);
    return OK;
}

static Status ranges_free(Store *store, SpaceState *state, uint64_t group, const MapChange *change)
{
    for (uint32_t i = 0, next; i < change->count; i = next) {
        for (next = i + 1; next < change->count; next++) {
            if (change->extents[next] != change->extents[next - 1] + 1) break;
        }
        uint64_t number = (group * MAP_EXTENTS + change->extents[i]) * EXTENT_PAGES;
        TRY(store->device->ops->free_range(store->device, page_id(state->id, number),
                                           (next - i) * EXTENT_PAGES));
    }
    return OK;
}

/* Takeable again: free when they were given back, else freed as before. */
static Status give_back_end(Store *store, SpaceState *state, uint64_t group, MapChange *change,
                            bool given)
{
    PageRef map;
    uint32_t bytes = space__map_bytes(change->count);
    Status status = given ? space__credit(store, state->id, bytes, true) : OK;
    bool credited = given && status == OK;
    if (credited) {
        status = space__map_latch(store, state->id, group, LATCH_EXCLUSIVE, &map);
        if (status == OK) {
            space__map_log(store, state, &map, change, false);
            pool_unlatch(&map);
            return OK;
        }
        space__credit_back(store, state->id, bytes);
    }
    mutex_lock(&state->mutex);
    SpaceGroup *hints = state->groups[group];
    for (uint32_t i = 0; i < change->count; i++) {
        bits_set(hints->takeable, change->extents[i]);
        hints->takeable_count++;
    }
    state->group_first = MIN(state->group_first, group);
    mutex_unlock(&state->mutex);
    return status;
}

static Status give_back(Store *store, SpaceState *state, uint64_t group, Lsn redo)
{
    MapChange change;
    do {
        TRY(give_back_begin(store, state, group, redo, &change));
        if (change.count == 0) return OK;
        Status status = ranges_free(store, state, group, &change);
        Status ended = give_back_end(store, state, group, &change, status == OK);
        TRY(status);
        TRY(ended);
    } while (change.count == SPACE__OPS_MAX);
    return OK;
}

/* All known groups, and one unread: after a restart their freed extents are found bit by bit. */
static Status space_give_back(Store *store, SpaceState *state, Lsn redo)
{
    mutex_lock(&state->mutex);
    uint64_t groups = state->dropped ? 0 : state->group_count;
    mutex_unlock(&state->mutex);
    bool read = false;
    for (uint64_t i = 0; i < groups; i++) {
        mutex_lock(&state->mutex);
        SpaceGroup *group = i < state->group_capacity ? state->groups[i] : NULL;
        bool some = group != NULL && group->freed_count > 0;
        mutex_unlock(&state->mutex);
        if (group == NULL && !read) {
            TRY(space__group_read(store, state, i));
            read = true;
            i--;
        } else if (some) {
            TRY(give_back(store, state, i, redo));
        }
    }
    return OK;
}

/* A map that cannot be read keeps what it has; it ends neither the checkpoint nor the server. */
static void damage_pass_by(SpaceId space)
{
    const Error *error = error_current();
    Str message = error != NULL ? error->message : STR("damaged map");
    log_write(SEVERITY_WARNING, "freed pages of space %" PRIu32 " are not given back: %.*s",
              space.v, (int)message.bytes, message.data);
    error_clear();
}

Status space__checkpoint_done(Store *store, Lsn redo)
{
    Spaces *spaces = store->spaces;
    for (uint32_t i = 0; i < SPACE__BUCKETS; i++) {
        mutex_lock(&spaces->mutex);
        SpaceState *state = spaces->states[i];
        mutex_unlock(&spaces->mutex);
        for (; state != NULL; state = state->next) {
            Status status = space_give_back(store, state, redo);
            if (status != ST_CORRUPT) TRY(status);
            if (status == ST_CORRUPT) damage_pass_by(state->id);
        }
    }
    return OK;
}
