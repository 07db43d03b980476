/* SPDX-License-Identifier: Apache-2.0 */
/* function_attributes.c - what is said of a function beside its parameters: language, volatility, strictness, costs and
 * so on, in CREATE and ALTER FUNCTION; and CALL. */
#include "ddl/function.h"

#include "base/float_text.h"
#include "type/record.h"

enum { LANGUAGE_INTERNAL = 12, LANGUAGE_C = 13, LANGUAGE_SQL = 14 };

/* x%TYPE is kept as the type that x has now. */
static void tell_of_reference(const Ddl *ddl, const AstTypeName *name, Oid type)
{
    if (!name->percent_type) return;
    const Str written = ddl__type_as_written(ddl, name);
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "type reference %.*s%%TYPE converted to %.*s", STR_ARG(written),
                STR_ARG(cat_type_name(ddl->view, ddl->arena, type, -1)));
}

Oid ddl__parameter_type(const Ddl *ddl, const AstTypeName *name)
{
    const NodeStrs names = name->names;
    BindOptions quiet = ddl->bind; /* what is to be told of the type, the second look tells */
    quiet.notice = NULL;
    const bool found = bind_find_type_name(ddl->arena, name, &quiet) != 0;
    if (!found &&
        (names.count < 2 || cat_namespace_named(ddl->view, names.items[names.count - 2]) != 0)) {
        Error *error = error_begin(SQLSTATE_UNDEFINED_OBJECT);
        error_message(error, "type %.*s does not exist", STR_ARG(ddl__type_as_written(ddl, name)));
        error_raise(error_position(error, ddl__position(ddl, name)));
    }
    int32_t typmod;
    const Oid type = bind_type_name(ddl->arena, name, &ddl->bind, &typmod);
    tell_of_reference(ddl, name, type);
    return type;
}

Oid ddl__result_type(const Ddl *ddl, const AstTypeName *name)
{
    const Oid type = ddl__type_of_name(ddl, name);
    tell_of_reference(ddl, name, type);
    return type;
}

Str ddl__signature(const Ddl *ddl, Str name, const Oid *types, uint32_t count)
{
    StrBuilder out = str_builder(ddl->arena, 64);
    str_add(&out, name);
    str_add_char(&out, '(');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) str_add(&out, STR(","));
        str_add(&out, cat_type_name(ddl->view, ddl->arena, types[i], -1));
    }
    str_add_char(&out, ')');
    return str_done(&out);
}

/* ---- attributes */

static Str text_of(const AstNode *value)
{
    return AST_AS(StringConst, value)->value;
}

static bool bool_of(const AstNode *value)
{
    return AST_AS(BoolConst, value)->value;
}

static double number_of(const AstNode *value)
{
    if (value->kind == AST_INT_CONST) return (double)AST_AS(IntConst, value)->value;
    double number = 0;
    (void)f64_read(AST_AS(FloatConst, value)->text, &number);
    return number;
}

static char parallel_of(Str word)
{
    static const struct {
        const char *word;
        char letter;
    } words[] = {{"safe", 's'}, {"unsafe", 'u'}, {"restricted", 'r'}};
    for (uint32_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_equal(word, str_from(words[i].word))) return words[i].letter;
    raise_error(SQLSTATE_SYNTAX_ERROR,
                "parameter \"parallel\" must be SAFE, RESTRICTED, or UNSAFE");
}

static char volatility_of(Str word)
{
    return word.data[0]; /* immutable, stable, volatile */
}

static void take_as(NewFunction *new, const AstNode *value)
{
    const AstNodeGroup *group = AST_AS(NodeGroup, value);
    new->source = text_of(group->items.items[0]);
    new->body_location = group->items.items[0]->location;
    if (group->items.count > 1)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "only one AS item needed for language \"%.*s\"",
                    STR_ARG(new->language_name.data != NULL ? new->language_name : STR("sql")));
}

static void take_attribute(NewFunction *new, const AstOption *option)
{
    const Str name = option->name;
    if (str_equal(name, STR("as")))
        take_as(new, option->value);
    else if (str_equal(name, STR("language")))
        new->language_name = text_of(option->value);
    else if (str_equal(name, STR("window")))
        new->window = bool_of(option->value);
    else if (str_equal(name, STR("volatility")))
        new->volatility = volatility_of(text_of(option->value));
    else if (str_equal(name, STR("strict")))
        new->strict = bool_of(option->value);
    else if (str_equal(name, STR("security")))
        new->security_definer = bool_of(option->value);
    else if (str_equal(name, STR("leakproof")))
        new->leakproof = bool_of(option->value);
    else if (str_equal(name, STR("cost")))
        new->cost = number_of(option->value);
    else if (str_equal(name, STR("rows")))
        new->rows = number_of(option->value);
    else if (str_equal(name, STR("parallel")))
        new->parallel = parallel_of(text_of(option->value));
    else if (str_equal(name, STR("set")))
        new->config = ddl__changed_settings(&new->ddl, &new->config,
                                            AST_AS(SetVariable, option->value));
    else
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "function attribute \"%.*s\" is not supported",
                    STR_ARG(name));
}

static void check_not_twice(const Ddl *ddl, const AstOptionList *options, uint32_t at)
{
    for (uint32_t k = 0; k < at; k++) {
        const Str name = options->items[at]->name;
        if (str_equal(options->items[k]->name, name) && !str_equal(name, STR("set")))
            ddl__refuse_twice(ddl, options->items[at]);
    }
}

/* Procedures have fewer. */
static void check_procedure(const NewFunction *new, const AstOption *option)
{
    static const char *const functions_only[] = {"volatility", "strict", "leakproof", "window",
                                                 "cost",       "rows",   "parallel",  "support"};
    for (uint32_t i = 0; new->procedure &&i < ARRAY_LEN(functions_only); i++) {
        if (!str_equal(option->name, str_from(functions_only[i]))) continue;
        Error *error = error_begin(SQLSTATE_INVALID_FUNCTION_DEFINITION);
        error_message(error, "invalid attribute in procedure definition");
        error_raise(error_position(error, ddl__position(&new->ddl, option)));
    }
}

/* PostgreSQL has PL/pgSQL from the start, and the others as extensions. */
static _Noreturn void raise_no_language(Str name)
{
    static const char *const extensions[] = {"plperl", "plperlu", "plpython3u", "pltcl", "pltclu"};
    if (str_equal(name, STR("plpgsql")))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "language \"plpgsql\" is not supported");
    Error *error = error_begin(SQLSTATE_UNDEFINED_OBJECT);
    error_message(error, "language \"%.*s\" does not exist", STR_ARG(name));
    for (uint32_t i = 0; i < ARRAY_LEN(extensions); i++)
        if (str_equal(name, str_from(extensions[i])))
            error_hint(error, "Use CREATE EXTENSION to load the language into the database.");
    error_raise(error);
}

static void find_language(NewFunction *new, bool has_body)
{
    if (new->language_name.data == NULL && has_body) new->language_name = STR("sql");
    if (new->language_name.data == NULL)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "no language specified");
    const Datum key = datum_str(new->language_name);
    CatScan *scan = cat_scan_open(new->ddl.view, PG_LANGUAGE, PG_LANGUAGE_NAME_INDEX, &key, 1);
    CatRow row;
    const bool found = cat_scan_next(scan, &row);
    if (found) new->language = row.values[PG_LANGUAGE_OID].value.u32;
    cat_scan_close(scan);
    if (!found) raise_no_language(new->language_name);
    if (new->language != LANGUAGE_SQL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "functions in language \"%.*s\" are not supported",
                    STR_ARG(new->language_name));
}

void ddl__take_function_attributes(NewFunction *new, const AstOptionList *options, bool has_body)
{
    new->volatility = 'v';
    new->parallel = 'u';
    new->cost = new->rows = -1;
    new->body_location = -1;
    new->config = datum_null();
    for (uint32_t i = 0; i < options->count; i++) {
        check_not_twice(&new->ddl, options, i);
        check_procedure(new, options->items[i]);
        take_attribute(new, options->items[i]);
    }
    find_language(new, has_body);
    if (has_body && new->source.data != NULL)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "duplicate function body specified");
    if (!has_body && new->body_location < 0)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "no function body specified");
    if (new->leakproof && !cat_role_in_force(new->ddl.view)->superuser)
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "only superuser can define a leakproof function");
    if (new->source.data == NULL) new->source = STR("");
}

static void check_cost(double cost)
{
    if (cost <= 0) raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "COST must be positive");
}

static void check_rows(double rows, bool returns_set)
{
    if (rows <= 0) raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "ROWS must be positive");
    if (!returns_set)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "ROWS is not applicable when function does not return a set");
}

void ddl__check_function_figures(NewFunction *new)
{
    if (new->cost == -1)
        new->cost = 100;
    else
        check_cost(new->cost);
    if (new->rows == -1)
        new->rows = new->returns_set ? 1000 : 0;
    else
        check_rows(new->rows, new->returns_set);
}

void ddl__function_attributes(const NewFunction *new, Datum *v)
{
    v[PG_PROC_PROCOST] = datum_f32((float)new->cost);
    v[PG_PROC_PROROWS] = datum_f32((float)new->rows);
    v[PG_PROC_PROSECDEF] = datum_bool(new->security_definer);
    v[PG_PROC_PROLEAKPROOF] = datum_bool(new->leakproof);
    v[PG_PROC_PROISSTRICT] = datum_bool(new->strict);
    v[PG_PROC_PROVOLATILE] = datum_char(new->volatility);
    v[PG_PROC_PROPARALLEL] = datum_char(new->parallel);
    v[PG_PROC_PROCONFIG] = new->config;
}

/* ---- ALTER FUNCTION, PROCEDURE, ROUTINE */

static void alter_attribute(NewFunction *new, const AstOption *option, Datum *v, bool returns_set)
{
    const Str name = option->name;
    check_procedure(new, option);
    take_attribute(new, option);
    if (str_equal(name, STR("volatility"))) {
        v[PG_PROC_PROVOLATILE] = datum_char(new->volatility);
    } else if (str_equal(name, STR("strict"))) {
        v[PG_PROC_PROISSTRICT] = datum_bool(new->strict);
    } else if (str_equal(name, STR("security"))) {
        v[PG_PROC_PROSECDEF] = datum_bool(new->security_definer);
    } else if (str_equal(name, STR("leakproof"))) {
        if (new->leakproof && !cat_role_in_force(new->ddl.view)->superuser)
            raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                        "only superuser can define a leakproof function");
        v[PG_PROC_PROLEAKPROOF] = datum_bool(new->leakproof);
    } else if (str_equal(name, STR("cost"))) {
        check_cost(new->cost);
        v[PG_PROC_PROCOST] = datum_f32((float)new->cost);
    } else if (str_equal(name, STR("rows"))) {
        check_rows(new->rows, returns_set);
        v[PG_PROC_PROROWS] = datum_f32((float)new->rows);
    } else if (str_equal(name, STR("set"))) {
        v[PG_PROC_PROCONFIG] = new->config;
    } else {
        v[PG_PROC_PROPARALLEL] = datum_char(new->parallel);
    }
}

void ddl__alter_function(UtilityCall *call)
{
    const AstAlterFunction *ast = AST_AS(AlterFunction, call->tree);
    NewFunction *new = ARENA_NEW(call->arena, NewFunction);
    new->ddl = ddl__begin(call);
    const Oid oid = ddl__routine(&new->ddl, ast->routine, ast->object, false);
    const CatObject self = ddl__object(CLASS_PROC, oid, 0);
    cat_check_owner(new->ddl.view, self);
    const Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(new->ddl.view, PG_PROC, PG_PROC_OID_INDEX, &key, 1);
    CatRow row;
    Datum v[PG_PROC_COLUMNS];
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "function %u does not exist", oid);
    memcpy(v, row.values, sizeof v);
    new->procedure = v[PG_PROC_PROKIND].value.i16 == 'p';
    new->config = v[PG_PROC_PROCONFIG];
    if (v[PG_PROC_PROKIND].value.i16 == 'a')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is an aggregate function",
                    STR_ARG(strview_str(&v[PG_PROC_PRONAME].value.str)));
    for (uint32_t i = 0; i < ast->options.count; i++) {
        check_not_twice(&new->ddl, &ast->options, i);
        alter_attribute(new, ast->options.items[i], v, v[PG_PROC_PRORETSET].value.b);
    }
    cat_update(new->ddl.view, PG_PROC, row.id, v);
    cat_scan_close(scan);
    cat_invalidate(new->ddl.view, CLASS_PROC, oid);
}

const char *ddl__alter_function_tag(const AstNode *tree)
{
    switch (AST_AS(AlterFunction, tree)->object) {
    case AST_OBJECT_PROCEDURE: return "ALTER PROCEDURE";
    case AST_OBJECT_ROUTINE: return "ALTER ROUTINE";
    default: return "ALTER FUNCTION";
    }
}

Oid ddl__routine(const Ddl *ddl, const AstRoutineRef *routine, AstObjectType kind, bool missing_ok)
{
    const Oid oid = bind_routine(routine, kind, &ddl->bind, missing_ok);
    const CatFunction *function = oid != 0 ? cat_function(ddl->view, oid) : NULL;
    if (function == NULL) return 0;
    const bool procedure = function->kind == 'p', aggregate = function->kind == 'a';
    const char *wanted = NULL;
    if (kind == AST_OBJECT_PROCEDURE && !procedure) wanted = "a procedure";
    if (kind == AST_OBJECT_FUNCTION && procedure) wanted = "a function";
    if (kind == AST_OBJECT_AGGREGATE && !aggregate) wanted = "an aggregate";
    if (kind == AST_OBJECT_FUNCTION && aggregate) {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "\"%.*s\" is an aggregate function", STR_ARG(function->name));
        error_raise(error_hint(error, "Use DROP AGGREGATE to drop aggregate functions."));
    }
    if (wanted != NULL)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "%s%.*s is not %s",
                    kind == AST_OBJECT_AGGREGATE ? "function " : "",
                    STR_ARG(
                        ddl__signature(ddl, function->name, function->args, function->arg_count)),
                    wanted);
    return oid;
}

/* ---- DO */

void ddl__do(UtilityCall *call)
{
    const AstDo *ast = AST_AS(Do, call->tree);
    NewFunction *new = ARENA_NEW(call->arena, NewFunction);
    new->ddl = ddl__begin(call);
    for (uint32_t i = 0; i < ast->options.count; i++) {
        const AstOption *option = ast->options.items[i];
        check_not_twice(&new->ddl, &ast->options, i);
        if (str_equal(option->name, STR("language"))) new->language_name = text_of(option->value);
        if (str_equal(option->name, STR("as"))) new->source = text_of(option->value);
    }
    if (new->source.data == NULL) raise_error(SQLSTATE_SYNTAX_ERROR, "no inline code specified");
    if (new->language_name.data == NULL) new->language_name = STR("plpgsql");
    find_language(new, false);
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                "language \"%.*s\" does not support inline code execution",
                STR_ARG(new->language_name));
}

/* ---- CALL */

static ResultColumn *out_columns(const Ddl *ddl, const CatFunction *function, uint32_t *count)
{
    ResultColumn *columns = ARENA_ARRAY(ddl->arena, ResultColumn, function->all_arg_count + 1);
    *count = 0;
    for (uint32_t i = 0; function->modes != NULL && i < function->all_arg_count; i++) {
        if (function->modes[i] != 'o' && function->modes[i] != 'b') continue;
        const Type *type = type_find(&ddl->bind.env[0], function->all_args[i]);
        columns[*count] = (ResultColumn){.name = function->arg_names != NULL
                                                     ? function->arg_names[i]
                                                     : (Str){0},
                                         .type = function->all_args[i],
                                         .typmod = -1,
                                         .type_bytes = type != NULL ? type->bytes : -1};
        if (columns[*count].name.bytes == 0)
            columns[*count].name = str_format(ddl->arena, "column%u", *count + 1);
        ++*count;
    }
    return columns;
}

void ddl__call_describe(UtilityCall *call, Description *description)
{
    Ddl ddl = ddl__begin(call);
    const BindOptions options = session_call_options(call);
    const QFuncCall *bound = bind_procedure(call->arena, AST_AS(Call, call->tree)->call, &options);
    const CatFunction *function = cat_function(ddl.view, bound->function);
    description->columns = out_columns(&ddl, function, &description->column_count);
    description->returns_rows = description->column_count > 0;
}

void ddl__call(UtilityCall *call)
{
    SCOPED(scope);
    Ddl ddl = ddl__begin(call);
    const BindOptions options = session_call_options(call);
    QFuncCall *bound = bind_procedure(call->arena, AST_AS(Call, call->tree)->call, &options);
    const CatFunction *function = cat_function(ddl.view, bound->function);
    uint32_t count;
    const ResultColumn *columns = out_columns(&ddl, function, &count);
    (void)session_exec_options(ddl.session, session_statement_snapshot(ddl.session, scope),
                               call->arena);
    const FnEnv *env = ddl.bind.env;
    QExpr *expr = expr_fold(call->arena, &bound->base, env, call->params, call->param_count);
    const Datum value = expr_value(call->arena, expr, env);
    if (count == 0) return;
    TextRows *rows = session_rows_begin(call, columns, count);
    Datum *values = ARENA_ARRAY(call->arena, Datum, count);
    for (uint32_t i = 0; i < count; i++) values[i].null = true;
    if (!value.null && bound->type == OID_RECORD) {
        const RecordView view = record_view_or_raise(strview_str(&value.value.str));
        for (uint32_t i = 0; i < count && i < view.count; i++)
            values[i] = record_get(&view, type_get(env, columns[i].type), i);
    } else if (count == 1) {
        values[0] = value;
    }
    session_rows_add(rows, values);
    (void)session_rows_end(rows);
}
