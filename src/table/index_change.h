/* SPDX-License-Identifier: Apache-2.0 */
/* index_change.h - one change of one index entry as bytes: what its log record and its undo record hold, and how either
 * is applied to a leaf. As row_change.h: page and undo are one record, running and redo call the same functions.
 * index_change.c has the formats. */
#pragma once

#include "base/base.h"
#include "store/store.h"
#include "table/index_leaf.h"

/* What the undo record says happened; on disk, never reused, apart from RowUndoKind's. */
typedef enum KeyUndoKind {
    UNDO_KEY_INSERT = 8, /* it was not there; also a mark left for an entry that is not there yet */
    UNDO_KEY_REVIVE = 9, /* it was there, marked */
    UNDO_KEY_MARK = 10,
    UNDO_KEY_PAYLOAD = 11,
} KeyUndoKind;

enum {
    KEY_CHANGE_HEAD_BYTES = 56, /* of the log record's payload without keys and payloads, at most */
    KEY_CHANGE_UNDO_BYTES = 18, /* of the undo record's */
    KEY_CHANGE_LOG_PARTS = 4,
    KEY_CHANGE_UNDO_PARTS = 3,
};

typedef struct KeyChange {
    KeyUndoKind kind;
    uint64_t tree;        /* its number */
    UndoPtr undo;         /* where the undo record stands */
    Bytes key;            /* with the row id */
    EntryHead head;       /* new */
    EntryHead before;     /* but for INSERT */
    Bytes payload;        /* INSERT, REVIVE, PAYLOAD */
    Bytes payload_before; /* REVIVE, PAYLOAD */
} KeyChange;

/* Whole bytes of the undo record. */
uint32_t key_change_undo_bytes(const KeyChange *change);
/* The payload of the undo record, in parts; `buffer` of KEY_CHANGE_UNDO_BYTES. Returns them. */
uint32_t key_change_undo_parts(const KeyChange *change, uint8_t *buffer,
                               WalPart parts[KEY_CHANGE_UNDO_PARTS]);
/* The payload of the log record; `head` of KEY_CHANGE_HEAD_BYTES. */
uint32_t key_change_log_parts(const KeyChange *change, uint16_t previous_bytes, uint8_t *head,
                              WalPart parts[KEY_CHANGE_LOG_PARTS]);
/* May there be something to purge once it is visible to all? The second asks the entry it has changed as well: a
 * payload of the length of the one before it leaves nothing behind. */
bool key_change_leaves_dead(const KeyChange *change);
bool key_change_left_dead(const void *page, uint32_t slot, const KeyChange *change);
WalKind key_change_kind(const KeyChange *change);
/* Changes the leaf, whose room has been asked for; the second where index_leaf_find has said `slot`. ST_CORRUPT: it
 * does not fit the page. */
Status key_change_apply(void *page, const KeyChange *change);
Status key_change_apply_at(void *page, uint32_t slot, const KeyChange *change);

/* Reads an undo record back: `undo` is its own position, `head` has its writer and no flags, `payload` is empty. */
Status key_change_read_undo(const UndoRecord *record, KeyChange *change);
/* Does the entry bear the writer of the record? Records of one writer are undone from the newest and say what was
 * before, so that doing it again from the newest gives the same; an entry that bears another has been undone. */
bool key_undo_is_due(const void *page, const KeyChange *undone, uint32_t *slot);

/* A change without undo: rollback, purge, and what a build adds beside writers. */
typedef enum KeyFixMode {
    KEY_FIX_REMOVE = 1,
    KEY_FIX_HEAD = 2,
    KEY_FIX_PAYLOAD = 3, /* and head */
    KEY_FIX_TRIM = 4,    /* gives up the room of a longer payload */
    KEY_FIX_ADD = 5,
} KeyFixMode;
typedef struct KeyFix {
    KeyFixMode mode;
    Bytes key;
    EntryHead head; /* HEAD, PAYLOAD, ADD */
    Bytes payload;  /* PAYLOAD, ADD */
} KeyFix;
enum { KEY_FIX_HEAD_BYTES = 12, KEY_FIX_PARTS = 3 };
/* What rollback does. `settled`: the mark that would come back is below the purge's horizon, so the entry goes
 * (docs/traps.md F11). */
KeyFix key_undo_fix(const KeyChange *undone, bool settled);
/* `head` of KEY_FIX_HEAD_BYTES. Returns the parts. */
uint32_t key_fix_parts(const KeyFix *fix, uint8_t *head, WalPart parts[KEY_FIX_PARTS]);
Status key_fix_apply(void *page, const KeyFix *fix);

enum { KEY_REDO_COUNT = 6 };
extern const RedoEntry key_redo_entries[KEY_REDO_COUNT];
