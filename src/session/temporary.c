/* SPDX-License-Identifier: Apache-2.0 */
/* temporary.c - what is temporary goes: rows or whole tables when a transaction commits (ON COMMIT), everything when
 * the session ends, and what a crash left of an earlier session when another has its slot.
 *
 * It is done by the statements that users would write, with the rights of the server itself and without a word. */
#include "session/session_internal.h"

#include "base/log.h"

typedef struct Manner {
    Session *session;
    Oid definer;
    bool quiet;
} Manner;

static void manner_back(void *arg)
{
    const Manner *before = arg;
    before->session->quiet = before->quiet;
    before->session->definer = before->definer;
    session__env_roles(before->session);
}

static void run_quietly(Session *session, Str sql)
{
    enum { BOOTSTRAP_ROLE = 10 };
    SCOPED(scope);
    Manner before = {session, session->definer, session->quiet};
    scope_add(scope, manner_back, &before);
    session->quiet = true;
    session->definer = BOOTSTRAP_ROLE;
    session__env_roles(session);
    ParseResult *parsed = parse_sql(session->message, sql, NULL);
    UtilityCall call = {.session = session,
                        .tree = parsed->statements[0].tree,
                        .sql = sql,
                        .statement = sql,
                        .arena = session->message,
                        .sink = &session->sink};
    const Utility *utility = utility_find(session->engine, call.tree->kind);
    if (utility != NULL) utility->run(&call);
}

/* ---- the whole schema ---- */

void session__discard_temporary(Session *session)
{
    const Oid schema = cat_temporary_left(session->view);
    const CatNamespace *namespace_ = schema != 0 ? cat_namespace(session->view, schema) : NULL;
    if (namespace_ == NULL) return;
    StrBuilder sql = str_builder(session->message, 64);
    str_add(&sql, STR("DROP SCHEMA "));
    parse_quote_identifier(&sql, namespace_->name);
    str_add(&sql, STR(" CASCADE"));
    run_quietly(session, str_done(&sql));
    cat_doubt_temporary(session->view);
}

static void discard_in_transaction(void *arg)
{
    Session *session = arg;
    arena_reset(session->message);
    session__env_message(session);
    session__block_start(session);
    session__discard_temporary(session);
    session__block_end(session, true, false);
}

void session__drop_temporary(Session *session)
{
    if (!error_catch(discard_in_transaction, session, NULL, NULL)) {
        log_error(error_current());
        session__block_error(session, error_current());
    }
}

/* ---- ON COMMIT ---- */

void session_on_commit(Session *session, Oid relation, bool drop)
{
    if (session->on_commit.arena == NULL) session->on_commit.arena = session->arena;
    array_push(&session->on_commit, ((OnCommit){relation, drop}));
}

static void add_table(StrBuilder *sql, const char *verb, const CatRelation *relation)
{
    if (sql->bytes == 0)
        str_add_zero_terminated(sql, verb);
    else
        str_add(sql, STR(", "));
    parse_quote_identifier(sql, relation->schema_name);
    str_add(sql, STR("."));
    parse_quote_identifier(sql, relation->name);
}

static bool is_emptied(const Session *session, Oid relation)
{
    for (uint32_t i = 0; i < session->on_commit.count; i++)
        if (session->on_commit.items[i].relation == relation) return true;
    return false;
}

/* Who refers to rows that go must lose its own. */
static void check_references(Session *session, const CatRelation *relation)
{
    for (uint32_t i = 0; i < relation->referenced_count; i++) {
        const Oid by = relation->referenced_by[i].relation;
        if (is_emptied(session, by)) continue;
        Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error, "unsupported ON COMMIT and foreign key combination");
        error_detail(
            error,
            "Table \"%.*s\" references \"%.*s\", but they do not have the same ON COMMIT setting.",
            STR_ARG(cat_relation(session->view, by)->name), STR_ARG(relation->name));
        error_raise(error);
    }
}

/* Tables that are gone, or whose making was rolled back, are forgotten. */
void session__on_commit(Session *session)
{
    if (session->on_commit.count == 0 || !cat_view_used_temporary(session->view)) return;
    StrBuilder drop = str_builder(session->message, 64), empty = str_builder(session->message, 64);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < session->on_commit.count; i++) {
        const OnCommit action = session->on_commit.items[i];
        const CatRelation *relation = cat_relation(session->view, action.relation);
        if (relation == NULL) continue;
        if (action.drop) {
            add_table(&drop, "DROP TABLE ", relation);
        } else {
            check_references(session, relation);
            add_table(&empty, "TRUNCATE TABLE ", relation);
            session->on_commit.items[kept++] = action;
        }
    }
    session->on_commit.count = kept;
    if (empty.bytes > 0) run_quietly(session, str_done(&empty));
    if (drop.bytes == 0) return;
    str_add(&drop, STR(" CASCADE"));
    run_quietly(session, str_done(&drop));
}
