/* SPDX-License-Identifier: Apache-2.0 */
/* arena_internal.h - for base only: arenas whose first chunk is large enough to live on when memory has ended. */
#pragma once

#include "base/arena.h"

/* `first_bytes`: of the first chunk, which the arena keeps until it is dropped. */
Arena *arena__try_new_sized(Account *account, const char *name, size_t first_bytes);
/* What the next arena_try_alloc gets in any case. */
size_t arena__room(const Arena *arena);
