/* SPDX-License-Identifier: Apache-2.0 */
/* parse_select.c - queries: WITH, SELECT, VALUES, TABLE, set operations, and what may follow them all (ORDER BY, LIMIT,
 * FOR).
 *
 * UNION and EXCEPT bind alike and looser than INTERSECT, all to the left. What follows a query in parentheses belongs
 * to that same query unless it has such a clause already: (SELECT 1) LIMIT 1 is SELECT 1 LIMIT 1. */
#include "parse/parse_internal.h"

/* ---- set operations ---- */

static AstSelectBase *query_primary(Parser *p);

static AstSelectBase *set_operation(Parser *p, AstSelectBase *left, bool intersect_only)
{
    for (;;) {
        AstSetOp op;
        switch (p->tok->type) {
        case KW_UNION: op = AST_SETOP_UNION; break;
        case KW_EXCEPT: op = AST_SETOP_EXCEPT; break;
        case KW_INTERSECT: op = AST_SETOP_INTERSECT; break;
        default: return left;
        }
        if (intersect_only && op != AST_SETOP_INTERSECT) return left;
        task_check();
        AstSetOperation *operation = NEW(p, SetOperation, p->tok->start);
        parse__next(p);
        operation->op = op;
        operation->all = parse__accept(p, KW_ALL);
        if (!operation->all) parse__accept(p, KW_DISTINCT);
        operation->left = left;
        AstSelectBase *right = query_primary(p);
        operation->right = op == AST_SETOP_INTERSECT ? right : set_operation(p, right, true);
        left = &operation->base;
    }
}

/* ---- the tail: ORDER BY, LIMIT, OFFSET, FETCH, FOR ---- */

typedef struct SelectTail {
    AstSortItemList order_by;
    AstExpr *limit, *offset;
    AstLockClauseList locks;
    uint32_t limit_at, offset_at, ties_at;
    bool with_ties;
} SelectTail;

static bool starts_row_word(const Parser *p)
{
    return parse__is(p, KW_ROW) || parse__is(p, KW_ROWS);
}

static void limit(Parser *p, SelectTail *tail)
{
    uint32_t start = p->tok->start;
    parse__next(p);
    tail->limit_at = start;
    if (parse__is(p, KW_ALL)) {
        tail->limit = &NEW(p, NullConst, p->tok->start)->base;
        parse__next(p);
    } else {
        tail->limit = parse__expr(p);
    }
    if (!parse__accept(p, ',')) return;
    parse__expr(p);
    Error *error = error_message(error_begin(SQLSTATE_SYNTAX_ERROR),
                                 "LIMIT #,# syntax is not supported");
    error_hint(error, "Use separate LIMIT and OFFSET clauses.");
    parse__raise_at(p, error, (int32_t)start);
}

/* A sign and a number, or an operand. */
static AstExpr *fetch_count(Parser *p)
{
    if (!parse__is(p, '+') && !parse__is(p, '-')) return parse__c_expr(p);
    uint32_t start = p->tok->start;
    bool negative = parse__is(p, '-');
    AstExpr *number;
    if (negative) {
        number = parse__numeric_only(p);
    } else {
        parse__next(p);
        if (!parse__is(p, TOKEN_INTEGER) && !parse__is(p, TOKEN_FLOAT)) parse__syntax_error(p);
        AstOpExpr *plus = NEW(p, OpExpr, start);
        plus->op = STR("+");
        plus->right = parse__numeric_only(p);
        number = &plus->base;
    }
    return number;
}

static void fetch(Parser *p, SelectTail *tail)
{
    tail->limit_at = p->tok->start;
    parse__next(p);
    if (!parse__accept(p, KW_FIRST)) parse__expect(p, KW_NEXT);
    uint16_t next = starts_row_word(p) ? parse__peek_type(p, 1) : TOKEN_END;
    if (next == KW_ONLY || next == KW_WITH) {
        AstIntConst *one = NEW(p, IntConst, NODE_NO_LOCATION);
        one->value = 1;
        tail->limit = &one->base;
    } else {
        tail->limit = fetch_count(p);
        if (!starts_row_word(p)) parse__syntax_error(p);
    }
    parse__next(p);
    if (parse__accept(p, KW_ONLY)) return;
    tail->ties_at = p->tok->start;
    parse__expect2(p, KW_WITH, KW_TIES);
    tail->with_ties = true;
}

/* A sign and a number that ROW or ROWS follows: behind anything longer than that they may not stand. */
static bool is_signed_row_count(Parser *p)
{
    uint16_t number = parse__peek_type(p, 1), word = parse__peek_type(p, 2);
    return (parse__is(p, '+') || parse__is(p, '-')) &&
           (number == TOKEN_INTEGER || number == TOKEN_FLOAT) &&
           (word == KW_ROW || word == KW_ROWS);
}

static void offset(Parser *p, SelectTail *tail)
{
    tail->offset_at = p->tok->start;
    parse__next(p);
    if (is_signed_row_count(p)) {
        tail->offset = fetch_count(p);
        parse__next(p);
        return;
    }
    bool prefixed = parse__is(p, '+') || parse__is(p, '-') || parse__is(p, KW_NOT) ||
                    parse__is(p, TOKEN_OPERATOR) || parse__is(p, KW_OPERATOR) ||
                    parse__is(p, KW_DEFAULT) || parse__is(p, KW_UNIQUE);
    if (prefixed) {
        tail->offset = parse__expr(p);
        return;
    }
    AstExpr *operand = parse__c_expr(p);
    if (starts_row_word(p)) {
        parse__next(p);
        tail->offset = operand;
    } else {
        tail->offset = parse__expr_from(p, operand);
    }
}

static AstLockStrength lock_strength(Parser *p)
{
    if (parse__accept(p, KW_UPDATE)) return AST_LOCK_UPDATE;
    if (parse__accept(p, KW_SHARE)) return AST_LOCK_SHARE;
    if (parse__accept(p, KW_NO)) {
        parse__expect2(p, KW_KEY, KW_UPDATE);
        return AST_LOCK_NO_KEY_UPDATE;
    }
    parse__expect2(p, KW_KEY, KW_SHARE);
    return AST_LOCK_KEY_SHARE;
}

static AstLockClause *lock_clause(Parser *p)
{
    AstLockClause *lock = NEW(p, LockClause, p->tok->start);
    parse__expect(p, KW_FOR);
    lock->strength = lock_strength(p);
    if (parse__accept(p, KW_OF)) parse__qualified_name_list(p, &lock->tables);
    if (parse__accept(p, KW_NOWAIT)) {
        lock->wait = AST_WAIT_ERROR;
    } else if (parse__accept(p, KW_SKIP)) {
        parse__expect(p, KW_LOCKED);
        lock->wait = AST_WAIT_SKIP;
    }
    return lock;
}

/* FOR READ ONLY, which locks nothing, or one or more FOR clauses. */
static void locking(Parser *p, SelectTail *tail)
{
    if (parse__peek_type(p, 1) == KW_READ) {
        parse__next(p);
        parse__next(p);
        parse__expect(p, KW_ONLY);
        return;
    }
    uint32_t mark = parse__mark(p);
    while (parse__is(p, KW_FOR)) parse__push(p, lock_clause(p));
    TAKE(p, mark, &tail->locks);
}

/* At most one limit and one offset, in either order. */
static bool limits(Parser *p, SelectTail *tail)
{
    bool any = false, has_limit = false, has_offset = false;
    for (;;) {
        bool is_limit = parse__is(p, KW_LIMIT) || parse__is(p, KW_FETCH);
        if (is_limit && !has_limit) {
            if (parse__is(p, KW_LIMIT))
                limit(p, tail);
            else
                fetch(p, tail);
            has_limit = true;
        } else if (parse__is(p, KW_OFFSET) && !has_offset) {
            offset(p, tail);
            has_offset = true;
        } else {
            return any;
        }
        any = true;
    }
}

static void select_tail(Parser *p, SelectTail *tail)
{
    *tail = (SelectTail){0};
    parse__optional_order_by(p, &tail->order_by);
    bool limited = limits(p, tail);
    if (parse__is(p, KW_FOR)) {
        locking(p, tail);
        if (!limited) limits(p, tail);
    }
}

static void apply_limits(Parser *p, AstSelectBase *select, const SelectTail *tail)
{
    if (tail->offset) {
        if (select->offset)
            parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)tail->offset_at,
                         "multiple OFFSET clauses not allowed");
        select->offset = tail->offset;
    }
    if (!tail->limit) return;
    if (select->limit)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)tail->limit_at,
                     "multiple LIMIT clauses not allowed");
    select->limit = tail->limit;
    select->with_ties = tail->with_ties;
    if (!tail->with_ties) return;
    if (!select->order_by.count)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)tail->ties_at,
                     "WITH TIES cannot be specified without ORDER BY clause");
    for (uint32_t i = 0; i < select->locks.count; i++)
        if (select->locks.items[i]->wait == AST_WAIT_SKIP)
            parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)tail->ties_at,
                         "%s and %s options cannot be used together", "SKIP LOCKED", "WITH TIES");
}

static void apply_tail(Parser *p, AstSelectBase *select, const SelectTail *tail)
{
    if (tail->order_by.count) {
        if (select->order_by.count)
            parse__error(p, SQLSTATE_SYNTAX_ERROR, parse__leftmost(tail->order_by.items[0]->expr),
                         "multiple ORDER BY clauses not allowed");
        select->order_by = tail->order_by;
    }
    if (tail->locks.count) {
        uint32_t mark = parse__mark(p);
        for (uint32_t i = 0; i < select->locks.count; i++) parse__push(p, select->locks.items[i]);
        for (uint32_t i = 0; i < tail->locks.count; i++) parse__push(p, tail->locks.items[i]);
        TAKE(p, mark, &select->locks);
    }
    apply_limits(p, select, tail);
}

static bool starts_tail(const Parser *p)
{
    switch (p->tok->type) {
    case KW_ORDER:
    case KW_LIMIT:
    case KW_OFFSET:
    case KW_FETCH:
    case KW_FOR: return true;
    default: return false;
    }
}

/* ---- SELECT ---- */

AstTarget *parse__target(Parser *p)
{
    AstTarget *target = NEW(p, Target, p->tok->start);
    if (parse__is(p, '*')) {
        AstColumnRef *star = NEW(p, ColumnRef, p->tok->start);
        parse__next(p);
        star->star = true;
        target->expr = &star->base;
        return target;
    }
    target->expr = parse__target_expr(p);
    if (parse__accept(p, KW_AS))
        target->name = parse__label(p);
    else if (parse__is_bare_label(p->tok))
        target->name = parse__label(p);
    return target;
}

void parse__target_list(Parser *p, AstTargetList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__target(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

static AstInto *into_clause(Parser *p)
{
    AstInto *into = NEW(p, Into, p->tok->start);
    into->relation = parse__into_target(p);
    return into;
}

static void group_by_list(Parser *p, AstExprList *list);

static AstExpr *group_by_item(Parser *p)
{
    task_check();
    uint16_t next = parse__peek_type(p, 1);
    AstGroupingSetKind kind;
    if (parse__is(p, '(') && next == ')')
        kind = AST_GROUPING_EMPTY;
    else if (parse__is(p, KW_ROLLUP) && next == '(')
        kind = AST_GROUPING_ROLLUP;
    else if (parse__is(p, KW_CUBE) && next == '(')
        kind = AST_GROUPING_CUBE;
    else if (parse__is(p, KW_GROUPING) && next == KW_SETS)
        kind = AST_GROUPING_SETS;
    else
        return parse__expr(p);
    AstGroupingSet *set = NEW(p, GroupingSet, p->tok->start);
    set->grouping = kind;
    parse__next(p);
    if (kind == AST_GROUPING_SETS) parse__next(p);
    if (kind != AST_GROUPING_EMPTY) parse__expect(p, '(');
    if (kind == AST_GROUPING_SETS)
        group_by_list(p, &set->items);
    else if (kind != AST_GROUPING_EMPTY)
        parse__expr_list(p, &set->items);
    parse__expect(p, ')');
    return &set->base;
}

static void group_by_list(Parser *p, AstExprList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, group_by_item(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

static void window_clause(Parser *p, AstWindowDefList *list)
{
    uint32_t mark = parse__mark(p);
    do {
        Str name = parse__name(p);
        parse__expect(p, KW_AS);
        AstWindowDef *window = parse__window_specification(p);
        window->name = name;
        parse__push(p, window);
    } while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

void parse__select_clauses(Parser *p, AstSelect *select)
{
    if (parse__accept(p, KW_FROM)) parse__from_list(p, &select->from);
    select->where = parse__optional_where(p);
    if (parse__accept(p, KW_GROUP)) {
        parse__expect(p, KW_BY);
        select->group_distinct = parse__accept(p, KW_DISTINCT);
        if (!select->group_distinct) parse__accept(p, KW_ALL);
        group_by_list(p, &select->group_by);
    }
    if (parse__accept(p, KW_HAVING)) select->having = parse__expr(p);
    if (parse__accept(p, KW_WINDOW)) window_clause(p, &select->windows);
}

/* Can a SELECT's list be left out before this token? */
bool parse__ends_target_list(const Token *tok)
{
    switch (tok->type) {
    case TOKEN_END:
    case ';':
    case ')':
    case KW_INTO:
    case KW_FROM:
    case KW_WHERE:
    case KW_GROUP:
    case KW_HAVING:
    case KW_WINDOW:
    case KW_UNION:
    case KW_INTERSECT:
    case KW_EXCEPT:
    case KW_ORDER:
    case KW_LIMIT:
    case KW_OFFSET:
    case KW_FETCH:
    case KW_FOR:
    case KW_ON:
    case KW_WITH:
    case KW_CREATE: /* the next element of CREATE SCHEMA */
    case KW_GRANT:
    case KW_RETURNING: return true;
    default: return false;
    }
}

/* DISTINCT [ON (...)]; false: it is not here. */
static bool distinct_clause(Parser *p, AstSelect *select)
{
    if (!parse__accept(p, KW_DISTINCT)) return false;
    select->distinct = true;
    if (parse__accept(p, KW_ON)) {
        parse__expect(p, '(');
        parse__expr_list(p, &select->distinct_on);
        parse__expect(p, ')');
    }
    return true;
}

static AstSelectBase *select_core(Parser *p)
{
    AstSelect *select = NEW(p, Select, p->tok->start);
    parse__next(p);
    if (distinct_clause(p, select)) {
        parse__target_list(p, &select->targets);
    } else {
        parse__accept(p, KW_ALL);
        if (!parse__ends_target_list(p->tok)) parse__target_list(p, &select->targets);
    }
    if (parse__accept(p, KW_INTO)) select->into = into_clause(p);
    parse__select_clauses(p, select);
    return &select->base;
}

static AstSelectBase *values_core(Parser *p)
{
    AstValues *values = NEW(p, Values, p->tok->start);
    parse__next(p);
    uint32_t mark = parse__mark(p);
    do {
        AstValuesRow *row = NEW(p, ValuesRow, p->tok->start);
        parse__expect(p, '(');
        parse__expr_list(p, &row->items);
        parse__expect(p, ')');
        parse__push(p, row);
    } while (parse__accept(p, ','));
    TAKE(p, mark, &values->rows);
    return &values->base;
}

/* TABLE t is SELECT * FROM t. */
static AstSelectBase *table_core(Parser *p)
{
    AstSelect *select = NEW(p, Select, p->tok->start);
    parse__next(p);
    AstColumnRef *star = NEW(p, ColumnRef, NODE_NO_LOCATION);
    star->star = true;
    AstTarget *target = NEW(p, Target, NODE_NO_LOCATION);
    target->expr = &star->base;
    LIST_OF_ONE(p, &select->targets, target);
    LIST_OF_ONE(p, &select->from, &parse__relation_expr(p)->base);
    return &select->base;
}

/* One operand of a set operation. */
static AstSelectBase *query_primary(Parser *p)
{
    switch (p->tok->type) {
    case '(': return parse__select_with_parens(p);
    case KW_SELECT: return select_core(p);
    case KW_VALUES: return values_core(p);
    case KW_TABLE: return table_core(p);
    default: parse__syntax_error(p);
    }
}

static AstSelectBase *finish(Parser *p, AstSelectBase *select)
{
    select = set_operation(p, select, false);
    if (!starts_tail(p)) return select;
    SelectTail tail;
    select_tail(p, &tail);
    apply_tail(p, select, &tail);
    return select;
}

AstSelectBase *parse__select_from(Parser *p, AstSelectBase *select)
{
    AstSelectBase *left = parse__is(p, KW_INTERSECT) ? set_operation(p, select, true) : select;
    return finish(p, left);
}

/* ---- WITH ---- */

static bool begins_constant(Parser *p)
{
    uint32_t type = p->tok->type;
    return (type >= TOKEN_STRING && type <= TOKEN_FLOAT) || type == KW_TRUE || type == KW_FALSE ||
           type == KW_NULL || parse__is_col_id(p->tok) || parse__is_type_function_name(p->tok);
}

static AstExpr *constant(Parser *p)
{
    if (!begins_constant(p)) parse__syntax_error(p);
    bool column_word = parse__is_col_id(p->tok) && !parse__is_type_function_name(p->tok);
    if (column_word && !parse__starts_sql_type(p, true) && parse__peek_type(p, 1) != '.') {
        parse__next(p);
        parse__syntax_error(p);
    }
    AstExpr *expr = parse__c_expr(p);
    switch (expr->kind) {
    case AST_NULL_CONST:
    case AST_BOOL_CONST:
    case AST_INT_CONST:
    case AST_FLOAT_CONST:
    case AST_STRING_CONST:
    case AST_BIT_CONST:
    case AST_CAST_EXPR: return expr;
    case AST_FUNC_CALL: {
        /* A type's modifiers are never none. */
        const Token *last = p->tok - 1;
        bool empty = last->type == ')' && AST_AS(FuncCall, expr)->args.count == 0;
        parse__error_near(p, SQLSTATE_SYNTAX_ERROR, empty ? last : p->tok, "syntax error");
    }
    default: parse__syntax_error(p);
    }
}

static AstCteSearch *search_clause(Parser *p)
{
    AstCteSearch *search = NEW(p, CteSearch, p->tok->start);
    parse__next(p);
    if (!parse__accept(p, KW_DEPTH)) {
        parse__expect(p, KW_BREADTH);
        search->breadth_first = true;
    }
    parse__expect2(p, KW_FIRST, KW_BY);
    search->columns = parse__name_list(p);
    parse__expect(p, KW_SET);
    search->sequence = parse__name(p);
    return search;
}

static AstCteCycle *cycle_clause(Parser *p)
{
    AstCteCycle *cycle = NEW(p, CteCycle, p->tok->start);
    parse__next(p);
    cycle->columns = parse__name_list(p);
    parse__expect(p, KW_SET);
    cycle->mark = parse__name(p);
    if (parse__accept(p, KW_TO)) {
        cycle->value = constant(p);
        parse__expect(p, KW_DEFAULT);
        cycle->fallback = constant(p);
    }
    parse__expect(p, KW_USING);
    cycle->path = parse__name(p);
    return cycle;
}

static AstCommonTable *common_table(Parser *p)
{
    AstCommonTable *cte = NEW(p, CommonTable, p->tok->start);
    cte->name = parse__name(p);
    cte->columns = parse__optional_column_list(p);
    parse__expect(p, KW_AS);
    if (parse__accept(p, KW_MATERIALIZED)) {
        cte->materialized = AST_CTE_MATERIALIZED;
    } else if (parse__accept(p, KW_NOT)) {
        parse__expect(p, KW_MATERIALIZED);
        cte->materialized = AST_CTE_NOT_MATERIALIZED;
    }
    parse__expect(p, '(');
    cte->query = parse__preparable(p);
    parse__expect(p, ')');
    if (parse__is(p, KW_SEARCH)) cte->search = search_clause(p);
    if (parse__is(p, KW_CYCLE)) cte->cycle = cycle_clause(p);
    return cte;
}

AstWith *parse__with(Parser *p)
{
    task_check();
    AstWith *with = NEW(p, With, p->tok->start);
    parse__next(p); /* WITH, also before TIME and ORDINALITY */
    uint16_t next = parse__peek_type(p, 1);
    if (next != KW_AS && next != '(') with->recursive = parse__accept(p, KW_RECURSIVE);
    uint32_t mark = parse__mark(p);
    do parse__push(p, common_table(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, &with->ctes);
    return with;
}

AstSelectBase *parse__select_behind_with(Parser *p, AstWith *with)
{
    AstSelectBase *select = finish(p, query_primary(p));
    if (with) {
        if (select->with)
            parse__error(p, SQLSTATE_SYNTAX_ERROR, with->location,
                         "multiple WITH clauses not allowed");
        select->with = with;
    }
    return select;
}

AstSelectBase *parse__select_no_parens(Parser *p)
{
    task_check();
    return parse__select_behind_with(p, parse__is(p, KW_WITH) ? parse__with(p) : NULL);
}

AstSelectBase *parse__select_stmt(Parser *p)
{
    return parse__select_no_parens(p);
}

/* ---- PL/pgSQL ---- */

AstSelect *parse__plpgsql_expression(Parser *p)
{
    AstSelect *select = NEW(p, Select, p->tok->start);
    if (!distinct_clause(p, select)) parse__accept(p, KW_ALL);
    if (!parse__ends_target_list(p->tok)) parse__target_list(p, &select->targets);
    parse__select_clauses(p, select);
    SelectTail tail = {0};
    parse__optional_order_by(p, &tail.order_by);
    limits(p, &tail);
    if (parse__is(p, KW_FOR)) locking(p, &tail);
    apply_tail(p, &select->base, &tail);
    return select;
}

AstNode *parse__plpgsql_assign(Parser *p, uint32_t name_parts)
{
    AstAssign *assign = NEW(p, Assign, p->tok->start);
    assign->name_parts = (int32_t)name_parts;
    if (parse__is(p, TOKEN_PARAM)) {
        assign->param = p->tok->number;
        parse__next(p);
    } else {
        assign->name = parse__name(p);
    }
    parse__indirection_parts(p, &assign->parts);
    if (!parse__accept(p, TOKEN_ASSIGN)) parse__expect(p, '=');
    assign->value = &parse__plpgsql_expression(p)->base.base;
    return &assign->base;
}
