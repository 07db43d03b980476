/* SPDX-License-Identifier: Apache-2.0 */
/* parse_relation.c - CREATE of indexes, views, sequences, statistics, and of what hangs on a table: rules, triggers,
 * policies; event triggers too; ALTER of those that have an ALTER of their own. */
#include "parse/parse_internal.h"

static AstExpr *paren_expr(Parser *p)
{
    parse__expect(p, '(');
    AstExpr *expr = parse__expr(p);
    parse__expect(p, ')');
    return expr;
}

/* ---- indexes ---- */

AstStmt *parse__create_index(Parser *p, const Create *create)
{
    AstCreateIndex *index = NEW(p, CreateIndex, create->start);
    index->unique = create->phrase->words[0] == KW_UNIQUE;
    index->concurrently = parse__accept(p, KW_CONCURRENTLY);
    index->if_not_exists = parse__if_not_exists(p);
    if (index->if_not_exists || !parse__is(p, KW_ON)) index->name = parse__name(p);
    parse__expect(p, KW_ON);
    index->relation = parse__relation_expr(p);
    index->method = parse__optional_method(p);
    parse__index_elements(p, &index->elements);
    if (parse__accept(p, KW_INCLUDE)) parse__index_elements(p, &index->including);
    index->nulls_not_distinct = parse__nulls_not_distinct(p);
    if (parse__accept(p, KW_WITH)) parse__reloptions(p, &index->options);
    index->tablespace = parse__optional_tablespace(p);
    index->where = parse__optional_where(p);
    return &index->base;
}

/* ---- views ---- */

/* WITH [CASCADED | LOCAL] CHECK OPTION, or nothing. */
static AstViewCheck optional_view_check(Parser *p)
{
    if (!parse__accept(p, KW_WITH)) return AST_VIEW_CHECK_NONE;
    AstViewCheck check = AST_VIEW_CHECK_CASCADED;
    if (parse__accept(p, KW_LOCAL))
        check = AST_VIEW_CHECK_LOCAL;
    else
        parse__accept(p, KW_CASCADED);
    parse__expect2(p, KW_CHECK, KW_OPTION);
    return check;
}

static AstStmt *create_view(Parser *p, const Create *create, bool recursive)
{
    AstCreateView *view = NEW(p, CreateView, create->start);
    view->replace = create->replace;
    view->recursive = recursive;
    view->view = parse__qualified_name(p);
    view->view->persistence = create->persistence;
    view->columns = recursive ? parse__column_list(p) : parse__optional_column_list(p);
    if (parse__accept(p, KW_WITH)) parse__reloptions(p, &view->options);
    parse__expect(p, KW_AS);
    view->query = &parse__select_stmt(p)->base;
    uint32_t check_at = p->tok->start;
    view->check = optional_view_check(p);
    if (recursive && view->check != AST_VIEW_CHECK_NONE)
        parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)check_at,
                     "WITH CHECK OPTION not supported on recursive views");
    return &view->base;
}

AstStmt *parse__create_view(Parser *p, const Create *create)
{
    return create_view(p, create, false);
}

AstStmt *parse__create_recursive_view(Parser *p, const Create *create)
{
    return create_view(p, create, true);
}

/* ---- sequences, statistics ---- */

AstStmt *parse__create_sequence(Parser *p, const Create *create)
{
    AstCreateSequence *sequence = NEW(p, CreateSequence, create->start);
    sequence->if_not_exists = parse__if_not_exists(p);
    sequence->sequence = parse__qualified_name(p);
    sequence->sequence->persistence = create->persistence;
    parse__sequence_options(p, &sequence->options);
    return &sequence->base;
}

static AstStatisticsElement *statistics_element(Parser *p)
{
    AstStatisticsElement *element = NEW(p, StatisticsElement, p->tok->start);
    if (parse__is(p, '('))
        element->expr = paren_expr(p);
    else if (parse__is_plain_column(p))
        element->name = parse__name(p);
    else
        element->expr = parse__windowless_function(p);
    return element;
}

AstStmt *parse__create_statistics(Parser *p, const Create *create)
{
    AstCreateStatistics *statistics = NEW(p, CreateStatistics, create->start);
    statistics->if_not_exists = parse__if_not_exists(p);
    if (statistics->if_not_exists || parse__is_col_id(p->tok))
        statistics->names = parse__any_name(p);
    statistics->kinds = parse__optional_column_list(p);
    parse__expect(p, KW_ON);
    uint32_t mark = parse__mark(p);
    do parse__push(p, statistics_element(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, &statistics->elements);
    parse__expect(p, KW_FROM);
    parse__from_list(p, &statistics->relations);
    return &statistics->base;
}

AstStmt *parse__alter_statistics(Parser *p, const Alter *alter)
{
    bool if_exists = parse__if_exists(p);
    uint32_t name_at = p->tok->start;
    NodeStrs names = parse__any_name(p);
    if (if_exists || (parse__is(p, KW_SET) && parse__peek_type(p, 1) == KW_STATISTICS)) {
        AstAlterStatistics *statistics = NEW(p, AlterStatistics, alter->start);
        statistics->names = names;
        statistics->if_exists = if_exists;
        parse__expect2(p, KW_SET, KW_STATISTICS);
        uint32_t start = p->tok->start;
        if (!parse__accept(p, KW_DEFAULT)) {
            AstIntConst *target = NEW(p, IntConst, start);
            target->value = parse__signed_integer(p);
            statistics->target = &target->base;
        }
        return &statistics->base;
    }
    Alter named = *alter;
    named.ref = NEW(p, ObjectRef, name_at);
    named.ref->object = AST_OBJECT_STATISTICS;
    named.ref->names = names;
    AstStmt *stmt = parse__alter_named(p, &named, ALTER_RENAME | ALTER_OWNER | ALTER_SCHEMA);
    if (!stmt) parse__syntax_error(p);
    return stmt;
}

/* ---- rules ---- */

static AstRuleEvent rule_event(Parser *p)
{
    if (parse__accept(p, KW_SELECT)) return AST_RULE_SELECT;
    if (parse__accept(p, KW_UPDATE)) return AST_RULE_UPDATE;
    if (parse__accept(p, KW_DELETE)) return AST_RULE_DELETE;
    parse__expect(p, KW_INSERT);
    return AST_RULE_INSERT;
}

static AstStmt *rule_action(Parser *p)
{
    if (parse__is(p, KW_NOTIFY)) return parse__notify(p);
    AstWith *with = parse__is(p, KW_WITH) ? parse__with(p) : NULL;
    if (parse__is(p, KW_MERGE)) parse__syntax_error(p);
    return parse__preparable_behind_with(p, with);
}

static bool is_query(const AstStmt *stmt)
{
    return stmt->kind == AST_SELECT || stmt->kind == AST_VALUES || stmt->kind == AST_SET_OPERATION;
}

/* In parentheses: actions between semicolons, any of them empty; or a query alone, that goes on behind them. */
static void paren_rule_actions(Parser *p)
{
    parse__expect(p, '(');
    AstStmt *first = NULL;
    if (!parse__is(p, ';') && !parse__is(p, ')')) first = rule_action(p);
    if (first && is_query(first) && parse__accept(p, ')')) {
        parse__push(p, parse__select_from(p, (AstSelectBase *)first));
        return;
    }
    if (first) parse__push(p, first);
    while (parse__accept(p, ';'))
        if (!parse__is(p, ';') && !parse__is(p, ')')) parse__push(p, rule_action(p));
    parse__expect(p, ')');
}

AstStmt *parse__create_rule(Parser *p, const Create *create)
{
    AstCreateRule *rule = NEW(p, CreateRule, create->start);
    rule->replace = create->replace;
    rule->name = parse__name(p);
    parse__expect2(p, KW_AS, KW_ON);
    rule->event = rule_event(p);
    parse__expect(p, KW_TO);
    rule->relation = parse__qualified_name(p);
    rule->where = parse__optional_where(p);
    parse__expect(p, KW_DO);
    rule->instead = parse__accept(p, KW_INSTEAD);
    if (!rule->instead) parse__accept(p, KW_ALSO);
    if (parse__accept(p, KW_NOTHING)) return &rule->base;
    uint32_t mark = parse__mark(p);
    if (parse__is(p, '('))
        paren_rule_actions(p);
    else
        parse__push(p, rule_action(p));
    TAKE(p, mark, &rule->actions);
    return &rule->base;
}

/* ---- triggers ---- */

static AstTriggerTiming trigger_timing(Parser *p)
{
    if (parse__accept(p, KW_BEFORE)) return AST_TRIGGER_BEFORE;
    if (parse__accept(p, KW_AFTER)) return AST_TRIGGER_AFTER;
    parse__expect2(p, KW_INSTEAD, KW_OF);
    return AST_TRIGGER_INSTEAD_OF;
}

/* One event; the token that an error about it would name is *near. */
static AstTriggerEvent trigger_event(Parser *p, AstCreateTrigger *trigger, Token *near)
{
    *near = *p->tok;
    if (parse__accept(p, KW_INSERT)) return AST_TRIGGER_ON_INSERT;
    if (parse__accept(p, KW_DELETE)) return AST_TRIGGER_ON_DELETE;
    if (parse__accept(p, KW_TRUNCATE)) return AST_TRIGGER_ON_TRUNCATE;
    parse__expect(p, KW_UPDATE);
    if (parse__accept(p, KW_OF)) trigger->columns = parse__name_list(p);
    *near = *p->tok;
    return AST_TRIGGER_ON_UPDATE;
}

static void trigger_events(Parser *p, AstCreateTrigger *trigger)
{
    do {
        Token near;
        uint32_t event = 1u << trigger_event(p, trigger, &near);
        if (trigger->events & event)
            parse__error_near(p, SQLSTATE_SYNTAX_ERROR, &near,
                              "duplicate trigger events specified");
        trigger->events |= event;
    } while (parse__accept(p, KW_OR));
    parse__expect(p, KW_ON);
}

/* REFERENCING {OLD | NEW} {TABLE | ROW} [AS] name ..., or nothing. */
static void optional_transitions(Parser *p, AstTriggerTransitionList *list)
{
    if (!parse__accept(p, KW_REFERENCING)) return;
    uint32_t mark = parse__mark(p);
    do {
        AstTriggerTransition *transition = NEW(p, TriggerTransition, p->tok->start);
        transition->is_new = parse__accept(p, KW_NEW);
        if (!transition->is_new) parse__expect(p, KW_OLD);
        transition->is_table = parse__accept(p, KW_TABLE);
        if (!transition->is_table) parse__expect(p, KW_ROW);
        parse__accept(p, KW_AS);
        transition->name = parse__name(p);
        parse__push(p, transition);
    } while (parse__is(p, KW_NEW) || parse__is(p, KW_OLD));
    TAKE(p, mark, list);
}

static Str trigger_arg(Parser *p)
{
    Str text;
    switch (p->tok->type) {
    case TOKEN_INTEGER: return str_format(p->arena, "%d", parse__integer(p));
    case TOKEN_FLOAT:
        text = p->tok->text;
        parse__next(p);
        return text;
    case TOKEN_STRING: return parse__string(p);
    default: return parse__label(p);
    }
}

/* The list may begin with a comma: the empty list is one. */
static NodeStrs trigger_args(Parser *p)
{
    uint32_t mark = parse__mark_names(p);
    parse__expect(p, '(');
    if (!parse__is(p, ',') && !parse__is(p, ')')) parse__push_name(p, trigger_arg(p));
    while (parse__accept(p, ',')) parse__push_name(p, trigger_arg(p));
    parse__expect(p, ')');
    return parse__take_names(p, mark);
}

/* [WHEN (condition)] EXECUTE FUNCTION name (args) */
static void trigger_execute(Parser *p, AstCreateTrigger *trigger)
{
    if (parse__accept(p, KW_WHEN)) trigger->when = paren_expr(p);
    parse__expect(p, KW_EXECUTE);
    parse__function_word(p);
    trigger->function = parse__function_name(p);
    trigger->args = trigger_args(p);
}

AstStmt *parse__create_trigger(Parser *p, const Create *create)
{
    AstCreateTrigger *trigger = NEW(p, CreateTrigger, create->start);
    trigger->replace = create->replace;
    trigger->name = parse__name(p);
    trigger->timing = trigger_timing(p);
    trigger_events(p, trigger);
    trigger->relation = parse__qualified_name(p);
    optional_transitions(p, &trigger->referencing);
    if (parse__accept(p, KW_FOR)) {
        parse__accept(p, KW_EACH);
        trigger->row = parse__accept(p, KW_ROW);
        if (!trigger->row) parse__expect(p, KW_STATEMENT);
    }
    trigger_execute(p, trigger);
    return &trigger->base;
}

AstStmt *parse__create_constraint_trigger(Parser *p, const Create *create)
{
    AstCreateTrigger *trigger = NEW(p, CreateTrigger, create->start);
    trigger->is_constraint = trigger->row = true;
    trigger->name = parse__name(p);
    parse__expect(p, KW_AFTER);
    trigger->timing = AST_TRIGGER_AFTER;
    trigger_events(p, trigger);
    trigger->relation = parse__qualified_name(p);
    if (parse__accept(p, KW_FROM)) trigger->constraint_from = parse__qualified_name(p);
    uint32_t attributes_at, attributes = parse__attribute_set(p, &attributes_at);
    parse__expect2(p, KW_FOR, KW_EACH);
    parse__expect(p, KW_ROW);
    trigger_execute(p, trigger);
    if (create->replace)
        parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)create->start,
                     "CREATE OR REPLACE CONSTRAINT TRIGGER is not supported");
    AstConstraint constraint = {0};
    parse__apply_attributes(p, &constraint, "TRIGGER", attributes, attributes_at,
                            ATTRIBUTE_DEFERRABLE | ATTRIBUTE_DEFERRED);
    trigger->deferrable = constraint.deferrable;
    trigger->deferred = constraint.deferred;
    return &trigger->base;
}

/* ---- event triggers ---- */

/* variable IN ('value', ...) */
static AstOption *event_filter(Parser *p)
{
    uint32_t start = p->tok->start;
    Str name = parse__name(p);
    parse__expect2(p, KW_IN, '(');
    AstNodeGroup *values = NEW(p, NodeGroup, p->tok->start);
    uint32_t mark = parse__mark(p);
    do {
        uint32_t at = p->tok->start;
        parse__push(p, parse__string_const(p, parse__string(p), at));
    } while (parse__accept(p, ','));
    TAKE(p, mark, &values->items);
    parse__expect(p, ')');
    return parse__option(p, name, values, start);
}

AstStmt *parse__create_event_trigger(Parser *p, const Create *create)
{
    AstCreateEventTrigger *trigger = NEW(p, CreateEventTrigger, create->start);
    trigger->name = parse__name(p);
    parse__expect(p, KW_ON);
    trigger->event = parse__label(p);
    if (parse__accept(p, KW_WHEN)) {
        uint32_t mark = parse__mark(p);
        do parse__push(p, event_filter(p));
        while (parse__accept(p, KW_AND));
        TAKE(p, mark, &trigger->filters);
    }
    parse__expect(p, KW_EXECUTE);
    parse__function_word(p);
    trigger->function = parse__function_name(p);
    parse__expect2(p, '(', ')');
    return &trigger->base;
}

AstStmt *parse__alter_event_trigger(Parser *p, const Alter *alter)
{
    AstAlterEventTrigger *trigger = NEW(p, AlterEventTrigger, alter->start);
    trigger->name = alter->ref->names.items[0];
    if (parse__accept(p, KW_DISABLE)) {
        trigger->enable = AST_ENABLE_DISABLED;
        return &trigger->base;
    }
    parse__expect(p, KW_ENABLE);
    trigger->enable = AST_ENABLE_ORIGIN;
    if (parse__accept(p, KW_REPLICA))
        trigger->enable = AST_ENABLE_REPLICA;
    else if (parse__accept(p, KW_ALWAYS))
        trigger->enable = AST_ENABLE_ALWAYS;
    return &trigger->base;
}

/* ---- policies ---- */

/* AS PERMISSIVE or AS RESTRICTIVE, which are no key words, or nothing; tells of RESTRICTIVE. */
static bool optional_restrictive(Parser *p)
{
    if (!parse__accept(p, KW_AS)) return false;
    if (!parse__is(p, TOKEN_IDENTIFIER)) parse__syntax_error(p);
    uint32_t start = p->tok->start;
    Str word = parse__name(p);
    if (str_equal(word, STR("permissive"))) return false;
    if (str_equal(word, STR("restrictive"))) return true;
    Error *error = error_message(error_begin(SQLSTATE_SYNTAX_ERROR),
                                 "unrecognized row security option \"%.*s\"", STR_ARG(word));
    error_hint(error, "Only PERMISSIVE or RESTRICTIVE policies are supported currently.");
    parse__raise_at(p, error, (int32_t)start);
}

static Str policy_command(Parser *p)
{
    if (!parse__accept(p, KW_FOR)) return STR("all");
    switch (p->tok->type) {
    case KW_ALL:
    case KW_SELECT:
    case KW_INSERT:
    case KW_UPDATE:
    case KW_DELETE: return parse__label(p);
    default: parse__syntax_error(p);
    }
}

/* [TO roles] [USING (expr)] [WITH CHECK (expr)] */
static void policy_rules(Parser *p, AstRoleSpecList *roles, AstExpr **using, AstExpr **check)
{
    if (parse__accept(p, KW_TO)) parse__role_list(p, roles);
    if (parse__accept(p, KW_USING)) *using = paren_expr(p);
    if (parse__accept(p, KW_WITH)) {
        parse__expect(p, KW_CHECK);
        *check = paren_expr(p);
    }
}

AstStmt *parse__create_policy(Parser *p, const Create *create)
{
    AstCreatePolicy *policy = NEW(p, CreatePolicy, create->start);
    policy->name = parse__name(p);
    parse__expect(p, KW_ON);
    policy->relation = parse__qualified_name(p);
    policy->restrictive = optional_restrictive(p);
    policy->command = policy_command(p);
    bool everyone = !parse__is(p, KW_TO);
    policy_rules(p, &policy->roles, &policy->using, &policy->check);
    if (everyone) {
        AstRoleSpec *anyone = NEW(p, RoleSpec, NODE_NO_LOCATION);
        anyone->role = AST_ROLE_PUBLIC;
        LIST_OF_ONE(p, &policy->roles, anyone);
    }
    return &policy->base;
}

AstStmt *parse__alter_policy(Parser *p, const Alter *alter)
{
    bool if_exists = parse__if_exists(p);
    Str name = parse__name(p);
    parse__expect(p, KW_ON);
    AstRangeVar *relation = parse__qualified_name(p);
    if (parse__accept(p, KW_RENAME)) return parse__rename_part(p, alter, relation, name, if_exists);
    if (if_exists) parse__syntax_error(p);
    AstAlterPolicy *policy = NEW(p, AlterPolicy, alter->start);
    policy->name = name;
    policy->relation = relation;
    policy_rules(p, &policy->roles, &policy->using, &policy->check);
    return &policy->base;
}
