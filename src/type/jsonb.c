/* SPDX-License-Identifier: Apache-2.0 */
/* jsonb.c - jsonb: its stored form made and looked at, its text. docs/formats.md, section 6: a container is a table of
 * entries and the data of its children behind it, so that the i-th child is found without passing the others and a key
 * by halving.
 *
 * (J1) an object's keys are distinct and ordered by length, then bytes
 * (J2) no look goes past the bytes of its part: what does is data corruption */
#include "type/jsonb_internal.h"

#include "base/arith.h"
#include "base/task.h"
#include "type/text.h"
#include "type/type_internal.h"

/* Kinds of entries; on disk. */
typedef enum EntryKind {
    ENTRY_NULL = 0,
    ENTRY_FALSE = 1,
    ENTRY_TRUE = 2,
    ENTRY_INTEGER = 3,
    ENTRY_NUMERIC = 4,
    ENTRY_STRING = 5,
    ENTRY_ARRAY = 6,
    ENTRY_OBJECT = 7,
} EntryKind;

enum { ENTRY_BYTES = 4, ENTRY_KIND_BITS = 4, VERSION_OF_WIRE = 1 };

static EntryKind entry_kind(uint32_t entry)
{
    return (EntryKind)(entry & 15);
}

static _Noreturn void corrupt(void)
{
    raise_error(SQLSTATE_DATA_CORRUPTED, "invalid jsonb value");
}

static uint32_t load_u32(const char *at)
{
    return load_le32((const uint8_t *)at);
}

/* ---- Looking */

JsonNode jsonb_node(Str stored)
{
    if (stored.bytes < ENTRY_BYTES) corrupt();
    const uint32_t entry = load_u32(stored.data);
    if (entry_kind(entry) > ENTRY_OBJECT) corrupt();
    return (JsonNode){.kind = JSON_STORED,
                      .part = {.entry = entry & 15,
                               .bytes = (uint32_t)(stored.bytes - ENTRY_BYTES),
                               .data = stored.data + ENTRY_BYTES}};
}

JsonKind jsonb__kind(const JsonPart *part)
{
    static const uint8_t kinds[] = {
        [ENTRY_NULL] = JSON_NULL,      [ENTRY_FALSE] = JSON_FALSE,    [ENTRY_TRUE] = JSON_TRUE,
        [ENTRY_INTEGER] = JSON_NUMBER, [ENTRY_NUMERIC] = JSON_NUMBER, [ENTRY_STRING] = JSON_STRING,
        [ENTRY_ARRAY] = JSON_ARRAY,    [ENTRY_OBJECT] = JSON_OBJECT,
    };
    return (JsonKind)kinds[entry_kind(part->entry)];
}

uint32_t jsonb__count(const JsonPart *part)
{
    if (entry_kind(part->entry) < ENTRY_ARRAY) return 0;
    if (part->bytes < 4) corrupt();
    const uint32_t count = load_u32(part->data);
    const uint32_t tables = entry_kind(part->entry) == ENTRY_OBJECT ? 2 : 1;
    if (count > (part->bytes - 4) / (ENTRY_BYTES * tables)) corrupt();
    return count;
}

/* Entry `i` of a container's table, and the bytes that belong to it. */
static JsonPart part_at(const JsonPart *container, uint32_t entries, uint32_t i)
{
    const char *table = container->data + 4;
    const uint32_t area = 4 + entries * ENTRY_BYTES, room = container->bytes - area;
    const uint32_t entry = load_u32(table + (size_t)i * ENTRY_BYTES);
    const uint32_t end = entry >> ENTRY_KIND_BITS;
    const uint32_t start = i ? load_u32(table + (size_t)(i - 1) * ENTRY_BYTES) >> ENTRY_KIND_BITS
                             : 0;
    if (start > end || end > room || entry_kind(entry) > ENTRY_OBJECT) corrupt();
    return (JsonPart){.entry = entry & 15,
                      .bytes = end - start,
                      .data = container->data + area + start};
}

JsonPart jsonb__item(const JsonPart *part, uint32_t i)
{
    const uint32_t count = jsonb__count(part);
    if (entry_kind(part->entry) == ENTRY_OBJECT) return part_at(part, count * 2, count + i);
    return part_at(part, count, i);
}

Str jsonb__key(const JsonPart *part, uint32_t i)
{
    const JsonPart key = part_at(part, jsonb__count(part) * 2, i);
    return (Str){key.data, key.bytes};
}

int jsonb__compare_keys(Str a, Str b)
{
    if (a.bytes != b.bytes) return a.bytes < b.bytes ? -1 : 1;
    return a.bytes ? memcmp(a.data, b.data, a.bytes) : 0;
}

bool jsonb__find(const JsonPart *part, Str key, uint32_t *at)
{
    uint32_t from = 0, to = jsonb__count(part);
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        const int order = jsonb__compare_keys(jsonb__key(part, middle), key);
        if (order == 0) {
            *at = middle;
            return true;
        }
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

Decimal jsonb__number(const JsonPart *part)
{
    const uint8_t *data = (const uint8_t *)part->data;
    if (entry_kind(part->entry) == ENTRY_NUMERIC) {
        Value value;
        if (!numeric_load((Bytes){data, part->bytes}, &value)) corrupt();
        return value.decimal;
    }
    switch (part->bytes) {
    case 1: return decimal_small((int8_t)data[0], 0);
    case 2: return decimal_small((int16_t)load_le16(data), 0);
    case 4: return decimal_small((int32_t)load_le32(data), 0);
    case 8: return decimal_small((int64_t)load_le64(data), 0);
    default: corrupt();
    }
}

/* ---- Making */

static uint32_t store_node(const JsonNode *node, StrBuilder *out);

static uint32_t store_number(Decimal number, StrBuilder *out)
{
    if (number.kind != DECIMAL_SMALL || number.scale) {
        numeric_store(&(Value){.decimal = number}, out);
        return ENTRY_NUMERIC;
    }
    const int64_t v = number.coefficient;
    uint8_t bytes[8];
    store_le64(bytes, (uint64_t)v);
    const size_t width = v == (int8_t)v ? 1 : v == (int16_t)v ? 2 : v == (int32_t)v ? 4 : 8;
    str_add(out, (Str){(const char *)bytes, width});
    return ENTRY_INTEGER;
}

static _Noreturn void too_large(const char *what)
{
    raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                "total size of jsonb %s elements exceeds the maximum of %d bytes", what,
                JSONB_BYTES_MAX);
}

/* Puts the entry of a child that has just been written into the table. */
static void put_entry(StrBuilder *out, size_t at, uint32_t kind, size_t area, const char *what)
{
    const size_t end = out->bytes - area;
    if (end > JSONB_BYTES_MAX) too_large(what);
    store_le32((uint8_t *)out->data + at, kind | (uint32_t)end << ENTRY_KIND_BITS);
}

static size_t store_table(StrBuilder *out, uint32_t count, uint32_t entries)
{
    uint8_t bytes[4];
    store_le32(bytes, count);
    str_add(out, (Str){(const char *)bytes, sizeof bytes});
    const size_t table = out->bytes;
    memset(str_add_space(out, size_mul(entries, ENTRY_BYTES)), 0, size_mul(entries, ENTRY_BYTES));
    return table;
}

static uint32_t store_array(const JsonNode *node, StrBuilder *out)
{
    if (node->count > JSONB_BYTES_MAX / ENTRY_BYTES)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "number of jsonb array elements exceeds the maximum allowed (%d)",
                    JSONB_BYTES_MAX / ENTRY_BYTES);
    const size_t table = store_table(out, node->count, node->count), area = out->bytes;
    for (uint32_t i = 0; i < node->count; i++) {
        const uint32_t kind = store_node(&node->items[i].value, out);
        put_entry(out, table + (size_t)i * ENTRY_BYTES, kind, area, "array");
    }
    return ENTRY_ARRAY;
}

static int compare_members(const void *a, const void *b)
{
    const JsonMember *const *x = a, *const *y = b;
    const int order = jsonb__compare_keys((*x)->key, (*y)->key);
    return order ? order : (*x > *y) - (*x < *y);
}

/* The members in order of keys, the last of equal keys alone; *count is how many. */
static const JsonMember **sorted_members(Arena *arena, const JsonNode *node, uint32_t *count)
{
    const JsonMember **sorted = ARENA_ARRAY(arena, const JsonMember *, node->count + 1);
    bool in_order = true;
    for (uint32_t i = 0; i < node->count; i++) {
        sorted[i] = &node->items[i];
        if (i > 0 && jsonb__compare_keys(sorted[i - 1]->key, sorted[i]->key) >= 0) in_order = false;
    }
    *count = node->count;
    if (in_order) return sorted;
    qsort(sorted, node->count, sizeof *sorted, compare_members);
    *count = 0;
    for (uint32_t i = 0; i < node->count; i++) {
        if (i + 1 < node->count && str_equal(sorted[i]->key, sorted[i + 1]->key)) continue;
        sorted[(*count)++] = sorted[i];
    }
    return sorted;
}

void jsonb__check_string(Str s)
{
    if (s.bytes <= JSONB_BYTES_MAX) return;
    Error *error = error_begin(SQLSTATE_PROGRAM_LIMIT_EXCEEDED);
    error_message(error, "string too long to represent as jsonb string");
    error_raise(
        error_detail(error,
                     "Due to an implementation restriction, jsonb strings cannot exceed %d bytes.",
                     JSONB_BYTES_MAX));
}

static uint32_t store_object(const JsonNode *node, StrBuilder *out)
{
    uint32_t count;
    const JsonMember **sorted = sorted_members(out->arena, node, &count);
    if (count > JSONB_BYTES_MAX / (2 * ENTRY_BYTES))
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "number of jsonb object pairs exceeds the maximum allowed (%d)",
                    JSONB_BYTES_MAX / (2 * ENTRY_BYTES));
    const size_t table = store_table(out, count, 2 * count), area = out->bytes;
    for (uint32_t i = 0; i < count; i++) {
        jsonb__check_string(sorted[i]->key);
        str_add(out, sorted[i]->key);
        put_entry(out, table + (size_t)i * ENTRY_BYTES, ENTRY_STRING, area, "object");
    }
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t kind = store_node(&sorted[i]->value, out);
        put_entry(out, table + (size_t)(count + i) * ENTRY_BYTES, kind, area, "object");
    }
    return ENTRY_OBJECT;
}

/* Appends a node's data and gives its kind. */
static uint32_t store_node(const JsonNode *node, StrBuilder *out)
{
    task_check();
    switch (node->kind) {
    case JSON_NULL: return ENTRY_NULL;
    case JSON_FALSE: return ENTRY_FALSE;
    case JSON_TRUE: return ENTRY_TRUE;
    case JSON_NUMBER: return store_number(json_number(out->arena, node), out);
    case JSON_STRING:
        jsonb__check_string(node->string);
        str_add(out, node->string);
        return ENTRY_STRING;
    case JSON_ARRAY: return store_array(node, out);
    case JSON_OBJECT: return store_object(node, out);
    case JSON_STORED:
    case JSON_MOMENT: break;
    }
    str_add(out, (Str){node->part.data, node->part.bytes});
    return entry_kind(node->part.entry);
}

Str jsonb_store(Arena *arena, const JsonNode *node)
{
    StrBuilder out = str_builder(arena, 64);
    uint8_t bytes[ENTRY_BYTES];
    str_add_space(&out, ENTRY_BYTES);
    const uint32_t kind = store_node(node, &out);
    store_le32(bytes, kind);
    memcpy(out.data, bytes, ENTRY_BYTES);
    return str_done(&out);
}

bool jsonb_parse_text(Arena *arena, Str text, JsonRead more, Str *stored, InputError *err)
{
    JsonNode node;
    if (!json_read(arena, text, JSON_READ_TREE | JSON_READ_NUMBERS | more, &node, err))
        return false;
    *stored = jsonb_store(arena, &node);
    return true;
}

/* ---- Text */

typedef struct Printer {
    StrBuilder *out;
    bool pretty;
    uint32_t depth;
} Printer;

static void print_break(const Printer *p)
{
    if (!p->pretty) return;
    str_add_char(p->out, '\n');
    str_add_repeat(p->out, ' ', (size_t)p->depth * 4);
}

static void print_node(Printer *p, const JsonNode *node);

static void print_container(Printer *p, const JsonNode *node, bool object)
{
    const uint32_t count = json_count(node);
    str_add_char(p->out, object ? '{' : '[');
    p->depth++;
    for (uint32_t i = 0; i < count; i++) {
        if (i) str_add(p->out, p->pretty ? STR(",") : STR(", "));
        print_break(p);
        if (object) {
            json_write_string(json_key(node, i), p->out);
            str_add(p->out, STR(": "));
        }
        const JsonNode item = json_item(node, i);
        print_node(p, &item);
    }
    p->depth--;
    print_break(p);
    str_add_char(p->out, object ? '}' : ']');
}

static void print_node(Printer *p, const JsonNode *node)
{
    const JsonKind kind = json_kind(node);
    task_check();
    switch (kind) {
    case JSON_NULL: str_add(p->out, STR("null")); return;
    case JSON_FALSE: str_add(p->out, STR("false")); return;
    case JSON_TRUE: str_add(p->out, STR("true")); return;
    case JSON_NUMBER:
        decimal_print(json_number(p->out->arena, node), p->out->arena, p->out);
        return;
    case JSON_STRING: json_write_string(json_string(node), p->out); return;
    case JSON_ARRAY:
    case JSON_OBJECT: print_container(p, node, kind == JSON_OBJECT); return;
    case JSON_STORED:
    case JSON_MOMENT: break;
    }
    UNREACHABLE(); /* json_kind gives no JSON_STORED */
}

void jsonb_print_node(const JsonNode *node, StrBuilder *out)
{
    print_node(&(Printer){.out = out}, node);
}

void jsonb_print_pretty(const JsonNode *node, StrBuilder *out)
{
    print_node(&(Printer){.out = out, .pretty = true}, node);
}

/* ---- The type */

static bool jsonb_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    Str stored;
    if (!jsonb_parse_text(call->arena, text, 0, &stored, err)) return false;
    value->str = strview(stored);
    return true;
}

static void jsonb_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    (void)call;
    const JsonNode node = jsonb_node(strview_str(&value->str));
    jsonb_print_node(&node, out);
}

static bool jsonb_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    if (wire.bytes < 1)
        return input_error(err, SQLSTATE_PROTOCOL_VIOLATION, "no data left in message");
    if (wire.data[0] != VERSION_OF_WIRE)
        return input_error(err, SQLSTATE_INTERNAL_ERROR, "unsupported jsonb version number %d",
                           wire.data[0]);
    Str text;
    return text_of_client(call, (Bytes){wire.data + 1, wire.bytes - 1}, &text, err) &&
           jsonb_parse(call, text, value, err);
}

static void jsonb_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    str_add_char(out, VERSION_OF_WIRE);
    StrBuilder text = str_builder(call->arena, 64);
    jsonb_print(call, value, &text);
    text_send_to_client(call, str_peek(&text), out);
}

static int jsonb_compare_values(const TypeCall *call, const Value *a, const Value *b)
{
    (void)call;
    const JsonNode x = jsonb_node(strview_str(&a->str)), y = jsonb_node(strview_str(&b->str));
    return jsonb_compare(&x, &y, true);
}

static uint64_t jsonb_hash_value(const TypeCall *call, const Value *value)
{
    const JsonNode node = jsonb_node(strview_str(&value->str));
    return jsonb__hash_extended(call->arena, &node, 0);
}

static KeyExactness jsonb_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const JsonNode node = jsonb_node(strview_str(&value->str));
    return jsonb__sort_key(call, &node, out);
}

SQL_TYPE(3802, "jsonb", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'i',
         .storage = 'x', .array = 3807, .subscript = 6098,
         .text = "JSON taken apart, with sorted keys", .parse = jsonb_parse, .print = jsonb_print,
         .receive = jsonb_receive, .send = jsonb_send, .compare = jsonb_compare_values,
         .hash = jsonb_hash_value, .sort_key = jsonb_key)
SQL_TYPE_FUNCTION(3803, "jsonb_send", bytea, (jsonb), IMMUTABLE | STRICT, SEND, "")
SQL_TYPE_FUNCTION(3804, "jsonb_out", cstring, (jsonb), IMMUTABLE | STRICT, OUTPUT, "")
SQL_TYPE_FUNCTION(3805, "jsonb_recv", jsonb, (internal), IMMUTABLE | STRICT, RECEIVE, "")
SQL_TYPE_FUNCTION(3806, "jsonb_in", jsonb, (cstring), IMMUTABLE | STRICT, INPUT, "")
SQL_CAST(10220, json, jsonb, IO, ASSIGNMENT)
SQL_CAST(10221, jsonb, json, IO, ASSIGNMENT)
