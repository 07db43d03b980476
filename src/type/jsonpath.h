/* SPDX-License-Identifier: Apache-2.0 */
/* jsonpath.h - paths into JSON as the SQL standard has them: read, printed, and run over JSON nodes.
 *
 * Stored form: a version word (1), then the path's text as it is printed; who runs a path reads it once a call site. */
#pragma once

#include "type/json.h"
#include "type/regex.h"

typedef enum JsonPathKind {
    PATH_ROOT,    /* $ */
    PATH_CURRENT, /* @ */
    PATH_LAST,
    PATH_VARIABLE,
    PATH_NULL,
    PATH_FALSE,
    PATH_TRUE,
    PATH_NUMBER,
    PATH_STRING,
    /* accessors: each belongs to the item before it */
    PATH_KEY,
    PATH_ANY_KEY,   /* .* */
    PATH_ANY_ARRAY, /* [*] */
    PATH_INDEX,     /* [a, b to c] */
    PATH_ANY,       /* .**{first to last} */
    PATH_FILTER,
    PATH_METHOD,
    /* predicates */
    PATH_OR,
    PATH_AND,
    PATH_NOT,
    PATH_IS_UNKNOWN,
    PATH_EXISTS,
    PATH_EQ,
    PATH_NE,
    PATH_LT,
    PATH_GT,
    PATH_LE,
    PATH_GE,
    PATH_STARTS_WITH,
    PATH_LIKE_REGEX,
    /* arithmetic */
    PATH_ADD,
    PATH_SUBTRACT,
    PATH_MULTIPLY,
    PATH_DIVIDE,
    PATH_MODULO,
    PATH_PLUS,
    PATH_MINUS,
} JsonPathKind;

typedef enum PathMethod {
    PATH_METHOD_ABS,
    PATH_METHOD_SIZE,
    PATH_METHOD_TYPE,
    PATH_METHOD_FLOOR,
    PATH_METHOD_CEILING,
    PATH_METHOD_DOUBLE,
    PATH_METHOD_KEYVALUE,
    PATH_METHOD_BIGINT,
    PATH_METHOD_BOOLEAN,
    PATH_METHOD_DECIMAL,
    PATH_METHOD_INTEGER,
    PATH_METHOD_NUMBER,
    PATH_METHOD_STRING,
    PATH_METHOD_DATE,
    PATH_METHOD_DATETIME,
    PATH_METHOD_TIME,
    PATH_METHOD_TIME_TZ,
    PATH_METHOD_TIMESTAMP,
    PATH_METHOD_TIMESTAMP_TZ,
    PATH_METHOD_COUNT,
} PathMethod;

enum { PATH_LEVEL_LAST = -1 }; /* of PATH_ANY: the deepest level */
enum { PATH_REGEX_I = 1, PATH_REGEX_S = 2, PATH_REGEX_M = 4, PATH_REGEX_X = 8, PATH_REGEX_Q = 16 };

typedef struct PathNode PathNode;
struct PathNode {
    JsonPathKind kind;
    PathNode *next; /* the accessor that is applied to this */
    PathNode *left, *right;
    PathNode **from, **to; /* PATH_INDEX: subscripts; `to` NULL: one element */
    uint32_t count;
    Str text; /* key, variable, string, pattern, template */
    Decimal number;
    PathMethod method;
    int64_t first, last; /* PATH_ANY: levels; a method's arguments; -1 first: none */
    uint32_t flags;      /* PATH_REGEX_* */
};

typedef struct Path {
    bool strict;
    const PathNode *root;
} Path;

/* The path of a stored one, which the call site keeps. */
const Path *path_at(Fn *fn, Str stored);
/* False and *err filled unless `text` is a path. Raises 54001 for one nested too deep. */
bool path_read(Arena *arena, Str text, Path *path, InputError *err);
void path_print(const Path *path, StrBuilder *out);
/* The text in a stored path. Raises XX001 for bytes that are none. */
Str path_text(Str stored);
static inline bool path_is_predicate(const PathNode *node)
{
    return node->kind >= PATH_OR && node->kind <= PATH_LIKE_REGEX && !node->next;
}
Str path_method_name(PathMethod method);
Str path_operator(JsonPathKind kind); /* "==" */
RegexOptions path_regex_options(const PathNode *node);

/* What .datetime() or one of its kin makes of a text. False and *err filled where it is none; with a template errors
 * are raised when `err` is NULL. Raises 0A000 for what needs the session's zone unless `zones`. */
bool path_moment_read(Fn *fn, const PathNode *node, Str text, bool zones, JsonMoment *m,
                      InputError *err);
/* Below, at or above 0 in *order; false: they do not compare. Raises as the above. */
bool path_moment_compare(Fn *fn, const JsonMoment *a, const JsonMoment *b, bool zones, int *order);
/* A variable's value: dates and times are moments. */
JsonNode path_variable(Fn *fn, Oid type, const Datum *value);
Str path_moment_type(const JsonMoment *m); /* "timestamp without time zone" */

/* The items that a path finds in a document. `vars` NULL: none. False: an error was found, and `silent` asked to say no
 * more; else errors raise. */
typedef struct PathItems {
    ARRAY_OF(JsonNode) items;
    bool one_is_enough; /* of lax paths: is there any? What is behind the first is not looked at */
} PathItems;
typedef struct PathRun {
    Fn *fn;
    const Path *path;
    JsonNode document;
    const JsonNode *vars;
    bool silent;
    bool zones; /* may conversions of dates and times lead through the session's time zone? */
} PathRun;
bool path_run(const PathRun *run, PathItems *found);
/* Whether there is any: 1, 0, or -1 for an error that `silent` hides. */
int path_exists(const PathRun *run);
