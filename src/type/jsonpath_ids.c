/* SPDX-License-Identifier: Apache-2.0 */
/* jsonpath_ids.c - the ids that jsonpath's .keyvalue() gives objects. In PostgreSQL they are the number of the base
 * document times ten thousand millions, and the object's place in that document's binary form. Ours is another form
 * (docs/formats.md, section 6), so the place is worked out. Found by asking for ids:
 *
 *   - an array is a word, a word an item, and the items; an object a word, a word a key and a word a value, the keys,
 *     and the values;
 *   - a string is its bytes, null, true and false are nothing; containers and numbers begin at a multiple of four;
 *   - a number is six bytes and two a group of four decimal digits (without zero groups at its ends); eight bytes and
 *     those when more than 63 digits stand behind the point, or the first group is below the 64th behind it or above
 *     the 64th before.
 */
#include "type/jsonpath_ids.h"

#include "base/arith.h"
#include "base/task.h"
#include "type/numeric_internal.h"

enum { WORD = 4, SHORT_SCALE_MAX = 63, SHORT_WEIGHT_MIN = -64, SHORT_WEIGHT_MAX = 63 };
static const int64_t id_of_number = INT64_C(10000000000);

static int64_t padded(int64_t at)
{
    return (at + WORD - 1) / WORD * WORD;
}

static int64_t number_end(Arena *arena, const JsonNode *node, int64_t at)
{
    const Num number = num__of(arena, json_number(arena, node));
    const NumGroups groups = num__groups(arena, &number);
    const bool is_short = number.scale <= SHORT_SCALE_MAX && groups.weight >= SHORT_WEIGHT_MIN &&
                          groups.weight <= SHORT_WEIGHT_MAX;
    return padded(at) + (is_short ? 6 : 8) + 2 * (int64_t)groups.count;
}

/* Where the first child of a container that begins at `at` begins, but for padding. */
static int64_t first_child(const JsonNode *container, int64_t at)
{
    const uint32_t count = json_count(container);
    if (json_kind(container) == JSON_ARRAY) return at + WORD + WORD * (int64_t)count;
    at += WORD + 2 * WORD * (int64_t)count;
    for (uint32_t i = 0; i < count; i++) at += (int64_t)json_key(container, i).bytes;
    return at;
}

/* Where a value that is put behind `at` ends. */
static int64_t value_end(Arena *arena, const JsonNode *node, int64_t at)
{
    switch (json_kind(node)) {
    case JSON_NUMBER: return number_end(arena, node, at);
    case JSON_STRING: return at + (int64_t)json_string(node).bytes;
    case JSON_ARRAY:
    case JSON_OBJECT: break;
    default: return at;
    }
    task_check();
    task_check_stack();
    const uint32_t count = json_count(node);
    at = first_child(node, padded(at));
    for (uint32_t i = 0; i < count; i++) {
        const JsonNode child = json_item(node, i);
        at = value_end(arena, &child, at);
    }
    return at;
}

static bool is_inside(const JsonNode *container, const JsonNode *object)
{
    if (container->kind != JSON_STORED || object->kind != JSON_STORED) return false;
    const uintptr_t from = (uintptr_t)container->part.data, at = (uintptr_t)object->part.data;
    return at >= from && at < from + container->part.bytes;
}

static bool is_same(const JsonNode *a, const JsonNode *b)
{
    if (a->kind != b->kind) return false;
    return a->kind == JSON_STORED ? a->part.data == b->part.data : a->items == b->items;
}

static void descend(PathBase *base, const JsonNode *container, int64_t at)
{
    const PathBaseLevel level = {*container, 0, first_child(container, at)};
    array_push(&base->levels, level);
}

/* Leaves levels that do not hold the object, and begins anew in one that has passed by it. */
static void look_back(PathBase *base, const JsonNode *object)
{
    while (base->levels.count > 1 &&
           !is_inside(&base->levels.items[base->levels.count - 1].container, object))
        base->levels.count--;
    if (base->levels.count == 0) return;
    PathBaseLevel *level = &base->levels.items[base->levels.count - 1];
    if (level->i >= json_count(&level->container)) return;
    const JsonNode child = json_item(&level->container, level->i);
    if (child.kind != JSON_STORED || object->kind != JSON_STORED ||
        (uintptr_t)object->part.data >= (uintptr_t)child.part.data)
        return;
    base->levels.count--;
}

int64_t path_object_id(PathBase *base, const JsonNode *object)
{
    const int64_t id = base->number * id_of_number;
    Arena *arena = base->levels.arena;
    if (is_same(base->document, object)) return id;
    look_back(base, object);
    if (base->levels.count == 0) descend(base, base->document, 0);
    for (;;) {
        PathBaseLevel *level = &base->levels.items[base->levels.count - 1];
        if (level->i >= json_count(&level->container)) break;
        const JsonNode child = json_item(&level->container, level->i);
        if (is_same(&child, object)) return id + padded(level->at);
        if (is_inside(&child, object)) {
            descend(base, &child, padded(level->at));
        } else {
            level->at = value_end(arena, &child, level->at);
            level->i++;
        }
    }
    base->levels.count = 0;
    return 0;
}
