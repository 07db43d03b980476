/* SPDX-License-Identifier: Apache-2.0 */
/* engine_sqlite.c - SQLite: a table WITHOUT ROWID, write-ahead log, prepared statements, a connection a thread. */
#include <sqlite3.h>

#include "engine.h"

#include <stdio.h>

static char path[512];
static uint64_t cache_bytes;
static bool sync_each;

typedef struct Handle {
    sqlite3 *db;
    sqlite3_stmt *insert, *update, *read, *scan;
} Handle;

static void must(sqlite3 *db, int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        engine_fail("sqlite", sqlite3_errmsg(db));
}

static const char *version(void)
{
    return sqlite3_libversion();
}

static void execute(sqlite3 *db, const char *sql)
{
    must(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

static sqlite3 *connect_db(void)
{
    sqlite3 *db;
    char pragma[64];
    must(NULL, sqlite3_open(path, &db));
    must(db, sqlite3_busy_timeout(db, 60000));
    execute(db, "PRAGMA journal_mode = WAL");
    execute(db, sync_each ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    (void)snprintf(pragma, sizeof pragma, "PRAGMA cache_size = -%llu",
                   (unsigned long long)(cache_bytes >> 10));
    execute(db, pragma);
    return db;
}

static void open_db(const EngineSetup *setup)
{
    (void)snprintf(path, sizeof path, "%s/rows.db", setup->dir);
    cache_bytes = setup->cache_bytes;
    sync_each = setup->sync;
    sqlite3 *db = connect_db();
    execute(db, "CREATE TABLE rows (k BLOB PRIMARY KEY, v BLOB) WITHOUT ROWID");
    must(db, sqlite3_close(db));
}

static void close_db(void)
{
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    must(db, sqlite3_prepare_v2(db, sql, -1, &statement, NULL));
    return statement;
}

static void *attach(void)
{
    static _Thread_local Handle handle;
    handle.db = connect_db();
    handle.insert = prepare(handle.db, "INSERT INTO rows VALUES (?1, ?2)");
    handle.update = prepare(handle.db, "UPDATE rows SET v = ?2 WHERE k = ?1");
    handle.read = prepare(handle.db, "SELECT v FROM rows WHERE k = ?1");
    handle.scan = prepare(handle.db, "SELECT v FROM rows ORDER BY k");
    return &handle;
}

static void detach(void *arg)
{
    Handle *handle = arg;
    (void)sqlite3_finalize(handle->insert);
    (void)sqlite3_finalize(handle->update);
    (void)sqlite3_finalize(handle->read);
    (void)sqlite3_finalize(handle->scan);
    must(handle->db, sqlite3_close(handle->db));
}

static void put(Handle *handle, sqlite3_stmt *statement, const Key *key, const uint8_t *value)
{
    must(handle->db, sqlite3_bind_blob(statement, 1, key->bytes, KEY_BYTES, SQLITE_STATIC));
    must(handle->db, sqlite3_bind_blob(statement, 2, value, VALUE_BYTES, SQLITE_STATIC));
    must(handle->db, sqlite3_step(statement));
    must(handle->db, sqlite3_reset(statement));
}

static void insert(void *arg, const Key *key, const uint8_t *value)
{
    Handle *handle = arg;
    put(handle, handle->insert, key, value);
}

static void update(void *arg, const Key *key, const uint8_t *value)
{
    Handle *handle = arg;
    put(handle, handle->update, key, value);
}

static void read_row(void *arg, const Key *key, uint8_t *value)
{
    Handle *handle = arg;
    must(handle->db, sqlite3_bind_blob(handle->read, 1, key->bytes, KEY_BYTES, SQLITE_STATIC));
    if (sqlite3_step(handle->read) != SQLITE_ROW) engine_fail("sqlite", "a row is missing");
    memcpy(value, sqlite3_column_blob(handle->read, 0), VALUE_BYTES);
    must(handle->db, sqlite3_reset(handle->read));
}

static uint64_t scan(void *arg, uint64_t *sum)
{
    Handle *handle = arg;
    uint64_t count = 0;
    int code;
    while ((code = sqlite3_step(handle->scan)) == SQLITE_ROW) {
        *sum += *(const uint8_t *)sqlite3_column_blob(handle->scan, 0);
        count++;
    }
    must(handle->db, code);
    must(handle->db, sqlite3_reset(handle->scan));
    return count;
}

const EngineOps engine_sqlite = {"sqlite", version, open_db, close_db, attach,
                                 detach,   insert,  update,  read_row, scan};
