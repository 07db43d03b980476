/* SPDX-License-Identifier: Apache-2.0 */
/* composite.c - ALTER TYPE ... ADD, DROP and ALTER ATTRIBUTE. A composite type is a relation without storage; its
 * values stand in columns of others as they were written: attributes may come and go, but in a type in use each keeps
 * its own type. */
#include "ddl/alter.h"
#include "ddl/column.h"

/* ---- the actions ---- */

static void put_count(void *arg, Datum *values)
{
    values[PG_CLASS_RELNATTS] = datum_i16(*(const int16_t *)arg);
}

static void invalidate(Alter *alter, const CatRelation *relation)
{
    cat_invalidate(alter->ddl.view, CLASS_RELATION, alter->oid);
    cat_invalidate(alter->ddl.view, CLASS_TYPE, relation->type);
}

void ddl__add_attribute(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    ddl__forbid_column(relation, command->column->name);
    NewConstraints none = {.arena = ddl->arena};
    NewColumn column;
    ddl__warn_of_type(ddl, command->column);
    ddl__read_column(ddl, relation->name, command->column, &none, &column);
    ddl__forbid_row_in_itself(ddl, relation, column.column.type);
    int16_t number = (int16_t)(relation->column_count + 1);
    cat_create_column(ddl->view, alter->oid, relation->kind, number, (uint16_t)(number - 1),
                      &column.column);
    ddl__update_class(ddl, alter->oid, put_count, &number);
    invalidate(alter, relation);
}

void ddl__drop_attribute(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__find_column(relation, command->name);
    if (number == 0 && command->if_exists) {
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "column \"%.*s\" of relation \"%.*s\" does not exist, skipping",
                    STR_ARG(command->name), STR_ARG(relation->name));
        return;
    }
    if (number == 0) (void)ddl__alter_column(relation, command->name);
    CatObject object = ddl__object(CLASS_RELATION, alter->oid, number);
    cat_drop(ddl->view, &object, 1, command->behavior == AST_DROP_CASCADE, ddl__drop_object, ddl);
    invalidate(alter, relation);
}

typedef struct NewAttribute {
    Ddl *ddl;
    CatNewColumn column;
} NewAttribute;

static void put_type(void *arg, Datum *values)
{
    const NewAttribute *new = arg;
    Datum key = datum_oid(new->column.type);
    const Datum *row = cat_row_find(new->ddl->view, PG_TYPE_OID_INDEX, &key, 1, new->ddl->arena);
    values[PG_ATTRIBUTE_ATTTYPID] = key;
    values[PG_ATTRIBUTE_ATTTYPMOD] = datum_i32(new->column.typmod);
    values[PG_ATTRIBUTE_ATTNDIMS] = datum_i16((int16_t) new->column.dimensions);
    values[PG_ATTRIBUTE_ATTCOLLATION] = datum_oid(new->column.collation);
    values[PG_ATTRIBUTE_ATTLEN] = row[PG_TYPE_TYPLEN];
    values[PG_ATTRIBUTE_ATTBYVAL] = row[PG_TYPE_TYPBYVAL];
    values[PG_ATTRIBUTE_ATTALIGN] = row[PG_TYPE_TYPALIGN];
    values[PG_ATTRIBUTE_ATTSTORAGE] = row[PG_TYPE_TYPSTORAGE];
}

void ddl__attribute_type(Alter *alter, const AstAlterCommand *command)
{
    Ddl *ddl = &alter->ddl;
    const CatRelation *relation = ddl__alter_relation(alter);
    const int16_t number = ddl__alter_column(relation, command->name);
    ddl__forbid_used_row_type(ddl, relation);
    AstColumnDef *ast = command->column;
    ast->name = command->name;
    NewConstraints none = {.arena = ddl->arena};
    NewColumn column;
    ddl__warn_of_type(ddl, ast);
    ddl__read_column(ddl, relation->name, ast, &none, &column);
    ddl__forbid_row_in_itself(ddl, relation, column.column.type);
    NewAttribute new = {ddl, column.column};
    ddl__update_attribute(ddl, alter->oid, number, put_type, &new);
    CatObject self = ddl__object(CLASS_RELATION, alter->oid, number);
    cat_depend_remove(ddl->view, self);
    ddl__depend_on_type(ddl, self, column.column.type, 'n');
    invalidate(alter, relation);
}
