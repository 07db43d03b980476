/* SPDX-License-Identifier: Apache-2.0 */
/* parse_database.c - databases, schemas, tablespaces, extensions, foreign data, ALTER SYSTEM. */
#include "parse/parse_internal.h"

/* ---- databases ---- */

/* name [=] value, the name a word or one of the key words that are options; NULL: none begins here. */
static AstOption *database_option(Parser *p)
{
    uint32_t start = p->tok->start;
    Str name;
    switch (p->tok->type) {
    case TOKEN_IDENTIFIER:
    case KW_ENCODING:
    case KW_LOCATION:
    case KW_OWNER:
    case KW_TABLESPACE:
    case KW_TEMPLATE: name = parse__label(p); break;
    case KW_CONNECTION:
        parse__next(p);
        parse__expect(p, KW_LIMIT);
        name = STR("connection_limit");
        break;
    default: return NULL;
    }
    parse__accept(p, '=');
    AstNode *value = parse__accept(p, KW_DEFAULT) ? NULL : parse__boolean_or_string(p);
    return parse__option(p, name, value, start);
}

static void database_options(Parser *p, AstOptionList *list)
{
    uint32_t mark = parse__mark(p);
    for (AstOption *option; (option = database_option(p)) != NULL;) parse__push(p, option);
    TAKE(p, mark, list);
}

AstStmt *parse__create_database(Parser *p, const Create *create)
{
    AstCreateDatabase *database = NEW(p, CreateDatabase, create->start);
    database->name = parse__name(p);
    parse__optional_with(p);
    database_options(p, &database->options);
    return &database->base;
}

/* SET setting or RESET setting, of a role or a database; NULL: none begins here. */
AstSetVariable *parse__optional_set_reset(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__is(p, KW_RESET)) return parse__reset(p);
    if (!parse__accept(p, KW_SET)) return NULL;
    AstSetVariable *set = parse__set_rest(p);
    set->location = (int32_t)start;
    return set;
}

/* SET TABLESPACE name, rather than SET tablespace = ... */
static bool starts_set_tablespace(Parser *p)
{
    if (!parse__is(p, KW_SET) || parse__peek_type(p, 1) != KW_TABLESPACE) return false;
    switch (parse__peek_type(p, 2)) {
    case KW_TO:
    case KW_FROM:
    case '=':
    case '.': return false;
    default: return true;
    }
}

AstStmt *parse__alter_database(Parser *p, const Alter *alter)
{
    Str name = alter->ref->names.items[0];
    if (parse__accept(p, KW_REFRESH)) {
        AstRefreshDatabaseCollation *refresh = NEW(p, RefreshDatabaseCollation, alter->start);
        refresh->name = name;
        parse__expect2(p, KW_COLLATION, KW_VERSION);
        return &refresh->base;
    }
    bool tablespace = starts_set_tablespace(p);
    AstSetVariable *set = tablespace ? NULL : parse__optional_set_reset(p);
    if (set) {
        AstAlterDatabaseSet *stmt = NEW(p, AlterDatabaseSet, alter->start);
        stmt->name = name;
        stmt->set = set;
        return &stmt->base;
    }
    AstAlterDatabase *database = NEW(p, AlterDatabase, alter->start);
    database->name = name;
    if (!tablespace) {
        parse__accept(p, KW_WITH);
        database_options(p, &database->options);
        return &database->base;
    }
    parse__next(p);
    parse__next(p);
    uint32_t at = p->tok->start;
    AstNode *value = parse__string_const(p, parse__name(p), at);
    LIST_OF_ONE(p, &database->options, parse__option(p, STR("tablespace"), value, at));
    return &database->base;
}

AstStmt *parse__alter_system(Parser *p, const Alter *alter)
{
    AstAlterSystem *system = NEW(p, AlterSystem, alter->start);
    if (parse__is(p, KW_RESET)) {
        AstSetVariable *reset = system->set = NEW(p, SetVariable, p->tok->start);
        parse__next(p);
        reset->set = AST_SET_RESET;
        if (parse__accept(p, KW_ALL))
            reset->set = AST_SET_RESET_ALL;
        else
            reset->name = parse__variable_name(p);
        return &system->base;
    }
    parse__expect(p, KW_SET);
    system->set = parse__set_generic(p);
    return &system->base;
}

/* ---- schemas, tablespaces ---- */

AstStmt *parse__create_schema(Parser *p, const Create *create)
{
    AstCreateSchema *schema = NEW(p, CreateSchema, create->start);
    schema->if_not_exists = parse__if_not_exists(p);
    bool named = !parse__is(p, KW_AUTHORIZATION);
    if (named) schema->name = parse__name(p);
    if (parse__accept(p, KW_AUTHORIZATION)) schema->owner = parse__role_spec(p);
    uint32_t mark = parse__mark(p), elements_at = p->tok->start;
    for (AstStmt *element; (element = parse__schema_element(p)) != NULL;) parse__push(p, element);
    TAKE(p, mark, &schema->elements);
    if (schema->if_not_exists && schema->elements.count)
        parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)elements_at,
                     "CREATE SCHEMA IF NOT EXISTS cannot include schema elements");
    return &schema->base;
}

AstStmt *parse__create_tablespace(Parser *p, const Create *create)
{
    AstCreateTablespace *tablespace = NEW(p, CreateTablespace, create->start);
    tablespace->name = parse__name(p);
    if (parse__accept(p, KW_OWNER)) tablespace->owner = parse__role_spec(p);
    parse__expect(p, KW_LOCATION);
    tablespace->location_path = parse__string(p);
    if (parse__accept(p, KW_WITH)) parse__reloptions(p, &tablespace->options);
    return &tablespace->base;
}

AstStmt *parse__alter_tablespace(Parser *p, const Alter *alter)
{
    AstAlterTablespace *tablespace = NEW(p, AlterTablespace, alter->start);
    tablespace->name = alter->ref->names.items[0];
    tablespace->reset = parse__accept(p, KW_RESET);
    if (!tablespace->reset) parse__expect(p, KW_SET);
    parse__reloptions(p, &tablespace->options);
    return &tablespace->base;
}

/* ---- extensions ---- */

/* An option of CREATE EXTENSION; NULL: none begins here. */
static AstOption *extension_option(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__accept(p, KW_SCHEMA))
        return parse__option(p, STR("schema"), parse__string_const(p, parse__name(p), start),
                             start);
    if (parse__accept(p, KW_VERSION))
        return parse__option(p, STR("new_version"),
                             parse__string_const(p, parse__word_or_string(p), start), start);
    if (parse__accept(p, KW_CASCADE))
        return parse__option(p, STR("cascade"), parse__bool_const(p, true, start), start);
    if (!parse__accept(p, KW_FROM)) return NULL;
    parse__word_or_string(p);
    parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)start,
                 "CREATE EXTENSION ... FROM is no longer supported");
}

AstStmt *parse__create_extension(Parser *p, const Create *create)
{
    AstCreateExtension *extension = NEW(p, CreateExtension, create->start);
    extension->if_not_exists = parse__if_not_exists(p);
    extension->name = parse__name(p);
    parse__optional_with(p);
    uint32_t mark = parse__mark(p);
    for (AstOption *option; (option = extension_option(p)) != NULL;) parse__push(p, option);
    TAKE(p, mark, &extension->options);
    return &extension->base;
}

AstStmt *parse__alter_extension(Parser *p, const Alter *alter)
{
    Str name = alter->ref->names.items[0];
    bool drop = parse__accept(p, KW_DROP);
    if (drop || parse__accept(p, KW_ADD)) {
        AstAlterExtensionContents *contents = NEW(p, AlterExtensionContents, alter->start);
        contents->name = name;
        contents->drop = drop;
        contents->object = parse__extension_member(p);
        return &contents->base;
    }
    AstAlterExtension *extension = NEW(p, AlterExtension, alter->start);
    extension->name = name;
    parse__expect(p, KW_UPDATE);
    uint32_t mark = parse__mark(p);
    for (uint32_t start = p->tok->start; parse__accept(p, KW_TO); start = p->tok->start)
        parse__push(p,
                    parse__option(p, STR("new_version"),
                                  parse__string_const(p, parse__word_or_string(p), start), start));
    TAKE(p, mark, &extension->options);
    return &extension->base;
}

/* ---- foreign data wrappers, servers ---- */

/* HANDLER name, NO HANDLER, VALIDATOR name, NO VALIDATOR; NULL: none begins here. */
static AstOption *wrapper_handler(Parser *p)
{
    uint32_t start = p->tok->start;
    bool no = parse__accept(p, KW_NO);
    bool handler = parse__is(p, KW_HANDLER);
    if (!handler && !parse__is(p, KW_VALIDATOR)) {
        if (no) parse__syntax_error(p);
        return NULL;
    }
    parse__next(p);
    uint32_t at = p->tok->start;
    AstNode *function = no ? NULL : parse__name_node(p, parse__any_name(p), at);
    return parse__option(p, handler ? STR("handler") : STR("validator"), function, start);
}

static void wrapper_handlers(Parser *p, AstOptionList *list)
{
    uint32_t mark = parse__mark(p);
    for (AstOption *option; (option = wrapper_handler(p)) != NULL;) parse__push(p, option);
    TAKE(p, mark, list);
}

AstStmt *parse__create_foreign_data_wrapper(Parser *p, const Create *create)
{
    AstCreateForeignDataWrapper *wrapper = NEW(p, CreateForeignDataWrapper, create->start);
    wrapper->name = parse__name(p);
    wrapper_handlers(p, &wrapper->handlers);
    parse__generic_options(p, &wrapper->options, false);
    return &wrapper->base;
}

AstStmt *parse__alter_foreign_data_wrapper(Parser *p, const Alter *alter)
{
    AstAlterForeignDataWrapper *wrapper = NEW(p, AlterForeignDataWrapper, alter->start);
    wrapper->name = alter->ref->names.items[0];
    wrapper_handlers(p, &wrapper->handlers);
    if (wrapper->handlers.count == 0 && !parse__is(p, KW_OPTIONS)) parse__syntax_error(p);
    parse__generic_options(p, &wrapper->options, true);
    return &wrapper->base;
}

/* VERSION 'text' or VERSION NULL, or nothing; tells whether it is there. */
static bool optional_version(Parser *p, Str *version)
{
    if (!parse__accept(p, KW_VERSION)) return false;
    if (!parse__accept(p, KW_NULL)) *version = parse__string(p);
    return true;
}

AstStmt *parse__create_server(Parser *p, const Create *create)
{
    AstCreateServer *server = NEW(p, CreateServer, create->start);
    server->if_not_exists = parse__if_not_exists(p);
    server->name = parse__name(p);
    if (parse__accept(p, KW_TYPE)) server->type = parse__string(p);
    optional_version(p, &server->version);
    parse__expect2(p, KW_FOREIGN, KW_DATA);
    parse__expect(p, KW_WRAPPER);
    server->wrapper = parse__name(p);
    parse__generic_options(p, &server->options, false);
    return &server->base;
}

AstStmt *parse__alter_server(Parser *p, const Alter *alter)
{
    AstAlterServer *server = NEW(p, AlterServer, alter->start);
    server->name = alter->ref->names.items[0];
    server->has_version = optional_version(p, &server->version);
    if (!server->has_version && !parse__is(p, KW_OPTIONS)) parse__syntax_error(p);
    parse__generic_options(p, &server->options, true);
    return &server->base;
}

/* ---- user mappings ---- */

AstRoleSpec *parse__mapped_user(Parser *p)
{
    parse__expect(p, KW_FOR);
    if (!parse__is(p, KW_USER)) return parse__role_spec(p);
    AstRoleSpec *role = NEW(p, RoleSpec, p->tok->start);
    role->role = AST_ROLE_CURRENT_USER;
    parse__next(p);
    return role;
}

Str parse__mapped_server(Parser *p)
{
    parse__expect(p, KW_SERVER);
    return parse__name(p);
}

AstStmt *parse__create_user_mapping(Parser *p, const Create *create)
{
    AstCreateUserMapping *mapping = NEW(p, CreateUserMapping, create->start);
    mapping->if_not_exists = parse__if_not_exists_only(p);
    mapping->user = parse__mapped_user(p);
    mapping->server = parse__mapped_server(p);
    parse__generic_options(p, &mapping->options, false);
    return &mapping->base;
}

AstStmt *parse__alter_user_mapping(Parser *p, const Alter *alter)
{
    AstAlterUserMapping *mapping = NEW(p, AlterUserMapping, alter->start);
    mapping->user = parse__mapped_user(p);
    mapping->server = parse__mapped_server(p);
    if (!parse__is(p, KW_OPTIONS)) parse__syntax_error(p);
    parse__generic_options(p, &mapping->options, true);
    return &mapping->base;
}

/* ---- IMPORT FOREIGN SCHEMA ---- */

AstStmt *parse__import(Parser *p)
{
    AstImportForeignSchema *import = NEW(p, ImportForeignSchema, p->tok->start);
    parse__next(p);
    parse__expect2(p, KW_FOREIGN, KW_SCHEMA);
    import->remote_schema = parse__name(p);
    import->import = AST_IMPORT_ALL;
    if (parse__accept(p, KW_LIMIT)) {
        parse__expect(p, KW_TO);
        import->import = AST_IMPORT_LIMIT_TO;
    } else if (parse__accept(p, KW_EXCEPT)) {
        import->import = AST_IMPORT_EXCEPT;
    }
    if (import->import != AST_IMPORT_ALL) {
        parse__expect(p, '(');
        parse__relation_expr_list(p, &import->tables);
        parse__expect(p, ')');
    }
    parse__expect2(p, KW_FROM, KW_SERVER);
    import->server = parse__name(p);
    parse__expect(p, KW_INTO);
    import->local_schema = parse__name(p);
    parse__generic_options(p, &import->options, false);
    return &import->base;
}
