/* SPDX-License-Identifier: Apache-2.0 */
/* made_types.c - code of types that are not built in: each borrows that of its family (arrays, composites) or of its
 * base (domains), and adds what tells it apart. Enums are all here: a value is its label's OID, and everything else is
 * asked of the labels. */
#include "catalog/catalog_internal.h"

#include "base/hash.h"
#include "base/oids.h"
#include "type/range.h"
#include "type/record.h"
#include "type/text.h"
#include "type/type_call.h"

static Type *copy_type(Arena *arena, const Type *type)
{
    return arena_copy(arena, type, sizeof *type);
}

const Type *cat__make_array(Arena *arena, Oid oid, Str name, Oid element, char align,
                            char delimiter, Oid collation)
{
    const Type made = {
        .oid = oid,
        .name = str_copy_zero(arena, name),
        .phys = PHYS_STR,
        .bytes = -1,
        .category = 'A',
        .align = align == 'd' ? 'd' : 'i',
        .storage = 'x',
        .delimiter = delimiter,
        .element = element,
        .collation = collation,
        TYPE_ARRAY_CODE,
    };
    return copy_type(arena, &made);
}

const Type *cat__make_composite(Arena *arena, Oid oid, Str name, Oid array)
{
    const Type made = {
        .oid = oid,
        .name = str_copy_zero(arena, name),
        .phys = PHYS_STR,
        .bytes = -1,
        .kind = 'c',
        .category = 'C',
        .align = 'd',
        .storage = 'x',
        .array = array,
        TYPE_RECORD_CODE,
    };
    return copy_type(arena, &made);
}

const Type *cat__make_range(Arena *arena, const CatType *t)
{
    static const Type codes[] = {{TYPE_RANGE_CODE}, {TYPE_MULTIRANGE_CODE}};
    const Type *code = &codes[t->kind == 'm'];
    const Type made = {
        .oid = t->oid,
        .name = str_copy_zero(arena, t->name),
        .phys = PHYS_STR,
        .bytes = -1,
        .kind = t->kind,
        .category = 'R',
        .align = 'd',
        .storage = 'x',
        .array = t->array,
        .subtype = t->range_subtype,
        .subtype_collation = t->range_collation,
        .parse = code->parse,
        .receive = code->receive,
        .print = code->print,
        .send = code->send,
        .compare = code->compare,
        .hash = code->hash,
        .sort_key = code->sort_key,
    };
    return copy_type(arena, &made);
}

/* ---- enums */

static const FnEnumLabel *labels_of(const TypeCall *call, uint32_t *count)
{
    *count = 0;
    if (!call->env || !call->env->calls || !call->env->calls->enum_labels) return NULL;
    return call->env->calls->enum_labels(call->env->calls_arg, call->type->oid, count);
}

static const FnEnumLabel *label_find(const TypeCall *call, Oid oid)
{
    uint32_t count;
    const FnEnumLabel *labels = labels_of(call, &count);
    for (uint32_t i = 0; i < count; i++)
        if (labels[i].oid == oid) return &labels[i];
    return NULL;
}

static const FnEnumLabel *label_get(const TypeCall *call, Oid oid)
{
    const FnEnumLabel *label = label_find(call, oid);
    if (!label)
        raise_error(SQLSTATE_INVALID_BINARY_REPRESENTATION, "invalid internal value for enum: %u",
                    oid);
    return label;
}

static bool enum_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    uint32_t count;
    const FnEnumLabel *labels = labels_of(call, &count), *found = NULL;
    for (uint32_t i = 0; i < count && !found; i++)
        if (str_equal(labels[i].label, text)) found = &labels[i];
    if (found) value->u32 = found->oid;
    if (found && !found->unsafe) return true;
    const Str name = call->env->calls->type_name(call->env->calls_arg, call->arena, call->type->oid,
                                                 -1);
    if (found) return fn_label_may_be_used(found, name, err);
    return input_error(err, SQLSTATE_INVALID_TEXT_REPRESENTATION,
                       "invalid input value for enum %.*s: \"%.*s\"", STR_ARG(name), STR_ARG(text));
}

static bool enum_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    Str text;
    return text_of_client(call, wire, &text, err) && enum_parse(call, text, value, err);
}

static void enum_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    str_add(out, label_get(call, value->u32)->label);
}

static void enum_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    text_send_to_client(call, label_get(call, value->u32)->label, out);
}

static int enum_compare(const TypeCall *call, const Value *a, const Value *b)
{
    if (a->u32 == b->u32) return 0;
    const float left = label_get(call, a->u32)->order, right = label_get(call, b->u32)->order;
    return (left > right) - (left < right);
}

static uint64_t enum_hash(const TypeCall *call, const Value *value)
{
    (void)call;
    return hash_u64(value->u32);
}

static KeyExactness enum_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const Type *float4 = type_find(NULL, OID_FLOAT4);
    const Value order = {.f32 = label_get(call, value->u32)->order};
    return float4->sort_key(&(TypeCall){.type = float4, .arena = call->arena, .typmod = -1}, &order,
                            out);
}

const Type *cat__make_enum(Arena *arena, Oid oid, Str name, Oid array)
{
    const Type made = {
        .oid = oid,
        .name = str_copy_zero(arena, name),
        .phys = PHYS_I32,
        .bytes = 4,
        .kind = 'e',
        .category = 'E',
        .align = 'i',
        .storage = 'p',
        .by_value = true,
        .array = array,
        .parse = enum_parse,
        .receive = enum_receive,
        .print = enum_print,
        .send = enum_send,
        .compare = enum_compare,
        .hash = enum_hash,
        .sort_key = enum_key,
    };
    return copy_type(arena, &made);
}

/* ---- domains: the base's code, called as the base's; what comes in is checked */

static TypeCall base_call(const TypeCall *call)
{
    TypeCall base = *call;
    base.type = type_get(call->env, call->type->base);
    base.typmod = call->type->base_typmod;
    return base;
}

static bool domain_check(const TypeCall *call, const Value *value, InputError *err)
{
    const Datum datum = {.value = *value};
    const FnEnv *env = call->env;
    if (!env || !env->calls || !env->calls->domain_check) return true;
    return env->calls->domain_check(env->calls_arg, call->type->oid, &datum, err);
}

/* Below all domains: the check of the outermost one asks for those of the others, and errors are told by its name. */
static TypeCall innermost_call(const TypeCall *call)
{
    TypeCall base = base_call(call);
    while (base.type->kind == 'd') base = base_call(&base);
    return base;
}

static bool domain_parse(const TypeCall *call, Str text, Value *value, InputError *err)
{
    const TypeCall base = innermost_call(call);
    return type_parse(&base, text, value, err) && domain_check(call, value, err);
}

static bool domain_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err)
{
    const TypeCall base = innermost_call(call);
    return base.type->receive(&base, wire, value, err) && domain_check(call, value, err);
}

static void domain_print(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const TypeCall base = base_call(call);
    base.type->print(&base, value, out);
}

static void domain_send(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const TypeCall base = base_call(call);
    base.type->send(&base, value, out);
}

static int domain_compare(const TypeCall *call, const Value *a, const Value *b)
{
    const TypeCall base = base_call(call);
    return type_compare(&base, a, b);
}

static bool domain_equal(const TypeCall *call, const Value *a, const Value *b)
{
    const TypeCall base = base_call(call);
    return type_equal(&base, a, b);
}

static uint64_t domain_hash(const TypeCall *call, const Value *value)
{
    const TypeCall base = base_call(call);
    return type_hash(&base, value);
}

static KeyExactness domain_key(const TypeCall *call, const Value *value, StrBuilder *out)
{
    const TypeCall base = base_call(call);
    return base.type->sort_key(&base, value, out);
}

const Type *cat__make_domain(Arena *arena, Oid oid, Str name, Oid array, const Type *base,
                             int32_t typmod)
{
    Type *made = copy_type(arena, base);
    made->oid = oid;
    made->name = str_copy_zero(arena, name);
    made->kind = 'd';
    made->array = array;
    made->base = base->oid;
    made->base_typmod = typmod;
    made->preferred = false;
    if (base->parse) made->parse = domain_parse;
    if (base->receive) made->receive = domain_receive;
    if (base->print) made->print = domain_print;
    if (base->send) made->send = domain_send;
    if (base->compare) made->compare = domain_compare;
    if (base->equal || base->compare) made->equal = domain_equal;
    if (base->hash) made->hash = domain_hash;
    if (base->sort_key) made->sort_key = domain_key;
    return made;
}
