/* SPDX-License-Identifier: Apache-2.0 */
/* names.c - from names to things: within a schema, along the search path, and to a relation that is locked (K4). */
#include "catalog/catalog_internal.h"

#include "parse/parse.h"

/* ---- within a schema */

static Oid named(CatalogView *view, Oid class_, Oid schema, Str name)
{
    if (!view->db->tables[cat__table_of(class_)] || !name.bytes) return 0;
    const CatNames *names = cat__names(view, class_, schema, name);
    return names && names->count ? names->oids[0] : 0;
}

Oid cat_namespace_named(CatalogView *view, Str name)
{
    if (str_equal(name, STR("pg_catalog"))) return NAMESPACE_PG_CATALOG;
    return named(view, CLASS_PG_NAMESPACE, 0, name);
}

Oid cat_role_named(CatalogView *view, Str name)
{
    return named(view, CLASS_PG_AUTHID, 0, name);
}

Oid cat_database_named(CatalogView *view, Str name)
{
    return named(view, CLASS_PG_DATABASE, 0, name);
}

Oid cat_relation_named(CatalogView *view, Oid schema, Str name)
{
    if (schema == NAMESPACE_PG_CATALOG)
        for (uint32_t i = 0; i < CATALOG_TABLE_COUNT; i++)
            if (str_equal(str_from(catalog_tables[i].name), name)) return catalog_tables[i].oid;
    return named(view, CLASS_PG_CLASS, schema, name);
}

Oid cat_type_named(CatalogView *view, Oid schema, Str name)
{
    if (schema == NAMESPACE_PG_CATALOG) {
        const Oid builtin = cat__builtin_type_named(&view->catalog->builtin, name);
        if (builtin) return builtin;
    }
    return named(view, CLASS_PG_TYPE, schema, name);
}

Oid cat_collation_named(CatalogView *view, Oid schema, Str name)
{
    if (schema == NAMESPACE_PG_CATALOG)
        for (uint32_t i = 0; i < builtins.collations_count; i++)
            if (str_equal(str_from(builtins.collations[i].name), name))
                return builtins.collations[i].oid;
    return named(view, CLASS_PG_COLLATION, schema, name);
}

const CatFunction **cat_functions_named(CatalogView *view, Str name, uint32_t *count)
{
    const CatFunction **found;
    *count = 0;
    if (view->db->tables[PG_PROC]) {
        const CatNames *names = cat__names(view, CLASS_PG_PROC, 0, name);
        found = ARENA_ARRAY(view->stmt, const CatFunction *, names->count + 1);
        for (uint32_t i = 0; i < names->count; i++) {
            const CatFunction *f = cat_function(view, names->oids[i]);
            if (f) found[(*count)++] = f;
        }
        return found;
    }
    uint32_t first;
    *count = builtin_functions_named(name, &first);
    found = ARENA_ARRAY(view->stmt, const CatFunction *, *count + 1);
    for (uint32_t i = 0; i < *count; i++)
        found[i] = &view->catalog->builtin.functions[builtins.functions_by_name[first + i]];
    return found;
}

const CatOperator **cat_operators_named(CatalogView *view, Str name, uint32_t *count)
{
    const CatOperator **found;
    *count = 0;
    if (view->db->tables[PG_OPERATOR]) {
        const CatNames *names = cat__names(view, CLASS_PG_OPERATOR, 0, name);
        found = ARENA_ARRAY(view->stmt, const CatOperator *, names->count + 1);
        for (uint32_t i = 0; i < names->count; i++) {
            const CatOperator *o = cat_operator(view, names->oids[i]);
            if (o) found[(*count)++] = o;
        }
        return found;
    }
    uint32_t first;
    *count = builtin_operators_named(name, &first);
    found = ARENA_ARRAY(view->stmt, const CatOperator *, *count + 1);
    for (uint32_t i = 0; i < *count; i++)
        found[i] = &view->catalog->builtin.operators[builtins.operators_by_name[first + i]];
    return found;
}

/* ---- the search path */

void cat_view_set_search_path(CatalogView *view, Str setting)
{
    view->search_path_setting = setting;
    view->path_known = false;
}

/* The next name of a list as search_path has it: bare words are folded, quoted ones are not. False: none is left. */
static bool next_name(Arena *arena, Str *rest, Str *name)
{
    *rest = str_trim(*rest, " \t\r\n,");
    if (!rest->bytes) return false;
    StrBuilder out = str_builder(arena, 64);
    size_t at = 0;
    if (rest->data[0] == '"') {
        for (at = 1; at < rest->bytes; at++) {
            if (rest->data[at] == '"') {
                if (at + 1 >= rest->bytes || rest->data[at + 1] != '"') break;
                at++;
            }
            str_add_char(&out, rest->data[at]);
        }
        at++;
        *name = str_done(&out);
    } else {
        while (at < rest->bytes && rest->data[at] != ',') at++;
        *name = str_lower_ascii(arena, str_trim(str_slice(*rest, 0, at), " \t\r\n"));
    }
    *rest = str_slice(*rest, at, rest->bytes);
    return true;
}

typedef ARRAY_OF(Oid) OidArray;

static bool has_oid(const OidArray *oids, Oid oid)
{
    for (uint32_t i = 0; i < oids->count; i++)
        if (oids->items[i] == oid) return true;
    return false;
}

static Oid schema_of_word(CatalogView *view, Str word)
{
    if (str_equal(word, STR("pg_temp"))) return cat__temporary(view);
    if (!str_equal(word, STR("$user"))) return cat_namespace_named(view, word);
    const CatRole *role = cat_role(view, view->role);
    return role ? cat_namespace_named(view, role->name) : 0;
}

static void compute_path(CatalogView *view)
{
    view->path_turn = !view->path_turn;
    Arena *arena = view->path_arenas[view->path_turn];
    arena_reset(arena);
    OidArray listed = {.arena = arena};
    const Oid temporary = cat__temporary(view);
    bool temporary_first = false;
    Str rest = view->search_path_setting, word;
    while (next_name(arena, &rest, &word)) {
        const bool is_temporary = str_equal(word, STR("pg_temp"));
        if (is_temporary && !listed.count && !temporary) temporary_first = true;
        const Oid schema = schema_of_word(view, word);
        if (!schema || has_oid(&listed, schema)) continue;
        if (!is_temporary &&
            !cat_privileges(view, view->role, (CatObject){CLASS_PG_NAMESPACE, schema, 0},
                            PRIV_USAGE))
            continue;
        array_push(&listed, schema);
    }
    OidArray path = {.arena = arena};
    if (temporary && !has_oid(&listed, temporary)) array_push(&path, temporary);
    if (!has_oid(&listed, NAMESPACE_PG_CATALOG)) array_push(&path, (Oid)NAMESPACE_PG_CATALOG);
    for (uint32_t i = 0; i < listed.count; i++) array_push(&path, listed.items[i]);
    OidArray lasting = {.arena = arena};
    for (uint32_t i = 0; i < path.count; i++)
        if (path.items[i] != temporary) array_push(&lasting, path.items[i]);
    view->path = (SearchPath){.schemas = path.items,
                              .count = path.count,
                              .lasting = lasting.items,
                              .lasting_count = lasting.count,
                              .create_in = listed.count ? listed.items[0] : 0,
                              .temporary = temporary,
                              .create_temporary = temporary_first};
}

/* What schemas there are, and who may use them, as one key. */
static uint64_t path_generation(CatalogView *view, bool *own)
{
    const CatKey schemas = {view->db->oid, CLASS_PG_NAMESPACE | CAT_KEY_WHOLE, 0, {0}};
    const CatKey roles = {0, CLASS_PG_AUTHID | CAT_KEY_WHOLE, 0, {0}};
    const uint64_t hashes[] = {cat__key_hash(&schemas), cat__key_hash(&roles)};
    *own = map_find(&view->written, &hashes[0]) || map_find(&view->written, &hashes[1]);
    CatCache *cache = view->catalog->cache;
    return cat__generation(cache, hashes[0]) + cat__generation(cache, hashes[1]);
}

const SearchPath *cat_search_path(CatalogView *view)
{
    static const Oid builtin_schemas[] = {NAMESPACE_PG_CATALOG};
    static const SearchPath builtin_path = {.schemas = builtin_schemas,
                                            .count = 1,
                                            .lasting = builtin_schemas,
                                            .lasting_count = 1};
    if (!view->db->tables[PG_NAMESPACE]) return &builtin_path;
    bool own;
    const uint64_t generation = path_generation(view, &own);
    if (!view->path_known || view->path_generation != generation) {
        compute_path(view);
        view->path_known = !own;
        view->path_generation = generation;
    }
    return &view->path;
}

Oid cat_namespace_used(CatalogView *view, Str name, int32_t position)
{
    const Oid schema = str_equal(name, STR("pg_temp")) ? cat__temporary(view)
                                                       : cat_namespace_named(view, name);
    const CatObject object = {CLASS_PG_NAMESPACE, schema, 0};
    if (schema && schema != NAMESPACE_PG_CATALOG && view->db->tables[PG_NAMESPACE])
        cat__check_privilege_at(view, object, PRIV_USAGE, position);
    return schema;
}

typedef Oid (*Named)(CatalogView *view, Oid schema, Str name);

/* The schema of the path that has the name, and what it is there; 0: none. */
static Oid search(CatalogView *view, CatName name, Named find, bool lasting)
{
    if (name.schema.bytes) {
        const Oid schema = cat_namespace_used(view, name.schema, name.location);
        return schema ? find(view, schema, name.name) : 0;
    }
    const SearchPath path = *cat_search_path(view);
    for (uint32_t i = 0; i < path.count; i++) {
        if (lasting && path.schemas[i] == path.temporary) continue;
        const Oid found = find(view, path.schemas[i], name.name);
        if (found) return found;
    }
    return 0;
}

static void check_database(CatalogView *view, CatName name)
{
    if (!name.database.bytes) return;
    const CatDatabase *d = cat_database(view, view->db->oid);
    if (d && str_equal(d->name, name.database)) return;
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "cross-database references are not implemented: \"%.*s.%.*s.%.*s\"",
                  STR_ARG(name.database), STR_ARG(name.schema), STR_ARG(name.name));
    error_raise(error_position(error, name.location));
}

Oid cat_relation_search(CatalogView *view, CatName name)
{
    check_database(view, name);
    return search(view, name, cat_relation_named, false);
}

Oid cat_type_search(CatalogView *view, CatName name)
{
    return search(view, name, cat_type_named, false);
}

Oid cat_collation_search(CatalogView *view, CatName name)
{
    return search(view, name, cat_collation_named, true);
}

/* ---- visibility */

bool cat_relation_is_visible(CatalogView *view, Oid oid)
{
    const Str name = cat__relation_name(view, oid);
    return name.bytes && cat_relation_search(view, (CatName){.name = name}) == oid;
}

bool cat_type_is_visible(CatalogView *view, Oid oid)
{
    const CatType *type = cat_type(view, oid);
    return type && cat_type_search(view, (CatName){.name = type->name}) == oid;
}

static uint32_t place_in_path(const SearchPath *path, Oid schema)
{
    uint32_t i = 0;
    while (i < path->lasting_count && path->lasting[i] != schema) i++;
    return i;
}

/* A function is hidden by one of the same name and arguments in a schema before its own. */
bool cat_function_is_visible(CatalogView *view, Oid oid)
{
    const CatFunction *f = cat_function(view, oid);
    if (!f) return false;
    const SearchPath path = *cat_search_path(view);
    const uint32_t place = place_in_path(&path, f->namespace_);
    if (place == path.lasting_count) return false;
    uint32_t count;
    const CatFunction **others = cat_functions_named(view, f->name, &count);
    for (uint32_t i = 0; i < count; i++) {
        const CatFunction *other = others[i];
        if (place_in_path(&path, other->namespace_) < place && other->arg_count == f->arg_count &&
            oids_equal(other->args, f->args, f->arg_count))
            return false;
    }
    return true;
}

/* ---- relations */

/* Of any kind, indexes too, which have no relation entry of their own. */
Str cat__relation_name(CatalogView *view, Oid oid)
{
    const CatRelation *r = cat_relation(view, oid);
    return r ? r->name : (Str){0};
}

static Str full_name(CatalogView *view, CatName name)
{
    return name.schema.bytes
               ? str_format(view->stmt, "%.*s.%.*s", STR_ARG(name.schema), STR_ARG(name.name))
               : name.name;
}

static LockTag relation_tag(CatalogView *view, Oid oid)
{
    const CatalogTable table = cat__table_of(oid);
    const bool shared = table != CATALOG_TABLE_COUNT && catalog_tables[table].shared;
    return (LockTag){.kind = LOCK_RELATION, .database = shared ? 0 : view->db->oid, .a = oid};
}

/* A loser of a crash has locks too, until it is undone; they stand in no table of locks. */
Status cat__wait_losers(CatalogView *view, Oid oid, const LockOptions *options)
{
    if (LIKELY(!txns_have_losers(txn_system(view->txn)))) return OK;
    const CatRelation *r = cat_relation(view, oid);
    if (!r || tree_number(r->tree) == 0) return OK;
    return table_wait_losers(view->txn, r->tree, view->options.locks, options);
}

/* False: NOWAIT or lock_timeout, and no lock. */
static bool lock_relation(CatalogView *view, Oid oid, LockMode mode, bool nowait)
{
    const LockTag tag = relation_tag(view, oid);
    LockOptions options = {.owner = LOCK_TRANSACTION, .wait = LOCK_WAIT};
    if (view->options.lock_options) view->options.lock_options(view->options.owner, &options);
    if (nowait) options.wait = LOCK_NOWAIT;
    Status status = lock_take(view->options.locks, view->txn, &tag, mode, &options);
    if (status == OK && mode >= LOCK_SHARE) {
        status = cat__wait_losers(view, oid, &options);
        if (status == ST_NOT_AVAILABLE)
            (void)lock_release(view->options.locks, &tag, mode, LOCK_TRANSACTION);
    }
    if (status == ST_NOT_AVAILABLE && nowait) return false;
    CHECK(status);
    return true;
}

static _Noreturn void raise_no_schema(CatName name)
{
    Error *error = error_begin(SQLSTATE_INVALID_SCHEMA_NAME);
    error_message(error, "schema \"%.*s\" does not exist", STR_ARG(name.schema));
    error_raise(error_position(error, name.location));
}

static const CatRelation *missing(CatalogView *view, CatName name, uint32_t flags)
{
    if (flags & CAT_MISSING_OK) return NULL;
    if (name.schema.bytes && !str_equal(name.schema, STR("pg_temp")) &&
        !cat_namespace_named(view, name.schema)) {
        name.location = 0;
        raise_no_schema(name);
    }
    Error *error = error_begin(SQLSTATE_UNDEFINED_TABLE);
    error_message(error, "relation \"%.*s\" does not exist", STR_ARG(full_name(view, name)));
    error_raise(error_position(error, name.location));
}

static const CatRelation *opened(CatalogView *view, const CatRelation *relation)
{
    view->used_temporary |= relation->persistence == 't';
    return relation;
}

const CatRelation *cat_relation_open(CatalogView *view, CatName name, LockMode mode, uint32_t flags)
{
    check_database(view, name);
    for (;;) {
        task_check();
        const Oid oid = cat_relation_search(view, name);
        if (!oid) return missing(view, name, flags);
        if (!lock_relation(view, oid, mode, flags & (CAT_NOWAIT | CAT_SKIP_LOCKED))) {
            if (flags & CAT_SKIP_LOCKED) return NULL;
            raise_error(SQLSTATE_LOCK_NOT_AVAILABLE, "could not obtain lock on relation \"%.*s\"",
                        STR_ARG(name.name));
        }
        if (cat_relation_search(view, name) == oid) {
            const CatRelation *r = cat_relation(view, oid);
            if (r) return opened(view, r);
        }
        MARK("catalog: a name meant something else when its lock came");
        const LockTag tag = relation_tag(view, oid);
        (void)lock_release(view->options.locks, &tag, mode, LOCK_TRANSACTION);
    }
}

const CatRelation *cat_relation_open_oid(CatalogView *view, Oid oid, LockMode mode)
{
    (void)lock_relation(view, oid, mode, false);
    const CatRelation *r = cat_relation(view, oid);
    if (!r) {
        const LockTag tag = relation_tag(view, oid);
        (void)lock_release(view->options.locks, &tag, mode, LOCK_TRANSACTION);
        return NULL;
    }
    return opened(view, r);
}

typedef struct SessionHold {
    LockSession *locks;
    LockTag tag;
    LockMode mode;
} SessionHold;

static void let_go(void *arg)
{
    const SessionHold *hold = arg;
    (void)lock_release(hold->locks, &hold->tag, hold->mode, LOCK_SESSION);
}

void cat_relation_hold(CatalogView *view, Scope *scope, Oid oid, LockMode mode)
{
    SessionHold *hold = ARENA_NEW(view->stmt, SessionHold);
    LockOptions options = {.owner = LOCK_SESSION, .wait = LOCK_WAIT};
    *hold = (SessionHold){view->options.locks, relation_tag(view, oid), mode};
    if (view->options.lock_options) view->options.lock_options(view->options.owner, &options);
    options.owner = LOCK_SESSION;
    CHECK(lock_take(hold->locks, view->txn, &hold->tag, mode, &options));
    scope_add(scope, let_go, hold);
}

void cat_relation_wait(CatalogView *view, Oid oid, LockMode mode)
{
    const LockTag tag = relation_tag(view, oid);
    LockOptions options = {.owner = LOCK_TRANSACTION, .wait = LOCK_WAIT};
    if (view->options.lock_options) view->options.lock_options(view->options.owner, &options);
    CHECK(lock_wait_holders(view->options.locks, view->txn, &tag, mode, &options));
}

Str cat_relation_name_qualified(CatalogView *view, Arena *arena, Oid oid)
{
    const CatRelation *r = cat_relation(view, oid);
    if (!r) return (Str){0};
    StrBuilder out = str_builder(arena, 64);
    if (!cat_relation_is_visible(view, oid)) {
        parse_quote_identifier(&out, r->schema_name);
        str_add_char(&out, '.');
    }
    parse_quote_identifier(&out, r->name);
    return str_done(&out);
}

/* ---- where new things go */

static Oid schema_for_creation(CatalogView *view, CatName name, bool temporary)
{
    if (name.schema.bytes) {
        if (str_equal(name.schema, STR("pg_temp"))) return cat_temporary_schema(view);
        const Oid schema = cat_namespace_named(view, name.schema);
        if (!schema) raise_no_schema(name);
        return schema;
    }
    if (temporary) return cat_temporary_schema(view);
    const SearchPath *path = cat_search_path(view);
    if (path->create_temporary) return cat_temporary_schema(view);
    if (!path->create_in) {
        Error *error = error_begin(SQLSTATE_INVALID_SCHEMA_NAME);
        error_message(error, "no schema has been selected to create in");
        error_raise(error_position(error, name.location));
    }
    return path->create_in;
}

Oid cat_namespace_for_creation(CatalogView *view, CatName name, bool temporary)
{
    check_database(view, name);
    const Oid schema = schema_for_creation(view, name, temporary);
    if (schema != cat__temporary(view))
        cat__check_privilege_at(view, (CatObject){CLASS_PG_NAMESPACE, schema, 0}, PRIV_CREATE,
                                name.location);
    if (schema != cat__temporary(view) &&
        !cat_object_lock(view, (CatObject){CLASS_PG_NAMESPACE, schema, 0}, LOCK_ACCESS_SHARE)) {
        if (name.schema.bytes) raise_no_schema(name);
        raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "no schema has been selected to create in");
    }
    if (temporary && schema != cat__temporary(view)) {
        Error *error = error_begin(SQLSTATE_INVALID_TABLE_DEFINITION);
        error_message(error, "cannot create temporary relation in non-temporary schema");
        error_raise(error_position(error, name.location));
    }
    return schema;
}

static Str temporary_name(CatalogView *view)
{
    if (!view->temporary_name.data)
        view->temporary_name = str_format(view->options.session, "pg_temp_%u",
                                          (unsigned)view->options.slot);
    return view->temporary_name;
}

Oid cat__temporary(CatalogView *view)
{
    if (view->temporary_doubtful) {
        view->temporary = cat_namespace_named(view, temporary_name(view));
        view->temporary_doubtful = false;
    }
    return view->temporary;
}

void cat_doubt_temporary(CatalogView *view)
{
    view->temporary_doubtful = view->had_temporary;
    view->path_known &= !view->had_temporary;
}

Oid cat_temporary_left(CatalogView *view)
{
    return cat_namespace_named(view, temporary_name(view));
}

/* Schema pg_temp_N belongs to a session's slot, and goes with the session. */
Oid cat_temporary_schema(CatalogView *view)
{
    view->used_temporary = true;
    if (cat__temporary(view)) return view->temporary;
    const CatDatabase *database = cat_database(view, view->db->oid);
    const CatObject object = {CLASS_PG_DATABASE, view->db->oid, 0};
    if (!cat_privileges(view, view->role, object, PRIV_TEMPORARY))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "permission denied to create temporary tables in database \"%.*s\"",
                    STR_ARG(database->name));
    const Str name = temporary_name(view);
    Oid schema = cat_namespace_named(view, name);
    if (!schema) {
        schema = cat_new_oid(view, PG_NAMESPACE);
        Datum row[PG_NAMESPACE_COLUMNS] = {0};
        row[PG_NAMESPACE_OID] = datum_oid(schema);
        row[PG_NAMESPACE_NSPNAME] = datum_str(name);
        row[PG_NAMESPACE_NSPOWNER] = datum_oid(ROLE_BOOTSTRAP);
        row[PG_NAMESPACE_NSPACL] = datum_null();
        (void)cat_insert(view, PG_NAMESPACE, row);
    }
    view->had_temporary = true;
    view->temporary = schema;
    view->path_known = false;
    return schema;
}
