/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_query.c - queries, what stands in FROM, and data changes. */
#include "parse/deparse_internal.h"

#include "base/arith.h"

/* ---- WITH ---- */

static void with_clause(StrBuilder *out, const AstWith *with)
{
    if (!with) return;
    deparse__text(out, with->recursive ? "WITH RECURSIVE " : "WITH ");
    deparse__list(out, &with->ctes);
    deparse__text(out, " ");
}

static void cte_search(StrBuilder *out, const AstCteSearch *search)
{
    if (!search) return;
    deparse__text(out,
                  search->breadth_first ? " SEARCH BREADTH FIRST BY " : " SEARCH DEPTH FIRST BY ");
    deparse__names(out, search->columns);
    deparse__with_name(out, " SET ", search->sequence);
}

static void cte_cycle(StrBuilder *out, const AstCteCycle *cycle)
{
    if (!cycle) return;
    deparse__text(out, " CYCLE ");
    deparse__names(out, cycle->columns);
    deparse__with_name(out, " SET ", cycle->mark);
    if (cycle->value) {
        deparse__text(out, " TO ");
        deparse__constant(out, cycle->value);
        deparse__text(out, " DEFAULT ");
        deparse__constant(out, cycle->fallback);
    }
    deparse__with_name(out, " USING ", cycle->path);
}

static void common_table(StrBuilder *out, const void *node)
{
    const AstCommonTable *cte = node;
    parse_quote_identifier(out, cte->name);
    deparse__columns(out, cte->columns);
    deparse__text(out, " AS ");
    deparse__if(out, cte->materialized == AST_CTE_MATERIALIZED, "MATERIALIZED ");
    deparse__if(out, cte->materialized == AST_CTE_NOT_MATERIALIZED, "NOT MATERIALIZED ");
    deparse__with(out, "(", cte->query);
    deparse__text(out, ")");
    cte_search(out, cte->search);
    cte_cycle(out, cte->cycle);
}

/* ---- SELECT ---- */

static void target(StrBuilder *out, const void *node)
{
    const AstTarget *item = node;
    deparse__node(out, item->expr);
    deparse__with_name(out, " AS ", item->name);
}

static void lock_clause(StrBuilder *out, const void *node)
{
    static const char *const strengths[] = {[AST_LOCK_KEY_SHARE] = "FOR KEY SHARE",
                                            [AST_LOCK_SHARE] = "FOR SHARE",
                                            [AST_LOCK_NO_KEY_UPDATE] = "FOR NO KEY UPDATE",
                                            [AST_LOCK_UPDATE] = "FOR UPDATE"};
    const AstLockClause *lock = node;
    deparse__text(out, strengths[lock->strength]);
    deparse__if(out, lock->tables.count > 0, " OF ");
    deparse__list(out, &lock->tables);
    deparse__if(out, lock->wait == AST_WAIT_SKIP, " SKIP LOCKED");
    deparse__if(out, lock->wait == AST_WAIT_ERROR, " NOWAIT");
}

/* FETCH FIRST takes a constant or a c_expr, and only it goes WITH TIES. */
static void limit_clause(StrBuilder *out, const AstSelectBase *select)
{
    if (!select->limit) return;
    if (select->with_ties) {
        deparse__text(out, " FETCH FIRST ");
        deparse__operand(out, select->limit, BINDS_SIGN);
        deparse__text(out, " ROWS WITH TIES");
    } else if (select->limit->kind == AST_NULL_CONST) {
        deparse__text(out, " LIMIT ALL");
    } else {
        deparse__with(out, " LIMIT ", select->limit);
    }
}

static void query_tail(StrBuilder *out, const AstSelectBase *select)
{
    deparse__order_by(out, " ", &select->order_by);
    limit_clause(out, select);
    deparse__with(out, " OFFSET ", select->offset);
    if (select->locks.count) {
        deparse__text(out, " ");
        deparse__items(out, (void *const *)select->locks.items, select->locks.count, " ");
    }
}

static void distinct_clause(StrBuilder *out, const AstSelect *select)
{
    deparse__if(out, select->distinct, " DISTINCT");
    if (select->distinct_on.count == 0) return;
    deparse__text(out, select->distinct ? " ON (" : " DISTINCT ON (");
    deparse__list(out, &select->distinct_on);
    deparse__text(out, ")");
}

static void into_clause(StrBuilder *out, const AstInto *into)
{
    if (!into) return;
    deparse__text(out, " INTO ");
    deparse__if(out, into->relation->persistence == AST_PERSISTENCE_TEMPORARY, "TEMPORARY ");
    deparse__if(out, into->relation->persistence == AST_PERSISTENCE_UNLOGGED, "UNLOGGED ");
    deparse__if(out, into->relation->persistence == AST_PERSISTENCE_PERMANENT, "TABLE ");
    deparse__node(out, into->relation);
}

static void select_body(StrBuilder *out, const AstSelect *select)
{
    deparse__text(out, "SELECT");
    distinct_clause(out, select);
    deparse__if(out, select->targets.count > 0, " ");
    deparse__list(out, &select->targets);
    into_clause(out, select->into);
    deparse__if(out, select->from.count > 0, " FROM ");
    deparse__list(out, &select->from);
    deparse__with(out, " WHERE ", select->where);
    deparse__if(out, select->group_by.count > 0,
                select->group_distinct ? " GROUP BY DISTINCT " : " GROUP BY ");
    deparse__list(out, &select->group_by);
    deparse__with(out, " HAVING ", select->having);
    deparse__if(out, select->windows.count > 0, " WINDOW ");
    deparse__list(out, &select->windows);
}

static void select_node(StrBuilder *out, const void *node)
{
    const AstSelect *select = node;
    with_clause(out, select->with);
    select_body(out, select);
    query_tail(out, node);
}

static void values(StrBuilder *out, const void *node)
{
    const AstValues *query = node;
    with_clause(out, query->with);
    deparse__text(out, "VALUES ");
    deparse__list(out, &query->rows);
    query_tail(out, node);
}

static void values_row(StrBuilder *out, const void *node)
{
    deparse__text(out, "(");
    deparse__list(out, &((const AstValuesRow *)node)->items);
    deparse__text(out, ")");
}

/* An operand with clauses of its own, and a set operation on the right, go into parentheses. */
static void set_operand(StrBuilder *out, const AstSelectBase *query, bool bare_operation)
{
    bool own = query->with || query->order_by.count || query->limit || query->offset ||
               query->locks.count;
    bool bare = !own && (query->kind != AST_SET_OPERATION || bare_operation);
    deparse__if(out, !bare, "(");
    deparse__node(out, query);
    deparse__if(out, !bare, ")");
}

static int set_level(const AstSetOperation *operation)
{
    return operation->op == AST_SETOP_INTERSECT ? 2 : 1;
}

static void set_operation(StrBuilder *out, const void *node)
{
    static const char *const words[] = {[AST_SETOP_UNION] = " UNION ",
                                        [AST_SETOP_INTERSECT] = " INTERSECT ",
                                        [AST_SETOP_EXCEPT] = " EXCEPT "};
    const AstSetOperation *operation = node;
    const AstSetOperation *left = AST_IF(SetOperation, operation->left);
    with_clause(out, operation->with);
    set_operand(out, operation->left, left && set_level(left) >= set_level(operation));
    deparse__text(out, words[operation->op]);
    deparse__if(out, operation->all, "ALL ");
    set_operand(out, operation->right, false);
    query_tail(out, node);
}

static void grouping_set(StrBuilder *out, const void *node)
{
    static const char *const words[] = {[AST_GROUPING_EMPTY] = "(",
                                        [AST_GROUPING_ROLLUP] = "ROLLUP (",
                                        [AST_GROUPING_CUBE] = "CUBE (",
                                        [AST_GROUPING_SETS] = "GROUPING SETS ("};
    const AstGroupingSet *set = node;
    deparse__text(out, words[set->grouping]);
    deparse__list(out, &set->items);
    deparse__text(out, ")");
}

/* ---- FROM ---- */

static void range_subselect(StrBuilder *out, const void *node)
{
    const AstRangeSubselect *item = node;
    deparse__if(out, item->lateral, "LATERAL ");
    deparse__with(out, "(", item->select);
    deparse__text(out, ")");
    deparse__alias(out, item->alias);
}

static void column_definitions(StrBuilder *out, const AstColumnDefList *columns)
{
    deparse__text(out, "(");
    for (uint32_t i = 0; i < columns->count; i++) {
        const AstColumnDef *column = columns->items[i];
        if (i) deparse__text(out, ", ");
        parse_quote_identifier(out, column->name);
        deparse__with(out, " ", column->type);
        deparse__if(out, column->collation.count > 0, " COLLATE ");
        deparse__name(out, column->collation);
    }
    deparse__text(out, ")");
}

static void range_function_item(StrBuilder *out, const void *node)
{
    const AstRangeFunctionItem *item = node;
    deparse__function_form(out, item->call);
    if (item->columns.count == 0) return;
    deparse__text(out, " AS ");
    column_definitions(out, &item->columns);
}

static void range_function(StrBuilder *out, const void *node)
{
    const AstRangeFunction *item = node;
    deparse__if(out, item->lateral, "LATERAL ");
    deparse__if(out, item->rows_from, "ROWS FROM (");
    deparse__list(out, &item->functions);
    deparse__if(out, item->rows_from, ")");
    deparse__if(out, item->ordinality, " WITH ORDINALITY");
    deparse__alias(out, item->alias);
    if (item->columns.count == 0) return;
    deparse__text(out, item->alias && deparse__has(item->alias->name) ? " " : " AS ");
    column_definitions(out, &item->columns);
}

static const char *join_word(const AstJoin *join)
{
    switch (join->join) {
    case AST_JOIN_INNER: return "JOIN ";
    case AST_JOIN_LEFT: return "LEFT JOIN ";
    case AST_JOIN_RIGHT: return "RIGHT JOIN ";
    case AST_JOIN_FULL: return "FULL JOIN ";
    case AST_JOIN_CROSS: return "CROSS JOIN ";
    }
    UNREACHABLE();
}

static void join(StrBuilder *out, const void *node)
{
    const AstJoin *item = node;
    bool nested = item->right->kind == AST_JOIN && !AST_AS(Join, item->right)->alias;
    deparse__if(out, item->alias != NULL, "(");
    deparse__node(out, item->left);
    deparse__text(out, item->natural ? " NATURAL " : " ");
    deparse__text(out, join_word(item));
    deparse__if(out, nested, "(");
    deparse__node(out, item->right);
    deparse__if(out, nested, ")");
    if (item->using.count) {
        deparse__text(out, " USING");
        deparse__columns(out, item->using);
        deparse__alias(out, item->using_alias);
    }
    deparse__with(out, " ON ", item->on);
    deparse__if(out, item->alias != NULL, ")");
    deparse__alias(out, item->alias);
}

static void table_sample(StrBuilder *out, const void *node)
{
    const AstTableSample *sample = node;
    deparse__node(out, sample->relation);
    deparse__text(out, " TABLESAMPLE ");
    deparse__name(out, sample->method);
    deparse__text(out, "(");
    deparse__list(out, &sample->args);
    deparse__text(out, ")");
    deparse__with(out, " REPEATABLE (", sample->repeatable);
    deparse__if(out, sample->repeatable != NULL, ")");
}

static void xml_namespace(StrBuilder *out, const void *node)
{
    const AstXmlNamespace *space = node;
    bool named = deparse__has(space->name);
    deparse__if(out, !named, "DEFAULT ");
    deparse__operand(out, space->uri, BINDS_CAST);
    deparse__with_name(out, " AS ", space->name);
}

static void xml_table_column(StrBuilder *out, const void *node)
{
    const AstXmlTableColumn *column = node;
    parse_quote_identifier(out, column->name);
    deparse__if(out, column->ordinality, " FOR ORDINALITY");
    deparse__with(out, " ", column->type);
    if (column->path) {
        deparse__text(out, " PATH ");
        deparse__operand(out, column->path, BINDS_CAST);
    }
    if (column->fallback) {
        deparse__text(out, " DEFAULT ");
        deparse__operand(out, column->fallback, BINDS_CAST);
    }
    deparse__if(out, column->not_null, " NOT NULL");
}

static void xml_table(StrBuilder *out, const void *node)
{
    const AstXmlTable *table = node;
    deparse__if(out, table->lateral, "LATERAL ");
    deparse__text(out, "XMLTABLE(");
    if (table->namespaces.count) {
        deparse__text(out, "XMLNAMESPACES(");
        deparse__list(out, &table->namespaces);
        deparse__text(out, "), ");
    }
    deparse__operand(out, table->row, BINDS_ATOM);
    deparse__text(out, " PASSING ");
    deparse__operand(out, table->document, BINDS_ATOM);
    deparse__text(out, " COLUMNS ");
    deparse__list(out, &table->columns);
    deparse__text(out, ")");
    deparse__alias(out, table->alias);
}

/* ---- data changes ---- */

static void column_target(StrBuilder *out, const void *node)
{
    const AstColumnTarget *column = node;
    parse_quote_identifier(out, column->name);
    deparse__items(out, (void *const *)column->parts.items, column->parts.count, "");
}

static void assignment(StrBuilder *out, const void *node)
{
    const AstAssignment *set = node;
    deparse__if(out, set->row, "(");
    deparse__list(out, &set->targets);
    deparse__if(out, set->row, ")");
    deparse__with(out, " = ", set->value);
}

static void returning_option(StrBuilder *out, const void *node)
{
    const AstReturningOption *option = node;
    deparse__with_name(out, option->is_new ? "NEW AS " : "OLD AS ", option->name);
}

static void returning(StrBuilder *out, const void *node)
{
    const AstReturning *clause = node;
    deparse__text(out, "RETURNING ");
    if (clause->options.count) {
        deparse__text(out, "WITH (");
        deparse__list(out, &clause->options);
        deparse__text(out, ") ");
    }
    deparse__list(out, &clause->targets);
}

static void overriding(StrBuilder *out, AstOverriding kind)
{
    deparse__if(out, kind == AST_OVERRIDING_USER, " OVERRIDING USER VALUE");
    deparse__if(out, kind == AST_OVERRIDING_SYSTEM, " OVERRIDING SYSTEM VALUE");
}

static void column_targets(StrBuilder *out, const AstColumnTargetList *columns)
{
    if (columns->count == 0) return;
    deparse__text(out, " (");
    deparse__list(out, columns);
    deparse__text(out, ")");
}

static void on_conflict(StrBuilder *out, const void *node)
{
    const AstOnConflict *conflict = node;
    deparse__text(out, "ON CONFLICT");
    deparse__with_name(out, " ON CONSTRAINT ", conflict->constraint);
    if (conflict->elements.count) {
        deparse__text(out, " (");
        deparse__list(out, &conflict->elements);
        deparse__text(out, ")");
    }
    deparse__with(out, " WHERE ", conflict->where);
    deparse__text(out, conflict->update ? " DO UPDATE SET " : " DO NOTHING");
    deparse__list(out, &conflict->assignments);
    deparse__with(out, " WHERE ", conflict->update_where);
}

static void insert(StrBuilder *out, const void *node)
{
    const AstInsert *stmt = node;
    with_clause(out, stmt->with);
    deparse__with(out, "INSERT INTO ", stmt->relation);
    column_targets(out, &stmt->columns);
    overriding(out, (AstOverriding)stmt->overriding);
    deparse__with(out, " ", stmt->query);
    deparse__if(out, !stmt->query, " DEFAULT VALUES");
    deparse__with(out, " ", stmt->conflict);
    deparse__with(out, " ", stmt->returning);
}

static void update(StrBuilder *out, const void *node)
{
    const AstUpdate *stmt = node;
    with_clause(out, stmt->with);
    deparse__with(out, "UPDATE ", stmt->relation);
    deparse__text(out, " SET ");
    deparse__list(out, &stmt->assignments);
    deparse__if(out, stmt->from.count > 0, " FROM ");
    deparse__list(out, &stmt->from);
    deparse__with(out, " WHERE ", stmt->where);
    deparse__with(out, " ", stmt->returning);
}

static void delete_node(StrBuilder *out, const void *node)
{
    const AstDelete *stmt = node;
    with_clause(out, stmt->with);
    deparse__with(out, "DELETE FROM ", stmt->relation);
    deparse__if(out, stmt->using.count > 0, " USING ");
    deparse__list(out, &stmt->using);
    deparse__with(out, " WHERE ", stmt->where);
    deparse__with(out, " ", stmt->returning);
}

static void merge_insert(StrBuilder *out, const AstMergeWhen *when)
{
    deparse__text(out, "INSERT");
    column_targets(out, &when->columns);
    overriding(out, (AstOverriding)when->overriding);
    if (when->values.count == 0) {
        deparse__text(out, " DEFAULT VALUES");
        return;
    }
    deparse__text(out, " VALUES (");
    deparse__list(out, &when->values);
    deparse__text(out, ")");
}

static void merge_when(StrBuilder *out, const void *node)
{
    static const char *const matches[] = {
        [AST_MERGE_MATCHED] = "WHEN MATCHED",
        [AST_MERGE_NOT_MATCHED_BY_SOURCE] = "WHEN NOT MATCHED BY SOURCE",
        [AST_MERGE_NOT_MATCHED_BY_TARGET] = "WHEN NOT MATCHED BY TARGET"};
    const AstMergeWhen *when = node;
    deparse__text(out, matches[when->match]);
    deparse__with(out, " AND ", when->condition);
    deparse__text(out, " THEN ");
    switch (when->action) {
    case AST_MERGE_DO_NOTHING: deparse__text(out, "DO NOTHING"); break;
    case AST_MERGE_DO_INSERT: merge_insert(out, when); break;
    case AST_MERGE_DO_UPDATE:
        deparse__text(out, "UPDATE SET ");
        deparse__list(out, &when->assignments);
        break;
    case AST_MERGE_DO_DELETE: deparse__text(out, "DELETE"); break;
    }
}

static void merge(StrBuilder *out, const void *node)
{
    const AstMerge *stmt = node;
    with_clause(out, stmt->with);
    deparse__with(out, "MERGE INTO ", stmt->relation);
    deparse__with(out, " USING ", stmt->source);
    deparse__with(out, " ON ", stmt->on);
    deparse__text(out, " ");
    deparse__items(out, (void *const *)stmt->whens.items, stmt->whens.count, " ");
    deparse__with(out, " ", stmt->returning);
}

const DeparseEntry deparse__queries[] = {
    {AST_COMMON_TABLE, common_table},
    {AST_TARGET, target},
    {AST_LOCK_CLAUSE, lock_clause},
    {AST_SELECT, select_node},
    {AST_VALUES, values},
    {AST_VALUES_ROW, values_row},
    {AST_SET_OPERATION, set_operation},
    {AST_GROUPING_SET, grouping_set},
    {AST_RANGE_SUBSELECT, range_subselect},
    {AST_RANGE_FUNCTION, range_function},
    {AST_RANGE_FUNCTION_ITEM, range_function_item},
    {AST_JOIN, join},
    {AST_TABLE_SAMPLE, table_sample},
    {AST_XML_NAMESPACE, xml_namespace},
    {AST_XML_TABLE_COLUMN, xml_table_column},
    {AST_XML_TABLE, xml_table},
    {AST_COLUMN_TARGET, column_target},
    {AST_ASSIGNMENT, assignment},
    {AST_RETURNING_OPTION, returning_option},
    {AST_RETURNING, returning},
    {AST_ON_CONFLICT, on_conflict},
    {AST_INSERT, insert},
    {AST_UPDATE, update},
    {AST_DELETE, delete_node},
    {AST_MERGE_WHEN, merge_when},
    {AST_MERGE, merge},
    {0, NULL},
};
