/* SPDX-License-Identifier: Apache-2.0 */
/* base.h - the few words that every file of Tusk is written with: fixed-width types, the must-use attribute,
 * the three kinds of check (ASSERT, NEVER, static_assert), MARK, TUNABLE, and the list of banned calls.
 *
 * Only `base` and `os` may include system headers beyond the harmless ones that stand here. */
#pragma once

#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* These three only because they declare banned names: read before banned.h, they do not trip over it later. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef __clang__
#define MUST_USE __attribute__((warn_unused_result))
#else
#define MUST_USE [[nodiscard]]
#endif
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define ALIGN_UP(n, alignment) (((n) + (alignment)-1) & ~((alignment)-1))
#define CONTAINER_OF(pointer, Type, member) \
    ((Type *)(void *)((char *)(pointer)-offsetof(Type, member)))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* Checks. ASSERT states what must hold if our own code is right; it stays on in every build but release. NEVER(x) marks
 * a branch that cannot happen: a test build stops there, a release takes it and answers safely. */
_Noreturn void assert_failed(const char *expression, const char *file, int line);
#ifdef TUSK_TEST
#define ASSERT(x) (LIKELY(x) ? (void)0 : assert_failed(#x, __FILE__, __LINE__))
#define NEVER(x) (UNLIKELY(x) ? (assert_failed("NEVER(" #x ")", __FILE__, __LINE__), true) : false)
#else
#define ASSERT(x) ((void)sizeof(!(x)))
#define NEVER(x) (UNLIKELY(x))
#endif

/* The end of a switch that names every value of its enum: reaching it is our bug in any build. */
#define UNREACHABLE() assert_failed("unreachable", __FILE__, __LINE__)

/* MARK says "some test reaches this place"; `marks_visit` (test builds) tells how often each was reached, so that the
 * soak can fail for one that never was. A release build contains none of it. */
#ifdef TUSK_TEST
typedef struct Mark {
    const char *text, *file;
    int line;
    _Atomic uint32_t hits;
} Mark;
#define MARK(text_)                                                                     \
    do {                                                                                \
        static Mark mark_ __attribute__((section("tusk_marks"), used,                   \
                                         aligned(8))) = {text_, __FILE__, __LINE__, 0}; \
        atomic_fetch_add_explicit(&mark_.hits, 1, memory_order_relaxed);                \
    } while (0)
#else
#define MARK(text_) ((void)0)
#endif
/* Calls `visit` for every mark linked into this program; nothing in a release build. */
void marks_visit(void (*visit)(void *arg, const char *text, const char *file, int line,
                               uint32_t hits),
                 void *arg);

/* TUNABLE(name, production value, least, most) declares a constant that must not change any answer. In test builds
 * `tunables_draw` draws each from the run's seed; in a release it is a constant. It belongs to one .c file and is read
 * as `name()`. */
#ifdef TUSK_TEST
typedef struct Tunable {
    const char *name;
    uint32_t production, least, most, value;
} Tunable;
#define TUNABLE(name_, production_, least_, most_)                                       \
    static Tunable tunable_##name_                                                       \
        __attribute__((section("tusk_tunables"), used,                                   \
                       aligned(8))) = {#name_, production_, least_, most_, production_}; \
    static inline uint32_t name_(void)                                                   \
    {                                                                                    \
        return tunable_##name_.value;                                                    \
    }
#else
#define TUNABLE(name_, production_, least_, most_) \
    static inline uint32_t name_(void)             \
    {                                              \
        return production_;                        \
    }
#endif
/* Sets every tunable linked into this program from `seed`; 0 sets the production values. Call before any task runs. */
void tunables_draw(uint64_t seed);
/* Calls `visit` for every tunable; nothing in a release build. */
void tunables_visit(void (*visit)(void *arg, const char *name, uint32_t value), void *arg);

#include "base/banned.h"
#include "base/status.h"
#include "base/str.h"
