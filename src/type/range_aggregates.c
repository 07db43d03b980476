/* SPDX-License-Identifier: Apache-2.0 */
/* range_aggregates.c - range_agg, the values in any of the ranges, and range_intersect_agg, those in all of them. A
 * state is bytes: the stored ranges one behind the other, each after its length, or the one set that is left. */
#include "type/range.h"

#include "base/task.h"
#include "type/aggregate.h"

typedef struct RangeState {
    char *data;
    size_t bytes, capacity;
    uint32_t count;
} RangeState;

static char *state_space(Fn *fn, RangeState *s, size_t bytes)
{
    if (s->bytes + bytes > s->capacity) {
        char *wider = arena_alloc(fn->arena, (s->bytes + bytes) * 2);
        if (s->bytes) memcpy(wider, s->data, s->bytes);
        s->data = wider;
        s->capacity = (s->bytes + bytes) * 2;
    }
    char *space = s->data + s->bytes;
    s->bytes += bytes;
    return space;
}

static Str value_at(const Vector *args, uint32_t row)
{
    const StrView *views = args[0].data;
    return strview_str(&views[vector_index(&args[0], row)]);
}

static RangeCall call_in(Fn *fn, Arena *arena, char *kind)
{
    TypeCall call = type_call(fn, type_get(fn->env, fn->arg_types[0]));
    call.arena = arena;
    *kind = call.type->kind;
    return range_call(&call);
}

/* ---- Any of them: kept as they come, united at the end */

static void keep(Fn *fn, RangeState *s, Str stored)
{
    const uint32_t bytes = (uint32_t)stored.bytes;
    memcpy(state_space(fn, s, sizeof bytes), &bytes, sizeof bytes);
    memcpy(state_space(fn, s, bytes), stored.data, bytes);
    s->count++;
}

static void unite_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        keep(fn, states[i], value_at(args, fn_selected(selection, i)));
}

static void unite_combine(Fn *fn, void *into, const void *from)
{
    const RangeState *other = from;
    if (other->bytes) memcpy(state_space(fn, into, other->bytes), other->data, other->bytes);
    ((RangeState *)into)->count += other->count;
}

/* All parts of what was kept. */
static Ranges kept_parts(const RangeCall *call, char kind, const RangeState *s)
{
    Ranges all = {0};
    uint32_t capacity = 0;
    for (size_t at = 0; at < s->bytes;) {
        uint32_t bytes;
        task_check();
        memcpy(&bytes, s->data + at, sizeof bytes);
        const Ranges parts = ranges_read(call, kind, (Str){s->data + at + sizeof bytes, bytes});
        if (all.count + parts.count > capacity) {
            capacity = (all.count + parts.count) * 2;
            Range *wider = ARENA_ARRAY(call->element.arena, Range, capacity);
            if (all.count) memcpy(wider, all.items, all.count * sizeof *wider);
            all.items = wider;
        }
        if (parts.count)
            memcpy(all.items + all.count, parts.items, parts.count * sizeof *parts.items);
        all.count += parts.count;
        at += sizeof bytes + bytes;
    }
    return all;
}

static Datum unite_finish(Fn *fn, const void *state, const Datum *direct)
{
    const RangeState *s = state;
    char kind;
    (void)direct;
    if (!s->count) return datum_null();
    const RangeCall call = call_in(fn, fn->arena, &kind);
    const Ranges parts = ranges_normalise(&call, kept_parts(&call, kind, s));
    return (Datum){.value.str = strview(multirange_write(&call, parts))};
}

/* ---- All of them */

static void intersect_with(Fn *fn, Arena *scratch, RangeState *s, Str stored)
{
    if (s->count) {
        char kind;
        const RangeCall call = call_in(fn, scratch, &kind);
        const Ranges parts = ranges_intersect(&call,
                                              ranges_read(&call, kind, (Str){s->data, s->bytes}),
                                              ranges_read(&call, kind, stored));
        const Range span = ranges_span(parts);
        stored = kind == 'm' ? multirange_write(&call, parts) : range_write(&call, &span);
    }
    s->bytes = 0;
    memcpy(state_space(fn, s, stored.bytes), stored.data, stored.bytes);
    s->count = 1;
}

static void intersect_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    Arena *scratch = arena_new_child(fn->arena, "ranges");
    for (uint32_t i = 0; i < selection.count; i++) {
        intersect_with(fn, scratch, states[i], value_at(args, fn_selected(selection, i)));
        arena_reset(scratch);
    }
    arena_drop(scratch);
}

static void intersect_combine(Fn *fn, void *into, const void *from)
{
    const RangeState *other = from;
    if (other->count) intersect_with(fn, fn->arena, into, (Str){other->data, other->bytes});
}

static Datum intersect_finish(Fn *fn, const void *state, const Datum *direct)
{
    const RangeState *s = state;
    (void)direct;
    if (!s->count) return datum_null();
    return (Datum){.value.str = strview(str_copy(fn->arena, (Str){s->data, s->bytes}))};
}

/* ---- For spilling: the count and the bytes */

static void state_store(Fn *fn, const void *state, StrBuilder *out)
{
    const RangeState *s = state;
    (void)fn;
    memcpy(str_add_space(out, sizeof s->count), &s->count, sizeof s->count);
    str_add(out, (Str){s->data, s->bytes});
}

static void state_load(Fn *fn, void *state, Str bytes)
{
    RangeState *s = state;
    *s = (RangeState){0};
    memcpy(&s->count, bytes.data, sizeof s->count);
    const size_t rest = bytes.bytes - sizeof s->count;
    if (rest) memcpy(state_space(fn, s, rest), bytes.data + sizeof s->count, rest);
}

const Aggregate aggregate_ranges_unite = {.state_bytes = sizeof(RangeState),
                                          .skips_nulls = true,
                                          .update = unite_update,
                                          .combine = unite_combine,
                                          .finish = unite_finish,
                                          .store = state_store,
                                          .load = state_load};
const Aggregate aggregate_ranges_intersect = {.state_bytes = sizeof(RangeState),
                                              .skips_nulls = true,
                                              .update = intersect_update,
                                              .combine = intersect_combine,
                                              .finish = intersect_finish,
                                              .store = state_store,
                                              .load = state_load};

SQL_FUNCTION_INTERNAL(4388, "multirange_intersect_agg_transfn", anymultirange,
                      (anymultirange, anymultirange), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4401, "range_intersect_agg_transfn", anyrange, (anyrange, anyrange),
                      IMMUTABLE | STRICT, "")
SQL_AGGREGATE(4301, "range_agg", anymultirange, (anyrange), IMMUTABLE, aggregate_ranges_unite,
              "values in any of the ranges", .transition = 4299, .final = 4300, .final_extra = true,
              .state = internal)
SQL_AGGREGATE(6227, "range_agg", anymultirange, (anymultirange), IMMUTABLE, aggregate_ranges_unite,
              "values in any of the sets", .transition = 6225, .final = 6226, .final_extra = true,
              .state = internal)
SQL_AGGREGATE(4450, "range_intersect_agg", anyrange, (anyrange), IMMUTABLE,
              aggregate_ranges_intersect, "values in all of the ranges", .transition = 4401,
              .combine = 4401, .state = anyrange)
SQL_AGGREGATE(4389, "range_intersect_agg", anymultirange, (anymultirange), IMMUTABLE,
              aggregate_ranges_intersect, "values in all of the sets", .transition = 4388,
              .combine = 4388, .state = anymultirange)
