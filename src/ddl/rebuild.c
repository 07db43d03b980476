/* SPDX-License-Identifier: Apache-2.0 */
/* rebuild.c - REINDEX and CLUSTER: what is there, stored anew. REINDEX gives indexes fresh trees, built from their
 * table's rows; CLUSTER writes the rows anew in the order of an index. */
#include "ddl/ddl_internal.h"

#include "os/clock.h"
#include "os/process.h"

/* ---- options ---- */

typedef struct Options {
    bool concurrently, verbose;
} Options;

static Options read_options(Ddl *ddl, const AstOptionList *list, const char *statement)
{
    Options options = {0};
    const bool reindex = statement[0] == 'R';
    for (uint32_t i = 0; i < list->count; i++) {
        const AstOption *option = list->items[i];
        if (str_equal(option->name, STR("verbose"))) {
            options.verbose = option_bool(option);
        } else if (reindex && str_equal(option->name, STR("concurrently"))) {
            options.concurrently = option_bool(option);
        } else if (reindex && str_equal(option->name, STR("tablespace"))) {
            ddl__tablespace_named(option_text(ddl->arena, option));
        } else {
            Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
            error_message(error, "unrecognized %s option \"%.*s\"", statement,
                          STR_ARG(option->name));
            error_position(error, ddl__position(ddl, option));
            error_raise(error);
        }
    }
    return options;
}

static void need_maintain(Ddl *ddl, Oid relation)
{
    cat_check_privilege(ddl->view, ddl__object(CLASS_RELATION, relation, 0), PRIV_MAINTAIN);
}

static CatName name_of(Ddl *ddl, const AstRangeVar *var)
{
    CatName name = ddl__name(ddl, var);
    name.location = 0;
    return name;
}

/* ---- VERBOSE ---- */

typedef struct Stopwatch {
    int64_t user_us, system_us, began_ns;
} Stopwatch;

static Stopwatch stopwatch_start(void)
{
    Stopwatch watch = {.began_ns = os_monotonic_ns()};
    os_thread_cpu_us(&watch.user_us, &watch.system_us);
    return watch;
}

/* "CPU: user: 0.00 s, system: 0.00 s, elapsed: 0.00 s" */
static Str stopwatch_print(Arena *arena, const Stopwatch *watch)
{
    Stopwatch now = stopwatch_start();
    return str_format(arena, "CPU: user: %.2f s, system: %.2f s, elapsed: %.2f s",
                      (double)(now.user_us - watch->user_us) / 1e6,
                      (double)(now.system_us - watch->system_us) / 1e6,
                      (double)(now.began_ns - watch->began_ns) / 1e9);
}

/* "index "x" was reindexed"; `end` stands behind the times, which are left out without a watch. */
static void tell(Ddl *ddl, const char *what, Str name, const Stopwatch *watch, const char *end)
{
    Error *notice = error_severity(error_begin(SQLSTATE_SUCCESSFUL_COMPLETION), SEVERITY_INFO);
    error_message(notice, "%s \"%.*s\" was reindexed", what, STR_ARG(name));
    if (watch != NULL)
        error_detail(notice, "%.*s%s", STR_ARG(stopwatch_print(ddl->arena, watch)), end);
    session_notice(ddl->session, notice);
}

static Str whole_name(Ddl *ddl, const CatRelation *relation, Str name)
{
    return str_format(ddl->arena, "%.*s.%.*s", STR_ARG(relation->schema_name), STR_ARG(name));
}

/* ---- REINDEX ---- */

/* CONCURRENTLY means something only where others could see the table. */
static bool is_beside(const CatRelation *relation, const Options *options)
{
    return options->concurrently && relation->persistence != 't';
}

/* The indexes of one table that are to be made anew, and their names, for what is told. */
typedef struct Rebuilding {
    Oid table;
    Str table_name; /* with its schema; for `beside` so have the indexes */
    Oid *indexes;
    Str *names;
    uint32_t count;
    bool beside, verbose;
    bool tells_table; /* the statement is of more than one index */
} Rebuilding;

static void reindex_in_place(Ddl *ddl, const Rebuilding *work, uint32_t i)
{
    const Oid table = work->table, index = work->indexes[i];
    const Stopwatch watch = stopwatch_start();
    if (cat_relation_open_oid(ddl->view, index, LOCK_ACCESS_EXCLUSIVE) == NULL) return;
    cat_replace_index_storage(ddl->view, table, index);
    cat_invalidate(ddl->view, CLASS_RELATION, table);
    ddl__fill_index(ddl, table, index);
    if (work->verbose) tell(ddl, "index", work->names[i], &watch, "");
}

static void reindex(Ddl *ddl, const Rebuilding *work)
{
    const Stopwatch watch = stopwatch_start();
    for (uint32_t i = 0; i < work->count; i++) {
        if (work->beside)
            ddl__reindex_beside(ddl, work->table, work->indexes[i]);
        else
            reindex_in_place(ddl, work, i);
    }
    if (!work->verbose || work->count == 0) return;
    const Stopwatch *whole = work->beside ? &watch : NULL;
    for (uint32_t i = 0; i < work->count && work->beside; i++)
        tell(ddl, "index", work->names[i], work->tells_table ? NULL : whole, ".");
    if (work->tells_table) tell(ddl, "table", work->table_name, whole, ".");
}

static Rebuilding rebuilding_of(Ddl *ddl, const CatRelation *relation, const Options *options,
                                bool tells_table)
{
    return (Rebuilding){.table = relation->oid,
                        .table_name = whole_name(ddl, relation, relation->name),
                        .indexes = ARENA_ARRAY(ddl->arena, Oid, relation->index_count),
                        .names = ARENA_ARRAY(ddl->arena, Str, relation->index_count),
                        .beside = is_beside(relation, options),
                        .verbose = options->verbose,
                        .tells_table = tells_table};
}

static void add_index(Ddl *ddl, Rebuilding *work, const CatRelation *relation,
                      const CatIndex *index)
{
    work->indexes[work->count] = index->oid;
    work->names[work->count++] = work->beside ? whole_name(ddl, relation, index->name)
                                              : str_copy(ddl->arena, index->name);
}

static bool is_catalog(const CatRelation *relation)
{
    return relation->oid < OID_FIRST_USER;
}

static LockMode table_mode(const Options *options)
{
    return options->concurrently ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE;
}

static void forbid_catalog_beside(const CatRelation *relation, const Options *options)
{
    if (is_catalog(relation) && options->concurrently)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot reindex system catalogs concurrently");
}

static void skip_invalid(Ddl *ddl, const CatRelation *relation, const CatIndex *index)
{
    Error *notice = error_severity(error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                                   SEVERITY_WARNING);
    error_message(notice, "skipping reindex of invalid index \"%.*s.%.*s\"",
                  STR_ARG(relation->schema_name), STR_ARG(index->name));
    error_hint(notice, "Use DROP INDEX or REINDEX INDEX.");
    session_notice(ddl->session, notice);
}

/* False: it has no indexes. The table is locked. */
static bool reindex_table(Ddl *ddl, const CatRelation *relation, const Options *options, bool one)
{
    if (is_catalog(relation)) {
        ddl__reindex_catalog(ddl, relation, 0, options->verbose);
        return relation->index_count > 0;
    }
    Rebuilding work = rebuilding_of(ddl, relation, options, false);
    const uint32_t count = relation->index_count;
    work.tells_table = work.beside || !one;
    for (uint32_t i = 0; i < count; i++) {
        const CatIndex *index = relation->indexes[i];
        if (!work.beside || index->valid)
            add_index(ddl, &work, relation, index);
        else
            skip_invalid(ddl, relation, index);
    }
    reindex(ddl, &work);
    return count > 0;
}

static void reindex_index(Ddl *ddl, const AstReindex *ast, const Options *options)
{
    const Oid oid = cat_relation_search(ddl->view, name_of(ddl, ast->relation));
    if (oid == 0)
        raise_error(SQLSTATE_UNDEFINED_TABLE, "relation \"%.*s\" does not exist",
                    STR_ARG(ast->relation->name));
    const CatRelation *index = cat_relation(ddl->view, oid);
    if (index->kind != 'i' && index->kind != 'I')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not an index", STR_ARG(index->name));
    forbid_catalog_beside(index, options);
    Datum key = datum_oid(oid);
    const Datum *row = cat_row_find(ddl->view, PG_INDEX_INDEXRELID_INDEX, &key, 1, ddl->arena);
    const Oid table = row[PG_INDEX_INDRELID].value.u32;
    if (!cat_privileges(ddl->view, cat_view_role(ddl->view), ddl__object(CLASS_RELATION, table, 0),
                        PRIV_MAINTAIN))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for index %.*s",
                    STR_ARG(index->name));
    const CatRelation *relation = cat_relation_open_oid(ddl->view, table, table_mode(options));
    const CatIndex *one = relation != NULL ? ddl__index_of(relation, oid) : NULL;
    if (one == NULL) return;
    if (is_catalog(relation)) {
        ddl__reindex_catalog(ddl, relation, oid, options->verbose);
        return;
    }
    Rebuilding work = rebuilding_of(ddl, relation, options, false);
    add_index(ddl, &work, relation, one);
    reindex(ddl, &work);
}

static void reindex_named_table(Ddl *ddl, const AstReindex *ast, const Options *options)
{
    const CatRelation *relation = cat_relation_open(ddl->view, name_of(ddl, ast->relation),
                                                    table_mode(options), 0);
    if (strchr("rmpt", relation->kind) == NULL)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a table or materialized view",
                    STR_ARG(relation->name));
    need_maintain(ddl, relation->oid);
    forbid_catalog_beside(relation, options);
    const Str name = str_copy(ddl->arena, relation->name);
    if (reindex_table(ddl, relation, options, true)) return;
    ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                options->concurrently
                    ? "table \"%.*s\" has no indexes that can be reindexed concurrently"
                    : "table \"%.*s\" has no indexes to reindex",
                STR_ARG(name));
}

/* Tables with storage, system catalogs or those that users made, of one schema or of all (0), which the role may
 * maintain. */
static Oid *tables_of(Ddl *ddl, Oid schema, bool catalogs, uint32_t *count)
{
    ARRAY_OF(Oid) found = {.arena = ddl->arena};
    CatScan *scan = cat_scan_open(ddl->view, PG_CLASS, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const char kind = (char)row.values[PG_CLASS_RELKIND].value.i16;
        const Oid oid = row.values[PG_CLASS_OID].value.u32;
        const Oid of = row.values[PG_CLASS_RELNAMESPACE].value.u32;
        if ((kind == 'r' || kind == 'm') && (oid < OID_FIRST_USER) == catalogs &&
            (schema == 0 || of == schema))
            array_push(&found, oid);
    }
    cat_scan_close(scan);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < found.count; i++) {
        CatObject object = ddl__object(CLASS_RELATION, found.items[i], 0);
        if (cat_privileges(ddl->view, cat_view_role(ddl->view), object, PRIV_MAINTAIN))
            found.items[kept++] = found.items[i];
    }
    *count = kept;
    return found.items;
}

static void reindex_many(Ddl *ddl, const AstReindex *ast, const Options *options)
{
    Oid schema = 0;
    bool catalogs = ast->reindex == AST_REINDEX_SYSTEM;
    if (ast->reindex == AST_REINDEX_SCHEMA) {
        schema = cat_namespace_named(ddl->view, ast->name);
        if (schema == 0)
            raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist",
                        STR_ARG(ast->name));
        cat_check_owner(ddl->view, ddl__object(CLASS_NAMESPACE, schema, 0));
        catalogs = str_equal(ast->name, STR("pg_catalog"));
        if (catalogs && options->concurrently) {
            ddl__notice(ddl, SEVERITY_WARNING, SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "cannot reindex system catalogs concurrently, skipping all");
            return;
        }
    } else {
        cat_check_owner(ddl->view, ddl__object(CLASS_DATABASE, cat_view_database(ddl->view), 0));
    }
    uint32_t count;
    const Oid *tables = tables_of(ddl, schema, catalogs, &count);
    for (uint32_t i = 0; i < count; i++) { /* each in a transaction of its own */
        if (i > 0) session_next_transaction(ddl->session);
        const CatRelation *relation = cat_relation_open_oid(ddl->view, tables[i],
                                                            catalogs ? LOCK_ACCESS_SHARE
                                                                     : table_mode(options));
        if (relation != NULL) (void)reindex_table(ddl, relation, options, false);
    }
}

static const char *reindex_block_name(const AstReindex *ast, bool concurrently)
{
    if (concurrently) return "REINDEX CONCURRENTLY";
    switch (ast->reindex) {
    case AST_REINDEX_INDEX:
    case AST_REINDEX_TABLE: return NULL;
    case AST_REINDEX_SCHEMA: return "REINDEX SCHEMA";
    case AST_REINDEX_SYSTEM: return "REINDEX SYSTEM";
    case AST_REINDEX_DATABASE: return "REINDEX DATABASE";
    }
    UNREACHABLE();
}

void ddl__reindex(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstReindex *ast = AST_AS(Reindex, call->tree);
    const Options options = read_options(&ddl, &ast->options, "REINDEX");
    const char *block = reindex_block_name(ast, options.concurrently);
    if (block != NULL) session_forbid_block(call->session, block);
    if (ast->reindex == AST_REINDEX_SYSTEM && options.concurrently)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "cannot reindex system catalogs concurrently");
    const bool whole = ast->reindex == AST_REINDEX_DATABASE || ast->reindex == AST_REINDEX_SYSTEM;
    const Str database = cat_database(ddl.view, cat_view_database(ddl.view))->name;
    if (whole && ast->name.data != NULL && !str_equal(ast->name, database))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "can only reindex the currently open database");
    switch (ast->reindex) {
    case AST_REINDEX_INDEX: reindex_index(&ddl, ast, &options); return;
    case AST_REINDEX_TABLE: reindex_named_table(&ddl, ast, &options); return;
    case AST_REINDEX_SCHEMA:
    case AST_REINDEX_SYSTEM:
    case AST_REINDEX_DATABASE: reindex_many(&ddl, ast, &options); return;
    }
}

/* ---- CLUSTER ---- */

/* The index's order, as ORDER BY writes it. */
static Str order_of(Ddl *ddl, const CatRelation *relation, const CatIndex *index)
{
    const DeparseOptions options = {.view = ddl->view, .env = ddl->bind.env};
    StrBuilder text = str_builder(ddl->arena, 64);
    uint32_t expressions = 0;
    for (uint32_t k = 0; k < index->key_count; k++) {
        const CatIndexKey *key = &index->keys[k];
        if (k > 0) str_add(&text, STR(", "));
        if (key->column > 0) {
            parse_quote_identifier(&text, relation->columns[key->column - 1].name);
        } else {
            str_add_char(&text, '(');
            const CatExpr *expr = index->expressions[expressions++];
            expr_deparse(&text, (const QExpr *)bind_load(ddl->arena, expr->stored), relation,
                         &options);
            str_add_char(&text, ')');
        }
        str_add(&text, key->options & 1 ? STR(" DESC") : STR(" ASC"));
        str_add(&text, key->options & 2 ? STR(" NULLS FIRST") : STR(" NULLS LAST"));
    }
    return str_done(&text);
}

typedef struct Clustering {
    Ddl *ddl;
    Oid relation, index;
} Clustering;

static void mark_clustered(void *arg)
{
    const Clustering *clustering = arg;
    const CatRelation *relation = ddl__reopen(clustering->ddl, clustering->relation);
    ddl__cluster_on(clustering->ddl, relation, ddl__index_of(relation, clustering->index));
}

/* The table is locked ACCESS EXCLUSIVE. */
static void cluster_by(Ddl *ddl, const CatRelation *relation, const CatIndex *index)
{
    Clustering clustering = {ddl, relation->oid, index->oid};
    ddl__check_clusterable(index);
    const AstNode *select = (const AstNode *)ddl__table_ordered(ddl, relation,
                                                                order_of(ddl, relation, index));
    QQuery *query = bind_statement(ddl->arena, select, &ddl->bind);
    ddl__rewrite(ddl, relation, query, mark_clustered, &clustering);
}

/* The table's indexes with the mark of CLUSTER ON; 0: none. */
static Oid clustered_index(Ddl *ddl, const CatRelation *relation)
{
    for (uint32_t i = 0; i < relation->index_count; i++) {
        Datum key = datum_oid(relation->indexes[i]->oid);
        const Datum *row = cat_row_find(ddl->view, PG_INDEX_INDEXRELID_INDEX, &key, 1, ddl->arena);
        if (row[PG_INDEX_INDISCLUSTERED].value.b) return relation->indexes[i]->oid;
    }
    return 0;
}

static void cluster_table(Ddl *ddl, const AstCluster *ast)
{
    const CatRelation *relation = cat_relation_open(ddl->view, name_of(ddl, ast->relation),
                                                    LOCK_ACCESS_EXCLUSIVE, 0);
    if (strchr("rmpt", relation->kind) == NULL)
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a table or materialized view",
                    STR_ARG(relation->name));
    need_maintain(ddl, relation->oid);
    if (is_catalog(relation))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "CLUSTER of system catalogs is not supported");
    session_forbid_in_use(ddl->session, relation, "CLUSTER");
    if (ast->index.data != NULL) {
        cluster_by(ddl, relation, ddl__index_named(ddl, relation, ast->index));
        return;
    }
    const CatIndex *index = ddl__index_of(relation, clustered_index(ddl, relation));
    if (index == NULL)
        raise_error(SQLSTATE_UNDEFINED_OBJECT,
                    "there is no previously clustered index for table \"%.*s\"",
                    STR_ARG(relation->name));
    cluster_by(ddl, relation, index);
}

void ddl__cluster(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCluster *ast = AST_AS(Cluster, call->tree);
    (void)read_options(&ddl, &ast->options, "CLUSTER");
    if (ast->relation != NULL) {
        cluster_table(&ddl, ast);
        return;
    }
    session_forbid_block(call->session, "CLUSTER");
    uint32_t count;
    const Oid *tables = tables_of(&ddl, 0, false, &count);
    for (uint32_t i = 0; i < count; i++) {
        const CatRelation *relation = cat_relation(ddl.view, tables[i]);
        if (relation == NULL || clustered_index(&ddl, relation) == 0) continue;
        relation = cat_relation_open_oid(ddl.view, tables[i], LOCK_ACCESS_EXCLUSIVE);
        const CatIndex *index = relation != NULL
                                    ? ddl__index_of(relation, clustered_index(&ddl, relation))
                                    : NULL;
        if (index != NULL) cluster_by(&ddl, relation, index);
    }
}
