/* SPDX-License-Identifier: Apache-2.0 */
/* schema.c - CREATE SCHEMA, and what it makes in the schema at once. The elements are made by the schema's owner, with
 * the schema in front of the path, in an order in which each may refer to those before: sequences, tables, views,
 * indexes, triggers, privileges. */
#include "ddl/ddl_internal.h"

/* ---- the elements ---- */

/* Where an element's own name stands; NULL: it makes nothing. */
static AstRangeVar *element_name(AstNode *node)
{
    switch (node->kind) {
    case AST_CREATE_SEQUENCE: return ((AstCreateSequence *)node)->sequence;
    case AST_CREATE_TABLE: return ((AstCreateTable *)node)->relation;
    case AST_CREATE_VIEW: return ((AstCreateView *)node)->view;
    case AST_CREATE_INDEX: return ((AstCreateIndex *)node)->relation;
    case AST_CREATE_TRIGGER: return ((AstCreateTrigger *)node)->relation;
    default: return NULL;
    }
}

/* The name may be qualified, but not by another schema. */
static void put_into_schema(AstRangeVar *name, Str schema)
{
    if (name->schema.data == NULL) {
        name->schema = schema;
    } else if (!str_equal(name->schema, schema)) {
        raise_error(SQLSTATE_INVALID_SCHEMA_DEFINITION,
                    "CREATE specifies a schema (%.*s) different from the one being created (%.*s)",
                    STR_ARG(name->schema), STR_ARG(schema));
    }
}

/* Copies of the elements, ordered and with the schema in their names. */
static AstStmtList place_elements(Arena *arena, const AstStmtList *written, Str schema)
{
    static const AstKind order[] = {AST_CREATE_SEQUENCE, AST_CREATE_TABLE,   AST_CREATE_VIEW,
                                    AST_CREATE_INDEX,    AST_CREATE_TRIGGER, AST_GRANT};
    AstStmtList placed = {.items = ARENA_ARRAY(arena, AstStmt *, written->count)};
    for (uint32_t i = 0; i < written->count; i++) {
        AstStmt *element = ast_copy(arena, written->items[i]);
        AstRangeVar *name = element_name(element);
        if (name != NULL) put_into_schema(name, schema);
        placed.items[i] = element;
    }
    AstStmt **elements = arena_copy(arena, placed.items, written->count * sizeof *placed.items);
    for (uint32_t k = 0; k < ARRAY_LEN(order); k++)
        for (uint32_t i = 0; i < written->count; i++)
            if (elements[i]->kind == order[k]) placed.items[placed.count++] = elements[i];
    ASSERT(placed.count == written->count);
    return placed;
}

/* ---- the statement ---- */

static void check_name(Str name)
{
    if (!str_starts(name, STR("pg_"))) return;
    Error *error = error_begin(SQLSTATE_RESERVED_NAME);
    error_message(error, "unacceptable schema name \"%.*s\"", STR_ARG(name));
    error_detail(error, "The prefix \"pg_\" is reserved for system schemas.");
    error_raise(error);
}

static void add_schema(Ddl *ddl, Str name, Oid owner)
{
    Datum v[PG_NAMESPACE_COLUMNS];
    Oid oid = cat_new_oid(ddl->view, PG_NAMESPACE);
    v[PG_NAMESPACE_OID] = datum_oid(oid);
    v[PG_NAMESPACE_NSPNAME] = datum_str(name);
    v[PG_NAMESPACE_NSPOWNER] = datum_oid(owner);
    v[PG_NAMESPACE_NSPACL] = cat_new_acl(ddl->view, CLASS_NAMESPACE, 0, owner, 0);
    (void)cat_insert(ddl->view, PG_NAMESPACE, v);
    cat_depend_on_acl(ddl->view, ddl__object(CLASS_NAMESPACE, oid, 0), owner,
                      &v[PG_NAMESPACE_NSPACL]);
    cat_depend_owner(ddl->view, ddl__object(CLASS_NAMESPACE, oid, 0), owner);
}

void ddl__create_schema(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateSchema *ast = AST_AS(CreateSchema, call->tree);
    Oid owner = ast->owner != NULL ? ddl__role_of(&ddl, ast->owner) : cat_view_role(ddl.view);
    Str name = ast->name.data != NULL ? ast->name
                                      : str_copy(ddl.arena, cat_role(ddl.view, owner)->name);
    cat_check_privilege(ddl.view, ddl__object(CLASS_DATABASE, cat_view_database(ddl.view), 0),
                        PRIV_CREATE);
    ddl__check_can_set_role(&ddl, owner);
    check_name(name);
    if (cat_namespace_named(ddl.view, name) != 0) {
        if (!ast->if_not_exists)
            raise_error(SQLSTATE_DUPLICATE_SCHEMA, "schema \"%.*s\" already exists", STR_ARG(name));
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_SCHEMA,
                    "schema \"%.*s\" already exists, skipping", STR_ARG(name));
        return;
    }
    add_schema(&ddl, name, owner);
    if (ast->elements.count == 0) return;
    const AstStmtList elements = place_elements(ddl.arena, &ast->elements, name);
    session_run_inside(call, owner, name, &elements);
}
