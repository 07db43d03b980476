/* SPDX-License-Identifier: Apache-2.0 */
/* str.c - views of bytes, and the builder. memcpy and its kin are not called with NULL, which an empty Str may hold. */
#include "base/str.h"

#include "base/arena.h"
#include "base/arith.h"
#include "base/error.h"

Str str_from(const char *zero_terminated)
{
    return zero_terminated ? (Str){zero_terminated, strlen(zero_terminated)} : (Str){0};
}

bool str_equal(Str a, Str b)
{
    return a.bytes == b.bytes && (a.bytes == 0 || memcmp(a.data, b.data, a.bytes) == 0);
}

static inline char lower_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline char upper_ascii(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

bool str_equal_ascii_nocase(Str a, Str b)
{
    if (a.bytes != b.bytes) return false;
    for (size_t i = 0; i < a.bytes; i++)
        if (lower_ascii(a.data[i]) != lower_ascii(b.data[i])) return false;
    return true;
}

bool str_to_bool(Str s, bool *value)
{
    static const struct {
        const char *word;
        uint8_t bytes_least;
        bool value;
    } words[] = {{"true", 1, true}, {"false", 1, false}, {"yes", 1, true}, {"no", 1, false},
                 {"on", 2, true},   {"off", 2, false},   {"1", 1, true},   {"0", 1, false}};
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        const Str word = str_from(words[i].word);
        if (s.bytes < words[i].bytes_least || s.bytes > word.bytes) continue;
        if (!str_equal_ascii_nocase(s, str_slice(word, 0, s.bytes))) continue;
        *value = words[i].value;
        return true;
    }
    return false;
}

int str_compare(Str a, Str b)
{
    size_t common = MIN(a.bytes, b.bytes);
    int order = common > 0 ? memcmp(a.data, b.data, common) : 0;
    if (order == 0) return (a.bytes > b.bytes) - (a.bytes < b.bytes);
    return order < 0 ? -1 : 1;
}

bool str_starts(Str s, Str prefix)
{
    return s.bytes >= prefix.bytes && str_equal((Str){s.data, prefix.bytes}, prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.bytes >= suffix.bytes &&
           (suffix.bytes == 0 || str_equal(str_slice(s, s.bytes - suffix.bytes, s.bytes), suffix));
}

Str str_slice(Str s, size_t from, size_t to)
{
    to = MIN(to, s.bytes);
    from = MIN(from, to);
    return s.data ? (Str){s.data + from, to - from} : s;
}

Str str_trim(Str s, const char *set)
{
    size_t set_bytes = strlen(set);
    while (s.bytes > 0 && memchr(set, s.data[0], set_bytes)) s = (Str){s.data + 1, s.bytes - 1};
    while (s.bytes > 0 && memchr(set, s.data[s.bytes - 1], set_bytes)) s.bytes--;
    return s;
}

bool str_find(Str haystack, Str needle, size_t *at)
{
    if (needle.bytes == 0) {
        *at = 0;
        return true;
    }
    const char *found = haystack.bytes == 0
                            ? NULL
                            : memmem(haystack.data, haystack.bytes, needle.data, needle.bytes);
    if (!found) return false;
    *at = (size_t)(found - haystack.data);
    return true;
}

bool str_find_char(Str s, char c, size_t *at)
{
    const char *found = s.bytes == 0 ? NULL : memchr(s.data, c, s.bytes);
    if (!found) return false;
    *at = (size_t)(found - s.data);
    return true;
}

Str str_copy(Arena *arena, Str s)
{
    return (Str){arena_copy(arena, s.data, s.bytes), s.bytes};
}

char *str_copy_zero(Arena *arena, Str s)
{
    char *copy = arena_alloc(arena, size_add(s.bytes, 1));
    if (s.bytes > 0) memcpy(copy, s.data, s.bytes);
    copy[s.bytes] = 0;
    return copy;
}

Str str_concat(Arena *arena, Str a, Str b)
{
    size_t bytes = size_add(a.bytes, b.bytes);
    char *joined = arena_alloc(arena, bytes);
    if (a.bytes > 0) memcpy(joined, a.data, a.bytes);
    if (b.bytes > 0) memcpy(joined + a.bytes, b.data, b.bytes);
    return (Str){joined, bytes};
}

Str str_format_va(Arena *arena, const char *format, va_list args)
{
    StrBuilder b = str_builder(arena, 0);
    str_add_format_va(&b, format, args);
    return str_done(&b);
}

Str str_format(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str s = str_format_va(arena, format, args);
    va_end(args);
    return s;
}

Str str_lower_ascii(Arena *arena, Str s)
{
    char *copy = arena_alloc(arena, s.bytes);
    for (size_t i = 0; i < s.bytes; i++) copy[i] = lower_ascii(s.data[i]);
    return (Str){copy, s.bytes};
}

Str str_upper_ascii(Arena *arena, Str s)
{
    char *copy = arena_alloc(arena, s.bytes);
    for (size_t i = 0; i < s.bytes; i++) copy[i] = upper_ascii(s.data[i]);
    return (Str){copy, s.bytes};
}

/* ---- numbers ---- */

static int digit_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c = lower_ascii(c);
    return c >= 'a' && c <= 'z' ? c - 'a' + 10 : INT_MAX;
}

bool str_to_u64(Str s, int base, uint64_t *value)
{
    ASSERT(base >= 2 && base <= 36);
    uint64_t sum = 0;
    if (s.bytes == 0) return false;
    for (size_t i = 0; i < s.bytes; i++) {
        int digit = digit_value(s.data[i]);
        if (digit >= base) return false;
        if (mul_overflows(sum, (uint64_t)base, &sum) || add_overflows(sum, (uint64_t)digit, &sum))
            return false;
    }
    *value = sum;
    return true;
}

bool str_to_i64(Str s, int64_t *value)
{
    bool negative = s.bytes > 0 && s.data[0] == '-';
    bool has_sign = negative || (s.bytes > 0 && s.data[0] == '+');
    uint64_t magnitude;
    if (!str_to_u64(str_slice(s, has_sign, s.bytes), 10, &magnitude)) return false;
    return !sub_overflows(0, (i128)magnitude * (negative ? 1 : -1), value);
}

/* ---- builder ---- */

enum { BUILDER_BYTES_FIRST = 64 };

static _Noreturn void raise_too_long(const StrBuilder *b, size_t more)
{
    error_raise(error_detail(
        error_message(error_begin(SQLSTATE_PROGRAM_LIMIT_EXCEEDED),
                      "string buffer exceeds maximum allowed length (%zu bytes)", b->bytes_max),
        "Cannot enlarge string buffer containing %zu bytes by %zu more bytes.", b->bytes, more));
}

/* Room for `more` bytes and a zero byte behind them. */
static void reserve(StrBuilder *b, size_t more)
{
    if (LIKELY(more < b->capacity - b->bytes)) return;
    if (more > b->bytes_max - b->bytes) raise_too_long(b, more);
    size_t needed = b->bytes + more + 1;
    size_t capacity = MIN(MAX(MAX(2 * b->capacity, needed), (size_t)BUILDER_BYTES_FIRST),
                          b->bytes_max + 1);
    b->data = arena_grow(b->arena, b->data, b->capacity, capacity);
    b->capacity = capacity;
}

StrBuilder str_builder_limited(Arena *arena, size_t bytes_hint, size_t bytes_max)
{
    ASSERT(bytes_max < SIZE_MAX / 4);
    StrBuilder b = {.arena = arena, .bytes_max = bytes_max};
    if (bytes_hint > 0) reserve(&b, MIN(bytes_hint, bytes_max));
    return b;
}

StrBuilder str_builder(Arena *arena, size_t bytes_hint)
{
    return str_builder_limited(arena, bytes_hint, STR_BYTES_MAX);
}

char *str_add_space(StrBuilder *b, size_t bytes)
{
    reserve(b, bytes);
    char *space = b->data + b->bytes;
    b->bytes += bytes;
    return space;
}

void str_add(StrBuilder *b, Str s)
{
    if (s.bytes > 0) memcpy(str_add_space(b, s.bytes), s.data, s.bytes);
}

void str_add_zero_terminated(StrBuilder *b, const char *s)
{
    str_add(b, str_from(s));
}

void str_add_char(StrBuilder *b, char c)
{
    reserve(b, 1);
    b->data[b->bytes++] = c;
}

void str_add_repeat(StrBuilder *b, char c, size_t count)
{
    memset(str_add_space(b, count), c, count);
}

void str_add_i64(StrBuilder *b, int64_t value)
{
    char text[20];
    str_add(b, (Str){text, i64_print(text, value)});
}

void str_add_u64(StrBuilder *b, uint64_t value)
{
    char text[20];
    str_add(b, (Str){text, u64_print(text, value)});
}

void str_add_format_va(StrBuilder *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    reserve(b, 0);
    int length = vsnprintf(b->data + b->bytes, b->capacity - b->bytes, format, args);
    size_t bytes = NEVER(length < 0)
                       ? 0
                       : (size_t)length; /* only wide characters can fail to convert */
    if (bytes >= b->capacity - b->bytes) {
        reserve(b, bytes);
        vsnprintf(b->data + b->bytes, b->capacity - b->bytes, format, again);
    }
    va_end(again);
    b->bytes += bytes;
}

void str_add_format(StrBuilder *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_add_format_va(b, format, args);
    va_end(args);
}

void str_truncate(StrBuilder *b, size_t bytes)
{
    ASSERT(bytes <= b->bytes);
    b->bytes = bytes;
}

Str str_peek(const StrBuilder *b)
{
    return (Str){b->data, b->bytes};
}

Str str_done(StrBuilder *b)
{
    reserve(b, 0);
    b->data[b->bytes] = 0;
    return str_peek(b);
}
