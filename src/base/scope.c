/* SPDX-License-Identifier: Apache-2.0 */
/* scope.c - what a block must give back, in the order in which it was taken.
 *
 * The first few items stand in the Scope itself, later ones in blocks. An item is out of the scope before its release
 * runs, so a release that is interrupted by the end of the process is never run twice.
 *
 * (SC1) blocks, newest first, hold the newer items, and none of them is empty; inline items are the oldest
 * (SC2) task->scopes lists exactly the scopes entered and not left, innermost first */
#include "base/scope.h"

#include "base/account_internal.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/task.h"

enum { BLOCK_ITEMS = 30 };

typedef struct ScopeBlock {
    struct ScopeBlock *older;
    Account *account;
    uint32_t count;
    ScopeItem items[BLOCK_ITEMS];
} ScopeBlock;

Scope *scope_enter(Scope *storage)
{
    Task *task = task_self();
    ASSERT(task != NULL);
    *storage = (Scope){.outer = task->scopes};
    task->scopes = storage;
    return storage;
}

/* Interrupts wait: a release must run to its end. */
static void release_item(ScopeItem item)
{
    Task *task = task_self();
    task->scope_releasing++;
    task->interrupts_held++;
    item.release(item.object);
    task->interrupts_held--;
    task->scope_releasing--;
}

static void free_block(ScopeBlock **link)
{
    ScopeBlock *block = *link;
    *link = block->older;
    account__free(block->account, block, sizeof *block);
}

void scope_leave(Scope *scope)
{
    Task *task = task_self();
    ASSERT(task->scopes == scope);
    while (scope->blocks) {
        ScopeBlock *block = scope->blocks;
        ScopeItem item = block->items[--block->count];
        if (block->count == 0) free_block(&scope->blocks);
        release_item(item);
    }
    while (scope->inline_count > 0) release_item(scope->items[--scope->inline_count]);
    task->scopes = scope->outer;
}

void scope_leave_pointer(Scope **scope)
{
    scope_leave(*scope);
}

void scope_add(Scope *scope, ScopeRelease release, void *object)
{
    ScopeItem item = {release, object};
    ScopeBlock *block = scope->blocks;
    if (!block && scope->inline_count < SCOPE_ITEMS_INLINE) {
        scope->items[scope->inline_count++] = item;
        return;
    }
    if (!block || block->count == BLOCK_ITEMS) {
        Account *account = task_self()->account;
        block = account__alloc(account, sizeof *block);
        if (!block) {
            release_item(item);
            raise_error(SQLSTATE_OUT_OF_MEMORY, "out of memory");
        }
        block->older = scope->blocks;
        block->account = account;
        block->count = 0;
        scope->blocks = block;
    }
    block->items[block->count++] = item;
}

/* Takes the newest entry for `object` out of `items`. */
static bool take_from(ScopeItem *items, uint32_t *count, const void *object, ScopeItem *item)
{
    for (uint32_t i = *count; i-- > 0;) {
        if (items[i].object != object) continue;
        *item = items[i];
        memmove(&items[i], &items[i + 1], (*count - i - 1) * sizeof items[0]);
        --*count;
        return true;
    }
    return false;
}

static bool take_item(Scope *scope, const void *object, ScopeItem *item)
{
    for (ScopeBlock **link = &scope->blocks; *link; link = &(*link)->older) {
        if (!take_from((*link)->items, &(*link)->count, object, item)) continue;
        if ((*link)->count == 0) free_block(link);
        return true;
    }
    return take_from(scope->items, &scope->inline_count, object, item);
}

bool scope_forget(Scope *scope, const void *object)
{
    ScopeItem item;
    return take_item(scope, object, &item);
}

void scope_release(Scope *scope, const void *object)
{
    ScopeItem item;
    if (NEVER(!take_item(scope, object, &item))) return;
    release_item(item);
}

uint32_t scope_count(const Scope *scope)
{
    uint32_t count = scope->inline_count;
    for (const ScopeBlock *block = scope->blocks; block; block = block->older)
        count += block->count;
    return count;
}

static void drop_arena(void *arena)
{
    arena_drop(arena);
}

Arena *scope_arena(Scope *scope, Account *account, const char *name)
{
    Arena *arena = arena_new(account, name);
    scope_add(scope, drop_arena, arena);
    return arena;
}
