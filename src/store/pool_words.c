/* SPDX-License-Identifier: Apache-2.0 */
/* pool_words.c - the state words: found by arithmetic, made at first touch, given back to the system by the 4 KiB.
 *
 * A space has a list of leaves, each the words of 4 GiB of pages: reserved address space of which the system backs
 * what is touched. Leaves are never unmapped before the pool is closed, so a pointer to a word is good for ever; what
 * comes and goes is the memory behind a chunk of 512 words (P1), once more chunks are touched than a share of the
 * frames. */
#include "store/pool_internal.h"

/* A slab of reserved address space, for closing. */
typedef struct SlabRecord {
    struct SlabRecord *next;
    void *memory;
} SlabRecord;

enum { SLAB_BYTES = POOL__SLAB_LEAVES * POOL__LEAF_WORDS * sizeof(Word) };

/* Empty chunks beyond so many touched ones are given back: 4 KiB each, against 16 KiB a frame. */
static uint64_t chunks_kept(const Pool *pool)
{
    return pool->frame_count / 32;
}

Status pool__words_open(Pool *pool)
{
    mutex_init(&pool->words_mutex, RANK_FRAME_POOL);
    for (uint32_t i = 0; i < POOL__GATES; i++) mutex_init(&pool->gates[i], RANK_FRAME_POOL);
    return OK;
}

void pool__words_close(Pool *pool)
{
    for (SlabRecord *slab = pool->slabs; slab != NULL; slab = slab->next) {
        os_memory_unmap(slab->memory, SLAB_BYTES);
    }
    pool->slabs = NULL;
}

static Status slab_take(Pool *pool, Word **words)
{
    if (pool->slab_left == 0) {
        SlabRecord *record = heap_try_alloc(pool->heap, sizeof *record);
        if (record == NULL) return ST_NO_MEMORY;
        Status status = os_memory_reserve(SLAB_BYTES, &record->memory);
        if (status != OK) {
            heap_free(pool->heap, record);
            return status;
        }
        record->next = pool->slabs;
        pool->slabs = record;
        pool->slab = record->memory;
        pool->slab_left = POOL__SLAB_LEAVES;
    }
    *words = pool->slab;
    pool->slab += POOL__LEAF_WORDS;
    pool->slab_left--;
    return OK;
}

/* The space's entry, made when absent. words_mutex is held, here and below. */
static Status space_make(Pool *pool, uint32_t number, SpaceWords **words)
{
    _Atomic(SpaceFan *) *fan_slot = &pool->spaces[number / POOL__SPACE_FAN];
    SpaceFan *fan = atomic_load(fan_slot);
    if (fan == NULL) {
        fan = heap_try_alloc(pool->heap, sizeof *fan);
        if (fan == NULL) return ST_NO_MEMORY;
        atomic_store(fan_slot, fan);
    }
    _Atomic(SpaceWords *) *slot = &fan->spaces[number % POOL__SPACE_FAN];
    *words = atomic_load(slot);
    if (*words != NULL) return OK;
    SpaceWords *made = heap_try_alloc(pool->heap, sizeof *made);
    WordRoot *root = heap_try_alloc(pool->heap, sizeof *root + sizeof root->leaves[0]);
    if (made == NULL || root == NULL) return ST_NO_MEMORY;
    root->count = 1;
    atomic_store(&made->root, root);
    atomic_store(slot, made);
    *words = made;
    return OK;
}

static Status root_make(Pool *pool, SpaceWords *words, uint64_t leaf, WordRoot **root)
{
    WordRoot *old = atomic_load(&words->root);
    *root = old;
    if (leaf < old->count) return OK;
    uint64_t count = old->count;
    while (count <= leaf) count *= 2;
    WordRoot *made = heap_try_alloc(pool->heap, sizeof *made + count * sizeof made->leaves[0]);
    if (made == NULL) return ST_NO_MEMORY;
    made->count = (uint32_t)count;
    for (uint32_t i = 0; i < old->count; i++) {
        atomic_store(&made->leaves[i], atomic_load(&old->leaves[i]));
    }
    atomic_store(&words->root, made);
    *root = made;
    return OK;
}

static Status leaf_make(Pool *pool, PageId page)
{
    SpaceWords *words;
    WordRoot *root;
    uint64_t at = page_number(page) / POOL__LEAF_WORDS;
    TRY(space_make(pool, page_space(page).v, &words));
    TRY(root_make(pool, words, at, &root));
    if (atomic_load(&root->leaves[at]) != NULL) return OK;
    WordLeaf *leaf = heap_try_alloc(pool->heap, sizeof *leaf);
    if (leaf == NULL) return ST_NO_MEMORY;
    Status status = slab_take(pool, &leaf->words);
    if (status != OK) {
        heap_free(pool->heap, leaf);
        return status;
    }
    atomic_store(&root->leaves[at], leaf);
    return OK;
}

Status pool__word_make(Pool *pool, PageId page, Word **word)
{
    *word = pool__word_find(pool, page);
    if (*word != NULL) return OK;
    mutex_lock(&pool->words_mutex);
    Status status = leaf_make(pool, page);
    mutex_unlock(&pool->words_mutex);
    *word = pool__word_find(pool, page);
    return status;
}

/* The chunk of a page whose word exists. */
static WordChunk *chunk_of(const Pool *pool, PageId page)
{
    uint32_t space = page_space(page).v;
    SpaceFan *fan = atomic_load(&pool->spaces[space / POOL__SPACE_FAN]);
    WordRoot *root = atomic_load(&atomic_load(&fan->spaces[space % POOL__SPACE_FAN])->root);
    WordLeaf *leaf = atomic_load(&root->leaves[page_number(page) / POOL__LEAF_WORDS]);
    return &leaf->chunks[page_number(page) % POOL__LEAF_WORDS / POOL__CHUNK_WORDS];
}

static Mutex *gate_of(Pool *pool, PageId page)
{
    return &pool->gates[hash_u64(page.v / POOL__CHUNK_WORDS) % POOL__GATES];
}

bool pool__word_claim(Pool *pool, PageId page, Word *word, uint32_t frame, uint64_t flags)
{
    Mutex *gate = gate_of(pool, page);
    WordChunk *chunk = chunk_of(pool, page);
    mutex_lock(gate);
    uint64_t seen = atomic_load(word);
    bool absent = word_is_absent(seen);
    if (absent) {
        ASSERT((seen & ~WORD_VERSION_MASK) == 0);
        uint64_t version = seen != 0 ? seen : chunk->version_base * WORD_VERSION_ONE;
        pool__frame_own(pool, frame, page, word);
        atomic_store(word, version | WORD_LATCH_MASK | flags | (frame + 1));
        chunk->resident++;
        if (!chunk->touched) {
            chunk->touched = true;
            atomic_fetch_add(&pool->chunks_touched, 1);
        }
    }
    mutex_unlock(gate);
    return absent;
}

/* The gate is held and no word of the chunk is present. */
static void chunk_discard(Pool *pool, WordChunk *chunk, Word *words)
{
    uint64_t highest = 0;
    for (uint32_t i = 0; i < POOL__CHUNK_WORDS; i++) {
        uint64_t word = atomic_load(&words[i]);
        ASSERT(word_is_absent(word));
        highest = MAX(highest, word / WORD_VERSION_ONE);
    }
    MARK("words of pages far from memory are given back");
    chunk->version_base = (uint32_t)MAX(highest + 1, chunk->version_base);
    chunk->touched = false;
    atomic_fetch_sub(&pool->chunks_touched, 1);
    os_memory_discard(words, POOL__CHUNK_WORDS * sizeof(Word));
}

void pool__word_drop(Pool *pool, PageId page, Word *word, bool changed)
{
    Mutex *gate = gate_of(pool, page);
    WordChunk *chunk = chunk_of(pool, page);
    mutex_lock(gate);
    uint64_t seen = atomic_load(word);
    ASSERT((seen & WORD_LATCH_MASK) == WORD_LATCH_MASK);
    uint64_t absent = (seen & WORD_VERSION_MASK) + (changed ? WORD_VERSION_ONE : 0);
    seen = atomic_exchange(word, absent);
    ASSERT(chunk->resident > 0);
    if (--chunk->resident == 0 && atomic_load(&pool->chunks_touched) > chunks_kept(pool)) {
        chunk_discard(pool, chunk, word - page_number(page) % POOL__CHUNK_WORDS);
    }
    mutex_unlock(gate);
    if ((seen & WORD_WAITED) != 0) pool__wake(pool, page, true);
}
