/* SPDX-License-Identifier: Apache-2.0 */
/* define.c - CREATE OPERATOR and CREATE CAST: rows that say which functions to call for what. */
#include "ddl/function.h"

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

bool ddl__option_flag(const AstOption *option)
{
    const AstNode *value = option->value;
    if (value == NULL) return true;
    if (value->kind == AST_BOOL_CONST) return AST_AS(BoolConst, value)->value;
    if (value->kind == AST_INT_CONST) return AST_AS(IntConst, value)->value != 0;
    const NodeStrs names = ddl__option_names(option);
    return str_equal(names.items[0], STR("true")) || str_equal(names.items[0], STR("on"));
}

Str ddl__option_value(const Ddl *ddl, const AstOption *option)
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
    const Oid only = name.schema.data != NULL ? cat_namespace_used(ddl->view, name.schema, 0) : 0;
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

void ddl__warn_unknown(const Ddl *ddl, const char *what, const AstOption *option)
{
    ddl__notice(ddl, SEVERITY_WARNING, SQLSTATE_SYNTAX_ERROR,
                "%s attribute \"%.*s\" not recognized", what, STR_ARG(option->name));
}

/* ---- CREATE OPERATOR */

static bool is_option(const AstOption *option, const char *name)
{
    return str_equal(option->name, str_from(name));
}

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
        new->hashes = ddl__option_flag(option);
    else if (is_option(option, "merges"))
        new->merges = ddl__option_flag(option);
    else
        ddl__warn_unknown(ddl, "operator", option);
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
    case AST_OBJECT_AGGREGATE: ddl__create_aggregate(call); return;
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
        found = operator_in(ddl, cat_namespace_used(ddl->view, name.schema, 0), name.name, left,
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
