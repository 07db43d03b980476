/* SPDX-License-Identifier: Apache-2.0 */
/* setcall.c - the run-time side of FnSet (base/fn.h). */
#include "exec/setcall.h"

#include "base/builtins.h"
#include "base/task.h"
#include "base/oids.h"
#include "bind/bind.h"
#include "exec/ops.h"
#include "exec/rowstore.h"
#include "exec/spill.h"
#include "type/record.h"

struct SetCall {
    Exec *exec;
    const BuiltinFunction *function; /* NULL: `single` is evaluated, or `callee` is called */
    FnCallee callee;                 /* a set-returning function that is not built in; 0: none */
    bool strict;
    const Type *
        row; /* its rows (or the single value) are rows of these columns; NULL: values as they are */
    RowStore *rows; /* the callee's */
    RowReader *reader;
    uint32_t row_at;
    /* A built-in function of several columns whose rows are wanted as one value: the columns. */
    const Type **packed;
    Oid *packed_types;
    uint32_t packed_count;
    ExprState *args, *single;
    uint32_t arg_count;
    Vector *arg_vectors;
    Datum *values;
    Arena *arena; /* the arguments and the set */
    Fn fn;
    FnSet set;
    RowShape columns;
    bool none; /* STRICT with a NULL: no rows */
    bool given;
};

static const QExprList *call_args(const QExpr *call, Oid *function, Oid *collation, bool *variadic)
{
    if (call->kind == Q_OP_CALL) {
        const QOpCall *op = Q_AS(OpCall, call);
        *function = op->function;
        *collation = op->input_collation;
        *variadic = false;
        return &op->args;
    }
    const QFuncCall *func = Q_AS(FuncCall, call);
    *function = func->function;
    *collation = func->input_collation;
    *variadic = func->variadic;
    return &func->args;
}

/* The row type whose columns are asked for one by one; NULL: the value itself is the column. */
static const Type *row_type(const FnEnv *env, const QExpr *expr, const RowShape *columns)
{
    const Type *type = type_get(env, expr->type);
    while (type->kind == 'd') type = type_get(env, type->base);
    if (type->kind != 'c' && type->oid != OID_RECORD) return NULL;
    return columns->count == 1 && columns->types[0] == expr->type ? NULL : type;
}

/* The columns of a built-in function's rows where a row is to be one value (SELECT f()). */
static void open_packed(SetCall *call, Exec *exec, const QExpr *expr, Oid function)
{
    const CatFunction *known = cat_function(exec->options.view, function);
    if (expr->type != OID_RECORD || call->columns.count != 1 ||
        call->columns.types[0] != OID_RECORD || !known || !known->modes)
        return;
    call->packed = ARENA_ARRAY(exec->arena, const Type *, known->all_arg_count);
    call->packed_types = ARENA_ARRAY(exec->arena, Oid, known->all_arg_count);
    for (uint32_t i = 0; i < known->all_arg_count; i++) {
        if (known->modes[i] != 'o' && known->modes[i] != 't' && known->modes[i] != 'b') continue;
        call->packed_types[call->packed_count] = known->all_args[i];
        call->packed[call->packed_count++] = type_get(exec->options.env, known->all_args[i]);
    }
}

/* Where the rows of a function that is not built in wait. */
static void keep_rows(SetCall *call, Oid type)
{
    Exec *exec = call->exec;
    const uint8_t phys = (uint8_t)type_get(exec->options.env, type)->phys;
    const RowShape shape = {1, arena_copy(exec->arena, &type, sizeof type),
                            arena_copy(exec->arena, &phys, sizeof phys)};
    call->rows = rows_new(exec->arena, &shape);
    rows_spill_to(call->rows, spill_open(exec), spill_budget(exec, false));
    call->reader = reader_new(call->rows, exec->arena, 1);
}

SetCall *set_call_open(Exec *exec, QExpr *expr, const RowShape *columns)
{
    SetCall *call = ARENA_NEW(exec->arena, SetCall);
    Oid function = 0, collation = 0;
    bool variadic = false;
    call->exec = exec;
    call->columns = *columns;
    call->arena = arena_new_child(exec->arena, "set-returning function");
    const bool is_call = expr->kind == Q_FUNC_CALL || expr->kind == Q_OP_CALL;
    const QExprList *args = is_call ? call_args(expr, &function, &collation, &variadic) : NULL;
    call->function = is_call ? builtin_function(function) : NULL;
    call->row = row_type(exec->options.env, expr, columns);
    /* A built-in one that gives the columns of its rows itself, and not rows as values. */
    if (call->function && call->function->shape == FN_SHAPE_SET &&
        !bind_is_polymorphic(call->function->result))
        call->row = NULL;
    const bool returns_set = (expr->kind == Q_FUNC_CALL && Q_AS(FuncCall, expr)->returns_set) ||
                             (expr->kind == Q_OP_CALL && Q_AS(OpCall, expr)->returns_set);
    const bool elsewhere = is_call && returns_set &&
                           (!call->function || call->function->shape == FN_SHAPE_SQL);
    if (!elsewhere && (!call->function || call->function->shape != FN_SHAPE_SET)) {
        call->function = NULL;
        call->single = exec__program(exec, &expr, 1);
        return call;
    }
    Oid *types = ARENA_ARRAY(exec->arena, Oid, args->count);
    for (uint32_t i = 0; i < args->count; i++) types[i] = args->items[i]->type;
    call->args = exec__program(exec, args->items, args->count);
    call->arg_count = args->count;
    if (elsewhere) {
        const CatFunction *known = cat_function(exec->options.view, function);
        call->function = NULL;
        call->strict = known && known->strict;
        call->callee = (FnCallee){.function = function,
                                  .collation = collation,
                                  .result_type = expr->type,
                                  .arg_types = types,
                                  .arg_count = args->count};
        keep_rows(call, expr->type);
    } else {
        call->strict = (call->function->flags & STRICT) != 0;
    }
    if (call->function && !call->row) open_packed(call, exec, expr, function);
    call->arg_vectors = ARENA_ARRAY(exec->arena, Vector, args->count);
    call->values = ARENA_ARRAY(exec->arena, Datum, args->count);
    call->fn = (Fn){.arena = call->arena,
                    .site = exec->arena,
                    .env = exec->options.env,
                    .function = call->function,
                    .collation = collation,
                    .result_type = expr->type,
                    .result_typmod = expr->typmod,
                    .arg_types = types,
                    .arg_count = args->count,
                    .variadic = variadic};
    return call;
}

static void take_rows(void *arg, const Vector *values, Selection rows)
{
    rows_append(arg, values, rows);
}

static void run_callee(SetCall *call)
{
    const FnEnv *env = call->exec->options.env;
    const FnRows taker = {take_rows, call->rows};
    rows_clear(call->rows);
    call->row_at = 0;
    if (!call->none) env->calls->call_set(env->calls_arg, &call->callee, call->values, &taker);
}

void set_call_start(SetCall *call, const Batch *batch, uint32_t row)
{
    const Batch *input = batch ? batch : &exec__one_row;
    const uint16_t at = (uint16_t)row;
    const bool has_args = call->single == NULL;
    ExprState *program = has_args ? call->args : call->single;
    Vector single;
    Vector *vectors = has_args ? call->arg_vectors : &single;
    arena_reset(call->arena);
    call->given = call->none = false;
    if (!call->values) call->values = ARENA_ARRAY(call->exec->arena, Datum, 1);
    if (expr_eval(program, &input, 1, (Selection){&at, 1}, vectors) == 0) expr_raise(program);
    const uint32_t count = has_args ? call->arg_count : 1;
    for (uint32_t i = 0; i < count; i++) {
        call->values[i] = vector_get(&vectors[i], row);
        if (call->values[i].null)
            call->none |= has_args && call->strict;
        else
            call->values[i].value = value_copy(call->arena, (Phys)vectors[i].phys,
                                               call->values[i].value);
    }
    if (call->callee.function) run_callee(call);
    call->set = (FnSet){.arena = call->arena,
                        .column_count = call->columns.count,
                        .column_types = call->columns.types,
                        .done = call->none};
}

/* A function that returns one row returns it always: NULLs where it has nothing to tell. */
static uint32_t one_row(SetCall *call, Vector *columns, Arena *arena, bool *done)
{
    const Datum null = {.null = true};
    *done = true;
    if (call->given) return 0;
    call->given = true;
    call->fn.arena = arena;
    call->fn.row = 0;
    if (!call->none && call->function->set(&call->fn, &call->set, call->values, columns, 1) == 1)
        return 1;
    for (uint32_t i = 0; i < call->columns.count; i++) vector_set(&columns[i], arena, 0, &null);
    return 1;
}

static _Noreturn void refuse_row(const char *format, ...) PRINTF_LIKE(1, 2);
static _Noreturn void refuse_row(const char *format, ...)
{
    Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
    error_message(error, "function return row and query-specified return row do not match");
    va_list args;
    va_start(args, format);
    char text[160];
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    error_raise(error_detail(error, "%s", text));
}

static Str type_text(const FnEnv *env, Arena *arena, Oid type)
{
    return env->calls->type_name(env->calls_arg, arena, type, -1);
}

/* A value as a row of the columns: its fields, or itself. */
static void put_row(const SetCall *call, Vector *columns, Arena *arena, uint32_t at, Datum value)
{
    if (!call->row) {
        vector_set(&columns[0], arena, at, &value);
        return;
    }
    const Datum null = {.null = true};
    if (value.null) {
        for (uint32_t c = 0; c < call->columns.count; c++)
            vector_set(&columns[c], arena, at, &null);
        return;
    }
    const FnEnv *env = call->exec->options.env;
    const RecordView view = record_view_or_raise(strview_str(&value.value.str));
    if (call->row->oid == OID_RECORD && view.count != call->columns.count)
        refuse_row("Returned row contains %u attribute%s, but query expects %u.", view.count,
                   view.count == 1 ? "" : "s", call->columns.count);
    for (uint32_t c = 0; c < call->columns.count; c++) {
        const Oid stored = record_column_type(&view, c), wanted = call->columns.types[c];
        if (stored && wanted && stored != wanted)
            refuse_row("Returned type %.*s at ordinal position %u, but query expects %.*s.",
                       STR_ARG(type_text(env, arena, stored)), c + 1,
                       STR_ARG(type_text(env, arena, wanted)));
        const Datum field = stored ? record_get(&view, type_get(env, stored), c) : null;
        vector_set(&columns[c], arena, at, &field);
    }
}

/* A built-in function whose values are rows (unnest): the values first, then their columns. */
static uint32_t next_rows(SetCall *call, Vector *columns, Arena *arena, uint32_t rows_max,
                          bool *done)
{
    Vector values;
    vector_init_flat(&values, arena, call->row->oid, PHYS_STR, rows_max);
    call->set.column_count = 1;
    call->set.column_types = &call->row->oid;
    const uint32_t count = call->function->set(&call->fn, &call->set, call->values, &values,
                                               rows_max);
    *done = call->set.done;
    for (uint32_t i = 0; i < count; i++) put_row(call, columns, arena, i, vector_get(&values, i));
    return count;
}

static uint32_t packed_rows(SetCall *call, Vector *columns, Arena *arena, uint32_t rows_max,
                            bool *done)
{
    Vector *parts = ARENA_ARRAY(arena, Vector, call->packed_count);
    Datum *values = ARENA_ARRAY(arena, Datum, call->packed_count);
    for (uint32_t c = 0; c < call->packed_count; c++)
        vector_init_flat(&parts[c], arena, call->packed_types[c], call->packed[c]->phys, rows_max);
    call->set.column_count = call->packed_count;
    call->set.column_types = call->packed_types;
    const uint32_t count = call->function->set(&call->fn, &call->set, call->values, parts,
                                               rows_max);
    *done = call->set.done;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t c = 0; c < call->packed_count; c++) values[c] = vector_get(&parts[c], i);
        const Str row = record_build(arena, OID_RECORD, call->packed, values, call->packed_count);
        vector_set(&columns[0], arena, i, &(Datum){.value.str = strview(row)});
    }
    return count;
}

uint32_t set_call_next(SetCall *call, Vector *columns, Arena *arena, uint32_t rows_max, bool *done)
{
    task_check();
    if (call->single) {
        const bool more = !call->given;
        call->given = *done = true;
        if (more) put_row(call, columns, arena, 0, call->values[0]);
        return more;
    }
    if (call->callee.function) {
        uint32_t given = 0;
        for (; given < rows_max && call->row_at < rows_count(call->rows); given++)
            put_row(call, columns, arena, given, reader_get(call->reader, call->row_at++, 0));
        *done = call->row_at == rows_count(call->rows);
        return given;
    }
    if (!call->function->returns_set) return one_row(call, columns, arena, done);
    if (call->set.done) {
        *done = true;
        return 0;
    }
    call->fn.arena = arena;
    call->fn.row = 0;
    if (call->row) return next_rows(call, columns, arena, rows_max, done);
    if (call->packed_count) return packed_rows(call, columns, arena, rows_max, done);
    const uint32_t count = call->function->set(&call->fn, &call->set, call->values, columns,
                                               rows_max);
    *done = call->set.done;
    return count;
}
