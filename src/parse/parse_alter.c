/* SPDX-License-Identifier: Apache-2.0 */
/* parse_alter.c - ALTER: a table of what can be altered, how it is named, which of the actions that most kinds share
 * (RENAME, OWNER TO, SET SCHEMA, DEPENDS) it has, and the function for its others. */
#include "parse/parse_internal.h"

/* ---- shared actions ---- */

static AstRename *new_rename(Parser *p, const Alter *alter, AstObjectType object)
{
    AstRename *rename = NEW(p, Rename, alter->start);
    rename->rename = object;
    return rename;
}

/* Behind RENAME: [CONSTRAINT name] TO name for a domain, [ATTRIBUTE name] TO name for a type. */
static AstStmt *rename_object(Parser *p, const Alter *alter)
{
    AstRename *rename = new_rename(p, alter, alter->object);
    rename->object = alter->ref;
    if (alter->object == AST_OBJECT_DOMAIN && parse__accept(p, KW_CONSTRAINT)) {
        rename->rename = AST_OBJECT_DOMAIN_CONSTRAINT;
        rename->part = parse__name(p);
    } else if (alter->object == AST_OBJECT_TYPE && parse__accept(p, KW_ATTRIBUTE)) {
        rename->rename = AST_OBJECT_ATTRIBUTE;
        rename->part = parse__name(p);
    }
    parse__expect(p, KW_TO);
    rename->new_name = parse__name(p);
    if (rename->rename == AST_OBJECT_ATTRIBUTE) {
        rename->behavior = parse__drop_behavior(p);
        rename->relation = parse__range_var_from(p, alter->ref->names,
                                                 (uint32_t)alter->ref->location);
        rename->object = NULL;
    }
    return &rename->base;
}

AstStmt *parse__rename_part(Parser *p, const Alter *alter, AstRangeVar *relation, Str part,
                            bool if_exists)
{
    AstRename *rename = new_rename(p, alter, alter->object);
    rename->relation = relation;
    rename->part = part;
    rename->if_exists = if_exists;
    parse__expect(p, KW_TO);
    rename->new_name = parse__name(p);
    return &rename->base;
}

/* Behind RENAME, of a relation. */
static AstStmt *rename_relation(Parser *p, const Alter *alter, AstRangeVar *relation,
                                bool if_exists)
{
    AstRename *rename = new_rename(p, alter, alter->object);
    rename->relation = relation;
    rename->if_exists = if_exists;
    bool columns = alter->object != AST_OBJECT_INDEX && alter->object != AST_OBJECT_SEQUENCE;
    if (columns && !parse__is(p, KW_TO)) {
        bool constraint = alter->object == AST_OBJECT_TABLE && parse__accept(p, KW_CONSTRAINT);
        if (!constraint) parse__accept(p, KW_COLUMN);
        rename->rename = constraint ? AST_OBJECT_CONSTRAINT : AST_OBJECT_COLUMN;
        rename->of = alter->object;
        rename->part = parse__name(p);
    }
    parse__expect(p, KW_TO);
    rename->new_name = parse__name(p);
    return &rename->base;
}

static AstStmt *alter_owner(Parser *p, const Alter *alter)
{
    AstAlterOwner *owner = NEW(p, AlterOwner, alter->start);
    parse__expect2(p, KW_OWNER, KW_TO);
    owner->object = alter->ref;
    owner->owner = parse__role_spec(p);
    return &owner->base;
}

/* At SET SCHEMA; either a relation or alter->ref. */
static AstStmt *alter_schema(Parser *p, const Alter *alter, AstRangeVar *relation, bool if_exists)
{
    AstAlterSchema *schema = NEW(p, AlterSchema, alter->start);
    parse__expect2(p, KW_SET, KW_SCHEMA);
    schema->kind_of = alter->object;
    schema->relation = relation;
    schema->object = alter->ref;
    schema->if_exists = if_exists;
    schema->schema = parse__name(p);
    return &schema->base;
}

static bool starts_depends(Parser *p)
{
    return parse__is(p, KW_DEPENDS) ||
           (parse__is(p, KW_NO) && parse__peek_type(p, 1) == KW_DEPENDS);
}

static AstStmt *alter_depends(Parser *p, const Alter *alter, AstRangeVar *relation)
{
    AstAlterDepends *depends = NEW(p, AlterDepends, alter->start);
    depends->kind_of = alter->object;
    depends->relation = relation;
    depends->object = alter->ref;
    depends->remove = parse__accept(p, KW_NO);
    parse__expect2(p, KW_DEPENDS, KW_ON);
    parse__expect(p, KW_EXTENSION);
    depends->extension = parse__name(p);
    return &depends->base;
}

/* SET SCHEMA name; of a function also SET schema = ... and SET SCHEMA 'name', which are other things. */
static bool starts_set_schema(Parser *p, bool function)
{
    if (!parse__is(p, KW_SET) || parse__peek_type(p, 1) != KW_SCHEMA) return false;
    if (!function) return true;
    switch (parse__peek_type(p, 2)) {
    case KW_TO:
    case KW_FROM:
    case '=':
    case '.':
    case TOKEN_STRING: return false;
    default: return true;
    }
}

AstStmt *parse__alter_named(Parser *p, const Alter *alter, uint32_t actions)
{
    if ((actions & ALTER_RENAME) && parse__is(p, KW_RENAME)) {
        if (alter->object == AST_OBJECT_TYPE && parse__peek_type(p, 1) == KW_VALUE) return NULL;
        parse__next(p);
        return rename_object(p, alter);
    }
    if ((actions & ALTER_OWNER) && parse__is(p, KW_OWNER)) {
        if (alter->object == AST_OBJECT_DATABASE && parse__peek_type(p, 1) != KW_TO) return NULL;
        return alter_owner(p, alter);
    }
    if ((actions & ALTER_SCHEMA) &&
        (actions & ALTER_SET ? starts_set_schema(p, actions & ALTER_DEPENDS)
                             : parse__is(p, KW_SET)))
        return alter_schema(p, alter, NULL, false);
    if ((actions & ALTER_DEPENDS) && (parse__is(p, KW_DEPENDS) || parse__is(p, KW_NO)))
        return alter_depends(p, alter, NULL);
    return NULL;
}

/* ---- rules and triggers ---- */

static NodeStrs relation_names(Parser *p, const AstRangeVar *relation)
{
    uint32_t mark = parse__mark_names(p);
    if (relation->catalog.data) parse__push_name(p, relation->catalog);
    if (relation->schema.data) parse__push_name(p, relation->schema);
    parse__push_name(p, relation->name);
    return parse__take_names(p, mark);
}

AstStmt *parse__alter_part(Parser *p, const Alter *alter)
{
    AstObjectRef *part = NEW(p, ObjectRef, p->tok->start);
    part->object = alter->object;
    part->names = parse__names_of_one(p, parse__name(p));
    parse__expect(p, KW_ON);
    AstRangeVar *relation = parse__qualified_name(p);
    if (alter->object == AST_OBJECT_TRIGGER && !parse__is(p, KW_RENAME)) {
        part->on = relation_names(p, relation);
        Alter named = *alter;
        named.ref = part;
        return alter_depends(p, &named, NULL);
    }
    parse__expect(p, KW_RENAME);
    return parse__rename_part(p, alter, relation, part->names.items[0], false);
}

/* ---- relations ---- */

/* TABLE ALL IN TABLESPACE old [OWNED BY roles] SET TABLESPACE new [NOWAIT] */
static AstStmt *alter_all(Parser *p, const Alter *alter)
{
    AstAlterAllInTablespace *all = NEW(p, AlterAllInTablespace, alter->start);
    all->object = alter->object;
    parse__expect2(p, KW_ALL, KW_IN);
    parse__expect(p, KW_TABLESPACE);
    all->old_name = parse__name(p);
    if (parse__accept(p, KW_OWNED)) {
        parse__expect(p, KW_BY);
        parse__role_list(p, &all->roles);
    }
    parse__expect2(p, KW_SET, KW_TABLESPACE);
    all->new_name = parse__name(p);
    all->nowait = parse__accept(p, KW_NOWAIT);
    return &all->base;
}

/* NO, which begins actions of tables too, belongs to a sequence's option here. */
static bool starts_sequence_change(Parser *p)
{
    if (!parse__starts_sequence_option(p)) return false;
    if (!parse__is(p, KW_NO)) return true;
    uint16_t next = parse__peek_type(p, 1);
    return next == KW_MINVALUE || next == KW_MAXVALUE || next == KW_CYCLE;
}

static AstStmt *alter_sequence(Parser *p, const Alter *alter, AstRangeVar *relation, bool if_exists)
{
    AstAlterSequence *sequence = NEW(p, AlterSequence, alter->start);
    sequence->sequence = relation;
    sequence->if_exists = if_exists;
    parse__sequence_options(p, &sequence->options);
    return &sequence->base;
}

static bool may_attach(const Alter *alter, bool if_exists)
{
    return alter->object == AST_OBJECT_TABLE || (alter->object == AST_OBJECT_INDEX && !if_exists);
}

AstStmt *parse__alter_relation(Parser *p, const Alter *alter)
{
    AstObjectType object = alter->object;
    bool index = object == AST_OBJECT_INDEX, materialized = object == AST_OBJECT_MATERIALIZED_VIEW;
    if ((object == AST_OBJECT_TABLE || index || materialized) && parse__is(p, KW_ALL))
        return alter_all(p, alter);
    bool if_exists = parse__if_exists(p);
    bool table = object == AST_OBJECT_TABLE || object == AST_OBJECT_FOREIGN_TABLE;
    AstRangeVar *relation = table ? parse__relation_expr(p) : parse__qualified_name(p);
    if (parse__accept(p, KW_RENAME)) return rename_relation(p, alter, relation, if_exists);
    if (!index && starts_set_schema(p, false)) return alter_schema(p, alter, relation, if_exists);
    if ((index || materialized) && !if_exists && starts_depends(p))
        return alter_depends(p, alter, relation);
    if (object == AST_OBJECT_SEQUENCE && starts_sequence_change(p))
        return alter_sequence(p, alter, relation, if_exists);
    AstAlterTable *stmt = NEW(p, AlterTable, alter->start);
    stmt->relation = relation;
    stmt->object = object;
    stmt->if_exists = if_exists;
    if (may_attach(alter, if_exists) && parse__is(p, KW_ATTACH)) {
        LIST_OF_ONE(p, &stmt->commands, parse__attach_partition(p, index));
    } else if (object == AST_OBJECT_TABLE && parse__is(p, KW_DETACH)) {
        LIST_OF_ONE(p, &stmt->commands, parse__detach_partition(p));
    } else {
        uint32_t mark = parse__mark(p);
        do parse__push(p, parse__alter_command(p));
        while (parse__accept(p, ','));
        TAKE(p, mark, &stmt->commands);
    }
    return &stmt->base;
}

/* ---- types ---- */

/* ADD VALUE [IF NOT EXISTS] 'label' [BEFORE | AFTER 'label'], ADD read. */
static AstStmt *add_enum_value(Parser *p, const Alter *alter)
{
    AstAlterEnum *stmt = NEW(p, AlterEnum, alter->start);
    stmt->names = alter->ref->names;
    parse__expect(p, KW_VALUE);
    stmt->if_not_exists = parse__if_not_exists_only(p);
    stmt->new_label = parse__string(p);
    stmt->after = parse__accept(p, KW_AFTER);
    if (stmt->after || parse__accept(p, KW_BEFORE)) stmt->neighbor = parse__string(p);
    return &stmt->base;
}

/* RENAME VALUE 'old' TO 'new' */
static AstStmt *rename_enum_value(Parser *p, const Alter *alter)
{
    AstAlterEnum *stmt = NEW(p, AlterEnum, alter->start);
    stmt->names = alter->ref->names;
    parse__expect2(p, KW_RENAME, KW_VALUE);
    stmt->old_label = parse__string(p);
    parse__expect(p, KW_TO);
    stmt->new_label = parse__string(p);
    return &stmt->base;
}

static AstAlterCommand *attribute_command(Parser *p)
{
    AstAlterCommand *command = NEW(p, AlterCommand, p->tok->start);
    if (parse__accept(p, KW_ADD)) {
        command->action = AST_ALTER_TABLE_ADD_ATTRIBUTE;
        parse__expect(p, KW_ATTRIBUTE);
        command->column = parse__column_def(p);
    } else if (parse__accept(p, KW_DROP)) {
        command->action = AST_ALTER_TABLE_DROP_ATTRIBUTE;
        parse__expect(p, KW_ATTRIBUTE);
        command->if_exists = parse__if_exists(p);
        command->name = parse__name(p);
    } else {
        command->action = AST_ALTER_TABLE_ATTRIBUTE_TYPE;
        parse__expect2(p, KW_ALTER, KW_ATTRIBUTE);
        command->name = parse__name(p);
        if (parse__accept(p, KW_SET)) parse__expect(p, KW_DATA);
        parse__expect(p, KW_TYPE);
        command->column = NEW(p, ColumnDef, NODE_NO_LOCATION);
        command->column->type = parse__type_name(p);
        command->column->collation = parse__optional_collate(p);
    }
    command->behavior = parse__drop_behavior(p);
    return command;
}

static AstStmt *alter_attributes(Parser *p, const Alter *alter)
{
    AstAlterTable *stmt = NEW(p, AlterTable, alter->start);
    stmt->object = AST_OBJECT_TYPE;
    uint32_t mark = parse__mark(p);
    do parse__push(p, attribute_command(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, &stmt->commands);
    stmt->relation = parse__range_var_from(p, alter->ref->names, (uint32_t)alter->ref->location);
    return &stmt->base;
}

/* What a type has besides the shared actions. */
static AstStmt *alter_type(Parser *p, const Alter *alter)
{
    uint16_t next = parse__peek_type(p, 1);
    if (parse__is(p, KW_SET)) return parse__alter_type_options(p, alter);
    if (parse__is(p, KW_RENAME)) return rename_enum_value(p, alter);
    if (next == KW_VALUE && parse__accept(p, KW_ADD)) return add_enum_value(p, alter);
    if (next == KW_VALUE && parse__is(p, KW_DROP)) {
        uint32_t start = p->tok->start;
        parse__next(p);
        parse__next(p);
        parse__string(p);
        parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)start,
                     "dropping an enum value is not implemented");
    }
    return alter_attributes(p, alter);
}

/* ---- dispatch ---- */

typedef struct Alteration {
    Phrase phrase;
    AstObjectType object;
    NameForm form;
    uint32_t actions;
    AlterParser *special; /* behind the name, for other actions */
    AlterParser *whole;   /* reads the name too */
} Alteration;

enum {
    RENAME_OWNER = ALTER_RENAME | ALTER_OWNER,
    OWNER_SCHEMA = ALTER_RENAME | ALTER_OWNER | ALTER_SCHEMA,
    ROUTINE_ACTIONS = OWNER_SCHEMA | ALTER_DEPENDS | ALTER_SET
};

#define READS_NAME(kind, parse_, ...)                                      \
    {                                                                      \
        {{__VA_ARGS__}, 0}, .object = AST_OBJECT_##kind, .whole = (parse_) \
    }
#define NAMED(kind, form_, actions_, special_, ...)                                       \
    {                                                                                     \
        {{__VA_ARGS__}, 0}, AST_OBJECT_##kind, FORM_##form_, (actions_), (special_), NULL \
    }

static const Alteration alterations[] = {
    READS_NAME(TABLE, parse__alter_relation, KW_TABLE),
    READS_NAME(INDEX, parse__alter_relation, KW_INDEX),
    READS_NAME(SEQUENCE, parse__alter_relation, KW_SEQUENCE),
    READS_NAME(VIEW, parse__alter_relation, KW_VIEW),
    READS_NAME(MATERIALIZED_VIEW, parse__alter_relation, KW_MATERIALIZED, KW_VIEW),
    READS_NAME(FOREIGN_TABLE, parse__alter_relation, KW_FOREIGN, KW_TABLE),
    READS_NAME(STATISTICS, parse__alter_statistics, KW_STATISTICS),
    READS_NAME(RULE, parse__alter_part, KW_RULE),
    READS_NAME(TRIGGER, parse__alter_part, KW_TRIGGER),
    READS_NAME(POLICY, parse__alter_policy, KW_POLICY),
    READS_NAME(ROLE, parse__alter_role, KW_ROLE),
    READS_NAME(ROLE, parse__alter_role, KW_USER),
    READS_NAME(ROLE, parse__alter_group, KW_GROUP),
    READS_NAME(USER_MAPPING, parse__alter_user_mapping, KW_USER, KW_MAPPING),
    READS_NAME(NONE, parse__alter_default_privileges, KW_DEFAULT, KW_PRIVILEGES),
    READS_NAME(NONE, parse__alter_system, KW_SYSTEM),
    NAMED(AGGREGATE, AGGREGATE, OWNER_SCHEMA, NULL, KW_AGGREGATE),
    NAMED(COLLATION, ANY_NAME, OWNER_SCHEMA, parse__alter_collation, KW_COLLATION),
    NAMED(CONVERSION, ANY_NAME, OWNER_SCHEMA, NULL, KW_CONVERSION),
    NAMED(DATABASE, NAME, RENAME_OWNER, parse__alter_database, KW_DATABASE),
    NAMED(DOMAIN, ANY_NAME, OWNER_SCHEMA | ALTER_SET, parse__alter_domain, KW_DOMAIN),
    NAMED(EVENT_TRIGGER, NAME, RENAME_OWNER, parse__alter_event_trigger, KW_EVENT, KW_TRIGGER),
    NAMED(EXTENSION, NAME, ALTER_SCHEMA, parse__alter_extension, KW_EXTENSION),
    NAMED(FOREIGN_DATA_WRAPPER, NAME, RENAME_OWNER, parse__alter_foreign_data_wrapper, KW_FOREIGN,
          KW_DATA, KW_WRAPPER),
    NAMED(FUNCTION, ROUTINE, ROUTINE_ACTIONS, parse__alter_function, KW_FUNCTION),
    NAMED(LANGUAGE, NAME, RENAME_OWNER, NULL, KW_LANGUAGE),
    NAMED(LARGE_OBJECT, LARGE_OBJECT, ALTER_OWNER, NULL, KW_LARGE, KW_OBJECT),
    NAMED(OPERATOR, OPERATOR, ALTER_OWNER | ALTER_SCHEMA | ALTER_SET, parse__alter_operator,
          KW_OPERATOR),
    NAMED(OPERATOR_CLASS, OPERATOR_CLASS, OWNER_SCHEMA, NULL, KW_OPERATOR, KW_CLASS),
    NAMED(OPERATOR_FAMILY, OPERATOR_CLASS, OWNER_SCHEMA, parse__alter_operator_family, KW_OPERATOR,
          KW_FAMILY),
    NAMED(LANGUAGE, NAME, RENAME_OWNER, NULL, KW_PROCEDURAL, KW_LANGUAGE),
    NAMED(PROCEDURE, ROUTINE, ROUTINE_ACTIONS, parse__alter_function, KW_PROCEDURE),
    NAMED(PUBLICATION, NAME, RENAME_OWNER, parse__alter_publication, KW_PUBLICATION),
    NAMED(ROUTINE, ROUTINE, ROUTINE_ACTIONS, parse__alter_function, KW_ROUTINE),
    NAMED(SCHEMA, NAME, RENAME_OWNER, NULL, KW_SCHEMA),
    NAMED(FOREIGN_SERVER, NAME, RENAME_OWNER, parse__alter_server, KW_SERVER),
    NAMED(SUBSCRIPTION, NAME, RENAME_OWNER, parse__alter_subscription, KW_SUBSCRIPTION),
    NAMED(TABLESPACE, NAME, RENAME_OWNER, parse__alter_tablespace, KW_TABLESPACE),
    NAMED(TS_CONFIGURATION, ANY_NAME, OWNER_SCHEMA, parse__alter_ts_configuration, KW_TEXT,
          KW_SEARCH, KW_CONFIGURATION),
    NAMED(TS_DICTIONARY, ANY_NAME, OWNER_SCHEMA, parse__alter_ts_dictionary, KW_TEXT, KW_SEARCH,
          KW_DICTIONARY),
    NAMED(TS_PARSER, ANY_NAME, ALTER_RENAME | ALTER_SCHEMA, NULL, KW_TEXT, KW_SEARCH, KW_PARSER),
    NAMED(TS_TEMPLATE, ANY_NAME, ALTER_RENAME | ALTER_SCHEMA, NULL, KW_TEXT, KW_SEARCH,
          KW_TEMPLATE),
    NAMED(TYPE, ANY_NAME, OWNER_SCHEMA | ALTER_SET, alter_type, KW_TYPE),
};

AstStmt *parse__alter(Parser *p)
{
    Alter alter = {.start = p->tok->start};
    parse__next(p);
    const Alteration *row = PHRASE(p, alterations, 0);
    alter.object = row->object;
    if (row->whole) return row->whole(p, &alter);
    alter.ref = parse__object_ref(p, row->object, row->form);
    AstStmt *stmt = parse__alter_named(p, &alter, row->actions);
    if (stmt) return stmt;
    if (row->special) return row->special(p, &alter);
    parse__syntax_error(p);
}
