/* SPDX-License-Identifier: Apache-2.0 */
/* user_aggregate.c - CREATE AGGREGATE's: a state of any SQL type, changed by a transition function row by row and made
 * into the result by a final function, as the row of pg_aggregate says.
 *
 * A strict transition function does not see NULLs: rows with one are passed over, and where there is no initial value
 * the first row that has none is the state. A state's bytes lie in a buffer of its own that grows, so that a long
 * aggregation does not fill its arena with former states. */
#include "exec/user_aggregate.h"

#include "base/builtins.h"
#include "base/task.h"
#include "bind/bind.h"
#include "type/type.h"

typedef struct UserCall {
    FnCallee callee;
    const BuiltinFunction *builtin; /* NULL: called through FnCalls */
    Phys *physes;
    Phys result;
    bool strict;
    Fn fn;
} UserCall;

/* At a call site. */
typedef struct UserAggregate {
    const Type *type; /* of the state */
    UserCall transition, final;
    bool final_extra;
    Datum initial;
    uint32_t arg_count;
    Arena *scratch;
} UserAggregate;

/* Of a group; zero bytes are the state before the first row. */
typedef struct UserState {
    Value value;
    char *buffer;
    uint32_t capacity;
    bool started, null, waiting; /* waiting: for a first row without NULLs */
} UserState;

static Datum call_function(UserCall *call, const Datum *args, Arena *arena)
{
    const FnEnv *env = call->fn.env;
    if (call->strict)
        for (uint32_t i = 0; i < call->callee.arg_count; i++)
            if (args[i].null) return (Datum){.null = true};
    if (call->builtin == NULL || call->builtin->vector == NULL)
        return env->calls->call(env->calls_arg, &call->callee, args, arena);
    call->fn.arena = arena;
    call->fn.null = false;
    return fn_call_datum(&call->fn, call->builtin->vector, call->strict, call->callee.arg_types,
                         call->physes, call->result, args);
}

static void keep(const UserAggregate *a, UserState *state, Fn *fn, Datum value)
{
    state->null = value.null;
    state->value = value.value;
    if (value.null || a->type->phys != PHYS_STR) {
        if (!value.null) state->value = value_copy(fn->arena, a->type->phys, value.value);
        return;
    }
    const Str bytes = strview_str(&value.value.str);
    if (bytes.bytes > state->capacity) {
        state->capacity = (uint32_t)MIN(bytes.bytes * 2, (size_t)STR_BYTES_MAX);
        state->buffer = arena_alloc(fn->arena, state->capacity);
    }
    if (bytes.bytes) memmove(state->buffer, bytes.data, bytes.bytes);
    state->value.str = strview((Str){state->buffer, bytes.bytes});
}

static void start(const UserAggregate *a, UserState *state, Fn *fn)
{
    if (state->started) return;
    state->started = true;
    state->waiting = a->transition.strict && a->initial.null;
    keep(a, state, fn, a->initial);
}

static void add_row(UserAggregate *a, UserState *state, Fn *fn, const Vector *args, uint32_t row)
{
    Datum values[FN_ARGS_MAX + 1];
    bool any_null = false;
    start(a, state, fn);
    for (uint32_t i = 0; i < a->arg_count; i++) {
        values[i + 1] = vector_get(&args[i], row);
        any_null |= values[i + 1].null;
    }
    if (a->transition.strict && any_null) return;
    if (state->waiting) {
        state->waiting = false;
        keep(a, state, fn, values[1]);
        return;
    }
    values[0] = (Datum){.value = state->value, .null = state->null};
    arena_reset(a->scratch);
    keep(a, state, fn, call_function(&a->transition, values, a->scratch));
}

static void update(Fn *fn, void *const *states, const Vector *args, Selection selection)
{
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selection.rows ? selection.rows[i] : i;
        task_check();
        fn->row = row;
        add_row(fn->state, states[i], fn, args, row);
    }
}

static Datum finish(Fn *fn, const void *at, const Datum *direct)
{
    UserAggregate *a = fn->state;
    UserState state = *(const UserState *)at;
    (void)direct;
    start(a, &state, fn);
    Datum values[FN_ARGS_MAX + 1] = {{.value = state.value, .null = state.null}};
    if (a->final.callee.function == 0) return values[0];
    for (uint32_t i = 1; i <= a->arg_count; i++) values[i] = (Datum){.null = true};
    return call_function(&a->final, values, fn->arena);
}

static void store(Fn *fn, const void *at, StrBuilder *out)
{
    const UserState *state = at;
    const UserAggregate *a = fn->state;
    str_add_char(out, (char)(state->started | state->null << 1 | state->waiting << 2));
    if (state->started && !state->null) type_store(a->type, &state->value, out);
}

static void load(Fn *fn, void *at, Str bytes)
{
    UserState *state = at;
    const UserAggregate *a = fn->state;
    Datum value = {.null = true};
    *state = (UserState){.started = bytes.data[0] & 1, .waiting = (bytes.data[0] & 4) != 0};
    if (state->started && !(bytes.data[0] & 2))
        value.null = !type_load(a->type, (Bytes){(const uint8_t *)bytes.data + 1, bytes.bytes - 1},
                                &value.value);
    keep(a, state, fn, value);
}

static const Aggregate user_aggregate = {.state_bytes = sizeof(UserState),
                                         .update = update,
                                         .finish = finish,
                                         .store = store,
                                         .load = load};

/* ---- opening */

/* Its parameters are told as declared, polymorphic ones as what `actual` makes of them: values pass as they are. */
static void open_function(UserCall *call, Exec *exec, const Fn *fn, Oid function, const Oid *actual,
                          uint32_t arg_count)
{
    const FnEnv *env = exec->options.env;
    const CatFunction *known = cat_function(exec->options.view, function);
    if (known == NULL)
        raise_error(SQLSTATE_UNDEFINED_FUNCTION, "cache lookup failed for function %u", function);
    const BindOptions options = {.view = exec->options.view, .env = env};
    Oid *arg_types = ARENA_ARRAY(exec->arena, Oid, arg_count + 1);
    memcpy(arg_types, known->args, sizeof(Oid) * MIN(arg_count, known->arg_count));
    const Oid result = bind_resolve_polymorphic(&options, exec->arena, actual, arg_types, arg_count,
                                                known->result);
    call->builtin = known->builtin;
    call->strict = known->strict;
    call->callee = (FnCallee){.function = function,
                              .collation = fn->collation,
                              .result_type = result,
                              .arg_types = arg_types,
                              .arg_count = arg_count};
    call->result = type_get(env, result)->phys;
    call->physes = ARENA_ARRAY(exec->arena, Phys, arg_count + 1);
    for (uint32_t i = 0; i < arg_count; i++) call->physes[i] = type_get(env, arg_types[i])->phys;
    call->fn = *fn;
    call->fn.state = NULL;
    call->fn.function = known->builtin;
    call->fn.result_type = result;
    call->fn.arg_types = arg_types;
    call->fn.arg_count = arg_count;
}

static Datum initial_value(Exec *exec, const Type *type, const Datum *text)
{
    Datum initial = {.null = text->null};
    const TypeCall call = {.type = type,
                           .env = exec->options.env,
                           .arena = exec->arena,
                           .typmod = -1};
    InputError err = {.arena = exec->arena};
    if (!text->null && !type_parse(&call, str_copy(exec->arena, strview_str(&text->value.str)),
                                   &initial.value, &err))
        input_error_raise(&err);
    return initial;
}

/* The state's type at this call site. */
static Oid state_type(Exec *exec, const Fn *fn, Oid function, Oid declared)
{
    if (!bind_is_polymorphic(declared)) return declared;
    const BindOptions options = {.view = exec->options.view, .env = exec->options.env};
    const CatFunction *aggregate = cat_function(exec->options.view, function);
    Oid *args = ARENA_ARRAY(exec->arena, Oid, fn->arg_count + 1);
    memcpy(args, aggregate->args, sizeof(Oid) * MIN(fn->arg_count, aggregate->arg_count));
    return bind_resolve_polymorphic(&options, exec->arena, fn->arg_types, args, fn->arg_count,
                                    declared);
}

const Aggregate *user_aggregate_open(Exec *exec, Oid function, Fn *fn)
{
    UserAggregate *a = ARENA_NEW(exec->arena, UserAggregate);
    const Datum key = {.value.u32 = function};
    CatScan *scan = cat_scan_open(exec->options.view, PG_AGGREGATE, PG_AGGREGATE_FNOID_INDEX, &key,
                                  1);
    CatRow row;
    if (!cat_scan_next(scan, &row))
        raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for aggregate %u", function);
    const Oid transition = row.values[PG_AGGREGATE_AGGTRANSFN].value.u32;
    const Oid final = row.values[PG_AGGREGATE_AGGFINALFN].value.u32;
    const Oid state = state_type(exec, fn, function,
                                 row.values[PG_AGGREGATE_AGGTRANSTYPE].value.u32);
    a->type = type_get(exec->options.env, state);
    a->initial = initial_value(exec, a->type, &row.values[PG_AGGREGATE_AGGINITVAL]);
    a->final_extra = row.values[PG_AGGREGATE_AGGFINALEXTRA].value.b;
    cat_scan_close(scan);
    a->arg_count = fn->arg_count;
    a->scratch = arena_new_child(exec->arena, "aggregate's transition");
    Oid *types = ARENA_ARRAY(exec->arena, Oid, fn->arg_count + 1);
    types[0] = state;
    for (uint32_t i = 0; i < fn->arg_count; i++) types[i + 1] = fn->arg_types[i];
    open_function(&a->transition, exec, fn, transition, types, fn->arg_count + 1);
    if (final != 0)
        open_function(&a->final, exec, fn, final, types, a->final_extra ? fn->arg_count + 1 : 1);
    fn->state = a;
    return &user_aggregate;
}
