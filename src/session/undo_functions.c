/* SPDX-License-Identifier: Apache-2.0 */
/* undo_functions.c - tusk_undo: how much undo there is, and how much there may be (max_undo_size). Whose snapshot keeps
 * it, pg_stat_activity's backend_xmin tells. PostgreSQL keeps old versions in the tables, and has nothing like it. */
#include "session/session_internal.h"

#include "base/builtins.h"
#include "store/store.h"

static bool undo_figures(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Session *session = cat_view_owner(fn_view(fn));
    const int32_t most_mb = session_settings(session)->max_undo_size;
    StoreFigures figures;
    (void)args;
    if (set->state) return false;
    set->state = set;
    store_figures(engine_store(session->engine), &figures);
    columns[0] = (Datum){.value.i64 = (int64_t)figures.undo_bytes};
    if (most_mb >= 0) columns[1] = (Datum){.value.i64 = (int64_t)most_mb << 20};
    return true;
}
SQL_FUNCTION_SET(9903, "tusk_undo", record, (), VOLATILE | STRICT | PARALLEL_RESTRICTED,
                 undo_figures, "how much undo there is in the cluster, and may be")
SQL_FACTS(9903, .rows = 1, .arguments = "OUT bytes int8, OUT max_bytes int8")
