/* SPDX-License-Identifier: Apache-2.0 */
/* drop_missing.c - DROP of what is not there: what IF EXISTS says of schemas and types that a name needs, and the kinds
 * of objects of which there are none but those that are built in. */
#include "ddl/function.h"

/* ---- what a name needs ---- */

static Str dotted(const Ddl *ddl, const NodeStrs *parts)
{
    StrBuilder text = str_builder(ddl->arena, 64);
    for (uint32_t i = 0; i < parts->count; i++) {
        if (i > 0) str_add_char(&text, '.');
        str_add(&text, parts->items[i]);
    }
    return str_done(&text);
}

Str ddl__type_as_written(const Ddl *ddl, const AstTypeName *type)
{
    const Str name = dotted(ddl, &type->names);
    return type->bounds.count > 0 ? str_concat(ddl->arena, name, STR("[]")) : name;
}

static void skip(const Ddl *ddl, const char *word, Str name)
{
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "%s \"%.*s\" does not exist, skipping", word, STR_ARG(name));
}

/* The schema that a qualified name says; NULL data: none is said, or it is there. */
static Str missing_schema(const Ddl *ddl, const NodeStrs *parts)
{
    if (parts->count < 2) return (Str){0};
    const Str schema = parts->items[parts->count - 2];
    return cat_namespace_named(ddl->view, schema) != 0 ? (Str){0} : schema;
}

static bool skip_schema(const Ddl *ddl, const NodeStrs *parts)
{
    const Str schema = missing_schema(ddl, parts);
    if (schema.data == NULL) return false;
    skip(ddl, "schema", schema);
    return true;
}

static bool skip_type(const Ddl *ddl, const AstTypeName *type)
{
    if (type == NULL || type->percent_type) return false;
    if (skip_schema(ddl, &type->names)) return true;
    if (cat_type_search(ddl->view, ddl__name_of(ddl, (const AstNode *)type, &type->names)) != 0)
        return false;
    skip(ddl, "type", ddl__type_as_written(ddl, type));
    return true;
}

bool ddl__skip_missing(const Ddl *ddl, const AstObjectRef *ref)
{
    if (ref->routine != NULL) {
        if (skip_schema(ddl, &ref->routine->names)) return true;
        for (uint32_t i = 0; i < ref->routine->params.count; i++)
            if (skip_type(ddl, ref->routine->params.items[i]->type)) return true;
        return false;
    }
    if (ref->operator!= NULL)
        return skip_schema(ddl, &ref->operator->names) || skip_type(ddl, ref->operator->left) ||
               skip_type(ddl, ref->operator->right);
    if (ref->type != NULL) return skip_type(ddl, ref->type) || skip_type(ddl, ref->target);
    return skip_schema(ddl, &ref->names);
}

/* ---- kinds that nobody can make ---- */

typedef struct OtherKind {
    AstObjectType object;
    Oid class_;
    const char *tag;
    const char *word; /* NULL: what its class is called */
} OtherKind;

static const OtherKind others[] = {
    {AST_OBJECT_TRIGGER, CLASS_PG_TRIGGER, "DROP TRIGGER", NULL},
    {AST_OBJECT_RULE, CLASS_PG_REWRITE, "DROP RULE", NULL},
    {AST_OBJECT_POLICY, CLASS_PG_POLICY, "DROP POLICY", NULL},
    {AST_OBJECT_ACCESS_METHOD, CLASS_PG_AM, "DROP ACCESS METHOD", NULL},
    {AST_OBJECT_CONVERSION, CLASS_PG_CONVERSION, "DROP CONVERSION", NULL},
    {AST_OBJECT_EVENT_TRIGGER, CLASS_PG_EVENT_TRIGGER, "DROP EVENT TRIGGER", NULL},
    {AST_OBJECT_EXTENSION, CLASS_PG_EXTENSION, "DROP EXTENSION", NULL},
    {AST_OBJECT_FOREIGN_DATA_WRAPPER, CLASS_PG_FOREIGN_DATA_WRAPPER, "DROP FOREIGN DATA WRAPPER",
     NULL},
    {AST_OBJECT_FOREIGN_SERVER, CLASS_PG_FOREIGN_SERVER, "DROP SERVER", "server"},
    {AST_OBJECT_LANGUAGE, CLASS_PG_LANGUAGE, "DROP LANGUAGE", NULL},
    {AST_OBJECT_OPERATOR_CLASS, CLASS_PG_OPCLASS, "DROP OPERATOR CLASS", NULL},
    {AST_OBJECT_OPERATOR_FAMILY, CLASS_PG_OPFAMILY, "DROP OPERATOR FAMILY", NULL},
    {AST_OBJECT_PUBLICATION, CLASS_PG_PUBLICATION, "DROP PUBLICATION", NULL},
    {AST_OBJECT_TRANSFORM, CLASS_PG_TRANSFORM, "DROP TRANSFORM", NULL},
    {AST_OBJECT_TS_CONFIGURATION, CLASS_PG_TS_CONFIG, "DROP TEXT SEARCH CONFIGURATION", NULL},
    {AST_OBJECT_TS_DICTIONARY, CLASS_PG_TS_DICT, "DROP TEXT SEARCH DICTIONARY", NULL},
    {AST_OBJECT_TS_PARSER, CLASS_PG_TS_PARSER, "DROP TEXT SEARCH PARSER", NULL},
    {AST_OBJECT_TS_TEMPLATE, CLASS_PG_TS_TEMPLATE, "DROP TEXT SEARCH TEMPLATE", NULL},
};

static const OtherKind *other_kind(AstObjectType object)
{
    for (uint32_t i = 0; i < ARRAY_LEN(others); i++)
        if (others[i].object == object) return &others[i];
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "DROP of this kind of object is not supported");
}

const char *ddl__other_drop_tag(AstObjectType object)
{
    return other_kind(object)->tag;
}

/* The object of a class by its name, in the schema or on the path; of an index method where that is not 0. */
static Oid find_named(const Ddl *ddl, const OtherKind *kind, const NodeStrs *parts, Oid method)
{
    const CatClass *class_ = cat_class(kind->class_);
    const SearchPath *path = cat_search_path(ddl->view);
    const CatName name = ddl__name_of(ddl, NULL, parts);
    const Oid schema = name.schema.data != NULL ? cat_namespace_named(ddl->view, name.schema) : 0;
    const uint32_t method_column = kind->class_ == CLASS_PG_OPCLASS ? PG_OPCLASS_OPCMETHOD
                                                                    : PG_OPFAMILY_OPFMETHOD;
    Oid found = 0;
    uint32_t best = UINT32_MAX;
    CatScan *scan = cat_scan_open(ddl->view, class_->table, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        if (!str_equal(strview_str(&row.values[class_->name].value.str), name.name)) continue;
        if (method != 0 && row.values[method_column].value.u32 != method) continue;
        uint32_t place = 0;
        if (class_->schema != CAT_NO_COLUMN) {
            const Oid in = row.values[class_->schema].value.u32;
            while (schema == 0 && place < path->lasting_count && path->lasting[place] != in)
                place++;
            if (schema != 0 ? in != schema : place == path->lasting_count) continue;
        }
        if (place >= best) continue;
        best = place;
        found = row.values[0].value.u32;
    }
    cat_scan_close(scan);
    return found;
}

/* "operator class "x" does not exist for access method "btree"" and so on: refused, or told of and skipped. */
static void not_there(const Ddl *ddl, bool if_exists, Str what)
{
    if (!if_exists) raise_error(SQLSTATE_UNDEFINED_OBJECT, "%.*s", STR_ARG(what));
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION, "%.*s, skipping",
                STR_ARG(what));
}

static void refuse_built_in(Ddl *ddl, const OtherKind *kind, Oid oid)
{
    const CatObject object = ddl__object(kind->class_, oid, 0);
    if (kind->class_ == CLASS_PG_AM && !cat_role(ddl->view, cat_view_role(ddl->view))->superuser)
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be superuser");
    if (cat_class(kind->class_)->owner != CAT_NO_COLUMN) cat_check_owner(ddl->view, object);
    raise_error(SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                "cannot drop %.*s because it is required by the database system",
                STR_ARG(cat_describe_object(ddl->view, ddl->arena, object)));
}

/* A trigger, rule or policy of a table. No table has any, but each view its rule. */
static void drop_of_table(Ddl *ddl, const OtherKind *kind, const AstObjectRef *ref, bool if_exists)
{
    const char *word = cat_class(kind->class_)->noun;
    const Str schema = missing_schema(ddl, &ref->on);
    if (schema.data != NULL && !if_exists)
        raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist",
                    STR_ARG(schema));
    if (schema.data != NULL) {
        skip(ddl, "schema", schema);
        return;
    }
    const Oid oid = cat_relation_search(ddl->view, ddl__name_of(ddl, NULL, &ref->on));
    const CatRelation *relation = oid != 0 ? cat_relation(ddl->view, oid) : NULL;
    if (relation == NULL && !if_exists)
        raise_error(SQLSTATE_UNDEFINED_TABLE, "relation \"%.*s\" does not exist",
                    STR_ARG(dotted(ddl, &ref->on)));
    if (relation == NULL) {
        skip(ddl, "relation", dotted(ddl, &ref->on));
        return;
    }
    const Str name = ref->names.items[0];
    if (kind->class_ == CLASS_PG_REWRITE && (relation->kind == 'v' || relation->kind == 'm') &&
        str_equal(name, STR("_RETURN"))) {
        const Str view = cat_describe_object(ddl->view, ddl->arena,
                                             ddl__object(CLASS_RELATION, oid, 0));
        cat_check_owner(ddl->view, ddl__object(CLASS_RELATION, oid, 0));
        Error *error = error_begin(SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST);
        error_message(error, "cannot drop rule _RETURN on %.*s because %.*s requires it",
                      STR_ARG(view), STR_ARG(view));
        error_hint(error, "You can drop %.*s instead.", STR_ARG(view));
        error_raise(error);
    }
    const bool of_relation = if_exists || kind->class_ == CLASS_PG_REWRITE;
    not_there(ddl, if_exists,
              str_format(ddl->arena, "%s \"%.*s\" for %s \"%.*s\" does not exist", word,
                         STR_ARG(name), of_relation ? "relation" : "table",
                         STR_ARG(relation->name)));
}

static void drop_transform(const Ddl *ddl, const AstObjectRef *ref, bool if_exists)
{
    Str type;
    if (if_exists) {
        if (skip_type(ddl, ref->type)) return;
        type = ddl__type_as_written(ddl, ref->type);
    } else {
        const Oid oid = ddl__type_of_name(ddl, ref->type);
        type = cat_type_name(ddl->view, ddl->arena, oid, -1);
    }
    not_there(ddl, if_exists,
              str_format(ddl->arena, "transform for type %.*s language \"%.*s\" does not exist",
                         STR_ARG(type), STR_ARG(ref->names.items[0])));
}

static void drop_named(Ddl *ddl, const OtherKind *kind, const AstObjectRef *ref, bool if_exists)
{
    const char *word = kind->word != NULL ? kind->word : cat_class(kind->class_)->noun;
    const Str schema = missing_schema(ddl, &ref->names);
    Oid method = 0;
    if (ref->method.data != NULL) {
        static const OtherKind methods = {.class_ = CLASS_PG_AM};
        Str name = ref->method;
        method = find_named(ddl, &methods, &(NodeStrs){.items = &name, .count = 1}, 0);
        if (method == 0)
            raise_error(SQLSTATE_UNDEFINED_OBJECT, "access method \"%.*s\" does not exist",
                        STR_ARG(ref->method));
    }
    if (schema.data != NULL && !if_exists)
        raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist",
                    STR_ARG(schema));
    if (schema.data != NULL) {
        skip(ddl, "schema", schema);
        return;
    }
    const Oid found = find_named(ddl, kind, &ref->names, method);
    if (found != 0) {
        refuse_built_in(ddl, kind, found);
        return;
    }
    Str text = str_format(ddl->arena, "%s \"%.*s\" does not exist", word,
                          STR_ARG(dotted(ddl, &ref->names)));
    if (method != 0)
        text = str_format(ddl->arena, "%.*s for access method \"%.*s\"", STR_ARG(text),
                          STR_ARG(ref->method));
    not_there(ddl, if_exists, text);
}

void ddl__drop_other(Ddl *ddl, const AstDrop *drop)
{
    const OtherKind *kind = other_kind(drop->object);
    for (uint32_t i = 0; i < drop->objects.count; i++) {
        const AstObjectRef *ref = drop->objects.items[i];
        if (ref->on.count > 0)
            drop_of_table(ddl, kind, ref, drop->if_exists);
        else if (drop->object == AST_OBJECT_TRANSFORM)
            drop_transform(ddl, ref, drop->if_exists);
        else
            drop_named(ddl, kind, ref, drop->if_exists);
    }
}

/* ---- statements of their own ---- */

void ddl__drop_subscription(UtilityCall *call)
{
    const Ddl ddl = ddl__begin(call);
    const AstDropSubscription *ast = AST_AS(DropSubscription, call->tree);
    not_there(&ddl, ast->if_exists,
              str_format(ddl.arena, "subscription \"%.*s\" does not exist", STR_ARG(ast->name)));
}

/* No extension is at hand. */
void ddl__create_extension(UtilityCall *call)
{
    const AstCreateExtension *ast = AST_AS(CreateExtension, call->tree);
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "extension \"%.*s\" is not available", STR_ARG(ast->name));
    error_hint(error, "The extension must first be installed on the system where PostgreSQL is "
                      "running.");
    error_raise(error);
}

static _Noreturn void no_extension(Str name)
{
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "extension \"%.*s\" does not exist", STR_ARG(name));
}

void ddl__alter_extension(UtilityCall *call)
{
    no_extension(AST_AS(AlterExtension, call->tree)->name);
}

void ddl__alter_extension_contents(UtilityCall *call)
{
    no_extension(AST_AS(AlterExtensionContents, call->tree)->name);
}

void ddl__drop_user_mapping(UtilityCall *call)
{
    const Ddl ddl = ddl__begin(call);
    const AstDropUserMapping *ast = AST_AS(DropUserMapping, call->tree);
    const AstRoleSpec *user = ast->user;
    if (user->role == AST_ROLE_NAME && cat_role_named(ddl.view, user->name) == 0) {
        not_there(&ddl, ast->if_exists,
                  str_format(ddl.arena, "role \"%.*s\" does not exist", STR_ARG(user->name)));
        return;
    }
    not_there(&ddl, ast->if_exists,
              str_format(ddl.arena, "server \"%.*s\" does not exist", STR_ARG(ast->server)));
}

/* The two that are built in stay. */
void ddl__drop_tablespace(UtilityCall *call)
{
    static const OtherKind kind = {.class_ = CLASS_PG_TABLESPACE};
    Ddl ddl = ddl__begin(call);
    const AstDropTablespace *ast = AST_AS(DropTablespace, call->tree);
    Str name = ast->name;
    session_forbid_block(call->session, "DROP TABLESPACE");
    const Oid oid = find_named(&ddl, &kind, &(NodeStrs){.items = &name, .count = 1}, 0);
    if (oid == 0) {
        not_there(&ddl, ast->if_exists,
                  str_format(ddl.arena, "tablespace \"%.*s\" does not exist", STR_ARG(name)));
        return;
    }
    cat_check_owner(ddl.view, ddl__object(CLASS_PG_TABLESPACE, oid, 0));
    raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for tablespace %.*s",
                STR_ARG(name));
}
