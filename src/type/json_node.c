/* SPDX-License-Identifier: Apache-2.0 */
/* json_node.c - looking at JSON nodes of any origin; json as a type, which keeps its text. */
#include "type/jsonb_internal.h"

#include "type/text.h"

JsonKind json_kind(const JsonNode *node)
{
    if (node->kind == JSON_MOMENT) return JSON_STRING;
    return node->kind == JSON_STORED ? jsonb__kind(&node->part) : node->kind;
}

Str json_kind_name(JsonKind kind)
{
    switch (kind) {
    case JSON_NULL: return STR("null");
    case JSON_FALSE:
    case JSON_TRUE: return STR("boolean");
    case JSON_NUMBER: return STR("number");
    case JSON_STRING: return STR("string");
    case JSON_ARRAY: return STR("array");
    case JSON_OBJECT: return STR("object");
    case JSON_STORED:
    case JSON_MOMENT: break;
    }
    UNREACHABLE();
}

uint32_t json_count(const JsonNode *node)
{
    if (node->kind == JSON_STORED) return jsonb__count(&node->part);
    return node->kind >= JSON_ARRAY ? node->count : 0;
}

JsonNode json_item(const JsonNode *node, uint32_t i)
{
    if (node->kind == JSON_STORED)
        return (JsonNode){.kind = JSON_STORED, .part = jsonb__item(&node->part, i)};
    return node->items[i].value;
}

Str json_key(const JsonNode *node, uint32_t i)
{
    return node->kind == JSON_STORED ? jsonb__key(&node->part, i) : node->items[i].key;
}

bool json_find(const JsonNode *node, Str key, JsonNode *value)
{
    uint32_t at;
    if (json_kind(node) != JSON_OBJECT) return false;
    if (node->kind == JSON_STORED) {
        if (!jsonb__find(&node->part, key, &at)) return false;
        *value = json_item(node, at);
        return true;
    }
    for (at = node->count; at > 0; at--) {
        if (!str_equal(node->items[at - 1].key, key)) continue;
        *value = node->items[at - 1].value;
        return true;
    }
    return false;
}

bool json_element(const JsonNode *node, int64_t i, JsonNode *value)
{
    if (json_kind(node) != JSON_ARRAY) return false;
    const int64_t count = json_count(node);
    if (i < 0) i += count;
    if (i < 0 || i >= count) return false;
    *value = json_item(node, (uint32_t)i);
    return true;
}

Str json_string(const JsonNode *node)
{
    if (node->kind == JSON_MOMENT) return node->moment->text;
    return node->kind == JSON_STORED ? (Str){node->part.data, node->part.bytes} : node->string;
}

bool json_text(Arena *arena, const JsonNode *node, Str *text)
{
    const JsonKind kind = json_kind(node);
    if (kind == JSON_NULL) return false;
    *text = kind == JSON_STRING ? json_string(node) : json_value_text(arena, node);
    return true;
}

Str json_value_text(Arena *arena, const JsonNode *node)
{
    if (node->source.bytes) return node->source;
    StrBuilder out = str_builder(arena, 32);
    jsonb_print_node(node, &out);
    return str_done(&out);
}

Str json_value(Arena *arena, const JsonNode *node)
{
    return node->source.bytes ? node->source : jsonb_store(arena, node);
}

void json_push(JsonMembers *members, Str key, JsonNode value)
{
    const JsonMember member = {.key = key, .value = value};
    array_push(members, member);
}

/* ---- The type json */

static bool json_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    if (!json_read(call->arena, text, JSON_READ_CHECK, NULL, err)) return false;
    value->str = strview_copy(call->arena, text);
    return true;
}

static void json_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    str_add(out, strview_str(&value->str));
}

static bool json_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    Str text;
    return text_of_client(call, wire, &text, err) && json_parse(call, text, value, err);
}

static void json_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    text_send_to_client(call, strview_str(&value->str), out);
}

SQL_TYPE(114, "json", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'i', .storage = 'x',
         .array = 199, .text = "JSON as it was written", .parse = json_parse, .print = json_print,
         .receive = json_receive, .send = json_send)
SQL_TYPE_FUNCTION(321, "json_in", json, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_TYPE_FUNCTION(322, "json_out", cstring, (json), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(323, "json_recv", json, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(324, "json_send", bytea, (json), IMMUTABLE | STRICT, SEND, "")
