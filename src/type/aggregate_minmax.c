/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_minmax.c - min and max. Numbers and times of one word run in straight loops over their C type; text keeps
 * its best value in a buffer of the state; every other type goes by its own compare. Of equal values (1.0 and 1.00) the
 * last is kept, as PostgreSQL's two-argument functions give the second. */
#include "type/aggregate.h"
#include "type/float.h"
#include "type/numeric.h"
#include "type/text.h"

void kept_value_set(Fn *fn, KeptValue *kept, Phys phys, Value value)
{
    const bool is_str = phys == PHYS_STR && value.str.bytes > STRVIEW_INLINE_MAX;
    const bool is_big = phys == PHYS_DECIMAL && value.decimal.kind == DECIMAL_BIG;
    kept->any = true;
    kept->value = value;
    if (!is_str && !is_big) return;
    const uint32_t bytes = is_str ? value.str.bytes : value.decimal.bytes;
    const void *from = is_str ? (const void *)value.str.data : value.decimal.big;
    if (bytes > kept->capacity) {
        kept->capacity = (uint32_t)MIN((uint64_t)bytes * 2, (uint64_t)UINT32_MAX);
        kept->buffer = arena_alloc(fn->arena, kept->capacity);
    }
    memcpy(kept->buffer, from, bytes);
    if (is_str)
        kept->value.str.data = kept->buffer;
    else
        kept->value.decimal.big = (const uint8_t *)kept->buffer;
}

/* ---- One machine word */

/* `worse(best, v)`: v takes the place of best. */
#define WORD_AGGREGATE(name, CType, member, worse)                                              \
    typedef struct name##_State {                                                               \
        CType best;                                                                             \
        bool any;                                                                               \
    } name##_State;                                                                             \
    static inline void name##_step(Fn *fn, name##_State *s, CType v)                            \
    {                                                                                           \
        (void)fn;                                                                               \
        s->best = !s->any || worse(s->best, v) ? v : s->best;                                   \
        s->any = true;                                                                          \
    }                                                                                           \
    AGGREGATE_UPDATE(name##_any, name##_State, CType, name##_step)                              \
    static void name##_update_one(Fn *fn, void *state, const Vector *args, Selection selection) \
    {                                                                                           \
        name##_State *s = state;                                                                \
        const CType *restrict data = args[0].data;                                              \
        if (!aggregate_is_plain(&args[0], selection) || !selection.count) {                     \
            name##_any_update_one(fn, state, args, selection);                                  \
            return;                                                                             \
        }                                                                                       \
        CType best = s->any ? s->best : data[0];                                                \
        for (uint32_t i = 0; i < selection.count; i++)                                          \
            best = worse(best, data[i]) ? data[i] : best;                                       \
        *s = (name##_State){best, true};                                                        \
    }                                                                                           \
    static void name##_combine(Fn *fn, void *into, const void *from)                            \
    {                                                                                           \
        const name##_State *other = from;                                                       \
        if (other->any) name##_step(fn, into, other->best);                                     \
    }                                                                                           \
    static Datum name##_finish(Fn *fn, const void *state, const Datum *direct)                  \
    {                                                                                           \
        const name##_State *s = state;                                                          \
        (void)fn;                                                                               \
        (void)direct;                                                                           \
        return (Datum){.value.member = s->best, .null = !s->any};                               \
    }                                                                                           \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(name##_State),                    \
                                        .skips_nulls = true,                                    \
                                        .update = name##_any_update,                            \
                                        .update_one = name##_update_one,                        \
                                        .combine = name##_combine,                              \
                                        .finish = name##_finish};
#define IS_MORE(best, v) ((best) > (v))
#define IS_LESS(best, v) ((best) < (v))
#define IS_FLOAT_MORE(best, v) (!float_less((best), (v)))
#define IS_FLOAT_LESS(best, v) (!float_less((v), (best)))
WORD_AGGREGATE(min_int2, int16_t, i16, IS_MORE)
WORD_AGGREGATE(max_int2, int16_t, i16, IS_LESS)
WORD_AGGREGATE(min_int4, int32_t, i32, IS_MORE)
WORD_AGGREGATE(max_int4, int32_t, i32, IS_LESS)
WORD_AGGREGATE(min_int8, int64_t, i64, IS_MORE)
WORD_AGGREGATE(max_int8, int64_t, i64, IS_LESS)
WORD_AGGREGATE(min_u32, uint32_t, u32, IS_MORE)
WORD_AGGREGATE(max_u32, uint32_t, u32, IS_LESS)
WORD_AGGREGATE(min_u64, uint64_t, u64, IS_MORE)
WORD_AGGREGATE(max_u64, uint64_t, u64, IS_LESS)
WORD_AGGREGATE(min_float4, float, f32, IS_FLOAT_MORE)
WORD_AGGREGATE(max_float4, float, f32, IS_FLOAT_LESS)
WORD_AGGREGATE(min_float8, double, f64, IS_FLOAT_MORE)
WORD_AGGREGATE(max_float8, double, f64, IS_FLOAT_LESS)

SQL_AGGREGATE(2133, "min", int2, (int2), IMMUTABLE, aggregate_min_int2, "least value",
              .transition = 771, .combine = 771, .sort_operator = 95, .state = int2)
SQL_AGGREGATE(2117, "max", int2, (int2), IMMUTABLE, aggregate_max_int2, "greatest value",
              .transition = 770, .combine = 770, .sort_operator = 520, .state = int2)
SQL_AGGREGATE(2132, "min", int4, (int4), IMMUTABLE, aggregate_min_int4, "least value",
              .transition = 769, .combine = 769, .sort_operator = 97, .state = int4)
SQL_AGGREGATE(2116, "max", int4, (int4), IMMUTABLE, aggregate_max_int4, "greatest value",
              .transition = 768, .combine = 768, .sort_operator = 521, .state = int4)
SQL_AGGREGATE(2131, "min", int8, (int8), IMMUTABLE, aggregate_min_int8, "least value",
              .transition = 1237, .combine = 1237, .sort_operator = 412, .state = int8)
SQL_AGGREGATE(2115, "max", int8, (int8), IMMUTABLE, aggregate_max_int8, "greatest value",
              .transition = 1236, .combine = 1236, .sort_operator = 413, .state = int8)
SQL_AGGREGATE(2134, "min", oid, (oid), IMMUTABLE, aggregate_min_u32, "least value",
              .transition = 1966, .combine = 1966, .sort_operator = 609, .state = oid)
SQL_AGGREGATE(2118, "max", oid, (oid), IMMUTABLE, aggregate_max_u32, "greatest value",
              .transition = 1965, .combine = 1965, .sort_operator = 610, .state = oid)
SQL_AGGREGATE(2135, "min", float4, (float4), IMMUTABLE, aggregate_min_float4, "least value",
              .transition = 211, .combine = 211, .sort_operator = 622, .state = float4)
SQL_AGGREGATE(2119, "max", float4, (float4), IMMUTABLE, aggregate_max_float4, "greatest value",
              .transition = 209, .combine = 209, .sort_operator = 623, .state = float4)
SQL_AGGREGATE(2136, "min", float8, (float8), IMMUTABLE, aggregate_min_float8, "least value",
              .transition = 224, .combine = 224, .sort_operator = 672, .state = float8)
SQL_AGGREGATE(2120, "max", float8, (float8), IMMUTABLE, aggregate_max_float8, "greatest value",
              .transition = 223, .combine = 223, .sort_operator = 674, .state = float8)

/* ---- Types that compare in more than a word. `order` is 1 for max, -1 for min; `compare(fn, a, b)`; `ties` is <=
 * where the last of equal values is kept and < where the first is */

#define KEPT_AGGREGATE(name, phys, order, compare, ties)                                        \
    static inline void name##_take(Fn *fn, KeptValue *kept, const Value *v)                     \
    {                                                                                           \
        if (!kept->any || (order)*compare(fn, &kept->value, v) ties 0)                          \
            kept_value_set(fn, kept, phys, *v);                                                 \
    }                                                                                           \
    static void name##_update(Fn *fn, void *const *states, const Vector *args,                  \
                              Selection selection)                                              \
    {                                                                                           \
        for (uint32_t i = 0; i < selection.count; i++) {                                        \
            const uint32_t at = vector_index(&args[0], fn_selected(selection, i));              \
            const Datum v = fn_datum_at(&args[0], at);                                          \
            name##_take(fn, states[i], &v.value);                                               \
        }                                                                                       \
    }                                                                                           \
    static void name##_update_one(Fn *fn, void *state, const Vector *args, Selection selection) \
    {                                                                                           \
        for (uint32_t i = 0; i < selection.count; i++) {                                        \
            const uint32_t at = vector_index(&args[0], fn_selected(selection, i));              \
            const Datum v = fn_datum_at(&args[0], at);                                          \
            name##_take(fn, state, &v.value);                                                   \
        }                                                                                       \
    }                                                                                           \
    static void name##_combine(Fn *fn, void *into, const void *from)                            \
    {                                                                                           \
        const KeptValue *other = from;                                                          \
        if (other->any) name##_take(fn, into, &other->value);                                   \
    }                                                                                           \
    const Aggregate aggregate_##name = {.state_bytes = sizeof(KeptValue),                       \
                                        .skips_nulls = true,                                    \
                                        .update = name##_update,                                \
                                        .update_one = name##_update_one,                        \
                                        .combine = name##_combine,                              \
                                        .finish = kept_finish,                                  \
                                        .store = kept_store,                                    \
                                        .load = kept_load};

static Datum kept_finish(Fn *fn, const void *state, const Datum *direct)
{
    const KeptValue *kept = state;
    (void)fn;
    (void)direct;
    return (Datum){.value = kept->value, .null = !kept->any};
}

/* A state spilled: the stored form of the value; nothing when there is none. The type tells where bytes end. */
static void kept_store(Fn *fn, const void *state, StrBuilder *out)
{
    const KeptValue *kept = state;
    str_add_char(out, (char)kept->any);
    if (kept->any) type_store(type_get(fn->env, fn->arg_types[0]), &kept->value, out);
}

static void kept_load(Fn *fn, void *state, Str bytes)
{
    KeptValue *kept = state;
    Value value = {0};
    *kept = (KeptValue){0};
    if (bytes.bytes <= 1) {
        if (!bytes.bytes || !bytes.data[0]) return;
    }
    const Type *type = type_get(fn->env, fn->arg_types[0]);
    const Bytes stored = {(const uint8_t *)bytes.data + 1, bytes.bytes - 1};
    if (!type_load(type, stored, &value))
        raise_error(SQLSTATE_INTERNAL_ERROR, "a spilled state of type %s is damaged", type->name);
    kept_value_set(fn, kept, type->phys, value);
}

static inline int compare_text(Fn *fn, const Value *a, const Value *b)
{
    return text_compare(fn->env, fn->collation, strview_str(&a->str), strview_str(&b->str));
}
static inline int compare_decimal(Fn *fn, const Value *a, const Value *b)
{
    (void)fn;
    return decimal_compare(a->decimal, b->decimal);
}
static int compare_any(Fn *fn, const Value *a, const Value *b)
{
    if (!fn->state) fn->state = (void *)(uintptr_t)type_get(fn->env, fn->arg_types[0]);
    const TypeCall call = type_call(fn, fn->state);
    return type_compare(&call, a, b);
}
#define PHYS_OF_ARGUMENT (type_get(fn->env, fn->arg_types[0])->phys)
KEPT_AGGREGATE(min_text, PHYS_STR, -1, compare_text, <=)
KEPT_AGGREGATE(max_text, PHYS_STR, 1, compare_text, <=)
KEPT_AGGREGATE(min_numeric, PHYS_DECIMAL, -1, compare_decimal, <=)
KEPT_AGGREGATE(max_numeric, PHYS_DECIMAL, 1, compare_decimal, <=)
KEPT_AGGREGATE(min_any, PHYS_OF_ARGUMENT, -1, compare_any, <=)
KEPT_AGGREGATE(max_any, PHYS_OF_ARGUMENT, 1, compare_any, <=)
KEPT_AGGREGATE(min_bpchar, PHYS_STR, -1, compare_any, <)
KEPT_AGGREGATE(max_bpchar, PHYS_STR, 1, compare_any, <)

SQL_AGGREGATE(2145, "min", text, (text), IMMUTABLE, aggregate_min_text, "least value",
              .transition = 459, .combine = 459, .sort_operator = 664, .state = text)
SQL_AGGREGATE(2129, "max", text, (text), IMMUTABLE, aggregate_max_text, "greatest value",
              .transition = 458, .combine = 458, .sort_operator = 666, .state = text)
SQL_AGGREGATE(2146, "min", numeric, (numeric), IMMUTABLE, aggregate_min_numeric, "least value",
              .transition = 1766, .combine = 1766, .sort_operator = 1754, .state = numeric)
SQL_AGGREGATE(2130, "max", numeric, (numeric), IMMUTABLE, aggregate_max_numeric, "greatest value",
              .transition = 1767, .combine = 1767, .sort_operator = 1756, .state = numeric)
SQL_AGGREGATE(2245, "min", bpchar, (bpchar), IMMUTABLE, aggregate_min_bpchar, "least value",
              .transition = 1064, .combine = 1064, .sort_operator = 1058, .state = bpchar)
SQL_AGGREGATE(2244, "max", bpchar, (bpchar), IMMUTABLE, aggregate_max_bpchar, "greatest value",
              .transition = 1063, .combine = 1063, .sort_operator = 1060, .state = bpchar)
SQL_AGGREGATE(6396, "min", bytea, (bytea), IMMUTABLE, aggregate_min_any, "least value",
              .transition = 6394, .combine = 6394, .sort_operator = 1957, .state = bytea)
SQL_AGGREGATE(6395, "max", bytea, (bytea), IMMUTABLE, aggregate_max_any, "greatest value",
              .transition = 6393, .combine = 6393, .sort_operator = 1959, .state = bytea)
