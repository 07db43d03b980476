/* SPDX-License-Identifier: Apache-2.0 */
/* made_types.c - code of types that are not built in: each borrows that of its family (arrays, composites) and adds
 * what tells it apart. */
#include "catalog/catalog_internal.h"

#include "type/type_call.h"

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
    return arena_copy(arena, &made, sizeof made);
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
    };
    return arena_copy(arena, &made, sizeof made);
}
