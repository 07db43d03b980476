/* SPDX-License-Identifier: Apache-2.0 */
/* server_functions.c - what functions tell of the server as a whole and of what this one never is or has: a standby,
 * partitions, tablespaces elsewhere. */
#include "catalog/catalog_internal.h"

#include "base/builtins.h"
#include "base/oids.h"
#include "base/settings.h"
#include "parse/parse.h"
#include "store/space.h"
#include "type/array.h"
#include "type/collation.h"
#include "type/encoding.h"

/* ---- the server */

static Str version(Fn *fn)
{
    return str_format(fn->arena,
                      "PostgreSQL %.*s (Tusk) on %s-pc-linux-gnu, compiled by %s, %zu-bit",
                      STR_ARG(fn->env->settings->server_version),
#if defined(__aarch64__)
                      "aarch64",
#else
                      "x86_64",
#endif
#ifdef __clang__
                      "clang " __clang_version__,
#else
                      "gcc " __VERSION__,
#endif
                      sizeof(void *) * 8);
}
SQL_FUNCTION(89, "version", text, (), STABLE | STRICT, version,
             "PostgreSQL version that the server is like, and what built it")

/* A server is never a standby. */
SQL_EXPRESSION(3810, "pg_is_in_recovery", bool, (), VOLATILE | STRICT, false,
               "is the server a standby")
SQL_EXPRESSION(315, "pg_jit_available", bool, (), VOLATILE | STRICT, false,
               "are expressions compiled to machine code")

static Str user_name(Fn *fn)
{
    const CatRole *role = cat_role(fn_view(fn), fn->env->role);
    return role ? role->name : FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(710, "getpgusername", name, (), STABLE | STRICT | NULLABLE, user_name,
             "role whose privileges count now, by its old name")

/* ---- encodings */

static int32_t bytes_max(Fn *fn, int32_t encoding)
{
    const uint32_t bytes = encoding_bytes_max(encoding);
    return bytes ? (int32_t)bytes : FN_NULL(fn, 0);
}
SQL_FUNCTION(2319, "pg_encoding_max_length", int4, (int4), IMMUTABLE | STRICT | NULLABLE, bytes_max,
             "bytes of the longest character of an encoding")

/* ---- types */

/* Of a domain over domains, the type that its values have. */
static Oid base_type(Fn *fn, Oid type)
{
    const CatType *t = cat_type(fn_view(fn), type);
    if (!t) return FN_NULL(fn, 0);
    for (; t && t->kind == 'd'; t = cat_type(fn_view(fn), type)) type = t->base;
    return type;
}
SQL_FUNCTION(6315, "pg_basetype", regtype, (regtype), STABLE | STRICT | NULLABLE, base_type,
             "type that a domain is made of in the end")

static Datum collation_for(Fn *fn, const Datum *args)
{
    (void)args;
    Str name;
    const CatType *type = cat_type(fn_view(fn), fn->arg_types[0]);
    if (!type || (!type->collation && fn->arg_types[0] != OID_UNKNOWN)) {
        Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
        const Str type_name = cat_type_name(fn_view(fn), fn->arena, fn->arg_types[0], -1);
        error_message(error, "collations are not supported by type %.*s", STR_ARG(type_name));
        error_raise(error);
    }
    if (!fn->collation || !cat_fn_calls()->name_print(fn_view(fn), FN_NAME_COLLATION, fn->collation,
                                                      fn->arena, &name))
        return datum_null();
    return datum_str(name);
}
SQL_FUNCTION_DATUM(3162, "pg_collation_for", text, (any), STABLE, collation_for,
                   "collation of the argument")

/* What libc has no version of has none here either. */
static Str collation_version(Fn *fn, Oid oid)
{
    const CatCollation *collation = cat_collation(fn_view(fn), oid);
    if (!collation)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "collation with OID %u does not exist", oid);
    if (collation->provider == 'b') return STR("1");
    if (collation->provider == 'i') return collation_icu_version(fn->arena, collation->locale);
    return FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(3448, "pg_collation_actual_version", text, (oid), VOLATILE | STRICT | NULLABLE,
             collation_version, "version of a collation as the system has it now")
SQL_FACTS(3448, .cost = 100)

static Str database_collation_version(Fn *fn, Oid database)
{
    if (!cat_database(fn_view(fn), database))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "database with OID %u does not exist", database);
    return FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(6249, "pg_database_collation_actual_version", text, (oid),
             VOLATILE | STRICT | NULLABLE, database_collation_version,
             "version of a database's collation as the system has it now")
SQL_FACTS(6249, .cost = 100)

/* ---- tablespaces */

static const Datum *tablespace_row(Fn *fn, Oid oid)
{
    const Datum key = datum_oid(oid);
    return cat_row_find(fn_view(fn), PG_TABLESPACE_OID_INDEX, &key, 1, fn->arena);
}

/* Both of them lie in the data directory, which has no location of its own. */
static Str tablespace_location(Fn *fn, Oid oid)
{
    if (oid && !tablespace_row(fn, oid))
        raise_error(SQLSTATE_UNDEFINED_FILE,
                    "could not stat file \"pg_tblspc/%u\": No such file or directory", oid);
    return (Str){.data = "", .bytes = 0};
}
SQL_FUNCTION(3778, "pg_tablespace_location", text, (oid), STABLE | STRICT, tablespace_location,
             "folder of a tablespace; empty for those in the data directory")

typedef struct DatabaseSet {
    Oid *databases;
    uint32_t count, at;
} DatabaseSet;

static void list_databases(Fn *fn, FnSet *set, Oid tablespace)
{
    DatabaseSet *s = set->state = ARENA_NEW(set->arena, DatabaseSet);
    uint32_t capacity = 0;
    CatScan *scan = cat_scan_open(fn_view(fn), PG_DATABASE, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        if (row.values[PG_DATABASE_DATTABLESPACE].value.u32 != tablespace) continue;
        if (s->count == capacity) {
            Oid *larger = ARENA_ARRAY(set->arena, Oid, 2 * capacity + 8);
            if (s->count) memcpy(larger, s->databases, s->count * sizeof(Oid));
            s->databases = larger;
            capacity = 2 * capacity + 8;
        }
        s->databases[s->count++] = row.values[PG_DATABASE_OID].value.u32;
    }
    cat_scan_close(scan);
}

static bool tablespace_databases(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    if (!set->state) list_databases(fn, set, args[0].value.u32);
    DatabaseSet *s = set->state;
    if (s->at == s->count) return false;
    columns[0] = datum_oid(s->databases[s->at++]);
    return true;
}
SQL_FUNCTION_SET(2556, "pg_tablespace_databases", oid, (oid), STABLE | STRICT, tablespace_databases,
                 "databases that have something in a tablespace")

/* Databases by their own space; the shared catalogs are pg_global. */
static int64_t tablespace_bytes(Fn *fn, Oid oid)
{
    CatalogView *view = fn_view(fn);
    if (!tablespace_row(fn, oid)) return FN_NULL(fn, 0);
    SpaceFigures figures;
    int64_t pages = 0;
    if (oid == TABLESPACE_GLOBAL) {
        CHECK(space_figures(view->catalog->store, SPACE_SHARED, &figures));
        return (int64_t)figures.pages_used * PAGE_BYTES;
    }
    CatScan *scan = cat_scan_open(view, PG_DATABASE, CAT_INDEX_NONE, NULL, 0);
    for (CatRow row; cat_scan_next(scan, &row);) {
        if (row.values[PG_DATABASE_DATTABLESPACE].value.u32 != oid) continue;
        const CatDatabase *d = cat_database(view, row.values[PG_DATABASE_OID].value.u32);
        if (!d) continue;
        CHECK(space_figures(view->catalog->store, d->space, &figures));
        pages += (int64_t)figures.pages_used;
    }
    cat_scan_close(scan);
    return pages * PAGE_BYTES;
}
SQL_FUNCTION(2322, "pg_tablespace_size", int8, (oid), VOLATILE | STRICT | NULLABLE,
             tablespace_bytes, "bytes of a tablespace")

static int64_t tablespace_bytes_named(Fn *fn, Str name)
{
    const Datum key = datum_str(name);
    const Datum *row = cat_row_find(fn_view(fn), PG_TABLESPACE_SPCNAME_INDEX, &key, 1, fn->arena);
    if (!row)
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "tablespace \"%.*s\" does not exist", STR_ARG(name));
    return tablespace_bytes(fn, row[PG_TABLESPACE_OID].value.u32);
}
SQL_FUNCTION(2323, "pg_tablespace_size", int8, (name), VOLATILE | STRICT | NULLABLE,
             tablespace_bytes_named, "bytes of a tablespace by its name")

/* ---- partitions: a relation that is neither partitioned nor a partition has no tree */

static void refuse_partitions(Fn *fn, Oid oid)
{
    const CatRelation *r = cat_relation(fn_view(fn), oid);
    if (r && (r->partition || r->kind == 'p' || r->kind == 'I'))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "partitioned tables are not supported");
}

static bool partition_none(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    (void)set;
    (void)columns;
    refuse_partitions(fn, args[0].value.u32);
    return false;
}
SQL_FUNCTION_SET(3425, "pg_partition_ancestors", regclass, (regclass), VOLATILE | STRICT,
                 partition_none, "a partition and those above it")
SQL_FACTS(3425, .rows = 10, .arguments = "partitionid regclass, OUT relid regclass")
SQL_FUNCTION_SET(3423, "pg_partition_tree", record, (regclass), VOLATILE | STRICT, partition_none,
                 "a partitioned table and all below it")
SQL_FACTS(3423, .arguments = "rootrelid regclass, OUT relid regclass, OUT parentrelid regclass, "
                             "OUT isleaf bool, OUT level int4")

static Oid partition_root(Fn *fn, Oid oid)
{
    refuse_partitions(fn, oid);
    return FN_NULL(fn, 0);
}
SQL_FUNCTION(3424, "pg_partition_root", regclass, (regclass), IMMUTABLE | STRICT | NULLABLE,
             partition_root, "the topmost table above a partition")

/* ---- replication */

/* The index whose columns tell rows apart for logical decoding: the primary key, or the one that was chosen. */
static Oid replica_identity_index(Fn *fn, Oid oid)
{
    const CatRelation *r = cat_relation(fn_view(fn), oid);
    for (uint32_t i = 0; r && i < r->index_count; i++) {
        const CatIndex *index = r->indexes[i];
        if (r->replica_identity == 'd' && index->primary) return index->oid;
        if (r->replica_identity != 'i') continue;
        const Datum key = datum_oid(index->oid);
        const Datum *row = cat_row_find(fn_view(fn), PG_INDEX_INDEXRELID_INDEX, &key, 1, fn->arena);
        if (row && row[PG_INDEX_INDISREPLIDENT].value.b) return index->oid;
    }
    return FN_NULL(fn, 0);
}
SQL_FUNCTION(6120, "pg_get_replica_identity_index", regclass, (regclass),
             STABLE | STRICT | NULLABLE, replica_identity_index,
             "index that tells a table's rows apart for replication")
SQL_FACTS(6120, .cost = 10)

static bool is_publishable(Fn *fn, Oid oid)
{
    const CatRelation *r = cat_relation(fn_view(fn), oid);
    if (!r) return FN_NULL(fn, false);
    return (r->kind == 'r' || r->kind == 'p') && r->persistence == 'p' && oid >= OID_FIRST_USER;
}
SQL_FUNCTION(6121, "pg_relation_is_publishable", bool, (regclass), STABLE | STRICT | NULLABLE,
             is_publishable, "can a relation's changes be published")
