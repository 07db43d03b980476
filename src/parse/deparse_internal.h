/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_internal.h - what the files of the deparser share.
 *
 * Idea: one function a kind of node, found by a table over the kinds; each appends the text of its node to `out`
 * without a leading or trailing space. Text that stands between tokens always brings its own single spaces, so tokens
 * never run together. An operand is put in parentheses when its level is below what its place asks for
 * (deparse__operand); since parentheses leave no trace in the tree, more of them than needed are never wrong, except in
 * chains of AND and OR, which are flat to the left only. */
#pragma once

#include "base/base.h"
#include "parse/ast.h"
#include "parse/parse.h"

/* How tightly an expression's outermost operator binds: the precedence levels of the grammar. */
typedef enum DeparseLevel {
    BINDS_ANY,
    BINDS_OR,
    BINDS_AND,
    BINDS_NOT,
    BINDS_IS,
    BINDS_COMPARE,
    BINDS_LIKE,
    BINDS_OPERATOR,
    BINDS_ADD,
    BINDS_MULTIPLY,
    BINDS_POWER,
    BINDS_AT,
    BINDS_COLLATE,
    BINDS_SIGN,
    BINDS_CAST,
    BINDS_ATOM, /* c_expr: anything may stand beside it */
} DeparseLevel;

typedef void (*DeparseNode)(StrBuilder *out, const void *node);

/* Any node; NULL appends nothing. Checks the stack. */
void deparse__node(StrBuilder *out, const void *node);
/* An expression where only those that bind at least as tightly as `least` may stand bare. */
void deparse__operand(StrBuilder *out, const void *expr, DeparseLevel least);
DeparseLevel deparse__level(const void *expr);

/* Text and small parts. */
void deparse__text(StrBuilder *out, const char *text);
void deparse__if(StrBuilder *out, bool on, const char *text);
/* One name, in quotes also where they are not needed if `quoted`. */
void deparse__quoted_if(StrBuilder *out, Str name, bool quoted);
/* A dotted name, each part quoted where needed. */
void deparse__name(StrBuilder *out, NodeStrs parts);
/* name, name, ... */
void deparse__names(StrBuilder *out, NodeStrs names);
/* " (name, name)", or nothing for an empty list. */
void deparse__columns(StrBuilder *out, NodeStrs names);
/* item, item, ...: any generated list. */
#define deparse__list(out, list) \
    deparse__items((out), (void *const *)(list)->items, (list)->count, ", ")
void deparse__items(StrBuilder *out, void *const *items, uint32_t count, const char *separator);
/* PREFIX node, or nothing when it is absent. */
void deparse__with(StrBuilder *out, const char *prefix, const void *node);
/* PREFIX name, or nothing when it is absent. */
void deparse__with_name(StrBuilder *out, const char *prefix, Str name);
/* PREFIX 'literal', or nothing when it is absent. */
void deparse__with_literal(StrBuilder *out, const char *prefix, Str text);
/* An operator's name, as OPERATOR(schema.+) when it has a schema. */
void deparse__operator(StrBuilder *out, NodeStrs schema, Str op);
void deparse__operator_name(StrBuilder *out, NodeStrs parts);
void deparse__order_by(StrBuilder *out, const char *prefix, const AstSortItemList *list);
void deparse__sort_suffix(StrBuilder *out, AstSortOrder order, AstNullsOrder nulls);
/* An alias with its column list or definitions. */
void deparse__alias(StrBuilder *out, const AstAlias *alias);
bool deparse__has(Str text);

/* A call where the grammar wants one: a cast as CAST(x AS t). */
void deparse__function_form(StrBuilder *out, const AstExpr *expr);
/* A constant where the grammar wants one: a cast as type 'text'. */
void deparse__constant(StrBuilder *out, const AstExpr *expr);

/* Options (deparse_option.c): PREFIX (name = value, ...), PREFIX (name value, ...), OPTIONS (name 'value', ...);
 * nothing for an empty list. */
void deparse__definition_item(StrBuilder *out, const AstOption *option);
void deparse__definition(StrBuilder *out, const char *prefix, const AstOptionList *list);
/* The same where names are no key words: an aggregate's definition without parameters. */
void deparse__identifier_definition(StrBuilder *out, const char *prefix, const AstOptionList *list);
void deparse__utility_options(StrBuilder *out, const char *prefix, const AstOptionList *list);
void deparse__generic_options(StrBuilder *out, const AstOptionList *list);
const AstOption *deparse__find_option(const AstOptionList *list, const char *name);

/* Parts of definitions (deparse_table.c, deparse_object.c, deparse_session.c). */
void deparse__sequence_options(StrBuilder *out, const char *prefix, const AstOptionList *list);
void deparse__collate(StrBuilder *out, NodeStrs collation);
void deparse__persistence(StrBuilder *out, const AstRangeVar *relation);
void deparse__behavior(StrBuilder *out, AstDropBehavior behavior);
void deparse__object_type(StrBuilder *out, AstObjectType object);
void deparse__aggregate_params(StrBuilder *out, const AstRoutineRef *ref);
/* An operator of an operator class: its types may be absent. */
void deparse__class_operator(StrBuilder *out, const AstOperatorRef *ref);
/* A setting's name, kept as one text with dots. */
void deparse__variable(StrBuilder *out, Str name);

/* The tables of the topics: kind and function, ended by kind 0. */
typedef struct DeparseEntry {
    AstKind kind;
    DeparseNode deparse;
} DeparseEntry;
extern const DeparseEntry deparse__expressions[];
extern const DeparseEntry deparse__calls[];
extern const DeparseEntry deparse__queries[];
extern const DeparseEntry deparse__sessions[];
extern const DeparseEntry deparse__tables[];
extern const DeparseEntry deparse__objects[];
extern const DeparseEntry deparse__definitions[];
