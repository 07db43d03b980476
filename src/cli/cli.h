/* SPDX-License-Identifier: Apache-2.0 */
/* cli.h - the commands of the one binary, and what they share. */
#pragma once

#include "base/account.h"
#include "base/arena.h"
#include "cli/options.h"
#include "server/access.h"
#include "server/ops.h"
#include "session/engine.h"

#define TUSK_VERSION "0.1.0"
#define POSTGRESQL_VERSION "18.4"

enum { EXIT_NO_SERVER = 3, EXIT_NO_DATA = 4 }; /* of ctl, as pg_ctl's */

typedef struct Store Store;

/* ---- the engine below the server: engine.c names the functions of session/engine */
typedef struct ClusterOptions {
    Str superuser, password; /* as pg_authid keeps it; empty: none */
    Str locale, provider;
} ClusterOptions;
typedef struct EngineCalls {
    /* An empty cluster in the folder. Raises. */
    void (*create)(Account *account, Str data_directory, const ServerSettings *settings,
                   const ClusterOptions *options);
    /* Recovery included. `on_failure`: the store cannot go on; NULL: only to look at it, so nothing runs in the
     * background. Raises. */
    Engine *(*open)(Account *account, Str data_directory, const Settings *settings,
                    void (*on_failure)(void *arg, Status status), void *arg);
    void (*close)(Engine *engine, bool checkpoint);
    Store *(*store)(Engine *engine);
    void (*check)(Engine *engine, Account *account, ServerSettings *settings,
                  const ExecCheck *check);
    void (*reload)(Engine *engine, const Settings *settings);
    void (*set_host)(Engine *engine, const EngineHost *host);
    const SessionOps *sessions;
} EngineCalls;
/* Raises 0A000 in a build that has none. */
const EngineCalls *engine_calls(void);

/* ---- a command: runs as the first task of a real machine; its result is the exit code */
typedef struct Command {
    Account *account;
    Arena *arena;        /* as long as the command */
    const char *program; /* as the user named it, for messages */
    int argc;
    const char *const *argv; /* behind the command's name */
} Command;
int command_init(Command *command);
int command_serve(Command *command);
int command_ctl(Command *command);
int command_check(Command *command);
int command_waldump(Command *command);

/* "program: text" and a newline, to standard error; to standard output without program. */
void say_error(const Command *command, const char *format, ...) PRINTF_LIKE(2, 3);
void say(const char *format, ...) PRINTF_LIKE(1, 2);
/* An option that is not known, or lacks its value; the exit code 1. */
int bad_option(const Command *command, const Options *options, int id);
/* -D, or PGDATA; absolute. False and said so when there is neither. */
bool find_data_directory(const Command *command, const char *given, Str *folder);
bool is_cluster(const Command *command, Str folder);

/* ---- postmaster.pid: who serves a folder (pid_file.c) */
typedef struct PidFile {
    int32_t process;
    int32_t port;
    Str socket_folder, address, status; /* status: "starting", "ready", "stopping" */
} PidFile;
/* False: there is none, or it is not readable. */
bool pid_file_read(Arena *arena, Str folder, PidFile *pid);
void pid_file_write(Arena *arena, Str folder, const PidFile *pid);
/* The process is there, and is not we. */
bool pid_file_is_alive(const PidFile *pid);

/* ---- configuration of a server (config.c) */
typedef struct Config {
    Str folder;
    const SettingAssignment *command_line;
    uint32_t command_line_count;
} Config;
typedef void (*ConfigComplaint)(void *arg, Severity severity, Str text);
/* Reads all files. With `former` it is a reload. NULL when what was said makes it unusable. Raises 53200. */
ServerSettings *config_read(Account *account, const Config *config, const ServerSettings *former,
                            ConfigComplaint complain, void *arg);
Access *config_read_access(Account *account, const ServerSettings *settings,
                           ConfigComplaint complain, void *arg);

/* ---- the sample files that init writes (samples.c) */
Str sample_postgresql_conf(Arena *arena, const SettingAssignment *changes, uint32_t count);
Str sample_hba_conf(Arena *arena, const char *local, const char *host);
Str sample_ident_conf(void);

/* ---- the log of a server (logger.c) */
typedef struct Logger Logger;
Logger *logger_new(Account *account, Str folder);
/* Destinations, prefix, level, as the settings say; anew at each reload. */
void logger_configure(Logger *logger, const Settings *settings);
/* Has the collector go on in files of new names. False: nothing is collected. From any task. */
bool logger_rotate(Logger *logger);
/* Only what lines look like and which there are: a process that leaves the files to another. */
void logger_set_prefix(Logger *logger, const Settings *settings);
Log *logger_log(Logger *logger);
void logger_release(Logger *logger);
