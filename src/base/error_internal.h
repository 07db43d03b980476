/* SPDX-License-Identifier: Apache-2.0 */
/* error_internal.h - for base only: the error buffer as part of a task's life. */
#pragma once

#include "base/task.h"

Status error__init_task(Task *task);
void error__release_task(Task *task);
