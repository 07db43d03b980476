/* SPDX-License-Identifier: Apache-2.0 */
/* lock_deadlock.c - finding deadlocks: a search through who waits for whom, over heavy locks, xids and rows together.
 *
 * It runs when a task has waited for deadlock_timeout, with the lock table's mutex held: nobody begins or ends a wait
 * meanwhile (lock.c, L4), so the waits of a cycle stand still, and the one who finds it takes itself out at once: a
 * cycle has one victim. Breadth first: the shortest cycle is reported, and the search needs no stack.
 *
 * An edge is soft when it only says that another stands before in the queue. A cycle with a soft edge is resolved by
 * swapping the two, if no cycle is left then (compare PostgreSQL's manual, which promises no more than that a deadlock
 * is found). */
#include "txn/lock_internal.h"

#include "base/error.h"

/* ---- edges ---- */

static void visit_lock(LockSession *waiter, LockBlockerVisit visit, void *arg)
{
    const Lock *lock = waiter->wait_lock;
    uint32_t conflicts = lock__conflicts[waiter->wait_mode];
    for (const LockHold *hold = lock->holds; hold; hold = hold->next)
        if (hold->session != waiter && (hold->held & conflicts) &&
            !visit(arg, hold->session, false))
            return;
    for (LockSession *ahead = waiter->wait_previous; ahead; ahead = ahead->wait_previous)
        if ((conflicts & (1U << ahead->wait_mode)) && !visit(arg, ahead, true)) return;
}

static void visit_xid(LockSession *waiter, LockBlockerVisit visit, void *arg)
{
    Txns *txns = waiter->txns;
    mutex_lock(&txns->table);
    const Txn *txn = lock__find_txn(txns, (Xid){waiter->wait_lock->tag.a});
    LockSession *session = txn ? atomic_load(&txn->locks) : NULL;
    if (session) (void)visit(arg, session, false); /* it may go when the lock does */
    mutex_unlock(&txns->table);
}

void lock__visit_blockers(LockSession *waiter, LockBlockerVisit visit, void *arg)
{
    switch (waiter->waits) {
    case WAITS_NOT: return;
    case WAITS_LOCK: visit_lock(waiter, visit, arg); return;
    case WAITS_XID: visit_xid(waiter, visit, arg); return;
    case WAITS_ROW: row__visit_blockers(waiter, visit, arg); return;
    case WAITS_HOLDERS: lock__visit_holders(waiter, visit, arg); return;
    }
}

/* ---- the search ---- */

typedef struct Search {
    LockSession *start, *from, *last;
    uint64_t visit;
    bool found;
} Search;

static bool search_edge(void *arg, LockSession *blocker, bool soft)
{
    Search *search = arg;
    (void)soft;
    if (blocker == search->start) {
        search->found = true;
        return false;
    }
    if (blocker->visit == search->visit || blocker->waits == WAITS_NOT) return true;
    blocker->visit = search->visit;
    blocker->parent = search->from;
    blocker->visit_next = NULL;
    search->last->visit_next = blocker;
    search->last = blocker;
    return true;
}

/* True: `start` stands in a cycle; from it `child` leads around. */
static bool find_cycle(LockSession *start)
{
    Search search = {start, start, start, ++start->txns->locks->visit, false};
    start->visit = search.visit;
    start->parent = start->visit_next = NULL;
    while (search.from) {
        lock__visit_blockers(search.from, search_edge, &search);
        if (search.found) break;
        search.from = search.from->visit_next;
    }
    if (!search.found) return false;
    LockSession *child = start;
    for (LockSession *at = search.from; at; child = at, at = at->parent) at->child = child;
    ASSERT(child == start);
    return true;
}

/* ---- reordering ---- */

typedef struct EdgeLook {
    LockSession *wanted;
    bool hard, soft;
} EdgeLook;

static bool look_edge(void *arg, LockSession *blocker, bool soft)
{
    EdgeLook *look = arg;
    if (blocker == look->wanted && soft) look->soft = true;
    if (blocker == look->wanted && !soft) look->hard = true;
    return true;
}

/* Is the edge from the waiter to its child only a place in a queue of the lock table? */
static bool edge_is_soft(LockSession *waiter)
{
    EdgeLook look = {waiter->child, false, false};
    if (waiter->waits != WAITS_LOCK) return false;
    lock__visit_blockers(waiter, look_edge, &look);
    return look.soft && !look.hard;
}

/* Tries to break the cycle that was found by letting one waiter pass another. */
static bool reorder(LockSession *start)
{
    LockSession *waiter = start;
    do {
        LockSession *blocker = waiter->child, *next = waiter->child;
        if (edge_is_soft(waiter)) {
            Lock *lock = waiter->wait_lock;
            LockSession *behind = waiter->wait_next;
            lock__queue_remove(waiter);
            lock__queue_insert(lock, waiter, blocker);
            if (!find_cycle(start) && !find_cycle(waiter) && !find_cycle(blocker)) {
                MARK("a deadlock was resolved by reordering a queue");
                lock__serve_queue(lock);
                return true;
            }
            lock__queue_remove(waiter);
            lock__queue_insert(lock, waiter, behind);
            bool again = find_cycle(start);
            ASSERT(again);
            if (!again) return true;
        }
        waiter = next;
    } while (waiter != start);
    return false;
}

/* ---- the report ---- */

static void describe_tag(const LockTag *tag, StrBuilder *out)
{
    switch ((LockKind)tag->kind) {
    case LOCK_RELATION:
        str_add_format(out, "relation %" PRIu64 " of database %u", tag->a, tag->database);
        return;
    case LOCK_OBJECT:
        str_add_format(out, "object %" PRIu64 " of class %" PRIu64 " of database %u", tag->b,
                       tag->a, tag->database);
        return;
    case LOCK_XID: str_add_format(out, "transaction %" PRIu64, tag->a); return;
    case LOCK_ROW: {
        RowId row = {tag->b};
        str_add_format(out, "tuple (%u,%u) of relation %" PRIu64 " of database %u",
                       (uint32_t)(row.v >> 15), (uint32_t)(row.v & 32767) + 1, tag->a,
                       tag->database);
        return;
    }
    case LOCK_ADVISORY:
        if (tag->sub == 1)
            str_add_format(out, "advisory lock [%u,%u,%u,1]", tag->database,
                           (uint32_t)(tag->a >> 32), (uint32_t)tag->a);
        else
            str_add_format(out, "advisory lock [%u,%u,%u,2]", tag->database, (uint32_t)tag->a,
                           (uint32_t)tag->b);
        return;
    case LOCK_DATABASE:
        str_add_format(out, "object %" PRIu64 " of class 1262 of database 0", tag->a);
        return;
    }
}

static LockMode row_mode(RowStrength strength)
{
    switch (strength) {
    case ROW_KEY_SHARE:
    case ROW_SHARE: return LOCK_SHARE;
    case ROW_NO_KEY_UPDATE:
    case ROW_UPDATE: return LOCK_EXCLUSIVE;
    }
    UNREACHABLE();
}

static void report_edge(const LockSession *waiter, const LockOptions *options, StrBuilder *out)
{
    LockTag tag;
    LockMode mode = waiter->wait_mode;
    const Txn *holder = waiter->child->wait_txn;
    if (waiter->waits == WAITS_ROW && holder && row__is_held_by(waiter, holder)) {
        tag = (LockTag){.kind = LOCK_XID, .a = txn_xid(holder).v};
        mode = LOCK_SHARE;
    } else if (waiter->waits == WAITS_ROW) {
        tag = (LockTag){.kind = LOCK_ROW,
                        .a = waiter->wait_row->tree.v,
                        .b = waiter->wait_row->row.v};
        mode = row_mode(waiter->wait_row->strength);
    } else {
        tag = waiter->wait_lock->tag;
    }
    str_add_format(out, "Process %u waits for %s on ", waiter->process, lock_mode_name(mode));
    if (waiter->waits == WAITS_HOLDERS)
        str_add_format(out, "virtual transaction %u/%" PRIu64, waiter->child->slot,
                       waiter->wait_serial);
    else if (options->describe && tag.kind == LOCK_ROW)
        options->describe(options->describe_arg, &tag, out);
    else
        describe_tag(&tag, out);
    str_add_format(out, "; blocked by process %u.", waiter->child->process);
}

typedef struct Report {
    LockSession *start;
    const LockOptions *options;
    StrBuilder text;
} Report;

static void report_body(void *arg)
{
    Report *report = arg;
    LockSession *waiter = report->start;
    do {
        if (waiter != report->start) str_add_char(&report->text, '\n');
        report_edge(waiter, report->options, &report->text);
        waiter = waiter->child;
    } while (waiter != report->start);
}

static void note_deadlock(LockSession *start, const LockOptions *options)
{
    Arena *arena = arena_try_new(start->txns->account, "deadlock report");
    Report report = {.start = start, .options = options};
    bool told = false;
    if (arena) {
        report.text = (StrBuilder){.arena = arena, .bytes_max = STR_BYTES_MAX};
        told = error_catch(report_body, &report, NULL, NULL); /* false: no memory for the text */
    }
    IGNORE_STATUS(error_note(ST_DEADLOCK, SQLSTATE_DEADLOCK_DETECTED, "deadlock detected"));
    if (told) error_detail(error_current(), "%.*s", STR_ARG(str_peek(&report.text)));
    error_hint(error_current(), "See server log for query details.");
    if (arena) arena_drop(arena);
}

bool lock__is_deadlock(LockSession *session, const LockOptions *options)
{
    if (!find_cycle(session)) return false;
    if (reorder(session)) return false;
    if (!find_cycle(session)) return false;
    note_deadlock(session, options);
    return true;
}
