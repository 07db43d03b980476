/* SPDX-License-Identifier: Apache-2.0 */
/* function.h - what the files about functions share. */
#pragma once

#include "base/oids.h"
#include "ddl/ddl_internal.h"

/* A function being made. */
typedef struct NewFunction {
    Ddl ddl;
    CatName name;
    Oid schema;
    bool procedure;
    /* parameters, all of them and those that calls give */
    Oid *types, *inputs;
    char *modes;
    Str *names;
    uint32_t count, input_count, out_count;
    Oid variadic, out_type;
    bool named, moded, table;
    Str *defaults; /* stored */
    QExpr **default_exprs;
    uint32_t default_count;
    Oid result;
    bool returns_set;
    /* attributes */
    Oid language;
    Str language_name, source;
    int32_t body_location; /* of its literal; -1: none */
    bool window, strict, security_definer, leakproof;
    char volatility, parallel;
    Datum config;      /* of SET clauses, as pg_proc keeps them */
    double cost, rows; /* below 0: not said */
    Str sql_body;      /* stored queries; data NULL: none */
    QQuery **body_queries;
    uint32_t body_count;
} NewFunction;

/* ---- function_attributes.c ---- */
void ddl__take_function_attributes(NewFunction *new, const AstOptionList *options, bool has_body);
void ddl__check_function_figures(NewFunction *new); /* COST and ROWS */
void ddl__function_attributes(const NewFunction *new, Datum *row);
void ddl__alter_function(UtilityCall *call);
const char *ddl__alter_function_tag(const AstNode *tree);
void ddl__do(UtilityCall *call);
void ddl__call(UtilityCall *call);
void ddl__call_describe(UtilityCall *call, Description *description);

/* ---- define.c: CREATE AGGREGATE, OPERATOR, CAST ---- */
void ddl__define(UtilityCall *call);
const char *ddl__define_tag(const AstNode *tree);
void ddl__create_cast(UtilityCall *call);
/* What DROP names; 0: none (missing_ok; a cast is told of then). Raise 42883, 42704. */
Oid ddl__operator(const Ddl *ddl, const AstOperatorRef *ref, bool missing_ok);
Oid ddl__cast(const Ddl *ddl, const AstObjectRef *ref, bool missing_ok);

/* ---- drop_missing.c ---- */
/* Under IF EXISTS: true when a schema or type that the name needs is not there, which was told. */
bool ddl__skip_missing(const Ddl *ddl, const AstObjectRef *ref);
/* The type of a parameter, and of a result, of what is made. */
Oid ddl__parameter_type(const Ddl *ddl, const AstTypeName *name);
/* The element of a VARIADIC parameter of that type. */
Oid ddl__variadic_element(const Ddl *ddl, const AstFuncParam *param, Oid type);
Oid ddl__result_type(const Ddl *ddl, const AstTypeName *name);
Str ddl__type_as_written(const Ddl *ddl, const AstTypeName *type); /* "pg_catalog.int4[]" */
/* Kinds of which there are only those that are built in. */
void ddl__drop_other(Ddl *ddl, const AstDrop *drop);
const char *ddl__other_drop_tag(AstObjectType object);
void ddl__create_extension(UtilityCall *call);
void ddl__alter_extension(UtilityCall *call);
void ddl__alter_extension_contents(UtilityCall *call);
void ddl__drop_subscription(UtilityCall *call);
void ddl__drop_user_mapping(UtilityCall *call);
void ddl__drop_tablespace(UtilityCall *call);
void ddl__check_cast_owner(const Ddl *ddl, Oid source,
                           Oid target); /* 42501 unless one type is one's own */

/* ---- function.c ---- */
void ddl__create_function(UtilityCall *call);
const char *ddl__create_function_tag(const AstNode *tree);
/* "f(integer, text)" */
/* A routine of the kind that a statement says; 0: none, which only missing_ok allows. Raises 42883, 42809. */
Oid ddl__routine(const Ddl *ddl, const AstRoutineRef *routine, AstObjectType kind, bool missing_ok);
Str ddl__signature(const Ddl *ddl, Str name, const Oid *types, uint32_t count);
