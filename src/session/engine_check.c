/* SPDX-License-Identifier: Apache-2.0 */
/* engine_check.c - tables against their indexes, under one snapshot; others may work meanwhile. Of a whole cluster for
 * `tusk check`: a session in each database that may be connected to, and in it one transaction. */
#include "session/session_internal.h"

#include "base/array.h"
#include "base/log.h"

typedef ARRAY_OF(Oid) Oids;

static Oids find_tables(Session *session, Arena *arena, bool shared)
{
    Oids tables = {.arena = arena};
    CatScan *scan = cat_scan_open(session->view, PG_CLASS, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const char kind = (char)row.values[PG_CLASS_RELKIND].value.i16;
        if (row.values[PG_CLASS_RELISSHARED].value.b && !shared) continue;
        if (kind == 'r' || kind == 'm') array_push(&tables, row.values[PG_CLASS_OID].value.u32);
    }
    cat_scan_close(scan);
    return tables;
}

/* False: there is no such table, or it keeps no rows. */
static bool check_table(Session *session, Arena *arena, Oid table, const Snapshot *snapshot,
                        const ExecCheck *check)
{
    const CatRelation *relation = cat_relation_open_oid(session->view, table, LOCK_ACCESS_SHARE);
    if (relation == NULL || relation->table == NULL) return false;
    const ExecOptions options = session_exec_options(session, snapshot, arena);
    exec_check_relation(relation, &options, check);
    return true;
}

bool session__check_table(Session *session, Arena *arena, Oid table, const ExecCheck *check)
{
    SCOPED(scope);
    return check_table(session, arena, table, session_latest_snapshot(session, scope), check);
}

void session__check_tables(Session *session, Arena *arena, bool shared, const ExecCheck *check)
{
    SCOPED(scope);
    const Snapshot *snapshot = session_latest_snapshot(session, scope);
    const Oids tables = find_tables(session, arena, shared);
    for (uint32_t i = 0; i < tables.count; i++) {
        task_check();
        (void)check_table(session, arena, tables.items[i], snapshot, check);
    }
}

static void check_database(Session *session, bool shared, const ExecCheck *check)
{
    arena_reset(session->message);
    session__env_message(session);
    session__block_start(session);
    session__check_tables(session, session->message, shared, check);
}

static void close_session(void *session)
{
    session_close(session);
}

static void drop_notice(void *arg, const Error *notice)
{
    (void)arg;
    log_error(notice);
}

void engine_check(Engine *engine, Account *account, ServerSettings *settings,
                  const ExecCheck *check)
{
    SCOPED(whole);
    Arena *arena = scope_arena(whole, account, "check of a cluster");
    static const ResultSink sink = {.notice = drop_notice};
    const EngineNames names = engine__names(engine, arena);
    for (uint32_t i = 0; i < names.database_count; i++) {
        SCOPED(scope);
        const SessionOptions options = {.engine = engine,
                                        .account = account,
                                        .user = names.superuser,
                                        .database = names.databases[i],
                                        .settings = settings,
                                        .sink = &sink};
        Session *session = session_open(&options);
        scope_add(scope, close_session, session);
        check_database(session, i == 0, check);
        session__block_end(session, false, false);
    }
}
