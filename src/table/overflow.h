/* SPDX-License-Identifier: Apache-2.0 */
/* overflow.h - values too long for a leaf: compressed, cut into pieces, never changed. A row holds a reference.
 *
 * A value is taken back by the undo of its writing; once the writer has committed, by whoever purges the change that
 * made the last version with it go (docs/traps.md C22). */
#pragma once

#include "table/row_change.h"
#include "table/table_internal.h"

/* What stands in the row: place, undo record, bytes of the value, bytes stored, how. */
enum { OVERFLOW_REF_BYTES = 28, UNDO_OVERFLOW_WRITE = 24 };

typedef enum OverflowMethod {
    OVERFLOW_PLAIN = 0,
    OVERFLOW_LZ4 = 1,
    OVERFLOW_ZSTD = 2,
} OverflowMethod;

/* Writes a value and its reference (to `ref`). Nothing is latched or reserved. `wish`: the method, when it saves
 * enough. */
Status overflow_write(Table *table, Txn *txn, Bytes value, OverflowMethod wish,
                      uint8_t ref[OVERFLOW_REF_BYTES]);
/* The value, in `arena`. Nothing is latched. */
Status overflow_read(Table *table, Bytes ref, Arena *arena, Bytes *value);
/* Gives the value's pieces back; again is harmless. Nothing is latched or reserved. */
Status overflow_free(Tree *tree, Bytes ref);
/* All that an image of a row refers to: the before-image of a purged UPDATE. */
Status overflow_free_image(Tree *tree, Bytes image);
/* Does it refer to any? */
Status overflow_in_image(Bytes image, bool *any);
/* Is there something to purge once the change is visible to all: the row, or long values of the version before? */
bool row_leaves_dead(const RowChange *change);
/* References that a row of a latched page holds, copied one behind the other into `arena`. */
Status overflow_collect(const void *page, uint32_t slot, Arena *arena, uint8_t **refs,
                        uint32_t *count);
/* Rollback of one piece's writing. */
Status overflow_undo(Tree *tree, const UndoRecord *record);
/* The tree's number in such a record. ST_CORRUPT. */
Status overflow_undo_tree(const UndoRecord *record, uint64_t *tree);

enum { OVERFLOW_REDO_COUNT = 2 };
extern const RedoEntry overflow_redo_entries[OVERFLOW_REDO_COUNT];
