/* SPDX-License-Identifier: Apache-2.0 */
/* subplan_table.h - the rows of a sub-plan as a hash table, for x IN (SELECT ...) that could not become a join. */
#pragma once

#include "exec/exec_internal.h"

typedef struct SubplanTable SubplanTable;
/* Runs the sub-plan to its end; `former` (or NULL) gives its memory. */
SubplanTable *subplan_table_build(Exec *exec, OpState *root, const ExprProbe *probe,
                                  SubplanTable *former);
/* See ExprSubplans.probe. */
void subplan_table_probe(SubplanTable *table, const Vector *keys, Selection rows, int8_t *answers);
