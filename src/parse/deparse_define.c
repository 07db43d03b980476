/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_define.c - what is defined by name: types, functions, operators, text search, databases, roles and
 * privileges, foreign data, replication. */
#include "parse/deparse_internal.h"

#include "base/arith.h"

static bool option_is(const AstOption *option, const char *name)
{
    return str_equal(option->name, str_from(name));
}

static bool option_true(const AstOption *option)
{
    return AST_AS(BoolConst, option->value)->value;
}

static Str option_text(const AstOption *option)
{
    return AST_AS(StringConst, option->value)->value;
}

/* The nodes of an option's group, without the parentheses. */
static void group_items(StrBuilder *out, const AstOption *option)
{
    deparse__list(out, &AST_AS(NodeGroup, option->value)->items);
}

/* ---- types, domains, enums ---- */

/* Definitions whose values may be NONE, which the tree has as absent: ALTER TYPE, ALTER OPERATOR. */
static void set_or_none(StrBuilder *out, const AstOptionList *list)
{
    deparse__text(out, " SET (");
    for (uint32_t i = 0; i < list->count; i++) {
        deparse__if(out, i > 0, ", ");
        deparse__definition_item(out, list->items[i]);
        deparse__if(out, !list->items[i]->value, " = NONE");
    }
    deparse__text(out, ")");
}

static void define(StrBuilder *out, const void *node)
{
    const AstDefine *stmt = node;
    deparse__text(out, stmt->replace ? "CREATE OR REPLACE " : "CREATE ");
    deparse__object_type(out, (AstObjectType)stmt->object);
    deparse__text(out, stmt->if_not_exists ? " IF NOT EXISTS " : " ");
    if (stmt->object == AST_OBJECT_OPERATOR)
        deparse__operator_name(out, stmt->names);
    else
        deparse__name(out, stmt->names);
    if (stmt->args) deparse__aggregate_params(out, stmt->args);
    const AstOption *from = stmt->definition.count == 1 ? stmt->definition.items[0] : NULL;
    bool copied = stmt->object == AST_OBJECT_COLLATION && from && option_is(from, "from") &&
                  from->value && from->value->kind == AST_NAME;
    if (copied)
        deparse__with(out, " FROM ", from->value);
    else if (stmt->object == AST_OBJECT_AGGREGATE && !stmt->args)
        deparse__identifier_definition(out, " ", &stmt->definition);
    else
        deparse__definition(out, " ", &stmt->definition);
}

static void create_composite(StrBuilder *out, const void *node)
{
    const AstCreateCompositeType *stmt = node;
    deparse__with(out, "CREATE TYPE ", stmt->type_name);
    deparse__text(out, " AS (");
    deparse__list(out, &stmt->columns);
    deparse__text(out, ")");
}

static void literals(StrBuilder *out, NodeStrs texts)
{
    for (uint32_t i = 0; i < texts.count; i++) {
        deparse__if(out, i > 0, ", ");
        parse_quote_literal(out, texts.items[i]);
    }
}

static void create_enum(StrBuilder *out, const void *node)
{
    const AstCreateEnum *stmt = node;
    deparse__text(out, "CREATE TYPE ");
    deparse__name(out, stmt->names);
    deparse__text(out, " AS ENUM (");
    literals(out, stmt->labels);
    deparse__text(out, ")");
}

static void create_range(StrBuilder *out, const void *node)
{
    const AstCreateRangeType *stmt = node;
    deparse__text(out, "CREATE TYPE ");
    deparse__name(out, stmt->names);
    deparse__definition(out, " AS RANGE ", &stmt->options);
}

static void alter_enum(StrBuilder *out, const void *node)
{
    const AstAlterEnum *stmt = node;
    deparse__text(out, "ALTER TYPE ");
    deparse__name(out, stmt->names);
    if (deparse__has(stmt->old_label)) {
        deparse__with_literal(out, " RENAME VALUE ", stmt->old_label);
        deparse__with_literal(out, " TO ", stmt->new_label);
        return;
    }
    deparse__text(out, stmt->if_not_exists ? " ADD VALUE IF NOT EXISTS " : " ADD VALUE ");
    parse_quote_literal(out, stmt->new_label);
    deparse__with_literal(out, stmt->after ? " AFTER " : " BEFORE ", stmt->neighbor);
}

static void alter_type(StrBuilder *out, const void *node)
{
    const AstAlterType *stmt = node;
    deparse__text(out, "ALTER TYPE ");
    deparse__name(out, stmt->names);
    set_or_none(out, &stmt->options);
}

static void create_domain(StrBuilder *out, const void *node)
{
    const AstCreateDomain *stmt = node;
    deparse__text(out, "CREATE DOMAIN ");
    deparse__name(out, stmt->names);
    deparse__with(out, " AS ", stmt->type);
    deparse__collate(out, stmt->collation);
    for (uint32_t i = 0; i < stmt->constraints.count; i++)
        deparse__with(out, " ", stmt->constraints.items[i]);
}

static void alter_domain(StrBuilder *out, const void *node)
{
    const AstAlterDomain *stmt = node;
    deparse__text(out, "ALTER DOMAIN ");
    deparse__name(out, stmt->names);
    switch (stmt->action) {
    case AST_DOMAIN_SET_DEFAULT: deparse__with(out, " SET DEFAULT ", stmt->expr); break;
    case AST_DOMAIN_DROP_DEFAULT: deparse__text(out, " DROP DEFAULT"); break;
    case AST_DOMAIN_SET_NOT_NULL: deparse__text(out, " SET NOT NULL"); break;
    case AST_DOMAIN_DROP_NOT_NULL: deparse__text(out, " DROP NOT NULL"); break;
    case AST_DOMAIN_ADD_CONSTRAINT: deparse__with(out, " ADD ", stmt->constraint); break;
    case AST_DOMAIN_DROP_CONSTRAINT:
        deparse__text(out, stmt->if_exists ? " DROP CONSTRAINT IF EXISTS " : " DROP CONSTRAINT ");
        parse_quote_identifier(out, stmt->name);
        deparse__behavior(out, (AstDropBehavior)stmt->behavior);
        break;
    case AST_DOMAIN_VALIDATE_CONSTRAINT:
        deparse__with_name(out, " VALIDATE CONSTRAINT ", stmt->name);
        break;
    }
}

/* ---- functions ---- */

static void function_attribute(StrBuilder *out, const AstOption *option)
{
    if (option_is(option, "strict")) {
        deparse__text(out, option_true(option) ? "STRICT" : "CALLED ON NULL INPUT");
    } else if (option_is(option, "leakproof")) {
        deparse__text(out, option_true(option) ? "LEAKPROOF" : "NOT LEAKPROOF");
    } else if (option_is(option, "security")) {
        deparse__text(out, option_true(option) ? "SECURITY DEFINER" : "SECURITY INVOKER");
    } else if (option_is(option, "window")) {
        deparse__text(out, "WINDOW");
    } else if (option_is(option, "volatility")) {
        str_add(out, str_upper_ascii(out->arena, option_text(option)));
    } else if (option_is(option, "parallel")) {
        deparse__with_name(out, "PARALLEL ", option_text(option));
    } else if (option_is(option, "as")) {
        deparse__text(out, "AS ");
        group_items(out, option);
    } else if (option_is(option, "transform")) {
        const AstNodeGroup *group = AST_AS(NodeGroup, option->value);
        deparse__text(out, "TRANSFORM ");
        for (uint32_t i = 0; i < group->items.count; i++)
            deparse__with(out, i ? ", FOR TYPE " : "FOR TYPE ", group->items.items[i]);
    } else if (option_is(option, "set")) {
        deparse__node(out, option->value);
    } else { /* language, cost, rows, support */
        str_add(out, str_upper_ascii(out->arena, option->name));
        deparse__with(out, " ", option->value);
    }
}

static void function_attributes(StrBuilder *out, const AstOptionList *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        deparse__text(out, " ");
        function_attribute(out, list->items[i]);
    }
}

static void function_params(StrBuilder *out, const AstCreateFunction *function)
{
    const AstFuncParamList *params = &function->params;
    uint32_t plain = params->count;
    while (plain > 0 && params->items[plain - 1]->mode == AST_PARAM_TABLE) plain--;
    deparse__text(out, "(");
    deparse__items(out, (void *const *)params->items, plain, ", ");
    deparse__text(out, ")");
    deparse__with(out, " RETURNS ", function->returns);
    if (plain == params->count) return;
    deparse__text(out, " RETURNS TABLE (");
    deparse__items(out, (void *const *)params->items + plain, params->count - plain, ", ");
    deparse__text(out, ")");
}

static void create_function(StrBuilder *out, const void *node)
{
    const AstCreateFunction *function = node;
    deparse__text(out, function->replace ? "CREATE OR REPLACE " : "CREATE ");
    deparse__text(out, function->procedure ? "PROCEDURE " : "FUNCTION ");
    deparse__name(out, function->names);
    function_params(out, function);
    function_attributes(out, &function->options);
    deparse__with(out, " ", function->body);
}

static void return_node(StrBuilder *out, const void *node)
{
    deparse__with(out, "RETURN ", ((const AstReturn *)node)->value);
}

static void atomic_block(StrBuilder *out, const void *node)
{
    const AstAtomicBlock *block = node;
    deparse__text(out, "BEGIN ATOMIC ");
    for (uint32_t i = 0; i < block->statements.count; i++) {
        deparse__node(out, block->statements.items[i]);
        deparse__text(out, "; ");
    }
    deparse__text(out, "END");
}

static void alter_function(StrBuilder *out, const void *node)
{
    const AstAlterFunction *stmt = node;
    deparse__text(out, "ALTER ");
    deparse__object_type(out, (AstObjectType)stmt->object);
    deparse__with(out, " ", stmt->routine);
    function_attributes(out, &stmt->options);
}

static void call(StrBuilder *out, const void *node)
{
    deparse__with(out, "CALL ", ((const AstCall *)node)->call);
}

static void do_node(StrBuilder *out, const void *node)
{
    const AstDo *stmt = node;
    deparse__text(out, "DO");
    for (uint32_t i = 0; i < stmt->options.count; i++) {
        const AstOption *option = stmt->options.items[i];
        deparse__with(out, option_is(option, "language") ? " LANGUAGE " : " ", option->value);
    }
}

/* ---- casts, transforms, languages, conversions, access methods ---- */

static void create_cast(StrBuilder *out, const void *node)
{
    const AstCreateCast *cast = node;
    deparse__with(out, "CREATE CAST (", cast->source);
    deparse__with(out, " AS ", cast->target);
    deparse__text(out, ")");
    if (cast->inout)
        deparse__text(out, " WITH INOUT");
    else
        deparse__with(out, " WITH FUNCTION ", cast->function);
    deparse__if(out, !cast->inout && !cast->function, " WITHOUT FUNCTION");
    deparse__if(out, cast->context == AST_CAST_ASSIGNMENT, " AS ASSIGNMENT");
    deparse__if(out, cast->context == AST_CAST_IMPLICIT, " AS IMPLICIT");
}

static void create_transform(StrBuilder *out, const void *node)
{
    const AstCreateTransform *stmt = node;
    deparse__text(out,
                  stmt->replace ? "CREATE OR REPLACE TRANSFORM FOR " : "CREATE TRANSFORM FOR ");
    deparse__node(out, stmt->type);
    deparse__with_name(out, " LANGUAGE ", stmt->language);
    deparse__with(out, " (FROM SQL WITH FUNCTION ", stmt->from_sql);
    deparse__with(out, stmt->from_sql ? ", TO SQL WITH FUNCTION " : " (TO SQL WITH FUNCTION ",
                  stmt->to_sql);
    deparse__text(out, ")");
}

static void create_language(StrBuilder *out, const void *node)
{
    const AstCreateLanguage *stmt = node;
    deparse__text(out, stmt->replace ? "CREATE OR REPLACE " : "CREATE ");
    deparse__text(out, stmt->trusted ? "TRUSTED LANGUAGE " : "LANGUAGE ");
    parse_quote_identifier(out, stmt->name);
    deparse__text(out, " HANDLER ");
    deparse__name(out, stmt->handler);
    deparse__if(out, stmt->inline_handler.count > 0, " INLINE ");
    deparse__name(out, stmt->inline_handler);
    deparse__if(out, stmt->validator.count > 0, " VALIDATOR ");
    deparse__name(out, stmt->validator);
}

static void create_conversion(StrBuilder *out, const void *node)
{
    const AstCreateConversion *stmt = node;
    deparse__text(out, stmt->is_default ? "CREATE DEFAULT CONVERSION " : "CREATE CONVERSION ");
    deparse__name(out, stmt->names);
    deparse__with_literal(out, " FOR ", stmt->from_encoding);
    deparse__with_literal(out, " TO ", stmt->to_encoding);
    deparse__text(out, " FROM ");
    deparse__name(out, stmt->function);
}

static void create_access_method(StrBuilder *out, const void *node)
{
    const AstCreateAccessMethod *stmt = node;
    deparse__with_name(out, "CREATE ACCESS METHOD ", stmt->name);
    deparse__text(out, stmt->table ? " TYPE TABLE HANDLER " : " TYPE INDEX HANDLER ");
    deparse__name(out, stmt->handler);
}

/* ---- operator classes and families, operators, collations ---- */

static void op_class_item(StrBuilder *out, const void *node)
{
    const AstOpClassItem *item = node;
    switch (item->item) {
    case AST_OPCLASS_OPERATOR: str_add_format(out, "OPERATOR %d", item->number); break;
    case AST_OPCLASS_FUNCTION: str_add_format(out, "FUNCTION %d", item->number); break;
    case AST_OPCLASS_STORAGE: deparse__with(out, "STORAGE ", item->storage); return;
    }
    if (item->types.count) {
        deparse__text(out, " (");
        deparse__list(out, &item->types);
        deparse__text(out, ")");
    }
    if (item->operator) {
        deparse__text(out, " ");
        deparse__class_operator(out, item->operator);
    }
    deparse__with(out, " ", item->routine);
    deparse__if(out, item->order_family.count > 0, " FOR ORDER BY ");
    deparse__name(out, item->order_family);
}

static void create_op_class(StrBuilder *out, const void *node)
{
    const AstCreateOpClass *stmt = node;
    deparse__text(out, "CREATE OPERATOR CLASS ");
    deparse__name(out, stmt->names);
    deparse__with(out, stmt->is_default ? " DEFAULT FOR TYPE " : " FOR TYPE ", stmt->type);
    deparse__with_name(out, " USING ", stmt->method);
    deparse__if(out, stmt->family.count > 0, " FAMILY ");
    deparse__name(out, stmt->family);
    deparse__text(out, " AS ");
    deparse__list(out, &stmt->items);
}

static void create_op_family(StrBuilder *out, const void *node)
{
    const AstCreateOpFamily *stmt = node;
    deparse__text(out, "CREATE OPERATOR FAMILY ");
    deparse__name(out, stmt->names);
    deparse__with_name(out, " USING ", stmt->method);
}

static void alter_op_family(StrBuilder *out, const void *node)
{
    const AstAlterOpFamily *stmt = node;
    deparse__text(out, "ALTER OPERATOR FAMILY ");
    deparse__name(out, stmt->names);
    deparse__with_name(out, " USING ", stmt->method);
    deparse__text(out, stmt->drop ? " DROP " : " ADD ");
    deparse__list(out, &stmt->items);
}

static void alter_operator(StrBuilder *out, const void *node)
{
    const AstAlterOperator *stmt = node;
    deparse__with(out, "ALTER OPERATOR ", stmt->operator);
    set_or_none(out, &stmt->options);
}

static void refresh_collation(StrBuilder *out, const void *node)
{
    deparse__text(out, "ALTER COLLATION ");
    deparse__name(out, ((const AstRefreshCollation *)node)->names);
    deparse__text(out, " REFRESH VERSION");
}

/* ---- text search ---- */

static void alter_ts_dictionary(StrBuilder *out, const void *node)
{
    const AstAlterTsDictionary *stmt = node;
    deparse__text(out, "ALTER TEXT SEARCH DICTIONARY ");
    deparse__name(out, stmt->names);
    deparse__definition(out, " ", &stmt->options);
}

static void alter_ts_configuration(StrBuilder *out, const void *node)
{
    static const char *const words[] = {[AST_MAPPING_ADD] = " ADD MAPPING",
                                        [AST_MAPPING_ALTER_TOKENS] = " ALTER MAPPING",
                                        [AST_MAPPING_REPLACE_ALL] = " ALTER MAPPING",
                                        [AST_MAPPING_REPLACE_TOKENS] = " ALTER MAPPING",
                                        [AST_MAPPING_DROP] = " DROP MAPPING"};
    const AstAlterTsConfiguration *stmt = node;
    deparse__text(out, "ALTER TEXT SEARCH CONFIGURATION ");
    deparse__name(out, stmt->names);
    deparse__text(out, words[stmt->mapping]);
    deparse__if(out, stmt->if_exists, " IF EXISTS");
    deparse__if(out, stmt->tokens.count > 0, " FOR ");
    deparse__names(out, stmt->tokens);
    if (stmt->dictionaries.count == 0) return;
    bool replace = stmt->mapping == AST_MAPPING_REPLACE_ALL ||
                   stmt->mapping == AST_MAPPING_REPLACE_TOKENS;
    deparse__text(out, replace ? " REPLACE " : " WITH ");
    deparse__items(out, (void *const *)stmt->dictionaries.items, stmt->dictionaries.count,
                   replace ? " WITH " : ", ");
}

/* ---- databases, schemas, tablespaces, extensions ---- */

static void database_options(StrBuilder *out, const AstOptionList *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const AstOption *option = list->items[i];
        deparse__text(out, " ");
        if (option_is(option, "connection_limit"))
            deparse__text(out, "CONNECTION LIMIT");
        else
            parse_quote_identifier(out, option->name);
        deparse__text(out, " = ");
        deparse__if(out, !option->value, "DEFAULT");
        deparse__node(out, option->value);
    }
}

static void create_database(StrBuilder *out, const void *node)
{
    const AstCreateDatabase *stmt = node;
    deparse__with_name(out, "CREATE DATABASE ", stmt->name);
    database_options(out, &stmt->options);
}

static void alter_database(StrBuilder *out, const void *node)
{
    const AstAlterDatabase *stmt = node;
    deparse__with_name(out, "ALTER DATABASE ", stmt->name);
    const AstOption *tablespace = deparse__find_option(&stmt->options, "tablespace");
    const AstStringConst *place = tablespace ? AST_IF(StringConst, tablespace->value) : NULL;
    if (place && stmt->options.count == 1)
        deparse__with_name(out, " SET TABLESPACE ", place->value);
    else
        database_options(out, &stmt->options);
}

static void refresh_database_collation(StrBuilder *out, const void *node)
{
    deparse__with_name(out, "ALTER DATABASE ", ((const AstRefreshDatabaseCollation *)node)->name);
    deparse__text(out, " REFRESH COLLATION VERSION");
}

static void alter_database_set(StrBuilder *out, const void *node)
{
    const AstAlterDatabaseSet *stmt = node;
    deparse__with_name(out, "ALTER DATABASE ", stmt->name);
    deparse__with(out, " ", stmt->set);
}

static void drop_database(StrBuilder *out, const void *node)
{
    const AstDropDatabase *stmt = node;
    deparse__text(out, stmt->if_exists ? "DROP DATABASE IF EXISTS " : "DROP DATABASE ");
    parse_quote_identifier(out, stmt->name);
    if (stmt->options.count == 0) return;
    deparse__text(out, " WITH (FORCE");
    for (uint32_t i = 1; i < stmt->options.count; i++) deparse__text(out, ", FORCE");
    deparse__text(out, ")");
}

static void create_schema(StrBuilder *out, const void *node)
{
    const AstCreateSchema *stmt = node;
    deparse__text(out, stmt->if_not_exists ? "CREATE SCHEMA IF NOT EXISTS" : "CREATE SCHEMA");
    deparse__with_name(out, " ", stmt->name);
    deparse__with(out, " AUTHORIZATION ", stmt->owner);
    for (uint32_t i = 0; i < stmt->elements.count; i++)
        deparse__with(out, " ", stmt->elements.items[i]);
}

static void create_tablespace(StrBuilder *out, const void *node)
{
    const AstCreateTablespace *stmt = node;
    deparse__with_name(out, "CREATE TABLESPACE ", stmt->name);
    deparse__with(out, " OWNER ", stmt->owner);
    deparse__with_literal(out, " LOCATION ", stmt->location_path);
    deparse__definition(out, " WITH ", &stmt->options);
}

static void drop_tablespace(StrBuilder *out, const void *node)
{
    const AstDropTablespace *stmt = node;
    deparse__with_name(out, stmt->if_exists ? "DROP TABLESPACE IF EXISTS " : "DROP TABLESPACE ",
                       stmt->name);
}

static void alter_tablespace(StrBuilder *out, const void *node)
{
    const AstAlterTablespace *stmt = node;
    deparse__with_name(out, "ALTER TABLESPACE ", stmt->name);
    deparse__definition(out, stmt->reset ? " RESET " : " SET ", &stmt->options);
}

static void alter_system(StrBuilder *out, const void *node)
{
    deparse__with(out, "ALTER SYSTEM ", ((const AstAlterSystem *)node)->set);
}

static void create_extension(StrBuilder *out, const void *node)
{
    const AstCreateExtension *stmt = node;
    deparse__with_name(out,
                       stmt->if_not_exists ? "CREATE EXTENSION IF NOT EXISTS "
                                           : "CREATE EXTENSION ",
                       stmt->name);
    for (uint32_t i = 0; i < stmt->options.count; i++) {
        const AstOption *option = stmt->options.items[i];
        if (option_is(option, "schema"))
            deparse__with_name(out, " SCHEMA ", option_text(option));
        else if (option_is(option, "new_version"))
            deparse__with_literal(out, " VERSION ", option_text(option));
        else
            deparse__text(out, " CASCADE");
    }
}

static void alter_extension(StrBuilder *out, const void *node)
{
    const AstAlterExtension *stmt = node;
    deparse__with_name(out, "ALTER EXTENSION ", stmt->name);
    deparse__text(out, " UPDATE");
    for (uint32_t i = 0; i < stmt->options.count; i++)
        deparse__with_literal(out, " TO ", option_text(stmt->options.items[i]));
}

static void alter_extension_contents(StrBuilder *out, const void *node)
{
    const AstAlterExtensionContents *stmt = node;
    deparse__with_name(out, "ALTER EXTENSION ", stmt->name);
    deparse__text(out, stmt->drop ? " DROP " : " ADD ");
    deparse__object_type(out, (AstObjectType)stmt->object->object);
    deparse__with(out, " ", stmt->object);
}

/* ---- foreign data ---- */

static void wrapper(StrBuilder *out, Str name, const AstOptionList *handlers,
                    const AstOptionList *options)
{
    parse_quote_identifier(out, name);
    for (uint32_t i = 0; i < handlers->count; i++) {
        const AstOption *handler = handlers->items[i];
        deparse__text(out, handler->value ? " " : " NO ");
        str_add(out, str_upper_ascii(out->arena, handler->name));
        deparse__with(out, " ", handler->value);
    }
    deparse__generic_options(out, options);
}

static void create_wrapper(StrBuilder *out, const void *node)
{
    const AstCreateForeignDataWrapper *stmt = node;
    deparse__text(out, "CREATE FOREIGN DATA WRAPPER ");
    wrapper(out, stmt->name, &stmt->handlers, &stmt->options);
}

static void alter_wrapper(StrBuilder *out, const void *node)
{
    const AstAlterForeignDataWrapper *stmt = node;
    deparse__text(out, "ALTER FOREIGN DATA WRAPPER ");
    wrapper(out, stmt->name, &stmt->handlers, &stmt->options);
}

static void create_server(StrBuilder *out, const void *node)
{
    const AstCreateServer *stmt = node;
    deparse__with_name(out, stmt->if_not_exists ? "CREATE SERVER IF NOT EXISTS " : "CREATE SERVER ",
                       stmt->name);
    deparse__with_literal(out, " TYPE ", stmt->type);
    deparse__with_literal(out, " VERSION ", stmt->version);
    deparse__with_name(out, " FOREIGN DATA WRAPPER ", stmt->wrapper);
    deparse__generic_options(out, &stmt->options);
}

static void alter_server(StrBuilder *out, const void *node)
{
    const AstAlterServer *stmt = node;
    deparse__with_name(out, "ALTER SERVER ", stmt->name);
    deparse__if(out, stmt->has_version && !deparse__has(stmt->version), " VERSION NULL");
    deparse__with_literal(out, " VERSION ", stmt->version);
    deparse__generic_options(out, &stmt->options);
}

static void user_mapping(StrBuilder *out, const AstRoleSpec *user, Str server,
                         const AstOptionList *options)
{
    deparse__with(out, "FOR ", user);
    deparse__with_name(out, " SERVER ", server);
    if (options) deparse__generic_options(out, options);
}

static void create_user_mapping(StrBuilder *out, const void *node)
{
    const AstCreateUserMapping *stmt = node;
    deparse__text(out, stmt->if_not_exists ? "CREATE USER MAPPING IF NOT EXISTS "
                                           : "CREATE USER MAPPING ");
    user_mapping(out, stmt->user, stmt->server, &stmt->options);
}

static void alter_user_mapping(StrBuilder *out, const void *node)
{
    const AstAlterUserMapping *stmt = node;
    deparse__text(out, "ALTER USER MAPPING ");
    user_mapping(out, stmt->user, stmt->server, &stmt->options);
}

static void drop_user_mapping(StrBuilder *out, const void *node)
{
    const AstDropUserMapping *stmt = node;
    deparse__text(out, stmt->if_exists ? "DROP USER MAPPING IF EXISTS " : "DROP USER MAPPING ");
    user_mapping(out, stmt->user, stmt->server, NULL);
}

static void import_foreign_schema(StrBuilder *out, const void *node)
{
    const AstImportForeignSchema *stmt = node;
    deparse__with_name(out, "IMPORT FOREIGN SCHEMA ", stmt->remote_schema);
    deparse__if(out, stmt->import == AST_IMPORT_LIMIT_TO, " LIMIT TO (");
    deparse__if(out, stmt->import == AST_IMPORT_EXCEPT, " EXCEPT (");
    deparse__list(out, &stmt->tables);
    deparse__if(out, stmt->import != AST_IMPORT_ALL, ")");
    deparse__with_name(out, " FROM SERVER ", stmt->server);
    deparse__with_name(out, " INTO ", stmt->local_schema);
    deparse__generic_options(out, &stmt->options);
}

/* ---- replication ---- */

static void publication_object(StrBuilder *out, const void *node)
{
    const AstPublicationObject *object = node;
    switch (object->object) {
    case AST_PUBLICATION_TABLE:
        deparse__with(out, "TABLE ", object->table);
        deparse__columns(out, object->columns);
        deparse__with(out, " WHERE (", object->where);
        deparse__if(out, object->where != NULL, ")");
        break;
    case AST_PUBLICATION_TABLES_IN_SCHEMA:
        deparse__with_name(out, "TABLES IN SCHEMA ", object->name);
        break;
    case AST_PUBLICATION_TABLES_IN_CURRENT_SCHEMA:
        deparse__text(out, "TABLES IN SCHEMA CURRENT_SCHEMA");
        break;
    case AST_PUBLICATION_CONTINUATION: UNREACHABLE();
    }
}

static void create_publication(StrBuilder *out, const void *node)
{
    const AstCreatePublication *stmt = node;
    deparse__with_name(out, "CREATE PUBLICATION ", stmt->name);
    deparse__if(out, stmt->all_tables, " FOR ALL TABLES");
    deparse__if(out, stmt->objects.count > 0, " FOR ");
    deparse__list(out, &stmt->objects);
    deparse__definition(out, " WITH ", &stmt->options);
}

static void alter_publication(StrBuilder *out, const void *node)
{
    static const char *const words[] = {[AST_ALTER_PUBLICATION_OPTIONS] = " SET ",
                                        [AST_ALTER_PUBLICATION_ADD] = " ADD ",
                                        [AST_ALTER_PUBLICATION_SET] = " SET ",
                                        [AST_ALTER_PUBLICATION_DROP] = " DROP "};
    const AstAlterPublication *stmt = node;
    deparse__with_name(out, "ALTER PUBLICATION ", stmt->name);
    deparse__text(out, words[stmt->action]);
    deparse__list(out, &stmt->objects);
    deparse__definition(out, "", &stmt->options);
}

static void create_subscription(StrBuilder *out, const void *node)
{
    const AstCreateSubscription *stmt = node;
    deparse__with_name(out, "CREATE SUBSCRIPTION ", stmt->name);
    deparse__with_literal(out, " CONNECTION ", stmt->connection);
    deparse__text(out, " PUBLICATION ");
    deparse__names(out, stmt->publications);
    deparse__definition(out, " WITH ", &stmt->options);
}

static void alter_subscription(StrBuilder *out, const void *node)
{
    static const char *const words[] = {
        [AST_SUBSCRIPTION_OPTIONS] = " SET ",
        [AST_SUBSCRIPTION_CONNECTION] = " CONNECTION ",
        [AST_SUBSCRIPTION_SET_PUBLICATION] = " SET PUBLICATION ",
        [AST_SUBSCRIPTION_ADD_PUBLICATION] = " ADD PUBLICATION ",
        [AST_SUBSCRIPTION_DROP_PUBLICATION] = " DROP PUBLICATION ",
        [AST_SUBSCRIPTION_REFRESH] = " REFRESH PUBLICATION",
        [AST_SUBSCRIPTION_ENABLE] = " ENABLE",
        [AST_SUBSCRIPTION_SKIP] = " SKIP ",
        [AST_SUBSCRIPTION_DISABLE] = " DISABLE",
    };
    const AstAlterSubscription *stmt = node;
    bool bare = stmt->action == AST_SUBSCRIPTION_OPTIONS || stmt->action == AST_SUBSCRIPTION_SKIP;
    deparse__with_name(out, "ALTER SUBSCRIPTION ", stmt->name);
    deparse__text(out, words[stmt->action]);
    deparse__with_literal(out, "", stmt->connection);
    deparse__names(out, stmt->publications);
    deparse__definition(out, bare ? "" : " WITH ", &stmt->options);
}

static void drop_subscription(StrBuilder *out, const void *node)
{
    const AstDropSubscription *stmt = node;
    deparse__with_name(out, stmt->if_exists ? "DROP SUBSCRIPTION IF EXISTS " : "DROP SUBSCRIPTION ",
                       stmt->name);
    deparse__behavior(out, (AstDropBehavior)stmt->behavior);
}

/* ---- roles ---- */

/* Attributes that are one word when true and the word behind NO when false. */
static bool role_flag(StrBuilder *out, const AstOption *option)
{
    static const char *const words[][3] = {
        {"superuser", "SUPERUSER", "NOSUPERUSER"},
        {"createdb", "CREATEDB", "NOCREATEDB"},
        {"createrole", "CREATEROLE", "NOCREATEROLE"},
        {"canlogin", "LOGIN", "NOLOGIN"},
        {"isreplication", "REPLICATION", "NOREPLICATION"},
        {"bypassrls", "BYPASSRLS", "NOBYPASSRLS"},
        {"inherit", "INHERIT", "NOINHERIT"},
    };
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!option_is(option, words[i][0])) continue;
        deparse__text(out, option_true(option) ? words[i][1] : words[i][2]);
        return true;
    }
    return false;
}

static void role_option(StrBuilder *out, const AstOption *option, bool alter)
{
    if (role_flag(out, option)) return;
    if (option_is(option, "password")) {
        deparse__text(out, option->value ? "PASSWORD " : "PASSWORD NULL");
        deparse__node(out, option->value);
    } else if (option_is(option, "connectionlimit")) {
        deparse__with(out, "CONNECTION LIMIT ", option->value);
    } else if (option_is(option, "validUntil")) {
        deparse__with(out, "VALID UNTIL ", option->value);
    } else if (option_is(option, "sysid")) {
        deparse__with(out, "SYSID ", option->value);
    } else {
        bool admin = option_is(option, "adminmembers"), to = option_is(option, "addroleto");
        deparse__text(out, admin ? "ADMIN " : to ? "IN ROLE " : alter ? "USER " : "ROLE ");
        group_items(out, option);
    }
}

static void create_role(StrBuilder *out, const void *node)
{
    static const char *const words[] = {[AST_ROLE_WORD_ROLE] = "CREATE ROLE ",
                                        [AST_ROLE_WORD_USER] = "CREATE USER ",
                                        [AST_ROLE_WORD_GROUP] = "CREATE GROUP "};
    const AstCreateRole *stmt = node;
    deparse__with_name(out, words[stmt->word], stmt->name);
    for (uint32_t i = 0; i < stmt->options.count; i++) {
        deparse__text(out, " ");
        role_option(out, stmt->options.items[i], false);
    }
}

static void alter_role(StrBuilder *out, const void *node)
{
    const AstAlterRole *stmt = node;
    bool drop = stmt->action == AST_OPTION_DROP;
    deparse__with(out, drop ? "ALTER GROUP " : "ALTER ROLE ", stmt->role);
    deparse__if(out, drop, " DROP");
    for (uint32_t i = 0; i < stmt->options.count; i++) {
        deparse__text(out, " ");
        role_option(out, stmt->options.items[i], true);
    }
}

static void alter_role_set(StrBuilder *out, const void *node)
{
    const AstAlterRoleSet *stmt = node;
    deparse__text(out, "ALTER ROLE ");
    deparse__if(out, !stmt->role, "ALL");
    deparse__node(out, stmt->role);
    deparse__with_name(out, " IN DATABASE ", stmt->database);
    deparse__with(out, " ", stmt->set);
}

static void drop_role(StrBuilder *out, const void *node)
{
    const AstDropRole *stmt = node;
    deparse__text(out, stmt->if_exists ? "DROP ROLE IF EXISTS " : "DROP ROLE ");
    deparse__list(out, &stmt->roles);
}

static void reassign_owned(StrBuilder *out, const void *node)
{
    const AstReassignOwned *stmt = node;
    deparse__text(out, "REASSIGN OWNED BY ");
    deparse__list(out, &stmt->roles);
    deparse__with(out, " TO ", stmt->new_role);
}

static void drop_owned(StrBuilder *out, const void *node)
{
    const AstDropOwned *stmt = node;
    deparse__text(out, "DROP OWNED BY ");
    deparse__list(out, &stmt->roles);
    deparse__behavior(out, (AstDropBehavior)stmt->behavior);
}

/* ---- privileges ---- */

/* Privileges that are key words which names cannot be stand bare. */
static void privilege(StrBuilder *out, const void *node)
{
    static const char *const words[] = {"select", "references", "create", "alter system"};
    const AstPrivilege *item = node;
    bool word = false;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        word = word || str_equal(item->name, str_from(words[i]));
    if (!deparse__has(item->name))
        deparse__text(out, "ALL");
    else if (word)
        str_add(out, str_upper_ascii(out->arena, item->name));
    else
        parse_quote_identifier(out, item->name);
    deparse__columns(out, item->columns);
}

static const char *plural(AstObjectType object)
{
    switch ((int)object) {
    case AST_OBJECT_FUNCTION: return "FUNCTIONS";
    case AST_OBJECT_PROCEDURE: return "PROCEDURES";
    case AST_OBJECT_ROUTINE: return "ROUTINES";
    case AST_OBJECT_SEQUENCE: return "SEQUENCES";
    case AST_OBJECT_TABLE: return "TABLES";
    case AST_OBJECT_TYPE: return "TYPES";
    case AST_OBJECT_SCHEMA: return "SCHEMAS";
    case AST_OBJECT_LARGE_OBJECT: return "LARGE OBJECTS";
    default: UNREACHABLE();
    }
}

static void grant_target(StrBuilder *out, const AstGrant *grant)
{
    switch (grant->target) {
    case AST_GRANT_OBJECTS:
        deparse__if(out, grant->object == AST_OBJECT_FOREIGN_SERVER, "FOREIGN ");
        deparse__object_type(out, (AstObjectType)grant->object);
        deparse__text(out, " ");
        break;
    case AST_GRANT_ALL_IN_SCHEMA:
        deparse__text(out, "ALL ");
        deparse__text(out, plural((AstObjectType)grant->object));
        deparse__text(out, " IN SCHEMA ");
        break;
    case AST_GRANT_DEFAULTS: deparse__text(out, plural((AstObjectType)grant->object)); break;
    }
    deparse__list(out, &grant->objects);
}

static void grant_node(StrBuilder *out, const void *node)
{
    const AstGrant *grant = node;
    deparse__text(out, grant->revoke ? "REVOKE " : "GRANT ");
    deparse__if(out, grant->revoke && grant->grant_option, "GRANT OPTION FOR ");
    deparse__if(out, grant->privileges.count == 0, "ALL PRIVILEGES");
    deparse__list(out, &grant->privileges);
    deparse__text(out, " ON ");
    grant_target(out, grant);
    deparse__text(out, grant->revoke ? " FROM " : " TO ");
    deparse__list(out, &grant->grantees);
    deparse__if(out, !grant->revoke && grant->grant_option, " WITH GRANT OPTION");
    deparse__with(out, " GRANTED BY ", grant->grantor);
    deparse__behavior(out, (AstDropBehavior)grant->behavior);
}

static void grant_role(StrBuilder *out, const void *node)
{
    const AstGrantRole *grant = node;
    deparse__text(out, grant->revoke ? "REVOKE " : "GRANT ");
    if (grant->revoke && grant->options.count) {
        parse_quote_identifier(out, grant->options.items[0]->name);
        deparse__text(out, " OPTION FOR ");
    }
    deparse__list(out, &grant->roles);
    deparse__text(out, grant->revoke ? " FROM " : " TO ");
    deparse__list(out, &grant->grantees);
    for (uint32_t i = 0; !grant->revoke && i < grant->options.count; i++) {
        deparse__with_name(out, i ? ", " : " WITH ", grant->options.items[i]->name);
        deparse__text(out, option_true(grant->options.items[i]) ? " TRUE" : " FALSE");
    }
    deparse__with(out, " GRANTED BY ", grant->grantor);
    deparse__behavior(out, (AstDropBehavior)grant->behavior);
}

static void alter_default_privileges(StrBuilder *out, const void *node)
{
    const AstAlterDefaultPrivileges *stmt = node;
    deparse__text(out, "ALTER DEFAULT PRIVILEGES");
    for (uint32_t i = 0; i < stmt->options.count; i++) {
        const AstOption *option = stmt->options.items[i];
        bool schemas = option_is(option, "schemas");
        deparse__text(out, schemas ? " IN SCHEMA " : " FOR ROLE ");
        if (schemas)
            deparse__names(out, AST_AS(Name, option->value)->parts);
        else
            group_items(out, option);
    }
    deparse__with(out, " ", stmt->grant);
}

const DeparseEntry deparse__definitions[] = {
    {AST_DEFINE, define},
    {AST_CREATE_COMPOSITE_TYPE, create_composite},
    {AST_CREATE_ENUM, create_enum},
    {AST_CREATE_RANGE_TYPE, create_range},
    {AST_ALTER_ENUM, alter_enum},
    {AST_ALTER_TYPE, alter_type},
    {AST_CREATE_DOMAIN, create_domain},
    {AST_ALTER_DOMAIN, alter_domain},
    {AST_CREATE_FUNCTION, create_function},
    {AST_RETURN, return_node},
    {AST_ATOMIC_BLOCK, atomic_block},
    {AST_ALTER_FUNCTION, alter_function},
    {AST_CALL, call},
    {AST_DO, do_node},
    {AST_CREATE_CAST, create_cast},
    {AST_CREATE_TRANSFORM, create_transform},
    {AST_CREATE_LANGUAGE, create_language},
    {AST_CREATE_CONVERSION, create_conversion},
    {AST_CREATE_ACCESS_METHOD, create_access_method},
    {AST_OP_CLASS_ITEM, op_class_item},
    {AST_CREATE_OP_CLASS, create_op_class},
    {AST_CREATE_OP_FAMILY, create_op_family},
    {AST_ALTER_OP_FAMILY, alter_op_family},
    {AST_ALTER_OPERATOR, alter_operator},
    {AST_REFRESH_COLLATION, refresh_collation},
    {AST_ALTER_TS_DICTIONARY, alter_ts_dictionary},
    {AST_ALTER_TS_CONFIGURATION, alter_ts_configuration},
    {AST_CREATE_DATABASE, create_database},
    {AST_ALTER_DATABASE, alter_database},
    {AST_REFRESH_DATABASE_COLLATION, refresh_database_collation},
    {AST_ALTER_DATABASE_SET, alter_database_set},
    {AST_DROP_DATABASE, drop_database},
    {AST_CREATE_SCHEMA, create_schema},
    {AST_CREATE_TABLESPACE, create_tablespace},
    {AST_DROP_TABLESPACE, drop_tablespace},
    {AST_ALTER_TABLESPACE, alter_tablespace},
    {AST_ALTER_SYSTEM, alter_system},
    {AST_CREATE_EXTENSION, create_extension},
    {AST_ALTER_EXTENSION, alter_extension},
    {AST_ALTER_EXTENSION_CONTENTS, alter_extension_contents},
    {AST_CREATE_FOREIGN_DATA_WRAPPER, create_wrapper},
    {AST_ALTER_FOREIGN_DATA_WRAPPER, alter_wrapper},
    {AST_CREATE_SERVER, create_server},
    {AST_ALTER_SERVER, alter_server},
    {AST_CREATE_USER_MAPPING, create_user_mapping},
    {AST_ALTER_USER_MAPPING, alter_user_mapping},
    {AST_DROP_USER_MAPPING, drop_user_mapping},
    {AST_IMPORT_FOREIGN_SCHEMA, import_foreign_schema},
    {AST_PUBLICATION_OBJECT, publication_object},
    {AST_CREATE_PUBLICATION, create_publication},
    {AST_ALTER_PUBLICATION, alter_publication},
    {AST_CREATE_SUBSCRIPTION, create_subscription},
    {AST_ALTER_SUBSCRIPTION, alter_subscription},
    {AST_DROP_SUBSCRIPTION, drop_subscription},
    {AST_CREATE_ROLE, create_role},
    {AST_ALTER_ROLE, alter_role},
    {AST_ALTER_ROLE_SET, alter_role_set},
    {AST_DROP_ROLE, drop_role},
    {AST_REASSIGN_OWNED, reassign_owned},
    {AST_DROP_OWNED, drop_owned},
    {AST_PRIVILEGE, privilege},
    {AST_GRANT, grant_node},
    {AST_GRANT_ROLE, grant_role},
    {AST_ALTER_DEFAULT_PRIVILEGES, alter_default_privileges},
    {0, NULL},
};
