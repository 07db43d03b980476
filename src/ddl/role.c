/* SPDX-License-Identifier: Apache-2.0 */
/* role.c - CREATE, ALTER and DROP ROLE, and membership. Passwords are kept only as SCRAM verifiers (or as md5 hashes
 * that came so). */
#include "ddl/ddl_internal.h"

#include "session/scram.h"

typedef struct RoleWork {
    Ddl *ddl;
    Datum values[PG_AUTHID_COLUMNS];
    const AstNodeGroup *member_of, *members, *admins;
    uint64_t seen;
    bool others, sets_password; /* said, of what is no flag: the limit, the end; the password */
} RoleWork;

/* Without data for NULL. */
static Str string_or_null(const AstOption *option)
{
    const AstStringConst *text = AST_IF(StringConst, option->value);
    return text != NULL ? text->value : (Str){0};
}

static void warn_of_md5(Ddl *ddl)
{
    Error *warning = error_begin(SQLSTATE_DEPRECATED_FEATURE);
    error_severity(warning, SEVERITY_WARNING);
    error_message(warning, "setting an MD5-encrypted password");
    error_detail(warning, "MD5 password support is deprecated and will be removed in a future "
                          "release of PostgreSQL.");
    error_hint(warning, "Refer to the PostgreSQL documentation for details about migrating to "
                        "another password type.");
    session_notice(ddl->session, warning);
}

static void set_password(RoleWork *work, const AstOption *option)
{
    Str given = string_or_null(option);
    if (given.data == NULL) {
        work->values[PG_AUTHID_ROLPASSWORD] = datum_null();
        return;
    }
    if (given.bytes == 0) {
        ddl__notice(work->ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "empty string is not a valid password, clearing password");
        work->values[PG_AUTHID_ROLPASSWORD] = datum_null();
        return;
    }
    const Settings *settings = session_settings(work->ddl->session);
    bool scram = settings->password_encryption == SETTING_PASSWORD_ENCRYPTION_SCRAM_SHA_256;
    Str name = strview_str(&work->values[PG_AUTHID_ROLNAME].value.str);
    Str stored = password_encrypt(work->ddl->arena, name, given, scram, settings->scram_iterations);
    if (settings->md5_password_warnings && str_starts(stored, STR("md5"))) warn_of_md5(work->ddl);
    work->values[PG_AUTHID_ROLPASSWORD] = datum_str(stored);
}

static void set_valid_until(RoleWork *work, const AstOption *option)
{
    const Type *type = type_get(work->ddl->bind.env, 1184);
    TypeCall call = {.type = type,
                     .env = work->ddl->bind.env,
                     .arena = work->ddl->arena,
                     .typmod = -1};
    InputError input = {.arena = work->ddl->arena};
    Datum datum = {.null = false};
    if (!type_parse(&call, string_or_null(option), &datum.value, &input)) input_error_raise(&input);
    work->values[PG_AUTHID_ROLVALIDUNTIL] = datum;
}

static const struct {
    const char *name;
    int column;
} flags[] = {
    {"superuser", PG_AUTHID_ROLSUPER},       {"inherit", PG_AUTHID_ROLINHERIT},
    {"createrole", PG_AUTHID_ROLCREATEROLE}, {"createdb", PG_AUTHID_ROLCREATEDB},
    {"canlogin", PG_AUTHID_ROLCANLOGIN},     {"isreplication", PG_AUTHID_ROLREPLICATION},
    {"bypassrls", PG_AUTHID_ROLBYPASSRLS},
};

static void take_option(RoleWork *work, const AstOption *option)
{
    for (uint32_t i = 0; i < ARRAY_LEN(flags); i++) {
        if (!str_equal(option->name, str_from(flags[i].name))) continue;
        if (work->seen & UINT64_C(1) << i) ddl__refuse_twice(work->ddl, option);
        work->seen |= UINT64_C(1) << i;
        work->values[flags[i].column] = datum_bool(option_bool(option));
        return;
    }
    const AstIntConst *number = AST_IF(IntConst, option->value);
    if (str_equal(option->name, STR("password"))) {
        set_password(work, option);
        work->sets_password = true;
    } else if (str_equal(option->name, STR("connectionlimit")) && number != NULL) {
        if (number->value < -1)
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid connection limit: %d",
                        number->value);
        work->values[PG_AUTHID_ROLCONNLIMIT] = datum_i32(number->value);
        work->others = true;
    } else if (str_equal(option->name, STR("validUntil"))) {
        set_valid_until(work, option);
        work->others = true;
    } else if (str_equal(option->name, STR("addroleto"))) {
        work->member_of = AST_IF(NodeGroup, option->value);
    } else if (str_equal(option->name, STR("rolemembers"))) {
        work->members = AST_IF(NodeGroup, option->value);
    } else if (str_equal(option->name, STR("adminmembers"))) {
        work->admins = AST_IF(NodeGroup, option->value);
    } else if (str_equal(option->name, STR("sysid"))) {
        ddl__notice(work->ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "SYSID can no longer be specified");
    } else {
        raise_error(SQLSTATE_SYNTAX_ERROR, "option \"%.*s\" not recognized", STR_ARG(option->name));
    }
}

/* ---- who may ---- */

static const CatRole *self(Ddl *ddl)
{
    return cat_role_in_force(ddl->view);
}

static _Noreturn void deny(const char *what, const char *detail)
{
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied to %s role", what);
    error_detail(error, "%s", detail);
    error_raise(error);
}

/* `may` says what only those may who have the ADMIN option on the role and `attribute`. */
static _Noreturn void deny_on(Ddl *ddl, const char *what, const char *attribute, Oid role,
                              const char *may)
{
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied to %s role", what);
    error_detail(error, "Only roles with %sthe ADMIN option on role \"%.*s\" may %s.", attribute,
                 STR_ARG(cat_role(ddl->view, role)->name), may);
    error_raise(error);
}

static bool may_administer(Ddl *ddl, Oid role)
{
    const CatRole *me = self(ddl);
    return me->superuser || (me->create_role && ddl__is_admin(ddl, role));
}

static void may_create(RoleWork *work)
{
    const CatRole *me = self(work->ddl);
    if (me->superuser) return;
    if (!me->create_role)
        deny("create", "Only roles with the CREATEROLE attribute may create roles.");
    if (work->values[PG_AUTHID_ROLSUPER].value.b)
        deny(
            "create",
            "Only roles with the SUPERUSER attribute may create roles with the SUPERUSER attribute.");
    if (work->values[PG_AUTHID_ROLCREATEDB].value.b && !me->create_database)
        deny(
            "create",
            "Only roles with the CREATEDB attribute may create roles with the CREATEDB attribute.");
    if (work->values[PG_AUTHID_ROLREPLICATION].value.b && !me->replication)
        deny(
            "create",
            "Only roles with the REPLICATION attribute may create roles with the REPLICATION attribute.");
    if (work->values[PG_AUTHID_ROLBYPASSRLS].value.b && !me->bypass_rls)
        deny(
            "create",
            "Only roles with the BYPASSRLS attribute may create roles with the BYPASSRLS attribute.");
}

/* ---- members ---- */

/* A session's own role may have been dropped. */
static Oid existing_role(Ddl *ddl, Oid role)
{
    if (!cat_role(ddl->view, role))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "role with OID %u does not exist", role);
    return role;
}

Oid ddl__role_of(Ddl *ddl, const AstRoleSpec *spec)
{
    switch (spec->role) {
    case AST_ROLE_CURRENT_ROLE:
    case AST_ROLE_CURRENT_USER: return existing_role(ddl, ddl->bind.env->role);
    case AST_ROLE_SESSION_USER: return existing_role(ddl, ddl->bind.env->session_role);
    case AST_ROLE_NAME: {
        Oid oid = cat_role_named(ddl->view, spec->name);
        if (oid == 0)
            raise_error(SQLSTATE_UNDEFINED_OBJECT, "role \"%.*s\" does not exist",
                        STR_ARG(spec->name));
        return oid;
    }
    case AST_ROLE_PUBLIC: break;
    }
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "role \"public\" does not exist");
}

/* With the option, or without a word of it. */
static void add_members(Ddl *ddl, const AstNodeGroup *group, Oid role, bool role_is_member,
                        bool admin)
{
    MemberOptions options = {0};
    options.said[MEMBER_ADMIN] = options.value[MEMBER_ADMIN] = admin;
    for (uint32_t i = 0; group != NULL && i < group->items.count; i++) {
        const Oid other = ddl__role_of(ddl, AST_AS(RoleSpec, group->items.items[i]));
        Membership m = role_is_member ? (Membership){.role = other, .member = role}
                                      : (Membership){.role = role, .member = other};
        m.grantor = ddl__member_grantor(ddl, m.role, NULL, false);
        ddl__member_add(ddl, m, &options);
    }
}

static void drop_members(Ddl *ddl, const AstNodeGroup *group, Oid role)
{
    static const MemberOptions whole;
    for (uint32_t i = 0; group != NULL && i < group->items.count; i++) {
        const Oid member = ddl__role_of(ddl, AST_AS(RoleSpec, group->items.items[i]));
        const Oid grantor = ddl__member_grantor(ddl, role, NULL, true);
        ddl__member_drop(ddl, (Membership){role, member, grantor}, &whole, AST_DROP_RESTRICT);
    }
}

/* ---- the statements ---- */

void ddl__create_role(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateRole *ast = AST_AS(CreateRole, call->tree);
    RoleWork work = {.ddl = &ddl};
    for (uint32_t i = 0; i < PG_AUTHID_COLUMNS; i++) work.values[i] = datum_bool(false);
    work.values[PG_AUTHID_ROLINHERIT] = datum_bool(true);
    work.values[PG_AUTHID_ROLCANLOGIN] = datum_bool(ast->word == AST_ROLE_WORD_USER);
    work.values[PG_AUTHID_ROLCONNLIMIT] = datum_i32(-1);
    work.values[PG_AUTHID_ROLPASSWORD] = datum_null();
    work.values[PG_AUTHID_ROLVALIDUNTIL] = datum_null();
    work.values[PG_AUTHID_ROLNAME] = datum_str(ast->name);
    for (uint32_t i = 0; i < ast->options.count; i++) take_option(&work, ast->options.items[i]);
    may_create(&work);
    if (str_starts(ast->name, STR("pg_"))) {
        Error *error = error_begin(SQLSTATE_RESERVED_NAME);
        error_message(error, "role name \"%.*s\" is reserved", STR_ARG(ast->name));
        error_detail(error, "Role names starting with \"pg_\" are reserved.");
        error_raise(error);
    }
    if (cat_role_named(ddl.view, ast->name) != 0)
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "role \"%.*s\" already exists", STR_ARG(ast->name));
    Oid oid = cat_new_oid(ddl.view, PG_AUTHID);
    work.values[PG_AUTHID_OID] = datum_oid(oid);
    (void)cat_insert(ddl.view, PG_AUTHID, work.values);
    cat_view_next_command(ddl.view);
    const MemberOptions admin = {.said = {true, true, true}, .value = {[MEMBER_ADMIN] = true}};
    if (!self(&ddl)->superuser) /* who made it administers it */
        ddl__member_add(&ddl, (Membership){oid, cat_view_role(ddl.view), ROLE_BOOTSTRAP}, &admin);
    add_members(&ddl, work.member_of, oid, true, false);
    add_members(&ddl, work.members, oid, false, false);
    add_members(&ddl, work.admins, oid, false, true);
}

/* An attribute that is said, whatever to be, of ALTER ROLE. */
static bool is_said(const RoleWork *work, int column)
{
    for (uint32_t i = 0; i < ARRAY_LEN(flags); i++)
        if (flags[i].column == column) return (work->seen & UINT64_C(1) << i) != 0;
    UNREACHABLE();
}

static void may_set(const RoleWork *work, int column, bool has, const char *attribute)
{
    if (!is_said(work, column) || has) return;
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied to alter role");
    error_detail(error, "Only roles with the %s attribute may change the %s attribute.", attribute,
                 attribute);
    error_raise(error);
}

static void forbid_superuser(Ddl *ddl, Oid role, const char *what)
{
    if (self(ddl)->superuser || !cat_role(ddl->view, role)->superuser) return;
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied to %s role", what);
    error_detail(error, "Only roles with the %s attribute may %s roles with the %s attribute.",
                 "SUPERUSER", what, "SUPERUSER");
    error_raise(error);
}

/* Everybody may change his own password; the rest is for those who administer the role, and have what they give. */
static void may_alter(const RoleWork *work, Oid role)
{
    Ddl *ddl = work->ddl;
    const CatRole *me = self(ddl);
    forbid_superuser(ddl, role, "alter");
    may_set(work, PG_AUTHID_ROLSUPER, me->superuser, "SUPERUSER");
    const bool administers = may_administer(ddl, role);
    if (!administers && (work->seen || work->others))
        deny_on(ddl, "alter", "the CREATEROLE attribute and ", role, "alter this role");
    if (!administers && work->sets_password && role != me->oid)
        deny("alter", "To change another role's password, the current user must have the "
                      "CREATEROLE attribute and the ADMIN option on the role.");
    may_set(work, PG_AUTHID_ROLCREATEDB, me->superuser || me->create_database, "CREATEDB");
    may_set(work, PG_AUTHID_ROLREPLICATION, me->superuser || me->replication, "REPLICATION");
    may_set(work, PG_AUTHID_ROLBYPASSRLS, me->superuser || me->bypass_rls, "BYPASSRLS");
    if (work->members && !me->superuser && !ddl__is_admin(ddl, role))
        deny_on(ddl, "alter", "", role, "add or drop members");
}

static void may_alter_settings(Ddl *ddl, Oid role)
{
    forbid_superuser(ddl, role, "alter");
    if (role != cat_view_role(ddl->view) && !may_administer(ddl, role))
        deny_on(ddl, "alter", "the CREATEROLE attribute and ", role, "alter this role");
}

void ddl__may_rename_role(Ddl *ddl, Oid role)
{
    const CatRole *me = self(ddl);
    if (cat_role(ddl->view, role)->superuser && !me->superuser)
        deny("rename", "Only roles with the SUPERUSER attribute may rename roles with the "
                       "SUPERUSER attribute.");
    if (!may_administer(ddl, role))
        deny_on(ddl, "rename", "the CREATEROLE attribute and ", role, "rename this role");
}

static void clear_password(void *arg, Datum *values)
{
    (void)arg;
    values[PG_AUTHID_ROLPASSWORD] = datum_null();
}

/* The hash of such a password is over the role's name too. */
void ddl__forget_md5_password(Ddl *ddl, Oid role)
{
    if (!str_starts(cat_role(ddl->view, role)->password, STR("md5"))) return;
    cat_view_next_command(ddl->view);
    ddl__update_object(ddl, ddl__object(CLASS_AUTHID, role, 0), clear_password, NULL);
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "MD5 password cleared because of role rename");
}

void ddl__alter_role(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterRole *ast = AST_AS(AlterRole, call->tree);
    Oid role = ddl__role_of(&ddl, ast->role);
    Datum key = datum_oid(role);
    CatScan *scan = cat_scan_open(ddl.view, PG_AUTHID, PG_AUTHID_OID_INDEX, &key, 1);
    CatRow row;
    if (!cat_scan_next(scan, &row)) raise_error(SQLSTATE_UNDEFINED_OBJECT, "role does not exist");
    RoleWork work = {.ddl = &ddl};
    memcpy(work.values, row.values, sizeof(work.values));
    RowId id = row.id;
    for (uint32_t i = 0; i < ast->options.count; i++) take_option(&work, ast->options.items[i]);
    may_alter(&work, role);
    if (ast->action != AST_OPTION_DROP) cat_update(ddl.view, PG_AUTHID, id, work.values);
    cat_scan_close(scan);
    if (ast->action == AST_OPTION_DROP)
        drop_members(&ddl, work.members, role);
    else
        add_members(&ddl, work.members, role, false, false);
}

/* SET and RESET of what a session of the role begins with, everywhere or in one database. */
void ddl__alter_role_set(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterRoleSet *ast = AST_AS(AlterRoleSet, call->tree);
    const Oid role = ast->role != NULL ? ddl__role_of(&ddl, ast->role) : 0;
    if (role != 0) may_alter_settings(&ddl, role);
    const Oid database = ast->database.data != NULL ? ddl__database_get(&ddl, ast->database) : 0;
    if (role == 0 && database != 0)
        cat_check_owner(ddl.view, ddl__object(CLASS_DATABASE, database, 0));
    if (role == 0 && database == 0 && !self(&ddl)->superuser) {
        Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
        error_message(error, "permission denied to alter setting");
        error_detail(error, "Only roles with the SUPERUSER attribute may alter settings globally.");
        error_raise(error);
    }
    ddl__change_settings(&ddl, database, role, ast->set);
}

/* ---- DROP ROLE ---- */

/* What keeps a role from being dropped: rows of pg_shdepend. */
typedef struct Needed {
    Oid database, class_, oid;
    int32_t sub;
    char kind;
} Needed;

static int order_needed(const void *a, const void *b)
{
    const Needed *x = a, *y = b;
    if (x->oid != y->oid) return x->oid < y->oid ? -1 : 1;
    if (x->class_ != y->class_) return x->class_ < y->class_ ? -1 : 1;
    if (x->sub != y->sub) return x->sub < y->sub ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

static uint32_t read_needed(Ddl *ddl, Oid role, Needed **list)
{
    Datum keys[2] = {datum_oid(CLASS_AUTHID), datum_oid(role)};
    CatScan *scan = cat_scan_open(ddl->view, PG_SHDEPEND, PG_SHDEPEND_REFERENCE_INDEX, keys, 2);
    ARRAY_OF(Needed) found = {.arena = ddl->arena};
    for (CatRow row; cat_scan_next(scan, &row);) {
        Needed needed = {.database = row.values[PG_SHDEPEND_DBID].value.u32,
                         .class_ = row.values[PG_SHDEPEND_CLASSID].value.u32,
                         .oid = row.values[PG_SHDEPEND_OBJID].value.u32,
                         .sub = row.values[PG_SHDEPEND_OBJSUBID].value.i32,
                         .kind = (char)row.values[PG_SHDEPEND_DEPTYPE].value.i16};
        array_push(&found, needed);
    }
    cat_scan_close(scan);
    if (found.count > 0) qsort(found.items, found.count, sizeof(Needed), order_needed);
    *list = found.items;
    return found.count;
}

static void add_line(StrBuilder *out, Str line)
{
    if (str_peek(out).bytes > 0) str_add_char(out, '\n');
    str_add(out, line);
}

/* Those of other databases are counted, a database after the other. */
static void count_elsewhere(Ddl *ddl, StrBuilder *out, Needed *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        Oid database = list[i].database;
        uint32_t same = 0;
        if (database == 0) continue;
        for (uint32_t j = i; j < count; j++) {
            if (list[j].database != database) continue;
            same++;
            if (j > i) list[j].database = 0;
        }
        const CatDatabase *d = cat_database(ddl->view, database);
        add_line(out, str_format(ddl->arena, "%u object%s in database %.*s", same,
                                 same == 1 ? "" : "s", STR_ARG(d != NULL ? d->name : STR("?"))));
    }
}

static void forbid_needed(Ddl *ddl, Oid role, Str name)
{
    enum { LINES_MAX = 100 };
    Needed *list;
    Membership *grants;
    const uint32_t count = read_needed(ddl, role, &list);
    const uint32_t grant_count = ddl__members_by(ddl, role, &grants);
    uint32_t lines = 0, more = 0;
    if (count == 0 && grant_count == 0) return;
    StrBuilder out = str_builder(ddl->arena, 256);
    for (uint32_t i = 0; i < MIN(grant_count, (uint32_t)LINES_MAX); i++)
        add_line(&out, str_format(ddl->arena, "privileges for membership of role %.*s in role %.*s",
                                  STR_ARG(cat_role(ddl->view, grants[i].member)->name),
                                  STR_ARG(cat_role(ddl->view, grants[i].role)->name)));
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].database != 0 && list[i].database != cat_view_database(ddl->view)) continue;
        list[i].database = 0;
        if (lines++ >= LINES_MAX) {
            more++;
            continue;
        }
        const char *what = list[i].kind == 'o'   ? "owner of"
                           : list[i].kind == 'r' ? "target of"
                                                 : "privileges for";
        Str label = cat_describe_object(ddl->view, ddl->arena,
                                        ddl__object(list[i].class_, list[i].oid, list[i].sub));
        add_line(&out, str_format(ddl->arena, "%s %.*s", what, STR_ARG(label)));
    }
    count_elsewhere(ddl, &out, list, count);
    if (more > 0)
        add_line(&out,
                 str_format(ddl->arena, "and %u other objects (see server log for list)", more));
    Error *error = error_begin(SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST);
    error_message(error, "role \"%.*s\" cannot be dropped because some objects depend on it",
                  STR_ARG(name));
    error_detail(error, "%.*s", STR_ARG(str_peek(&out)));
    error_raise(error);
}

static void drop_memberships(Ddl *ddl, Oid role)
{
    Datum key = datum_oid(role);
    static const CatalogIndex indexes[] = {PG_AUTH_MEMBERS_ROLE_MEMBER_INDEX,
                                           PG_AUTH_MEMBERS_MEMBER_ROLE_INDEX};
    for (uint32_t i = 0; i < ARRAY_LEN(indexes); i++) {
        CatScan *scan = cat_scan_open(ddl->view, PG_AUTH_MEMBERS, indexes[i], &key, 1);
        CatRow row;
        while (cat_scan_next(scan, &row)) cat_delete(ddl->view, PG_AUTH_MEMBERS, row.id);
        cat_scan_close(scan);
        cat_view_next_command(ddl->view);
    }
}

/* 0: there is none, and need not be. */
static Oid role_to_drop(Ddl *ddl, const AstRoleSpec *spec, bool if_exists)
{
    if (spec->role != AST_ROLE_NAME)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "cannot use special role specifier in DROP ROLE");
    const Oid role = if_exists ? cat_role_named(ddl->view, spec->name) : ddl__role_of(ddl, spec);
    if (role == 0) {
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "role \"%.*s\" does not exist, skipping", STR_ARG(spec->name));
        return 0;
    }
    if (role == ddl->bind.env->role)
        raise_error(SQLSTATE_OBJECT_IN_USE, "current user cannot be dropped");
    if (role == ddl->bind.env->session_role)
        raise_error(SQLSTATE_OBJECT_IN_USE, "session user cannot be dropped");
    forbid_superuser(ddl, role, "drop");
    if (!may_administer(ddl, role))
        deny_on(ddl, "drop", "the CREATEROLE attribute and ", role, "drop this role");
    return role;
}

static void drop_role(Ddl *ddl, Oid role)
{
    ddl__forget_settings(ddl, 0, role);
    cat_forget_object(ddl->view, ddl__object(CLASS_AUTHID, role, 0));
    const Datum key = datum_oid(role);
    CatScan *scan = cat_scan_open(ddl->view, PG_AUTHID, PG_AUTHID_OID_INDEX, &key, 1);
    CatRow row;
    if (cat_scan_next(scan, &row)) cat_delete(ddl->view, PG_AUTHID, row.id);
    cat_scan_close(scan);
    cat_view_next_command(ddl->view);
}

void ddl__drop_role(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstDropRole *ast = AST_AS(DropRole, call->tree);
    if (!self(&ddl)->superuser && !self(&ddl)->create_role)
        deny(
            "drop",
            "Only roles with the CREATEROLE attribute and the ADMIN option on the target roles may drop roles.");
    Oid *going = ARENA_ARRAY(ddl.arena, Oid, ast->roles.count);
    for (uint32_t i = 0; i < ast->roles.count; i++) {
        going[i] = role_to_drop(&ddl, ast->roles.items[i], ast->if_exists);
        if (going[i] != 0 && !cat_object_lock(ddl.view, ddl__object(CLASS_AUTHID, going[i], 0),
                                              LOCK_ACCESS_EXCLUSIVE))
            raise_error(SQLSTATE_INTERNAL_ERROR, "could not find tuple for role %u", going[i]);
        if (going[i] != 0) drop_memberships(&ddl, going[i]);
    }
    for (uint32_t i = 0; i < ast->roles.count; i++) {
        if (going[i] == 0 || !cat_role(ddl.view, going[i])) continue; /* named twice */
        forbid_needed(&ddl, going[i], cat_role(ddl.view, going[i])->name);
        drop_role(&ddl, going[i]);
    }
}
