/* SPDX-License-Identifier: Apache-2.0 */
/* maintenance.c - VACUUM and ANALYZE. There is no vacuum to do: purge takes dead rows away by itself, driven by undo
 * (docs/design.md section 3). VACUUM does at once what purge would do next; ANALYZE is analyze.c's. */
#include "ddl/ddl_internal.h"

#include "os/clock.h"
#include "table/upkeep.h"

const char *ddl__vacuum_tag(const AstNode *tree)
{
    return AST_AS(Vacuum, tree)->analyze ? "ANALYZE" : "VACUUM";
}

uint32_t ddl__vacuum_flags(const AstNode *tree)
{
    return UTILITY_READ_ONLY | (AST_AS(Vacuum, tree)->analyze ? 0 : UTILITY_NO_BLOCK);
}

/* What purge would do next. While the background is at it, or a database is copied, its turn is waited for: rows that
 * died since it began may be left by it. */
static void purge(Engine *engine)
{
    enum { WAIT_MS = 10 };
    PurgeFigures figures;
    Status status;
    while ((status = table_purge_now(engine_txns(engine), engine_store(engine), &figures)) ==
           ST_BUSY) {
        status = os_sleep_until(deadline_in_ms(WAIT_MS), WAIT_BACKGROUND);
        if (status == ST_CANCELLED) task_check();
        CHECK(status);
    }
    CHECK(status);
}

/* What has been done is committed before the next table: its locks are for a moment, where no block keeps them. */
static void next_table(Ddl *ddl, uint32_t at)
{
    task_check();
    if (at > 0 && session_is_alone(ddl->session)) session_next_transaction(ddl->session);
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
        const CatObject object = ddl__object(CLASS_RELATION, tables.items[i], 0);
        next_table(ddl, i);
        if (cat_privileges(ddl->view, role, object, PRIV_MAINTAIN) == 0 &&
            !cat_is_owner(ddl->view, role, object))
            continue;
        const CatRelation *relation = cat_relation_open_oid(ddl->view, tables.items[i],
                                                            LOCK_SHARE_UPDATE_EXCLUSIVE);
        if (relation != NULL) ddl__analyze(ddl, relation, &all_columns);
    }
}

/* ---- ANALYZE by itself ---- */

static double number_parameter(Arena *arena, const CatRelation *relation, const char *name,
                               double setting)
{
    const Str text = cat_relation_option(relation, name);
    return text.data != NULL ? strtod(str_copy_zero(arena, text), NULL) : setting;
}

/* PostgreSQL's rule: more rows changed than the threshold and a share of the table. */
static bool is_due(Ddl *ddl, const CatRelation *relation)
{
    const Settings *settings = session_settings(ddl->session);
    if (cat_relation_option_is(relation, "autovacuum_enabled", false)) return false;
    const double least = number_parameter(ddl->arena, relation, "autovacuum_analyze_threshold",
                                          settings->autovacuum_analyze_threshold);
    const double share = number_parameter(ddl->arena, relation, "autovacuum_analyze_scale_factor",
                                          settings->autovacuum_analyze_scale_factor);
    return (double)session_changed_rows(ddl->session, relation->oid) >
           least + share * MAX(relation->rows, 0);
}

static void analyze_due(Ddl *ddl, Oid oid)
{
    static const NodeStrs all_columns = {0};
    const CatRelation *relation = cat_relation(ddl->view, oid);
    if (relation == NULL || relation->table == NULL || relation->persistence == 't' ||
        !is_due(ddl, relation))
        return;
    relation = cat_relation_open_oid(ddl->view, oid, LOCK_SHARE_UPDATE_EXCLUSIVE);
    if (relation == NULL || !is_due(ddl, relation)) return;
    session_show(ddl->session, str_format(ddl->arena, "autovacuum: ANALYZE %.*s.%.*s",
                                          STR_ARG(relation->schema_name), STR_ARG(relation->name)));
    ddl__analyze(ddl, relation, &all_columns);
}

static void forget_dropped(Ddl *ddl)
{
    uint32_t count;
    const Oid *relations = session_counted_relations(ddl->session, ddl->arena, &count);
    for (uint32_t i = 0; i < count; i++) {
        const Datum key = datum_oid(relations[i]);
        task_check();
        if (cat_row_find(ddl->view, PG_CLASS_OID_INDEX, &key, 1, ddl->arena) == NULL)
            session_forget_counts(ddl->session, relations[i]);
    }
}

/* ---- the statement ---- */

/* NULL, and a warning: not this one. */
static const CatRelation *open_table(Ddl *ddl, const AstVacuum *ast, const AstRangeVar *var,
                                     const VacuumWishes *wishes)
{
    const char *doing = ast->analyze ? "analyze" : "vacuum";
    CatName name = ddl__name(ddl, var);
    name.location = 0; /* errors have no position */
    const CatRelation *relation = cat_relation_open(ddl->view, name, LOCK_SHARE_UPDATE_EXCLUSIVE,
                                                    wishes->skip_locked ? CAT_SKIP_LOCKED : 0);
    if (relation == NULL) {
        ddl__notice(ddl, SEVERITY_WARNING, SQLSTATE_LOCK_NOT_AVAILABLE,
                    "skipping %s of \"%.*s\" --- lock not available", doing, STR_ARG(var->name));
        return NULL;
    }
    const CatObject object = ddl__object(CLASS_RELATION, relation->oid, 0);
    if (cat_privileges(ddl->view, cat_view_role(ddl->view), object, PRIV_MAINTAIN) == 0 &&
        !cat_is_owner(ddl->view, cat_view_role(ddl->view), object)) {
        ddl__notice(ddl, SEVERITY_WARNING, SQLSTATE_WARNING,
                    "permission denied to %s \"%.*s\", skipping it", doing,
                    STR_ARG(relation->name));
        return NULL;
    }
    if (strchr("rmpt", relation->kind) != NULL) return relation;
    ddl__notice(ddl, SEVERITY_WARNING, SQLSTATE_WARNING,
                "skipping \"%.*s\" --- cannot %s non-tables or special system tables",
                STR_ARG(relation->name), doing);
    return NULL;
}

static void look_after(Ddl *ddl, const AstVacuum *ast, const AstVacuumTable *table,
                       const VacuumWishes *wishes)
{
    const int64_t began = session_clock();
    const CatRelation *relation = open_table(ddl, ast, table->relation, wishes);
    if (relation == NULL) return;
    if (wishes->analyze) ddl__analyze(ddl, relation, &table->columns);
    if (!ast->analyze) session_count_act(ddl->session, relation->oid, true, -1, began);
}

void ddl__vacuum(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const Maintenance maintenance = session_maintenance(call->session);
    if (maintenance.active) {
        if (maintenance.relation != 0)
            analyze_due(&ddl, maintenance.relation);
        else
            forget_dropped(&ddl);
        return;
    }
    const AstVacuum *ast = AST_AS(Vacuum, call->tree);
    const VacuumWishes wishes = ddl__vacuum_options(&ddl, ast);
    for (uint32_t i = 0; i < ast->tables.count; i++) {
        next_table(&ddl, i);
        look_after(&ddl, ast, ast->tables.items[i], &wishes);
    }
    if (wishes.analyze && ast->tables.count == 0) analyze_all(&ddl);
    if (!ast->analyze && !wishes.nothing) purge(session_engine(call->session));
}
