/* SPDX-License-Identifier: Apache-2.0 */
/* subplan_table.c - IN over a sub-plan's rows. Rows without NULLs are in a hash table of distinct keys. Those with one
 * cannot equal anything for certain, but leave the answer open wherever their other columns agree: they are kept
 * beside, distinct too, and looked through for keys that are not found. A key with a NULL of its own is compared with
 * all rows. */
#include "exec/subplan_table.h"

#include "base/task.h"
#include "exec/keytable.h"

struct SubplanTable {
    Arena *arena;
    uint32_t columns;
    TypeCall *calls;
    KeyTable *whole, *partial; /* rows without, and with NULLs */
    uint32_t groups[BATCH_ROWS_MAX];
    Vector *vectors;
};

static SubplanTable *table_new(Exec *exec, const ExprProbe *probe)
{
    SubplanTable *table = ARENA_NEW(exec->arena, SubplanTable);
    KeyColumn *columns = ARENA_ARRAY(exec->arena, KeyColumn, probe->count);
    table->arena = arena_new_child(exec->arena, "sub-plan table");
    table->columns = probe->count;
    table->calls = ARENA_ARRAY(exec->arena, TypeCall, probe->count);
    table->vectors = ARENA_ARRAY(exec->arena, Vector, probe->count);
    for (uint32_t i = 0; i < probe->count; i++) {
        columns[i] = (KeyColumn){probe->types[i], probe->collations[i]};
        table->calls[i] = (TypeCall){.type = type_get(exec->options.env, probe->types[i]),
                                     .env = exec->options.env,
                                     .arena = table->arena,
                                     .typmod = -1,
                                     .collation = probe->collations[i]};
    }
    table->whole = keys_new(exec->arena, exec->options.env, columns, probe->count, false);
    table->partial = keys_new(exec->arena, exec->options.env, columns, probe->count, true);
    return table;
}

SubplanTable *subplan_table_build(Exec *exec, OpState *root, const ExprProbe *probe,
                                  SubplanTable *former)
{
    SubplanTable *table = former ? former : table_new(exec, probe);
    const Batch *batch;
    uint16_t partial[BATCH_ROWS_MAX];
    if (former) {
        keys_clear(table->whole);
        keys_clear(table->partial);
    }
    while (op_pull(root, BATCH_ROWS_MAX, &batch)) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < probe->count; i++)
            table->vectors[i] = batch->columns[probe->columns[i]];
        keys_add(table->whole, table->vectors, batch->selection, table->groups);
        for (uint32_t i = 0; i < batch->selection.count; i++)
            if (table->groups[i] == KEY_NONE)
                partial[count++] = (uint16_t)sel_row(batch->selection, i);
        if (count > 0)
            keys_add(table->partial, table->vectors, (Selection){partial, count}, table->groups);
    }
    return table;
}

/* Does a row of `keys` agree with the key wherever both are there? Then nobody can say that they differ. */
static bool may_equal_one(const SubplanTable *table, KeyTable *keys, const Datum *key)
{
    for (uint32_t group = 0; group < keys_count(keys); group++) {
        bool differs = false;
        task_check();
        for (uint32_t i = 0; i < table->columns && !differs; i++) {
            const Datum other = keys_get(keys, group, i);
            differs = !key[i].null && !other.null &&
                      !type_equal(&table->calls[i], &key[i].value, &other.value);
        }
        if (!differs) return true;
    }
    return false;
}

void subplan_table_probe(SubplanTable *table, const Vector *keys, Selection rows, int8_t *answers)
{
    Datum key[FN_ARGS_MAX];
    keys_find(table->whole, keys, rows, table->groups);
    const bool empty = keys_count(table->whole) == 0, no_nulls = keys_count(table->partial) == 0;
    for (uint32_t i = 0; i < rows.count; i++) {
        bool any_null = false;
        answers[i] = table->groups[i] != KEY_NONE;
        if (answers[i] || (empty && no_nulls)) continue;
        for (uint32_t c = 0; c < table->columns; c++) {
            key[c] = vector_get(&keys[c], sel_row(rows, i));
            any_null |= key[c].null;
        }
        if ((!no_nulls && may_equal_one(table, table->partial, key)) ||
            (any_null && may_equal_one(table, table->whole, key)))
            answers[i] = -1;
    }
}
