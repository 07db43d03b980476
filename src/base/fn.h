/* SPDX-License-Identifier: Apache-2.0 */
/* fn.h - how SQL functions are written, and how they are called: the binary interface between the rooms that implement
 * functions (`type` and those above) and the rooms that call them (`expr`, `exec`).
 *
 * A function is a scalar C function under a line that says what the catalog must know of it:
 *
 *     SQL_FUNCTION(3062, "reverse", text, (text), IMMUTABLE | STRICT, text_reverse, "text with its characters
 * reversed")
 *     static Str text_reverse(Fn *fn, Str s) { ... }
 *
 * The macro makes the vector loop `sqlfn_<oid>` around the static function, which the compiler inlines;
 * tools/gen_catalog.py reads the same line and makes the row of pg_proc and the entry of the dispatch table
 * (base/builtins.h). The macros that stand for catalog rows alone are at the end and generate no code.
 *
 * Contract of a vector call (FnVector), numbered for asserts and tests:
 * (F1) `result` is flat, of the result type's phys, with room for every row selected and no null bit set;
 * `result->nulls`
 *      may be NULL. Only selected rows are written.
 * (F2) Results may point into arguments, into fn->arena, or at static memory: all live as long as the batch.
 * (F3) A raise at row i leaves fn->row == i, and every selected row before i is complete in `result` (docs/traps.md
 * F16). (F4) STRICT: a row with a NULL argument gives NULL and the body does not see it.
 * (F5) TOTAL: the body cannot raise, for any input that the type's own functions accept, except for memory (53200); it
 * may
 *      be called for rows whose result is thrown away (C25). Its loop also runs over null slots, whose data is zero.
 * (F6) Bodies keep nothing between rows but in fn->state (memory of fn->site), and nothing there that changes an
 * answer. */
#pragma once

#include "base/error.h"
#include "base/vector.h"

typedef struct Fn Fn;
typedef struct FnEnv FnEnv;
typedef struct FnSet FnSet;
typedef struct Settings Settings;
typedef struct Random Random;
typedef struct Type Type;                       /* type/type.h */
typedef struct TimeZone TimeZone;               /* type/timezone.h */
typedef struct TimeZones TimeZones;             /* type/timezone.h */
typedef struct Collations Collations;           /* type/collation.h */
typedef struct BuiltinFunction BuiltinFunction; /* base/builtins.h */

/* ---- What a function may know of its surroundings
 * ------------------------------------------------------------------ */

typedef enum DateStyle {
    DATE_STYLE_ISO,
    DATE_STYLE_SQL,
    DATE_STYLE_POSTGRES,
    DATE_STYLE_GERMAN
} DateStyle;
typedef enum DateOrder { DATE_ORDER_YMD, DATE_ORDER_DMY, DATE_ORDER_MDY } DateOrder;

/* What a reg* type names, and what other names functions ask for. */
typedef enum FnNameKind {
    FN_NAME_FUNCTION,           /* regproc: name alone */
    FN_NAME_FUNCTION_ARGUMENTS, /* regprocedure: name(types) */
    FN_NAME_OPERATOR,           /* regoper */
    FN_NAME_OPERATOR_ARGUMENTS, /* regoperator */
    FN_NAME_RELATION,           /* regclass */
    FN_NAME_RELATION_TEXT,      /* a relation by a text: its schema has to be there */
    FN_NAME_TYPE,               /* regtype; text may hold a typmod, which is dropped */
    FN_NAME_ROLE,               /* regrole */
    FN_NAME_NAMESPACE,          /* regnamespace */
    FN_NAME_COLLATION,          /* regcollation */
    FN_NAME_TS_CONFIGURATION,   /* regconfig */
    FN_NAME_TS_DICTIONARY,      /* regdictionary */
    FN_NAME_DATABASE,           /* regdatabase-like look-ups */
} FnNameKind;

typedef struct FnEnumLabel {
    Oid oid;
    float order;
    Str label;
    bool
        unsafe; /* added by this transaction to a type older than it: not to be used before the commit */
} FnEnumLabel;

/* False: the label is unsafe, and *err says so. */
bool fn_label_may_be_used(const FnEnumLabel *label, Str type_name, InputError *err);

/* A column of a composite type; dropped ones are there with type 0, so that positions count as attnum does. */
typedef struct FnAttribute {
    Str name;
    Oid type, collation;
    int32_t typmod;
    bool dropped;
} FnAttribute;

/* A collation as the catalog has it: provider 'c', 'i' or 'b'; rules are ICU's, mostly none. */
typedef struct FnCollation {
    char provider;
    bool deterministic;
    Str locale, rules;
} FnCollation;

/* What a call upward calls: types are the actual ones, polymorphism resolved. */
typedef struct FnCallee {
    Oid function, collation, result_type;
    const Oid *arg_types;
    uint32_t arg_count;
} FnCallee;

/* Who takes the rows of a set, some at a time: values of the function's result type, good during the call. */
typedef struct FnRows {
    void (*take)(void *arg, const Vector *values, Selection rows);
    void *arg;
} FnRows;

/* The calls upward: rooms above hand this table over, `arg` comes from FnEnv. Every one may raise. Pointers that they
 * return live as long as the statement. Results "false" mean "no such thing" and leave outputs alone. */
typedef struct FnCalls {
    /* A type that is not built in (domain, enum, composite, range, their arrays); NULL: no such type. */
    const Type *(*type_find)(void *arg, Oid oid);
    /* "numeric(10,2)", "pg_catalog.int4[]" as the parser reads type names. False: *err is filled. */
    bool (*type_parse_name)(void *arg, Str text, Oid *type, int32_t *typmod, InputError *err);
    /* The SQL name of a type, qualified where search_path asks for it; typmod -1: none. */
    Str (*type_name)(void *arg, Arena *arena, Oid type, int32_t typmod);

    /* Labels of an enum in their order. */
    const FnEnumLabel *(*enum_labels)(void *arg, Oid type, uint32_t *count);
    /* Applies the constraints of a domain to a value of its base type. False: *err is filled. */
    bool (*domain_check)(void *arg, Oid domain, const Datum *value, InputError *err);
    /* Columns of a composite type; `typmod` tells anonymous records (type 2249) apart. False: not known. */
    bool (*attributes)(void *arg, Oid type, int32_t typmod, const FnAttribute **attributes,
                       uint32_t *count);
    /* A number for an anonymous record of these columns: the same for equal lists within a session. */
    int32_t (*record_typmod)(void *arg, const FnAttribute *attributes, uint32_t count);

    /* Names of things, for reg* types and information functions. `name_find` gives *oid = 0 for "-"; false: *err
     * filled. */
    bool (*name_find)(void *arg, FnNameKind kind, Str text, Oid *oid, InputError *err);
    /* The name as reg* types print it; false: no such object. */
    bool (*name_print)(void *arg, FnNameKind kind, Oid oid, Arena *arena, Str *name);

    /* Any function of the catalog on single values: those in SQL and other languages, casts that users wrote, support
     * functions. A set-returning one gives its first row, NULL when there is none. STRICT is the caller's. */
    Datum (*call)(void *arg, const FnCallee *callee, const Datum *args, Arena *arena);
    /* All rows of a set-returning one go to `rows`. */
    void (*call_set)(void *arg, const FnCallee *callee, const Datum *args, const FnRows *rows);
    /* NOTICE, WARNING and so on to the client. */
    void (*notice)(void *arg, const Error *notice);
    /* The current text of a setting, built-in or "custom.name"; false: no such setting. */
    bool (*setting)(void *arg, Str name, Arena *arena, Str *value);
    /* A collation that is not built in; false: no such collation. */
    bool (*collation)(void *arg, Oid oid, FnCollation *found);
    /* Is `role` a member of `of`, directly or not (superusers: of every role)? */
    bool (*role_is_member)(void *arg, Oid role, Oid of);
} FnCalls;

/* What all calls of one statement share. Times are microseconds since 2000-01-01 00:00 UTC, PostgreSQL's epoch. */
struct FnEnv {
    const Settings *settings; /* as in force now; base/settings.h */
    DateStyle date_style;     /* the setting DateStyle, taken apart */
    DateOrder date_order;
    const TimeZone *time_zone; /* the setting TimeZone, looked up; NULL: UTC */
    TimeZones *time_zones;     /* those that the session has looked up; NULL: none is kept */
    Collations *collations;    /* those that the session has opened; NULL: only plain ones work */
    int64_t transaction_time, statement_time;
    Oid database, role, session_role;
    bool ascii_letters; /* the database's own locale is C: it knows no other letters */
    int32_t encoding;   /* of the client, as pg_encoding numbers them; 6: UTF-8 */
    Random *random;     /* of the session: random(), setseed() */
    const FnCalls *calls;
    void *calls_arg;
    Arena *stmt; /* lives as long as the statement */
};

/* One call site: a function in an expression, with what is the same for every row. */
struct Fn {
    Arena *arena; /* results go here; lives as long as the batch */
    Arena *site;  /* lives as long as the call site */
    const FnEnv *env;
    const BuiltinFunction *function;
    Oid collation;   /* of the arguments; 0: none */
    Oid result_type; /* actual, polymorphism resolved */
    int32_t result_typmod;
    const Oid *arg_types; /* actual */
    uint32_t arg_count;
    bool variadic; /* called with VARIADIC: the last argument is an array */
    bool unasked;  /* a definition's own call (an identity column's): rights are not the caller's */
    bool null;     /* set by a NULLABLE body: the result is NULL; see FN_NULL */
    uint32_t row;  /* the row at work; who raises leaves it */
    void *state;   /* the function's own, NULL at first; in `site` */
};

/* In a NULLABLE body: `return FN_NULL(fn, (Str){0});` */
#define FN_NULL(fn, any_value) ((fn)->null = true, (any_value))

enum { FN_ARGS_MAX = 100 };

/* ---- The two shapes of call
 * ------------------------------------------------------------------------------------------ */

typedef void (*FnVector)(Fn *fn, const Vector *args, Selection selection, Vector *result);

/* A call of a set-returning function with given arguments, from its first row to its last. */
struct FnSet {
    Arena *arena; /* lives as long as the set */
    void *state;  /* the function's own; NULL at the first call */
    uint32_t column_count;
    const Oid *column_types;
    bool done; /* no more rows will come */
};
/* Writes up to `rows_max` rows to the flat `columns` and returns how many; fewer than asked only together with
 * set->done. The caller has dealt with STRICT. A raise leaves fn->row as the number of rows that are complete. */
typedef uint32_t (*FnSetNext)(Fn *fn, FnSet *set, const Datum *args, Vector *columns,
                              uint32_t rows_max);

/* Bodies of the generic forms. */
typedef Datum (*FnDatumBody)(Fn *fn, const Datum *args);
typedef bool (*FnSetBody)(Fn *fn, FnSet *set, const Datum *args, Datum *columns);

/* The loops around them (base/fn.c). */
void fn_loop_datum(Fn *fn, const Vector *args, Selection selection, Vector *result,
                   FnDatumBody body, bool strict);
uint32_t fn_loop_set(Fn *fn, FnSet *set, const Datum *args, Vector *columns, uint32_t rows_max,
                     FnSetBody body);
/* Raises 0A000: the body of functions whose arguments no SQL expression can have. */
_Noreturn void fn_refuse(Fn *fn, const Vector *args, Selection selection, Vector *result);

/* One call on single values through the vector form, for constant folding, tests and functions that call others.
 * Applies STRICT. fn->arg_count counts args. */
Datum fn_call_datum(Fn *fn, FnVector vector, bool strict, const Oid *arg_types,
                    const Phys *arg_physes, Phys result_phys, const Datum *args);

/* ---- Attributes
 * ------------------------------------------------------------------------------------------------------- */

typedef enum FnFlags {
    VOLATILE = 0,
    STABLE = 1 << 0,
    IMMUTABLE = 1 << 1,
    STRICT = 1 << 2, /* NULL in, NULL out (F4) */
    LEAKPROOF = 1 << 3,
    PARALLEL_UNSAFE = 1 << 4, /* neither of these two: safe */
    PARALLEL_RESTRICTED = 1 << 5,
    TOTAL = 1 << 6,         /* cannot raise (F5) */
    NULLABLE = 1 << 7,      /* the body may set fn->null */
    VARIADIC_LAST = 1 << 8, /* the last argument takes any number of values */
    SECURITY_DEFINER = 1 << 9,
    IN_SQL = 1 << 10, /* PostgreSQL's own is written in SQL, as an error's context tells */
} FnFlags;

/* ---- C types of SQL types: SQLK_<type> names the kind, and a kind has a C type, a slot type and accessors
 * --------------- */

/* time with time zone: microseconds since midnight, and seconds WEST of Greenwich. */
typedef struct TimeTz {
    int64_t microseconds;
    int32_t zone;
    int32_t padding;
} TimeTz;
typedef struct Point {
    double x, y;
} Point;
static_assert(sizeof(TimeTz) == 16 && sizeof(Point) == 16, "PHYS_FIXED16 slots");

/* kind: C type in a body, C type in a vector, slot to C type, C type to slot */
#define SQLKC_BOOL bool
#define SQLKC_I16 int16_t
#define SQLKC_I32 int32_t
#define SQLKC_U32 uint32_t
#define SQLKC_I64 int64_t
#define SQLKC_U64 uint64_t
#define SQLKC_F32 float
#define SQLKC_F64 double
#define SQLKC_UUID Uuid
#define SQLKC_INTERVAL Interval
#define SQLKC_TIMETZ TimeTz
#define SQLKC_POINT Point
#define SQLKC_DECIMAL Decimal
#define SQLKC_STR Str
#define SQLKC_DATUM Datum
#define SQLKC_VOID FnVoid

/* What a function RETURNS void gives: the empty value. */
typedef struct FnVoid {
    char nothing;
} FnVoid;

#define SQLKS_BOOL bool
#define SQLKS_I16 int16_t
#define SQLKS_I32 int32_t
#define SQLKS_U32 uint32_t
#define SQLKS_I64 int64_t
#define SQLKS_U64 uint64_t
#define SQLKS_F32 float
#define SQLKS_F64 double
#define SQLKS_UUID Uuid
#define SQLKS_INTERVAL Interval
#define SQLKS_TIMETZ TimeTz
#define SQLKS_POINT Point
#define SQLKS_DECIMAL Decimal
#define SQLKS_STR StrView
#define SQLKS_DATUM Vector
#define SQLKS_VOID StrView

#define SQLKB_BOOL(vector) (vector)->data
#define SQLKB_I16(vector) (vector)->data
#define SQLKB_I32(vector) (vector)->data
#define SQLKB_U32(vector) (vector)->data
#define SQLKB_I64(vector) (vector)->data
#define SQLKB_U64(vector) (vector)->data
#define SQLKB_F32(vector) (vector)->data
#define SQLKB_F64(vector) (vector)->data
#define SQLKB_UUID(vector) (vector)->data
#define SQLKB_INTERVAL(vector) (vector)->data
#define SQLKB_TIMETZ(vector) (vector)->data
#define SQLKB_POINT(vector) (vector)->data
#define SQLKB_DECIMAL(vector) (vector)->data
#define SQLKB_STR(vector) (vector)->data
#define SQLKB_DATUM(vector) (vector)
#define SQLKB_VOID(vector) (vector)->data

#define SQLKL_BOOL(base, i) (base)[i]
#define SQLKL_I16(base, i) (base)[i]
#define SQLKL_I32(base, i) (base)[i]
#define SQLKL_U32(base, i) (base)[i]
#define SQLKL_I64(base, i) (base)[i]
#define SQLKL_U64(base, i) (base)[i]
#define SQLKL_F32(base, i) (base)[i]
#define SQLKL_F64(base, i) (base)[i]
#define SQLKL_UUID(base, i) (base)[i]
#define SQLKL_INTERVAL(base, i) (base)[i]
#define SQLKL_TIMETZ(base, i) (base)[i]
#define SQLKL_POINT(base, i) (base)[i]
#define SQLKL_DECIMAL(base, i) (base)[i]
#define SQLKL_STR(base, i) strview_str(&(base)[i])
#define SQLKL_DATUM(base, i) fn_datum_at((base), (uint32_t)(i))

#define SQLKW_BOOL(base, i, value) (base)[i] = (value)
#define SQLKW_I16(base, i, value) (base)[i] = (value)
#define SQLKW_I32(base, i, value) (base)[i] = (value)
#define SQLKW_U32(base, i, value) (base)[i] = (value)
#define SQLKW_I64(base, i, value) (base)[i] = (value)
#define SQLKW_U64(base, i, value) (base)[i] = (value)
#define SQLKW_F32(base, i, value) (base)[i] = (value)
#define SQLKW_F64(base, i, value) (base)[i] = (value)
#define SQLKW_UUID(base, i, value) (base)[i] = (value)
#define SQLKW_INTERVAL(base, i, value) (base)[i] = (value)
#define SQLKW_TIMETZ(base, i, value) (base)[i] = (value)
#define SQLKW_POINT(base, i, value) (base)[i] = (value)
#define SQLKW_DECIMAL(base, i, value) (base)[i] = (value)
#define SQLKW_STR(base, i, value) (base)[i] = strview(value)
#define SQLKW_DATUM(base, i, value) fn_datum_put(fn, (base), (uint32_t)(i), (value))
#define SQLKW_VOID(base, i, value) ((void)(value), (base)[i] = (StrView){0})

#include "base/fn_types.h"
#include "base/fn_loops.h"

/* ---- What to write above a body
 * ------------------------------------------------------------------------------------------
 *
 * oid, "name", result type, (argument types), attributes, body, "what it does, in our own words". The types are names
 * of pg_type; `bool`, `int4`, `_int4` (int4[]), `anyelement`. Typed bodies take `Fn *fn` and then one C value an
 * argument, and must be STRICT; several lines may name one body if its C types agree. */

/* Scalar body; the macro makes the loop. Up to 7 arguments. */
#define SQL_FUNCTION(oid_, name_, result_, args_, flags_, body_, text_) \
    SQLF_DECLARE(body_, result_, args_)                                 \
    SQLF_LOOP(oid_, result_, args_, flags_, body_)

/* The body is an expression over a, b, c, d (and fn):
 * SQL_EXPRESSION(65, "int4eq", bool, (int4, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b, "equal") */
#define SQL_EXPRESSION(oid_, name_, result_, args_, flags_, expression_, text_) \
    SQLF_EXPRESSION(oid_, result_, args_, expression_)                          \
    SQLF_LOOP(oid_, result_, args_, flags_, sqlbody_##oid_)

/* Scalar body with a plain loop for hot cases. `bulk` computes n results from arrays that have no NULL and returns
 * false if some row would raise; what it wrote is then computed again row by row. One or two arguments.
 *     static bool int4_add_bulk(const int32_t *restrict a, const int32_t *restrict b, int32_t *restrict out, uint32_t
 * n) */
#define SQL_FUNCTION_BULK(oid_, name_, result_, args_, flags_, body_, bulk_, text_) \
    SQLF_DECLARE(body_, result_, args_)                                             \
    SQLF_DECLARE_BULK(bulk_, result_, args_)                                        \
    SQLF_LOOP_BULK(oid_, result_, args_, flags_, body_, bulk_)

/* The same with a second kernel where the second argument is a constant:
 *     static bool int4_add_constant(const int32_t *restrict a, int32_t b, int32_t *restrict out, uint32_t n) */
#define SQL_FUNCTION_BULK_CONSTANT(oid_, name_, result_, args_, flags_, body_, bulk_, constant_, \
                                   text_)                                                        \
    SQLF_DECLARE(body_, result_, args_)                                                          \
    SQLF_DECLARE_BULK(bulk_, result_, args_)                                                     \
    SQLF_LOOP_BULK_CONSTANT(oid_, result_, args_, flags_, body_, bulk_, constant_)

/* Generic: `static Datum body(Fn *fn, const Datum *args)` sees NULLs unless STRICT, any number of arguments
 * (fn->arg_count), polymorphic values (fn->arg_types), VARIADIC calls (fn->variadic). */
#define SQL_FUNCTION_DATUM(oid_, name_, result_, args_, flags_, body_, text_)           \
    SQLF_QUIET(static Datum body_(Fn *fn, const Datum *args);)                          \
    void sqlfn_##oid_(Fn *fn, const Vector *args, Selection selection, Vector *result); \
    void sqlfn_##oid_(Fn *fn, const Vector *args, Selection selection, Vector *result)  \
    {                                                                                   \
        fn_loop_datum(fn, args, selection, result, body_, ((flags_)&STRICT) != 0);      \
    }

/* Own vector loop, for what no scalar body expresses; it keeps F1 to F6 itself. */
#define SQL_FUNCTION_VECTOR(oid_, name_, result_, args_, flags_, body_, text_)               \
    SQLF_QUIET(                                                                              \
        static void body_(Fn *fn, const Vector *args, Selection selection, Vector *result);) \
    void sqlfn_##oid_(Fn *fn, const Vector *args, Selection selection, Vector *result);      \
    void sqlfn_##oid_(Fn *fn, const Vector *args, Selection selection, Vector *result)       \
    {                                                                                        \
        body_(fn, args, selection, result);                                                  \
    }

/* Set-returning. `static bool body(Fn *fn, FnSet *set, const Datum *args, Datum *columns)` gives one row or false at
 * the end; state in set->state. Columns come in as NULL; their count and types are in `set`. */
#define SQL_FUNCTION_SET(oid_, name_, result_, args_, flags_, body_, text_)               \
    SQLF_QUIET(static bool body_(Fn *fn, FnSet *set, const Datum *args, Datum *columns);) \
    uint32_t sqlset_##oid_(Fn *fn, FnSet *set, const Datum *args, Vector *columns,        \
                           uint32_t rows_max);                                            \
    uint32_t sqlset_##oid_(Fn *fn, FnSet *set, const Datum *args, Vector *columns,        \
                           uint32_t rows_max)                                             \
    {                                                                                     \
        return fn_loop_set(fn, set, args, columns, rows_max, body_);                      \
    }
/* One row of several columns (OUT arguments), for FROM; the body is called once, false: a row of NULLs. */
#define SQL_FUNCTION_ROW(oid_, name_, result_, args_, flags_, body_, text_) \
    SQL_FUNCTION_SET(oid_, name_, result_, args_, flags_, body_, text_)
/* A set with the body filling vectors: an FnSetNext. */
#define SQL_FUNCTION_SET_VECTOR(oid_, name_, result_, args_, flags_, body_, text_)           \
    SQLF_QUIET(static uint32_t body_(Fn *fn, FnSet *set, const Datum *args, Vector *columns, \
                                     uint32_t rows_max);)                                    \
    uint32_t sqlset_##oid_(Fn *fn, FnSet *set, const Datum *args, Vector *columns,           \
                           uint32_t rows_max);                                               \
    uint32_t sqlset_##oid_(Fn *fn, FnSet *set, const Datum *args, Vector *columns,           \
                           uint32_t rows_max)                                                \
    {                                                                                        \
        return body_(fn, set, args, columns, rows_max);                                      \
    }

/* Input, output, receive, send, typmod functions of a type, callable by SQL; what_ is INPUT, OUTPUT, RECEIVE, SEND,
 * TYPMOD_IN or TYPMOD_OUT. The dispatch goes to the type's own struct. */
#define SQL_TYPE_FUNCTION(oid_, name_, result_, args_, flags_, what_, text_)
/* A row of pg_proc that no SQL expression can call, since an argument or the result is `internal` or a handler: support
 * functions of index methods, of the planner and of aggregates. Raises 0A000 if reached all the same. */
#define SQL_FUNCTION_INTERNAL(oid_, name_, result_, args_, flags_, text_)
/* A function whose body is SQL text, run by `session` (and inlined by `plan`). */
#define SQL_FUNCTION_SQL(oid_, name_, result_, args_, flags_, sql_, text_)

/* More facts of the function `oid_`, as designators: .cost, .rows (as PostgreSQL's where they are not 1 and 0 or 1000),
 * .arguments = "start int4, stop int4, step int4 DEFAULT 1, OUT value int4" (names, modes, defaults; all arguments),
 * .support = oid of the planner support function, .window = true, .source = "text shown as prosrc". */
#define SQL_FACTS(oid_, ...)

/* Operators: the function by its SQL name (its arguments are the operands; none: 0 on that side for prefix operators).
 * Designators: .commutator, .negator (OIDs), .hash, .merge (true), .restrict_by, .join_by ("eqsel", "eqjoinsel"). */
#define SQL_OPERATOR(oid_, name_, left_, right_, result_, function_, ...)
/* Casts: function OID, or BINARY (same bytes) or IO (through text); IMPLICIT, ASSIGNMENT or EXPLICIT. */
#define SQL_CAST(oid_, source_, target_, function_, context_)
/* Index support. Methods by name: btree, hash, gist, gin, spgist, brin. */
#define SQL_OPFAMILY(oid_, method_, name_)
/* Designators: .fallback = true (the type's default class), .key_type = type of what is stored. */
#define SQL_OPCLASS(oid_, method_, name_, family_, type_, ...)
/* Operator `operator_` (OID) is strategy `strategy_` of the family for these operand types; .order_by = opfamily
 * OID. */
#define SQL_FAMILY_OPERATOR(family_, left_, right_, strategy_, operator_, ...)
#define SQL_FAMILY_FUNCTION(family_, left_, right_, number_, function_)
/* The provider as pg_collation has it ('d', 'c', 'i', 'b'). Designators: .locale = "C.UTF-8", .encoding = 6. */
#define SQL_COLLATION(oid_, name_, provider_, ...)
/* pg_conversion; the function by OID. */
#define SQL_CONVERSION(oid_, name_, from_, to_, function_)
/* A range type and its multirange, beside their SQL_TYPEs. */
#define SQL_RANGE(type_, subtype_, multirange_, opclass_, canonical_, difference_)

/* Aggregates and window functions: base/fn_aggregate.h. Types: type/type.h (SQL_TYPE). */
