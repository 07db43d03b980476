/* SPDX-License-Identifier: Apache-2.0 */
/* type_rows.c - types that the catalog names and that have no code: pseudo-types, which only appear in signatures, and
 * types whose family is not built. A line moves to the file of its family, as SQL_TYPE, when the family comes;
 * functions may name any type of this list meanwhile. */
#include "type/type.h"

SQL_TYPE_ROW(142, "xml", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'i',
             .storage = 'x', .array = 143, .text = "")
SQL_TYPE_ROW(600, "point", .phys = PHYS_FIXED16, .category = 'G', .bytes = 16, .align = 'd',
             .storage = 'p', .array = 1017, .element = 701, .subscript = 6180, .text = "")
SQL_TYPE_ROW(601, "lseg", .phys = PHYS_STR, .category = 'G', .bytes = 32, .align = 'd',
             .storage = 'p', .array = 1018, .element = 600, .subscript = 6180, .text = "")
SQL_TYPE_ROW(602, "path", .phys = PHYS_STR, .category = 'G', .bytes = -1, .align = 'd',
             .storage = 'x', .array = 1019, .text = "")
SQL_TYPE_ROW(603, "box", .phys = PHYS_STR, .category = 'G', .bytes = 32, .align = 'd',
             .storage = 'p', .delimiter = ';', .array = 1020, .element = 600, .subscript = 6180,
             .text = "")
SQL_TYPE_ROW(604, "polygon", .phys = PHYS_STR, .category = 'G', .bytes = -1, .align = 'd',
             .storage = 'x', .array = 1027, .text = "")
SQL_TYPE_ROW(628, "line", .phys = PHYS_STR, .category = 'G', .bytes = 24, .align = 'd',
             .storage = 'p', .array = 629, .element = 701, .subscript = 6180, .text = "")
SQL_TYPE_ROW(718, "circle", .phys = PHYS_STR, .category = 'G', .bytes = 24, .align = 'd',
             .storage = 'p', .array = 719, .text = "")
SQL_TYPE_ROW(3614, "tsvector", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'i',
             .storage = 'x', .array = 3643, .text = "")
SQL_TYPE_ROW(3615, "tsquery", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'i',
             .storage = 'p', .array = 3645, .text = "")
SQL_TYPE_ROW(3642, "gtsvector", .phys = PHYS_STR, .category = 'U', .bytes = -1, .align = 'i',
             .storage = 'p', .array = 3644, .text = "tsvector as GiST keeps it")
SQL_TYPE_ROW(4600, "pg_brin_bloom_summary", .phys = PHYS_STR, .category = 'Z', .bytes = -1,
             .align = 'i', .storage = 'x', .collation = 100,
             .text = "Bloom summary of a page range")
SQL_TYPE_ROW(4601, "pg_brin_minmax_multi_summary", .phys = PHYS_STR, .category = 'Z', .bytes = -1,
             .align = 'i', .storage = 'x', .collation = 100,
             .text = "min/max summary of a page range")
