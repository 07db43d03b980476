/* SPDX-License-Identifier: Apache-2.0 */
/* array_type.h - arrays as types: what every array type has in its struct, and what the functions over arrays share. */
#pragma once

#include "type/array.h"

/* Raises XX001 where the bytes are no stored array. */
ArrayView array_view_or_raise(Str stored);
/* How the elements of an array are handled: the call of the array with the type of its elements. */
TypeCall array_element_call(const TypeCall *call, Oid element);
/* All elements. */
Datum *array_values(Arena *arena, const ArrayView *view, const Type *element);
/* "[1:3][0:1]" */
void array_print_bounds(const ArrayShape *shape, StrBuilder *out);

/* -1, 0, 1: elements, then their number, then dimensions, lengths, lower bounds; NULL is equal to NULL and above all
 * else. */
int array_compare(const TypeCall *call, Str a, Str b);
bool array_equal(const TypeCall *call, Str a, Str b);

/* Of the array types, for TYPE_ARRAY_CODE. */
bool array_type_parse(const TypeCall *call, Str text, Value *value, InputError *err);
void array_type_print(const TypeCall *call, const Value *value, StrBuilder *out);
bool array_type_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err);
void array_type_send(const TypeCall *call, const Value *value, StrBuilder *out);
int array_type_compare(const TypeCall *call, const Value *a, const Value *b);
bool array_type_equal(const TypeCall *call, const Value *a, const Value *b);
uint64_t array_type_hash(const TypeCall *call, const Value *value);
KeyExactness array_type_key(const TypeCall *call, const Value *value, StrBuilder *out);
