/* SPDX-License-Identifier: Apache-2.0 */
/* catalog_internal.h - what the files of this room share. */
#pragma once

#include "base/map.h"
#include "catalog/catalog.h"

enum {
    NAMESPACE_PG_CATALOG = 11,
    NAMESPACE_PG_TOAST = 99,
    NAMESPACE_PUBLIC = 2200,
    ROLE_BOOTSTRAP = 10,
    METHOD_HEAP = 2,
    METHOD_BTREE = 403,
    METHOD_HASH = 405,
    TABLESPACE_DEFAULT = 1663,
    TABLESPACE_GLOBAL = 1664,
    LANGUAGE_INTERNAL = 12,
    LANGUAGE_C = 13,
    LANGUAGE_SQL = 14,
};

/* Entries of what the server is born with, by position in base/builtins.h's tables; never counted, never replaced. */
typedef struct CatBuiltins {
    CatType *
        types; /* those of builtins.types, the row types of the catalogs and their arrays; by OID */
    uint32_t type_count;
    CatFunction *functions;
    CatOperator *operators;
    CatCast *casts;
    CatOpclass *opclasses;
    CatCollation *collations;
    Oid *operator_family_of; /* operator of operator_families[i]: ascending */
    CatOperatorFamily *operator_families;
    uint32_t operator_family_count;
} CatBuiltins;
void cat__builtins_init(CatBuiltins *made, Arena *arena);
const CatType *cat__builtin_type(const CatBuiltins *made, Oid oid);
const CatFunction *cat__builtin_function(const CatBuiltins *made, Oid oid);
const CatOperator *cat__builtin_operator(const CatBuiltins *made, Oid oid);
const CatOpclass *cat__builtin_opclass(const CatBuiltins *made, Oid oid);
Oid cat__builtin_type_named(const CatBuiltins *made, Str name);

/* The code of a type that somebody made: what it is comes from its parts (type/type.h). */
const Type *cat__make_array(Arena *arena, Oid oid, Str name, Oid element, char align,
                            char delimiter, Oid collation);
const Type *cat__make_composite(Arena *arena, Oid oid, Str name, Oid array);

/* A database that somebody has connected to: its catalogs' trees stand at the same numbers in every space. */
typedef struct CatDb {
    struct CatDb *next;
    Oid oid;
    SpaceId space;
    CatRelation *relations; /* [CatalogTable] */
} CatDb;
void cat__catalog_relations_init(CatDb *db, Arena *arena);
/* The catalog of that OID; CATALOG_TABLE_COUNT: none is. */
CatalogTable cat__table_of(Oid oid);

struct Catalog {
    Account *account;
    Arena *arena; /* of what lives as long as the catalog */
    Store *store;
    Txns *txns;
    CatBuiltins builtin;
    CatDb *databases;
    CatDb builtin_db; /* without storage: what a catalog that has no store shows */
};

struct CatalogView {
    Catalog *catalog;
    CatalogViewOptions options;
    CatDb *db;
    Oid role, session_role;
    Txn *txn;
    Arena *stmt;
};

/* Method by the name that declarations use; 0: none. */
Oid cat__method_named(const char *name);
/* May a value of `source` stand where `target` is asked, its bytes as they are? */
bool cat__binary_coercible(CatalogView *view, Oid source, Oid target);
