/* SPDX-License-Identifier: Apache-2.0 */
/* engine.h - what a storage engine must do to be measured beside the others: keys of 16 bytes, values of 100, one
 * operation a transaction, a log of what was done. Each of the files engine_*.c is one engine. */
#pragma once

#include "base/base.h"

enum { KEY_BYTES = 16, VALUE_BYTES = 100, THREADS_MAX = 4, CHECKPOINT_SECONDS = 60 };

typedef struct EngineSetup {
    const char *dir; /* empty */
    uint64_t cache_bytes;
    uint64_t
        redo_bytes; /* of log at most between checkpoints that go by volume; 0: they come by time alone */
    uint32_t threads;
    bool sync; /* every commit is on the disk before it is said to be */
} EngineSetup;

typedef struct Key {
    uint8_t bytes[KEY_BYTES];
} Key;

/* A failure ends the program with what the engine says. */
typedef struct EngineOps {
    const char *name;
    const char *(*version)(void);
    void (*open)(const EngineSetup *setup);
    void (*close)(void);
    /* A thread's own handle: made, used and given back by that thread. */
    void *(*attach)(void);
    void (*detach)(void *handle);
    void (*insert)(void *handle, const Key *key, const uint8_t *value);
    void (*update)(void *handle, const Key *key, const uint8_t *value); /* it is there */
    void (*read)(void *handle, const Key *key, uint8_t *value);         /* it is there */
    /* All rows in the order of keys, in one transaction: how many, and the sum of their values' first bytes. */
    uint64_t (*scan)(void *handle, uint64_t *sum);
} EngineOps;

extern const EngineOps engine_tusk, engine_tusk_include, engine_lmdb, engine_wiredtiger,
    engine_rocksdb, engine_sqlite;

_Noreturn void engine_fail(const char *what, const char *why);
