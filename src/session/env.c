/* SPDX-License-Identifier: Apache-2.0 */
/* env.c - what functions know of their session (FnEnv), kept up with settings and time; and the calls upward from
 * `type`, answered by the catalog, the binder and this room. */
#include "session/session_internal.h"

#include "os/clock.h"
#include "os/os.h"
#include "type/collation.h"
#include "type/encoding.h"
#include "type/timezone.h"

/* Microseconds between the epochs of the system (1970) and of SQL (2000). */
static const int64_t epoch_us = INT64_C(946684800) * 1000000;

void session_notice(void *arg, const Error *notice)
{
    Session *session = arg;
    if (notice->severity < SEVERITY_INFO || session->quiet) return;
    session->sink.notice(session->sink.arg, notice);
}

static Session *session_of(void *view)
{
    return cat_view_owner(view);
}

static void notice(void *arg, const Error *error)
{
    session_notice(session_of(arg), error);
}

static bool setting(void *arg, Str name, Arena *arena, Str *value)
{
    return settings_stack_show(session_of(arg)->settings, arena, name, value);
}

static bool type_parse_name(void *arg, Str text, Oid *type, int32_t *typmod, InputError *err)
{
    Session *session = session_of(arg);
    BindOptions options = session_bind_options(session, text, NULL);
    return bind_type_parse(session->message, text, &options, type, typmod, err);
}

void session__env_init(Session *session)
{
    random_seed(&session->random, 0);
    os_random_bytes(session->random.state, sizeof(session->random.state));
    session->domain_arena = arena_new_child(session->arena, "domain checks");
    session->calls = *cat_fn_calls();
    session->calls.domain_check = session__domain_check;
    session->calls.type_parse_name = type_parse_name;
    session->calls.call = session__call;
    session->calls.call_set = session__call_set;
    session->calls.notice = notice;
    session->calls.setting = setting;
    session->env = (FnEnv){.random = &session->random,
                           .calls = &session->calls,
                           .calls_arg = session->view,
                           .time_zones = time_zones_new(session->arena),
                           .collations = collations_new(session->arena),
                           .encoding = 6,
                           .stmt = session->message};
}

void session__env_statement(Session *session)
{
    session->active_snapshot = NULL;
    session__domains_clear(session);
    session->env.stmt = session->message;
    session->env.database = cat_view_database(session->view);
    session__env_settings(session);
}

void session__env_message(Session *session)
{
    task_self()->stack_kilobytes = (uint32_t)session_settings(session)->max_stack_depth;
    session->message_us = os_wall_us();
    session->env.statement_time = session->message_us - epoch_us;
    session__env_statement(session);
}

/* "ISO, MDY" taken apart; the settings engine has made it canonical. */
static void take_date_style(FnEnv *env, Str style)
{
    static const struct {
        const char *word;
        int style, order;
    } words[] = {{"ISO", DATE_STYLE_ISO, -1},
                 {"SQL", DATE_STYLE_SQL, -1},
                 {"Postgres", DATE_STYLE_POSTGRES, -1},
                 {"German", DATE_STYLE_GERMAN, -1},
                 {"YMD", -1, DATE_ORDER_YMD},
                 {"DMY", -1, DATE_ORDER_DMY},
                 {"MDY", -1, DATE_ORDER_MDY}};
    size_t at;
    Str parts[2] = {style, {0}};
    if (str_find_char(style, ',', &at)) {
        parts[0] = str_slice(style, 0, at);
        parts[1] = str_trim(str_slice(style, at + 1, style.bytes), " ");
    }
    for (uint32_t i = 0; i < ARRAY_LEN(words); i++) {
        for (uint32_t part = 0; part < 2; part++) {
            if (!str_equal_ascii_nocase(parts[part], str_from(words[i].word))) continue;
            if (words[i].style >= 0) env->date_style = (DateStyle)words[i].style;
            if (words[i].order >= 0) env->date_order = (DateOrder)words[i].order;
        }
    }
}

/* Names that SET ROLE and SET SESSION AUTHORIZATION accepted; any other is the role that logged in. */
static Oid role_named(Session *session, Str name, Oid otherwise)
{
    const Oid *known = map_find(&session->roles, &name);
    return known != NULL ? *known : otherwise;
}

bool session__is_superuser(Session *session)
{
    if (cat_view_txn(session->view) == NULL) return session->superuser;
    const CatRole *role = cat_role(session->view, session->env.role);
    return role != NULL && role->superuser;
}

/* What the setting says of the role that was set, whoever's rights a function uses meanwhile. */
static void show_superuser(Session *session, Oid role)
{
    const CatRole *set = cat_view_txn(session->view) != NULL ? cat_role(session->view, role) : NULL;
    const SettingValue value = {.boolean = set != NULL ? set->superuser : session->superuser};
    if (settings_stack_values(session->settings)->is_superuser != value.boolean)
        settings_stack_override(session->settings, setting_find(STR("is_superuser")), value);
}

void session__env_roles(Session *session)
{
    const Settings *settings = settings_stack_values(session->settings);
    Oid session_role = role_named(session, settings->session_authorization,
                                  session->authenticated_role);
    Oid role = str_equal(settings->role, STR("none"))
                   ? session_role
                   : role_named(session, settings->role, session_role);
    if (session->definer != 0)
        role = session->definer;
    else if (role != session->env.role)
        show_superuser(session, role);
    session->env.session_role = session_role;
    if (role == session->env.role) return;
    session->env.role = role;
    cat_view_set_role(session->view, role, session_role);
}

void session__env_settings(Session *session)
{
    uint64_t generation = settings_stack_generation(session->settings);
    if (generation == session->settings_seen) return;
    session->settings_seen = generation;
    const Settings *settings = settings_stack_values(session->settings);
    session->env.settings = settings;
    take_date_style(&session->env, settings->datestyle);
    session->env.time_zone = time_zone_find(session->env.time_zones, session->arena,
                                            settings->timezone);
    (void)encoding_find(settings->client_encoding, &session->env.encoding);
    session__activity_name(session);
    session__env_roles(session);
    cat_view_set_search_path(session->view, settings->search_path);
    session->search_path_version++;
}

BindOptions session_bind_options(Session *session, Str sql, BindParams *params)
{
    return (BindOptions){.view = session->view,
                         .env = &session->env,
                         .sql = sql,
                         .params = params,
                         .settings = session_settings(session),
                         .notice = session_notice,
                         .notice_arg = session};
}

BindOptions session_call_options(const UtilityCall *call)
{
    BindParams *params = call->infer;
    if (params == NULL) {
        params = ARENA_NEW(call->arena, BindParams);
        params->arena = call->arena;
        params->fixed = true;
        if (call->param_types != NULL) {
            params->count = params->capacity = call->param_count;
            params->types = arena_copy(call->arena, call->param_types,
                                       call->param_count * sizeof(Oid));
        }
    }
    return session_bind_options(call->session, call->sql, params);
}

void session__lock_options(void *owner, LockOptions *options)
{
    const Settings *settings = session_settings(owner);
    options->timeout_us = (int64_t)settings->lock_timeout * 1000;
    options->deadlock_timeout_us = (int64_t)settings->deadlock_timeout * 1000;
}

ExecOptions session_exec_options(Session *session, const Snapshot *snapshot, Arena *query)
{
    const Settings *settings = session_settings(session);
    if (snapshot != NULL) session->active_snapshot = snapshot;
    LockOptions *lock = ARENA_NEW(query, LockOptions);
    lock->owner = LOCK_TRANSACTION;
    session__lock_options(session, lock);
    RowWaitOptions *wait = ARENA_NEW(query, RowWaitOptions);
    wait->session = session->locks;
    wait->wait = ROW_WAIT;
    wait->lock = lock;
    atomic_store_explicit(&session->temp_quota.bytes_max,
                          settings->temp_file_limit < 0
                              ? 0
                              : MAX((uint64_t)settings->temp_file_limit * 1024, 1u),
                          memory_order_relaxed);
    return (ExecOptions){.view = session->view,
                         .env = &session->env,
                         .settings = settings,
                         .txn = session->txn,
                         .snapshot = snapshot,
                         .read_committed = session__is_read_committed(session),
                         .query = query,
                         .wait = wait,
                         .temp = engine_temp(session->engine),
                         .temp_quota = &session->temp_quota,
                         .workers = session->isolation == ISOLATION_SERIALIZABLE
                                        ? NULL /* what a transaction reads is noted by one task */
                                        : engine_workers(session->engine),
                         .deferred = session->deferred,
                         .figures = session->counted,
                         .notice = session_notice,
                         .notice_arg = session,
                         .session = session,
                         .current_of = session__current_of};
}
