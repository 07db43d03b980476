/* SPDX-License-Identifier: Apache-2.0 */
/* privilege_functions.c - has_..._privilege, pg_has_role and pg_get_acl. All but the last have one shape: (who, what,
 * privileges), with names or OIDs, `who` left out for the current role; so one body serves them, told apart by a
 * table. */
#include "catalog/catalog_internal.h"

#include "base/builtins.h"
#include "base/oids.h"

typedef struct PrivilegeWord {
    const char *word;
    uint32_t privilege;
} PrivilegeWord;

typedef struct PrivilegeKind {
    const char *function;
    Oid class_;
    FnNameKind
        name_kind; /* how `what` is looked up by name; NAME_PLAIN: by the class's own name alone */
    const PrivilegeWord *words;
} PrivilegeKind;

enum { NAME_PLAIN = 1000 };

static const PrivilegeWord table_words[] = {
    {"SELECT", PRIV_SELECT},     {"INSERT", PRIV_INSERT},
    {"UPDATE", PRIV_UPDATE},     {"DELETE", PRIV_DELETE},
    {"TRUNCATE", PRIV_TRUNCATE}, {"REFERENCES", PRIV_REFERENCES},
    {"TRIGGER", PRIV_TRIGGER},   {"RULE", 0},
    {"MAINTAIN", PRIV_MAINTAIN}, {NULL, 0}};
static const PrivilegeWord column_words[] = {{"SELECT", PRIV_SELECT},
                                             {"INSERT", PRIV_INSERT},
                                             {"UPDATE", PRIV_UPDATE},
                                             {"REFERENCES", PRIV_REFERENCES},
                                             {NULL, 0}};
static const PrivilegeWord sequence_words[] = {{"USAGE", PRIV_USAGE},
                                               {"SELECT", PRIV_SELECT},
                                               {"UPDATE", PRIV_UPDATE},
                                               {NULL, 0}};
static const PrivilegeWord database_words[] = {{"CREATE", PRIV_CREATE},
                                               {"TEMPORARY", PRIV_TEMPORARY},
                                               {"TEMP", PRIV_TEMPORARY},
                                               {"CONNECT", PRIV_CONNECT},
                                               {NULL, 0}};
static const PrivilegeWord schema_words[] = {{"CREATE", PRIV_CREATE},
                                             {"USAGE", PRIV_USAGE},
                                             {NULL, 0}};
static const PrivilegeWord execute_words[] = {{"EXECUTE", PRIV_EXECUTE}, {NULL, 0}};
static const PrivilegeWord usage_words[] = {{"USAGE", PRIV_USAGE}, {NULL, 0}};
static const PrivilegeWord create_words[] = {{"CREATE", PRIV_CREATE}, {NULL, 0}};
static const PrivilegeWord largeobject_words[] = {{"SELECT", PRIV_SELECT},
                                                  {"UPDATE", PRIV_UPDATE},
                                                  {NULL, 0}};
static const PrivilegeWord parameter_words[] = {{"SET", PRIV_SET},
                                                {"ALTER SYSTEM", PRIV_ALTER_SYSTEM},
                                                {NULL, 0}};

static const PrivilegeKind kinds[] = {
    {"has_table_privilege", CLASS_PG_CLASS, FN_NAME_RELATION_TEXT, table_words},
    {"has_any_column_privilege", CLASS_PG_CLASS, FN_NAME_RELATION_TEXT, column_words},
    {"has_column_privilege", CLASS_PG_CLASS, FN_NAME_RELATION_TEXT, column_words},
    {"has_sequence_privilege", CLASS_PG_CLASS, FN_NAME_RELATION_TEXT, sequence_words},
    {"has_database_privilege", CLASS_PG_DATABASE, (FnNameKind)NAME_PLAIN, database_words},
    {"has_function_privilege", CLASS_PG_PROC, FN_NAME_FUNCTION_ARGUMENTS, execute_words},
    {"has_language_privilege", CLASS_PG_LANGUAGE, (FnNameKind)NAME_PLAIN, usage_words},
    {"has_schema_privilege", CLASS_PG_NAMESPACE, (FnNameKind)NAME_PLAIN, schema_words},
    {"has_tablespace_privilege", CLASS_PG_TABLESPACE, (FnNameKind)NAME_PLAIN, create_words},
    {"has_type_privilege", CLASS_PG_TYPE, FN_NAME_TYPE, usage_words},
    {"has_foreign_data_wrapper_privilege", CLASS_PG_FOREIGN_DATA_WRAPPER, (FnNameKind)NAME_PLAIN,
     usage_words},
    {"has_server_privilege", CLASS_PG_FOREIGN_SERVER, (FnNameKind)NAME_PLAIN, usage_words},
    {"has_largeobject_privilege", CLASS_PG_LARGEOBJECT_METADATA, (FnNameKind)NAME_PLAIN,
     largeobject_words},
    {"has_parameter_privilege", CLASS_PG_PARAMETER_ACL, (FnNameKind)NAME_PLAIN, parameter_words},
};

static const PrivilegeKind *kind_of(const Fn *fn)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_equal(str_from(kinds[i].function), str_from(fn->function->name))) return &kinds[i];
    UNREACHABLE();
}

/* ---- the words of the last argument */

typedef struct Asked {
    uint32_t privileges, grantable;
} Asked;

static bool take_suffix(Str *word, Str suffix)
{
    if (word->bytes < suffix.bytes) return false;
    const Str end = str_slice(*word, word->bytes - suffix.bytes, word->bytes);
    if (!str_equal_ascii_nocase(end, suffix)) return false;
    *word = str_trim(str_slice(*word, 0, word->bytes - suffix.bytes), " \t\r\n");
    return true;
}

static void add_word(Asked *asked, const PrivilegeWord *words, Str word)
{
    Str name = word;
    const bool grantable = take_suffix(&name, STR("WITH GRANT OPTION"));
    for (const PrivilegeWord *w = words; w->word; w++) {
        if (!str_equal_ascii_nocase(str_from(w->word), name)) continue;
        if (grantable)
            asked->grantable |= w->privilege;
        else
            asked->privileges |= w->privilege;
        return;
    }
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"%.*s\"",
                STR_ARG(word));
}

static Asked parse_privileges(const PrivilegeWord *words, Str text)
{
    Asked asked = {0};
    size_t from = 0;
    for (size_t i = 0; i <= text.bytes; i++) {
        if (i < text.bytes && text.data[i] != ',') continue;
        add_word(&asked, words, str_trim(str_slice(text, from, i), " \t\r\n"));
        from = i + 1;
    }
    return asked;
}

/* ---- who and what */

static Oid role_of(Fn *fn, const Datum *arg, Oid type, bool public_too)
{
    if (type == OID_OID) return arg->value.u32;
    const Str name = strview_str(&arg->value.str);
    if (public_too && str_equal(name, STR("public"))) return 0;
    const Oid role = cat_role_named(fn_view(fn), name);
    if (!role)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "role \"%.*s\" does not exist", STR_ARG(name));
    return role;
}

/* By a name without schema: the class's index over names is its second. */
static Oid plain_named(Fn *fn, const PrivilegeKind *kind, Str name)
{
    CatalogView *view = fn_view(fn);
    const CatClass *c = cat_class(kind->class_);
    if (kind->class_ == CLASS_PG_PARAMETER_ACL) name = str_lower_ascii(fn->arena, name);
    Oid found = 0;
    CatScan *scan = cat_scan_open(view, c->table, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; !found && cat_scan_next(scan, &row);)
        if (str_equal(datum_text(&row.values[c->name]), name)) found = row.values[0].value.u32;
    cat_scan_close(scan);
    if (found || kind->class_ == CLASS_PG_PARAMETER_ACL) return found;
    const Sqlstate code = kind->class_ == CLASS_PG_DATABASE    ? SQLSTATE_INVALID_CATALOG_NAME
                          : kind->class_ == CLASS_PG_NAMESPACE ? SQLSTATE_INVALID_SCHEMA_NAME
                                                               : SQLSTATE_UNDEFINED_OBJECT;
    raise_error(code, "%s \"%.*s\" does not exist",
                kind->class_ == CLASS_PG_FOREIGN_SERVER ? "server" : c->noun, STR_ARG(name));
}

static Oid object_of(Fn *fn, const PrivilegeKind *kind, const Datum *arg, Oid type)
{
    if (type == OID_OID) return arg->value.u32;
    const Str name = strview_str(&arg->value.str);
    if (kind->name_kind == (FnNameKind)NAME_PLAIN) return plain_named(fn, kind, name);
    InputError err = {.arena = fn->arena};
    Oid found = 0;
    if (!cat_fn_calls()->name_find(fn_view(fn), kind->name_kind, name, &found, &err))
        input_error_raise(&err);
    return found;
}

/* ---- answers */

static bool has_any(CatalogView *view, Oid role, CatObject object, Asked asked)
{
    return cat_privileges(view, role, object, asked.privileges) ||
           cat__grantable(view, role, object, asked.grantable);
}

static Datum answer(Fn *fn, const PrivilegeKind *kind, Oid role, CatObject object, Asked asked)
{
    CatalogView *view = fn_view(fn);
    const Datum *row = cat__object_row(view, fn->arena, object);
    if (!row) {
        if (kind->class_ == CLASS_PG_PARAMETER_ACL)
            return datum_bool(cat__is_superuser(view, role));
        const bool looked_up = kind->class_ == CLASS_PG_CLASS ||
                               kind->class_ == CLASS_PG_LARGEOBJECT_METADATA;
        return !looked_up && cat__is_superuser(view, role) ? datum_bool(true) : datum_null();
    }
    if (kind->words == sequence_words && row[PG_CLASS_RELKIND].value.i16 != 'S')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a sequence",
                    STR_ARG(datum_text(&row[PG_CLASS_RELNAME])));
    return datum_bool(has_any(view, role, object, asked));
}

static Datum has_privilege(Fn *fn, const Datum *args)
{
    const PrivilegeKind *kind = kind_of(fn);
    const Oid *types = fn->function->args;
    const uint32_t who = fn->function->arg_count == 3; /* positions of what and the words */
    const Str words = strview_str(&args[who + 1].value.str);
    Asked asked;
    /* What is looked at first, PostgreSQL's functions do not agree on. */
    if (kind->words == parameter_words) asked = parse_privileges(kind->words, words);
    const Oid role = who ? role_of(fn, &args[0], types[0], true) : fn->env->role;
    if (kind->words == sequence_words) asked = parse_privileges(kind->words, words);
    const Oid oid = object_of(fn, kind, &args[who], types[who]);
    if (kind->words != parameter_words && kind->words != sequence_words)
        asked = parse_privileges(kind->words, words);
    return answer(fn, kind, role, (CatObject){kind->class_, oid, 0}, asked);
}

/* Of a column by name or number; NULL when there is none of that number. */
static bool column_of(Fn *fn, Oid relation, const Datum *arg, Oid type, int16_t *number)
{
    const CatRelation *r = cat_relation(fn_view(fn), relation);
    if (!r) return false;
    if (type == OID_INT2) {
        *number = arg->value.i16;
        return *number >= 1 && *number <= r->column_count && !r->columns[*number - 1].dropped;
    }
    const Str name = strview_str(&arg->value.str);
    for (int16_t i = 0; i < r->column_count; i++) {
        *number = (int16_t)(i + 1);
        if (!r->columns[i].dropped && str_equal(r->columns[i].name, name)) return true;
    }
    *number = cat_system_column(name);
    if (*number) return true;
    raise_error(SQLSTATE_UNDEFINED_COLUMN, "column \"%.*s\" of relation \"%.*s\" does not exist",
                STR_ARG(name), STR_ARG(r->name));
}

static Datum has_column(Fn *fn, const Datum *args)
{
    const PrivilegeKind *kind = kind_of(fn);
    const Oid *types = fn->function->args;
    const uint32_t who = fn->function->arg_count == 4;
    const Oid role = who ? role_of(fn, &args[0], types[0], true) : fn->env->role;
    const Oid oid = object_of(fn, kind, &args[who], types[who]);
    int16_t number;
    const bool known = column_of(fn, oid, &args[who + 1], types[who + 1], &number);
    const Asked asked = parse_privileges(kind->words, strview_str(&args[who + 2].value.str));
    if (!known) return datum_null();
    return answer(fn, kind, role, (CatObject){kind->class_, oid, number}, asked);
}

static Datum has_any_column(Fn *fn, const Datum *args)
{
    const Datum whole = has_privilege(fn, args);
    if (whole.null || whole.value.b) return whole;
    const PrivilegeKind *kind = kind_of(fn);
    const Oid *types = fn->function->args;
    const uint32_t who = fn->function->arg_count == 3;
    const Oid role = who ? role_of(fn, &args[0], types[0], true) : fn->env->role;
    const Oid oid = object_of(fn, kind, &args[who], types[who]);
    const Asked asked = parse_privileges(kind->words, strview_str(&args[who + 1].value.str));
    const CatRelation *r = cat_relation(fn_view(fn), oid);
    for (int16_t i = 0; r && i < r->column_count; i++)
        if (!r->columns[i].dropped &&
            has_any(fn_view(fn), role, (CatObject){CLASS_PG_CLASS, oid, i + 1}, asked))
            return datum_bool(true);
    return datum_bool(false);
}

/* ---- pg_has_role */

static const PrivilegeWord role_words[] = {{"USAGE", 1u << ROLE_LINK_INHERIT},
                                           {"MEMBER", 1u << ROLE_LINK_MEMBER},
                                           {"SET", 1u << ROLE_LINK_SET},
                                           {"USAGE WITH ADMIN OPTION", 1u << ROLE_LINK_ADMIN},
                                           {"USAGE WITH GRANT OPTION", 1u << ROLE_LINK_ADMIN},
                                           {"MEMBER WITH ADMIN OPTION", 1u << ROLE_LINK_ADMIN},
                                           {"MEMBER WITH GRANT OPTION", 1u << ROLE_LINK_ADMIN},
                                           {"SET WITH ADMIN OPTION", 1u << ROLE_LINK_ADMIN},
                                           {"SET WITH GRANT OPTION", 1u << ROLE_LINK_ADMIN},
                                           {NULL, 0}};

static uint32_t parse_role_links(Str text)
{
    uint32_t links = 0;
    size_t from = 0;
    for (size_t i = 0; i <= text.bytes; i++) {
        if (i < text.bytes && text.data[i] != ',') continue;
        const Str word = str_trim(str_slice(text, from, i), " \t\r\n");
        const PrivilegeWord *w = role_words;
        while (w->word && !str_equal_ascii_nocase(str_from(w->word), word)) w++;
        if (!w->word)
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"%.*s\"",
                        STR_ARG(word));
        links |= w->privilege;
        from = i + 1;
    }
    return links;
}

static Datum has_role(Fn *fn, const Datum *args)
{
    CatalogView *view = fn_view(fn);
    const Oid *types = fn->function->args;
    const uint32_t who = fn->function->arg_count == 3;
    const Oid role = who ? role_of(fn, &args[0], types[0], false) : fn->env->role;
    const Oid of = role_of(fn, &args[who], types[who], false);
    const uint32_t links = parse_role_links(strview_str(&args[who + 1].value.str));
    if (cat__is_superuser(view, role)) return datum_bool(true);
    for (RoleLink link = ROLE_LINK_MEMBER; link <= ROLE_LINK_ADMIN; link++)
        if (links >> link & 1 && cat__role_reaches(view, role, of, link)) return datum_bool(true);
    return datum_bool(false);
}

SQL_FUNCTION_DATUM(1922, "has_table_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the table")
SQL_FUNCTION_DATUM(1923, "has_table_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the table")
SQL_FUNCTION_DATUM(1924, "has_table_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the table")
SQL_FUNCTION_DATUM(1925, "has_table_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the table")
SQL_FUNCTION_DATUM(1926, "has_table_privilege", bool, (text, text), STABLE | STRICT, has_privilege,
                   "the current role may do something to the table")
SQL_FUNCTION_DATUM(1927, "has_table_privilege", bool, (oid, text), STABLE | STRICT, has_privilege,
                   "the current role may do something to the table")
SQL_FUNCTION_DATUM(2181, "has_sequence_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the sequence")
SQL_FUNCTION_DATUM(2182, "has_sequence_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the sequence")
SQL_FUNCTION_DATUM(2183, "has_sequence_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the sequence")
SQL_FUNCTION_DATUM(2184, "has_sequence_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the sequence")
SQL_FUNCTION_DATUM(2185, "has_sequence_privilege", bool, (text, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the sequence")
SQL_FUNCTION_DATUM(2186, "has_sequence_privilege", bool, (oid, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the sequence")
SQL_FUNCTION_DATUM(2250, "has_database_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the database")
SQL_FUNCTION_DATUM(2251, "has_database_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the database")
SQL_FUNCTION_DATUM(2252, "has_database_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the database")
SQL_FUNCTION_DATUM(2253, "has_database_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the database")
SQL_FUNCTION_DATUM(2254, "has_database_privilege", bool, (text, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the database")
SQL_FUNCTION_DATUM(2255, "has_database_privilege", bool, (oid, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the database")
SQL_FUNCTION_DATUM(2256, "has_function_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the function")
SQL_FUNCTION_DATUM(2257, "has_function_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the function")
SQL_FUNCTION_DATUM(2258, "has_function_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the function")
SQL_FUNCTION_DATUM(2259, "has_function_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the function")
SQL_FUNCTION_DATUM(2260, "has_function_privilege", bool, (text, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the function")
SQL_FUNCTION_DATUM(2261, "has_function_privilege", bool, (oid, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the function")
SQL_FUNCTION_DATUM(2262, "has_language_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the language")
SQL_FUNCTION_DATUM(2263, "has_language_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the language")
SQL_FUNCTION_DATUM(2264, "has_language_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the language")
SQL_FUNCTION_DATUM(2265, "has_language_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the language")
SQL_FUNCTION_DATUM(2266, "has_language_privilege", bool, (text, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the language")
SQL_FUNCTION_DATUM(2267, "has_language_privilege", bool, (oid, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the language")
SQL_FUNCTION_DATUM(2268, "has_schema_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the schema")
SQL_FUNCTION_DATUM(2269, "has_schema_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the schema")
SQL_FUNCTION_DATUM(2270, "has_schema_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the schema")
SQL_FUNCTION_DATUM(2271, "has_schema_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the schema")
SQL_FUNCTION_DATUM(2272, "has_schema_privilege", bool, (text, text), STABLE | STRICT, has_privilege,
                   "the current role may do something to the schema")
SQL_FUNCTION_DATUM(2273, "has_schema_privilege", bool, (oid, text), STABLE | STRICT, has_privilege,
                   "the current role may do something to the schema")
SQL_FUNCTION_DATUM(2390, "has_tablespace_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the tablespace")
SQL_FUNCTION_DATUM(2391, "has_tablespace_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the tablespace")
SQL_FUNCTION_DATUM(2392, "has_tablespace_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the tablespace")
SQL_FUNCTION_DATUM(2393, "has_tablespace_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the tablespace")
SQL_FUNCTION_DATUM(2394, "has_tablespace_privilege", bool, (text, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the tablespace")
SQL_FUNCTION_DATUM(2395, "has_tablespace_privilege", bool, (oid, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the tablespace")
SQL_FUNCTION_DATUM(2705, "pg_has_role", bool, (name, name, text), STABLE | STRICT, has_role,
                   "a role is a member of a role")
SQL_FUNCTION_DATUM(2706, "pg_has_role", bool, (name, oid, text), STABLE | STRICT, has_role,
                   "a role is a member of a role")
SQL_FUNCTION_DATUM(2707, "pg_has_role", bool, (oid, name, text), STABLE | STRICT, has_role,
                   "a role is a member of a role")
SQL_FUNCTION_DATUM(2708, "pg_has_role", bool, (oid, oid, text), STABLE | STRICT, has_role,
                   "a role is a member of a role")
SQL_FUNCTION_DATUM(2709, "pg_has_role", bool, (name, text), STABLE | STRICT, has_role,
                   "the current role is a member of a role")
SQL_FUNCTION_DATUM(2710, "pg_has_role", bool, (oid, text), STABLE | STRICT, has_role,
                   "the current role is a member of a role")
SQL_FUNCTION_DATUM(3000, "has_foreign_data_wrapper_privilege", bool, (name, text, text),
                   STABLE | STRICT, has_privilege,
                   "a role may do something to the foreign-data wrapper")
SQL_FUNCTION_DATUM(3001, "has_foreign_data_wrapper_privilege", bool, (name, oid, text),
                   STABLE | STRICT, has_privilege,
                   "a role may do something to the foreign-data wrapper")
SQL_FUNCTION_DATUM(3002, "has_foreign_data_wrapper_privilege", bool, (oid, text, text),
                   STABLE | STRICT, has_privilege,
                   "a role may do something to the foreign-data wrapper")
SQL_FUNCTION_DATUM(3003, "has_foreign_data_wrapper_privilege", bool, (oid, oid, text),
                   STABLE | STRICT, has_privilege,
                   "a role may do something to the foreign-data wrapper")
SQL_FUNCTION_DATUM(3004, "has_foreign_data_wrapper_privilege", bool, (text, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the foreign-data wrapper")
SQL_FUNCTION_DATUM(3005, "has_foreign_data_wrapper_privilege", bool, (oid, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the foreign-data wrapper")
SQL_FUNCTION_DATUM(3006, "has_server_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the foreign server")
SQL_FUNCTION_DATUM(3007, "has_server_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the foreign server")
SQL_FUNCTION_DATUM(3008, "has_server_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the foreign server")
SQL_FUNCTION_DATUM(3009, "has_server_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the foreign server")
SQL_FUNCTION_DATUM(3010, "has_server_privilege", bool, (text, text), STABLE | STRICT, has_privilege,
                   "the current role may do something to the foreign server")
SQL_FUNCTION_DATUM(3011, "has_server_privilege", bool, (oid, text), STABLE | STRICT, has_privilege,
                   "the current role may do something to the foreign server")
SQL_FUNCTION_DATUM(3012, "has_column_privilege", bool, (name, text, text, text), STABLE | STRICT,
                   has_column, "a role may do something to the column")
SQL_FUNCTION_DATUM(3013, "has_column_privilege", bool, (name, text, int2, text), STABLE | STRICT,
                   has_column, "a role may do something to the column")
SQL_FUNCTION_DATUM(3014, "has_column_privilege", bool, (name, oid, text, text), STABLE | STRICT,
                   has_column, "a role may do something to the column")
SQL_FUNCTION_DATUM(3015, "has_column_privilege", bool, (name, oid, int2, text), STABLE | STRICT,
                   has_column, "a role may do something to the column")
SQL_FUNCTION_DATUM(3016, "has_column_privilege", bool, (oid, text, text, text), STABLE | STRICT,
                   has_column, "a role may do something to the column")
SQL_FUNCTION_DATUM(3017, "has_column_privilege", bool, (oid, text, int2, text), STABLE | STRICT,
                   has_column, "a role may do something to the column")
SQL_FUNCTION_DATUM(3018, "has_column_privilege", bool, (oid, oid, text, text), STABLE | STRICT,
                   has_column, "a role may do something to the column")
SQL_FUNCTION_DATUM(3019, "has_column_privilege", bool, (oid, oid, int2, text), STABLE | STRICT,
                   has_column, "a role may do something to the column")
SQL_FUNCTION_DATUM(3020, "has_column_privilege", bool, (text, text, text), STABLE | STRICT,
                   has_column, "the current role may do something to the column")
SQL_FUNCTION_DATUM(3021, "has_column_privilege", bool, (text, int2, text), STABLE | STRICT,
                   has_column, "the current role may do something to the column")
SQL_FUNCTION_DATUM(3022, "has_column_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_column, "the current role may do something to the column")
SQL_FUNCTION_DATUM(3023, "has_column_privilege", bool, (oid, int2, text), STABLE | STRICT,
                   has_column, "the current role may do something to the column")
SQL_FUNCTION_DATUM(3024, "has_any_column_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_any_column, "a role may do something to any column of the table")
SQL_FUNCTION_DATUM(3025, "has_any_column_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_any_column, "a role may do something to any column of the table")
SQL_FUNCTION_DATUM(3026, "has_any_column_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_any_column, "a role may do something to any column of the table")
SQL_FUNCTION_DATUM(3027, "has_any_column_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_any_column, "a role may do something to any column of the table")
SQL_FUNCTION_DATUM(3028, "has_any_column_privilege", bool, (text, text), STABLE | STRICT,
                   has_any_column, "the current role may do something to any column of the table")
SQL_FUNCTION_DATUM(3029, "has_any_column_privilege", bool, (oid, text), STABLE | STRICT,
                   has_any_column, "the current role may do something to any column of the table")
SQL_FUNCTION_DATUM(3138, "has_type_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the type")
SQL_FUNCTION_DATUM(3139, "has_type_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the type")
SQL_FUNCTION_DATUM(3140, "has_type_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the type")
SQL_FUNCTION_DATUM(3141, "has_type_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the type")
SQL_FUNCTION_DATUM(3142, "has_type_privilege", bool, (text, text), STABLE | STRICT, has_privilege,
                   "the current role may do something to the type")
SQL_FUNCTION_DATUM(3143, "has_type_privilege", bool, (oid, text), STABLE | STRICT, has_privilege,
                   "the current role may do something to the type")
SQL_FUNCTION_DATUM(6205, "has_parameter_privilege", bool, (name, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the setting")
SQL_FUNCTION_DATUM(6206, "has_parameter_privilege", bool, (oid, text, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the setting")
SQL_FUNCTION_DATUM(6207, "has_parameter_privilege", bool, (text, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the setting")
SQL_FUNCTION_DATUM(6348, "has_largeobject_privilege", bool, (name, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the large object")
SQL_FUNCTION_DATUM(6349, "has_largeobject_privilege", bool, (oid, text), STABLE | STRICT,
                   has_privilege, "the current role may do something to the large object")
SQL_FUNCTION_DATUM(6350, "has_largeobject_privilege", bool, (oid, oid, text), STABLE | STRICT,
                   has_privilege, "a role may do something to the large object")

SQL_FACTS(3024, .cost = 10)
SQL_FACTS(3025, .cost = 10)
SQL_FACTS(3026, .cost = 10)
SQL_FACTS(3027, .cost = 10)
SQL_FACTS(3028, .cost = 10)
SQL_FACTS(3029, .cost = 10)
SQL_FACTS(6348, .cost = 10)
SQL_FACTS(6349, .cost = 10)
SQL_FACTS(6350, .cost = 10)

/* ---- access lists as they are kept */

static Str acl_of_object(Fn *fn, Oid class_, Oid oid, int32_t sub)
{
    if (!class_ && !oid) return FN_NULL(fn, (Str){0});
    const CatClass *found = cat_class(class_);
    if (!found) raise_error(SQLSTATE_INTERNAL_ERROR, "unrecognized class ID: %u", class_);
    const bool column = class_ == CLASS_PG_CLASS && sub != 0;
    const Datum keys[2] = {datum_oid(oid), datum_i16((int16_t)sub)};
    const uint32_t acl = column ? (uint32_t)PG_ATTRIBUTE_ATTACL : found->acl;
    if (acl == CAT_NO_COLUMN) return FN_NULL(fn, (Str){0});
    const Datum *row = cat__row(fn_view(fn),
                                column ? PG_ATTRIBUTE_RELID_ATTNUM_INDEX : found->oid_index, keys,
                                column ? 2 : 1, fn->arena, NULL);
    return row && !row[acl].null ? datum_text(&row[acl]) : FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(6385, "pg_get_acl", _aclitem, (oid, oid, int4), STABLE | STRICT | NULLABLE,
             acl_of_object, "the access list of an object, or of a column")
SQL_FACTS(6385, .arguments = "classid oid, objid oid, objsubid int4")
