/* SPDX-License-Identifier: Apache-2.0 */
/* builtin_entries.c - entries of what the server is born with, made of base/builtins.h and catalog_tables.h when the
 * catalog is opened. They ask no storage, so that an expression over built-in things is resolved without a look at a
 * page. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"

static CatEntry entry_of(Oid class_, Oid oid)
{
    return (CatEntry){.class_ = class_, .oid = oid};
}

/* ---- types */

static CatType type_of_builtin(const BuiltinType *b)
{
    return (CatType){
        .entry = entry_of(CLASS_PG_TYPE, b->oid),
        .oid = b->oid,
        .namespace_ = NAMESPACE_PG_CATALOG,
        .owner = ROLE_BOOTSTRAP,
        .element = b->element,
        .array = b->array,
        .collation = b->collation,
        .name = str_from(b->name),
        .kind = b->kind,
        .category = b->category,
        .preferred = b->preferred,
        .defined = true,
        .typmod = -1,
        .input = b->input,
        .output = b->output,
        .receive = b->receive,
        .send = b->send,
        .typmod_in = b->typmod_in,
        .typmod_out = b->typmod_out,
        .type = b->type,
    };
}

/* Functions that all row types and all arrays have in common. */
static void type_set_functions(CatType *type, Str family)
{
    static const char *const suffixes[] = {"_in", "_out", "_recv", "_send"};
    Oid *const functions[] = {&type->input, &type->output, &type->receive, &type->send};
    for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
        char name[32];
        const int bytes = snprintf(name, sizeof name, "%.*s%s", STR_ARG(family), suffixes[i]);
        uint32_t first;
        if (builtin_functions_named((Str){name, (size_t)bytes}, &first))
            *functions[i] = builtins.functions[builtins.functions_by_name[first]].oid;
    }
}

static void row_types(CatType *types, Arena *arena, const CatalogTableInfo *table)
{
    const Str name = str_from(table->name);
    types[0] = (CatType){
        .entry = entry_of(CLASS_PG_TYPE, table->row_type),
        .oid = table->row_type,
        .namespace_ = NAMESPACE_PG_CATALOG,
        .owner = ROLE_BOOTSTRAP,
        .relation = table->oid,
        .array = table->array_type,
        .name = name,
        .kind = 'c',
        .category = 'C',
        .defined = true,
        .typmod = -1,
        .type = cat__make_composite(arena, table->row_type, name, table->array_type),
    };
    type_set_functions(&types[0], STR("record"));
    const Str array_name = str_concat(arena, STR("_"), name);
    types[1] = (CatType){
        .entry = entry_of(CLASS_PG_TYPE, table->array_type),
        .oid = table->array_type,
        .namespace_ = NAMESPACE_PG_CATALOG,
        .owner = ROLE_BOOTSTRAP,
        .element = table->row_type,
        .name = array_name,
        .kind = 'b',
        .category = 'A',
        .defined = true,
        .typmod = -1,
        .type = cat__make_array(arena, table->array_type, array_name, table->row_type, 'd', ',', 0),
    };
    type_set_functions(&types[1], STR("array"));
}

static void types_init(CatBuiltins *made, Arena *arena)
{
    const uint32_t most = builtins.types_count + 2 * CATALOG_TABLE_COUNT;
    CatType *types = ARENA_ARRAY(arena, CatType, most);
    uint32_t count = 0;
    for (uint32_t i = 0; i < builtins.types_count; i++)
        types[count++] = type_of_builtin(&builtins.types[i]);
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++, count += 2)
        row_types(&types[count], arena, &catalog_tables[i]);
    /* Nearly sorted: row types with low OIDs move to their places. */
    for (uint32_t i = builtins.types_count; i < count; i++) {
        const CatType moved = types[i];
        uint32_t at = i;
        for (; at > 0 && types[at - 1].oid > moved.oid; at--) types[at] = types[at - 1];
        types[at] = moved;
    }
    made->types = types;
    made->type_count = count;
    for (uint32_t i = 0; i < builtins.ranges_count; i++) {
        const BuiltinRange *range = &builtins.ranges[i];
        CatType *type = (CatType *)cat__builtin_type(made, range->type);
        if (!type) continue;
        type->range_subtype = range->subtype;
        type->multirange = range->multirange;
        CatType *multirange = (CatType *)cat__builtin_type(made, range->multirange);
        if (multirange) multirange->range_subtype = range->type;
    }
}

const CatType *cat__builtin_type(const CatBuiltins *made, Oid oid)
{
    uint32_t low = 0, high = made->type_count;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (made->types[middle].oid == oid) return &made->types[middle];
        if (made->types[middle].oid < oid)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

Oid cat__builtin_type_named(const CatBuiltins *made, Str name)
{
    const BuiltinType *builtin = builtin_type_named(name);
    if (builtin) return builtin->oid;
    const bool array = str_starts(name, STR("_"));
    const Str table = array ? str_slice(name, 1, name.bytes) : name;
    (void)made;
    for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++)
        if (str_equal(str_from(catalog_tables[i].name), table))
            return array ? catalog_tables[i].array_type : catalog_tables[i].row_type;
    return 0;
}

/* ---- functions and operators */

static char volatility_of(const BuiltinFunction *b)
{
    return b->flags & IMMUTABLE ? 'i' : b->flags & STABLE ? 's' : 'v';
}

static char parallel_of(const BuiltinFunction *b)
{
    return b->flags & PARALLEL_UNSAFE ? 'u' : b->flags & PARALLEL_RESTRICTED ? 'r' : 's';
}

static CatFunction function_of_builtin(Arena *arena, const BuiltinFunction *b)
{
    Str *names = NULL;
    if (b->arg_names) {
        names = ARENA_ARRAY(arena, Str, b->all_arg_count);
        for (uint32_t i = 0; i < b->all_arg_count; i++) names[i] = str_from(b->arg_names[i]);
    }
    return (CatFunction){
        .entry = entry_of(CLASS_PG_PROC, b->oid),
        .oid = b->oid,
        .namespace_ = NAMESPACE_PG_CATALOG,
        .owner = ROLE_BOOTSTRAP,
        .language = b->shape == FN_SHAPE_SQL ? LANGUAGE_SQL : LANGUAGE_INTERNAL,
        .result = b->result,
        .variadic = b->variadic,
        .support = b->support,
        .name = str_from(b->name),
        .kind = b->kind,
        .volatility = volatility_of(b),
        .parallel = parallel_of(b),
        .strict = (b->flags & STRICT) != 0,
        .returns_set = b->returns_set,
        .security_definer = (b->flags & SECURITY_DEFINER) != 0,
        .leakproof = (b->flags & LEAKPROOF) != 0,
        .arg_count = b->arg_count,
        .default_count = b->default_count,
        .all_arg_count = b->all_args ? b->all_arg_count : b->arg_count,
        .args = b->args,
        .all_args = b->all_args ? b->all_args : b->args,
        .modes = b->modes,
        .arg_names = names,
        .cost = b->cost,
        .rows = b->rows,
        .source = str_from(b->shape == FN_SHAPE_SQL ? b->sql : b->source),
        .builtin = b,
    };
}

static CatOperator operator_of_builtin(const BuiltinOperator *b)
{
    return (CatOperator){
        .entry = entry_of(CLASS_PG_OPERATOR, b->oid),
        .oid = b->oid,
        .namespace_ = NAMESPACE_PG_CATALOG,
        .left = b->left,
        .right = b->right,
        .result = b->result,
        .function = b->function,
        .commutator = b->commutator,
        .negator = b->negator,
        .name = str_from(b->name),
        .hash = b->hash,
        .merge = b->merge,
    };
}

const CatFunction *cat__builtin_function(const CatBuiltins *made, Oid oid)
{
    const BuiltinFunction *b = builtin_function(oid);
    return b ? &made->functions[b - builtins.functions] : NULL;
}

const CatOperator *cat__builtin_operator(const CatBuiltins *made, Oid oid)
{
    const BuiltinOperator *b = builtin_operator(oid);
    return b ? &made->operators[b - builtins.operators] : NULL;
}

/* ---- index classes */

Oid cat__method_named(const char *name)
{
    static const struct {
        const char *name;
        Oid oid;
    } methods[] = {{"heap", METHOD_HEAP}, {"btree", METHOD_BTREE}, {"hash", METHOD_HASH},
                   {"gist", 783},         {"gin", 2742},           {"spgist", 4000},
                   {"brin", 3580}};
    for (size_t i = 0; i < ARRAY_LEN(methods); i++)
        if (str_equal(str_from(methods[i].name), str_from(name))) return methods[i].oid;
    return 0;
}

const CatOpclass *cat__builtin_opclass(const CatBuiltins *made, Oid oid)
{
    for (uint32_t i = 0; i < builtins.opclasses_count; i++)
        if (made->opclasses[i].oid == oid) return &made->opclasses[i];
    return NULL;
}

static Oid method_of_family(Oid family)
{
    for (uint32_t i = 0; i < builtins.opfamilies_count; i++)
        if (builtins.opfamilies[i].oid == family)
            return cat__method_named(builtins.opfamilies[i].method);
    return 0;
}

/* Memberships by operator: chained through the table of operators, which is in order. */
static void families_init(CatBuiltins *made, Arena *arena)
{
    const uint32_t count = builtins.family_operators_count;
    made->operator_family_of = ARENA_ARRAY(arena, Oid, count + 1);
    made->operator_families = ARENA_ARRAY(arena, CatOperatorFamily, count + 1);
    uint32_t *heads = ARENA_ARRAY(arena, uint32_t, builtins.operators_count + 1);
    uint32_t *nexts = ARENA_ARRAY(arena, uint32_t, count + 1);
    for (uint32_t i = count; i-- > 0;) {
        const BuiltinOperator *op = builtin_operator(builtins.family_operators[i].operator);
        if (!op) continue;
        uint32_t *head = &heads[op - builtins.operators];
        nexts[i] = *head;
        *head = i + 1;
    }
    uint32_t at = 0;
    for (uint32_t op = 0; op < builtins.operators_count; op++)
        for (uint32_t i = heads[op]; i; i = nexts[i - 1]) {
            const BuiltinFamilyOperator *member = &builtins.family_operators[i - 1];
            made->operator_family_of[at] = member->operator;
            made->operator_families[at++] = (CatOperatorFamily){member->family,
                                                                method_of_family(member->family),
                                                                member->left, member->right,
                                                                member->strategy};
        }
    made->operator_family_count = at;
}

static void opclasses_init(CatBuiltins *made, Arena *arena)
{
    made->opclasses = ARENA_ARRAY(arena, CatOpclass, builtins.opclasses_count + 1);
    for (uint32_t i = 0; i < builtins.opclasses_count; i++) {
        const BuiltinOpclass *b = &builtins.opclasses[i];
        made->opclasses[i] = (CatOpclass){
            .oid = b->oid,
            .method = cat__method_named(b->method),
            .family = b->family,
            .type = b->type,
            .key_type = b->key_type,
            .name = str_from(b->name),
            .fallback = b->fallback,
        };
    }
    families_init(made, arena);
}

void cat__builtins_init(CatBuiltins *made, Arena *arena)
{
    types_init(made, arena);
    made->functions = ARENA_ARRAY(arena, CatFunction, builtins.functions_count + 1);
    for (uint32_t i = 0; i < builtins.functions_count; i++)
        made->functions[i] = function_of_builtin(arena, &builtins.functions[i]);
    made->operators = ARENA_ARRAY(arena, CatOperator, builtins.operators_count + 1);
    for (uint32_t i = 0; i < builtins.operators_count; i++)
        made->operators[i] = operator_of_builtin(&builtins.operators[i]);
    made->casts = ARENA_ARRAY(arena, CatCast, builtins.casts_count + 1);
    for (uint32_t i = 0; i < builtins.casts_count; i++) {
        const BuiltinCast *b = &builtins.casts[i];
        made->casts[i] = (CatCast){b->oid,      b->source,  b->target,
                                   b->function, b->context, b->method};
    }
    made->collations = ARENA_ARRAY(arena, CatCollation, builtins.collations_count + 1);
    for (uint32_t i = 0; i < builtins.collations_count; i++) {
        const BuiltinCollation *b = &builtins.collations[i];
        made->collations[i] = (CatCollation){
            .entry = entry_of(CLASS_PG_COLLATION, b->oid),
            .oid = b->oid,
            .namespace_ = NAMESPACE_PG_CATALOG,
            .name = str_from(b->name),
            .locale = str_from(b->locale),
            .provider = b->provider,
            .deterministic = true,
        };
    }
    opclasses_init(made, arena);
}
