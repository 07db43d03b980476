/* SPDX-License-Identifier: Apache-2.0 */
/* predicate.c - simple conditions over columns.
 *
 * Numbers in a flat array without a selection go 64 rows a step: a loop that the compiler turns into vector code
 * compares and packs the outcomes to a 64-bit mask, nulls are masked out, and a table turns each byte of the mask into
 * row numbers, eight written at a time. (Wider vectors were measured: the same loops for AVX2 were slower, since the
 * outcomes pass through memory in pieces narrower than they are read.) Everything else is a loop a kind of value and a
 * kind of comparison, without branches on the data: the row is always written, and the count moves on when it passes.
 * All of them are made by macros from one comparison a kind.
 *
 * GT and GE are "not LE" and "not LT", so that three comparisons do for six, and NaN, which is above all, falls into
 * place.
 *
 * (P1) out[0 .. in.count) may be written, whatever is returned; out may be in.rows, since writing never overtakes
 * reading */
#include "base/vector.h"

#include "base/arith.h"
#include "base/bit_positions.h"
#include "base/bitset.h"
#include "base/bytes16.h"
#include "base/hash.h"

/* gcc 12 vectorises such loops at -O3 only. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3")
#endif

/* ---- hashes ---- */

static inline uint64_t hash_float(double v)
{
    if (v == 0) v = 0; /* -0 */
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return hash_u64(v != v ? UINT64_C(0x7ff8000000000000) : bits);
}

static uint64_t hash_decimal(const Decimal *v)
{
    if (v->kind == DECIMAL_BIG) return hash_bytes(v->big, v->bytes, 0);
    int64_t coefficient = v->coefficient;
    uint64_t scale = v->scale;
    while (scale > 0 && coefficient % 10 == 0) { /* 1.50 is 1.5 */
        coefficient /= 10;
        scale--;
    }
    return hash_combine((uint64_t)coefficient, scale);
}

static inline uint64_t hash_view(const StrView *v)
{
    Str s = strview_str(v);
    return hash_bytes(s.data, s.bytes, 0);
}

/* Of a value where it lies. */
#define HASH_BOOL(x) hash_u64(*(x))
#define HASH_I16(x) hash_u64((uint64_t)(int64_t) * (x))
#define HASH_I32(x) hash_u64((uint64_t)(int64_t) * (x))
#define HASH_I64(x) hash_u64((uint64_t) * (x))
#define HASH_F32(x) hash_float((double)*(x))
#define HASH_F64(x) hash_float(*(x))
#define HASH_FIXED16(x) hash_combine(load_le64(x), load_le64((const char *)(x) + 8))
#define HASH_DECIMAL(x) hash_decimal(x)
#define HASH_STR(x) hash_view(x)

uint64_t value_hash(Phys phys, Value value)
{
    switch (phys) {
#define HASH_CASE(NAME, CType, size) \
    case PHYS_##NAME: return HASH_##NAME((const CType *)(const void *)&value);
        PHYSES(HASH_CASE)
#undef HASH_CASE
    case PHYS_COUNT: break;
    }
    UNREACHABLE();
}

/* ---- runtime filters ---- */

/* A Bloom filter whose key has all of its bits in one word, so that it costs one load ("Cache-, Hash- and
 * Space-Efficient Bloom Filters", WEA 2007): with 16 bits a key one stranger in 40 passes. (A line of eight words, a
 * bit in each, lets fewer pass; without vector shifts it took four times as long, which no row kept out pays for.) */
static inline uint64_t bloom_bits(uint64_t hash)
{
    return UINT64_C(1) << (hash & 63) | UINT64_C(1) << (hash >> 6 & 63) |
           UINT64_C(1) << (hash >> 12 & 63) | UINT64_C(1) << (hash >> 18 & 63);
}

void predicate_hash_add(uint64_t *filter, uint32_t word_mask, uint64_t hash)
{
    filter[(uint32_t)(hash >> 32) & word_mask] |= bloom_bits(hash);
}

static inline bool bloom_has(const uint64_t *filter, uint32_t word_mask, uint64_t hash)
{
    return (bloom_bits(hash) & ~filter[(uint32_t)(hash >> 32) & word_mask]) == 0;
}

bool predicate_hash_has(const uint64_t *filter, uint32_t word_mask, uint64_t hash)
{
    return bloom_has(filter, word_mask, hash);
}

/* Without a branch: a stranger is looked for at bit 0, whatever stands there. */
static inline uint32_t is_member(const Predicate *p, int64_t value)
{
    const uint64_t at = (uint64_t)value - (uint64_t)p->low.i64;
    const uint32_t within = at < p->filter_limit;
    return within & (uint32_t)(p->filter[within ? at / 64 : 0] >> (at % 64));
}

/* ---- the order of each kind ---- */

static inline int order_float(double a, double b)
{
    if (a < b) return -1;
    if (a > b) return 1;
    return (a != a) - (b != b); /* 0 too when equal */
}

static inline int order_fixed16(const Uuid *a, const Uuid *b)
{
    uint64_t high_a = load_be64(a->bytes), high_b = load_be64(b->bytes);
    uint64_t low_a = load_be64(a->bytes + 8), low_b = load_be64(b->bytes + 8);
    return high_a != high_b ? (high_a < high_b ? -1 : 1) : (low_a > low_b) - (low_a < low_b);
}

static inline int order_decimal(const Predicate *p, const Decimal *a, const Decimal *b)
{
    if (UNLIKELY(a->kind == DECIMAL_BIG || b->kind == DECIMAL_BIG)) {
        ASSERT(p->compare_big != NULL);
        return p->compare_big(a, b);
    }
    if (LIKELY(a->scale == b->scale))
        return (a->coefficient > b->coefficient) - (a->coefficient < b->coefficient);
    i128 scaled_a = a->coefficient, scaled_b = b->coefficient; /* below 10^36 */
    if (a->scale < b->scale)
        scaled_a *= (i128)u64_pow10((uint32_t)(b->scale - a->scale));
    else
        scaled_b *= (i128)u64_pow10((uint32_t)(a->scale - b->scale));
    return (scaled_a > scaled_b) - (scaled_a < scaled_b);
}

#define ORDER_INTEGER(x, y) ((*(x) > (y)) - (*(x) < (y)))
#define ORDER_BOOL(p, x, v) ORDER_INTEGER(x, (v)->b)
#define ORDER_I16(p, x, v) ORDER_INTEGER(x, (v)->i16)
#define ORDER_I32(p, x, v) ORDER_INTEGER(x, (v)->i32)
#define ORDER_I64(p, x, v) ORDER_INTEGER(x, (v)->i64)
#define ORDER_F32(p, x, v) order_float((double)*(x), (double)(v)->f32)
#define ORDER_F64(p, x, v) order_float(*(x), (v)->f64)
#define ORDER_FIXED16(p, x, v) order_fixed16((x), &(v)->uuid)
#define ORDER_DECIMAL(p, x, v) order_decimal((p), (x), &(v)->decimal)
#define ORDER_STR(p, x, v) strview_compare((x), &(v)->str)

/* ---- row by row ---- */

typedef enum Kind {
    KIND_EQ,
    KIND_LT,
    KIND_LE,
    KIND_BETWEEN,
    KIND_IN,
    KIND_HASH,
    KIND_COUNT,
    KIND_MEMBER
} Kind;

/* Where the values are: data[row], or data[indexes[row]]. */
typedef struct Column {
    const void *data;
    const uint64_t *nulls;
    const uint16_t *indexes;
} Column;

typedef uint32_t (*FilterLoop)(const Predicate *p, const Column *column, Selection in, bool invert,
                               uint16_t *out);

#define DEFINE_LOOP(NAME, CType, kind, test)                                                     \
    static uint32_t loop_##NAME##_##kind(const Predicate *p, const Column *column, Selection in, \
                                         bool invert, uint16_t *out)                             \
    {                                                                                            \
        const Predicate own = *p; /* a copy: stores to out cannot change it */                   \
        const Column from = *column;                                                             \
        const CType *data = from.data;                                                           \
        uint32_t count = 0;                                                                      \
        p = &own;                                                                                \
        for (uint32_t i = 0; i < in.count; i++) {                                                \
            uint32_t row = in.rows ? in.rows[i] : i;                                             \
            uint32_t index = from.indexes ? from.indexes[row] : row;                             \
            const CType *x = data + index;                                                       \
            uint32_t passes = (uint32_t)(test) ^ invert;                                         \
            if (from.nulls) passes &= !bits_get(from.nulls, index);                              \
            out[count] = (uint16_t)row;                                                          \
            count += passes;                                                                     \
        }                                                                                        \
        return count;                                                                            \
    }

/* Looks for the last of the list that is not above x. */
#define DEFINE_SEARCH(NAME, CType, size)                                      \
    static inline bool in_list_##NAME(const Predicate *p, const CType *x)     \
    {                                                                         \
        const Value *base = p->list;                                          \
        uint32_t count = p->list_count;                                       \
        if (count == 0) return false;                                         \
        while (count > 1) {                                                   \
            uint32_t half = count / 2;                                        \
            base = ORDER_##NAME(p, x, base + half) >= 0 ? base + half : base; \
            count -= half;                                                    \
        }                                                                     \
        return ORDER_##NAME(p, x, base) == 0;                                 \
    }
PHYSES(DEFINE_SEARCH)

#define EQUAL_STR(p, x, v) strview_equal((x), &(v)->str)
#define EQUAL_FIXED16(p, x, v) (ORDER_FIXED16(p, x, v) == 0)
#define EQUAL_DECIMAL(p, x, v) (ORDER_DECIMAL(p, x, v) == 0)
#define EQUAL_BOOL(p, x, v) (*(x) == (v)->b)
#define EQUAL_I16(p, x, v) (*(x) == (v)->i16)
#define EQUAL_I32(p, x, v) (*(x) == (v)->i32)
#define EQUAL_I64(p, x, v) (*(x) == (v)->i64)
#define EQUAL_F32(p, x, v) (ORDER_F32(p, x, v) == 0)
#define EQUAL_F64(p, x, v) (ORDER_F64(p, x, v) == 0)

/* Base cannot tell a big decimal that equals a small one. */
#define SURE_DECIMAL(x) ((x)->kind == DECIMAL_SMALL)
#define SURE_BOOL(x) true
#define SURE_I16(x) true
#define SURE_I32(x) true
#define SURE_I64(x) true
#define SURE_F32(x) true
#define SURE_F64(x) true
#define SURE_FIXED16(x) true
#define SURE_STR(x) true

#define DEFINE_LOOPS(NAME, CType, size)                            \
    DEFINE_LOOP(NAME, CType, eq, EQUAL_##NAME(p, x, &p->low))      \
    DEFINE_LOOP(NAME, CType, lt, ORDER_##NAME(p, x, &p->low) < 0)  \
    DEFINE_LOOP(NAME, CType, le, ORDER_##NAME(p, x, &p->low) <= 0) \
    DEFINE_LOOP(NAME, CType, between,                              \
                (uint32_t)(ORDER_##NAME(p, x, &p->low) >= 0) &     \
                    (uint32_t)(ORDER_##NAME(p, x, &p->high) <= 0)) \
    DEFINE_LOOP(NAME, CType, in, in_list_##NAME(p, x))             \
    DEFINE_LOOP(NAME, CType, hash,                                 \
                !SURE_##NAME(x) || bloom_has(p->filter, p->filter_limit, HASH_##NAME(x)))
PHYSES(DEFINE_LOOPS)
DEFINE_LOOP(I16, int16_t, member, is_member(p, *x))
DEFINE_LOOP(I32, int32_t, member, is_member(p, *x))
DEFINE_LOOP(I64, int64_t, member, is_member(p, *x))

static const FilterLoop loops[PHYS_COUNT][KIND_COUNT] = {
#define LOOP_ROW(NAME, CType, size)                                             \
    [PHYS_##NAME] = {loop_##NAME##_eq,      loop_##NAME##_lt, loop_##NAME##_le, \
                     loop_##NAME##_between, loop_##NAME##_in, loop_##NAME##_hash},
    PHYSES(LOOP_ROW)
#undef LOOP_ROW
};
static const FilterLoop member_loops[PHYS_COUNT] = {
    [PHYS_I16] = loop_I16_member,
    [PHYS_I32] = loop_I32_member,
    [PHYS_I64] = loop_I64_member,
};

static FilterLoop loop_of(const Predicate *p, Kind kind)
{
    return kind == KIND_MEMBER ? member_loops[p->phys] : loops[p->phys][kind];
}

/* ---- 64 rows a step ---- */

typedef uint64_t (*FilterMask)(const void *data, const Value *low, const Value *high);

/* Bit i is byte i of 64, which are all 0 or 1. */
static inline uint64_t bits_of_bytes(const uint8_t *bytes)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; i < 4; i++)
        bits |= (uint64_t)bytes16_bits(bytes16_load(bytes + 16 * i) << 7) << (16 * i);
    return bits;
}

#define DEFINE_MASK(NAME, CType, kind, member, test)                               \
    static uint64_t mask_##NAME##_##kind(const void *data, const Value *low_value, \
                                         const Value *high_value)                  \
    {                                                                              \
        const CType *values = data;                                                \
        const CType low = low_value->member, high = high_value->member;            \
        uint8_t passes[64];                                                        \
        (void)high;                                                                \
        for (uint32_t i = 0; i < 64; i++) {                                        \
            const CType x = values[i];                                             \
            passes[i] = (test);                                                    \
        }                                                                          \
        return bits_of_bytes(passes);                                              \
    }
#define DEFINE_MASKS(NAME, CType, member)          \
    DEFINE_MASK(NAME, CType, eq, member, x == low) \
    DEFINE_MASK(NAME, CType, lt, member, x < low)  \
    DEFINE_MASK(NAME, CType, le, member, x <= low) \
    DEFINE_MASK(NAME, CType, between, member, (uint8_t) !(x < low) & (uint8_t)(x <= high))
#define MASK_KINDS(X)    \
    X(BOOL, uint8_t, b)  \
    X(I16, int16_t, i16) \
    X(I32, int32_t, i32) \
    X(I64, int64_t, i64) \
    X(F32, float, f32)   \
    X(F64, double, f64)
#define MASK_ROW(NAME, CType, member) \
    [PHYS_##NAME] = {mask_##NAME##_eq, mask_##NAME##_lt, mask_##NAME##_le, mask_##NAME##_between},

MASK_KINDS(DEFINE_MASKS)
static const FilterMask masks[PHYS_COUNT][KIND_BETWEEN + 1] = {MASK_KINDS(MASK_ROW)};

/* The set bits of `mask`, each plus `base`, to `out`, where there is room for 64. */
static inline uint32_t write_rows(uint64_t mask, uint32_t base, uint16_t *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < 8; i++, mask >>= 8) {
        const uint8_t *positions = bit_positions[mask & 0xff];
        uint16_t first = (uint16_t)(base + 8 * i);
        for (uint32_t k = 0; k < 8; k++) out[count + k] = (uint16_t)(first + positions[k]);
        count += (uint32_t)__builtin_popcountll(mask & 0xff);
    }
    return count;
}

enum { MASK_LIST_MAX = 8 }; /* a longer IN list is searched, not compared one by one */

/* False: not for this predicate. */
static bool filter_dense(const Predicate *p, Kind kind, const Column *column, uint32_t row_count,
                         bool invert, uint16_t *out, uint32_t *passed)
{
    Phys phys = (Phys)p->phys;
    Kind step = kind == KIND_IN ? KIND_EQ : kind;
    if (step > KIND_BETWEEN || !masks[phys][step]) return false;
    if (kind == KIND_IN && p->list_count > MASK_LIST_MAX) return false;
    const Value *low = kind == KIND_IN ? p->list : &p->low;
    const Value *high = kind == KIND_BETWEEN ? &p->high : low;
    uint32_t steps = kind == KIND_IN ? p->list_count : 1;
    for (uint32_t k = 0; k < steps; k++) { /* NaN's place in the order is not C's */
        if (phys == PHYS_F32 && (low[k].f32 != low[k].f32 || high[k].f32 != high[k].f32))
            return false;
        if (phys == PHYS_F64 && (low[k].f64 != low[k].f64 || high[k].f64 != high[k].f64))
            return false;
    }
    FilterMask mask_of = masks[phys][step];
    uint32_t size = phys_bytes(phys), count = 0, row = 0;
    for (; row + 64 <= row_count; row += 64) {
        const char *data = (const char *)column->data + (size_t)row * size;
        uint64_t mask = 0;
        for (uint32_t k = 0; k < steps; k++) mask |= mask_of(data, low + k, high + k);
        if (invert) mask = ~mask;
        if (column->nulls) mask &= ~column->nulls[row / 64];
        if (mask != 0) count += write_rows(mask, row, out + count);
    }
    /* The rest is less than a step: as a selection. */
    uint16_t rest[64];
    Selection tail = {.rows = rest, .count = row_count - row};
    for (uint32_t i = 0; i < tail.count; i++) rest[i] = (uint16_t)(row + i);
    *passed = count + loop_of(p, kind)(p, column, tail, invert, out + count);
    return true;
}

/* ---- the whole ---- */

static uint32_t copy_rows(Selection in, uint16_t *out)
{
    if (!in.rows)
        for (uint32_t i = 0; i < in.count; i++) out[i] = (uint16_t)i;
    else if (out != in.rows)
        memmove(out, in.rows, in.count * sizeof out[0]);
    return in.count;
}

static uint32_t filter_nulls(const Column *column, Selection in, bool want_null, uint16_t *out)
{
    if (!column->nulls) return want_null ? 0 : copy_rows(in, out);
    uint32_t count = 0;
    for (uint32_t i = 0; i < in.count; i++) {
        uint32_t row = in.rows ? in.rows[i] : i;
        uint32_t index = column->indexes ? column->indexes[row] : row;
        out[count] = (uint16_t)row;
        count += bits_get(column->nulls, index) == want_null;
    }
    return count;
}

static Kind kind_of(PredicateOp op, bool *invert)
{
    *invert = op == PREDICATE_NE || op == PREDICATE_GT || op == PREDICATE_GE;
    switch (op) {
    case PREDICATE_EQ:
    case PREDICATE_NE: return KIND_EQ;
    case PREDICATE_LT:
    case PREDICATE_GE: return KIND_LT;
    case PREDICATE_LE:
    case PREDICATE_GT: return KIND_LE;
    case PREDICATE_BETWEEN: return KIND_BETWEEN;
    case PREDICATE_IN: return KIND_IN;
    case PREDICATE_HASH_FILTER: return KIND_HASH;
    case PREDICATE_MEMBER: return KIND_MEMBER;
    case PREDICATE_IS_NULL:
    case PREDICATE_IS_NOT_NULL: break;
    }
    UNREACHABLE();
}

static uint32_t filter_column(const Predicate *p, const Column *column, Selection in, uint16_t *out)
{
    PredicateOp op = (PredicateOp)p->op;
    ASSERT(in.count <= UINT16_MAX + 1u);
    if (op == PREDICATE_IS_NULL || op == PREDICATE_IS_NOT_NULL)
        return filter_nulls(column, in, op == PREDICATE_IS_NULL, out);
    bool invert;
    uint32_t passed;
    Kind kind = kind_of(op, &invert);
    if (!in.rows && !column->indexes &&
        filter_dense(p, kind, column, in.count, invert, out, &passed))
        return passed;
    return loop_of(p, kind)(p, column, in, invert, out);
}

uint32_t predicate_filter_array(const Predicate *predicate, const void *data, const uint64_t *nulls,
                                Selection in, uint16_t *out)
{
    return filter_column(predicate, &(Column){.data = data, .nulls = nulls}, in, out);
}

/* The values' outcomes first, then a look-up a row. */
static uint32_t filter_by_values(const Predicate *p, const Vector *column, Selection in,
                                 uint16_t *out)
{
    uint16_t good[BATCH_ROWS_MAX];
    uint8_t passes[BATCH_ROWS_MAX] = {0};
    Selection values = {.count = column->value_count};
    uint32_t good_count = filter_column(p, &(Column){.data = column->data, .nulls = column->nulls},
                                        values, good);
    for (uint32_t i = 0; i < good_count; i++) passes[good[i]] = 1;
    uint32_t count = 0;
    for (uint32_t i = 0; i < in.count; i++) {
        uint32_t row = in.rows ? in.rows[i] : i;
        out[count] = (uint16_t)row;
        count += passes[column->indexes[row]];
    }
    return count;
}

uint32_t predicate_filter(const Predicate *predicate, const Vector *column, Selection in,
                          uint16_t *out)
{
    ASSERT(predicate->phys == column->phys || predicate->op == PREDICATE_IS_NULL ||
           predicate->op == PREDICATE_IS_NOT_NULL);
    if (column->form == VECTOR_CONSTANT) {
        uint16_t row;
        Column one = {.data = column->data, .nulls = column->nulls};
        return filter_column(predicate, &one, (Selection){.count = 1}, &row) == 1
                   ? copy_rows(in, out)
                   : 0;
    }
    if (column->form == VECTOR_DICTIONARY && column->value_count <= BATCH_ROWS_MAX &&
        column->value_count <= in.count)
        return filter_by_values(predicate, column, in, out);
    return filter_column(predicate,
                         &(Column){
                             .data = column->data,
                             .nulls = column->nulls,
                             .indexes = column->form == VECTOR_DICTIONARY ? column->indexes : NULL,
                         },
                         in, out);
}
