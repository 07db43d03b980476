/* SPDX-License-Identifier: Apache-2.0 */
/* engine_wiredtiger.c - WiredTiger: a B-tree with its log; rows of raw bytes. */
#include <wiredtiger.h>

#include "engine.h"

#include <stdio.h>

static WT_CONNECTION *connection;
static bool sync_each;

typedef struct Handle {
    WT_SESSION *session;
    WT_CURSOR *cursor;
} Handle;

static void must(int code)
{
    if (code != 0) engine_fail("wiredtiger", wiredtiger_strerror(code));
}

static const char *version(void)
{
    return wiredtiger_version(NULL, NULL, NULL);
}

static void open_connection(const EngineSetup *setup)
{
    char config[256];
    WT_SESSION *session;
    sync_each = setup->sync;
    (void)
        snprintf(config, sizeof config,
                 "create,cache_size=%lluMB,log=(enabled=true),checkpoint=(wait=%d,log_size=%lluMB),"
                 "transaction_sync=(enabled=%s,method=fsync)",
                 (unsigned long long)(setup->cache_bytes >> 20), CHECKPOINT_SECONDS,
                 (unsigned long long)(setup->redo_bytes >> 20), setup->sync ? "true" : "false");
    must(wiredtiger_open(setup->dir, NULL, config, &connection));
    must(connection->open_session(connection, NULL, NULL, &session));
    must(session->create(session, "table:rows", "key_format=u,value_format=u"));
    must(session->close(session, NULL));
}

static void close_connection(void)
{
    must(connection->close(connection, "leak_memory=true"));
}

static void *attach(void)
{
    static _Thread_local Handle handle;
    must(connection->open_session(connection, NULL, "isolation=snapshot", &handle.session));
    must(handle.session->open_cursor(handle.session, "table:rows", NULL, "overwrite=false",
                                     &handle.cursor));
    return &handle;
}

static void detach(void *arg)
{
    Handle *handle = arg;
    must(handle->session->close(handle->session, NULL));
}

static void put(Handle *handle, const Key *key, const uint8_t *value, bool is_new)
{
    const WT_ITEM k = {.data = key->bytes, .size = KEY_BYTES},
                  v = {.data = value, .size = VALUE_BYTES};
    int code;
    do {
        must(handle->session->begin_transaction(handle->session, NULL));
        handle->cursor->set_key(handle->cursor, &k);
        handle->cursor->set_value(handle->cursor, &v);
        code = is_new ? handle->cursor->insert(handle->cursor)
                      : handle->cursor->update(handle->cursor);
        if (code == 0)
            code = handle->session->commit_transaction(handle->session, NULL);
        else
            must(handle->session->rollback_transaction(handle->session, NULL));
    } while (code == WT_ROLLBACK);
    must(code);
}

static void insert(void *handle, const Key *key, const uint8_t *value)
{
    put(handle, key, value, true);
}

static void update(void *handle, const Key *key, const uint8_t *value)
{
    put(handle, key, value, false);
}

static void read_row(void *arg, const Key *key, uint8_t *value)
{
    Handle *handle = arg;
    const WT_ITEM k = {.data = key->bytes, .size = KEY_BYTES};
    WT_ITEM v;
    must(handle->session->begin_transaction(handle->session, NULL));
    handle->cursor->set_key(handle->cursor, &k);
    must(handle->cursor->search(handle->cursor));
    must(handle->cursor->get_value(handle->cursor, &v));
    memcpy(value, v.data, VALUE_BYTES);
    must(handle->session->commit_transaction(handle->session, NULL));
}

static uint64_t scan(void *arg, uint64_t *sum)
{
    Handle *handle = arg;
    uint64_t count = 0;
    WT_ITEM v;
    int code;
    must(handle->session->begin_transaction(handle->session, NULL));
    while ((code = handle->cursor->next(handle->cursor)) == 0) {
        must(handle->cursor->get_value(handle->cursor, &v));
        *sum += *(const uint8_t *)v.data;
        count++;
    }
    if (code != WT_NOTFOUND) must(code);
    must(handle->session->commit_transaction(handle->session, NULL));
    return count;
}

const EngineOps engine_wiredtiger = {"wiredtiger", version, open_connection, close_connection,
                                     attach,       detach,  insert,          update,
                                     read_row,     scan};
