/* SPDX-License-Identifier: Apache-2.0 */
/* define.c - CREATE AGGREGATE, CREATE OPERATOR and CREATE CAST: rows that say which functions to call for what. */
#include "ddl/function.h"

#include "type/array.h"

enum { LANGUAGE_INTERNAL = 12 };

/* ---- options of a definition: their values are names, types, numbers or strings */

NodeStrs ddl__option_names(const AstOption *option)
{
    const AstNode *value = option->value;
    if (value != NULL && value->kind == AST_TYPE_NAME) return AST_AS(TypeName, value)->names;
    if (value != NULL && value->kind == AST_NAME) return AST_AS(Name, value)->parts;
    if (value != NULL && value->kind == AST_STRING_CONST)
        return (NodeStrs){(Str *)&AST_AS(StringConst, value)->value, 1};
    raise_error(SQLSTATE_SYNTAX_ERROR, "%.*s requires a parameter", STR_ARG(option->name));
}

Oid ddl__option_type(const Ddl *ddl, const AstOption *option)
{
    const AstNode *value = option->value;
    if (value == NULL || value->kind != AST_TYPE_NAME)
        raise_error(SQLSTATE_SYNTAX_ERROR, "argument of %.*s must be a type name",
                    STR_ARG(option->name));
    return ddl__type_of_name(ddl, AST_AS(TypeName, value));
}

static bool flag_of(const AstOption *option)
{
    const AstNode *value = option->value;
    if (value == NULL) return true;
    if (value->kind == AST_BOOL_CONST) return AST_AS(BoolConst, value)->value;
    if (value->kind == AST_INT_CONST) return AST_AS(IntConst, value)->value != 0;
    const NodeStrs names = ddl__option_names(option);
    return str_equal(names.items[0], STR("true")) || str_equal(names.items[0], STR("on"));
}

static Str text_value(const Ddl *ddl, const AstOption *option)
{
    const AstNode *value = option->value;
    if (value != NULL && value->kind == AST_INT_CONST)
        return str_format(ddl->arena, "%" PRId64, (int64_t)AST_AS(IntConst, value)->value);
    if (value != NULL && value->kind == AST_FLOAT_CONST) return AST_AS(FloatConst, value)->text;
    return ddl__option_names(option).items[0];
}

const CatFunction *ddl__function_of(const Ddl *ddl, NodeStrs names, const Oid *types,
                                    uint32_t count)
{
    const CatName name = ddl__name_of(ddl, ddl->call->tree, &names);
    const SearchPath *path = cat_search_path(ddl->view);
    const Oid only = name.schema.data != NULL ? cat_namespace_used(ddl->view, name.schema) : 0;
    uint32_t candidates;
    const CatFunction **all = cat_functions_named(ddl->view, name.name, &candidates);
    for (uint32_t at = 0; at < (name.schema.data != NULL ? 1 : path->lasting_count); at++)
        for (uint32_t i = 0; i < candidates; i++)
            if (all[i]->namespace_ == (name.schema.data != NULL ? only : path->lasting[at]) &&
                all[i]->arg_count == count && oids_equal(all[i]->args, types, count))
                return all[i];
    StrBuilder text = str_builder(ddl->arena, 64);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) str_add(&text, STR(", "));
        str_add(&text, cat_type_name(ddl->view, ddl->arena, types[i], -1));
    }
    raise_error(SQLSTATE_UNDEFINED_FUNCTION, "function %.*s(%.*s) does not exist",
                STR_ARG(name.name), STR_ARG(str_done(&text)));
}

void ddl__depend_on_schema(const Ddl *ddl, CatObject self, Oid schema)
{
    if (schema >= 16384 || schema == 2200)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_NAMESPACE, schema, 0), 'n');
}

void ddl__depend_on_function(const Ddl *ddl, CatObject self, Oid function)
{
    if (function >= 16384)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_PROC, function, 0), 'n');
}

static void warn_unknown(const Ddl *ddl, const char *what, const AstOption *option)
{
    ddl__notice(ddl, SEVERITY_WARNING, SQLSTATE_SYNTAX_ERROR,
                "%s attribute \"%.*s\" not recognized", what, STR_ARG(option->name));
}

/* ---- CREATE AGGREGATE */

typedef struct NewAggregate {
    Ddl ddl;
    NodeStrs transition, final, combine;
    Oid state, sort_type;
    Str initial;
    bool has_state, has_initial, final_extra;
    char parallel;
    Oid *args;
    Str *names;
    uint32_t arg_count;
    bool named;
} NewAggregate;

static bool is_option(const AstOption *option, const char *name)
{
    return str_equal(option->name, str_from(name));
}

static void take_aggregate_option(NewAggregate *new, const AstOption *option, bool old_style)
{
    if (is_option(option, "sfunc") || is_option(option, "sfunc1"))
        new->transition = ddl__option_names(option);
    else if (is_option(option, "finalfunc"))
        new->final = ddl__option_names(option);
    else if (is_option(option, "combinefunc"))
        new->combine = ddl__option_names(option);
    else if (is_option(option, "stype") || is_option(option, "stype1")) {
        new->state = ddl__option_type(&new->ddl, option);
        new->has_state = true;
    } else if (is_option(option, "initcond") || is_option(option, "initcond1")) {
        new->initial = text_value(&new->ddl, option);
        new->has_initial = true;
    } else if (is_option(option, "finalfunc_extra"))
        new->final_extra = flag_of(option);
    else if (is_option(option, "parallel"))
        new->parallel = text_value(&new->ddl, option).data[0];
    else if (old_style && is_option(option, "basetype"))
        ; /* taken before */
    else if (is_option(option, "sspace") || is_option(option, "finalfunc_modify"))
        ; /* hints to a planner and executor that do without them */
    else if (is_option(option, "msfunc") || is_option(option, "minvfunc") ||
             is_option(option, "mstype") || is_option(option, "serialfunc") ||
             is_option(option, "deserialfunc") || is_option(option, "sortop") ||
             is_option(option, "hypothetical") || is_option(option, "mfinalfunc"))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "aggregate attribute \"%.*s\" is not supported",
                    STR_ARG(option->name));
    else
        warn_unknown(&new->ddl, "aggregate", option);
}

static void take_aggregate_args(NewAggregate *new, const AstDefine *ast)
{
    const Ddl *ddl = &new->ddl;
    const uint32_t count = ast->args != NULL ? ast->args->params.count : 1;
    new->args = ARENA_ARRAY(ddl->arena, Oid, count + 1);
    new->names = ARENA_ARRAY(ddl->arena, Str, count + 1);
    if (ast->args != NULL && ast->args->direct_count >= 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "CREATE AGGREGATE of ordered-set aggregates is not supported");
    for (uint32_t i = 0; ast->args != NULL && i < count; i++) {
        const AstFuncParam *param = ast->args->params.items[i];
        if (param->mode == AST_PARAM_VARIADIC)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "variadic aggregates are not supported");
        new->args[new->arg_count] = ddl__parameter_type(ddl, param->type);
        cat_check_type_usage(ddl->view, new->args[new->arg_count++]);
        new->names[i] = param->name;
        new->named |= param->name.bytes > 0;
    }
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

static void check_initial(const NewAggregate *new)
{
    if (!new->has_initial) return;
    const FnEnv *env = new->ddl.bind.env;
    const TypeCall call = {.type = type_get(env, new->state),
                           .env = env,
                           .arena = new->ddl.arena,
                           .typmod = -1};
    InputError err = {.arena = new->ddl.arena};
    Value value;
    if (!type_parse(&call, new->initial, &value, &err)) input_error_raise(&err);
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
    v[PG_PROC_PROVARIADIC] = datum_oid(0);
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
    if (new->named) v[PG_PROC_PROARGNAMES] = cat_text_array(arena, new->names, new->arg_count);
    v[PG_PROC_PROSRC] = datum_str(STR("aggregate_dummy"));
}

static void aggregate_row(const NewAggregate *new, Datum *v, Oid oid, Oid transition, Oid final,
                          Oid combine)
{
    for (uint32_t i = 0; i < PG_AGGREGATE_COLUMNS; i++) v[i] = datum_oid(0);
    v[PG_AGGREGATE_AGGFNOID] = datum_oid(oid);
    v[PG_AGGREGATE_AGGKIND] = datum_char('n');
    v[PG_AGGREGATE_AGGNUMDIRECTARGS] = datum_i16(0);
    v[PG_AGGREGATE_AGGTRANSFN] = datum_oid(transition);
    v[PG_AGGREGATE_AGGFINALFN] = datum_oid(final);
    v[PG_AGGREGATE_AGGCOMBINEFN] = datum_oid(combine);
    v[PG_AGGREGATE_AGGFINALEXTRA] = datum_bool(new->final_extra);
    v[PG_AGGREGATE_AGGMFINALEXTRA] = datum_bool(false);
    v[PG_AGGREGATE_AGGFINALMODIFY] = datum_char('r');
    v[PG_AGGREGATE_AGGMFINALMODIFY] = datum_char('r');
    v[PG_AGGREGATE_AGGTRANSTYPE] = datum_oid(new->state);
    v[PG_AGGREGATE_AGGTRANSSPACE] = datum_i32(0);
    v[PG_AGGREGATE_AGGMTRANSSPACE] = datum_i32(0);
    v[PG_AGGREGATE_AGGINITVAL] = new->has_initial ? datum_str(new->initial) : datum_null();
    v[PG_AGGREGATE_AGGMINITVAL] = datum_null();
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

static void create_aggregate(UtilityCall *call)
{
    const AstDefine *ast = AST_AS(Define, call->tree);
    NewAggregate *new = ARENA_NEW(call->arena, NewAggregate);
    new->ddl = ddl__begin(call);
    const Ddl *ddl = &new->ddl;
    new->parallel = 'u';
    const CatName name = ddl__name_of(ddl, call->tree, &ast->names);
    const Oid schema = ddl__schema_for(ddl, name, false);
    for (uint32_t i = 0; i < ast->definition.count; i++)
        take_aggregate_option(new, ast->definition.items[i], ast->args == NULL);
    if (!new->has_state)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "aggregate stype must be specified");
    if (new->transition.count == 0)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "aggregate sfunc must be specified");
    take_aggregate_args(new, ast);
    if (bind_is_polymorphic(new->state) || cat_type(ddl->view, new->state)->kind == 'p')
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "aggregates whose state is of type %.*s are not supported",
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, new->state, -1)));
    check_initial(new);
    Oid *types = ARENA_ARRAY(call->arena, Oid, new->arg_count + 2);
    types[0] = new->state;
    for (uint32_t i = 0; i < new->arg_count; i++) types[i + 1] = new->args[i];
    const CatFunction *transition = ddl__function_of(ddl, new->transition, types,
                                                     new->arg_count + 1);
    if (transition->result != new->state)
        raise_error(SQLSTATE_DATATYPE_MISMATCH,
                    "return type of transition function %.*s is not %.*s",
                    STR_ARG(transition->name),
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, new->state, -1)));
    if (transition->strict && !new->has_initial && (new->arg_count < 1 || types[0] != types[1]))
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "must not omit initial value when transition function is strict and "
                    "transition type is not compatible with input type");
    const CatFunction *final = NULL, *combine = NULL;
    if (new->final.count > 0)
        final = ddl__function_of(ddl, new->final, types, new->final_extra ? new->arg_count + 1 : 1);
    if (new->combine.count > 0)
        combine = ddl__function_of(ddl, new->combine, (Oid[]){new->state, new->state}, 2);
    const Oid result = final != NULL ? final->result : new->state;
    Datum function[PG_PROC_COLUMNS], aggregate[PG_AGGREGATE_COLUMNS];
    Oid oid = former_aggregate(new, name, schema, result, ast->replace);
    const bool is_new = oid == 0;
    aggregate_function_row(new, function, name, schema, result);
    if (is_new) {
        oid = cat_new_oid(ddl->view, PG_PROC);
        function[PG_PROC_OID] = datum_oid(oid);
        (void)cat_insert(ddl->view, PG_PROC, function);
    } else {
        delete_row(ddl, PG_AGGREGATE, PG_AGGREGATE_FNOID_INDEX, oid);
        cat_depend_remove(ddl->view, ddl__object(CLASS_PROC, oid, 0));
        cat_view_next_command(ddl->view);
    }
    aggregate_row(new, aggregate, oid, transition->oid, final != NULL ? final->oid : 0,
                  combine != NULL ? combine->oid : 0);
    (void)cat_insert(ddl->view, PG_AGGREGATE, aggregate);
    const CatObject self = ddl__object(CLASS_PROC, oid, 0);
    ddl__depend_on_schema(ddl, self, schema);
    for (uint32_t i = 0; i <= new->arg_count; i++)
        ddl__depend_on_type(&new->ddl, self, types[i], 'n');
    ddl__depend_on_function(ddl, self, transition->oid);
    if (final != NULL) ddl__depend_on_function(ddl, self, final->oid);
    if (combine != NULL) ddl__depend_on_function(ddl, self, combine->oid);
    if (is_new) cat_depend_owner(ddl->view, self, cat_view_role(ddl->view));
    cat_invalidate(ddl->view, CLASS_PROC, oid);
}

/* ---- CREATE OPERATOR */

typedef struct NewOperator {
    Ddl ddl;
    CatName name;
    Oid schema, left, right, commutator, negator, restrict_, join;
    NodeStrs function, commutator_name, negator_name;
    bool hashes, merges;
} NewOperator;

/* An operator of these operands in a schema; 0: none. Shell ones count. */
static Oid operator_in(const Ddl *ddl, Oid schema, Str name, Oid left, Oid right)
{
    uint32_t count;
    const CatOperator **all = cat_operators_named(ddl->view, name, &count);
    for (uint32_t i = 0; i < count; i++)
        if (all[i]->namespace_ == schema && all[i]->left == left && all[i]->right == right)
            return all[i]->oid;
    return 0;
}

static void operator_row(const NewOperator *new, Datum *v, Oid oid, Str name, Oid left, Oid right,
                         const CatFunction *function)
{
    v[PG_OPERATOR_OID] = datum_oid(oid);
    v[PG_OPERATOR_OPRNAME] = datum_str(name);
    v[PG_OPERATOR_OPRNAMESPACE] = datum_oid(new->schema);
    v[PG_OPERATOR_OPROWNER] = datum_oid(cat_view_role(new->ddl.view));
    v[PG_OPERATOR_OPRKIND] = datum_char(left == 0 ? 'l' : 'b');
    v[PG_OPERATOR_OPRCANMERGE] = datum_bool(function != NULL && new->merges);
    v[PG_OPERATOR_OPRCANHASH] = datum_bool(function != NULL && new->hashes);
    v[PG_OPERATOR_OPRLEFT] = datum_oid(left);
    v[PG_OPERATOR_OPRRIGHT] = datum_oid(right);
    v[PG_OPERATOR_OPRRESULT] = datum_oid(function != NULL ? function->result : 0);
    v[PG_OPERATOR_OPRCOM] = datum_oid(function != NULL ? new->commutator : 0);
    v[PG_OPERATOR_OPRNEGATE] = datum_oid(function != NULL ? new->negator : 0);
    v[PG_OPERATOR_OPRCODE] = datum_oid(function != NULL ? function->oid : 0);
    v[PG_OPERATOR_OPRREST] = datum_oid(function != NULL ? new->restrict_ : 0);
    v[PG_OPERATOR_OPRJOIN] = datum_oid(function != NULL ? new->join : 0);
}

/* The operator's row, in place of a shell's if there is one. */
static void put_operator(const NewOperator *new, const Datum *v, bool exists)
{
    CatalogView *view = new->ddl.view;
    if (!exists) {
        (void)cat_insert(view, PG_OPERATOR, v);
        return;
    }
    CatScan *scan = cat_scan_open(view, PG_OPERATOR, PG_OPERATOR_OID_INDEX, &v[PG_OPERATOR_OID], 1);
    CatRow row;
    if (cat_scan_next(scan, &row)) cat_update(view, PG_OPERATOR, row.id, v);
    cat_scan_close(scan);
    cat_invalidate(view, CLASS_OPERATOR, v[PG_OPERATOR_OID].value.u32);
}

/* COMMUTATOR and NEGATOR: another operator, this one itself (self), or one that is still to come and gets a row
 * without code. The other is told of this one. */
static Oid partner(NewOperator *new, const NodeStrs *names, Oid self, Oid left, Oid right,
                   bool negator)
{
    const Ddl *ddl = &new->ddl;
    if (names->count == 0) return 0;
    const CatName name = ddl__name_of(ddl, ddl->call->tree, names);
    if (str_equal(name.name, new->name.name) && left == new->left && right == new->right) {
        if (negator)
            raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "operator cannot be its own negator");
        return self;
    }
    Oid oid = operator_in(ddl, new->schema, name.name, left, right);
    Datum v[PG_OPERATOR_COLUMNS];
    if (oid == 0) {
        oid = cat_new_oid(ddl->view, PG_OPERATOR);
        operator_row(new, v, oid, name.name, left, right, NULL);
        v[negator ? PG_OPERATOR_OPRNEGATE : PG_OPERATOR_OPRCOM] = datum_oid(self);
        put_operator(new, v, false);
        return oid;
    }
    const Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(ddl->view, PG_OPERATOR, PG_OPERATOR_OID_INDEX, &key, 1);
    CatRow row;
    if (cat_scan_next(scan, &row)) {
        memcpy(v, row.values, sizeof v);
        Datum *back = &v[negator ? PG_OPERATOR_OPRNEGATE : PG_OPERATOR_OPRCOM];
        if (back->value.u32 == 0) {
            *back = datum_oid(self);
            cat_update(ddl->view, PG_OPERATOR, row.id, v);
            cat_invalidate(ddl->view, CLASS_OPERATOR, oid);
        }
    }
    cat_scan_close(scan);
    return oid;
}

static Oid estimator(const Ddl *ddl, const AstOption *option, bool join)
{
    static const Oid restrict_args[] = {OID_INTERNAL, OID_OID, OID_INTERNAL, OID_INT4};
    static const Oid join_args[] = {OID_INTERNAL, OID_OID, OID_INTERNAL, OID_INT2, OID_INTERNAL};
    return ddl__function_of(ddl, ddl__option_names(option), join ? join_args : restrict_args,
                            join ? 5 : 4)
        ->oid;
}

static void take_operator_option(NewOperator *new, const AstOption *option)
{
    const Ddl *ddl = &new->ddl;
    if (is_option(option, "leftarg"))
        new->left = ddl__option_type(ddl, option);
    else if (is_option(option, "rightarg"))
        new->right = ddl__option_type(ddl, option);
    else if (is_option(option, "function") || is_option(option, "procedure"))
        new->function = ddl__option_names(option);
    else if (is_option(option, "commutator"))
        new->commutator_name = ddl__option_names(option);
    else if (is_option(option, "negator"))
        new->negator_name = ddl__option_names(option);
    else if (is_option(option, "restrict"))
        new->restrict_ = estimator(ddl, option, false);
    else if (is_option(option, "join"))
        new->join = estimator(ddl, option, true);
    else if (is_option(option, "hashes"))
        new->hashes = flag_of(option);
    else if (is_option(option, "merges"))
        new->merges = flag_of(option);
    else
        warn_unknown(ddl, "operator", option);
}

static void check_operator(const NewOperator *new, const CatFunction *function)
{
    const bool is_bool = function->result == OID_BOOL;
    if (new->left == 0 && new->commutator_name.count > 0)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "only binary operators can have commutators");
    if (new->left == 0 && new->join != 0)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "only binary operators can have join selectivity");
    if (new->left == 0 && (new->merges || new->hashes))
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "only binary operators can %s",
                    new->merges ? "merge join" : "hash");
    if (!is_bool && new->negator_name.count > 0)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "only boolean operators can have negators");
    if (!is_bool && (new->restrict_ != 0 || new->join != 0))
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "only boolean operators can have %s",
                    new->restrict_ != 0 ? "restriction selectivity" : "join selectivity");
    if (!is_bool && (new->merges || new->hashes))
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "only boolean operators can %s",
                    new->merges ? "merge join" : "hash");
}

static void create_operator(UtilityCall *call)
{
    const AstDefine *ast = AST_AS(Define, call->tree);
    NewOperator *new = ARENA_NEW(call->arena, NewOperator);
    new->ddl = ddl__begin(call);
    Ddl *ddl = &new->ddl;
    new->name = ddl__name_of(ddl, call->tree, &ast->names);
    new->schema = ddl__schema_for(ddl, new->name, false);
    for (uint32_t i = 0; i < ast->definition.count; i++)
        take_operator_option(new, ast->definition.items[i]);
    if (new->function.count == 0)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "operator function must be specified");
    if (new->left == 0 && new->right == 0)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "operator argument types must be specified");
    if (new->right == 0) {
        Error *error = error_begin(SQLSTATE_INVALID_FUNCTION_DEFINITION);
        error_message(error, "operator right argument type must be specified");
        error_raise(error_detail(error, "Postfix operators are not supported."));
    }
    const Oid types[2] = {new->left != 0 ? new->left : new->right, new->right};
    if (new->left != 0) cat_check_type_usage(ddl->view, new->left);
    cat_check_type_usage(ddl->view, new->right);
    const CatFunction *function = ddl__function_of(ddl, new->function, types,
                                                   new->left != 0 ? 2 : 1);
    cat_check_privilege(ddl->view, ddl__object(CLASS_PROC, function->oid, 0), PRIV_EXECUTE);
    cat_check_type_usage(ddl->view, function->result);
    check_operator(new, function);
    Oid oid = operator_in(ddl, new->schema, new->name.name, new->left, new->right);
    const CatOperator *old = oid != 0 ? cat_operator(ddl->view, oid) : NULL;
    if (old != NULL && old->function != 0)
        raise_error(SQLSTATE_DUPLICATE_FUNCTION, "operator %.*s already exists",
                    STR_ARG(new->name.name));
    if (oid == 0) oid = cat_new_oid(ddl->view, PG_OPERATOR);
    new->commutator = partner(new, &new->commutator_name, oid, new->right, new->left, false);
    new->negator = partner(new, &new->negator_name, oid, new->left, new->right, true);
    if (old != NULL && new->commutator == 0) new->commutator = old->commutator;
    if (old != NULL && new->negator == 0) new->negator = old->negator;
    Datum v[PG_OPERATOR_COLUMNS];
    operator_row(new, v, oid, new->name.name, new->left, new->right, function);
    put_operator(new, v, old != NULL);
    const CatObject self = ddl__object(CLASS_OPERATOR, oid, 0);
    ddl__depend_on_schema(ddl, self, new->schema);
    if (new->left != 0) ddl__depend_on_type(ddl, self, new->left, 'n');
    ddl__depend_on_type(ddl, self, new->right, 'n');
    ddl__depend_on_type(ddl, self, function->result, 'n');
    ddl__depend_on_function(ddl, self, function->oid);
    cat_depend_owner(ddl->view, self, cat_view_role(ddl->view));
}

/* ---- CREATE CAST */

static bool coercible(const Ddl *ddl, Oid from, Oid to)
{
    if (from == to) return true;
    const CatCast *cast = cat_cast(ddl->view, from, to);
    return cast != NULL && cast->method == 'b';
}

static void check_cast_function(const Ddl *ddl, const CatFunction *f, Oid source, Oid target)
{
    if (f->arg_count < 1 || f->arg_count > 3)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "cast function must take one to three arguments");
    if (!coercible(ddl, source, f->args[0]))
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "argument of cast function must match or be binary-coercible from source data "
                    "type");
    if (f->arg_count > 1 && f->args[1] != OID_INT4)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "second argument of cast function must be type integer");
    if (f->arg_count > 2 && f->args[2] != OID_BOOL)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "third argument of cast function must be type boolean");
    if (!coercible(ddl, f->result, target))
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "return data type of cast function must match or be binary-coercible to target "
                    "data type");
    if (f->kind != 'f')
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION, "cast function must be a normal function");
    if (f->returns_set)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION, "cast function must not return a set");
    if (source == target && f->arg_count < 2)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "source data type and target data type are the same");
}

static void check_binary_cast(const Ddl *ddl, const CatType *source, const CatType *target)
{
    if (!cat_role_in_force(ddl->view)->superuser)
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "must be superuser to create a cast WITHOUT FUNCTION");
    if (source->type->bytes != target->type->bytes || source->type->phys != target->type->phys ||
        source->type->align != target->type->align)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "source and target data types are not physically compatible");
    static const struct {
        char kind;
        const char *word;
    } kinds[] = {{'c', "composite"}, {'e', "enum"}, {'d', "domain"}, {'r', "range"}};
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (source->kind == kinds[i].kind || target->kind == kinds[i].kind)
            raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                        kinds[i].kind == 'd' ? "%s data types must not be marked binary-compatible"
                                             : "%s data types are not binary-compatible",
                        kinds[i].word);
}

static const CatType *cast_type(const Ddl *ddl, const AstTypeName *name, const char *word)
{
    const CatType *type = cat_type(ddl->view, ddl__type_of_name(ddl, name));
    if (type->kind == 'p')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "%s data type %.*s is a pseudo-type", word,
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, type->oid, -1)));
    return type;
}

static void refuse_second_cast(const Ddl *ddl, const CatType *source, const CatType *target)
{
    if (cat_cast(ddl->view, source->oid, target->oid) == NULL) return;
    raise_error(SQLSTATE_DUPLICATE_OBJECT, "cast from type %.*s to type %.*s already exists",
                STR_ARG(cat_type_name(ddl->view, ddl->arena, source->oid, -1)),
                STR_ARG(cat_type_name(ddl->view, ddl->arena, target->oid, -1)));
}

void ddl__check_cast_owner(const Ddl *ddl, Oid source, Oid target)
{
    const Oid role = cat_view_role(ddl->view);
    if (!cat_is_owner(ddl->view, role, ddl__object(CLASS_TYPE, source, 0)) &&
        !cat_is_owner(ddl->view, role, ddl__object(CLASS_TYPE, target, 0)))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "must be owner of type %.*s or type %.*s",
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, source, -1)),
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, target, -1)));
}

void ddl__create_cast(UtilityCall *call)
{
    static const char contexts[] = {
        [AST_CAST_EXPLICIT] = 'e', [AST_CAST_ASSIGNMENT] = 'a', [AST_CAST_IMPLICIT] = 'i'};
    Ddl ddl = ddl__begin(call);
    const AstCreateCast *ast = AST_AS(CreateCast, call->tree);
    const CatType *source = cast_type(&ddl, ast->source, "source");
    const CatType *target = cast_type(&ddl, ast->target, "target");
    ddl__check_cast_owner(&ddl, source->oid, target->oid);
    cat_check_type_usage(ddl.view, source->oid);
    cat_check_type_usage(ddl.view, target->oid);
    Oid function = 0;
    if (ast->function != NULL) {
        function = bind_routine(ast->function, AST_OBJECT_FUNCTION, &ddl.bind, false);
        check_cast_function(&ddl, cat_function(ddl.view, function), source->oid, target->oid);
    } else if (!ast->inout) {
        check_binary_cast(&ddl, source, target);
    }
    if (function == 0 && source->oid == target->oid)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "source data type and target data type are the same");
    refuse_second_cast(&ddl, source, target);
    Datum v[PG_CAST_COLUMNS];
    const Oid oid = cat_new_oid(ddl.view, PG_CAST);
    v[PG_CAST_OID] = datum_oid(oid);
    v[PG_CAST_CASTSOURCE] = datum_oid(source->oid);
    v[PG_CAST_CASTTARGET] = datum_oid(target->oid);
    v[PG_CAST_CASTFUNC] = datum_oid(function);
    v[PG_CAST_CASTCONTEXT] = datum_char(contexts[ast->context]);
    v[PG_CAST_CASTMETHOD] = datum_char(function != 0 ? 'f' : ast->inout ? 'i' : 'b');
    (void)cat_insert(ddl.view, PG_CAST, v);
    const CatObject self = ddl__object(CLASS_CAST, oid, 0);
    ddl__depend_on_type(&ddl, self, source->oid, 'n');
    ddl__depend_on_type(&ddl, self, target->oid, 'n');
    ddl__depend_on_function(&ddl, self, function);
}

/* ---- the statement, and what DROP names */

void ddl__define(UtilityCall *call)
{
    const AstDefine *ast = AST_AS(Define, call->tree);
    switch (ast->object) {
    case AST_OBJECT_AGGREGATE: create_aggregate(call); return;
    case AST_OBJECT_OPERATOR: create_operator(call); return;
    case AST_OBJECT_COLLATION: ddl__create_collation(call); return;
    default: break;
    }
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s is not supported", ddl__define_tag(call->tree));
}

const char *ddl__define_tag(const AstNode *tree)
{
    switch (AST_AS(Define, tree)->object) {
    case AST_OBJECT_AGGREGATE: return "CREATE AGGREGATE";
    case AST_OBJECT_OPERATOR: return "CREATE OPERATOR";
    case AST_OBJECT_TYPE: return "CREATE TYPE";
    case AST_OBJECT_COLLATION: return "CREATE COLLATION";
    case AST_OBJECT_TS_CONFIGURATION: return "CREATE TEXT SEARCH CONFIGURATION";
    case AST_OBJECT_TS_DICTIONARY: return "CREATE TEXT SEARCH DICTIONARY";
    case AST_OBJECT_TS_PARSER: return "CREATE TEXT SEARCH PARSER";
    default: return "CREATE TEXT SEARCH TEMPLATE";
    }
}

static Oid optional_type(const Ddl *ddl, const AstTypeName *name)
{
    return name != NULL ? ddl__type_of_name(ddl, name) : 0;
}

Oid ddl__operator(const Ddl *ddl, const AstOperatorRef *ref, bool missing_ok)
{
    const CatName name = ddl__name_of(ddl, (const AstNode *)ref, &ref->names);
    const Oid left = optional_type(ddl, ref->left), right = optional_type(ddl, ref->right);
    const SearchPath *path = cat_search_path(ddl->view);
    Oid found = 0;
    if (name.schema.data != NULL)
        found = operator_in(ddl, cat_namespace_used(ddl->view, name.schema), name.name, left,
                            right);
    for (uint32_t i = 0; name.schema.data == NULL && found == 0 && i < path->lasting_count; i++)
        found = operator_in(ddl, path->lasting[i], name.name, left, right);
    if (found != 0 || missing_ok) return found;
    StrBuilder text = str_builder(ddl->arena, 64);
    if (left != 0)
        str_add_format(&text, "%.*s ", STR_ARG(cat_type_name(ddl->view, ddl->arena, left, -1)));
    str_add_format(&text, "%.*s %.*s", STR_ARG(name.name),
                   STR_ARG(cat_type_name(ddl->view, ddl->arena, right, -1)));
    raise_error(SQLSTATE_UNDEFINED_FUNCTION, "operator does not exist: %.*s",
                STR_ARG(str_done(&text)));
}

Oid ddl__cast(const Ddl *ddl, const AstObjectRef *ref, bool missing_ok)
{
    const Oid source = optional_type(ddl, ref->type), target = optional_type(ddl, ref->target);
    const CatCast *cast = cat_cast(ddl->view, source, target);
    if (cast != NULL) {
        ddl__check_cast_owner(ddl, source, target); /* whoever names one is to change it */
        return cast->oid;
    }
    if (!missing_ok)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "cast from type %.*s to type %.*s does not exist",
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, source, -1)),
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, target, -1)));
    const Str from = ddl__type_as_written(ddl, ref->type),
              to = ddl__type_as_written(ddl, ref->target);
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "cast from type %.*s to type %.*s does not exist, skipping", STR_ARG(from),
                STR_ARG(to));
    return 0;
}
