/* SPDX-License-Identifier: Apache-2.0 */
/* describe.c - objects in words, as messages about dependencies and pg_describe_object name them. */
#include "catalog/catalog_internal.h"

#include "parse/parse.h"

typedef struct Describe {
    CatalogView *view;
    Arena *arena;
    StrBuilder out;
    CatObject object;
    const CatClass *class_;
    const Datum *row;
} Describe;

static void describe_into(CatalogView *view, Arena *arena, StrBuilder *out, CatObject object);

static void add_schema(Describe *d, Oid schema)
{
    const CatNamespace *n = cat_namespace(d->view, schema);
    if (!n) return;
    parse_quote_identifier(&d->out, n->name);
    str_add_char(&d->out, '.');
}

/* The object's own name, quoted where it must be, behind its schema unless `visible`. */
static void add_name(Describe *d, bool visible)
{
    if (d->class_->schema != CAT_NO_COLUMN && !visible)
        add_schema(d, d->row[d->class_->schema].value.u32);
    parse_quote_identifier(&d->out, datum_text(&d->row[d->class_->name]));
}

/* Is the schema on the search path? Enough for kinds whose names are rarely twice. */
static bool schema_is_searched(CatalogView *view, Oid schema)
{
    const SearchPath *path = cat_search_path(view);
    for (uint32_t i = 0; i < path->lasting_count; i++)
        if (path->lasting[i] == schema) return true;
    return false;
}

static void add_type(Describe *d, Oid type)
{
    str_add(&d->out, type ? cat_type_name(d->view, d->arena, type, -1) : STR("NONE"));
}

Str cat__function_signature(CatalogView *view, Arena *arena, Oid oid, bool qualify)
{
    const CatFunction *f = cat_function(view, oid);
    if (!f) return (Str){0};
    Describe d = {.view = view, .arena = arena, .out = str_builder(arena, 64)};
    if (qualify || !cat_function_is_visible(view, oid)) add_schema(&d, f->namespace_);
    parse_quote_identifier(&d.out, f->name);
    str_add_char(&d.out, '(');
    for (uint32_t i = 0; i < f->arg_count; i++) {
        if (i) str_add_char(&d.out, ',');
        add_type(&d, f->args[i]);
    }
    str_add_char(&d.out, ')');
    return str_done(&d.out);
}

bool cat__operator_is_visible(CatalogView *view, Oid oid)
{
    const CatOperator *op = cat_operator(view, oid);
    if (!op) return false;
    const SearchPath path = *cat_search_path(view);
    uint32_t count;
    const CatOperator **others = cat_operators_named(view, op->name, &count);
    for (uint32_t i = 0; i < path.count; i++)
        for (uint32_t j = 0; j < count; j++)
            if (others[j]->namespace_ == path.schemas[i] && others[j]->left == op->left &&
                others[j]->right == op->right)
                return others[j]->oid == oid;
    return false;
}

Str cat__operator_signature(CatalogView *view, Arena *arena, Oid oid, bool qualify)
{
    const CatOperator *op = cat_operator(view, oid);
    if (!op) return (Str){0};
    Describe d = {.view = view, .arena = arena, .out = str_builder(arena, 64)};
    if (qualify || !cat__operator_is_visible(view, oid)) add_schema(&d, op->namespace_);
    str_add(&d.out, op->name);
    str_add_char(&d.out, '(');
    add_type(&d, op->left);
    str_add_char(&d.out, ',');
    add_type(&d, op->right);
    str_add_char(&d.out, ')');
    return str_done(&d.out);
}

static const char *relation_word(char kind)
{
    switch (kind) {
    case 'c': return "composite type";
    case 't': return "toast table";
    case 'i':
    case 'I': return "index";
    case 'S': return "sequence";
    case 'v': return "view";
    case 'm': return "materialized view";
    case 'f': return "foreign table";
    default: return "table";
    }
}

static bool relation_is_visible(CatalogView *view, Oid schema, Str name, Oid oid)
{
    (void)schema;
    return cat_relation_search(view, (CatName){.name = name}) == oid;
}

static void describe_relation(Describe *d)
{
    const Str name = datum_text(&d->row[PG_CLASS_RELNAME]);
    if (d->object.sub) {
        const Datum keys[] = {datum_oid(d->object.oid), datum_i16((int16_t)d->object.sub)};
        const Datum *column = cat__row(d->view, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, keys, 2, d->arena,
                                       NULL);
        str_add_format(&d->out, "column %.*s of ",
                       STR_ARG(column ? datum_text(&column[PG_ATTRIBUTE_ATTNAME]) : STR("?")));
    }
    str_add_zero_terminated(&d->out, relation_word((char)d->row[PG_CLASS_RELKIND].value.i16));
    str_add_char(&d->out, ' ');
    add_name(d, relation_is_visible(d->view, d->row[PG_CLASS_RELNAMESPACE].value.u32, name,
                                    d->object.oid));
}

static void add_relation(Describe *d, Oid relation)
{
    describe_into(d->view, d->arena, &d->out, (CatObject){CLASS_PG_CLASS, relation, 0});
}

static void add_named_of_relation(Describe *d, uint8_t relation)
{
    str_add_format(&d->out, "%s %.*s on ", d->class_->noun,
                   STR_ARG(datum_text(&d->row[d->class_->name])));
    add_relation(d, d->row[relation].value.u32);
}

static void describe_constraint(Describe *d)
{
    str_add_format(&d->out, "constraint %.*s", STR_ARG(datum_text(&d->row[PG_CONSTRAINT_CONNAME])));
    if (!d->row[PG_CONSTRAINT_CONRELID].value.u32) return;
    str_add(&d->out, STR(" on "));
    add_relation(d, d->row[PG_CONSTRAINT_CONRELID].value.u32);
}

static void add_method(Describe *d, Oid method)
{
    const Datum key = datum_oid(method);
    const Datum *am = cat__row(d->view, PG_AM_OID_INDEX, &key, 1, d->arena, NULL);
    if (am)
        str_add_format(&d->out, " for access method %.*s", STR_ARG(datum_text(&am[PG_AM_AMNAME])));
}

static void describe_index_support(Describe *d)
{
    const bool operator_ = d->class_->table == PG_AMOP;
    const Datum *row = d->row;
    str_add_format(&d->out, "%s %d (", operator_ ? "operator" : "function",
                   row[operator_ ? PG_AMOP_AMOPSTRATEGY : PG_AMPROC_AMPROCNUM].value.i16);
    add_type(d, row[operator_ ? PG_AMOP_AMOPLEFTTYPE : PG_AMPROC_AMPROCLEFTTYPE].value.u32);
    str_add(&d->out, STR(", "));
    add_type(d, row[operator_ ? PG_AMOP_AMOPRIGHTTYPE : PG_AMPROC_AMPROCRIGHTTYPE].value.u32);
    str_add(&d->out, STR(") of "));
    const Oid family = row[operator_ ? PG_AMOP_AMOPFAMILY : PG_AMPROC_AMPROCFAMILY].value.u32;
    describe_into(d->view, d->arena, &d->out, (CatObject){CLASS_PG_OPFAMILY, family, 0});
    str_add(&d->out, STR(": "));
    str_add(&d->out, operator_ ? cat__operator_signature(d->view, d->arena,
                                                         row[PG_AMOP_AMOPOPR].value.u32, false)
                               : cat__function_signature(d->view, d->arena,
                                                         row[PG_AMPROC_AMPROC].value.u32, false));
}

static Str role_name(Describe *d, Oid role)
{
    const CatRole *r = cat_role(d->view, role);
    return r ? r->name : STR("public");
}

static void describe_default_acl(Describe *d)
{
    static const struct {
        char kind;
        const char *text;
    } kinds[] = {{'r', "relations"}, {'S', "sequences"}, {'f', "functions"},
                 {'T', "types"},     {'n', "schemas"},   {'L', "large objects"}};
    const char kind = (char)d->row[PG_DEFAULT_ACL_DEFACLOBJTYPE].value.i16;
    const char *text = "objects";
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (kinds[i].kind == kind) text = kinds[i].text;
    str_add_format(&d->out, "default privileges on new %s belonging to role %.*s", text,
                   STR_ARG(role_name(d, d->row[PG_DEFAULT_ACL_DEFACLROLE].value.u32)));
    const CatNamespace *n = cat_namespace(d->view,
                                          d->row[PG_DEFAULT_ACL_DEFACLNAMESPACE].value.u32);
    if (n) str_add_format(&d->out, " in schema %.*s", STR_ARG(n->name));
}

static Str name_of(Describe *d, Oid class_, Oid oid)
{
    const CatClass *c = cat_class(class_);
    const Datum *row = cat__object_row(d->view, d->arena, (CatObject){class_, oid, 0});
    return row ? datum_text(&row[c->name]) : STR("?");
}

static void describe_publication_part(Describe *d)
{
    if (d->class_->table == PG_PUBLICATION_REL) {
        str_add(&d->out, STR("publication of "));
        add_relation(d, d->row[PG_PUBLICATION_REL_PRRELID].value.u32);
        str_add_format(&d->out, " in publication %.*s",
                       STR_ARG(name_of(d, CLASS_PG_PUBLICATION,
                                       d->row[PG_PUBLICATION_REL_PRPUBID].value.u32)));
        return;
    }
    str_add_format(&d->out, "publication of schema %.*s in publication %.*s",
                   STR_ARG(name_of(d, CLASS_PG_NAMESPACE,
                                   d->row[PG_PUBLICATION_NAMESPACE_PNNSPID].value.u32)),
                   STR_ARG(name_of(d, CLASS_PG_PUBLICATION,
                                   d->row[PG_PUBLICATION_NAMESPACE_PNPUBID].value.u32)));
}

static void describe_attrdef(Describe *d)
{
    str_add(&d->out, STR("default value for "));
    describe_into(d->view, d->arena, &d->out,
                  (CatObject){CLASS_PG_CLASS, d->row[PG_ATTRDEF_ADRELID].value.u32,
                              d->row[PG_ATTRDEF_ADNUM].value.i16});
}

static void describe_cast(Describe *d)
{
    str_add(&d->out, STR("cast from "));
    add_type(d, d->row[PG_CAST_CASTSOURCE].value.u32);
    str_add(&d->out, STR(" to "));
    add_type(d, d->row[PG_CAST_CASTTARGET].value.u32);
}

static void describe_mapping(Describe *d)
{
    str_add_format(&d->out, "user mapping for %.*s on server %.*s",
                   STR_ARG(role_name(d, d->row[PG_USER_MAPPING_UMUSER].value.u32)),
                   STR_ARG(name_of(d, CLASS_PG_FOREIGN_SERVER,
                                   d->row[PG_USER_MAPPING_UMSERVER].value.u32)));
}

static void describe_transform(Describe *d)
{
    str_add(&d->out, STR("transform for "));
    add_type(d, d->row[PG_TRANSFORM_TRFTYPE].value.u32);
    str_add_format(&d->out, " language %.*s",
                   STR_ARG(name_of(d, CLASS_PG_LANGUAGE, d->row[PG_TRANSFORM_TRFLANG].value.u32)));
}

/* Kinds that are called by their noun and name. */
static void describe_plain(Describe *d)
{
    const CatClass *c = d->class_;
    str_add_format(&d->out, "%s ", c->table == PG_FOREIGN_SERVER ? "server" : c->noun);
    if (c->name == CAT_NO_COLUMN)
        str_add_u64(&d->out, d->object.oid);
    else if (c->schema == CAT_NO_COLUMN)
        str_add(&d->out, datum_text(&d->row[c->name]));
    else
        add_name(d, schema_is_searched(d->view, d->row[c->schema].value.u32));
    if (c->table == PG_OPCLASS) add_method(d, d->row[PG_OPCLASS_OPCMETHOD].value.u32);
    if (c->table == PG_OPFAMILY) add_method(d, d->row[PG_OPFAMILY_OPFMETHOD].value.u32);
}

static const struct {
    CatalogTable table;
    void (*describe)(Describe *d);
} describers[] = {
    {PG_CLASS, describe_relation},
    {PG_CONSTRAINT, describe_constraint},
    {PG_ATTRDEF, describe_attrdef},
    {PG_CAST, describe_cast},
    {PG_AMOP, describe_index_support},
    {PG_AMPROC, describe_index_support},
    {PG_DEFAULT_ACL, describe_default_acl},
    {PG_PUBLICATION_REL, describe_publication_part},
    {PG_PUBLICATION_NAMESPACE, describe_publication_part},
    {PG_USER_MAPPING, describe_mapping},
    {PG_TRANSFORM, describe_transform},
};

static void describe_row(Describe *d)
{
    for (size_t i = 0; i < ARRAY_LEN(describers); i++)
        if (describers[i].table == d->class_->table) {
            describers[i].describe(d);
            return;
        }
    switch (d->class_->table) {
    case PG_PROC:
        str_add_format(&d->out, "function %.*s",
                       STR_ARG(cat__function_signature(d->view, d->arena, d->object.oid, false)));
        break;
    case PG_OPERATOR:
        str_add_format(&d->out, "operator %.*s",
                       STR_ARG(cat__operator_signature(d->view, d->arena, d->object.oid, false)));
        break;
    case PG_TYPE:
        str_add(&d->out, STR("type "));
        add_type(d, d->object.oid);
        break;
    case PG_REWRITE: add_named_of_relation(d, PG_REWRITE_EV_CLASS); break;
    case PG_TRIGGER: add_named_of_relation(d, PG_TRIGGER_TGRELID); break;
    case PG_POLICY: add_named_of_relation(d, PG_POLICY_POLRELID); break;
    default: describe_plain(d);
    }
}

static void describe_into(CatalogView *view, Arena *arena, StrBuilder *out, CatObject object)
{
    task_check();
    Describe d = {.view = view,
                  .arena = arena,
                  .out = *out,
                  .object = object,
                  .class_ = cat_class(object.class_)};
    if (!d.class_) return;
    d.row = cat__object_row(view, arena, object);
    if (!d.row) return;
    describe_row(&d);
    *out = d.out;
}

Str cat_describe_object(CatalogView *view, Arena *arena, CatObject object)
{
    StrBuilder out = str_builder(arena, 64);
    describe_into(view, arena, &out, object);
    return str_done(&out);
}
