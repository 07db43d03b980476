/* SPDX-License-Identifier: Apache-2.0 */
/* statement_class.c - what a statement is to the log: its command tag, whether log_statement counts it to the
 * definitions or to the changes, and its parameters as text. The class follows from the tag; PREPARE, EXECUTE and
 * EXPLAIN ANALYZE are what they run. */
#include "session/statement_log.h"

#include "base/task.h"
#include "base/utf8.h"
#include "session/session_internal.h"

const char *session__planned_tag(const AstNode *tree)
{
    switch (tree->kind) {
    case AST_INSERT: return "INSERT";
    case AST_UPDATE: return "UPDATE";
    case AST_DELETE: return "DELETE";
    case AST_MERGE: return "MERGE";
    case AST_SELECT:
    case AST_VALUES:
    case AST_SET_OPERATION: return "SELECT";
    default: return NULL;
    }
}

const char *session__tag(const Session *session, const AstNode *tree)
{
    const char *tag = session__planned_tag(tree);
    if (tag) return tag;
    const Utility *utility = utility_find(session->engine, tree->kind);
    return utility ? utility_tag(utility, tree) : "";
}

/* The first SELECT of a query, where its INTO stands. */
static AstSelect *first_select(AstNode *tree)
{
    AstSetOperation *set;
    task_check_stack();
    while ((set = AST_IF(SetOperation, tree)) != NULL) tree = (AstNode *)set->left;
    return AST_IF(Select, tree);
}

AstNode *session__put_into(Arena *arena, AstNode *tree)
{
    AstExplain *explain = AST_IF(Explain, tree);
    AstPrepare *prepare = AST_IF(Prepare, tree);
    AstNode **inner = explain ? &explain->query : prepare ? &prepare->query : NULL;
    if (inner) *inner = session__put_into(arena, *inner);
    AstSelect *select = first_select(tree);
    if (inner || !select || !select->into) return tree;
    AstCreateTableAs *made = AST_NEW(arena, CreateTableAs);
    made->into = select->into;
    made->query = tree;
    made->select_into = true;
    select->into = NULL;
    return (AstNode *)made;
}

/* The statement that this one runs; NULL: itself. */
static const AstNode *inner_statement(Session *session, const AstNode *tree)
{
    switch (tree->kind) {
    case AST_PREPARE: return AST_AS(Prepare, tree)->query;
    case AST_EXECUTE: {
        Str name = AST_AS(Execute, tree)->name;
        Statement **statement = map_find(&session->statements, &name);
        return statement ? (*statement)->tree : NULL;
    }
    case AST_EXPLAIN: {
        const AstExplain *explain = AST_AS(Explain, tree);
        for (uint32_t i = 0; i < explain->options.count; i++) {
            bool on;
            const AstOption *option = explain->options.items[i];
            if (str_equal(option->name, STR("analyze")) && option_is_bool(option, &on) && on)
                return explain->query;
        }
        return NULL;
    }
    default: return NULL;
    }
}

StatementClass session__class(Session *session, const AstNode *tree)
{
    static const struct {
        const char *word; /* the tag's first */
        StatementClass class;
    } words[] = {
        {"CREATE", STATEMENT_DDL},   {"ALTER", STATEMENT_DDL},       {"DROP", STATEMENT_DDL},
        {"COMMENT", STATEMENT_DDL},  {"GRANT", STATEMENT_DDL},       {"REVOKE", STATEMENT_DDL},
        {"REASSIGN", STATEMENT_DDL}, {"REFRESH", STATEMENT_DDL},     {"IMPORT", STATEMENT_DDL},
        {"SECURITY", STATEMENT_DDL}, {"CLUSTER", STATEMENT_DDL},     {"INSERT", STATEMENT_MOD},
        {"UPDATE", STATEMENT_MOD},   {"DELETE", STATEMENT_MOD},      {"MERGE", STATEMENT_MOD},
        {"TRUNCATE", STATEMENT_MOD}, {"SELECT INTO", STATEMENT_DDL},
    };
    task_check_stack();
    const AstNode *inner = inner_statement(session, tree);
    if (inner) return session__class(session, inner);
    if (tree->kind == AST_COPY) return AST_AS(Copy, tree)->from ? STATEMENT_MOD : STATEMENT_OTHER;
    Str tag = str_from(session__tag(session, tree));
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (str_starts(tag, str_from(words[i].word))) return words[i].class;
    return STATEMENT_OTHER;
}

/* ---- parameters ---- */

void session__quote_clipped(StrBuilder *out, Str text, int32_t bytes_max)
{
    Str shown = bytes_max < 0 ? text : utf8_clip(text, (size_t)bytes_max);
    str_add_char(out, '\'');
    for (size_t i = 0; i < shown.bytes; i++) {
        if (shown.data[i] == '\'') str_add_char(out, '\'');
        str_add_char(out, shown.data[i]);
    }
    str_add(out, shown.bytes < text.bytes ? STR("...'") : STR("'"));
}

Str session__parameters_text(void *arg)
{
    const PortalText *text = arg;
    const Portal *portal = text->portal;
    const int32_t bytes_max = session_settings(text->session)->log_parameter_max_length;
    if (portal->param_count == 0 || bytes_max == 0) return (Str){0};
    Arena *arena = text->session->message;
    StrBuilder out = str_builder(arena, 64);
    str_add(&out, STR("Parameters: "));
    for (uint32_t i = 0; i < portal->param_count; i++) {
        str_add_format(&out, "%s$%u = ", i > 0 ? ", " : "", i + 1);
        const Datum *value = &portal->params[i];
        if (value->null) {
            str_add(&out, STR("NULL"));
            continue;
        }
        const Type *type = type_get(&text->session->env, portal->statement->params[i]);
        const TypeCall call = {.type = type,
                               .env = &text->session->env,
                               .arena = arena,
                               .typmod = -1};
        session__quote_clipped(&out, type_print(&call, &value->value), bytes_max);
    }
    return str_done(&out);
}
