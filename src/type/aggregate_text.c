/* SPDX-License-Identifier: Apache-2.0 */
/* aggregate_text.c - string_agg. The state is one growing buffer that starts with the first value's delimiter, which
 * the result leaves out: so two states are combined by appending one to the other. */
#include "type/aggregate.h"

#include "base/task.h"

typedef struct StringState {
    char *data;
    size_t bytes, capacity;
    uint32_t skip; /* bytes of the first delimiter */
    bool any;
} StringState;

static void string_append(Fn *fn, StringState *s, Str text)
{
    const size_t needed = s->bytes + text.bytes;
    if (needed > STR_BYTES_MAX) {
        Error *error = error_begin(SQLSTATE_PROGRAM_LIMIT_EXCEEDED);
        error_message(error, "string buffer exceeds maximum allowed length (%d bytes)",
                      STR_BYTES_MAX);
        error_detail(error, "Cannot enlarge string buffer containing %zu bytes by %zu more bytes.",
                     s->bytes, text.bytes);
        error_raise(error);
    }
    if (needed > s->capacity) {
        const size_t capacity = MAX(needed, MAX(s->capacity * 2, (size_t)64));
        s->data = arena_grow(fn->arena, s->data, s->capacity, capacity);
        s->capacity = capacity;
    }
    if (text.bytes) memcpy(s->data + s->bytes, text.data, text.bytes);
    s->bytes = needed;
}

static void string_add_row(Fn *fn, StringState *s, const Vector *args, uint32_t row)
{
    const StrView *values = args[0].data, *delimiters = args[1].data;
    const uint32_t i = vector_index(&args[0], row), d = vector_index(&args[1], row);
    if (fn_null_at(&args[0], i)) return;
    const Str delimiter = fn_null_at(&args[1], d) ? STR("") : strview_str(&delimiters[d]);
    if (!s->any) s->skip = (uint32_t)delimiter.bytes;
    s->any = true;
    string_append(fn, s, delimiter);
    string_append(fn, s, strview_str(&values[i]));
}

static void string_update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        string_add_row(fn, states[i], args, fn_selected(selection, i));
}

static void string_update_one(Fn *fn, void *state, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++)
        string_add_row(fn, state, args, fn_selected(selection, i));
}

static void string_combine(Fn *fn, void *into, const void *from)
{
    StringState *s = into;
    const StringState *other = from;
    if (!other->any) return;
    if (!s->any) s->skip = other->skip;
    s->any = true;
    string_append(fn, s, (Str){other->data, other->bytes});
}

static Datum string_finish(Fn *fn, const void *state, const Datum *direct)
{
    const StringState *s = state;
    (void)fn;
    (void)direct;
    if (!s->any) return datum_null();
    return (Datum){
        .value.str = strview_copy(fn->arena, (Str){s->data + s->skip, s->bytes - s->skip})};
}

static void string_store(Fn *fn, const void *state, StrBuilder *out)
{
    const StringState *s = state;
    (void)fn;
    str_add(out, (Str){(const char *)s, sizeof *s});
    str_add(out, (Str){s->data, s->bytes});
}

static void string_load(Fn *fn, void *state, Str bytes)
{
    StringState *s = state;
    if (bytes.bytes < sizeof *s)
        raise_error(SQLSTATE_INTERNAL_ERROR, "a spilled state of string_agg is damaged");
    memcpy(s, bytes.data, sizeof *s);
    s->data = NULL;
    s->bytes = s->capacity = 0;
    string_append(fn, s, str_slice(bytes, sizeof *s, bytes.bytes));
}

const Aggregate aggregate_string_agg = {.state_bytes = sizeof(StringState),
                                        .update = string_update,
                                        .update_one = string_update_one,
                                        .combine = string_combine,
                                        .finish = string_finish,
                                        .store = string_store,
                                        .load = string_load};

SQL_AGGREGATE(3538, "string_agg", text, (text, text), IMMUTABLE, aggregate_string_agg,
              "all texts that are not null, with delimiters between", .transition = 3535,
              .final = 3536, .combine = 6299, .serial = 6300, .deserial = 6301, .state = internal)
SQL_FACTS(3538, .arguments = "value text, delimiter text")
SQL_AGGREGATE(3545, "string_agg", bytea, (bytea, bytea), IMMUTABLE, aggregate_string_agg,
              "all byte strings that are not null, with delimiters between", .transition = 3543,
              .final = 3544, .combine = 6299, .serial = 6300, .deserial = 6301, .state = internal)
SQL_FACTS(3545, .arguments = "value bytea, delimiter bytea")
