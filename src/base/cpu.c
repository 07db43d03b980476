/* SPDX-License-Identifier: Apache-2.0 */
/* cpu.c - what the processor has. The C library asked it, and the kernel, when the process started; here its answer is
 * read. */
#include "base/cpu.h"

#ifdef __x86_64__
#include <sys/platform/x86.h>

bool cpu_is_wide(void)
{
    return CPU_FEATURE_ACTIVE(AVX2) != 0;
}
#else
bool cpu_is_wide(void)
{
    return false;
}
#endif
