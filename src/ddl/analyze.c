/* SPDX-License-Identifier: Apache-2.0 */
/* analyze.c - ANALYZE: statistics of columns out of a sample of rows, kept in pg_statistic as PostgreSQL keeps
 * them: NULLs, width, distinct values, most common values, a histogram of the others, and how far the order of
 * rows follows that of the values.
 *
 * The sample is 300 rows for each of the statistics target's histogram buckets (Chaudhuri, Motwani, Narasayya,
 * "Random sampling for histogram construction", SIGMOD 1998). It is drawn in two steps, leaves and then rows of
 * these, from sixteen times as many rows as are wanted: rows of a leaf resemble each other. The number of distinct
 * values is Duj1 of Haas, Naughton, Seshadri, Stokes, "Sampling-based estimation of the number of distinct values
 * of an attribute", VLDB 1995. */
#include "ddl/analyze_internal.h"

#include "base/bitset.h"
#include "base/random.h"
#include "table/table.h"
#include "type/array.h"

enum {
    ROWS_PER_TARGET = 300,
    LEAF_OVERSAMPLING = 16,
    KIND_MCV = 1,
    KIND_HISTOGRAM = 2,
    KIND_CORRELATION = 3,
};

/* A value and its place among the sample's rows that are not NULL. */
typedef struct Item {
    Value value;
    uint32_t at;
} Item;

/* A run of equal values in the sorted items. */
typedef struct Run {
    uint32_t first, count;
} Run;

typedef struct ColumnWork {
    Ddl *ddl;
    const Type *type;
    TypeCall call;
    Item *items; /* sorted */
    uint32_t count, nulls, wide;
    double bytes; /* of all values */
    uint32_t target;
    Run *common; /* the most frequent runs, most first */
    uint32_t common_count;
    uint32_t distinct, once; /* values in the sample; those seen once */
    double estimate;         /* distinct values in the table */
} ColumnWork;

/* ---- the sample ---- */

static void keep_row(Ddl *ddl, Sample *sample, const Batch *batch, uint32_t row)
{
    if (sample->rows == sample->capacity) {
        const uint32_t wanted = MAX(sample->capacity * 2, 1024u);
        for (uint32_t c = 0; c < sample->columns; c++)
            sample->values[c] = arena_grow(ddl->arena, sample->values[c],
                                           sizeof(Datum) * sample->capacity,
                                           sizeof(Datum) * wanted);
        sample->capacity = wanted;
    }
    for (uint32_t c = 0; c < sample->columns; c++) {
        const Vector *column = &batch->columns[c];
        Datum value = vector_get(column, row);
        if (!value.null) value.value = value_copy(ddl->arena, (Phys)column->phys, value.value);
        sample->values[c][sample->rows] = value;
    }
    sample->rows++;
}

static void close_scan(void *scan)
{
    table_scan_close(scan);
}

static Sample take_sample(Ddl *ddl, const CatRelation *relation, int16_t *columns, uint32_t count,
                          uint32_t wanted)
{
    SCOPED(scope);
    Sample sample = {.columns = count,
                     .numbers = columns,
                     .values = ARENA_ARRAY(ddl->arena, Datum *, count)};
    uint16_t *numbers = ARENA_ARRAY(ddl->arena, uint16_t, count);
    for (uint32_t i = 0; i < count; i++) numbers[i] = relation->columns[columns[i] - 1].physical;
    uint64_t about;
    CHECK(table_row_estimate(relation->table, &about));
    const double rows = MAX((double)about, 1);
    const double leaves = MIN(1, (double)wanted * LEAF_OVERSAMPLING / rows);
    const double chance = rows <= wanted * 1.5 ? 1 : MIN(1, wanted / (rows * leaves));
    const TableScanOptions options = {.projection = {numbers, count},
                                      .last = {ROW_ID_MAX},
                                      .sample_fraction = leaves,
                                      .sample_seed = relation->oid};
    TableScan *scan;
    CHECK(table_scan_open(relation->table, session_statement_snapshot(ddl->session, scope),
                          &options, ddl->arena, &scan));
    scope_add(scope, close_scan, scan);
    Batch batch = {.arena = arena_new_child(ddl->arena, "sample")};
    Random random;
    random_seed(&random, relation->oid + 1);
    uint64_t seen = 0;
    for (;;) {
        task_check();
        const Status status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, NULL);
        if (status == ST_END) break;
        CHECK(status);
        seen += batch.selection.count;
        for (uint32_t i = 0; i < batch.selection.count; i++) {
            const uint32_t row = batch.selection.rows ? batch.selection.rows[i] : i;
            if (chance >= 1 || random_double(&random) < chance) keep_row(ddl, &sample, &batch, row);
        }
    }
    sample.table_rows = leaves >= 1 ? (double)seen : rows;
    sample.whole = leaves >= 1 && chance >= 1;
    return sample;
}

/* ---- sorting: bottom-up merges ---- */

static void merge(const ColumnWork *work, const Item *from, Item *to, uint32_t low, uint32_t middle,
                  uint32_t high)
{
    uint32_t a = low, b = middle;
    for (uint32_t at = low; at < high; at++) {
        const bool left = b >= high ||
                          (a < middle &&
                           work->type->compare(&work->call, &from[a].value, &from[b].value) <= 0);
        to[at] = left ? from[a++] : from[b++];
    }
}

static void sort_items(ColumnWork *work)
{
    Item *from = work->items, *to = ARENA_ARRAY(work->ddl->arena, Item, work->count);
    for (uint32_t width = 1; width < work->count; width *= 2) {
        task_check();
        for (uint32_t low = 0; low < work->count; low += 2 * width)
            merge(work, from, to, low, MIN(low + width, work->count),
                  MIN(low + 2 * width, work->count));
        Item *swap = from;
        from = to;
        to = swap;
    }
    work->items = from;
}

/* ---- what a column's values tell ---- */

uint32_t ddl__value_bytes(const Type *type, const Value *value)
{
    if (type->bytes > 0) return (uint32_t)type->bytes;
    return type->phys == PHYS_STR ? strview_str(&value->str).bytes + 1 : 8;
}

static void take_values(ColumnWork *work, const Sample *sample, const Datum *values)
{
    work->items = ARENA_ARRAY(work->ddl->arena, Item, sample->rows);
    for (uint32_t i = 0; i < sample->rows; i++) {
        const Datum *value = &values[i];
        if (value->null) {
            work->nulls++;
            continue;
        }
        const uint32_t bytes = ddl__value_bytes(work->type, &value->value);
        work->bytes += bytes;
        if (bytes > ANALYZE_WIDE_BYTES)
            work->wide++;
        else
            work->items[work->count++] = (Item){value->value, i - work->nulls};
    }
}

/* Keeps the `target` longest runs. */
static void note_run(ColumnWork *work, Run run)
{
    work->distinct++;
    if (run.count == 1) {
        work->once++;
        return;
    }
    uint32_t at = work->common_count;
    if (at == work->target) {
        if (work->common[at - 1].count >= run.count) return;
        at--;
    } else {
        work->common_count++;
    }
    for (; at > 0 && work->common[at - 1].count < run.count; at--)
        work->common[at] = work->common[at - 1];
    work->common[at] = run;
}

static void find_runs(ColumnWork *work)
{
    work->common = ARENA_ARRAY(work->ddl->arena, Run, work->target);
    for (uint32_t first = 0; first < work->count;) {
        uint32_t next = first + 1;
        while (next < work->count && work->type->compare(&work->call, &work->items[first].value,
                                                         &work->items[next].value) == 0)
            next++;
        note_run(work, (Run){first, next - first});
        first = next;
    }
}

double ddl__estimate_distinct(double count, double distinct, double once, double all)
{
    const double estimate = count * distinct / (count - once + once * count / MAX(all, count));
    return MIN(MAX(estimate, distinct), MAX(all, distinct));
}

static void estimate_distinct(ColumnWork *work, const Sample *sample)
{
    const double n = work->count + work->wide, d = work->distinct + work->wide,
                 f1 = work->once + work->wide;
    if (n == 0) return;
    const double all = sample->table_rows * n / sample->rows; /* values in the table */
    work->estimate = sample->whole ? d : ddl__estimate_distinct(n, d, f1, all);
}

/* Most common values are worth keeping where they are all there is, where their shares are known because the sample is
 * the table, or where they are clearly more common than the average. */
static void choose_common(ColumnWork *work, const Sample *sample)
{
    if (sample->whole) return;
    if (work->common_count == work->distinct && work->wide == 0 && work->distinct <= work->target)
        return;
    if (work->estimate == 0) return;
    const double average = work->count / work->estimate;
    const double least = MAX(average * 1.25, 2);
    while (work->common_count > 0 && work->common[work->common_count - 1].count < least)
        work->common_count--;
}

/* ---- the row ---- */

typedef struct StatisticRow {
    Datum values[PG_STATISTIC_COLUMNS];
    uint32_t slots;
} StatisticRow;

static void add_slot(StatisticRow *row, int16_t kind, Oid op, Oid collation, Datum numbers,
                     Datum values)
{
    const uint32_t at = row->slots++;
    row->values[PG_STATISTIC_STAKIND1 + at] = datum_i16(kind);
    row->values[PG_STATISTIC_STAOP1 + at] = datum_oid(op);
    row->values[PG_STATISTIC_STACOLL1 + at] = datum_oid(collation);
    row->values[PG_STATISTIC_STANUMBERS1 + at] = numbers;
    row->values[PG_STATISTIC_STAVALUES1 + at] = values;
}

static Datum float_array(Ddl *ddl, const Datum *values, uint32_t count)
{
    return datum_str(array_build(ddl->arena, type_get(NULL, 700), values, count));
}

static Datum value_array(const ColumnWork *work, const Datum *values, uint32_t count)
{
    return datum_str(array_build(work->ddl->arena, work->type, values, count));
}

static void add_common(ColumnWork *work, StatisticRow *row, const Sample *sample, Oid equal)
{
    if (work->common_count == 0) return;
    Datum *values = ARENA_ARRAY(work->ddl->arena, Datum, work->common_count);
    Datum *shares = ARENA_ARRAY(work->ddl->arena, Datum, work->common_count);
    for (uint32_t i = 0; i < work->common_count; i++) {
        const Run *run = &work->common[i];
        values[i] = (Datum){.value = work->items[run->first].value};
        shares[i] = datum_f32((float)run->count / (float)sample->rows);
    }
    add_slot(row, KIND_MCV, equal, work->call.collation,
             float_array(work->ddl, shares, work->common_count),
             value_array(work, values, work->common_count));
}

static bool is_common(const ColumnWork *work, uint32_t item)
{
    for (uint32_t i = 0; i < work->common_count; i++)
        if (item >= work->common[i].first && item < work->common[i].first + work->common[i].count)
            return true;
    return false;
}

static void add_histogram(ColumnWork *work, StatisticRow *row, Oid less)
{
    if (work->distinct < work->common_count + 2) return;
    Value *rest = ARENA_ARRAY(work->ddl->arena, Value, work->count);
    uint32_t count = 0;
    for (uint32_t i = 0; i < work->count; i++) {
        if (!is_common(work, i)) rest[count++] = work->items[i].value;
    }
    const uint32_t bounds = MIN(MIN(work->distinct - work->common_count, count), work->target + 1);
    Datum *values = ARENA_ARRAY(work->ddl->arena, Datum, bounds);
    for (uint32_t i = 0; i < bounds; i++)
        values[i] = (Datum){.value = rest[(uint64_t)i * (count - 1) / (bounds - 1)]};
    add_slot(row, KIND_HISTOGRAM, less, work->call.collation, datum_null(),
             value_array(work, values, bounds));
}

/* Of the places in the order of values with those in the table: both run from 0 to n - 1. */
static void add_correlation(ColumnWork *work, StatisticRow *row, Oid less)
{
    if (work->count < 2) return;
    double n = work->count, sum = 0;
    for (uint32_t i = 0; i < work->count; i++) sum += (double)i * work->items[i].at;
    const double x = n * (n - 1) / 2, squares = (n - 1) * n * (2 * n - 1) / 6;
    const Datum value = datum_f32((float)((n * sum - x * x) / (n * squares - x * x)));
    add_slot(row, KIND_CORRELATION, less, work->call.collation, float_array(work->ddl, &value, 1),
             datum_null());
}

/* Its first columns are its key. */
static void write_row(Ddl *ddl, const Datum *row)
{
    CatScan *scan = cat_scan_open(ddl->view, PG_STATISTIC, PG_STATISTIC_RELID_ATT_INH_INDEX, row,
                                  3);
    CatRow old;
    const bool found = cat_scan_next(scan, &old);
    const RowId id = found ? old.id : (RowId){0};
    cat_scan_close(scan);
    if (found)
        cat_update(ddl->view, PG_STATISTIC, id, row);
    else
        cat_insert(ddl->view, PG_STATISTIC, row);
}

Datum *ddl__describe_values(Ddl *ddl, const Sample *sample, const Datum *values,
                            const TypeCall *call, uint32_t target)
{
    ColumnWork work = {.ddl = ddl, .type = call->type, .call = *call, .target = target};
    take_values(&work, sample, values);
    const bool ordered = work.type->compare != NULL;
    if (ordered) {
        sort_items(&work);
        find_runs(&work);
        estimate_distinct(&work, sample);
        choose_common(&work, sample);
    }
    const double rows = MAX(sample->rows, 1), present = sample->rows - work.nulls;
    double distinct = work.estimate;
    /* A number that grows with the table is kept as its share. */
    if (distinct > 0.1 * sample->table_rows) distinct = -distinct / sample->table_rows;
    StatisticRow *row = ARENA_NEW(ddl->arena, StatisticRow);
    row->values[PG_STATISTIC_STANULLFRAC] = datum_f32((float)(work.nulls / rows));
    row->values[PG_STATISTIC_STAWIDTH] = datum_i32((int32_t)(work.bytes / MAX(present, 1)));
    row->values[PG_STATISTIC_STADISTINCT] = datum_f32((float)distinct);
    for (uint32_t i = 0; i < 5; i++)
        row->values[PG_STATISTIC_STANUMBERS1 + i] = row->values[PG_STATISTIC_STAVALUES1 + i] =
            datum_null();
    if (ordered) {
        const Oid equal = cat_type_equality(ddl->view, call->type->oid);
        const Oid less = cat_type_less(ddl->view, call->type->oid);
        add_common(&work, row, sample, equal);
        add_histogram(&work, row, less);
        add_correlation(&work, row, less);
    }
    return row->values;
}

/* ---- what users have set for a column ---- */

typedef struct ColumnWishes {
    uint32_t target; /* 0: it is left as it is */
    double distinct; /* n_distinct; 0: what the sample says */
} ColumnWishes;

static ColumnWishes read_wishes(Ddl *ddl, const CatRelation *relation, int16_t number,
                                uint32_t target)
{
    const Datum key[] = {datum_oid(relation->oid), datum_i16(number)};
    const Datum *row = cat_row_find(ddl->view, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, key, 2, ddl->arena);
    ColumnWishes wishes = {.target = target};
    const Datum own = row[PG_ATTRIBUTE_ATTSTATTARGET];
    if (!own.null && own.value.i16 >= 0) wishes.target = (uint32_t)own.value.i16;
    const Str distinct = ddl__kept_option(ddl, row[PG_ATTRIBUTE_ATTOPTIONS], STR("n_distinct"));
    if (distinct.bytes > 0) wishes.distinct = strtod(str_copy_zero(ddl->arena, distinct), NULL);
    return wishes;
}

static void analyze_column(Ddl *ddl, const CatRelation *relation, const CatColumn *column,
                           const Sample *sample, uint32_t at, const ColumnWishes *wishes)
{
    const TypeCall call = {.type = type_get(ddl->bind.env, column->type),
                           .env = ddl->bind.env,
                           .arena = ddl->arena,
                           .typmod = column->typmod,
                           .collation = column->collation};
    if (wishes->target == 0) return;
    Datum *row = ddl__describe_values(ddl, sample, sample->values[at], &call, wishes->target);
    if (wishes->distinct != 0) row[PG_STATISTIC_STADISTINCT] = datum_f32((float)wishes->distinct);
    row[PG_STATISTIC_STARELID] = datum_oid(relation->oid);
    row[PG_STATISTIC_STAATTNUM] = datum_i16(column->number);
    write_row(ddl, row);
}

uint32_t ddl__rank_values(Ddl *ddl, const Sample *sample, const Datum *values, const TypeCall *call,
                          uint32_t *ranks)
{
    ColumnWork work = {.ddl = ddl, .type = call->type, .call = *call};
    work.items = ARENA_ARRAY(ddl->arena, Item, sample->rows);
    for (uint32_t i = 0; i < sample->rows; i++)
        if (!values[i].null) work.items[work.count++] = (Item){values[i].value, i};
    sort_items(&work);
    uint32_t rank = 0;
    for (uint32_t i = 0; i < work.count; i++) {
        if (i > 0 &&
            work.type->compare(&work.call, &work.items[i - 1].value, &work.items[i].value) != 0)
            rank++;
        ranks[work.items[i].at] = rank;
    }
    const uint32_t count = work.count > 0 ? rank + 1 : 0;
    for (uint32_t i = 0; i < sample->rows; i++)
        if (values[i].null) ranks[i] = count;
    return count + 1;
}

/* ---- one table ---- */

typedef struct Counts {
    double rows;
} Counts;

static void set_counts(void *arg, Datum *values)
{
    const Counts *counts = arg;
    values[PG_CLASS_RELTUPLES] = datum_f32((float)counts->rows);
    const int32_t pages = (int32_t)MIN(counts->rows / 100 + 1, 2e9);
    values[PG_CLASS_RELPAGES] = datum_i32(pages);
    values[PG_CLASS_RELALLVISIBLE] = datum_i32(pages);
}

static uint32_t wanted_columns(const CatRelation *relation, const NodeStrs *names, int16_t *columns)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < names->count; i++) {
        const int16_t number = ddl__find_column(relation, names->items[i]);
        if (number <= 0)
            raise_error(SQLSTATE_UNDEFINED_COLUMN,
                        "column \"%.*s\" of relation \"%.*s\" does not exist",
                        STR_ARG(names->items[i]), STR_ARG(relation->name));
        for (uint32_t j = 0; j < count; j++) {
            if (columns[j] == number)
                raise_error(SQLSTATE_DUPLICATE_COLUMN,
                            "column \"%.*s\" of relation \"%.*s\" appears more than once",
                            STR_ARG(names->items[i]), STR_ARG(relation->name));
        }
        columns[count++] = number;
    }
    for (int16_t i = 0; names->count == 0 && i < relation->column_count; i++) {
        const CatColumn *column = &relation->columns[i];
        if (!column->dropped && column->generated != 'v') columns[count++] = column->number;
    }
    return count;
}

typedef struct ReadColumns {
    uint64_t *read; /* bits, by attnum - 1 */
} ReadColumns;

static bool note_slot(void *arg, void *child)
{
    task_check_stack();
    const QSlot *slot = Q_IF(Slot, child);
    if (slot != NULL) bits_set(((ReadColumns *)arg)->read, (uint32_t)slot->column);
    return query_walk(child, note_slot, arg);
}

/* Behind those asked for: what expressions of statistics objects read besides. */
static uint32_t add_read_columns(const CatRelation *relation, const StatisticsObjects *objects,
                                 int16_t *columns, uint32_t count)
{
    ReadColumns work = {
        ARENA_ARRAY(objects->arena, uint64_t, bits_words((uint32_t)relation->column_count) + 1)};
    for (uint32_t i = 0; i < objects->count; i++) {
        const StatisticsObject *object = &objects->items[i];
        for (uint32_t k = 0; k < object->expression_count; k++)
            (void)note_slot(&work, object->expressions[k]);
    }
    const uint32_t asked = count;
    for (int16_t number = 1; number <= relation->column_count; number++) {
        bool there = !bits_get(work.read, (uint32_t)number - 1);
        for (uint32_t i = 0; i < asked; i++) there |= columns[i] == number;
        if (!there) columns[count++] = number;
    }
    return count;
}

void ddl__analyze(Ddl *statement, const CatRelation *relation, const NodeStrs *names)
{
    if (relation->table == NULL || relation->shared || relation->oid < 16384) return;
    const int64_t began = session_clock();
    Ddl ddl = *statement;
    ddl.arena = arena_new_child(statement->arena, "analyze");
    int16_t *columns = ARENA_ARRAY(ddl.arena, int16_t,
                                   2 * (uint32_t)relation->column_count + names->count);
    const uint32_t count = wanted_columns(relation, names, columns);
    const int32_t setting = session_settings(ddl.session)->default_statistics_target;
    const uint32_t target = (uint32_t)MAX(setting, 1);
    const StatisticsObjects objects = ddl__statistics_objects(&ddl, relation, target);
    ColumnWishes *wishes = ARENA_ARRAY(ddl.arena, ColumnWishes, count);
    uint32_t most = 1;
    for (uint32_t i = 0; i < count; i++) {
        wishes[i] = read_wishes(&ddl, relation, columns[i], target);
        most = MAX(most, wishes[i].target);
    }
    for (uint32_t i = 0; i < objects.count; i++) most = MAX(most, objects.items[i].target);
    const uint32_t all = add_read_columns(relation, &objects, columns, count);
    const Sample sample = take_sample(&ddl, relation, columns, all, ROWS_PER_TARGET * most);
    for (uint32_t i = 0; i < count && sample.rows > 0; i++)
        analyze_column(&ddl, relation, &relation->columns[columns[i] - 1], &sample, i, &wishes[i]);
    if (sample.rows > 0) ddl__analyze_together(&ddl, relation, &objects, &sample, count);
    Counts counts = {sample.table_rows};
    ddl__update_class(statement, relation->oid, set_counts, &counts);
    session_count_act(ddl.session, relation->oid, false, (int64_t)sample.table_rows, began);
    arena_drop(ddl.arena);
}
