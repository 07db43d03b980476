/* SPDX-License-Identifier: Apache-2.0 */
/* parse_object.c - objects of any kind by name, and the statements that take them all: DROP, COMMENT, SECURITY LABEL.
 *
 * A kind is known by a phrase of key words (TEXT SEARCH PARSER) and named in one of a few forms; which statements know
 * the kind is a set of bits in its row. */
#include "parse/parse_internal.h"

/* ---- phrases ---- */

static const Phrase *phrase_row(const void *rows, size_t row_bytes, uint32_t i)
{
    return (const Phrase *)((const char *)rows + i * row_bytes);
}

/* Does the word here go on with a phrase that could also end before it? Not where it is a name. */
static bool goes_on(Parser *p)
{
    uint16_t next = parse__peek_type(p, 1);
    switch (p->tok->type) {
    case KW_CLASS:
    case KW_FAMILY: return next != '.';
    case KW_MAPPING: return next == KW_FOR || next == KW_IF;
    default: return true;
    }
}

static bool begins_with(const Phrase *row, const uint16_t *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (row->words[i] != words[i]) return false;
    return true;
}

const void *parse__phrase(Parser *p, const void *rows, size_t row_bytes, uint32_t count,
                          uint32_t needed)
{
    enum { WORDS_MAX = 3 };
    uint16_t words[WORDS_MAX];
    const Phrase *whole = NULL;
    uint32_t first = 0, behind = count; /* rows outside cannot go on */
    for (uint32_t depth = 0; depth < WORDS_MAX; depth++) {
        const Phrase *longer = NULL;
        whole = NULL;
        uint32_t from = first, to = behind;
        for (uint32_t i = from; i < to; i++) {
            const Phrase *row = phrase_row(rows, row_bytes, i);
            uint32_t word = row->words[depth];
            if (word != 0 && word != p->tok->type) continue;
            if ((row->uses & needed) != needed || !begins_with(row, words, depth)) continue;
            if (word == 0) {
                whole = row;
                continue;
            }
            if (!longer) first = i;
            behind = i + 1;
            longer = row;
        }
        if (!longer || (whole && !goes_on(p))) break;
        words[depth] = p->tok->type;
        parse__next(p);
        whole = longer;
    }
    if (!whole) parse__syntax_error(p);
    return whole;
}

/* ---- small parts ---- */

AstNode *parse__string_const(Parser *p, Str text, uint32_t location)
{
    AstStringConst *string = NEW(p, StringConst, location);
    string->value = text;
    return &string->base;
}

AstNode *parse__bool_const(Parser *p, bool value, uint32_t location)
{
    AstBoolConst *constant = NEW(p, BoolConst, location);
    constant->value = value;
    return &constant->base;
}

AstNode *parse__name_node(Parser *p, NodeStrs parts, uint32_t location)
{
    AstName *name = NEW(p, Name, location);
    name->parts = parts;
    return &name->base;
}

void parse__any_name_list(Parser *p, AstNameList *list)
{
    uint32_t mark = parse__mark(p);
    do {
        uint32_t start = p->tok->start;
        parse__push(p, parse__name_node(p, parse__any_name(p), start));
    } while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

void parse__function_word(Parser *p)
{
    if (!parse__accept(p, KW_FUNCTION)) parse__expect(p, KW_PROCEDURE);
}

void parse__optional_definition(Parser *p, AstOptionList *list)
{
    if (parse__accept(p, KW_WITH)) parse__definition(p, list);
}

bool parse__optional_no_data(Parser *p)
{
    if (!parse__accept(p, KW_WITH)) return false;
    bool no = parse__accept(p, KW_NO);
    parse__expect(p, KW_DATA);
    return no;
}

Str parse__optional_method(Parser *p)
{
    return parse__accept(p, KW_USING) ? parse__name(p) : (Str){0};
}

Str parse__optional_tablespace(Parser *p)
{
    return parse__accept(p, KW_TABLESPACE) ? parse__name(p) : (Str){0};
}

/* ---- functions and operators by name ---- */

static AstFuncParam *aggregate_param(Parser *p)
{
    AstFuncParam *param = parse__func_param(p);
    if (param->mode == AST_PARAM_OUT || param->mode == AST_PARAM_INOUT)
        parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, param->location,
                     "aggregates cannot have output arguments");
    return param;
}

static void aggregate_param_list(Parser *p, AstFuncParamList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, aggregate_param(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

static void param_list(Parser *p, AstFuncParamList *list)
{
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__func_param(p));
    while (parse__accept(p, ','));
    TAKE(p, mark, list);
}

AstRoutineRef *parse__routine_ref(Parser *p)
{
    AstRoutineRef *ref = NEW(p, RoutineRef, p->tok->start);
    ref->direct_count = -1;
    uint16_t next = parse__peek_type(p, 1);
    if (next == '(' || next == '.' || next == TOKEN_LEFT_BRACKET) {
        ref->names = parse__function_name(p);
    } else {
        bool word = parse__is_col_id(p->tok) || parse__is_type_function_name(p->tok);
        if (!word) parse__syntax_error(p);
        ref->names = parse__names_of_one(p, parse__label(p));
    }
    ref->no_params = !parse__accept(p, '(');
    if (ref->no_params || parse__accept(p, ')')) return ref;
    param_list(p, &ref->params);
    parse__expect(p, ')');
    return ref;
}

/* ORDER BY parameters of an ordered-set aggregate, its direct ones read already. */
static void ordered_params(Parser *p, AstRoutineRef *ref)
{
    AstFuncParamList direct = ref->params, ordered;
    ref->direct_count = (int32_t)direct.count;
    parse__expect(p, KW_BY);
    aggregate_param_list(p, &ordered);
    parse__expect(p, ')');
    const AstFuncParam *last = direct.count ? direct.items[direct.count - 1] : NULL;
    if (last && last->mode == AST_PARAM_VARIADIC) {
        /* The variadic parameter stands for both. */
        if (ordered.count != 1 || ordered.items[0]->mode != AST_PARAM_VARIADIC ||
            !ast_equal(ordered.items[0]->type, last->type))
            parse__error(
                p, SQLSTATE_FEATURE_NOT_SUPPORTED, ordered.items[0]->location,
                "an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC "
                "aggregated argument of the same data type");
        return;
    }
    uint32_t mark = parse__mark(p);
    for (uint32_t i = 0; i < direct.count; i++) parse__push(p, direct.items[i]);
    for (uint32_t i = 0; i < ordered.count; i++) parse__push(p, ordered.items[i]);
    TAKE(p, mark, &ref->params);
}

AstRoutineRef *parse__aggregate_params(Parser *p, NodeStrs names, uint32_t start)
{
    AstRoutineRef *ref = NEW(p, RoutineRef, start);
    ref->direct_count = -1;
    ref->names = names;
    parse__expect(p, '(');
    ref->star = parse__accept(p, '*');
    if (ref->star) {
        parse__expect(p, ')');
        return ref;
    }
    if (!parse__is(p, KW_ORDER)) aggregate_param_list(p, &ref->params);
    if (parse__accept(p, KW_ORDER))
        ordered_params(p, ref);
    else
        parse__expect(p, ')');
    return ref;
}

AstRoutineRef *parse__aggregate_ref(Parser *p)
{
    uint32_t start = p->tok->start;
    NodeStrs names = parse__function_name(p);
    return parse__aggregate_params(p, names, start);
}

void parse__operator_types(Parser *p, AstOperatorRef *ref)
{
    parse__expect(p, '(');
    bool none = parse__accept(p, KW_NONE);
    if (!none) {
        ref->left = parse__type_name(p);
        if (parse__is(p, ')')) {
            Error *error = error_message(error_begin(SQLSTATE_SYNTAX_ERROR), "missing argument");
            error_hint(error, "Use NONE to denote the missing argument of a unary operator.");
            parse__raise_at(p, error, (int32_t)p->tok->start);
        }
    }
    parse__expect(p, ',');
    if (none || !parse__accept(p, KW_NONE)) ref->right = parse__type_name(p);
    parse__expect(p, ')');
}

AstOperatorRef *parse__operator_ref(Parser *p)
{
    AstOperatorRef *ref = NEW(p, OperatorRef, p->tok->start);
    ref->names = parse__any_operator(p);
    parse__operator_types(p, ref);
    return ref;
}

void parse__cast_types(Parser *p, AstTypeName **source, AstTypeName **target)
{
    parse__expect(p, '(');
    *source = parse__type_name(p);
    parse__expect(p, KW_AS);
    *target = parse__type_name(p);
    parse__expect(p, ')');
}

/* ---- objects ---- */

/* name ON [DOMAIN] any_name: a constraint of a table or of a domain. */
static void constraint_ref(Parser *p, AstObjectRef *ref)
{
    ref->names = parse__names_of_one(p, parse__name(p));
    parse__expect(p, KW_ON);
    if (!parse__is(p, KW_DOMAIN) || !parse__is_col_id(parse__peek(p, 1))) {
        ref->on = parse__any_name(p);
        return;
    }
    parse__next(p);
    ref->object = AST_OBJECT_DOMAIN_CONSTRAINT;
    ref->type = NEW(p, TypeName, p->tok->start);
    ref->type->names = parse__any_name(p);
}

AstObjectRef *parse__object_ref(Parser *p, AstObjectType object, NameForm form)
{
    AstObjectRef *ref = NEW(p, ObjectRef, p->tok->start);
    ref->object = object;
    switch (form) {
    case FORM_ANY_NAME: ref->names = parse__any_name(p); break;
    case FORM_NAME: ref->names = parse__names_of_one(p, parse__name(p)); break;
    case FORM_TYPE: ref->type = parse__type_name(p); break;
    case FORM_AGGREGATE: ref->routine = parse__aggregate_ref(p); break;
    case FORM_ROUTINE: ref->routine = parse__routine_ref(p); break;
    case FORM_OPERATOR: ref->operator= parse__operator_ref(p); break;
    case FORM_ON_TABLE:
        ref->names = parse__names_of_one(p, parse__name(p));
        parse__expect(p, KW_ON);
        ref->on = parse__any_name(p);
        break;
    case FORM_CONSTRAINT: constraint_ref(p, ref); break;
    case FORM_OPERATOR_CLASS:
        ref->names = parse__any_name(p);
        parse__expect(p, KW_USING);
        ref->method = parse__name(p);
        break;
    case FORM_CAST: parse__cast_types(p, &ref->type, &ref->target); break;
    case FORM_TRANSFORM:
        parse__expect(p, KW_FOR);
        ref->type = parse__type_name(p);
        parse__expect(p, KW_LANGUAGE);
        ref->names = parse__names_of_one(p, parse__name(p));
        break;
    case FORM_LARGE_OBJECT: ref->number = parse__numeric_only(p); break;
    }
    return ref;
}

enum { IN_DROP = 1, IN_COMMENT = 2, IN_LABEL = 4, IN_EXTENSION = 8, IN_ALL = 15 };

typedef struct ObjectKind {
    Phrase phrase;
    AstObjectType object;
    NameForm form;
} ObjectKind;

static const ObjectKind kinds[] = {
    {{{KW_ACCESS, KW_METHOD}, IN_ALL}, AST_OBJECT_ACCESS_METHOD, FORM_NAME},
    {{{KW_AGGREGATE}, IN_ALL}, AST_OBJECT_AGGREGATE, FORM_AGGREGATE},
    {{{KW_CAST}, IN_DROP | IN_COMMENT | IN_EXTENSION}, AST_OBJECT_CAST, FORM_CAST},
    {{{KW_COLLATION}, IN_ALL}, AST_OBJECT_COLLATION, FORM_ANY_NAME},
    {{{KW_COLUMN}, IN_COMMENT | IN_LABEL}, AST_OBJECT_COLUMN, FORM_ANY_NAME},
    {{{KW_CONSTRAINT}, IN_COMMENT}, AST_OBJECT_CONSTRAINT, FORM_CONSTRAINT},
    {{{KW_CONVERSION}, IN_ALL}, AST_OBJECT_CONVERSION, FORM_ANY_NAME},
    {{{KW_DATABASE}, IN_ALL}, AST_OBJECT_DATABASE, FORM_NAME},
    {{{KW_DOMAIN}, IN_ALL}, AST_OBJECT_DOMAIN, FORM_TYPE},
    {{{KW_EVENT, KW_TRIGGER}, IN_ALL}, AST_OBJECT_EVENT_TRIGGER, FORM_NAME},
    {{{KW_EXTENSION}, IN_ALL}, AST_OBJECT_EXTENSION, FORM_NAME},
    {{{KW_FOREIGN, KW_DATA, KW_WRAPPER}, IN_ALL}, AST_OBJECT_FOREIGN_DATA_WRAPPER, FORM_NAME},
    {{{KW_FOREIGN, KW_TABLE}, IN_ALL}, AST_OBJECT_FOREIGN_TABLE, FORM_ANY_NAME},
    {{{KW_FUNCTION}, IN_ALL}, AST_OBJECT_FUNCTION, FORM_ROUTINE},
    {{{KW_GROUP}, IN_DROP}, AST_OBJECT_ROLE, FORM_NAME},
    {{{KW_INDEX}, IN_ALL}, AST_OBJECT_INDEX, FORM_ANY_NAME},
    {{{KW_LANGUAGE}, IN_ALL}, AST_OBJECT_LANGUAGE, FORM_NAME},
    {{{KW_LARGE, KW_OBJECT}, IN_COMMENT | IN_LABEL}, AST_OBJECT_LARGE_OBJECT, FORM_LARGE_OBJECT},
    {{{KW_MATERIALIZED, KW_VIEW}, IN_ALL}, AST_OBJECT_MATERIALIZED_VIEW, FORM_ANY_NAME},
    {{{KW_OPERATOR}, IN_DROP | IN_COMMENT | IN_EXTENSION}, AST_OBJECT_OPERATOR, FORM_OPERATOR},
    {{{KW_OPERATOR, KW_CLASS}, IN_DROP | IN_COMMENT | IN_EXTENSION},
     AST_OBJECT_OPERATOR_CLASS,
     FORM_OPERATOR_CLASS},
    {{{KW_OPERATOR, KW_FAMILY}, IN_DROP | IN_COMMENT | IN_EXTENSION},
     AST_OBJECT_OPERATOR_FAMILY,
     FORM_OPERATOR_CLASS},
    {{{KW_OWNED}, IN_DROP}, AST_OBJECT_NONE, FORM_NAME},
    {{{KW_POLICY}, IN_DROP | IN_COMMENT}, AST_OBJECT_POLICY, FORM_ON_TABLE},
    {{{KW_PROCEDURAL, KW_LANGUAGE}, IN_ALL}, AST_OBJECT_LANGUAGE, FORM_NAME},
    {{{KW_PROCEDURE}, IN_ALL}, AST_OBJECT_PROCEDURE, FORM_ROUTINE},
    {{{KW_PUBLICATION}, IN_ALL}, AST_OBJECT_PUBLICATION, FORM_NAME},
    {{{KW_ROLE}, IN_ALL}, AST_OBJECT_ROLE, FORM_NAME},
    {{{KW_ROUTINE}, IN_ALL}, AST_OBJECT_ROUTINE, FORM_ROUTINE},
    {{{KW_RULE}, IN_DROP | IN_COMMENT}, AST_OBJECT_RULE, FORM_ON_TABLE},
    {{{KW_SCHEMA}, IN_ALL}, AST_OBJECT_SCHEMA, FORM_NAME},
    {{{KW_SEQUENCE}, IN_ALL}, AST_OBJECT_SEQUENCE, FORM_ANY_NAME},
    {{{KW_SERVER}, IN_ALL}, AST_OBJECT_FOREIGN_SERVER, FORM_NAME},
    {{{KW_STATISTICS}, IN_ALL}, AST_OBJECT_STATISTICS, FORM_ANY_NAME},
    {{{KW_SUBSCRIPTION}, IN_ALL}, AST_OBJECT_SUBSCRIPTION, FORM_NAME},
    {{{KW_TABLE}, IN_ALL}, AST_OBJECT_TABLE, FORM_ANY_NAME},
    {{{KW_TABLESPACE}, IN_ALL}, AST_OBJECT_TABLESPACE, FORM_NAME},
    {{{KW_TEXT, KW_SEARCH, KW_CONFIGURATION}, IN_ALL}, AST_OBJECT_TS_CONFIGURATION, FORM_ANY_NAME},
    {{{KW_TEXT, KW_SEARCH, KW_DICTIONARY}, IN_ALL}, AST_OBJECT_TS_DICTIONARY, FORM_ANY_NAME},
    {{{KW_TEXT, KW_SEARCH, KW_PARSER}, IN_ALL}, AST_OBJECT_TS_PARSER, FORM_ANY_NAME},
    {{{KW_TEXT, KW_SEARCH, KW_TEMPLATE}, IN_ALL}, AST_OBJECT_TS_TEMPLATE, FORM_ANY_NAME},
    {{{KW_TRANSFORM}, IN_DROP | IN_COMMENT | IN_EXTENSION}, AST_OBJECT_TRANSFORM, FORM_TRANSFORM},
    {{{KW_TRIGGER}, IN_DROP | IN_COMMENT}, AST_OBJECT_TRIGGER, FORM_ON_TABLE},
    {{{KW_TYPE}, IN_ALL}, AST_OBJECT_TYPE, FORM_TYPE},
    {{{KW_USER}, IN_DROP}, AST_OBJECT_ROLE, FORM_NAME},
    {{{KW_USER, KW_MAPPING}, IN_DROP}, AST_OBJECT_USER_MAPPING, FORM_NAME},
    {{{KW_VIEW}, IN_ALL}, AST_OBJECT_VIEW, FORM_ANY_NAME},
};

AstObjectRef *parse__extension_member(Parser *p)
{
    const ObjectKind *kind = PHRASE(p, kinds, IN_EXTENSION);
    return parse__object_ref(p, kind->object, kind->form);
}

/* ---- DROP ---- */

static bool is_listed(NameForm form)
{
    switch (form) {
    case FORM_ANY_NAME:
    case FORM_NAME:
    case FORM_TYPE:
    case FORM_AGGREGATE:
    case FORM_ROUTINE:
    case FORM_OPERATOR: return true;
    case FORM_ON_TABLE:
    case FORM_CONSTRAINT:
    case FORM_OPERATOR_CLASS:
    case FORM_CAST:
    case FORM_TRANSFORM:
    case FORM_LARGE_OBJECT: return false;
    }
    UNREACHABLE();
}

static AstStmt *drop_objects(Parser *p, const ObjectKind *kind, uint32_t start)
{
    AstDrop *drop = NEW(p, Drop, start);
    drop->object = kind->object;
    drop->concurrently = kind->object == AST_OBJECT_INDEX && parse__accept(p, KW_CONCURRENTLY);
    bool named = kind->form != FORM_CAST && kind->form != FORM_TRANSFORM;
    drop->if_exists = named ? parse__if_exists(p) : parse__if_exists_only(p);
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__object_ref(p, kind->object, kind->form));
    while (is_listed(kind->form) && parse__accept(p, ','));
    TAKE(p, mark, &drop->objects);
    drop->behavior = parse__drop_behavior(p);
    return &drop->base;
}

static AstStmt *drop_database(Parser *p, uint32_t start)
{
    AstDropDatabase *drop = NEW(p, DropDatabase, start);
    drop->if_exists = parse__if_exists(p);
    drop->name = parse__name(p);
    if (!parse__is(p, KW_WITH) && !parse__is(p, '(')) return &drop->base;
    parse__optional_with(p);
    uint32_t mark = parse__mark(p);
    parse__expect(p, '(');
    do {
        uint32_t at = p->tok->start;
        parse__expect(p, KW_FORCE);
        parse__push(p, parse__option(p, STR("force"), NULL, at));
    } while (parse__accept(p, ','));
    TAKE(p, mark, &drop->options);
    parse__expect(p, ')');
    return &drop->base;
}

static AstStmt *drop_owned(Parser *p, uint32_t start)
{
    AstDropOwned *drop = NEW(p, DropOwned, start);
    parse__expect(p, KW_BY);
    parse__role_list(p, &drop->roles);
    drop->behavior = parse__drop_behavior(p);
    return &drop->base;
}

static AstStmt *drop_role(Parser *p, uint32_t start)
{
    AstDropRole *drop = NEW(p, DropRole, start);
    drop->if_exists = parse__if_exists(p);
    parse__role_list(p, &drop->roles);
    return &drop->base;
}

static AstStmt *drop_subscription(Parser *p, uint32_t start)
{
    AstDropSubscription *drop = NEW(p, DropSubscription, start);
    drop->if_exists = parse__if_exists(p);
    drop->name = parse__name(p);
    drop->behavior = parse__drop_behavior(p);
    return &drop->base;
}

static AstStmt *drop_tablespace(Parser *p, uint32_t start)
{
    AstDropTablespace *drop = NEW(p, DropTablespace, start);
    drop->if_exists = parse__if_exists(p);
    drop->name = parse__name(p);
    return &drop->base;
}

static AstStmt *drop_user_mapping(Parser *p, uint32_t start)
{
    AstDropUserMapping *drop = NEW(p, DropUserMapping, start);
    drop->if_exists = parse__if_exists_only(p);
    drop->user = parse__mapped_user(p);
    drop->server = parse__mapped_server(p);
    return &drop->base;
}

AstStmt *parse__drop(Parser *p)
{
    uint32_t start = p->tok->start;
    parse__next(p);
    const ObjectKind *kind = PHRASE(p, kinds, IN_DROP);
    switch (kind->object) {
    case AST_OBJECT_NONE: return drop_owned(p, start);
    case AST_OBJECT_DATABASE: return drop_database(p, start);
    case AST_OBJECT_ROLE: return drop_role(p, start);
    case AST_OBJECT_SUBSCRIPTION: return drop_subscription(p, start);
    case AST_OBJECT_TABLESPACE: return drop_tablespace(p, start);
    case AST_OBJECT_USER_MAPPING: return drop_user_mapping(p, start);
    default: return drop_objects(p, kind, start);
    }
}

/* ---- COMMENT, SECURITY LABEL ---- */

/* IS text, or IS NULL: no data. */
static Str is_text_or_null(Parser *p)
{
    parse__expect(p, KW_IS);
    return parse__accept(p, KW_NULL) ? (Str){0} : parse__string(p);
}

AstStmt *parse__comment(Parser *p)
{
    AstComment *comment = NEW(p, Comment, p->tok->start);
    parse__next(p);
    parse__expect(p, KW_ON);
    const ObjectKind *kind = PHRASE(p, kinds, IN_COMMENT);
    comment->object = parse__object_ref(p, kind->object, kind->form);
    comment->comment = is_text_or_null(p);
    return &comment->base;
}

AstStmt *parse__security_label(Parser *p)
{
    AstSecurityLabel *label = NEW(p, SecurityLabel, p->tok->start);
    parse__next(p);
    parse__expect(p, KW_LABEL);
    if (parse__accept(p, KW_FOR)) label->provider = parse__word_or_string(p);
    parse__expect(p, KW_ON);
    const ObjectKind *kind = PHRASE(p, kinds, IN_LABEL);
    label->object = parse__object_ref(p, kind->object, kind->form);
    label->label = is_text_or_null(p);
    return &label->base;
}
