/* SPDX-License-Identifier: Apache-2.0 */
/* tree_change.h - trees that a transaction makes or drops, kept in its undo. The tree directory itself is not
 * transactional (docs/traps.md F9): a tree is there at once and goes for good, so
 *
 *     made      the tree is dropped when the transaction is undone
 *     dropped   the tree is dropped when the transaction has committed and no snapshot is older; undone, it is not
 *
 * A tree is noted by its number before it is made: whatever a crash leaves of it, rollback drops. */
#pragma once

#include "base/base.h"
#include "store/store.h"
#include "txn/txn.h"

/* On disk, never reused, apart from RowUndoKind and KeyUndoKind. */
typedef enum TreeUndoKind {
    UNDO_TREE_MADE = 16,
    UNDO_TREE_DROPPED = 17,
} TreeUndoKind;

/* Appends the note to the transaction's chain of that class: the class of the tree's other changes
 * (table__undo_class). Nothing is latched or reserved. */
Status tree_note(Txn *txn, UndoClass class_, TreeUndoKind kind, TreeId id);
/* A new empty tree, noted first. ST_UNSUPPORTED: the transaction has no undo in that space. */
Status tree_make(Txn *txn, SpaceId space, const TreeOptions *options, TreeId *id);
/* The tree's number of a note in undo. ST_CORRUPT: it is none. */
Status tree_note_read(const UndoRecord *record, uint64_t *tree);

enum { TREE_NOTE_REDO_COUNT = 1 };
extern const RedoEntry tree_note_redo_entries[TREE_NOTE_REDO_COUNT];
