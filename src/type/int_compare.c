/* SPDX-License-Identifier: Apache-2.0 */
/* int_compare.c - comparison, hashing and index classes of smallint, integer, bigint and oid, in all combinations. */
#include "type/hash_pg.h"

#include "base/fn.h"

SQL_EXPRESSION(63, "int2eq", bool, (int2, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(64, "int2lt", bool, (int2, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(65, "int4eq", bool, (int4, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(66, "int4lt", bool, (int4, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(144, "int4ne", bool, (int4, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(145, "int2ne", bool, (int2, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(146, "int2gt", bool, (int2, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(147, "int4gt", bool, (int4, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(148, "int2le", bool, (int2, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(149, "int4le", bool, (int4, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(150, "int4ge", bool, (int4, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(151, "int2ge", bool, (int2, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(158, "int24eq", bool, (int2, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(159, "int42eq", bool, (int4, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(160, "int24lt", bool, (int2, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(161, "int42lt", bool, (int4, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(162, "int24gt", bool, (int2, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(163, "int42gt", bool, (int4, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(164, "int24ne", bool, (int2, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(165, "int42ne", bool, (int4, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(166, "int24le", bool, (int2, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(167, "int42le", bool, (int4, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(168, "int24ge", bool, (int2, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(169, "int42ge", bool, (int4, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(184, "oideq", bool, (oid, oid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(185, "oidne", bool, (oid, oid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(350, "btint2cmp", int4, (int2, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a - b,
               "order of two values: -1, 0 or 1")
SQL_EXPRESSION(351, "btint4cmp", int4, (int4, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(356, "btoidcmp", int4, (oid, oid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(467, "int8eq", bool, (int8, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(468, "int8ne", bool, (int8, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(469, "int8lt", bool, (int8, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(470, "int8gt", bool, (int8, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(471, "int8le", bool, (int8, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(472, "int8ge", bool, (int8, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(474, "int84eq", bool, (int8, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(475, "int84ne", bool, (int8, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(476, "int84lt", bool, (int8, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(477, "int84gt", bool, (int8, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(478, "int84le", bool, (int8, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(479, "int84ge", bool, (int8, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(716, "oidlt", bool, (oid, oid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(717, "oidle", bool, (oid, oid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(842, "btint8cmp", int4, (int8, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(852, "int48eq", bool, (int4, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(853, "int48ne", bool, (int4, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(854, "int48lt", bool, (int4, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(855, "int48gt", bool, (int4, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(856, "int48le", bool, (int4, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(857, "int48ge", bool, (int4, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(1638, "oidgt", bool, (oid, oid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(1639, "oidge", bool, (oid, oid), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(1850, "int28eq", bool, (int2, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(1851, "int28ne", bool, (int2, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(1852, "int28lt", bool, (int2, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(1853, "int28gt", bool, (int2, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(1854, "int28le", bool, (int2, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(1855, "int28ge", bool, (int2, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(1856, "int82eq", bool, (int8, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a == b,
               "equal")
SQL_EXPRESSION(1857, "int82ne", bool, (int8, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a != b,
               "not equal")
SQL_EXPRESSION(1858, "int82lt", bool, (int8, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a < b,
               "less than")
SQL_EXPRESSION(1859, "int82gt", bool, (int8, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a > b,
               "greater than")
SQL_EXPRESSION(1860, "int82le", bool, (int8, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a <= b,
               "less than or equal")
SQL_EXPRESSION(1861, "int82ge", bool, (int8, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, a >= b,
               "greater than or equal")
SQL_EXPRESSION(2188, "btint48cmp", int4, (int4, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(2189, "btint84cmp", int4, (int8, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(2190, "btint24cmp", int4, (int2, int4), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(2191, "btint42cmp", int4, (int4, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(2192, "btint28cmp", int4, (int2, int8), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")
SQL_EXPRESSION(2193, "btint82cmp", int4, (int8, int2), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (a > b) - (a < b), "order of two values: -1, 0 or 1")

SQL_EXPRESSION(449, "hashint2", int4, (int2), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32((uint32_t)(int32_t)a), "hash")
SQL_EXPRESSION(450, "hashint4", int4, (int4), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32((uint32_t)a), "hash")
SQL_EXPRESSION(949, "hashint8", int4, (int8), IMMUTABLE | STRICT | TOTAL,
               (int32_t)hash_pg_u32(hash_pg_fold(a)), "hash")
SQL_EXPRESSION(453, "hashoid", int4, (oid), IMMUTABLE | STRICT | TOTAL, (int32_t)hash_pg_u32(a),
               "hash")
SQL_EXPRESSION(441, "hashint2extended", int8, (int2, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended((uint32_t)(int32_t)a, (uint64_t)b),
               "64-bit hash with a seed")
SQL_EXPRESSION(425, "hashint4extended", int8, (int4, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended((uint32_t)a, (uint64_t)b), "64-bit hash with a seed")
SQL_EXPRESSION(442, "hashint8extended", int8, (int8, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(hash_pg_fold(a), (uint64_t)b),
               "64-bit hash with a seed")
SQL_EXPRESSION(445, "hashoidextended", int8, (oid, int8), IMMUTABLE | STRICT | TOTAL,
               (int64_t)hash_pg_u32_extended(a, (uint64_t)b), "64-bit hash with a seed")

SQL_OPERATOR(15, "=", int4, int8, bool, int48eq, .commutator = 416, .negator = 36, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(36, "<>", int4, int8, bool, int48ne, .commutator = 417, .negator = 15,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(37, "<", int4, int8, bool, int48lt, .commutator = 419, .negator = 82,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(76, ">", int4, int8, bool, int48gt, .commutator = 418, .negator = 80,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(80, "<=", int4, int8, bool, int48le, .commutator = 430, .negator = 76,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(82, ">=", int4, int8, bool, int48ge, .commutator = 420, .negator = 37,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(94, "=", int2, int2, bool, int2eq, .commutator = 94, .negator = 519, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(95, "<", int2, int2, bool, int2lt, .commutator = 520, .negator = 524,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(96, "=", int4, int4, bool, int4eq, .commutator = 96, .negator = 518, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(97, "<", int4, int4, bool, int4lt, .commutator = 521, .negator = 525,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(410, "=", int8, int8, bool, int8eq, .commutator = 410, .negator = 411, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(411, "<>", int8, int8, bool, int8ne, .commutator = 411, .negator = 410,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(412, "<", int8, int8, bool, int8lt, .commutator = 413, .negator = 415,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(413, ">", int8, int8, bool, int8gt, .commutator = 412, .negator = 414,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(414, "<=", int8, int8, bool, int8le, .commutator = 415, .negator = 413,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(415, ">=", int8, int8, bool, int8ge, .commutator = 414, .negator = 412,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(416, "=", int8, int4, bool, int84eq, .commutator = 15, .negator = 417, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(417, "<>", int8, int4, bool, int84ne, .commutator = 36, .negator = 416,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(418, "<", int8, int4, bool, int84lt, .commutator = 76, .negator = 430,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(419, ">", int8, int4, bool, int84gt, .commutator = 37, .negator = 420,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(420, "<=", int8, int4, bool, int84le, .commutator = 82, .negator = 419,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(430, ">=", int8, int4, bool, int84ge, .commutator = 80, .negator = 418,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(518, "<>", int4, int4, bool, int4ne, .commutator = 518, .negator = 96,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(519, "<>", int2, int2, bool, int2ne, .commutator = 519, .negator = 94,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(520, ">", int2, int2, bool, int2gt, .commutator = 95, .negator = 522,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(521, ">", int4, int4, bool, int4gt, .commutator = 97, .negator = 523,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(522, "<=", int2, int2, bool, int2le, .commutator = 524, .negator = 520,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(523, "<=", int4, int4, bool, int4le, .commutator = 525, .negator = 521,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(524, ">=", int2, int2, bool, int2ge, .commutator = 522, .negator = 95,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(525, ">=", int4, int4, bool, int4ge, .commutator = 523, .negator = 97,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(532, "=", int2, int4, bool, int24eq, .commutator = 533, .negator = 538, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(533, "=", int4, int2, bool, int42eq, .commutator = 532, .negator = 539, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(534, "<", int2, int4, bool, int24lt, .commutator = 537, .negator = 542,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(535, "<", int4, int2, bool, int42lt, .commutator = 536, .negator = 543,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(536, ">", int2, int4, bool, int24gt, .commutator = 535, .negator = 540,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(537, ">", int4, int2, bool, int42gt, .commutator = 534, .negator = 541,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(538, "<>", int2, int4, bool, int24ne, .commutator = 539, .negator = 532,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(539, "<>", int4, int2, bool, int42ne, .commutator = 538, .negator = 533,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(540, "<=", int2, int4, bool, int24le, .commutator = 543, .negator = 536,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(541, "<=", int4, int2, bool, int42le, .commutator = 542, .negator = 537,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(542, ">=", int2, int4, bool, int24ge, .commutator = 541, .negator = 534,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(543, ">=", int4, int2, bool, int42ge, .commutator = 540, .negator = 535,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(607, "=", oid, oid, bool, oideq, .commutator = 607, .negator = 608, .hash = true,
             .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(608, "<>", oid, oid, bool, oidne, .commutator = 608, .negator = 607,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(609, "<", oid, oid, bool, oidlt, .commutator = 610, .negator = 612,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(610, ">", oid, oid, bool, oidgt, .commutator = 609, .negator = 611,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(611, "<=", oid, oid, bool, oidle, .commutator = 612, .negator = 610,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(612, ">=", oid, oid, bool, oidge, .commutator = 611, .negator = 609,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1862, "=", int2, int8, bool, int28eq, .commutator = 1868, .negator = 1863,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1863, "<>", int2, int8, bool, int28ne, .commutator = 1869, .negator = 1862,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1864, "<", int2, int8, bool, int28lt, .commutator = 1871, .negator = 1867,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1865, ">", int2, int8, bool, int28gt, .commutator = 1870, .negator = 1866,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1866, "<=", int2, int8, bool, int28le, .commutator = 1873, .negator = 1865,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1867, ">=", int2, int8, bool, int28ge, .commutator = 1872, .negator = 1864,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(1868, "=", int8, int2, bool, int82eq, .commutator = 1862, .negator = 1869,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(1869, "<>", int8, int2, bool, int82ne, .commutator = 1863, .negator = 1868,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(1870, "<", int8, int2, bool, int82lt, .commutator = 1865, .negator = 1873,
             .restrict_by = "scalarltsel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(1871, ">", int8, int2, bool, int82gt, .commutator = 1864, .negator = 1872,
             .restrict_by = "scalargtsel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(1872, "<=", int8, int2, bool, int82le, .commutator = 1867, .negator = 1871,
             .restrict_by = "scalarlesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(1873, ">=", int8, int2, bool, int82ge, .commutator = 1866, .negator = 1870,
             .restrict_by = "scalargesel", .join_by = "scalargejoinsel")

SQL_EXPRESSION(5051, "btequalimage", bool, (oid), IMMUTABLE | STRICT | TOTAL, ((void)a, true),
               "equal values of the type have equal bytes: always")
