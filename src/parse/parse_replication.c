/* SPDX-License-Identifier: Apache-2.0 */
/* parse_replication.c - publications and subscriptions.
 *
 * What a publication's object is shows only when the list is read: TABLE and TABLES IN SCHEMA hold for the names behind
 * them, until the next of them. */
#include "parse/parse_internal.h"

/* ---- objects of a publication ---- */

/* [(columns)] [WHERE (expr)] behind a table's name. */
static void published_table(Parser *p, AstPublicationObject *object)
{
    object->columns = parse__optional_column_list(p);
    if (!parse__accept(p, KW_WHERE)) return;
    parse__expect(p, '(');
    object->where = parse__expr(p);
    parse__expect(p, ')');
}

static AstPublicationObject *schema_object(Parser *p, AstPublicationObject *object)
{
    object->object = AST_PUBLICATION_TABLES_IN_CURRENT_SCHEMA;
    if (parse__accept(p, KW_CURRENT_SCHEMA)) return object;
    object->object = AST_PUBLICATION_TABLES_IN_SCHEMA;
    object->name = parse__name(p);
    return object;
}

/* A name without TABLE or TABLES IN SCHEMA. One part without anything behind it may be a table or a schema. */
static void continued_object(Parser *p, AstPublicationObject *object)
{
    object->object = AST_PUBLICATION_CONTINUATION;
    uint32_t start = p->tok->start;
    if (parse__accept(p, KW_CURRENT_SCHEMA)) return;
    if (parse__is(p, KW_ONLY)) {
        object->location = 0; /* where PostgreSQL finds fault with it */
        object->table = parse__relation_expr(p);
        published_table(p, object);
        return;
    }
    Str name = parse__name(p);
    if (parse__is(p, '.') || parse__is(p, TOKEN_LEFT_BRACKET)) {
        object->table = parse__range_var_from(p, parse__dotted_from(p, name), start);
        if (parse__accept(p, '*')) object->location = 0;
        published_table(p, object);
        return;
    }
    bool star = parse__accept(p, '*');
    if (star)
        object->location = 0;
    else
        object->name = name;
    if (!star && !parse__is(p, '(') && !parse__is(p, KW_WHERE)) return;
    object->table = parse__range_var_from(p, parse__names_of_one(p, name), start);
    published_table(p, object);
}

static AstPublicationObject *publication_object(Parser *p)
{
    AstPublicationObject *object = NEW(p, PublicationObject, p->tok->start);
    if (parse__accept(p, KW_TABLE)) {
        object->object = AST_PUBLICATION_TABLE;
        object->table = parse__relation_expr(p);
        published_table(p, object);
        return object;
    }
    if (parse__accept2(p, KW_TABLES, KW_IN)) {
        parse__expect(p, KW_SCHEMA);
        return schema_object(p, object);
    }
    continued_object(p, object);
    return object;
}

static _Noreturn void raise_invalid(Parser *p, const AstPublicationObject *object,
                                    const char *detail)
{
    Error *error = error_message(error_begin(SQLSTATE_SYNTAX_ERROR),
                                 "invalid publication object list");
    error_detail(error, "%s", detail);
    parse__raise_at(p, error, object->location);
}

/* A name that goes on with the tables before it. */
static void resolve_table(Parser *p, AstPublicationObject *object)
{
    if (!object->table && !object->name.data)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, object->location, "invalid table name");
    if (!object->table)
        object->table = parse__range_var_from(p, parse__names_of_one(p, object->name),
                                              (uint32_t)object->location);
    object->object = AST_PUBLICATION_TABLE;
    object->name = (Str){0};
}

/* A name that goes on with the schemas before it. */
static void resolve_schema(Parser *p, AstPublicationObject *object)
{
    if (object->table && object->where)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, object->location,
                     "WHERE clause not allowed for schema");
    if (object->table && object->columns.count)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, object->location,
                     "column specification not allowed for schema");
    if (object->table && !object->name.data)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, object->location, "invalid schema name");
    object->object = object->name.data ? AST_PUBLICATION_TABLES_IN_SCHEMA
                                       : AST_PUBLICATION_TABLES_IN_CURRENT_SCHEMA;
    object->table = NULL;
}

static void resolve_objects(Parser *p, const AstPublicationObjectList *list)
{
    AstPublicationObjectKind before = AST_PUBLICATION_CONTINUATION;
    for (uint32_t i = 0; i < list->count; i++) {
        AstPublicationObject *object = list->items[i];
        if (object->object == AST_PUBLICATION_CONTINUATION) {
            if (before == AST_PUBLICATION_CONTINUATION)
                raise_invalid(
                    p, object,
                    "One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or "
                    "schema name.");
            if (before == AST_PUBLICATION_TABLE)
                resolve_table(p, object);
            else
                resolve_schema(p, object);
        }
        before = object->object;
    }
}

static void publication_objects(Parser *p, AstPublicationObjectList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, publication_object(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

/* ---- publications ---- */

AstStmt *parse__create_publication(Parser *p, const Create *create)
{
    AstCreatePublication *publication = NEW(p, CreatePublication, create->start);
    publication->name = parse__name(p);
    if (parse__accept(p, KW_FOR)) {
        publication->all_tables = parse__accept(p, KW_ALL);
        if (publication->all_tables)
            parse__expect(p, KW_TABLES);
        else
            publication_objects(p, &publication->objects);
    }
    parse__optional_definition(p, &publication->options);
    resolve_objects(p, &publication->objects);
    return &publication->base;
}

AstStmt *parse__alter_publication(Parser *p, const Alter *alter)
{
    AstAlterPublication *publication = NEW(p, AlterPublication, alter->start);
    publication->name = alter->ref->names.items[0];
    if (parse__is(p, KW_SET) && parse__peek_type(p, 1) == '(') {
        parse__next(p);
        publication->action = AST_ALTER_PUBLICATION_OPTIONS;
        parse__definition(p, &publication->options);
        return &publication->base;
    }
    publication->action = AST_ALTER_PUBLICATION_ADD;
    if (parse__accept(p, KW_SET)) {
        publication->action = AST_ALTER_PUBLICATION_SET;
    } else if (parse__accept(p, KW_DROP)) {
        publication->action = AST_ALTER_PUBLICATION_DROP;
    } else {
        parse__expect(p, KW_ADD);
    }
    publication_objects(p, &publication->objects);
    resolve_objects(p, &publication->objects);
    return &publication->base;
}

/* ---- subscriptions ---- */

AstStmt *parse__create_subscription(Parser *p, const Create *create)
{
    AstCreateSubscription *subscription = NEW(p, CreateSubscription, create->start);
    subscription->name = parse__name(p);
    parse__expect(p, KW_CONNECTION);
    subscription->connection = parse__string(p);
    parse__expect(p, KW_PUBLICATION);
    subscription->publications = parse__name_list(p);
    parse__optional_definition(p, &subscription->options);
    return &subscription->base;
}

/* {ADD | DROP | SET} PUBLICATION names [WITH (options)], at PUBLICATION. */
static void subscribed_publications(Parser *p, AstAlterSubscription *subscription,
                                    AstAlterSubscriptionAction action)
{
    subscription->action = action;
    parse__expect(p, KW_PUBLICATION);
    subscription->publications = parse__name_list(p);
    parse__optional_definition(p, &subscription->options);
}

AstStmt *parse__alter_subscription(Parser *p, const Alter *alter)
{
    AstAlterSubscription *subscription = NEW(p, AlterSubscription, alter->start);
    subscription->name = alter->ref->names.items[0];
    if (parse__accept(p, KW_SET)) {
        subscription->action = AST_SUBSCRIPTION_OPTIONS;
        if (parse__is(p, '('))
            parse__definition(p, &subscription->options);
        else
            subscribed_publications(p, subscription, AST_SUBSCRIPTION_SET_PUBLICATION);
    } else if (parse__accept(p, KW_ADD)) {
        subscribed_publications(p, subscription, AST_SUBSCRIPTION_ADD_PUBLICATION);
    } else if (parse__accept(p, KW_DROP)) {
        subscribed_publications(p, subscription, AST_SUBSCRIPTION_DROP_PUBLICATION);
    } else if (parse__accept(p, KW_CONNECTION)) {
        subscription->action = AST_SUBSCRIPTION_CONNECTION;
        subscription->connection = parse__string(p);
    } else if (parse__accept(p, KW_REFRESH)) {
        subscription->action = AST_SUBSCRIPTION_REFRESH;
        parse__expect(p, KW_PUBLICATION);
        parse__optional_definition(p, &subscription->options);
    } else if (parse__accept(p, KW_SKIP)) {
        subscription->action = AST_SUBSCRIPTION_SKIP;
        parse__definition(p, &subscription->options);
    } else if (parse__accept(p, KW_ENABLE)) {
        subscription->action = AST_SUBSCRIPTION_ENABLE;
    } else {
        parse__expect(p, KW_DISABLE);
        subscription->action = AST_SUBSCRIPTION_DISABLE;
    }
    return &subscription->base;
}
