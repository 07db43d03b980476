/* SPDX-License-Identifier: Apache-2.0 */
/* like.c - LIKE in CREATE TABLE: what a new table takes over of another. Columns are taken as they stand. Expressions,
 * indexes and statistics objects are written out as SQL over the source, as pg_get_*def do, and read again over the new
 * table, whose columns have the same names. */
#include "ddl/column.h"

static bool includes(const AstTableLike *like, AstLikeOption option)
{
    return (like->included & 1u << option) != 0;
}

/* ---- the source ---- */

static const CatRelation *open_source(Ddl *ddl, const AstTableLike *like)
{
    const CatRelation *source = cat_relation_open(ddl->view, ddl__name(ddl, like->relation),
                                                  LOCK_ACCESS_SHARE, 0);
    if (strchr("rvmcfp", source->kind) == NULL) {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "relation \"%.*s\" is invalid in LIKE clause", STR_ARG(source->name));
        error_detail(error, "This operation is not supported for %s.",
                     ddl__relation_kinds(source->kind));
        error_position(error, ddl__position(ddl, like->relation));
        error_raise(error);
    }
    if (source->kind == 'c')
        cat_check_privilege(ddl->view, ddl__object(CLASS_TYPE, source->type, 0), PRIV_USAGE);
    else
        cat_check_privilege(ddl->view, ddl__object(CLASS_RELATION, source->oid, 0), PRIV_SELECT);
    return source;
}

/* ---- expressions ---- */

static bool is_whole_row(void *arg, void *child)
{
    (void)arg;
    task_check_stack();
    const QVar *var = Q_IF(Var, (QNode *)child);
    return (var != NULL && var->column == 0) || query_walk(child, is_whole_row, NULL);
}

/* The whole row of the source is of another type than that of the new table. `detail`: what has one. */
static void forbid_whole_row(Ddl *ddl, const CatExpr *stored, Str detail)
{
    if (!is_whole_row(NULL, bind_load(ddl->arena, stored->stored))) return;
    Error *error = error_begin(SQLSTATE_FEATURE_NOT_SUPPORTED);
    error_message(error, "cannot convert whole-row table reference");
    error_raise(error_detail(error, "%.*s", STR_ARG(detail)));
}

static const AstNode *parse_one(Ddl *ddl, Str text)
{
    return parse_sql(ddl->arena, text, NULL)->statements[0].tree;
}

static AstExpr *expression(Ddl *ddl, const CatRelation *source, const CatExpr *stored)
{
    const DeparseOptions options = {.view = ddl->view, .env = ddl->bind.env};
    StrBuilder text = str_builder(ddl->arena, 64);
    str_add_zero_terminated(&text, "SELECT ");
    expr_deparse(&text, (const QExpr *)bind_load(ddl->arena, stored->stored), source, &options);
    const AstSelect *select = AST_AS(Select, parse_one(ddl, str_done(&text)));
    return select->targets.items[0]->expr;
}

/* ---- columns ---- */

static const Datum *attribute(Ddl *ddl, Oid relation, int16_t column)
{
    Datum keys[2] = {datum_oid(relation), datum_i16(column)};
    return cat_row_find(ddl->view, PG_ATTRIBUTE_RELID_ATTNUM_INDEX, keys, 2, ddl->arena);
}

static Str storage_word(char kept)
{
    switch (kept) {
    case 'p': return STR("plain");
    case 'e': return STR("external");
    case 'm': return STR("main");
    default: return STR("extended");
    }
}

/* The options that make a sequence as the column's is. */
static AstOptionList sequence_options(Ddl *ddl, Oid sequence)
{
    Datum key = datum_oid(sequence);
    const Datum *v = cat_row_find(ddl->view, PG_SEQUENCE_SEQRELID_INDEX, &key, 1, ddl->arena);
    const Str text = str_format(ddl->arena,
                                "CREATE SEQUENCE s INCREMENT %" PRId64 " MINVALUE %" PRId64
                                " MAXVALUE %" PRId64 " START %" PRId64 " CACHE %" PRId64 "%s",
                                v[PG_SEQUENCE_SEQINCREMENT].value.i64,
                                v[PG_SEQUENCE_SEQMIN].value.i64, v[PG_SEQUENCE_SEQMAX].value.i64,
                                v[PG_SEQUENCE_SEQSTART].value.i64,
                                v[PG_SEQUENCE_SEQCACHE].value.i64,
                                v[PG_SEQUENCE_SEQCYCLE].value.b ? " CYCLE" : "");
    return AST_AS(CreateSequence, parse_one(ddl, text))->options;
}

static AstConstraint *clause(Ddl *ddl, AstConstraintKind kind)
{
    AstConstraint *made = AST_NEW(ddl->arena, Constraint);
    made->constraint = kind;
    return made;
}

static void take_value(Ddl *ddl, const AstTableLike *like, const CatRelation *source,
                       const CatColumn *from, NewColumn *column)
{
    if (from->generated != 0 && includes(like, AST_LIKE_OPTION_GENERATED)) {
        AstConstraint *generated = clause(ddl, AST_CONSTRAINT_GENERATED);
        forbid_whole_row(
            ddl, from->default_,
            str_format(ddl->arena,
                       "Generation expression for column \"%.*s\" contains a whole-row "
                       "reference to table \"%.*s\".",
                       STR_ARG(from->name), STR_ARG(source->name)));
        generated->expr = expression(ddl, source, from->default_);
        generated->virtual = from->generated == 'v';
        column->generated = generated;
        column->column.generated = from->generated;
    }
    if (from->generated == 0 && from->default_ != NULL && includes(like, AST_LIKE_OPTION_DEFAULTS))
        column->default_ = (const AstNode *)expression(ddl, source, from->default_);
    if (from->identity != 0 && includes(like, AST_LIKE_OPTION_IDENTITY)) {
        AstConstraint *identity = clause(ddl, AST_CONSTRAINT_IDENTITY);
        identity->by_default = from->identity == 'd';
        identity->options = sequence_options(ddl, cat_identity_sequence(ddl->view, source->oid,
                                                                        from->number));
        column->identity = identity;
        column->column.identity = from->identity;
    }
}

static NewColumn take_column(Ddl *ddl, const AstTableLike *like, const CatRelation *source,
                             const CatColumn *from)
{
    NewColumn column = {.column = {.name = str_copy(ddl->arena, from->name),
                                   .type = from->type,
                                   .collation = from->collation,
                                   .typmod = from->typmod,
                                   .not_null = from->not_null}};
    cat_check_type_usage(ddl->view, from->type);
    AstColumnDef *ast = AST_NEW(ddl->arena, ColumnDef);
    ast->name = column.column.name;
    const Datum *row = attribute(ddl, source->oid, from->number);
    column.column.dimensions = (uint16_t)row[PG_ATTRIBUTE_ATTNDIMS].value.i16;
    if (includes(like, AST_LIKE_OPTION_STORAGE))
        ast->storage = storage_word((char)row[PG_ATTRIBUTE_ATTSTORAGE].value.i16);
    const char compression = (char)row[PG_ATTRIBUTE_ATTCOMPRESSION].value.i16;
    if (includes(like, AST_LIKE_OPTION_COMPRESSION) && compression != 0)
        ast->compression = compression == 'p' ? STR("pglz") : STR("lz4");
    column.ast = ast;
    take_value(ddl, like, source, from, &column);
    return column;
}

/* ---- constraints ---- */

static NodeStrs column_names(Ddl *ddl, const CatRelation *source, const int16_t *columns,
                             uint32_t count)
{
    NodeStrs names = {ARENA_ARRAY(ddl->arena, Str, count), count};
    for (uint32_t i = 0; i < count; i++)
        names.items[i] = str_copy(ddl->arena, source->columns[columns[i] - 1].name);
    return names;
}

/* NOT NULL always, CHECK where it is included; keys come with their indexes. */
static void take_constraint(Ddl *ddl, const AstTableLike *like, const CatRelation *source,
                            const CatConstraint *from, NewConstraints *constraints)
{
    if (from->type == 'c' && !includes(like, AST_LIKE_OPTION_CONSTRAINTS)) return;
    if (from->type != 'c' && from->type != 'n') return;
    AstConstraint *ast = clause(ddl,
                                from->type == 'c' ? AST_CONSTRAINT_CHECK : AST_CONSTRAINT_NOT_NULL);
    ast->name = str_copy(ddl->arena, from->name);
    ast->no_inherit = from->no_inherit;
    ast->not_enforced = !from->enforced;
    if (from->type == 'n') {
        ast->columns = column_names(ddl, source, from->columns, from->column_count);
    } else {
        forbid_whole_row(ddl, from->check,
                         str_format(ddl->arena,
                                    "Constraint \"%.*s\" contains a whole-row reference to table "
                                    "\"%.*s\".",
                                    STR_ARG(from->name), STR_ARG(source->name)));
        ast->expr = expression(ddl, source, from->check);
    }
    NewConstraint new = {.ast = ast};
    array_push(constraints, new);
}

Oid ddl__take_like(Ddl *ddl, const AstTableLike *like, NewColumns *columns,
                   NewConstraints *constraints)
{
    const CatRelation *source = open_source(ddl, like);
    for (int16_t i = 0; i < source->column_count; i++) {
        if (source->columns[i].dropped) continue;
        NewColumn column = take_column(ddl, like, source, &source->columns[i]);
        ddl__push_column(columns, &column);
    }
    for (uint32_t i = 0; i < source->constraint_count; i++)
        take_constraint(ddl, like, source, &source->constraints[i], constraints);
    return source->oid;
}

/* ---- comments ---- */

static void copy_comment(Ddl *ddl, CatObject from, CatObject to)
{
    const Str text = ddl__comment_of(ddl, from);
    if (text.bytes > 0) ddl__set_comment(ddl, to, text);
}

static void copy_comments(Ddl *ddl, const CatRelation *source, const CatRelation *table)
{
    for (int16_t i = 0; i < source->column_count; i++) {
        if (source->columns[i].dropped) continue;
        const int16_t to = ddl__find_column(table, source->columns[i].name);
        copy_comment(ddl, ddl__object(CLASS_RELATION, source->oid, i + 1),
                     ddl__object(CLASS_RELATION, table->oid, to));
    }
    for (uint32_t i = 0; i < source->constraint_count; i++) {
        const CatConstraint *from = &source->constraints[i];
        for (uint32_t k = 0; from->type == 'c' && k < table->constraint_count; k++)
            if (str_equal(table->constraints[k].name, from->name))
                copy_comment(ddl, ddl__object(CLASS_CONSTRAINT, from->oid, 0),
                             ddl__object(CLASS_CONSTRAINT, table->constraints[k].oid, 0));
    }
}

/* ---- indexes ---- */

static const CatConstraint *constraint_of(const CatRelation *source, const CatIndex *index)
{
    for (uint32_t i = 0; i < source->constraint_count; i++) {
        const CatConstraint *constraint = &source->constraints[i];
        if (constraint->index == index->oid && constraint->type != 'f') return constraint;
    }
    return NULL;
}

/* The index as a statement of its own. */
static const AstCreateIndex *written_out(Ddl *ddl, const CatRelation *source, const CatIndex *index)
{
    const DeparseOptions options = {.view = ddl->view, .env = ddl->bind.env};
    StrBuilder text = str_builder(ddl->arena, 128);
    index_deparse(&text, source, index, &options);
    return AST_AS(CreateIndex, parse_one(ddl, str_done(&text)));
}

static void make_key(Ddl *ddl, const CatRelation *source, const CatIndex *index,
                     const CatConstraint *from, Oid table)
{
    AstConstraint *ast = clause(ddl, from->type == 'p'   ? AST_CONSTRAINT_PRIMARY_KEY
                                     : from->type == 'u' ? AST_CONSTRAINT_UNIQUE
                                                         : AST_CONSTRAINT_EXCLUSION);
    const uint32_t count = index->column_count - index->key_count;
    int16_t *included = ARENA_ARRAY(ddl->arena, int16_t, count);
    for (uint32_t i = 0; i < count; i++) included[i] = index->keys[index->key_count + i].column;
    ast->columns = column_names(ddl, source, from->columns, from->column_count);
    ast->including = column_names(ddl, source, included, count);
    ast->nulls_not_distinct = index->nulls_not_distinct;
    ast->deferrable = from->deferrable;
    ast->deferred = from->deferred;
    ast->options = written_out(ddl, source, index)->options;
    NewConstraint new = {.ast = ast};
    const NewConstraints one = {&new, 1, 1, ddl->arena};
    ddl__add_constraints(ddl, table, &one, false);
}

static void check_index(Ddl *ddl, const CatIndex *index)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < index->key_count; i++) count += index->keys[i].column == 0;
    const Str detail = str_format(ddl->arena,
                                  "Index \"%.*s\" contains a whole-row table reference.",
                                  STR_ARG(index->name));
    for (uint32_t i = 0; i < count; i++) forbid_whole_row(ddl, index->expressions[i], detail);
    if (index->predicate != NULL) forbid_whole_row(ddl, index->predicate, detail);
}

static void make_index(Ddl *ddl, const CatRelation *source, const CatIndex *index, Oid table)
{
    check_index(ddl, index);
    const AstCreateIndex *ast = written_out(ddl, source, index);
    const NewIndex new = {.elements = &ast->elements,
                          .including = &ast->including,
                          .where = (const AstNode *)ast->where,
                          .method = ast->method,
                          .unique = ast->unique,
                          .nulls_not_distinct = ast->nulls_not_distinct,
                          .options = &ast->options};
    (void)ddl__create_index(ddl, ddl__reopen(ddl, table), &new);
}

/* The index of the table that was not there among `before`. */
static Oid new_index(const CatRelation *table, const Oid *before, uint32_t count)
{
    for (uint32_t i = 0; i < table->index_count; i++) {
        uint32_t at = 0;
        while (at < count && before[at] != table->indexes[i]->oid) at++;
        if (at == count) return table->indexes[i]->oid;
    }
    return 0;
}

static void copy_index(Ddl *ddl, const AstTableLike *like, const CatRelation *source,
                       const CatIndex *index, Oid table)
{
    const CatRelation *now = ddl__reopen(ddl, table);
    Oid *before = ARENA_ARRAY(ddl->arena, Oid, now->index_count);
    const uint32_t count = now->index_count;
    for (uint32_t i = 0; i < count; i++) before[i] = now->indexes[i]->oid;
    const CatConstraint *key = constraint_of(source, index);
    if (key != NULL)
        make_key(ddl, source, index, key, table);
    else
        make_index(ddl, source, index, table);
    const Oid made = new_index(ddl__reopen(ddl, table), before, count);
    if (made != 0 && includes(like, AST_LIKE_OPTION_COMMENTS))
        copy_comment(ddl, ddl__object(CLASS_RELATION, index->oid, 0),
                     ddl__object(CLASS_RELATION, made, 0));
}

/* ---- statistics objects ---- */

static void copy_statistics(Ddl *ddl, const AstTableLike *like, Oid source,
                            const CatRelation *table)
{
    const DeparseOptions options = {.view = ddl->view, .env = ddl->bind.env};
    const Datum key = datum_oid(source);
    ARRAY_OF(Oid) found = {.arena = ddl->arena};
    CatScan *scan = cat_scan_open(ddl->view, PG_STATISTIC_EXT, PG_STATISTIC_EXT_RELID_INDEX, &key,
                                  1);
    for (CatRow row; cat_scan_next(scan, &row);)
        array_push(&found, row.values[PG_STATISTIC_EXT_OID].value.u32);
    cat_scan_close(scan);
    for (uint32_t i = 0; i < found.count; i++) {
        const Str text = statistics_deparse(ddl->arena, found.items[i], &options);
        AstCreateStatistics *ast = AST_AS(CreateStatistics, (AstNode *)parse_one(ddl, text));
        const Oid made = ddl__make_statistics(ddl, ast, table);
        if (includes(like, AST_LIKE_OPTION_COMMENTS))
            copy_comment(ddl, ddl__object(CLASS_STATISTICS, found.items[i], 0),
                         ddl__object(CLASS_STATISTICS, made, 0));
    }
}

void ddl__finish_like(Ddl *ddl, const AstTableLike *like, Oid from, Oid table)
{
    const CatRelation *source = cat_relation(ddl->view, from);
    if (includes(like, AST_LIKE_OPTION_COMMENTS))
        copy_comments(ddl, source, ddl__reopen(ddl, table));
    for (uint32_t i = 0; includes(like, AST_LIKE_OPTION_INDEXES) && i < source->index_count; i++)
        copy_index(ddl, like, source, source->indexes[i], table);
    if (includes(like, AST_LIKE_OPTION_STATISTICS))
        copy_statistics(ddl, like, from, ddl__reopen(ddl, table));
}
