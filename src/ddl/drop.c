/* SPDX-License-Identifier: Apache-2.0 */
/* drop.c - DROP: the names become objects, `catalog` works out what else goes with them, and each object's rows and
 * storage are removed here. */
#include "ddl/function.h"

/* ---- the relation kinds that DROP names ---- */

typedef struct DropKind {
    AstObjectType object;
    const char *tag;
    const char *word;     /* as messages name it */
    const char *relkinds; /* NULL: no relation */
} DropKind;
static const DropKind kinds[] = {
    {AST_OBJECT_TABLE, "DROP TABLE", "table", "rp"},
    {AST_OBJECT_VIEW, "DROP VIEW", "view", "v"},
    {AST_OBJECT_MATERIALIZED_VIEW, "DROP MATERIALIZED VIEW", "materialized view", "m"},
    {AST_OBJECT_INDEX, "DROP INDEX", "index", "iI"},
    {AST_OBJECT_SEQUENCE, "DROP SEQUENCE", "sequence", "S"},
    {AST_OBJECT_FOREIGN_TABLE, "DROP FOREIGN TABLE", "foreign table", "f"},
    {AST_OBJECT_SCHEMA, "DROP SCHEMA", "schema", NULL},
    {AST_OBJECT_TYPE, "DROP TYPE", "type", NULL},
    {AST_OBJECT_DOMAIN, "DROP DOMAIN", "domain", NULL},
    {AST_OBJECT_FUNCTION, "DROP FUNCTION", "function", NULL},
    {AST_OBJECT_PROCEDURE, "DROP PROCEDURE", "procedure", NULL},
    {AST_OBJECT_ROUTINE, "DROP ROUTINE", "routine", NULL},
    {AST_OBJECT_AGGREGATE, "DROP AGGREGATE", "aggregate", NULL},
    {AST_OBJECT_OPERATOR, "DROP OPERATOR", "operator", NULL},
    {AST_OBJECT_CAST, "DROP CAST", "cast", NULL},
    {AST_OBJECT_STATISTICS, "DROP STATISTICS", "statistics object", NULL},
    {AST_OBJECT_COLLATION, "DROP COLLATION", "collation", NULL},
};

/* NULL: one of the kinds of drop_missing.c. */
static const DropKind *kind_of(AstObjectType object)
{
    for (uint32_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (kinds[i].object == object) return &kinds[i];
    }
    return NULL;
}

const char *ddl__drop_tag(const AstNode *tree)
{
    const AstObjectType object = AST_AS(Drop, tree)->object;
    const DropKind *kind = kind_of(object);
    return kind != NULL ? kind->tag : ddl__other_drop_tag(object);
}

/* What a relation of another kind should have been dropped with. */
static _Noreturn void wrong_kind(const CatRelation *relation, const DropKind *kind)
{
    static const struct {
        char relkind;
        const char *hint;
    } hints[] = {{'r', "Use DROP TABLE to remove a table."},
                 {'v', "Use DROP VIEW to remove a view."},
                 {'m', "Use DROP MATERIALIZED VIEW to remove a materialized view."},
                 {'i', "Use DROP INDEX to remove an index."},
                 {'S', "Use DROP SEQUENCE to remove a sequence."},
                 {'c', "Use DROP TYPE to remove a type."}};
    Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
    const char *article = strchr("aeiou", kind->word[0]) != NULL ? "an" : "a";
    error_message(error, "\"%.*s\" is not %s %s", STR_ARG(relation->name), article, kind->word);
    for (uint32_t i = 0; i < ARRAY_LEN(hints); i++) {
        if (hints[i].relkind == relation->kind) error_hint(error, "%s", hints[i].hint);
    }
    error_raise(error);
}

static void skip_notice(Ddl *ddl, const DropKind *kind, CatName name)
{
    if (name.schema.data != NULL && cat_namespace_named(ddl->view, name.schema) == 0) {
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "schema \"%.*s\" does not exist, skipping", STR_ARG(name.schema));
        return;
    }
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "%s \"%.*s\" does not exist, skipping", kind->word, STR_ARG(name.name));
}

/* Beside its users: only another definition of the table is kept away. Temporary ones have none. */
static LockMode drop_mode(const AstDrop *drop, const CatRelation *relation)
{
    const bool beside = drop->concurrently && relation->persistence != 't';
    return beside ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE;
}

static Oid table_of_index(Ddl *ddl, Oid index)
{
    Datum key = datum_oid(index);
    const Datum *row = cat_row_find(ddl->view, PG_INDEX_INDEXRELID_INDEX, &key, 1, ddl->arena);
    return row != NULL ? row[PG_INDEX_INDRELID].value.u32 : 0;
}

static bool find_relation(Ddl *ddl, const DropKind *kind, const AstObjectRef *ref,
                          const AstDrop *drop, CatObject *object)
{
    const bool if_exists = drop->if_exists;
    if (ref->names.count > 3)
        raise_error(SQLSTATE_SYNTAX_ERROR, "improper relation name (too many dotted names): %.*s",
                    STR_ARG(ddl__names_text(ddl, &ref->names)));
    CatName name = ddl__name_of(ddl, (const AstNode *)ref, &ref->names);
    name.location = 0;
    Oid oid = cat_relation_search(ddl->view, name);
    if (oid == 0) {
        if (if_exists) {
            skip_notice(ddl, kind, name);
            return false;
        }
        if (name.schema.data != NULL && cat_namespace_named(ddl->view, name.schema) == 0)
            raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist",
                        STR_ARG(name.schema));
        raise_error(kind->object == AST_OBJECT_INDEX ? SQLSTATE_UNDEFINED_OBJECT
                                                     : SQLSTATE_UNDEFINED_TABLE,
                    "%s \"%.*s\" does not exist", kind->word, STR_ARG(name.name));
    }
    const CatRelation *relation = cat_relation(ddl->view, oid);
    const LockMode mode = drop_mode(drop, relation);
    if (relation->kind == 'i') {
        /* The table is locked before its index, so that nobody writes to an index that is going. */
        const Oid table = table_of_index(ddl, oid);
        if (table != 0) (void)cat_relation_open_oid(ddl->view, table, mode);
    }
    relation = cat_relation_open_oid(ddl->view, oid, mode);
    if (relation == NULL && if_exists) {
        skip_notice(ddl, kind, name);
        return false;
    }
    if (relation == NULL)
        raise_error(kind->object == AST_OBJECT_INDEX ? SQLSTATE_UNDEFINED_OBJECT
                                                     : SQLSTATE_UNDEFINED_TABLE,
                    "%s \"%.*s\" does not exist", kind->word, STR_ARG(name.name));
    if (strchr(kind->relkinds, relation->kind) == NULL) wrong_kind(relation, kind);
    if (relation->shared || relation->oid < 16384)
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "permission denied: \"%.*s\" is a system catalog", STR_ARG(relation->name));
    *object = ddl__object(CLASS_RELATION, oid, 0);
    cat_check_owner(ddl->view, *object);
    return true;
}

/* "function f(pg_catalog.int4) does not exist, skipping": types as they are written. */
static void skip_routine(Ddl *ddl, const DropKind *kind, const AstRoutineRef *routine)
{
    StrBuilder text = str_builder(ddl->arena, 64);
    for (uint32_t i = 0; i < routine->names.count; i++) {
        if (i > 0) str_add_char(&text, '.');
        str_add(&text, routine->names.items[i]);
    }
    str_add_char(&text, '(');
    for (uint32_t i = 0; i < routine->params.count; i++) {
        if (i > 0) str_add_char(&text, ',');
        str_add(&text, ddl__type_as_written(ddl, routine->params.items[i]->type));
    }
    str_add_char(&text, ')');
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                "%s %.*s does not exist, skipping", kind->word, STR_ARG(str_done(&text)));
}

static Oid type_to_drop(Ddl *ddl, const AstObjectRef *ref, bool if_exists, CatName *name)
{
    const NodeStrs *parts = ref->type != NULL ? &ref->type->names : &ref->names;
    *name = ddl__name_of(ddl, (const AstNode *)ref, parts);
    if (if_exists && cat_type_search(ddl->view, *name) == 0) return 0;
    const Oid oid = ddl__type_named(ddl, ref);
    if (oid != 0 && ref->object == AST_OBJECT_DOMAIN && cat_type(ddl->view, oid)->kind != 'd')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a domain",
                    STR_ARG(ddl__names_text(ddl, parts)));
    return oid;
}

static bool find_other(Ddl *ddl, const DropKind *kind, const AstObjectRef *ref, bool if_exists,
                       CatObject *object)
{
    if (if_exists && ref->object != AST_OBJECT_SCHEMA && ddl__skip_missing(ddl, ref)) return false;
    Oid oid = 0, class_ = 0;
    CatName name = {0};
    switch (ref->object) {
    case AST_OBJECT_SCHEMA:
        name.name = ref->names.items[0];
        oid = cat_namespace_named(ddl->view, name.name);
        class_ = CLASS_NAMESPACE;
        break;
    case AST_OBJECT_TYPE:
    case AST_OBJECT_DOMAIN:
        oid = type_to_drop(ddl, ref, if_exists, &name);
        class_ = CLASS_TYPE;
        break;
    case AST_OBJECT_OPERATOR:
        oid = ddl__operator(ddl, ref->operator, if_exists);
        class_ = CLASS_OPERATOR;
        name = ddl__name_of(ddl, (const AstNode *)ref, &ref->operator->names);
        break;
    case AST_OBJECT_COLLATION:
        oid = ddl__collation(ddl, (const AstNode *)ref, &ref->names, if_exists);
        class_ = CLASS_COLLATION;
        name = ddl__name_of(ddl, (const AstNode *)ref, &ref->names);
        break;
    case AST_OBJECT_STATISTICS:
        oid = ddl__statistics(ddl, (const AstNode *)ref, &ref->names, if_exists);
        class_ = CLASS_STATISTICS;
        name = ddl__name_of(ddl, (const AstNode *)ref, &ref->names);
        break;
    case AST_OBJECT_CAST:
        oid = ddl__cast(ddl, ref, if_exists);
        if (oid == 0) return false;
        *object = ddl__object(CLASS_CAST, oid, 0);
        return true;
    default:
        oid = ddl__routine(ddl, ref->routine, ref->object, if_exists);
        class_ = CLASS_PROC;
        name = ddl__name_of(ddl, (const AstNode *)ref, &ref->routine->names);
        break;
    }
    if (oid == 0) {
        if (!if_exists)
            raise_error(class_ == CLASS_NAMESPACE ? SQLSTATE_INVALID_SCHEMA_NAME
                                                  : SQLSTATE_UNDEFINED_OBJECT,
                        "%s \"%.*s\" does not exist", kind->word, STR_ARG(name.name));
        if (class_ == CLASS_PROC)
            skip_routine(ddl, kind, ref->routine);
        else if (class_ == CLASS_OPERATOR)
            ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                        "operator %.*s does not exist, skipping", STR_ARG(name.name));
        else
            skip_notice(ddl, kind, name);
        return false;
    }
    *object = ddl__object(class_, oid, 0);
    cat_check_owner(ddl->view, *object);
    return true;
}

static void check_concurrently(Ddl *ddl, const AstDrop *drop)
{
    session_forbid_block(ddl->session, "DROP INDEX CONCURRENTLY");
    if (drop->objects.count > 1)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "DROP INDEX CONCURRENTLY does not support dropping multiple objects");
    if (drop->behavior == AST_DROP_CASCADE)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "DROP INDEX CONCURRENTLY does not support CASCADE");
}

static bool drop_is_beside(Ddl *ddl, const AstDrop *drop, const CatObject *objects)
{
    return drop->concurrently &&
           drop_mode(drop, cat_relation(ddl->view, objects[0].oid)) != LOCK_ACCESS_EXCLUSIVE;
}

void ddl__drop(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstDrop *drop = AST_AS(Drop, call->tree);
    const DropKind *kind = kind_of(drop->object);
    CatObject *objects = ARENA_ARRAY(call->arena, CatObject, drop->objects.count);
    if (kind == NULL) {
        ddl__drop_other(&ddl, drop);
        return;
    }
    if (drop->concurrently) check_concurrently(&ddl, drop);
    uint32_t count = 0;
    for (uint32_t i = 0; i < drop->objects.count; i++) {
        const AstObjectRef *ref = drop->objects.items[i];
        bool found = kind->relkinds != NULL
                         ? find_relation(&ddl, kind, ref, drop, &objects[count])
                         : find_other(&ddl, kind, ref, drop->if_exists, &objects[count]);
        /* What was dropped while its lock was waited for is looked for again, and mostly missed. */
        while (found && kind->relkinds == NULL &&
               !cat_object_lock(ddl.view, objects[count], LOCK_ACCESS_EXCLUSIVE))
            found = find_other(&ddl, kind, ref, drop->if_exists, &objects[count]);
        count += found;
    }
    if (count > 0 && drop_is_beside(&ddl, drop, objects))
        ddl__drop_index_beside(&ddl, table_of_index(&ddl, objects[0].oid), objects[0].oid);
    else if (count > 0)
        cat_drop(ddl.view, objects, count, drop->behavior == AST_DROP_CASCADE, ddl__drop_object,
                 &ddl);
}

/* ---- removing one object ---- */

static void delete_rows(Ddl *ddl, CatalogTable table, CatalogIndex index, const Datum *keys,
                        uint32_t count)
{
    CatScan *scan = cat_scan_open(ddl->view, table, index, keys, count);
    CatRow row;
    while (cat_scan_next(scan, &row)) cat_delete(ddl->view, table, row.id);
    cat_scan_close(scan);
}

static void delete_by_oid(Ddl *ddl, CatalogTable table, CatalogIndex index, Oid oid)
{
    Datum key = datum_oid(oid);
    delete_rows(ddl, table, index, &key, 1);
}

static void drop_comments(Ddl *ddl, CatObject object)
{
    Datum keys[2] = {datum_oid(object.oid), datum_oid(object.class_)};
    delete_rows(ddl, PG_DESCRIPTION, PG_DESCRIPTION_O_C_O_INDEX, keys, 2);
}

void ddl__forget_statistics(Ddl *ddl, Oid relation, int16_t column)
{
    const Datum keys[2] = {datum_oid(relation), datum_i16(column)};
    delete_rows(ddl, PG_STATISTIC, PG_STATISTIC_RELID_ATT_INH_INDEX, keys, column == 0 ? 1 : 2);
}

void ddl__forget_statistics_data(Ddl *ddl, Oid statistics)
{
    delete_by_oid(ddl, PG_STATISTIC_EXT_DATA, PG_STATISTIC_EXT_DATA_STXOID_INH_INDEX, statistics);
}

static void drop_relation(Ddl *ddl, Oid oid)
{
    const CatRelation *relation = cat_relation_open_oid(ddl->view, oid, LOCK_ACCESS_EXCLUSIVE);
    if (relation == NULL) return;
    char kind = relation->kind;
    TreeId tree = relation->tree;
    if (kind == 'i') {
        Datum key = datum_oid(oid);
        CatScan *scan = cat_scan_open(ddl->view, PG_INDEX, PG_INDEX_INDEXRELID_INDEX, &key, 1);
        CatRow row;
        if (cat_scan_next(scan, &row))
            cat_invalidate(ddl->view, CLASS_RELATION, row.values[PG_INDEX_INDRELID].value.u32);
        cat_scan_close(scan);
        delete_by_oid(ddl, PG_INDEX, PG_INDEX_INDEXRELID_INDEX, oid);
    }
    if (kind == 'S') delete_by_oid(ddl, PG_SEQUENCE, PG_SEQUENCE_SEQRELID_INDEX, oid);
    ddl__forget_statistics(ddl, oid, 0);
    delete_by_oid(ddl, PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, oid);
    delete_by_oid(ddl, PG_CLASS, PG_CLASS_OID_INDEX, oid);
    drop_comments(ddl, ddl__object(CLASS_RELATION, oid, 0));
    cat_invalidate(ddl->view, CLASS_RELATION, oid);
    if (tree.v != 0) cat_drop_storage(ddl->view, tree, kind);
}

static void clear_default(void *arg, Datum *values)
{
    (void)arg;
    values[PG_ATTRIBUTE_ATTHASDEF] = datum_bool(false);
}

/* A default that goes alone (its function was dropped with CASCADE) leaves its column. */
static void drop_default(Ddl *ddl, Oid oid)
{
    Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(ddl->view, PG_ATTRDEF, PG_ATTRDEF_OID_INDEX, &key, 1);
    CatRow row;
    if (cat_scan_next(scan, &row)) {
        Oid relation = row.values[PG_ATTRDEF_ADRELID].value.u32;
        int16_t column = row.values[PG_ATTRDEF_ADNUM].value.i16;
        cat_delete(ddl->view, PG_ATTRDEF, row.id);
        if (cat_relation(ddl->view, relation) != NULL)
            ddl__update_attribute(ddl, relation, column, clear_default, NULL);
        cat_invalidate(ddl->view, CLASS_RELATION, relation);
    }
    cat_scan_close(scan);
}

static void drop_constraint(Ddl *ddl, Oid oid)
{
    Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(ddl->view, PG_CONSTRAINT, PG_CONSTRAINT_OID_INDEX, &key, 1);
    CatRow row;
    Oid checked = 0;
    if (cat_scan_next(scan, &row)) {
        if (row.values[PG_CONSTRAINT_CONTYPE].value.i16 == 'c')
            checked = row.values[PG_CONSTRAINT_CONRELID].value.u32;
        Oid relations[2] = {row.values[PG_CONSTRAINT_CONRELID].value.u32,
                            row.values[PG_CONSTRAINT_CONFRELID].value.u32};
        for (uint32_t i = 0; i < 2; i++) {
            if (relations[i] != 0) cat_invalidate(ddl->view, CLASS_RELATION, relations[i]);
        }
        cat_delete(ddl->view, PG_CONSTRAINT, row.id);
    }
    cat_scan_close(scan);
    if (checked != 0) ddl__count_check(ddl, checked, -1);
    drop_comments(ddl, ddl__object(CLASS_CONSTRAINT, oid, 0));
}

static void mark_dropped(void *name, Datum *values)
{
    values[PG_ATTRIBUTE_ATTNAME] = datum_str(*(const Str *)name);
    values[PG_ATTRIBUTE_ATTISDROPPED] = datum_bool(true);
    values[PG_ATTRIBUTE_ATTTYPID] = datum_oid(0);
    values[PG_ATTRIBUTE_ATTNOTNULL] = datum_bool(false);
    values[PG_ATTRIBUTE_ATTHASDEF] = datum_bool(false);
    values[PG_ATTRIBUTE_ATTGENERATED] = datum_char(0);
    values[PG_ATTRIBUTE_ATTIDENTITY] = datum_char(0);
}

static void drop_column(Ddl *ddl, Oid relation, int16_t column)
{
    Str name = str_format(ddl->arena, "........pg.dropped.%d........", column);
    ddl__update_attribute(ddl, relation, column, mark_dropped, &name);
    ddl__forget_statistics(ddl, relation, column);
    cat_invalidate(ddl->view, CLASS_RELATION, relation);
}

static void drop_type(Ddl *ddl, Oid oid)
{
    delete_by_oid(ddl, PG_ENUM, PG_ENUM_TYPID_LABEL_INDEX, oid);
    delete_by_oid(ddl, PG_RANGE, PG_RANGE_RNGTYPID_INDEX, oid);
    delete_by_oid(ddl, PG_TYPE, PG_TYPE_OID_INDEX, oid);
    drop_comments(ddl, ddl__object(CLASS_TYPE, oid, 0));
    cat_invalidate(ddl->view, CLASS_TYPE, oid);
}

/* What is a row of its catalog and nothing else. */
static void drop_row(Ddl *ddl, CatObject object)
{
    const CatClass *class_ = cat_class(object.class_);
    delete_by_oid(ddl, class_->table, class_->oid_index, object.oid);
    drop_comments(ddl, object);
    if (object.class_ == CLASS_OPERATOR || object.class_ == CLASS_COLLATION)
        cat_invalidate(ddl->view, object.class_, object.oid);
}

void ddl__drop_object(CatalogView *view, CatObject object, void *arg)
{
    Ddl *ddl = arg;
    (void)view;
    switch (object.class_) {
    case CLASS_RELATION:
        if (object.sub != 0) {
            drop_column(ddl, object.oid, (int16_t)object.sub);
        } else {
            const CatRelation *relation = cat_relation(ddl->view, object.oid);
            if (relation != NULL) session_forbid_in_use(ddl->session, relation, "DROP TABLE");
            drop_relation(ddl, object.oid);
        }
        return;
    case CLASS_ATTRDEF: drop_default(ddl, object.oid); return;
    case CLASS_CONSTRAINT: drop_constraint(ddl, object.oid); return;
    case CLASS_TYPE: drop_type(ddl, object.oid); return;
    case CLASS_NAMESPACE:
        delete_by_oid(ddl, PG_NAMESPACE, PG_NAMESPACE_OID_INDEX, object.oid);
        drop_comments(ddl, object);
        cat_invalidate(ddl->view, CLASS_NAMESPACE, object.oid);
        return;
    case CLASS_PG_LARGEOBJECT: cat_large_object_delete(ddl->view, object.oid); return;
    case CLASS_REWRITE: delete_by_oid(ddl, PG_REWRITE, PG_REWRITE_OID_INDEX, object.oid); return;
    case CLASS_PROC:
        delete_by_oid(ddl, PG_AGGREGATE, PG_AGGREGATE_FNOID_INDEX, object.oid);
        delete_by_oid(ddl, PG_PROC, PG_PROC_OID_INDEX, object.oid);
        drop_comments(ddl, object);
        cat_invalidate(ddl->view, CLASS_PROC, object.oid);
        return;
    case CLASS_OPERATOR:
    case CLASS_CAST:
    case CLASS_COLLATION:
    case CLASS_DEFAULT_ACL: drop_row(ddl, object); return;
    case CLASS_STATISTICS:
        ddl__forget_statistics_data(ddl, object.oid);
        drop_row(ddl, object);
        return;
    default:
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "DROP of this kind of object is not supported");
    }
}
