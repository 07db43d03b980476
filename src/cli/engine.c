/* SPDX-License-Identifier: Apache-2.0 */
/* engine.c - the one place where the program names the functions of the engine below the server; everything else goes
 * through this table. */
#include "cli/cli.h"

const EngineCalls *engine_calls(void)
{
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                "database clusters are not supported by this build: it has no engine");
}
