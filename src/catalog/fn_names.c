/* SPDX-License-Identifier: Apache-2.0 */
/* fn_names.c - the calls by which types and functions of the rooms below ask the catalog: names of things for reg*
 * types, made types, labels, columns (FnCalls in base/fn.h; the argument is the view). */
#include "catalog/catalog_internal.h"

#include "base/oids.h"
#include "parse/parse.h"

/* ---- names as text: parts between dots, folded unless quoted */

enum { NAME_PARTS_MAX = 4 };
typedef struct NameParts {
    Str parts[NAME_PARTS_MAX];
    uint32_t count;
} NameParts;

static bool is_name_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool next_part(Arena *arena, Str text, size_t *at, Str *part)
{
    while (*at < text.bytes && is_name_space(text.data[*at])) ++*at;
    StrBuilder out = str_builder(arena, 64);
    bool quoted = false;
    if (*at < text.bytes && text.data[*at] == '"') {
        for (++*at;; ++*at) {
            if (*at >= text.bytes) return false;
            if (text.data[*at] != '"') {
                str_add_char(&out, text.data[*at]);
            } else if (*at + 1 < text.bytes && text.data[*at + 1] == '"') {
                str_add_char(&out, '"');
                ++*at;
            } else {
                break;
            }
        }
        ++*at;
        *part = str_done(&out);
        quoted = true;
    } else {
        const size_t from = *at;
        while (*at < text.bytes && text.data[*at] != '.' && !is_name_space(text.data[*at])) ++*at;
        *part = str_lower_ascii(arena, str_slice(text, from, *at));
    }
    while (*at < text.bytes && is_name_space(text.data[*at])) ++*at;
    return quoted || part->bytes > 0;
}

static bool parse_name(Arena *arena, Str text, NameParts *name, InputError *err)
{
    *name = (NameParts){0};
    size_t at = 0;
    for (;;) {
        Str part;
        if (name->count == NAME_PARTS_MAX || !next_part(arena, text, &at, &part))
            return input_error(err, SQLSTATE_INVALID_NAME, "invalid name syntax");
        part = str_slice(part, 0, 63);
        name->parts[name->count++] = part;
        if (at >= text.bytes) return true;
        if (text.data[at++] != '.')
            return input_error(err, SQLSTATE_INVALID_NAME, "invalid name syntax");
    }
}

/* A name with more parts than there are, or of another database, is an error also where bad input is none. */
static bool is_relation(FnNameKind kind)
{
    return kind == FN_NAME_RELATION || kind == FN_NAME_RELATION_TEXT;
}

static bool parse_object_name(CatalogView *view, FnNameKind kind, Str text, CatName *name,
                              InputError *err)
{
    NameParts parts;
    const bool relation = is_relation(kind);
    if (!parse_name(view->stmt, text, &parts, err)) return false;
    StrBuilder out = str_builder(view->stmt, 64);
    for (uint32_t i = 0; i < parts.count; i++) {
        if (i) str_add_char(&out, '.');
        str_add(&out, parts.parts[i]);
    }
    const Str whole = str_done(&out);
    if (parts.count > 3) {
        input_error(err, SQLSTATE_SYNTAX_ERROR, "improper %s name (too many dotted names): %.*s",
                    relation ? "relation" : "qualified", STR_ARG(whole));
        return input_error_insist(err, 0);
    }
    *name = (CatName){.name = parts.parts[parts.count - 1]};
    if (parts.count > 1) name->schema = parts.parts[parts.count - 2];
    if (parts.count < 3) return true;
    name->database = parts.parts[0];
    const CatDatabase *d = cat_database(view, view->db->oid);
    if (!d || str_equal(d->name, name->database)) return true;
    input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED,
                relation ? "cross-database references are not implemented: \"%.*s\""
                         : "cross-database references are not implemented: %.*s",
                STR_ARG(whole));
    return input_error_insist(err, 0);
}

static bool parse_single_name(CatalogView *view, Str text, Str *name, InputError *err)
{
    NameParts parts;
    if (!parse_name(view->stmt, text, &parts, err)) return false;
    if (parts.count != 1) return input_error(err, SQLSTATE_INVALID_NAME, "invalid name syntax");
    *name = parts.parts[0];
    return true;
}

static Str whole_name(CatalogView *view, CatName name)
{
    return name.schema.bytes
               ? str_format(view->stmt, "%.*s.%.*s", STR_ARG(name.schema), STR_ARG(name.name))
               : name.name;
}

/* ---- functions and operators */

/* Is the schema where a name given so is looked for? */
static bool is_searched(CatalogView *view, CatName name, Oid schema)
{
    if (name.schema.bytes) return cat_namespace_used(view, name.schema, 0) == schema;
    const SearchPath *path = cat_search_path(view);
    for (uint32_t i = 0; i < path->lasting_count; i++)
        if (path->lasting[i] == schema) return true;
    return false;
}

static uint32_t count_functions(CatalogView *view, CatName name, Oid *oid)
{
    uint32_t count, found = 0;
    const CatFunction **all = cat_functions_named(view, name.name, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_searched(view, name, all[i]->namespace_)) continue;
        *oid = all[i]->oid;
        found++;
    }
    return found;
}

static bool find_function(CatalogView *view, Str text, Oid *oid, InputError *err)
{
    CatName name;
    if (!parse_object_name(view, FN_NAME_FUNCTION, text, &name, err)) return false;
    const uint32_t found = count_functions(view, name, oid);
    if (found == 1) return true;
    if (found > 1)
        return input_error(err, SQLSTATE_AMBIGUOUS_FUNCTION,
                           "more than one function named \"%.*s\"", STR_ARG(text));
    return input_error(err, SQLSTATE_UNDEFINED_FUNCTION, "function \"%.*s\" does not exist",
                       STR_ARG(text));
}

typedef struct Signature {
    CatName name;
    Oid args[FN_ARGS_MAX];
    uint32_t count;
} Signature;

/* The types between parentheses; `none`: the word NONE stands for no type (operators). */
static bool parse_types(CatalogView *view, Str list, bool none, Signature *s, InputError *err)
{
    const FnCalls *calls = view->options.calls;
    if (!str_trim(list, " \t\r\n").bytes) return true;
    size_t from = 0;
    uint32_t depth = 0;
    bool quoted = false;
    for (size_t i = 0; i <= list.bytes; i++) {
        const char c = i < list.bytes ? list.data[i] : ',';
        if (c == '"') quoted = !quoted;
        if (quoted && i < list.bytes) continue;
        if (c == '(' || c == '[') depth++;
        if (c == ')' || c == ']') depth--;
        if (c != ',' || (depth && i < list.bytes)) continue;
        if (quoted || depth)
            return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "improper type name");
        const Str word = str_trim(str_slice(list, from, i), " \t\r\n");
        from = i + 1;
        if (s->count == FN_ARGS_MAX)
            return input_error(err, SQLSTATE_TOO_MANY_ARGUMENTS, "too many arguments");
        if (!word.bytes && i == list.bytes)
            return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "expected a type name");
        Oid type = 0;
        int32_t typmod;
        if (!(none && str_equal_ascii_nocase(word, STR("none")))) {
            if (!calls || !calls->type_parse_name)
                return input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED,
                                   "type names cannot be read here");
            if (!calls->type_parse_name(view, word, &type, &typmod, err)) return false;
        }
        s->args[s->count++] = type;
    }
    return true;
}

static bool parse_signature(CatalogView *view, Str text, bool is_operator, Signature *s,
                            InputError *err)
{
    size_t open = 0;
    bool quoted = false;
    *s = (Signature){0};
    for (; open < text.bytes; open++) {
        if (text.data[open] == '"') quoted = !quoted;
        if (text.data[open] == '(' && !quoted) break;
    }
    if (open >= text.bytes)
        return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                           "expected a left parenthesis");
    const FnNameKind kind = is_operator ? FN_NAME_OPERATOR : FN_NAME_FUNCTION;
    if (!parse_object_name(view, kind, str_slice(text, 0, open), &s->name, err)) return false;
    const Str rest = str_trim(str_slice(text, open + 1, text.bytes), " \t\r\n");
    if (!rest.bytes || rest.data[rest.bytes - 1] != ')')
        return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                           "expected a right parenthesis");
    return parse_types(view, str_slice(rest, 0, rest.bytes - 1), is_operator, s, err);
}

static bool find_function_exact(CatalogView *view, Str text, Oid *oid, InputError *err)
{
    Signature s;
    if (!parse_signature(view, text, false, &s, err)) return false;
    uint32_t count;
    const CatFunction **all = cat_functions_named(view, s.name.name, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (all[i]->arg_count != s.count || !is_searched(view, s.name, all[i]->namespace_))
            continue;
        if (!oids_equal(all[i]->args, s.args, s.count)) continue;
        *oid = all[i]->oid;
        return true;
    }
    return input_error(err, SQLSTATE_UNDEFINED_FUNCTION, "function \"%.*s\" does not exist",
                       STR_ARG(text));
}

static uint32_t count_operators(CatalogView *view, CatName name, Oid *oid)
{
    uint32_t count, found = 0;
    const CatOperator **all = cat_operators_named(view, name.name, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!is_searched(view, name, all[i]->namespace_)) continue;
        *oid = all[i]->oid;
        found++;
    }
    return found;
}

static bool find_operator(CatalogView *view, Str text, Oid *oid, InputError *err)
{
    CatName name;
    if (!parse_object_name(view, FN_NAME_OPERATOR, text, &name, err)) return false;
    const uint32_t found = count_operators(view, name, oid);
    if (found == 1) return true;
    if (found > 1)
        return input_error(err, SQLSTATE_AMBIGUOUS_FUNCTION, "more than one operator named %.*s",
                           STR_ARG(text));
    return input_error(err, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %.*s",
                       STR_ARG(text));
}

static bool find_operator_exact(CatalogView *view, Str text, Oid *oid, InputError *err)
{
    Signature s;
    if (!parse_signature(view, text, true, &s, err)) return false;
    if (s.count == 1) {
        (void)input_error(err, SQLSTATE_UNDEFINED_PARAMETER, "missing argument");
        return input_error_hint(err,
                                "Use NONE to denote the missing argument of a unary operator.");
    }
    if (s.count != 2) {
        (void)input_error(err, SQLSTATE_TOO_MANY_ARGUMENTS, "too many arguments");
        return input_error_hint(err, "Provide two argument types for operator.");
    }
    uint32_t count;
    const CatOperator **all = cat_operators_named(view, s.name.name, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (all[i]->left != s.args[0] || all[i]->right != s.args[1] ||
            !is_searched(view, s.name, all[i]->namespace_))
            continue;
        *oid = all[i]->oid;
        return true;
    }
    return input_error(err, SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %.*s",
                       STR_ARG(text));
}

/* ---- the other kinds */

/* Text search objects have no entries: their name index is read. */
static Oid ts_named(CatalogView *view, FnNameKind kind, CatName name)
{
    const bool config = kind == FN_NAME_TS_CONFIGURATION;
    const CatalogTable table = config ? PG_TS_CONFIG : PG_TS_DICT;
    const CatalogIndex index = config ? PG_TS_CONFIG_CFGNAME_INDEX : PG_TS_DICT_DICTNAME_INDEX;
    const uint8_t schema = config ? PG_TS_CONFIG_CFGNAMESPACE : PG_TS_DICT_DICTNAMESPACE;
    const Datum key = datum_str(name.name);
    Oid found = 0;
    CatScan *scan = cat_scan_open(view, table, index, &key, 1);
    for (CatRow row; !found && cat_scan_next(scan, &row);)
        if (is_searched(view, name, row.values[schema].value.u32)) found = row.values[0].value.u32;
    cat_scan_close(scan);
    return found;
}

static bool find_named(CatalogView *view, FnNameKind kind, Str text, Oid *oid, InputError *err)
{
    static const struct {
        FnNameKind kind;
        Sqlstate code;
        const char *format;
        Oid (*find)(CatalogView *view, Str name);
    } kinds[] = {
        {FN_NAME_ROLE, SQLSTATE_UNDEFINED_OBJECT, "role", cat_role_named},
        {FN_NAME_NAMESPACE, SQLSTATE_INVALID_SCHEMA_NAME, "schema", cat_namespace_named},
        {FN_NAME_DATABASE, SQLSTATE_INVALID_CATALOG_NAME, "database", cat_database_named},
    };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        Str name;
        if (kinds[i].kind != kind) continue;
        if (!parse_single_name(view, text, &name, err)) return false;
        const Oid found = kinds[i].find(view, name);
        if (!found)
            return input_error(err, kinds[i].code, "%s \"%.*s\" does not exist", kinds[i].format,
                               STR_ARG(name));
        *oid = found;
        return true;
    }
    UNREACHABLE();
}

static bool find_in_schema(CatalogView *view, FnNameKind kind, Str text, Oid *oid, InputError *err)
{
    CatName name;
    if (!parse_object_name(view, kind, text, &name, err)) return false;
    const Oid found = is_relation(kind)           ? cat_relation_search(view, name)
                      : kind == FN_NAME_COLLATION ? cat_collation_search(view, name)
                                                  : ts_named(view, kind, name);
    if (found) {
        *oid = found;
        return true;
    }
    const Str whole = whole_name(view, name);
    switch (kind) {
    case FN_NAME_RELATION_TEXT:
        if (name.schema.bytes && !str_equal(name.schema, STR("pg_temp")) &&
            !cat_namespace_named(view, name.schema))
            return input_error(err, SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist",
                               STR_ARG(name.schema));
        __attribute__((fallthrough));
    case FN_NAME_RELATION:
        return input_error(err, SQLSTATE_UNDEFINED_TABLE, "relation \"%.*s\" does not exist",
                           STR_ARG(whole));
    case FN_NAME_COLLATION:
        return input_error(err, SQLSTATE_UNDEFINED_OBJECT,
                           "collation \"%.*s\" for encoding \"UTF8\" does not exist",
                           STR_ARG(whole));
    default:
        return input_error(err, SQLSTATE_UNDEFINED_OBJECT, "text search %s \"%.*s\" does not exist",
                           kind == FN_NAME_TS_CONFIGURATION ? "configuration" : "dictionary",
                           STR_ARG(whole));
    }
}

static bool name_find(void *arg, FnNameKind kind, Str text, Oid *oid, InputError *err)
{
    CatalogView *view = arg;
    switch (kind) {
    case FN_NAME_FUNCTION: return find_function(view, text, oid, err);
    case FN_NAME_FUNCTION_ARGUMENTS: return find_function_exact(view, text, oid, err);
    case FN_NAME_OPERATOR: return find_operator(view, text, oid, err);
    case FN_NAME_OPERATOR_ARGUMENTS: return find_operator_exact(view, text, oid, err);
    case FN_NAME_TYPE: {
        const FnCalls *calls = view->options.calls;
        int32_t typmod;
        if (!calls || !calls->type_parse_name)
            return input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED,
                               "type names cannot be read here");
        return calls->type_parse_name(view, text, oid, &typmod, err);
    }
    case FN_NAME_ROLE:
    case FN_NAME_NAMESPACE:
    case FN_NAME_DATABASE: return find_named(view, kind, text, oid, err);
    case FN_NAME_RELATION:
    case FN_NAME_RELATION_TEXT:
    case FN_NAME_COLLATION:
    case FN_NAME_TS_CONFIGURATION:
    case FN_NAME_TS_DICTIONARY: return find_in_schema(view, kind, text, oid, err);
    }
    UNREACHABLE();
}

/* ---- printing */

static Str in_schema(CatalogView *view, Arena *arena, Oid schema, Str name, bool visible)
{
    StrBuilder out = str_builder(arena, 64);
    if (!visible) {
        const CatNamespace *n = cat_namespace(view, schema);
        if (n) parse_quote_identifier(&out, n->name);
        str_add_char(&out, '.');
    }
    parse_quote_identifier(&out, name);
    return str_done(&out);
}

static bool print_function(CatalogView *view, Oid oid, Arena *arena, Str *name)
{
    const CatFunction *f = cat_function(view, oid);
    Oid only = 0;
    if (!f) return false;
    const bool plain = count_functions(view, (CatName){.name = f->name}, &only) == 1 && only == oid;
    *name = in_schema(view, arena, f->namespace_, f->name, plain);
    return true;
}

static bool print_operator(CatalogView *view, Oid oid, Arena *arena, Str *name)
{
    const CatOperator *op = cat_operator(view, oid);
    Oid only = 0;
    if (!op) return false;
    const bool plain = count_operators(view, (CatName){.name = op->name}, &only) == 1 &&
                       only == oid;
    const CatNamespace *n = plain ? NULL : cat_namespace(view, op->namespace_);
    StrBuilder out = str_builder(arena, 32);
    if (n) {
        parse_quote_identifier(&out, n->name);
        str_add_char(&out, '.');
    }
    str_add(&out, op->name);
    *name = str_done(&out);
    return true;
}

/* Kinds whose class has a name, and perhaps a schema. */
static bool print_object(CatalogView *view, Oid class_, Oid oid, Arena *arena, Str *name)
{
    const CatClass *c = cat_class(class_);
    const Datum *row = cat__object_row(view, arena, (CatObject){class_, oid, 0});
    if (!row) return false;
    const Str own = datum_text(&row[c->name]);
    if (c->schema == CAT_NO_COLUMN) {
        *name = in_schema(view, arena, 0, own, true);
        return true;
    }
    const Oid schema = row[c->schema].value.u32;
    bool visible = is_searched(view, (CatName){.name = own}, schema);
    if (class_ == CLASS_PG_CLASS)
        visible = cat_relation_search(view, (CatName){.name = own}) == oid;
    if (class_ == CLASS_PG_COLLATION)
        visible = cat_collation_search(view, (CatName){.name = own}) == oid;
    *name = in_schema(view, arena, schema, own, visible);
    return true;
}

static bool name_print(void *arg, FnNameKind kind, Oid oid, Arena *arena, Str *name)
{
    CatalogView *view = arg;
    switch (kind) {
    case FN_NAME_FUNCTION: return print_function(view, oid, arena, name);
    case FN_NAME_FUNCTION_ARGUMENTS:
        *name = cat__function_signature(view, arena, oid, false);
        return name->bytes != 0;
    case FN_NAME_OPERATOR: return print_operator(view, oid, arena, name);
    case FN_NAME_OPERATOR_ARGUMENTS:
        *name = cat__operator_signature(view, arena, oid, false);
        return name->bytes != 0;
    case FN_NAME_TYPE:
        if (!cat_type(view, oid)) return false;
        *name = cat_type_name(view, arena, oid, -1);
        return true;
    case FN_NAME_RELATION:
    case FN_NAME_RELATION_TEXT: return print_object(view, CLASS_PG_CLASS, oid, arena, name);
    case FN_NAME_ROLE: return print_object(view, CLASS_PG_AUTHID, oid, arena, name);
    case FN_NAME_NAMESPACE: return print_object(view, CLASS_PG_NAMESPACE, oid, arena, name);
    case FN_NAME_COLLATION: return print_object(view, CLASS_PG_COLLATION, oid, arena, name);
    case FN_NAME_TS_CONFIGURATION: return print_object(view, CLASS_PG_TS_CONFIG, oid, arena, name);
    case FN_NAME_TS_DICTIONARY: return print_object(view, CLASS_PG_TS_DICT, oid, arena, name);
    case FN_NAME_DATABASE: return print_object(view, CLASS_PG_DATABASE, oid, arena, name);
    }
    UNREACHABLE();
}

/* ---- types */

static const Type *type_find_made(void *arg, Oid oid)
{
    const CatType *type = cat_type(arg, oid);
    return type ? type->type : NULL;
}

static Str type_name(void *arg, Arena *arena, Oid type, int32_t typmod)
{
    return cat_type_name(arg, arena, type, typmod);
}

static const FnEnumLabel *enum_labels(void *arg, Oid type, uint32_t *count)
{
    const CatType *t = cat_type(arg, type);
    *count = t ? t->label_count : 0;
    return t ? t->labels : NULL;
}

static bool attributes_of_relation(CatalogView *view, Oid relation, const FnAttribute **attributes,
                                   uint32_t *count)
{
    const CatRelation *r = cat_relation(view, relation);
    if (!r) return false;
    FnAttribute *made = ARENA_ARRAY(view->stmt, FnAttribute, (uint32_t)r->column_count + 1);
    for (int16_t i = 0; i < r->column_count; i++) {
        const CatColumn *c = &r->columns[i];
        made[i] = c->dropped ? (FnAttribute){.name = c->name, .dropped = true}
                             : (FnAttribute){c->name, c->type, c->collation, c->typmod, false};
    }
    *attributes = made;
    *count = (uint32_t)r->column_count;
    return true;
}

static bool same_attributes(const CatRecord *record, const FnAttribute *attributes, uint32_t count)
{
    if (record->count != count) return false;
    for (uint32_t i = 0; i < count; i++) {
        const FnAttribute *a = &record->attributes[i], *b = &attributes[i];
        if (a->type != b->type || a->typmod != b->typmod || a->collation != b->collation ||
            a->dropped != b->dropped || !str_equal(a->name, b->name))
            return false;
    }
    return true;
}

/* Few differ within a session: a list is searched. */
static int32_t record_typmod(void *arg, const FnAttribute *attributes, uint32_t count)
{
    CatalogView *view = arg;
    for (uint32_t i = 0; i < view->records.count; i++)
        if (same_attributes(&view->records.items[i], attributes, count)) return (int32_t)i;
    Arena *arena = view->options.session;
    FnAttribute *copy = ARENA_ARRAY(arena, FnAttribute, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        copy[i] = attributes[i];
        copy[i].name = str_copy(arena, attributes[i].name);
    }
    view->records.arena = arena;
    const CatRecord record = {copy, count};
    array_push(&view->records, record);
    return (int32_t)(view->records.count - 1);
}

static bool attributes(void *arg, Oid type, int32_t typmod, const FnAttribute **list,
                       uint32_t *count)
{
    CatalogView *view = arg;
    if (type == OID_RECORD) {
        if (typmod < 0 || (uint32_t)typmod >= view->records.count) return false;
        *list = view->records.items[typmod].attributes;
        *count = view->records.items[typmod].count;
        return true;
    }
    const CatType *t = cat_type(view, type);
    while (t && t->kind == 'd') t = cat_type(view, t->base);
    return t && t->relation && attributes_of_relation(view, t->relation, list, count);
}

static bool collation(void *arg, Oid oid, FnCollation *found)
{
    const CatCollation *c = cat_collation(arg, oid);
    if (!c) return false;
    *found = (FnCollation){.provider = c->provider,
                           .deterministic = c->deterministic,
                           .locale = c->locale,
                           .rules = c->rules};
    return true;
}

static bool role_is_member(void *arg, Oid role, Oid of)
{
    return cat_role_is_member(arg, role, of);
}

const FnCalls *cat_fn_calls(void)
{
    static const FnCalls calls = {
        .type_find = type_find_made,
        .type_name = type_name,
        .enum_labels = enum_labels,
        .attributes = attributes,
        .record_typmod = record_typmod,
        .collation = collation,
        .name_find = name_find,
        .name_print = name_print,
        .role_is_member = role_is_member,
    };
    return &calls;
}
