/* SPDX-License-Identifier: Apache-2.0 */
/* wal_records.h - every kind of log record, declared once: number (on disk: by hand, never reused), name,
 * and whose redo it is. The room named has one function a kind, handed to the store at start (RedoTable):
 * it applies the record to one of its pages.
 *
 * Adding a kind: a line here, a redo function in that room's table, a case in the printer table of the
 * same room. */
#pragma once

#include "base/base.h"

#define WAL_KINDS(X)                                                                              \
    /* store */                                                                                   \
    X(1, START, store) /* first record of an incarnation */                                       \
    X(2, CHECKPOINT_BEGIN, store)                                                                 \
    X(3, CHECKPOINT_END, store) /* begin, redo lsn, counters */                                   \
    X(4, SPACE_CREATE, store)                                                                     \
    X(5, SPACE_DROP, store)                                                                       \
    X(6, FULL_PAGE, store)        /* one ref, its image: during a file-level backup */            \
    X(7, PAGE_DELTA, store)       /* byte ranges of one page, for index methods */                \
    X(8, MAP_CHANGE, store)       /* extents or pages taken or freed: map page */                 \
    X(9, SPACE_HEADER, store)     /* byte range of a space's page 0 */                            \
    X(10, TREE_ROOT, store)       /* formats a new tree's first page */                           \
    X(11, TREE_SPLIT, store)      /* left, right, parent: moved content in the payload */         \
    X(12, TREE_SPLIT_ROOT, store) /* root, two new children */                                    \
    X(13, TREE_MERGE, store)  /* left gets right's content; right freed; parent loses an entry */ \
    X(23, TREE_SHRINK, store) /* root takes over its only child's content; child freed */         \
    X(14, TREE_BULK_PAGE, store) /* a page built at once: image without its hole */               \
    X(15, DIRECTORY_PUT, store)  /* entry of the tree directory set or replaced */                \
    X(16, DIRECTORY_REMOVE, store)                                                                \
    X(18, UNDO_FREE, store) /* a stream's head moved: horizon inside */                           \
    X(19, UNDO_JUMP,                                                                              \
      store)              /* rollback to a savepoint is done: its part of the chain is skipped */ \
    X(21, NOTHING, store) /* carries only itself: heart-beat, forced segment switch */            \
    X(22, CHECKPOINT_TRANSACTIONS, store) /* what the transaction room wants to know, in parts */ \
    X(24, CHECKPOINT_PAGES, store)        /* pages on their way */                                \
    X(25, PAGE_LEAVES, store) /* a page or undo extent will be out of what it is part of */       \
    /* txn */                                                                                     \
    X(40, COMMIT, txn)                                                                            \
    X(41, ABORT, txn)   /* all undone */                                                          \
    X(42, PREPARE, txn) /* with its locks (docs/traps.md F1) */                                   \
    X(43, COMMIT_PREPARED, txn)                                                                   \
    X(44, ABORT_PREPARED, txn)                                                                    \
    X(45, LOCK_EXCLUSIVE, txn) /* ACCESS EXCLUSIVE taken: for standbys */                         \
    /* table */                                                                                   \
    X(60, ROW_INSERT, table) /* leaf, undo */                                                     \
    X(61, ROW_UPDATE, table)                                                                      \
    X(62, ROW_DELETE, table)                                                                      \
    X(63, ROW_LOCK, table)                                                                        \
    X(64, ROW_BULK_INSERT, table) /* a range of rows of one leaf */                               \
    X(65, ROW_UNDO, table)        /* head and values put back by rollback */                      \
    X(66, ROW_PURGE, table)       /* deleted rows leave the leaf */                               \
    X(67, LEAF_RELAYOUT,                                                                          \
      table) /* capacity, layout or heap compacted: deterministic from the page */                \
    X(70, KEY_INSERT, table)                                                                      \
    X(71, KEY_MARK, table)                                                                        \
    X(72, KEY_PAYLOAD, table)                                                                     \
    X(73, KEY_UNDO, table)                                                                        \
    X(74, KEY_PURGE, table)                                                                       \
    X(75, OVERFLOW_WRITE, table) /* one page of an overflow value */                              \
    X(76, OVERFLOW_FREE, table)                                                                   \
    X(77, TREE_NOTE, table) /* undo alone: a transaction made a tree, or drops one at commit */   \
    X(78, KEY_ADD, table)   /* an entry put by a build beside writers: no undo */                 \
    X(79, KEY_BULK_INSERT, table) /* entries of one leaf */

typedef enum WalKind {
#define WAL_KIND_ENUM(number, NAME, room) WAL_##NAME = number,
    WAL_KINDS(WAL_KIND_ENUM)
#undef WAL_KIND_ENUM
        WAL_KIND_LIMIT = 128
} WalKind;
const char *wal_kind_name(uint16_t kind); /* NULL: unknown */
