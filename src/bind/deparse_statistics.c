/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_statistics.c - statistics objects as CREATE STATISTICS writes them. */
#include "bind/deparse_internal.h"

#include "base/builtins.h"
#include "catalog/datums.h"
#include "type/array.h"

typedef struct Statistics {
    const Datum *row;
    const CatRelation *relation;
    const Str *expressions; /* stored */
    uint32_t expression_count;
} Statistics;

static Str text_of(const Datum *d)
{
    return d->null ? (Str){0} : strview_str(&d->value.str);
}

static bool find_statistics(Fn *fn, Oid oid, Statistics *s)
{
    const Datum key = datum_oid(oid);
    *s = (Statistics){0};
    s->row = cat_row_find(fn_view(fn), PG_STATISTIC_EXT_OID_INDEX, &key, 1, fn->arena);
    if (!s->row) return false;
    s->relation = cat_relation(fn_view(fn), s->row[PG_STATISTIC_EXT_STXRELID].value.u32);
    const Str stored = text_of(&s->row[PG_STATISTIC_EXT_STXEXPRS]);
    if (stored.bytes) s->expression_count = cat_expr_list_split(fn->arena, stored, &s->expressions);
    return s->relation != NULL;
}

static bool looks_like_call(const QExpr *expr)
{
    const QFuncCall *call = Q_IF(FuncCall, expr);
    return call && call->form == Q_CALL_FUNCTION;
}

static void print_expression(Fn *fn, StrBuilder *out, const Statistics *s, uint32_t i)
{
    const DeparseOptions options = {.view = fn_view(fn), .env = fn->env, .pretty = true};
    const QExpr *expr = (const QExpr *)bind_load(fn->arena, s->expressions[i]);
    const bool call = looks_like_call(expr);
    if (!call) str_add_char(out, '(');
    expr_deparse(out, expr, s->relation, &options);
    if (!call) str_add_char(out, ')');
}

static uint32_t print_columns(Fn *fn, StrBuilder *out, const Statistics *s)
{
    ArrayView keys;
    uint32_t count = 0;
    const Type *type = builtin_type(OID_INT2)->type;
    if (!array_view(text_of(&s->row[PG_STATISTIC_EXT_STXKEYS]), &keys)) keys.count = 0;
    for (uint32_t i = 0; i < keys.count; i++) {
        const int16_t column = array_get(&keys, type, i).value.i16;
        if (count++) str_add(out, STR(", "));
        parse_quote_identifier(out, s->relation->columns[column - 1].name);
    }
    for (uint32_t i = 0; i < s->expression_count; i++) {
        if (count++) str_add(out, STR(", "));
        print_expression(fn, out, s, i);
    }
    return count;
}

/* Told only when they are not all of the kinds, and never where one expression leaves no choice. */
static void print_kinds(StrBuilder *out, const Statistics *s, uint32_t column_count)
{
    static const struct {
        char code;
        const char *name;
    } kinds[] = {{'d', "ndistinct"}, {'f', "dependencies"}, {'m', "mcv"}};
    ArrayView view;
    bool has[ARRAY_LEN(kinds)] = {0};
    uint32_t count = 0;
    if (!array_view(text_of(&s->row[PG_STATISTIC_EXT_STXKIND]), &view)) return;
    for (uint32_t i = 0; i < view.count; i++) {
        const char code = (char)array_get(&view, builtin_type(OID_CHAR)->type, i).value.i16;
        for (size_t k = 0; k < ARRAY_LEN(kinds); k++) has[k] |= kinds[k].code == code;
    }
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) count += has[k];
    if (count == ARRAY_LEN(kinds) || column_count < 2) return;
    str_add(out, STR(" ("));
    bool first = true;
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        if (!has[k]) continue;
        str_add_format(out, "%s%s", first ? "" : ", ", kinds[k].name);
        first = false;
    }
    str_add_char(out, ')');
}

static Str get_statistics(Fn *fn, Oid oid)
{
    Statistics s;
    if (!find_statistics(fn, oid, &s)) return FN_NULL(fn, (Str){0});
    CatalogView *view = fn_view(fn);
    const CatNamespace *schema = cat_namespace(view,
                                               s.row[PG_STATISTIC_EXT_STXNAMESPACE].value.u32);
    StrBuilder out = str_builder(fn->arena, 128), columns = str_builder(fn->arena, 64);
    const uint32_t count = print_columns(fn, &columns, &s);
    str_add(&out, STR("CREATE STATISTICS "));
    parse_quote_identifier(&out, schema ? schema->name : STR("?"));
    str_add_char(&out, '.');
    parse_quote_identifier(&out, text_of(&s.row[PG_STATISTIC_EXT_STXNAME]));
    print_kinds(&out, &s, count);
    str_add(&out, STR(" ON "));
    str_add(&out, str_done(&columns));
    str_add(&out, STR(" FROM "));
    str_add(&out, cat_relation_name_qualified(view, fn->arena, s.relation->oid));
    return str_done(&out);
}
SQL_FUNCTION(3415, "pg_get_statisticsobjdef", text, (oid), STABLE | STRICT | NULLABLE,
             get_statistics, "the command that makes a statistics object")

Str statistics_deparse(Arena *arena, Oid statistics, const DeparseOptions *options)
{
    Fn fn = {.arena = arena, .site = arena, .env = options->env};
    return get_statistics(&fn, statistics);
}

static Str get_columns(Fn *fn, Oid oid)
{
    Statistics s;
    if (!find_statistics(fn, oid, &s)) return FN_NULL(fn, (Str){0});
    StrBuilder out = str_builder(fn->arena, 64);
    (void)print_columns(fn, &out, &s);
    return str_done(&out);
}
SQL_FUNCTION(6174, "pg_get_statisticsobjdef_columns", text, (oid), STABLE | STRICT | NULLABLE,
             get_columns, "the columns and expressions of a statistics object")

static Str get_expressions(Fn *fn, Oid oid)
{
    Statistics s;
    if (!find_statistics(fn, oid, &s) || !s.expression_count) return FN_NULL(fn, (Str){0});
    Datum *texts = ARENA_ARRAY(fn->arena, Datum, s.expression_count);
    for (uint32_t i = 0; i < s.expression_count; i++) {
        StrBuilder out = str_builder(fn->arena, 64);
        print_expression(fn, &out, &s, i);
        texts[i] = datum_str(str_done(&out));
    }
    return array_build(fn->arena, builtin_type(OID_TEXT)->type, texts, s.expression_count);
}
SQL_FUNCTION(6173, "pg_get_statisticsobjdef_expressions", _text, (oid), STABLE | STRICT | NULLABLE,
             get_expressions, "the expressions of a statistics object")
