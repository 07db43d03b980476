/* SPDX-License-Identifier: Apache-2.0 */
/* database.c - CREATE, ALTER and DROP DATABASE. A database is a space, and a new one a copy of another's; who is
 * connected is known to the session room, and kept out by a lock of the database (cat_lock_database). */
#include "ddl/ddl_internal.h"

#include "base/log.h"
#include "os/clock.h"
#include "txn/txn.h"
#include "type/encoding.h"

enum {
    TABLESPACE_DEFAULT = 1663,
    TABLESPACE_GLOBAL = 1664,
    WAIT_ROUNDS = 50, /* for sessions that are just going */
    WAIT_MS = 100,
    ENCODING_LAST_SERVER = ENCODING_KOI8U, /* those above are for clients alone */
    ROLE_SIGNAL_BACKEND = 4200,
};

/* ---- looking up ---- */

Oid ddl__database_get(Ddl *ddl, Str name)
{
    Oid oid = cat_database_named(ddl->view, name);
    if (oid == 0)
        raise_error(SQLSTATE_INVALID_CATALOG_NAME, "database \"%.*s\" does not exist",
                    STR_ARG(name));
    return oid;
}

static Oid find_tablespace(Ddl *ddl, Str name)
{
    Datum key = datum_str(name);
    CatScan *scan = cat_scan_open(ddl->view, PG_TABLESPACE, PG_TABLESPACE_SPCNAME_INDEX, &key, 1);
    CatRow row;
    Oid oid = cat_scan_next(scan, &row) ? row.values[PG_TABLESPACE_OID].value.u32 : 0;
    cat_scan_close(scan);
    if (oid == 0)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "tablespace \"%.*s\" does not exist", STR_ARG(name));
    return oid;
}

/* The row of a database, copied; its place in `*id`. */
static Datum *read_row(Ddl *ddl, Oid oid, RowId *id)
{
    Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(ddl->view, PG_DATABASE, PG_DATABASE_OID_INDEX, &key, 1);
    CatRow row;
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_INVALID_CATALOG_NAME, "database with OID %u does not exist", oid);
    *id = row.id;
    Datum *values = ddl__copy_values(ddl->arena, PG_DATABASE, row.values);
    cat_scan_close(scan);
    return values;
}

/* ---- who is in it ---- */

static Str in_use(Ddl *ddl, uint32_t sessions, uint32_t prepared)
{
    if (sessions > 0 && prepared > 0)
        return str_format(ddl->arena,
                          "There are %u other session(s) and %u prepared transaction(s) using the "
                          "database.",
                          sessions, prepared);
    bool one = sessions + prepared == 1;
    return str_format(ddl->arena, "There %s %u %s%s using the database.", one ? "is" : "are",
                      sessions + prepared, sessions > 0 ? "other session" : "prepared transaction",
                      one ? "" : "s");
}

/* Until nobody but this session is in the database, and nothing is left to be undone there; for a while. */
static void need_unused(Ddl *ddl, Oid database, SpaceId space, const char *what)
{
    Engine *engine = session_engine(ddl->session);
    uint32_t sessions, prepared, others;
    for (uint32_t round = 0;; round++) {
        sessions = session_count_in(engine, database, ddl->session);
        txns_in_space(engine_txns(engine), space, &prepared, &others);
        if (sessions == 0 && prepared == 0 && others == 0) return;
        if (round == WAIT_ROUNDS && (sessions > 0 || prepared > 0)) break;
        task_check();
        Status status = os_sleep_until(deadline_in_ms(WAIT_MS), WAIT_BACKGROUND);
        if (status == ST_CANCELLED) task_check();
        CHECK(status);
    }
    Error *error = error_begin(SQLSTATE_OBJECT_IN_USE);
    error_message(error, "%s \"%.*s\" is being accessed by other users", what,
                  STR_ARG(cat_database(ddl->view, database)->name));
    error_detail(error, "%.*s", STR_ARG(in_use(ddl, sessions, prepared)));
    error_raise(error);
}

/* ---- CREATE DATABASE ---- */

#define CREATE_OPTIONS(X)                     \
    X(TABLESPACE, "tablespace")               \
    X(OWNER, "owner")                         \
    X(TEMPLATE, "template")                   \
    X(ENCODING, "encoding")                   \
    X(LOCALE, "locale")                       \
    X(BUILTIN_LOCALE, "builtin_locale")       \
    X(COLLATE, "lc_collate")                  \
    X(CTYPE, "lc_ctype")                      \
    X(ICU_LOCALE, "icu_locale")               \
    X(ICU_RULES, "icu_rules")                 \
    X(PROVIDER, "locale_provider")            \
    X(IS_TEMPLATE, "is_template")             \
    X(ALLOW_CONNECTIONS, "allow_connections") \
    X(CONNECTION_LIMIT, "connection_limit")   \
    X(COLLATION_VERSION, "collation_version") \
    X(OID, "oid")                             \
    X(STRATEGY, "strategy")                   \
    X(LOCATION, "location")
typedef enum CreateOption {
#define CREATE_OPTION_ENUM(NAME, text) CREATE_##NAME,
    CREATE_OPTIONS(CREATE_OPTION_ENUM)
#undef CREATE_OPTION_ENUM
        CREATE_OPTION_COUNT
} CreateOption;
static const char *const create_names[] = {
#define CREATE_OPTION_NAME(NAME, text) text,
    CREATE_OPTIONS(CREATE_OPTION_NAME)
#undef CREATE_OPTION_NAME
};

typedef struct NewDatabase {
    Ddl *ddl;
    Str name;
    const AstOption *options[CREATE_OPTION_COUNT];
    Oid source;
    SpaceId source_space;
    Datum *row; /* of the template, then of the new one */
} NewDatabase;

/* The option's text; NULL data: not given, or DEFAULT. */
static Str given(NewDatabase *new, CreateOption option)
{
    const AstOption *found = new->options[option];
    return found != NULL && found->value != NULL ? option_text(new->ddl->arena, found) : (Str){0};
}

static _Noreturn void wrong_encoding(NewDatabase *new, const AstOption *option, const char *what)
{
    Error *error = error_begin(SQLSTATE_UNDEFINED_OBJECT);
    error_message(error, "%.*s is not a valid encoding %s",
                  STR_ARG(option_text(new->ddl->arena, option)), what);
    error_position(error, ddl__position(new->ddl, option));
    error_raise(error);
}

/* As pg_encoding numbers it; -1: not given. */
static int32_t read_encoding(NewDatabase *new, const char **name)
{
    const AstOption *option = new->options[CREATE_ENCODING];
    if (option == NULL || option->value == NULL) return -1;
    int32_t number;
    const AstIntConst *code = AST_IF(IntConst, option->value);
    if (code != NULL) {
        *name = encoding_name(code->value);
        if (*name == NULL || code->value > ENCODING_LAST_SERVER)
            wrong_encoding(new, option, "code");
        return code->value;
    }
    if (!encoding_find(option_text(new->ddl->arena, option), &number) ||
        number > ENCODING_LAST_SERVER)
        wrong_encoding(new, option, "name");
    *name = encoding_name(number);
    return number;
}

static void check_limit(int32_t limit)
{
    if (limit < -1)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid connection limit: %d", limit);
}

static Oid read_oid(NewDatabase *new)
{
    const AstOption *option = new->options[CREATE_OID];
    if (option == NULL || option->value == NULL) return 0;
    int64_t value = -1;
    const AstIntConst *small = AST_IF(IntConst, option->value);
    const AstFloatConst *big = AST_IF(FloatConst, option->value);
    if (small != NULL) {
        value = small->value;
    } else if (big == NULL) {
        raise_error(SQLSTATE_SYNTAX_ERROR, "oid requires a numeric value");
    } else if (!str_to_i64(big->text, &value) || value > UINT32_MAX) {
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                    "value \"%.*s\" is out of range for type oid", STR_ARG(big->text));
    }
    if (value < OID_FIRST_USER)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "OIDs less than %d are reserved for system objects", OID_FIRST_USER);
    return (Oid)value;
}

static void warn_location(NewDatabase *new)
{
    const AstOption *option = new->options[CREATE_LOCATION];
    if (option == NULL) return;
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_severity(error, SEVERITY_WARNING);
    error_message(error, "LOCATION is not supported anymore");
    error_hint(error, "Consider using tablespaces instead.");
    error_position(error, ddl__position(new->ddl, option));
    session_notice(new->ddl->session, error);
}

/* May the role in force make things belong to `owner`? */
void ddl__check_can_set_role(Ddl *ddl, Oid owner)
{
    if (cat_role_can_set(ddl->view, cat_view_role(ddl->view), owner)) return;
    raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be able to SET ROLE \"%.*s\"",
                STR_ARG(cat_role(ddl->view, owner)->name));
}

static bool may_create(Ddl *ddl)
{
    const CatRole *role = cat_role_in_force(ddl->view);
    return role->superuser || role->create_database;
}

void ddl__may_own_database(Ddl *ddl)
{
    if (!may_create(ddl))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "permission denied to change owner of database");
}

static Oid read_owner(NewDatabase *new)
{
    Ddl *ddl = new->ddl;
    Str name = given(new, CREATE_OWNER);
    Oid owner = cat_view_role(ddl->view);
    if (name.data != NULL) owner = cat_role_named(ddl->view, name);
    if (owner == 0)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "role \"%.*s\" does not exist", STR_ARG(name));
    if (!may_create(ddl))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied to create database");
    ddl__check_can_set_role(ddl, owner);
    return owner;
}

static void read_template(NewDatabase *new)
{
    Ddl *ddl = new->ddl;
    Str name = given(new, CREATE_TEMPLATE);
    if (name.data == NULL) name = STR("template1");
    new->source = cat_database_named(ddl->view, name);
    if (new->source == 0)
        raise_error(SQLSTATE_INVALID_CATALOG_NAME, "template database \"%.*s\" does not exist",
                    STR_ARG(name));
    cat_lock_database(ddl->view, new->source, LOCK_SHARE);
    RowId id;
    new->row = read_row(ddl, new->source, &id);
    new->source_space = (SpaceId){(uint32_t) new->row[PG_DATABASE_SPACE].value.i32};
    if (!new->row[PG_DATABASE_DATISTEMPLATE].value.b &&
        !cat_is_owner(ddl->view, cat_view_role(ddl->view),
                      ddl__object(CLASS_DATABASE, new->source, 0)))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied to copy database \"%.*s\"",
                    STR_ARG(name));
}

static bool comes_from_template0(const NewDatabase *new)
{
    return str_equal(strview_str(&new->row[PG_DATABASE_DATNAME].value.str), STR("template0"));
}

/* ---- locales ---- */

/* The system's locales that this engine knows, by its canonical names; NULL data: another one. */
static Str system_locale(Str name)
{
    static const char *const names[][2] = {{"C", "C"},
                                           {"POSIX", "C"},
                                           {"C.UTF-8", "C.UTF-8"},
                                           {"C.UTF8", "C.UTF-8"}};
    for (uint32_t i = 0; i < ARRAY_LEN(names); i++) {
        bool same = i < 2 ? str_equal(name, str_from(names[i][0]))
                          : str_equal_ascii_nocase(name, str_from(names[i][0]));
        if (same) return str_from(names[i][1]);
    }
    return (Str){0};
}

static Str read_system_locale(NewDatabase *new, CreateOption option, char provider)
{
    const char *category = option == CREATE_COLLATE ? "LC_COLLATE" : "LC_CTYPE";
    int column = option == CREATE_COLLATE ? PG_DATABASE_DATCOLLATE : PG_DATABASE_DATCTYPE;
    Str name = given(new, option);
    if (name.data == NULL) name = given(new, CREATE_LOCALE);
    if (name.data == NULL) return strview_str(&new->row[column].value.str);
    Str canonical = system_locale(name);
    if (canonical.data != NULL) return canonical;
    Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
    error_message(error, "invalid %s locale name: \"%.*s\"", category, STR_ARG(name));
    if (provider == 'b')
        error_hint(error,
                   "If the locale name is specific to the builtin provider, use BUILTIN_LOCALE.");
    if (provider == 'i')
        error_hint(error, "If the locale name is specific to the ICU provider, use ICU_LOCALE.");
    error_raise(error);
}

static char read_provider(NewDatabase *new)
{
    static const struct {
        const char *name;
        char letter;
    } providers[] = {{"builtin", 'b'}, {"icu", 'i'}, {"libc", 'c'}};
    Str name = given(new, CREATE_PROVIDER);
    if (name.data == NULL) return (char)new->row[PG_DATABASE_DATLOCPROVIDER].value.i16;
    for (uint32_t i = 0; i < ARRAY_LEN(providers); i++) {
        if (str_equal_ascii_nocase(name, str_from(providers[i].name))) return providers[i].letter;
    }
    raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION, "unrecognized locale provider: %.*s",
                STR_ARG(name));
}

static const char *provider_name(char letter)
{
    return letter == 'b' ? "builtin" : letter == 'i' ? "icu" : "libc";
}

static void forbid_foreign(NewDatabase *new, char provider)
{
    if (provider != 'b' && given(new, CREATE_BUILTIN_LOCALE).data != NULL)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "BUILTIN_LOCALE cannot be specified unless locale provider is builtin");
    if (provider != 'i' && given(new, CREATE_ICU_LOCALE).data != NULL)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "ICU locale cannot be specified unless locale provider is ICU");
    if (provider != 'i' && given(new, CREATE_ICU_RULES).data != NULL)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "ICU rules cannot be specified unless locale provider is ICU");
}

/* The locale of the builtin provider. */
static Datum read_locale(NewDatabase *new, char provider)
{
    if (provider == 'c') return datum_null();
    Str name = given(new, CREATE_BUILTIN_LOCALE);
    if (name.data == NULL) name = given(new, CREATE_LOCALE);
    const Datum *inherited = &new->row[PG_DATABASE_DATLOCALE];
    bool same = (char)new->row[PG_DATABASE_DATLOCPROVIDER].value.i16 == provider;
    if (name.data == NULL && same && !inherited->null) return *inherited;
    if (name.data == NULL)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "LOCALE or BUILTIN_LOCALE must be specified");
    static const char *const names[] = {"C", "C.UTF-8", "PG_UNICODE_FAST"};
    for (uint32_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_equal(name, str_from(names[i]))) return datum_str(name);
    }
    if (str_equal_ascii_nocase(name, STR("C.UTF8"))) return datum_str(STR("C.UTF-8"));
    raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "invalid locale name \"%.*s\" for builtin provider",
                STR_ARG(name));
}

static _Noreturn void incompatible(const char *what, const char *what_hint, Str new, Str old,
                                   const char *of)
{
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "new %s (%.*s) %s (%.*s)", what, STR_ARG(new), of, STR_ARG(old));
    error_hint(error, "Use the same %s as in the template database, or use template0 as template.",
               what_hint);
    error_raise(error);
}

/* A copy keeps the order of its indexes, so only what nobody has written to may get another locale. */
static void need_same(NewDatabase *new, int32_t encoding, char provider, Str collate, Str ctype)
{
    if (comes_from_template0(new)) return;
    const Datum *row = new->row;
    int32_t old = row[PG_DATABASE_ENCODING].value.i32;
    if (encoding != old)
        incompatible("encoding", "encoding", str_from(encoding_name(encoding)),
                     str_from(encoding_name(old)),
                     "is incompatible with the encoding of the template database");
    Str text = strview_str(&row[PG_DATABASE_DATCOLLATE].value.str);
    if (!str_equal(collate, text))
        incompatible("collation", "collation", collate, text,
                     "is incompatible with the collation of the template database");
    text = strview_str(&row[PG_DATABASE_DATCTYPE].value.str);
    if (!str_equal(ctype, text))
        incompatible("LC_CTYPE", "LC_CTYPE", ctype, text,
                     "is incompatible with the LC_CTYPE of the template database");
    char old_provider = (char)row[PG_DATABASE_DATLOCPROVIDER].value.i16;
    if (provider != old_provider)
        incompatible("locale provider", "locale provider", str_from(provider_name(provider)),
                     str_from(provider_name(old_provider)),
                     "does not match locale provider of the template database");
}

/* Encoding and locale, into the row. */
static void settle_locale(NewDatabase *new, int32_t encoding, const char *encoding_shown)
{
    char provider = read_provider(new);
    Str collate = read_system_locale(new, CREATE_COLLATE, provider);
    Str ctype = read_system_locale(new, CREATE_CTYPE, provider);
    forbid_foreign(new, provider);
    if (provider == 'i')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "databases with locale provider icu are not supported");
    Datum locale = read_locale(new, provider);
    bool utf8_locale = str_equal(collate, STR("C.UTF-8")) || str_equal(ctype, STR("C.UTF-8"));
    if (encoding < 0) encoding = new->row[PG_DATABASE_ENCODING].value.i32;
    bool mismatch = encoding != ENCODING_UTF8 && provider == 'b' &&
                    !str_equal(strview_str(&locale.value.str), STR("C"));
    if (mismatch || (encoding != ENCODING_UTF8 && utf8_locale))
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "encoding \"%s\" does not match locale \"%.*s\"",
                    encoding_shown,
                    STR_ARG(mismatch ? strview_str(&locale.value.str) : STR("C.UTF-8")));
    need_same(new, encoding, provider, collate, ctype);
    if (encoding != ENCODING_UTF8)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "databases with an encoding other than UTF8 are not supported");
    Datum *row = new->row;
    row[PG_DATABASE_DATLOCPROVIDER] = datum_char(provider);
    row[PG_DATABASE_DATCOLLATE] = datum_str(collate);
    row[PG_DATABASE_DATCTYPE] = datum_str(ctype);
    row[PG_DATABASE_DATLOCALE] = locale;
    row[PG_DATABASE_DATICURULES] = datum_null();
    Str version = given(new, CREATE_COLLATION_VERSION);
    if (version.data != NULL)
        row[PG_DATABASE_DATCOLLVERSION] = datum_str(version);
    else
        row[PG_DATABASE_DATCOLLVERSION] = provider == 'b' ? datum_str(STR("1")) : datum_null();
}

/* ---- the statement ---- */

static void check_strategy(NewDatabase *new)
{
    Str strategy = given(new, CREATE_STRATEGY);
    if (strategy.data == NULL || str_equal_ascii_nocase(strategy, STR("wal_log")) ||
        str_equal_ascii_nocase(strategy, STR("file_copy")))
        return;
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "invalid create database strategy \"%.*s\"", STR_ARG(strategy));
    error_hint(error, "Valid strategies are \"wal_log\" and \"file_copy\".");
    error_raise(error);
}

static void settle_tablespace(NewDatabase *new)
{
    Ddl *ddl = new->ddl;
    Str name = given(new, CREATE_TABLESPACE);
    if (name.data == NULL) return;
    Oid oid = find_tablespace(ddl, name);
    if (oid != TABLESPACE_DEFAULT)
        cat_check_privilege(ddl->view, ddl__object(CLASS_TABLESPACE, oid, 0), PRIV_CREATE);
    if (oid == TABLESPACE_GLOBAL)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "pg_global cannot be used as default tablespace");
    new->row[PG_DATABASE_DATTABLESPACE] = datum_oid(oid);
}

static void forbid_taken(NewDatabase *new, Oid oid)
{
    Ddl *ddl = new->ddl;
    if (cat_database_named(ddl->view, new->name) != 0)
        raise_error(SQLSTATE_DUPLICATE_DATABASE, "database \"%.*s\" already exists",
                    STR_ARG(new->name));
    const CatDatabase *other = oid != 0 ? cat_database(ddl->view, oid) : NULL;
    if (other != NULL)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "database OID %u is already in use by database \"%.*s\"", oid,
                    STR_ARG(other->name));
}

/* Objects of shared kinds that things of the template need: those of the copy need them too. */
static void copy_dependencies(Ddl *ddl, Oid from, Oid to)
{
    Datum key = datum_oid(from);
    CatScan *scan = cat_scan_open(ddl->view, PG_SHDEPEND, PG_SHDEPEND_DEPENDER_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        Datum *values = ddl__copy_values(ddl->arena, PG_SHDEPEND, row.values);
        values[PG_SHDEPEND_DBID] = datum_oid(to);
        (void)cat_insert(ddl->view, PG_SHDEPEND, values);
    }
    cat_scan_close(scan);
}

static void make(NewDatabase *new, Oid oid, Oid owner)
{
    SCOPED(scope);
    Ddl *ddl = new->ddl;
    Datum *row = new->row;
    need_unused(ddl, new->source, new->source_space, "source database");
    SpaceId space = cat_space_copy(ddl->view, scope, new->source_space);
    if (oid == 0) oid = cat_new_oid(ddl->view, PG_DATABASE);
    row[PG_DATABASE_OID] = datum_oid(oid);
    row[PG_DATABASE_DATNAME] = datum_str(new->name);
    row[PG_DATABASE_DATDBA] = datum_oid(owner);
    row[PG_DATABASE_DATACL] = datum_null();
    row[PG_DATABASE_SPACE] = datum_i32((int32_t)space.v);
    (void)cat_insert(ddl->view, PG_DATABASE, row);
    cat_depend_owner(ddl->view, ddl__object(CLASS_DATABASE, oid, 0), owner);
    copy_dependencies(ddl, new->source, oid);
    cat_space_keep(ddl->view, scope);
}

void ddl__create_database(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateDatabase *ast = AST_AS(CreateDatabase, call->tree);
    NewDatabase new = {.ddl = &ddl, .name = ast->name};
    const char *encoding_shown = "UTF8";
    const DdlOptionNames known = {create_names, CREATE_OPTION_COUNT, "option", false};
    ddl__options_find(&ddl, &ast->options, &known, new.options);
    warn_location(&new);
    Oid oid = read_oid(&new);
    int32_t encoding = read_encoding(&new, &encoding_shown);
    const AstOption *const *o = new.options;
    bool is_template = o[CREATE_IS_TEMPLATE] != NULL && o[CREATE_IS_TEMPLATE]->value != NULL &&
                       option_bool(o[CREATE_IS_TEMPLATE]);
    bool allow = o[CREATE_ALLOW_CONNECTIONS] == NULL || option_bool(o[CREATE_ALLOW_CONNECTIONS]);
    int32_t limit = -1;
    if (o[CREATE_CONNECTION_LIMIT] != NULL && o[CREATE_CONNECTION_LIMIT]->value != NULL)
        limit = option_int(o[CREATE_CONNECTION_LIMIT]);
    check_limit(limit);
    Oid owner = read_owner(&new);
    read_template(&new);
    check_strategy(&new);
    settle_locale(&new, encoding, encoding_shown);
    settle_tablespace(&new);
    forbid_taken(&new, oid);
    new.row[PG_DATABASE_DATISTEMPLATE] = datum_bool(is_template);
    new.row[PG_DATABASE_DATALLOWCONN] = datum_bool(allow);
    new.row[PG_DATABASE_DATCONNLIMIT] = datum_i32(limit);
    make(&new, oid, owner);
}

/* ---- DROP DATABASE ---- */

/* Sessions in it are told to go; need_unused waits until they have. */
static void terminate_all(Ddl *ddl, Oid database, SpaceId space)
{
    Engine *engine = session_engine(ddl->session);
    uint32_t prepared, others;
    txns_in_space(engine_txns(engine), space, &prepared, &others);
    if (prepared > 0) {
        Error *error = error_begin(SQLSTATE_OBJECT_IN_USE);
        error_message(error, "database \"%.*s\" is being used by prepared transactions",
                      STR_ARG(cat_database(ddl->view, database)->name));
        error_detail(error, "%.*s", STR_ARG(in_use(ddl, 0, prepared)));
        error_raise(error);
    }
    SessionPeer *peers;
    uint32_t count = session_list_in(engine, database, ddl->session, ddl->arena, &peers);
    const CatRole *me = cat_role_in_force(ddl->view);
    for (uint32_t i = 0; i < count; i++) {
        const CatRole *role = cat_role(ddl->view, peers[i].role);
        const char *detail = NULL;
        if (role != NULL && role->superuser && !me->superuser)
            detail =
                "Only roles with the SUPERUSER attribute may terminate processes of roles with "
                "the SUPERUSER attribute.";
        else if (!cat_role_is_member(ddl->view, me->oid, peers[i].role) &&
                 !cat_role_is_member(ddl->view, me->oid, ROLE_SIGNAL_BACKEND))
            detail =
                "Only roles with privileges of the role whose process is being terminated or "
                "with privileges of the \"pg_signal_backend\" role may terminate this process.";
        if (detail == NULL) continue;
        Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
        error_message(error, "permission denied to terminate process");
        error_detail(error, "%s", detail);
        error_raise(error);
    }
    for (uint32_t i = 0; i < count; i++) (void)engine_terminate(engine, peers[i].process);
}

static void remove_rows(Ddl *ddl, Oid oid, RowId id)
{
    Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(ddl->view, PG_SHDEPEND, PG_SHDEPEND_DEPENDER_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) cat_delete(ddl->view, PG_SHDEPEND, row.id);
    cat_scan_close(scan);
    cat_forget_object(ddl->view, ddl__object(CLASS_DATABASE, oid, 0));
    ddl__forget_settings(ddl, oid, 0);
    cat_delete(ddl->view, PG_DATABASE, id);
}

void ddl__drop_database(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstDropDatabase *ast = AST_AS(DropDatabase, call->tree);
    Oid oid = cat_database_named(ddl.view, ast->name);
    if (oid == 0 && ast->if_exists) {
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "database \"%.*s\" does not exist, skipping", STR_ARG(ast->name));
        return;
    }
    (void)ddl__database_get(&ddl, ast->name);
    cat_lock_database(ddl.view, oid, LOCK_ACCESS_EXCLUSIVE);
    RowId id;
    Datum *row = read_row(&ddl, oid, &id);
    SpaceId space = {(uint32_t)row[PG_DATABASE_SPACE].value.i32};
    cat_check_owner(ddl.view, ddl__object(CLASS_DATABASE, oid, 0));
    if (row[PG_DATABASE_DATISTEMPLATE].value.b)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "cannot drop a template database");
    if (oid == cat_view_database(ddl.view))
        raise_error(SQLSTATE_OBJECT_IN_USE, "cannot drop the currently open database");
    if (ast->options.count > 0) terminate_all(&ddl, oid, space);
    need_unused(&ddl, oid, space, "database");
    remove_rows(&ddl, oid, id);
    cat_database_drop_at_commit(ddl.view, oid, space);
}

/* ---- ALTER DATABASE ---- */

static void set_tablespace(Ddl *ddl, Oid oid, const AstOption *option)
{
    cat_check_owner(ddl->view, ddl__object(CLASS_DATABASE, oid, 0));
    Oid tablespace = find_tablespace(ddl, option_text(ddl->arena, option));
    if (tablespace == TABLESPACE_GLOBAL)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "pg_global cannot be used as default tablespace");
    if (tablespace != cat_database(ddl->view, oid)->tablespace)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "moving a database to another tablespace is not supported");
}

void ddl__alter_database(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterDatabase *ast = AST_AS(AlterDatabase, call->tree);
    enum { IS_TEMPLATE, ALLOW, LIMIT, TABLESPACE, OPTIONS };
    static const char *const names[] = {"is_template", "allow_connections", "connection_limit",
                                        "tablespace"};
    const AstOption *o[OPTIONS];
    const DdlOptionNames known = {names, OPTIONS, "option", false};
    ddl__options_find(&ddl, &ast->options, &known, o);
    int32_t limit = -1;
    if (o[LIMIT] != NULL && o[LIMIT]->value != NULL) limit = option_int(o[LIMIT]);
    check_limit(limit);
    Oid oid = ddl__database_get(&ddl, ast->name);
    if (o[TABLESPACE] != NULL) {
        set_tablespace(&ddl, oid, o[TABLESPACE]);
        return;
    }
    RowId id;
    Datum *row = read_row(&ddl, oid, &id);
    cat_check_owner(ddl.view, ddl__object(CLASS_DATABASE, oid, 0));
    if (o[ALLOW] != NULL && !option_bool(o[ALLOW]) && oid == cat_view_database(ddl.view))
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "cannot disallow connections for current database");
    if (o[IS_TEMPLATE] != NULL)
        row[PG_DATABASE_DATISTEMPLATE] = datum_bool(option_bool(o[IS_TEMPLATE]));
    if (o[ALLOW] != NULL) row[PG_DATABASE_DATALLOWCONN] = datum_bool(option_bool(o[ALLOW]));
    if (o[LIMIT] != NULL) row[PG_DATABASE_DATCONNLIMIT] = datum_i32(limit);
    cat_update(ddl.view, PG_DATABASE, id, row);
}

void ddl__alter_database_set(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterDatabaseSet *ast = AST_AS(AlterDatabaseSet, call->tree);
    Oid oid = ddl__database_get(&ddl, ast->name);
    cat_check_owner(ddl.view, ddl__object(CLASS_DATABASE, oid, 0));
    ddl__change_settings(&ddl, oid, 0, ast->set);
}

void ddl__refresh_database_collation(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    Oid oid = ddl__database_get(&ddl, AST_AS(RefreshDatabaseCollation, call->tree)->name);
    cat_check_owner(ddl.view, ddl__object(CLASS_DATABASE, oid, 0));
    ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION, "version has not changed");
}

void ddl__rename_database(Ddl *ddl, Str name, Str new_name)
{
    Oid oid = ddl__database_get(ddl, name);
    cat_lock_database(ddl->view, oid, LOCK_ACCESS_EXCLUSIVE);
    RowId id;
    Datum *row = read_row(ddl, oid, &id);
    cat_check_owner(ddl->view, ddl__object(CLASS_DATABASE, oid, 0));
    if (!may_create(ddl))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied to rename database");
    if (cat_database_named(ddl->view, new_name) != 0)
        raise_error(SQLSTATE_DUPLICATE_DATABASE, "database \"%.*s\" already exists",
                    STR_ARG(new_name));
    if (oid == cat_view_database(ddl->view))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "current database cannot be renamed");
    need_unused(ddl, oid, (SpaceId){(uint32_t)row[PG_DATABASE_SPACE].value.i32}, "database");
    row[PG_DATABASE_DATNAME] = datum_str(new_name);
    cat_update(ddl->view, PG_DATABASE, id, row);
}
