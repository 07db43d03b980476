/* SPDX-License-Identifier: Apache-2.0 */
/* lock_holders.c - waiting for those who hold a lock now, without standing in their way: who builds an index beside
 * writers must know that everybody writes by the newest definition of the table, and nobody may wait for him.
 *
 * A watcher stands beside the lock's queue. Holds are numbered as they come into the table, so "now" is a number: those
 * of the fast path are moved there first, and later ones need not be. A hold that goes to another owner (PREPARE) keeps
 * its number. An edge of the wait-for graph like any other, so deadlocks are found. */
#include "txn/lock.h"

#include "txn/lock_internal.h"

static bool is_waited_for(const LockSession *watcher, const LockHold *hold)
{
    return hold->session != watcher && hold->serial <= watcher->wait_serial &&
           (hold->held & lock__conflicts[watcher->wait_mode]);
}

static bool any_left(const LockSession *watcher, const Lock *lock)
{
    for (const LockHold *hold = lock->holds; hold; hold = hold->next)
        if (is_waited_for(watcher, hold)) return true;
    return false;
}

void lock__visit_holders(LockSession *waiter, LockBlockerVisit visit, void *arg)
{
    for (const LockHold *hold = waiter->wait_lock->holds; hold; hold = hold->next)
        if (is_waited_for(waiter, hold) && !visit(arg, hold->session, false)) return;
}

void lock__watcher_remove(LockSession *session)
{
    LockSession **link = &session->wait_lock->watchers;
    while (*link != session) link = &(*link)->wait_next;
    *link = session->wait_next;
    session->wait_next = NULL;
}

void lock__serve_watchers(Lock *lock)
{
    for (LockSession *watcher = lock->watchers, *next; watcher; watcher = next) {
        next = watcher->wait_next;
        if (any_left(watcher, lock)) continue;
        lock__watcher_remove(watcher);
        watcher->granted = true;
        watcher->waits = WAITS_NOT;
        os_wake(watcher->task);
    }
}

/* Locks.mutex is held. ST_BUSY: the session watches. */
static Status watch(LockSession *session, Txn *txn, const LockTag *tag, LockMode mode)
{
    Locks *locks = session->txns->locks;
    TRY(lock__fast_move_all(session->txns, tag));
    Lock *lock = lock__find(locks, tag);
    if (!lock) return OK;
    lock__wait_begin(session, WAITS_HOLDERS, lock, mode, txn);
    session->wait_serial = locks->serial;
    if (!any_left(session, lock)) {
        session->waits = WAITS_NOT;
        return OK;
    }
    session->wait_next = lock->watchers;
    lock->watchers = session;
    return ST_BUSY;
}

Status lock_wait_holders(LockSession *session, Txn *txn, const LockTag *tag, LockMode mode,
                         const LockOptions *options)
{
    mutex_lock(&session->txns->locks->mutex);
    Status status = watch(session, txn, tag, mode);
    mutex_unlock(&session->txns->locks->mutex);
    return status == ST_BUSY ? lock__wait_in_queue(session, options) : status;
}
