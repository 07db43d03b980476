/* SPDX-License-Identifier: Apache-2.0 */
/* sim_names.c - folders and paths, and what a power cut leaves of them.
 *
 * A name in a folder leads to one inode as programs see it (`now`) and to one durably (`kept`). Each change is an
 * operation in one list of the disk, oldest first, until a sync of its folder makes it durable; a rename is a single
 * operation on two names, so a crash shows it whole or not at all. The names are all that os_dir_sync makes durable,
 * and os_file_sync makes none.
 *
 * At a crash each folder draws whether none, all, a prefix or any subset of its operations survives; an operation is
 * also lost when an earlier one on the same name or inode was (a journal keeps the order of what belongs together). */
#include "os/sim_internal.h"

#include <errno.h>

#include "base/arena.h"
#include "base/error.h"

enum { LINKS_MAX = 16, NAME_BYTES_MAX = 255, PATH_BYTES_MAX = 4095 };

static SimName *find_name(const SimInode *dir, const char *text, size_t bytes)
{
    for (SimName *name = dir->names; name; name = name->next)
        if (name->bytes == bytes && memcmp(name->text, text, bytes) == 0) return name;
    return NULL;
}

/* ---- the list of changes */

static void use_name(SimName *name, SimInode *now)
{
    if (name->now == now) return;
    SimInode *before = name->now;
    name->now = now;
    if (now) sim__inode_hold(now, 1, 0);
    if (before) sim__inode_hold(before, -1, 0);
}

static void keep_name(SimName *name, SimInode *kept)
{
    if (kept) kept->names_kept++;
    if (name->kept) name->kept->names_kept--;
    name->kept = kept;
}

/* Takes the name out of its folder when it leads nowhere and nothing speaks of it. */
static void check_name(SimInode *dir, SimName *name)
{
    if (name->now || name->kept || name->uses > 0) return;
    SimName **link = &dir->names;
    while (*link != name) link = &(*link)->next;
    *link = name->next;
    sim__free(&dir->disk->heap, name);
}

static SimNameOp *op_new(SimDisk *disk, SimInode *moved)
{
    SimNameOp *op = sim__alloc(&disk->heap, sizeof *op);
    op->number = ++disk->op_next;
    op->moved = moved;
    moved->op_uses++;
    op->previous = disk->ops_last;
    if (disk->ops_last)
        disk->ops_last->next = op;
    else
        disk->ops_first = op;
    disk->ops_last = op;
    return op;
}

/* Makes the name lead to `inode` (NULL: nowhere), as part of the operation. */
static void op_add(SimDisk *disk, SimNameOp *op, SimInode *dir, const char *text, size_t bytes,
                   SimInode *inode)
{
    SimName *name = find_name(dir, text, bytes);
    if (!name) {
        name = sim__alloc(&disk->heap, sizeof *name + bytes);
        memcpy(name->text, text, bytes);
        name->bytes = (uint32_t)bytes;
        name->next = dir->names;
        dir->names = name;
    }
    uint32_t i = op->count++;
    op->dir[i] = dir;
    op->name[i] = name;
    op->to[i] = inode;
    dir->op_uses++;
    name->uses++;
    if (inode) {
        inode->op_uses++;
        if (inode->kind == PATH_DIR) inode->parent = dir;
    }
    use_name(name, inode);
}

static void op_free(SimDisk *disk, SimNameOp *op)
{
    if (op->next)
        op->next->previous = op->previous;
    else
        disk->ops_last = op->previous;
    if (op->previous)
        op->previous->next = op->next;
    else
        disk->ops_first = op->next;
    SimInode *dropped[5] = {op->moved};
    for (uint32_t i = 0; i < op->count; i++) {
        op->name[i]->uses--;
        check_name(op->dir[i], op->name[i]);
        dropped[1 + 2 * i] = op->dir[i];
        dropped[2 + 2 * i] = op->to[i];
    }
    for (uint32_t i = 0; i < ARRAY_LEN(dropped); i++)
        if (dropped[i]) dropped[i]->op_uses--;
    for (uint32_t i = 0; i < ARRAY_LEN(dropped); i++) {
        bool again = false;
        for (uint32_t k = 0; k < i; k++) again |= dropped[k] == dropped[i];
        if (dropped[i] && !again) sim__inode_check(dropped[i]);
    }
    sim__free(&disk->heap, op);
}

static void op_make_durable(SimDisk *disk, SimNameOp *op)
{
    for (uint32_t i = 0; i < op->count; i++) {
        SimInode *before = op->name[i]->kept;
        keep_name(op->name[i], op->to[i]);
        /* What the operation itself speaks of is looked at by op_free. */
        if (before && before != op->moved && before != op->to[0] && before != op->to[1])
            sim__inode_check(before);
    }
    op_free(disk, op);
}

void sim__name_set(SimDisk *disk, SimInode *dir, const char *name, size_t bytes, SimInode *inode)
{
    SimName *old = find_name(dir, name, bytes);
    SimNameOp *op = op_new(disk, inode ? inode : old->now);
    op_add(disk, op, dir, name, bytes, inode);
}

/* A rename between two folders becomes durable whole, and with it what stands before it in the other folder's order;
 * the removal of a folder, with the removals inside it. */
void sim__dir_commit(SimDisk *disk, SimInode *dir)
{
    for (SimInode *inode = disk->first; inode; inode = inode->next) inode->wanted = false;
    dir->wanted = true; /* from here backwards, every operation of the folder */
    for (SimNameOp *op = disk->ops_last; op; op = op->previous) {
        for (uint32_t i = 0; i < op->count; i++) op->wanted |= op->dir[i]->wanted;
        if (!op->wanted) continue;
        for (uint32_t i = 0; i < op->count; i++) op->dir[i]->wanted = true;
        if (op->count == 1 && !op->to[0]) op->moved->wanted = true;
    }
    for (SimNameOp *op = disk->ops_first, *next; op; op = next) {
        next = op->next;
        if (op->wanted) op_make_durable(disk, op);
    }
}

bool sim__dir_is_empty(const SimInode *dir)
{
    for (const SimName *name = dir->names; name; name = name->next)
        if (name->now) return false;
    return true;
}

/* ---- the power cut */

typedef enum NamesMode {
    NAMES_NONE,
    NAMES_ALL,
    NAMES_PREFIX,
    NAMES_PREFIX_TOO,
    NAMES_ANY,
    NAMES_MODE_COUNT
} NamesMode;

static bool draw_op(const SimNameOp *op, Random *random)
{
    SimInode *dir = op->dir[0];
    switch ((NamesMode)dir->crash_mode) {
    case NAMES_NONE: return false;
    case NAMES_ALL: return true;
    case NAMES_PREFIX:
    case NAMES_PREFIX_TOO:
        if (dir->crash_left == 0) return false;
        dir->crash_left--;
        return true;
    case NAMES_ANY: return random_chance(random, 2);
    case NAMES_MODE_COUNT: break;
    }
    UNREACHABLE();
}

static void decide_ops(SimDisk *disk, Random *random, bool tear)
{
    for (SimInode *inode = disk->first; inode; inode = inode->next) {
        inode->crash_left = 0;
        inode->doomed = false;
    }
    for (SimNameOp *op = disk->ops_first; op; op = op->next) op->dir[0]->crash_left++;
    for (SimInode *inode = disk->first; inode; inode = inode->next) {
        if (inode->crash_left == 0) continue;
        inode->crash_mode = (uint8_t)random_below(random, NAMES_MODE_COUNT);
        inode->crash_left = (uint32_t)random_below(random, inode->crash_left + 1);
    }
    for (SimNameOp *op = disk->ops_first, *next; op; op = next) {
        next = op->next;
        bool survives = draw_op(op, random) && tear && !op->moved->doomed;
        for (uint32_t i = 0; i < op->count; i++) survives &= !op->name[i]->doomed;
        if (survives) {
            for (uint32_t i = 0; i < op->count; i++) keep_name(op->name[i], op->to[i]);
            continue;
        }
        op->moved->doomed = true;
        for (uint32_t i = 0; i < op->count; i++) op->name[i]->doomed = true;
    }
}

/* True: something was freed, so that more may be free now. */
static bool free_unreachable(SimDisk *disk)
{
    bool any = false;
    for (SimInode *inode = disk->first, *next; inode; inode = next) {
        next = inode->next;
        if (inode == disk->root || inode->names_now > 0) continue;
        for (SimName *name = inode->names, *after; name; name = after) {
            after = name->next;
            use_name(name, NULL);
            keep_name(name, NULL);
            sim__free(&disk->heap, name);
        }
        inode->names = NULL;
        sim__inode_free(inode);
        any = true;
    }
    return any;
}

void sim__names_crash(SimDisk *disk, Random *random, bool tear)
{
    decide_ops(disk, random, tear);
    for (SimNameOp *op = disk->ops_first, *next; op; op = next) {
        next = op->next;
        op->moved->op_uses--;
        for (uint32_t i = 0; i < op->count; i++) {
            op->name[i]->uses--;
            op->dir[i]->op_uses--;
            if (op->to[i]) op->to[i]->op_uses--;
        }
        sim__free(&disk->heap, op);
    }
    disk->ops_first = disk->ops_last = NULL;
    for (SimInode *dir = disk->first; dir; dir = dir->next) {
        for (SimName *name = dir->names, *next; name; name = next) {
            next = name->next;
            name->doomed = false;
            use_name(name, name->kept);
            if (name->now && name->now->kind == PATH_DIR) name->now->parent = dir;
            check_name(dir, name);
        }
    }
    while (free_unreachable(disk)) {}
}

void sim__disk_crash(SimDisk *disk, Random *random, bool tear)
{
    sim__names_crash(disk, random, tear);
    for (SimInode *inode = disk->first; inode; inode = inode->next) {
        ASSERT(inode->opens == 0);
        sim__inode_crash(inode, random, tear);
    }
    uint64_t blocks = 0;
    for (SimInode *inode = disk->first; inode; inode = inode->next) blocks += inode->blocks;
    disk->blocks_used = blocks;
}

void sim__disk_init(SimDisk *disk)
{
    disk->root = sim__inode_new(disk, PATH_DIR, 0700, 0);
    disk->root->parent = disk->root;
    disk->root->names_now = disk->root->names_kept = 1;
}

/* Folders of the copy have the same names and the same pending operations; map[number] is the copy of inode
 * `number`. */
void sim__names_copy(SimDisk *to, const SimDisk *from, SimInode *const *map, uint64_t map_count)
{
    for (const SimInode *dir = from->first; dir; dir = dir->next) {
        SimInode *copy = map[dir->number];
        SimName **link = &copy->names;
        for (const SimName *name = dir->names; name; name = name->next) {
            SimName *other = sim__alloc(&to->heap, sizeof *other + name->bytes);
            memcpy(other, name, sizeof *name + name->bytes);
            other->next = NULL;
            other->now = name->now ? map[name->now->number] : NULL;
            other->kept = name->kept ? map[name->kept->number] : NULL;
            *link = other;
            link = &other->next;
        }
        if (dir->parent)
            copy->parent = dir->parent->number < map_count ? map[dir->parent->number] : NULL;
    }
    for (const SimNameOp *op = from->ops_first; op; op = op->next) {
        SimNameOp *other = op_new(to, map[op->moved->number]);
        other->moved->op_uses--; /* the counts were copied with the inodes */
        other->number = op->number;
        other->count = op->count;
        for (uint32_t i = 0; i < op->count; i++) {
            other->dir[i] = map[op->dir[i]->number];
            other->to[i] = op->to[i] ? map[op->to[i]->number] : NULL;
            other->name[i] = find_name(other->dir[i], op->name[i]->text, op->name[i]->bytes);
        }
    }
}

/* ---- paths */

/* Walks `path` from `dir`; links may lead on, at most LINKS_MAX in all. */
static int walk(SimDisk *disk, SimInode *dir, const char *path, bool follow_last, uint32_t *links,
                SimPlace *place)
{
    if (path[0] == '/') dir = disk->root;
    *place = (SimPlace){.inode = dir};
    for (const char *at = path; *at;) {
        while (*at == '/') at++;
        const char *end = at;
        while (*end && *end != '/') end++;
        size_t bytes = (size_t)(end - at);
        if (bytes == 0) break;
        if (bytes > NAME_BYTES_MAX) return ENAMETOOLONG;
        dir = place->inode;
        if (!dir) return ENOENT;
        if (dir->kind != PATH_DIR) return ENOTDIR;
        bool last = end[strspn(end, "/")] == 0;
        if (bytes == 1 && at[0] == '.')
            *place = (SimPlace){.inode = dir};
        else if (bytes == 2 && at[0] == '.' && at[1] == '.')
            *place = (SimPlace){.inode = dir->parent};
        else {
            SimName *name = find_name(dir, at, bytes);
            *place = (SimPlace){.dir = dir,
                                .name = at,
                                .name_bytes = bytes,
                                .inode = name ? name->now : NULL};
        }
        if (place->inode && place->inode->kind == PATH_LINK && (!last || follow_last)) {
            if (++*links > LINKS_MAX) return ELOOP;
            int error = walk(disk, dir, place->inode->target, true, links, place);
            if (error != 0) return error;
        }
        at = end;
    }
    return 0;
}

int sim__path_find(SimDisk *disk, const char *path, bool follow_last, SimPlace *place)
{
    uint32_t links = 0;
    if (path[0] == 0) return ENOENT;
    if (strlen(path) > PATH_BYTES_MAX) return ENAMETOOLONG;
    return walk(disk, disk->root, path, follow_last, &links, place);
}

/* A call on names: counts, may fail as asked; then finds what is there. */
static int begin(Sim **sim, const char *path, bool follow_last, SimPlace *place)
{
    *sim = sim__step(SIM_STEP_NAME);
    sim__trace_bytes(*sim, path, strlen(path));
    if (sim__fails(*sim, SIM_FAIL_OPEN)) return EIO;
    return sim__path_find(&(*sim)->disk, path, follow_last, place);
}

static bool is_below(const SimInode *inode, const SimInode *dir)
{
    for (; inode != inode->parent; inode = inode->parent)
        if (inode == dir) return true;
    return inode == dir;
}

static int rename_check(const SimPlace *from, const SimPlace *to)
{
    if (!from->inode) return ENOENT;
    if (!from->dir || !to->dir) return EINVAL;
    if (from->inode->kind == PATH_DIR && is_below(to->dir, from->inode)) return EINVAL;
    if (!to->inode || to->inode == from->inode) return 0;
    if (to->inode->kind == PATH_DIR && from->inode->kind != PATH_DIR) return EISDIR;
    if (to->inode->kind != PATH_DIR && from->inode->kind == PATH_DIR) return ENOTDIR;
    return to->inode->kind == PATH_DIR && !sim__dir_is_empty(to->inode) ? ENOTEMPTY : 0;
}

Status sim__path_rename(const char *from, const char *to)
{
    Sim *sim;
    SimPlace old, new;
    int error = begin(&sim, from, false, &old);
    if (error == 0) error = sim__path_find(&sim->disk, to, false, &new);
    if (error == 0) error = rename_check(&old, &new);
    if (error != 0) return os__error_two(error, "rename file", from, to);
    if (new.inode == old.inode) return OK;
    SimInode *replaced = new.inode;
    SimNameOp *op = op_new(&sim->disk, old.inode);
    op_add(&sim->disk, op, new.dir, new.name, new.name_bytes, old.inode);
    op_add(&sim->disk, op, old.dir, old.name, old.name_bytes, NULL);
    if (old.inode->kind == PATH_DIR) old.inode->parent = new.dir;
    if (replaced) sim__inode_check(replaced);
    return OK;
}

Status sim__path_link(const char *from, const char *to, bool symbolic)
{
    Sim *sim;
    SimPlace old, new;
    int error = begin(&sim, to, false, &new);
    if (error == 0 && (new.inode || !new.dir)) error = EEXIST;
    if (error == 0 && sim__fails(sim, SIM_FAIL_FULL)) error = ENOSPC;
    if (error == 0 && !symbolic) {
        error = sim__path_find(&sim->disk, from, false, &old);
        if (error == 0 && !old.inode) error = ENOENT;
        if (error == 0 && old.inode->kind == PATH_DIR) error = EPERM;
    }
    if (error != 0)
        return os__error_two(error, symbolic ? "create symbolic link" : "link file", from, to);
    SimInode *inode = symbolic ? sim__inode_new(&sim->disk, PATH_LINK, 0777, sim__wall_us(sim))
                               : old.inode;
    if (symbolic) inode->target = sim__copy_text(&sim->disk.heap, from, strlen(from));
    sim__name_set(&sim->disk, new.dir, new.name, new.name_bytes, inode);
    return OK;
}

static Status copy_out(Arena *arena, const char *text, size_t bytes, Str *result)
{
    char *copy = arena_try_alloc(arena, bytes + 1);
    if (!copy) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    memcpy(copy, text, bytes);
    copy[bytes] = 0;
    *result = (Str){copy, bytes};
    return OK;
}

Status sim__path_read_link(Arena *arena, const char *path, Str *target)
{
    Sim *sim;
    SimPlace place;
    int error = begin(&sim, path, false, &place);
    if (error == 0 && !place.inode) error = ENOENT;
    if (error == 0 && place.inode->kind != PATH_LINK) error = EINVAL;
    if (error != 0) return os__error(error, "read symbolic link", path);
    return copy_out(arena, place.inode->target, strlen(place.inode->target), target);
}

Status sim__path_remove(const char *path)
{
    Sim *sim;
    SimPlace place;
    int error = begin(&sim, path, false, &place);
    if (error == 0 && !place.inode) error = ENOENT;
    if (error == 0 && place.inode->kind == PATH_DIR) error = EISDIR;
    if (error != 0) return os__error(error, "remove file", path);
    sim__name_set(&sim->disk, place.dir, place.name, place.name_bytes, NULL);
    return OK;
}

Status sim__path_info(const char *path, PathInfo *info)
{
    Sim *sim;
    SimPlace place;
    int error = begin(&sim, path, false, &place);
    if (error == 0 && !place.inode) error = ENOENT;
    if (error != 0) return os__error(error, "stat file", path);
    const SimInode *inode = place.inode;
    *info = (PathInfo){.kind = inode->kind,
                       .bytes = inode->target ? strlen(inode->target) : inode->bytes,
                       .modified_us = inode->modified_us,
                       .accessed_us = inode->modified_us,
                       .changed_us = inode->modified_us,
                       .mode = inode->mode};
    return OK;
}

Status sim__path_set_mode(const char *path, uint32_t mode)
{
    Sim *sim;
    SimPlace place;
    int error = begin(&sim, path, true, &place);
    if (error == 0 && !place.inode) error = ENOENT;
    if (error != 0) return os__error(error, "set permissions of file", path);
    place.inode->mode = mode & 07777;
    return OK;
}

Status sim__path_absolute(Arena *arena, const char *path, Str *absolute)
{
    sim__step(SIM_STEP_NAME);
    return os__path_absolute(arena, STR("/"), path, absolute);
}

/* ---- folders */

Status sim__dir_make(const char *path)
{
    Sim *sim;
    SimPlace place;
    int error = begin(&sim, path, false, &place);
    if (error == 0 && place.inode) error = EEXIST;
    if (error == 0 && sim__fails(sim, SIM_FAIL_FULL)) error = ENOSPC;
    if (error != 0) return os__error(error, "create directory", path);
    SimInode *dir = sim__inode_new(&sim->disk, PATH_DIR, 0700, sim__wall_us(sim));
    sim__name_set(&sim->disk, place.dir, place.name, place.name_bytes, dir);
    return OK;
}

Status sim__dir_remove(const char *path)
{
    Sim *sim;
    SimPlace place;
    int error = begin(&sim, path, false, &place);
    if (error == 0 && !place.inode) error = ENOENT;
    if (error == 0 && place.inode->kind != PATH_DIR) error = ENOTDIR;
    if (error == 0 && !place.dir) error = EINVAL;
    if (error == 0 && !sim__dir_is_empty(place.inode)) error = ENOTEMPTY;
    if (error != 0) return os__error(error, "remove directory", path);
    sim__name_set(&sim->disk, place.dir, place.name, place.name_bytes, NULL);
    return OK;
}

/* The names may be durable at the call's beginning or only at its end. */
Status sim__dir_sync(const char *path)
{
    Sim *sim = sim__step(SIM_STEP_SYNC);
    SimPlace place;
    sim__trace_bytes(sim, path, strlen(path));
    bool fails = sim__fails(sim, SIM_FAIL_SYNC);
    int error = fails ? EIO : sim__path_find(&sim->disk, path, true, &place);
    if (error == 0 && !place.inode) error = ENOENT;
    if (error == 0 && place.inode->kind != PATH_DIR) error = ENOTDIR;
    if (error != 0) return os__error(error, "fsync file", path);
    SimInode *dir = place.inode;
    dir->op_uses++; /* lives while others run */
    bool early = random_chance(&sim->random, 2);
    if (early) sim__dir_commit(&sim->disk, dir);
    sim__step(SIM_STEP_SYNC);
    if (!early) sim__dir_commit(&sim->disk, dir);
    dir->op_uses--;
    sim__inode_check(dir);
    return OK;
}

Status sim__dir_list(Arena *arena, const char *path, Str **names, uint32_t *count)
{
    Sim *sim;
    SimPlace place;
    int error = begin(&sim, path, true, &place);
    if (error == 0 && !place.inode) error = ENOENT;
    if (error == 0 && place.inode->kind != PATH_DIR) error = ENOTDIR;
    if (error != 0) return os__error(error, "open directory", path);
    uint32_t total = 0;
    for (const SimName *name = place.inode->names; name; name = name->next)
        total += name->now != NULL;
    Str *list = arena_try_alloc(arena, total * sizeof *list);
    if (!list) return error_note(ST_NO_MEMORY, SQLSTATE_OUT_OF_MEMORY, "out of memory");
    uint32_t filled = 0;
    for (const SimName *name = place.inode->names; name; name = name->next)
        if (name->now) TRY(copy_out(arena, name->text, name->bytes, &list[filled++]));
    os__names_sort(list, total);
    *names = list;
    *count = total;
    return OK;
}

Status sim__disk_free(const char *path, uint64_t *bytes_free)
{
    enum { FREE_WITHOUT_LIMIT_SHIFT = 40 };
    Sim *sim;
    SimPlace place;
    int error = begin(&sim, path, true, &place);
    if (error == 0 && !place.inode) error = ENOENT;
    if (error != 0) return os__error(error, "statfs file", path);
    uint64_t used = sim->disk.blocks_used * SIM_BLOCK_BYTES, max = sim->disk.bytes_max;
    *bytes_free = max == 0 ? UINT64_C(1) << FREE_WITHOUT_LIMIT_SHIFT : max > used ? max - used : 0;
    return OK;
}
