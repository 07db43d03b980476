/* SPDX-License-Identifier: Apache-2.0 */
/* space_map.c - map pages: latching, changing and redoing them; the records of spaces in words.
 *
 *   offset size  MAP_CHANGE: entries as they are after it, 26 bytes each
 *        0    2  extent in the group
 *        2   16  entry
 *       18    8  bitmap of pages taken by it that are on their way (space_way.c)
 *
 *   offset size  SPACE_HEADER: bytes of the SpaceHeader as they are after it
 *        0    4  where they begin, counted from the SpaceHeader
 *        4       the bytes
 *
 *   offset size  SPACE_CREATE, SPACE_DROP
 *        0    4  space
 *        4    4  SPACE_CREATE: the space it is a copy of, or 0xffffffff */
#include "store/space_internal.h"

#include "base/arith.h"
#include "base/hash.h"

Status space__map_latch(Store *store, SpaceId space, uint64_t group, LatchMode mode, PageRef *map)
{
    PageId page = space__map_page(space, group);
    LatchOptions options = {.mode = mode, .rank = RANK_SPACE_MAP};
    TRY(pool_latch(store->pool, page, options, map));
    if (LIKELY(((const PageHeader *)map->data)->kind == PAGE_MAP)) return OK;
    pool_unlatch(map);
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "page %" PRIu64 " of space %" PRIu32 " is not the map it should be",
                      page_number(page), space.v);
}

Status space__map_entry(Store *store, PageId page, MapEntry *entry)
{
    PageRef map;
    uint64_t number = page_number(page);
    TRY(space__map_latch(store, page_space(page), number / SPACE__GROUP_PAGES, LATCH_SHARED, &map));
    *entry = space__entries(map.data)[number % SPACE__GROUP_PAGES / EXTENT_PAGES];
    pool_unlatch(&map);
    return OK;
}

uint32_t space__map_bytes(uint32_t count)
{
    return wal_record_bytes(1, count * MAP_OP_BYTES);
}

void space__map_log(Store *store, SpaceState *state, PageRef *map, const MapChange *change,
                    bool format)
{
    MapEntry before[SPACE__OPS_MAX], *entries = space__entries(map->data);
    uint8_t payload[MAP_CHANGE_BYTES_MAX];
    for (uint32_t i = 0; i < change->count; i++) {
        uint8_t *at = payload + (size_t)i * MAP_OP_BYTES;
        memcpy(at, &change->extents[i], 2);
        memcpy(at + 2, &change->entries[i], MAP_ENTRY_BYTES);
        store_le64(at + 2 + MAP_ENTRY_BYTES, i == 0 ? change->watched : 0);
        before[i] = entries[change->extents[i]];
        entries[change->extents[i]] = change->entries[i];
    }
    PoolChange page = {.page = map,
                       .flags = (uint8_t)(WAL_REF_MAP | (format ? WAL_REF_FORMAT : 0))};
    WalPart part = {payload, change->count * MAP_OP_BYTES};
    Lsn lsn = pool_log(store->pool, WAL_MAP_CHANGE, XID_NONE, &page, 1, &part, 1, false);
    if (state == NULL) return;
    uint64_t first = page_number(map->id) / SPACE__GROUP_PAGES * MAP_EXTENTS;
    mutex_lock(&state->mutex);
    for (uint32_t i = 0; i < change->count; i++) {
        space__hint_entry(store, state, first + change->extents[i], before[i], change->entries[i],
                          lsn);
    }
    mutex_unlock(&state->mutex);
}

/* --- redo --- */

static Status record_bad(const WalRecord *record)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "record of kind %d at %" PRIX32 "/%" PRIX32 " has a malformed payload",
                      record->kind, (uint32_t)(record->lsn.v >> 32), (uint32_t)record->lsn.v);
}

/* Entry `i` of a MAP_CHANGE. False: there are no more. */
static bool op_read(const WalRecord *record, size_t i, MapOp *op)
{
    if ((i + 1) * MAP_OP_BYTES > record->payload.bytes) return false;
    const uint8_t *at = record->payload.data + i * MAP_OP_BYTES;
    op->extent = load_le16(at);
    memcpy(&op->entry, at + 2, MAP_ENTRY_BYTES);
    op->watched = load_le64(at + 2 + MAP_ENTRY_BYTES);
    return true;
}

static Status redo_map_change(const WalRecord *record, uint32_t index, void *page)
{
    MapOp op;
    if (record->payload.bytes % MAP_OP_BYTES != 0) return record_bad(record);
    if ((record->refs[index].flags & WAL_REF_FORMAT) != 0) {
        page_format(page, PAGE_MAP, page_number(record->refs[index].page), 0, 0);
    }
    MapEntry *entries = space__entries(page);
    for (size_t i = 0; op_read(record, i, &op); i++) {
        if (op.extent >= MAP_EXTENTS) return record_bad(record);
        entries[op.extent] = op.entry;
    }
    return OK;
}

static Status redo_space_header(const WalRecord *record, uint32_t index, void *page)
{
    uint32_t offset;
    if (record->payload.bytes < sizeof offset) return record_bad(record);
    memcpy(&offset, record->payload.data, sizeof offset);
    size_t bytes = record->payload.bytes - sizeof offset;
    if (offset > sizeof(SpaceHeader) || bytes > sizeof(SpaceHeader) - offset)
        return record_bad(record);
    if ((record->refs[index].flags & WAL_REF_FORMAT) != 0) page_format(page, PAGE_SPACE, 0, 0, 0);
    memcpy((char *)page + PAGE_HEADER_BYTES + offset, record->payload.data + sizeof offset, bytes);
    return OK;
}

void space__record_extents(const WalRecord *record,
                           void (*visit)(void *arg, PageId first, uint64_t taken, uint64_t watched),
                           void *arg)
{
    MapOp op;
    if (record->kind != WAL_MAP_CHANGE || record->ref_count != 1) return;
    PageId map = record->refs[0].page;
    uint64_t group = page_number(map) / SPACE__GROUP_PAGES;
    for (size_t i = 0; op_read(record, i, &op); i++) {
        if (op.extent >= MAP_EXTENTS) return; /* its redo refuses it */
        uint64_t number = (group * MAP_EXTENTS + op.extent) * EXTENT_PAGES;
        visit(arg, page_id(page_space(map), number), op.entry.used, op.watched);
    }
}

/* --- in words --- */

static void print_map_change(const WalRecord *record, StrBuilder *out)
{
    static const char *const states[] = {"free", "shared", "tree", "undo", "freed"};
    MapOp op;
    for (size_t i = 0; op_read(record, i, &op); i++) {
        uint32_t state = (uint32_t)map_state(op.entry);
        str_add_format(out, "%sextent %" PRIu32 " %s", i > 0 ? ", " : "", op.extent,
                       state < ARRAY_LEN(states) ? states[state] : "?");
        if (map_owner(op.entry) != 0) str_add_format(out, " of %" PRIu64, map_owner(op.entry));
        str_add_format(out, " used %016" PRIx64, op.entry.used);
        if (op.watched != 0) str_add_format(out, " on their way %016" PRIx64, op.watched);
    }
}

static void print_space_header(const WalRecord *record, StrBuilder *out)
{
    uint32_t offset = 0;
    if (record->payload.bytes >= sizeof offset)
        memcpy(&offset, record->payload.data, sizeof offset);
    str_add_format(out, "offset %" PRIu32 " bytes %zu", offset,
                   record->payload.bytes - MIN(record->payload.bytes, sizeof offset));
}

static void print_page_leaves(const WalRecord *record, StrBuilder *out)
{
    PageId page;
    if (space__record_leaves(record, &page))
        str_add_format(out, "space %" PRIu32 " page %" PRIu64, page_space(page).v,
                       page_number(page));
}

static void print_space(const WalRecord *record, StrBuilder *out)
{
    uint32_t words[2] = {0, UINT32_MAX};
    memcpy(words, record->payload.data, MIN(record->payload.bytes, sizeof words));
    str_add_format(out, "space %" PRIu32, words[0]);
    if (record->kind == WAL_SPACE_CREATE && words[1] != UINT32_MAX) {
        str_add_format(out, " copied from %" PRIu32, words[1]);
    }
}

const RedoEntry store__space_redo[SPACE__REDO_COUNT] = {
    {WAL_SPACE_CREATE, NULL, print_space},
    {WAL_SPACE_DROP, NULL, print_space},
    {WAL_MAP_CHANGE, redo_map_change, print_map_change},
    {WAL_SPACE_HEADER, redo_space_header, print_space_header},
    {WAL_PAGE_LEAVES, NULL, print_page_leaves},
};
