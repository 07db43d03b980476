/* SPDX-License-Identifier: Apache-2.0 */
/* inside.c - statements that stand inside of another one (CREATE SCHEMA name CREATE TABLE ...): each runs as if it had
 * been sent by itself, by another role and with another schema in front. */
#include "session/session_internal.h"

typedef struct Surroundings {
    Session *session;
    Oid definer;
    bool in_function;
} Surroundings;

static void give_back(void *arg)
{
    const Surroundings *before = arg;
    before->session->definer = before->definer;
    before->session->in_function = before->in_function;
    settings_stack_leave(before->session->settings, false);
    session__env_settings(before->session);
    session__env_roles(before->session);
}

/* The schema is the first of search_path; what is there already comes behind it. */
static void put_schema_first(Session *session, Arena *arena, Str schema)
{
    const Str path = session_settings(session)->search_path;
    StrBuilder text = str_builder(arena, path.bytes + schema.bytes + sizeof "\"\", ");
    parse_quote_identifier(&text, schema);
    if (path.bytes > 0) str_add(&text, STR(", "));
    str_add(&text, path);
    settings_stack_set(session->settings, STR("search_path"), str_done(&text),
                       (SettingChange){.source = SETTING_FROM_SESSION, .action = SETTING_SAVED});
}

void session_run_inside(const UtilityCall *outer, Oid role, Str schema, const AstStmtList *list)
{
    SCOPED(scope);
    Session *session = outer->session;
    Surroundings before = {session, session->definer, session->in_function};
    settings_stack_enter(session->settings);
    scope_add(scope, give_back, &before);
    put_schema_first(session, outer->arena, schema);
    session->in_function = true; /* nothing inside ends or needs a transaction of its own */
    if (role != session->env.role) session->definer = role;
    session__env_settings(session);
    session__env_roles(session);
    for (uint32_t i = 0; i < list->count; i++) {
        UtilityCall call = *outer;
        call.tree = (const AstNode *)list->items[i];
        task_check();
        session_next_command(session);
        const Utility *utility = utility_find(session->engine, call.tree->kind);
        if (utility == NULL) session__refuse(call.tree);
        utility->run(&call);
    }
}
