/* SPDX-License-Identifier: Apache-2.0 */
/* os_wait.c - waiting: the token, the hooks around a sleep, wait lists, and the clock's waits.
 *
 * A wait first asks whether it has to sleep at all (park with DEADLINE_PAST); only then are the hooks called, which may
 * cost the permit to run.
 *
 * (W1) `after` may wait itself (for a permit), and may then take a token meant for its task. That loses no wake: the
 * caller of
 *      the wait is only now told to look at its own condition, and will see what that token was given for.
 * (W2) `before` must not wait: it would eat the token that the sleep is about. */
#include "os/wait.h"

#include "os/clock.h"
#include "os/os_internal.h"

static const struct {
    const char *type, *name, *reason;
} wait_events[WAIT_EVENT_COUNT] = {
#define WAIT_EVENT_ROW(NAME, type, event, reason) [WAIT_##NAME] = {type, event, reason},
    WAIT_EVENTS(WAIT_EVENT_ROW)
#undef WAIT_EVENT_ROW
};

const char *wait_event_type(WaitEvent event)
{
    return wait_events[(uint32_t)event < WAIT_EVENT_COUNT ? event : WAIT_NONE].type;
}

const char *wait_event_name(WaitEvent event)
{
    return wait_events[(uint32_t)event < WAIT_EVENT_COUNT ? event : WAIT_NONE].name;
}

const char *wait_event_reason(WaitEvent event)
{
    return wait_events[(uint32_t)event < WAIT_EVENT_COUNT ? event : WAIT_NONE].reason;
}

void os_set_wait_hooks(Os *os, WaitHooks hooks)
{
    /* Other tasks may sleep meanwhile: they see all of the hooks or none. */
    atomic_store(&os->hooks_set, false);
    if (!hooks.before && !hooks.after) return;
    os->hooks = hooks;
    atomic_store_explicit(&os->hooks_set, true, memory_order_release);
}

static const WaitHooks *os_hooks(Os *os)
{
    return atomic_load_explicit(&os->hooks_set, memory_order_acquire) ? &os->hooks : NULL;
}

WaitState os__wait_begin(Task *self, WaitEvent event)
{
    WaitState state = {.event_before = atomic_load_explicit(&self->wait_event,
                                                            memory_order_relaxed),
                       .hooked = !self->os_task->in_hook};
    atomic_store_explicit(&self->wait_event, event, memory_order_relaxed);
    const WaitHooks *hooks = os_hooks(self->os);
    if (state.hooked && hooks && hooks->before != NULL) {
        self->os_task->in_hook = true;
        hooks->before(hooks->arg, self, event);
        self->os_task->in_hook = false;
    }
    return state;
}

void os__wait_end(Task *self, WaitEvent event, WaitState state)
{
    const WaitHooks *hooks = os_hooks(self->os);
    if (state.hooked && hooks && hooks->after != NULL) {
        self->os_task->in_hook = true;
        hooks->after(hooks->arg, self, event);
        self->os_task->in_hook = false;
    }
    atomic_store_explicit(&self->wait_event, state.event_before, memory_order_relaxed);
}

static Status wait_for_token(WaitEvent event, bool interruptible, Deadline deadline)
{
    Task *self = task_self();
    ASSERT(event != WAIT_NONE);
    lock_rank_check_below(RANK_LATCH);
    Status status = self->os->ops->park(self, interruptible, DEADLINE_PAST);
    if (status != ST_TIMEOUT || deadline.ns <= 0) return status;
    WaitState state = os__wait_begin(self, event);
    status = self->os->ops->park(self, interruptible, deadline);
    os__wait_end(self, event, state);
    return status;
}

Status os_wait(WaitEvent event, Deadline deadline)
{
    return wait_for_token(event, true, deadline);
}

Status os_wait_through(WaitEvent event, Deadline deadline)
{
    return wait_for_token(event, false, deadline);
}

void os_wake(Task *task)
{
    task->os->ops->unpark(task);
}

void wait_list_add(WaitList *list, Waiter *waiter)
{
    waiter->task = task_self();
    waiter->previous = list->last;
    waiter->next = NULL;
    waiter->listed = true;
    if (list->last != NULL)
        list->last->next = waiter;
    else
        list->first = waiter;
    list->last = waiter;
}

void wait_list_remove(WaitList *list, Waiter *waiter)
{
    if (!waiter->listed) return;
    if (waiter->previous != NULL)
        waiter->previous->next = waiter->next;
    else
        list->first = waiter->next;
    if (waiter->next != NULL)
        waiter->next->previous = waiter->previous;
    else
        list->last = waiter->previous;
    waiter->previous = waiter->next = NULL;
    waiter->listed = false;
}

bool wait_list_wake_first(WaitList *list)
{
    Waiter *waiter = list->first;
    if (waiter == NULL) return false;
    wait_list_remove(list, waiter);
    os_wake(waiter->task);
    return true;
}

void wait_list_wake_all(WaitList *list)
{
    while (wait_list_wake_first(list)) {}
}

void os_word_wait(_Atomic uint32_t *word, uint32_t seen, Deadline deadline)
{
    os__ops()->word_wait(word, seen, deadline);
}

void os_word_wake(_Atomic uint32_t *word, uint32_t count)
{
    os__ops()->word_wake(word, count);
}

void os_spin_wait(uint32_t *round)
{
    os__ops()->spin(round);
}

#ifdef TUSK_TEST
/* Fixtures of the floor below run tasks that have no Os. */
void os_yield_point(void)
{
    Task *self = task_self();
    if (self != NULL && self->os != NULL && self->os->ops->yield != NULL) self->os->ops->yield();
}

void os_pause_point(const char *name)
{
    Task *self = task_self();
    if (self != NULL && self->os != NULL && self->os->ops->pause != NULL)
        self->os->ops->pause(name);
}
#endif

int64_t os_monotonic_ns(void)
{
    return os__ops()->monotonic_ns();
}

int64_t os_wall_us(void)
{
    return os__ops()->wall_us();
}

Status os_sleep_until(Deadline deadline, WaitEvent event)
{
    for (;;) {
        Status status = os_wait(event, deadline);
        if (status == ST_TIMEOUT) return OK;
        if (status != OK) return status;
        if (deadline_is_past(deadline)) return OK;
    }
}
