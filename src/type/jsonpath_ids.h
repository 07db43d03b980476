/* SPDX-License-Identifier: Apache-2.0 */
/* jsonpath_ids.h - the ids that jsonpath's .keyvalue() gives objects. */
#pragma once

#include "base/array.h"
#include "type/json.h"

/* An object or array on the way to the objects asked for: where its child `i` is to begin if no padding is needed. */
typedef struct PathBaseLevel {
    JsonNode container;
    uint32_t i;
    int64_t at;
} PathBaseLevel;

/* A document that objects are counted in: number 0 is what the path runs over, then come the variables, then what
 * .keyvalue() itself has made. `document` stays where it is; levels begin empty, with an arena. */
typedef struct PathBase {
    const JsonNode *document;
    int64_t number;
    ARRAY_OF(PathBaseLevel) levels; /* of the object that was asked for last */
} PathBase;

/* The id of an object that lies in the base; 0 when it lies in another one. Objects asked for in their order cost one
 * walk over the document in all. */
int64_t path_object_id(PathBase *base, const JsonNode *object);
