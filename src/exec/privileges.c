/* SPDX-License-Identifier: Apache-2.0 */
/* privileges.c - may whoever runs a plan do that with its tables? Asked at each execution, since what is granted
 * changes without a plan's being made again. Tables of a view are used with its owner's rights (QTable.check_as).
 *
 * What the table as a whole does not grant may still be granted column by column. */
#include "exec/exec_internal.h"

enum { CLASS_RELATION = 1259, PRIV_OF_COLUMNS = PRIV_SELECT | PRIV_INSERT | PRIV_UPDATE };

typedef struct Asked {
    CatalogView *view;
    const CatRelation *relation;
    Oid role;
} Asked;

static bool column_grants(const Asked *asked, int32_t attnum, uint32_t privilege)
{
    const CatObject column = {CLASS_RELATION, asked->relation->oid, attnum};
    return cat_privileges(asked->view, asked->role, column, privilege) == privilege;
}

/* Do all columns grant it, or (`any`) one of them? */
static bool columns_grant(const Asked *asked, uint32_t privilege, bool any)
{
    for (int16_t i = 0; i < asked->relation->column_count; i++) {
        const CatColumn *column = &asked->relation->columns[i];
        if (!column->dropped && column_grants(asked, column->number, privilege) == any) return any;
    }
    return !any;
}

/* A statement that names no column (count(*)) needs the privilege on any one. */
static bool listed_grant(const Asked *asked, const NodeI32s *columns, uint32_t privilege)
{
    if (columns->count == 0) return columns_grant(asked, privilege, true);
    for (uint32_t i = 0; i < columns->count; i++) {
        const int32_t attnum = columns->items[i];
        if (attnum == 0 ? !columns_grant(asked, privilege, false)
                        : !column_grants(asked, attnum, privilege))
            return false;
    }
    return true;
}

static bool is_allowed(const Asked *asked, const QTable *table)
{
    const CatObject object = {CLASS_RELATION, table->relation, 0};
    const uint32_t wanted = table->permissions;
    const uint32_t missing = wanted & ~cat_privileges(asked->view, asked->role, object, wanted);
    if (missing & ~(uint32_t)PRIV_OF_COLUMNS) return false;
    return (!(missing & PRIV_SELECT) || listed_grant(asked, &table->selected, PRIV_SELECT)) &&
           (!(missing & PRIV_INSERT) || listed_grant(asked, &table->inserted, PRIV_INSERT)) &&
           (!(missing & PRIV_UPDATE) || listed_grant(asked, &table->updated, PRIV_UPDATE));
}

void exec__check_privileges(const PlanPlan *plan, CatalogView *view)
{
    for (uint32_t i = 0; i < plan->tables.count; i++) {
        const QTable *table = plan->tables.items[i];
        if (table->relation == 0 || table->permissions == 0) continue;
        const Asked asked = {.view = view,
                             .relation = cat_relation(view, table->relation),
                             .role = table->check_as ? table->check_as : cat_view_role(view)};
        if (asked.relation && !is_allowed(&asked, table))
            cat_raise_denied(view, (CatObject){CLASS_RELATION, table->relation, 0});
    }
}
