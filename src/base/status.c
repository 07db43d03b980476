/* SPDX-License-Identifier: Apache-2.0 */
/* status.c - the words for the status codes. */
#include "base/status.h"

const char *status_text(Status status)
{
    switch (status) {
#define STATUS_CASE(name, text) \
    case name: return text;
        STATUSES(STATUS_CASE)
#undef STATUS_CASE
    }
    return "unknown status";
}
