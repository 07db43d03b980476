/* SPDX-License-Identifier: Apache-2.0 */
/* space_hints.c - what is known of a space's maps without reading them (space_internal.h). */
#include "store/space_internal.h"

static SpaceGroup *group_of(const SpaceState *state, uint64_t group)
{
    return group < state->group_capacity ? state->groups[group] : NULL;
}

Status space__groups_reserve(Store *store, SpaceState *state, uint64_t count)
{
    if (count <= state->group_capacity) return OK;
    uint64_t capacity = MAX(count, state->group_capacity * 2);
    SpaceGroup **groups = heap_try_alloc(store->spaces->heap, capacity * sizeof(SpaceGroup *));
    if (groups == NULL) return ST_NO_MEMORY;
    if (state->groups != NULL) {
        memcpy(groups, state->groups, state->group_capacity * sizeof(SpaceGroup *));
        heap_free(store->spaces->heap, state->groups);
    }
    state->groups = groups;
    state->group_capacity = capacity;
    return OK;
}

/* --- owners --- */

SpaceOwner *space__owner(Store *store, SpaceState *state, uint64_t tree, bool make)
{
    SpaceOwner **bucket = &state->owners[hash_u64(tree) % SPACE__OWNER_BUCKETS];
    SpaceOwner *owner = *bucket;
    while (owner != NULL && owner->tree != tree) owner = owner->next;
    if (owner == NULL && make) {
        owner = heap_try_alloc(store->spaces->heap, sizeof *owner);
        if (owner == NULL) return NULL;
        owner->tree = tree;
        owner->next = *bucket;
        *bucket = owner;
    }
    return owner;
}

void space__owner_forget(Store *store, SpaceState *state, uint64_t tree)
{
    SpaceOwner **link = &state->owners[hash_u64(tree) % SPACE__OWNER_BUCKETS];
    while (*link != NULL && (*link)->tree != tree) link = &(*link)->next;
    SpaceOwner *owner = *link;
    if (owner == NULL) return;
    *link = owner->next;
    heap_free(store->spaces->heap, owner);
}

static void open_remove(SpaceOwner *owner, uint64_t extent)
{
    uint32_t i = 0;
    while (i < owner->open_count && owner->open[i] != extent) i++;
    if (i == owner->open_count) return;
    owner->open_count--;
    memmove(&owner->open[i], &owner->open[i + 1], (owner->open_count - i) * sizeof owner->open[0]);
}

/* With all places taken the oldest is forgotten: its free pages are found again at the next opening. */
static void open_add(SpaceOwner *owner, uint64_t extent)
{
    for (uint32_t i = 0; i < owner->open_count; i++) {
        if (owner->open[i] == extent) return;
    }
    if (owner->open_count == SPACE__OWNER_OPEN) open_remove(owner, owner->open[0]);
    owner->open[owner->open_count++] = extent;
}

static void hint_owner(Store *store, SpaceState *state, uint64_t extent, MapEntry before,
                       MapEntry after)
{
    if (map_state(before) == MAP_TREE && map_state(after) != MAP_TREE) {
        SpaceOwner *owner = space__owner(store, state, map_owner(before), false);
        if (owner != NULL) open_remove(owner, extent);
    }
    if (map_state(after) == MAP_TREE) {
        SpaceOwner *owner = space__owner(store, state, map_owner(after), true);
        if (owner == NULL) return;
        owner->has_extents = true;
        if (after.used == UINT64_MAX) {
            open_remove(owner, extent);
        } else {
            open_add(owner, extent);
        }
    }
}

/* --- groups --- */

static void hint_freed(SpaceGroup *group, uint32_t at, uint64_t lsn)
{
    if (group->freed_lsn[at] != 0) group->freed_count--;
    group->freed_lsn[at] = lsn;
    if (lsn != 0) group->freed_count++;
}

void space__hint_entry(Store *store, SpaceState *state, uint64_t extent, MapEntry before,
                       MapEntry after, Lsn lsn)
{
    uint64_t number = extent / MAP_EXTENTS;
    uint32_t at = (uint32_t)(extent % MAP_EXTENTS);
    SpaceGroup *group = group_of(state, number);
    if (group == NULL) return; /* read when needed, and then as it is */
    MapState now = map_state(after);
    bool takeable = now == MAP_FREE || now == MAP_FREED;
    if (bits_get(group->takeable, at)) group->takeable_count--;
    if (takeable) group->takeable_count++;
    bits_assign(group->takeable, at, takeable);
    bits_assign(group->room, at, now == MAP_SHARED && after.used != UINT64_MAX);
    hint_freed(group, at, now == MAP_FREED ? MAX(lsn.v, UINT64_C(1)) : 0);
    if (takeable) state->group_first = MIN(state->group_first, number);
    hint_owner(store, state, extent, before, after);
}

/* The map is latched, the mutex held. */
static Status group_fill(Store *store, SpaceState *state, uint64_t number, PageRef *map)
{
    if (group_of(state, number) != NULL) return OK; /* another was quicker */
    TRY(space__groups_reserve(store, state, number + 1));
    SpaceGroup *group = heap_try_alloc(store->spaces->heap, sizeof *group);
    if (group == NULL) return ST_NO_MEMORY;
    state->groups[number] = group;
    Lsn lsn = {((const PageHeader *)map->data)->lsn}; /* not below that of any free record */
    const MapEntry *entries = space__entries(map->data);
    for (uint32_t i = 0; i < MAP_EXTENTS; i++) {
        space__hint_entry(store, state, number * MAP_EXTENTS + i, (MapEntry){0}, entries[i], lsn);
    }
    return OK;
}

Status space__group_read(Store *store, SpaceState *state, uint64_t group)
{
    PageRef map;
    TRY(space__map_latch(store, state->id, group, LATCH_SHARED, &map));
    mutex_lock(&state->mutex);
    Status status = group_fill(store, state, group, &map);
    mutex_unlock(&state->mutex);
    pool_unlatch(&map);
    return status;
}
