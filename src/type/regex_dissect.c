/* SPDX-License-Identifier: Apache-2.0 */
/* regex_dissect.c - where the groups of a match stand. The rule, by PostgreSQL's manual (9.7.3.5) and by its answers to
 * some ten thousand small patterns: the extent of the whole is known, and each part of it is given an extent from the
 * left to the right:
 *   - a part of a sequence takes the longest (or shortest, as it wishes) extent behind which the rest still fits
 *   - of alternatives the first that fits the extent is taken
 *   - x{m,n} with m > 0 is x{m-1,n-1} and behind it x, and the groups are those of this last x
 *   - x{0,n} takes rounds that are not empty, each as long (or short) as x wishes and the rest allows, and the groups
 *     are those of the last round; of an empty extent an empty round is taken if x matches it, unless x wishes to be
 *     short
 * What may follow is found by sets of places: those that a node reaches from others, forward or backward; so no
 * search goes back, and the time is about the length of the match times the size of the pattern, times the rounds of
 * repeated groups. */
#include "type/regex_dissect.h"

#include "base/task.h"
#include "base/utf8.h"

enum { SHORT_FIRST = 64 };

/* Bytes of the subject, in ascending order. */
typedef struct Places {
    size_t *at;
    size_t count;
} Places;

static Places reach(const RegexDissection *d, const RegexNode *node, Places from, bool back);

static bool contains(const Places *places, size_t at)
{
    size_t low = 0, high = places->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (places->at[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < places->count && places->at[low] == at;
}

static Places merge(Arena *arena, Places a, Places b)
{
    if (!a.count) return b;
    if (!b.count) return a;
    Places out = {.at = arena_alloc_array(arena, a.count + b.count, sizeof(size_t))};
    size_t i = 0, k = 0;
    while (i < a.count || k < b.count) {
        const bool first = k == b.count || (i < a.count && a.at[i] <= b.at[k]);
        const size_t next = first ? a.at[i++] : b.at[k++];
        if (!out.count || out.at[out.count - 1] != next) out.at[out.count++] = next;
    }
    return out;
}

/* ---- Places reached from others */

static Places reach_leaf(const RegexDissection *d, const RegexNode *leaf, Places from, bool back)
{
    Places out = {.at = arena_alloc_array(d->passing, from.count, sizeof(size_t))};
    for (size_t i = 0; i < from.count; i++) {
        size_t at = from.at[i], next = at;
        if (!leaf->is_place) {
            if (at == (back ? d->from : d->to)) continue;
            next = back ? utf8_prev(d->subject, at) : at + utf8_length(d->subject.data[at]);
        }
        if (next < d->from || next > d->to) continue;
        if (d->leaf_matches(d->arg, leaf, MIN(at, next))) out.at[out.count++] = next;
    }
    return out;
}

/* Places met so far: bits counted from the first one on, in the direction of the search. */
typedef struct Met {
    Arena *arena;
    uint64_t *words;
    size_t words_count, base, most;
    bool back;
} Met;

/* False: it was there. */
static bool meet(Met *met, size_t at)
{
    const size_t bit = met->back ? met->base - at : at - met->base, word = bit / 64;
    if (word >= met->words_count) {
        const size_t count = MAX(met->words_count * 2, word + 1);
        met->words = arena_grow(met->arena, met->words, met->words_count * sizeof(uint64_t),
                                count * sizeof(uint64_t));
        memset(met->words + met->words_count, 0, (count - met->words_count) * sizeof(uint64_t));
        met->words_count = count;
    }
    const uint64_t mask = (uint64_t)1 << (bit % 64);
    if (met->words[word] & mask) return false;
    met->words[word] |= mask;
    met->most = MAX(met->most, bit);
    return true;
}

static Places places_met(const Met *met, Arena *arena, size_t count)
{
    Places out = {.at = arena_alloc_array(arena, count, sizeof(size_t)), .count = count};
    size_t found = 0;
    for (size_t word = 0; word < met->words_count; word++)
        for (uint64_t rest = met->words[word]; rest; rest &= rest - 1) {
            const size_t bit = word * 64 + (size_t)__builtin_ctzll(rest);
            if (met->back)
                out.at[count - 1 - found++] = met->base - bit;
            else
                out.at[found++] = met->base + bit;
        }
    ASSERT(found == count);
    return out;
}

/* What `node` reaches in any number of rounds up to `rounds`; 0 rounds count too. */
static Places reach_rounds(const RegexDissection *d, const RegexNode *node, Places from,
                           int32_t rounds, bool back)
{
    if (!from.count || rounds == 0) return from;
    const ArenaMark kept = arena_mark(d->kept);
    Met met = {.arena = d->kept, .back = back, .base = from.at[back ? from.count - 1 : 0]};
    size_t *queue = NULL;
    size_t count = 0, room = 0, done = 0;
    Places next = from;
    for (int32_t round = 0;; round++) {
        task_check();
        for (size_t i = 0; i < next.count; i++) {
            if (!meet(&met, next.at[i])) continue;
            if (count == room) {
                const size_t more = MAX(room * 2, 64);
                queue = arena_grow(d->kept, queue, room * sizeof(size_t), more * sizeof(size_t));
                room = more;
            }
            queue[count++] = next.at[i];
        }
        if (done == count || round == rounds) break;
        const Places fresh = {queue + done, count - done};
        done = count;
        next = reach(d, node, fresh, back);
    }
    const Places out = places_met(&met, d->passing, count);
    arena_rewind(d->kept, kept);
    return out;
}

static Places reach_repeat(const RegexDissection *d, const RegexNode *part, int32_t least,
                           int32_t most, Places from, bool back)
{
    for (int32_t i = 0; i < least && from.count; i++) from = reach(d, part, from, back);
    return reach_rounds(d, part, from, most == REGEX_NO_LIMIT ? REGEX_NO_LIMIT : most - least,
                        back);
}

static Places reach(const RegexDissection *d, const RegexNode *node, Places from, bool back)
{
    task_check();
    if (!from.count) return from;
    switch (node->kind) {
    case REGEX_LEAF: return reach_leaf(d, node, from, back);
    case REGEX_GROUP: return reach(d, node->first, from, back);
    case REGEX_REPEAT: return reach_repeat(d, node->first, node->least, node->most, from, back);
    case REGEX_SEQUENCE:
        for (const RegexNode *part = back ? node->last : node->first; part;
             part = back ? part->previous : part->next)
            from = reach(d, part, from, back);
        return from;
    case REGEX_CHOICE: {
        Places out = {0};
        for (const RegexNode *part = node->first; part; part = part->next)
            out = merge(d->passing, out, reach(d, part, from, back));
        return out;
    }
    }
    return from;
}

/* ---- The rule */

static _Noreturn void raise_lost(void)
{
    raise_error(SQLSTATE_INTERNAL_ERROR, "a match was found and then not found again");
}

/* Of `ends` the one wished for that is among `allowed`. */
static size_t choose(const Places *ends, const Places *allowed, RegexWish wish)
{
    for (size_t i = 0; i < ends->count; i++) {
        const size_t at = ends->at[wish == WISH_SHORTEST ? i : ends->count - 1 - i];
        if (contains(allowed, at)) return at;
    }
    raise_lost();
}

static void dissect(RegexDissection *d, const RegexNode *node, size_t from, size_t to,
                    RegexSpan *spans);

static void dissect_sequence(RegexDissection *d, const RegexNode *node, size_t from, size_t to,
                             RegexSpan *spans)
{
    size_t count = 0, i = 0;
    for (const RegexNode *part = node->first; part; part = part->next) count++;
    Places *behind = arena_alloc_array(d->passing, count + 1, sizeof(Places));
    Places end = {&to, 1};
    i = count;
    for (const RegexNode *part = node->last; part; part = part->previous) {
        behind[--i] = end;
        if (part->previous) end = reach(d, part, end, true);
    }
    const RegexNode *stop = node->last;
    while (!stop->has_groups) stop = stop->previous;
    for (const RegexNode *part = node->first; part != stop->next; part = part->next, i++) {
        const Places start = {&from, 1};
        d->from = from;
        d->to = to;
        const Places ends = part->next ? reach(d, part, start, false) : (Places){&to, 1};
        const size_t until = choose(&ends, &behind[i], part->wish);
        dissect(d, part, from, until, spans);
        from = until;
    }
}

static void dissect_choice(RegexDissection *d, const RegexNode *node, size_t from, size_t to,
                           RegexSpan *spans)
{
    const Places start = {&from, 1};
    for (const RegexNode *part = node->first; part; part = part->next) {
        const Places ends = reach(d, part, start, false);
        if (!contains(&ends, to)) continue;
        dissect(d, part, from, to, spans);
        return;
    }
    raise_lost();
}

/* x{m,n}, m > 0: the last x behind x{m-1,n-1}. */
static void dissect_last(RegexDissection *d, const RegexNode *node, size_t from, size_t to,
                         RegexSpan *spans)
{
    const RegexNode *part = node->first;
    const int32_t most = node->most == REGEX_NO_LIMIT ? node->most : node->most - 1;
    const Places start = {&from, 1}, end = {&to, 1};
    const Places before = reach_repeat(d, part, node->least - 1, most, start, false);
    const Places last = reach(d, part, end, true);
    dissect(d, part, choose(&before, &last, node->wish), to, spans);
}

/* The fewest rounds of `part` from each place to the end, UINT32_MAX where there is no way; counted from `from`. */
static const uint32_t *rounds_to_end(const RegexDissection *d, const RegexNode *part, size_t from,
                                     size_t to, uint32_t most)
{
    uint32_t *rounds = arena_alloc_array(d->passing, to - from + 1, sizeof(uint32_t));
    memset(rounds, 0xff, (to - from + 1) * sizeof(uint32_t));
    Places next = {&to, 1};
    for (uint32_t round = 0; next.count && round <= most; round++) {
        size_t fresh = 0;
        task_check();
        for (size_t i = 0; i < next.count; i++) {
            uint32_t *of_place = &rounds[next.at[i] - from];
            if (*of_place != UINT32_MAX) continue;
            *of_place = round;
            next.at[fresh++] = next.at[i];
        }
        next.count = fresh;
        next = reach(d, part, next, true);
    }
    return rounds;
}

/* The end of a round that begins at `from`: not empty, and no more than `most` rounds from the end. */
static size_t round_end(RegexDissection *d, const RegexNode *part, size_t from, size_t to,
                        const uint32_t *rounds, uint32_t most)
{
    const bool shortest = part->wish == WISH_SHORTEST;
    const Places start = {&from, 1};
    for (size_t bytes = shortest ? SHORT_FIRST : to - from;; bytes *= 2) {
        d->to = bytes < to - from ? from + bytes : to;
        const Places ends = reach(d, part, start, false);
        for (size_t i = 0; i < ends.count; i++) {
            const size_t at = ends.at[shortest ? i : ends.count - 1 - i];
            if (at > from && rounds[at - d->from] <= most) return at;
        }
        if (d->to == to) raise_lost();
    }
}

/* x{0,n} of an extent that is not empty. */
static void dissect_rounds(RegexDissection *d, const RegexNode *node, size_t from, size_t to,
                           RegexSpan *spans)
{
    const RegexNode *part = node->first;
    uint32_t most = node->most == REGEX_NO_LIMIT ? UINT32_MAX - 1 : (uint32_t)node->most;
    const uint32_t *rounds = rounds_to_end(d, part, from, to, most);
    const ArenaMark passing = arena_mark(d->passing);
    for (size_t until = from;; from = until) {
        task_check();
        arena_rewind(d->passing, passing);
        until = round_end(d, part, from, to, rounds, --most);
        if (until == to) break;
    }
    d->to = to;
    dissect(d, part, from, to, spans);
}

static void dissect_repeat(RegexDissection *d, const RegexNode *node, size_t from, size_t to,
                           RegexSpan *spans)
{
    if (node->most == 0) return;
    if (node->least > 0) {
        dissect_last(d, node, from, to, spans);
    } else if (from < to) {
        dissect_rounds(d, node, from, to, spans);
    } else if (node->first->wish != WISH_SHORTEST) {
        const Places start = {&from, 1};
        const Places ends = reach(d, node->first, start, false);
        if (contains(&ends, to)) dissect(d, node->first, from, to, spans);
    }
}

static void dissect(RegexDissection *d, const RegexNode *node, size_t from, size_t to,
                    RegexSpan *spans)
{
    task_check();
    if (!node->has_groups) return;
    d->from = from;
    d->to = to;
    switch (node->kind) {
    case REGEX_LEAF: break;
    case REGEX_GROUP:
        spans[node->number] = (RegexSpan){from, to};
        dissect(d, node->first, from, to, spans);
        break;
    case REGEX_SEQUENCE: dissect_sequence(d, node, from, to, spans); break;
    case REGEX_CHOICE: dissect_choice(d, node, from, to, spans); break;
    case REGEX_REPEAT: dissect_repeat(d, node, from, to, spans); break;
    }
}

void regex_dissect(RegexDissection *d, const RegexNode *root, RegexSpan *spans)
{
    dissect(d, root, d->from, d->to, spans);
}
