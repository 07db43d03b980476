/* SPDX-License-Identifier: Apache-2.0 */
/* prefetch.h - a cache line that is about to be read and then written, brought here for both at once: where several
 * tasks write to it, the load and the change after it would otherwise wait for another processor each. */
#pragma once

#include "base/base.h"

static inline void prefetch_to_write(const volatile void *at)
{
#if defined(__x86_64__)
    __asm__ volatile("prefetchw %0" : : "m"(*(const volatile char *)at));
#else
    __builtin_prefetch((const void *)(uintptr_t)at, 1);
#endif
}
