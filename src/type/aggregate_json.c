/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_json.c - json_agg, json_object_agg and their kin. For json the state is the growing text; for jsonb it is
 * the values, each as a document of its own, in one buffer of key length, key, document length, document: a state can
 * then be spilled as it is and joined to another by appending. */
#include "type/aggregate.h"
#include "type/json.h"

#include "base/arith.h"
#include "base/map.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "base/task.h"

typedef struct JsonState {
    char *data;
    size_t bytes, capacity;
    Map *keys; /* seen so far: Str to nothing; of the unique forms alone */
    bool any;
} JsonState;

/* What the four aggregates of each kind differ in; told by the function's OID. */
typedef struct JsonRules {
    bool object, binary, strict, unique;
} JsonRules;

static JsonRules rules_of(const Fn *fn)
{
    const Str name = str_from(fn->function->name);
    size_t at;
    return (JsonRules){.object = fn->function->arg_count == 2,
                       .binary = fn->function->result == OID_JSONB,
                       .strict = str_ends(name, STR("_strict")),
                       .unique = str_find(name, STR("_unique"), &at)};
}

static void append(Fn *fn, JsonState *s, Str bytes)
{
    const size_t needed = s->bytes + bytes.bytes;
    if (needed > STR_BYTES_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                    "string buffer exceeds maximum allowed length (%d bytes)", STR_BYTES_MAX);
    if (needed > s->capacity) {
        const size_t capacity = MAX(needed, MAX(s->capacity * 2, (size_t)64));
        s->data = arena_grow(fn->arena, s->data, s->capacity, capacity);
        s->capacity = capacity;
    }
    if (bytes.bytes) memcpy(s->data + s->bytes, bytes.data, bytes.bytes);
    s->bytes = needed;
}

static void append_counted(Fn *fn, JsonState *s, Str bytes)
{
    uint8_t length[4];
    store_le32(length, (uint32_t)bytes.bytes);
    append(fn, s, (Str){(const char *)length, sizeof length});
    append(fn, s, bytes);
}

static void remember_key(Fn *fn, JsonState *s, Str key, bool binary)
{
    const Str kept = str_copy(fn->arena, key);
    bool added;
    if (!s->keys) {
        s->keys = ARENA_NEW(fn->arena, Map);
        map_init_str(s->keys, fn->arena, 0);
    }
    map_put(s->keys, &kept, &added);
    if (!added) json_duplicate_key(fn->arena, key, binary);
}

static Str checked_key(Fn *fn, const Datum *key, const JsonRules *rules)
{
    if (!key->null) return json_key_of_datum(fn, fn->arg_types[0], key);
    if (rules->binary) raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "field name must not be null");
    raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "null value not allowed for object key");
}

/* `scratch` is the call with memory for this row alone; the state grows in the aggregation's. */
static void add_row(Fn *fn, Fn *scratch, JsonState *s, const JsonRules *rules, const Datum *key,
                    const Datum *value)
{
    const Oid type = fn->arg_types[rules->object ? 1 : 0];
    Str name = STR("");
    StrBuilder out = str_builder(scratch->arena, 32);
    if (rules->object) name = checked_key(scratch, key, rules);
    if (rules->unique) remember_key(fn, s, name, rules->binary);
    if (rules->strict && value->null) {
        s->any = true;
        return;
    }
    if (rules->binary) {
        const JsonNode node = json_of_datum(scratch, type, value);
        append_counted(fn, s, name);
        append_counted(fn, s, jsonb_store(scratch->arena, &node));
    } else {
        const bool lines = !rules->object && !value->null && json_type_is_nested(fn->env, type);
        if (s->bytes) str_add(&out, lines ? STR(", \n ") : STR(", "));
        if (rules->object) {
            json_write_string(name, &out);
            str_add(&out, STR(" : "));
        }
        json_write_datum(scratch, type, value, false, &out);
        append(fn, s, str_peek(&out));
    }
    s->any = true;
}

static void add_at(Fn *fn, JsonState *s, const JsonRules *rules, const Vector *args, uint32_t row)
{
    const Datum first = fn_datum_at(&args[0], vector_index(&args[0], row));
    Fn scratch = *fn;
    fn->row = row;
    task_check();
    if (!fn->state) fn->state = arena_new_child(fn->site, "row of a JSON aggregate");
    scratch.arena = fn->state;
    arena_reset(scratch.arena);
    if (!rules->object) {
        add_row(fn, &scratch, s, rules, NULL, &first);
        return;
    }
    const Datum second = fn_datum_at(&args[1], vector_index(&args[1], row));
    add_row(fn, &scratch, s, rules, &first, &second);
}

static void json_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    const JsonRules rules = rules_of(fn);
    for (uint32_t i = 0; i < selection.count; i++)
        add_at(fn, states[i], &rules, args, fn_selected(selection, i));
}

static void json_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    const JsonRules rules = rules_of(fn);
    for (uint32_t i = 0; i < selection.count; i++)
        add_at(fn, state, &rules, args, fn_selected(selection, i));
}

static Str take_counted(Str *rest)
{
    const uint32_t bytes = load_le32((const uint8_t *)rest->data);
    const Str taken = str_slice(*rest, 4, 4 + (size_t)bytes);
    *rest = str_slice(*rest, 4 + (size_t)bytes, rest->bytes);
    return taken;
}

static Datum json_finish(Fn *fn, const void *state, const Datum *direct)
{
    const JsonState *s = state;
    const JsonRules rules = rules_of(fn);
    (void)direct;
    if (!s->any) return datum_null();
    Str rest = {s->data, s->bytes};
    if (!rules.binary) {
        StrBuilder out = str_builder(fn->arena, s->bytes + 4);
        str_add(&out, rules.object ? STR("{ ") : STR("["));
        str_add(&out, rest);
        str_add(&out, rules.object ? STR(" }") : STR("]"));
        return (Datum){.value.str = strview(str_done(&out))};
    }
    JsonMembers members = {.arena = fn->arena};
    while (rest.bytes) {
        const Str key = take_counted(&rest);
        json_push(&members, key, jsonb_node(take_counted(&rest)));
    }
    const JsonNode node = json_of_members(rules.object ? JSON_OBJECT : JSON_ARRAY, &members);
    return (Datum){.value.str = strview(jsonb_store(fn->arena, &node))};
}

static void json_store(Fn *fn, const void *state, StrBuilder *out)
{
    const JsonState *s = state;
    (void)fn;
    str_add(out, s->any ? STR("1") : STR("0"));
    str_add(out, (Str){s->data, s->bytes});
}

static void json_load(Fn *fn, void *state, Str bytes)
{
    JsonState *s = state;
    *s = (JsonState){.any = bytes.bytes && bytes.data[0] == '1'};
    append(fn, s, str_slice(bytes, 1, bytes.bytes));
}

const Aggregate aggregate_json = {.state_bytes = sizeof(JsonState),
                                  .update = json_update,
                                  .update_one = json_update_one,
                                  .finish = json_finish,
                                  .store = json_store,
                                  .load = json_load};
/* The same without the keys that were seen, which no spilled state keeps. */
const Aggregate aggregate_json_unique = {.state_bytes = sizeof(JsonState),
                                         .update = json_update,
                                         .update_one = json_update_one,
                                         .finish = json_finish};

SQL_AGGREGATE(3175, "json_agg", json, (anyelement), STABLE, aggregate_json, "array of all values",
              .transition = 3173, .final = 3174, .state = internal)
SQL_AGGREGATE(3197, "json_object_agg", json, (any, any), STABLE, aggregate_json,
              "object of all keys and values", .transition = 3180, .final = 3196, .state = internal)
SQL_FACTS(3197, .arguments = "key any, value any")
SQL_AGGREGATE(3267, "jsonb_agg", jsonb, (anyelement), STABLE, aggregate_json, "array of all values",
              .transition = 3265, .final = 3266, .state = internal)
SQL_AGGREGATE(3270, "jsonb_object_agg", jsonb, (any, any), IMMUTABLE, aggregate_json,
              "object of all keys and values", .transition = 3268, .final = 3269, .state = internal)
SQL_FACTS(3270, .arguments = "key any, value any")
SQL_AGGREGATE(6276, "json_agg_strict", json, (anyelement), STABLE, aggregate_json,
              "array of all values that are not null", .transition = 6275, .final = 3174,
              .state = internal)
SQL_AGGREGATE(6280, "json_object_agg_strict", json, (any, any), STABLE, aggregate_json,
              "object of all keys whose values are not null", .transition = 6277, .final = 3196,
              .state = internal)
SQL_FACTS(6280, .arguments = "key any, value any")
SQL_AGGREGATE(6281, "json_object_agg_unique", json, (any, any), STABLE, aggregate_json_unique,
              "object of all keys, which must differ", .transition = 6278, .final = 3196,
              .state = internal)
SQL_FACTS(6281, .arguments = "key any, value any")
SQL_AGGREGATE(6282, "json_object_agg_unique_strict", json, (any, any), STABLE,
              aggregate_json_unique,
              "object of all keys whose values are not null, which must differ", .transition = 6279,
              .final = 3196, .state = internal)
SQL_FACTS(6282, .arguments = "key any, value any")
SQL_AGGREGATE(6284, "jsonb_agg_strict", jsonb, (anyelement), STABLE, aggregate_json,
              "array of all values that are not null", .transition = 6283, .final = 3266,
              .state = internal)
SQL_AGGREGATE(6288, "jsonb_object_agg_strict", jsonb, (any, any), IMMUTABLE, aggregate_json,
              "object of all keys whose values are not null", .transition = 6285, .final = 3269,
              .state = internal)
SQL_FACTS(6288, .arguments = "key any, value any")
SQL_AGGREGATE(6289, "jsonb_object_agg_unique", jsonb, (any, any), IMMUTABLE, aggregate_json_unique,
              "object of all keys, which must differ", .transition = 6286, .final = 3269,
              .state = internal)
SQL_FACTS(6289, .arguments = "key any, value any")
SQL_AGGREGATE(6290, "jsonb_object_agg_unique_strict", jsonb, (any, any), IMMUTABLE,
              aggregate_json_unique,
              "object of all keys whose values are not null, which must differ", .transition = 6287,
              .final = 3269, .state = internal)
SQL_FACTS(6290, .arguments = "key any, value any")
