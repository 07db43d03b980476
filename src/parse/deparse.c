/* SPDX-License-Identifier: Apache-2.0 */
/* deparse.c - from tree to SQL text: finding the function of a node, names and literals in quotes, type names, and the
 * small parts that all topics share. */
#include "parse/deparse_internal.h"

#include "base/arith.h"
#include "base/task.h"

/* ---- quoting ---- */

static bool is_plain_identifier(Str name)
{
    if (name.bytes == 0 || (name.data[0] >= '0' && name.data[0] <= '9') || name.data[0] == '$')
        return false;
    for (size_t i = 0; i < name.bytes; i++) {
        char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '$'))
            return false;
    }
    char category = parse_keyword_category(name, NULL);
    return category == 0 || category == 'U';
}

static void add_quoted(StrBuilder *out, Str text, char quote)
{
    str_add_char(out, quote);
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] == quote || (quote == '\'' && text.data[i] == '\\'))
            str_add_char(out, text.data[i]);
        str_add_char(out, text.data[i]);
    }
    str_add_char(out, quote);
}

void parse_quote_identifier(StrBuilder *out, Str name)
{
    if (is_plain_identifier(name))
        str_add(out, name);
    else
        add_quoted(out, name, '"');
}

void parse_quote_literal(StrBuilder *out, Str text)
{
    size_t at;
    if (str_find_char(text, '\\', &at)) deparse__text(out, "E");
    add_quoted(out, text, '\'');
}

void deparse__quoted_if(StrBuilder *out, Str name, bool quoted)
{
    if (quoted)
        add_quoted(out, name, '"');
    else
        parse_quote_identifier(out, name);
}

/* ---- small parts ---- */

bool deparse__has(Str text)
{
    return text.data != NULL;
}

void deparse__text(StrBuilder *out, const char *text)
{
    str_add_zero_terminated(out, text);
}

void deparse__if(StrBuilder *out, bool on, const char *text)
{
    if (on) deparse__text(out, text);
}

static void name_parts(StrBuilder *out, NodeStrs parts, const char *separator)
{
    for (uint32_t i = 0; i < parts.count; i++) {
        if (i) deparse__text(out, separator);
        parse_quote_identifier(out, parts.items[i]);
    }
}

void deparse__name(StrBuilder *out, NodeStrs parts)
{
    name_parts(out, parts, ".");
}

void deparse__names(StrBuilder *out, NodeStrs names)
{
    name_parts(out, names, ", ");
}

void deparse__columns(StrBuilder *out, NodeStrs names)
{
    if (names.count == 0) return;
    deparse__text(out, " (");
    deparse__names(out, names);
    deparse__text(out, ")");
}

void deparse__items(StrBuilder *out, void *const *items, uint32_t count, const char *separator)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i) deparse__text(out, separator);
        deparse__node(out, items[i]);
    }
}

void deparse__with(StrBuilder *out, const char *prefix, const void *node)
{
    if (!node) return;
    deparse__text(out, prefix);
    deparse__node(out, node);
}

void deparse__with_name(StrBuilder *out, const char *prefix, Str name)
{
    if (!deparse__has(name)) return;
    deparse__text(out, prefix);
    parse_quote_identifier(out, name);
}

void deparse__with_literal(StrBuilder *out, const char *prefix, Str text)
{
    if (!deparse__has(text)) return;
    deparse__text(out, prefix);
    parse_quote_literal(out, text);
}

void deparse__operator(StrBuilder *out, NodeStrs schema, Str op)
{
    if (schema.count == 0) {
        str_add(out, op);
        return;
    }
    deparse__text(out, "OPERATOR(");
    deparse__name(out, schema);
    deparse__text(out, ".");
    str_add(out, op);
    deparse__text(out, ")");
}

void deparse__operator_name(StrBuilder *out, NodeStrs parts)
{
    NodeStrs schema = {parts.items, parts.count - 1};
    deparse__name(out, schema);
    deparse__if(out, schema.count > 0, ".");
    str_add(out, parts.items[parts.count - 1]);
}

void deparse__sort_suffix(StrBuilder *out, AstSortOrder order, AstNullsOrder nulls)
{
    deparse__if(out, order == AST_SORT_ASC, " ASC");
    deparse__if(out, order == AST_SORT_DESC, " DESC");
    deparse__if(out, nulls == AST_NULLS_FIRST, " NULLS FIRST");
    deparse__if(out, nulls == AST_NULLS_LAST, " NULLS LAST");
}

void deparse__order_by(StrBuilder *out, const char *prefix, const AstSortItemList *list)
{
    if (list->count == 0) return;
    deparse__text(out, prefix);
    deparse__text(out, "ORDER BY ");
    deparse__list(out, list);
}

void deparse__alias(StrBuilder *out, const AstAlias *alias)
{
    if (!alias) return;
    deparse__with_name(out, " AS ", alias->name);
    deparse__columns(out, alias->columns);
}

/* ---- nodes that belong to no topic ---- */

static void range_var(StrBuilder *out, const void *node)
{
    const AstRangeVar *table = node;
    deparse__if(out, table->only, "ONLY ");
    if (deparse__has(table->catalog)) {
        parse_quote_identifier(out, table->catalog);
        deparse__text(out, ".");
    }
    if (deparse__has(table->schema)) {
        parse_quote_identifier(out, table->schema);
        deparse__text(out, ".");
    }
    parse_quote_identifier(out, table->name);
    deparse__alias(out, table->alias);
}

static void role_spec(StrBuilder *out, const void *node)
{
    const AstRoleSpec *role = node;
    switch (role->role) {
    case AST_ROLE_NAME: parse_quote_identifier(out, role->name); break;
    case AST_ROLE_CURRENT_ROLE: deparse__text(out, "CURRENT_ROLE"); break;
    case AST_ROLE_CURRENT_USER: deparse__text(out, "CURRENT_USER"); break;
    case AST_ROLE_SESSION_USER: deparse__text(out, "SESSION_USER"); break;
    case AST_ROLE_PUBLIC: deparse__text(out, "public"); break;
    }
}

static void name_node(StrBuilder *out, const void *node)
{
    deparse__name(out, ((const AstName *)node)->parts);
}

static void node_group(StrBuilder *out, const void *node)
{
    const AstNodeGroup *group = node;
    deparse__text(out, "(");
    deparse__list(out, &group->items);
    deparse__text(out, ")");
}

/* ---- type names ---- */

static const char *interval_fields(AstIntervalFields fields)
{
    switch (fields) {
    case AST_INTERVAL_NONE:
    case AST_INTERVAL_FULL: return "";
    case AST_INTERVAL_YEAR: return " YEAR";
    case AST_INTERVAL_MONTH: return " MONTH";
    case AST_INTERVAL_DAY: return " DAY";
    case AST_INTERVAL_HOUR: return " HOUR";
    case AST_INTERVAL_MINUTE: return " MINUTE";
    case AST_INTERVAL_SECOND: return " SECOND";
    case AST_INTERVAL_YEAR_TO_MONTH: return " YEAR TO MONTH";
    case AST_INTERVAL_DAY_TO_HOUR: return " DAY TO HOUR";
    case AST_INTERVAL_DAY_TO_MINUTE: return " DAY TO MINUTE";
    case AST_INTERVAL_DAY_TO_SECOND: return " DAY TO SECOND";
    case AST_INTERVAL_HOUR_TO_MINUTE: return " HOUR TO MINUTE";
    case AST_INTERVAL_HOUR_TO_SECOND: return " HOUR TO SECOND";
    case AST_INTERVAL_MINUTE_TO_SECOND: return " MINUTE TO SECOND";
    }
    UNREACHABLE();
}

static bool is_interval(const AstTypeName *type)
{
    return type->names.count == 2 && str_equal(type->names.items[0], STR("pg_catalog")) &&
           str_equal(type->names.items[1], STR("interval")) &&
           (type->fields != AST_INTERVAL_NONE || type->modifiers.count == 0);
}

static void modifiers(StrBuilder *out, const AstTypeName *type)
{
    if (type->modifiers.count == 0) return;
    deparse__text(out, "(");
    deparse__list(out, &type->modifiers);
    deparse__text(out, ")");
}

/* The key word INTERVAL takes fields and a precision of its own; pg_catalog.interval would take them as plain
 * modifiers. */
static void type_name(StrBuilder *out, const void *node)
{
    const AstTypeName *type = node;
    deparse__if(out, type->setof, "SETOF ");
    if (is_interval(type)) {
        deparse__text(out, "interval");
        deparse__text(out, interval_fields((AstIntervalFields)type->fields));
    } else {
        deparse__name(out, type->names);
    }
    modifiers(out, type);
    deparse__if(out, type->percent_type, "%TYPE");
    for (uint32_t i = 0; i < type->bounds.count; i++) {
        deparse__text(out, "[");
        if (type->bounds.items[i] >= 0) str_add_i64(out, type->bounds.items[i]);
        deparse__text(out, "]");
    }
}

static const DeparseEntry small_parts[] = {
    {AST_RANGE_VAR, range_var},   {AST_ROLE_SPEC, role_spec}, {AST_NAME, name_node},
    {AST_NODE_GROUP, node_group}, {AST_TYPE_NAME, type_name}, {0, NULL},
};

/* ---- dispatch ---- */

static const DeparseEntry *const topics[] = {
    small_parts,       deparse__expressions, deparse__calls,   deparse__queries,
    deparse__sessions, deparse__tables,      deparse__objects, deparse__definitions,
};

static DeparseNode find(AstKind kind)
{
    for (size_t t = 0; t < ARRAY_LEN(topics); t++)
        for (const DeparseEntry *entry = topics[t]; entry->deparse; entry++)
            if (entry->kind == kind) return entry->deparse;
    return NULL;
}

void deparse__node(StrBuilder *out, const void *node)
{
    if (!node) return;
    task_check();
    DeparseNode deparse = find(((const AstNode *)node)->kind);
    if (!deparse)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot write a tree of kind \"%s\" as SQL",
                    node_kind_name(&ast_family, ((const AstNode *)node)->kind));
    deparse(out, node);
}

void parse_deparse(StrBuilder *out, const AstNode *node)
{
    deparse__node(out, node);
}
