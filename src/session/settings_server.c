/* SPDX-License-Identifier: Apache-2.0 */
/* settings_server.c - the settings that the whole server runs with: one immutable object, made at start and anew at
 * each reload, shared by the sessions, gone with its last holder. */
#include "session/settings_internal.h"

struct ServerSettings {
    Arena *arena;
    _Atomic uint32_t holders;
    Settings values;
    uint8_t sources[SETTING_COUNT];
    Str files[SETTING_COUNT];
    int lines[SETTING_COUNT];
    CustomSetting *customs;
    uint32_t custom_count, custom_capacity;
};

typedef struct Build {
    ServerSettings *settings;
    const ServerSettings *former;
    const SettingAssignment *assignment;
    void (*complain)(void *arg, const SettingAssignment *assignment, const InputError *err);
    void *arg;
} Build;

static void complain(const Build *build, const InputError *err)
{
    if (build->complain) build->complain(build->arg, build->assignment, err);
}

static void set_custom(const Build *build)
{
    ServerSettings *s = build->settings;
    const SettingAssignment *a = build->assignment;
    InputError err = {.arena = s->arena};
    if (!setting_check_custom_name(a->name, &err)) {
        complain(build, &err);
        return;
    }
    CustomSetting custom = {str_lower_ascii(s->arena, a->name), str_copy(s->arena, a->value),
                            a->source};
    for (uint32_t i = 0; i < s->custom_count; i++) {
        if (!str_equal(s->customs[i].name, custom.name)) continue;
        if (s->customs[i].source <= a->source) s->customs[i] = custom;
        return;
    }
    if (s->custom_count == s->custom_capacity) {
        uint32_t capacity = MAX(8, 2 * s->custom_capacity);
        s->customs = arena_grow(s->arena, s->customs, s->custom_count * sizeof(CustomSetting),
                                capacity * sizeof(CustomSetting));
        s->custom_capacity = capacity;
    }
    s->customs[s->custom_count++] = custom;
}

/* What is fixed at the start stays as it was; true when the assignment wanted something else. */
static bool is_fixed(const Build *build, const SettingMeta *meta, SettingValue value,
                     InputError *err)
{
    if (!build->former || meta->context != SETTING_CONTEXT_POSTMASTER) return false;
    if (setting_equal(meta, value, setting_get(&build->former->values, meta))) return false;
    (void)input_error(err, SQLSTATE_CANT_CHANGE_RUNTIME_PARAM,
                      "parameter \"%s\" cannot be changed without restarting the server",
                      meta->name);
    return true;
}

static void assign(const Build *build)
{
    ServerSettings *s = build->settings;
    const SettingAssignment *a = build->assignment;
    int setting = setting_find(a->name);
    if (setting < 0) {
        set_custom(build);
        return;
    }
    const SettingMeta *meta = &setting_metas[setting];
    InputError err = {.arena = s->arena};
    SettingCheck check = {meta, &s->values, a->source, s->arena, NULL};
    SettingValue value;
    if (!setting_parse(&check, a->value, &value, &err) ||
        !setting_check_context(meta, a->source, true, &err) || is_fixed(build, meta, value, &err)) {
        complain(build, &err);
        return;
    }
    if (s->sources[setting] > a->source) return;
    setting_put(&s->values, meta, value);
    s->sources[setting] = (uint8_t)a->source;
    s->files[setting] = str_copy(s->arena, a->file);
    s->lines[setting] = a->line;
}

static void put_default(ServerSettings *s, const char *name, SettingValue value)
{
    int setting = setting_find(str_from(name));
    if (NEVER(setting < 0)) return;
    setting_put(&s->values, &setting_metas[setting], value);
    s->sources[setting] = SETTING_FROM_DYNAMIC_DEFAULT;
}

/* Defaults that are not boot values. */
static void put_defaults(ServerSettings *s)
{
    put_default(s, "max_stack_depth", (SettingValue){.integer = 2048});
    put_default(s, "client_encoding", (SettingValue){.string = STR("UTF8")});
    put_default(s, "server_encoding", (SettingValue){.string = STR("UTF8")});
    put_default(s, "data_checksums", (SettingValue){.boolean = true});
}

/* What cannot change while the server runs comes from there, whatever the assignments say or no longer say. */
static void keep_fixed(ServerSettings *s, const ServerSettings *former)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        const SettingMeta *meta = &setting_metas[i];
        if (meta->context > SETTING_CONTEXT_POSTMASTER) continue;
        SettingValue value = setting_get(&former->values, meta);
        if (meta->type == SETTING_STRING) value.string = str_copy(s->arena, value.string);
        setting_put(&s->values, meta, value);
        s->sources[i] = former->sources[i];
        s->files[i] = str_copy(s->arena, former->files[i]);
        s->lines[i] = former->lines[i];
    }
}

typedef struct NewCall {
    Arena *arena;
    const SettingAssignment *assignments;
    uint32_t count;
    Build build;
} NewCall;

static void build_settings(void *arg)
{
    NewCall *call = arg;
    ServerSettings *s = ARENA_NEW(call->arena, ServerSettings);
    *s = (ServerSettings){.arena = call->arena, .holders = 1, .values = settings_boot};
    call->build.settings = s;
    put_defaults(s);
    for (uint32_t i = 0; i < call->count; i++) {
        call->build.assignment = &call->assignments[i];
        assign(&call->build);
    }
    if (call->build.former) keep_fixed(s, call->build.former);
}

ServerSettings *server_settings_new(Account *account, const SettingAssignment *assignments,
                                    uint32_t count, const ServerSettings *former,
                                    void (*complain_)(void *arg,
                                                      const SettingAssignment *assignment,
                                                      const InputError *err),
                                    void *arg)
{
    NewCall call = {arena_new(account, "server settings"),
                    assignments,
                    count,
                    {.former = former, .complain = complain_, .arg = arg}};
    Error *error;
    if (error_catch(build_settings, &call, NULL, &error)) return call.build.settings;
    arena_drop(call.arena);
    error_raise_again(error);
}

ServerSettings *server_settings_hold(ServerSettings *settings)
{
    atomic_fetch_add_explicit(&settings->holders, 1, memory_order_relaxed);
    return settings;
}

void server_settings_release(ServerSettings *settings)
{
    if (atomic_fetch_sub_explicit(&settings->holders, 1, memory_order_acq_rel) == 1)
        arena_drop(settings->arena);
}

const Settings *server_settings_values(const ServerSettings *settings)
{
    return &settings->values;
}

SettingSource server_settings_source(const ServerSettings *settings, int setting)
{
    return (SettingSource)settings->sources[setting];
}

Str server_settings_place(const ServerSettings *settings, int setting, int *line)
{
    *line = settings->lines[setting];
    return settings->files[setting];
}

const CustomSetting *server_settings_customs(const ServerSettings *settings, uint32_t *count)
{
    *count = settings->custom_count;
    return settings->customs;
}
