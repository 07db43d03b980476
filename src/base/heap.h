/* SPDX-License-Identifier: Apache-2.0 */
/* heap.h - memory given back piece by piece, for the few things shared by tasks whose lives have no common end (cache
 * entries, sessions, lock objects). Everything else uses arenas. Thread-safe; charged to an account, dropped with
 * it. */
#pragma once

#include "base/account.h"
#include "base/base.h"

typedef struct Heap Heap;

Heap *heap_try_new(Account *account, const char *name); /* NULL: out of memory */
void heap_drop(Heap *heap);                             /* and every piece still in it */

void *heap_try_alloc(Heap *heap, size_t bytes); /* zeroed, 16-byte aligned; NULL: out of memory */
void heap_free(Heap *heap, void *piece);        /* NULL is allowed */
size_t heap_piece_count(const Heap *heap);
const char *heap_name(const Heap *heap);
