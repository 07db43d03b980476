/* SPDX-License-Identifier: Apache-2.0 */
/* type_call.h - the SQL-callable input, output, receive, send and typmod functions of all types: one body each, which
 * finds the type from the function's own declaration (SQL_TYPE_FUNCTION). Used by the generated tables. */
#pragma once

#include "base/fn.h"
#include "type/array_type.h"

void type_call_input(Fn *fn, const Vector *args, Selection selection,
                     Vector *result); /* (cstring[, oid, int4]) */
void type_call_output(Fn *fn, const Vector *args, Selection selection,
                      Vector *result); /* (T) -> cstring */
void type_call_receive(Fn *fn, const Vector *args, Selection selection,
                       Vector *result); /* (internal, ...) */
void type_call_send(Fn *fn, const Vector *args, Selection selection,
                    Vector *result); /* (T) -> bytea */
void type_call_typmod_in(Fn *fn, const Vector *args, Selection selection,
                         Vector *result); /* (cstring[]) -> int4 */
void type_call_typmod_out(Fn *fn, const Vector *args, Selection selection,
                          Vector *result); /* (int4) -> cstring */

/* The code that all array types share; the generator puts it into the struct of each. */
#define TYPE_ARRAY_CODE                                                                  \
    .parse = array_type_parse, .print = array_type_print, .receive = array_type_receive, \
    .send = array_type_send, .compare = array_type_compare, .equal = array_type_equal,   \
    .hash = array_type_hash, .sort_key = array_type_key
