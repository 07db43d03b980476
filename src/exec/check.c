/* SPDX-License-Identifier: Apache-2.0 */
/* check.c - are a table and its indexes what they should be? The rooms below look; here they are told how keys are
 * made. */
#include "exec/exec.h"

#include "base/error.h"
#include "base/scope.h"
#include "exec/relation.h"
#include "table/upkeep.h"

/* What cannot be read for damage is told too, and the rest is looked at. */
static void tell_or_raise(Status status, const ExecCheck *check)
{
    if (status != ST_CORRUPT) {
        CHECK(status);
        return;
    }
    const Error *error = error_current();
    const Str message = error != NULL ? error->message : STR("damaged");
    check->found(check->arg, PAGE_NONE, "%.*s", STR_ARG(message));
    error_clear();
}

static void check_index(const CatRelation *relation, const CatIndex *index,
                        const ExecOptions *options, const ExecCheck *check)
{
    SCOPED(scope);
    ExecOptions own = *options;
    own.query = scope_arena(scope, arena_account(options->query), "index check");
    IndexMaker *maker = index_maker_open(exec__new(&own), relation, index);
    check->begin(check->arg, relation, index);
    tell_or_raise(index_check(maker->open, own.snapshot, &maker->recheck, check->found, check->arg),
                  check);
}

void exec_check_relation(const CatRelation *relation, const ExecOptions *options,
                         const ExecCheck *check)
{
    check->begin(check->arg, relation, NULL);
    tell_or_raise(table_check(relation->table, txn_system(options->txn), check->found, check->arg),
                  check);
    for (uint32_t i = 0; i < relation->index_count; i++)
        if (relation->indexes[i]->valid)
            check_index(relation, relation->indexes[i], options, check);
}
