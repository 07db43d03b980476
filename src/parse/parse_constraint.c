/* SPDX-License-Identifier: Apache-2.0 */
/* parse_constraint.c - what tables are made of: columns with their constraints, constraints of tables and domains,
 * options of sequences (identity columns have them), and partition bounds. CREATE and ALTER share them.
 *
 * On a column, attributes like DEFERRABLE are constraints of their own, checked by whoever binds the tree; behind a
 * constraint of a table or domain they are a set, checked here: first that no two contradict, then, when all are read,
 * that the constraint knows them. */
#include "parse/parse_internal.h"

/* ---- options of sequences ---- */

bool parse__starts_sequence_option(Parser *p)
{
    switch (p->tok->type) {
    case KW_AS:
    case KW_CACHE:
    case KW_CYCLE:
    case KW_INCREMENT:
    case KW_LOGGED:
    case KW_MAXVALUE:
    case KW_MINVALUE:
    case KW_NO:
    case KW_OWNED:
    case KW_RESTART:
    case KW_SEQUENCE:
    case KW_START:
    case KW_UNLOGGED: return true;
    default: return false;
    }
}

static bool starts_number(const Parser *p)
{
    return parse__is(p, TOKEN_INTEGER) || parse__is(p, TOKEN_FLOAT) || parse__is(p, '+') ||
           parse__is(p, '-');
}

static AstOption *no_option(Parser *p, uint32_t start)
{
    if (parse__accept(p, KW_CYCLE))
        return parse__option(p, STR("cycle"), parse__bool_const(p, false, start), start);
    if (parse__accept(p, KW_MAXVALUE)) return parse__option(p, STR("maxvalue"), NULL, start);
    parse__expect(p, KW_MINVALUE);
    return parse__option(p, STR("minvalue"), NULL, start);
}

/* [filler] number */
static AstOption *number_option(Parser *p, Str name, uint16_t filler, uint32_t start)
{
    if (filler == KW_WITH)
        parse__optional_with(p);
    else if (filler)
        parse__accept(p, filler);
    return parse__option(p, name, parse__numeric_only(p), start);
}

static AstOption *name_option(Parser *p, Str name, uint32_t start)
{
    uint32_t at = p->tok->start;
    return parse__option(p, name, parse__name_node(p, parse__any_name(p), at), start);
}

AstOption *parse__sequence_option(Parser *p)
{
    uint32_t start = p->tok->start;
    uint16_t word = p->tok->type;
    if (!parse__starts_sequence_option(p)) parse__syntax_error(p);
    parse__next(p);
    switch (word) {
    case KW_AS: return parse__option(p, STR("as"), parse__simple_type(p), start);
    case KW_CACHE: return number_option(p, STR("cache"), 0, start);
    case KW_CYCLE: return parse__option(p, STR("cycle"), parse__bool_const(p, true, start), start);
    case KW_INCREMENT: return number_option(p, STR("increment"), KW_BY, start);
    case KW_LOGGED: return parse__option(p, STR("logged"), NULL, start);
    case KW_MAXVALUE: return number_option(p, STR("maxvalue"), 0, start);
    case KW_MINVALUE: return number_option(p, STR("minvalue"), 0, start);
    case KW_NO: return no_option(p, start);
    case KW_OWNED: parse__expect(p, KW_BY); return name_option(p, STR("owned_by"), start);
    case KW_RESTART:
        if (!parse__is(p, KW_WITH) && !starts_number(p))
            return parse__option(p, STR("restart"), NULL, start);
        return number_option(p, STR("restart"), KW_WITH, start);
    case KW_SEQUENCE: parse__expect(p, KW_NAME); return name_option(p, STR("sequence_name"), start);
    case KW_START: return number_option(p, STR("start"), KW_WITH, start);
    default: return parse__option(p, STR("unlogged"), NULL, start);
    }
}

void parse__sequence_options(Parser *p, AstOptionList *list)
{
    uint32_t mark = parse__mark(p);
    while (parse__starts_sequence_option(p)) parse__push(p, parse__sequence_option(p));
    TAKE(p, mark, list);
}

void parse__paren_sequence_options(Parser *p, AstOptionList *list)
{
    if (!parse__accept(p, '(')) return;
    if (!parse__starts_sequence_option(p)) parse__syntax_error(p);
    parse__sequence_options(p, list);
    parse__expect(p, ')');
}

bool parse__generated_when(Parser *p)
{
    if (parse__accept(p, KW_ALWAYS)) return false;
    parse__expect2(p, KW_BY, KW_DEFAULT);
    return true;
}

/* ---- parts that constraints of columns and of tables share ---- */

bool parse__nulls_not_distinct(Parser *p)
{
    if (!parse__accept(p, KW_NULLS)) return false;
    bool negated = parse__accept(p, KW_NOT);
    parse__expect(p, KW_DISTINCT);
    return negated;
}

/* WITH (options), then USING INDEX TABLESPACE name; either may be absent. */
static void index_options(Parser *p, AstConstraint *constraint)
{
    parse__optional_definition(p, &constraint->options);
    if (!parse__accept(p, KW_USING)) return;
    parse__expect2(p, KW_INDEX, KW_TABLESPACE);
    constraint->tablespace = parse__name(p);
}

static AstReferenceMatch reference_match(Parser *p)
{
    uint32_t start = p->tok->start;
    if (!parse__accept(p, KW_MATCH)) return AST_MATCH_SIMPLE;
    if (parse__accept(p, KW_FULL)) return AST_MATCH_FULL;
    if (parse__accept(p, KW_SIMPLE)) return AST_MATCH_SIMPLE;
    parse__expect(p, KW_PARTIAL);
    parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)start,
                 "MATCH PARTIAL not yet "
                 "implemented");
}

static AstReferenceAction reference_action(Parser *p, NodeStrs *columns)
{
    if (parse__accept(p, KW_NO)) {
        parse__expect(p, KW_ACTION);
        return AST_REFERENCE_NO_ACTION;
    }
    if (parse__accept(p, KW_RESTRICT)) return AST_REFERENCE_RESTRICT;
    if (parse__accept(p, KW_CASCADE)) return AST_REFERENCE_CASCADE;
    parse__expect(p, KW_SET);
    bool null = parse__accept(p, KW_NULL);
    if (!null) parse__expect(p, KW_DEFAULT);
    *columns = parse__optional_column_list(p);
    return null ? AST_REFERENCE_SET_NULL : AST_REFERENCE_SET_DEFAULT;
}

/* ON UPDATE and ON DELETE, in any order, each once. */
static void reference_actions(Parser *p, AstConstraint *constraint)
{
    bool on_update = false, on_delete = false;
    while (parse__is(p, KW_ON)) {
        uint32_t start = p->tok->start;
        if (on_update && on_delete) parse__syntax_error(p);
        parse__next(p);
        if (!on_delete && parse__accept(p, KW_DELETE)) {
            on_delete = true;
            constraint->on_delete = reference_action(p, &constraint->on_delete_columns);
            continue;
        }
        if (on_update) parse__syntax_error(p);
        parse__expect(p, KW_UPDATE);
        on_update = true;
        NodeStrs columns = {0};
        constraint->on_update = reference_action(p, &columns);
        if (columns.count)
            parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)start,
                         "a column list with %s is only supported for ON DELETE actions",
                         constraint->on_update == AST_REFERENCE_SET_NULL ? "SET NULL"
                                                                         : "SET DEFAULT");
    }
}

/* a, b [, PERIOD c] up to the closing parenthesis; tells of PERIOD. */
static bool columns_and_period(Parser *p, NodeStrs *columns)
{
    uint32_t mark = parse__mark_names(p);
    bool period = false;
    parse__push_name(p, parse__name(p));
    while (!period && parse__accept(p, ',')) {
        if (parse__is(p, KW_PERIOD) && parse__is_col_id(parse__peek(p, 1))) {
            period = true;
            parse__next(p);
        }
        parse__push_name(p, parse__name(p));
    }
    *columns = parse__take_names(p, mark);
    parse__expect(p, ')');
    return period;
}

/* At REFERENCES. `period`: PERIOD may stand before the last column. */
static void references(Parser *p, AstConstraint *constraint, bool period)
{
    parse__expect(p, KW_REFERENCES);
    constraint->references = parse__qualified_name(p);
    if (!period)
        constraint->reference_columns = parse__optional_column_list(p);
    else if (parse__accept(p, '('))
        constraint->reference_period = columns_and_period(p, &constraint->reference_columns);
    constraint->match = reference_match(p);
    reference_actions(p, constraint);
}

static AstExpr *paren_expr(Parser *p)
{
    parse__expect(p, '(');
    AstExpr *expr = parse__expr(p);
    parse__expect(p, ')');
    return expr;
}

/* ---- constraints of columns ---- */

static bool optional_no_inherit(Parser *p)
{
    if (!parse__accept(p, KW_NO)) return false;
    parse__expect(p, KW_INHERIT);
    return true;
}

/* GENERATED when AS IDENTITY or AS (expr), GENERATED read. */
static void generated(Parser *p, AstConstraint *constraint)
{
    uint32_t when_at = p->tok->start;
    constraint->by_default = parse__generated_when(p);
    parse__expect(p, KW_AS);
    if (parse__accept(p, KW_IDENTITY)) {
        constraint->constraint = AST_CONSTRAINT_IDENTITY;
        parse__paren_sequence_options(p, &constraint->options);
        return;
    }
    constraint->constraint = AST_CONSTRAINT_GENERATED;
    constraint->expr = paren_expr(p);
    constraint->virtual = !parse__is(p, KW_STORED);
    if (!parse__accept(p, KW_STORED)) parse__accept(p, KW_VIRTUAL);
    if (constraint->by_default)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)when_at,
                     "for a generated column, GENERATED ALWAYS must be specified");
}

/* A constraint of a column without its name; false: none begins here. */
static bool column_constraint_body(Parser *p, AstConstraint *constraint)
{
    switch (p->tok->type) {
    case KW_NOT:
        if (!parse__is_free(p, KW_NOT)) return false;
        parse__expect2(p, KW_NOT, KW_NULL);
        constraint->constraint = AST_CONSTRAINT_NOT_NULL;
        constraint->no_inherit = optional_no_inherit(p);
        return true;
    case KW_NULL:
        parse__next(p);
        constraint->constraint = AST_CONSTRAINT_NULL;
        return true;
    case KW_UNIQUE:
        parse__next(p);
        constraint->constraint = AST_CONSTRAINT_UNIQUE;
        constraint->nulls_not_distinct = parse__nulls_not_distinct(p);
        index_options(p, constraint);
        return true;
    case KW_PRIMARY:
        parse__next(p);
        parse__expect(p, KW_KEY);
        constraint->constraint = AST_CONSTRAINT_PRIMARY_KEY;
        index_options(p, constraint);
        return true;
    case KW_CHECK:
        parse__next(p);
        constraint->constraint = AST_CONSTRAINT_CHECK;
        constraint->expr = paren_expr(p);
        constraint->no_inherit = optional_no_inherit(p);
        return true;
    case KW_DEFAULT:
        parse__next(p);
        constraint->constraint = AST_CONSTRAINT_DEFAULT;
        constraint->expr = parse__b_expr(p);
        return true;
    case KW_GENERATED:
        parse__next(p);
        generated(p, constraint);
        return true;
    case KW_REFERENCES:
        constraint->constraint = AST_CONSTRAINT_FOREIGN_KEY;
        references(p, constraint, false);
        return true;
    default: return false;
    }
}

/* DEFERRABLE and its kin as constraints of a column; false: none begins here. */
static bool column_attribute(Parser *p, AstConstraint *constraint)
{
    bool negated = parse__is(p, KW_NOT);
    uint16_t word = negated ? parse__peek_type(p, 1) : p->tok->type;
    switch (word) {
    case KW_DEFERRABLE:
        constraint->constraint = negated ? AST_CONSTRAINT_ATTR_NOT_DEFERRABLE
                                         : AST_CONSTRAINT_ATTR_DEFERRABLE;
        break;
    case KW_ENFORCED:
        constraint->constraint = negated ? AST_CONSTRAINT_ATTR_NOT_ENFORCED
                                         : AST_CONSTRAINT_ATTR_ENFORCED;
        break;
    case KW_INITIALLY:
        if (negated) return false;
        parse__next(p);
        constraint->constraint = parse__is(p, KW_DEFERRED) ? AST_CONSTRAINT_ATTR_DEFERRED
                                                           : AST_CONSTRAINT_ATTR_IMMEDIATE;
        if (!parse__accept(p, KW_DEFERRED)) parse__expect(p, KW_IMMEDIATE);
        return true;
    default: return false;
    }
    if (negated) parse__next(p);
    parse__next(p);
    return true;
}

void parse__column_constraints(Parser *p, AstConstraintList *list, NodeStrs *collation)
{
    uint32_t mark = parse__mark(p);
    int32_t second_collate = -1;
    for (;;) {
        uint32_t start = p->tok->start;
        if (parse__accept(p, KW_COLLATE)) {
            if (collation->count && second_collate < 0) second_collate = (int32_t)start;
            *collation = parse__any_name(p);
            continue;
        }
        AstConstraint *constraint = NEW(p, Constraint, start);
        if (parse__accept(p, KW_CONSTRAINT)) {
            constraint->name = parse__name(p);
            if (!column_constraint_body(p, constraint)) parse__syntax_error(p);
        } else if (!column_attribute(p, constraint) && !column_constraint_body(p, constraint)) {
            break;
        }
        parse__push(p, constraint);
    }
    TAKE(p, mark, list);
    if (second_collate >= 0)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, second_collate,
                     "multiple COLLATE clauses not allowed");
}

/* ---- columns ---- */

/* word name, or word DEFAULT, or nothing. */
static Str storage_word(Parser *p, uint16_t word)
{
    if (!parse__accept(p, word)) return (Str){0};
    return parse__accept(p, KW_DEFAULT) ? STR("default") : parse__name(p);
}

AstColumnDef *parse__table_column(Parser *p, bool typed)
{
    AstColumnDef *column = NEW(p, ColumnDef, p->tok->start);
    column->name = parse__name(p);
    if (typed) {
        if (parse__accept(p, KW_WITH)) parse__expect(p, KW_OPTIONS);
    } else {
        column->type = parse__type_name(p);
        column->storage = storage_word(p, KW_STORAGE);
        column->compression = storage_word(p, KW_COMPRESSION);
        parse__generic_options(p, &column->options, false);
    }
    parse__column_constraints(p, &column->constraints, &column->collation);
    return column;
}

AstColumnDef *parse__column_def(Parser *p)
{
    AstColumnDef *column = NEW(p, ColumnDef, p->tok->start);
    column->name = parse__name(p);
    column->type = parse__type_name(p);
    column->collation = parse__optional_collate(p);
    return column;
}

/* ---- attributes of constraints of tables and domains ---- */

/* One attribute, or 0. */
static uint32_t attribute(Parser *p)
{
    if (parse__accept(p, KW_DEFERRABLE)) return ATTRIBUTE_DEFERRABLE;
    if (parse__accept(p, KW_ENFORCED)) return ATTRIBUTE_ENFORCED;
    if (parse__accept(p, KW_INITIALLY)) {
        if (parse__accept(p, KW_DEFERRED)) return ATTRIBUTE_DEFERRED;
        parse__expect(p, KW_IMMEDIATE);
        return ATTRIBUTE_IMMEDIATE;
    }
    if (parse__accept(p, KW_NO)) {
        parse__expect(p, KW_INHERIT);
        return ATTRIBUTE_NO_INHERIT;
    }
    if (!parse__is_free(p, KW_NOT)) return 0;
    parse__next(p);
    if (parse__accept(p, KW_DEFERRABLE)) return ATTRIBUTE_NOT_DEFERRABLE;
    if (parse__accept(p, KW_ENFORCED)) return ATTRIBUTE_NOT_ENFORCED;
    parse__expect(p, KW_VALID);
    return ATTRIBUTE_NOT_VALID;
}

static bool has_both(uint32_t set, uint32_t pair)
{
    return (set & pair) == pair;
}

uint32_t parse__attribute_set(Parser *p, uint32_t *location)
{
    uint32_t set = 0, start = *location = p->tok->start;
    for (uint32_t one; (one = attribute(p)) != 0; start = p->tok->start) {
        set |= one;
        if (has_both(set, ATTRIBUTE_NOT_DEFERRABLE | ATTRIBUTE_DEFERRED))
            parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                         "constraint declared INITIALLY DEFERRED must be DEFERRABLE");
        if (has_both(set, ATTRIBUTE_NOT_DEFERRABLE | ATTRIBUTE_DEFERRABLE) ||
            has_both(set, ATTRIBUTE_IMMEDIATE | ATTRIBUTE_DEFERRED) ||
            has_both(set, ATTRIBUTE_NOT_ENFORCED | ATTRIBUTE_ENFORCED))
            parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                         "conflicting constraint properties");
    }
    return set;
}

enum { DEFERRABLE_BITS = ATTRIBUTE_DEFERRABLE | ATTRIBUTE_DEFERRED };

/* In the order in which PostgreSQL looks for what is not allowed. */
static const struct {
    uint32_t bits;
    const char *words;
} attribute_words[] = {
    {DEFERRABLE_BITS, "DEFERRABLE"},      {ATTRIBUTE_NOT_VALID, "NOT VALID"},
    {ATTRIBUTE_NO_INHERIT, "NO INHERIT"}, {ATTRIBUTE_NOT_ENFORCED, "NOT ENFORCED"},
    {ATTRIBUTE_ENFORCED, "ENFORCED"},
};

void parse__apply_attributes(Parser *p, AstConstraint *constraint, const char *name, uint32_t set,
                             uint32_t location, uint32_t allowed)
{
    for (size_t i = 0; i < ARRAY_LEN(attribute_words); i++) {
        if (set & attribute_words[i].bits & ~allowed)
            parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)location,
                         "%s constraints cannot be marked %s", name, attribute_words[i].words);
    }
    constraint->deferrable = set & DEFERRABLE_BITS;
    constraint->deferred = set & ATTRIBUTE_DEFERRED;
    constraint->not_valid = set & ATTRIBUTE_NOT_VALID;
    constraint->no_inherit = set & ATTRIBUTE_NO_INHERIT;
    constraint->not_enforced = set & ATTRIBUTE_NOT_ENFORCED;
}

/* What stands behind a constraint; `name` is that of its kind in messages. */
static void constraint_attributes(Parser *p, AstConstraint *constraint, const char *name,
                                  uint32_t allowed)
{
    uint32_t location, set = parse__attribute_set(p, &location);
    parse__apply_attributes(p, constraint, name, set, location, allowed);
}

/* ---- constraints of tables ---- */

enum {
    CHECK_ATTRIBUTES = ATTRIBUTE_NOT_VALID | ATTRIBUTE_NO_INHERIT | ATTRIBUTE_NOT_ENFORCED |
                       ATTRIBUTE_ENFORCED,
    FOREIGN_KEY_ATTRIBUTES = DEFERRABLE_BITS | ATTRIBUTE_NOT_VALID | ATTRIBUTE_NOT_ENFORCED |
                             ATTRIBUTE_ENFORCED,
};

bool parse__starts_constraint(Parser *p)
{
    uint16_t next = parse__is(p, KW_EXCLUDE) ? parse__peek_type(p, 1) : TOKEN_END;
    switch (p->tok->type) {
    case KW_EXCLUDE: return next == '(' || next == KW_USING;
    case KW_CONSTRAINT:
    case KW_CHECK:
    case KW_NOT:
    case KW_UNIQUE:
    case KW_PRIMARY:
    case KW_FOREIGN: return true;
    default: return false;
    }
}

static NodeStrs optional_include(Parser *p)
{
    return parse__accept(p, KW_INCLUDE) ? parse__column_list(p) : (NodeStrs){0};
}

/* (a, b [WITHOUT OVERLAPS]) */
static void key_columns(Parser *p, AstConstraint *constraint)
{
    parse__expect(p, '(');
    constraint->columns = parse__name_list(p);
    if (parse__accept(p, KW_WITHOUT)) {
        parse__expect(p, KW_OVERLAPS);
        constraint->without_overlaps = true;
    }
    parse__expect(p, ')');
}

/* Behind UNIQUE or PRIMARY KEY. */
static void key_constraint(Parser *p, AstConstraint *constraint, const char *name)
{
    if (!constraint->nulls_not_distinct && parse__accept(p, KW_USING)) {
        parse__expect(p, KW_INDEX);
        constraint->index = parse__name(p);
    } else {
        key_columns(p, constraint);
        constraint->including = optional_include(p);
        index_options(p, constraint);
    }
    constraint_attributes(p, constraint, name, DEFERRABLE_BITS);
}

static AstExclusionElement *exclusion_element(Parser *p)
{
    AstExclusionElement *item = NEW(p, ExclusionElement, p->tok->start);
    item->element = parse__index_element(p);
    parse__expect(p, KW_WITH);
    if (parse__accept(p, KW_OPERATOR)) {
        parse__expect(p, '(');
        item->operator= parse__any_operator(p);
        parse__expect(p, ')');
    } else {
        item->operator= parse__any_operator(p);
    }
    return item;
}

static void exclusion_constraint(Parser *p, AstConstraint *constraint)
{
    constraint->method = parse__optional_method(p);
    parse__expect(p, '(');
    uint32_t mark = parse__mark(p);
    do parse__push(p, exclusion_element(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, &constraint->elements);
    parse__expect(p, ')');
    constraint->including = optional_include(p);
    index_options(p, constraint);
    if (parse__accept(p, KW_WHERE)) constraint->where = paren_expr(p);
    constraint_attributes(p, constraint, "EXCLUDE", DEFERRABLE_BITS);
}

static void foreign_key(Parser *p, AstConstraint *constraint)
{
    parse__expect2(p, KW_KEY, '(');
    constraint->without_overlaps = columns_and_period(p, &constraint->columns);
    references(p, constraint, true);
    constraint_attributes(p, constraint, "FOREIGN KEY", FOREIGN_KEY_ATTRIBUTES);
}

static void unique_constraint(Parser *p, AstConstraint *constraint)
{
    bool nulls = parse__is_free(p, KW_NULLS);
    constraint->nulls_not_distinct = parse__nulls_not_distinct(p);
    if (nulls && parse__is(p, KW_USING)) parse__syntax_error(p);
    key_constraint(p, constraint, "UNIQUE");
}

AstConstraint *parse__table_constraint(Parser *p)
{
    AstConstraint *constraint = NEW(p, Constraint, p->tok->start);
    if (parse__accept(p, KW_CONSTRAINT)) constraint->name = parse__name(p);
    uint16_t word = p->tok->type;
    bool starts = word == KW_EXCLUDE || parse__starts_constraint(p);
    if (word == KW_CONSTRAINT || !starts) parse__syntax_error(p);
    if (word == KW_NOT && !parse__is_free(p, KW_NOT)) parse__syntax_error(p);
    parse__next(p);
    switch (word) {
    case KW_CHECK:
        constraint->constraint = AST_CONSTRAINT_CHECK;
        constraint->expr = paren_expr(p);
        constraint_attributes(p, constraint, "CHECK", CHECK_ATTRIBUTES);
        break;
    case KW_NOT:
        constraint->constraint = AST_CONSTRAINT_NOT_NULL;
        parse__expect(p, KW_NULL);
        constraint->columns = parse__names_of_one(p, parse__name(p));
        constraint_attributes(p, constraint, "NOT NULL",
                              ATTRIBUTE_NOT_VALID | ATTRIBUTE_NO_INHERIT);
        break;
    case KW_UNIQUE:
        constraint->constraint = AST_CONSTRAINT_UNIQUE;
        unique_constraint(p, constraint);
        break;
    case KW_PRIMARY:
        constraint->constraint = AST_CONSTRAINT_PRIMARY_KEY;
        parse__expect(p, KW_KEY);
        key_constraint(p, constraint, "PRIMARY KEY");
        break;
    case KW_EXCLUDE:
        constraint->constraint = AST_CONSTRAINT_EXCLUSION;
        exclusion_constraint(p, constraint);
        break;
    default:
        constraint->constraint = AST_CONSTRAINT_FOREIGN_KEY;
        foreign_key(p, constraint);
        break;
    }
    return constraint;
}

AstConstraint *parse__domain_constraint(Parser *p)
{
    AstConstraint *constraint = NEW(p, Constraint, p->tok->start);
    if (parse__accept(p, KW_CONSTRAINT)) constraint->name = parse__name(p);
    if (parse__accept(p, KW_CHECK)) {
        constraint->constraint = AST_CONSTRAINT_CHECK;
        constraint->expr = paren_expr(p);
        constraint_attributes(p, constraint, "CHECK", ATTRIBUTE_NOT_VALID | ATTRIBUTE_NO_INHERIT);
    } else {
        parse__expect(p, KW_NOT);
        parse__expect(p, KW_NULL);
        constraint->constraint = AST_CONSTRAINT_NOT_NULL;
        constraint_attributes(p, constraint, "NOT NULL", 0);
    }
    return constraint;
}

/* ---- partition bounds ---- */

/* One option of a hash partition's bound: *value, until then -1, takes its number. */
static void set_hash_bound(Parser *p, int32_t *value, const char *name, int32_t number,
                           uint32_t location)
{
    if (*value != -1)
        parse__error(p, SQLSTATE_DUPLICATE_OBJECT, (int32_t)location,
                     "%s for hash partition provided more than once", name);
    *value = number;
}

/* (MODULUS n, REMAINDER n) */
static void hash_bound(Parser *p, AstPartitionBound *bound, uint32_t start)
{
    bound->strategy = AST_PARTITION_HASH;
    bound->modulus = bound->remainder = -1;
    parse__expect(p, '(');
    uint32_t mark = parse__mark(p);
    do {
        uint32_t at = p->tok->start;
        Str name = parse__non_reserved_word(p);
        AstIntConst *number = NEW(p, IntConst, at);
        number->value = parse__integer(p);
        parse__push(p, parse__option(p, name, number, at));
    } while (parse__accept(p, ','));
    AstOptionList options;
    TAKE(p, mark, &options);
    parse__expect(p, ')');
    for (uint32_t i = 0; i < options.count; i++) {
        const AstOption *option = options.items[i];
        int32_t number = ((const AstIntConst *)option->value)->value;
        uint32_t at = (uint32_t)option->location;
        if (str_equal(option->name, STR("modulus")))
            set_hash_bound(p, &bound->modulus, "modulus", number, at);
        else if (str_equal(option->name, STR("remainder")))
            set_hash_bound(p, &bound->remainder, "remainder", number, at);
        else
            parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)at,
                         "unrecognized hash partition bound specification \"%.*s\"",
                         STR_ARG(option->name));
    }
    if (bound->modulus == -1)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                     "modulus for hash partition must be specified");
    if (bound->remainder == -1)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                     "remainder for hash partition must be specified");
}

static void bound_values(Parser *p, AstExprList *list)
{
    parse__expect(p, '(');
    parse__expr_list(p, list);
    parse__expect(p, ')');
}

AstPartitionBound *parse__partition_bound(Parser *p)
{
    AstPartitionBound *bound = NEW(p, PartitionBound, p->tok->start);
    if (parse__accept(p, KW_DEFAULT)) {
        bound->is_default = true;
        return bound;
    }
    parse__expect2(p, KW_FOR, KW_VALUES);
    uint32_t start = p->tok->start;
    if (parse__accept(p, KW_WITH)) {
        hash_bound(p, bound, start);
    } else if (parse__accept(p, KW_IN)) {
        bound->strategy = AST_PARTITION_LIST;
        bound_values(p, &bound->low);
    } else {
        parse__expect(p, KW_FROM);
        bound->strategy = AST_PARTITION_RANGE;
        bound_values(p, &bound->low);
        parse__expect(p, KW_TO);
        bound_values(p, &bound->high);
    }
    return bound;
}
