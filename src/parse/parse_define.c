/* SPDX-License-Identifier: Apache-2.0 */
/* parse_define.c - CREATE of types, domains, operators with their classes and families, aggregates, casts, transforms,
 * collations, conversions, languages, access methods and text search; ALTER of those that have one of their own. */
#include "parse/parse_internal.h"

/* ---- a name and a definition ---- */

static AstDefine *new_define(Parser *p, const Create *create, AstObjectType object)
{
    AstDefine *define = NEW(p, Define, create->start);
    define->object = object;
    define->replace = create->replace;
    return define;
}

/* The words = value of an aggregate without a list of parameters; the words are no key words. */
static void old_aggregate(Parser *p, AstDefine *define)
{
    define->old_style = true;
    parse__expect(p, '(');
    uint32_t mark = parse__mark(p);
    do {
        if (!parse__is(p, TOKEN_IDENTIFIER)) parse__syntax_error(p);
        uint32_t start = p->tok->start;
        Str name = parse__name(p);
        parse__expect(p, '=');
        parse__push(p, parse__option(p, name, parse__def_arg(p), start));
    } while (parse__accept(p, ','));
    TAKE(p, mark, &define->definition);
    parse__expect(p, ')');
}

AstStmt *parse__create_aggregate(Parser *p, const Create *create)
{
    AstDefine *define = new_define(p, create, AST_OBJECT_AGGREGATE);
    uint32_t start = p->tok->start;
    NodeStrs names = parse__function_name(p);
    if (parse__is(p, '(') && parse__peek_type(p, 1) == TOKEN_IDENTIFIER &&
        parse__peek_type(p, 2) == '=') {
        define->names = names;
        old_aggregate(p, define);
        return &define->base;
    }
    define->names = names;
    define->args = parse__aggregate_params(p, names, start);
    parse__definition(p, &define->definition);
    return &define->base;
}

AstStmt *parse__create_operator(Parser *p, const Create *create)
{
    AstDefine *define = new_define(p, create, AST_OBJECT_OPERATOR);
    define->names = parse__any_operator(p);
    parse__definition(p, &define->definition);
    return &define->base;
}

AstStmt *parse__create_collation(Parser *p, const Create *create)
{
    AstDefine *define = new_define(p, create, AST_OBJECT_COLLATION);
    define->if_not_exists = parse__if_not_exists(p);
    define->names = parse__any_name(p);
    if (!parse__accept(p, KW_FROM)) {
        parse__definition(p, &define->definition);
        return &define->base;
    }
    uint32_t start = p->tok->start;
    AstNode *from = parse__name_node(p, parse__any_name(p), start);
    LIST_OF_ONE(p, &define->definition, parse__option(p, STR("from"), from, start));
    return &define->base;
}

AstStmt *parse__create_text_search(Parser *p, const Create *create)
{
    AstObjectType object = AST_OBJECT_TS_TEMPLATE;
    switch (create->phrase->words[2]) {
    case KW_CONFIGURATION: object = AST_OBJECT_TS_CONFIGURATION; break;
    case KW_DICTIONARY: object = AST_OBJECT_TS_DICTIONARY; break;
    case KW_PARSER: object = AST_OBJECT_TS_PARSER; break;
    default: break;
    }
    AstDefine *define = new_define(p, create, object);
    define->names = parse__any_name(p);
    parse__definition(p, &define->definition);
    return &define->base;
}

/* ---- types, domains ---- */

static AstStmt *composite_type(Parser *p, const Create *create, NodeStrs names, uint32_t name_at)
{
    AstCreateCompositeType *type = NEW(p, CreateCompositeType, create->start);
    parse__expect(p, '(');
    uint32_t mark = parse__mark(p);
    if (!parse__is(p, ')')) {
        do parse__push(p, parse__column_def(p));
        while (parse__accept(p, ','));
    }
    TAKE(p, mark, &type->columns);
    parse__expect(p, ')');
    type->type_name = parse__range_var_from(p, names, name_at);
    return &type->base;
}

static AstStmt *enum_type(Parser *p, const Create *create, NodeStrs names)
{
    AstCreateEnum *type = NEW(p, CreateEnum, create->start);
    type->names = names;
    parse__expect(p, '(');
    uint32_t mark = parse__mark_names(p);
    if (!parse__is(p, ')')) {
        do parse__push_name(p, parse__string(p));
        while (parse__accept(p, ','));
    }
    type->labels = parse__take_names(p, mark);
    parse__expect(p, ')');
    return &type->base;
}

AstStmt *parse__create_type(Parser *p, const Create *create)
{
    uint32_t name_at = p->tok->start;
    NodeStrs names = parse__any_name(p);
    if (!parse__accept(p, KW_AS)) {
        AstDefine *define = new_define(p, create, AST_OBJECT_TYPE);
        define->names = names;
        if (parse__is(p, '(')) parse__definition(p, &define->definition);
        return &define->base;
    }
    if (parse__accept(p, KW_ENUM)) return enum_type(p, create, names);
    if (!parse__accept(p, KW_RANGE)) return composite_type(p, create, names, name_at);
    AstCreateRangeType *range = NEW(p, CreateRangeType, create->start);
    range->names = names;
    parse__definition(p, &range->options);
    return &range->base;
}

AstStmt *parse__create_domain(Parser *p, const Create *create)
{
    AstCreateDomain *domain = NEW(p, CreateDomain, create->start);
    domain->names = parse__any_name(p);
    parse__accept(p, KW_AS);
    domain->type = parse__type_name(p);
    parse__column_constraints(p, &domain->constraints, &domain->collation);
    return &domain->base;
}

static void alter_domain_set(Parser *p, AstAlterDomain *domain)
{
    if (parse__accept(p, KW_DEFAULT)) {
        domain->action = AST_DOMAIN_SET_DEFAULT;
        domain->expr = parse__expr(p);
        return;
    }
    domain->action = AST_DOMAIN_SET_NOT_NULL;
    parse__expect(p, KW_NOT);
    parse__expect(p, KW_NULL);
}

static void alter_domain_drop(Parser *p, AstAlterDomain *domain)
{
    domain->action = AST_DOMAIN_DROP_DEFAULT;
    if (parse__accept(p, KW_DEFAULT)) return;
    if (parse__accept(p, KW_CONSTRAINT)) {
        domain->action = AST_DOMAIN_DROP_CONSTRAINT;
        domain->if_exists = parse__if_exists(p);
        domain->name = parse__name(p);
        domain->behavior = parse__drop_behavior(p);
        return;
    }
    domain->action = AST_DOMAIN_DROP_NOT_NULL;
    parse__expect(p, KW_NOT);
    parse__expect(p, KW_NULL);
}

AstStmt *parse__alter_domain(Parser *p, const Alter *alter)
{
    AstAlterDomain *domain = NEW(p, AlterDomain, alter->start);
    domain->names = alter->ref->names;
    if (parse__accept(p, KW_SET)) {
        alter_domain_set(p, domain);
    } else if (parse__accept(p, KW_DROP)) {
        alter_domain_drop(p, domain);
    } else if (parse__accept(p, KW_ADD)) {
        domain->action = AST_DOMAIN_ADD_CONSTRAINT;
        domain->constraint = parse__domain_constraint(p);
    } else {
        parse__expect2(p, KW_VALIDATE, KW_CONSTRAINT);
        domain->action = AST_DOMAIN_VALIDATE_CONSTRAINT;
        domain->name = parse__name(p);
    }
    return &domain->base;
}

/* ---- operator classes and families ---- */

/* [FOR {SEARCH | ORDER BY family}] */
static void operator_purpose(Parser *p, AstOpClassItem *item)
{
    if (!parse__accept(p, KW_FOR) || parse__accept(p, KW_SEARCH)) return;
    parse__expect2(p, KW_ORDER, KW_BY);
    item->order_family = parse__any_name(p);
}

static AstOpClassItem *class_item(Parser *p)
{
    AstOpClassItem *item = NEW(p, OpClassItem, p->tok->start);
    if (parse__accept(p, KW_OPERATOR)) {
        item->item = AST_OPCLASS_OPERATOR;
        item->number = parse__integer(p);
        item->operator= NEW(p, OperatorRef, p->tok->start);
        item->operator->names = parse__any_operator(p);
        if (parse__is(p, '(')) parse__operator_types(p, item->operator);
        operator_purpose(p, item);
    } else if (parse__accept(p, KW_FUNCTION)) {
        item->item = AST_OPCLASS_FUNCTION;
        item->number = parse__integer(p);
        if (parse__accept(p, '(')) {
            parse__type_list(p, &item->types);
            parse__expect(p, ')');
        }
        item->routine = parse__routine_ref(p);
    } else {
        parse__expect(p, KW_STORAGE);
        item->item = AST_OPCLASS_STORAGE;
        item->storage = parse__type_name(p);
    }
    return item;
}

/* OPERATOR or FUNCTION, number (types) */
static AstOpClassItem *dropped_item(Parser *p)
{
    AstOpClassItem *item = NEW(p, OpClassItem, p->tok->start);
    item->item = AST_OPCLASS_OPERATOR;
    if (!parse__accept(p, KW_OPERATOR)) {
        parse__expect(p, KW_FUNCTION);
        item->item = AST_OPCLASS_FUNCTION;
    }
    item->number = parse__integer(p);
    parse__expect(p, '(');
    parse__type_list(p, &item->types);
    parse__expect(p, ')');
    return item;
}

static void class_items(Parser *p, AstOpClassItemList *list, bool drop)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, drop ? dropped_item(p) : class_item(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

AstStmt *parse__create_operator_class(Parser *p, const Create *create)
{
    AstCreateOpClass *opclass = NEW(p, CreateOpClass, create->start);
    opclass->names = parse__any_name(p);
    opclass->is_default = parse__accept(p, KW_DEFAULT);
    parse__expect2(p, KW_FOR, KW_TYPE);
    opclass->type = parse__type_name(p);
    parse__expect(p, KW_USING);
    opclass->method = parse__name(p);
    if (parse__accept(p, KW_FAMILY)) opclass->family = parse__any_name(p);
    parse__expect(p, KW_AS);
    class_items(p, &opclass->items, false);
    return &opclass->base;
}

AstStmt *parse__create_operator_family(Parser *p, const Create *create)
{
    AstCreateOpFamily *family = NEW(p, CreateOpFamily, create->start);
    family->names = parse__any_name(p);
    parse__expect(p, KW_USING);
    family->method = parse__name(p);
    return &family->base;
}

AstStmt *parse__alter_operator_family(Parser *p, const Alter *alter)
{
    AstAlterOpFamily *family = NEW(p, AlterOpFamily, alter->start);
    family->names = alter->ref->names;
    family->method = alter->ref->method;
    family->drop = parse__accept(p, KW_DROP);
    if (!family->drop) parse__expect(p, KW_ADD);
    class_items(p, &family->items, family->drop);
    return &family->base;
}

/* ( name = value, ... ) where a value may be absent or NONE: ALTER OPERATOR's and ALTER TYPE's SET. */
static void operator_options(Parser *p, AstOptionList *list)
{
    parse__expect2(p, KW_SET, '(');
    uint32_t mark = parse__mark(p);
    do {
        uint32_t start = p->tok->start;
        Str name = parse__label(p);
        AstNode *value = NULL;
        if (parse__accept(p, '=') && !parse__accept(p, KW_NONE)) value = parse__def_arg(p);
        parse__push(p, parse__option(p, name, value, start));
    } while (parse__accept(p, ','));
    TAKE(p, mark, list);
    parse__expect(p, ')');
}

AstStmt *parse__alter_operator(Parser *p, const Alter *alter)
{
    AstAlterOperator *stmt = NEW(p, AlterOperator, alter->start);
    stmt->operator= alter->ref->operator;
    operator_options(p, &stmt->options);
    return &stmt->base;
}

AstStmt *parse__alter_type_options(Parser *p, const Alter *alter)
{
    AstAlterType *type = NEW(p, AlterType, alter->start);
    type->names = alter->ref->names;
    operator_options(p, &type->options);
    return &type->base;
}

/* ---- casts, transforms, conversions, languages, access methods ---- */

AstStmt *parse__create_cast(Parser *p, const Create *create)
{
    AstCreateCast *cast = NEW(p, CreateCast, create->start);
    parse__cast_types(p, &cast->source, &cast->target);
    if (parse__accept(p, KW_WITHOUT)) {
        parse__expect(p, KW_FUNCTION);
    } else {
        parse__expect(p, KW_WITH);
        cast->inout = parse__accept(p, KW_INOUT);
        if (!cast->inout) {
            parse__expect(p, KW_FUNCTION);
            cast->function = parse__routine_ref(p);
        }
    }
    cast->context = AST_CAST_EXPLICIT;
    if (!parse__accept(p, KW_AS)) return &cast->base;
    cast->context = AST_CAST_IMPLICIT;
    if (parse__accept(p, KW_IMPLICIT)) return &cast->base;
    parse__expect(p, KW_ASSIGNMENT);
    cast->context = AST_CAST_ASSIGNMENT;
    return &cast->base;
}

/* FROM SQL WITH FUNCTION f, TO SQL WITH FUNCTION g; each once, in any order, one may be absent. */
static void transform_functions(Parser *p, AstCreateTransform *transform)
{
    do {
        bool from = !transform->from_sql && parse__accept(p, KW_FROM);
        if (!from) {
            if (transform->to_sql) parse__syntax_error(p);
            parse__expect(p, KW_TO);
        }
        parse__expect(p, KW_SQL);
        parse__expect(p, KW_WITH);
        parse__expect(p, KW_FUNCTION);
        *(from ? &transform->from_sql : &transform->to_sql) = parse__routine_ref(p);
    } while (!(transform->from_sql && transform->to_sql) && parse__accept(p, ','));
}

AstStmt *parse__create_transform(Parser *p, const Create *create)
{
    AstCreateTransform *transform = NEW(p, CreateTransform, create->start);
    transform->replace = create->replace;
    parse__expect(p, KW_FOR);
    transform->type = parse__type_name(p);
    parse__expect(p, KW_LANGUAGE);
    transform->language = parse__name(p);
    parse__expect(p, '(');
    transform_functions(p, transform);
    parse__expect(p, ')');
    return &transform->base;
}

AstStmt *parse__create_conversion(Parser *p, const Create *create)
{
    AstCreateConversion *conversion = NEW(p, CreateConversion, create->start);
    conversion->is_default = create->phrase->words[0] == KW_DEFAULT;
    conversion->names = parse__any_name(p);
    parse__expect(p, KW_FOR);
    conversion->from_encoding = parse__string(p);
    parse__expect(p, KW_TO);
    conversion->to_encoding = parse__string(p);
    parse__expect(p, KW_FROM);
    conversion->function = parse__any_name(p);
    return &conversion->base;
}

/* Without a handler the language is that of an extension of its name. */
AstStmt *parse__create_language(Parser *p, const Create *create)
{
    Str name = parse__name(p);
    if (!parse__accept(p, KW_HANDLER)) {
        AstCreateExtension *extension = NEW(p, CreateExtension, create->start);
        extension->name = name;
        extension->if_not_exists = create->replace;
        return &extension->base;
    }
    AstCreateLanguage *language = NEW(p, CreateLanguage, create->start);
    language->name = name;
    language->replace = create->replace;
    language->trusted = create->phrase->words[0] == KW_TRUSTED;
    language->handler = parse__any_name(p);
    if (parse__accept(p, KW_INLINE)) language->inline_handler = parse__any_name(p);
    if (parse__accept(p, KW_VALIDATOR))
        language->validator = parse__any_name(p);
    else if (parse__accept(p, KW_NO))
        parse__expect(p, KW_VALIDATOR);
    return &language->base;
}

AstStmt *parse__create_access_method(Parser *p, const Create *create)
{
    AstCreateAccessMethod *method = NEW(p, CreateAccessMethod, create->start);
    method->name = parse__name(p);
    parse__expect(p, KW_TYPE);
    method->table = parse__accept(p, KW_TABLE);
    if (!method->table) parse__expect(p, KW_INDEX);
    parse__expect(p, KW_HANDLER);
    method->handler = parse__any_name(p);
    return &method->base;
}

AstStmt *parse__create_assertion(Parser *p, const Create *create)
{
    parse__any_name(p);
    parse__expect2(p, KW_CHECK, '(');
    parse__expr(p);
    parse__expect(p, ')');
    uint32_t location;
    parse__attribute_set(p, &location);
    parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)create->start,
                 "CREATE ASSERTION is not yet "
                 "implemented");
}

AstStmt *parse__alter_collation(Parser *p, const Alter *alter)
{
    AstRefreshCollation *refresh = NEW(p, RefreshCollation, alter->start);
    refresh->names = alter->ref->names;
    parse__expect2(p, KW_REFRESH, KW_VERSION);
    return &refresh->base;
}

/* ---- text search ---- */

AstStmt *parse__alter_ts_dictionary(Parser *p, const Alter *alter)
{
    AstAlterTsDictionary *dictionary = NEW(p, AlterTsDictionary, alter->start);
    dictionary->names = alter->ref->names;
    parse__definition(p, &dictionary->options);
    return &dictionary->base;
}

/* WITH, whatever it belongs to: a dictionary may be named `time`. */
static void any_with(Parser *p)
{
    if (!parse__is(p, KW_WITH)) parse__syntax_error(p);
    parse__next(p);
}

/* old WITH new */
static void replaced_dictionary(Parser *p, AstAlterTsConfiguration *configuration)
{
    uint32_t mark = parse__mark(p), start = p->tok->start;
    parse__push(p, parse__name_node(p, parse__any_name(p), start));
    any_with(p);
    start = p->tok->start;
    parse__push(p, parse__name_node(p, parse__any_name(p), start));
    TAKE(p, mark, &configuration->dictionaries);
}

/* Behind ALTER MAPPING. */
static void alter_mapping(Parser *p, AstAlterTsConfiguration *configuration)
{
    configuration->mapping = AST_MAPPING_REPLACE_ALL;
    if (parse__accept(p, KW_FOR)) {
        configuration->mapping = AST_MAPPING_ALTER_TOKENS;
        configuration->tokens = parse__name_list(p);
        if (parse__is(p, KW_WITH)) {
            any_with(p);
            parse__any_name_list(p, &configuration->dictionaries);
            return;
        }
        configuration->mapping = AST_MAPPING_REPLACE_TOKENS;
    }
    parse__expect(p, KW_REPLACE);
    replaced_dictionary(p, configuration);
}

AstStmt *parse__alter_ts_configuration(Parser *p, const Alter *alter)
{
    AstAlterTsConfiguration *configuration = NEW(p, AlterTsConfiguration, alter->start);
    configuration->names = alter->ref->names;
    if (parse__accept(p, KW_ALTER)) {
        parse__expect(p, KW_MAPPING);
        alter_mapping(p, configuration);
        return &configuration->base;
    }
    configuration->mapping = parse__is(p, KW_ADD) ? AST_MAPPING_ADD : AST_MAPPING_DROP;
    if (!parse__accept(p, KW_ADD)) parse__expect(p, KW_DROP);
    parse__expect(p, KW_MAPPING);
    if (configuration->mapping == AST_MAPPING_DROP)
        configuration->if_exists = parse__if_exists_only(p);
    parse__expect(p, KW_FOR);
    configuration->tokens = parse__name_list(p);
    if (configuration->mapping == AST_MAPPING_ADD) {
        any_with(p);
        parse__any_name_list(p, &configuration->dictionaries);
    }
    return &configuration->base;
}
