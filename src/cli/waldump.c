/* SPDX-License-Identifier: Apache-2.0 */
/* waldump.c - `tusk waldump`: the records of a stopped server's log, a line each. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/device.h"
#include "store/store.h"
#include "table/index_change.h"
#include "table/overflow.h"
#include "table/row_change.h"
#include "table/tree_change.h"
#include "txn/txn.h"

static void print_line(void *arg, Str text)
{
    (void)arg;
    (void)fwrite(text.data, 1, text.bytes, stdout);
    (void)fputc('\n', stdout);
}

/* An LSN as PostgreSQL writes it: two hexadecimal numbers. */
static bool parse_lsn(const char *text, Lsn *lsn)
{
    Str s = str_from(text);
    size_t slash;
    uint64_t high, low;
    if (!str_find_char(s, '/', &slash)) return false;
    if (!str_to_u64(str_slice(s, 0, slash), 16, &high) || high > UINT32_MAX) return false;
    if (!str_to_u64(str_slice(s, slash + 1, s.bytes), 16, &low) || low > UINT32_MAX) return false;
    lsn->v = high << 32 | low;
    return true;
}

static int dump(Command *command, Str folder, Lsn start, uint64_t records_max)
{
    static const RedoList lists[] = {
        {txn_redo_entries, TXN_REDO_COUNT},
        {row_redo_entries, ROW_REDO_COUNT},
        {key_redo_entries, KEY_REDO_COUNT},
        {overflow_redo_entries, OVERFLOW_REDO_COUNT},
        {tree_note_redo_entries, TREE_NOTE_REDO_COUNT},
    };
    const StoreUpper upper = {.redo_lists = lists, .redo_list_count = ARRAY_LEN(lists)};
    DeviceLocalOptions options = {.dir = str_copy_zero(command->arena, folder)};
    Device *device;
    CHECK(device_local_open(command->account, &options, &device));
    Status status = store_dump_log(device, &upper, start, records_max, print_line, NULL);
    device->ops->close(device);
    CHECK(status);
    return EXIT_SUCCESS;
}

static int help(void)
{
    say("tusk waldump prints the write-ahead log of a stopped server.\n\nUsage:\n"
        "  tusk waldump [OPTION]... [-D DATADIR]\n\nOptions:\n"
        "  -D, --pgdata=DATADIR  the cluster\n  -s, --start=LSN       where to begin; otherwise where recovery would\n"
        "  -n, --limit=N         at most so many records\n");
    return EXIT_SUCCESS;
}

int command_waldump(Command *command)
{
    static const Option table[] = {{1, 'D', "pgdata", true},
                                   {2, 's', "start", true},
                                   {3, 'n', "limit", true},
                                   {4, '?', "help", false}};
    Options options = {.table = table,
                       .count = ARRAY_LEN(table),
                       .argc = command->argc,
                       .argv = command->argv};
    const char *given = NULL;
    uint64_t records_max = UINT64_MAX;
    Lsn start = {0};
    Str folder;
    for (int id; (id = options_next(&options)) != OPTION_END;) {
        bool good = true;
        if (id == 1)
            given = options.value;
        else if (id == OPTION_OPERAND)
            given = options.word;
        else if (id == 2)
            good = parse_lsn(options.value, &start);
        else if (id == 3)
            good = str_to_u64(str_from(options.value), 10, &records_max);
        else if (id == 4)
            return help();
        else
            return bad_option(command, &options, id);
        if (!good) {
            say_error(command, "invalid value: \"%s\"", options.value);
            return EXIT_FAILURE;
        }
    }
    if (!find_data_directory(command, given, &folder)) return EXIT_FAILURE;
    return dump(command, folder, start, records_max);
}
