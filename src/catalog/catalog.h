/* SPDX-License-Identifier: Apache-2.0 */
/* catalog.h - the system catalogs: what there is, by OID and by name, and how it changes.
 *
 * Catalogs are ordinary MVCC tables with PostgreSQL's OIDs and columns, declared once in catalog.tables (made into
 * catalog_tables.h: an enum of catalogs, an enum of columns each, descriptors of tables and indexes). Physical rows may
 * have hidden columns behind those that pg_attribute knows: the tree of a relation (pg_class), the space of a database
 * (pg_database), the physical number of a column (pg_attribute).
 *
 * Reading goes through immutable entries. An entry of something built in is made of base/builtins.h; others are loaded
 * from rows with the latest snapshot and shared by all sessions (docs/traps.md F14, C26):
 *   (K1) an entry is published only if its object's generation is what it was before the rows were read;
 *   (K2) invalidation (generation + 1, entry unlinked) is published before the DDL's heavy locks go, and again at
 * abort;
 *   (K3) objects that the own transaction wrote are read through its own snapshot, into the view's overlay, never
 * shared;
 *   (K4) name -> lock -> resolve again until stable: cat_relation_open.
 * Entries are counted; a view holds what it gave out until cat_view_release (end of the statement) or longer by
 * cat_entry_hold (plans). So pointers live as long as the statement. */
#pragma once

#include "catalog/catalog_tables.h"
#include "base/builtins.h"
#include "txn/lock.h"
#include "type/type.h"

typedef struct Scope Scope; /* base/scope.h */
typedef struct Table Table; /* table/table.h */

typedef struct Catalog Catalog;         /* a server's */
typedef struct CatalogView CatalogView; /* a session's eyes on one database; one task at a time */

Status catalog_new(Account *account, Store *store, Txns *txns, Catalog **catalog);
void catalog_release(Catalog *catalog);
/* Makes the shared catalogs (space 0) and database template1 with all built-in rows, in an empty store; `tusk init`.
 * The system views come after, as SQL (session runs catalog/views.sql in template1); then catalog_initialise_copies
 * makes template0 and postgres of it, when nobody is connected to template1. Raise. */
typedef struct CatalogInitOptions {
    Str superuser, password_hash;
    Str locale, provider;
} CatalogInitOptions;
void catalog_initialise(Catalog *catalog, const CatalogInitOptions *options);
void catalog_initialise_copies(Catalog *catalog);
/* Spaces that no row of pg_database names, left by a crash in the middle of making or dropping a database, go. At the
 * start, before anybody is connected. */
void catalog_drop_leftovers(Catalog *catalog);
/* What session runs in template1 between the two, one by one, as the superuser with allow_system_table_mods: made of
 * views.sql, ended by NULL. */
extern const char *const catalog_view_statements[];

/* ---- a view ---- */

typedef struct CatalogViewOptions {
    LockSession *locks;
    Arena *session; /* lives as long as the view */
    void *owner;    /* the Session, for functions of rooms above */
    uint32_t slot;  /* of txn_session_open: names the temporary schema */
    /* Fills lock_timeout and the like; NULL: without limit. */
    void (*lock_options)(void *owner, LockOptions *options);
    void (*notice)(void *owner, const Error *notice); /* NULL: they are dropped */
    const FnCalls *calls; /* the session's; type_parse_name is asked of it. NULL: none */
} CatalogViewOptions;
CatalogView *cat_view_new(Catalog *catalog, const CatalogViewOptions *options);
void cat_view_drop(CatalogView *view);
/* Which database (raises 3D000), and who (OIDs). Until then shared catalogs alone can be read. A transaction is set,
 * and another, of the database's own space, must be before the next use. */
void cat_view_connect(CatalogView *view, Oid database, Oid role);
/* The transaction it works in now; NULL between transactions (nothing may be looked up then). */
void cat_view_set_txn(CatalogView *view, Txn *txn, Arena *stmt);
void cat_view_set_role(CatalogView *view, Oid current, Oid session);
/* Takes the setting's text; names are resolved when first needed and again after DDL on schemas. */
void cat_view_set_search_path(CatalogView *view, Str setting);
/* End of statement, and before the transaction ends: entries given out, scans and snapshots are let go. */
void cat_view_release(CatalogView *view);
/* Hooks of the transaction's course. cat_view_commit is CommitOptions.published, with the view; cat_view_abort comes
 * before txn_abort. */
void cat_view_savepoint_rolled_back(CatalogView *view, const Savepoint *savepoint);
void cat_view_commit(void *arg); /* after the commit record, before locks go: K2 */
void cat_view_abort(CatalogView *view);
/* Two-phase commit: what the transaction must remember of its view until its end, which may be another session's, after
 * a restart. Raises 0A000 where it used temporary relations. */
Bytes cat_view_prepare(CatalogView *view, Arena *arena);
void cat_view_prepared(CatalogView *view); /* after txn_prepare */
/* At its end, before its locks go. Does not raise. */
void cat_prepared_end(Catalog *catalog, Bytes kept, bool committed);
bool cat_view_wrote(const CatalogView *view);
/* Makes own catalog changes visible to the next look-up of this transaction. */
void cat_view_next_command(CatalogView *view);
/* The same within a command, where nothing is looked for that others have done: what was read behind its last own
 * change stays as it is. */
void cat_view_next_step(CatalogView *view);

/* ---- databases: their spaces ---- */

/* Before its space is dropped: its catalogs are closed, its entries forgotten. Nobody is connected to it. */
void cat_database_forget(Catalog *catalog, Oid database);
/* Locks a database as an object, for the transaction: sessions connect under LOCK_ROW_EXCLUSIVE. */
void cat_lock_database(CatalogView *view, Oid database, LockMode mode);
/* Durable at once, and `scope` drops it again unless it is told to forget it (cat_space_keep). Nobody is connected to
 * the database it is copied from, nobody can be (its lock), and no transaction that wrote in it is left. */
SpaceId cat_space_copy(CatalogView *view, Scope *scope, SpaceId from);
void cat_space_keep(CatalogView *view, Scope *scope);
/* After the commit, by cat_view_drop_spaces, the database's storage goes. The same holds for it. */
void cat_database_drop_at_commit(CatalogView *view, Oid database, SpaceId space);
/* When the transaction has been committed and its locks are gone. Does not raise. */
void cat_view_drop_spaces(CatalogView *view);

Catalog *cat_view_catalog(const CatalogView *view);
Txn *cat_view_txn(const CatalogView *view);
void *cat_view_owner(const CatalogView *view);
Oid cat_view_database(const CatalogView *view);
SpaceId cat_view_space(const CatalogView *view);
Oid cat_view_role(const CatalogView *view);
LockSession *cat_view_locks(const CatalogView *view);
/* The latest snapshot with all own changes; registered until cat_view_release. */
const Snapshot *cat_view_snapshot(CatalogView *view);
static inline CatalogView *fn_view(const Fn *fn)
{
    return fn->env->calls_arg;
}

/* The schemas searched, in order: temporary (if it exists), pg_catalog unless named, those of the setting that exist
 * and may be used. `create_in`: where unqualified objects go (0: none, 3F000). */
typedef struct SearchPath {
    const Oid *schemas;
    uint32_t count;
    /* The same without the session's temporary one, where relations and types alone are looked for: who may make
     * functions there is not to have them called by others' names. */
    const Oid *lasting;
    uint32_t lasting_count;
    Oid create_in;
    Oid temporary;
    bool create_temporary; /* pg_temp stands first, and is not made yet */
} SearchPath;
const SearchPath *cat_search_path(CatalogView *view);
/* Creates it at first need. */
Oid cat_temporary_schema(CatalogView *view);
/* Has the transaction locked a temporary relation, or made the schema of such? */
bool cat_view_used_temporary(const CatalogView *view);
/* It may be gone, or there again: after a rollback, and when it was dropped. */
void cat_doubt_temporary(CatalogView *view);
/* That of this session's slot, if an earlier session's crash left it; 0: none. */
Oid cat_temporary_left(CatalogView *view);

/* What of FnCalls the catalog answers: type_find, type_name, enum_labels, attributes, record_typmod, name_find,
 * name_print, role_is_member. FnEnv.calls_arg is the view. */
const FnCalls *cat_fn_calls(void);

/* ---- entries ---- */

typedef struct CatEntry {
    Oid class_, oid;
    uint64_t generation;
    _Atomic uint32_t references;
    /* private */
    Oid database;
    uint64_t hash;
    Str name;
    Arena *arena; /* NULL: built in, lives for ever */
    struct CatEntry *next;
    struct CatExpr *exprs;
    void (*release)(struct CatEntry *entry);
} CatEntry;
void cat_entry_hold(CatEntry *entry);
void cat_entry_let_go(CatEntry *entry);
/* Is it still what a look-up now would give (plan cache)? */
bool cat_entry_is_current(CatalogView *view, const CatEntry *entry);

/* A stored expression: as in pg_attrdef.adbin and its like (bind's text form). `slot` is for what bind or expr made of
 * it, released with the entry by `slot_release`. */
typedef struct CatExpr {
    Str stored;
    Account *account; /* what the slot's memory is charged to: the entry's */
    _Atomic(void *) slot;
    void (*slot_release)(void *slot);
    struct CatExpr *next; /* private */
} CatExpr;
/* Several stored expressions in one column (pg_index.indexprs, pg_proc.proargdefaults), together and apart. */
Str cat_expr_list_join(Arena *arena, const Str *texts, uint32_t count);
uint32_t cat_expr_list_split(Arena *arena, Str joined, const Str **texts);

typedef struct CatColumn {
    int16_t number;    /* attnum */
    uint16_t physical; /* column number of the table's layouts */
    Str name;
    Oid type, collation;
    int32_t typmod;
    Phys phys;
    bool not_null, dropped, has_missing;
    char identity, generated; /* 0, or as pg_attribute */
    Datum missing;
    CatExpr *default_; /* default or generation expression; NULL: none */
} CatColumn;

typedef struct CatIndexKey {
    int16_t column; /* attnum; 0: the next expression */
    Oid opclass, opfamily, collation, type, key_type;
    uint16_t options; /* bit 0 DESC, bit 1 NULLS FIRST */
} CatIndexKey;
typedef struct CatIndex {
    Oid oid, relation;
    Str name;
    Oid constraint; /* 0: none */
    TreeId tree;
    Oid method;
    bool unique, primary, exclusion, immediate, valid, ready, live, nulls_not_distinct;
    uint32_t key_count, column_count; /* keys first, then INCLUDE columns */
    const CatIndexKey *keys;
    CatExpr **expressions; /* in the order of the keys with column 0 */
    CatExpr *predicate;
    uint64_t usable_from; /* commit number (docs/traps.md C13) */
    double pages, rows;
    const Str *options; /* storage parameters, "fillfactor=70" */
    uint32_t option_count;
    _Atomic(struct Index *) handle; /* private: see cat_index_handle */
} CatIndex;

typedef struct CatConstraint {
    Oid oid;
    Str name;
    char type; /* c f n p u x t */
    bool deferrable, deferred, validated, enforced, no_inherit, local;
    const int16_t *columns;
    uint32_t column_count;
    Oid relation, index, foreign_relation;
    const int16_t *foreign_columns;
    uint32_t foreign_count;
    const Oid *equal_pk_fk, *equal_pk_pk, *equal_fk_fk; /* operators a column */
    char on_update, on_delete, match;
    const int16_t *delete_set_columns;
    uint32_t delete_set_count;
    CatExpr *check;
} CatConstraint;

typedef struct CatRelation {
    CatEntry entry;
    Oid oid, namespace_, owner, type, of_type, method, tablespace;
    Str name, schema_name;
    char kind;        /* relkind */
    char persistence; /* relpersistence */
    bool shared, has_rules, has_triggers, row_security, force_row_security, partition, populated;
    char replica_identity;
    bool has_virtual;         /* a column that is generated when it is read */
    int16_t column_count;     /* highest attnum, dropped ones included */
    const CatColumn *columns; /* [attnum - 1] */
    const CatIndex **indexes;
    uint32_t index_count;
    const CatConstraint *constraints;
    uint32_t constraint_count;
    /* Foreign keys of others that point here (constraint entries of theirs). */
    const CatConstraint *referenced_by;
    uint32_t referenced_count;
    CatExpr *view_query; /* the ON SELECT rule of a view, or of a materialised view */
    const Str *options;
    uint32_t option_count; /* reloptions, "name=value" */
    TreeId tree;
    double pages, rows; /* relpages, reltuples (-1: unknown) */
    Str acl;            /* text of relacl; data NULL: default */
    Table *table;       /* open; NULL where the relation has no storage. Closed with the entry. */
    const void *layout_map; /* private */
} CatRelation;

typedef struct CatType {
    CatEntry entry;
    Oid oid, namespace_, owner, relation, element, array, base, collation;
    Oid range_subtype, multirange; /* of a multirange type, range_subtype is its range type */
    Oid range_collation;
    Str name;
    char kind, category; /* typtype, typcategory */
    bool preferred, defined, not_null;
    int32_t typmod; /* of a domain's base */
    Oid input, output, receive, send, typmod_in, typmod_out;
    const Type *type; /* its code (type/type.h); for enums, domains, arrays, composites made here */
    const FnEnumLabel *labels;
    uint32_t label_count;
    const CatConstraint *constraints;
    uint32_t constraint_count; /* domain */
    CatExpr *default_;
    Str default_text;
} CatType;

enum { CAT_LANGUAGE_INTERNAL = 12 };
typedef struct CatFunction {
    CatEntry entry;
    Oid oid, namespace_, owner, language, result, variadic, support;
    Str name;
    char kind, volatility, parallel; /* prokind, provolatile, proparallel */
    bool strict, returns_set, security_definer, leakproof;
    uint32_t arg_count, default_count, all_arg_count;
    const Oid *args, *all_args;
    const char *modes;              /* NULL: all in */
    const Str *arg_names;           /* NULL: none */
    const CatExpr *const *defaults; /* of user functions; built-in ones: BuiltinFunction.defaults */
    float cost, rows;
    Str source, sql_body; /* prosrc; prosqlbody (stored query text) */
    const Str *config;
    uint32_t config_count;
    const BuiltinFunction *builtin; /* NULL: a user's */
    void *slot;                     /* of session: the prepared body */
} CatFunction;

typedef struct CatOperator {
    CatEntry entry;
    Oid oid, namespace_, left, right, result, function, commutator, negator;
    Str name;
    bool hash, merge;
} CatOperator;
typedef struct CatCast {
    Oid oid, source, target, function;
    char context, method;
} CatCast;
typedef struct CatNamespace {
    CatEntry entry;
    Oid oid, owner;
    Str name, acl;
} CatNamespace;
typedef struct CatRole {
    CatEntry entry;
    Oid oid;
    Str name, password;
    bool superuser, inherit, create_role, create_database, login, replication, bypass_rls;
    int32_t connection_limit;
    int64_t valid_until;
    bool has_valid_until;
} CatRole;
typedef struct CatDatabase {
    CatEntry entry;
    Oid oid, owner, tablespace;
    Str name, acl, locale, ctype;
    SpaceId space;
    bool template_, allow_connections;
    int32_t connection_limit;
    int32_t encoding;
    char provider;
} CatDatabase;
typedef struct CatOpclass {
    Oid oid, method, family, type, key_type;
    Str name;
    bool fallback;
} CatOpclass;
typedef struct CatCollation {
    CatEntry entry;
    Oid oid, namespace_;
    Str name, locale, rules;
    char provider;
    bool deterministic;
} CatCollation;

/* By OID; NULL: none. */
const CatRelation *cat_relation(CatalogView *view, Oid oid);
/* Storage parameter of a table or view, as it was written; data NULL: not set. Is it set to this truth value? */
Str cat_relation_option(const CatRelation *relation, const char *name);
bool cat_relation_option_is(const CatRelation *relation, const char *name, bool value);
/* The index's tree, opened at first use for all that hold its relation's entry, and closed with that. Raises. */
struct Index *cat_index_handle(Store *store, const CatRelation *relation, const CatIndex *index);
const CatType *cat_type(CatalogView *view, Oid oid);
const CatFunction *cat_function(CatalogView *view, Oid oid);
const CatOperator *cat_operator(CatalogView *view, Oid oid);
const CatNamespace *cat_namespace(CatalogView *view, Oid oid);
const CatRole *cat_role(CatalogView *view, Oid oid);
const CatDatabase *cat_database(CatalogView *view, Oid oid);
/* What this transaction made: a label is not used before the commit (55P04) but where it and its enum were made outside
 * of savepoints. */
void cat_note_new_enum(CatalogView *view, Oid type);
void cat_note_new_label(CatalogView *view, Oid type, Oid label, bool in_savepoint);
const CatCollation *cat_collation(CatalogView *view, Oid oid);

/* By name within a schema; 0: none. Roles, databases and schemas have no schema. */
Oid cat_relation_named(CatalogView *view, Oid schema, Str name);
Oid cat_type_named(CatalogView *view, Oid schema, Str name);
Oid cat_namespace_named(CatalogView *view, Str name);
Oid cat_role_named(CatalogView *view, Str name);
Oid cat_database_named(CatalogView *view, Str name);
Oid cat_collation_named(CatalogView *view, Oid schema, Str name);
/* All of a name, in any schema (candidates for overloading); they carry namespace_. */
const CatFunction **cat_functions_named(CatalogView *view, Str name, uint32_t *count);
const CatOperator **cat_operators_named(CatalogView *view, Str name, uint32_t *count);
const CatCast *cat_cast(CatalogView *view, Oid source, Oid target);
/* The default operator class of a type for a method ("btree", "hash"), through binary-coercible types; NULL: none. */
const CatOpclass *cat_opclass_default(CatalogView *view, Oid method, Oid type);
const CatOpclass *cat_opclass(CatalogView *view, Oid oid);
/* May a column of the type be indexed by the class? */
bool cat_opclass_accepts(CatalogView *view, Oid opclass, Oid type);
/* Operator of a family for these operand types at a strategy; 0: none. And back: the btree families an operator belongs
 * to. */
Oid cat_family_operator(CatalogView *view, Oid family, Oid left, Oid right, int16_t strategy);
typedef struct CatOperatorFamily {
    Oid family, method, left, right;
    int16_t strategy;
} CatOperatorFamily;
const CatOperatorFamily *cat_operator_families(CatalogView *view, Oid op, uint32_t *count);
/* equality/less operator of a type's default btree class: for DISTINCT, GROUP BY, ORDER BY; 0: none */
Oid cat_type_equality(CatalogView *view, Oid type);
Oid cat_type_less(CatalogView *view, Oid type);
Oid cat_type_greater(CatalogView *view, Oid type);

/* A relation by (perhaps qualified) name, locked in `mode`: K4. Raises 42P01 "relation \"x\" does not exist" (with the
 * position given as `location`, in characters, 0: none), 3F000, 55P03 for nowait; missing_ok: NULL. `database` of a
 * three-part name is checked (0A000). */
typedef struct CatName {
    Str database, schema, name;
    int32_t location;
} CatName;
typedef enum CatOpenFlags { CAT_MISSING_OK = 1, CAT_NOWAIT = 2, CAT_SKIP_LOCKED = 4 } CatOpenFlags;
const CatRelation *cat_relation_open(CatalogView *view, CatName name, LockMode mode,
                                     uint32_t flags);
/* Locks by OID; NULL when it has gone meanwhile. */
const CatRelation *cat_relation_open_oid(CatalogView *view, Oid oid, LockMode mode);
/* A lock of the session, which outlasts its transactions; `scope` gives it back. */
void cat_relation_hold(CatalogView *view, Scope *scope, Oid oid, LockMode mode);
/* Waits until nobody else holds what he holds now of locks that conflict with the mode; nobody waits for this one. */
void cat_relation_wait(CatalogView *view, Oid oid, LockMode mode);
Oid cat_relation_search(CatalogView *view, CatName name); /* no lock; 0: none */
Oid cat_type_search(CatalogView *view, CatName name);
Oid cat_collation_search(CatalogView *view, CatName name);
Oid cat_opclass_search(CatalogView *view, Oid method, CatName name);
/* The schema in which something is looked for by its qualified name, pg_temp too; 0: none. 42501 without USAGE. */
Oid cat_namespace_used(CatalogView *view, Str name, int32_t position);
/* Schema of a name where something is to be made: raises 3F000; checks CREATE privilege when asked. */
Oid cat_namespace_for_creation(CatalogView *view, CatName name, bool temporary);
bool cat_relation_is_visible(CatalogView *view, Oid oid);
bool cat_type_is_visible(CatalogView *view, Oid oid);
bool cat_function_is_visible(CatalogView *view, Oid oid);
Str cat_relation_name_qualified(CatalogView *view, Arena *arena,
                                Oid oid); /* qualified where search_path asks for it; quoted */
/* "numeric(10,2)", "s.mytype[]"; typmod below 0: none. In messages, and so on. */
Str cat_type_name(CatalogView *view, Arena *arena, Oid type, int32_t typmod);
/* What format_type(type, typmod) gives, which tells a NULL modifier from -1: "character", but "bpchar" for -1. */
Str cat_type_name_as(CatalogView *view, Arena *arena, Oid type, int32_t typmod, bool typmod_given);

/* ---- rows ---- */

/* Reads rows of a catalog by one of its declared indexes (equality on the first key_count columns), or all of it
 * (index CAT_INDEX_NONE), as the view sees it now. Datums are in the catalog's declared column order, hidden ones last;
 * valid until the next step. For CatalogTable and the column enums see catalog_tables.h. */
typedef struct CatScan CatScan;
typedef struct CatRow {
    RowId id;
    const Datum *values;
} CatRow;
CatScan *cat_scan_open(CatalogView *view, CatalogTable table, CatalogIndex index, const Datum *keys,
                       uint32_t key_count);
bool cat_scan_next(CatScan *scan, CatRow *row);
void cat_scan_close(CatScan *scan);
/* The column's row of pg_statistic (that of the table itself, without children); NULL: there is none. It stays until
 * cat_view_release. */
const Datum *cat_column_statistics(CatalogView *view, Oid relation, int16_t column);
/* The statistics objects over a relation for which ANALYZE has gathered something. They stay until cat_view_release. */
typedef struct CatStatisticsObject {
    const Datum *object, *data; /* rows of pg_statistic_ext and pg_statistic_ext_data */
} CatStatisticsObject;
uint32_t cat_statistics_objects(CatalogView *view, Oid relation,
                                const CatStatisticsObject **objects);
/* The first row of an index look-up, its values copied to `arena`; NULL: none. */
const Datum *cat_row_find(CatalogView *view, CatalogIndex index, const Datum *keys,
                          uint32_t key_count, Arena *arena);
/* Writes a row, its index entries, and notes what must be invalidated (by the table's declared rules). Unique
 * violations raise 23505 (callers check names first). Values in declared order, hidden ones included. */
RowId cat_insert(CatalogView *view, CatalogTable table, const Datum *values);
void cat_update(CatalogView *view, CatalogTable table, RowId row, const Datum *values);
void cat_delete(CatalogView *view, CatalogTable table, RowId row);
/* An unused OID of a catalog, from the cluster's counter (16384 and up, wrapping as PostgreSQL's). */
Oid cat_new_oid(CatalogView *view, CatalogTable table);

/* ---- relations: what DDL is made of ---- */
/* Each raises; the heavy locks are the caller's. Trees are made and dropped with the transaction
 * (table_drop_at_commit). */
typedef struct CatNewColumn {
    Str name;
    Oid type, collation;
    int32_t typmod;
    bool not_null;
    char identity, generated;
    uint16_t dimensions;
} CatNewColumn;
typedef struct CatNewRelation {
    Oid oid, namespace_, owner, type, tablespace; /* 0: a new one */
    Oid method;                                   /* kind 'i': of the index */
    Str name;
    char kind, persistence;
    const CatNewColumn *columns;
    uint32_t column_count;
    const Str *options;
    uint32_t option_count;
    bool unique, nulls_not_distinct; /* kind 'i' */
    int64_t sequence_start;          /* kind 'S': the cell's first value */
} CatNewRelation;
Oid cat_create_relation(CatalogView *view, const CatNewRelation *relation);
/* The tree goes when the transaction commits; a sequence's cell too. */
void cat_drop_storage(CatalogView *view, TreeId tree, char relkind);
/* attnum of a system column; 0: none has that name. */
int16_t cat_system_column(Str name);
/* One more row of pg_attribute, with what it depends on; `slot` is the column's number in the table's layouts. */
void cat_create_column(CatalogView *view, Oid relation, char kind, int16_t number, uint16_t slot,
                       const CatNewColumn *column);
/* The array type of an element type (oid 0: a new one), which depends on it. The name is made of the element's. */
Oid cat_create_array_type(CatalogView *view, Oid oid, Oid schema, Oid owner, Str element_name,
                          Oid element, char align, char delimiter, Oid collation);
Str cat_array_type_name(CatalogView *view, Oid schema, Str element);

typedef struct CatNewIndex {
    Oid oid, relation, method, tablespace, constraint; /* oid 0: a new one; constraint 0: none */
    Str name;
    bool unique, nulls_not_distinct, primary, exclusion, deferrable;
    bool invalid;            /* not to be used yet */
    const CatIndexKey *keys; /* keys first, then INCLUDE columns */
    const Str *names;        /* of the index's columns, parallel to keys */
    uint32_t key_count, column_count;
    const Str *expressions;
    uint32_t expression_count; /* stored texts, of the keys with column 0 */
    Str predicate;
    const Str *options;
    uint32_t option_count;
    uint64_t usable_from;
} CatNewIndex;
/* pg_class, pg_attribute, pg_index, and an empty tree; filling it is the caller's. */
Oid cat_create_index(CatalogView *view, const CatNewIndex *index);
/* Fresh tree under the same relation (TRUNCATE, REFRESH, rewrites): the old one goes at commit. */
void cat_replace_storage(CatalogView *view, Oid relation);
void cat_replace_index_storage(CatalogView *view, Oid relation, Oid index);
/* Two indexes of a relation exchange their trees; their states are to be set for that. */
void cat_swap_index_storage(CatalogView *view, Oid index, Oid other);
/* What pg_index says of an index that is made or dropped beside writers: CAT_INDEX_MARKED, they mark what they delete
 * in it; READY, they also insert; VALID, queries use it, with snapshots from that commit on; DEAD: nobody does
 * anything with it. */
typedef enum CatIndexState {
    CAT_INDEX_DEAD,
    CAT_INDEX_MARKED,
    CAT_INDEX_READY,
    CAT_INDEX_VALID
} CatIndexState;
void cat_set_index_state(CatalogView *view, Oid relation, Oid index, CatIndexState state,
                         uint64_t usable_from);
void cat_invalidate(CatalogView *view, Oid class_,
                    Oid oid); /* DDL that changed what an entry is made of in some other way */

/* ---- large objects; who may do what is the caller's to ask ---- */
bool cat_large_object_exists(CatalogView *view, Oid oid);
/* Of the current role; 0: an OID is chosen. Raises 23505. */
Oid cat_large_object_create(CatalogView *view, Oid wanted);
int64_t cat_large_object_size(CatalogView *view, Oid oid); /* reads all of it */
/* Fewer bytes at its end. */
Str cat_large_object_read(CatalogView *view, Arena *arena, Oid oid, int64_t from, int64_t bytes);
void cat_large_object_write(CatalogView *view, Oid oid, int64_t from, Str data);
void cat_large_object_truncate(CatalogView *view, Oid oid, int64_t bytes); /* or makes it longer */
void cat_large_object_drop(CatalogView *view, Oid oid);
/* Its rows alone: for a CatDrop. */
void cat_large_object_delete(CatalogView *view, Oid oid);

/* ---- sequences: their cells change at once and are not rolled back ---- */

/* nextval; `check`: the privilege too (identity columns do not ask). */
int64_t cat_sequence_next(CatalogView *view, Oid sequence, bool check);
void cat_sequence_set(CatalogView *view, Oid sequence, int64_t value, bool called);
/* last_value and is_called, as SELECT shows them. */
void cat_sequence_read(CatalogView *view, Oid sequence, int64_t *value, bool *called);
/* The same by a new cell, which is undone with the transaction: ALTER SEQUENCE, TRUNCATE ... RESTART IDENTITY. */
void cat_sequence_replace(CatalogView *view, Oid sequence, int64_t value, bool called);
void cat_sequences_forget(CatalogView *view); /* DISCARD SEQUENCES */

/* ---- kinds of objects ---- */

/* Where an object's facts stand in the catalog of its class: columns, or CAT_NO_COLUMN. */
enum { CAT_NO_COLUMN = 255 };
typedef struct CatClass {
    CatalogTable table;
    CatalogIndex oid_index;
    uint8_t name, schema, owner, acl;
    const char *noun;
    uint32_t all, public_; /* privileges */
} CatClass;
const CatClass *cat_class(Oid class_); /* NULL: not a class of objects */

/* ---- dependencies (pg_depend, pg_shdepend) ---- */
typedef struct CatObject {
    Oid class_, oid;
    int32_t sub;
} CatObject;
void cat_depend_add(CatalogView *view, CatObject object, CatObject on,
                    char type);                                        /* n a i e x P S */
void cat_depend_owner(CatalogView *view, CatObject object, Oid owner); /* pg_shdepend, 'o' */
/* Forgets what the object itself depends on. */
void cat_depend_remove(CatalogView *view, CatObject object);
/* The row of pg_shdepend by which an object names a role goes. */
void cat_depend_forget_role(CatalogView *view, CatObject object, Oid role, char type);
/* Forgets that one depends on the other. */
void cat_depend_remove_between(CatalogView *view, CatObject object, CatObject on);
/* The sequence of an identity column, which depends on the column internally; 0: none. */
Oid cat_identity_sequence(CatalogView *view, Oid relation, int16_t column);
/* All that is kept about an object that is going, but its own row: dependencies, comments, labels. */
void cat_forget_object(CatalogView *view, CatObject object);
/* Drops the objects and, with cascade, what depends on them: works out the set in PostgreSQL's order, raises 2BP01 with
 * its DETAIL and HINT, gives NOTICEs, calls `drop` for each. */
typedef void (*CatDrop)(CatalogView *view, CatObject object, void *arg);
/* Raises what cat_drop without cascade would, and drops nothing. */
void cat_check_drop(CatalogView *view, CatObject object);
void cat_drop(CatalogView *view, const CatObject *objects, uint32_t count, bool cascade,
              CatDrop drop, void *arg);
/* text[] as catalogs store it; NULL when there is none. */
Datum cat_text_array(Arena *arena, const Str *texts, uint32_t count);
Str cat_describe_object(CatalogView *view, Arena *arena,
                        CatObject object); /* "table t", "column c of table t", ... */

/* ---- privileges ---- */
typedef enum CatPrivilege { /* bits as PostgreSQL's aclitem */
                            PRIV_INSERT = 1 << 0,
                            PRIV_SELECT = 1 << 1,
                            PRIV_UPDATE = 1 << 2,
                            PRIV_DELETE = 1 << 3,
                            PRIV_TRUNCATE = 1 << 4,
                            PRIV_REFERENCES = 1 << 5,
                            PRIV_TRIGGER = 1 << 6,
                            PRIV_EXECUTE = 1 << 7,
                            PRIV_USAGE = 1 << 8,
                            PRIV_CREATE = 1 << 9,
                            PRIV_TEMPORARY = 1 << 10,
                            PRIV_CONNECT = 1 << 11,
                            PRIV_SET = 1 << 12,
                            PRIV_ALTER_SYSTEM = 1 << 13,
                            PRIV_MAINTAIN = 1 << 14,
} CatPrivilege;
/* A stored aclitem; grantee 0: PUBLIC. Arrays of them as stored in relacl and its kin. */
typedef struct AclItem {
    Oid grantee, grantor;
    uint32_t privileges, grantable;
} AclItem;
AclItem cat_acl_item(Bytes stored);
uint32_t cat_acl_read(Arena *arena, Str stored, AclItem **items);
Datum cat_acl_build(Arena *arena, const AclItem *items, uint32_t count);
/* What a NULL acl means: one or two items. And all privileges an object of that class can have. */
uint32_t cat_acl_default(Oid class_, char relkind, Oid owner, AclItem items[2]);
uint32_t cat_privileges_of_class(Oid class_, char relkind);
/* Which of `wanted` these items give the role (`grantable`: may it pass on). */
uint32_t cat_acl_privileges(CatalogView *view, Oid role, Oid owner, const AclItem *items,
                            uint32_t count, uint32_t wanted, bool grantable);
/* Which of `wanted` the role has on an object. */
uint32_t cat_privileges(CatalogView *view, Oid role, CatObject object, uint32_t wanted);
/* Raises 42501 "permission denied for table t". */
void cat_check_privilege(CatalogView *view, CatObject object, uint32_t wanted);
/* May what is being made be of the type? Raises 42501. */
void cat_check_type_usage(CatalogView *view, Oid type);
/* In the body of a built-in function that PUBLIC may not call. Raises 42501. */
void cat_fn_check_execute(Fn *fn);
/* What that raises. */
_Noreturn void cat_raise_denied(CatalogView *view, CatObject object);
/* Until the transaction ends the object (no relation) is not dropped (ACCESS SHARE), or nobody makes anything that
 * needs it. False: it was dropped while that was waited for. */
bool cat_object_lock(CatalogView *view, CatObject object, LockMode mode);
bool cat_is_owner(CatalogView *view, Oid role, CatObject object);
void cat_check_owner(CatalogView *view, CatObject object); /* 42501 "must be owner of table t" */
/* Does the role inherit all that the other may do? */
bool cat_role_has_rights(CatalogView *view, Oid role, Oid of);
/* What the owner's default privileges (ALTER DEFAULT PRIVILEGES) give a new object; NULL: the built-in default.
 * `relkind` of relations. */
Datum cat_new_acl(CatalogView *view, Oid class_, char relkind, Oid owner, Oid schema);
/* A new object's list names roles, which it depends on from now on. */
void cat_depend_on_acl(CatalogView *view, CatObject object, Oid owner, const Datum *acl);
/* Never NULL: a role that was dropped while it is in force may nothing and has no name. */
const CatRole *cat_role_in_force(CatalogView *view);
bool cat_role_is_member(CatalogView *view, Oid role, Oid of); /* superusers: of all */
bool cat_role_is_granted(CatalogView *view, Oid role,
                         Oid of); /* the same, or by grants, also of superusers */
bool cat_role_can_set(CatalogView *view, Oid role, Oid to); /* SET ROLE: also to itself */
