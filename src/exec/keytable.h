/* SPDX-License-Identifier: Apache-2.0 */
/* keytable.h - a hash table from key rows to groups 0, 1, 2, ...: what hashed aggregation, hash joins, DISTINCT and set
 * operations share. Keys are kept in columns; hashing and probing go by vectors. */
#pragma once

#include "base/vector.h"
#include "exec/exec_internal.h"

typedef struct KeyColumn {
    Oid type, collation;
} KeyColumn;

typedef struct KeyTable KeyTable;
enum { KEY_NONE = UINT32_MAX };

/* nulls_equal: as GROUP BY and DISTINCT see them; else a row with a NULL in its key is never found nor added: KEY_NONE.
 * Equality is that of the types' default class. In an arena of its own below `parent`. */
KeyTable *keys_new(Arena *parent, const FnEnv *env, const KeyColumn *columns, uint32_t count,
                   bool nulls_equal);
/* The same keys for another task, to be found and looked at: `keys` must not change any more, and live as long. */
KeyTable *keys_share(Arena *parent, const KeyTable *keys, const FnEnv *env);
/* Which of KEY_PARTS parts each selected row's keys belong to, in the order of the selection; KEY_PARTS: to none, for a
 * NULL. */
enum { KEY_PARTS = 16 };
void keys_parts(KeyTable *keys, const Vector *columns, Selection selection, uint8_t *parts);
/* A table for the keys of one part: of the same columns as `like`, in the same environment, and without NULLs. */
KeyTable *keys_of_part(Arena *parent, const KeyTable *like);
/* From now on `keys`, which is empty, finds what the tables of all parts have: groups of part p are counted from
 * bases[p]. They must not change any more, and live as long; keys_clear ends it. */
void keys_unite(KeyTable *keys, KeyTable *const *parts, const uint32_t *bases);
uint32_t keys_count(const KeyTable *keys);
void keys_clear(KeyTable *keys);
/* Room for about so many keys, before the first comes; an estimate, so only up to a limit. */
void keys_expect(KeyTable *keys, double count, uint64_t bytes_max);
/* The group of each selected row, in the order of the selection; new keys get the next numbers. */
void keys_add(KeyTable *keys, const Vector *columns, Selection selection, uint32_t *groups);
/* The same without adding: KEY_NONE where there is none. */
void keys_find(KeyTable *keys, const Vector *columns, Selection selection, uint32_t *groups);
/* Hashes of the selected rows' keys, which parts are cut by; NULLs have one too. */
void keys_hashes(KeyTable *keys, const Vector *columns, Selection selection, uint64_t *hashes);
uint64_t keys_bytes(const KeyTable *keys); /* memory held */
Datum keys_get(const KeyTable *keys, uint32_t group, uint32_t column);
/* The keys of groups [from, from + count) as vectors (of a chunk) and a selection; see rows_view. */
Selection keys_view(KeyTable *keys, uint32_t from, uint32_t count, Vector *columns);
