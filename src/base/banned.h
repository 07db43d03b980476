/* SPDX-License-Identifier: Apache-2.0 */
/* banned.h - calls that have a safer answer in this house; base.h includes it after the system headers.
 * rand is no word of these, since a header of OpenSSL has members of that name: tools/check_layers.py looks for it. */
#pragma once

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol localtime gmtime srand \
    strncpy strncat
