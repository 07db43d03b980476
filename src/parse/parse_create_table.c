/* SPDX-License-Identifier: Apache-2.0 */
/* parse_create_table.c - CREATE TABLE in all its forms, CREATE TABLE AS, CREATE FOREIGN TABLE, CREATE
 * MATERIALIZED VIEW.
 *
 * Whether a list in parentheses defines columns or only names those of CREATE TABLE AS shows behind the first name. */
#include "parse/parse_internal.h"

/* ---- elements ---- */

static const struct {
    uint16_t word;
    AstLikeOption option;
} like_words[] = {
    {KW_COMMENTS, AST_LIKE_OPTION_COMMENTS},       {KW_COMPRESSION, AST_LIKE_OPTION_COMPRESSION},
    {KW_CONSTRAINTS, AST_LIKE_OPTION_CONSTRAINTS}, {KW_DEFAULTS, AST_LIKE_OPTION_DEFAULTS},
    {KW_GENERATED, AST_LIKE_OPTION_GENERATED},     {KW_IDENTITY, AST_LIKE_OPTION_IDENTITY},
    {KW_INDEXES, AST_LIKE_OPTION_INDEXES},         {KW_STATISTICS, AST_LIKE_OPTION_STATISTICS},
    {KW_STORAGE, AST_LIKE_OPTION_STORAGE},
};
enum { LIKE_OPTIONS_ALL = (1 << (ARRAY_LEN(like_words))) - 1 };

static uint32_t like_option(Parser *p)
{
    if (parse__accept(p, KW_ALL)) return LIKE_OPTIONS_ALL;
    for (size_t i = 0; i < ARRAY_LEN(like_words); i++)
        if (parse__accept(p, like_words[i].word)) return 1u << like_words[i].option;
    parse__syntax_error(p);
}

/* LIKE table {INCLUDING | EXCLUDING} option ... */
static AstTableLike *table_like(Parser *p)
{
    AstTableLike *like = NEW(p, TableLike, p->tok->start);
    parse__expect(p, KW_LIKE);
    like->relation = parse__qualified_name(p);
    for (;;) {
        bool including = parse__is(p, KW_INCLUDING), all = parse__peek_type(p, 1) == KW_ALL;
        if (!including && !parse__is(p, KW_EXCLUDING)) return like;
        parse__next(p);
        if (including) {
            like->included |= like_option(p);
            like->all = like->all || all;
        } else {
            like->included &= ~like_option(p);
            like->all = like->all && !all;
        }
    }
}

static void *table_element(Parser *p, bool typed)
{
    if (parse__starts_constraint(p)) return parse__table_constraint(p);
    if (!typed && parse__is(p, KW_LIKE)) return table_like(p);
    return parse__table_column(p, typed);
}

/* (element, ...); `typed` lists may not be empty. */
static void table_elements(Parser *p, AstNodeList *list, bool typed)
{
    parse__expect(p, '(');
    uint32_t mark = parse__mark(p);
    if (typed || !parse__is(p, ')')) {
        do parse__push(p, table_element(p, typed));
        while (parse__accept(p, ','));
    }
    TAKE(p, mark, list);
    parse__expect(p, ')');
}

static void optional_typed_elements(Parser *p, AstNodeList *list)
{
    if (parse__is(p, '(')) table_elements(p, list, true);
}

/* ---- partitioning ---- */

static AstPartitionElement *partition_element(Parser *p)
{
    AstPartitionElement *element = NEW(p, PartitionElement, p->tok->start);
    if (parse__accept(p, '(')) {
        element->expr = parse__expr(p);
        parse__expect(p, ')');
    } else if (parse__is_plain_column(p)) {
        element->name = parse__name(p);
    } else {
        element->expr = parse__windowless_function(p);
    }
    element->collation = parse__optional_collate(p);
    if (parse__is_col_id(p->tok)) element->opclass = parse__any_name(p);
    return element;
}

static AstPartitionStrategy partition_strategy(Parser *p, Str word, uint32_t location)
{
    if (str_equal_ascii_nocase(word, STR("list"))) return AST_PARTITION_LIST;
    if (str_equal_ascii_nocase(word, STR("range"))) return AST_PARTITION_RANGE;
    if (str_equal_ascii_nocase(word, STR("hash"))) return AST_PARTITION_HASH;
    parse__error(p, SQLSTATE_INVALID_PARAMETER_VALUE, (int32_t)location,
                 "unrecognized partitioning strategy \"%.*s\"", STR_ARG(word));
}

/* PARTITION BY strategy (element, ...), or nothing. */
static AstPartitionSpec *optional_partition_by(Parser *p)
{
    if (!parse__is(p, KW_PARTITION)) return NULL;
    AstPartitionSpec *spec = NEW(p, PartitionSpec, p->tok->start);
    parse__next(p);
    parse__expect(p, KW_BY);
    uint32_t strategy_at = p->tok->start;
    Str strategy = parse__name(p);
    parse__expect(p, '(');
    uint32_t mark = parse__mark(p);
    do parse__push(p, partition_element(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, &spec->elements);
    parse__expect(p, ')');
    spec->strategy = partition_strategy(p, strategy, strategy_at);
    return spec;
}

/* ---- what stands behind the elements ---- */

static AstOnCommit optional_on_commit(Parser *p)
{
    if (!parse__accept(p, KW_ON)) return AST_ON_COMMIT_NOTHING;
    parse__expect(p, KW_COMMIT);
    if (parse__accept(p, KW_DROP)) return AST_ON_COMMIT_DROP;
    bool preserve = parse__accept(p, KW_PRESERVE);
    if (!preserve) parse__expect(p, KW_DELETE);
    parse__expect(p, KW_ROWS);
    return preserve ? AST_ON_COMMIT_PRESERVE : AST_ON_COMMIT_DELETE;
}

/* [USING method] [WITH (options) | WITHOUT OIDS] [ON COMMIT ...] [TABLESPACE name] */
static void storage_clauses(Parser *p, AstInto *into)
{
    into->method = parse__optional_method(p);
    if (parse__accept(p, KW_WITH)) {
        parse__reloptions(p, &into->options);
    } else if (parse__accept(p, KW_WITHOUT)) {
        parse__expect(p, KW_OIDS);
    }
    into->on_commit = optional_on_commit(p);
    into->tablespace = parse__optional_tablespace(p);
}

/* AS query or AS EXECUTE, then WITH [NO] DATA. */
static AstStmt *table_as(Parser *p, const Create *create, AstInto *into, bool if_not_exists)
{
    AstCreateTableAs *table = NEW(p, CreateTableAs, create->start);
    table->into = into;
    table->if_not_exists = if_not_exists;
    storage_clauses(p, into);
    parse__expect(p, KW_AS);
    table->query = parse__is(p, KW_EXECUTE) ? parse__execute(p) : &parse__select_stmt(p)->base;
    table->no_data = parse__optional_no_data(p);
    return &table->base;
}

static void table_options(Parser *p, AstCreateTable *table)
{
    AstInto clauses = {0};
    table->partition_by = optional_partition_by(p);
    storage_clauses(p, &clauses);
    table->method = clauses.method;
    table->options = clauses.options;
    table->on_commit = clauses.on_commit;
    table->tablespace = clauses.tablespace;
}

static void optional_inherits(Parser *p, AstRangeVarList *list)
{
    if (!parse__accept(p, KW_INHERITS)) return;
    parse__expect(p, '(');
    parse__qualified_name_list(p, list);
    parse__expect(p, ')');
}

/* ---- CREATE TABLE ---- */

static AstCreateTable *new_table(Parser *p, const Create *create, AstRangeVar *relation,
                                 bool if_not_exists)
{
    AstCreateTable *table = NEW(p, CreateTable, create->start);
    table->relation = relation;
    table->if_not_exists = if_not_exists;
    return table;
}

/* In the parenthesis behind the table's name: do names alone stand in it, those of CREATE TABLE AS? */
static bool paren_holds_names(Parser *p, const Create *create)
{
    if (create->as_only) return true;
    if (create->element || !parse__is_col_id(parse__peek(p, 1))) return false;
    uint16_t behind = parse__peek_type(p, 2);
    return behind == ',' || behind == ')';
}

static AstStmt *plain_table(Parser *p, AstCreateTable *table)
{
    table_elements(p, &table->elements, false);
    optional_inherits(p, &table->inherits);
    table_options(p, table);
    return &table->base;
}

static AstStmt *typed_table(Parser *p, AstCreateTable *table)
{
    table->of_type = NEW(p, TypeName, p->tok->start);
    table->of_type->names = parse__any_name(p);
    optional_typed_elements(p, &table->elements);
    table_options(p, table);
    return &table->base;
}

/* Behind PARTITION: OF parent elements bound. */
static void partition_of(Parser *p, AstCreateTable *table)
{
    parse__expect(p, KW_OF);
    table->partition_of = parse__qualified_name(p);
    optional_typed_elements(p, &table->elements);
    table->bound = parse__partition_bound(p);
}

AstStmt *parse__create_table(Parser *p, const Create *create)
{
    bool if_not_exists = parse__if_not_exists(p);
    AstRangeVar *relation = parse__qualified_name(p);
    relation->persistence = create->persistence;
    if (!create->as_only && parse__accept(p, KW_OF))
        return typed_table(p, new_table(p, create, relation, if_not_exists));
    if (!create->as_only && parse__accept(p, KW_PARTITION)) {
        AstCreateTable *table = new_table(p, create, relation, if_not_exists);
        partition_of(p, table);
        table_options(p, table);
        return &table->base;
    }
    if (parse__is(p, '(') && !paren_holds_names(p, create))
        return plain_table(p, new_table(p, create, relation, if_not_exists));
    if (create->element) parse__syntax_error(p);
    AstInto *into = NEW(p, Into, (uint32_t)relation->location);
    into->relation = relation;
    into->columns = parse__optional_column_list(p);
    return table_as(p, create, into, if_not_exists);
}

AstStmt *parse__create_foreign_table(Parser *p, const Create *create)
{
    bool if_not_exists = parse__if_not_exists(p);
    AstRangeVar *relation = parse__qualified_name(p);
    AstCreateTable *table = new_table(p, create, relation, if_not_exists);
    if (parse__accept(p, KW_PARTITION)) {
        partition_of(p, table);
    } else {
        table_elements(p, &table->elements, false);
        optional_inherits(p, &table->inherits);
    }
    parse__expect(p, KW_SERVER);
    table->server = parse__name(p);
    parse__generic_options(p, &table->server_options, false);
    return &table->base;
}

AstStmt *parse__create_materialized_view(Parser *p, const Create *create)
{
    AstCreateTableAs *view = NEW(p, CreateTableAs, create->start);
    view->materialized_view = true;
    view->if_not_exists = parse__if_not_exists(p);
    AstInto *into = view->into = NEW(p, Into, p->tok->start);
    into->relation = parse__qualified_name(p);
    into->relation->persistence = create->persistence;
    into->columns = parse__optional_column_list(p);
    into->method = parse__optional_method(p);
    if (parse__accept(p, KW_WITH)) parse__reloptions(p, &into->options);
    into->tablespace = parse__optional_tablespace(p);
    parse__expect(p, KW_AS);
    view->query = &parse__select_stmt(p)->base;
    view->no_data = parse__optional_no_data(p);
    return &view->base;
}
