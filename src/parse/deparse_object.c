/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_object.c - objects of any kind by name, the statements that take them all, indexes, views, sequences, rules,
 * triggers, and maintenance. */
#include "parse/deparse_internal.h"

#include "base/arith.h"

/* ---- kinds and names of objects ---- */

static const char *object_words(AstObjectType object)
{
    static const char *const words[] = {
        [AST_OBJECT_ACCESS_METHOD] = "ACCESS METHOD",
        [AST_OBJECT_AGGREGATE] = "AGGREGATE",
        [AST_OBJECT_CAST] = "CAST",
        [AST_OBJECT_COLLATION] = "COLLATION",
        [AST_OBJECT_COLUMN] = "COLUMN",
        [AST_OBJECT_CONSTRAINT] = "CONSTRAINT",
        [AST_OBJECT_CONVERSION] = "CONVERSION",
        [AST_OBJECT_DATABASE] = "DATABASE",
        [AST_OBJECT_DOMAIN] = "DOMAIN",
        [AST_OBJECT_DOMAIN_CONSTRAINT] = "CONSTRAINT",
        [AST_OBJECT_EVENT_TRIGGER] = "EVENT TRIGGER",
        [AST_OBJECT_EXTENSION] = "EXTENSION",
        [AST_OBJECT_FOREIGN_DATA_WRAPPER] = "FOREIGN DATA WRAPPER",
        [AST_OBJECT_FOREIGN_SERVER] = "SERVER",
        [AST_OBJECT_FOREIGN_TABLE] = "FOREIGN TABLE",
        [AST_OBJECT_FUNCTION] = "FUNCTION",
        [AST_OBJECT_INDEX] = "INDEX",
        [AST_OBJECT_LANGUAGE] = "LANGUAGE",
        [AST_OBJECT_LARGE_OBJECT] = "LARGE OBJECT",
        [AST_OBJECT_MATERIALIZED_VIEW] = "MATERIALIZED VIEW",
        [AST_OBJECT_OPERATOR] = "OPERATOR",
        [AST_OBJECT_OPERATOR_CLASS] = "OPERATOR CLASS",
        [AST_OBJECT_OPERATOR_FAMILY] = "OPERATOR FAMILY",
        [AST_OBJECT_PARAMETER] = "PARAMETER",
        [AST_OBJECT_POLICY] = "POLICY",
        [AST_OBJECT_PROCEDURE] = "PROCEDURE",
        [AST_OBJECT_PUBLICATION] = "PUBLICATION",
        [AST_OBJECT_ROLE] = "ROLE",
        [AST_OBJECT_ROUTINE] = "ROUTINE",
        [AST_OBJECT_RULE] = "RULE",
        [AST_OBJECT_SCHEMA] = "SCHEMA",
        [AST_OBJECT_SEQUENCE] = "SEQUENCE",
        [AST_OBJECT_STATISTICS] = "STATISTICS",
        [AST_OBJECT_SUBSCRIPTION] = "SUBSCRIPTION",
        [AST_OBJECT_TABLE] = "TABLE",
        [AST_OBJECT_TABLESPACE] = "TABLESPACE",
        [AST_OBJECT_TRANSFORM] = "TRANSFORM",
        [AST_OBJECT_TRIGGER] = "TRIGGER",
        [AST_OBJECT_TS_CONFIGURATION] = "TEXT SEARCH CONFIGURATION",
        [AST_OBJECT_TS_DICTIONARY] = "TEXT SEARCH DICTIONARY",
        [AST_OBJECT_TS_PARSER] = "TEXT SEARCH PARSER",
        [AST_OBJECT_TS_TEMPLATE] = "TEXT SEARCH TEMPLATE",
        [AST_OBJECT_TYPE] = "TYPE",
        [AST_OBJECT_USER_MAPPING] = "USER MAPPING",
        [AST_OBJECT_VIEW] = "VIEW",
    };
    return words[object] ? words[object] : "";
}

void deparse__object_type(StrBuilder *out, AstObjectType object)
{
    deparse__text(out, object_words(object));
}

static void func_param(StrBuilder *out, const void *node)
{
    static const char *const modes[] = {
        [AST_PARAM_DEFAULT] = "",           [AST_PARAM_IN] = "IN ",
        [AST_PARAM_OUT] = "OUT ",           [AST_PARAM_INOUT] = "INOUT ",
        [AST_PARAM_VARIADIC] = "VARIADIC ", [AST_PARAM_TABLE] = ""};
    const AstFuncParam *param = node;
    deparse__text(out, modes[param->mode]);
    deparse__with_name(out, "", param->name);
    deparse__if(out, deparse__has(param->name), " ");
    deparse__node(out, param->type);
    deparse__with(out, " DEFAULT ", param->fallback);
}

/* Of an aggregate with ORDER BY, a last direct parameter that is variadic stands for the ordered one too. */
static void ordered_params(StrBuilder *out, const AstRoutineRef *ref)
{
    uint32_t direct = (uint32_t)ref->direct_count, total = ref->params.count;
    deparse__items(out, (void *const *)ref->params.items, direct, ", ");
    deparse__text(out, direct ? " ORDER BY " : "ORDER BY ");
    uint32_t from = total > direct ? direct : direct - 1;
    deparse__items(out, (void *const *)ref->params.items + from, total - from, ", ");
}

static void params(StrBuilder *out, const AstRoutineRef *ref)
{
    deparse__text(out, "(");
    deparse__if(out, ref->star, "*");
    if (ref->direct_count >= 0)
        ordered_params(out, ref);
    else
        deparse__list(out, &ref->params);
    deparse__text(out, ")");
}

static void routine_ref(StrBuilder *out, const void *node)
{
    const AstRoutineRef *ref = node;
    deparse__name(out, ref->names);
    if (!ref->no_params) params(out, ref);
}

void deparse__aggregate_params(StrBuilder *out, const AstRoutineRef *ref)
{
    params(out, ref);
}

static void operator_types(StrBuilder *out, const AstOperatorRef *ref)
{
    deparse__text(out, " (");
    deparse__if(out, !ref->left, "NONE");
    deparse__node(out, ref->left);
    deparse__text(out, ", ");
    deparse__if(out, !ref->right, "NONE");
    deparse__node(out, ref->right);
    deparse__text(out, ")");
}

static void operator_ref(StrBuilder *out, const void *node)
{
    const AstOperatorRef *ref = node;
    deparse__operator_name(out, ref->names);
    operator_types(out, ref);
}

void deparse__class_operator(StrBuilder *out, const AstOperatorRef *ref)
{
    deparse__operator_name(out, ref->names);
    if (ref->left || ref->right) operator_types(out, ref);
}

static void cast_types(StrBuilder *out, const AstTypeName *source, const AstTypeName *target)
{
    deparse__with(out, "(", source);
    deparse__with(out, " AS ", target);
    deparse__text(out, ")");
}

static void object_ref(StrBuilder *out, const void *node)
{
    const AstObjectRef *ref = node;
    switch ((int)ref->object) {
    case AST_OBJECT_CAST: cast_types(out, ref->type, ref->target); return;
    case AST_OBJECT_TRANSFORM:
        deparse__with(out, "FOR ", ref->type);
        deparse__text(out, " LANGUAGE ");
        deparse__name(out, ref->names);
        return;
    case AST_OBJECT_DOMAIN_CONSTRAINT:
        deparse__name(out, ref->names);
        deparse__text(out, " ON DOMAIN ");
        deparse__name(out, ref->type->names);
        return;
    case AST_OBJECT_LARGE_OBJECT: deparse__node(out, ref->number); return;
    case AST_OBJECT_PARAMETER: deparse__variable(out, ref->names.items[0]); return;
    default: break;
    }
    deparse__node(out, ref->routine);
    deparse__node(out, ref->operator);
    if (ref->names.count)
        deparse__name(out, ref->names);
    else
        deparse__node(out, ref->type);
    deparse__if(out, ref->on.count > 0, " ON ");
    deparse__name(out, ref->on);
    deparse__with_name(out, " USING ", ref->method);
}

/* The kind and the name: FUNCTION f(int). */
static void kind_and_object(StrBuilder *out, const AstObjectRef *ref)
{
    deparse__object_type(out, (AstObjectType)ref->object);
    deparse__with(out, " ", ref);
}

/* ---- DROP, RENAME, OWNER, SCHEMA, DEPENDS, COMMENT, SECURITY LABEL ---- */

static void drop(StrBuilder *out, const void *node)
{
    const AstDrop *stmt = node;
    deparse__text(out, "DROP ");
    deparse__object_type(out, (AstObjectType)stmt->object);
    deparse__if(out, stmt->concurrently, " CONCURRENTLY");
    deparse__text(out, stmt->if_exists ? " IF EXISTS " : " ");
    deparse__list(out, &stmt->objects);
    deparse__behavior(out, (AstDropBehavior)stmt->behavior);
}

static void rename_part(StrBuilder *out, const AstRename *stmt)
{
    deparse__if(out, stmt->rename == AST_OBJECT_COLUMN, " COLUMN");
    deparse__if(out, stmt->rename == AST_OBJECT_ATTRIBUTE, " ATTRIBUTE");
    bool constraint = stmt->rename == AST_OBJECT_CONSTRAINT ||
                      stmt->rename == AST_OBJECT_DOMAIN_CONSTRAINT;
    deparse__if(out, constraint, " CONSTRAINT");
    deparse__with_name(out, " ", stmt->part);
}

/* Rules, triggers and policies: name ON table. */
static bool is_on_table(const AstRename *stmt)
{
    return stmt->rename == AST_OBJECT_RULE || stmt->rename == AST_OBJECT_TRIGGER ||
           stmt->rename == AST_OBJECT_POLICY;
}

static AstObjectType renamed_kind(const AstRename *stmt)
{
    switch ((int)stmt->rename) {
    case AST_OBJECT_COLUMN:
    case AST_OBJECT_CONSTRAINT: return (AstObjectType)stmt->of;
    case AST_OBJECT_ATTRIBUTE: return AST_OBJECT_TYPE;
    case AST_OBJECT_DOMAIN_CONSTRAINT: return AST_OBJECT_DOMAIN;
    default: return (AstObjectType)stmt->rename;
    }
}

static void rename_node(StrBuilder *out, const void *node)
{
    const AstRename *stmt = node;
    deparse__text(out, "ALTER ");
    deparse__object_type(out, renamed_kind(stmt));
    deparse__text(out, stmt->if_exists ? " IF EXISTS " : " ");
    if (is_on_table(stmt)) {
        parse_quote_identifier(out, stmt->part);
        deparse__with(out, " ON ", stmt->relation);
        deparse__with_name(out, " RENAME TO ", stmt->new_name);
        return;
    }
    deparse__node(out, stmt->relation);
    deparse__node(out, stmt->object);
    deparse__text(out, " RENAME");
    rename_part(out, stmt);
    deparse__with_name(out, " TO ", stmt->new_name);
    deparse__behavior(out, (AstDropBehavior)stmt->behavior);
}

static void alter_owner(StrBuilder *out, const void *node)
{
    const AstAlterOwner *stmt = node;
    deparse__text(out, "ALTER ");
    kind_and_object(out, stmt->object);
    deparse__with(out, " OWNER TO ", stmt->owner);
}

static void alter_head(StrBuilder *out, AstObjectType kind, bool if_exists,
                       const AstRangeVar *relation, const AstObjectRef *object)
{
    deparse__text(out, "ALTER ");
    deparse__object_type(out, kind);
    deparse__text(out, if_exists ? " IF EXISTS " : " ");
    deparse__node(out, relation);
    deparse__node(out, object);
}

static void alter_schema(StrBuilder *out, const void *node)
{
    const AstAlterSchema *stmt = node;
    alter_head(out, (AstObjectType)stmt->kind_of, stmt->if_exists, stmt->relation, stmt->object);
    deparse__with_name(out, " SET SCHEMA ", stmt->schema);
}

static void alter_depends(StrBuilder *out, const void *node)
{
    const AstAlterDepends *stmt = node;
    alter_head(out, (AstObjectType)stmt->kind_of, false, stmt->relation, stmt->object);
    deparse__text(out, stmt->remove ? " NO DEPENDS" : " DEPENDS");
    deparse__with_name(out, " ON EXTENSION ", stmt->extension);
}

static void literal_or_null(StrBuilder *out, Str text)
{
    deparse__if(out, !deparse__has(text), "NULL");
    deparse__with_literal(out, "", text);
}

static void comment(StrBuilder *out, const void *node)
{
    const AstComment *stmt = node;
    deparse__text(out, "COMMENT ON ");
    kind_and_object(out, stmt->object);
    deparse__text(out, " IS ");
    literal_or_null(out, stmt->comment);
}

static void security_label(StrBuilder *out, const void *node)
{
    const AstSecurityLabel *stmt = node;
    deparse__text(out, "SECURITY LABEL ");
    deparse__with_literal(out, "FOR ", stmt->provider);
    deparse__text(out, deparse__has(stmt->provider) ? " ON " : "ON ");
    kind_and_object(out, stmt->object);
    deparse__text(out, " IS ");
    literal_or_null(out, stmt->label);
}

/* ---- indexes, views, sequences, statistics ---- */

static void index_element(StrBuilder *out, const void *node)
{
    const AstIndexElement *element = node;
    deparse__with_name(out, "", element->name);
    deparse__with(out, "(", element->expr);
    deparse__if(out, element->expr != NULL, ")");
    deparse__collate(out, element->collation);
    deparse__if(out, element->opclass.count > 0, " ");
    deparse__name(out, element->opclass);
    deparse__definition(out, " ", &element->options);
    deparse__sort_suffix(out, (AstSortOrder)element->order, (AstNullsOrder)element->nulls);
}

static void create_index(StrBuilder *out, const void *node)
{
    const AstCreateIndex *index = node;
    deparse__text(out, index->unique ? "CREATE UNIQUE INDEX" : "CREATE INDEX");
    deparse__if(out, index->concurrently, " CONCURRENTLY");
    deparse__if(out, index->if_not_exists, " IF NOT EXISTS");
    deparse__with_name(out, " ", index->name);
    deparse__with(out, " ON ", index->relation);
    deparse__with_name(out, " USING ", index->method);
    deparse__text(out, " (");
    deparse__list(out, &index->elements);
    deparse__text(out, ")");
    deparse__if(out, index->including.count > 0, " INCLUDE (");
    deparse__list(out, &index->including);
    deparse__if(out, index->including.count > 0, ")");
    deparse__if(out, index->nulls_not_distinct, " NULLS NOT DISTINCT");
    deparse__definition(out, " WITH ", &index->options);
    deparse__with_name(out, " TABLESPACE ", index->tablespace);
    deparse__with(out, " WHERE ", index->where);
}

static void create_view(StrBuilder *out, const void *node)
{
    const AstCreateView *view = node;
    deparse__text(out, view->replace ? "CREATE OR REPLACE " : "CREATE ");
    deparse__persistence(out, view->view);
    deparse__text(out, view->recursive ? "RECURSIVE VIEW " : "VIEW ");
    deparse__node(out, view->view);
    deparse__columns(out, view->columns);
    deparse__definition(out, " WITH ", &view->options);
    deparse__with(out, " AS ", view->query);
    deparse__if(out, view->check == AST_VIEW_CHECK_LOCAL, " WITH LOCAL CHECK OPTION");
    deparse__if(out, view->check == AST_VIEW_CHECK_CASCADED, " WITH CASCADED CHECK OPTION");
}

static void create_sequence(StrBuilder *out, const void *node)
{
    const AstCreateSequence *stmt = node;
    deparse__text(out, "CREATE ");
    deparse__persistence(out, stmt->sequence);
    deparse__text(out, stmt->if_not_exists ? "SEQUENCE IF NOT EXISTS " : "SEQUENCE ");
    deparse__node(out, stmt->sequence);
    deparse__sequence_options(out, " ", &stmt->options);
}

static void alter_sequence(StrBuilder *out, const void *node)
{
    const AstAlterSequence *stmt = node;
    deparse__text(out, stmt->if_exists ? "ALTER SEQUENCE IF EXISTS " : "ALTER SEQUENCE ");
    deparse__node(out, stmt->sequence);
    deparse__sequence_options(out, " ", &stmt->options);
}

static void statistics_element(StrBuilder *out, const void *node)
{
    const AstStatisticsElement *element = node;
    deparse__with_name(out, "", element->name);
    deparse__with(out, "(", element->expr);
    deparse__if(out, element->expr != NULL, ")");
}

static void create_statistics(StrBuilder *out, const void *node)
{
    const AstCreateStatistics *stmt = node;
    deparse__text(out,
                  stmt->if_not_exists ? "CREATE STATISTICS IF NOT EXISTS" : "CREATE STATISTICS");
    deparse__if(out, stmt->names.count > 0, " ");
    deparse__name(out, stmt->names);
    deparse__columns(out, stmt->kinds);
    deparse__text(out, " ON ");
    deparse__list(out, &stmt->elements);
    deparse__text(out, " FROM ");
    deparse__list(out, &stmt->relations);
}

static void alter_statistics(StrBuilder *out, const void *node)
{
    const AstAlterStatistics *stmt = node;
    deparse__text(out, stmt->if_exists ? "ALTER STATISTICS IF EXISTS " : "ALTER STATISTICS ");
    deparse__name(out, stmt->names);
    deparse__text(out, stmt->target ? " SET STATISTICS " : " SET STATISTICS DEFAULT");
    deparse__node(out, stmt->target);
}

/* ---- rules, triggers, policies ---- */

static void create_rule(StrBuilder *out, const void *node)
{
    static const char *const events[] = {[AST_RULE_SELECT] = "SELECT",
                                         [AST_RULE_UPDATE] = "UPDATE",
                                         [AST_RULE_DELETE] = "DELETE",
                                         [AST_RULE_INSERT] = "INSERT"};
    const AstCreateRule *rule = node;
    deparse__text(out, rule->replace ? "CREATE OR REPLACE RULE " : "CREATE RULE ");
    parse_quote_identifier(out, rule->name);
    deparse__text(out, " AS ON ");
    deparse__text(out, events[rule->event]);
    deparse__with(out, " TO ", rule->relation);
    deparse__with(out, " WHERE ", rule->where);
    deparse__text(out, rule->instead ? " DO INSTEAD " : " DO ");
    deparse__if(out, rule->actions.count == 0, "NOTHING");
    deparse__if(out, rule->actions.count > 0, "(");
    deparse__items(out, (void *const *)rule->actions.items, rule->actions.count, "; ");
    deparse__if(out, rule->actions.count > 0, ")");
}

static void trigger_events(StrBuilder *out, const AstCreateTrigger *trigger)
{
    static const char *const words[] = {[AST_TRIGGER_ON_INSERT] = "INSERT",
                                        [AST_TRIGGER_ON_DELETE] = "DELETE",
                                        [AST_TRIGGER_ON_UPDATE] = "UPDATE",
                                        [AST_TRIGGER_ON_TRUNCATE] = "TRUNCATE"};
    bool first = true;
    for (uint32_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!(trigger->events & 1u << i)) continue;
        deparse__if(out, !first, " OR ");
        deparse__text(out, words[i]);
        if (i == AST_TRIGGER_ON_UPDATE && trigger->columns.count) {
            deparse__text(out, " OF ");
            deparse__names(out, trigger->columns);
        }
        first = false;
    }
}

static void trigger_transition(StrBuilder *out, const void *node)
{
    const AstTriggerTransition *transition = node;
    deparse__text(out, transition->is_new ? "NEW " : "OLD ");
    deparse__with_name(out, transition->is_table ? "TABLE AS " : "ROW AS ", transition->name);
}

static void trigger_function(StrBuilder *out, NodeStrs function, NodeStrs args)
{
    deparse__text(out, " EXECUTE FUNCTION ");
    deparse__name(out, function);
    deparse__text(out, "(");
    for (uint32_t i = 0; i < args.count; i++) {
        deparse__if(out, i > 0, ", ");
        parse_quote_literal(out, args.items[i]);
    }
    deparse__text(out, ")");
}

static void create_trigger(StrBuilder *out, const void *node)
{
    static const char *const timings[] = {[AST_TRIGGER_BEFORE] = " BEFORE ",
                                          [AST_TRIGGER_AFTER] = " AFTER ",
                                          [AST_TRIGGER_INSTEAD_OF] = " INSTEAD OF "};
    const AstCreateTrigger *trigger = node;
    deparse__text(out, trigger->replace ? "CREATE OR REPLACE " : "CREATE ");
    deparse__text(out, trigger->is_constraint ? "CONSTRAINT TRIGGER " : "TRIGGER ");
    parse_quote_identifier(out, trigger->name);
    deparse__text(out, timings[trigger->timing]);
    trigger_events(out, trigger);
    deparse__with(out, " ON ", trigger->relation);
    deparse__with(out, " FROM ", trigger->constraint_from);
    deparse__if(out, trigger->deferrable, " DEFERRABLE");
    deparse__if(out, trigger->deferred, " INITIALLY DEFERRED");
    deparse__if(out, trigger->referencing.count > 0, " REFERENCING ");
    deparse__items(out, (void *const *)trigger->referencing.items, trigger->referencing.count, " ");
    deparse__if(out, trigger->row, " FOR EACH ROW");
    deparse__with(out, " WHEN (", trigger->when);
    deparse__if(out, trigger->when != NULL, ")");
    trigger_function(out, trigger->function, trigger->args);
}

static void create_event_trigger(StrBuilder *out, const void *node)
{
    const AstCreateEventTrigger *trigger = node;
    deparse__with_name(out, "CREATE EVENT TRIGGER ", trigger->name);
    deparse__with_name(out, " ON ", trigger->event);
    for (uint32_t i = 0; i < trigger->filters.count; i++) {
        const AstOption *filter = trigger->filters.items[i];
        deparse__with_name(out, i ? " AND " : " WHEN ", filter->name);
        deparse__with(out, " IN ", filter->value);
    }
    trigger_function(out, trigger->function, (NodeStrs){0});
}

static void alter_event_trigger(StrBuilder *out, const void *node)
{
    static const char *const words[] = {[AST_ENABLE_ALWAYS] = " ENABLE ALWAYS",
                                        [AST_ENABLE_REPLICA] = " ENABLE REPLICA",
                                        [AST_ENABLE_ORIGIN] = " ENABLE",
                                        [AST_ENABLE_DISABLED] = " DISABLE"};
    const AstAlterEventTrigger *trigger = node;
    deparse__with_name(out, "ALTER EVENT TRIGGER ", trigger->name);
    deparse__text(out, words[trigger->enable]);
}

static void policy_tail(StrBuilder *out, const AstRoleSpecList *roles, const AstExpr *using,
                        const AstExpr *check)
{
    deparse__if(out, roles->count > 0, " TO ");
    deparse__list(out, roles);
    deparse__with(out, " USING (", using);
    deparse__if(out, using != NULL, ")");
    deparse__with(out, " WITH CHECK (", check);
    deparse__if(out, check != NULL, ")");
}

static void create_policy(StrBuilder *out, const void *node)
{
    const AstCreatePolicy *policy = node;
    deparse__with_name(out, "CREATE POLICY ", policy->name);
    deparse__with(out, " ON ", policy->relation);
    deparse__text(out, policy->restrictive ? " AS RESTRICTIVE FOR " : " AS PERMISSIVE FOR ");
    str_add(out, str_upper_ascii(out->arena, policy->command));
    policy_tail(out, &policy->roles, policy->using, policy->check);
}

static void alter_policy(StrBuilder *out, const void *node)
{
    const AstAlterPolicy *policy = node;
    deparse__with_name(out, "ALTER POLICY ", policy->name);
    deparse__with(out, " ON ", policy->relation);
    policy_tail(out, &policy->roles, policy->using, policy->check);
}

/* ---- maintenance ---- */

static void vacuum_table(StrBuilder *out, const void *node)
{
    const AstVacuumTable *table = node;
    deparse__node(out, table->relation);
    deparse__columns(out, table->columns);
}

static void vacuum(StrBuilder *out, const void *node)
{
    const AstVacuum *stmt = node;
    deparse__text(out, stmt->analyze ? "ANALYZE" : "VACUUM");
    deparse__utility_options(out, " ", &stmt->options);
    deparse__if(out, stmt->tables.count > 0, " ");
    deparse__list(out, &stmt->tables);
}

static void cluster(StrBuilder *out, const void *node)
{
    const AstCluster *stmt = node;
    deparse__text(out, "CLUSTER");
    deparse__utility_options(out, " ", &stmt->options);
    deparse__with(out, " ", stmt->relation);
    deparse__with_name(out, " USING ", stmt->index);
}

static void reindex(StrBuilder *out, const void *node)
{
    static const char *const words[] = {[AST_REINDEX_INDEX] = " INDEX",
                                        [AST_REINDEX_TABLE] = " TABLE",
                                        [AST_REINDEX_SCHEMA] = " SCHEMA",
                                        [AST_REINDEX_SYSTEM] = " SYSTEM",
                                        [AST_REINDEX_DATABASE] = " DATABASE"};
    const AstReindex *stmt = node;
    deparse__text(out, "REINDEX");
    deparse__utility_options(out, " ", &stmt->options);
    deparse__text(out, words[stmt->reindex]);
    deparse__with(out, " ", stmt->relation);
    deparse__with_name(out, " ", stmt->name);
}

static void refresh(StrBuilder *out, const void *node)
{
    const AstRefreshMatView *stmt = node;
    deparse__text(out, "REFRESH MATERIALIZED VIEW ");
    deparse__if(out, stmt->concurrently, "CONCURRENTLY ");
    deparse__node(out, stmt->relation);
    deparse__if(out, stmt->no_data, " WITH NO DATA");
}

static void truncate_node(StrBuilder *out, const void *node)
{
    const AstTruncate *stmt = node;
    deparse__text(out, "TRUNCATE ");
    deparse__list(out, &stmt->tables);
    deparse__if(out, stmt->restart_identity, " RESTART IDENTITY");
    deparse__if(out, stmt->cascade, " CASCADE");
}

static void lock_table(StrBuilder *out, const void *node)
{
    static const char *const modes[] = {
        [AST_LOCK_MODE_ACCESS_EXCLUSIVE] = "ACCESS EXCLUSIVE",
        [AST_LOCK_MODE_ACCESS_SHARE] = "ACCESS SHARE",
        [AST_LOCK_MODE_ROW_SHARE] = "ROW SHARE",
        [AST_LOCK_MODE_ROW_EXCLUSIVE] = "ROW EXCLUSIVE",
        [AST_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE] = "SHARE UPDATE EXCLUSIVE",
        [AST_LOCK_MODE_SHARE] = "SHARE",
        [AST_LOCK_MODE_SHARE_ROW_EXCLUSIVE] = "SHARE ROW EXCLUSIVE",
        [AST_LOCK_MODE_EXCLUSIVE] = "EXCLUSIVE",
    };
    const AstLockTable *stmt = node;
    deparse__text(out, "LOCK TABLE ");
    deparse__list(out, &stmt->tables);
    str_add_format(out, " IN %s MODE", modes[stmt->mode]);
    deparse__if(out, stmt->nowait, " NOWAIT");
}

static void listen_node(StrBuilder *out, const void *node)
{
    deparse__with_name(out, "LISTEN ", ((const AstListen *)node)->channel);
}

static void unlisten(StrBuilder *out, const void *node)
{
    const AstUnlisten *stmt = node;
    deparse__text(out, "UNLISTEN ");
    deparse__if(out, !deparse__has(stmt->channel), "*");
    deparse__with_name(out, "", stmt->channel);
}

static void notify(StrBuilder *out, const void *node)
{
    const AstNotify *stmt = node;
    deparse__with_name(out, "NOTIFY ", stmt->channel);
    deparse__with_literal(out, ", ", stmt->payload);
}

static void load(StrBuilder *out, const void *node)
{
    deparse__with_literal(out, "LOAD ", ((const AstLoad *)node)->file);
}

static void checkpoint(StrBuilder *out, const void *node)
{
    (void)node;
    deparse__text(out, "CHECKPOINT");
}

static void discard(StrBuilder *out, const void *node)
{
    static const char *const words[] = {[AST_DISCARD_ALL] = "DISCARD ALL",
                                        [AST_DISCARD_PLANS] = "DISCARD PLANS",
                                        [AST_DISCARD_SEQUENCES] = "DISCARD SEQUENCES",
                                        [AST_DISCARD_TEMP] = "DISCARD TEMP"};
    deparse__text(out, words[((const AstDiscard *)node)->discard]);
}

const DeparseEntry deparse__objects[] = {
    {AST_FUNC_PARAM, func_param},
    {AST_ROUTINE_REF, routine_ref},
    {AST_OPERATOR_REF, operator_ref},
    {AST_OBJECT_REF, object_ref},
    {AST_DROP, drop},
    {AST_RENAME, rename_node},
    {AST_ALTER_OWNER, alter_owner},
    {AST_ALTER_SCHEMA, alter_schema},
    {AST_ALTER_DEPENDS, alter_depends},
    {AST_COMMENT, comment},
    {AST_SECURITY_LABEL, security_label},
    {AST_INDEX_ELEMENT, index_element},
    {AST_CREATE_INDEX, create_index},
    {AST_CREATE_VIEW, create_view},
    {AST_CREATE_SEQUENCE, create_sequence},
    {AST_ALTER_SEQUENCE, alter_sequence},
    {AST_STATISTICS_ELEMENT, statistics_element},
    {AST_CREATE_STATISTICS, create_statistics},
    {AST_ALTER_STATISTICS, alter_statistics},
    {AST_CREATE_RULE, create_rule},
    {AST_TRIGGER_TRANSITION, trigger_transition},
    {AST_CREATE_TRIGGER, create_trigger},
    {AST_CREATE_EVENT_TRIGGER, create_event_trigger},
    {AST_ALTER_EVENT_TRIGGER, alter_event_trigger},
    {AST_CREATE_POLICY, create_policy},
    {AST_ALTER_POLICY, alter_policy},
    {AST_VACUUM_TABLE, vacuum_table},
    {AST_VACUUM, vacuum},
    {AST_CLUSTER, cluster},
    {AST_REINDEX, reindex},
    {AST_REFRESH_MAT_VIEW, refresh},
    {AST_TRUNCATE, truncate_node},
    {AST_LOCK_TABLE, lock_table},
    {AST_LISTEN, listen_node},
    {AST_UNLISTEN, unlisten},
    {AST_NOTIFY, notify},
    {AST_LOAD, load},
    {AST_CHECKPOINT, checkpoint},
    {AST_DISCARD, discard},
    {0, NULL},
};
