/* SPDX-License-Identifier: Apache-2.0 */
/* settings.h - the settings engine: how the text of a setting becomes a value and text again, who may change which
 * setting when, what the configuration files and the command line say, and what a session has set, by transaction and
 * savepoint. What settings there are stands in base/settings.txt.
 *
 * Three things build on each other:
 *   SettingMeta, SettingValue   one setting and a value of it (settings.c, settings_check.c)
 *   ServerSettings              what the server as a whole runs with; immutable, replaced by a reload
 *                               (settings_server.c; the files' syntax: settings_file.h)
 *   SettingsStack               what one session sees: SET, SET LOCAL, RESET, savepoints (settings_stack.c) */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/fn.h"
#include "base/settings.h"

enum { SETTING_STACK_KILOBYTES_MAX = 7680 }; /* of max_stack_depth */

typedef union SettingValue {
    bool boolean;
    int32_t integer; /* also the position of an enum's value */
    double real;
    Str string;
} SettingValue;

/* Where a value came from, the weaker first: a weaker source never replaces a stronger one. */
#define SETTING_SOURCES(X)                 \
    X(DEFAULT, "default")                  \
    X(DYNAMIC_DEFAULT, "default")          \
    X(ENVIRONMENT, "environment variable") \
    X(FILE, "configuration file")          \
    X(COMMAND_LINE, "command line")        \
    X(GLOBAL, "global")                    \
    X(DATABASE, "database")                \
    X(USER, "user")                        \
    X(DATABASE_USER, "database user")      \
    X(CLIENT, "client")                    \
    X(OVERRIDE, "override")                \
    X(INTERACTIVE, "interactive")          \
    X(TEST, "test")                        \
    X(SESSION, "session")
typedef enum SettingSource {
#define SETTING_SOURCE_ENUM(NAME, text) SETTING_FROM_##NAME,
    SETTING_SOURCES(SETTING_SOURCE_ENUM)
#undef SETTING_SOURCE_ENUM
} SettingSource;
const char *setting_source_text(SettingSource source); /* as pg_settings shows it */

/* ---- one setting */

/* Its position in setting_metas; -1: none. Letter case does not matter; old names are known. */
int setting_find(Str name);
SettingValue setting_get(const Settings *settings, const SettingMeta *meta);
void setting_put(Settings *settings, const SettingMeta *meta, SettingValue value);
bool setting_equal(const SettingMeta *meta, SettingValue a, SettingValue b);
/* Clients are told when it changes (ParameterStatus). */
bool setting_is_reported(const SettingMeta *meta);
/* Its value may be read only by superusers and members of pg_read_all_settings. */
bool setting_is_secret(const SettingMeta *meta);
/* "work_mem" may not be a custom setting's name, "my.work_mem" may. False: *err filled (42602, 42704). */
bool setting_check_custom_name(Str name, InputError *err);

/* What a rule about a value may ask. */
typedef struct SettingCheck {
    const SettingMeta *meta;
    const Settings *now; /* the values in force */
    SettingSource source;
    Arena *arena; /* for a canonical text */
    void *arg;    /* the session's, for its own rules */
} SettingCheck;
/* A rule beyond type, range and list of values. It may replace *value by its canonical form. */
typedef struct SettingRule {
    const char *name;
    bool (*check)(const SettingCheck *check, SettingValue *value, InputError *err);
} SettingRule;

/* The text as a value: type, units, range, list of values, and the rules that need no session. False: *err filled, as
 * PostgreSQL words it. The value's string lives in `check->arena`. */
bool setting_parse(const SettingCheck *check, Str text, SettingValue *value, InputError *err);
/* As SHOW prints it ("4MB"), or without unit as pg_settings.setting ("4096"). */
Str setting_print(Arena *arena, const SettingMeta *meta, SettingValue value, bool units);
Str setting_show(Arena *arena, const Settings *settings, const SettingMeta *meta);

/* May `source` change it with the server running (55P02) and with these rights (42501)? `reload`: the value comes of
 * the configuration files. */
bool setting_check_context(const SettingMeta *meta, SettingSource source, bool superuser,
                           InputError *err);

/* A list of names apart by commas, as in search_path and DateStyle: quotes kept as SQL has them, other names folded to
 * lower case. False: bad syntax. */
bool setting_split_list(Arena *arena, Str text, Str **items, uint32_t *count);
/* SET may give it several values; `*quoted`: each becomes a quoted name in the text. */
bool setting_is_list(const SettingMeta *meta, bool *quoted);
/* The parts of a DateStyle in its canonical form. */
bool setting_parse_date_style(Str text, DateStyle *style, DateOrder *order);

/* ---- the server's settings */

typedef struct ServerSettings ServerSettings;

typedef struct SettingAssignment {
    Str name, value;
    SettingSource source;
    Str file; /* where it stands; empty: in none */
    int line;
} SettingAssignment;

/* A setting by another name than those of the server: "extension.setting". */
typedef struct CustomSetting {
    Str name, value;
    SettingSource source;
} CustomSetting;

/* Boot values, then `assignments`, of which the stronger source wins and of the same the later one. What is wrong is
 * told to `complain` (may be NULL), which decides by itself what to make of it; the assignment is left out. With
 * `former` (a reload) what can only change at a start stays as it was there, and is complained of. Raises 53200. */
ServerSettings *server_settings_new(Account *account, const SettingAssignment *assignments,
                                    uint32_t count, const ServerSettings *former,
                                    void (*complain)(void *arg, const SettingAssignment *assignment,
                                                     const InputError *err),
                                    void *arg);
/* Shared by all sessions; counts its holders, thread-safe. Gone with the last. */
ServerSettings *server_settings_hold(ServerSettings *settings);
void server_settings_release(ServerSettings *settings);
const Settings *server_settings_values(const ServerSettings *settings);
SettingSource server_settings_source(const ServerSettings *settings, int setting);
/* File and line of a value that stands in a file; empty: none. */
Str server_settings_place(const ServerSettings *settings, int setting, int *line);
const CustomSetting *server_settings_customs(const ServerSettings *settings, uint32_t *count);

/* ---- a session's settings */

typedef struct SettingsStack SettingsStack;

/* The values start as the server's; `server` is held. `rules` (static) come after those of setting_parse, with
 * `rules_arg`. Raises 53200. */
SettingsStack *settings_stack_new(Account *account, ServerSettings *server,
                                  const SettingRule *rules, uint32_t rule_count, void *rules_arg);
void settings_stack_drop(SettingsStack *stack);

/* In force; strings stay where they are at least until the transaction ends. */
const Settings *settings_stack_values(const SettingsStack *stack);
SettingSource settings_stack_source(const SettingsStack *stack, int setting);
/* File and line of the value in force; empty: it stands in no file. */
Str settings_stack_place(const SettingsStack *stack, int setting, int *line);
SettingValue settings_stack_reset_value(const SettingsStack *stack, int setting);
/* Moves with every change of any value: what is derived from settings is derived anew. */
uint64_t settings_stack_generation(const SettingsStack *stack);

typedef enum SettingAction {
    SETTING_SET,   /* for the session, if the transaction commits */
    SETTING_LOCAL, /* to the end of the transaction */
    SETTING_SAVED, /* to the end of this level: a function's SET clause */
} SettingAction;
typedef struct SettingChange {
    SettingSource source;
    SettingAction action;
    bool superuser; /* or granted SET on it */
} SettingChange;
/* Sets by text. Sources weaker than SESSION also become what RESET goes back to. Custom names come into being. Raises
 * 42704, 42602, 22023, 55P02, 42501, and what the rules say. */
void settings_stack_set(SettingsStack *stack, Str name, Str text, SettingChange change);
/* RESET name, SET name TO DEFAULT; raises as settings_stack_set. */
/* What settings_stack_set would raise, and nothing else done: a value to be kept for sessions to come (`text` NULL: no
 * more kept). The name as it is kept; names of no setting must be custom ones. */
Str settings_stack_check(SettingsStack *stack, Arena *arena, Str name, const Str *text,
                         SettingChange change);
void settings_stack_reset(SettingsStack *stack, Str name, SettingChange change);
void settings_stack_reset_all(SettingsStack *stack, SettingChange change);
/* Sets what only the server itself sets (is_superuser, server_encoding, ...), past contexts and levels. */
void settings_stack_override(SettingsStack *stack, int setting, SettingValue value);
/* What SHOW prints; false: no such setting. */
bool settings_stack_show(const SettingsStack *stack, Arena *arena, Str name, Str *text);
/* Custom settings of this session, ordered by name: for SHOW ALL and pg_settings. */
const CustomSetting *settings_stack_customs(const SettingsStack *stack, Arena *arena,
                                            uint32_t *count);

/* Levels: 1 is the transaction, each savepoint or function with SET clauses one more. At level 0 a change is for good.
 * Leaving undoes what must be undone. */
void settings_stack_enter(SettingsStack *stack);
void settings_stack_leave(SettingsStack *stack, bool commit);
uint32_t settings_stack_level(const SettingsStack *stack);

/* Takes over the server's newer settings where the session has not set its own; call between statements. */
void settings_stack_reload(SettingsStack *stack, ServerSettings *server);

/* Tells `report` each reported setting whose text changed since it was last told (all of them the first time), in
 * PostgreSQL's order. */
void settings_stack_report(SettingsStack *stack, void (*report)(void *arg, Str name, Str value),
                           void *arg);
