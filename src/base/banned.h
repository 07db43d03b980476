/* SPDX-License-Identifier: Apache-2.0 */
/* banned.h - calls that have a safer answer in this house; base.h includes it after the system headers. */
#pragma once

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol localtime gmtime rand \
    srand strncpy strncat
