/* SPDX-License-Identifier: Apache-2.0 */
/* create_index.c - indexes made, and relations given new trees. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"
#include "type/array.h"

static Datum vector_of(CatalogView *view, Oid element, const Datum *values, uint32_t count)
{
    return datum_str(array_build_vector(view->stmt, builtin_type(element)->type, values, count));
}

static TreeId create_tree(CatalogView *view, char persistence, bool unique, bool nulls_not_distinct)
{
    const IndexOptions options = {.unique = unique,
                                  .nulls_not_distinct = nulls_not_distinct,
                                  .tree_flags = cat__tree_flags(persistence)};
    TreeId tree;
    CHECK(index_create(view->txn, cat__space_for(view, persistence), &options, &tree));
    return tree;
}

static void index_row(CatalogView *view, const CatNewIndex *n, Oid oid)
{
    const CatalogColumn *columns = catalog_tables[PG_INDEX].columns;
    Datum row[PG_INDEX_COLUMNS];
    for (uint32_t i = 0; i < PG_INDEX_COLUMNS; i++) row[i] = (Datum){.null = !columns[i].not_null};
    Datum *keys = ARENA_ARRAY(view->stmt, Datum, n->column_count + 1);
    Datum *classes = ARENA_ARRAY(view->stmt, Datum, n->key_count + 1);
    Datum *collations = ARENA_ARRAY(view->stmt, Datum, n->key_count + 1);
    Datum *options = ARENA_ARRAY(view->stmt, Datum, n->key_count + 1);
    for (uint32_t i = 0; i < n->column_count; i++) keys[i] = datum_i16(n->keys[i].column);
    for (uint32_t i = 0; i < n->key_count; i++) {
        classes[i] = datum_oid(n->keys[i].opclass);
        collations[i] = datum_oid(n->keys[i].collation);
        options[i] = datum_i16((int16_t)n->keys[i].options);
    }
    row[PG_INDEX_INDEXRELID] = datum_oid(oid);
    row[PG_INDEX_INDRELID] = datum_oid(n->relation);
    row[PG_INDEX_INDNATTS] = datum_i16((int16_t)n->column_count);
    row[PG_INDEX_INDNKEYATTS] = datum_i16((int16_t)n->key_count);
    row[PG_INDEX_INDISUNIQUE] = datum_bool(n->unique);
    row[PG_INDEX_INDNULLSNOTDISTINCT] = datum_bool(n->nulls_not_distinct);
    row[PG_INDEX_INDISPRIMARY] = datum_bool(n->primary);
    row[PG_INDEX_INDISEXCLUSION] = datum_bool(n->exclusion);
    row[PG_INDEX_INDIMMEDIATE] = datum_bool(!n->deferrable);
    row[PG_INDEX_INDISVALID] = datum_bool(!n->invalid);
    row[PG_INDEX_INDISREADY] = datum_bool(!n->invalid);
    row[PG_INDEX_INDISLIVE] = datum_bool(true);
    row[PG_INDEX_INDKEY] = vector_of(view, OID_INT2, keys, n->column_count);
    row[PG_INDEX_INDCOLLATION] = vector_of(view, OID_OID, collations, n->key_count);
    row[PG_INDEX_INDCLASS] = vector_of(view, OID_OID, classes, n->key_count);
    row[PG_INDEX_INDOPTION] = vector_of(view, OID_INT2, options, n->key_count);
    if (n->expression_count)
        row[PG_INDEX_INDEXPRS] = datum_str(
            cat_expr_list_join(view->stmt, n->expressions, n->expression_count));
    if (n->predicate.bytes) row[PG_INDEX_INDPRED] = datum_str(n->predicate);
    row[PG_INDEX_USABLE] = datum_i64((int64_t)n->usable_from);
    (void)cat_insert(view, PG_INDEX, row);
}

static void depend(CatalogView *view, const CatNewIndex *n, Oid oid)
{
    const CatObject object = {CLASS_PG_CLASS, oid, 0};
    if (n->constraint) {
        cat_depend_add(view, object, (CatObject){CLASS_PG_CONSTRAINT, n->constraint, 0}, 'i');
        return;
    }
    bool any = false;
    for (uint32_t i = 0; i < n->column_count; i++) {
        if (n->keys[i].column <= 0) continue;
        any = true;
        cat_depend_add(view, object, (CatObject){CLASS_PG_CLASS, n->relation, n->keys[i].column},
                       'a');
    }
    if (!any) cat_depend_add(view, object, (CatObject){CLASS_PG_CLASS, n->relation, 0}, 'a');
    for (uint32_t i = 0; i < n->key_count; i++) {
        cat_depend_add(view, object, (CatObject){CLASS_PG_OPCLASS, n->keys[i].opclass, 0}, 'n');
        if (n->keys[i].collation)
            cat_depend_add(view, object, (CatObject){CLASS_PG_COLLATION, n->keys[i].collation, 0},
                           'n');
    }
}

static void set_has_index(CatalogView *view, Oid relation)
{
    RowId id;
    const Datum key = datum_oid(relation);
    Datum *row = (Datum *)cat__row(view, PG_CLASS_OID_INDEX, &key, 1, view->stmt, &id);
    if (!row || row[PG_CLASS_RELHASINDEX].value.b) return;
    row[PG_CLASS_RELHASINDEX] = datum_bool(true);
    cat_update(view, PG_CLASS, id, row);
}

Oid cat_create_index(CatalogView *view, const CatNewIndex *n)
{
    const CatRelation *r = cat_relation(view, n->relation);
    if (!r)
        raise_error(SQLSTATE_UNDEFINED_TABLE, "relation with OID %u does not exist", n->relation);
    if (cat_relation_named(view, r->namespace_, n->name))
        raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists", STR_ARG(n->name));
    const Oid oid = n->oid ? n->oid : cat_new_oid(view, PG_CLASS);
    const TreeId tree = create_tree(view, r->persistence, n->unique, n->nulls_not_distinct);
    Datum *row = cat__class_row(view, oid, r->namespace_, r->owner, n->name, 'i', r->persistence);
    cat__class_row_set_tree(row, tree);
    row[PG_CLASS_RELAM] = datum_oid(n->method);
    row[PG_CLASS_RELTABLESPACE] = datum_oid(n->tablespace);
    row[PG_CLASS_RELNATTS] = datum_i16((int16_t)n->column_count);
    row[PG_CLASS_RELOPTIONS] = cat_text_array(view->stmt, n->options, n->option_count);
    (void)cat_insert(view, PG_CLASS, row);
    for (uint32_t i = 0; i < n->column_count; i++) {
        const CatIndexKey *k = &n->keys[i];
        const CatColumn *source = k->column > 0 ? &r->columns[k->column - 1] : NULL;
        const Oid type = k->key_type ? k->key_type : k->type;
        const CatNewColumn column = {.name = n->names[i],
                                     .type = type,
                                     .collation = k->collation,
                                     .typmod = source && source->type == type ? source->typmod
                                                                              : -1};
        cat_create_column(view, oid, 'i', (int16_t)(i + 1), (uint16_t)i, &column);
    }
    index_row(view, n, oid);
    set_has_index(view, n->relation);
    depend(view, n, oid);
    return oid;
}

/* ---- fresh trees */

static Datum *class_row(CatalogView *view, Oid relation, RowId *id)
{
    const Datum key = datum_oid(relation);
    Datum *row = (Datum *)cat__row(view, PG_CLASS_OID_INDEX, &key, 1, view->stmt, id);
    if (!row) raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for relation %u", relation);
    return row;
}

static void set_tree(CatalogView *view, Oid relation, TreeId tree)
{
    RowId id;
    Datum *row = class_row(view, relation, &id);
    const TreeId old = cat__class_tree(view, row);
    cat__class_row_set_tree(row, tree);
    row[PG_CLASS_RELPAGES] = datum_i32(0);
    row[PG_CLASS_RELTUPLES] = datum_f32(row[PG_CLASS_RELKIND].value.i16 == 'i' ? 0 : -1);
    cat_update(view, PG_CLASS, id, row);
    if (old.v) CHECK(table_drop_at_commit(view->txn, old));
}

/* Every column gets the place of its number; nothing is missing in a tree without rows. */
static TreeId create_table_tree(CatalogView *view, const CatRelation *r)
{
    const uint32_t count = (uint32_t)r->column_count;
    TableColumn *columns = ARENA_ARRAY(view->stmt, TableColumn, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const bool dropped = r->columns[i].dropped;
        columns[i] = (TableColumn){
            .number = (uint16_t)i,
            .phys = (uint8_t)(dropped ? PHYS_BOOL : cat__phys(view, r->columns[i].type)),
            .flags = dropped ? COLUMN_DROPPED : 0,
            .missing = {.null = true},
        };
    }
    TreeId tree;
    CHECK(table_create(view->txn, cat__space_for(view, r->persistence), columns, count,
                       cat__tree_flags(r->persistence), &tree));
    return tree;
}

static void settle_columns(CatalogView *view, Oid relation)
{
    const Datum key = datum_oid(relation);
    CatScan *scan = cat_scan_open(view, PG_ATTRIBUTE, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const int16_t number = row.values[PG_ATTRIBUTE_ATTNUM].value.i16;
        if (number < 1) continue;
        if (row.values[PG_ATTRIBUTE_SLOT].value.i16 == number - 1 &&
            !row.values[PG_ATTRIBUTE_ATTHASMISSING].value.b)
            continue;
        Datum values[PG_ATTRIBUTE_COLUMNS];
        memcpy(values, row.values, sizeof values);
        values[PG_ATTRIBUTE_SLOT] = datum_i16((int16_t)(number - 1));
        values[PG_ATTRIBUTE_ATTHASMISSING] = datum_bool(false);
        values[PG_ATTRIBUTE_ATTMISSINGVAL] = datum_null();
        cat_update(view, PG_ATTRIBUTE, row.id, values);
    }
    cat_scan_close(scan);
}

void cat_replace_index_storage(CatalogView *view, Oid relation, Oid index)
{
    const CatRelation *r = cat_relation(view, relation);
    for (uint32_t i = 0; r && i < r->index_count; i++) {
        const CatIndex *x = r->indexes[i];
        if (x->oid == index)
            set_tree(view, index,
                     create_tree(view, r->persistence, x->unique, x->nulls_not_distinct));
    }
}

static Datum *index_row_of(CatalogView *view, Oid index, RowId *id)
{
    const Datum key = datum_oid(index);
    Datum *row = (Datum *)cat__row(view, PG_INDEX_INDEXRELID_INDEX, &key, 1, view->stmt, id);
    if (!row) raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for index %u", index);
    return row;
}

void cat_set_index_state(CatalogView *view, Oid relation, Oid index, CatIndexState state,
                         uint64_t usable_from)
{
    RowId id;
    Datum *row = index_row_of(view, index, &id);
    row[PG_INDEX_INDISLIVE] = datum_bool(state >= CAT_INDEX_MARKED);
    row[PG_INDEX_INDISREADY] = datum_bool(state >= CAT_INDEX_READY);
    row[PG_INDEX_INDISVALID] = datum_bool(state >= CAT_INDEX_VALID);
    row[PG_INDEX_USABLE] = datum_i64((int64_t)usable_from);
    cat_update(view, PG_INDEX, id, row);
    cat_invalidate(view, CLASS_PG_CLASS, relation);
}

void cat_swap_index_storage(CatalogView *view, Oid index, Oid other)
{
    RowId ids[2];
    const Oid oids[2] = {index, other};
    Datum *classes[2];
    for (uint32_t i = 0; i < 2; i++) classes[i] = class_row(view, oids[i], &ids[i]);
    const TreeId tree = cat__class_tree(view, classes[0]);
    cat__class_row_set_tree(classes[0], cat__class_tree(view, classes[1]));
    cat__class_row_set_tree(classes[1], tree);
    for (uint32_t i = 0; i < 2; i++) cat_update(view, PG_CLASS, ids[i], classes[i]);
}

void cat_replace_storage(CatalogView *view, Oid relation)
{
    if (cat__table_of(relation) != CATALOG_TABLE_COUNT)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "rewriting of system catalogs is not supported");
    const CatRelation *r = cat_relation(view, relation);
    if (!r) raise_error(SQLSTATE_UNDEFINED_TABLE, "relation with OID %u does not exist", relation);
    set_tree(view, relation, create_table_tree(view, r));
    settle_columns(view, relation);
    for (uint32_t i = 0; i < r->index_count; i++) {
        const CatIndex *x = r->indexes[i];
        set_tree(view, x->oid, create_tree(view, r->persistence, x->unique, x->nulls_not_distinct));
    }
}
