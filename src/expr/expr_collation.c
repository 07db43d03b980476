/* SPDX-License-Identifier: Apache-2.0 */
/* expr_collation.c - calls whose answer depends on a collation that their arguments do not agree on: two columns of
 * different collations compared, say. PostgreSQL finds that out when the function runs, so it is no error where no row
 * is, or a NULL. Which functions ask was found by asking it. */
#include "expr/expr_internal.h"

#include "base/bitset.h"
#include "base/builtins.h"

typedef struct CollationUse {
    const char *what;
    Oid functions[28]; /* ascending, then 0 */
} CollationUse;

static const CollationUse uses[] = {
    {"string comparison",
     {67,   157,  360,  376,  394,  458,  459,  740,  741,  742,  743,  849, 868,
      1048, 1049, 1050, 1051, 1052, 1053, 1063, 1064, 1078, 2087, 2088, 3696}},
    {"LIKE", {850, 851, 1569, 1570, 1631, 1632}},
    {"ILIKE", {1633, 1634, 1660, 1661}},
    {"regular expression",
     {1238, 1239, 1254, 1256, 1656, 1657, 1658, 1659, 2073, 2284, 2767, 3396,
      6252, 6253, 6254, 6255, 6257, 6258, 6259, 6260, 6263, 6265, 6266, 6267}},
    {"string hashing", {400, 448, 972, 1080}},
    {"lower() function", {870, 6412}},
    {"upper() function", {871}},
    {"initcap() function", {872}},
};

static const char *use_of(Oid function)
{
    for (size_t u = 0; u < ARRAY_LEN(uses); u++)
        for (size_t i = 0; i < ARRAY_LEN(uses[u].functions) && uses[u].functions[i]; i++)
            if (uses[u].functions[i] == function) return uses[u].what;
    return NULL;
}

/* In place of the function: raises for the first row whose arguments are all there. */
static void refuse(Fn *fn, const Vector *args, Selection selection, Vector *result)
{
    for (uint32_t i = 0; i < selection.count; i++) {
        const uint32_t row = selected(selection, i);
        bool null = false;
        for (uint32_t a = 0; a < fn->arg_count; a++) null |= vector_get(&args[a], row).null;
        if (null) {
            vector_set(result, fn->arena, row, &(Datum){.null = true});
            continue;
        }
        fn->row = row;
        Error *error = error_begin(SQLSTATE_INDETERMINATE_COLLATION);
        error_message(error, "could not determine which collation to use for %s",
                      use_of(fn->function->oid));
        error_raise(error_hint(error, "Use the COLLATE clause to set the collation explicitly."));
    }
}

FnVector expr__without_collation(Oid function)
{
    return use_of(function) ? refuse : NULL;
}
