/* SPDX-License-Identifier: Apache-2.0 */
/* os_net.c - sockets: the way to the machine, waiting, and addresses as text. */
#include "os/net.h"

#include <arpa/inet.h>

#include "base/error.h"
#include "os/os_internal.h"

static_assert(SOCKET_HOST_MAX >= INET6_ADDRSTRLEN, "numeric addresses fit");

Str socket_address_print(Arena *arena, const SocketAddress *address)
{
    char text[INET6_ADDRSTRLEN];
    switch (address->kind) {
    case SOCKET_IPV4:
        return str_copy(arena, str_from(inet_ntop(AF_INET, address->ip, text, sizeof text)));
    case SOCKET_IPV6:
        return str_copy(arena, str_from(inet_ntop(AF_INET6, address->ip, text, sizeof text)));
    case SOCKET_UNIX: return STR("[local]");
    }
    UNREACHABLE();
}

bool socket_address_parse(Str host, uint16_t port, SocketAddress *address)
{
    char text[SOCKET_HOST_MAX + 1];
    if (host.bytes > SOCKET_HOST_MAX || memchr(host.data, 0, host.bytes) != NULL) return false;
    memcpy(text, host.data, host.bytes);
    text[host.bytes] = 0;
    *address = (SocketAddress){.port = port};
    if (inet_pton(AF_INET, text, address->ip) == 1)
        address->kind = SOCKET_IPV4;
    else if (inet_pton(AF_INET6, text, address->ip) == 1)
        address->kind = SOCKET_IPV6;
    else
        return false;
    return true;
}

Status os_socket_resolve(Arena *arena, const char *host, uint16_t port, SocketAddress **addresses,
                         uint32_t *count)
{
    return os__ops()->socket_resolve(arena, host, port, addresses, count);
}

Status os_socket_listen(const SocketAddress *address, uint32_t backlog, uint32_t unix_mode,
                        Socket **listener)
{
    return os__ops()->socket_listen(address, backlog, unix_mode, listener);
}

Status os_socket_accept(Socket *listener, Socket **socket, SocketAddress *peer)
{
    return os__ops()->socket_accept(listener, socket, peer);
}

Status os_socket_connect(const SocketAddress *address, Deadline deadline, Socket **socket)
{
    return os__ops()->socket_connect(address, deadline, socket);
}

void os_socket_close(Socket *socket)
{
    if (socket != NULL) os__ops()->socket_close(socket);
}

Status os_socket_local(Socket *socket, SocketAddress *address)
{
    return os__ops()->socket_local(socket, address);
}

Status os_socket_read(Socket *socket, void *data, size_t bytes, size_t *done)
{
    ASSERT(bytes > 0);
    return os__ops()->socket_read(socket, data, bytes, done);
}

Status os_socket_write(Socket *socket, const void *data, size_t bytes, size_t *done)
{
    ASSERT(bytes > 0);
    return os__ops()->socket_write(socket, data, bytes, done);
}

Status os_socket_shutdown_write(Socket *socket)
{
    return os__ops()->socket_shutdown_write(socket);
}

/* What ends the wait without a system call is looked at first; the hooks are called only for a sleep. */
Status os_socket_wait(Socket *socket, uint32_t ready, WaitEvent event, Deadline deadline)
{
    Task *self = task_self();
    ASSERT((ready & ~(uint32_t)(SOCKET_READABLE | SOCKET_WRITABLE)) == 0 && ready != 0);
    lock_rank_check_below(RANK_LATCH);
    Status status = self->os->ops->park(self, true, DEADLINE_PAST);
    if (status != ST_TIMEOUT) return status == OK ? ST_BUSY : status;
    if (deadline.ns <= 0) return self->os->ops->socket_wait(socket, ready, deadline);
    WaitState state = os__wait_begin(self, event);
    status = self->os->ops->socket_wait(socket, ready, deadline);
    os__wait_end(self, event, state);
    return status;
}

void os_socket_set_keepalive(Socket *socket, int idle_s, int interval_s, int count,
                             int user_timeout_ms)
{
    os__ops()->socket_set_keepalive(socket, idle_s, interval_s, count, user_timeout_ms);
}

Status os_socket_peer_user(Arena *arena, Socket *socket, Str *user)
{
    return os__ops()->socket_peer_user(arena, socket, user);
}

Status os_socket_adopt(int descriptor, Socket **socket)
{
    return os__ops()->socket_adopt(descriptor, socket);
}

int os_socket_descriptor(const Socket *socket)
{
    return os__ops()->socket_descriptor(socket);
}

Status os_poller_new(Account *account, Poller **poller)
{
    return os__ops()->poller_new(account, poller);
}

void os_poller_release(Poller *poller)
{
    os__ops()->poller_release(poller);
}

Status os_poller_add(Poller *poller, Socket *socket, uint32_t ready, void *cookie)
{
    return os__ops()->poller_set(poller, socket, ready, cookie, true);
}

Status os_poller_arm(Poller *poller, Socket *socket, uint32_t ready, void *cookie)
{
    return os__ops()->poller_set(poller, socket, ready, cookie, false);
}

void os_poller_remove(Poller *poller, Socket *socket)
{
    os__ops()->poller_remove(poller, socket);
}

Status os_poller_wait(Poller *poller, PollerEvent *events, uint32_t events_max, uint32_t *count,
                      WaitEvent event, Deadline deadline)
{
    Task *self = task_self();
    ASSERT(events_max > 0);
    lock_rank_check_below(RANK_LATCH);
    /* Events that are there already cost no hook. */
    Status status = self->os->ops->poller_wait(poller, events, events_max, count, DEADLINE_PAST);
    if (status != ST_TIMEOUT || deadline.ns <= 0) return status == ST_TIMEOUT ? OK : status;
    WaitState state = os__wait_begin(self, event);
    status = self->os->ops->poller_wait(poller, events, events_max, count, deadline);
    os__wait_end(self, event, state);
    return status == ST_TIMEOUT ? OK : status;
}

void os_poller_wake(Poller *poller)
{
    os__ops()->poller_wake(poller);
}
