/* SPDX-License-Identifier: Apache-2.0 */
/* real_net.c - stream sockets and the poller (epoll). Sockets never block; sleeping is real__fd_wait's business.
 *
 * The poller's own event descriptor carries two kinds of wake: os_poller_wake adds 1, a wake of the waiting task
 * REAL_WAKE (real_wait.c, T3). */
#include "os/real_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"

typedef union SystemAddress {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
    struct sockaddr_un local;
} SystemAddress;

static_assert(SOCKET_PATH_MAX + 1 == sizeof((struct sockaddr_un *)0)->sun_path, "a path fits");

static RealSocket *real_socket(const Socket *socket)
{
    return (RealSocket *)(uintptr_t)socket;
}

static socklen_t address_to_system(const SocketAddress *address, SystemAddress *system)
{
    memset(system, 0, sizeof *system);
    switch (address->kind) {
    case SOCKET_IPV4:
        system->ipv4.sin_family = AF_INET;
        system->ipv4.sin_port = htons(address->port);
        memcpy(&system->ipv4.sin_addr, address->ip, 4);
        return sizeof system->ipv4;
    case SOCKET_IPV6:
        system->ipv6.sin6_family = AF_INET6;
        system->ipv6.sin6_port = htons(address->port);
        memcpy(&system->ipv6.sin6_addr, address->ip, 16);
        return sizeof system->ipv6;
    case SOCKET_UNIX:
        system->local.sun_family = AF_UNIX;
        memcpy(system->local.sun_path, address->path, strnlen(address->path, SOCKET_PATH_MAX));
        return sizeof system->local;
    }
    UNREACHABLE();
}

static void address_from_system(const SystemAddress *system, socklen_t bytes,
                                SocketAddress *address)
{
    *address = (SocketAddress){.kind = SOCKET_UNIX};
    if (system->any.sa_family == AF_INET) {
        address->kind = SOCKET_IPV4;
        address->port = ntohs(system->ipv4.sin_port);
        memcpy(address->ip, &system->ipv4.sin_addr, 4);
    } else if (system->any.sa_family == AF_INET6) {
        address->kind = SOCKET_IPV6;
        address->port = ntohs(system->ipv6.sin6_port);
        memcpy(address->ip, &system->ipv6.sin6_addr, 16);
    } else if (bytes > offsetof(struct sockaddr_un, sun_path)) {
        memcpy(address->path, system->local.sun_path,
               strnlen(system->local.sun_path, SOCKET_PATH_MAX));
    }
}

static const char *kind_name(SocketKind kind)
{
    static const char *const names[] = {
        [SOCKET_IPV4] = "IPv4", [SOCKET_IPV6] = "IPv6", [SOCKET_UNIX] = "Unix"};
    return names[kind];
}

/* "could not <verb> IPv4 address "127.0.0.1": ...", as PostgreSQL has it. */
static Status address_error(int error, const char *verb, const SocketAddress *address)
{
    char text[INET6_ADDRSTRLEN] = "";
    if (address->kind != SOCKET_UNIX)
        (void)inet_ntop(address->kind == SOCKET_IPV4 ? AF_INET : AF_INET6, address->ip, text,
                        sizeof text);
    return os__error_text(error, "could not %s %s address \"%s\"", verb, kind_name(address->kind),
                          address->kind == SOCKET_UNIX ? address->path : text);
}

/* Takes over the descriptor, also on failure. */
static Status socket_wrap(int fd, SocketKind kind, Socket **socket)
{
    RealSocket *made = heap_try_alloc(real__os(task_self())->heap, sizeof *made);
    if (made == NULL) {
        (void)close(fd);
        return os__no_memory();
    }
    int on = 1;
    if (kind != SOCKET_UNIX) (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    made->fd = fd;
    made->kind = kind;
    *socket = (Socket *)made;
    return OK;
}

static int socket_open(SocketKind kind)
{
    static const int families[] = {
        [SOCKET_IPV4] = AF_INET, [SOCKET_IPV6] = AF_INET6, [SOCKET_UNIX] = AF_UNIX};
    return socket(families[kind], SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/* The addresses of a list of the system's that are streams of kinds we know. */
static Status addresses_copy(Arena *arena, const struct addrinfo *found, SocketAddress **addresses,
                             uint32_t *count)
{
    uint32_t total = 0;
    for (const struct addrinfo *at = found; at != NULL; at = at->ai_next) total++;
    SocketAddress *list = arena_try_alloc(arena, total * sizeof *list);
    if (list == NULL) return os__no_memory();
    *count = 0;
    for (const struct addrinfo *at = found; at != NULL; at = at->ai_next) {
        SystemAddress system = {0};
        memcpy(&system, at->ai_addr, MIN((size_t)at->ai_addrlen, sizeof system));
        address_from_system(&system, at->ai_addrlen, &list[(*count)++]);
    }
    *addresses = list;
    return OK;
}

Status real__socket_resolve(Arena *arena, const char *host, uint16_t port,
                            SocketAddress **addresses, uint32_t *count)
{
    bool every = strcmp(host, "*") == 0;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_NUMERICSERV | (every ? AI_PASSIVE : 0)},
                    *found;
    char service[8];
    (void)snprintf(service, sizeof service, "%u", port);
    WaitState state = os__wait_begin(task_self(), WAIT_LISTENER);
    int result = getaddrinfo(every ? NULL : host, service, &hints, &found);
    os__wait_end(task_self(), WAIT_LISTENER, state);
    if (result != 0) {
        return error_note(ST_NOT_FOUND, SQLSTATE_CONFIG_FILE_ERROR,
                          "could not translate host name \"%s\" to address: %s", host,
                          gai_strerror(result));
    }
    Status status = addresses_copy(arena, found, addresses, count);
    freeaddrinfo(found);
    return status;
}

Status os_socket_host_name(Arena *arena, const SocketAddress *address, Str *name)
{
    char host[NI_MAXHOST];
    SystemAddress system;
    if (os_is_simulated() || address->kind == SOCKET_UNIX) return ST_NOT_FOUND;
    const socklen_t bytes = address_to_system(address, &system);
    WaitState state = os__wait_begin(task_self(), WAIT_LISTENER);
    const int result = getnameinfo(&system.any, bytes, host, sizeof host, NULL, 0, NI_NAMEREQD);
    os__wait_end(task_self(), WAIT_LISTENER, state);
    if (result != 0) return ST_NOT_FOUND;
    *name = str_copy(arena, str_from(host));
    return OK;
}

Status os_net_addresses(Arena *arena, NetAddress **addresses, uint32_t *count)
{
    struct ifaddrs *found = NULL;
    uint32_t most = 0;
    *addresses = NULL;
    *count = 0;
    if (os_is_simulated()) return OK;
    if (getifaddrs(&found) != 0)
        return os__error_text(errno, "could not list the machine's addresses");
    for (const struct ifaddrs *at = found; at != NULL; at = at->ifa_next) most++;
    NetAddress *list = arena_try_alloc(arena, most * sizeof *list);
    for (const struct ifaddrs *at = found; list != NULL && at != NULL; at = at->ifa_next) {
        if (at->ifa_addr == NULL || at->ifa_netmask == NULL) continue;
        const int family = at->ifa_addr->sa_family;
        if (family != AF_INET && family != AF_INET6) continue;
        const socklen_t bytes = family == AF_INET ? sizeof(struct sockaddr_in)
                                                  : sizeof(struct sockaddr_in6);
        SystemAddress address = {0}, mask = {0};
        memcpy(&address, at->ifa_addr, bytes);
        memcpy(&mask, at->ifa_netmask, bytes);
        address_from_system(&address, bytes, &list[*count].address);
        mask.any.sa_family = address.any.sa_family; /* some drivers leave it out */
        address_from_system(&mask, bytes, &list[(*count)++].mask);
    }
    freeifaddrs(found);
    *addresses = list;
    return list != NULL ? OK : os__no_memory();
}

/* 0 or an errno value; *verb tells what failed. */
static int listen_on(int fd, const SocketAddress *address, uint32_t backlog, uint32_t unix_mode,
                     const char **verb)
{
    SystemAddress system;
    socklen_t bytes = address_to_system(address, &system);
    int on = 1;
    *verb = "bind";
    if (address->kind != SOCKET_UNIX)
        (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (address->kind == SOCKET_IPV6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (bind(fd, &system.any, bytes) != 0) return errno;
    *verb = "set permissions of";
    if (address->kind == SOCKET_UNIX && chmod(address->path, (mode_t)unix_mode) != 0) return errno;
    *verb = "listen on";
    return listen(fd, (int)MIN(backlog, (uint32_t)INT_MAX)) == 0 ? 0 : errno;
}

Status real__socket_listen(const SocketAddress *address, uint32_t backlog, uint32_t unix_mode,
                           Socket **listener)
{
    const char *verb = "create socket for";
    int fd = socket_open(address->kind);
    int error = fd < 0 ? errno : listen_on(fd, address, backlog, unix_mode, &verb);
    if (error != 0) {
        if (fd >= 0) (void)close(fd);
        return address_error(error, verb, address);
    }
    return socket_wrap(fd, address->kind, listener);
}

Status real__socket_accept(Socket *listener, Socket **socket, SocketAddress *peer)
{
    SystemAddress system = {0};
    socklen_t bytes;
    int fd;
    do {
        bytes = sizeof system;
        fd = accept4(real_socket(listener)->fd, &system.any, &bytes, SOCK_NONBLOCK | SOCK_CLOEXEC);
    } while (fd < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (fd < 0)
        return errno == EAGAIN ? ST_BUSY : os__error_text(errno, "could not accept new connection");
    address_from_system(&system, bytes, peer);
    peer->kind = real_socket(listener)->kind;
    return socket_wrap(fd, peer->kind, socket);
}

/* 0, an errno value, or -1 with *status telling what ended the wait. */
static int connect_wait(int fd, Deadline deadline, Status *status)
{
    Task *self = task_self();
    bool woken = false;
    do {
        WaitState state = os__wait_begin(self, WAIT_CLIENT_WRITE);
        *status = real__fd_wait(self, fd, POLLOUT, deadline);
        os__wait_end(self, WAIT_CLIENT_WRITE, state);
        woken |= *status == ST_BUSY;
    } while (*status == ST_BUSY);
    /* The wakes were for something else: the task's next wait gets them. */
    if (woken) real__unpark(self);
    if (*status != OK) return -1;
    int error = 0;
    socklen_t bytes = sizeof error;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &bytes) == 0 ? error : errno;
}

Status real__socket_connect(const SocketAddress *address, Deadline deadline, Socket **socket)
{
    SystemAddress system;
    socklen_t bytes = address_to_system(address, &system);
    int fd = socket_open(address->kind);
    if (fd < 0) return address_error(errno, "create socket for", address);
    Status status = OK;
    int error = connect(fd, &system.any, bytes) == 0 ? 0 : errno;
    if (error == EINPROGRESS || error == EINTR) error = connect_wait(fd, deadline, &status);
    if (error == 0) return socket_wrap(fd, address->kind, socket);
    (void)close(fd);
    return error < 0 ? status : address_error(error, "connect to", address);
}

void real__socket_close(Socket *socket)
{
    RealSocket *real = real_socket(socket);
    (void)close(real->fd);
    heap_free(real__os(task_self())->heap, real);
}

Status real__socket_local(Socket *socket, SocketAddress *address)
{
    SystemAddress system = {0};
    socklen_t bytes = sizeof system;
    if (getsockname(real_socket(socket)->fd, &system.any, &bytes) != 0)
        return os__error_text(errno, "could not get address of socket");
    address_from_system(&system, bytes, address);
    return OK;
}

static Status transfer_status(ssize_t result, const char *what)
{
    if (result >= 0) return OK;
    if (errno == EAGAIN) return ST_BUSY;
    if (errno == EPIPE || errno == ECONNRESET || errno == ETIMEDOUT) return ST_CLOSED;
    return os__error_text(errno, "could not %s", what);
}

Status real__socket_read(Socket *socket, void *data, size_t bytes, size_t *done)
{
    ssize_t n;
    do {
        n = recv(real_socket(socket)->fd, data, bytes, 0);
    } while (n < 0 && errno == EINTR);
    *done = n > 0 ? (size_t)n : 0;
    return n == 0 ? ST_CLOSED : transfer_status(n, "receive data from client");
}

Status real__socket_write(Socket *socket, const void *data, size_t bytes, size_t *done)
{
    ssize_t n;
    do {
        n = send(real_socket(socket)->fd, data, bytes, MSG_NOSIGNAL);
    } while (n < 0 && errno == EINTR);
    *done = n > 0 ? (size_t)n : 0;
    return transfer_status(n, "send data to client");
}

Status real__socket_shutdown_write(Socket *socket)
{
    if (shutdown(real_socket(socket)->fd, SHUT_WR) == 0) return OK;
    return errno == ENOTCONN ? ST_CLOSED : os__error_text(errno, "could not shut down socket");
}

Status real__socket_wait(Socket *socket, uint32_t ready, Deadline deadline)
{
    short events = (short)(((ready & SOCKET_READABLE) != 0 ? POLLIN | POLLRDHUP : 0) |
                           ((ready & SOCKET_WRITABLE) != 0 ? POLLOUT : 0));
    return real__fd_wait(task_self(), real_socket(socket)->fd, events, deadline);
}

/* 0 leaves the system's value. What the system refuses stays as it is: keepalives are best effort. */
void real__socket_set_keepalive(Socket *socket, int idle_s, int interval_s, int count,
                                int user_timeout_ms)
{
    const RealSocket *real = real_socket(socket);
    int on = 1;
    const struct {
        int option, value;
    } options[] = {{TCP_KEEPIDLE, idle_s},
                   {TCP_KEEPINTVL, interval_s},
                   {TCP_KEEPCNT, count},
                   {TCP_USER_TIMEOUT, user_timeout_ms}};
    if (real->kind == SOCKET_UNIX) return;
    (void)setsockopt(real->fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    for (size_t i = 0; i < ARRAY_LEN(options); i++) {
        if (options[i].value > 0)
            (void)setsockopt(real->fd, IPPROTO_TCP, options[i].option, &options[i].value,
                             sizeof options[i].value);
    }
}

Status real__socket_peer_user(Arena *arena, Socket *socket, Str *user)
{
    struct ucred peer;
    socklen_t bytes = sizeof peer;
    if (real_socket(socket)->kind != SOCKET_UNIX) return ST_UNSUPPORTED;
    if (getsockopt(real_socket(socket)->fd, SOL_SOCKET, SO_PEERCRED, &peer, &bytes) != 0)
        return os__error_text(errno, "could not get peer credentials");
    return real__user_name(arena, peer.uid, user);
}

Status real__socket_adopt(int descriptor, Socket **socket)
{
    SystemAddress system = {0};
    SocketAddress address;
    socklen_t bytes = sizeof system;
    if (getsockname(descriptor, &system.any, &bytes) != 0)
        return os__error_text(errno, "could not adopt descriptor %d", descriptor);
    address_from_system(&system, bytes, &address);
    (void)fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    (void)fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    return socket_wrap(descriptor, address.kind, socket);
}

int real__socket_descriptor(const Socket *socket)
{
    return real_socket(socket)->fd;
}

struct Poller {
    Heap *heap; /* its own: a poller is charged to its maker's account */
    int epoll_fd, wake_fd;
};

enum { POLLER_EVENTS_MAX = 64 };

Status real__poller_new(Account *account, Poller **poller)
{
    Heap *heap = heap_try_new(account, "poller");
    Poller *made = heap == NULL ? NULL : heap_try_alloc(heap, sizeof *made);
    if (made == NULL) {
        if (heap != NULL) heap_drop(heap);
        return os__no_memory();
    }
    /* The poller itself is the cookie of its wake descriptor: no caller's. */
    struct epoll_event wake = {.events = EPOLLIN, .data.ptr = made};
    *made = (Poller){.heap = heap,
                     .epoll_fd = epoll_create1(EPOLL_CLOEXEC),
                     .wake_fd = eventfd(0, EFD_CLOEXEC)};
    if (made->epoll_fd < 0 || made->wake_fd < 0 ||
        epoll_ctl(made->epoll_fd, EPOLL_CTL_ADD, made->wake_fd, &wake) != 0) {
        int error = errno;
        real__poller_release(made);
        return os__error_text(error, "could not create poller");
    }
    *poller = made;
    return OK;
}

void real__poller_release(Poller *poller)
{
    if (poller->epoll_fd >= 0) (void)close(poller->epoll_fd);
    if (poller->wake_fd >= 0) (void)close(poller->wake_fd);
    heap_drop(poller->heap);
}

Status real__poller_set(Poller *poller, Socket *socket, uint32_t ready, void *cookie, bool add)
{
    struct epoll_event event = {.events = EPOLLET, .data.ptr = cookie};
    event.events |= (ready & SOCKET_READABLE) != 0 ? EPOLLIN | EPOLLRDHUP : 0;
    event.events |= (ready & SOCKET_WRITABLE) != 0 ? EPOLLOUT : 0;
    if (epoll_ctl(poller->epoll_fd, add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, real_socket(socket)->fd,
                  &event) != 0)
        return os__error_text(errno, "could not watch socket");
    return OK;
}

void real__poller_remove(Poller *poller, Socket *socket)
{
    (void)epoll_ctl(poller->epoll_fd, EPOLL_CTL_DEL, real_socket(socket)->fd, NULL);
}

/* Rounded up to whole milliseconds; the longest is gone on with. */
static int milliseconds_left(Deadline deadline)
{
    if (deadline.ns == DEADLINE_NEVER.ns) return -1;
    int64_t left = deadline.ns <= 0 ? 0 : deadline.ns - real__monotonic_ns();
    return left <= 0 ? 0 : (int)MIN((left - 1) / 1000000 + 1, (int64_t)INT_MAX);
}

static uint32_t ready_of(uint32_t events)
{
    if ((events & (EPOLLERR | EPOLLHUP)) != 0)
        return SOCKET_READABLE | SOCKET_WRITABLE | SOCKET_FINISHED;
    return ((events & (EPOLLIN | EPOLLRDHUP)) != 0 ? SOCKET_READABLE : 0U) |
           ((events & EPOLLOUT) != 0 ? SOCKET_WRITABLE : 0U) |
           ((events & EPOLLRDHUP) != 0 ? SOCKET_FINISHED : 0U);
}

/* One call of epoll_wait, as long as `deadline` says; *woken: somebody wrote to the wake descriptor. */
static Status poller_poll(Poller *poller, RealTask *task, PollerEvent *events, uint32_t events_max,
                          uint32_t *count, Deadline deadline, bool *woken)
{
    struct epoll_event found[POLLER_EVENTS_MAX];
    uint64_t drained = 0;
    bool signalled = false;
    if (deadline.ns > 0 && !real__poll_begin(task, poller->wake_fd)) return OK;
    int n = epoll_wait(poller->epoll_fd, found, (int)MIN(events_max, (uint32_t)POLLER_EVENTS_MAX),
                       milliseconds_left(deadline));
    int error = n < 0 ? errno : 0;
    if (deadline.ns > 0) real__poll_end(task, poller->wake_fd, &drained);
    for (int i = 0; i < n; i++) {
        if (found[i].data.ptr == poller)
            signalled = true;
        else
            events[(*count)++] = (PollerEvent){found[i].data.ptr, ready_of(found[i].events)};
    }
    if (signalled && drained == 0) {
        ssize_t done = read(poller->wake_fd, &drained, sizeof drained);
        ASSERT(done == sizeof drained);
    }
    *woken = (drained & (REAL_WAKE - 1)) != 0;
    return error == 0 || error == EINTR ? OK : os__error_text(error, "could not wait for sockets");
}

Status real__poller_wait(Poller *poller, PollerEvent *events, uint32_t events_max, uint32_t *count,
                         Deadline deadline)
{
    Task *self = task_self();
    RealTask *task = real__task(self);
    *count = 0;
    for (bool woken = false, polled = false;; polled = true) {
        if (*count > 0 || woken) return OK;
        if (os__interrupted(self)) return ST_CANCELLED;
        if (real__token_take(task)) return OK;
        if (polled && deadline.ns != DEADLINE_NEVER.ns && real__monotonic_ns() >= deadline.ns)
            return ST_TIMEOUT;
        TRY(poller_poll(poller, task, events, events_max, count, deadline, &woken));
    }
}

void real__poller_wake(Poller *poller)
{
    uint64_t one = 1;
    ssize_t written = write(poller->wake_fd, &one, sizeof one);
    ASSERT(written == sizeof one);
}
