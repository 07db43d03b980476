/* SPDX-License-Identifier: Apache-2.0 */
/* copy.h - COPY between tables or queries and the client or files, as a handler for the session's table of
 * utilities. */
#pragma once

#include "session/utility.h"

extern const UtilityTable copy_utilities;
