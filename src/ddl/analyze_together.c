/* SPDX-License-Identifier: Apache-2.0 */
/* analyze_together.c - ANALYZE of statistics objects: what columns and expressions say of each other, kept in
 * pg_statistic_ext_data as PostgreSQL keeps it. How many combinations there are of each group of two or more
 * ("ndistinct"), how often some of them tell another (functional dependencies; Ilyas et al., "CORDS: automatic
 * discovery of correlations and soft functional dependencies", SIGMOD 2004), and the most common combinations of all
 * of them.
 *
 * Each value of the sample becomes its rank among the different ones of its column (NULL is one of them). Rows with the
 * same ranks in a group of columns are found by hashing, a column at a time. */
#include "ddl/analyze_internal.h"

#include "base/map.h"
#include "base/oids.h"
#include "type/array.h"
#include "type/extended_statistics.h"
#include "type/record.h"

/* The sample under one statistics object: its columns, then its expressions. */
typedef struct Together {
    Ddl *ddl;
    const Sample *sample;
    const StatisticsObject *object;
    uint32_t count;
    int16_t numbers[STATISTICS_ATTRIBUTES_MAX]; /* attnums; expressions -1, -2, ... */
    const Datum *values[STATISTICS_ATTRIBUTES_MAX];
    TypeCall calls[STATISTICS_ATTRIBUTES_MAX];
    uint32_t *ranks[STATISTICS_ATTRIBUTES_MAX], rank_counts[STATISTICS_ATTRIBUTES_MAX];
    bool *wide; /* rows with a value too long to be kept */
} Together;

static Str text_of(const Datum *stored)
{
    return strview_str(&stored->value.str);
}

/* ---- what is wanted ---- */

static void read_expressions(Ddl *ddl, const CatRelation *relation, StatisticsObject *object)
{
    const Datum *stored = &object->row[PG_STATISTIC_EXT_STXEXPRS];
    if (stored->null) return;
    const Str *texts;
    const uint32_t count = cat_expr_list_split(ddl->arena, text_of(stored), &texts);
    object->expressions = ARENA_ARRAY(ddl->arena, QExpr *, count);
    object->expression_count = count;
    for (uint32_t i = 0; i < count; i++)
        object->expressions[i] = exec_over_row(ddl->arena, relation,
                                               (QExpr *)bind_load(ddl->arena, texts[i]));
}

static void read_columns(Ddl *ddl, StatisticsObject *object)
{
    ArrayView keys;
    if (!array_view(text_of(&object->row[PG_STATISTIC_EXT_STXKEYS]), &keys)) return;
    int16_t *columns = ARENA_ARRAY(ddl->arena, int16_t, keys.count);
    for (uint32_t i = 0; i < keys.count; i++)
        columns[i] = array_get(&keys, type_get(NULL, OID_INT2), i).value.i16;
    object->columns = columns;
    object->column_count = keys.count;
}

StatisticsObjects ddl__statistics_objects(Ddl *ddl, const CatRelation *relation, uint32_t target)
{
    StatisticsObjects objects = {.arena = ddl->arena};
    const Datum key = datum_oid(relation->oid);
    CatScan *scan = cat_scan_open(ddl->view, PG_STATISTIC_EXT, PG_STATISTIC_EXT_RELID_INDEX, &key,
                                  1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        StatisticsObject *object = array_add(&objects);
        object->row = ddl__copy_values(ddl->arena, PG_STATISTIC_EXT, row.values);
        const Datum *own = &object->row[PG_STATISTIC_EXT_STXSTATTARGET];
        object->target = own->null ? target : (uint32_t)MAX(own->value.i16, 0);
    }
    cat_scan_close(scan);
    for (uint32_t i = 0; i < objects.count; i++) {
        read_columns(ddl, &objects.items[i]);
        read_expressions(ddl, relation, &objects.items[i]);
    }
    return objects;
}

static bool has_kind(const StatisticsObject *object, char kind)
{
    ArrayView kinds;
    if (!array_view(text_of(&object->row[PG_STATISTIC_EXT_STXKIND]), &kinds)) return false;
    for (uint32_t i = 0; i < kinds.count; i++)
        if ((char)array_get(&kinds, type_get(NULL, OID_CHAR), i).value.i16 == kind) return true;
    return false;
}

/* ---- expressions over the sample ---- */

/* A part of the sample as rows of all columns of the table; what the sample lacks nobody reads. */
static Batch sample_batch(const Together *work, const CatRelation *relation, uint32_t first,
                          uint32_t count)
{
    Arena *arena = work->ddl->arena;
    const uint32_t columns = (uint32_t)relation->column_count;
    Batch batch = {.row_count = count,
                   .column_count = columns,
                   .columns = ARENA_ARRAY(arena, Vector, columns),
                   .selection = {.count = count},
                   .arena = arena};
    for (uint32_t c = 0; c < work->sample->columns; c++) {
        const CatColumn *column = &relation->columns[work->sample->numbers[c] - 1];
        Vector *vector = &batch.columns[column->number - 1];
        const Type *type = type_get(work->ddl->bind.env, column->type);
        vector_init_flat(vector, arena, type->oid, type->phys, count);
        for (uint32_t i = 0; i < count; i++)
            vector_set(vector, arena, i, &work->sample->values[c][first + i]);
    }
    return batch;
}

static void compute_expressions(Together *work, const CatRelation *relation)
{
    Ddl *ddl = work->ddl;
    const StatisticsObject *object = work->object;
    const uint32_t count = object->expression_count;
    if (count == 0) return;
    const ExprRun run = {.env = ddl->bind.env, .query = ddl->arena};
    const ExprProgram *program = expr_compile(ddl->arena, object->expressions, count,
                                              ddl->bind.env);
    ExprState *state = expr_open(program, &run);
    Vector results[STATISTICS_ATTRIBUTES_MAX];
    Datum *values[STATISTICS_ATTRIBUTES_MAX];
    for (uint32_t e = 0; e < count; e++)
        values[e] = ARENA_ARRAY(ddl->arena, Datum, work->sample->rows);
    for (uint32_t first = 0; first < work->sample->rows; first += BATCH_ROWS_MAX) {
        task_check();
        const uint32_t rows = MIN((uint32_t)BATCH_ROWS_MAX, work->sample->rows - first);
        const Batch batch = sample_batch(work, relation, first, rows);
        const Batch *inputs[1] = {&batch};
        if (expr_eval(state, inputs, 1, batch.selection, results) < rows) expr_raise(state);
        for (uint32_t e = 0; e < count; e++) {
            for (uint32_t i = 0; i < rows; i++) {
                Datum value = vector_get(&results[e], i);
                if (!value.null)
                    value.value = value_copy(ddl->arena, (Phys)results[e].phys, value.value);
                values[e][first + i] = value;
            }
        }
    }
    for (uint32_t e = 0; e < count; e++) work->values[object->column_count + e] = values[e];
}

/* ---- rows as ranks ---- */

static TypeCall call_of(const Ddl *ddl, Oid type, int32_t typmod, Oid collation)
{
    return (TypeCall){.type = type_get(ddl->bind.env, type),
                      .env = ddl->bind.env,
                      .arena = ddl->arena,
                      .typmod = typmod,
                      .collation = collation};
}

/* False: a column is not among those that were analyzed. */
static bool take_columns(Together *work, const CatRelation *relation, uint32_t analyzed)
{
    const StatisticsObject *object = work->object;
    for (uint32_t i = 0; i < object->column_count; i++) {
        uint32_t at = 0;
        while (at < analyzed && work->sample->numbers[at] != object->columns[i]) at++;
        if (at == analyzed) return false;
        const CatColumn *column = &relation->columns[object->columns[i] - 1];
        work->values[i] = work->sample->values[at];
        work->numbers[i] = column->number;
        work->calls[i] = call_of(work->ddl, column->type, column->typmod, column->collation);
    }
    for (uint32_t i = 0; i < object->expression_count; i++) {
        const QExpr *expr = object->expressions[i];
        const uint32_t at = object->column_count + i;
        work->numbers[at] = (int16_t)(-1 - (int16_t)i);
        work->calls[at] = call_of(work->ddl, expr->type, expr->typmod, expr->collation);
    }
    work->count = object->column_count + object->expression_count;
    return true;
}

static void rank_rows(Together *work)
{
    const uint32_t rows = work->sample->rows;
    work->wide = ARENA_ARRAY(work->ddl->arena, bool, rows);
    for (uint32_t c = 0; c < work->count; c++) {
        work->ranks[c] = ARENA_ARRAY(work->ddl->arena, uint32_t, rows);
        work->rank_counts[c] = ddl__rank_values(work->ddl, work->sample, work->values[c],
                                                &work->calls[c], work->ranks[c]);
        for (uint32_t i = 0; i < rows; i++)
            if (!work->values[c][i].null)
                work->wide[i] |= ddl__value_bytes(work->calls[c].type, &work->values[c][i].value) >
                                 ANALYZE_WIDE_BYTES;
    }
}

/* The rows' groups by the columns of `set` (bits): a number each from 0; gives how many groups there are. */
static uint32_t group_rows(const Together *work, Arena *arena, uint32_t set, uint32_t *groups)
{
    const uint32_t rows = work->sample->rows;
    uint32_t count = 1;
    memset(groups, 0, rows * sizeof *groups);
    for (uint32_t c = 0; c < work->count; c++) {
        if (!(set >> c & 1)) continue;
        Map map;
        map_init_u64(&map, arena, sizeof(uint32_t));
        task_check();
        count = 0;
        for (uint32_t i = 0; i < rows; i++) {
            const uint64_t key = (uint64_t)groups[i] << 32 | work->ranks[c][i];
            bool added;
            uint32_t *group = map_put(&map, &key, &added);
            if (added) *group = count++;
            groups[i] = *group;
        }
    }
    return count;
}

/* Calls `visit` for all sets of `members` of the columns, in the order of their columns. */
typedef void (*VisitSet)(Together *work, uint32_t set, void *arg);
static void visit_sets(Together *work, uint32_t members, uint32_t from, uint32_t set,
                       VisitSet visit, void *arg)
{
    if (members == 0) {
        visit(work, set, arg);
        return;
    }
    for (uint32_t c = from; c + members <= work->count; c++)
        visit_sets(work, members - 1, c + 1, set | 1u << c, visit, arg);
}

typedef struct GroupList {
    ColumnGroup *items;
    uint32_t count, capacity;
    Arena *arena;
} GroupList;

static ColumnGroup *add_group(GroupList *list, const Together *work, uint32_t set)
{
    ColumnGroup *group = array_add(list);
    for (uint32_t c = 0; c < work->count; c++)
        if (set >> c & 1) group->columns[group->count++] = work->numbers[c];
    return group;
}

static Datum stored_groups(const Together *work, ColumnGroupsKind kind, const GroupList *list)
{
    const ColumnGroups groups = {list->items, list->count};
    if (list->count == 0) return datum_null();
    return datum_str(column_groups_build(work->ddl->arena, kind, &groups));
}

/* ---- how many combinations ---- */

static void count_combinations(Together *work, uint32_t set, void *arg)
{
    Arena *arena = arena_new_child(work->ddl->arena, "combinations");
    const uint32_t rows = work->sample->rows;
    uint32_t *groups = ARENA_ARRAY(arena, uint32_t, rows), once = 0;
    const uint32_t count = group_rows(work, arena, set, groups);
    uint32_t *sizes = ARENA_ARRAY(arena, uint32_t, count);
    for (uint32_t i = 0; i < rows; i++) sizes[groups[i]]++;
    for (uint32_t i = 0; i < count; i++) once += sizes[i] == 1;
    const double all = MAX(work->sample->table_rows, rows);
    add_group(arg, work, set)->number =
        (double)(uint64_t)(ddl__estimate_distinct(rows, count, once, all) + 0.5);
    arena_drop(arena);
}

static Datum ndistinct(Together *work)
{
    GroupList list = {.arena = work->ddl->arena};
    for (uint32_t members = 2; members <= work->count; members++)
        visit_sets(work, members, 0, 0, count_combinations, &list);
    return stored_groups(work, GROUPS_NDISTINCT, &list);
}

/* ---- what tells what ---- */

/* Of the rows, those in groups that have one value of the column only. */
static uint32_t supporting_rows(const Together *work, Arena *arena, const uint32_t *groups,
                                uint32_t count, uint32_t column)
{
    typedef struct Group {
        uint32_t rows, rank;
        bool mixed;
    } Group;
    Group *found = ARENA_ARRAY(arena, Group, count);
    uint32_t supporting = 0;
    for (uint32_t i = 0; i < work->sample->rows; i++) {
        Group *group = &found[groups[i]];
        if (work->wide[i]) continue;
        if (group->rows++ == 0) group->rank = work->ranks[column][i];
        group->mixed |= group->rank != work->ranks[column][i];
    }
    for (uint32_t i = 0; i < count; i++) supporting += found[i].mixed ? 0 : found[i].rows;
    return supporting;
}

static void find_dependencies(Together *work, uint32_t set, void *arg)
{
    Arena *arena = arena_new_child(work->ddl->arena, "dependencies");
    const uint32_t rows = work->sample->rows;
    uint32_t *groups = ARENA_ARRAY(arena, uint32_t, rows);
    const uint32_t count = group_rows(work, arena, set, groups);
    for (uint32_t c = 0; c < work->count; c++) {
        if (set >> c & 1) continue;
        const uint32_t supporting = supporting_rows(work, arena, groups, count, c);
        if (supporting == 0) continue;
        ColumnGroup *group = add_group(arg, work, set);
        group->columns[group->count++] = work->numbers[c];
        group->number = (double)supporting / rows;
    }
    arena_drop(arena);
}

static Datum dependencies(Together *work)
{
    GroupList list = {.arena = work->ddl->arena};
    for (uint32_t members = 1; members < work->count; members++)
        visit_sets(work, members, 0, 0, find_dependencies, &list);
    return stored_groups(work, GROUPS_DEPENDENCIES, &list);
}

/* ---- the most common combinations ---- */

typedef struct Combination {
    uint32_t row, count; /* one of its rows */
} Combination;

/* Most frequent first; equally frequent ones in the order of their values. */
static int combination_order(const Together *work, const Combination *a, const Combination *b)
{
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    for (uint32_t c = 0; c < work->count; c++) {
        const uint32_t x = work->ranks[c][a->row], y = work->ranks[c][b->row];
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

static void sink(const Together *work, Combination *heap, uint32_t at, uint32_t count)
{
    for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && combination_order(work, &heap[child], &heap[child + 1]) < 0)
            child++;
        if (combination_order(work, &heap[at], &heap[child]) >= 0) return;
        const Combination swap = heap[at];
        heap[at] = heap[child];
        heap[child] = swap;
    }
}

static void sort_combinations(const Together *work, Combination *items, uint32_t count)
{
    for (uint32_t i = count / 2; i-- > 0;) sink(work, items, i, count);
    for (uint32_t i = count; i-- > 1;) {
        task_check();
        const Combination last = items[i];
        items[i] = items[0];
        items[0] = last;
        sink(work, items, 0, i);
    }
}

/* How often a combination must have been seen for its share to be known: its standard error, in a sample of n out of N
 * rows drawn without putting back, is then at most a fifth of it. */
static double least_count(double n, double all)
{
    const double divisor = all - n + 0.04 * n * (all - 1);
    return divisor > 0 ? n * (all - n) / divisor : 0;
}

/* The combinations of rows without long values, sorted; as many as are kept. */
static uint32_t find_common(Together *work, Combination **found)
{
    Arena *arena = work->ddl->arena;
    const uint32_t rows = work->sample->rows, target = work->object->target;
    uint32_t *groups = ARENA_ARRAY(arena, uint32_t, rows), count = 0;
    const uint32_t all = group_rows(work, arena, (1u << work->count) - 1, groups);
    Combination *items = ARENA_ARRAY(arena, Combination, all);
    for (uint32_t i = 0; i < rows; i++) {
        if (work->wide[i]) continue;
        items[groups[i]].row = i;
        items[groups[i]].count++;
    }
    for (uint32_t i = 0; i < all; i++)
        if (items[i].count > 0) items[count++] = items[i];
    sort_combinations(work, items, count);
    *found = items;
    if (count <= target) return count;
    const double least = least_count(rows, MAX(work->sample->table_rows, rows));
    count = target;
    while (count > 0 && items[count - 1].count < least) count--;
    return count;
}

static Datum common(Together *work)
{
    Arena *arena = work->ddl->arena;
    const double rows = work->sample->rows;
    Combination *found;
    CommonRows common = {.count = find_common(work, &found), .columns = work->count};
    if (common.count == 0) return datum_null();
    common.items = ARENA_ARRAY(arena, CommonRow, common.count);
    for (uint32_t i = 0; i < common.count; i++) {
        common.items[i].share = found[i].count / rows;
        common.items[i].base_share = 1;
    }
    for (uint32_t c = 0; c < work->count; c++) {
        uint32_t *counts = ARENA_ARRAY(arena, uint32_t, work->rank_counts[c]);
        common.types[c] = work->calls[c].type->oid;
        for (uint32_t i = 0; i < work->sample->rows; i++)
            if (!work->wide[i]) counts[work->ranks[c][i]]++;
        for (uint32_t i = 0; i < common.count; i++) {
            common.items[i].values[c] = work->values[c][found[i].row];
            common.items[i].base_share *= counts[work->ranks[c][found[i].row]] / rows;
        }
    }
    return datum_str(common_rows_build(arena, &common, work->calls));
}

/* ---- expressions, as if they were columns ---- */

static Datum expressions(Together *work)
{
    Ddl *ddl = work->ddl;
    const CatalogTableInfo *info = &catalog_tables[PG_STATISTIC];
    const Type *types[PG_STATISTIC_COLUMNS];
    Datum rows[STATISTICS_ATTRIBUTES_MAX];
    for (uint32_t i = 0; i < info->visible_count; i++)
        types[i] = type_get(NULL, info->columns[i].type);
    const uint32_t count = work->object->expression_count;
    for (uint32_t e = 0; e < count; e++) {
        const uint32_t at = work->object->column_count + e;
        Datum *row = ddl__describe_values(ddl, work->sample, work->values[at], &work->calls[at],
                                          work->object->target);
        rows[e] = datum_str(
            record_build(ddl->arena, info->row_type, types, row, info->visible_count));
    }
    return datum_str(array_build(ddl->arena, type_get(ddl->bind.env, info->row_type), rows, count));
}

/* ---- one object ---- */

static void warn(Ddl *ddl, const CatRelation *relation, const StatisticsObject *object)
{
    const Oid schema = object->row[PG_STATISTIC_EXT_STXNAMESPACE].value.u32;
    const Str name = text_of(&object->row[PG_STATISTIC_EXT_STXNAME]);
    const Str own = cat_namespace(ddl->view, schema)->name;
    const Str tables = cat_namespace(ddl->view, relation->namespace_)->name;
    Error *error = error_begin(SQLSTATE_INVALID_OBJECT_DEFINITION);
    error_severity(error, SEVERITY_WARNING);
    error_message(error,
                  "statistics object \"%.*s.%.*s\" could not be computed for relation "
                  "\"%.*s.%.*s\"",
                  STR_ARG(own), STR_ARG(name), STR_ARG(tables), STR_ARG(relation->name));
    error_object(error, tables, relation->name, (Str){0}, (Str){0}, (Str){0});
    session_notice(ddl->session, error);
}

static void write_object(Together *work)
{
    Ddl *ddl = work->ddl;
    const StatisticsObject *object = work->object;
    const Oid oid = object->row[PG_STATISTIC_EXT_OID].value.u32;
    Datum row[PG_STATISTIC_EXT_DATA_COLUMNS];
    row[PG_STATISTIC_EXT_DATA_STXOID] = datum_oid(oid);
    row[PG_STATISTIC_EXT_DATA_STXDINHERIT] = datum_bool(false);
    row[PG_STATISTIC_EXT_DATA_STXDNDISTINCT] = has_kind(object, 'd') ? ndistinct(work)
                                                                     : datum_null();
    row[PG_STATISTIC_EXT_DATA_STXDDEPENDENCIES] = has_kind(object, 'f') ? dependencies(work)
                                                                        : datum_null();
    row[PG_STATISTIC_EXT_DATA_STXDMCV] = has_kind(object, 'm') ? common(work) : datum_null();
    row[PG_STATISTIC_EXT_DATA_STXDEXPR] = has_kind(object, 'e') ? expressions(work) : datum_null();
    ddl__forget_statistics_data(ddl, oid);
    (void)cat_insert(ddl->view, PG_STATISTIC_EXT_DATA, row);
}

void ddl__analyze_together(Ddl *ddl, const CatRelation *relation, const StatisticsObjects *objects,
                           const Sample *sample, uint32_t analyzed)
{
    for (uint32_t i = 0; i < objects->count; i++) {
        Together work = {.ddl = ddl, .sample = sample, .object = &objects->items[i]};
        if (!take_columns(&work, relation, analyzed)) {
            warn(ddl, relation, work.object);
            continue;
        }
        if (work.object->target == 0) continue;
        compute_expressions(&work, relation);
        rank_rows(&work);
        write_object(&work);
    }
}
