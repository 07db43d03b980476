/* SPDX-License-Identifier: Apache-2.0 */
/* logger.c - where log lines go: standard error, or, with logging_collector, files of log_directory named after
 * log_filename, as text, CSV and JSON (log_destination).
 *
 * A line may be written anywhere, with latches held, so nobody who logs waits for a disk: lines are put into a queue,
 * and the collector's task writes them. What finds no memory or no room there goes to standard error. */
#include "cli/cli.h"

#include "base/heap.h"
#include "base/log.h"
#include "base/scope.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/os.h"
#include "os/process.h"
#include "os/sync.h"
#include "server/server.h"
#include "type/timezone.h"

enum { LOG_TEXT_BYTES_MAX = 1024, QUEUE_BYTES_MAX = 16 << 20 };

typedef enum LogKind { LOG_TEXT, LOG_CSV, LOG_JSON, LOG_KINDS } LogKind;

typedef struct Line {
    struct Line *next;
    LogKind kind;
    size_t bytes;
    char text[];
} Line;

typedef struct LogConfig {
    bool collect, wanted[LOG_KINDS];
    char directory[LOG_TEXT_BYTES_MAX], pattern[LOG_TEXT_BYTES_MAX];
    int64_t age_max_s;
    uint64_t bytes_max;
    const TimeZone *zone; /* log_timezone; lives as long as the logger */
} LogConfig;

struct Logger {
    Account *account;
    Arena *arena;
    Heap *heap;
    Str folder;
    Log *
        log; /* never changed: a reload makes another, and whoever has the old one may go on with it */
    const TimeZone *zone; /* of who reads the settings */
    Mutex lock;           /* RANK_LOG: all to `stop` */
    LogConfig config;
    bool config_changed;
    Line *first, *last;
    size_t queued_bytes;
    bool stop;
    Task *task; /* the collector; NULL: none */
    /* the collector's own */
    LogConfig now;
    File *files[LOG_KINDS];
    uint64_t bytes[LOG_KINDS];
    int64_t opened_s;
};

/* ---- the collector: files */

/* The escapes of strftime that file names have. */
static Str file_name(Arena *arena, const LogConfig *config, LogKind kind)
{
    static const char *const endings[LOG_KINDS] = {".log", ".csv", ".json"};
    static const char letters[] = "YmdHMS";
    static const uint8_t starts[] = {0, 5, 8, 11, 14, 17};
    StrBuilder out = str_builder(arena, 128);
    Str stamp = server_log_time(arena, config->zone); /* 2026-11-26 23:11:17 UTC */
    str_add_format(&out, "%s/", config->directory);
    for (const char *p = config->pattern; *p; p++) {
        const char *letter = *p == '%' && p[1] ? strchr(letters, p[1]) : NULL;
        if (!letter) {
            str_add_char(&out, *p);
            continue;
        }
        uint8_t start = starts[letter - letters];
        str_add(&out, str_slice(stamp, start, start + (*letter == 'Y' ? 4u : 2u)));
        p++;
    }
    Str name = str_peek(&out);
    if (str_ends(name, STR(".log"))) str_truncate(&out, name.bytes - 4);
    str_add_zero_terminated(&out, endings[kind]);
    str_add_char(&out, 0);
    return str_done(&out);
}

static void close_files(Logger *logger)
{
    for (int kind = 0; kind < LOG_KINDS; kind++) {
        os_file_close(logger->files[kind]);
        logger->files[kind] = NULL;
    }
}

/* current_logfiles names the files that are written now, for pg_current_logfile(): lines "stderr log/server.log". */
static void add_name(const Logger *logger, StrBuilder *names, LogKind kind, const char *path)
{
    static const char *const formats[LOG_KINDS] = {"stderr", "csvlog", "jsonlog"};
    Str name = str_from(path);
    if (str_starts(name, logger->folder))
        name = str_slice(name, logger->folder.bytes + 1, name.bytes);
    str_add_format(names, "%s %.*s\n", formats[kind], STR_ARG(name));
}

static void tell_names(const Logger *logger, Arena *tmp, Str names)
{
    const Str path = str_format(tmp, "%.*s/current_logfiles", STR_ARG(logger->folder));
    if (os_file_replace(str_copy_zero(tmp, path), names) != OK) error_clear();
}

static void open_files(void *arg)
{
    Logger *logger = arg;
    SCOPED(scope);
    Arena *tmp = scope_arena(scope, logger->account, "log file names");
    StrBuilder names = str_builder(tmp, 128);
    close_files(logger);
    logger->opened_s = os_wall_us() / 1000000;
    if (!logger->now.collect) return;
    IGNORE_STATUS(os_dir_make(logger->now.directory)); /* mostly it is there */
    for (int kind = 0; kind < LOG_KINDS; kind++) {
        uint32_t flags = FILE_WRITE | FILE_CREATE | FILE_APPEND;
        const char *path = file_name(tmp, &logger->now, (LogKind)kind).data;
        logger->bytes[kind] = 0;
        if (!logger->now.wanted[kind]) continue;
        if (os_file_open(path, flags, &logger->files[kind]) == OK)
            add_name(logger, &names, (LogKind)kind, path);
        else
            logger->files[kind] = NULL;
    }
    tell_names(logger, tmp, str_peek(&names));
}

static bool is_due(const Logger *logger)
{
    for (int kind = 0; kind < LOG_KINDS; kind++)
        if (logger->now.bytes_max && logger->bytes[kind] >= logger->now.bytes_max) return true;
    return logger->now.age_max_s &&
           os_wall_us() / 1000000 - logger->opened_s >= logger->now.age_max_s;
}

static void write_line(Logger *logger, const Line *line)
{
    File *file = logger->files[line->kind];
    if (!file || os_file_append(file, line->text, line->bytes) != OK)
        os_print_error((Str){line->text, line->bytes});
    else
        logger->bytes[line->kind] += line->bytes;
}

/* ---- the collector: its task */

static Line *take_lines(Logger *logger, bool *changed, bool *stop)
{
    mutex_lock(&logger->lock);
    Line *lines = logger->first;
    logger->first = logger->last = NULL;
    logger->queued_bytes = 0;
    *changed = logger->config_changed;
    logger->config_changed = false;
    if (*changed) logger->now = logger->config;
    *stop = logger->stop;
    mutex_unlock(&logger->lock);
    return lines;
}

static void collector_main(void *arg)
{
    Logger *logger = arg;
    for (;;) {
        bool changed, stop;
        Line *line = take_lines(logger, &changed, &stop);
        if ((changed || is_due(logger)) && !error_catch(open_files, logger, NULL, NULL))
            error_clear();
        for (Line *next; line; line = next) {
            next = line->next;
            write_line(logger, line);
            heap_free(logger->heap, line);
        }
        if (stop) break;
        IGNORE_STATUS(os_wait(WAIT_BACKGROUND, DEADLINE_NEVER)); /* the queue says why */
    }
    close_files(logger);
}

/* ---- lines */

static void put_line(Logger *logger, LogKind kind, Str text)
{
    Line *line = heap_try_alloc(logger->heap, sizeof(Line) + text.bytes);
    if (!line) {
        os_print_error(text);
        return;
    }
    line->kind = kind;
    line->bytes = text.bytes;
    memcpy(line->text, text.data, text.bytes);
    mutex_lock(&logger->lock);
    bool full = logger->queued_bytes + text.bytes > QUEUE_BYTES_MAX;
    if (!full) {
        if (logger->last)
            logger->last->next = line;
        else
            logger->first = line;
        logger->last = line;
        logger->queued_bytes += text.bytes;
    }
    mutex_unlock(&logger->lock);
    if (!full) return;
    os_print_error(text);
    heap_free(logger->heap, line);
}

typedef struct WriteCall {
    Logger *logger;
    const Error *record;
    bool wanted[LOG_KINDS];
    const TimeZone *zone;
} WriteCall;

static void put_structured(void *arg)
{
    WriteCall *call = arg;
    SCOPED(scope);
    Arena *tmp = scope_arena(scope, call->logger->account, "log line");
    if (call->wanted[LOG_CSV])
        put_line(call->logger, LOG_CSV, server_log_csv(tmp, call->record, call->zone));
    if (call->wanted[LOG_JSON])
        put_line(call->logger, LOG_JSON, server_log_json(tmp, call->record, call->zone));
}

static void sink(void *arg, const Error *record, Str line)
{
    WriteCall call = {.logger = arg, .record = record};
    Logger *logger = arg;
    if (!logger->task) {
        os_print_error(line);
        return;
    }
    mutex_lock(&logger->lock);
    memcpy(call.wanted, logger->config.wanted, sizeof call.wanted);
    call.zone = logger->config.zone;
    bool collect = logger->config.collect;
    mutex_unlock(&logger->lock);
    if (!collect || record->severity >= SEVERITY_FATAL) os_print_error(line);
    if (!collect) return;
    if (call.wanted[LOG_TEXT]) put_line(logger, LOG_TEXT, line);
    if ((call.wanted[LOG_CSV] || call.wanted[LOG_JSON]) &&
        !error_catch(put_structured, &call, NULL, NULL))
        os_print_error(line);
    os_wake(logger->task);
}

/* ---- making */

static void set_log(Logger *logger, Severity least, Str prefix, const TimeZone *zone)
{
    Log *log = ARENA_NEW(logger->arena, Log);
    *log = (Log){.least = least,
                 .prefix = str_copy_zero(logger->arena, prefix),
                 .escape = server_log_escape,
                 .escape_arg = (void *)(uintptr_t)zone,
                 .about = server_log_about,
                 .sink = sink,
                 .sink_arg = logger};
    logger->log = log;
}

Logger *logger_new(Account *account, Str folder)
{
    Arena *arena = arena_new(account, "logger");
    Logger *logger = arena_alloc_zero(arena, sizeof(Logger));
    logger->account = account;
    logger->arena = arena;
    logger->folder = str_copy(arena, folder);
    logger->heap = heap_try_new(account, "log lines");
    if (!logger->heap) raise_status(ST_NO_MEMORY);
    mutex_init(&logger->lock, RANK_LOG);
    set_log(logger, SEVERITY_LOG, STR("%m [%p] "), NULL);
    return logger;
}

static Severity least_severity(int32_t setting)
{
    static const Severity severities[] = {
        SEVERITY_DEBUG5, SEVERITY_DEBUG4, SEVERITY_DEBUG3, SEVERITY_DEBUG2,
        SEVERITY_DEBUG1, SEVERITY_INFO,   SEVERITY_NOTICE, SEVERITY_WARNING,
        SEVERITY_ERROR,  SEVERITY_LOG,    SEVERITY_FATAL,  SEVERITY_PANIC,
    };
    return severities[setting];
}

static void copy_text(char *out, Str text)
{
    size_t bytes = MIN(text.bytes, (size_t)LOG_TEXT_BYTES_MAX - 1);
    memcpy(out, text.data ? text.data : "", bytes);
    out[bytes] = 0;
}

void logger_set_prefix(Logger *logger, const Settings *settings)
{
    logger->zone = time_zone_find(NULL, logger->arena, settings->log_timezone);
    set_log(logger, least_severity(settings->log_min_messages), settings->log_line_prefix,
            logger->zone);
}

static LogConfig make_config(const Logger *logger, const Settings *settings)
{
    LogConfig config = {.collect = settings->logging_collector,
                        .zone = logger->zone,
                        .age_max_s = (int64_t)settings->log_rotation_age * 60,
                        .bytes_max = (uint64_t)settings->log_rotation_size << 10};
    size_t at;
    config.wanted[LOG_TEXT] = str_find(settings->log_destination, STR("stderr"), &at);
    config.wanted[LOG_CSV] = str_find(settings->log_destination, STR("csvlog"), &at);
    config.wanted[LOG_JSON] = str_find(settings->log_destination, STR("jsonlog"), &at);
    copy_text(config.pattern, settings->log_filename);
    Str directory = settings->log_directory;
    bool absolute = directory.bytes && directory.data[0] == '/';
    if (absolute)
        copy_text(config.directory, directory);
    else
        (void)snprintf(config.directory, sizeof config.directory, "%.*s/%.*s",
                       STR_ARG(logger->folder), STR_ARG(directory));
    return config;
}

bool logger_rotate(Logger *logger)
{
    mutex_lock(&logger->lock);
    const bool collects = logger->config.collect && logger->task != NULL;
    logger->config_changed |= collects; /* as when another file is wanted */
    mutex_unlock(&logger->lock);
    if (collects) os_wake(logger->task);
    return collects;
}

void logger_configure(Logger *logger, const Settings *settings)
{
    LogConfig config = make_config(logger, settings);
    logger_set_prefix(logger, settings);
    mutex_lock(&logger->lock);
    logger->config = config;
    logger->config_changed = true;
    mutex_unlock(&logger->lock);
    if (logger->task)
        os_wake(logger->task);
    else if (config.collect) {
        TaskOptions options = {.name = "logger", .account = logger->account};
        Task *task;
        CHECK(os_task_start(&options, collector_main, logger, &task));
        logger->task = task;
    }
}

Log *logger_log(Logger *logger)
{
    return logger->log;
}

void logger_release(Logger *logger)
{
    Task *task = logger->task;
    if (task) {
        mutex_lock(&logger->lock);
        logger->stop = true;
        mutex_unlock(&logger->lock);
        os_wake(task);
        os_task_join(task);
        logger->task = NULL;
    }
    heap_drop(logger->heap);
    arena_drop(logger->arena);
}
