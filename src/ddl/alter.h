/* SPDX-License-Identifier: Apache-2.0 */
/* alter.h - the actions of ALTER TABLE and its like: what the files that hold them share. An action is a function and a
 * row in the table of alter_table.c, which says what kinds of relation it is for and when it has its turn. */
#pragma once

#include "ddl/ddl_internal.h"

/* Foreign keys whose columns have another type now. */
typedef struct RetypedReference {
    Oid table, constraint;
} RetypedReference;
typedef ARRAY_OF(RetypedReference) RetypedReferences;

typedef struct Alter {
    Ddl ddl;
    const AstAlterTable *ast;
    Oid oid;
    RetypedReferences references;
    bool persistence_set; /* SET LOGGED or SET UNLOGGED was among the actions */
} Alter;

/* The relation as the actions before left it. */
const CatRelation *ddl__alter_relation(Alter *alter);
/* attnum of a column by name; raises 42703, and 0A000 for a system column. */
int16_t ddl__alter_column(const CatRelation *relation, Str name);

/* ---- alter_column.c ---- */
void ddl__column_default(Alter *alter, const AstAlterCommand *command);
void ddl__set_expression(Alter *alter, const AstAlterCommand *command);
void ddl__drop_expression(Alter *alter, const AstAlterCommand *command);
void ddl__set_not_null(Alter *alter, const AstAlterCommand *command);
void ddl__drop_not_null(Alter *alter, const AstAlterCommand *command);
void ddl__set_statistics(Alter *alter, const AstAlterCommand *command);
void ddl__set_storage(Alter *alter, const AstAlterCommand *command);
void ddl__set_compression(Alter *alter, const AstAlterCommand *command);
void ddl__set_column_options(Alter *alter, const AstAlterCommand *command);

/* ---- column_type.c, column_type_users.c ---- */
void ddl__alter_column_type(Alter *alter, int16_t column, const AstAlterCommand *command);
void ddl__redo_references(Ddl *ddl, const RetypedReferences *references);

/* ---- composite.c ---- */
void ddl__add_attribute(Alter *alter, const AstAlterCommand *command);
void ddl__drop_attribute(Alter *alter, const AstAlterCommand *command);
void ddl__attribute_type(Alter *alter, const AstAlterCommand *command);

/* ---- identity.c ---- */
void ddl__add_identity(Alter *alter, const AstAlterCommand *command);
void ddl__set_identity(Alter *alter, const AstAlterCommand *command);
void ddl__drop_identity(Alter *alter, const AstAlterCommand *command);

/* ---- alter_constraint.c ---- */
void ddl__add_constraint(Alter *alter, const AstAlterCommand *command);
void ddl__alter_constraint(Alter *alter, const AstAlterCommand *command);
void ddl__validate_constraint(Alter *alter, const AstAlterCommand *command);
void ddl__drop_constraint(Alter *alter, const AstAlterCommand *command);
/* `constraint` goes, and with cascade what needs it. */
void ddl__drop_constraint_object(Alter *alter, const CatConstraint *constraint, bool cascade);
