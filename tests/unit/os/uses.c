/* SPDX-License-Identifier: Apache-2.0 */
/* uses.c - the pieces of work of uses.h. */
#include "uses.h"

#include "base/arena.h"
#include "os/process.h"

void use_nothing(void *arg)
{
    (void)arg;
}

static Status use_tasks(Work *work)
{
    (void)work;
    Task *task;
    Status status = os_task_start(&(TaskOptions){.name = "test"}, use_nothing, NULL, &task);
    if (status == OK) os_task_join(task);
    return status;
}

static Status use_files(Work *work)
{
    char path[128], other[128];
    Str text;
    (void)snprintf(path, sizeof path, "%s/f", work->place->dir);
    (void)snprintf(other, sizeof other, "%s/l", work->place->dir);
    TRY(os_file_replace(path, STR("some text")));
    TRY(os_file_read_all(work->arena, path, 1000, &text));
    IGNORE_STATUS(os_path_make_link("f", other));
    error_clear();
    TRY(os_path_read_link(work->arena, other, &text));
    TRY(os_path_absolute(work->arena, "f", &text));
    Str *names;
    uint32_t count;
    TRY(os_dir_list(work->arena, work->place->dir, &names, &count));
    (void)snprintf(path, sizeof path, "%s/d", work->place->dir);
    Status status = os_dir_make(path);
    if (status != OK && status != ST_EXISTS) return status;
    return os_dir_remove_all(path);
}

static Status use_temp(Work *work)
{
    char path[128];
    TempSpace *space;
    TempFile *file;
    (void)snprintf(path, sizeof path, "%s/tmp", work->place->dir);
    TRY(os_temp_space_open(task_self()->account, path, "tmp", 0, &space));
    Status status = os_temp_open(space, NULL, &file);
    if (status == OK) os_temp_close(file);
    os_temp_space_close(space);
    return status;
}

static Status use_sockets(Work *work)
{
    (void)work;
    SocketAddress address = {.kind = SOCKET_IPV4, .ip = {127, 0, 0, 1}}, *found;
    Socket *listener, *client;
    Poller *poller;
    uint32_t count;
    Str name;
    TRY(os_socket_resolve(work->arena, "*", 1, &found, &count));
    TRY(os_user_name(work->arena, &name));
    TRY(os_socket_listen(&address, 1, 0, &listener));
    Status status = os_socket_local(listener, &address);
    if (status == OK) status = os_socket_connect(&address, DEADLINE_NEVER, &client);
    if (status == OK) os_socket_close(client);
    os_socket_close(listener);
    TRY(status);
    TRY(os_poller_new(task_self()->account, &poller));
    os_poller_release(poller);
    return OK;
}

Status use_io(Work *work)
{
    char path[128], data[64] = "io";
    File *file;
    IoRequest requests[4], *list[4];
    IoBatch batch = {0};
    (void)snprintf(path, sizeof path, "%s/io", work->place->dir);
    TRY(os_file_open(path, FILE_WRITE | FILE_CREATE, &file));
    for (uint32_t i = 0; i < 4; i++) {
        list[i] = &requests[i];
        requests[i] =
            (IoRequest){.file = file, .op = IO_WRITE, .data = data, .bytes = 64, .offset = i * 64};
    }
    os_io_submit(&batch, list, 4);
    work->io_status = os_io_wait(&batch, WAIT_DATA_FILE_WRITE, list, 4);
    os_file_close(file);
    return work->io_status;
}

/* What a file's contents go through. The first error is the answer; the rest is tried all the same. */
static Status use_data(Work *work)
{
    char path[128], data[1000] = "data", back[1000];
    File *file;
    size_t done = 0;
    uint64_t bytes;
    (void)snprintf(path, sizeof path, "%s/data", work->place->dir);
    TRY(os_file_open(path, FILE_READ | FILE_WRITE | FILE_CREATE | FILE_DIRECT, &file));
    os_file_close(file);
    TRY(os_file_open(path, FILE_READ | FILE_WRITE, &file));
    Status status = os_file_lock(file);
    if (status == OK) status = os_file_allocate(file, 0, 65536);
    if (status == OK) status = os_file_write(file, data, sizeof data, 100);
    if (status == OK) status = os_file_read(file, back, sizeof back, 100, &done);
    if (status == OK) EXPECT(done == sizeof back && memcmp(data, back, sizeof data) == 0);
    if (status == OK) status = os_file_punch(file, 0, 4096);
    if (status == OK) status = os_file_set_size(file, 8192);
    if (status == OK) status = os_file_size(file, &bytes);
    if (status == OK) EXPECT(bytes == 8192);
    if (status == OK) status = os_file_space_used(file, &bytes);
    os_file_hint_write(file, 0, 4096);
    os_file_hint_read(file, 0, 4096);
    if (status == OK) status = os_file_sync(file);
    os_file_close(file);
    TRY(status);
    TRY(os_file_open(path, FILE_APPEND, &file));
    status = os_file_append(file, data, sizeof data);
    os_file_close(file);
    return status;
}

/* What an earlier piece that failed may have left under a name. */
static void forget(const char *path)
{
    IGNORE_STATUS(os_path_remove(path));
    IGNORE_STATUS(os_dir_remove(path));
    error_clear();
}

static Status use_names(Work *work)
{
    char path[128], other[128];
    PathInfo info;
    File *file;
    uint64_t bytes;
    (void)snprintf(path, sizeof path, "%s/name", work->place->dir);
    (void)snprintf(other, sizeof other, "%s/other", work->place->dir);
    forget(path);
    forget(other);
    TRY(os_file_open(path, FILE_WRITE | FILE_CREATE | FILE_EXCLUSIVE, &file));
    os_file_close(file);
    TRY(os_path_set_mode(path, 0640));
    TRY(os_path_info(path, &info));
    TRY(os_path_link(path, other));
    TRY(os_path_rename(path, other));
    TRY(os_path_remove(path)); /* two names of one file: a rename does nothing */
    TRY(os_path_remove(other));
    TRY(os_dir_make(path));
    TRY(os_dir_sync(path));
    TRY(os_dir_remove(path));
    return os_disk_free(work->place->dir, &bytes);
}

/* A connection, both ends, through a poller. */
static Status exchange(Socket *listener, Socket *client, Poller *poller)
{
    Socket *server;
    SocketAddress peer;
    PollerEvent event;
    uint32_t count;
    char text[8];
    size_t done;
    Status status;
    do { /* a wake may come late that was meant for a wait before */
        status = os_socket_wait(listener, SOCKET_READABLE, WAIT_LISTENER, DEADLINE_NEVER);
    } while (status == ST_BUSY);
    TRY(status);
    TRY(os_socket_accept(listener, &server, &peer));
    os_socket_set_keepalive(server, 1, 1, 1, 1);
    status = os_poller_add(poller, server, SOCKET_READABLE, &done);
    if (status == OK) status = os_socket_write(client, "hello", 5, &done);
    if (status == OK) status = os_socket_shutdown_write(client);
    if (status == OK)
        status = os_poller_wait(poller, &event, 1, &count, WAIT_LISTENER, DEADLINE_NEVER);
    if (status == OK) status = os_socket_read(server, text, sizeof text, &done);
    if (status == OK) EXPECT(done == 5 && memcmp(text, "hello", 5) == 0);
    os_poller_remove(poller, server);
    os_socket_close(server);
    return status;
}

static Status use_connection(Work *work)
{
    SocketAddress address = {.kind = SOCKET_UNIX};
    Socket *listener, *client;
    Poller *poller;
    Str user;
    (void)snprintf(address.path, sizeof address.path, "%s/s", work->place->dir);
    forget(address.path);
    TRY(os_poller_new(task_self()->account, &poller));
    Status status = os_socket_listen(&address, 1, 0700, &listener);
    if (status == OK) {
        status = os_socket_connect(&address, DEADLINE_NEVER, &client);
        if (status == OK) {
            status = os_socket_peer_user(work->arena, client, &user);
            if (status == OK) status = exchange(listener, client, poller);
            os_socket_close(client);
        }
        os_socket_close(listener);
    }
    os_poller_release(poller);
    return status;
}

static Status use_process(Work *work)
{
    static const char *const args[] = {"/bin/true", NULL};
    int32_t child;
    ProcessEnd end;
    Str path;
    TRY(os_executable_path(work->arena, &path));
    TRY(os_process_start("/bin/true", args, NULL, 0, &child));
    Status status;
    uint32_t round = 0;
    while ((status = os_process_reap(&end)) == ST_BUSY) os_spin_wait(&round);
    TRY(status);
    EXPECT(end.process_id == child && !end.by_signal && end.code == 0);
    (void)os_process_memory_bytes();
    return OK;
}

const Use uses[] = {{"tasks", use_tasks},          {"files", use_files},
                    {"temporary files", use_temp}, {"sockets", use_sockets},
                    {"requests", use_io},          {"data", use_data},
                    {"names", use_names},          {"a connection", use_connection},
                    {"a process", use_process},    {NULL, NULL}};
