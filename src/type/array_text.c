/* SPDX-License-Identifier: Apache-2.0 */
/* array_text.c - arrays as text: {1,"a b",NULL,{...}}, before it [lower:upper]... = where lower bounds are not 1.
 *
 * Reading is one pass over tokens. `depth` is where elements stand; it is known at the first element or at the first
 * brace that closes, and from then on every element has to stand there and every list has to be as long as the first of
 * its level. */
#include "type/array_type.h"

#include "base/array.h"
#include "base/oids.h"
#include "base/settings.h"
#include "base/task.h"
#include "type/type_internal.h"

/* ---- Writing */

static char delimiter_of(const Type *element)
{
    return element->delimiter ? element->delimiter : ',';
}

static bool needs_quotes(Str text, char delimiter)
{
    if (!text.bytes || str_equal_ascii_nocase(text, STR("NULL"))) return true;
    for (size_t i = 0; i < text.bytes; i++) {
        const char c = text.data[i];
        if (c == '"' || c == '\\' || c == '{' || c == '}' || c == delimiter || is_space(c))
            return true;
    }
    return false;
}

static void print_element(const TypeCall *element, const Datum *value, StrBuilder *out)
{
    if (value->null) {
        str_add(out, STR("NULL"));
        return;
    }
    const Str text = type_print(element, &value->value);
    if (!needs_quotes(text, delimiter_of(element->type))) {
        str_add(out, text);
        return;
    }
    str_add_char(out, '"');
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\') str_add_char(out, '\\');
        str_add_char(out, text.data[i]);
    }
    str_add_char(out, '"');
}

void array_print_bounds(const ArrayShape *shape, StrBuilder *out)
{
    for (uint32_t i = 0; i < shape->dimensions; i++)
        str_add_format(out, "[%d:%d]", shape->lowers[i], shape->lowers[i] + shape->lengths[i] - 1);
}

typedef struct ArrayPrinter {
    const ArrayView *view;
    TypeCall element;
    uint32_t next; /* element to print */
    StrBuilder *out;
} ArrayPrinter;

static void print_level(ArrayPrinter *p, uint32_t level)
{
    const ArrayShape *shape = &p->view->shape;
    str_add_char(p->out, '{');
    for (int32_t i = 0; i < shape->lengths[level]; i++) {
        task_check();
        if (i) str_add_char(p->out, delimiter_of(p->element.type));
        if (level + 1 < shape->dimensions) {
            print_level(p, level + 1);
        } else {
            const Datum value = array_get(p->view, p->element.type, p->next++);
            print_element(&p->element, &value, p->out);
        }
    }
    str_add_char(p->out, '}');
}

void array_type_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const ArrayView view = array_view_or_raise(strview_str(&value->str));
    if (!view.count) {
        str_add(out, STR("{}"));
        return;
    }
    bool bounds = false;
    for (uint32_t i = 0; i < view.shape.dimensions; i++) bounds |= view.shape.lowers[i] != 1;
    if (bounds) {
        array_print_bounds(&view.shape, out);
        str_add_char(out, '=');
    }
    ArrayPrinter printer = {.view = &view, .element = array_element_call(call, view.element)};
    printer.out = out;
    print_level(&printer, 0);
}

/* ---- Reading */

typedef struct ArrayReader {
    const TypeCall *call;
    TypeCall element;
    Str text;
    size_t at;
    InputError *err;
    ARRAY_OF(Datum) values;
    ArrayShape shape; /* lengths -1: not known yet */
    uint32_t depth;   /* where elements stand, from 1; 0: not known yet */
    char delimiter;
    bool has_bounds;
    ArrayShape bounds; /* what stands before the braces */
} ArrayReader;

static bool malformed(ArrayReader *r, const char *detail)
{
    input_error(r->err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "malformed array literal: \"%.*s\"",
                STR_ARG(r->text));
    return input_error_detail(r->err, "%s", detail);
}

static bool unexpected(ArrayReader *r, char c)
{
    input_error(r->err, SQLSTATE_INVALID_TEXT_REPRESENTATION, "malformed array literal: \"%.*s\"",
                STR_ARG(r->text));
    return input_error_detail(r->err, "Unexpected \"%c\" character.", c);
}

static bool mismatch(ArrayReader *r)
{
    return malformed(r, r->has_bounds
                            ? "Specified array dimensions do not match array contents."
                            : "Multidimensional arrays must have sub-arrays with matching "
                              "dimensions.");
}

static bool too_deep(ArrayReader *r)
{
    return input_error(r->err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                       "number of array dimensions exceeds the maximum allowed (%d)",
                       ARRAY_DIMENSIONS_MAX);
}

static void skip_space(ArrayReader *r)
{
    while (r->at < r->text.bytes && is_space(r->text.data[r->at])) r->at++;
}

/* 0 at the end. */
static char peek(const ArrayReader *r)
{
    return r->at < r->text.bytes ? r->text.data[r->at] : '\0';
}

static bool at_end(const ArrayReader *r)
{
    return r->at >= r->text.bytes;
}

/* A number of the bounds; *any: there was one. */
static bool take_bound(ArrayReader *r, int32_t *bound, bool *any)
{
    const size_t from = r->at;
    int64_t number;
    if (peek(r) == '-' || peek(r) == '+') r->at++;
    const size_t digits = r->at;
    while (is_digit(peek(r))) r->at++;
    *any = r->at > digits;
    if (!*any) {
        r->at = from;
        return true;
    }
    const size_t start = r->text.data[from] == '+' ? digits : from;
    if (!str_to_i64(str_slice(r->text, start, r->at), &number) || number < INT32_MIN ||
        number > INT32_MAX)
        return input_error(r->err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                           "array bound is out of integer range");
    *bound = (int32_t)number;
    return true;
}

/* [upper] or [lower:upper] */
static bool take_dimension(ArrayReader *r)
{
    int32_t lower = 1, upper = 0;
    bool any;
    r->at++;
    if (r->bounds.dimensions == ARRAY_DIMENSIONS_MAX) return too_deep(r);
    if (!take_bound(r, &upper, &any)) return false;
    if (!any) return malformed(r, "\"[\" must introduce explicitly-specified array dimensions.");
    if (peek(r) == ':') {
        r->at++;
        lower = upper;
        if (!take_bound(r, &upper, &any)) return false;
        if (!any) return malformed(r, "Missing array dimension value.");
    }
    if (peek(r) != ']') return malformed(r, "Missing \"]\" after array dimensions.");
    r->at++;
    if (upper < lower)
        return input_error(r->err, SQLSTATE_ARRAY_SUBSCRIPT_ERROR,
                           "upper bound cannot be less than lower bound");
    if (upper == INT32_MAX)
        return input_error(r->err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                           "array upper bound is too large: %d", upper);
    const int64_t length = (int64_t)upper - lower + 1;
    if (length > INT32_MAX)
        return input_error(r->err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                           "array size exceeds the maximum allowed (%d)", ARRAY_ELEMENTS_MAX);
    r->bounds.lowers[r->bounds.dimensions] = lower;
    r->bounds.lengths[r->bounds.dimensions++] = (int32_t)length;
    return true;
}

static bool take_bounds(ArrayReader *r)
{
    for (skip_space(r); peek(r) == '['; skip_space(r))
        if (!take_dimension(r)) return false;
    r->has_bounds = r->bounds.dimensions > 0;
    if (!r->has_bounds) {
        if (peek(r) == '{') return true;
        return malformed(r, "Array value must start with \"{\" or dimension information.");
    }
    if (peek(r) != '=') return malformed(r, "Missing \"=\" after array dimensions.");
    r->at++;
    skip_space(r);
    r->shape = r->bounds;
    r->depth = r->shape.dimensions;
    return peek(r) == '{' || malformed(r, "Array contents must start with \"{\".");
}

static bool is_structure(const ArrayReader *r, char c)
{
    return c == '{' || c == '}' || c == r->delimiter;
}

/* "..." with backslashes. */
static bool take_quoted(ArrayReader *r, Str *text)
{
    StrBuilder out = str_builder(r->call->arena, 16);
    for (r->at++; peek(r) != '"'; r->at++) {
        r->at += !at_end(r) && peek(r) == '\\';
        if (at_end(r)) return malformed(r, "Unexpected end of input.");
        str_add_char(&out, peek(r));
    }
    r->at++;
    skip_space(r);
    if (at_end(r)) return malformed(r, "Unexpected end of input.");
    if (!is_structure(r, peek(r))) return malformed(r, "Incorrectly quoted array element.");
    *text = str_done(&out);
    return true;
}

/* A bare word: without the space around it, but for space behind a backslash. */
static bool take_bare(ArrayReader *r, Str *text, bool *null)
{
    StrBuilder out = str_builder(r->call->arena, 16);
    size_t kept = 0; /* what trailing space cannot take away */
    bool escaped = false;
    for (; !at_end(r) && !is_structure(r, peek(r)); r->at++) {
        if (peek(r) == '"') return malformed(r, "Incorrectly quoted array element.");
        const bool escape = peek(r) == '\\';
        r->at += escape;
        escaped |= escape;
        if (at_end(r)) return malformed(r, "Unexpected end of input.");
        str_add_char(&out, peek(r));
        if (escape || !is_space(peek(r))) kept = out.bytes;
    }
    if (at_end(r)) return malformed(r, "Unexpected end of input.");
    if (peek(r) == '{') return unexpected(r, '{');
    str_truncate(&out, kept);
    *text = str_done(&out);
    *null = !escaped && str_equal_ascii_nocase(*text, STR("NULL")) &&
            (!r->call->env || r->call->env->settings->array_nulls);
    return true;
}

/* The word first, then whether it may stand here, then whether it is a value, then whether it is of the right level. */
static bool take_element(ArrayReader *r, uint32_t level, bool wanted)
{
    Str text;
    Datum value = {0};
    if (!(peek(r) == '"' ? take_quoted(r, &text) : take_bare(r, &text, &value.null))) return false;
    if (!wanted) return malformed(r, "Unexpected array element.");
    if (!value.null && !type_parse(&r->element, text, &value.value, r->err)) return false;
    if (!r->depth) r->depth = r->shape.dimensions = level;
    if (r->depth != level) return mismatch(r);
    if (r->values.count == ARRAY_ELEMENTS_MAX)
        return input_error(r->err, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                           "array size exceeds the maximum allowed (%d)", ARRAY_ELEMENTS_MAX);
    array_push(&r->values, value);
    return true;
}

static bool close_level(ArrayReader *r, uint32_t level, int32_t count)
{
    int32_t *length = &r->shape.lengths[level - 1];
    if (!r->depth) r->depth = r->shape.dimensions = level;
    if (*length >= 0 && *length != count) return mismatch(r);
    *length = count;
    return true;
}

/* What stands in braces, the braces included. */
static bool take_contents(ArrayReader *r)
{
    int32_t counts[ARRAY_DIMENSIONS_MAX + 1] = {0}; /* items so far, by level */
    uint32_t level = 0;
    bool wants_item = true, may_close = false;
    do {
        task_check();
        skip_space(r);
        if (at_end(r)) return malformed(r, "Unexpected end of input.");
        const char c = peek(r);
        if (c == '{') {
            if (!wants_item) return unexpected(r, c);
            if (level == ARRAY_DIMENSIONS_MAX) return too_deep(r);
            if (r->depth && level == r->depth) return mismatch(r);
            counts[++level] = 0;
            may_close = true;
            r->at++;
        } else if (c == '}') {
            if (wants_item && !may_close) return unexpected(r, c);
            if (!close_level(r, level, counts[level])) return false;
            if (--level) counts[level]++;
            wants_item = may_close = false;
            r->at++;
        } else if (c == r->delimiter) {
            if (wants_item) return unexpected(r, c);
            wants_item = true;
            may_close = false;
            r->at++;
        } else {
            if (!take_element(r, level, wants_item)) return false;
            counts[level]++;
            wants_item = may_close = false;
        }
    } while (level);
    return true;
}

bool array_type_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    ArrayReader r = {.call = call, .text = text, .err = err, .values.arena = call->arena};
    r.element = array_element_call(call, call->type->element);
    r.element.typmod = call->typmod;
    r.delimiter = delimiter_of(r.element.type);
    for (int i = 0; i < ARRAY_DIMENSIONS_MAX; i++) {
        r.shape.lengths[i] = -1;
        r.shape.lowers[i] = 1;
    }
    if (!take_bounds(&r) || !take_contents(&r)) return false;
    skip_space(&r);
    if (!at_end(&r)) return malformed(&r, "Junk after closing right brace.");
    if (!r.values.count) r.shape.dimensions = 0;
    value->str = strview(array_build_shaped(call->arena, r.element.type, r.values.items, &r.shape));
    return true;
}
