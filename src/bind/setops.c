/* SPDX-License-Identifier: Apache-2.0 */
/* setops.c - UNION, INTERSECT, EXCEPT: the tree of them over sub-queries, columns of one type. */
#include "bind/bind_internal.h"

typedef struct Column {
    QExpr *expr;     /* of the leaf's target, or a stand-in of the type */
    QTarget *target; /* where a literal's type can still be settled; NULL: not a leaf */
    uint32_t leaf;
} Column;

typedef struct Columns {
    Column *items;
    uint32_t count;
} Columns;

static const char *operation_name(AstSetOp op)
{
    return op == AST_SETOP_UNION ? "UNION" : op == AST_SETOP_INTERSECT ? "INTERSECT" : "EXCEPT";
}

static QJoinItem *set_tree(Level *level, const AstNode *node, bool is_top, Columns *columns);

static bool has_own_clauses(const AstSetOperation *node)
{
    return node->order_by.count || node->limit || node->offset || node->locks.count || node->with;
}

/* Neither the whole nor a member may lock rows. */
static void forbid_locks(const Bind *bind, const AstSelectBase *node)
{
    if (node->locks.count > 0)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, NODE_NO_LOCATION,
                    "%s is not allowed with UNION/INTERSECT/EXCEPT",
                    bind_lock_text((QLockStrength)(node->locks.items[0]->strength + 1)));
}

static QJoinItem *leaf(Level *level, const AstNode *node, Columns *columns)
{
    Bind *bind = level->bind;
    const AstSelect *select = AST_IF(Select, node);
    if (select && select->into)
        bind__raise(bind, SYNTAX_ERROR, select->into->relation->location,
                    "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT");
    forbid_locks(bind, (const AstSelectBase *)node);
    QQuery *query = bind__query(level, node, bind, NULL, false, false);
    QTable *table = Q_NEW(bind->arena, Table);
    table->table = Q_RTE_SUBQUERY;
    table->query = query;
    bind__columns_of_query(bind, query, &table->names, &table->types, &table->typmods,
                           &table->collations);
    NsItem *item = bind__add_table(level, table,
                                   str_format(bind->arena, "*SELECT* %u", level->tables.count + 1));
    columns->items = ARENA_ARRAY(bind->arena, Column, query->targets.count + 1);
    columns->count = 0;
    for (uint32_t i = 0; i < query->targets.count; i++)
        if (!query->targets.items[i]->junk)
            columns->items[columns->count++] = (Column){query->targets.items[i]->expr,
                                                        query->targets.items[i], item->index};
    QTableRef *ref = Q_NEW(bind->arena, TableRef);
    ref->table = item->index;
    return (QJoinItem *)ref;
}

/* Gives a literal of a leaf the common type; checks that the rest can have it. */
static QExpr *settle(Level *level, Column *column, Oid type, const char *name)
{
    const Bind *bind = level->bind;
    if (column->expr->type != OID_UNKNOWN)
        return bind__coerce_common(bind, column->expr, type, name);
    if (!column->target) return column->expr;
    column->expr = bind__coerce_common(bind, column->expr, type, name);
    column->target->expr = column->expr;
    QTable *table = level->tables.items[column->leaf - 1];
    table->types.items[column->target->number - 1] = (int32_t)type;
    table->collations.items[column->target->number - 1] = (int32_t)column->expr->collation;
    return column->expr;
}

static QExpr *stand_in(const Bind *bind, Oid type, int32_t typmod, Oid collation, int32_t location)
{
    QSetToDefault *made = Q_NEW(bind->arena, SetToDefault);
    made->type = type;
    made->typmod = typmod;
    made->location = location;
    made->collation = collation;
    return &made->base;
}

static void combine(Level *level, QSetOperation *made, Columns *left, Columns *right, Columns *out,
                    const char *name)
{
    const Bind *bind = level->bind;
    if (left->count != right->count)
        bind__raise(bind, SYNTAX_ERROR,
                    right->count ? bind__location(right->items[0].expr) : NODE_NO_LOCATION,
                    "each %s query must have the same number of columns", name);
    uint32_t count = left->count;
    made->types = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count + 1), count};
    made->typmods = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count + 1), count};
    made->collations = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count + 1), count};
    *out = (Columns){ARENA_ARRAY(bind->arena, Column, count + 1), count};
    QSortKey **keys = ARENA_ARRAY(bind->arena, QSortKey *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        QExpr *pair[2] = {left->items[i].expr, right->items[i].expr}, *which = NULL;
        Oid type = bind__common_type(bind, pair, 2, name, &which);
        int32_t location = bind__location(which);
        pair[0] = settle(level, &left->items[i], type, name);
        pair[1] = settle(level, &right->items[i], type, name);
        int32_t typmod = bind__common_typmod(pair, 2, type);
        made->types.items[i] = (int32_t)type;
        made->typmods.items[i] = typmod;
        const Oid collation = bind__type_collation(bind, type) == 0
                                  ? 0
                                  : bind__common_collation(bind, pair[0], pair[1],
                                                           made->all && made->op == Q_SETOP_UNION);
        made->collations.items[i] = (int32_t)collation;
        if (!made->all) {
            keys[i] = Q_NEW(bind->arena, SortKey);
            bind__sort_operators(bind, type, false, true, keys[i], location);
        }
        out->items[i] = (Column){.expr = stand_in(bind, type, typmod, collation, location)};
    }
    if (!made->all) made->groups = (QSortKeyList){keys, count};
}

/* Between the two sides of WITH RECURSIVE's UNION: the left decides the columns that the right refers to. */
static void after_left(Level *level, const Columns *left)
{
    CteName *cte = level->parent_cte;
    const Bind *bind = level->bind;
    QQuery *query = level->tables.items[0]->query;
    NodeStrs names;
    NodeI32s ignored;
    bind__columns_of_query(bind, query, &names, &ignored, &ignored, &ignored);
    QExpr **exprs = ARENA_ARRAY(bind->arena, QExpr *, left->count + 1);
    /* A literal may still become what the other side is; as a column it is a text. */
    for (uint32_t i = 0; i < left->count; i++)
        exprs[i] = left->items[i].expr->type != OID_UNKNOWN
                       ? left->items[i].expr
                       : stand_in(bind, OID_TEXT, -1, bind__type_collation(bind, OID_TEXT),
                                  NODE_NO_LOCATION);
    bind__cte_columns(level, cte, names, exprs, left->count);
}

static QJoinItem *operation(Level *level, const AstSetOperation *node, bool is_top, Columns *out)
{
    const Bind *bind = level->bind;
    QSetOperation *made = Q_NEW(bind->arena, SetOperation);
    Columns left, right;
    CteName *cte = is_top && level->parent_cte && level->parent_cte->pending ? level->parent_cte
                                                                             : NULL;
    made->op = (QSetOp)node->op;
    made->all = node->all;
    made->left = set_tree(level, (const AstNode *)node->left, false, &left);
    if (cte) {
        after_left(level, &left);
        cte->recursive_now = cte->usable = true;
    }
    made->right = set_tree(level, (const AstNode *)node->right, false, &right);
    if (cte) cte->recursive_now = false;
    combine(level, made, &left, &right, out, operation_name(node->op));
    return (QJoinItem *)made;
}

static QJoinItem *set_tree(Level *level, const AstNode *node, bool is_top, Columns *columns)
{
    task_check();
    const AstSetOperation *set = AST_IF(SetOperation, node);
    if (set && (is_top || !has_own_clauses(set))) return operation(level, set, is_top, columns);
    return leaf(level, node, columns);
}

/* The query's own targets: columns of the first leaf, named as it names them, of the common types. */
static void top_targets(Level *level, const QSetOperation *top)
{
    const Bind *bind = level->bind;
    const QQuery *first = level->tables.items[0]->query;
    QTarget **targets = ARENA_ARRAY(bind->arena, QTarget *, top->types.count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < first->targets.count; i++) {
        const QTarget *source = first->targets.items[i];
        if (source->junk) continue;
        QVar *var = Q_NEW(bind->arena, Var);
        var->location = bind__location(source->expr);
        var->table = 1;
        var->column = source->number;
        var->type = (Oid)top->types.items[count];
        var->typmod = top->typmods.items[count];
        var->collation = (Oid)top->collations.items[count];
        targets[count] = Q_NEW(bind->arena, Target);
        targets[count]->expr = &var->base;
        targets[count]->name = source->name;
        targets[count]->number = (int32_t)count + 1;
        count++;
    }
    level->query->targets = (QTargetList){targets, count};
}

static void order_columns(Level *level, const AstSortItemList *items)
{
    const Bind *bind = level->bind;
    QQuery *query = level->query;
    QTable *scratch = Q_NEW(bind->arena, Table);
    scratch->table = Q_RTE_JOIN;
    NsItem item = {.table = scratch, .columns_visible = true, .lateral_ok = true};
    NsColumn *columns = ARENA_ARRAY(bind->arena, NsColumn, query->targets.count + 1);
    for (uint32_t i = 0; i < query->targets.count; i++)
        columns[i] = (NsColumn){.name = query->targets.items[i]->name,
                                .table = 1,
                                .column = (int32_t)i + 1,
                                .type = query->targets.items[i]->expr->type,
                                .typmod = -1};
    item.columns = columns;
    item.column_count = query->targets.count;
    array_push(&level->names, &item);
    uint32_t before = query->targets.count;
    for (uint32_t i = 0; i < items->count; i++) {
        QTarget *target = bind__find_target(level, items->items[i]->expr, &query->targets,
                                            PLACE_ORDER_BY);
        if (query->targets.count > before) {
            Error *error = bind__error(bind, FEATURE_NOT_SUPPORTED, bind__location(target->expr));
            error_message(error, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause");
            error_detail(error,
                         "Only result column names can be used, not expressions or functions.");
            error_raise(error_hint(
                error,
                "Add the expression/function to every SELECT, or move the UNION into a FROM clause."));
        }
        bind__add_sort_key(level, target, &query->order_by, &query->targets, items->items[i],
                           bind__location(target->expr));
    }
    level->names.count--;
}

QQuery *bind__set_operation(Level *level, const AstSetOperation *node)
{
    const Bind *bind = level->bind;
    QQuery *query = level->query;
    query->command = Q_COMMAND_SELECT;
    if (node->with) bind__with(level, node->with);
    forbid_locks(bind, (const AstSelectBase *)node);
    Columns columns;
    query->set_operation = (QSetOperation *)set_tree(level, (const AstNode *)node, true, &columns);
    top_targets(level, query->set_operation);
    order_columns(level, &node->order_by);
    query->offset = bind__limit(level, (const AstNode *)node->offset, PLACE_OFFSET, "OFFSET",
                                false);
    query->limit = bind__limit(level, (const AstNode *)node->limit, PLACE_LIMIT, "LIMIT",
                               node->with_ties);
    query->with_ties = node->with_ties;
    bind__finish(level);
    return query;
}
