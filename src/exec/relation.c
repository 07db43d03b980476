/* SPDX-License-Identifier: Apache-2.0 */
/* relation.c - relations as operators use them. */
#include "exec/relation.h"

const CatRelation *exec__relation(Exec *exec, Oid oid)
{
    const CatRelation *relation = cat_relation(exec->options.view, oid);
    if (!relation) raise_error(SQLSTATE_INTERNAL_ERROR, "could not open relation with OID %u", oid);
    if (!relation->table)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "cannot open relation \"%.*s\"",
                    STR_ARG(relation->name));
    return relation;
}
