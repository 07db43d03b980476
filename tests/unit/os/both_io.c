/* SPDX-License-Identifier: Apache-2.0 */
/* both_io.c - background requests in batches and alone. */
#include "both.h"

#include "base/arena.h"

enum { BLOCK = 512, REQUESTS = 300 };

typedef struct Work {
    Arena *arena;
    File *file;
    IoRequest requests[REQUESTS];
    IoRequest *list[REQUESTS];
    char data[REQUESTS][BLOCK];
    IoBatch batch;
} Work;

static Work *work_new(const BothPlace *place)
{
    Arena *arena = arena_new(task_self()->account, "test");
    Work *work = ARENA_NEW(arena, Work);
    work->arena = arena;
    EXPECT(os_file_open(both_path(arena, place, "io"), FILE_READ | FILE_WRITE | FILE_CREATE,
                        &work->file) == OK);
    for (uint32_t i = 0; i < REQUESTS; i++) {
        work->list[i] = &work->requests[i];
        work->requests[i] = (IoRequest){.file = work->file,
                                        .op = IO_WRITE,
                                        .data = work->data[i],
                                        .bytes = BLOCK,
                                        .offset = (uint64_t)i * BLOCK};
        memset(work->data[i], (char)i, BLOCK);
    }
    return work;
}

static void work_end(Work *work)
{
    os_file_close(work->file);
    arena_drop(work->arena);
}

static void batches(void *arg)
{
    Work *work = work_new(arg);
    os_io_submit(&work->batch, work->list, 0);
    EXPECT(os_io_wait(&work->batch, WAIT_DATA_FILE_WRITE, work->list, 0) == OK);
    os_io_submit(&work->batch, work->list, 100);
    os_io_submit(&work->batch, work->list + 100, REQUESTS - 100);
    EXPECT(os_io_wait(&work->batch, WAIT_DATA_FILE_WRITE, work->list, REQUESTS) == OK);
    IoRequest sync = {.file = work->file, .op = IO_SYNC}, *syncs[] = {&sync};
    os_io_submit(&work->batch, syncs, 1);
    EXPECT(os_io_wait(&work->batch, WAIT_DATA_FILE_SYNC, syncs, 1) == OK);
    for (uint32_t i = 0; i < REQUESTS; i++) {
        EXPECT(work->requests[i].done == BLOCK && work->requests[i].status == OK);
        work->requests[i].op = IO_READ;
        memset(work->data[i], 0xff, BLOCK);
    }
    os_io_submit(&work->batch, work->list, REQUESTS);
    EXPECT(os_io_wait(&work->batch, WAIT_DATA_FILE_READ, work->list, REQUESTS) == OK);
    for (uint32_t i = 0; i < REQUESTS; i++) {
        for (uint32_t k = 0; k < BLOCK; k++) EXPECT(work->data[i][k] == (char)i);
    }
    EXPECT(os_io_method() != NULL);
    work_end(work);
}

static void ends_and_errors(void *arg)
{
    Work *work = work_new(arg);
    EXPECT(os_file_write(work->file, work->data[7], 100, 0) == OK);
    for (uint32_t i = 0; i < 2; i++) work->requests[i].op = IO_READ;
    os_io_submit(&work->batch, work->list, 2);
    EXPECT(os_io_wait(&work->batch, WAIT_DATA_FILE_READ, work->list, 2) == ST_END);
    EXPECT(work->requests[0].done == 100 && work->requests[1].done == 0 &&
           work->requests[1].status == ST_END);
    os_file_close(work->file);
    EXPECT(os_file_open(both_path(work->arena, arg, "io"), FILE_READ, &work->file) == OK);
    work->requests[0].file = work->file;
    work->requests[0].op = IO_WRITE;
    os_io_submit(&work->batch, work->list, 1);
    Status status = os_io_wait(&work->batch, WAIT_DATA_FILE_WRITE, work->list, 1);
    EXPECT(status != OK && status != ST_END && work->requests[0].done == 0);
    EXPECT(str_starts(error_current()->message, STR("could not write file \"")));
    work_end(work);
}

typedef struct Chain {
    IoRequest request;
    char data[BLOCK];
    Task *owner;
    _Atomic uint32_t rounds;
} Chain;

/* Uses its request again, three times, then wakes the owner. */
static void chain_complete(IoRequest *request)
{
    Chain *chain = request->arg;
    EXPECT(request->status == OK && request->done == BLOCK);
    if (atomic_fetch_add(&chain->rounds, 1) < 3) {
        request->offset += BLOCK;
        os_io_submit(NULL, &request, 1);
    } else {
        os_wake(chain->owner);
    }
}

static void count_complete(IoRequest *request)
{
    atomic_fetch_add((_Atomic uint32_t *)request->arg, 1);
}

static void completions(void *arg)
{
    Work *work = work_new(arg);
    Chain chain = {.owner = task_self()};
    IoRequest *request = &chain.request;
    *request = (IoRequest){.file = work->file,
                           .op = IO_WRITE,
                           .data = chain.data,
                           .bytes = BLOCK,
                           .arg = &chain,
                           .complete = chain_complete};
    os_io_submit(NULL, &request, 1);
    while (atomic_load(&chain.rounds) < 4)
        EXPECT(os_wait_through(WAIT_DATA_FILE_WRITE, DEADLINE_NEVER) == OK);
    uint64_t bytes;
    EXPECT(os_file_size(work->file, &bytes) == OK && bytes == 4 * BLOCK);
    _Atomic uint32_t counted = 0;
    for (uint32_t i = 0; i < REQUESTS; i++) {
        work->requests[i].complete = count_complete;
        work->requests[i].arg = &counted;
    }
    os_io_submit(&work->batch, work->list, REQUESTS);
    EXPECT(os_io_wait(&work->batch, WAIT_DATA_FILE_WRITE, work->list, REQUESTS) == OK);
    EXPECT(atomic_load(&counted) == REQUESTS);
    work_end(work);
}

/* A batch on the stack of a task that ends at once: whoever counts its end may not come too late. */
static void short_main(void *arg)
{
    char data[BLOCK] = "short";
    IoRequest request = {.file = arg, .op = IO_WRITE, .data = data, .bytes = BLOCK},
              *list[] = {&request};
    IoBatch batch = {0};
    os_io_submit(&batch, list, 1);
    EXPECT(os_io_wait(&batch, WAIT_DATA_FILE_WRITE, list, 1) == OK);
}

static void short_lives(void *arg)
{
    Work *work = work_new(arg);
    for (uint32_t i = 0; i < 100; i++) {
        Task *a = both_start(short_main, work->file), *b = both_start(short_main, work->file);
        os_task_join(a);
        os_task_join(b);
    }
    work_end(work);
}

const BothTest both_io_tests[] = {
    {"batches", batches},
    {"ends_and_errors", ends_and_errors},
    {"completions", completions},
    {"short_lives", short_lives},
    {NULL, NULL},
};
