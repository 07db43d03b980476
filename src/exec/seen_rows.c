/* SPDX-License-Identifier: Apache-2.0 */
/* seen_rows.c - the newest rows are in a hash table. When it is full, its rows go to a file, and of each stays its hash
 * of 64 bits, in 11 to 22 bytes a row. A row that is not in the table and whose hash never went to the file is new. One
 * whose hash did is put aside; many of those are settled by one pass over the file. So a recursion that comes back to
 * what it saw lately, or never, does not read the file; another one does so once a round. */
#include "exec/seen_rows.h"

#include "base/task.h"
#include "exec/rowstore.h"
#include "exec/spill.h"

enum { HASHES_FIRST = 1024 };

struct SeenRows {
    uint64_t budget;
    KeyTable *recent;
    /* What went to the file. */
    RowStore *old;
    RowReader *old_reader;
    Arena *hashes_arena, *parent;
    uint64_t *hashes; /* 0: free */
    uint32_t hash_count, hash_mask;
    /* What may have. */
    RowStore *doubtful;
    RowReader *doubtful_reader;
    uint32_t settled;
    KeyTable *asked; /* some of them */
    bool *was_there; /* by its groups */
    Arena *asked_arena;
    uint32_t asked_at;
    uint32_t groups[BATCH_ROWS_MAX];
    uint64_t row_hashes[BATCH_ROWS_MAX];
    uint16_t rows[BATCH_ROWS_MAX];
    Batch view, out;
};

static void forget_hashes(SeenRows *seen)
{
    if (seen->hashes_arena) arena_drop(seen->hashes_arena);
    seen->hashes_arena = arena_new_child(seen->parent, "hashes of seen rows");
    seen->hashes = ARENA_ARRAY(seen->hashes_arena, uint64_t, HASHES_FIRST);
    seen->hash_mask = HASHES_FIRST - 1;
    seen->hash_count = 0;
}

static RowReader *open_store(Exec *exec, const RowShape *shape, uint64_t budget)
{
    RowStore *rows = rows_new(exec->arena, shape);
    if (budget < UINT64_MAX) rows_spill_to(rows, spill_open(exec), budget / 8);
    return reader_new(rows, exec->arena, 1);
}

SeenRows *seen_new(Exec *exec, const KeyColumn *columns, uint32_t count)
{
    SeenRows *seen = ARENA_NEW(exec->arena, SeenRows);
    Oid *types = ARENA_ARRAY(exec->arena, Oid, count);
    uint8_t *physes = ARENA_ARRAY(exec->arena, uint8_t, count);
    for (uint32_t i = 0; i < count; i++) {
        types[i] = columns[i].type;
        physes[i] = (uint8_t)type_get(exec->options.env, types[i])->phys;
    }
    const RowShape shape = {count, types, physes};
    seen->parent = exec->arena;
    seen->budget = spill_budget(exec, true);
    seen->recent = keys_new(exec->arena, exec->options.env, columns, count, true);
    seen->asked_arena = arena_new_child(exec->arena, "seen rows");
    seen->asked = keys_new(exec->arena, exec->options.env, columns, count, true);
    seen->old_reader = open_store(exec, &shape, seen->budget);
    seen->doubtful_reader = open_store(exec, &shape, seen->budget);
    seen->old = reader_rows(seen->old_reader);
    seen->doubtful = reader_rows(seen->doubtful_reader);
    seen->view.columns = ARENA_ARRAY(exec->arena, Vector, count);
    seen->out.columns = ARENA_ARRAY(exec->arena, Vector, count);
    seen->out.column_count = seen->view.column_count = count;
    forget_hashes(seen);
    return seen;
}

void seen_clear(SeenRows *seen)
{
    keys_clear(seen->recent);
    keys_clear(seen->asked);
    rows_clear(seen->old);
    rows_clear(seen->doubtful);
    forget_hashes(seen);
    seen->settled = seen->asked_at = 0;
}

/* ---- hashes of what is in the file ---- */

static uint64_t some_hash(uint64_t hash)
{
    return hash | (hash == 0);
}

/* Its place, or the free one where it would be. */
static uint64_t *hash_place(const SeenRows *seen, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & seen->hash_mask;
    while (seen->hashes[at] != 0 && seen->hashes[at] != hash) at = (at + 1) & seen->hash_mask;
    return &seen->hashes[at];
}

static void hashes_grow(SeenRows *seen)
{
    const uint64_t *old = seen->hashes;
    const uint32_t old_count = seen->hash_mask + 1;
    Arena *old_arena = seen->hashes_arena;
    if (old_count > UINT32_MAX / 4)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too many rows to be kept in memory");
    seen->hashes_arena = arena_new_child(seen->parent, "hashes of seen rows");
    seen->hashes = ARENA_ARRAY(seen->hashes_arena, uint64_t, old_count * 2);
    seen->hash_mask = old_count * 2 - 1;
    for (uint32_t i = 0; i < old_count; i++)
        if (old[i] != 0) *hash_place(seen, old[i]) = old[i];
    arena_drop(old_arena);
}

static void hash_add(SeenRows *seen, uint64_t hash)
{
    uint64_t *place = hash_place(seen, some_hash(hash));
    if (*place != 0) return;
    *place = some_hash(hash);
    if (++seen->hash_count > (seen->hash_mask + 1) / 4 * 3) hashes_grow(seen);
}

/* Makes room in the table when it is full. */
static void write_recent(SeenRows *seen)
{
    const uint32_t count = keys_count(seen->recent);
    if (keys_bytes(seen->recent) <= seen->budget / 2) return;
    for (uint32_t at = 0; at < count;) {
        const Selection part = keys_view(seen->recent, at, BATCH_ROWS_MAX, seen->view.columns);
        keys_hashes(seen->recent, seen->view.columns, part, seen->row_hashes);
        for (uint32_t i = 0; i < part.count; i++) hash_add(seen, seen->row_hashes[i]);
        rows_append(seen->old, seen->view.columns, part);
        at += part.count;
    }
    keys_clear(seen->recent);
}

/* ---- rows that come ---- */

/* Those that the table did not have; equal ones come once. */
static Selection add_recent(SeenRows *seen, const Vector *columns, Selection selection,
                            uint16_t *rows)
{
    uint32_t known = keys_count(seen->recent), count = 0;
    keys_add(seen->recent, columns, selection, seen->groups);
    for (uint32_t i = 0; i < selection.count; i++) {
        if (seen->groups[i] < known) continue;
        known = seen->groups[i] + 1; /* in order: the first of equal rows has the new one */
        rows[count++] = (uint16_t)sel_row(selection, i);
    }
    write_recent(seen);
    return (Selection){rows, count};
}

/* Those that neither the table has nor perhaps the file, which are put aside. */
static Selection leave_out_old(SeenRows *seen, const Vector *columns, Selection selection)
{
    uint16_t doubtful[BATCH_ROWS_MAX];
    uint32_t unknown = 0, count = 0, doubtful_count = 0;
    keys_find(seen->recent, columns, selection, seen->groups);
    for (uint32_t i = 0; i < selection.count; i++)
        if (seen->groups[i] == KEY_NONE) seen->rows[unknown++] = (uint16_t)sel_row(selection, i);
    if (unknown == 0) return (Selection){seen->rows, 0};
    keys_hashes(seen->recent, columns, (Selection){seen->rows, unknown}, seen->row_hashes);
    for (uint32_t i = 0; i < unknown; i++) {
        if (*hash_place(seen, some_hash(seen->row_hashes[i])) != 0)
            doubtful[doubtful_count++] = seen->rows[i];
        else
            seen->rows[count++] = seen->rows[i];
    }
    if (doubtful_count > 0)
        rows_append(seen->doubtful, columns, (Selection){doubtful, doubtful_count});
    return (Selection){seen->rows, count};
}

Selection seen_add(SeenRows *seen, const Vector *columns, Selection selection, uint16_t *rows)
{
    if (rows_count(seen->old) > 0) selection = leave_out_old(seen, columns, selection);
    if (selection.count == 0) return selection;
    return add_recent(seen, columns, selection, rows);
}

/* ---- doubts ---- */

/* As many of the rows put aside as may be held. */
static void ask_some(SeenRows *seen)
{
    while (seen->settled < rows_count(seen->doubtful) &&
           keys_bytes(seen->asked) <= seen->budget / 4) {
        uint32_t count = 0;
        const Selection part = reader_view(seen->doubtful_reader, seen->settled, BATCH_ROWS_MAX,
                                           seen->view.columns);
        keys_find(seen->recent, seen->view.columns, part, seen->groups);
        for (uint32_t i = 0; i < part.count; i++)
            if (seen->groups[i] == KEY_NONE) seen->rows[count++] = (uint16_t)sel_row(part, i);
        if (count > 0)
            keys_add(seen->asked, seen->view.columns, (Selection){seen->rows, count}, seen->groups);
        seen->settled += part.count;
    }
}

static void look_through_file(SeenRows *seen)
{
    const uint32_t count = keys_count(seen->asked);
    arena_reset(seen->asked_arena);
    seen->was_there = ARENA_ARRAY(seen->asked_arena, bool, count);
    for (uint32_t at = 0, left = count; at < rows_count(seen->old) && left > 0;) {
        const Selection part = reader_view(seen->old_reader, at, BATCH_ROWS_MAX,
                                           seen->view.columns);
        keys_find(seen->asked, seen->view.columns, part, seen->groups);
        for (uint32_t i = 0; i < part.count; i++) {
            if (seen->groups[i] == KEY_NONE) continue;
            seen->was_there[seen->groups[i]] = true;
            left--;
        }
        at += part.count;
    }
}

/* The next of those asked that were not there. */
static bool next_new(SeenRows *seen)
{
    uint16_t rows[BATCH_ROWS_MAX];
    uint32_t count = 0;
    while (count == 0 && seen->asked_at < keys_count(seen->asked)) {
        const Selection part = keys_view(seen->asked, seen->asked_at, BATCH_ROWS_MAX,
                                         seen->out.columns);
        for (uint32_t i = 0; i < part.count; i++)
            if (!seen->was_there[seen->asked_at + i])
                seen->rows[count++] = (uint16_t)sel_row(part, i);
        seen->asked_at += part.count;
    }
    if (count == 0) return false;
    seen->out.selection = (Selection){seen->rows, count};
    (void)add_recent(seen, seen->out.columns, seen->out.selection, rows);
    return true;
}

bool seen_settle(SeenRows *seen, const Batch **batch)
{
    *batch = &seen->out;
    while (!next_new(seen)) {
        task_check();
        keys_clear(seen->asked);
        seen->asked_at = 0;
        if (seen->settled == rows_count(seen->doubtful)) {
            if (seen->settled > 0) rows_clear(seen->doubtful);
            seen->settled = 0;
            return false;
        }
        ask_some(seen);
        look_through_file(seen);
    }
    return true;
}
