/* SPDX-License-Identifier: Apache-2.0 */
/* truncate.c - TRUNCATE: fresh trees for tables and their indexes, fresh cells for their sequences. All of it is undone
 * with the transaction. */
#include "ddl/ddl_internal.h"

typedef struct Truncate {
    Ddl ddl;
    const AstTruncate *ast;
    ARRAY_OF(Oid) tables;
} Truncate;

static bool is_among(const Truncate *truncate, Oid oid)
{
    for (uint32_t i = 0; i < truncate->tables.count; i++) {
        if (truncate->tables.items[i] == oid) return true;
    }
    return false;
}

static void take_table(Truncate *truncate, const CatRelation *relation)
{
    CatalogView *view = truncate->ddl.view;
    if (is_among(truncate, relation->oid)) return;
    if (relation->kind != 'r' && relation->kind != 'p')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a table", STR_ARG(relation->name));
    cat_check_privilege(view, ddl__object(CLASS_RELATION, relation->oid, 0), PRIV_TRUNCATE);
    if (relation->oid < OID_FIRST_USER)
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "permission denied: \"%.*s\" is a system catalog", STR_ARG(relation->name));
    array_push(&truncate->tables, relation->oid);
}

static _Noreturn void raise_referenced(Ddl *ddl, const CatRelation *relation, Oid by)
{
    const Str other = cat_relation(ddl->view, by)->name;
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "cannot truncate a table referenced in a foreign key constraint");
    error_detail(error, "Table \"%.*s\" references \"%.*s\".", STR_ARG(other),
                 STR_ARG(relation->name));
    error_hint(error, "Truncate table \"%.*s\" at the same time, or use TRUNCATE ... CASCADE.",
               STR_ARG(other));
    error_raise(error);
}

/* Tables that refer to one of these; with CASCADE they are truncated too, and so on. */
static void follow_references(Truncate *truncate)
{
    Ddl *ddl = &truncate->ddl;
    for (uint32_t i = 0; i < truncate->tables.count; i++) {
        const CatRelation *relation = cat_relation(ddl->view, truncate->tables.items[i]);
        for (uint32_t j = 0; j < relation->referenced_count; j++) {
            const Oid by = relation->referenced_by[j].relation;
            task_check();
            if (is_among(truncate, by)) continue;
            if (!truncate->ast->cascade) raise_referenced(ddl, relation, by);
            const CatRelation *other = cat_relation_open_oid(ddl->view, by, LOCK_ACCESS_EXCLUSIVE);
            if (other == NULL) continue;
            ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                        "truncate cascades to table \"%.*s\"", STR_ARG(other->name));
            take_table(truncate, other);
        }
    }
}

static void restart_sequences(Ddl *ddl, Oid table)
{
    uint32_t count;
    const Oid *sequences = ddl__owned_sequences(ddl, table, &count);
    for (uint32_t i = 0; i < count; i++) {
        const CatRelation *sequence = cat_relation_open_oid(ddl->view, sequences[i],
                                                            LOCK_ACCESS_EXCLUSIVE);
        if (sequence == NULL) continue;
        cat_check_owner(ddl->view, ddl__object(CLASS_RELATION, sequences[i], 0));
        ddl__restart_sequence(ddl, sequences[i]);
    }
}

void ddl__truncate(UtilityCall *call)
{
    Truncate truncate = {.ddl = ddl__begin(call),
                         .ast = AST_AS(Truncate, call->tree),
                         .tables = {.arena = call->arena}};
    Ddl *ddl = &truncate.ddl;
    for (uint32_t i = 0; i < truncate.ast->tables.count; i++) {
        CatName name = ddl__name(ddl, truncate.ast->tables.items[i]);
        name.location = 0; /* as in ALTER, errors have no position */
        take_table(&truncate, cat_relation_open(ddl->view, name, LOCK_ACCESS_EXCLUSIVE, 0));
    }
    follow_references(&truncate);
    for (uint32_t i = 0; i < truncate.tables.count; i++)
        session_forbid_in_use(ddl->session, cat_relation(ddl->view, truncate.tables.items[i]),
                              "TRUNCATE");
    for (uint32_t i = 0; truncate.ast->restart_identity && i < truncate.tables.count; i++)
        restart_sequences(ddl, truncate.tables.items[i]);
    for (uint32_t i = 0; i < truncate.tables.count; i++)
        cat_replace_storage(ddl->view, truncate.tables.items[i]);
    for (uint32_t i = 0; i < truncate.tables.count; i++)
        session_count_truncated(ddl->session, truncate.tables.items[i]);
}
