/* SPDX-License-Identifier: Apache-2.0 */
/* space_way.c - pages on their way: taken and not yet part of anything, or out of what they were part of and not yet
 * free. Each of the two takes two records, and a crash may come between them.
 *
 *      taken              linked                 taken out             freed
 *   ---- MAP_CHANGE ------ FORMAT, put ... ------- MERGE, put ... ------ MAP_CHANGE ----
 *          |--- on its way ---|                        |--- on its way ---|
 *
 * What is on its way when the log ends stands in the log behind the checkpoint: MAP_CHANGE says which pages it watches,
 * redo itself sees pages become free or empty, and PAGE_LEAVES tells of the others. What was on its way at the
 * checkpoint is in its CHECKPOINT_PAGES; at a shutdown too: a task that could not give back what it had taken leaves it
 * there. The start then looks at each such page (stray.c).
 *
 * (Y1) a page is on the list before the record that takes it, or takes it out, is in the log, and until the record that
 *      links or frees it is: so a checkpoint which lists the pages behind its BEGIN record misses none
 * (Y2) a page may be listed that is on its way no more: the start asks what it is, not what the list says */
#include "store/space_internal.h"

#include "base/arith.h"

static void way_add(Store *store, PageId page, uint64_t lsn)
{
    Spaces *spaces = store->spaces;
    if (!space__is_logged(page_space(page))) return;
    mutex_lock(&spaces->ways_mutex);
    if (spaces->way_count < SPACE__WAYS_MAX)
        spaces->ways[spaces->way_count++] = (SpaceWay){page.v, lsn};
    else
        spaces->ways_missed = true;
    mutex_unlock(&spaces->ways_mutex);
}

void space__page_comes(Store *store, PageId page)
{
    if (space__is_logged(page_space(page))) way_add(store, page, wal_insert_position(store->wal).v);
}

void space__way_stays(Store *store, const SpaceWay *way)
{
    way_add(store, (PageId){way->page}, way->lsn);
}

void space_page_leaves(Store *store, PageId page)
{
    way_add(store, page, 0);
}

void space_page_settled(Store *store, PageId page)
{
    Spaces *spaces = store->spaces;
    mutex_lock(&spaces->ways_mutex);
    for (uint32_t i = spaces->way_count; i-- > 0;) {
        if (spaces->ways[i].page == page.v) spaces->ways[i] = spaces->ways[--spaces->way_count];
    }
    mutex_unlock(&spaces->ways_mutex);
}

Status space_page_leaves_logged(Store *store, PageId page)
{
    const WalPart part = {&page.v, sizeof page.v};
    if (!space__is_logged(page_space(page))) return OK;
    TRY(wal_credit_take(store->wal, wal_record_bytes(0, sizeof page.v), WAL_CREDIT_RESERVE));
    way_add(store, page, 0);
    wal_append(store->wal, WAL_PAGE_LEAVES, XID_NONE, NULL, 0, &part, 1, NULL);
    return OK;
}

bool space__record_leaves(const WalRecord *record, PageId *page)
{
    if (record->kind != WAL_PAGE_LEAVES || record->payload.bytes != sizeof page->v) return false;
    page->v = load_le64(record->payload.data);
    return true;
}

bool space__is_on_its_way(Store *store, PageId page)
{
    Spaces *spaces = store->spaces;
    mutex_lock(&spaces->ways_mutex);
    bool is = spaces->ways_missed;
    for (uint32_t i = 0; i < spaces->way_count && !is; i++) is = spaces->ways[i].page == page.v;
    mutex_unlock(&spaces->ways_mutex);
    return is;
}

uint32_t space__ways(Store *store, SpaceWay *ways, uint32_t max)
{
    Spaces *spaces = store->spaces;
    mutex_lock(&spaces->ways_mutex);
    uint32_t count = MIN(spaces->way_count, max);
    memcpy(ways, spaces->ways, count * sizeof *ways);
    mutex_unlock(&spaces->ways_mutex);
    return count;
}
