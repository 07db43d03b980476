/* SPDX-License-Identifier: Apache-2.0 */
/* call_runner.c - calls SQL functions without a server: reads lines from standard input and prints one line for each
 * call.
 *
 *     int4pl('2'::int4, '3'::int4)        function by name and argument types; NULL::int4 is a null argument
 *     SET extra_float_digits = 0          changes a setting from here on
 *     # ...                               comment; prints nothing
 *
 *     sum({'1', NULL, '3'}::int4)         aggregate over rows; literals without braces are direct arguments
 *     lag({'1', '2'}::int4, '1'::int4)    window function: rows in this order, literals the same for each
 *     rank() over ({'1', '1'}::int4)      and their ORDER BY, for peers and the frame up to the current row
 *
 * A result is the output text of its type, NULL, or for an error: ERROR: SQLSTATE message | detail | hint. Backslash
 * and newline are escaped. Rows of a set-returning function stand on one line, apart by " | "; columns of a row in
 * parentheses. Each call is made in several ways (constant, flat, selected, dictionary arguments), which must agree; an
 * aggregate also in one state and in several that are combined, spilled and read back; floats are not combined, since
 * that is another order of operations. The values of a window function stand on one line, apart by " | ". */
#include <stdio.h>
#include <stdlib.h>

#include "base/account.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "base/random.h"
#include "base/settings.h"
#include "base/task.h"
#include "os/os.h"
#include "type/timezone.h"
#include "type/type.h"

enum {
    LINE_BYTES_MAX = 1 << 20,
    ARGS_MAX = FN_ARGS_MAX,
    ROWS_MAX = 1000,
    BATCH = 5,
    MEMORY_MAX = 1 << 30
};

typedef struct Runner {
    Arena *arena;
    Settings settings;
    FnEnv env;
    Random random;
    Str line;
    StrBuilder out;
} Runner;

typedef struct Call {
    Str name;
    uint32_t arg_count;
    Oid types[ARGS_MAX];
    Datum values[ARGS_MAX];
    /* Of aggregates and window functions: the rows of an argument in braces; else NULL. */
    Datum *rows[ARGS_MAX];
    uint32_t row_count;
    Oid order_type; /* 0: no OVER */
    Datum *order;
} Call;

/* ---- Reading a line */

static void skip_space(Str *s)
{
    while (s->bytes && (*s->data == ' ' || *s->data == '\t')) *s = str_slice(*s, 1, s->bytes);
}

static bool take(Str *s, char c)
{
    skip_space(s);
    if (!s->bytes || *s->data != c) return false;
    *s = str_slice(*s, 1, s->bytes);
    return true;
}

static void need(Str *s, char c)
{
    if (!take(s, c))
        raise_error(SQLSTATE_SYNTAX_ERROR, "expected '%c' before: %.*s", c, STR_ARG(*s));
}

static Str take_word(Runner *r, Str *s)
{
    StrBuilder word = str_builder(r->arena, 32);
    skip_space(s);
    if (take(s, '"')) {
        while (s->bytes && *s->data != '"') {
            str_add_char(&word, *s->data);
            *s = str_slice(*s, 1, s->bytes);
        }
        need(s, '"');
        return str_done(&word);
    }
    while (s->bytes && strchr("(),:= ", *s->data) == NULL) {
        str_add_char(&word, *s->data);
        *s = str_slice(*s, 1, s->bytes);
    }
    return str_done(&word);
}

/* 'it''s' or E'a\nb' (only \n and \\ are escapes). */
static Str take_literal(Runner *r, Str *s)
{
    StrBuilder text = str_builder(r->arena, 32);
    const bool escapes = take(s, 'E');
    need(s, '\'');
    for (;;) {
        if (!s->bytes) raise_error(SQLSTATE_SYNTAX_ERROR, "a literal is not closed");
        char c = *s->data;
        *s = str_slice(*s, 1, s->bytes);
        if (c == '\'' && s->bytes && *s->data == '\'') {
            *s = str_slice(*s, 1, s->bytes);
        } else if (c == '\'') {
            return str_done(&text);
        } else if (c == '\\' && escapes && s->bytes) {
            c = *s->data == 'n' ? '\n' : *s->data;
            *s = str_slice(*s, 1, s->bytes);
        }
        str_add_char(&text, c);
    }
}

static Datum read_value(Runner *r, Str *s, Str *text)
{
    skip_space(s);
    const bool null = str_starts(*s, STR("NULL"));
    *text = STR("");
    if (null)
        *s = str_slice(*s, 4, s->bytes);
    else
        *text = take_literal(r, s);
    return (Datum){.null = null};
}

static Oid read_type(Runner *r, Str *s)
{
    need(s, ':');
    need(s, ':');
    const Str type_name = take_word(r, s);
    const BuiltinType *row = builtin_type_named(type_name);
    if (!row)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "type \"%.*s\" does not exist", STR_ARG(type_name));
    return row->oid;
}

static void parse_value(Runner *r, Oid type, Str text, Datum *datum)
{
    if (datum->null) return;
    const TypeCall call = {type_get(&r->env, type), &r->env, r->arena, -1, 0};
    InputError err = {.arena = r->arena};
    if (!type_parse(&call, text, &datum->value, &err)) input_error_raise(&err);
}

/* What follows the brace of {'a', NULL, 'c'}::type; all lists of a call are of one length. */
static Datum *read_rows(Runner *r, Str *s, Call *call, Oid *type)
{
    Datum *rows = ARENA_ARRAY(r->arena, Datum, ROWS_MAX);
    Str *texts = ARENA_ARRAY(r->arena, Str, ROWS_MAX);
    uint32_t count = 0;
    if (!take(s, '}')) {
        do rows[count] = read_value(r, s, &texts[count]);
        while (++count < ROWS_MAX && take(s, ','));
        need(s, '}');
    }
    *type = read_type(r, s);
    for (uint32_t i = 0; i < count; i++) parse_value(r, *type, texts[i], &rows[i]);
    call->row_count = count;
    return rows;
}

static void read_argument(Runner *r, Str *s, Call *call)
{
    if (call->arg_count == ARGS_MAX) raise_error(SQLSTATE_TOO_MANY_ARGUMENTS, "too many arguments");
    const uint32_t i = call->arg_count++;
    Str text;
    if (take(s, '{')) {
        call->rows[i] = read_rows(r, s, call, &call->types[i]);
        return;
    }
    call->values[i] = read_value(r, s, &text);
    call->types[i] = read_type(r, s);
    parse_value(r, call->types[i], text, &call->values[i]);
}

/* ---- Finding the function */

static bool argument_fits(Oid declared, Oid actual)
{
    if (declared == actual) return true;
    const BuiltinType *type = builtin_type(declared);
    const BuiltinType *given = builtin_type(actual);
    if (type->kind != 'p' || declared == OID_CSTRING || declared == OID_RECORD) return false;
    const bool is_array = given->category == 'A';
    if (declared == OID_ANYARRAY || declared == OID_ANYCOMPATIBLEARRAY) return is_array;
    if (declared == OID_ANYNONARRAY || declared == OID_ANYCOMPATIBLENONARRAY) return !is_array;
    if (declared == OID_ANYRANGE || declared == OID_ANYCOMPATIBLERANGE) return given->kind == 'r';
    if (declared == OID_ANYMULTIRANGE || declared == OID_ANYCOMPATIBLEMULTIRANGE)
        return given->kind == 'm';
    if (declared == OID_ANYENUM) return given->kind == 'e';
    return declared == OID_ANY || declared == OID_ANYELEMENT || declared == OID_ANYCOMPATIBLE;
}

static bool function_fits(const BuiltinFunction *f, const Call *call)
{
    const uint32_t fixed = f->variadic ? f->arg_count - 1u : f->arg_count;
    if (f->variadic ? call->arg_count < fixed : call->arg_count != fixed) return false;
    for (uint32_t i = 0; i < call->arg_count; i++)
        if (!argument_fits(i < fixed ? f->args[i] : f->variadic, call->types[i])) return false;
    return true;
}

static const BuiltinFunction *find_function(const Call *call)
{
    const BuiltinFunction *exact = builtin_function_exact(call->name, call->types, call->arg_count);
    if (exact && !exact->variadic) return exact;
    uint32_t first;
    const uint32_t count = builtin_functions_named(call->name, &first);
    for (uint32_t i = first; i < first + count; i++) {
        const BuiltinFunction *f = &builtins.functions[builtins.functions_by_name[i]];
        if (function_fits(f, call)) return f;
    }
    raise_error(SQLSTATE_UNDEFINED_FUNCTION, "no function %.*s with these arguments",
                STR_ARG(call->name));
}

/* What a polymorphic result is when an argument is a range or multirange; 0: it is none of the kind. */
static Oid of_range(Oid result, const BuiltinType *given)
{
    for (uint32_t i = 0; i < builtins.ranges_count; i++) {
        const BuiltinRange *range = &builtins.ranges[i];
        if (given->oid != range->type && given->oid != range->multirange) continue;
        return result == OID_ANYRANGE        ? range->type
               : result == OID_ANYMULTIRANGE ? range->multirange
                                             : range->subtype;
    }
    return 0;
}

/* The actual result type of a polymorphic function, from its arguments. */
static Oid result_type(const BuiltinFunction *f, const Call *call)
{
    const BuiltinType *result = builtin_type(f->result);
    if (f->shape == FN_SHAPE_TYPE_INPUT || result->kind != 'p' || f->result == OID_CSTRING ||
        f->result == OID_VOID || f->result == OID_RECORD)
        return f->result;
    for (uint32_t i = 0; i < f->arg_count; i++) {
        const BuiltinType *given = builtin_type(call->types[i]);
        const bool wants_array = f->result == OID_ANYARRAY || f->result == OID_ANYCOMPATIBLEARRAY;
        if (f->args[i] == f->result) return given->oid;
        if (builtin_type(f->args[i])->kind != 'p') continue;
        if (of_range(f->result, given)) return of_range(f->result, given);
        if (wants_array && given->category != 'A') return given->array;
        if (!wants_array && given->category == 'A') return given->element;
        return given->oid;
    }
    return f->result;
}

/* ---- Calling */

static void print_escaped(Runner *r, Str text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] == '\\')
            str_add(&r->out, STR("\\\\"));
        else if (text.data[i] == '\n')
            str_add(&r->out, STR("\\n"));
        else
            str_add_char(&r->out, text.data[i]);
    }
}

static Str datum_text(Runner *r, Oid type, const Datum *datum)
{
    if (datum->null) return STR("NULL");
    const TypeCall call = {type_get(&r->env, type), &r->env, r->arena, -1, 0};
    return str_copy(r->arena, type_print(&call, &datum->value));
}

static Phys phys_of(Runner *r, Oid type)
{
    return type_get(&r->env, type)->phys;
}

/* Argument vectors of BATCH equal rows in the given form; form 3: flat with a null bit in a row that is not
 * selected. */
static void make_arguments(Runner *r, const Call *call, int form, Vector *vectors)
{
    static const uint16_t indexes[BATCH] = {1, 0, 1, 1, 0};
    for (uint32_t i = 0; i < call->arg_count; i++) {
        const Phys phys = phys_of(r, call->types[i]);
        if (form == 0) {
            vector_init_constant(&vectors[i], r->arena, call->types[i], phys, &call->values[i]);
            continue;
        }
        Vector *flat = form == 2 ? ARENA_NEW(r->arena, Vector) : &vectors[i];
        vector_init_flat(flat, r->arena, call->types[i], phys, BATCH);
        for (uint32_t row = 0; row < BATCH; row++)
            vector_set(flat, r->arena, row, &call->values[i]);
        if (form == 2) vector_init_dictionary(&vectors[i], flat, indexes, 2);
        if (form == 3) {
            vector_need_nulls(flat, r->arena);
            flat->nulls[0] |= 2;
        }
    }
}

typedef struct Attempt {
    Runner *runner;
    Fn fn;
    const BuiltinFunction *function;
    const Call *call;
    int form;
    Str text;
} Attempt;

static void attempt_vector(void *arg)
{
    Attempt *a = arg;
    Runner *r = a->runner;
    static const uint16_t selected[3] = {0, 2, 4};
    Vector vectors[ARGS_MAX], result;
    make_arguments(r, a->call, a->form, vectors);
    const Phys phys = phys_of(r, a->fn.result_type);
    vector_init_flat(&result, r->arena, a->fn.result_type, phys, BATCH);
    const bool some = a->form >= 2;
    const Selection selection = {some ? selected : NULL, some ? 3 : a->form == 0 ? 1 : BATCH};
    a->function->vector(&a->fn, vectors, selection, &result);
    const Datum first = vector_get(&result, 0);
    a->text = datum_text(r, a->fn.result_type, &first);
    for (uint32_t i = 1; i < selection.count; i++) {
        const Datum datum = vector_get(&result, some ? selected[i] : i);
        const Str text = datum_text(r, a->fn.result_type, &datum);
        if (!(a->function->flags & (STABLE | IMMUTABLE))) continue;
        if (!str_equal(text, a->text))
            raise_error(SQLSTATE_INTERNAL_ERROR, "row %u differs: %.*s", i, STR_ARG(text));
    }
}

static void attempt_set(void *arg)
{
    Attempt *a = arg;
    Runner *r = a->runner;
    const bool is_record = a->fn.result_type == OID_RECORD && a->function->modes;
    Oid types[ARGS_MAX];
    uint32_t columns = 0;
    for (uint32_t i = 0; is_record && i < a->function->all_arg_count; i++)
        if (strchr("obt", a->function->modes[i])) types[columns++] = a->function->all_args[i];
    if (!is_record) types[columns++] = a->fn.result_type;
    FnSet set = {.arena = r->arena, .column_count = columns, .column_types = types};
    StrBuilder out = str_builder(r->arena, 64);
    for (uint32_t i = 0; a->function->flags & STRICT && i < a->call->arg_count; i++)
        set.done |= a->call->values[i].null;
    for (uint32_t total = 0; !set.done && total < ROWS_MAX;) {
        Vector vectors[ARGS_MAX];
        for (uint32_t i = 0; i < columns; i++)
            vector_init_flat(&vectors[i], r->arena, types[i], phys_of(r, types[i]), BATCH);
        const uint32_t rows = a->function->set(&a->fn, &set, a->call->values, vectors, BATCH);
        for (uint32_t row = 0; row < rows; row++, total++) {
            if (total) str_add(&out, STR(" | "));
            if (is_record) str_add_char(&out, '(');
            for (uint32_t i = 0; i < columns; i++) {
                const Datum datum = vector_get(&vectors[i], row);
                if (i) str_add_char(&out, ',');
                if (!is_record || !datum.null) str_add(&out, datum_text(r, types[i], &datum));
            }
            if (is_record) str_add_char(&out, ')');
        }
    }
    a->text = str_done(&out);
}

static Str error_text(Runner *r, const Error *error)
{
    char code[6];
    StrBuilder out = str_builder(r->arena, 64);
    sqlstate_print(error->code, code);
    str_add_format(&out, "ERROR: %s %.*s", code, STR_ARG(error->message));
    if (error->detail.bytes || error->hint.bytes)
        str_add_format(&out, " | %.*s | %.*s", STR_ARG(error->detail), STR_ARG(error->hint));
    return str_done(&out);
}

/* ---- Aggregates */

typedef enum AggregateForm {
    AGGREGATE_ONE,      /* update_one over flat vectors */
    AGGREGATE_SELECTED, /* the same over dictionaries and a selection */
    AGGREGATE_MANY,     /* update with a pointer a row */
    AGGREGATE_COMBINED, /* two states of half the rows each, the second spilled and read back */
    AGGREGATE_REMOVED,  /* all rows twice, then once out again */
    AGGREGATE_FORMS,
} AggregateForm;

static int aggregate_forms(const BuiltinFunction *f, const Call *call)
{
    const bool is_float = call->arg_count &&
                          (call->types[0] == OID_FLOAT4 || call->types[0] == OID_FLOAT8);
    return f->aggregate->combine && !is_float ? AGGREGATE_FORMS : AGGREGATE_COMBINED;
}

static bool is_rows(const Call *call, uint32_t arg)
{
    return call->rows[arg] != NULL;
}

/* A vector of the rows of an argument, or of a literal that is the same for each. */
static void rows_vector(Runner *r, const Call *call, uint32_t arg, bool dictionary, Vector *vector)
{
    const Phys phys = phys_of(r, call->types[arg]);
    if (!is_rows(call, arg)) {
        vector_init_constant(vector, r->arena, call->types[arg], phys, &call->values[arg]);
        return;
    }
    Vector *flat = dictionary ? ARENA_NEW(r->arena, Vector) : vector;
    const uint32_t n = MAX(call->row_count, 1u);
    vector_init_flat(flat, r->arena, call->types[arg], phys, n * 2);
    for (uint32_t row = 0; row < call->row_count; row++)
        vector_set(flat, r->arena, dictionary ? n - 1 - row : row, &call->rows[arg][row]);
    if (!dictionary) return;
    uint16_t *indexes = ARENA_ARRAY(r->arena, uint16_t, n * 2);
    for (uint32_t row = 0; row < n; row++) indexes[row * 2] = (uint16_t)(n - 1 - row);
    vector_init_dictionary(vector, flat, indexes, n);
}

/* How row `row` stands to the hypothetical one: ascending, NULLs last. */
static int16_t hypothetical_sign(Runner *r, const Call *call, uint32_t columns, uint32_t row)
{
    for (uint32_t i = 0; i < columns; i++) {
        const Datum *a = &call->rows[columns + i][row], *b = &call->values[i];
        if (a->null != b->null) return a->null ? 1 : -1;
        if (a->null) continue;
        const TypeCall type = {type_get(&r->env, call->types[i]), &r->env, r->arena, -1, 0};
        const int order = type_compare(&type, &a->value, &b->value);
        if (order) return (int16_t)order;
    }
    return 0;
}

typedef struct AggregateRun {
    const Aggregate *aggregate;
    Vector vectors[ARGS_MAX + 1];
    uint16_t rows[ROWS_MAX * 2];
    uint32_t count;
} AggregateRun;

/* Rows [from, to) into the state. */
static void add_rows(Attempt *a, AggregateRun *run, void *state, uint32_t from, uint32_t to)
{
    uint16_t selected[ROWS_MAX];
    void *states[ROWS_MAX];
    Selection selection = {selected, 0};
    const uint32_t stride = a->form == AGGREGATE_SELECTED ? 2 : 1;
    for (uint32_t row = from; row < to; row++) {
        bool skip = false;
        for (uint32_t i = 0; i < a->fn.arg_count && run->aggregate->skips_nulls; i++)
            skip |= vector_is_null(&run->vectors[i], row * stride);
        states[selection.count] = state;
        if (!skip) selected[selection.count++] = (uint16_t)(row * stride);
    }
    if (selection.count == to && from == 0 && stride == 1) selection.rows = NULL;
    if (a->form == AGGREGATE_MANY || !run->aggregate->update_one)
        run->aggregate->update(&a->fn, states, run->vectors, selection);
    else
        run->aggregate->update_one(&a->fn, state, run->vectors, selection);
}

static bool remove_rows(Attempt *a, AggregateRun *run, void *state)
{
    uint16_t selected[ROWS_MAX];
    Selection selection = {selected, 0};
    for (uint32_t row = 0; row < a->call->row_count; row++) {
        bool skip = false;
        for (uint32_t i = 0; i < a->fn.arg_count && run->aggregate->skips_nulls; i++)
            skip |= vector_is_null(&run->vectors[i], row);
        if (!skip) selected[selection.count++] = (uint16_t)row;
    }
    return run->aggregate->remove && run->aggregate->remove(&a->fn, state, run->vectors, selection);
}

static void *new_state(Attempt *a, const Aggregate *aggregate)
{
    return arena_alloc_zero(a->runner->arena, aggregate->state_bytes);
}

/* Out to bytes and back. */
static void *spilled(Attempt *a, const Aggregate *aggregate, void *state)
{
    void *back = new_state(a, aggregate);
    if (!aggregate->store) {
        memcpy(back, state, aggregate->state_bytes);
        return back;
    }
    StrBuilder out = str_builder(a->runner->arena, 64);
    aggregate->store(&a->fn, state, &out);
    aggregate->load(&a->fn, back, str_done(&out));
    return back;
}

static void *fill_state(Attempt *a, AggregateRun *run)
{
    const Aggregate *aggregate = run->aggregate;
    void *state = new_state(a, aggregate);
    const uint32_t n = a->call->row_count, half = a->form == AGGREGATE_COMBINED ? n / 2 : n;
    add_rows(a, run, state, 0, half);
    if (a->form == AGGREGATE_COMBINED) {
        void *second = new_state(a, aggregate);
        add_rows(a, run, second, half, n);
        aggregate->combine(&a->fn, state, spilled(a, aggregate, second));
    }
    if (a->form == AGGREGATE_REMOVED && aggregate->remove) {
        add_rows(a, run, state, 0, n);
        if (!remove_rows(a, run, state)) {
            state = new_state(a, aggregate);
            add_rows(a, run, state, 0, n);
        }
    }
    return state;
}

static void attempt_aggregate(void *arg)
{
    Attempt *a = arg;
    Runner *r = a->runner;
    const Call *call = a->call;
    AggregateRun *run = ARENA_NEW(r->arena, AggregateRun);
    const char kind = builtin_aggregate(a->function->oid)->kind;
    uint32_t direct = 0;
    run->aggregate = a->function->aggregate;
    while (kind != 'n' && direct < call->arg_count && !is_rows(call, direct)) direct++;
    a->fn.arg_count = call->arg_count - direct;
    a->fn.arg_types = call->types + direct;
    for (uint32_t i = direct; i < call->arg_count; i++)
        rows_vector(r, call, i, a->form == AGGREGATE_SELECTED, &run->vectors[i - direct]);
    if (kind == 'h') {
        Vector *signs = &run->vectors[a->fn.arg_count];
        vector_init_flat(signs, r->arena, OID_INT2, PHYS_I16, MAX(call->row_count, 1u) * 2);
        for (uint32_t row = 0; row < call->row_count; row++)
            ((int16_t *)signs->data)[a->form == AGGREGATE_SELECTED ? row * 2 : row] =
                hypothetical_sign(r, call, direct, row);
    }
    void *state = fill_state(a, run);
    const Datum result = run->aggregate->finish(&a->fn, state, call->values);
    a->text = datum_text(r, a->fn.result_type, &result);
}

/* ---- Window functions */

static Datum window_value(WindowFrame *frame, uint32_t arg, int64_t row)
{
    const Call *call = frame->arg;
    return is_rows(call, arg) ? call->rows[arg][row] : call->values[arg];
}

/* Peers, and the frame up to the last of them. Without OVER (...) all rows are peers. */
static void set_frame(Runner *r, const Call *call, WindowFrame *frame)
{
    frame->peers_from = frame->row;
    frame->peers_to = frame->row + 1;
    for (; frame->peers_from > 0; frame->peers_from--) {
        if (!call->order_type) continue;
        const TypeCall type = {type_get(&r->env, call->order_type), &r->env, r->arena, -1, 0};
        const Datum *a = &call->order[frame->peers_from - 1], *b = &call->order[frame->row];
        if (a->null != b->null || (!a->null && type_compare(&type, &a->value, &b->value))) break;
    }
    for (; frame->peers_to < frame->row_count; frame->peers_to++) {
        if (!call->order_type) continue;
        const TypeCall type = {type_get(&r->env, call->order_type), &r->env, r->arena, -1, 0};
        const Datum *a = &call->order[frame->peers_to], *b = &call->order[frame->row];
        if (a->null != b->null || (!a->null && type_compare(&type, &a->value, &b->value))) break;
    }
    frame->from = 0;
    frame->to = frame->peers_to;
}

static void attempt_window(void *arg)
{
    Attempt *a = arg;
    Runner *r = a->runner;
    const Call *call = a->call;
    const WindowFunction *window = a->function->window;
    void *state = arena_alloc_zero(r->arena, window->state_bytes);
    WindowFrame frame = {.row_count = call->row_count,
                         .first = true,
                         .value = window_value,
                         .arg = (void *)(uintptr_t)call};
    StrBuilder out = str_builder(r->arena, 64);
    for (; frame.row < frame.row_count; frame.row++) {
        Datum args[ARGS_MAX];
        set_frame(r, call, &frame);
        for (uint32_t i = 0; i < call->arg_count; i++) args[i] = window_value(&frame, i, frame.row);
        const Datum result = window->call(&a->fn, state, &frame, args);
        if (frame.row) str_add(&out, STR(" | "));
        str_add(&out, datum_text(r, a->fn.result_type, &result));
        frame.first = false;
    }
    a->text = str_done(&out);
}

static void run_call(Runner *r, const Call *call)
{
    const BuiltinFunction *f = find_function(call);
    Attempt attempt = {.runner = r, .function = f, .call = call};
    void (*const body)(void *) = f->shape == FN_SHAPE_SET         ? attempt_set
                                 : f->shape == FN_SHAPE_AGGREGATE ? attempt_aggregate
                                 : f->shape == FN_SHAPE_WINDOW    ? attempt_window
                                                                  : attempt_vector;
    Str texts[AGGREGATE_FORMS];
    const int forms = body == attempt_aggregate ? aggregate_forms(f, call)
                      : body == attempt_vector && (f->flags & (STABLE | IMMUTABLE)) ? 4
                                                                                    : 1;
    for (int form = 0; form < forms; form++) {
        Error *error = NULL;
        attempt.form = form;
        attempt.fn = (Fn){.arena = r->arena,
                          .site = r->arena,
                          .env = &r->env,
                          .function = f,
                          .result_typmod = -1,
                          .collation = COLLATION_DEFAULT,
                          .result_type = result_type(f, call),
                          .arg_types = call->types,
                          .arg_count = call->arg_count};
        const bool ok = error_catch(body, &attempt, r->arena, &error);
        texts[form] = ok ? attempt.text : error_text(r, error);
        if (!ok && attempt.fn.row != 0 && body == attempt_vector)
            texts[form] = str_format(r->arena, "raised at row %u", attempt.fn.row);
        if ((f->flags & (STABLE | IMMUTABLE)) && !str_equal(texts[0], texts[form]))
            texts[0] = str_format(r->arena, "FORMS DIFFER: %.*s / form %d: %.*s", STR_ARG(texts[0]),
                                  form, STR_ARG(texts[form]));
    }
    print_escaped(r, texts[0]);
}

/* ---- Settings */

static void apply_setting(Runner *r, Str name, Str text)
{
    for (uint32_t i = 0; i < SETTING_COUNT; i++) {
        const SettingMeta *meta = &setting_metas[i];
        char *field = (char *)&r->settings + meta->offset;
        if (!str_equal_ascii_nocase(str_from(meta->name), name)) continue;
        int64_t number;
        if (meta->type == SETTING_STRING) {
            *(Str *)field = str_copy(r->env.stmt, text);
        } else if (meta->type == SETTING_BOOL) {
            *(bool *)field = str_equal(text, STR("on"));
        } else if (meta->type == SETTING_INTEGER && str_to_i64(text, &number)) {
            *(int32_t *)field = (int32_t)number;
        } else if (meta->type == SETTING_ENUM) {
            for (int32_t value = 0; meta->values[value]; value++)
                if (str_equal_ascii_nocase(str_from(meta->values[value]), text))
                    *(int32_t *)field = value;
        }
    }
}

static bool contains(Str text, const char *part)
{
    size_t at;
    return str_find(text, str_from(part), &at);
}

static void apply_derived(Runner *r)
{
    const Str style = r->settings.datestyle;
    r->env.date_style = contains(style, "SQL")        ? DATE_STYLE_SQL
                        : contains(style, "Postgres") ? DATE_STYLE_POSTGRES
                        : contains(style, "German")   ? DATE_STYLE_GERMAN
                                                      : DATE_STYLE_ISO;
    r->env.date_order = contains(style, "YMD")   ? DATE_ORDER_YMD
                        : contains(style, "DMY") ? DATE_ORDER_DMY
                                                 : DATE_ORDER_MDY;
    r->env.time_zone = time_zone_find(r->env.time_zones, r->env.stmt, r->settings.timezone);
}

/* ---- A catalog of one role, as the oracle has it */

enum { ROLE_POSTGRES = 10 };

static bool find_name(void *arg, FnNameKind kind, Str text, Oid *oid, InputError *err)
{
    (void)arg;
    const Str name = str_trim(text, "\"");
    if (kind != FN_NAME_ROLE)
        return input_error(err, SQLSTATE_FEATURE_NOT_SUPPORTED,
                           "names cannot be looked up without a catalog");
    if (!str_equal(name, STR("postgres")))
        return input_error(err, SQLSTATE_UNDEFINED_OBJECT, "role \"%.*s\" does not exist",
                           STR_ARG(name));
    *oid = ROLE_POSTGRES;
    return true;
}

static bool print_name(void *arg, FnNameKind kind, Oid oid, Arena *arena, Str *name)
{
    (void)arg;
    (void)arena;
    *name = STR("postgres");
    return kind == FN_NAME_ROLE && oid == ROLE_POSTGRES;
}

static void run_line(void *arg)
{
    Runner *r = arg;
    Str s = r->line;
    if (str_starts(s, STR("SET "))) {
        s = str_slice(s, 4, s.bytes);
        const Str name = take_word(r, &s);
        need(&s, '=');
        skip_space(&s);
        apply_setting(r, name, s.bytes && *s.data == '\'' ? take_literal(r, &s) : s);
        apply_derived(r);
        return;
    }
    Call *call = ARENA_NEW(r->arena, Call);
    call->name = take_word(r, &s);
    need(&s, '(');
    if (!take(&s, ')')) {
        do read_argument(r, &s, call);
        while (take(&s, ','));
        need(&s, ')');
    }
    skip_space(&s);
    if (str_starts(s, STR("over"))) {
        s = str_slice(s, 4, s.bytes);
        need(&s, '(');
        need(&s, '{');
        call->order = read_rows(r, &s, call, &call->order_type);
        need(&s, ')');
    }
    run_call(r, call);
}

static void run(Runner *r, char *line)
{
    while (fgets(line, LINE_BYTES_MAX, stdin)) {
        Error *error = NULL;
        r->line = str_trim(str_from(line), "\n");
        if (!r->line.bytes || r->line.data[0] == '#') continue;
        r->out = str_builder(r->arena, 256);
        if (!error_catch(run_line, r, r->arena, &error)) print_escaped(r, error_text(r, error));
        if (!str_starts(r->line, STR("SET "))) {
            const Str text = str_peek(&r->out);
            fwrite(text.data, 1, text.bytes, stdout);
            putchar('\n');
        }
        arena_reset(r->arena);
    }
}

int main(void)
{
    static const FnCalls calls = {.name_find = find_name, .name_print = print_name};
    static char line[LINE_BYTES_MAX];
    (void)setvbuf(stdout, NULL, _IOLBF, 0); /* the last answer tells where a call brought it down */
    Account *account = account_new(NULL, "call_runner", MEMORY_MAX);
    Os *os;
    if (os_real_new(account, &os) != OK) return 1;
    Runner r = {.arena = arena_new(account, "line"), .settings = settings_boot};
    r.env = (FnEnv){.settings = &r.settings,
                    .random = &r.random,
                    .calls = &calls,
                    .stmt = arena_new(account, "run"),
                    .encoding = 6};
    r.env.time_zones = time_zones_new(r.env.stmt);
    random_seed(&r.random, 1);
    apply_derived(&r);
    run(&r, line);
    arena_drop(r.arena);
    arena_drop(r.env.stmt);
    os_real_release(os);
    account_drop(account);
    return 0;
}
