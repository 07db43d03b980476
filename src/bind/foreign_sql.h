/* SPDX-License-Identifier: Apache-2.0 */
/* foreign_sql.h - what a foreign key does, written as SQL. */
#pragma once

#include "catalog/catalog.h"

typedef struct ForeignTables {
    CatalogView *view;
    const CatConstraint *constraint;
    const CatRelation *child, *parent;
} ForeignTables;

/* The statement that does to referring rows what the constraint says. */
Str foreign_action_sql(const ForeignTables *tables, Arena *arena, bool deleted);
/* The one that looks for the row referred to. */
Str foreign_lookup_sql(const ForeignTables *tables, Arena *arena);
/* Does ON DELETE SET NULL or SET DEFAULT set the column? */
bool foreign_sets_column(const CatConstraint *constraint, int16_t attnum);
