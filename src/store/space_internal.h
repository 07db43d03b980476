/* SPDX-License-Identifier: Apache-2.0 */
/* space_internal.h - what a space's maps are known to hold, and the steps of changing a map.
 *
 * The maps on disk are the truth. Beside them each space has hints in memory: which extents are free, which shared ones
 * have room, which extents with free pages a tree has. A group's hints are read from its map page when they are first
 * needed, so opening a space of any size costs nothing.
 *
 * (S1) hints change only under the exclusive latch of the map page they tell of, so they never disagree with it for
 * longer than
 *      the latch is held; who acts on a hint checks it against the map under that latch, and looks for another if it is
 * stale (S2) a group's map page exists when the header counts the group (extent_count)
 * (S3) freed_lsn of an extent is not 0 exactly while its state is MAP_FREED, and at least the lsn of its free record
 * (S4) an extent that is taken has its room on the device: it was reserved before, and not given back meanwhile. So a
 *      full disk refuses a change, and never the writing of a page that is changed already: dirty pages that cannot be
 *      written would fill the pool, and leave no frame even to those who only read */
#pragma once

#include "base/bitset.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/heap.h"
#include "os/os.h"
#include "os/sync.h"
#include "store/store_internal.h"

enum {
    SPACE__MAP_WORDS = (MAP_EXTENTS + 63) / 64,
    SPACE__GROUP_PAGES = MAP_EXTENTS * EXTENT_PAGES,
    SPACE__GROUPS_MAX = (1 << 26) /
                        MAP_EXTENTS, /* 64 TiB: what the pool's words cover in comfort */
    SPACE__BUCKETS = 256,
    SPACE__OWNER_BUCKETS = 64,
    SPACE__OWNER_OPEN = 12,
    SPACE__OPS_MAX = 48,   /* entries changed by one record */
    SPACE__WAYS_MAX = 512, /* pages on their way at once; what is more is lost to a crash */
};
static_assert(PAGE_HEADER_BYTES + MAP_EXTENTS * MAP_ENTRY_BYTES <= PAGE_BYTES, "map page layout");

/* An entry in a map page, and in a MAP_CHANGE record. */
typedef struct MapEntry {
    uint64_t used;        /* bit i: page i of the extent is taken */
    uint64_t owner_state; /* owner:40 | state:8 | zero:16 */
} MapEntry;
static_assert(sizeof(MapEntry) == MAP_ENTRY_BYTES, "map entry layout");
static inline uint64_t map_owner(MapEntry entry)
{
    return entry.owner_state & ((UINT64_C(1) << 40) - 1);
}
static inline MapState map_state(MapEntry entry)
{
    return (MapState)(entry.owner_state >> 40 & 0xff);
}
static inline MapEntry map_entry(uint64_t used, uint64_t owner, MapState state)
{
    return (MapEntry){used, owner | (uint64_t)state << 40};
}

/* Hints of one group. */
typedef struct SpaceGroup {
    uint64_t takeable[SPACE__MAP_WORDS]; /* free or freed, and not being given back right now */
    uint64_t room[SPACE__MAP_WORDS];     /* shared, with a free page */
    uint32_t takeable_count;
    uint32_t freed_count;
    uint64_t freed_lsn[MAP_EXTENTS];
} SpaceGroup;

/* Hints of one tree: lost ones cost a few pages in extents that have room, until the space is opened again. */
typedef struct SpaceOwner {
    struct SpaceOwner *next;
    uint64_t tree;
    uint32_t singles; /* pages taken singly since the space was opened */
    bool has_extents;
    uint32_t open_count;
    uint64_t open
        [SPACE__OWNER_OPEN]; /* extents with free pages, by number; the last is the current one */
} SpaceOwner;

typedef struct SpaceState {
    struct SpaceState *next;
    SpaceId id;
    Mutex mutex; /* over all below */
    _Atomic bool dropped;
    uint64_t group_count;
    SpaceGroup **groups; /* NULL: not read yet */
    uint64_t group_capacity;
    uint64_t group_first; /* no takeable extent in known groups below */
    uint64_t given_back;  /* how often freed extents began to be given back */
    SpaceOwner *owners[SPACE__OWNER_BUCKETS];
    uint64_t tree_next, tree_end; /* numbers in hand */
} SpaceState;

struct Spaces {
    Store *store;
    Heap *heap;
    Mutex mutex; /* the table */
    SpaceState *states[SPACE__BUCKETS];
    Mutex ways_mutex;
    uint32_t way_count;
    bool ways_missed; /* since the start; one that found no room is perhaps on its way still */
    SpaceWay ways[SPACE__WAYS_MAX];
};

/* space.c */
Status space__state(Store *store, SpaceId space, SpaceState **state);
/* Adds a group with its map page. `count` is how many the caller saw: with more by now it does nothing. */
Status space__grow(Store *store, SpaceState *state, uint64_t count);
static inline bool space__is_logged(SpaceId space)
{
    return space.v != SPACE_TEMP.v;
}
/* (S4): before its first page is taken. */
Status space__extent_reserve(Store *store, SpaceId space, uint64_t extent);
/* Takes credit for records of these payloads, unless the space is not logged. */
Status space__credit(Store *store, SpaceId space, uint32_t bytes, bool reserve);
void space__credit_back(Store *store, SpaceId space, uint32_t bytes);

/* space_map.c */
static inline PageId space__map_page(SpaceId space, uint64_t group)
{
    return page_id(space, group * SPACE__GROUP_PAGES + 1);
}
static inline MapEntry *space__entries(void *page)
{
    return (MapEntry *)((char *)page + PAGE_HEADER_BYTES);
}
/* A change of some entries of one map page, as one record. */
typedef struct MapChange {
    uint32_t count;
    uint16_t extents[SPACE__OPS_MAX]; /* in the group */
    MapEntry entries[SPACE__OPS_MAX];
    uint64_t watched; /* pages of the first one that are on their way from here on */
} MapChange;
static inline void map_change_add(MapChange *change, uint32_t extent, MapEntry entry)
{
    ASSERT(change->count < SPACE__OPS_MAX);
    change->extents[change->count] = (uint16_t)extent;
    change->entries[change->count++] = entry;
}
enum {
    MAP_OP_BYTES = 2 + MAP_ENTRY_BYTES + 8,
    MAP_CHANGE_BYTES_MAX = SPACE__OPS_MAX * MAP_OP_BYTES
};
typedef struct MapOp {
    uint32_t extent; /* in the group */
    MapEntry entry;
    uint64_t watched;
} MapOp;
/* Applies it to the latched page, with its record; and to the hints when the group is known. */
void space__map_log(Store *store, SpaceState *state, PageRef *map, const MapChange *change,
                    bool format);
uint32_t space__map_bytes(uint32_t count); /* credit for it */
Status space__map_latch(Store *store, SpaceId space, uint64_t group, LatchMode mode, PageRef *map);
/* What the map says of the page's extent. */
Status space__map_entry(Store *store, PageId page, MapEntry *entry);

/* space_way.c. The page is about to be taken by a record to come; its map is latched. */
void space__page_comes(Store *store, PageId page);

/* space_hints.c: the state's mutex is held, but where it says otherwise. */
Status space__group_read(Store *store, SpaceState *state, uint64_t group); /* not held */
void space__hint_entry(Store *store, SpaceState *state, uint64_t extent, MapEntry before,
                       MapEntry after, Lsn lsn);
SpaceOwner *space__owner(Store *store, SpaceState *state, uint64_t tree, bool make);
void space__owner_forget(Store *store, SpaceState *state, uint64_t tree);
Status space__groups_reserve(Store *store, SpaceState *state, uint64_t count);
