/* SPDX-License-Identifier: Apache-2.0 */
/* collations.c - the collations that are always there; those of ICU's locales are made when a cluster is. */
#include "base/fn.h"

SQL_COLLATION(100, "default", 'd')
SQL_COLLATION(811, "pg_c_utf8", 'b', .locale = "C.UTF-8", .encoding = 6)
SQL_COLLATION(950, "C", 'c', .locale = "C")
SQL_COLLATION(951, "POSIX", 'c', .locale = "POSIX")
/* PostgreSQL takes it from the machine, at about this number. */
SQL_COLLATION(12359, "C.utf8", 'c', .locale = "C.utf8", .encoding = 6)
SQL_COLLATION(962, "ucs_basic", 'b', .locale = "C", .encoding = 6)
SQL_COLLATION(963, "unicode", 'i', .locale = "und")
SQL_COLLATION(6411, "pg_unicode_fast", 'b', .locale = "PG_UNICODE_FAST", .encoding = 6)
