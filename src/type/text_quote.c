/* SPDX-License-Identifier: Apache-2.0 */
/* text_quote.c - texts as names and literals of SQL, names taken apart, and values put together as text. */
#include "type/array.h"
#include "type/text.h"

#include "base/array.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "base/task.h"
#include "base/utf8.h"
#include "type/quoted_words.h"
#include "type/type_internal.h"

/* ---- Quoting */

static bool is_quoted_word(Str name)
{
#define WORD(text) text,
    static const char *const words[] = {QUOTED_WORDS(WORD)};
#undef WORD
    size_t from = 0, to = ARRAY_LEN(words);
    while (from < to) {
        const size_t middle = (from + to) / 2;
        const int order = str_compare(name, str_from(words[middle]));
        if (order == 0) return true;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return false;
}

static bool is_plain_name(Str name)
{
    if (!name.bytes || is_digit(name.data[0])) return false;
    for (size_t i = 0; i < name.bytes; i++) {
        const char c = name.data[i];
        if (!is_digit(c) && c != '_' && (c < 'a' || c > 'z')) return false;
    }
    return !is_quoted_word(name);
}

static void add_doubling(StrBuilder *out, Str s, char doubled, char also)
{
    for (size_t i = 0; i < s.bytes; i++) {
        if (s.data[i] == doubled || s.data[i] == also) str_add_char(out, s.data[i]);
        str_add_char(out, s.data[i]);
    }
}

void text_quote_name(Str name, StrBuilder *out)
{
    if (is_plain_name(name)) {
        str_add(out, name);
        return;
    }
    str_add_char(out, '"');
    add_doubling(out, name, '"', '"');
    str_add_char(out, '"');
}

void text_quote_literal(Str text, StrBuilder *out)
{
    size_t at;
    const bool escapes = str_find_char(text, '\\', &at);
    str_add(out, escapes ? STR("E'") : STR("'"));
    add_doubling(out, text, '\'', '\\');
    str_add_char(out, '\'');
}

static Str quote_ident(Fn *fn, Str s)
{
    StrBuilder out = str_builder(fn->arena, s.bytes + 2);
    text_quote_name(s, &out);
    return str_done(&out);
}

static Str quote_literal(Fn *fn, Str s)
{
    StrBuilder out = str_builder(fn->arena, s.bytes + 3);
    text_quote_literal(s, &out);
    return str_done(&out);
}

static Datum quote_nullable(Fn *fn, const Datum *args)
{
    const Str quoted = args[0].null ? STR("NULL")
                                    : quote_literal(fn, strview_str(&args[0].value.str));
    return (Datum){.value.str = strview(quoted)};
}

/* ---- Names taken apart: parse_ident */

static _Noreturn void raise_identifier(Str whole, const char *detail, Str part)
{
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "string is not a valid identifier: \"%.*s\"", STR_ARG(whole));
    if (detail) error_detail(error, "%s%.*s", detail, STR_ARG(part));
    error_raise(error);
}

static bool starts_name(char c)
{
    return c == '_' || ((c | 32) >= 'a' && (c | 32) <= 'z') || (uint8_t)c >= 0x80;
}

/* A name at `*at`; moves *at past it. False: none stands there. */
static bool take_name(Arena *arena, Str s, size_t *at, Str *name)
{
    StrBuilder out = str_builder(arena, 16);
    size_t i = *at;
    if (i < s.bytes && s.data[i] == '"') {
        for (i++;; i++) {
            if (i >= s.bytes) raise_identifier(s, "String has unclosed double quotes.", STR(""));
            if (s.data[i] == '"' && !(i + 1 < s.bytes && s.data[i + 1] == '"')) break;
            i += s.data[i] == '"';
            str_add_char(&out, s.data[i]);
        }
        i++;
        if (!out.bytes) raise_identifier(s, "Quoted identifier must not be empty.", STR(""));
    } else if (i < s.bytes && starts_name(s.data[i])) {
        while (i < s.bytes && (starts_name(s.data[i]) || is_digit(s.data[i]) || s.data[i] == '$'))
            i++;
        str_add(&out, str_lower_ascii(arena, str_slice(s, *at, i)));
    } else {
        return false;
    }
    *at = i;
    *name = str_done(&out);
    return true;
}

static Str parse_ident(Fn *fn, Str s, bool strict)
{
    ARRAY_OF(Datum) names = {.arena = fn->arena};
    bool after_dot = false;
    for (size_t at = 0;; at++) {
        Str name;
        while (at < s.bytes && is_space(s.data[at])) at++;
        if (!take_name(fn->arena, s, &at, &name)) {
            if (at < s.bytes && s.data[at] == '.')
                raise_identifier(s, "No valid identifier before \".\".", STR(""));
            if (after_dot) raise_identifier(s, "No valid identifier after \".\".", STR(""));
            raise_identifier(s, NULL, STR(""));
        }
        array_push(&names, ((Datum){.value.str = strview(name)}));
        while (at < s.bytes && is_space(s.data[at])) at++;
        after_dot = at < s.bytes && s.data[at] == '.';
        if (!after_dot && at < s.bytes && strict) raise_identifier(s, NULL, STR(""));
        if (!after_dot) break;
    }
    return array_build(fn->arena, type_get(fn->env, OID_TEXT), names.items, names.count);
}

/* ---- Values put together */

Str text_of_datum(Fn *fn, Oid type, const Datum *datum)
{
    const TypeCall call = type_call(fn, type_get(fn->env, type));
    if (type == OID_BOOL) return datum->value.b ? STR("true") : STR("false");
    if (call.type->phys == PHYS_STR && type == OID_BPCHAR)
        return text_without_padding(str_copy(fn->arena, strview_str(&datum->value.str)));
    return type_print(&call, &datum->value);
}

static void add_printed(Fn *fn, Oid type, const Datum *datum, StrBuilder *out)
{
    const TypeCall call = type_call(fn, type_get(fn->env, type));
    if (!call.type->print)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot display a value of type %s",
                    call.type->name);
    call.type->print(&call, &datum->value, out);
}

/* The values behind the first `from` arguments, or the elements of the array that VARIADIC gives, with `separator`
 * between; NULLs are left out. False: the array is NULL. */
static bool add_values(Fn *fn, const Datum *args, uint32_t from, Str separator, StrBuilder *out)
{
    bool first = true;
    ArrayView view = {0};
    if (fn->variadic) {
        if (args[from].null) return false;
        if (!array_view(strview_str(&args[from].value.str), &view))
            raise_error(SQLSTATE_DATA_CORRUPTED, "invalid array");
    }
    const uint32_t count = fn->variadic ? view.count : fn->arg_count - from;
    const Type *element = fn->variadic && count ? type_get(fn->env, view.element) : NULL;
    for (uint32_t i = 0; i < count; i++) {
        task_check();
        const Datum value = fn->variadic ? array_get(&view, element, i) : args[from + i];
        if (value.null) continue;
        if (!first) str_add(out, separator);
        first = false;
        add_printed(fn, fn->variadic ? view.element : fn->arg_types[from + i], &value, out);
    }
    return true;
}

static Datum concat(Fn *fn, const Datum *args)
{
    StrBuilder out = str_builder(fn->arena, 64);
    if (!add_values(fn, args, 0, STR(""), &out)) return (Datum){.null = true};
    return (Datum){.value.str = strview(str_done(&out))};
}

static Datum concat_ws(Fn *fn, const Datum *args)
{
    StrBuilder out = str_builder(fn->arena, 64);
    if (args[0].null || !add_values(fn, args, 1, strview_str(&args[0].value.str), &out))
        return (Datum){.null = true};
    return (Datum){.value.str = strview(str_done(&out))};
}

static Datum text_and_value(Fn *fn, const Datum *args)
{
    const Str value = text_of_datum(fn, fn->arg_types[1], &args[1]);
    return (Datum){
        .value.str = strview(str_concat(fn->arena, strview_str(&args[0].value.str), value))};
}

static Datum value_and_text(Fn *fn, const Datum *args)
{
    const Str value = text_of_datum(fn, fn->arg_types[0], &args[0]);
    return (Datum){
        .value.str = strview(str_concat(fn->arena, value, strview_str(&args[1].value.str)))};
}

static Datum quote_value(Fn *fn, const Datum *args)
{
    const Str quoted = args[0].null
                           ? STR("NULL")
                           : quote_literal(fn, text_of_datum(fn, fn->arg_types[0], &args[0]));
    return (Datum){.value.str = strview(quoted)};
}

SQL_FUNCTION(1282, "quote_ident", text, (text), IMMUTABLE | STRICT | TOTAL, quote_ident,
             "a name, in quotes where SQL needs them")
SQL_FUNCTION(1283, "quote_literal", text, (text), IMMUTABLE | STRICT | TOTAL, quote_literal,
             "a text as a literal of SQL")
SQL_FUNCTION_DATUM(1289, "quote_nullable", text, (text), IMMUTABLE, quote_nullable,
                   "a text as a literal of SQL, NULL as the word")
SQL_FUNCTION_DATUM(1285, "quote_literal", text, (anyelement), STABLE | STRICT, quote_value,
                   "a value as text as a literal of SQL")
SQL_FUNCTION_DATUM(1290, "quote_nullable", text, (anyelement), STABLE, quote_value,
                   "a value as text as a literal of SQL, NULL as the word")
SQL_FUNCTION(1268, "parse_ident", _text, (text, bool), IMMUTABLE | STRICT, parse_ident,
             "the parts of a dotted name")
SQL_FACTS(1268, .arguments = "str text, strict bool DEFAULT true")
SQL_FUNCTION_DATUM(3058, "concat", text, (any), STABLE | VARIADIC_LAST, concat,
                   "the values as text, one behind the other")
SQL_FACTS(3058, .arguments = "VARIADIC any")
SQL_FUNCTION_DATUM(3059, "concat_ws", text, (text, any), STABLE | VARIADIC_LAST, concat_ws,
                   "the values as text, with a separator between")
SQL_FACTS(3059, .arguments = "text, VARIADIC any")
SQL_FUNCTION_DATUM(2003, "textanycat", text, (text, anynonarray), STABLE | STRICT, text_and_value,
                   "a value as text behind a text")
SQL_FUNCTION_DATUM(2004, "anytextcat", text, (anynonarray, text), STABLE | STRICT, value_and_text,
                   "a value as text before a text")
SQL_OPERATOR(2779, "||", text, anynonarray, text, textanycat)
SQL_OPERATOR(2780, "||", anynonarray, text, text, anytextcat)
