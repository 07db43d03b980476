/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the simulated disk: what programs see, and what crashes, failed syncs and full disks leave of it. */
#include "sim_fixture.h"

#include "base/arena.h"
#include "os/io.h"

enum { RW = FILE_READ | FILE_WRITE, NEW = FILE_READ | FILE_WRITE | FILE_CREATE };

static void put(File *file, uint64_t offset, char fill, size_t bytes)
{
    static char data[1 << 20];
    CHECK_TRUE(bytes <= sizeof data);
    memset(data, fill, bytes);
    must_be_ok(os_file_write(file, data, bytes, offset));
}

/* 0: a hole or zeros; the byte that fills the range; -1: mixed; -2: not all there. */
static int look(Sim *sim, const char *path, uint64_t offset, size_t bytes)
{
    static char data[1 << 20];
    size_t done;
    if (!sim_disk_read(sim, path, data, bytes, offset, &done) || done < bytes) return -2;
    for (size_t i = 1; i < bytes; i++)
        if (data[i] != data[0]) return -1;
    return data[0];
}

/* Which outcomes of `count` were seen, as bits, over many seeds of the same story. */
typedef struct Story {
    void (*before)(void *arg); /* made durable by the story itself */
    int (*outcome)(Sim *sim);  /* 0 to 31; fails the test by itself when the state is impossible */
    bool power_cut;            /* with tear; else without */
} Story;

static void crash_main(void *arg)
{
    const Story *story = arg;
    story->before(NULL);
    sim_crash_now(story->power_cut);
}

static uint32_t outcomes(Story story)
{
    uint32_t seen = 0;
    for (uint64_t seed = 0; seed < 300; seed++) {
        Sim *sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(sim, crash_main, &story), SIM_CRASHED);
        int outcome = story.outcome(sim);
        assert_in_range(outcome, 0, 31);
        seen |= UINT32_C(1) << outcome;
        sim_release(sim);
    }
    return seen;
}
#define SEEN(a) (UINT32_C(1) << (a))

/* ---- contents */

static void overwrite_twice(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 4096);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    put(file, 512, 'b', 512);
    put(file, 512, 'c', 512);
}

static int overwrite_outcome(Sim *sim)
{
    assert_int_equal(look(sim, "/f", 0, 512), 'a');
    assert_int_equal(look(sim, "/f", 1024, 3072), 'a');
    return look(sim, "/f", 512, 512) - 'a';
}

static void test_sector_is_old_between_or_new(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){overwrite_twice, overwrite_outcome, true}),
                     SEEN(0) | SEEN(1) | SEEN(2));
    assert_int_equal(outcomes((Story){overwrite_twice, overwrite_outcome, false}), SEEN(0));
}

static void hint_then_overwrite(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 4096);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    put(file, 512, 'b', 512);
    os_file_hint_write(file, 0, 4096);
    os_file_hint_read(file, 0, 4096);
    put(file, 512, 'c', 512);
}

static void test_hint_makes_nothing_durable(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){hint_then_overwrite, overwrite_outcome, true}),
                     SEEN(0) | SEEN(1) | SEEN(2));
    assert_int_equal(outcomes((Story){hint_then_overwrite, overwrite_outcome, false}), SEEN(0));
}

static void write_page(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 16384);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    put(file, 0, 'b', 16384);
}

static int page_outcome(Sim *sim)
{
    for (uint64_t at = 0; at < 16384; at += 512) {
        int sector = look(sim, "/f", at, 512);
        assert_true(sector == 'a' || sector == 'b');
    }
    int whole = look(sim, "/f", 0, 16384);
    return whole == 'a' ? 0 : whole == 'b' ? 1 : 2;
}

static void test_page_tears_between_sectors(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){write_page, page_outcome, true}),
                     SEEN(0) | SEEN(1) | SEEN(2));
}

static void append_unsynced(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 1000);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    char more[5000];
    memset(more, 'b', sizeof more);
    must_be_ok(os_file_append(file, more, sizeof more));
}

static int append_outcome(Sim *sim)
{
    uint64_t bytes = sim_disk_file_bytes(sim, "/f");
    assert_true(bytes >= 1000 && bytes <= 6000);
    assert_int_equal(look(sim, "/f", 0, 512), 'a');
    if (bytes == 1000) return 0;
    if (bytes < 6000) return 1;
    int more = look(sim, "/f", 1024, 4976);
    return more == 'b' ? 2 : more == 0 ? 3 : 4;
}

static void test_append_is_lost_in_parts(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){append_unsynced, append_outcome, true}),
                     SEEN(0) | SEEN(1) | SEEN(2) | SEEN(3) | SEEN(4));
}

static void cut_and_write(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 8192);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    must_be_ok(os_file_set_size(file, 100));
    must_be_ok(os_file_set_size(file, 8192));
    put(file, 4096, 'b', 512);
}

/* Old contents never come back behind a cut that survived. */
static int cut_outcome(Sim *sim)
{
    uint64_t bytes = sim_disk_file_bytes(sim, "/f");
    assert_int_equal(look(sim, "/f", 0, 100), 'a');
    if (bytes == 100) return 0;
    assert_int_equal(bytes, 8192);
    int rest = look(sim, "/f", 512, 3584), second = look(sim, "/f", 4096, 512),
        third = look(sim, "/f", 4608, 3584);
    if (rest == 'a') {
        assert_true(second == 'a' && third == 'a');
        return 1;
    }
    assert_true(rest == 0 && third == 0 && (second == 0 || second == 'b'));
    return second == 0 ? 2 : 3;
}

static void test_cut_is_lost_or_kept(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){cut_and_write, cut_outcome, true}),
                     SEEN(0) | SEEN(1) | SEEN(2) | SEEN(3));
    assert_int_equal(outcomes((Story){cut_and_write, cut_outcome, false}), SEEN(1));
}

static void punch_two(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 65536);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    uint64_t used;
    must_be_ok(os_file_punch(file, 8192, 8192));
    must_be_ok(os_file_punch(file, 32768, 4096));
    must_be_ok(os_file_space_used(file, &used));
    CHECK_TRUE(used == 65536 - 12288);
    put(file, 8192, 'b', 4096);
}

static int punch_outcome(Sim *sim)
{
    int first = look(sim, "/f", 8192, 4096), rest = look(sim, "/f", 12288, 4096),
        second = look(sim, "/f", 32768, 4096);
    assert_true(second == 0 || second == 'a');
    assert_true(rest == 0 || rest == 'a');
    /* The later write is there only if the punch before it is. */
    if (rest == 'a')
        assert_int_equal(first, 'a');
    else
        assert_int_not_equal(first, 'a');
    return (rest == 0) + 2 * (second == 0);
}

static void test_punches_are_lost_separately(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){punch_two, punch_outcome, true}),
                     SEEN(0) | SEEN(1) | SEEN(2) | SEEN(3));
    assert_int_equal(outcomes((Story){punch_two, punch_outcome, false}), SEEN(0));
}

/* ---- names */

static void create_synced(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 4096);
    must_be_ok(os_file_sync(file));
}

static int exists_outcome(Sim *sim)
{
    if (sim_disk_file_bytes(sim, "/f") == UINT64_MAX) return 0;
    assert_int_equal(look(sim, "/f", 0, 4096), 'a');
    return 1;
}

static void test_name_without_folder_sync_may_be_gone(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){create_synced, exists_outcome, true}), SEEN(0) | SEEN(1));
    assert_int_equal(outcomes((Story){create_synced, exists_outcome, false}), SEEN(0));
}

static void rename_over(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 4096);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    File *other = open_file("/g", NEW);
    put(other, 0, 'b', 4096);
    must_be_ok(os_path_rename("/g", "/f"));
}

static int rename_outcome(Sim *sim)
{
    int contents = look(sim, "/f", 0, 4096);
    bool other = sim_disk_file_bytes(sim, "/g") != UINT64_MAX;
    if (contents == 'a') return other ? 1 : 0;
    assert_false(other);
    return contents == 'b' ? 2 : sim_disk_file_bytes(sim, "/f") == 0 ? 3 : 4;
}

static void test_rename_may_survive_its_contents(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){rename_over, rename_outcome, true}),
                     SEEN(0) | SEEN(1) | SEEN(2) | SEEN(3) | SEEN(4));
}

static void rename_across(void *arg)
{
    (void)arg;
    must_be_ok(os_dir_make("/x"));
    must_be_ok(os_dir_make("/y"));
    must_be_ok(os_dir_sync("/"));
    File *file = open_file("/x/f", NEW);
    put(file, 0, 'a', 512);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/x"));
    must_be_ok(os_path_rename("/x/f", "/y/f"));
}

static int across_outcome(Sim *sim)
{
    bool x = sim_disk_file_bytes(sim, "/x/f") != UINT64_MAX,
         y = sim_disk_file_bytes(sim, "/y/f") != UINT64_MAX;
    assert_true(x != y);
    assert_int_equal(look(sim, x ? "/x/f" : "/y/f", 0, 512), 'a');
    return y;
}

static void rename_across_synced(void *arg)
{
    rename_across(arg);
    must_be_ok(os_dir_sync("/x")); /* either folder's sync is enough */
}

static void test_rename_between_folders_is_whole(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){rename_across, across_outcome, true}), SEEN(0) | SEEN(1));
    assert_int_equal(outcomes((Story){rename_across_synced, across_outcome, true}), SEEN(1));
}

static void remove_and_make(void *arg)
{
    create_synced(arg);
    must_be_ok(os_dir_sync("/"));
    must_be_ok(os_path_remove("/f"));
    must_be_ok(os_dir_make("/d"));
    os_file_close(open_file("/d/in", NEW));
    must_be_ok(os_dir_sync("/d"));
}

static int remove_outcome(Sim *sim)
{
    bool inside = sim_disk_file_bytes(sim, "/d/in") != UINT64_MAX;
    return exists_outcome(sim) + 2 * inside;
}

static void test_removal_and_folder_are_lost_or_kept(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){remove_and_make, remove_outcome, true}),
                     SEEN(0) | SEEN(1) | SEEN(2) | SEEN(3));
}

static void names_main(void *arg)
{
    (void)arg;
    Arena *arena = arena_new(task_self()->account, "names");
    PathInfo info;
    Str text, *names;
    uint32_t count;
    must_be_ok(os_dir_make("/d"));
    must_be_ok(os_dir_make("/d/e"));
    os_file_close(open_file("/d/e/f", NEW));
    must_give(ST_BUSY, os_dir_remove("/d"));
    must_give(ST_INVALID, os_path_rename("/d", "/d/e/d"));
    must_give(ST_INVALID, os_path_rename("/", "/d/e/root"));
    must_give(ST_INVALID, os_dir_remove("/"));
    must_give(ST_INVALID, os_path_rename("/d/e/f", "/d"));
    must_give(ST_INVALID, os_path_rename("/d", "/d/e/f"));
    must_give(ST_NOT_FOUND, os_path_rename("/nothing", "/d/x"));
    must_give(ST_INVALID, os_path_remove("/d"));
    must_give(ST_INVALID, os_dir_remove("/d/e/f"));
    must_give(ST_INVALID, os_dir_sync("/d/e/f"));
    must_give(ST_NOT_FOUND, os_dir_sync("/nothing"));
    must_give(ST_INVALID, os_dir_list(arena, "/d/e/f", &names, &count));
    must_give(ST_NOT_FOUND, os_path_info("", &info));
    must_give(ST_INVALID, os_path_info("/d/e/f/g", &info));
    must_be_ok(os_path_link("/d/e/f", "/d/hard"));
    must_give(ST_DENIED, os_path_link("/d/e", "/d/hard2"));
    must_give(ST_NOT_FOUND, os_path_link("/none", "/d/hard2"));
    must_be_ok(os_path_rename("/d/e/f", "/d/hard")); /* two names of one file: nothing happens */
    must_be_ok(os_path_info("/d/e/f", &info));
    must_be_ok(os_path_make_link("e/../hard", "/d/soft"));
    must_be_ok(os_path_read_link(arena, "/d/soft", &text));
    CHECK_TRUE(str_equal(text, STR("e/../hard")));
    must_give(ST_INVALID, os_path_read_link(arena, "/d/hard", &text));
    os_file_close(open_file("d/./soft", RW));
    must_be_ok(os_path_make_link("/loop", "/loop"));
    File *file;
    must_give(ST_IO, os_file_open("/loop", RW, &file));
    must_give(ST_INVALID, os_file_open("/d", RW, &file));
    must_be_ok(os_path_set_mode("/d/hard", 0640));
    must_be_ok(os_path_info("/d/hard", &info));
    CHECK_TRUE(info.kind == PATH_FILE && info.mode == 0640 && info.modified_us > 0);
    must_be_ok(os_path_info("/d/soft", &info));
    CHECK_TRUE(info.kind == PATH_LINK && info.bytes == 9);
    must_be_ok(os_dir_make("/empty"));
    must_be_ok(os_path_rename("/d", "/empty")); /* over an empty folder */
    must_be_ok(os_dir_list(arena, "/empty", &names, &count));
    CHECK_TRUE(count == 3 && str_equal(names[0], STR("e")) && str_equal(names[2], STR("soft")));
    must_be_ok(os_dir_remove_all("/empty"));
    must_be_ok(os_dir_sync("/"));
    char name[300];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    must_give(ST_INVALID, os_path_info(name, &info));
    arena_drop(arena);
}

static void test_names(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 5; seed++) {
        Sim *sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(sim, names_main, NULL), SIM_DONE);
        assert_int_equal(sim_disk_space_used(sim), 0);
        sim_release(sim);
    }
}

/* ---- failed syncs */

static void sync_fails(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 8192);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    put(file, 0, 'b', 8192);
    sim_fail_at(sim_self(), SIM_FAIL_SYNC, 1, false);
    must_give(ST_IO, os_file_sync(file));
    CHECK_TRUE(sim_disarm(sim_self()) == 1);
    char data[512];
    size_t done;
    must_be_ok(os_file_read(file, data, sizeof data, 0, &done));
    CHECK_TRUE(data[0] == 'b'); /* still seen */
    put(file, 4096, 'c', 512);  /* written again: can become durable */
    must_be_ok(os_file_sync(file));
    put(file, 4608, 'd', 512);
}

static int sync_fails_outcome(Sim *sim)
{
    assert_int_equal(look(sim, "/f", 0, 4096), 'a');
    assert_int_equal(look(sim, "/f", 4096, 512), 'c');
    assert_int_equal(look(sim, "/f", 5120, 3072), 'a');
    return look(sim, "/f", 4608, 512) == 'd';
}

static void test_failed_sync_loses_what_is_seen(void **state)
{
    (void)state;
    assert_int_equal(outcomes((Story){sync_fails, sync_fails_outcome, true}), SEEN(0) | SEEN(1));
    assert_int_equal(outcomes((Story){sync_fails, sync_fails_outcome, false}), SEEN(0));
}

/* ---- space */

static void full_main(void *arg)
{
    (void)arg;
    uint64_t free_bytes, used;
    File *file = open_file("/f", NEW);
    must_be_ok(os_disk_free("/", &free_bytes));
    CHECK_TRUE(free_bytes == 65536);
    must_be_ok(os_file_allocate(file, 0, 40000));
    must_be_ok(os_file_space_used(file, &used));
    CHECK_TRUE(used == 40960);
    must_give(ST_FULL, os_file_allocate(file, 40960, 40960));
    File *other = open_file("/g", NEW);
    char data[40960] = {1};
    must_give(ST_FULL, os_file_write(other, data, sizeof data, 0));
    must_be_ok(os_file_write(file, data, 40000, 0)); /* reserved */
    must_be_ok(os_path_remove("/g"));
    must_be_ok(os_disk_free("/", &free_bytes));
    CHECK_TRUE(free_bytes == 0); /* open still */
    os_file_close(other);
    must_be_ok(os_disk_free("/", &free_bytes));
    CHECK_TRUE(free_bytes == 65536 - 40960);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_file_punch(file, 100, 8192)); /* one whole block, two in part */
    must_be_ok(os_disk_free("/", &free_bytes));
    CHECK_TRUE(free_bytes == 65536 - 36864);
    must_be_ok(os_file_allocate(file, 0, 16384));
    must_be_ok(os_disk_free("/", &free_bytes));
    CHECK_TRUE(free_bytes == 65536 - 40960);
    must_be_ok(os_file_set_size(file, 0));
    must_be_ok(os_file_set_size(file, 1 << 20));
    must_be_ok(os_file_space_used(file, &used));
    CHECK_TRUE(used == 0);
    must_be_ok(os_file_write(file, "x", 1, UINT64_C(1) << 36)); /* sparse */
    must_be_ok(os_file_space_used(file, &used));
    CHECK_TRUE(used == 4096);
    os_file_close(file);
}

static void test_space_is_counted(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 5; seed++) {
        SimOptions options = {.seed = test_seed(seed), .disk_bytes_max = 65536};
        Sim *sim = sim_new(&options);
        assert_int_equal(sim_run(sim, full_main, NULL), SIM_DONE);
        assert_int_equal(sim_disk_space_used(sim), 4096);
        sim_disk_set_limit(sim, 0);
        sim_release(sim);
    }
}

/* ---- every failure */

static Status busy_work(void)
{
    Arena *arena = arena_try_new(task_self()->account, "work");
    if (!arena) return ST_NO_MEMORY;
    File *file = NULL;
    char data[8192], back[8192];
    size_t done;
    memset(data, 'x', sizeof data);
    Status status = os_dir_make("/work");
    if (status == ST_EXISTS) status = OK;
    if (status == OK) status = os_dir_sync("/");
    if (status == OK) status = os_file_open("/work/f", NEW, &file);
    if (status == OK) status = os_file_allocate(file, 0, 16384);
    for (int i = 0; i < 4 && status == OK; i++)
        status = os_file_write(file, data, sizeof data, (uint64_t)i * 4096);
    if (status == OK) status = os_file_sync(file);
    if (status == OK) status = os_file_punch(file, 0, 4096);
    if (status == OK) status = os_file_set_size(file, 30000);
    if (status == OK) status = os_file_read(file, back, sizeof back, 4096, &done);
    if (status == OK) CHECK_TRUE(done == sizeof back && memcmp(back, data, sizeof data) == 0);
    os_file_close(file);
    if (status == OK) status = os_path_rename("/work/f", "/work/g");
    if (status == OK) status = os_dir_sync("/work");
    Str *names;
    uint32_t count;
    if (status == OK) status = os_dir_list(arena, "/work", &names, &count);
    if (status == OK) status = os_path_remove("/work/g");
    arena_drop(arena);
    return status;
}

static void failing_main(void *arg)
{
    *(Status *)arg = busy_work();
}

static void test_every_failure_happens(void **state)
{
    (void)state;
    static const struct {
        SimFailure kind;
        Status status;
        uint32_t places; /* where it strikes, at least */
    } kinds[] = {
        {SIM_FAIL_READ, ST_IO, 1},          {SIM_FAIL_WRITE, ST_IO, 6},
        {SIM_FAIL_SYNC, ST_IO, 3},          {SIM_FAIL_FULL, ST_FULL, 6},
        {SIM_FAIL_OPEN, ST_IO, 5},          {SIM_FAIL_SHORT_READ, OK, 1},
        {SIM_FAIL_MEMORY, ST_NO_MEMORY, 1},
    };
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
        uint32_t places = 0;
        for (uint64_t n = 1, fired = 1; fired > 0; n++) {
            Status status = OK;
            Sim *sim = new_sim(test_seed(n));
            sim_fail_at(sim, kinds[k].kind, n, n % 2);
            assert_int_equal(sim_run(sim, failing_main, &status), SIM_DONE);
            fired = sim_disarm(sim);
            assert_int_equal(status, fired ? kinds[k].status : OK);
            places += fired > 0;
            assert_int_equal(sim_run(sim, failing_main, &status), SIM_DONE);
            assert_int_equal(status, OK);
            sim_release(sim);
        }
        assert_true(places >= kinds[k].places);
    }
}

/* ---- background requests */

static void submit_main(void *arg)
{
    (void)arg;
    static char data[4][4096];
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 16384);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    IoBatch batch = {0};
    IoRequest requests[4], *pointers[4];
    for (uint64_t i = 0; i < 4; i++) {
        memset(data[i], 'b', sizeof data[i]);
        requests[i] = (IoRequest){
            .file = file, .op = IO_WRITE, .data = data[i], .bytes = 4096, .offset = i * 4096};
        pointers[i] = &requests[i];
    }
    os_io_submit(&batch, pointers, 4);
    sim_crash_now(true);
}

static int submit_outcome(Sim *sim)
{
    int outcome = 0;
    for (uint64_t i = 0; i < 4; i++) {
        int block = look(sim, "/f", i * 4096, 4096);
        outcome |= (block == 'b') << i;
    }
    return outcome;
}

static void test_requests_under_way_happen_or_not(void **state)
{
    (void)state;
    uint32_t seen = outcomes((Story){submit_main, submit_outcome, true});
    assert_true(seen & SEEN(0));
    assert_true((uint32_t)__builtin_popcount(seen) > 8);
}

static void io_errors_main(void *arg)
{
    Arena *arena = arena_new(task_self()->account, "io");
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 1000);
    char *data = arena_alloc(arena, 4096);
    for (int op = IO_READ; op <= IO_SYNC; op++) {
        static const uint32_t failures[] = {
            [IO_READ] = SIM_FAIL_READ, [IO_WRITE] = SIM_FAIL_WRITE, [IO_SYNC] = SIM_FAIL_SYNC};
        for (int fail = 0; fail < 3; fail++) {
            IoBatch batch = {0};
            IoRequest request = {.file = file,
                                 .op = (IoOp)op,
                                 .data = data,
                                 .bytes = 512,
                                 .offset = 0},
                      *pointer = &request;
            bool full = fail == 2 && op == IO_WRITE;
            if (fail == 1) sim_fail_at(sim_self(), failures[op], 1, false);
            if (full) sim_fail_at(sim_self(), SIM_FAIL_FULL, 1, false);
            os_io_submit(&batch, &pointer, 1);
            must_give(fail == 1 ? ST_IO
                      : full    ? ST_FULL
                                : OK,
                      os_io_wait(&batch, WAIT_DATA_FILE_READ, &pointer, 1));
            CHECK_TRUE(request.status == OK ? op == IO_SYNC || request.done == 512
                                            : request.done == 0);
            CHECK_TRUE(sim_disarm(sim_self()) == (fail == 1 || full));
        }
    }
    File *readonly = open_file("/f", FILE_READ), *writeonly = open_file("/f", FILE_WRITE);
    size_t done;
    must_give(ST_IO, os_file_write(readonly, data, 1, 0));
    must_give(ST_IO, os_file_read(writeonly, data, 1, 0, &done));
    os_file_close(readonly);
    os_file_close(writeonly);
    os_file_close(file);
    arena_drop(arena);
}

static void test_requests_fail_as_asked(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 10; seed++) {
        Sim *sim = new_sim(test_seed(seed));
        assert_int_equal(sim_run(sim, io_errors_main, NULL), SIM_DONE);
        sim_release(sim);
    }
}

/* ---- the disk in a test's hands */

static void damage_main(void *arg)
{
    (void)arg;
    File *file = open_file("/f", NEW);
    put(file, 0, 'a', 2000);
    must_be_ok(os_file_sync(file));
    must_be_ok(os_dir_sync("/"));
    put(file, 512, 'b', 512);
    must_be_ok(os_dir_make("/d"));
    CHECK_TRUE(sim_disk_flip_bit(sim_self(), "/f", 512 * 8));
    CHECK_TRUE(sim_disk_write(sim_self(), "/f", "zz", 2, 1022));
}

static void test_damage(void **state)
{
    (void)state;
    Sim *sim = new_sim(test_seed(1));
    char data[600];
    size_t done;
    assert_int_equal(sim_run(sim, damage_main, NULL), SIM_DONE);
    assert_int_equal(look(sim, "/f", 512, 1), 'b' ^ 1);
    assert_true(sim_disk_flip_bit(sim, "/f", 3));
    assert_int_equal(look(sim, "/f", 0, 1), 'a' ^ 8);
    assert_false(sim_disk_flip_bit(sim, "/f", 2000 * 8));
    assert_false(sim_disk_flip_bit(sim, "/none", 0));
    assert_true(sim_disk_zero_sector(sim, "/f", 3));
    assert_int_equal(look(sim, "/f", 1536, 464), 0);
    assert_false(sim_disk_zero_sector(sim, "/f", 4));
    assert_true(sim_disk_read(sim, "/f", data, sizeof data, 1900, &done));
    assert_int_equal(done, 100);
    assert_false(sim_disk_read(sim, "/d", data, 1, 0, &done));
    assert_false(sim_disk_write(sim, "/none", "x", 1, 0));
    assert_false(sim_disk_write(sim, "/f", "xy", 2, 1999));
    sim_release(sim);
}

static void cut_now(void *arg)
{
    (void)arg;
    sim_crash_now(true);
}

/* One state, many ends. */
static void test_copies(void **state)
{
    (void)state;
    static void (*const makers[])(void *) = {overwrite_twice, punch_two,     cut_and_write,
                                             rename_over,     rename_across, remove_and_make};
    static int (*const judges[])(Sim *) = {overwrite_outcome, punch_outcome,  cut_outcome,
                                           rename_outcome,    across_outcome, remove_outcome};
    for (size_t i = 0; i < ARRAY_LEN(makers); i++) {
        Sim *sim = new_sim(test_seed(1));
        assert_int_equal(sim_run(sim, makers[i], NULL), SIM_DONE);
        SimDisk *copy = sim_disk_copy(sim);
        uint64_t space = sim_disk_space_used(sim);
        uint32_t seen = 0;
        for (int k = 0; k < 100; k++) {
            assert_int_equal(sim_run(sim, cut_now, NULL), SIM_CRASHED);
            int outcome = judges[i](sim);
            seen |= UINT32_C(1) << outcome;
            sim_disk_restore(sim, copy);
            assert_int_equal(sim_disk_space_used(sim), space);
        }
        assert_true(__builtin_popcount(seen) >= 2);
        sim_disk_free_copy(copy);
        sim_release(sim);
    }
    sim_disk_free_copy(NULL);
}

/* ---- random operations against a plain model */

enum { MODEL_BYTES = 48 * 1024, MODEL_SECTORS = MODEL_BYTES / 512, VERSIONS_MAX = 400 };

/* A file whose every sector holds one number. What a sector may hold after a power cut: what it held at the last sync
 * or since, or zero when it may have been cut off, punched or not there. */
typedef struct Model {
    uint32_t sectors; /* size */
    uint32_t durable_sectors;
    uint32_t now[MODEL_SECTORS], durable[MODEL_SECTORS];
    uint32_t possible[MODEL_SECTORS][VERSIONS_MAX];
    uint32_t possible_count[MODEL_SECTORS];
    uint32_t least_sectors, most_sectors; /* since the last sync */
    uint32_t stamp;
    bool torn; /* the crash that ended the run */
} Model;

static void model_set(Model *model, uint32_t sector, uint32_t value)
{
    model->now[sector] = value;
    model->possible[sector][model->possible_count[sector]++] = value;
    CHECK_TRUE(model->possible_count[sector] < VERSIONS_MAX);
}

static void model_resize(Model *model, uint32_t sectors)
{
    for (uint32_t s = sectors; s < model->sectors; s++) model_set(model, s, 0);
    model->sectors = sectors;
    model->least_sectors = MIN(model->least_sectors, sectors);
    model->most_sectors = MAX(model->most_sectors, sectors);
}

static void model_sync(Model *model)
{
    memcpy(model->durable, model->now, sizeof model->now);
    model->durable_sectors = model->least_sectors = model->most_sectors = model->sectors;
    for (uint32_t s = 0; s < MODEL_SECTORS; s++) {
        model->possible_count[s] = 0;
        model_set(model, s, model->now[s]);
    }
}

static void model_write(Model *model, File *file, uint32_t first, uint32_t count)
{
    static uint32_t data[MODEL_SECTORS][128];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = ++model->stamp;
        for (uint32_t k = 0; k < 128; k++) data[i][k] = value;
        if (first + i >= model->sectors) model_resize(model, first + i + 1);
        model_set(model, first + i, value);
    }
    must_be_ok(os_file_write(file, data, (size_t)count * 512, (uint64_t)first * 512));
}

static void model_check(Model *model, File *file)
{
    static uint32_t data[MODEL_SECTORS][128];
    size_t done;
    must_be_ok(os_file_read(file, data, sizeof data, 0, &done));
    CHECK_TRUE(done == model->sectors * (size_t)512);
    for (uint32_t s = 0; s < model->sectors; s++)
        for (uint32_t k = 0; k < 128; k++) CHECK_TRUE(data[s][k] == model->now[s]);
}

static void model_main(void *arg)
{
    Model *model = arg;
    Random *random = sim_random(sim_self());
    File *file = open_file("/f", NEW);
    must_be_ok(os_dir_sync("/"));
    model_check(model, file);
    for (int i = 0; i < 60; i++) {
        uint32_t first = (uint32_t)random_below(random, MODEL_SECTORS);
        uint32_t count = 1 + (uint32_t)random_below(random, MODEL_SECTORS - first);
        switch (random_below(random, 8)) {
        case 0:
            must_be_ok(os_file_set_size(file, first * (uint64_t)512));
            model_resize(model, first);
            break;
        case 1:
        case 2:
            must_be_ok(os_file_punch(file, first * (uint64_t)512, count * (uint64_t)512));
            for (uint32_t s = first; s < first + count && s < model->sectors; s++)
                model_set(model, s, 0);
            break;
        case 3:
            if (!random_chance(random, 3)) break;
            must_be_ok(os_file_sync(file));
            model_sync(model);
            break;
        case 4:
            must_be_ok(os_file_allocate(file, first * (uint64_t)512, count * (uint64_t)512));
            if (first + count > model->sectors) model_resize(model, first + count);
            break;
        default: model_write(model, file, first, MIN(count, 20U)); break;
        }
        if (i % 8 == 0) model_check(model, file);
    }
    model_check(model, file);
    uint64_t end = random_below(random, 3);
    model->torn = end == 0;
    if (end < 2) sim_crash_now(model->torn);
    os_file_close(file);
}

/* What the crash left must be possible; it becomes the model. */
static void model_judge(Model *model, Sim *sim)
{
    static uint32_t data[MODEL_SECTORS][128];
    size_t done;
    assert_true(sim_disk_read(sim, "/f", data, sizeof data, 0, &done));
    assert_int_equal(done % 512, 0);
    uint32_t sectors = (uint32_t)(done / 512);
    if (!model->torn) assert_int_equal(sectors, model->durable_sectors);
    assert_in_range(sectors, model->least_sectors, model->most_sectors);
    memset(model->now, 0, sizeof model->now);
    for (uint32_t s = 0; s < sectors; s++) {
        for (uint32_t k = 1; k < 128; k++) assert_int_equal(data[s][k], data[s][0]);
        bool possible = s >= model->least_sectors && data[s][0] == 0;
        for (uint32_t v = 0; v < model->possible_count[s]; v++)
            possible |= model->possible[s][v] == data[s][0];
        assert_true(model->torn ? possible : data[s][0] == model->durable[s]);
        model->now[s] = data[s][0];
    }
    model->sectors = sectors;
    model_sync(model);
}

static void test_random_operations(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        Model *model = test_calloc(1, sizeof *model);
        Sim *sim = new_sim(test_seed(seed));
        model_sync(model);
        for (int run = 0; run < 12; run++) {
            SimEnd end = sim_run(sim, model_main, model);
            if (end == SIM_DONE) continue;
            assert_int_equal(end, SIM_CRASHED);
            model_judge(model, sim);
            SimDisk *copy = sim_disk_copy(sim);
            uint64_t space = sim_disk_space_used(sim);
            sim_disk_restore(sim, copy);
            assert_int_equal(sim_disk_space_used(sim), space);
            sim_disk_free_copy(copy);
        }
        sim_release(sim);
        test_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sector_is_old_between_or_new),
        cmocka_unit_test(test_hint_makes_nothing_durable),
        cmocka_unit_test(test_page_tears_between_sectors),
        cmocka_unit_test(test_append_is_lost_in_parts),
        cmocka_unit_test(test_cut_is_lost_or_kept),
        cmocka_unit_test(test_punches_are_lost_separately),
        cmocka_unit_test(test_name_without_folder_sync_may_be_gone),
        cmocka_unit_test(test_rename_may_survive_its_contents),
        cmocka_unit_test(test_rename_between_folders_is_whole),
        cmocka_unit_test(test_removal_and_folder_are_lost_or_kept),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_failed_sync_loses_what_is_seen),
        cmocka_unit_test(test_space_is_counted),
        cmocka_unit_test(test_every_failure_happens),
        cmocka_unit_test(test_requests_under_way_happen_or_not),
        cmocka_unit_test(test_requests_fail_as_asked),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_random_operations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
