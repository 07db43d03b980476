/* SPDX-License-Identifier: Apache-2.0 */
/* figures.h - what a transaction's statements do to each relation, counted for pg_stat_user_tables and its kin.
 * Operators find the line of their relation when they open, and add to it without a lock, also in helping tasks.
 * Whoever runs the transaction adds all lines to what is kept for good when it ends. */
#pragma once

#include "base/arena.h"
#include "base/vector.h"

typedef struct RelationFigures {
    struct RelationFigures *next;
    Oid relation; /* a table or an index */
    _Atomic bool truncated;
    _Atomic uint64_t scans, returned, fetched; /* returned: rows, or entries, that scans met */
    _Atomic uint64_t inserted, updated, updated_alone, deleted; /* alone: no index entry changed */
} RelationFigures;

typedef struct ExecFigures ExecFigures; /* of one transaction */

ExecFigures *exec_figures_new(Arena *transaction);
/* The line of a relation, made at the first call. From any task. NULL: nothing is counted. Raises 53200. */
RelationFigures *exec_figures_of(ExecFigures *figures, Oid relation);
/* All lines; NULL: none. When no statement runs. */
const RelationFigures *exec_figures_first(const ExecFigures *figures);

static inline void figures_add(_Atomic uint64_t *figure, uint64_t n)
{
    atomic_fetch_add_explicit(figure, n, memory_order_relaxed);
}
