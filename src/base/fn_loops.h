/* SPDX-License-Identifier: Apache-2.0 */
/* fn_loops.h - the vector loops that SQL_FUNCTION makes around a scalar body. Included by base/fn.h alone.
 *
 * Three paths, the first that fits:
 *   plain    every argument flat or constant, all rows selected, and no NULL (or the body is TOTAL: then it runs over
 *            null slots too and the null bits are united): straight indexes; for TOTAL bodies of one or two arguments
 *            loops without a stride, which the compiler turns into vector instructions
 *   general  dictionaries, selections, NULLs: an index and a null test for each argument and row
 *
 * Loops that the compiler makes vector code of (TOTAL bodies over fixed-width values, and bulk loops) are compiled
 * twice: for any machine that Tusk runs on, and CPU_WIDE; calls with enough rows take the wider where the machine has
 * it. */
#pragma once

#include "base/bitset.h"
#include "base/cpu.h"
#include "base/vector.h"

typedef struct Fn Fn;

Datum fn_datum_at(const Vector *vector, uint32_t index); /* index into data, not a row */
void fn_datum_put(Fn *fn, Vector *result, uint32_t row, Datum datum);
void fn_set_null(Fn *fn, Vector *result, uint32_t row);
/* May the plain path run: no dictionary, no selection, and (unless nulls are allowed) no null bits? */
bool fn_is_plain(const Vector *args, uint32_t count, Selection selection, bool nulls_allowed);
/* Puts the union of the arguments' null bits into `result`; returns true if every row is NULL (a constant NULL). */
bool fn_unite_nulls(Fn *fn, const Vector *args, uint32_t count, uint32_t rows, Vector *result);

enum { FN_BULK_ROWS = 256 };
/* `n` copies of the value at `constant`, for a bulk loop over a constant argument. */
void fn_spread(void *out, const void *constant, uint32_t value_bytes, uint32_t n);

static inline uint32_t fn_selected(Selection selection, uint32_t i)
{
    return selection.rows ? selection.rows[i] : i;
}
static inline bool fn_null_at(const Vector *vector, uint32_t index)
{
    return vector->nulls && bits_get(vector->nulls, index);
}

/* Names: SQLF_CAT joins after expansion. SQLC(type) is its C type, SQLS(type) its slot type. */
#define SQLF_CAT(a, b) SQLF_CAT_(a, b)
#define SQLF_CAT_(a, b) a##b
#define SQLF_KIND(type) SQLF_CAT(SQLK_, type)
#define SQLC(type) SQLF_CAT(SQLKC_, SQLF_KIND(type))
#define SQLS(type) SQLF_CAT(SQLKS_, SQLF_KIND(type))
#define SQLF_BASE(type, vector) SQLF_CAT(SQLKB_, SQLF_KIND(type))(vector)
#define SQLF_LOAD(type, base, i) SQLF_CAT(SQLKL_, SQLF_KIND(type))(base, i)
#define SQLF_WRITE(type, base, i, value) SQLF_CAT(SQLKW_, SQLF_KIND(type))(base, i, value)
/* DATUM and VOID have no slot arrays: loops over them go by the vector. */

/* Two lines may name one body; its second declaration is no mistake. */
#define SQLF_QUIET(...)                                                                    \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wredundant-decls\"") \
        __VA_ARGS__ _Pragma("GCC diagnostic pop")

#define SQLF_COUNT(...) SQLF_COUNT_(__VA_ARGS__ __VA_OPT__(, ) 7, 6, 5, 4, 3, 2, 1, 0)
#define SQLF_COUNT_(a, b, c, d, e, f, g, n, ...) n
#define SQLF_UNPACK(...) __VA_ARGS__
#define SQLF_APPLY(macro, ...) macro(__VA_ARGS__)

/* C parameters of a list of types. */
#define SQLF_TYPES_0()
#define SQLF_TYPES_1(A) , SQLC(A) a
#define SQLF_TYPES_2(A, B) , SQLC(A) a, SQLC(B) b
#define SQLF_TYPES_3(A, B, C) SQLF_TYPES_2(A, B), SQLC(C) c
#define SQLF_TYPES_4(A, B, C, D) SQLF_TYPES_3(A, B, C), SQLC(D) d
#define SQLF_TYPES_5(A, B, C, D, E) SQLF_TYPES_4(A, B, C, D), SQLC(E) e
#define SQLF_TYPES_6(A, B, C, D, E, F) SQLF_TYPES_5(A, B, C, D, E), SQLC(F) f
#define SQLF_TYPES_7(A, B, C, D, E, F, G) SQLF_TYPES_6(A, B, C, D, E, F), SQLC(G) g
#define SQLF_PARAMETERS(args) SQLF_CAT(SQLF_TYPES_, SQLF_COUNT args) args

#define SQLF_DECLARE(body, result, args) \
    SQLF_QUIET(static SQLC(result) body(Fn *fn SQLF_PARAMETERS(args));)
#define SQLF_EXPRESSION(oid, result, args, expression)                     \
    static inline SQLC(result) sqlbody_##oid(Fn *fn SQLF_PARAMETERS(args)) \
    {                                                                      \
        (void)fn;                                                          \
        return (expression);                                               \
    }

/* `wide`, a constant: the loop is worth compiling twice. */
enum { FN_WIDE_ROWS_MIN = 64 };
#define SQLF_ENTRY(oid, wide, loop)                                                                \
    static ALWAYS_INLINE void sqlloop_##oid(Fn *fn, const Vector *args_, Selection selection,      \
                                            Vector *result_){                                      \
        loop} CPU_WIDE static void sqlwide_##oid(Fn *fn, const Vector *args_, Selection selection, \
                                                 Vector *result_)                                  \
    {                                                                                              \
        sqlloop_##oid(fn, args_, selection, result_);                                              \
    }                                                                                              \
    void sqlfn_##oid(Fn *fn, const Vector *args_, Selection selection, Vector *result_);           \
    void sqlfn_##oid(Fn *fn, const Vector *args_, Selection selection, Vector *result_)            \
    {                                                                                              \
        if ((wide) && selection.count >= FN_WIDE_ROWS_MIN && !selection.rows && cpu_is_wide())     \
            sqlwide_##oid(fn, args_, selection, result_);                                          \
        else                                                                                       \
            sqlloop_##oid(fn, args_, selection, result_);                                          \
    }
/* Are the arguments numbers, or what lies in a slot as one? */
#define SQLF_NUMBERS_0() false
#define SQLF_NUMBERS_1(A) (sizeof(SQLC(A)) <= sizeof(uint64_t))
#define SQLF_NUMBERS_2(A, B) (SQLF_NUMBERS_1(A) && SQLF_NUMBERS_1(B))
#define SQLF_NUMBERS_3(...) false
#define SQLF_NUMBERS_4(...) false
#define SQLF_NUMBERS_5(...) false
#define SQLF_NUMBERS_6(...) false
#define SQLF_NUMBERS_7(...) false
#define SQLF_LOOP(oid, result, args, flags, body)                                             \
    static_assert(((flags)&STRICT) != 0 || (SQLF_COUNT args) == 0, "a typed body is STRICT"); \
    SQLF_ENTRY(oid, ((flags)&TOTAL) && SQLF_CAT(SQLF_NUMBERS_, SQLF_COUNT args) args,         \
               SQLF_APPLY(SQLF_CAT(SQLF_LOOP_, SQLF_COUNT args), result, flags,               \
                          body SQLF_COMMA args))
#define SQLF_COMMA(...) __VA_OPT__(, ) __VA_ARGS__

/* The pieces of a loop. `row` is the result's row, i0..i6 the arguments' indexes into their data. */
#define SQLF_ARG(n, type) const SQLS(type) *restrict base##n = SQLF_BASE(type, &args_[n]);
#define SQLF_STRIDE(n) const size_t stride##n = args_[n].form == VECTOR_FLAT;
#define SQLF_AT(n) , SQLF_ARG_VALUE_##n
#define SQLF_INDEX(n)                                   \
    const uint32_t i##n = vector_index(&args_[n], row); \
    if (fn_null_at(&args_[n], i##n)) goto null;

#define SQLF_STORE(result, flags, row, call)  \
    {                                         \
        SQLC(result) value_ = call;           \
        SQLF_WRITE(result, out, row, value_); \
        if (((flags)&NULLABLE) && fn->null) { \
            fn->null = false;                 \
            fn_set_null(fn, result_, row);    \
        }                                     \
    }

#define SQLF_PLAIN(result, flags, call)                    \
    for (uint32_t row = 0; row < selection.count; row++) { \
        if (!((flags)&TOTAL)) fn->row = row;               \
        SQLF_STORE(result, flags, row, call)               \
    }
#define SQLF_GENERAL(result, flags, indexes, call)             \
    for (uint32_t at = 0; at < selection.count; at++) {        \
        const uint32_t row = fn_selected(selection, at);       \
        fn->row = row;                                         \
        indexes SQLF_STORE(result, flags, row, call) continue; \
null:                                                          \
        fn_set_null(fn, result_, row);                         \
    }
#define SQLF_NULLS(arity, flags) \
    if (((flags)&TOTAL) && fn_unite_nulls(fn, args_, arity, selection.count, result_)) return;

#define SQLF_LOOP_0(result, flags, body)                     \
    SQLS(result) *restrict out = SQLF_BASE(result, result_); \
    (void)args_;                                             \
    for (uint32_t at = 0; at < selection.count; at++) {      \
        const uint32_t row = fn_selected(selection, at);     \
        fn->row = row;                                       \
        SQLF_STORE(result, flags, row, body(fn))             \
    }

#define SQLF_LOOP_1(result, flags, body, A)                               \
    SQLS(result) *restrict out = SQLF_BASE(result, result_);              \
    SQLF_ARG(0, A)                                                        \
    if (fn_is_plain(args_, 1, selection, ((flags)&TOTAL) != 0)) {         \
        SQLF_NULLS(1, flags)                                              \
        if (args_[0].form == VECTOR_FLAT) {                               \
            SQLF_PLAIN(result, flags, body(fn, SQLF_LOAD(A, base0, row))) \
        } else {                                                          \
            SQLF_PLAIN(result, flags, body(fn, SQLF_LOAD(A, base0, 0)))   \
        }                                                                 \
        return;                                                           \
    }                                                                     \
    SQLF_GENERAL(result, flags, SQLF_INDEX(0), body(fn, SQLF_LOAD(A, base0, i0)))

/* Two flat arguments, or one of them constant: three straight loops for TOTAL bodies, else one with strides. */
#define SQLF_LOOP_2(result, flags, body, A, B)                                                 \
    SQLS(result) *restrict out = SQLF_BASE(result, result_);                                   \
    SQLF_ARG(0, A)                                                                             \
    SQLF_ARG(1, B)                                                                             \
    if (fn_is_plain(args_, 2, selection, ((flags)&TOTAL) != 0)) {                              \
        SQLF_NULLS(2, flags)                                                                   \
        if (((flags)&TOTAL) && args_[0].form == VECTOR_FLAT && args_[1].form == VECTOR_FLAT) { \
            SQLF_PLAIN(result, flags,                                                          \
                       body(fn, SQLF_LOAD(A, base0, row), SQLF_LOAD(B, base1, row)))           \
        } else if (((flags)&TOTAL) && args_[0].form == VECTOR_FLAT) {                          \
            const SQLC(B) b_ = SQLF_LOAD(B, base1, 0);                                         \
            SQLF_PLAIN(result, flags, body(fn, SQLF_LOAD(A, base0, row), b_))                  \
        } else {                                                                               \
            SQLF_STRIDE(0)                                                                     \
            SQLF_STRIDE(1)                                                                     \
            SQLF_PLAIN(result, flags,                                                          \
                       body(fn, SQLF_LOAD(A, base0, row *stride0),                             \
                            SQLF_LOAD(B, base1, row *stride1)))                                \
        }                                                                                      \
        return;                                                                                \
    }                                                                                          \
    SQLF_GENERAL(result, flags, SQLF_INDEX(0) SQLF_INDEX(1),                                   \
                 body(fn, SQLF_LOAD(A, base0, i0), SQLF_LOAD(B, base1, i1)))

/* Three and more: the general loop alone, unless all is plain. */
#define SQLF_VALUES_3(A, B, C) \
    SQLF_LOAD(A, base0, i0), SQLF_LOAD(B, base1, i1), SQLF_LOAD(C, base2, i2)
#define SQLF_VALUES_4(A, B, C, D) SQLF_VALUES_3(A, B, C), SQLF_LOAD(D, base3, i3)
#define SQLF_VALUES_5(A, B, C, D, E) SQLF_VALUES_4(A, B, C, D), SQLF_LOAD(E, base4, i4)
#define SQLF_VALUES_6(A, B, C, D, E, F) SQLF_VALUES_5(A, B, C, D, E), SQLF_LOAD(F, base5, i5)
#define SQLF_VALUES_7(A, B, C, D, E, F, G) SQLF_VALUES_6(A, B, C, D, E, F), SQLF_LOAD(G, base6, i6)
#define SQLF_ARGS_3(A, B, C) SQLF_ARG(0, A) SQLF_ARG(1, B) SQLF_ARG(2, C)
#define SQLF_ARGS_4(A, B, C, D) SQLF_ARGS_3(A, B, C) SQLF_ARG(3, D)
#define SQLF_ARGS_5(A, B, C, D, E) SQLF_ARGS_4(A, B, C, D) SQLF_ARG(4, E)
#define SQLF_ARGS_6(A, B, C, D, E, F) SQLF_ARGS_5(A, B, C, D, E) SQLF_ARG(5, F)
#define SQLF_ARGS_7(A, B, C, D, E, F, G) SQLF_ARGS_6(A, B, C, D, E, F) SQLF_ARG(6, G)
#define SQLF_INDEXES_3 SQLF_INDEX(0) SQLF_INDEX(1) SQLF_INDEX(2)
#define SQLF_INDEXES_4 SQLF_INDEXES_3 SQLF_INDEX(3)
#define SQLF_INDEXES_5 SQLF_INDEXES_4 SQLF_INDEX(4)
#define SQLF_INDEXES_6 SQLF_INDEXES_5 SQLF_INDEX(5)
#define SQLF_INDEXES_7 SQLF_INDEXES_6 SQLF_INDEX(6)
#define SQLF_LOOP_N(n, result, flags, body, ...)             \
    SQLS(result) *restrict out = SQLF_BASE(result, result_); \
    SQLF_ARGS_##n(__VA_ARGS__)                               \
        SQLF_GENERAL(result, flags, SQLF_INDEXES_##n, body(fn, SQLF_VALUES_##n(__VA_ARGS__)))
#define SQLF_LOOP_3(result, flags, body, ...) SQLF_LOOP_N(3, result, flags, body, __VA_ARGS__)
#define SQLF_LOOP_4(result, flags, body, ...) SQLF_LOOP_N(4, result, flags, body, __VA_ARGS__)
#define SQLF_LOOP_5(result, flags, body, ...) SQLF_LOOP_N(5, result, flags, body, __VA_ARGS__)
#define SQLF_LOOP_6(result, flags, body, ...) SQLF_LOOP_N(6, result, flags, body, __VA_ARGS__)
#define SQLF_LOOP_7(result, flags, body, ...) SQLF_LOOP_N(7, result, flags, body, __VA_ARGS__)

/* Bulk: blocks of FN_BULK_ROWS rows; a block that fails, and whatever is not plain, goes row by row. Null slots are
 * computed too where the body is TOTAL. */
#define SQLF_BULK_TYPES_1(A) const SQLS(A) *restrict a
#define SQLF_BULK_TYPES_2(A, B) const SQLS(A) *restrict a, const SQLS(B) *restrict b
#define SQLF_DECLARE_BULK(bulk, result, args)                                                   \
    SQLF_QUIET(static ALWAYS_INLINE bool bulk(SQLF_CAT(SQLF_BULK_TYPES_, SQLF_COUNT args) args, \
                                              SQLS(result) *restrict out, uint32_t n);)
#define SQLF_LOOP_BULK(oid, result, args, flags, body, bulk)                               \
    static_assert(((flags)&STRICT) != 0, "a typed body is STRICT");                        \
    SQLF_ENTRY(oid, true,                                                                  \
               SQLF_APPLY(SQLF_CAT(SQLF_LOOP_BULK_, SQLF_COUNT args), result, flags, body, \
                          bulk SQLF_COMMA args))
#define SQLF_BULK_ARG(n, type)          \
    SQLF_ARG(n, type)                   \
    SQLS(type) spread##n[FN_BULK_ROWS]; \
    const bool flat##n = args_[n].form == VECTOR_FLAT;
#define SQLF_SPREAD(n, type)                              \
    if (!flat##n)                                         \
        fn_spread(spread##n, base##n, sizeof(SQLS(type)), \
                  MIN(selection.count, (uint32_t)FN_BULK_ROWS));
#define SQLF_BULK_AT(n) (flat##n ? &base##n[from] : spread##n)
#define SQLF_BLOCKS(result, flags, bulk_call, call)                             \
    for (uint32_t from = 0; from < selection.count; from += FN_BULK_ROWS) {     \
        const uint32_t n = MIN(selection.count - from, (uint32_t)FN_BULK_ROWS); \
        if (LIKELY(bulk_call)) continue;                                        \
        for (uint32_t row = from; row < from + n; row++) {                      \
            fn->row = row;                                                      \
            SQLF_STORE(result, flags, row, call)                                \
        }                                                                       \
    }
#define SQLF_LOOP_BULK_1(result, flags, body, bulk, A)                   \
    SQLS(result) *restrict out = SQLF_BASE(result, result_);             \
    SQLF_BULK_ARG(0, A)                                                  \
    if (fn_is_plain(args_, 1, selection, ((flags)&TOTAL) != 0)) {        \
        SQLF_NULLS(1, flags)                                             \
        SQLF_SPREAD(0, A)                                                \
        SQLF_BLOCKS(result, flags, bulk(SQLF_BULK_AT(0), &out[from], n), \
                    body(fn, SQLF_LOAD(A, base0, flat0 ? row : 0)))      \
        return;                                                          \
    }                                                                    \
    SQLF_GENERAL(result, flags, SQLF_INDEX(0), body(fn, SQLF_LOAD(A, base0, i0)))
#define SQLF_LOOP_BULK_2(result, flags, body, bulk, A, B) \
    SQLF_LOOP_BULK_PAIR(result, flags, body, bulk, , A, B)
/* `first` may take the blocks. */
#define SQLF_LOOP_BULK_PAIR(result, flags, body, bulk, first, A, B)                           \
    SQLS(result) *restrict out = SQLF_BASE(result, result_);                                  \
    SQLF_BULK_ARG(0, A)                                                                       \
    SQLF_BULK_ARG(1, B)                                                                       \
    if (fn_is_plain(args_, 2, selection, ((flags)&TOTAL) != 0)) {                             \
        SQLF_NULLS(2, flags)                                                                  \
        first SQLF_SPREAD(0, A) SQLF_SPREAD(1, B)                                             \
            SQLF_BLOCKS(result, flags, bulk(SQLF_BULK_AT(0), SQLF_BULK_AT(1), &out[from], n), \
                        body(fn, SQLF_LOAD(A, base0, flat0 ? row : 0),                        \
                             SQLF_LOAD(B, base1, flat1 ? row : 0))) return;                   \
    }                                                                                         \
    SQLF_GENERAL(result, flags, SQLF_INDEX(0) SQLF_INDEX(1),                                  \
                 body(fn, SQLF_LOAD(A, base0, i0), SQLF_LOAD(B, base1, i1)))
#define SQLF_BY_CONSTANT(result, flags, body, constant, A, B)                       \
    if (flat0 && !flat1) {                                                          \
        SQLF_BLOCKS(result, flags, constant(&base0[from], base1[0], &out[from], n), \
                    body(fn, SQLF_LOAD(A, base0, row), SQLF_LOAD(B, base1, 0)))     \
        return;                                                                     \
    }
#define SQLF_LOOP_BULK_CONSTANT(oid, result, args, flags, body, bulk, constant)           \
    static_assert(((flags)&STRICT) != 0, "a typed body is STRICT");                       \
    SQLF_ENTRY(oid, true,                                                                 \
               SQLF_APPLY(SQLF_LOOP_BULK_CONSTANT_2, result, flags, body, bulk, constant, \
                          SQLF_UNPACK args))
#define SQLF_LOOP_BULK_CONSTANT_2(result, flags, body, bulk, constant, A, B) \
    SQLF_LOOP_BULK_PAIR(result, flags, body, bulk,                           \
                        SQLF_BY_CONSTANT(result, flags, body, constant, A, B), A, B)
