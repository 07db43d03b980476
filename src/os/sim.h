/* SPDX-License-Identifier: Apache-2.0 */
/* sim.h - the simulated machine: a whole server, or several, in one thread, deterministic to the byte (docs/traps.md
 * C29).
 *
 * Tasks are fibers. At every call of this room, and at every os_yield_point, the scheduler may switch to another
 * runnable fiber, chosen by the seed. The clock is virtual: when all fibers wait, it jumps to the nearest deadline;
 * when there is none, that is a bug found (SIM_STUCK). Sockets are loopback only; processes and signals are refused.
 * Test programs only: a release does not contain it.
 *
 * A machine has a disk of 512-byte sectors. Writes, sizes, new names, renames, removals and punches are visible at once
 * and become durable at a sync (contents: os_file_sync; names: os_dir_sync). A crash keeps what is durable and, of the
 * rest, a random part: each unsynced sector is old, new or (one in some) torn inside a write in sector units; each
 * unsynced name change is there or not, in an order a real journalling file system may show; a rename is whole or not
 * there. After a failed sync the dirty sectors are dropped from the set to be synced, as kernels do: they are still
 * seen, also by the next run if no power cut came between, and never become durable unless written again. So recovery
 * must write again, not only sync, what it read behind the last known good sync. */
#pragma once

#include "base/account.h"
#include "base/base.h"
#include "base/random.h"
#include "os/os.h"

typedef struct Sim Sim;

typedef struct SimOptions {
    uint64_t seed;
    uint32_t switch_one_in;  /* chance of a switch at a call or yield point; 0: 4 */
    uint64_t disk_bytes_max; /* ST_FULL beyond; 0: no limit */
    bool io_reorder;         /* asynchronous requests complete in random order, late */
    size_t memory_max;       /* of the machine's account; 0: no limit */
    uint64_t steps_max;      /* calls until SIM_STEPS; 0: 100 million: a livelock is a bug too */
} SimOptions;

typedef enum SimEnd {
    SIM_DONE, /* main returned (other fibers, if any, were dropped and SIM_LEFTOVERS counts them) */
    SIM_CRASHED, /* sim_crash_* struck: fibers and memory are gone, the disk is as after a power cut */
    SIM_STUCK, /* all fibers wait and no deadline will come; sim_report names what each waits for */
    SIM_STEPS,
} SimEnd;

/* The simulation and its disk, which lasts over many runs. NULL: out of memory. */
Sim *sim_new(const SimOptions *options);
void sim_release(Sim *sim);

/* Runs main(arg) as the first task of a fresh machine on the disk as it is. All memory the run charged is dropped at
 * its end. The calling thread must not be a task. Runs may follow each other (crash, then open again). Unless the run
 * crashed, the disk keeps what is not durable, as a kernel does when a process ends; requests under way then happen or
 * not. */
SimEnd sim_run(Sim *sim, void (*main)(void *arg), void *arg);
/* Tasks that had not ended when the last run did; main counts too when it had not returned. */
uint32_t sim_leftovers(const Sim *sim);
/* Text on how the last run ended: fibers with what they waited for. Lives until the next run. */
const char *sim_report(const Sim *sim);
/* A hash over every scheduling choice and every byte given to disk and sockets: the same seed gives the same. */
uint64_t sim_trace_hash(const Sim *sim);
uint64_t sim_steps(const Sim *sim); /* calls of this run, or of the last one */
/* The simulation the running task lives in; NULL on the real machine. */
Sim *sim_self(void);
/* Random numbers from the seed, for the test's own choices, going on from run to run; does not disturb the scheduler's
 * stream. */
Random *sim_random(Sim *sim);

/* Crash at the n-th call from now (1: the next; 0: disarms; forgotten at the end of the run), or right here. With
 * `tear`, unsynced data survives by chance; without, none does. */
void sim_crash_at(Sim *sim, uint64_t n, bool tear);
_Noreturn void sim_crash_now(bool tear);

typedef enum SimFailure {
    SIM_FAIL_READ = 1,  /* EIO */
    SIM_FAIL_WRITE = 2, /* EIO, a random part was written */
    SIM_FAIL_SYNC = 4,  /* EIO, and the dirty sectors are dropped */
    SIM_FAIL_FULL =
        8, /* write, allocate or create: no space; accept or new poller: no descriptor */
    SIM_FAIL_OPEN = 16,   /* open and all calls on names but dir_sync: EIO */
    SIM_FAIL_MEMORY = 32, /* os_memory_map and account charges */
    SIM_FAIL_SHORT_READ =
        64, /* the system returns less than asked, to be gone on with: must not be noticed */
    SIM_FAIL_START = 128,  /* os_task_start */
    SIM_FAIL_SOCKET = 256, /* connection reset */
} SimFailure;
/* The n-th call of any of `kinds` from now fails, once or from then on; a new plan replaces the old one. Charges to
 * accounts are counted by themselves, while the run goes. sim_disarm returns how often it fired. */
void sim_fail_at(Sim *sim, uint32_t kinds, uint64_t n, bool for_ever);
uint64_t sim_disarm(Sim *sim);

/* The disk from outside, between or during runs. */
bool sim_disk_flip_bit(Sim *sim, const char *path,
                       uint64_t bit); /* durable contents and cache; false: no such file or bit */
bool sim_disk_zero_sector(Sim *sim, const char *path, uint64_t sector);
bool sim_disk_read(Sim *sim, const char *path, void *data, size_t bytes, uint64_t offset,
                   size_t *done);
bool sim_disk_write(Sim *sim, const char *path, const void *data, size_t bytes,
                    uint64_t offset);                     /* durable at once */
uint64_t sim_disk_file_bytes(Sim *sim, const char *path); /* UINT64_MAX: none */
uint64_t sim_disk_space_used(const Sim *sim);
void sim_disk_set_limit(Sim *sim, uint64_t disk_bytes_max);
/* A copy of the whole disk, with what is not durable, to try several ends from one state; and back (between runs
 * only). */
typedef struct SimDisk SimDisk;
SimDisk *sim_disk_copy(const Sim *sim);
void sim_disk_restore(Sim *sim, const SimDisk *copy);
void sim_disk_free_copy(SimDisk *copy);

/* Pause points: tasks that reach PAUSE_POINT(name) stop there until released; a hold lasts over runs. */
void sim_pause_hold(Sim *sim, const char *name);
uint32_t sim_pause_waiting(Sim *sim, const char *name);
void sim_pause_release(Sim *sim, const char *name);
