/* SPDX-License-Identifier: Apache-2.0 */
/* sim_memory.c - memory for the simulated hardware: pieces of a few size classes cut from mapped chunks and reused by
 * class.
 *
 * Not base's heaps: those can be made to fail, and a test that lets the third allocation fail means the database's, not
 * the disk's under it. Freed pieces are poisoned under ASan. */
#include "os/sim_internal.h"

#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#define SIM_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIM_ASAN 1
#endif
#endif
#ifdef SIM_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(memory, bytes) ((void)(memory), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(memory, bytes) ((void)(memory), (void)(bytes))
#endif

enum { CHUNK_BYTES = 1 << 20, CLASS_LEAST = 32, CLASS_LARGE = 255 };

struct SimPiece { /* stands before the bytes handed out */
    SimPiece *next;
    uint32_t class;
    uint32_t unused;
};
static_assert(sizeof(SimPiece) == 16, "pieces stay aligned to 16 bytes");
typedef struct SimChunk {
    struct SimChunk *next;
    size_t bytes;
} SimChunk;
typedef struct SimLarge {
    struct SimLarge *next, *previous;
    size_t bytes; /* mapped */
    size_t unused;
    SimPiece piece;
} SimLarge;

/* 32, 48, 64, 96, 128, ... bytes. */
static size_t class_bytes(uint32_t class)
{
    return class % 2 ? (size_t)(CLASS_LEAST + CLASS_LEAST / 2) << (class / 2)
                     : (size_t)CLASS_LEAST << (class / 2);
}

void *sim__pages_map(size_t bytes, bool reserve_only)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | (reserve_only ? MAP_NORESERVE : 0);
    void *pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
    return pages == MAP_FAILED ? NULL : pages;
}

void sim__pages_unmap(void *pages, size_t bytes)
{
    ASAN_UNPOISON_MEMORY_REGION(pages, bytes);
    munmap(pages, bytes);
}

static void *pages_or_stop(size_t bytes)
{
    void *pages = sim__pages_map(bytes, false);
    if (!pages) assert_failed("memory for the simulated machine", __FILE__, __LINE__);
    return pages;
}

static void *alloc_large(SimHeap *heap, size_t bytes)
{
    size_t mapped = ALIGN_UP(sizeof(SimLarge) + bytes, (size_t)SIM_BLOCK_BYTES);
    SimLarge *large = pages_or_stop(mapped);
    large->bytes = mapped;
    large->piece.class = CLASS_LARGE;
    large->next = heap->large;
    if (heap->large) heap->large->previous = large;
    heap->large = large;
    return &large->piece + 1;
}

static SimPiece *cut_piece(SimHeap *heap, size_t bytes)
{
    if (heap->left < bytes) {
        SimChunk *chunk = pages_or_stop(CHUNK_BYTES);
        chunk->bytes = CHUNK_BYTES;
        chunk->next = heap->chunks;
        heap->chunks = chunk;
        heap->next = (char *)(chunk + 1);
        heap->left = CHUNK_BYTES - sizeof(SimChunk);
    }
    SimPiece *piece = (SimPiece *)heap->next;
    heap->next += bytes;
    heap->left -= bytes;
    return piece;
}

void *sim__alloc_raw(SimHeap *heap, size_t bytes)
{
    uint32_t class = 0;
    while (class < SIM_HEAP_CLASSES && class_bytes(class) < bytes) class ++;
    if (class == SIM_HEAP_CLASSES) return alloc_large(heap, bytes);
    SimPiece *piece = heap->free[class];
    if (piece)
        heap->free[class] = piece->next;
    else
        piece = cut_piece(heap, sizeof(SimPiece) + class_bytes(class));
    piece->class = class;
    ASAN_UNPOISON_MEMORY_REGION(piece + 1, class_bytes(class));
    return piece + 1;
}

void *sim__alloc(SimHeap *heap, size_t bytes)
{
    void *piece = sim__alloc_raw(heap, bytes);
    memset(piece, 0, bytes);
    return piece;
}

void sim__free(SimHeap *heap, void *memory)
{
    if (!memory) return;
    SimPiece *piece = (SimPiece *)memory - 1;
    if (piece->class == CLASS_LARGE) {
        SimLarge *large = CONTAINER_OF(piece, SimLarge, piece);
        if (large->next) large->next->previous = large->previous;
        if (large->previous)
            large->previous->next = large->next;
        else
            heap->large = large->next;
        sim__pages_unmap(large, large->bytes);
        return;
    }
    ASSERT(piece->class < SIM_HEAP_CLASSES);
    piece->next = heap->free[piece->class];
    heap->free[piece->class] = piece;
    ASAN_POISON_MEMORY_REGION(memory, class_bytes(piece->class));
}

void *sim__grow_array(SimHeap *heap, void *items, uint32_t *capacity, uint32_t needed,
                      size_t item_bytes)
{
    if (needed <= *capacity) return items;
    uint32_t larger = MAX(MAX(16U, *capacity * 2), needed);
    void *grown = sim__alloc(heap, larger * item_bytes);
    if (items) memcpy(grown, items, *capacity * item_bytes);
    sim__free(heap, items);
    *capacity = larger;
    return grown;
}

char *sim__copy_text(SimHeap *heap, const char *text, size_t bytes)
{
    char *copy = sim__alloc_raw(heap, bytes + 1);
    memcpy(copy, text, bytes);
    copy[bytes] = 0;
    return copy;
}

void sim__heap_release(SimHeap *heap)
{
    for (SimLarge *large = heap->large, *next; large; large = next) {
        next = large->next;
        sim__pages_unmap(large, large->bytes);
    }
    for (SimChunk *chunk = heap->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        sim__pages_unmap(chunk, chunk->bytes);
    }
    *heap = (SimHeap){0};
}
