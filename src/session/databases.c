/* SPDX-License-Identifier: Apache-2.0 */
/* databases.c - who is in which database. A session is entered when it connects, under a lock of the database as an
 * object (LOCK_ROW_EXCLUSIVE, of the connecting transaction), and leaves when it closes. So whoever holds a stronger
 * lock of the database sees a list to which nobody is added: copying and dropping wait until it is empty. */
#include "session/session_internal.h"

#include "os/clock.h"

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;

void engine__databases_init(Databases *databases)
{
    mutex_init(&databases->lock, RANK_SESSION);
}

void engine__enter(Session *session, Oid database)
{
    Databases *databases = engine__databases(session->engine);
    session->figures = engine__figures(session->engine, database);
    mutex_lock(&databases->lock);
    session->next_connected = databases->first;
    databases->first = session;
    session->connected = database;
    mutex_unlock(&databases->lock);
    atomic_fetch_add(&session->figures->sessions, 1);
}

void engine__leave(Session *session)
{
    if (session->connected == 0) return;
    Databases *databases = engine__databases(session->engine);
    mutex_lock(&databases->lock);
    Session **at = &databases->first;
    while (*at != session) at = &(*at)->next_connected;
    *at = session->next_connected;
    mutex_unlock(&databases->lock);
    session->connected = 0;
    const int64_t length = os_wall_us() - epoch_us - session->activity.began;
    atomic_fetch_add(&session->figures->session_us, MAX(length, (int64_t)0));
}

uint32_t session_count_in(Engine *engine, Oid database, const Session *except)
{
    Databases *databases = engine__databases(engine);
    uint32_t count = 0;
    mutex_lock(&databases->lock);
    for (const Session *s = databases->first; s != NULL; s = s->next_connected)
        count += s->connected == database && s != except;
    mutex_unlock(&databases->lock);
    return count;
}

uint32_t engine__count_of_role(Engine *engine, Oid role)
{
    Databases *databases = engine__databases(engine);
    uint32_t count = 0;
    mutex_lock(&databases->lock);
    for (const Session *s = databases->first; s != NULL; s = s->next_connected)
        count += s->authenticated_role == role;
    mutex_unlock(&databases->lock);
    return count;
}

uint32_t session_list_in(Engine *engine, Oid database, const Session *except, Arena *arena,
                         SessionPeer **peers)
{
    Databases *databases = engine__databases(engine);
    uint32_t count = 0, room = session_count_in(engine, database, except) + 16;
    *peers = ARENA_ARRAY(arena, SessionPeer, room);
    mutex_lock(&databases->lock);
    for (const Session *s = databases->first; s != NULL && count < room; s = s->next_connected) {
        if (s->connected != database || s == except) continue;
        (*peers)[count++] = (SessionPeer){.process = s->process, .role = s->authenticated_role};
    }
    mutex_unlock(&databases->lock);
    return count;
}

void engine_set_host(Engine *engine, const EngineHost *host)
{
    Databases *databases = engine__databases(engine);
    mutex_lock(&databases->lock);
    databases->host = *host;
    mutex_unlock(&databases->lock);
}

EngineHost engine_host(Engine *engine)
{
    Databases *databases = engine__databases(engine);
    mutex_lock(&databases->lock);
    EngineHost host = databases->host;
    mutex_unlock(&databases->lock);
    return host;
}

bool engine_terminate(Engine *engine, uint32_t process)
{
    const EngineHost host = engine_host(engine);
    return host.terminate != NULL && host.terminate(host.arg, process);
}
