/* SPDX-License-Identifier: Apache-2.0 */
/* figures.c - the lines of a transaction's figures: a list, since a transaction touches few relations, searched once an
 * operator. */
#include "exec/figures.h"

#include "base/error.h"
#include "os/sync.h"

struct ExecFigures {
    Mutex lock; /* RANK_PARALLEL: the list */
    Arena *arena;
    RelationFigures *first;
};

ExecFigures *exec_figures_new(Arena *transaction)
{
    ExecFigures *figures = ARENA_NEW(transaction, ExecFigures);
    mutex_init(&figures->lock, RANK_PARALLEL);
    figures->arena = arena_new_child(transaction, "figures");
    return figures;
}

RelationFigures *exec_figures_of(ExecFigures *figures, Oid relation)
{
    if (figures == NULL) return NULL;
    mutex_lock(&figures->lock);
    RelationFigures *found = figures->first;
    while (found != NULL && found->relation != relation) found = found->next;
    if (found == NULL && (found = ARENA_TRY_NEW(figures->arena, RelationFigures)) != NULL) {
        found->relation = relation;
        found->next = figures->first;
        figures->first = found;
    }
    mutex_unlock(&figures->lock);
    if (found == NULL) raise_status(ST_NO_MEMORY);
    return found;
}

const RelationFigures *exec_figures_first(const ExecFigures *figures)
{
    return figures != NULL ? figures->first : NULL;
}
