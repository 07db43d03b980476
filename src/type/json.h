/* SPDX-License-Identifier: Apache-2.0 */
/* json.h - JSON values: as text that is read into a tree of nodes, and as jsonb, whose stored form (docs/formats.md,
 * section 6) is looked at in place.
 *
 * A JsonNode is either read from text (json.h's reader), or made by hand, or JSON_STORED: a look at a part of a stored
 * document. The accessors below work on all of them, so that most functions of json and jsonb are written once. Nodes
 * point to the text or document that they were made of. */
#pragma once

#include "base/array.h"
#include "type/numeric.h"
#include "type/type.h"

typedef enum JsonKind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
    JSON_STORED, /* this and the next are never an answer of json_kind */
    JSON_MOMENT, /* a string that a path has made a date or time */
} JsonKind;

typedef struct JsonMoment {
    Str text; /* as it is written */
    Oid type;
    Value value;
    int32_t seconds_east; /* of a timestamptz: the zone that it is written in */
} JsonMoment;

/* A part of a stored document: its entry (kind, and the value of a small integer) and its data. */
typedef struct JsonPart {
    uint32_t entry, bytes;
    const char *data;
} JsonPart;

typedef struct JsonMember JsonMember;
typedef struct JsonNode {
    JsonKind kind;
    uint32_t count; /* of items */
    union {
        Str string;
        Decimal number;
        JsonMember *items;
        JsonPart part;
        const JsonMoment *moment;
    };
    Str source; /* the value as it stood in the text; empty if it was not read from one */
} JsonNode;
struct JsonMember {
    Str key; /* of objects */
    JsonNode value;
};

/* ---- Reading text */

typedef enum JsonRead {
    JSON_READ_CHECK = 0,   /* only whether it is JSON, as json's input does: escapes stay unread */
    JSON_READ_TREE = 1,    /* makes nodes; strings lose their escapes, which may fail */
    JSON_READ_NUMBERS = 2, /* also numbers as values, which may be out of range */
    JSON_READ_UNIQUE = 4,  /* refuses objects with a key twice */
} JsonRead;

/* False and *err filled (22P02, 22P05, 22003, 22030) unless `text` is JSON. `node` may be NULL without JSON_READ_TREE.
 * Raises 54001 for nesting that is too deep. */
bool json_read(Arena *arena, Str text, JsonRead what, JsonNode *node, InputError *err);
/* Of a value of type json, whose escapes alone may still be refused: that raises. */
JsonNode json_read_or_raise(Arena *arena, Str text);

/* ---- Looking at nodes */

JsonKind json_kind(const JsonNode *node);
/* "null", "boolean", "number", "string", "array", "object". */
Str json_kind_name(JsonKind kind);
/* Of arrays and objects; 0 for others. */
uint32_t json_count(const JsonNode *node);
JsonNode json_item(const JsonNode *node, uint32_t i);
Str json_key(const JsonNode *node, uint32_t i);
/* The value of a key, of several the last one; false: none, or no object. */
bool json_find(const JsonNode *node, Str key, JsonNode *value);
/* Element `i` of an array, from its end if negative; false: none, or no array. */
bool json_element(const JsonNode *node, int64_t i, JsonNode *value);
Str json_string(const JsonNode *node);
/* Of a node that was read without JSON_READ_NUMBERS it is read now; raises 22003. */
Decimal json_number(Arena *arena, const JsonNode *node);
static inline bool json_is_container(const JsonNode *node)
{
    return json_kind(node) >= JSON_ARRAY;
}

/* A part of a path as the index of an array; false: it is none. */
bool json_path_index(Str text, int32_t *index);

/* ---- Making nodes */

static inline JsonNode json_of_string(Str s)
{
    return (JsonNode){.kind = JSON_STRING, .string = s};
}
static inline JsonNode json_of_number(Decimal number)
{
    return (JsonNode){.kind = JSON_NUMBER, .number = number};
}
static inline JsonNode json_of_bool(bool value)
{
    return (JsonNode){.kind = value ? JSON_TRUE : JSON_FALSE};
}

typedef ARRAY_OF(JsonMember) JsonMembers;
void json_push(JsonMembers *members, Str key, JsonNode value);
static inline JsonNode json_of_members(JsonKind kind, const JsonMembers *members)
{
    return (JsonNode){.kind = kind, .items = members->items, .count = members->count};
}

/* ---- Stored documents */

enum { JSONB_BYTES_MAX = (1 << 28) - 1 };

/* A look at a whole document. Raises XX001 if the bytes are none. */
JsonNode jsonb_node(Str stored);
/* The stored form of any node; keys are put in order, the last of equal ones kept. Raises 54000 past the limits. */
Str jsonb_store(Arena *arena, const JsonNode *node);
/* "a": 1, as jsonb is shown; of nodes of any origin. */
void jsonb_print_node(const JsonNode *node, StrBuilder *out);
void jsonb_print_pretty(const JsonNode *node, StrBuilder *out);
/* Order of jsonb's btree class: below, at or above 0. */
int jsonb_compare(const JsonNode *a, const JsonNode *b, bool outermost);
bool jsonb_contains_node(const JsonNode *container, const JsonNode *part);
/* Read from text as jsonb's input reads it. */
bool jsonb_parse_text(Arena *arena, Str text, JsonRead more, Str *stored, InputError *err);

/* The document with a value set at a path of texts (NULLs raise 22004), whose missing parts are made; `old` NULL: there
 * is no document yet. */
Str jsonb_assign(Arena *arena, const JsonNode *old, const Datum *path, uint32_t count,
                 const JsonNode *value);

/* ---- SQL values */

/* In quotes, with the escapes that JSON needs. */
void json_write_string(Str s, StrBuilder *out);
/* A value of any type as JSON text, or as a node for jsonb. `indent` puts the items of the outermost value on lines of
 * their own. Raise what the type's output raises. */
void json_write_datum(Fn *fn, Oid type, const Datum *datum, bool indent, StrBuilder *out);
JsonNode json_of_datum(Fn *fn, Oid type, const Datum *datum);
/* The value as an object's key. Raises 22023 for what no key can be, 22004 or 22023 for NULL. */
Str json_key_of_datum(Fn *fn, Oid type, const Datum *datum);
/* Is a value of this type an array or a composite (which json_agg puts on lines of their own)? */
bool json_type_is_nested(const FnEnv *env, Oid type);
/* What ->> gives: the contents of strings, the text of others; false: JSON null, which is SQL's NULL. */
bool json_text(Arena *arena, const JsonNode *node, Str *text);
/* A node as JSON text: as it was written if it was read from text, else as jsonb is shown. */
Str json_value_text(Arena *arena, const JsonNode *node);
/* A node of a value of type json, or jsonb, as a value of that type. */
Str json_value(Arena *arena, const JsonNode *node);

/* An object of keys and values in turn, or an array; jsonb if `binary`. Raises 22004, 22023 for bad keys, 22030 for a
 * key that is there twice. */
typedef struct JsonBuild {
    bool object, binary, absent_on_null, unique_keys;
} JsonBuild;
Str json_build(Fn *fn, JsonBuild how, const Datum *values, const Oid *types, uint32_t count);
_Noreturn void json_duplicate_key(Arena *arena, Str key, bool binary);

/* ---- An item as a value of any type */

typedef enum JsonForm {
    JSON_FORM_SCALAR,   /* what JSON_VALUE gives: the contents of strings, NULL for null */
    JSON_FORM_QUOTED,   /* what JSON_QUERY gives: JSON */
    JSON_FORM_UNQUOTED, /* the same, but strings as their contents */
} JsonForm;
/* False and *err filled when it is none of that type. */
bool json_as_type(const TypeCall *call, JsonForm form, const JsonNode *node, Datum *value,
                  InputError *err);
