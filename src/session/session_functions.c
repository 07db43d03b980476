/* SPDX-License-Identifier: Apache-2.0 */
/* session_functions.c - what functions tell of the session: its number, statement, cursors, prepared statements and
 * transactions; and sleeping. */
#include "session/session_internal.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "catalog/datums.h"
#include "os/clock.h"
#include "os/os.h"
#include "type/array.h"
#include "type/snapshot.h"

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

static int32_t process_id(Fn *fn)
{
    return (int32_t)session_of(fn)->process;
}
SQL_FUNCTION(2026, "pg_backend_pid", int4, (), STABLE | STRICT | PARALLEL_RESTRICTED, process_id,
             "number that this session is known by")

static Datum system_user(Fn *fn, const Datum *args)
{
    const Session *session = session_of(fn);
    (void)args;
    return session->system_user.bytes > 0 ? datum_str(session->system_user) : datum_null();
}
SQL_FUNCTION_DATUM(6311, "system_user", text, (), STABLE | STRICT, system_user,
                   "how the user proved who he is, and as whom")

static Datum current_query(Fn *fn, const Datum *args)
{
    const Session *session = session_of(fn);
    (void)args;
    return session->query.data ? datum_str(session->query) : datum_null();
}
SQL_FUNCTION_DATUM(817, "current_query", text, (), VOLATILE | PARALLEL_RESTRICTED, current_query,
                   "text that the client sent")

/* No trigger can run a query yet. */
SQL_EXPRESSION(3163, "pg_trigger_depth", int4, (), STABLE | STRICT | PARALLEL_RESTRICTED, 0,
               "how deep in triggers the query runs")

/* ---- sleeping */

static FnVoid sleep_us(int64_t microseconds)
{
    if (microseconds > 0) {
        const int64_t ns = microseconds > INT64_MAX / 1000 ? INT64_MAX : microseconds * 1000;
        const Deadline deadline = deadline_in_ns(ns);
        const Status status = os_sleep_until(deadline, WAIT_SLEEP);
        task_check();
        CHECK(status);
    }
    return (FnVoid){0};
}

static FnVoid sleep_seconds(Fn *fn, double seconds)
{
    (void)fn;
    if (!(seconds > 0)) return (FnVoid){0};
    return sleep_us(seconds > 9e12 ? INT64_MAX : (int64_t)(seconds * 1e6));
}
SQL_FUNCTION(2626, "pg_sleep", void, (float8), VOLATILE | STRICT, sleep_seconds,
             "waits for so many seconds")

/* A month counts 30 days, a day 24 hours, as everywhere where an interval becomes a length. */
static FnVoid sleep_interval(Fn *fn, Interval interval)
{
    const double days = (double)interval.months * 30 + interval.days;
    return sleep_seconds(fn, days * 86400 + (double)interval.microseconds / 1e6);
}
SQL_FUNCTION(3935, "pg_sleep_for", void, (interval), VOLATILE | STRICT, sleep_interval,
             "waits for an interval")

static FnVoid sleep_until(Fn *fn, int64_t moment)
{
    const int64_t now = os_wall_us() - epoch_us;
    (void)fn;
    return sleep_us(moment > now ? moment - now : 0);
}
SQL_FUNCTION(3936, "pg_sleep_until", void, (timestamptz), VOLATILE | STRICT, sleep_until,
             "waits until a moment")

/* ---- cursors and prepared statements */

static bool list_cursors(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    const Session *session = session_of(fn);
    uint32_t skip = (uint32_t)(uintptr_t)set->state;
    (void)args;
    /* The newest comes first in the list; portals that the protocol made are cursors too, but not the running one. */
    for (const Portal *p = session->portals; p; p = p->next) {
        if (!p->is_cursor && (p->name.bytes == 0 || p->state == PORTAL_RUNNING)) continue;
        if (skip-- > 0) continue;
        set->state = (void *)((uintptr_t)set->state + 1);
        columns[0] = datum_str(p->name);
        columns[1] = datum_str(p->statement->sql);
        columns[2] = datum_bool(p->with_hold);
        columns[3] = datum_bool(p->binary);
        columns[4] = datum_bool(p->scroll);
        columns[5] = datum_i64(p->created_us - epoch_us);
        return true;
    }
    return false;
}
SQL_FUNCTION_SET(2511, "pg_cursor", record, (), STABLE | STRICT | PARALLEL_RESTRICTED, list_cursors,
                 "cursors of this session")
SQL_FACTS(2511, .arguments =
                    "OUT name text, OUT statement text, OUT is_holdable bool, OUT is_binary bool, "
                    "OUT is_scrollable bool, OUT creation_time timestamptz")

static Datum type_list(Fn *fn, const Datum *types, uint32_t count)
{
    return datum_str(array_build(fn->arena, builtin_type(OID_REGTYPE)->type, types, count));
}

static void fill_statement(Fn *fn, const Statement *s, Datum *columns)
{
    Datum *types = ARENA_ARRAY(fn->arena, Datum, MAX(s->param_count, s->column_count) + 1);
    columns[0] = datum_str(s->name);
    columns[1] = datum_str(s->sql);
    columns[2] = datum_i64(s->prepared_us - epoch_us);
    for (uint32_t i = 0; i < s->param_count; i++) types[i] = datum_oid(s->params[i]);
    columns[3] = type_list(fn, types, s->param_count);
    for (uint32_t i = 0; i < s->column_count; i++) types[i] = datum_oid(s->columns[i].type);
    if (s->column_count) columns[4] = type_list(fn, types, s->column_count);
    columns[5] = datum_bool(s->from_sql);
    columns[6] = datum_i64(s->generic_plans);
    columns[7] = datum_i64(s->custom_plans);
}

static bool list_statements(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Session *session = session_of(fn);
    uint32_t *at = set->state;
    (void)args;
    if (!at) at = set->state = ARENA_NEW(set->arena, uint32_t);
    void *value;
    while (map_next(&session->statements, at, NULL, &value)) {
        const Statement *statement = *(Statement **)value;
        if (!statement->name.bytes) continue;
        fill_statement(fn, statement, columns);
        return true;
    }
    return false;
}
SQL_FUNCTION_SET(2510, "pg_prepared_statement", record, (), STABLE | STRICT | PARALLEL_RESTRICTED,
                 list_statements, "prepared statements of this session")
SQL_FACTS(2510, .arguments = "OUT name text, OUT statement text, OUT prepare_time timestamptz, "
                             "OUT parameter_types _regtype, OUT result_types _regtype, "
                             "OUT from_sql bool, OUT generic_plans int8, OUT custom_plans int8")

/* ---- transactions */

static uint64_t current_xid(Fn *fn)
{
    Xid xid;
    CHECK(txn_need_xid(session_of(fn)->txn, &xid));
    return xid.v;
}
SQL_FUNCTION(5059, "pg_current_xact_id", xid8, (), STABLE | STRICT | PARALLEL_UNSAFE, current_xid,
             "number of this transaction, given to it if it has none")
SQL_EXPRESSION(2943, "txid_current", int8, (), STABLE | STRICT | PARALLEL_UNSAFE,
               (int64_t)current_xid(fn), "number of this transaction, given to it if it has none")

static uint64_t assigned_xid(Fn *fn)
{
    const Xid xid = txn_xid(session_of(fn)->txn);
    return xid.v ? xid.v : FN_NULL(fn, 0);
}
SQL_FUNCTION(5060, "pg_current_xact_id_if_assigned", xid8, (),
             STABLE | STRICT | NULLABLE | PARALLEL_UNSAFE, assigned_xid,
             "number of this transaction, or NULL while it has none")
SQL_EXPRESSION(3348, "txid_current_if_assigned", int8, (),
               STABLE | STRICT | NULLABLE | PARALLEL_UNSAFE, (int64_t)assigned_xid(fn),
               "number of this transaction, or NULL while it has none")

static Str xid_status(Fn *fn, uint64_t number)
{
    Txns *txns = engine_txns(session_of(fn)->engine);
    const Xid xid = {number};
    TxnFigures figures;
    XidState state;
    txns_figures(txns, &figures);
    if (xid.v >= figures.next.v)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "transaction ID %" PRIu64 " is in the future",
                    xid.v);
    if (!xid.v) return FN_NULL(fn, (Str){0});
    const Status status = txn_status_of(txns, xid, &state);
    if (status == ST_NOT_FOUND) return FN_NULL(fn, (Str){0});
    CHECK(status);
    switch (state) {
    case XID_IN_PROGRESS: return STR("in progress");
    case XID_COMMITTED: return STR("committed");
    case XID_ABORTED:
    case XID_ABORTING: return STR("aborted");
    }
    UNREACHABLE();
}
SQL_FUNCTION(5066, "pg_xact_status", text, (xid8), VOLATILE | STRICT | NULLABLE, xid_status,
             "how a transaction ended, or NULL where that is not known any more")
SQL_EXPRESSION(3360, "txid_status", text, (int8), VOLATILE | STRICT | NULLABLE,
               xid_status(fn, (uint64_t)a),
               "how a transaction ended, or NULL where that is not known any more")

typedef struct PreparedSet {
    PreparedInfo *list;
    uint32_t count, at;
} PreparedSet;

static bool list_prepared(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    PreparedSet *s = set->state;
    (void)args;
    if (!s) {
        s = set->state = ARENA_NEW(set->arena, PreparedSet);
        CHECK(txn_prepared_list(engine_txns(session_of(fn)->engine), set->arena, &s->list,
                                &s->count));
    }
    if (s->at == s->count) return false;
    const PreparedInfo *p = &s->list[s->at++];
    Oid owner, database;
    session__prepared_owner(p->extra, &owner, &database);
    columns[0] = datum_oid((Oid)p->xid.v);
    columns[1] = datum_str(p->gid);
    columns[2] = datum_i64(p->prepared_us - epoch_us);
    columns[3] = datum_oid(owner);
    columns[4] = datum_oid(database);
    return true;
}
SQL_FUNCTION_SET(1065, "pg_prepared_xact", record, (), VOLATILE | STRICT, list_prepared,
                 "prepared transactions")
SQL_FACTS(1065, .arguments = "OUT transaction xid, OUT gid text, OUT prepared timestamptz, "
                             "OUT ownerid oid, OUT dbid oid")

/* What the transaction's snapshot sees, or one taken now sees. */
static Str current_snapshot(Fn *fn)
{
    Session *session = session_of(fn);
    Snapshot taken;
    Xid xmin, xmax, *running;
    uint32_t count;
    const bool take = !session->has_snapshot;
    if (take) CHECK(txn_snapshot(session->txn, &taken));
    const Status status = txn_snapshot_describe(take ? &taken : &session->snapshot, fn->arena,
                                                &xmin, &xmax, &running, &count);
    if (take) txn_snapshot_release(&taken);
    CHECK(status);
    static_assert(sizeof(Xid) == sizeof(uint64_t), "a list of Xid is one of numbers");
    return snapshot_build(fn->arena, xmin.v, xmax.v, &running->v, count);
}
SQL_FUNCTION(5061, "pg_current_snapshot", pg_snapshot, (), STABLE | STRICT, current_snapshot,
             "which transactions are seen now")
SQL_FUNCTION(2944, "txid_current_snapshot", txid_snapshot, (), STABLE | STRICT, current_snapshot,
             "which transactions are seen now")

/* How many transactions began since that one; those below FIRST_NORMAL_XID are older than all. */
static int32_t xid_age(Fn *fn, uint32_t xid)
{
    enum { FIRST_NORMAL_XID = 3 };
    if (xid < FIRST_NORMAL_XID) return INT32_MAX;
    const Xid own = txn_xid(session_of(fn)->txn);
    TxnFigures figures;
    txns_figures(engine_txns(session_of(fn)->engine), &figures);
    return (int32_t)((uint32_t)(own.v ? own : figures.next).v - xid);
}
SQL_EXPRESSION(1181, "age", int4, (xid), STABLE | STRICT | PARALLEL_RESTRICTED, xid_age(fn, a),
               "how many transactions have begun since that one")

/* Rows are locked without such numbers: none has been given out, the first would be 1. */
static int32_t multixact_age(uint32_t number)
{
    return number == 0 ? INT32_MAX : (int32_t)(1 - number);
}
SQL_EXPRESSION(3939, "mxid_age", int4, (xid), STABLE | STRICT, multixact_age(a),
               "how many groups of lockers there have been since that one")

static Str export_snapshot(Fn *fn)
{
    return session__export_snapshot(session_of(fn), fn->arena);
}
SQL_FUNCTION(3809, "pg_export_snapshot", text, (), VOLATILE | STRICT | PARALLEL_UNSAFE,
             export_snapshot, "makes this transaction's snapshot known to others, by a name")
