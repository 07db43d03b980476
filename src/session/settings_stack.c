/* SPDX-License-Identifier: Apache-2.0 */
/* settings_stack.c - what one session has set, level by level.
 *
 * Values in force stand in a plain struct Settings, so reading costs nothing. A change inside a transaction first notes
 * what was there before, once a level and setting:
 *
 *     kind        on commit of its level                     on abort
 *     SET         the value stays (note moves a level down)  back to `prior`
 *     LOCAL       level 1: back to `prior`; else moves down   back to `prior`
 *     SET_LOCAL   level 1: `masked` (what SET gave) comes     back to `prior`
 *                 into force; else moves down
 *     SAVED       back to `prior`                             back to `prior`
 *
 * (S1) Notes are ordered by level; a setting has at most one a level.
 * (S2) At level 0 there are none.
 * Texts live in an arena that is made anew (only what is in use copied) at level 0 once it is mostly garbage.
 *
 * Settings have positions: first those of setting_metas, then the session's custom ones, in the order they came. */
#include "session/settings_internal.h"

#include "base/scope.h"
#include "base/task.h"

enum { TEXT_GARBAGE_BYTES_MAX = 16384, CUSTOM_SETTINGS_MAX = 10000 };

typedef enum NoteKind { NOTE_SET, NOTE_LOCAL, NOTE_SET_LOCAL, NOTE_SAVED } NoteKind;

typedef struct Sourced {
    SettingValue value;
    SettingSource source;
} Sourced;

typedef struct Note {
    uint32_t setting, level;
    NoteKind kind;
    Sourced prior, masked; /* masked: SET_LOCAL only */
} Note;

typedef struct Custom {
    Str name;
    Sourced now, reset;
} Custom;

struct SettingsStack {
    Account *account;
    Arena *arena; /* the stack itself, notes, customs */
    Arena *texts; /* strings of values */
    ServerSettings *server;
    const SettingRule *rules;
    uint32_t rule_count;
    void *rules_arg;
    uint64_t generation;
    uint32_t level;
    Settings now, reset;
    uint8_t sources[SETTING_COUNT], reset_sources[SETTING_COUNT];
    Note *notes;
    uint32_t note_count, note_capacity;
    Custom *customs;
    uint32_t custom_count, custom_capacity;
    Str told[SETTINGS_REPORTED];
    uint64_t told_generation;
};

/* ---- a position's value */

static bool is_string(uint32_t setting)
{
    return setting >= SETTING_COUNT || setting_metas[setting].type == SETTING_STRING;
}

static Sourced get_now(const SettingsStack *s, uint32_t setting)
{
    if (setting >= SETTING_COUNT) return s->customs[setting - SETTING_COUNT].now;
    return (Sourced){setting_get(&s->now, &setting_metas[setting]),
                     (SettingSource)s->sources[setting]};
}

static void put_now(SettingsStack *s, uint32_t setting, Sourced sourced)
{
    s->generation++;
    if (setting >= SETTING_COUNT) {
        s->customs[setting - SETTING_COUNT].now = sourced;
        return;
    }
    setting_put(&s->now, &setting_metas[setting], sourced.value);
    s->sources[setting] = (uint8_t)sourced.source;
}

static Sourced get_reset(const SettingsStack *s, uint32_t setting)
{
    if (setting >= SETTING_COUNT) return s->customs[setting - SETTING_COUNT].reset;
    return (Sourced){setting_get(&s->reset, &setting_metas[setting]),
                     (SettingSource)s->reset_sources[setting]};
}

static void put_reset(SettingsStack *s, uint32_t setting, Sourced sourced)
{
    if (setting >= SETTING_COUNT) {
        s->customs[setting - SETTING_COUNT].reset = sourced;
        return;
    }
    setting_put(&s->reset, &setting_metas[setting], sourced.value);
    s->reset_sources[setting] = (uint8_t)sourced.source;
}

/* ---- texts */

static void keep_text(SettingsStack *s, uint32_t setting, SettingValue *value)
{
    if (is_string(setting)) value->string = str_copy(s->texts, value->string);
}

typedef struct Compaction {
    SettingsStack *stack;
    Arena *texts;
    size_t bytes;
} Compaction;

/* Copies every string in use to `texts`, which has room for them. */
static void move_texts(SettingsStack *s, Arena *texts)
{
    for (uint32_t i = 0; i < SETTING_COUNT + s->custom_count; i++) {
        if (!is_string(i)) continue;
        Sourced now = get_now(s, i), reset = get_reset(s, i);
        bool same = now.value.string.data == reset.value.string.data;
        now.value.string = str_copy(texts, now.value.string);
        reset.value.string = same ? now.value.string : str_copy(texts, reset.value.string);
        put_now(s, i, now);
        put_reset(s, i, reset);
    }
    for (uint32_t i = 0; i < SETTINGS_REPORTED; i++) s->told[i] = str_copy(texts, s->told[i]);
}

static void count_texts(const SettingsStack *s, size_t *bytes)
{
    *bytes = 0;
    for (uint32_t i = 0; i < SETTING_COUNT + s->custom_count; i++) {
        if (!is_string(i)) continue;
        *bytes += ALIGN_UP(get_now(s, i).value.string.bytes + 1, ARENA_ALIGNMENT);
        *bytes += ALIGN_UP(get_reset(s, i).value.string.bytes + 1, ARENA_ALIGNMENT);
    }
    for (uint32_t i = 0; i < SETTINGS_REPORTED; i++)
        *bytes += ALIGN_UP(s->told[i].bytes + 1, ARENA_ALIGNMENT);
}

static void make_texts(void *arg)
{
    Compaction *c = arg;
    c->texts = arena_new(c->stack->account, "settings texts");
    (void)arena_alloc(c->texts, 2 * c->bytes + 1024); /* kept as the arena's chunk by the reset */
    arena_reset(c->texts);
}

/* At level 0 only: nothing outside points to texts then (S2). */
static void drop_garbage(SettingsStack *s)
{
    Compaction c = {.stack = s};
    if (arena_used(s->texts) < TEXT_GARBAGE_BYTES_MAX) return; /* the usual case, at every commit */
    count_texts(s, &c.bytes);
    if (arena_used(s->texts) < 2 * c.bytes + TEXT_GARBAGE_BYTES_MAX) return;
    if (!error_catch(make_texts, &c, NULL, NULL)) {
        error_clear(); /* without memory the garbage stays */
        if (c.texts) arena_drop(c.texts);
        return;
    }
    Arena *old = s->texts;
    s->texts = c.texts;
    move_texts(s, c.texts);
    arena_drop(old);
}

/* ---- notes */

static Note *find_note(SettingsStack *s, uint32_t setting, uint32_t level)
{
    for (uint32_t i = s->note_count; i-- > 0 && s->notes[i].level >= level;)
        if (s->notes[i].setting == setting && s->notes[i].level == level) return &s->notes[i];
    return NULL;
}

static void need_note(SettingsStack *s)
{
    if (s->note_count < s->note_capacity) return;
    uint32_t capacity = MAX(8, 2 * s->note_capacity);
    s->notes = arena_grow(s->arena, s->notes, s->note_count * sizeof(Note),
                          capacity * sizeof(Note));
    s->note_capacity = capacity;
}

/* Before `setting` is changed at the present level. */
static void note_change(SettingsStack *s, uint32_t setting, SettingAction action)
{
    static const NoteKind kinds[] = {
        [SETTING_SET] = NOTE_SET, [SETTING_LOCAL] = NOTE_LOCAL, [SETTING_SAVED] = NOTE_SAVED};
    if (s->level == 0) return;
    Note *note = find_note(s, setting, s->level);
    if (!note) {
        need_note(s);
        s->notes[s->note_count++] = (Note){.setting = setting,
                                           .level = s->level,
                                           .kind = kinds[action],
                                           .prior = get_now(s, setting)};
        return;
    }
    if (action == SETTING_SET) {
        note->kind = NOTE_SET;
    } else if (action == SETTING_LOCAL) {
        if (note->kind == NOTE_SET) {
            note->masked = get_now(s, setting);
            note->kind = NOTE_SET_LOCAL;
        } else if (note->kind == NOTE_SAVED) {
            note->kind = NOTE_LOCAL;
        }
    }
}

/* A committed note becomes one of the level below, or part of the one that is there. */
static void move_down(SettingsStack *s, Note note)
{
    note.level--;
    Note *below = find_note(s, note.setting, note.level);
    if (!below) {
        s->notes[s->note_count++] = note; /* its own slot, just left, or one before */
        return;
    }
    switch (note.kind) {
    case NOTE_SET: below->kind = NOTE_SET; break;
    case NOTE_LOCAL:
        if (below->kind == NOTE_SET) {
            below->masked = note.prior;
            below->kind = NOTE_SET_LOCAL;
        } else if (below->kind == NOTE_SAVED) {
            below->kind = NOTE_LOCAL;
        }
        break;
    case NOTE_SET_LOCAL:
        below->masked = note.masked;
        below->kind = NOTE_SET_LOCAL;
        break;
    case NOTE_SAVED: UNREACHABLE();
    }
}

static void end_note(SettingsStack *s, Note note, bool commit)
{
    if (!commit || note.kind == NOTE_SAVED || (note.level == 1 && note.kind == NOTE_LOCAL))
        put_now(s, note.setting, note.prior);
    else if (note.level > 1)
        move_down(s, note);
    else if (note.kind == NOTE_SET_LOCAL)
        put_now(s, note.setting, note.masked);
}

void settings_stack_enter(SettingsStack *stack)
{
    stack->level++;
}

void settings_stack_leave(SettingsStack *stack, bool commit)
{
    ASSERT(stack->level > 0);
    uint32_t first = stack->note_count, end = stack->note_count;
    while (first > 0 && stack->notes[first - 1].level == stack->level) first--;
    stack->note_count = first;
    for (uint32_t i = first; i < end; i++) end_note(stack, stack->notes[i], commit);
    stack->level--;
    if (stack->level == 0) {
        ASSERT(stack->note_count == 0);
        drop_garbage(stack);
    }
}

uint32_t settings_stack_level(const SettingsStack *stack)
{
    return stack->level;
}

/* ---- which setting */

static bool find_position(const SettingsStack *s, Str name, uint32_t *setting)
{
    int found = setting_find(name);
    if (found >= 0) {
        *setting = (uint32_t)found;
        return true;
    }
    for (uint32_t i = 0; i < s->custom_count; i++) {
        if (!str_equal_ascii_nocase(s->customs[i].name, name)) continue;
        *setting = SETTING_COUNT + i;
        return true;
    }
    return false;
}

static uint32_t add_custom(SettingsStack *s, Str name)
{
    InputError err = {.arena = s->arena};
    if (!setting_check_custom_name(name, &err)) input_error_raise(&err);
    if (s->custom_count == CUSTOM_SETTINGS_MAX)
        raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "too many custom settings");
    if (s->custom_count == s->custom_capacity) {
        uint32_t capacity = MAX(4, 2 * s->custom_capacity);
        s->customs = arena_grow(s->arena, s->customs, s->custom_count * sizeof(Custom),
                                capacity * sizeof(Custom));
        s->custom_capacity = capacity;
    }
    s->customs[s->custom_count] = (Custom){.name = str_lower_ascii(s->arena, name)};
    return SETTING_COUNT + s->custom_count++;
}

static uint32_t get_position(SettingsStack *s, Str name)
{
    uint32_t setting;
    return find_position(s, name, &setting) ? setting : add_custom(s, name);
}

/* ---- changes */

static void check_context(uint32_t setting, SettingChange change)
{
    InputError err = {.arena = NULL};
    if (setting >= SETTING_COUNT) return;
    SCOPED(scope);
    err.arena = scope_arena(scope, task_self()->account, "setting error");
    if (!setting_check_context(&setting_metas[setting], change.source, change.superuser, &err))
        input_error_raise(&err);
}

static SettingValue parse_value(SettingsStack *s, uint32_t setting, Str text, SettingSource source)
{
    SettingValue value = {.string = text};
    if (setting < SETTING_COUNT) {
        InputError err = {.arena = s->texts};
        SettingCheck check = {&setting_metas[setting], &s->now, source, s->texts, s->rules_arg};
        if (!setting_parse(&check, text, &value, &err) ||
            !settings__apply_rules(s->rules, s->rule_count, &check, &value, &err))
            input_error_raise(&err);
    }
    keep_text(s, setting, &value);
    return value;
}

void settings_stack_set(SettingsStack *stack, Str name, Str text, SettingChange change)
{
    uint32_t setting = get_position(stack, name);
    check_context(setting, change);
    Sourced sourced = {parse_value(stack, setting, text, change.source), change.source};
    if (change.source < SETTING_FROM_SESSION && get_reset(stack, setting).source <= change.source)
        put_reset(stack, setting, sourced);
    if (change.source < SETTING_FROM_SESSION && get_now(stack, setting).source > change.source)
        return;
    note_change(stack, setting, change.action);
    put_now(stack, setting, sourced);
    if (stack->level == 0) drop_garbage(stack);
}

Str settings_stack_check(SettingsStack *stack, Arena *arena, Str name, const Str *text,
                         SettingChange change)
{
    uint32_t setting;
    bool known = find_position(stack, name, &setting);
    InputError err = {.arena = arena};
    if (!known) {
        if (!setting_check_custom_name(name, &err)) input_error_raise(&err);
        return str_lower_ascii(arena, name);
    }
    check_context(setting, change);
    if (text) (void)parse_value(stack, setting, *text, change.source);
    return setting < SETTING_COUNT ? str_from(setting_metas[setting].name)
                                   : stack->customs[setting - SETTING_COUNT].name;
}

void settings_stack_reset(SettingsStack *stack, Str name, SettingChange change)
{
    uint32_t setting;
    if (!find_position(stack, name, &setting))
        raise_error(SQLSTATE_UNDEFINED_OBJECT, "unrecognized configuration parameter \"%.*s\"",
                    STR_ARG(name));
    check_context(setting, change);
    if (setting < SETTING_COUNT && (setting_metas[setting].flags & SETTING_NO_RESET))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "parameter \"%s\" cannot be reset",
                    setting_metas[setting].name);
    note_change(stack, setting, change.action);
    put_now(stack, setting, get_reset(stack, setting));
}

void settings_stack_reset_all(SettingsStack *stack, SettingChange change)
{
    for (uint32_t i = 0; i < SETTING_COUNT + stack->custom_count; i++) {
        const SettingMeta *meta = i < SETTING_COUNT ? &setting_metas[i] : NULL;
        InputError ignored = {.failed = true}; /* what this role may not change stays */
        if (get_now(stack, i).source <= SETTING_FROM_OVERRIDE) continue;
        if (meta && ((meta->flags & (SETTING_NO_RESET | SETTING_NO_RESET_ALL)) ||
                     !setting_check_context(meta, change.source, change.superuser, &ignored)))
            continue;
        note_change(stack, i, change.action);
        put_now(stack, i, get_reset(stack, i));
    }
}

void settings_stack_override(SettingsStack *stack, int setting, SettingValue value)
{
    keep_text(stack, (uint32_t)setting, &value);
    Sourced sourced = {value, SETTING_FROM_OVERRIDE};
    put_now(stack, (uint32_t)setting, sourced);
    put_reset(stack, (uint32_t)setting, sourced);
}

/* ---- begin, end, reload */

static void take_server_value(SettingsStack *s, uint32_t setting)
{
    Sourced server = {setting_get(server_settings_values(s->server), &setting_metas[setting]),
                      server_settings_source(s->server, (int)setting)};
    keep_text(s, setting, &server.value);
    if (get_now(s, setting).source <= SETTING_FROM_GLOBAL) put_now(s, setting, server);
    if (get_reset(s, setting).source <= SETTING_FROM_GLOBAL) put_reset(s, setting, server);
}

static void take_server_customs(SettingsStack *s)
{
    uint32_t count;
    const CustomSetting *customs = server_settings_customs(s->server, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t setting = get_position(s, customs[i].name);
        Sourced server = {{.string = str_copy(s->texts, customs[i].value)}, customs[i].source};
        if (get_now(s, setting).source <= SETTING_FROM_GLOBAL) put_now(s, setting, server);
        if (get_reset(s, setting).source <= SETTING_FROM_GLOBAL) put_reset(s, setting, server);
    }
}

void settings_stack_reload(SettingsStack *stack, ServerSettings *server)
{
    if (stack->server == server) return;
    ServerSettings *former = stack->server;
    stack->server = server_settings_hold(server);
    for (uint32_t i = 0; i < SETTING_COUNT; i++) {
        const SettingMeta *meta = &setting_metas[i];
        if (meta->context <= SETTING_CONTEXT_POSTMASTER) continue;
        bool backend = meta->context == SETTING_CONTEXT_BACKEND ||
                       meta->context == SETTING_CONTEXT_SUPERUSER_BACKEND;
        bool changed = !setting_equal(meta, setting_get(server_settings_values(server), meta),
                                      setting_get(server_settings_values(former), meta));
        if (changed && !backend) take_server_value(stack, i);
    }
    take_server_customs(stack);
    server_settings_release(former);
}

static void fill_stack(void *arg)
{
    SettingsStack *s = arg;
    const Settings *values = server_settings_values(s->server);
    s->now = s->reset = *values;
    for (uint32_t i = 0; i < SETTING_COUNT; i++) {
        s->sources[i] = s->reset_sources[i] = (uint8_t)server_settings_source(s->server, (int)i);
        if (!is_string(i)) continue;
        SettingValue value = setting_get(values, &setting_metas[i]);
        keep_text(s, i, &value);
        setting_put(&s->now, &setting_metas[i], value);
        setting_put(&s->reset, &setting_metas[i], value);
    }
    take_server_customs(s);
}

SettingsStack *settings_stack_new(Account *account, ServerSettings *server,
                                  const SettingRule *rules, uint32_t rule_count, void *rules_arg)
{
    Arena *arena = arena_new(account, "settings");
    Arena *texts = arena_try_new(account, "settings texts");
    SettingsStack *s = texts ? ARENA_TRY_NEW(arena, SettingsStack) : NULL;
    if (s) {
        *s = (SettingsStack){.account = account,
                             .arena = arena,
                             .texts = texts,
                             .server = server_settings_hold(server),
                             .rules = rules,
                             .rule_count = rule_count,
                             .rules_arg = rules_arg,
                             .generation = 1};
        Error *error;
        if (error_catch(fill_stack, s, NULL, &error)) return s;
        server_settings_release(server);
    }
    if (texts) arena_drop(texts);
    arena_drop(arena);
    raise_status(ST_NO_MEMORY);
}

void settings_stack_drop(SettingsStack *stack)
{
    server_settings_release(stack->server);
    arena_drop(stack->texts);
    arena_drop(stack->arena);
}

/* ---- looking */

const Settings *settings_stack_values(const SettingsStack *stack)
{
    return &stack->now;
}

SettingSource settings_stack_source(const SettingsStack *stack, int setting)
{
    return (SettingSource)stack->sources[setting];
}

Str settings_stack_place(const SettingsStack *stack, int setting, int *line)
{
    *line = 0;
    if (stack->sources[setting] != SETTING_FROM_FILE) return (Str){0};
    return server_settings_place(stack->server, setting, line);
}

SettingValue settings_stack_reset_value(const SettingsStack *stack, int setting)
{
    return setting_get(&stack->reset, &setting_metas[setting]);
}

uint64_t settings_stack_generation(const SettingsStack *stack)
{
    return stack->generation;
}

bool settings_stack_show(const SettingsStack *stack, Arena *arena, Str name, Str *text)
{
    uint32_t setting;
    if (!find_position(stack, name, &setting)) return false;
    if (setting < SETTING_COUNT)
        *text = setting_show(arena, &stack->now, &setting_metas[setting]);
    else
        *text = stack->customs[setting - SETTING_COUNT].now.value.string;
    return true;
}

const CustomSetting *settings_stack_customs(const SettingsStack *stack, Arena *arena,
                                            uint32_t *count)
{
    CustomSetting *customs = ARENA_ARRAY(arena, CustomSetting, stack->custom_count);
    *count = stack->custom_count;
    for (uint32_t i = 0; i < stack->custom_count; i++) {
        const Custom *custom = &stack->customs[i];
        uint32_t at = i;
        for (; at > 0 && str_compare(customs[at - 1].name, custom->name) > 0; at--)
            customs[at] = customs[at - 1];
        customs[at] = (CustomSetting){custom->name, custom->now.value.string, custom->now.source};
    }
    return customs;
}

void settings_stack_report(SettingsStack *stack, void (*report)(void *arg, Str name, Str value),
                           void *arg)
{
    if (stack->told_generation == stack->generation) return;
    SCOPED(scope);
    Arena *tmp = scope_arena(scope, stack->account, "settings report");
    bool first = stack->told_generation == 0;
    for (uint32_t i = 0; i < SETTINGS_REPORTED; i++) {
        const SettingMeta *meta = &setting_metas[settings__reported(i)];
        Str text = setting_show(tmp, &stack->now, meta);
        if (!first && str_equal(text, stack->told[i])) continue;
        stack->told[i] = str_copy(stack->texts, text);
        report(arg, str_from(meta->name), text);
    }
    stack->told_generation = stack->generation;
}
