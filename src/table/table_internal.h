/* SPDX-License-Identifier: Apache-2.0 */
/* table_internal.h - what rows, index entries and their upkeep share: who sees what, how a change gets its room before
 * anything is latched, who waits for whom, and what an open table keeps in memory.
 *
 * The order of every logged change (docs/traps.md C15):
 *
 *     write__begin      the xid and the chain
 *     write__reserve    undo room, then credit: nothing is latched, and nobody waits for credit while holding some
 *     tree_latch_leaf   the leaf, exclusively; look whether the change is still wanted and fits
 *     write__undo       latches the undo page: says where the record will stand. ST_BUSY: let go, reserve again
 *     (change the leaf)
 *     write__log        fills the undo record, logs both pages as one record, lets go of both
 *     write__end        gives back what was not used */
#pragma once

#include "base/base.h"
#include "base/heap.h"
#include "os/sync.h"
#include "store/store.h"
#include "table/leaf.h"
#include "table/table.h"
#include "txn/lock.h"

/* --- who sees what --- */

/* Is the version under this head the one that the snapshot sees, or a later one (false)? Deleted ones are told by the
 * head's flag. An own version is seen when it stands before the snapshot's own position. */
bool table__sees(const Snapshot *snapshot, RowHead head);
/* The xid has ended for good and its undo is not needed to take it back: what a page kept for its rollback may go. */
bool table__is_settled(Txns *txns, Xid xid);
/* Runs, is prepared, or is being undone: whoever wants the same row or key waits for it. */
bool table__is_open(Txns *txns, Xid xid);

/* --- where undo goes --- */

/* Unlogged trees use the class of logged ones: after a crash their rows are gone and undo finds nothing to do. */
UndoClass table__undo_class(const Tree *tree);
UndoClass table__undo_class_of(SpaceId space, uint32_t flags); /* TreeFlags */
SpaceId table__undo_space(TreeId tree, UndoPtr undo);
bool table__is_logged(const Tree *tree);

/* --- a change --- */

typedef struct Write {
    Txn *txn;
    Tree *tree;
    Store *store;
    UndoChain *chain;
    Xid xid;
    bool logged;         /* the leaf is; its undo always but for temporary trees */
    uint32_t undo_bytes; /* reserved: of the whole undo record */
    uint32_t log_bytes;  /* reserved: of the log record's payload */
    uint32_t credit;     /* in hand */
    PageRef undo;        /* between write__undo and write__log */
    UndoPtr at;
    bool format;
    bool
        leaves_dead; /* the change at hand gives purge something to do; true unless its maker says otherwise */
} Write;

/* ST_UNSUPPORTED: the tree stands in a space that the transaction has no undo in. */
Status write__begin(Write *write, Txn *txn, Tree *tree);
/* For an undo record with a payload of `undo_payload` bytes and a log record with one of `log_payload`. Again after
 * ST_BUSY, or for more. */
Status write__reserve(Write *write, uint32_t undo_payload, uint32_t log_payload);
bool write__suffices(const Write *write, uint32_t undo_payload, uint32_t log_payload);
/* Latches the undo page with the leaf latched. ST_BUSY. */
Status write__undo(Write *write, uint32_t undo_payload);
/* `undo_parts` is the undo record's payload, `parts` the log record's, which begins with undo_note_put; no part
 * stands on a page. Lets go of both pages, the leaf too, before the log record is filled. */
void write__log(Write *write, WalKind kind, PageRef *leaf, uint8_t undo_kind,
                const WalPart *undo_parts, uint32_t undo_part_count, const WalPart *parts,
                uint32_t part_count);
/* Of a leaf that write__log may have let go of. */
static inline void write__let_go(PageRef *leaf)
{
    if (leaf->word) pool_unlatch(leaf);
}
/* Room and credit that are left. Also between tries, before anything that takes room of its own (tree_split). */
void write__end(Write *write);

/* --- waits --- */

/* Waits until the writer of a row or key has ended. Nothing is latched. ST_NOT_AVAILABLE for NOWAIT and SKIP. */
Status table__wait_xid(const RowWaitOptions *wait, Txn *txn, Xid xid);

/* --- an open table --- */

/* The newest description of the columns. Pages bring their own shape: this one says how new pages are laid out, as what
 * kind values are read, and what a row without a column shows. */
typedef struct TableLayout {
    uint32_t number, column_count;
    bool wide;        /* every row is an image: too many columns for a page */
    LeafLayout page;  /* without room for images, unless `wide` */
    LeafLayout mixed; /* with */
    TableColumn *columns;
    LeafValue *missing; /* of all columns; null when there is none */
    Bytes missing_image;
} TableLayout;

/* What is kept in memory with a table's tree. */
struct Table {
    Tree *tree;
    Store *store;
    TreeId id;
    Heap *heap; /* holds this too, and all layouts that were ever in force */
    _Atomic(TableLayout *) layout;
    _Atomic(struct RowLeases *) leases; /* row_lease.c; NULL: nobody wanted one */
    /* No row has this id or a later one, but where leases give ids out. Raised under the latch of the last leaf; 0: not
     * known yet. On a line of its own with what else each insert changes. */
    _Alignas(64) _Atomic uint64_t next_row;
    _Atomic uint32_t tail_waits;  /* in the last leaf, by who inserts; under its latch */
    _Atomic uint32_t rows_a_leaf; /* in the last leaf when it was full: how a new one is laid out */
    _Atomic uint64_t arrays;      /* leaf_arrays of a leaf that a row was fetched from */
    Mutex grow;           /* one makes room at the end, or takes an overflow page, at a time */
    PageId overflow_last; /* taken for long values, in this run of the server; under `grow` */
    _Atomic uint64_t overflow_page; /* the one that short pieces share; 0: none */
};

/* What is kept with the open tree of a table; made where it is not there yet. It lives as long as the tree is open. */
Status table__of_tree(Tree *tree, Table **table);

static inline const TableLayout *table__layout(Table *table)
{
    return atomic_load_explicit(&table->layout, memory_order_acquire);
}

/* The leaf of a row whose columns `numbers`, ascending, are looked at: memory is asked for those together with the
 * leaf's header. */
Status table__latch_row(Table *table, RowId row, LatchMode mode, const uint16_t *numbers,
                        uint32_t count, PageRef *leaf);

/* Bytes of a row in the heap beyond which values move to overflow pages, and of a value; and what updates of single
 * columns may make of it. */
enum { ROW_HEAP_MAX = 4000, ROW_VALUE_MAX = 2000, ROW_HEAP_HARD = 5000 };
