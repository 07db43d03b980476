/* SPDX-License-Identifier: Apache-2.0 */
/* store_internal.h - the Store as the parts of this room see it, and what they ask of each other. */
#pragma once

#include "store/device.h"
#include "store/pool.h"
#include "store/space.h"
#include "store/store.h"
#include "store/wal.h"

typedef struct Spaces Spaces;

struct Store {
    Account *account;
    Device *device;
    Wal *wal; /* NULL until recovery has read the log */
    Pool *pool;
    Spaces *spaces;
    _Atomic uint32_t space_next; /* space numbers below are used up; the manifest keeps it */
};

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
/* The header of a space, and a change of bytes of it (offset counted from the SpaceHeader's start). */
Status space__header(Store *store, SpaceId space, SpaceHeader *header);
Status space__header_change(Store *store, SpaceId space, uint32_t offset, const void *data,
                            uint32_t bytes);
/* A tree number never given out before in this space. */
Status space__next_tree(Store *store, SpaceId space, uint64_t *number);
/* Gives freed extents back to the file system whose free record lies below `redo`, the redo position of a completed
 * checkpoint (docs/traps.md F8). */
Status space__checkpoint_done(Store *store, Lsn redo);

enum { SPACE__REDO_COUNT = 4 };
extern const RedoEntry store__space_redo[SPACE__REDO_COUNT];
