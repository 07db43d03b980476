/* SPDX-License-Identifier: Apache-2.0 */
/* node_read.c - nodes from the text that node_print wrote: a reader over the same tables.
 *
 * Fields may come in any order; what is not there keeps its zero value, so a text written before a field was added
 * still reads. An unknown kind, field or value, or a broken text, is "no" (false), never a raise: the text comes from a
 * catalog. */
#include "base/node.h"

#include "base/array.h"
#include "base/task.h"

typedef struct Reader {
    Arena *arena;
    Str text;
    size_t at;
} Reader;

static bool read_node(Reader *in, const NodeFamily *family, void **node);

static void skip_space(Reader *in)
{
    while (in->at < in->text.bytes && in->text.data[in->at] == ' ') in->at++;
}

static bool take(Reader *in, char c)
{
    skip_space(in);
    if (in->at >= in->text.bytes || in->text.data[in->at] != c) return false;
    in->at++;
    return true;
}

/* Up to a space or a bracket. */
static Str take_word(Reader *in)
{
    skip_space(in);
    size_t start = in->at;
    while (in->at < in->text.bytes && !memchr(" ()[]", in->text.data[in->at], 5)) in->at++;
    return str_slice(in->text, start, in->at);
}

static bool read_text(Reader *in, Str *s)
{
    if (!take(in, '"')) return str_equal(take_word(in), STR("null"));
    StrBuilder text = str_builder(in->arena, 16);
    while (in->at < in->text.bytes && in->text.data[in->at] != '"') {
        char c = in->text.data[in->at++];
        if (c == '\\') {
            if (in->at >= in->text.bytes) return false;
            c = in->text.data[in->at++];
            if (c == 'n') c = '\n';
        }
        str_add_char(&text, c);
    }
    *s = str_done(&text);
    return take(in, '"');
}

static bool read_list(Reader *in, const NodeFamily *family, NodeList *list)
{
    ARRAY_OF(void *) items = {.arena = in->arena};
    if (!take(in, '[')) return false;
    while (!take(in, ']')) {
        void *node;
        if (!read_node(in, family, &node)) return false;
        array_push(&items, node);
    }
    *list = (NodeList){items.items, items.count};
    return true;
}

static bool read_strs(Reader *in, NodeStrs *strs)
{
    ARRAY_OF(Str) items = {.arena = in->arena};
    if (!take(in, '[')) return false;
    while (!take(in, ']')) {
        Str s = {0};
        if (!read_text(in, &s)) return false;
        array_push(&items, s);
    }
    *strs = (NodeStrs){items.items, items.count};
    return true;
}

static bool read_i32(Str word, int32_t *number)
{
    int64_t value;
    if (!str_to_i64(word, &value) || value < INT32_MIN || value > INT32_MAX) return false;
    *number = (int32_t)value;
    return true;
}

static bool read_i32s(Reader *in, NodeI32s *list)
{
    ARRAY_OF(int32_t) items = {.arena = in->arena};
    if (!take(in, '[')) return false;
    while (!take(in, ']')) {
        int32_t number;
        if (!read_i32(take_word(in), &number)) return false;
        array_push(&items, number);
    }
    *list = (NodeI32s){items.items, items.count};
    return true;
}

static bool read_enum(const NodeField *field, Str word, uint8_t *number)
{
    for (uint32_t i = 0; i < field->value_count; i++)
        if (str_equal(word, str_from(field->values[i]))) {
            *number = (uint8_t)i;
            return true;
        }
    return false;
}

static bool read_u32(Str word, uint32_t *number)
{
    uint64_t value;
    if (!str_to_u64(word, 10, &value) || value > UINT32_MAX) return false;
    *number = (uint32_t)value;
    return true;
}

static bool read_f64(Reader *in, Str word, double *number)
{
    char *end, *text = str_copy_zero(in->arena, word);
    *number = strtod(text, &end);
    return word.bytes > 0 && end == text + word.bytes;
}

/* Any character, a space too: one space stands before it. */
static bool read_char(Reader *in, char *c)
{
    if (in->at < in->text.bytes && in->text.data[in->at] == ' ') in->at++;
    if (in->at >= in->text.bytes) return false;
    *c = in->text.data[in->at++];
    return true;
}

static bool read_value(Reader *in, const NodeFamily *family, const NodeField *field, void *value)
{
    const NodeFamily *theirs = field->family ? field->family : family;
    switch ((NodeFieldType)field->type) {
    case NODE_FIELD_CHILD: return read_node(in, theirs, value);
    case NODE_FIELD_LIST: return read_list(in, theirs, value);
    case NODE_FIELD_STR: return read_text(in, value);
    case NODE_FIELD_STRS: return read_strs(in, value);
    case NODE_FIELD_I32S: return read_i32s(in, value);
    case NODE_FIELD_BOOL: *(bool *)value = str_equal(take_word(in), STR("true")); return true;
    case NODE_FIELD_ENUM: return read_enum(field, take_word(in), value);
    case NODE_FIELD_CHAR: return read_char(in, value);
    case NODE_FIELD_I32: return read_i32(take_word(in), value);
    case NODE_FIELD_U32: return read_u32(take_word(in), value);
    case NODE_FIELD_I64: return str_to_i64(take_word(in), value);
    case NODE_FIELD_F64: return read_f64(in, take_word(in), value);
    case NODE_FIELD_LOCATION: return false;
    case NODE_FIELD_EXTERN:
        return field->foreign->read && field->foreign->read(in->arena, take_word(in), value);
    }
    UNREACHABLE();
}

static uint32_t kind_named(const NodeFamily *family, Str name)
{
    for (uint32_t i = 1; i < family->type_count; i++)
        if (family->types[i].name && str_equal(name, str_from(family->types[i].name))) return i;
    return 0;
}

static const NodeField *field_named(const NodeType *type, Str name)
{
    for (uint32_t i = 0; i < type->field_count; i++)
        if (str_equal(name, str_from(type->fields[i].name))) return &type->fields[i];
    return NULL;
}

static bool read_node(Reader *in, const NodeFamily *family, void **node)
{
    task_check();
    *node = NULL;
    if (!take(in, '(')) return str_equal(take_word(in), STR("null"));
    uint32_t kind = kind_named(family, take_word(in));
    if (!kind) return false;
    const NodeType *type = &family->types[kind];
    char *made = arena_alloc_zero(in->arena, type->bytes);
    if (family->kind_bytes == 1)
        *(uint8_t *)made = (uint8_t)kind;
    else
        memcpy(made, &(uint16_t){(uint16_t)kind}, sizeof(uint16_t));
    memcpy(made + NODE_LOCATION_OFFSET, &(int32_t){NODE_NO_LOCATION}, sizeof(int32_t));
    while (!take(in, ')')) {
        if (!take(in, ':')) return false;
        const NodeField *field = field_named(type, take_word(in));
        if (!field || !read_value(in, family, field, made + field->offset)) return false;
    }
    *node = made;
    return true;
}

bool node_read(const NodeFamily *family, Arena *arena, Str text, void **node)
{
    Reader in = {.arena = arena, .text = text};
    if (!read_node(&in, family, node)) return false;
    skip_space(&in);
    return in.at == text.bytes;
}
