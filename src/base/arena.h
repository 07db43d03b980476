/* SPDX-License-Identifier: Apache-2.0 */
/* arena.h - memory by lifetime. An arena hands out memory by moving a pointer through chunks and gives all of it back
 * at once, when it is reset or dropped, or when its parent is. One arena is used by one task at a time.
 *
 * Released memory is poisoned under ASan and filled with a pattern in test builds. All memory is aligned to 16
 * bytes. */
#pragma once

#include "base/account.h"
#include "base/base.h"

enum { ARENA_ALIGNMENT = 16 };

/* An arena that stands alone, charged to `account`; `name` is static text. Raises 53200; the try form gives NULL. */
Arena *arena_new(Account *account, const char *name);
Arena *arena_try_new(Account *account, const char *name);
/* An arena that lives at most as long as `parent` and charges the same account. Raises 53200. */
Arena *arena_new_child(Arena *parent, const char *name);
Arena *arena_try_new_child(Arena *parent, const char *name);
/* A child that charges an account of its own (under the parent's), e.g. an operator's work_mem. */
Arena *arena_try_new_child_of(Arena *parent, Account *account, const char *name);

/* Gives back everything allocated and drops all children; keeps the first and the largest chunk (1 MiB at most) for
 * reuse. */
void arena_reset(Arena *arena);
/* Gives back everything and the arena itself. */
void arena_drop(Arena *arena);

/* Memory with indeterminate contents. `bytes` may be 0 (the pointer is then unique enough to compare with NULL). Raise
 * 53200. */
void *arena_alloc(Arena *arena, size_t bytes);
void *arena_alloc_zero(Arena *arena, size_t bytes);
void *arena_alloc_array(Arena *arena, size_t count, size_t item_bytes);
void *arena_alloc_array_zero(Arena *arena, size_t count, size_t item_bytes);
/* Grows (in place when `old` was the last allocation) or copies. `old` may be NULL with old_bytes 0. Raises 53200. */
void *arena_grow(Arena *arena, void *old, size_t old_bytes, size_t new_bytes);
void *arena_copy(Arena *arena, const void *data, size_t bytes);

/* For the floors that return Status: NULL when memory is out. */
void *arena_try_alloc(Arena *arena, size_t bytes);
void *arena_try_alloc_zero(Arena *arena, size_t bytes);
void *arena_try_grow(Arena *arena, void *old, size_t old_bytes, size_t new_bytes);

#define ARENA_NEW(arena, Type) ((Type *)arena_alloc_zero((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, count) \
    ((Type *)arena_alloc_array_zero((arena), (count), sizeof(Type)))
#define ARENA_TRY_NEW(arena, Type) ((Type *)arena_try_alloc_zero((arena), sizeof(Type)))

/* A place to come back to: arena_rewind gives back all that was allocated since, and drops children made since. What
 * was older and has been grown since is not to be used any more. */
typedef struct {
    void *chunk;
    size_t offset;
    uint64_t bigs_made, children_made;
} ArenaMark;
ArenaMark arena_mark(const Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);

/* What has been handed out so far, with its contents, to be put back as often as wanted: of what costs more to make
 * than to copy. Children made before stay as they are, empty at the image and again when it is put back. The image lies
 * in the arena itself, whose reset ends it; what was handed out before may not be grown afterwards. There is one image
 * at a time. Raises 53200. */
typedef struct ArenaImage ArenaImage;
ArenaImage *arena_image(Arena *arena);
void arena_put_back(Arena *arena, const ArenaImage *image);

/* `arena` and its children: bytes handed out (with padding), and bytes held from the system. */
size_t arena_used(const Arena *arena);
size_t arena_held(const Arena *arena);
const char *arena_name(const Arena *arena);
Account *arena_account(const Arena *arena);
/* Calls `visit` for the arena and each below it, parents first. */
void arena_visit(const Arena *arena, void (*visit)(void *arg, const Arena *arena, int depth),
                 void *arg);
