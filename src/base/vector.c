/* SPDX-License-Identifier: Apache-2.0 */
/* vector.c - making, reading and copying columns of values. String views after Umbra (CIDR 2020). */
#include "base/vector.h"

#include "base/arith.h"
#include "base/bitset.h"

enum { DATA_ALIGNMENT = 64 };

uint32_t phys_bytes(Phys phys)
{
    static const uint8_t bytes[PHYS_COUNT] = {
#define PHYS_SIZE(NAME, CType, size) [PHYS_##NAME] = size,
        PHYSES(PHYS_SIZE)
#undef PHYS_SIZE
    };
    return bytes[phys];
}
#define PHYS_CHECK(NAME, CType, size) static_assert(sizeof(CType) == (size), #NAME);
PHYSES(PHYS_CHECK)
#undef PHYS_CHECK

const char *phys_name(Phys phys)
{
    static const char *const names[PHYS_COUNT] = {
#define PHYS_TEXT(NAME, CType, size) [PHYS_##NAME] = #NAME,
        PHYSES(PHYS_TEXT)
#undef PHYS_TEXT
    };
    return names[phys];
}

/* ---- string views ---- */

StrView strview(Str s)
{
    ASSERT(s.bytes <= UINT32_MAX);
    StrView view = {.bytes = (uint32_t)s.bytes};
    if (s.bytes > STRVIEW_INLINE_MAX) {
        memcpy(view.prefix, s.data, sizeof view.prefix);
        view.data = s.data;
    } else if (s.bytes > 0) {
        memcpy((char *)&view + offsetof(StrView, prefix), s.data, s.bytes);
    }
    return view;
}

StrView strview_copy(Arena *arena, Str s)
{
    return strview(s.bytes > STRVIEW_INLINE_MAX ? str_copy(arena, s) : s);
}

bool strview_equal(const StrView *a, const StrView *b)
{
    if (load_le64(a) != load_le64(b)) return false; /* length and prefix */
    if (a->bytes <= STRVIEW_INLINE_MAX) return load_le64(a->rest) == load_le64(b->rest);
    return a->data == b->data || memcmp(a->data, b->data, a->bytes) == 0;
}

int strview_compare(const StrView *a, const StrView *b)
{
    /* Unused prefix bytes are zero, so a difference decides, whatever the lengths. */
    uint32_t prefix_a = load_be32(a->prefix), prefix_b = load_be32(b->prefix);
    if (prefix_a != prefix_b) return prefix_a < prefix_b ? -1 : 1;
    return str_compare(strview_str(a), strview_str(b));
}

/* ---- making ---- */

void vector_init_flat(Vector *vector, Arena *arena, Oid type, Phys phys, uint32_t capacity)
{
    ASSERT(capacity <= BATCH_ROWS_MAX);
    size_t bytes = (size_t)capacity * phys_bytes(phys);
    uintptr_t data = (uintptr_t)arena_alloc(arena, bytes + DATA_ALIGNMENT - ARENA_ALIGNMENT);
    *vector = (Vector){.type = type,
                       .phys = phys,
                       .form = VECTOR_FLAT,
                       .data = (void *)ALIGN_UP(data, (uintptr_t)DATA_ALIGNMENT)};
    memset(vector->data, 0, bytes);
}

void vector_init_constant(Vector *vector, Arena *arena, Oid type, Phys phys, const Datum *datum)
{
    vector_init_flat(vector, arena, type, phys, 1);
    vector_set(vector, arena, 0, datum);
    vector->form = VECTOR_CONSTANT;
}

void vector_init_dictionary(Vector *vector, const Vector *values, const uint16_t *indexes,
                            uint32_t value_count)
{
    ASSERT(values->form == VECTOR_FLAT && value_count <= UINT16_MAX);
    *vector = *values;
    vector->form = VECTOR_DICTIONARY;
    vector->value_count = (uint16_t)value_count;
    vector->indexes = indexes;
}

void vector_need_nulls(Vector *vector, Arena *arena)
{
    ASSERT(vector->form == VECTOR_FLAT);
    if (!vector->nulls) vector->nulls = ARENA_ARRAY(arena, uint64_t, bits_words(BATCH_ROWS_MAX));
}

/* ---- single values ---- */

static inline void *slot_of(const Vector *v, uint32_t index)
{
    return (char *)v->data + (size_t)index * phys_bytes((Phys)v->phys);
}

Datum vector_get(const Vector *v, uint32_t row)
{
    Datum datum = {.null = vector_is_null(v, row)};
    if (!datum.null)
        memcpy(&datum.value, slot_of(v, vector_index(v, row)), phys_bytes((Phys)v->phys));
    return datum;
}

void vector_set(Vector *v, Arena *arena, uint32_t row, const Datum *datum)
{
    ASSERT(v->form == VECTOR_FLAT);
    if (datum->null) vector_need_nulls(v, arena);
    if (v->nulls) bits_assign(v->nulls, row, datum->null);
    static const Value zero;
    const Value *value = datum->null ? &zero : &datum->value;
    switch ((Phys)v->phys) {
#define SET_CASE(NAME, CType, bytes) \
    case PHYS_##NAME: memcpy((CType *)v->data + row, value, bytes); break;
        PHYSES(SET_CASE)
#undef SET_CASE
    case PHYS_COUNT: break;
    }
}

Value value_copy(Arena *arena, Phys phys, Value value)
{
    if (phys == PHYS_STR)
        value.str = strview_copy(arena, strview_str(&value.str));
    else if (phys == PHYS_DECIMAL && value.decimal.kind == DECIMAL_BIG)
        value.decimal.big = arena_copy(arena, value.decimal.big, value.decimal.bytes);
    return value;
}

/* ---- flattening ---- */

/* Slots of `size` bytes, moved as one word; a constant size makes it a loop of loads and stores. */
static inline __attribute__((always_inline)) void gather(char *restrict to, const Vector *from,
                                                         Selection selection, size_t size)
{
    const char *data = from->data;
    for (uint32_t i = 0; i < selection.count; i++) {
        uint32_t index = vector_index(from, selection.rows ? selection.rows[i] : i);
        memcpy(to + i * size, data + index * size, size);
    }
}

void vector_flatten(Vector *into, Arena *arena, const Vector *from, Selection selection)
{
    Phys phys = (Phys)from->phys;
    vector_init_flat(into, arena, from->type, phys, selection.count);
    switch (phys_bytes(phys)) {
    case 1: gather(into->data, from, selection, 1); break;
    case 2: gather(into->data, from, selection, 2); break;
    case 4: gather(into->data, from, selection, 4); break;
    case 8: gather(into->data, from, selection, 8); break;
    default: gather(into->data, from, selection, 16); break;
    }
    for (uint32_t i = 0; from->nulls && i < selection.count; i++) {
        if (!vector_is_null(from, selection.rows ? selection.rows[i] : i)) continue;
        vector_need_nulls(into, arena);
        bits_set(into->nulls, i);
    }
    if (phys != PHYS_STR && phys != PHYS_DECIMAL) return;
    Value *values = into->data;
    for (uint32_t i = 0; i < selection.count; i++) values[i] = value_copy(arena, phys, values[i]);
}
