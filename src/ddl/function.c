/* SPDX-License-Identifier: Apache-2.0 */
/* function.c - CREATE [OR REPLACE] FUNCTION and PROCEDURE: parameters, attributes (function_attributes.c), the body in
 * SQL, which is tried as soon as its row of pg_proc stands, and what all of it depends on. */
#include "ddl/function.h"

#include "type/array.h"

/* ---- parameters and result */

static char mode_of(const AstFuncParam *param)
{
    switch (param->mode) {
    case AST_PARAM_OUT: return 'o';
    case AST_PARAM_INOUT: return 'b';
    case AST_PARAM_VARIADIC: return 'v';
    case AST_PARAM_TABLE: return 't';
    case AST_PARAM_DEFAULT:
    case AST_PARAM_IN: break;
    }
    return 'i';
}

static bool is_input(char mode)
{
    return mode == 'i' || mode == 'b' || mode == 'v';
}

_Noreturn static void refuse_at(const Ddl *ddl, Sqlstate code, const void *node, const char *format,
                                ...) PRINTF_LIKE(4, 5);
_Noreturn static void refuse_at(const Ddl *ddl, Sqlstate code, const void *node, const char *format,
                                ...)
{
    va_list args;
    va_start(args, format);
    const Str text = str_format_va(ddl->arena, format, args);
    va_end(args);
    Error *error = error_begin(code);
    error_message(error, "%.*s", STR_ARG(text));
    error_raise(error_position(error, ddl__position(ddl, node)));
}

static void check_name_unique(NewFunction *new, const AstFuncParamList *params, uint32_t at)
{
    const AstFuncParam *param = params->items[at];
    const bool in = is_input(new->modes[at]);
    for (uint32_t k = 0; k < at && param->name.bytes > 0; k++) {
        const bool other_in = is_input(new->modes[k]);
        const bool apart = new->modes[at] != 'b' && new->modes[k] != 'b' &&
                           in != other_in &&new->modes[at] != 't' && new->modes[k] != 't';
        if (str_equal(params->items[k]->name, param->name) && !apart)
            refuse_at(&new->ddl, SQLSTATE_INVALID_FUNCTION_DEFINITION, param,
                      "parameter name \"%.*s\" used more than once", STR_ARG(param->name));
    }
}

Oid ddl__variadic_element(const Ddl *ddl, const AstFuncParam *param, Oid type)
{
    if (type == OID_ANY) return OID_ANY;
    if (type == OID_ANYARRAY) return OID_ANYELEMENT;
    if (type == OID_ANYCOMPATIBLEARRAY) return OID_ANYCOMPATIBLE;
    const Oid element = cat_type(ddl->view, type)->element;
    if (element == 0)
        refuse_at(ddl, SQLSTATE_INVALID_FUNCTION_DEFINITION, param,
                  "VARIADIC parameter must be an array");
    return element;
}

static void take_default(NewFunction *new, const AstFuncParam *param, char mode, Oid type)
{
    if (param->fallback == NULL) {
        if (is_input(mode) && new->default_count > 0)
            refuse_at(&new->ddl, SQLSTATE_INVALID_FUNCTION_DEFINITION, param,
                      "input parameters after one with a default value must also have defaults");
        if (mode == 'o' && new->procedure &&new->default_count > 0)
            refuse_at(&new->ddl, SQLSTATE_INVALID_FUNCTION_DEFINITION, param,
                      "procedure OUT parameters cannot appear after one with a default value");
        return;
    }
    if (!is_input(mode))
        refuse_at(&new->ddl, SQLSTATE_INVALID_FUNCTION_DEFINITION, param,
                  "only input parameters can have default values");
    QExpr *value = bind_expression(new->ddl.arena, param->fallback, &new->ddl.bind, NULL,
                                   BIND_FUNCTION_DEFAULT, type, -1, STR("DEFAULT"));
    new->default_exprs[new->default_count] = value;
    new->defaults[new->default_count++] = bind_store(new->ddl.arena, (QNode *)value);
}

static void take_parameters(NewFunction *new, const AstFuncParamList *params)
{
    Arena *arena = new->ddl.arena;
    const uint32_t count = params->count;
    new->types = ARENA_ARRAY(arena, Oid, count + 1);
    new->inputs = ARENA_ARRAY(arena, Oid, count + 1);
    new->modes = ARENA_ARRAY(arena, char, count + 1);
    new->names = ARENA_ARRAY(arena, Str, count + 1);
    new->defaults = ARENA_ARRAY(arena, Str, count + 1);
    new->default_exprs = ARENA_ARRAY(arena, QExpr *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const AstFuncParam *param = params->items[i];
        const char mode = new->modes[i] = mode_of(param);
        const Oid type = ddl__parameter_type(&new->ddl, param->type);
        cat_check_type_usage(new->ddl.view, type);
        if (param->type->setof)
            refuse_at(&new->ddl, SQLSTATE_INVALID_FUNCTION_DEFINITION, param,
                      "%s cannot accept set arguments",
                      new->procedure ? "procedures" : "functions");
        if (new->variadic != 0 && is_input(mode))
            refuse_at(&new->ddl, SQLSTATE_INVALID_FUNCTION_DEFINITION, param,
                      "VARIADIC parameter must be the last input parameter");
        if (mode == 'v') new->variadic = ddl__variadic_element(&new->ddl, param, type);
        check_name_unique(new, params, i);
        new->types[i] = type;
        new->names[i] = param->name;
        new->named |= param->name.bytes > 0;
        new->moded |= mode != 'i';
        if (is_input(mode)) new->inputs[new->input_count++] = type;
        if (mode == 'o' || mode == 'b' || mode == 't') {
            new->out_type = type;
            new->out_count++;
        }
        new->table |= mode == 't';
        take_default(new, param, mode, type);
    }
    new->count = count;
    if (new->input_count > FN_ARGS_MAX)
        raise_error(SQLSTATE_TOO_MANY_ARGUMENTS, "%s cannot have more than %d arguments",
                    new->procedure ? "procedures" : "functions", FN_ARGS_MAX);
}

static void take_result(NewFunction *new, const AstTypeName *returns)
{
    const Oid outs = new->out_count > 1 || (new->procedure &&new->out_count > 0) ? OID_RECORD
                     : new->out_count == 1                                       ? new->out_type
                                                                                 : 0;
    if (new->procedure) {
        new->result = outs ? outs : OID_VOID;
        return;
    }
    if (new->table) {
        new->returns_set = true;
        new->result = outs;
        return;
    }
    if (returns == NULL) {
        if (!outs)
            raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "function result type must be specified");
        new->result = outs;
        return;
    }
    new->result = ddl__result_type(&new->ddl, returns);
    cat_check_type_usage(new->ddl.view, new->result);
    new->returns_set = returns->setof;
    if (outs && outs != new->result)
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "function result type must be %.*s because of OUT parameters",
                    STR_ARG(cat_type_name(new->ddl.view, new->ddl.arena, outs, -1)));
}

static bool is_compatible(Oid type)
{
    return type == OID_ANYCOMPATIBLE || type == OID_ANYCOMPATIBLEARRAY ||
           type == OID_ANYCOMPATIBLENONARRAY || type == OID_ANYCOMPATIBLERANGE ||
           type == OID_ANYCOMPATIBLEMULTIRANGE;
}

static bool family_has(const NewFunction *new, bool compatible)
{
    for (uint32_t i = 0; i < new->input_count; i++) {
        const Oid type = new->inputs[i];
        if (bind_is_polymorphic(type) && is_compatible(type) == compatible) return true;
    }
    return false;
}

/* A polymorphic result needs an argument that tells what it is. */
static void check_polymorphic(const NewFunction *new, Oid type)
{
    if (!bind_is_polymorphic(type)) return;
    const bool compatible = is_compatible(type);
    if (family_has(new, compatible)) return;
    Error *error = error_begin(SQLSTATE_INVALID_FUNCTION_DEFINITION);
    error_message(error, "cannot determine result data type");
    error_raise(error_detail(
        error,
        compatible ? "A result of type %.*s requires at least one input of type anycompatible, "
                     "anycompatiblearray, anycompatiblenonarray, anycompatiblerange, or "
                     "anycompatiblemultirange."
                   : "A result of type %.*s requires at least one input of type anyelement, "
                     "anyarray, anynonarray, anyenum, anyrange, or anymultirange.",
        STR_ARG(cat_type_name(new->ddl.view, new->ddl.arena, type, -1))));
}

/* ---- a body that is SQL's own syntax: RETURN, BEGIN ATOMIC */

/* What names of arguments mean is asked of a function that is not there yet. */
static CatFunction *as_function(const NewFunction *new)
{
    CatFunction *f = ARENA_NEW(new->ddl.arena, CatFunction);
    f->name = new->name.name;
    f->args = new->inputs;
    f->arg_count = new->input_count;
    f->all_args = new->types;
    f->all_arg_count = new->count;
    f->modes = new->moded ? new->modes : NULL;
    f->arg_names = new->named ? new->names : NULL;
    return f;
}

static Str bound_statement(NewFunction *new, const AstNode *tree, QReturnForm form)
{
    Ddl *ddl = &new->ddl;
    BindParams params = {.types = arena_copy(ddl->arena, new->inputs,
                                             (new->input_count + 1) * sizeof(Oid)),
                         .count = new->input_count,
                         .capacity = new->input_count,
                         .fixed = true,
                         .arena = ddl->arena,
                         .find_name = session_function_parameter,
                         .arg = as_function(new)};
    BindOptions options = session_bind_options(ddl->session, ddl->call->sql, &params);
    QQuery *query = bind_statement(ddl->arena, tree, &options);
    if (query->command == Q_COMMAND_UTILITY)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "%s is not yet supported in unquoted SQL function body",
                    ast_kind_name(tree->kind));
    query->return_form = form;
    new->body_queries[new->body_count] = query;
    return bind_store(ddl->arena, (QNode *)query);
}

static void take_syntax_body(NewFunction *new, const AstNode *body)
{
    Arena *arena = new->ddl.arena;
    const AstAtomicBlock *block = AST_IF(AtomicBlock, body);
    const uint32_t count = block != NULL ? block->statements.count : 1;
    if (bind_is_polymorphic(new->result) || family_has(new, false) || family_has(new, true))
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                    "SQL function with unquoted function body cannot have polymorphic arguments");
    Str *stored = ARENA_ARRAY(arena, Str, count + 1);
    new->body_queries = ARENA_ARRAY(arena, QQuery *, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const AstNode *tree = block != NULL ? block->statements.items[i] : NULL;
        const AstReturn *value = AST_IF(Return, tree != NULL ? tree : body);
        if (value != NULL) {
            AstTarget *target = AST_NEW(arena, Target);
            target->expr = value->value;
            target->location = value->value->location;
            AstSelect *select = AST_NEW(arena, Select);
            select->targets.items = arena_copy(arena, &target, sizeof target);
            select->targets.count = 1;
            tree = (const AstNode *)select;
        }
        const QReturnForm form = value == NULL   ? Q_RETURN_NONE
                                 : block != NULL ? Q_RETURN_STATEMENT
                                                 : Q_RETURN_BODY;
        stored[i] = bound_statement(new, tree, form);
        new->body_count++;
    }
    new->sql_body = cat_expr_list_join(arena, stored, count);
}

/* ---- the row */

static Datum char_array(Arena *arena, const char *values, uint32_t count)
{
    Datum *items = ARENA_ARRAY(arena, Datum, count);
    for (uint32_t i = 0; i < count; i++) items[i] = datum_char(values[i]);
    return datum_str(array_build(arena, type_find(NULL, OID_CHAR), items, count));
}

static Datum oid_vector(Arena *arena, const Oid *values, uint32_t count)
{
    Datum *items = ARENA_ARRAY(arena, Datum, count + 1);
    for (uint32_t i = 0; i < count; i++) items[i] = datum_oid(values[i]);
    return datum_str(array_build_vector(arena, type_find(NULL, OID_OID), items, count));
}

static void fill_row(const NewFunction *new, Datum *v)
{
    Arena *arena = new->ddl.arena;
    v[PG_PROC_PRONAME] = datum_str(new->name.name);
    v[PG_PROC_PRONAMESPACE] = datum_oid(new->schema);
    v[PG_PROC_PROLANG] = datum_oid(new->language);
    v[PG_PROC_PROVARIADIC] = datum_oid(new->variadic);
    v[PG_PROC_PROSUPPORT] = datum_oid(0);
    v[PG_PROC_PROKIND] = datum_char(new->procedure ? 'p' : new->window ? 'w' : 'f');
    v[PG_PROC_PRORETSET] = datum_bool(new->returns_set);
    v[PG_PROC_PRONARGS] = datum_i16((int16_t) new->input_count);
    v[PG_PROC_PRONARGDEFAULTS] = datum_i16((int16_t) new->default_count);
    v[PG_PROC_PRORETTYPE] = datum_oid(new->result);
    v[PG_PROC_PROARGTYPES] = oid_vector(arena, new->inputs, new->input_count);
    if (new->moded) {
        v[PG_PROC_PROALLARGTYPES] = ddl__oid_array(arena, new->types, new->count);
        v[PG_PROC_PROARGMODES] = char_array(arena, new->modes, new->count);
    }
    if (new->named) v[PG_PROC_PROARGNAMES] = cat_text_array(arena, new->names, new->count);
    if (new->default_count > 0)
        v[PG_PROC_PROARGDEFAULTS] = datum_str(
            cat_expr_list_join(arena, new->defaults, new->default_count));
    v[PG_PROC_PROSRC] = datum_str(new->source);
    if (new->sql_body.data != NULL) v[PG_PROC_PROSQLBODY] = datum_str(new->sql_body);
    ddl__function_attributes(new, v);
}

static const CatFunction *existing(const NewFunction *new)
{
    uint32_t count;
    const CatFunction **all = cat_functions_named(new->ddl.view, new->name.name, &count);
    for (uint32_t i = 0; i < count; i++)
        if (all[i]->namespace_ == new->schema &&
            all[i]->arg_count ==
                new->input_count &&oids_equal(all[i]->args, new->inputs, new->input_count))
            return all[i];
    return NULL;
}

static _Noreturn void refuse_replace(const NewFunction *new, const CatFunction *old, Error *error)
{
    static const char *const words[] = {"FUNCTION", "PROCEDURE", "AGGREGATE"};
    const char *word = words[old->kind == 'p' ? 1 : old->kind == 'a' ? 2 : 0];
    error_raise(
        error_hint(error, "Use DROP %s %.*s first.", word,
                   STR_ARG(ddl__signature(&new->ddl, new->name.name, old->args, old->arg_count))));
}

static bool same_outs(const NewFunction *new, const CatFunction *old)
{
    if (new->moded != (old->modes != NULL)) return !new->out_count && !new->table;
    if (!new->moded) return true;
    uint32_t k = 0;
    for (uint32_t i = 0; i < new->count; i++) {
        if (new->modes[i] == 'i' || new->modes[i] == 'v') continue;
        while (k < old->all_arg_count && (old->modes[k] == 'i' || old->modes[k] == 'v')) k++;
        if (k == old->all_arg_count || old->modes[k] != new->modes[i] ||
            old->all_args[k] != new->types[i])
            return false;
        k++;
    }
    while (k < old->all_arg_count && (old->modes[k] == 'i' || old->modes[k] == 'v')) k++;
    return k == old->all_arg_count;
}

/* CREATE OR REPLACE keeps how callers see the function. */
static void check_replace(const NewFunction *new, const CatFunction *old, bool replace)
{
    const char kind = new->procedure ? 'p' : new->window ? 'w' : 'f';
    if (!replace)
        raise_error(SQLSTATE_DUPLICATE_FUNCTION,
                    "function \"%.*s\" already exists with same argument types",
                    STR_ARG(new->name.name));
    cat_check_owner(new->ddl.view, ddl__object(CLASS_PROC, old->oid, 0));
    if (old->kind != kind) {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "cannot change routine kind");
        error_raise(error_detail(error, "\"%.*s\" is %s.", STR_ARG(old->name),
                                 old->kind == 'a'   ? "an aggregate function"
                                 : old->kind == 'p' ? "a procedure"
                                 : old->kind == 'w' ? "a window function"
                                                    : "a function"));
    }
    if (old->result != new->result || old->returns_set != new->returns_set ||
        !same_outs(new, old)) {
        Error *error = error_begin(SQLSTATE_INVALID_FUNCTION_DEFINITION);
        error_message(error, old->kind == 'p'
                                 ? "cannot change whether a procedure has output parameters"
                                 : "cannot change return type of existing function");
        if (old->result == new->result && old->result == OID_RECORD)
            error_detail(error, "Row type defined by OUT parameters is different.");
        refuse_replace(new, old, error);
    }
    for (uint32_t i = 0, k = 0; old->arg_names != NULL && i < old->all_arg_count; i++) {
        if (old->modes != NULL && !is_input(old->modes[i])) continue;
        while (k < new->count && !is_input(new->modes[k])) k++;
        if (old->arg_names[i].bytes > 0 && !str_equal(old->arg_names[i], new->names[k])) {
            Error *error = error_begin(SQLSTATE_INVALID_FUNCTION_DEFINITION);
            error_message(error, "cannot change name of input parameter \"%.*s\"",
                          STR_ARG(old->arg_names[i]));
            refuse_replace(new, old, error);
        }
        k++;
    }
    if (new->default_count < old->default_count) {
        Error *error = error_begin(SQLSTATE_INVALID_FUNCTION_DEFINITION);
        error_message(error, "cannot remove parameter defaults from existing function");
        refuse_replace(new, old, error);
    }
}

static Oid write_row(NewFunction *new, const CatFunction *old)
{
    CatalogView *view = new->ddl.view;
    Datum v[PG_PROC_COLUMNS];
    for (uint32_t i = 0; i < ARRAY_LEN(v); i++) v[i] = datum_null();
    fill_row(new, v);
    if (old == NULL) {
        const Oid oid = cat_new_oid(view, PG_PROC);
        v[PG_PROC_OID] = datum_oid(oid);
        const Oid owner = cat_view_role(view);
        v[PG_PROC_PROOWNER] = datum_oid(owner);
        v[PG_PROC_PROACL] = cat_new_acl(view, CLASS_PROC, 0, owner,
                                        v[PG_PROC_PRONAMESPACE].value.u32);
        (void)cat_insert(view, PG_PROC, v);
        cat_depend_on_acl(view, ddl__object(CLASS_PROC, oid, 0), owner, &v[PG_PROC_PROACL]);
        return oid;
    }
    const Oid oid = old->oid;
    const Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(view, PG_PROC, PG_PROC_OID_INDEX, &key, 1);
    CatRow row;
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "function %u does not exist", oid);
    v[PG_PROC_OID] = datum_oid(oid);
    v[PG_PROC_PROOWNER] = row.values[PG_PROC_PROOWNER];
    v[PG_PROC_PROACL] = row.values[PG_PROC_PROACL];
    const RowId id = row.id;
    cat_update(view, PG_PROC, id, v);
    cat_scan_close(scan);
    cat_depend_remove(view, ddl__object(CLASS_PROC, oid, 0));
    return oid;
}

static void add_dependencies(NewFunction *new, Oid oid, bool is_new)
{
    Ddl *ddl = &new->ddl;
    const CatObject self = ddl__object(CLASS_PROC, oid, 0);
    if (new->schema >= 16384 || new->schema == 2200)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_NAMESPACE, new->schema, 0), 'n');
    ddl__depend_on_type(ddl, self, new->result, 'n');
    for (uint32_t i = 0; i < new->count; i++) ddl__depend_on_type(ddl, self, new->types[i], 'n');
    for (uint32_t i = 0; i < new->default_count; i++)
        ddl__depend_on_expr(ddl, self, (QNode *)new->default_exprs[i], 0, 'n');
    for (uint32_t i = 0; i < new->body_count; i++)
        ddl__depend_on_expr(ddl, self, (QNode *)new->body_queries[i], 0, 'n');
    if (is_new) cat_depend_owner(ddl->view, self, cat_view_role(ddl->view));
}

/* ---- the body tried out */

typedef struct BodyCheck {
    Session *session;
    const CatFunction *function;
} BodyCheck;

static void check_body(void *arg)
{
    const BodyCheck *check = arg;
    session_function_check(check->session, check->function);
}

/* A place in the body, counted in characters from 1, as a place in the statement: the literal is found, and doubled
 * quotes in it count twice. */
static int32_t place_in_statement(const NewFunction *new, int32_t position)
{
    const Str sql = new->ddl.call->sql;
    if (new->body_location < 0 || (size_t) new->body_location >= sql.bytes) return 0;
    size_t at = (size_t) new->body_location;
    const bool dollar = sql.data[at] == '$';
    if (!dollar && sql.data[at] != '\'') return 0;
    at++;
    while (dollar && at < sql.bytes && sql.data[at] != '$') at++;
    at += dollar;
    int32_t left = position - 1;
    while (left > 0 && at < sql.bytes) {
        at += !dollar && sql.data[at] == '\'' && at + 1 < sql.bytes && sql.data[at + 1] == '\'';
        at++;
        while (at < sql.bytes && ((uint8_t)sql.data[at] & 0xC0) == 0x80) at++;
        left--;
    }
    return parse_position(sql, (int32_t)at);
}

static void check_pseudo_types(const NewFunction *new)
{
    const Ddl *ddl = &new->ddl;
    if (cat_type(ddl->view, new->result)->kind == 'p' &&
        new->result != OID_RECORD &&new->result != OID_VOID && !bind_is_polymorphic(new->result))
        raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION, "SQL functions cannot return type %.*s",
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, new->result, -1)));
    for (uint32_t i = 0; i < new->input_count; i++)
        if (cat_type(ddl->view, new->inputs[i])->kind == 'p' &&
            !bind_is_polymorphic(new->inputs[i]))
            raise_error(SQLSTATE_INVALID_FUNCTION_DEFINITION,
                        "SQL functions cannot have arguments of type %.*s",
                        STR_ARG(cat_type_name(ddl->view, ddl->arena, new->inputs[i], -1)));
}

static void try_body(NewFunction *new, Oid oid)
{
    check_pseudo_types(new);
    BodyCheck check = {new->ddl.session, cat_function(new->ddl.view, oid)};
    Error *error;
    if (!session_settings(new->ddl.session)->check_function_bodies) return;
    if (error_catch(check_body, &check, new->ddl.arena, &error)) return;
    if (error->position > 0 && new->sql_body.data == NULL)
        error->position = place_in_statement(new, error->position);
    else
        error_context(error, "SQL function \"%.*s\"", STR_ARG(new->name.name));
    error_raise_again(error);
}

void ddl__create_function(UtilityCall *call)
{
    const AstCreateFunction *ast = AST_AS(CreateFunction, call->tree);
    NewFunction *new = ARENA_NEW(call->arena, NewFunction);
    new->ddl = ddl__begin(call);
    new->procedure = ast->procedure;
    new->name = ddl__name_of(&new->ddl, call->tree, &ast->names);
    new->schema = ddl__schema_for(&new->ddl, new->name, false);
    ddl__take_function_attributes(new, &ast->options, ast->body != NULL);
    take_parameters(new, &ast->params);
    take_result(new, ast->returns);
    check_polymorphic(new, new->result);
    for (uint32_t i = 0; i < new->count; i++)
        if (!is_input(new->modes[i])) check_polymorphic(new, new->types[i]);
    ddl__check_function_figures(new);
    if (ast->body != NULL) take_syntax_body(new, (const AstNode *)ast->body);
    const CatFunction *old = existing(new);
    if (old != NULL) check_replace(new, old, ast->replace);
    const Oid oid = write_row(new, old);
    add_dependencies(new, oid, old == NULL);
    cat_invalidate(new->ddl.view, CLASS_PROC, oid);
    cat_view_next_command(new->ddl.view);
    try_body(new, oid);
}

const char *ddl__create_function_tag(const AstNode *tree)
{
    return AST_AS(CreateFunction, tree)->procedure ? "CREATE PROCEDURE" : "CREATE FUNCTION";
}
