/* SPDX-License-Identifier: Apache-2.0 */
/* fn.c - the parts of the function loops that need not be inlined (base/fn_loops.h), and calls on single values. */
#include "base/fn.h"

#include "base/builtins.h"
#include "base/task.h"

Datum fn_datum_at(const Vector *vector, uint32_t index)
{
    Datum datum = {.null = fn_null_at(vector, index)};
    switch ((Phys)vector->phys) {
    case PHYS_BOOL: datum.value.b = ((const bool *)vector->data)[index]; break;
    case PHYS_I16: datum.value.i16 = ((const int16_t *)vector->data)[index]; break;
    case PHYS_I32: datum.value.i32 = ((const int32_t *)vector->data)[index]; break;
    case PHYS_I64: datum.value.i64 = ((const int64_t *)vector->data)[index]; break;
    case PHYS_F32: datum.value.f32 = ((const float *)vector->data)[index]; break;
    case PHYS_F64: datum.value.f64 = ((const double *)vector->data)[index]; break;
    case PHYS_FIXED16: datum.value.uuid = ((const Uuid *)vector->data)[index]; break;
    case PHYS_DECIMAL: datum.value.decimal = ((const Decimal *)vector->data)[index]; break;
    case PHYS_STR: datum.value.str = ((const StrView *)vector->data)[index]; break;
    case PHYS_COUNT: UNREACHABLE(); break;
    }
    return datum;
}

void fn_set_null(Fn *fn, Vector *result, uint32_t row)
{
    vector_need_nulls(result, fn->arena);
    bits_set(result->nulls, row);
}

void fn_datum_put(Fn *fn, Vector *result, uint32_t row, Datum datum)
{
    if (datum.null) {
        fn_set_null(fn, result, row);
        return;
    }
    vector_set(result, fn->arena, row, &datum);
}

bool fn_is_plain(const Vector *args, uint32_t count, Selection selection, bool nulls_allowed)
{
    if (selection.rows) return false;
    for (uint32_t i = 0; i < count; i++) {
        if (args[i].form == VECTOR_DICTIONARY) return false;
        if (args[i].nulls && !nulls_allowed) return false;
    }
    return true;
}

bool fn_unite_nulls(Fn *fn, const Vector *args, uint32_t count, uint32_t rows, Vector *result)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!args[i].nulls) continue;
        vector_need_nulls(result, fn->arena);
        if (args[i].form == VECTOR_CONSTANT) {
            if (!bits_get(args[i].nulls, 0)) continue;
            bits_set_range(result->nulls, 0, rows);
            return true;
        }
        for (uint32_t word = 0; word < rows / 64; word++)
            result->nulls[word] |= args[i].nulls[word];
        if (rows % 64)
            result->nulls[rows / 64] |= args[i].nulls[rows / 64] & ((UINT64_C(1) << rows % 64) - 1);
    }
    return false;
}

void fn_spread(void *out, const void *constant, uint32_t value_bytes, uint32_t n)
{
    const size_t all = (size_t)n * value_bytes;
    if (n) memcpy(out, constant, value_bytes);
    for (size_t done = value_bytes; done < all; done *= 2)
        memcpy((char *)out + done, out, MIN(done, all - done));
}

void fn_loop_datum(Fn *fn, const Vector *args, Selection selection, Vector *result,
                   FnDatumBody body, bool strict)
{
    ASSERT(fn->arg_count <= FN_ARGS_MAX);
    Datum values[FN_ARGS_MAX];
    for (uint32_t at = 0; at < selection.count; at++) {
        const uint32_t row = fn_selected(selection, at);
        bool any_null = false;
        fn->row = row;
        for (uint32_t i = 0; i < fn->arg_count; i++) {
            values[i] = fn_datum_at(&args[i], vector_index(&args[i], row));
            any_null |= values[i].null;
        }
        fn_datum_put(fn, result, row,
                     strict && any_null ? (Datum){.null = true} : body(fn, values));
    }
}

uint32_t fn_loop_set(Fn *fn, FnSet *set, const Datum *args, Vector *columns, uint32_t rows_max,
                     FnSetBody body)
{
    Datum *values = ARENA_ARRAY(fn->arena, Datum, set->column_count);
    for (uint32_t row = 0; row < rows_max; row++) {
        task_check();
        fn->row = row;
        for (uint32_t i = 0; i < set->column_count; i++) values[i] = (Datum){.null = true};
        if (!body(fn, set, args, values)) {
            set->done = true;
            return row;
        }
        for (uint32_t i = 0; i < set->column_count; i++)
            fn_datum_put(fn, &columns[i], row, values[i]);
    }
    return rows_max;
}

_Noreturn void fn_refuse(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    (void)args;
    (void)selection;
    (void)result;
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "function %s cannot be called from SQL",
                fn->function->name);
}

Datum fn_call_datum(Fn *fn, FnVector vector, bool strict, const Oid *arg_types,
                    const Phys *arg_physes, Phys result_phys, const Datum *args)
{
    Vector vectors[FN_ARGS_MAX];
    Vector result;
    ASSERT(fn->arg_count <= FN_ARGS_MAX);
    for (uint32_t i = 0; i < fn->arg_count; i++) {
        if (strict && args[i].null) return (Datum){.null = true};
        vector_init_constant(&vectors[i], fn->arena, arg_types[i], arg_physes[i], &args[i]);
    }
    vector_init_flat(&result, fn->arena, fn->result_type, result_phys, 1);
    vector(fn, vectors, (Selection){.count = 1}, &result);
    return fn_datum_at(&result, 0);
}

bool fn_label_may_be_used(const FnEnumLabel *label, Str type_name, InputError *err)
{
    if (!label->unsafe) return true;
    input_error(err, SQLSTATE_UNSAFE_NEW_ENUM_VALUE_USAGE,
                "unsafe use of new value \"%.*s\" of enum type %.*s", STR_ARG(label->label),
                STR_ARG(type_name));
    return input_error_hint(err, "New enum values must be committed before they can be used.");
}
