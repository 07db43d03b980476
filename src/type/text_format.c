/* SPDX-License-Identifier: Apache-2.0 */
/* text_format.c - format(): %[position$][-][width]type, where type is s (text), I (name) or L (literal), and the width
 * a number, * (the next argument) or *n$ (argument n). */
#include "type/array.h"
#include "type/text.h"

#include "base/arith.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "base/utf8.h"
#include "type/type_internal.h"

typedef struct Formatter {
    Fn *fn;
    const Datum *args;
    Str format;
    size_t at;
    uint32_t value_count, last; /* values given, and the one used last, from 1 */
    ArrayView array;            /* of a VARIADIC call */
    StrBuilder out;
} Formatter;

static _Noreturn void raise_hinted(const char *message, Str part)
{
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    if (part.bytes)
        error_message(error, "%s \"%.*s\"", message, STR_ARG(part));
    else
        error_message(error, "%s", message);
    error_raise(error_hint(error, "For a single \"%%\" use \"%%%%\"."));
}

static char peek(const Formatter *f)
{
    if (f->at >= f->format.bytes) raise_hinted("unterminated format() type specifier", STR(""));
    return f->format.data[f->at];
}

/* A number at the place; false: none stands there. */
static bool take_number(Formatter *f, int32_t *number)
{
    bool any = false;
    int32_t n = 0;
    for (; is_digit(peek(f)); f->at++, any = true)
        if (mul_overflows(n, 10, &n) || add_overflows(n, peek(f) - '0', &n))
            raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "number is out of range");
    *number = n;
    return any;
}

static void check_place(int32_t place)
{
    if (place == 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "format specifies argument 0, but arguments are numbered from 1");
}

/* The value of argument `place`; 0: the next one. */
static Datum take_value(Formatter *f, uint32_t place, Oid *type)
{
    f->last = place ? place : f->last + 1;
    if (f->last > f->value_count)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "too few arguments for format()");
    if (!f->fn->variadic) {
        *type = f->fn->arg_types[f->last];
        return f->args[f->last];
    }
    *type = f->array.element;
    return array_get(&f->array, type_get(f->fn->env, *type), f->last - 1);
}

static Str printed(Formatter *f, Oid type, const Datum *value)
{
    const TypeCall call = type_call(f->fn, type_get(f->fn->env, type));
    return type_print(&call, &value->value);
}

static int32_t width_of_value(Formatter *f, uint32_t place)
{
    Oid type;
    int64_t width;
    const Datum value = take_value(f, place, &type);
    if (value.null) return 0;
    if (type == OID_INT4) return value.value.i32;
    if (type == OID_INT2) return value.value.i16;
    InputError err = {.arena = f->fn->arena};
    if (!type__parse_integer(printed(f, type, &value), "integer", INT32_MIN, INT32_MAX, &width,
                             &err))
        input_error_raise(&err);
    return (int32_t)width;
}

static int32_t take_width(Formatter *f)
{
    int32_t number;
    if (peek(f) != '*') return take_number(f, &number) ? number : 0;
    f->at++;
    if (!take_number(f, &number)) return width_of_value(f, 0);
    check_place(number);
    if (peek(f) != '$')
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "width argument position must be ended by \"$\"");
    f->at++;
    return width_of_value(f, (uint32_t)number);
}

static void add_padded(Formatter *f, Str text, int32_t width, bool at_left)
{
    if (width < 0) at_left = true;
    const uint64_t wanted = width < 0 ? (uint64_t) - (int64_t)width : (uint64_t)width;
    const uint64_t have = wanted ? utf8_count(text) : 0;
    const size_t spaces = have < wanted ? (size_t)(wanted - have) : 0;
    if (!at_left) str_add_repeat(&f->out, ' ', spaces);
    str_add(&f->out, text);
    if (at_left) str_add_repeat(&f->out, ' ', spaces);
}

static Str value_text(Formatter *f, char kind, Oid type, const Datum *value)
{
    if (value->null && kind == 'I')
        raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED,
                    "null values cannot be formatted as an SQL identifier");
    if (value->null) return kind == 'L' ? STR("NULL") : STR("");
    const Str text = printed(f, type, value);
    StrBuilder quoted = str_builder(f->fn->arena, kind == 's' ? 0 : text.bytes + 3);
    if (kind == 's') return text;
    if (kind == 'I')
        text_quote_name(text, &quoted);
    else
        text_quote_literal(text, &quoted);
    return str_done(&quoted);
}

/* What stands behind a %. */
static void add_specifier(Formatter *f)
{
    int32_t place = 0, width = 0, number;
    bool at_left = false;
    if (peek(f) == '%') {
        str_add_char(&f->out, '%');
        f->at++;
        return;
    }
    bool width_known = false;
    if (take_number(f, &number)) {
        if (peek(f) == '$') {
            f->at++;
            check_place(number);
            place = number;
        } else {
            width = number;
            width_known = true;
        }
    }
    if (!width_known) {
        for (; peek(f) == '-'; f->at++) at_left = true;
        width = take_width(f);
    }
    const char kind = peek(f);
    if (!strchr("sIL", kind) || !kind) {
        const Str rest = str_slice(f->format, f->at, f->format.bytes);
        raise_hinted("unrecognized format() type specifier",
                     str_slice(rest, 0, utf8_length(rest.data[0])));
    }
    f->at++;
    Oid type;
    const Datum value = take_value(f, (uint32_t)place, &type);
    add_padded(f, value_text(f, kind, type, &value), width, at_left);
}

static Datum format(Fn *fn, const Datum *args)
{
    if (args[0].null) return (Datum){.null = true};
    Formatter f = {.fn = fn, .args = args, .format = strview_str(&args[0].value.str)};
    f.value_count = fn->arg_count - 1;
    if (fn->variadic) {
        if (!args[1].null && !array_view(strview_str(&args[1].value.str), &f.array))
            raise_error(SQLSTATE_DATA_CORRUPTED, "invalid array");
        f.value_count = f.array.count;
    }
    f.out = str_builder(fn->arena, f.format.bytes + 32);
    while (f.at < f.format.bytes) {
        const char c = f.format.data[f.at++];
        if (c == '%')
            add_specifier(&f);
        else
            str_add_char(&f.out, c);
    }
    return (Datum){.value.str = strview(str_done(&f.out))};
}

SQL_FUNCTION_DATUM(3539, "format", text, (text, any), STABLE | VARIADIC_LAST, format,
                   "values put into a text at its % marks")
SQL_FACTS(3539, .arguments = "text, VARIADIC any")
SQL_FUNCTION_DATUM(3540, "format", text, (text), STABLE, format, "a text with its %% made %")
