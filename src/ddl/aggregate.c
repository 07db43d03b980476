/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate.c - CREATE AGGREGATE: the functions that carry a state from row to row and make it into the result.
 *
 * Functions are chosen as calls with the state and the arguments would choose them, and must take these as they are:
 * no row is cast on its way. Polymorphic types stand for themselves here; what they are is known where the aggregate
 * is called (exec/user_aggregate.c). Functions for moving frames are checked and kept; frames are computed without
 * them. */
#include "ddl/function.h"

#include "type/array.h"

enum { LANGUAGE_INTERNAL = 12 };

/* One way to aggregate: the plain one, or the one of moving frames. */
typedef struct Way {
    NodeStrs transition, inverse, final;
    Oid state, transition_oid, inverse_oid, final_oid, result;
    Str initial;
    bool has_state, has_initial, final_extra, spaced;
    char final_modify;
    int32_t space;
} Way;

typedef struct NewAggregate {
    Ddl ddl;
    Way plain, moving;
    NodeStrs combine, sort_operator;
    Oid combine_oid, sort_oid;
    char parallel;
    Oid *args, *types; /* `types`: room for the state before the arguments */
    Str *names;
    uint32_t arg_count;
    Oid variadic;
    bool named;
} NewAggregate;

static bool is_option(const AstOption *option, const char *name)
{
    return str_equal(option->name, str_from(name));
}

/* ---- what is written ---- */

static char word_of(const Ddl *ddl, const AstOption *option, const char *const *words,
                    const char *letters, const char *choice)
{
    const Str word = ddl__option_value(ddl, option);
    for (size_t i = 0; letters[i] != 0; i++)
        if (str_equal(word, str_from(words[i]))) return letters[i];
    raise_error(SQLSTATE_SYNTAX_ERROR, "parameter \"%.*s\" must be %s", STR_ARG(option->name),
                choice);
}

static char modify_of(const Ddl *ddl, const AstOption *option)
{
    static const char *const words[] = {"read_only", "shareable", "read_write"};
    return word_of(ddl, option, words, "rsw", "READ_ONLY, SHAREABLE, or READ_WRITE");
}

static int32_t space_of(const Ddl *ddl, const AstOption *option)
{
    int64_t bytes;
    if (!str_to_i64(ddl__option_value(ddl, option), &bytes) || bytes > INT32_MAX)
        raise_error(SQLSTATE_SYNTAX_ERROR, "%.*s requires an integer value", STR_ARG(option->name));
    return (int32_t)bytes;
}

/* `name` without what tells the moving way's options from the plain one's. False: it is no option of a way. */
static bool take_way(const Ddl *ddl, Way *way, Str name, const AstOption *option)
{
    if (str_equal(name, STR("func"))) {
        way->transition = ddl__option_names(option);
    } else if (str_equal(name, STR("invfunc"))) {
        way->inverse = ddl__option_names(option);
    } else if (str_equal(name, STR("finalfunc"))) {
        way->final = ddl__option_names(option);
    } else if (str_equal(name, STR("finalfunc_extra"))) {
        way->final_extra = ddl__option_flag(option);
    } else if (str_equal(name, STR("finalfunc_modify"))) {
        way->final_modify = modify_of(ddl, option);
    } else if (str_equal(name, STR("type"))) {
        way->state = ddl__option_type(ddl, option);
        way->has_state = true;
    } else if (str_equal(name, STR("space"))) {
        way->space = space_of(ddl, option);
        way->spaced = way->space != 0;
    } else if (str_equal(name, STR("initcond"))) {
        way->initial = ddl__option_value(ddl, option);
        way->has_initial = true;
    } else {
        return false;
    }
    return true;
}

/* Which way an option speaks of: "sfunc" and "stype" of the plain one, "msfunc" and "mstype" of the other. */
static bool take_way_option(NewAggregate *new, const AstOption *option)
{
    static const struct {
        const char *word, *name;
        bool moving;
    } words[] = {{"sfunc", "func", false},
                 {"sfunc1", "func", false},
                 {"stype", "type", false},
                 {"stype1", "type", false},
                 {"sspace", "space", false},
                 {"initcond", "initcond", false},
                 {"initcond1", "initcond", false},
                 {"finalfunc", "finalfunc", false},
                 {"finalfunc_extra", "finalfunc_extra", false},
                 {"finalfunc_modify", "finalfunc_modify", false},
                 {"msfunc", "func", true},
                 {"minvfunc", "invfunc", true},
                 {"mstype", "type", true},
                 {"msspace", "space", true},
                 {"minitcond", "initcond", true},
                 {"mfinalfunc", "finalfunc", true},
                 {"mfinalfunc_extra", "finalfunc_extra", true},
                 {"mfinalfunc_modify", "finalfunc_modify", true}};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (is_option(option, words[i].word))
            return take_way(&new->ddl, words[i].moving ? &new->moving : &new->plain,
                            str_from(words[i].name), option);
    return false;
}

static void take_option(NewAggregate *new, const AstOption *option, bool old_style)
{
    static const char *const parallel[] = {"safe", "restricted", "unsafe"};
    if (take_way_option(new, option)) return;
    if (is_option(option, "combinefunc")) {
        new->combine = ddl__option_names(option);
    } else if (is_option(option, "sortop")) {
        new->sort_operator = ddl__option_names(option);
    } else if (is_option(option, "parallel")) {
        new->parallel = word_of(&new->ddl, option, parallel, "sru", "SAFE, RESTRICTED, or UNSAFE");
    } else if (old_style && is_option(option, "basetype")) {
        return; /* taken with the arguments */
    } else if (is_option(option, "serialfunc") || is_option(option, "deserialfunc") ||
               is_option(option, "hypothetical")) {
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "aggregate attribute \"%.*s\" is not supported",
                    STR_ARG(option->name));
    } else {
        ddl__warn_unknown(&new->ddl, "aggregate", option);
    }
}

static void refuse_set(const Ddl *ddl, const AstFuncParam *param)
{
    Error *error = error_begin(SQLSTATE_INVALID_FUNCTION_DEFINITION);
    error_message(error, "aggregates cannot accept set arguments");
    error_raise(error_position(error, ddl__position(ddl, param)));
}

static void take_parameter(NewAggregate *new, const AstFuncParam *param)
{
    const Ddl *ddl = &new->ddl;
    const Oid type = ddl__parameter_type(ddl, param->type);
    cat_check_type_usage(ddl->view, type);
    if (param->type->setof) refuse_set(ddl, param);
    if (param->mode == AST_PARAM_VARIADIC) {
        new->variadic = ddl__variadic_element(ddl, param, type);
    }
    new->named |= param->name.bytes > 0;
    new->names[new->arg_count] = param->name;
    new->args[new->arg_count++] = type;
}

static void take_arguments(NewAggregate *new, const AstDefine *ast)
{
    const Ddl *ddl = &new->ddl;
    const uint32_t count = ast->args != NULL ? ast->args->params.count : 1;
    new->types = ARENA_ARRAY(ddl->arena, Oid, count + 2);
    new->args = new->types + 1;
    new->names = ARENA_ARRAY(ddl->arena, Str, count + 1);
    if (ast->args != NULL && ast->args->direct_count >= 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "CREATE AGGREGATE of ordered-set aggregates is not supported");
    for (uint32_t i = 0; ast->args != NULL && i < count; i++)
        take_parameter(new, ast->args->params.items[i]);
    for (uint32_t i = 0; ast->args == NULL && i < ast->definition.count; i++) {
        const AstOption *option = ast->definition.items[i];
        if (!is_option(option, "basetype")) continue;
        const NodeStrs any = ddl__option_names(option);
        if (any.count == 1 && str_equal_ascii_nocase(any.items[0], STR("any"))) return;
        new->args[new->arg_count++] = ddl__option_type(ddl, option);
        return;
    }
    if (ast->args == NULL)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "aggregate input type must be specified");
}

static void check_options(const NewAggregate *new)
{
    const Way *plain = &new->plain, *moving = &new->moving;
    const char *lacks = NULL, *alone = NULL;
    if (!plain->has_state)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "aggregate stype must be specified");
    if (plain->transition.count == 0)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "aggregate sfunc must be specified");
    if (moving->has_state) {
        if (moving->inverse.count == 0) lacks = "minvfunc";
        if (moving->transition.count == 0) lacks = "msfunc";
        if (lacks != NULL)
            raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "aggregate %s must be specified when mstype is specified", lacks);
        return;
    }
    if (moving->has_initial) alone = "minitcond";
    if (moving->spaced) alone = "msspace";
    if (moving->final.count > 0) alone = "mfinalfunc";
    if (moving->inverse.count > 0) alone = "minvfunc";
    if (moving->transition.count > 0) alone = "msfunc";
    if (alone != NULL)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "aggregate %s must not be specified without mstype", alone);
}

/* ---- types ---- */

/* A polymorphic type is known from an argument of its family. */
static void check_determined(const NewAggregate *new, Oid type, const char *what)
{
    static const Oid simple[] = {OID_ANYELEMENT, OID_ANYARRAY, OID_ANYNONARRAY,
                                 OID_ANYENUM,    OID_ANYRANGE, OID_ANYMULTIRANGE};
    const Ddl *ddl = &new->ddl;
    if (!bind_is_polymorphic(type)) return;
    bool is_simple = false, found = false;
    for (size_t i = 0; i < ARRAY_LEN(simple); i++) is_simple |= type == simple[i];
    for (uint32_t i = 0; i < new->arg_count; i++) {
        bool other = false;
        for (size_t k = 0; k < ARRAY_LEN(simple); k++) other |= new->args[i] == simple[k];
        found |= bind_is_polymorphic(new->args[i]) && other == is_simple;
    }
    if (found) return;
    Error *error = error_begin(SQLSTATE_INVALID_FUNCTION_DEFINITION);
    error_message(error, "cannot determine %s data type", what);
    error_detail(error, "A result of type %.*s requires at least one input of type %s.",
                 STR_ARG(cat_type_name(ddl->view, ddl->arena, type, -1)),
                 is_simple
                     ? "anyelement, anyarray, anynonarray, anyenum, anyrange, or anymultirange"
                     : "anycompatible, anycompatiblearray, anycompatiblenonarray, "
                       "anycompatiblerange, or anycompatiblemultirange");
    error_raise(error);
}

static void check_state(const NewAggregate *new, Oid state)
{
    const Ddl *ddl = &new->ddl;
    check_determined(new, state, "transition");
    if (bind_is_polymorphic(state) || cat_type(ddl->view, state)->kind != 'p') return;
    const Str name = cat_type_name(ddl->view, ddl->arena, state, -1);
    if (state == OID_INTERNAL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "aggregates whose state is of type %.*s are not supported", STR_ARG(name));
    raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                "aggregate transition data type cannot be %.*s", STR_ARG(name));
}

static void check_initial(const NewAggregate *new, const Way *way)
{
    if (!way->has_initial || bind_is_polymorphic(way->state)) return;
    const FnEnv *env = new->ddl.bind.env;
    const TypeCall call = {.type = type_get(env, way->state),
                           .env = env,
                           .arena = new->ddl.arena,
                           .typmod = -1};
    InputError err = {.arena = new->ddl.arena};
    Value value;
    if (!type_parse(&call, way->initial, &value, &err)) input_error_raise(&err);
}

static bool passes_as(const Ddl *ddl, Oid from, Oid to)
{
    const CatType *type = cat_type(ddl->view, from);
    if (from == to || (type->kind == 'd' && passes_as(ddl, type->base, to))) return true;
    const CatCast *cast = cat_cast(ddl->view, from, to);
    return cast != NULL && cast->method == 'b' && cast->context == 'i';
}

/* ---- functions ---- */

/* "f(integer, text)" */
static Str call_of(const Ddl *ddl, Str name, const Oid *types, uint32_t count)
{
    StrBuilder text = str_builder(ddl->arena, 64);
    str_add_format(&text, "%.*s(", STR_ARG(name));
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) str_add(&text, STR(", "));
        str_add(&text, cat_type_name(ddl->view, ddl->arena, types[i], -1));
    }
    str_add_char(&text, ')');
    return str_done(&text);
}

/* The function that takes the types, and what it gives for them. */
static const CatFunction *find_function(const NewAggregate *new, NodeStrs names, const Oid *types,
                                        uint32_t count, Oid *result)
{
    const Ddl *ddl = &new->ddl;
    Oid *declared;
    const CatFunction *function = bind_function_for(names, types, count, &ddl->bind, &declared,
                                                    result);
    const Str name = names.items[names.count - 1];
    if (function == NULL || function->kind != 'f')
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "function %.*s does not exist",
                    STR_ARG(call_of(ddl, name, types, count)));
    if (function->returns_set)
        raise_error(SQLSTATE_DATATYPE_MISMATCH, "function %.*s returns a set",
                    STR_ARG(call_of(ddl, name, types, count)));
    for (uint32_t i = 0; i < count; i++)
        if (!passes_as(ddl, types[i], declared[i]))
            raise_error(SQLSTATE_DATATYPE_MISMATCH, "function %.*s requires run-time type coercion",
                        STR_ARG(call_of(ddl, name, declared, count)));
    cat_check_privilege(ddl->view, ddl__object(CLASS_PROC, function->oid, 0), PRIV_EXECUTE);
    return function;
}

/* A function that gives one of these gives, while nobody knows the type, what they are kinds of. */
static bool is_narrowed(Oid result, Oid declared)
{
    return result == declared && (result == OID_ANYENUM || result == OID_ANYNONARRAY ||
                                  result == OID_ANYCOMPATIBLENONARRAY);
}

static const CatFunction *find_state_function(const NewAggregate *new, NodeStrs names,
                                              const Oid *types, uint32_t count, const char *what)
{
    Oid result;
    const CatFunction *function = find_function(new, names, types, count, &result);
    if (result == types[0] && !is_narrowed(result, function->result)) return function;
    raise_error(SQLSTATE_DATATYPE_MISMATCH, "return type of %s function %.*s is not %.*s", what,
                STR_ARG(names.items[names.count - 1]),
                STR_ARG(cat_type_name(new->ddl.view, new->ddl.arena, types[0], -1)));
}

static void find_transition(const NewAggregate *new, Way *way)
{
    const uint32_t count = new->arg_count + 1;
    new->types[0] = way->state;
    const CatFunction *forward = find_state_function(new, way->transition, new->types, count,
                                                     "transition");
    if (forward->strict && !way->has_initial &&
        (new->arg_count < 1 || !passes_as(&new->ddl, new->args[0], way->state)))
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "must not omit initial value when transition function is strict and "
                    "transition type is not compatible with input type");
    way->transition_oid = forward->oid;
    if (way->inverse.count == 0) return;
    const CatFunction *back = find_state_function(new, way->inverse, new->types, count,
                                                  "inverse transition");
    if (back->strict != forward->strict)
        raise_error(
            SQLSTATE_INVALID_FUNCTION_DEFINITION,
            "strictness of aggregate's forward and inverse transition functions must match");
    way->inverse_oid = back->oid;
}

static void find_final(const NewAggregate *new, Way *way)
{
    way->result = way->state;
    if (way->final.count > 0) {
        new->types[0] = way->state;
        const CatFunction *final = find_function(new, way->final, new->types,
                                                 way->final_extra ? new->arg_count + 1 : 1,
                                                 &way->result);
        if (way->final_extra && final->strict)
            raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "final function with extra arguments must not be declared STRICT");
        way->final_oid = final->oid;
    }
    check_determined(new, way->result, "result");
}

static void find_combine(NewAggregate *new)
{
    if (new->combine.count == 0) return;
    const Oid types[] = {new->plain.state, new->plain.state};
    new->combine_oid = find_state_function(new, new->combine, types, 2, "combine")->oid;
}

static void find_sort_operator(NewAggregate *new)
{
    const Ddl *ddl = &new->ddl;
    if (new->sort_operator.count == 0) return;
    if (new->arg_count != 1)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "sort operator can only be specified for single-argument aggregates");
    const CatName name = ddl__name_of(ddl, ddl->call->tree, &new->sort_operator);
    const SearchPath *path = cat_search_path(ddl->view);
    const Oid only = name.schema.data != NULL ? cat_namespace_used(ddl->view, name.schema, 0) : 0;
    uint32_t count;
    const CatOperator **all = cat_operators_named(ddl->view, name.name, &count);
    for (uint32_t at = 0; at < (name.schema.data != NULL ? 1 : path->lasting_count); at++)
        for (uint32_t i = 0; i < count && new->sort_oid == 0; i++)
            if (all[i]->namespace_ == (name.schema.data != NULL ? only : path->lasting[at]) &&
                all[i]->left == new->args[0] && all[i]->right == new->args[0])
                new->sort_oid = all[i]->oid;
    const Str type = cat_type_name(ddl->view, ddl->arena, new->args[0], -1);
    if (new->sort_oid == 0)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %.*s %.*s %.*s",
                    STR_ARG(type), STR_ARG(name.name), STR_ARG(type));
}

static void find_functions(NewAggregate *new)
{
    const Ddl *ddl = &new->ddl;
    Way *plain = &new->plain, *moving = &new->moving;
    check_state(new, plain->state);
    if (moving->has_state) check_state(new, moving->state);
    check_initial(new, plain);
    check_initial(new, moving);
    find_transition(new, plain);
    if (moving->has_state) find_transition(new, moving);
    find_final(new, plain);
    find_combine(new);
    if (moving->has_state) {
        find_final(new, moving);
        if (moving->result != plain->result)
            raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "moving-aggregate implementation returns type %.*s, but plain "
                        "implementation returns type %.*s",
                        STR_ARG(cat_type_name(ddl->view, ddl->arena, moving->result, -1)),
                        STR_ARG(cat_type_name(ddl->view, ddl->arena, plain->result, -1)));
    }
    find_sort_operator(new);
}

/* ---- rows ---- */

static void put_modes(const NewAggregate *new, Datum *v)
{
    Arena *arena = new->ddl.arena;
    Datum *modes = ARENA_ARRAY(arena, Datum, new->arg_count),
          *all = ARENA_ARRAY(arena, Datum, new->arg_count);
    for (uint32_t i = 0; i < new->arg_count; i++) {
        modes[i] = datum_char(i + 1 == new->arg_count ? 'v' : 'i');
        all[i] = datum_oid(new->args[i]);
    }
    v[PG_PROC_PROARGMODES] = datum_str(
        array_build(arena, type_get(NULL, OID_CHAR), modes, new->arg_count));
    v[PG_PROC_PROALLARGTYPES] = datum_str(
        array_build(arena, type_get(NULL, OID_OID), all, new->arg_count));
}

static void aggregate_function_row(const NewAggregate *new, Datum *v, CatName name, Oid schema,
                                   Oid result)
{
    Arena *arena = new->ddl.arena;
    Datum *args = ARENA_ARRAY(arena, Datum, new->arg_count + 1);
    for (uint32_t i = 0; i < new->arg_count; i++) args[i] = datum_oid(new->args[i]);
    for (uint32_t i = 0; i < PG_PROC_COLUMNS; i++) v[i] = datum_null();
    v[PG_PROC_PRONAME] = datum_str(name.name);
    v[PG_PROC_PRONAMESPACE] = datum_oid(schema);
    v[PG_PROC_PROOWNER] = datum_oid(cat_view_role(new->ddl.view));
    v[PG_PROC_PROLANG] = datum_oid(LANGUAGE_INTERNAL);
    v[PG_PROC_PROCOST] = datum_f32(1);
    v[PG_PROC_PROROWS] = datum_f32(0);
    v[PG_PROC_PROVARIADIC] = datum_oid(new->variadic);
    v[PG_PROC_PROSUPPORT] = datum_oid(0);
    v[PG_PROC_PROKIND] = datum_char('a');
    v[PG_PROC_PROSECDEF] = datum_bool(false);
    v[PG_PROC_PROLEAKPROOF] = datum_bool(false);
    v[PG_PROC_PROISSTRICT] = datum_bool(false);
    v[PG_PROC_PRORETSET] = datum_bool(false);
    v[PG_PROC_PROVOLATILE] = datum_char('i');
    v[PG_PROC_PROPARALLEL] = datum_char(new->parallel);
    v[PG_PROC_PRONARGS] = datum_i16((int16_t) new->arg_count);
    v[PG_PROC_PRONARGDEFAULTS] = datum_i16(0);
    v[PG_PROC_PRORETTYPE] = datum_oid(result);
    v[PG_PROC_PROARGTYPES] = datum_str(
        array_build_vector(arena, type_find(NULL, OID_OID), args, new->arg_count));
    if (new->variadic != 0) put_modes(new, v);
    if (new->named) v[PG_PROC_PROARGNAMES] = cat_text_array(arena, new->names, new->arg_count);
    v[PG_PROC_PROSRC] = datum_str(STR("aggregate_dummy"));
}

static void aggregate_row(const NewAggregate *new, Datum *v, Oid oid)
{
    const Way *plain = &new->plain, *moving = &new->moving;
    for (uint32_t i = 0; i < PG_AGGREGATE_COLUMNS; i++) v[i] = datum_oid(0);
    v[PG_AGGREGATE_AGGFNOID] = datum_oid(oid);
    v[PG_AGGREGATE_AGGKIND] = datum_char('n');
    v[PG_AGGREGATE_AGGNUMDIRECTARGS] = datum_i16(0);
    v[PG_AGGREGATE_AGGTRANSFN] = datum_oid(plain->transition_oid);
    v[PG_AGGREGATE_AGGFINALFN] = datum_oid(plain->final_oid);
    v[PG_AGGREGATE_AGGCOMBINEFN] = datum_oid(new->combine_oid);
    v[PG_AGGREGATE_AGGMTRANSFN] = datum_oid(moving->transition_oid);
    v[PG_AGGREGATE_AGGMINVTRANSFN] = datum_oid(moving->inverse_oid);
    v[PG_AGGREGATE_AGGMFINALFN] = datum_oid(moving->final_oid);
    v[PG_AGGREGATE_AGGFINALEXTRA] = datum_bool(plain->final_extra);
    v[PG_AGGREGATE_AGGMFINALEXTRA] = datum_bool(moving->final_extra);
    v[PG_AGGREGATE_AGGFINALMODIFY] = datum_char(plain->final_modify);
    v[PG_AGGREGATE_AGGMFINALMODIFY] = datum_char(moving->final_modify);
    v[PG_AGGREGATE_AGGSORTOP] = datum_oid(new->sort_oid);
    v[PG_AGGREGATE_AGGTRANSTYPE] = datum_oid(plain->state);
    v[PG_AGGREGATE_AGGTRANSSPACE] = datum_i32(plain->space);
    v[PG_AGGREGATE_AGGMTRANSTYPE] = datum_oid(moving->state);
    v[PG_AGGREGATE_AGGMTRANSSPACE] = datum_i32(moving->space);
    v[PG_AGGREGATE_AGGINITVAL] = plain->has_initial ? datum_str(plain->initial) : datum_null();
    v[PG_AGGREGATE_AGGMINITVAL] = moving->has_initial ? datum_str(moving->initial) : datum_null();
}

/* An aggregate of that name and arguments that is there; 0: none. Raises where it may not be replaced. */
static Oid former_aggregate(const NewAggregate *new, CatName name, Oid schema, Oid result,
                            bool replace)
{
    uint32_t count;
    const CatFunction **all = cat_functions_named(new->ddl.view, name.name, &count);
    for (uint32_t i = 0; i < count; i++) {
        const CatFunction *old = all[i];
        if (old->namespace_ != schema || old->arg_count != new->arg_count ||
            !oids_equal(old->args, new->args, new->arg_count))
            continue;
        if (!replace)
            raise_error(SQLSTATE_DUPLICATE_FUNCTION,
                        "function \"%.*s\" already exists with same argument types",
                        STR_ARG(name.name));
        cat_check_owner(new->ddl.view, ddl__object(CLASS_PROC, old->oid, 0));
        if (old->kind != 'a') {
            Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
            error_message(error, "cannot change routine kind");
            error_raise(error_detail(error, "\"%.*s\" is a %s.", STR_ARG(name.name),
                                     old->kind == 'p' ? "procedure" : "function"));
        }
        if (old->result != result)
            raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "cannot change return type of existing function");
        return old->oid;
    }
    return 0;
}

static void delete_row(const Ddl *ddl, CatalogTable table, CatalogIndex index, Oid oid)
{
    const Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(ddl->view, table, index, &key, 1);
    CatRow row;
    if (cat_scan_next(scan, &row)) cat_delete(ddl->view, table, row.id);
    cat_scan_close(scan);
}

static void depend(NewAggregate *new, CatObject self, Oid schema)
{
    Ddl *ddl = &new->ddl;
    const Way *plain = &new->plain, *moving = &new->moving;
    const Oid functions[] = {plain->transition_oid,  plain->final_oid,    new->combine_oid,
                             moving->transition_oid, moving->inverse_oid, moving->final_oid};
    ddl__depend_on_schema(ddl, self, schema);
    ddl__depend_on_type(ddl, self, plain->state, 'n');
    if (moving->has_state) ddl__depend_on_type(ddl, self, moving->state, 'n');
    for (uint32_t i = 0; i < new->arg_count; i++) ddl__depend_on_type(ddl, self, new->args[i], 'n');
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        ddl__depend_on_function(ddl, self, functions[i]);
    if (new->sort_oid >= OID_FIRST_USER)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_OPERATOR, new->sort_oid, 0), 'n');
}

void ddl__create_aggregate(UtilityCall *call)
{
    const AstDefine *ast = AST_AS(Define, call->tree);
    NewAggregate *new = ARENA_NEW(call->arena, NewAggregate);
    new->ddl = ddl__begin(call);
    const Ddl *ddl = &new->ddl;
    new->parallel = 'u';
    new->plain.final_modify = new->moving.final_modify = 'r';
    const CatName name = ddl__name_of(ddl, call->tree, &ast->names);
    const Oid schema = ddl__schema_for(ddl, name, false);
    for (uint32_t i = 0; i < ast->definition.count; i++)
        take_option(new, ast->definition.items[i], ast->args == NULL);
    check_options(new);
    take_arguments(new, ast);
    find_functions(new);
    Datum function[PG_PROC_COLUMNS], aggregate[PG_AGGREGATE_COLUMNS];
    Oid oid = former_aggregate(new, name, schema, new->plain.result, ast->replace);
    const bool is_new = oid == 0;
    aggregate_function_row(new, function, name, schema, new->plain.result);
    if (is_new) {
        oid = cat_new_oid(ddl->view, PG_PROC);
        function[PG_PROC_OID] = datum_oid(oid);
        (void)cat_insert(ddl->view, PG_PROC, function);
    } else {
        delete_row(ddl, PG_AGGREGATE, PG_AGGREGATE_FNOID_INDEX, oid);
        cat_depend_remove(ddl->view, ddl__object(CLASS_PROC, oid, 0));
        cat_view_next_command(ddl->view);
    }
    aggregate_row(new, aggregate, oid);
    (void)cat_insert(ddl->view, PG_AGGREGATE, aggregate);
    const CatObject self = ddl__object(CLASS_PROC, oid, 0);
    depend(new, self, schema);
    if (is_new) cat_depend_owner(ddl->view, self, cat_view_role(ddl->view));
    cat_invalidate(ddl->view, CLASS_PROC, oid);
}
