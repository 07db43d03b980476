/* SPDX-License-Identifier: Apache-2.0 */
/* tunables.h - tunables (base.h) by name, for a whole program under test. */
#pragma once

#include "base/base.h"

/* "name=value,name=value"; false: something in it is no tunable or out of its range. A release build knows none. */
bool tunables_set(const char *text);
