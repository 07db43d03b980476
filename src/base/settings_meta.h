/* SPDX-License-Identifier: Apache-2.0 */
/* settings_meta.h - what is known of a setting besides its value: the columns of pg_settings. The settings themselves
 * stand in settings.txt, from which tools/gen_settings.py makes base/settings.h (struct Settings) and the array of
 * these. */
#pragma once

#include "base/base.h"

typedef struct Settings Settings;

typedef enum SettingType {
    SETTING_BOOL,
    SETTING_INTEGER,
    SETTING_REAL,
    SETTING_STRING,
    SETTING_ENUM
} SettingType;

/* Who may change it, and when; the weakest last. */
typedef enum SettingContext {
    SETTING_CONTEXT_INTERNAL,
    SETTING_CONTEXT_POSTMASTER,
    SETTING_CONTEXT_SIGHUP,
    SETTING_CONTEXT_SUPERUSER_BACKEND,
    SETTING_CONTEXT_BACKEND,
    SETTING_CONTEXT_SUPERUSER,
    SETTING_CONTEXT_USER,
} SettingContext;

/* The first as pg_settings_get_flags names them; HIDDEN is PostgreSQL's NO_SHOW_ALL. */
typedef enum SettingFlags {
    SETTING_EXPLAIN = 1,
    SETTING_HIDDEN = 2,
    SETTING_NO_RESET = 4,
    SETTING_NO_RESET_ALL = 8,
    SETTING_NOT_IN_SAMPLE = 16,
    SETTING_RUNTIME_COMPUTED = 32,
    /* not among those names: the value is a list of names, each of which is quoted as an identifier */
    SETTING_LIST = 64,
    SETTING_LIST_QUOTED = 128,
} SettingFlags;

typedef struct SettingMeta {
    const char *name;
    uint8_t type;              /* SettingType */
    uint8_t context;           /* SettingContext */
    uint16_t flags;            /* SettingFlags */
    uint32_t offset;           /* of the field in struct Settings */
    const char *unit;          /* "kB", "8kB", "ms", "s", "min", "MB", "B" or "" */
    const char *boot;          /* text of the boot value, as pg_settings shows it */
    double least, most;        /* numbers only */
    const char *const *values; /* enums: NULL-ended; the field holds the position */
    const char *category, *text;
} SettingMeta;
