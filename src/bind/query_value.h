/* SPDX-License-Identifier: Apache-2.0 */
/* query_value.h - the value of a constant inside a query tree: a Datum with its physical kind, so that the tree's
 * generic functions (copy, equal, print, read) can handle it without asking what type it has.
 *
 * Equality is that of bytes: 1.0 and 1.00 are different constants, NaN equals itself.
 * Printed: null, or kind:payload; bytes as hex digits, a big decimal as its stored form. */
#pragma once

#include "base/node.h"
#include "base/vector.h"

typedef struct QueryValue {
    Datum datum;
    uint8_t phys; /* Phys */
} QueryValue;

extern const NodeExtern query_value_extern;
