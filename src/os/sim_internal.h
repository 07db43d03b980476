/* SPDX-License-Identifier: Apache-2.0 */
/* sim_internal.h - the parts of the simulated machine, as its files know each other.
 *
 * Everything happens in one thread: nothing here needs a lock. The machine itself (fibers, disk, sockets) lives in a
 * SimHeap, mapped from the system and charged to no account: failures of memory that a test asks for strike what runs
 * on the machine, never the machine. Nothing is ordered or hashed by address: lists are kept in order of creation. */
#pragma once

#include "base/random.h"
#include "base/task.h"
#include "os/os_internal.h"
#include "os/sim.h"

/* ---- sim_memory.c: memory of the machine itself */
enum { SIM_HEAP_CLASSES = 24 };
typedef struct SimPiece SimPiece;
typedef struct SimHeap {
    SimPiece *free[SIM_HEAP_CLASSES];
    struct SimChunk *chunks; /* newest first */
    struct SimLarge *large;  /* pieces too big for a class */
    char *next;
    size_t left; /* bytes behind `next` in the newest chunk */
} SimHeap;
/* Pages from the system, zeroed; NULL when there are none. */
void *sim__pages_map(size_t bytes, bool reserve_only);
void sim__pages_unmap(void *pages, size_t bytes);
/* Zeroed; stops the process when the host's memory is out: a machine without hardware cannot go on. */
void *sim__alloc(SimHeap *heap, size_t bytes);
void *sim__alloc_raw(SimHeap *heap, size_t bytes); /* indeterminate contents */
void sim__free(SimHeap *heap, void *piece);        /* NULL is allowed */
void *sim__grow_array(SimHeap *heap, void *items, uint32_t *capacity, uint32_t needed,
                      size_t item_bytes);
char *sim__copy_text(SimHeap *heap, const char *text, size_t bytes);
void sim__heap_release(SimHeap *heap);

/* ---- sim_fiber.c: stacks and the switch between them */
typedef struct SimStack {
    struct SimStack *next;
    char *low;    /* of the usable part; a guard page lies below */
    size_t bytes; /* usable */
} SimStack;
typedef struct SimContext {
    void *place;           /* saved stack pointer, or ucontext_t */
    const void *stack_low; /* for the sanitizers */
    size_t stack_bytes;
    void *fake_stack;
    void *tsan_fiber;
} SimContext;
enum { SIM_GUARD_BYTES = 4096 };
SimStack *sim__stack_take(SimStack **spare, SimHeap *heap,
                          size_t bytes); /* NULL: out of address space */
void sim__stack_release_all(SimStack *stacks);
/* `entry` must never return and must call sim__context_arrived first. */
void sim__context_init(SimContext *context, SimHeap *heap, SimStack *stack,
                       void (*entry)(void *arg), void *arg);
void sim__context_init_host(SimContext *context, SimHeap *heap);
void sim__context_release(SimContext *context, SimHeap *heap);
/* Goes on in `to`; returns when somebody switches back. `ends`: nobody ever will. */
void sim__context_switch(SimContext *from, SimContext *to, bool ends);
void sim__context_arrived(SimContext *here, SimContext *from);

/* ---- sim_sched.c: fibers, their waits, the clock */
typedef enum SimState {
    SIM_RUNNABLE,
    SIM_PARKED,     /* os_wait: until the token is there */
    SIM_ON_WORD,    /* what: the word */
    SIM_ON_SOCKET,  /* what: the socket; ready */
    SIM_ON_POLLER,  /* what: the poller */
    SIM_ON_CONNECT, /* what: the listener's backlog */
    SIM_ON_JOIN,    /* what: the task */
    SIM_HELD,       /* what: the pause point */
    SIM_IDLE,       /* the I/O fiber without requests */
} SimState;

/* A fiber and its task. */
typedef struct SimFiber {
    OsTask shared; /* first: what task->os_task points to */
    Task task;
    Sim *sim;
    SimContext context;
    SimStack *stack;
    void (*main)(void *arg);
    void *arg;
    SimState state;
    bool token, timed_out;
    bool ended, detached;
    bool daemon;    /* the machine's own (I/O): nobody misses it */
    uint32_t ready; /* SIM_ON_SOCKET: SocketReady bits */
    const void *what;
    int64_t deadline;
    uint64_t wait_order;       /* rises with every wait: first come, first woken */
    uint32_t index, run_index; /* places in sim->fibers and sim->runnable */
} SimFiber;

typedef struct SimFailPlan {
    uint32_t kinds;
    uint64_t n, seen, fired;
    uint64_t memory_fired_before; /* account_fail_fired when armed */
    bool for_ever, memory_armed;
} SimFailPlan;

typedef struct SimMap { /* memory given by os_memory_map */
    struct SimMap *next;
    void *memory;
    size_t bytes;
} SimMap;

typedef struct SimHold { /* a pause point held by the test */
    struct SimHold *next;
    bool held;
    char name[];
} SimHold;

typedef struct SimIo {
    struct SimIo *next;
    IoRequest *request;
    int64_t due_ns;
} SimIo;

typedef struct SimInode SimInode;
typedef struct SimName SimName;
typedef struct SimNameOp SimNameOp;
struct SimDisk {
    SimHeap heap;           /* of its own: a copy of a disk outlives what it was copied from */
    SimInode *first, *last; /* all inodes, oldest first */
    SimInode *root;
    SimNameOp *ops_first, *ops_last; /* name changes that are not durable, oldest first */
    uint64_t inode_next, op_next;
    uint64_t blocks_used; /* allocated, 4 KiB each */
    uint64_t bytes_max;   /* 0: no limit */
};

enum { SIM_REPORT_BYTES = 16384 };
struct Sim {
    Os os; /* first: what tasks see */
    SimOptions options;
    SimHeap heap;
    Random random;      /* the scheduler's */
    Random disk_random; /* what a crash keeps */
    Random secrets;
    Random test_random;
    /* run */
    bool running;
    SimEnd end;
    SimContext host;
    SimContext *came_from; /* the context that switched last */
    SimFiber *current;
    SimFiber *ended; /* just ended: the next fiber to run gives its stack back */
    SimFiber **fibers, **runnable;
    uint32_t fiber_count, fiber_capacity, runnable_count, runnable_capacity;
    SimFiber *main_fiber, *io_fiber;
    SimStack *spare_stacks;
    int64_t now_ns, next_deadline_ns;
    uint64_t wait_order;
    uint64_t steps, trace;
    uint64_t crash_countdown; /* 0: none */
    bool crash_tear;
    uint32_t leftovers;
    SimFailPlan fail;
    SimHold *holds;
    SimMap *maps;
    struct SimFile *files; /* open, newest first */
    SimIo *ios;            /* submitted, in order of due time */
    int64_t io_last_due_ns;
    Socket *sockets;
    Poller *pollers;
    uint16_t port_next;
    int descriptor_next;
    SimDisk disk;
    size_t report_bytes;
    char report[SIM_REPORT_BYTES];
};

static inline Sim *sim__self(void)
{
    return (Sim *)task_self()->os;
}
static inline SimFiber *sim__fiber(Task *task)
{
    return (SimFiber *)task->os_task;
}
/* One call of the machine: counts, may crash, may switch to another fiber. `what` goes into the trace. */
typedef enum SimStep {
    SIM_STEP_YIELD = 1,
    SIM_STEP_PARK,
    SIM_STEP_WAKE,
    SIM_STEP_WORD,
    SIM_STEP_SPIN,
    SIM_STEP_TASK,
    SIM_STEP_CLOCK,
    SIM_STEP_MEMORY,
    SIM_STEP_READ,
    SIM_STEP_WRITE,
    SIM_STEP_SYNC,
    SIM_STEP_FILE,
    SIM_STEP_NAME,
    SIM_STEP_IO,
    SIM_STEP_SOCKET,
    SIM_STEP_POLLER,
    SIM_STEP_PAUSE,
    SIM_STEP_PROCESS,
} SimStep;
Sim *sim__step(SimStep what);
void sim__trace(Sim *sim, uint64_t value);
void sim__trace_bytes(Sim *sim, const void *data, size_t bytes);
/* Waits until sim__ready or the deadline (false). */
bool sim__block(Sim *sim, SimState state, const void *what, int64_t deadline_ns);
void sim__ready(Sim *sim, SimFiber *fiber);
/* Makes at most `count` of the fibers that wait so on `what` runnable, the longest waiting first. */
void sim__ready_waiters(Sim *sim, SimState state, const void *what, uint32_t count);
/* True: an interrupt that ends waits is pending for the running task. */
bool sim__is_cancelled(const Task *task);
Status sim__fiber_new(Sim *sim, const TaskOptions *options, void (*main)(void *arg), void *arg,
                      SimFiber **fiber);
_Noreturn void sim__end_run(Sim *sim, SimEnd end);
void sim__drop_fibers(Sim *sim);
bool sim__fails(Sim *sim, SimFailure kind);

Status sim__task_start(Os *os, const TaskOptions *options, void (*main)(void *), void *arg,
                       Task **task);
void sim__task_join(Task *task);
void sim__task_detach(Task *task);
Status sim__park(Task *self, bool interruptible, Deadline deadline);
void sim__unpark(Task *task);
void sim__word_wait(_Atomic uint32_t *word, uint32_t seen, Deadline deadline);
void sim__word_wake(_Atomic uint32_t *word, uint32_t count);
void sim__spin(uint32_t *round);
void sim__yield(void);

/* ---- sim_disk.c: contents of files and what a power cut leaves of them */
enum {
    SIM_SECTOR_BYTES = 512,
    SIM_BLOCK_BYTES = 4096,
    SIM_BLOCK_SECTORS = SIM_BLOCK_BYTES / SIM_SECTOR_BYTES
};
/* Blocks stand in leaves of 512, found through an array of leaves: 2 MiB of file a leaf. */
enum { SIM_LEAF_BLOCKS = 512, SIM_LAYERS_MAX = 4 };

/* A block of a file: what is seen now, and per sector what a crash may bring back. A block that was punched or cut off
 * keeps what it was before as `older`, until the operation is durable. */
typedef struct SimBlock {
    struct SimBlock *older;
    uint64_t born_op; /* number of the operation that made this layer; 0: none */
    struct SimBlock *unsynced_next, *unsynced_previous;
    uint64_t index; /* in the file */
    uint8_t dirty;  /* sectors written since the last sync */
    uint8_t lost;   /* sectors whose sync failed: seen, never durable unless written again */
    uint8_t seeped_sectors; /* sectors with an in-between version that the kernel wrote by itself */
    bool listed;            /* in the file's list of unsynced blocks */
    bool hole;              /* takes no space: punched or cut off */
    bool was_hole;          /* nothing of it is durable */
    uint8_t *synced;        /* durable contents, where a sector is dirty or lost; NULL: zeros */
    uint8_t *seeped;
    uint8_t *data; /* NULL: zeros */
} SimBlock;

typedef enum SimFileOpKind { SIM_OP_SET_SIZE, SIM_OP_GROW, SIM_OP_PUNCH } SimFileOpKind;
typedef struct SimFileOp { /* a change of size or space that is not durable */
    uint64_t number;
    SimFileOpKind kind;
    bool survives;  /* decided at a crash */
    uint64_t bytes; /* the new size */
} SimFileOp;

struct SimInode {
    SimInode *next, *previous;
    SimDisk *disk;
    uint64_t number;
    PathKind kind;
    uint32_t mode, mode_synced;
    int64_t modified_us;
    uint32_t names_now, names_kept, op_uses, opens;
    bool doomed;        /* at a crash: a change of it or of its name was lost, so are later ones */
    bool wanted;        /* a folder: by the sync under way */
    uint8_t crash_mode; /* of a folder's names */
    uint32_t crash_left;
    const File *lock_owner;
    /* a file */
    uint64_t bytes, bytes_synced;
    SimBlock ***leaves;
    uint32_t leaf_count;
    uint64_t blocks;    /* that take space */
    SimBlock *unsynced; /* oldest first */
    SimBlock *unsynced_last;
    SimFileOp *ops;
    uint32_t op_count, op_capacity;
    /* a folder */
    SimName *names;
    SimInode *parent;
    /* a symbolic link */
    char *target;
};

SimInode *sim__inode_new(SimDisk *disk, PathKind kind, uint32_t mode, int64_t now_us);
/* Changes how many names it has and how many files have it open. */
void sim__inode_hold(SimInode *inode, int32_t names, int32_t opens);
/* Frees it when nothing leads to it any more. */
void sim__inode_check(SimInode *inode);
void sim__inode_free(SimInode *inode);
void sim__inode_read(const SimInode *inode, void *data, size_t bytes, uint64_t offset,
                     size_t *done);
/* False: the disk is full; *done tells how much was written. `seep` decides when the kernel writes by itself; NULL:
 * never. */
bool sim__inode_write(SimInode *inode, const void *data, size_t bytes, uint64_t offset,
                      size_t *done, Random *seep);
void sim__inode_set_size(SimInode *inode, uint64_t bytes);
bool sim__inode_allocate(SimInode *inode, uint64_t offset, uint64_t bytes);
void sim__inode_punch(SimInode *inode, uint64_t offset, uint64_t bytes);
void sim__inode_sync(SimInode *inode);
void sim__inode_sync_failed(SimInode *inode);
void sim__inode_seep(SimInode *inode, uint64_t offset, uint64_t bytes, Random *random);
/* Changes durable contents and what is seen alike. False: outside of the file. */
bool sim__inode_poke(SimInode *inode, const void *data, size_t bytes, uint64_t offset);
/* A power cut: each file keeps what is durable and, with `tear`, some of the rest. */
void sim__inode_crash(SimInode *inode, Random *random, bool tear);
void sim__inode_copy(SimInode *to, const SimInode *from);
bool sim__disk_has_room(const SimDisk *disk, uint64_t blocks);

/* ---- sim_names.c: folders, paths and what a power cut leaves of them */
struct SimName {
    SimName *next;
    SimInode *now;  /* what the name leads to; NULL: removed */
    SimInode *kept; /* durably */
    uint32_t uses;  /* by operations */
    bool doomed;
    uint32_t bytes;
    char text[];
};
/* One change of one name, or of two at once (a rename). */
struct SimNameOp {
    SimNameOp *next, *previous;
    uint64_t number;
    bool wanted; /* by the sync under way */
    uint32_t count;
    SimInode *moved; /* the inode whose name changes */
    SimInode *dir[2];
    SimName *name[2];
    SimInode *to[2]; /* what name[i] leads to afterwards */
};
/* Where a path leads: its last folder and, when it exists, the inode. */
typedef struct SimPlace {
    SimInode *dir; /* NULL: the path is the root itself */
    const char *name;
    size_t name_bytes;
    SimInode *inode; /* NULL: no such name in `dir` */
} SimPlace;
/* 0 or an errno value. */
int sim__path_find(SimDisk *disk, const char *path, bool follow_last, SimPlace *place);
void sim__name_set(SimDisk *disk, SimInode *dir, const char *name, size_t bytes, SimInode *inode);
void sim__dir_commit(SimDisk *disk, SimInode *dir);
bool sim__dir_is_empty(const SimInode *dir);
void sim__names_crash(SimDisk *disk, Random *random, bool tear);
void sim__names_copy(SimDisk *to, const SimDisk *from, SimInode *const *map, uint64_t map_count);
void sim__disk_init(SimDisk *disk);
void sim__disk_crash(SimDisk *disk, Random *random, bool tear);
Status sim__path_rename(const char *from, const char *to);
Status sim__path_link(const char *from, const char *to, bool symbolic);
Status sim__path_read_link(Arena *arena, const char *path, Str *target);
Status sim__path_remove(const char *path);
Status sim__path_info(const char *path, PathInfo *info);
Status sim__path_set_mode(const char *path, uint32_t mode);
Status sim__path_absolute(Arena *arena, const char *path, Str *absolute);
Status sim__dir_make(const char *path);
Status sim__dir_remove(const char *path);
Status sim__dir_sync(const char *path);
Status sim__dir_list(Arena *arena, const char *path, Str **names, uint32_t *count);
Status sim__disk_free(const char *path, uint64_t *bytes_free);

/* ---- sim_file.c: calls on files; background I/O */
int64_t sim__wall_us(const Sim *sim);
Status sim__file_open(const char *path, uint32_t flags, File **file);
void sim__file_close(File *file);
Status sim__file_read(File *file, void *data, size_t bytes, uint64_t offset, size_t *done);
Status sim__file_write(File *file, const void *data, size_t bytes, uint64_t offset);
Status sim__file_append(File *file, const void *data, size_t bytes);
Status sim__file_sync(File *file);
void sim__file_hint(File *file, bool write, uint64_t offset, uint64_t bytes);
Status sim__file_size(File *file, uint64_t *bytes);
Status sim__file_set_size(File *file, uint64_t bytes);
Status sim__file_allocate(File *file, uint64_t offset, uint64_t bytes);
Status sim__file_punch(File *file, uint64_t offset, uint64_t bytes);
Status sim__file_space_used(File *file, uint64_t *bytes);
Status sim__file_lock(File *file);
/* The fiber that completes requests. */
Status sim__io_start(Sim *sim);
void sim__io_submit(IoBatch *batch, IoRequest *const *requests, uint32_t count);
/* At the end of a run: writes under way happen or not. */
void sim__io_drop(Sim *sim, bool some_happen);
void sim__files_drop(Sim *sim);

/* ---- sim_net.c */
void sim__net_drop(Sim *sim);
Status sim__socket_resolve(Arena *arena, const char *host, uint16_t port, SocketAddress **addresses,
                           uint32_t *count);
Status sim__socket_listen(const SocketAddress *address, uint32_t backlog, uint32_t unix_mode,
                          Socket **listener);
Status sim__socket_accept(Socket *listener, Socket **socket, SocketAddress *peer);
Status sim__socket_connect(const SocketAddress *address, Deadline deadline, Socket **socket);
void sim__socket_close(Socket *socket);
Status sim__socket_local(Socket *socket, SocketAddress *address);
Status sim__socket_read(Socket *socket, void *data, size_t bytes, size_t *done);
Status sim__socket_write(Socket *socket, const void *data, size_t bytes, size_t *done);
Status sim__socket_shutdown_write(Socket *socket);
Status sim__socket_wait(Socket *socket, uint32_t ready, Deadline deadline);
void sim__socket_set_keepalive(Socket *socket, int idle_s, int interval_s, int count,
                               int user_timeout_ms);
Status sim__socket_peer_user(Arena *arena, Socket *socket, Str *user);
Status sim__socket_adopt(int descriptor, Socket **socket);
int sim__socket_descriptor(const Socket *socket);
Status sim__poller_new(Account *account, Poller **poller);
void sim__poller_release(Poller *poller);
Status sim__poller_set(Poller *poller, Socket *socket, uint32_t ready, void *cookie, bool add);
void sim__poller_remove(Poller *poller, Socket *socket);
Status sim__poller_wait(Poller *poller, PollerEvent *events, uint32_t events_max, uint32_t *count,
                        Deadline deadline);
void sim__poller_wake(Poller *poller);
