/* SPDX-License-Identifier: Apache-2.0 */
/* types.c - what binding asks about types: names to types, base types, elements, categories, columns. */
#include "bind/bind_internal.h"
#include "type/type.h"

const CatType *bind__type(const Bind *bind, Oid type)
{
    const CatType *found = cat_type(bind->view, type);
    if (!found) raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for type %u", type);
    return found;
}

Oid bind__base_type(const Bind *bind, Oid type, int32_t *typmod)
{
    for (;;) {
        task_check();
        const CatType *found = bind__type(bind, type);
        if (found->kind != 'd') return type;
        if (typmod && *typmod < 0) *typmod = found->typmod;
        type = found->base;
    }
}

bool bind__is_vector(Oid type)
{
    return type == OID_INT2VECTOR || type == OID_OIDVECTOR;
}

Oid bind__array_element(const Bind *bind, Oid type)
{
    const CatType *found = bind__type(bind, type);
    if (!found->element) return 0;
    if (bind__is_vector(type)) return found->element;
    const CatType *element = cat_type(bind->view, found->element);
    return element && element->array == type ? found->element : 0;
}

Oid bind__array_type(const Bind *bind, Oid element)
{
    return bind__type(bind, element)->array;
}

Oid bind__range_subtype(const Bind *bind, Oid type)
{
    const CatType *found = bind__type(bind, type);
    return found->kind == 'r' ? found->range_subtype : 0;
}

Oid bind__multirange_range(const Bind *bind, Oid type)
{
    const CatType *found = bind__type(bind, type);
    return found->kind == 'm' ? found->range_subtype : 0;
}

char bind__category(const Bind *bind, Oid type)
{
    return bind__type(bind, type)->category;
}

bool bind__is_preferred(const Bind *bind, char category, Oid type)
{
    const CatType *found = bind__type(bind, type);
    return found->category == category && found->preferred;
}

bool bind__is_complex(const Bind *bind, Oid type)
{
    return bind__type(bind, bind__base_type(bind, type, NULL))->kind == 'c';
}

bool bind_is_polymorphic(Oid type)
{
    return bind__is_polymorphic(type);
}

bool bind__is_polymorphic_simple(Oid type)
{
    return type == OID_ANYELEMENT || type == OID_ANYARRAY || type == OID_ANYNONARRAY ||
           type == OID_ANYENUM || type == OID_ANYRANGE || type == OID_ANYMULTIRANGE;
}

bool bind__is_polymorphic_compatible(Oid type)
{
    return type == OID_ANYCOMPATIBLE || type == OID_ANYCOMPATIBLEARRAY ||
           type == OID_ANYCOMPATIBLENONARRAY || type == OID_ANYCOMPATIBLERANGE ||
           type == OID_ANYCOMPATIBLEMULTIRANGE;
}

bool bind__is_polymorphic(Oid type)
{
    return bind__is_polymorphic_simple(type) || bind__is_polymorphic_compatible(type);
}

Oid bind__type_collation(const Bind *bind, Oid type)
{
    const CatType *found = type ? cat_type(bind->view, type) : NULL;
    return found ? found->collation : 0;
}

Phys bind__phys(const Bind *bind, Oid type)
{
    const CatType *found = bind__type(bind, bind__base_type(bind, type, NULL));
    return found->type ? found->type->phys : PHYS_STR;
}

Value bind__input(const Bind *bind, Oid type, int32_t typmod, Str text, int32_t location)
{
    const CatType *found = bind__type(bind, type);
    InputError err = {.arena = bind->arena};
    Value value = {0};
    if (!found->type)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, location, "type %.*s is not supported yet",
                    STR_ARG(bind__type_text(bind, type)));
    TypeCall call = {.type = found->type,
                     .env = bind->options->env,
                     .arena = bind->arena,
                     .typmod = typmod,
                     .collation = found->collation};
    if (!type_parse(&call, text, &value, &err)) bind__raise_input(bind, &err, location);
    return value_copy(bind->arena, found->type->phys, value);
}

const FnAttribute *bind__attributes(const Bind *bind, Oid type, int32_t typmod, uint32_t *count)
{
    *count = 0;
    Oid base = bind__base_type(bind, type, &typmod);
    const CatType *found = bind__type(bind, base);
    const CatRelation *relation = found->relation ? cat_relation(bind->view, found->relation)
                                                  : NULL;
    if (!relation) {
        const FnEnv *env = bind->options->env;
        const FnAttribute *attributes = NULL;
        if (base == OID_RECORD && typmod >= 0 && env && env->calls && env->calls->attributes)
            env->calls->attributes(env->calls_arg, base, typmod, &attributes, count);
        return attributes;
    }
    FnAttribute *attributes = ARENA_ARRAY(bind->arena, FnAttribute, (size_t)relation->column_count);
    *count = (uint32_t)relation->column_count;
    for (uint32_t i = 0; i < *count; i++) {
        const CatColumn *column = &relation->columns[i];
        attributes[i] = (FnAttribute){.name = column->name,
                                      .type = column->dropped ? 0 : column->type,
                                      .collation = column->collation,
                                      .typmod = column->typmod,
                                      .dropped = column->dropped};
    }
    return attributes;
}

/* ---- names */

CatName bind__qualified(const Bind *bind, NodeStrs names, int32_t location)
{
    if (names.count == 1) return (CatName){.name = names.items[0], .location = location};
    if (names.count == 2)
        return (CatName){.schema = names.items[0], .name = names.items[1], .location = location};
    if (names.count == 3) {
        const FnEnv *env = bind->options->env;
        (void)env;
        return (CatName){.database = names.items[0],
                         .schema = names.items[1],
                         .name = names.items[2],
                         .location = location};
    }
    bind__raise(bind, SYNTAX_ERROR, location,
                "improper qualified name (too many dotted names): %.*s",
                STR_ARG(bind__name_text(bind, names)));
}

static Oid percent_type(const Bind *bind, const AstTypeName *name)
{
    NodeStrs names = name->names;
    Str column = names.items[names.count - 1];
    if (names.count < 2)
        bind__raise(bind, SYNTAX_ERROR, name->location,
                    "improper %%TYPE reference (too few dotted names): %.*s",
                    STR_ARG(bind__name_text(bind, names)));
    if (names.count > 4)
        bind__raise(bind, SYNTAX_ERROR, name->location,
                    "improper %%TYPE reference (too many dotted names): %.*s",
                    STR_ARG(bind__name_text(bind, names)));
    CatName relation_name = bind__qualified(bind, (NodeStrs){names.items, names.count - 1},
                                            name->location);
    Oid oid = cat_relation_search(bind->view, relation_name);
    const CatRelation *relation = oid ? cat_relation(bind->view, oid) : NULL;
    Str text = bind__name_text(bind, (NodeStrs){names.items, names.count - 1});
    if (!relation && relation_name.schema.data &&
        !cat_namespace_named(bind->view, relation_name.schema))
        raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist",
                    STR_ARG(relation_name.schema));
    if (!relation)
        raise_error(SQLSTATE_UNDEFINED_TABLE, "relation \"%.*s\" does not exist", STR_ARG(text));
    for (int16_t i = 0; i < relation->column_count; i++)
        if (!relation->columns[i].dropped && str_equal(relation->columns[i].name, column))
            return relation->columns[i].type;
    bind__raise(bind, UNDEFINED_COLUMN, name->location,
                "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(column),
                STR_ARG(text));
}

/* The words of a type's modifiers: numbers and names as they are written. */
static Str modifier_word(const Bind *bind, const AstNode *node, int32_t location)
{
    if (node->kind == AST_INT_CONST)
        return str_format(bind->arena, "%d", AST_AS(IntConst, node)->value);
    if (node->kind == AST_FLOAT_CONST) return AST_AS(FloatConst, node)->text;
    if (node->kind == AST_STRING_CONST) return AST_AS(StringConst, node)->value;
    const AstColumnRef *ref = AST_IF(ColumnRef, node);
    if (ref && ref->names.count == 1 && !ref->star) return ref->names.items[0];
    bind__raise(bind, SYNTAX_ERROR, location,
                "type modifiers must be simple constants or identifiers");
}

/* The bits of interval's fields, as its modifier counts them. */
static int32_t interval_mask(AstIntervalFields fields)
{
    enum { MONTH = 2, YEAR = 4, DAY = 8, HOUR = 1024, MINUTE = 2048, SECOND = 4096 };
    switch (fields) {
    case AST_INTERVAL_NONE:
    case AST_INTERVAL_FULL: return 0x7fff;
    case AST_INTERVAL_YEAR: return YEAR;
    case AST_INTERVAL_MONTH: return MONTH;
    case AST_INTERVAL_DAY: return DAY;
    case AST_INTERVAL_HOUR: return HOUR;
    case AST_INTERVAL_MINUTE: return MINUTE;
    case AST_INTERVAL_SECOND: return SECOND;
    case AST_INTERVAL_YEAR_TO_MONTH: return YEAR | MONTH;
    case AST_INTERVAL_DAY_TO_HOUR: return DAY | HOUR;
    case AST_INTERVAL_DAY_TO_MINUTE: return DAY | HOUR | MINUTE;
    case AST_INTERVAL_DAY_TO_SECOND: return DAY | HOUR | MINUTE | SECOND;
    case AST_INTERVAL_HOUR_TO_MINUTE: return HOUR | MINUTE;
    case AST_INTERVAL_HOUR_TO_SECOND: return HOUR | MINUTE | SECOND;
    case AST_INTERVAL_MINUTE_TO_SECOND: return MINUTE | SECOND;
    }
    UNREACHABLE();
}

/* The types whose precision is cut to what there is, as they are written with it. */
static const struct {
    Oid type;
    const char *before, *after;
} with_precision[] = {{OID_TIME, "TIME", ""},
                      {OID_TIMETZ, "TIME", " WITH TIME ZONE"},
                      {OID_TIMESTAMP, "TIMESTAMP", ""},
                      {OID_TIMESTAMPTZ, "TIMESTAMP", " WITH TIME ZONE"},
                      {OID_INTERVAL, "INTERVAL", ""}};

static void warn_of_precision(const Bind *bind, Oid type, Str precision, int32_t location)
{
    enum { PRECISION_MAX = 6 };
    int64_t digits;
    const BindOptions *options = bind->options;
    if (!options->notice || !str_to_i64(precision, &digits) || digits <= PRECISION_MAX) return;
    for (size_t i = 0; i < ARRAY_LEN(with_precision); i++) {
        if (with_precision[i].type != type) continue;
        Error *notice = error_severity(error_begin(SQLSTATE_INVALID_PARAMETER_VALUE),
                                       SEVERITY_WARNING);
        error_message(notice, "%s(%.*s)%s precision reduced to maximum allowed, %d",
                      with_precision[i].before, STR_ARG(precision), with_precision[i].after,
                      PRECISION_MAX);
        options->notice(options->notice_arg,
                        error_position(notice, bind__position(bind, location)));
    }
}

static int32_t modifier(const Bind *bind, const AstTypeName *name, const CatType *type)
{
    ARRAY_OF(Str) words = {.arena = bind->arena};
    if (name->fields != AST_INTERVAL_NONE)
        array_push(&words, str_format(bind->arena, "%d", interval_mask(name->fields)));
    for (uint32_t i = 0; i < name->modifiers.count; i++)
        array_push(&words, modifier_word(bind, name->modifiers.items[i], name->location));
    if (words.count == 0) return -1;
    if (!type->type || !type->type->typmod_parse)
        bind__raise(bind, SYNTAX_ERROR, name->location,
                    "type modifier is not allowed for type \"%.*s\"",
                    STR_ARG(bind__name_text(bind, name->names)));
    int32_t typmod = -1;
    InputError err = {.arena = bind->arena};
    if (!type->type->typmod_parse(words.items, words.count, &typmod, &err))
        bind__raise_input(bind, &err, name->location);
    if (name->modifiers.count > 0)
        warn_of_precision(bind, type->oid, words.items[words.count - 1], name->location);
    return typmod;
}

static Oid named_type(const Bind *bind, const AstTypeName *name)
{
    CatName full = bind__qualified(bind, name->names, name->location);
    const CatDatabase *here = full.database.data
                                  ? cat_database(bind->view, cat_view_database(bind->view))
                                  : NULL;
    if (here && !str_equal(here->name, full.database))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "cross-database references are not implemented: %.*s",
                    STR_ARG(bind__name_text(bind, name->names)));
    if (full.schema.data && !cat_namespace_named(bind->view, full.schema)) return 0;
    full.location = bind__position(bind, name->location);
    return cat_type_search(bind->view, full);
}

Oid bind__find_type_name(const Bind *bind, const AstTypeName *name, int32_t *typmod)
{
    *typmod = -1;
    Oid type = name->percent_type ? percent_type(bind, name) : named_type(bind, name);
    if (!type) return 0;
    const CatType *found = bind__type(bind, type);
    if (!name->percent_type) *typmod = modifier(bind, name, found);
    if (name->bounds.count == 0) return type;
    Oid array = found->array;
    if (bind__array_element(bind, type) && !bind__is_vector(type))
        array = type; /* int[][] is int[] */
    return array;
}

Oid bind__type_name(const Bind *bind, const AstTypeName *name, int32_t *typmod)
{
    Oid type = bind__find_type_name(bind, name, typmod);
    Str text = bind__name_text(bind, name->names);
    if (!type && name->names.count > 1 &&
        !cat_namespace_named(bind->view, name->names.items[name->names.count - 2]))
        bind__raise(bind, INVALID_SCHEMA_NAME, name->location, "schema \"%.*s\" does not exist",
                    STR_ARG(name->names.items[name->names.count - 2]));
    if (!type && name->bounds.count && named_type(bind, name))
        bind__raise(bind, UNDEFINED_OBJECT, name->location, "type \"%.*s[]\" does not exist",
                    STR_ARG(text));
    if (!type)
        bind__raise(bind, UNDEFINED_OBJECT, name->location, "type \"%.*s%s\" does not exist",
                    STR_ARG(text), name->bounds.count ? "[]" : "");
    if (!bind__type(bind, type)->defined)
        bind__raise(bind, UNDEFINED_OBJECT, name->location, "type \"%.*s\" is only a shell",
                    STR_ARG(text));
    return type;
}

/* `encoding`: collations of other encodings than the database's cannot be meant by a bare name. */
Oid bind__collation(const Bind *bind, NodeStrs names, int32_t location)
{
    CatName name = bind__qualified(bind, names, location);
    Oid found = 0;
    if (name.schema.data) {
        Oid schema = cat_namespace_used(bind->view, name.schema, name.location);
        if (!schema)
            bind__raise(bind, INVALID_SCHEMA_NAME, location, "schema \"%.*s\" does not exist",
                        STR_ARG(name.schema));
        found = cat_collation_named(bind->view, schema, name.name);
    } else {
        const SearchPath *path = cat_search_path(bind->view);
        for (uint32_t i = 0; i < path->lasting_count && !found; i++)
            found = cat_collation_named(bind->view, path->lasting[i], name.name);
    }
    if (!found)
        bind__raise(bind, UNDEFINED_OBJECT, location,
                    "collation \"%.*s\" for encoding \"UTF8\" does not exist",
                    STR_ARG(bind__name_text(bind, names)));
    return found;
}
