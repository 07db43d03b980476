/* SPDX-License-Identifier: Apache-2.0 */
/* fields.c - fields of rows, elements of arrays: expr.name, expr[1], expr[1:2]. */
#include "bind/bind_internal.h"

/* ---- what columns a row has */

static const FnAttribute *attributes_of_names(const Bind *bind, NodeStrs names, NodeI32s types,
                                              NodeI32s typmods, NodeI32s collations,
                                              uint32_t *count)
{
    FnAttribute *made = ARENA_ARRAY(bind->arena, FnAttribute, names.count + 1);
    *count = names.count;
    for (uint32_t i = 0; i < names.count; i++)
        made[i] = (FnAttribute){.name = names.items[i],
                                .type = (Oid)types.items[i],
                                .typmod = typmods.items[i],
                                .collation = collations.count > i ? (Oid)collations.items[i] : 0,
                                .dropped = names.items[i].bytes == 0};
    return made;
}

/* What a polymorphic type that a function gives out stands for in a call of it. */
static Oid type_in_call(const Bind *bind, const QFuncCall *call, const CatFunction *function,
                        Oid type)
{
    if (!bind__is_polymorphic(type) || call->args.count != function->arg_count) return type;
    Oid *actual = ARENA_ARRAY(bind->arena, Oid, function->arg_count + 1);
    Oid *declared = arena_copy(bind->arena, function->args, sizeof(Oid) * function->arg_count);
    for (uint32_t i = 0; i < function->arg_count; i++) actual[i] = call->args.items[i]->type;
    return bind__resolve_polymorphic(bind, actual, declared, function->arg_count, type, true);
}

static const FnAttribute *attributes_of_call(const Bind *bind, const QFuncCall *call,
                                             uint32_t *count)
{
    const CatFunction *found = cat_function(bind->view, call->function);
    *count = 0;
    if (!found || !found->modes) return NULL;
    FnAttribute *made = ARENA_ARRAY(bind->arena, FnAttribute, found->all_arg_count + 1);
    for (uint32_t i = 0; i < found->all_arg_count; i++) {
        char mode = found->modes[i];
        if (mode != 'o' && mode != 'b' && mode != 't') continue;
        Str name = found->arg_names ? found->arg_names[i] : (Str){0};
        if (!name.bytes) name = str_format(bind->arena, "column%u", *count + 1);
        const Oid type = type_in_call(bind, call, found, found->all_args[i]);
        made[(*count)++] = (FnAttribute){.name = name,
                                         .type = type,
                                         .typmod = -1,
                                         .collation = bind__type_collation(bind, type)};
    }
    return made;
}

static const FnAttribute *record_attributes(const Bind *bind, QTableList tables, Level *level,
                                            const QExpr *expr, uint32_t *count);

static const FnAttribute *attributes_of_column(const Bind *bind, const QTable *table,
                                               int32_t column, uint32_t *count)
{
    const QQuery *query = table->query;
    *count = 0;
    if (table->table == Q_RTE_JOIN && column > 0) return NULL;
    if (table->table != Q_RTE_SUBQUERY || !query || column < 1) return NULL;
    for (uint32_t i = 0; i < query->targets.count; i++)
        if (query->targets.items[i]->number == column)
            return record_attributes(bind, query->tables, NULL, query->targets.items[i]->expr,
                                     count);
    return NULL;
}

/* Of an expression of type record: as its parts show. NULL: not known. */
static const FnAttribute *record_attributes(const Bind *bind, QTableList tables, Level *level,
                                            const QExpr *expr, uint32_t *count)
{
    *count = 0;
    task_check();
    if (expr->kind == Q_ROW) {
        const QRow *row = Q_AS(Row, expr);
        FnAttribute *made = ARENA_ARRAY(bind->arena, FnAttribute, row->items.count + 1);
        *count = row->items.count;
        for (uint32_t i = 0; i < *count; i++)
            made[i] = (FnAttribute){.name = row->names.items[i],
                                    .type = row->items.items[i]->type,
                                    .typmod = row->items.items[i]->typmod,
                                    .collation = row->items.items[i]->collation};
        return made;
    }
    if (expr->kind == Q_FUNC_CALL) return attributes_of_call(bind, Q_AS(FuncCall, expr), count);
    if (expr->kind != Q_VAR) return NULL;
    const QVar *var = Q_AS(Var, expr);
    for (uint32_t up = var->up; level && up; up--) level = level->parent;
    if (level) tables = (QTableList){level->tables.items, level->tables.count};
    if (!level && var->up) return NULL;
    if (!var->table || var->table > tables.count) return NULL;
    const QTable *table = tables.items[var->table - 1];
    if (var->column == 0)
        return attributes_of_names(bind, table->names, table->types, table->typmods,
                                   table->collations, count);
    return attributes_of_column(bind, table, var->column, count);
}

static const FnAttribute *attributes_of(Level *level, const QExpr *arg, uint32_t *count)
{
    const Bind *bind = level->bind;
    if (arg->type == OID_RECORD && arg->typmod < 0)
        return record_attributes(bind, (QTableList){0}, level, arg, count);
    return bind__attributes(bind, arg->type, arg->typmod, count);
}

const FnAttribute *bind__attributes_of(Level *level, const QExpr *arg, uint32_t *count)
{
    return attributes_of(level, arg, count);
}

static QExpr *make_field(const Bind *bind, QExpr *arg, const FnAttribute *attribute, uint32_t at,
                         int32_t location)
{
    QFieldSelect *made = Q_NEW(bind->arena, FieldSelect);
    made->location = location;
    made->arg = arg;
    made->field = (int32_t)at + 1;
    made->type = attribute->type;
    made->typmod = attribute->typmod;
    made->collation = attribute->collation;
    return &made->base;
}

QExpr *bind__field_at(const Bind *bind, QExpr *arg, const FnAttribute *attribute, uint32_t at)
{
    return make_field(bind, arg, attribute, at, bind__location(arg));
}

_Noreturn static void no_field(Level *level, const QExpr *arg, Str field, int32_t location)
{
    const Bind *bind = level->bind;
    if (arg->kind == Q_VAR && Q_AS(Var, arg)->column == 0) {
        const QVar *var = Q_AS(Var, arg);
        Level *at = level;
        for (uint32_t up = var->up; up; up--) at = at->parent;
        bind__no_column(level, at->tables.items[var->table - 1]->name, field, location);
    }
    if (arg->type == OID_RECORD)
        bind__raise(bind, UNDEFINED_COLUMN, location,
                    "could not identify column \"%.*s\" in record data type", STR_ARG(field));
    if (arg->type != OID_UNKNOWN && bind__is_complex(bind, arg->type))
        bind__raise(bind, UNDEFINED_COLUMN, location, "column \"%.*s\" not found in data type %.*s",
                    STR_ARG(field), STR_ARG(bind__type_text(bind, arg->type)));
    bind__raise(bind, WRONG_OBJECT_TYPE, location,
                "column notation .%.*s applied to type %.*s, which is not a composite type",
                STR_ARG(field), STR_ARG(bind__type_text(bind, arg->type)));
}

QExpr *bind__select_field(Level *level, QExpr *arg, Str field, int32_t location, bool quiet)
{
    const Bind *bind = level->bind;
    /* As a record a row keeps its columns' names. */
    const QRelabel *relabel = Q_IF(Relabel, arg);
    if (relabel && arg->type == OID_RECORD && bind__is_complex(bind, relabel->arg->type))
        arg = relabel->arg;
    bool row = arg->type == OID_RECORD ||
               (arg->type != OID_UNKNOWN && bind__is_complex(bind, arg->type));
    uint32_t count = 0;
    /* A whole row of a table here: its column itself, by the name that it has here and not by its type's. */
    if (arg->kind == Q_VAR && Q_AS(Var, arg)->column == 0) {
        const QVar *var = Q_AS(Var, arg);
        Level *at = level;
        for (uint32_t up = var->up; up; up--) at = at->parent;
        for (uint32_t i = 0; i < at->names.count; i++)
            if (at->names.items[i]->index == var->table &&
                at->names.items[i]->returning == var->returning) {
                QExpr *found = bind__find_column_of(level, at->names.items[i], var->up, field,
                                                    location);
                if (found) return found;
                row = false;
            }
    }
    const FnAttribute *attributes = row ? attributes_of(level, arg, &count) : NULL;
    for (uint32_t i = 0; i < count; i++)
        if (!attributes[i].dropped && str_equal(attributes[i].name, field))
            return make_field(bind, arg, &attributes[i], i, location);
    if (quiet) return NULL;
    no_field(level, arg, field, location);
}

/* ---- subscripts */

static QExpr *subscript_index(const Bind *bind, Level *level, const AstNode *node, Oid container)
{
    QExpr *index = bind__expr_in(level, node);
    if (container == OID_JSONB) return index;
    QExpr *made = bind__coerce(bind, index, OID_INT4, -1, 'a', Q_CALL_IMPLICIT_CAST,
                               NODE_NO_LOCATION);
    if (!made)
        bind__raise(bind, DATATYPE_MISMATCH, bind__location(index),
                    "array subscript must have type integer");
    return made;
}

/* A subscript of jsonb is an integer or text, whichever it can be alone. */
static QExpr *jsonb_index(const Bind *bind, QExpr *index)
{
    static const Oid targets[] = {OID_INT4, OID_TEXT};
    Oid found = OID_UNKNOWN;
    if (index->type == OID_UNKNOWN) {
        found = OID_TEXT;
    } else {
        for (int i = 0; i < 2; i++) {
            if (!bind__can_coerce(bind, 1, &index->type, &targets[i], 'i')) continue;
            if (found != OID_UNKNOWN)
                bind__raise(bind, DATATYPE_MISMATCH, bind__location(index),
                            "subscript type %.*s is not supported",
                            STR_ARG(bind__type_text(bind, index->type)));
            found = targets[i];
        }
    }
    QExpr *made = found == OID_UNKNOWN ? NULL
                                       : bind__coerce(bind, index, found, -1, 'i',
                                                      Q_CALL_IMPLICIT_CAST, NODE_NO_LOCATION);
    if (made) return made;
    Error *error = bind__error(bind, DATATYPE_MISMATCH, bind__location(index));
    error_message(error, "subscript type %.*s is not supported",
                  STR_ARG(bind__type_text(bind, index->type)));
    error_raise(error_hint(error, "jsonb subscript must be coercible to either integer or text."));
}

static QExpr *no_bound(const Bind *bind)
{
    QNoBound *made = Q_NEW(bind->arena, NoBound);
    made->type = OID_INT4;
    made->typmod = -1;
    return &made->base;
}

static void bind_bounds(const Bind *bind, Level *level, QSubscript *made, AstNode *const *parts,
                        uint32_t count)
{
    enum { DIMENSIONS_MAX = 6 };
    bool jsonb = made->container == OID_JSONB;
    ARRAY_OF(QExpr *) upper = {.arena = bind->arena};
    ARRAY_OF(QExpr *) lower = {.arena = bind->arena};
    for (uint32_t i = 0; i < count; i++) {
        const AstSubscript *part = AST_AS(Subscript, parts[i]);
        if (jsonb && part->slice)
            bind__raise(bind, DATATYPE_MISMATCH,
                        bind__ast_location(part->upper ? part->upper : part->lower),
                        "jsonb subscript does not support slices");
        if (made->slice) {
            QExpr *low = part->slice
                             ? (part->lower
                                    ? subscript_index(bind, level, part->lower, made->container)
                                    : no_bound(bind))
                             : bind__const_i32(bind, 1);
            array_push(&lower, low);
        }
        QExpr *high = part->upper ? subscript_index(bind, level, part->upper, made->container)
                                  : no_bound(bind);
        array_push(&upper, jsonb ? jsonb_index(bind, high) : high);
    }
    if (!jsonb && upper.count > DIMENSIONS_MAX)
        bind__raise(bind, PROGRAM_LIMIT_EXCEEDED, NODE_NO_LOCATION,
                    "number of array dimensions (%u) exceeds the maximum allowed (%d)", upper.count,
                    DIMENSIONS_MAX);
    made->upper = BIND_LIST(bind, QExprList, upper);
    made->lower = BIND_LIST(bind, QExprList, lower);
}

QExpr *bind__subscripts(const Bind *bind, Level *level, QExpr *container, AstNode *const *parts,
                        uint32_t count, QExpr *source, int32_t source_typmod)
{
    (void)source_typmod;
    QSubscript *made = Q_NEW(bind->arena, Subscript);
    int32_t typmod = container->typmod;
    Oid base = bind__base_type(bind, container->type, &typmod);
    Oid element = base == OID_JSONB ? OID_JSONB : bind__type(bind, base)->element;
    bool subscriptable = base == OID_JSONB || bind__array_element(bind, base) ||
                         base == OID_INT2VECTOR || base == OID_OIDVECTOR || base == OID_POINT ||
                         base == OID_NAME || base == OID_LSEG || base == OID_BOX ||
                         base == OID_LINE;
    if (!subscriptable || !element)
        bind__raise(bind, DATATYPE_MISMATCH, bind__location(container),
                    "cannot subscript type %.*s because it does not support subscripting",
                    STR_ARG(bind__type_text(bind, container->type)));
    if (base != container->type)
        container = bind__coerce_type(bind, container, base, typmod, 'i', Q_CALL_IMPLICIT_CAST,
                                      NODE_NO_LOCATION);
    /* The old vector types are arrays of their elements in all but name. */
    if (base == OID_INT2VECTOR || base == OID_OIDVECTOR)
        base = base == OID_INT2VECTOR ? OID_INT2_ARRAY : OID_OID_ARRAY;
    made->location = NODE_NO_LOCATION;
    made->arg = container;
    made->container = base;
    made->element = element;
    made->source = source;
    for (uint32_t i = 0; i < count; i++) made->slice |= AST_AS(Subscript, parts[i])->slice;
    bind_bounds(bind, level, made, parts, count);
    made->type = source ? base : made->slice ? base : element;
    made->typmod = typmod;
    return &made->base;
}

QExpr *bind__indirection(Level *level, const AstIndirection *node)
{
    const Bind *bind = level->bind;
    QExpr *result = bind__expr_in(level, node->arg);
    for (uint32_t i = 0; i < node->parts.count;) {
        AstNode *const *parts = node->parts.items + i;
        uint32_t subscripts = 0;
        while (i + subscripts < node->parts.count && parts[subscripts]->kind == AST_SUBSCRIPT)
            subscripts++;
        if (subscripts) {
            result = bind__subscripts(bind, level, result, parts, subscripts, NULL, -1);
            i += subscripts;
            continue;
        }
        const AstFieldAccess *field = AST_AS(FieldAccess, parts[0]);
        int32_t location = bind__location(result);
        if (field->star)
            bind__raise(bind, FEATURE_NOT_SUPPORTED, location,
                        "row expansion via \"*\" is not supported here");
        result = bind__field_or_call(level, result, field->name, location);
        i++;
    }
    return result;
}
