/* SPDX-License-Identifier: Apache-2.0 */
/* scope.h - whatever must be given back and is not memory belongs to a scope: pins, files, locks, tasks, arenas with a
 * life of their own. A scope gives its things back in reverse order when the block ends, and when a raise passes
 * through it.
 *
 *     SCOPED(scope);
 *     File *file = ...; scope_add(scope, close_file, file);
 *
 * Releases must not raise. */
#pragma once

#include "base/base.h"

typedef struct Account Account;
typedef void (*ScopeRelease)(void *object);
typedef struct ScopeItem {
    ScopeRelease release;
    void *object;
} ScopeItem;

enum { SCOPE_ITEMS_INLINE = 6 };

typedef struct Scope {
    struct Scope *outer;
    struct ScopeBlock *blocks; /* items beyond the inline ones, newest block first */
    uint32_t inline_count;
    ScopeItem items[SCOPE_ITEMS_INLINE];
} Scope;

/* `name` is a Scope * that is left at the end of the enclosing block. */
#define SCOPED(name) \
    Scope *name __attribute__((cleanup(scope_leave_pointer), unused)) = scope_enter(&(Scope){0})

Scope *scope_enter(Scope *storage);
void scope_leave(Scope *scope); /* must be the task's innermost */
void scope_leave_pointer(Scope **scope);

/* Gives `object` to the scope. When no memory is left to note it, releases it at once and raises 53200. */
void scope_add(Scope *scope, ScopeRelease release, void *object);
/* Takes the newest entry for `object` back out without releasing it; false when there is none. */
bool scope_forget(Scope *scope, const void *object);
/* Releases the newest entry for `object` now. It must be there. */
void scope_release(Scope *scope, const void *object);
uint32_t scope_count(const Scope *scope);

/* An arena dropped with the scope. */
Arena *scope_arena(Scope *scope, Account *account, const char *name);
