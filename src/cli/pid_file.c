/* SPDX-License-Identifier: Apache-2.0 */
/* pid_file.c - postmaster.pid, line by line as PostgreSQL's clients and scripts read it: process, data folder, start
 * (seconds), port, folder of the Unix socket, first address, shared memory (none here), status. */
#include "cli/cli.h"

#include "base/error.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/process.h"

enum { PID_FILE_BYTES_MAX = 65536, PID_LINES = 8 };

static char *pid_path(Arena *arena, Str folder)
{
    return str_copy_zero(arena, str_format(arena, "%.*s/postmaster.pid", STR_ARG(folder)));
}

bool pid_file_read(Arena *arena, Str folder, PidFile *pid)
{
    Str text, lines[PID_LINES] = {{0}};
    int64_t number;
    if (os_file_read_all(arena, pid_path(arena, folder), PID_FILE_BYTES_MAX, &text) != OK)
        return false;
    for (int i = 0; i < PID_LINES && text.bytes; i++) {
        size_t end = text.bytes;
        (void)str_find_char(text, '\n', &end);
        lines[i] = str_trim(str_slice(text, 0, end), " ");
        text = str_slice(text, end + 1, text.bytes);
    }
    if (!str_to_i64(lines[0], &number) || number <= 0 || number > INT32_MAX) return false;
    *pid = (PidFile){.process = (int32_t)number,
                     .socket_folder = lines[4],
                     .address = lines[5],
                     .status = lines[7]};
    if (str_to_i64(lines[3], &number)) pid->port = (int32_t)number;
    return true;
}

/* On a full disk: the file of the server before, or of the status before, has its room. */
static Status write_in_place(Arena *arena, const char *path, Str text)
{
    File *file;
    IGNORE_STATUS(os_path_remove(str_format(arena, "%s.new", path).data)); /* as far as it came */
    TRY(os_file_open(path, FILE_WRITE | FILE_CREATE, &file));
    Status status = os_file_write(file, text.data, text.bytes, 0);
    if (status == OK) status = os_file_set_size(file, text.bytes);
    os_file_close(file);
    return status;
}

void pid_file_write(Arena *arena, Str folder, const PidFile *pid)
{
    Str text = str_format(arena, "%d\n%.*s\n%lld\n%d\n%.*s\n%.*s\n\n%-8.*s\n", pid->process,
                          STR_ARG(folder), (long long)(os_wall_us() / 1000000), pid->port,
                          STR_ARG(pid->socket_folder), STR_ARG(pid->address), STR_ARG(pid->status));
    const char *path = pid_path(arena, folder);
    Status status = os_file_replace(path, text);
    CHECK(status == ST_FULL ? write_in_place(arena, path, text) : status);
}

/* A number that is our own, or our parent's, was given out again: in a container it is the same at every start. */
bool pid_file_is_alive(const PidFile *pid)
{
    if (pid->process == os_process_id() || pid->process == os_parent_process_id()) return false;
    return os_process_is_alive(pid->process);
}
