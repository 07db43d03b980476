/* SPDX-License-Identifier: Apache-2.0 */
/* rebuild_catalog.c - REINDEX of system catalogs. Their trees stand at fixed numbers, so that nothing must be known to
 * read them (src/catalog/README.md), and hold no more than what is in them: none is made anew. What the statement
 * promises is kept nevertheless: it ends only when each index agrees with its table, and answers XX002 when one does
 * not. */
#include "ddl/ddl_internal.h"

/* What the look at a catalog tells of: its indexes alone, or one of them. */
typedef struct CatalogLook {
    Oid index; /* 0: all */
    Str name;  /* of the index that problems to come are of; data NULL: of none that matters */
    Str damaged;
    char problem[200];
} CatalogLook;

static void begin(void *arg, const CatRelation *relation, const CatIndex *index)
{
    CatalogLook *look = arg;
    (void)relation;
    const bool matters = index != NULL && (look->index == 0 || index->oid == look->index);
    look->name = matters ? index->name : (Str){0};
}

/* Must not raise: pages may be latched. The first problem is told. */
static void found(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void found(void *arg, PageId page, const char *format, ...)
{
    CatalogLook *look = arg;
    (void)page;
    if (look->name.data == NULL || look->damaged.data != NULL) return;
    look->damaged = look->name;
    va_list args;
    va_start(args, format);
    (void)vsnprintf(look->problem, sizeof look->problem, format, args);
    va_end(args);
}

static void look_at(Ddl *ddl, const CatRelation *relation, CatalogLook *look)
{
    SCOPED(scope);
    const ExecOptions options = ddl__exec_options(ddl, scope);
    const ExecCheck check = {begin, found, look};
    exec_check_relation(relation, &options, &check);
    if (look->damaged.data == NULL) return;
    Error *error = error_begin(SQLSTATE_INDEX_CORRUPTED);
    error_message(error, "index \"%.*s\" of a system catalog does not agree with its table",
                  STR_ARG(look->damaged));
    error_detail(error, "%s", look->problem);
    error_hint(error, "tusk_check() tells of all damage.");
    error_raise(error);
}

void ddl__reindex_catalog(Ddl *ddl, const CatRelation *relation, Oid index, bool verbose)
{
    CatalogLook look = {.index = index};
    look_at(ddl, relation, &look);
    for (uint32_t i = 0; verbose && i < relation->index_count; i++)
        if (index == 0 || relation->indexes[i]->oid == index)
            ddl__notice(ddl, SEVERITY_INFO, SQLSTATE_SUCCESSFUL_COMPLETION,
                        "index \"%.*s\" agrees with its table",
                        STR_ARG(relation->indexes[i]->name));
}
