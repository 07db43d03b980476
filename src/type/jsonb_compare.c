/* SPDX-License-Identifier: Apache-2.0 */
/* jsonb_compare.c - jsonb ordered, hashed, searched: its btree and hash classes, @>, ?, and their kin.
 *
 * Object > array > boolean > number > string > null; of containers the longer is greater, then the first difference of
 * their items in stored order decides. One thing is historical: an outermost empty array is below everything else,
 * since an outermost scalar counts as an array of one. */
#include "type/jsonb_internal.h"

#include "base/oids.h"
#include "base/task.h"
#include "type/array_type.h"
#include "type/hash_pg.h"
#include "type/text.h"
#include "type/type_internal.h"

enum { JSON_HASH_ARRAY = 0x40000000, JSON_HASH_OBJECT = 0x20000000 };

/* ---- Order */

/* Places in the order of kinds; what is below a one-element array at the outermost level stands apart. */
typedef enum Rank {
    RANK_EMPTY_OUTERMOST,
    RANK_NULL,
    RANK_STRING,
    RANK_NUMBER,
    RANK_FALSE,
    RANK_TRUE,
    RANK_ARRAY,
    RANK_OBJECT
} Rank;

static Rank rank_of(const JsonNode *node, bool outermost)
{
    switch (json_kind(node)) {
    case JSON_NULL: return RANK_NULL;
    case JSON_STRING: return RANK_STRING;
    case JSON_NUMBER: return RANK_NUMBER;
    case JSON_FALSE: return RANK_FALSE;
    case JSON_TRUE: return RANK_TRUE;
    case JSON_ARRAY: return outermost && json_count(node) == 0 ? RANK_EMPTY_OUTERMOST : RANK_ARRAY;
    case JSON_OBJECT: return RANK_OBJECT;
    case JSON_STORED:
    case JSON_MOMENT: break;
    }
    UNREACHABLE();
}

static int compare_containers(const JsonNode *a, const JsonNode *b, bool objects)
{
    const uint32_t count = json_count(a), other = json_count(b);
    if (count != other) return count < other ? -1 : 1;
    for (uint32_t i = 0; i < count; i++) {
        const JsonNode x = json_item(a, i), y = json_item(b, i);
        int order = objects ? bytes_distance(json_key(a, i), json_key(b, i)) : 0;
        if (order == 0) order = jsonb_compare(&x, &y, false);
        if (order) return order;
    }
    return 0;
}

int jsonb_compare(const JsonNode *a, const JsonNode *b, bool outermost)
{
    const Rank x = rank_of(a, outermost), y = rank_of(b, outermost);
    task_check();
    if (x != y) return x < y ? -1 : 1;
    switch (x) {
    case RANK_STRING: return bytes_distance(json_string(a), json_string(b));
    case RANK_NUMBER: return decimal_compare(json_number(NULL, a), json_number(NULL, b));
    case RANK_ARRAY:
    case RANK_OBJECT: return compare_containers(a, b, x == RANK_OBJECT);
    case RANK_EMPTY_OUTERMOST:
    case RANK_NULL:
    case RANK_FALSE:
    case RANK_TRUE: break;
    }
    return 0;
}

static KeyExactness add_key(const TypeCall *call, const JsonNode *node, bool outermost,
                            StrBuilder *out)
{
    const Rank rank = rank_of(node, outermost);
    const size_t start = out->bytes;
    task_check();
    str_add_char(out, (char)(rank + 1));
    if (rank == RANK_STRING || rank == RANK_NUMBER) {
        TypeCall inner = {.env = call->env, .arena = call->arena, .typmod = -1};
        Value value;
        if (rank == RANK_STRING)
            value.str = strview(json_string(node));
        else
            value.decimal = json_number(call->arena, node);
        inner.type = type_get(NULL, rank == RANK_STRING ? OID_TEXT : OID_NUMERIC);
        return inner.type->sort_key(&inner, &value, out);
    }
    if (rank < RANK_ARRAY) return KEY_EXACT;
    const uint32_t count = json_count(node);
    key_put_u32(out, count);
    for (uint32_t i = 0; i < count; i++) {
        const JsonNode item = json_item(node, i);
        if (rank == RANK_OBJECT) {
            const JsonNode key = json_of_string(json_key(node, i));
            if (add_key(call, &key, false, out) == KEY_CUT) return KEY_CUT;
        }
        if (add_key(call, &item, false, out) == KEY_CUT) return KEY_CUT;
        if (out->bytes - start >= TYPE_KEY_BYTES_MAX) return KEY_CUT;
    }
    return KEY_EXACT;
}

KeyExactness jsonb__sort_key(const TypeCall *call, const JsonNode *node, StrBuilder *out)
{
    const size_t start = out->bytes;
    const KeyExactness exactness = add_key(call, node, true, out);
    if (out->bytes - start <= TYPE_KEY_BYTES_MAX) return exactness;
    str_truncate(out, start + TYPE_KEY_BYTES_MAX);
    return KEY_CUT;
}

/* ---- Hashes that SQL sees: of scalars, combined by turning and XOR; containers leave a mark where they begin */

typedef struct Hasher {
    Arena *arena;
    uint64_t hash, seed;
    bool extended;
} Hasher;

static void hash_add(Hasher *h, uint64_t value)
{
    /* Both halves turn for themselves. */
    const uint32_t low = (uint32_t)h->hash, high = (uint32_t)(h->hash >> 32);
    h->hash = (uint64_t)(high << 1 | high >> 31) << 32 | (low << 1 | low >> 31);
    h->hash ^= h->extended ? value : (uint32_t)value;
}

static void hash_string(Hasher *h, Str s)
{
    hash_add(h, h->extended ? hash_pg_bytes_extended(s, h->seed) : hash_pg_bytes(s));
}

static void hash_mark(Hasher *h, uint64_t mark)
{
    h->hash ^= h->extended ? mark << 32 | mark : mark;
}

static void hash_scalar(Hasher *h, const JsonNode *node)
{
    const JsonKind kind = json_kind(node);
    if (kind == JSON_STRING) {
        hash_string(h, json_string(node));
    } else if (kind == JSON_NUMBER) {
        hash_add(h, decimal_hash_pg(h->arena, json_number(h->arena, node), h->extended, h->seed));
    } else if (kind == JSON_NULL) {
        hash_add(h, h->extended ? h->seed + 1 : 1);
    } else if (h->extended && h->seed) {
        hash_add(h, hash_pg_u32_extended(kind == JSON_TRUE, h->seed));
    } else {
        hash_add(h, kind == JSON_TRUE ? 2 : 4);
    }
}

static void hash_node(Hasher *h, const JsonNode *node)
{
    task_check();
    if (!json_is_container(node)) {
        hash_scalar(h, node);
        return;
    }
    const bool object = json_kind(node) == JSON_OBJECT;
    const uint32_t count = json_count(node);
    hash_mark(h, object ? JSON_HASH_OBJECT : JSON_HASH_ARRAY);
    for (uint32_t i = 0; i < count; i++) {
        const JsonNode item = json_item(node, i);
        if (object) hash_string(h, json_key(node, i));
        hash_node(h, &item);
    }
}

static uint64_t hash_of(Arena *arena, const JsonNode *node, bool extended, uint64_t seed)
{
    Hasher h = {.arena = arena, .extended = extended, .seed = seed};
    const bool container = json_is_container(node);
    if (container && json_count(node) == 0) return seed;
    if (!container) hash_mark(&h, JSON_HASH_ARRAY);
    hash_node(&h, node);
    return h.hash;
}

uint64_t jsonb__hash_extended(Arena *arena, const JsonNode *node, uint64_t seed)
{
    return hash_of(arena, node, true, seed);
}

/* ---- Containment */

static bool array_has(const JsonNode *array, const JsonNode *wanted)
{
    const uint32_t count = json_count(array);
    for (uint32_t i = 0; i < count; i++) {
        const JsonNode item = json_item(array, i);
        task_check();
        if (json_is_container(wanted)
                ? json_kind(&item) == json_kind(wanted) && jsonb_contains_node(&item, wanted)
                : !json_is_container(&item) && jsonb_compare(&item, wanted, false) == 0)
            return true;
    }
    return false;
}

bool jsonb_contains_node(const JsonNode *container, const JsonNode *part)
{
    const JsonKind kind = json_kind(container), wanted = json_kind(part);
    const uint32_t count = json_count(part);
    task_check();
    if (wanted < JSON_ARRAY)
        return kind == JSON_ARRAY ? array_has(container, part)
                                  : kind < JSON_ARRAY && jsonb_compare(container, part, false) == 0;
    if (kind != wanted) return false;
    for (uint32_t i = 0; i < count; i++) {
        const JsonNode item = json_item(part, i);
        JsonNode found;
        if (kind == JSON_ARRAY) {
            if (!array_has(container, &item)) return false;
            continue;
        }
        if (!json_find(container, json_key(part, i), &found)) return false;
        if (json_is_container(&item)
                ? json_kind(&found) != json_kind(&item) || !jsonb_contains_node(&found, &item)
                : json_is_container(&found) || jsonb_compare(&found, &item, false) != 0)
            return false;
    }
    return true;
}

static bool contains(Str container, Str part)
{
    const JsonNode a = jsonb_node(container), b = jsonb_node(part);
    return jsonb_contains_node(&a, &b);
}

/* Is the text a key, or a string among the elements, or the string itself? */
static bool has_key(Str document, Str key)
{
    const JsonNode node = jsonb_node(document);
    JsonNode found;
    switch (json_kind(&node)) {
    case JSON_OBJECT: return json_find(&node, key, &found);
    case JSON_STRING: return str_equal(json_string(&node), key);
    case JSON_ARRAY: break;
    default: return false;
    }
    const uint32_t count = json_count(&node);
    for (uint32_t i = 0; i < count; i++) {
        const JsonNode item = json_item(&node, i);
        if (json_kind(&item) == JSON_STRING && str_equal(json_string(&item), key)) return true;
    }
    return false;
}

/* Whether one of the texts (or each) is a key; NULLs are passed over. */
static bool has_keys(Str document, Str keys, bool all)
{
    const ArrayView view = array_view_or_raise(keys);
    const Type *text = type_get(NULL, OID_TEXT);
    for (uint32_t i = 0; i < view.count; i++) {
        const Datum key = array_get(&view, text, i);
        task_check();
        if (!key.null && has_key(document, strview_str(&key.value.str)) != all) return !all;
    }
    return all;
}

static int compare(Str a, Str b)
{
    const JsonNode x = jsonb_node(a), y = jsonb_node(b);
    return jsonb_compare(&x, &y, true);
}

static uint64_t hash_document(Fn *fn, Str document, bool extended, uint64_t seed)
{
    const JsonNode node = jsonb_node(document);
    return hash_of(fn->arena, &node, extended, seed);
}

SQL_EXPRESSION(4038, "jsonb_ne", bool, (jsonb, jsonb), IMMUTABLE | STRICT, compare(a, b) != 0,
               "not equal")
SQL_EXPRESSION(4039, "jsonb_lt", bool, (jsonb, jsonb), IMMUTABLE | STRICT, compare(a, b) < 0,
               "below")
SQL_EXPRESSION(4040, "jsonb_gt", bool, (jsonb, jsonb), IMMUTABLE | STRICT, compare(a, b) > 0,
               "above")
SQL_EXPRESSION(4041, "jsonb_le", bool, (jsonb, jsonb), IMMUTABLE | STRICT, compare(a, b) <= 0,
               "below or equal")
SQL_EXPRESSION(4042, "jsonb_ge", bool, (jsonb, jsonb), IMMUTABLE | STRICT, compare(a, b) >= 0,
               "above or equal")
SQL_EXPRESSION(4043, "jsonb_eq", bool, (jsonb, jsonb), IMMUTABLE | STRICT, compare(a, b) == 0,
               "equal")
SQL_EXPRESSION(4044, "jsonb_cmp", int4, (jsonb, jsonb), IMMUTABLE | STRICT, compare(a, b),
               "-1, 0 or 1: below, equal, above")
SQL_EXPRESSION(4045, "jsonb_hash", int4, (jsonb), IMMUTABLE | STRICT,
               (int32_t)(uint32_t)hash_document(fn, a, false, 0), "hash")
SQL_EXPRESSION(3416, "jsonb_hash_extended", int8, (jsonb, int8), IMMUTABLE | STRICT,
               (int64_t)hash_document(fn, a, true, (uint64_t)b), "64-bit hash with a seed")
SQL_EXPRESSION(4046, "jsonb_contains", bool, (jsonb, jsonb), IMMUTABLE | STRICT, contains(a, b),
               "whether the first holds all of the second")
SQL_EXPRESSION(4047, "jsonb_exists", bool, (jsonb, text), IMMUTABLE | STRICT, has_key(a, b),
               "whether a text is a key or an element")
SQL_EXPRESSION(4048, "jsonb_exists_any", bool, (jsonb, _text), IMMUTABLE | STRICT,
               has_keys(a, b, false), "whether one of several texts is a key or an element")
SQL_EXPRESSION(4049, "jsonb_exists_all", bool, (jsonb, _text), IMMUTABLE | STRICT,
               has_keys(a, b, true), "whether each of several texts is a key or an element")
SQL_EXPRESSION(4050, "jsonb_contained", bool, (jsonb, jsonb), IMMUTABLE | STRICT, contains(b, a),
               "whether the second holds all of the first")
SQL_OPERATOR(3240, "=", jsonb, jsonb, bool, jsonb_eq, .commutator = 3240, .negator = 3241,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(3241, "<>", jsonb, jsonb, bool, jsonb_ne, .commutator = 3241, .negator = 3240,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(3242, "<", jsonb, jsonb, bool, jsonb_lt, .commutator = 3243, .negator = 3245,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(3243, ">", jsonb, jsonb, bool, jsonb_gt, .commutator = 3242, .negator = 3244,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(3244, "<=", jsonb, jsonb, bool, jsonb_le, .commutator = 3245, .negator = 3243,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(3245, ">=", jsonb, jsonb, bool, jsonb_ge, .commutator = 3244, .negator = 3242,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(3246, "@>", jsonb, jsonb, bool, jsonb_contains, .commutator = 3250,
             .restrict_by = "matchingsel", .join_by = "matchingjoinsel")
SQL_OPERATOR(3247, "?", jsonb, text, bool, jsonb_exists, .restrict_by = "matchingsel",
             .join_by = "matchingjoinsel")
SQL_OPERATOR(3248, "?|", jsonb, _text, bool, jsonb_exists_any, .restrict_by = "matchingsel",
             .join_by = "matchingjoinsel")
SQL_OPERATOR(3249, "?&", jsonb, _text, bool, jsonb_exists_all, .restrict_by = "matchingsel",
             .join_by = "matchingjoinsel")
SQL_OPERATOR(3250, "<@", jsonb, jsonb, bool, jsonb_contained, .commutator = 3246,
             .restrict_by = "matchingsel", .join_by = "matchingjoinsel")
SQL_OPFAMILY(4033, btree, "jsonb_ops")
SQL_OPCLASS(10088, btree, "jsonb_ops", 4033, jsonb, .fallback = true)
SQL_FAMILY_OPERATOR(4033, jsonb, jsonb, 1, 3242)
SQL_FAMILY_OPERATOR(4033, jsonb, jsonb, 2, 3244)
SQL_FAMILY_OPERATOR(4033, jsonb, jsonb, 3, 3240)
SQL_FAMILY_OPERATOR(4033, jsonb, jsonb, 4, 3245)
SQL_FAMILY_OPERATOR(4033, jsonb, jsonb, 5, 3243)
SQL_FAMILY_FUNCTION(4033, jsonb, jsonb, 1, 4044)
SQL_OPFAMILY(4034, hash, "jsonb_ops")
SQL_OPCLASS(10089, hash, "jsonb_ops", 4034, jsonb, .fallback = true)
SQL_FAMILY_OPERATOR(4034, jsonb, jsonb, 1, 3240)
SQL_FAMILY_FUNCTION(4034, jsonb, jsonb, 1, 4045)
SQL_FAMILY_FUNCTION(4034, jsonb, jsonb, 2, 3416)
