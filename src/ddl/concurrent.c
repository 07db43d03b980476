/* SPDX-License-Identifier: Apache-2.0 */
/* concurrent.c - indexes built and dropped beside writers: CREATE INDEX, REINDEX and DROP INDEX CONCURRENTLY.
 *
 * The steps are those of table/index.h, each a transaction of its own:
 *
 *     MARKED   writers mark in the index what they delete         then: wait for who writes by an older definition
 *     READY    they also insert                                    then: the same
 *     VALID    the rows of a snapshot were added; queries whose snapshots are not older use it (docs/traps.md C13)
 *
 * A lock of the session (SHARE UPDATE EXCLUSIVE) on the table outlasts the transactions: no other definition changes
 * meanwhile. Who fails or crashes midway leaves an index that is not valid, as PostgreSQL does; where the build itself
 * fails, writers stop inserting into it.
 *
 * REINDEX makes a second index, NAME_ccnew, in these steps. Then the two exchange their trees: who still reads the old
 * one by an older definition finds it kept up to date under the other name, until nobody does. So the index keeps its
 * OID, and with it constraints, comments and dependencies (PostgreSQL exchanges the names instead).
 *
 * DROP INDEX takes the steps back: nobody reads what is no longer VALID, nobody writes what is DEAD, and only then it
 * goes. After each it waits for those at work by the definition of before; who comes later waits for nothing. */
#include "ddl/ddl_internal.h"

typedef struct Building {
    Ddl *ddl;
    Oid table, index;
    Oid instead_of; /* REINDEX: the index that it is to take the place of; else 0 */
} Building;

static void set_state(const Building *building, Oid index, CatIndexState state,
                      uint64_t usable_from)
{
    cat_set_index_state(building->ddl->view, building->table, index, state, usable_from);
}

static void build(void *arg)
{
    SCOPED(scope);
    const Building *building = arg;
    Ddl *ddl = building->ddl;
    const CatRelation *relation = cat_relation_open_oid(ddl->view, building->table,
                                                        LOCK_SHARE_UPDATE_EXCLUSIVE);
    ExecOptions options = ddl__exec_options(ddl, scope);
    const uint64_t usable_from = options.snapshot->number.v;
    exec_build_index_beside(relation, ddl__index_of(relation, building->index), &options);
    if (building->instead_of != 0)
        cat_swap_index_storage(ddl->view, building->index, building->instead_of);
    set_state(building, building->instead_of != 0 ? building->instead_of : building->index,
              CAT_INDEX_VALID, usable_from);
}

/* The session holds the table. What made the index is committed here, and then each step; the last one is left to the
 * caller. */
static void run_steps(Building *building)
{
    Ddl *ddl = building->ddl;
    Error *error = NULL;
    session_next_transaction(ddl->session);
    cat_relation_wait(ddl->view, building->table, LOCK_SHARE);
    set_state(building, building->index, CAT_INDEX_READY, 0);
    session_next_transaction(ddl->session);
    cat_relation_wait(ddl->view, building->table, LOCK_SHARE);
    if (error_catch(build, building, ddl->arena, &error)) return;
    session_retry_transaction(ddl->session);
    set_state(building, building->index, CAT_INDEX_MARKED, 0);
    session_next_transaction(ddl->session);
    error_raise_again(error);
}

void ddl__create_index_beside(Ddl *ddl, const CatRelation *relation, const NewIndex *new)
{
    SCOPED(scope);
    Building building = {.ddl = ddl, .table = relation->oid};
    cat_relation_hold(ddl->view, scope, building.table, LOCK_SHARE_UPDATE_EXCLUSIVE);
    building.index = ddl__create_index(ddl, relation, new);
    if (building.index != 0) run_steps(&building);
}

/* ---- REINDEX ---- */

/* Of a definition that is there: the names of its columns, the stored texts of its expressions. */
static void copy_parts(Ddl *ddl, const CatIndex *index, CatNewIndex *twin)
{
    const CatRelation *self = cat_relation(ddl->view, index->oid);
    Str *names = ARENA_ARRAY(ddl->arena, Str, index->column_count);
    Str *expressions = ARENA_ARRAY(ddl->arena, Str, index->key_count);
    for (uint32_t i = 0; i < index->column_count; i++) names[i] = self->columns[i].name;
    for (uint32_t i = 0; i < index->key_count; i++) {
        if (index->keys[i].column != 0) continue;
        expressions[twin->expression_count] = index->expressions[twin->expression_count]->stored;
        twin->expression_count++;
    }
    twin->names = names;
    twin->expressions = expressions;
    twin->options = self->options;
    twin->option_count = self->option_count;
    if (index->predicate != NULL) twin->predicate = index->predicate->stored;
}

static Oid make_twin(Ddl *ddl, const CatRelation *relation, const CatIndex *index)
{
    CatNewIndex twin = {.relation = relation->oid,
                        .method = index->method,
                        .unique = index->unique,
                        .nulls_not_distinct = index->nulls_not_distinct,
                        .deferrable = !index->immediate,
                        .invalid = true,
                        .keys = index->keys,
                        .key_count = index->key_count,
                        .column_count = index->column_count};
    copy_parts(ddl, index, &twin);
    twin.name = ddl__choose_relation_name(ddl, index->name, (Str){0}, "ccnew",
                                          relation->namespace_);
    const Oid oid = cat_create_index(ddl->view, &twin);
    const CatObject object = ddl__object(CLASS_RELATION, oid, 0);
    for (uint32_t i = 0; i < twin.expression_count; i++)
        ddl__depend_on_expr(ddl, object, bind_load(ddl->arena, twin.expressions[i]), relation->oid,
                            'a');
    if (twin.predicate.bytes > 0)
        ddl__depend_on_expr(ddl, object, bind_load(ddl->arena, twin.predicate), relation->oid, 'a');
    cat_invalidate(ddl->view, CLASS_RELATION, relation->oid);
    return oid;
}

/* No query will use it from the last commit on; writers keep it up to date until nobody reads it any more. */
static void drop_unused(const Building *building)
{
    Ddl *ddl = building->ddl;
    const CatObject index = ddl__object(CLASS_RELATION, building->index, 0);
    cat_relation_wait(ddl->view, building->table, LOCK_ACCESS_EXCLUSIVE);
    set_state(building, building->index, CAT_INDEX_DEAD, 0);
    session_next_transaction(ddl->session);
    cat_relation_wait(ddl->view, building->table, LOCK_ACCESS_EXCLUSIVE);
    cat_drop(ddl->view, &index, 1, false, ddl__drop_object, ddl);
}

void ddl__reindex_beside(Ddl *ddl, Oid table, Oid index)
{
    SCOPED(scope);
    cat_relation_hold(ddl->view, scope, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
    const CatRelation *relation = cat_relation_open_oid(ddl->view, table,
                                                        LOCK_SHARE_UPDATE_EXCLUSIVE);
    const CatIndex *old = relation != NULL ? ddl__index_of(relation, index) : NULL;
    if (old == NULL) return; /* dropped meanwhile */
    Building building = {ddl, table, make_twin(ddl, relation, old), index};
    run_steps(&building);
    session_next_transaction(ddl->session);
    drop_unused(&building);
    session_next_transaction(ddl->session);
}

/* ---- DROP INDEX ---- */

void ddl__drop_index_beside(Ddl *ddl, Oid table, Oid index)
{
    SCOPED(scope);
    const Building building = {.ddl = ddl, .table = table, .index = index};
    cat_check_drop(ddl->view, ddl__object(CLASS_RELATION, index, 0));
    cat_relation_hold(ddl->view, scope, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
    set_state(&building, index, CAT_INDEX_READY, 0);
    session_next_transaction(ddl->session);
    drop_unused(&building);
    session_next_transaction(ddl->session);
}
