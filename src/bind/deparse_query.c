/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_query.c - SELECT and VALUES as SQL text, laid out as PostgreSQL lays out view definitions; WITH, FROM and
 * lists of targets also for the statements of deparse_dml.c. */
#include "bind/deparse_internal.h"

static void add(Deparse *d, const char *text)
{
    str_add_zero_terminated(d->out, text);
}

static void trim_spaces(Deparse *d)
{
    size_t bytes = d->out->bytes;
    while (bytes && d->out->data[bytes - 1] == ' ') bytes--;
    str_truncate(d->out, bytes);
}

void bind__deparse_keyword(Deparse *d, const char *word, int32_t before, int32_t after,
                           int32_t plus)
{
    if (d->flat) {
        const char last = d->out->bytes ? d->out->data[d->out->bytes - 1] : '(';
        if (last != ' ' && last != '(' && *word != ' ' && *word != ')') str_add_char(d->out, ' ');
        add(d, word);
        return;
    }
    d->indent += before;
    trim_spaces(d);
    str_add_char(d->out, '\n');
    str_add_repeat(d->out, ' ', (size_t)(MAX(d->indent, 0) + plus));
    add(d, word);
    d->indent = MAX(d->indent + after, 0);
}

void bind__deparse_begin(Deparse *d)
{
    if (d->flat) return;
    d->indent += INDENT_STANDARD;
    str_add_char(d->out, ' ');
}

/* ---- names of tables */

static bool is_taken(const DeparseNames *names, uint32_t count, Str name)
{
    for (uint32_t i = 0; i < count; i++)
        if (names->names[i].data && str_equal(names->names[i], name)) return true;
    for (const DeparseNames *at = names->parent; at; at = at->parent)
        for (uint32_t i = 0; i < at->tables->count; i++)
            if (at->names[i].data && str_equal(at->names[i], name)) return true;
    return false;
}

/* A relation without alias goes by the name that it has now. */
static Str plain_name(CatalogView *view, const QTable *table)
{
    if (table->table != Q_RTE_RELATION || table->alias.data) return table->name;
    const CatRelation *relation = cat_relation(view, table->relation);
    return relation ? relation->name : table->name;
}

static void name_tables(CatalogView *view, Arena *arena, DeparseNames *names)
{
    names->names = ARENA_ARRAY(arena, Str, names->tables->count + 1);
    for (uint32_t i = 0; i < names->tables->count; i++) {
        const QTable *table = names->tables->items[i];
        if (table->table == Q_RTE_JOIN && !table->alias.data) continue;
        Str name = plain_name(view, table), base = name;
        for (uint32_t n = 1; is_taken(names, i, name); n++)
            name = str_format(arena, "%.*s_%u", STR_ARG(base), n);
        names->names[i] = name;
    }
}

Str *query_table_names(CatalogView *view, Arena *arena, const QTableList *tables)
{
    DeparseNames names = {.tables = tables};
    name_tables(view, arena, &names);
    return names.names;
}

/* ---- sort keys and windows */

void bind__deparse_key(Deparse *d, uint32_t reference, const QTargetList *targets, bool by_number)
{
    const QTarget *target = bind__target_by_reference(targets, reference);
    if (by_number) {
        str_add_format(d->out, "%d", target->number);
        return;
    }
    bool paren = d->pretty || target->expr->kind == Q_FUNC_CALL ||
                 target->expr->kind == Q_AGGREGATE || target->expr->kind == Q_WINDOW_CALL;
    if (target->expr->kind == Q_VAR || target->expr->kind == Q_CONST) paren = false;
    if (paren) str_add_char(d->out, '(');
    bind__deparse_expr(d, target->expr, true);
    if (paren) str_add_char(d->out, ')');
}

/* Is the column's name alone that of an output, which is another value? ORDER BY would mean the output. */
static bool is_hidden_by_output(const Deparse *d, const QExpr *expr)
{
    const QVar *var = Q_IF(Var, expr);
    const QQuery *query = d->names ? d->names->query : NULL;
    if (!var || var->up > 0 || !query || query->set_operation) return false;
    const QTable *table = d->names->tables->items[var->table - 1];
    if (var->column == 0 || table->table == Q_RTE_JOIN) return false;
    const Str name = bind__deparse_column_name(d, table, var->column);
    for (uint32_t i = 0; i < query->targets.count; i++) {
        const QTarget *target = query->targets.items[i];
        if (!target->junk && str_equal(target->name, name) && !query_equal(target->expr, expr))
            return true;
    }
    return false;
}

/* Of ORDER BY, PARTITION BY and DISTINCT ON. */
static void ordered_key(Deparse *d, uint32_t reference, const QTargetList *targets, bool by_number)
{
    const bool prefix = d->prefix;
    d->prefix |= !by_number &&
                 is_hidden_by_output(d, bind__target_by_reference(targets, reference)->expr);
    bind__deparse_key(d, reference, targets, by_number);
    d->prefix = prefix;
}

void bind__deparse_sort(Deparse *d, const QSortKeyList *keys, const QTargetList *targets,
                        bool by_number)
{
    for (uint32_t i = 0; i < keys->count; i++) {
        const QSortKey *key = keys->items[i];
        if (i) add(d, ", ");
        ordered_key(d, key->reference, targets, by_number);
        if (key->reverse) add(d, key->nulls_first ? " DESC" : " DESC NULLS LAST");
        if (!key->reverse && key->nulls_first) add(d, " NULLS FIRST");
    }
}

static void frame_bound(Deparse *d, uint32_t bound, const QExpr *offset)
{
    static const char *const words[] = {"UNBOUNDED PRECEDING", " PRECEDING", "CURRENT ROW",
                                        " FOLLOWING", "UNBOUNDED FOLLOWING"};
    if (offset) bind__deparse_expr(d, offset, false);
    add(d, words[bound]);
}

static void frame(Deparse *d, const QWindow *window)
{
    static const char *const modes[] = {"", "RANGE ", "ROWS ", "GROUPS "};
    static const char *const exclusions[] = {"", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP",
                                             " EXCLUDE TIES"};
    add(d, modes[window->frame]);
    if (window->between) add(d, "BETWEEN ");
    frame_bound(d, window->start, window->start_offset);
    if (window->between) {
        add(d, " AND ");
        frame_bound(d, window->end, window->end_offset);
    }
    add(d, exclusions[window->exclusion]);
}

void bind__deparse_window(Deparse *d, const QWindow *window)
{
    const char *separator = "";
    str_add_char(d->out, '(');
    if (window->parent.data) {
        bind__deparse_name(d, window->parent);
        separator = " ";
    }
    if (window->partition_by.count && !window->parent.data) {
        add(d, separator);
        add(d, "PARTITION BY ");
        for (uint32_t i = 0; i < window->partition_by.count; i++) {
            if (i) add(d, ", ");
            ordered_key(d, window->partition_by.items[i]->reference, d->targets, false);
        }
        separator = " ";
    }
    if (window->order_by.count && !window->copied_order) {
        add(d, separator);
        add(d, "ORDER BY ");
        bind__deparse_sort(d, &window->order_by, d->targets, false);
        separator = " ";
    }
    if (window->frame != AST_FRAME_NONE) {
        add(d, separator);
        frame(d, window);
    }
    str_add_char(d->out, ')');
}

/* ---- FROM */

static void column_list(Deparse *d, const NodeStrs *names)
{
    str_add_char(d->out, '(');
    for (uint32_t i = 0, shown = 0; i < names->count; i++) {
        if (!names->items[i].bytes) continue;
        if (shown++) add(d, ", ");
        bind__deparse_name(d, names->items[i]);
    }
    str_add_char(d->out, ')');
}

void bind__deparse_values(Deparse *d, const QTable *table)
{
    add(d, "VALUES ");
    for (uint32_t i = 0; i < table->rows.count; i++) {
        add(d, i ? ", (" : "(");
        bind__deparse_list(d, &table->rows.items[i]->items, ",", false);
        str_add_char(d->out, ')');
    }
}

/* Were the columns of a record given by a definition list? */
static bool is_defined(const Deparse *d, const QTableFunction *function)
{
    const QFuncCall *call = Q_IF(FuncCall, function->call);
    return function->call->type == OID_RECORD &&
           !(call && bind__has_outs(cat_function(d->view, call->function)));
}

static void definition_list(Deparse *d, const QTableFunction *function, const NodeStrs *names)
{
    str_add_char(d->out, '(');
    for (int32_t i = 0; i < function->column_count; i++) {
        const Oid type = (Oid)function->types.items[i];
        const Oid collation = (Oid)function->collations.items[i];
        if (i) add(d, ", ");
        bind__deparse_name(d, names->items[i]);
        str_add_char(d->out, ' ');
        bind__deparse_type(d, type, function->typmods.items[i]);
        const CatType *found = cat_type(d->view, type);
        if (collation == 0 || (found && found->collation == collation)) continue;
        add(d, " COLLATE ");
        bind__deparse_name(d, cat_collation(d->view, collation)->name);
    }
    str_add_char(d->out, ')');
}

/* Is it unnest(a, b, ...), which was made one call an array? */
static bool is_unnest(const QTable *table)
{
    enum { FUNCTION_UNNEST = 2331 };
    for (uint32_t i = 0; i < table->functions.count; i++) {
        const QFuncCall *call = Q_IF(FuncCall, table->functions.items[i]->call);
        if (!call || call->function != FUNCTION_UNNEST) return false;
    }
    return true;
}

/* The definition list of a single function stands behind its alias, where there is room. */
static bool has_list_behind(const Deparse *d, const QTable *table)
{
    return table->functions.count == 1 && !table->ordinality &&
           is_defined(d, table->functions.items[0]);
}

static void table_functions(Deparse *d, const QTable *table)
{
    const bool behind = has_list_behind(d, table);
    const bool several = table->functions.count > 1 ||
                         (!behind && is_defined(d, table->functions.items[0]));
    const bool unnest = several && is_unnest(table);
    if (several) add(d, unnest ? "UNNEST(" : "ROWS FROM(");
    for (uint32_t i = 0; i < table->functions.count; i++) {
        const QTableFunction *function = table->functions.items[i];
        if (i) add(d, ", ");
        bind__deparse_expr(d,
                           unnest ? Q_AS(FuncCall, function->call)->args.items[0] : function->call,
                           true);
        if (behind || !is_defined(d, function)) continue;
        add(d, " AS ");
        definition_list(d, function, &function->names);
    }
    if (several) str_add_char(d->out, ')');
    if (table->ordinality) add(d, " WITH ORDINALITY");
}

static void table_sample(Deparse *d, const QSample *sample)
{
    const CatFunction *method = cat_function(d->view, sample->method);
    if (!method) raise_error(SQLSTATE_INTERNAL_ERROR, "no sampling method %u", sample->method);
    add(d, " TABLESAMPLE ");
    bind__deparse_name(d, method->name);
    add(d, " (");
    for (uint32_t i = 0; i < sample->args.count; i++) {
        if (i > 0) add(d, ", ");
        bind__deparse_expr(d, sample->args.items[i], false);
    }
    add(d, ")");
    if (!sample->repeatable) return;
    add(d, " REPEATABLE (");
    bind__deparse_expr(d, sample->repeatable, false);
    add(d, ")");
}

static void table_item(Deparse *d, uint32_t index)
{
    const QTable *table = d->names->tables->items[index - 1];
    Str name = d->names->names[index - 1];
    bool alias = table->alias.data != NULL;
    if (table->lateral) add(d, "LATERAL ");
    switch (table->table) {
    case Q_RTE_RELATION: {
        const CatRelation *relation = cat_relation(d->view, table->relation);
        if (table->only) add(d, "ONLY ");
        str_add(d->out, cat_relation_name_qualified(d->view, d->arena, table->relation));
        alias |= table->alias_columns.count > 0 || (relation && !str_equal(relation->name, name));
        break;
    }
    case Q_RTE_SUBQUERY:
        str_add_char(d->out, '(');
        bind__deparse_query(d, table->query, NULL, true);
        str_add_char(d->out, ')');
        alias = true;
        break;
    case Q_RTE_FUNCTION:
        table_functions(d, table);
        alias = true;
        break;
    case Q_RTE_TABLE_FUNCTION:
        bind__deparse_json_table(d, table->json_table);
        alias = table->alias.data != NULL;
        break;
    case Q_RTE_VALUES:
        str_add_char(d->out, '(');
        bind__deparse_values(d, table);
        str_add_char(d->out, ')');
        alias = true;
        break;
    case Q_RTE_CTE:
        bind__deparse_name(d, table->cte);
        alias |= !str_equal(table->cte, name);
        break;
    default:
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "writing out this table is not supported yet");
    }
    if (alias) {
        str_add_char(d->out, ' ');
        bind__deparse_name(d, name);
        if (table->table == Q_RTE_FUNCTION && has_list_behind(d, table))
            definition_list(d, table->functions.items[0], &table->names);
        else if (table->table == Q_RTE_FUNCTION ||
                 (table->alias_columns.count && table->table != Q_RTE_TABLE_FUNCTION))
            column_list(d, &table->names);
    }
    if (table->sample) table_sample(d, table->sample);
}

/* Has the join other names for its columns than they have in its sides? */
static bool renames_columns(const Deparse *d, const QTable *join)
{
    for (uint32_t i = 0; i < join->names.count && join->alias_columns.count > 0; i++) {
        const QVar *var = Q_IF(Var, join->join_vars.items[i]);
        if (var == NULL && i >= join->join_using.count) continue;
        const Str inner = var == NULL
                              ? join->join_using.items[i]
                              : bind__deparse_column_name(d,
                                                          d->names->tables->items[var->table - 1],
                                                          var->column);
        if (!str_equal(inner, join->names.items[i])) return true;
    }
    return false;
}

static void join(Deparse *d, const QJoin *node)
{
    const QTable *table = d->names->tables->items[node->table - 1];
    const uint32_t outer_join = *d->names->open_join;
    *d->names->open_join = node->table;
    bool paren = !d->pretty || table->alias.data;
    bool right_paren = d->pretty && node->right->kind == Q_JOIN;
    if (paren) str_add_char(d->out, '(');
    bind__deparse_join_item(d, node->left);
    bool conditional = node->on != NULL;
    const char *word = node->join == Q_JOIN_LEFT    ? " LEFT JOIN "
                       : node->join == Q_JOIN_RIGHT ? " RIGHT JOIN "
                       : node->join == Q_JOIN_FULL  ? " FULL JOIN "
                       : conditional                ? " JOIN "
                                                    : " CROSS JOIN ";
    bind__deparse_keyword(d, word, -INDENT_STANDARD, INDENT_STANDARD, INDENT_JOIN);
    if (right_paren) str_add_char(d->out, '(');
    bind__deparse_join_item(d, node->right);
    if (right_paren) str_add_char(d->out, ')');
    if (node->using.count) {
        add(d, " USING ");
        column_list(d, &node->using);
        if (table->using_alias.data) {
            add(d, " AS ");
            bind__deparse_name(d, table->using_alias);
        }
    } else if (node->on) {
        add(d, d->pretty ? " ON " : " ON (");
        bind__deparse_expr(d, node->on, false);
        if (!d->pretty) str_add_char(d->out, ')');
    } else if (node->join != Q_JOIN_INNER) {
        add(d, " ON TRUE");
    }
    if (paren) str_add_char(d->out, ')');
    *d->names->open_join = outer_join;
    if (!table->alias.data) return;
    str_add_char(d->out, ' ');
    bind__deparse_name(d, table->alias);
    if (renames_columns(d, table)) column_list(d, &table->names);
}

void bind__deparse_join_item(Deparse *d, const QJoinItem *item)
{
    task_check();
    if (item->kind == Q_JOIN)
        join(d, Q_AS(Join, item));
    else
        table_item(d, Q_AS(TableRef, item)->table);
}

/* One more item of a list that stands on lines of its own: one that begins with a line break needs none. */
static void next_item(Deparse *d, Str text, bool first)
{
    if (text.bytes && text.data[0] == '\n')
        trim_spaces(d);
    else if (!first)
        bind__deparse_keyword(d, "", -INDENT_STANDARD, INDENT_STANDARD, INDENT_VAR);
    str_add(d->out, text);
}

void bind__deparse_from(Deparse *d, const char *word, const QFrom *from, uint32_t first)
{
    for (uint32_t i = first; i < from->items.count; i++) {
        if (i == first) {
            bind__deparse_keyword(d, word, -INDENT_STANDARD, INDENT_STANDARD, 2);
            bind__deparse_join_item(d, from->items.items[i]);
            continue;
        }
        add(d, ", ");
        StrBuilder text = str_builder(d->arena, 64), *before = d->out;
        d->out = &text;
        bind__deparse_join_item(d, from->items.items[i]);
        d->out = before;
        next_item(d, str_done(&text), false);
    }
}

/* ---- the clauses */

static Str target_name(const QTarget *target, const NodeStrs *names, uint32_t at)
{
    return names && at < names->count ? names->items[at] : target->name;
}

void bind__deparse_targets(Deparse *d, const QTargetList *targets, const NodeStrs *names,
                           bool names_visible)
{
    uint32_t shown = 0;
    for (uint32_t i = 0; i < targets->count; i++) {
        const QTarget *target = targets->items[i];
        if (target->junk) continue;
        StrBuilder text = str_builder(d->arena, 64), *before = d->out;
        const QVar *var = Q_IF(Var, target->expr);
        Str plain = names_visible ? (Str){0} : STR("?column?");
        d->out = &text;
        bind__deparse_expr(d, target->expr, true);
        if (var && var->column == 0) {
            add(d, "::");
            bind__deparse_type(d, var->type, -1);
        } else if (var && var->table) {
            const DeparseNames *of = d->names;
            for (uint32_t up = var->up; up && of->parent; up--) of = of->parent;
            int32_t column = var->column;
            const uint32_t join = bind__hiding_join(of, var, &column);
            const QTable *table = of->tables->items[(join != 0 ? join : var->table) - 1];
            plain = bind__deparse_column_name(d, table, column); /* as it is called by now */
        }
        Str name = target_name(target, names, shown);
        if (name.data && !str_equal(name, plain)) {
            add(d, " AS ");
            bind__deparse_name(d, name);
        }
        d->out = before;
        add(d, shown ? ", " : " ");
        next_item(d, str_done(&text), shown == 0);
        shown++;
    }
}

static void grouping_set(Deparse *d, const QGroupingSet *set, const QTargetList *targets,
                         bool inner)
{
    static const char *const words[] = {[Q_GROUPING_ROLLUP] = "ROLLUP(",
                                        [Q_GROUPING_CUBE] = "CUBE(",
                                        [Q_GROUPING_SETS] = "GROUPING SETS ("};
    task_check();
    if (set->grouping == Q_GROUPING_EMPTY) {
        add(d, "()");
    } else if (set->grouping == Q_GROUPING_SIMPLE) {
        bool paren = set->references.count != 1 || inner;
        if (paren) str_add_char(d->out, '(');
        for (uint32_t i = 0; i < set->references.count; i++) {
            if (i) add(d, ", ");
            bind__deparse_key(d, (uint32_t)set->references.items[i], targets, false);
        }
        if (paren) str_add_char(d->out, ')');
    } else {
        add(d, words[set->grouping]);
        for (uint32_t i = 0; i < set->sets.count; i++) {
            if (i) add(d, ", ");
            grouping_set(d, set->sets.items[i], targets, set->grouping == Q_GROUPING_SETS);
        }
        str_add_char(d->out, ')');
    }
}

static void group_by(Deparse *d, const QQuery *query)
{
    if (!query->group_by.count && !query->grouping_sets.count) return;
    bind__deparse_keyword(d, " GROUP BY ", -INDENT_STANDARD, INDENT_STANDARD, 1);
    if (query->group_distinct) add(d, "DISTINCT ");
    for (uint32_t i = 0; !query->grouping_sets.count && i < query->group_by.count; i++) {
        if (i) add(d, ", ");
        bind__deparse_key(d, query->group_by.items[i]->reference, &query->targets, false);
    }
    for (uint32_t i = 0; i < query->grouping_sets.count; i++) {
        if (i) add(d, ", ");
        grouping_set(d, query->grouping_sets.items[i], &query->targets, false);
    }
}

static void named_windows(Deparse *d, const QQuery *query)
{
    const char *separator = NULL;
    for (uint32_t i = 0; i < query->windows.count; i++) {
        const QWindow *window = query->windows.items[i];
        if (!window->name.data) continue;
        if (separator)
            add(d, separator);
        else
            bind__deparse_keyword(d, " WINDOW ", -INDENT_STANDARD, INDENT_STANDARD, 1);
        separator = ", ";
        bind__deparse_name(d, window->name);
        add(d, " AS ");
        bind__deparse_window(d, window);
    }
}

static const QTable *only_values(const QQuery *query)
{
    const QTable *found = NULL;
    for (uint32_t i = 0; i < query->tables.count; i++) {
        const QTable *table = query->tables.items[i];
        if (table->table != Q_RTE_VALUES || found) return NULL;
        found = table;
    }
    for (uint32_t i = 0; found && i < query->targets.count; i++)
        if (query->targets.items[i]->expr->kind != Q_VAR) return NULL;
    return query->from && query->from->where ? NULL : found;
}

void bind__deparse_where(Deparse *d, const QExpr *where)
{
    if (!where) return;
    bind__deparse_keyword(d, " WHERE ", -INDENT_STANDARD, INDENT_STANDARD, 1);
    bind__deparse_expr(d, where, false);
}

static void basic_select(Deparse *d, const QQuery *query, const NodeStrs *names, bool names_visible)
{
    bind__deparse_begin(d);
    const QTable *values = only_values(query);
    if (values) {
        bind__deparse_values(d, values);
        d->indent -= INDENT_STANDARD;
        return;
    }
    if (query->return_form) {
        add(d, "RETURN ");
        bind__deparse_expr(d, query->targets.items[0]->expr, true);
        d->indent -= INDENT_STANDARD;
        return;
    }
    add(d, "SELECT");
    if (query->distinct_on) {
        add(d, " DISTINCT ON (");
        for (uint32_t i = 0; i < query->distinct.count; i++) {
            if (i) add(d, ", ");
            ordered_key(d, query->distinct.items[i]->reference, &query->targets, false);
        }
        str_add_char(d->out, ')');
    } else if (query->distinct.count) {
        add(d, " DISTINCT");
    }
    bind__deparse_targets(d, &query->targets, names, names_visible);
    if (query->from) bind__deparse_from(d, " FROM ", query->from, 0);
    bind__deparse_where(d, query->from ? query->from->where : NULL);
    group_by(d, query);
    if (query->having) {
        bind__deparse_keyword(d, " HAVING ", -INDENT_STANDARD, INDENT_STANDARD, 0);
        bind__deparse_expr(d, query->having, false);
    }
    named_windows(d, query);
    d->indent -= INDENT_STANDARD;
}

static void set_item(Deparse *d, const QQuery *query, const QJoinItem *item, const NodeStrs *names,
                     bool names_visible)
{
    static const char *const words[] = {"UNION ", "INTERSECT ", "EXCEPT "};
    task_check();
    if (item->kind != Q_SET_OPERATION) {
        const QQuery *leaf = query->tables.items[Q_AS(TableRef, item)->table - 1]->query;
        bool paren = leaf->ctes.count || leaf->order_by.count || leaf->locks.count ||
                     leaf->offset || leaf->limit || leaf->set_operation;
        if (paren) str_add_char(d->out, '(');
        bind__deparse_query(d, leaf, names, names_visible);
        if (paren) str_add_char(d->out, ')');
        return;
    }
    const QSetOperation *set = Q_AS(SetOperation, item);
    const QSetOperation *left = Q_IF(SetOperation, set->left);
    bool paren = left && (left->op != set->op || left->all != set->all);
    int32_t indent = paren ? INDENT_STANDARD : 0;
    if (paren) {
        str_add_char(d->out, '(');
        bind__deparse_keyword(d, "", indent, 0, 0);
    }
    set_item(d, query, set->left, names, names_visible);
    bind__deparse_keyword(d, paren ? ") " : "", -indent, 0, 0);
    add(d, words[set->op]);
    if (set->all) add(d, "ALL ");
    paren = set->right->kind == Q_SET_OPERATION;
    indent = paren ? INDENT_STANDARD : 0;
    if (paren) str_add_char(d->out, '(');
    bind__deparse_keyword(d, "", indent, 0, 0);
    set_item(d, query, set->right, names, false);
    d->indent -= indent;
    if (paren) bind__deparse_keyword(d, ")", 0, 0, 0);
}

static void listed_names(Deparse *d, NodeStrs names)
{
    for (uint32_t i = 0; i < names.count; i++) {
        if (i) add(d, ", ");
        bind__deparse_name(d, names.items[i]);
    }
}

static bool is_bool_const(const QExpr *expr, bool value)
{
    const QConst *constant = Q_IF(Const, expr);
    return constant && constant->type == OID_BOOL && !constant->value.datum.null &&
           constant->value.datum.value.b == value;
}

static void search_and_cycle(Deparse *d, const QCte *cte)
{
    if (cte->search_sequence.data) {
        add(d, cte->search_breadth ? " SEARCH BREADTH FIRST BY " : " SEARCH DEPTH FIRST BY ");
        listed_names(d, cte->search_columns);
        add(d, " SET ");
        bind__deparse_name(d, cte->search_sequence);
    }
    if (!cte->cycle_mark.data) return;
    add(d, " CYCLE ");
    listed_names(d, cte->cycle_columns);
    add(d, " SET ");
    bind__deparse_name(d, cte->cycle_mark);
    if (!is_bool_const(cte->cycle_value, true) || !is_bool_const(cte->cycle_fallback, false)) {
        add(d, " TO ");
        bind__deparse_expr(d, cte->cycle_value, false);
        add(d, " DEFAULT ");
        bind__deparse_expr(d, cte->cycle_fallback, false);
    }
    add(d, " USING ");
    bind__deparse_name(d, cte->cycle_path);
}

static void with_clause(Deparse *d, const QQuery *query)
{
    static const char *const materialized[] = {"(", "MATERIALIZED (", "NOT MATERIALIZED ("};
    if (!query->ctes.count) return;
    bind__deparse_begin(d);
    for (uint32_t i = 0; i < query->ctes.count; i++) {
        const QCte *cte = query->ctes.items[i];
        add(d, i ? ", " : query->recursive ? "WITH RECURSIVE " : "WITH ");
        bind__deparse_name(d, cte->name);
        if (cte->alias_columns.count) column_list(d, &cte->alias_columns);
        add(d, " AS ");
        add(d, materialized[cte->materialized]);
        bind__deparse_keyword(d, "", 0, 0, 0);
        bind__deparse_query(d, cte->query, NULL, true);
        bind__deparse_keyword(d, ")", 0, 0, 0);
        search_and_cycle(d, cte);
    }
    d->indent -= INDENT_STANDARD;
    bind__deparse_keyword(d, "", 0, 0, 0);
}

static void row_locks(Deparse *d, const QQuery *query)
{
    static const char *const words[] = {"", " FOR KEY SHARE", " FOR SHARE", " FOR NO KEY UPDATE",
                                        " FOR UPDATE"};
    for (uint32_t i = 0; i < query->locks.count; i++) {
        const QRowLock *lock = query->locks.items[i];
        if (lock->pushed_down) continue;
        bind__deparse_keyword(d, words[lock->strength], -INDENT_STANDARD, INDENT_STANDARD, 0);
        add(d, " OF ");
        bind__deparse_name(d, d->names->names[lock->table - 1]);
        if (lock->wait == Q_LOCKWAIT_ERROR) add(d, " NOWAIT");
        if (lock->wait == Q_LOCKWAIT_SKIP) add(d, " SKIP LOCKED");
    }
}

static void limits(Deparse *d, const QQuery *query)
{
    if (query->offset) {
        bind__deparse_keyword(d, " OFFSET ", -INDENT_STANDARD, INDENT_STANDARD, 0);
        bind__deparse_expr(d, query->offset, false);
    }
    if (!query->limit) return;
    const QConst *constant = Q_IF(Const, query->limit);
    bind__deparse_keyword(d, query->with_ties ? " FETCH FIRST (" : " LIMIT ", -INDENT_STANDARD,
                          INDENT_STANDARD, 0);
    if (constant && constant->value.datum.null && !query->with_ties)
        add(d, "ALL");
    else
        bind__deparse_expr(d, query->limit, false);
    if (query->with_ties) add(d, ") ROWS WITH TIES");
}

static void select_query(Deparse *d, const QQuery *query, const NodeStrs *names, bool names_visible)
{
    if (query->set_operation)
        set_item(d, query, &query->set_operation->base, names, names_visible);
    else
        basic_select(d, query, names, names_visible);
    d->indent += INDENT_STANDARD;
    if (query->order_by.count) {
        bind__deparse_keyword(d, " ORDER BY ", -INDENT_STANDARD, INDENT_STANDARD, 1);
        bind__deparse_sort(d, &query->order_by, &query->targets, query->set_operation != NULL);
    }
    limits(d, query);
    row_locks(d, query);
}

void bind__deparse_query(Deparse *outer, const QQuery *query, const NodeStrs *names,
                         bool names_visible)
{
    task_check();
    uint32_t open_join = 0;
    DeparseNames own = {.parent = outer->names,
                        .query = query,
                        .tables = bind__tables_for_using(outer->view, outer->arena, query),
                        .open_join = &open_join};
    name_tables(outer->view, outer->arena, &own);
    Deparse d = *outer;
    d.names = &own;
    d.windows = &query->windows;
    d.targets = &query->targets;
    d.prefix = outer->names != NULL || query->tables.count != 1;
    with_clause(&d, query);
    switch (query->command) {
    case Q_COMMAND_SELECT: select_query(&d, query, names, names_visible); break;
    case Q_COMMAND_INSERT: bind__deparse_insert(&d, query, names_visible); break;
    case Q_COMMAND_UPDATE: bind__deparse_update(&d, query, names_visible); break;
    case Q_COMMAND_DELETE: bind__deparse_delete(&d, query, names_visible); break;
    case Q_COMMAND_MERGE: bind__deparse_merge(&d, query, names_visible); break;
    case Q_COMMAND_UTILITY:
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "writing out a utility statement is not supported");
    }
}
