/* SPDX-License-Identifier: Apache-2.0 */
/* sort_entries.c - keys in order: what is sorted already is left alone; else by the eight bytes in the entry with a
 * radix sort from the last byte (bytes that all keys share are passed over), and then, within entries that agree in
 * those, by the next eight, until few are left to be merged with the rest of the keys compared.
 *
 * The eight bytes are those behind what all keys begin with, so that long common beginnings (names of a folder,
 * markers, high bytes of numbers) do not leave everything to comparisons. Few entries are merged at once. */
#include "exec/sort_entries.h"

#include "base/arith.h"
#include "base/task.h"

enum { MERGE_SMALL = 16, RADIX_LEAST = 512, CHECK_ROWS = 1 << 14 };

uint64_t entry_prefix(const uint8_t *key, uint32_t bytes)
{
    if (LIKELY(bytes >= 8)) return load_be64(key);
    uint8_t padded[8] = {0};
    if (bytes > 0) memcpy(padded, key, bytes);
    return load_be64(padded);
}

/* Stands in each loop over all entries: of millions, each of which is fetched from somewhere else, one takes long. */
static inline void check_now_and_then(uint32_t at)
{
    if (UNLIKELY(at % CHECK_ROWS == 0)) task_check();
}

/* ---- comparing ---- */

static int compare_keys(const SortOrder *order, const SortEntry *a, const SortEntry *b)
{
    const uint32_t bytes = MIN(a->bytes, b->bytes);
    const int result = bytes > 0 ? memcmp(a->key, b->key, bytes) : 0;
    if (result != 0) return result;
    if (order->compare_values && MAX(a->bytes, b->bytes) > order->values_above)
        return order->compare_values(order->arg, a->row, b->row);
    return a->bytes == b->bytes ? 0 : a->bytes < b->bytes ? -1 : 1;
}

static inline int compare_entries(const SortOrder *order, const SortEntry *a, const SortEntry *b)
{
    if (order->prefix_only) {
        if (a->bytes != b->bytes) return a->bytes < b->bytes ? -1 : 1;
        return a->prefix == b->prefix ? 0 : a->prefix < b->prefix ? -1 : 1;
    }
    if (a->prefix != b->prefix) return a->prefix < b->prefix ? -1 : 1;
    return compare_keys(order, a, b);
}

int entries_compare(const SortOrder *order, const SortEntry *a, const SortEntry *b)
{
    return compare_entries(order, a, b);
}

bool entries_same(const SortOrder *order, const SortEntry *a, const SortEntry *b)
{
    return compare_entries(order, a, b) == 0;
}

/* ---- merging ---- */

static void insertion_sort(const SortOrder *order, SortEntry *entries, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        const SortEntry entry = entries[i];
        uint32_t at = i;
        for (; at > 0 && compare_entries(order, &entry, &entries[at - 1]) < 0; at--)
            entries[at] = entries[at - 1];
        entries[at] = entry;
    }
}

/* Merges of runs of doubling length, from one array to the other; runs that are in order already are copied. */
static void merge_runs(const SortOrder *order, const SortEntry *from, SortEntry *to, uint32_t count,
                       uint32_t run)
{
    for (uint64_t start = 0; start < count; start += 2ull * run) {
        const uint32_t middle = (uint32_t)MIN((uint64_t)count, start + run);
        const uint32_t end = (uint32_t)MIN((uint64_t)count, start + 2ull * run);
        uint32_t a = (uint32_t)start, b = middle, out = (uint32_t)start;
        task_check();
        if (b >= end || compare_entries(order, &from[b - 1], &from[b]) <= 0) {
            memcpy(&to[start], &from[start], (end - start) * sizeof *to);
            continue;
        }
        while (a < middle && b < end) {
            check_now_and_then(out);
            to[out++] = compare_entries(order, &from[b], &from[a]) < 0 ? from[b++] : from[a++];
        }
        memcpy(&to[out], &from[a], (middle - a) * sizeof *to);
        out += middle - a;
        memcpy(&to[out], &from[b], (end - b) * sizeof *to);
    }
}

/* In place; `other` is as long. */
static void merge_sort(const SortOrder *order, SortEntry *entries, SortEntry *other, uint32_t count)
{
    for (uint32_t at = 0; at < count; at += MERGE_SMALL) {
        check_now_and_then(at);
        insertion_sort(order, entries + at, MIN(count - at, (uint32_t)MERGE_SMALL));
    }
    SortEntry *from = entries, *to = other;
    for (uint64_t run = MERGE_SMALL; run < count; run *= 2) {
        merge_runs(order, from, to, count, (uint32_t)run);
        SortEntry *swap = from;
        from = to;
        to = swap;
    }
    if (from != entries) memcpy(entries, from, sizeof *entries * count);
}

/* ---- by bytes ---- */

static bool is_sorted(const SortOrder *order, const SortEntry *entries, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        check_now_and_then(i);
        if (compare_entries(order, &entries[i - 1], &entries[i]) > 0) return false;
    }
    return true;
}

/* How many bytes all keys begin with. */
static uint32_t common_bytes(const SortEntry *entries, uint32_t count)
{
    uint32_t common = entries[0].bytes;
    for (uint32_t i = 1; i < count && common > 0; i++) {
        const SortEntry *entry = &entries[i];
        const uint32_t bytes = MIN(common, entry->bytes);
        check_now_and_then(i);
        if (bytes == common && memcmp(entry->key, entries[0].key, bytes) == 0) continue;
        for (common = 0; common < bytes && entry->key[common] == entries[0].key[common];) common++;
    }
    return common;
}

/* Behind what all keys begin with, whose length it returns. */
static uint32_t move_prefixes(SortEntry *entries, uint32_t count)
{
    const uint32_t common = common_bytes(entries, count);
    if (common == 0) return 0;
    for (uint32_t i = 0; i < count; i++) {
        check_now_and_then(i);
        entries[i].prefix = entry_prefix(entries[i].key + common, entries[i].bytes - common);
    }
    return common;
}

static void sort_groups(const SortOrder *order, SortEntry *entries, SortEntry *other,
                        uint32_t count, uint32_t known);

/* One pass of the radix sort, by the byte at `shift`. */
static void radix_pass(const SortEntry *from, SortEntry *to, uint32_t count, uint32_t shift,
                       const uint32_t *counts)
{
    uint32_t next[256], sum = 0;
    for (uint32_t i = 0; i < 256; i++) {
        next[i] = sum;
        sum += counts[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        check_now_and_then(i);
        to[next[(from[i].prefix >> shift) & 255]++] = from[i];
    }
}

/* NULLs stand before or after all values, whatever their prefix. */
static void radix_markers(const SortEntry *from, SortEntry *to, uint32_t count)
{
    uint32_t next[4] = {0};
    for (uint32_t i = 0; i < count; i++) next[from[i].bytes + 1]++;
    next[2] += next[1];
    next[3] += next[2];
    for (uint32_t i = 0; i < count; i++) {
        check_now_and_then(i);
        to[next[from[i].bytes]++] = from[i];
    }
}

/* The sorted ones are in one of the two arrays. */
static SortEntry *radix_sort(const SortOrder *order, SortEntry *entries, SortEntry *other,
                             uint32_t count)
{
    static const uint32_t passes = 8;
    uint32_t counts[8][256] = {0};
    uint8_t markers = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t prefix = entries[i].prefix;
        check_now_and_then(i);
        for (uint32_t p = 0; p < passes; p++) counts[p][(prefix >> (8 * p)) & 255]++;
        markers |= (uint8_t)(1 << MIN(entries[i].bytes, 3u));
    }
    SortEntry *from = entries, *to = other;
    for (uint32_t p = 0; p <= passes; p++) {
        if (p < passes && counts[p][(from[0].prefix >> (8 * p)) & 255] == count) continue;
        if (p == passes && (!order->prefix_only || markers == 1 << 1)) continue;
        if (p < passes)
            radix_pass(from, to, count, 8 * p, counts[p]);
        else
            radix_markers(from, to, count);
        SortEntry *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

/* Entries whose keys agree in their first `known` bytes: by the eight that come next, and so on. The sorted ones come
 * to stand in `entries`. Keys are scattered in memory, so each is fetched once for eight bytes of it, not for each
 * comparison; in small groups what is left is compared. */
static void sort_alike(const SortOrder *order, SortEntry *entries, SortEntry *other, uint32_t count,
                       uint32_t known)
{
    enum { AHEAD = 8 };
    uint32_t longest = 0;
    for (uint32_t i = 0; i < count; i++) {
        check_now_and_then(i);
        if (i + AHEAD < count)
            __builtin_prefetch((const void *)((uintptr_t)entries[i + AHEAD].key + known));
        const uint32_t bytes = entries[i].bytes;
        entries[i].prefix = bytes > known ? entry_prefix(entries[i].key + known, bytes - known) : 0;
        longest = MAX(longest, bytes);
    }
    if (count < RADIX_LEAST || longest <= known) {
        merge_sort(order, entries, other, count);
        return;
    }
    SortEntry *sorted = radix_sort(order, entries, other, count);
    if (sorted != entries) memcpy(entries, sorted, sizeof *entries * count);
    sort_groups(order, entries, other, count, known + 8);
}

/* What is sorted by eight bytes already. */
static void sort_groups(const SortOrder *order, SortEntry *entries, SortEntry *other,
                        uint32_t count, uint32_t known)
{
    task_check_stack();
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && entries[to].prefix == entries[from].prefix;) to++;
        if (to - from > 1) sort_alike(order, entries + from, other + from, to - from, known);
    }
}

SortEntry *entries_sort(const SortOrder *order, SortEntry *entries, uint32_t count, Arena *arena)
{
    if (count < 2 || is_sorted(order, entries, count)) return entries;
    SortEntry *other = arena_alloc_array(arena, count, sizeof *other);
    if (count < RADIX_LEAST) {
        merge_sort(order, entries, other, count);
        return entries;
    }
    const uint32_t common = order->prefix_only ? 0 : move_prefixes(entries, count);
    SortEntry *sorted = radix_sort(order, entries, other, count);
    SortEntry *spare = sorted == entries ? other : entries;
    if (order->prefix_only) return sorted;
    sort_groups(order, sorted, spare, count, common + 8);
    return sorted;
}
