/* SPDX-License-Identifier: Apache-2.0 */
/* parse_grant.c - roles, GRANT and REVOKE of privileges and of roles, ALTER DEFAULT PRIVILEGES, REASSIGN OWNED. */
#include "parse/parse_internal.h"

/* ---- attributes of roles ---- */

/* Words that are no key words, and what they set. */
static const struct {
    const char *word;
    const char *option;
    bool value;
} role_words[] = {
    {"superuser", "superuser", true},
    {"nosuperuser", "superuser", false},
    {"createrole", "createrole", true},
    {"nocreaterole", "createrole", false},
    {"createdb", "createdb", true},
    {"nocreatedb", "createdb", false},
    {"login", "canlogin", true},
    {"nologin", "canlogin", false},
    {"replication", "isreplication", true},
    {"noreplication", "isreplication", false},
    {"bypassrls", "bypassrls", true},
    {"nobypassrls", "bypassrls", false},
    {"noinherit", "inherit", false},
};

static AstOption *role_word(Parser *p)
{
    uint32_t start = p->tok->start;
    Str word = parse__name(p);
    for (size_t i = 0; i < ARRAY_LEN(role_words); i++) {
        if (str_equal(word, str_from(role_words[i].word)))
            return parse__option(p, str_from(role_words[i].option),
                                 parse__bool_const(p, role_words[i].value, start), start);
    }
    parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start, "unrecognized role option \"%.*s\"",
                 STR_ARG(word));
}

static AstOption *members(Parser *p, Str name, uint32_t start)
{
    AstNodeGroup *group = NEW(p, NodeGroup, p->tok->start);
    AstRoleSpecList roles;
    parse__role_list(p, &roles);
    group->items = (AstNodeList){(AstNode **)roles.items, roles.count};
    return parse__option(p, name, group, start);
}

/* PASSWORD 'text' or PASSWORD NULL, PASSWORD read. */
static AstOption *password(Parser *p, uint32_t start, bool null)
{
    uint32_t at = p->tok->start;
    if (null && parse__accept(p, KW_NULL)) return parse__option(p, STR("password"), NULL, start);
    return parse__option(p, STR("password"), parse__string_const(p, parse__string(p), at), start);
}

static AstOption *unencrypted_password(Parser *p, uint32_t start)
{
    parse__expect(p, KW_PASSWORD);
    parse__string(p);
    Error *error = error_message(error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED),
                                 "UNENCRYPTED PASSWORD is no longer supported");
    error_hint(error, "Remove UNENCRYPTED to store the password in encrypted form instead.");
    parse__raise_at(p, error, (int32_t)start);
}

static AstOption *connection_limit(Parser *p, uint32_t start)
{
    parse__expect(p, KW_LIMIT);
    AstIntConst *number = NEW(p, IntConst, p->tok->start);
    number->value = parse__signed_integer(p);
    return parse__option(p, STR("connectionlimit"), number, start);
}

/* What CREATE ROLE and ALTER ROLE both take; NULL: none begins here. */
static AstOption *role_option(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__is(p, TOKEN_IDENTIFIER)) return role_word(p);
    if (parse__accept(p, KW_PASSWORD)) return password(p, start, true);
    if (parse__accept(p, KW_ENCRYPTED)) {
        parse__expect(p, KW_PASSWORD);
        return password(p, start, false);
    }
    if (parse__accept(p, KW_UNENCRYPTED)) return unencrypted_password(p, start);
    if (parse__accept(p, KW_INHERIT))
        return parse__option(p, STR("inherit"), parse__bool_const(p, true, start), start);
    if (parse__accept(p, KW_CONNECTION)) return connection_limit(p, start);
    if (parse__accept(p, KW_VALID)) {
        parse__expect(p, KW_UNTIL);
        uint32_t at = p->tok->start;
        return parse__option(p, STR("validUntil"), parse__string_const(p, parse__string(p), at),
                             start);
    }
    if (parse__accept(p, KW_USER)) return members(p, STR("rolemembers"), start);
    return NULL;
}

static AstOption *create_role_option(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__accept(p, KW_SYSID)) {
        AstIntConst *number = NEW(p, IntConst, p->tok->start);
        number->value = parse__integer(p);
        return parse__option(p, STR("sysid"), number, start);
    }
    if (parse__accept(p, KW_ADMIN)) return members(p, STR("adminmembers"), start);
    if (parse__accept(p, KW_ROLE)) return members(p, STR("rolemembers"), start);
    if (parse__accept(p, KW_IN)) {
        if (!parse__accept(p, KW_ROLE)) parse__expect(p, KW_GROUP);
        return members(p, STR("addroleto"), start);
    }
    return role_option(p);
}

AstStmt *parse__create_role(Parser *p, const Create *create)
{
    AstCreateRole *role = NEW(p, CreateRole, create->start);
    switch (create->phrase->words[0]) {
    case KW_USER: role->word = AST_ROLE_WORD_USER; break;
    case KW_GROUP: role->word = AST_ROLE_WORD_GROUP; break;
    default: role->word = AST_ROLE_WORD_ROLE; break;
    }
    role->name = parse__role_id(p);
    parse__optional_with(p);
    uint32_t mark = parse__mark(p);
    for (AstOption *option; (option = create_role_option(p)) != NULL;) parse__push(p, option);
    TAKE(p, mark, &role->options);
    return &role->base;
}

/* ---- ALTER ROLE, ALTER GROUP ---- */

/* TO name, RENAME read; the old one was read as a role, but must be a name. */
static AstStmt *rename_role(Parser *p, const Alter *alter, const AstRoleSpec *role, uint16_t word)
{
    AstRename *rename = NEW(p, Rename, alter->start);
    rename->rename = AST_OBJECT_ROLE;
    rename->object = NEW(p, ObjectRef, (uint32_t)role->location);
    rename->object->object = AST_OBJECT_ROLE;
    rename->object->names = parse__names_of_one(p, parse__role_name(p, role, word));
    parse__expect(p, KW_TO);
    rename->new_name = parse__role_id(p);
    return &rename->base;
}

static AstStmt *alter_role_set(Parser *p, const Alter *alter, AstRoleSpec *role)
{
    AstAlterRoleSet *stmt = NEW(p, AlterRoleSet, alter->start);
    stmt->role = role;
    if (parse__accept(p, KW_IN)) {
        parse__expect(p, KW_DATABASE);
        stmt->database = parse__name(p);
    }
    stmt->set = parse__optional_set_reset(p);
    if (!stmt->set) parse__syntax_error(p);
    return &stmt->base;
}

AstStmt *parse__alter_role(Parser *p, const Alter *alter)
{
    if (parse__accept(p, KW_ALL)) return alter_role_set(p, alter, NULL);
    uint16_t word = p->tok->type;
    AstRoleSpec *spec = parse__role_spec(p);
    if (parse__accept(p, KW_RENAME)) return rename_role(p, alter, spec, word);
    if (parse__is(p, KW_IN) || parse__is(p, KW_SET) || parse__is(p, KW_RESET))
        return alter_role_set(p, alter, spec);
    AstAlterRole *role = NEW(p, AlterRole, alter->start);
    role->role = spec;
    role->action = AST_OPTION_ADD;
    parse__optional_with(p);
    uint32_t mark = parse__mark(p);
    for (AstOption *option; (option = role_option(p)) != NULL;) parse__push(p, option);
    TAKE(p, mark, &role->options);
    return &role->base;
}

AstStmt *parse__alter_group(Parser *p, const Alter *alter)
{
    uint16_t word = p->tok->type;
    AstRoleSpec *spec = parse__role_spec(p);
    if (!parse__is(p, KW_ADD) && !parse__is(p, KW_DROP)) {
        parse__role_name(p, spec, word);
        parse__expect(p, KW_RENAME);
        return rename_role(p, alter, spec, word);
    }
    AstAlterRole *role = NEW(p, AlterRole, alter->start);
    role->role = spec;
    role->action = parse__is(p, KW_DROP) ? AST_OPTION_DROP : AST_OPTION_ADD;
    parse__next(p);
    uint32_t start = p->tok->start;
    parse__expect(p, KW_USER);
    LIST_OF_ONE(p, &role->options, members(p, STR("rolemembers"), start));
    return &role->base;
}

/* ---- privileges ---- */

/* A privilege or, of GRANT role, a role; with columns perhaps. */
static AstPrivilege *privilege(Parser *p)
{
    AstPrivilege *item = NEW(p, Privilege, p->tok->start);
    if (parse__is(p, KW_ALTER) && parse__peek_type(p, 1) == KW_SYSTEM) {
        parse__next(p);
        parse__next(p);
        item->name = STR("alter system");
        return item;
    }
    bool reserved = parse__is(p, KW_SELECT) || parse__is(p, KW_REFERENCES) ||
                    parse__is(p, KW_CREATE);
    item->name = reserved ? parse__label(p) : parse__name(p);
    item->columns = parse__optional_column_list(p);
    return item;
}

/* ALL [PRIVILEGES] [(columns)], or a list; tells of ALL. */
static bool privileges(Parser *p, AstPrivilegeList *list)
{
    uint32_t mark = parse__mark(p), start = p->tok->start;
    bool all = parse__accept(p, KW_ALL);
    if (all) {
        parse__accept(p, KW_PRIVILEGES);
        if (parse__is(p, '(')) {
            AstPrivilege *item = NEW(p, Privilege, start);
            item->columns = parse__column_list(p);
            parse__push(p, item);
        }
    } else {
        do parse__push(p, privilege(p));
        while (parse__accept(p, ','));
    }
    TAKE(p, mark, list);
    return all;
}

/* ---- what privileges are granted on ---- */

/* How the objects of a kind are listed. */
typedef enum TargetForm {
    TARGET_TABLES,
    TARGET_OBJECTS,
    TARGET_PARAMETERS,
    TARGET_IN_SCHEMAS
} TargetForm;

typedef struct GrantObject {
    Phrase phrase;
    AstObjectType object;
    TargetForm target;
    NameForm form;
} GrantObject;

static const GrantObject grant_objects[] = {
    {{{KW_ALL, KW_FUNCTIONS}, 0}, AST_OBJECT_FUNCTION, TARGET_IN_SCHEMAS, FORM_NAME},
    {{{KW_ALL, KW_PROCEDURES}, 0}, AST_OBJECT_PROCEDURE, TARGET_IN_SCHEMAS, FORM_NAME},
    {{{KW_ALL, KW_ROUTINES}, 0}, AST_OBJECT_ROUTINE, TARGET_IN_SCHEMAS, FORM_NAME},
    {{{KW_ALL, KW_SEQUENCES}, 0}, AST_OBJECT_SEQUENCE, TARGET_IN_SCHEMAS, FORM_NAME},
    {{{KW_ALL, KW_TABLES}, 0}, AST_OBJECT_TABLE, TARGET_IN_SCHEMAS, FORM_NAME},
    {{{KW_DATABASE}, 0}, AST_OBJECT_DATABASE, TARGET_OBJECTS, FORM_NAME},
    {{{KW_DOMAIN}, 0}, AST_OBJECT_DOMAIN, TARGET_OBJECTS, FORM_ANY_NAME},
    {{{KW_FOREIGN, KW_DATA, KW_WRAPPER}, 0},
     AST_OBJECT_FOREIGN_DATA_WRAPPER,
     TARGET_OBJECTS,
     FORM_NAME},
    {{{KW_FOREIGN, KW_SERVER}, 0}, AST_OBJECT_FOREIGN_SERVER, TARGET_OBJECTS, FORM_NAME},
    {{{KW_FUNCTION}, 0}, AST_OBJECT_FUNCTION, TARGET_OBJECTS, FORM_ROUTINE},
    {{{KW_LANGUAGE}, 0}, AST_OBJECT_LANGUAGE, TARGET_OBJECTS, FORM_NAME},
    {{{KW_LARGE, KW_OBJECT}, 0}, AST_OBJECT_LARGE_OBJECT, TARGET_OBJECTS, FORM_LARGE_OBJECT},
    {{{KW_PARAMETER}, 0}, AST_OBJECT_PARAMETER, TARGET_PARAMETERS, FORM_NAME},
    {{{KW_PROCEDURE}, 0}, AST_OBJECT_PROCEDURE, TARGET_OBJECTS, FORM_ROUTINE},
    {{{KW_ROUTINE}, 0}, AST_OBJECT_ROUTINE, TARGET_OBJECTS, FORM_ROUTINE},
    {{{KW_SCHEMA}, 0}, AST_OBJECT_SCHEMA, TARGET_OBJECTS, FORM_NAME},
    {{{KW_SEQUENCE}, 0}, AST_OBJECT_SEQUENCE, TARGET_TABLES, FORM_NAME},
    {{{KW_TABLE}, 0}, AST_OBJECT_TABLE, TARGET_TABLES, FORM_NAME},
    {{{KW_TABLESPACE}, 0}, AST_OBJECT_TABLESPACE, TARGET_OBJECTS, FORM_NAME},
    {{{KW_TYPE}, 0}, AST_OBJECT_TYPE, TARGET_OBJECTS, FORM_ANY_NAME},
};

static const GrantObject default_objects[] = {
    {{{KW_FUNCTIONS}, 0}, AST_OBJECT_FUNCTION, TARGET_OBJECTS, FORM_NAME},
    {{{KW_LARGE, KW_OBJECTS}, 0}, AST_OBJECT_LARGE_OBJECT, TARGET_OBJECTS, FORM_NAME},
    {{{KW_ROUTINES}, 0}, AST_OBJECT_FUNCTION, TARGET_OBJECTS, FORM_NAME},
    {{{KW_SCHEMAS}, 0}, AST_OBJECT_SCHEMA, TARGET_OBJECTS, FORM_NAME},
    {{{KW_SEQUENCES}, 0}, AST_OBJECT_SEQUENCE, TARGET_OBJECTS, FORM_NAME},
    {{{KW_TABLES}, 0}, AST_OBJECT_TABLE, TARGET_OBJECTS, FORM_NAME},
    {{{KW_TYPES}, 0}, AST_OBJECT_TYPE, TARGET_OBJECTS, FORM_NAME},
};

/* Is the word here a table's name, though it could also begin a phrase? Its next token tells. */
static bool is_table_name(Parser *p)
{
    if (!parse__is_col_id(p->tok)) return false;
    uint16_t next = parse__peek_type(p, 1);
    switch (p->tok->type) {
    case KW_LARGE: return next != KW_OBJECT;
    case KW_DATABASE:
    case KW_DOMAIN:
    case KW_FUNCTION:
    case KW_LANGUAGE:
    case KW_PARAMETER:
    case KW_PROCEDURE:
    case KW_ROUTINE:
    case KW_SCHEMA:
    case KW_SEQUENCE:
    case KW_TABLESPACE:
    case KW_TYPE:
        return next == ',' || next == '.' || next == KW_TO || next == KW_FROM ||
               next == TOKEN_LEFT_BRACKET;
    default: return true;
    }
}

/* a.b.c as one object's name. */
static AstObjectRef *parameter_ref(Parser *p)
{
    AstObjectRef *ref = NEW(p, ObjectRef, p->tok->start);
    ref->object = AST_OBJECT_PARAMETER;
    ref->names = parse__names_of_one(p, parse__variable_name(p));
    return ref;
}

static AstNode *grant_object(Parser *p, const GrantObject *kind)
{
    switch (kind->target) {
    case TARGET_TABLES: return &parse__qualified_name(p)->base;
    case TARGET_PARAMETERS: return &parameter_ref(p)->base;
    case TARGET_OBJECTS:
    case TARGET_IN_SCHEMAS: break;
    }
    return &parse__object_ref(p, kind->object, kind->form)->base;
}

static void grant_target(Parser *p, AstGrant *grant)
{
    static const GrantObject plain = {{{KW_TABLE}, 0}, AST_OBJECT_TABLE, TARGET_TABLES, FORM_NAME};
    const GrantObject *kind = is_table_name(p) ? &plain : PHRASE(p, grant_objects, 0);
    grant->object = kind->object;
    grant->target = AST_GRANT_OBJECTS;
    uint32_t mark = parse__mark(p);
    if (kind->target == TARGET_IN_SCHEMAS) {
        grant->target = AST_GRANT_ALL_IN_SCHEMA;
        parse__expect2(p, KW_IN, KW_SCHEMA);
        do {
            uint32_t start = p->tok->start;
            parse__push(p, parse__name_node(p, parse__names_of_one(p, parse__name(p)), start));
        } while (parse__accept(p, ','));
    } else {
        do parse__push(p, grant_object(p, kind));
        while (parse__accept(p, ','));
    }
    TAKE(p, mark, &grant->objects);
}

/* ---- GRANT, REVOKE ---- */

static void grantees(Parser *p, AstRoleSpecList *list)
{
    uint32_t mark = parse__mark(p);
    do {
        parse__accept(p, KW_GROUP);
        parse__push(p, parse__role_spec(p));
    } while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

static AstRoleSpec *optional_granted_by(Parser *p)
{
    if (!parse__accept(p, KW_GRANTED)) return NULL;
    parse__expect(p, KW_BY);
    return parse__role_spec(p);
}

/* TO or FROM whom, and what stands behind. `defaults`: of ALTER DEFAULT PRIVILEGES. */
static void grant_tail(Parser *p, AstGrant *grant, bool defaults)
{
    parse__expect(p, grant->revoke ? KW_FROM : KW_TO);
    grantees(p, &grant->grantees);
    if (!grant->revoke && parse__accept(p, KW_WITH)) {
        parse__expect2(p, KW_GRANT, KW_OPTION);
        grant->grant_option = true;
    }
    if (!defaults) grant->grantor = optional_granted_by(p);
    if (grant->revoke) grant->behavior = parse__drop_behavior(p);
}

/* word {OPTION | TRUE | FALSE} */
static AstOption *grant_role_option(Parser *p)
{
    uint32_t start = p->tok->start;
    Str name = parse__label(p);
    bool value = !parse__accept(p, KW_FALSE);
    if (value && !parse__accept(p, KW_OPTION)) parse__expect(p, KW_TRUE);
    return parse__option(p, name, parse__bool_const(p, value, start), start);
}

/* Behind the roles granted. `option`: what REVOKE x OPTION FOR takes away. */
static AstStmt *grant_roles(Parser *p, uint32_t start, AstPrivilegeList roles, bool revoke,
                            AstOption *option)
{
    AstGrantRole *grant = NEW(p, GrantRole, start);
    grant->roles = roles;
    grant->revoke = revoke;
    if (option) LIST_OF_ONE(p, &grant->options, option);
    parse__expect(p, revoke ? KW_FROM : KW_TO);
    parse__role_list(p, &grant->grantees);
    if (!revoke && parse__accept(p, KW_WITH)) {
        uint32_t mark = parse__mark(p);
        do parse__push(p, grant_role_option(p));
        while (parse__accept(p, ','));
        TAKE(p, mark, &grant->options);
    }
    grant->grantor = optional_granted_by(p);
    if (revoke) grant->behavior = parse__drop_behavior(p);
    return &grant->base;
}

/* GRANT OPTION FOR or word OPTION FOR of REVOKE; *option is the word's. */
static bool revoked_option(Parser *p, AstOption **option)
{
    uint32_t start = p->tok->start;
    if (parse__accept(p, KW_GRANT)) {
        parse__expect2(p, KW_OPTION, KW_FOR);
        return true;
    }
    if (!parse__is_col_id(p->tok) || parse__peek_type(p, 1) != KW_OPTION) return false;
    Str name = parse__name(p);
    *option = parse__option(p, name, parse__bool_const(p, false, start), start);
    parse__expect2(p, KW_OPTION, KW_FOR);
    return false;
}

/* `roles`: also GRANT of membership in a role, which only lacks the ON. */
static AstStmt *grant_or_revoke(Parser *p, bool roles)
{
    uint32_t start = p->tok->start;
    bool revoke = parse__is(p, KW_REVOKE);
    parse__next(p);
    AstOption *option = NULL;
    bool grant_option = revoke && revoked_option(p, &option);
    AstPrivilegeList list;
    if (option && parse__is(p, KW_ALL)) parse__syntax_error(p);
    bool all = privileges(p, &list);
    if (option || (roles && !all && !grant_option && !parse__is(p, KW_ON)))
        return grant_roles(p, start, list, revoke, option);
    AstGrant *grant = NEW(p, Grant, start);
    grant->revoke = revoke;
    grant->grant_option = grant_option;
    grant->privileges = list;
    parse__expect(p, KW_ON);
    grant_target(p, grant);
    grant_tail(p, grant, false);
    return &grant->base;
}

AstStmt *parse__grant(Parser *p)
{
    return grant_or_revoke(p, true);
}

AstStmt *parse__grant_in_schema(Parser *p)
{
    return grant_or_revoke(p, false);
}

/* ---- ALTER DEFAULT PRIVILEGES ---- */

/* IN SCHEMA names, FOR {ROLE | USER} roles; NULL: none begins here. */
static AstOption *default_option(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__accept(p, KW_FOR)) {
        if (!parse__accept(p, KW_ROLE)) parse__expect(p, KW_USER);
        return members(p, STR("roles"), start);
    }
    if (!parse__accept(p, KW_IN)) return NULL;
    parse__expect(p, KW_SCHEMA);
    uint32_t at = p->tok->start;
    return parse__option(p, STR("schemas"), parse__name_node(p, parse__name_list(p), at), start);
}

AstStmt *parse__alter_default_privileges(Parser *p, const Alter *alter)
{
    AstAlterDefaultPrivileges *stmt = NEW(p, AlterDefaultPrivileges, alter->start);
    uint32_t mark = parse__mark(p);
    for (AstOption *option; (option = default_option(p)) != NULL;) parse__push(p, option);
    TAKE(p, mark, &stmt->options);
    AstGrant *grant = stmt->grant = NEW(p, Grant, p->tok->start);
    grant->target = AST_GRANT_DEFAULTS;
    grant->revoke = parse__accept(p, KW_REVOKE);
    if (!grant->revoke) parse__expect(p, KW_GRANT);
    if (grant->revoke && parse__accept(p, KW_GRANT)) {
        parse__expect2(p, KW_OPTION, KW_FOR);
        grant->grant_option = true;
    }
    privileges(p, &grant->privileges);
    parse__expect(p, KW_ON);
    const GrantObject *kind = PHRASE(p, default_objects, 0);
    grant->object = kind->object;
    grant_tail(p, grant, true);
    return &stmt->base;
}

AstStmt *parse__reassign(Parser *p)
{
    AstReassignOwned *reassign = NEW(p, ReassignOwned, p->tok->start);
    parse__next(p);
    parse__expect2(p, KW_OWNED, KW_BY);
    parse__role_list(p, &reassign->roles);
    parse__expect(p, KW_TO);
    reassign->new_role = parse__role_spec(p);
    return &reassign->base;
}
