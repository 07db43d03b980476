/* SPDX-License-Identifier: Apache-2.0 */
/* table_check.c - is a table whole? Its pages; that heads bear xids which were given out; and that every version which
 * a snapshot may still ask for can be reached through undo. Others may work meanwhile. */
#include "table/upkeep.h"

#include "base/error.h"
#include "table/leaf.h"
#include "table/overflow_page.h"
#include "table/row_change.h"
#include "table/row_range.h"
#include "table/table_internal.h"

typedef struct HeadSeen {
    RowId row;
    RowHead head;
} HeadSeen;

typedef struct TableCheck {
    Table *table;
    Txns *txns;
    CheckFound found;
    void *arg;
    Arena *arena;
    PageId page;
    uint32_t count;
    HeadSeen heads[LEAF_ROWS_MAX];
} TableCheck;

static void tell(const TableCheck *check, RowId row, const char *what, uint64_t number)
{
    check->found(check->arg, check->page,
                 "table tree %" PRIu64 " of space %u: row %" PRIu64 " %s %" PRIx64,
                 tree_number(check->table->id), tree_space(check->table->id).v, row.v, what,
                 number);
}

/* Nobody asks for what was before: purge may have freed it, or does so now. */
static bool is_passed(const TableCheck *check, RowHead head, UndoClass class_)
{
    CommitNumber number;
    if (txn_xid_state(check->txns, head.xid, &number) != XID_COMMITTED) return false;
    return number.v <= txn_purge_horizon(check->txns, class_).v;
}

/* The row came with others. */
static Status check_range(const TableCheck *check, RowId row, const RowHead *head,
                          const UndoRecord *record)
{
    RowRange range;
    bool fits = row_range_read_undo(record, &range) == OK && row.v >= range.first.v &&
                row.v - range.first.v < range.count && record->xid.v == head->xid.v &&
                range.tree == tree_number(check->table->id);
    if (!fits) tell(check, row, "has foreign undo", head->undo.v);
    if (fits && !(head->flags & ROW_FLAG_BORN))
        tell(check, row, "has a wrong beginning", head->undo.v);
    return ST_END;
}

/* The version before, from undo. ST_END: there is none, or something is wrong and has been told. */
static Status step_back(const TableCheck *check, RowId row, RowHead *head)
{
    UndoRecord record;
    RowChange change;
    UndoClass class_ = undo_ptr_class(head->undo);
    if (is_passed(check, *head, class_)) return ST_END;
    arena_reset(check->arena);
    Status status = undo_read(check->table->store, table__undo_space(check->table->id, head->undo),
                              head->undo, check->arena, &record);
    /* Ended, or been rolled back and purged, since we saw the head. */
    if (status == ST_END && (is_passed(check, *head, class_) ||
                             txn_xid_state(check->txns, head->xid, NULL) == XID_ABORTED))
        return ST_END;
    if (status == ST_END) tell(check, row, "lacks undo", head->undo.v);
    TRY(status);
    if (record.kind == UNDO_ROW_RANGE) return check_range(check, row, head, &record);
    bool fits = row_change_read_undo(&record, &change) == OK && change.row.v == row.v &&
                change.tree == tree_number(check->table->id) && record.xid.v == head->xid.v;
    if (!fits) tell(check, row, "has foreign undo", head->undo.v);
    if (fits && (change.kind == UNDO_ROW_INSERT) != ((head->flags & ROW_FLAG_BORN) != 0))
        tell(check, row, "has a wrong beginning", head->undo.v);
    if (!fits || change.kind == UNDO_ROW_INSERT) return ST_END;
    *head = change.before;
    return OK;
}

static Status check_row(const TableCheck *check, const HeadSeen *seen, Xid next)
{
    RowHead head = seen->head;
    Status status = OK;
    while (status == OK) {
        TRY(task_try_check());
        if (head.xid.v >= next.v)
            tell(check, seen->row, "bears a transaction to come:", head.xid.v);
        status = step_back(check, seen->row, &head);
    }
    return status == ST_END ? OK : status;
}

/* The heads of the leaf at *row, and where the next begins; UINT64_MAX: that was the last. */
static Status copy_heads(TableCheck *check, uint64_t *row)
{
    PageRef leaf;
    const TreeKey key = {.row_id = *row};
    TRY(tree_latch_leaf(check->table->tree, &key, false, LATCH_SHARED, true, &leaf));
    check->page = leaf.id;
    check->count = leaf_row_count(leaf.data);
    for (uint32_t i = 0; i < check->count; i++)
        check->heads[i] = (HeadSeen){leaf_row_id(leaf.data, i), leaf_head(leaf.data, i)};
    *row = leaf_high(leaf.data);
    pool_unlatch(&leaf);
    return OK;
}

static Status check_heads(TableCheck *check)
{
    TxnFigures figures;
    for (uint64_t row = 0; row != UINT64_MAX;) {
        TRY(copy_heads(check, &row));
        txns_figures(check->txns, &figures);
        for (uint32_t i = 0; i < check->count; i++)
            TRY(check_row(check, &check->heads[i], figures.next));
    }
    return OK;
}

/* ---- pages of long values ---- */

static Status check_overflow(void *arg, CheckPages *pages, PageId page, const void *data)
{
    const PageHeader *header = data;
    Tree *tree = arg;
    TreeId id = tree_number_of(tree);
    if (header->kind != PAGE_OVERFLOW || page_tree(header) != tree_number(id))
        return OK; /* part of nothing, and told as such */
    check_own(pages, id, page, 1);
    if (!overflow_page_is_sound(data))
        check_found(pages, page, "page of long values of tree %" PRIu64 " is damaged",
                    tree_number(id));
    else if (overflow_page_live(data) == 0)
        check_found(pages, page, "page of long values of tree %" PRIu64 " is empty, and taken",
                    tree_number(id));
    return OK;
}

Status table_check_pages(void *arg, Tree *tree, CheckPages *pages)
{
    (void)arg;
    return check_visit_rest(pages, tree_number_of(tree), check_overflow, tree);
}

/* ---- all of it ---- */

Status table_check(Table *table, Txns *txns, CheckFound found, void *arg)
{
    TRY(tree_check(table->tree, found, arg));
    Arena *arena = arena_try_new(store_account(table->store), "table check");
    TableCheck *check = arena ? arena_try_alloc(arena, sizeof *check) : NULL;
    Status status = ST_NO_MEMORY;
    if (check) {
        *check = (TableCheck){.table = table, .txns = txns, .found = found, .arg = arg};
        check->arena = arena_try_new_child(arena, "undo of a table check");
        if (check->arena) status = check_heads(check);
    }
    if (arena) arena_drop(arena);
    return status;
}
