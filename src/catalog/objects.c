/* SPDX-License-Identifier: Apache-2.0 */
/* objects.c - what all kinds of objects have in common, as a table: where an object's row, name, schema, owner and
 * privileges stand, and what messages call it. */
#include "catalog/catalog_internal.h"

#define NONE CAT_NO_COLUMN
#define RELATION_ALL                                                                           \
    (PRIV_INSERT | PRIV_SELECT | PRIV_UPDATE | PRIV_DELETE | PRIV_TRUNCATE | PRIV_REFERENCES | \
     PRIV_TRIGGER | PRIV_MAINTAIN)

/* table, index by OID; columns: name, schema, owner, privileges; noun; all privileges, those of PUBLIC at first */
static const CatClass classes[] = {
    {PG_CLASS, PG_CLASS_OID_INDEX, PG_CLASS_RELNAME, PG_CLASS_RELNAMESPACE, PG_CLASS_RELOWNER,
     PG_CLASS_RELACL, "table", RELATION_ALL, 0},
    {PG_PROC, PG_PROC_OID_INDEX, PG_PROC_PRONAME, PG_PROC_PRONAMESPACE, PG_PROC_PROOWNER,
     PG_PROC_PROACL, "function", PRIV_EXECUTE, PRIV_EXECUTE},
    {PG_TYPE, PG_TYPE_OID_INDEX, PG_TYPE_TYPNAME, PG_TYPE_TYPNAMESPACE, PG_TYPE_TYPOWNER,
     PG_TYPE_TYPACL, "type", PRIV_USAGE, PRIV_USAGE},
    {PG_CAST, PG_CAST_OID_INDEX, NONE, NONE, NONE, NONE, "cast", 0, 0},
    {PG_COLLATION, PG_COLLATION_OID_INDEX, PG_COLLATION_COLLNAME, PG_COLLATION_COLLNAMESPACE,
     PG_COLLATION_COLLOWNER, NONE, "collation", 0, 0},
    {PG_CONSTRAINT, PG_CONSTRAINT_OID_INDEX, PG_CONSTRAINT_CONNAME, PG_CONSTRAINT_CONNAMESPACE,
     NONE, NONE, "constraint", 0, 0},
    {PG_CONVERSION, PG_CONVERSION_OID_INDEX, PG_CONVERSION_CONNAME, PG_CONVERSION_CONNAMESPACE,
     PG_CONVERSION_CONOWNER, NONE, "conversion", 0, 0},
    {PG_ATTRDEF, PG_ATTRDEF_OID_INDEX, NONE, NONE, NONE, NONE, "default value", 0, 0},
    {PG_LANGUAGE, PG_LANGUAGE_OID_INDEX, PG_LANGUAGE_LANNAME, NONE, PG_LANGUAGE_LANOWNER,
     PG_LANGUAGE_LANACL, "language", PRIV_USAGE, PRIV_USAGE},
    {PG_LARGEOBJECT_METADATA, PG_LARGEOBJECT_METADATA_OID_INDEX, NONE, NONE,
     PG_LARGEOBJECT_METADATA_LOMOWNER, PG_LARGEOBJECT_METADATA_LOMACL, "large object",
     PRIV_SELECT | PRIV_UPDATE, 0},
    {PG_OPERATOR, PG_OPERATOR_OID_INDEX, PG_OPERATOR_OPRNAME, PG_OPERATOR_OPRNAMESPACE,
     PG_OPERATOR_OPROWNER, NONE, "operator", 0, 0},
    {PG_OPCLASS, PG_OPCLASS_OID_INDEX, PG_OPCLASS_OPCNAME, PG_OPCLASS_OPCNAMESPACE,
     PG_OPCLASS_OPCOWNER, NONE, "operator class", 0, 0},
    {PG_OPFAMILY, PG_OPFAMILY_OID_INDEX, PG_OPFAMILY_OPFNAME, PG_OPFAMILY_OPFNAMESPACE,
     PG_OPFAMILY_OPFOWNER, NONE, "operator family", 0, 0},
    {PG_AM, PG_AM_OID_INDEX, PG_AM_AMNAME, NONE, NONE, NONE, "access method", 0, 0},
    {PG_REWRITE, PG_REWRITE_OID_INDEX, PG_REWRITE_RULENAME, NONE, NONE, NONE, "rule", 0, 0},
    {PG_TRIGGER, PG_TRIGGER_OID_INDEX, PG_TRIGGER_TGNAME, NONE, NONE, NONE, "trigger", 0, 0},
    {PG_NAMESPACE, PG_NAMESPACE_OID_INDEX, PG_NAMESPACE_NSPNAME, NONE, PG_NAMESPACE_NSPOWNER,
     PG_NAMESPACE_NSPACL, "schema", PRIV_USAGE | PRIV_CREATE, 0},
    {PG_STATISTIC_EXT, PG_STATISTIC_EXT_OID_INDEX, PG_STATISTIC_EXT_STXNAME,
     PG_STATISTIC_EXT_STXNAMESPACE, PG_STATISTIC_EXT_STXOWNER, NONE, "statistics object", 0, 0},
    {PG_TS_PARSER, PG_TS_PARSER_OID_INDEX, PG_TS_PARSER_PRSNAME, PG_TS_PARSER_PRSNAMESPACE, NONE,
     NONE, "text search parser", 0, 0},
    {PG_TS_DICT, PG_TS_DICT_OID_INDEX, PG_TS_DICT_DICTNAME, PG_TS_DICT_DICTNAMESPACE,
     PG_TS_DICT_DICTOWNER, NONE, "text search dictionary", 0, 0},
    {PG_TS_TEMPLATE, PG_TS_TEMPLATE_OID_INDEX, PG_TS_TEMPLATE_TMPLNAME,
     PG_TS_TEMPLATE_TMPLNAMESPACE, NONE, NONE, "text search template", 0, 0},
    {PG_TS_CONFIG, PG_TS_CONFIG_OID_INDEX, PG_TS_CONFIG_CFGNAME, PG_TS_CONFIG_CFGNAMESPACE,
     PG_TS_CONFIG_CFGOWNER, NONE, "text search configuration", 0, 0},
    {PG_AUTHID, PG_AUTHID_OID_INDEX, PG_AUTHID_ROLNAME, NONE, NONE, NONE, "role", 0, 0},
    {PG_DATABASE, PG_DATABASE_OID_INDEX, PG_DATABASE_DATNAME, NONE, PG_DATABASE_DATDBA,
     PG_DATABASE_DATACL, "database", PRIV_CREATE | PRIV_TEMPORARY | PRIV_CONNECT,
     PRIV_TEMPORARY | PRIV_CONNECT},
    {PG_TABLESPACE, PG_TABLESPACE_OID_INDEX, PG_TABLESPACE_SPCNAME, NONE, PG_TABLESPACE_SPCOWNER,
     PG_TABLESPACE_SPCACL, "tablespace", PRIV_CREATE, 0},
    {PG_FOREIGN_DATA_WRAPPER, PG_FOREIGN_DATA_WRAPPER_OID_INDEX, PG_FOREIGN_DATA_WRAPPER_FDWNAME,
     NONE, PG_FOREIGN_DATA_WRAPPER_FDWOWNER, PG_FOREIGN_DATA_WRAPPER_FDWACL, "foreign-data wrapper",
     PRIV_USAGE, 0},
    {PG_FOREIGN_SERVER, PG_FOREIGN_SERVER_OID_INDEX, PG_FOREIGN_SERVER_SRVNAME, NONE,
     PG_FOREIGN_SERVER_SRVOWNER, PG_FOREIGN_SERVER_SRVACL, "foreign server", PRIV_USAGE, 0},
    {PG_USER_MAPPING, PG_USER_MAPPING_OID_INDEX, NONE, NONE, NONE, NONE, "user mapping", 0, 0},
    {PG_EXTENSION, PG_EXTENSION_OID_INDEX, PG_EXTENSION_EXTNAME, NONE, PG_EXTENSION_EXTOWNER, NONE,
     "extension", 0, 0},
    {PG_EVENT_TRIGGER, PG_EVENT_TRIGGER_OID_INDEX, PG_EVENT_TRIGGER_EVTNAME, NONE,
     PG_EVENT_TRIGGER_EVTOWNER, NONE, "event trigger", 0, 0},
    {PG_PARAMETER_ACL, PG_PARAMETER_ACL_OID_INDEX, PG_PARAMETER_ACL_PARNAME, NONE, NONE,
     PG_PARAMETER_ACL_PARACL, "parameter", PRIV_SET | PRIV_ALTER_SYSTEM, 0},
    {PG_POLICY, PG_POLICY_OID_INDEX, PG_POLICY_POLNAME, NONE, NONE, NONE, "policy", 0, 0},
    {PG_PUBLICATION, PG_PUBLICATION_OID_INDEX, PG_PUBLICATION_PUBNAME, NONE,
     PG_PUBLICATION_PUBOWNER, NONE, "publication", 0, 0},
    {PG_PUBLICATION_REL, PG_PUBLICATION_REL_OID_INDEX, NONE, NONE, NONE, NONE,
     "publication relation", 0, 0},
    {PG_PUBLICATION_NAMESPACE, PG_PUBLICATION_NAMESPACE_OID_INDEX, NONE, NONE, NONE, NONE,
     "publication namespace", 0, 0},
    {PG_SUBSCRIPTION, PG_SUBSCRIPTION_OID_INDEX, PG_SUBSCRIPTION_SUBNAME, NONE,
     PG_SUBSCRIPTION_SUBOWNER, NONE, "subscription", 0, 0},
    {PG_TRANSFORM, PG_TRANSFORM_OID_INDEX, NONE, NONE, NONE, NONE, "transform", 0, 0},
    {PG_AMOP, PG_AMOP_OID_INDEX, NONE, NONE, NONE, NONE, "operator of an access method", 0, 0},
    {PG_AMPROC, PG_AMPROC_OID_INDEX, NONE, NONE, NONE, NONE, "function of an access method", 0, 0},
    {PG_DEFAULT_ACL, PG_DEFAULT_ACL_OID_INDEX, NONE, NONE, NONE, NONE, "default acl", 0, 0},
};

const CatClass *cat_class(Oid class_)
{
    if (class_ == CLASS_PG_LARGEOBJECT) class_ = CLASS_PG_LARGEOBJECT_METADATA;
    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        if (catalog_tables[classes[i].table].oid == class_) return &classes[i];
    return NULL;
}

const Datum *cat__object_row(CatalogView *view, Arena *arena, CatObject object)
{
    const CatClass *class_ = cat_class(object.class_);
    const Datum key = datum_oid(object.oid);
    return class_ ? cat__row(view, class_->oid_index, &key, 1, arena, NULL) : NULL;
}

static const char *relation_noun(char kind)
{
    switch (kind) {
    case 'i':
    case 'I': return "index";
    case 'S': return "sequence";
    case 'v': return "view";
    case 'm': return "materialized view";
    case 'f': return "foreign table";
    default: return "table";
    }
}

static const char *function_noun(char kind)
{
    return kind == 'p' ? "procedure" : kind == 'a' ? "aggregate" : "function";
}

const char *cat__object_noun(const CatClass *class_, const Datum *row)
{
    if (class_->table == PG_CLASS) return relation_noun((char)row[PG_CLASS_RELKIND].value.i16);
    if (class_->table == PG_PROC) return function_noun((char)row[PG_PROC_PROKIND].value.i16);
    return class_->noun;
}

/* As errors of ownership and privilege name it: no schema; operator classes behind their method. */
Str cat__object_label(CatalogView *view, Arena *arena, CatObject object, const CatClass *class_,
                      const Datum *row)
{
    if (class_->name == NONE) return str_format(arena, "%u", object.oid);
    const Str name = datum_text(&row[class_->name]);
    if (class_->table != PG_OPCLASS && class_->table != PG_OPFAMILY) return name;
    const Datum method =
        row[class_->table == PG_OPCLASS ? PG_OPCLASS_OPCMETHOD : PG_OPFAMILY_OPFMETHOD];
    const Datum *am = cat__row(view, PG_AM_OID_INDEX, &method, 1, arena, NULL);
    return am ? str_format(arena, "%.*s.%.*s", STR_ARG(datum_text(&am[PG_AM_AMNAME])),
                           STR_ARG(name))
              : name;
}
