/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c - SET, RESET, SHOW, DISCARD, CHECKPOINT, and the table of this room's statements. */
#include "session/session_internal.h"

#include "catalog/datums.h"
#include "base/log.h"
#include "type/timezone.h"
#include "type/type.h"

enum { ROLE_CHECKPOINT = 4544 };

/* ---- settings whose values the session itself looks at ---- */

/* Whoever calls such a function is not to be left with the rights of its owner, or with others. */
static bool forbid_in_definer(const Session *session, const char *name, InputError *err)
{
    return session->definer == 0 ||
           input_error(err, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                       "cannot set parameter \"%s\" within security-definer function", name);
}

static bool check_role(const SettingCheck *check, SettingValue *value, InputError *err)
{
    Session *session = check->arg;
    if (!forbid_in_definer(session, "role", err)) return false;
    if (str_equal(value->string, STR("none"))) return true;
    if (cat_view_txn(session->view) == NULL) return true;
    Oid role = cat_role_named(session->view, value->string);
    if (role == 0)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE, "role \"%.*s\" does not exist",
                           STR_ARG(value->string));
    if (!cat_role_can_set(session->view, session->env.session_role, role))
        return input_error(err, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                           "permission denied to set role \"%.*s\"", STR_ARG(value->string));
    Str name = str_copy(session->arena, value->string);
    *(Oid *)map_put(&session->roles, &name, NULL) = role;
    return true;
}

static bool check_session_authorization(const SettingCheck *check, SettingValue *value,
                                        InputError *err)
{
    Session *session = check->arg;
    if (!forbid_in_definer(session, "session_authorization", err)) return false;
    if (cat_view_txn(session->view) == NULL) return true;
    Oid role = cat_role_named(session->view, value->string);
    if (role == 0)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE, "role \"%.*s\" does not exist",
                           STR_ARG(value->string));
    const CatRole *login = cat_role(session->view, session->authenticated_role);
    if (role != session->authenticated_role && !(login != NULL && login->superuser))
        return input_error(err, SQLSTATE_INSUFFICIENT_PRIVILEGE,
                           "permission denied to set session authorization \"%.*s\"",
                           STR_ARG(value->string));
    Str name = str_copy(session->arena, value->string);
    *(Oid *)map_put(&session->roles, &name, NULL) = role;
    return true;
}

/* Values kept for sessions to come (ALTER ROLE SET) may name what is not there yet. */
static bool is_tablespace(const SettingCheck *check, Str name)
{
    const Session *session = check->arg;
    const Datum key = datum_str(name);
    if (check->source < SETTING_FROM_SESSION || cat_view_txn(session->view) == NULL) return true;
    return cat_row_find(session->view, PG_TABLESPACE_SPCNAME_INDEX, &key, 1, check->arena) != NULL;
}

static bool check_default_tablespace(const SettingCheck *check, SettingValue *value,
                                     InputError *err)
{
    const Str name = value->string;
    if (name.bytes == 0 || is_tablespace(check, name)) return true;
    (void)input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                      "invalid value for parameter \"default_tablespace\": \"%.*s\"",
                      STR_ARG(name));
    return input_error_detail(err, "Tablespace \"%.*s\" does not exist.", STR_ARG(name));
}

static bool check_temp_tablespaces(const SettingCheck *check, SettingValue *value, InputError *err)
{
    Str *names;
    uint32_t count;
    if (!setting_split_list(check->arena, value->string, &names, &count)) return true;
    for (uint32_t i = 0; i < count; i++)
        if (names[i].bytes > 0 && !is_tablespace(check, names[i]))
            return input_error(err, SQLSTATE_UNDEFINED_OBJECT, "tablespace \"%.*s\" does not exist",
                               STR_ARG(names[i]));
    return true;
}

/* A zone by name, or an offset: a number of hours, or an interval as SET TIME ZONE INTERVAL writes it. */
static const TimeZone *read_time_zone(const SettingCheck *check, Str text)
{
    Session *session = check->arg;
    bool interval = str_starts(text, STR("INTERVAL '")) && str_ends(text, STR("'"));
    Str number = interval ? str_slice(text, 10, text.bytes - 1) : text;
    const Type *type = type_get(NULL, interval ? 1186 : 701);
    TypeCall call = {.type = type, .env = &session->env, .arena = check->arena, .typmod = -1};
    Value value;
    if (!type_parse(&call, number, &value, NULL))
        return time_zone_find(session->env.time_zones, session->arena, text);
    if (interval && (value.interval.months != 0 || value.interval.days != 0)) return NULL;
    double seconds = interval ? (double)value.interval.microseconds / 1e6 : value.f64 * 3600;
    if (!(seconds > -604800 && seconds < 604800)) return NULL;
    return time_zone_fixed(session->arena, (int32_t)seconds);
}

static bool check_time_zone(const SettingCheck *check, SettingValue *value, InputError *err)
{
    const TimeZone *zone = read_time_zone(check, value->string);
    if (zone == NULL)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "invalid value for parameter \"TimeZone\": \"%.*s\"",
                           STR_ARG(value->string));
    value->string = str_copy(check->arena, time_zone_name(zone));
    return true;
}

const SettingRule session__setting_rules[] = {
    {"TimeZone", check_time_zone},
    {"role", check_role},
    {"session_authorization", check_session_authorization},
    {"default_tablespace", check_default_tablespace},
    {"temp_tablespaces", check_temp_tablespaces},
};
const uint32_t session__setting_rule_count = ARRAY_LEN(session__setting_rules);

/* ---- SET ---- */

static void add_item(StrBuilder *out, UtilityCall *call, const AstNode *arg, bool quoted)
{
    switch (arg->kind) {
    case AST_STRING_CONST: {
        Str text = AST_AS(StringConst, arg)->value;
        if (quoted) {
            parse_quote_identifier(out, text);
        } else {
            str_add(out, text);
        }
        return;
    }
    case AST_INT_CONST: str_add_i64(out, AST_AS(IntConst, arg)->value); return;
    case AST_FLOAT_CONST: str_add(out, AST_AS(FloatConst, arg)->text); return;
    case AST_BOOL_CONST:
        str_add_zero_terminated(out, AST_AS(BoolConst, arg)->value ? "on" : "off");
        return;
    case AST_CAST_EXPR: {
        /* SET TIME ZONE INTERVAL '...': an offset, as text that the time zone's parser takes. */
        BindOptions options = session_bind_options(call->session, call->sql, NULL);
        QExpr *expr = bind_expression(call->arena, arg, &options, NULL, BIND_EXECUTE, 0, -1,
                                      STR("SET"));
        Datum datum = expr_value(call->arena, expr, &call->session->env);
        TypeCall type = {.type = type_get(&call->session->env, expr->type),
                         .env = &call->session->env,
                         .arena = call->arena,
                         .typmod = -1};
        str_add_format(out, "INTERVAL '%.*s'", STR_ARG(type_print(&type, &datum.value)));
        return;
    }
    default:
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "SET with this kind of value is not supported");
    }
}

Str session_setting_text(UtilityCall *call, const AstSetVariable *set)
{
    bool quoted = false;
    const int setting = setting_find(set->name);
    const bool is_list = setting >= 0 && setting_is_list(&setting_metas[setting], &quoted);
    if (set->args.count > 1 && !is_list)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "SET %.*s takes only one argument",
                    STR_ARG(set->name));
    StrBuilder out = str_builder(call->arena, 64);
    for (uint32_t i = 0; i < set->args.count; i++) {
        if (i > 0) str_add_zero_terminated(&out, ", ");
        add_item(&out, call, set->args.items[i], quoted);
    }
    return str_done(&out);
}

static void warn_outside_block(Session *session, const char *what)
{
    if (session_is_in_block(session)) return;
    Error *error = error_begin(SQLSTATE_NO_ACTIVE_SQL_TRANSACTION);
    error_severity(error, SEVERITY_WARNING);
    error_message(error, "%s can only be used in transaction blocks", what);
    session_notice(session, error);
}

static AstOptionList options_of(Arena *arena, const AstNodeList *args)
{
    AstOptionList options = {.items = ARENA_ARRAY(arena, AstOption *, args->count),
                             .count = args->count};
    for (uint32_t i = 0; i < args->count; i++) options.items[i] = AST_AS(Option, args->items[i]);
    return options;
}

/* The modes of the transaction at work are no plain settings. */
static bool is_transaction_mode(Str name)
{
    static const char *const modes[] = {"transaction_isolation", "transaction_read_only",
                                        "transaction_deferrable"};
    for (uint32_t i = 0; i < ARRAY_LEN(modes); i++)
        if (str_equal_ascii_nocase(name, str_from(modes[i]))) return true;
    return false;
}

static void set_mode(Session *session, Arena *arena, Str name, const AstNode *value)
{
    AstOption *option = AST_NEW(arena, Option);
    option->name = str_lower_ascii(arena, name);
    option->value = ast_copy(arena, value);
    AstOptionList list = {.items = &option, .count = 1};
    session__set_transaction(session, &list, false);
}

void session__set(Session *session, Arena *arena, Str name, Str text, SettingChange change)
{
    if (!is_transaction_mode(name)) {
        settings_stack_set(session->settings, name, text, change);
        return;
    }
    const SettingMeta *meta = &setting_metas[setting_find(name)];
    if (meta->type == SETTING_BOOL) {
        SettingCheck check = {.meta = meta, .now = session_settings(session), .arena = arena};
        SettingValue value;
        InputError err = {.arena = arena};
        if (!setting_parse(&check, text, &value, &err)) input_error_raise(&err);
        AstBoolConst *word = AST_NEW(arena, BoolConst);
        word->value = value.boolean;
        set_mode(session, arena, name, (const AstNode *)word);
        return;
    }
    AstStringConst *word = AST_NEW(arena, StringConst);
    word->value = text;
    set_mode(session, arena, name, (const AstNode *)word);
}

static void reset(Session *session, Str name, SettingChange change)
{
    for (uint32_t i = 0; i < ARRAY_LEN(session__setting_rules); i++) {
        const char *rule = session__setting_rules[i].name;
        InputError err = {.arena = session->message};
        if (session__setting_rules[i].check != check_time_zone &&
            str_equal_ascii_nocase(name, str_from(rule)) && !forbid_in_definer(session, rule, &err))
            input_error_raise(&err);
    }
    settings_stack_reset(session->settings, name, change);
}

static void set_value(UtilityCall *call, const AstSetVariable *set, SettingChange change)
{
    session__set(call->session, call->arena, set->name, session_setting_text(call, set), change);
}

static void set(UtilityCall *call)
{
    const AstSetVariable *set = AST_AS(SetVariable, call->tree);
    Session *session = call->session;
    SettingChange change = {.source = SETTING_FROM_SESSION,
                            .action = set->local ? SETTING_LOCAL : SETTING_SET,
                            .superuser = session__is_superuser(session)};
    AstOptionList modes;
    if (set->local && set->set == AST_SET_VALUE) warn_outside_block(session, "SET LOCAL");
    switch (set->set) {
    case AST_SET_VALUE: set_value(call, set, change); break;
    case AST_SET_DEFAULT:
    case AST_SET_RESET: reset(session, set->name, change); break;
    case AST_SET_RESET_ALL: settings_stack_reset_all(session->settings, change); break;
    case AST_SET_TRANSACTION:
        warn_outside_block(session, "SET TRANSACTION");
        modes = options_of(call->arena, &set->args);
        session__set_transaction(session, &modes, false);
        break;
    case AST_SET_SESSION_CHARACTERISTICS:
        modes = options_of(call->arena, &set->args);
        session__set_transaction(session, &modes, true);
        break;
    case AST_SET_SNAPSHOT:
        session__import_snapshot(call, AST_AS(StringConst, set->args.items[0])->value);
        break;
    case AST_SET_CURRENT:
        raise_error(SQLSTATE_SYNTAX_ERROR, "SET ... FROM CURRENT is not allowed here");
    }
    session__env_settings(session);
}

static const char *set_tag(const AstNode *tree)
{
    AstSetKind kind = AST_AS(SetVariable, tree)->set;
    return kind == AST_SET_RESET || kind == AST_SET_RESET_ALL ? "RESET" : "SET";
}

/* ---- SHOW ---- */

static void show_all(UtilityCall *call, TextRows *rows)
{
    Session *session = call->session;
    for (int i = 0; i < SETTING_COUNT; i++) {
        const SettingMeta *meta = &setting_metas[i];
        if (meta->flags & SETTING_HIDDEN) continue;
        Str text = STR("");
        (void)settings_stack_show(session->settings, call->arena, str_from(meta->name), &text);
        Datum values[3] = {{.value.str = strview(str_from(meta->name))},
                           {.value.str = strview(text)},
                           {.value.str = strview(str_from(meta->text))}};
        session_rows_add(rows, values);
    }
}

static void show_columns(UtilityCall *call, ResultColumn *columns, uint32_t *count)
{
    Str name = AST_AS(ShowVariable, call->tree)->name;
    if (str_equal_ascii_nocase(name, STR("all"))) {
        columns[0] = session_text_column("name");
        columns[1] = session_text_column("setting");
        columns[2] = session_text_column("description");
        *count = 3;
        return;
    }
    int setting = setting_find(name);
    columns[0] = session_text_column("");
    columns[0].name = setting >= 0 ? str_from(setting_metas[setting].name) : name;
    *count = 1;
}

static void show(UtilityCall *call)
{
    Str name = AST_AS(ShowVariable, call->tree)->name;
    ResultColumn columns[3];
    uint32_t count;
    show_columns(call, columns, &count);
    TextRows *rows = session_rows_begin(call, columns, count);
    if (count == 3) {
        show_all(call, rows);
    } else {
        Str text;
        if (!session__show(call->session, call->arena, name, &text))
            raise_error(SQLSTATE_UNDEFINED_OBJECT, "unrecognized configuration parameter \"%.*s\"",
                        STR_ARG(name));
        Datum value = {.value.str = strview(text)};
        session_rows_add(rows, &value);
    }
    (void)session_rows_end(rows);
}

static void describe_show(UtilityCall *call, Description *description)
{
    ResultColumn *columns = ARENA_ARRAY(call->arena, ResultColumn, 3);
    show_columns(call, columns, &description->column_count);
    description->columns = columns;
    description->returns_rows = true;
}

/* ---- DISCARD, CHECKPOINT ---- */

static void discard(UtilityCall *call)
{
    Session *session = call->session;
    AstDiscardKind kind = AST_AS(Discard, call->tree)->discard;
    if (kind == AST_DISCARD_ALL) {
        session_forbid_block(session, "DISCARD ALL");
        for (Portal *portal = session->portals, *next; portal != NULL; portal = next) {
            next = portal->next;
            if (portal->state != PORTAL_RUNNING || portal->is_cursor)
                if (portal->name.bytes > 0) session__portal_close(session, portal);
        }
        SettingChange change = {.source = SETTING_FROM_SESSION,
                                .superuser = session__is_superuser(session)};
        settings_stack_reset(session->settings, STR("role"), change);
        settings_stack_reset(session->settings, STR("session_authorization"), change);
        settings_stack_reset_all(session->settings, change);
        notify_unlisten(session, (Str){0});
        lock_release_advisory(session->locks);
    }
    if (kind == AST_DISCARD_ALL || kind == AST_DISCARD_PLANS) {
        session->search_path_version++; /* every statement is bound and planned anew */
        if (kind == AST_DISCARD_ALL) session__statements_clear(session);
    }
    if (kind == AST_DISCARD_ALL || kind == AST_DISCARD_TEMP) session__discard_temporary(session);
    if (kind == AST_DISCARD_ALL || kind == AST_DISCARD_SEQUENCES)
        cat_sequences_forget(session->view);
    session__env_settings(session);
}

static const char *discard_tag(const AstNode *tree)
{
    static const char *const tags[] = {[AST_DISCARD_ALL] = "DISCARD ALL",
                                       [AST_DISCARD_PLANS] = "DISCARD PLANS",
                                       [AST_DISCARD_SEQUENCES] = "DISCARD SEQUENCES",
                                       [AST_DISCARD_TEMP] = "DISCARD TEMP"};
    return tags[AST_AS(Discard, tree)->discard];
}

static void checkpoint(UtilityCall *call)
{
    Session *session = call->session;
    if (!cat_role_has_rights(session->view, session->env.role, ROLE_CHECKPOINT)) {
        Error *error = error_begin(SQLSTATE_INSUFFICIENT_PRIVILEGE);
        error_message(error, "permission denied to execute %s command", "CHECKPOINT");
        error_detail(error,
                     "Only roles with privileges of the \"%s\" role may execute this command.",
                     "pg_checkpoint");
        error_raise(error);
    }
    CHECK(store_checkpoint(engine_store(session->engine), true));
}

static const char *transaction_tag(const AstNode *tree)
{
    static const char *const tags[] = {[AST_TRANSACTION_BEGIN] = "BEGIN",
                                       [AST_TRANSACTION_START] = "START TRANSACTION",
                                       [AST_TRANSACTION_COMMIT] = "COMMIT",
                                       [AST_TRANSACTION_ROLLBACK] = "ROLLBACK",
                                       [AST_TRANSACTION_SAVEPOINT] = "SAVEPOINT",
                                       [AST_TRANSACTION_RELEASE] = "RELEASE",
                                       [AST_TRANSACTION_ROLLBACK_TO] = "ROLLBACK",
                                       [AST_TRANSACTION_PREPARE] = "PREPARE TRANSACTION",
                                       [AST_TRANSACTION_COMMIT_PREPARED] = "COMMIT PREPARED",
                                       [AST_TRANSACTION_ROLLBACK_PREPARED] = "ROLLBACK PREPARED"};
    return tags[AST_AS(Transaction, tree)->transaction];
}

static const Utility utilities[] = {
    {AST_TRANSACTION, NULL, UTILITY_TRANSACTION | UTILITY_NO_SNAPSHOT, session__transaction, NULL,
     transaction_tag, NULL},
    {AST_SET_VARIABLE, NULL, UTILITY_READ_ONLY, set, NULL, set_tag, NULL},
    {AST_SHOW_VARIABLE, "SHOW", UTILITY_READ_ONLY, show, describe_show, NULL, NULL},
    {AST_LISTEN, "LISTEN", UTILITY_READ_ONLY | UTILITY_NO_SNAPSHOT, session__listen, NULL, NULL,
     NULL},
    {AST_UNLISTEN, "UNLISTEN", UTILITY_READ_ONLY | UTILITY_NO_SNAPSHOT, session__unlisten, NULL,
     NULL, NULL},
    {AST_NOTIFY, "NOTIFY", UTILITY_READ_ONLY | UTILITY_NO_SNAPSHOT, session__notify, NULL, NULL,
     NULL},
    {AST_DECLARE_CURSOR, "DECLARE CURSOR", UTILITY_READ_ONLY | UTILITY_PARAMS, session__declare,
     session__declare_describe, NULL, NULL},
    {AST_FETCH, NULL, UTILITY_READ_ONLY, session__fetch, session__fetch_describe,
     session__fetch_tag, NULL},
    {AST_CLOSE_PORTAL, NULL, UTILITY_READ_ONLY, session__close, NULL, session__close_tag, NULL},
    {AST_PREPARE, "PREPARE", UTILITY_READ_ONLY, session__prepare, NULL, NULL, NULL},
    {AST_EXECUTE, "EXECUTE", UTILITY_READ_ONLY, session__execute, session__execute_describe, NULL,
     NULL},
    {AST_DEALLOCATE, NULL, UTILITY_READ_ONLY, session__deallocate, NULL, session__deallocate_tag,
     NULL},
    {AST_EXPLAIN, "EXPLAIN", UTILITY_READ_ONLY | UTILITY_PARAMS, session__explain,
     session__explain_describe, NULL, NULL},
    {AST_DISCARD, NULL, UTILITY_READ_ONLY, discard, NULL, discard_tag, NULL},
    {AST_ALTER_SYSTEM, "ALTER SYSTEM", UTILITY_NO_BLOCK | UTILITY_READ_ONLY, session__alter_system,
     NULL, NULL, NULL},
    {AST_CHECKPOINT, "CHECKPOINT", UTILITY_READ_ONLY, checkpoint, NULL, NULL, NULL},
};
const UtilityTable session_utilities = {utilities, ARRAY_LEN(utilities)};
