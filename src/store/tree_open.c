/* SPDX-License-Identifier: Apache-2.0 */
/* tree_open.c - which trees there are and which are open: making, opening, layouts, attachments.
 *
 * Entries of a space's directory (numbers big-endian, so that they sort):
 *
 *     't' tree:5                         TreeEntry
 *     'l' tree:5 layout:4 part:2         a part of the layout's description; whole once the TreeEntry counts it
 *     'd' tree:5                         a dropped tree (tree_drop.c)
 *     's' tree:5                         a sequence cell (tree_directory.c)
 *
 * The directory's own root is named by the space's header; a space without entries has none.
 *
 * Open trees stand in a hash table by number and stay there, used or not, until they are dropped. Reading the directory
 * is done without the table's lock: a drop in between is seen by the count of drops. */
#include "store/tree_open.h"

#include "base/error.h"
#include "base/hash.h"
#include "store/pool_internal.h"
#include "store/space.h"
#include "store/tree_redo.h"

enum { LAYOUT_PART_BYTES = 2048, LAYOUT_LENGTH_BYTES = 4 };

/* --- keys of the directory --- */

Bytes tree__entry_key(TreeEntryKey *key, DirectoryEntry entry, TreeId id)
{
    uint64_t number = __builtin_bswap64(tree_number(id) << 24);
    key->bytes[0] = (uint8_t)entry;
    memcpy(key->bytes + 1, &number, 5);
    return (Bytes){key->bytes, TREE_ENTRY_KEY_BYTES};
}

TreeId tree__entry_id(SpaceId space, Bytes key)
{
    uint64_t number = 0;
    ASSERT(key.bytes >= TREE_ENTRY_KEY_BYTES);
    memcpy(&number, key.data + 1, 5);
    return tree_id(space, __builtin_bswap64(number) >> 24);
}

static Bytes layout_key(TreeEntryKey *key, TreeId id, uint32_t layout, uint32_t part)
{
    (void)tree__entry_key(key, DIRECTORY_LAYOUT, id);
    store_be32(key->bytes + TREE_ENTRY_KEY_BYTES, layout);
    store_be16(key->bytes + TREE_ENTRY_KEY_BYTES + 4, (uint16_t)part);
    return (Bytes){key->bytes, TREE_LAYOUT_KEY_BYTES};
}

Status tree__entry_read(SpaceId space, Bytes key, Bytes value, TreeEntry *entry)
{
    if (key.bytes != TREE_ENTRY_KEY_BYTES || value.bytes < sizeof *entry)
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "tree entry of the directory of space %" PRIu32 " is malformed", space.v);
    memcpy(entry, value.data, sizeof *entry);
    return OK;
}

static Status entry_get(Store *store, TreeId id, DirectoryEntry kind, TreeEntry *entry)
{
    TreeEntryKey key;
    Bytes value = {0};
    Arena *arena = arena_try_new(store->account, "tree entry");
    if (arena == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    Bytes name = tree__entry_key(&key, kind, id);
    Status status = directory__get(store, tree_space(id), name, arena, &value);
    if (status == OK) status = tree__entry_read(tree_space(id), name, value, entry);
    arena_drop(arena);
    return status;
}

static Status entry_put(Store *store, TreeId id, const TreeEntry *entry)
{
    TreeEntryKey key;
    return directory__put(store, tree_space(id), tree__entry_key(&key, DIRECTORY_TREE, id),
                          (Bytes){(const uint8_t *)entry, sizeof *entry});
}

/* --- the Tree itself --- */

static Status kind_ops(Store *store, TreeKind kind, const LeafOps **leaf, const LeafOps **inner)
{
    const StoreUpper *upper = store_upper(store);
    *inner = kind == TREE_TABLE ? &tree__inner_rowid : &tree__inner_bytes;
    switch (kind) {
    case TREE_DIRECTORY: *leaf = &tree__directory_leaf; return OK;
    case TREE_TABLE: *leaf = upper != NULL ? upper->leaf_table : NULL; break;
    case TREE_INDEX: *leaf = upper != NULL ? upper->leaf_index : NULL; break;
    }
    if (*leaf != NULL) return OK;
    return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                      "trees of kind %d have no leaves here", (int)kind);
}

static Status comparator_set(Tree *tree, uint32_t number)
{
    const StoreUpper *upper = store_upper(tree->store);
    tree->comparator = number;
    if (number == 0) return OK;
    if (tree->kind == TREE_TABLE || upper == NULL || number >= upper->comparator_count)
        return error_note(ST_UNSUPPORTED, SQLSTATE_FEATURE_NOT_SUPPORTED,
                          "there is no comparator %" PRIu32, number);
    tree->compare = upper->comparators[number];
    tree->compare_arg = upper->comparator_args != NULL ? upper->comparator_args[number] : NULL;
    return OK;
}

Status tree__new(Store *store, TreeId id, PageId root, const TreeOptions *options, Tree **result)
{
    Heap *heap = store->trees->heap;
    Tree *tree = heap_try_alloc(heap, sizeof *tree);
    if (tree == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    tree->store = store;
    tree->pool = store->pool;
    tree->id = id;
    tree->root = root;
    tree->words_first = root.v - page_number(root) % POOL__LEAF_WORDS;
    tree->kind = options->kind;
    tree->flags = options->flags;
    tree->tree_word = tree_number(id);
    mutex_init(&tree->layouts_add, RANK_TREE_LAYOUTS);
    Status status = kind_ops(store, options->kind, &tree->leaf, &tree->inner);
    if (status == OK) status = comparator_set(tree, options->comparator);
    if (status != OK) {
        heap_free(heap, tree);
        return status;
    }
    *result = tree;
    return OK;
}

void tree__free(Tree *tree)
{
    Heap *heap = tree->store->trees->heap;
    void *attachment = atomic_load(&tree->attachment);
    if (attachment != NULL) tree->attachment_release(attachment);
    LayoutList *list = atomic_load(&tree->layouts);
    for (uint32_t i = 0; list != NULL && i < atomic_load(&list->count); i++)
        heap_free(heap, list->layouts[i]);
    while (list != NULL) {
        LayoutList *older = list->older;
        heap_free(heap, list);
        list = older;
    }
    heap_free(heap, tree);
}

Status tree__root_make(Tree *tree, uint32_t layout)
{
    PageRef root;
    TRY(pool_reserve_frames(tree->pool, 1));
    Status status = tree__credit_take(tree, sizeof(RootPayload));
    if (status == OK) {
        status = pool_latch_new(tree->pool, tree->root, RANK_LATCH, &root);
        if (status != OK) tree__credit_return(tree, sizeof(RootPayload), (Lsn){0}, 0, 0);
    }
    if (status != OK) {
        pool_unreserve_frames(tree->pool, 1);
        return status;
    }
    page_format(root.data, (PageKind)tree->leaf->page_kind, page_number(tree->root),
                tree_number(tree->id), 0);
    if (tree->compare != NULL) ((PageHeader *)root.data)->flags = TREE_PAGE_COMPARED;
    tree->leaf->init(root.data, &TREE_KEY_LOWEST, &TREE_KEY_HIGHEST, layout);
    const RootPayload payload = {.tree_level = tree->tree_word,
                                 .layout = layout,
                                 .kind = tree->leaf->page_kind,
                                 .compared = tree->compare != NULL};
    const WalPart part = {&payload, sizeof payload};
    const PoolChange change = {&root, WAL_REF_FORMAT};
    Lsn lsn = pool_log(tree->pool, WAL_TREE_ROOT, XID_NONE, &change, 1, &part, 1,
                       !tree__is_logged(tree));
    pool_unlatch(&root);
    tree__credit_return(tree, sizeof payload, lsn, 1, sizeof payload);
    return OK;
}

/* --- directories --- */

static Tree *directory_listed(const Trees *trees, SpaceId space)
{
    Tree *tree = atomic_load_explicit(&trees->directories, memory_order_acquire);
    while (tree != NULL && tree_space(tree->id).v != space.v) tree = tree->next;
    return tree;
}

static Status directory_make(Store *store, SpaceId space, Tree **tree)
{
    const TreeOptions options = {.kind = TREE_DIRECTORY};
    uint64_t number;
    PageId root;
    TRY(space__next_tree(store, space, &number));
    TRY(space_take_page(store, tree_id(space, number), PAGE_NONE, SPACE_TAKE_WATCHED, &root));
    Status status = tree__new(store, tree_id(space, number), root, &options, tree);
    if (status == OK) {
        uint64_t root_number = page_number(root);
        status = tree__root_make(*tree, 0);
        if (status == OK)
            status = space__header_change(store, space, offsetof(SpaceHeader, directory_root),
                                          &root_number, sizeof root_number);
        if (status == OK) {
            space_page_settled(store, root);
            return OK;
        }
        tree__free(*tree);
    }
    /* Nobody knows the page: whatever giving it back says, the first failure is told. */
    IGNORE_STATUS(space_free_page(store, root));
    return status;
}

static Status directory_load(Store *store, SpaceId space, bool make, Tree **tree)
{
    SpaceHeader header;
    PageRef root;
    const TreeOptions options = {.kind = TREE_DIRECTORY};
    TRY(space__header(store, space, &header));
    if (header.directory_root == 0) return make ? directory_make(store, space, tree) : ST_NOT_FOUND;
    PageId id = page_id(space, header.directory_root);
    TRY(pool_latch(store->pool, id, (LatchOptions){LATCH_SHARED, RANK_LATCH, false}, &root));
    uint64_t number = page_tree(root.data);
    pool_unlatch(&root);
    return tree__new(store, tree_id(space, number), id, &options, tree);
}

Status tree__directory_of(Store *store, SpaceId space, bool make, Tree **tree)
{
    Trees *trees = store->trees;
    *tree = directory_listed(trees, space);
    if (LIKELY(*tree != NULL)) return OK;
    mutex_lock(&trees->directory_mutex);
    Status status = OK;
    *tree = directory_listed(trees, space);
    if (*tree == NULL) {
        status = directory_load(store, space, make, tree);
        if (status == OK) {
            (*tree)->next = atomic_load(&trees->directories);
            atomic_store_explicit(&trees->directories, *tree, memory_order_release);
        }
    }
    mutex_unlock(&trees->directory_mutex);
    return status;
}

/* --- layouts --- */

static LayoutList *layouts_of(const Tree *tree)
{
    return atomic_load_explicit(&tree->layouts, memory_order_acquire);
}

uint32_t tree_layout_count(const Tree *tree)
{
    LayoutList *list = layouts_of(tree);
    return list != NULL ? atomic_load_explicit(&list->count, memory_order_acquire) : 0;
}

Status tree_layout(Tree *tree, uint32_t number, Bytes *layout)
{
    LayoutList *list = layouts_of(tree);
    if (list == NULL || number >= atomic_load_explicit(&list->count, memory_order_acquire))
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                          "tree %" PRIu64 " of space %" PRIu32 " has no layout %" PRIu32,
                          tree_number(tree->id), tree_space(tree->id).v, number);
    *layout = (Bytes){list->layouts[number]->data, list->layouts[number]->bytes};
    return OK;
}

/* Room for one more. One task at a time; readers go on. Lists outgrown stay until the tree is freed. */
static Status layout_list_reserve(Tree *tree)
{
    LayoutList *list = layouts_of(tree);
    uint32_t count = tree_layout_count(tree);
    if (list != NULL && count < list->capacity) return OK;
    uint32_t capacity = MAX(2 * count, 2u);
    LayoutList *made = heap_try_alloc(tree->store->trees->heap,
                                      sizeof *made + capacity * sizeof made->layouts[0]);
    if (made == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    made->older = list;
    made->capacity = capacity;
    if (count != 0) memcpy(made->layouts, list->layouts, count * sizeof made->layouts[0]);
    atomic_store(&made->count, count);
    atomic_store_explicit(&tree->layouts, made, memory_order_release);
    return OK;
}

static Status layout_list_add(Tree *tree, Layout *layout)
{
    TRY(layout_list_reserve(tree));
    LayoutList *list = layouts_of(tree);
    uint32_t count = atomic_load(&list->count);
    list->layouts[count] = layout;
    atomic_store_explicit(&list->count, count + 1, memory_order_release);
    return OK;
}

static Status layout_new(Tree *tree, size_t bytes, Layout **layout)
{
    *layout = heap_try_alloc(tree->store->trees->heap, sizeof **layout + bytes);
    if (*layout == NULL) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    (*layout)->bytes = (uint32_t)bytes;
    return OK;
}

/* Its parts, durable and meaningless until the tree's entry counts the layout. The first begins with the length of the
 * whole, so that parts of a longer one which a crash left uncounted are told apart. */
static Status layout_put(Store *store, TreeId id, uint32_t number, Bytes layout)
{
    TreeEntryKey key;
    uint8_t piece[LAYOUT_LENGTH_BYTES + LAYOUT_PART_BYTES];
    if (layout.bytes > TREE_LAYOUT_BYTES_MAX)
        return error_note(ST_FULL, SQLSTATE_PROGRAM_LIMIT_EXCEEDED,
                          "table layout of %zu bytes is too long", layout.bytes);
    size_t at = 0;
    for (uint32_t part = 0; part == 0 || at < layout.bytes; part++) {
        size_t head = part == 0 ? LAYOUT_LENGTH_BYTES : 0;
        size_t bytes = MIN(layout.bytes - at, (size_t)LAYOUT_PART_BYTES);
        if (part == 0) store_le32(piece, (uint32_t)layout.bytes);
        if (bytes != 0) memcpy(piece + head, layout.data + at, bytes);
        TRY(directory__put(store, tree_space(id), layout_key(&key, id, number, part),
                           (Bytes){piece, head + bytes}));
        at += bytes;
    }
    return OK;
}

static Status layout_add(Tree *tree, uint32_t number, Bytes description, Layout **layout)
{
    TreeEntry entry;
    TRY(layout_new(tree, description.bytes, layout));
    if (description.bytes != 0) memcpy((*layout)->data, description.data, description.bytes);
    TRY(entry_get(tree->store, tree->id, DIRECTORY_TREE, &entry));
    ASSERT(entry.layout_count == number);
    TRY(layout_list_reserve(tree));
    TRY(layout_put(tree->store, tree->id, number, description));
    entry.layout_count = number + 1;
    return entry_put(tree->store, tree->id, &entry);
}

Status tree_add_layout(Tree *tree, Bytes description, uint32_t *number)
{
    Layout *layout = NULL;
    mutex_lock(&tree->layouts_add);
    *number = tree_layout_count(tree);
    Status status = layout_add(tree, *number, description, &layout);
    if (status == OK) status = layout_list_add(tree, layout);
    if (status != OK) heap_free(tree->store->trees->heap, layout);
    mutex_unlock(&tree->layouts_add);
    return status;
}

typedef struct LayoutLoad {
    Tree *tree;
    uint32_t count; /* that the entry says */
    Layout *layout; /* being put together; NULL: none */
    uint32_t filled, part;
} LayoutLoad;

static Status layout_malformed(const Tree *tree, uint32_t number)
{
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "layout %" PRIu32 " of tree %" PRIu64 " of space %" PRIu32 " is malformed",
                      number, tree_number(tree->id), tree_space(tree->id).v);
}

static Status layout_load_begin(LayoutLoad *load, uint32_t number, Bytes *value)
{
    uint32_t bytes = value->bytes >= LAYOUT_LENGTH_BYTES ? load_le32(value->data) : UINT32_MAX;
    if (load->layout != NULL || number != tree_layout_count(load->tree) ||
        bytes > TREE_LAYOUT_BYTES_MAX)
        return layout_malformed(load->tree, number);
    TRY(layout_new(load->tree, bytes, &load->layout));
    load->filled = load->part = 0;
    *value = (Bytes){value->data + LAYOUT_LENGTH_BYTES, value->bytes - LAYOUT_LENGTH_BYTES};
    return OK;
}

static Status layout_load_part(void *arg, Bytes key, Bytes value)
{
    LayoutLoad *load = arg;
    if (key.bytes != TREE_LAYOUT_KEY_BYTES) return layout_malformed(load->tree, 0);
    uint32_t number = load_be32(key.data + TREE_ENTRY_KEY_BYTES);
    uint32_t part = load_be16(key.data + TREE_ENTRY_KEY_BYTES + 4);
    if (number >= load->count) return OK; /* never counted: a crash came first */
    if (part == 0) TRY(layout_load_begin(load, number, &value));
    if (load->layout == NULL) return OK; /* of a longer one, likewise */
    if (part != load->part++ || value.bytes > load->layout->bytes - load->filled)
        return layout_malformed(load->tree, number);
    if (value.bytes != 0) memcpy(load->layout->data + load->filled, value.data, value.bytes);
    load->filled += (uint32_t)value.bytes;
    if (load->filled < load->layout->bytes) return OK;
    TRY(layout_list_add(load->tree, load->layout));
    load->layout = NULL;
    return OK;
}

static Status layouts_load(Tree *tree, uint32_t count)
{
    TreeEntryKey key;
    LayoutLoad load = {.tree = tree, .count = count};
    Bytes prefix = tree__entry_key(&key, DIRECTORY_LAYOUT, tree->id);
    Status status = directory__scan(tree->store, tree_space(tree->id), prefix, layout_load_part,
                                    &load);
    heap_free(tree->store->trees->heap, load.layout);
    TRY(status);
    if (tree_layout_count(tree) == count) return OK;
    return layout_malformed(tree, tree_layout_count(tree));
}

/* --- making and opening --- */

Status tree_number_take(Store *store, SpaceId space, TreeId *id)
{
    uint64_t number;
    TRY(space__next_tree(store, space, &number));
    *id = tree_id(space, number);
    return OK;
}

Status tree_create(Store *store, TreeId id, const TreeOptions *options)
{
    PageId root;
    Tree *tree;
    ASSERT(options->kind == TREE_TABLE || options->kind == TREE_INDEX);
    ASSERT(((options->flags & TREE_TEMP) != 0) == (tree_space(id).v == SPACE_TEMP.v));
    /* Also an unlogged one's is watched until the directory has it: the emptying comes later. */
    uint32_t take = tree__take_flags(id, options->flags) | SPACE_TAKE_WATCHED;
    TRY(space_take_page(store, id, PAGE_NONE, take, &root));
    Status status = tree__new(store, id, root, options, &tree);
    if (status == OK) {
        status = tree__root_make(tree, 0);
        tree__free(tree);
        if (status == OK) status = layout_put(store, id, 0, options->layout);
    }
    const TreeEntry entry = {.kind = (uint8_t)options->kind,
                             .flags = options->flags,
                             .comparator = options->comparator,
                             .layout_count = 1,
                             .root = page_number(root)};
    if (status == OK) status = entry_put(store, id, &entry);
    if (status == OK) space_page_settled(store, root);
    /* Nobody knows the page, nor its layouts: whatever giving them back says, the first failure is told. Where layouts
     * stay, the page stays on its way, and the next start takes both (stray.c). */
    if (status != OK && trees__layouts_remove(store, id) == OK)
        IGNORE_STATUS(space_free_page(store, root));
    return status;
}

static Tree **bucket_of(Trees *trees, TreeId id)
{
    return &trees->buckets[hash_u64(id.v) % TREE_BUCKETS];
}

static Tree *tree_listed(Trees *trees, TreeId id)
{
    Tree *tree = *bucket_of(trees, id);
    while (tree != NULL && tree->id.v != id.v) tree = tree->next;
    return tree;
}

static void tree_unlist(Trees *trees, Tree *tree)
{
    Tree **at = bucket_of(trees, tree->id);
    while (*at != tree) at = &(*at)->next;
    *at = tree->next;
}

static Status tree_load(Store *store, TreeId id, Tree **tree)
{
    TreeEntry entry;
    TRY(entry_get(store, id, DIRECTORY_TREE, &entry));
    const TreeOptions options = {.kind = (TreeKind)entry.kind,
                                 .flags = entry.flags,
                                 .comparator = entry.comparator};
    TRY(tree__new(store, id, page_id(tree_space(id), entry.root), &options, tree));
    Status status = layouts_load(*tree, entry.layout_count);
    if (status != OK) tree__free(*tree);
    return status;
}

/* Lists `made` (NULL: not read yet) unless another was quicker or something was dropped since; counts one more use of
 * what is listed. */
static Tree *tree_use(Trees *trees, TreeId id, Tree *made, uint64_t drops)
{
    mutex_lock(&trees->mutex);
    Tree *tree = tree_listed(trees, id);
    if (tree == NULL && made != NULL && trees->drops == drops) {
        tree = made;
        tree->next = *bucket_of(trees, id);
        *bucket_of(trees, id) = tree;
    }
    if (tree != NULL && tree->dropped) tree = NULL;
    if (tree != NULL) tree->uses++;
    mutex_unlock(&trees->mutex);
    return tree;
}

Status tree_open(Store *store, TreeId id, Tree **result)
{
    Trees *trees = store->trees;
    *result = tree_use(trees, id, NULL, 0);
    while (*result == NULL) {
        Tree *made;
        mutex_lock(&trees->mutex);
        uint64_t drops = trees->drops;
        mutex_unlock(&trees->mutex);
        TRY(tree_load(store, id, &made));
        *result = tree_use(trees, id, made, drops);
        if (*result != made) tree__free(made);
    }
    return OK;
}

void tree_close(Tree *tree)
{
    Trees *trees = tree->store->trees;
    mutex_lock(&trees->mutex);
    ASSERT(tree->uses > 0);
    bool last = --tree->uses == 0 && tree->dropped;
    if (last) tree_unlist(trees, tree);
    mutex_unlock(&trees->mutex);
    if (last) tree__free(tree);
}

void tree__forget(Trees *trees, TreeId id)
{
    mutex_lock(&trees->mutex);
    trees->drops++;
    Tree *tree = tree_listed(trees, id);
    if (tree != NULL) tree->dropped = true;
    bool unused = tree != NULL && tree->uses == 0;
    if (unused) tree_unlist(trees, tree);
    mutex_unlock(&trees->mutex);
    if (unused) tree__free(tree);
}

bool tree__is_open(Trees *trees, TreeId id)
{
    mutex_lock(&trees->mutex);
    bool open = tree_listed(trees, id) != NULL;
    mutex_unlock(&trees->mutex);
    return open;
}

/* --- what others ask of an open tree --- */

TreeId tree_number_of(const Tree *tree)
{
    return tree->id;
}

TreeKind tree_kind(const Tree *tree)
{
    return tree->kind;
}

uint32_t tree_flags(const Tree *tree)
{
    return tree->flags;
}

Store *tree_store(const Tree *tree)
{
    return tree->store;
}

void *tree_attachment(Tree *tree)
{
    return atomic_load_explicit(&tree->attachment, memory_order_acquire);
}

void *tree_attach(Tree *tree, void *attachment, void (*release)(void *attachment))
{
    mutex_lock(&tree->store->trees->mutex);
    void *first = atomic_load(&tree->attachment);
    if (first == NULL) {
        tree->attachment_release = release;
        atomic_store_explicit(&tree->attachment, attachment, memory_order_release);
    }
    mutex_unlock(&tree->store->trees->mutex);
    if (first == NULL) return attachment;
    release(attachment);
    return first;
}

typedef struct VisitAll {
    SpaceId space;
    TreeVisit visit;
    void *arg;
} VisitAll;

static Status visit_entry(void *arg, Bytes key, Bytes value)
{
    const VisitAll *all = arg;
    TreeEntry entry;
    TRY(tree__entry_read(all->space, key, value, &entry));
    return all->visit(all->arg, tree__entry_id(all->space, key), (TreeKind)entry.kind, entry.flags);
}

Status tree_visit_all(Store *store, SpaceId space, TreeVisit visit, void *arg)
{
    const uint8_t prefix[] = {DIRECTORY_TREE};
    VisitAll all = {space, visit, arg};
    return directory__scan(store, space, (Bytes){prefix, sizeof prefix}, visit_entry, &all);
}

/* --- the registry --- */

Status trees__open(Store *store, Trees **result)
{
    Heap *heap = heap_try_new(store->account, "open trees");
    Trees *trees = heap != NULL ? heap_try_alloc(heap, sizeof *trees) : NULL;
    if (trees == NULL) {
        if (heap != NULL) heap_drop(heap);
        return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    }
    trees->heap = heap;
    mutex_init(&trees->mutex, RANK_TREE_DIRECTORY);
    mutex_init(&trees->directory_mutex, RANK_TREE_DIRECTORY);
    *result = trees;
    return OK;
}

static void attachment_release(Tree *tree)
{
    void *attachment = atomic_load(&tree->attachment);
    if (attachment != NULL) tree->attachment_release(attachment);
}

void trees__close(Trees *trees)
{
    if (trees == NULL) return;
    for (uint32_t i = 0; i < TREE_BUCKETS; i++) {
        for (Tree *tree = trees->buckets[i]; tree != NULL; tree = tree->next) {
            ASSERT(tree->uses == 0);
            attachment_release(tree);
        }
    }
    heap_drop(trees->heap);
}

void trees__forget_space(Trees *trees, SpaceId space)
{
    mutex_lock(&trees->directory_mutex);
    for (Tree *tree = atomic_load(&trees->directories), *before = NULL; tree != NULL;
         before = tree, tree = tree->next) {
        if (tree_space(tree->id).v != space.v) continue;
        /* Kept in memory: another task may be passing it on its way along the list. */
        if (before == NULL)
            atomic_store(&trees->directories, tree->next);
        else
            before->next = tree->next;
        break;
    }
    mutex_unlock(&trees->directory_mutex);
    mutex_lock(&trees->mutex);
    trees->drops++;
    Tree *gone = NULL;
    for (uint32_t i = 0; i < TREE_BUCKETS; i++) {
        for (Tree **at = &trees->buckets[i]; *at != NULL;) {
            Tree *tree = *at;
            if (tree_space(tree->id).v != space.v) {
                at = &tree->next;
                continue;
            }
            ASSERT(tree->uses == 0);
            *at = tree->next;
            tree->next = gone;
            gone = tree;
        }
    }
    mutex_unlock(&trees->mutex);
    while (gone != NULL) {
        Tree *next = gone->next;
        tree__free(gone);
        gone = next;
    }
}
