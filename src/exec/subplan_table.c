/* SPDX-License-Identifier: Apache-2.0 */
/* subplan_table.c - IN over a sub-plan's rows. Rows without NULLs are in a hash table of distinct keys. Those with one
 * cannot equal anything for certain, but leave the answer open wherever their other columns agree: they are kept
 * beside, distinct too, and looked through for keys that are not found. A key with a NULL of its own is compared with
 * all rows.
 *
 * When the tables are full, rows that are not in them go to a row store and with it to a file. Keys that the tables do
 * not answer are then put into a table of their own, a batch at a time, which the store's rows are looked up in. */
#include "exec/subplan_table.h"

#include "base/task.h"
#include "exec/keytable.h"
#include "exec/rowstore.h"
#include "exec/spill.h"

struct SubplanTable {
    Arena *arena;
    uint32_t columns;
    TypeCall *calls;
    KeyTable *whole, *partial; /* rows without, and with NULLs */
    uint32_t groups[BATCH_ROWS_MAX];
    Vector *vectors;
    uint64_t budget;
    RowStore *rest; /* rows that found the tables full */
    RowReader *rest_reader;
    KeyTable *asked; /* keys that the tables did not answer */
};

/* What a batch of keys asks of the rest. */
typedef struct Asked {
    const Vector *keys;
    uint16_t rows[BATCH_ROWS_MAX], places[BATCH_ROWS_MAX]; /* in the vectors, among the answers */
    uint16_t with_null[BATCH_ROWS_MAX];                    /* of those: keys that have a NULL */
    uint32_t groups[BATCH_ROWS_MAX];                       /* in the table `asked` */
    uint32_t count, null_count, missing;
    bool found[BATCH_ROWS_MAX]; /* by group */
    int8_t *answers;
} Asked;

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
    Oid *types = ARENA_ARRAY(exec->arena, Oid, probe->count);
    uint8_t *physes = ARENA_ARRAY(exec->arena, uint8_t, probe->count);
    for (uint32_t i = 0; i < probe->count; i++) {
        types[i] = probe->types[i];
        physes[i] = (uint8_t)table->calls[i].type->phys;
    }
    table->budget = spill_budget(exec, true);
    table->rest = rows_new(exec->arena, &(RowShape){probe->count, types, physes});
    if (table->budget < UINT64_MAX) rows_spill_to(table->rest, spill_open(exec), table->budget / 4);
    table->rest_reader = reader_new(table->rest, exec->arena, 1);
    table->asked = keys_new(exec->arena, exec->options.env, columns, probe->count, false);
    table->whole = keys_new(exec->arena, exec->options.env, columns, probe->count, false);
    table->partial = keys_new(exec->arena, exec->options.env, columns, probe->count, true);
    return table;
}

/* The selected rows of table->vectors. */
static void add_rows(SubplanTable *table, Selection rows)
{
    uint16_t others[BATCH_ROWS_MAX];
    uint32_t count = 0;
    const bool is_full = rows_count(table->rest) > 0 ||
                         keys_bytes(table->whole) + keys_bytes(table->partial) > table->budget;
    if (is_full)
        keys_find(table->whole, table->vectors, rows, table->groups);
    else
        keys_add(table->whole, table->vectors, rows, table->groups);
    for (uint32_t i = 0; i < rows.count; i++)
        if (table->groups[i] == KEY_NONE) others[count++] = (uint16_t)sel_row(rows, i);
    if (count == 0) return;
    if (is_full)
        rows_append(table->rest, table->vectors, (Selection){others, count});
    else
        keys_add(table->partial, table->vectors, (Selection){others, count}, table->groups);
}

SubplanTable *subplan_table_build(Exec *exec, OpState *root, const ExprProbe *probe,
                                  SubplanTable *former)
{
    SubplanTable *table = former ? former : table_new(exec, probe);
    const Batch *batch;
    if (former) {
        keys_clear(table->whole);
        keys_clear(table->partial);
        rows_clear(table->rest);
    }
    while (op_pull(root, BATCH_ROWS_MAX, &batch)) {
        for (uint32_t i = 0; i < probe->count; i++)
            table->vectors[i] = batch->columns[probe->columns[i]];
        add_rows(table, batch->selection);
    }
    return table;
}

static bool may_equal(const SubplanTable *table, uint32_t column, const Datum *a, const Datum *b)
{
    return a->null || b->null || type_equal(&table->calls[column], &a->value, &b->value);
}

/* Does a row of `keys` agree with the key wherever both are there? Then nobody can say that they differ. */
static bool may_equal_one(const SubplanTable *table, KeyTable *keys, const Datum *key)
{
    for (uint32_t group = 0; group < keys_count(keys); group++) {
        bool agrees = true;
        task_check();
        for (uint32_t i = 0; i < table->columns && agrees; i++) {
            const Datum other = keys_get(keys, group, i);
            agrees = may_equal(table, i, &key[i], &other);
        }
        if (agrees) return true;
    }
    return false;
}

/* ---- rows that found the tables full ---- */

static bool any_null(const Vector *columns, uint32_t count, uint32_t row)
{
    for (uint32_t i = 0; i < count; i++)
        if (vector_is_null(&columns[i], row)) return true;
    return false;
}

static void ask(SubplanTable *table, Asked *asked, Selection rows)
{
    asked->count = asked->null_count = 0;
    for (uint32_t i = 0; i < rows.count; i++) {
        if (asked->answers[i] == 1) continue;
        const uint16_t row = (uint16_t)sel_row(rows, i);
        if (any_null(asked->keys, table->columns, row))
            asked->with_null[asked->null_count++] = (uint16_t)asked->count;
        asked->rows[asked->count] = row;
        asked->places[asked->count++] = (uint16_t)i;
    }
    keys_clear(table->asked);
    keys_add(table->asked, asked->keys, (Selection){asked->rows, asked->count}, asked->groups);
    asked->missing = keys_count(table->asked);
    memset(asked->found, 0, asked->missing);
}

/* The row of the rest leaves that key's answer open when it cannot be told from it. */
static void compare(const SubplanTable *table, const Asked *asked, uint32_t key, uint32_t row)
{
    int8_t *answer = &asked->answers[asked->places[key]];
    bool agrees = *answer == 0;
    for (uint32_t i = 0; i < table->columns && agrees; i++) {
        const Datum mine = vector_get(&asked->keys[i], asked->rows[key]);
        const Datum other = vector_get(&table->vectors[i], row);
        agrees = may_equal(table, i, &mine, &other);
    }
    if (agrees) *answer = -1;
}

static void look_at(SubplanTable *table, Asked *asked, Selection part)
{
    keys_find(table->asked, table->vectors, part, table->groups);
    for (uint32_t i = 0; i < part.count; i++) {
        const uint32_t group = table->groups[i], row = sel_row(part, i);
        if (group != KEY_NONE && !asked->found[group]) {
            asked->found[group] = true;
            asked->missing--;
        }
        if (any_null(table->vectors, table->columns, row)) {
            task_check();
            for (uint32_t k = 0; k < asked->count; k++) compare(table, asked, k, row);
            continue;
        }
        for (uint32_t k = 0; k < asked->null_count; k++)
            compare(table, asked, asked->with_null[k], row);
    }
}

static void look_in_rest(SubplanTable *table, const Vector *keys, Selection rows, int8_t *answers)
{
    Asked *asked = arena_alloc(table->arena, sizeof *asked);
    asked->keys = keys;
    asked->answers = answers;
    ask(table, asked, rows);
    for (uint32_t at = 0; at < rows_count(table->rest);) {
        if (asked->missing == 0 && asked->null_count == 0) break;
        const Selection part = reader_view(table->rest_reader, at, BATCH_ROWS_MAX, table->vectors);
        look_at(table, asked, part);
        at += part.count;
    }
    for (uint32_t i = 0; i < asked->count; i++)
        if (asked->groups[i] != KEY_NONE && asked->found[asked->groups[i]])
            answers[asked->places[i]] = 1;
    arena_reset(table->arena);
}

void subplan_table_probe(SubplanTable *table, const Vector *keys, Selection rows, int8_t *answers)
{
    Datum key[FN_ARGS_MAX];
    keys_find(table->whole, keys, rows, table->groups);
    const bool empty = keys_count(table->whole) == 0, no_nulls = keys_count(table->partial) == 0;
    uint32_t left = 0;
    for (uint32_t i = 0; i < rows.count; i++) {
        bool has_null = false;
        answers[i] = table->groups[i] != KEY_NONE;
        left += answers[i] == 0;
        if (answers[i] || (empty && no_nulls)) continue;
        for (uint32_t c = 0; c < table->columns; c++) {
            key[c] = vector_get(&keys[c], sel_row(rows, i));
            has_null |= key[c].null;
        }
        if ((!no_nulls && may_equal_one(table, table->partial, key)) ||
            (has_null && may_equal_one(table, table->whole, key)))
            answers[i] = -1;
    }
    if (left > 0 && rows_count(table->rest) > 0) look_in_rest(table, keys, rows, answers);
}
