/* SPDX-License-Identifier: Apache-2.0 */
/* ddl.h - statements that define, change and drop objects, as handlers for the session's table of utilities. */
#pragma once

#include "session/utility.h"

extern const UtilityTable ddl_utilities;
