/* SPDX-License-Identifier: Apache-2.0 */
/* type_name.c - names of types as SQL writes them. The types that the standard names by key words keep those; a
 * modifier is written behind the stem ("timestamp(3) with time zone"). */
#include "catalog/catalog_internal.h"

#include "base/oids.h"
#include "parse/parse.h"

typedef struct SqlTypeName {
    Oid type;
    const char *plain, *stem; /* stem NULL: a modifier is not shown */
    const char *untyped;      /* when a modifier was asked for and there is none; NULL: `plain` */
} SqlTypeName;

static const SqlTypeName sql_type_names[] = {
    {OID_BOOL, "boolean", NULL, NULL},
    {OID_INT2, "smallint", NULL, NULL},
    {OID_INT4, "integer", NULL, NULL},
    {OID_INT8, "bigint", NULL, NULL},
    {OID_FLOAT4, "real", NULL, NULL},
    {OID_FLOAT8, "double precision", NULL, NULL},
    {OID_NUMERIC, "numeric", "numeric", NULL},
    {OID_BPCHAR, "character", "character", "bpchar"},
    {OID_VARCHAR, "character varying", "character varying", NULL},
    {OID_JSON, "json", NULL, NULL},
    {OID_BIT, "bit", "bit", "\"bit\""},
    {OID_VARBIT, "bit varying", "bit varying", NULL},
    {OID_INTERVAL, "interval", "interval", NULL},
    {OID_TIME, "time without time zone", "time", NULL},
    {OID_TIMETZ, "time with time zone", "time", NULL},
    {OID_TIMESTAMP, "timestamp without time zone", "timestamp", NULL},
    {OID_TIMESTAMPTZ, "timestamp with time zone", "timestamp", NULL},
};

static void add_modifier(StrBuilder *out, const CatType *type, int32_t typmod)
{
    if (type->type && type->type->typmod_print)
        type->type->typmod_print(typmod, out);
    else
        str_add_format(out, "(%d)", (int)typmod);
}

static void add_name(CatalogView *view, StrBuilder *out, const CatType *type)
{
    if (!cat_type_is_visible(view, type->oid)) {
        const CatNamespace *schema = cat_namespace(view, type->namespace_);
        if (schema) parse_quote_identifier(out, schema->name);
        str_add_char(out, '.');
    }
    parse_quote_identifier(out, type->name);
}

Str cat_type_name_as(CatalogView *view, Arena *arena, Oid oid, int32_t typmod, bool typmod_given)
{
    if (!oid) return STR("-");
    const CatType *type = cat_type(view, oid);
    if (!type) return STR("\?\?\?");
    StrBuilder out = str_builder(arena, 32);
    bool array = false;
    if (type->element) {
        const CatType *element = cat_type(view, type->element);
        if (element && element->array == oid) {
            type = element;
            array = true;
        }
    }
    const SqlTypeName *name = NULL;
    for (size_t i = 0; i < ARRAY_LEN(sql_type_names) && !name; i++)
        if (sql_type_names[i].type == type->oid) name = &sql_type_names[i];
    const bool modified = typmod_given && typmod >= 0;
    if (!name) {
        add_name(view, &out, type);
        if (modified) add_modifier(&out, type, typmod);
    } else if (modified && name->stem) {
        str_add_zero_terminated(&out, name->stem);
        add_modifier(&out, type, typmod);
    } else {
        str_add_zero_terminated(&out, typmod_given && name->untyped ? name->untyped : name->plain);
    }
    if (array) str_add(&out, STR("[]"));
    return str_done(&out);
}

Str cat_type_name(CatalogView *view, Arena *arena, Oid type, int32_t typmod)
{
    return cat_type_name_as(view, arena, type, typmod, typmod >= 0);
}
