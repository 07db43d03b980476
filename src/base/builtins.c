/* SPDX-License-Identifier: Apache-2.0 */
/* builtins.c - look-ups in the tables of built-in objects: binary search by OID, and by name through sorted
 * positions. */
#include "base/builtins.h"

/* Position of `oid` in a table whose items begin with an OID and are ordered by it; UINT32_MAX: none. */
static uint32_t find_oid(const void *items, uint32_t count, size_t item_bytes, Oid oid)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        Oid found;
        memcpy(&found, (const char *)items + middle * item_bytes, sizeof found);
        if (found == oid) return middle;
        if (found < oid)
            low = middle + 1;
        else
            high = middle;
    }
    return UINT32_MAX;
}

#define FIND(table, oid)                                                                          \
    uint32_t at = find_oid(builtins.table, builtins.table##_count, sizeof(*builtins.table), oid); \
    return at == UINT32_MAX ? NULL : &builtins.table[at]

const BuiltinFunction *builtin_function(Oid oid)
{
    FIND(functions, oid);
}

const BuiltinType *builtin_type(Oid oid)
{
    FIND(types, oid);
}

const BuiltinOperator *builtin_operator(Oid oid)
{
    FIND(operators, oid);
}

const BuiltinAggregate *builtin_aggregate(Oid function)
{
    FIND(aggregates, function);
}

const BuiltinCast *builtin_cast(Oid source, Oid target)
{
    uint32_t low = 0, high = builtins.casts_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const BuiltinCast *cast = &builtins.casts[middle];
        if (cast->source == source && cast->target == target) return cast;
        if (cast->source < source || (cast->source == source && cast->target < target))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The first position in `by_name` whose name is not below `name` (above: not at or below it). The tables' items keep
 * their name at `name_offset`. */
static uint32_t name_bound(const void *items, size_t item_bytes, size_t name_offset,
                           const uint16_t *by_name, uint32_t count, Str name, bool above)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const char *found;
        memcpy(&found, (const char *)items + by_name[middle] * item_bytes + name_offset,
               sizeof found);
        const int order = str_compare(str_from(found), name);
        if (order < 0 || (above && order == 0))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#define RANGE_OF_NAME(table, name, first)                                          \
    const size_t bytes = sizeof(*builtins.table);                                  \
    const size_t offset = (size_t)((const char *)&builtins.table[0].name -         \
                                   (const char *)&builtins.table[0]);              \
    *(first) = name_bound(builtins.table, bytes, offset, builtins.table##_by_name, \
                          builtins.table##_count, name, false);                    \
    return name_bound(builtins.table, bytes, offset, builtins.table##_by_name,     \
                      builtins.table##_count, name, true) -                        \
           *(first)

uint32_t builtin_functions_named(Str name, uint32_t *first)
{
    RANGE_OF_NAME(functions, name, first);
}

uint32_t builtin_operators_named(Str name, uint32_t *first)
{
    RANGE_OF_NAME(operators, name, first);
}

static uint32_t types_named(Str name, uint32_t *first)
{
    RANGE_OF_NAME(types, name, first);
}

const BuiltinType *builtin_type_named(Str name)
{
    uint32_t first;
    return types_named(name, &first) ? &builtins.types[builtins.types_by_name[first]] : NULL;
}

const BuiltinFunction *builtin_function_exact(Str name, const Oid *args, uint32_t arg_count)
{
    uint32_t first;
    const uint32_t count = builtin_functions_named(name, &first);
    for (uint32_t i = first; i < first + count; i++) {
        const BuiltinFunction *f = &builtins.functions[builtins.functions_by_name[i]];
        if (f->arg_count == arg_count &&
            (!arg_count || memcmp(f->args, args, arg_count * sizeof *args) == 0))
            return f;
    }
    return NULL;
}
