/* SPDX-License-Identifier: Apache-2.0 */
/* test_wal.c - the log over a device in memory, on real threads. */
/* tsan: yes */
#include "log_device.h"

#include "base/arena.h"
#include "base/random.h"
#include "store/wal_internal.h"

#include <setjmp.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

enum {
    DELAY_US = 100,
    PAYLOAD_MAX = 20000,
    FIRST_LSN = LOG_SEGMENT_BYTES + WAL_SEGMENT_HEADER_BYTES
};

static WalOptions usual_options(void)
{
    return (WalOptions){
        .buffer_bytes = 1 << 17,
        .segment_bytes = LOG_SEGMENT_BYTES,
        .timeline = 1,
        .incarnation = 5,
        .system_id = 4711,
        .end = {FIRST_LSN},
    };
}

static Wal *open_wal(LogDevice *log, WalOptions options)
{
    Wal *wal;
    EXPECT(wal_open(task_self()->account, &log->device, &options, &wal) == OK);
    return wal;
}

static WalReader *open_reader(Arena *arena, LogDevice *log, Lsn start)
{
    WalReaderOptions options = {.segment_bytes = LOG_SEGMENT_BYTES,
                                .timeline = 1,
                                .system_id = 4711,
                                .start = start};
    WalReader *reader;
    EXPECT(wal_reader_open(arena, &log->device, &options, &reader) == OK);
    return reader;
}

static Lsn append_one(Wal *wal, uint64_t number, Lsn *end)
{
    EXPECT(wal_credit_take(wal, number_record_bytes(number, PAYLOAD_MAX), 0) == OK);
    return number_append(wal, number, PAYLOAD_MAX, end);
}

/* Reads from `start`; the numbers must be first, first + 1, ... Returns how many. */
static uint64_t read_numbers(LogDevice *log, Lsn start, uint64_t first, Lsn *end, const char **why)
{
    Arena *arena = arena_new(task_self()->account, "reader");
    WalReader *reader = open_reader(arena, log, start);
    WalRecord record;
    uint64_t count = 0;
    Lsn at = start;
    Status status;
    while ((status = wal_reader_next(reader, &record)) == OK) {
        EXPECT(record.lsn.v >= at.v);
        EXPECT(number_check(&record, PAYLOAD_MAX) == first + count);
        at = record.end;
        count++;
    }
    EXPECT(status == ST_END);
    if (end != NULL) *end = at;
    if (why != NULL) *why = wal_reader_why(reader);
    arena_drop(arena);
    return count;
}

static void append_and_read_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    WalOptions options = usual_options();
    Lsn start = options.end;
    uint64_t number = 0;
    /* several openings, each going on where the reader found the end */
    for (uint32_t i = 0; i < 20; i++) {
        Wal *wal = open_wal(log, options);
        Lsn end = {0};
        for (uint32_t n = 0; n < 97; n++) {
            Lsn lsn = append_one(wal, number++, &end);
            EXPECT(lsn.v < end.v);
            EXPECT(wal_insert_position(wal).v >= end.v);
            if (n % 5 == 0) EXPECT(wal_sync(wal, end, n % 2 == 0 ? DELAY_US : 0) == OK);
            EXPECT(wal_synced_position(wal).v <= wal_written_position(wal).v);
        }
        WalFigures figures;
        wal_figures(wal, &figures);
        EXPECT(figures.records == 97);
        wal_close(wal);
        log_device_crash(log);
        EXPECT(read_numbers(log, start, 0, &options.end, NULL) == number);
        EXPECT(options.end.v == end.v);
        options.incarnation++;
    }
    EXPECT(options.end.v > 20 * LOG_SEGMENT_BYTES);
    log_device_free(log);
}

static void append_and_read(void **state)
{
    (void)state;
    on_real_machine(append_and_read_body, NULL);
}

/* Records that end exactly at a segment's end, and begin right behind its header. */
static void segment_borders_body(void *arg)
{
    (void)arg;
    char payload[64] = {0};
    for (int32_t distance = -45; distance <= 45; distance++) {
        LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
        WalOptions options = usual_options();
        options.end.v = 2 * LOG_SEGMENT_BYTES - (uint64_t)(200 + distance);
        /* the header of a segment begun before the opening is there already */
        Wal *first = open_wal(log, usual_options());
        EXPECT(wal_credit_take(first, wal_record_bytes(0, 0), 0) == OK);
        Lsn end;
        wal_append(first, WAL_NOTHING, XID_NONE, NULL, 0, NULL, 0, &end);
        wal_close(first);
        Wal *wal = open_wal(log, options);
        WalPart part = {payload, 16};
        Lsn ends[10];
        for (uint32_t i = 0; i < 10; i++) {
            EXPECT(wal_credit_take(wal, wal_record_bytes(0, 16), 0) == OK);
            EXPECT(wal_append(wal, WAL_NOTHING, XID_NONE, NULL, 0, &part, 1, &ends[i]).v >=
                   (i == 0 ? options.end.v : ends[i - 1].v));
            EXPECT(wal_sync(wal, ends[i], 0) == OK);
            EXPECT(wal_synced_position(wal).v == ends[i].v);
            EXPECT(wal_sync(wal, wal_insert_position(wal), 0) == OK);
        }
        wal_close(wal);
        log_device_crash(log);
        Arena *arena = arena_new(task_self()->account, "reader");
        WalReader *reader = open_reader(arena, log, options.end);
        WalRecord record;
        for (uint32_t i = 0; i < 10; i++) {
            EXPECT(wal_reader_next(reader, &record) == OK);
            EXPECT(record.end.v == ends[i].v);
        }
        EXPECT(wal_reader_next(reader, &record) == ST_END);
        arena_drop(arena);
        log_device_free(log);
    }
}

static void segment_borders(void **state)
{
    (void)state;
    on_real_machine(segment_borders_body, NULL);
}

/* --- segments that are complete --- */

typedef struct Told {
    const LogDevice *log;
    uint64_t next;
} Told;

static void segment_told(void *arg, uint32_t timeline, uint64_t segment)
{
    Told *told = arg;
    EXPECT(timeline == 1 && segment == told->next);
    EXPECT(memcmp(told->log->durable[segment], told->log->now[segment], LOG_SEGMENT_BYTES) == 0);
    told->next++;
}

/* Archiving hooks on here: each segment is told once, in order, when it is complete and durable; the last is not. */
static void whole_segments_are_told_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    WalOptions options = usual_options();
    Told told = {log, options.end.v / LOG_SEGMENT_BYTES};
    options.segment_done = segment_told;
    options.segment_done_arg = &told;
    Wal *wal = open_wal(log, options);
    Lsn end = {0};
    for (uint64_t number = 0; end.v < 6 * LOG_SEGMENT_BYTES; number++) {
        append_one(wal, number, &end);
        if (number % 3 != 0) continue;
        EXPECT(wal_sync(wal, end, 0) == OK);
        EXPECT(told.next == end.v / LOG_SEGMENT_BYTES);
    }
    wal_close(wal);
    EXPECT(told.next == end.v / LOG_SEGMENT_BYTES);
    log_device_free(log);
}

static void whole_segments_are_told(void **state)
{
    (void)state;
    on_real_machine(whole_segments_are_told_body, NULL);
}

/* Appends until a number of segments later, with a sync at each record or none; how many segments were made to be
 * filled meanwhile. */
static uint32_t filled_in(LogDevice *log, Wal *wal, bool sync)
{
    enum { SEGMENTS = 8, RECORD_BYTES = 1000 };
    const uint64_t until = wal_insert_position(wal).v + SEGMENTS * LOG_SEGMENT_BYTES;
    const uint32_t before = log->filled_count;
    static const char zeros[RECORD_BYTES];
    const WalPart part = {zeros, RECORD_BYTES};
    for (Lsn end = {0}; end.v < until;) {
        EXPECT(wal_credit_take(wal, wal_record_bytes(0, RECORD_BYTES), 0) == OK);
        wal_append(wal, WAL_NOTHING, XID_NONE, NULL, 0, &part, 1, &end);
        if (sync) EXPECT(wal_sync(wal, end, 0) == OK);
    }
    return log->filled_count - before;
}

/* A log begins with segments that were filled, and goes on so where its segments are synced again and again. */
static void synced_segments_are_filled_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    Wal *wal = open_wal(log, usual_options());
    EXPECT(filled_in(log, wal, true) >= 7);
    EXPECT(log->filled_count == log->segment_count);
    EXPECT(filled_in(log, wal, false) <= 1); /* the first, since what came before was synced */
    EXPECT(filled_in(log, wal, false) == 0);
    EXPECT(filled_in(log, wal, true) >= 6);
    wal_close(wal);
    log_device_free(log);
}

static void synced_segments_are_filled(void **state)
{
    (void)state;
    on_real_machine(synced_segments_are_filled_body, NULL);
}

/* --- many at once --- */

enum { TASKS = 4 };
typedef struct Appender {
    Wal *wal;
    uint64_t first;
    uint32_t count, sync_one_in;
    uint64_t acknowledged; /* of its numbers, all below are durable */
    Lsn last_end;
} Appender;

static void appender_main(void *arg)
{
    Appender *a = arg;
    for (uint32_t i = 0; i < a->count; i++) {
        uint32_t bytes = number_record_bytes(a->first + i, PAYLOAD_MAX);
        EXPECT(wal_credit_take(a->wal, bytes + 100, WAL_CREDIT_INTERRUPTIBLE) == OK);
        Lsn lsn = number_append(a->wal, a->first + i, PAYLOAD_MAX, &a->last_end);
        wal_credit_return(a->wal, 100);
        if (i % a->sync_one_in != 0) continue;
        EXPECT(wal_sync(a->wal, (Lsn){lsn.v + 1}, 0) == OK); /* whole records */
        a->acknowledged = a->first + i;
        EXPECT(wal_synced_position(a->wal).v >= a->last_end.v);
    }
}

static void run_appenders(Wal *wal, Appender *appenders, uint32_t count, uint32_t sync_one_in)
{
    Task *tasks[16];
    for (uint32_t i = 0; i < TASKS; i++) {
        appenders[i] = (Appender){.wal = wal,
                                  .first = (uint64_t)i << 32,
                                  .count = count,
                                  .sync_one_in = sync_one_in};
        EXPECT(os_task_start(&(TaskOptions){.name = "appender"}, appender_main, &appenders[i],
                             &tasks[i]) == OK);
    }
    for (uint32_t i = 0; i < TASKS; i++) os_task_join(tasks[i]);
}

/* Each task's numbers come in order, each once. */
static void check_interleaved(LogDevice *log, Lsn start, const Appender *appenders, bool all)
{
    Arena *arena = arena_new(task_self()->account, "reader");
    WalReader *reader = open_reader(arena, log, start);
    uint64_t next[TASKS];
    for (uint32_t i = 0; i < TASKS; i++) next[i] = appenders[i].first;
    WalRecord record;
    Status status;
    while ((status = wal_reader_next(reader, &record)) == OK) {
        uint64_t number = number_check(&record, PAYLOAD_MAX);
        EXPECT(number >> 32 < TASKS);
        EXPECT(next[number >> 32]++ == number);
    }
    EXPECT(status == ST_END);
    for (uint32_t i = 0; i < TASKS; i++) {
        EXPECT(next[i] > appenders[i].acknowledged);
        if (all) EXPECT(next[i] == appenders[i].first + appenders[i].count);
    }
    arena_drop(arena);
}

static void writer_main(void *arg)
{
    Status status = wal_writer_run(arg);
    EXPECT(status == ST_CANCELLED || status == ST_CLOSED);
}

static Task *start_writer(Wal *wal)
{
    Task *task;
    EXPECT(os_task_start(&(TaskOptions){.name = "writer"}, writer_main, wal, &task) == OK);
    return task;
}

static void stop_writer(Task *task)
{
    os_task_interrupt(task, TASK_TERMINATE);
    os_task_join(task);
}

/* Records appended at once: what is acknowledged is whole, though others are still filling theirs (docs/traps.md
 * F6). */
static void parallel_body(void *arg)
{
    (void)arg;
    for (uint32_t round = 0; round < 2; round++) {
        LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
        WalOptions options = usual_options();
        options.buffer_bytes = 1 << 16; /* waits for room often */
        Wal *wal = open_wal(log, options);
        Task *writer = round == 0 ? start_writer(wal) : NULL;
        Appender appenders[TASKS];
        run_appenders(wal, appenders, 1500, 499);
        if (writer != NULL) stop_writer(writer);
        log_device_crash(log);
        check_interleaved(log, options.end, appenders, false);
        WalFigures figures;
        wal_figures(wal, &figures);
        EXPECT(figures.records == TASKS * 1500);
        EXPECT(figures.waits_for_room > 0);
        EXPECT(atomic_load(&wal->room) <= wal->room_whole);
        wal_close(wal);
        log_device_free(log);
    }
}

static void parallel(void **state)
{
    (void)state;
    on_real_machine(parallel_body, NULL);
}

/* Commits that come while a sync runs share the next. */
static void group_commit_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    log->sync_ns = 10 * 1000 *
                   1000; /* long enough for a busy machine to run the others meanwhile */
    Wal *wal = open_wal(log, usual_options());
    Appender appenders[TASKS];
    run_appenders(wal, appenders, 30, 1);
    WalFigures figures;
    wal_figures(wal, &figures);
    /* alone they would need a sync each: 120 and those of whole segments; together a third of them at most */
    EXPECT(figures.syncs < TASKS * 30 / 2 + 15);
    EXPECT(figures.commits_waited > 0);
    wal_close(wal);
    log_device_crash(log);
    check_interleaved(log, usual_options().end, appenders, true);
    log_device_free(log);
}

static void group_commit(void **state)
{
    (void)state;
    on_real_machine(group_commit_body, NULL);
}

static void sync_soon_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    WalOptions options = usual_options();
    options.writer_delay_us = 1000;
    Wal *wal = open_wal(log, options);
    Task *writer = start_writer(wal);
    for (uint32_t i = 0; i < 50; i++) {
        Lsn end;
        append_one(wal, i, &end);
        wal_sync_soon(wal, end);
        if (i % 10 != 0) continue;
        uint32_t round = 0;
        while (wal_synced_position(wal).v < end.v) os_spin_wait(&round);
    }
    stop_writer(writer);
    wal_close(wal);
    log_device_free(log);
}

static void sync_soon(void **state)
{
    (void)state;
    on_real_machine(sync_soon_body, NULL);
}

static double processor_ms(void)
{
    struct timespec now;
    EXPECT(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void append_main(void *arg)
{
    for (uint32_t i = 0; i < 4000; i++) append_one(arg, i, NULL);
}

/* Who waits for room that a hold keeps back looks now and then, and rests between. */
static void held_body(void *arg)
{
    (void)arg;
    enum { HELD_MS = 200 };
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    Wal *wal = open_wal(log, usual_options());
    Task *task;
    wal_set_hold(wal, usual_options().end);
    EXPECT(os_task_start(&(TaskOptions){.name = "append"}, append_main, wal, &task) == OK);
    const double before = processor_ms();
    EXPECT(os_sleep_until(deadline_in_ms(HELD_MS), WAIT_DELAY) == OK);
    EXPECT(processor_ms() - before < HELD_MS / 2.0);
    wal_set_hold(wal, (Lsn){UINT64_MAX});
    os_task_join(task);
    wal_close(wal);
    log_device_free(log);
}

static void held(void **state)
{
    (void)state;
    on_real_machine(held_body, NULL);
}

typedef struct Sync {
    Wal *wal;
    Lsn until;
    _Atomic bool done;
} Sync;

static void sync_main(void *arg)
{
    Sync *sync = arg;
    EXPECT(wal_sync(sync->wal, sync->until, 0) == OK);
    atomic_store(&sync->done, true);
}

/* A record that has its place and not its bytes holds up all that stands behind it (docs/traps.md F6). */
static void filled_later_body(void *arg)
{
    (void)arg;
    static const uint8_t first[] = "filled late", second[] = "filled at once";
    const WalPart parts[] = {{first, sizeof first}, {second, sizeof second}};
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    Wal *wal = open_wal(log, usual_options());
    WalAppend append;
    Task *task;
    Sync sync = {.wal = wal};
    EXPECT(wal_credit_take(wal, 2 * wal_record_bytes(0, sizeof second), 0) == OK);
    Lsn lsn = wal_append_begin(wal, WAL_ABORT, (Xid){7}, NULL, 0, sizeof first, &append, NULL);
    (void)wal_append(wal, WAL_COMMIT, (Xid){8}, NULL, 0, parts + 1, 1, &sync.until);
    EXPECT(os_task_start(&(TaskOptions){.name = "sync"}, sync_main, &sync, &task) == OK);
    EXPECT(os_sleep_until(deadline_in_ms(5), WAIT_DELAY) == OK);
    EXPECT(!atomic_load(&sync.done));
    EXPECT(wal_written_position(wal).v <= lsn.v);
    wal_append_fill(wal, &append, parts, 1);
    os_task_join(task);
    Arena *arena = arena_new(task_self()->account, "reader");
    WalReader *reader = open_reader(arena, log, usual_options().end);
    WalRecord record;
    EXPECT(wal_reader_next(reader, &record) == OK);
    EXPECT(record.lsn.v == lsn.v && record.kind == WAL_ABORT && record.xid.v == 7);
    EXPECT(record.payload.bytes == sizeof first &&
           memcmp(record.payload.data, first, sizeof first) == 0);
    EXPECT(wal_reader_next(reader, &record) == OK);
    EXPECT(record.kind == WAL_COMMIT && record.end.v == sync.until.v);
    arena_drop(arena);
    wal_credit_return(wal, wal_record_bytes(0, sizeof second) - wal_record_bytes(0, sizeof first));
    wal_close(wal);
    log_device_free(log);
}

static void filled_later(void **state)
{
    (void)state;
    on_real_machine(filled_later_body, NULL);
}

/* --- failures --- */

static void count_failure(void *arg, Status status)
{
    EXPECT(status == ST_IO);
    (*(uint32_t *)arg)++;
}

/* After a failed sync or write nothing is acknowledged, though later syncs would succeed. */
static void failed_sync_body(void *arg)
{
    (void)arg;
    for (uint32_t n = 1; n <= 12; n++) {
        LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
        uint32_t failures = 0;
        WalOptions options = usual_options();
        options.failed = count_failure;
        options.failed_arg = &failures;
        Wal *wal = open_wal(log, options);
        *(n % 2 == 0 ? &log->fail_sync_at : &log->fail_write_at) = (n + 1) / 2;
        uint64_t acknowledged = 0;
        bool failed = false;
        for (uint64_t number = 0; number < 20; number++) {
            uint32_t bytes = number_record_bytes(number, PAYLOAD_MAX);
            Status status = wal_credit_take(wal, bytes, 0);
            EXPECT(status == OK || failed);
            EXPECT(status == (failed ? ST_CLOSED : OK));
            if (status != OK) continue;
            Lsn end;
            number_append(wal, number, PAYLOAD_MAX, &end);
            status = wal_sync(wal, end, 0);
            EXPECT(status == OK || status == ST_IO);
            if (status == OK) acknowledged = number + 1;
            failed = status != OK;
        }
        EXPECT(failed && wal_has_failed(wal) && failures == 1);
        EXPECT(wal_sync(wal, wal_insert_position(wal), 0) == ST_CLOSED);
        wal_close(wal);
        EXPECT(failures == 1);
        log_device_crash(log);
        EXPECT(read_numbers(log, options.end, 0, NULL, NULL) >= acknowledged);
        log_device_free(log);
    }
}

static void failed_sync(void **state)
{
    (void)state;
    on_real_machine(failed_sync_body, NULL);
}

/* A full disk refuses credit, keeps a reserve, loses nothing, and is over when there is space. */
static void disk_full_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    log->segments_max = 8;
    WalOptions options = usual_options();
    options.buffer_bytes = 1 << 16;
    Wal *wal = open_wal(log, options);
    uint64_t number = 0;
    Lsn end = {0};
    Status status;
    for (;; number++) {
        status = wal_credit_take(wal, number_record_bytes(number, PAYLOAD_MAX),
                                 WAL_CREDIT_INTERRUPTIBLE);
        if (status != OK) break;
        number_append(wal, number, PAYLOAD_MAX, &end);
    }
    EXPECT(status == ST_FULL);
    EXPECT(error_current()->code == SQLSTATE_DISK_FULL);
    EXPECT(wal_sync(wal, end, 0) == OK); /* what has credit can be made durable */
    uint64_t with_reserve = 0;
    for (;; number++, with_reserve++) {
        status = wal_credit_take(wal, number_record_bytes(number, PAYLOAD_MAX), WAL_CREDIT_RESERVE);
        if (status != OK) break;
        number_append(wal, number, PAYLOAD_MAX, &end);
    }
    EXPECT(status == ST_FULL && with_reserve > 2);
    EXPECT(wal_sync(wal, end, 0) == OK);
    EXPECT(log->segment_count == 8);
    EXPECT(!wal_has_failed(wal));
    log->segments_max = 0;
    wal_segments_freed(wal); /* else it looks again when some milliseconds have passed */
    for (uint32_t i = 0; i < 100; i++, number++) append_one(wal, number, &end);
    wal_close(wal);
    log_device_crash(log);
    EXPECT(read_numbers(log, options.end, 0, NULL, NULL) == number);
    log_device_free(log);
}

static void disk_full(void **state)
{
    (void)state;
    on_real_machine(disk_full_body, NULL);
}

/* --- the end of the log --- */

/* Traps F5: a hole, behind it whole records of the incarnation before; a new record that fills the hole exactly. */
static void ghost_records_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    WalOptions options = usual_options();
    Wal *wal = open_wal(log, options);
    Lsn lsn[4], end;
    for (uint64_t i = 0; i < 4; i++) lsn[i] = append_one(wal, i, &end);
    wal_close(wal);
    memset(log_device_byte(log, lsn[1].v, false), 0, lsn[2].v - lsn[1].v);
    const char *why;
    Lsn found;
    EXPECT(read_numbers(log, lsn[0], 0, &found, &why) == 1);
    EXPECT(found.v == lsn[1].v);

    options.incarnation++;
    options.end = found;
    wal = open_wal(log, options);
    EXPECT(append_one(wal, 1, &end).v == lsn[1].v);
    EXPECT(end.v == lsn[2].v); /* the ghost begins here */
    wal_close(wal);
    EXPECT(read_numbers(log, lsn[0], 0, &found, &why) == 2);
    EXPECT(found.v == lsn[2].v);
    EXPECT(strcmp(why, "it was left by an earlier incarnation") == 0);
    log_device_free(log);
}

static void ghost_records(void **state)
{
    (void)state;
    on_real_machine(ghost_records_body, NULL);
}

/* A record of which one byte or more did not come through is not there. */
static void torn_records_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    Wal *wal = open_wal(log, usual_options());
    Lsn end, begin = {0};
    for (uint64_t i = 0; i < 3; i++) begin = append_one(wal, i, &end);
    wal_close(wal);
    for (uint64_t at = begin.v; at < end.v; at++) {
        char *byte = log_device_byte(log, at, false);
        *byte ^= 4;
        EXPECT(read_numbers(log, usual_options().end, 0, NULL, NULL) == 2);
        *byte ^= 4;
        char kept[PAYLOAD_MAX];
        memcpy(kept, byte, end.v - at);
        memset(byte, 0, end.v - at);
        /* a tail of zeros that were written as zeros is no loss */
        bool same = memcmp(kept, byte, end.v - at) == 0;
        EXPECT(read_numbers(log, usual_options().end, 0, NULL, NULL) == (same ? 3 : 2));
        memcpy(byte, kept, end.v - at);
    }
    EXPECT(read_numbers(log, usual_options().end, 0, NULL, NULL) == 3);
    log_device_free(log);
}

static void torn_records(void **state)
{
    (void)state;
    on_real_machine(torn_records_body, NULL);
}

/* Another cluster's segment, another timeline's, one of another place: none is this log. */
static void foreign_segments_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    Wal *wal = open_wal(log, usual_options());
    uint64_t number = 0;
    Lsn end = {0};
    while (end.v < 3 * LOG_SEGMENT_BYTES) append_one(wal, number++, &end);
    wal_close(wal);
    uint64_t whole = read_numbers(log, usual_options().end, 0, NULL, NULL);
    EXPECT(whole == number);
    WalSegmentHeader *header = (WalSegmentHeader *)(void *)log_device_byte(log,
                                                                           2 * LOG_SEGMENT_BYTES,
                                                                           false);
    WalSegmentHeader kept = *header;
    const char *why;
    header->system_id++;
    EXPECT(read_numbers(log, usual_options().end, 0, NULL, &why) < whole);
    *header = kept;
    header->timeline++;
    EXPECT(read_numbers(log, usual_options().end, 0, NULL, &why) < whole);
    *header = kept;
    header->position += LOG_SEGMENT_BYTES;
    EXPECT(read_numbers(log, usual_options().end, 0, NULL, &why) < whole);
    EXPECT(strcmp(why, "the segment's header is not one of this log") == 0);
    *header = kept;
    EXPECT((kept.info & WAL_HEADER_CONTINUES) != 0 && kept.remaining > 0);
    EXPECT(read_numbers(log, usual_options().end, 0, NULL, &why) == whole);
    log_device_free(log);
}

static void foreign_segments(void **state)
{
    (void)state;
    on_real_machine(foreign_segments_body, NULL);
}

/* The same record at another place, or in a log of another timeline: each is refused by its check sum alone. */
static void moved_records_body(void *arg)
{
    (void)arg;
    LogDevice *log = log_device_new(task_self()->account, LOG_SEGMENT_BYTES);
    Wal *wal = open_wal(log, usual_options());
    Lsn lsn[3], end;
    WalRecord record;
    for (uint32_t i = 0; i < ARRAY_LEN(lsn); i++) lsn[i] = append_one(wal, 3, &end);
    wal_close(wal);
    const uint64_t bytes = end.v - lsn[2].v;
    EXPECT(lsn[1].v + bytes == lsn[2].v);
    char *second = log_device_byte(log, lsn[1].v, false), kept[PAYLOAD_MAX];
    memcpy(kept, second, bytes);
    memcpy(second, log_device_byte(log, lsn[2].v, false), bytes);
    Arena *arena = arena_new(task_self()->account, "reader");
    WalReader *reader = open_reader(arena, log, lsn[0]);
    EXPECT(wal_reader_next(reader, &record) == OK);
    EXPECT(record.bytes == bytes && record.timeline == 1 && record.incarnation == 5);
    EXPECT(wal_reader_next(reader, &record) == ST_END);
    EXPECT(strcmp(wal_reader_why(reader), "its checksum is wrong") == 0);
    memcpy(second, kept, bytes);
    EXPECT(wal_reader_next(reader, &record) == OK);
    WalSegmentHeader *header = (WalSegmentHeader *)(void *)log_device_byte(log, LOG_SEGMENT_BYTES,
                                                                           false);
    header->timeline = 2;
    WalReaderOptions options = {.segment_bytes = LOG_SEGMENT_BYTES, .timeline = 2, .start = lsn[0]};
    EXPECT(wal_reader_open(arena, &log->device, &options, &reader) == OK);
    EXPECT(wal_reader_next(reader, &record) == ST_END);
    EXPECT(strcmp(wal_reader_why(reader), "its checksum is wrong") == 0);
    arena_drop(arena);
    log_device_free(log);
}

static void moved_records(void **state)
{
    (void)state;
    on_real_machine(moved_records_body, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(append_and_read),
        cmocka_unit_test(segment_borders),
        cmocka_unit_test(parallel),
        cmocka_unit_test(group_commit),
        cmocka_unit_test(sync_soon),
        cmocka_unit_test(failed_sync),
        cmocka_unit_test(disk_full),
        cmocka_unit_test(ghost_records),
        cmocka_unit_test(torn_records),
        cmocka_unit_test(foreign_segments),
        cmocka_unit_test(filled_later),
        cmocka_unit_test(whole_segments_are_told),
        cmocka_unit_test(held),
        cmocka_unit_test(synced_segments_are_filled),
        cmocka_unit_test(moved_records),
    };
    return cmocka_run_group_tests_name("wal", tests, NULL, NULL);
}
