/* SPDX-License-Identifier: Apache-2.0 */
/* table_losers.c - the table locks of transactions that a crash left open (docs/traps.md F18).
 *
 * Nobody writes down which tables a transaction locked: its undo says what it wrote. So a loser's RowExclusive lock is
 * not put back, but found by whoever takes a lock that it would be in the way of: he walks the undo of those who are
 * still being undone, and waits for each that meets his table. That is rare, and costs nobody else anything; the walk
 * only reads, so it is shorter than the rollback that it looks at.
 *
 * A loser waits for nobody: a wait for its end, in the graph of all waits, closes no circle. */
#include "table/table.h"

#include "base/error.h"

enum { TREE_BYTES = 5, RECORDS_A_RESET = 256 };

typedef struct Walk {
    Store *store;
    TreeId tree;
    Arena *arena; /* reset now and then */
} Walk;

/* Whatever its kind, the payload of an undo record begins with the tree. */
static bool is_of_tree(const UndoRecord *record, TreeId tree)
{
    uint64_t number = 0;
    if (record->payload.bytes < TREE_BYTES) return false;
    memcpy(&number, record->payload.data, TREE_BYTES);
    return number == tree_number(tree);
}

/* ST_END: it has not written to the tree, or its undo is gone, hence all undone. */
static Status find_work(const Walk *walk, const Loser *loser)
{
    UndoRecord record = {.kind = UNDO_KIND_START, .previous = loser->last}, older;
    for (uint32_t i = 1;; i++) {
        if (i % RECORDS_A_RESET == 0) {
            arena_reset(walk->arena);
            TRY(task_try_check());
        }
        TRY(undo_chain_previous(walk->store, tree_space(walk->tree), &record, walk->arena, &older));
        if (is_of_tree(&older, walk->tree)) return OK;
        record = older;
    }
}

static Status wait_each(const Walk *walk, const Loser *losers, uint32_t count, LockSession *session,
                        Txn *txn, const LockOptions *options)
{
    for (uint32_t i = 0; i < count; i++) {
        Status status = find_work(walk, &losers[i]);
        if (status == OK) {
            MARK("a loser's table lock is waited for");
            status = lock_wait_xid(session, txn, losers[i].xid, options);
        }
        if (status != OK && status != ST_END) return status;
    }
    return OK;
}

Status table_wait_losers(Txn *txn, TreeId tree, LockSession *session, const LockOptions *options)
{
    Loser *losers;
    uint32_t count;
    Store *store = txn_store(txn);
    if (LIKELY(!txns_have_losers(txn_system(txn)))) return OK;
    Arena *arena = arena_try_new(store_account(store), "losers");
    if (!arena) return ST_NO_MEMORY;
    Walk walk = {store, tree, arena_try_new_child(arena, "undo of losers")};
    Status status = walk.arena
                        ? txns_losers(txn_system(txn), tree_space(tree), arena, &losers, &count)
                        : ST_NO_MEMORY;
    if (status == OK) status = wait_each(&walk, losers, count, session, txn, options);
    arena_drop(arena);
    return status;
}
