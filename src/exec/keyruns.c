/* SPDX-License-Identifier: Apache-2.0 */
/* keyruns.c - runs of equal keys. Within a batch the values of the row before still stand in the vectors; over the end
 * of a batch they are copied, to two arenas by turns. */
#include "exec/keyruns.h"

struct KeyRuns {
    ExprState *keys;
    uint32_t count;
    TypeCall *calls;
    Vector *vectors;
    Datum *last;
    Arena *arenas[2];
    int arena_at;
    bool any;
};

KeyRuns *runs_new(Exec *exec, const PlanSortKeyList *keys)
{
    Arena *arena = exec->arena;
    KeyRuns *runs = ARENA_NEW(arena, KeyRuns);
    QExpr **exprs = ARENA_ARRAY(arena, QExpr *, keys->count);
    runs->count = keys->count;
    runs->calls = ARENA_ARRAY(arena, TypeCall, keys->count);
    runs->vectors = ARENA_ARRAY(arena, Vector, keys->count);
    runs->last = ARENA_ARRAY(arena, Datum, keys->count);
    for (int i = 0; i < 2; i++) runs->arenas[i] = arena_new_child(arena, "last keys");
    for (uint32_t i = 0; i < keys->count; i++) {
        exprs[i] = keys->items[i]->expr;
        runs->calls[i] = (TypeCall){.type = type_get(exec->options.env, exprs[i]->type),
                                    .env = exec->options.env,
                                    .arena = runs->arenas[0],
                                    .typmod = -1,
                                    .collation = keys->items[i]->collation};
    }
    runs->keys = exec__program(exec, exprs, keys->count);
    return runs;
}

static bool repeats_last(KeyRuns *runs, uint32_t row)
{
    if (!runs->any) return false;
    for (uint32_t i = 0; i < runs->count; i++) {
        const Datum value = vector_get(&runs->vectors[i], row);
        if (value.null != runs->last[i].null) return false;
        if (!value.null && !type_equal(&runs->calls[i], &value.value, &runs->last[i].value))
            return false;
    }
    return true;
}

void runs_mark(KeyRuns *runs, const Batch *batch, bool *same)
{
    const Selection rows = batch->selection;
    if (expr_eval(runs->keys, &batch, 1, rows, runs->vectors) < rows.count) expr_raise(runs->keys);
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint32_t row = sel_row(rows, i);
        same[i] = repeats_last(runs, row);
        if (same[i]) continue;
        runs->any = true;
        for (uint32_t k = 0; k < runs->count; k++)
            runs->last[k] = vector_get(&runs->vectors[k], row);
    }
    Arena *arena = runs->arenas[runs->arena_at ^= 1];
    for (uint32_t k = 0; k < runs->count; k++)
        if (!runs->last[k].null)
            runs->last[k].value = value_copy(arena, runs->calls[k].type->phys, runs->last[k].value);
    arena_reset(runs->arenas[runs->arena_at ^ 1]);
}

void runs_reset(KeyRuns *runs)
{
    runs->any = false;
}
