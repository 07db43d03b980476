/* SPDX-License-Identifier: Apache-2.0 */
/* seen_rows.h - which rows were there before, also of more than may be held: what drops a recursion's duplicates. */
#pragma once

#include "exec/keytable.h"

typedef struct SeenRows SeenRows;

/* Rows of these columns, each of which is part of the key. */
SeenRows *seen_new(Exec *exec, const KeyColumn *columns, uint32_t count);
/* Those of the selected rows that never came before, as a selection in `rows`. Rows that may have come before, which a
 * file must tell, are kept for seen_settle. */
Selection seen_add(SeenRows *seen, const Vector *columns, Selection selection, uint16_t *rows);
/* Looks at the rows that were kept. Some of those that never came before, as a batch that is good until the next call;
 * false: there are no more, and none is kept. */
bool seen_settle(SeenRows *seen, const Batch **batch);
void seen_clear(SeenRows *seen);
