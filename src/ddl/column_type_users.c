/* SPDX-License-Identifier: Apache-2.0 */
/* column_type_users.c - what is made of a column whose type changes, written anew from its text: CHECK constraints,
 * expressions and conditions of indexes, expressions of statistics objects; and foreign keys on either side, which get
 * the operators of the new types once all types of the statement have changed. */
#include "ddl/column_type.h"

#include "base/oids.h"
#include "type/array.h"

/* ---- before: as text ---- */

typedef struct Names {
    int16_t column;
} Names;

static bool names_column(void *arg, void *child)
{
    const Names *names = arg;
    task_check_stack();
    const QVar *var = Q_IF(Var, (QNode *)child);
    if (var == NULL) return query_walk(child, names_column, arg);
    return var->column == names->column || var->column == 0;
}

/* Without data: the column is not in it. */
static Str text_of_stored(TypeChange *change, const CatRelation *relation, Str stored)
{
    Names names = {change->column->number};
    QNode *tree = bind_load(change->ddl->arena, stored);
    if (!names_column(&names, tree)) return (Str){0};
    const DeparseOptions options = {.view = change->ddl->view, .env = change->ddl->bind.env};
    StrBuilder text = str_builder(change->ddl->arena, 64);
    expr_deparse(&text, (const QExpr *)tree, relation, &options);
    return str_done(&text);
}

static Str text_of(TypeChange *change, const CatRelation *relation, const CatExpr *expr)
{
    return expr != NULL ? text_of_stored(change, relation, expr->stored) : (Str){0};
}

static void gather_checks(TypeChange *change, const CatRelation *relation)
{
    Arena *arena = change->ddl->arena;
    change->checks = ARENA_ARRAY(arena, CheckText, relation->constraint_count);
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        const CatConstraint *c = &relation->constraints[i];
        const Str text = c->type == 'c' ? text_of(change, relation, c->check) : (Str){0};
        if (text.data != NULL) change->checks[change->check_count++] = (CheckText){c->oid, text};
    }
}

static uint32_t expression_count(const CatIndex *index)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < index->key_count; i++) count += index->keys[i].column == 0;
    return count;
}

static void gather_indexes(TypeChange *change, const CatRelation *relation)
{
    Arena *arena = change->ddl->arena;
    change->indexes = ARENA_ARRAY(arena, IndexText, relation->index_count);
    for (uint32_t i = 0; i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        const uint32_t count = expression_count(index);
        IndexText one = {.oid = index->oid,
                         .predicate = text_of(change, relation, index->predicate),
                         .expressions = ARENA_ARRAY(arena, Str, count + 1)};
        bool any = one.predicate.data != NULL;
        for (uint32_t k = 0; k < count; k++) {
            one.expressions[k] = text_of(change, relation, index->expressions[k]);
            any |= one.expressions[k].data != NULL;
        }
        if (any) change->indexes[change->index_count++] = one;
    }
}

static bool is_over_column(const Datum *keys, int16_t column)
{
    ArrayView view;
    if (!array_view(strview_str(&keys->value.str), &view)) return false;
    for (uint32_t i = 0; i < view.count; i++)
        if (array_get(&view, type_get(NULL, OID_INT2), i).value.i16 == column) return true;
    return false;
}

static void gather_statistics(TypeChange *change, const CatRelation *relation)
{
    Arena *arena = change->ddl->arena;
    ARRAY_OF(StatisticsText) found = {.arena = arena};
    const Datum key = datum_oid(relation->oid);
    CatScan *scan = cat_scan_open(change->ddl->view, PG_STATISTIC_EXT, PG_STATISTIC_EXT_RELID_INDEX,
                                  &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        StatisticsText one = {.oid = row.values[PG_STATISTIC_EXT_OID].value.u32};
        const Datum *stored = &row.values[PG_STATISTIC_EXT_STXEXPRS];
        bool any = is_over_column(&row.values[PG_STATISTIC_EXT_STXKEYS], change->column->number);
        if (!stored->null)
            one.count = cat_expr_list_split(arena, str_copy(arena, strview_str(&stored->value.str)),
                                            &one.stored);
        one.expressions = ARENA_ARRAY(arena, Str, one.count + 1);
        for (uint32_t i = 0; i < one.count; i++) {
            one.expressions[i] = text_of_stored(change, relation, one.stored[i]);
            any |= one.expressions[i].data != NULL;
        }
        if (any) array_push(&found, one);
    }
    cat_scan_close(scan);
    change->statistics = found.items;
    change->statistics_count = found.count;
}

static void note_reference(TypeChange *change, const CatConstraint *constraint)
{
    const RetypedReference one = {constraint->relation, constraint->oid};
    for (uint32_t i = 0; i < change->references->count; i++)
        if (change->references->items[i].constraint == one.constraint) return;
    array_push(change->references, one);
}

static bool has_column(const int16_t *columns, uint32_t count, int16_t column)
{
    for (uint32_t i = 0; i < count; i++) {
        if (columns[i] == column) return true;
    }
    return false;
}

static void gather_references(TypeChange *change, const CatRelation *relation)
{
    const int16_t number = change->column->number;
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        const CatConstraint *c = &relation->constraints[i];
        if (c->type == 'f' && has_column(c->columns, c->column_count, number))
            note_reference(change, c);
    }
    for (uint32_t i = 0; i < relation->referenced_count; i++) {
        const CatConstraint *c = &relation->referenced_by[i];
        if (has_column(c->foreign_columns, c->foreign_count, number)) note_reference(change, c);
    }
}

void ddl__gather_users(TypeChange *change, const CatRelation *relation)
{
    gather_checks(change, relation);
    gather_indexes(change, relation);
    gather_statistics(change, relation);
    gather_references(change, relation);
}

/* ---- after: bound anew ---- */

/* The text is nothing that the client wrote: errors have no place in it. */
static bool forget_place(void *arg, void *child)
{
    task_check_stack();
    ((AstNode *)child)->location = NODE_NO_LOCATION;
    return ast_walk(child, forget_place, arg);
}

static QExpr *bound_anew(TypeChange *change, Str text, BindUse use, Oid type, Str what)
{
    Ddl *ddl = change->ddl;
    ParseResult *parsed = parse_sql(ddl->arena, str_concat(ddl->arena, STR("SELECT "), text), NULL);
    const AstSelect *select = AST_AS(Select, parsed->statements[0].tree);
    AstNode *tree = (AstNode *)select->targets.items[0]->expr;
    (void)forget_place(NULL, tree);
    return bind_expression(ddl->arena, tree, &ddl->bind, ddl__reopen(ddl, change->relation), use,
                           type, -1, what);
}

static void put_check(void *arg, Datum *values)
{
    values[PG_CONSTRAINT_CONBIN] = datum_str(*(const Str *)arg);
}

static void put_checks(TypeChange *change)
{
    Ddl *ddl = change->ddl;
    for (uint32_t i = 0; i < change->check_count; i++) {
        QExpr *expr = bound_anew(change, change->checks[i].text, BIND_CHECK, OID_BOOL,
                                 STR("CHECK"));
        Str stored = bind_store(ddl->arena, (QNode *)expr);
        CatObject object = ddl__object(CLASS_CONSTRAINT, change->checks[i].constraint, 0);
        ddl__update_object(ddl, object, put_check, &stored);
        cat_invalidate(ddl->view, CLASS_RELATION, change->relation);
    }
}

typedef struct KeyType {
    Ddl *ddl;
    const QExpr *expr;
} KeyType;

static void put_key_type(void *arg, Datum *values)
{
    const KeyType *key = arg;
    ddl__put_attribute_type(key->ddl, values, key->expr->type, key->expr->typmod,
                            key->expr->collation);
}

typedef struct IndexRow {
    TypeChange *change;
    const CatIndex *index;
    const IndexText *text;
} IndexRow;

/* Expressions with the column in them, as what the column is now makes of them; the others as they stand. */
static void put_index_row(void *arg, Datum *values)
{
    const IndexRow *row = arg;
    Ddl *ddl = row->change->ddl;
    const CatIndex *index = row->index;
    const uint32_t count = expression_count(index);
    Str *stored = ARENA_ARRAY(ddl->arena, Str, count + 1);
    Oid *classes = ARENA_ARRAY(ddl->arena, Oid, index->key_count);
    Oid *collations = ARENA_ARRAY(ddl->arena, Oid, index->key_count);
    for (uint32_t k = 0, at = 0; k < index->key_count; k++) {
        classes[k] = index->keys[k].opclass;
        collations[k] = index->keys[k].collation;
        if (index->keys[k].column != 0) continue;
        stored[at] = index->expressions[at]->stored;
        const Str text = row->text->expressions[at];
        if (text.data != NULL) {
            KeyType key = {ddl,
                           bound_anew(row->change, text, BIND_INDEX, 0, STR("index expression"))};
            stored[at] = bind_store(ddl->arena, (const QNode *)key.expr);
            if (key.expr->type != index->keys[k].type)
                classes[k] = ddl__index_opclass(ddl, index->method, key.expr->type)->oid;
            collations[k] = key.expr->collation;
            ddl__update_attribute(ddl, index->oid, (int16_t)(k + 1), put_key_type, &key);
        }
        at++;
    }
    values[PG_INDEX_INDCLASS] = ddl__oid_vector(ddl->arena, classes, index->key_count);
    values[PG_INDEX_INDCOLLATION] = ddl__oid_vector(ddl->arena, collations, index->key_count);
    if (count > 0)
        values[PG_INDEX_INDEXPRS] = datum_str(cat_expr_list_join(ddl->arena, stored, count));
    if (row->text->predicate.data == NULL) return;
    QExpr *predicate = bound_anew(row->change, row->text->predicate, BIND_INDEX_PREDICATE, OID_BOOL,
                                  STR("WHERE"));
    values[PG_INDEX_INDPRED] = datum_str(bind_store(ddl->arena, (QNode *)predicate));
}

static void put_indexes(TypeChange *change)
{
    Ddl *ddl = change->ddl;
    for (uint32_t i = 0; i < change->index_count; i++) {
        const CatRelation *relation = ddl__reopen(ddl, change->relation);
        IndexRow row = {.change = change, .text = &change->indexes[i]};
        for (uint32_t k = 0; k < relation->index_count; k++)
            if (relation->indexes[k]->oid == row.text->oid) row.index = relation->indexes[k];
        ddl__update_index(ddl, row.text->oid, put_index_row, &row);
        cat_invalidate(ddl->view, CLASS_RELATION, change->relation);
        cat_invalidate(ddl->view, CLASS_RELATION, row.text->oid);
    }
}

static void put_expressions(void *arg, Datum *values)
{
    values[PG_STATISTIC_EXT_STXEXPRS] = *(const Datum *)arg;
    values[PG_STATISTIC_EXT_STXSTATTARGET] = datum_null();
}

/* What was gathered of the values as they were says nothing of those that are now. PostgreSQL makes the object anew and
 * so forgets its target. */
static void put_statistics(TypeChange *change)
{
    Ddl *ddl = change->ddl;
    for (uint32_t i = 0; i < change->statistics_count; i++) {
        const StatisticsText *one = &change->statistics[i];
        ddl__forget_statistics_data(ddl, one->oid);
        Str *stored = ARENA_ARRAY(ddl->arena, Str, one->count);
        for (uint32_t k = 0; k < one->count; k++) {
            stored[k] = one->stored[k];
            if (one->expressions[k].data == NULL) continue;
            QExpr *expr = bound_anew(change, one->expressions[k], BIND_STATISTICS, 0,
                                     STR("statistics expressions"));
            stored[k] = bind_store(ddl->arena, (const QNode *)expr);
        }
        const Datum joined = one->count > 0
                                 ? datum_str(cat_expr_list_join(ddl->arena, stored, one->count))
                                 : datum_null();
        ddl__update_object(ddl, ddl__object(CLASS_STATISTICS, one->oid, 0), put_expressions,
                           (void *)&joined);
    }
}

void ddl__put_users(TypeChange *change)
{
    put_checks(change);
    put_indexes(change);
    put_statistics(change);
}

/* ---- foreign keys ---- */

static void put_operators(void *arg, Datum *values)
{
    const ReferenceOperators *operators = arg;
    values[PG_CONSTRAINT_CONPFEQOP] = operators->pf;
    values[PG_CONSTRAINT_CONPPEQOP] = operators->pp;
    values[PG_CONSTRAINT_CONFFEQOP] = operators->ff;
}

static const CatConstraint *constraint_of(const CatRelation *table, Oid constraint)
{
    for (uint32_t i = 0; i < table->constraint_count; i++)
        if (table->constraints[i].oid == constraint) return &table->constraints[i];
    return NULL;
}

void ddl__redo_references(Ddl *ddl, const RetypedReferences *references)
{
    for (uint32_t i = 0; i < references->count; i++) {
        const RetypedReference *one = &references->items[i];
        (void)cat_relation_open_oid(ddl->view, one->table, LOCK_SHARE_ROW_EXCLUSIVE);
        const CatConstraint *constraint = constraint_of(ddl__reopen(ddl, one->table),
                                                        one->constraint);
        if (constraint == NULL) continue; /* another action dropped it */
        const Oid target = constraint->foreign_relation;
        const bool check = constraint->validated && constraint->enforced;
        (void)cat_relation_open_oid(ddl->view, target, LOCK_SHARE_ROW_EXCLUSIVE);
        ReferenceOperators operators = ddl__reference_operators(ddl, ddl__reopen(ddl, one->table),
                                                                ddl__reopen(ddl, target),
                                                                one->constraint);
        ddl__update_object(ddl, ddl__object(CLASS_CONSTRAINT, one->constraint, 0), put_operators,
                           &operators);
        cat_invalidate(ddl->view, CLASS_RELATION, one->table);
        cat_invalidate(ddl->view, CLASS_RELATION, target);
        if (check) ddl__check_rows(ddl, one->table, one->constraint);
    }
}
