/* SPDX-License-Identifier: Apache-2.0 */
/* targets.c - SELECT and RETURNING lists: columns named as PostgreSQL names them, * spread out. */
#include "bind/bind_internal.h"

/* ---- names of columns */

/* How well a name fits: 0 none, 1 that of a construct or type, 2 one that was written. */
static int name_of(const AstNode *node, Str *name);

static int name_of_indirection(const AstIndirection *node, Str *name)
{
    for (uint32_t i = node->parts.count; i-- > 0;) {
        const AstFieldAccess *field = AST_IF(FieldAccess, node->parts.items[i]);
        if (!field || field->star) continue;
        *name = field->name;
        return 2;
    }
    return name_of(node->arg, name);
}

static int name_of_cast(const AstCastExpr *node, Str *name)
{
    int strength = name_of(node->arg, name);
    if (strength > 1) return strength;
    *name = node->type->names.items[node->type->names.count - 1];
    return 1;
}

static int name_of_case(const AstCaseExpr *node, Str *name)
{
    int strength = node->otherwise ? name_of(node->otherwise, name) : 0;
    if (strength > 1) return strength;
    *name = STR("case");
    return 1;
}

static int name_of_sublink(const AstSublink *node, Str *name)
{
    const AstNode *query = node->select;
    if (node->sublink == AST_SUBLINK_EXISTS) return *name = STR("exists"), 2;
    if (node->sublink == AST_SUBLINK_ARRAY) return *name = STR("array"), 2;
    if (node->sublink != AST_SUBLINK_SCALAR) return 0;
    while (query && query->kind == AST_SET_OPERATION)
        query = (const AstNode *)AST_AS(SetOperation, query)->left;
    if (query && query->kind == AST_VALUES) return *name = STR("column1"), 2;
    const AstSelect *select = AST_IF(Select, query);
    if (!select || !select->targets.count) return 0;
    *name = select->targets.items[0]->name;
    if (!name->data) *name = bind__column_name(select->targets.items[0]->expr);
    return 2; /* whatever it is: the sub-query's column has a name */
}

static const char *const construct_names[] = {[AST_ARRAY_EXPR] = "array",
                                              [AST_ROW_EXPR] = "row",
                                              [AST_COALESCE_EXPR] = "coalesce",
                                              [AST_NULL_IF_EXPR] = "nullif",
                                              [AST_GROUPING_FUNC] = "grouping",
                                              [AST_MERGE_ACTION] = "merge_action",
                                              [AST_JSON_PARSE] = "json",
                                              [AST_JSON_SCALAR] = "json_scalar",
                                              [AST_JSON_SERIALIZE] = "json_serialize",
                                              [AST_JSON_OBJECT] = "json_object",
                                              [AST_JSON_ARRAY] = "json_array",
                                              [AST_JSON_ARRAY_QUERY] = "json_array",
                                              [AST_JSON_OBJECT_AGG] = "json_objectagg",
                                              [AST_JSON_ARRAY_AGG] = "json_arrayagg",
                                              [AST_XML_CONCAT] = "xmlconcat",
                                              [AST_XML_ELEMENT] = "xmlelement",
                                              [AST_XML_FOREST] = "xmlforest",
                                              [AST_XML_PARSE] = "xmlparse",
                                              [AST_XML_PI] = "xmlpi",
                                              [AST_XML_ROOT] = "xmlroot",
                                              [AST_XML_SERIALIZE] = "xmlserialize"};

static const char *const value_names[] = {[AST_VALUE_CURRENT_DATE] = "current_date",
                                          [AST_VALUE_CURRENT_TIME] = "current_time",
                                          [AST_VALUE_CURRENT_TIMESTAMP] = "current_timestamp",
                                          [AST_VALUE_LOCALTIME] = "localtime",
                                          [AST_VALUE_LOCALTIMESTAMP] = "localtimestamp",
                                          [AST_VALUE_CURRENT_ROLE] = "current_role",
                                          [AST_VALUE_CURRENT_USER] = "current_user",
                                          [AST_VALUE_USER] = "user",
                                          [AST_VALUE_SESSION_USER] = "session_user",
                                          [AST_VALUE_CURRENT_CATALOG] = "current_catalog",
                                          [AST_VALUE_CURRENT_SCHEMA] = "current_schema"};

static int name_of(const AstNode *node, Str *name)
{
    task_check();
    if (!node) return 0;
    switch (node->kind) {
    case AST_COLUMN_REF: {
        const AstColumnRef *ref = AST_AS(ColumnRef, node);
        if (!ref->names.count) return 0; /* of t.*: t */
        *name = ref->names.items[ref->names.count - 1];
        return 2;
    }
    case AST_INDIRECTION: return name_of_indirection(AST_AS(Indirection, node), name);
    case AST_FUNC_CALL: {
        const AstFuncCall *call = AST_AS(FuncCall, node);
        *name = call->names.items[call->names.count - 1];
        return 2;
    }
    case AST_COLLATE_EXPR: return name_of(AST_AS(CollateExpr, node)->arg, name);
    case AST_CAST_EXPR: return name_of_cast(AST_AS(CastExpr, node), name);
    case AST_CASE_EXPR: return name_of_case(AST_AS(CaseExpr, node), name);
    case AST_SUBLINK: return name_of_sublink(AST_AS(Sublink, node), name);
    case AST_MIN_MAX_EXPR:
        *name = AST_AS(MinMaxExpr, node)->op == AST_MINMAX_GREATEST ? STR("greatest")
                                                                    : STR("least");
        return 2;
    case AST_JSON_FUNCTION: {
        static const char *const functions[] = {[AST_JSON_OP_EXISTS] = "json_exists",
                                                [AST_JSON_OP_VALUE] = "json_value",
                                                [AST_JSON_OP_QUERY] = "json_query"};
        *name = str_from(functions[AST_AS(JsonFunction, node)->op]);
        return 2;
    }
    case AST_VALUE_FUNCTION:
        *name = str_from(value_names[AST_AS(ValueFunction, node)->op]);
        return 2;
    default: break;
    }
    size_t known = sizeof construct_names / sizeof *construct_names;
    if (node->kind >= known || !construct_names[node->kind]) return 0;
    *name = str_from(construct_names[node->kind]);
    return 2;
}

Str bind_expression_name(const AstNode *expr)
{
    Str name = {0};
    name_of(expr, &name);
    return name;
}

Str bind__column_name(const AstNode *expr)
{
    Str name = STR("?column?");
    name_of(expr, &name);
    return name;
}

typedef struct FirstSubLink {
    const QSubLink *found;
} FirstSubLink;

static bool find_sublink(void *arg, void *child)
{
    FirstSubLink *first = arg;
    task_check_stack();
    first->found = Q_IF(SubLink, (const QNode *)child);
    return first->found != NULL || query_walk(child, find_sublink, arg);
}

/* Of a scalar sub-query, perhaps under casts, over *: only the bound one tells the name of its first column. */
static Str name_of_starred(const AstNode *node, QExpr *expr)
{
    while (node && (node->kind == AST_CAST_EXPR || node->kind == AST_COLLATE_EXPR))
        node = node->kind == AST_CAST_EXPR ? (const AstNode *)AST_AS(CastExpr, node)->arg
                                           : (const AstNode *)AST_AS(CollateExpr, node)->arg;
    const AstSublink *link = AST_IF(Sublink, node);
    if (!link || link->sublink != AST_SUBLINK_SCALAR) return (Str){0};
    const AstNode *query = link->select;
    while (query && query->kind == AST_SET_OPERATION)
        query = (const AstNode *)AST_AS(SetOperation, query)->left;
    const AstSelect *select = AST_IF(Select, query);
    if (!select || !select->targets.count) return (Str){0};
    const AstColumnRef *ref = AST_IF(ColumnRef, select->targets.items[0]->expr);
    FirstSubLink first = {0};
    if (!ref || !ref->star || !find_sublink(&first, expr)) return (Str){0};
    const QTargetList *targets = &first.found->query->targets;
    return targets->count ? targets->items[0]->name : (Str){0};
}

/* ---- the list */

QTarget *bind__target(Level *level, const AstNode *node, QExpr *expr, Place place, Str name,
                      bool junk)
{
    QTarget *target = Q_NEW(level->bind->arena, Target);
    target->location = node ? node->location : NODE_NO_LOCATION;
    target->expr = expr ? expr : bind__expr(level, node, place);
    if (!junk && !name.data) name = name_of_starred(node, target->expr);
    target->name = junk ? (Str){0} : name.data ? name : bind__column_name(node);
    target->junk = junk;
    return target;
}

typedef ARRAY_OF(QTarget *) Targets;
typedef ARRAY_OF(QExpr *) Exprs;

/* Where the columns of a * go: targets, or expressions alone (in ROW and VALUES). */
typedef struct Spread {
    Level *level;
    Targets *targets;
    Exprs *exprs;
} Spread;

static void spread_one(const Spread *to, Str name, QExpr *expr)
{
    if (to->exprs) {
        array_push(to->exprs, expr);
        return;
    }
    QTarget *target = bind__target(to->level, NULL, expr, to->level->place, name, false);
    array_push(to->targets, target);
}

static void spread_item(const Spread *to, NsItem *item, uint32_t up, int32_t location)
{
    for (uint32_t i = 0; i < item->column_count; i++) {
        const NsColumn *column = &item->columns[i];
        if (!column->name.bytes || column->hidden) continue;
        QExpr *var = item->table->table == Q_RTE_JOIN
                         ? bind__var(item, column, up, to->level->bind->arena, location)
                         : bind__column_at(to->level, item, up, column, location);
        spread_one(to, column->name, var);
    }
}

static void spread_all(const Spread *to, int32_t location)
{
    Level *level = to->level;
    bool any = false;
    for (uint32_t i = 0; i < level->names.count; i++) {
        NsItem *item = level->names.items[i];
        if (!item->columns_visible || (item->lateral_only && !level->lateral_active)) continue;
        any = true;
        spread_item(to, item, 0, location);
    }
    if (!any)
        bind__raise(level->bind, SYNTAX_ERROR, location,
                    "SELECT * with no tables specified is not valid");
}

static void spread_row(const Spread *to, QExpr *row, int32_t location)
{
    Level *level = to->level;
    const Bind *bind = level->bind;
    uint32_t count;
    const QVar *var = Q_IF(Var, row);
    if (var && var->column == 0) {
        Level *at = level;
        for (uint32_t up = var->up; up; up--) at = at->parent;
        for (uint32_t i = 0; i < at->names.count; i++)
            if (at->names.items[i]->index == var->table &&
                at->names.items[i]->returning == var->returning) {
                spread_item(to, at->names.items[i], var->up, location);
                return;
            }
    }
    const FnAttribute *attributes = NULL;
    bool is_row = row->type == OID_RECORD ||
                  (row->type != OID_UNKNOWN && bind__is_complex(bind, row->type));
    if (!is_row)
        bind__raise(bind, WRONG_OBJECT_TYPE, bind__location(row), "type %.*s is not composite",
                    STR_ARG(bind__type_text(bind, row->type)));
    attributes = bind__attributes_of(level, row, &count);
    if (!attributes && row->type == OID_RECORD)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, NODE_NO_LOCATION,
                    "record type has not been registered");
    for (uint32_t i = 0; i < count; i++)
        if (!attributes[i].dropped)
            spread_one(to, attributes[i].name, bind__field_at(bind, row, &attributes[i], i));
}

/* *, t.*, (row).*; false: it is none of these. */
static bool spread_star(const Spread *to, const AstNode *node)
{
    Level *level = to->level;
    const AstColumnRef *ref = AST_IF(ColumnRef, node);
    if (node->kind == AST_STAR || (ref && ref->star && ref->names.count == 0)) {
        spread_all(to, node->location);
        return true;
    }
    if (ref && ref->star) {
        uint32_t up, count = ref->names.count;
        bind__check_dotted(level->bind, ref);
        Str schema = count > 1 ? ref->names.items[count - 2] : (Str){0},
            name = ref->names.items[count - 1];
        NsItem *item = bind__find_table(level, schema, name, ref->location, &up);
        if (item) {
            spread_item(to, item, up, ref->location);
            return true;
        }
        if (count == 2) { /* t.column.* */
            item = bind__find_table(level, (Str){0}, schema, ref->location, &up);
            QExpr *column = item ? bind__find_column_of(level, item, up, name, ref->location)
                                 : NULL;
            if (column) {
                spread_row(to, column, ref->location);
                return true;
            }
        }
        bind__no_table(level, schema, name, ref->location);
    }
    const AstIndirection *indirection = AST_IF(Indirection, node);
    if (!indirection) return false;
    const AstFieldAccess *last = AST_IF(FieldAccess,
                                        indirection->parts.items[indirection->parts.count - 1]);
    if (!last || !last->star) return false;
    AstIndirection inner = *indirection;
    inner.parts.count--;
    QExpr *row = inner.parts.count ? bind__indirection(level, &inner)
                                   : bind__expr_in(level, inner.arg);
    spread_row(to, row, node->location);
    return true;
}

QTargetList bind__targets(Level *level, const AstTargetList *nodes, Place place)
{
    const Bind *bind = level->bind;
    Targets targets = {.arena = bind->arena};
    Place before = level->place;
    level->place = place;
    Spread spread = {level, &targets, NULL};
    for (uint32_t i = 0; i < nodes->count; i++) {
        const AstTarget *node = nodes->items[i];
        if (spread_star(&spread, node->expr)) continue;
        array_push(&targets, bind__target(level, node->expr, NULL, place, node->name, false));
    }
    level->place = before;
    for (uint32_t i = 0; i < targets.count; i++) targets.items[i]->number = (int32_t)i + 1;
    return BIND_LIST(bind, QTargetList, targets);
}

QExprList bind__expr_list(Level *level, AstNode *const *items, uint32_t count, Place place,
                          bool allow_default)
{
    const Bind *bind = level->bind;
    Exprs exprs = {.arena = bind->arena};
    Place before = level->place;
    level->place = place;
    Spread spread = {level, NULL, &exprs};
    for (uint32_t i = 0; i < count; i++) {
        if (allow_default && items[i]->kind == AST_DEFAULT) {
            QSetToDefault *made = Q_NEW(bind->arena, SetToDefault);
            made->location = items[i]->location;
            made->type = OID_UNKNOWN;
            made->typmod = -1;
            array_push(&exprs, &made->base);
        } else if (!spread_star(&spread, items[i])) {
            array_push(&exprs, bind__expr_in(level, items[i]));
        }
    }
    level->place = before;
    return BIND_LIST(bind, QExprList, exprs);
}

/* Literals that nothing gave a type are text. */
void bind__resolve_unknown_targets(Level *level, QTargetList targets)
{
    for (uint32_t i = 0; i < targets.count; i++) {
        QTarget *target = targets.items[i];
        if (target->expr->type == OID_UNKNOWN)
            target->expr = bind__coerce_type(level->bind, target->expr, OID_TEXT, -1, 'i',
                                             Q_CALL_IMPLICIT_CAST, NODE_NO_LOCATION);
    }
}

/* ---- where a column comes from, for the row description of the protocol */

static void origin_of(const QTableList tables, const QExpr *expr, uint32_t *table, int32_t *column)
{
    const QVar *var = Q_IF(Var, expr);
    task_check();
    if (!var || var->up || !var->table || var->table > tables.count) return;
    const QTable *entry = tables.items[var->table - 1];
    switch (entry->table) {
    case Q_RTE_RELATION:
        *table = entry->relation;
        *column = var->column;
        return;
    case Q_RTE_JOIN:
        if (var->column > 0 && (uint32_t)var->column <= entry->join_vars.count)
            origin_of(tables, entry->join_vars.items[var->column - 1], table, column);
        return;
    case Q_RTE_SUBQUERY:
        for (uint32_t i = 0; entry->query && i < entry->query->targets.count; i++)
            if (entry->query->targets.items[i]->number == var->column) {
                *table = entry->query->targets.items[i]->from_table;
                *column = entry->query->targets.items[i]->from_column;
            }
        return;
    default: return;
    }
}

void bind__mark_origins(Level *level, QTargetList targets)
{
    for (uint32_t i = 0; i < targets.count; i++) {
        QTarget *target = targets.items[i];
        const QVar *var = Q_IF(Var, target->expr);
        if (!var || !var->table) continue;
        Level *at = level;
        for (uint32_t up = var->up; up; up--) at = at->parent;
        QTableList tables = {at->tables.items, at->tables.count};
        QVar here = *var;
        here.up = 0;
        if (tables.items[var->table - 1]->table != Q_RTE_CTE) {
            origin_of(tables, &here.base, &target->from_table, &target->from_column);
            continue;
        }
        uint32_t up;
        const CteName *cte = bind__find_cte(at, tables.items[var->table - 1]->cte, &up);
        const QQuery *query = cte ? cte->cte->query : NULL;
        for (uint32_t j = 0; query && j < query->targets.count; j++)
            if (query->targets.items[j]->number == var->column) {
                target->from_table = query->targets.items[j]->from_table;
                target->from_column = query->targets.items[j]->from_column;
            }
    }
}
