/* SPDX-License-Identifier: Apache-2.0 */
/* check.h - is all that the spaces hold whole, and does every page belong to exactly one thing? For `tusk check`, on a
 * store that nobody else uses: it was opened, so it was recovered; nothing is repaired. Beside others there are
 * store_check_disk, which looks at the bytes alone, and store_check_beside, which looks at who has what.
 *
 * What is looked at: the checksum of every page in use, on the disk; headers and maps; the tree directory; every tree
 * from its root down, with the owner's check of each leaf; every undo record; and that a page in use is reached once
 * and by whom the map says. Problems are told one by one, each with its page; what cannot be reached because of one is
 * not told again as lost. */
#pragma once

#include "base/base.h"
#include "store/ids.h"
#include "store/store.h"
#include "store/tree.h"

/* Which pages of a space have been found to belong to something. */
typedef struct CheckPages CheckPages;
/* Pages that `tree` has beside its nodes, as found by the one who reads them: overflow extents. Told when they are
 * another's already, or the map does not give them to the tree. */
void check_own(CheckPages *pages, TreeId tree, PageId first, uint32_t count);

/* The pages that the map gives to `tree` and that are none of its nodes, as they are in memory; damaged ones are told
 * and left out. */
typedef Status (*CheckRest)(void *arg, CheckPages *pages, PageId page, const void *data);
Status check_visit_rest(CheckPages *pages, TreeId tree, CheckRest visit, void *arg);
/* Tells a problem as store_check itself does. */
void check_found(CheckPages *pages, PageId page, const char *format, ...) PRINTF_LIKE(3, 4);

typedef struct StoreCheck {
    CheckFound found;
    void *arg; /* of both */
    /* Called for each tree whose pages were sound: tells its other pages by check_own (found by check_visit_rest), and
     * problems by check_found. NULL: whole extents of a tree that hold none of its nodes are taken for its own. */
    Status (*tree)(void *arg, Tree *tree, CheckPages *pages);
} StoreCheck;

typedef struct CheckFigures {
    uint64_t spaces, trees, pages, undo_records;
    uint64_t problems; /* those that store_check told itself */
} CheckFigures;

/* OK when it could be made, whatever it found. The time is that of reading everything once or twice. */
Status store_check(Store *store, const StoreCheck *check, CheckFigures *figures);

/* Beside others: does every page that a tree or an undo stream of the space has stand in the map as its, and every page
 * that is in use belong to something, and is every undo record whole? Nobody may drop the space meanwhile. Nothing is
 * told that is not so; what it does not see, check_beside.c says. Of `check`, `tree` is not asked. The time is that of
 * reading the inner pages of all trees, the pages of long values, and the undo. */
Status store_check_beside(Store *store, SpaceId space, const StoreCheck *check,
                          CheckFigures *figures);

/* The checksum of every page that the maps say is in use, on the disk, while others work: each problem is told; *pages
 * counts what was read. */
Status store_check_disk(Store *store, CheckFound found, void *arg, uint64_t *pages);
