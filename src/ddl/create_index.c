/* SPDX-License-Identifier: Apache-2.0 */
/* create_index.c - an index: its row of pg_class and pg_index, its tree, and its entries built from the rows. */
#include "ddl/column.h"
#include "ddl/virtual.h"

#include "expr/expr.h"
#include "table/index.h"

enum { METHOD_BTREE = 403, INDEX_COLUMNS_MAX = 32 };

typedef struct IndexWork {
    Ddl *ddl;
    const CatRelation *relation;
    const NewIndex *new;
    CatNewColumn columns[INDEX_COLUMNS_MAX];
    int16_t keys[INDEX_COLUMNS_MAX], options[INDEX_COLUMNS_MAX];
    Oid opclasses[INDEX_COLUMNS_MAX], collations[INDEX_COLUMNS_MAX];
    uint32_t key_count, column_count;
    Str expressions[INDEX_COLUMNS_MAX];
    QExpr *trees[INDEX_COLUMNS_MAX];
    uint32_t expression_count;
    QExpr *predicate;
} IndexWork;

const CatOpclass *ddl__index_opclass(Ddl *ddl, Oid method, Oid type)
{
    const CatOpclass *opclass = cat_opclass_default(ddl->view, method, type);
    if (opclass != NULL) return opclass;
    Error *error = error_begin(SQLSTATE_UNDEFINED_OBJECT);
    error_message(error, "data type %.*s has no default operator class for access method \"%s\"",
                  STR_ARG(cat_type_name(ddl->view, ddl->arena, type, -1)), "btree");
    error_hint(error, "You must specify an operator class for the index or define a default "
                      "operator class for the data type.");
    error_raise(error);
}

void ddl__check_opclass(Ddl *ddl, Oid opclass, Oid type)
{
    if (!cat_opclass_accepts(ddl->view, opclass, type))
        raise_error(SQLSTATE_DATATYPE_MISMATCH,
                    "operator class \"%.*s\" does not accept data type %.*s",
                    STR_ARG(cat_opclass(ddl->view, opclass)->name),
                    STR_ARG(cat_type_name(ddl->view, ddl->arena, type, -1)));
}

static Oid find_opclass(Ddl *ddl, const AstIndexElement *element, Oid type)
{
    if (element->opclass.count > 0) {
        CatName name = ddl__name_of(ddl, (const AstNode *)element, &element->opclass);
        Oid oid = cat_opclass_search(ddl->view, METHOD_BTREE, name);
        if (oid == 0)
            raise_error(SQLSTATE_UNDEFINED_OBJECT,
                        "operator class \"%.*s\" does not exist for access method \"btree\"",
                        STR_ARG(name.name));
        ddl__check_opclass(ddl, oid, type);
        return oid;
    }
    return ddl__index_opclass(ddl, METHOD_BTREE, type)->oid;
}

/* Classes that compare by bytes would tell apart what the collation takes for equal. */
static void forbid_patterns(Ddl *ddl, Oid opclass, Oid collation)
{
    static const Oid families[] = {2095, 2097}; /* text_pattern_ops, bpchar_pattern_ops */
    const CatCollation *found = collation != 0 ? cat_collation(ddl->view, collation) : NULL;
    const CatOpclass *class_ = cat_opclass(ddl->view, opclass);
    for (size_t i = 0; found != NULL && !found->deterministic && i < ARRAY_LEN(families); i++) {
        if (class_->family == families[i])
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "nondeterministic collations are not supported for operator class \"%.*s\"",
                        STR_ARG(class_->name));
    }
}

static void take_expression(IndexWork *work, const AstIndexElement *element, CatNewColumn *column)
{
    Ddl *ddl = work->ddl;
    QExpr *expr = bind_expression(ddl->arena, element->expr, &ddl->bind, work->relation, BIND_INDEX,
                                  0, -1, STR("index expression"));
    work->trees[work->expression_count] = expr;
    work->expressions[work->expression_count++] = bind_store(ddl->arena, (QNode *)expr);
    column->type = expr->type;
    column->typmod = expr->typmod;
    column->collation = expr->collation;
    column->name = bind_expression_name(element->expr);
    if (column->name.data == NULL) column->name = STR("expr");
    ddl__forbid_pseudo_type(ddl, column->name, column->type);
}

static void take_column(IndexWork *work, const AstIndexElement *element, CatNewColumn *column,
                        int16_t *key)
{
    int16_t number = ddl__find_column(work->relation, element->name);
    if (number == 0)
        raise_error(SQLSTATE_UNDEFINED_COLUMN, "column \"%.*s\" does not exist",
                    STR_ARG(element->name));
    const CatColumn *from = &work->relation->columns[number - 1];
    *column = (CatNewColumn){.name = from->name,
                             .type = from->type,
                             .typmod = from->typmod,
                             .collation = from->collation};
    *key = number;
}

/* Names of an index's columns are its own: a second "a" becomes "a1". */
static void make_unique_name(IndexWork *work, uint32_t at)
{
    Str base = work->columns[at].name, name = base;
    for (uint32_t n = 1;; n++) {
        bool taken = false;
        for (uint32_t i = 0; i < at; i++) taken |= str_equal(work->columns[i].name, name);
        if (!taken) break;
        name = str_format(work->ddl->arena, "%.*s%u", STR_ARG(base), n);
    }
    work->columns[at].name = name;
}

static void take_element(IndexWork *work, const AstIndexElement *element, bool key)
{
    Ddl *ddl = work->ddl;
    if (work->column_count == INDEX_COLUMNS_MAX)
        raise_error(SQLSTATE_TOO_MANY_COLUMNS, "cannot use more than %d columns in an index",
                    INDEX_COLUMNS_MAX);
    uint32_t at = work->column_count++;
    CatNewColumn *column = &work->columns[at];
    if (element->name.data != NULL) {
        take_column(work, element, column, &work->keys[at]);
    } else if (key) {
        take_expression(work, element, column);
    } else {
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "expressions are not supported in included columns");
    }
    make_unique_name(work, at);
    if (!key) {
        column->collation = 0;
        return;
    }
    work->key_count++;
    if (element->collation.count > 0) {
        const Oid collation = ddl__collation(ddl, (const AstNode *)element, &element->collation,
                                             false);
        if (column->collation == 0)
            raise_error(SQLSTATE_DATATYPE_MISMATCH, "collations are not supported by type %.*s",
                        STR_ARG(cat_type_name(ddl->view, ddl->arena, column->type, -1)));
        column->collation = collation;
    }
    work->collations[at] = column->collation;
    work->opclasses[at] = find_opclass(ddl, element, column->type);
    forbid_patterns(ddl, work->opclasses[at], column->collation);
    bool descending = element->order == AST_SORT_DESC;
    bool nulls_first = element->nulls == AST_NULLS_DEFAULT ? descending
                                                           : element->nulls == AST_NULLS_FIRST;
    work->options[at] = (int16_t)(descending | nulls_first << 1);
}

static void forbid_virtual(const IndexWork *work)
{
    const NewIndex *new = work->new;
    bool any = ddl__names_virtual(work->relation, work->predicate);
    for (uint32_t i = 0; i < work->column_count; i++)
        any |= work->keys[i] > 0 && work->relation->columns[work->keys[i] - 1].generated == 'v';
    for (uint32_t i = 0; i < work->expression_count; i++)
        any |= ddl__names_virtual(work->relation, work->trees[i]);
    if (!any) return;
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "%s on virtual generated columns are not supported",
                new->primary           ? "primary keys"
                : new->constraint != 0 ? "unique constraints"
                                       : "indexes");
}

static Str default_name(IndexWork *work)
{
    StrBuilder joined = str_builder(work->ddl->arena, 64);
    for (uint32_t i = 0; i < work->column_count; i++) {
        if (i > 0) str_add_char(&joined, '_');
        str_add(&joined, work->columns[i].name);
    }
    return ddl__choose_relation_name(work->ddl, work->relation->name, str_done(&joined), "idx",
                                     work->relation->namespace_);
}

static Oid make_index(IndexWork *work, Str name)
{
    Ddl *ddl = work->ddl;
    const NewIndex *new = work->new;
    CatIndexKey *keys = ARENA_ARRAY(ddl->arena, CatIndexKey, work->column_count);
    Str *names = ARENA_ARRAY(ddl->arena, Str, work->column_count);
    for (uint32_t i = 0; i < work->column_count; i++) {
        keys[i] = (CatIndexKey){.column = work->keys[i],
                                .opclass = work->opclasses[i],
                                .collation = work->collations[i],
                                .type = work->columns[i].type,
                                .key_type = work->columns[i].type,
                                .options = (uint16_t)work->options[i]};
        names[i] = work->columns[i].name;
    }
    CatNewIndex index = {.relation = work->relation->oid,
                         .method = METHOD_BTREE,
                         .name = name,
                         .unique = new->unique,
                         .nulls_not_distinct = new->nulls_not_distinct,
                         .primary = new->primary,
                         .constraint = new->constraint,
                         .deferrable = new->deferrable,
                         .invalid = new->beside,
                         .keys = keys,
                         .names = names,
                         .key_count = work->key_count,
                         .column_count = work->column_count,
                         .expressions = work->expressions,
                         .expression_count = work->expression_count};
    if (new->options != NULL)
        index.options = ddl__new_options(ddl, OPTIONS_OF_INDEX, new->options, &index.option_count);
    if (work->predicate != NULL) index.predicate = bind_store(ddl->arena, (QNode *)work->predicate);
    return cat_create_index(ddl->view, &index);
}

/* What expressions and predicate name besides; the columns of the keys are the catalog's to note. */
static void depend_on_expressions(IndexWork *work, Oid oid)
{
    Ddl *ddl = work->ddl;
    CatObject self = ddl__object(CLASS_RELATION, oid, 0);
    for (uint32_t i = 0; i < work->expression_count; i++)
        ddl__depend_on_expr(ddl, self, (QNode *)work->trees[i], work->relation->oid, 'a');
    ddl__depend_on_expr(ddl, self, (QNode *)work->predicate, work->relation->oid, 'a');
}

static void check_immutable(const IndexWork *work)
{
    for (uint32_t i = 0; i < work->expression_count; i++) {
        if (!ddl__is_immutable(work->ddl, work->trees[i]))
            raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                        "functions in index expression must be marked IMMUTABLE");
    }
    if (work->predicate != NULL && !ddl__is_immutable(work->ddl, work->predicate))
        raise_error(SQLSTATE_INVALID_OBJECT_DEFINITION,
                    "functions in index predicate must be marked IMMUTABLE");
}

Oid ddl__create_index(Ddl *ddl, const CatRelation *relation, const NewIndex *new)
{
    if (relation->persistence != 't')
        cat_check_privilege(ddl->view, ddl__object(CLASS_NAMESPACE, relation->namespace_, 0),
                            PRIV_CREATE);
    if (new->method.data != NULL && !str_equal(new->method, STR("btree"))) {
        static const char *const known[] = {"hash", "gist", "gin", "spgist", "brin"};
        for (uint32_t i = 0; i < ARRAY_LEN(known); i++) {
            if (str_equal(new->method, str_from(known[i])))
                raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "access method \"%s\" is not supported",
                            known[i]);
        }
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "access method \"%.*s\" does not exist",
                    STR_ARG(new->method));
    }
    IndexWork *work = ARENA_NEW(ddl->arena, IndexWork);
    work->ddl = ddl;
    work->relation = relation;
    work->new = new;
    for (uint32_t i = 0; i < new->elements->count; i++)
        take_element(work, new->elements->items[i], true);
    for (uint32_t i = 0; new->including != NULL &&i < new->including->count; i++)
        take_element(work, new->including->items[i], false);
    if (new->where != NULL)
        work->predicate = bind_expression(ddl->arena, new->where, &ddl->bind, relation,
                                          BIND_INDEX_PREDICATE, 16, -1, STR("WHERE"));
    forbid_virtual(work);
    check_immutable(work);
    Str name = new->name.data != NULL ? new->name : default_name(work);
    if (cat_relation_named(ddl->view, relation->namespace_, name) != 0) {
        if (!new->if_not_exists)
            raise_error(SQLSTATE_DUPLICATE_TABLE, "relation \"%.*s\" already exists",
                        STR_ARG(name));
        ddl__notice(ddl, SEVERITY_NOTICE, SQLSTATE_DUPLICATE_TABLE,
                    "relation \"%.*s\" already exists, skipping", STR_ARG(name));
        return 0;
    }
    Oid oid = make_index(work, name);
    depend_on_expressions(work, oid);
    cat_invalidate(ddl->view, CLASS_RELATION, relation->oid);
    if (!new->beside) ddl__fill_index(ddl, relation->oid, oid);
    return oid;
}

void ddl__fill_index(Ddl *ddl, Oid table, Oid index)
{
    SCOPED(scope);
    const CatRelation *relation = ddl__reopen(ddl, table);
    ExecOptions options = ddl__exec_options(ddl, scope);
    exec_build_index(relation, ddl__index_of(relation, index), &options);
    cat_set_index_state(ddl->view, table, index, CAT_INDEX_VALID, options.snapshot->number.v);
}

Oid *ddl__indexes_of(Ddl *ddl, const CatRelation *relation, uint32_t *count)
{
    Oid *indexes = ARENA_ARRAY(ddl->arena, Oid, relation->index_count);
    *count = relation->index_count;
    for (uint32_t i = 0; i < *count; i++) indexes[i] = relation->indexes[i]->oid;
    return indexes;
}

const CatIndex *ddl__index_of(const CatRelation *relation, Oid oid)
{
    for (uint32_t i = 0; i < relation->index_count; i++) {
        if (relation->indexes[i]->oid == oid) return relation->indexes[i];
    }
    return NULL;
}

void ddl__create_index_statement(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstCreateIndex *ast = AST_AS(CreateIndex, call->tree);
    if (ast->concurrently) session_forbid_block(call->session, "CREATE INDEX CONCURRENTLY");
    const LockMode mode = ast->concurrently ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE;
    if (ast->tablespace.data != NULL) ddl__tablespace_named(ast->tablespace);
    CatName indexed = ddl__name(&ddl, ast->relation);
    indexed.location = 0; /* PostgreSQL's errors say no place here */
    const CatRelation *relation = cat_relation_open(ddl.view, indexed, mode, 0);
    if (relation->kind != 'r' && relation->kind != 'm') {
        Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
        error_message(error, "cannot create index on relation \"%.*s\"", STR_ARG(relation->name));
        if (relation->kind == 'v')
            error_detail(error, "This operation is not supported for views.");
        error_raise(error);
    }
    cat_check_owner(ddl.view, ddl__object(CLASS_RELATION, relation->oid, 0));
    ddl__forbid_catalog(relation);
    if (!ast->concurrently) session_forbid_in_use(ddl.session, relation, "CREATE INDEX");
    NewIndex index = {.name = ast->name,
                      .elements = &ast->elements,
                      .including = &ast->including,
                      .where = ast->where,
                      .method = ast->method,
                      .unique = ast->unique,
                      .nulls_not_distinct = ast->nulls_not_distinct,
                      .if_not_exists = ast->if_not_exists,
                      .beside = ast->concurrently && relation->persistence != 't',
                      .options = &ast->options};
    if (index.beside)
        ddl__create_index_beside(&ddl, relation, &index);
    else
        (void)ddl__create_index(&ddl, relation, &index);
}
