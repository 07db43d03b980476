/* SPDX-License-Identifier: Apache-2.0 */
/* autoanalyze.c - ANALYZE by itself: a round over all databases in which rows have changed, each by a session of its
 * own that shows itself as an autovacuum worker. The session runs ANALYZE for one table at a time; the statement's
 * handler asks whether the table is due, and forgets figures of what has been dropped. What fails is logged and left
 * for the next round. */
#include "session/session_internal.h"

#include "base/log.h"

typedef struct Round {
    const SessionOptions *as;
    Engine *engine;
    Arena *arena;
    Oid database;
    const TableFigures *list;
    uint32_t count;
    Session *session;
} Round;

Maintenance session_maintenance(const Session *session)
{
    return session->maintenance;
}

void session_show(Session *session, Str text)
{
    session__activity_begin(session, text);
}

/* ---- figures that maintenance sets ---- */

void session_count_act(Session *session, Oid relation, bool vacuum, int64_t rows, int64_t began)
{
    const uint32_t act = vacuum                        ? FIGURES_VACUUM
                         : session->maintenance.active ? FIGURES_AUTOANALYZE
                                                       : FIGURES_ANALYZE;
    /* The transaction's own rows are added when it commits. */
    const RelationFigures *own = exec_figures_first(session->counted);
    while (own && own->relation != relation) own = own->next;
    if (own && rows >= 0)
        rows = MAX(rows - (int64_t)own->inserted + (int64_t)own->deleted, (int64_t)0);
    table_counts_act(engine__table_counts(session->engine), session->connected, relation, act, rows,
                     began, session_clock());
}

void session_count_truncated(Session *session, Oid relation)
{
    RelationFigures *figures = exec_figures_of(session->counted, relation);
    if (!figures) return;
    figures->truncated = true;
    /* Rows of this transaction went with the others. */
    figures->deleted -= MIN(figures->deleted, figures->inserted);
    figures->inserted = 0;
}

void session_count_inserted(Session *session, Oid relation, uint64_t rows)
{
    RelationFigures *figures = exec_figures_of(session->counted, relation);
    if (figures) figures_add(&figures->inserted, rows);
}

Oid *session_counted_relations(Session *session, Arena *arena, uint32_t *count)
{
    const TableFigures *list = table_counts_list(engine__table_counts(session->engine),
                                                 session->connected, arena, count);
    Oid *relations = ARENA_ARRAY(arena, Oid, *count);
    for (uint32_t i = 0; i < *count; i++) relations[i] = list[i].relation;
    return relations;
}

void session_forget_counts(Session *session, Oid relation)
{
    table_counts_reset(engine__table_counts(session->engine), session->connected, relation);
}

int64_t session_changed_rows(Session *session, Oid relation)
{
    return table_counts_of(engine__table_counts(session->engine), session->connected, relation)
        .changed;
}

/* ---- a round ---- */

static void drop_columns(void *arg, const ResultColumn *columns, uint32_t count)
{
    (void)arg;
    (void)columns;
    (void)count;
}

static void drop_tag(void *arg, Str tag)
{
    (void)arg;
    (void)tag;
}

static void drop_notice(void *arg, const Error *notice)
{
    (void)arg;
    (void)notice;
}

static const ResultSink nowhere = {.describe = drop_columns,
                                   .complete = drop_tag,
                                   .notice = drop_notice};

static void analyze_one(void *arg)
{
    const Round *round = arg;
    session_begin(round->session);
    session_run(round->session, STR("ANALYZE"));
}

/* `relation` 0: figures of what is gone are forgotten. */
static void run_one(Round *round, Oid relation)
{
    Error *error = NULL;
    round->session->maintenance = (Maintenance){true, relation};
    if (error_catch(analyze_one, round, round->arena, &error)) return;
    session_fail(round->session, error);
    if (error->code == SQLSTATE_ADMIN_SHUTDOWN) error_raise_again(error);
    if (error->code != SQLSTATE_LOCK_NOT_AVAILABLE) log_error(error);
}

static void close_session(void *session)
{
    session_close(session);
}

static void analyze_database(void *arg)
{
    SCOPED(scope);
    Round *round = arg;
    /* Whoever holds a table for long is not waited for. */
    static const Str settings[] = {{"lock_timeout", 12}, {"100ms", 5}};
    SessionOptions options = *round->as;
    if (!engine__session_names(round->engine, round->arena, round->database, &options.database,
                               &options.user))
        return;
    options.options = settings;
    options.option_count = 1;
    options.sink = &nowhere;
    options.maintenance = true;
    round->session = session_open(&options);
    scope_add(scope, close_session, round->session);
    run_one(round, 0);
    for (uint32_t i = 0; i < round->count; i++)
        if (round->list[i].database == round->database && round->list[i].changed > 0)
            run_one(round, round->list[i].relation);
}

static bool is_first(const TableFigures *list, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (list[i].database == list[at].database && list[i].changed > 0) return false;
    return true;
}

void engine_autoanalyze(const SessionOptions *as)
{
    SCOPED(scope);
    Round round = {.as = as, .engine = as->engine};
    round.arena = scope_arena(scope, as->account, "autoanalyze");
    round.list = table_counts_list(engine__table_counts(as->engine), 0, round.arena, &round.count);
    for (uint32_t i = 0; i < round.count; i++) {
        Error *error = NULL;
        if (round.list[i].changed == 0 || !is_first(round.list, i)) continue;
        round.database = round.list[i].database;
        if (error_catch(analyze_database, &round, round.arena, &error)) continue;
        if (error->code == SQLSTATE_ADMIN_SHUTDOWN) error_raise_again(error);
        log_error(error);
    }
}
