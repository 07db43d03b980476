/* SPDX-License-Identifier: Apache-2.0 */
/* grant.c - GRANT and REVOKE on objects and on columns: their acl read, changed (acl.c), written. */
#include "ddl/acl.h"

#include "ddl/function.h"

typedef struct AclKind {
    AstObjectType object;
    Oid class_;
    const char *word; /* as messages name it */
} AclKind;
static const AclKind kinds[] = {
    {AST_OBJECT_TABLE, CLASS_RELATION, "table"},
    {AST_OBJECT_SEQUENCE, CLASS_RELATION, "sequence"},
    {AST_OBJECT_SCHEMA, CLASS_NAMESPACE, "schema"},
    {AST_OBJECT_DATABASE, CLASS_DATABASE, "database"},
    {AST_OBJECT_FUNCTION, CLASS_PROC, "function"},
    {AST_OBJECT_PROCEDURE, CLASS_PROC, "procedure"},
    {AST_OBJECT_ROUTINE, CLASS_PROC, "routine"},
    {AST_OBJECT_TYPE, CLASS_TYPE, "type"},
    {AST_OBJECT_DOMAIN, CLASS_TYPE, "domain"},
    {AST_OBJECT_LANGUAGE, CLASS_LANGUAGE, "language"},
    {AST_OBJECT_TABLESPACE, CLASS_TABLESPACE, "tablespace"},
    {AST_OBJECT_LARGE_OBJECT, CLASS_PG_LARGEOBJECT, "large object"},
};

static const struct {
    const char *name, *shown;
    uint32_t bit;
} privileges[] = {
    {"insert", "INSERT", PRIV_INSERT},
    {"select", "SELECT", PRIV_SELECT},
    {"update", "UPDATE", PRIV_UPDATE},
    {"delete", "DELETE", PRIV_DELETE},
    {"truncate", "TRUNCATE", PRIV_TRUNCATE},
    {"references", "REFERENCES", PRIV_REFERENCES},
    {"trigger", "TRIGGER", PRIV_TRIGGER},
    {"execute", "EXECUTE", PRIV_EXECUTE},
    {"usage", "USAGE", PRIV_USAGE},
    {"create", "CREATE", PRIV_CREATE},
    {"temporary", "TEMPORARY", PRIV_TEMPORARY},
    {"temp", "TEMPORARY", PRIV_TEMPORARY},
    {"connect", "CONNECT", PRIV_CONNECT},
    {"maintain", "MAINTAIN", PRIV_MAINTAIN},
};

enum { PRIV_OF_COLUMNS = PRIV_SELECT | PRIV_INSERT | PRIV_UPDATE | PRIV_REFERENCES };

uint32_t ddl__privilege_bit(Str name)
{
    for (uint32_t i = 0; i < ARRAY_LEN(privileges); i++) {
        if (str_equal(name, str_from(privileges[i].name))) return privileges[i].bit;
    }
    raise_error(SQLSTATE_SYNTAX_ERROR, "unrecognized privilege type \"%.*s\"", STR_ARG(name));
}

Str ddl__privilege_name(Ddl *ddl, uint32_t bits)
{
    (void)ddl;
    for (uint32_t i = 0; i < ARRAY_LEN(privileges); i++) {
        if (bits & privileges[i].bit) return str_from(privileges[i].shown);
    }
    return STR("?");
}

const Oid *ddl__grantees(Ddl *ddl, const AstGrant *ast)
{
    Oid *grantees = ARENA_ARRAY(ddl->arena, Oid, ast->grantees.count);
    for (uint32_t i = 0; i < ast->grantees.count; i++) {
        const AstRoleSpec *spec = ast->grantees.items[i];
        const bool everybody = spec->role == AST_ROLE_PUBLIC;
        grantees[i] = everybody ? 0 : ddl__role_of(ddl, spec);
        if (everybody && ast->grant_option && !ast->revoke)
            raise_error(SQLSTATE_INVALID_GRANT_OPERATION,
                        "grant options can only be granted to roles");
    }
    return grantees;
}

typedef struct GrantWork {
    Ddl *ddl;
    const AstGrant *ast;
    const AclKind *kind;
    AclChange change;
    uint32_t wanted; /* of the object as a whole, whether or not the role may */
} GrantWork;

/* ---- what is granted ---- */

static uint32_t bits_wanted(const GrantWork *work, uint32_t possible, const char *word)
{
    uint32_t bits = 0;
    if (work->ast->privileges.count == 0) return possible;
    for (uint32_t i = 0; i < work->ast->privileges.count; i++) {
        const AstPrivilege *privilege = work->ast->privileges.items[i];
        if (privilege->columns.count > 0) {
            if (work->kind->class_ != CLASS_RELATION)
                raise_error(SQLSTATE_INVALID_GRANT_OPERATION,
                            "column privileges are only valid for relations");
            continue;
        }
        const uint32_t bit = ddl__privilege_bit(privilege->name);
        if (bit & ~possible)
            raise_error(SQLSTATE_INVALID_GRANT_OPERATION, "invalid privilege type %.*s for %s",
                        STR_ARG(ddl__privilege_name(work->ddl, bit)), word);
        bits |= bit;
    }
    return bits;
}

/* In whose name it is done, and what of it may be done: the owner's, or one's own with the grant options one has.
 * False: nothing of it, and that was said of `what`, a name in quotes or more. */
static bool choose_grantor(GrantWork *work, CatObject object, Oid owner, const AclList *list,
                           Str what)
{
    Ddl *ddl = work->ddl;
    AclChange *change = &work->change;
    const Oid me = cat_view_role(ddl->view);
    const CatObject whole = ddl__object(object.class_, object.oid, 0);
    change->owner = change->grantor = owner;
    if (cat_is_owner(ddl->view, me, whole)) return true;
    const uint32_t may = cat_acl_privileges(ddl->view, me, owner, list->items, list->count,
                                            change->bits, true);
    change->grantor = me;
    if (may == 0 &&
        !cat_privileges(ddl->view, me, object, cat_privileges_of_class(object.class_, 'r')))
        cat_raise_denied(ddl->view, object);
    const bool revoke = change->revoke;
    if (may == 0)
        ddl__notice(ddl, SEVERITY_WARNING,
                    revoke ? SQLSTATE_PRIVILEGE_NOT_REVOKED : SQLSTATE_PRIVILEGE_NOT_GRANTED,
                    revoke ? "no privileges could be revoked for %.*s"
                           : "no privileges were granted for %.*s",
                    STR_ARG(what));
    else if (may != change->bits && work->ast->privileges.count > 0)
        ddl__notice(ddl, SEVERITY_WARNING,
                    revoke ? SQLSTATE_PRIVILEGE_NOT_REVOKED : SQLSTATE_PRIVILEGE_NOT_GRANTED,
                    revoke ? "not all privileges could be revoked for %.*s"
                           : "not all privileges were granted for %.*s",
                    STR_ARG(what));
    change->bits = may;
    return may != 0;
}

/* ---- columns ---- */

typedef struct ColumnAcl {
    GrantWork *work;
    const CatRelation *relation;
    int16_t number;
    uint32_t bits;
    AclList of_table;
} ColumnAcl;

static void put_column_acl(void *arg, Datum *values)
{
    ColumnAcl *column = arg;
    GrantWork *work = column->work;
    Ddl *ddl = work->ddl;
    const CatObject object = ddl__object(CLASS_RELATION, column->relation->oid, column->number);
    const AclList before = ddl__acl_read(ddl, &values[PG_ATTRIBUTE_ATTACL], NULL, 0);
    AclList after = ddl__acl_read(ddl, &values[PG_ATTRIBUTE_ATTACL], NULL, 0);
    work->change.bits = column->bits;
    /* Grant options on the table hold for its columns. */
    AclList both = ddl__acl_read(ddl, &values[PG_ATTRIBUTE_ATTACL], NULL, 0);
    for (uint32_t i = 0; i < column->of_table.count; i++)
        array_push(&both, column->of_table.items[i]);
    const Str what = str_format(ddl->arena, "column \"%.*s\" of relation \"%.*s\"",
                                STR_ARG(strview_str(&values[PG_ATTRIBUTE_ATTNAME].value.str)),
                                STR_ARG(column->relation->name));
    if (!choose_grantor(work, object, column->relation->owner, &both, what)) return;
    ddl__acl_change(&after, &work->change);
    values[PG_ATTRIBUTE_ATTACL] = after.count > 0
                                      ? cat_acl_build(ddl->arena, after.items, after.count)
                                      : datum_null();
    ddl__acl_note_roles(ddl, object, column->relation->owner, &before, &after);
}

static AclList table_acl(Ddl *ddl, const CatRelation *relation)
{
    const Datum key = datum_oid(relation->oid);
    const Datum *row = cat_row_find(ddl->view, PG_CLASS_OID_INDEX, &key, 1, ddl->arena);
    AclItem defaults[2];
    const uint32_t count = cat_acl_default(CLASS_RELATION, relation->kind, relation->owner,
                                           defaults);
    return ddl__acl_read(ddl, &row[PG_CLASS_RELACL], defaults, count);
}

static void change_column(GrantWork *work, const CatRelation *relation, int16_t number,
                          uint32_t bits)
{
    ColumnAcl column = {work, relation, number, bits, table_acl(work->ddl, relation)};
    ddl__update_attribute(work->ddl, relation->oid, number, put_column_acl, &column);
    cat_invalidate(work->ddl->view, CLASS_RELATION, relation->oid);
}

/* For every column what is granted or revoked there: bits by attnum, from the lowest system column on. */
typedef struct ColumnBits {
    uint32_t *bits;
    int16_t lowest, count;
} ColumnBits;

static void name_columns(GrantWork *work, const CatRelation *relation, ColumnBits *columns)
{
    for (uint32_t i = 0; i < work->ast->privileges.count; i++) {
        const AstPrivilege *privilege = work->ast->privileges.items[i];
        if (privilege->columns.count == 0) continue;
        const uint32_t bits = privilege->name.data == NULL ? (uint32_t)PRIV_OF_COLUMNS
                                                           : ddl__privilege_bit(privilege->name);
        if (bits & ~(uint32_t)PRIV_OF_COLUMNS)
            raise_error(SQLSTATE_INVALID_GRANT_OPERATION, "invalid privilege type %.*s for column",
                        STR_ARG(ddl__privilege_name(work->ddl, bits)));
        for (uint32_t c = 0; c < privilege->columns.count; c++) {
            const Str name = privilege->columns.items[c];
            int16_t number = ddl__find_column(relation, name);
            if (number == 0) number = cat_system_column(name);
            if (number == 0)
                raise_error(SQLSTATE_UNDEFINED_COLUMN,
                            "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(name),
                            STR_ARG(relation->name));
            columns->bits[number - columns->lowest] |= bits;
        }
    }
}

/* What is revoked of a table is revoked of its columns too; who does not own it is told of each that he may not. */
static void name_all_columns(GrantWork *work, const CatRelation *relation, uint32_t bits,
                             ColumnBits *columns)
{
    Ddl *ddl = work->ddl;
    const Datum key = datum_oid(relation->oid);
    const bool all = !cat_is_owner(ddl->view, cat_view_role(ddl->view),
                                   ddl__object(CLASS_RELATION, relation->oid, 0));
    CatScan *scan = cat_scan_open(ddl->view, PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, &key,
                                  1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const int16_t number = row.values[PG_ATTRIBUTE_ATTNUM].value.i16;
        const bool shown = (number > 0 || relation->kind != 'v') &&
                           !row.values[PG_ATTRIBUTE_ATTISDROPPED].value.b;
        if (!row.values[PG_ATTRIBUTE_ATTACL].null || (all && shown))
            columns->bits[number - columns->lowest] |= bits & PRIV_OF_COLUMNS;
    }
    cat_scan_close(scan);
}

static void grant_on_columns(GrantWork *work, const CatRelation *relation)
{
    enum { LOWEST = -6 }; /* tableoid */
    ColumnBits columns = {.lowest = LOWEST,
                          .count = (int16_t)(relation->column_count - LOWEST + 1)};
    columns.bits = ARENA_ARRAY(work->ddl->arena, uint32_t, (uint32_t)columns.count);
    if (work->ast->revoke && relation->kind != 'S')
        name_all_columns(work, relation, work->wanted, &columns);
    name_columns(work, relation, &columns);
    for (int16_t i = 0; i < columns.count; i++) {
        if (columns.bits[i] == 0) continue;
        change_column(work, relation, (int16_t)(i + columns.lowest), columns.bits[i]);
        cat_view_next_command(work->ddl->view);
    }
}

/* ---- objects ---- */

typedef struct ObjectAcl {
    GrantWork *work;
    CatObject object;
    const CatClass *class_;
} ObjectAcl;

static void put_acl(void *arg, Datum *values)
{
    ObjectAcl *acl = arg;
    GrantWork *work = acl->work;
    Ddl *ddl = work->ddl;
    const CatClass *class_ = acl->class_;
    const char relkind = class_->table == PG_CLASS ? (char)values[PG_CLASS_RELKIND].value.i16 : 0;
    const Oid owner = values[class_->owner].value.u32;
    const uint32_t possible = cat_privileges_of_class(acl->object.class_, relkind);
    work->change.bits = work->wanted = bits_wanted(work, possible, work->kind->word);
    if (work->change.bits == 0) return;
    AclItem defaults[2];
    const uint32_t count = cat_acl_default(acl->object.class_, relkind, owner, defaults);
    const AclList before = ddl__acl_read(ddl, &values[class_->acl], defaults, count);
    AclList after = ddl__acl_read(ddl, &values[class_->acl], defaults, count);
    const Str what = class_->name != CAT_NO_COLUMN
                         ? str_format(ddl->arena, "\"%.*s\"",
                                      STR_ARG(strview_str(&values[class_->name].value.str)))
                         : str_format(ddl->arena, "large object %u", acl->object.oid);
    if (!choose_grantor(work, acl->object, owner, &after, what)) return;
    ddl__acl_change(&after, &work->change);
    values[class_->acl] = cat_acl_build(ddl->arena, after.items, after.count);
    ddl__acl_note_roles(ddl, acl->object, owner, &before, &after);
}

static void grant_on(GrantWork *work, Oid oid)
{
    Ddl *ddl = work->ddl;
    const CatObject object = ddl__object(work->kind->class_, oid, 0);
    ObjectAcl acl = {work, object, cat_class(work->kind->class_)};
    ddl__update_object(ddl, object, put_acl, &acl);
    if (work->kind->class_ != CLASS_RELATION) return;
    cat_view_next_command(ddl->view);
    grant_on_columns(work, cat_relation(ddl->view, oid));
}

/* Arrays and multiranges have no privileges of their own. */
static Oid type_of(Ddl *ddl, const AstObjectRef *ref)
{
    const Oid oid = ddl__type_named(ddl, ref);
    const CatType *type = cat_type(ddl->view, oid);
    if (ref->object == AST_OBJECT_DOMAIN && type->kind != 'd')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a domain",
                    STR_ARG(
                        ddl__names_text(ddl, ref->type != NULL ? &ref->type->names : &ref->names)));
    const bool array = type->element != 0 && cat_type(ddl->view, type->element)->array == oid;
    if (!array && type->kind != 'm') return oid;
    Error *error = error_begin(SQLSTATE_INVALID_GRANT_OPERATION);
    error_message(error, "cannot set privileges of %s types", array ? "array" : "multirange");
    error_raise(error_hint(error, "Set the privileges of the %s type instead.",
                           array ? "element" : "range"));
}

static Oid object_of(GrantWork *work, const AstNode *node)
{
    Ddl *ddl = work->ddl;
    const AstRangeVar *var = AST_IF(RangeVar, node);
    if (var != NULL) {
        CatName name = ddl__name(ddl, var);
        name.location = 0;
        const CatRelation *relation = cat_relation_open(ddl->view, name, LOCK_ACCESS_SHARE, 0);
        if (work->kind->object == AST_OBJECT_SEQUENCE && relation->kind != 'S')
            raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a sequence",
                        STR_ARG(relation->name));
        if (relation->kind == 'i' || relation->kind == 'c')
            raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is %s", STR_ARG(relation->name),
                        relation->kind == 'i' ? "an index" : "a composite type");
        return relation->oid;
    }
    const AstObjectRef *ref = AST_AS(ObjectRef, node);
    if (ref->routine != NULL) return bind_routine(ref->routine, ref->object, &ddl->bind, false);
    if (work->kind->class_ != CLASS_TYPE) return ddl__find_object(ddl, ref).oid;
    return type_of(ddl, ref);
}

/* ---- ALL TABLES IN SCHEMA and its like ---- */

static bool is_of_kind(const GrantWork *work, const Datum *values)
{
    if (work->kind->class_ == CLASS_PROC) {
        const char kind = (char)values[PG_PROC_PROKIND].value.i16;
        return work->kind->object == AST_OBJECT_ROUTINE ||
               (work->kind->object == AST_OBJECT_PROCEDURE) == (kind == 'p');
    }
    const char kind = (char)values[PG_CLASS_RELKIND].value.i16;
    return work->kind->object == AST_OBJECT_SEQUENCE ? kind == 'S' : strchr("rvmpf", kind) != NULL;
}

static void grant_in_schema(GrantWork *work, const AstNode *node)
{
    Ddl *ddl = work->ddl;
    const CatClass *class_ = cat_class(work->kind->class_);
    const int oid = work->kind->class_ == CLASS_PROC ? (int)PG_PROC_OID : (int)PG_CLASS_OID;
    Str name = AST_AS(Name, node)->parts.items[0];
    const Oid schema = cat_namespace_named(ddl->view, name);
    if (schema == 0)
        raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist", STR_ARG(name));
    ARRAY_OF(Oid) oids = {.arena = ddl->arena};
    CatScan *scan = cat_scan_open(ddl->view, class_->table, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        if (row.values[class_->schema].value.u32 == schema && is_of_kind(work, row.values))
            array_push(&oids, row.values[oid].value.u32);
    }
    cat_scan_close(scan);
    for (uint32_t i = 0; i < oids.count; i++) grant_on(work, oids.items[i]);
}

/* ---- the statement ---- */

void ddl__grant(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstGrant *ast = AST_AS(Grant, call->tree);
    GrantWork work = {.ddl = &ddl,
                      .ast = ast,
                      .change = {.revoke = ast->revoke,
                                 .grant_option = ast->grant_option,
                                 .cascade = ast->behavior == AST_DROP_CASCADE,
                                 .grantee_count = ast->grantees.count}};
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].object == ast->object) work.kind = &kinds[i];
    }
    if (work.kind == NULL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "GRANT on this kind of object is not supported");
    work.change.grantees = ddl__grantees(&ddl, ast);
    if (ast->grantor != NULL && ddl__role_of(&ddl, ast->grantor) != cat_view_role(ddl.view))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "grantor must be current user");
    for (uint32_t i = 0; i < ast->objects.count; i++) {
        if (ast->target == AST_GRANT_ALL_IN_SCHEMA) {
            grant_in_schema(&work, ast->objects.items[i]);
        } else {
            grant_on(&work, object_of(&work, ast->objects.items[i]));
        }
        cat_view_next_command(ddl.view);
    }
}

const char *ddl__grant_tag(const AstNode *tree)
{
    return AST_AS(Grant, tree)->revoke ? "REVOKE" : "GRANT";
}
