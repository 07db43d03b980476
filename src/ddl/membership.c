/* SPDX-License-Identifier: Apache-2.0 */
/* membership.c - GRANT and REVOKE of roles: who is a member of what, with which options, and by whose grant.
 *
 * A role may be granted to a member by several grantors, each with options of its own. A grant by anybody but the
 * cluster's first role stands on its grantor's ADMIN option on the role: when the last grant of that option to him
 * goes, what he granted goes with it (CASCADE) or forbids it. So all grants of one role are looked at together: they
 * are read, marked, and written back. */
#include "ddl/ddl_internal.h"

#include "base/task.h"

typedef enum MemberMark { MARK_NONE, MARK_CHANGED, MARK_DROPPED } MemberMark;

typedef struct MemberGrant {
    RowId id;
    Oid member, grantor;
    Datum *values; /* of pg_auth_members */
    MemberMark mark;
} MemberGrant;

typedef struct Grants {
    Ddl *ddl;
    Oid role;
    AstDropBehavior behavior;
    ARRAY_OF(MemberGrant) list;
} Grants;

static const struct {
    const char *name;
    int column;
} member_options[MEMBER_OPTIONS] = {
    [MEMBER_ADMIN] = {"admin", PG_AUTH_MEMBERS_ADMIN_OPTION},
    [MEMBER_INHERIT] = {"inherit", PG_AUTH_MEMBERS_INHERIT_OPTION},
    [MEMBER_SET] = {"set", PG_AUTH_MEMBERS_SET_OPTION},
};

static Str name_of(Ddl *ddl, Oid role)
{
    return cat_role(ddl->view, role)->name;
}

/* ---- all grants of a role ---- */

static Grants read_grants(Ddl *ddl, Oid role, AstDropBehavior behavior)
{
    Grants grants = {.ddl = ddl, .role = role, .behavior = behavior, .list.arena = ddl->arena};
    const Datum key = datum_oid(role);
    CatScan *scan = cat_scan_open(ddl->view, PG_AUTH_MEMBERS, PG_AUTH_MEMBERS_ROLE_MEMBER_INDEX,
                                  &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const MemberGrant grant = {
            .id = row.id,
            .member = row.values[PG_AUTH_MEMBERS_MEMBER].value.u32,
            .grantor = row.values[PG_AUTH_MEMBERS_GRANTOR].value.u32,
            .values = arena_copy(ddl->arena, row.values, PG_AUTH_MEMBERS_COLUMNS * sizeof(Datum)),
        };
        array_push(&grants.list, grant);
    }
    cat_scan_close(scan);
    return grants;
}

static bool has_option(const MemberGrant *grant, MemberOption option)
{
    return grant->mark != MARK_DROPPED && grant->values[member_options[option].column].value.b;
}

/* By a grant that is not marked to go. */
static bool holds_admin(const Grants *grants, Oid member)
{
    for (uint32_t i = 0; i < grants->list.count; i++) {
        const MemberGrant *grant = &grants->list.items[i];
        if (grant->member == member && has_option(grant, MEMBER_ADMIN)) return true;
    }
    return false;
}

static MemberGrant *find_grant(Grants *grants, Oid member, Oid grantor)
{
    for (uint32_t i = 0; i < grants->list.count; i++) {
        MemberGrant *grant = &grants->list.items[i];
        if (grant->member == member && grant->grantor == grantor) return grant;
    }
    return NULL;
}

static void write_grants(Grants *grants)
{
    CatalogView *view = grants->ddl->view;
    for (uint32_t i = 0; i < grants->list.count; i++) {
        const MemberGrant *grant = &grants->list.items[i];
        if (grant->mark == MARK_DROPPED) cat_delete(view, PG_AUTH_MEMBERS, grant->id);
        if (grant->mark == MARK_CHANGED)
            cat_update(view, PG_AUTH_MEMBERS, grant->id, grant->values);
    }
    cat_view_next_command(view);
}

/* ---- taking away ---- */

static void take_away(Grants *grants, MemberGrant *grant, const MemberOptions *options);

/* What `grantor`, who may have lost the ADMIN option, has granted. */
static void take_granted_by(Grants *grants, Oid grantor)
{
    static const MemberOptions whole;
    if (grantor == ROLE_BOOTSTRAP || holds_admin(grants, grantor)) return;
    for (uint32_t i = 0; i < grants->list.count; i++) {
        MemberGrant *grant = &grants->list.items[i];
        if (grant->grantor != grantor || grant->mark == MARK_DROPPED) continue;
        if (grants->behavior != AST_DROP_CASCADE) {
            Error *error = error_begin(SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST);
            error_message(error, "dependent privileges exist");
            error_hint(error, "Use CASCADE to revoke them too.");
            error_raise(error);
        }
        take_away(grants, grant, &whole);
    }
}

/* The options that are said, or the whole grant when none is. */
static void take_away(Grants *grants, MemberGrant *grant, const MemberOptions *options)
{
    const bool administered = has_option(grant, MEMBER_ADMIN);
    bool whole = true;
    task_check_stack();
    for (uint32_t i = 0; i < MEMBER_OPTIONS; i++) {
        if (!options->said[i]) continue;
        grant->values[member_options[i].column] = datum_bool(false);
        whole = false;
    }
    grant->mark = whole ? MARK_DROPPED : MARK_CHANGED;
    if (administered) take_granted_by(grants, grant->member);
}

void ddl__member_drop(Ddl *ddl, Membership membership, const MemberOptions *options,
                      AstDropBehavior behavior)
{
    Grants grants = read_grants(ddl, membership.role, behavior);
    MemberGrant *grant = find_grant(&grants, membership.member, membership.grantor);
    if (!grant) {
        ddl__notice(
            ddl, SEVERITY_WARNING, SQLSTATE_WARNING,
            "role \"%.*s\" has not been granted membership in role \"%.*s\" by role \"%.*s\"",
            STR_ARG(name_of(ddl, membership.member)), STR_ARG(name_of(ddl, membership.role)),
            STR_ARG(name_of(ddl, membership.grantor)));
        return;
    }
    take_away(&grants, grant, options);
    write_grants(&grants);
}

static uint32_t granted_by(Ddl *ddl, Oid grantor, bool drop, Membership **list)
{
    ARRAY_OF(Membership) found = {.arena = ddl->arena};
    CatScan *scan = cat_scan_open(ddl->view, PG_AUTH_MEMBERS, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const Membership m = {.role = row.values[PG_AUTH_MEMBERS_ROLEID].value.u32,
                              .member = row.values[PG_AUTH_MEMBERS_MEMBER].value.u32,
                              .grantor = row.values[PG_AUTH_MEMBERS_GRANTOR].value.u32};
        if (m.grantor != grantor) continue;
        array_push(&found, m);
        if (drop) cat_delete(ddl->view, PG_AUTH_MEMBERS, row.id);
    }
    cat_scan_close(scan);
    *list = found.items;
    return found.count;
}

uint32_t ddl__members_by(Ddl *ddl, Oid grantor, Membership **list)
{
    return granted_by(ddl, grantor, false, list);
}

void ddl__members_drop_by(Ddl *ddl, Oid grantor)
{
    Membership *list;
    (void)granted_by(ddl, grantor, true, &list);
    cat_view_next_command(ddl->view);
}

/* ---- giving ---- */

static void forbid_circle(Ddl *ddl, Oid role, Oid member)
{
    if (member == ROLE_DATABASE_OWNER)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "role \"%.*s\" cannot be a member of any role",
                    STR_ARG(name_of(ddl, member)));
    if (cat_role_is_granted(ddl->view, role, member))
        raise_error(SQLSTATE_INVALID_GRANT_OPERATION, "role \"%.*s\" is a member of role \"%.*s\"",
                    STR_ARG(name_of(ddl, role)), STR_ARG(name_of(ddl, member)));
}

/* Would the grantor still hold the ADMIN option if the member did not? */
static void forbid_admin_circle(const Membership *m, Grants grants)
{
    static const MemberOptions whole;
    if (m->grantor == ROLE_BOOTSTRAP) return;
    grants = read_grants(grants.ddl, grants.role, AST_DROP_CASCADE);
    for (uint32_t i = 0; i < grants.list.count; i++) {
        MemberGrant *grant = &grants.list.items[i];
        if (grant->member == m->member && grant->mark != MARK_DROPPED)
            take_away(&grants, grant, &whole);
    }
    if (!holds_admin(&grants, m->grantor))
        raise_error(SQLSTATE_INVALID_GRANT_OPERATION,
                    "ADMIN option cannot be granted back to your own grantor");
}

static void insert_grant(Ddl *ddl, const Membership *m, const MemberOptions *options)
{
    const bool defaults[MEMBER_OPTIONS] = {
        [MEMBER_INHERIT] = cat_role(ddl->view, m->member)->inherit, [MEMBER_SET] = true};
    Datum v[PG_AUTH_MEMBERS_COLUMNS];
    v[PG_AUTH_MEMBERS_OID] = datum_oid(cat_new_oid(ddl->view, PG_AUTH_MEMBERS));
    v[PG_AUTH_MEMBERS_ROLEID] = datum_oid(m->role);
    v[PG_AUTH_MEMBERS_MEMBER] = datum_oid(m->member);
    v[PG_AUTH_MEMBERS_GRANTOR] = datum_oid(m->grantor);
    for (uint32_t i = 0; i < MEMBER_OPTIONS; i++)
        v[member_options[i].column] = datum_bool(options->said[i] ? options->value[i]
                                                                  : defaults[i]);
    (void)cat_insert(ddl->view, PG_AUTH_MEMBERS, v);
    cat_view_next_command(ddl->view);
}

void ddl__member_add(Ddl *ddl, Membership membership, const MemberOptions *options)
{
    const Membership *m = &membership;
    /* One at a time grants a role, and neither is dropped meanwhile. */
    if (!cat_object_lock(ddl->view, ddl__object(CLASS_AUTHID, m->role, 0),
                         LOCK_SHARE_UPDATE_EXCLUSIVE) ||
        !cat_object_lock(ddl->view, ddl__object(CLASS_AUTHID, m->member, 0), LOCK_ACCESS_SHARE))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "role %u was concurrently dropped",
                    cat_role(ddl->view, m->role) != NULL ? m->member : m->role);
    forbid_circle(ddl, m->role, m->member);
    Grants grants = read_grants(ddl, m->role, AST_DROP_DEFAULT);
    if (options->said[MEMBER_ADMIN] && options->value[MEMBER_ADMIN]) forbid_admin_circle(m, grants);
    MemberGrant *grant = find_grant(&grants, m->member, m->grantor);
    if (!grant) {
        insert_grant(ddl, m, options);
        return;
    }
    for (uint32_t i = 0; i < MEMBER_OPTIONS; i++) {
        if (!options->said[i] || has_option(grant, (MemberOption)i) == options->value[i]) continue;
        grant->values[member_options[i].column] = datum_bool(options->value[i]);
        grant->mark = MARK_CHANGED;
    }
    if (grant->mark == MARK_NONE)
        ddl__notice(
            ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
            "role \"%.*s\" has already been granted membership in role \"%.*s\" by role \"%.*s\"",
            STR_ARG(name_of(ddl, m->member)), STR_ARG(name_of(ddl, m->role)),
            STR_ARG(name_of(ddl, m->grantor)));
    write_grants(&grants);
}

/* ---- who may, and in whose name ---- */

bool ddl__is_admin(Ddl *ddl, Oid of)
{
    const Oid role = cat_view_role(ddl->view);
    const Grants grants = read_grants(ddl, of, AST_DROP_DEFAULT);
    for (uint32_t i = 0; i < grants.list.count; i++)
        if (has_option(&grants.list.items[i], MEMBER_ADMIN) &&
            cat_role_is_member(ddl->view, role, grants.list.items[i].member))
            return true;
    return false;
}

static _Noreturn void deny(Ddl *ddl, Oid role, const char *word)
{
    const CatRole *granted = cat_role(ddl->view, role);
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    error_message(error, "permission denied to %s role \"%.*s\"", word, STR_ARG(granted->name));
    if (granted->superuser)
        error_detail(error, "Only roles with the %s attribute may %s roles with the %s attribute.",
                     "SUPERUSER", word, "SUPERUSER");
    else
        error_detail(error, "Only roles with the %s option on role \"%.*s\" may %s this role.",
                     "ADMIN", STR_ARG(granted->name), word);
    error_raise(error);
}

static void may_grant(Ddl *ddl, Oid role, const char *word)
{
    if (role == ROLE_DATABASE_OWNER)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "role \"%.*s\" cannot have explicit members",
                    STR_ARG(name_of(ddl, role)));
    if (cat_role_in_force(ddl->view)->superuser) return;
    if (cat_role(ddl->view, role)->superuser || !ddl__is_admin(ddl, role)) deny(ddl, role, word);
}

/* GRANTED BY. */
static Oid named_grantor(Ddl *ddl, Oid role, const AstRoleSpec *by, bool revokes)
{
    const Oid grantor = ddl__role_of(ddl, by);
    const bool mine = cat_role_has_rights(ddl->view, cat_view_role(ddl->view), grantor);
    const Grants grants = read_grants(ddl, role, AST_DROP_DEFAULT);
    if (mine && (revokes || grantor == ROLE_BOOTSTRAP || holds_admin(&grants, grantor)))
        return grantor;
    const Str name = name_of(ddl, grantor);
    Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
    if (revokes) {
        error_message(error, "permission denied to revoke privileges granted by role \"%.*s\"",
                      STR_ARG(name));
        error_detail(
            error,
            "Only roles with privileges of role \"%.*s\" may revoke privileges granted by this role.",
            STR_ARG(name));
        error_raise(error);
    }
    error_message(error, "permission denied to grant privileges as role \"%.*s\"", STR_ARG(name));
    if (!mine)
        error_detail(
            error, "Only roles with privileges of role \"%.*s\" may grant privileges as this role.",
            STR_ARG(name));
    else
        error_detail(error, "The grantor must have the %s option on role \"%.*s\".", "ADMIN",
                     STR_ARG(name_of(ddl, role)));
    error_raise(error);
}

Oid ddl__member_grantor(Ddl *ddl, Oid role, const AstRoleSpec *by, bool revokes)
{
    const char *word = revokes ? "revoke" : "grant";
    const Oid self = cat_view_role(ddl->view);
    may_grant(ddl, role, word);
    if (by) return named_grantor(ddl, role, by, revokes);
    if (cat_role(ddl->view, self)->superuser) return ROLE_BOOTSTRAP;
    const Grants grants = read_grants(ddl, role, AST_DROP_DEFAULT);
    if (holds_admin(&grants, self)) return self;
    for (uint32_t i = 0; i < grants.list.count; i++) {
        const MemberGrant *grant = &grants.list.items[i];
        if (has_option(grant, MEMBER_ADMIN) && cat_role_has_rights(ddl->view, self, grant->member))
            return grant->member;
    }
    deny(ddl, role, word); /* he would have to SET ROLE first */
}

/* ---- the statements ---- */

static MemberOptions read_options(Ddl *ddl, const AstOptionList *list)
{
    MemberOptions options = {0};
    for (uint32_t i = 0; i < list->count; i++) {
        const AstOption *option = list->items[i];
        uint32_t found = 0;
        while (found < MEMBER_OPTIONS &&
               !str_equal(option->name, str_from(member_options[found].name)))
            found++;
        if (found == MEMBER_OPTIONS) {
            Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
            error_message(error, "unrecognized role option \"%.*s\"", STR_ARG(option->name));
            error_raise(error_position(error, ddl__position(ddl, option)));
        }
        options.said[found] = true;
        options.value[found] = option_bool(option);
    }
    return options;
}

void ddl__grant_role(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstGrantRole *ast = AST_AS(GrantRole, call->tree);
    const MemberOptions options = read_options(&ddl, &ast->options);
    for (uint32_t i = 0; i < ast->grantees.count; i++)
        (void)ddl__role_of(&ddl, ast->grantees.items[i]);
    for (uint32_t i = 0; i < ast->roles.count; i++) {
        const Oid role = cat_role_named(ddl.view, ast->roles.items[i]->name);
        if (role == 0)
            raise_error(SQLSTATE_UNDEFINED_OBJECT, "role \"%.*s\" does not exist",
                        STR_ARG(ast->roles.items[i]->name));
        const Oid grantor = ddl__member_grantor(&ddl, role, ast->grantor, ast->revoke);
        for (uint32_t j = 0; j < ast->grantees.count; j++) {
            const Membership m = {role, ddl__role_of(&ddl, ast->grantees.items[j]), grantor};
            if (ast->revoke)
                ddl__member_drop(&ddl, m, &options, ast->behavior);
            else
                ddl__member_add(&ddl, m, &options);
        }
    }
}

const char *ddl__grant_role_tag(const AstNode *tree)
{
    return AST_AS(GrantRole, tree)->revoke ? "REVOKE ROLE" : "GRANT ROLE";
}
