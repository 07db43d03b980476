/* SPDX-License-Identifier: Apache-2.0 */
/* arbiter.c - the unique indexes that ON CONFLICT means: those of its constraint, or those with exactly its columns and
 * expressions whose predicate, if they have one, follows from its WHERE. */
#include "plan/plan_internal.h"

static bool is_of_class(Planner *planner, const CatIndexKey *key, Oid wanted)
{
    const CatOpclass *class_ = wanted != 0 ? cat_opclass(planner->state->options->view, wanted)
                                           : NULL;
    return class_ == NULL || class_->family == key->opfamily;
}

/* Is element `i` what key `k` holds, of the collation and class that it may name? */
static bool is_element(Planner *planner, const CatIndex *index, uint32_t k,
                       const QOnConflict *conflict, uint32_t i, uint32_t table)
{
    const Oid collation = (Oid)conflict->arbiter_collations.items[i];
    return plan__is_index_key(planner, index, k, conflict->arbiter_elements.items[i], table) &&
           (collation == 0 || collation == index->keys[k].collation) &&
           is_of_class(planner, &index->keys[k], (Oid)conflict->arbiter_opclasses.items[i]);
}

static bool index_fits(Planner *planner, const CatIndex *index, const QOnConflict *conflict,
                       uint32_t table)
{
    uint64_t met = 0; /* elements */
    const uint32_t count = conflict->arbiter_elements.count;
    if (!index->unique || !index->valid) return false;
    for (uint32_t k = 0; k < index->key_count; k++) {
        bool found = false;
        for (uint32_t i = 0; i < count; i++) {
            if (!is_element(planner, index, k, conflict, i, table)) continue;
            met |= UINT64_C(1) << i;
            found = true;
        }
        if (!found) return false;
    }
    if (met != (UINT64_MAX >> (64 - count))) return false;
    QExprList known = {0};
    if (conflict->arbiter_where != NULL)
        plan__split_conjunction(planner->state->temporary, conflict->arbiter_where, &known);
    return plan__index_covers(planner, index, table, &known);
}

void plan__infer_arbiters(Planner *planner)
{
    QOnConflict *conflict = planner->query->on_conflict;
    const uint32_t table = planner->query->result_table;
    const CatRelation *relation = planner->relations[table - 1];
    const uint32_t count = conflict->arbiter_elements.count;
    enum { ELEMENTS_MAX = 32 }; /* an index has no more keys */
    NodeI32s *indexes = &conflict->indexes;
    if (conflict->constraint == 0 && count == 0) return;
    *indexes = (NodeI32s){ARENA_ARRAY(planner->state->arena, int32_t, relation->index_count + 1),
                          0};
    for (uint32_t i = 0; i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        const bool fits = conflict->constraint != 0
                              ? index->constraint == conflict->constraint
                              : count <= ELEMENTS_MAX &&
                                    index_fits(planner, index, conflict, table);
        if (fits) indexes->items[indexes->count++] = (int32_t)index->oid;
    }
    if (indexes->count == 0 && count > 0)
        raise_error(
            SQLSTATE_INVALID_COLUMN_REFERENCE,
            "there is no unique or exclusion constraint matching the ON CONFLICT specification");
}
