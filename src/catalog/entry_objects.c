/* SPDX-License-Identifier: Apache-2.0 */
/* entry_objects.c - entries of types, functions, operators, schemas, roles, databases and collations, made of rows
 * where they are not built in. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"
#include "type/array.h"

static const CatEntry *entry_by_oid(CatalogView *view, Oid class_, Oid oid, CatLoad load)
{
    const bool shared = catalog_tables[cat__table_of(class_)].shared;
    const CatKey key = {shared ? 0 : view->db->oid, class_, oid, {0}};
    if (!oid || !view->db->tables[cat__table_of(class_)]) return NULL;
    return cat__entry(view, &key, load);
}

static char char_at(const Datum *row, uint32_t column)
{
    return (char)row[column].value.i16;
}

/* ---- types */

static int label_order(const FnEnumLabel *a, const FnEnumLabel *b)
{
    return (a->order > b->order) - (a->order < b->order);
}

static bool is_among(const Oid *oids, uint32_t count, Oid oid)
{
    for (uint32_t i = 0; i < count; i++)
        if (oids[i] == oid) return true;
    return false;
}

/* Numbers of objects never return, so what ROLLBACK TO took back may stay noted. */
void cat_note_new_enum(CatalogView *view, Oid type)
{
    array_push(&view->new_enums, type);
}

void cat_note_new_label(CatalogView *view, Oid type, Oid label, bool in_savepoint)
{
    if (in_savepoint || !is_among(view->new_enums.items, view->new_enums.count, type))
        array_push(&view->unsafe_labels, label);
}

static void load_labels(CatalogView *view, Arena *arena, CatType *t)
{
    ARRAY_OF(FnEnumLabel) labels = {.arena = arena};
    const Datum key = datum_oid(t->oid);
    CatScan *scan = cat_scan_open(view, PG_ENUM, PG_ENUM_TYPID_SORTORDER_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const Oid oid = row.values[PG_ENUM_OID].value.u32;
        const FnEnumLabel label = {.oid = oid,
                                   .order = row.values[PG_ENUM_ENUMSORTORDER].value.f32,
                                   .label = str_copy(arena,
                                                     datum_text(&row.values[PG_ENUM_ENUMLABEL])),
                                   .unsafe = is_among(view->unsafe_labels.items,
                                                      view->unsafe_labels.count, oid)};
        ASSERT(!labels.count || label_order(&array_last(&labels), &label) < 0);
        array_push(&labels, label);
    }
    cat_scan_close(scan);
    t->labels = labels.items;
    t->label_count = labels.count;
}

static int by_name(const CatConstraint *a, const CatConstraint *b)
{
    return str_compare(a->name, b->name);
}

static void load_domain_constraints(CatalogView *view, Arena *arena, CatType *t)
{
    ARRAY_OF(CatConstraint) found = {.arena = arena};
    const Datum key = datum_oid(t->oid);
    CatScan *scan = cat_scan_open(view, PG_CONSTRAINT, PG_CONSTRAINT_CONTYPID_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        array_push(&found, cat__constraint(&t->entry, arena, row.values));
        for (uint32_t i = found.count - 1;
             i > 0 && by_name(&found.items[i - 1], &found.items[i]) > 0; i--) {
            const CatConstraint swapped = found.items[i];
            found.items[i] = found.items[i - 1];
            found.items[i - 1] = swapped;
        }
    }
    cat_scan_close(scan);
    t->constraints = found.items;
    t->constraint_count = found.count;
}

static void load_range(CatalogView *view, Arena *arena, CatType *t)
{
    const Datum key = datum_oid(t->oid);
    const CatalogIndex index = t->kind == 'r' ? PG_RANGE_RNGTYPID_INDEX
                                              : PG_RANGE_RNGMULTITYPID_INDEX;
    const Datum *row = cat__row(view, index, &key, 1, arena, NULL);
    if (!row) return;
    t->range_subtype = row[t->kind == 'r' ? PG_RANGE_RNGSUBTYPE : PG_RANGE_RNGTYPID].value.u32;
    if (t->kind != 'r') return;
    t->multirange = row[PG_RANGE_RNGMULTITYPID].value.u32;
    t->range_collation = row[PG_RANGE_RNGCOLLATION].value.u32;
}

static void make_code(CatalogView *view, Arena *arena, CatType *t, const Datum *row)
{
    if (t->kind == 'e') {
        t->type = cat__make_enum(arena, t->oid, t->name, t->array);
    } else if (t->kind == 'c') {
        t->type = cat__make_composite(arena, t->oid, t->name, t->array);
    } else if (t->kind == 'd') {
        const CatType *base = cat_type(view, t->base);
        if (base && base->type)
            t->type = cat__make_domain(arena, t->oid, t->name, t->array, base->type, t->typmod);
    } else if (t->kind == 'b' && t->element && t->category == 'A') {
        t->type = cat__make_array(arena, t->oid, t->name, t->element,
                                  char_at(row, PG_TYPE_TYPALIGN), char_at(row, PG_TYPE_TYPDELIM),
                                  t->collation);
    } else if (t->kind == 'r' || t->kind == 'm') {
        t->type = cat__make_range(arena, t);
    }
}

static CatEntry *load_type(CatalogView *view, Arena *arena, const CatKey *key)
{
    const Datum oid = datum_oid(key->oid);
    const Datum *row = cat__row(view, PG_TYPE_OID_INDEX, &oid, 1, arena, NULL);
    if (!row) return NULL;
    CatType *t = ARENA_NEW(arena, CatType);
    *t = (CatType){
        .oid = key->oid,
        .namespace_ = row[PG_TYPE_TYPNAMESPACE].value.u32,
        .owner = row[PG_TYPE_TYPOWNER].value.u32,
        .relation = row[PG_TYPE_TYPRELID].value.u32,
        .element = row[PG_TYPE_TYPELEM].value.u32,
        .array = row[PG_TYPE_TYPARRAY].value.u32,
        .base = row[PG_TYPE_TYPBASETYPE].value.u32,
        .collation = row[PG_TYPE_TYPCOLLATION].value.u32,
        .name = datum_text(&row[PG_TYPE_TYPNAME]),
        .kind = char_at(row, PG_TYPE_TYPTYPE),
        .category = char_at(row, PG_TYPE_TYPCATEGORY),
        .preferred = row[PG_TYPE_TYPISPREFERRED].value.b,
        .defined = row[PG_TYPE_TYPISDEFINED].value.b,
        .not_null = row[PG_TYPE_TYPNOTNULL].value.b,
        .typmod = row[PG_TYPE_TYPTYPMOD].value.i32,
        .input = row[PG_TYPE_TYPINPUT].value.u32,
        .output = row[PG_TYPE_TYPOUTPUT].value.u32,
        .receive = row[PG_TYPE_TYPRECEIVE].value.u32,
        .send = row[PG_TYPE_TYPSEND].value.u32,
        .typmod_in = row[PG_TYPE_TYPMODIN].value.u32,
        .typmod_out = row[PG_TYPE_TYPMODOUT].value.u32,
        .default_text = datum_text(&row[PG_TYPE_TYPDEFAULT]),
    };
    if (!row[PG_TYPE_TYPDEFAULTBIN].null)
        t->default_ = cat__expr(&t->entry, arena, datum_text(&row[PG_TYPE_TYPDEFAULTBIN]));
    if (t->kind == 'e') load_labels(view, arena, t);
    if (t->kind == 'd') load_domain_constraints(view, arena, t);
    if (t->kind == 'r' || t->kind == 'm') load_range(view, arena, t);
    make_code(view, arena, t, row);
    return &t->entry;
}

const CatType *cat_type(CatalogView *view, Oid oid)
{
    const CatType *builtin = cat__builtin_type(&view->catalog->builtin, oid);
    if (builtin) return builtin;
    return (const CatType *)entry_by_oid(view, CLASS_PG_TYPE, oid, load_type);
}

/* ---- functions */

/* Argument types, names, modes and defaults. */
static void load_arguments(CatFunction *f, Arena *arena, const Datum *row)
{
    f->arg_count = cat__oid_array(arena, &row[PG_PROC_PROARGTYPES], &f->args);
    f->all_args = f->args;
    f->all_arg_count = f->arg_count;
    if (!row[PG_PROC_PROALLARGTYPES].null)
        f->all_arg_count = cat__oid_array(arena, &row[PG_PROC_PROALLARGTYPES], &f->all_args);
    const Str *names;
    if (cat__text_array(arena, &row[PG_PROC_PROARGNAMES], &names) == f->all_arg_count)
        f->arg_names = names;
    ArrayView modes;
    if (!row[PG_PROC_PROARGMODES].null &&
        array_view(datum_text(&row[PG_PROC_PROARGMODES]), &modes) &&
        modes.count == f->all_arg_count) {
        char *out = arena_alloc_zero(arena, modes.count + 1);
        for (uint32_t i = 0; i < modes.count; i++) {
            const Bytes mode = array_element(&modes, i);
            out[i] = mode.bytes ? (char)mode.data[0] : 'i';
        }
        f->modes = out;
    }
    const Str *texts;
    const uint32_t count = cat_expr_list_split(arena, datum_text(&row[PG_PROC_PROARGDEFAULTS]),
                                               &texts);
    CatExpr **defaults = ARENA_ARRAY(arena, CatExpr *, count + 1);
    for (uint32_t i = 0; i < count; i++) defaults[i] = cat__expr(&f->entry, arena, texts[i]);
    f->defaults = (const CatExpr *const *)defaults;
    f->default_count = MIN(count, (uint32_t)row[PG_PROC_PRONARGDEFAULTS].value.i16);
}

static CatEntry *load_function(CatalogView *view, Arena *arena, const CatKey *key)
{
    const Datum oid = datum_oid(key->oid);
    const Datum *row = cat__row(view, PG_PROC_OID_INDEX, &oid, 1, arena, NULL);
    if (!row) return NULL;
    CatFunction *f = ARENA_NEW(arena, CatFunction);
    *f = (CatFunction){
        .oid = key->oid,
        .namespace_ = row[PG_PROC_PRONAMESPACE].value.u32,
        .owner = row[PG_PROC_PROOWNER].value.u32,
        .language = row[PG_PROC_PROLANG].value.u32,
        .result = row[PG_PROC_PRORETTYPE].value.u32,
        .variadic = row[PG_PROC_PROVARIADIC].value.u32,
        .support = row[PG_PROC_PROSUPPORT].value.u32,
        .name = datum_text(&row[PG_PROC_PRONAME]),
        .kind = char_at(row, PG_PROC_PROKIND),
        .volatility = char_at(row, PG_PROC_PROVOLATILE),
        .parallel = char_at(row, PG_PROC_PROPARALLEL),
        .strict = row[PG_PROC_PROISSTRICT].value.b,
        .returns_set = row[PG_PROC_PRORETSET].value.b,
        .security_definer = row[PG_PROC_PROSECDEF].value.b,
        .leakproof = row[PG_PROC_PROLEAKPROOF].value.b,
        .cost = row[PG_PROC_PROCOST].value.f32,
        .rows = row[PG_PROC_PROROWS].value.f32,
        .source = datum_text(&row[PG_PROC_PROSRC]),
        .sql_body = datum_text(&row[PG_PROC_PROSQLBODY]),
    };
    load_arguments(f, arena, row);
    f->config_count = cat__text_array(arena, &row[PG_PROC_PROCONFIG], &f->config);
    return &f->entry;
}

const CatFunction *cat_function(CatalogView *view, Oid oid)
{
    const CatFunction *builtin = cat__builtin_function(&view->catalog->builtin, oid);
    if (builtin) return builtin;
    return (const CatFunction *)entry_by_oid(view, CLASS_PG_PROC, oid, load_function);
}

/* ---- operators */

static CatEntry *load_operator(CatalogView *view, Arena *arena, const CatKey *key)
{
    const Datum oid = datum_oid(key->oid);
    const Datum *row = cat__row(view, PG_OPERATOR_OID_INDEX, &oid, 1, arena, NULL);
    if (!row) return NULL;
    CatOperator *o = ARENA_NEW(arena, CatOperator);
    *o = (CatOperator){
        .oid = key->oid,
        .namespace_ = row[PG_OPERATOR_OPRNAMESPACE].value.u32,
        .left = row[PG_OPERATOR_OPRLEFT].value.u32,
        .right = row[PG_OPERATOR_OPRRIGHT].value.u32,
        .result = row[PG_OPERATOR_OPRRESULT].value.u32,
        .function = row[PG_OPERATOR_OPRCODE].value.u32,
        .commutator = row[PG_OPERATOR_OPRCOM].value.u32,
        .negator = row[PG_OPERATOR_OPRNEGATE].value.u32,
        .name = datum_text(&row[PG_OPERATOR_OPRNAME]),
        .hash = row[PG_OPERATOR_OPRCANHASH].value.b,
        .merge = row[PG_OPERATOR_OPRCANMERGE].value.b,
    };
    return &o->entry;
}

const CatOperator *cat_operator(CatalogView *view, Oid oid)
{
    const CatOperator *builtin = cat__builtin_operator(&view->catalog->builtin, oid);
    if (builtin) return builtin;
    return (const CatOperator *)entry_by_oid(view, CLASS_PG_OPERATOR, oid, load_operator);
}

/* ---- schemas */

static CatEntry *load_namespace(CatalogView *view, Arena *arena, const CatKey *key)
{
    const Datum oid = datum_oid(key->oid);
    const Datum *row = cat__row(view, PG_NAMESPACE_OID_INDEX, &oid, 1, arena, NULL);
    if (!row) return NULL;
    CatNamespace *n = ARENA_NEW(arena, CatNamespace);
    *n = (CatNamespace){
        .oid = key->oid,
        .owner = row[PG_NAMESPACE_NSPOWNER].value.u32,
        .name = datum_text(&row[PG_NAMESPACE_NSPNAME]),
        .acl = datum_text(&row[PG_NAMESPACE_NSPACL]),
    };
    return &n->entry;
}

static const CatNamespace pg_catalog_namespace = {
    .entry = {.class_ = CLASS_PG_NAMESPACE, .oid = NAMESPACE_PG_CATALOG},
    .oid = NAMESPACE_PG_CATALOG,
    .owner = ROLE_BOOTSTRAP,
    .name = {"pg_catalog", 10},
};

const CatNamespace *cat_namespace(CatalogView *view, Oid oid)
{
    if (oid == NAMESPACE_PG_CATALOG && !view->db->tables[PG_NAMESPACE])
        return &pg_catalog_namespace;
    return (const CatNamespace *)entry_by_oid(view, CLASS_PG_NAMESPACE, oid, load_namespace);
}

/* ---- roles and databases */

static CatEntry *load_role(CatalogView *view, Arena *arena, const CatKey *key)
{
    const Datum oid = datum_oid(key->oid);
    const Datum *row = cat__row(view, PG_AUTHID_OID_INDEX, &oid, 1, arena, NULL);
    if (!row) return NULL;
    CatRole *r = ARENA_NEW(arena, CatRole);
    *r = (CatRole){
        .oid = key->oid,
        .name = datum_text(&row[PG_AUTHID_ROLNAME]),
        .password = datum_text(&row[PG_AUTHID_ROLPASSWORD]),
        .superuser = row[PG_AUTHID_ROLSUPER].value.b,
        .inherit = row[PG_AUTHID_ROLINHERIT].value.b,
        .create_role = row[PG_AUTHID_ROLCREATEROLE].value.b,
        .create_database = row[PG_AUTHID_ROLCREATEDB].value.b,
        .login = row[PG_AUTHID_ROLCANLOGIN].value.b,
        .replication = row[PG_AUTHID_ROLREPLICATION].value.b,
        .bypass_rls = row[PG_AUTHID_ROLBYPASSRLS].value.b,
        .connection_limit = row[PG_AUTHID_ROLCONNLIMIT].value.i32,
        .has_valid_until = !row[PG_AUTHID_ROLVALIDUNTIL].null,
        .valid_until = row[PG_AUTHID_ROLVALIDUNTIL].value.i64,
    };
    return &r->entry;
}

const CatRole *cat_role(CatalogView *view, Oid oid)
{
    return (const CatRole *)entry_by_oid(view, CLASS_PG_AUTHID, oid, load_role);
}

static CatEntry *load_database(CatalogView *view, Arena *arena, const CatKey *key)
{
    const Datum oid = datum_oid(key->oid);
    const Datum *row = cat__row(view, PG_DATABASE_OID_INDEX, &oid, 1, arena, NULL);
    if (!row) return NULL;
    CatDatabase *d = ARENA_NEW(arena, CatDatabase);
    *d = (CatDatabase){
        .oid = key->oid,
        .owner = row[PG_DATABASE_DATDBA].value.u32,
        .tablespace = row[PG_DATABASE_DATTABLESPACE].value.u32,
        .name = datum_text(&row[PG_DATABASE_DATNAME]),
        .acl = datum_text(&row[PG_DATABASE_DATACL]),
        .locale = datum_text(&row[PG_DATABASE_DATLOCALE]),
        .ctype = datum_text(&row[PG_DATABASE_DATCTYPE]),
        .space = {(uint32_t)row[PG_DATABASE_SPACE].value.i32},
        .template_ = row[PG_DATABASE_DATISTEMPLATE].value.b,
        .allow_connections = row[PG_DATABASE_DATALLOWCONN].value.b,
        .connection_limit = row[PG_DATABASE_DATCONNLIMIT].value.i32,
        .encoding = row[PG_DATABASE_ENCODING].value.i32,
        .provider = char_at(row, PG_DATABASE_DATLOCPROVIDER),
    };
    return &d->entry;
}

const CatDatabase *cat_database(CatalogView *view, Oid oid)
{
    return (const CatDatabase *)entry_by_oid(view, CLASS_PG_DATABASE, oid, load_database);
}

/* ---- collations */

static CatEntry *load_collation(CatalogView *view, Arena *arena, const CatKey *key)
{
    const Datum oid = datum_oid(key->oid);
    const Datum *row = cat__row(view, PG_COLLATION_OID_INDEX, &oid, 1, arena, NULL);
    if (!row) return NULL;
    CatCollation *c = ARENA_NEW(arena, CatCollation);
    *c = (CatCollation){
        .oid = key->oid,
        .namespace_ = row[PG_COLLATION_COLLNAMESPACE].value.u32,
        .name = datum_text(&row[PG_COLLATION_COLLNAME]),
        .locale = datum_text(&row[row[PG_COLLATION_COLLLOCALE].null ? PG_COLLATION_COLLCOLLATE
                                                                    : PG_COLLATION_COLLLOCALE]),
        .rules = row[PG_COLLATION_COLLICURULES].null ? STR("")
                                                     : datum_text(&row[PG_COLLATION_COLLICURULES]),
        .provider = char_at(row, PG_COLLATION_COLLPROVIDER),
        .deterministic = row[PG_COLLATION_COLLISDETERMINISTIC].value.b,
    };
    return &c->entry;
}

const CatCollation *cat_collation(CatalogView *view, Oid oid)
{
    for (uint32_t i = 0; i < builtins.collations_count; i++)
        if (builtins.collations[i].oid == oid) return &view->catalog->builtin.collations[i];
    return (const CatCollation *)entry_by_oid(view, CLASS_PG_COLLATION, oid, load_collation);
}
