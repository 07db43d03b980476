/* SPDX-License-Identifier: Apache-2.0 */
/* Does the simulated disk find the bugs it is for? A small write-ahead log with every precaution survives ten thousand
 * crashes; each of seven variants that leaves one precaution out is caught (docs/traps.md F5, F7, C29).
 *
 * The log: records of one to eight sectors in segments /db/seg.N, and a checkpoint file that says from which record on
 * segments are needed. Record n has a length and bytes that follow from n and the run that wrote it, so a reader knows
 * a wrong one. What was acknowledged stands outside of the machine. */
#include "sim_fixture.h"

#include "base/arena.h"
#include "base/hash.h"

typedef enum Mistake {
    RIGHT,
    NO_SYNC_BEFORE_ACK,
    NO_DIR_SYNC,         /* of a new segment */
    RENAME_WITHOUT_SYNC, /* of the checkpoint's contents */
    GOES_ON_AFTER_FAILED_SYNC,
    WRITES_ARE_ATOMIC, /* only a record's first sector is checked */
    GHOSTS, /* the tail behind the last good record stays, and nothing tells old from new */
    SEEN_IS_DURABLE, /* recovery trusts what it reads, after a failed sync and without a power cut */
    MISTAKE_COUNT
} Mistake;

enum {
    RECORDS_MAX = 1 << 16,
    RECORD_BYTES_MAX = 8 * 512,
    SEGMENT_RECORDS = 12,
    CHECKPOINT_RECORDS = 40
};

typedef struct Outside { /* survives crashes */
    Mistake mistake;
    uint32_t run;
    uint64_t acked;
    const char *wrong;          /* what a reader found; NULL: nothing */
    uint32_t runs[RECORDS_MAX]; /* which run wrote record n, once known */
} Outside;

/* The first finding stands: what follows it may be its consequence. */
static void blame(Outside *outside, const char *what)
{
    if (!outside->wrong) outside->wrong = what;
}

typedef struct RecordHead {
    uint64_t number;
    uint32_t run, bytes;
    uint32_t crc, unused;
} RecordHead;

typedef struct Checkpoint {
    uint64_t number;       /* records up to here need no segment */
    uint32_t segment, crc; /* the first one still needed */
} Checkpoint;

typedef struct Wal {
    Outside *outside;
    Sim *sim;
    Arena *arena;
    File *file;
    uint32_t segment, segment_records;
    uint64_t number, end; /* last record; its end in the segment */
    Checkpoint checkpoint;
    uint8_t *buffer;
} Wal;

static uint32_t record_bytes(uint64_t number)
{
    return (uint32_t)(sizeof(RecordHead) +
                      hash_u64(number) % (RECORD_BYTES_MAX - sizeof(RecordHead)));
}

static uint8_t record_byte(uint64_t number, uint32_t run, uint32_t at)
{
    return (uint8_t)(hash_u64(number * 31 + run) >> (at % 57));
}

static void record_make(uint8_t *out, uint64_t number, uint32_t run, Mistake mistake)
{
    RecordHead head = {.number = number, .run = run, .bytes = record_bytes(number)};
    for (uint32_t i = sizeof head; i < head.bytes; i++) out[i] = record_byte(number, run, i);
    uint32_t checked = mistake == WRITES_ARE_ATOMIC ? MIN(head.bytes, 512U) : head.bytes;
    memcpy(out, &head, sizeof head);
    head.crc = crc32c(0, out, checked);
    memcpy(out, &head, sizeof head);
}

/* True: `in` holds record `number`, as far as the log checks. */
static bool record_is(const uint8_t *in, size_t bytes, uint64_t number, Mistake mistake,
                      uint32_t *run)
{
    RecordHead head, zeroed;
    uint8_t copy[RECORD_BYTES_MAX];
    if (bytes < sizeof head) return false;
    memcpy(&head, in, sizeof head);
    if (head.number != number || head.bytes != record_bytes(number) || head.bytes > bytes)
        return false;
    uint32_t checked = mistake == WRITES_ARE_ATOMIC ? MIN(head.bytes, 512U) : head.bytes;
    zeroed = head;
    zeroed.crc = 0;
    memcpy(copy, in, checked);
    memcpy(copy, &zeroed, sizeof zeroed);
    *run = head.run;
    return crc32c(0, copy, checked) == head.crc;
}

static void segment_path(char path[32], uint32_t segment)
{
    (void)snprintf(path, 32, "/db/seg.%08" PRIu32, segment);
}

/* ---- the log */

static Status segment_start(Wal *wal, uint32_t segment)
{
    char path[32];
    os_file_close(wal->file);
    wal->file = NULL;
    segment_path(path, segment);
    TRY(os_file_open(path, FILE_READ | FILE_WRITE | FILE_CREATE | FILE_TRUNCATE, &wal->file));
    if (wal->outside->mistake != NO_DIR_SYNC) TRY(os_dir_sync("/db"));
    wal->segment = segment;
    wal->segment_records = 0;
    wal->end = 0;
    return OK;
}

static Status checkpoint_write(Wal *wal)
{
    Checkpoint checkpoint = {.number = wal->number, .segment = wal->segment};
    checkpoint.crc = crc32c(0, &checkpoint, offsetof(Checkpoint, crc));
    File *file;
    TRY(os_file_open("/db/new", FILE_WRITE | FILE_CREATE | FILE_TRUNCATE, &file));
    Status status = os_file_write(file, &checkpoint, sizeof checkpoint, 0);
    if (status == OK && wal->outside->mistake != RENAME_WITHOUT_SYNC) status = os_file_sync(file);
    os_file_close(file);
    if (status == OK) status = os_path_rename("/db/new", "/db/checkpoint");
    if (status == OK) status = os_dir_sync("/db");
    for (uint32_t s = wal->checkpoint.segment; status == OK && s < checkpoint.segment; s++) {
        char path[32];
        segment_path(path, s);
        status = os_path_remove(path);
        if (status == ST_NOT_FOUND) status = OK;
    }
    wal->checkpoint = checkpoint;
    return status;
}

static Status sync_log(Wal *wal)
{
    if (wal->outside->mistake == NO_SYNC_BEFORE_ACK) return OK;
    Status status = os_file_sync(wal->file);
    if (status != OK && wal->outside->mistake == GOES_ON_AFTER_FAILED_SYNC)
        status = os_file_sync(wal->file);
    return status;
}

/* Some records, a sync, an acknowledgement. */
static Status append(Wal *wal)
{
    Outside *outside = wal->outside;
    if (wal->segment_records >= SEGMENT_RECORDS) TRY(segment_start(wal, wal->segment + 1));
    uint64_t count = 1 + random_below(sim_random(wal->sim), 4);
    for (uint64_t i = 0; i < count; i++) {
        uint64_t number = wal->number + 1;
        CHECK_TRUE(number < RECORDS_MAX);
        record_make(wal->buffer, number, outside->run, outside->mistake);
        TRY(os_file_write(wal->file, wal->buffer, record_bytes(number), wal->end));
        wal->end += record_bytes(number);
        wal->number = number;
        wal->segment_records++;
    }
    TRY(sync_log(wal));
    for (uint64_t n = outside->acked + 1; n <= wal->number; n++) outside->runs[n] = outside->run;
    outside->acked = wal->number;
    if (wal->number - wal->checkpoint.number >= CHECKPOINT_RECORDS) TRY(checkpoint_write(wal));
    return OK;
}

/* ---- recovery, and the judge that sees what it finds */

static void judge_record(Wal *wal, const uint8_t *record, uint64_t number, uint32_t run)
{
    Outside *outside = wal->outside;
    for (uint32_t i = sizeof(RecordHead); i < record_bytes(number); i++)
        if (record[i] != record_byte(number, run, i))
            blame(outside, "a torn record was taken for a good one");
    if (number <= outside->acked && outside->runs[number] != run)
        blame(outside, "an acknowledged record was replaced");
    if (number > 1 && outside->runs[number - 1] > run)
        blame(outside, "a record from before the one it follows");
    outside->runs[number] = run;
}

/* Reads records of the segment as far as they are good. */
static Status segment_read(Wal *wal, File *file)
{
    uint64_t bytes, at = 0;
    TRY(os_file_size(file, &bytes));
    uint8_t *contents = arena_alloc(wal->arena, bytes);
    size_t done;
    TRY(os_file_read(file, contents, bytes, 0, &done));
    uint32_t run, count = 0;
    while (record_is(contents + at, done - at, wal->number + 1, wal->outside->mistake, &run)) {
        judge_record(wal, contents + at, wal->number + 1, run);
        wal->number++;
        at += record_bytes(wal->number);
        count++;
    }
    wal->end = at;
    wal->segment_records = count;
    /* The tail goes, and what was read is written again: it may be seen without being durable, after a failed sync. */
    if (wal->outside->mistake != GHOSTS) TRY(os_file_set_size(file, at));
    if (at > 0 && wal->outside->mistake != SEEN_IS_DURABLE)
        TRY(os_file_write(file, contents, at, 0));
    return os_file_sync(file);
}

static Status checkpoint_read(Wal *wal)
{
    Str contents;
    Status status = os_file_read_all(wal->arena, "/db/checkpoint", 100, &contents);
    if (status == ST_NOT_FOUND) return OK;
    if (status != OK) return status;
    if (contents.bytes == sizeof(Checkpoint))
        memcpy(&wal->checkpoint, contents.data, sizeof(Checkpoint));
    if (contents.bytes != sizeof(Checkpoint) ||
        wal->checkpoint.crc != crc32c(0, &wal->checkpoint, offsetof(Checkpoint, crc))) {
        blame(wal->outside, "the checkpoint file is damaged");
        return ST_CORRUPT;
    }
    wal->number = wal->checkpoint.number;
    return OK;
}

/* Segment files that recovery did not reach hold nothing acknowledged. */
static Status remove_later_segments(Wal *wal)
{
    for (uint32_t s = wal->segment + 1;; s++) {
        char path[32];
        segment_path(path, s);
        Status status = os_path_remove(path);
        if (status == ST_NOT_FOUND) return os_dir_sync("/db");
        if (status != OK) return status;
    }
}

static Status skip_checkpointed(Wal *wal, uint64_t *first)
{
    /* The checkpoint's segment may begin with records before it: find the number it begins with. */
    RecordHead head = {0};
    size_t done;
    TRY(os_file_read(wal->file, &head, sizeof head, 0, &done));
    *first = done == sizeof head && head.number > 0 && head.number <= wal->number + 1
                 ? head.number
                 : wal->number + 1;
    return OK;
}

static Status recover(Wal *wal)
{
    TRY(checkpoint_read(wal));
    uint64_t known = wal->number;
    for (uint32_t s = wal->checkpoint.segment;; s++) {
        char path[32];
        segment_path(path, s);
        File *file;
        Status status = os_file_open(path, FILE_READ | FILE_WRITE, &file);
        if (status == ST_NOT_FOUND) break;
        if (status != OK) return status;
        os_file_close(wal->file);
        wal->file = file;
        wal->segment = s;
        uint64_t first = wal->number + 1, before = wal->number;
        if (s == wal->checkpoint.segment) TRY(skip_checkpointed(wal, &first));
        wal->number = first - 1;
        TRY(segment_read(wal, file));
        wal->number = MAX(wal->number, known);
        if (wal->number == before && s > wal->checkpoint.segment) break;
    }
    if (wal->number < wal->outside->acked) {
        blame(wal->outside, "an acknowledged record is gone");
        return ST_CORRUPT;
    }
    wal->outside->acked = wal->number;
    TRY(wal->file ? remove_later_segments(wal) : OK);
    return wal->file ? OK : segment_start(wal, wal->checkpoint.segment);
}

static Status work(Wal *wal)
{
    Status status = os_dir_make("/db");
    if (status != OK && status != ST_EXISTS) return status;
    TRY(os_dir_sync("/"));
    TRY(recover(wal));
    uint64_t rounds = 5 + random_below(sim_random(wal->sim), 20);
    for (uint64_t i = 0; i < rounds && !wal->outside->wrong; i++) TRY(append(wal));
    return OK;
}

static void server_main(void *arg)
{
    Wal wal = {.outside = arg, .sim = sim_self(), .arena = arena_new(task_self()->account, "log")};
    wal.buffer = arena_alloc(wal.arena, RECORD_BYTES_MAX);
    wal.outside->run++;
    Status status = work(&wal);
    os_file_close(wal.file);
    arena_drop(wal.arena);
    CHECK_TRUE(status == OK || status == ST_IO || wal.outside->wrong);
}

/* Runs and crashes until something is wrong or `crashes` have passed; returns how many passed. */
static uint32_t torment(uint64_t seed, Mistake mistake, uint32_t crashes, const char **wrong)
{
    Outside *outside = test_calloc(1, sizeof *outside);
    outside->mistake = mistake;
    Sim *sim = new_sim(test_seed(seed));
    uint32_t passed = 0;
    while (passed < crashes && !outside->wrong) {
        bool fail = random_chance(sim_random(sim), 4);
        if (fail) sim_fail_at(sim, SIM_FAIL_SYNC, 1 + random_below(sim_random(sim), 20), false);
        sim_crash_at(sim,
                     1 + random_below(sim_random(sim),
                                      random_chance(sim_random(sim), 2) ? 200 : 40),
                     true);
        SimEnd end = sim_run(sim, server_main, outside);
        assert_true(end == SIM_CRASHED || end == SIM_DONE);
        sim_disarm(sim);
        passed += end == SIM_CRASHED;
    }
    *wrong = outside->wrong;
    sim_release(sim);
    test_free(outside);
    return passed;
}

static void test_right_log_survives_crashes(void **state)
{
    (void)state;
    uint32_t crashes = 0;
    for (uint64_t seed = 0; crashes < 10000; seed++) {
        const char *wrong;
        crashes += torment(seed, RIGHT, 100, &wrong);
        if (wrong) (void)fprintf(stderr, "seed %" PRIu64 ": %s\n", seed, wrong);
        assert_null(wrong);
    }
}

static void test_each_mistake_is_caught(void **state)
{
    (void)state;
    enum { SEEDS_MAX = 200, CRASHES_EACH = 100 };
    static const char *const names[MISTAKE_COUNT] = {
        "right",
        "no sync before the acknowledgement",
        "no sync of the folder",
        "rename without sync",
        "goes on after a failed sync",
        "takes writes for atomic",
        "keeps ghosts",
        "trusts what is seen",
    };
    for (int mistake = RIGHT + 1; mistake < MISTAKE_COUNT; mistake++) {
        const char *wrong = NULL;
        uint32_t crashes = 0;
        uint64_t seed = 0;
        for (; seed < SEEDS_MAX && !wrong; seed++)
            crashes += torment(seed, (Mistake)mistake, CRASHES_EACH, &wrong);
        print_message("%s: caught after %" PRIu32 " crashes: %s\n", names[mistake], crashes,
                      wrong ? wrong : "never");
        assert_non_null(wrong);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right_log_survives_crashes),
        cmocka_unit_test(test_each_mistake_is_caught),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
