/* SPDX-License-Identifier: Apache-2.0 */
/* catalog_internal.h - what the files of this room share. */
#pragma once

#include "base/array.h"
#include "base/error.h"
#include "base/map.h"
#include "base/task.h"
#include "catalog/catalog.h"
#include "catalog/datums.h"
#include "os/sync.h"
#include "table/index.h"
#include "table/table.h"

enum {
    NAMESPACE_PG_CATALOG = 11,
    NAMESPACE_PG_TOAST = 99,
    NAMESPACE_PUBLIC = 2200,
    ROLE_BOOTSTRAP = 10,
    ROLE_DATABASE_OWNER = 6171,
    METHOD_HEAP = 2,
    METHOD_BTREE = 403,
    METHOD_HASH = 405,
    TABLESPACE_DEFAULT = 1663,
    TABLESPACE_GLOBAL = 1664,
    LANGUAGE_INTERNAL = CAT_LANGUAGE_INTERNAL,
    LANGUAGE_C = 13,
    LANGUAGE_SQL = 14,
    DATABASE_TEMPLATE1 = 1,
    DATABASE_TEMPLATE0 = 4,
    DATABASE_POSTGRES = 5,
    OID_FIRST_UNPINNED = 12000, /* objects below cannot be dropped */
    OID_FIRST_USER = 16384,
};

/* ---- what is built in: builtin_entries.c, catalog_relations.c */

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
const Type *cat__make_range(Arena *arena, const CatType *t); /* of a multirange too */
const Type *cat__make_enum(Arena *arena, Oid oid, Str name, Oid array);
const Type *cat__make_domain(Arena *arena, Oid oid, Str name, Oid array, const Type *base,
                             int32_t typmod);

/* ---- a database's trees: database.c */

/* A database that somebody has connected to. Its catalogs' trees stand at the same numbers in every space. */
typedef struct CatDb {
    struct CatDb *next;
    Arena *arena;
    Oid oid;
    SpaceId space;
    CatRelation *relations;             /* [CatalogTable] */
    Table *tables[CATALOG_TABLE_COUNT]; /* open; of shared catalogs those of space 0 */
    Index *indexes[CATALOG_INDEX_COUNT];
} CatDb;
void cat__catalog_relations_init(CatDb *db, Arena *arena);
/* The catalog of that OID; CATALOG_TABLE_COUNT: none is. */
CatalogTable cat__table_of(Oid oid);
/* Where a catalog, or its index, lies in a database of that space. */
TreeId cat__table_tree(SpaceId space, CatalogTable table);
TreeId cat__index_tree(SpaceId space, CatalogIndex index);
TreeId cat__oid_cell(void); /* the cluster's counter of OIDs */
/* The database, its trees open; made at the first call. Raises. */
CatDb *cat__db(Catalog *catalog, Oid oid, SpaceId space);
void cat__dbs_close(Catalog *catalog);

void cat__drop_unnamed_spaces(CatalogView *view, Arena *arena);

/* ---- the shared cache: cache.c */

/* An entry's key. Besides objects by OID there are lists of OIDs by name (oid is then the schema, 0: all) and
 * privileges. */
enum { CAT_KEY_NAMES = 1 << 30, CAT_KEY_ACL = 1 << 29, CAT_KEY_WHOLE = 1 << 28 };
typedef struct CatKey {
    Oid database, class_, oid;
    Str name;
} CatKey;
uint64_t cat__key_hash(const CatKey *key);

enum {
    GENERATIONS = 1 << 13,
    CACHE_BUCKETS = 1 << 12,
    CACHE_SHARDS = 16,
    CACHE_ENTRIES_MAX = 200000
};
typedef struct CatCache {
    Mutex shards[CACHE_SHARDS];
    _Atomic uint64_t generations[GENERATIONS];
    CatEntry *buckets[CACHE_BUCKETS];
    _Atomic uint32_t count;
} CatCache;
void cat__cache_init(CatCache *cache);
void cat__cache_clear(CatCache *cache);
/* The entries of a database that nobody is connected to. */
void cat__cache_forget_database(CatCache *cache, Oid database);
void cat__cache_invalidate(CatCache *cache, uint64_t hash);
void cat__cache_invalidate_all(CatCache *cache);
uint64_t cat__generation(CatCache *cache, uint64_t hash);

/* Makes the entry of the key from rows, in its arena; NULL: there is no such object. */
typedef CatEntry *(*CatLoad)(CatalogView *view, Arena *arena, const CatKey *key);
/* NULL: none. The view holds it. */
const CatEntry *cat__entry(CatalogView *view, const CatKey *key, CatLoad load);

/* What can be looked up by name: columns and index; `schema` 255: names have none, or all schemas are given. */
typedef struct CatNameRule {
    CatalogTable table;
    CatalogIndex index;
    uint8_t oid, name, schema;
} CatNameRule;
const CatNameRule *cat__name_rule(Oid class_);

/* OIDs of a name. */
typedef struct CatNames {
    CatEntry entry;
    const Oid *oids;
    uint32_t count;
} CatNames;
/* Those of a class with that name in a schema (0: in any). */
const CatNames *cat__names(CatalogView *view, Oid class_, Oid schema, Str name);

/* ---- catalog and view */

struct Catalog {
    Account *account;
    Arena *arena; /* of what lives as long as the catalog; under `lock` */
    Store *store;
    Txns *txns;
    CatBuiltins builtin;
    Mutex lock; /* databases, OIDs in hand */
    CatDb *databases;
    CatDb builtin_db; /* without storage: what a catalog that has no store shows */
    Oid oid_next;
    uint32_t oids_left;
    CatCache *cache;
    bool initialised; /* there are catalogs in the store */
};

/* A sequence's cell that goes when the transaction has committed. */
typedef struct CatCell {
    struct CatCell *next;
    TreeId tree;
} CatCell;

/* A database whose storage goes when the transaction has committed. */
typedef struct CatDroppedSpace {
    struct CatDroppedSpace *next;
    Oid database;
    SpaceId space;
} CatDroppedSpace;

/* Columns of an anonymous record; its typmod is the position in the view's list. */
typedef struct CatRecord {
    const FnAttribute *attributes;
    uint32_t count;
} CatRecord;

struct CatalogView {
    Catalog *catalog;
    CatalogViewOptions options;
    CatDb *db;
    Oid role, session_role;
    Txn *txn;
    Arena *stmt;
    Str search_path_setting;
    SearchPath path; /* as of path_generation */
    uint64_t path_generation;
    bool path_known, path_turn;
    Arena *path_arenas[2]; /* by turns: the last path stays valid */
    /* The schema of temporary things, 0: none; doubtful: looked for again when it is needed. cat__temporary asks. */
    Oid temporary;
    bool temporary_doubtful, had_temporary;
    Str temporary_name;
    ARRAY_OF(CatRecord) records;
    Map sequences; /* oid -> what the session knows of it: sequence.c */
    Oid last_sequence;
    /* What the transaction wrote: hashes of keys; and all of them once more in order, for the commit. */
    Map written; /* uint64 -> nothing */
    CatCell *dropped_cells;
    ARRAY_OF(Oid) new_enums; /* made by this transaction, as their labels are: cat_note_new_label */
    ARRAY_OF(Oid) unsafe_labels;
    CatDroppedSpace *dropped_spaces; /* in the session's arena: they outlive the transaction */
    struct SpaceCopy *copy;          /* made by this statement */
    bool changed;                    /* since its own entries were forgotten */
    bool wrote;
    bool used_temporary; /* cat_view_used_temporary */
    RowId inserted;      /* the last row */
    Map overlay;         /* hash -> CatEntry *: of written objects, as the transaction sees them */
    Map given;           /* hash -> CatEntry *: what this statement has already */
    ARRAY_OF(CatEntry *) held; /* counted for this statement */
    struct CatScan *scans, *free_scans;
    struct ViewSnapshot *snapshots;
    Arena *statement;   /* what lives until cat_view_release: snapshots, lists */
    Arena *transaction; /* until its end: keys written */
};

/* ---- names.c */

/* The session's schema for temporary things; 0: none yet. */
Oid cat__temporary(CatalogView *view);

/* ---- objects and roles: objects.c, roles.c */

const Datum *cat__object_row(CatalogView *view, Arena *arena, CatObject object);
const char *cat__object_noun(const CatClass *class_, const Datum *row);
Str cat__object_label(CatalogView *view, Arena *arena, CatObject object, const CatClass *class_,
                      const Datum *row);

typedef enum RoleLink {
    ROLE_LINK_MEMBER,
    ROLE_LINK_INHERIT,
    ROLE_LINK_SET,
    ROLE_LINK_ADMIN
} RoleLink;
/* Is there a way of such links from `role` up to `of`? (Superusers are not looked at.) */
bool cat__role_reaches(CatalogView *view, Oid role, Oid of, RoleLink link);
bool cat__is_superuser(CatalogView *view, Oid role);
/* Which of `wanted` the role may pass on. */
uint32_t cat__grantable(CatalogView *view, Oid role, CatObject object, uint32_t wanted);
void cat__check_privilege_at(CatalogView *view, CatObject object, uint32_t wanted,
                             int32_t position);
bool cat__has_privileges_of(CatalogView *view, Oid role, Oid of);

/* ---- parts of entries */

CatExpr *cat__expr(CatEntry *entry, Arena *arena, Str stored);
CatConstraint cat__constraint(CatEntry *entry, Arena *arena, const Datum *row);
uint32_t cat__i16_array(Arena *arena, const Datum *stored, const int16_t **values);
uint32_t cat__oid_array(Arena *arena, const Datum *stored, const Oid **values);
uint32_t cat__text_array(Arena *arena, const Datum *stored, const Str **values);
Str cat__relation_name(CatalogView *view, Oid oid);
/* Behind a lock on a relation that keeps writers out: what table_wait_losers says of its tree. */
Status cat__wait_losers(CatalogView *view, Oid oid, const LockOptions *options);

/* ---- rows: rows.c, keys.c, invalidate.c */

/* Notes what a row of the catalog stands for: who must forget what (K2). */
void cat__note_row(CatalogView *view, CatalogTable table, const Datum *values);
void cat__note_key(CatalogView *view, const CatKey *key);
/* A row of pg_statistic was written. */
void cat__note_column_statistics(CatalogView *view, const Datum *row);
/* The same of pg_statistic_ext or pg_statistic_ext_data. */
void cat__note_statistics_object(CatalogView *view, CatalogTable table, const Datum *row);
/* Rows at once, none of them seen by anybody yet. */
void cat__insert_rows(CatalogView *view, CatalogTable table, const Datum *rows, uint32_t count);
/* The first row of an index look-up, its values copied to `arena`; NULL: none. */
const Datum *cat__row(CatalogView *view, CatalogIndex index, const Datum *keys, uint32_t key_count,
                      Arena *arena, RowId *id);
void cat__scans_close(CatalogView *view);
void cat__oids_to_users(Catalog *catalog);
void cat__scan_free(CatalogView *view, CatScan *scan);

/* ---- rows that DDL and bootstrap make alike: bootstrap_catalogs.c */

typedef struct CatSystemColumn {
    int16_t number;
    const char *name;
    Oid type;
} CatSystemColumn;
extern const CatSystemColumn cat__system_columns[6];
Datum *cat__attribute_row(Datum *row, Oid relation, int16_t number, Str name, const CatType *type,
                          Oid collation, bool not_null);
Datum cat__relfilenode(TreeId tree);
Datum *cat__class_row(CatalogView *view, Oid oid, Oid schema, Oid owner, Str name, char kind,
                      char persistence);
/* The tree of a row of pg_class. A database that is a copy has its trees at the same numbers in a space of its own,
 * whatever space the row names. */
TreeId cat__class_tree(const CatalogView *view, const Datum *row);
void cat__class_row_set_tree(Datum *row, TreeId tree);
uint32_t cat__tree_flags(char persistence);
SpaceId cat__space_for(CatalogView *view, char persistence);
Phys cat__phys(CatalogView *view, Oid type_oid); /* raises where the type has no values */

/* ---- describe.c, depend.c */

/* "f(integer,text)", behind its schema when hidden or asked. */
Str cat__function_signature(CatalogView *view, Arena *arena, Oid oid, bool qualify);
Str cat__operator_signature(CatalogView *view, Arena *arena, Oid oid, bool qualify);
bool cat__operator_is_visible(CatalogView *view, Oid oid);
bool cat__is_pinned(CatObject object);

static inline Str datum_text(const Datum *d)
{
    return d->null ? (Str){0} : strview_str(&d->value.str);
}

/* Method by the name that declarations use; 0: none. */
Oid cat__method_named(const char *name);
/* May a value of `source` stand where `target` is asked, its bytes as they are? */
bool cat__is_array(const CatType *type); /* also NULL */
bool cat__binary_coercible(CatalogView *view, Oid source, Oid target);
