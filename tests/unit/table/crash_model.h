/* SPDX-License-Identifier: Apache-2.0 */
/* crash_model.h - what the rows of a machine that crashes again and again must be: of each client a short history of
 * the states that its commits made. Clients change rows of their own alone, which stand beside those of the others on
 * all pages, so each has been either before or behind each of its own commits, whatever the others did. */
#pragma once

#include "engine.h"

enum {
    CRASH_CLIENTS = 3,
    CRASH_SLOTS = 40,   /* rows of a client, at most */
    CRASH_PREPARED = 2, /* prepared transactions of a client, at most */
    CRASH_HISTORY = 6,
    CRASH_KEYS = 128, /* values of the unique key that are a client's */
};

/* What a row is made of: long values follow from seeds that stand in it too, so a row tells by itself when two of its
 * columns are of different versions. */
typedef struct CrashRow {
    RowId id; /* 0: there is no row */
    int64_t k, u;
    uint64_t body, big;
    bool k_null;
} CrashRow;

/* A table beside with an index on U, made anew now and then in a transaction that drops the one before. */
typedef struct CrashAside {
    TreeId tree, index; /* TREE_NONE: none */
    uint32_t rows;
    bool unlogged; /* a start after a crash empties it */
} CrashAside;

/* A prepared transaction: rows of slots, and unique keys, that nobody touches before it has ended. */
typedef struct CrashPrepared {
    uint32_t serial; /* of its name; 0: none */
    uint64_t touched;
    uint64_t keys[CRASH_KEYS / 64]; /* a bit for each that it had, if only for a while */
    CrashRow rows[CRASH_SLOTS];
} CrashPrepared;
static_assert(CRASH_SLOTS <= 64, "a word has a bit for each slot");

typedef struct CrashState {
    CrashRow rows[CRASH_SLOTS];
    CrashPrepared prepared[CRASH_PREPARED];
    CrashAside aside;
} CrashState;

/* States by number. Up to `sure` all have become durable: a later commit that waited for its sync was acknowledged. Up
 * to `acked` they were acknowledged; behind it stands at most one, in doubt. */
typedef struct CrashHistory {
    CrashState states[CRASH_HISTORY];
    uint64_t sure, acked, newest;
} CrashHistory;

static inline CrashState *crash_state(CrashHistory *history, uint64_t number)
{
    return &history->states[number % CRASH_HISTORY];
}
/* A commit is about to be made that leads to `state`. */
void crash_push(CrashHistory *history, const CrashState *state);
/* May a commit that does not wait for its sync come next? */
bool crash_has_room(const CrashHistory *history);
/* After a crash it was this state: no other one will ever be again. */
void crash_settle(CrashHistory *history, uint64_t number);

bool crash_row_same(const CrashRow *a, const CrashRow *b);
/* Slots whose rows differ. */
uint64_t crash_changed(const CrashState *a, const CrashState *b);
uint64_t crash_frozen(const CrashState *state); /* touched by prepared transactions */
void crash_prepared_apply(CrashState *state, uint32_t prepared);

/* --- the table and its indexes --- */

enum {
    CRASH_SLOT,
    CRASH_K,
    CRASH_U,
    CRASH_BODY_SEED,
    CRASH_BIG_SEED,
    CRASH_BODY,
    CRASH_BIG,
    CRASH_COLUMNS
};
extern const TableColumn crash_columns[CRASH_COLUMNS];
extern const Projection crash_everything;
/* All values of a row, by columns; long ones in `arena`. `slot`: of all clients. */
void crash_datums(const CrashRow *row, uint32_t slot, Arena *arena, Datum *datums);
/* The same back; stops the test when the long values are not those of their seeds. */
void crash_read(const Datum *datums, RowId id, Arena *arena, CrashRow *row, uint32_t *slot);

/* Entries: on K, with a payload that follows from the body, where K is not null; unique on U, a few a leaf. */
bool crash_k_key(const CrashRow *row, Arena *arena, IndexKey *key);
void crash_u_key(const CrashRow *row, Arena *arena, IndexKey *key);
extern const IndexRecheck crash_k_recheck, crash_u_recheck;
