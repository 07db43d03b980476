/* SPDX-License-Identifier: Apache-2.0 */
/* index_properties.c - what access methods, indexes and their columns can do, as clients ask for it by name: NULL for
 * what is no property, no index or no column. Every index here is a B-tree. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"

static bool unknown(Fn *fn)
{
    return FN_NULL(fn, false);
}

/* ---- of an access method */

static bool method_property(Fn *fn, uint32_t method, Str name)
{
    static const char *const names[] = {"can_order", "can_unique", "can_multi_col", "can_exclude",
                                        "can_include"};
    static const struct {
        const char *method;
        bool can[ARRAY_LEN(names)];
    } methods[] = {
        {"btree", {true, true, true, true, true}},      {"hash", {[3] = true}},
        {"gist", {[2] = true, [3] = true, [4] = true}}, {"gin", {[2] = true}},
        {"spgist", {[3] = true, [4] = true}},           {"brin", {[2] = true}},
    };
    for (uint32_t i = 0; i < ARRAY_LEN(methods); i++) {
        if (cat__method_named(methods[i].method) != method) continue;
        for (uint32_t k = 0; k < ARRAY_LEN(names); k++)
            if (str_equal_ascii_nocase(name, str_from(names[k]))) return methods[i].can[k];
    }
    return unknown(fn);
}
SQL_FUNCTION(636, "pg_indexam_has_property", bool, (oid, text), STABLE | STRICT | NULLABLE,
             method_property, "can indexes of an access method do something")

/* ---- of an index */

static bool index_property(Fn *fn, uint32_t oid, Str name)
{
    static const char *const names[] = {"clusterable", "index_scan", "bitmap_scan",
                                        "backward_scan"};
    const CatRelation *index = cat_relation(fn_view(fn), oid);
    if (!index || index->kind != 'i') return unknown(fn);
    for (uint32_t i = 0; i < ARRAY_LEN(names); i++)
        if (str_equal_ascii_nocase(name, str_from(names[i]))) return true;
    return unknown(fn);
}
SQL_FUNCTION(637, "pg_index_has_property", bool, (regclass, text), STABLE | STRICT | NULLABLE,
             index_property, "can an index do something")

/* ---- of a column of an index */

/* Its pg_index.indoption; -1: a column of INCLUDE. False: the index has no such column. */
static bool find_column(Fn *fn, Oid index, int32_t number, int32_t *options)
{
    const Datum key = datum_oid(index);
    CatScan *scan = cat_scan_open(fn_view(fn), PG_INDEX, PG_INDEX_INDEXRELID_INDEX, &key, 1);
    CatRow row;
    bool found = false;
    if (number > 0 && cat_scan_next(scan, &row)) {
        const int16_t *values;
        const uint32_t count = cat__i16_array(fn->arena, &row.values[PG_INDEX_INDOPTION], &values);
        found = number <= row.values[PG_INDEX_INDNATTS].value.i16;
        *options = (uint32_t)number <= count ? values[number - 1] : -1;
    }
    cat_scan_close(scan);
    return found;
}

static bool column_property(Fn *fn, uint32_t index, int32_t number, Str name)
{
    enum { DESCENDING = 1, NULLS_FIRST = 2 };
    int32_t options;
    if (!find_column(fn, index, number, &options)) return unknown(fn);
    const bool key = options >= 0;
    const struct {
        const char *name;
        bool value, of_included; /* a column of INCLUDE has it too */
    } properties[] = {
        {"asc", !(options & DESCENDING), false},
        {"desc", options & DESCENDING, false},
        {"nulls_first", options & NULLS_FIRST, false},
        {"nulls_last", !(options & NULLS_FIRST), false},
        {"orderable", key, true},
        {"distance_orderable", false, true},
        {"returnable", true, true},
        {"search_array", true, false},
        {"search_nulls", true, false},
    };
    for (uint32_t i = 0; i < ARRAY_LEN(properties); i++)
        if (str_equal_ascii_nocase(name, str_from(properties[i].name)))
            return key || properties[i].of_included ? properties[i].value : unknown(fn);
    return unknown(fn);
}
SQL_FUNCTION(638, "pg_index_column_has_property", bool, (regclass, int4, text),
             STABLE | STRICT | NULLABLE, column_property, "can a column of an index do something")
