/* SPDX-License-Identifier: Apache-2.0 */
/* engine_rocksdb.c - RocksDB: an LSM tree with its log; uncompressed blocks in the cache, bloom filters; a put is a
 * transaction. */
#include <rocksdb/c.h>

#include "engine.h"

#include <stdio.h>
#include <stdlib.h>

static struct {
    rocksdb_t *db;
    rocksdb_readoptions_t *reads;
    rocksdb_writeoptions_t *writes;
} rocks;

static void must(char *error)
{
    if (error) engine_fail("rocksdb", error);
}

static const char *version(void)
{
    return ROCKSDB_TOLD_VERSION;
}

static void open_db(const EngineSetup *setup)
{
    char *error = NULL;
    rocksdb_options_t *options = rocksdb_options_create();
    rocksdb_block_based_table_options_t *blocks = rocksdb_block_based_options_create();
    rocksdb_options_set_create_if_missing(options, 1);
    rocksdb_options_increase_parallelism(options, 2);
    rocksdb_options_optimize_level_style_compaction(options, 256 << 20);
    rocksdb_options_set_compression(options, rocksdb_no_compression);
    rocksdb_block_based_options_set_block_cache(blocks,
                                                rocksdb_cache_create_lru(setup->cache_bytes));
    rocksdb_block_based_options_set_filter_policy(blocks, rocksdb_filterpolicy_create_bloom(10));
    rocksdb_options_set_block_based_table_factory(options, blocks);
    rocks.db = rocksdb_open(options, setup->dir, &error);
    must(error);
    rocks.reads = rocksdb_readoptions_create();
    rocks.writes = rocksdb_writeoptions_create();
    rocksdb_writeoptions_set_sync(rocks.writes, setup->sync);
}

static void close_db(void)
{
    rocksdb_close(rocks.db);
}

static void *attach(void)
{
    return NULL;
}

static void detach(void *handle)
{
    (void)handle;
}

static void put(void *handle, const Key *key, const uint8_t *value)
{
    char *error = NULL;
    (void)handle;
    rocksdb_put(rocks.db, rocks.writes, (const char *)key->bytes, KEY_BYTES, (const char *)value,
                VALUE_BYTES, &error);
    must(error);
}

static void read_row(void *handle, const Key *key, uint8_t *value)
{
    char *error = NULL;
    (void)handle;
    rocksdb_pinnableslice_t *slice = rocksdb_get_pinned(rocks.db, rocks.reads,
                                                        (const char *)key->bytes, KEY_BYTES,
                                                        &error);
    must(error);
    size_t bytes = 0;
    const char *data = slice ? rocksdb_pinnableslice_value(slice, &bytes) : NULL;
    if (bytes != VALUE_BYTES) engine_fail("rocksdb", "a row is missing");
    memcpy(value, data, VALUE_BYTES);
    rocksdb_pinnableslice_destroy(slice);
}

static uint64_t scan(void *handle, uint64_t *sum)
{
    uint64_t count = 0;
    (void)handle;
    rocksdb_iterator_t *iterator = rocksdb_create_iterator(rocks.db, rocks.reads);
    for (rocksdb_iter_seek_to_first(iterator); rocksdb_iter_valid(iterator);
         rocksdb_iter_next(iterator)) {
        size_t bytes;
        *sum += *(const uint8_t *)rocksdb_iter_value(iterator, &bytes);
        count++;
    }
    rocksdb_iter_destroy(iterator);
    return count;
}

const EngineOps engine_rocksdb = {"rocksdb", version, open_db, close_db, attach,
                                  detach,    put,     put,     read_row, scan};
