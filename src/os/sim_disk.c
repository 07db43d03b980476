/* SPDX-License-Identifier: Apache-2.0 */
/* sim_disk.c - contents of files: what a program sees, and what a power cut leaves of it.
 *
 * A file is a sparse array of 4 KiB blocks. What is seen stands in `data`. As soon as a sector is written, the block
 * keeps its durable contents aside (`synced`) and marks the sector dirty; a sync throws the copy away. At a crash each
 * dirty sector is drawn: old, new, or a version in between that the kernel had written by itself (`seeped`, drawn when
 * a dirty sector is overwritten).
 *
 * Sizes, punches and cuts are operations with a number, kept in the file's log until a sync; at a crash a prefix of
 * them survives, or any of them. A cut or punch puts a new, empty layer over the block, and writes go to that layer: if
 * the operation is lost, so are the later writes to the block, since a journal keeps their order.
 *
 * (D1) `synced` is there or the durable contents are zeros, for every block with dirty or lost sectors
 * (D2) a block with dirty or lost sectors or an older layer stands in the file's list `unsynced`
 * (D3) inode->blocks counts the top layers that are no hole; disk->blocks_used their sum over inodes with a name or an
 * opener */
#include "os/sim_internal.h"

/* An allocated block that was never written: takes space, reads as zeros, needs no memory. */
static const SimBlock reserved_block_value;
#define RESERVED_BLOCK ((SimBlock *)&reserved_block_value)

static SimBlock **block_slot(SimInode *inode, uint64_t index, bool make)
{
    uint64_t leaf = index / SIM_LEAF_BLOCKS;
    SimHeap *heap = &inode->disk->heap;
    if (leaf >= inode->leaf_count) {
        if (!make) return NULL;
        inode->leaves = sim__grow_array(heap, inode->leaves, &inode->leaf_count, (uint32_t)leaf + 1,
                                        sizeof *inode->leaves);
    }
    if (!inode->leaves[leaf]) {
        if (!make) return NULL;
        inode->leaves[leaf] = sim__alloc(heap, SIM_LEAF_BLOCKS * sizeof(SimBlock *));
    }
    return &inode->leaves[leaf][index % SIM_LEAF_BLOCKS];
}

static SimBlock *find_block(const SimInode *inode, uint64_t index)
{
    SimBlock **slot = block_slot((SimInode *)inode, index, false);
    return slot ? *slot : NULL;
}

static bool counts_space(const SimInode *inode)
{
    return inode->names_now > 0 || inode->opens > 0;
}

void sim__inode_hold(SimInode *inode, int32_t names, int32_t opens)
{
    bool before = counts_space(inode);
    inode->names_now += (uint32_t)names;
    inode->opens += (uint32_t)opens;
    if (before && !counts_space(inode)) inode->disk->blocks_used -= inode->blocks;
    if (!before && counts_space(inode)) inode->disk->blocks_used += inode->blocks;
}

static void add_space(SimInode *inode, int64_t blocks)
{
    inode->blocks = (uint64_t)((int64_t)inode->blocks + blocks);
    if (counts_space(inode))
        inode->disk->blocks_used = (uint64_t)((int64_t)inode->disk->blocks_used + blocks);
}

bool sim__disk_has_room(const SimDisk *disk, uint64_t blocks)
{
    return disk->bytes_max == 0 ||
           (disk->blocks_used + blocks) * SIM_BLOCK_BYTES <= disk->bytes_max;
}

/* ---- blocks and their layers */

static void list_unsynced(SimInode *inode, SimBlock *block)
{
    if (block->listed) return;
    block->listed = true;
    block->unsynced_next = NULL;
    block->unsynced_previous = inode->unsynced_last;
    if (inode->unsynced_last)
        inode->unsynced_last->unsynced_next = block;
    else
        inode->unsynced = block;
    inode->unsynced_last = block;
}

static void unlist_unsynced(SimInode *inode, SimBlock *block)
{
    if (!block->listed) return;
    block->listed = false;
    if (block->unsynced_next)
        block->unsynced_next->unsynced_previous = block->unsynced_previous;
    else
        inode->unsynced_last = block->unsynced_previous;
    if (block->unsynced_previous)
        block->unsynced_previous->unsynced_next = block->unsynced_next;
    else
        inode->unsynced = block->unsynced_next;
}

/* One layer's memory; not the older ones, not its place. */
static void free_layer(SimHeap *heap, SimBlock *block)
{
    sim__free(heap, block->data);
    sim__free(heap, block->synced);
    sim__free(heap, block->seeped);
    sim__free(heap, block);
}

static void free_older(SimHeap *heap, SimBlock *block)
{
    for (SimBlock *older = block->older, *next; older; older = next) {
        next = older->older;
        free_layer(heap, older);
    }
    block->older = NULL;
}

/* Takes the block out of the file, with all its layers. */
static void remove_block(SimInode *inode, uint64_t index)
{
    SimBlock **slot = block_slot(inode, index, false);
    SimBlock *block = slot ? *slot : NULL;
    if (!block) return;
    *slot = NULL;
    if (block == RESERVED_BLOCK) {
        add_space(inode, -1);
        return;
    }
    if (!block->hole) add_space(inode, -1);
    unlist_unsynced(inode, block);
    free_older(&inode->disk->heap, block);
    free_layer(&inode->disk->heap, block);
}

/* The block for writing; NULL: the disk is full. */
static SimBlock *get_block(SimInode *inode, uint64_t index)
{
    SimBlock **slot = block_slot(inode, index, true);
    SimBlock *block = *slot;
    bool takes_space = !block || (block != RESERVED_BLOCK && block->hole);
    if (takes_space && !sim__disk_has_room(inode->disk, 1)) return NULL;
    if (!block || block == RESERVED_BLOCK) {
        block = sim__alloc(&inode->disk->heap, sizeof *block);
        block->index = index;
        block->was_hole = !*slot;
        *slot = block;
    }
    if (takes_space) {
        block->hole = false;
        add_space(inode, 1);
    }
    if (!block->data) block->data = sim__alloc(&inode->disk->heap, SIM_BLOCK_BYTES);
    return block;
}

/* Before sectors are overwritten: keeps the durable contents, perhaps a version in between, and marks them dirty. */
static void dirty_sectors(SimInode *inode, SimBlock *block, uint32_t first, uint32_t last,
                          Random *seep)
{
    enum { SEEP_ONE_IN = 4 };
    SimHeap *heap = &inode->disk->heap;
    if (!block->synced && !block->was_hole && (block->dirty | block->lost) == 0) {
        block->synced = sim__alloc_raw(heap, SIM_BLOCK_BYTES);
        memcpy(block->synced, block->data, SIM_BLOCK_BYTES);
    }
    for (uint32_t s = first; s <= last; s++) {
        uint8_t bit = (uint8_t)(1U << s);
        if ((block->dirty & bit) && seep && random_chance(seep, SEEP_ONE_IN)) {
            if (!block->seeped) block->seeped = sim__alloc_raw(heap, SIM_BLOCK_BYTES);
            memcpy(block->seeped + s * SIM_SECTOR_BYTES, block->data + s * SIM_SECTOR_BYTES,
                   SIM_SECTOR_BYTES);
            block->seeped_sectors |= bit;
        }
        block->dirty |= bit;
        block->lost &= (uint8_t)~bit;
    }
    list_unsynced(inode, block);
}

/* Puts a layer over the block in which bytes [from, to) are zero, made by operation `op`. */
static void layer_block(SimInode *inode, uint64_t index, uint32_t from, uint32_t to, uint64_t op)
{
    SimHeap *heap = &inode->disk->heap;
    SimBlock **slot = block_slot(inode, index, false);
    SimBlock *old = slot ? *slot : NULL;
    if (!old) return;
    if (old == RESERVED_BLOCK) {
        if (to - from == SIM_BLOCK_BYTES) remove_block(inode, index);
        return;
    }
    uint32_t depth = 0;
    for (SimBlock *layer = old; layer; layer = layer->older) depth++;
    bool whole = to - from == SIM_BLOCK_BYTES;
    if (depth >= SIM_LAYERS_MAX) {
        /* The operation shares the fate of the layer's own writes: still something a crash may show. */
        if (old->hole || !old->data) return;
        dirty_sectors(inode, old, from / SIM_SECTOR_BYTES, (to - 1) / SIM_SECTOR_BYTES, NULL);
        memset(old->data + from, 0, to - from);
        return;
    }
    SimBlock *block = sim__alloc(heap, sizeof *block);
    block->index = index;
    block->born_op = op;
    block->was_hole = whole || old->was_hole;
    block->hole = whole || old->hole;
    if (!whole && old->data) {
        block->dirty = old->dirty;
        block->lost = old->lost;
        block->data = sim__alloc_raw(heap, SIM_BLOCK_BYTES);
        memcpy(block->data, old->data, SIM_BLOCK_BYTES);
        memset(block->data + from, 0, to - from);
        if (old->synced) {
            block->synced = sim__alloc_raw(heap, SIM_BLOCK_BYTES);
            memcpy(block->synced, old->synced, SIM_BLOCK_BYTES);
            memset(block->synced + from, 0, to - from);
        }
    }
    if (block->hole && !old->hole) add_space(inode, -1);
    unlist_unsynced(inode, old);
    block->older = old;
    *slot = block;
    list_unsynced(inode, block);
}

/* ---- the log of a file's operations */

static uint64_t log_op(SimInode *inode, SimFileOpKind kind, uint64_t bytes)
{
    if (kind == SIM_OP_GROW && inode->op_count > 0 &&
        inode->ops[inode->op_count - 1].kind == SIM_OP_GROW) {
        inode->ops[inode->op_count - 1].bytes = bytes;
        return inode->ops[inode->op_count - 1].number;
    }
    inode->ops = sim__grow_array(&inode->disk->heap, inode->ops, &inode->op_capacity,
                                 inode->op_count + 1, sizeof *inode->ops);
    inode->ops[inode->op_count++] = (SimFileOp){.number = ++inode->disk->op_next,
                                                .kind = kind,
                                                .bytes = bytes};
    return inode->disk->op_next;
}

static bool op_survives(const SimInode *inode, uint64_t number)
{
    for (uint32_t i = 0; i < inode->op_count; i++)
        if (inode->ops[i].number == number) return inode->ops[i].survives;
    return true;
}

static void zero_range(SimInode *inode, uint64_t from, uint64_t to, uint64_t op)
{
    while (from < to) {
        uint64_t index = from / SIM_BLOCK_BYTES, leaf = index / SIM_LEAF_BLOCKS;
        if (leaf >= inode->leaf_count) return;
        if (!inode->leaves[leaf]) {
            from = (leaf + 1) * SIM_LEAF_BLOCKS * SIM_BLOCK_BYTES;
            continue;
        }
        uint64_t start = index * SIM_BLOCK_BYTES, end = MIN(to, start + SIM_BLOCK_BYTES);
        layer_block(inode, index, (uint32_t)(from - start), (uint32_t)(end - start), op);
        from = end;
    }
}

/* ---- what programs do */

void sim__inode_read(const SimInode *inode, void *data, size_t bytes, uint64_t offset, size_t *done)
{
    *done = offset < inode->bytes ? (size_t)MIN((uint64_t)bytes, inode->bytes - offset) : 0;
    for (size_t at = 0; at < *done;) {
        uint64_t index = (offset + at) / SIM_BLOCK_BYTES;
        uint32_t within = (uint32_t)((offset + at) % SIM_BLOCK_BYTES);
        size_t part = MIN(*done - at, (size_t)(SIM_BLOCK_BYTES - within));
        const SimBlock *block = find_block(inode, index);
        if (block && block->data && !block->hole)
            memcpy((char *)data + at, block->data + within, part);
        else
            memset((char *)data + at, 0, part);
        at += part;
    }
}

bool sim__inode_write(SimInode *inode, const void *data, size_t bytes, uint64_t offset,
                      size_t *done, Random *seep)
{
    for (*done = 0; *done < bytes;) {
        uint64_t at = offset + *done;
        uint32_t within = (uint32_t)(at % SIM_BLOCK_BYTES);
        uint32_t part = (uint32_t)MIN(bytes - *done, (size_t)(SIM_BLOCK_BYTES - within));
        SimBlock *block = get_block(inode, at / SIM_BLOCK_BYTES);
        if (!block) break;
        dirty_sectors(inode, block, within / SIM_SECTOR_BYTES,
                      (within + part - 1) / SIM_SECTOR_BYTES, seep);
        memcpy(block->data + within, (const char *)data + *done, part);
        *done += part;
    }
    if (offset + *done > inode->bytes && *done > 0) {
        inode->bytes = offset + *done;
        log_op(inode, SIM_OP_GROW, inode->bytes);
    }
    return *done == bytes;
}

void sim__inode_set_size(SimInode *inode, uint64_t bytes)
{
    if (bytes == inode->bytes) return;
    uint64_t op = log_op(inode, SIM_OP_SET_SIZE, bytes);
    if (bytes < inode->bytes)
        zero_range(inode, bytes, ALIGN_UP(inode->bytes, (uint64_t)SIM_BLOCK_BYTES), op);
    inode->bytes = bytes;
}

bool sim__inode_allocate(SimInode *inode, uint64_t offset, uint64_t bytes)
{
    uint64_t first = offset / SIM_BLOCK_BYTES,
             end = (offset + bytes + SIM_BLOCK_BYTES - 1) / SIM_BLOCK_BYTES, missing = 0;
    for (uint64_t index = first; index < end; index++) {
        const SimBlock *block = find_block(inode, index);
        missing += !block || (block != RESERVED_BLOCK && block->hole);
    }
    if (!sim__disk_has_room(inode->disk, missing)) return false;
    for (uint64_t index = first; index < end; index++) {
        SimBlock **slot = block_slot(inode, index, true);
        if (!*slot) {
            *slot = RESERVED_BLOCK;
            add_space(inode, 1);
        } else if (*slot != RESERVED_BLOCK && (*slot)->hole) {
            (*slot)->hole = false;
            add_space(inode, 1);
        }
    }
    if (offset + bytes > inode->bytes) {
        inode->bytes = offset + bytes;
        log_op(inode, SIM_OP_GROW, inode->bytes);
    }
    return true;
}

void sim__inode_punch(SimInode *inode, uint64_t offset, uint64_t bytes)
{
    uint64_t end = MIN(offset + bytes, ALIGN_UP(inode->bytes, (uint64_t)SIM_BLOCK_BYTES));
    if (offset < end) zero_range(inode, offset, end, log_op(inode, SIM_OP_PUNCH, 0));
}

/* What the block shows becomes durable, but for sectors whose sync failed before. True: nothing is left of it. */
static bool sync_block(SimInode *inode, SimBlock *block)
{
    SimHeap *heap = &inode->disk->heap;
    free_older(heap, block);
    block->born_op = 0;
    sim__free(heap, block->seeped);
    block->seeped = NULL;
    block->seeped_sectors = 0;
    if (block->lost == 0) {
        sim__free(heap, block->synced);
        block->synced = NULL;
    } else {
        if (!block->synced) block->synced = sim__alloc(heap, SIM_BLOCK_BYTES);
        for (uint32_t s = 0; s < SIM_BLOCK_SECTORS; s++)
            if (block->dirty >> s & 1)
                memcpy(block->synced + s * SIM_SECTOR_BYTES, block->data + s * SIM_SECTOR_BYTES,
                       SIM_SECTOR_BYTES);
    }
    block->dirty = 0;
    block->was_hole = block->hole;
    return block->hole;
}

void sim__inode_sync(SimInode *inode)
{
    for (SimBlock *block = inode->unsynced, *next; block; block = next) {
        next = block->unsynced_next;
        bool gone = sync_block(inode, block);
        if (gone)
            remove_block(inode, block->index);
        else if (block->lost == 0)
            unlist_unsynced(inode, block);
    }
    inode->bytes_synced = inode->bytes;
    inode->mode_synced = inode->mode;
    inode->op_count = 0;
}

void sim__inode_sync_failed(SimInode *inode)
{
    for (SimBlock *block = inode->unsynced; block; block = block->unsynced_next) {
        ASSERT(block->synced || block->was_hole || block->dirty == 0); /* D1 */
        block->lost |= block->dirty;
        block->dirty = 0;
        block->seeped_sectors = 0;
    }
}

void sim__inode_seep(SimInode *inode, uint64_t offset, uint64_t bytes, Random *random)
{
    for (SimBlock *block = inode->unsynced; block; block = block->unsynced_next) {
        uint64_t start = block->index * SIM_BLOCK_BYTES;
        if (start + SIM_BLOCK_BYTES <= offset || start >= offset + bytes || !block->dirty ||
            !random_chance(random, 2))
            continue;
        if (!block->seeped) block->seeped = sim__alloc_raw(&inode->disk->heap, SIM_BLOCK_BYTES);
        memcpy(block->seeped, block->data, SIM_BLOCK_BYTES);
        block->seeped_sectors = block->dirty;
    }
}

bool sim__inode_poke(SimInode *inode, const void *data, size_t bytes, uint64_t offset)
{
    if (offset + bytes > inode->bytes) return false;
    for (size_t at = 0; at < bytes;) {
        uint32_t within = (uint32_t)((offset + at) % SIM_BLOCK_BYTES);
        size_t part = MIN(bytes - at, (size_t)(SIM_BLOCK_BYTES - within));
        SimBlock *block = get_block(inode, (offset + at) / SIM_BLOCK_BYTES);
        if (!block) return false;
        block->was_hole = false;
        if ((block->dirty | block->lost) && !block->synced)
            block->synced = sim__alloc(&inode->disk->heap, SIM_BLOCK_BYTES);
        memcpy(block->data + within, (const char *)data + at, part);
        if (block->synced) memcpy(block->synced + within, (const char *)data + at, part);
        if (block->seeped) memcpy(block->seeped + within, (const char *)data + at, part);
        at += part;
    }
    return true;
}

/* ---- the power cut */

typedef enum CrashMode {
    CRASH_OLD,
    CRASH_NEW, /* no or every unsynced sector */
    CRASH_HALF,
    CRASH_FEW,
    CRASH_MOST,
    CRASH_FRONT, /* those before some place in the file */
    CRASH_MODE_COUNT
} CrashMode;

static bool sector_survives(CrashMode mode, Random *random, uint64_t at, uint64_t front)
{
    switch (mode) {
    case CRASH_OLD: return false;
    case CRASH_NEW: return true;
    case CRASH_HALF: return random_chance(random, 2);
    case CRASH_FEW: return random_chance(random, 8);
    case CRASH_MOST: return !random_chance(random, 8);
    case CRASH_FRONT: return at < front;
    case CRASH_MODE_COUNT: break;
    }
    UNREACHABLE();
}

static void choose_ops(SimInode *inode, Random *random, bool tear)
{
    bool prefix = random_chance(random, 2);
    uint64_t cut = random_below(random, inode->op_count + 1);
    for (uint32_t i = 0; i < inode->op_count; i++)
        inode->ops[i].survives = tear && (prefix ? i < cut : random_chance(random, 2));
}

/* The size that the surviving operations lead to. A growth may have got only part of its way. */
static uint64_t surviving_size(const SimInode *inode, Random *random)
{
    uint64_t bytes = inode->bytes_synced;
    for (uint32_t i = 0; i < inode->op_count; i++) {
        const SimFileOp *op = &inode->ops[i];
        if (!op->survives) continue;
        if (op->kind == SIM_OP_SET_SIZE) bytes = op->bytes;
        if (op->kind == SIM_OP_GROW && op->bytes > bytes) {
            uint64_t sectors = (op->bytes - bytes) / SIM_SECTOR_BYTES;
            bytes = sectors > 1 && random_chance(random, 2)
                        ? bytes + (random_below(random, sectors) + 1) * SIM_SECTOR_BYTES
                        : op->bytes;
        }
    }
    return bytes;
}

/* Leaves of the block one layer whose contents are both seen and durable; NULL when it is a hole. */
static SimBlock *settle_block(SimInode *inode, SimBlock *block, CrashMode mode, uint64_t front,
                              Random *random)
{
    SimHeap *heap = &inode->disk->heap;
    while (block->older && !op_survives(inode, block->born_op)) {
        SimBlock *older = block->older;
        free_layer(heap, block);
        block = older;
    }
    free_older(heap, block);
    bool any_new = false;
    for (uint32_t s = 0; s < SIM_BLOCK_SECTORS && block->data; s++) {
        uint8_t bit = (uint8_t)(1U << s);
        if (((block->dirty | block->lost) & bit) == 0) {
            any_new |= !block->was_hole;
            continue;
        }
        size_t at = s * SIM_SECTOR_BYTES;
        bool keep = (block->dirty & bit) != 0 &&
                    sector_survives(mode, random, block->index * SIM_BLOCK_BYTES + at, front);
        bool seeped = (block->seeped_sectors & bit) != 0 && mode != CRASH_OLD &&
                      random_chance(random, 3);
        any_new |= keep || seeped;
        if (seeped)
            memcpy(block->data + at, block->seeped + at, SIM_SECTOR_BYTES);
        else if (!keep && block->synced)
            memcpy(block->data + at, block->synced + at, SIM_SECTOR_BYTES);
        else if (!keep)
            memset(block->data + at, 0, SIM_SECTOR_BYTES);
    }
    if (block->hole || (block->was_hole && !any_new)) {
        free_layer(heap, block);
        return NULL;
    }
    sim__free(heap, block->synced);
    sim__free(heap, block->seeped);
    SimBlock settled = {.index = block->index, .data = block->data};
    *block = settled;
    return block;
}

static void cut_contents(SimInode *inode, uint64_t bytes)
{
    for (uint64_t leaf = bytes / SIM_BLOCK_BYTES / SIM_LEAF_BLOCKS; leaf < inode->leaf_count;
         leaf++) {
        if (!inode->leaves[leaf]) continue;
        for (uint64_t i = 0; i < SIM_LEAF_BLOCKS; i++) {
            uint64_t index = leaf * SIM_LEAF_BLOCKS + i;
            SimBlock *block = inode->leaves[leaf][i];
            if (index * SIM_BLOCK_BYTES >= bytes)
                remove_block(inode, index);
            else if (block && block->data && (index + 1) * SIM_BLOCK_BYTES > bytes)
                memset(block->data + bytes % SIM_BLOCK_BYTES, 0,
                       SIM_BLOCK_BYTES - bytes % SIM_BLOCK_BYTES);
        }
    }
}

void sim__inode_crash(SimInode *inode, Random *random, bool tear)
{
    choose_ops(inode, random, tear);
    uint64_t bytes = surviving_size(inode, random);
    CrashMode mode = tear ? (CrashMode)random_below(random, CRASH_MODE_COUNT) : CRASH_OLD;
    uint64_t front = random_below(random, inode->bytes / SIM_SECTOR_BYTES + 2) * SIM_SECTOR_BYTES;
    for (SimBlock *block = inode->unsynced, *next; block; block = next) {
        next = block->unsynced_next;
        uint64_t index = block->index;
        bool had_space = !block->hole;
        SimBlock *settled = settle_block(inode, block, mode, front, random);
        *block_slot(inode, index, true) = settled;
        add_space(inode, (int64_t)(settled != NULL) - (int64_t)had_space);
    }
    inode->unsynced = inode->unsynced_last = NULL;
    inode->op_count = 0;
    cut_contents(inode, bytes);
    inode->bytes = inode->bytes_synced = bytes;
    if (!tear || random_chance(random, 2)) inode->mode = inode->mode_synced;
    inode->mode_synced = inode->mode;
    inode->lock_owner = NULL;
}

/* ---- copies of disks */

static uint8_t *copy_block_bytes(SimHeap *heap, const uint8_t *bytes)
{
    if (!bytes) return NULL;
    uint8_t *copy = sim__alloc_raw(heap, SIM_BLOCK_BYTES);
    memcpy(copy, bytes, SIM_BLOCK_BYTES);
    return copy;
}

static SimBlock *copy_layers(SimHeap *heap, const SimBlock *from)
{
    if (!from) return NULL;
    SimBlock *block = sim__alloc(heap, sizeof *block);
    *block = *from;
    block->listed = false;
    block->unsynced_next = block->unsynced_previous = NULL;
    block->data = copy_block_bytes(heap, from->data);
    block->synced = copy_block_bytes(heap, from->synced);
    block->seeped = copy_block_bytes(heap, from->seeped);
    block->older = copy_layers(heap, from->older); /* at most SIM_LAYERS_MAX deep */
    return block;
}

void sim__inode_copy(SimInode *to, const SimInode *from)
{
    SimHeap *heap = &to->disk->heap;
    to->bytes = from->bytes;
    to->bytes_synced = from->bytes_synced;
    to->blocks = from->blocks;
    for (uint64_t leaf = 0; leaf < from->leaf_count; leaf++) {
        if (!from->leaves[leaf]) continue;
        for (uint64_t i = 0; i < SIM_LEAF_BLOCKS; i++) {
            SimBlock *block = from->leaves[leaf][i];
            if (!block) continue;
            SimBlock **slot = block_slot(to, leaf * SIM_LEAF_BLOCKS + i, true);
            *slot = block == RESERVED_BLOCK ? block : copy_layers(heap, block);
        }
    }
    for (const SimBlock *block = from->unsynced; block; block = block->unsynced_next)
        list_unsynced(to, find_block(to, block->index));
    to->ops = sim__grow_array(heap, NULL, &to->op_capacity, from->op_count, sizeof *to->ops);
    if (from->op_count > 0) memcpy(to->ops, from->ops, from->op_count * sizeof *to->ops);
    to->op_count = from->op_count;
}

/* ---- inodes */

SimInode *sim__inode_new(SimDisk *disk, PathKind kind, uint32_t mode, int64_t now_us)
{
    SimInode *inode = sim__alloc(&disk->heap, sizeof *inode);
    inode->disk = disk;
    inode->number = ++disk->inode_next;
    inode->kind = kind;
    inode->mode = inode->mode_synced = mode;
    inode->modified_us = now_us;
    inode->previous = disk->last;
    if (disk->last)
        disk->last->next = inode;
    else
        disk->first = inode;
    disk->last = inode;
    return inode;
}

void sim__inode_free(SimInode *inode)
{
    SimDisk *disk = inode->disk;
    SimHeap *heap = &disk->heap;
    cut_contents(inode, 0);
    for (uint32_t leaf = 0; leaf < inode->leaf_count; leaf++) sim__free(heap, inode->leaves[leaf]);
    sim__free(heap, inode->leaves);
    sim__free(heap, inode->ops);
    sim__free(heap, inode->target);
    ASSERT(!inode->names);
    if (inode->next)
        inode->next->previous = inode->previous;
    else
        disk->last = inode->previous;
    if (inode->previous)
        inode->previous->next = inode->next;
    else
        disk->first = inode->next;
    sim__free(heap, inode);
}

void sim__inode_check(SimInode *inode)
{
    if (inode->names_now + inode->names_kept + inode->op_uses + inode->opens == 0 &&
        inode != inode->disk->root && !inode->names)
        sim__inode_free(inode);
}
