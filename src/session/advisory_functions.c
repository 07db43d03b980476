/* SPDX-License-Identifier: Apache-2.0 */
/* advisory_functions.c - advisory locks: a key of 64 bits or two of 32, shared or not, until the transaction or the
 * session ends. */
#include "session/session_internal.h"

#include "base/builtins.h"
#include "catalog/datums.h"

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

typedef enum AdvisoryAct { ACT_TAKE, ACT_TRY, ACT_GIVE_BACK } AdvisoryAct;

/* What the functions do, by their OID. */
typedef struct AdvisoryFunction {
    Oid oid;
    AdvisoryAct act;
    LockMode mode;
    LockOwner owner;
} AdvisoryFunction;
static const AdvisoryFunction functions[] = {
    {2880, ACT_TAKE, LOCK_EXCLUSIVE, LOCK_SESSION},
    {2881, ACT_TAKE, LOCK_SHARE, LOCK_SESSION},
    {2882, ACT_TRY, LOCK_EXCLUSIVE, LOCK_SESSION},
    {2883, ACT_TRY, LOCK_SHARE, LOCK_SESSION},
    {2884, ACT_GIVE_BACK, LOCK_EXCLUSIVE, LOCK_SESSION},
    {2885, ACT_GIVE_BACK, LOCK_SHARE, LOCK_SESSION},
    {2886, ACT_TAKE, LOCK_EXCLUSIVE, LOCK_SESSION},
    {2887, ACT_TAKE, LOCK_SHARE, LOCK_SESSION},
    {2888, ACT_TRY, LOCK_EXCLUSIVE, LOCK_SESSION},
    {2889, ACT_TRY, LOCK_SHARE, LOCK_SESSION},
    {2890, ACT_GIVE_BACK, LOCK_EXCLUSIVE, LOCK_SESSION},
    {2891, ACT_GIVE_BACK, LOCK_SHARE, LOCK_SESSION},
    {3089, ACT_TAKE, LOCK_EXCLUSIVE, LOCK_TRANSACTION},
    {3090, ACT_TAKE, LOCK_SHARE, LOCK_TRANSACTION},
    {3091, ACT_TRY, LOCK_EXCLUSIVE, LOCK_TRANSACTION},
    {3092, ACT_TRY, LOCK_SHARE, LOCK_TRANSACTION},
    {3093, ACT_TAKE, LOCK_EXCLUSIVE, LOCK_TRANSACTION},
    {3094, ACT_TAKE, LOCK_SHARE, LOCK_TRANSACTION},
    {3095, ACT_TRY, LOCK_EXCLUSIVE, LOCK_TRANSACTION},
    {3096, ACT_TRY, LOCK_SHARE, LOCK_TRANSACTION},
};

static const AdvisoryFunction *function_of(Oid oid)
{
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        if (functions[i].oid == oid) return &functions[i];
    UNREACHABLE();
}

static LockTag tag_of(Fn *fn, const Datum *args)
{
    LockTag tag = {.kind = LOCK_ADVISORY, .sub = 1, .database = fn->env->database};
    if (fn->arg_count == 1) {
        tag.a = (uint64_t)args[0].value.i64;
        return tag;
    }
    tag.sub = 2;
    tag.a = args[0].value.u32;
    tag.b = args[1].value.u32;
    return tag;
}

static Datum take(Session *session, const LockTag *tag, const AdvisoryFunction *f)
{
    LockOptions options = {.owner = f->owner};
    session__lock_options(session, &options);
    CHECK(lock_take(session->locks, session->txn, tag, f->mode, &options));
    return datum_str((Str){.data = "", .bytes = 0});
}

static Datum try_take(Session *session, const LockTag *tag, const AdvisoryFunction *f)
{
    const LockOptions options = {.owner = f->owner, .wait = LOCK_NOWAIT};
    const Status status = lock_take(session->locks, session->txn, tag, f->mode, &options);
    if (status == ST_NOT_AVAILABLE) {
        error_clear();
        return datum_bool(false);
    }
    CHECK(status);
    return datum_bool(true);
}

static Datum give_back(Session *session, const LockTag *tag, const AdvisoryFunction *f)
{
    if (lock_release(session->locks, tag, f->mode, f->owner)) return datum_bool(true);
    Error *error = error_begin(SQLSTATE_WARNING);
    error_severity(error, SEVERITY_WARNING);
    error_message(error, "you don't own a lock of type %s", lock_mode_name(f->mode));
    session_notice(session, error);
    error_clear();
    return datum_bool(false);
}

static Datum advisory(Fn *fn, const Datum *args)
{
    const AdvisoryFunction *f = function_of(fn->function->oid);
    const LockTag tag = tag_of(fn, args);
    switch (f->act) {
    case ACT_TAKE: return take(session_of(fn), &tag, f);
    case ACT_TRY: return try_take(session_of(fn), &tag, f);
    case ACT_GIVE_BACK: return give_back(session_of(fn), &tag, f);
    }
    UNREACHABLE();
}
SQL_FUNCTION_DATUM(2880, "pg_advisory_lock", void, (int8), VOLATILE | STRICT | PARALLEL_RESTRICTED,
                   advisory, "waits for an advisory lock and holds it")
SQL_FUNCTION_DATUM(2881, "pg_advisory_lock_shared", void, (int8),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "waits for a shared advisory lock and holds it")
SQL_FUNCTION_DATUM(2882, "pg_try_advisory_lock", bool, (int8),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "takes an advisory lock if nobody is in the way")
SQL_FUNCTION_DATUM(2883, "pg_try_advisory_lock_shared", bool, (int8),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "takes a shared advisory lock if nobody is in the way")
SQL_FUNCTION_DATUM(2884, "pg_advisory_unlock", bool, (int8),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory, "gives an advisory lock back")
SQL_FUNCTION_DATUM(2885, "pg_advisory_unlock_shared", bool, (int8),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "gives a shared advisory lock back")
SQL_FUNCTION_DATUM(2886, "pg_advisory_lock", void, (int4, int4),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "waits for an advisory lock and holds it")
SQL_FUNCTION_DATUM(2887, "pg_advisory_lock_shared", void, (int4, int4),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "waits for a shared advisory lock and holds it")
SQL_FUNCTION_DATUM(2888, "pg_try_advisory_lock", bool, (int4, int4),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "takes an advisory lock if nobody is in the way")
SQL_FUNCTION_DATUM(2889, "pg_try_advisory_lock_shared", bool, (int4, int4),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "takes a shared advisory lock if nobody is in the way")
SQL_FUNCTION_DATUM(2890, "pg_advisory_unlock", bool, (int4, int4),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory, "gives an advisory lock back")
SQL_FUNCTION_DATUM(2891, "pg_advisory_unlock_shared", bool, (int4, int4),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "gives a shared advisory lock back")
SQL_FUNCTION_DATUM(3089, "pg_advisory_xact_lock", void, (int8),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "waits for an advisory lock that goes with the transaction")
SQL_FUNCTION_DATUM(3090, "pg_advisory_xact_lock_shared", void, (int8),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "waits for a shared advisory lock that goes with the transaction")
SQL_FUNCTION_DATUM(3091, "pg_try_advisory_xact_lock", bool, (int8),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "takes an advisory lock that goes with the transaction if nobody is in the way")
SQL_FUNCTION_DATUM(
    3092, "pg_try_advisory_xact_lock_shared", bool, (int8), VOLATILE | STRICT | PARALLEL_RESTRICTED,
    advisory, "takes a shared advisory lock that goes with the transaction if nobody is in the way")
SQL_FUNCTION_DATUM(3093, "pg_advisory_xact_lock", void, (int4, int4),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "waits for an advisory lock that goes with the transaction")
SQL_FUNCTION_DATUM(3094, "pg_advisory_xact_lock_shared", void, (int4, int4),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "waits for a shared advisory lock that goes with the transaction")
SQL_FUNCTION_DATUM(3095, "pg_try_advisory_xact_lock", bool, (int4, int4),
                   VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
                   "takes an advisory lock that goes with the transaction if nobody is in the way")
SQL_FUNCTION_DATUM(
    3096, "pg_try_advisory_xact_lock_shared", bool, (int4, int4),
    VOLATILE | STRICT | PARALLEL_RESTRICTED, advisory,
    "takes a shared advisory lock that goes with the transaction if nobody is in the way")

static FnVoid unlock_all(Fn *fn)
{
    lock_release_advisory(session_of(fn)->locks);
    return (FnVoid){0};
}
SQL_FUNCTION(2892, "pg_advisory_unlock_all", void, (), VOLATILE | STRICT | PARALLEL_RESTRICTED,
             unlock_all, "gives all advisory locks of the session back")
