/* SPDX-License-Identifier: Apache-2.0 */
/* check_functions.c - tusk_check: what `tusk check` asks of a stopped server, asked of one that works: is every page
 * whole on the disk; does every page of this database, and of what all databases share, belong to what the map says,
 * and is their undo whole; are the tables of this database whole, and do their indexes agree with them? A row a
 * problem.
 *
 * PostgreSQL has no such function of its own; its extension amcheck looks at one relation at a time. */
#include "session/session_internal.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "catalog/datums.h"
#include "store/check.h"

typedef struct Problem {
    struct Problem *next;
    Oid relation, index; /* 0: of pages, of the table itself */
    PageId page;
    Str text;
} Problem;

typedef struct Problems {
    Arena *arena;
    Problem *first, **last;
    Oid relation, index; /* of those to come */
    bool no_memory;
} Problems;

static void begin(void *arg, const CatRelation *relation, const CatIndex *index)
{
    Problems *problems = arg;
    problems->relation = relation->oid;
    problems->index = index ? index->oid : 0;
}

/* Must not raise: pages may be latched. */
static void found(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void found(void *arg, PageId page, const char *format, ...)
{
    enum { TEXT_BYTES = 400 };
    Problems *problems = arg;
    char text[TEXT_BYTES];
    va_list args;
    va_start(args, format);
    const int printed = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    const size_t bytes = (size_t)MIN(MAX(printed, 0), TEXT_BYTES - 1);
    Problem *problem = ARENA_TRY_NEW(problems->arena, Problem);
    char *copy = problem ? arena_try_alloc(problems->arena, bytes) : NULL;
    if (!copy) {
        problems->no_memory = true;
        return;
    }
    memcpy(copy, text, bytes);
    *problem = (Problem){NULL, problems->relation, problems->index, page, {copy, bytes}};
    *problems->last = problem;
    problems->last = &problem->next;
}

static Problems *problems_begin(Fn *fn, Arena *arena)
{
    const Session *session = cat_view_owner(fn_view(fn));
    if (!cat_role_in_force(session->view)->superuser)
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for function tusk_check");
    Problems *problems = ARENA_NEW(arena, Problems);
    problems->arena = arena;
    problems->last = &problems->first;
    return problems;
}

static bool next_problem(FnSet *set, Problems *problems, Datum *columns)
{
    const Problem *problem = problems->first;
    if (problems->no_memory) raise_error(SQLSTATE_OUT_OF_MEMORY, "out of memory");
    if (!problem) return false;
    problems->first = problem->next;
    if (problem->relation) columns[0] = datum_oid(problem->relation);
    if (problem->index) columns[1] = datum_oid(problem->index);
    if (problem->page.v != PAGE_NONE.v)
        columns[2] = datum_str(str_format(set->arena, "%" PRIu32 "/%" PRIu64,
                                          page_space(problem->page).v, page_number(problem->page)));
    columns[3] = datum_str(problem->text);
    return true;
}

/* Other databases may be dropped meanwhile. */
static void check_spaces(Session *session, Problems *problems)
{
    const SpaceId spaces[] = {SPACE_SHARED, cat_view_space(session->view)};
    const StoreCheck check = {.found = found, .arg = problems};
    for (uint32_t i = 0; i < ARRAY_LEN(spaces); i++) {
        CheckFigures figures;
        CHECK(store_check_beside(engine_store(session->engine), spaces[i], &check, &figures));
    }
}

static bool check_all(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)args;
    if (!set->state) {
        Session *session = cat_view_owner(fn_view(fn));
        Problems *problems = set->state = problems_begin(fn, set->arena);
        const ExecCheck check = {begin, found, problems};
        uint64_t pages;
        CHECK(store_check_disk(engine_store(session->engine), found, problems, &pages));
        check_spaces(session, problems);
        session__check_tables(session, set->arena, true, &check);
    }
    return next_problem(set, set->state, columns);
}
SQL_FUNCTION_SET(9901, "tusk_check", record, (), VOLATILE | STRICT | PARALLEL_RESTRICTED, check_all,
                 "damage in the pages of the cluster, and in this database's tables and indexes")
SQL_FACTS(9901, .rows = 10, .cost = 100000,
          .arguments = "OUT relation regclass, OUT index regclass, OUT page text, OUT problem text")

static bool check_one(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    if (!set->state) {
        const Oid table = args[0].value.u32;
        Problems *problems = set->state = problems_begin(fn, set->arena);
        const ExecCheck check = {begin, found, problems};
        if (!session__check_table(cat_view_owner(fn_view(fn)), set->arena, table, &check))
            raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "relation with OID %u is no table", table);
    }
    return next_problem(set, set->state, columns);
}
SQL_FUNCTION_SET(9902, "tusk_check", record, (regclass), VOLATILE | STRICT | PARALLEL_RESTRICTED,
                 check_one, "damage in a table and its indexes")
SQL_FACTS(9902, .rows = 10, .cost = 10000,
          .arguments = "relation regclass, OUT relation regclass, OUT index regclass, "
                       "OUT page text, OUT problem text")
