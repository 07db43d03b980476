/* SPDX-License-Identifier: Apache-2.0 */
/* table.c - making, opening and changing tables. An open table is what hangs on its open tree: it lives while the tree
 * is known to the store, so that the counter of row ids is read from the pages once. */
#include "table/table.h"

#include "base/error.h"
#include "table/table_internal.h"
#include "table/table_layout.h"
#include "table/tree_change.h"

static Status no_memory(void)
{
    return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
}

/* ---- making ---- */

static Status describe(Arena *arena, const TableColumn *columns, uint32_t count, Bytes *out)
{
    TRY(table_layout_check(columns, count));
    uint8_t *bytes = arena_try_alloc(arena, table_layout_bytes(columns, count));
    if (!bytes) return no_memory();
    *out = (Bytes){bytes, table_layout_write(columns, count, bytes)};
    return OK;
}

static Status note(Txn *txn, TreeUndoKind kind, TreeId id)
{
    Tree *tree;
    TRY(tree_open(txn_store(txn), id, &tree));
    UndoClass class_ = table__undo_class(tree);
    tree_close(tree);
    return tree_note(txn, class_, kind, id);
}

Status table_create(Txn *txn, SpaceId space, const TableColumn *columns, uint32_t count,
                    uint32_t tree_flags, TreeId *id)
{
    TreeOptions options = {.kind = TREE_TABLE, .flags = tree_flags};
    Arena *arena = arena_try_new(store_account(txn_store(txn)), "table layout");
    if (!arena) return no_memory();
    Status status = describe(arena, columns, count, &options.layout);
    if (status == OK) status = tree_make(txn, space, &options, id);
    arena_drop(arena);
    return status;
}

/* ---- opening ---- */

static void table_release(void *attachment)
{
    Table *table = attachment;
    heap_drop(table->heap);
}

static Status layout_load(Table *table, uint32_t number)
{
    Bytes description;
    TableLayout *layout;
    TRY(tree_layout(table->tree, number, &description));
    TRY(table_layout_read(table->heap, description, number, &layout));
    atomic_store_explicit(&table->layout, layout, memory_order_release);
    return OK;
}

static Status table_new(Tree *tree, Table **made)
{
    Heap *heap = heap_try_new(store_account(tree_store(tree)), "table");
    if (!heap) return no_memory();
    /* It has a member that wants a cache line of its own; the heap aligns to 16 bytes. */
    char *memory = heap_try_alloc(heap, sizeof(Table) + alignof(Table));
    Table *table = (Table *)(void *)ALIGN_UP((uintptr_t)memory, alignof(Table));
    Status status = memory ? OK : no_memory();
    if (status == OK) {
        table->tree = tree;
        table->store = tree_store(tree);
        table->id = tree_number_of(tree);
        table->heap = heap;
        mutex_init(&table->grow, RANK_TABLE_GROW);
        status = layout_load(table, tree_layout_count(tree) - 1);
    }
    if (status != OK) {
        heap_drop(heap);
        return status;
    }
    *made = table;
    return OK;
}

Status table__of_tree(Tree *tree, Table **table)
{
    Table *made = NULL;
    if (NEVER(tree_kind(tree) != TREE_TABLE)) return ST_INVALID;
    *table = tree_attachment(tree);
    if (LIKELY(*table != NULL)) return OK;
    TRY(table_new(tree, &made));
    *table = tree_attach(tree, made, table_release);
    return OK;
}

Status table_open(Store *store, TreeId id, Table **table)
{
    Tree *tree;
    TRY(tree_open(store, id, &tree));
    Status status = table__of_tree(tree, table);
    if (status != OK) tree_close(tree);
    return status;
}

void table_close(Table *table)
{
    tree_close(table->tree);
}

TreeId table_tree(const Table *table)
{
    return table->id;
}

uint32_t table_column_count(const Table *table)
{
    return atomic_load_explicit(&table->layout, memory_order_acquire)->column_count;
}

const TableColumn *table_columns(const Table *table)
{
    return atomic_load_explicit(&table->layout, memory_order_acquire)->columns;
}

/* ---- changing columns ---- */

static bool widens(Phys from, Phys to)
{
    switch (from) {
    case PHYS_I16: return to == PHYS_I32 || to == PHYS_I64;
    case PHYS_I32: return to == PHYS_I64;
    case PHYS_F32: return to == PHYS_F64;
    default: return false;
    }
}

/* `next` is to hold whatever a page or an undo record of `now` may bring. */
static bool follows(const TableColumn *now, const TableColumn *next)
{
    if (now->flags & COLUMN_DROPPED) return next->flags & COLUMN_DROPPED;
    if (next->flags & COLUMN_NOT_NULL && !(now->flags & COLUMN_NOT_NULL)) return false;
    return now->phys == next->phys || widens((Phys)now->phys, (Phys)next->phys);
}

Status table_change_columns(Table *table, const TableColumn *columns, uint32_t count)
{
    const TableLayout *layout = table__layout(table);
    if (count < layout->column_count) return ST_INVALID;
    for (uint32_t i = 0; i < count; i++) {
        const TableColumn *next = &columns[i];
        bool right = i < layout->column_count
                         ? follows(&layout->columns[i], next)
                         : !(next->flags & COLUMN_NOT_NULL) || !next->missing.null;
        if (!right) return ST_INVALID;
    }
    Arena *arena = arena_try_new(store_account(table->store), "table layout");
    if (!arena) return no_memory();
    Bytes description;
    uint32_t number;
    Status status = describe(arena, columns, count, &description);
    if (status == OK) status = tree_add_layout(table->tree, description, &number);
    if (status == OK) status = layout_load(table, number);
    arena_drop(arena);
    return status;
}

Status table_drop_at_commit(Txn *txn, TreeId id)
{
    return note(txn, UNDO_TREE_DROPPED, id);
}

/* ---- figures ---- */

enum { ESTIMATE_LEAVES = 16 };

static Status leaf_live_rows(Table *table, uint64_t row, uint64_t *live)
{
    const TreeKey key = {.row_id = row};
    PageRef leaf;
    TRY(tree_latch_leaf(table->tree, &key, false, LATCH_SHARED, false, &leaf));
    *live += leaf_row_count(leaf.data) - leaf_dead_count(leaf.data);
    pool_unlatch(&leaf);
    return OK;
}

Status table_row_estimate(Table *table, uint64_t *rows)
{
    TreeFigures figures;
    TreeKey *keys;
    uint32_t count = 0;
    uint64_t live = 0;
    TRY(tree_figures(table->tree, &figures));
    Arena *arena = arena_try_new(store_account(table->store), "row estimate");
    if (!arena) return no_memory();
    Status status = tree_partition(table->tree, ESTIMATE_LEAVES, arena, &keys, &count);
    if (status == OK) status = leaf_live_rows(table, 0, &live);
    for (uint32_t i = 0; i < count && status == OK; i++)
        status = leaf_live_rows(table, keys[i].row_id, &live);
    if (status == OK) *rows = live * MAX(figures.leaf_pages, 1) / (count + 1);
    arena_drop(arena);
    return status;
}
