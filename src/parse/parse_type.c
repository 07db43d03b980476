/* SPDX-License-Identifier: Apache-2.0 */
/* parse_type.c - type names: SQL's own spellings, each turned into pg_catalog's name for it, and names of any other
 * type.
 *
 * The same spellings open a literal (DATE '...', CHAR(3) 'x'): there a length that SQL supplies when none is written
 * (bit is bit(1), char is char(1)) is left out. */
#include "parse/parse_internal.h"

static AstTypeName *system_type(Parser *p, Str name, uint32_t location)
{
    AstTypeName *type = NEW(p, TypeName, location);
    type->names = parse__system_name(p, name);
    return type;
}

static void add_modifier(Parser *p, AstTypeName *type, int32_t value, uint32_t location)
{
    AstIntConst *number = NEW(p, IntConst, location);
    number->value = value;
    LIST_OF_ONE(p, &type->modifiers, &number->base);
}

/* (n), or nothing. */
static bool optional_length(Parser *p, AstTypeName *type)
{
    if (!parse__accept(p, '(')) return false;
    uint32_t location = p->tok->start;
    add_modifier(p, type, parse__integer(p), location);
    parse__expect(p, ')');
    return true;
}

/* (expr, ...), or nothing. */
static bool optional_modifiers(Parser *p, AstTypeName *type)
{
    if (!parse__accept(p, '(')) return false;
    parse__expr_list(p, &type->modifiers);
    parse__expect(p, ')');
    return true;
}

static AstTypeName *float_type(Parser *p, uint32_t start)
{
    Str name = STR("float8");
    if (parse__accept(p, '(')) {
        uint32_t location = p->tok->start;
        int32_t bits = parse__integer(p);
        parse__expect(p, ')');
        if (bits < 1)
            parse__error(p, SQLSTATE_INVALID_PARAMETER_VALUE, (int32_t)location,
                         "precision for type float must be at least 1 bit");
        if (bits > 53)
            parse__error(p, SQLSTATE_INVALID_PARAMETER_VALUE, (int32_t)location,
                         "precision for type float must be less than 54 bits");
        if (bits <= 24) name = STR("float4");
    }
    return system_type(p, name, start);
}

static AstTypeName *bit_type(Parser *p, uint32_t start, bool literal)
{
    bool varying = parse__accept(p, KW_VARYING);
    AstTypeName *type = system_type(p, varying ? STR("varbit") : STR("bit"), start);
    if (!optional_modifiers(p, type) && !varying && !literal) add_modifier(p, type, 1, start);
    return type;
}

static AstTypeName *character_type(Parser *p, uint32_t start, bool varying, bool literal)
{
    if (!varying) varying = parse__accept(p, KW_VARYING);
    AstTypeName *type = system_type(p, varying ? STR("varchar") : STR("bpchar"), start);
    if (!optional_length(p, type) && !varying && !literal) add_modifier(p, type, 1, start);
    return type;
}

static AstTypeName *time_type(Parser *p, uint32_t start, bool date)
{
    AstTypeName *type = system_type(p, date ? STR("timestamp") : STR("time"), start);
    optional_length(p, type);
    uint16_t next = parse__is(p, KW_WITH) || parse__is(p, KW_WITHOUT) ? parse__peek_type(p, 1)
                                                                      : TOKEN_END;
    if (next == KW_TIME || (next == KW_ORDINALITY && parse__is(p, KW_WITH))) {
        if (parse__is(p, KW_WITH)) type->names.items[1] = date ? STR("timestamptz") : STR("timetz");
        parse__next(p);
        parse__expect2(p, KW_TIME, KW_ZONE);
    }
    return type;
}

/* ---- interval ---- */

/* SECOND [(n)] */
static AstIntervalFields seconds(Parser *p, AstTypeName *type, AstIntervalFields fields)
{
    parse__expect(p, KW_SECOND);
    optional_length(p, type);
    return fields;
}

static AstIntervalFields fields_from_day(Parser *p, AstTypeName *type)
{
    if (!parse__accept(p, KW_TO)) return AST_INTERVAL_DAY;
    if (parse__accept(p, KW_HOUR)) return AST_INTERVAL_DAY_TO_HOUR;
    if (parse__accept(p, KW_MINUTE)) return AST_INTERVAL_DAY_TO_MINUTE;
    return seconds(p, type, AST_INTERVAL_DAY_TO_SECOND);
}

static AstIntervalFields fields_from_hour(Parser *p, AstTypeName *type)
{
    if (!parse__accept(p, KW_TO)) return AST_INTERVAL_HOUR;
    if (parse__accept(p, KW_MINUTE)) return AST_INTERVAL_HOUR_TO_MINUTE;
    return seconds(p, type, AST_INTERVAL_HOUR_TO_SECOND);
}

void parse__interval_fields(Parser *p, AstTypeName *type)
{
    switch (p->tok->type) {
    case KW_YEAR:
        parse__next(p);
        type->fields = AST_INTERVAL_YEAR;
        if (!parse__accept(p, KW_TO)) return;
        parse__expect(p, KW_MONTH);
        type->fields = AST_INTERVAL_YEAR_TO_MONTH;
        return;
    case KW_MONTH:
        parse__next(p);
        type->fields = AST_INTERVAL_MONTH;
        return;
    case KW_DAY:
        parse__next(p);
        type->fields = fields_from_day(p, type);
        return;
    case KW_HOUR:
        parse__next(p);
        type->fields = fields_from_hour(p, type);
        return;
    case KW_MINUTE:
        parse__next(p);
        type->fields = AST_INTERVAL_MINUTE;
        if (parse__accept(p, KW_TO)) type->fields = seconds(p, type, AST_INTERVAL_MINUTE_TO_SECOND);
        return;
    case KW_SECOND: type->fields = seconds(p, type, AST_INTERVAL_SECOND); return;
    default: return;
    }
}

static AstTypeName *interval_type(Parser *p, uint32_t start, bool literal)
{
    AstTypeName *type = system_type(p, STR("interval"), start);
    if (optional_length(p, type))
        type->fields = AST_INTERVAL_FULL;
    else if (!literal)
        parse__interval_fields(p, type);
    return type;
}

/* ---- SQL's spellings ---- */

/* The types that are one word and nothing more. */
static Str plain_word_type(uint16_t word)
{
    switch (word) {
    case KW_INT:
    case KW_INTEGER: return STR("int4");
    case KW_SMALLINT: return STR("int2");
    case KW_BIGINT: return STR("int8");
    case KW_REAL: return STR("float4");
    case KW_BOOLEAN: return STR("bool");
    case KW_JSON: return STR("json");
    default: return (Str){0};
    }
}

bool parse__starts_sql_type(Parser *p, bool literal)
{
    uint16_t word = p->tok->type;
    if (!literal) {
        switch (word) {
        case KW_DOUBLE: return parse__peek_type(p, 1) == KW_PRECISION;
        case KW_FLOAT:
        case KW_DECIMAL:
        case KW_DEC:
        case KW_NUMERIC:
        case KW_BIT:
        case KW_CHARACTER:
        case KW_CHAR:
        case KW_VARCHAR:
        case KW_NATIONAL:
        case KW_NCHAR:
        case KW_TIMESTAMP:
        case KW_TIME:
        case KW_INTERVAL: return true;
        default: return plain_word_type(word).data != NULL;
        }
    }
    uint16_t next = parse__peek_type(p, 1), second = parse__peek_type(p, 2);
    switch (word) {
    case KW_DOUBLE: return next == KW_PRECISION;
    case KW_NATIONAL: return next == KW_CHARACTER || next == KW_CHAR;
    case KW_BIT:
    case KW_CHARACTER:
    case KW_CHAR:
    case KW_NCHAR: return next == TOKEN_STRING || next == '(' || next == KW_VARYING;
    case KW_TIMESTAMP:
    case KW_TIME:
        return next == TOKEN_STRING || next == '(' ||
               ((next == KW_WITH || next == KW_WITHOUT) && second == KW_TIME) ||
               (next == KW_WITH && second == KW_ORDINALITY);
    case KW_FLOAT:
    case KW_DECIMAL:
    case KW_DEC:
    case KW_NUMERIC:
    case KW_VARCHAR:
    case KW_INTERVAL: return next == TOKEN_STRING || next == '(';
    default: return next == TOKEN_STRING && plain_word_type(word).data != NULL;
    }
}

AstTypeName *parse__sql_type(Parser *p, bool literal)
{
    uint32_t start = p->tok->start;
    uint16_t word = p->tok->type;
    parse__next(p);
    switch (word) {
    case KW_DOUBLE: parse__expect(p, KW_PRECISION); return system_type(p, STR("float8"), start);
    case KW_FLOAT: return float_type(p, start);
    case KW_DECIMAL:
    case KW_DEC:
    case KW_NUMERIC: {
        AstTypeName *type = system_type(p, STR("numeric"), start);
        optional_modifiers(p, type);
        return type;
    }
    case KW_BIT: return bit_type(p, start, literal);
    case KW_NATIONAL:
        if (!parse__accept(p, KW_CHARACTER)) parse__expect(p, KW_CHAR);
        return character_type(p, start, false, literal);
    case KW_CHARACTER:
    case KW_CHAR:
    case KW_NCHAR: return character_type(p, start, false, literal);
    case KW_VARCHAR: return character_type(p, start, true, literal);
    case KW_TIMESTAMP:
    case KW_TIME: return time_type(p, start, word == KW_TIMESTAMP);
    case KW_INTERVAL: return interval_type(p, start, literal);
    default: return system_type(p, plain_word_type(word), start);
    }
}

/* ---- any type ---- */

/* type_function_name [.label ...] [%TYPE | (modifiers)] */
static AstTypeName *generic_type(Parser *p, bool percent_type)
{
    AstTypeName *type = NEW(p, TypeName, p->tok->start);
    Str first = parse__type_function_name(p);
    if (parse__is(p, '.')) {
        uint32_t mark = parse__mark_names(p);
        parse__push_name(p, first);
        while (parse__accept(p, '.')) parse__push_name(p, parse__label(p));
        type->names = parse__take_names(p, mark);
        if (percent_type && parse__accept(p, '%')) {
            parse__expect(p, KW_TYPE);
            type->percent_type = true;
            return type;
        }
    } else {
        type->names = parse__names_of_one(p, first);
    }
    optional_modifiers(p, type);
    return type;
}

static void push_bound(Parser *p, int32_t **bounds, uint32_t *count, uint32_t *capacity,
                       int32_t bound)
{
    if (*count == *capacity) {
        uint32_t grown = *capacity ? 2 * *capacity : 2;
        *bounds = arena_grow(p->arena, *bounds, *capacity * sizeof **bounds,
                             grown * sizeof **bounds);
        *capacity = grown;
    }
    (*bounds)[(*count)++] = bound;
}

static void array_bounds(Parser *p, AstTypeName *type)
{
    uint32_t capacity = 0;
    if (parse__accept(p, KW_ARRAY)) {
        int32_t bound = -1;
        if (parse__accept(p, TOKEN_LEFT_BRACKET)) {
            bound = parse__integer(p);
            parse__expect(p, TOKEN_RIGHT_BRACKET);
        }
        push_bound(p, &type->bounds.items, &type->bounds.count, &capacity, bound);
        return;
    }
    while (parse__accept(p, TOKEN_LEFT_BRACKET)) {
        int32_t bound = parse__is(p, TOKEN_RIGHT_BRACKET) ? -1 : parse__integer(p);
        parse__expect(p, TOKEN_RIGHT_BRACKET);
        push_bound(p, &type->bounds.items, &type->bounds.count, &capacity, bound);
        task_check();
    }
}

AstTypeName *parse__simple_type(Parser *p)
{
    return parse__starts_sql_type(p, false) ? parse__sql_type(p, false) : generic_type(p, false);
}

static AstTypeName *any_type(Parser *p, bool percent_type)
{
    task_check();
    bool setof = parse__accept(p, KW_SETOF);
    AstTypeName *type = parse__starts_sql_type(p, false) ? parse__sql_type(p, false)
                                                         : generic_type(p, percent_type);
    type->setof = setof;
    if (!type->percent_type) array_bounds(p, type);
    return type;
}

AstTypeName *parse__type_name(Parser *p)
{
    return any_type(p, false);
}

AstTypeName *parse__func_type(Parser *p)
{
    return any_type(p, true);
}

void parse__type_list(Parser *p, AstTypeNameList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__type_name(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}
