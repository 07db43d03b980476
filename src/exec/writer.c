/* SPDX-License-Identifier: Apache-2.0 */
/* writer.c - one table being written. A batch of new rows is checked row by row up to the first that breaks a rule; the
 * rows before it are written and get their index entries, since what is wrong with them (a duplicate key) is to be told
 * first; then the rule is raised. */
#include "exec/writer.h"

#include "base/bitset.h"
#include "base/oids.h"
#include "base/task.h"
#include "exec/foreign.h"
#include "exec/wait_context.h"

/* ---- opening ---- */

static void open_columns(Writer *writer, Arena *arena)
{
    const CatRelation *relation = writer->relation;
    const uint32_t columns = writer->column_count;
    uint32_t *attnum_of = arena_alloc_array(arena, writer->physical_count, sizeof *attnum_of);
    uint16_t *numbers = ARENA_ARRAY(arena, uint16_t, columns);
    uint32_t *all_columns = ARENA_ARRAY(arena, uint32_t, columns);
    for (uint32_t i = 0; i < writer->physical_count; i++) attnum_of[i] = UINT32_MAX;
    for (uint32_t i = 0; i < columns; i++) {
        const CatColumn *column = &relation->columns[i];
        if (column->dropped || column->generated == 'v') continue; /* always null in the tree */
        attnum_of[column->physical] = i;
        numbers[writer->all.count] = column->physical;
        all_columns[writer->all.count++] = i;
    }
    writer->attnum_of = attnum_of;
    writer->all.numbers = numbers;
    writer->all_columns = all_columns;
}

Writer *writer_open(Exec *exec, const CatRelation *relation)
{
    Arena *arena = exec->arena;
    Writer *writer = ARENA_NEW(arena, Writer);
    writer->exec = exec;
    writer->relation = relation;
    writer->column_count = (uint32_t)relation->column_count;
    writer->physical_count = table_column_count(relation->table);
    writer->disclosure = (Disclosure){.view = exec->options.view,
                                      .env = exec->options.env,
                                      .relation = relation};
    writer->rules = row_rules_open(exec, relation, &writer->disclosure);
    writer->indexes = ARENA_ARRAY(arena, IndexMaker *, relation->index_count);
    for (uint32_t i = 0; i < relation->index_count; i++) {
        if (!relation->indexes[i]->live) continue;
        if (relation->indexes[i]->exclusion)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "exclusion constraints are not supported");
        writer->indexes[writer->index_count++] = index_maker_open(exec, relation,
                                                                  relation->indexes[i]);
    }
    for (uint32_t i = 0; i < relation->constraint_count; i++)
        writer->has_foreign |= relation->constraints[i].type == 'f';
    writer->has_foreign |= relation->referenced_count > 0;
    open_columns(writer, arena);
    writer->physical = (Batch){.column_count = writer->physical_count,
                               .columns = ARENA_ARRAY(arena, Vector, writer->physical_count)};
    writer->scratch = arena_new_child(arena, "writing");
    writer_reopen(writer);
    return writer;
}

void writer_reopen(Writer *writer)
{
    writer->figures = exec_figures_of(writer->exec->options.figures, writer->relation->oid);
}

void writer_note_written(Writer *writer, const int32_t *attnums, uint32_t count)
{
    const uint32_t words = bits_words(writer->column_count) + 1;
    uint64_t *written = ARENA_ARRAY(writer->exec->arena, uint64_t, words);
    if (writer->disclosure.written)
        memcpy(written, writer->disclosure.written, words * sizeof *written);
    for (uint32_t i = 0; i < count; i++)
        if (attnums[i] > 0) bits_set(written, (uint32_t)attnums[i] - 1);
    writer->disclosure.written = written;
}

Writer *writer_open_rewriting(Exec *exec, const CatRelation *relation)
{
    Writer *writer = writer_open(exec, relation);
    writer->index_count = 0;
    writer->figures = NULL;
    writer->has_foreign = false;
    row_rules_set_rewriting(writer->rules);
    return writer;
}

void writer_finish(Writer *writer)
{
    constraint_queue_run(writer->exec);
}

/* ---- rows ---- */

static void row_of(const Writer *writer, const Vector *columns, uint32_t row, Datum *datums)
{
    for (uint32_t i = 0; i < writer->column_count; i++)
        datums[i] = writer->relation->columns[i].dropped ? (Datum){.null = true}
                                                         : vector_get(&columns[i], row);
}

static void generate(Writer *writer, Vector *columns, Selection rows, Datum *datums)
{
    Arena *arena = writer->scratch;
    if (!row_rules_have_generated(writer->rules) || rows.count == 0) return;
    const uint32_t end = sel_row(rows, rows.count - 1) + 1u;
    for (uint32_t i = 0; i < writer->column_count; i++) {
        const CatColumn *column = &writer->relation->columns[i];
        if (column->generated == 's')
            vector_init_flat(&columns[i], arena, column->type, column->phys, end);
    }
    for (uint32_t r = 0; r < rows.count; r++) {
        const uint32_t row = sel_row(rows, r);
        task_check();
        writer->at = r;
        row_of(writer, columns, row, datums);
        row_rules_generate(writer->rules, datums, arena);
        for (uint32_t i = 0; i < writer->column_count; i++)
            if (writer->relation->columns[i].generated == 's')
                vector_set(&columns[i], arena, row, &datums[i]);
    }
}

/* ---- inserting ---- */

/* Most statements insert a row or none. */
static void reserve_ids(Writer *writer, uint32_t count)
{
    if (count <= writer->id_capacity) return;
    writer->id_capacity = MAX(count, MIN(2 * writer->id_capacity, (uint32_t)BATCH_ROWS_MAX));
    writer->ids = arena_alloc_array(writer->exec->arena, writer->id_capacity, sizeof *writer->ids);
}

static void table_rows(Writer *writer, const Vector *columns, Selection rows)
{
    const Datum null = {.null = true};
    const TableColumn *physical = table_columns(writer->relation->table);
    for (uint32_t p = 0; p < writer->physical_count; p++) {
        const uint32_t i = writer->attnum_of[p];
        if (i == UINT32_MAX)
            vector_init_constant(&writer->physical.columns[p], writer->scratch, OID_INT4,
                                 (Phys)physical[p].phys, &null);
        else
            writer->physical.columns[p] = columns[i];
    }
    writer->physical.selection = rows;
    writer->physical.row_count = sel_row(rows, rows.count - 1) + 1u;
    reserve_ids(writer, rows.count);
    CHECK(table_insert(writer->relation->table, writer->exec->options.txn, &writer->physical,
                       writer->ids));
    if (writer->figures) figures_add(&writer->figures->inserted, rows.count);
}

/* A deferrable constraint's key was there already: looked at again at the end. */
static void note_duplicate(Writer *writer, const CatIndex *index, RowId row)
{
    const CatRelation *relation = writer->relation;
    const ConstraintEvent event = {.kind = CHECK_UNIQUE, .row = row};
    for (uint32_t i = 0; i < relation->constraint_count; i++)
        if (relation->constraints[i].oid == index->constraint)
            constraint_queue_add(writer->exec, relation, &relation->constraints[i], &event, true);
}

static UniqueCheck check_of(const CatIndex *index)
{
    return !index->unique ? UNIQUE_NONE : index->immediate ? UNIQUE_NOW : UNIQUE_LATER;
}

static void add_entry(Writer *writer, IndexMaker *maker, const Datum *columns, RowId row)
{
    const CatIndex *index = maker->index;
    const ExecOptions *options = &writer->exec->options;
    IndexKey key;
    IndexOutcome outcome;
    if (!index->ready)
        return; /* being built: what is deleted is marked, and no more (table/index.h) */
    if (!index_maker_key(maker, columns, writer->scratch, &key)) return;
    Status status = index_insert(maker->open, options->txn, &key, row, check_of(index),
                                 options->wait, &outcome);
    if (status == ST_DUPLICATE)
        index_maker_raise_duplicate(maker, &writer->disclosure, columns, writer->scratch);
    if (status != OK) wait_raise(writer->exec, status, "inserting index", row, maker->index->name);
    if (outcome.duplicate) note_duplicate(writer, index, row);
}

typedef struct CheckRows {
    Writer *writer;
    Vector *columns;
    Selection rows;
    Datum *datums;
} CheckRows;

static void check_rows(void *arg)
{
    CheckRows *work = arg;
    Writer *writer = work->writer;
    for (writer->at = 0; writer->at < work->rows.count; writer->at++) {
        task_check();
        row_of(writer, work->columns, sel_row(work->rows, writer->at), work->datums);
        row_rules_check(writer->rules, work->datums, writer->scratch);
    }
}

void writer_check(Writer *writer, Vector *columns, Selection rows)
{
    Datum *datums = ARENA_ARRAY(writer->scratch, Datum, writer->column_count);
    CheckRows work = {writer, columns, rows, datums};
    writer->obeys_rules = false;
    generate(writer, columns, rows, datums);
    if (!row_rules_surely_pass(writer->rules, columns, rows)) check_rows(&work);
}

/* ---- entries of a batch of rows ---- */

/* Of one index: the keys made, whose they are, and bits of the rows that need nothing more of it. */
typedef struct BatchKeys {
    IndexKey *keys;
    RowId *ids;
    uint32_t *places; /* in the selection */
    uint32_t count;
    uint64_t *done;
} BatchKeys;

typedef struct BatchEntries {
    Writer *writer;
    const Vector *columns;
    Selection rows;
    Datum *datums;
    BatchKeys *of; /* by index */
} BatchEntries;

/* Indexes into which an entry may have to wait for another transaction's end. */
static uint32_t waiting_indexes(const Writer *writer)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < writer->index_count; i++)
        count += check_of(writer->indexes[i]->index) == UNIQUE_NOW;
    return count;
}

/* What an expression or a predicate raises is to come in the row's turn. And who waits for a key of one index is to
 * hold no keys of later rows in another, which whom he waits for might want. */
static bool is_for_batches(const IndexMaker *maker, uint32_t waiting)
{
    return maker->index->ready && !maker->expressions && !maker->predicate &&
           (check_of(maker->index) != UNIQUE_NOW || waiting == 1);
}

static void make_keys(const BatchEntries *entries)
{
    Writer *writer = entries->writer;
    const uint32_t waiting = waiting_indexes(writer);
    for (uint32_t r = 0; r < entries->rows.count; r++) {
        task_check();
        row_of(writer, entries->columns, sel_row(entries->rows, r), entries->datums);
        for (uint32_t i = 0; i < writer->index_count; i++) {
            BatchKeys *of = &entries->of[i];
            IndexMaker *maker = writer->indexes[i];
            if (!is_for_batches(maker, waiting) ||
                !index_maker_key(maker, entries->datums, writer->scratch, &of->keys[of->count]))
                continue;
            of->ids[of->count] = writer->ids[r];
            of->places[of->count++] = r;
        }
    }
}

static void put_entries(Writer *writer, IndexMaker *maker, BatchKeys *of)
{
    uint64_t *put = ARENA_ARRAY(writer->scratch, uint64_t, bits_words(of->count) + 1);
    const ExecOptions *options = &writer->exec->options;
    uint32_t waited = 0;
    Status status = index_insert_batch(maker->open, options->txn, of->keys, of->ids, of->count,
                                       check_of(maker->index), options->wait, writer->scratch, put,
                                       &waited);
    if (status != OK) {
        writer->at = of->places[waited];
        wait_raise(writer->exec, status, "inserting index", of->ids[waited], maker->index->name);
    }
    for (uint32_t k = 0; k < of->count; k++)
        if (bits_get(put, k)) bits_set(of->done, of->places[k]);
}

/* Puts what can be put of all rows at once. */
static void add_entries(BatchEntries *entries)
{
    Writer *writer = entries->writer;
    Arena *arena = writer->scratch;
    const uint32_t rows = entries->rows.count;
    entries->of = ARENA_ARRAY(arena, BatchKeys, writer->index_count);
    for (uint32_t i = 0; i < writer->index_count; i++)
        entries->of[i] = (BatchKeys){.keys = ARENA_ARRAY(arena, IndexKey, rows),
                                     .ids = ARENA_ARRAY(arena, RowId, rows),
                                     .places = ARENA_ARRAY(arena, uint32_t, rows),
                                     .done = ARENA_ARRAY(arena, uint64_t, bits_words(rows) + 1)};
    make_keys(entries);
    for (uint32_t i = 0; i < writer->index_count; i++)
        if (entries->of[i].count > 0) put_entries(writer, writer->indexes[i], &entries->of[i]);
}

static bool has_entry(const BatchEntries *entries, uint32_t index, uint32_t row)
{
    return entries->of && bits_get(entries->of[index].done, row);
}

/* Does the row have all of its entries, and has nothing more to be noted of it? */
static bool is_settled(const BatchEntries *entries, uint32_t row)
{
    bool settled = !entries->writer->has_foreign;
    for (uint32_t i = 0; i < entries->writer->index_count && settled; i++)
        settled = has_entry(entries, i, row);
    return settled;
}

/* Index entries of rows that are in the table, and what foreign keys note of them. */
static void index_rows(Writer *writer, const Vector *columns, Selection rows, Datum *datums)
{
    enum { BATCH_LEAST = 4 };
    BatchEntries entries = {writer, columns, rows, datums, NULL};
    if (writer->index_count > 0 && rows.count >= BATCH_LEAST) add_entries(&entries);
    for (uint32_t r = 0; r < rows.count; r++) {
        task_check();
        if (is_settled(&entries, r)) continue;
        writer->at = r;
        row_of(writer, columns, sel_row(rows, r), datums);
        for (uint32_t i = 0; i < writer->index_count; i++)
            if (!has_entry(&entries, i, r))
                add_entry(writer, writer->indexes[i], datums, writer->ids[r]);
        if (writer->has_foreign)
            foreign_note(writer->exec, writer->relation, writer->ids[r], NULL, datums, NULL);
    }
}

void writer_insert(Writer *writer, Vector *columns, Selection rows)
{
    Datum *datums = ARENA_ARRAY(writer->scratch, Datum, writer->column_count);
    Error *broken = NULL;
    if (rows.count == 0) return;
    CheckRows work = {writer, columns, rows, datums};
    writer->obeys_rules = false;
    generate(writer, columns, rows, datums);
    if (!row_rules_surely_pass(writer->rules, columns, rows) &&
        !error_catch(check_rows, &work, writer->exec->arena, &broken))
        rows.count = writer->at;
    writer->obeys_rules = true;
    if (rows.count > 0) table_rows(writer, columns, rows);
    index_rows(writer, columns, rows, datums);
    if (!broken) return;
    writer->at = rows.count;
    writer->obeys_rules = false;
    error_raise_again(broken);
}

/* ---- inserting unless ---- */

static bool is_arbiter(const IndexMaker *maker, const int32_t *arbiters, uint32_t count)
{
    if (count == 0) return maker->index->unique && maker->index->ready;
    for (uint32_t i = 0; i < count; i++)
        if ((Oid)arbiters[i] == maker->index->oid) return true;
    return false;
}

static void forbid_deferrable(const Writer *writer, const CatIndex *index)
{
    if (index->immediate) return;
    Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
    error_message(error, "ON CONFLICT does not support deferrable unique constraints/exclusion "
                         "constraints as arbiters");
    error_object(error, writer->relation->schema_name, writer->relation->name, (Str){0}, (Str){0},
                 index->name);
    error_raise(error);
}

/* False: a row with this key is there. */
static bool probe_entry(Writer *writer, IndexMaker *maker, const Datum *columns, RowId row,
                        RowId *other)
{
    const ExecOptions *options = &writer->exec->options;
    IndexKey key;
    IndexOutcome outcome = {0};
    if (!index_maker_key(maker, columns, writer->scratch, &key)) return true;
    const UniqueCheck check = key.never_equal ? UNIQUE_NONE : UNIQUE_PROBE;
    Status status = index_insert(maker->open, options->txn, &key, row, check, options->wait,
                                 &outcome);
    if (status == ST_DUPLICATE || (status == OK && check == UNIQUE_PROBE && outcome.duplicate)) {
        *other = outcome.other;
        return false;
    }
    if (status != OK)
        wait_raise(writer->exec, status, "inserting index", outcome.other, writer->relation->name);
    return true;
}

bool writer_insert_or_find(Writer *writer, Datum *columns, const int32_t *arbiters, uint32_t count,
                           RowId *id, RowId *other)
{
    Arena *arena = writer->scratch;
    Vector *vectors = ARENA_ARRAY(arena, Vector, writer->column_count);
    row_rules_generate(writer->rules, columns, arena);
    row_rules_check(writer->rules, columns, arena);
    for (uint32_t i = 0; i < writer->column_count; i++) {
        const CatColumn *column = &writer->relation->columns[i];
        if (!column->dropped)
            vector_init_constant(&vectors[i], arena, column->type, column->phys, &columns[i]);
    }
    const Savepoint before = txn_savepoint(writer->exec->options.txn);
    table_rows(writer, vectors, (Selection){.count = 1});
    *id = writer->ids[0];
    for (uint32_t i = 0; i < writer->index_count; i++) {
        if (!is_arbiter(writer->indexes[i], arbiters, count)) continue;
        forbid_deferrable(writer, writer->indexes[i]->index);
        if (probe_entry(writer, writer->indexes[i], columns, *id, other)) continue;
        CHECK(txn_rollback_to(writer->exec->options.txn, &before));
        return false;
    }
    for (uint32_t i = 0; i < writer->index_count; i++)
        if (!is_arbiter(writer->indexes[i], arbiters, count))
            add_entry(writer, writer->indexes[i], columns, *id);
    if (writer->has_foreign) foreign_note(writer->exec, writer->relation, *id, NULL, columns, NULL);
    return true;
}

/* ---- changing ---- */

bool writer_fetch(Writer *writer, const Snapshot *snapshot, RowId row, Arena *arena, Datum *columns)
{
    Datum *datums = ARENA_ARRAY(arena, Datum, writer->all.count);
    Status status = table_fetch(writer->relation->table, snapshot, row, writer->all, arena, datums);
    if (status == ST_NOT_FOUND) return false;
    CHECK(status);
    for (uint32_t i = 0; i < writer->column_count; i++) columns[i] = (Datum){.null = true};
    for (uint32_t i = 0; i < writer->all.count; i++) columns[writer->all_columns[i]] = datums[i];
    return true;
}

/* The columns that an UPDATE writes: those set, and generated ones; by physical number. */
static uint32_t written_columns(const Writer *writer, const int32_t *attnums, uint32_t count,
                                uint16_t *numbers, uint64_t *touched)
{
    uint32_t written = 0;
    for (uint32_t i = 0; i < count; i++) bits_set(touched, (uint32_t)attnums[i] - 1);
    for (uint32_t i = 0; i < writer->column_count; i++)
        if (writer->relation->columns[i].generated == 's') bits_set(touched, i);
    for (uint32_t p = 0; p < writer->physical_count; p++)
        if (writer->attnum_of[p] != UINT32_MAX && bits_get(touched, writer->attnum_of[p]))
            numbers[written++] = (uint16_t)p;
    return written;
}

typedef struct EntryChange {
    IndexKey before, after;
    bool had, has, changed;
} EntryChange;

static EntryChange entry_change(Writer *writer, IndexMaker *maker, const Datum *before,
                                const Datum *after)
{
    EntryChange change = {0};
    change.had = index_maker_key(maker, before, writer->scratch, &change.before);
    change.has = index_maker_key(maker, after, writer->scratch, &change.after);
    const Bytes a = change.before.key, b = change.after.key;
    change.changed = change.had != change.has || a.bytes != b.bytes ||
                     (a.bytes > 0 && memcmp(a.data, b.data, a.bytes) != 0);
    return change;
}

static bool any_touched(const IndexMaker *maker, const uint64_t *touched, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++)
        if (maker->uses[i] & touched[i]) return true;
    return false;
}

/* May a foreign key refer to its columns? */
static bool is_referable(const CatIndex *index)
{
    for (uint32_t i = 0; i < index->key_count; i++)
        if (index->keys[i].column == 0) return false; /* an expression */
    return index->unique && index->immediate && !index->predicate;
}

Status writer_update(Writer *writer, const Snapshot *snapshot, RowId row, const Datum *before,
                     Datum *after, const int32_t *attnums, uint32_t count, RowOutcome *outcome)
{
    Arena *arena = writer->scratch;
    const ExecOptions *options = &writer->exec->options;
    const uint32_t words = bits_words(writer->column_count) + 1;
    uint64_t *touched = ARENA_ARRAY(arena, uint64_t, words);
    uint16_t *numbers = ARENA_ARRAY(arena, uint16_t, writer->physical_count);
    EntryChange *changes = ARENA_ARRAY(arena, EntryChange, writer->index_count);
    bool key_changed = false;
    row_rules_generate(writer->rules, after, arena);
    row_rules_check(writer->rules, after, arena);
    const uint32_t written = written_columns(writer, attnums, count, numbers, touched);
    Datum *values = ARENA_ARRAY(arena, Datum, written);
    for (uint32_t i = 0; i < written; i++) values[i] = after[writer->attnum_of[numbers[i]]];
    for (uint32_t i = 0; i < writer->index_count; i++) {
        IndexMaker *maker = writer->indexes[i];
        if (!any_touched(maker, touched, words)) continue;
        changes[i] = entry_change(writer, maker, before, after);
        key_changed |= changes[i].changed && is_referable(maker->index);
    }
    Status status = table_update(writer->relation->table, options->txn, snapshot, row, numbers,
                                 values, written, key_changed, options->wait, outcome);
    if (status == ST_CHANGED) return status;
    if (status != OK) wait_raise(writer->exec, status, "updating", row, writer->relation->name);
    bool alone = true;
    for (uint32_t i = 0; i < writer->index_count; i++) {
        IndexMaker *maker = writer->indexes[i];
        if (!changes[i].changed) continue;
        alone = false;
        if (changes[i].had) CHECK(index_mark(maker->open, options->txn, &changes[i].before, row));
        if (changes[i].has) add_entry(writer, maker, after, row);
    }
    if (writer->figures) {
        figures_add(&writer->figures->updated, 1);
        figures_add(&writer->figures->updated_alone, alone);
    }
    if (writer->has_foreign)
        foreign_note(writer->exec, writer->relation, row, before, after, touched);
    return OK;
}

Status writer_delete(Writer *writer, const Snapshot *snapshot, RowId row, const Datum *before,
                     RowOutcome *outcome)
{
    const ExecOptions *options = &writer->exec->options;
    Status status = table_delete(writer->relation->table, options->txn, snapshot, row,
                                 options->wait, outcome);
    if (status == ST_CHANGED) return status;
    if (status != OK) wait_raise(writer->exec, status, "deleting", row, writer->relation->name);
    if (writer->figures) figures_add(&writer->figures->deleted, 1);
    for (uint32_t i = 0; i < writer->index_count; i++) {
        IndexKey key;
        if (!index_maker_key(writer->indexes[i], before, writer->scratch, &key)) continue;
        CHECK(index_mark(writer->indexes[i]->open, options->txn, &key, row));
    }
    if (writer->has_foreign) foreign_note(writer->exec, writer->relation, row, before, NULL, NULL);
    return OK;
}
