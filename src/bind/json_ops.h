/* SPDX-License-Identifier: Apache-2.0 */
/* json_ops.h - what a JsonExpr of query.nodes is. Its numbers stand in stored views and defaults: they never change. */
#pragma once

enum {
    JSON_EXPR_IS = 1, /* args[0] IS JSON [kind] [WITH UNIQUE KEYS], of text, bytea, json or jsonb */
    JSON_EXPR_PARSE = 2,     /* JSON(args[0]), of the same types */
    JSON_EXPR_SCALAR = 3,    /* JSON_SCALAR(args[0]) */
    JSON_EXPR_SERIALIZE = 4, /* JSON_SERIALIZE(args[0] RETURNING), of the same types as JSON() */
    JSON_EXPR_OBJECT = 5,    /* JSON_OBJECT, args: keys and values in turn */
    JSON_EXPR_ARRAY = 6,     /* JSON_ARRAY, args: values */
    JSON_EXPR_OBJECT_AGG =
        7, /* JSON_OBJECTAGG, args[0]: the call of an aggregate, perhaps with OVER */
    JSON_EXPR_ARRAY_AGG = 8, /* JSON_ARRAYAGG, likewise */
    JSON_EXPR_VALUE = 9, /* args[0] FORMAT JSON, within the above: text or bytea that holds JSON */
    /* JSON_EXISTS, JSON_VALUE, JSON_QUERY. args: document (jsonb), path, as many values as there are `names` PASSING
     * them, then what is behind DEFAULT ... ON EMPTY and DEFAULT ... ON ERROR, of those that are said. */
    JSON_EXPR_EXISTS = 10,
    JSON_EXPR_ITEM = 11,
    JSON_EXPR_QUERY = 12,
};

/* `flags` of JSON_EXPR_IS: the kind asked for, and bits. */
enum {
    JSON_IS_ANY = 0,
    JSON_IS_OBJECT = 1,
    JSON_IS_ARRAY = 2,
    JSON_IS_SCALAR = 3,
    JSON_IS_KIND = 3, /* mask of the above */
    JSON_IS_UNIQUE = 4,
};

/* `flags` of the others. */
enum {
    JSON_MAKES_JSONB = 1,
    JSON_ABSENT_ON_NULL = 2,
    JSON_UNIQUE_KEYS = 4,
    /* The last of args turns what is made, which CaseValue stands for in it, into what RETURNING asks for. */
    JSON_COERCED = 8,
    JSON_FORMAT = 16, /* FORMAT JSON stands behind args[0], or */
    JSON_FORMAT_UTF8 = 32,
    JSON_RETURNING_FORMAT = 64,
};
/* `flags` of JSON_EXISTS, JSON_VALUE and JSON_QUERY: bits, and a JsonOn for either case. */
enum {
    JSON_WRAP_SEVERAL = 1 << 8, /* WITH CONDITIONAL WRAPPER */
    JSON_WRAP = 1 << 9,         /* WITH UNCONDITIONAL WRAPPER */
    JSON_OMIT_QUOTES = 1 << 10,
    JSON_ON_EMPTY_SHIFT = 12,
    JSON_ON_ERROR_SHIFT = 16,
    JSON_ON_MASK = 15,
};
typedef enum JsonOn {
    JSON_ON_UNSAID = 0,
    JSON_ON_NULL = 1,
    JSON_ON_ERROR = 2,
    JSON_ON_TRUE = 3,
    JSON_ON_FALSE = 4,
    JSON_ON_UNKNOWN = 5,
    JSON_ON_EMPTY_ARRAY = 6,
    JSON_ON_EMPTY_OBJECT = 7,
    JSON_ON_DEFAULT = 8,
} JsonOn;
/* How many of `args` are arguments. */
#define JSON_ARG_COUNT(json) ((json)->args.count - ((json)->flags & JSON_COERCED ? 1u : 0u))
