/* SPDX-License-Identifier: Apache-2.0 */
/* aggregates.c - calls of aggregates: the query they belong to, and their ORDER BY, DISTINCT and WITHIN GROUP.
 *
 * An aggregate belongs to the innermost query whose columns its arguments use; without any, to the one it stands in. */
#include "bind/bind_internal.h"
#include "base/builtins.h"

typedef struct Uses {
    const Bind *bind;
    int32_t depth;     /* of sub-queries below the arguments */
    int32_t var;       /* the least level of a column, -1: none */
    int32_t aggregate; /* and of an aggregate or GROUPING */
    int32_t aggregate_location;
    int32_t depth_limit;
} Uses;

static void note_level(int32_t *least, int32_t level)
{
    if (level >= 0 && (*least < 0 || level < *least)) *least = level;
}

static void note_aggregate(Uses *uses, int32_t level, int32_t location)
{
    if (level < 0 || (uses->aggregate >= 0 && level >= uses->aggregate)) return;
    uses->aggregate = level;
    uses->aggregate_location = location;
}

static bool visit_uses(void *arg, void *child)
{
    Uses *uses = arg;
    QNode *node = child;
    task_check();
    switch (node->kind) {
    case Q_VAR: note_level(&uses->var, (int32_t)Q_AS(Var, node)->up - uses->depth); return false;
    case Q_AGGREGATE:
        note_aggregate(uses, (int32_t)Q_AS(Aggregate, node)->up - uses->depth, node->location);
        break;
    case Q_GROUPING:
        note_aggregate(uses, (int32_t)Q_AS(Grouping, node)->up - uses->depth, node->location);
        break;
    case Q_WINDOW_CALL:
        if (uses->depth == 0)
            bind__raise(uses->bind, GROUPING_ERROR, node->location,
                        "aggregate function calls cannot contain window function calls");
        break;
    case Q_FUNC_CALL:
    case Q_OP_CALL: {
        bool set = node->kind == Q_FUNC_CALL ? Q_AS(FuncCall, node)->returns_set
                                             : Q_AS(OpCall, node)->returns_set;
        if (!set || uses->depth) break;
        Error *error = bind__error(uses->bind, FEATURE_NOT_SUPPORTED,
                                   bind__location((QExpr *)node));
        error_message(error,
                      "aggregate function calls cannot contain set-returning function calls");
        error_raise(error_hint(
            error,
            "You might be able to move the set-returning function into a LATERAL FROM item."));
    }
    case Q_QUERY: {
        uses->depth++;
        bool stop = query_walk(node, visit_uses, uses);
        uses->depth--;
        return stop;
    }
    default: break;
    }
    return query_walk(node, visit_uses, uses);
}

/* The level that the arguments make their call belong to. */
static int32_t level_used(const Uses *uses)
{
    int32_t level = uses->var;
    note_level(&level, uses->aggregate);
    if (level < 0) level = 0;
    if (uses->aggregate == level)
        bind__raise(uses->bind, GROUPING_ERROR, uses->aggregate_location,
                    "aggregate function calls cannot be nested");
    return level;
}

/* The level that the parts make it belong to. */
static uint32_t level_of(const Bind *bind, const QAggregate *aggregate)
{
    Uses uses = {.bind = bind, .var = -1, .aggregate = -1};
    for (uint32_t i = 0; i < aggregate->args.count; i++)
        visit_uses(&uses, aggregate->args.items[i]->expr);
    if (aggregate->filter) visit_uses(&uses, aggregate->filter);
    const int32_t level = level_used(&uses);
    Uses direct = {.bind = bind, .var = -1, .aggregate = -1};
    for (uint32_t i = 0; i < aggregate->direct.count; i++)
        visit_uses(&direct, aggregate->direct.items[i]);
    if (direct.var >= 0 && direct.var < level)
        bind__raise(
            bind, GROUPING_ERROR, bind__location(aggregate->direct.items[0]),
            "outer-level aggregate cannot contain a lower-level variable in its direct arguments");
    if (direct.aggregate >= 0 && direct.aggregate <= level)
        bind__raise(bind, GROUPING_ERROR, direct.aggregate_location,
                    "aggregate function calls cannot be nested");
    return (uint32_t)level;
}

/* Notes it at its query, where its clause must allow it. */
static void settle_level(Level *level, uint32_t up, int32_t location, const char *what)
{
    for (; up; up--) level = level->parent;
    const PlaceFacts *place = bind__place(level->place);
    if (!place->aggregates)
        bind__raise(level->bind, GROUPING_ERROR, location, "%s are not allowed in %s", what,
                    place->name);
    level->has_aggregates = true;
}

static QTarget *arg_target(const Bind *bind, QExpr *expr, uint32_t number)
{
    QTarget *target = Q_NEW(bind->arena, Target);
    target->expr = expr;
    target->number = (int32_t)number;
    return target;
}

static void plain_arguments(Level *level, const AstFuncCall *node, QExpr **args, uint32_t count,
                            QAggregate *made)
{
    const Bind *bind = level->bind;
    QTarget **items = ARENA_ARRAY(bind->arena, QTarget *, count + 1);
    for (uint32_t i = 0; i < count; i++) items[i] = arg_target(bind, args[i], i + 1);
    made->args = (QTargetList){items, count};
    made->order_by = bind__order_by(level, &node->order_by, &made->args, PLACE_ORDER_BY, true);
    if (!node->distinct) return;
    made->distinct = bind__distinct(level, &made->args, made->order_by, true);
    for (uint32_t i = 0; i < made->distinct.count; i++)
        if (!made->distinct.items[i]->order) {
            QTarget *target = bind__target_by_reference(&made->args,
                                                        made->distinct.items[i]->reference);
            Error *error = bind__error(bind, UNDEFINED_FUNCTION, bind__location(target->expr));
            error_message(error, "could not identify an ordering operator for type %.*s",
                          STR_ARG(bind__type_text(bind, target->expr->type)));
            error_raise(
                error_detail(error, "Aggregates with DISTINCT must be able to sort their inputs."));
        }
}

static _Noreturn void refuse_counts(const Bind *bind, const AstFuncCall *node, QExpr *const *args,
                                    uint32_t direct, uint32_t ordered)
{
    const Str name = bind__name_text(bind, node->names);
    StrBuilder types = str_builder(bind->arena, 64);
    for (uint32_t i = 0; i < direct + ordered; i++)
        str_add_format(&types, "%s%.*s", i > 0 ? ", " : "",
                       STR_ARG(bind__type_text(bind, args[i]->type)));
    Error *error = bind__error(bind, UNDEFINED_FUNCTION, node->location);
    error_message(error, "function %.*s(%.*s) does not exist", STR_ARG(name),
                  STR_ARG(str_done(&types)));
    error_raise(error_hint(error,
                           "To use the hypothetical-set aggregate %.*s, the number of hypothetical "
                           "direct arguments (here %u) must match the number of ordering columns "
                           "(here %u).",
                           STR_ARG(name), direct, ordered));
}

/* The hypothetical row is one of those that are ordered: column by column of one type. */
static void match_hypothetical(const Bind *bind, const AstFuncCall *node, QExpr **args,
                               uint32_t direct, uint32_t ordered)
{
    static const char context[] = "WITHIN GROUP";
    if (direct != ordered) refuse_counts(bind, node, args, direct, ordered);
    for (uint32_t i = 0; i < direct; i++) {
        QExpr *pair[2] = {args[direct + i], args[i]};
        const Oid type = bind__common_type(bind, pair, 2, context, NULL);
        args[i] = bind__coerce_common(bind, args[i], type, context);
        args[direct + i] = bind__coerce_common(bind, args[direct + i], type, context);
    }
}

static void ordered_arguments(Level *level, const AstFuncCall *node, QExpr **args, uint32_t count,
                              QAggregate *made)
{
    const Bind *bind = level->bind;
    uint32_t ordered = MIN(node->order_by.count, count), direct = count - ordered;
    if (made->kind_ == 'h') match_hypothetical(bind, node, args, direct, ordered);
    made->direct = bind__exprs(bind, args, direct);
    QTarget **items = ARENA_ARRAY(bind->arena, QTarget *, ordered + 1);
    for (uint32_t i = 0; i < ordered; i++) items[i] = arg_target(bind, args[direct + i], i + 1);
    made->args = (QTargetList){items, ordered};
    for (uint32_t i = 0; i < ordered; i++)
        bind__add_sort_key(level, items[i], &made->order_by, &made->args, node->order_by.items[i],
                           bind__location(items[i]->expr));
}

static void check_form(Level *level, const AstFuncCall *node, const char *name, char kind,
                       uint32_t count)
{
    const Bind *bind = level->bind;
    if (kind == 'n' && node->within_group)
        bind__raise(bind, WRONG_OBJECT_TYPE, node->location,
                    "%s is not an ordered-set aggregate, so it cannot have WITHIN GROUP", name);
    if (kind != 'n' && !node->within_group)
        bind__raise(bind, WRONG_OBJECT_TYPE, node->location,
                    "WITHIN GROUP is required for ordered-set aggregate %s", name);
    if (kind == 'n' && count == 0 && !node->star)
        bind__raise(bind, WRONG_OBJECT_TYPE, node->location,
                    "%s(*) must be used to call a parameterless aggregate function", name);
}

QExpr *bind__aggregate(Level *level, const AstFuncCall *node, const Resolved *found, QExpr **args,
                       uint32_t count, QExpr *filter)
{
    const Bind *bind = level->bind;
    const BuiltinAggregate *facts = builtin_aggregate(found->function->oid);
    QAggregate *made = Q_NEW(bind->arena, Aggregate);
    made->location = node->location;
    made->function = found->function->oid;
    made->kind_ = facts ? facts->kind : 'n';
    made->state_type = facts ? facts->state : 0;
    made->star = node->star;
    made->variadic = node->variadic || found->variadic_count > 0;
    made->filter = filter;
    made->type = found->result;
    made->typmod = -1;
    check_form(level, node, str_copy_zero(bind->arena, bind__name_text(bind, node->names)),
               made->kind_, count);
    if (made->kind_ == 'n')
        plain_arguments(level, node, args, count, made);
    else
        ordered_arguments(level, node, args, count, made);
    made->up = level_of(bind, made);
    settle_level(level, made->up, node->location, "aggregate functions");
    return &made->base;
}

QExpr *bind__grouping(Level *level, const AstGroupingFunc *node)
{
    enum { GROUPING_ARGS_MAX = 31 };
    const Bind *bind = level->bind;
    if (node->args.count > GROUPING_ARGS_MAX)
        bind__raise(bind, TOO_MANY_ARGUMENTS, node->location,
                    "GROUPING must have fewer than 32 arguments");
    QGrouping *made = Q_NEW(bind->arena, Grouping);
    made->location = node->location;
    made->type = OID_INT4;
    made->typmod = -1;
    Uses uses = {.bind = bind, .var = -1, .aggregate = -1};
    ARRAY_OF(QExpr *) args = {.arena = bind->arena};
    for (uint32_t i = 0; i < node->args.count; i++) {
        QExpr *arg = bind__expr_in(level, node->args.items[i]);
        visit_uses(&uses, arg);
        array_push(&args, arg);
    }
    made->args = BIND_LIST(bind, QExprList, args);
    made->up = (uint32_t)level_used(&uses);
    settle_level(level, made->up, node->location, "grouping operations");
    return &made->base;
}
