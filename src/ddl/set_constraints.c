/* SPDX-License-Identifier: Apache-2.0 */
/* set_constraints.c - SET CONSTRAINTS: when deferrable constraints of this transaction are looked at. */
#include "ddl/ddl_internal.h"

#include "base/scope.h"

typedef struct Found {
    ARRAY_OF(Oid) constraints; /* deferrable ones */
    bool any;
} Found;

/* The constraints of that name in a schema. */
static void find_in_schema(Ddl *ddl, Str name, Oid schema, Found *found)
{
    const Datum keys[2] = {datum_str(name), datum_oid(schema)};
    CatScan *scan = cat_scan_open(ddl->view, PG_CONSTRAINT, PG_CONSTRAINT_CONNAME_NSP_INDEX, keys,
                                  2);
    CatRow row;
    while (cat_scan_next(scan, &row)) {
        const Oid oid = row.values[PG_CONSTRAINT_OID].value.u32;
        found->any = true;
        if (row.values[PG_CONSTRAINT_CONDEFERRABLE].value.b) array_push(&found->constraints, oid);
    }
    cat_scan_close(scan);
}

/* A name without a schema means those of the first schema of the search path that has any. */
static void find(Ddl *ddl, const AstRangeVar *var, bool deferred, Found *found)
{
    const CatName name = ddl__name(ddl, var);
    if (name.schema.bytes > 0) {
        const Oid schema = cat_namespace_named(ddl->view, name.schema);
        if (schema == 0)
            raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist",
                        STR_ARG(name.schema));
        find_in_schema(ddl, name.name, schema, found);
    } else {
        const SearchPath *path = cat_search_path(ddl->view);
        for (uint32_t i = 0; i < path->count && !found->any; i++)
            find_in_schema(ddl, name.name, path->schemas[i], found);
    }
    if (!found->any)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "constraint \"%.*s\" does not exist",
                    STR_ARG(name.name));
    if (found->constraints.count == 0 && deferred)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "constraint \"%.*s\" is not deferrable",
                    STR_ARG(name.name));
}

void ddl__set_constraints(UtilityCall *call)
{
    SCOPED(scope);
    Ddl ddl = ddl__begin(call);
    const AstSetConstraints *ast = AST_AS(SetConstraints, call->tree);
    if (!session_is_in_block(call->session))
        ddl__notice(&ddl, SEVERITY_WARNING, SQLSTATE_NO_ACTIVE_SQL_TRANSACTION,
                    "SET CONSTRAINTS can only be used in transaction blocks");
    const Snapshot *snapshot = ast->deferred ? NULL
                                             : session_statement_snapshot(ddl.session, scope);
    const ExecOptions options = session_exec_options(ddl.session, snapshot, call->arena);
    Found all = {.constraints = {.arena = call->arena}};
    for (uint32_t i = 0; i < ast->constraints.count; i++) {
        Found found = {.constraints = {.arena = call->arena}};
        find(&ddl, ast->constraints.items[i], ast->deferred, &found);
        for (uint32_t k = 0; k < found.constraints.count; k++)
            array_push(&all.constraints, found.constraints.items[k]);
    }
    for (uint32_t i = 0; i < all.constraints.count; i++)
        exec_deferred_set(options.deferred, all.constraints.items[i], ast->deferred);
    if (ast->constraints.count == 0) exec_deferred_set(options.deferred, 0, ast->deferred);
    if (!ast->deferred) exec_deferred_run_due(options.deferred, &options);
}
