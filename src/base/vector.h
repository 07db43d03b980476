/* SPDX-License-Identifier: Apache-2.0 */
/* vector.h - values in columns: what a scan yields, what expressions and operators work on.
 *
 * A Vector is a column of up to BATCH_ROWS_MAX values of one physical kind in one of three forms:
 *     flat        data[row]                      one value a row
 *     constant    data[0]                        the same value for every row
 *     dictionary  data[indexes[row]]             values shared by rows (a gather that was not copied)
 * `nulls` has a bit set for NULL, indexed as `data` is; NULL pointer: no value is null. The data of a null slot is
 * unspecified but initialised (zero), so that loops may compute on it.
 *
 * Strings, and every type stored as bytes (text, bytea, arrays, composites, jsonb, ...), are 16-byte StrViews: short
 * ones stand inside, longer ones point to memory that lives as long as the batch (its arena), never to a page. */
#pragma once

#include "base/arena.h"
#include "base/base.h"

enum { BATCH_ROWS_MAX = 2048 };

typedef uint32_t Oid; /* of a type, function, relation, ... as PostgreSQL numbers them; 0: none */

/* Of two lists of `count`; either may be NULL when there are none. */
static inline bool oids_equal(const Oid *a, const Oid *b, uint32_t count)
{
    return count == 0 || memcmp(a, b, count * sizeof(Oid)) == 0;
}

/* Length, then either 12 bytes, or 4 bytes of prefix and a pointer. Unused inline bytes are zero, so two short views
 * are equal exactly when their 16 bytes are. */
enum { STRVIEW_INLINE_MAX = 12 };
typedef struct StrView {
    uint32_t bytes;
    char prefix[4];
    union {
        char rest[8];
        const char *data;
    };
} StrView;
static_assert(sizeof(StrView) == 16, "string view layout");

/* A numeric in its slot. Small: value = coefficient / 10^scale, coefficient within +-10^18 and scale 0 to 18 so that it
 * is shown with exactly `scale` digits. Otherwise `big` points to the stored form (type/numeric), NaN and infinities
 * included. */
typedef struct Decimal {
    uint16_t kind;  /* DecimalKind */
    uint16_t scale; /* display scale; small only */
    uint32_t bytes; /* big only: of the stored form */
    union {
        int64_t coefficient;
        const uint8_t *big;
    };
} Decimal;
typedef enum DecimalKind { DECIMAL_SMALL, DECIMAL_BIG } DecimalKind;
static_assert(sizeof(Decimal) == 16, "decimal slot layout");

/* months, days and microseconds are kept apart, as PostgreSQL does. */
typedef struct Interval {
    int64_t microseconds;
    int32_t days, months;
} Interval;
static_assert(sizeof(Interval) == 16, "interval slot layout");

typedef struct Uuid {
    uint8_t bytes[16];
} Uuid;

/* How values of a type lie in a vector. The bytes of a type on disk are another matter (docs/formats.md). */
#define PHYSES(X)                                                                \
    X(BOOL, bool, 1)                                                             \
    X(I16, int16_t, 2)                                                           \
    X(I32, int32_t, 4) /* int4, date, oid (as uint32), enums */                  \
    X(I64, int64_t, 8) /* int8, time, timestamp(tz), money, xid8, pg_lsn, tid */ \
    X(F32, float, 4)                                                             \
    X(F64, double, 8)                                                            \
    X(FIXED16, Uuid, 16) /* uuid, timetz, interval: 16 bytes, no pointer */      \
    X(DECIMAL, Decimal, 16)                                                      \
    X(STR, StrView, 16)

typedef enum Phys {
#define PHYS_ENUM(NAME, CType, bytes) PHYS_##NAME,
    PHYSES(PHYS_ENUM)
#undef PHYS_ENUM
        PHYS_COUNT
} Phys;
uint32_t phys_bytes(Phys phys);
const char *phys_name(Phys phys);

/* One value of any kind, by itself. */
typedef union Value {
    bool b;
    int16_t i16;
    int32_t i32;
    uint32_t u32;
    int64_t i64;
    uint64_t u64;
    float f32;
    double f64;
    StrView str;
    Decimal decimal;
    Interval interval;
    Uuid uuid;
} Value;
static_assert(sizeof(Value) == 16, "value layout");
typedef struct Datum {
    Value value;
    bool null;
} Datum;

typedef enum VectorForm { VECTOR_FLAT, VECTOR_CONSTANT, VECTOR_DICTIONARY } VectorForm;

typedef struct Vector {
    Oid type;
    uint8_t phys;            /* Phys */
    uint8_t form;            /* VectorForm */
    uint16_t value_count;    /* dictionary: how many values `data` has */
    void *data;              /* C array of the kind's C type, 64-byte aligned when made here */
    uint64_t *nulls;         /* or NULL: none is null */
    const uint16_t *indexes; /* dictionary only */
} Vector;

/* Some of a batch's rows, ascending. rows == NULL: the first `count`, all of them. */
typedef struct Selection {
    const uint16_t *rows;
    uint32_t count;
} Selection;

typedef struct Batch {
    uint32_t row_count; /* rows in the vectors */
    uint32_t column_count;
    Vector *columns;
    Selection selection; /* which of them are in the result */
    Arena *arena;        /* what the values point to; reset with the batch */
} Batch;

StrView strview(Str s); /* keeps pointing to s.data when it is longer than STRVIEW_INLINE_MAX */
StrView strview_copy(Arena *arena, Str s);
/* The bytes of a view; of a short one they stand inside `*view`, which must stay where it is. */
static inline Str strview_str(const StrView *view)
{
    const char *inline_data = (const char *)view + offsetof(StrView, prefix);
    return (Str){view->bytes <= STRVIEW_INLINE_MAX ? inline_data : view->data, view->bytes};
}
bool strview_equal(const StrView *a, const StrView *b);
int strview_compare(const StrView *a, const StrView *b); /* by bytes, the shorter first */

/* A vector of `capacity` zeroed values (flat, none null). Raise 53200. */
void vector_init_flat(Vector *vector, Arena *arena, Oid type, Phys phys, uint32_t capacity);
/* `datum`'s bytes are not copied. */
void vector_init_constant(Vector *vector, Arena *arena, Oid type, Phys phys, const Datum *datum);
/* `values` is flat; its data, nulls and the indexes are pointed to. */
void vector_init_dictionary(Vector *vector, const Vector *values, const uint16_t *indexes,
                            uint32_t value_count);
/* Room for the null bits of BATCH_ROWS_MAX rows if there is none; all clear. Of a flat vector. */
void vector_need_nulls(Vector *vector, Arena *arena);

static inline uint32_t vector_index(const Vector *v, uint32_t row)
{
    return v->form == VECTOR_FLAT ? row : v->form == VECTOR_CONSTANT ? 0 : v->indexes[row];
}
static inline bool vector_is_null(const Vector *v, uint32_t row)
{
    uint32_t i;
    return v->nulls && (i = vector_index(v, row), (v->nulls[i / 64] >> (i % 64)) & 1);
}
Datum vector_get(const Vector *v, uint32_t row);
/* Stores into a flat vector; makes null bits when the first null comes. The value's bytes are not copied. */
void vector_set(Vector *v, Arena *arena, uint32_t row, const Datum *datum);
/* A flat vector of the selected rows, strings and big numerics copied into `arena`. */
void vector_flatten(Vector *into, Arena *arena, const Vector *from, Selection selection);
/* The same value, its bytes copied into `arena`. */
Value value_copy(Arena *arena, Phys phys, Value value);

/* A condition so simple that a scan can apply it to a column in place: column OP constant, on types whose order is that
 * of their kind: numbers as C's, but NaN equals itself and is above all; strings and FIXED16 by bytes, the shorter
 * first; decimals by value. NULL never passes but for IS NULL. */
typedef enum PredicateOp {
    PREDICATE_EQ,
    PREDICATE_NE,
    PREDICATE_LT,
    PREDICATE_LE,
    PREDICATE_GT,
    PREDICATE_GE,
    PREDICATE_BETWEEN, /* low <= column <= high */
    PREDICATE_IN,      /* one of `list` */
    PREDICATE_IS_NULL,
    PREDICATE_IS_NOT_NULL,
    /* What a join knows of its keys at run time: */
    PREDICATE_HASH_FILTER, /* may pass what it should not, never the reverse */
    PREDICATE_MEMBER,      /* integers alone: exact */
} PredicateOp;

typedef struct Predicate {
    uint16_t column; /* position in the scan's projection */
    uint8_t op;      /* PredicateOp */
    uint8_t phys;
    Value low, high;   /* EQ to GE use `low` */
    const Value *list; /* IN: sorted ascending */
    uint32_t list_count;
    const uint64_t
        *filter; /* HASH_FILTER: a Bloom filter; MEMBER: bit i stands for the value low.i64 + i */
    uint32_t filter_limit; /* HASH_FILTER: words - 1; MEMBER: bits */
    /* DECIMAL only: orders two decimals of which one is big, as base cannot; NULL: none of them is big. */
    int (*compare_big)(const Decimal *a, const Decimal *b);
} Predicate;

/* Writes the rows of `in` that pass to `out` (room for in.count; may be in.rows) and returns how many. A HASH_FILTER
 * lets every big decimal pass. */
uint32_t predicate_filter(const Predicate *predicate, const Vector *column, Selection in,
                          uint16_t *out);
/* The same over a bare array, for a scan that looks at page memory: aligned as its C type, nulls as above, may be
 * NULL. */
uint32_t predicate_filter_array(const Predicate *predicate, const void *data, const uint64_t *nulls,
                                Selection in, uint16_t *out);
/* Runtime filters: a power of two of zeroed words, of which a quarter as many as there are keys is a good number; hash
 * as hash_u64/hash_bytes give it. */
void predicate_hash_add(uint64_t *filter, uint32_t word_mask, uint64_t hash);
bool predicate_hash_has(const uint64_t *filter, uint32_t word_mask, uint64_t hash);
/* Equal values of a kind hash alike, and so do equal integers, and equal floats, of different widths. Two decimals of
 * which one is big hash alike only if their bytes are the same: whoever hashes numerics makes them small first where
 * that is possible. */
uint64_t value_hash(Phys phys, Value value);
