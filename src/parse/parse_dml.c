/* SPDX-License-Identifier: Apache-2.0 */
/* parse_dml.c - INSERT, UPDATE, DELETE, MERGE, what they share, and parse__preparable: any of them or a query, with its
 * WITH. */
#include "parse/parse_internal.h"

/* ---- shared parts ---- */

AstColumnTarget *parse__column_target(Parser *p)
{
    AstColumnTarget *target = NEW(p, ColumnTarget, p->tok->start);
    target->name = parse__name(p);
    if (parse__is(p, '.') || parse__is(p, TOKEN_LEFT_BRACKET))
        parse__indirection_parts(p, &target->parts);
    return target;
}

static void column_targets(Parser *p, AstColumnTargetList *list)
{
    parse__expect(p, '(');
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__column_target(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
    parse__expect(p, ')');
}

static AstAssignment *assignment(Parser *p)
{
    AstAssignment *item = NEW(p, Assignment, p->tok->start);
    if (parse__is(p, '(')) {
        item->row = true;
        column_targets(p, &item->targets);
    } else {
        LIST_OF_ONE(p, &item->targets, parse__column_target(p));
    }
    parse__expect(p, '=');
    item->value = parse__expr(p);
    return item;
}

static void assignments(Parser *p, AstAssignmentList *list)
{
    parse__expect(p, KW_SET);
    uint32_t mark = parse__mark(p);
    do parse__push(p, assignment(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

static AstReturning *optional_returning(Parser *p)
{
    if (!parse__is(p, KW_RETURNING)) return NULL;
    AstReturning *returning = NEW(p, Returning, p->tok->start);
    parse__next(p);
    if (parse__accept(p, KW_WITH)) {
        parse__expect(p, '(');
        uint32_t mark = parse__mark(p);
        do {
            AstReturningOption *option = NEW(p, ReturningOption, p->tok->start);
            option->is_new = parse__is(p, KW_NEW);
            if (!parse__accept(p, KW_NEW)) parse__expect(p, KW_OLD);
            parse__expect(p, KW_AS);
            option->name = parse__name(p);
            parse__push(p, option);
        } while (parse__accept(p, ','));
        TAKE(p, mark, &returning->options);
        parse__expect(p, ')');
    }
    parse__target_list(p, &returning->targets);
    return returning;
}

static AstExpr *where_or_current(Parser *p)
{
    if (!parse__accept(p, KW_WHERE)) return NULL;
    if (parse__is(p, KW_CURRENT) && parse__peek_type(p, 1) == KW_OF) {
        AstCurrentOf *current = NEW(p, CurrentOf, NODE_NO_LOCATION);
        parse__next(p);
        parse__next(p);
        current->cursor = parse__name(p);
        return &current->base;
    }
    return parse__expr(p);
}

/* table [[AS] alias]; SET is no alias without AS. */
static AstRangeVar *target_table(Parser *p)
{
    AstRangeVar *relation = parse__relation_expr(p);
    bool as = parse__accept(p, KW_AS);
    if (!as && (parse__is(p, KW_SET) || !parse__is_col_id(p->tok))) return relation;
    relation->alias = NEW(p, Alias, p->tok->start);
    relation->alias->name = parse__name(p);
    return relation;
}

static AstOverriding optional_overriding(Parser *p)
{
    if (!parse__accept(p, KW_OVERRIDING)) return AST_OVERRIDING_NONE;
    AstOverriding overriding = parse__is(p, KW_USER) ? AST_OVERRIDING_USER : AST_OVERRIDING_SYSTEM;
    if (!parse__accept(p, KW_USER)) parse__expect(p, KW_SYSTEM);
    parse__expect(p, KW_VALUE);
    return overriding;
}

/* ---- elements of indexes ---- */

static void element_tail(Parser *p, AstIndexElement *element)
{
    element->collation = parse__optional_collate(p);
    if (parse__is_col_id(p->tok) && !parse__is(p, KW_NULLS)) {
        element->opclass = parse__any_name(p);
        if (parse__is(p, '(')) parse__reloptions(p, &element->options);
    } else if (parse__is(p, KW_NULLS)) {
        uint16_t next = parse__peek_type(p, 1);
        if (next != KW_FIRST && next != KW_LAST) element->opclass = parse__any_name(p);
    }
    element->order = parse__sort_order(p);
    element->nulls = parse__nulls_order(p);
}

bool parse__is_plain_column(Parser *p)
{
    if (!parse__is_col_id(p->tok)) return false;
    uint16_t next = parse__peek_type(p, 1);
    return next != '(' && next != '.' && next != TOKEN_LEFT_BRACKET;
}

AstIndexElement *parse__index_element(Parser *p)
{
    AstIndexElement *element = NEW(p, IndexElement, p->tok->start);
    if (parse__accept(p, '(')) {
        element->expr = parse__expr(p);
        parse__expect(p, ')');
    } else if (parse__is_plain_column(p)) {
        element->name = parse__name(p);
    } else {
        element->expr = parse__windowless_function(p);
    }
    element_tail(p, element);
    return element;
}

void parse__index_elements(Parser *p, AstIndexElementList *list)
{
    parse__expect(p, '(');
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__index_element(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
    parse__expect(p, ')');
}

/* ---- INSERT ---- */

static AstOnConflict *optional_on_conflict(Parser *p)
{
    if (!parse__is(p, KW_ON)) return NULL;
    AstOnConflict *conflict = NEW(p, OnConflict, p->tok->start);
    parse__next(p);
    parse__expect(p, KW_CONFLICT);
    conflict->elements_location = p->tok->start;
    if (parse__is(p, '(')) {
        parse__index_elements(p, &conflict->elements);
        conflict->where = parse__optional_where(p);
    } else if (parse__accept(p, KW_ON)) {
        parse__expect(p, KW_CONSTRAINT);
        conflict->constraint = parse__name(p);
    }
    parse__expect(p, KW_DO);
    if (parse__accept(p, KW_NOTHING)) return conflict;
    parse__expect(p, KW_UPDATE);
    conflict->update = true;
    assignments(p, &conflict->assignments);
    conflict->update_where = parse__optional_where(p);
    return conflict;
}

/* Does a query stand in the parenthesis here, rather than a list of columns? */
static bool paren_holds_select(Parser *p)
{
    switch (parse__peek_type(p, 1)) {
    case '(':
    case KW_SELECT:
    case KW_WITH:
    case KW_TABLE: return true;
    case KW_VALUES: return parse__peek_type(p, 2) == '(';
    default: return false;
    }
}

static AstStmt *insert(Parser *p, AstWith *with)
{
    AstInsert *stmt = NEW(p, Insert, p->tok->start);
    parse__next(p);
    parse__expect(p, KW_INTO);
    stmt->with = with;
    stmt->relation = parse__qualified_name(p);
    if (parse__accept(p, KW_AS)) {
        stmt->relation->alias = NEW(p, Alias, p->tok->start);
        stmt->relation->alias->name = parse__name(p);
    }
    if (parse__accept(p, KW_DEFAULT)) {
        parse__expect(p, KW_VALUES);
    } else {
        if (parse__is(p, '(') && !paren_holds_select(p)) column_targets(p, &stmt->columns);
        stmt->overriding = optional_overriding(p);
        stmt->query = &parse__select_stmt(p)->base;
    }
    stmt->conflict = optional_on_conflict(p);
    stmt->returning = optional_returning(p);
    return &stmt->base;
}

/* ---- UPDATE, DELETE ---- */

static AstStmt *update(Parser *p, AstWith *with)
{
    AstUpdate *stmt = NEW(p, Update, p->tok->start);
    parse__next(p);
    stmt->with = with;
    stmt->relation = target_table(p);
    assignments(p, &stmt->assignments);
    if (parse__accept(p, KW_FROM)) parse__from_list(p, &stmt->from);
    stmt->where = where_or_current(p);
    stmt->returning = optional_returning(p);
    return &stmt->base;
}

static AstStmt *delete_from(Parser *p, AstWith *with)
{
    AstDelete *stmt = NEW(p, Delete, p->tok->start);
    parse__next(p);
    parse__expect(p, KW_FROM);
    stmt->with = with;
    stmt->relation = target_table(p);
    if (parse__accept(p, KW_USING)) parse__from_list(p, &stmt->using);
    stmt->where = where_or_current(p);
    stmt->returning = optional_returning(p);
    return &stmt->base;
}

/* ---- MERGE ---- */

/* WHEN [NOT] MATCHED [BY SOURCE | TARGET] [AND condition] THEN */
static void merge_condition(Parser *p, AstMergeWhen *when)
{
    parse__expect(p, KW_WHEN);
    if (parse__accept(p, KW_NOT)) {
        parse__expect(p, KW_MATCHED);
        when->match = AST_MERGE_NOT_MATCHED_BY_TARGET;
        if (parse__accept(p, KW_BY)) {
            if (parse__accept(p, KW_SOURCE))
                when->match = AST_MERGE_NOT_MATCHED_BY_SOURCE;
            else
                parse__expect(p, KW_TARGET);
        }
    } else {
        parse__expect(p, KW_MATCHED);
        when->match = AST_MERGE_MATCHED;
    }
    if (parse__accept(p, KW_AND)) when->condition = parse__expr(p);
    parse__expect(p, KW_THEN);
}

static void merge_insert(Parser *p, AstMergeWhen *when)
{
    when->action = AST_MERGE_DO_INSERT;
    if (parse__accept(p, KW_DEFAULT)) {
        parse__expect(p, KW_VALUES);
        return;
    }
    if (parse__is(p, '(')) column_targets(p, &when->columns);
    when->overriding = optional_overriding(p);
    parse__expect2(p, KW_VALUES, '(');
    parse__expr_list(p, &when->values);
    parse__expect(p, ')');
}

static AstMergeWhen *merge_when(Parser *p)
{
    AstMergeWhen *when = NEW(p, MergeWhen, p->tok->start);
    merge_condition(p, when);
    bool has_row = when->match != AST_MERGE_NOT_MATCHED_BY_TARGET;
    if (parse__accept(p, KW_DO)) {
        parse__expect(p, KW_NOTHING);
        when->action = AST_MERGE_DO_NOTHING;
    } else if (has_row && parse__accept(p, KW_UPDATE)) {
        when->action = AST_MERGE_DO_UPDATE;
        assignments(p, &when->assignments);
    } else if (has_row && parse__accept(p, KW_DELETE)) {
        when->action = AST_MERGE_DO_DELETE;
    } else if (!has_row && parse__accept(p, KW_INSERT)) {
        merge_insert(p, when);
    } else {
        parse__syntax_error(p);
    }
    return when;
}

static AstStmt *merge(Parser *p, AstWith *with)
{
    AstMerge *stmt = NEW(p, Merge, p->tok->start);
    parse__next(p);
    parse__expect(p, KW_INTO);
    stmt->with = with;
    stmt->relation = target_table(p);
    parse__expect(p, KW_USING);
    stmt->source = parse__table_ref(p);
    parse__expect(p, KW_ON);
    stmt->on = parse__expr(p);
    uint32_t mark = parse__mark(p);
    do parse__push(p, merge_when(p));
    while (parse__is(p, KW_WHEN));
    TAKE(p, mark, &stmt->whens);
    stmt->returning = optional_returning(p);
    return &stmt->base;
}

/* ---- any of them ---- */

AstStmt *parse__preparable(Parser *p)
{
    return parse__preparable_behind_with(p, parse__is(p, KW_WITH) ? parse__with(p) : NULL);
}

AstStmt *parse__preparable_behind_with(Parser *p, AstWith *with)
{
    switch (p->tok->type) {
    case KW_INSERT: return insert(p, with);
    case KW_UPDATE: return update(p, with);
    case KW_DELETE: return delete_from(p, with);
    case KW_MERGE: return merge(p, with);
    default: return &parse__select_behind_with(p, with)->base;
    }
}
