/* SPDX-License-Identifier: Apache-2.0 */
/* search.c - SEARCH and CYCLE of WITH RECURSIVE, written out as what they mean.
 *
 * Both sides of the UNION become sub-queries of new ones that add the clauses' columns: the order of SEARCH, then the
 * mark and the path of CYCLE. The right side hands on those of the row that it came from, which its table of the work
 * table has got too:
 *
 *     SELECT l.*, ARRAY[ROW(l.a)]                                 FROM (left) l
 *     SELECT r.*, array_append(r.path, ROW(r.a))                  FROM (right, with the work table's path) r
 *
 * SEARCH DEPTH FIRST keeps a path as well, BREADTH FIRST ROW(depth, a); the mark is CASE WHEN ROW(r.a) = ANY(r.path)
 * THEN value ELSE default END, and rows that bear it are not gone on from: WHERE r.mark <> value.
 *
 * The tree as bound stays what is stored and written out again; this is done when it is made ready for planning. */
#include "bind/bind_internal.h"

#include "catalog/datums.h"

enum { FUNCTION_ARRAY_APPEND = 378, FUNCTION_INT8_INC = 1219, ADDED_MAX = 3 };

typedef struct Added {
    Str name;
    Oid type, collation;
    int32_t typmod;
} Added;

typedef struct Expansion {
    const Bind *bind;
    QCte *cte;
    uint32_t own;           /* columns without those added */
    Added added[ADDED_MAX]; /* in the order of the columns */
    uint32_t count;
    uint32_t sequence, mark, path; /* columns, from 1; 0: there is none */
} Expansion;

/* ---- building ---- */

static QExpr *column(const Expansion *e, uint32_t table, uint32_t number)
{
    const QCte *cte = e->cte;
    QVar *var = Q_NEW(e->bind->arena, Var);
    var->location = NODE_NO_LOCATION;
    var->table = table;
    var->column = (int32_t)number;
    var->type = (Oid)cte->types.items[number - 1];
    var->typmod = cte->typmods.items[number - 1];
    var->collation = (Oid)cte->collations.items[number - 1];
    return &var->base;
}

static QTarget *target(const Expansion *e, QExpr *expr, Str name, uint32_t number)
{
    QTarget *made = Q_NEW(e->bind->arena, Target);
    made->expr = expr;
    made->name = name;
    made->number = (int32_t)number;
    return made;
}

static QExpr *call(const Expansion *e, Oid function, Oid type, QExpr *const *args, uint32_t count)
{
    QFuncCall *made = Q_NEW(e->bind->arena, FuncCall);
    made->location = NODE_NO_LOCATION;
    made->function = function;
    made->type = type;
    made->typmod = -1;
    made->args = bind__exprs(e->bind, args, count);
    return &made->base;
}

/* ROW(first, the listed columns of table 1); no `first`: NULL. */
static QExpr *row(const Expansion *e, QExpr *first, NodeStrs listed)
{
    const Bind *bind = e->bind;
    ARRAY_OF(QExpr *) items = {.arena = bind->arena};
    ARRAY_OF(Str) names = {.arena = bind->arena};
    if (first) {
        array_push(&items, first);
        array_push(&names, STR("*DEPTH*"));
    }
    for (uint32_t i = 0; i < listed.count; i++)
        for (uint32_t j = 0; j < e->own; j++)
            if (str_equal(e->cte->names.items[j], listed.items[i])) {
                array_push(&items, column(e, 1, j + 1));
                array_push(&names, listed.items[i]);
            }
    QRow *made = Q_NEW(bind->arena, Row);
    made->location = NODE_NO_LOCATION;
    made->type = OID_RECORD;
    made->typmod = -1;
    made->explicit = true;
    made->items = BIND_LIST(bind, QExprList, items);
    made->names = BIND_LIST(bind, NodeStrs, names);
    return &made->base;
}

/* The rows passed so far, from the first one on: `item` alone, or behind those of column `path`. */
static QExpr *path(const Expansion *e, QExpr *item, uint32_t number, bool again)
{
    if (again) {
        QExpr *args[] = {column(e, 1, number), item};
        return call(e, FUNCTION_ARRAY_APPEND, OID_RECORD_ARRAY, args, 2);
    }
    QArray *made = Q_NEW(e->bind->arena, Array);
    made->location = NODE_NO_LOCATION;
    made->type = OID_RECORD_ARRAY;
    made->typmod = -1;
    made->element = OID_RECORD;
    made->items = bind__exprs(e->bind, &item, 1);
    return &made->base;
}

static QExpr *sequence(const Expansion *e, bool again)
{
    const QCte *cte = e->cte;
    if (!cte->search_breadth) return path(e, row(e, NULL, cte->search_columns), e->sequence, again);
    QExpr *depth = &bind__const(e->bind, OID_INT8, -1, datum_i64(0), NODE_NO_LOCATION)->base;
    if (again) {
        QFieldSelect *before = Q_NEW(e->bind->arena, FieldSelect);
        before->location = NODE_NO_LOCATION;
        before->arg = column(e, 1, e->sequence);
        before->field = 1;
        before->type = OID_INT8;
        before->typmod = -1;
        depth = call(e, FUNCTION_INT8_INC, OID_INT8, (QExpr *[]){&before->base}, 1);
    }
    return row(e, depth, cte->search_columns);
}

static QExpr *mark(const Expansion *e, bool again)
{
    const Bind *bind = e->bind;
    const QCte *cte = e->cte;
    QExpr *fallback = query_copy(bind->arena, cte->cycle_fallback);
    if (!again) return fallback;
    const CatOperator *equal = cat_operator(bind->view, cat_type_equality(bind->view, OID_RECORD));
    QArrayOp *passed = Q_NEW(bind->arena, ArrayOp);
    passed->location = NODE_NO_LOCATION;
    passed->type = OID_BOOL;
    passed->typmod = -1;
    passed->op = equal->oid;
    passed->function = equal->function;
    passed->left = row(e, NULL, cte->cycle_columns);
    passed->array = column(e, 1, e->path);
    QWhen *when = Q_NEW(bind->arena, When);
    when->condition = &passed->base;
    when->result = query_copy(bind->arena, cte->cycle_value);
    QCase *made = Q_NEW(bind->arena, Case);
    made->location = NODE_NO_LOCATION;
    made->type = cte->cycle_type;
    made->typmod = cte->cycle_value->typmod;
    made->collation = bind__type_collation(bind, cte->cycle_type);
    made->whens.items = arena_copy(bind->arena, &when, sizeof when);
    made->whens.count = 1;
    made->otherwise = fallback;
    return &made->base;
}

/* mark <> value */
static QExpr *is_unmarked(const Expansion *e)
{
    const Bind *bind = e->bind;
    Oid base = bind__base_type(bind, e->cte->cycle_type, NULL);
    const CatOperator *equal = cat_operator(bind->view, cat_type_equality(bind->view, base));
    const CatOperator *unequal = equal ? cat_operator(bind->view, equal->negator) : NULL;
    if (!unequal)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                    "could not identify an inequality operator for type %.*s",
                    STR_ARG(bind__type_text(bind, e->cte->cycle_type)));
    QOpCall *made = Q_NEW(bind->arena, OpCall);
    made->location = NODE_NO_LOCATION;
    made->type = OID_BOOL;
    made->typmod = -1;
    made->op = unequal->oid;
    made->function = unequal->function;
    made->input_collation = bind__type_collation(bind, e->cte->cycle_type);
    QExpr *args[] = {column(e, 1, e->mark), query_copy(bind->arena, e->cte->cycle_value)};
    made->args = bind__exprs(bind, args, 2);
    return &made->base;
}

/* ---- the sides ---- */

static void add_targets(const Expansion *e, QTargetList *list, QTarget *const *more)
{
    ARRAY_OF(QTarget *) targets = {.arena = e->bind->arena};
    for (uint32_t i = 0; i < list->count; i++)
        if (!list->items[i]->junk) array_push(&targets, list->items[i]);
    for (uint32_t i = 0; i < e->count; i++) array_push(&targets, more[i]);
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i]->junk) array_push(&targets, list->items[i]);
    for (uint32_t i = 0; i < targets.count; i++) targets.items[i]->number = (int32_t)i + 1;
    *list = BIND_LIST(e->bind, QTargetList, targets);
}

static NodeI32s with_value(const Bind *bind, NodeI32s list, int32_t value)
{
    int32_t *items = ARENA_ARRAY(bind->arena, int32_t, list.count + 1);
    if (list.count) memcpy(items, list.items, list.count * sizeof *items);
    items[list.count] = value;
    return (NodeI32s){items, list.count + 1};
}

/* The right side's own table of the work table gets the added columns, and the side hands them on. */
static void hand_on(const Expansion *e, QQuery *right)
{
    const Bind *bind = e->bind;
    uint32_t self = 0;
    for (uint32_t i = 0; i < right->tables.count; i++)
        if (right->tables.items[i]->table == Q_RTE_CTE && right->tables.items[i]->cte_self)
            self = i + 1;
    if (!self)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "with a SEARCH or CYCLE clause, the recursive reference to WITH query "
                    "\"%.*s\" must be at the top level of its right-hand SELECT",
                    STR_ARG(e->cte->name));
    QTable *table = right->tables.items[self - 1];
    QTarget *more[ADDED_MAX];
    for (uint32_t i = 0; i < e->count; i++) {
        const Added *added = &e->added[i];
        ARRAY_OF(Str) names = {.arena = bind->arena};
        for (uint32_t j = 0; j < table->names.count; j++) array_push(&names, table->names.items[j]);
        array_push(&names, added->name);
        table->names = BIND_LIST(bind, NodeStrs, names);
        table->types = with_value(bind, table->types, (int32_t)added->type);
        table->typmods = with_value(bind, table->typmods, added->typmod);
        table->collations = with_value(bind, table->collations, (int32_t)added->collation);
        more[i] = target(e, column(e, self, e->own + i + 1), added->name, 0);
    }
    add_targets(e, &right->targets, more);
}

/* Puts a query around `leaf`'s that adds the columns. */
static void wrap(const Expansion *e, QTable *leaf, bool again)
{
    const Bind *bind = e->bind;
    QQuery *inner = leaf->query, *outer = Q_NEW(bind->arena, Query);
    if (again) hand_on(e, inner);
    bind_raise_levels_from(inner, 1, 1);
    outer->command = Q_COMMAND_SELECT;
    QTable *table = Q_NEW(bind->arena, Table);
    table->table = Q_RTE_SUBQUERY;
    table->query = inner;
    table->in_from = true;
    table->name = again ? STR("*TROCRN*") : STR("*TLOCRN*");
    bind__columns_of_query(bind, inner, &table->names, &table->types, &table->typmods,
                           &table->collations);
    outer->tables.items = arena_copy(bind->arena, &table, sizeof table);
    outer->tables.count = 1;
    QTableRef *ref = Q_NEW(bind->arena, TableRef);
    ref->table = 1;
    outer->from = Q_NEW(bind->arena, From);
    outer->from->items.items = arena_copy(bind->arena, &ref, sizeof(QJoinItem *));
    outer->from->items.count = 1;
    if (again && e->mark) outer->from->where = is_unmarked(e);
    QTarget *more[ADDED_MAX];
    uint32_t count = 0;
    if (e->sequence) more[count++] = target(e, sequence(e, again), e->cte->search_sequence, 0);
    if (e->mark) {
        more[count++] = target(e, mark(e, again), e->cte->cycle_mark, 0);
        QExpr *item = row(e, NULL, e->cte->cycle_columns);
        more[count++] = target(e, path(e, item, e->path, again), e->cte->cycle_path, 0);
    }
    ARRAY_OF(QTarget *) own = {.arena = bind->arena};
    for (uint32_t i = 0; i < e->own; i++)
        array_push(&own, target(e, column(e, 1, i + 1), e->cte->names.items[i], i + 1));
    outer->targets = BIND_LIST(bind, QTargetList, own);
    add_targets(e, &outer->targets, more);
    leaf->query = outer;
    bind__columns_of_query(bind, outer, &leaf->names, &leaf->types, &leaf->typmods,
                           &leaf->collations);
}

/* ---- the whole ---- */

static QTable *leaf_of(const QQuery *query, const QJoinItem *item)
{
    const QTableRef *ref = Q_IF(TableRef, item);
    QTable *leaf = ref ? query->tables.items[ref->table - 1] : NULL;
    return leaf && !leaf->query->set_operation ? leaf : NULL;
}

void bind__check_searchable(const QCte *cte)
{
    const QSetOperation *top = cte->query->set_operation;
    if (!leaf_of(cte->query, top->left))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "with a SEARCH or CYCLE clause, the left side of the UNION must be a SELECT");
    if (!leaf_of(cte->query, top->right))
        raise_error(SQLSTATE_SYNTAX_ERROR,
                    "with a SEARCH or CYCLE clause, the right side of the UNION must be a SELECT");
}

static Expansion expansion_of(const Bind *bind, QCte *cte)
{
    Expansion e = {.bind = bind, .cte = cte};
    e.count = (cte->search_sequence.data != NULL) + 2u * (cte->cycle_mark.data != NULL);
    e.own = cte->names.count - e.count;
    uint32_t at = e.own;
    if (cte->search_sequence.data) e.sequence = ++at;
    if (cte->cycle_mark.data) e.mark = ++at, e.path = ++at;
    for (uint32_t i = 0; i < e.count; i++)
        e.added[i] = (Added){cte->names.items[e.own + i], (Oid)cte->types.items[e.own + i],
                             (Oid)cte->collations.items[e.own + i], cte->typmods.items[e.own + i]};
    return e;
}

void bind__expand_search(const Bind *bind, QCte *cte)
{
    if (!cte->search_sequence.data && !cte->cycle_mark.data) return;
    Expansion e = expansion_of(bind, cte);
    QQuery *query = cte->query;
    QSetOperation *top = query->set_operation;
    wrap(&e, leaf_of(query, top->left), false);
    wrap(&e, leaf_of(query, top->right), true);
    ARRAY_OF(QSortKey *) groups = {.arena = bind->arena};
    for (uint32_t i = 0; i < top->groups.count; i++) array_push(&groups, top->groups.items[i]);
    QTarget *more[ADDED_MAX];
    for (uint32_t i = 0; i < e.count; i++) {
        const Added *added = &e.added[i];
        top->types = with_value(bind, top->types, (int32_t)added->type);
        top->typmods = with_value(bind, top->typmods, added->typmod);
        top->collations = with_value(bind, top->collations, (int32_t)added->collation);
        QSortKey *key = Q_NEW(bind->arena, SortKey);
        if (!top->all) {
            bind__sort_operators(bind, added->type, false, true, key, NODE_NO_LOCATION);
            array_push(&groups, key);
        }
        more[i] = target(&e, column(&e, 1, e.own + i + 1), added->name, 0);
    }
    top->groups = BIND_LIST(bind, QSortKeyList, groups);
    add_targets(&e, &query->targets, more);
    cte->search_sequence = cte->cycle_mark = (Str){0}; /* done */
}
