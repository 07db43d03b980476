/* SPDX-License-Identifier: Apache-2.0 */
#include "crash_model.h"

#include "base/arena.h"
#include "base/arith.h"

const TableColumn crash_columns[CRASH_COLUMNS] = {
    {CRASH_SLOT, PHYS_I32, COLUMN_NOT_NULL, {.null = true}},
    {CRASH_K, PHYS_I64, 0, {.null = true}},
    {CRASH_U, PHYS_I64, COLUMN_NOT_NULL, {.null = true}},
    {CRASH_BODY_SEED, PHYS_I64, COLUMN_NOT_NULL, {.null = true}},
    {CRASH_BIG_SEED, PHYS_I64, COLUMN_NOT_NULL, {.null = true}},
    {CRASH_BODY, PHYS_STR, 0, {.null = true}},
    {CRASH_BIG, PHYS_STR, 0, {.null = true}},
};
static const uint16_t all_columns[CRASH_COLUMNS] = {0, 1, 2, 3, 4, 5, 6};
const Projection crash_everything = {all_columns, CRASH_COLUMNS};

/* ---- states ---- */

void crash_push(CrashHistory *history, const CrashState *state)
{
    CHECK_TRUE(history->newest - history->sure + 1 < CRASH_HISTORY);
    CHECK_TRUE(history->newest == history->acked);
    *crash_state(history, ++history->newest) = *state;
}

bool crash_has_room(const CrashHistory *history)
{
    return history->newest - history->sure + 2 < CRASH_HISTORY;
}

void crash_settle(CrashHistory *history, uint64_t number)
{
    history->sure = history->acked = history->newest = number;
}

bool crash_row_same(const CrashRow *a, const CrashRow *b)
{
    if (a->id.v == 0 || b->id.v == 0) return a->id.v == b->id.v;
    return a->id.v == b->id.v && a->k_null == b->k_null && a->k == b->k && a->u == b->u &&
           a->body == b->body && a->big == b->big;
}

uint64_t crash_changed(const CrashState *a, const CrashState *b)
{
    uint64_t changed = 0;
    for (uint32_t i = 0; i < CRASH_SLOTS; i++)
        changed |= (uint64_t)!crash_row_same(&a->rows[i], &b->rows[i]) << i;
    return changed;
}

uint64_t crash_frozen(const CrashState *state)
{
    uint64_t frozen = 0;
    for (uint32_t i = 0; i < CRASH_PREPARED; i++)
        if (state->prepared[i].serial) frozen |= state->prepared[i].touched;
    return frozen;
}

void crash_prepared_apply(CrashState *state, uint32_t prepared)
{
    const CrashPrepared *done = &state->prepared[prepared];
    for (uint32_t i = 0; i < CRASH_SLOTS; i++)
        if (done->touched >> i & 1) state->rows[i] = done->rows[i];
}

/* ---- values ---- */

/* Bytes that follow from the seed; half of the longer ones do not compress. */
static Datum text_of(uint64_t seed, uint32_t bytes, Arena *arena)
{
    char *text = arena_alloc(arena, bytes + 8);
    if (seed & 1) {
        for (uint32_t i = 0; i < bytes; i += 8) {
            uint64_t word = hash_u64(seed + i);
            memcpy(text + i, &word, 8);
        }
    } else {
        for (uint32_t i = 0; i < bytes; i += 64)
            memset(text + i, 'a' + (int)((seed >> i / 64 % 50) % 26), MIN(bytes - i, 64u));
    }
    return (Datum){.value.str = strview((Str){text, bytes})};
}

static Datum body_of(uint64_t seed, Arena *arena)
{
    uint64_t bits = hash_u64(seed);
    uint32_t limit = bits % 3 == 0 ? 1800 : bits % 3 == 1 ? 600 : 40;
    if (bits / 3 % 8 == 0) return (Datum){.null = true};
    return text_of(seed, (uint32_t)(bits >> 10) % limit, arena);
}

/* Mostly none; some are compressed into the row or stand in pages of their own. */
static Datum big_of(uint64_t seed, Arena *arena)
{
    uint64_t bits = hash_u64(seed + 1);
    if (bits % 4 != 0) return (Datum){.null = true};
    uint32_t limit = bits / 4 % 10 == 0 ? 40000 : 5000;
    return text_of(seed, 1500 + (uint32_t)(bits >> 10) % limit, arena);
}

void crash_datums(const CrashRow *row, uint32_t slot, Arena *arena, Datum *datums)
{
    datums[CRASH_SLOT] = (Datum){.value.i32 = (int32_t)slot};
    datums[CRASH_K] = (Datum){.value.i64 = row->k, .null = row->k_null};
    datums[CRASH_U] = (Datum){.value.i64 = row->u};
    datums[CRASH_BODY_SEED] = (Datum){.value.i64 = (int64_t)row->body};
    datums[CRASH_BIG_SEED] = (Datum){.value.i64 = (int64_t)row->big};
    datums[CRASH_BODY] = body_of(row->body, arena);
    datums[CRASH_BIG] = big_of(row->big, arena);
}

static void same_text(const Datum *is, const Datum *must)
{
    CHECK_TRUE(is->null == must->null);
    CHECK_TRUE(is->null || strview_equal(&is->value.str, &must->value.str));
}

static CrashRow row_of(const Datum *datums, RowId id)
{
    return (CrashRow){.id = id,
                      .k = datums[CRASH_K].null ? 0 : datums[CRASH_K].value.i64,
                      .u = datums[CRASH_U].value.i64,
                      .body = (uint64_t)datums[CRASH_BODY_SEED].value.i64,
                      .big = (uint64_t)datums[CRASH_BIG_SEED].value.i64,
                      .k_null = datums[CRASH_K].null};
}

void crash_read(const Datum *datums, RowId id, Arena *arena, CrashRow *row, uint32_t *slot)
{
    *row = row_of(datums, id);
    *slot = (uint32_t)datums[CRASH_SLOT].value.i32;
    Datum body = body_of(row->body, arena), big = big_of(row->big, arena);
    same_text(&datums[CRASH_BODY], &body);
    same_text(&datums[CRASH_BIG], &big);
}

/* ---- entries ---- */

/* A number and a length of padding that follows from it. */
static Bytes key_of(int64_t number, uint32_t padding, Arena *arena)
{
    uint8_t *key = arena_alloc(arena, 9 + padding);
    key[0] = 1;
    store_be64(key + 1, (uint64_t)number ^ UINT64_C(1) << 63);
    memset(key + 9, 'p', padding);
    return (Bytes){key, 9 + padding};
}

bool crash_k_key(const CrashRow *row, Arena *arena, IndexKey *key)
{
    uint8_t *payload = arena_alloc(arena, 8);
    if (row->k_null) return false;
    *key = (IndexKey){.key = key_of(row->k, (uint32_t)hash_u64((uint64_t)row->k) % 260, arena)};
    memcpy(payload, &row->body, 8);
    key->payload = (Bytes){payload, row->body % 9};
    return true;
}

void crash_u_key(const CrashRow *row, Arena *arena, IndexKey *key)
{
    uint32_t bytes = (uint32_t)(hash_u64((uint64_t)row->u) % 2000);
    uint8_t *payload = arena_alloc(arena, bytes + 1);
    memset(payload, (int)row->u, bytes);
    *key = (IndexKey){.key = key_of(row->u, (uint32_t)hash_u64((uint64_t)row->u) % 60, arena),
                      .payload = {payload, bytes}};
}

static bool make_k(void *arg, const Datum *datums, Arena *arena, IndexKey *key)
{
    CrashRow row = row_of(datums, (RowId){0});
    (void)arg;
    return crash_k_key(&row, arena, key);
}

static bool make_u(void *arg, const Datum *datums, Arena *arena, IndexKey *key)
{
    CrashRow row = row_of(datums, (RowId){0});
    (void)arg;
    crash_u_key(&row, arena, key);
    return true;
}

/* The long values are in no key. */
const IndexRecheck crash_k_recheck = {{all_columns, CRASH_BODY}, make_k, NULL};
const IndexRecheck crash_u_recheck = {{all_columns, CRASH_BODY}, make_u, NULL};
