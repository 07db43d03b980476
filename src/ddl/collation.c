/* SPDX-License-Identifier: Apache-2.0 */
/* collation.c - CREATE COLLATION: which provider orders texts, by which locale and rules; and the collations of all
 * locales that ICU knows. Locales of libc are names alone here: what is not C is given to ICU (type/collation.h). */
#include "ddl/function.h"

#include "base/settings.h"
#include "type/collation.h"

enum { ENCODING_ANY = -1, ENCODING_UTF8 = 6 };

typedef struct NewCollation {
    Ddl ddl;
    char provider;
    bool deterministic;
    int32_t encoding;
    Str locale, collate, ctype, rules, version; /* without data: none */
} NewCollation;

#define OPTIONS(X)                    \
    X(FROM, "from")                   \
    X(LOCALE, "locale")               \
    X(COLLATE, "lc_collate")          \
    X(CTYPE, "lc_ctype")              \
    X(PROVIDER, "provider")           \
    X(DETERMINISTIC, "deterministic") \
    X(RULES, "rules")                 \
    X(VERSION, "version")
#define ENUM_OF(name, text) OPTION_##name,
#define TEXT_OF(name, text) text,
typedef enum Option { OPTIONS(ENUM_OF) OPTION_COUNT } Option;
static const char *const option_names[] = {OPTIONS(TEXT_OF)};

/* ---- options */

static _Noreturn void refuse_together(const char *detail)
{
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "conflicting or redundant options");
    error_raise(error_detail(error, "%s", detail));
}

static Str text_of(const Ddl *ddl, const AstOption *option)
{
    return option != NULL ? option_text(ddl->arena, option) : (Str){0};
}

static char provider_of(const Ddl *ddl, const AstOption *option)
{
    const Str name = option != NULL ? option_text(ddl->arena, option) : STR("libc");
    if (str_equal_ascii_nocase(name, STR("builtin"))) return 'b';
    if (str_equal_ascii_nocase(name, STR("icu"))) return 'i';
    if (str_equal_ascii_nocase(name, STR("libc"))) return 'c';
    raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION, "unrecognized collation provider: %.*s",
                STR_ARG(name));
}

static void need(Str value, const char *name)
{
    if (value.data == NULL)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION, "parameter \"%s\" must be specified", name);
}

/* ---- locales */

static bool is_c(Str name)
{
    return str_equal(name, STR("C")) || str_equal(name, STR("POSIX"));
}

static void check_builtin(NewCollation *new)
{
    need(new->locale, "locale");
    if (str_equal(new->locale, STR("C"))) {
        new->encoding = ENCODING_ANY;
    } else if (str_equal(new->locale, STR("C.UTF-8")) || str_equal(new->locale, STR("C.UTF8"))) {
        new->locale = STR("C.UTF-8");
    } else if (!str_equal(new->locale, STR("PG_UNICODE_FAST"))) {
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "invalid locale name \"%.*s\" for builtin provider",
                    STR_ARG(new->locale));
    }
    new->version = STR("1");
}

static void check_libc(NewCollation *new)
{
    const Str names[] = {new->collate, new->ctype};
    need(new->collate, "lc_collate");
    need(new->ctype, "lc_ctype");
    for (uint32_t i = 0; i < ARRAY_LEN(names); i++) {
        if (is_c(names[i]) || collation_knows_libc(names[i])) continue;
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "could not create locale \"%.*s\": No such file or directory",
                      STR_ARG(names[i]));
        error_raise(error_detail(error,
                                 "The operating system could not find any locale data for the "
                                 "locale name \"%.*s\".",
                                 STR_ARG(names[i])));
    }
}

/* The setting counts severities from DEBUG5 on, after "disabled". */
static void check_language(NewCollation *new)
{
    const int32_t level = session_settings(new->ddl.session)->icu_validation_level;
    static const Severity severities[] = {SEVERITY_DEBUG5, SEVERITY_DEBUG5, SEVERITY_DEBUG4,
                                          SEVERITY_DEBUG3, SEVERITY_DEBUG2, SEVERITY_DEBUG1,
                                          SEVERITY_LOG,    SEVERITY_NOTICE, SEVERITY_WARNING,
                                          SEVERITY_ERROR};
    Str language;
    if (level <= 0 || level >= (int32_t)ARRAY_LEN(severities) ||
        !collation_icu_unknown_language(new->ddl.arena, new->locale, &language))
        return;
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_severity(error, severities[level]);
    error_message(error, "ICU locale \"%.*s\" has unknown language \"%.*s\"", STR_ARG(new->locale),
                  STR_ARG(language));
    error_hint(error, "To disable ICU locale validation, set the parameter "
                      "\"icu_validation_level\" to \"disabled\".");
    if (severities[level] >= SEVERITY_ERROR) error_raise(error);
    session_notice(new->ddl.session, error);
}

static void check_icu(NewCollation *new)
{
    Arena *arena = new->ddl.arena;
    InputError err = {.arena = arena};
    Str tag;
    need(new->locale, "locale");
    if (collation_language_tag(arena, new->locale, &tag) && !str_equal(tag, new->locale)) {
        ddl__notice(&new->ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "using standard form \"%.*s\" for ICU locale \"%.*s\"", STR_ARG(tag),
                    STR_ARG(new->locale));
        new->locale = tag;
    }
    check_language(new);
    if (!collation_check_icu(new->locale, new->rules.data != NULL ? new->rules : STR(""), arena,
                             &err))
        input_error_raise(&err);
    new->encoding = ENCODING_ANY;
    if (new->version.data == NULL) new->version = collation_icu_version(arena, new->locale);
}

static void take_options(NewCollation *new, const AstOption *const *found)
{
    const Ddl *ddl = &new->ddl;
    new->provider = provider_of(ddl, found[OPTION_PROVIDER]);
    new->locale = text_of(ddl, found[OPTION_LOCALE]);
    new->collate = text_of(ddl, found[OPTION_COLLATE]);
    new->ctype = text_of(ddl, found[OPTION_CTYPE]);
    new->rules = text_of(ddl, found[OPTION_RULES]);
    new->version = text_of(ddl, found[OPTION_VERSION]);
    new->deterministic = found[OPTION_DETERMINISTIC] == NULL ||
                         option_bool(found[OPTION_DETERMINISTIC]);
    new->encoding = ENCODING_UTF8;
    if (new->provider == 'c' && new->locale.data != NULL) {
        new->collate = new->ctype = new->locale;
        new->locale = (Str){0};
    } else if (new->provider != 'c') {
        new->collate = new->ctype = (Str){0};
    }
    if (new->rules.data != NULL &&new->provider != 'i')
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "ICU rules cannot be specified unless locale provider is ICU");
    switch (new->provider) {
    case 'b': check_builtin(new); break;
    case 'c': check_libc(new); break;
    default: check_icu(new); break;
    }
    if (!new->deterministic &&new->provider != 'i')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "nondeterministic collations not supported with this provider");
}

/* ---- rows */

static Str text_or_none(const Datum *value)
{
    return value->null ? (Str){0} : strview_str(&value->value.str);
}

static const Datum *row_of(Ddl *ddl, Oid oid)
{
    const Datum key = datum_oid(oid);
    return cat_row_find(ddl->view, PG_COLLATION_OID_INDEX, &key, 1, ddl->arena);
}

static void copy_collation(NewCollation *new, const AstOption *from)
{
    Ddl *ddl = &new->ddl;
    const NodeStrs names = ddl__option_names(from);
    const Oid oid = ddl__collation(ddl, ddl->call->tree, &names, false);
    const Datum *row = row_of(ddl, oid);
    new->provider = (char)row[PG_COLLATION_COLLPROVIDER].value.i16;
    if (new->provider == 'd')
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION, "collation \"default\" cannot be copied");
    new->deterministic = row[PG_COLLATION_COLLISDETERMINISTIC].value.b;
    new->encoding = row[PG_COLLATION_COLLENCODING].value.i32;
    new->locale = text_or_none(&row[PG_COLLATION_COLLLOCALE]);
    new->collate = text_or_none(&row[PG_COLLATION_COLLCOLLATE]);
    new->ctype = text_or_none(&row[PG_COLLATION_COLLCTYPE]);
    new->rules = text_or_none(&row[PG_COLLATION_COLLICURULES]);
    new->version = text_or_none(&row[PG_COLLATION_COLLVERSION]);
}

static Datum text_or_null(Str text)
{
    return text.data != NULL ? datum_str(text) : datum_null();
}

static Oid insert(NewCollation *new, Oid schema, Str name)
{
    Ddl *ddl = &new->ddl;
    Datum v[PG_COLLATION_COLUMNS];
    const Oid oid = cat_new_oid(ddl->view, PG_COLLATION), role = cat_view_role(ddl->view);
    v[PG_COLLATION_OID] = datum_oid(oid);
    v[PG_COLLATION_COLLNAME] = datum_str(name);
    v[PG_COLLATION_COLLNAMESPACE] = datum_oid(schema);
    v[PG_COLLATION_COLLOWNER] = datum_oid(role);
    v[PG_COLLATION_COLLPROVIDER] = datum_char(new->provider);
    v[PG_COLLATION_COLLISDETERMINISTIC] = datum_bool(new->deterministic);
    v[PG_COLLATION_COLLENCODING] = datum_i32(new->encoding);
    v[PG_COLLATION_COLLCOLLATE] = text_or_null(new->collate);
    v[PG_COLLATION_COLLCTYPE] = text_or_null(new->ctype);
    v[PG_COLLATION_COLLLOCALE] = text_or_null(new->locale);
    v[PG_COLLATION_COLLICURULES] = text_or_null(new->rules);
    v[PG_COLLATION_COLLVERSION] = text_or_null(new->version);
    (void)cat_insert(ddl->view, PG_COLLATION, v);
    const CatObject self = ddl__object(CLASS_COLLATION, oid, 0);
    ddl__depend_on_schema(ddl, self, schema);
    cat_depend_owner(ddl->view, self, role);
    cat_invalidate(ddl->view, CLASS_COLLATION, oid);
    return oid;
}

/* Says it, or raises it. */
static void say_exists(NewCollation *new, Oid old, Str name, bool if_not_exists)
{
    Ddl *ddl = &new->ddl;
    const bool any = row_of(ddl, old)[PG_COLLATION_COLLENCODING].value.i32 == ENCODING_ANY;
    const char *encoding = any ? "" : " for encoding \"UTF8\"";
    if (!if_not_exists)
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "collation \"%.*s\"%s already exists", STR_ARG(name),
                    encoding);
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_OBJECT,
                "collation \"%.*s\"%s already exists, skipping", STR_ARG(name), encoding);
}

/* Data newer or older than the version that the statement names. */
static void warn_version(NewCollation *new, Oid schema, Str name)
{
    Ddl *ddl = &new->ddl;
    if (new->provider != 'i') return;
    const Str now = collation_icu_version(ddl->arena, new->locale);
    if (new->version.data == NULL || str_equal(now, new->version)) return;
    Error *error = error_begin(SQLSTATE_WARNING);
    error_severity(error, SEVERITY_WARNING);
    error_message(error, "collation \"%.*s\" has version mismatch", STR_ARG(name));
    error_detail(error,
                 "The collation in the database was created using version %.*s, but the operating "
                 "system provides version %.*s.",
                 STR_ARG(new->version), STR_ARG(now));
    error_hint(error,
               "Rebuild all objects affected by this collation and run ALTER COLLATION %.*s.%.*s "
               "REFRESH VERSION, or build PostgreSQL with the right library version.",
               STR_ARG(cat_namespace(ddl->view, schema)->name), STR_ARG(name));
    session_notice(ddl->session, error);
}

void ddl__create_collation(UtilityCall *call)
{
    const AstDefine *ast = AST_AS(Define, call->tree);
    NewCollation *new = ARENA_NEW(call->arena, NewCollation);
    const AstOption *found[OPTION_COUNT];
    new->ddl = ddl__begin(call);
    Ddl *ddl = &new->ddl;
    const CatName name = ddl__name_of(ddl, call->tree, &ast->names);
    const Oid schema = ddl__schema_for(ddl, name, false);
    const DdlOptionNames known = {option_names, OPTION_COUNT, "collation attribute", false};
    ddl__options_find(ddl, &ast->definition, &known, found);
    if (found[OPTION_LOCALE] != NULL &&
        (found[OPTION_COLLATE] != NULL || found[OPTION_CTYPE] != NULL))
        refuse_together("LOCALE cannot be specified together with LC_COLLATE or LC_CTYPE.");
    if (found[OPTION_FROM] != NULL && ast->definition.count > 1)
        refuse_together("FROM cannot be specified together with any other options.");
    if (found[OPTION_FROM] != NULL)
        copy_collation(new, found[OPTION_FROM]);
    else
        take_options(new, found);
    const Oid old = cat_collation_named(ddl->view, schema, name.name);
    if (old != 0) {
        say_exists(new, old, name.name, ast->if_not_exists);
        return;
    }
    (void)insert(new, schema, name.name);
    warn_version(new, schema, name.name);
}

Oid ddl__collation(Ddl *ddl, const AstNode *node, const NodeStrs *names, bool missing_ok)
{
    const CatName name = ddl__name_of(ddl, node, names);
    const Oid oid = cat_collation_search(ddl->view, name);
    if (oid == 0 && !missing_ok)
        raise_error(SQLSTATE_UNDEFINED_OBJECT,
                    "collation \"%.*s\" for encoding \"UTF8\" does not exist", STR_ARG(name.name));
    return oid;
}

void ddl__forbid_collation(Ddl *ddl, Oid schema, Str name)
{
    const Oid old = cat_collation_named(ddl->view, schema, name);
    if (old == 0) return;
    const bool any = row_of(ddl, old)[PG_COLLATION_COLLENCODING].value.i32 == ENCODING_ANY;
    raise_error(SQLSTATE_DUPLICATE_OBJECT, "collation \"%.*s\"%s already exists in schema \"%.*s\"",
                STR_ARG(name), any ? "" : " for encoding \"UTF8\"",
                STR_ARG(cat_namespace(ddl->view, schema)->name));
}

/* ---- ALTER COLLATION ... REFRESH VERSION */

static void put_version(void *arg, Datum *values)
{
    values[PG_COLLATION_COLLVERSION] = text_or_null(*(const Str *)arg);
}

void ddl__refresh_collation(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstRefreshCollation *ast = AST_AS(RefreshCollation, call->tree);
    const Oid oid = ddl__collation(&ddl, call->tree, &ast->names, false);
    const CatObject self = ddl__object(CLASS_COLLATION, oid, 0);
    cat_check_owner(ddl.view, self);
    const Datum *row = row_of(&ddl, oid);
    const char provider = (char)row[PG_COLLATION_COLLPROVIDER].value.i16;
    const Str old = text_or_none(&row[PG_COLLATION_COLLVERSION]);
    if (provider == 'd') {
        Error *error = error_begin(SQLSTATE_INVALID_OBJECT_DEFINITION);
        error_message(error, "cannot refresh version of default collation");
        error_raise(
            error_hint(error, "Use %s instead.", "ALTER DATABASE ... REFRESH COLLATION VERSION"));
    }
    Str now = old;
    if (provider == 'i')
        now = collation_icu_version(ddl.arena, text_or_none(&row[PG_COLLATION_COLLLOCALE]));
    if (old.data == NULL || str_equal(old, now)) {
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "version has not changed");
        return;
    }
    ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "changing version from %.*s to %.*s", STR_ARG(old), STR_ARG(now));
    ddl__update_object(&ddl, self, put_version, &now);
    cat_invalidate(ddl.view, CLASS_COLLATION, oid);
}
