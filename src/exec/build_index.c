/* SPDX-License-Identifier: Apache-2.0 */
/* build_index.c - an index over what is in its table: entries of all rows are gathered, sorted, and written from left
 * to right (or, beside writers, added one by one).
 *
 * Rows are read by the session's task and, where the table is large enough, by workers, each of which takes the next
 * range of row ids from a cursor that all share, and sorts what it has; the session's task merges. Each may hold its
 * part of maintenance_work_mem, the rest is in files (entry_runs.c). */
#include "exec/exec.h"

#include "base/scope.h"
#include "base/settings.h"
#include "base/task.h"
#include "exec/entry_runs.h"
#include "exec/parallel.h"
#include "exec/relation.h"
#include "plan/plan.h"

enum { RANGES = 32 /* of the shared scan, by participant */, WORKER_KILOBYTES_LEAST = 32 << 10 };
/* Of an entry: what is known of its key beside its bytes. */
enum { MARK_INEXACT = 1, MARK_NEVER_EQUAL = 2 };

typedef struct Building Building;

/* Who gathers. The first is the session's task. */
typedef struct Gatherer {
    Building *building;
    Arena *arena, *scratch;
    FnEnv env;
    Exec *exec;
    IndexMaker *maker;
    EntryRuns *runs;
    ParallelTask worker;
} Gatherer;

struct Building {
    const CatRelation *relation;
    const CatIndex *index;
    ExecOptions own;
    Exec *exec;
    IndexMaker *maker; /* to write with */
    ParallelGroup group;
    ScanCursor *cursor; /* NULL: there is one gatherer */
    Gatherer *gatherers;
    uint32_t count, reserved;
    uint64_t expected; /* rows, about */
};

/* ---- gathering ---- */

static void gather_entry(void *arg, const Datum *columns, RowId row)
{
    Gatherer *self = arg;
    IndexKey key;
    arena_reset(self->scratch);
    if (!index_maker_key(self->maker, columns, self->scratch, &key)) return;
    const IndexEntry entry = {key.key, row,
                              (uint8_t)((key.inexact ? MARK_INEXACT : 0) |
                                        (key.never_equal ? MARK_NEVER_EQUAL : 0))};
    entry_runs_add(self->runs, &entry);
}

static void gather(void *arg)
{
    Gatherer *self = arg;
    const Building *building = self->building;
    exec__visit_part(building->relation, &self->exec->options, building->own.snapshot,
                     self->maker->uses, building->cursor, gather_entry, self);
    entry_runs_sort(self->runs);
}

/* `env`: of a participant; NULL: there is only this one. */
static void open_gatherer(Building *building, Gatherer *self, Scope *scope, const FnEnv *env)
{
    const Settings *settings = building->own.settings;
    const uint64_t budget = settings ? (uint64_t)settings->maintenance_work_mem * 1024 : UINT64_MAX;
    ExecOptions options = building->own;
    self->building = building;
    self->arena = arena_new_child(building->own.query, "gatherer");
    self->scratch = arena_new_child(self->arena, "key");
    options.query = self->arena;
    if (env) options.env = env;
    self->exec = exec__new(&options);
    self->maker = index_maker_open(self->exec, building->relation, building->index);
    self->runs = entry_runs_new(self->arena, &self->exec->options,
                                building->expected / building->count * 9 / 8,
                                budget / building->count);
    scope_add(scope, entry_runs_close, self->runs);
}

static uint32_t workers_wanted(const Building *building)
{
    const Settings *settings = building->own.settings;
    const CatRelation *relation = building->relation;
    if (!settings || !building->own.workers || !plan_is_open_to_workers(relation) ||
        !building->maker->is_open_to_workers)
        return 0;
    const uint32_t fit = (uint32_t)settings->maintenance_work_mem / WORKER_KILOBYTES_LEAST;
    const uint32_t most = (uint32_t)settings->max_parallel_maintenance_workers;
    return plan_scan_workers(settings, relation, (double)building->expected,
                             MIN(most, fit > 0 ? fit - 1 : 0));
}

static void end_workers(void *arg)
{
    Building *building = arg;
    parallel_stop(&building->group);
    parallel_give_back(&building->own, building->reserved);
}

/* The session's task does its part and waits for the others. */
static void gather_together(Building *building)
{
    SCOPED(scope);
    ParallelGroup *group = &building->group;
    for (uint32_t i = 1; i < building->count; i++) {
        Gatherer *self = &building->gatherers[i];
        self->worker =
            (ParallelTask){.group = group, .body = gather, .arg = self, .arena = self->arena};
        (void)parallel_start(&self->worker, building->exec);
    }
    parallel_lend_view(group);
    scope_add(scope, parallel_take_view, group);
    gather(&building->gatherers[0]);
    mutex_lock(&group->lock);
    while (group->failed || group->running > 0) parallel_wait(group);
    mutex_unlock(&group->lock);
}

/* Opens what the workers need, before any of them runs (G3), and gathers. */
static void gather_by_several(Building *building, Scope *scope)
{
    parallel_init(&building->group, building->exec, building->own.query);
    building->group.participants = building->count;
    scope_add(scope, end_workers, building);
    CHECK(scan_cursor_open(building->relation->table, building->own.query, building->count * RANGES,
                           &building->cursor));
    for (uint32_t i = 0; i < building->count; i++) {
        Gatherer *self = &building->gatherers[i];
        parallel_env(&self->env, &building->group, building->own.query);
        open_gatherer(building, self, scope, &self->env);
        parallel_guard_env(&self->env, &building->group);
        self->exec->options.view = NULL; /* (G2) */
    }
    gather_together(building);
}

/* All entries of the rows that the snapshot sees, in order. */
static EntryMerge *gather_entries(Building *building, Scope *scope)
{
    Arena *arena = building->own.query;
    CHECK(table_row_estimate(building->relation->table, &building->expected));
    building->reserved = parallel_reserve(&building->own, workers_wanted(building));
    building->count = building->reserved + 1;
    building->gatherers = ARENA_ARRAY(arena, Gatherer, building->count);
    if (building->reserved > 0) {
        gather_by_several(building, scope);
    } else {
        open_gatherer(building, &building->gatherers[0], scope, NULL);
        gather(&building->gatherers[0]);
    }
    EntryRuns **parts = ARENA_ARRAY(arena, EntryRuns *, building->count);
    for (uint32_t i = 0; i < building->count; i++) parts[i] = building->gatherers[i].runs;
    return entry_merge_new(arena, parts, building->count);
}

/* ---- writing ---- */

static IndexKey key_of(const IndexEntry *entry)
{
    return (IndexKey){.key = entry->key,
                      .inexact = (entry->marks & MARK_INEXACT) != 0,
                      .never_equal = (entry->marks & MARK_NEVER_EQUAL) != 0};
}

static void begin(Building *building, Scope *scope, const CatRelation *relation,
                  const CatIndex *index, const ExecOptions *options)
{
    *building = (Building){.relation = relation, .index = index, .own = *options};
    building->own.query = scope_arena(scope, arena_account(options->query), "index build");
    building->exec = exec__new(&building->own);
    building->maker = index_maker_open(building->exec, relation, index);
}

/* Does nothing once the build has come to its end. */
static void abandon_build(void *build)
{
    index_build_abandon(build);
}

void exec_build_index(const CatRelation *relation, const CatIndex *index,
                      const ExecOptions *options)
{
    SCOPED(scope);
    Building building;
    begin(&building, scope, relation, index, options);
    EntryMerge *entries = gather_entries(&building, scope);
    IndexBuild *build;
    IndexEntry entry;
    CHECK(index_build_begin(building.maker->open, building.own.query, &build));
    scope_add(scope, abandon_build, build);
    while (entry_merge_next(entries, &entry)) {
        const IndexKey key = key_of(&entry);
        task_check();
        const Status status = index_build_add(build, &key, entry.row, (Xid){0});
        if (status == ST_DUPLICATE)
            index_maker_raise_not_unique(building.maker, &building.own, entry.row);
        CHECK(status);
    }
    CHECK(index_build_end(build));
}

void exec_build_index_beside(const CatRelation *relation, const CatIndex *index,
                             const ExecOptions *options)
{
    SCOPED(scope);
    Building building;
    begin(&building, scope, relation, index, options);
    EntryMerge *entries = gather_entries(&building, scope);
    IndexEntry entry;
    while (entry_merge_next(entries, &entry)) {
        const IndexKey key = key_of(&entry);
        task_check();
        const Status status = index_build_concurrent_add(building.maker->open,
                                                         building.own.snapshot, &key, entry.row,
                                                         building.own.wait);
        if (status == ST_DUPLICATE)
            index_maker_raise_not_unique(building.maker, &building.own, entry.row);
        CHECK(status);
    }
}
