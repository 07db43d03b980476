/* SPDX-License-Identifier: Apache-2.0 */
/* index_range.h - index entries inserted together by one command: neighbours in one leaf, one log record, one undo
 * record (docs/traps.md F2: it never spans two commands). index_range.c has the formats. */
#pragma once

#include "base/base.h"
#include "store/store.h"
#include "table/index_leaf.h"

enum {
    UNDO_KEY_RANGE = 12,
    KEY_RANGE_KEY_MAX = 255,          /* bytes of a key, with the row id */
    KEY_RANGE_KEYS_MAX = 3000,        /* of the undo record's payload */
    KEY_RANGE_PAYLOADS_MAX = 8 << 10, /* of the entries' payloads */
    KEY_RANGE_NOTE_BYTES = 8,         /* of the undo record's payload before its first key */
    KEY_RANGE_HEAD_BYTES = 32,        /* of the log record's before that, at most */
    KEY_RANGE_KEY_OVERHEAD = 2,
    KEY_RANGE_PARTS = 3,
};

/* A range being put together. */
typedef struct KeyRange {
    uint64_t tree; /* its number */
    uint32_t count, keys_bytes, payloads_bytes;
    bool has_payloads;
    Bytes last; /* the key added last, in the caller's memory */
    uint8_t keys[KEY_RANGE_KEYS_MAX];
    uint8_t payloads[KEY_RANGE_PAYLOADS_MAX];
} KeyRange;

void key_range_begin(KeyRange *range, uint64_t tree);
bool key_range_fits(const KeyRange *range, Bytes key, Bytes payload);
/* In the order of keys; it fits. `key` stays where it is until the next one is added. */
void key_range_add(KeyRange *range, Bytes key, Bytes payload);
/* The payload of the log record, the second part being the undo record's; `head` of KEY_RANGE_HEAD_BYTES. Returns the
 * parts. */
uint32_t key_range_parts(KeyRange *range, UndoPtr undo, uint16_t previous_bytes, uint16_t flags,
                         uint8_t *head, WalPart parts[KEY_RANGE_PARTS]);

/* The keys of an undo record, in their order. */
typedef struct KeyRangeWalk {
    uint64_t tree;
    const uint8_t *at, *end;
    uint32_t left;  /* entries */
    uint32_t bytes; /* of the key at hand */
    uint8_t key[KEY_RANGE_KEY_MAX];
} KeyRangeWalk;
/* ST_CORRUPT: it is none. */
Status key_range_walk(Bytes undo_payload, KeyRangeWalk *walk);
/* *key until the next call. ST_END; ST_CORRUPT. */
Status key_range_next(KeyRangeWalk *walk, Bytes *key);

enum { KEY_RANGE_REDO_COUNT = 1 };
extern const RedoEntry key_range_redo_entries[KEY_RANGE_REDO_COUNT];
