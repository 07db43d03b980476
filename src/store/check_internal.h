/* SPDX-License-Identifier: Apache-2.0 */
/* check_internal.h - the check of one space: what is known of its pages, an extent a word.
 *
 *   used   the map says so          owned  something was found that has the page
 *   bad    its bytes are damaged: told once, when all pages are read, not again by whoever comes to it
 *
 * A page that is used and not owned is lost, unless something on the way to it could not be read (`incomplete`). */
#pragma once

#include "store/check.h"
#include "store/space_internal.h"

struct CheckPages {
    Store *store;
    const StoreCheck *check;
    CheckFigures *figures;
    Arena *arena; /* of this space's check */
    SpaceId space;
    SpaceHeader header;
    uint64_t extent_count;
    MapEntry *entries;
    uint64_t *owned, *bad;
    uint64_t *mixed; /* a bit an extent: told that the map gives it to another */
    bool incomplete;
};

/* Tells a problem; `arg` is a CheckPages. */
void check__found(void *arg, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);
/* Tells a status that names damage, with the error's message, and gives OK back; other statuses stay as they are. */
Status check__told(CheckPages *pages, PageId page, Status status);
bool check__is_bad(const CheckPages *pages, PageId page);
/* The pages belong to something that owns extents of `state` under this number. False: one was another's already. */
bool check__own(CheckPages *pages, MapState state, uint64_t owner, PageId first, uint32_t count);

/* All pages of the extents that the map gives to the tree; `untouched`: of those where nothing was found. */
void check__own_the_rest(CheckPages *pages, TreeId tree, bool untouched);

/* Header and maps, as they are now; `entries`, `owned` and the others are made. ST_END: told that there is no making
 * sense of them. */
Status check__maps(CheckPages *pages);
/* check_tree.c: the directory, and all that its entries lead to but the contents of undo. */
Status check__trees(CheckPages *pages);
/* check_undo.c: the records of all streams. Others may work meanwhile. */
Status check__undo(CheckPages *pages);
