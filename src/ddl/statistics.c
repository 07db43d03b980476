/* SPDX-License-Identifier: Apache-2.0 */
/* statistics.c - CREATE and ALTER STATISTICS: what a statistics object is over, in pg_statistic_ext. ANALYZE
 * gathers for it (analyze_together.c). */
#include "ddl/virtual.h"

#include "type/array.h"

enum { STATISTICS_COLUMNS_MAX = 8, TYPE_CHAR = 18, TYPE_INT2 = 21 };

typedef struct Statistics {
    Ddl *ddl;
    const AstCreateStatistics *ast;
    const CatRelation *relation;
    int16_t columns[STATISTICS_COLUMNS_MAX]; /* in the order of their numbers */
    uint32_t column_count;
    QExpr *trees[STATISTICS_COLUMNS_MAX];
    Str expressions[STATISTICS_COLUMNS_MAX];
    uint32_t expression_count;
} Statistics;

/* ---- names ---- */

static Oid statistics_in(Ddl *ddl, Oid schema, Str name)
{
    const Datum keys[2] = {datum_str(name), datum_oid(schema)};
    const Datum *row = cat_row_find(ddl->view, PG_STATISTIC_EXT_NAME_INDEX, keys, 2, ddl->arena);
    return row != NULL ? row[PG_STATISTIC_EXT_OID].value.u32 : 0;
}

void ddl__forbid_statistics(Ddl *ddl, Oid schema, Str name)
{
    if (statistics_in(ddl, schema, name) != 0)
        raise_error(SQLSTATE_DUPLICATE_OBJECT,
                    "statistics object \"%.*s\" already exists in schema \"%.*s\"", STR_ARG(name),
                    STR_ARG(cat_namespace(ddl->view, schema)->name));
}

Oid ddl__statistics(Ddl *ddl, const AstNode *node, const NodeStrs *names, bool missing_ok)
{
    const CatName name = ddl__name_of(ddl, node, names);
    Oid oid = 0;
    if (name.schema.data != NULL) {
        const Oid schema = cat_namespace_used(ddl->view, name.schema, 0);
        if (schema == 0 && !missing_ok)
            raise_error(SQLSTATE_INVALID_SCHEMA_NAME, "schema \"%.*s\" does not exist",
                        STR_ARG(name.schema));
        if (schema != 0) oid = statistics_in(ddl, schema, name.name);
    } else {
        const SearchPath *path = cat_search_path(ddl->view);
        for (uint32_t i = 0; i < path->lasting_count && oid == 0; i++)
            oid = statistics_in(ddl, path->lasting[i], name.name);
    }
    if (oid != 0 || missing_ok) return oid;
    raise_error(SQLSTATE_UNDEFINED_OBJECT, "statistics object \"%.*s\" does not exist",
                STR_ARG(ddl__names_text(ddl, names)));
}

/* "table_column_expr_stat", numbered until it is free. */
static Str choose_name(Statistics *work, Oid schema)
{
    Ddl *ddl = work->ddl;
    StrBuilder columns = str_builder(ddl->arena, 64);
    for (uint32_t i = 0; i < work->ast->elements.count; i++) {
        const AstStatisticsElement *element = work->ast->elements.items[i];
        if (i > 0) str_add_char(&columns, '_');
        str_add(&columns, element->name.data != NULL ? element->name : STR("expr"));
    }
    const Str joined = str_done(&columns);
    Str label = STR("stat");
    for (uint32_t n = 1;; n++) {
        task_check();
        const Str name = ddl__choose_relation_name(ddl, work->relation->name, joined,
                                                   str_copy_zero(ddl->arena, label), schema);
        if (statistics_in(ddl, schema, name) == 0) return name;
        label = str_format(ddl->arena, "stat%u", n);
    }
}

/* ---- what it is over ---- */

static _Noreturn void raise_virtual(void)
{
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                "statistics creation on virtual generated columns is not supported");
}

static void take_column(Statistics *work, Str name)
{
    const int16_t number = ddl__find_column(work->relation, name);
    if (number == 0 && cat_system_column(name) != 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "statistics creation on system columns is not supported");
    if (number == 0)
        raise_error(SQLSTATE_UNDEFINED_COLUMN, "column \"%.*s\" does not exist", STR_ARG(name));
    const CatColumn *column = &work->relation->columns[number - 1];
    if (column->generated == 'v') raise_virtual();
    if (cat_opclass_default(work->ddl->view, 403, column->type) == NULL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "column \"%.*s\" cannot be used in statistics because its type %.*s has no "
                    "default btree operator class",
                    STR_ARG(name),
                    STR_ARG(cat_type_name(work->ddl->view, work->ddl->arena, column->type, -1)));
    uint32_t at = work->column_count++;
    for (; at > 0 && work->columns[at - 1] > number; at--)
        work->columns[at] = work->columns[at - 1];
    work->columns[at] = number;
}

/* Expressions are read before anything else is looked at. */
static void take_expressions(Statistics *work)
{
    Ddl *ddl = work->ddl;
    if (work->ast->elements.count > STATISTICS_COLUMNS_MAX)
        raise_error(SQLSTATE_TOO_MANY_COLUMNS, "cannot have more than %d columns in statistics",
                    STATISTICS_COLUMNS_MAX);
    for (uint32_t i = 0; i < work->ast->elements.count; i++) {
        const AstStatisticsElement *element = work->ast->elements.items[i];
        if (element->name.data != NULL) continue;
        QExpr *expr = bind_expression(ddl->arena, (const AstNode *)element->expr, &ddl->bind,
                                      work->relation, BIND_STATISTICS, 0, -1,
                                      STR("statistics expressions"));
        if (ddl__names_virtual(work->relation, expr)) raise_virtual();
        work->trees[work->expression_count] = expr;
        work->expressions[work->expression_count++] = bind_store(ddl->arena, (QNode *)expr);
    }
}

static void take_columns(Statistics *work)
{
    for (uint32_t i = 0; i < work->ast->elements.count; i++) {
        const AstStatisticsElement *element = work->ast->elements.items[i];
        if (element->name.data != NULL) take_column(work, element->name);
    }
    for (uint32_t i = 1; i < work->column_count; i++) {
        if (work->columns[i] == work->columns[i - 1])
            raise_error(SQLSTATE_DUPLICATE_COLUMN,
                        "duplicate column name in statistics definition");
    }
}

/* stxkind: d, f, m, and e where there are expressions. */
static Datum read_kinds(Statistics *work)
{
    static const struct {
        const char *name;
        char kept;
    } kinds[] = {{"ndistinct", 'd'}, {"dependencies", 'f'}, {"mcv", 'm'}};
    const AstCreateStatistics *ast = work->ast;
    bool wanted[ARRAY_LEN(kinds)] = {0};
    for (uint32_t i = 0; i < ast->kinds.count; i++) {
        uint32_t at = 0;
        while (at < ARRAY_LEN(kinds) && !str_equal(ast->kinds.items[i], str_from(kinds[at].name)))
            at++;
        if (at == ARRAY_LEN(kinds))
            raise_error(SQLSTATE_SYNTAX_ERROR, "unrecognized statistics kind \"%.*s\"",
                        STR_ARG(ast->kinds.items[i]));
        wanted[at] = true;
    }
    const bool single = work->column_count == 0 && work->expression_count == 1;
    if (single && ast->kinds.count > 0)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "when building statistics on a single expression, statistics kinds may not be "
                    "specified");
    if (!single && work->column_count + work->expression_count < 2)
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "extended statistics require at least 2 columns");
    Datum values[ARRAY_LEN(kinds) + 1];
    uint32_t count = 0;
    for (uint32_t i = 0; i < ARRAY_LEN(kinds) && !single; i++) {
        if (wanted[i] || ast->kinds.count == 0) values[count++] = datum_char(kinds[i].kept);
    }
    if (work->expression_count > 0) values[count++] = datum_char('e');
    return datum_str(array_build(work->ddl->arena, type_get(NULL, TYPE_CHAR), values, count));
}

/* ---- the rows ---- */

static void add_dependencies(Statistics *work, Oid oid, Oid schema)
{
    Ddl *ddl = work->ddl;
    const CatObject self = ddl__object(CLASS_STATISTICS, oid, 0);
    const Oid table = work->relation->oid;
    for (uint32_t i = 0; i < work->column_count; i++)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_RELATION, table, work->columns[i]), 'a');
    if (work->column_count == 0)
        cat_depend_add(ddl->view, self, ddl__object(CLASS_RELATION, table, 0), 'a');
    for (uint32_t i = 0; i < work->expression_count; i++)
        ddl__depend_on_expr(ddl, self, (QNode *)work->trees[i], table, 'a');
    cat_depend_add(ddl->view, self, ddl__object(CLASS_NAMESPACE, schema, 0), 'n');
    cat_depend_owner(ddl->view, self, cat_view_role(ddl->view));
}

static Oid insert(Statistics *work, Oid schema, Str name, Datum kinds)
{
    Ddl *ddl = work->ddl;
    Datum keys[STATISTICS_COLUMNS_MAX];
    for (uint32_t i = 0; i < work->column_count; i++) keys[i] = datum_i16(work->columns[i]);
    Datum v[PG_STATISTIC_EXT_COLUMNS];
    const Oid oid = cat_new_oid(ddl->view, PG_STATISTIC_EXT);
    v[PG_STATISTIC_EXT_OID] = datum_oid(oid);
    v[PG_STATISTIC_EXT_STXRELID] = datum_oid(work->relation->oid);
    v[PG_STATISTIC_EXT_STXNAME] = datum_str(name);
    v[PG_STATISTIC_EXT_STXNAMESPACE] = datum_oid(schema);
    v[PG_STATISTIC_EXT_STXOWNER] = datum_oid(cat_view_role(ddl->view));
    v[PG_STATISTIC_EXT_STXKEYS] = datum_str(
        array_build_vector(ddl->arena, type_get(NULL, TYPE_INT2), keys, work->column_count));
    v[PG_STATISTIC_EXT_STXSTATTARGET] = datum_null();
    v[PG_STATISTIC_EXT_STXKIND] = kinds;
    v[PG_STATISTIC_EXT_STXEXPRS] = work->expression_count > 0
                                       ? datum_str(cat_expr_list_join(ddl->arena, work->expressions,
                                                                      work->expression_count))
                                       : datum_null();
    (void)cat_insert(ddl->view, PG_STATISTIC_EXT, v);
    add_dependencies(work, oid, schema);
    return oid;
}

static const CatRelation *open_relation(Ddl *ddl, const AstCreateStatistics *ast)
{
    const AstRangeVar *var = ast->relations.count == 1 ? AST_IF(RangeVar, ast->relations.items[0])
                                                       : NULL;
    if (var == NULL)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "only a single relation is allowed in CREATE STATISTICS");
    CatName name = ddl__name(ddl, var);
    name.location = 0;
    const CatRelation *relation = cat_relation_open(ddl->view, name, LOCK_SHARE_UPDATE_EXCLUSIVE,
                                                    0);
    if (strchr("rmfp", relation->kind) == NULL) {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "cannot define statistics for relation \"%.*s\"",
                      STR_ARG(relation->name));
        error_detail(error, "This operation is not supported for %s.",
                     ddl__relation_kinds(relation->kind));
        error_raise(error);
    }
    cat_check_owner(ddl->view, ddl__object(CLASS_RELATION, relation->oid, 0));
    return relation;
}

void ddl__create_statistics(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateStatistics *ast = AST_AS(CreateStatistics, call->tree);
    Statistics work = {.ddl = &ddl, .ast = ast, .relation = open_relation(&ddl, ast)};
    take_expressions(&work);
    Oid schema = work.relation->namespace_;
    Str given = {0};
    if (ast->names.count > 0) {
        const CatName name = ddl__name_of(&ddl, call->tree, &ast->names);
        schema = ddl__schema_for(&ddl, name, false);
        given = name.name;
    } else {
        cat_check_privilege(ddl.view, ddl__object(CLASS_NAMESPACE, schema, 0), PRIV_CREATE);
    }
    if (given.data != NULL && statistics_in(&ddl, schema, given) != 0) {
        if (!ast->if_not_exists)
            raise_error(SQLSTATE_DUPLICATE_OBJECT, "statistics object \"%.*s\" already exists",
                        STR_ARG(given));
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_OBJECT,
                    "statistics object \"%.*s\" already exists, skipping", STR_ARG(given));
        return;
    }
    take_columns(&work);
    const Datum kinds = read_kinds(&work);
    (void)insert(&work, schema, given.data != NULL ? given : choose_name(&work, schema), kinds);
}

Oid ddl__make_statistics(Ddl *ddl, const AstCreateStatistics *ast, const CatRelation *relation)
{
    Statistics work = {.ddl = ddl, .ast = ast, .relation = relation};
    take_expressions(&work);
    take_columns(&work);
    const Datum kinds = read_kinds(&work);
    return insert(&work, relation->namespace_, choose_name(&work, relation->namespace_), kinds);
}

static void put_target(void *arg, Datum *values)
{
    values[PG_STATISTIC_EXT_STXSTATTARGET] = *(const Datum *)arg;
}

void ddl__alter_statistics(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstAlterStatistics *ast = AST_AS(AlterStatistics, call->tree);
    const int32_t target = ddl__statistics_target(&ddl, (const AstNode *)ast->target);
    const Oid oid = ddl__statistics(&ddl, call->tree, &ast->names, ast->if_exists);
    if (oid == 0) {
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "statistics object \"%.*s\" does not exist, skipping",
                    STR_ARG(ast->names.items[ast->names.count - 1]));
        return;
    }
    const CatObject object = ddl__object(CLASS_STATISTICS, oid, 0);
    cat_check_owner(ddl.view, object);
    Datum value = target < 0 ? datum_null() : datum_i16((int16_t)target);
    ddl__update_object(&ddl, object, put_target, &value);
}
