/* SPDX-License-Identifier: Apache-2.0 */
/* net.h - stream sockets and readiness. All sockets are non-blocking: a call that cannot go on says ST_BUSY, and the
 * task waits with os_socket_wait, or leaves the socket with a poller that hands it to whoever has time. */
#pragma once

#include "base/account.h"
#include "base/base.h"
#include "os/wait.h"

typedef struct Socket Socket;
typedef struct Poller Poller;

typedef enum SocketKind { SOCKET_IPV4, SOCKET_IPV6, SOCKET_UNIX } SocketKind;
enum { SOCKET_PATH_MAX = 107, SOCKET_HOST_MAX = 63 };
typedef struct SocketAddress {
    SocketKind kind;
    uint16_t port;
    uint8_t ip[16];                 /* network order; the first 4 for IPV4 */
    char path[SOCKET_PATH_MAX + 1]; /* UNIX */
} SocketAddress;
/* Names and numeric addresses to addresses ("*": every interface). Names may ask the network: not in the simulation. */
Status os_socket_resolve(Arena *arena, const char *host, uint16_t port, SocketAddress **addresses,
                         uint32_t *count);
/* The name that the network knows an address by; ST_NOT_FOUND: none. Waits for the network. Not in the simulation. */
Status os_socket_host_name(Arena *arena, const SocketAddress *address, Str *name);
/* The machine's own addresses, each with the mask of its network. The simulation has none. */
typedef struct NetAddress {
    SocketAddress address, mask;
} NetAddress;
Status os_net_addresses(Arena *arena, NetAddress **addresses, uint32_t *count);
Str socket_address_print(
    Arena *arena, const SocketAddress *address); /* host part: "127.0.0.1", "::1", "[local]" */
bool socket_address_parse(Str host, uint16_t port, SocketAddress *address); /* numeric only */

Status os_socket_listen(const SocketAddress *address, uint32_t backlog, uint32_t unix_mode,
                        Socket **listener);
/* ST_BUSY: nobody waits to be accepted. ST_FULL: too many open files. */
Status os_socket_accept(Socket *listener, Socket **socket, SocketAddress *peer);
Status os_socket_connect(const SocketAddress *address, Deadline deadline, Socket **socket);
void os_socket_close(Socket *socket); /* NULL is allowed */
Status os_socket_local(Socket *socket, SocketAddress *address);

/* Read: at least one byte, fewer than asked for only when there were no more (epoll(7) relies on it likewise), ST_BUSY
 * when there is none yet, ST_CLOSED at the end of the stream or a reset. Write: as many as fit, at least one, else
 * ST_BUSY; ST_CLOSED when the peer is gone. */
Status os_socket_read(Socket *socket, void *data, size_t bytes, size_t *done);
Status os_socket_write(Socket *socket, const void *data, size_t bytes, size_t *done);
Status os_socket_shutdown_write(Socket *socket);
typedef enum SocketReady {
    SOCKET_READABLE = 1,
    SOCKET_WRITABLE = 2,
    SOCKET_FINISHED =
        4 /* told by pollers: behind what there is to read, the stream ends or has failed */
} SocketReady;
/* Until the socket is ready (OK), the deadline (ST_TIMEOUT), an interrupt (ST_CANCELLED) or os_wake of this task
 * (ST_BUSY). */
Status os_socket_wait(Socket *socket, uint32_t ready, WaitEvent event, Deadline deadline);
void os_socket_set_keepalive(Socket *socket, int idle_s, int interval_s, int count,
                             int user_timeout_ms);
/* Who is at the other end of a UNIX socket: the system's user name. */
Status os_socket_peer_user(Arena *arena, Socket *socket, Str *user);
/* Listening sockets inherited from the supervisor, and handed to a child. */
Status os_socket_adopt(int descriptor, Socket **socket);
int os_socket_descriptor(const Socket *socket);

/* A set of sockets watched together. A socket is reported each time that it becomes ready or that more comes, not as
 * long as it is ready: who has not read all must know so. Armed, it is reported again when it is ready then; armed for
 * nothing (0) it is silent until it is armed again, but for failures. */
Status os_poller_new(Account *account, Poller **poller);
void os_poller_release(Poller *poller);
Status os_poller_add(Poller *poller, Socket *socket, uint32_t ready, void *cookie);
Status os_poller_arm(Poller *poller, Socket *socket, uint32_t ready, void *cookie);
void os_poller_remove(Poller *poller, Socket *socket);
typedef struct PollerEvent {
    void *cookie;
    uint32_t
        ready; /* SocketReady; readable and writable as well when the socket failed or was closed */
} PollerEvent;
/* Some events, or *count 0: deadline, or os_poller_wake. One task at a time waits on a poller. ST_CANCELLED. */
Status os_poller_wait(Poller *poller, PollerEvent *events, uint32_t events_max, uint32_t *count,
                      WaitEvent event, Deadline deadline);
void os_poller_wake(Poller *poller);
