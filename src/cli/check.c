/* SPDX-License-Identifier: Apache-2.0 */
/* check.c - `tusk check`: opens a cluster that nobody serves, recovery included, and looks at all its pages. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/check.h"
#include "table/upkeep.h"

static void found(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
static void found(void *arg, PageId page, const char *format, ...)
{
    uint64_t *count = arg;
    va_list args;
    ++*count;
    say("page %u/%llu: ", page_space(page).v, (unsigned long long)page_number(page));
    va_start(args, format);
    (void)vprintf(format, args);
    va_end(args);
    say("\n");
}

static int check_cluster(Command *command, Str folder)
{
    const EngineCalls *calls = engine_calls();
    uint64_t problems = 0;
    StoreCheck check = {.found = found, .arg = &problems, .tree = table_check_pages};
    CheckFigures figures;
    Engine *engine = calls->open(command->account, folder, &settings_boot, NULL, NULL);
    Status status = store_check(calls->store(engine), &check, &figures);
    calls->close(engine, false);
    CHECK(status);
    say("%llu spaces, %llu trees, %llu pages, %llu undo records: %llu problems\n",
        (unsigned long long)figures.spaces, (unsigned long long)figures.trees,
        (unsigned long long)figures.pages, (unsigned long long)figures.undo_records,
        (unsigned long long)problems);
    return problems ? EXIT_FAILURE : EXIT_SUCCESS;
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
            say("tusk check looks for damage in the files of a stopped server.\n\nUsage:\n  tusk check [-D] DATADIR\n\n"
                "The exit code is 1 when anything is wrong.\n");
            return EXIT_SUCCESS;
        } else
            return bad_option(command, &options, id);
    }
    if (!find_data_directory(command, given, &folder)) return EXIT_FAILURE;
    return check_cluster(command, folder);
}
