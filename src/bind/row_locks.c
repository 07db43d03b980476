/* SPDX-License-Identifier: Apache-2.0 */
/* row_locks.c - FOR UPDATE and kin: which tables of FROM they lock. A sub-query or a view that is locked has all of its
 * tables locked, to any depth; those locks are `pushed_down`: they are not written out, and do not keep the sub-query
 * from dissolving. A WITH query stays as it is. */
#include "bind/bind_internal.h"

const char *bind_lock_text(QLockStrength strength)
{
    static const char *const texts[] = {[Q_ROWLOCK_KEY_SHARE] = "FOR KEY SHARE",
                                        [Q_ROWLOCK_SHARE] = "FOR SHARE",
                                        [Q_ROWLOCK_NO_KEY_UPDATE] = "FOR NO KEY UPDATE",
                                        [Q_ROWLOCK_UPDATE] = "FOR UPDATE"};
    return texts[strength];
}

void bind_check_lockable(const QQuery *query, QLockStrength strength)
{
    const char *with = query->set_operation    ? "UNION/INTERSECT/EXCEPT"
                       : query->distinct.count ? "DISTINCT clause"
                       : query->group_by.count || query->grouping_sets.count ? "GROUP BY clause"
                       : query->having                                       ? "HAVING clause"
                       : query->has_aggregates                               ? "aggregate functions"
                       : query->has_windows                                  ? "window functions"
                       : query->has_set_functions ? "set-returning functions in the target list"
                                                  : NULL;
    if (with)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s is not allowed with %s",
                    bind_lock_text(strength), with);
}

/* What FOR UPDATE cannot lock, when named; NULL: it can. */
static const char *unlockable(const QTable *table)
{
    switch (table->table) {
    case Q_RTE_RELATION:
    case Q_RTE_SUBQUERY: return NULL;
    case Q_RTE_JOIN: return "a join";
    case Q_RTE_FUNCTION: return "a function";
    case Q_RTE_TABLE_FUNCTION: return "a table function";
    case Q_RTE_VALUES: return "VALUES";
    case Q_RTE_CTE: return "a WITH query";
    case Q_RTE_NAMED_TUPLES: return "a named tuplestore";
    case Q_RTE_RESULT:
    case Q_RTE_GROUP: return "this";
    }
    UNREACHABLE();
}

static void lock_inside(const Bind *bind, QQuery *query, const QRowLock *lock, bool of_view);

static void lock_table(const Bind *bind, QQuery *query, const QRowLock *wanted, bool of_view)
{
    QTable *table = query->tables.items[wanted->table - 1];
    query->has_for_update |= !wanted->pushed_down;
    if (table->table == Q_RTE_RELATION) {
        table->permissions |= PRIV_SELECT | PRIV_UPDATE;
        table->lock = MAX(table->lock, LOCK_ROW_SHARE);
    }
    if (table->table == Q_RTE_SUBQUERY && table->query)
        lock_inside(bind, table->query, wanted, of_view);
    for (uint32_t i = 0; i < query->locks.count; i++) {
        QRowLock *lock = query->locks.items[i];
        if (lock->table != wanted->table) continue;
        /* The stronger of two, and NOWAIT before SKIP LOCKED. */
        lock->strength = MAX(lock->strength, wanted->strength);
        lock->wait = MAX(lock->wait, wanted->wait);
        lock->pushed_down &= wanted->pushed_down;
        return;
    }
    QRowLock **items = ARENA_ARRAY(bind->arena, QRowLock *, query->locks.count + 1);
    if (query->locks.count) memcpy(items, query->locks.items, query->locks.count * sizeof(*items));
    items[query->locks.count] = query_copy(bind->arena, wanted);
    query->locks = (QRowLockList){items, query->locks.count + 1};
}

static bool is_lockable(const QTable *table)
{
    return table->in_from && !unlockable(table);
}

static void lock_all(const Bind *bind, QQuery *query, QRowLock lock, bool of_view)
{
    for (lock.table = 1; lock.table <= query->tables.count; lock.table++)
        if (is_lockable(query->tables.items[lock.table - 1]))
            lock_table(bind, query, &lock, of_view);
}

/* A view's set operation gives no rows to lock; but its members' relations are locked as for that. */
static void lock_members(QQuery *query)
{
    task_check_stack();
    for (uint32_t i = 0; i < query->tables.count; i++) {
        QTable *table = query->tables.items[i];
        if (table->table == Q_RTE_RELATION) table->lock = MAX(table->lock, LOCK_ROW_SHARE);
        if (table->table == Q_RTE_SUBQUERY && table->query) lock_members(table->query);
    }
}

static void lock_inside(const Bind *bind, QQuery *query, const QRowLock *lock, bool of_view)
{
    QRowLock inside = *lock;
    bool any = false;
    task_check_stack();
    for (uint32_t i = 0; i < query->tables.count; i++) any |= is_lockable(query->tables.items[i]);
    /* Of a view what cannot be locked is left as it is, or refused when it is planned; a sub-query is refused here. */
    if (of_view && query->set_operation) lock_members(query);
    if (of_view && (query->set_operation || !any)) return;
    if (!of_view) bind_check_lockable(query, lock->strength);
    inside.pushed_down = true;
    lock_all(bind, query, inside, of_view);
}

void bind__lock_view(const Bind *bind, QQuery *query, const QRowLock *lock)
{
    lock_inside(bind, query, lock, true);
}

static void lock_named(Level *level, QRowLock lock, const AstRangeVar *name)
{
    const Bind *bind = level->bind;
    const char *text = bind_lock_text(lock.strength);
    if (name->schema.data || name->catalog.data)
        bind__raise(bind, SYNTAX_ERROR, name->location,
                    "%s must specify unqualified relation names", text);
    for (uint32_t i = 0; i < level->tables.count; i++) {
        const QTable *table = level->tables.items[i];
        if (!table->in_from || !str_equal(table->name, name->name)) continue;
        const char *what = unlockable(table);
        if (what && table->table == Q_RTE_JOIN && !table->alias.data) continue;
        if (what)
            bind__raise(bind, FEATURE_NOT_SUPPORTED, name->location, "%s cannot be applied to %s",
                        text, what);
        lock.table = i + 1;
        lock_table(bind, level->query, &lock, false);
        return;
    }
    bind__raise(bind, UNDEFINED_TABLE, name->location,
                "relation \"%.*s\" in %s clause not found in FROM clause", STR_ARG(name->name),
                text);
}

void bind__locks(Level *level, const AstLockClauseList *locks)
{
    for (uint32_t i = 0; i < locks->count; i++) {
        const AstLockClause *clause = locks->items[i];
        QRowLock lock = {.kind = Q_ROW_LOCK,
                         .strength = (QLockStrength)(clause->strength + 1),
                         .wait = (QLockWait)clause->wait};
        bind_check_lockable(level->query, lock.strength);
        if (clause->tables.count == 0) lock_all(level->bind, level->query, lock, false);
        for (uint32_t j = 0; j < clause->tables.count; j++)
            lock_named(level, lock, clause->tables.items[j]);
    }
}
