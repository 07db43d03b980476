/* SPDX-License-Identifier: Apache-2.0 */
/* row_order.c - a radix sort from the lowest digit, of the bits alone in which the row ids differ: neighbours by key
 * are mostly of one stretch of the table, so that two or three passes do. Numbers come in order and stay in it. */
#include "table/row_order.h"

#include "base/arith.h"

enum { FEW = 24, DIGIT_BITS = 8 };

static void sort_few(RowPlace *places, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        const RowPlace place = places[i];
        uint32_t at = i;
        for (; at > 0 && places[at - 1].v > place.v; at--) places[at] = places[at - 1];
        places[at] = place;
    }
}

static void sort_digit(const RowPlace *from, RowPlace *to, uint32_t count, uint32_t shift,
                       uint32_t bits)
{
    uint32_t starts[1 << DIGIT_BITS] = {0};
    const uint32_t mask = (1u << bits) - 1;
    for (uint32_t i = 0; i < count; i++) starts[from[i].v >> shift & mask]++;
    for (uint32_t digit = 0, start = 0; digit <= mask; digit++) {
        const uint32_t here = starts[digit];
        starts[digit] = start;
        start += here;
    }
    for (uint32_t i = 0; i < count; i++) to[starts[from[i].v >> shift & mask]++] = from[i];
}

void row_places_sort(RowPlace *places, RowPlace *spare, uint32_t count)
{
    uint64_t differ = 0;
    bool sorted = true;
    for (uint32_t i = 1; i < count; i++) {
        differ |= places[i].v ^ places[0].v;
        sorted &= places[i - 1].v < places[i].v;
    }
    if (sorted) return;
    if (count <= FEW) {
        sort_few(places, count);
        return;
    }
    differ >>= ROW_PLACE_AT_BITS;
    if (differ == 0) return; /* one row, whose numbers ascend */
    const uint32_t low = (uint32_t)__builtin_ctzll(differ);
    const uint32_t bits = 64 - (uint32_t)__builtin_clzll(differ) - low;
    const uint32_t passes = (bits + DIGIT_BITS - 1) / DIGIT_BITS;
    const uint32_t digit = (bits + passes - 1) / passes;
    RowPlace *from = places, *to = spare;
    for (uint32_t pass = 0; pass < passes; pass++) {
        RowPlace *sorted_now = to;
        sort_digit(from, to, count, ROW_PLACE_AT_BITS + low + pass * digit, digit);
        to = from;
        from = sorted_now;
    }
    if (from != places) memcpy(places, from, count * sizeof *places);
}
