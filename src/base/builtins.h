/* SPDX-License-Identifier: Apache-2.0 */
/* builtins.h - what the server is born with: every function, operator, type, cast, aggregate and index class that is
 * declared beside code (base/fn.h, type/type.h), as the tables that tools/gen_catalog.py makes of the declarations.
 *
 * The generated file defines `builtins` and is linked into the programs (`cli`, tests), since it names code of all
 * rooms; the rooms see the tables through this header. `catalog` writes its first rows from them; `expr` finds a
 * function's code here. */
#pragma once

#include "base/fn.h"
#include "base/fn_aggregate.h"

typedef enum FnShape {
    FN_SHAPE_VECTOR,     /* .vector */
    FN_SHAPE_SET,        /* .set */
    FN_SHAPE_AGGREGATE,  /* .aggregate */
    FN_SHAPE_WINDOW,     /* .window */
    FN_SHAPE_TYPE_INPUT, /* the type's own struct does the work: type/type_call.h */
    FN_SHAPE_TYPE_OUTPUT,
    FN_SHAPE_TYPE_RECEIVE,
    FN_SHAPE_TYPE_SEND,
    FN_SHAPE_TYPE_TYPMOD_IN,
    FN_SHAPE_TYPE_TYPMOD_OUT,
    FN_SHAPE_INTERNAL, /* a catalog row without code: never called by SQL */
    FN_SHAPE_SQL,      /* .sql: a body in SQL */
} FnShape;

/* A row of pg_proc. Types by OID. */
struct BuiltinFunction {
    Oid oid;
    const char *name;
    const char *source; /* shown as prosrc */
    const char *description;
    Oid result;
    uint16_t arg_count; /* input arguments */
    uint16_t default_count;
    uint32_t flags; /* FnFlags */
    uint8_t shape;  /* FnShape */
    char kind;      /* prokind: f, a, w */
    bool returns_set;
    bool is_local; /* of the room `type`: knows no session, but what FnEnv tells of it */
    Oid variadic;  /* element type of a VARIADIC argument; 0: none */
    float cost, rows;
    Oid support;
    const Oid *args;
    /* NULL unless SQL_FACTS names arguments: all arguments, OUT and TABLE columns included. */
    uint16_t all_arg_count;
    const Oid *all_args;
    const char *modes;            /* a character an argument: i o b v t; NULL: all i */
    const char *const *arg_names; /* "" where none; NULL: no names at all */
    const char *const *defaults;  /* SQL text of the last `default_count` inputs */
    union {
        FnVector vector;
        FnSetNext set;
        const Aggregate *aggregate;
        const WindowFunction *window;
        const char *sql;
    };
};

typedef struct BuiltinOperator {
    Oid oid;
    const char *name;
    Oid left, right, result; /* left 0: prefix */
    Oid function, commutator, negator;
    Oid restrict_by, join_by;
    bool hash, merge;
} BuiltinOperator;

typedef struct BuiltinCast {
    Oid oid, source, target, function;
    char context; /* i, a, e */
    char method;  /* f, b, i */
} BuiltinCast;

/* The row of pg_aggregate; the code stands in the function's entry. */
typedef struct BuiltinAggregate {
    Oid function;
    char kind; /* n, o, h */
    uint16_t direct_count;
    Oid transition, final, combine, serial, deserial, moving_transition, moving_inverse,
        moving_final;
    bool final_extra, moving_final_extra;
    char final_modify, moving_final_modify;
    Oid sort_operator, state, moving_state;
    int32_t state_bytes, moving_state_bytes;
    const char *initial, *moving_initial; /* NULL: NULL */
} BuiltinAggregate;

/* A row of pg_type beyond what `Type` holds; `type` is its code, NULL for what the catalog only names. */
typedef struct BuiltinType {
    Oid oid;
    const char *name;
    const char *description;
    int16_t bytes; /* typlen */
    bool by_value, preferred;
    char kind, category, delimiter, align, storage;
    Oid element, array, input, output, receive, send, typmod_in, typmod_out, subscript, collation;
    const Type *type;
} BuiltinType;

typedef struct BuiltinOpfamily {
    Oid oid;
    const char *method, *name;
} BuiltinOpfamily;
typedef struct BuiltinOpclass {
    Oid oid;
    const char *method, *name;
    Oid family, type, key_type;
    bool fallback; /* used where none is named */
} BuiltinOpclass;
typedef struct BuiltinFamilyOperator {
    Oid family, left, right;
    int16_t strategy;
    Oid operator, order_by;
} BuiltinFamilyOperator;
typedef struct BuiltinFamilyFunction {
    Oid family, left, right;
    int16_t number;
    Oid function;
} BuiltinFamilyFunction;
typedef struct BuiltinCollation {
    Oid oid;
    const char *name;
    char provider;
    const char *locale;
    int32_t encoding;
} BuiltinCollation;
typedef struct BuiltinConversion {
    Oid oid;
    const char *name, *from, *to;
    Oid function;
} BuiltinConversion;
typedef struct BuiltinRange {
    Oid type, subtype, multirange, opclass, canonical, difference;
} BuiltinRange;

#define BUILTIN_TABLES(X)                      \
    X(BuiltinFunction, functions)              \
    X(BuiltinType, types)                      \
    X(BuiltinOperator, operators)              \
    X(BuiltinCast, casts)                      \
    X(BuiltinAggregate, aggregates)            \
    X(BuiltinOpfamily, opfamilies)             \
    X(BuiltinOpclass, opclasses)               \
    X(BuiltinFamilyOperator, family_operators) \
    X(BuiltinFamilyFunction, family_functions) \
    X(BuiltinCollation, collations)            \
    X(BuiltinConversion, conversions)          \
    X(BuiltinRange, ranges)

/* Sorted by OID, or by their first columns where they have none. The `_by_name` arrays hold positions in the table,
 * ordered by name and then OID. */
typedef struct Builtins {
#define BUILTIN_TABLE(Item, name) \
    const Item *name;             \
    uint32_t name##_count;
    BUILTIN_TABLES(BUILTIN_TABLE)
#undef BUILTIN_TABLE
    const uint16_t *functions_by_name, *types_by_name, *operators_by_name;
} Builtins;
extern const Builtins builtins;

/* NULL: none. */
const BuiltinFunction *builtin_function(Oid oid);
const BuiltinType *builtin_type(Oid oid);
const BuiltinType *builtin_type_named(Str name);
const BuiltinOperator *builtin_operator(Oid oid);
const BuiltinCast *builtin_cast(Oid source, Oid target);
const BuiltinAggregate *builtin_aggregate(Oid function);
/* The functions (operators) of a name: positions *first to *first + result - 1 of functions_by_name
 * (operators_by_name). */
uint32_t builtin_functions_named(Str name, uint32_t *first);
uint32_t builtin_operators_named(Str name, uint32_t *first);
/* The function of that name with exactly these arguments; NULL: none. */
const BuiltinFunction *builtin_function_exact(Str name, const Oid *args, uint32_t arg_count);
