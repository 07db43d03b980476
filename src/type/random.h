/* SPDX-License-Identifier: Apache-2.0 */
/* random.h - the session's generator behind random() and kin; see random.c. */
#pragma once

#include "base/random.h"

/* [0, most], unbiased. */
uint64_t random_u64_upto(Random *random, uint64_t most);
