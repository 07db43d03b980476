/* SPDX-License-Identifier: Apache-2.0 */
/* real_wait.c - how a thread sleeps: on its token word (a futex), or on descriptors.
 *
 *     NONE --give--> GIVEN --take--> NONE            give: an atomic exchange, by any thread
 *     NONE --park--> ASLEEP                          give: GIVEN, and a futex wake
 *     NONE --poll_begin--> POLLING                   give: GIVEN, and a write to wake_fd
 *     ASLEEP, POLLING --the sleep ends--> NONE       compare-and-swap; when it fails the token is GIVEN
 *
 * (T1) No wake is lost: all the giver and the sleeper decide, they decide by changes of one word, which have one order.
 * The
 *      sleeper's compare-and-swap from NONE either comes after the give, and fails; or before it, and then the give's
 * exchange
 *      returns ASLEEP or POLLING and the giver wakes. The futex compares the word again inside the kernel.
 * (T2) No interrupt is lost: the bits are set before the give, which is a release; taking the token, or failing to go
 * to sleep
 *      because of it, is an acquire, and the bits are looked at after each. Gives are read-modify-writes, so a take
 * that meets the
 *      latest of several synchronises with all of them. A wait that ate an interrupt's token while interrupts were held
 * off has
 *      acquired the bits: the next wait sees them before it sleeps. So relaxed reads of the word suffice everywhere
 * else, and no
 *      order between different words is asked for.
 * (T3) A giver that met POLLING writes to wake_fd some time after its exchange. The sleeper does not go on before that
 * write has
 *      come (it blocks in read, for the time the giver needs between two instructions): otherwise the write could hit a
 *      descriptor closed and opened anew as something else meanwhile. */
#include "os/real_internal.h"

#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct timespec real__timespec(int64_t ns)
{
    return (struct timespec){.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000};
}

/* 0, or EAGAIN, EINTR, ETIMEDOUT. The deadline is absolute on the monotonic clock, as FUTEX_WAIT_BITSET takes it. */
static int futex_wait(_Atomic uint32_t *word, uint32_t seen, Deadline deadline)
{
    struct timespec until = real__timespec(deadline.ns);
    bool forever = deadline.ns == DEADLINE_NEVER.ns;
    long result = syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, seen, forever ? NULL : &until,
                          NULL, FUTEX_BITSET_MATCH_ANY);
    return result == 0 ? 0 : errno;
}

static void futex_wake(_Atomic uint32_t *word, uint32_t count)
{
    (void)syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, MIN(count, (uint32_t)INT_MAX), NULL, NULL,
                  0);
}

bool real__token_take(RealTask *task)
{
    if (atomic_load_explicit(&task->token, memory_order_relaxed) != TOKEN_GIVEN) return false;
    (void)atomic_exchange_explicit(&task->token, TOKEN_NONE, memory_order_acquire);
    return true;
}

/* False: the token is there. */
static bool token_sleep_begin(RealTask *task, RealToken how)
{
    uint32_t none = TOKEN_NONE;
    return atomic_compare_exchange_strong_explicit(&task->token, &none, how, memory_order_release,
                                                   memory_order_acquire);
}

/* False: the token was given during the sleep; it stays. */
static bool token_sleep_end(RealTask *task, RealToken how)
{
    uint32_t asleep = how;
    return atomic_compare_exchange_strong_explicit(&task->token, &asleep, TOKEN_NONE,
                                                   memory_order_acquire, memory_order_acquire);
}

Status real__park(Task *self, bool interruptible, Deadline deadline)
{
    RealTask *task = real__task(self);
    bool timed_out = false;
    for (;;) {
        if (interruptible && os__interrupted(self)) return ST_CANCELLED;
        if (real__token_take(task)) return OK;
        if (timed_out || deadline.ns <= 0) return ST_TIMEOUT;
        if (!token_sleep_begin(task, TOKEN_ASLEEP)) continue;
        timed_out = futex_wait(&task->token, TOKEN_ASLEEP, deadline) == ETIMEDOUT;
        (void)token_sleep_end(task, TOKEN_ASLEEP);
    }
}

static void event_write(int fd, uint64_t add)
{
    ssize_t written;
    do {
        written = write(fd, &add, sizeof add);
    } while (written < 0 && errno == EINTR);
    ASSERT(written == sizeof add);
}

static uint64_t event_read(int fd)
{
    uint64_t sum = 0;
    ssize_t done;
    do {
        done = read(fd, &sum, sizeof sum);
    } while (done < 0 && errno == EINTR);
    ASSERT(done == sizeof sum);
    return sum;
}

void real__unpark(Task *task)
{
    RealTask *real = real__task(task);
    switch ((RealToken)atomic_exchange_explicit(&real->token, TOKEN_GIVEN, memory_order_acq_rel)) {
    case TOKEN_NONE:
    case TOKEN_GIVEN: return;
    case TOKEN_ASLEEP: futex_wake(&real->token, 1); return;
    case TOKEN_POLLING:
        event_write(atomic_load_explicit(&real->wake_fd, memory_order_relaxed), REAL_WAKE);
        return;
    }
    UNREACHABLE();
}

bool real__poll_begin(RealTask *task, int wake_fd)
{
    atomic_store_explicit(&task->wake_fd, wake_fd, memory_order_relaxed);
    return token_sleep_begin(task, TOKEN_POLLING);
}

void real__poll_end(RealTask *task, int wake_fd, uint64_t *drained)
{
    if (token_sleep_end(task, TOKEN_POLLING)) return;
    while (*drained < REAL_WAKE) *drained += event_read(wake_fd);
}

static Status event_fd_make(RealTask *task)
{
    if (task->event_fd >= 0) return OK;
    task->event_fd = eventfd(0, EFD_CLOEXEC);
    return task->event_fd >= 0 ? OK : os__error_text(errno, "could not create event descriptor");
}

/* Time left, at least 0; ppoll with it. */
static int poll_until(struct pollfd *fds, nfds_t count, Deadline deadline)
{
    struct timespec left = {0};
    if (deadline.ns > 0) left = real__timespec(MAX(deadline.ns - real__monotonic_ns(), (int64_t)0));
    return ppoll(fds, count, deadline.ns == DEADLINE_NEVER.ns ? NULL : &left, NULL);
}

Status real__fd_wait(Task *self, int fd, short events, Deadline deadline)
{
    RealTask *task = real__task(self);
    struct pollfd fds[2] = {{.fd = fd, .events = events}, {.fd = -1, .events = POLLIN}};
    bool sleeps = deadline.ns > 0, polled = false;
    if (sleeps) {
        TRY(event_fd_make(task));
        fds[1].fd = task->event_fd;
    }
    for (;;) {
        if (os__interrupted(self)) return ST_CANCELLED;
        if (real__token_take(task)) return ST_BUSY;
        if (fds[0].revents != 0) return OK;
        if (polled && deadline.ns != DEADLINE_NEVER.ns && real__monotonic_ns() >= deadline.ns)
            return ST_TIMEOUT;
        if (sleeps && !real__poll_begin(task, task->event_fd)) continue;
        int count = poll_until(fds, 2, deadline);
        int error = count < 0 ? errno : 0;
        if (sleeps) {
            uint64_t drained = 0;
            real__poll_end(task, task->event_fd, &drained);
        }
        if (error != 0 && error != EINTR)
            return os__error_text(error, "could not wait for descriptor");
        polled = error == 0;
        if (!polled) fds[0].revents = 0;
    }
}

void real__word_wait(_Atomic uint32_t *word, uint32_t seen, Deadline deadline)
{
    if (deadline.ns > 0) (void)futex_wait(word, seen, deadline);
}

void real__word_wake(_Atomic uint32_t *word, uint32_t count)
{
    futex_wake(word, count);
}

enum { SPIN_PAUSES = 12, SPIN_YIELDS = 40, SPIN_SLEEP_NS = 50000 };

void real__spin(uint32_t *round)
{
    uint32_t n = (*round)++;
    if (n < SPIN_PAUSES) {
#if defined(__x86_64__)
        __builtin_ia32_pause();
#elif defined(__aarch64__)
        __asm__ volatile("yield");
#endif
    } else if (n < SPIN_YIELDS) {
        (void)sched_yield();
    } else {
        struct timespec moment = real__timespec(SPIN_SLEEP_NS);
        (void)nanosleep(&moment, NULL);
        *round = SPIN_YIELDS;
    }
}
