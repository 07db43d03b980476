/* SPDX-License-Identifier: Apache-2.0 */
/* jsonpath_print.c - jsonpath as text: keys and strings in quotes, parentheses where the binding of operators or an
 * accessor behind them asks for it. Also jsonpath as a type. */
#include "type/jsonpath.h"

#include "base/array.h"
#include "base/task.h"
#include "type/text.h"

enum { STORED_VERSION = 1, WIRE_VERSION = 1, VERSION_BYTES = 4 };

static void print_node(const PathNode *node, bool parentheses, StrBuilder *out);

/* How tight an operator binds. */
static int binding(JsonPathKind kind)
{
    switch (kind) {
    case PATH_OR: return 0;
    case PATH_AND: return 1;
    case PATH_EQ:
    case PATH_NE:
    case PATH_LT:
    case PATH_GT:
    case PATH_LE:
    case PATH_GE:
    case PATH_STARTS_WITH: return 2;
    case PATH_ADD:
    case PATH_SUBTRACT: return 3;
    case PATH_MULTIPLY:
    case PATH_DIVIDE:
    case PATH_MODULO: return 4;
    case PATH_PLUS:
    case PATH_MINUS: return 5;
    default: return 6;
    }
}

static void print_operand(const PathNode *operand, const PathNode *of, StrBuilder *out)
{
    print_node(operand, binding(operand->kind) <= binding(of->kind), out);
}

static void print_binary(const PathNode *node, bool parentheses, StrBuilder *out)
{
    if (parentheses) str_add_char(out, '(');
    print_operand(node->left, node, out);
    str_add_format(out, " %.*s ", STR_ARG(path_operator(node->kind)));
    print_operand(node->right, node, out);
    if (parentheses) str_add_char(out, ')');
}

static void print_regex(const PathNode *node, bool parentheses, StrBuilder *out)
{
    static const char letters[] = "ismxq";
    if (parentheses) str_add_char(out, '(');
    print_operand(node->left, node, out);
    str_add(out, STR(" like_regex "));
    json_write_string(node->text, out);
    if (node->flags) {
        str_add(out, STR(" flag \""));
        for (int i = 0; letters[i]; i++)
            if (node->flags & (1u << i)) str_add_char(out, letters[i]);
        str_add_char(out, '"');
    }
    if (parentheses) str_add_char(out, ')');
}

static void print_around(const char *before, const PathNode *inner, const char *behind,
                         StrBuilder *out)
{
    str_add_zero_terminated(out, before);
    print_node(inner, false, out);
    str_add_zero_terminated(out, behind);
}

static void print_level(int64_t level, StrBuilder *out)
{
    if (level == PATH_LEVEL_LAST)
        str_add(out, STR("last"));
    else
        str_add_i64(out, level);
}

static void print_any(const PathNode *node, StrBuilder *out)
{
    str_add(out, STR(".**"));
    if (node->first == 0 && node->last == PATH_LEVEL_LAST) return;
    str_add_char(out, '{');
    print_level(node->first, out);
    if (node->last != node->first) {
        str_add(out, STR(" to "));
        print_level(node->last, out);
    }
    str_add_char(out, '}');
}

static void print_subscripts(const PathNode *node, StrBuilder *out)
{
    str_add_char(out, '[');
    for (uint32_t i = 0; i < node->count; i++) {
        if (i) str_add_char(out, ',');
        print_node(node->from[i], false, out);
        if (node->to[i]) print_around(" to ", node->to[i], "", out);
    }
    str_add_char(out, ']');
}

static void print_method(const PathNode *node, StrBuilder *out)
{
    str_add_format(out, ".%.*s(", STR_ARG(path_method_name(node->method)));
    if (node->text.data) json_write_string(node->text, out);
    if (node->first != INT64_MIN) str_add_i64(out, node->first);
    if (node->last != INT64_MIN) {
        str_add_char(out, ',');
        str_add_i64(out, node->last);
    }
    str_add_char(out, ')');
}

static void print_accessor(const PathNode *node, StrBuilder *out)
{
    switch (node->kind) {
    case PATH_KEY:
        str_add_char(out, '.');
        json_write_string(node->text, out);
        return;
    case PATH_ANY_KEY: str_add(out, STR(".*")); return;
    case PATH_ANY_ARRAY: str_add(out, STR("[*]")); return;
    case PATH_INDEX: print_subscripts(node, out); return;
    case PATH_ANY: print_any(node, out); return;
    case PATH_FILTER: print_around("?(", node->left, ")", out); return;
    default: print_method(node, out); return;
    }
}

static void print_head(const PathNode *node, bool parentheses, StrBuilder *out)
{
    switch (node->kind) {
    case PATH_ROOT: str_add_char(out, '$'); return;
    case PATH_CURRENT: str_add_char(out, '@'); return;
    case PATH_LAST: str_add(out, STR("last")); return;
    case PATH_NULL: str_add(out, STR("null")); return;
    case PATH_FALSE: str_add(out, STR("false")); return;
    case PATH_TRUE: str_add(out, STR("true")); return;
    case PATH_VARIABLE:
        str_add_char(out, '$');
        json_write_string(node->text, out);
        return;
    case PATH_STRING: json_write_string(node->text, out); return;
    case PATH_NUMBER:
        if (node->next) str_add_char(out, '(');
        decimal_print(node->number, out->arena, out);
        if (node->next) str_add_char(out, ')');
        return;
    case PATH_NOT: print_around("!(", node->left, ")", out); return;
    case PATH_IS_UNKNOWN: print_around("(", node->left, ") is unknown", out); return;
    case PATH_EXISTS: print_around("exists (", node->left, ")", out); return;
    case PATH_LIKE_REGEX: print_regex(node, parentheses, out); return;
    case PATH_PLUS:
    case PATH_MINUS:
        if (parentheses) str_add_char(out, '(');
        str_add(out, path_operator(node->kind));
        print_operand(node->left, node, out);
        if (parentheses) str_add_char(out, ')');
        return;
    default: print_binary(node, parentheses, out); return;
    }
}

static void print_node(const PathNode *node, bool parentheses, StrBuilder *out)
{
    task_check();
    print_head(node, parentheses || node->next, out);
    for (node = node->next; node; node = node->next) print_accessor(node, out);
}

void path_print(const Path *path, StrBuilder *out)
{
    if (path->strict) str_add(out, STR("strict "));
    print_node(path->root, true, out);
}

/* ---- The type */

static bool jsonpath_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Path path;
    if (!path_read(call->arena, text, &path, err)) return false;
    StrBuilder out = str_builder(call->arena, text.bytes + 16);
    memcpy(str_add_space(&out, VERSION_BYTES), (const uint8_t[]){STORED_VERSION, 0, 0, 0},
           VERSION_BYTES);
    path_print(&path, &out);
    value->str = strview(str_done(&out));
    return true;
}

Str path_text(Str stored)
{
    if (stored.bytes < VERSION_BYTES || stored.data[0] != STORED_VERSION)
        raise_error(SQLSTATE_DATA_CORRUPTED, "invalid jsonpath value");
    return str_slice(stored, VERSION_BYTES, stored.bytes);
}

static void jsonpath_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add(out, path_text(strview_str(&value->str)));
}

static bool jsonpath_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    if (wire.bytes < 1)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "no data left in message");
    if (wire.data[0] != WIRE_VERSION)
        return input_error(err, SQLSTATE_INTERNAL_ERROR, "unsupported jsonpath version number: %d",
                           wire.data[0]);
    Str text;
    return text_of_client(call, (Bytes){wire.data + 1, wire.bytes - 1}, &text, err) &&
           jsonpath_parse(call, text, value, err);
}

static void jsonpath_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    str_add_char(out, WIRE_VERSION);
    StrBuilder text = str_builder(call->arena, 64);
    jsonpath_print(call, value, &text);
    text_send_to_client(call, str_peek(&text), out);
}

SQL_TYPE(4072, "jsonpath", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'i',
         .storage = 'x', .array = 4073, .text = "path into JSON", .parse = jsonpath_parse,
         .print = jsonpath_print, .receive = jsonpath_receive, .send = jsonpath_send)
SQL_TYPE_FUNCTION(4001, "jsonpath_in", jsonpath, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(4002, "jsonpath_recv", jsonpath, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(4003, "jsonpath_out", cstring, (jsonpath), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(4004, "jsonpath_send", bytea, (jsonpath), IMMUTABLE | STRICT, SEND, "")
