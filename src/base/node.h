/* SPDX-License-Identifier: Apache-2.0 */
/* node.h - trees of nodes (syntax, queries, plans) handled through tables.
 *
 * Idea: tools/gen_nodes.py reads a `.nodes` file and writes a header (enum of kinds, structs, checked casts) and, for
 * each kind, a table of its fields. Copy, equal, walk and print are written once, here, over those tables; they cost a
 * table look-up a field and no generated code. How such a file is written stands in tools/gen_nodes.py.
 *
 * Every node begins with its kind and its location: the byte offset in the source text, -1 when it has none. A node
 * pointer may be NULL where a field is optional; all functions take NULL. Recursion checks the stack: 54001. */
#pragma once

#include "base/arena.h"
#include "base/base.h"

enum { NODE_NO_LOCATION = -1, NODE_LOCATION_OFFSET = 4 };

typedef enum NodeFieldType {
    NODE_FIELD_CHILD, /* pointer to a node */
    NODE_FIELD_LIST,  /* NodeList or one of the same shape */
    NODE_FIELD_STR,   /* Str; data NULL means absent, which differs from empty */
    NODE_FIELD_STRS,  /* NodeStrs */
    NODE_FIELD_BOOL,
    NODE_FIELD_ENUM, /* one byte */
    NODE_FIELD_CHAR, /* one byte, printed as a character */
    NODE_FIELD_I32,
    NODE_FIELD_U32,
    NODE_FIELD_I64,
    NODE_FIELD_F64,
    NODE_FIELD_I32S,     /* NodeI32s */
    NODE_FIELD_LOCATION, /* int32_t byte offset: never compared, printed or serialised */
    NODE_FIELD_EXTERN,   /* a type that brings its own functions */
} NodeFieldType;

/* How a field of a foreign type is handled; `bytes` is its size in the node. */
typedef struct NodeExtern {
    size_t bytes;
    void (*copy)(Arena *arena, void *to, const void *from);
    bool (*equal)(const void *a, const void *b);
    void (*print)(StrBuilder *out, const void *value); /* no space, no bracket */
    /* What print wrote; false: it did not. NULL: node_read refuses nodes that hold one. */
    bool (*read)(Arena *arena, Str word, void *value);
} NodeExtern;

typedef struct NodeField {
    const char *name;
    uint16_t offset;
    uint8_t type;                    /* NodeFieldType */
    uint8_t value_count;             /* ENUM: number of names */
    const char *const *values;       /* ENUM: printed names */
    const NodeExtern *foreign;       /* EXTERN */
    const struct NodeFamily *family; /* CHILD and LIST: whose nodes; NULL: the same family */
} NodeField;

typedef struct NodeType {
    const char *name; /* as printed: "column_ref" */
    uint16_t bytes;
    uint16_t field_count;
    uint16_t child_count;       /* the first so many fields are CHILD and LIST */
    const NodeField *fields;    /* children first, so that a walk looks at nothing else */
    const uint8_t *print_order; /* field numbers in the order of declaration */
} NodeType;

typedef struct NodeFamily {
    const char *name;
    uint16_t kind_bytes; /* 1 or 2 */
    uint16_t type_count;
    const NodeType *types; /* by kind; [0] is no node */
} NodeFamily;

/* All generated list types have this shape. */
typedef struct NodeList {
    void **items;
    uint32_t count;
} NodeList;
typedef struct NodeStrs {
    Str *items;
    uint32_t count;
} NodeStrs;
typedef struct NodeI32s {
    int32_t *items;
    uint32_t count;
} NodeI32s;

/* A deep copy in `arena`, texts included. Raises 53200, 54001. */
void *node_copy(const NodeFamily *family, Arena *arena, const void *node);
/* Same kind and same fields all the way down; locations are not looked at. Raises 54001. */
bool node_equal(const NodeFamily *family, const void *a, const void *b);
/* Calls visit(arg, child) for each child that is there, in the order of declaration; true at once when a call gives
 * true. Does not go deeper by itself: a visitor calls it again for what it wants to descend into, and checks the stack
 * there. Children of another family are not visited. */
bool node_walk(const NodeFamily *family, const void *node, bool (*visit)(void *arg, void *child),
               void *arg);
/* The same for its children of the family `of` alone: expressions in a plan. */
bool node_walk_of(const NodeFamily *family, const void *node, const NodeFamily *of,
                  bool (*visit)(void *arg, void *child), void *arg);
/* Appends an s-expression: (kind :field value ...), fields at their zero value left out. Raises 53200, 54000, 54001. */
void node_print(const NodeFamily *family, StrBuilder *out, const void *node);

/* The nodes of a text that node_print wrote, all in `arena`; false: it is none. Raises 53200, 54001. */
bool node_read(const NodeFamily *family, Arena *arena, Str text, void **node);
/* Puts replace(arg, child) in place of each child that is there, in the node itself: for passes that rewrite a tree of
 * their own. Goes no deeper by itself, as node_walk. */
void node_replace(const NodeFamily *family, void *node, void *(*replace)(void *arg, void *child),
                  void *arg);

uint32_t node_kind(const NodeFamily *family, const void *node);
const char *node_kind_name(const NodeFamily *family, uint32_t kind);
