/* SPDX-License-Identifier: Apache-2.0 */
/* arena.c - memory by moving a pointer.
 *
 * An arena owns a list of chunks, newest first, each about twice as large as the one before up to CHUNK_BYTES_MAX, and
 * hands out the newest one's memory from `at` to `end`. The Arena itself stands in its first chunk, so that a new arena
 * is one allocation. An allocation that would take most of a fresh chunk gets a chunk of its own (a "big"), which can
 * grow by realloc. Of what a rewind or reset frees, the largest chunk stays as `spare`: a temporary arena that is reset
 * for every batch asks the system for nothing once it is warm.
 *
 * (AR1) at <= end, both within chunks->data; memory in [at, end) is poisoned under ASan
 * (AR2) chunks is never NULL and its last element holds the Arena
 * (AR3) the account is charged with the whole of every chunk, spare included
 * (AR4) children are listed newest first, their `number` falling
 * (AR5) bigs up to the number `imaged_bigs` stay where they are: an image knows them by address */
#include "base/arena.h"

#include "base/account_internal.h"
#include "base/arena_internal.h"
#include "base/arith.h"
#include "base/error.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(at, bytes) ASAN_POISON_MEMORY_REGION((at), (bytes))
#define UNPOISON(at, bytes) ASAN_UNPOISON_MEMORY_REGION((at), (bytes))
#define RED_ZONE 16
#else
#define POISON(at, bytes) ((void)(at), (void)(bytes))
#define UNPOISON(at, bytes) ((void)(at), (void)(bytes))
#define RED_ZONE 0
#endif

#ifdef TUSK_TEST
enum { FILL_FRESH = 0xa5, FILL_RELEASED = 0xdb, FILL_BYTES_MOST = 64 << 10 };
/* Large memory at both ends alone: to fill what is made for the worst case and hardly used takes longer than to use
 * it. */
static void fill(void *at, int byte, size_t bytes)
{
    size_t piece = MIN(bytes, (size_t)FILL_BYTES_MOST);
    memset(at, byte, piece);
    if (bytes > piece) {
        piece = MIN(bytes - piece, piece);
        memset((char *)at + bytes - piece, byte, piece);
    }
}
#define FILL(at, byte, bytes) fill((at), (byte), (bytes))
#else
#define FILL(at, byte, bytes) ((void)(at), (void)(bytes))
#endif

enum {
    CHUNK_BYTES_FIRST = 1024,
    CHUNK_BYTES_MAX = 1 << 20,
    BIG_BYTES_LEAST = 4096, /* smaller ones never get a chunk of their own */
};

typedef struct Chunk {
    struct Chunk *older;
    size_t bytes;    /* with this header */
    size_t filled;   /* up to where it was handed out; of the newest chunk, see Arena.at */
    uint64_t number; /* of a big: order of creation within its arena, from 1 */
    alignas(ARENA_ALIGNMENT) char data[];
} Chunk;
static_assert(sizeof(Chunk) == 32, "chunk header keeps the alignment");

/* What a reset looks at comes first: most find an arena that another session's work has driven out of the caches. */
struct Arena {
    char *at, *end;
    char *last; /* newest allocation in the newest chunk, or NULL: it can grow in place */
    Chunk *chunks, *bigs;
    Arena *newest_child;
    uint64_t imaged_bigs, bigs_made, children_made;
    Chunk *spare;
    size_t next_chunk_bytes;
    const char *name;
    Account *account;
    Arena *parent;
    Arena *newer, *older; /* siblings */
    uint64_t number;      /* among the parent's children */
    Holding holding;      /* of a root, or where the account is not the parent's */
};

static size_t own_bytes(void)
{
    return ALIGN_UP(sizeof(Arena), (size_t)ARENA_ALIGNMENT);
}

/* ---- making and dropping ---- */

static void free_chunk(Account *account, Chunk *chunk)
{
    UNPOISON(chunk->data, chunk->bytes - sizeof(Chunk));
    FILL(chunk->data, FILL_RELEASED, chunk->bytes - sizeof(Chunk));
    account__free(account, chunk, chunk->bytes);
}

static void start_chunk(Arena *arena, Chunk *chunk, size_t filled)
{
    arena->chunks = chunk;
    arena->at = chunk->data + filled;
    arena->end = (char *)chunk + chunk->bytes;
    arena->last = NULL;
    POISON(arena->at, (size_t)(arena->end - arena->at));
}

static void drop_held(Holding *holding)
{
    arena_drop(CONTAINER_OF(holding, Arena, holding));
}

static Arena *make(Arena *parent, Account *account, const char *name, size_t first_bytes)
{
    ASSERT(account != NULL);
    Chunk *chunk = account__alloc(account, first_bytes);
    if (!chunk) return NULL;
    *chunk = (Chunk){.bytes = first_bytes};
    Arena *arena = (Arena *)(void *)chunk->data;
    *arena = (Arena){.name = name,
                     .account = account,
                     .parent = parent,
                     .next_chunk_bytes = 2 * first_bytes};
    start_chunk(arena, chunk, own_bytes());
    if (parent) {
        arena->number = ++parent->children_made;
        arena->older = parent->newest_child;
        if (arena->older) arena->older->newer = arena;
        parent->newest_child = arena;
    }
    if (!parent || parent->account != account) account__hold(account, &arena->holding, drop_held);
    return arena;
}

static _Noreturn void raise_no_memory(const char *name, size_t bytes)
{
    error_raise(error_detail(error_message(error_begin(SQLSTATE_OUT_OF_MEMORY), "out of memory"),
                             "Failed on request of size %zu in memory context \"%s\".", bytes,
                             name));
}

Arena *arena__try_new_sized(Account *account, const char *name, size_t first_bytes)
{
    ASSERT(first_bytes >= sizeof(Chunk) + own_bytes() && first_bytes % ARENA_ALIGNMENT == 0);
    return make(NULL, account, name, first_bytes);
}

Arena *arena_try_new(Account *account, const char *name)
{
    return make(NULL, account, name, CHUNK_BYTES_FIRST);
}

Arena *arena_new(Account *account, const char *name)
{
    Arena *arena = arena_try_new(account, name);
    if (!arena) raise_no_memory(name, CHUNK_BYTES_FIRST);
    return arena;
}

Arena *arena_try_new_child_of(Arena *parent, Account *account, const char *name)
{
    return make(parent, account, name, CHUNK_BYTES_FIRST);
}

Arena *arena_try_new_child(Arena *parent, const char *name)
{
    return make(parent, parent->account, name, CHUNK_BYTES_FIRST);
}

Arena *arena_new_child(Arena *parent, const char *name)
{
    Arena *arena = arena_try_new_child(parent, name);
    if (!arena) raise_no_memory(name, CHUNK_BYTES_FIRST);
    return arena;
}

static void drop_childless(Arena *arena)
{
    if (arena->parent) {
        if (arena->newer)
            arena->newer->older = arena->older;
        else
            arena->parent->newest_child = arena->older;
        if (arena->older) arena->older->newer = arena->newer;
    }
    account__let_go(&arena->holding);
    Account *account = arena->account;
    Chunk *lists[] = {arena->bigs, arena->spare, arena->chunks}; /* the last one holds the arena */
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        for (Chunk *chunk = lists[i], *older; chunk; chunk = older) {
            older = chunk->older;
            free_chunk(account, chunk);
        }
    }
}

/* Without recursion: nothing bounds how deep arenas nest. */
static void drop_children_since(Arena *arena, uint64_t children_made)
{
    while (arena->newest_child && arena->newest_child->number > children_made) {
        Arena *leaf = arena->newest_child;
        while (leaf->newest_child) leaf = leaf->newest_child;
        drop_childless(leaf);
    }
}

void arena_drop(Arena *arena)
{
    drop_children_since(arena, 0);
    drop_childless(arena);
}

/* ---- going back ---- */

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){
        .chunk = arena->chunks,
        .offset = (size_t)(arena->at - arena->chunks->data),
        .bigs_made = arena->bigs_made,
        .children_made = arena->children_made,
    };
}

static void retire_chunk(Arena *arena, Chunk *chunk)
{
    chunk->older = NULL;
    if (arena->spare && arena->spare->bytes >= chunk->bytes) {
        free_chunk(arena->account, chunk);
        return;
    }
    if (arena->spare) free_chunk(arena->account, arena->spare);
    UNPOISON(chunk->data, chunk->bytes - sizeof(Chunk));
    FILL(chunk->data, FILL_RELEASED, chunk->bytes - sizeof(Chunk));
    POISON(chunk->data, chunk->bytes - sizeof(Chunk));
    arena->spare = chunk;
}

/* To a mark, in pieces: as one, made just before, its memory is written in eight bytes and read in sixteen, which the
 * processor does only when all that was written before has arrived. */
static inline void rewind_to(Arena *arena, Chunk *to_chunk, size_t offset, uint64_t bigs_made,
                             uint64_t children_made)
{
    drop_children_since(arena, children_made);
    while (arena->bigs && arena->bigs->number > bigs_made) {
        Chunk *big = arena->bigs;
        arena->bigs = big->older;
        free_chunk(arena->account, big);
    }
    while (arena->chunks != to_chunk) {
        Chunk *chunk = arena->chunks;
        ASSERT(chunk->older != NULL); /* else the mark is of another arena, or older than a reset */
        arena->chunks = chunk->older;
        arena->at = arena->chunks->data + arena->chunks->filled;
        retire_chunk(arena, chunk);
    }
    char *to = arena->chunks->data + offset;
    ASSERT(to <= arena->at);
    UNPOISON(to, (size_t)(arena->at - to));
    FILL(to, FILL_RELEASED, (size_t)(arena->at - to));
    start_chunk(arena, arena->chunks, offset);
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
    rewind_to(arena, mark.chunk, mark.offset, mark.bigs_made, mark.children_made);
}

void arena_reset(Arena *arena)
{
    Chunk *first = (Chunk *)(void *)((char *)arena - offsetof(Chunk, data));
    arena->imaged_bigs = 0;
    rewind_to(arena, first, own_bytes(), 0, 0);
}

/* ---- images ---- */

typedef struct ImagePiece {
    char *at;
    size_t bytes;
    char *copy;
} ImagePiece;

struct ArenaImage {
    ArenaMark mark; /* behind the image */
    uint32_t piece_count;
    ImagePiece pieces[];
};

/* The pieces of memory handed out before the image, to `pieces` unless it is NULL. */
static uint32_t find_pieces(Arena *arena, ImagePiece *pieces)
{
    uint32_t count = 0;
    size_t filled = (size_t)(arena->at - arena->chunks->data);
    for (Chunk *chunk = arena->chunks; chunk; chunk = chunk->older) {
        const size_t from = chunk->older ? 0 : own_bytes();
        if (chunk != arena->chunks) filled = chunk->filled;
        if (pieces) pieces[count] = (ImagePiece){chunk->data + from, filled - from, NULL};
        count++;
    }
    for (Chunk *big = arena->bigs; big; big = big->older) {
        if (pieces) pieces[count] = (ImagePiece){big->data, big->filled, NULL};
        count++;
    }
    return count;
}

ArenaImage *arena_image(Arena *arena)
{
    enum { CHUNKS_MORE = 1 }; /* the list may need one itself */
    const uint32_t count = find_pieces(arena, NULL);
    ImagePiece *found = arena_alloc_array(arena, count + CHUNKS_MORE, sizeof *found);
    const uint32_t pieces = find_pieces(arena, found);
    ASSERT(pieces <= count + CHUNKS_MORE);
    arena->imaged_bigs = arena->bigs_made;
    ArenaImage *image = arena_alloc(arena, sizeof *image + pieces * sizeof *found);
    image->piece_count = pieces;
    for (uint32_t i = 0; i < pieces; i++) {
        UNPOISON(found[i].at, found[i].bytes);
        image->pieces[i] = found[i];
        image->pieces[i].copy = arena_copy(arena, found[i].at, found[i].bytes);
    }
    image->mark = arena_mark(arena);
    for (const Arena *child = arena->newest_child; child; child = child->older)
        ASSERT(arena_used(child) == 0);
    return image;
}

void arena_put_back(Arena *arena, const ArenaImage *image)
{
    arena_rewind(arena, image->mark);
    for (Arena *child = arena->newest_child; child; child = child->older) arena_reset(child);
    for (uint32_t i = 0; i < image->piece_count; i++)
        memcpy(image->pieces[i].at, image->pieces[i].copy, image->pieces[i].bytes);
}

/* ---- handing out ---- */

static size_t room_for(size_t bytes)
{
    return ALIGN_UP(MAX(bytes, (size_t)1), (size_t)ARENA_ALIGNMENT) + RED_ZONE;
}

/* `space` bytes (whole of room_for) of the newest chunk, which has them. */
static inline void *take(Arena *arena, size_t bytes, size_t space)
{
    char *memory = arena->at;
    arena->at += space;
    arena->last = memory;
    UNPOISON(memory, bytes);
    FILL(memory, FILL_FRESH, bytes);
    return memory;
}

static void *take_big(Arena *arena, size_t bytes, size_t space)
{
    size_t chunk_bytes = sizeof(Chunk) + space;
    Chunk *big = account__alloc(arena->account, chunk_bytes);
    if (!big) return NULL;
    *big = (Chunk){.older = arena->bigs,
                   .bytes = chunk_bytes,
                   .filled = space,
                   .number = ++arena->bigs_made};
    arena->bigs = big;
    FILL(big->data, FILL_FRESH, bytes);
    POISON(big->data + bytes, space - bytes);
    return big->data;
}

static __attribute__((noinline)) void *alloc_slow(Arena *arena, size_t bytes)
{
    if (bytes > PTRDIFF_MAX) return NULL;
    size_t space = room_for(bytes);
    size_t chunk_bytes = arena->next_chunk_bytes;
    Chunk *spare = arena->spare;
    if (spare && spare->bytes - sizeof(Chunk) >= space) {
        arena->spare = NULL;
    } else {
        if (space >= BIG_BYTES_LEAST && space > chunk_bytes / 2)
            return take_big(arena, bytes, space);
        while (chunk_bytes < space + sizeof(Chunk)) chunk_bytes *= 2;
        spare = account__alloc(arena->account, chunk_bytes);
        /* Near a limit a chunk of the right size may still be had. */
        if (!spare && chunk_bytes > space + sizeof(Chunk)) {
            chunk_bytes = space + sizeof(Chunk);
            spare = account__alloc(arena->account, chunk_bytes);
        }
        if (!spare) return NULL;
        *spare = (Chunk){.bytes = chunk_bytes};
        arena->next_chunk_bytes = MIN(MAX(arena->next_chunk_bytes, 2 * chunk_bytes),
                                      (size_t)CHUNK_BYTES_MAX);
    }
    arena->chunks->filled = (size_t)(arena->at - arena->chunks->data);
    spare->older = arena->chunks;
    start_chunk(arena, spare, 0);
    return take(arena, bytes, space);
}

void *arena_try_alloc(Arena *arena, size_t bytes)
{
    size_t left = (size_t)(arena->end - arena->at);
    /* The first test also keeps room_for from overflowing. */
    if (LIKELY(bytes <= left)) {
        size_t space = room_for(bytes);
        if (LIKELY(space <= left)) return take(arena, bytes, space);
    }
    return alloc_slow(arena, bytes);
}

size_t arena__room(const Arena *arena)
{
    size_t left = (size_t)(arena->end - arena->at);
    size_t room = left & ~(size_t)(ARENA_ALIGNMENT - 1);
    return room > RED_ZONE ? room - RED_ZONE : 0;
}

void *arena_try_alloc_zero(Arena *arena, size_t bytes)
{
    void *memory = arena_try_alloc(arena, bytes);
    return memory ? memset(memory, 0, bytes) : NULL;
}

static void *grow_big(Arena *arena, size_t old_bytes, size_t new_bytes)
{
    Chunk *big = arena->bigs;
    size_t space = room_for(new_bytes);
    size_t chunk_bytes = sizeof(Chunk) + space;
    if (chunk_bytes > big->bytes) {
        UNPOISON(big->data, big->bytes - sizeof(Chunk));
        Chunk *grown = account__realloc(arena->account, big, big->bytes, chunk_bytes);
        if (!grown) {
            POISON(big->data + old_bytes, big->bytes - sizeof(Chunk) - old_bytes);
            return NULL;
        }
        grown->bytes = chunk_bytes;
        grown->filled = space;
        arena->bigs = big = grown;
    }
    UNPOISON(big->data, new_bytes);
    POISON(big->data + new_bytes, big->bytes - sizeof(Chunk) - new_bytes);
    FILL(big->data + old_bytes, FILL_FRESH, new_bytes - old_bytes);
    return big->data;
}

void *arena_try_grow(Arena *arena, void *old, size_t old_bytes, size_t new_bytes)
{
    if (!old) return arena_try_alloc(arena, new_bytes);
    if (new_bytes <= old_bytes) return old;
    if (new_bytes > PTRDIFF_MAX) return NULL;
    if (arena->bigs && old == arena->bigs->data && arena->bigs->number > arena->imaged_bigs)
        return grow_big(arena, old_bytes, new_bytes);
    if (old == arena->last) {
        size_t space = room_for(new_bytes);
        if (space <= (size_t)(arena->end - arena->last)) {
            arena->at = arena->last + space;
            UNPOISON(arena->last, new_bytes);
            FILL(arena->last + old_bytes, FILL_FRESH, new_bytes - old_bytes);
            return old;
        }
    }
    void *memory = arena_try_alloc(arena, new_bytes);
    if (!memory) return NULL;
    memcpy(memory, old, old_bytes);
    return memory;
}

void *arena_alloc(Arena *arena, size_t bytes)
{
    void *memory = arena_try_alloc(arena, bytes);
    if (UNLIKELY(!memory)) raise_no_memory(arena->name, bytes);
    return memory;
}

void *arena_alloc_zero(Arena *arena, size_t bytes)
{
    return memset(arena_alloc(arena, bytes), 0, bytes);
}

void *arena_alloc_array(Arena *arena, size_t count, size_t item_bytes)
{
    return arena_alloc(arena, size_mul(count, item_bytes));
}

void *arena_alloc_array_zero(Arena *arena, size_t count, size_t item_bytes)
{
    return arena_alloc_zero(arena, size_mul(count, item_bytes));
}

void *arena_grow(Arena *arena, void *old, size_t old_bytes, size_t new_bytes)
{
    void *memory = arena_try_grow(arena, old, old_bytes, new_bytes);
    if (UNLIKELY(!memory)) raise_no_memory(arena->name, new_bytes);
    return memory;
}

void *arena_copy(Arena *arena, const void *data, size_t bytes)
{
    void *memory = arena_alloc(arena, bytes);
    if (bytes > 0) memcpy(memory, data, bytes);
    return memory;
}

/* ---- looking ---- */

/* The next of `top`'s family in an order that has parents first; NULL at the end. */
static const Arena *next_in_family(const Arena *top, const Arena *arena, int *depth)
{
    if (arena->newest_child) {
        ++*depth;
        return arena->newest_child;
    }
    for (; arena != top; arena = arena->parent, --*depth)
        if (arena->older) return arena->older;
    return NULL;
}

void arena_visit(const Arena *arena, void (*visit)(void *arg, const Arena *arena, int depth),
                 void *arg)
{
    int depth = 0;
    for (const Arena *one = arena; one; one = next_in_family(arena, one, &depth))
        visit(arg, one, depth);
}

static void add_used(void *arg, const Arena *arena, int depth)
{
    size_t used = (size_t)(arena->at - arena->chunks->data);
    (void)depth;
    for (const Chunk *chunk = arena->chunks->older; chunk; chunk = chunk->older)
        used += chunk->filled;
    for (const Chunk *big = arena->bigs; big; big = big->older) used += big->filled;
    *(size_t *)arg += used - own_bytes();
}

static void add_held(void *arg, const Arena *arena, int depth)
{
    size_t held = arena->spare ? arena->spare->bytes : 0;
    (void)depth;
    for (const Chunk *chunk = arena->chunks; chunk; chunk = chunk->older) held += chunk->bytes;
    for (const Chunk *big = arena->bigs; big; big = big->older) held += big->bytes;
    *(size_t *)arg += held;
}

size_t arena_used(const Arena *arena)
{
    size_t used = 0;
    arena_visit(arena, add_used, &used);
    return used;
}

size_t arena_held(const Arena *arena)
{
    size_t held = 0;
    arena_visit(arena, add_held, &held);
    return held;
}

const char *arena_name(const Arena *arena)
{
    return arena->name;
}

Account *arena_account(const Arena *arena)
{
    return arena->account;
}
