/* SPDX-License-Identifier: Apache-2.0 */
/* ddl_internal.h - what the files of this room share. */
#pragma once

#include "base/array.h"
#include "bind/bind.h"
#include "catalog/datums.h"
#include "ddl/ddl.h"
#include "exec/exec.h"

/* One statement at work. */
typedef struct Ddl {
    UtilityCall *call;
    Session *session;
    CatalogView *view;
    Arena *arena;
    BindOptions bind;
} Ddl;
Ddl ddl__begin(UtilityCall *call);

/* OIDs of the catalogs, as dependencies name them. */
enum {
    CLASS_TYPE = 1247,
    CLASS_ATTRDEF = 2604,
    CLASS_RELATION = 1259,
    CLASS_CONSTRAINT = 2606,
    CLASS_NAMESPACE = 2615,
    CLASS_REWRITE = 2618,
    CLASS_PROC = 1255,
    CLASS_AUTHID = 1260,
    CLASS_DATABASE = 1262,
    CLASS_TABLESPACE = 1213,
    CLASS_OPERATOR = 2617,
    CLASS_CAST = 2605,
    CLASS_COLLATION = 3456,
    CLASS_LANGUAGE = 2612,
    CLASS_ACCESS_METHOD = 2601,
    CLASS_DEFAULT_ACL = 826,
    CLASS_STATISTICS = 3381,
};
static inline CatObject ddl__object(Oid class_, Oid oid, int32_t sub)
{
    return (CatObject){.class_ = class_, .oid = oid, .sub = sub};
}

/* ---- common.c ---- */
/* relpersistence of what is made under a name in a schema; raises 42P16 at `position` (0: none) when the two do not go
 * together. */
char ddl__persistence(const Ddl *ddl, const AstRangeVar *name, Oid schema, int32_t position);
/* Notes what ON COMMIT says of a new table; raises 42P16 where it is not temporary. */
void ddl__on_commit(const Ddl *ddl, Oid relation, char persistence, AstOnCommit action);
/* At any depth; a view is as temporary as what it reads. */
bool ddl__reads_temporary(Ddl *ddl, QQuery *query);
CatName ddl__name(const Ddl *ddl, const AstRangeVar *var);
CatName ddl__name_of(const Ddl *ddl, const AstNode *node, const NodeStrs *parts);
/* Where a new object goes. Errors have no position, which CREATE TABLE's alone have. */
Oid ddl__schema_for(const Ddl *ddl, CatName name, bool temporary);
void ddl__notice(const Ddl *ddl, Severity severity, Sqlstate code, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* The node's place in the text as an error's position. */
int32_t ddl__position(const Ddl *ddl, const void *node);
/* "a_b_label", cut to 63 bytes as PostgreSQL cuts, with a number behind it until no relation of the schema (for
 * constraints: no constraint of the relation) has that name. */
Str ddl__choose_relation_name(Ddl *ddl, Str table, Str column, const char *label, Oid schema);
Str ddl__choose_constraint_name(Ddl *ddl, Str table, Str column, const char *label, Oid relation);
bool ddl__constraint_exists(Ddl *ddl, Oid relation, Str name);
Str ddl__choose_domain_constraint_name(Ddl *ddl, Str name, const char *label, Oid domain);
bool ddl__domain_constraint_exists(Ddl *ddl, Oid domain, Str name);
/* Everything that an expression names becomes a dependency of `object`. `self`: its own table, whose columns become
 * dependencies of kind `self_kind`. */
void ddl__depend_on_expr(Ddl *ddl, CatObject object, const QNode *expr, Oid self, char self_kind);
void ddl__depend_on_type(Ddl *ddl, CatObject object, Oid type, char kind);
void ddl__change_owner_dependency(Ddl *ddl, CatObject object, Oid owner);
/* Fields of one row, changed: `change` gets a copy of its values. */
void ddl__update_class(Ddl *ddl, Oid relation, void (*change)(void *arg, Datum *values), void *arg);
void ddl__update_attribute(Ddl *ddl, Oid relation, int16_t column,
                           void (*change)(void *arg, Datum *values), void *arg);
void ddl__update_index(Ddl *ddl, Oid index, void (*change)(void *arg, Datum *values), void *arg);
/* Own changes become visible, and the relation is read anew. */
const CatRelation *ddl__reopen(Ddl *ddl, Oid relation);
Datum ddl__int2_array(Arena *arena, const int16_t *values, uint32_t count);
Datum ddl__oid_array(Arena *arena, const Oid *values, uint32_t count);
Datum ddl__oid_vector(Arena *arena, const Oid *values, uint32_t count); /* oidvector */
/* attnum of a name; 0: none (system columns give their negative number). */
int16_t ddl__find_column(const CatRelation *relation, Str name);
/* For work on what is in a table, whatever the transaction's isolation: the newest snapshot. */
ExecOptions ddl__exec_options(Ddl *ddl, Scope *scope);
/* For queries of users: the statement's snapshot. */
ExecOptions ddl__query_options(Ddl *ddl, Scope *scope);

/* A catalog row's values, with what they point to. */
Datum *ddl__copy_values(Arena *arena, CatalogTable table, const Datum *values);

/* ---- option.c ---- */
typedef struct DdlOptionNames {
    const char *const *names;
    uint32_t count;
    const char *what; /* what the error calls an unknown one: "option", "type attribute" */
    bool unplaced;    /* whose error has no position */
} DdlOptionNames;

/* found[i]: the option called names[i], or NULL. Raises 42601 for unknown ones and for what is given twice. */
void ddl__options_find(const Ddl *ddl, const AstOptionList *list, const DdlOptionNames *known,
                       const AstOption **found);

/* 42601, conflicting or redundant options, at the second of them. */
_Noreturn void ddl__refuse_twice(const Ddl *ddl, const AstOption *option);

/* ---- setting.c ---- */
/* Sets or resets what is kept for sessions of a role (0: all) in a database (0: all). */
/* "name=value" items as catalogs keep them, after a SET or RESET. */
Datum ddl__changed_settings(Ddl *ddl, const Datum *stored, const AstSetVariable *set);
void ddl__change_settings(Ddl *ddl, Oid database, Oid role, const AstSetVariable *set);
void ddl__forget_settings(Ddl *ddl, Oid database, Oid role);

/* ---- database.c ---- */
void ddl__create_database(UtilityCall *call);
void ddl__drop_database(UtilityCall *call);
Oid ddl__database_get(Ddl *ddl, Str name); /* 3D000 */
void ddl__alter_database(UtilityCall *call);
void ddl__alter_database_set(UtilityCall *call);
void ddl__refresh_database_collation(UtilityCall *call);
void ddl__rename_database(Ddl *ddl, Str name, Str new_name);
void ddl__may_own_database(Ddl *ddl); /* 42501 "permission denied to change owner of database" */
/* 42501 "must be able to SET ROLE": the role in force gives something to `owner`. */
void ddl__check_can_set_role(Ddl *ddl, Oid owner);

/* ---- analyze.c ---- */
/* Gathers statistics of these columns (none named: of all). */
void ddl__analyze(Ddl *ddl, const CatRelation *relation, const NodeStrs *names);

/* ---- constraint.c ---- */
typedef struct NewConstraint {
    const AstConstraint *ast;
    const AstColumnDef *column; /* of a column's own; NULL: of the table */
} NewConstraint;
typedef struct NewConstraints {
    NewConstraint *items;
    uint32_t count, capacity;
    Arena *arena;
} NewConstraints;
/* Moves DEFERRABLE and its like onto the constraint before them; raises for what does not fit. */
void ddl__take_attributes(Ddl *ddl, AstConstraintList *constraints);
/* Adds what a table's definition says, in PostgreSQL's order. `existing`: the table has rows, which are checked. */
void ddl__add_constraints(Ddl *ddl, Oid relation, const NewConstraints *constraints, bool existing);
void ddl__add_default(Ddl *ddl, const CatRelation *relation, int16_t column, const AstNode *expr,
                      bool generated);
/* The same of an expression that is bound. */
void ddl__store_default(Ddl *ddl, Oid relation, int16_t column, QExpr *bound, bool generated);
/* Is what a planner would make of it, constants computed, immutable? */
bool ddl__is_immutable(Ddl *ddl, const QExpr *expr);
void ddl__drop_default(Ddl *ddl, Oid relation, int16_t column);
void ddl__add_not_null(Ddl *ddl, Oid relation, Str name, int16_t column, bool no_inherit);
typedef struct ConstraintRow {
    Oid oid; /* 0: a new one */
    Str name;
    char type;
    Oid relation, domain, index, foreign_relation;
    Oid schema;               /* of the relation or domain; 0: it is looked up */
    const AstConstraint *ast; /* deferrability; NULL: none */
    const int16_t *columns, *foreign_columns;
    uint32_t column_count, foreign_count;
    const Oid *pf, *pp, *ff;
    char on_update, on_delete, match;
    const int16_t *delete_set;
    uint32_t delete_set_count;
    Str check; /* stored expression */
    bool no_inherit, not_valid, not_enforced;
} ConstraintRow;
Oid ddl__insert_constraint(Ddl *ddl, const ConstraintRow *row);
/* Do the rows that are there obey a constraint that was added or changed? */
void ddl__check_rows(Ddl *ddl, Oid relation, Oid constraint);
/* The operators that a foreign key compares by, as pg_constraint keeps them; 42804. */
typedef struct ReferenceOperators {
    Datum pf, pp, ff;
} ReferenceOperators;
ReferenceOperators ddl__reference_operators(Ddl *ddl, const CatRelation *table,
                                            const CatRelation *target, Oid constraint);
/* pg_class.relchecks, by which psql knows that there are any. */
void ddl__count_check(Ddl *ddl, Oid relation, int16_t more);

/* ---- create_index.c ---- */

/* The class of a key of that type: 42704 if there is none. */
const CatOpclass *ddl__index_opclass(Ddl *ddl, Oid method, Oid type);
/* Raises 42804 where the class is not made for that type. */
void ddl__check_opclass(Ddl *ddl, Oid opclass, Oid type);
typedef struct NewIndex {
    Str name; /* empty: chosen */
    const AstIndexElementList *elements;
    const AstIndexElementList *including;
    const AstNode *where;
    Str method;
    Oid constraint; /* that it serves; 0: none */
    bool unique, primary, nulls_not_distinct, deferrable, if_not_exists;
    bool beside; /* CONCURRENTLY: it is made to be filled beside writers */
    const AstOptionList *options;
} NewIndex;
/* Makes and, unless `beside`, fills it; its OID (0: IF NOT EXISTS and there is one). */
Oid ddl__create_index(Ddl *ddl, const CatRelation *relation, const NewIndex *index);
void ddl__create_index_statement(UtilityCall *call);
/* An empty one, of a table that nobody else writes; it is valid then. */
void ddl__fill_index(Ddl *ddl, Oid table, Oid index);
Oid *ddl__indexes_of(Ddl *ddl, const CatRelation *relation, uint32_t *count);
const CatIndex *ddl__index_of(const CatRelation *relation, Oid index); /* NULL: it has none such */

/* ---- concurrent.c ---- */
/* Several transactions, outside of a block: what was opened before is to be opened again. */
void ddl__create_index_beside(Ddl *ddl, const CatRelation *relation, const NewIndex *index);
/* DROP INDEX CONCURRENTLY; the statement holds the table, SHARE UPDATE EXCLUSIVE. */
void ddl__drop_index_beside(Ddl *ddl, Oid table, Oid index);
void ddl__reindex_beside(Ddl *ddl, Oid table, Oid index);

/* ---- rebuild_catalog.c ---- */

/* One index of a system catalog, or all (0): XX002 when it does not agree with its table. */
void ddl__reindex_catalog(Ddl *ddl, const CatRelation *relation, Oid index, bool verbose);

/* ---- sequence.c ---- */
void ddl__create_sequence_statement(UtilityCall *call);
void ddl__alter_sequence(UtilityCall *call);
typedef struct NewSequence {
    Oid schema, owner; /* owner 0: the role in force */
    Str name;          /* without data: chosen */
    Str table, column; /* whose it is to be, for its name */
    char persistence;
    Oid type;
    bool identity;
    const AstOptionList *options;
} NewSequence;
/* A sequence of its own for a column (serial, identity); its OID. */
Oid ddl__create_owned_sequence(Ddl *ddl, const NewSequence *sequence);
/* Options of ALTER SEQUENCE applied; and what follows from another type of its column. */
void ddl__alter_sequence_options(Ddl *ddl, Oid sequence, const AstOptionList *options,
                                 bool identity);
void ddl__restart_sequence(Ddl *ddl, Oid sequence);
void ddl__alter_sequence_type(Ddl *ddl, Oid sequence, Oid type);
/* The table that a sequence is linked to; 0: none. */
Oid ddl__sequence_owner(Ddl *ddl, Oid sequence);
void ddl__own_sequence(Ddl *ddl, Oid sequence, Oid relation, int16_t column, char kind);

/* ---- drop.c ---- */
void ddl__drop(UtilityCall *call);
const char *ddl__drop_tag(const AstNode *tree);
/* Removes one object's rows and storage: what cat_drop calls. */
void ddl__drop_object(CatalogView *view, CatObject object, void *ddl);
/* What ANALYZE found of a column (0: of all) no longer holds. */
void ddl__forget_statistics(Ddl *ddl, Oid relation, int16_t column);
/* What was gathered for a statistics object goes. */
void ddl__forget_statistics_data(Ddl *ddl, Oid statistics);

/* ---- membership.c ---- */
enum { ROLE_BOOTSTRAP = 10 /* the cluster's first role */, ROLE_DATABASE_OWNER = 6171 };
typedef enum MemberOption { MEMBER_ADMIN, MEMBER_INHERIT, MEMBER_SET, MEMBER_OPTIONS } MemberOption;
typedef struct MemberOptions {
    bool said[MEMBER_OPTIONS], value[MEMBER_OPTIONS];
} MemberOptions;
typedef struct Membership {
    Oid role, member, grantor;
} Membership;
/* Has the role in force the ADMIN option on this one, itself or by a role that it is a member of? */
bool ddl__is_admin(Ddl *ddl, Oid of);
/* Whose grant it is to be (`by` may be NULL), if the role in force may grant or revoke the role at all; else 42501. */
Oid ddl__member_grantor(Ddl *ddl, Oid role, const AstRoleSpec *by, bool revokes);
/* What a role has granted: all of it, or gone. */
uint32_t ddl__members_by(Ddl *ddl, Oid grantor, Membership **list);
void ddl__members_drop_by(Ddl *ddl, Oid grantor);
void ddl__member_add(Ddl *ddl, Membership membership, const MemberOptions *options);
/* The options that are said, or the membership when none is; a warning when there is none. */
void ddl__member_drop(Ddl *ddl, Membership membership, const MemberOptions *options,
                      AstDropBehavior behavior);
void ddl__grant_role(UtilityCall *call);
const char *ddl__grant_role_tag(const AstNode *tree);

/* ---- role.c, grant.c ---- */
Oid ddl__role_of(Ddl *ddl, const AstRoleSpec *spec); /* 42704 */
void ddl__may_rename_role(Ddl *ddl, Oid role);
void ddl__forget_md5_password(Ddl *ddl, Oid role);
void ddl__create_role(UtilityCall *call);
void ddl__alter_role(UtilityCall *call);
void ddl__alter_role_set(UtilityCall *call);
void ddl__drop_role(UtilityCall *call);
void ddl__grant(UtilityCall *call);
const char *ddl__grant_tag(const AstNode *tree);

/* ---- define.c, collation.c ---- */
/* The parts of a name that an option's value is; 42601 without a value. */
NodeStrs ddl__option_names(const AstOption *option);
/* The type that an option's value names. */
Oid ddl__type_of_name(const Ddl *ddl, const AstTypeName *name); /* its errors say no place */
Oid ddl__option_type(const Ddl *ddl, const AstOption *option);
bool ddl__option_flag(const AstOption *option);
Str ddl__option_value(const Ddl *ddl, const AstOption *option); /* as text */
void ddl__warn_unknown(const Ddl *ddl, const char *what, const AstOption *option);
void ddl__create_aggregate(UtilityCall *call); /* aggregate.c */
/* A function of that name with exactly these arguments, along the search path; raises 42883. */
const CatFunction *ddl__function_of(const Ddl *ddl, NodeStrs names, const Oid *types,
                                    uint32_t count);
void ddl__depend_on_function(const Ddl *ddl, CatObject self, Oid function); /* a user's */
void ddl__depend_on_schema(const Ddl *ddl, CatObject self, Oid schema);
void ddl__create_collation(UtilityCall *call);
void ddl__refresh_collation(UtilityCall *call);
/* 42710: the schema has one of that name. */
void ddl__forbid_collation(Ddl *ddl, Oid schema, Str name);
Oid ddl__collation(Ddl *ddl, const AstNode *node, const NodeStrs *names,
                   bool missing_ok); /* 42704 */

/* ---- type.c ---- */
/* 42710: the schema has a type of that name. */
void ddl__forbid_type(const Ddl *ddl, Oid schema, Str name);
/* A row of pg_type like that of another type, with its array type; `change` makes the rest of what differs. */
Oid ddl__insert_type(Ddl *ddl, Oid schema, Str name, Oid like,
                     void (*change)(void *arg, Datum *values), void *arg);
void ddl__create_enum(UtilityCall *call);
void ddl__create_range(UtilityCall *call); /* range.c */
void ddl__alter_enum(UtilityCall *call);
void ddl__create_domain(UtilityCall *call);
typedef struct DomainDefault {
    Str stored, text; /* without data: there is none */
} DomainDefault;
DomainDefault ddl__domain_default(Ddl *ddl, Oid base, int32_t typmod, Str domain,
                                  const AstNode *expr);
void ddl__create_composite(UtilityCall *call);

/* ---- type_users.c ---- */
/* What depends on a type directly. */
CatObject *ddl__type_users(Ddl *ddl, Oid type, uint32_t *count);
/* What is to change, as an error calls it. */
typedef struct TypeInUse {
    Str name;
    const char *noun, *used; /* "type", "it" */
} TypeInUse;
/* 0A000: a column of a table holds values of the type, or of one made of it. */
void ddl__forbid_stored_type(Ddl *ddl, const TypeInUse *use, Oid type);
/* 0A000: a column of a table holds rows of the relation. */
void ddl__forbid_used_row_type(Ddl *ddl, const CatRelation *relation);

/* ---- alter_domain.c ---- */
void ddl__alter_domain(UtilityCall *call);
/* One more constraint of a domain: NOT NULL or CHECK. The bound CHECK; NULL: it is none. */
QExpr *ddl__add_domain_constraint(Ddl *ddl, Oid domain, const AstConstraint *constraint);

/* ---- reloptions.c ---- */
typedef enum OptionsOf {
    OPTIONS_OF_TABLE,
    OPTIONS_OF_TOAST,
    OPTIONS_OF_INDEX,
    OPTIONS_OF_VIEW,
    OPTIONS_OF_COLUMN
} OptionsOf;
/* The stored array (text[], or NULL) with these options set or reset; raises 22023 for what is not known or valid. */
Datum ddl__change_options(Ddl *ddl, OptionsOf of, Datum stored, const AstOptionList *list,
                          bool reset);
/* "name=value" of each, checked. */
/* Do a view's options suit what it is? */
void ddl__check_view_options(const QQuery *query, const AstOptionList *options);
/* Its value; no data: it is not set. */
Str ddl__kept_option(Ddl *ddl, Datum stored, Str name);
const Str *ddl__new_options(Ddl *ddl, OptionsOf of, const AstOptionList *list, uint32_t *count);

/* ---- alter_column.c ---- */
/* Raises 22023, warns above 10000; -1: the default. */
int32_t ddl__statistics_target(Ddl *ddl, const AstNode *expr);

/* ---- alter_table.c ---- */
/* The index by which CLUSTER orders; NULL: none any more. */
void ddl__cluster_on(Ddl *ddl, const CatRelation *relation, const CatIndex *index);
void ddl__check_clusterable(const CatIndex *index); /* 0A000 */
/* An index of that table; raises 42704, 42809. */
const CatIndex *ddl__index_named(Ddl *ddl, const CatRelation *relation, Str name);
/* As `bind`, with places in errors where that is without. */
BindOptions ddl__bind_with_places(const Ddl *ddl);
void ddl__tablespace_named(Str name); /* raises unless it is the default one */
void ddl__alter_table(UtilityCall *call);
const char *ddl__alter_table_tag(const AstNode *tree);

/* ---- object.c ---- */
enum { OID_FIRST_USER = 16384, NAMESPACE_PG_TOAST = 99 };
/* The object's own row, changed; `change` gets a copy of its values. */
void ddl__update_object(Ddl *ddl, CatObject object, void (*change)(void *arg, Datum *values),
                        void *arg);
const char *ddl__relation_kinds(char relkind); /* "views", ... */
void ddl__forbid_catalog(const CatRelation *relation);
/* Locks it, checks who owns it and that it is what `kind` says (tables and indexes: anything). NULL: it is missing,
 * and that was said. */
const CatRelation *ddl__open_to_alter(Ddl *ddl, const AstRangeVar *var, AstObjectType kind,
                                      LockMode mode, bool if_exists);
Oid ddl__index_constraint(Ddl *ddl, Oid index);                 /* 0: it serves none */
void ddl__forbid_column(const CatRelation *relation, Str name); /* 42701 */
Str ddl__names_text(Ddl *ddl, const NodeStrs *names); /* parts between dots, as errors write them */
NodeStrs ddl__range_var_names(Ddl *ddl, const AstRangeVar *var);
Oid ddl__type_named(Ddl *ddl, const AstObjectRef *ref); /* 42704 */
/* ALTER TYPE, ALTER DOMAIN: a domain where that is said. */
Oid ddl__type_to_alter(Ddl *ddl, const AstObjectRef *ref);
void ddl__forbid_dependent_type(Ddl *ddl, Oid type); /* 42809: a table's row type or an array */
/* One's own, and none of these. */
Oid ddl__alterable_type(Ddl *ddl, const AstObjectRef *ref);
const CatConstraint *ddl__domain_constraint(Ddl *ddl, Oid oid, Str name);
/* 42723: the schema has a function of that name with the arguments of this one. */
void ddl__forbid_routine(Ddl *ddl, Oid oid, Str name, Oid schema);

/* ---- comment.c ---- */
/* The object of any kind; raises when there is none. Relations are locked. */
CatObject ddl__find_object(Ddl *ddl, const AstObjectRef *ref);
void ddl__set_comment(Ddl *ddl, CatObject object, Str comment); /* empty: there is none any more */
Str ddl__comment_of(Ddl *ddl, CatObject object);                /* of an object of the database */

/* ---- owner.c ---- */
void ddl__alter_owner(UtilityCall *call);
const char *ddl__alter_owner_tag(const AstNode *tree);
void ddl__alter_schema(UtilityCall *call);
const char *ddl__alter_schema_tag(const AstNode *tree);
Oid *ddl__owned_sequences(Ddl *ddl, Oid relation, uint32_t *count);
/* What belongs to one owner, with all that goes with it. */
void ddl__give_object(Ddl *ddl, CatObject object, Oid owner);
void ddl__give_relation(Ddl *ddl, Oid oid, Oid owner);
/* ALTER TABLE ... OWNER TO, with its checks. */
void ddl__relation_owner(Ddl *ddl, Oid oid, const AstRoleSpec *spec);

/* ---- rename.c ---- */
void ddl__rename_relation(Ddl *ddl, Oid oid, Str name);
void ddl__rename(UtilityCall *call);
const char *ddl__rename_tag(const AstNode *tree);

/* ---- rewrite.c ---- */
/* What is stored of a row: columns neither dropped nor generated; and a SELECT of them, in that order. */
int16_t *ddl__stored_columns(Ddl *ddl, const CatRelation *relation, uint32_t *count);
AstSelect *ddl__whole_table(Ddl *ddl, const CatRelation *relation);
/* The same in an order, as ORDER BY writes it. */
AstSelect *ddl__table_ordered(Ddl *ddl, const CatRelation *relation, Str order);
void ddl__build_indexes(Ddl *ddl, Oid relation);
/* Opens the query (targets: what becomes of the stored columns), lets `change` change the catalogs, and writes its rows
 * into a fresh tree. The table is locked ACCESS EXCLUSIVE. */
void ddl__rewrite(Ddl *ddl, const CatRelation *relation, QQuery *query, void (*change)(void *arg),
                  void *arg);

/* ---- matview.c, create_table_as.c, view.c ---- */
void ddl__refresh_matview(UtilityCall *call);
void ddl__set_populated(Ddl *ddl, Oid relation, bool populated);
/* Rows of a rewritten query go into a table, whose indexes are left alone; how many. */
uint64_t ddl__fill(Ddl *ddl, Oid relation, QQuery *query);
void ddl__add_view_rule(Ddl *ddl, Oid view, const QQuery *query);

/* ---- rebuild.c ---- */
void ddl__reindex(UtilityCall *call);
void ddl__cluster(UtilityCall *call);

/* ---- statistics.c ---- */
void ddl__create_statistics(UtilityCall *call);
void ddl__alter_statistics(UtilityCall *call);
/* As the statement says, but on this table, under a name of its own; its OID. */
Oid ddl__make_statistics(Ddl *ddl, const AstCreateStatistics *ast, const CatRelation *relation);
/* 42710: the schema has one of that name. */
void ddl__forbid_statistics(Ddl *ddl, Oid schema, Str name);
/* By name; 0: missing_ok and there is none (else 42704). */
Oid ddl__statistics(Ddl *ddl, const AstNode *node, const NodeStrs *names, bool missing_ok);

/* ---- owned.c ---- */
void ddl__reassign_owned(UtilityCall *call);
void ddl__drop_owned(UtilityCall *call);

/* ---- default_acl.c ---- */
void ddl__alter_default_privileges(UtilityCall *call);

/* ---- others ---- */
const char *ddl__create_table_as_tag(const AstNode *tree);
void ddl__vacuum(UtilityCall *call);
const char *ddl__vacuum_tag(const AstNode *tree);
/* ---- vacuum_options.c ---- */
typedef struct VacuumWishes {
    bool analyze, skip_locked, nothing;
} VacuumWishes;
/* Looks at all options, also those that change nothing: 42601, 22023, 0A000. */
VacuumWishes ddl__vacuum_options(Ddl *ddl, const AstVacuum *ast);
uint32_t ddl__vacuum_flags(const AstNode *tree);
void ddl__create_table(UtilityCall *call);
void ddl__create_table_as(UtilityCall *call);
void ddl__create_table_as_describe(UtilityCall *call, Description *description);
void ddl__create_view(UtilityCall *call);
void ddl__create_schema(UtilityCall *call);
void ddl__truncate(UtilityCall *call);
void ddl__set_constraints(UtilityCall *call);
void ddl__lock(UtilityCall *call);
void ddl__comment(UtilityCall *call);
