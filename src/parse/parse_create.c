/* SPDX-License-Identifier: Apache-2.0 */
/* parse_create.c - CREATE: a table of what can be created, by its words and by what may stand before them (OR REPLACE,
 * TEMPORARY, UNLOGGED) or around them (CREATE SCHEMA, EXPLAIN). */
#include "parse/parse_internal.h"

enum { REPLACEABLE = 1, TEMPORARY = 2, UNLOGGED = 4, ELEMENT = 8, AS_QUERY = 16 };

typedef struct Creation {
    Phrase phrase;
    CreateParser *parse;
} Creation;

static const Creation creations[] = {
    {{{KW_TABLE}, TEMPORARY | UNLOGGED | ELEMENT | AS_QUERY}, parse__create_table},
    {{{KW_MATERIALIZED, KW_VIEW}, UNLOGGED | AS_QUERY}, parse__create_materialized_view},
    {{{KW_FOREIGN, KW_TABLE}, 0}, parse__create_foreign_table},
    {{{KW_VIEW}, REPLACEABLE | TEMPORARY | UNLOGGED | ELEMENT}, parse__create_view},
    {{{KW_RECURSIVE, KW_VIEW}, REPLACEABLE | TEMPORARY | UNLOGGED | ELEMENT},
     parse__create_recursive_view},
    {{{KW_SEQUENCE}, TEMPORARY | UNLOGGED | ELEMENT}, parse__create_sequence},
    {{{KW_INDEX}, ELEMENT}, parse__create_index},
    {{{KW_UNIQUE, KW_INDEX}, ELEMENT}, parse__create_index},
    {{{KW_STATISTICS}, 0}, parse__create_statistics},
    {{{KW_RULE}, REPLACEABLE}, parse__create_rule},
    {{{KW_TRIGGER}, REPLACEABLE | ELEMENT}, parse__create_trigger},
    {{{KW_CONSTRAINT, KW_TRIGGER}, REPLACEABLE | ELEMENT}, parse__create_constraint_trigger},
    {{{KW_EVENT, KW_TRIGGER}, 0}, parse__create_event_trigger},
    {{{KW_POLICY}, 0}, parse__create_policy},

    {{{KW_FUNCTION}, REPLACEABLE}, parse__create_function},
    {{{KW_PROCEDURE}, REPLACEABLE}, parse__create_procedure},
    {{{KW_AGGREGATE}, REPLACEABLE}, parse__create_aggregate},
    {{{KW_OPERATOR}, 0}, parse__create_operator},
    {{{KW_OPERATOR, KW_CLASS}, 0}, parse__create_operator_class},
    {{{KW_OPERATOR, KW_FAMILY}, 0}, parse__create_operator_family},
    {{{KW_TYPE}, 0}, parse__create_type},
    {{{KW_DOMAIN}, 0}, parse__create_domain},
    {{{KW_CAST}, 0}, parse__create_cast},
    {{{KW_TRANSFORM}, REPLACEABLE}, parse__create_transform},
    {{{KW_COLLATION}, 0}, parse__create_collation},
    {{{KW_CONVERSION}, 0}, parse__create_conversion},
    {{{KW_DEFAULT, KW_CONVERSION}, 0}, parse__create_conversion},
    {{{KW_LANGUAGE}, REPLACEABLE}, parse__create_language},
    {{{KW_PROCEDURAL, KW_LANGUAGE}, REPLACEABLE}, parse__create_language},
    {{{KW_TRUSTED, KW_LANGUAGE}, REPLACEABLE}, parse__create_language},
    {{{KW_TRUSTED, KW_PROCEDURAL, KW_LANGUAGE}, REPLACEABLE}, parse__create_language},
    {{{KW_ACCESS, KW_METHOD}, 0}, parse__create_access_method},
    {{{KW_ASSERTION}, 0}, parse__create_assertion},
    {{{KW_TEXT, KW_SEARCH, KW_CONFIGURATION}, 0}, parse__create_text_search},
    {{{KW_TEXT, KW_SEARCH, KW_DICTIONARY}, 0}, parse__create_text_search},
    {{{KW_TEXT, KW_SEARCH, KW_PARSER}, 0}, parse__create_text_search},
    {{{KW_TEXT, KW_SEARCH, KW_TEMPLATE}, 0}, parse__create_text_search},

    {{{KW_DATABASE}, 0}, parse__create_database},
    {{{KW_SCHEMA}, 0}, parse__create_schema},
    {{{KW_TABLESPACE}, 0}, parse__create_tablespace},
    {{{KW_EXTENSION}, 0}, parse__create_extension},
    {{{KW_FOREIGN, KW_DATA, KW_WRAPPER}, 0}, parse__create_foreign_data_wrapper},
    {{{KW_SERVER}, 0}, parse__create_server},
    {{{KW_USER, KW_MAPPING}, 0}, parse__create_user_mapping},
    {{{KW_PUBLICATION}, 0}, parse__create_publication},
    {{{KW_SUBSCRIPTION}, 0}, parse__create_subscription},
    {{{KW_ROLE}, 0}, parse__create_role},
    {{{KW_USER}, 0}, parse__create_role},
    {{{KW_GROUP}, 0}, parse__create_role},
};

/* TEMPORARY, LOCAL TEMP, UNLOGGED and so on, or nothing; adds to *needed what the object must allow. */
static AstPersistence persistence(Parser *p, uint32_t *needed)
{
    if (parse__accept(p, KW_UNLOGGED)) {
        *needed |= UNLOGGED;
        return AST_PERSISTENCE_UNLOGGED;
    }
    bool scope = parse__is(p, KW_LOCAL) || parse__is(p, KW_GLOBAL);
    if (scope) {
        uint32_t start = p->tok->start;
        bool global = parse__is(p, KW_GLOBAL);
        parse__next(p);
        if (global && (parse__is(p, KW_TEMPORARY) || parse__is(p, KW_TEMP)))
            parse__warn(p, start, STR("GLOBAL is deprecated in temporary table creation"));
    }
    if (!parse__accept(p, KW_TEMP) && !parse__accept(p, KW_TEMPORARY)) {
        if (scope) parse__syntax_error(p);
        return AST_PERSISTENCE_PERMANENT;
    }
    *needed |= TEMPORARY;
    return AST_PERSISTENCE_TEMPORARY;
}

static AstStmt *create_one_of(Parser *p, uint32_t needed)
{
    Create create = {.start = p->tok->start,
                     .element = needed == ELEMENT,
                     .as_only = needed == AS_QUERY};
    parse__expect(p, KW_CREATE);
    if (needed != AS_QUERY && parse__accept(p, KW_OR)) {
        parse__expect(p, KW_REPLACE);
        create.replace = true;
        needed |= REPLACEABLE;
    }
    create.persistence = persistence(p, &needed);
    const Creation *creation = PHRASE(p, creations, needed);
    create.phrase = &creation->phrase;
    return creation->parse(p, &create);
}

AstStmt *parse__create(Parser *p)
{
    return create_one_of(p, 0);
}

AstStmt *parse__create_table_as(Parser *p)
{
    return create_one_of(p, AS_QUERY);
}

AstStmt *parse__schema_element(Parser *p)
{
    if (parse__is(p, KW_GRANT)) return parse__grant_in_schema(p);
    return parse__is(p, KW_CREATE) ? create_one_of(p, ELEMENT) : NULL;
}
