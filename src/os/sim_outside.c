/* SPDX-License-Identifier: Apache-2.0 */
/* sim_outside.c - the disk as a test holds it in its hands: damage, looks, and copies to try several ends from one
 * state. */
#include "os/sim_internal.h"

static SimInode *find_file(Sim *sim, const char *path)
{
    SimPlace place;
    if (sim__path_find(&sim->disk, path, true, &place) != 0 || !place.inode ||
        place.inode->kind != PATH_FILE)
        return NULL;
    return place.inode;
}

bool sim_disk_flip_bit(Sim *sim, const char *path, uint64_t bit)
{
    SimInode *inode = find_file(sim, path);
    uint8_t byte;
    size_t done;
    if (!inode) return false;
    sim__inode_read(inode, &byte, 1, bit / 8, &done);
    if (done == 0) return false;
    byte ^= (uint8_t)(1U << (bit % 8));
    return sim__inode_poke(inode, &byte, 1, bit / 8);
}

bool sim_disk_zero_sector(Sim *sim, const char *path, uint64_t sector)
{
    static const uint8_t zeros[SIM_SECTOR_BYTES];
    SimInode *inode = find_file(sim, path);
    uint64_t at = sector * SIM_SECTOR_BYTES;
    if (!inode || at >= inode->bytes) return false;
    return sim__inode_poke(inode, zeros, (size_t)MIN((uint64_t)SIM_SECTOR_BYTES, inode->bytes - at),
                           at);
}

bool sim_disk_read(Sim *sim, const char *path, void *data, size_t bytes, uint64_t offset,
                   size_t *done)
{
    SimInode *inode = find_file(sim, path);
    if (!inode) return false;
    sim__inode_read(inode, data, bytes, offset, done);
    return true;
}

bool sim_disk_write(Sim *sim, const char *path, const void *data, size_t bytes, uint64_t offset)
{
    SimInode *inode = find_file(sim, path);
    return inode && sim__inode_poke(inode, data, bytes, offset);
}

uint64_t sim_disk_file_bytes(Sim *sim, const char *path)
{
    SimInode *inode = find_file(sim, path);
    return inode ? inode->bytes : UINT64_MAX;
}

uint64_t sim_disk_space_used(const Sim *sim)
{
    return sim->disk.blocks_used * SIM_BLOCK_BYTES;
}

void sim_disk_set_limit(Sim *sim, uint64_t disk_bytes_max)
{
    sim->disk.bytes_max = disk_bytes_max;
}

static void copy_disk(SimDisk *to, const SimDisk *from)
{
    SimInode **map = sim__alloc(&to->heap, (from->inode_next + 1) * sizeof(void *));
    for (const SimInode *inode = from->first; inode; inode = inode->next) {
        SimInode *copy = sim__inode_new(to, inode->kind, inode->mode, inode->modified_us);
        copy->number = inode->number;
        copy->mode_synced = inode->mode_synced;
        copy->names_now = inode->names_now;
        copy->names_kept = inode->names_kept;
        copy->op_uses = inode->op_uses;
        if (inode->target)
            copy->target = sim__copy_text(&to->heap, inode->target, strlen(inode->target));
        sim__inode_copy(copy, inode);
        map[inode->number] = copy;
        if (copy->names_now > 0) to->blocks_used += copy->blocks;
    }
    to->root = map[from->root->number];
    sim__names_copy(to, from, map, from->inode_next + 1);
    sim__free(&to->heap, map);
    to->inode_next = from->inode_next;
    to->op_next = from->op_next;
    to->bytes_max = from->bytes_max;
}

SimDisk *sim_disk_copy(const Sim *sim)
{
    SimDisk *copy = sim__pages_map(sizeof *copy, false);
    if (copy) copy_disk(copy, &sim->disk);
    return copy;
}

void sim_disk_restore(Sim *sim, const SimDisk *copy)
{
    ASSERT(!sim->running);
    sim__heap_release(&sim->disk.heap);
    sim->disk = (SimDisk){0};
    copy_disk(&sim->disk, copy);
}

void sim_disk_free_copy(SimDisk *copy)
{
    if (!copy) return;
    sim__heap_release(&copy->heap);
    sim__pages_unmap(copy, sizeof *copy);
}
