/* SPDX-License-Identifier: Apache-2.0 */
/* range_operators.c - operators and index classes of ranges and multiranges: rows of the catalog alone, their functions
 * stand in range_functions.c. */
#include "base/fn.h"

SQL_OPERATOR(2860, "=", anymultirange, anymultirange, bool, multirange_eq, .commutator = 2860,
             .negator = 2861, .hash = true, .merge = true, .restrict_by = "eqsel",
             .join_by = "eqjoinsel")
SQL_OPERATOR(2861, "<>", anymultirange, anymultirange, bool, multirange_ne, .commutator = 2861,
             .negator = 2860, .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(2862, "<", anymultirange, anymultirange, bool, multirange_lt, .commutator = 2865,
             .negator = 2864, .restrict_by = "multirangesel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2863, "<=", anymultirange, anymultirange, bool, multirange_le, .commutator = 2864,
             .negator = 2865, .restrict_by = "multirangesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(2864, ">=", anymultirange, anymultirange, bool, multirange_ge, .commutator = 2863,
             .negator = 2862, .restrict_by = "multirangesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(2865, ">", anymultirange, anymultirange, bool, multirange_gt, .commutator = 2862,
             .negator = 2863, .restrict_by = "multirangesel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(2866, "&&", anyrange, anymultirange, bool, range_overlaps_multirange,
             .commutator = 2867, .restrict_by = "multirangesel", .join_by = "areajoinsel")
SQL_OPERATOR(2867, "&&", anymultirange, anyrange, bool, multirange_overlaps_range,
             .commutator = 2866, .restrict_by = "multirangesel", .join_by = "areajoinsel")
SQL_OPERATOR(2868, "&&", anymultirange, anymultirange, bool, multirange_overlaps_multirange,
             .commutator = 2868, .restrict_by = "multirangesel", .join_by = "areajoinsel")
SQL_OPERATOR(2869, "@>", anymultirange, anyelement, bool, multirange_contains_elem,
             .commutator = 2872, .restrict_by = "multirangesel", .join_by = "contjoinsel")
SQL_OPERATOR(2870, "@>", anymultirange, anyrange, bool, multirange_contains_range,
             .commutator = 2873, .restrict_by = "multirangesel", .join_by = "contjoinsel")
SQL_OPERATOR(2871, "@>", anymultirange, anymultirange, bool, multirange_contains_multirange,
             .commutator = 2874, .restrict_by = "multirangesel", .join_by = "contjoinsel")
SQL_OPERATOR(2872, "<@", anyelement, anymultirange, bool, elem_contained_by_multirange,
             .commutator = 2869, .restrict_by = "multirangesel", .join_by = "contjoinsel")
SQL_OPERATOR(2873, "<@", anyrange, anymultirange, bool, range_contained_by_multirange,
             .commutator = 2870, .restrict_by = "multirangesel", .join_by = "contjoinsel")
SQL_OPERATOR(2874, "<@", anymultirange, anymultirange, bool, multirange_contained_by_multirange,
             .commutator = 2871, .restrict_by = "multirangesel", .join_by = "contjoinsel")
SQL_OPERATOR(2875, "&<", anyrange, anymultirange, bool, range_overleft_multirange,
             .restrict_by = "multirangesel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2876, "&<", anymultirange, anyrange, bool, multirange_overleft_range,
             .restrict_by = "multirangesel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(2877, "&<", anymultirange, anymultirange, bool, multirange_overleft_multirange,
             .restrict_by = "multirangesel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(3585, "&>", anyrange, anymultirange, bool, range_overright_multirange,
             .restrict_by = "multirangesel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(3882, "=", anyrange, anyrange, bool, range_eq, .commutator = 3882, .negator = 3883,
             .hash = true, .merge = true, .restrict_by = "eqsel", .join_by = "eqjoinsel")
SQL_OPERATOR(3883, "<>", anyrange, anyrange, bool, range_ne, .commutator = 3883, .negator = 3882,
             .restrict_by = "neqsel", .join_by = "neqjoinsel")
SQL_OPERATOR(3884, "<", anyrange, anyrange, bool, range_lt, .commutator = 3887, .negator = 3886,
             .restrict_by = "rangesel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(3885, "<=", anyrange, anyrange, bool, range_le, .commutator = 3886, .negator = 3887,
             .restrict_by = "rangesel", .join_by = "scalarlejoinsel")
SQL_OPERATOR(3886, ">=", anyrange, anyrange, bool, range_ge, .commutator = 3885, .negator = 3884,
             .restrict_by = "rangesel", .join_by = "scalargejoinsel")
SQL_OPERATOR(3887, ">", anyrange, anyrange, bool, range_gt, .commutator = 3884, .negator = 3885,
             .restrict_by = "rangesel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(3888, "&&", anyrange, anyrange, bool, range_overlaps, .commutator = 3888,
             .restrict_by = "rangesel", .join_by = "areajoinsel")
SQL_OPERATOR(3889, "@>", anyrange, anyelement, bool, range_contains_elem, .commutator = 3891,
             .restrict_by = "rangesel", .join_by = "contjoinsel")
SQL_OPERATOR(3890, "@>", anyrange, anyrange, bool, range_contains, .commutator = 3892,
             .restrict_by = "rangesel", .join_by = "contjoinsel")
SQL_OPERATOR(3891, "<@", anyelement, anyrange, bool, elem_contained_by_range, .commutator = 3889,
             .restrict_by = "rangesel", .join_by = "contjoinsel")
SQL_OPERATOR(3892, "<@", anyrange, anyrange, bool, range_contained_by, .commutator = 3890,
             .restrict_by = "rangesel", .join_by = "contjoinsel")
SQL_OPERATOR(3893, "<<", anyrange, anyrange, bool, range_before, .commutator = 3894,
             .restrict_by = "rangesel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(3894, ">>", anyrange, anyrange, bool, range_after, .commutator = 3893,
             .restrict_by = "rangesel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(3895, "&<", anyrange, anyrange, bool, range_overleft, .restrict_by = "rangesel",
             .join_by = "scalarltjoinsel")
SQL_OPERATOR(3896, "&>", anyrange, anyrange, bool, range_overright, .restrict_by = "rangesel",
             .join_by = "scalargtjoinsel")
SQL_OPERATOR(3897, "-|-", anyrange, anyrange, bool, range_adjacent, .commutator = 3897,
             .restrict_by = "matchingsel", .join_by = "matchingjoinsel")
SQL_OPERATOR(3898, "+", anyrange, anyrange, anyrange, range_union, .commutator = 3898)
SQL_OPERATOR(3899, "-", anyrange, anyrange, anyrange, range_minus)
SQL_OPERATOR(3900, "*", anyrange, anyrange, anyrange, range_intersect, .commutator = 3900)
SQL_OPERATOR(4035, "&>", anymultirange, anyrange, bool, multirange_overright_range,
             .restrict_by = "multirangesel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(4142, "&>", anymultirange, anymultirange, bool, multirange_overright_multirange,
             .restrict_by = "multirangesel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(4179, "-|-", anyrange, anymultirange, bool, range_adjacent_multirange,
             .commutator = 4180, .restrict_by = "matchingsel", .join_by = "matchingjoinsel")
SQL_OPERATOR(4180, "-|-", anymultirange, anyrange, bool, multirange_adjacent_range,
             .commutator = 4179, .restrict_by = "matchingsel", .join_by = "matchingjoinsel")
SQL_OPERATOR(4198, "-|-", anymultirange, anymultirange, bool, multirange_adjacent_multirange,
             .commutator = 4198, .restrict_by = "matchingsel", .join_by = "matchingjoinsel")
SQL_OPERATOR(4392, "+", anymultirange, anymultirange, anymultirange, multirange_union,
             .commutator = 4392)
SQL_OPERATOR(4393, "-", anymultirange, anymultirange, anymultirange, multirange_minus)
SQL_OPERATOR(4394, "*", anymultirange, anymultirange, anymultirange, multirange_intersect,
             .commutator = 4394)
SQL_OPERATOR(4395, "<<", anyrange, anymultirange, bool, range_before_multirange, .commutator = 4399,
             .restrict_by = "multirangesel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(4396, "<<", anymultirange, anyrange, bool, multirange_before_range, .commutator = 4398,
             .restrict_by = "multirangesel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(4397, "<<", anymultirange, anymultirange, bool, multirange_before_multirange,
             .commutator = 4400, .restrict_by = "multirangesel", .join_by = "scalarltjoinsel")
SQL_OPERATOR(4398, ">>", anyrange, anymultirange, bool, range_after_multirange, .commutator = 4396,
             .restrict_by = "multirangesel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(4399, ">>", anymultirange, anyrange, bool, multirange_after_range, .commutator = 4395,
             .restrict_by = "multirangesel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(4400, ">>", anymultirange, anymultirange, bool, multirange_after_multirange,
             .commutator = 4397, .restrict_by = "multirangesel", .join_by = "scalargtjoinsel")
SQL_OPERATOR(4539, "@>", anyrange, anymultirange, bool, range_contains_multirange,
             .commutator = 4540, .restrict_by = "multirangesel", .join_by = "contjoinsel")
SQL_OPERATOR(4540, "<@", anymultirange, anyrange, bool, multirange_contained_by_range,
             .commutator = 4539, .restrict_by = "multirangesel", .join_by = "contjoinsel")

SQL_OPFAMILY(3901, btree, "range_ops")
SQL_OPFAMILY(4199, btree, "multirange_ops")
SQL_OPCLASS(10076, btree, "range_ops", 3901, anyrange, .fallback = true)
SQL_OPCLASS(10080, btree, "multirange_ops", 4199, anymultirange, .fallback = true)
SQL_FAMILY_OPERATOR(3901, anyrange, anyrange, 1, 3884)
SQL_FAMILY_OPERATOR(3901, anyrange, anyrange, 2, 3885)
SQL_FAMILY_OPERATOR(3901, anyrange, anyrange, 3, 3882)
SQL_FAMILY_OPERATOR(3901, anyrange, anyrange, 4, 3886)
SQL_FAMILY_OPERATOR(3901, anyrange, anyrange, 5, 3887)
SQL_FAMILY_OPERATOR(4199, anymultirange, anymultirange, 1, 2862)
SQL_FAMILY_OPERATOR(4199, anymultirange, anymultirange, 2, 2863)
SQL_FAMILY_OPERATOR(4199, anymultirange, anymultirange, 3, 2860)
SQL_FAMILY_OPERATOR(4199, anymultirange, anymultirange, 4, 2864)
SQL_FAMILY_OPERATOR(4199, anymultirange, anymultirange, 5, 2865)
SQL_FAMILY_FUNCTION(3901, anyrange, anyrange, 1, 3870)
SQL_FAMILY_FUNCTION(3901, anyrange, anyrange, 2, 6391)
SQL_FAMILY_FUNCTION(4199, anymultirange, anymultirange, 1, 4273)
SQL_OPFAMILY(3903, hash, "range_ops")
SQL_OPFAMILY(4225, hash, "multirange_ops")
SQL_OPCLASS(10077, hash, "range_ops", 3903, anyrange, .fallback = true)
SQL_OPCLASS(10081, hash, "multirange_ops", 4225, anymultirange, .fallback = true)
SQL_FAMILY_OPERATOR(3903, anyrange, anyrange, 1, 3882)
SQL_FAMILY_OPERATOR(4225, anymultirange, anymultirange, 1, 2860)
SQL_FAMILY_FUNCTION(3903, anyrange, anyrange, 1, 3902)
SQL_FAMILY_FUNCTION(3903, anyrange, anyrange, 2, 3417)
SQL_FAMILY_FUNCTION(4225, anymultirange, anymultirange, 1, 4278)
SQL_FAMILY_FUNCTION(4225, anymultirange, anymultirange, 2, 4279)
