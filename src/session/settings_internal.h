/* SPDX-License-Identifier: Apache-2.0 */
/* settings_internal.h - what the files of the settings engine share. */
#pragma once

#include "session/settings.h"

enum { SETTINGS_REPORTED = 15 };

/* Position in setting_metas of the n-th reported setting. */
int settings__reported(uint32_t n);
bool settings__apply_rules(const SettingRule *list, uint32_t count, const SettingCheck *check,
                           SettingValue *value, InputError *err);
/* The rules that need no session (settings_check.c). */
bool settings__check_rules(const SettingCheck *check, SettingValue *value, InputError *err);
