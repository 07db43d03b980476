/* SPDX-License-Identifier: Apache-2.0 */
/* column_type.c - ALTER COLUMN ... TYPE. What is made of the column is changed where it stands: keys of indexes get the
 * class of the new type, the default is cast, expressions are bound anew (column_type_users.c). The rows are written
 * anew unless their bytes stay what they are. */
#include "ddl/column_type.h"

#include "ddl/column.h"
#include "ddl/virtual.h"

#include "type/array.h"

/* ---- what depends on the column ---- */

static _Noreturn void refuse_used(Ddl *ddl, const char *by, Str detail)
{
    (void)ddl;
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "cannot alter type of a column used by %s", by);
    error_detail(error, "%.*s", STR_ARG(detail));
    error_raise(error);
}

static void check_dependent(TypeChange *change, CatObject object)
{
    Ddl *ddl = change->ddl;
    const CatRelation *relation = cat_relation(ddl->view, change->relation);
    Str column = change->column->name;
    if (object.class_ == CLASS_REWRITE)
        refuse_used(ddl, "a view or rule",
                    str_format(ddl->arena, "%.*s depends on column \"%.*s\"",
                               STR_ARG(cat_describe_object(ddl->view, ddl->arena, object)),
                               STR_ARG(column)));
    if (object.class_ != CLASS_ATTRDEF) return;
    Datum key = datum_oid(object.oid);
    const Datum *row = cat_row_find(ddl->view, PG_ATTRDEF_OID_INDEX, &key, 1, ddl->arena);
    int16_t number = row[PG_ATTRDEF_ADNUM].value.i16;
    if (number == change->column->number) return;
    refuse_used(ddl, "a generated column",
                str_format(ddl->arena, "Column \"%.*s\" is used by generated column \"%.*s\".",
                           STR_ARG(column), STR_ARG(relation->columns[number - 1].name)));
}

static void check_dependents(TypeChange *change)
{
    Ddl *ddl = change->ddl;
    Datum keys[3] = {datum_oid(CLASS_RELATION), datum_oid(change->relation),
                     datum_i32(change->column->number)};
    CatScan *scan = cat_scan_open(ddl->view, PG_DEPEND, PG_DEPEND_REFERENCE_INDEX, keys, 3);
    for (CatRow row; cat_scan_next(scan, &row);)
        check_dependent(change, ddl__object(row.values[PG_DEPEND_CLASSID].value.u32,
                                            row.values[PG_DEPEND_OBJID].value.u32,
                                            row.values[PG_DEPEND_OBJSUBID].value.i32));
    cat_scan_close(scan);
}

/* ---- the catalogs ---- */

void ddl__put_attribute_type(Ddl *ddl, Datum *values, Oid type, int32_t typmod, Oid collation)
{
    Datum key = datum_oid(type);
    const Datum *row = cat_row_find(ddl->view, PG_TYPE_OID_INDEX, &key, 1, ddl->arena);
    values[PG_ATTRIBUTE_ATTTYPID] = datum_oid(type);
    values[PG_ATTRIBUTE_ATTTYPMOD] = datum_i32(typmod);
    values[PG_ATTRIBUTE_ATTCOLLATION] = datum_oid(collation);
    values[PG_ATTRIBUTE_ATTLEN] = row[PG_TYPE_TYPLEN];
    values[PG_ATTRIBUTE_ATTBYVAL] = row[PG_TYPE_TYPBYVAL];
    values[PG_ATTRIBUTE_ATTALIGN] = row[PG_TYPE_TYPALIGN];
    values[PG_ATTRIBUTE_ATTSTORAGE] = row[PG_TYPE_TYPSTORAGE];
    values[PG_ATTRIBUTE_ATTCOMPRESSION] = datum_char(0);
    int32_t dimensions = cat_type(ddl->view, type)->element != 0 ? 1 : 0;
    if (values[PG_ATTRIBUTE_ATTNDIMS].value.i16 == 0 || dimensions == 0)
        values[PG_ATTRIBUTE_ATTNDIMS] = datum_i16((int16_t)dimensions);
}

static void put_type(void *arg, Datum *values)
{
    const TypeChange *change = arg;
    ddl__put_attribute_type(change->ddl, values, change->type, change->typmod, change->collation);
}

/* The column depends on its type and collation. */
static void put_dependencies(TypeChange *change)
{
    CatObject column = ddl__object(CLASS_RELATION, change->relation, change->column->number);
    cat_depend_remove(change->ddl->view, column);
    ddl__depend_on_type(change->ddl, column, change->type, 'n');
    const CatType *type = cat_type(change->ddl->view, change->type);
    if (change->collation != 0 && change->collation != type->collation)
        cat_depend_add(change->ddl->view, column,
                       ddl__object(CLASS_COLLATION, change->collation, 0), 'n');
}

typedef struct KeyClass {
    TypeChange *change;
    const CatIndex *index;
    uint32_t key;
} KeyClass;

/* An operator class that was written stays; the default of the old type gives way to that of the new one. */
static Oid changed_class(const KeyClass *work)
{
    Ddl *ddl = work->change->ddl;
    const CatIndex *index = work->index;
    const Oid kept = index->keys[work->key].opclass;
    const CatOpclass *old = cat_opclass_default(ddl->view, index->method,
                                                work->change->column->type);
    if (old != NULL && old->oid == kept)
        return ddl__index_opclass(ddl, index->method, work->change->type)->oid;
    ddl__check_opclass(ddl, kept, work->change->type);
    return kept;
}

static void put_key_class(void *arg, Datum *values)
{
    const KeyClass *work = arg;
    Ddl *ddl = work->change->ddl;
    const CatIndex *index = work->index;
    Oid *classes = ARENA_ARRAY(ddl->arena, Oid, index->key_count);
    Oid *collations = ARENA_ARRAY(ddl->arena, Oid, index->key_count);
    for (uint32_t i = 0; i < index->key_count; i++) {
        const bool changed = i == work->key;
        classes[i] = changed ? changed_class(work) : index->keys[i].opclass;
        collations[i] = changed ? work->change->collation : index->keys[i].collation;
    }
    values[PG_INDEX_INDCLASS] = ddl__oid_vector(ddl->arena, classes, index->key_count);
    values[PG_INDEX_INDCOLLATION] = ddl__oid_vector(ddl->arena, collations, index->key_count);
}

static void put_indexes(TypeChange *change, const CatRelation *relation)
{
    for (uint32_t i = 0; i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        for (uint32_t k = 0; k < index->column_count; k++) {
            if (index->keys[k].column != change->column->number) continue;
            KeyClass key = {change, index, k};
            if (k < index->key_count)
                ddl__update_index(change->ddl, index->oid, put_key_class, &key);
            ddl__update_attribute(change->ddl, index->oid, (int16_t)(k + 1), put_type, change);
            cat_invalidate(change->ddl->view, CLASS_RELATION, index->oid);
        }
    }
}

static void put_default(TypeChange *change)
{
    Ddl *ddl = change->ddl;
    if (change->default_ == NULL) return;
    ddl__drop_default(ddl, change->relation, change->column->number);
    cat_view_next_command(ddl->view);
    ddl__store_default(ddl, change->relation, change->column->number, change->default_,
                       change->column->generated != 0);
}

static void put_all(void *arg)
{
    TypeChange *change = arg;
    Ddl *ddl = change->ddl;
    const CatRelation *relation = ddl__reopen(ddl, change->relation);
    put_indexes(change, relation);
    ddl__forget_statistics(ddl, change->relation, change->column->number);
    ddl__update_attribute(ddl, change->relation, change->column->number, put_type, change);
    cat_invalidate(ddl->view, CLASS_RELATION, change->relation);
    if (relation->type != 0) cat_invalidate(ddl->view, CLASS_TYPE, relation->type);
    put_dependencies(change);
    put_default(change);
    ddl__put_users(change);
    if (change->column->identity == 0) return;
    Oid sequence = cat_identity_sequence(ddl->view, change->relation, change->column->number);
    if (sequence != 0) ddl__alter_sequence_type(ddl, sequence, change->type);
}

/* ---- the statement ---- */

static _Noreturn void refuse_cast(TypeChange *change, bool using)
{
    Str name = change->column->name;
    Str type = cat_type_name(change->ddl->view, change->ddl->arena, change->type, change->typmod);
    Str bare = cat_type_name(change->ddl->view, change->ddl->arena, change->type, -1);
    Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
    error_message(error, "%scolumn \"%.*s\" cannot be cast automatically to type %.*s",
                  using ? "result of USING clause for " : "", STR_ARG(name), STR_ARG(bare));
    StrBuilder quoted = str_builder(change->ddl->arena, 32);
    parse_quote_identifier(&quoted, name);
    if (using)
        error_hint(error, "You might need to add an explicit cast.");
    else if (change->column->generated == 0)
        error_hint(error, "You might need to specify \"USING %.*s::%.*s\".",
                   STR_ARG(str_peek(&quoted)), STR_ARG(type));
    error_raise(error);
}

/* Do the bytes stay as they are? */
static bool stays(const QExpr *expr)
{
    while (expr->kind == Q_RELABEL) expr = Q_AS(Relabel, expr)->arg;
    if (expr->kind == Q_VAR) return true;
    return false;
}

/* A longer varchar takes whatever a shorter one held. */
static bool widens(const TypeChange *change)
{
    const CatColumn *old = change->column;
    enum { TYPE_VARCHAR = 1043, TYPE_VARBIT = 1562 };
    return old->type == change->type && (old->type == TYPE_VARCHAR || old->type == TYPE_VARBIT) &&
           (change->typmod < 0 || (old->typmod >= 0 && change->typmod >= old->typmod));
}

static void cast_default(TypeChange *change)
{
    Ddl *ddl = change->ddl;
    const CatColumn *column = change->column;
    if (column->default_ == NULL) return;
    QExpr *expr = (QExpr *)bind_load(ddl->arena, column->default_->stored);
    while (expr->kind == Q_FUNC_CALL && Q_AS(FuncCall, expr)->form == Q_CALL_IMPLICIT_CAST)
        expr = Q_AS(FuncCall, expr)->args.items[0];
    while (expr->kind == Q_RELABEL && Q_AS(Relabel, expr)->form == Q_CALL_IMPLICIT_CAST)
        expr = Q_AS(Relabel, expr)->arg;
    QExpr *cast = bind_coerce(ddl->arena, expr, change->type, change->typmod, 'a',
                              Q_CALL_IMPLICIT_CAST, &ddl->bind);
    if (cast == NULL)
        raise_error(SQLSTATE_DATATYPE_MISMATCH,
                    "%s for column \"%.*s\" cannot be cast automatically to type %.*s",
                    column->generated != 0 ? "generation expression" : "default",
                    STR_ARG(column->name),
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, change->type, -1)));
    change->default_ = cast;
}

static void read_type(TypeChange *change, const AstAlterCommand *command)
{
    Ddl *ddl = change->ddl;
    const AstColumnDef *ast = command->column;
    BindOptions bind = ddl->bind;
    bind.sql = (Str){0};
    ddl__warn_of_type(ddl, ast);
    change->type = bind_type_name(ddl->arena, ast->type, &bind, &change->typmod);
    cat_check_type_usage(ddl->view, change->type);
    const CatType *type = cat_type(ddl->view, change->type);
    if (type->kind == 'p')
        raise_error(SQLSTATE_INVALID_TABLE_DEFINITION, "column \"%.*s\" has pseudo-type %.*s",
                    STR_ARG(command->name), STR_ARG(type->name));
    ddl__forbid_row_in_itself(ddl, cat_relation(ddl->view, change->relation), change->type);
    change->collation = type->collation;
    if (ast->collation.count > 0 && type->collation == 0)
        raise_error(SQLSTATE_DATATYPE_MISMATCH, "collations are not supported by type %.*s",
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, change->type, -1)));
    if (ast->collation.count > 0)
        change->collation = ddl__collation(ddl, (const AstNode *)ast, &ast->collation, false);
    if (change->column->identity != 0 && change->type != 20 && change->type != 21 &&
        change->type != 23)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                    "identity column type must be smallint, integer, or bigint");
}

static void forbid_using(const TypeChange *change, const AstAlterCommand *command)
{
    if (change->column->generated == 0 || command->expr == NULL) return;
    Error *error = error_begin(SQLSTATE_INVALID_COLUMN_DEFINITION);
    error_message(error, "cannot specify USING when altering type of generated column");
    error_detail(error, "Column \"%.*s\" is a generated column.", STR_ARG(change->column->name));
    error_position(error, ddl__position(change->ddl, command->column));
    error_raise(error);
}

/* The value as the new type has it, in place of the column in the query over the stored ones. True: its bytes stay. */
static bool cast_rows(TypeChange *change, const CatRelation *relation, QQuery *query,
                      const AstNode *using)
{
    uint32_t count, at = 0;
    int16_t *columns = ddl__stored_columns(change->ddl, relation, &count);
    while (columns[at] != change->column->number) at++;
    QTarget *target = query->targets.items[at];
    const BindOptions bind = ddl__bind_with_places(change->ddl);
    if (using != NULL)
        target->expr = bind_expression(change->ddl->arena, using, &bind, relation, BIND_ALTER_USING,
                                       0, -1, change->column->name);
    QExpr *cast = bind_coerce(change->ddl->arena, target->expr, change->type, change->typmod, 'a',
                              Q_CALL_IMPLICIT_CAST, &change->ddl->bind);
    if (cast == NULL) refuse_cast(change, using != NULL);
    const bool same = stays(cast) || (widens(change) && target->expr->kind == Q_VAR);
    target->expr = cast;
    return same;
}

/* Generated columns are computed anew; no value of the old type is read. Is there a cast from it at all? */
static void check_generated(TypeChange *change)
{
    QVar *var = Q_NEW(change->ddl->arena, Var);
    var->table = 1;
    var->column = change->column->number;
    var->type = change->column->type;
    var->typmod = change->column->typmod;
    var->collation = change->column->collation;
    if (change->column->generated == 's' &&
        bind_coerce(change->ddl->arena, &var->base, change->type, change->typmod, 'a',
                    Q_CALL_IMPLICIT_CAST, &change->ddl->bind) == NULL)
        refuse_cast(change, false);
    if (change->column->generated == 'v')
        ddl__check_virtual_type(change->ddl, change->column->name, change->type);
}

void ddl__alter_column_type(Alter *alter, int16_t column, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const Oid oid = alter->oid;
    const CatRelation *relation = ddl__reopen(ddl, oid);
    TypeChange change = {.ddl = ddl,
                         .relation = oid,
                         .column = &relation->columns[column - 1],
                         .references = &alter->references};
    const bool generated = change.column->generated != 0;
    forbid_using(&change, command);
    ddl__forbid_used_row_type(ddl, relation);
    read_type(&change, command);
    AstSelect *select = ddl__whole_table(ddl, relation);
    QQuery *query = bind_statement(ddl->arena, (const AstNode *)select, &ddl->bind);
    bool same = change.column->generated == 'v';
    if (generated)
        check_generated(&change);
    else
        same = cast_rows(&change, relation, query, (const AstNode *)command->expr);
    cast_default(&change);
    check_dependents(&change);
    ddl__gather_users(&change, relation);
    same &= change.index_count == 0; /* whose keys are made otherwise */
    if (same && change.collation == change.column->collation && command->expr == NULL) {
        put_all(&change);
        (void)ddl__reopen(ddl, oid);
        return;
    }
    ddl__rewrite(ddl, relation, query, put_all, &change);
}
