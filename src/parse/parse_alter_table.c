/* SPDX-License-Identifier: Apache-2.0 */
/* parse_alter_table.c - the actions of ALTER TABLE and of its kin (indexes, sequences, views): all of them parse
 * for all kinds of relation. */
#include "parse/parse_internal.h"

/* NOT NULL, where no other NOT can stand. */
static void expect_not_null(Parser *p)
{
    parse__expect(p, KW_NOT);
    parse__expect(p, KW_NULL);
}

static AstExpr *integer_const(Parser *p)
{
    AstIntConst *number = NEW(p, IntConst, p->tok->start);
    number->value = parse__signed_integer(p);
    return &number->base;
}

/* ---- columns ---- */

/* name, or DEFAULT */
static Str name_or_default(Parser *p)
{
    return parse__accept(p, KW_DEFAULT) ? STR("default") : parse__name(p);
}

/* [SET DATA] TYPE type [COLLATE name] [USING expr], at TYPE. */
static void column_type(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_COLUMN_TYPE;
    parse__expect(p, KW_TYPE);
    command->column = NEW(p, ColumnDef, NODE_NO_LOCATION);
    command->column->type = parse__type_name(p);
    command->column->collation = parse__optional_collate(p);
    if (parse__accept(p, KW_USING)) command->expr = parse__expr(p);
}

/* An option of SET in a list for an identity column: GENERATED when, or one of a sequence. */
static AstOption *identity_set_option(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__accept(p, KW_GENERATED)) {
        bool by_default = parse__generated_when(p);
        return parse__option(p, STR("generated"),
                             parse__string_const(p, by_default ? STR("by default") : STR("always"),
                                                 start),
                             start);
    }
    AstOption *option = parse__sequence_option(p);
    if (str_equal(option->name, STR("as")) || str_equal(option->name, STR("restart")) ||
        str_equal(option->name, STR("owned_by")))
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                     "sequence option \"%.*s\" not supported here", STR_ARG(option->name));
    return option;
}

/* RESTART ..., SET option ..., one or more of them. `set`: the first SET is read. */
static void identity_options(Parser *p, AstAlterCommand *command, bool set)
{
    command->action = AST_ALTER_TABLE_SET_IDENTITY;
    uint32_t mark = parse__mark(p);
    do {
        if (set || parse__accept(p, KW_SET))
            parse__push(p, identity_set_option(p));
        else
            parse__push(p, parse__sequence_option(p));
        set = false;
    } while (parse__is(p, KW_SET) || parse__is(p, KW_RESTART));
    TAKE(p, mark, &command->options);
}

/* ALTER COLUMN name SET ..., SET read. */
static void column_set(Parser *p, AstAlterCommand *command)
{
    switch (p->tok->type) {
    case KW_DEFAULT:
        parse__next(p);
        command->action = AST_ALTER_TABLE_COLUMN_DEFAULT;
        command->expr = parse__expr(p);
        return;
    case KW_NOT:
        expect_not_null(p);
        command->action = AST_ALTER_TABLE_SET_NOT_NULL;
        return;
    case KW_EXPRESSION:
        parse__next(p);
        command->action = AST_ALTER_TABLE_SET_EXPRESSION;
        parse__expect2(p, KW_AS, '(');
        command->expr = parse__expr(p);
        parse__expect(p, ')');
        return;
    case KW_STATISTICS:
        parse__next(p);
        command->action = AST_ALTER_TABLE_SET_STATISTICS;
        if (!parse__accept(p, KW_DEFAULT)) command->expr = integer_const(p);
        return;
    case '(':
        command->action = AST_ALTER_TABLE_SET_COLUMN_OPTIONS;
        parse__reloptions(p, &command->options);
        return;
    case KW_STORAGE:
        parse__next(p);
        command->action = AST_ALTER_TABLE_SET_STORAGE;
        command->word = name_or_default(p);
        return;
    case KW_COMPRESSION:
        parse__next(p);
        command->action = AST_ALTER_TABLE_SET_COMPRESSION;
        command->word = name_or_default(p);
        return;
    case KW_DATA:
        parse__next(p);
        column_type(p, command);
        return;
    default: identity_options(p, command, true); return;
    }
}

/* ALTER COLUMN name DROP ..., DROP read. */
static void column_drop(Parser *p, AstAlterCommand *command)
{
    if (parse__accept(p, KW_DEFAULT)) {
        command->action = AST_ALTER_TABLE_COLUMN_DEFAULT;
    } else if (parse__accept(p, KW_EXPRESSION)) {
        command->action = AST_ALTER_TABLE_DROP_EXPRESSION;
        command->if_exists = parse__if_exists_only(p);
    } else if (parse__accept(p, KW_IDENTITY)) {
        command->action = AST_ALTER_TABLE_DROP_IDENTITY;
        command->if_exists = parse__if_exists_only(p);
    } else {
        expect_not_null(p);
        command->action = AST_ALTER_TABLE_DROP_NOT_NULL;
    }
}

/* ADD GENERATED when AS IDENTITY [(options)], ADD read. */
static void column_add_identity(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_ADD_IDENTITY;
    AstConstraint *identity = command->constraint = NEW(p, Constraint, p->tok->start);
    identity->constraint = AST_CONSTRAINT_IDENTITY;
    parse__expect(p, KW_GENERATED);
    identity->by_default = parse__generated_when(p);
    parse__expect2(p, KW_AS, KW_IDENTITY);
    parse__paren_sequence_options(p, &identity->options);
}

/* number SET STATISTICS n: a column of an index. */
static void numbered_column(Parser *p, AstAlterCommand *command)
{
    uint32_t start = p->tok->start;
    command->action = AST_ALTER_TABLE_SET_STATISTICS;
    command->number = parse__integer(p);
    parse__expect2(p, KW_SET, KW_STATISTICS);
    if (!parse__accept(p, KW_DEFAULT)) command->expr = integer_const(p);
    if (command->number <= 0 || command->number > INT16_MAX)
        parse__error(p, SQLSTATE_INVALID_PARAMETER_VALUE, (int32_t)start,
                     "column number must be in range from 1 to %d", INT16_MAX);
}

/* What ALTER COLUMN does, behind the column's name. */
static void column_action(Parser *p, AstAlterCommand *command)
{
    switch (p->tok->type) {
    case KW_SET:
        parse__next(p);
        column_set(p, command);
        return;
    case KW_DROP:
        parse__next(p);
        column_drop(p, command);
        return;
    case KW_ADD:
        parse__next(p);
        column_add_identity(p, command);
        return;
    case KW_RESTART: identity_options(p, command, false); return;
    case KW_RESET:
        parse__next(p);
        command->action = AST_ALTER_TABLE_RESET_COLUMN_OPTIONS;
        parse__reloptions(p, &command->options);
        return;
    case KW_OPTIONS:
        command->action = AST_ALTER_TABLE_COLUMN_FOREIGN_OPTIONS;
        parse__generic_options(p, &command->options, true);
        return;
    default: column_type(p, command); return;
    }
}

static void alter_column(Parser *p, AstAlterCommand *command)
{
    if (parse__is(p, TOKEN_INTEGER)) {
        numbered_column(p, command);
        return;
    }
    const int32_t start = (int32_t)p->tok->start;
    command->name = parse__name(p);
    column_action(p, command);
    if (command->column != NULL) command->column->location = start;
}

/* ---- constraints ---- */

enum { ENFORCED_BITS = ATTRIBUTE_NOT_ENFORCED | ATTRIBUTE_ENFORCED };
enum {
    DEFERRABLE_BITS = ATTRIBUTE_DEFERRABLE | ATTRIBUTE_NOT_DEFERRABLE | ATTRIBUTE_DEFERRED |
                      ATTRIBUTE_IMMEDIATE
};

/* ALTER CONSTRAINT name {attributes | INHERIT}, behind CONSTRAINT. */
static void alter_constraint(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_ALTER_CONSTRAINT;
    AstConstraint *constraint = command->constraint = NEW(p, Constraint, NODE_NO_LOCATION);
    constraint->name = parse__name(p);
    if (parse__accept(p, KW_INHERIT)) {
        command->alter_inherit = true;
        return;
    }
    uint32_t location, set = parse__attribute_set(p, &location);
    if (set & ATTRIBUTE_NOT_VALID)
        parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)location,
                     "constraints cannot be altered to be NOT VALID");
    command->alter_enforced = set & ENFORCED_BITS;
    command->alter_deferrable = set & DEFERRABLE_BITS;
    command->alter_inherit = set & ATTRIBUTE_NO_INHERIT;
    parse__apply_attributes(p, constraint, "FOREIGN KEY", set, location, ~0u);
}

/* ---- ADD, ALTER, DROP ---- */

static void add(Parser *p, AstAlterCommand *command)
{
    if (parse__starts_constraint(p)) {
        command->action = AST_ALTER_TABLE_ADD_CONSTRAINT;
        command->constraint = parse__table_constraint(p);
        return;
    }
    command->action = AST_ALTER_TABLE_ADD_COLUMN;
    parse__accept(p, KW_COLUMN);
    command->if_not_exists = parse__if_not_exists(p);
    command->column = parse__table_column(p, false);
}

static void drop(Parser *p, AstAlterCommand *command)
{
    bool constraint = parse__accept(p, KW_CONSTRAINT);
    command->action = constraint ? AST_ALTER_TABLE_DROP_CONSTRAINT : AST_ALTER_TABLE_DROP_COLUMN;
    if (!constraint) parse__accept(p, KW_COLUMN);
    command->if_exists = parse__if_exists(p);
    command->name = parse__name(p);
    command->behavior = parse__drop_behavior(p);
}

static void alter(Parser *p, AstAlterCommand *command)
{
    if (parse__accept(p, KW_CONSTRAINT)) {
        alter_constraint(p, command);
        return;
    }
    parse__accept(p, KW_COLUMN);
    alter_column(p, command);
}

/* ---- triggers, rules, row security ---- */

static void row_level_security(Parser *p)
{
    parse__expect2(p, KW_ROW, KW_LEVEL);
    parse__expect(p, KW_SECURITY);
}

/* TRIGGER {name | ALL | USER}, TRIGGER read. */
static AstAlterAction trigger_action(Parser *p, AstAlterCommand *command, AstAlterAction one,
                                     AstAlterAction all, AstAlterAction user)
{
    if (parse__accept(p, KW_ALL)) return all;
    if (parse__accept(p, KW_USER)) return user;
    command->name = parse__name(p);
    return one;
}

/* ENABLE {ALWAYS | REPLICA}, the word read. */
static void enable_fired(Parser *p, AstAlterCommand *command, AstAlterAction trigger,
                         AstAlterAction rule)
{
    command->action = parse__is(p, KW_TRIGGER) ? trigger : rule;
    if (!parse__accept(p, KW_TRIGGER)) parse__expect(p, KW_RULE);
    command->name = parse__name(p);
}

static void enable(Parser *p, AstAlterCommand *command)
{
    if (parse__accept(p, KW_TRIGGER)) {
        command->action = trigger_action(p, command, AST_ALTER_TABLE_ENABLE_TRIGGER,
                                         AST_ALTER_TABLE_ENABLE_TRIGGER_ALL,
                                         AST_ALTER_TABLE_ENABLE_TRIGGER_USER);
    } else if (parse__accept(p, KW_RULE)) {
        command->action = AST_ALTER_TABLE_ENABLE_RULE;
        command->name = parse__name(p);
    } else if (parse__accept(p, KW_ALWAYS)) {
        enable_fired(p, command, AST_ALTER_TABLE_ENABLE_ALWAYS_TRIGGER,
                     AST_ALTER_TABLE_ENABLE_ALWAYS_RULE);
    } else if (parse__accept(p, KW_REPLICA)) {
        enable_fired(p, command, AST_ALTER_TABLE_ENABLE_REPLICA_TRIGGER,
                     AST_ALTER_TABLE_ENABLE_REPLICA_RULE);
    } else {
        row_level_security(p);
        command->action = AST_ALTER_TABLE_ENABLE_ROW_SECURITY;
    }
}

static void disable(Parser *p, AstAlterCommand *command)
{
    if (parse__accept(p, KW_TRIGGER)) {
        command->action = trigger_action(p, command, AST_ALTER_TABLE_DISABLE_TRIGGER,
                                         AST_ALTER_TABLE_DISABLE_TRIGGER_ALL,
                                         AST_ALTER_TABLE_DISABLE_TRIGGER_USER);
    } else if (parse__accept(p, KW_RULE)) {
        command->action = AST_ALTER_TABLE_DISABLE_RULE;
        command->name = parse__name(p);
    } else {
        row_level_security(p);
        command->action = AST_ALTER_TABLE_DISABLE_ROW_SECURITY;
    }
}

/* ---- the table itself ---- */

static void no(Parser *p, AstAlterCommand *command)
{
    if (parse__accept(p, KW_FORCE)) {
        row_level_security(p);
        command->action = AST_ALTER_TABLE_NO_FORCE_ROW_SECURITY;
        return;
    }
    parse__expect(p, KW_INHERIT);
    command->action = AST_ALTER_TABLE_NO_INHERIT;
    command->relation = parse__qualified_name(p);
}

/* SET {WITHOUT | LOGGED | UNLOGGED | ACCESS METHOD | TABLESPACE | (options)}, SET read. */
static void set(Parser *p, AstAlterCommand *command)
{
    if (parse__accept(p, KW_WITHOUT)) {
        command->action = AST_ALTER_TABLE_SET_WITHOUT_OIDS;
        if (parse__accept(p, KW_OIDS)) return;
        parse__expect(p, KW_CLUSTER);
        command->action = AST_ALTER_TABLE_SET_WITHOUT_CLUSTER;
    } else if (parse__accept(p, KW_LOGGED)) {
        command->action = AST_ALTER_TABLE_SET_LOGGED;
    } else if (parse__accept(p, KW_UNLOGGED)) {
        command->action = AST_ALTER_TABLE_SET_UNLOGGED;
    } else if (parse__accept(p, KW_ACCESS)) {
        parse__expect(p, KW_METHOD);
        command->action = AST_ALTER_TABLE_SET_ACCESS_METHOD;
        if (!parse__accept(p, KW_DEFAULT)) command->name = parse__name(p);
    } else if (parse__accept(p, KW_TABLESPACE)) {
        command->action = AST_ALTER_TABLE_SET_TABLESPACE;
        command->name = parse__name(p);
    } else {
        command->action = AST_ALTER_TABLE_SET_OPTIONS;
        parse__reloptions(p, &command->options);
    }
}

/* REPLICA IDENTITY ..., REPLICA read. */
static void replica_identity(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_REPLICA_IDENTITY;
    parse__expect(p, KW_IDENTITY);
    if (parse__accept(p, KW_NOTHING)) {
        command->replica_identity = AST_REPLICA_IDENTITY_NOTHING;
    } else if (parse__accept(p, KW_FULL)) {
        command->replica_identity = AST_REPLICA_IDENTITY_FULL;
    } else if (parse__accept(p, KW_DEFAULT)) {
        command->replica_identity = AST_REPLICA_IDENTITY_DEFAULT;
    } else {
        command->replica_identity = AST_REPLICA_IDENTITY_INDEX;
        parse__expect2(p, KW_USING, KW_INDEX);
        command->word = parse__name(p);
    }
}

static void inherit(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_INHERIT;
    command->relation = parse__qualified_name(p);
}

static void of_type(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_OF_TYPE;
    command->type = NEW(p, TypeName, p->tok->start);
    command->type->names = parse__any_name(p);
}

static void owner(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_OWNER;
    parse__expect(p, KW_TO);
    command->owner = parse__role_spec(p);
}

static void cluster_on(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_CLUSTER_ON;
    parse__expect(p, KW_ON);
    command->name = parse__name(p);
}

static void validate(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_VALIDATE_CONSTRAINT;
    parse__expect(p, KW_CONSTRAINT);
    command->name = parse__name(p);
}

static void force(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_FORCE_ROW_SECURITY;
    row_level_security(p);
}

static void reset(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_RESET_OPTIONS;
    parse__reloptions(p, &command->options);
}

static void not_of(Parser *p, AstAlterCommand *command)
{
    command->action = AST_ALTER_TABLE_NOT_OF;
    parse__expect(p, KW_OF);
}

/* By its first word, which has been read. */
static const struct {
    uint16_t word;
    void (*parse)(Parser *p, AstAlterCommand *command);
} commands[] = {
    {KW_ADD, add},           {KW_ALTER, alter},
    {KW_DROP, drop},         {KW_ENABLE, enable},
    {KW_DISABLE, disable},   {KW_NO, no},
    {KW_SET, set},           {KW_REPLICA, replica_identity},
    {KW_INHERIT, inherit},   {KW_OF, of_type},
    {KW_OWNER, owner},       {KW_CLUSTER, cluster_on},
    {KW_FORCE, force},       {KW_RESET, reset},
    {KW_VALIDATE, validate}, {KW_NOT, not_of},
};

AstAlterCommand *parse__alter_command(Parser *p)
{
    AstAlterCommand *command = NEW(p, AlterCommand, p->tok->start);
    if (parse__is(p, KW_OPTIONS)) {
        command->action = AST_ALTER_TABLE_FOREIGN_OPTIONS;
        parse__generic_options(p, &command->options, true);
        return command;
    }
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        if (!parse__accept(p, commands[i].word)) continue;
        commands[i].parse(p, command);
        return command;
    }
    parse__syntax_error(p);
}

/* ---- partitions ---- */

AstAlterCommand *parse__attach_partition(Parser *p, bool index)
{
    AstAlterCommand *command = NEW(p, AlterCommand, p->tok->start);
    parse__expect2(p, KW_ATTACH, KW_PARTITION);
    command->relation = parse__qualified_name(p);
    command->action = index ? AST_ALTER_TABLE_ATTACH_INDEX : AST_ALTER_TABLE_ATTACH_PARTITION;
    if (!index) command->bound = parse__partition_bound(p);
    return command;
}

AstAlterCommand *parse__detach_partition(Parser *p)
{
    AstAlterCommand *command = NEW(p, AlterCommand, p->tok->start);
    parse__expect2(p, KW_DETACH, KW_PARTITION);
    command->relation = parse__qualified_name(p);
    bool finalize = parse__accept(p, KW_FINALIZE);
    command->action = finalize ? AST_ALTER_TABLE_DETACH_FINALIZE : AST_ALTER_TABLE_DETACH_PARTITION;
    if (!finalize) command->concurrently = parse__accept(p, KW_CONCURRENTLY);
    return command;
}
