/* SPDX-License-Identifier: Apache-2.0 */
/* type_call.c - the SQL-callable sides of a type's own functions. The result type (input) or the argument type (output)
 * of the call says which type it is; polymorphic ones (array_out, enum_out) get the actual type of the call site. */
#include "type/type_call.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "type/type_internal.h"

/* The type that is read: the result's, or where that is a pseudo-type (array_in, record_in, but not anyarray_in) the
 * one of the second argument, which for arrays names the elements. */
static const Type *type_of_input(const Fn *fn, const Datum *args)
{
    const Type *type = type_get(fn->env, fn->result_type);
    const BuiltinType *declared = builtin_type(fn->function->result);
    const bool of_ranges = type->oid == OID_ANYRANGE || type->oid == OID_ANYMULTIRANGE;
    const bool of_none = fn->arg_count > 1 && !args[1].null && args[1].value.u32 == 0;
    if (of_none && (type->oid == OID_RECORD || (of_ranges && declared->input != fn->function->oid)))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "type with OID 0 does not exist");
    if (of_none && type->oid == OID_ANYARRAY && declared->input != fn->function->oid)
        return type_get(fn->env, 0); /* which refuses it */
    if (type->kind != 'p' || fn->arg_count < 2 ||
        (declared->input == fn->function->oid && type->oid != OID_RECORD) || args[1].null ||
        args[1].value.u32 == 0)
        return type;
    const Type *named = type_get(fn->env, args[1].value.u32);
    return type->oid == OID_ANYARRAY && named->array ? type_get(fn->env, named->array) : named;
}

static Datum call_input(Fn *fn, const Datum *args)
{
    /* NULL comes to those alone that are not strict: input of types without values, which refuses it too. */
    if (args[0].null && type_get(fn->env, fn->result_type)->kind != 'p')
        return (Datum){.null = true};
    TypeCall call = type_call(fn, type_of_input(fn, args));
    InputError err = {.arena = fn->arena};
    Datum result = {0};
    if (fn->arg_count == 3) {
        if (args[2].null) return (Datum){.null = true};
        call.typmod = args[2].value.i32;
    }
    if (!type_parse(&call, args[0].null ? STR("") : strview_str(&args[0].value.str), &result.value,
                    &err))
        input_error_raise(&err);
    return result;
}

static Datum call_output(Fn *fn, const Datum *args)
{
    /* any_out and its kin refuse whatever the actual type is; those of arrays, ranges and rows do not. */
    const Type *declared = type_get(fn->env, fn->function->args[0]);
    if (declared->kind == 'p' && type__is_never_shown(declared))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot display a value of type %s",
                    declared->name);
    const TypeCall call = type_call(fn, type_get(fn->env, fn->arg_types[0]));
    return (Datum){.value.str = strview(type_print(&call, &args[0].value))};
}

static Datum call_send(Fn *fn, const Datum *args)
{
    const TypeCall call = type_call(fn, type_get(fn->env, fn->arg_types[0]));
    if (!call.type->send)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "no binary output function available for type %s", call.type->name);
    StrBuilder out = str_builder(fn->arena, 32);
    call.type->send(&call, &args[0].value, &out);
    return (Datum){.value.str = strview(str_done(&out))};
}

/* The type whose typmod function this is: the one that the catalog names it for. */
static const Type *type_of_typmod_function(const Fn *fn)
{
    for (uint32_t i = 0; i < builtins.types_count; i++) {
        const BuiltinType *type = &builtins.types[i];
        if ((type->typmod_in == fn->function->oid || type->typmod_out == fn->function->oid) &&
            type->element == 0)
            return type_get(fn->env, type->oid);
    }
    raise_error(SQLSTATE_INTERNAL_ERROR, "no type has the modifier function %u", fn->function->oid);
}

/* The modifier's words, as a type name has them in parentheses. */
static Datum call_typmod_in(Fn *fn, const Datum *args)
{
    const Type *type = type_of_typmod_function(fn);
    const ArrayView view = array_view_or_raise(strview_str(&args[0].value.str));
    InputError err = {.arena = fn->arena};
    Datum result = {0};
    if (view.shape.dimensions > 1)
        raise_error(SQLSTATE_ARRAY_SUBSCRIPT_ERROR, "typmod array must be one-dimensional");
    if (view.nulls)
        raise_error(SQLSTATE_NULL_VALUE_NOT_ALLOWED, "typmod array must not contain nulls");
    Str *words = ARENA_ARRAY(fn->arena, Str, view.count + 1);
    for (uint32_t i = 0; i < view.count; i++) {
        const Bytes word = array_element(&view, i);
        words[i] = (Str){(const char *)word.data, word.bytes};
    }
    if (!type->typmod_parse(words, view.count, &result.value.i32, &err)) input_error_raise(&err);
    return result;
}

static Datum call_typmod_out(Fn *fn, const Datum *args)
{
    const Type *type = type_of_typmod_function(fn);
    StrBuilder out = str_builder(fn->arena, 32);
    if (type->typmod_print) type->typmod_print(args[0].value.i32, &out);
    return (Datum){.value.str = strview(str_done(&out))};
}

void type_call_input(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    fn_loop_datum(fn, args, selection, result, call_input, (fn->function->flags & STRICT) != 0);
}

void type_call_output(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    fn_loop_datum(fn, args, selection, result, call_output, true);
}

void type_call_receive(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    fn_refuse(fn, args, selection, result);
}

void type_call_send(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    fn_loop_datum(fn, args, selection, result, call_send, true);
}

void type_call_typmod_in(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    fn_loop_datum(fn, args, selection, result, call_typmod_in, true);
}

void type_call_typmod_out(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    fn_loop_datum(fn, args, selection, result, call_typmod_out, true);
}
