/* SPDX-License-Identifier: Apache-2.0 */
/* vacuum_options.c - what may stand in the parentheses of VACUUM and ANALYZE, and with what. Most of it steers work
 * that is not done here (maintenance.c): those options are checked, as PostgreSQL checks them, and change nothing. */
#include "ddl/ddl_internal.h"

enum { PARALLEL_MAX = 1024, USAGE_KB_MIN = 128, USAGE_KB_MAX = 16777216 };

typedef struct VacuumChecks {
    Ddl *ddl;
    const AstVacuum *ast;
    bool full, no_page_skipping, toast, only_database, usage, parallel, other;
} VacuumChecks;

static _Noreturn void raise_placed(Ddl *ddl, const AstOption *option, const char *text)
{
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "%s", text);
    error_raise(error_position(error, ddl__position(ddl, option)));
}

static _Noreturn void raise_unknown(const VacuumChecks *checks, const AstOption *option)
{
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "unrecognized %s option \"%.*s\"", ddl__vacuum_tag((AstNode *)checks->ast),
                  STR_ARG(option->name));
    error_raise(error_position(error, ddl__position(checks->ddl, option)));
}

/* The size is read as that of the setting vacuum_buffer_usage_limit. */
static void check_usage(Ddl *ddl, const AstOption *option)
{
    const SettingMeta *meta = &setting_metas[setting_find(STR("vacuum_buffer_usage_limit"))];
    const SettingCheck check = {.meta = meta,
                                .now = session_settings(ddl->session),
                                .arena = ddl->arena};
    InputError input = {.arena = ddl->arena};
    SettingValue value;
    const Str text = option_text(ddl->arena, option);
    const bool read = setting_parse(&check, text, &value, &input);
    if (read &&
        (value.integer == 0 || (value.integer >= USAGE_KB_MIN && value.integer <= USAGE_KB_MAX)))
        return;
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "BUFFER_USAGE_LIMIT option must be 0 or between %d kB and %d kB",
                  USAGE_KB_MIN, USAGE_KB_MAX);
    if (!read && input.hint.bytes > 0) error_hint(error, "%.*s", STR_ARG(input.hint));
    error_raise(error);
}

static bool wants_workers(Ddl *ddl, const AstOption *option)
{
    if (option->value == NULL)
        raise_placed(ddl, option, "parallel option requires a value between 0 and 1024");
    const int32_t workers = option_int(option);
    if (workers < 0 || workers > PARALLEL_MAX)
        raise_placed(ddl, option, "parallel workers for vacuum must be between 0 and 1024");
    return workers > 0;
}

static void check_cleanup(Ddl *ddl, const AstOption *option)
{
    if (option->value == NULL ||
        !str_equal_ascii_nocase(option_text(ddl->arena, option), STR("auto")))
        (void)option_bool(option);
}

/* False: no option of VACUUM alone. */
static bool take_of_vacuum(VacuumChecks *checks, VacuumWishes *wishes, const AstOption *option)
{
    const Str name = option->name;
    if (str_equal(name, STR("analyze"))) {
        wishes->analyze = option_bool(option);
        checks->other |= wishes->analyze;
    } else if (str_equal(name, STR("full"))) {
        checks->full = option_bool(option);
    } else if (str_equal(name, STR("parallel"))) {
        checks->parallel = wants_workers(checks->ddl, option);
    } else if (str_equal(name, STR("index_cleanup"))) {
        check_cleanup(checks->ddl, option);
    } else if (str_equal(name, STR("process_toast"))) {
        checks->toast = option_bool(option);
    } else if (str_equal(name, STR("only_database_stats"))) {
        checks->only_database = option_bool(option);
    } else if (str_equal(name, STR("disable_page_skipping"))) {
        checks->no_page_skipping = option_bool(option);
    } else if (str_equal(name, STR("freeze")) || str_equal(name, STR("skip_database_stats"))) {
        checks->other |= option_bool(option);
    } else if (str_equal(name, STR("process_main")) || str_equal(name, STR("truncate"))) {
        (void)option_bool(option);
    } else {
        return false;
    }
    return true;
}

static void check_together(const VacuumChecks *checks, const VacuumWishes *wishes)
{
    const char *text = NULL;
    bool columns = false;
    for (uint32_t i = 0; i < checks->ast->tables.count; i++)
        columns |= checks->ast->tables.items[i]->columns.count > 0;
    if (checks->full && checks->parallel)
        text = "VACUUM FULL cannot be performed in parallel";
    else if (checks->usage && checks->full && !wishes->analyze)
        text = "BUFFER_USAGE_LIMIT cannot be specified for VACUUM FULL";
    else if (columns && !wishes->analyze)
        text = "ANALYZE option must be specified when a column list is provided";
    else if (checks->full && checks->no_page_skipping)
        text = "VACUUM option DISABLE_PAGE_SKIPPING cannot be used with FULL";
    else if (checks->full && !checks->toast)
        text = "PROCESS_TOAST required with VACUUM FULL";
    else if (checks->only_database && checks->ast->tables.count > 0)
        text = "ONLY_DATABASE_STATS cannot be specified with a list of tables";
    else if (checks->only_database && (checks->full || checks->no_page_skipping || checks->other))
        text = "ONLY_DATABASE_STATS cannot be specified with other VACUUM options";
    if (text != NULL) raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s", text);
}

VacuumWishes ddl__vacuum_options(Ddl *ddl, const AstVacuum *ast)
{
    VacuumChecks checks = {.ddl = ddl, .ast = ast, .toast = true};
    VacuumWishes wishes = {.analyze = ast->analyze};
    for (uint32_t i = 0; i < ast->options.count; i++) {
        const AstOption *option = ast->options.items[i];
        if (str_equal(option->name, STR("verbose"))) {
            (void)option_bool(option);
        } else if (str_equal(option->name, STR("skip_locked"))) {
            wishes.skip_locked = option_bool(option);
        } else if (str_equal(option->name, STR("buffer_usage_limit"))) {
            check_usage(ddl, option);
            checks.usage = true;
        } else if (ast->analyze || !take_of_vacuum(&checks, &wishes, option)) {
            raise_unknown(&checks, option);
        }
    }
    check_together(&checks, &wishes);
    wishes.nothing = checks.only_database;
    return wishes;
}
