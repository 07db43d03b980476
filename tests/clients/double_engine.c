/* SPDX-License-Identifier: Apache-2.0 */
/* double_engine.c - the program `tusk` with sessions that are doubles (tests/unit/server/double.h): its processes,
 * configuration, logs, sockets and TLS can be tried with real clients before, and without, an engine. */
#include <stdlib.h>

#include "cli/cli.h"
#include "unit/server/double.h"

#include "base/arena.h"
#include "os/file.h"
#include "os/process.h"

static void double_create(Account *account, Str folder, const ServerSettings *settings,
                          const ClusterOptions *options)
{
    (void)settings;
    Arena *arena = arena_new(account, "double");
    Str path = str_format(arena, "%.*s/double", STR_ARG(folder));
    Str text = str_format(arena, "%.*s\n%.*s\n", STR_ARG(options->superuser),
                          STR_ARG(options->password));
    CHECK(os_file_replace(str_copy_zero(arena, path), text));
    arena_drop(arena);
}

static Str next_line(Str *rest)
{
    size_t end = rest->bytes;
    (void)str_find_char(*rest, '\n', &end);
    Str line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + 1, rest->bytes);
    return line;
}

static Engine *double_open_engine(Account *account, Str folder, const Settings *settings,
                                  void (*on_failure)(void *arg, Status status), void *arg)
{
    (void)settings;
    (void)on_failure;
    (void)arg;
    Arena *arena = arena_new(account, "double");
    Str text;
    CHECK(os_file_read_all(arena,
                           str_copy_zero(arena, str_format(arena, "%.*s/double", STR_ARG(folder))),
                           4096, &text));
    DoubleRole *role = ARENA_NEW(arena, DoubleRole);
    Double *engine = ARENA_NEW(arena, Double);
    *role = (DoubleRole){.member_of = "", .superuser = true};
    role->name = str_copy_zero(arena, next_line(&text));
    role->password = str_copy_zero(arena, next_line(&text));
    *engine = (Double){.roles = role, .role_count = 1, .arena = arena, .may_crash = true};
    return (Engine *)(void *)engine;
}

static void double_close_engine(Engine *engine, bool checkpoint)
{
    (void)checkpoint;
    arena_drop(((Double *)(void *)engine)->arena);
}

static Store *double_store(Engine *engine)
{
    (void)engine;
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "a double has no store");
}

/* Nothing here ends sessions of others. */
static void double_set_host(Engine *engine, const EngineHost *host)
{
    (void)engine;
    (void)host;
}

const EngineCalls *engine_calls(void)
{
    static const EngineCalls calls = {.create = double_create,
                                      .open = double_open_engine,
                                      .close = double_close_engine,
                                      .store = double_store,
                                      .set_host = double_set_host,
                                      .sessions = &double_ops};
    return &calls;
}
