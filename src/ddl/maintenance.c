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
    return AST_AS(Vacuum, tree)->analyze ? 0 : UTILITY_NO_BLOCK | UTILITY_READ_ONLY;
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

/* ---- ANALYZE by itself ---- */

/* What a table's own parameter says; data NULL: nothing. */
static Str parameter(const CatRelation *relation, const char *name)
{
    const size_t bytes = strlen(name);
    for (uint32_t i = 0; i < relation->option_count; i++) {
        const Str option = relation->options[i];
        if (option.bytes > bytes && option.data[bytes] == '=' &&
            memcmp(option.data, name, bytes) == 0)
            return (Str){option.data + bytes + 1, option.bytes - bytes - 1};
    }
    return (Str){0};
}

static double number_parameter(Arena *arena, const CatRelation *relation, const char *name,
                               double setting)
{
    const Str text = parameter(relation, name);
    return text.data != NULL ? strtod(str_copy_zero(arena, text), NULL) : setting;
}

/* As ALTER TABLE has checked it; empty: not set. */
static bool is_off(Str text)
{
    static const char *const words[] = {"false", "off", "no", "0", "f", "n", "of"};
    for (uint32_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_equal_ascii_nocase(text, str_from(words[i]))) return true;
    return false;
}

/* PostgreSQL's rule: more rows changed than the threshold and a share of the table. */
static bool is_due(Ddl *ddl, const CatRelation *relation)
{
    const Settings *settings = session_settings(ddl->session);
    if (is_off(parameter(relation, "autovacuum_enabled"))) return false;
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
    const int64_t began = session_clock();
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
        if (!ast->analyze) session_count_act(call->session, relation->oid, true, -1, began);
    }
    if (counts && ast->tables.count == 0) analyze_all(&ddl);
    if (!ast->analyze) purge(session_engine(call->session));
}
