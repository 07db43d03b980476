/* SPDX-License-Identifier: Apache-2.0 */
/* engine.c - the one place where the program names the functions of the engine below the server; everything else goes
 * through this table. */
#include "cli/cli.h"
#include "copy/copy.h"
#include "ddl/ddl.h"
#include "session/session.h"

static const UtilityTable *const utilities[] = {&session_utilities, &ddl_utilities,
                                                &copy_utilities};

static EngineOptions engine_options(Str data_directory, const Settings *settings, Arena *arena)
{
    return (EngineOptions){.data_directory = str_copy_zero(arena, data_directory),
                           .settings = settings,
                           .utilities = utilities,
                           .utility_count = ARRAY_LEN(utilities)};
}

static void create(Account *account, Str data_directory, const ServerSettings *settings,
                   const ClusterOptions *options)
{
    SCOPED(scope);
    Arena *arena = scope_arena(scope, account, "new cluster");
    EngineOptions engine = engine_options(data_directory, server_settings_values(settings), arena);
    CatalogInitOptions init = {.superuser = options->superuser,
                               .password_hash = options->password,
                               .locale = options->locale,
                               .provider = options->provider};
    engine_create(account, &engine, &init, (ServerSettings *)settings);
}

static Engine *open_engine(Account *account, Str data_directory, const Settings *settings,
                           void (*on_failure)(void *arg, Status status), void *arg)
{
    SCOPED(scope);
    Arena *arena = scope_arena(scope, account, "opening");
    EngineOptions engine = engine_options(data_directory, settings, arena);
    engine.background = on_failure != NULL;
    engine.on_failure = on_failure;
    engine.on_failure_arg = arg;
    return engine_open(account, &engine);
}

static void close_engine(Engine *engine, bool checkpoint)
{
    (void)engine_close(engine, checkpoint);
}

static const SessionOps session_ops = {
    .role_find = session_role_find,
    .role_is_member = session_role_is_member,
    .autoanalyze = engine_autoanalyze,
    .open = session_open,
    .close = session_close,
    .run = session_run,
    .parse = session_parse,
    .call_text = session_call_text,
    .bind = session_bind,
    .describe_statement = session_describe_statement,
    .describe_portal = session_describe_portal,
    .execute = session_execute,
    .close_statement = session_close_statement,
    .close_portal = session_close_portal,
    .sync = session_sync,
    .fail = session_fail,
    .block = session_block,
    .is_fresh = session_is_fresh,
    .settings = session_settings,
    .begin = session_begin,
    .rest = session_rest,
    .wake = session_wake,
    .query = session_query,
    .transaction = session_transaction,
    .display = session_display,
    .report_settings = session_report_settings,
    .send_notifies = session_send_notifies,
    .reload = session_reload,
};

static const EngineCalls calls = {.create = create,
                                  .open = open_engine,
                                  .close = close_engine,
                                  .store = engine_store,
                                  .check = engine_check,
                                  .reload = engine_reload,
                                  .set_host = engine_set_host,
                                  .sessions = &session_ops};

const EngineCalls *engine_calls(void)
{
    return &calls;
}
