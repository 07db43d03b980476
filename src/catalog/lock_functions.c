/* SPDX-License-Identifier: Apache-2.0 */
/* lock_functions.c - what locks there are and who waits for whom, as pg_locks and pg_blocking_pids show it. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"
#include "type/array.h"

enum { UNIX_TO_2000_SECONDS = 946684800 };

typedef struct LockSet {
    LockInfo *locks;
    uint32_t count, at;
} LockSet;

/* Columns of pg_lock_status, from 0. */
enum {
    COLUMN_TYPE,
    COLUMN_DATABASE,
    COLUMN_RELATION,
    COLUMN_PAGE,
    COLUMN_TUPLE,
    COLUMN_VIRTUAL_XID,
    COLUMN_XID,
    COLUMN_CLASS,
    COLUMN_OBJECT,
    COLUMN_OBJECT_SUB,
    COLUMN_VIRTUAL_TRANSACTION,
    COLUMN_PID,
    COLUMN_MODE,
    COLUMN_GRANTED,
    COLUMN_FAST,
    COLUMN_WAIT_START,
};

static void fill_row_lock(const LockTag *tag, Datum *columns)
{
    const RowId row = {tag->b};
    columns[COLUMN_TYPE] = datum_str(STR("tuple"));
    columns[COLUMN_PAGE] = datum_i32((int32_t)row_id_block(row));
    columns[COLUMN_TUPLE] = datum_i16((int16_t)row_id_offset(row));
}

/* What is locked; a column that says nothing of it stays NULL. */
static void fill_tag(const LockTag *tag, Datum *columns)
{
    if (tag->kind != LOCK_XID) columns[COLUMN_DATABASE] = datum_oid(tag->database);
    switch ((LockKind)tag->kind) {
    case LOCK_RELATION:
        columns[COLUMN_TYPE] = datum_str(STR("relation"));
        columns[COLUMN_RELATION] = datum_oid((Oid)tag->a);
        break;
    case LOCK_OBJECT:
        columns[COLUMN_TYPE] = datum_str(STR("object"));
        columns[COLUMN_CLASS] = datum_oid((Oid)tag->a);
        columns[COLUMN_OBJECT] = datum_oid((Oid)tag->b);
        columns[COLUMN_OBJECT_SUB] = datum_i16(0);
        break;
    case LOCK_XID:
        columns[COLUMN_TYPE] = datum_str(STR("transactionid"));
        columns[COLUMN_XID] = datum_oid((Oid)tag->a);
        break;
    case LOCK_ROW: fill_row_lock(tag, columns); break;
    case LOCK_ADVISORY:
        columns[COLUMN_TYPE] = datum_str(STR("advisory"));
        columns[COLUMN_CLASS] = datum_oid((Oid)(tag->sub == 2 ? tag->a : tag->a >> 32));
        columns[COLUMN_OBJECT] = datum_oid((Oid)(tag->sub == 2 ? tag->b : tag->a));
        columns[COLUMN_OBJECT_SUB] = datum_i16(tag->sub == 2 ? 2 : 1);
        break;
    case LOCK_DATABASE:
        columns[COLUMN_TYPE] = datum_str(STR("object"));
        columns[COLUMN_CLASS] = datum_oid(CLASS_PG_DATABASE);
        columns[COLUMN_OBJECT] = datum_oid((Oid)tag->a);
        columns[COLUMN_OBJECT_SUB] = datum_i16(0);
        break;
    }
}

static bool lock_status(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    LockSet *s = set->state;
    (void)args;
    if (!s) {
        s = set->state = ARENA_NEW(set->arena, LockSet);
        CHECK(lock_list(fn_view(fn)->catalog->txns, set->arena, &s->locks, &s->count));
    }
    if (s->at == s->count) return false;
    const LockInfo *lock = &s->locks[s->at++];
    fill_tag(&lock->tag, columns);
    columns[COLUMN_VIRTUAL_TRANSACTION] = datum_str(
        str_format(fn->arena, "%u/%" PRIu64, (unsigned)lock->session, lock->xid.v));
    if (lock->session != UINT32_MAX) columns[COLUMN_PID] = datum_i32((int32_t)lock->process);
    columns[COLUMN_MODE] = datum_str(str_from(lock_mode_name(lock->mode)));
    columns[COLUMN_GRANTED] = datum_bool(lock->granted);
    columns[COLUMN_FAST] = datum_bool(lock->fast_path);
    if (!lock->granted)
        columns[COLUMN_WAIT_START] = datum_i64(lock->wait_start_us -
                                               (int64_t)UNIX_TO_2000_SECONDS * 1000000);
    return true;
}
SQL_FUNCTION_SET(1371, "pg_lock_status", record, (), VOLATILE | STRICT, lock_status,
                 "every lock that is held or waited for")
SQL_FACTS(
    1371, .rows = 1000,
    .arguments =
        "OUT locktype text, OUT database oid, OUT relation oid, OUT page int4, OUT tuple int2, "
        "OUT virtualxid text, OUT transactionid xid, OUT classid oid, OUT objid oid, "
        "OUT objsubid int2, OUT virtualtransaction text, OUT pid int4, OUT mode text, "
        "OUT granted bool, OUT fastpath bool, OUT waitstart timestamptz")

static Str blocking_pids(Fn *fn, int32_t pid)
{
    Txns *txns = fn_view(fn)->catalog->txns;
    LockSet locks = {0};
    uint32_t session = UINT32_MAX, *processes, count = 0;
    CHECK(lock_list(txns, fn->arena, &locks.locks, &locks.count));
    for (uint32_t i = 0; i < locks.count; i++)
        if (locks.locks[i].process == (uint32_t)pid && locks.locks[i].session != UINT32_MAX)
            session = locks.locks[i].session;
    if (session != UINT32_MAX) CHECK(lock_blockers(txns, session, fn->arena, &processes, &count));
    Datum *pids = ARENA_ARRAY(fn->arena, Datum, count + 1);
    for (uint32_t i = 0; i < count; i++) pids[i] = datum_i32((int32_t)processes[i]);
    return array_build(fn->arena, builtin_type(OID_INT4)->type, pids, count);
}
SQL_FUNCTION(2561, "pg_blocking_pids", _int4, (int4), VOLATILE | STRICT, blocking_pids,
             "processes that a process waits for")
