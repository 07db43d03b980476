/* SPDX-License-Identifier: Apache-2.0 */
/* join.c - JOIN: what its sides see, its condition, and the columns that USING and NATURAL merge. */
#include "bind/bind_internal.h"

typedef struct Side {
    NsItems names;
    NsItem *self;
    QJoinItem *item;
} Side;

static void set_lateral(NsItems *names, bool only, bool ok)
{
    for (uint32_t i = 0; i < names->count; i++) {
        names->items[i]->lateral_only = only;
        names->items[i]->lateral_ok = ok;
    }
}

/* The right side sees the left by LATERAL alone. */
static void bind_sides(Level *level, const AstJoin *node, Side *left, Side *right)
{
    left->names.arena = right->names.arena = level->bind->arena;
    left->item = bind__from_item(level, node->left, &left->names, &left->self);
    bool may = node->join == AST_JOIN_INNER || node->join == AST_JOIN_LEFT ||
               node->join == AST_JOIN_CROSS;
    set_lateral(&left->names, true, may);
    uint32_t before = level->names.count;
    for (uint32_t i = 0; i < left->names.count; i++)
        array_push(&level->names, left->names.items[i]);
    right->item = bind__from_item(level, node->right, &right->names, &right->self);
    level->names.count = before;
    set_lateral(&left->names, false, true);
    bind__check_conflicts(level, left->names.items, left->names.count, right->names.items,
                          right->names.count);
}

static const NsColumn *column_for_using(Level *level, const NsItem *item, Str name,
                                        const char *side, int32_t location)
{
    const NsColumn *found = NULL;
    for (uint32_t i = 0; i < item->column_count; i++) {
        if (!item->columns[i].name.bytes || !str_equal(item->columns[i].name, name)) continue;
        if (found)
            bind__raise(level->bind, AMBIGUOUS_COLUMN, location,
                        "common column name \"%.*s\" appears more than once in %s table",
                        STR_ARG(name), side);
        found = &item->columns[i];
    }
    if (!found)
        bind__raise(level->bind, UNDEFINED_COLUMN, location,
                    "column \"%.*s\" specified in USING clause does not exist in %s table",
                    STR_ARG(name), side);
    return found;
}

static NodeStrs natural_names(Level *level, const NsItem *left, const NsItem *right)
{
    ARRAY_OF(Str) names = {.arena = level->bind->arena};
    for (uint32_t i = 0; i < left->column_count; i++)
        for (uint32_t j = 0; j < right->column_count; j++)
            if (left->columns[i].name.bytes &&
                str_equal(left->columns[i].name, right->columns[j].name)) {
                array_push(&names, left->columns[i].name);
                break;
            }
    return BIND_LIST(level->bind, NodeStrs, names);
}

/* The two columns as one: as the outer side has it, of the type that both can be. */
static QExpr *merge(Level *level, const AstJoin *node, QExpr *left, QExpr *right)
{
    const Bind *bind = level->bind;
    QExpr *pair[2] = {left, right};
    Oid type = bind__common_type(bind, pair, 2, "JOIN/USING", NULL);
    int32_t typmod = bind__common_typmod(pair, 2, type);
    for (int i = 0; i < 2; i++) {
        QExpr *made = bind__coerce_type(bind, pair[i], type, typmod, 'i', Q_CALL_IMPLICIT_CAST,
                                        NODE_NO_LOCATION);
        if (made->typmod != typmod && made == pair[i]) {
            QRelabel *relabel = Q_NEW(bind->arena, Relabel);
            *relabel = (QRelabel){.kind = Q_RELABEL,
                                  .location = NODE_NO_LOCATION,
                                  .type = type,
                                  .typmod = typmod,
                                  .collation = made->collation,
                                  .arg = made,
                                  .form = Q_CALL_IMPLICIT_CAST};
            made = &relabel->base;
        }
        pair[i] = made;
    }
    if (node->join == AST_JOIN_LEFT) return pair[0];
    if (node->join == AST_JOIN_RIGHT) return pair[1];
    if (node->join != AST_JOIN_FULL)
        return pair[0]->kind == Q_VAR || pair[1]->kind != Q_VAR ? pair[0] : pair[1];
    QCoalesce *made = Q_NEW(bind->arena, Coalesce);
    made->type = type;
    made->typmod = typmod;
    made->collation = pair[0]->collation;
    made->args = bind__exprs(bind, pair, 2);
    return &made->base;
}

typedef struct Columns {
    ARRAY_OF(NsColumn) columns;
    ARRAY_OF(QExpr *) vars;
    ARRAY_OF(int32_t) left, right; /* positions, 0: not from there */
} Columns;

static void add_column(Columns *out, Str name, QExpr *expr, uint32_t join_index, int32_t left,
                       int32_t right)
{
    NsColumn column = {.name = name,
                       .type = expr->type,
                       .typmod = expr->typmod,
                       .collation = expr->collation};
    const QVar *var = Q_IF(Var, expr);
    column.table = var ? var->table : join_index;
    column.column = var ? var->column : (int32_t)out->columns.count + 1;
    array_push(&out->columns, column);
    array_push(&out->vars, expr);
    array_push(&out->left, left);
    array_push(&out->right, right);
}

static void add_rest(const Bind *bind, Columns *out, const NsItem *item, const bool *merged,
                     bool is_left, uint32_t join_index)
{
    for (uint32_t i = 0; i < item->column_count; i++) {
        if (merged[i] || !item->columns[i].name.bytes) continue;
        QExpr *var = bind__var(item, &item->columns[i], 0, bind->arena, NODE_NO_LOCATION);
        int32_t at = (int32_t)i + 1;
        add_column(out, item->columns[i].name, var, join_index, is_left ? at : 0, is_left ? 0 : at);
    }
}

/* The merged columns; gives the join's condition. */
static QExpr *bind_using(Level *level, const AstJoin *node, NodeStrs names, const Side *left,
                         const Side *right, bool *left_merged, bool *right_merged,
                         uint32_t join_index, Columns *out)
{
    const Bind *bind = level->bind;
    ARRAY_OF(QExpr *) conditions = {.arena = bind->arena};
    int32_t location = node->location;
    for (uint32_t i = 0; i < names.count; i++) {
        for (uint32_t j = 0; j < i; j++)
            if (str_equal(names.items[i], names.items[j]))
                bind__raise(bind, DUPLICATE_COLUMN, NODE_NO_LOCATION,
                            "column name \"%.*s\" appears more than once in USING clause",
                            STR_ARG(names.items[i]));
        const NsColumn *l = column_for_using(level, left->self, names.items[i], "left",
                                             NODE_NO_LOCATION);
        const NsColumn *r = column_for_using(level, right->self, names.items[i], "right",
                                             NODE_NO_LOCATION);
        left_merged[l - left->self->columns] = true;
        right_merged[r - right->self->columns] = true;
        QExpr *a = bind__var(left->self, l, 0, bind->arena, NODE_NO_LOCATION);
        QExpr *b = bind__var(right->self, r, 0, bind->arena, NODE_NO_LOCATION);
        QExpr *equal = bind__operator(level, (NodeStrs){0}, STR("="), query_copy(bind->arena, a),
                                      query_copy(bind->arena, b), NODE_NO_LOCATION);
        array_push(&conditions, bind__coerce_boolean(bind, equal, "JOIN/USING"));
        add_column(out, names.items[i], merge(level, node, a, b), join_index,
                   (int32_t)(l - left->self->columns) + 1, (int32_t)(r - right->self->columns) + 1);
    }
    (void)location;
    if (conditions.count <= 1) return conditions.count ? conditions.items[0] : NULL;
    return bind__bool(bind, Q_BOOL_AND, conditions.items, conditions.count, NODE_NO_LOCATION);
}

static QExpr *bind_on(Level *level, const AstJoin *node, const Side *left, const Side *right)
{
    /* ON sees the two sides and nothing else of this FROM list. */
    Level saved = *level;
    level->names.items = NULL;
    level->names.count = level->names.capacity = 0;
    for (uint32_t i = 0; i < left->names.count; i++)
        array_push(&level->names, left->names.items[i]);
    for (uint32_t i = 0; i < right->names.count; i++)
        array_push(&level->names, right->names.items[i]);
    QExpr *on = bind__where(level, node->on, PLACE_JOIN_ON, "JOIN/ON");
    level->names.items = saved.names.items;
    level->names.count = saved.names.count;
    level->names.capacity = saved.names.capacity;
    return on;
}

static QJoinKind join_kind(AstJoinKind kind)
{
    switch (kind) {
    case AST_JOIN_INNER:
    case AST_JOIN_CROSS: return Q_JOIN_INNER;
    case AST_JOIN_LEFT: return Q_JOIN_LEFT;
    case AST_JOIN_RIGHT: return Q_JOIN_RIGHT;
    case AST_JOIN_FULL: return Q_JOIN_FULL;
    }
    UNREACHABLE();
}

static void fill_entry(const Bind *bind, QTable *table, const Columns *columns)
{
    uint32_t count = columns->columns.count;
    table->names = (NodeStrs){ARENA_ARRAY(bind->arena, Str, count + 1), count};
    table->types = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count + 1), count};
    table->typmods = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count + 1), count};
    table->collations = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, count + 1), count};
    for (uint32_t i = 0; i < count; i++) {
        const NsColumn *column = &columns->columns.items[i];
        table->names.items[i] = column->name;
        table->types.items[i] = (int32_t)column->type;
        table->typmods.items[i] = column->typmod;
        table->collations.items[i] = (int32_t)column->collation;
    }
    table->join_vars = BIND_LIST(bind, QExprList, columns->vars);
    table->left_columns = BIND_LIST(bind, NodeI32s, columns->left);
    table->right_columns = BIND_LIST(bind, NodeI32s, columns->right);
}

static void name_columns(const Bind *bind, QTable *table, Columns *columns, const AstAlias *alias)
{
    if (!alias) return;
    table->alias = alias->name;
    table->alias_columns = alias->columns;
    if (alias->columns.count > columns->columns.count)
        bind__raise(bind, INVALID_COLUMN_REFERENCE, NODE_NO_LOCATION,
                    "join expression \"%.*s\" has %u columns available but %u columns specified",
                    STR_ARG(alias->name), columns->columns.count, alias->columns.count);
    for (uint32_t i = 0; i < alias->columns.count; i++) {
        columns->columns.items[i].name = alias->columns.items[i];
        table->names.items[i] = alias->columns.items[i];
    }
}

/* What can be named afterwards: the join under its alias, or else both sides' tables and the join's columns. */
static void show(Level *level, const AstJoin *node, Side *left, Side *right, NsItem *self,
                 uint32_t merged, NsItems *names)
{
    if (node->using_alias) {
        NsItem *alias = ARENA_NEW(level->bind->arena, NsItem);
        *alias = *self;
        alias->name = node->using_alias->name;
        alias->column_count = merged;
        alias->table_visible = true;
        alias->columns_visible = false;
        NsItem *one[1] = {alias};
        bind__check_conflicts(level, left->names.items, left->names.count, one, 1);
        bind__check_conflicts(level, right->names.items, right->names.count, one, 1);
        self->table->using_alias = alias->name;
        array_push(names, alias);
    }
    if (node->alias) {
        self->table_visible = self->columns_visible = true;
        names->count = 0; /* nothing else is seen any more */
        array_push(names, self);
        return;
    }
    Side *sides[2] = {left, right};
    for (int i = 0; i < 2; i++)
        for (uint32_t j = 0; j < sides[i]->names.count; j++) {
            NsItem *item = sides[i]->names.items[j];
            item->columns_visible = false;
            if (item->table_visible) array_push(names, item);
        }
    self->table_visible = false;
    self->columns_visible = true;
    array_push(names, self);
}

QJoinItem *bind__join(Level *level, const AstJoin *node, NsItems *names, NsItem **self)
{
    Bind *bind = level->bind;
    Side left = {0}, right = {0};
    bind_sides(level, node, &left, &right);
    NodeStrs using = node->natural ? natural_names(level, left.self, right.self) : node->using;
    QTable *table = Q_NEW(bind->arena, Table);
    table->table = Q_RTE_JOIN;
    table->join = join_kind(node->join);
    table->in_from = true;
    table->join_merged = using.count;
    table->join_using = using;
    array_push(&level->tables, table);
    uint32_t index = level->tables.count;
    Columns columns = {.columns = {.arena = bind->arena},
                       .vars = {.arena = bind->arena},
                       .left = {.arena = bind->arena},
                       .right = {.arena = bind->arena}};
    bool *left_merged = arena_alloc_zero(bind->arena, left.self->column_count + 1);
    bool *right_merged = arena_alloc_zero(bind->arena, right.self->column_count + 1);
    QExpr *on = bind_using(level, node, using, &left, &right, left_merged, right_merged, index,
                           &columns);
    add_rest(bind, &columns, left.self, left_merged, true, index);
    add_rest(bind, &columns, right.self, right_merged, false, index);
    if (node->on) on = bind_on(level, node, &left, &right);
    fill_entry(bind, table, &columns);
    name_columns(bind, table, &columns, node->alias);
    table->name = node->alias ? node->alias->name : STR("unnamed_join");
    *self = ARENA_NEW(bind->arena, NsItem);
    **self = (NsItem){.table = table,
                      .index = index,
                      .name = node->alias ? node->alias->name : (Str){0},
                      .columns = columns.columns.items,
                      .column_count = columns.columns.count,
                      .lateral_ok = true};
    show(level, node, &left, &right, *self, using.count, names);
    QJoin *join = Q_NEW(bind->arena, Join);
    join->left = left.item;
    join->right = right.item;
    join->join = table->join;
    join->natural = node->natural;
    join->using = using;
    join->on = on;
    join->table = index;
    return (QJoinItem *)join;
}
