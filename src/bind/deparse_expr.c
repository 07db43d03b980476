/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_expr.c - expressions as SQL text. */
#include "bind/deparse_internal.h"
#include "bind/json_ops.h"

#include "type/type.h"

/* ---- parts */

static void add(Deparse *d, const char *text)
{
    str_add_zero_terminated(d->out, text);
}

void bind__deparse_name(Deparse *d, Str name)
{
    parse_quote_identifier(d->out, name);
}

void bind__deparse_type(Deparse *d, Oid type, int32_t typmod)
{
    str_add(d->out, cat_type_name_as(d->view, d->arena, type, typmod, true));
}

void bind__deparse_list(Deparse *d, const QExprList *list, const char *separator,
                        bool show_implicit)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (i) add(d, separator);
        bind__deparse_expr(d, list->items[i], show_implicit);
    }
}

void bind__deparse_function_name(Deparse *d, Oid function)
{
    const CatFunction *found = cat_function(d->view, function);
    if (!found)
        raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for function %u", function);
    if (!cat_function_is_visible(d->view, function)) {
        const CatNamespace *schema = cat_namespace(d->view, found->namespace_);
        bind__deparse_name(d, schema ? schema->name : STR("?"));
        str_add_char(d->out, '.');
    }
    bind__deparse_name(d, found->name);
}

static Str operator_name(const Deparse *d, Oid op)
{
    const CatOperator *found = cat_operator(d->view, op);
    if (!found) raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for operator %u", op);
    return found->name;
}

static void open_paren(Deparse *d)
{
    if (!d->pretty) str_add_char(d->out, '(');
}

static void close_paren(Deparse *d)
{
    if (!d->pretty) str_add_char(d->out, ')');
}

/* ---- when parentheses can be left out */

static bool is_cast_form(const QExpr *parent)
{
    const QFuncCall *call = Q_IF(FuncCall, parent);
    return call && call->form != Q_CALL_FUNCTION && call->form != Q_CALL_IDENTITY;
}

/* Kinds that put brackets of their own around their parts. */
static bool encloses(const QExpr *parent)
{
    switch (parent->kind) {
    case Q_FUNC_CALL: return !is_cast_form(parent);
    case Q_SUBSCRIPT:
    case Q_ARRAY:
    case Q_ROW:
    case Q_COALESCE:
    case Q_MIN_MAX:
    case Q_NULL_IF:
    case Q_AGGREGATE:
    case Q_GROUPING:
    case Q_WINDOW_CALL:
    case Q_CASE: return true;
    default: return false;
    }
}

/* 1 for + and -, 2 for * / and %, 0 for others. */
static int simple_priority(const Deparse *d, const QExpr *expr)
{
    const QOpCall *call = Q_IF(OpCall, expr);
    if (!call || call->args.count != 2) return 0;
    Str name = operator_name(d, call->op);
    if (name.bytes != 1) return 0;
    return strchr("+-", name.data[0]) ? 1 : strchr("*/%", name.data[0]) ? 2 : 0;
}

static bool is_simple_operator(const Deparse *d, const QExpr *expr, const QExpr *parent)
{
    int mine = simple_priority(d, expr), theirs = simple_priority(d, parent);
    if (parent->kind == Q_OP_CALL) {
        if (!mine || !theirs) return false;
        return mine > theirs || (mine == theirs && Q_AS(OpCall, parent)->args.items[0] == expr);
    }
    return parent->kind == Q_BOOL || encloses(parent);
}

static bool is_simple_bool(const QExpr *expr, const QExpr *parent)
{
    const QBool *outer = Q_IF(Bool, parent);
    if (!outer) return encloses(parent);
    if (outer->op == Q_BOOL_NOT) return false;
    QBoolOp op = Q_AS(Bool, expr)->op;
    return op != Q_BOOL_OR || outer->op == Q_BOOL_OR;
}

static bool is_simple(const Deparse *d, const QExpr *expr, const QExpr *parent)
{
    task_check();
    switch (expr->kind) {
    case Q_OP_CALL: return is_simple_operator(d, expr, parent);
    case Q_BOOL: return is_simple_bool(expr, parent);
    case Q_SUB_LINK:
    case Q_NULL_TEST:
    case Q_TRUTH:
    case Q_DISTINCT_FROM: return parent->kind == Q_BOOL || encloses(parent);
    case Q_JSON_EXPR:
        return Q_AS(JsonExpr, expr)->op != JSON_EXPR_IS || parent->kind == Q_BOOL ||
               encloses(parent);
    case Q_FIELD_SELECT: return parent->kind != Q_FIELD_SELECT;
    case Q_RELABEL: return is_simple(d, Q_AS(Relabel, expr)->arg, expr);
    case Q_COERCE_IO: return is_simple(d, Q_AS(CoerceIo, expr)->arg, expr);
    case Q_COERCE_ARRAY: return is_simple(d, Q_AS(CoerceArray, expr)->arg, expr);
    case Q_COERCE_ROW: return is_simple(d, Q_AS(CoerceRow, expr)->arg, expr);
    case Q_COERCE_DOMAIN: return is_simple(d, Q_AS(CoerceDomain, expr)->arg, expr);
    case Q_COLLATE:
    case Q_ARRAY_OP:
    case Q_ROW_COMPARE: return false;
    default: return true;
    }
}

void bind__deparse_operand(Deparse *d, const QExpr *expr, bool show_implicit, const QExpr *parent)
{
    bool paren = d->pretty && !is_simple(d, expr, parent);
    if (paren) str_add_char(d->out, '(');
    bind__deparse_expr(d, expr, show_implicit);
    if (paren) str_add_char(d->out, ')');
}

/* ---- constants */

/* Backslashes as they are: what is written is read with standard_conforming_strings on. */
static void add_literal(Deparse *d, Str text)
{
    str_add_char(d->out, '\'');
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] == '\'') str_add_char(d->out, '\'');
        str_add_char(d->out, text.data[i]);
    }
    str_add_char(d->out, '\'');
}

/* `show_type`: -1 never, 0 where the text alone would mean another type, 1 always. */
static void constant(Deparse *d, const QConst *node, int show_type)
{
    if (node->value.datum.null) {
        add(d, "NULL");
        if (show_type >= 0) {
            add(d, "::");
            bind__deparse_type(d, node->type, node->typmod);
        }
        return;
    }
    Str text;
    if (node->type == OID_UNKNOWN) {
        text = strview_str(&node->value.datum.value.str);
    } else {
        const CatType *type = cat_type(d->view, node->type);
        TypeCall call = {.type = type->type, .env = d->env, .arena = d->arena, .typmod = -1};
        text = type_print(&call, &node->value.datum.value);
    }
    bool label = true;
    if (node->type == OID_INT4 && text.bytes && text.data[0] != '-') {
        str_add(d->out, text);
        label = false;
    } else if (node->type == OID_NUMERIC && text.bytes && text.data[0] >= '0' &&
               text.data[0] <= '9' &&
               (memchr(text.data, '.', text.bytes) || memchr(text.data, 'e', text.bytes))) {
        str_add(d->out, text);
        label = node->typmod >= 0;
    } else if (node->type == OID_BOOL) {
        add(d, node->value.datum.value.b ? "true" : "false");
        label = false;
    } else {
        add_literal(d, text);
        label = node->type != OID_UNKNOWN;
    }
    if (show_type > 0) label = true;
    if (!label || show_type < 0) return;
    add(d, "::");
    bind__deparse_type(d, node->type, node->typmod);
}

/* ---- columns */

Str bind__deparse_column_name(const Deparse *d, const QTable *table, int32_t column)
{
    static const char *const system[] = {"ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"};
    if (column < 0) return str_from(system[-column - 1]);
    if (table->table == Q_RTE_RELATION && !table->alias_columns.count) {
        const CatRelation *relation = cat_relation(d->view, table->relation);
        if (relation && column <= relation->column_count) return relation->columns[column - 1].name;
    }
    return table->names.items[column - 1];
}

uint32_t bind__hiding_join(const DeparseNames *names, const QVar *var, int32_t *column)
{
    uint32_t end = names->tables->count, found = 0;
    if (var->column <= 0 || var->returning != Q_VAR_DEFAULT) return 0;
    if (names->open_join != NULL && *names->open_join != 0) end = *names->open_join - 1;
    for (uint32_t i = 0; i < end; i++) {
        const QTable *table = names->tables->items[i];
        if (table->table != Q_RTE_JOIN || !table->alias.data) continue;
        for (uint32_t k = 0; k < table->join_vars.count; k++) {
            const QVar *own = Q_IF(Var, table->join_vars.items[k]);
            if (own == NULL || own->table != var->table || own->column != var->column) continue;
            found = i + 1;
            *column = (int32_t)k + 1;
            break;
        }
    }
    return found;
}

static void column(Deparse *d, const QVar *var)
{
    const DeparseNames *names = d->names;
    for (uint32_t up = var->up; up && names; up--) names = names->parent;
    if (!names || !var->table || var->table > names->tables->count)
        raise_error(SQLSTATE_INTERNAL_ERROR, "bogus varno: %u", var->table);
    const QTable *table = names->tables->items[var->table - 1];
    /* A join without a name of its own: the column of a table that its column stands for; one made of two has no
     * other name than that in USING. */
    if (table->table == Q_RTE_JOIN && !table->alias.data && var->column > 0) {
        const QExpr *stands_for = table->join_vars.items[var->column - 1];
        if (stands_for->kind == Q_VAR)
            bind__deparse_expr(d, stands_for, true);
        else
            bind__deparse_name(d, table->names.items[var->column - 1]);
        return;
    }
    int32_t number = var->column;
    const uint32_t join = bind__hiding_join(names, var, &number);
    if (join != 0) table = names->tables->items[join - 1];
    Str name = names->names[join != 0 ? join - 1 : var->table - 1];
    if (var->returning == Q_VAR_OLD)
        name = names->query && names->query->returning_old.data ? names->query->returning_old
                                                                : STR("old");
    if (var->returning == Q_VAR_NEW)
        name = names->query && names->query->returning_new.data ? names->query->returning_new
                                                                : STR("new");
    bool prefix = d->prefix || var->column == 0 || var->up > 0 || var->returning != Q_VAR_DEFAULT;
    if (prefix && name.data) {
        bind__deparse_name(d, name);
        str_add_char(d->out, '.');
    }
    if (var->column == 0)
        str_add_char(d->out, '*');
    else
        bind__deparse_name(d, bind__deparse_column_name(d, table, number));
}

/* ---- calls and casts */

static void cast(Deparse *d, const QExpr *arg, Oid type, int32_t typmod, const QExpr *parent)
{
    const QConst *literal = Q_IF(Const, arg);
    if (literal && literal->type == type && literal->typmod == -1) {
        constant(d, literal, -1);
    } else {
        open_paren(d);
        bind__deparse_operand(d, arg, false, parent);
        close_paren(d);
    }
    add(d, "::");
    bind__deparse_type(d, type, typmod);
}

static void coercion(Deparse *d, const QExpr *expr, const QExpr *arg, QCallForm form,
                     bool show_implicit)
{
    if (form == Q_CALL_IMPLICIT_CAST && !show_implicit)
        bind__deparse_operand(d, arg, false, expr);
    else
        cast(d, arg, expr->type, expr->typmod, expr);
}

static void function_call(Deparse *d, const QFuncCall *call, bool show_implicit)
{
    if (call->form == Q_CALL_IMPLICIT_CAST && !show_implicit) {
        bind__deparse_operand(d, call->args.items[0], false, &call->base);
        return;
    }
    if (call->form == Q_CALL_EXPLICIT_CAST || call->form == Q_CALL_IMPLICIT_CAST) {
        cast(d, call->args.items[0], call->type, call->typmod, &call->base);
        return;
    }
    if (call->form == Q_CALL_SQL_SYNTAX && bind__deparse_sql_syntax(d, call)) return;
    bind__deparse_function_name(d, call->function);
    str_add_char(d->out, '(');
    if (call->form == Q_CALL_IDENTITY) { /* it was not written: its sequence is named and no more */
        constant(d, Q_AS(Const, call->args.items[0]), -1);
        str_add_char(d->out, ')');
        return;
    }
    for (uint32_t i = 0; i < call->args.count; i++) {
        if (i) add(d, ", ");
        if (call->variadic && i + 1 == call->args.count) add(d, "VARIADIC ");
        bind__deparse_expr(d, call->args.items[i], true);
    }
    str_add_char(d->out, ')');
}

static void operator_call(Deparse *d, const QOpCall *call)
{
    Str name = operator_name(d, call->op);
    open_paren(d);
    if (call->args.count == 2) {
        bind__deparse_operand(d, call->args.items[0], true, &call->base);
        str_add_format(d->out, " %.*s ", STR_ARG(name));
        bind__deparse_operand(d, call->args.items[1], true, &call->base);
    } else {
        str_add_format(d->out, "%.*s ", STR_ARG(name));
        bind__deparse_operand(d, call->args.items[0], true, &call->base);
    }
    close_paren(d);
}

static void array_operator(Deparse *d, const QArrayOp *call)
{
    open_paren(d);
    bind__deparse_operand(d, call->left, true, &call->base);
    Str name = operator_name(d, call->op);
    str_add_format(d->out, " %.*s %s (", STR_ARG(name), call->all ? "ALL" : "ANY");
    bind__deparse_operand(d, call->array, true, &call->base);
    str_add_char(d->out, ')');
    close_paren(d);
}

static void boolean(Deparse *d, const QBool *node)
{
    open_paren(d);
    if (node->op == Q_BOOL_NOT) add(d, "NOT ");
    for (uint32_t i = 0; i < node->args.count; i++) {
        if (i) add(d, node->op == Q_BOOL_AND ? " AND " : " OR ");
        bind__deparse_operand(d, node->args.items[i], false, &node->base);
    }
    close_paren(d);
}

static void between_words(Deparse *d, const QExpr *left, const char *words, const QExpr *right,
                          const QExpr *parent)
{
    open_paren(d);
    bind__deparse_operand(d, left, true, parent);
    add(d, words);
    if (right) bind__deparse_operand(d, right, true, parent);
    close_paren(d);
}

static void call_like(Deparse *d, const char *name, const QExprList *args)
{
    add(d, name);
    str_add_char(d->out, '(');
    bind__deparse_list(d, args, ", ", true);
    str_add_char(d->out, ')');
}

static void case_expr(Deparse *d, const QCase *node)
{
    bind__deparse_keyword(d, "CASE", 0, INDENT_VAR, 0);
    if (node->arg) {
        str_add_char(d->out, ' ');
        bind__deparse_expr(d, node->arg, true);
    }
    for (uint32_t i = 0; i < node->whens.count; i++) {
        const QExpr *condition = node->whens.items[i]->condition;
        bind__deparse_keyword(d, "WHEN ", 0, 0, 0);
        const QOpCall *compare = Q_IF(OpCall, condition);
        if (node->arg && compare && compare->args.count == 2) /* what arg is compared with */
            condition = compare->args.items[1];
        bind__deparse_expr(d, condition, false);
        add(d, " THEN ");
        bind__deparse_expr(d, node->whens.items[i]->result, true);
    }
    bind__deparse_keyword(d, "ELSE ", 0, 0, 0);
    bind__deparse_expr(d, node->otherwise, true);
    bind__deparse_keyword(d, "END", -INDENT_VAR, 0, 0);
}

void bind__deparse_filter(Deparse *d, const QExpr *filter)
{
    if (!filter) return;
    add(d, " FILTER (WHERE ");
    bind__deparse_expr(d, filter, false);
    str_add_char(d->out, ')');
}

static void aggregate(Deparse *d, const QAggregate *node)
{
    bind__deparse_function_name(d, node->function);
    str_add_char(d->out, '(');
    if (node->distinct.count) add(d, "DISTINCT ");
    if (node->kind_ != 'n') {
        bind__deparse_list(d, &node->direct, ", ", true);
        add(d, ") WITHIN GROUP (ORDER BY ");
        bind__deparse_sort(d, &node->order_by, &node->args, false);
    } else if (node->star) {
        str_add_char(d->out, '*');
    } else {
        uint32_t shown = 0;
        for (uint32_t i = 0; i < node->args.count; i++) {
            if (node->args.items[i]->junk) continue;
            if (shown++) add(d, ", ");
            bind__deparse_expr(d, node->args.items[i]->expr, true);
        }
        if (node->order_by.count) {
            add(d, " ORDER BY ");
            bind__deparse_sort(d, &node->order_by, &node->args, false);
        }
    }
    str_add_char(d->out, ')');
    bind__deparse_filter(d, node->filter);
}

void bind__deparse_over(Deparse *d, const QWindowCall *node)
{
    bind__deparse_filter(d, node->filter);
    add(d, " OVER ");
    if (!d->windows || node->window == 0 || node->window > d->windows->count) {
        add(d, "(?)");
        return;
    }
    const QWindow *window = d->windows->items[node->window - 1];
    if (window->name.data)
        bind__deparse_name(d, window->name);
    else
        bind__deparse_window(d, window);
}

static void window_call(Deparse *d, const QWindowCall *node)
{
    bind__deparse_function_name(d, node->function);
    str_add_char(d->out, '(');
    if (node->star)
        str_add_char(d->out, '*');
    else
        bind__deparse_list(d, &node->args, ", ", true);
    str_add_char(d->out, ')');
    bind__deparse_over(d, node);
}

/* What the test of a sub-link has on its left. */
static void sublink_left(Deparse *d, const QExpr *test, Str *op)
{
    const QOpCall *call = Q_IF(OpCall, test);
    if (call) {
        bind__deparse_expr(d, call->args.items[0], true);
        *op = operator_name(d, call->op);
        return;
    }
    const QBool *list = Q_IF(Bool, test);
    const QRowCompare *row = Q_IF(RowCompare, test);
    str_add_char(d->out, '(');
    uint32_t count = list ? list->args.count : row ? row->left.count : 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i) add(d, ", ");
        const QOpCall *one = list ? Q_AS(OpCall, list->args.items[i]) : NULL;
        bind__deparse_expr(d, one ? one->args.items[0] : row->left.items[i], true);
        *op = operator_name(d, one ? one->op : (Oid)row->ops.items[0]);
    }
    str_add_char(d->out, ')');
}

static void sublink(Deparse *d, const QSubLink *link)
{
    Str op = {0};
    add(d, link->sublink == Q_SUBLINK_ARRAY ? "ARRAY(" : "(");
    if (link->test) sublink_left(d, link->test, &op);
    bool paren = true;
    switch (link->sublink) {
    case Q_SUBLINK_EXISTS: add(d, "EXISTS "); break;
    case Q_SUBLINK_ANY:
        if (str_equal(op, STR("=")))
            add(d, " IN ");
        else
            str_add_format(d->out, " %.*s ANY ", STR_ARG(op));
        break;
    case Q_SUBLINK_ALL: str_add_format(d->out, " %.*s ALL ", STR_ARG(op)); break;
    case Q_SUBLINK_ROW_COMPARE: str_add_format(d->out, " %.*s ", STR_ARG(op)); break;
    case Q_SUBLINK_SCALAR:
    case Q_SUBLINK_MULTI:
    case Q_SUBLINK_ARRAY:
    case Q_SUBLINK_CTE: paren = false; break;
    }
    if (paren) str_add_char(d->out, '(');
    bind__deparse_query(d, link->query, NULL, false);
    add(d, paren ? "))" : ")");
}

static void subscript(Deparse *d, const QSubscript *node)
{
    bool paren = node->arg->kind != Q_VAR && node->arg->kind != Q_FIELD_SELECT;
    if (paren) str_add_char(d->out, '(');
    bind__deparse_expr(d, node->arg, true);
    if (paren) str_add_char(d->out, ')');
    bind__deparse_subscripts(d, node);
}

void bind__deparse_subscripts(Deparse *d, const QSubscript *node)
{
    for (uint32_t i = 0; i < node->upper.count; i++) {
        str_add_char(d->out, '[');
        if (node->slice) {
            if (node->lower.items[i]->kind != Q_NO_BOUND)
                bind__deparse_expr(d, node->lower.items[i], false);
            str_add_char(d->out, ':');
        }
        if (node->upper.items[i]->kind != Q_NO_BOUND)
            bind__deparse_expr(d, node->upper.items[i], false);
        str_add_char(d->out, ']');
    }
}

Str bind__field_name(const Deparse *d, Oid type, int32_t typmod, int32_t field)
{
    BindOptions options = {.view = d->view, .env = d->env};
    Bind bind = {.arena = d->arena, .options = &options, .view = d->view};
    uint32_t count = 0;
    const FnAttribute *attributes = type == OID_RECORD
                                        ? NULL
                                        : bind__attributes(&bind, type, typmod, &count);
    if ((uint32_t)field <= count) return attributes[field - 1].name;
    return str_format(d->arena, "f%d", field);
}

static void field_select(Deparse *d, const QFieldSelect *node)
{
    bool paren = node->arg->kind != Q_SUBSCRIPT && node->arg->kind != Q_FIELD_SELECT;
    if (paren) str_add_char(d->out, '(');
    bind__deparse_expr(d, node->arg, true);
    if (paren) str_add_char(d->out, ')');
    Str name = bind__field_name(d, node->arg->type, node->arg->typmod, node->field);
    const QRow *row = node->arg->type == OID_RECORD ? Q_IF(Row, node->arg) : NULL;
    if (row && (uint32_t)node->field <= row->names.count) name = row->names.items[node->field - 1];
    str_add_char(d->out, '.');
    bind__deparse_name(d, name);
}

static void value_function(Deparse *d, const QValueFunction *node)
{
    static const char *const words[] = {[AST_VALUE_CURRENT_DATE] = "CURRENT_DATE",
                                        [AST_VALUE_CURRENT_TIME] = "CURRENT_TIME",
                                        [AST_VALUE_CURRENT_TIMESTAMP] = "CURRENT_TIMESTAMP",
                                        [AST_VALUE_LOCALTIME] = "LOCALTIME",
                                        [AST_VALUE_LOCALTIMESTAMP] = "LOCALTIMESTAMP",
                                        [AST_VALUE_CURRENT_ROLE] = "CURRENT_ROLE",
                                        [AST_VALUE_CURRENT_USER] = "CURRENT_USER",
                                        [AST_VALUE_USER] = "USER",
                                        [AST_VALUE_SESSION_USER] = "SESSION_USER",
                                        [AST_VALUE_CURRENT_CATALOG] = "CURRENT_CATALOG",
                                        [AST_VALUE_CURRENT_SCHEMA] = "CURRENT_SCHEMA"};
    add(d, words[node->op]);
    if (node->precision >= 0) str_add_format(d->out, "(%d)", node->precision);
}

static void row_compare(Deparse *d, const QRowCompare *node)
{
    str_add_char(d->out, '(');
    call_like(d, "ROW", &node->left);
    str_add_format(d->out, " %.*s ", STR_ARG(operator_name(d, (Oid)node->ops.items[0])));
    call_like(d, "ROW", &node->right);
    str_add_char(d->out, ')');
}

static void collate(Deparse *d, const QCollate *node)
{
    const CatCollation *found = cat_collation(d->view, node->collation);
    open_paren(d);
    bind__deparse_operand(d, node->arg, true, &node->base);
    add(d, " COLLATE ");
    bind__deparse_name(d, found ? found->name : STR("?"));
    close_paren(d);
}

static void row(Deparse *d, const QRow *node)
{
    call_like(d, "ROW", &node->items);
    if (node->type == OID_RECORD) return;
    add(d, "::");
    bind__deparse_type(d, node->type, -1);
}

static void truth(Deparse *d, const QTruth *node)
{
    static const char *const words[] = {" IS TRUE",      " IS NOT TRUE", " IS FALSE",
                                        " IS NOT FALSE", " IS UNKNOWN",  " IS NOT UNKNOWN"};
    between_words(d, node->arg, words[node->test], NULL, &node->base);
}

static void json_is(Deparse *d, const QJsonExpr *node)
{
    static const char *const words[] = {
        [JSON_IS_ANY] = " IS JSON",
        [JSON_IS_OBJECT] = " IS JSON OBJECT",
        [JSON_IS_ARRAY] = " IS JSON ARRAY",
        [JSON_IS_SCALAR] = " IS JSON SCALAR",
        [JSON_IS_ANY | JSON_IS_UNIQUE] = " IS JSON WITH UNIQUE KEYS",
        [JSON_IS_OBJECT | JSON_IS_UNIQUE] = " IS JSON OBJECT WITH UNIQUE KEYS",
        [JSON_IS_ARRAY | JSON_IS_UNIQUE] = " IS JSON ARRAY WITH UNIQUE KEYS",
        [JSON_IS_SCALAR | JSON_IS_UNIQUE] = " IS JSON SCALAR WITH UNIQUE KEYS",
    };
    between_words(d, node->args.items[0], words[node->flags], NULL, &node->base);
}

static void array(Deparse *d, const QArray *node)
{
    add(d, "ARRAY[");
    bind__deparse_list(d, &node->items, ", ", true);
    str_add_char(d->out, ']');
    if (node->items.count) return;
    add(d, "::");
    bind__deparse_type(d, node->type, -1);
}

/* The name of input `number` from 1; data NULL: it has none. */
static Str argument_name(const CatFunction *f, int32_t number)
{
    int32_t input = 0;
    for (uint32_t i = 0; f && f->arg_names && i < f->all_arg_count; i++) {
        const char mode = f->modes ? f->modes[i] : 'i';
        if (mode == 'o' || mode == 't' || ++input < number) continue;
        return f->arg_names[i].bytes ? f->arg_names[i] : (Str){0};
    }
    return (Str){0};
}

/* Where tables are in sight, an argument tells of which function it is. */
static void parameter(Deparse *d, int32_t number)
{
    const Str name = argument_name(d->function, number);
    if (!name.data) {
        str_add_format(d->out, "$%d", number);
        return;
    }
    const DeparseNames *names = d->names;
    while (names && !names->tables->count) names = names->parent;
    if (names) {
        bind__deparse_name(d, d->function->name);
        str_add_char(d->out, '.');
    }
    bind__deparse_name(d, name);
}

static bool deparse_rare(Deparse *d, const QExpr *expr)
{
    switch (expr->kind) {
    case Q_PARAM: parameter(d, Q_AS(Param, expr)->number); return true;
    case Q_WRITTEN: str_add(d->out, Q_AS(Written, expr)->text); return true;
    case Q_DOMAIN_VALUE: add(d, "VALUE"); return true;
    case Q_SET_TO_DEFAULT: add(d, "DEFAULT"); return true;
    case Q_MERGE_ACTION: add(d, "MERGE_ACTION()"); return true;
    case Q_CURRENT_OF:
        add(d, "CURRENT OF ");
        bind__deparse_name(d, Q_AS(CurrentOf, expr)->cursor);
        return true;
    case Q_ROW_COMPARE: row_compare(d, Q_AS(RowCompare, expr)); return true;
    case Q_FIELD_SELECT: field_select(d, Q_AS(FieldSelect, expr)); return true;
    case Q_SUBSCRIPT: subscript(d, Q_AS(Subscript, expr)); return true;
    case Q_WINDOW_CALL: window_call(d, Q_AS(WindowCall, expr)); return true;
    case Q_VALUE_FUNCTION: value_function(d, Q_AS(ValueFunction, expr)); return true;
    case Q_GROUPING: call_like(d, "GROUPING", &Q_AS(Grouping, expr)->args); return true;
    case Q_COLLATE: collate(d, Q_AS(Collate, expr)); return true;
    case Q_ROW: row(d, Q_AS(Row, expr)); return true;
    case Q_ARRAY: array(d, Q_AS(Array, expr)); return true;
    case Q_NULL_IF: {
        const QNullIf *node = Q_AS(NullIf, expr);
        QExpr *pair[2] = {node->left, node->right};
        call_like(d, "NULLIF", &(QExprList){pair, 2});
        return true;
    }
    default: return false;
    }
}

static bool deparse_coercion(Deparse *d, const QExpr *expr, bool show)
{
#define COERCION(Kind) coercion(d, expr, Q_AS(Kind, expr)->arg, Q_AS(Kind, expr)->form, show)
    switch (expr->kind) {
    case Q_RELABEL: COERCION(Relabel); return true;
    case Q_COERCE_IO: COERCION(CoerceIo); return true;
    case Q_COERCE_ARRAY: COERCION(CoerceArray); return true;
    case Q_COERCE_ROW: COERCION(CoerceRow); return true;
    case Q_COERCE_DOMAIN: COERCION(CoerceDomain); return true;
    default: return false;
    }
#undef COERCION
}

void bind__deparse_expr(Deparse *d, const QExpr *expr, bool show_implicit)
{
    task_check();
    switch (expr->kind) {
    case Q_CONST: constant(d, Q_AS(Const, expr), 0); return;
    case Q_VAR: column(d, Q_AS(Var, expr)); return;
    case Q_FUNC_CALL: function_call(d, Q_AS(FuncCall, expr), show_implicit); return;
    case Q_OP_CALL: operator_call(d, Q_AS(OpCall, expr)); return;
    case Q_ARRAY_OP: array_operator(d, Q_AS(ArrayOp, expr)); return;
    case Q_BOOL: boolean(d, Q_AS(Bool, expr)); return;
    case Q_NULL_TEST: {
        const QNullTest *node = Q_AS(NullTest, expr);
        between_words(d, node->arg, node->negated ? " IS NOT NULL" : " IS NULL", NULL, expr);
        return;
    }
    case Q_DISTINCT_FROM: {
        const QDistinctFrom *node = Q_AS(DistinctFrom, expr);
        between_words(d, node->left, " IS DISTINCT FROM ", node->right, expr);
        return;
    }
    case Q_TRUTH: truth(d, Q_AS(Truth, expr)); return;
    case Q_JSON_EXPR: {
        const QJsonExpr *node = Q_AS(JsonExpr, expr);
        if (node->op == JSON_EXPR_IS)
            json_is(d, node);
        else
            bind__deparse_json(d, node);
        return;
    }
    case Q_JSON_TABLE: bind__deparse_json_table(d, Q_AS(JsonTable, expr)); return;
    case Q_CASE: case_expr(d, Q_AS(Case, expr)); return;
    case Q_COALESCE: call_like(d, "COALESCE", &Q_AS(Coalesce, expr)->args); return;
    case Q_MIN_MAX: {
        const QMinMax *node = Q_AS(MinMax, expr);
        call_like(d, node->greatest ? "GREATEST" : "LEAST", &node->args);
        return;
    }
    case Q_AGGREGATE: aggregate(d, Q_AS(Aggregate, expr)); return;
    case Q_SUB_LINK: sublink(d, Q_AS(SubLink, expr)); return;
    default: break;
    }
    if (deparse_rare(d, expr) || deparse_coercion(d, expr, show_implicit)) return;
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "writing out %s is not supported yet",
                query_kind_name(expr->kind));
}

/* ---- functions with a syntax of their own */

typedef struct Syntax {
    const char *name;
    const char *form; /* %1 to %4: arguments; a literal argument without quotes: %w1 */
    uint32_t args;
} Syntax;

static const Syntax syntaxes[] = {
    {"extract", "EXTRACT(%w1 FROM %2)", 2},
    {"timezone", "(%2 AT TIME ZONE %1)", 2},
    {"timezone", "(%1 AT LOCAL)", 1},
    {"substring", "SUBSTRING(%1 FROM %2 FOR %3)", 3},
    {"substring", "SUBSTRING(%1 FROM %2)", 2},
    {"position", "POSITION((%2) IN (%1))", 2},
    {"overlay", "OVERLAY(%1 PLACING %2 FROM %3 FOR %4)", 4},
    {"overlay", "OVERLAY(%1 PLACING %2 FROM %3)", 3},
    {"btrim", "TRIM(BOTH FROM %1)", 1},
    {"btrim", "TRIM(BOTH %2 FROM %1)", 2},
    {"ltrim", "TRIM(LEADING FROM %1)", 1},
    {"ltrim", "TRIM(LEADING %2 FROM %1)", 2},
    {"rtrim", "TRIM(TRAILING FROM %1)", 1},
    {"rtrim", "TRIM(TRAILING %2 FROM %1)", 2},
    {"overlaps", "((%1, %2) OVERLAPS (%3, %4))", 4},
    {"normalize", "NORMALIZE(%1)", 1},
    {"normalize", "NORMALIZE(%1, %w2)", 2},
    {"is_normalized", "(%1 IS NORMALIZED)", 1},
    {"is_normalized", "(%1 IS %w2 NORMALIZED)", 2},
    {"pg_collation_for", "COLLATION FOR (%1)", 1},
    {"system_user", "SYSTEM_USER", 0},
};

bool bind__deparse_sql_syntax(Deparse *d, const QFuncCall *call)
{
    const CatFunction *function = cat_function(d->view, call->function);
    for (size_t i = 0; function && i < sizeof syntaxes / sizeof *syntaxes; i++) {
        if (!str_equal(function->name, str_from(syntaxes[i].name)) ||
            syntaxes[i].args != call->args.count)
            continue;
        for (const char *at = syntaxes[i].form; *at; at++) {
            if (*at != '%') {
                str_add_char(d->out, *at);
                continue;
            }
            bool word = at[1] == 'w';
            at += word ? 2 : 1;
            const QExpr *arg = call->args.items[*at - '1'];
            const QConst *literal = Q_IF(Const, arg);
            if (word && literal && !literal->value.datum.null)
                str_add(d->out, strview_str(&literal->value.datum.value.str));
            else
                bind__deparse_expr(d, arg, false);
        }
        return true;
    }
    return false;
}
