/* SPDX-License-Identifier: Apache-2.0 */
/* settings_file.h - postgresql.conf and its kin: `name = value` lines, quotes, comments, include directives. The same
 * reader serves the server's start, reload, pg_file_settings and ALTER SYSTEM. */
#pragma once

#include "session/settings.h"

enum { SETTINGS_FILE_BYTES_MAX = 16 << 20, SETTINGS_INCLUDE_DEPTH_MAX = 10 };

/* A wrong line, or a file that cannot be read (line 0). */
typedef struct SettingsFileError {
    Str file, message;
    int line;
} SettingsFileError;

typedef struct SettingsFile {
    Arena *arena;
    SettingAssignment *assignments;
    uint32_t count, capacity;
    SettingsFileError *errors;
    uint32_t error_count, error_capacity;
} SettingsFile;

/* Adds what `path` and the files it includes say, in their order, with source FILE. False: something was wrong, see
 * errors; the assignments are then what could be read. `optional`: an absent file is an empty one. Raises 53200. */
bool settings_file_read(SettingsFile *into, Str path, bool optional);
/* The same of a text. */
bool settings_file_parse(SettingsFile *into, Str text, Str path);
/* A value as the file would hold it: in quotes, quotes doubled. */
Str settings_file_quote(Arena *arena, Str value);
