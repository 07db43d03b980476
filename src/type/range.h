/* SPDX-License-Identifier: Apache-2.0 */
/* range.h - ranges and multiranges (docs/formats.md, section 5): taken apart, put together, and as sets of values.
 *
 * A range is looked at as a list of at most one part, a multirange as a list of parts in order, apart from each other,
 * none empty. So a predicate or an operation is written once, over two lists, for every mixture of the two. */
#pragma once

#include "type/type.h"

typedef struct RangeBound {
    bool lower, infinite, inclusive; /* infinite: not inclusive, and no value */
    Value value;
} RangeBound;

typedef struct Range {
    bool empty;
    RangeBound lower, upper;
} Range;

typedef struct Ranges {
    Range *items;
    uint32_t count;
} Ranges;

/* How ranges of a type are handled. */
typedef struct RangeCall {
    const Type *range; /* the range type, also of a multirange */
    TypeCall element;
} RangeCall;

/* From a call of a range or multirange type. */
RangeCall range_call(const TypeCall *call);

/* Brings bounds into the canonical form of discrete types; false and *err filled where the lower is above the upper, or
 * the canonical bound is out of its type's range. */
bool range_settle(const RangeCall *call, Range *range, InputError *err);
/* The same for bounds that SQL gave as values; raises. */
Range range_of_bounds(const RangeCall *call, const RangeBound *lower, const RangeBound *upper);
/* Stored forms. Reading raises XX001 where the bytes are no stored range; values may point into them. */
Str range_write(const RangeCall *call, const Range *range);
Range range_read(const RangeCall *call, Str stored);
Str multirange_write(const RangeCall *call, Ranges parts);
Ranges multirange_read(const RangeCall *call, Str stored);
/* Of a range or a multirange (`kind`: 'r' or 'm'). */
Ranges ranges_read(const RangeCall *call, char kind, Str stored);
/* Sorts, unites what touches, drops empty ones; in place. */
Ranges ranges_normalise(const RangeCall *call, Ranges parts);
/* The flags that begin the stored and the wire form; bounds of them have no values. */
uint8_t range_flags(const Range *range);
Range range_of_flags(uint8_t flags);

/* Where bounds lie: an infinite one outside all others, an excluded value just beside that value. */
int range_compare_bounds(const RangeCall *call, const RangeBound *a, const RangeBound *b);
/* The default order: by lower, then upper bounds; the empty range first, a list before its continuations. */
int ranges_compare(const RangeCall *call, Ranges a, Ranges b);

/* Predicates and operations on sets; linear in both. */
bool ranges_overlap(const RangeCall *call, Ranges a, Ranges b);
bool ranges_contain(const RangeCall *call, Ranges a, Ranges b);
bool ranges_before(const RangeCall *call, Ranges a, Ranges b);     /* all of a lies below b */
bool ranges_over_left(const RangeCall *call, Ranges a, Ranges b);  /* a does not reach above b */
bool ranges_over_right(const RangeCall *call, Ranges a, Ranges b); /* a does not reach below b */
bool ranges_adjacent(const RangeCall *call, Ranges a, Ranges b);   /* nothing between their ends */
bool ranges_contain_value(const RangeCall *call, Ranges a, const Value *value);
Ranges ranges_unite(const RangeCall *call, Ranges a, Ranges b);
Ranges ranges_subtract(const RangeCall *call, Ranges a, Ranges b);
Ranges ranges_intersect(const RangeCall *call, Ranges a, Ranges b);
/* From the first lower to the last upper bound. */
Range ranges_span(Ranges parts);

/* Of the types, for the macros below. */
bool range_type_parse(const TypeCall *call, Str text, Value *value, InputError *err);
void range_type_print(const TypeCall *call, const Value *value, StrBuilder *out);
bool range_type_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err);
void range_type_send(const TypeCall *call, const Value *value, StrBuilder *out);
bool multirange_type_parse(const TypeCall *call, Str text, Value *value, InputError *err);
void multirange_type_print(const TypeCall *call, const Value *value, StrBuilder *out);
bool multirange_type_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err);
void multirange_type_send(const TypeCall *call, const Value *value, StrBuilder *out);
int range_type_compare(const TypeCall *call, const Value *a, const Value *b);
uint64_t range_type_hash(const TypeCall *call, const Value *value);
KeyExactness range_type_key(const TypeCall *call, const Value *value, StrBuilder *out);

#define TYPE_RANGE_ORDER \
    .compare = range_type_compare, .hash = range_type_hash, .sort_key = range_type_key
#define TYPE_RANGE_CODE                                                                  \
    .parse = range_type_parse, .print = range_type_print, .receive = range_type_receive, \
    .send = range_type_send, TYPE_RANGE_ORDER
#define TYPE_MULTIRANGE_CODE                                        \
    .parse = multirange_type_parse, .print = multirange_type_print, \
    .receive = multirange_type_receive, .send = multirange_type_send, TYPE_RANGE_ORDER
