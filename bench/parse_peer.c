/* SPDX-License-Identifier: Apache-2.0 */
/* parse_peer.c - Tusk's parser and libpg_query, PostgreSQL's own parser as a library, over the
 * same statements: the time
 * of a raw parse alone, no tree printed. The two take turns, a round of all statements each, so that whatever else the
 * machine does meets both; the median round of each counts.
 *
 * usage: parse_peer FILE [seconds]     FILE: a page of tests/parse/bench or of the corpus
 *
 * The library is declared here by what its calls take and give; its headers bring names that clash
 * with ours. Statements
 * that either side rejects (the library may be of an older version) are left out and counted. */
#include "bench_statements.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS_MAX = 20000, REPEAT = 20 };

typedef struct PeerResult {
    void *tree;
    char *messages;
    void *error;
} PeerResult;

void *pg_query_enter_memory_context(void);
void pg_query_exit_memory_context(void *context);
PeerResult pg_query_raw_parse(const char *text, int options);

typedef struct Peer {
    Arena *arena;
    Statements all;
    Str *kept;
    uint32_t count;
    Str line;
    double tusk_us[ROUNDS_MAX], library_us[ROUNDS_MAX];
} Peer;

static double now_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
    return (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
}

static void parse_line(void *arg)
{
    Peer *peer = arg;
    parse_sql(peer->arena, peer->line, NULL);
}

static bool tusk_parse(Peer *peer, Str line)
{
    Error *error;
    peer->line = line;
    bool accepted = error_catch(parse_line, peer, peer->arena, &error);
    arena_reset(peer->arena);
    return accepted;
}

/* `line` ends in a zero byte. */
static bool library_parse(Str line)
{
    void *context = pg_query_enter_memory_context();
    PeerResult result = pg_query_raw_parse(line.data, 0);
    bool accepted = result.error == NULL;
    free(result.messages);
    pg_query_exit_memory_context(context);
    return accepted;
}

static void choose(Peer *peer)
{
    peer->kept = arena_alloc(peer->all.arena, peer->all.count * sizeof(Str));
    for (uint32_t i = 0; i < peer->all.count; i++) {
        Str line = peer->all.lines[i];
        line.data = str_copy_zero(peer->all.arena, line);
        if (tusk_parse(peer, line) && library_parse(line)) peer->kept[peer->count++] = line;
    }
}

static double round_us(Peer *peer, bool tusk)
{
    double start = now_us();
    for (int repeat = 0; repeat < REPEAT; repeat++)
        for (uint32_t i = 0; i < peer->count; i++) {
            bool accepted = tusk ? tusk_parse(peer, peer->kept[i]) : library_parse(peer->kept[i]);
            if (!accepted) exit(1);
        }
    return (now_us() - start) / REPEAT / peer->count;
}

static int compare_times(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times, uint32_t count)
{
    qsort(times, count, sizeof *times, compare_times);
    return times[count / 2];
}

static void measure(Peer *peer, double seconds)
{
    uint32_t rounds = 0;
    for (double start = now_us(); rounds < ROUNDS_MAX && now_us() - start < seconds * 1e6;
         rounds++) {
        peer->tusk_us[rounds] = round_us(peer, true);
        peer->library_us[rounds] = round_us(peer, false);
    }
    double tusk = median(peer->tusk_us, rounds), library = median(peer->library_us, rounds);
    printf(
        "%u statements (%u left out), %u rounds: Tusk %.2f us, libpg_query %.2f us a statement: %.1f times as fast\n",
        peer->count, peer->all.count - peer->count, rounds, tusk, library, library / tusk);
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    double seconds = argc > 2 ? strtod(argv[2], NULL) : 5;
    Account *account = account_new(NULL, "bench", ACCOUNT_UNLIMITED);
    Task task = {0};
    if (!account || task_init(&task, account, "bench") != OK) return 1;
    task_switch(&task);
    task.stack_low = (char *)__builtin_frame_address(0) - STACK_CHECKED_BYTES;
    Peer *peer = calloc(1, sizeof *peer);
    if (!peer) return 1;
    peer->arena = arena_new(account, "statement");
    peer->all.arena = arena_new(account, "lines");
    statements_read(&peer->all, argv[1]);
    choose(peer);
    if (peer->count == 0) return 1;
    measure(peer, seconds);
    free(peer);
    return 0;
}
