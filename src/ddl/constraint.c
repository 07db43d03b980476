/* SPDX-License-Identifier: Apache-2.0 */
/* constraint.c - defaults, NOT NULL, CHECK, PRIMARY KEY, UNIQUE and FOREIGN KEY of a table, added one by one. */
#include "ddl/virtual.h"

#include "expr/expr.h"

/* ---- rows of pg_constraint ---- */

static Datum maybe_array(Ddl *ddl, const int16_t *values, uint32_t count)
{
    return count > 0 ? ddl__int2_array(ddl->arena, values, count) : datum_null();
}

static void set_has_triggers(void *arg, Datum *values)
{
    (void)arg;
    values[PG_CLASS_RELHASTRIGGERS] = datum_bool(true);
}

/* In PostgreSQL triggers watch foreign keys and deferrable keys. Clients ask for a table's foreign keys only where its
 * row in pg_class says that it has some. */
static void note_triggers(Ddl *ddl, const ConstraintRow *row)
{
    const bool foreign = row->type == 'f' && !row->not_enforced;
    const bool deferrable = (row->type == 'p' || row->type == 'u') && row->ast != NULL &&
                            row->ast->deferrable;
    const Oid relations[] = {row->relation, foreign ? row->foreign_relation : row->relation};
    for (uint32_t i = 0; (foreign || deferrable) && i < ARRAY_LEN(relations); i++) {
        if (cat_relation(ddl->view, relations[i])->has_triggers) continue;
        ddl__update_class(ddl, relations[i], set_has_triggers, NULL);
        cat_view_next_command(ddl->view);
    }
}

Oid ddl__insert_constraint(Ddl *ddl, const ConstraintRow *row)
{
    Datum v[PG_CONSTRAINT_COLUMNS];
    for (uint32_t i = 0; i < ARRAY_LEN(v); i++) v[i] = datum_null();
    Oid oid = row->oid != 0 ? row->oid : cat_new_oid(ddl->view, PG_CONSTRAINT);
    Oid schema = row->schema;
    if (schema == 0)
        schema = row->relation != 0 ? cat_relation(ddl->view, row->relation)->namespace_
                                    : cat_type(ddl->view, row->domain)->namespace_;
    v[PG_CONSTRAINT_OID] = datum_oid(oid);
    v[PG_CONSTRAINT_CONNAME] = datum_str(row->name);
    v[PG_CONSTRAINT_CONNAMESPACE] = datum_oid(schema);
    v[PG_CONSTRAINT_CONTYPE] = datum_char(row->type);
    v[PG_CONSTRAINT_CONDEFERRABLE] = datum_bool(row->ast != NULL && row->ast->deferrable);
    v[PG_CONSTRAINT_CONDEFERRED] = datum_bool(row->ast != NULL && row->ast->deferred);
    v[PG_CONSTRAINT_CONENFORCED] = datum_bool(!row->not_enforced);
    v[PG_CONSTRAINT_CONVALIDATED] = datum_bool(!row->not_valid && !row->not_enforced);
    v[PG_CONSTRAINT_CONRELID] = datum_oid(row->relation);
    v[PG_CONSTRAINT_CONTYPID] = datum_oid(row->domain);
    v[PG_CONSTRAINT_CONINDID] = datum_oid(row->index);
    v[PG_CONSTRAINT_CONPARENTID] = datum_oid(0);
    v[PG_CONSTRAINT_CONFRELID] = datum_oid(row->foreign_relation);
    v[PG_CONSTRAINT_CONFUPDTYPE] = datum_char(row->on_update != 0 ? row->on_update : ' ');
    v[PG_CONSTRAINT_CONFDELTYPE] = datum_char(row->on_delete != 0 ? row->on_delete : ' ');
    v[PG_CONSTRAINT_CONFMATCHTYPE] = datum_char(row->match != 0 ? row->match : ' ');
    v[PG_CONSTRAINT_CONISLOCAL] = datum_bool(true);
    v[PG_CONSTRAINT_CONINHCOUNT] = datum_i16(0);
    v[PG_CONSTRAINT_CONNOINHERIT] = datum_bool(row->no_inherit || row->type == 'p' ||
                                               row->type == 'u' || row->type == 'f');
    v[PG_CONSTRAINT_CONPERIOD] = datum_bool(false);
    v[PG_CONSTRAINT_CONKEY] = maybe_array(ddl, row->columns, row->column_count);
    v[PG_CONSTRAINT_CONFKEY] = maybe_array(ddl, row->foreign_columns, row->foreign_count);
    if (row->pf != NULL) {
        v[PG_CONSTRAINT_CONPFEQOP] = ddl__oid_array(ddl->arena, row->pf, row->foreign_count);
        v[PG_CONSTRAINT_CONPPEQOP] = ddl__oid_array(ddl->arena, row->pp, row->foreign_count);
        v[PG_CONSTRAINT_CONFFEQOP] = ddl__oid_array(ddl->arena, row->ff, row->foreign_count);
    }
    v[PG_CONSTRAINT_CONFDELSETCOLS] = maybe_array(ddl, row->delete_set, row->delete_set_count);
    if (row->check.data != NULL) v[PG_CONSTRAINT_CONBIN] = datum_str(row->check);
    (void)cat_insert(ddl->view, PG_CONSTRAINT, v);
    CatObject self = ddl__object(CLASS_CONSTRAINT, oid, 0);
    for (uint32_t i = 0; i < row->column_count; i++)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_RELATION, row->relation, row->columns[i]),
                       'a');
    if (row->column_count == 0 && row->relation != 0)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_RELATION, row->relation, 0), 'a');
    if (row->domain != 0)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_TYPE, row->domain, 0), 'a');
    for (uint32_t i = 0; i < row->foreign_count; i++)
        cat_depend_add(ddl->view, self,
                       ddl__object(CLASS_RELATION, row->foreign_relation, row->foreign_columns[i]),
                       'n');
    if (row->type == 'f' && row->index != 0)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_RELATION, row->index, 0), 'n');
    note_triggers(ddl, row);
    if (row->relation != 0) cat_invalidate(ddl->view, CLASS_RELATION, row->relation);
    return oid;
}

static void add_checks(void *arg, Datum *values)
{
    const int16_t *more = arg;
    values[PG_CLASS_RELCHECKS] = datum_i16((int16_t)(values[PG_CLASS_RELCHECKS].value.i16 + *more));
}

void ddl__count_check(Ddl *ddl, Oid relation, int16_t more)
{
    ddl__update_class(ddl, relation, add_checks, &more);
    cat_view_next_command(ddl->view);
}

static Str constraint_name(Ddl *ddl, const CatRelation *relation, Str given, Str column,
                           const char *label)
{
    if (given.data == NULL)
        return ddl__choose_constraint_name(ddl, relation->name, column, label, relation->oid);
    if (ddl__constraint_exists(ddl, relation->oid, given))
        raise_error(SQLSTATE_DUPLICATE_OBJECT,
                    "constraint \"%.*s\" for relation \"%.*s\" already exists", STR_ARG(given),
                    STR_ARG(relation->name));
    return given;
}

/* ---- DEFERRABLE and its like ---- */

static _Noreturn void raise_at(const Ddl *ddl, const AstConstraint *ast, Sqlstate code, Str message)
{
    Error *error = error_begin(code);
    error_message(error, "%.*s", STR_ARG(message));
    error_position(error, ddl__position(ddl, ast));
    error_raise(error);
}

/* What was said of the constraint so far. */
typedef struct SeenAttributes {
    bool deferrable, initially, enforced;
} SeenAttributes;

static void say_once(Ddl *ddl, const AstConstraint *attribute, bool *seen, const char *clauses)
{
    if (*seen)
        raise_at(ddl, attribute, SQLSTATE_SYNTAX_ERROR,
                 str_format(ddl->arena, "multiple %s clauses not allowed", clauses));
    *seen = true;
}

/* INITIALLY DEFERRED alone makes it deferrable; beside NOT DEFERRABLE it is an error, in either order. */
static void take_deferring(Ddl *ddl, AstConstraint *of, const AstConstraint *attribute,
                           SeenAttributes *seen)
{
    const AstConstraintKind kind = attribute->constraint;
    const bool deferrable = kind == AST_CONSTRAINT_ATTR_DEFERRABLE;
    if (deferrable || kind == AST_CONSTRAINT_ATTR_NOT_DEFERRABLE) {
        say_once(ddl, attribute, &seen->deferrable, "DEFERRABLE/NOT DEFERRABLE");
        of->deferrable = deferrable;
    } else {
        say_once(ddl, attribute, &seen->initially, "INITIALLY IMMEDIATE/DEFERRED");
        of->deferred = kind == AST_CONSTRAINT_ATTR_DEFERRED;
        if (of->deferred && !seen->deferrable) of->deferrable = true;
    }
    if (of->deferred && !of->deferrable)
        raise_at(ddl, attribute, SQLSTATE_SYNTAX_ERROR,
                 STR("constraint declared INITIALLY DEFERRED must be DEFERRABLE"));
}

static void take_attribute(Ddl *ddl, AstConstraint *of, const AstConstraint *attribute,
                           const char *what, SeenAttributes *seen)
{
    const AstConstraintKind kind = attribute->constraint;
    const AstConstraintKind own = of != NULL ? of->constraint : AST_CONSTRAINT_NULL;
    const bool enforcing = kind == AST_CONSTRAINT_ATTR_ENFORCED ||
                           kind == AST_CONSTRAINT_ATTR_NOT_ENFORCED;
    const bool fits = own == AST_CONSTRAINT_FOREIGN_KEY ||
                      (enforcing
                           ? own == AST_CONSTRAINT_CHECK
                           : own == AST_CONSTRAINT_PRIMARY_KEY || own == AST_CONSTRAINT_UNIQUE ||
                                 own == AST_CONSTRAINT_EXCLUSION);
    if (!fits)
        raise_at(ddl, attribute, SQLSTATE_SYNTAX_ERROR,
                 str_format(ddl->arena, "misplaced %s clause", what));
    if (!enforcing) {
        take_deferring(ddl, of, attribute, seen);
        return;
    }
    say_once(ddl, attribute, &seen->enforced, "ENFORCED/NOT ENFORCED");
    of->not_enforced = kind == AST_CONSTRAINT_ATTR_NOT_ENFORCED;
}

void ddl__take_attributes(Ddl *ddl, AstConstraintList *constraints)
{
    AstConstraint *last = NULL;
    SeenAttributes seen = {0};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < constraints->count; i++) {
        AstConstraint *constraint = constraints->items[i];
        const char *what = NULL;
        switch (constraint->constraint) {
        case AST_CONSTRAINT_ATTR_DEFERRABLE: what = "DEFERRABLE"; break;
        case AST_CONSTRAINT_ATTR_NOT_DEFERRABLE: what = "NOT DEFERRABLE"; break;
        case AST_CONSTRAINT_ATTR_DEFERRED: what = "INITIALLY DEFERRED"; break;
        case AST_CONSTRAINT_ATTR_IMMEDIATE: what = "INITIALLY IMMEDIATE"; break;
        case AST_CONSTRAINT_ATTR_ENFORCED: what = "ENFORCED"; break;
        case AST_CONSTRAINT_ATTR_NOT_ENFORCED: what = "NOT ENFORCED"; break;
        default:
            last = constraint;
            seen = (SeenAttributes){0};
            constraints->items[kept++] = constraint;
            continue;
        }
        take_attribute(ddl, last, constraint, what, &seen);
    }
    constraints->count = kept;
}

/* ---- DEFAULT ---- */

bool ddl__is_immutable(Ddl *ddl, const QExpr *expr)
{
    QExpr *copy = (QExpr *)query_copy(ddl->arena, (const QNode *)expr);
    return expr_is_immutable(expr_fold(ddl->arena, copy, ddl->bind.env, NULL, 0), ddl->bind.env);
}

static void set_has_default(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTHASDEF] = datum_bool(*(bool *)arg);
}

void ddl__store_default(Ddl *ddl, Oid relation, int16_t column, QExpr *bound, bool generated)
{
    Datum v[PG_ATTRDEF_COLUMNS];
    Oid oid = cat_new_oid(ddl->view, PG_ATTRDEF);
    v[PG_ATTRDEF_OID] = datum_oid(oid);
    v[PG_ATTRDEF_ADRELID] = datum_oid(relation);
    v[PG_ATTRDEF_ADNUM] = datum_i16(column);
    v[PG_ATTRDEF_ADBIN] = datum_str(bind_store(ddl->arena, (QNode *)bound));
    (void)cat_insert(ddl->view, PG_ATTRDEF, v);
    bool has = true;
    ddl__update_attribute(ddl, relation, column, set_has_default, &has);
    CatObject self = ddl__object(CLASS_ATTRDEF, oid, 0);
    CatObject on = ddl__object(CLASS_RELATION, relation, column);
    /* A generated column *is* its expression: neither goes without the other, nor without what it is made of. */
    cat_depend_add(ddl->view, self, on, generated ? 'i' : 'a');
    ddl__depend_on_expr(ddl, self, (QNode *)bound, relation, generated ? 'n' : 'a');
    cat_invalidate(ddl->view, CLASS_RELATION, relation);
}

typedef struct Generation {
    Ddl *ddl;
    const CatRelation *relation;
} Generation;

static bool check_generated_var(void *arg, void *child)
{
    const Generation *generation = arg;
    task_check_stack();
    const QVar *var = Q_IF(Var, (QNode *)child);
    if (var == NULL) return query_walk(child, check_generated_var, arg);
    if (var->column < 0) return false;
    const CatColumn *column = var->column > 0 ? &generation->relation->columns[var->column - 1]
                                              : NULL;
    if (column != NULL && column->generated == 0) return false;
    Error *error = error_begin(SQLSTATE_INVALID_OBJECT_DEFINITION);
    if (column != NULL) {
        error_message(error, "cannot use generated column \"%.*s\" in column generation expression",
                      STR_ARG(column->name));
        error_detail(error, "A generated column cannot reference another generated column.");
    } else {
        error_message(error, "cannot use whole-row variable in column generation expression");
        error_detail(error, "This would cause the generated column to depend on its own value.");
    }
    /* Of what ALTER TABLE adds, errors have no place. */
    if (generation->ddl->call->tree->kind != AST_ALTER_TABLE)
        error_position(error, parse_position(generation->ddl->call->sql, var->location));
    error_raise(error);
}

/* What it is made of must be there when the row is, and stay what it was. */
static void check_generation(Ddl *ddl, const CatRelation *relation, const CatColumn *column,
                             QExpr *bound)
{
    Generation generation = {ddl, relation};
    (void)check_generated_var(&generation, bound);
    if (!ddl__is_immutable(ddl, bound))
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION, "generation expression is not immutable");
    if (column->generated == 'v') ddl__check_virtual_expression(ddl, bound);
}

void ddl__add_default(Ddl *ddl, const CatRelation *relation, int16_t column, const AstNode *expr,
                      bool generated)
{
    const CatColumn *target = &relation->columns[column - 1];
    const BindUse use = generated ? BIND_GENERATED : BIND_DEFAULT;
    QExpr *bound = bind_expression(ddl->arena, expr, &ddl->bind, relation, use, target->type,
                                   target->typmod, target->name);
    const QConst *constant = Q_IF(Const, bound);
    if (generated) check_generation(ddl, relation, target, bound);
    if (!generated && constant != NULL && constant->value.datum.null)
        return; /* DEFAULT NULL is none */
    ddl__store_default(ddl, relation->oid, column, bound, generated);
}

void ddl__drop_default(Ddl *ddl, Oid relation, int16_t column)
{
    Datum keys[2] = {datum_oid(relation), datum_i16(column)};
    CatScan *scan = cat_scan_open(ddl->view, PG_ATTRDEF, PG_ATTRDEF_ADRELID_ADNUM_INDEX, keys, 2);
    CatRow row;
    if (cat_scan_next(scan, &row)) {
        CatObject self = ddl__object(CLASS_ATTRDEF, row.values[PG_ATTRDEF_OID].value.u32, 0);
        cat_delete(ddl->view, PG_ATTRDEF, row.id);
        cat_depend_remove(ddl->view, self);
        bool has = false;
        ddl__update_attribute(ddl, relation, column, set_has_default, &has);
    }
    cat_scan_close(scan);
    cat_invalidate(ddl->view, CLASS_RELATION, relation);
}

/* ---- NOT NULL ---- */

static void set_not_null(void *arg, Datum *values)
{
    values[PG_ATTRIBUTE_ATTNOTNULL] = datum_bool(*(bool *)arg);
}

typedef struct NotNull {
    Str name; /* without data: chosen */
    bool no_inherit, not_valid;
} NotNull;

static void add_not_null(Ddl *ddl, const CatRelation *relation, int16_t column, const NotNull *new)
{
    const Oid oid = relation->oid;
    const CatColumn *target = &relation->columns[column - 1];
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        const CatConstraint *other = &relation->constraints[i];
        if (other->type == 'n' && other->columns[0] == column) return;
    }
    bool yes = true;
    if (!target->not_null) ddl__update_attribute(ddl, oid, column, set_not_null, &yes);
    ConstraintRow row = {.name = constraint_name(ddl, relation, new->name, target->name,
                                                 "not_null"),
                         .type = 'n',
                         .relation = oid,
                         .schema = relation->namespace_,
                         .columns = &column,
                         .column_count = 1,
                         .no_inherit = new->no_inherit,
                         .not_valid = new->not_valid};
    (void)ddl__insert_constraint(ddl, &row);
}

void ddl__add_not_null(Ddl *ddl, Oid oid, Str name, int16_t column, bool no_inherit)
{
    const NotNull new = {name, no_inherit, false};
    add_not_null(ddl, ddl__reopen(ddl, oid), column, &new);
}

/* ---- CHECK ---- */

typedef struct ColumnSet {
    int16_t columns[64];
    uint32_t count;
} ColumnSet;

static bool gather_columns(void *arg, void *child)
{
    ColumnSet *set = arg;
    task_check_stack();
    const QVar *var = Q_IF(Var, (QNode *)child);
    if (var == NULL) return query_walk(child, gather_columns, arg);
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->columns[i] == var->column) return false;
    }
    if (set->count < ARRAY_LEN(set->columns)) set->columns[set->count++] = (int16_t)var->column;
    return false;
}

void ddl__check_rows(Ddl *ddl, Oid oid, Oid constraint)
{
    SCOPED(scope);
    const CatRelation *relation = ddl__reopen(ddl, oid);
    ExecOptions options = ddl__exec_options(ddl, scope);
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        if (relation->constraints[i].oid == constraint)
            exec_check_constraint(relation, &relation->constraints[i], &options);
    }
}

static void add_check(Ddl *ddl, const CatRelation *relation, const NewConstraint *new,
                      bool existing)
{
    const Oid oid = relation->oid;
    const Str name = new->ast->name;
    if (!existing && name.data != NULL && ddl__constraint_exists(ddl, oid, name))
        raise_error(SQLSTATE_DUPLICATE_OBJECT, "check constraint \"%.*s\" already exists",
                    STR_ARG(name));
    QExpr *expr = bind_expression(ddl->arena, new->ast->expr, &ddl->bind, relation, BIND_CHECK, 16,
                                  -1, STR("CHECK"));
    ColumnSet set = {.count = 0};
    (void)gather_columns(&set, expr);
    /* Named after its column when it is about one only. */
    Str column = set.count == 1 && set.columns[0] > 0 ? relation->columns[set.columns[0] - 1].name
                                                      : (Str){0};
    ConstraintRow row = {.name = constraint_name(ddl, relation, new->ast->name, column, "check"),
                         .type = 'c',
                         .relation = oid,
                         .schema = relation->namespace_,
                         .columns = set.columns,
                         .column_count = set.count,
                         .check = bind_store(ddl->arena, (QNode *)expr),
                         .no_inherit = new->ast->no_inherit,
                         .not_valid = existing &&new->ast->not_valid,
                         .not_enforced = new->ast->not_enforced};
    Oid constraint = ddl__insert_constraint(ddl, &row);
    ddl__depend_on_expr(ddl, ddl__object(CLASS_CONSTRAINT, constraint, 0), (QNode *)expr, oid, 'a');
    ddl__count_check(ddl, oid, 1);
    if (existing && !row.not_valid && !row.not_enforced) ddl__check_rows(ddl, oid, constraint);
}

/* ---- PRIMARY KEY and UNIQUE ---- */

static bool has_expression(const CatIndex *index)
{
    for (uint32_t i = 0; i < index->key_count; i++) {
        if (index->keys[i].column == 0) return true;
    }
    return false;
}

static AstIndexElementList key_elements(Ddl *ddl, const NodeStrs *names)
{
    AstIndexElementList list = {.items = ARENA_ARRAY(ddl->arena, AstIndexElement *, names->count),
                                .count = names->count};
    for (uint32_t i = 0; i < names->count; i++) {
        list.items[i] = AST_NEW(ddl->arena, IndexElement);
        list.items[i]->name = names->items[i];
    }
    return list;
}

static NodeStrs key_names(Ddl *ddl, const NewConstraint *new)
{
    if (new->column == NULL) return new->ast->columns;
    Str *name = ARENA_NEW(ddl->arena, Str);
    *name = new->column->name;
    return (NodeStrs){.items = name, .count = 1};
}

static int16_t key_column(const CatRelation *relation, Str name)
{
    int16_t column = ddl__find_column(relation, name);
    if (column == 0)
        raise_error(SQLSTATE_UNDEFINED_COLUMN, "column \"%.*s\" named in key does not exist",
                    STR_ARG(name));
    return column;
}

/* A key's columns; a missing one has its place told where the table is being made, and is first of all one that cannot
 * be made NOT NULL where it is there. */
static int16_t *key_columns(Ddl *ddl, const CatRelation *relation, const AstConstraint *ast,
                            const NodeStrs *names, bool existing)
{
    const bool primary = ast->constraint == AST_CONSTRAINT_PRIMARY_KEY;
    int16_t *columns = ARENA_ARRAY(ddl->arena, int16_t, names->count);
    for (uint32_t i = 0; i < names->count; i++) {
        const Str name = names->items[i];
        columns[i] = ddl__find_column(relation, name);
        if (columns[i] == 0 && existing && primary)
            raise_error(SQLSTATE_UNDEFINED_COLUMN,
                        "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(name),
                        STR_ARG(relation->name));
        if (columns[i] == 0 && !existing)
            raise_at(ddl, ast, SQLSTATE_UNDEFINED_COLUMN,
                     str_format(ddl->arena, "column \"%.*s\" named in key does not exist",
                                STR_ARG(name)));
        columns[i] = key_column(relation, name);
        for (uint32_t j = 0; j < i; j++) {
            if (columns[j] != columns[i]) continue;
            raise_at(ddl, ast, SQLSTATE_DUPLICATE_COLUMN,
                     str_format(ddl->arena, "column \"%.*s\" appears twice in %s constraint",
                                STR_ARG(name), primary ? "primary key" : "unique"));
        }
    }
    return columns;
}

/* Rows that are there must obey; then the catalogs say so. */
static void need_not_null(Ddl *ddl, const CatRelation *relation, const int16_t *column,
                          bool existing)
{
    if (existing) {
        SCOPED(scope);
        ExecOptions options = ddl__exec_options(ddl, scope);
        CatConstraint not_null = {.type = 'n',
                                  .relation = relation->oid,
                                  .columns = column,
                                  .column_count = 1};
        exec_check_constraint(relation, &not_null, &options);
    }
    ddl__add_not_null(ddl, relation->oid, (Str){0}, *column, false);
}

static void forbid_second_primary(const Ddl *ddl, const CatRelation *relation,
                                  const AstConstraint *ast, bool existing)
{
    for (uint32_t i = 0; i < relation->index_count; i++) {
        if (!relation->indexes[i]->primary) continue;
        raise_at(ddl, existing ? NULL : ast, SQLSTATE_INVALID_TABLE_DEFINITION,
                 str_format(ddl->arena, "multiple primary keys for table \"%.*s\" are not allowed",
                            STR_ARG(relation->name)));
    }
}

static void join_names(StrBuilder *joined, const NodeStrs *names)
{
    for (uint32_t i = 0; i < names->count; i++) {
        if (joined->bytes > 0) str_add_char(joined, '_');
        str_add(joined, names->items[i]);
    }
}

/* INCLUDEd columns are part of the name that nobody gave. */
static Str key_name(Ddl *ddl, const CatRelation *relation, const AstConstraint *ast,
                    const NodeStrs *names, bool primary)
{
    const Str given = ast->name;
    if (given.data != NULL) {
        if (ddl__constraint_exists(ddl, relation->oid, given))
            raise_error(SQLSTATE_DUPLICATE_OBJECT, "relation \"%.*s\" already exists",
                        STR_ARG(given));
        return given;
    }
    StrBuilder joined = str_builder(ddl->arena, 64);
    if (!primary) {
        join_names(&joined, names);
        join_names(&joined, &ast->including);
    }
    return ddl__choose_relation_name(ddl, relation->name, str_done(&joined),
                                     primary ? "pkey" : "key", relation->namespace_);
}

/* ---- USING INDEX ---- */

static _Noreturn void refuse_index(Ddl *ddl, const AstConstraint *ast, Sqlstate code, Str message,
                                   bool detail)
{
    Error *error = error_begin(code);
    error_message(error, "%.*s", STR_ARG(message));
    if (detail)
        error_detail(error,
                     "Cannot create a primary key or unique constraint using such an index.");
    error_position(error, ddl__position(ddl, ast));
    error_raise(error);
}

static const CatIndex *index_to_use(Ddl *ddl, const CatRelation *relation, const AstConstraint *ast)
{
    for (uint32_t i = 0; i < relation->index_count; i++) {
        if (str_equal(relation->indexes[i]->name, ast->index)) return relation->indexes[i];
    }
    const bool there = cat_relation_named(ddl->view, relation->namespace_, ast->index) != 0;
    refuse_index(ddl, ast,
                 there ? SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE : SQLSTATE_UNDEFINED_OBJECT,
                 there
                     ? str_format(ddl->arena, "index \"%.*s\" does not belong to table \"%.*s\"",
                                  STR_ARG(ast->index), STR_ARG(relation->name))
                     : str_format(ddl->arena, "index \"%.*s\" does not exist", STR_ARG(ast->index)),
                 false);
}

/* It must be what the constraint would have made. */
static void check_index_to_use(Ddl *ddl, const CatIndex *index, const AstConstraint *ast)
{
    const char *format = NULL;
    if (ddl__index_constraint(ddl, index->oid) != 0)
        refuse_index(ddl, ast, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                     str_format(ddl->arena,
                                "index \"%.*s\" is already associated with a constraint",
                                STR_ARG(index->name)),
                     false);
    if (!index->valid)
        refuse_index(ddl, ast, SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                     str_format(ddl->arena, "index \"%.*s\" is not valid", STR_ARG(index->name)),
                     false);
    if (!index->unique)
        format = "is not a unique index";
    else if (has_expression(index))
        format = "contains expressions";
    else if (index->predicate != NULL)
        format = "is a partial index";
    if (format != NULL)
        refuse_index(ddl, ast, SQLSTATE_WRONG_OBJECT_TYPE,
                     str_format(ddl->arena, "%s\"%.*s\" %s", format[0] == 'c' ? "index " : "",
                                STR_ARG(index->name), format),
                     true);
    for (uint32_t i = 0; i < index->key_count; i++) {
        if (index->keys[i].options == 0) continue;
        refuse_index(ddl, ast, SQLSTATE_WRONG_OBJECT_TYPE,
                     str_format(ddl->arena,
                                "index \"%.*s\" column number %u does not have default sorting "
                                "behavior",
                                STR_ARG(index->name), i + 1),
                     true);
    }
}

typedef struct TakenIndex {
    bool primary, immediate;
} TakenIndex;

static void put_taken(void *arg, Datum *values)
{
    const TakenIndex *taken = arg;
    values[PG_INDEX_INDISPRIMARY] = datum_bool(taken->primary);
    values[PG_INDEX_INDIMMEDIATE] = datum_bool(taken->immediate);
}

/* The index belongs to the constraint from now on, not to its columns. */
static void give_index(Ddl *ddl, const CatRelation *relation, const CatIndex *index, Oid constraint)
{
    CatObject self = ddl__object(CLASS_RELATION, index->oid, 0);
    for (uint32_t i = 0; i < index->column_count; i++)
        cat_depend_remove_between(ddl->view, self,
                                  ddl__object(CLASS_RELATION, relation->oid,
                                              index->keys[i].column));
    cat_depend_add(ddl->view, self, ddl__object(CLASS_CONSTRAINT, constraint, 0), 'i');
}

/* A constraint goes with its included columns too. */
static void depend_on_included(Ddl *ddl, Oid constraint, const CatIndex *index)
{
    for (uint32_t i = index->key_count; i < index->column_count; i++)
        cat_depend_add(ddl->view, ddl__object(CLASS_CONSTRAINT, constraint, 0),
                       ddl__object(CLASS_RELATION, index->relation, index->keys[i].column), 'a');
}

static void add_key_of_index(Ddl *ddl, const CatRelation *relation, const NewConstraint *new)
{
    const AstConstraint *ast = new->ast;
    const bool primary = ast->constraint == AST_CONSTRAINT_PRIMARY_KEY;
    const Oid oid = relation->oid;
    const CatIndex *index = index_to_use(ddl, relation, ast);
    check_index_to_use(ddl, index, ast);
    const Str name = ast->name.data != NULL ? ast->name : index->name;
    const bool renamed = !str_equal(name, index->name);
    if (renamed)
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "ALTER TABLE / ADD CONSTRAINT USING INDEX will rename index \"%.*s\" to "
                    "\"%.*s\"",
                    STR_ARG(index->name), STR_ARG(name));
    int16_t *columns = ARENA_ARRAY(ddl->arena, int16_t, index->key_count);
    for (uint32_t i = 0; i < index->key_count; i++) columns[i] = index->keys[i].column;
    if (primary) {
        forbid_second_primary(ddl, relation, ast, true);
        for (uint32_t i = 0; i < index->key_count; i++)
            need_not_null(ddl, ddl__reopen(ddl, oid), &columns[i], true);
        relation = ddl__reopen(ddl, oid);
    }
    if (renamed) ddl__rename_relation(ddl, index->oid, name);
    ConstraintRow row = {.name = name,
                         .type = primary ? 'p' : 'u',
                         .relation = oid,
                         .index = index->oid,
                         .ast = ast,
                         .columns = columns,
                         .column_count = index->key_count};
    const Oid constraint = ddl__insert_constraint(ddl, &row);
    give_index(ddl, relation, index, constraint);
    depend_on_included(ddl, constraint, index);
    TakenIndex taken = {primary, !ast->deferrable};
    cat_view_next_command(ddl->view);
    ddl__update_index(ddl, index->oid, put_taken, &taken);
    cat_invalidate(ddl->view, CLASS_RELATION, oid);
}

static void add_key(Ddl *ddl, Oid oid, const NewConstraint *new, bool existing)
{
    bool primary = new->ast->constraint == AST_CONSTRAINT_PRIMARY_KEY;
    const CatRelation *relation = ddl__reopen(ddl, oid);
    if (new->ast->without_overlaps)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "WITHOUT OVERLAPS is not supported");
    if (new->ast->index.data != NULL) {
        add_key_of_index(ddl, relation, new);
        return;
    }
    NodeStrs names = key_names(ddl, new);
    int16_t *columns = key_columns(ddl, relation, new->ast, &names, existing);
    if (primary) {
        forbid_second_primary(ddl, relation, new->ast, existing);
        for (uint32_t i = 0; i < names.count; i++)
            need_not_null(ddl, ddl__reopen(ddl, oid), &columns[i], existing);
        relation = ddl__reopen(ddl, oid);
    }
    AstIndexElementList elements = key_elements(ddl, &names);
    AstIndexElementList including = key_elements(ddl, &new->ast->including);
    Str name = key_name(ddl, relation, new->ast, &names, primary);
    Oid constraint = cat_new_oid(ddl->view, PG_CONSTRAINT);
    NewIndex index = {.name = name,
                      .elements = &elements,
                      .including = &including,
                      .unique = true,
                      .primary = primary,
                      .constraint = constraint,
                      .deferrable = new->ast->deferrable,
                      .nulls_not_distinct = new->ast->nulls_not_distinct,
                      .options = &new->ast->options};
    Oid index_oid = ddl__create_index(ddl, relation, &index);
    ConstraintRow row = {.oid = constraint,
                         .name = name,
                         .type = primary ? 'p' : 'u',
                         .relation = oid,
                         .index = index_oid,
                         .ast = new->ast,
                         .columns = columns,
                         .column_count = names.count};
    (void)ddl__insert_constraint(ddl, &row);
    depend_on_included(ddl, constraint, ddl__index_of(ddl__reopen(ddl, oid), index_oid));
}

/* ---- FOREIGN KEY ---- */

static char action_char(AstReferenceAction action)
{
    switch (action) {
    case AST_REFERENCE_NO_ACTION: return 'a';
    case AST_REFERENCE_RESTRICT: return 'r';
    case AST_REFERENCE_CASCADE: return 'c';
    case AST_REFERENCE_SET_NULL: return 'n';
    case AST_REFERENCE_SET_DEFAULT: return 'd';
    }
    UNREACHABLE();
}

static _Noreturn void raise_deferrable(const CatRelation *target, bool primary)
{
    raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                "cannot use a deferrable %s for referenced table \"%.*s\"",
                primary ? "primary key" : "unique constraint", STR_ARG(target->name));
}

/* The referenced table's unique index over exactly these columns. */
static const CatIndex *referenced_index(const CatRelation *target, int16_t *columns,
                                        uint32_t *count)
{
    bool deferrable = false;
    for (uint32_t i = 0; i < target->index_count; i++) {
        const CatIndex *index = target->indexes[i];
        if (!index->unique || !index->valid || index->predicate != NULL || has_expression(index))
            continue;
        if (*count == 0) {
            if (!index->primary) continue;
            if (!index->immediate) raise_deferrable(target, true);
            for (uint32_t k = 0; k < index->key_count; k++)
                columns[(*count)++] = index->keys[k].column;
            return index;
        }
        if (index->key_count != *count) continue;
        uint32_t found = 0;
        for (uint32_t k = 0; k < *count; k++) {
            for (uint32_t c = 0; c < *count; c++) found += index->keys[k].column == columns[c];
        }
        if (found == *count && index->immediate) return index;
        deferrable |= found == *count;
    }
    if (deferrable) raise_deferrable(target, false);
    if (*count == 0)
        raise_error(SQLSTATE_UNDEFINED_OBJECT,
                    "there is no primary key for referenced table \"%.*s\"", STR_ARG(target->name));
    raise_error(SQLSTATE_INVALID_FOREIGN_KEY,
                "there is no unique constraint matching given keys for referenced table \"%.*s\"",
                STR_ARG(target->name));
}

/* The equality of the index's family between key and reference; and of each side with itself. */
/* Under domains. */
static Oid base_type(Ddl *ddl, Oid oid)
{
    const CatType *type = cat_type(ddl->view, oid);
    while (type->kind == 'd') type = cat_type(ddl->view, type->base);
    return type->oid;
}

static void key_operators(Ddl *ddl, ConstraintRow *row, Oid *pf, Oid *pp, Oid *ff, uint32_t i,
                          const CatRelation *table, const CatRelation *target,
                          const CatIndex *index)
{
    const CatColumn *fk = &table->columns[row->columns[i] - 1];
    const CatColumn *pk = &target->columns[row->foreign_columns[i] - 1];
    const Oid from = base_type(ddl, fk->type), to = base_type(ddl, pk->type);
    Oid family = 0;
    for (uint32_t k = 0; k < index->key_count; k++) {
        if (index->keys[k].column == pk->number) family = index->keys[k].opfamily;
    }
    pp[i] = cat_family_operator(ddl->view, family, to, to, 3);
    if (pp[i] == 0) pp[i] = cat_type_equality(ddl->view, to);
    pf[i] = cat_family_operator(ddl->view, family, to, from, 3);
    ff[i] = cat_type_equality(ddl->view, from);
    if (pf[i] == 0 && (from == to || ff[i] == pp[i])) pf[i] = pp[i];
    if (pf[i] == 0) {
        const CatCast *cast = cat_cast(ddl->view, from, to);
        if (cast != NULL && cast->context == 'i') {
            pf[i] = pp[i];
            ff[i] = pp[i];
        }
    }
    if (pf[i] != 0) return;
    Error *error = error_begin(SQLSTATE_DATATYPE_MISMATCH);
    error_message(error, "foreign key constraint \"%.*s\" cannot be implemented",
                  STR_ARG(row->name));
    error_detail(
        error,
        "Key columns \"%.*s\" of the referencing table and \"%.*s\" of the referenced table are of "
        "incompatible types: %.*s and %.*s.",
        STR_ARG(fk->name), STR_ARG(pk->name),
        STR_ARG(cat_type_name(ddl->view, ddl->arena, fk->type, -1)),
        STR_ARG(cat_type_name(ddl->view, ddl->arena, pk->type, -1)));
    error_raise(error);
}

ReferenceOperators ddl__reference_operators(Ddl *ddl, const CatRelation *table,
                                            const CatRelation *target, Oid constraint)
{
    const CatConstraint *c = table->constraints;
    while (c->oid != constraint) c++;
    const uint32_t count = c->foreign_count;
    const CatIndex *const *index = target->indexes;
    while ((*index)->oid != c->index) index++;
    ConstraintRow row = {.name = c->name,
                         .columns = c->columns,
                         .foreign_columns = c->foreign_columns};
    Oid *pf = ARENA_ARRAY(ddl->arena, Oid, count), *pp = ARENA_ARRAY(ddl->arena, Oid, count),
        *ff = ARENA_ARRAY(ddl->arena, Oid, count);
    for (uint32_t i = 0; i < count; i++)
        key_operators(ddl, &row, pf, pp, ff, i, table, target, *index);
    return (ReferenceOperators){ddl__oid_array(ddl->arena, pf, count),
                                ddl__oid_array(ddl->arena, pp, count),
                                ddl__oid_array(ddl->arena, ff, count)};
}

static int16_t referring_column(const CatRelation *relation, Str name)
{
    const int16_t column = ddl__find_column(relation, name);
    if (column == 0)
        raise_error(SQLSTATE_UNDEFINED_COLUMN,
                    "column \"%.*s\" referenced in foreign key constraint does not exist",
                    STR_ARG(name));
    return column;
}

/* REFERENCES on the table, or on each of the columns. */
static void check_may_refer(Ddl *ddl, Oid target, const int16_t *columns, uint32_t count)
{
    uint32_t granted = 0;
    while (granted < count &&
           cat_privileges(ddl->view, cat_view_role(ddl->view),
                          ddl__object(CLASS_RELATION, target, columns[granted]), PRIV_REFERENCES))
        granted++;
    if (granted < count)
        cat_check_privilege(ddl->view, ddl__object(CLASS_RELATION, target, 0), PRIV_REFERENCES);
}

/* ON DELETE SET NULL (columns) */
static void take_delete_set(Ddl *ddl, const CatRelation *table, ConstraintRow *row)
{
    const NodeStrs *names = &row->ast->on_delete_columns;
    int16_t *set = ARENA_ARRAY(ddl->arena, int16_t, names->count);
    for (uint32_t i = 0; i < names->count; i++) {
        bool referring = false;
        set[i] = referring_column(table, names->items[i]);
        for (uint32_t k = 0; k < row->column_count; k++) referring |= row->columns[k] == set[i];
        if (!referring)
            raise_error(SQLSTATE_INVALID_COLUMN_REFERENCE,
                        "column \"%.*s\" referenced in ON DELETE SET action must be part of "
                        "foreign key",
                        STR_ARG(names->items[i]));
    }
    row->delete_set = set;
    row->delete_set_count = names->count;
}

/* What no row holds cannot be looked up; what is computed cannot be set. */
static void check_referring(const CatRelation *table, const ConstraintRow *row)
{
    for (uint32_t i = 0; i < row->column_count; i++) {
        const CatColumn *column = &table->columns[row->columns[i] - 1];
        if (column->generated == 0) continue;
        if (row->on_update == 'n' || row->on_update == 'd' || row->on_update == 'c')
            raise_error(SQLSTATE_SYNTAX_ERROR,
                        "invalid %s action for foreign key constraint "
                        "containing generated column",
                        "ON UPDATE");
        if (row->on_delete == 'n' || row->on_delete == 'd')
            raise_error(SQLSTATE_SYNTAX_ERROR,
                        "invalid %s action for foreign key constraint "
                        "containing generated column",
                        "ON DELETE");
        if (column->generated == 'v')
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "foreign key constraints on virtual generated columns are not supported");
    }
}

/* What is kept longer may not refer to what goes earlier, and temporary tables to those of their session alone. */
static void check_persistence(const CatRelation *table, const CatRelation *target)
{
    const char *text = NULL;
    if (table->persistence == 'p' && target->persistence != 'p')
        text = "constraints on permanent tables may reference only permanent tables";
    if (table->persistence == 'u' && target->persistence == 't')
        text = "constraints on unlogged tables may reference only permanent or unlogged tables";
    if (table->persistence == 't' && target->persistence != 't')
        text = "constraints on temporary tables may reference only temporary tables";
    if (table->persistence == 't' && target->persistence == 't' &&
        table->namespace_ != target->namespace_)
        text = "constraints on temporary tables must involve temporary tables of this session";
    if (text != NULL) raise_error(SQLSTATE_INVALID_TABLE_DEFINITION, "%s", text);
}

static void check_referenced(const CatRelation *table, const CatRelation *target,
                             const AstConstraint *ast)
{
    if (target->kind != 'r' && target->kind != 'p')
        raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "referenced relation \"%.*s\" is not a table",
                    STR_ARG(target->name));
    if (target->oid < OID_FIRST_USER)
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE,
                    "permission denied: \"%.*s\" is a system catalog", STR_ARG(target->name));
    check_persistence(table, target);
    if (ast->match == AST_MATCH_PARTIAL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "MATCH PARTIAL is not supported");
}

static void add_foreign_key(Ddl *ddl, Oid oid, const NewConstraint *new, bool existing)
{
    const AstConstraint *ast = new->ast;
    CatName referenced = ddl__name(ddl, ast->references);
    referenced.location = 0; /* PostgreSQL's errors say no place here */
    const CatRelation *target = cat_relation_open(ddl->view, referenced, LOCK_SHARE_ROW_EXCLUSIVE,
                                                  0);
    const CatRelation *table = ddl__reopen(ddl, oid);
    if (target->oid == oid) target = table;
    check_referenced(table, target, ast);
    NodeStrs names = key_names(ddl, new);
    int16_t *columns = ARENA_ARRAY(ddl->arena, int16_t, names.count);
    int16_t *foreign = ARENA_ARRAY(ddl->arena, int16_t, 32 + ast->reference_columns.count);
    StrBuilder joined = str_builder(ddl->arena, 64);
    for (uint32_t i = 0; i < names.count; i++) {
        columns[i] = referring_column(table, names.items[i]);
        if (i > 0) str_add_char(&joined, '_');
        str_add(&joined, names.items[i]);
    }
    uint32_t count = ast->reference_columns.count;
    for (uint32_t i = 0; i < count; i++)
        foreign[i] = referring_column(target, ast->reference_columns.items[i]);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (foreign[i] == foreign[j])
                raise_error(SQLSTATE_INVALID_FOREIGN_KEY,
                            "foreign key referenced-columns list must not contain duplicates");
    const CatIndex *index = referenced_index(target, foreign, &count);
    check_may_refer(ddl, target->oid, foreign, count);
    if (count != names.count)
        raise_error(SQLSTATE_INVALID_FOREIGN_KEY,
                    "number of referencing and referenced columns for foreign key disagree");
    ConstraintRow row = {.name = constraint_name(ddl, table, ast->name, str_done(&joined), "fkey"),
                         .type = 'f',
                         .relation = oid,
                         .index = index->oid,
                         .foreign_relation = target->oid,
                         .ast = ast,
                         .columns = columns,
                         .column_count = names.count,
                         .foreign_columns = foreign,
                         .foreign_count = count,
                         .on_update = action_char(ast->on_update),
                         .on_delete = action_char(ast->on_delete),
                         .match = ast->match == AST_MATCH_FULL ? 'f' : 's',
                         .not_valid = existing && ast->not_valid,
                         .not_enforced = ast->not_enforced};
    check_referring(table, &row);
    Oid *pf = ARENA_ARRAY(ddl->arena, Oid, count), *pp = ARENA_ARRAY(ddl->arena, Oid, count),
        *ff = ARENA_ARRAY(ddl->arena, Oid, count);
    for (uint32_t i = 0; i < count; i++)
        key_operators(ddl, &row, pf, pp, ff, i, table, target, index);
    row.pf = pf;
    row.pp = pp;
    row.ff = ff;
    take_delete_set(ddl, table, &row);
    Oid constraint = ddl__insert_constraint(ddl, &row);
    cat_invalidate(ddl->view, CLASS_RELATION, target->oid);
    if (existing && !row.not_valid && !row.not_enforced) ddl__check_rows(ddl, oid, constraint);
}

/* ---- all of them ---- */

/* True: it has one already, and that is as good. */
static bool forbid_other_not_null(const CatRelation *relation, const AstConstraint *ast,
                                  int16_t column, bool existing)
{
    for (uint32_t i = 0; i < relation->constraint_count; i++) {
        const CatConstraint *other = &relation->constraints[i];
        if (other->type != 'n' || other->columns[0] != column) continue;
        if (ast->name.data == NULL || str_equal(ast->name, other->name)) return true;
        if (!existing)
            raise_error(SQLSTATE_SYNTAX_ERROR,
                        "conflicting not-null constraint names \"%.*s\" and \"%.*s\"",
                        STR_ARG(other->name), STR_ARG(ast->name));
        Error *error = error_begin(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE);
        error_message(error,
                      "cannot create not-null constraint \"%.*s\" on column \"%.*s\" of table "
                      "\"%.*s\"",
                      STR_ARG(ast->name), STR_ARG(relation->columns[column - 1].name),
                      STR_ARG(relation->name));
        error_detail(error, "A not-null constraint named \"%.*s\" already exists for this column.",
                     STR_ARG(other->name));
        error_raise(error);
    }
    return false;
}

static Str not_null_column(const NewConstraint *new)
{
    return new->column != NULL ? new->column->name : new->ast->columns.items[0];
}

static void add_one(Ddl *ddl, const CatRelation *now, const NewConstraint *new, bool existing)
{
    const Oid relation = now->oid;
    switch (new->ast->constraint) {
    case AST_CONSTRAINT_NOT_NULL: {
        Str name = not_null_column(new);
        int16_t column = ddl__find_column(now, name);
        if (column == 0)
            raise_error(SQLSTATE_UNDEFINED_COLUMN,
                        "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(name),
                        STR_ARG(now->name));
        if (forbid_other_not_null(now, new->ast, column, existing)) return;
        if (existing && !new->ast->not_valid) {
            SCOPED(scope);
            ExecOptions options = ddl__exec_options(ddl, scope);
            CatConstraint check = {.type = 'n',
                                   .relation = relation,
                                   .columns = &column,
                                   .column_count = 1};
            exec_check_constraint(now, &check, &options);
        }
        const NotNull not_null = {new->ast->name, new->ast->no_inherit,
                                  existing &&new->ast->not_valid};
        add_not_null(ddl, now, column, &not_null);
        return;
    }
    case AST_CONSTRAINT_CHECK: add_check(ddl, now, new, existing); return;
    case AST_CONSTRAINT_PRIMARY_KEY:
    case AST_CONSTRAINT_UNIQUE: add_key(ddl, relation, new, existing); return;
    case AST_CONSTRAINT_FOREIGN_KEY: add_foreign_key(ddl, relation, new, existing); return;
    case AST_CONSTRAINT_EXCLUSION:
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "exclusion constraints are not supported");
    default: raise_error(SQLSTATE_SYNTAX_ERROR, "this clause does not fit a table's constraints");
    }
}

static bool same_names(NodeStrs a, NodeStrs b)
{
    bool same = a.count == b.count;
    for (uint32_t i = 0; i < a.count && same; i++) same = str_equal(a.items[i], b.items[i]);
    return same;
}

static bool is_key(const NewConstraint *new)
{
    return new->ast->constraint == AST_CONSTRAINT_PRIMARY_KEY ||
           new->ast->constraint == AST_CONSTRAINT_UNIQUE;
}

static bool same_key(Ddl *ddl, const NewConstraint *a, const NewConstraint *b)
{
    return a->ast->index.data == NULL && b->ast->index.data == NULL &&
           a->ast->deferrable == b->ast->deferrable && a->ast->deferred == b->ast->deferred &&
           a->ast->nulls_not_distinct == b->ast->nulls_not_distinct &&
           same_names(key_names(ddl, a), key_names(ddl, b)) &&
           same_names(a->ast->including, b->ast->including);
}

/* UNIQUE that says once more what a key before it says, or the primary key, makes no index; its name stays where the
 * other has none. */
static void drop_repeated_keys(Ddl *ddl, NewConstraints *constraints)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < constraints->count; i++) {
        NewConstraint new = constraints->items[i];
        NewConstraint *prior = NULL;
        for (uint32_t k = 0; k < constraints->count && prior == NULL &&
                             new.ast->constraint == AST_CONSTRAINT_UNIQUE;
             k++) {
            NewConstraint *other = &constraints->items[k];
            const bool before = k < kept ||
                                (k > i && other->ast->constraint == AST_CONSTRAINT_PRIMARY_KEY);
            if (before && is_key(other) && same_key(ddl, other, &new)) prior = other;
        }
        if (prior == NULL) {
            constraints->items[kept++] = new;
        } else if (prior->ast->name.data == NULL && new.ast->name.data != NULL) {
            AstConstraint *named = arena_copy(ddl->arena, prior->ast, sizeof *named);
            named->name = new.ast->name;
            prior->ast = named;
        }
    }
    constraints->count = kept;
}

/* Does a new table's constraint ask nothing of those before it, so that the table, which has a row in the catalogs for
 * each column and constraint, need not be read again? */
static bool adds_to_new(const NewConstraints *constraints, uint32_t at)
{
    const NewConstraint *new = &constraints->items[at];
    if (new->ast->constraint == AST_CONSTRAINT_CHECK) return true;
    if (new->ast->constraint != AST_CONSTRAINT_NOT_NULL) return false;
    for (uint32_t i = 0; i < at; i++) {
        const NewConstraint *other = &constraints->items[i];
        if (other->ast->constraint == AST_CONSTRAINT_NOT_NULL &&
            str_equal(not_null_column(other), not_null_column(new)))
            return false;
    }
    return true;
}

/* NOT NULL of a column said without a name, and with one too: they are one constraint, of that name. */
static bool is_named_elsewhere(const NewConstraints *constraints, uint32_t at)
{
    const NewConstraint *new = &constraints->items[at];
    if (new->ast->constraint != AST_CONSTRAINT_NOT_NULL || new->ast->name.data != NULL)
        return false;
    for (uint32_t i = 0; i < constraints->count; i++) {
        const NewConstraint *other = &constraints->items[i];
        if (other->ast->constraint == AST_CONSTRAINT_NOT_NULL && other->ast->name.data != NULL &&
            str_equal(not_null_column(other), not_null_column(new)))
            return true;
    }
    return false;
}

void ddl__add_constraints(Ddl *ddl, Oid relation, const NewConstraints *given, bool existing)
{
    NewConstraints own = {.arena = ddl->arena}, *constraints = &own;
    for (uint32_t i = 0; i < given->count; i++) array_push(constraints, given->items[i]);
    drop_repeated_keys(ddl, constraints);

    /* PostgreSQL's order: what is checked by expressions, then keys, then references to keys. */
    static const struct {
        AstConstraintKind first, second;
    } rounds[] = {{AST_CONSTRAINT_NOT_NULL, AST_CONSTRAINT_CHECK},
                  {AST_CONSTRAINT_PRIMARY_KEY, AST_CONSTRAINT_PRIMARY_KEY},
                  {AST_CONSTRAINT_UNIQUE, AST_CONSTRAINT_EXCLUSION},
                  {AST_CONSTRAINT_FOREIGN_KEY, AST_CONSTRAINT_FOREIGN_KEY}};
    const CatRelation *now = NULL;
    for (uint32_t round = 0; round < ARRAY_LEN(rounds); round++) {
        for (uint32_t i = 0; i < constraints->count; i++) {
            AstConstraintKind kind = constraints->items[i].ast->constraint;
            if (kind != rounds[round].first && kind != rounds[round].second) continue;
            if (!existing && is_named_elsewhere(constraints, i)) continue;
            if (now == NULL || existing || !adds_to_new(constraints, i))
                now = ddl__reopen(ddl, relation);
            add_one(ddl, now, &constraints->items[i], existing);
        }
    }
}
