/* SPDX-License-Identifier: Apache-2.0 */
/* create.c - relations made: rows of pg_class, pg_attribute and pg_type, and the tree. A column's place in the layouts
 * of its table (pg_attribute.slot) is its number - 1 in a new tree. */
#include "catalog/catalog_internal.h"

#include "base/oids.h"
#include "type/array.h"

enum { ARRAY_TYPANALYZE = 3816, ARRAY_SUBSCRIPT = 6179 };

static bool has_storage(char kind)
{
    return kind == 'r' || kind == 'm' || kind == 't';
}

static bool has_system_columns(char kind)
{
    return kind != 'v' && kind != 'c' && kind != 'i' && kind != 'I';
}

uint32_t cat__tree_flags(char persistence)
{
    return persistence == 't' ? TREE_TEMP : persistence == 'u' ? TREE_UNLOGGED : 0;
}

SpaceId cat__space_for(CatalogView *view, char persistence)
{
    return persistence == 't' ? SPACE_TEMP : view->db->space;
}

Phys cat__phys(CatalogView *view, Oid type_oid)
{
    const CatType *type = cat_type(view, type_oid);
    if (!type) raise_error(SQLSTATE_UNDEFINED_OBJECT, "type with OID %u does not exist", type_oid);
    if (!type->type)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "columns of type %.*s are not supported",
                    STR_ARG(cat_type_name(view, view->stmt, type_oid, -1)));
    return type->type->phys;
}

/* ---- types of a relation: its row type and that one's array */

/* "_name", with more underscores in front while it is taken, cut to fit. */
Str cat_array_type_name(CatalogView *view, Oid schema, Str element)
{
    enum { NAME_BYTES_MAX = 63 };
    Str name = element;
    do {
        name = str_concat(view->stmt, STR("_"), name);
        size_t bytes = MIN(name.bytes, (size_t)NAME_BYTES_MAX);
        while (bytes < name.bytes && ((uint8_t)name.data[bytes] & 0xc0) == 0x80) bytes--;
        name.bytes = bytes;
    } while (cat_type_named(view, schema, name) && name.bytes < NAME_BYTES_MAX);
    return name;
}

static Oid function_named(const char *name)
{
    uint32_t first;
    return builtin_functions_named(str_from(name), &first)
               ? builtins.functions[builtins.functions_by_name[first]].oid
               : 0;
}

static void type_row(Datum *row, Oid oid, Oid schema, Oid owner, Str name)
{
    const CatalogColumn *columns = catalog_tables[PG_TYPE].columns;
    for (uint32_t i = 0; i < PG_TYPE_COLUMNS; i++) row[i] = (Datum){.null = !columns[i].not_null};
    row[PG_TYPE_OID] = datum_oid(oid);
    row[PG_TYPE_TYPNAME] = datum_str(name);
    row[PG_TYPE_TYPNAMESPACE] = datum_oid(schema);
    row[PG_TYPE_TYPOWNER] = datum_oid(owner);
    row[PG_TYPE_TYPLEN] = datum_i16(-1);
    row[PG_TYPE_TYPISDEFINED] = datum_bool(true);
    row[PG_TYPE_TYPDELIM] = datum_char(',');
    row[PG_TYPE_TYPALIGN] = datum_char('d');
    row[PG_TYPE_TYPSTORAGE] = datum_char('x');
    row[PG_TYPE_TYPTYPMOD] = datum_i32(-1);
}

Oid cat_create_array_type(CatalogView *view, Oid oid, Oid schema, Oid owner, Str element_name,
                          Oid element, char align, char delimiter, Oid collation)
{
    Datum row[PG_TYPE_COLUMNS];
    if (!oid) oid = cat_new_oid(view, PG_TYPE);
    type_row(row, oid, schema, owner, cat_array_type_name(view, schema, element_name));
    row[PG_TYPE_TYPTYPE] = datum_char('b');
    row[PG_TYPE_TYPCATEGORY] = datum_char('A');
    row[PG_TYPE_TYPDELIM] = datum_char(delimiter);
    row[PG_TYPE_TYPSUBSCRIPT] = datum_oid(ARRAY_SUBSCRIPT);
    row[PG_TYPE_TYPELEM] = datum_oid(element);
    row[PG_TYPE_TYPINPUT] = datum_oid(function_named("array_in"));
    row[PG_TYPE_TYPOUTPUT] = datum_oid(function_named("array_out"));
    row[PG_TYPE_TYPRECEIVE] = datum_oid(function_named("array_recv"));
    row[PG_TYPE_TYPSEND] = datum_oid(function_named("array_send"));
    row[PG_TYPE_TYPANALYZE] = datum_oid(builtin_function(ARRAY_TYPANALYZE) ? ARRAY_TYPANALYZE : 0);
    row[PG_TYPE_TYPALIGN] = datum_char(align == 'd' ? 'd' : 'i');
    row[PG_TYPE_TYPCOLLATION] = datum_oid(collation);
    (void)cat_insert(view, PG_TYPE, row);
    cat_depend_add(view, (CatObject){CLASS_PG_TYPE, oid, 0}, (CatObject){CLASS_PG_TYPE, element, 0},
                   'i');
    return oid;
}

static void check_type_name(CatalogView *view, Oid schema, Str name)
{
    if (!cat_type_named(view, schema, name)) return;
    Error *error = error_begin(SQLSTATE_DUPLICATE_OBJECT);
    error_message(error, "type \"%.*s\" already exists", STR_ARG(name));
    error_hint(error, "A relation has an associated type of the same name, so you must use a name "
                      "that doesn't conflict with any existing type.");
    error_raise(error);
}

static void create_row_type(CatalogView *view, const CatNewRelation *r, Oid relation, Oid type,
                            Oid array)
{
    Datum row[PG_TYPE_COLUMNS];
    type_row(row, type, r->namespace_, r->owner, r->name);
    row[PG_TYPE_TYPTYPE] = datum_char('c');
    row[PG_TYPE_TYPCATEGORY] = datum_char('C');
    row[PG_TYPE_TYPRELID] = datum_oid(relation);
    row[PG_TYPE_TYPARRAY] = datum_oid(array);
    row[PG_TYPE_TYPINPUT] = datum_oid(function_named("record_in"));
    row[PG_TYPE_TYPOUTPUT] = datum_oid(function_named("record_out"));
    row[PG_TYPE_TYPRECEIVE] = datum_oid(function_named("record_recv"));
    row[PG_TYPE_TYPSEND] = datum_oid(function_named("record_send"));
    if (r->kind == 'c')
        row[PG_TYPE_TYPACL] = cat_new_acl(view, CLASS_PG_TYPE, 0, r->owner, r->namespace_);
    (void)cat_insert(view, PG_TYPE, row);
    cat_depend_on_acl(view, (CatObject){CLASS_PG_TYPE, type, 0}, r->owner, &row[PG_TYPE_TYPACL]);
    (void)cat_create_array_type(view, array, r->namespace_, r->owner, r->name, type, 'd', ',', 0);
    const CatObject class_ = {CLASS_PG_CLASS, relation, 0}, own = {CLASS_PG_TYPE, type, 0};
    if (r->kind == 'c') {
        cat_depend_add(view, own, (CatObject){CLASS_PG_NAMESPACE, r->namespace_, 0}, 'n');
        cat_depend_owner(view, own, r->owner);
        cat_depend_add(view, class_, own, 'i');
    } else {
        cat_depend_add(view, own, class_, 'i');
    }
}

/* ---- rows of the relation */

Datum *cat__class_row(CatalogView *view, Oid oid, Oid schema, Oid owner, Str name, char kind,
                      char persistence)
{
    const CatalogColumn *columns = catalog_tables[PG_CLASS].columns;
    Datum *row = ARENA_ARRAY(view->stmt, Datum, PG_CLASS_COLUMNS);
    for (uint32_t i = 0; i < PG_CLASS_COLUMNS; i++) row[i].null = !columns[i].not_null;
    const bool heap = has_storage(kind) || kind == 'p';
    row[PG_CLASS_OID] = datum_oid(oid);
    row[PG_CLASS_RELNAME] = datum_str(name);
    row[PG_CLASS_RELNAMESPACE] = datum_oid(schema);
    row[PG_CLASS_RELOWNER] = datum_oid(owner);
    row[PG_CLASS_RELAM] = datum_oid(heap && kind != 'p' ? METHOD_HEAP : 0);
    row[PG_CLASS_RELPAGES] = datum_i32(kind == 'S');
    row[PG_CLASS_RELTUPLES] = datum_f32(kind == 'S' ? 1 : kind == 'i' ? 0 : -1);
    if (kind == 'v' || kind == 'c') row[PG_CLASS_RELTUPLES] = datum_f32(-1);
    row[PG_CLASS_RELPERSISTENCE] = datum_char(persistence);
    row[PG_CLASS_RELKIND] = datum_char(kind);
    row[PG_CLASS_RELISPOPULATED] = datum_bool(true);
    row[PG_CLASS_RELREPLIDENT] = datum_char(heap ? 'd' : 'n');
    if (has_storage(kind)) {
        row[PG_CLASS_RELFROZENXID] = datum_oid(3);
        row[PG_CLASS_RELMINMXID] = datum_oid(1);
    }
    return row;
}

void cat__class_row_set_tree(Datum *row, TreeId tree)
{
    row[PG_CLASS_TREE] = datum_i64((int64_t)tree.v);
    row[PG_CLASS_RELFILENODE] = cat__relfilenode(tree);
}

TreeId cat__class_tree(const CatalogView *view, const Datum *row)
{
    const TreeId tree = {(uint64_t)row[PG_CLASS_TREE].value.i64};
    const SpaceId space = tree_space(tree);
    if (!tree.v || space.v == SPACE_TEMP.v || space.v == SPACE_SHARED.v) return tree;
    return tree_id(view->db->space, tree_number(tree));
}

static TreeId create_tree(CatalogView *view, const CatNewRelation *r)
{
    TreeId tree = TREE_NONE;
    const SpaceId space = cat__space_for(view, r->persistence);
    if (r->kind == 'S') {
        CHECK(sequence_create(view->catalog->store, space, r->sequence_start, &tree));
        return tree;
    }
    if (r->kind == 'i') {
        const IndexOptions options = {.unique = r->unique,
                                      .nulls_not_distinct = r->nulls_not_distinct,
                                      .tree_flags = cat__tree_flags(r->persistence)};
        CHECK(index_create(view->txn, space, &options, &tree));
        return tree;
    }
    if (!has_storage(r->kind)) return tree;
    TableColumn *columns = ARENA_ARRAY(view->stmt, TableColumn, r->column_count + 1);
    for (uint32_t i = 0; i < r->column_count; i++)
        columns[i] = (TableColumn){.number = (uint16_t)i,
                                   .phys = (uint8_t)cat__phys(view, r->columns[i].type),
                                   .missing = {.null = true}};
    CHECK(table_create(view->txn, space, columns, r->column_count, cat__tree_flags(r->persistence),
                       &tree));
    return tree;
}

/* What a column needs to stay there: its type, its collation. */
static void depend_on_column(CatalogView *view, Oid relation, int16_t number, const CatNewColumn *c)
{
    const CatObject column = {CLASS_PG_CLASS, relation, number};
    cat_depend_add(view, column, (CatObject){CLASS_PG_TYPE, c->type, 0}, 'n');
    const CatType *type = cat_type(view, c->type);
    if (c->collation && (!type || type->collation != c->collation))
        cat_depend_add(view, column, (CatObject){CLASS_PG_COLLATION, c->collation, 0}, 'n');
}

void cat_create_column(CatalogView *view, Oid relation, char kind, int16_t number, uint16_t slot,
                       const CatNewColumn *c)
{
    Datum row[PG_ATTRIBUTE_COLUMNS];
    const CatalogColumn *columns = catalog_tables[PG_ATTRIBUTE].columns;
    for (uint32_t i = 0; i < PG_ATTRIBUTE_COLUMNS; i++)
        row[i] = (Datum){.null = !columns[i].not_null};
    (void)cat__attribute_row(row, relation, number, c->name, cat_type(view, c->type), c->collation,
                             c->not_null);
    row[PG_ATTRIBUTE_ATTTYPMOD] = datum_i32(c->typmod);
    row[PG_ATTRIBUTE_ATTNDIMS] = datum_i16((int16_t)c->dimensions);
    row[PG_ATTRIBUTE_ATTIDENTITY] = datum_char(c->identity);
    row[PG_ATTRIBUTE_ATTGENERATED] = datum_char(c->generated);
    row[PG_ATTRIBUTE_SLOT] = datum_i16((int16_t)slot);
    (void)cat_insert(view, PG_ATTRIBUTE, row);
    if (kind != 'i') depend_on_column(view, relation, number, c);
}

static void create_columns(CatalogView *view, const CatNewRelation *r, Oid oid)
{
    for (uint32_t i = 0; i < r->column_count; i++)
        cat_create_column(view, oid, r->kind, (int16_t)(i + 1), (uint16_t)i, &r->columns[i]);
    if (!has_system_columns(r->kind)) return;
    for (size_t i = 0; i < ARRAY_LEN(cat__system_columns); i++) {
        const CatSystemColumn *s = &cat__system_columns[i];
        Datum row[PG_ATTRIBUTE_COLUMNS];
        const CatalogColumn *columns = catalog_tables[PG_ATTRIBUTE].columns;
        for (uint32_t c = 0; c < PG_ATTRIBUTE_COLUMNS; c++)
            row[c] = (Datum){.null = !columns[c].not_null};
        (void)cat__attribute_row(row, oid, s->number, str_from(s->name), cat_type(view, s->type), 0,
                                 true);
        (void)cat_insert(view, PG_ATTRIBUTE, row);
    }
}

Datum cat_text_array(Arena *arena, const Str *texts, uint32_t count)
{
    if (!count) return datum_null();
    Datum *values = ARENA_ARRAY(arena, Datum, count);
    for (uint32_t i = 0; i < count; i++) values[i] = datum_str(texts[i]);
    return datum_str(array_build(arena, builtin_type(OID_TEXT)->type, values, count));
}

Oid cat_create_relation(CatalogView *view, const CatNewRelation *r)
{
    if (cat_relation_named(view, r->namespace_, r->name))
        raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists", STR_ARG(r->name));
    const bool typed = r->kind != 'S' && r->kind != 't' && r->kind != 'i' && r->kind != 'I';
    if (typed) check_type_name(view, r->namespace_, r->name);
    const Oid oid = r->oid ? r->oid : cat_new_oid(view, PG_CLASS);
    const TreeId tree = create_tree(view, r);
    const Oid array = typed ? cat_new_oid(view, PG_TYPE) : 0;
    const Oid type = !typed ? 0 : r->type ? r->type : cat_new_oid(view, PG_TYPE);
    Datum *row = cat__class_row(view, oid, r->namespace_, r->owner, r->name, r->kind,
                                r->persistence);
    cat__class_row_set_tree(row, tree);
    if (r->method) row[PG_CLASS_RELAM] = datum_oid(r->method);
    row[PG_CLASS_RELTYPE] = datum_oid(type);
    row[PG_CLASS_RELTABLESPACE] = datum_oid(r->tablespace);
    row[PG_CLASS_RELNATTS] = datum_i16((int16_t)r->column_count);
    row[PG_CLASS_RELOPTIONS] = cat_text_array(view->stmt, r->options, r->option_count);
    row[PG_CLASS_RELACL] = cat_new_acl(view, CLASS_PG_CLASS, r->kind, r->owner, r->namespace_);
    (void)cat_insert(view, PG_CLASS, row);
    cat_depend_on_acl(view, (CatObject){CLASS_PG_CLASS, oid, 0}, r->owner, &row[PG_CLASS_RELACL]);
    if (typed) create_row_type(view, r, oid, type, array);
    create_columns(view, r, oid);
    const CatObject object = {CLASS_PG_CLASS, oid, 0};
    if (r->kind != 'c' && r->kind != 'i' && r->kind != 'I') {
        cat_depend_add(view, object, (CatObject){CLASS_PG_NAMESPACE, r->namespace_, 0}, 'n');
        cat_depend_owner(view, object, r->owner);
    }
    return oid;
}

/* ---- storage given up */

void cat_drop_storage(CatalogView *view, TreeId tree, char relkind)
{
    if (!tree.v) return;
    if (relkind != 'S') {
        const Status status = table_drop_at_commit(view->txn, tree);
        /* A crash took the tree of a temporary table, and left its name. */
        if (status == ST_NOT_FOUND && tree_space(tree).v == SPACE_TEMP.v)
            error_clear();
        else if (status != OK)
            raise_status(status);
        return;
    }
    CatCell *cell = ARENA_NEW(view->transaction, CatCell);
    cell->tree = tree;
    cell->next = view->dropped_cells;
    view->dropped_cells = cell;
}

int16_t cat_system_column(Str name)
{
    for (size_t i = 0; i < ARRAY_LEN(cat__system_columns); i++)
        if (str_equal(str_from(cat__system_columns[i].name), name))
            return cat__system_columns[i].number;
    return 0;
}
