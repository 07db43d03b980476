/* SPDX-License-Identifier: Apache-2.0 */
/* parse_xml.c - SQL/XML: the XML functions and XMLTABLE. */
#include "parse/parse_internal.h"

/* Passes the word and the parenthesis behind it. */
static void open(Parser *p)
{
    parse__next(p);
    parse__expect(p, '(');
}

static void attribute_list(Parser *p, AstXmlAttributeList *list)
{
    uint32_t mark = parse__mark(p);
    do {
        AstXmlAttribute *attribute = NEW(p, XmlAttribute, p->tok->start);
        attribute->value = parse__expr(p);
        if (parse__accept(p, KW_AS)) attribute->name = parse__label(p);
        parse__push(p, attribute);
    } while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

AstExpr *parse__xml_concat(Parser *p)
{
    AstXmlConcat *expr = NEW(p, XmlConcat, p->tok->start);
    open(p);
    parse__expr_list(p, &expr->args);
    parse__expect(p, ')');
    return &expr->base;
}

AstExpr *parse__xml_element(Parser *p)
{
    AstXmlElement *expr = NEW(p, XmlElement, p->tok->start);
    open(p);
    parse__expect(p, KW_NAME);
    expr->name = parse__label(p);
    bool more = parse__accept(p, ',');
    if (more && parse__is(p, KW_XMLATTRIBUTES) && parse__peek_type(p, 1) == '(') {
        open(p);
        attribute_list(p, &expr->attributes);
        parse__expect(p, ')');
        more = parse__accept(p, ',');
    }
    if (more) parse__expr_list(p, &expr->args);
    parse__expect(p, ')');
    return &expr->base;
}

AstExpr *parse__xml_forest(Parser *p)
{
    AstXmlForest *expr = NEW(p, XmlForest, p->tok->start);
    open(p);
    attribute_list(p, &expr->items);
    parse__expect(p, ')');
    return &expr->base;
}

/* True: DOCUMENT; false: CONTENT. */
static bool document_or_content(Parser *p)
{
    if (parse__accept(p, KW_DOCUMENT)) return true;
    parse__expect(p, KW_CONTENT);
    return false;
}

AstExpr *parse__xml_parse(Parser *p)
{
    AstXmlParse *expr = NEW(p, XmlParse, p->tok->start);
    open(p);
    expr->document = document_or_content(p);
    expr->arg = parse__expr(p);
    if (parse__accept(p, KW_PRESERVE)) {
        parse__expect(p, KW_WHITESPACE);
        expr->preserve_whitespace = true;
    } else if (parse__accept(p, KW_STRIP)) {
        parse__expect(p, KW_WHITESPACE);
    }
    parse__expect(p, ')');
    return &expr->base;
}

AstExpr *parse__xml_pi(Parser *p)
{
    AstXmlPi *expr = NEW(p, XmlPi, p->tok->start);
    open(p);
    parse__expect(p, KW_NAME);
    expr->name = parse__label(p);
    if (parse__accept(p, ',')) expr->arg = parse__expr(p);
    parse__expect(p, ')');
    return &expr->base;
}

static AstXmlStandalone standalone(Parser *p)
{
    if (parse__accept(p, KW_YES)) return AST_STANDALONE_YES;
    parse__expect(p, KW_NO);
    return parse__accept(p, KW_VALUE) ? AST_STANDALONE_NO_VALUE : AST_STANDALONE_NO;
}

AstExpr *parse__xml_root(Parser *p)
{
    AstXmlRoot *expr = NEW(p, XmlRoot, p->tok->start);
    open(p);
    expr->arg = parse__expr(p);
    parse__expect(p, ',');
    parse__expect(p, KW_VERSION);
    if (!parse__accept2(p, KW_NO, KW_VALUE)) expr->version = parse__expr(p);
    if (parse__accept(p, ',')) {
        parse__expect(p, KW_STANDALONE);
        expr->standalone = standalone(p);
    }
    parse__expect(p, ')');
    return &expr->base;
}

AstExpr *parse__xml_serialize(Parser *p)
{
    AstXmlSerialize *expr = NEW(p, XmlSerialize, p->tok->start);
    open(p);
    expr->document = document_or_content(p);
    expr->arg = parse__expr(p);
    parse__expect(p, KW_AS);
    expr->type = parse__simple_type(p);
    if (parse__accept(p, KW_NO))
        parse__expect(p, KW_INDENT);
    else
        expr->indent = parse__accept(p, KW_INDENT);
    parse__expect(p, ')');
    return &expr->base;
}

/* BY REF or BY VALUE, which change nothing. */
static void passing_mechanism(Parser *p)
{
    if (!parse__accept(p, KW_BY)) return;
    if (!parse__accept(p, KW_REF)) parse__expect(p, KW_VALUE);
}

static AstExpr *passing(Parser *p)
{
    parse__expect(p, KW_PASSING);
    /* BY may be a column's name here. */
    uint16_t next = parse__peek_type(p, 1);
    if (next == KW_REF || next == KW_VALUE) passing_mechanism(p);
    AstExpr *document = parse__c_expr(p);
    passing_mechanism(p);
    return document;
}

AstExpr *parse__xml_exists(Parser *p)
{
    AstFuncCall *call = parse__system_call(p, STR("xmlexists"), p->tok->start);
    open(p);
    AstExpr *path = parse__c_expr(p);
    parse__call_args(p, call, 2, (AstExpr *[]){path, passing(p)});
    parse__expect(p, ')');
    return &call->base;
}

/* ---- XMLTABLE ---- */

static void namespaces(Parser *p, AstXmlNamespaceList *list)
{
    open(p);
    uint32_t mark = parse__mark(p);
    do {
        AstXmlNamespace *space = NEW(p, XmlNamespace, p->tok->start);
        if (parse__accept(p, KW_DEFAULT)) {
            space->uri = parse__b_expr(p);
        } else {
            space->uri = parse__b_expr(p);
            parse__expect(p, KW_AS);
            space->name = parse__label(p);
        }
        parse__push(p, space);
    } while (parse__accept(p, ','));
    TAKE(p, mark, list);
    parse__expect(p, ')');
}

typedef struct ColumnSeen {
    bool nullness;
} ColumnSeen;

static void column_nullness(Parser *p, AstXmlTableColumn *column, ColumnSeen *seen, bool not_null,
                            uint32_t start)
{
    if (seen->nullness)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                     "conflicting or redundant NULL / NOT NULL declarations for column \"%.*s\"",
                     STR_ARG(column->name));
    column->not_null = not_null;
    seen->nullness = true;
}

typedef struct ColumnOption {
    uint16_t word; /* KW_DEFAULT, KW_PATH, KW_NOT, KW_NULL, or TOKEN_IDENTIFIER */
    uint32_t start;
    Str name;
    AstExpr *value;
} ColumnOption;

static bool column_option(Parser *p, ColumnOption *option)
{
    *option = (ColumnOption){.word = p->tok->type, .start = p->tok->start};
    switch (p->tok->type) {
    case KW_NOT:
        if (!parse__is_free(p, KW_NOT)) return false;
        parse__expect2(p, KW_NOT, KW_NULL);
        return true;
    case KW_NULL: parse__next(p); return true;
    case TOKEN_IDENTIFIER:
        option->name = parse__token_name(p, p->tok);
        if (str_equal(option->name, STR("path"))) option->word = KW_PATH;
        if (str_equal(option->name, STR("default"))) option->word = KW_DEFAULT;
        break;
    case KW_DEFAULT:
    case KW_PATH: break;
    default: return false;
    }
    parse__next(p);
    option->value = parse__b_expr(p);
    return true;
}

static void apply_option(Parser *p, AstXmlTableColumn *column, ColumnSeen *seen,
                         const ColumnOption *option)
{
    switch (option->word) {
    case KW_DEFAULT:
        if (column->fallback)
            parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)option->start,
                         "only one DEFAULT value is allowed");
        column->fallback = option->value;
        return;
    case KW_PATH:
        if (column->path)
            parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)option->start,
                         "only one PATH value per column is allowed");
        column->path = option->value;
        return;
    case KW_NOT:
    case KW_NULL: column_nullness(p, column, seen, option->word == KW_NOT, option->start); return;
    default:
        if (str_equal(option->name, STR("__pg__is_not_null")))
            parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)option->start,
                         "option name \"%.*s\" cannot be used in XMLTABLE", STR_ARG(option->name));
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)option->start,
                     "unrecognized column option \"%.*s\"", STR_ARG(option->name));
    }
}

static AstXmlTableColumn *table_column(Parser *p)
{
    enum { OPTIONS_AT_ONCE = 8 };
    AstXmlTableColumn *column = NEW(p, XmlTableColumn, p->tok->start);
    column->name = parse__name(p);
    if (parse__accept2(p, KW_FOR, KW_ORDINALITY)) {
        column->ordinality = true;
        return column;
    }
    if (parse__is(p, KW_FOR)) {
        parse__next(p);
        parse__syntax_error(p);
    }
    column->type = parse__type_name(p);
    /* PostgreSQL looks at the options when it has read them all. */
    ColumnOption options[OPTIONS_AT_ONCE];
    uint32_t count = 0;
    ColumnSeen seen = {0};
    for (ColumnOption option; column_option(p, &option);) {
        if (count == OPTIONS_AT_ONCE) {
            for (uint32_t i = 0; i < count; i++) apply_option(p, column, &seen, &options[i]);
            count = 0;
        }
        options[count++] = option;
    }
    for (uint32_t i = 0; i < count; i++) apply_option(p, column, &seen, &options[i]);
    return column;
}

AstXmlTable *parse__xml_table(Parser *p)
{
    AstXmlTable *table = NEW(p, XmlTable, p->tok->start);
    open(p);
    if (parse__is(p, KW_XMLNAMESPACES) && parse__peek_type(p, 1) == '(') {
        namespaces(p, &table->namespaces);
        parse__expect(p, ',');
    }
    table->row = parse__c_expr(p);
    table->document = passing(p);
    parse__expect(p, KW_COLUMNS);
    uint32_t mark = parse__mark(p);
    do parse__push(p, table_column(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, &table->columns);
    parse__expect(p, ')');
    return table;
}
