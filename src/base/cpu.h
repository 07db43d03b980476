/* SPDX-License-Identifier: Apache-2.0 */
/* cpu.h - what this machine's processor has beyond the least that Tusk is compiled for (meson.build). */
#pragma once

#include "base/base.h"

/* For what must become part of a CPU_WIDE function to be compiled as it is. */
#define ALWAYS_INLINE inline __attribute__((always_inline))

/* A function that is compiled to instructions of 256 bits: called only where cpu_is_wide() holds. Without fused
 * multiplication and addition: what it gives is, to the bit, what it would give without the attribute. */
#ifdef __x86_64__
#define CPU_WIDE __attribute__((target("avx2")))
#else
#define CPU_WIDE
#endif

/* May CPU_WIDE functions run? The same answer for the whole life of the process. GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2
 * in the environment makes it no, as on an older machine. */
bool cpu_is_wide(void);
