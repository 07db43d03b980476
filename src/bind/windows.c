/* SPDX-License-Identifier: Apache-2.0 */
/* windows.c - calls with OVER, and the windows that they name or describe. */
#include "bind/bind_internal.h"

#include "base/builtins.h"

/* *arg: where the first call that returns a set is. */
static bool visit_set(void *arg, void *child)
{
    const QFuncCall *call = Q_IF(FuncCall, (QNode *)child);
    const QOpCall *op = Q_IF(OpCall, (QNode *)child);
    task_check_stack();
    if ((call != NULL && call->returns_set) || (op != NULL && op->returns_set)) {
        *(int32_t *)arg = bind__location(child);
        return true;
    }
    return ((QNode *)child)->kind != Q_QUERY && query_walk(child, visit_set, arg);
}

bool bind__returns_set(const QExpr *expr)
{
    int32_t location;
    return visit_set(&location, (void *)expr);
}

static void refuse_sets(const Bind *bind, QExpr *const *args, uint32_t count)
{
    int32_t location = NODE_NO_LOCATION;
    for (uint32_t i = 0; i < count; i++) {
        if (!visit_set(&location, args[i])) continue;
        Error *error = bind__error(bind, FEATURE_NOT_SUPPORTED, location);
        error_message(error, "window function calls cannot contain set-returning function calls");
        error_raise(error_hint(
            error,
            "You might be able to move the set-returning function into a LATERAL FROM item."));
    }
}

static bool visit_window(void *arg, void *child)
{
    QNode *node = child;
    task_check();
    if (node->kind == Q_WINDOW_CALL) {
        *(int32_t *)arg = node->location;
        return true;
    }
    return node->kind != Q_QUERY && query_walk(node, visit_window, arg);
}

/* The number of the window that OVER means; one written twice alike is one. */
static uint32_t window_of(Level *level, const AstWindowDef *over)
{
    const Bind *bind = level->bind;
    for (uint32_t i = 0; i < level->window_defs.count; i++) {
        const AstWindowDef *def = level->window_defs.items[i];
        if (over->reference ? def->name.data && !def->reference && str_equal(def->name, over->name)
                            : !def->name.data && ast_equal(def, over))
            return i + 1;
    }
    if (over->reference)
        bind__raise(bind, UNDEFINED_OBJECT, over->location, "window \"%.*s\" does not exist",
                    STR_ARG(over->name));
    array_push(&level->window_defs, over);
    return level->window_defs.count;
}

static void check_call(Level *level, const AstFuncCall *node, const char *name, bool is_aggregate,
                       char kind, uint32_t count)
{
    const Bind *bind = level->bind;
    int32_t location = node->location;
    if (kind != 'n')
        bind__raise(bind, FEATURE_NOT_SUPPORTED, location,
                    "OVER is not supported for ordered-set aggregate %s", name);
    if (node->distinct)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, location,
                    "DISTINCT is not implemented for window functions");
    if (is_aggregate && count == 0 && !node->star)
        bind__raise(bind, WRONG_OBJECT_TYPE, location,
                    "%s(*) must be used to call a parameterless aggregate function", name);
    if (node->order_by.count)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, location,
                    "aggregate ORDER BY is not implemented for window functions");
    if (!is_aggregate && node->filter)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, location,
                    "FILTER is not implemented for non-aggregate window functions");
}

QExpr *bind__window_call(Level *level, const AstFuncCall *node, const Resolved *found, QExpr **args,
                         uint32_t count, QExpr *filter)
{
    const Bind *bind = level->bind;
    bool is_aggregate = found->function->kind == 'a';
    const BuiltinAggregate *facts = is_aggregate ? builtin_aggregate(found->function->oid) : NULL;
    const char *name = str_copy_zero(bind->arena, bind__name_text(bind, node->names));
    check_call(level, node, name, is_aggregate, facts ? facts->kind : 'n', count);
    QWindowCall *made = Q_NEW(bind->arena, WindowCall);
    made->location = node->location;
    made->function = found->function->oid;
    made->args = bind__exprs(bind, args, count);
    made->filter = filter;
    made->star = node->star;
    made->is_aggregate = is_aggregate;
    made->type = found->result;
    made->typmod = -1;
    int32_t nested = NODE_NO_LOCATION;
    for (uint32_t i = 0; i < count; i++)
        if (visit_window(&nested, args[i]))
            bind__raise(bind, WINDOWING_ERROR, nested, "window function calls cannot be nested");
    refuse_sets(bind, args, count);
    const PlaceFacts *place = bind__place(level->place);
    if (!place->windows)
        bind__raise(bind, WINDOWING_ERROR, node->location, "window functions are not allowed in %s",
                    bind__frame_or(level->place));
    level->has_windows = true;
    made->window = window_of(level, node->over);
    return &made->base;
}

/* ---- definitions */

static QWindow *window_named(Level *level, Str name)
{
    for (uint32_t i = 0; i < level->windows.count; i++)
        if (level->windows.items[i]->name.data && str_equal(level->windows.items[i]->name, name))
            return level->windows.items[i];
    return NULL;
}

static bool has_frame(const QWindow *window)
{
    return window->frame != AST_FRAME_NONE;
}

/* What a window takes over from the one it begins with. */
static void inherit(Level *level, const AstWindowDef *def, QWindow *made)
{
    const Bind *bind = level->bind;
    QWindow *parent = window_named(level, def->parent);
    if (!parent)
        bind__raise(bind, UNDEFINED_OBJECT, def->location, "window \"%.*s\" does not exist",
                    STR_ARG(def->parent));
    if (made->partition_by.count)
        bind__raise(bind, WINDOWING_ERROR, def->location,
                    "cannot override PARTITION BY clause of window \"%.*s\"", STR_ARG(def->parent));
    made->partition_by = parent->partition_by;
    if (made->order_by.count && parent->order_by.count)
        bind__raise(bind, WINDOWING_ERROR, def->location,
                    "cannot override ORDER BY clause of window \"%.*s\"", STR_ARG(def->parent));
    if (!made->order_by.count) {
        made->order_by = parent->order_by;
        made->copied_order = true;
    }
    if (!has_frame(parent)) return;
    Error *error = bind__error(bind, WINDOWING_ERROR, def->location);
    error_message(error, "cannot copy window \"%.*s\" because it has a frame clause",
                  STR_ARG(def->parent));
    if (!def->order_by.count && !has_frame(made) && !def->name.data)
        error_hint(error, "Omit the parentheses in this OVER clause.");
    error_raise(error);
}

enum { METHOD_BTREE = 403, IN_RANGE = 3 };

/* The in_range function of a sort operator's family whose offset type is best for the expression. */
static uint32_t range_function(Level *level, Oid family, Oid type, QExpr **offset, int32_t location)
{
    const Bind *bind = level->bind;
    Oid wanted = (*offset)->type, chosen = 0;
    uint32_t function = 0, matches = 0, candidates = 0;
    for (uint32_t i = 0; i < builtins.family_functions_count; i++) {
        const BuiltinFamilyFunction *row = &builtins.family_functions[i];
        if (row->family != family || row->left != type || row->number != IN_RANGE) continue;
        candidates++;
        bool exact = wanted == row->right || (wanted == OID_UNKNOWN && row->right == type);
        if (exact) {
            chosen = row->right;
            function = row->function;
            matches = 1;
            break;
        }
        if (wanted != OID_UNKNOWN && !bind__can_coerce(bind, 1, &wanted, &row->right, 'i'))
            continue;
        matches++;
        if (!function || bind__type(bind, row->right)->preferred) {
            chosen = row->right;
            function = row->function;
        }
    }
    if (!candidates || !matches) {
        Error *error = bind__error(bind, FEATURE_NOT_SUPPORTED, bind__location(*offset));
        if (candidates) {
            error_message(
                error,
                "RANGE with offset PRECEDING/FOLLOWING is not supported for column type %.*s and offset type %.*s",
                STR_ARG(bind__type_text(bind, type)), STR_ARG(bind__type_text(bind, wanted)));
            error_hint(error, "Cast the offset value to an appropriate type.");
        } else {
            error_message(
                error,
                "RANGE with offset PRECEDING/FOLLOWING is not supported for column type %.*s",
                STR_ARG(bind__type_text(bind, type)));
        }
        error_raise(error);
    }
    (void)location;
    *offset = bind__coerce_named(bind, *offset, chosen, "RANGE");
    return function;
}

static QExpr *frame_offset(Level *level, const AstWindowDef *def, const AstNode *node,
                           QWindow *made, const QTargetList *targets, uint32_t *in_range)
{
    if (!node) return NULL;
    const Bind *bind = level->bind;
    static const Place places[] = {[AST_FRAME_RANGE] = PLACE_FRAME_RANGE,
                                   [AST_FRAME_ROWS] = PLACE_FRAME_ROWS,
                                   [AST_FRAME_GROUPS] = PLACE_FRAME_GROUPS};
    if (def->frame != AST_FRAME_RANGE)
        return bind__limit(level, node, places[def->frame],
                           def->frame == AST_FRAME_ROWS ? "ROWS" : "GROUPS", false);
    if (made->order_by.count != 1)
        bind__raise(bind, WINDOWING_ERROR, def->location,
                    "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column");
    const QSortKey *key = made->order_by.items[0];
    QTarget *target = bind__target_by_reference(targets, key->reference);
    QExpr *offset = bind__expr(level, node, PLACE_FRAME_RANGE);
    Oid type = bind__base_type(bind, target->expr->type, NULL), family = 0;
    uint32_t count;
    const CatOperatorFamily *families = cat_operator_families(bind->view, key->order, &count);
    for (uint32_t i = 0; i < count; i++)
        if (families[i].method == METHOD_BTREE)
            family = families[i].family, type = families[i].left;
    *in_range = range_function(level, family, type, &offset, def->location);
    made->in_range_asc = !key->reverse;
    made->in_range_nulls_first = key->nulls_first;
    return offset;
}

static QSortKeyList partition(Level *level, const AstWindowDef *def, QTargetList *targets,
                              const QSortKeyList *order)
{
    QSortKeyList keys = {0};
    for (uint32_t i = 0; i < def->partition_by.count; i++) {
        QTarget *target = bind__find_target_sql99(level, def->partition_by.items[i], targets,
                                                  PLACE_WINDOW_PARTITION);
        bind__add_group_key(level, target, &keys, targets, order, bind__location(target->expr));
    }
    return keys;
}

static void define(Level *level, const AstWindowDef *def, QTargetList *targets)
{
    const Bind *bind = level->bind;
    if (def->name.data && window_named(level, def->name))
        bind__raise(bind, WINDOWING_ERROR, def->location, "window \"%.*s\" is already defined",
                    STR_ARG(def->name));
    QWindow *made = Q_NEW(bind->arena, Window);
    made->location = def->location;
    made->name = def->name;
    made->parent = def->parent;
    made->order_by = bind__order_by(level, &def->order_by, targets, PLACE_WINDOW_ORDER, true);
    made->partition_by = partition(level, def, targets, &made->order_by);
    made->frame = def->frame;
    made->start = def->frame == AST_FRAME_NONE ? AST_BOUND_UNBOUNDED_PRECEDING : def->start;
    made->end = def->frame == AST_FRAME_NONE || !def->between ? AST_BOUND_CURRENT_ROW : def->end;
    made->exclusion = def->exclusion;
    made->between = def->between;
    if (def->parent.data) inherit(level, def, made);
    if (def->frame == AST_FRAME_GROUPS && !made->order_by.count)
        bind__raise(bind, WINDOWING_ERROR, def->location,
                    "GROUPS mode requires an ORDER BY clause");
    made->start_offset = frame_offset(level, def, def->start_offset, made, targets,
                                      &made->start_in_range);
    made->end_offset = frame_offset(level, def, def->end_offset, made, targets,
                                    &made->end_in_range);
    array_push(&level->windows, made);
}

void bind__windows(Level *level, QTargetList *targets)
{
    for (uint32_t i = 0; i < level->window_defs.count; i++)
        define(level, level->window_defs.items[i], targets);
    level->query->windows = BIND_LIST(level->bind, QWindowList, level->windows);
}
