/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_function.c - functions and procedures as the statements that make them: their arguments, result, body and
 * settings. */
#include "bind/deparse_internal.h"

#include "base/settings.h"
#include "catalog/datums.h"

/* What one argument list shows. */
typedef enum ArgumentFlags {
    SHOW_TABLE_COLUMNS = 1, /* only them: RETURNS TABLE (...) */
    SHOW_DEFAULTS = 2,
} ArgumentFlags;

static char mode_of(const CatFunction *f, uint32_t i)
{
    return f->modes ? f->modes[i] : 'i';
}

static bool is_input(char mode)
{
    return mode == 'i' || mode == 'b' || mode == 'v';
}

/* Procedures tell IN too, since their OUT arguments are part of the call. */
static const char *mode_word(const CatFunction *f, char mode)
{
    switch (mode) {
    case 'o': return "OUT ";
    case 'b': return "INOUT ";
    case 'v': return "VARIADIC ";
    case 'i': return f->kind == 'p' ? "IN " : "";
    default: return "";
    }
}

/* Input `input` from 0; false: it has no default. */
static bool print_default(StrBuilder *out, const CatFunction *f, uint32_t input,
                          const DeparseOptions *options)
{
    const uint32_t first = f->arg_count - f->default_count;
    if (input < first || input >= f->arg_count) return false;
    if (f->builtin)
        str_add_zero_terminated(out, f->builtin->defaults[input - first]);
    else
        expr_deparse(out, (const QExpr *)bind_stored(f->defaults[input - first]), NULL, options);
    return true;
}

/* How many arguments of an ordered-set aggregate stand in front of ORDER BY; UINT32_MAX: it is none. */
static uint32_t direct_count(const CatFunction *f, const DeparseOptions *options, Arena *arena)
{
    if (f->kind != 'a') return UINT32_MAX;
    const Datum key = datum_oid(f->oid);
    const Datum *row = cat_row_find(options->view, PG_AGGREGATE_FNOID_INDEX, &key, 1, arena);
    if (!row || row[PG_AGGREGATE_AGGKIND].value.i16 == 'n') return UINT32_MAX;
    return (uint32_t)row[PG_AGGREGATE_AGGNUMDIRECTARGS].value.i16;
}

static void print_argument(StrBuilder *out, const CatFunction *f, uint32_t i,
                           const DeparseOptions *options)
{
    str_add_zero_terminated(out, mode_word(f, mode_of(f, i)));
    if (f->arg_names && f->arg_names[i].bytes) {
        parse_quote_identifier(out, f->arg_names[i]);
        str_add_char(out, ' ');
    }
    str_add(out, cat_type_name(options->view, out->arena, f->all_args[i], -1));
}

static void print_arguments(StrBuilder *out, const CatFunction *f, uint32_t flags,
                            const DeparseOptions *options)
{
    const uint32_t direct = direct_count(f, options, out->arena);
    uint32_t printed = 0, input = 0;
    for (uint32_t i = 0; i < f->all_arg_count; i++) {
        const char mode = mode_of(f, i);
        const uint32_t own_input = input;
        if (is_input(mode)) input++;
        if ((mode == 't') != ((flags & SHOW_TABLE_COLUMNS) != 0)) continue;
        if (printed == direct)
            str_add(out, printed ? STR(" ORDER BY ") : STR("ORDER BY "));
        else if (printed)
            str_add(out, STR(", "));
        print_argument(out, f, i, options);
        if (flags & SHOW_DEFAULTS && is_input(mode)) {
            const size_t before = out->bytes;
            str_add(out, STR(" DEFAULT "));
            if (!print_default(out, f, own_input, options)) str_truncate(out, before);
        }
        printed++;
    }
    /* a VARIADIC that stands for the direct arguments stands for the ordered ones too */
    if (direct != UINT32_MAX && direct > 0 && printed == direct && f->variadic) {
        str_add(out, STR(" ORDER BY "));
        print_argument(out, f, f->all_arg_count - 1, options);
    }
}

static void print_result(StrBuilder *out, const CatFunction *f, const DeparseOptions *options)
{
    bool table = false;
    for (uint32_t i = 0; i < f->all_arg_count; i++) table |= mode_of(f, i) == 't';
    if (table) {
        str_add(out, STR("TABLE("));
        print_arguments(out, f, SHOW_TABLE_COLUMNS, options);
        str_add_char(out, ')');
        return;
    }
    if (f->returns_set) str_add(out, STR("SETOF "));
    str_add(out, cat_type_name(options->view, out->arena, f->result, -1));
}

/* ---- pg_get_function_arguments and its kin */

static DeparseOptions options_of(Fn *fn)
{
    return (DeparseOptions){.view = fn_view(fn), .env = fn->env};
}

static Str argument_list(Fn *fn, Oid oid, uint32_t flags)
{
    const CatFunction *f = cat_function(fn_view(fn), oid);
    if (!f) return FN_NULL(fn, (Str){0});
    StrBuilder out = str_builder(fn->arena, 64);
    const DeparseOptions options = options_of(fn);
    print_arguments(&out, f, flags, &options);
    return str_done(&out);
}

static Str get_arguments(Fn *fn, Oid oid)
{
    return argument_list(fn, oid, SHOW_DEFAULTS);
}
SQL_FUNCTION(2162, "pg_get_function_arguments", text, (oid), STABLE | STRICT | NULLABLE,
             get_arguments, "a function's arguments as CREATE FUNCTION writes them")

static Str get_identity_arguments(Fn *fn, Oid oid)
{
    return argument_list(fn, oid, 0);
}
SQL_FUNCTION(2232, "pg_get_function_identity_arguments", text, (oid), STABLE | STRICT | NULLABLE,
             get_identity_arguments, "a function's arguments without defaults, as DROP names them")

static Str get_result(Fn *fn, Oid oid)
{
    const CatFunction *f = cat_function(fn_view(fn), oid);
    if (!f || f->kind == 'p') return FN_NULL(fn, (Str){0});
    StrBuilder out = str_builder(fn->arena, 64);
    const DeparseOptions options = options_of(fn);
    print_result(&out, f, &options);
    return str_done(&out);
}
SQL_FUNCTION(2165, "pg_get_function_result", text, (oid), STABLE | STRICT | NULLABLE, get_result,
             "what a function returns, as CREATE FUNCTION writes it")

/* `number` counts all arguments from 1. */
static Str get_default(Fn *fn, Oid oid, int32_t number)
{
    const CatFunction *f = cat_function(fn_view(fn), oid);
    if (!f || number < 1 || (uint32_t)number > f->all_arg_count) return FN_NULL(fn, (Str){0});
    uint32_t input = 0;
    for (uint32_t i = 0; i + 1 < (uint32_t)number; i++) input += is_input(mode_of(f, i));
    StrBuilder out = str_builder(fn->arena, 32);
    const DeparseOptions options = options_of(fn);
    if (!is_input(mode_of(f, (uint32_t)number - 1)) || !print_default(&out, f, input, &options))
        return FN_NULL(fn, (Str){0});
    return str_done(&out);
}
SQL_FUNCTION(3808, "pg_get_function_arg_default", text, (oid, int4), STABLE | STRICT | NULLABLE,
             get_default, "the default of a function's argument")

/* ---- pg_get_functiondef */

static float standard_cost(const CatFunction *f)
{
    enum { LANGUAGE_INTERNAL = 12, LANGUAGE_C = 13 };
    return f->language == LANGUAGE_INTERNAL || f->language == LANGUAGE_C ? 1 : 100;
}

static void print_attributes(StrBuilder *out, const CatFunction *f, const DeparseOptions *options)
{
    const size_t before = out->bytes;
    if (f->kind == 'w') str_add(out, STR(" WINDOW"));
    if (f->volatility == 'i') str_add(out, STR(" IMMUTABLE"));
    if (f->volatility == 's') str_add(out, STR(" STABLE"));
    if (f->parallel == 's') str_add(out, STR(" PARALLEL SAFE"));
    if (f->parallel == 'r') str_add(out, STR(" PARALLEL RESTRICTED"));
    if (f->strict) str_add(out, STR(" STRICT"));
    if (f->leakproof) str_add(out, STR(" LEAKPROOF"));
    if (f->security_definer) str_add(out, STR(" SECURITY DEFINER"));
    if (f->cost != standard_cost(f)) str_add_format(out, " COST %g", (double)f->cost);
    if (f->rows > 0 && f->rows != 1000) str_add_format(out, " ROWS %g", (double)f->rows);
    if (f->support) {
        Deparse d = {.out = out, .arena = out->arena, .view = options->view, .env = options->env};
        str_add(out, STR(" SUPPORT "));
        bind__deparse_function_name(&d, f->support);
    }
    if (out->bytes > before) str_add_char(out, '\n');
}

static bool is_quoted_list(Str name)
{
    for (uint32_t i = 0; i < SETTING_COUNT; i++)
        if (str_equal_ascii_nocase(str_from(setting_metas[i].name), name))
            return (setting_metas[i].flags & SETTING_LIST_QUOTED) != 0;
    return false;
}

/* Names apart by commas, some in double quotes, each as a literal. */
static void print_name_list(StrBuilder *out, Str list)
{
    StrBuilder name = str_builder(out->arena, list.bytes);
    bool quoted = false, first = true;
    for (size_t i = 0; i <= list.bytes; i++) {
        const char c = i < list.bytes ? list.data[i] : ',';
        if (c == '"' && quoted && i + 1 < list.bytes && list.data[i + 1] == '"') {
            str_add_char(&name, c);
            i++;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && (!quoted || i == list.bytes)) {
            if (!first) str_add(out, STR(", "));
            parse_quote_literal(out, str_peek(&name));
            str_truncate(&name, 0);
            first = false;
        } else if (c != ' ' || quoted) {
            str_add_char(&name, c);
        }
    }
}

static void print_settings(StrBuilder *out, const CatFunction *f)
{
    for (uint32_t i = 0; i < f->config_count; i++) {
        size_t at;
        if (!str_find_char(f->config[i], '=', &at)) continue;
        const Str name = str_slice(f->config[i], 0, at);
        const Str value = str_slice(f->config[i], at + 1, f->config[i].bytes);
        str_add(out, STR(" SET "));
        parse_quote_identifier(out, name);
        str_add(out, STR(" TO "));
        if (is_quoted_list(name))
            print_name_list(out, value);
        else
            parse_quote_literal(out, value);
        str_add_char(out, '\n');
    }
}

/* Between dollar quotes that do not stand in it. */
static void print_source(StrBuilder *out, const CatFunction *f)
{
    StrBuilder tag = str_builder(out->arena, 32);
    size_t at;
    str_add(&tag, f->kind == 'p' ? STR("$procedure") : STR("$function"));
    while (str_find(f->source, str_peek(&tag), &at)) str_add_char(&tag, 'x');
    str_add_char(&tag, '$');
    str_add(out, STR("AS "));
    str_add(out, str_peek(&tag));
    str_add(out, f->source);
    str_add(out, str_peek(&tag));
    str_add_char(out, '\n');
}

static void print_language(StrBuilder *out, CatalogView *view, const CatFunction *f)
{
    const Datum key = datum_oid(f->language);
    const Datum *row = cat_row_find(view, PG_LANGUAGE_OID_INDEX, &key, 1, out->arena);
    str_add(out, STR(" LANGUAGE "));
    if (row) parse_quote_identifier(out, strview_str(&row[PG_LANGUAGE_LANNAME].value.str));
    str_add_char(out, '\n');
}

/* A body that is one RETURN stands on one line. */
static void print_sql_body(StrBuilder *out, const CatFunction *f, const DeparseOptions *options)
{
    const QTableList none = {0};
    const DeparseNames names = {.tables = &none};
    Deparse d = {.out = out,
                 .arena = out->arena,
                 .view = options->view,
                 .env = options->env,
                 .names = &names,
                 .function = f,
                 .indent = 1};
    const Str *stored;
    const uint32_t count = cat_expr_list_split(out->arena, f->sql_body, &stored);
    const QQuery *only = count == 1 ? Q_AS(Query, bind_load(out->arena, stored[0])) : NULL;
    if (only && only->return_form == Q_RETURN_BODY) {
        d.flat = true;
        bind__deparse_query(&d, only, NULL, false);
        return;
    }
    str_add(out, STR("BEGIN ATOMIC\n"));
    for (uint32_t i = 0; i < count; i++) {
        bind__deparse_query(&d, Q_AS(Query, bind_load(out->arena, stored[i])), NULL, false);
        str_add(out, STR(";\n"));
    }
    str_add(out, STR("END"));
}

/* Of functions whose body is a text, NULL. */
static Str get_sql_body(Fn *fn, Oid oid)
{
    const CatFunction *f = cat_function(fn_view(fn), oid);
    if (!f || !f->sql_body.data) return FN_NULL(fn, (Str){0});
    const DeparseOptions options = options_of(fn);
    StrBuilder out = str_builder(fn->arena, 256);
    print_sql_body(&out, f, &options);
    return str_done(&out);
}
SQL_FUNCTION(6197, "pg_get_function_sqlbody", text, (oid), STABLE | STRICT | NULLABLE, get_sql_body,
             "the SQL-standard body of a function")

static Str get_function(Fn *fn, Oid oid)
{
    CatalogView *view = fn_view(fn);
    const CatFunction *f = cat_function(view, oid);
    if (!f) return FN_NULL(fn, (Str){0});
    if (f->kind == 'a')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is an aggregate function",
                    STR_ARG(f->name));
    const DeparseOptions options = options_of(fn);
    StrBuilder out = str_builder(fn->arena, 256 + f->source.bytes);
    const CatNamespace *schema = cat_namespace(view, f->namespace_);
    str_add(&out, f->kind == 'p' ? STR("CREATE OR REPLACE PROCEDURE ")
                                 : STR("CREATE OR REPLACE FUNCTION "));
    parse_quote_identifier(&out, schema ? schema->name : STR("?"));
    str_add_char(&out, '.');
    parse_quote_identifier(&out, f->name);
    str_add_char(&out, '(');
    print_arguments(&out, f, SHOW_DEFAULTS, &options);
    str_add(&out, STR(")\n"));
    if (f->kind != 'p') {
        str_add(&out, STR(" RETURNS "));
        print_result(&out, f, &options);
        str_add_char(&out, '\n');
    }
    print_language(&out, view, f);
    print_attributes(&out, f, &options);
    print_settings(&out, f);
    if (f->sql_body.data) {
        print_sql_body(&out, f, &options);
        str_add_char(&out, '\n');
    } else {
        print_source(&out, f);
    }
    return str_done(&out);
}
SQL_FUNCTION(2098, "pg_get_functiondef", text, (oid), STABLE | STRICT | NULLABLE, get_function,
             "the command that makes a function")
