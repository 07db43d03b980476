/* SPDX-License-Identifier: Apache-2.0 */
/* table_figures.c - figures of tables and indexes: a hash of lines, which are used again when they are given back. */
#include "session/table_figures.h"

#include "base/account.h"
#include "base/error.h"

enum { BUCKETS = 1024 };

typedef struct Line {
    struct Line *next;
    TableFigures figures;
} Line;

struct TableCounts {
    Mutex lock; /* RANK_ACTIVITY: all that follows */
    Arena *arena;
    Line *free;
    uint32_t count;
    Line *buckets[BUCKETS];
};

Status table_counts_new(Account *account, TableCounts **counts)
{
    Arena *arena = arena_try_new(account, "figures of tables");
    TableCounts *made = arena ? ARENA_TRY_NEW(arena, TableCounts) : NULL;
    if (!made) {
        if (arena) arena_drop(arena);
        return ST_NO_MEMORY;
    }
    made->arena = arena;
    mutex_init(&made->lock, RANK_ACTIVITY);
    *counts = made;
    return OK;
}

void table_counts_release(TableCounts *counts)
{
    arena_drop(counts->arena);
}

/* ---- lines; the lock is held ---- */

static Line **place_of(TableCounts *counts, Oid database, Oid relation)
{
    const uint64_t key = (uint64_t)database << 32 | relation;
    Line **at = &counts->buckets[(key * UINT64_C(0x9e3779b97f4a7c15)) >> 54];
    while (*at && ((*at)->figures.relation != relation || (*at)->figures.database != database))
        at = &(*at)->next;
    return at;
}

/* NULL: there is none, or no memory to make one. */
static Line *line_of(TableCounts *counts, Oid database, Oid relation, bool make)
{
    Line **at = place_of(counts, database, relation), *line = *at;
    if (line || !make) return line;
    line = counts->free;
    if (line)
        counts->free = line->next;
    else
        line = ARENA_TRY_NEW(counts->arena, Line);
    if (!line) return NULL;
    *line = (Line){.figures = {.database = database, .relation = relation}};
    *at = line;
    counts->count++;
    return line;
}

static void give_back(TableCounts *counts, Line **at)
{
    Line *line = *at;
    *at = line->next;
    line->next = counts->free;
    counts->free = line;
    counts->count--;
}

/* ---- a transaction's ---- */

static void add(TableFigures *to, const RelationFigures *from, bool committed, int64_t now)
{
    const int64_t inserted = (int64_t)from->inserted, deleted = (int64_t)from->deleted;
    to->scans += from->scans;
    to->returned += from->returned;
    to->fetched += from->fetched;
    to->inserted += from->inserted;
    to->updated += from->updated;
    to->updated_alone += from->updated_alone;
    to->deleted += from->deleted;
    to->inserted_since_vacuum += inserted;
    if (from->scans > 0) to->last_scan = now;
    if (!committed) return;
    if (from->truncated) {
        to->live = 0;
        to->inserted_since_vacuum = inserted;
    }
    to->live = MAX(to->live + inserted - deleted, (int64_t)0);
    to->changed += inserted + deleted + (int64_t)from->updated;
}

void table_counts_add(TableCounts *counts, Oid database, const ExecFigures *figures, bool committed,
                      int64_t now)
{
    const RelationFigures *first = exec_figures_first(figures);
    if (!first) return;
    mutex_lock(&counts->lock);
    for (const RelationFigures *from = first; from; from = from->next) {
        Line *line = line_of(counts, database, from->relation, true);
        if (line) add(&line->figures, from, committed, now);
    }
    mutex_unlock(&counts->lock);
}

/* ---- for who asks ---- */

TableFigures table_counts_of(TableCounts *counts, Oid database, Oid relation)
{
    TableFigures copy = {.database = database, .relation = relation};
    mutex_lock(&counts->lock);
    const Line *line = line_of(counts, database, relation, false);
    if (line) copy = line->figures;
    mutex_unlock(&counts->lock);
    return copy;
}

TableFigures *table_counts_list(TableCounts *counts, Oid database, Arena *arena, uint32_t *count)
{
    mutex_lock(&counts->lock);
    const uint32_t room = counts->count + 16; /* some may come before the copy is made */
    mutex_unlock(&counts->lock);
    TableFigures *list = ARENA_ARRAY(arena, TableFigures, room);
    uint32_t n = 0;
    mutex_lock(&counts->lock);
    for (uint32_t i = 0; i < BUCKETS; i++)
        for (const Line *line = counts->buckets[i]; line && n < room; line = line->next)
            if (database == 0 || line->figures.database == database) list[n++] = line->figures;
    mutex_unlock(&counts->lock);
    *count = n;
    return list;
}

void table_counts_act(TableCounts *counts, Oid database, Oid relation, uint32_t act, int64_t rows,
                      int64_t began, int64_t now)
{
    mutex_lock(&counts->lock);
    Line *line = line_of(counts, database, relation, true);
    if (line) {
        TableFigures *figures = &line->figures;
        figures->acts[act].count++;
        figures->acts[act].last = now;
        figures->acts[act].total_us += MAX(now - began, (int64_t)0);
        if (rows >= 0) figures->live = rows;
        if (act == FIGURES_VACUUM)
            figures->inserted_since_vacuum = 0;
        else
            figures->changed = 0;
    }
    mutex_unlock(&counts->lock);
}

void table_counts_reset(TableCounts *counts, Oid database, Oid relation)
{
    mutex_lock(&counts->lock);
    Line **one = relation != 0 ? place_of(counts, database, relation) : NULL;
    if (one && *one) give_back(counts, one);
    for (uint32_t i = 0; relation == 0 && i < BUCKETS; i++)
        for (Line **at = &counts->buckets[i]; *at;) {
            if ((*at)->figures.database == database)
                give_back(counts, at);
            else
                at = &(*at)->next;
        }
    mutex_unlock(&counts->lock);
}
