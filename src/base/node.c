/* SPDX-License-Identifier: Apache-2.0 */
/* node.c - copy, equal, walk and print of nodes, driven by the tables that tools/gen_nodes.py writes.
 *
 * (N1) a node is exactly types[kind].bytes long and holds nothing that its fields do not describe
 * (N2) fields[0 .. child_count) are CHILD and LIST, the rest are neither */
#include "base/node.h"

#include "base/arith.h"
#include "base/task.h"

static const void *field_at(const void *node, const NodeField *field)
{
    return (const char *)node + field->offset;
}

uint32_t node_kind(const NodeFamily *family, const void *node)
{
    if (family->kind_bytes == 1) return *(const uint8_t *)node;
    uint16_t kind;
    memcpy(&kind, node, sizeof kind);
    return kind;
}

static const NodeType *type_of(const NodeFamily *family, const void *node)
{
    uint32_t kind = node_kind(family, node);
    ASSERT(kind > 0 && kind < family->type_count);
    return &family->types[kind];
}

const char *node_kind_name(const NodeFamily *family, uint32_t kind)
{
    return kind > 0 && kind < family->type_count ? family->types[kind].name : "(none)";
}

static const NodeFamily *family_of(const NodeFamily *family, const NodeField *field)
{
    return field->family ? field->family : family;
}

static void copy_strs(Arena *arena, NodeStrs *strs)
{
    if (strs->count == 0) return;
    Str *items = arena_alloc_array(arena, strs->count, sizeof *items);
    for (uint32_t i = 0; i < strs->count; i++)
        items[i] = strs->items[i].data ? str_copy(arena, strs->items[i]) : (Str){0};
    strs->items = items;
}

static void copy_list(const NodeFamily *family, Arena *arena, NodeList *list)
{
    if (list->count == 0) return;
    void **items = arena_alloc_array(arena, list->count, sizeof *items);
    for (uint32_t i = 0; i < list->count; i++) items[i] = node_copy(family, arena, list->items[i]);
    list->items = items;
}

/* `to` holds a flat copy of the field: what it points to is copied. */
static void copy_field(const NodeFamily *family, Arena *arena, const NodeField *field, void *to)
{
    switch ((NodeFieldType)field->type) {
    case NODE_FIELD_CHILD:
        *(void **)to = node_copy(family_of(family, field), arena, *(void **)to);
        break;
    case NODE_FIELD_LIST: copy_list(family_of(family, field), arena, to); break;
    case NODE_FIELD_STR:
        if (((Str *)to)->data) *(Str *)to = str_copy(arena, *(Str *)to);
        break;
    case NODE_FIELD_STRS: copy_strs(arena, to); break;
    case NODE_FIELD_I32S: {
        NodeI32s *list = to;
        if (list->count)
            list->items = arena_copy(arena, list->items, size_mul(list->count, sizeof(int32_t)));
        break;
    }
    case NODE_FIELD_BOOL:
    case NODE_FIELD_ENUM:
    case NODE_FIELD_CHAR:
    case NODE_FIELD_I32:
    case NODE_FIELD_U32:
    case NODE_FIELD_I64:
    case NODE_FIELD_F64:
    case NODE_FIELD_LOCATION: break;
    case NODE_FIELD_EXTERN: break;
    }
}

void *node_copy(const NodeFamily *family, Arena *arena, const void *node)
{
    if (!node) return NULL;
    task_check();
    const NodeType *type = type_of(family, node);
    void *copy = arena_copy(arena, node, type->bytes);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const NodeField *field = &type->fields[i];
        void *to = (char *)copy + field->offset;
        if (field->type == NODE_FIELD_EXTERN)
            field->foreign->copy(arena, to, field_at(node, field));
        else
            copy_field(family, arena, field, to);
    }
    return copy;
}

static bool equal_str(const Str *a, const Str *b)
{
    return (a->data == NULL) == (b->data == NULL) && str_equal(*a, *b);
}

static bool equal_list(const NodeFamily *family, const NodeList *a, const NodeList *b)
{
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!node_equal(family, a->items[i], b->items[i])) return false;
    return true;
}

static bool equal_strs(const NodeStrs *a, const NodeStrs *b)
{
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!equal_str(&a->items[i], &b->items[i])) return false;
    return true;
}

static bool equal_field(const NodeFamily *family, const NodeField *field, const void *a,
                        const void *b)
{
    switch ((NodeFieldType)field->type) {
    case NODE_FIELD_CHILD:
        return node_equal(family_of(family, field), *(void *const *)a, *(void *const *)b);
    case NODE_FIELD_LIST: return equal_list(family_of(family, field), a, b);
    case NODE_FIELD_STR: return equal_str(a, b);
    case NODE_FIELD_STRS: return equal_strs(a, b);
    case NODE_FIELD_I32S: {
        const NodeI32s *x = a, *y = b;
        return x->count == y->count &&
               (x->count == 0 || memcmp(x->items, y->items, x->count * sizeof(int32_t)) == 0);
    }
    case NODE_FIELD_BOOL:
    case NODE_FIELD_ENUM:
    case NODE_FIELD_CHAR: return *(const uint8_t *)a == *(const uint8_t *)b;
    case NODE_FIELD_I32:
    case NODE_FIELD_U32: return memcmp(a, b, sizeof(uint32_t)) == 0;
    case NODE_FIELD_I64:
    case NODE_FIELD_F64: return memcmp(a, b, sizeof(uint64_t)) == 0;
    case NODE_FIELD_LOCATION: return true;
    case NODE_FIELD_EXTERN: return field->foreign->equal(a, b);
    }
    UNREACHABLE();
}

bool node_equal(const NodeFamily *family, const void *a, const void *b)
{
    if (a == b) return true;
    if (!a || !b || node_kind(family, a) != node_kind(family, b)) return false;
    task_check();
    const NodeType *type = type_of(family, a);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const NodeField *field = &type->fields[i];
        if (!equal_field(family, field, field_at(a, field), field_at(b, field))) return false;
    }
    return true;
}

bool node_walk(const NodeFamily *family, const void *node, bool (*visit)(void *arg, void *child),
               void *arg)
{
    return node_walk_of(family, node, family, visit, arg);
}

bool node_walk_of(const NodeFamily *family, const void *node, const NodeFamily *of,
                  bool (*visit)(void *arg, void *child), void *arg)
{
    if (!node) return false;
    const NodeType *type = type_of(family, node);
    for (uint32_t i = 0; i < type->child_count; i++) {
        const NodeField *field = &type->fields[i];
        if ((field->family ? field->family : family) != of) continue;
        if (field->type == NODE_FIELD_CHILD) {
            void *child = *(void *const *)field_at(node, field);
            if (child && visit(arg, child)) return true;
            continue;
        }
        const NodeList *list = field_at(node, field);
        for (uint32_t j = 0; j < list->count; j++)
            if (list->items[j] && visit(arg, list->items[j])) return true;
    }
    return false;
}

void node_replace(const NodeFamily *family, void *node, void *(*replace)(void *arg, void *child),
                  void *arg)
{
    if (!node) return;
    const NodeType *type = type_of(family, node);
    for (uint32_t i = 0; i < type->child_count; i++) {
        const NodeField *field = &type->fields[i];
        if (field->family && field->family != family) continue;
        if (field->type == NODE_FIELD_CHILD) {
            void **child = (void **)((char *)node + field->offset);
            if (*child) *child = replace(arg, *child);
            continue;
        }
        NodeList *list = (NodeList *)((char *)node + field->offset);
        for (uint32_t j = 0; j < list->count; j++)
            if (list->items[j]) list->items[j] = replace(arg, list->items[j]);
    }
}

/* Printing. */

static void print_text(StrBuilder *out, Str s)
{
    if (!s.data) {
        str_add(out, STR("null"));
        return;
    }
    str_add_char(out, '"');
    for (size_t i = 0; i < s.bytes; i++) {
        char c = s.data[i];
        if (c == '"' || c == '\\')
            str_add_format(out, "\\%c", c);
        else if (c == '\n')
            str_add(out, STR("\\n"));
        else
            str_add_char(out, c);
    }
    str_add_char(out, '"');
}

static void print_list(const NodeFamily *family, StrBuilder *out, const NodeList *list)
{
    str_add_char(out, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        if (i) str_add_char(out, ' ');
        node_print(family, out, list->items[i]);
    }
    str_add_char(out, ']');
}

static void print_strs(StrBuilder *out, const NodeStrs *strs)
{
    str_add_char(out, '[');
    for (uint32_t i = 0; i < strs->count; i++) {
        if (i) str_add_char(out, ' ');
        print_text(out, strs->items[i]);
    }
    str_add_char(out, ']');
}

static void print_i32s(StrBuilder *out, const NodeI32s *list)
{
    str_add_char(out, '[');
    for (uint32_t i = 0; i < list->count; i++)
        str_add_format(out, i ? " %d" : "%d", list->items[i]);
    str_add_char(out, ']');
}

static bool field_is_zero(const NodeField *field, const void *value)
{
    switch ((NodeFieldType)field->type) {
    case NODE_FIELD_CHILD: return *(void *const *)value == NULL;
    case NODE_FIELD_LIST:
    case NODE_FIELD_STRS:
    case NODE_FIELD_I32S: return ((const NodeList *)value)->count == 0;
    case NODE_FIELD_STR: return ((const Str *)value)->data == NULL;
    case NODE_FIELD_BOOL:
    case NODE_FIELD_ENUM:
    case NODE_FIELD_CHAR: return *(const uint8_t *)value == 0;
    case NODE_FIELD_I32:
    case NODE_FIELD_U32: return *(const uint32_t *)value == 0;
    case NODE_FIELD_I64:
    case NODE_FIELD_F64: return *(const uint64_t *)value == 0;
    case NODE_FIELD_LOCATION: return true;
    case NODE_FIELD_EXTERN: return false;
    }
    UNREACHABLE();
}

static void print_value(const NodeFamily *family, StrBuilder *out, const NodeField *field,
                        const void *value)
{
    switch ((NodeFieldType)field->type) {
    case NODE_FIELD_CHILD: node_print(family_of(family, field), out, *(void *const *)value); break;
    case NODE_FIELD_LIST: print_list(family_of(family, field), out, value); break;
    case NODE_FIELD_STR: print_text(out, *(const Str *)value); break;
    case NODE_FIELD_STRS: print_strs(out, value); break;
    case NODE_FIELD_I32S: print_i32s(out, value); break;
    case NODE_FIELD_BOOL: str_add(out, STR("true")); break;
    case NODE_FIELD_ENUM: {
        uint8_t number = *(const uint8_t *)value;
        str_add_zero_terminated(out, number < field->value_count ? field->values[number] : "?");
        break;
    }
    case NODE_FIELD_CHAR: str_add_char(out, *(const char *)value); break;
    case NODE_FIELD_I32: str_add_i64(out, *(const int32_t *)value); break;
    case NODE_FIELD_U32: str_add_u64(out, *(const uint32_t *)value); break;
    case NODE_FIELD_I64: str_add_i64(out, *(const int64_t *)value); break;
    case NODE_FIELD_F64: str_add_format(out, "%.17g", *(const double *)value); break;
    case NODE_FIELD_LOCATION: break;
    case NODE_FIELD_EXTERN: field->foreign->print(out, value); break;
    }
}

void node_print(const NodeFamily *family, StrBuilder *out, const void *node)
{
    if (!node) {
        str_add(out, STR("null"));
        return;
    }
    task_check();
    const NodeType *type = type_of(family, node);
    str_add_char(out, '(');
    str_add_zero_terminated(out, type->name);
    for (uint32_t i = 0; i < type->field_count; i++) {
        const NodeField *field = &type->fields[type->print_order[i]];
        const void *value = field_at(node, field);
        if (field_is_zero(field, value)) continue;
        str_add_format(out, " :%s ", field->name);
        print_value(family, out, field, value);
    }
    str_add_char(out, ')');
}
