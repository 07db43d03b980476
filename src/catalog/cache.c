/* SPDX-License-Identifier: Apache-2.0 */
/* cache.c - entries shared by all sessions, and what a statement holds of them.
 *
 * Idea: an entry is immutable and carries the generation of its key from before its rows were read. Keys share an
 * array of generations by their hash: two keys of one slot are forgotten together, which costs a look and nothing else.
 * Whoever changed an object raises its generation before his locks go (K2); so an entry is good exactly when its
 * generation is the slot's, and an entry read before a change cannot be published after it (K1).
 * (X1) an entry in a bucket is counted once for the cache, and once for each view that holds it.
 * (X2) rows are read, and entries released, without a shard's lock. */
#include "catalog/catalog_internal.h"

#include "base/hash.h"
#include "base/scope.h"

uint64_t cat__key_hash(const CatKey *key)
{
    const uint64_t parts[2] = {(uint64_t)key->database << 32 | key->class_, key->oid};
    return hash_bytes(parts, sizeof parts, key->name.bytes ? hash_str(key->name) : 0);
}

void cat__cache_init(CatCache *cache)
{
    for (uint32_t i = 0; i < CACHE_SHARDS; i++) mutex_init(&cache->shards[i], RANK_CATALOG);
}

static Mutex *shard_of(CatCache *cache, uint64_t hash)
{
    return &cache->shards[hash % CACHE_BUCKETS % CACHE_SHARDS];
}

uint64_t cat__generation(CatCache *cache, uint64_t hash)
{
    return atomic_load(&cache->generations[hash % GENERATIONS]);
}

/* What it has besides its arena. */
static void release_contents(void *object)
{
    CatEntry *entry = object;
    for (CatExpr *e = entry->exprs; e; e = e->next) {
        void *slot = atomic_load(&e->slot);
        if (slot && e->slot_release) e->slot_release(slot);
    }
    if (entry->release) entry->release(entry);
}

static void entry_free(CatEntry *entry)
{
    release_contents(entry);
    arena_drop(entry->arena);
}

void cat_entry_hold(CatEntry *entry)
{
    if (entry->arena) atomic_fetch_add(&entry->references, 1);
}

void cat_entry_let_go(CatEntry *entry)
{
    if (!entry->arena) return;
    const uint32_t before = atomic_fetch_sub(&entry->references, 1);
    ASSERT(before > 0);
    if (before == 1) entry_free(entry);
}

static bool entry_is(const CatEntry *entry, uint64_t hash, const CatKey *key)
{
    return entry->hash == hash && entry->oid == key->oid && entry->class_ == key->class_ &&
           entry->database == key->database && str_equal(entry->name, key->name);
}

/* Takes the entries of the hash that fail `key` or are stale out of their bucket, to a list of the caller's; gives the
 * good one, held. The shard is locked. */
static CatEntry *bucket_find(CatCache *cache, uint64_t hash, const CatKey *key, CatEntry **stale)
{
    CatEntry *found = NULL;
    const uint64_t generation = cat__generation(cache, hash);
    for (CatEntry **at = &cache->buckets[hash % CACHE_BUCKETS]; *at;) {
        CatEntry *entry = *at;
        if (entry->hash == hash && entry->generation != generation) {
            *at = entry->next;
            entry->next = *stale;
            *stale = entry;
            continue;
        }
        if (key && entry_is(entry, hash, key)) found = entry;
        at = &entry->next;
    }
    if (found) atomic_fetch_add(&found->references, 1);
    return found;
}

static void let_go_list(CatCache *cache, CatEntry *list)
{
    while (list) {
        CatEntry *entry = list;
        list = entry->next;
        atomic_fetch_sub(&cache->count, 1);
        cat_entry_let_go(entry);
    }
}

void cat__cache_invalidate(CatCache *cache, uint64_t hash)
{
    CatEntry *stale = NULL;
    atomic_fetch_add(&cache->generations[hash % GENERATIONS], 1);
    mutex_lock(shard_of(cache, hash));
    (void)bucket_find(cache, hash, NULL, &stale);
    mutex_unlock(shard_of(cache, hash));
    let_go_list(cache, stale);
}

void cat__cache_clear(CatCache *cache)
{
    for (uint32_t b = 0; b < CACHE_BUCKETS; b++) {
        Mutex *lock = &cache->shards[b % CACHE_SHARDS];
        mutex_lock(lock);
        CatEntry *list = cache->buckets[b];
        cache->buckets[b] = NULL;
        mutex_unlock(lock);
        let_go_list(cache, list);
    }
}

void cat__cache_invalidate_all(CatCache *cache)
{
    for (uint32_t i = 0; i < GENERATIONS; i++) atomic_fetch_add(&cache->generations[i], 1);
    cat__cache_clear(cache);
}

void cat__cache_forget_database(CatCache *cache, Oid database)
{
    for (uint32_t b = 0; b < CACHE_BUCKETS; b++) {
        CatEntry *gone = NULL;
        Mutex *lock = &cache->shards[b % CACHE_SHARDS];
        mutex_lock(lock);
        for (CatEntry **at = &cache->buckets[b]; *at;) {
            CatEntry *entry = *at;
            if (entry->database != database) {
                at = &entry->next;
                continue;
            }
            *at = entry->next;
            entry->next = gone;
            gone = entry;
        }
        mutex_unlock(lock);
        let_go_list(cache, gone);
    }
}

/* ---- one view's entries */

/* Room in view->held is reserved: nothing raises between the count and its place there. */
static void keep(CatalogView *view, CatEntry *entry)
{
    ASSERT(view->held.count < view->held.capacity);
    view->held.items[view->held.count++] = entry;
}

/* A new entry with one reference, the caller's; NULL: no such object. */
static CatEntry *load_entry(CatalogView *view, const CatKey *key, uint64_t hash,
                            uint64_t generation, CatLoad load)
{
    SCOPED(scope);
    Arena *arena = scope_arena(scope, view->catalog->account, "catalog entry");
    CatEntry *entry = load(view, arena, key);
    if (!entry) return NULL;
    scope_add(scope, release_contents, entry);
    entry->class_ = key->class_;
    entry->oid = key->oid;
    entry->database = key->database;
    entry->name = str_copy(arena, key->name);
    entry->hash = hash;
    entry->generation = generation;
    entry->arena = arena;
    atomic_init(&entry->references, 1);
    array_reserve(&view->held, view->held.count + 1); /* for keep; loading may have used the room */
    (void)scope_forget(scope, entry);
    (void)scope_forget(scope, arena);
    return entry;
}

/* Puts the entry where others find it, if its object is as it was. */
static void publish(CatCache *cache, CatEntry *entry)
{
    CatEntry *stale = NULL;
    const CatKey key = {entry->database, entry->class_, entry->oid, entry->name};
    if (atomic_load(&cache->count) >= CACHE_ENTRIES_MAX) cat__cache_clear(cache);
    Mutex *lock = shard_of(cache, entry->hash);
    mutex_lock(lock);
    CatEntry *other = bucket_find(cache, entry->hash, &key, &stale);
    if (!other && entry->generation == cat__generation(cache, entry->hash)) {
        atomic_fetch_add(&entry->references, 1);
        entry->next = cache->buckets[entry->hash % CACHE_BUCKETS];
        cache->buckets[entry->hash % CACHE_BUCKETS] = entry;
        atomic_fetch_add(&cache->count, 1);
    }
    mutex_unlock(lock);
    let_go_list(cache, stale);
    if (other) cat_entry_let_go(other);
}

static const CatEntry *own_entry(CatalogView *view, const CatKey *key, uint64_t hash, CatLoad load)
{
    CatEntry **known = map_find(&view->overlay, &hash);
    if (known) return *known;
    CatEntry *entry = load_entry(view, key, hash, 0, load);
    if (!entry) return NULL;
    keep(view, entry);
    *(CatEntry **)map_put(&view->overlay, &hash, NULL) = entry;
    cat_entry_hold(entry);
    return entry;
}

const CatEntry *cat__entry(CatalogView *view, const CatKey *key, CatLoad load)
{
    CatCache *cache = view->catalog->cache;
    const uint64_t hash = cat__key_hash(key);
    array_reserve(&view->held, view->held.count + 1);
    if (map_find(&view->written, &hash)) return own_entry(view, key, hash, load);
    const uint64_t generation = cat__generation(cache, hash);
    CatEntry **known = map_find(&view->given, &hash);
    if (known && (*known)->generation == generation && entry_is(*known, hash, key)) return *known;
    CatEntry *stale = NULL;
    Mutex *lock = shard_of(cache, hash);
    mutex_lock(lock);
    CatEntry *entry = bucket_find(cache, hash, key, &stale);
    mutex_unlock(lock);
    let_go_list(cache, stale);
    if (!entry) {
        entry = load_entry(view, key, hash, generation, load);
        if (!entry) return NULL;
        publish(cache, entry);
    }
    keep(view, entry);
    *(CatEntry **)map_put(&view->given, &hash, NULL) = entry;
    return entry;
}

bool cat_entry_is_current(CatalogView *view, const CatEntry *entry)
{
    if (!entry->arena) return true;
    const uint64_t hash = entry->hash;
    if (map_find(&view->written, &hash)) {
        CatEntry **known = map_find(&view->overlay, &hash);
        return known && *known == entry;
    }
    return entry->generation == cat__generation(view->catalog->cache, hash);
}
