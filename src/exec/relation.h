/* SPDX-License-Identifier: Apache-2.0 */
/* relation.h - relations as operators use them: found by OID, rows in their physical form, errors that show a row. */
#pragma once

#include "exec/exec_internal.h"

/* Raises XX000 when it is gone, 42809 where it has no storage. */
const CatRelation *exec__relation(Exec *exec, Oid oid);
