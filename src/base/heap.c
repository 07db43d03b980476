/* SPDX-License-Identifier: Apache-2.0 */
/* heap.c - pieces from the system's allocator, each behind a header that links it into one of the heap's lists, so that
 * the heap can be dropped whole. The lists are several, chosen by the number of the allocating task, so that tasks
 * rarely meet at a lock. */
#include "base/heap.h"

#include "base/account_internal.h"
#include "base/task.h"

enum { HEAP_LISTS = 8, PIECE_LIVE = 0x11fe, PIECE_DEAD = 0xdead };

typedef struct Piece {
    struct Piece *newer, *older;
    size_t bytes; /* with this header */
    uint32_t list;
    uint32_t state; /* PIECE_LIVE or PIECE_DEAD */
} Piece;
static_assert(sizeof(Piece) % 16 == 0, "a piece keeps the alignment");

typedef struct PieceList {
    alignas(64) Spin lock;
    Piece *newest;
    size_t count;
} PieceList;

struct Heap {
    PieceList lists[HEAP_LISTS];
    Account *account;
    void *memory; /* as the system gave it: this heap stands at its first cache line */
    size_t memory_bytes;
    const char *name;
    Holding holding;
};

static void drop_held(Holding *holding)
{
    heap_drop(CONTAINER_OF(holding, Heap, holding));
}

Heap *heap_try_new(Account *account, const char *name)
{
    size_t bytes = sizeof(Heap) + alignof(Heap);
    void *memory = account__alloc(account, bytes);
    if (!memory) return NULL;
    Heap *heap = (Heap *)ALIGN_UP((uintptr_t)memory, (uintptr_t)alignof(Heap));
    memset(heap, 0, sizeof *heap);
    heap->account = account;
    heap->memory = memory;
    heap->memory_bytes = bytes;
    heap->name = name;
    account__hold(account, &heap->holding, drop_held);
    return heap;
}

void heap_drop(Heap *heap)
{
    account__let_go(&heap->holding);
    for (uint32_t i = 0; i < HEAP_LISTS; i++) {
        for (Piece *piece = heap->lists[i].newest, *older; piece; piece = older) {
            older = piece->older;
            account__free(heap->account, piece, piece->bytes);
        }
    }
    account__free(heap->account, heap->memory, heap->memory_bytes);
}

void *heap_try_alloc(Heap *heap, size_t bytes)
{
    if (bytes > PTRDIFF_MAX) return NULL;
    size_t whole = sizeof(Piece) + bytes;
    Piece *piece = account__alloc(heap->account, whole);
    if (!piece) return NULL;
    memset(piece, 0, whole);
    const Task *task = task_self();
    piece->bytes = whole;
    piece->state = PIECE_LIVE;
    piece->list = task ? (uint32_t)(task->number % HEAP_LISTS) : 0;
    PieceList *list = &heap->lists[piece->list];
    spin__lock(&list->lock, account__yield(heap->account));
    piece->older = list->newest;
    if (piece->older) piece->older->newer = piece;
    list->newest = piece;
    list->count++;
    spin__unlock(&list->lock);
    return piece + 1;
}

void heap_free(Heap *heap, void *memory)
{
    if (!memory) return;
    Piece *piece = (Piece *)memory - 1;
    ASSERT(piece->state == PIECE_LIVE);
    PieceList *list = &heap->lists[piece->list];
    spin__lock(&list->lock, account__yield(heap->account));
    if (piece->newer)
        piece->newer->older = piece->older;
    else
        list->newest = piece->older;
    if (piece->older) piece->older->newer = piece->newer;
    list->count--;
    spin__unlock(&list->lock);
    piece->state = PIECE_DEAD;
#ifdef TUSK_TEST
    memset(memory, 0xdb, piece->bytes - sizeof(Piece));
#endif
    account__free(heap->account, piece, piece->bytes);
}

size_t heap_piece_count(const Heap *heap)
{
    size_t count = 0;
    for (uint32_t i = 0; i < HEAP_LISTS; i++) {
        PieceList *list = (PieceList *)&heap->lists[i]; /* const but for its lock */
        spin__lock(&list->lock, account__yield(heap->account));
        count += list->count;
        spin__unlock(&list->lock);
    }
    return count;
}

const char *heap_name(const Heap *heap)
{
    return heap->name;
}
