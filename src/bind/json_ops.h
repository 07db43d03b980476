/* SPDX-License-Identifier: Apache-2.0 */
/* json_ops.h - what a JsonExpr of query.nodes is. Its numbers stand in stored views and defaults: they never change. */
#pragma once

enum {
    JSON_EXPR_IS = 1, /* args[0] IS JSON [kind] [WITH UNIQUE KEYS], of text, bytea, json or jsonb */
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
