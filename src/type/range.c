/* SPDX-License-Identifier: Apache-2.0 */
/* range.c - ranges as lists of parts: stored forms, order of bounds, and the algebra of sets over such lists.
 *
 * Ranges over integers and dates are kept in one canonical form, lower bound included and upper excluded, so that equal
 * sets have equal bounds and neighbours share a bound. Elsewhere an upper and a lower bound of the same value touch
 * when just one of them is included. */
#include "type/range.h"

#include "base/arith.h"
#include "base/oids.h"
#include "base/task.h"
#include "type/calendar.h"

enum {
    RANGE_EMPTY = 1,
    LOWER_INCLUSIVE = 2,
    UPPER_INCLUSIVE = 4,
    LOWER_INFINITE = 8,
    UPPER_INFINITE = 16
};

RangeCall range_call(const TypeCall *call)
{
    RangeCall made = {.range = call->type, .element = *call};
    if (made.range->kind == 'm') made.range = type_get(call->env, made.range->subtype);
    made.element.type = type_get(call->env, made.range->subtype);
    made.element.typmod = -1;
    made.element.collation = made.range->subtype_collation;
    return made;
}

/* ---- Canonical form */

/* The value behind this one, where there is nothing between; false: out of the type's range. */
static bool next_value(const RangeCall *call, Value *value, InputError *err)
{
    switch (call->range->oid) {
    case OID_INT4RANGE:
        return !add_overflows(value->i32, 1, &value->i32) ||
               input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
    case OID_INT8RANGE:
        return !add_overflows(value->i64, INT64_C(1), &value->i64) ||
               input_error(err, SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range");
    default:
        value->i32++;
        return date_in_range(value->i32) ||
               input_error(err, SQLSTATE_DATETIME_FIELD_OVERFLOW, "date out of range");
    }
}

/* Has the range type neighbouring values, and this bound one? Infinite dates have none. */
static bool is_discrete(const RangeCall *call, const RangeBound *bound)
{
    if (bound->infinite) return false;
    if (call->range->oid == OID_DATERANGE) return date_is_finite(bound->value.i32);
    return call->range->oid == OID_INT4RANGE || call->range->oid == OID_INT8RANGE;
}

bool range_settle(const RangeCall *call, Range *range, InputError *err)
{
    RangeBound *lower = &range->lower, *upper = &range->upper;
    if (range->empty) return true;
    lower->inclusive &= !lower->infinite;
    upper->inclusive &= !upper->infinite;
    if (!lower->infinite && !upper->infinite &&
        type_compare(&call->element, &lower->value, &upper->value) > 0)
        return input_error(err, SQLSTATE_DATA_EXCEPTION,
                           "range lower bound must be less than or equal to range upper bound");
    range->empty = range_compare_bounds(call, lower, upper) > 0 ||
                   (!lower->infinite && !upper->infinite && !lower->inclusive &&
                    !upper->inclusive &&
                    type_compare(&call->element, &lower->value, &upper->value) == 0);
    if (range->empty) return true;
    if (is_discrete(call, lower) && !lower->inclusive) {
        if (!next_value(call, &lower->value, err)) return false;
        lower->inclusive = true;
    }
    if (is_discrete(call, upper) && upper->inclusive) {
        if (!next_value(call, &upper->value, err)) return false;
        upper->inclusive = false;
    }
    range->empty = range_compare_bounds(call, lower, upper) > 0;
    return true;
}

Range range_of_bounds(const RangeCall *call, const RangeBound *lower, const RangeBound *upper)
{
    Range range = {.lower = *lower, .upper = *upper};
    InputError err = {.arena = call->element.arena};
    if (!range_settle(call, &range, &err)) input_error_raise(&err);
    return range;
}

/* ---- Stored forms */

uint8_t range_flags(const Range *range)
{
    if (range->empty) return RANGE_EMPTY;
    return (uint8_t)((range->lower.inclusive ? LOWER_INCLUSIVE : 0) |
                     (range->upper.inclusive ? UPPER_INCLUSIVE : 0) |
                     (range->lower.infinite ? LOWER_INFINITE : 0) |
                     (range->upper.infinite ? UPPER_INFINITE : 0));
}

Range range_of_flags(uint8_t flags)
{
    Range range = {.empty = (flags & RANGE_EMPTY) != 0,
                   .lower = {.lower = true, .infinite = (flags & LOWER_INFINITE) != 0},
                   .upper = {.infinite = (flags & UPPER_INFINITE) != 0}};
    range.lower.inclusive = (flags & LOWER_INCLUSIVE) && !range.lower.infinite;
    range.upper.inclusive = (flags & UPPER_INCLUSIVE) && !range.upper.infinite;
    return range;
}

static bool is_variable(const Type *type)
{
    return type->phys == PHYS_STR || type->store;
}

static void add_u32(StrBuilder *out, uint32_t v)
{
    memcpy(str_add_space(out, sizeof v), &v, sizeof v);
}

static void range_store(const RangeCall *call, const Range *range, StrBuilder *out)
{
    str_add_char(out, (char)range_flags(range));
    if (range->empty) return;
    if (!range->lower.infinite) {
        const bool variable = is_variable(call->element.type);
        const size_t at = out->bytes;
        if (variable) add_u32(out, 0);
        type_store(call->element.type, &range->lower.value, out);
        const uint32_t bytes = (uint32_t)(out->bytes - at - sizeof bytes);
        if (variable) memcpy(out->data + at, &bytes, sizeof bytes);
    }
    if (!range->upper.infinite) type_store(call->element.type, &range->upper.value, out);
}

Str range_write(const RangeCall *call, const Range *range)
{
    StrBuilder out = str_builder(call->element.arena, 32);
    range_store(call, range, &out);
    return str_done(&out);
}

_Noreturn static void corrupt(void)
{
    raise_error(SQLSTATE_DATA_CORRUPTED, "a stored range is damaged");
}

/* A stored value of `count` bytes off the front. */
static Value take_value(const RangeCall *call, Str *stored, size_t count)
{
    Value value;
    if (count > stored->bytes ||
        !type_load(call->element.type, (Bytes){(const uint8_t *)stored->data, count}, &value))
        corrupt();
    *stored = str_slice(*stored, count, stored->bytes);
    return value;
}

static uint32_t take_u32(Str *stored)
{
    uint32_t v;
    if (stored->bytes < sizeof v) corrupt();
    memcpy(&v, stored->data, sizeof v);
    *stored = str_slice(*stored, sizeof v, stored->bytes);
    return v;
}

Range range_read(const RangeCall *call, Str stored)
{
    if (!stored.bytes) corrupt();
    Range range = range_of_flags((uint8_t)stored.data[0]);
    stored = str_slice(stored, 1, stored.bytes);
    if (!range.empty && !range.lower.infinite) {
        const size_t count = is_variable(call->element.type) ? take_u32(&stored)
                                                             : phys_bytes(call->element.type->phys);
        range.lower.value = take_value(call, &stored, count);
    }
    if (!range.empty && !range.upper.infinite)
        range.upper.value = take_value(call, &stored, stored.bytes);
    return range;
}

Str multirange_write(const RangeCall *call, Ranges parts)
{
    StrBuilder out = str_builder(call->element.arena, 64);
    add_u32(&out, parts.count);
    const size_t offsets = out.bytes;
    memset(str_add_space(&out, (parts.count + 1) * sizeof(uint32_t)), 0,
           (parts.count + 1) * sizeof(uint32_t));
    const size_t start = out.bytes;
    for (uint32_t i = 0; i < parts.count; i++) {
        task_check();
        range_store(call, &parts.items[i], &out);
        const uint32_t end = (uint32_t)(out.bytes - start);
        memcpy(out.data + offsets + (i + 1) * sizeof end, &end, sizeof end);
    }
    return str_done(&out);
}

Ranges multirange_read(const RangeCall *call, Str stored)
{
    const uint32_t count = take_u32(&stored);
    if (stored.bytes / sizeof(uint32_t) <= count) corrupt();
    const size_t start = (count + (size_t)1) * sizeof(uint32_t);
    Ranges parts = {ARENA_ARRAY(call->element.arena, Range, count + 1), count};
    for (uint32_t i = 0; i < count; i++) {
        uint32_t ends[2];
        task_check();
        memcpy(ends, stored.data + i * sizeof *ends, sizeof ends);
        if (ends[0] > ends[1] || ends[1] > stored.bytes - start) corrupt();
        parts.items[i] = range_read(call, str_slice(stored, start + ends[0], start + ends[1]));
    }
    return parts;
}

static Ranges of_one(const RangeCall *call, Range range)
{
    Ranges parts = {ARENA_NEW(call->element.arena, Range), range.empty ? 0 : 1};
    *parts.items = range;
    return parts;
}

Ranges ranges_read(const RangeCall *call, char kind, Str stored)
{
    if (kind == 'm') return multirange_read(call, stored);
    return of_one(call, range_read(call, stored));
}

/* ---- Order */

int range_compare_bounds(const RangeCall *call, const RangeBound *a, const RangeBound *b)
{
    if (a->infinite && b->infinite) return a->lower == b->lower ? 0 : a->lower ? -1 : 1;
    if (a->infinite) return a->lower ? -1 : 1;
    if (b->infinite) return b->lower ? 1 : -1;
    const int order = type_compare(&call->element, &a->value, &b->value);
    if (order) return order < 0 ? -1 : 1;
    /* An excluded lower bound lies just above its value, an excluded upper one just below. */
    const int beside_a = a->inclusive ? 0 : a->lower ? 1 : -1;
    const int beside_b = b->inclusive ? 0 : b->lower ? 1 : -1;
    return (beside_a > beside_b) - (beside_a < beside_b);
}

static int compare_parts(const RangeCall *call, const Range *a, const Range *b)
{
    const int order = range_compare_bounds(call, &a->lower, &b->lower);
    return order ? order : range_compare_bounds(call, &a->upper, &b->upper);
}

int ranges_compare(const RangeCall *call, Ranges a, Ranges b)
{
    for (uint32_t i = 0; i < a.count && i < b.count; i++) {
        const int order = compare_parts(call, &a.items[i], &b.items[i]);
        if (order) return order;
    }
    return (a.count > b.count) - (a.count < b.count);
}

/* ---- Predicates */

static const Range *last(Ranges parts)
{
    return &parts.items[parts.count - 1];
}

static bool overlap(const RangeCall *call, const Range *a, const Range *b)
{
    return range_compare_bounds(call, &a->lower, &b->upper) <= 0 &&
           range_compare_bounds(call, &b->lower, &a->upper) <= 0;
}

/* Is nothing between an upper and a lower bound, and nothing in both? */
static bool touch(const RangeCall *call, const RangeBound *upper, const RangeBound *lower)
{
    return !upper->infinite && !lower->infinite && upper->inclusive != lower->inclusive &&
           type_compare(&call->element, &upper->value, &lower->value) == 0;
}

bool ranges_overlap(const RangeCall *call, Ranges a, Ranges b)
{
    for (uint32_t i = 0, j = 0; i < a.count && j < b.count;) {
        task_check();
        if (overlap(call, &a.items[i], &b.items[j])) return true;
        if (range_compare_bounds(call, &a.items[i].upper, &b.items[j].upper) < 0)
            i++;
        else
            j++;
    }
    return false;
}

bool ranges_contain(const RangeCall *call, Ranges a, Ranges b)
{
    uint32_t i = 0;
    for (uint32_t j = 0; j < b.count; j++) {
        task_check();
        while (i < a.count && range_compare_bounds(call, &a.items[i].upper, &b.items[j].upper) < 0)
            i++;
        if (i == a.count || range_compare_bounds(call, &a.items[i].lower, &b.items[j].lower) > 0)
            return false;
    }
    return true;
}

bool ranges_before(const RangeCall *call, Ranges a, Ranges b)
{
    return a.count && b.count && range_compare_bounds(call, &last(a)->upper, &b.items[0].lower) < 0;
}

bool ranges_over_left(const RangeCall *call, Ranges a, Ranges b)
{
    return a.count && b.count && range_compare_bounds(call, &last(a)->upper, &last(b)->upper) <= 0;
}

bool ranges_over_right(const RangeCall *call, Ranges a, Ranges b)
{
    return a.count && b.count &&
           range_compare_bounds(call, &a.items[0].lower, &b.items[0].lower) >= 0;
}

bool ranges_adjacent(const RangeCall *call, Ranges a, Ranges b)
{
    return a.count && b.count &&
           (touch(call, &last(a)->upper, &b.items[0].lower) ||
            touch(call, &last(b)->upper, &a.items[0].lower));
}

bool ranges_contain_value(const RangeCall *call, Ranges a, const Value *value)
{
    RangeBound lower = {.lower = true, .inclusive = true, .value = *value}, upper = lower;
    upper.lower = false;
    Range point = {.lower = lower, .upper = upper};
    return ranges_contain(call, a, (Ranges){&point, 1});
}

/* ---- Operations */

/* Merges, n log n whatever comes. */
static void sort_parts(const RangeCall *call, Range *parts, Range *spare, uint32_t count)
{
    if (count < 2) return;
    const uint32_t half = count / 2;
    task_check();
    sort_parts(call, parts, spare, half);
    sort_parts(call, parts + half, spare, count - half);
    if (compare_parts(call, &parts[half - 1], &parts[half]) <= 0) return;
    memcpy(spare, parts, half * sizeof *parts);
    uint32_t a = 0, b = half, out = 0;
    while (a < half && b < count)
        parts[out++] = compare_parts(call, &spare[a], &parts[b]) <= 0 ? spare[a++] : parts[b++];
    while (a < half) parts[out++] = spare[a++];
}

Ranges ranges_normalise(const RangeCall *call, Ranges parts)
{
    Range *items = parts.items;
    uint32_t count = 0;
    for (uint32_t i = 0; i < parts.count; i++)
        if (!items[i].empty) items[count++] = items[i];
    sort_parts(call, items, ARENA_ARRAY(call->element.arena, Range, count / 2 + 1), count);
    Ranges result = {items, 0};
    for (uint32_t i = 0; i < count; i++) {
        Range *before = result.count ? &items[result.count - 1] : NULL;
        if (!before ||
            !(overlap(call, before, &items[i]) || touch(call, &before->upper, &items[i].lower)))
            items[result.count++] = items[i];
        else if (range_compare_bounds(call, &before->upper, &items[i].upper) < 0)
            before->upper = items[i].upper;
    }
    return result;
}

Ranges ranges_unite(const RangeCall *call, Ranges a, Ranges b)
{
    Ranges all = {ARENA_ARRAY(call->element.arena, Range, a.count + b.count + 1),
                  a.count + b.count};
    if (a.count) memcpy(all.items, a.items, a.count * sizeof *a.items);
    if (b.count) memcpy(all.items + a.count, b.items, b.count * sizeof *b.items);
    return ranges_normalise(call, all);
}

/* The bound on the other side of the same cut. */
static RangeBound other_side(RangeBound bound)
{
    bound.lower = !bound.lower;
    bound.inclusive = !bound.inclusive;
    return bound;
}

Ranges ranges_subtract(const RangeCall *call, Ranges a, Ranges b)
{
    Ranges left = {ARENA_ARRAY(call->element.arena, Range, a.count + b.count + 1), 0};
    uint32_t j = 0;
    for (uint32_t i = 0; i < a.count; i++) {
        Range rest = a.items[i];
        bool any = true;
        task_check();
        while (j < b.count && range_compare_bounds(call, &b.items[j].upper, &rest.lower) < 0) j++;
        for (; any && j < b.count && overlap(call, &rest, &b.items[j]); j++) {
            const Range *cut = &b.items[j];
            if (range_compare_bounds(call, &rest.lower, &cut->lower) < 0) {
                left.items[left.count] = rest;
                left.items[left.count++].upper = other_side(cut->lower);
            }
            any = range_compare_bounds(call, &rest.upper, &cut->upper) > 0;
            if (!any) break; /* the cut may reach into the next part too */
            rest.lower = other_side(cut->upper);
        }
        if (any) left.items[left.count++] = rest;
    }
    return left;
}

Ranges ranges_intersect(const RangeCall *call, Ranges a, Ranges b)
{
    Ranges both = {ARENA_ARRAY(call->element.arena, Range, a.count + b.count + 1), 0};
    for (uint32_t i = 0, j = 0; i < a.count && j < b.count;) {
        const Range *x = &a.items[i], *y = &b.items[j];
        task_check();
        const bool x_ends = range_compare_bounds(call, &x->upper, &y->upper) < 0;
        if (overlap(call, x, y))
            both.items[both.count++] = (Range){
                .lower = range_compare_bounds(call, &x->lower, &y->lower) > 0 ? x->lower : y->lower,
                .upper = x_ends ? x->upper : y->upper};
        if (x_ends)
            i++;
        else
            j++;
    }
    return both;
}

Range ranges_span(Ranges parts)
{
    if (!parts.count) return (Range){.empty = true};
    return (Range){.lower = parts.items[0].lower, .upper = last(parts)->upper};
}
