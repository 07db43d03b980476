/* SPDX-License-Identifier: Apache-2.0 */
/* maintenance.c - VACUUM and ANALYZE. There is no vacuum to do: purge takes dead rows away by itself, driven by undo
 * (docs/design.md section 3). VACUUM does at once what purge would do next; ANALYZE is analyze.c's. */
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

/* Statistics of every table of the database that the role may look after, others left alone. */
static void analyze_all(Ddl *ddl)
{
    CatScan *scan = cat_scan_open(ddl->view, PG_CLASS, PG_CLASS_OID_INDEX, NULL, 0);
    ARRAY_OF(Oid) tables = {.arena = ddl->arena};
    CatRow row;
    while (cat_scan_next(scan, &row)) {
        const char kind = (char)row.values[PG_CLASS_RELKIND].value.i16;
        if (kind == 'r' || kind == 'm') array_push(&tables, row.values[PG_CLASS_OID].value.u32);
    }
    cat_scan_close(scan);
    const Oid role = cat_view_role(ddl->view);
    static const NodeStrs all_columns = {0};
    for (uint32_t i = 0; i < tables.count; i++) {
        task_check();
        const CatRelation *relation = cat_relation(ddl->view, tables.items[i]);
        const CatObject object = ddl__object(CLASS_RELATION, tables.items[i], 0);
        if (relation == NULL || relation->table == NULL) continue;
        if (cat_privileges(ddl->view, role, object, PRIV_MAINTAIN) != 0 ||
            cat_is_owner(ddl->view, role, object))
            ddl__analyze(ddl, relation, &all_columns);
    }
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
        if (counts) ddl__analyze(&ddl, relation, &ast->tables.items[i]->columns);
    }
    if (counts && ast->tables.count == 0) analyze_all(&ddl);
    Engine *engine = session_engine(call->session);
    PurgeFigures figures;
    if (!ast->analyze) CHECK(table_purge_now(engine_txns(engine), engine_store(engine), &figures));
}
