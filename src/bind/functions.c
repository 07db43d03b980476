/* SPDX-License-Identifier: Apache-2.0 */
/* functions.c - which function is meant by a name and arguments, and plain calls of it.
 *
 * Candidates are the functions of the name along the search path whose parameters the arguments could fill: by
 * position, by name, with defaults, or by spreading a VARIADIC one. An exact match wins; else a single argument and the
 * name of a type may be a cast in function's clothes; else the rules for several candidates (operators.c) decide. */
#include "bind/bind_internal.h"

typedef struct Given {
    Level *level;
    NodeStrs names;
    int32_t location;
    QExpr **args;
    Oid *types;
    Str *arg_names; /* of the last named_count arguments */
    uint32_t count, named_count;
    bool variadic;    /* VARIADIC was written */
    bool as_declared; /* a VARIADIC parameter takes its array */
    bool procedure;
} Given;

/* A candidate's parameters as the arguments see them. */
typedef struct Offer {
    const CatFunction *function;
    Oid *args;
    uint32_t arg_count, variadic_count, default_count;
    int32_t *named_at;
    uint32_t rank; /* place of its schema in the search path */
    bool ambiguous;
} Offer;

/* ---- candidates */

/* `outs`: parameters that only give out have places too. */
static bool parameter_named(const CatFunction *function, bool outs, Str name, int32_t *at)
{
    int32_t input = 0;
    for (uint32_t i = 0; i < function->all_arg_count; i++) {
        char mode = function->modes ? function->modes[i] : 'i';
        if (!outs && (mode == 'o' || mode == 't')) continue;
        if (function->arg_names && str_equal(function->arg_names[i], name)) {
            *at = input;
            return true;
        }
        input++;
    }
    return false;
}

/* Named notation: which parameter each argument fills, and whether defaults fill the rest. */
static bool match_names(const Given *given, const CatFunction *function, Offer *offer)
{
    uint32_t declared = function->arg_count, positional = given->count - given->named_count;
    if (given->count > declared || given->count + function->default_count < declared) return false;
    const Bind *bind = given->level->bind;
    bool *filled = arena_alloc_zero(bind->arena, declared + 1);
    int32_t *at = ARENA_ARRAY(bind->arena, int32_t, declared + 1);
    for (uint32_t i = 0; i < positional; i++) {
        at[i] = (int32_t)i;
        filled[i] = true;
    }
    for (uint32_t i = 0; i < given->named_count; i++) {
        int32_t place;
        bool outs = given->procedure && function->kind == 'p';
        if (!parameter_named(function, outs, given->arg_names[i], &place) || filled[place])
            return false;
        at[positional + i] = place;
        filled[place] = true;
    }
    uint32_t next = given->count;
    for (uint32_t i = 0; i < declared; i++) {
        if (filled[i]) continue;
        if (i < declared - function->default_count) return false;
        at[next++] = (int32_t)i; /* by its default */
    }
    offer->named_at = at;
    offer->arg_count = declared;
    offer->default_count = declared - given->count;
    offer->args = ARENA_ARRAY(bind->arena, Oid, declared + 1);
    for (uint32_t i = 0; i < declared; i++) offer->args[i] = function->args[at[i]];
    return true;
}

static bool match_positions(const Given *given, const CatFunction *function, Offer *offer)
{
    const Bind *bind = given->level->bind;
    uint32_t declared = function->arg_count;
    bool spread = function->variadic && !given->variadic && !given->as_declared &&
                  declared <= given->count;
    if (given->variadic && !function->variadic) return false;
    offer->arg_count = spread ? given->count : declared;
    if (!spread && declared != given->count) {
        if (declared < given->count || given->count + function->default_count < declared)
            return false;
        offer->default_count = declared - given->count;
    }
    offer->args = ARENA_ARRAY(bind->arena, Oid, offer->arg_count + 1);
    for (uint32_t i = 0; i < offer->arg_count; i++)
        offer->args[i] = i < declared ? function->args[i] : 0;
    if (!spread) return true;
    offer->variadic_count = given->count - declared + 1;
    for (uint32_t i = declared - 1; i < given->count; i++) offer->args[i] = function->variadic;
    return true;
}

static bool same_args(const Offer *a, const Offer *b, uint32_t count)
{
    return a->arg_count >= count && b->arg_count >= count && oids_equal(a->args, b->args, count);
}

/* Of two offers with the same arguments: the earlier schema, no defaults, not spread; else neither. */
static bool better(const Offer *a, const Offer *b)
{
    if (a->rank != b->rank) return a->rank < b->rank;
    if (a->default_count != b->default_count) return a->default_count < b->default_count;
    return a->variadic_count == 0 && b->variadic_count > 0;
}

typedef ARRAY_OF(Offer) Offers;

static void add_offer(const Given *given, Offers *offers, const Offer *offer)
{
    for (uint32_t i = 0; i < offers->count; i++) {
        Offer *other = &offers->items[i];
        if (!same_args(other, offer, given->count)) continue;
        if (better(other, offer)) return;
        if (better(offer, other)) {
            *other = *offer;
            return;
        }
        if (offer->default_count || offer->variadic_count) {
            other->ambiguous = true;
            return;
        }
    }
    array_push(offers, *offer);
}

/* CALL gives OUT parameters a place each, whose values nobody looks at. */
static const CatFunction *with_outs(const Bind *bind, const CatFunction *function)
{
    if (function->kind != 'p' || !function->modes) return function;
    CatFunction *whole = arena_copy(bind->arena, function, sizeof *whole);
    whole->args = function->all_args;
    whole->arg_count = function->all_arg_count;
    return whole;
}

static void find_offers(const Given *given, Offers *offers)
{
    const Bind *bind = given->level->bind;
    CatName name = bind__qualified(bind, given->names, given->location);
    uint32_t count;
    const CatFunction **all = cat_functions_named(bind->view, name.name, &count);
    const SearchPath *path = cat_search_path(bind->view);
    Oid only = name.schema.data ? cat_namespace_used(bind->view, name.schema,
                                                     bind__position(bind, given->location))
                                : 0;
    if (name.schema.data && !only)
        bind__raise(bind, INVALID_SCHEMA_NAME, given->location, "schema \"%.*s\" does not exist",
                    STR_ARG(name.schema));
    for (uint32_t i = 0; i < count; i++) {
        const CatFunction *function = given->procedure ? with_outs(bind, all[i]) : all[i];
        Offer offer = {.function = function};
        uint32_t at = 0;
        if (only && all[i]->namespace_ != only) continue;
        while (!only && at < path->lasting_count && path->lasting[at] != all[i]->namespace_) at++;
        if (!only && at == path->lasting_count) continue;
        offer.rank = at;
        bool fits = given->named_count ? match_names(given, function, &offer)
                                       : match_positions(given, function, &offer);
        if (fits) add_offer(given, offers, &offer);
    }
}

/* ---- errors */

static Str call_text(const Given *given)
{
    const Bind *bind = given->level->bind;
    StrBuilder text = str_builder(bind->arena, 64);
    str_add(&text, bind__name_text(bind, given->names));
    str_add_char(&text, '(');
    for (uint32_t i = 0; i < given->count; i++) {
        if (i) str_add(&text, STR(", "));
        uint32_t first_named = given->count - given->named_count;
        if (i >= first_named) {
            str_add(&text, given->arg_names[i - first_named]);
            str_add(&text, STR(" => "));
        }
        str_add(&text, bind__type_text(bind, given->types[i]));
    }
    str_add_char(&text, ')');
    return str_done(&text);
}

_Noreturn static void not_unique(const Given *given)
{
    Error *error = bind__error(given->level->bind, AMBIGUOUS_FUNCTION, given->location);
    error_message(error, "%s %.*s is not unique", given->procedure ? "procedure" : "function",
                  STR_ARG(call_text(given)));
    error_raise(error_hint(error,
                           "Could not choose a best candidate %s. You might need to add "
                           "explicit type casts.",
                           given->procedure ? "procedure" : "function"));
}

_Noreturn static void not_found(const Given *given, const AstFuncCall *node)
{
    Error *error = bind__error(given->level->bind, UNDEFINED_FUNCTION, given->location);
    error_message(error, "%s %.*s does not exist", given->procedure ? "procedure" : "function",
                  STR_ARG(call_text(given)));
    if (node && node->order_by.count > 1 && !node->within_group)
        error_hint(error, "No aggregate function matches the given name and argument types. "
                          "Perhaps you misplaced ORDER BY; ORDER BY must appear after all "
                          "regular arguments of the aggregate.");
    else
        error_hint(error,
                   "No %s matches the given name and argument types. You might need to "
                   "add explicit type casts.",
                   given->procedure ? "procedure" : "function");
    error_raise(error);
}

/* ---- choice */

static Offer *exact_offer(const Given *given, const Offers *offers)
{
    for (uint32_t i = 0; i < offers->count; i++)
        if (oids_equal(offers->items[i].args, given->types, given->count)) return &offers->items[i];
    return NULL;
}

/* type(x), where there is no such function, is a cast: of a literal, or by relabelling or text. */
static bool is_cast(const Given *given, Resolved *found)
{
    const Bind *bind = given->level->bind;
    if (given->count != 1 || given->named_count || given->variadic) return false;
    AstTypeName name = {.kind = AST_TYPE_NAME, .location = given->location, .names = given->names};
    int32_t typmod;
    Oid type = bind__find_type_name(bind, &name, &typmod), function;
    if (!type || bind__array_element(bind, type)) return false;
    Oid source = given->types[0];
    bool cast = source == OID_UNKNOWN;
    if (!cast) {
        CoercePath path = bind__coerce_path(bind, type, source, 'e', &function);
        bool row = source == OID_RECORD || bind__is_complex(bind, source);
        cast = path == PATH_RELABEL ||
               (path == PATH_IO && !(row && bind__category(bind, type) == 'S'));
    }
    if (!cast) return false;
    *found = (Resolved){.is_cast = true, .result = type};
    return true;
}

static Offer *inexact_offer(const Given *given, const Offers *offers)
{
    const Bind *bind = given->level->bind;
    Candidate *candidates = ARENA_ARRAY(bind->arena, Candidate, offers->count + 1);
    for (uint32_t i = 0; i < offers->count; i++)
        candidates[i] = (Candidate){offers->items[i].args, &offers->items[i]};
    uint32_t kept = bind__keep_coercible(bind, given->types, given->count, candidates,
                                         offers->count);
    if (kept == 0) return NULL;
    if (kept == 1) return candidates[0].item;
    int32_t at = bind__select_candidate(bind, given->types, given->count, candidates, kept);
    if (at < 0) not_unique(given);
    return candidates[at].item;
}

/* False: there is no such function. */
static bool resolve(const Given *given, Resolved *found)
{
    const Bind *bind = given->level->bind;
    Offers offers = {.arena = bind->arena};
    find_offers(given, &offers);
    Offer *best = exact_offer(given, &offers);
    if (!best && is_cast(given, found)) return true;
    if (!best) best = inexact_offer(given, &offers);
    if (!best) return false;
    if (best->ambiguous) not_unique(given);
    *found = (Resolved){.function = best->function,
                        .result = best->function->result,
                        .arg_count = best->arg_count,
                        .declared = best->args,
                        .variadic_count = best->variadic_count,
                        .variadic_type = best->function->variadic,
                        .named_at = best->named_at,
                        .default_count = best->default_count};
    return true;
}

const CatFunction *bind_function_for(NodeStrs names, const Oid *types, uint32_t count,
                                     const BindOptions *options, Oid **declared, Oid *result)
{
    Bind bind = {.arena = options->env->stmt, .options = options, .view = options->view};
    Level level = {.bind = &bind};
    const Given given = {.level = &level,
                         .names = names,
                         .location = NODE_NO_LOCATION,
                         .types = arena_copy(bind.arena, types, sizeof(Oid) * count),
                         .count = count,
                         .as_declared = true};
    Offers offers = {.arena = bind.arena};
    find_offers(&given, &offers);
    const Offer *best = exact_offer(&given, &offers);
    if (!best) best = inexact_offer(&given, &offers);
    if (!best || best->default_count) return NULL;
    if (best->ambiguous) not_unique(&given);
    *declared = arena_copy(bind.arena, best->args, sizeof(Oid) * count);
    *result = bind__resolve_polymorphic(&bind, types, *declared, count, best->function->result,
                                        true);
    return best->function;
}

Oid bind_resolve_polymorphic(const BindOptions *options, Arena *arena, const Oid *actual,
                             Oid *declared, uint32_t count, Oid result)
{
    const Bind bind = {.arena = arena, .options = options, .view = options->view};
    return bind__resolve_polymorphic(&bind, actual, declared, count, result, true);
}

/* ---- defaults */

/* A default stands nowhere in the statement. */
static bool forget_location(void *arg, void *child)
{
    QExpr *expr = child;
    task_check();
    expr->location = NODE_NO_LOCATION;
    query_walk(expr, forget_location, arg);
    return false;
}

static QExpr *builtin_default(Level *level, const CatFunction *function, uint32_t at)
{
    const Bind *bind = level->bind;
    Str text = str_format(bind->arena, "SELECT %s", function->builtin->defaults[at]);
    ParseResult *parsed = parse_sql(bind->arena, text, NULL);
    const AstSelect *select = AST_AS(Select, parsed->statements[0].tree);
    BindOptions options = *bind->options;
    options.sql = text;
    Bind inner = *bind;
    inner.options = &options;
    Level *nested = bind__level_new(&inner, NULL);
    QExpr *value = bind__expr(nested, select->targets.items[0]->expr, PLACE_FUNCTION_DEFAULT);
    (void)forget_location(NULL, value);
    return value;
}

static QExpr *default_of(Level *level, const CatFunction *function, uint32_t parameter)
{
    const Bind *bind = level->bind;
    uint32_t at = parameter - (function->arg_count - function->default_count);
    if (!function->builtin)
        return (QExpr *)query_copy(bind->arena,
                                   bind_load(bind->arena, function->defaults[at]->stored));
    QExpr *value = builtin_default(level, function, at);
    Oid type = function->args[parameter];
    QExpr *coerced = bind__coerce(bind, value, type, -1, 'a', Q_CALL_IMPLICIT_CAST,
                                  NODE_NO_LOCATION);
    return coerced ? coerced : value;
}

/* The arguments in the order of the parameters, defaults in their places; types likewise. */
static void place_arguments(Given *given, Resolved *found)
{
    const Bind *bind = given->level->bind;
    if (!found->named_at && !found->default_count) return;
    uint32_t total = found->arg_count;
    QExpr **args = ARENA_ARRAY(bind->arena, QExpr *, total + 1);
    Oid *types = ARENA_ARRAY(bind->arena, Oid, total + 1);
    Oid *declared = ARENA_ARRAY(bind->arena, Oid, total + 1);
    for (uint32_t i = 0; i < total; i++) {
        uint32_t at = found->named_at ? (uint32_t)found->named_at[i] : i;
        args[at] = i < given->count ? given->args[i]
                                    : default_of(given->level, found->function, at);
        types[at] = args[at]->type;
        declared[at] = found->declared[i];
    }
    given->args = args;
    given->types = types;
    given->count = total;
    found->declared = declared;
}

/* ---- the call */

static void check_variadic_any(const Given *given, const CatFunction *function)
{
    if (!given->variadic || function->variadic != OID_ANY) return;
    const Bind *bind = given->level->bind;
    Oid type = bind__base_type(bind, given->types[given->count - 1], NULL);
    if (type != OID_UNKNOWN && !bind__array_element(bind, type))
        bind__raise(bind, DATATYPE_MISMATCH, bind__location(given->args[given->count - 1]),
                    "VARIADIC argument must be an array");
}

/* Spread arguments go back into one array, which is what the function takes. */
static void gather_variadic(Given *given, const Resolved *found)
{
    const Bind *bind = given->level->bind;
    if (!found->variadic_count || found->variadic_type == OID_ANY) return;
    uint32_t first = given->count - found->variadic_count;
    QArray *array = Q_NEW(bind->arena, Array);
    array->items = bind__exprs(bind, given->args + first, found->variadic_count);
    array->element = array->items.items[0]->type;
    array->type = bind__array_type(bind, array->element);
    array->typmod = -1;
    array->location = bind__location(array->items.items[0]);
    if (!array->type)
        bind__raise(bind, UNDEFINED_OBJECT, array->location,
                    "could not find array type for data type %.*s",
                    STR_ARG(bind__type_text(bind, array->element)));
    given->args[first] = &array->base;
    given->count = first + 1;
    given->variadic = true;
}

static void refuse_decorations(const Given *given, const AstFuncCall *node, const char *name)
{
    const Bind *bind = given->level->bind;
    if (node->star)
        bind__raise(bind, WRONG_OBJECT_TYPE, given->location,
                    "%s(*) specified, but %s is not an aggregate function", name, name);
    static const char *const words[] = {"DISTINCT", "WITHIN GROUP", "ORDER BY", "FILTER"};
    bool written[] = {node->distinct, node->within_group, node->order_by.count > 0,
                      node->filter != NULL};
    for (size_t i = 0; i < 4; i++)
        if (written[i])
            bind__raise(bind, WRONG_OBJECT_TYPE, given->location,
                        "%s specified, but %s is not an aggregate function", words[i], name);
    if (node->over)
        bind__raise(bind, WRONG_OBJECT_TYPE, given->location,
                    "OVER specified, but %s is not a window function nor an aggregate function",
                    name);
}

/* The type modifier that a cast function called by name has been told. */
static int32_t result_typmod(const Bind *bind, const QFuncCall *call)
{
    if (call->form != Q_CALL_EXPLICIT_CAST && call->form != Q_CALL_IMPLICIT_CAST) return -1;
    (void)bind;
    const QConst *length = call->args.count > 1 ? Q_IF(Const, call->args.items[1]) : NULL;
    return length && length->type == OID_INT4 && !length->value.datum.null
               ? length->value.datum.value.i32
               : -1;
}

static QExpr *plain_call(Given *given, const Resolved *found, const AstFuncCall *node, Oid result,
                         QExpr *set_before)
{
    Level *level = given->level;
    QFuncCall *call = Q_NEW(level->bind->arena, FuncCall);
    call->location = given->location;
    call->type = result;
    call->function = found->function->oid;
    call->args = bind__exprs(level->bind, given->args, given->count);
    call->form = node && node->sql_syntax ? Q_CALL_SQL_SYNTAX : Q_CALL_FUNCTION;
    call->variadic = given->variadic;
    call->returns_set = found->function->returns_set;
    call->typmod = result_typmod(level->bind, call);
    if (call->returns_set) bind__note_set(level, &call->base, set_before, given->location);
    return &call->base;
}

void bind__note_set(Level *level, QExpr *call, QExpr *set_before, int32_t location)
{
    const Bind *bind = level->bind;
    const PlaceFacts *place = bind__place(level->place);
    if (level->set_forbidden) {
        Error *error = bind__error(bind, FEATURE_NOT_SUPPORTED, location);
        error_message(error, "set-returning functions are not allowed in %s", level->set_forbidden);
        error_raise(error_hint(error, "You might be able to move the set-returning function into a "
                                      "LATERAL FROM item."));
    }
    if (!place->sets)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, location,
                    "set-returning functions are not allowed in %s", bind__frame_or(level->place));
    if (level->place == PLACE_FROM_FUNCTION && level->last_set != set_before)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, bind__location(level->last_set),
                    "set-returning functions must appear at top level of FROM");
    level->has_sets |= level->place != PLACE_FROM_FUNCTION;
    level->last_set = call;
}

static QExpr *call_found(Given *given, Resolved *found, const AstFuncCall *node, QExpr *filter,
                         QExpr *set_before)
{
    Level *level = given->level;
    const Bind *bind = level->bind;
    const CatFunction *function = found->function;
    Str name = bind__name_text(bind, given->names);
    const char *text = str_copy_zero(bind->arena, name);
    bool is_aggregate = function->kind == 'a', is_window = function->kind == 'w';
    if (function->kind == 'p' && !given->procedure) {
        Error *error = bind__error(bind, WRONG_OBJECT_TYPE, given->location);
        error_message(error, "%.*s is a procedure", STR_ARG(call_text(given)));
        error_raise(error_hint(error, "To call a procedure, use CALL."));
    }
    if (!is_aggregate && !is_window && node) refuse_decorations(given, node, text);
    if (is_window && !node->over)
        bind__raise(bind, WRONG_OBJECT_TYPE, given->location,
                    "window function %s requires an OVER clause", text);
    if (is_window && node->within_group)
        bind__raise(bind, WRONG_OBJECT_TYPE, given->location,
                    "window function %s cannot have WITHIN GROUP", text);
    check_variadic_any(given, function);
    place_arguments(given, found);
    Oid result = bind__resolve_polymorphic(bind, given->types, found->declared, given->count,
                                           found->result, false);
    bind__coerce_args(bind, given->args, given->types, found->declared, given->count);
    gather_variadic(given, found);
    found->result = result;
    if (is_aggregate && !node->over)
        return bind__aggregate(level, node, found, given->args, given->count, filter);
    if (is_aggregate || is_window)
        return bind__window_call(level, node, found, given->args, given->count, filter);
    return plain_call(given, found, node, result, set_before);
}

/* f(x) where x is a row: its column f. */
static QExpr *as_column(const Given *given, const AstFuncCall *node)
{
    const Bind *bind = given->level->bind;
    bool plain = given->count == 1 && given->names.count == 1 && !given->named_count &&
                 !node->over && !node->filter && !node->order_by.count && !node->distinct &&
                 !node->star && !node->variadic && !given->procedure;
    if (!plain) return NULL;
    Oid type = given->types[0];
    if (type != OID_RECORD && (type == OID_UNKNOWN || !bind__is_complex(bind, type))) return NULL;
    return bind__select_field(given->level, given->args[0], given->names.items[0], given->location,
                              true);
}

/* A parameter of type void as an argument: drivers declare those so that a function only gives out. Functions are
 * called without them; procedures, whose parameters that give out are written in a call, with NULL of any type. False:
 * it is left out. */
static bool take_void_param(const Given *given, const AstFuncCall *node, QExpr **arg)
{
    const QParam *param = Q_IF(Param, *arg);
    if (!param || param->type != OID_VOID || node->within_group) return true;
    if (!given->procedure) return false;
    const int32_t location = param->location;
    *arg = bind__null(given->level->bind, OID_UNKNOWN, -1, 0);
    (*arg)->location = location;
    return true;
}

static void bind_arguments(Level *level, const AstFuncCall *node, Given *given)
{
    const Bind *bind = level->bind;
    uint32_t ordered = node->within_group ? node->order_by.count : 0;
    uint32_t count = node->args.count + ordered;
    if (count > FN_ARGS_MAX)
        bind__raise(bind, TOO_MANY_ARGUMENTS, given->location,
                    "cannot pass more than %d arguments to a function", FN_ARGS_MAX);
    given->args = ARENA_ARRAY(bind->arena, QExpr *, count + 1);
    given->types = ARENA_ARRAY(bind->arena, Oid, count + 1);
    given->arg_names = ARENA_ARRAY(bind->arena, Str, count + 1);
    for (uint32_t i = 0; i < node->args.count; i++) {
        const AstNode *arg = node->args.items[i];
        const AstNamedArg *named = AST_IF(NamedArg, arg);
        if (named) {
            for (uint32_t j = 0; j < given->named_count; j++)
                if (str_equal(given->arg_names[j], named->name))
                    bind__raise(bind, SYNTAX_ERROR, named->location,
                                "argument name \"%.*s\" used more than once", STR_ARG(named->name));
            given->arg_names[given->named_count++] = named->name;
            arg = named->value;
        } else if (given->named_count) {
            bind__raise(bind, SYNTAX_ERROR, bind__ast_location(arg),
                        "positional argument cannot follow named argument");
        }
        QExpr *bound = bind__expr_in(level, arg);
        if ((named && !given->procedure) || take_void_param(given, node, &bound))
            given->args[given->count++] = bound;
    }
    for (uint32_t i = 0; i < ordered; i++)
        given->args[given->count++] = bind__expr_in(level, node->order_by.items[i]->expr);
    for (uint32_t i = 0; i < given->count; i++) given->types[i] = given->args[i]->type;
}

QExpr *bind__func_call(Level *level, const AstFuncCall *node)
{
    const Bind *bind = level->bind;
    QExpr *set_before = level->last_set;
    Given given = {.level = level,
                   .names = node->names,
                   .location = node->location,
                   .variadic = node->variadic};
    bind_arguments(level, node, &given);
    QExpr *filter = NULL;
    if (node->filter) filter = bind__where(level, node->filter, PLACE_FILTER, "FILTER");
    Resolved found = {0};
    if (!resolve(&given, &found)) {
        QExpr *column = as_column(&given, node);
        if (column) return column;
        not_found(&given, node);
    }
    if (!found.is_cast) return call_found(&given, &found, node, filter, set_before);
    refuse_decorations(&given, node,
                       str_copy_zero(bind->arena, bind__name_text(bind, node->names)));
    return bind__coerce_type(bind, given.args[0], found.result, -1, 'e', Q_CALL_EXPLICIT_CAST,
                             node->location);
}

QFuncCall *bind__procedure_call(Level *level, const AstFuncCall *node)
{
    const Bind *bind = level->bind;
    Given given = {.level = level,
                   .names = node->names,
                   .location = node->location,
                   .variadic = node->variadic,
                   .procedure = true};
    bind_arguments(level, node, &given);
    Resolved found = {0};
    if (!resolve(&given, &found) || found.is_cast) not_found(&given, node);
    if (found.function->kind != 'p') {
        Error *error = bind__error(bind, WRONG_OBJECT_TYPE, given.location);
        error_message(error, "%.*s is not a procedure", STR_ARG(call_text(&given)));
        error_raise(error_hint(error, "To call a function, use SELECT."));
    }
    const CatFunction *function = found.function;
    QFuncCall *call = Q_AS(FuncCall, call_found(&given, &found, node, NULL, level->last_set));
    uint32_t kept = 0;
    for (uint32_t i = 0; i < call->args.count; i++)
        if (!function->modes || i >= function->all_arg_count || function->modes[i] != 'o')
            call->args.items[kept++] = call->args.items[i];
    call->args.count = kept;
    return call;
}

QExpr *bind__field_or_call(Level *level, QExpr *arg, Str name, int32_t location)
{
    QExpr *field = bind__select_field(level, arg, name, location, true);
    if (field) return field;
    QExpr *args[1] = {arg};
    Oid types[1] = {arg->type};
    AstFuncCall node = {.kind = AST_FUNC_CALL, .location = location, .names = {&name, 1}};
    Given given = {.level = level,
                   .names = node.names,
                   .location = location,
                   .args = args,
                   .types = types,
                   .count = 1};
    Resolved found = {0};
    if (!resolve(&given, &found) || found.is_cast || found.function->kind != 'f')
        return bind__select_field(level, arg, name, location, false);
    return call_found(&given, &found, &node, NULL, level->last_set);
}
