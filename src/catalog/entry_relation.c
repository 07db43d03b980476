/* SPDX-License-Identifier: Apache-2.0 */
/* entry_relation.c - a relation's entry, made of its rows in pg_class, pg_attribute, pg_attrdef, pg_index,
 * pg_constraint and pg_rewrite. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"
#include "type/array.h"

CatExpr *cat__expr(CatEntry *entry, Arena *arena, Str stored)
{
    CatExpr *expr = ARENA_NEW(arena, CatExpr);
    expr->stored = str_copy(arena, stored);
    expr->account = arena_account(arena);
    expr->next = entry->exprs;
    entry->exprs = expr;
    return expr;
}

/* ---- arrays in rows */

uint32_t cat__i16_array(Arena *arena, const Datum *stored, const int16_t **values)
{
    ArrayView view;
    *values = NULL;
    if (stored->null || !array_view(datum_text(stored), &view) || !view.count) return 0;
    int16_t *out = ARENA_ARRAY(arena, int16_t, view.count);
    for (uint32_t i = 0; i < view.count; i++) {
        const Bytes bytes = array_element(&view, i);
        if (bytes.bytes == sizeof *out) memcpy(&out[i], bytes.data, sizeof *out);
    }
    *values = out;
    return view.count;
}

uint32_t cat__oid_array(Arena *arena, const Datum *stored, const Oid **values)
{
    ArrayView view;
    *values = NULL;
    if (stored->null || !array_view(datum_text(stored), &view) || !view.count) return 0;
    Oid *out = ARENA_ARRAY(arena, Oid, view.count);
    for (uint32_t i = 0; i < view.count; i++) {
        const Bytes bytes = array_element(&view, i);
        if (bytes.bytes == sizeof *out) memcpy(&out[i], bytes.data, sizeof *out);
    }
    *values = out;
    return view.count;
}

uint32_t cat__text_array(Arena *arena, const Datum *stored, const Str **values)
{
    ArrayView view;
    *values = NULL;
    if (stored->null || !array_view(datum_text(stored), &view) || !view.count) return 0;
    Str *out = ARENA_ARRAY(arena, Str, view.count);
    for (uint32_t i = 0; i < view.count; i++) {
        const Bytes bytes = array_element(&view, i);
        out[i] = str_copy(arena, (Str){(const char *)bytes.data, bytes.bytes});
    }
    *values = out;
    return view.count;
}

/* ---- columns */

typedef struct Loading {
    CatalogView *view;
    Arena *arena;
    CatRelation *r;
    CatColumn *columns;
} Loading;

static void load_column(Loading *l, const Datum *row)
{
    const int16_t number = row[PG_ATTRIBUTE_ATTNUM].value.i16;
    if (number < 1 || number > l->r->column_count) return;
    CatColumn *c = &l->columns[number - 1];
    *c = (CatColumn){
        .number = number,
        .physical = (uint16_t)row[PG_ATTRIBUTE_SLOT].value.i16,
        .name = str_copy(l->arena, datum_text(&row[PG_ATTRIBUTE_ATTNAME])),
        .type = row[PG_ATTRIBUTE_ATTTYPID].value.u32,
        .collation = row[PG_ATTRIBUTE_ATTCOLLATION].value.u32,
        .typmod = row[PG_ATTRIBUTE_ATTTYPMOD].value.i32,
        .not_null = row[PG_ATTRIBUTE_ATTNOTNULL].value.b,
        .dropped = row[PG_ATTRIBUTE_ATTISDROPPED].value.b,
        .has_missing = row[PG_ATTRIBUTE_ATTHASMISSING].value.b,
        .identity = (char)row[PG_ATTRIBUTE_ATTIDENTITY].value.i16,
        .generated = (char)row[PG_ATTRIBUTE_ATTGENERATED].value.i16,
        .missing = {.null = true},
    };
    if (c->dropped) return;
    l->r->has_virtual |= c->generated == 'v';
    const CatType *type = cat_type(l->view, c->type);
    c->phys = type && type->type ? type->type->phys : PHYS_STR;
    ArrayView missing;
    const Datum *stored = &row[PG_ATTRIBUTE_ATTMISSINGVAL];
    if (c->has_missing && type && type->type && array_view(datum_text(stored), &missing) &&
        missing.count == 1) {
        c->missing = array_get(&missing, type->type, 0);
        if (!c->missing.null) c->missing.value = value_copy(l->arena, c->phys, c->missing.value);
    }
}

static void load_columns(Loading *l)
{
    const Datum key = datum_oid(l->r->oid);
    CatRow row;
    l->columns = ARENA_ARRAY(l->arena, CatColumn, (uint32_t)l->r->column_count + 1);
    CatScan *scan = cat_scan_open(l->view, PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, &key, 1);
    while (cat_scan_next(scan, &row)) load_column(l, row.values);
    cat_scan_close(scan);
    scan = cat_scan_open(l->view, PG_ATTRDEF, PG_ATTRDEF_ADRELID_ADNUM_INDEX, &key, 1);
    while (cat_scan_next(scan, &row)) {
        const int16_t number = row.values[PG_ATTRDEF_ADNUM].value.i16;
        if (number < 1 || number > l->r->column_count) continue;
        l->columns[number - 1].default_ = cat__expr(&l->r->entry, l->arena,
                                                    datum_text(&row.values[PG_ATTRDEF_ADBIN]));
    }
    cat_scan_close(scan);
    l->r->columns = l->columns;
}

/* ---- indexes */

/* Types of an index's own columns, which its expressions have nowhere else. */
static void load_key_types(Loading *l, CatIndex *index, CatIndexKey *keys)
{
    const Datum key = datum_oid(index->oid);
    CatScan *scan = cat_scan_open(l->view, PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const int16_t number = row.values[PG_ATTRIBUTE_ATTNUM].value.i16;
        if (number < 1 || (uint32_t)number > index->column_count) continue;
        CatIndexKey *k = &keys[number - 1];
        k->key_type = row.values[PG_ATTRIBUTE_ATTTYPID].value.u32;
        k->type = k->column > 0 && k->column <= l->r->column_count ? l->columns[k->column - 1].type
                                                                   : k->key_type;
    }
    cat_scan_close(scan);
}

static void load_keys(Loading *l, CatIndex *index, const Datum *row)
{
    const int16_t *numbers, *options;
    const Oid *classes, *collations;
    const uint32_t count = cat__i16_array(l->arena, &row[PG_INDEX_INDKEY], &numbers);
    const uint32_t class_count = cat__oid_array(l->arena, &row[PG_INDEX_INDCLASS], &classes);
    const uint32_t collation_count = cat__oid_array(l->arena, &row[PG_INDEX_INDCOLLATION],
                                                    &collations);
    const uint32_t option_count = cat__i16_array(l->arena, &row[PG_INDEX_INDOPTION], &options);
    CatIndexKey *keys = ARENA_ARRAY(l->arena, CatIndexKey, count + 1);
    index->column_count = MIN(index->column_count, count);
    for (uint32_t i = 0; i < count; i++) {
        keys[i].column = numbers[i];
        if (i < collation_count) keys[i].collation = collations[i];
        if (i < option_count) keys[i].options = (uint16_t)options[i];
        if (i >= class_count) continue;
        keys[i].opclass = classes[i];
        const CatOpclass *c = cat_opclass(l->view, classes[i]);
        if (c) keys[i].opfamily = c->family;
    }
    load_key_types(l, index, keys);
    index->keys = keys;
}

static void load_expressions(Loading *l, CatIndex *index, const Datum *row)
{
    const Str *texts;
    const uint32_t count = cat_expr_list_split(l->arena, datum_text(&row[PG_INDEX_INDEXPRS]),
                                               &texts);
    index->expressions = ARENA_ARRAY(l->arena, CatExpr *, count + 1);
    for (uint32_t i = 0; i < count; i++)
        index->expressions[i] = cat__expr(&l->r->entry, l->arena, texts[i]);
    if (!row[PG_INDEX_INDPRED].null)
        index->predicate = cat__expr(&l->r->entry, l->arena, datum_text(&row[PG_INDEX_INDPRED]));
}

static const CatIndex *load_index(Loading *l, const Datum *row)
{
    CatIndex *index = ARENA_NEW(l->arena, CatIndex);
    *index = (CatIndex){
        .oid = row[PG_INDEX_INDEXRELID].value.u32,
        .relation = l->r->oid,
        .unique = row[PG_INDEX_INDISUNIQUE].value.b,
        .primary = row[PG_INDEX_INDISPRIMARY].value.b,
        .exclusion = row[PG_INDEX_INDISEXCLUSION].value.b,
        .immediate = row[PG_INDEX_INDIMMEDIATE].value.b,
        .valid = row[PG_INDEX_INDISVALID].value.b,
        .ready = row[PG_INDEX_INDISREADY].value.b,
        .live = row[PG_INDEX_INDISLIVE].value.b,
        .nulls_not_distinct = row[PG_INDEX_INDNULLSNOTDISTINCT].value.b,
        .key_count = (uint32_t)row[PG_INDEX_INDNKEYATTS].value.i16,
        .column_count = (uint32_t)row[PG_INDEX_INDNATTS].value.i16,
        .usable_from = (uint64_t)row[PG_INDEX_USABLE].value.i64,
    };
    load_keys(l, index, row);
    load_expressions(l, index, row);
    const Datum key = datum_oid(index->oid);
    const Datum *class_ = cat__row(l->view, PG_CLASS_OID_INDEX, &key, 1, l->arena, NULL);
    if (!class_) return NULL; /* going away */
    index->name = datum_text(&class_[PG_CLASS_RELNAME]);
    index->tree = cat__class_tree(l->view, class_);
    index->method = class_[PG_CLASS_RELAM].value.u32;
    index->pages = class_[PG_CLASS_RELPAGES].value.i32;
    index->rows = class_[PG_CLASS_RELTUPLES].value.f32;
    index->option_count = cat__text_array(l->arena, &class_[PG_CLASS_RELOPTIONS], &index->options);
    return index;
}

static int index_order(const CatIndex *a, const CatIndex *b)
{
    return (a->oid > b->oid) - (a->oid < b->oid);
}

static void load_indexes(Loading *l)
{
    ARRAY_OF(const CatIndex *) indexes = {.arena = l->arena};
    const Datum key = datum_oid(l->r->oid);
    CatScan *scan = cat_scan_open(l->view, PG_INDEX, PG_INDEX_INDRELID_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const CatIndex *index = load_index(l, row.values);
        if (!index) continue;
        array_push(&indexes, index);
        /* By OID: the order in which they are kept up, and tried for ON CONFLICT. */
        for (uint32_t i = indexes.count - 1;
             i > 0 && index_order(indexes.items[i - 1], indexes.items[i]) > 0; i--) {
            const CatIndex *swapped = indexes.items[i];
            indexes.items[i] = indexes.items[i - 1];
            indexes.items[i - 1] = swapped;
        }
    }
    cat_scan_close(scan);
    l->r->indexes = indexes.items;
    l->r->index_count = indexes.count;
}

/* ---- constraints */

CatConstraint cat__constraint(CatEntry *entry, Arena *arena, const Datum *row)
{
    CatConstraint c = {
        .oid = row[PG_CONSTRAINT_OID].value.u32,
        .name = str_copy(arena, datum_text(&row[PG_CONSTRAINT_CONNAME])),
        .type = (char)row[PG_CONSTRAINT_CONTYPE].value.i16,
        .deferrable = row[PG_CONSTRAINT_CONDEFERRABLE].value.b,
        .deferred = row[PG_CONSTRAINT_CONDEFERRED].value.b,
        .validated = row[PG_CONSTRAINT_CONVALIDATED].value.b,
        .enforced = row[PG_CONSTRAINT_CONENFORCED].value.b,
        .no_inherit = row[PG_CONSTRAINT_CONNOINHERIT].value.b,
        .local = row[PG_CONSTRAINT_CONISLOCAL].value.b,
        .relation = row[PG_CONSTRAINT_CONRELID].value.u32,
        .index = row[PG_CONSTRAINT_CONINDID].value.u32,
        .foreign_relation = row[PG_CONSTRAINT_CONFRELID].value.u32,
        .on_update = (char)row[PG_CONSTRAINT_CONFUPDTYPE].value.i16,
        .on_delete = (char)row[PG_CONSTRAINT_CONFDELTYPE].value.i16,
        .match = (char)row[PG_CONSTRAINT_CONFMATCHTYPE].value.i16,
    };
    c.column_count = cat__i16_array(arena, &row[PG_CONSTRAINT_CONKEY], &c.columns);
    c.foreign_count = cat__i16_array(arena, &row[PG_CONSTRAINT_CONFKEY], &c.foreign_columns);
    (void)cat__oid_array(arena, &row[PG_CONSTRAINT_CONPFEQOP], &c.equal_pk_fk);
    (void)cat__oid_array(arena, &row[PG_CONSTRAINT_CONPPEQOP], &c.equal_pk_pk);
    (void)cat__oid_array(arena, &row[PG_CONSTRAINT_CONFFEQOP], &c.equal_fk_fk);
    c.delete_set_count = cat__i16_array(arena, &row[PG_CONSTRAINT_CONFDELSETCOLS],
                                        &c.delete_set_columns);
    if (!row[PG_CONSTRAINT_CONBIN].null)
        c.check = cat__expr(entry, arena, datum_text(&row[PG_CONSTRAINT_CONBIN]));
    return c;
}

static void load_constraints(Loading *l)
{
    ARRAY_OF(CatConstraint) constraints = {.arena = l->arena};
    const Datum key = datum_oid(l->r->oid);
    CatScan *scan = cat_scan_open(l->view, PG_CONSTRAINT,
                                  PG_CONSTRAINT_CONRELID_CONTYPID_CONNAME_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);)
        array_push(&constraints, cat__constraint(&l->r->entry, l->arena, row.values));
    cat_scan_close(scan);
    l->r->constraints = constraints.items;
    l->r->constraint_count = constraints.count;
    for (uint32_t i = 0; i < l->r->index_count; i++)
        for (uint32_t j = 0; j < constraints.count; j++) {
            const CatConstraint *c = &constraints.items[j];
            if (c->index == l->r->indexes[i]->oid &&
                (c->type == 'p' || c->type == 'u' || c->type == 'x'))
                ((CatIndex *)l->r->indexes[i])->constraint = c->oid;
        }
}

/* Foreign keys that point here depend on this relation's columns. */
static void load_references(Loading *l)
{
    ARRAY_OF(CatConstraint) found = {.arena = l->arena};
    const Datum keys[] = {datum_oid(CLASS_PG_CLASS), datum_oid(l->r->oid)};
    CatScan *scan = cat_scan_open(l->view, PG_DEPEND, PG_DEPEND_REFERENCE_INDEX, keys, 2);
    for (CatRow row; cat_scan_next(scan, &row);) {
        if (row.values[PG_DEPEND_CLASSID].value.u32 != CLASS_PG_CONSTRAINT) continue;
        const Datum oid = row.values[PG_DEPEND_OBJID];
        bool known = false;
        for (uint32_t i = 0; i < found.count; i++) known |= found.items[i].oid == oid.value.u32;
        if (known) continue;
        const Datum *c = cat__row(l->view, PG_CONSTRAINT_OID_INDEX, &oid, 1, l->arena, NULL);
        if (!c || c[PG_CONSTRAINT_CONTYPE].value.i16 != 'f' ||
            c[PG_CONSTRAINT_CONFRELID].value.u32 != l->r->oid)
            continue;
        array_push(&found, cat__constraint(&l->r->entry, l->arena, c));
    }
    cat_scan_close(scan);
    l->r->referenced_by = found.items;
    l->r->referenced_count = found.count;
}

static void load_view_query(Loading *l)
{
    const Datum key = datum_oid(l->r->oid);
    CatScan *scan = cat_scan_open(l->view, PG_REWRITE, PG_REWRITE_REL_RULENAME_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);)
        if (row.values[PG_REWRITE_EV_TYPE].value.i16 == '1')
            l->r->view_query = cat__expr(&l->r->entry, l->arena,
                                         datum_text(&row.values[PG_REWRITE_EV_ACTION]));
    cat_scan_close(scan);
}

/* ---- the relation */

static void fill_relation(CatalogView *view, CatRelation *r, Arena *arena, const Datum *row)
{
    *r = (CatRelation){
        .oid = row[PG_CLASS_OID].value.u32,
        .namespace_ = row[PG_CLASS_RELNAMESPACE].value.u32,
        .owner = row[PG_CLASS_RELOWNER].value.u32,
        .type = row[PG_CLASS_RELTYPE].value.u32,
        .of_type = row[PG_CLASS_RELOFTYPE].value.u32,
        .method = row[PG_CLASS_RELAM].value.u32,
        .tablespace = row[PG_CLASS_RELTABLESPACE].value.u32,
        .name = datum_text(&row[PG_CLASS_RELNAME]),
        .kind = (char)row[PG_CLASS_RELKIND].value.i16,
        .persistence = (char)row[PG_CLASS_RELPERSISTENCE].value.i16,
        .shared = row[PG_CLASS_RELISSHARED].value.b,
        .has_rules = row[PG_CLASS_RELHASRULES].value.b,
        .has_triggers = row[PG_CLASS_RELHASTRIGGERS].value.b,
        .row_security = row[PG_CLASS_RELROWSECURITY].value.b,
        .force_row_security = row[PG_CLASS_RELFORCEROWSECURITY].value.b,
        .partition = row[PG_CLASS_RELISPARTITION].value.b,
        .populated = row[PG_CLASS_RELISPOPULATED].value.b,
        .replica_identity = (char)row[PG_CLASS_RELREPLIDENT].value.i16,
        .column_count = row[PG_CLASS_RELNATTS].value.i16,
        .tree = cat__class_tree(view, row),
        .pages = row[PG_CLASS_RELPAGES].value.i32,
        .rows = row[PG_CLASS_RELTUPLES].value.f32,
        .acl = datum_text(&row[PG_CLASS_RELACL]),
    };
    r->option_count = cat__text_array(arena, &row[PG_CLASS_RELOPTIONS], &r->options);
}

static void release_relation(CatEntry *entry)
{
    CatRelation *r = CONTAINER_OF(entry, CatRelation, entry);
    for (uint32_t i = 0; i < r->index_count; i++) {
        Index *handle = atomic_load(&((CatIndex *)r->indexes[i])->handle);
        if (handle) index_close(handle);
    }
    if (r->table) table_close(r->table);
}

Index *cat_index_handle(Store *store, const CatRelation *relation, const CatIndex *index)
{
    CatIndex *shared = (CatIndex *)index;
    Index *handle = atomic_load_explicit(&shared->handle, memory_order_acquire), *opened;
    if (handle) return handle;
    CHECK(index_open(store, index->tree, relation->table, &opened));
    if (atomic_compare_exchange_strong(&shared->handle, &handle, opened)) return opened;
    index_close(opened); /* another was quicker */
    return handle;
}

static CatEntry *load_relation(CatalogView *view, Arena *arena, const CatKey *key)
{
    const Datum oid = datum_oid(key->oid);
    const Datum *row = cat__row(view, PG_CLASS_OID_INDEX, &oid, 1, arena, NULL);
    if (!row) return NULL;
    CatRelation *r = ARENA_NEW(arena, CatRelation);
    fill_relation(view, r, arena, row);
    const CatNamespace *schema = cat_namespace(view, r->namespace_);
    if (schema) r->schema_name = str_copy(arena, schema->name);
    Loading l = {view, arena, r, NULL};
    load_columns(&l);
    if (r->kind == 'v' || r->kind == 'm' || r->has_rules) load_view_query(&l);
    if (row[PG_CLASS_RELHASINDEX].value.b) {
        load_indexes(&l);
        load_references(&l);
    }
    load_constraints(&l);
    /* Last: nothing raises once it is open. */
    if (r->tree.v && (r->kind == 'r' || r->kind == 'm' || r->kind == 't')) {
        const Status status = table_open(view->catalog->store, r->tree, &r->table);
        /* The rows of temporary tables outlive a crash, their trees do not. */
        if (status != ST_NOT_FOUND || r->persistence != 't') CHECK(status);
        if (r->table) r->entry.release = release_relation;
    }
    return &r->entry;
}

const CatRelation *cat_relation(CatalogView *view, Oid oid)
{
    const CatalogTable table = cat__table_of(oid);
    if (table != CATALOG_TABLE_COUNT) return &view->db->relations[table];
    if (!oid || !view->db->tables[PG_CLASS]) return NULL;
    const CatKey key = {view->db->oid, CLASS_PG_CLASS, oid, {0}};
    return (const CatRelation *)cat__entry(view, &key, load_relation);
}

/* ---- several expressions in one column: each as its length, a colon, and its text */

Str cat_expr_list_join(Arena *arena, const Str *texts, uint32_t count)
{
    StrBuilder out = str_builder(arena, 64);
    for (uint32_t i = 0; i < count; i++) {
        str_add_u64(&out, texts[i].bytes);
        str_add_char(&out, ':');
        str_add(&out, texts[i]);
    }
    return str_done(&out);
}

uint32_t cat_expr_list_split(Arena *arena, Str joined, const Str **texts)
{
    ARRAY_OF(Str) found = {.arena = arena};
    size_t colon;
    while (joined.bytes && str_find_char(joined, ':', &colon)) {
        uint64_t bytes;
        if (!str_to_u64(str_slice(joined, 0, colon), 10, &bytes)) break;
        if (bytes > joined.bytes - colon - 1) break;
        array_push(&found, str_slice(joined, colon + 1, colon + 1 + bytes));
        joined = str_slice(joined, colon + 1 + bytes, joined.bytes);
    }
    *texts = found.items;
    return found.count;
}

/* ---- storage parameters */

Str cat_relation_option(const CatRelation *relation, const char *name)
{
    const Str wanted = str_from(name);
    for (uint32_t i = 0; i < relation->option_count; i++) {
        const Str option = relation->options[i];
        if (option.bytes > wanted.bytes && option.data[wanted.bytes] == '=' &&
            str_starts(option, wanted))
            return str_slice(option, wanted.bytes + 1, option.bytes);
    }
    return (Str){0};
}

bool cat_relation_option_is(const CatRelation *relation, const char *name, bool value)
{
    const Str text = cat_relation_option(relation, name);
    bool set;
    return text.data != NULL && str_to_bool(text, &set) && set == value;
}
