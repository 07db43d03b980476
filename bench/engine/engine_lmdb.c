/* SPDX-License-Identifier: Apache-2.0 */
/* engine_lmdb.c - LMDB: it has no log; without sync it leaves the writing to the system (MDB_NOSYNC). */
#include <lmdb.h>

#include "engine.h"

static struct {
    MDB_env *env;
    MDB_dbi db;
} lmdb;

typedef struct Handle {
    MDB_txn *reader; /* reset between reads: LMDB's way to begin cheaply */
    MDB_cursor *cursor;
} Handle;

static void must(int code)
{
    if (code != 0) engine_fail("lmdb", mdb_strerror(code));
}

static const char *version(void)
{
    return MDB_VERSION_STRING;
}

static void open_env(const EngineSetup *setup)
{
    MDB_txn *txn;
    must(mdb_env_create(&lmdb.env));
    must(mdb_env_set_mapsize(lmdb.env, UINT64_C(64) << 30));
    must(mdb_env_open(lmdb.env, setup->dir, setup->sync ? 0 : MDB_NOSYNC, 0600));
    must(mdb_txn_begin(lmdb.env, NULL, 0, &txn));
    must(mdb_dbi_open(txn, NULL, 0, &lmdb.db));
    must(mdb_txn_commit(txn));
}

static void close_env(void)
{
    mdb_env_close(lmdb.env);
}

static void *attach(void)
{
    static _Thread_local Handle handle;
    must(mdb_txn_begin(lmdb.env, NULL, MDB_RDONLY, &handle.reader));
    must(mdb_cursor_open(handle.reader, lmdb.db, &handle.cursor));
    mdb_txn_reset(handle.reader);
    return &handle;
}

static void detach(void *arg)
{
    Handle *handle = arg;
    mdb_cursor_close(handle->cursor);
    mdb_txn_abort(handle->reader);
}

static void put(const Key *key, const uint8_t *value, unsigned flags)
{
    MDB_txn *txn;
    MDB_val k = {KEY_BYTES, (void *)(uintptr_t)key->bytes},
            v = {VALUE_BYTES, (void *)(uintptr_t)value};
    must(mdb_txn_begin(lmdb.env, NULL, 0, &txn));
    must(mdb_put(txn, lmdb.db, &k, &v, flags));
    must(mdb_txn_commit(txn));
}

static void insert(void *handle, const Key *key, const uint8_t *value)
{
    (void)handle;
    put(key, value, MDB_NOOVERWRITE);
}

static void update(void *handle, const Key *key, const uint8_t *value)
{
    (void)handle;
    put(key, value, 0);
}

static void read_row(void *arg, const Key *key, uint8_t *value)
{
    Handle *handle = arg;
    MDB_val k = {KEY_BYTES, (void *)(uintptr_t)key->bytes}, v;
    must(mdb_txn_renew(handle->reader));
    must(mdb_get(handle->reader, lmdb.db, &k, &v));
    memcpy(value, v.mv_data, VALUE_BYTES);
    mdb_txn_reset(handle->reader);
}

static uint64_t scan(void *arg, uint64_t *sum)
{
    Handle *handle = arg;
    MDB_val k, v;
    uint64_t count = 0;
    must(mdb_txn_renew(handle->reader));
    must(mdb_cursor_renew(handle->reader, handle->cursor));
    int code = mdb_cursor_get(handle->cursor, &k, &v, MDB_FIRST);
    for (; code == 0; code = mdb_cursor_get(handle->cursor, &k, &v, MDB_NEXT)) {
        *sum += *(const uint8_t *)v.mv_data;
        count++;
    }
    if (code != MDB_NOTFOUND) must(code);
    mdb_txn_reset(handle->reader);
    return count;
}

const EngineOps engine_lmdb = {"lmdb", version, open_env, close_env, attach,
                               detach, insert,  update,   read_row,  scan};
