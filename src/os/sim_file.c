/* SPDX-License-Identifier: Apache-2.0 */
/* sim_file.c - calls on open files, and background I/O.
 *
 * A read or write may be split so that others run in between, as the kernel promises no atomicity; a sync takes effect
 * at its beginning or at its end, so that nobody relies on what was written meanwhile. Background requests take effect
 * when they complete, in a fiber of the machine's own. */
#include "os/sim_internal.h"

#include <errno.h>

#include "base/error.h"

enum { SPLIT_ONE_IN = 8 };

typedef struct SimFile {
    File shared; /* first: what File * points to */
    struct SimFile *next, *previous;
    SimInode *inode;
    uint32_t flags;
    char path[];
} SimFile;

static SimFile *sim_file(File *file)
{
    return (SimFile *)file;
}

/* ---- open and close */

static int find_or_create(Sim *sim, const char *path, uint32_t flags, SimInode **inode)
{
    SimPlace place;
    int error = sim__path_find(&sim->disk, path, true, &place);
    if (error != 0) return error;
    *inode = place.inode;
    if (place.inode) {
        if (flags & FILE_EXCLUSIVE) return EEXIST;
        return place.inode->kind == PATH_DIR ? EISDIR : 0;
    }
    if (!(flags & FILE_CREATE)) return ENOENT;
    if (sim__fails(sim, SIM_FAIL_FULL)) return ENOSPC;
    *inode = sim__inode_new(&sim->disk, PATH_FILE, 0600, sim__wall_us(sim));
    sim__name_set(&sim->disk, place.dir, place.name, place.name_bytes, *inode);
    return 0;
}

Status sim__file_open(const char *path, uint32_t flags, File **file)
{
    Sim *sim = sim__step(SIM_STEP_FILE);
    sim__trace_bytes(sim, path, strlen(path));
    SimInode *inode;
    int error = sim__fails(sim, SIM_FAIL_OPEN) ? EIO : find_or_create(sim, path, flags, &inode);
    if (error != 0) return os__error(error, "open file", path);
    if (flags & FILE_TRUNCATE) sim__inode_set_size(inode, 0);
    size_t path_bytes = strlen(path) + 1;
    SimFile *opened = sim__alloc(&sim->heap, sizeof *opened + path_bytes);
    memcpy(opened->path, path, path_bytes);
    opened->shared.path = opened->path;
    opened->shared.direct = (flags & FILE_DIRECT) != 0;
    opened->inode = inode;
    opened->flags = flags;
    opened->next = sim->files;
    if (sim->files) sim->files->previous = opened;
    sim->files = opened;
    sim__inode_hold(inode, 0, 1);
    *file = &opened->shared;
    return OK;
}

static void close_file(Sim *sim, SimFile *file)
{
    SimInode *inode = file->inode;
    if (inode->lock_owner == &file->shared) inode->lock_owner = NULL;
    if (file->next) file->next->previous = file->previous;
    if (file->previous)
        file->previous->next = file->next;
    else
        sim->files = file->next;
    sim__free(&sim->heap, file);
    sim__inode_hold(inode, 0, -1);
    sim__inode_check(inode);
}

void sim__file_close(File *file)
{
    close_file(sim__step(SIM_STEP_FILE), sim_file(file));
}

void sim__files_drop(Sim *sim)
{
    while (sim->files) close_file(sim, sim->files);
}

/* ---- reading and writing. The parts without a step serve the background fiber too. */

/* Reads what one system call gives: with SIM_FAIL_SHORT_READ less than there is. */
static Status read_part(Sim *sim, SimFile *file, void *data, size_t bytes, uint64_t offset,
                        size_t *done)
{
    *done = 0;
    if (!(file->flags & FILE_READ)) return os__error(EBADF, "read file", file->path);
    if (sim__fails(sim, SIM_FAIL_READ)) return os__error(EIO, "read file", file->path);
    if (bytes > 1 && sim__fails(sim, SIM_FAIL_SHORT_READ))
        bytes = 1 + (size_t)random_below(&sim->random, bytes - 1);
    sim__inode_read(file->inode, data, bytes, offset, done);
    return OK;
}

/* Goes on after short reads until the end of the file. */
static Status read_all(Sim *sim, SimFile *file, void *data, size_t bytes, uint64_t offset,
                       size_t *done)
{
    for (*done = 0; *done < bytes;) {
        size_t part;
        TRY(read_part(sim, file, (char *)data + *done, bytes - *done, offset + *done, &part));
        if (part == 0) break;
        *done += part;
    }
    return OK;
}

static Status write_all(Sim *sim, SimFile *file, const void *data, size_t bytes, uint64_t offset)
{
    size_t done = 0;
    if (!(file->flags & (FILE_WRITE | FILE_APPEND)))
        return os__error(EBADF, "write file", file->path);
    bool fails = sim__fails(sim, SIM_FAIL_WRITE);
    if (!fails && sim__fails(sim, SIM_FAIL_FULL))
        return os__error(ENOSPC, "write file", file->path);
    sim__trace(sim, offset);
    sim__trace_bytes(sim, data, bytes);
    if (fails) bytes = (size_t)random_below(&sim->random, bytes + 1);
    bool all = sim__inode_write(file->inode, data, bytes, offset, &done, &sim->disk_random);
    file->inode->modified_us = sim__wall_us(sim);
    if (fails) return os__error(EIO, "write file", file->path);
    return all ? OK : os__error(ENOSPC, "write file", file->path);
}

static Status sync_now(SimFile *file)
{
    sim__inode_sync(file->inode);
    return OK;
}

static Status sync_failed(SimFile *file)
{
    sim__inode_sync_failed(file->inode);
    return os__error(EIO, "fsync file", file->path);
}

Status sim__file_read(File *file, void *data, size_t bytes, uint64_t offset, size_t *done)
{
    Sim *sim = sim__step(SIM_STEP_READ);
    if (bytes <= SIM_SECTOR_BYTES || !random_chance(&sim->random, SPLIT_ONE_IN))
        return read_all(sim, sim_file(file), data, bytes, offset, done);
    size_t first = (1 + (size_t)random_below(&sim->random, (bytes - 1) / SIM_SECTOR_BYTES)) *
                   SIM_SECTOR_BYTES,
           rest = 0;
    TRY(read_all(sim, sim_file(file), data, first, offset, done));
    if (*done < first) return OK;
    sim__step(SIM_STEP_READ);
    Status st = read_all(sim, sim_file(file), (char *)data + first, bytes - first, offset + first,
                         &rest);
    *done += rest;
    return st;
}

Status sim__file_write(File *file, const void *data, size_t bytes, uint64_t offset)
{
    Sim *sim = sim__step(SIM_STEP_WRITE);
    if (bytes <= SIM_SECTOR_BYTES || !random_chance(&sim->random, SPLIT_ONE_IN))
        return write_all(sim, sim_file(file), data, bytes, offset);
    size_t first = (1 + (size_t)random_below(&sim->random, (bytes - 1) / SIM_SECTOR_BYTES)) *
                   SIM_SECTOR_BYTES;
    TRY(write_all(sim, sim_file(file), data, first, offset));
    sim__step(SIM_STEP_WRITE);
    return write_all(sim, sim_file(file), (const char *)data + first, bytes - first,
                     offset + first);
}

Status sim__file_append(File *file, const void *data, size_t bytes)
{
    Sim *sim = sim__step(SIM_STEP_WRITE);
    return write_all(sim, sim_file(file), data, bytes, sim_file(file)->inode->bytes);
}

Status sim__file_sync(File *file)
{
    Sim *sim = sim__step(SIM_STEP_SYNC);
    if (sim__fails(sim, SIM_FAIL_SYNC)) return sync_failed(sim_file(file));
    bool early = random_chance(&sim->random, 2);
    if (early) TRY(sync_now(sim_file(file)));
    sim__step(SIM_STEP_SYNC);
    return early ? OK : sync_now(sim_file(file));
}

void sim__file_hint(File *file, bool write, uint64_t offset, uint64_t bytes)
{
    Sim *sim = sim__step(SIM_STEP_FILE);
    if (write) sim__inode_seep(sim_file(file)->inode, offset, bytes, &sim->disk_random);
}

/* ---- size and space */

Status sim__file_size(File *file, uint64_t *bytes)
{
    sim__step(SIM_STEP_FILE);
    *bytes = sim_file(file)->inode->bytes;
    return OK;
}

Status sim__file_set_size(File *file, uint64_t bytes)
{
    Sim *sim = sim__step(SIM_STEP_WRITE);
    if (sim__fails(sim, SIM_FAIL_WRITE)) return os__error(EIO, "truncate file", file->path);
    sim__trace(sim, bytes);
    sim__inode_set_size(sim_file(file)->inode, bytes);
    return OK;
}

Status sim__file_allocate(File *file, uint64_t offset, uint64_t bytes)
{
    Sim *sim = sim__step(SIM_STEP_WRITE);
    if (sim__fails(sim, SIM_FAIL_WRITE))
        return os__error(EIO, "allocate space for file", file->path);
    sim__trace(sim, offset ^ bytes << 1);
    if (sim__fails(sim, SIM_FAIL_FULL) ||
        !sim__inode_allocate(sim_file(file)->inode, offset, bytes))
        return os__error(ENOSPC, "allocate space for file", file->path);
    return OK;
}

Status sim__file_punch(File *file, uint64_t offset, uint64_t bytes)
{
    Sim *sim = sim__step(SIM_STEP_WRITE);
    if (sim__fails(sim, SIM_FAIL_WRITE)) return os__error(EIO, "punch hole in file", file->path);
    sim__trace(sim, offset ^ bytes << 1);
    sim__inode_punch(sim_file(file)->inode, offset, bytes);
    return OK;
}

Status sim__file_space_used(File *file, uint64_t *bytes)
{
    sim__step(SIM_STEP_FILE);
    *bytes = sim_file(file)->inode->blocks * SIM_BLOCK_BYTES;
    return OK;
}

Status sim__file_lock(File *file)
{
    sim__step(SIM_STEP_FILE);
    SimInode *inode = sim_file(file)->inode;
    if (inode->lock_owner && inode->lock_owner != file)
        return error_note(ST_BUSY, SQLSTATE_OBJECT_IN_USE,
                          "could not lock file \"%s\": it is locked", file->path);
    inode->lock_owner = file;
    return OK;
}

/* ---- background I/O */

/* Requests take tens of microseconds; one in LATE_ONE_IN, when they may be reordered, takes up to 20 ms. */
enum { IO_NS_LEAST = 10000, IO_NS_MORE = 200000, LATE_ONE_IN = 16, LATE_NS_MAX = 20000000 };

/* The error was noted in the I/O task: the waiter's own is made from the number. */
static int error_number(Status status)
{
    switch ((int)status) {
    case OK:
    case ST_END: return 0;
    case ST_FULL: return ENOSPC;
    default: return EIO;
    }
}

static void perform(Sim *sim, IoRequest *request)
{
    SimFile *file = sim_file(request->file);
    size_t done = 0;
    switch (request->op) {
    case IO_READ:
        request->status = read_all(sim, file, request->data, request->bytes, request->offset,
                                   &done);
        if (request->status == OK && done < request->bytes) request->status = ST_END;
        request->done = (uint32_t)done;
        return;
    case IO_WRITE:
        request->status = write_all(sim, file, request->data, request->bytes, request->offset);
        if (request->status == OK) request->done = request->bytes;
        return;
    case IO_SYNC:
        request->status = sim__fails(sim, SIM_FAIL_SYNC) ? sync_failed(file) : sync_now(file);
        return;
    }
    UNREACHABLE();
}

static void io_main(void *arg)
{
    Sim *sim = arg;
    for (;;) {
        SimIo *io = sim->ios;
        if (!io) {
            sim__block(sim, SIM_IDLE, NULL, INT64_MAX);
        } else if (io->due_ns > sim->now_ns) {
            sim__block(sim, SIM_IDLE, NULL, io->due_ns);
        } else {
            IoRequest *request = io->request;
            sim->ios = io->next;
            sim__free(&sim->heap, io);
            sim__trace(sim, (uint64_t)request->op << 48 | request->offset);
            perform(sim, request);
            request->error_number = error_number(request->status);
            os__io_done(request);
            sim__step(SIM_STEP_IO);
        }
    }
}

/* It is number 0, and a new run's tasks count from 1. */
Status sim__io_start(Sim *sim)
{
    TaskOptions options = {.name = "simulated i/o"};
    SimFiber *fiber;
    TRY(sim__fiber_new(sim, &options, io_main, sim, &fiber));
    fiber->daemon = true;
    fiber->task.number = 0;
    sim->os.tasks_started = 0;
    sim->io_fiber = fiber;
    return OK;
}

static int64_t draw_due(Sim *sim)
{
    int64_t due = sim->now_ns + IO_NS_LEAST + (int64_t)random_below(&sim->random, IO_NS_MORE);
    if (!sim->options.io_reorder) return sim->io_last_due_ns = MAX(due, sim->io_last_due_ns + 1);
    if (random_chance(&sim->random, LATE_ONE_IN))
        due += (int64_t)random_below(&sim->random, LATE_NS_MAX);
    return due;
}

void sim__io_submit(IoBatch *batch, IoRequest *const *requests, uint32_t count)
{
    (void)batch;
    Sim *sim = sim__step(SIM_STEP_IO);
    for (uint32_t i = 0; i < count; i++) {
        SimIo *io = sim__alloc(&sim->heap, sizeof *io);
        io->request = requests[i];
        io->due_ns = draw_due(sim);
        SimIo **link = &sim->ios;
        while (*link && (*link)->due_ns <= io->due_ns) link = &(*link)->next;
        io->next = *link;
        *link = io;
    }
    if (sim->io_fiber->state == SIM_IDLE) sim__ready(sim, sim->io_fiber);
    sim__step(SIM_STEP_IO);
}

void sim__io_drop(Sim *sim, bool some_happen)
{
    for (SimIo *io = sim->ios, *next; io; io = next) {
        next = io->next;
        const IoRequest *request = io->request;
        size_t done;
        if (some_happen && request->op == IO_WRITE && random_chance(&sim->disk_random, 2))
            sim__inode_write(sim_file(request->file)->inode, request->data, request->bytes,
                             request->offset, &done, NULL);
        sim__free(&sim->heap, io);
    }
    sim->ios = NULL;
    sim->io_last_due_ns = 0;
}
