/* SPDX-License-Identifier: Apache-2.0 */
/* dml.c - INSERT, UPDATE, DELETE: the target table, what is assigned to its columns, RETURNING. */
#include "bind/dml_internal.h"

/* ---- the target table */

NsItem *bind__open_target(Level *level, const AstRangeVar *node, bool visible, uint32_t privilege)
{
    level->target = bind__open(level, node, LOCK_ROW_EXCLUSIVE);
    NsItem *item = bind__add_relation(level, level->target, node, visible);
    item->table->lock = LOCK_ROW_EXCLUSIVE;
    item->table->permissions = privilege;
    level->query->result_table = item->index;
    level->result = item->table;
    level->target_item = item;
    if (visible) bind__push_name(level, item, true, true);
    return item;
}

/* `set`: of UPDATE, whose columns must not be qualified. */
static const CatColumn *target_column(Level *level, Str name, int32_t location, bool set)
{
    const CatRelation *relation = level->target;
    static const char *const system[] = {"ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"};
    for (int16_t i = 0; i < relation->column_count; i++)
        if (!relation->columns[i].dropped && str_equal(relation->columns[i].name, name))
            return &relation->columns[i];
    for (size_t i = 0; i < sizeof system / sizeof *system; i++)
        if (str_equal(name, str_from(system[i])))
            bind__raise(level->bind, FEATURE_NOT_SUPPORTED, location,
                        "cannot assign to system column \"%.*s\"", STR_ARG(name));
    Error *error = bind__error(level->bind, UNDEFINED_COLUMN, location);
    error_message(error, "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(name),
                  STR_ARG(relation->name));
    if (set && str_equal(name, level->result->name))
        error_hint(error, "SET target columns cannot be qualified with the relation name.");
    error_raise(error);
}

static void add_number(const Bind *bind, NodeI32s *list, int32_t number)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i] == number) return;
    int32_t *items = ARENA_ARRAY(bind->arena, int32_t, list->count + 1);
    if (list->count) memcpy(items, list->items, list->count * sizeof(*items));
    items[list->count] = number;
    *list = (NodeI32s){items, list->count + 1};
}

/* ---- assignment */

static QExpr *assign_part(Level *level, QExpr *base, Str target, bool is_column, Oid type,
                          int32_t typmod, AstNode *const *parts, uint32_t count, QExpr *value,
                          int32_t location);

static QExpr *coerce_assigned(Level *level, QExpr *value, Str name, bool is_column, Oid type,
                              int32_t typmod, int32_t location)
{
    const Bind *bind = level->bind;
    Oid from = value->type;
    QExpr *made = bind__coerce(bind, value, type, typmod, 'a', Q_CALL_IMPLICIT_CAST,
                               NODE_NO_LOCATION);
    if (made) return made;
    Error *error = bind__error(bind, DATATYPE_MISMATCH,
                               is_column ? bind__location(value) : location);
    error_message(error, "%s \"%.*s\" is of type %.*s but expression is of type %.*s",
                  is_column ? "column" : "subfield", STR_ARG(name),
                  STR_ARG(bind__type_text(bind, type)), STR_ARG(bind__type_text(bind, from)));
    error_raise(error_hint(error, "You will need to rewrite or cast the expression."));
}

/* What a part had before; the part may be changed several times, so it is not read out of the column. */
static QExpr *old_part(const Bind *bind, Oid type, int32_t typmod)
{
    QCaseValue *value = Q_NEW(bind->arena, CaseValue);
    value->location = NODE_NO_LOCATION;
    value->type = type;
    value->typmod = typmod;
    value->collation = bind__type_collation(bind, type);
    return &value->base;
}

static QExpr *assign_subscripts(Level *level, QExpr *base, Str target, Oid type, int32_t typmod,
                                AstNode *const *parts, uint32_t subscripts, uint32_t count,
                                QExpr *value, int32_t location)
{
    const Bind *bind = level->bind;
    int32_t base_typmod = typmod;
    Oid container = bind__base_type(bind, type, &base_typmod);
    bool slice = false;
    for (uint32_t i = 0; i < subscripts; i++) slice |= AST_AS(Subscript, parts[i])->slice;
    Oid element = container == OID_JSONB ? OID_JSONB : bind__type(bind, container)->element;
    if (!element)
        bind__raise(bind, DATATYPE_MISMATCH, location,
                    "cannot subscript type %.*s because it does not support subscripting",
                    STR_ARG(bind__type_text(bind, type)));
    Oid wanted = slice ? container : element;
    Oid from = value->type;
    QExpr *old = count > subscripts ? old_part(bind, wanted, base_typmod) : NULL;
    QExpr *inner = assign_part(level, old, target, false, wanted, base_typmod, parts + subscripts,
                               count - subscripts, value, location);
    if (!inner) {
        Error *error = bind__error(bind, DATATYPE_MISMATCH, location);
        error_message(
            error,
            "subscripted assignment to \"%.*s\" requires type %.*s but expression is of type %.*s",
            STR_ARG(target), STR_ARG(bind__type_text(bind, wanted)),
            STR_ARG(bind__type_text(bind, from)));
        error_raise(error_hint(error, "You will need to rewrite or cast the expression."));
    }
    QExpr *made = bind__subscripts(bind, level, base, parts, subscripts, inner, base_typmod);
    if (container == type) return made;
    return bind__coerce(bind, made, type, typmod, 'a', Q_CALL_IMPLICIT_CAST, location);
}

static QExpr *assign_field(Level *level, QExpr *base, Str target, Oid type, int32_t typmod,
                           AstNode *const *parts, uint32_t count, QExpr *value, int32_t location)
{
    const Bind *bind = level->bind;
    const AstFieldAccess *access = AST_AS(FieldAccess, parts[0]);
    uint32_t attribute_count, at = 0;
    int32_t base_typmod = typmod;
    Oid row = bind__base_type(bind, type, &base_typmod);
    if (!bind__is_complex(bind, row))
        bind__raise(
            bind, DATATYPE_MISMATCH, location,
            "cannot assign to field \"%.*s\" of column \"%.*s\" because its type %.*s is not a composite type",
            STR_ARG(access->name), STR_ARG(target), STR_ARG(bind__type_text(bind, type)));
    const FnAttribute *attributes = bind__attributes(bind, row, base_typmod, &attribute_count);
    while (at < attribute_count &&
           (attributes[at].dropped || !str_equal(attributes[at].name, access->name)))
        at++;
    if (at == attribute_count)
        bind__raise(
            bind, UNDEFINED_COLUMN, location,
            "cannot assign to field \"%.*s\" of column \"%.*s\" because there is no such column in data type %.*s",
            STR_ARG(access->name), STR_ARG(target), STR_ARG(bind__type_text(bind, type)));
    QFieldStore *made = Q_NEW(bind->arena, FieldStore);
    made->arg = base ? base : bind__null(bind, row, -1, 0);
    QExpr *old = count > 1 ? old_part(bind, attributes[at].type, attributes[at].typmod) : NULL;
    QExpr *inner = assign_part(level, old, access->name, false, attributes[at].type,
                               attributes[at].typmod, parts + 1, count - 1, value, location);
    if (!inner)
        inner = coerce_assigned(level, value, access->name, false, attributes[at].type,
                                attributes[at].typmod, location);
    int32_t number = (int32_t)at + 1;
    made->values = bind__exprs(bind, &inner, 1);
    made->fields = bind__i32s(bind, &number, 1);
    made->type = row;
    made->typmod = -1;
    if (row == type) return &made->base;
    return bind__coerce(bind, &made->base, type, typmod, 'a', Q_CALL_IMPLICIT_CAST, location);
}

/* The new value of a column (or part of one) of which a part is assigned; NULL: the value does not fit. */
static QExpr *assign_part(Level *level, QExpr *base, Str target, bool is_column, Oid type,
                          int32_t typmod, AstNode *const *parts, uint32_t count, QExpr *value,
                          int32_t location)
{
    task_check();
    (void)is_column;
    if (count == 0)
        return bind__coerce(level->bind, value, type, typmod, 'a', Q_CALL_IMPLICIT_CAST,
                            NODE_NO_LOCATION);
    if (parts[0]->kind == AST_FIELD_ACCESS)
        return assign_field(level, base, target, type, typmod, parts, count, value, location);
    uint32_t subscripts = 0;
    while (subscripts < count && parts[subscripts]->kind == AST_SUBSCRIPT) subscripts++;
    if (!base)
        base = bind__null(level->bind, type, typmod, bind__type_collation(level->bind, type));
    return assign_subscripts(level, base, target, type, typmod, parts, subscripts, count, value,
                             location);
}

static QExpr *assigned(Level *level, const CatColumn *column, AstNode *const *parts, uint32_t count,
                       QExpr *value, bool update, int32_t location)
{
    const Bind *bind = level->bind;
    QSetToDefault *standard = Q_IF(SetToDefault, value);
    if (standard) {
        if (count)
            bind__raise(bind, FEATURE_NOT_SUPPORTED, location,
                        parts[0]->kind == AST_SUBSCRIPT ? "cannot set an array element to DEFAULT"
                                                        : "cannot set a subfield to DEFAULT");
        standard->type = column->type;
        standard->typmod = column->typmod;
        standard->collation = column->collation;
        return value;
    }
    if (!count)
        return coerce_assigned(level, value, column->name, true, column->type, column->typmod,
                               location);
    QExpr *base = update
                      ? bind__find_column_of(level, level->target_item, 0, column->name, location)
                      : NULL;
    return assign_part(level, base, column->name, true, column->type, column->typmod, parts, count,
                       value, location);
}

/* ---- RETURNING */

static NsItem *returning_item(Level *level, Str name, QVarReturning which)
{
    NsItem *item = ARENA_NEW(level->bind->arena, NsItem);
    *item = *level->target_item;
    item->name = name;
    item->returning = which;
    item->table_visible = true;
    item->columns_visible = false;
    item->lateral_only = false;
    return item;
}

static void returning_names(Level *level, const AstReturning *node)
{
    const Bind *bind = level->bind;
    QQuery *query = level->query;
    for (uint32_t i = 0; i < node->options.count; i++) {
        const AstReturningOption *option = node->options.items[i];
        Str *name = option->is_new ? &query->returning_new : &query->returning_old;
        if (name->data)
            bind__raise(bind, SYNTAX_ERROR, option->location,
                        "%s cannot be specified multiple times", option->is_new ? "NEW" : "OLD");
        *name = option->name;
        for (uint32_t j = 0; j < level->names.count; j++)
            if (level->names.items[j]->table_visible && level->names.items[j]->name.data &&
                str_equal(level->names.items[j]->name, option->name))
                bind__raise(bind, DUPLICATE_ALIAS, option->location,
                            "table name \"%.*s\" specified more than once", STR_ARG(option->name));
        array_push(&level->names,
                   returning_item(level, option->name, option->is_new ? Q_VAR_NEW : Q_VAR_OLD));
    }
    static const Str standard[] = {{"old", 3}, {"new", 3}};
    for (int i = 0; i < 2; i++) {
        Str *name = i ? &query->returning_new : &query->returning_old;
        bool taken = name->data != NULL;
        for (uint32_t j = 0; j < level->names.count; j++)
            taken |= level->names.items[j]->table_visible && level->names.items[j]->name.data &&
                     str_equal(level->names.items[j]->name, standard[i]);
        if (taken) continue;
        array_push(&level->names, returning_item(level, standard[i], i ? Q_VAR_NEW : Q_VAR_OLD));
    }
}

void bind__returning(Level *level, const AstReturning *node, Place place)
{
    if (!node) return;
    uint32_t before = level->names.count;
    returning_names(level, node);
    level->query->returning = bind__targets(level, &node->targets, place);
    level->names.count = before;
    bind__mark_origins(level, level->query->returning);
    bind__resolve_unknown_targets(level, level->query->returning);
    if (!level->query->returning.count)
        bind__raise(level->bind, SYNTAX_ERROR, node->targets.items[0]->location,
                    "RETURNING must have at least one column");
}

/* ---- INSERT */

InsertColumns bind__insert_columns(Level *level, const AstColumnTargetList *list)
{
    InsertColumns columns = {.arena = level->bind->arena};
    for (int16_t i = 0; list->count == 0 && i < level->target->column_count; i++) {
        const CatColumn *column = &level->target->columns[i];
        if (!column->dropped)
            array_push(&columns, ((InsertColumn){column, NULL, 0, NODE_NO_LOCATION}));
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const AstColumnTarget *target = list->items[i];
        const CatColumn *column = target_column(level, target->name, target->location, false);
        for (uint32_t j = 0; j < columns.count; j++)
            if (columns.items[j].column == column &&
                !(columns.items[j].part_count && target->parts.count))
                bind__raise(level->bind, DUPLICATE_COLUMN, target->location,
                            "column \"%.*s\" specified more than once", STR_ARG(target->name));
        array_push(&columns, ((InsertColumn){column, target->parts.items, target->parts.count,
                                             target->location}));
    }
    return columns;
}

static void check_width(Level *level, const InsertColumns *columns, const QExprList *row,
                        bool listed)
{
    const Bind *bind = level->bind;
    if (row->count > columns->count)
        bind__raise(bind, SYNTAX_ERROR, bind__location(row->items[columns->count]),
                    "INSERT has more expressions than target columns");
    if (!listed || row->count >= columns->count) return;
    Error *error = bind__error(bind, SYNTAX_ERROR, columns->items[row->count].location);
    error_message(error, "INSERT has more target columns than expressions");
    const QRow *only = row->count == 1 ? Q_IF(Row, row->items[0]) : NULL;
    if (only && only->items.count == columns->count)
        error_hint(error,
                   "The insertion source is a row expression containing the same number of columns "
                   "expected by INSERT. Did you accidentally use extra parentheses?");
    error_raise(error);
}

void bind__assign_row(Level *level, const InsertColumns *columns, QExprList *row, bool listed)
{
    check_width(level, columns, row, listed);
    for (uint32_t i = 0; i < row->count; i++) {
        const InsertColumn *to = &columns->items[i];
        row->items[i] = assigned(level, to->column, to->parts, to->part_count, row->items[i], false,
                                 to->location);
    }
}

static bool plain_values(const AstValues *values)
{
    return values && !values->with && !values->order_by.count && !values->limit &&
           !values->offset && !values->locks.count;
}

/* Rows of VALUES hold what is put into parts of columns; the parts are assigned to from the rows. */
static QExpr *part_value(QExpr *expr)
{
    for (;;) {
        if (expr->kind == Q_COERCE_DOMAIN)
            expr = Q_AS(CoerceDomain, expr)->arg;
        else if (expr->kind == Q_FIELD_STORE)
            expr = Q_AS(FieldStore, expr)->values.items[0];
        else if (expr->kind == Q_SUBSCRIPT && Q_AS(Subscript, expr)->source)
            expr = Q_AS(Subscript, expr)->source;
        else
            return expr;
    }
}

static QExprList values_table(Level *level, const AstValues *values, const InsertColumns *columns,
                              bool listed)
{
    const Bind *bind = level->bind;
    QTable *table = Q_NEW(bind->arena, Table);
    ARRAY_OF(QValuesRow *) rows = {.arena = bind->arena};
    table->table = Q_RTE_VALUES;
    uint32_t width = 0;
    for (uint32_t i = 0; i < values->rows.count; i++) {
        const AstExprList *items = &values->rows.items[i]->items;
        QValuesRow *row = Q_NEW(bind->arena, ValuesRow);
        row->items = bind__expr_list(level, (AstNode *const *)items->items, items->count,
                                     PLACE_VALUES, true);
        if (i && row->items.count != width)
            bind__raise(bind, SYNTAX_ERROR,
                        bind__location(row->items.count ? row->items.items[0] : NULL),
                        "VALUES lists must all be the same length");
        width = row->items.count;
        bind__assign_row(level, columns, &row->items, listed);
        for (uint32_t j = 0; j < width; j++)
            if (columns->items[j].part_count) row->items.items[j] = part_value(row->items.items[j]);
        array_push(&rows, row);
    }
    table->rows = BIND_LIST(bind, QValuesRowList, rows);
    table->names = (NodeStrs){ARENA_ARRAY(bind->arena, Str, width + 1), width};
    table->types = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, width + 1), width};
    table->typmods = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, width + 1), width};
    table->collations = (NodeI32s){ARENA_ARRAY(bind->arena, int32_t, width + 1), width};
    for (uint32_t j = 0; j < width; j++) {
        const QExpr *first = rows.items[0]->items.items[j];
        table->names.items[j] = str_format(bind->arena, "column%u", j + 1);
        table->types.items[j] = (int32_t)first->type;
        table->typmods.items[j] = first->typmod;
        table->collations.items[j] = (int32_t)bind__type_collation(bind, first->type);
    }
    NsItem *item = bind__add_table(level, table, STR("*VALUES*"));
    ARRAY_OF(QExpr *) vars = {.arena = bind->arena};
    for (uint32_t j = 0; j < width; j++)
        array_push(&vars, bind__var(item, &item->columns[j], 0, bind->arena, NODE_NO_LOCATION));
    bind__refer(level, item);
    return BIND_LIST(bind, QExprList, vars);
}

static QExprList select_table(Level *level, const AstNode *source)
{
    Bind *bind = level->bind;
    /* The target cannot be seen from the source: its level has no names. */
    QQuery *query = bind__query(level, source, bind, NULL, false, false);
    if (query->command != Q_COMMAND_SELECT)
        raise_error(SQLSTATE_INTERNAL_ERROR, "unexpected non-SELECT command in INSERT ... SELECT");
    NsItem *item = bind__add_subquery(level, query, NULL, false);
    item->table->name = STR("*SELECT*");
    item->table->in_from = false;
    ARRAY_OF(QExpr *) vars = {.arena = bind->arena};
    uint32_t at = 0;
    for (uint32_t i = 0; i < query->targets.count; i++) {
        QTarget *target = query->targets.items[i];
        if (target->junk) continue;
        bool literal = (target->expr->kind == Q_CONST || target->expr->kind == Q_PARAM) &&
                       target->expr->type == OID_UNKNOWN;
        QExpr *var = literal ? target->expr
                             : bind__var(item, &item->columns[at], 0, bind->arena,
                                         bind__location(target->expr));
        at++;
        array_push(&vars, var);
    }
    bind__refer(level, item);
    return BIND_LIST(bind, QExprList, vars);
}

void bind__insert_targets(Level *level, const InsertColumns *columns, const QExprList *row)
{
    const Bind *bind = level->bind;
    ARRAY_OF(QTarget *) targets = {.arena = bind->arena};
    for (uint32_t i = 0; i < row->count; i++) {
        QTarget *target = Q_NEW(bind->arena, Target);
        target->expr = row->items[i];
        target->name = columns->items[i].column->name;
        target->number = columns->items[i].column->number;
        add_number(bind, &level->result->inserted, target->number);
        array_push(&targets, target);
    }
    level->query->targets = BIND_LIST(bind, QTargetList, targets);
}

static void insert_source(Level *level, const AstInsert *node, const InsertColumns *columns)
{
    bool listed = node->columns.count > 0;
    const AstValues *values = AST_IF(Values, (const AstNode *)node->query);
    if (!node->query) return; /* DEFAULT VALUES */
    QExprList row;
    if (plain_values(values) && values->rows.count == 1) {
        const AstExprList *items = &values->rows.items[0]->items;
        row = bind__expr_list(level, (AstNode *const *)items->items, items->count,
                              PLACE_VALUES_SINGLE, true);
        bind__assign_row(level, columns, &row, listed);
    } else if (plain_values(values)) {
        row = values_table(level, values, columns, listed);
        for (uint32_t i = 0; i < row.count; i++) {
            const InsertColumn *to = &columns->items[i];
            if (to->part_count)
                row.items[i] = assigned(level, to->column, to->parts, to->part_count, row.items[i],
                                        false, to->location);
        }
        if (!level->query->from) level->query->from = Q_NEW(level->bind->arena, From);
    } else {
        row = select_table(level, (const AstNode *)node->query);
        bind__assign_row(level, columns, &row, listed);
    }
    bind__insert_targets(level, columns, &row);
}

/* The item joins the FROM list without showing its names. */
void bind__refer(Level *level, const NsItem *item)
{
    const Bind *bind = level->bind;
    QTableRef *ref = Q_NEW(bind->arena, TableRef);
    ref->table = item->index;
    if (!level->query->from) level->query->from = Q_NEW(bind->arena, From);
    QJoinItemList *list = &level->query->from->items;
    QJoinItem **items = ARENA_ARRAY(bind->arena, QJoinItem *, list->count + 1);
    if (list->count) memcpy(items, list->items, list->count * sizeof(*items));
    items[list->count] = (QJoinItem *)ref;
    *list = (QJoinItemList){items, list->count + 1};
}

/* ---- ON CONFLICT */

static Oid arbiter_class(const Bind *bind, const AstIndexElement *element)
{
    enum { BTREE = 403 };
    CatName name = bind__qualified(bind, element->opclass, element->location);
    Oid oid = cat_opclass_search(bind->view, BTREE, name);
    if (!oid)
        bind__raise(bind, UNDEFINED_OBJECT, NODE_NO_LOCATION,
                    "operator class \"%.*s\" does not exist for access method \"btree\"",
                    STR_ARG(name.name));
    return oid;
}

static void conflict_arbiter(Level *level, const AstOnConflict *node, QOnConflict *made)
{
    const Bind *bind = level->bind;
    const CatRelation *relation = level->target;
    if (node->update && !node->elements.count && !node->constraint.data) {
        Error *error = bind__error(bind, SYNTAX_ERROR, node->location);
        error_message(error,
                      "ON CONFLICT DO UPDATE requires inference specification or constraint name");
        error_raise(error_hint(error, "For example, ON CONFLICT (column_name)."));
    }
    enum { FIRST_USER_OID = 16384 };
    if (level->target->oid < FIRST_USER_OID)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, node->location,
                    "ON CONFLICT is not supported with system catalog tables");
    if (node->constraint.data) {
        for (uint32_t i = 0; i < relation->constraint_count && !made->constraint; i++)
            if (str_equal(relation->constraints[i].name, node->constraint))
                made->constraint = relation->constraints[i].oid;
        if (!made->constraint)
            bind__raise(bind, UNDEFINED_OBJECT, NODE_NO_LOCATION,
                        "constraint \"%.*s\" for table \"%.*s\" does not exist",
                        STR_ARG(node->constraint), STR_ARG(relation->name));
    }
    uint32_t names = level->names.count;
    bind__push_name(level, level->target_item, false, true);
    ARRAY_OF(QExpr *) elements = {.arena = bind->arena};
    ARRAY_OF(int32_t) collations = {.arena = bind->arena};
    ARRAY_OF(int32_t) opclasses = {.arena = bind->arena};
    for (uint32_t i = 0; i < node->elements.count; i++) {
        const AstIndexElement *element = node->elements.items[i];
        if (element->order != AST_SORT_DEFAULT)
            bind__raise(bind, INVALID_COLUMN_REFERENCE, node->elements_location,
                        "%s is not allowed in ON CONFLICT clause", "ASC/DESC");
        if (element->nulls != AST_NULLS_DEFAULT)
            bind__raise(bind, INVALID_COLUMN_REFERENCE, node->elements_location,
                        "%s is not allowed in ON CONFLICT clause", "NULLS FIRST/LAST");
        AstColumnRef ref = {.kind = AST_COLUMN_REF,
                            .location = node->elements_location,
                            .names = {(Str *)&element->name, 1}};
        const AstNode *expr = element->expr ? (const AstNode *)element->expr
                                            : (const AstNode *)&ref;
        array_push(&elements, bind__expr(level, expr, PLACE_INDEX));
        array_push(&collations,
                   element->collation.count
                       ? (int32_t)bind__collation(bind, element->collation, node->elements_location)
                       : 0);
        array_push(&opclasses, element->opclass.count ? (int32_t)arbiter_class(bind, element) : 0);
    }
    made->arbiter_where = bind__where(level, node->where, PLACE_INDEX_PREDICATE, "WHERE");
    level->names.count = names;
    made->arbiter_elements = BIND_LIST(bind, QExprList, elements);
    made->arbiter_collations = BIND_LIST(bind, NodeI32s, collations);
    made->arbiter_opclasses = BIND_LIST(bind, NodeI32s, opclasses);
}

static void bind_conflict(Level *level, const AstOnConflict *node)
{
    const Bind *bind = level->bind;
    QOnConflict *made = Q_NEW(bind->arena, OnConflict);
    made->action = node->update ? Q_CONFLICT_UPDATE : Q_CONFLICT_NOTHING;
    conflict_arbiter(level, node, made);
    if (node->update) {
        AstAlias alias = {.kind = AST_ALIAS, .location = NODE_NO_LOCATION, .name = STR("excluded")};
        AstRangeVar excluded_var = {.kind = AST_RANGE_VAR,
                                    .location = NODE_NO_LOCATION,
                                    .alias = &alias};
        NsItem *excluded = bind__add_relation(level, level->target, &excluded_var, false);
        excluded->table->relation_kind = 'c'; /* rows proposed, not stored ones */
        made->excluded = excluded->index;
        ARRAY_OF(QTarget *) columns = {.arena = bind->arena};
        for (uint32_t i = 0; i < excluded->column_count; i++) {
            if (!excluded->columns[i].name.bytes) continue;
            QTarget *target = Q_NEW(bind->arena, Target);
            target->expr = bind__var(excluded, &excluded->columns[i], 0, bind->arena,
                                     NODE_NO_LOCATION);
            target->name = excluded->columns[i].name;
            target->number = (int32_t)i + 1;
            array_push(&columns, target);
        }
        made->excluded_targets = BIND_LIST(bind, QTargetList, columns);
        uint32_t names = level->names.count;
        bind__push_name(level, excluded, true, true);
        bind__push_name(level, level->target_item, true, true);
        level->result->permissions |= PRIV_UPDATE;
        made->set = bind__assignments(level, &node->assignments); /* its errors come first */
        made->where = bind__where(level, node->update_where, PLACE_WHERE, "WHERE");
        level->names.count = names;
    }
    level->query->on_conflict = made;
}

QQuery *bind__insert(Level *level, const AstInsert *node)
{
    QQuery *query = level->query;
    query->command = Q_COMMAND_INSERT;
    if (node->with) bind__with(level, node->with);
    bind__open_target(level, node->relation, false, PRIV_INSERT);
    InsertColumns columns = bind__insert_columns(level, &node->columns);
    insert_source(level, node, &columns);
    query->overriding = (QOverriding)node->overriding;
    if (node->conflict) bind_conflict(level, node->conflict);
    if (node->returning) {
        bind__push_name(level, level->target_item, true, true);
        bind__returning(level, node->returning, PLACE_RETURNING);
    }
    bind__finish(level);
    return query;
}

/* ---- UPDATE and DELETE */

static void add_assignment(Level *level, const AstColumnTarget *to, QExpr *value,
                           QTargetList *targets)
{
    const Bind *bind = level->bind;
    const CatColumn *column = target_column(level, to->name, to->location, to->parts.count > 0);
    for (uint32_t i = 0; i < targets->count; i++)
        if (targets->items[i]->number == column->number && !targets->items[i]->junk &&
            !to->parts.count)
            bind__raise(bind, SYNTAX_ERROR, NODE_NO_LOCATION,
                        "multiple assignments to same column \"%.*s\"", STR_ARG(column->name));
    QTarget *target = Q_NEW(bind->arena, Target);
    target->expr = assigned(level, column, to->parts.items, to->parts.count, value, true,
                            to->location);
    target->name = column->name;
    target->number = column->number;
    add_number(bind, &level->result->updated, column->number);
    QTarget **items = ARENA_ARRAY(bind->arena, QTarget *, targets->count + 1);
    if (targets->count) memcpy(items, targets->items, targets->count * sizeof(*items));
    items[targets->count] = target;
    *targets = (QTargetList){items, targets->count + 1};
}

/* (a, b) = (SELECT ...): a hidden target runs the sub-query, the columns take its outputs. */
static void multiple_from_query(Level *level, const AstAssignment *node, QTargetList *targets,
                                QTargetList *hidden)
{
    Bind *bind = level->bind;
    const AstSublink *sublink = AST_AS(Sublink, node->value);
    QSubLink *link = Q_NEW(bind->arena, SubLink);
    link->location = node->value->location;
    link->sublink = Q_SUBLINK_MULTI;
    link->id = ++bind->sublink_count;
    link->type = OID_RECORD;
    link->typmod = -1;
    level->has_sublinks = true;
    level->place = PLACE_UPDATE_SOURCE;
    link->query = bind__query(level, sublink->select, bind, NULL, false, true);
    uint32_t count = 0;
    for (uint32_t i = 0; i < link->query->targets.count; i++)
        count += !link->query->targets.items[i]->junk;
    if (count != node->targets.count)
        bind__raise(bind, SYNTAX_ERROR, node->value->location,
                    "number of columns does not match number of values");
    QTarget *junk = bind__target(level, NULL, &link->base, PLACE_UPDATE_SOURCE, (Str){0}, true);
    QTarget **items = ARENA_ARRAY(bind->arena, QTarget *, hidden->count + 1);
    if (hidden->count) memcpy(items, hidden->items, hidden->count * sizeof(*items));
    items[hidden->count] = junk;
    *hidden = (QTargetList){items, hidden->count + 1};
    uint32_t at = 0;
    for (uint32_t i = 0; i < link->query->targets.count; i++) {
        const QTarget *source = link->query->targets.items[i];
        if (source->junk) continue;
        QSubOutput *output = Q_NEW(bind->arena, SubOutput);
        output->location = link->location;
        output->id = link->id;
        output->column = source->number;
        output->type = source->expr->type;
        output->typmod = source->expr->typmod;
        output->collation = source->expr->collation;
        add_assignment(level, node->targets.items[at++], &output->base, targets);
    }
}

static void multiple(Level *level, const AstAssignment *node, QTargetList *targets,
                     QTargetList *hidden)
{
    const Bind *bind = level->bind;
    const AstSublink *sublink = AST_IF(Sublink, node->value);
    const AstRowExpr *row = AST_IF(RowExpr, node->value);
    if (sublink && sublink->sublink == AST_SUBLINK_SCALAR) {
        multiple_from_query(level, node, targets, hidden);
        return;
    }
    if (!row)
        bind__raise(
            bind, FEATURE_NOT_SUPPORTED, node->value->location,
            "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression");
    QExprList values = bind__expr_list(level, (AstNode *const *)row->items.items, row->items.count,
                                       PLACE_UPDATE_SOURCE, true);
    if (values.count != node->targets.count)
        bind__raise(bind, SYNTAX_ERROR, node->value->location,
                    "number of columns does not match number of values");
    for (uint32_t i = 0; i < values.count; i++)
        add_assignment(level, node->targets.items[i], values.items[i], targets);
}

QTargetList bind__assignments(Level *level, const AstAssignmentList *list)
{
    const Bind *bind = level->bind;
    QTargetList targets = {0}, hidden = {0};
    for (uint32_t i = 0; i < list->count; i++) {
        const AstAssignment *node = list->items[i];
        if (node->row) {
            multiple(level, node, &targets, &hidden);
            continue;
        }
        AstNode *value = (AstNode *)node->value;
        QExprList one = bind__expr_list(level, &value, 1, PLACE_UPDATE_SOURCE, true);
        add_assignment(level, node->targets.items[0], one.items[0], &targets);
    }
    ARRAY_OF(QTarget *) all = {.arena = bind->arena};
    for (uint32_t i = 0; i < targets.count; i++) array_push(&all, targets.items[i]);
    for (uint32_t i = 0; i < hidden.count; i++) {
        hidden.items[i]->number = level->target->column_count + 1 + (int32_t)i;
        array_push(&all, hidden.items[i]);
    }
    return BIND_LIST(bind, QTargetList, all);
}

static void add_target_to_from(Level *level, const AstFromItemList *from)
{
    bind__refer(level, level->target_item);
    /* What follows may see the target only where it says LATERAL, and then it is an error. */
    level->target_item->lateral_only = true;
    level->target_item->lateral_ok = false;
    uint32_t first = level->names.count;
    (void)first;
    bind__from(level, from);
    level->target_item->lateral_only = false;
    level->target_item->lateral_ok = true;
}

QQuery *bind__update(Level *level, const AstUpdate *node)
{
    QQuery *query = level->query;
    query->command = Q_COMMAND_UPDATE;
    if (node->with) bind__with(level, node->with);
    bind__open_target(level, node->relation, true, PRIV_UPDATE);
    add_target_to_from(level, &node->from);
    query->from->where = bind__where(level, node->where, PLACE_WHERE, "WHERE");
    bind__returning(level, node->returning, PLACE_RETURNING);
    query->targets = bind__assignments(level, &node->assignments);
    bind__finish(level);
    return query;
}

QQuery *bind__delete(Level *level, const AstDelete *node)
{
    QQuery *query = level->query;
    query->command = Q_COMMAND_DELETE;
    if (node->with) bind__with(level, node->with);
    bind__open_target(level, node->relation, true, PRIV_DELETE);
    add_target_to_from(level, &node->using);
    query->from->where = bind__where(level, node->where, PLACE_WHERE, "WHERE");
    bind__returning(level, node->returning, PLACE_RETURNING);
    bind__finish(level);
    return query;
}
