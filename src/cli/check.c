/* SPDX-License-Identifier: Apache-2.0 */
/* check.c - `tusk check`: opens a cluster that nobody serves, recovery included, and looks at all its pages; then, when
 * those are sound, at every table and its indexes: has each row its entries, and each entry its row? */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/scope.h"
#include "exec/exec.h"
#include "store/check.h"
#include "table/upkeep.h"

typedef struct Checking {
    uint64_t problems, tables, indexes;
    /* what the problems to come are of; NULL: of pages */
    const CatRelation *relation;
    const CatIndex *index;
} Checking;

static void say_place(const Checking *checking, PageId page)
{
    const CatRelation *relation = checking->relation;
    if (page.v != PAGE_NONE.v)
        say("page %u/%llu: ", page_space(page).v, (unsigned long long)page_number(page));
    if (checking->index) say("index \"%.*s\" of ", STR_ARG(checking->index->name));
    if (relation)
        say("table \"%.*s.%.*s\": ", STR_ARG(relation->schema_name), STR_ARG(relation->name));
}

static void found(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void found(void *arg, PageId page, const char *format, ...)
{
    Checking *checking = arg;
    va_list args;
    checking->problems++;
    say_place(checking, page);
    va_start(args, format);
    (void)vprintf(format, args);
    va_end(args);
    say("\n");
}

static void begin(void *arg, const CatRelation *relation, const CatIndex *index)
{
    Checking *checking = arg;
    checking->relation = relation;
    checking->index = index;
    if (index)
        checking->indexes++;
    else
        checking->tables++;
}

static void release_settings(void *settings)
{
    server_settings_release(settings);
}

static void check_tables(Command *command, Engine *engine, Checking *checking)
{
    SCOPED(scope);
    const ExecCheck check = {begin, found, checking};
    ServerSettings *settings = server_settings_new(command->account, NULL, 0, NULL, NULL, NULL);
    scope_add(scope, release_settings, settings);
    engine_calls()->check(engine, command->account, settings, &check);
}

static void close_engine(void *engine)
{
    engine_calls()->close(engine, false);
}

static int check_cluster(Command *command, Str folder)
{
    SCOPED(scope);
    Checking checking = {0};
    const StoreCheck check = {.found = found, .arg = &checking, .tree = table_check_pages};
    CheckFigures figures;
    const EngineCalls *calls = engine_calls();
    Engine *engine = calls->open(command->account, folder, &settings_boot, NULL, NULL);
    scope_add(scope, close_engine, engine);
    CHECK(store_check(calls->store(engine), &check, &figures));
    if (checking.problems == 0) check_tables(command, engine, &checking);
    say("%llu spaces, %llu trees, %llu pages, %llu undo records, %llu tables, %llu indexes: %llu problems\n",
        (unsigned long long)figures.spaces, (unsigned long long)figures.trees,
        (unsigned long long)figures.pages, (unsigned long long)figures.undo_records,
        (unsigned long long)checking.tables, (unsigned long long)checking.indexes,
        (unsigned long long)checking.problems);
    return checking.problems ? EXIT_FAILURE : EXIT_SUCCESS;
}

int command_check(Command *command)
{
    static const Option table[] = {{1, 'D', "pgdata", true}, {2, '?', "help", false}};
    Options options = {.table = table,
                       .count = ARRAY_LEN(table),
                       .argc = command->argc,
                       .argv = command->argv};
    const char *given = NULL;
    Str folder;
    for (int id; (id = options_next(&options)) != OPTION_END;) {
        if (id == 1)
            given = options.value;
        else if (id == OPTION_OPERAND)
            given = options.word;
        else if (id == 2) {
            say("tusk check looks for damage in the files of a stopped server: in its pages, and between tables and\n"
                "their indexes. A server that works is asked by SQL: SELECT * FROM tusk_check().\n\n"
                "Usage:\n  tusk check [-D] DATADIR\n\n"
                "The exit code is 1 when anything is wrong.\n");
            return EXIT_SUCCESS;
        } else
            return bad_option(command, &options, id);
    }
    if (!find_data_directory(command, given, &folder)) return EXIT_FAILURE;
    return check_cluster(command, folder);
}
