/* SPDX-License-Identifier: Apache-2.0 */
/* notify.c - LISTEN, NOTIFY, UNLISTEN.
 *
 * Messages stand in one list, in the order of commits, numbered; each listener knows the first that it has not looked
 * at (NULL: it has seen all), and a message goes when every listener is past it. Whoever commits messages puts them
 * there and wakes the sessions that listen to one of them; what a session does not listen to it skips when it looks.
 *
 * (N1) a transaction with messages holds a heavy lock from before its commit record until they stand in the list, so
 *      that the list's order is that of commits
 * (N2) nothing fails after the commit record: messages and new channels are made before it
 * (N3) a listener's channels are changed by its own session alone, under the lock */
#include "session/notify.h"

#include "base/array.h"
#include "base/builtins.h"
#include "base/heap.h"
#include "catalog/datums.h"
#include "os/sync.h"
#include "session/session_internal.h"

enum { CHANNEL_BYTES_MAX = 63, PAYLOAD_BYTES_MAX = 7999, QUEUE_PAGE_BYTES = 8192 };

typedef struct NotifyMessage {
    struct NotifyMessage *next;
    uint64_t number;
    Oid database;
    uint32_t process;
    Str channel, payload; /* behind it */
    size_t bytes;
} NotifyMessage;

struct Listener {
    Listener *previous, *next;
    const ResultSink *sink;
    uint32_t process;
    Oid database;
    Arena *arena;
    Map channels; /* Str -> nothing */
    NotifyMessage *unread;
};

struct Notifier {
    Heap *heap;
    Mutex lock; /* RANK_NOTIFY: all that follows */
    Listener *listeners;
    NotifyMessage *first, *last;
    uint64_t number;
    size_t bytes;
};

typedef enum NotifyKind { ACT_LISTEN, ACT_UNLISTEN, ACT_UNLISTEN_ALL, ACT_NOTIFY } NotifyKind;
typedef struct NotifyAct {
    NotifyKind kind;
    Str channel, payload;
} NotifyAct;

struct NotifyActs {
    ARRAY_OF(NotifyAct) acts;
    Map said; /* Str: channel, a zero, payload */
    /* between prepare and the end */
    ARRAY_OF(Str) added; /* channels */
    NotifyMessage *first, *last;
    bool ordered; /* the heavy lock is held */
};

/* ---- the queue ---- */

Notifier *notifier_new(Account *account, Arena *arena)
{
    Notifier *notifier = ARENA_NEW(arena, Notifier);
    notifier->heap = heap_try_new(account, "notifications");
    if (!notifier->heap) raise_status(ST_NO_MEMORY);
    mutex_init(&notifier->lock, RANK_NOTIFY);
    return notifier;
}

void notifier_release(Notifier *notifier)
{
    ASSERT(!notifier->listeners);
    heap_drop(notifier->heap);
}

static size_t queue_bytes_max(const Settings *settings)
{
    return (size_t)settings->max_notify_queue_pages * QUEUE_PAGE_BYTES;
}

double notifier_usage(Notifier *notifier, const Settings *settings)
{
    mutex_lock(&notifier->lock);
    const size_t bytes = notifier->bytes;
    mutex_unlock(&notifier->lock);
    return (double)bytes / (double)queue_bytes_max(settings);
}

/* Messages that every listener is past go. The lock is held. */
static void trim(Notifier *notifier)
{
    uint64_t least = UINT64_MAX;
    for (const Listener *l = notifier->listeners; l; l = l->next)
        if (l->unread) least = MIN(least, l->unread->number);
    while (notifier->first && notifier->first->number < least) {
        NotifyMessage *message = notifier->first;
        notifier->first = message->next;
        notifier->bytes -= message->bytes;
        heap_free(notifier->heap, message);
    }
    if (!notifier->first) notifier->last = NULL;
}

static bool listens(const Listener *listener, const NotifyMessage *message)
{
    return listener->database == message->database &&
           map_find(&listener->channels, &message->channel) != NULL;
}

/* Appends messages; sessions that listen to one are woken, but not `self`. */
static void publish(Notifier *notifier, NotifyMessage *first, NotifyMessage *last,
                    const Listener *self)
{
    mutex_lock(&notifier->lock);
    for (NotifyMessage *m = first; m; m = m->next) {
        m->number = ++notifier->number;
        notifier->bytes += m->bytes;
    }
    if (notifier->last)
        notifier->last->next = first;
    else
        notifier->first = first;
    notifier->last = last;
    for (Listener *l = notifier->listeners; l; l = l->next) {
        const NotifyMessage *m = first;
        while (m && !listens(l, m)) m = m->next;
        if (!m) continue;
        if (!l->unread) l->unread = first;
        if (l != self && l->sink->wake) l->sink->wake(l->sink->arg);
    }
    trim(notifier);
    mutex_unlock(&notifier->lock);
}

/* ---- a session as listener ---- */

static Notifier *notifier_of(const Session *session)
{
    return engine__notifier(session->engine);
}

static void begin_listening(Session *session)
{
    Notifier *notifier = notifier_of(session);
    if (session->listener) return;
    Listener *listener = ARENA_NEW(session->arena, Listener);
    listener->sink = &session->sink;
    listener->process = session->process;
    listener->database = session->env.database;
    listener->arena = arena_new_child(session->arena, "channels");
    map_init_str(&listener->channels, listener->arena, 1);
    mutex_lock(&notifier->lock);
    listener->next = notifier->listeners;
    if (listener->next) listener->next->previous = listener;
    notifier->listeners = listener;
    mutex_unlock(&notifier->lock);
    session->listener = listener;
}

/* False: it is there already. What may fail for want of memory is done before the lock is taken: a full map is copied
 * to one with room, and other sessions never meet it half made. */
static bool add_channel(Session *session, Str channel)
{
    Notifier *notifier = notifier_of(session);
    Listener *listener = session->listener;
    Map room = listener->channels;
    const void *key;
    if (map_find(&room, &channel)) return false;
    const Str name = str_copy(listener->arena, channel);
    const bool full = room.entry_count == room.entry_capacity;
    if (full) {
        map_init_str(&room, listener->arena, 1);
        for (uint32_t at = 0; map_next(&listener->channels, &at, &key, NULL);)
            (void)map_put(&room, key, NULL);
        (void)map_put(&room, &name, NULL);
    }
    mutex_lock(&notifier->lock);
    if (full)
        listener->channels = room;
    else
        (void)map_put(&listener->channels, &name, NULL);
    mutex_unlock(&notifier->lock);
    return true;
}

static void remove_channel(Session *session, Str channel)
{
    Notifier *notifier = notifier_of(session);
    if (!session->listener) return;
    mutex_lock(&notifier->lock);
    (void)map_remove(&session->listener->channels, &channel);
    mutex_unlock(&notifier->lock);
}

void notify_forget(Session *session)
{
    Notifier *notifier = notifier_of(session);
    Listener *listener = session->listener;
    if (!listener) return;
    mutex_lock(&notifier->lock);
    if (listener->previous)
        listener->previous->next = listener->next;
    else
        notifier->listeners = listener->next;
    if (listener->next) listener->next->previous = listener->previous;
    trim(notifier);
    mutex_unlock(&notifier->lock);
    session->listener = NULL;
    arena_drop(listener->arena);
}

/* The next message for the session, copied; false: none. */
static bool next_message(Session *session, Arena *arena, NotifyMessage *copy)
{
    Notifier *notifier = notifier_of(session);
    Listener *listener = session->listener;
    bool found = false;
    mutex_lock(&notifier->lock);
    while (listener->unread && !listens(listener, listener->unread))
        listener->unread = listener->unread->next;
    if (listener->unread) {
        *copy = *listener->unread;
        found = true;
    } else {
        trim(notifier);
    }
    mutex_unlock(&notifier->lock);
    if (!found) return false;
    /* It stays until this session is past it. */
    copy->channel = str_copy(arena, copy->channel);
    copy->payload = str_copy(arena, copy->payload);
    mutex_lock(&notifier->lock);
    listener->unread = listener->unread->next;
    mutex_unlock(&notifier->lock);
    return true;
}

void session_send_notifies(Session *session)
{
    NotifyMessage message;
    if (!session->listener || session->state != BLOCK_NONE) return;
    while (next_message(session, session->message, &message)) {
        task_check();
        session->sink.notify(session->sink.arg, message.process, message.channel, message.payload);
    }
}

/* ---- what a transaction says ---- */

static NotifyActs *acts_of(Session *session)
{
    if (session->notify) return session->notify;
    NotifyActs *acts = ARENA_NEW(session->txn_arena, NotifyActs);
    acts->acts.arena = acts->added.arena = session->txn_arena;
    map_init_str(&acts->said, session->txn_arena, 1);
    session->notify = acts;
    return acts;
}

static void add_act(Session *session, NotifyKind kind, Str channel)
{
    const NotifyAct act = {.kind = kind, .channel = str_copy(session->txn_arena, channel)};
    array_push(&acts_of(session)->acts, act);
}

void notify_listen(Session *session, Str channel)
{
    add_act(session, ACT_LISTEN, channel);
}

void notify_unlisten(Session *session, Str channel)
{
    if (!session->listener && !session->notify) return;
    add_act(session, channel.data ? ACT_UNLISTEN : ACT_UNLISTEN_ALL, channel);
}

static Str said_key(Arena *arena, const NotifyAct *act)
{
    StrBuilder key = str_builder(arena, act->channel.bytes + act->payload.bytes + 1);
    str_add(&key, act->channel);
    str_add_char(&key, '\0');
    str_add(&key, act->payload);
    return str_done(&key);
}

void notify_send(Session *session, Str channel, Str payload)
{
    if (channel.bytes == 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "channel name cannot be empty");
    if (channel.bytes > CHANNEL_BYTES_MAX)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "channel name too long");
    if (payload.bytes > PAYLOAD_BYTES_MAX)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "payload string too long");
    NotifyActs *acts = acts_of(session);
    NotifyAct act = {.kind = ACT_NOTIFY,
                     .channel = str_copy(session->txn_arena, channel),
                     .payload = str_copy(session->txn_arena, payload)};
    const Str key = said_key(session->txn_arena, &act);
    bool added;
    (void)map_put(&acts->said, &key, &added);
    if (added) array_push(&acts->acts, act);
}

uint32_t notify_count(const Session *session)
{
    return session->notify ? session->notify->acts.count : 0;
}

void notify_rollback_to(Session *session, uint32_t count)
{
    NotifyActs *acts = session->notify;
    while (acts && acts->acts.count > count) {
        const NotifyAct act = array_pop(&acts->acts);
        if (act.kind != ACT_NOTIFY) continue;
        const Str key = said_key(session->txn_arena, &act);
        (void)map_remove(&acts->said, &key);
    }
}

/* ---- the end of the transaction ---- */

static void make_message(Session *session, NotifyActs *acts, const NotifyAct *act)
{
    Notifier *notifier = notifier_of(session);
    const size_t bytes = sizeof(NotifyMessage) + act->channel.bytes + act->payload.bytes;
    NotifyMessage *message = heap_try_alloc(notifier->heap, bytes);
    if (!message) raise_status(ST_NO_MEMORY);
    char *text = (char *)(message + 1);
    message->bytes = bytes;
    message->database = session->env.database;
    message->process = session->process;
    memcpy(text, act->channel.data, act->channel.bytes);
    if (act->payload.bytes)
        memcpy(text + act->channel.bytes, act->payload.data, act->payload.bytes);
    message->channel = (Str){text, act->channel.bytes};
    message->payload = (Str){text + act->channel.bytes, act->payload.bytes};
    if (acts->last)
        acts->last->next = message;
    else
        acts->first = message;
    acts->last = message;
}

static const LockTag order_tag = {.kind = LOCK_OBJECT, .a = 1262};

/* N1. The lock is the session's, not the transaction's: it outlives the commit. */
static void take_order(Session *session, NotifyActs *acts)
{
    LockOptions options = {.owner = LOCK_SESSION};
    session__lock_options(session, &options);
    CHECK(lock_take(session->locks, session->txn, &order_tag, LOCK_ACCESS_EXCLUSIVE, &options));
    acts->ordered = true;
    if (notifier_usage(notifier_of(session), session_settings(session)) >= 1)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too many notifications in the NOTIFY queue");
}

static void give_order(Session *session, NotifyActs *acts)
{
    if (acts->ordered)
        (void)lock_release(session->locks, &order_tag, LOCK_ACCESS_EXCLUSIVE, LOCK_SESSION);
    acts->ordered = false;
}

void notify_prepare(Session *session)
{
    NotifyActs *acts = session->notify;
    for (uint32_t i = 0; acts && i < acts->acts.count; i++) {
        const NotifyAct *act = &acts->acts.items[i];
        task_check();
        if (act->kind == ACT_LISTEN) {
            begin_listening(session);
            array_push(&acts->added, act->channel);
            if (!add_channel(session, act->channel)) (void)array_pop(&acts->added);
        } else if (act->kind == ACT_NOTIFY) {
            make_message(session, acts, act);
        }
    }
    if (acts && acts->first) take_order(session, acts);
}

/* UNLISTEN, and what was listened to again after it. */
static void apply_unlisten(Session *session, const NotifyActs *acts, uint32_t at)
{
    const NotifyAct *act = &acts->acts.items[at];
    bool again = false;
    if (act->kind == ACT_UNLISTEN) {
        for (uint32_t i = at + 1; i < acts->acts.count; i++)
            if (acts->acts.items[i].kind == ACT_LISTEN)
                again |= str_equal(acts->acts.items[i].channel, act->channel);
        if (!again) remove_channel(session, act->channel);
        return;
    }
    Notifier *notifier = notifier_of(session);
    const void *key;
    mutex_lock(&notifier->lock);
    for (uint32_t k = 0;
         session->listener && map_next(&session->listener->channels, &k, &key, NULL);) {
        again = false;
        for (uint32_t i = at + 1; i < acts->acts.count; i++)
            if (acts->acts.items[i].kind == ACT_LISTEN)
                again |= str_equal(acts->acts.items[i].channel, *(const Str *)key);
        if (again) continue;
        (void)map_remove(&session->listener->channels, key);
        k = 0;
    }
    mutex_unlock(&notifier->lock);
}

void notify_commit(Session *session)
{
    NotifyActs *acts = session->notify;
    if (!acts) return;
    for (uint32_t i = 0; i < acts->acts.count; i++) {
        const NotifyKind kind = acts->acts.items[i].kind;
        if (kind == ACT_UNLISTEN || kind == ACT_UNLISTEN_ALL) apply_unlisten(session, acts, i);
    }
    if (acts->first) publish(notifier_of(session), acts->first, acts->last, session->listener);
    give_order(session, acts);
    session->notify = NULL;
}

void notify_abort(Session *session)
{
    NotifyActs *acts = session->notify;
    if (!acts) return;
    for (uint32_t i = 0; i < acts->added.count; i++) remove_channel(session, acts->added.items[i]);
    for (NotifyMessage *message = acts->first, *next; message; message = next) {
        next = message->next;
        heap_free(notifier_of(session)->heap, message);
    }
    give_order(session, acts);
    session->notify = NULL;
}

/* ---- statements and functions ---- */

void session__listen(UtilityCall *call)
{
    notify_listen(call->session, AST_AS(Listen, call->tree)->channel);
}

void session__unlisten(UtilityCall *call)
{
    notify_unlisten(call->session, AST_AS(Unlisten, call->tree)->channel);
}

void session__notify(UtilityCall *call)
{
    const AstNotify *ast = AST_AS(Notify, call->tree);
    notify_send(call->session, ast->channel, ast->payload.data ? ast->payload : STR(""));
}

static Session *session_of(Fn *fn)
{
    return cat_view_owner(fn_view(fn));
}

static Datum pg_notify(Fn *fn, const Datum *args)
{
    notify_send(session_of(fn), args[0].null ? STR("") : strview_str(&args[0].value.str),
                args[1].null ? STR("") : strview_str(&args[1].value.str));
    return datum_str((Str){.data = "", .bytes = 0});
}
SQL_FUNCTION_DATUM(3036, "pg_notify", void, (text, text), VOLATILE | PARALLEL_RESTRICTED, pg_notify,
                   "sends a notification")

static double queue_usage(Fn *fn)
{
    Session *session = session_of(fn);
    return notifier_usage(notifier_of(session), session_settings(session));
}
SQL_FUNCTION(3296, "pg_notification_queue_usage", float8, (),
             VOLATILE | STRICT | PARALLEL_RESTRICTED, queue_usage,
             "how much of the queue of notifications is taken")

static bool listening_channels(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    const Session *session = session_of(fn);
    uint32_t *at = set->state;
    const void *key;
    (void)args;
    if (!at) at = set->state = ARENA_NEW(set->arena, uint32_t);
    if (!session->listener || !map_next(&session->listener->channels, at, &key, NULL)) return false;
    columns[0] = datum_str(*(const Str *)key);
    return true;
}
SQL_FUNCTION_SET(3035, "pg_listening_channels", text, (), STABLE | STRICT | PARALLEL_RESTRICTED,
                 listening_channels, "channels that this session listens to")
SQL_FACTS(3035, .rows = 10)
