/* SPDX-License-Identifier: Apache-2.0 */
/* account_internal.h - for base only: memory from the system, charged to an account, and the list by which an account
 * drops what it holds. Nobody but account.c calls the system's allocator. */
#pragma once

#include "base/account.h"
#include "base/task.h"

/* A lock for a handful of instructions: base has no others. Nothing is taken, allocated or raised under it. */
typedef struct Spin {
    _Atomic uint32_t taken;
} Spin;
void spin__lock(Spin *spin, void (*yield)(void));
void spin__unlock(Spin *spin);
void (*account__yield(const Account *account))(void);

/* Charged memory, aligned to 16 bytes; NULL when refused or when the system has none. */
void *account__alloc(Account *account, size_t bytes);
/* NULL: `old` is as it was. */
void *account__realloc(Account *account, void *old, size_t old_bytes, size_t new_bytes);
void account__free(Account *account, void *memory, size_t bytes);

/* Gives back what the task keeps of freed chunks; it keeps none from then on. */
void account__end_keeping(Task *task);

/* An arena or heap in its account's list. `drop` takes it apart; it finds itself already out of the list. */
typedef struct Holding {
    struct Holding *newer, *older;
    Account *account; /* NULL: in no list */
    void (*drop)(struct Holding *holding);
} Holding;
void account__hold(Account *account, Holding *holding, void (*drop)(Holding *holding));
void account__let_go(Holding *holding);
