/* SPDX-License-Identifier: Apache-2.0 */
/* misc.c - LOCK, and the table of this room's statements. */
#include "ddl/function.h"

/* ---- LOCK ---- */

static const LockMode lock_modes[] = {
    [AST_LOCK_MODE_ACCESS_EXCLUSIVE] = LOCK_ACCESS_EXCLUSIVE,
    [AST_LOCK_MODE_ACCESS_SHARE] = LOCK_ACCESS_SHARE,
    [AST_LOCK_MODE_ROW_SHARE] = LOCK_ROW_SHARE,
    [AST_LOCK_MODE_ROW_EXCLUSIVE] = LOCK_ROW_EXCLUSIVE,
    [AST_LOCK_MODE_SHARE_UPDATE_EXCLUSIVE] = LOCK_SHARE_UPDATE_EXCLUSIVE,
    [AST_LOCK_MODE_SHARE] = LOCK_SHARE,
    [AST_LOCK_MODE_SHARE_ROW_EXCLUSIVE] = LOCK_SHARE_ROW_EXCLUSIVE,
    [AST_LOCK_MODE_EXCLUSIVE] = LOCK_EXCLUSIVE,
};

/* What one may do to a table who may lock it in that mode; one of them is enough. */
static uint32_t lock_privileges(LockMode mode)
{
    const uint32_t writing = PRIV_UPDATE | PRIV_DELETE | PRIV_TRUNCATE | PRIV_MAINTAIN;
    if (mode == LOCK_ACCESS_SHARE) return PRIV_SELECT | writing;
    return mode <= LOCK_ROW_EXCLUSIVE ? PRIV_INSERT | writing : writing;
}

typedef struct LockWalk {
    Ddl *ddl;
    LockMode mode;
    bool nowait;
    Oid role; /* whose rights are asked */
} LockWalk;

static void check_may_lock(const LockWalk *walk, Oid relation)
{
    const CatObject object = ddl__object(CLASS_RELATION, relation, 0);
    if (cat_privileges(walk->ddl->view, walk->role, object, lock_privileges(walk->mode)) == 0)
        cat_raise_denied(walk->ddl->view, object);
}

static void lock_below(const LockWalk *walk, const CatRelation *view);

static bool lock_named(void *arg, void *child)
{
    const LockWalk *walk = arg;
    task_check_stack();
    const QTable *table = Q_IF(Table, child);
    if (table != NULL && table->table == Q_RTE_RELATION &&
        (table->relation_kind == 'r' || table->relation_kind == 'v')) {
        CatalogView *view = walk->ddl->view;
        check_may_lock(walk, table->relation);
        const CatRelation *relation = cat_relation(view, table->relation);
        if (relation == NULL) return false;
        const CatName name = {.schema = relation->schema_name, .name = relation->name};
        relation = cat_relation_open(view, name, walk->mode, walk->nowait ? CAT_NOWAIT : 0);
        if (relation->kind == 'v') lock_below(walk, relation);
    }
    return query_walk(child, lock_named, arg);
}

/* What a view is made of is locked with it, by its owner's rights or by the caller's, as reading it would. */
static void lock_below(const LockWalk *walk, const CatRelation *view)
{
    LockWalk below = *walk;
    if (!cat_relation_option_is(view, "security_invoker", true)) below.role = view->owner;
    if (view->view_query != NULL) (void)lock_named(&below, (void *)bind_stored(view->view_query));
}

void ddl__lock(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstLockTable *ast = AST_AS(LockTable, call->tree);
    const LockWalk walk = {.ddl = &ddl,
                           .mode = lock_modes[ast->mode],
                           .nowait = ast->nowait,
                           .role = cat_view_role(ddl.view)};
    session_need_block(call->session, "LOCK TABLE");
    for (uint32_t i = 0; i < ast->tables.count; i++) {
        CatName name = ddl__name(&ddl, ast->tables.items[i]);
        name.location = 0; /* errors have no position */
        const CatRelation *relation = cat_relation_open(ddl.view, name, walk.mode,
                                                        ast->nowait ? CAT_NOWAIT : 0);
        if (relation->kind != 'r' && relation->kind != 'v' && relation->kind != 'p') {
            Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
            error_message(error, "cannot lock relation \"%.*s\"", STR_ARG(relation->name));
            error_detail(error, "This operation is not supported for %s.",
                         ddl__relation_kinds(relation->kind));
            error_raise(error);
        }
        check_may_lock(&walk, relation->oid);
        if (relation->kind == 'v') lock_below(&walk, relation);
    }
}

static const Utility utilities[] = {
    {AST_CREATE_TABLE, "CREATE TABLE", 0, ddl__create_table, NULL, NULL, NULL},
    {AST_CREATE_INDEX, "CREATE INDEX", 0, ddl__create_index_statement, NULL, NULL, NULL},
    {AST_CREATE_VIEW, "CREATE VIEW", 0, ddl__create_view, NULL, NULL, NULL},
    {AST_CREATE_SCHEMA, "CREATE SCHEMA", 0, ddl__create_schema, NULL, NULL, NULL},
    {AST_CREATE_SEQUENCE, "CREATE SEQUENCE", 0, ddl__create_sequence_statement, NULL, NULL, NULL},
    {AST_ALTER_SEQUENCE, "ALTER SEQUENCE", 0, ddl__alter_sequence, NULL, NULL, NULL},
    {AST_CREATE_FUNCTION, NULL, 0, ddl__create_function, NULL, ddl__create_function_tag, NULL},
    {AST_ALTER_FUNCTION, NULL, 0, ddl__alter_function, NULL, ddl__alter_function_tag, NULL},
    {AST_DEFINE, NULL, 0, ddl__define, NULL, ddl__define_tag, NULL},
    {AST_CREATE_CAST, "CREATE CAST", 0, ddl__create_cast, NULL, NULL, NULL},
    {AST_DO, "DO", UTILITY_READ_ONLY, ddl__do, NULL, NULL, NULL},
    {AST_CALL, "CALL", UTILITY_PARAMS, ddl__call, ddl__call_describe, NULL, NULL},
    {AST_DROP, NULL, 0, ddl__drop, NULL, ddl__drop_tag, NULL},
    {AST_TRUNCATE, "TRUNCATE TABLE", 0, ddl__truncate, NULL, NULL, NULL},
    {AST_LOCK_TABLE, "LOCK TABLE", UTILITY_READ_ONLY, ddl__lock, NULL, NULL, NULL},
    {AST_SET_CONSTRAINTS, "SET CONSTRAINTS", UTILITY_READ_ONLY, ddl__set_constraints, NULL, NULL,
     NULL},
    {AST_COMMENT, "COMMENT", 0, ddl__comment, NULL, NULL, NULL},
    {AST_CREATE_TABLE_AS, NULL, UTILITY_PARAMS, ddl__create_table_as, ddl__create_table_as_describe,
     ddl__create_table_as_tag, NULL},
    {AST_CREATE_ENUM, "CREATE TYPE", 0, ddl__create_enum, NULL, NULL, NULL},
    {AST_CREATE_RANGE_TYPE, "CREATE TYPE", 0, ddl__create_range, NULL, NULL, NULL},
    {AST_ALTER_ENUM, "ALTER TYPE", 0, ddl__alter_enum, NULL, NULL, NULL},
    {AST_ALTER_DOMAIN, "ALTER DOMAIN", 0, ddl__alter_domain, NULL, NULL, NULL},
    {AST_CREATE_DOMAIN, "CREATE DOMAIN", 0, ddl__create_domain, NULL, NULL, NULL},
    {AST_CREATE_COMPOSITE_TYPE, "CREATE TYPE", 0, ddl__create_composite, NULL, NULL, NULL},
    {AST_ALTER_TABLE, NULL, 0, ddl__alter_table, NULL, ddl__alter_table_tag, NULL},
    {AST_CREATE_DATABASE, "CREATE DATABASE", UTILITY_NO_BLOCK, ddl__create_database, NULL, NULL,
     NULL},
    {AST_DROP_DATABASE, "DROP DATABASE", UTILITY_NO_BLOCK, ddl__drop_database, NULL, NULL, NULL},
    {AST_ALTER_DATABASE, "ALTER DATABASE", 0, ddl__alter_database, NULL, NULL, NULL},
    {AST_ALTER_DATABASE_SET, "ALTER DATABASE", 0, ddl__alter_database_set, NULL, NULL, NULL},
    {AST_REFRESH_COLLATION, "ALTER COLLATION", 0, ddl__refresh_collation, NULL, NULL, NULL},
    {AST_REFRESH_DATABASE_COLLATION, "ALTER DATABASE", 0, ddl__refresh_database_collation, NULL,
     NULL, NULL},
    {AST_ALTER_OWNER, NULL, 0, ddl__alter_owner, NULL, ddl__alter_owner_tag, NULL},
    {AST_ALTER_SCHEMA, NULL, 0, ddl__alter_schema, NULL, ddl__alter_schema_tag, NULL},
    {AST_RENAME, NULL, 0, ddl__rename, NULL, ddl__rename_tag, NULL},
    {AST_CREATE_ROLE, "CREATE ROLE", 0, ddl__create_role, NULL, NULL, NULL},
    {AST_ALTER_ROLE, "ALTER ROLE", 0, ddl__alter_role, NULL, NULL, NULL},
    {AST_DROP_ROLE, "DROP ROLE", 0, ddl__drop_role, NULL, NULL, NULL},
    {AST_GRANT_ROLE, NULL, 0, ddl__grant_role, NULL, ddl__grant_role_tag, NULL},
    {AST_GRANT, NULL, 0, ddl__grant, NULL, ddl__grant_tag, NULL},
    {AST_ALTER_ROLE_SET, "ALTER ROLE", 0, ddl__alter_role_set, NULL, NULL, NULL},
    {AST_ALTER_DEFAULT_PRIVILEGES, "ALTER DEFAULT PRIVILEGES", 0, ddl__alter_default_privileges,
     NULL, NULL, NULL},
    {AST_REFRESH_MAT_VIEW, "REFRESH MATERIALIZED VIEW", 0, ddl__refresh_matview, NULL, NULL, NULL},
    {AST_CREATE_STATISTICS, "CREATE STATISTICS", 0, ddl__create_statistics, NULL, NULL, NULL},
    {AST_ALTER_STATISTICS, "ALTER STATISTICS", 0, ddl__alter_statistics, NULL, NULL, NULL},
    {AST_REASSIGN_OWNED, "REASSIGN OWNED", 0, ddl__reassign_owned, NULL, NULL, NULL},
    {AST_DROP_OWNED, "DROP OWNED", 0, ddl__drop_owned, NULL, NULL, NULL},
    {AST_CREATE_EXTENSION, "CREATE EXTENSION", 0, ddl__create_extension, NULL, NULL, NULL},
    {AST_ALTER_EXTENSION, "ALTER EXTENSION", 0, ddl__alter_extension, NULL, NULL, NULL},
    {AST_ALTER_EXTENSION_CONTENTS, "ALTER EXTENSION", 0, ddl__alter_extension_contents, NULL, NULL,
     NULL},
    {AST_DROP_SUBSCRIPTION, "DROP SUBSCRIPTION", 0, ddl__drop_subscription, NULL, NULL, NULL},
    {AST_DROP_USER_MAPPING, "DROP USER MAPPING", 0, ddl__drop_user_mapping, NULL, NULL, NULL},
    {AST_DROP_TABLESPACE, "DROP TABLESPACE", 0, ddl__drop_tablespace, NULL, NULL, NULL},
    {AST_REINDEX, "REINDEX", UTILITY_READ_ONLY, ddl__reindex, NULL, NULL, NULL},
    {AST_CLUSTER, "CLUSTER", UTILITY_READ_ONLY, ddl__cluster, NULL, NULL, NULL},
    {AST_VACUUM, NULL, 0, ddl__vacuum, NULL, ddl__vacuum_tag, ddl__vacuum_flags},
};
const UtilityTable ddl_utilities = {utilities, ARRAY_LEN(utilities)};
