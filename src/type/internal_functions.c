/* SPDX-License-Identifier: Apache-2.0 */
/* internal_functions.c - rows of pg_proc that no SQL expression can call, since an argument or the result exists only
 * inside a server: handlers of access methods, support functions of index classes and of the planner, selectivity
 * estimators, parts of aggregates over internal states, encoding conversions. Clients see them in the catalogs and name
 * them in CREATE OPERATOR and its kin; what they stand for is done by our own interfaces. */
#include "base/fn.h"

SQL_FUNCTION_INTERNAL(3, "heap_tableam_handler", table_am_handler, (internal), VOLATILE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(101, "eqsel", float8, (internal, oid, internal, int4), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(102, "neqsel", float8, (internal, oid, internal, int4), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(103, "scalarltsel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(104, "scalargtsel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(105, "eqjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(106, "neqjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(107, "scalarltjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(108, "scalargtjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(139, "areasel", float8, (internal, oid, internal, int4), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(140, "areajoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(330, "bthandler", index_am_handler, (internal), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(331, "hashhandler", index_am_handler, (internal), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(332, "gisthandler", index_am_handler, (internal), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(333, "ginhandler", index_am_handler, (internal), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(334, "spghandler", index_am_handler, (internal), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(335, "brinhandler", index_am_handler, (internal), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(336, "scalarlesel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(337, "scalargesel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(386, "scalarlejoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(398, "scalargejoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(456, "hashvarlena", int4, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(772, "hashvarlenaextended", int8, (internal, int8), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1023, "textlike_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1024, "texticregexeq_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1025, "texticlike_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1030, "gist_point_compress", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1173, "network_subset_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1250, "unique_key_recheck", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1291, "suppress_redundant_updates_trigger", trigger, (), VOLATILE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(1300, "positionsel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(1301, "positionjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1302, "contsel", float8, (internal, oid, internal, int4), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1303, "contjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1364, "textregexeq_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1644, "RI_FKey_check_ins", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1645, "RI_FKey_check_upd", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1646, "RI_FKey_cascade_del", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1647, "RI_FKey_cascade_upd", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1648, "RI_FKey_restrict_del", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1649, "RI_FKey_restrict_upd", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1650, "RI_FKey_setnull_del", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1651, "RI_FKey_setnull_upd", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1652, "RI_FKey_setdefault_del", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1653, "RI_FKey_setdefault_upd", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1654, "RI_FKey_noaction_del", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1655, "RI_FKey_noaction_upd", trigger, (), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(1814, "iclikesel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(1815, "icnlikesel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(1816, "iclikejoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1817, "icnlikejoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1818, "regexeqsel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(1819, "likesel", float8, (internal, oid, internal, int4), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1820, "icregexeqsel", float8, (internal, oid, internal, int4),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1821, "regexnesel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(1822, "nlikesel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(1823, "icregexnesel", float8, (internal, oid, internal, int4),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1824, "regexeqjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1825, "likejoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1826, "icregexeqjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1827, "regexnejoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1828, "nlikejoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1829, "icregexnejoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(1833, "numeric_accum", internal, (internal, numeric), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(1834, "int2_accum", internal, (internal, int2), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(1835, "int4_accum", internal, (internal, int4), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(1836, "int8_accum", internal, (internal, int8), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(1837, "numeric_avg", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(1838, "numeric_var_samp", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(1839, "numeric_stddev_samp", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(1843, "interval_avg_accum", internal, (internal, interval), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(1844, "interval_avg", interval, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(2179, "gist_point_consistent", bool, (internal, point, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2333, "array_agg_transfn", internal, (internal, anynonarray), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(2334, "array_agg_finalfn", anyarray, (internal, anynonarray), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(2514, "numeric_var_pop", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(2578, "gist_box_consistent", bool, (internal, box, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2581, "gist_box_penalty", internal, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2582, "gist_box_picksplit", internal, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2583, "gist_box_union", box, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2584, "gist_box_same", internal, (box, box, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2585, "gist_poly_consistent", bool, (internal, polygon, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2586, "gist_poly_compress", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2591, "gist_circle_consistent", bool, (internal, circle, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2592, "gist_circle_compress", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2596, "numeric_stddev_pop", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(2597, "domain_in", any, (cstring, oid, int4), STABLE, "")
SQL_FUNCTION_INTERNAL(2598, "domain_recv", any, (internal, oid, int4), STABLE, "")
SQL_FUNCTION_INTERNAL(2700, "gin_cmp_prefix", int4, (text, text, int2, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2740, "numeric_avg_serialize", bytea, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2741, "numeric_avg_deserialize", internal, (bytea, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2743, "ginarrayextract", internal, (anyarray, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2744, "ginarrayconsistent", bool,
                      (internal, int2, anyarray, int4, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2746, "int8_avg_accum", internal, (internal, int8), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(2774, "ginqueryarrayextract", internal,
                      (anyarray, internal, int2, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2785, "int8_avg_combine", internal, (internal, internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(2786, "int8_avg_serialize", bytea, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(2787, "int8_avg_deserialize", internal, (bytea, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(2858, "numeric_avg_accum", internal, (internal, numeric), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3064, "gist_point_distance", float8, (internal, point, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3076, "ginarrayextract", internal, (anyarray, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3077, "gin_extract_tsvector", internal, (tsvector, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3087, "gin_extract_tsquery", internal,
                      (tsquery, internal, int2, internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3088, "gin_tsquery_consistent", bool,
                      (internal, int2, tsquery, int4, internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3097, "varchar_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3129, "btint2sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3130, "btint4sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3131, "btint8sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3132, "btfloat4sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3133, "btfloat8sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3134, "btoidsortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3135, "btnamesortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3136, "date_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3137, "timestamp_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3157, "numeric_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3158, "varbit_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3169, "rangesel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3173, "json_agg_transfn", internal, (internal, anyelement), STABLE, "")
SQL_FUNCTION_INTERNAL(3174, "json_agg_finalfn", json, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3178, "numeric_sum", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3180, "json_object_agg_transfn", internal, (internal, any, any), STABLE, "")
SQL_FUNCTION_INTERNAL(3196, "json_object_agg_finalfn", json, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3255, "bttextsortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3265, "jsonb_agg_transfn", internal, (internal, anyelement), STABLE, "")
SQL_FUNCTION_INTERNAL(3266, "jsonb_agg_finalfn", jsonb, (internal), STABLE, "")
SQL_FUNCTION_INTERNAL(3268, "jsonb_object_agg_transfn", internal, (internal, any, any), STABLE, "")
SQL_FUNCTION_INTERNAL(3269, "jsonb_object_agg_finalfn", jsonb, (internal), STABLE, "")
SQL_FUNCTION_INTERNAL(3280, "gist_circle_distance", float8, (internal, circle, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3282, "gist_point_fetch", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3283, "numeric_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3288, "gist_poly_distance", float8, (internal, polygon, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3300, "uuid_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3313, "bernoulli", tsm_handler, (internal), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(3314, "system", tsm_handler, (internal), VOLATILE | STRICT, "")
SQL_FUNCTION_INTERNAL(3325, "interval_avg_combine", internal, (internal, internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3328, "bpchar_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3331, "bytea_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3332, "bttext_pattern_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3333, "btbpchar_pattern_sortsupport", void, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3335, "numeric_serialize", bytea, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3336, "numeric_deserialize", internal, (bytea, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3337, "numeric_avg_combine", internal, (internal, internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3338, "numeric_poly_combine", internal, (internal, internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3339, "numeric_poly_serialize", bytea, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3340, "numeric_poly_deserialize", internal, (bytea, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3341, "numeric_combine", internal, (internal, internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3359, "macaddr_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3383, "brin_minmax_opcinfo", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3384, "brin_minmax_add_value", bool, (internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3385, "brin_minmax_consistent", bool, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3386, "brin_minmax_union", bool, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3387, "int8_avg_accum_inv", internal, (internal, int8), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3388, "numeric_poly_sum", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3389, "numeric_poly_avg", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3390, "numeric_poly_var_pop", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3391, "numeric_poly_var_samp", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3392, "numeric_poly_stddev_pop", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3393, "numeric_poly_stddev_samp", numeric, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3434, "gtsvector_options", void, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3435, "gist_point_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3437, "prefixsel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3438, "prefixjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3469, "spg_range_quad_config", void, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3470, "spg_range_quad_choose", void, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3471, "spg_range_quad_picksplit", void, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3472, "spg_range_quad_inner_consistent", void, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3473, "spg_range_quad_leaf_consistent", bool, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3482, "gin_extract_jsonb", internal, (jsonb, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3483, "gin_extract_jsonb_query", internal,
                      (jsonb, internal, int2, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3484, "gin_consistent_jsonb", bool,
                      (internal, int2, jsonb, int4, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3485, "gin_extract_jsonb_path", internal, (jsonb, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3486, "gin_extract_jsonb_query_path", internal,
                      (jsonb, internal, int2, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3487, "gin_consistent_jsonb_path", bool,
                      (internal, int2, jsonb, int4, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3488, "gin_triconsistent_jsonb", char,
                      (internal, int2, jsonb, int4, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3489, "gin_triconsistent_jsonb_path", char,
                      (internal, int2, jsonb, int4, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3496, "bool_accum", internal, (internal, bool), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3497, "bool_accum_inv", internal, (internal, bool), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3498, "bool_alltrue", bool, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3499, "bool_anytrue", bool, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3532, "enum_recv", anyenum, (internal, oid), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3535, "string_agg_transfn", internal, (internal, text, text), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3536, "string_agg_finalfn", text, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3543, "bytea_string_agg_transfn", internal, (internal, bytea, bytea),
                      IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3544, "bytea_string_agg_finalfn", bytea, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3548, "numeric_accum_inv", internal, (internal, numeric), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3549, "interval_avg_accum_inv", internal, (internal, interval), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3553, "inet_gist_consistent", bool, (internal, inet, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3554, "inet_gist_union", inet, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3555, "inet_gist_compress", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3557, "inet_gist_penalty", internal, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3558, "inet_gist_picksplit", internal, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3559, "inet_gist_same", internal, (inet, inet, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3560, "networksel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3561, "networkjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3567, "int2_accum_inv", internal, (internal, int2), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3568, "int4_accum_inv", internal, (internal, int4), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3569, "int8_accum_inv", internal, (internal, int8), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3573, "inet_gist_fetch", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3648, "gtsvector_compress", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3649, "gtsvector_decompress", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3650, "gtsvector_picksplit", internal, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3651, "gtsvector_union", gtsvector, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3652, "gtsvector_same", internal, (gtsvector, gtsvector, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3653, "gtsvector_penalty", internal, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3654, "gtsvector_consistent", bool, (internal, tsvector, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3656, "gin_extract_tsvector", internal, (tsvector, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3657, "gin_extract_tsquery", internal,
                      (tsvector, internal, int2, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3658, "gin_tsquery_consistent", bool,
                      (internal, int2, tsvector, int4, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3686, "tsmatchsel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3687, "tsmatchjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3688, "ts_typanalyze", bool, (internal), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3695, "gtsquery_compress", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3697, "gtsquery_picksplit", internal, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3698, "gtsquery_union", int8, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3699, "gtsquery_same", internal, (int8, int8, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3700, "gtsquery_penalty", internal, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3701, "gtsquery_consistent", bool, (internal, tsquery, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3717, "prsd_start", internal, (internal, int4), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3718, "prsd_nexttoken", internal, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3719, "prsd_end", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3720, "prsd_headline", internal, (internal, internal, tsquery),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3721, "prsd_lextype", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3725, "dsimple_init", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3726, "dsimple_lexize", internal, (internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3728, "dsynonym_init", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3729, "dsynonym_lexize", internal, (internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3731, "dispell_init", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3732, "dispell_lexize", internal, (internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3740, "thesaurus_init", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3741, "thesaurus_lexize", internal, (internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3752, "tsvector_update_trigger", trigger, (), VOLATILE, "")
SQL_FUNCTION_INTERNAL(3753, "tsvector_update_trigger_column", trigger, (), VOLATILE, "")
SQL_FUNCTION_INTERNAL(3790, "gtsvector_consistent", bool,
                      (internal, gtsvector, int4, oid, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3791, "gin_extract_tsquery", internal,
                      (tsquery, internal, int2, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3792, "gin_tsquery_consistent", bool,
                      (internal, int2, tsquery, int4, internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3793, "gtsquery_consistent", bool, (internal, internal, int4, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3795, "inet_spg_config", void, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3796, "inet_spg_choose", void, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3797, "inet_spg_picksplit", void, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3798, "inet_spg_inner_consistent", void, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3799, "inet_spg_leaf_consistent", bool, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3816, "array_typanalyze", bool, (internal), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3817, "arraycontsel", float8, (internal, oid, internal, int4),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3818, "arraycontjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3875, "range_gist_consistent", bool,
                      (internal, anyrange, int2, oid, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3876, "range_gist_union", anyrange, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(3879, "range_gist_penalty", internal, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3880, "range_gist_picksplit", internal, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3881, "range_gist_same", internal, (anyrange, anyrange, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3916, "range_typanalyze", bool, (internal), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3917, "timestamp_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3918, "interval_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3920, "ginarraytriconsistent", char,
                      (internal, int2, anyarray, int4, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3921, "gin_tsquery_triconsistent", char,
                      (internal, int2, tsvector, int4, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3944, "time_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3970, "ordered_set_transition", internal, (internal, any), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3971, "ordered_set_transition_multi", internal, (internal, any),
                      IMMUTABLE | VARIADIC_LAST, "")
SQL_FACTS(3971, .arguments = "internal, VARIADIC any")
SQL_FUNCTION_INTERNAL(3973, "percentile_disc_final", anyelement, (internal, float8, anyelement),
                      IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3975, "percentile_cont_float8_final", float8, (internal, float8), IMMUTABLE,
                      "")
SQL_FUNCTION_INTERNAL(3977, "percentile_cont_interval_final", interval, (internal, float8),
                      IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3979, "percentile_disc_multi_final", anyarray,
                      (internal, _float8, anyelement), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3981, "percentile_cont_float8_multi_final", _float8, (internal, _float8),
                      IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3983, "percentile_cont_interval_multi_final", _interval, (internal, _float8),
                      IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3985, "mode_final", anyelement, (internal, anyelement), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(3987, "rank_final", int8, (internal, any), IMMUTABLE | VARIADIC_LAST, "")
SQL_FACTS(3987, .arguments = "internal, VARIADIC any")
SQL_FUNCTION_INTERNAL(3989, "percent_rank_final", float8, (internal, any),
                      IMMUTABLE | VARIADIC_LAST, "")
SQL_FACTS(3989, .arguments = "internal, VARIADIC any")
SQL_FUNCTION_INTERNAL(3991, "cume_dist_final", float8, (internal, any), IMMUTABLE | VARIADIC_LAST,
                      "")
SQL_FACTS(3991, .arguments = "internal, VARIADIC any")
SQL_FUNCTION_INTERNAL(3993, "dense_rank_final", int8, (internal, any), IMMUTABLE | VARIADIC_LAST,
                      "")
SQL_FACTS(3993, .arguments = "internal, VARIADIC any")
SQL_FUNCTION_INTERNAL(3994, "generate_series_int4_support", internal, (internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3995, "generate_series_int8_support", internal, (internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3996, "array_unnest_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(3998, "gist_box_distance", float8, (internal, box, int2, oid, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4018, "spg_quad_config", void, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4019, "spg_quad_choose", void, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4020, "spg_quad_picksplit", void, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(4021, "spg_quad_inner_consistent", void, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4022, "spg_quad_leaf_consistent", bool, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4023, "spg_kd_config", void, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4024, "spg_kd_choose", void, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4025, "spg_kd_picksplit", void, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4026, "spg_kd_inner_consistent", void, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4027, "spg_text_config", void, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4028, "spg_text_choose", void, (internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4029, "spg_text_picksplit", void, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(4030, "spg_text_inner_consistent", void, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4031, "spg_text_leaf_consistent", bool, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4051, "array_agg_array_transfn", internal, (internal, anyarray), IMMUTABLE,
                      "")
SQL_FUNCTION_INTERNAL(4052, "array_agg_array_finalfn", anyarray, (internal, anyarray), IMMUTABLE,
                      "")
SQL_FUNCTION_INTERNAL(4105, "brin_inclusion_opcinfo", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4106, "brin_inclusion_add_value", bool,
                      (internal, internal, internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4107, "brin_inclusion_consistent", bool, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4108, "brin_inclusion_union", bool, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4242, "multirange_typanalyze", bool, (internal), STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4243, "multirangesel", float8, (internal, oid, internal, int4),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4299, "range_agg_transfn", internal, (internal, anyrange), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(4300, "range_agg_finalfn", anymultirange, (internal, anyrange), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(4302, "koi8r_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4303, "mic_to_koi8r", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4304, "iso_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4305, "mic_to_iso", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4306, "win1251_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4307, "mic_to_win1251", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4308, "win866_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4309, "mic_to_win866", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4310, "koi8r_to_win1251", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4311, "win1251_to_koi8r", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4312, "koi8r_to_win866", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4313, "win866_to_koi8r", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4314, "win866_to_win1251", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4315, "win1251_to_win866", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4316, "iso_to_koi8r", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4317, "koi8r_to_iso", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4318, "iso_to_win1251", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4319, "win1251_to_iso", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4320, "iso_to_win866", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4321, "win866_to_iso", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4322, "euc_cn_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4323, "mic_to_euc_cn", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4324, "euc_jp_to_sjis", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4325, "sjis_to_euc_jp", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4326, "euc_jp_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4327, "sjis_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4328, "mic_to_euc_jp", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4329, "mic_to_sjis", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4330, "euc_kr_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4331, "mic_to_euc_kr", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4332, "euc_tw_to_big5", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4333, "big5_to_euc_tw", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4334, "euc_tw_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4335, "big5_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4336, "mic_to_euc_tw", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4337, "mic_to_big5", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4338, "latin2_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4339, "mic_to_latin2", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4340, "win1250_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4341, "mic_to_win1250", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4342, "latin2_to_win1250", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4343, "win1250_to_latin2", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4344, "latin1_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4345, "mic_to_latin1", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4346, "latin3_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4347, "mic_to_latin3", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4348, "latin4_to_mic", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4349, "mic_to_latin4", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4352, "big5_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4353, "utf8_to_big5", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4354, "utf8_to_koi8r", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4355, "koi8r_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4356, "utf8_to_koi8u", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4357, "koi8u_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4358, "utf8_to_win", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4359, "win_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4360, "euc_cn_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4361, "utf8_to_euc_cn", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4362, "euc_jp_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4363, "utf8_to_euc_jp", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4364, "euc_kr_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4365, "utf8_to_euc_kr", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4366, "euc_tw_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4367, "utf8_to_euc_tw", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4368, "gb18030_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4369, "utf8_to_gb18030", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4370, "gbk_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4371, "utf8_to_gbk", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4372, "utf8_to_iso8859", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4373, "iso8859_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4374, "iso8859_1_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4375, "utf8_to_iso8859_1", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4376, "johab_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4377, "utf8_to_johab", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4378, "sjis_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4379, "utf8_to_sjis", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4380, "uhc_to_utf8", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4381, "utf8_to_uhc", int4, (int4, int4, cstring, internal, int4, bool),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4382, "euc_jis_2004_to_utf8", int4,
                      (int4, int4, cstring, internal, int4, bool), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4383, "utf8_to_euc_jis_2004", int4,
                      (int4, int4, cstring, internal, int4, bool), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4384, "shift_jis_2004_to_utf8", int4,
                      (int4, int4, cstring, internal, int4, bool), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4385, "utf8_to_shift_jis_2004", int4,
                      (int4, int4, cstring, internal, int4, bool), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4386, "euc_jis_2004_to_shift_jis_2004", int4,
                      (int4, int4, cstring, internal, int4, bool), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4387, "shift_jis_2004_to_euc_jis_2004", int4,
                      (int4, int4, cstring, internal, int4, bool), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4591, "brin_bloom_opcinfo", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4592, "brin_bloom_add_value", bool, (internal, internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4593, "brin_bloom_consistent", bool, (internal, internal, internal, int4),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4594, "brin_bloom_union", bool, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4595, "brin_bloom_options", void, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(4616, "brin_minmax_multi_opcinfo", internal, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(4617, "brin_minmax_multi_add_value", bool,
                      (internal, internal, internal, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4618, "brin_minmax_multi_consistent", bool,
                      (internal, internal, internal, int4), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4619, "brin_minmax_multi_union", bool, (internal, internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4620, "brin_minmax_multi_options", void, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(4621, "brin_minmax_multi_distance_int2", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4622, "brin_minmax_multi_distance_int4", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4623, "brin_minmax_multi_distance_int8", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4624, "brin_minmax_multi_distance_float4", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4625, "brin_minmax_multi_distance_float8", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4626, "brin_minmax_multi_distance_numeric", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4627, "brin_minmax_multi_distance_tid", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4628, "brin_minmax_multi_distance_uuid", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4629, "brin_minmax_multi_distance_date", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4630, "brin_minmax_multi_distance_time", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4631, "brin_minmax_multi_distance_interval", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4632, "brin_minmax_multi_distance_timetz", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4633, "brin_minmax_multi_distance_pg_lsn", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4634, "brin_minmax_multi_distance_macaddr", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4635, "brin_minmax_multi_distance_macaddr8", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4636, "brin_minmax_multi_distance_inet", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(4637, "brin_minmax_multi_distance_timestamp", float8, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(5010, "spg_bbox_quad_config", void, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(5012, "spg_box_quad_config", void, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(5013, "spg_box_quad_choose", void, (internal, internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(5014, "spg_box_quad_picksplit", void, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(5015, "spg_box_quad_inner_consistent", void, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(5016, "spg_box_quad_leaf_consistent", bool, (internal, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(5033, "network_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(5040, "matchingsel", float8, (internal, oid, internal, int4), STABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(5041, "matchingjoinsel", float8, (internal, oid, internal, int2, internal),
                      STABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6098, "jsonb_subscript_handler", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6154, "multirange_gist_consistent", bool,
                      (internal, anymultirange, int2, oid, internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6156, "multirange_gist_compress", internal, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(6179, "array_subscript_handler", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FACTS(6179, .support = 6380)
SQL_FUNCTION_INTERNAL(6180, "raw_array_subscript_handler", internal, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(6225, "multirange_agg_transfn", internal, (internal, anymultirange),
                      IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(6226, "multirange_agg_finalfn", anymultirange, (internal, anymultirange),
                      IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(6233, "window_row_number_support", internal, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(6234, "window_rank_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6235, "window_dense_rank_support", internal, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(6236, "int8inc_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6242, "text_starts_with_support", internal, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(6275, "json_agg_strict_transfn", internal, (internal, anyelement), STABLE, "")
SQL_FUNCTION_INTERNAL(6277, "json_object_agg_strict_transfn", internal, (internal, any, any),
                      STABLE, "")
SQL_FUNCTION_INTERNAL(6278, "json_object_agg_unique_transfn", internal, (internal, any, any),
                      STABLE, "")
SQL_FUNCTION_INTERNAL(6279, "json_object_agg_unique_strict_transfn", internal, (internal, any, any),
                      STABLE, "")
SQL_FUNCTION_INTERNAL(6283, "jsonb_agg_strict_transfn", internal, (internal, anyelement), STABLE,
                      "")
SQL_FUNCTION_INTERNAL(6285, "jsonb_object_agg_strict_transfn", internal, (internal, any, any),
                      STABLE, "")
SQL_FUNCTION_INTERNAL(6286, "jsonb_object_agg_unique_transfn", internal, (internal, any, any),
                      STABLE, "")
SQL_FUNCTION_INTERNAL(6287, "jsonb_object_agg_unique_strict_transfn", internal,
                      (internal, any, any), STABLE, "")
SQL_FUNCTION_INTERNAL(6293, "array_agg_combine", internal, (internal, internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(6294, "array_agg_serialize", bytea, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6295, "array_agg_deserialize", internal, (bytea, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6296, "array_agg_array_combine", internal, (internal, internal), IMMUTABLE,
                      "")
SQL_FUNCTION_INTERNAL(6297, "array_agg_array_serialize", bytea, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6298, "array_agg_array_deserialize", internal, (bytea, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6299, "string_agg_combine", internal, (internal, internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(6300, "string_agg_serialize", bytea, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6301, "string_agg_deserialize", internal, (bytea, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6306, "window_percent_rank_support", internal, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(6307, "window_cume_dist_support", internal, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(6308, "window_ntile_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6324, "interval_avg_serialize", bytea, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6325, "interval_avg_deserialize", internal, (bytea, internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6326, "interval_sum", interval, (internal), IMMUTABLE, "")
SQL_FUNCTION_INTERNAL(6345, "range_contains_elem_support", internal, (internal), IMMUTABLE | STRICT,
                      "")
SQL_FUNCTION_INTERNAL(6346, "elem_contained_by_range_support", internal, (internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6354, "generate_series_timestamp_support", internal, (internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6357, "generate_series_numeric_support", internal, (internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6378, "array_append_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6379, "array_prepend_support", internal, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6380, "array_subscript_handler_support", internal, (internal),
                      IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6391, "range_sortsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6402, "btint2skipsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6403, "btint4skipsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6404, "btint8skipsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6405, "btoidskipsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6406, "btcharskipsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6407, "date_skipsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6408, "btboolskipsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6409, "timestamp_skipsupport", void, (internal), IMMUTABLE | STRICT, "")
SQL_FUNCTION_INTERNAL(6410, "uuid_skipsupport", void, (internal), IMMUTABLE | STRICT, "")
