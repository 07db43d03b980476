/* SPDX-License-Identifier: Apache-2.0 */
/* The catalog tests' server, for tables of flesh and blood. */
#include "unit/catalog/server.c"
