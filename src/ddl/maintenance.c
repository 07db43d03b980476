/* SPDX-License-Identifier: Apache-2.0 */
/* maintenance.c - VACUUM and ANALYZE. There is no vacuum to do: purge takes dead rows away by itself, driven by undo
 * (docs/design.md section 3). VACUUM does at once what purge would do next; ANALYZE notes how many rows a table has. */
#include "ddl/ddl_internal.h"

#include "table/upkeep.h"

const char *ddl__vacuum_tag(const AstNode *tree)
{
    return AST_AS(Vacuum, tree)->analyze ? "ANALYZE" : "VACUUM";
}

uint32_t ddl__vacuum_flags(const AstNode *tree)
{
    return AST_AS(Vacuum, tree)->analyze ? 0 : UTILITY_NO_BLOCK | UTILITY_READ_ONLY;
}

typedef struct Counts {
    double rows;
} Counts;

static void set_counts(void *arg, Datum *values)
{
    const Counts *counts = arg;
    values[PG_CLASS_RELTUPLES] = datum_f32((float)counts->rows);
    int32_t pages = (int32_t)MIN(counts->rows / 100 + 1, 2e9);
    values[PG_CLASS_RELPAGES] = datum_i32(pages);
    values[PG_CLASS_RELALLVISIBLE] = datum_i32(pages);
}

static void analyze(Ddl *ddl, const CatRelation *relation)
{
    if (relation->table == NULL || relation->shared || relation->oid < 16384) return;
    uint64_t rows;
    CHECK(table_row_estimate(relation->table, &rows));
    Counts counts = {(double)rows};
    ddl__update_class(ddl, relation->oid, set_counts, &counts);
}

void ddl__vacuum(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstVacuum *ast = AST_AS(Vacuum, call->tree);
    bool counts = ast->analyze;
    for (uint32_t i = 0; i < ast->options.count; i++)
        counts |= str_equal(ast->options.items[i]->name, STR("analyze"));
    for (uint32_t i = 0; i < ast->tables.count; i++) {
        const CatRelation *relation = cat_relation_open(ddl.view,
                                                        ddl__name(&ddl,
                                                                  ast->tables.items[i]->relation),
                                                        LOCK_SHARE_UPDATE_EXCLUSIVE, 0);
        CatObject object = ddl__object(CLASS_RELATION, relation->oid, 0);
        if (cat_privileges(ddl.view, cat_view_role(ddl.view), object, PRIV_MAINTAIN) == 0 &&
            !cat_is_owner(ddl.view, cat_view_role(ddl.view), object)) {
            ddl__notice(&ddl, SEVERITY_WARNING, SQLSTATE_WARNING,
                        "permission denied to %s \"%.*s\", skipping it",
                        ast->analyze ? "analyze" : "vacuum", STR_ARG(relation->name));
            continue;
        }
        if (counts) analyze(&ddl, relation);
    }
    Engine *engine = session_engine(call->session);
    PurgeFigures figures;
    if (!ast->analyze) CHECK(table_purge_now(engine_txns(engine), engine_store(engine), &figures));
}
