/* SPDX-License-Identifier: Apache-2.0 */
/* activity.c - a session's report on itself, its copies for others, and the figures of databases. */
#include "session/activity.h"

#include "base/utf8.h"
#include "os/clock.h"
#include "session/session_internal.h"

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;

const char *activity_state_text(ActivityState state)
{
    static const char *const texts[] = {
#define ACTIVITY_STATE_TEXT(NAME, text) text,
        ACTIVITY_STATES(ACTIVITY_STATE_TEXT)
#undef ACTIVITY_STATE_TEXT
    };
    return texts[state];
}

/* ---- written by the session itself */

void session__activity_init(Session *session)
{
    Activity *a = &session->activity;
    mutex_init(&a->lock, RANK_ACTIVITY);
    a->query_room = (uint32_t)session_settings(session)->track_activity_query_size;
    a->query = arena_alloc(session->arena, a->query_room);
    a->began = a->changed = os_wall_us() - epoch_us;
}

/* Counts the time in the state that ends. The lock is held. */
static void leave_state(Session *session, ActivityState state, int64_t now)
{
    Activity *a = &session->activity;
    DatabaseFigures *figures = session->figures;
    const int64_t length = MAX(now - a->changed, (int64_t)0);
    if (figures && a->state == ACTIVITY_ACTIVE)
        atomic_fetch_add_explicit(&figures->active_us, length, memory_order_relaxed);
    if (figures &&
        (a->state == ACTIVITY_IDLE_IN_TRANSACTION || a->state == ACTIVITY_IDLE_IN_FAILED))
        atomic_fetch_add_explicit(&figures->idle_in_transaction_us, length, memory_order_relaxed);
    a->state = state;
    a->changed = now;
}

static int64_t transaction_began(const Session *session)
{
    return session->state == BLOCK_NONE ? 0 : session->env.transaction_time;
}

void session__activity_begin(Session *session, Str sql)
{
    Activity *a = &session->activity;
    const bool tracks = session_settings(session)->track_activities;
    /* As much as there is room for beside a zero, and no half character. */
    const size_t bytes = utf8_clip(sql, a->query_room - 1).bytes;
    mutex_lock(&a->lock);
    leave_state(session, tracks ? ACTIVITY_ACTIVE : ACTIVITY_DISABLED, session->env.statement_time);
    a->query_began = tracks ? session->env.statement_time : 0;
    a->transaction = transaction_began(session);
    if (!tracks) a->query_bytes = 0;
    if (tracks && sql.data) {
        memcpy(a->query, sql.data, bytes);
        a->query_bytes = (uint32_t)bytes;
    }
    mutex_unlock(&a->lock);
}

void session__activity_transaction(Session *session)
{
    Activity *a = &session->activity;
    mutex_lock(&a->lock);
    a->transaction = transaction_began(session);
    mutex_unlock(&a->lock);
}

void session__activity_name(Session *session)
{
    Activity *a = &session->activity;
    const Str name = session_settings(session)->application_name;
    const size_t bytes = utf8_clip(name, ACTIVITY_NAME_BYTES - 1).bytes;
    mutex_lock(&a->lock);
    memcpy(a->name, name.data, bytes);
    a->name[bytes] = 0;
    mutex_unlock(&a->lock);
}

ActivityState session__activity_resting(const Session *session)
{
    return session->state == BLOCK_FAILED     ? ACTIVITY_IDLE_IN_FAILED
           : session->state == BLOCK_EXPLICIT ? ACTIVITY_IDLE_IN_TRANSACTION
                                              : ACTIVITY_IDLE;
}

void session__activity_rest(Session *session)
{
    Activity *a = &session->activity;
    const ActivityState state = session__activity_resting(session);
    const bool tracks = session_settings(session)->track_activities;
    const int64_t now = os_wall_us() - epoch_us;
    mutex_lock(&a->lock);
    leave_state(session, tracks ? state : ACTIVITY_DISABLED, now);
    a->transaction = transaction_began(session);
    mutex_unlock(&a->lock);
}

/* ---- read by others */

/* False: memory is out. */
static bool copy_text(Arena *arena, Str from, Str *to)
{
    *to = (Str){"", 0};
    if (!from.bytes) return true;
    char *copy = arena_try_alloc(arena, from.bytes);
    if (!copy) return false;
    memcpy(copy, from.data, from.bytes);
    *to = (Str){copy, from.bytes};
    return true;
}

static bool copy_address(Arena *arena, const ClientAddress *from, ClientAddress *to)
{
    *to = *from;
    return copy_text(arena, from->host, &to->host) &&
           copy_text(arena, from->tls_version, &to->tls_version) &&
           copy_text(arena, from->tls_cipher, &to->tls_cipher) &&
           copy_text(arena, from->client_dn, &to->client_dn) &&
           copy_text(arena, from->client_serial, &to->client_serial) &&
           copy_text(arena, from->issuer_dn, &to->issuer_dn);
}

static bool copy_activity(Arena *arena, Session *session, ActivityCopy *copy)
{
    Activity *a = &session->activity;
    mutex_lock(&a->lock);
    *copy = (ActivityCopy){.process = session->process,
                           .slot = session->slot,
                           .database = session->connected,
                           .role = session->authenticated_role,
                           .superuser = session->superuser,
                           .maintenance = session->maintenance.active,
                           .state = a->state,
                           .began = a->began,
                           .transaction = a->transaction,
                           .query_began = a->query_began,
                           .changed = a->changed};
    const bool copied = copy_text(arena, str_from(a->name), &copy->name) &&
                        copy_text(arena, (Str){a->query, a->query_bytes}, &copy->query);
    mutex_unlock(&a->lock);
    return copied && copy_address(arena, &session->address, &copy->address);
}

/* Sessions that come while it counts are left out; a lock of their list is held only for copying. */
uint32_t activity_list(Engine *engine, Arena *arena, ActivityCopy **list)
{
    Databases *databases = engine__databases(engine);
    uint32_t room = 16, count = 0;
    bool copied = true;
    mutex_lock(&databases->lock);
    for (const Session *s = databases->first; s; s = s->next_connected) room++;
    mutex_unlock(&databases->lock);
    *list = ARENA_ARRAY(arena, ActivityCopy, room);
    mutex_lock(&databases->lock);
    for (Session *s = databases->first; s && copied && count < room; s = s->next_connected) {
        /* One that is still connecting has no role yet. */
        if (!s->authenticated_role) continue;
        copied = copy_activity(arena, s, &(*list)[count++]);
    }
    mutex_unlock(&databases->lock);
    if (!copied) raise_status(ST_NO_MEMORY);
    return count;
}

ActivityCopy activity_background(Engine *engine, EngineProcess which)
{
    static const char *const kinds[] = {
#define ENGINE_PROCESS_KIND(NAME, kind) kind,
        ENGINE_PROCESSES(ENGINE_PROCESS_KIND)
#undef ENGINE_PROCESS_KIND
    };
    enum { SLOT_FIRST = 1 << 20 };
    const EngineHost host = engine_host(engine);
    return (ActivityCopy){.process = engine_process(which),
                          .slot = SLOT_FIRST + (uint32_t)which,
                          .background = kinds[which],
                          .began = host.started_us ? host.started_us(host.arg) - epoch_us : 0,
                          .name = STR(""),
                          .query = STR("")};
}

/* ---- figures of databases */

DatabaseFigures *engine__figures(Engine *engine, Oid database)
{
    Databases *databases = engine__databases(engine);
    mutex_lock(&databases->lock);
    DatabaseFigures *found = databases->figures;
    while (found && found->database != database) found = found->next;
    if (!found && (found = ARENA_TRY_NEW(engine__arena(engine), DatabaseFigures))) {
        found->database = database;
        found->next = databases->figures;
        databases->figures = found;
    }
    mutex_unlock(&databases->lock);
    if (!found) raise_status(ST_NO_MEMORY);
    return found;
}
