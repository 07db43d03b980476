/* SPDX-License-Identifier: Apache-2.0 */
/* serve.h - `tusk serve` is two processes: the supervisor, who holds the listening sockets and postmaster.pid, and the
 * server, its child, who does everything else and may crash. */
#pragma once

#include "cli/cli.h"

enum { SERVE_SETTINGS_MAX = 200, SERVE_SOCKETS_MAX = 64 };
/* Exit codes of the server for its supervisor. */
enum { SERVER_ENDED = 0, SERVER_REFUSED = 1, SERVER_FAILED = 2 };

typedef struct Serve {
    Command *command;
    Config config;
    SettingAssignment settings[SERVE_SETTINGS_MAX];
    uint32_t setting_count;
    const char *given, *print; /* -D; -C: print this setting and end */
    const char *sockets;       /* of the server: descriptors, apart by commas */
    int32_t supervisor;        /* of the server: its process */
    Logger *logger;
} Serve;

/* To the log; a ConfigComplaint. */
void serve_complain(void *serve, Severity severity, Str text);
int serve_as_supervisor(Serve *serve);
int serve_as_server(Serve *serve);
