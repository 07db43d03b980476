/* SPDX-License-Identifier: Apache-2.0 */
/* parse_session.c - transactions, settings, prepared statements, cursors, EXPLAIN and COPY. */
#include "parse/parse_internal.h"

static AstNode *string_node(Parser *p, Str text, uint32_t location)
{
    AstStringConst *string = NEW(p, StringConst, location);
    string->value = text;
    return &string->base;
}

static AstNode *bool_node(Parser *p, bool value, uint32_t location)
{
    AstBoolConst *constant = NEW(p, BoolConst, location);
    constant->value = value;
    return &constant->base;
}

/* ---- transactions ---- */

static AstNode *isolation_level(Parser *p)
{
    uint32_t start = p->tok->start;
    Str level;
    if (parse__accept(p, KW_READ)) {
        level = parse__is(p, KW_UNCOMMITTED) ? STR("read uncommitted") : STR("read committed");
        if (!parse__accept(p, KW_UNCOMMITTED)) parse__expect(p, KW_COMMITTED);
    } else if (parse__accept(p, KW_REPEATABLE)) {
        parse__expect(p, KW_READ);
        level = STR("repeatable read");
    } else {
        parse__expect(p, KW_SERIALIZABLE);
        level = STR("serializable");
    }
    return string_node(p, level, start);
}

static AstOption *transaction_mode(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__accept(p, KW_ISOLATION)) {
        parse__expect(p, KW_LEVEL);
        return parse__option(p, STR("transaction_isolation"), isolation_level(p), start);
    }
    if (parse__accept(p, KW_READ)) {
        bool only = parse__is(p, KW_ONLY);
        if (!parse__accept(p, KW_ONLY)) parse__expect(p, KW_WRITE);
        return parse__option(p, STR("transaction_read_only"), bool_node(p, only, start), start);
    }
    bool deferrable = !parse__accept(p, KW_NOT);
    parse__expect(p, KW_DEFERRABLE);
    return parse__option(p, STR("transaction_deferrable"), bool_node(p, deferrable, start), start);
}

static bool starts_transaction_mode(const Parser *p)
{
    return parse__is(p, KW_ISOLATION) || parse__is(p, KW_READ) || parse__is(p, KW_DEFERRABLE) ||
           parse__is(p, KW_NOT);
}

/* One or more, with or without commas. */
static void transaction_modes(Parser *p, AstOptionList *list)
{
    uint32_t mark = parse__mark(p);
    do {
        parse__push(p, transaction_mode(p));
    } while (parse__accept(p, ',') || starts_transaction_mode(p));
    TAKE(p, mark, list);
}

static void optional_work(Parser *p)
{
    if (!parse__accept(p, KW_WORK)) parse__accept(p, KW_TRANSACTION);
}

static bool optional_chain(Parser *p)
{
    if (!parse__accept(p, KW_AND)) return false;
    bool chain = !parse__accept(p, KW_NO);
    parse__expect(p, KW_CHAIN);
    return chain;
}

/* [SAVEPOINT] name, where SAVEPOINT alone is a name. */
static Str savepoint_name(Parser *p)
{
    if (parse__is(p, KW_SAVEPOINT) && parse__is_col_id(parse__peek(p, 1))) parse__next(p);
    return parse__name(p);
}

static void rollback(Parser *p, AstTransaction *stmt)
{
    stmt->transaction = AST_TRANSACTION_ROLLBACK;
    if (parse__accept(p, KW_PREPARED)) {
        stmt->transaction = AST_TRANSACTION_ROLLBACK_PREPARED;
        stmt->name = parse__string(p);
        return;
    }
    optional_work(p);
    if (parse__accept(p, KW_TO)) {
        stmt->transaction = AST_TRANSACTION_ROLLBACK_TO;
        stmt->name = savepoint_name(p);
        return;
    }
    stmt->chain = optional_chain(p);
}

static void commit(Parser *p, AstTransaction *stmt, bool prepared)
{
    stmt->transaction = AST_TRANSACTION_COMMIT;
    if (prepared && parse__accept(p, KW_PREPARED)) {
        stmt->transaction = AST_TRANSACTION_COMMIT_PREPARED;
        stmt->name = parse__string(p);
        return;
    }
    optional_work(p);
    stmt->chain = optional_chain(p);
}

AstStmt *parse__transaction(Parser *p)
{
    AstTransaction *stmt = NEW(p, Transaction, p->tok->start);
    uint16_t word = p->tok->type;
    parse__next(p);
    switch (word) {
    case KW_BEGIN:
        stmt->transaction = AST_TRANSACTION_BEGIN;
        optional_work(p);
        if (starts_transaction_mode(p)) transaction_modes(p, &stmt->modes);
        break;
    case KW_START:
        stmt->transaction = AST_TRANSACTION_START;
        parse__expect(p, KW_TRANSACTION);
        if (starts_transaction_mode(p)) transaction_modes(p, &stmt->modes);
        break;
    case KW_COMMIT:
    case KW_END: commit(p, stmt, word == KW_COMMIT); break;
    case KW_ABORT:
        stmt->transaction = AST_TRANSACTION_ROLLBACK;
        optional_work(p);
        stmt->chain = optional_chain(p);
        break;
    case KW_ROLLBACK: rollback(p, stmt); break;
    case KW_SAVEPOINT:
        stmt->transaction = AST_TRANSACTION_SAVEPOINT;
        stmt->name = parse__name(p);
        break;
    default:
        stmt->transaction = AST_TRANSACTION_RELEASE;
        stmt->name = savepoint_name(p);
        break;
    }
    return &stmt->base;
}

/* ---- settings ---- */

/* a.b.c as one text. */
Str parse__variable_name(Parser *p)
{
    Str name = parse__name(p);
    while (parse__accept(p, '.')) {
        Str part = parse__name(p);
        name = str_format(p->arena, "%.*s.%.*s", STR_ARG(name), STR_ARG(part));
    }
    return name;
}

static void set_args_one(Parser *p, AstSetVariable *set, AstNode *value)
{
    set->set = AST_SET_VALUE;
    LIST_OF_ONE(p, &set->args, value);
}

/* { TO | = } { values | DEFAULT } */
static void set_values(Parser *p, AstSetVariable *set)
{
    if (!parse__accept(p, '=')) parse__expect(p, KW_TO);
    if (parse__accept(p, KW_DEFAULT)) {
        set->set = AST_SET_DEFAULT;
        return;
    }
    uint32_t mark = parse__mark(p);
    do parse__push(p, parse__boolean_or_string(p));
    while (parse__accept(p, ','));
    set->set = AST_SET_VALUE;
    TAKE(p, mark, &set->args);
}

/* name and its values, or name FROM CURRENT. */
static void set_generic(Parser *p, AstSetVariable *set)
{
    set->name = parse__variable_name(p);
    if (!parse__accept(p, KW_FROM)) {
        set_values(p, set);
        return;
    }
    parse__expect(p, KW_CURRENT);
    set->set = AST_SET_CURRENT;
}

/* INTERVAL '...' HOUR TO MINUTE and the like as a time zone. */
static AstNode *zone_interval(Parser *p)
{
    AstCastExpr *cast = NEW(p, CastExpr, NODE_NO_LOCATION);
    cast->type = parse__sql_type(p, true);
    uint32_t start = p->tok->start;
    cast->arg = string_node(p, parse__string(p), start);
    if (cast->type->fields != AST_INTERVAL_NONE) return &cast->base;
    start = p->tok->start;
    parse__interval_fields(p, cast->type);
    switch (cast->type->fields) {
    case AST_INTERVAL_NONE:
    case AST_INTERVAL_HOUR:
    case AST_INTERVAL_MINUTE:
    case AST_INTERVAL_HOUR_TO_MINUTE: return &cast->base;
    default:
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)start,
                     "time zone interval must be HOUR or HOUR TO MINUTE");
    }
}

static void set_time_zone(Parser *p, AstSetVariable *set)
{
    parse__next(p);
    parse__next(p);
    set->name = STR("timezone");
    set->set = AST_SET_DEFAULT;
    if (parse__accept(p, KW_DEFAULT) || parse__accept(p, KW_LOCAL)) return;
    uint32_t start = p->tok->start;
    if (parse__is(p, TOKEN_STRING))
        set_args_one(p, set, string_node(p, parse__string(p), start));
    else if (parse__is(p, TOKEN_IDENTIFIER))
        set_args_one(p, set, string_node(p, parse__name(p), start));
    else if (parse__is(p, KW_INTERVAL))
        set_args_one(p, set, zone_interval(p));
    else
        set_args_one(p, set, parse__numeric_only(p));
}

static void set_named_string(Parser *p, AstSetVariable *set, Str name, Str value, uint32_t location)
{
    set->name = name;
    set_args_one(p, set, string_node(p, value, location));
}

static void set_transaction(Parser *p, AstSetVariable *set)
{
    parse__next(p);
    if (parse__accept(p, KW_SNAPSHOT)) {
        uint32_t start = p->tok->start;
        set_named_string(p, set, STR("TRANSACTION SNAPSHOT"), parse__string(p), start);
        set->set = AST_SET_SNAPSHOT;
        return;
    }
    AstOptionList modes;
    transaction_modes(p, &modes);
    set->set = AST_SET_TRANSACTION;
    set->args = (AstNodeList){(AstNode **)modes.items, modes.count};
}

static void set_session(Parser *p, AstSetVariable *set)
{
    parse__next(p);
    if (parse__accept(p, KW_CHARACTERISTICS)) {
        parse__expect2(p, KW_AS, KW_TRANSACTION);
        AstOptionList modes;
        transaction_modes(p, &modes);
        set->set = AST_SET_SESSION_CHARACTERISTICS;
        set->args = (AstNodeList){(AstNode **)modes.items, modes.count};
        return;
    }
    parse__expect(p, KW_AUTHORIZATION);
    set->name = STR("session_authorization");
    set->set = AST_SET_DEFAULT;
    if (parse__accept(p, KW_DEFAULT)) return;
    uint32_t start = p->tok->start;
    set_args_one(p, set, string_node(p, parse__word_or_string(p), start));
}

static void set_names(Parser *p, AstSetVariable *set)
{
    parse__next(p);
    uint32_t start = p->tok->start;
    set->name = STR("client_encoding");
    set->set = AST_SET_DEFAULT;
    if (parse__is(p, TOKEN_STRING))
        set_args_one(p, set, string_node(p, parse__string(p), start));
    else
        parse__accept(p, KW_DEFAULT);
}

static void set_xml_option(Parser *p, AstSetVariable *set)
{
    parse__next(p);
    parse__expect(p, KW_OPTION);
    uint32_t start = p->tok->start;
    Str value = parse__is(p, KW_DOCUMENT) ? STR("DOCUMENT") : STR("CONTENT");
    if (!parse__accept(p, KW_DOCUMENT)) parse__expect(p, KW_CONTENT);
    set_named_string(p, set, STR("xmloption"), value, start);
}

/* Is the word here a variable's name, whatever else it could open? */
static bool is_plain_variable(Parser *p)
{
    switch (parse__peek_type(p, 1)) {
    case KW_TO:
    case KW_FROM:
    case '=':
    case '.': return true;
    default: return false;
    }
}

static void set_special(Parser *p, AstSetVariable *set)
{
    switch (p->tok->type) {
    case KW_TIME:
        if (parse__peek_type(p, 1) != KW_ZONE) break;
        set_time_zone(p, set);
        return;
    case KW_TRANSACTION: set_transaction(p, set); return;
    case KW_SESSION: set_session(p, set); return;
    case KW_NAMES: set_names(p, set); return;
    case KW_XML: set_xml_option(p, set); return;
    case KW_ROLE:
    case KW_SCHEMA: {
        bool role = parse__is(p, KW_ROLE);
        parse__next(p);
        uint32_t start = p->tok->start;
        Str value = role ? parse__word_or_string(p) : parse__string(p);
        set_named_string(p, set, role ? STR("role") : STR("search_path"), value, start);
        return;
    }
    case KW_CATALOG: {
        parse__next(p);
        uint32_t start = p->tok->start;
        parse__string(p);
        parse__error(p, SQLSTATE_FEATURE_NOT_SUPPORTED, (int32_t)start,
                     "current database cannot be changed");
    }
    default: break;
    }
    set_generic(p, set);
}

AstSetVariable *parse__set_generic(Parser *p)
{
    AstSetVariable *set = NEW(p, SetVariable, p->tok->start);
    set->name = parse__variable_name(p);
    set_values(p, set);
    return set;
}

AstSetVariable *parse__set_rest(Parser *p)
{
    AstSetVariable *set = NEW(p, SetVariable, p->tok->start);
    if (is_plain_variable(p))
        set_generic(p, set);
    else
        set_special(p, set);
    return set;
}

AstStmt *parse__set_constraints(Parser *p)
{
    AstSetConstraints *set = NEW(p, SetConstraints, p->tok->start);
    parse__next(p);
    if (!parse__accept(p, KW_ALL)) parse__qualified_name_list(p, &set->constraints);
    set->deferred = parse__accept(p, KW_DEFERRED);
    if (!set->deferred) parse__expect(p, KW_IMMEDIATE);
    return &set->base;
}

AstStmt *parse__set(Parser *p)
{
    uint32_t start = p->tok->start;
    parse__next(p);
    bool local = false;
    if (!is_plain_variable(p)) {
        if (parse__is(p, KW_CONSTRAINTS)) return parse__set_constraints(p);
        uint16_t next = parse__peek_type(p, 1);
        local = parse__accept(p, KW_LOCAL);
        if (!local && parse__is(p, KW_SESSION) && next != KW_AUTHORIZATION &&
            next != KW_CHARACTERISTICS)
            parse__next(p);
    }
    AstSetVariable *set = parse__set_rest(p);
    set->local = local;
    set->location = (int32_t)start;
    return &set->base;
}

/* What RESET and SHOW name: a variable, or one of those with words of their own. */
static Str reset_name(Parser *p)
{
    if (parse__accept2(p, KW_TIME, KW_ZONE)) return STR("timezone");
    if (parse__is(p, KW_TRANSACTION) && parse__peek_type(p, 1) == KW_ISOLATION) {
        parse__next(p);
        parse__next(p);
        parse__expect(p, KW_LEVEL);
        return STR("transaction_isolation");
    }
    if (parse__accept2(p, KW_SESSION, KW_AUTHORIZATION)) return STR("session_authorization");
    return parse__variable_name(p);
}

AstSetVariable *parse__reset(Parser *p)
{
    AstSetVariable *set = NEW(p, SetVariable, p->tok->start);
    parse__expect(p, KW_RESET);
    set->set = AST_SET_RESET;
    if (parse__accept(p, KW_ALL))
        set->set = AST_SET_RESET_ALL;
    else
        set->name = reset_name(p);
    return set;
}

AstStmt *parse__reset_statement(Parser *p)
{
    return &parse__reset(p)->base;
}

AstStmt *parse__show(Parser *p)
{
    AstShowVariable *show = NEW(p, ShowVariable, p->tok->start);
    parse__next(p);
    show->name = parse__accept(p, KW_ALL) ? STR("all") : reset_name(p);
    return &show->base;
}

/* ---- prepared statements ---- */

AstStmt *parse__prepare(Parser *p)
{
    uint32_t start = p->tok->start;
    parse__next(p);
    if (parse__is(p, KW_TRANSACTION) && parse__peek_type(p, 1) == TOKEN_STRING) {
        AstTransaction *transaction = NEW(p, Transaction, start);
        parse__next(p);
        transaction->transaction = AST_TRANSACTION_PREPARE;
        transaction->name = parse__string(p);
        return &transaction->base;
    }
    AstPrepare *prepare = NEW(p, Prepare, start);
    prepare->name = parse__name(p);
    if (parse__accept(p, '(')) {
        parse__type_list(p, &prepare->types);
        parse__expect(p, ')');
    }
    parse__expect(p, KW_AS);
    prepare->query = parse__preparable(p);
    return &prepare->base;
}

AstStmt *parse__execute(Parser *p)
{
    AstExecute *execute = NEW(p, Execute, p->tok->start);
    parse__next(p);
    execute->name = parse__name(p);
    if (parse__accept(p, '(')) {
        parse__expr_list(p, &execute->args);
        parse__expect(p, ')');
    }
    return &execute->base;
}

AstStmt *parse__deallocate(Parser *p)
{
    AstDeallocate *deallocate = NEW(p, Deallocate, p->tok->start);
    parse__next(p);
    if (parse__is(p, KW_PREPARE)) {
        const Token *next = parse__peek(p, 1);
        if (next->type == KW_ALL || parse__is_col_id(next)) parse__next(p);
    }
    if (!parse__accept(p, KW_ALL)) deallocate->name = parse__name(p);
    return &deallocate->base;
}

/* ---- cursors ---- */

AstStmt *parse__declare(Parser *p)
{
    AstDeclareCursor *cursor = NEW(p, DeclareCursor, p->tok->start);
    parse__next(p);
    cursor->name = parse__name(p);
    while (!parse__accept(p, KW_CURSOR)) {
        if (parse__accept(p, KW_NO)) {
            parse__expect(p, KW_SCROLL);
            cursor->no_scroll = true;
        } else if (parse__accept(p, KW_SCROLL)) {
            cursor->scroll = true;
        } else if (parse__accept(p, KW_BINARY)) {
            cursor->binary = true;
        } else if (parse__accept(p, KW_ASENSITIVE)) {
            cursor->asensitive = true;
        } else {
            parse__expect(p, KW_INSENSITIVE);
            cursor->insensitive = true;
        }
    }
    if (parse__accept(p, KW_WITH)) {
        parse__expect(p, KW_HOLD);
        cursor->hold = true;
    } else if (parse__accept(p, KW_WITHOUT)) {
        parse__expect(p, KW_HOLD);
    }
    parse__expect(p, KW_FOR);
    cursor->query = &parse__select_stmt(p)->base;
    return &cursor->base;
}

AstStmt *parse__close(Parser *p)
{
    AstClosePortal *close = NEW(p, ClosePortal, p->tok->start);
    parse__next(p);
    if (!parse__accept(p, KW_ALL)) close->name = parse__name(p);
    return &close->base;
}

static bool starts_signed_integer(const Parser *p)
{
    return parse__is(p, TOKEN_INTEGER) || parse__is(p, '+') || parse__is(p, '-');
}

/* FORWARD or BACKWARD, their word read: how many. */
static void fetch_many(Parser *p, AstFetch *fetch, bool forward)
{
    fetch->direction = forward ? AST_FETCH_FORWARD : AST_FETCH_BACKWARD;
    if (parse__accept(p, KW_ALL)) {
        fetch->count = INT64_MAX;
    } else if (starts_signed_integer(p)) {
        fetch->count = parse__signed_integer(p);
    }
}

static void fetch_set(AstFetch *fetch, AstFetchDirection direction, int64_t count)
{
    fetch->direction = direction;
    fetch->count = count;
}

/* The word that says what to fetch; they are names as well, when nothing follows them. */
static void fetch_direction(Parser *p, AstFetch *fetch)
{
    fetch_set(fetch, AST_FETCH_FORWARD, 1);
    if (starts_signed_integer(p)) {
        fetch->count = parse__signed_integer(p);
        return;
    }
    if (parse__accept(p, KW_ALL)) {
        fetch_set(fetch, AST_FETCH_FORWARD, INT64_MAX);
        return;
    }
    uint16_t word = p->tok->type, next = parse__peek_type(p, 1);
    if (next == TOKEN_END || next == ';') return;
    switch (word) {
    case KW_NEXT: fetch_set(fetch, AST_FETCH_FORWARD, 1); break;
    case KW_PRIOR: fetch_set(fetch, AST_FETCH_BACKWARD, 1); break;
    case KW_FIRST: fetch_set(fetch, AST_FETCH_ABSOLUTE, 1); break;
    case KW_LAST: fetch_set(fetch, AST_FETCH_ABSOLUTE, -1); break;
    case KW_ABSOLUTE:
    case KW_RELATIVE:
        parse__next(p);
        fetch_set(fetch, word == KW_ABSOLUTE ? AST_FETCH_ABSOLUTE : AST_FETCH_RELATIVE,
                  parse__signed_integer(p));
        return;
    case KW_FORWARD:
    case KW_BACKWARD:
        parse__next(p);
        fetch_many(p, fetch, word == KW_FORWARD);
        return;
    default: return;
    }
    parse__next(p);
}

AstStmt *parse__fetch(Parser *p)
{
    AstFetch *fetch = NEW(p, Fetch, p->tok->start);
    fetch->move = parse__is(p, KW_MOVE);
    parse__next(p);
    fetch_direction(p, fetch);
    if (!parse__accept(p, KW_FROM)) parse__accept(p, KW_IN);
    fetch->name = parse__name(p);
    return &fetch->base;
}

/* ---- EXPLAIN ---- */

static bool paren_holds_options(Parser *p)
{
    switch (parse__peek_type(p, 1)) {
    case '(':
    case KW_SELECT:
    case KW_WITH:
    case KW_TABLE: return false;
    case KW_VALUES: return parse__peek_type(p, 2) != '(';
    default: return true;
    }
}

static AstStmt *explainable(Parser *p)
{
    switch (p->tok->type) {
    case KW_CREATE: return parse__create_table_as(p);
    case KW_REFRESH: return parse__refresh(p);
    case KW_EXECUTE: return parse__execute(p);
    case KW_DECLARE: return parse__declare(p);
    default: return parse__preparable(p);
    }
}

AstStmt *parse__explain(Parser *p)
{
    AstExplain *explain = NEW(p, Explain, p->tok->start);
    parse__next(p);
    if (parse__is(p, '(') && paren_holds_options(p)) {
        parse__utility_options(p, &explain->options);
    } else {
        uint32_t mark = parse__mark(p), start = p->tok->start;
        if (parse__accept(p, KW_ANALYZE) || parse__accept(p, KW_ANALYSE))
            parse__push(p, parse__option(p, STR("analyze"), NULL, start));
        start = p->tok->start;
        if (parse__accept(p, KW_VERBOSE))
            parse__push(p, parse__option(p, STR("verbose"), NULL, start));
        TAKE(p, mark, &explain->options);
    }
    explain->query = explainable(p);
    return &explain->base;
}

/* ---- COPY ---- */

static AstNode *copy_columns(Parser *p)
{
    uint32_t start = p->tok->start;
    if (parse__accept(p, '*')) return &NEW(p, Star, start)->base;
    AstNodeGroup *group = NEW(p, NodeGroup, start);
    uint32_t mark = parse__mark(p);
    do {
        start = p->tok->start;
        parse__push(p, string_node(p, parse__name(p), start));
    } while (parse__accept(p, ','));
    TAKE(p, mark, &group->items);
    return &group->base;
}

static AstOption *copy_force_option(Parser *p, uint32_t start)
{
    Str name;
    if (parse__accept(p, KW_QUOTE)) {
        name = STR("force_quote");
    } else if (parse__accept(p, KW_NOT)) {
        parse__expect(p, KW_NULL);
        name = STR("force_not_null");
    } else {
        parse__expect(p, KW_NULL);
        name = STR("force_null");
    }
    return parse__option(p, name, copy_columns(p), start);
}

static AstOption *copy_string_option(Parser *p, Str name, uint32_t start, bool as)
{
    if (as) parse__accept(p, KW_AS);
    uint32_t at = p->tok->start;
    return parse__option(p, name, string_node(p, parse__string(p), at), start);
}

/* One option of the old syntax; NULL: none is here. */
static AstOption *copy_old_option(Parser *p)
{
    uint32_t start = p->tok->start;
    uint16_t word = p->tok->type;
    switch (word) {
    case KW_BINARY:
    case KW_FREEZE:
    case KW_DELIMITER:
    case KW_NULL:
    case KW_CSV:
    case KW_HEADER:
    case KW_QUOTE:
    case KW_ESCAPE:
    case KW_FORCE:
    case KW_ENCODING: parse__next(p); break;
    default: return NULL;
    }
    switch (word) {
    case KW_BINARY:
        return parse__option(p, STR("format"), string_node(p, STR("binary"), start), start);
    case KW_CSV: return parse__option(p, STR("format"), string_node(p, STR("csv"), start), start);
    case KW_FREEZE: return parse__option(p, STR("freeze"), bool_node(p, true, start), start);
    case KW_HEADER: return parse__option(p, STR("header"), bool_node(p, true, start), start);
    case KW_DELIMITER: return copy_string_option(p, STR("delimiter"), start, true);
    case KW_NULL: return copy_string_option(p, STR("null"), start, true);
    case KW_QUOTE: return copy_string_option(p, STR("quote"), start, true);
    case KW_ESCAPE: return copy_string_option(p, STR("escape"), start, true);
    case KW_ENCODING: return copy_string_option(p, STR("encoding"), start, false);
    default: return copy_force_option(p, start);
    }
}

/* What is written to or read from. */
static void copy_file(Parser *p, AstCopy *copy)
{
    copy->program = parse__accept(p, KW_PROGRAM);
    if (parse__is(p, TOKEN_STRING)) {
        copy->file = parse__string(p);
        return;
    }
    if (!parse__accept(p, KW_STDIN)) parse__expect(p, KW_STDOUT);
}

/* All behind the file; `mark` is where the options collected so far begin. An old DELIMITERS clause is where PostgreSQL
 * reports STDIN with PROGRAM, if it begins with USING. */
static void copy_options(Parser *p, AstCopy *copy, uint32_t mark, bool table, int32_t *error_at)
{
    uint32_t start = p->tok->start;
    if (table && (parse__is(p, KW_USING) || parse__is(p, KW_DELIMITERS))) {
        if (parse__accept(p, KW_USING)) *error_at = (int32_t)start;
        start = p->tok->start;
        parse__expect(p, KW_DELIMITERS);
        parse__push(p, copy_string_option(p, STR("delimiter"), start, false));
    }
    parse__optional_with(p);
    if (parse__is(p, '(')) {
        AstOptionList options;
        parse__copy_options(p, &options);
        for (uint32_t i = 0; i < options.count; i++) parse__push(p, options.items[i]);
    } else {
        for (AstOption *option; (option = copy_old_option(p)) != NULL;) parse__push(p, option);
    }
    TAKE(p, mark, &copy->options);
}

static void check_copy(Parser *p, const AstCopy *copy, uint32_t where_at, int32_t file_at)
{
    if (copy->program && !copy->file.data)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, file_at, "STDIN/STDOUT not allowed with PROGRAM");
    if (!copy->from && copy->where)
        parse__error(p, SQLSTATE_SYNTAX_ERROR, (int32_t)where_at,
                     "WHERE clause not allowed with COPY TO");
}

AstStmt *parse__copy(Parser *p)
{
    AstCopy *copy = NEW(p, Copy, p->tok->start);
    parse__next(p);
    uint32_t mark = parse__mark(p), start = p->tok->start;
    bool table = !parse__is(p, '(');
    int32_t file_at = NODE_NO_LOCATION;
    if (!table) {
        parse__next(p);
        copy->query = parse__preparable(p);
        parse__expect(p, ')');
        file_at = (int32_t)p->tok->start;
        parse__expect(p, KW_TO);
    } else {
        if (parse__accept(p, KW_BINARY))
            parse__push(p, parse__option(p, STR("format"), string_node(p, STR("binary"), start),
                                         start));
        copy->relation = parse__qualified_name(p);
        copy->columns = parse__optional_column_list(p);
        copy->from = parse__accept(p, KW_FROM);
        if (!copy->from) parse__expect(p, KW_TO);
    }
    copy_file(p, copy);
    copy_options(p, copy, mark, table, &file_at);
    uint32_t where_at = p->tok->start;
    if (table) copy->where = parse__optional_where(p);
    check_copy(p, copy, where_at, file_at);
    return &copy->base;
}

/* ---- INTO ---- */

AstRangeVar *parse__into_target(Parser *p)
{
    AstPersistence persistence = AST_PERSISTENCE_PERMANENT;
    uint32_t start = p->tok->start;
    uint16_t next = parse__peek_type(p, 1);
    bool scope = (parse__is(p, KW_LOCAL) || parse__is(p, KW_GLOBAL)) &&
                 (next == KW_TEMPORARY || next == KW_TEMP);
    if (scope) {
        if (parse__is(p, KW_GLOBAL))
            parse__warn(p, start, STR("GLOBAL is deprecated in temporary table creation"));
        parse__next(p);
        next = parse__peek_type(p, 1);
    }
    const Token *behind = parse__peek(p, 1);
    bool name_follows = next == KW_TABLE || parse__is_col_id(behind);
    if ((parse__is(p, KW_TEMPORARY) || parse__is(p, KW_TEMP)) && (scope || name_follows)) {
        parse__next(p);
        persistence = AST_PERSISTENCE_TEMPORARY;
    } else if (parse__is(p, KW_UNLOGGED) && name_follows) {
        parse__next(p);
        persistence = AST_PERSISTENCE_UNLOGGED;
    }
    parse__accept(p, KW_TABLE);
    AstRangeVar *relation = parse__qualified_name(p);
    relation->persistence = persistence;
    return relation;
}
