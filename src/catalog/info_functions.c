/* SPDX-License-Identifier: Apache-2.0 */
/* info_functions.c - functions that tell what the catalogs hold: names, visibility, descriptions, sizes. */
#include "catalog/catalog_internal.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "parse/parse.h"
#include "store/space.h"
#include "type/array.h"
#include "type/encoding.h"

/* ---- who and where */

static Str role_name(Fn *fn, Oid role)
{
    const CatRole *r = cat_role(fn_view(fn), role);
    return r ? r->name : str_format(fn->arena, "unknown (OID=%u)", role);
}

static Str current_user(Fn *fn)
{
    return role_name(fn, fn->env->role);
}
SQL_FUNCTION(745, "current_user", name, (), STABLE | STRICT, current_user,
             "role whose privileges count now")

static Str session_user(Fn *fn)
{
    return role_name(fn, fn->env->session_role);
}
SQL_FUNCTION(746, "session_user", name, (), STABLE | STRICT, session_user,
             "role that the session began with")

SQL_FUNCTION(1642, "pg_get_userbyid", name, (oid), STABLE | STRICT, role_name,
             "name of a role by its OID")

static Str current_database(Fn *fn)
{
    const CatDatabase *d = cat_database(fn_view(fn), cat_view_database(fn_view(fn)));
    return d ? d->name : (Str){0};
}
SQL_FUNCTION(861, "current_database", name, (), STABLE | STRICT, current_database,
             "database of this session")

/* The first schema that things are made in; NULL: none. */
static Str current_schema(Fn *fn)
{
    CatalogView *view = fn_view(fn);
    const SearchPath *path = cat_search_path(view);
    const CatNamespace *n = path->create_in ? cat_namespace(view, path->create_in) : NULL;
    return n ? n->name : FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(1402, "current_schema", name, (), STABLE | STRICT | PARALLEL_UNSAFE | NULLABLE,
             current_schema, "schema that new objects go to")

/* Without the implicit ones: from the place of `create_in` on. */
static Str current_schemas(Fn *fn, bool implicit)
{
    CatalogView *view = fn_view(fn);
    const SearchPath path = *cat_search_path(view);
    Datum *names = ARENA_ARRAY(fn->arena, Datum, path.count + 1);
    uint32_t count = 0;
    bool listed = implicit;
    for (uint32_t i = 0; i < path.count; i++) {
        listed |= path.schemas[i] == path.create_in;
        const CatNamespace *n = listed ? cat_namespace(view, path.schemas[i]) : NULL;
        if (n) names[count++] = datum_str(n->name);
    }
    return array_build(fn->arena, builtin_type(OID_NAME)->type, names, count);
}
SQL_FUNCTION(1403, "current_schemas", _name, (bool), STABLE | STRICT | PARALLEL_UNSAFE,
             current_schemas, "schemas of the search path, with the implicit ones or without")

static Oid my_temporary_schema(Fn *fn)
{
    return cat__temporary(fn_view(fn));
}
SQL_FUNCTION(2854, "pg_my_temp_schema", oid, (), STABLE | STRICT | PARALLEL_RESTRICTED,
             my_temporary_schema, "schema of this session's temporary objects, or 0")

static bool is_other_temporary(Fn *fn, Oid schema)
{
    const CatNamespace *n = cat_namespace(fn_view(fn), schema);
    return n && schema != cat__temporary(fn_view(fn)) &&
           (str_starts(n->name, STR("pg_temp_")) || str_starts(n->name, STR("pg_toast_temp_")));
}
SQL_FUNCTION(2855, "pg_is_other_temp_schema", bool, (oid), STABLE | STRICT, is_other_temporary,
             "is it the schema of another session's temporary objects")

/* ---- encodings: the server's is UTF-8 */

static Str encoding_shown(Fn *fn, int32_t encoding)
{
    const char *name = encoding_name(encoding);
    (void)fn;
    return name ? str_from(name) : (Str){0};
}
SQL_FUNCTION(1597, "pg_encoding_to_char", name, (int4), STABLE | STRICT, encoding_shown,
             "name of an encoding by its number")

static int32_t encoding_number(Fn *fn, Str name)
{
    int32_t number;
    (void)fn;
    return encoding_find(name, &number) ? number : -1;
}
SQL_FUNCTION(1264, "pg_char_to_encoding", int4, (name), STABLE | STRICT, encoding_number,
             "number of an encoding by its name, or -1")

static Str database_encoding(Fn *fn)
{
    return encoding_shown(fn, ENCODING_UTF8);
}
SQL_FUNCTION(1039, "getdatabaseencoding", name, (), STABLE | STRICT, database_encoding,
             "encoding of the database")

static Str client_encoding(Fn *fn)
{
    return encoding_shown(fn, fn->env->encoding);
}
SQL_FUNCTION(810, "pg_client_encoding", name, (), STABLE | STRICT, client_encoding,
             "encoding of the client")

/* ---- types */

static Datum format_type(Fn *fn, const Datum *args)
{
    if (args[0].null) return datum_null();
    const int32_t typmod = args[1].null ? -1 : args[1].value.i32;
    return datum_str(
        cat_type_name_as(fn_view(fn), fn->arena, args[0].value.u32, typmod, !args[1].null));
}
SQL_FUNCTION_DATUM(1081, "format_type", text, (oid, int4), STABLE, format_type,
                   "name of a type as SQL writes it, with its modifier")

/* ---- visibility */

/* Things of one class that the search path finds by name alone: the first schema that has the name wins. Names of
 * operator classes and families are apart for each method, which is the column in front of the name. */
static Datum object_is_visible(Fn *fn, Oid class_, Oid oid)
{
    CatalogView *view = fn_view(fn);
    const CatClass *c = cat_class(class_);
    const Datum *own = cat__object_row(view, fn->arena, (CatObject){class_, oid, 0});
    if (!own) return datum_null();
    const bool by_method = c->table == PG_OPCLASS || c->table == PG_OPFAMILY;
    const SearchPath path = *cat_search_path(view);
    uint32_t own_place = path.count, first = path.count;
    CatScan *scan = cat_scan_open(view, c->table, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const Datum *v = row.values;
        if (!str_equal(datum_text(&v[c->name]), datum_text(&own[c->name]))) continue;
        if (by_method && v[c->name - 1].value.u32 != own[c->name - 1].value.u32) continue;
        for (uint32_t i = 0; i < path.count; i++) {
            if (path.schemas[i] != v[c->schema].value.u32) continue;
            if (v[0].value.u32 == oid) own_place = i;
            first = MIN(first, i);
        }
    }
    cat_scan_close(scan);
    return datum_bool(own_place < path.count && own_place == first);
}

/* The class by the function's own OID. */
static Datum is_visible(Fn *fn, const Datum *args)
{
    static const struct {
        Oid function, class_;
    } classes[] = {
        {2083, CLASS_PG_OPCLASS},     {2093, CLASS_PG_CONVERSION}, {3403, CLASS_PG_STATISTIC_EXT},
        {3756, CLASS_PG_TS_PARSER},   {3757, CLASS_PG_TS_DICT},    {3758, CLASS_PG_TS_CONFIG},
        {3768, CLASS_PG_TS_TEMPLATE}, {3815, CLASS_PG_COLLATION},  {3829, CLASS_PG_OPFAMILY},
    };
    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        if (classes[i].function == fn->function->oid)
            return object_is_visible(fn, classes[i].class_, args[0].value.u32);
    UNREACHABLE();
}
SQL_FUNCTION_DATUM(2083, "pg_opclass_is_visible", bool, (oid), STABLE | STRICT, is_visible,
                   "is the operator class found by its name alone")
SQL_FUNCTION_DATUM(2093, "pg_conversion_is_visible", bool, (oid), STABLE | STRICT, is_visible,
                   "is the conversion found by its name alone")
SQL_FUNCTION_DATUM(3403, "pg_statistics_obj_is_visible", bool, (oid), STABLE | STRICT, is_visible,
                   "is the statistics object found by its name alone")
SQL_FUNCTION_DATUM(3756, "pg_ts_parser_is_visible", bool, (oid), STABLE | STRICT, is_visible,
                   "is the text search parser found by its name alone")
SQL_FUNCTION_DATUM(3757, "pg_ts_dict_is_visible", bool, (oid), STABLE | STRICT, is_visible,
                   "is the text search dictionary found by its name alone")
SQL_FUNCTION_DATUM(3758, "pg_ts_config_is_visible", bool, (oid), STABLE | STRICT, is_visible,
                   "is the text search configuration found by its name alone")
SQL_FUNCTION_DATUM(3768, "pg_ts_template_is_visible", bool, (oid), STABLE | STRICT, is_visible,
                   "is the text search template found by its name alone")
SQL_FUNCTION_DATUM(3815, "pg_collation_is_visible", bool, (oid), STABLE | STRICT, is_visible,
                   "is the collation found by its name alone")
SQL_FUNCTION_DATUM(3829, "pg_opfamily_is_visible", bool, (oid), STABLE | STRICT, is_visible,
                   "is the operator family found by its name alone")

static bool table_is_visible(Fn *fn, Oid oid)
{
    if (!cat_relation(fn_view(fn), oid)) return FN_NULL(fn, false);
    return cat_relation_is_visible(fn_view(fn), oid);
}
SQL_FUNCTION(2079, "pg_table_is_visible", bool, (oid), STABLE | STRICT | NULLABLE, table_is_visible,
             "is the relation found by its name alone")

static bool type_is_visible(Fn *fn, Oid oid)
{
    if (!cat_type(fn_view(fn), oid)) return FN_NULL(fn, false);
    return cat_type_is_visible(fn_view(fn), oid);
}
SQL_FUNCTION(2080, "pg_type_is_visible", bool, (oid), STABLE | STRICT | NULLABLE, type_is_visible,
             "is the type found by its name alone")

static bool function_is_visible(Fn *fn, Oid oid)
{
    if (!cat_function(fn_view(fn), oid)) return FN_NULL(fn, false);
    return cat_function_is_visible(fn_view(fn), oid);
}
SQL_FUNCTION(2081, "pg_function_is_visible", bool, (oid), STABLE | STRICT | NULLABLE,
             function_is_visible, "is the function found by its name and arguments alone")

static bool operator_is_visible(Fn *fn, Oid oid)
{
    if (!cat_operator(fn_view(fn), oid)) return FN_NULL(fn, false);
    return cat__operator_is_visible(fn_view(fn), oid);
}
SQL_FUNCTION(2082, "pg_operator_is_visible", bool, (oid), STABLE | STRICT | NULLABLE,
             operator_is_visible, "is the operator found by its name and operands alone")

/* ---- descriptions */

static Str description_of(Fn *fn, CatalogIndex index, const Datum *keys, uint32_t count,
                          uint32_t column)
{
    const Datum *row = cat__row(fn_view(fn), index, keys, count, fn->arena, NULL);
    return row ? datum_text(&row[column]) : FN_NULL(fn, (Str){0});
}

static Oid class_named(Str name)
{
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++)
        if (str_equal(str_from(catalog_tables[i].name), name)) return catalog_tables[i].oid;
    return 0;
}

static Str obj_description(Fn *fn, Oid oid, Str class_)
{
    const Datum keys[] = {datum_oid(oid), datum_oid(class_named(class_)), datum_i32(0)};
    return description_of(fn, PG_DESCRIPTION_O_C_O_INDEX, keys, 3, PG_DESCRIPTION_DESCRIPTION);
}
SQL_FUNCTION(1215, "obj_description", text, (oid, name), STABLE | STRICT | NULLABLE,
             obj_description, "comment on an object of a catalog")

/* The first of any class, of the object as a whole. */
static Str any_description(Fn *fn, Oid oid)
{
    const Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(fn_view(fn), PG_DESCRIPTION, PG_DESCRIPTION_O_C_O_INDEX, &key, 1);
    Str text = {0};
    for (CatRow row; text.data == NULL && cat_scan_next(scan, &row);)
        if (row.values[PG_DESCRIPTION_OBJSUBID].value.i32 == 0)
            text = str_copy(fn->arena, datum_text(&row.values[PG_DESCRIPTION_DESCRIPTION]));
    cat_scan_close(scan);
    return text.data != NULL ? text : FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(1348, "obj_description", text, (oid), STABLE | STRICT | NULLABLE, any_description,
             "comment on an object; of which kind is left open")

static Str col_description(Fn *fn, Oid relation, int32_t column)
{
    const Datum keys[] = {datum_oid(relation), datum_oid(CLASS_PG_CLASS), datum_i32(column)};
    return description_of(fn, PG_DESCRIPTION_O_C_O_INDEX, keys, 3, PG_DESCRIPTION_DESCRIPTION);
}
SQL_FUNCTION(1216, "col_description", text, (oid, int4), STABLE | STRICT | NULLABLE,
             col_description, "comment on a column")

static Str shobj_description(Fn *fn, Oid oid, Str class_)
{
    const Datum keys[] = {datum_oid(oid), datum_oid(class_named(class_))};
    return description_of(fn, PG_SHDESCRIPTION_O_C_INDEX, keys, 2, PG_SHDESCRIPTION_DESCRIPTION);
}
SQL_FUNCTION(1993, "shobj_description", text, (oid, name), STABLE | STRICT | NULLABLE,
             shobj_description, "comment on an object that all databases share")

static Str describe_object(Fn *fn, Oid class_, Oid oid, int32_t sub)
{
    if (!class_ && !oid) return FN_NULL(fn, (Str){0});
    const Str text = cat_describe_object(fn_view(fn), fn->arena, (CatObject){class_, oid, sub});
    return text.bytes ? text : FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(3537, "pg_describe_object", text, (oid, oid, int4), STABLE | STRICT | NULLABLE,
             describe_object, "an object in words")

/* ---- storage */

static Oid relation_filenode(Fn *fn, Oid relation)
{
    const CatRelation *r = cat_relation(fn_view(fn), relation);
    return r && r->tree.v ? (Oid)tree_number(r->tree) : FN_NULL(fn, 0);
}
SQL_FUNCTION(2999, "pg_relation_filenode", oid, (regclass), STABLE | STRICT | NULLABLE,
             relation_filenode, "number of a relation's storage")

static Str relation_filepath(Fn *fn, Oid relation)
{
    const CatRelation *r = cat_relation(fn_view(fn), relation);
    if (!r || !r->tree.v) return FN_NULL(fn, (Str){0});
    return str_format(fn->arena, "base/%u/%" PRIu64, (unsigned)tree_space(r->tree).v,
                      tree_number(r->tree));
}
SQL_FUNCTION(3034, "pg_relation_filepath", text, (regclass), STABLE | STRICT | NULLABLE,
             relation_filepath, "space and number of a relation's storage, written as a path")

static int64_t tree_bytes(CatalogView *view, TreeId id)
{
    Tree *tree;
    TreeFigures figures = {0};
    if (!id.v || tree_open(view->catalog->store, id, &tree) != OK) return 0;
    const Status status = tree_figures(tree, &figures);
    tree_close(tree);
    CHECK(status);
    return (int64_t)(figures.leaf_pages + figures.inner_pages + figures.overflow_pages) *
           PAGE_BYTES;
}

static int64_t relation_bytes(CatalogView *view, const CatRelation *r)
{
    return r->kind == 'S' ? 0 : tree_bytes(view, r->tree);
}

static int64_t indexes_bytes(CatalogView *view, const CatRelation *r)
{
    int64_t bytes = 0;
    for (uint32_t i = 0; i < r->index_count; i++) bytes += tree_bytes(view, r->indexes[i]->tree);
    return bytes;
}

static int64_t relation_size(Fn *fn, Oid relation)
{
    const CatRelation *r = cat_relation(fn_view(fn), relation);
    return r ? relation_bytes(fn_view(fn), r) : FN_NULL(fn, 0);
}
SQL_FUNCTION(2325, "pg_relation_size", int8, (regclass), VOLATILE | STRICT | NULLABLE,
             relation_size, "bytes of a relation's storage")
SQL_FUNCTION(2997, "pg_table_size", int8, (regclass), VOLATILE | STRICT | NULLABLE, relation_size,
             "bytes of a table's storage, long values included")

static int64_t relation_fork_size(Fn *fn, Oid relation, Str fork)
{
    static const char *const forks[] = {"main", "fsm", "vm", "init"};
    if (!cat_relation(fn_view(fn), relation)) return FN_NULL(fn, 0);
    for (size_t i = 0; i < ARRAY_LEN(forks); i++)
        if (str_equal(str_from(forks[i]), fork)) return i ? 0 : relation_size(fn, relation);
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "invalid fork name");
    error_hint(error, "Valid fork names are \"main\", \"fsm\", \"vm\", and \"init\".");
    error_raise(error);
}
SQL_FUNCTION(2332, "pg_relation_size", int8, (regclass, text), VOLATILE | STRICT | NULLABLE,
             relation_fork_size, "bytes of one part of a relation's storage")

static int64_t all_indexes_size(Fn *fn, Oid relation)
{
    const CatRelation *r = cat_relation(fn_view(fn), relation);
    return r ? indexes_bytes(fn_view(fn), r) : FN_NULL(fn, 0);
}
SQL_FUNCTION(2998, "pg_indexes_size", int8, (regclass), VOLATILE | STRICT | NULLABLE,
             all_indexes_size, "bytes of a table's indexes")

static int64_t total_relation_size(Fn *fn, Oid relation)
{
    const CatRelation *r = cat_relation(fn_view(fn), relation);
    return r ? relation_bytes(fn_view(fn), r) + indexes_bytes(fn_view(fn), r) : FN_NULL(fn, 0);
}
SQL_FUNCTION(2286, "pg_total_relation_size", int8, (regclass), VOLATILE | STRICT | NULLABLE,
             total_relation_size, "bytes of a table with its indexes")

static int64_t database_bytes(Fn *fn, Oid database)
{
    const CatDatabase *d = cat_database(fn_view(fn), database);
    if (!d) return FN_NULL(fn, 0);
    SpaceFigures figures;
    CHECK(space_figures(fn_view(fn)->catalog->store, d->space, &figures));
    return (int64_t)figures.pages_used * PAGE_BYTES;
}
SQL_FUNCTION(2324, "pg_database_size", int8, (oid), VOLATILE | STRICT | NULLABLE, database_bytes,
             "bytes of a database")

static int64_t database_bytes_named(Fn *fn, Str name)
{
    const Oid database = cat_database_named(fn_view(fn), name);
    if (!database)
        raise_error(SQLSTATE_INVALID_CATALOG_NAME, "database \"%.*s\" does not exist",
                    STR_ARG(name));
    return database_bytes(fn, database);
}
SQL_FUNCTION(2168, "pg_database_size", int8, (name), VOLATILE | STRICT | NULLABLE,
             database_bytes_named, "bytes of a database by its name")

/* ---- sequences that belong to columns */

static Oid owned_sequence(CatalogView *view, Oid relation, int16_t column)
{
    const Datum keys[] = {datum_oid(CLASS_PG_CLASS), datum_oid(relation), datum_i32(column)};
    Oid found = 0;
    CatScan *scan = cat_scan_open(view, PG_DEPEND, PG_DEPEND_REFERENCE_INDEX, keys, 3);
    for (CatRow row; !found && cat_scan_next(scan, &row);) {
        const char type = (char)row.values[PG_DEPEND_DEPTYPE].value.i16;
        const Oid oid = row.values[PG_DEPEND_OBJID].value.u32;
        if (row.values[PG_DEPEND_CLASSID].value.u32 != CLASS_PG_CLASS ||
            row.values[PG_DEPEND_OBJSUBID].value.i32 != 0 || (type != 'a' && type != 'i'))
            continue;
        const CatRelation *r = cat_relation(view, oid);
        if (r && r->kind == 'S') found = oid;
    }
    cat_scan_close(scan);
    return found;
}

static Str serial_sequence(Fn *fn, Str table, Str column)
{
    CatalogView *view = fn_view(fn);
    InputError err = {.arena = fn->arena};
    Oid relation = 0;
    if (!cat_fn_calls()->name_find(view, FN_NAME_RELATION_TEXT, table, &relation, &err))
        input_error_raise(&err);
    const CatRelation *r = cat_relation(view, relation);
    int16_t number = 0;
    for (int16_t i = 0; i < r->column_count && !number; i++)
        if (!r->columns[i].dropped && str_equal(r->columns[i].name, column))
            number = (int16_t)(i + 1);
    if (!number)
        raise_error(SQLSTATE_UNDEFINED_COLUMN,
                    "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(column),
                    STR_ARG(r->name));
    const CatRelation *sequence = cat_relation(view, owned_sequence(view, relation, number));
    if (!sequence) return FN_NULL(fn, (Str){0});
    StrBuilder out = str_builder(fn->arena, 64);
    parse_quote_identifier(&out, sequence->schema_name);
    str_add_char(&out, '.');
    parse_quote_identifier(&out, sequence->name);
    return str_done(&out);
}
SQL_FUNCTION(1665, "pg_get_serial_sequence", text, (text, text), STABLE | STRICT | NULLABLE,
             serial_sequence, "sequence that a column takes its values from")

SQL_FACTS(2083, .cost = 10)
SQL_FACTS(2093, .cost = 10)
SQL_FACTS(3403, .cost = 10)
SQL_FACTS(3756, .cost = 10)
SQL_FACTS(3757, .cost = 10)
SQL_FACTS(3758, .cost = 10)
SQL_FACTS(3768, .cost = 10)
SQL_FACTS(3815, .cost = 10)
SQL_FACTS(3829, .cost = 10)
SQL_FACTS(2079, .cost = 10)
SQL_FACTS(2080, .cost = 10)
SQL_FACTS(2081, .cost = 10)
SQL_FACTS(2082, .cost = 10)
SQL_FACTS(1215, .cost = 100)
SQL_FACTS(1348, .cost = 100)
SQL_FACTS(1216, .cost = 100)
SQL_FACTS(1993, .cost = 100)
