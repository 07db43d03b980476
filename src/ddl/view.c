/* SPDX-License-Identifier: Apache-2.0 */
/* view.c - CREATE VIEW: a relation without storage whose ON SELECT rule is the query. */
#include "ddl/column.h"

static void view_columns(Ddl *ddl, const AstCreateView *ast, QQuery *query, CatNewColumn *columns,
                         uint32_t *count)
{
    for (uint32_t i = 0; i < query->targets.count; i++) {
        QTarget *target = query->targets.items[i];
        if (target->junk) continue;
        if (*count < ast->columns.count) target->name = ast->columns.items[*count];
        for (uint32_t j = 0; j < *count; j++) {
            if (str_equal(columns[j].name, target->name))
                raise_error(SQLSTATE_DUPLICATE_COLUMN, "column \"%.*s\" specified more than once",
                            STR_ARG(target->name));
        }
        Oid type = target->expr->type == 705 ? 25 : target->expr->type;
        if (target->expr->type == 705)
            target->expr = bind_coerce(ddl->arena, target->expr, 25, -1, 'i', Q_CALL_IMPLICIT_CAST,
                                       &ddl->bind);
        ddl__check_column_type(ddl, target->name, type);
        columns[(*count)++] = (CatNewColumn){.name = target->name,
                                             .type = type,
                                             .typmod = target->expr->typmod,
                                             .collation = target->expr->collation};
    }
    if (ast->columns.count > *count)
        raise_error(SQLSTATE_SYNTAX_ERROR, "CREATE VIEW specifies more column names than columns");
}

static void put_has_rules(void *arg, Datum *values)
{
    (void)arg;
    values[PG_CLASS_RELHASRULES] = datum_bool(true);
}

void ddl__add_view_rule(Ddl *ddl, Oid view, const QQuery *query)
{
    Datum v[PG_REWRITE_COLUMNS];
    for (uint32_t i = 0; i < ARRAY_LEN(v); i++) v[i] = datum_null();
    Oid oid = cat_new_oid(ddl->view, PG_REWRITE);
    v[PG_REWRITE_OID] = datum_oid(oid);
    v[PG_REWRITE_RULENAME] = datum_str(STR("_RETURN"));
    v[PG_REWRITE_EV_CLASS] = datum_oid(view);
    v[PG_REWRITE_EV_TYPE] = datum_char('1');
    v[PG_REWRITE_EV_ENABLED] = datum_char('O');
    v[PG_REWRITE_IS_INSTEAD] = datum_bool(true);
    v[PG_REWRITE_EV_QUAL] = datum_str(STR("<>"));
    v[PG_REWRITE_EV_ACTION] = datum_str(bind_store(ddl->arena, (const QNode *)query));
    (void)cat_insert(ddl->view, PG_REWRITE, v);
    CatObject self = ddl__object(CLASS_REWRITE, oid, 0);
    cat_depend_add(ddl->view, self, ddl__object(CLASS_RELATION, view, 0), 'i');
    ddl__depend_on_expr(ddl, self, (const QNode *)query, 0, 'n');
    cat_view_next_command(ddl->view);
    ddl__update_class(ddl, view, put_has_rules, NULL);
    cat_invalidate(ddl->view, CLASS_RELATION, view);
}

static void remove_rule(Ddl *ddl, Oid view)
{
    Datum keys[2] = {datum_oid(view), datum_str(STR("_RETURN"))};
    CatScan *scan = cat_scan_open(ddl->view, PG_REWRITE, PG_REWRITE_REL_RULENAME_INDEX, keys, 2);
    CatRow row;
    if (cat_scan_next(scan, &row)) {
        CatObject self = ddl__object(CLASS_REWRITE, row.values[PG_REWRITE_OID].value.u32, 0);
        cat_delete(ddl->view, PG_REWRITE, row.id);
        cat_depend_remove(ddl->view, self);
    }
    cat_scan_close(scan);
    cat_view_next_command(ddl->view);
}

static Str collation_name(Ddl *ddl, Oid oid)
{
    const CatCollation *collation = cat_collation(ddl->view, oid);
    return collation ? collation->name : (Str){0};
}

/* OR REPLACE keeps the columns that are there. */
static void check_same_columns(Ddl *ddl, const CatRelation *old, const CatNewColumn *columns,
                               uint32_t count)
{
    if (count < (uint32_t)old->column_count)
        raise_error(SQLSTATE_INVALID_TABLE_DEFINITION, "cannot drop columns from view");
    for (int16_t i = 0; i < old->column_count; i++) {
        if (!str_equal(old->columns[i].name, columns[i].name)) {
            Error *error = error_begin(SQLSTATE_INVALID_TABLE_DEFINITION);
            error_message(error, "cannot change name of view column \"%.*s\" to \"%.*s\"",
                          STR_ARG(old->columns[i].name), STR_ARG(columns[i].name));
            error_hint(
                error,
                "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.");
            error_raise(error);
        }
        if (old->columns[i].type != columns[i].type || old->columns[i].typmod != columns[i].typmod)
            raise_error(SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot change data type of view column \"%.*s\" from %.*s to %.*s",
                        STR_ARG(columns[i].name),
                        STR_ARG(cat_type_name(ddl->view, ddl->arena, old->columns[i].type,
                                              old->columns[i].typmod)),
                        STR_ARG(cat_type_name(ddl->view, ddl->arena, columns[i].type,
                                              columns[i].typmod)));
        if (old->columns[i].collation != columns[i].collation)
            raise_error(SQLSTATE_INVALID_TABLE_DEFINITION,
                        "cannot change collation of view column \"%.*s\" from \"%.*s\" to \"%.*s\"",
                        STR_ARG(columns[i].name),
                        STR_ARG(collation_name(ddl, old->columns[i].collation)),
                        STR_ARG(collation_name(ddl, columns[i].collation)));
    }
}

static void put_column_count(void *arg, Datum *values)
{
    values[PG_CLASS_RELNATTS] = datum_i16(*(const int16_t *)arg);
}

/* OR REPLACE: further columns at the end. */
static void append_columns(Ddl *ddl, const CatRelation *old, const CatNewColumn *columns,
                           uint32_t count)
{
    int16_t number = old->column_count;
    if (count == (uint32_t)number) return;
    while ((uint32_t)number < count) {
        cat_create_column(ddl->view, old->oid, 'v', (int16_t)(number + 1), 0, &columns[number]);
        number++;
    }
    ddl__update_class(ddl, old->oid, put_column_count, &number);
    cat_view_next_command(ddl->view);
}

/* CREATE RECURSIVE VIEW v (a, ...) AS q is a view of WITH RECURSIVE v (a, ...) AS (q) SELECT a, ... FROM v. */
static AstStmt *recursive_query(Ddl *ddl, const AstCreateView *ast)
{
    Arena *arena = ddl->arena;
    AstCommonTable *cte = AST_NEW(arena, CommonTable),
                   **ctes = ARENA_ARRAY(arena, AstCommonTable *, 1);
    AstWith *with = AST_NEW(arena, With);
    AstSelect *select = AST_NEW(arena, Select);
    AstRangeVar *from = AST_NEW(arena, RangeVar);
    AstFromItem **items = ARENA_ARRAY(arena, AstFromItem *, 1);
    AstTarget **targets = ARENA_ARRAY(arena, AstTarget *, ast->columns.count);
    cte->name = from->name = ast->view->name;
    cte->columns = ast->columns;
    cte->query = ast->query;
    ctes[0] = cte;
    with->ctes = (AstCommonTableList){ctes, 1};
    with->recursive = true;
    items[0] = &from->base;
    for (uint32_t i = 0; i < ast->columns.count; i++) {
        AstColumnRef *ref = AST_NEW(arena, ColumnRef);
        Str *name = ARENA_NEW(arena, Str);
        *name = ast->columns.items[i];
        ref->names = (NodeStrs){name, 1};
        targets[i] = AST_NEW(arena, Target);
        targets[i]->expr = &ref->base;
    }
    select->base.with = with;
    select->targets = (AstTargetList){targets, ast->columns.count};
    select->from = (AstFromItemList){items, 1};
    return &select->base.base;
}

/* What WITH CHECK OPTION says is an option of the view like any other. */
static AstOptionList all_options(Ddl *ddl, const AstCreateView *ast)
{
    if (ast->check == AST_VIEW_CHECK_NONE) return ast->options;
    AstOption *check = AST_NEW(ddl->arena, Option);
    AstStringConst *value = AST_NEW(ddl->arena, StringConst);
    value->value = ast->check == AST_VIEW_CHECK_LOCAL ? STR("local") : STR("cascaded");
    check->name = STR("check_option");
    check->value = (AstNode *)value;
    AstOptionList all = {.items = ARENA_ARRAY(ddl->arena, AstOption *, ast->options.count + 1)};
    for (uint32_t i = 0; i < ast->options.count; i++) {
        if (str_equal(ast->options.items[i]->name, check->name))
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                        "parameter \"check_option\" specified more than once");
        all.items[all.count++] = ast->options.items[i];
    }
    all.items[all.count++] = check;
    return all;
}

void ddl__check_view_options(const QQuery *query, const AstOptionList *options)
{
    for (uint32_t i = 0; i < options->count; i++) {
        if (!str_equal(options->items[i]->name, STR("check_option"))) continue;
        const char *why = bind_why_not_updatable(query);
        if (why == NULL) continue;
        Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
        error_message(error,
                      "WITH CHECK OPTION is supported only on automatically updatable views");
        error_hint(error, "%s", why);
        error_raise(error);
    }
}

static void put_options(void *arg, Datum *values)
{
    values[PG_CLASS_RELOPTIONS] = *(const Datum *)arg;
}

void ddl__create_view(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateView *ast = AST_AS(CreateView, call->tree);
    const AstSelect *select = AST_IF(Select, (const AstNode *)ast->query);
    if (select && select->into)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "views must not contain SELECT INTO");
    QQuery *query = bind_statement(call->arena,
                                   ast->recursive ? recursive_query(&ddl, ast) : ast->query,
                                   &ddl.bind);
    if (query->has_modifying_cte)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "views must not contain data-modifying statements in WITH");
    CatNewColumn *columns = ARENA_ARRAY(call->arena, CatNewColumn, query->targets.count);
    uint32_t count = 0;
    view_columns(&ddl, ast, query, columns, &count);
    const AstOptionList view_options = all_options(&ddl, ast);
    ddl__check_view_options(query, &view_options);
    bool temporary = ast->view->persistence == AST_PERSISTENCE_TEMPORARY;
    if (!temporary && ddl__reads_temporary(&ddl, query)) {
        temporary = true;
        ddl__notice(&ddl, SEVERITY_NOTICE, SQLSTATE_SUCCESSFUL_COMPLETION,
                    "view \"%.*s\" will be a temporary view", STR_ARG(ast->view->name));
    }
    CatName name = ddl__name(&ddl, ast->view);
    Oid schema = ddl__schema_for(&ddl, name, temporary);
    Oid oid = cat_relation_named(ddl.view, schema, name.name);
    if (oid != 0) {
        if (!ast->replace)
            raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists",
                        STR_ARG(name.name));
        const CatRelation *old = cat_relation_open_oid(ddl.view, oid, LOCK_ACCESS_EXCLUSIVE);
        if (old->kind != 'v')
            raise_error(SQLSTATE_WRONG_OBJECT_TYPE, "\"%.*s\" is not a view", STR_ARG(name.name));
        cat_check_owner(ddl.view, ddl__object(CLASS_RELATION, oid, 0));
        check_same_columns(&ddl, old, columns, count);
        append_columns(&ddl, old, columns, count);
        remove_rule(&ddl, oid);
        Datum options = ddl__change_options(&ddl, OPTIONS_OF_VIEW, datum_null(), &view_options,
                                            false);
        ddl__update_class(&ddl, oid, put_options, &options);
    } else {
        CatNewRelation relation = {.namespace_ = schema,
                                   .owner = cat_view_role(ddl.view),
                                   .name = name.name,
                                   .kind = 'v',
                                   .persistence = ddl__persistence(&ddl, ast->view, schema, 0),
                                   .columns = columns,
                                   .column_count = count};
        relation.options = ddl__new_options(&ddl, OPTIONS_OF_VIEW, &view_options,
                                            &relation.option_count);
        oid = cat_create_relation(ddl.view, &relation);
    }
    ddl__add_view_rule(&ddl, oid, query);
}
