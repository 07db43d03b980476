/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_session.c - transactions, settings, prepared statements, cursors, EXPLAIN and COPY. */
#include "parse/deparse_internal.h"

#include "base/arith.h"

/* ---- transactions ---- */

static bool is_true(const AstOption *option)
{
    return AST_AS(BoolConst, option->value)->value;
}

static void transaction_mode(StrBuilder *out, const AstOption *mode)
{
    if (str_equal(mode->name, STR("transaction_isolation"))) {
        deparse__text(out, "ISOLATION LEVEL ");
        str_add(out, str_upper_ascii(out->arena, AST_AS(StringConst, mode->value)->value));
    } else if (str_equal(mode->name, STR("transaction_read_only"))) {
        deparse__text(out, is_true(mode) ? "READ ONLY" : "READ WRITE");
    } else {
        deparse__text(out, is_true(mode) ? "DEFERRABLE" : "NOT DEFERRABLE");
    }
}

static void transaction_modes(StrBuilder *out, AstNode *const *modes, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        deparse__text(out, i ? ", " : " ");
        transaction_mode(out, AST_AS(Option, modes[i]));
    }
}

static void transaction(StrBuilder *out, const void *node)
{
    static const char *const words[] = {
        [AST_TRANSACTION_BEGIN] = "BEGIN",
        [AST_TRANSACTION_START] = "START TRANSACTION",
        [AST_TRANSACTION_COMMIT] = "COMMIT",
        [AST_TRANSACTION_ROLLBACK] = "ROLLBACK",
        [AST_TRANSACTION_SAVEPOINT] = "SAVEPOINT ",
        [AST_TRANSACTION_RELEASE] = "RELEASE SAVEPOINT ",
        [AST_TRANSACTION_ROLLBACK_TO] = "ROLLBACK TO SAVEPOINT ",
        [AST_TRANSACTION_PREPARE] = "PREPARE TRANSACTION ",
        [AST_TRANSACTION_COMMIT_PREPARED] = "COMMIT PREPARED ",
        [AST_TRANSACTION_ROLLBACK_PREPARED] = "ROLLBACK PREPARED ",
    };
    const AstTransaction *stmt = node;
    deparse__text(out, words[stmt->transaction]);
    switch (stmt->transaction) {
    case AST_TRANSACTION_BEGIN:
    case AST_TRANSACTION_START:
        transaction_modes(out, (AstNode *const *)stmt->modes.items, stmt->modes.count);
        break;
    case AST_TRANSACTION_COMMIT:
    case AST_TRANSACTION_ROLLBACK: deparse__if(out, stmt->chain, " AND CHAIN"); break;
    case AST_TRANSACTION_SAVEPOINT:
    case AST_TRANSACTION_RELEASE:
    case AST_TRANSACTION_ROLLBACK_TO: parse_quote_identifier(out, stmt->name); break;
    case AST_TRANSACTION_PREPARE:
    case AST_TRANSACTION_COMMIT_PREPARED:
    case AST_TRANSACTION_ROLLBACK_PREPARED: parse_quote_literal(out, stmt->name); break;
    }
}

/* ---- settings ---- */

/* A variable's name is kept as one text with dots; each part is a name of its own. */
void deparse__variable(StrBuilder *out, Str name)
{
    size_t dot;
    while (str_find_char(name, '.', &dot)) {
        parse_quote_identifier(out, str_slice(name, 0, dot));
        deparse__text(out, ".");
        name = str_slice(name, dot + 1, name.bytes);
    }
    parse_quote_identifier(out, name);
}

/* An interval is a time zone only in SET TIME ZONE. */
static void set_value(StrBuilder *out, const AstSetVariable *set)
{
    if (set->args.count == 1 && set->args.items[0]->kind == AST_CAST_EXPR) {
        deparse__text(out, "TIME ZONE ");
        deparse__constant(out, set->args.items[0]);
        return;
    }
    deparse__variable(out, set->name);
    deparse__text(out, " TO ");
    deparse__list(out, &set->args);
}

static void set_rest(StrBuilder *out, const AstSetVariable *set)
{
    deparse__text(out, set->local ? "SET LOCAL " : "SET ");
    switch (set->set) {
    case AST_SET_VALUE: set_value(out, set); break;
    case AST_SET_DEFAULT:
        deparse__variable(out, set->name);
        deparse__text(out, " TO DEFAULT");
        break;
    case AST_SET_CURRENT:
        deparse__variable(out, set->name);
        deparse__text(out, " FROM CURRENT");
        break;
    case AST_SET_TRANSACTION:
        deparse__text(out, "TRANSACTION");
        transaction_modes(out, set->args.items, set->args.count);
        break;
    case AST_SET_SESSION_CHARACTERISTICS:
        deparse__text(out, "SESSION CHARACTERISTICS AS TRANSACTION");
        transaction_modes(out, set->args.items, set->args.count);
        break;
    case AST_SET_SNAPSHOT:
        deparse__text(out, "TRANSACTION SNAPSHOT ");
        deparse__list(out, &set->args);
        break;
    case AST_SET_RESET:
    case AST_SET_RESET_ALL: UNREACHABLE();
    }
}

static void set_variable(StrBuilder *out, const void *node)
{
    const AstSetVariable *set = node;
    switch (set->set) {
    case AST_SET_RESET:
        deparse__text(out, "RESET ");
        deparse__variable(out, set->name);
        break;
    case AST_SET_RESET_ALL: deparse__text(out, "RESET ALL"); break;
    default: set_rest(out, set); break;
    }
}

static void show_variable(StrBuilder *out, const void *node)
{
    const AstShowVariable *show = node;
    deparse__text(out, "SHOW ");
    if (str_equal(show->name, STR("all")))
        deparse__text(out, "ALL");
    else
        deparse__variable(out, show->name);
}

static void set_constraints(StrBuilder *out, const void *node)
{
    const AstSetConstraints *set = node;
    deparse__text(out, "SET CONSTRAINTS ");
    deparse__if(out, set->constraints.count == 0, "ALL");
    deparse__list(out, &set->constraints);
    deparse__text(out, set->deferred ? " DEFERRED" : " IMMEDIATE");
}

/* ---- prepared statements, cursors ---- */

static void prepare(StrBuilder *out, const void *node)
{
    const AstPrepare *stmt = node;
    deparse__with_name(out, "PREPARE ", stmt->name);
    if (stmt->types.count) {
        deparse__text(out, " (");
        deparse__list(out, &stmt->types);
        deparse__text(out, ")");
    }
    deparse__with(out, " AS ", stmt->query);
}

static void execute(StrBuilder *out, const void *node)
{
    const AstExecute *stmt = node;
    deparse__with_name(out, "EXECUTE ", stmt->name);
    if (stmt->args.count == 0) return;
    deparse__text(out, " (");
    deparse__list(out, &stmt->args);
    deparse__text(out, ")");
}

static void name_or_all(StrBuilder *out, const char *word, Str name)
{
    deparse__text(out, word);
    deparse__if(out, !deparse__has(name), "ALL");
    deparse__with_name(out, "", name);
}

static void deallocate(StrBuilder *out, const void *node)
{
    name_or_all(out, "DEALLOCATE ", ((const AstDeallocate *)node)->name);
}

static void close_portal(StrBuilder *out, const void *node)
{
    name_or_all(out, "CLOSE ", ((const AstClosePortal *)node)->name);
}

static void declare_cursor(StrBuilder *out, const void *node)
{
    const AstDeclareCursor *cursor = node;
    deparse__with_name(out, "DECLARE ", cursor->name);
    deparse__if(out, cursor->binary, " BINARY");
    deparse__if(out, cursor->asensitive, " ASENSITIVE");
    deparse__if(out, cursor->insensitive, " INSENSITIVE");
    deparse__if(out, cursor->scroll, " SCROLL");
    deparse__if(out, cursor->no_scroll, " NO SCROLL");
    deparse__text(out, " CURSOR");
    deparse__if(out, cursor->hold, " WITH HOLD");
    deparse__with(out, " FOR ", cursor->query);
}

static void fetch(StrBuilder *out, const void *node)
{
    static const char *const directions[] = {[AST_FETCH_FORWARD] = "FORWARD ",
                                             [AST_FETCH_BACKWARD] = "BACKWARD ",
                                             [AST_FETCH_ABSOLUTE] = "ABSOLUTE ",
                                             [AST_FETCH_RELATIVE] = "RELATIVE "};
    const AstFetch *stmt = node;
    deparse__text(out, stmt->move ? "MOVE " : "FETCH ");
    deparse__text(out, directions[stmt->direction]);
    if (stmt->count == INT64_MAX)
        deparse__text(out, "ALL");
    else
        str_add_i64(out, stmt->count);
    deparse__with_name(out, " FROM ", stmt->name);
}

/* ---- EXPLAIN, COPY ---- */

static void explain(StrBuilder *out, const void *node)
{
    const AstExplain *stmt = node;
    deparse__text(out, "EXPLAIN");
    deparse__utility_options(out, " ", &stmt->options);
    deparse__with(out, " ", stmt->query);
}

static bool is_old_style(const AstOptionList *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i]->value && list->items[i]->value->kind == AST_BOOL_CONST) return true;
    return false;
}

/* Names in the old syntax, literals in the new one. */
static void force_columns(StrBuilder *out, const char *words, const AstNode *columns)
{
    deparse__text(out, words);
    if (columns->kind == AST_STAR) {
        deparse__text(out, "*");
        return;
    }
    const AstNodeGroup *group = AST_AS(NodeGroup, columns);
    for (uint32_t i = 0; i < group->items.count; i++) {
        deparse__if(out, i > 0, ", ");
        parse_quote_identifier(out, AST_AS(StringConst, group->items.items[i])->value);
    }
}

static void old_copy_option(StrBuilder *out, const AstOption *option)
{
    static const char *const forces[][2] = {{"force_quote", "FORCE QUOTE "},
                                            {"force_not_null", "FORCE NOT NULL "},
                                            {"force_null", "FORCE NULL "}};
    for (size_t i = 0; i < ARRAY_LEN(forces); i++) {
        if (!str_equal(option->name, str_from(forces[i][0]))) continue;
        force_columns(out, forces[i][1], option->value);
        return;
    }
    if (str_equal(option->name, STR("format"))) {
        str_add(out, str_upper_ascii(out->arena, AST_AS(StringConst, option->value)->value));
        return;
    }
    str_add(out, str_upper_ascii(out->arena, option->name));
    if (option->value->kind != AST_BOOL_CONST) deparse__with(out, " ", option->value);
}

static void copy_options(StrBuilder *out, const AstOptionList *list)
{
    if (!is_old_style(list)) {
        deparse__utility_options(out, " WITH ", list);
        return;
    }
    deparse__text(out, " WITH");
    for (uint32_t i = 0; i < list->count; i++) {
        deparse__text(out, " ");
        old_copy_option(out, list->items[i]);
    }
}

static void copy(StrBuilder *out, const void *node)
{
    const AstCopy *stmt = node;
    deparse__text(out, "COPY ");
    deparse__node(out, stmt->relation);
    deparse__columns(out, stmt->columns);
    deparse__with(out, "(", stmt->query);
    deparse__if(out, stmt->query != NULL, ")");
    deparse__text(out, stmt->from ? " FROM " : " TO ");
    deparse__if(out, stmt->program, "PROGRAM ");
    deparse__with_literal(out, "", stmt->file);
    deparse__if(out, !deparse__has(stmt->file), stmt->from ? "STDIN" : "STDOUT");
    copy_options(out, &stmt->options);
    deparse__with(out, " WHERE ", stmt->where);
}

const DeparseEntry deparse__sessions[] = {
    {AST_TRANSACTION, transaction},
    {AST_SET_VARIABLE, set_variable},
    {AST_SHOW_VARIABLE, show_variable},
    {AST_SET_CONSTRAINTS, set_constraints},
    {AST_PREPARE, prepare},
    {AST_EXECUTE, execute},
    {AST_DEALLOCATE, deallocate},
    {AST_CLOSE_PORTAL, close_portal},
    {AST_DECLARE_CURSOR, declare_cursor},
    {AST_FETCH, fetch},
    {AST_EXPLAIN, explain},
    {AST_COPY, copy},
    {0, NULL},
};
