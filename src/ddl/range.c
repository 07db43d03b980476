/* SPDX-License-Identifier: Apache-2.0 */
/* range.c - CREATE TYPE ... AS RANGE: the range type and its multirange, each with its array, their constructors, and
 * the cast from the one to the other. The rows are made of those of int4range and what belongs to it: all ranges
 * share their code, which finds its subtype by pg_range. */
#include "ddl/ddl_internal.h"

#include "base/oids.h"
#include "base/utf8.h"

enum { METHOD_BTREE = 403 };
/* int4range, its multirange, and their constructors (src/type). */
enum {
    RANGE_MODEL = 3904,
    MULTIRANGE_MODEL = 4451,
    RANGE_OF_TWO = 3840,
    RANGE_OF_THREE = 3841,
    MULTIRANGE_EMPTY = 4280,
    MULTIRANGE_OF_ONE = 4281,
    MULTIRANGE_OF_MANY = 4282
};

typedef enum RangeOption {
    OPTION_SUBTYPE,
    OPTION_OPCLASS,
    OPTION_COLLATION,
    OPTION_CANONICAL,
    OPTION_DIFF,
    OPTION_MULTIRANGE,
    OPTION_COUNT
} RangeOption;

static const char *const option_names[] = {
    [OPTION_SUBTYPE] = "subtype",     [OPTION_OPCLASS] = "subtype_opclass",
    [OPTION_COLLATION] = "collation", [OPTION_CANONICAL] = "canonical",
    [OPTION_DIFF] = "subtype_diff",   [OPTION_MULTIRANGE] = "multirange_type_name",
};

typedef struct NewRange {
    Ddl ddl;
    Oid schema, subtype, collation, opclass, diff;
    Oid oid, multirange;
    Str name;
    CatName multirange_name;
    Oid multirange_schema;
    bool multirange_named; /* by the statement */
    char align;
} NewRange;

/* ---- What the statement says */

static Str type_text(const Ddl *ddl, Oid type)
{
    return cat_type_name(ddl->view, ddl->arena, type, -1);
}

static void take_subtype(NewRange *new, const AstOption *option)
{
    const Ddl *ddl = &new->ddl;
    if (option == NULL)
        raise_error(SQLSTATE_SYNTAX_ERROR, "type attribute \"subtype\" is required");
    new->subtype = ddl__option_type(ddl, option);
    const CatType *subtype = cat_type(ddl->view, new->subtype);
    if (subtype->kind == 'p')
        raise_error(SQLSTATE_DATATYPE_MISMATCH, "range subtype cannot be %.*s",
                    STR_ARG(type_text(ddl, new->subtype)));
    new->align = subtype->type != NULL && subtype->type->align == 'd' ? 'd' : 'i';
    new->collation = subtype->collation;
}

/* Ranges order their bounds by the subtype's default class. */
static void take_opclass(NewRange *new, const AstOption *option)
{
    const Ddl *ddl = &new->ddl;
    const CatOpclass *fallback = cat_opclass_default(ddl->view, METHOD_BTREE, new->subtype);
    if (option == NULL && fallback == NULL) {
        Error *error = error_begin(SQLSTATE_UNDEFINED_OBJECT);
        error_message(error,
                      "data type %.*s has no default operator class for access method \"btree\"",
                      STR_ARG(type_text(ddl, new->subtype)));
        error_raise(error_hint(error, "You must specify an operator class for the range type or "
                                      "define a default operator class for the subtype."));
    }
    if (option == NULL) {
        new->opclass = fallback->oid;
        return;
    }
    const NodeStrs names = ddl__option_names(option);
    const CatName name = ddl__name_of(ddl, ddl->call->tree, &names);
    new->opclass = cat_opclass_search(ddl->view, METHOD_BTREE, name);
    if (new->opclass == 0)
        raise_error(SQLSTATE_UNDEFINED_OBJECT,
                    "operator class \"%.*s\" does not exist for access method \"btree\"",
                    STR_ARG(name.name));
    if (fallback != NULL && fallback->oid == new->opclass) return;
    const CatOpclass *given = cat_opclass(ddl->view, new->opclass);
    if (given->type != new->subtype && (fallback == NULL || fallback->type != given->type))
        raise_error(SQLSTATE_DATATYPE_MISMATCH,
                    "operator class \"%.*s\" does not accept data type %.*s", STR_ARG(name.name),
                    STR_ARG(type_text(ddl, new->subtype)));
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                "range types with another operator class than their subtype's default are not "
                "supported");
}

static void take_collation(NewRange *new, const AstOption *option)
{
    if (option == NULL) return;
    if (new->collation == 0)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE,
                    "range collation specified but subtype does not support collation");
    const NodeStrs names = ddl__option_names(option);
    new->collation = ddl__collation(&new->ddl, new->ddl.call->tree, &names, false);
}

static void take_diff(NewRange *new, const AstOption *option)
{
    const Ddl *ddl = &new->ddl;
    const Oid args[2] = {new->subtype, new->subtype};
    if (option == NULL) return;
    const CatFunction *f = ddl__function_of(ddl, ddl__option_names(option), args, 2);
    const Str type = type_text(ddl, new->subtype);
    const Str text = str_format(ddl->arena, "%.*s(%.*s, %.*s)", STR_ARG(f->name), STR_ARG(type),
                                STR_ARG(type));
    if (f->result != OID_FLOAT8)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "range subtype diff function %.*s must return type double precision",
                    STR_ARG(text));
    if (f->volatility != 'i')
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "range subtype diff function %.*s must be immutable", STR_ARG(text));
    cat_check_privilege(ddl->view, ddl__object(CLASS_PROC, f->oid, 0), PRIV_EXECUTE);
    new->diff = f->oid;
}

/* "range" in the name becomes "multirange"; a name without it gets an ending. */
static Str default_multirange_name(const Ddl *ddl, Str name)
{
    const Str ending = STR("_multirange"), word = STR("range");
    size_t at;
    if (str_find(name, word, &at)) {
        const Str made = str_format(ddl->arena, "%.*smulti%.*s", STR_ARG(str_slice(name, 0, at)),
                                    STR_ARG(str_slice(name, at, name.bytes)));
        return utf8_clip(made, IDENTIFIER_BYTES_MAX);
    }
    const size_t room = IDENTIFIER_BYTES_MAX - ending.bytes;
    return str_concat(ddl->arena, utf8_clip(name, room), ending);
}

static void take_multirange(NewRange *new, const AstOption *option)
{
    const Ddl *ddl = &new->ddl;
    new->multirange_schema = new->schema;
    new->multirange_named = option != NULL;
    if (option == NULL) {
        new->multirange_name.name = default_multirange_name(ddl, new->name);
    } else {
        const NodeStrs names = ddl__option_names(option);
        new->multirange_name = ddl__name_of(ddl, ddl->call->tree, &names);
        new->multirange_schema = ddl__schema_for(ddl, new->multirange_name, false);
    }
    const Str name = new->multirange_name.name;
    if (cat_type_named(ddl->view, new->multirange_schema, name) == 0) return;
    Error *error = error_begin(SQLSTATE_DUPLICATE_OBJECT);
    error_message(error, "type \"%.*s\" already exists", STR_ARG(name));
    if (!new->multirange_named) {
        error_detail(error, "Failed while creating a multirange type for type \"%.*s\".",
                     STR_ARG(new->name));
        error_hint(error, "You can manually specify a multirange type name using the "
                          "\"multirange_type_name\" attribute.");
    }
    error_raise(error);
}

static void take_options(NewRange *new, const AstOptionList *options)
{
    const AstOption *found[OPTION_COUNT];
    const DdlOptionNames known = {option_names, OPTION_COUNT, "type attribute", true};
    ddl__options_find(&new->ddl, options, &known, found);
    take_subtype(new, found[OPTION_SUBTYPE]);
    take_opclass(new, found[OPTION_OPCLASS]);
    take_collation(new, found[OPTION_COLLATION]);
    if (found[OPTION_CANONICAL] != NULL) {
        Error *error = error_begin(SQLSTATE_INVALID_OBJECT_DEFINITION);
        error_message(error,
                      "cannot specify a canonical function without a pre-created shell type");
        error_raise(error_hint(error, "Create the type as a shell type, then create its "
                                      "canonicalization function, then do a full CREATE TYPE."));
    }
    take_diff(new, found[OPTION_DIFF]);
    take_multirange(new, found[OPTION_MULTIRANGE]);
}

/* ---- Rows */

static void type_row(void *arg, Datum *v)
{
    const NewRange *new = arg;
    v[PG_TYPE_TYPALIGN] = datum_char(new->align);
}

static void insert_range_row(NewRange *new)
{
    Datum v[PG_RANGE_COLUMNS];
    v[PG_RANGE_RNGTYPID] = datum_oid(new->oid);
    v[PG_RANGE_RNGSUBTYPE] = datum_oid(new->subtype);
    v[PG_RANGE_RNGMULTITYPID] = datum_oid(new->multirange);
    v[PG_RANGE_RNGCOLLATION] = datum_oid(new->collation);
    v[PG_RANGE_RNGSUBOPC] = datum_oid(new->opclass);
    v[PG_RANGE_RNGCANONICAL] = datum_oid(0);
    v[PG_RANGE_RNGSUBDIFF] = datum_oid(new->diff);
    (void)cat_insert(new->ddl.view, PG_RANGE, v);
    CatalogView *view = new->ddl.view;
    const CatObject self = ddl__object(CLASS_TYPE, new->oid, 0);
    ddl__depend_on_type(&new->ddl, self, new->subtype, 'n');
    if (new->collation >= OID_FIRST_USER)
        cat_depend_add(view, self, ddl__object(CLASS_COLLATION, new->collation, 0), 'n');
    ddl__depend_on_function(&new->ddl, self, new->diff);
    cat_depend_add(view, ddl__object(CLASS_TYPE, new->multirange, 0), self, 'i');
}

/* A constructor, made as `model` is, which belongs to its type. */
static Oid insert_constructor(NewRange *new, Oid model, Oid type, const Oid *args, uint32_t count,
                              Oid variadic)
{
    CatalogView *view = new->ddl.view;
    Arena *arena = new->ddl.arena;
    const bool of_range = type == new->oid;
    const Oid schema = of_range ? new->schema : new->multirange_schema;
    const Oid owner = ROLE_BOOTSTRAP, oid = cat_new_oid(view, PG_PROC); /* whoever made the type */
    const Datum key = datum_oid(model);
    CatScan *scan = cat_scan_open(view, PG_PROC, PG_PROC_OID_INDEX, &key, 1);
    CatRow row;
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_INTERNAL_ERROR, "function %u is missing", model);
    Datum *v = ddl__copy_values(arena, PG_PROC, row.values);
    cat_scan_close(scan);
    v[PG_PROC_OID] = datum_oid(oid);
    v[PG_PROC_PRONAME] = datum_str(of_range ? new->name : new->multirange_name.name);
    v[PG_PROC_PRONAMESPACE] = datum_oid(schema);
    v[PG_PROC_PROOWNER] = datum_oid(owner);
    v[PG_PROC_PROACL] = cat_new_acl(view, CLASS_PROC, 0, owner, schema);
    v[PG_PROC_PRORETTYPE] = datum_oid(type);
    v[PG_PROC_PROARGTYPES] = ddl__oid_vector(arena, args, count);
    v[PG_PROC_PROVARIADIC] = datum_oid(variadic);
    if (variadic != 0) v[PG_PROC_PROALLARGTYPES] = ddl__oid_array(arena, args, count);
    (void)cat_insert(view, PG_PROC, v);
    const CatObject self = ddl__object(CLASS_PROC, oid, 0);
    ddl__depend_on_schema(&new->ddl, self, schema);
    cat_depend_owner(view, self, owner);
    cat_depend_on_acl(view, self, owner, &v[PG_PROC_PROACL]);
    ddl__depend_on_type(&new->ddl, self, type, 'n');
    for (uint32_t i = 0; i < count; i++) ddl__depend_on_type(&new->ddl, self, args[i], 'n');
    cat_depend_add(view, self, ddl__object(CLASS_TYPE, type, 0), 'i');
    return oid;
}

static void insert_cast(const NewRange *new, Oid function)
{
    CatalogView *view = new->ddl.view;
    Datum v[PG_CAST_COLUMNS];
    const Oid oid = cat_new_oid(view, PG_CAST);
    v[PG_CAST_OID] = datum_oid(oid);
    v[PG_CAST_CASTSOURCE] = datum_oid(new->oid);
    v[PG_CAST_CASTTARGET] = datum_oid(new->multirange);
    v[PG_CAST_CASTFUNC] = datum_oid(function);
    v[PG_CAST_CASTCONTEXT] = datum_char('e');
    v[PG_CAST_CASTMETHOD] = datum_char('f');
    (void)cat_insert(view, PG_CAST, v);
    const CatObject self = ddl__object(CLASS_CAST, oid, 0);
    cat_depend_add(view, self, ddl__object(CLASS_PROC, function, 0), 'i');
    cat_depend_add(view, self, ddl__object(CLASS_TYPE, new->oid, 0), 'i');
    cat_depend_add(view, self, ddl__object(CLASS_TYPE, new->multirange, 0), 'i');
}

static void insert_constructors(NewRange *new)
{
    const Oid bounds[] = {new->subtype, new->subtype, OID_TEXT};
    const Oid array = cat_type(new->ddl.view, new->oid)->array;
    (void)insert_constructor(new, RANGE_OF_TWO, new->oid, bounds, 2, 0);
    (void)insert_constructor(new, RANGE_OF_THREE, new->oid, bounds, 3, 0);
    (void)insert_constructor(new, MULTIRANGE_EMPTY, new->multirange, NULL, 0, 0);
    const Oid of_one = insert_constructor(new, MULTIRANGE_OF_ONE, new->multirange, &new->oid, 1, 0);
    (void)insert_constructor(new, MULTIRANGE_OF_MANY, new->multirange, &array, 1, new->oid);
    insert_cast(new, of_one);
}

void ddl__create_range(UtilityCall *call)
{
    const AstCreateRangeType *ast = AST_AS(CreateRangeType, call->tree);
    NewRange new = {.ddl = ddl__begin(call)};
    const Ddl *ddl = &new.ddl;
    const CatName name = ddl__name_of(ddl, call->tree, &ast->names);
    new.name = name.name;
    new.schema = ddl__schema_for(ddl, name, false);
    ddl__forbid_type(ddl, new.schema, new.name);
    take_options(&new, &ast->options);
    new.oid = ddl__insert_type(&new.ddl, new.schema, new.name, RANGE_MODEL, type_row, &new);
    cat_view_next_command(ddl->view);
    new.multirange = ddl__insert_type(&new.ddl, new.multirange_schema, new.multirange_name.name,
                                      MULTIRANGE_MODEL, type_row, &new);
    insert_range_row(&new);
    cat_view_next_command(ddl->view);
    cat_invalidate(ddl->view, CLASS_TYPE, new.oid);
    cat_invalidate(ddl->view, CLASS_TYPE, new.multirange);
    insert_constructors(&new);
}
