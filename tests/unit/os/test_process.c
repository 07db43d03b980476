/* SPDX-License-Identifier: Apache-2.0 */
/* test_process.c - children, signals, standard streams. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "os/process.h"
#include "os/real_internal.h"
#include "real.h"

static void run(void (*body)(void *arg))
{
    assert_true(real_run(&(RealRun){.body = body}));
}

static int32_t start_shell(const char *script, const int *descriptors, uint32_t count)
{
    const char *const args[] = {"sh", "-c", script, NULL};
    int32_t child;
    EXPECT(os_process_start("/bin/sh", args, descriptors, count, &child) == OK && child > 0);
    return child;
}

static ProcessEnd reap(int32_t child)
{
    ProcessEnd end;
    uint32_t signals;
    Status status;
    while ((status = os_process_reap(&end)) == ST_BUSY)
        EXPECT(os_signals_wait(deadline_in_ms(20000), &signals) == OK && signals == SIGNAL_CHILD);
    EXPECT(status == OK && end.process_id == child);
    return end;
}

static void children_body(void *arg)
{
    const BothPlace *place = arg;
    ProcessEnd end;
    char script[128];
    int32_t child;
    Socket *kept, *other;
    EXPECT(os_signals_listen(SIGNAL_CHILD) == OK);
    EXPECT(os_process_reap(&end) == ST_NOT_FOUND);
    end = reap(start_shell("exit 3", NULL, 0));
    EXPECT(!end.by_signal && end.code == 3);
    /* What is listed is inherited, and nothing else; no signal is blocked in the child. */
    EXPECT(os_socket_listen(&place->address, 1, 0, &kept) == OK);
    EXPECT(os_socket_listen(&place->address, 1, 0, &other) == OK);
    int descriptors[] = {os_socket_descriptor(kept)};
    int loose = dup(os_socket_descriptor(other));
    (void)snprintf(
        script, sizeof script,
        "test -e /proc/self/fd/%d && ! test -e /proc/self/fd/%d && ! test -e /proc/self/fd/%d",
        descriptors[0], os_socket_descriptor(other), loose);
    EXPECT(reap(start_shell(script, descriptors, 1)).code == 0);
    (void)close(loose);
    end = reap(start_shell("grep -q '^SigBlk:.0*$' /proc/self/status", NULL, 0));
    EXPECT(!end.by_signal && end.code == 0);
    os_socket_close(kept);
    os_socket_close(other);
    child = start_shell("exec sleep 100", NULL, 0);
    EXPECT(os_process_reap(&end) == ST_BUSY);
    EXPECT(os_signal_send(child, SIGNAL_TERMINATE) == OK);
    end = reap(child);
    EXPECT(end.by_signal && end.code == SIGTERM);
    EXPECT(os_signal_send(child, SIGNAL_HANGUP) == ST_NOT_FOUND);
    EXPECT(os_signal_send(child, (ProcessSignal)1024) == ST_INVALID);
}

static void test_children(void **state)
{
    (void)state;
    run(children_body);
}

static void failures_body(void *arg)
{
    (void)arg;
    const char *const args[] = {"x", NULL};
    int32_t child;
    const int bad[] = {-1};
    EXPECT(os_process_start("/nonexistent/x", args, NULL, 0, &child) == ST_NOT_FOUND);
    EXPECT_NOTED(SQLSTATE_UNDEFINED_FILE,
                 "could not execute program \"/nonexistent/x\": No such file or directory");
    EXPECT(os_process_start("/bin/true", args, bad, 1, &child) != OK);
    ProcessEnd end;
    EXPECT(os_process_reap(&end) == ST_NOT_FOUND);
}

static void test_failures(void **state)
{
    (void)state;
    run(failures_body);
}

static void interrupter_main(void *arg)
{
    both_await_event(arg, WAIT_BACKGROUND);
    os_wake(arg);
    EXPECT(os_sleep_until(deadline_in_ms(5), WAIT_SLEEP) == OK);
    os_task_interrupt(arg, TASK_CANCEL);
}

/* Tasks never get the signals: the first task does, and by its own call. */
static void signals_body(void *arg)
{
    (void)arg;
    uint32_t signals;
    EXPECT(os_signals_listen(SIGNAL_HANGUP | SIGNAL_USER1) == OK);
    EXPECT(os_signals_listen(SIGNAL_HANGUP | SIGNAL_USER1 | SIGNAL_INTERRUPT | SIGNAL_QUIT |
                             SIGNAL_TERMINATE) == OK);
    EXPECT(os_signals_wait(DEADLINE_PAST, &signals) == ST_TIMEOUT && signals == 0);
    EXPECT(os_signals_wait(deadline_in_ms(2), &signals) == ST_TIMEOUT);
    Task *task = both_start(interrupter_main, task_self());
    EXPECT(os_signals_wait(DEADLINE_NEVER, &signals) == ST_BUSY);
    EXPECT(os_signals_wait(DEADLINE_NEVER, &signals) == ST_CANCELLED);
    task_take_interrupts(task_self(), TASK_CANCEL);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_PAST) == OK);
    os_task_join(task);
    static const ProcessSignal all[] = {SIGNAL_HANGUP, SIGNAL_USER1, SIGNAL_INTERRUPT, SIGNAL_QUIT,
                                        SIGNAL_TERMINATE};
    uint32_t sent = 0;
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        EXPECT(os_signal_send(os_process_id(), all[i]) == OK);
        sent |= all[i];
    }
    EXPECT(os_signals_wait(deadline_in_ms(5000), &signals) == OK && signals == sent);
}

static void test_signals(void **state)
{
    (void)state;
    run(signals_body);
}

static void facts_body(void *arg)
{
    (void)arg;
    Arena *arena = arena_new(task_self()->account, "test");
    Str text;
    EXPECT(os_process_id() == (int32_t)getpid() && os_process_is_root() == (geteuid() == 0));
    EXPECT(os_executable_path(arena, &text) == OK && str_ends(text, STR("os-test_process")));
    EXPECT(os_environment("TUSK_NO_SUCH_NAME") == NULL && os_environment("PATH") != NULL);
    EXPECT(os_process_cpu_us() > 0 && os_process_memory_bytes() > 100000);
    Status status = real__user_name(arena, 3999999999U, &text);
    EXPECT(status == OK && str_equal(text, STR("3999999999")));
    arena_drop(arena);
}

static void test_facts(void **state)
{
    (void)state;
    run(facts_body);
}

/* Puts what is read from `input` in the place of standard input for the time of one line. */
static Status line_from(Arena *arena, int input, bool hidden, Str *line)
{
    int before = dup(STDIN_FILENO), out = dup(STDOUT_FILENO), nothing = open("/dev/null", O_WRONLY);
    (void)dup2(input, STDIN_FILENO);
    (void)dup2(nothing, STDOUT_FILENO);
    Status status = os_read_line(arena, STR("Password: "), hidden, line);
    (void)dup2(before, STDIN_FILENO);
    (void)dup2(out, STDOUT_FILENO);
    (void)close(before);
    (void)close(out);
    (void)close(nothing);
    return status;
}

static void lines_body(void *arg)
{
    (void)arg;
    Arena *arena = arena_new(task_self()->account, "test");
    int ends[2];
    Str line;
    EXPECT(pipe(ends) == 0);
    const char text[] = "first\n\nno newline";
    EXPECT(write(ends[1], text, sizeof text - 1) == (ssize_t)sizeof text - 1);
    (void)close(ends[1]);
    EXPECT(line_from(arena, ends[0], false, &line) == OK && str_equal(line, STR("first")));
    EXPECT(line_from(arena, ends[0], true, &line) == OK && line.bytes == 0);
    EXPECT(line_from(arena, ends[0], false, &line) == OK && str_equal(line, STR("no newline")));
    EXPECT(line_from(arena, ends[0], false, &line) == ST_END);
    (void)close(ends[0]);
    int nothing = open("/dev/null", O_WRONLY), zeros = open("/dev/zero", O_RDONLY);
    EXPECT(line_from(arena, nothing, false, &line) != OK &&
           line_from(arena, zeros, false, &line) == ST_FULL);
    (void)close(nothing);
    (void)close(zeros);
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0) {
        int inner = open(ptsname(terminal), O_RDWR | O_NOCTTY);
        EXPECT(inner >= 0);
        /* What is typed before the echo is off would be flushed: a child types a little later, twice to be sure. */
        int32_t typist = (int32_t)fork();
        if (typist == 0) {
            for (int i = 0; i < 100; i++) {
                (void)usleep(20000);
                if (write(terminal, "secret\n", 7) != 7) _exit(1);
            }
            _exit(0);
        }
        EXPECT(line_from(arena, inner, true, &line) == OK && str_equal(line, STR("secret")));
        (void)kill(typist, SIGKILL);
        (void)waitpid(typist, NULL, 0);
        (void)close(inner);
    }
    (void)close(terminal);
    arena_drop(arena);
}

static void test_lines(void **state)
{
    (void)state;
    run(lines_body);
}

/* In a child, which goes into the background and writes to both streams there. */
static void detached_child(const char *log)
{
    if (os_process_detach("/nonexistent/log") != ST_NOT_FOUND) os_process_exit(1);
    if (os_process_detach(log) != OK) os_process_exit(2);
    os_print(STR("out\n"));
    os_print_error(STR("err\n"));
    os_print((Str){"", 0});
    (void)close(STDOUT_FILENO);
    os_print(STR("lost"));
    exit(getsid(0) == getpid() ? 0 : 3);
}

static void detach_body(void *arg)
{
    Arena *arena = arena_new(task_self()->account, "test");
    const char *log = both_path(arena, arg, "log");
    Str contents = {0};
    pid_t child = fork();
    if (child == 0) {
        (void)task_switch(NULL);
        detached_child(log);
    }
    int how;
    EXPECT(waitpid(child, &how, 0) == child && WIFEXITED(how) && WEXITSTATUS(how) == 0);
    for (uint32_t i = 0; i < 5000 && contents.bytes < 8; i++) {
        EXPECT(os_sleep_until(deadline_in_ms(1), WAIT_SLEEP) == OK);
        Status status = os_file_read_all(arena, log, 100, &contents);
        EXPECT(status == OK || status == ST_NOT_FOUND);
    }
    EXPECT(str_equal(contents, STR("out\nerr\n")));
    arena_drop(arena);
}

static void test_detach(void **state)
{
    (void)state;
    run(detach_body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),    cmocka_unit_test(test_lines),
        cmocka_unit_test(test_detach),   cmocka_unit_test(test_signals),
        cmocka_unit_test(test_failures), cmocka_unit_test(test_children),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
