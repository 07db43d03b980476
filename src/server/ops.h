/* SPDX-License-Identifier: Apache-2.0 */
/* ops.h - the calls that the server makes of sessions and their engine, as a table that the program hands over at
 * start: the real ones (session/session.h) in `tusk`, a double in the tests of the protocol. Contracts are those of the
 * functions of the same name there. */
#pragma once

#include "session/client.h"

typedef struct SessionOps {
    /* Before there is a session. False: no such role. */
    bool (*role_find)(Engine *engine, Arena *arena, Str name, SessionRole *role);
    /* Is `role` a member of the role of that name, directly or not? False also where there is none. */
    bool (*role_is_member)(Engine *engine, Oid role, Str of);

    Session *(*open)(const SessionOptions *options);
    void (*close)(Session *session);
    void (*run)(Session *session, Str sql);
    void (*parse)(Session *session, Str name, Str sql, const Oid *types, uint32_t type_count);
    void (*bind)(Session *session, const BindRequest *request);
    Str (*call_text)(Session *session, Arena *arena, Oid function, uint32_t arg_count,
                     const Oid **types);
    void (*describe_statement)(Session *session, Str name, Arena *arena, Description *description);
    void (*describe_portal)(Session *session, Str name, Arena *arena, Description *description);
    bool (*execute)(Session *session, Str portal, uint64_t rows_max);
    void (*close_statement)(Session *session, Str name);
    void (*close_portal)(Session *session, Str name);
    void (*sync)(Session *session);
    void (*fail)(Session *session, const Error *error);

    SessionBlock (*block)(const Session *session);
    /* In a block that has asked for nothing yet: it holds no snapshot and no row. */
    bool (*is_fresh)(const Session *session);
    const Settings *(*settings)(const Session *session);
    /* A message begins: the text of the one before is gone. */
    void (*begin)(Session *session);
    /* ReadyForQuery goes out: whoever lists sessions sees it idle. */
    void (*rest)(Session *session);
    void (*wake)(Session *session);
    /* The text at work; empty: none. */
    Str (*query)(const Session *session);
    SessionTransaction (*transaction)(const Session *session);
    /* What it does: a command tag or a state. */
    const char *(*display)(const Session *session);
    /* Sends what reported settings changed since the last call; all at the first. */
    void (*report_settings)(Session *session);
    void (*send_notifies)(Session *session);
    /* The configuration files were read anew; between statements. */
    void (*reload)(Session *session, ServerSettings *settings);

    /* A round of ANALYZE for tables that changed; NULL: there is none. */
    void (*autoanalyze)(const SessionOptions *as);
} SessionOps;
