/* SPDX-License-Identifier: Apache-2.0 */
/* both_wait.c - tasks, the token, interrupts, hooks, wait lists, clocks. */
#include "both.h"

#include "base/arena.h"

static void token_kept(void *arg)
{
    (void)arg;
    os_wake(task_self());
    os_wake(task_self());
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_NEVER) == OK);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_PAST) == ST_TIMEOUT);
    EXPECT(os_wait_through(WAIT_DELAY, DEADLINE_PAST) == ST_TIMEOUT);
    os_wake(task_self());
    EXPECT(os_wait_through(WAIT_DELAY, DEADLINE_PAST) == OK);
}

static void deadlines(void *arg)
{
    (void)arg;
    int64_t before = os_monotonic_ns(), wall = os_wall_us();
    EXPECT(os_wait(WAIT_DELAY, deadline_in_ms(3)) == ST_TIMEOUT);
    EXPECT(os_monotonic_ns() - before >= 3000000);
    EXPECT(os_wall_us() >= wall);
    EXPECT(os_sleep_until(deadline_in_ms(2), WAIT_SLEEP) == OK);
    EXPECT(os_monotonic_ns() - before >= 5000000);
    os_wake(task_self());
    before = os_monotonic_ns();
    EXPECT(os_sleep_until(deadline_in_ms(2), WAIT_SLEEP) == OK);
    EXPECT(os_monotonic_ns() - before >= 2000000);
    EXPECT(os_sleep_until(DEADLINE_PAST, WAIT_SLEEP) == OK);
    os_wake(task_self());
    EXPECT(os_sleep_until(DEADLINE_PAST, WAIT_SLEEP) == OK);
    EXPECT(deadline_in_ms(INT64_MAX).ns == INT64_MAX && deadline_in_ns(INT64_MAX).ns == INT64_MAX);
    EXPECT(!deadline_is_past(DEADLINE_NEVER) && deadline_is_past(DEADLINE_PAST));
    EXPECT(deadline_earlier(DEADLINE_NEVER, DEADLINE_PAST).ns == 0);
    EXPECT(deadline_earlier(DEADLINE_PAST, DEADLINE_NEVER).ns == 0);
}

static void interrupts(void *arg)
{
    (void)arg;
    Task *self = task_self();
    os_task_interrupt(self, TASK_CANCEL);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_NEVER) == ST_CANCELLED);
    EXPECT(os_sleep_until(DEADLINE_NEVER, WAIT_SLEEP) == ST_CANCELLED);
    /* The token came with the interrupt; held off, the wait takes it and says OK. */
    self->interrupts_held++;
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_NEVER) == OK);
    EXPECT(os_wait(WAIT_DELAY, deadline_in_ms(1)) == ST_TIMEOUT);
    self->interrupts_held--;
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_NEVER) == ST_CANCELLED);
    EXPECT(os_wait_through(WAIT_DELAY, deadline_in_ms(1)) == ST_TIMEOUT);
    EXPECT(task_take_interrupts(self, TASK_CANCEL) == TASK_CANCEL);
    os_task_interrupt(self, TASK_NOTIFY);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_NEVER) == OK);
    EXPECT(os_wait(WAIT_DELAY, deadline_in_ms(1)) == ST_TIMEOUT);
    EXPECT(task_take_interrupts(self, TASK_NOTIFY) == TASK_NOTIFY);
}

static void sleeper_main(void *arg)
{
    Status *status = arg;
    *status = os_sleep_until(DEADLINE_NEVER, WAIT_SLEEP);
}

static void interrupt_from_outside(void *arg)
{
    (void)arg;
    static const TaskInterrupt kinds[] = {TASK_CANCEL, TASK_TERMINATE};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        Status status = OK;
        Task *task = both_start(sleeper_main, &status);
        both_await_event(task, WAIT_SLEEP);
        os_task_interrupt(task, TASK_NOTIFY);
        os_task_interrupt(task, kinds[i]);
        os_task_join(task);
        EXPECT(status == ST_CANCELLED);
    }
}

enum { ROUNDS = 2000 };

typedef struct PingPong {
    Task *sides[2];
    _Atomic uint32_t ready, turn;
} PingPong;

static void pong_main(void *arg)
{
    PingPong *game = arg;
    game->sides[1] = task_self();
    atomic_store(&game->ready, 1);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        while (atomic_load(&game->turn) != 2 * i + 1)
            EXPECT(os_wait(WAIT_DELAY, DEADLINE_NEVER) == OK);
        atomic_store(&game->turn, 2 * i + 2);
        os_wake(game->sides[0]);
    }
}

static void ping_pong(void *arg)
{
    (void)arg;
    PingPong game = {.sides = {task_self()}};
    Task *task = both_start(pong_main, &game);
    both_await(&game.ready, 1);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        atomic_store(&game.turn, 2 * i + 1);
        os_wake(game.sides[1]);
        while (atomic_load(&game.turn) != 2 * i + 2)
            EXPECT(os_wait(WAIT_DELAY, DEADLINE_NEVER) == OK);
    }
    os_task_join(task);
}

/* Many give, one takes, with and without deadlines: every gift is seen. */
enum { GIVERS = 3, GIFTS = 500 };

typedef struct Gifts {
    Task *taker;
    _Atomic uint32_t given;
} Gifts;

static void giver_main(void *arg)
{
    Gifts *gifts = arg;
    for (uint32_t i = 0; i < GIFTS; i++) {
        atomic_fetch_add(&gifts->given, 1);
        os_wake(gifts->taker);
        if (i % 16 == 0) EXPECT(os_sleep_until(deadline_in_ns(20000), WAIT_SLEEP) == OK);
    }
}

static void wakes_race_deadlines(void *arg)
{
    (void)arg;
    Gifts gifts = {.taker = task_self()};
    Task *tasks[GIVERS];
    for (uint32_t i = 0; i < GIVERS; i++) tasks[i] = both_start(giver_main, &gifts);
    for (uint32_t round = 0; atomic_load(&gifts.given) < GIVERS * GIFTS; round++) {
        Deadline deadline = round % 2 == 0 ? DEADLINE_NEVER : deadline_in_ns(round % 1000);
        Status status = os_wait(WAIT_DELAY, deadline);
        EXPECT(status == OK || (status == ST_TIMEOUT && round % 2 == 1));
    }
    for (uint32_t i = 0; i < GIVERS; i++) os_task_join(tasks[i]);
}

typedef struct Hooked {
    uint32_t before, after;
    WaitEvent last;
    bool waits;
} Hooked;

static void hook_before(void *arg, Task *task, WaitEvent event)
{
    Hooked *hooked = arg;
    EXPECT(task == task_self() && hooked->before == hooked->after);
    hooked->before++;
    hooked->last = event;
}

/* Waits itself, for which no hook may be called. */
static void hook_after(void *arg, Task *task, WaitEvent event)
{
    Hooked *hooked = arg;
    EXPECT(task == task_self() && event == hooked->last && hooked->before == hooked->after + 1);
    if (hooked->waits) EXPECT(os_wait_through(WAIT_PERMIT, deadline_in_ms(1)) == ST_TIMEOUT);
    EXPECT(atomic_load(&task->wait_event) == (uint32_t)event);
    hooked->after++;
}

static void hooks(void *arg)
{
    (void)arg;
    Hooked hooked = {0};
    Task *self = task_self();
    os_set_wait_hooks(self->os, (WaitHooks){hook_before, hook_after, &hooked});
    os_wake(self);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_NEVER) == OK);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_PAST) == ST_TIMEOUT);
    EXPECT(hooked.before == 0);
    EXPECT(os_wait(WAIT_DELAY, deadline_in_ms(1)) == ST_TIMEOUT);
    EXPECT(hooked.before == 1 && hooked.after == 1 && hooked.last == WAIT_DELAY);
    hooked.waits = true;
    EXPECT(os_wait(WAIT_ROW_LOCK, deadline_in_ms(1)) == ST_TIMEOUT);
    EXPECT(hooked.before == 2 && hooked.after == 2 && hooked.last == WAIT_ROW_LOCK);
    EXPECT(atomic_load(&self->wait_event) == WAIT_NONE);
    os_set_wait_hooks(self->os, (WaitHooks){0});
}

static void wait_lists(void *arg)
{
    (void)arg;
    WaitList list = {0};
    Waiter a = {0}, b = {0}, c = {0};
    EXPECT(!wait_list_wake_first(&list));
    wait_list_add(&list, &a);
    wait_list_add(&list, &b);
    wait_list_add(&list, &c);
    EXPECT(a.task == task_self() && list.first == &a && list.last == &c);
    wait_list_remove(&list, &b);
    wait_list_remove(&list, &b);
    EXPECT(!b.listed && a.next == &c && c.previous == &a);
    EXPECT(wait_list_wake_first(&list) && !a.listed && list.first == &c);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_PAST) == OK);
    wait_list_add(&list, &b);
    wait_list_remove(&list, &b);
    EXPECT(list.last == &c);
    wait_list_wake_all(&list);
    EXPECT(list.first == NULL && list.last == NULL && !c.listed);
    EXPECT(os_wait(WAIT_DELAY, DEADLINE_PAST) == OK);
}

typedef struct Words {
    _Atomic uint32_t word, arrived;
} Words;

static void word_main(void *arg)
{
    Words *words = arg;
    atomic_fetch_add(&words->arrived, 1);
    while (atomic_load(&words->word) == 0) os_word_wait(&words->word, 0, DEADLINE_NEVER);
}

static void words(void *arg)
{
    (void)arg;
    Words shared = {0};
    os_word_wait(&shared.word, 1, DEADLINE_NEVER);
    os_word_wait(&shared.word, 0, DEADLINE_PAST);
    int64_t before = os_monotonic_ns();
    Deadline deadline = deadline_in_ms(2);
    while (!deadline_is_past(deadline)) os_word_wait(&shared.word, 0, deadline);
    EXPECT(os_monotonic_ns() - before >= 2000000);
    Task *tasks[2];
    for (uint32_t i = 0; i < 2; i++) tasks[i] = both_start(word_main, &shared);
    both_await(&shared.arrived, 2);
    atomic_store(&shared.word, 1);
    os_word_wake(&shared.word, UINT32_MAX);
    for (uint32_t i = 0; i < 2; i++) os_task_join(tasks[i]);
}

typedef struct Child {
    const Task *parent;
    _Atomic uint32_t ended;
    uint64_t number;
    bool deep_stopped;
} Child;

static void on_interrupt(Task *task, uint32_t bits)
{
    (void)task;
    (void)bits;
}

static uint32_t recurse(volatile uint32_t *depth)
{
    volatile char room[512];
    room[0] = (char)*depth;
    task_check_stack();
    (*depth)++;
    return *depth == UINT32_MAX ? 0 : recurse(depth) + (uint32_t)room[0];
}

static void recurse_for_ever(void *arg)
{
    (void)recurse(arg);
}

static void child_main(void *arg)
{
    Child *child = arg;
    Task *self = task_self();
    EXPECT(self != child->parent && self->os == child->parent->os);
    EXPECT(self->on_interrupt == child->parent->on_interrupt && self->log == child->parent->log);
    EXPECT(self->context == child && strcmp(self->name, "child") == 0);
    child->number = self->number;
    volatile uint32_t depth = 0;
    Error *error;
    Arena *arena = arena_new(self->account, "test");
    EXPECT(!error_catch(recurse_for_ever, (void *)(uintptr_t)&depth, arena, &error));
    EXPECT(error->code == SQLSTATE_STATEMENT_TOO_COMPLEX && depth > 50);
    arena_drop(arena);
    EXPECT(account_charge(self->account, 100000) && !account_charge(self->account, 2000000));
    account_refund(self->account, 100000);
    child->deep_stopped = true;
    atomic_store(&child->ended, 1);
}

static void tasks(void *arg)
{
    (void)arg;
    Task *self = task_self(), *task;
    self->on_interrupt = on_interrupt;
    Child child = {.parent = self};
    const TaskOptions options = {.name = "child",
                                 .memory_max = 1000000,
                                 .stack_bytes = 512 * 1024,
                                 .context = &child,
                                 .account = self->account};
    EXPECT(strcmp(self->name, "main") == 0 && self->number == 1 && os_cpu_count() >= 1);
    EXPECT(os_task_start(&options, child_main, &child, &task) == OK);
    os_task_join(task);
    EXPECT(child.deep_stopped && child.number > 1);
    uint64_t number = child.number;
    child = (Child){.parent = self};
    EXPECT(os_task_start(&options, child_main, &child, &task) == OK);
    os_task_detach(task);
    both_await(&child.ended, 1);
    EXPECT(child.number > number);
    self->on_interrupt = NULL;
}

static void quick_main(void *arg)
{
    atomic_fetch_add((_Atomic uint32_t *)arg, 1);
}

static void many_tasks(void *arg)
{
    (void)arg;
    _Atomic uint32_t ended = 0;
    Task *task;
    for (uint32_t i = 0; i < 60; i++) {
        task = both_start(quick_main, &ended);
        if (i % 3 == 0)
            os_task_join(task);
        else
            os_task_detach(task);
    }
    both_await(&ended, 60);
}

static void event_names(void *arg)
{
    (void)arg;
    EXPECT(strcmp(wait_event_type(WAIT_CLIENT_READ), "Client") == 0);
    EXPECT(strcmp(wait_event_name(WAIT_CLIENT_READ), "ClientRead") == 0);
    EXPECT(strcmp(wait_event_name(WAIT_NONE), "") == 0);
    EXPECT(strcmp(wait_event_type(WAIT_EVENT_COUNT), "") == 0);
    EXPECT(strcmp(wait_event_name(WAIT_EVENT_COUNT), "") == 0);
    for (uint32_t i = 1; i < WAIT_EVENT_COUNT; i++) EXPECT(wait_event_name((WaitEvent)i)[0] != 0);
}

static void memory(void *arg)
{
    (void)arg;
    enum { BYTES = 4 * 1024 * 1024 };
    char *block;
    EXPECT(os_memory_map(BYTES, true, (void **)&block) == OK);
    EXPECT(block[0] == 0 && block[BYTES - 1] == 0);
    memset(block, 7, BYTES);
    os_memory_discard(block + 1, 3 * 4096);
    EXPECT(block[0] == 7 && block[4096] == 0 && block[3 * 4096 - 1] == 0 && block[3 * 4096] == 7);
    os_memory_discard(block + 1, 4096);
    os_memory_populate(block + 1, BYTES - 1);
    EXPECT(block[0] == 7 && block[4096] == 0 && block[BYTES - 1] == 7);
    os_memory_unmap(block, BYTES);
    EXPECT(os_memory_reserve((size_t)1 << 34, (void **)&block) == OK);
    block[(size_t)1 << 33] = 1;
    os_memory_unmap(block, (size_t)1 << 34);
}

static void randomness(void *arg)
{
    (void)arg;
    uint8_t a[32] = {0}, b[32] = {0};
    os_random_bytes(a, sizeof a);
    os_random_bytes(b, sizeof b);
    EXPECT(memcmp(a, b, sizeof a) != 0);
}

const BothTest both_wait_tests[] = {
    {"token_kept", token_kept},
    {"deadlines", deadlines},
    {"interrupts", interrupts},
    {"interrupt_from_outside", interrupt_from_outside},
    {"ping_pong", ping_pong},
    {"wakes_race_deadlines", wakes_race_deadlines},
    {"hooks", hooks},
    {"wait_lists", wait_lists},
    {"words", words},
    {"tasks", tasks},
    {"many_tasks", many_tasks},
    {"event_names", event_names},
    {"memory", memory},
    {"randomness", randomness},
    {NULL, NULL},
};
