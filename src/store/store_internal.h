/* SPDX-License-Identifier: Apache-2.0 */
/* store_internal.h - the Store as the parts of this room see it, and what they ask of each other. */
#pragma once

#include "os/sync.h"
#include "store/device.h"
#include "store/pool.h"
#include "store/space.h"
#include "store/store.h"
#include "store/wal.h"

typedef struct Spaces Spaces;
typedef struct UndoSpaces UndoSpaces;
typedef struct Trees Trees;

/* A page on its way (space_way.c). lsn: no record that makes the page something is older; 0: it was something
 * before. */
typedef struct SpaceWay {
    uint64_t page, lsn;
} SpaceWay;

struct Store {
    Account *account;
    Arena *arena; /* the Store itself is in it */
    Device *device;
    Wal *wal; /* NULL until recovery has read the log */
    Pool *pool;
    Spaces *spaces;
    UndoSpaces *undo;
    Trees *trees;
    _Atomic uint32_t space_next; /* space numbers below are used up; the manifest keeps it */

    StoreOptions options;
    StoreUpper upper;
    RedoEntry redo[WAL_KIND_LIMIT]; /* by kind; kind 0: there is none */
    bool was_clean;
    _Atomic uint32_t failed; /* Status */
    uint64_t redo_bytes, recovery_us;
    SpaceWay *strays; /* from redo until the store is open; in its arena */
    uint32_t stray_count;

    Mutex manifest_mutex; /* RANK_CHECKPOINT: what follows; replaced in a checkpoint's turn */
    Manifest manifest;
    uint64_t manifest_version;
    _Atomic uint64_t redo_position; /* the manifest's */

    Mutex checkpoint_mutex; /* RANK_CHECKPOINT: what follows */
    Condition checkpoint_change;
    uint32_t checkpoint_hurries; /* of those between checkpoint__hurry_begin and _end */
    bool checkpoint_runs, checkpoint_hurry, checkpoint_wanted, checkpoint_rescheduled;
    bool checkpoint_urgent; /* the one that is wanted */
    bool checkpoint_failed; /* the last one */
    uint64_t checkpoints;   /* completed */
    /* as StoreOptions has them; changed while the store runs */
    _Atomic uint32_t checkpoint_seconds, checkpoint_spread_percent;
    _Atomic uint64_t checkpoint_wal_bytes, undo_bytes_max;
    _Atomic bool checkpoint_ends_segment; /* the next one: see segment_end */
    _Atomic bool checkpoints_come; /* by the background task, of which the last one did not fail */

    Task *writer, *cleaner, *checkpointer; /* NULL: not started */
};

/* --- manifest.c --- */

/* A new cluster's, whose log is empty and begins at `start`. */
void manifest__init(Manifest *manifest, uint64_t system_id, uint32_t segment_bytes, Lsn start);
void manifest__seal(Manifest *manifest);
/* Refuses in words what this program cannot read. */
Status manifest__check(Bytes raw, Manifest *manifest);
Status manifest__read(Store *store);
/* Makes `manifest` the durable one. One task at a time. */
Status manifest__replace(Store *store, const Manifest *manifest);

/* --- redo.c --- */

/* Collects every room's entries into a table of WAL_KIND_LIMIT by kind; `upper` may be NULL. */
void redo__table_fill(RedoEntry *table, const StoreUpper *upper);
typedef struct Redo Redo;
/* Applies records given one by one, in the order of the log; may do so later, at the latest at redo__end. Memory is
 * its arena's and the system's, until redo__close: which is due, if *redo is set, also when redo__begin failed. */
Status redo__begin(Store *store, Redo **redo);
Status redo__record(Redo *redo, const WalRecord *record);
/* Does redo__record of it write nothing, and make or drop no space? Then nor does redo__record of those before. */
bool redo__stays_in_memory(const Redo *redo, const WalRecord *record);
/* The page was on its way at the checkpoint. Before any record. */
Status redo__on_its_way(Redo *redo, const SpaceWay *way);
/* ST_CORRUPT: a page was passed by that should have been there. *strays: what was on its way at the end, in the store's
 * arena. */
Status redo__end(Redo *redo, SpaceWay **strays, uint32_t *count);
/* After redo__end, or instead of it after an error: nobody works on it any more. */
void redo__close(Redo *redo);

/* --- recovery.c --- */

/* Reads the log from the last checkpoint on, has it analysed and its tail made durable, redoes it. *end: where the log
 * ends. */
Status recovery__run(Store *store, Lsn *end);

/* --- checkpoint.c --- */

Status checkpoint__run(Store *store, bool spread, bool shutdown);
/* The one that runs, if one does, takes no more time than it needs. */
/* For the log (WalOptions). */
bool checkpoint__log_is_full(void *store);
void checkpoint__hurry(Store *store);
/* From begin to end also those that begin meanwhile. */
void checkpoint__hurry_begin(Store *store);
void checkpoint__hurry_end(Store *store);
/* The background task's body, until it is interrupted (ST_CANCELLED) or the store has failed. */
Status checkpoint__task(Store *store);

/* --- page.c --- */

/* As page_check, without a note: for those who have a remedy. */
bool page__is_good(const void *page, PageId id);

/* --- space.c --- */

Status space__open(Store *store, Spaces **spaces);
void space__close(Spaces *spaces);
/* Makes the space with this number, empty and logged; what a crash left in its folder is thrown away. */
Status space__create_at(Store *store, SpaceId space);
/* Throws away whatever the temporary space held and makes it anew: at every start. */
Status space__reset_temp(Store *store);
/* A record of kind SPACE_CREATE or SPACE_DROP met by recovery, before any page of it is redone. */
Status space__recover(Store *store, const WalRecord *record);
/* The extents that a MAP_CHANGE speaks of: the first page of each, and which of its EXTENT_PAGES pages are taken from
 * then on, for the rule that a page which redo found unformatted must meet FORMAT or its freeing later (docs/traps.md
 * F8); and which are on their way. */
void space__record_extents(const WalRecord *record,
                           void (*visit)(void *arg, PageId first, uint64_t taken, uint64_t watched),
                           void *arg);
/* Is it a PAGE_LEAVES, and of which page? */
bool space__record_leaves(const WalRecord *record, PageId *page);
/* The header of a space, and a change of bytes of it (offset counted from the SpaceHeader's start). */
Status space__header(Store *store, SpaceId space, SpaceHeader *header);
Status space__header_change(Store *store, SpaceId space, uint32_t offset, const void *data,
                            uint32_t bytes);
/* A tree number never given out before in this space. */
Status space__next_tree(Store *store, SpaceId space, uint64_t *number);
/* Gives freed extents back to the file system whose free record lies below `redo`, the redo position of a completed
 * checkpoint (docs/traps.md F8). */
Status space__checkpoint_done(Store *store, Lsn redo);

enum { SPACE__REDO_COUNT = 5 };
extern const RedoEntry store__space_redo[SPACE__REDO_COUNT];

/* --- space_way.c: pages on their way --- */

/* Those of now, at most `max`; for a checkpoint, whose begin is in the log. */
uint32_t space__ways(Store *store, SpaceWay *ways, uint32_t max);
/* Is the page, or the extent that it is the first of? True for any once there was one too many to be listed. */
bool space__is_on_its_way(Store *store, PageId page);
/* Was on its way when the log ended, and is still. */
void space__way_stays(Store *store, const SpaceWay *way);

/* --- stray.c: what is in use at a start and part of nothing --- */

/* What was on its way when the log ended; `page` may be the first of an undo stream's extent. Each is looked at, and
 * freed if nothing has it. After redo, before anybody takes pages. */
Status strays__free(Store *store, const SpaceWay *strays, uint32_t count);
/* Beside whoever takes, links and frees pages: is this one in use, on its way nowhere, and part of nothing? A page of
 * an undo stream is asked for by the first of its extent. It may have been freed and taken anew while it was looked at:
 * what is lost stays so, and is asked for again. */
Status stray__is_lost(Store *store, PageId page, bool *lost);

/* --- undo.c --- */

Status undo__open(Store *store, UndoSpaces **undo);
void undo__close(UndoSpaces *undo);
void undo__forget_space(UndoSpaces *undo, SpaceId space);
/* What an entry of kind DIRECTORY_UNDO says: which extent the stream with this number (class and stream, as its pages
 * and the map have it) owns. False: malformed. */
bool undo__directory_entry(Bytes key, Bytes value, uint64_t *stream, uint64_t *first_page);
/* The page that holds what stands at `ptr` or next behind it; *page is set too when it cannot be read. ST_END: the
 * stream has none there. */
Status undo__page_of(Store *store, SpaceId space, UndoPtr ptr, PageId *page);

/* Offset of the first byte kept of the stream that `ptr` leads to; 0: there is none. */
uint64_t undo__head(Store *store, SpaceId space, UndoPtr ptr);

enum { UNDO__REDO_COUNT = 2 };
extern const RedoEntry store__undo_redo[UNDO__REDO_COUNT];

/* --- tree_open.c: which trees are open --- */

Status trees__open(Store *store, Trees **trees);
void trees__close(Trees *trees);
/* The space is being dropped, or emptied: what was known of its trees is forgotten. None is in use. */
void trees__forget_space(Trees *trees, SpaceId space);
/* Of a tree that has no entry, or loses it next. */
Status trees__layouts_remove(Store *store, TreeId id);
/* After recovery from a crash: drops that it interrupted are finished; then the space's unlogged trees become empty
 * ones. */
Status trees__finish_drops(Store *store, SpaceId space);
Status trees__reset_unlogged(Store *store, SpaceId space);

enum { TREE__REDO_COUNT = 8 };
extern const RedoEntry store__tree_redo[TREE__REDO_COUNT];

/* --- tree_directory.c: a space's directory as a map of byte strings, redo-only, not transactional --- */

/* What an entry is about: the first byte of its key. */
typedef enum DirectoryEntry {
    DIRECTORY_TREE = 't',
    DIRECTORY_DROPPED = 'd', /* a tree whose pages are to be freed */
    DIRECTORY_LAYOUT = 'l',
    DIRECTORY_SEQUENCE = 's',
    DIRECTORY_UNDO = 'u',
} DirectoryEntry;
/* Sets or replaces; logged before it returns. */
Status directory__put(Store *store, SpaceId space, Bytes key, Bytes value);
/* Absent: OK. */
Status directory__remove(Store *store, SpaceId space, Bytes key);
/* ST_NOT_FOUND. The value is copied into `arena`. */
Status directory__get(Store *store, SpaceId space, Bytes key, Arena *arena, Bytes *value);
/* Every entry whose key begins with `prefix`, in the order of keys; nothing is latched while `visit` runs. */
Status directory__scan(Store *store, SpaceId space, Bytes prefix,
                       Status (*visit)(void *arg, Bytes key, Bytes value), void *arg);
